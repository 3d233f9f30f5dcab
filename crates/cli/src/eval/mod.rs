//! Measuring a model on labelled texts: reading them, asking the classifier, and the figures of each task.

mod claims;
mod emotion;
mod features;
pub(crate) mod labels;
pub(crate) mod metrics;
mod ranking;
pub(crate) mod rows;
pub(crate) mod session;
mod shares;
mod stance;
pub(crate) mod told;

use crate::failure::Failure;
use crate::labelled;
use crate::printer::Printer;
use crate::settings::Settings;
use clap::ValueEnum;
use polso_classify::{Answer, Head};
use session::Session;
use std::path::Path;
use told::Told;

/// What a model can be measured at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Task {
    Sentiment,
    Misinformation,
    Emotion,
    Claims,
    Stance,
}

/// What to measure on.
pub(crate) struct Data<'a> {
    pub(crate) task: Task,
    pub(crate) file: &'a Path,
    /// The claim library; the task `claims` alone needs it.
    pub(crate) claims: Option<&'a Path>,
    /// Where the numbers go that `claims` and `stance` decide by.
    pub(crate) features: Option<&'a Path>,
    /// One JSON object instead of lines for a person.
    pub(crate) json: bool,
}

/// Measures, and says how that went. The row's own `lang` is believed; rows without one go through language detection.
pub(crate) fn measure(data: &Data<'_>, settings: &Settings, printer: Printer) -> Result<String, Failure> {
    let mut session = Session::start(settings, printer)?;
    let told = |told: &dyn Told| if data.json { told.json() } else { told.text() };
    Ok(match data.task {
        Task::Sentiment => told(&sentiment(data.file, &mut session)?),
        Task::Misinformation => told(&misinformation(data.file, &mut session)?),
        Task::Emotion => told(&emotion::measure(data.file, &mut session)?),
        Task::Claims => {
            let hint = "name the claims with --claims FILE: JSON Lines with `id` and `text`";
            let claims = data.claims.ok_or_else(|| Failure::usage("there are no claims to find", hint))?;
            told(&claims::measure((data.file, claims, data.features), &mut session)?)
        }
        Task::Stance => told(&stance::measure(data.file, data.features, &mut session)?),
    })
}

fn sentiment(file: &Path, session: &mut Session) -> Result<told::Measured<metrics::Figures>, Failure> {
    const LABELS: [&str; 3] = ["negative", "neutral", "positive"];
    let asked = session.ask(Head::Sentiment, rows::labelled(file, |label| labels::place(label, &LABELS))?)?;
    let probabilities = |answer: &Answer| {
        let mood = answer.sentiment.map(|mood| [mood.negative(), mood.neutral(), mood.positive()]);
        mood.unwrap_or_default().map(f64::from)
    };
    let validation = labelled::validation(session.models.validation()?.as_ref());
    let estimated = |probabilities: &[[f64; 3]], lang: &str| shares::estimated(probabilities, lang, &validation);
    let (all, by_lang) = metrics::grouped(&asked, probabilities, estimated);
    let figures = |group: &metrics::Group<3>| {
        let polar_accuracy = metrics::polar_accuracy(&group.rows);
        metrics::Figures { polar_accuracy, ..metrics::figures(group, LABELS, metrics::most_probable) }
    };
    let by_lang = by_lang.iter().map(|(lang, group)| (lang.clone(), figures(group))).collect();
    Ok(session.measured("sentiment", asked.missing, (figures(&all), by_lang)))
}

fn misinformation(file: &Path, session: &mut Session) -> Result<told::Measured<metrics::Figures>, Failure> {
    const LABELS: [&str; 2] = ["0", "1"];
    let head = session.card(Head::NeedsChecking)?.needs_checking;
    let threshold = head.map_or(f64::INFINITY, |head| f64::from(head.threshold));
    let asked = session.ask(Head::NeedsChecking, rows::labelled(file, |label| labels::place(label, &LABELS))?)?;
    let probabilities = |answer: &Answer| {
        let risk = f64::from(answer.needs_checking.unwrap_or_default());
        [1.0 - risk, risk]
    };
    // `validation.csv` speaks of moods alone, so the shares are plain means.
    let (all, by_lang) = metrics::grouped(&asked, probabilities, |probabilities, _| shares::mean(probabilities));
    let figures = |group: &metrics::Group<2>| {
        let average_precision = Some(metrics::average_precision(&group.rows));
        let predict = |probabilities: &[f64; 2]| usize::from(probabilities[1] >= threshold);
        metrics::Figures { average_precision, ..metrics::figures(group, LABELS, predict) }
    };
    let by_lang = by_lang.iter().map(|(lang, group)| (lang.clone(), figures(group))).collect();
    Ok(session.measured("misinformation", asked.missing, (figures(&all), by_lang)))
}
