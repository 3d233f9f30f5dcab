//! What happened, in words that are ready to be read.

use super::id::EventId;
use polso_domain::Day;
use serde::{Deserialize, Serialize};

/// Longer texts are cut, in characters: every receiver has a limit, and a headline is none at this length.
const LONGEST: usize = 1_000;

/// What kind of thing happened; the words that `events = […]` of a receiver knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A day's report is ready, for the first time or as a revision.
    Report,
    /// A count or share left its usual range.
    Spike,
    /// A rumour reached the level at which it should be answered directly.
    Rumour,
    /// A run failed; there is no new report.
    Failed,
    /// Somebody tries whether a receiver can be reached. Nobody subscribes to it.
    #[serde(skip_deserializing)]
    Test,
}

impl Kind {
    /// All that one can subscribe to.
    pub const ALL: [Self; 4] = [Self::Report, Self::Spike, Self::Rumour, Self::Failed];

    /// Its word in the settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Spike => "spike",
            Self::Rumour => "rumour",
            Self::Failed => "failed",
            Self::Test => "test",
        }
    }
}

/// How much it matters, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Good to know: a revision of a day.
    Info,
    /// For today: the report, a spike.
    Notice,
    /// Now: a rumour to be answered, a run that failed.
    Urgent,
}

impl Level {
    /// Its word in the settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Notice => "notice",
            Self::Urgent => "urgent",
        }
    }
}

/// One thing to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What happened, in a few words.
    pub headline: String,
    /// The numbers behind it; may be empty.
    pub evidence: String,
}

/// Something that happened. Made of published numbers only; every text is one line in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Its name, the same in every run.
    pub id: EventId,
    /// What kind of thing happened.
    pub kind: Kind,
    /// How much it matters.
    pub level: Level,
    /// The day it is about.
    #[serde(with = "as_text")]
    pub day: Day,
    /// ISO 639-1 code of the language of the texts.
    pub lang: String,
    /// The subject.
    pub title: String,
    /// What there is to say, most important first.
    pub lines: Vec<Line>,
    /// The page that says more, below the folder of reports, such as `2020-03-15/index.html`.
    pub page: Option<String>,
    /// What the link to that page is called.
    pub see: String,
    /// The small print: what sent this, and that nobody reads answers.
    pub foot: String,
}

impl Event {
    /// The same with every text on one line, without control characters, and no longer than a receiver bears.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        for text in [&mut self.title, &mut self.see, &mut self.foot] {
            *text = tidy(text);
        }
        for line in &mut self.lines {
            line.headline = tidy(&line.headline);
            line.evidence = tidy(&line.evidence);
        }
        self
    }
}

/// One line of visible characters: a line break would start a mail header, a direction mark would turn a sentence
/// round.
fn tidy(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_hidden = |c: char| {
        c.is_control() || turns(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    let spaced: String = text.chars().map(|c| if is_hidden(c) { ' ' } else { c }).collect();
    let line = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST - 1).chain(['…']).collect()
}

mod as_text {
    //! A day as `YYYY-MM-DD`.

    use polso_domain::Day;
    use serde::{Deserialize, Deserializer, Serializer, de};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
    pub(super) fn serialize<S: Serializer>(day: &Day, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Day, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_tidy_text_is_one_line_of_bounded_length(text in any::<String>()) {
            let tidied = tidy(&text);
            prop_assert!(!tidied.contains(char::is_control) && tidied.chars().count() <= LONGEST);
            prop_assert_eq!(tidy(&tidied), tidied);
        }
    }

    #[test]
    fn a_long_text_says_that_it_was_cut() {
        let tidied = tidy(&"word ".repeat(400));
        assert!(tidied.ends_with('…') && tidied.chars().count() == LONGEST);
        assert_eq!(tidy("a\r\nBcc: b\u{202e}c"), "a Bcc: b c");
    }
}
