//! Calibrating a model on labelled posts.
//!
//! What is kept is fitted on all rows. What is told of it, and what shares are estimated with, is cross-fitted: each half of
//! the rows is answered by the constants of the other half, for a row that shaped a constant speaks too well of it.

use super::{Staged, probed, write_card};
use crate::commands::model::add::Task;
use crate::eval::labels;
use crate::eval::metrics::{calibration_error, most_probable};
use crate::eval::rows;
use crate::eval::session::{Asked, Session};
use crate::eval::told::Missing;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings::Settings;
use polso_classify::fit::{self, MoodRow};
use polso_classify::{Answer, BUNDLED, Bundle, Card, Head, Lineup, Validation};
use polso_domain::EMOTIONS;
use serde_json::Value;
use std::path::Path;

/// Fewer rows tell nothing about a model.
const LEAST: usize = 50;

/// Probabilities nearer to none and certain are not told apart.
const EDGE: f64 = 1e-6;

/// What a written label means; `None` for one that the task does not know.
type Know<'a, L> = &'a dyn Fn(&Value) -> Option<L>;

/// What a calibration makes of a model.
struct Calibrated {
    card: Card,
    validation: Option<String>,
    /// Calibration error without, and with constants that the rows did not shape.
    error: [f64; 2],
    n: usize,
}

/// Calibrates a model in its folder.
pub(crate) fn calibrate(
    (name, task): (&str, Option<Task>),
    data: &Path,
    (settings, printer): (&Settings, Printer),
) -> Result<(), Failure> {
    if name == BUNDLED {
        let hint = "it comes calibrated; copy its folder to change it, or review posts of yours: polso review sample";
        return Err(Failure::usage(format!("`{BUNDLED}` is compiled in and cannot be written"), hint));
    }
    let folder = Path::new(name);
    let bundle = Bundle::load(folder)?;
    let head = task.map(Task::head).or_else(|| bundle.card().heads().first().copied());
    let Some(head) = head.filter(|head| bundle.card().has(*head)) else { return Err(no_head()) };
    let mut session = Session::of(bundle.uncalibrated(head), Lineup::of(name), (settings, printer))?;
    let Calibrated { card, validation, error: [before, after], n } = match head {
        Head::Sentiment => moods(&mut session, data, printer)?,
        Head::Emotions => emotions(&mut session, data, printer)?,
        _ => checks(&mut session, data, printer)?,
    };
    let id = format!("{}+{}", card.id.split('+').next().unwrap_or_default(), fingerprint(data)?);
    let card = Card { id: id.clone(), ..card };
    replace(folder, (&card, validation.as_deref()), (settings, printer))?;
    let gain = if after < before { "" } else { ": these posts show no gain" };
    printer.say(format_args!(
        "calibrated on {n} posts; calibration error {before:.3} without, {after:.3} with it on posts kept out of the fit{gain}"
    ));
    printer.say(format_args!("its id is `{id}` now, and its days begin a new baseline"));
    Ok(())
}

fn moods(session: &mut Session, data: &Path, printer: Printer) -> Result<Calibrated, Failure> {
    let moods = ["negative", "neutral", "positive"];
    let read = asked(session, (Head::Sentiment, data, &|label| labels::place(label, &moods)), printer)?;
    let row = |(lang, label, answer): &(String, usize, Answer)| {
        let mood = answer.sentiment?;
        let logits = [mood.negative(), mood.neutral(), mood.positive()].map(|p| f64::from(p).max(EDGE).ln());
        Some(MoodRow { lang: lang.clone(), logits, label: *label })
    };
    let rows: Vec<MoodRow> = read.iter().filter_map(row).collect();
    let kept_out = cross_fitted(&rows, |rows, by| {
        let head = fit::sentiment(by);
        rows.iter().map(|row| (row.clone(), fit::probabilities(row, &head))).collect()
    });
    let error = |rows: &[(MoodRow, [f64; 3])]| {
        calibration_error(rows.iter().map(|(row, p)| (p[most_probable(p)], most_probable(p) == row.label)))
    };
    let before: Vec<(MoodRow, [f64; 3])> = rows.iter().map(|row| (row.clone(), row.logits.map(f64::exp))).collect();
    let error = [error(&before), error(&kept_out)];
    let held_out: Vec<polso_classify::Row> = kept_out
        .into_iter()
        .map(|(row, probabilities)| polso_classify::Row { lang: row.lang, mood: row.label, probabilities })
        .collect();
    let set = data.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let card = Card { sentiment: Some(fit::sentiment(&rows)), ..session.bundle.card().clone() };
    Ok(Calibrated { card, validation: Some(Validation::written(&held_out, &set)), error, n: rows.len() })
}

fn checks(session: &mut Session, data: &Path, printer: Printer) -> Result<Calibrated, Failure> {
    let read = asked(session, (Head::NeedsChecking, data, &|label| labels::place(label, &["0", "1"])), printer)?;
    let row = |(_, label, answer): &(String, usize, Answer)| Some((logit(answer.needs_checking?), *label == 1));
    let rows: Vec<(f64, bool)> = read.iter().filter_map(row).collect();
    let error = yes_or_no(&rows);
    let card = Card { needs_checking: Some(fit::question(&rows)), ..session.bundle.card().clone() };
    Ok(Calibrated { card, validation: None, error, n: rows.len() })
}

