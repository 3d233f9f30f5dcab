//! Asking again for posts that are kept, where a platform has no feed of deletions.

use super::{chosen, hosts, runtime, stop};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use polso_collect::{Client, Collector, Door, Gone, Source, Tally};
use polso_domain::Timestamp;
use polso_stream::Stream;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

const HOUR_MS: i64 = 3_600_000;

/// Waits when a platform asks for silence, up to this long.
const PATIENCE: Duration = Duration::from_mins(5);

/// Asks again for every post that was not asked for in `collect.recheck_hours`, the longest unasked first. What is gone
/// leaves the stream now and the lake with the next reading.
#[tracing::instrument(name = "recheck", skip_all)]
pub(crate) fn recheck(context: Context<'_>, names: &[Door], at_most: Option<Duration>) -> Result<Exit, Failure> {
    let mut stream = context.settings.data.stream()?;
    let hosts = hosts(context)?;
    let runtime = runtime()?;
    let stopping = stop::Stopping::on_signals(at_most).map_err(Failure::io("listen for signals", "."))?;
    let before_ms = context.now.millis() - i64::from(context.settings.collect.recheck_hours) * HOUR_MS;
    let mut exit = Exit::Done;
    for Source { door, collector } in chosen(context, names)? {
        let mut collector = match collector {
            Ok(collector) => collector,
            Err(error) => {
                context.printer.missing(format_args!("{door}: {error}"));
                exit = Exit::Missing;
                continue;
            }
        };
        let client = Client::new(Arc::clone(&hosts), Arc::new(Tally::default()));
        let before = Timestamp::from_millis(before_ms);
        let round = Round { door: &door, before, now: context.now, client, stop: stopping.word() };
        let ended = runtime.block_on(round.run(&mut *collector, &mut stream));
        exit = exit.or(tell(context, &door, ended)?);
    }
    runtime.shutdown_timeout(super::FAREWELL);
    Ok(if stopping.by_keyboard() { Exit::Interrupted } else { exit })
}

/// What came of one door: how many were asked for, gone and left open; and why it ended early, if it did.
#[derive(Default)]
struct Ended {
    asked: usize,
    gone: usize,
    unknown: usize,
    trouble: Option<polso_collect::AskError>,
    tells_itself: bool,
}

fn tell(context: Context<'_>, door: &Door, ended: Result<Ended, Failure>) -> Result<Exit, Failure> {
    let Ended { asked, gone, unknown, trouble, tells_itself } = ended?;
    if tells_itself {
        context.printer.say(format_args!("{door}: tells deletions itself, or has no way to ask"));
        return Ok(Exit::Done);
    }
    context.printer.say(format_args!("{door}: {asked} posts asked for again, {gone} are gone, {unknown} left open"));
    let Some(error) = trouble else { return Ok(Exit::Done) };
    context.printer.missing(format_args!("{door}: {error}"));
    Ok(Exit::Missing)
}

/// One door's round.
struct Round<'a> {
    door: &'a Door,
    before: Timestamp,
    now: Timestamp,
    client: Client,
    stop: watch::Receiver<bool>,
}

impl Round<'_> {
    async fn run(mut self, collector: &mut dyn Collector, stream: &mut Stream) -> Result<Ended, Failure> {
        let Some(again) = collector.recheck() else { return Ok(Ended { tells_itself: true, ..Ended::default() }) };
        let mut ended = Ended::default();
        loop {
            let ids = stream.due_for_recheck(self.door, self.before, again.batch().max(1))?;
            if ids.is_empty() {
                return Ok(ended);
            }
            let asked = tokio::select! {
                biased;
                _ = self.stop.wait_for(|stop| *stop) => return Ok(ended),
                asked = again.gone(&self.client, &ids) => asked,
            };
            match asked {
                Ok(Gone { gone, unknown }) => {
                    ended.asked += ids.len();
                    ended.gone += gone.len();
                    ended.unknown += unknown.len();
                    // What was left open counts as asked for, or the round would never end; it comes first next time.
                    let there: Vec<String> = ids.into_iter().filter(|id| !gone.contains(id)).collect();
                    stream.rechecked(self.door, (&gone, &there), self.now)?;
                }
                Err(error) if error.wait().is_some_and(|wait| wait <= PATIENCE) => {
                    tokio::time::sleep(error.wait().unwrap_or_default()).await;
                }
                Err(error) => {
                    ended.trouble = Some(error);
                    return Ok(ended);
                }
            }
        }
    }
}
