//! stream → model → lake. A part is named by the offset it starts behind; the consumer moves on once it is on disk.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::claims::library;
use crate::stages::claims::matcher::Matcher;
use crate::stages::ledger;
use polso_classify::{Bundle, Classifier, Lang, Text};
use polso_domain::{Day, Event, Observation, Post, PostId, SourceId, Zone};
use polso_store::Lake;
use polso_stream::{Entry, Offset};
use std::collections::{BTreeSet, HashSet};

/// The name under which this stage reads the stream.
pub(crate) const CONSUMER: &str = "classify";

/// Entries in a window: one part of the lake, and the span within which texts are sorted by length.
const WINDOW: usize = 16_384;

/// Reads what the stream holds, or the next `limit` entries of it.
#[tracing::instrument(name = "classify", skip_all)]
pub(crate) fn everything(context: Context<'_>, limit: Option<usize>) -> Result<Exit, Failure> {
    let data = &context.settings.data;
    let (stream, lake) = (data.stream()?, data.lake()?);
    // A part that starts behind what was committed is the trace of a run that died between the two.
    lake.drop_parts_after(stream.committed(CONSUMER)?.0)?;
    ledger::write(context, &stream, &lake)?;
    let waiting = stream.waiting(CONSUMER)?.min(limit.map_or(u64::MAX, |limit| limit as u64));
    if waiting == 0 {
        context.printer.say("nothing new to read");
        return Ok(Exit::Done);
    }
    let bundle = Bundle::named(context.settings.models.base())?;
    let mut classifier = Classifier::of(&context.settings.models, &bundle, &context.settings.classify)?;
    for place in classifier.places() {
        context.printer.say(place);
    }
    let mut desk = library::open(context)?;
    let matcher = Matcher::prepare(context, &mut desk, (&bundle, &mut classifier))?;
    let bar = context.printer.bar("classifying", waiting, "posts");
    let mut left = limit.unwrap_or(usize::MAX);
    let mut failed = 0;
    while left > 0 {
        let after = stream.committed(CONSUMER)?;
        let entries = stream.read(CONSUMER, WINDOW.min(left))?;
        let Some(last) = entries.last().map(|entry| entry.offset) else { break };
        left -= entries.len();
        bar.inc(entries.len() as u64);
        let rows = hear((&mut classifier, matcher.as_ref()), &entries, &context.settings.zone)?;
        failed += rows.iter().filter(|row| row.heard.reading == Err(polso_domain::Unscored::Failed)).count();
        put(&lake, &rows, &entries, (after, &context.settings.zone))?;
        forget_reviews(context, &entries)?;
        stream.commit(CONSUMER, last)?;
        tracing::info!(offset = last.0, rows = rows.len(), "window stored");
    }
    bar.finish_and_clear();
    context.printer.say(format_args!("read {waiting} entries with {}", classifier.id()));
    if failed == 0 {
        return Ok(Exit::Done);
    }
    context.printer.missing(format_args!("the model gave no answer on {failed} posts"));
    Ok(Exit::Missing)
}

/// Takes back what was made of the entries from `offset` on, so that they are read again.
pub(crate) fn again(context: Context<'_>, offset: u64) -> Result<(), Failure> {
    context.settings.data.stream()?.rewind(CONSUMER, Offset(offset.saturating_sub(1)))?;
    Ok(())
}

fn hear(
    (classifier, matcher): (&mut Classifier, Option<&Matcher>),
    entries: &[Entry],
    zone: &Zone,
) -> Result<Vec<Observation>, Failure> {
    let posts: Vec<&Post> = entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::Post(post) => Some(&**post),
            Event::Delete(_) | Event::Gone(_) => None,
        })
        .collect();
    let texts: Vec<Text<'_>> =
        posts.iter().map(|post| Text { text: &post.text, lang: Lang::Hinted(post.lang_hint.as_deref()) }).collect();
    let heard = classifier.hear(&texts)?;
    let model = classifier.id().to_owned();
    let seen = match matcher {
        Some(matcher) => matcher.observe(&posts, &heard)?,
        None => vec![Default::default(); posts.len()],
    };
    let rows = posts.into_iter().zip(heard).zip(seen).map(|((post, heard), (sketch, claims))| Observation {
        post: post.clone(),
        day: zone.day_of(post.posted),
        heard,
        sketch,
        claims,
        model: model.clone(),
    });
    Ok(rows.collect())
}

/// What people said of a post goes when it is deleted, and when it is edited: they read another text.
fn forget_reviews(context: Context<'_>, entries: &[Entry]) -> Result<(), Failure> {
    let (mut posts, mut authors) = (Vec::new(), Vec::new());
    for entry in entries {
        match &entry.event {
            Event::Post(post) if entry.replaces.is_some() => posts.push((post.source.clone(), post.id.clone())),
            Event::Delete(reference) => posts.push((reference.source.clone(), reference.id.clone())),
            Event::Gone(author) => authors.push(author),
            Event::Post(_) => {}
        }
    }
    if posts.is_empty() && authors.is_empty() {
        return Ok(());
    }
    let mut desk = context.settings.data.desk()?;
    if !desk.has_reviews()? {
        return Ok(());
    }
    let mut gone = if posts.is_empty() { 0 } else { desk.forget_posts(&posts)? };
    for author in authors {
        gone += desk.forget(author)?;
    }
    tracing::info!(reviews = gone, "reviews of deleted and edited posts taken out");
    Ok(())
}

/// Writes the part, then takes out of earlier parts what this window edits or deletes. Both can be repeated.
fn put(lake: &Lake, rows: &[Observation], entries: &[Entry], (after, zone): (Offset, &Zone)) -> Result<(), Failure> {
    // Named by where the window starts, not by its first entry: that may have been edited away before a repetition.
    let start = after.0 + 1;
    lake.write_part(start, rows)?;
    let (mut gone, mut days): (HashSet<(SourceId, PostId)>, BTreeSet<Day>) = Default::default();
    let mut accounts = HashSet::new();
    for entry in entries {
        let (source, id) = match &entry.event {
            Event::Post(post) => (&post.source, &post.id),
            Event::Delete(reference) => (&reference.source, &reference.id),
            Event::Gone(author) => {
                accounts.insert(*author);
                continue;
            }
        };
        let Some(posted) = entry.replaces else { continue };
        days.insert(zone.day_of(posted));
        gone.insert((source.clone(), id.clone()));
    }
    if !accounts.is_empty() {
        let erased = lake.erase_authors(&accounts, start)?;
        tracing::info!(rows = erased.rows, "accounts that are gone taken out");
    }
    if !gone.is_empty() {
        let erased = lake.erase(&gone, start, Some(&days))?;
        tracing::info!(rows = erased.rows, "edits and deletions folded");
    }
    Ok(())
}