fn emotions(session: &mut Session, data: &Path, printer: Printer) -> Result<Calibrated, Failure> {
    let Some(head) = session.bundle.card().emotions.clone() else { return Err(no_head()) };
    let read = asked(session, (Head::Emotions, data, &labels::emotions), printer)?;
    let row = |(_, held, answer): &(String, labels::Held, Answer)| {
        let found = answer.emotions?;
        let logits = head.labels.iter().map(|place| found[*place].map(logit)).collect::<Option<Vec<f64>>>()?;
        Some((logits, head.labels.iter().map(|place| held[*place]).collect::<Vec<bool>>()))
    };
    let rows: Vec<(Vec<f64>, Vec<bool>)> = read.iter().filter_map(row).collect();
    // Of an emotion that no row has, the file says nothing.
    let place = |i: &usize| rows.iter().any(|(_, held)| held[*i]);
    if let Some(unknown) = (0..head.labels.len()).find(|i| !place(i)) {
        let what = format!("no post of `{}` has the emotion `{}`", data.display(), EMOTIONS[head.labels[unknown]]);
        return Err(Failure::usage(what, "every emotion that the model knows needs posts that have it"));
    }
    let each = (0..head.labels.len())
        .map(|i| yes_or_no(&rows.iter().map(|(logits, held)| (logits[i], held[i])).collect::<Vec<_>>()));
    let (sums, labels) =
        each.fold(([0.0; 2], 0.0), |(sums, n), error| ([sums[0] + error[0], sums[1] + error[1]], n + 1.0));
    let card = Card { emotions: Some(fit::emotions(&head, &rows)), ..session.bundle.card().clone() };
    Ok(Calibrated { card, validation: None, error: sums.map(|sum| sum / f64::max(labels, 1.0)), n: rows.len() })
}

/// Calibration error of yes before, and cross-fitted after.
fn yes_or_no(rows: &[(f64, bool)]) -> [f64; 2] {
    let plain = rows.iter().map(|(logit, yes)| (1.0 / (1.0 + (-logit).exp()), *yes));
    let kept_out = cross_fitted(rows, |rows, by| {
        let head = fit::question(by);
        rows.iter().map(|(logit, yes)| (fit::probability(*logit, &head), *yes)).collect()
    });
    [calibration_error(plain), calibration_error(kept_out.into_iter())]
}

/// Every second row answered by what the others say, and the others by what they say.
fn cross_fitted<T: Clone, U>(rows: &[T], answered: impl Fn(&[T], &[T]) -> Vec<U>) -> Vec<U> {
    let half = |odd: usize| -> Vec<T> { rows.iter().skip(odd).step_by(2).cloned().collect() };
    let (one, other) = (half(0), half(1));
    let mut kept_out = answered(&one, &other);
    kept_out.extend(answered(&other, &one));
    kept_out
}

fn logit(probability: f32) -> f64 {
    let probability = f64::from(probability).clamp(EDGE, 1.0 - EDGE);
    (probability / (1.0 - probability)).ln()
}

/// Language, label and answer of each row that the model reads.
fn asked<L>(
    session: &mut Session,
    (head, data, know): (Head, &Path, Know<'_, L>),
    printer: Printer,
) -> Result<Vec<(String, L, Answer)>, Failure> {
    let Asked { readings: read, missing: Missing { left_out, unscored } } =
        session.ask(head, rows::labelled(data, know)?)?;
    let unread: usize = unscored.values().sum();
    if left_out > 0 || unread > 0 {
        printer.say(format_args!("{left_out} rows have other labels, {unread} are in no language of the model"));
    }
    if read.len() < LEAST {
        let what = format!("`{}` has {} posts that can be used", data.display(), read.len());
        return Err(Failure::usage(what, format!("{LEAST} are the least, 200 of each language are better")));
    }
    Ok(read)
}

/// Puts the model together again with another card, and gives it its place in one step.
fn replace(
    folder: &Path,
    (card, validation): (&Card, Option<&str>),
    (settings, printer): (&Settings, Printer),
) -> Result<(), Failure> {
    let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else { return Err(no_head()) };
    let staged = Staged::at(parent.join(format!(".calibrating-{}", name.to_string_lossy())))?;
    for entry in std::fs::read_dir(folder).map_err(Failure::io("read", folder))? {
        let path = entry.map_err(Failure::io("read", folder))?.path();
        let copy = path.file_name().map(|name| staged.folder.join(name)).filter(|_| path.is_file());
        let Some(copy) = copy else { continue };
        // The same file under another name where that can be, for weights are large. What changes is written anew, not into.
        let linked = std::fs::hard_link(&path, &copy).or_else(|_| std::fs::copy(&path, &copy).map(drop));
        linked.map_err(Failure::io("copy", &path))?;
    }
    let mut card = card.clone();
    if let Some(rows) = validation {
        polso_store::write_atomic(&staged.folder.join("validation.csv"), rows.as_bytes())?;
        card.validation_sha256 = Some(polso_classify::sha256(rows.as_bytes()));
    }
    write_card(&staged.folder, &card)?;
    probed(&staged.folder, settings, printer)?;
    exchange(&staged.folder, folder)
}

/// Each gets the other's name; the old one goes with the staged folder.
fn exchange(one: &Path, other: &Path) -> Result<(), Failure> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)
        .map_err(|error| Failure::io("put the calibrated model in place of", other)(error.into()))
}

fn fingerprint(data: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(data).map_err(Failure::io("read", data))?;
    Ok(polso_classify::sha256(&bytes)[..8].to_owned())
}

fn no_head() -> Failure {
    Failure::usage("this is no model that can be calibrated", "`polso model show` says what a model reads")
}
