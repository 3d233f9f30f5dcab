//! What is out of the ordinary, in words: what it is about, what today is beside what is usual, and by which rule.
//!
//! A narrative is told by its answer or topic, and only where the rumour log tells it: below that it is counted.

use crate::card::Said;
use crate::{Error, Page, phrases, rumours};
use polso_alert::detect::{Evidence, Measure};
use polso_domain::{ClaimId, RumourLine};

impl Page<'_> {
    /// What is flagged and may be told, in the order of measures, and how many more are only counted.
    pub(crate) fn spikes(&self) -> (Vec<(&Measure, &Evidence)>, usize) {
        let (told, counted): (Vec<_>, Vec<_>) = self.spikes.flagged().partition(|(measure, _)| match measure {
            Measure::Narrative(claim) => self.line(claim).is_some(),
            _ => true,
        });
        (told, counted.len())
    }

    /// The line of a narrative that may be told.
    fn line(&self, claim: &ClaimId) -> Option<&RumourLine> {
        self.told().into_iter().find(|line| line.claim.id == *claim)
    }

    /// What a measure is about.
    pub(crate) fn measured(&self, measure: &Measure) -> Result<Said, Error> {
        let words = self.words;
        let text = match measure {
            Measure::Volume => words.say("spikes-volume")?,
            Measure::NegativeShare => words.say("spikes-negative")?,
            Measure::Questions => words.say("spikes-questions")?,
            Measure::Tag(tag) => words.with("spikes-tag", &[("tag", phrases::hashtag(tag).into())])?,
            Measure::Narrative(claim) => return self.answered(claim),
        };
        Ok(Said::plain(&text))
    }

    /// People who speak of a narrative, by its answer: alone where that is in another language than the page.
    fn answered(&self, claim: &ClaimId) -> Result<Said, Error> {
        let people = self.words.say("spikes-narrative")?;
        let Some(line) = self.line(claim) else { return Ok(Said::plain(&people)) };
        let heading = rumours::heading(&line.claim, &line.words, self.words)?;
        let is_foreign = heading.foreign.is_some();
        Ok(if is_foreign { heading } else { Said::plain(&format!("{people} {}", heading.text)) })
    }

    /// A value of a measure: a count, or a share. What is usual is rarely a whole number.
    pub(crate) fn value(&self, measure: &Measure, value: f64) -> String {
        match measure {
            Measure::NegativeShare => self.words.percent(value),
            _ if value < 100.0 && value.fract() > 0.0 => self.words.style.number(value, 1),
            _ => self.words.mean(value),
        }
    }

    /// The rule and its numbers, in two sentences.
    pub(crate) fn reason(&self, evidence: &Evidence) -> Result<String, Error> {
        let words = self.words;
        let tenth = |value: f64| words.style.number(value, 1).into();
        let sum = [("sum", tenth(evidence.sum)), ("threshold", tenth(self.spikes.rule.threshold))];
        let since = evidence.since.unwrap_or(self.day.day);
        let rise = [("since", words.short_date(since)?.into()), ("days", evidence.days.into())];
        Ok(format!("{} {}", words.with("spikes-sum", &sum)?, words.with("spikes-since", &rise)?))
    }
}

pub(crate) fn named(measure: &Measure) -> (&'static str, Option<&str>) {
    match measure {
        Measure::Volume => ("volume", None),
        Measure::NegativeShare => ("negative_share", None),
        Measure::Questions => ("questions", None),
        Measure::Narrative(claim) => ("narrative", Some(claim.as_str())),
        Measure::Tag(tag) => ("hashtag", Some(tag)),
    }
}
