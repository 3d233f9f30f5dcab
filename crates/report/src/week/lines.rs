//! Seven rumour logs as one: each claim and question once, as the log of its last day tells it.

use crate::rumours;
use polso_domain::{ClaimId, Day, QuestionLine, RumourLine, RumourLog};
use polso_privacy::Published;
use std::collections::BTreeMap;

/// A line of the log over a week.
pub(super) struct Week<'a, T> {
    /// As it was told on its last day.
    pub(super) last: &'a T,
    /// That day.
    pub(super) on: Day,
    /// Posts of all its days. People cannot be added up: who posted on two days is one.
    pub(super) posts: u64,
    /// Days on which it was heard among enough people.
    pub(super) days: u32,
    /// People of the day that had most.
    pub(super) most_people: u32,
}

/// What went round in a week, and what was asked.
pub(super) struct Lines<'a> {
    /// To be answered directly first, then by risk, then what most posts spoke of.
    pub(super) rumours: Vec<Week<'a, RumourLine>>,
    /// Unanswered ones first, then what most posts asked.
    pub(super) questions: Vec<Week<'a, QuestionLine>>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(logs: &'a [(Day, Published<RumourLog>)]) -> Self {
        let lines = logs.iter().flat_map(|(day, log)| log.rumours.iter().map(move |line| (*day, line)));
        let asked = logs.iter().flat_map(|(day, log)| log.questions.iter().map(move |line| (*day, line)));
        let mut rumours = merged(lines, |line| (&line.claim.id, line.posts, line.people));
        let mut questions = merged(asked, |line| (&line.claim, line.posts, line.people));
        rumours.sort_by_key(|line| {
            let risk = ["low", "medium", "high"].iter().position(|word| *word == line.last.risk);
            std::cmp::Reverse((line.last.level == "direct", risk, line.posts))
        });
        questions.sort_by_key(|line| (line.last.answer.is_some(), std::cmp::Reverse(line.posts)));
        Self { rumours, questions }
    }

    /// Those that are told; the others are counted.
    pub(super) fn told(&self) -> impl Iterator<Item = &Week<'a, RumourLine>> {
        self.rumours.iter().filter(|line| rumours::is_told(line.last))
    }

    /// Whether words about a claim may be told.
    pub(super) fn may_tell(&self, claim: &ClaimId) -> bool {
        let line = self.rumours.iter().find(|line| line.last.claim.id == *claim);
        line.is_none_or(|line| rumours::is_told(line.last))
    }
}

/// Lines by claim, in the order of ids; days come in order.
fn merged<'a, T>(lines: impl Iterator<Item = (Day, &'a T)>, of: fn(&T) -> (&ClaimId, u64, u32)) -> Vec<Week<'a, T>> {
    let mut all: BTreeMap<&ClaimId, Week<'a, T>> = BTreeMap::new();
    for (day, line) in lines {
        let (claim, posts, people) = of(line);
        let week = all.entry(claim).or_insert(Week { last: line, on: day, posts: 0, days: 0, most_people: 0 });
        (week.last, week.on) = (line, day);
        week.posts += posts;
        week.days += 1;
        week.most_people = week.most_people.max(people);
    }
    all.into_values().collect()
}
