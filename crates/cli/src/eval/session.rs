//! A model at work on the texts of a file.

use super::rows::Row;
use super::told::{Measured, Missing};
use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings::Settings;
use polso_classify::{Answer, Bundle, Card, Classifier, Head, Lineup, Said, Text};
use polso_domain::{Heard, Unscored};
use std::collections::BTreeMap;
use std::time::Instant;

/// Texts handed to the classifier at a time.
const WINDOW: usize = 16_384;

/// A loaded model.
pub(crate) struct Session {
    pub(crate) bundle: Bundle,
    pub(super) models: Lineup,
    classifier: Classifier,
    printer: Printer,
    texts: usize,
    seconds: f64,
}

/// Labelled texts with what the model read in them.
pub(crate) struct Asked<L> {
    /// Language, label and answer of each text that has one.
    pub(crate) readings: Vec<(String, L, Answer)>,
    /// The others.
    pub(crate) missing: Missing,
}

impl Session {
    pub(super) fn start(settings: &Settings, printer: Printer) -> Result<Self, Failure> {
        let session = Self::of(Bundle::named(settings.models.base())?, settings.models.clone(), (settings, printer))?;
        for place in session.classifier.places() {
            printer.say(place);
        }
        Ok(session)
    }

    /// A session with models of the caller's; `bundle` is the base of `models`.
    pub(crate) fn of(
        bundle: Bundle,
        models: Lineup,
        (settings, printer): (&Settings, Printer),
    ) -> Result<Self, Failure> {
        // One model is measured at what it reads, a lineup must be whole.
        let classifier = match models.names().len() {
            1 => Classifier::new(&bundle, &settings.classify),
            _ => Classifier::of(&models, &bundle, &settings.classify),
        }?;
        Ok(Self { bundle, models, classifier, printer, texts: 0, seconds: 0.0 })
    }

    /// The card of the model that reads a head.
    pub(super) fn card(&self, head: Head) -> Result<Card, Failure> {
        let card = self.models.card(head)?;
        if card.has(head) {
            return Ok(card);
        }
        let hint = "`polso model show` lists what a model reads; choose another with --model";
        Err(Failure::usage(format!("the model {} reads no `{head}`", card.id), hint))
    }

    /// Everything the model hears in some texts, in their order.
    pub(super) fn hear(&mut self, texts: &[Text<'_>]) -> Result<Vec<Heard>, Failure> {
        self.timed(texts, Classifier::hear)
    }

    fn timed<T>(
        &mut self,
        texts: &[Text<'_>],
        read: impl Fn(&mut Classifier, &[Text<'_>]) -> Result<Vec<T>, polso_classify::Error>,
    ) -> Result<Vec<T>, Failure> {
        let bar = self.printer.bar("measuring", texts.len() as u64, "texts");
        let started = Instant::now();
        let mut found = Vec::with_capacity(texts.len());
        for window in texts.chunks(WINDOW) {
            found.extend(read(&mut self.classifier, window)?);
            bar.inc(window.len() as u64);
        }
        self.seconds += started.elapsed().as_secs_f64();
        self.texts += texts.len();
        bar.finish_and_clear();
        Ok(found)
    }

    /// What the models say of labelled texts. One of which the head says nothing, for its model does not read the language,
    /// is missing.
    pub(crate) fn ask<L>(&mut self, head: Head, (rows, left_out): (Vec<Row<L>>, usize)) -> Result<Asked<L>, Failure> {
        self.card(head)?;
        let texts: Vec<Text<'_>> = rows.iter().map(Row::as_text).collect();
        let said = self.timed(&texts, Classifier::say)?;
        let (mut readings, mut unscored) = (Vec::with_capacity(rows.len()), BTreeMap::new());
        for (row, Said { lang, answer, .. }) in rows.into_iter().zip(said) {
            let unread =
                |answer: Answer| if answer.has(head) { Ok(answer) } else { Err(Unscored::UnsupportedLanguage) };
            match answer.and_then(unread) {
                Ok(answer) => readings.push((row.lang.unwrap_or(lang), row.label, answer)),
                Err(reason) => *unscored.entry(reason.as_str()).or_default() += 1,
            }
        }
        Ok(Asked { readings, missing: Missing { left_out, unscored } })
    }

    /// The figures of everything and of each language, with what is missing from them and how fast it went.
    pub(super) fn measured<F>(
        &self,
        task: &'static str,
        missing: Missing,
        (figures, by_lang): (F, BTreeMap<String, F>),
    ) -> Measured<F> {
        Measured {
            task,
            model: self.classifier.id().to_owned(),
            missing,
            figures,
            by_lang,
            posts_per_second: self.texts as f64 / self.seconds.max(1e-9),
            peak_rss_mb: peak_rss_mb(),
        }
    }
}

/// Peak resident memory of this process in MB; 0 where the system does not say.
fn peak_rss_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or(0.0) / 1_024.0
}
