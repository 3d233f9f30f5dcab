//! `polso review quality`

use super::Span;
use crate::commands::model::aligned;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::review::{LEAST, judged};
use polso_aggregate::{Quality, Share, quality};
use polso_desk::Review;
use polso_domain::Day;
use serde_json::{Value, json};

/// How good the model's labels are
///
/// By task, language and label: of the posts that the model calls so the share that people call so (precision), and of
/// those that people call so the share that the model calls so (recall); by task, macro-F1 and the agreement beyond chance
/// of model and people and of two people (kappa). Estimates for all posts of the days, with 95 % intervals; what rests on
/// fewer than 20 posts is not told.
///
/// Reads the desk, writes to stdout, changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  polso review quality --from 2020-03-01 --until 2020-03-31")]
pub(super) struct Args {
    #[command(flatten)]
    span: Span,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
}

/// No post is older than the platforms, and none younger than tomorrow.
const FIRST: i32 = 0;

pub(super) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let settings = context.settings;
    let (from, until) = args.span.resolve(context)?;
    let from = from.unwrap_or_else(|| Day::from_epoch_days(FIRST));
    let until = until.unwrap_or_else(|| settings.zone.day_of(context.now).plus(1));
    let (model, threshold) = (settings.models.id()?, settings.models.threshold()?);
    let all = settings.data.desk()?.reviews(from, until)?;
    let (reviews, others): (Vec<Review>, Vec<Review>) = all.into_iter().partition(|review| review.model == model);
    let rows = quality(&judged(&reviews, threshold), LEAST);
    let days = reviews.first().zip(reviews.last()).map(|(first, last)| (first.day, last.day));
    if args.json {
        context.printer.data(object(&model, days, &rows));
    } else {
        for line in aligned(&table(&rows)) {
            context.printer.data(line);
        }
    }
    match days {
        Some((first, last)) => context.printer.say(format_args!(
            "{} answers about posts of {first} to {last}, read by {model}; \"too few\": fewer than {LEAST} posts",
            reviews.len()
        )),
        None => context.printer.say("nobody has reviewed a post of these days; `polso review sample` draws some"),
    }
    if !others.is_empty() {
        context.printer.say(format_args!("{} answers are about what another model said, and left out", others.len()));
    }
    Ok(Exit::Done)
}

fn table(rows: &[Quality]) -> Vec<Vec<String>> {
    let head = ["task", "lang", "label", "n", "precision", "recall", "macro-F1", "kappa", "two people"];
    let mut table = vec![head.map(str::to_owned).to_vec()];
    let or_all = |word: &str| if word.is_empty() { "all".to_owned() } else { word.to_owned() };
    // Of a language with a handful of posts there is one line to say so.
    let is_told = |lang: &str, task: &str| {
        rows.iter().any(|row| row.label.is_empty() && row.lang == lang && row.task == task && row.n >= LEAST)
    };
    for row in rows.iter().filter(|row| row.label.is_empty() || is_told(&row.lang, &row.task)) {
        let mut cells = vec![row.task.clone(), or_all(&row.lang), or_all(&row.label), row.n.to_string()];
        if row.label.is_empty() {
            let macro_f1 = row.macro_f1.map_or_else(few, |figure| format!("{figure:.2}"));
            cells.extend([String::new(), String::new(), macro_f1, figure(row.kappa)]);
            cells.push(if row.n_twice == 0 { String::new() } else { figure(row.between_reviewers) });
        } else {
            cells.extend([figure(row.precision), figure(row.recall)]);
        }
        table.push(cells);
    }
    // A heading alone is no table.
    table.retain(|_| !rows.is_empty());
    table
}

fn few() -> String {
    "too few".to_owned()
}

fn figure(share: Option<Share>) -> String {
    // Adding zero turns -0.00 into 0.00.
    let hundredths = |value: f64| (value * 100.0).round() / 100.0 + 0.0;
    share.map_or_else(few, |share| {
        let [share, low, high] = [share.share, share.low, share.high].map(hundredths);
        format!("{share:.2} ({low:.2} to {high:.2})")
    })
}

fn object(model: &str, days: Option<(Day, Day)>, rows: &[Quality]) -> Value {
    let row = |row: &Quality| {
        json!({
            "task": row.task, "lang": row.lang, "label": row.label, "n": row.n, "n_called": row.called,
            "precision": row.precision, "recall": row.recall, "macro_f1": row.macro_f1, "kappa": row.kappa,
            "n_twice": row.n_twice, "between_reviewers": row.between_reviewers,
        })
    };
    json!({
        "model": model,
        "since": days.map(|(first, _)| first.to_string()),
        "upto": days.map(|(_, last)| last.to_string()),
        "rows": rows.iter().map(row).collect::<Vec<_>>(),
    })
}
