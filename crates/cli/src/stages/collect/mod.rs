//! platforms → gate → stream. Each source has a listener of its own; this thread stores what they bring, page by page: posts,
//! cursor and ledger in one transaction.
//!
//! Invariants
//! * A listener goes on only when its page is stored, so a slow disk slows the asking and memory stays flat.
//! * Nothing is said to be heard that is not stored; a failure is stored too.
//! * The reading of posts is another stage: however slow it is, nothing here waits for it.

mod recheck;
mod shelf;
mod silence;
mod stop;

pub(crate) use recheck::recheck;

use crate::clock;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use polso_collect::{AskError, Client, Collector, Door, Hosts, Listening, Mode, Source, Tally, listen};
use polso_domain::{SourceState, Timestamp};
use polso_stream::{AtDoor, Batch, Stream};
use shelf::Shelf;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::{mpsc, watch};

/// Pages that may wait to be stored: one is being stored while others are being asked for.
const WAITING: usize = 4;

/// After the word to stop, listeners have this long: state is safe at any instant, so this is courtesy to the sockets.
const FAREWELL: Duration = Duration::from_millis(500);

const HOUR_MS: i64 = 3_600_000;

/// What is asked, and for how long.
#[derive(Debug, Clone)]
pub(crate) struct How {
    /// Only these; all when empty.
    pub(crate) sources: Vec<Door>,
    pub(crate) mode: Mode,
    /// Stop after this long.
    pub(crate) at_most: Option<Duration>,
}

/// Asks every source until it is caught up, unless a follower is at it already. For `run`.
pub(crate) fn catch_up(context: Context<'_>) -> Result<Exit, Failure> {
    if context.settings.sources()?.is_empty() {
        return Ok(Exit::Done);
    }
    match context.settings.data.collect_lock(context.now) {
        Ok(_lock) => listen_to(context, &How { sources: Vec::new(), mode: Mode::CatchUp, at_most: None }),
        Err(Failure::Lock(held @ crate::lock::Error::Held { .. })) => {
            context.printer.say(format_args!("{held}: its posts are read as they are"));
            let stream = context.settings.data.stream()?;
            Ok(silence::look(context, &stream, &context.settings.doors()?)?)
        }
        Err(failure) => Err(failure),
    }
}

/// Asks sources as told. The caller holds the collectors' lock.
#[tracing::instrument(name = "collect", skip_all)]
pub(crate) fn listen_to(context: Context<'_>, how: &How) -> Result<Exit, Failure> {
    let sources = chosen(context, &how.sources)?;
    if sources.is_empty() {
        let hint = "add a table such as `[[collect.bluesky]]`; the file that `polso init` writes shows them all";
        return Err(Failure::usage("the settings name no source", hint));
    }
    let data = &context.settings.data;
    let mut stream = data.stream()?;
    let gate = data.gate(&stream)?;
    let doors: Vec<Door> = sources.iter().map(|source| source.door.clone()).collect();
    let since = since(context);
    for door in &doors {
        stream.door(door, since)?;
    }
    let tried = Tried::of(context, &mut stream, sources)?;
    let runtime = runtime()?;
    let stopping = stop::Stopping::on_signals(how.at_most).map_err(Failure::io("listen for signals", "."))?;
    let mut shelf = Shelf::new(context, &mut stream, &gate);
    if !tried.collectors.is_empty() {
        let hosts = hosts(context)?;
        let (deliveries, mut inbox) = mpsc::channel(WAITING);
        for collector in tried.collectors {
            let start = Listening { cursor: shelf.cursor(collector.door())?, since, mode: how.mode };
            let client = Client::new(Arc::clone(&hosts), Arc::new(Tally::default()));
            let lines = (deliveries.clone(), stopping.word());
            runtime.spawn(ear(collector, client, start, lines));
        }
        drop(deliveries);
        while let Some(delivery) = inbox.blocking_recv() {
            shelf.take(delivery)?;
        }
    }
    runtime.shutdown_timeout(FAREWELL);
    let told = shelf.tell()?;
    let quiet = silence::look(context, &stream, &doors)?;
    let exit = tried.exit.or(told).or(quiet);
    Ok(if stopping.by_keyboard() { Exit::Interrupted } else { exit })
}

/// A listener that owns its collector.
async fn ear(
    mut collector: Box<dyn Collector>,
    client: Client,
    start: Listening,
    lines: (mpsc::Sender<polso_collect::Delivery>, watch::Receiver<bool>),
) {
    listen(&mut *collector, &client, start, lines).await;
}

/// The sources that could be made; the others are in the ledger as failed.
struct Tried {
    collectors: Vec<Box<dyn Collector>>,
    exit: Exit,
}

impl Tried {
    fn of(context: Context<'_>, stream: &mut Stream, sources: Vec<Source>) -> Result<Self, Failure> {
        let mut tried = Self { collectors: Vec::new(), exit: Exit::Done };
        for Source { door, collector } in sources {
            match collector {
                Ok(collector) => {
                    if let Some(notice) = collector.notice() {
                        context.printer.say(format_args!("{door}: {notice}"));
                    }
                    tried.collectors.push(collector);
                }
                Err(error) => {
                    stream.append(&not_asked(&door, &error, context.now))?;
                    context.printer.missing(format_args!("{door}: {error}"));
                    if let Some(hint) = error.hint() {
                        context.printer.say(format_args!("  hint: {hint}"));
                    }
                    tried.exit = Exit::Missing;
                }
            }
        }
        Ok(tried)
    }
}

/// What the ledger keeps of a source that could not even be asked.
fn not_asked(door: &Door, error: &AskError, now: Timestamp) -> Batch {
    let answer = AtDoor {
        name: door.clone(),
        at: now,
        state: SourceState::NotAsked,
        said: Some(error.to_string()),
        covered: None,
        lost: Vec::new(),
    };
    Batch { door: Some(answer), ..Batch::default() }
}

/// The sources that were named, or all.
fn chosen(context: Context<'_>, names: &[Door]) -> Result<Vec<Source>, Failure> {
    let all = context.settings.sources()?;
    let known: Vec<String> = all.iter().map(|source| source.door.to_string()).collect();
    if let Some(unknown) = names.iter().find(|name| !known.iter().any(|known| known == name.as_str())) {
        let hint = format!("the settings name {}", if known.is_empty() { "none".to_owned() } else { known.join(", ") });
        return Err(Failure::usage(format!("there is no source `{unknown}`"), hint));
    }
    Ok(all.into_iter().filter(|source| names.is_empty() || names.contains(&source.door)).collect())
}

/// How far back a source is asked at its first start.
fn since(context: Context<'_>) -> Timestamp {
    let hours = i64::from(context.settings.collect.backfill_hours);
    let back = Timestamp::from_millis(context.now.millis() - hours * HOUR_MS);
    context.settings.track.start.map_or(back, |start| start.max(back))
}

/// Everything that asks goes through these.
pub(crate) fn hosts(context: Context<'_>) -> Result<Arc<Hosts>, Failure> {
    let config = context.settings.collect.hosts();
    Ok(Hosts::new(config, env!("CARGO_PKG_VERSION"), clock::ticking(context.now))?)
}

/// One thread asks everybody: waiting is most of it, and the other cores have posts to read.
pub(crate) fn runtime() -> Result<Runtime, Failure> {
    let built = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    built.map_err(|source| Failure::Io { action: "start the listeners for", path: "this process".into(), source })
}
