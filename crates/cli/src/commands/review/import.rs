//! `polso review import`

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::{self, Context};
use crate::review::{Answered, Filled, said};
use polso_desk::{By, Review};
use polso_domain::{Day, PostId, SourceId};
use polso_store::{Lake, Scored};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;

/// Take back what people answered
///
/// Comma, semicolon or tab between cells; UTF-8. A row with an answer that is not known is refused with its line and the
/// exit code is 1; empty cells are not answered. What the model says of each post is looked up. The same file twice
/// changes nothing; a reviewer's later answer takes the place of the earlier one. Days whose answers are new are summed
/// up again and their reports renewed.
///
/// Reads the file and the lake, writes the desk, summaries and reports.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  polso review import sample.csv --reviewer r1")]
pub(super) struct Args {
    /// A filled sample
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Who answered: a code such as `r1`, not a name
    #[arg(long, value_name = "CODE")]
    reviewer: String,
}

/// Posts that answers are about, by source and id.
type Posts = HashMap<(SourceId, PostId), Scored>;

pub(super) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let reviewer = code(&args.reviewer)?;
    let filled = Filled::read(&args.file)?;
    let data = &context.settings.data;
    let posts = looked_up(&data.lake()?, &filled.rows)?;
    let (mut reviews, mut gone, mut edited) = (Vec::new(), 0, 0);
    for row in &filled.rows {
        match posts.get(&(row.source.clone(), row.post.clone())) {
            None => gone += 1,
            Some(post) if !row.is_about(post) => edited += 1,
            Some(post) => reviews.extend(reviewed(row, post, reviewer)),
        }
    }
    let mut desk = data.desk()?;
    let put = desk.put_reviews(&reviews, By { who: reviewer, when: context.now })?;
    drop(desk);
    context.printer.say(format_args!(
        "{} answers are new, {} changed, {} were known; {} posts have none",
        put.added, put.changed, put.unchanged, filled.unanswered
    ));
    for (posts, why) in [(gone, "no longer there: deleted or forgotten"), (edited, "edited since the sample was drawn")]
    {
        if posts > 0 {
            context.printer.say(format_args!("{posts} posts are left out, they are {why}"));
        }
    }
    if put.added + put.changed > 0 {
        let days: BTreeSet<Day> = reviews.iter().map(|review| review.day).collect();
        pipeline::refresh(context, &days)?;
    }
    for row in &filled.refused {
        context.printer.missing(format_args!("line {}: {}", row.line, row.why));
    }
    Ok(if filled.refused.is_empty() { Exit::Done } else { Exit::Missing })
}

/// A code: lowercase letters, digits, `-`, `_`, `.`, at most 32.
fn code(code: &str) -> Result<&str, Failure> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
    let fine = (1..=32).contains(&code.len()) && code.chars().all(allowed);
    let hint = "lowercase letters, digits, `-`, `_` and `.`, at most 32, such as r1: a code, not a name";
    fine.then_some(code).ok_or_else(|| Failure::usage("that cannot be the code of a reviewer", hint))
}

/// The posts of the rows as the lake has them now.
fn looked_up(lake: &Lake, rows: &[Answered]) -> Result<Posts, Failure> {
    let mut days: BTreeMap<Day, HashSet<(&SourceId, &PostId)>> = BTreeMap::new();
    for row in rows {
        days.entry(row.day).or_default().insert((&row.source, &row.post));
    }
    let mut posts = Posts::new();
    for (day, wanted) in days {
        for offset in lake.offsets(day)? {
            let found = lake.scored(day, offset)?.into_iter().filter(|post| wanted.contains(&(&post.source, &post.id)));
            posts.extend(found.map(|post| ((post.source.clone(), post.id.clone()), post)));
        }
    }
    Ok(posts)
}

fn reviewed<'a>(row: &'a Answered, post: &'a Scored, reviewer: &'a str) -> impl Iterator<Item = Review> + 'a {
    row.answers.iter().map(move |(task, value)| {
        let about = row.claim.clone().filter(|_| *task == polso_desk::Task::Stance);
        Review {
            source: row.source.clone(),
            post: row.post.clone(),
            author: post.author,
            day: row.day,
            lang: post.lang.clone(),
            reviewer: reviewer.to_owned(),
            task: *task,
            said: said(post, about.as_ref()),
            about,
            value: (*value).to_owned(),
            model: post.model.clone(),
            stratum: row.stratum.clone(),
            weight: row.weight,
        }
    })
}
