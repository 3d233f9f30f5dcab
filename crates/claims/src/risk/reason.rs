//! Why a claim was rated as it was: the numbers and the lines of the rules, in no language.

use super::{Sign, Threat, Velocity};
use polso_domain::Topic;

/// A line of the rules that decided, with the numbers it was held against.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// Too few posts or people: ignored, whatever else holds.
    Narrow {
        /// Posts of the day.
        posts: u64,
        /// People of the day.
        people: u64,
        /// Posts from which it would circulate.
        from_posts: u64,
        /// People from which it would circulate.
        from_people: u64,
    },
    /// It circulates.
    Circulates {
        /// Posts of the day.
        posts: u64,
        /// People of the day.
        people: u64,
        /// Posts from which it circulates.
        from_posts: u64,
        /// People from which it circulates.
        from_people: u64,
    },
    /// A question to which there is an answer.
    Answered,
    /// What its verdict makes of it.
    Verdict {
        /// The threat.
        threat: Threat,
    },
    /// Its posts seldom need checking: little threat.
    SeldomDoubtful {
        /// Mean probability that they do.
        mean: f64,
        /// The rule.
        below: f64,
    },
    /// Its posts mostly need checking: a serious threat.
    Doubtful {
        /// Mean probability that they do.
        mean: f64,
        /// The rule.
        from: f64,
    },
    /// Its topic touches no health decision: not more than some threat.
    OtherTopic {
        /// The topic.
        topic: Topic,
    },
    /// It circulates widely.
    Wide {
        /// People of the day.
        people: u64,
        /// Effective authors of the day.
        effective_authors: f64,
        /// The signs that are there.
        signs: Vec<Sign>,
    },
    /// It does not circulate widely: not more than a medium risk.
    NotWide {
        /// People of the day.
        people: u64,
        /// Effective authors of the day.
        effective_authors: f64,
        /// The signs that are there.
        signs: Vec<Sign>,
    },
    /// It is as new as its spread is wide.
    New {
        /// Days since it was first heard, the first one counted.
        days: u32,
    },
    /// It certainly rises.
    Rises {
        /// How fast.
        velocity: Velocity,
        /// The rule for the lower end of the interval.
        above: f64,
    },
    /// It need not rise: it is that much of the day.
    Overwhelms {
        /// Share of all posts of the day.
        share: f64,
        /// The rule.
        from: f64,
    },
    /// It does not certainly rise: not more than a medium risk.
    DoesNotGrow {
        /// How fast, where its past was heard.
        velocity: Option<Velocity>,
        /// The rule for the lower end of the interval.
        above: f64,
    },
    /// Those who deny it lower the risk by one step.
    Rebutted {
        /// Their share of the posts that take a side.
        share: f64,
        /// The rule.
        from: f64,
    },
    /// There is no answer to it yet: that comes first.
    Unanswered,
}
