//! `polso model show`

use super::Which;
use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::printer::Printer;
use polso_classify::{Bundle, Card, Head, Runs};

/// What a model says of itself
///
/// Its card, readable: languages, what it reads in a text, what it learned from and under which licence, what it reached on
/// data held apart, and what it is bad at. Reads the card, writes to stdout, changes nothing.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    which: Which,
}

pub(super) fn run(args: &Args, global: &Global, printer: Printer) -> Result<Exit, Failure> {
    let (name, _) = args.which.resolve(global)?;
    let card = Bundle::card_of(&name)?;
    for (title, lines) in [
        (card.id.as_str(), aligned(&about(&card))),
        ("Learned from", aligned(&training_sets(&card))),
        ("Reached on data held apart", aligned(&figures(&card))),
        ("Weaknesses", card.weaknesses.iter().map(|weakness| format!("* {weakness}")).collect()),
    ] {
        if !lines.is_empty() {
            printer.data(title);
        }
        for line in lines {
            printer.data(format_args!("  {line}"));
        }
    }
    Ok(Exit::Done)
}

fn about(card: &Card) -> Vec<Vec<String>> {
    let row = |name: &str, value: String| vec![name.to_owned(), value];
    let heads: Vec<&str> = card.heads().into_iter().map(Head::name).collect();
    let mut rows = vec![
        row("languages", card.languages.join(" ")),
        row("heads", heads.join(" ")),
        row("reads", format!("at most {} tokens of a text", card.max_tokens)),
        row("licence", card.licence.clone()),
    ];
    if let Some(published) = &card.published {
        let means = |means: &String| if means.is_empty() { "–".to_owned() } else { means.clone() };
        rows.push(row("from", published.source.clone()));
        rows.push(row("labels", published.means.iter().map(means).collect::<Vec<_>>().join(" ")));
    }
    if card.engine == Runs::Libtorch {
        rows.push(row("runs on", "libtorch".to_owned()));
    }
    rows
}

fn training_sets(card: &Card) -> Vec<Vec<String>> {
    let rows = card.training_sets.iter();
    rows.map(|set| vec![set.name.clone(), format!("{} rows", set.rows), set.licence.clone()]).collect()
}

fn figures(card: &Card) -> Vec<Vec<String>> {
    let mut rows = vec![["task", "set", "lang", "metric", "n", "value", "baseline"].map(str::to_owned).to_vec()];
    rows.extend(card.dev_figures.iter().map(|figure| {
        let lang = figure.lang.clone().unwrap_or_default();
        let baseline = figure.baseline.map_or_else(String::new, |baseline| format!("{baseline:.3}"));
        let value = format!("{:.3}", figure.value);
        vec![
            figure.task.clone(),
            figure.set.clone(),
            lang,
            figure.metric.clone(),
            figure.n.to_string(),
            value,
            baseline,
        ]
    }));
    // A heading alone is no table.
    rows.retain(|_| !card.dev_figures.is_empty());
    rows
}

/// Rows as lines, each column as wide as its widest cell.
pub(crate) fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}
