//! The rumour log of a day as a report may show it, behind the same gate as the day's summary.

use crate::{Claim, ClaimId, Day, Timestamp, Withhold};

/// What goes round on a day, what people ask, and what was decided.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RumourLog {
    /// Rumours and narratives that were heard on the day, highest risk first, then most posts.
    pub rumours: Vec<RumourLine>,
    /// Questions that were asked on the day, most people first.
    pub questions: Vec<QuestionLine>,
    /// What changed in the log on the day, oldest first.
    pub changes: Vec<LogChange>,
    /// The rule behind each word of risk and level, as `name = value` pairs in the order of their file.
    pub rules: Vec<(String, f64)>,
    /// Lines withheld because too few people stand behind them. Zero until the gate was passed.
    pub withheld: u32,
}

/// One rumour or narrative on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct RumourLine {
    /// The claim, with its answer and link where somebody has answered it.
    pub claim: Claim,
    /// Its most typical words on the day it was found; empty for claims of the library.
    pub words: Vec<String>,
    /// The first day with posts about it.
    pub first_seen: Day,
    /// `open`, `answered` or `closed`.
    pub status: String,
    /// Who set the status, as a code, and when.
    pub decided: Option<(String, Timestamp)>,
    /// What is being done.
    pub action: Option<String>,
    /// What came of it.
    pub result: Option<String>,
    /// Posts about it.
    pub posts: u64,
    /// Distinct texts among them.
    pub unique_texts: u64,
    /// Authors.
    pub people: u32,
    /// How many authors there would be if all posted equally much.
    pub effective_authors: f64,
    /// Posts that say it is so, that say it is not, and that take no side.
    pub repeats: u64,
    /// See `repeats`.
    pub rebuts: u64,
    /// See `repeats`.
    pub mentions: u64,
    /// Posts by source and by language, most first.
    pub by_source: Vec<(String, u64)>,
    /// See `by_source`.
    pub by_lang: Vec<(String, u64)>,
    /// Posts that do not deny it on each of the 28 days that end with this one, oldest first; `None` on days that were not heard.
    pub history: Vec<Option<u64>>,
    /// `low`, `medium` or `high`.
    pub risk: String,
    /// `ignore`, `passive` or `direct`.
    pub level: String,
    /// `new`, `rising`, `steady`, `falling` or `unclear`.
    pub trend: String,
    /// Posts today for each post on a day of its past, with a 95 % interval; `None` without a past.
    pub velocity: Option<(f64, f64, f64)>,
    /// The rules that decided, each as `name value threshold`.
    pub because: Vec<String>,
    /// A person set risk or level.
    pub by_person: bool,
}

/// Questions that ask the same.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionLine {
    /// The group's id, or the fact or message that answers it.
    pub claim: ClaimId,
    /// Typical words of the group; empty for a question that a known answer was found for.
    pub words: Vec<String>,
    /// Posts that ask.
    pub posts: u64,
    /// Authors.
    pub people: u32,
    /// The first day with posts about it.
    pub first_seen: Day,
    /// `new`, `rising`, `steady`, `falling` or `unclear`.
    pub trend: String,
    /// The fact or official message that answers it; `None` is an information void.
    pub answer: Option<Claim>,
    /// That was found by likeness alone, for the group as a whole: somebody should look whether it answers.
    pub to_be_confirmed: bool,
}

/// A change in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct LogChange {
    /// The claim it is about.
    pub claim: Claim,
    /// `opened`, `status`, `risk`, `level`, `action`, `result`, `verdict` or `withdrawn`.
    pub field: String,
    /// What was there before; empty when nothing was.
    pub before: String,
    /// What is there now.
    pub after: String,
    /// Who changed it, as a code; `rules` for the program's own rules.
    pub who: String,
}

impl Withhold for RumourLog {
    fn withhold(&mut self, people: u32) -> u32 {
        let Self { rumours, questions, changes, rules: _, withheld } = self;
        let before = rumours.len() + questions.len();
        let hidden: Vec<ClaimId> =
            rumours.iter().filter(|line| line.people < people).map(|line| line.claim.id.clone()).collect();
        rumours.retain(|line| line.people >= people);
        questions.retain(|line| line.people >= people);
        // What somebody decided about a line that is not shown would point at it.
        changes.retain(|change| !hidden.contains(&change.claim.id));
        let gone = u32::try_from(before - rumours.len() - questions.len()).unwrap_or(u32::MAX);
        *withheld += gone;
        gone
    }
}
