//! How dangerous a claim is where it goes round, and what is suggested to do about it.
//!
//! The steps are those of published alerts, the numbers are written in `config/risk.toml`, and every assessment carries the
//! lines that decided it, so that a reader can check it and disagree.
//!
//! Invariants
//! * More posts or more people never lower a risk.
//! * What few have heard is ignored, whatever else holds: telling it on is what makes it travel.
//! * A day that was not heard is never a day without posts.
//!
//! It is a suggestion: what a person decided stands elsewhere, above it. It knows no engagement and no communities, for the
//! sources do not tell them alike; "priority groups" are those who post under the followed hashtags.

mod grades;
mod lines;
mod reason;
mod rules;
mod velocity;

pub use grades::{Level, Risk, Sign, Threat, Trend};
pub use reason::Reason;
pub use rules::{Circulating, Growth, Levels, Rebuttals, Rules, Threats, Wide};
pub use velocity::Velocity;

use polso_domain::{ClaimKind, Topic, Verdict};

/// Days before today that a claim is compared with, at most.
const PAST: u32 = 28;

/// How far a claim has spread on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread<'a> {
    /// What it is.
    pub kind: ClaimKind,
    /// What those who checked it found.
    pub verdict: &'a Verdict,
    /// What it is about.
    pub topic: Option<Topic>,
    /// Posts of the day that speak of it, those that deny it left out.
    pub posts: u64,
    /// Different texts among them.
    pub unique_texts: u64,
    /// Authors as if all had posted equally much.
    pub effective_authors: f64,
    /// Authors.
    pub people: u64,
    /// Share of all posts of the day, 0 to 1.
    pub share_of_day: f64,
    /// Platforms.
    pub sources: usize,
    /// Languages.
    pub langs: usize,
    /// Share of those that deny it among the posts that take a side, 0 to 1.
    pub rebut_share: f64,
    /// Days since it was first heard; 1 on its first day.
    pub days_alive: u32,
    /// Posts of the days before, yesterday first; `None` for a day that was not heard.
    pub history: &'a [Option<u64>],
    /// Mean probability that its posts need checking.
    pub needs_checking: Option<f64>,
    /// Whether there is an answer to it.
    pub answered: bool,
}

/// What the rules say of a claim on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// How dangerous it is.
    pub risk: Risk,
    /// What is suggested.
    pub level: Level,
    /// Today's posts over the mean of its heard days; `None` when there is no such mean.
    pub velocity: Option<Velocity>,
    /// Where it is going.
    pub trend: Trend,
    /// What decided, in the order in which it was asked.
    pub because: Vec<Reason>,
}

/// Rates a claim. Facts and official messages have no risk: `None`.
pub fn assess(rules: &Rules, spread: &Spread<'_>) -> Option<Assessment> {
    if matches!(spread.kind, ClaimKind::Fact | ClaimKind::Message) {
        return None;
    }
    let (velocity, trend) = trend(&rules.growth, spread);
    let mut because = Vec::new();
    let risk = risk(rules, spread, (trend, velocity), &mut because);
    let risk = after_rebuttals(rules, spread, risk, &mut because);
    if risk > Risk::Low && !spread.answered {
        because.push(Reason::Unanswered);
    }
    let narrow = matches!(because[..], [Reason::Narrow { .. }]);
    let level = if narrow { Level::Ignore } else { rules.level.of(risk) };
    Some(Assessment { risk, level, velocity, trend, because })
}

fn risk(rules: &Rules, spread: &Spread<'_>, going: (Trend, Option<Velocity>), because: &mut Vec<Reason>) -> Risk {
    let (posts, people) = (spread.posts, spread.people);
    let Circulating { posts: from_posts, people: from_people } = rules.circulating;
    if posts < from_posts || people < from_people {
        because.push(Reason::Narrow { posts, people, from_posts, from_people });
        return Risk::Low;
    }
    because.push(Reason::Circulates { posts, people, from_posts, from_people });
    if spread.kind == ClaimKind::Question {
        if spread.answered {
            because.push(Reason::Answered);
        }
        return if spread.answered { Risk::Low } else { Risk::Medium };
    }
    let threat = threat(&rules.threat, spread, because);
    if threat == Threat::Little {
        return Risk::Low;
    }
    let wide = is_wide(&rules.wide, spread, because);
    if wide && threat == Threat::Serious && grows(&rules.growth, spread, going, because) {
        return Risk::High;
    }
    Risk::Medium
}

/// One step less where most of those who take a side deny it.
fn after_rebuttals(rules: &Rules, spread: &Spread<'_>, risk: Risk, because: &mut Vec<Reason>) -> Risk {
    let (share, from) = (spread.rebut_share, rules.rebuttals.share);
    if risk == Risk::Low || share < from {
        return risk;
    }
    because.push(Reason::Rebutted { share, from });
    if risk == Risk::High { Risk::Medium } else { Risk::Low }
}

fn threat(rules: &Threats, spread: &Spread<'_>, because: &mut Vec<Reason>) -> Threat {
    let by_verdict = rules.of(spread.verdict);
    because.push(Reason::Verdict { threat: by_verdict });
    let threat = match spread.needs_checking {
        Some(mean) if by_verdict == Threat::Some && mean < rules.little_below => {
            because.push(Reason::SeldomDoubtful { mean, below: rules.little_below });
            Threat::Little
        }
        Some(mean) if by_verdict == Threat::Some && mean >= rules.serious_from => {
            because.push(Reason::Doubtful { mean, from: rules.serious_from });
            Threat::Serious
        }
        _ => by_verdict,
    };
    if threat == Threat::Serious && !rules.touches(spread.topic) {
        because.extend(spread.topic.map(|topic| Reason::OtherTopic { topic }));
        return Threat::Some;
    }
    threat
}

fn is_wide(rules: &Wide, spread: &Spread<'_>, because: &mut Vec<Reason>) -> bool {
    let there = |sign: &Sign| match sign {
        Sign::ShareOfDay => spread.share_of_day >= rules.share_of_day,
        Sign::Sources => spread.sources >= rules.sources,
        Sign::Langs => spread.langs >= rules.langs,
        Sign::UniqueTexts => spread.unique_texts >= rules.unique_texts,
        Sign::DaysAlive => spread.days_alive >= rules.days_alive,
    };
    let signs: Vec<Sign> = Sign::ALL.iter().copied().filter(there).collect();
    let many = spread.people >= rules.people && spread.effective_authors >= rules.effective_authors;
    let wide = many && signs.len() >= rules.signs;
    let (people, effective_authors) = (spread.people, spread.effective_authors);
    because.push(if wide {
        Reason::Wide { people, effective_authors, signs }
    } else {
        Reason::NotWide { people, effective_authors, signs }
    });
    wide
}

fn grows(
    rules: &Growth,
    spread: &Spread<'_>,
    (trend, velocity): (Trend, Option<Velocity>),
    because: &mut Vec<Reason>,
) -> bool {
    let (share, from) = (spread.share_of_day, rules.or_share_of_day);
    match (trend, velocity) {
        (Trend::New, _) => because.push(Reason::New { days: spread.days_alive }),
        (Trend::Rising, Some(velocity)) => because.push(Reason::Rises { velocity, above: rules.rising }),
        _ if share >= from => because.push(Reason::Overwhelms { share, from }),
        _ => {
            because.push(Reason::DoesNotGrow { velocity, above: rules.rising });
            return false;
        }
    }
    true
}

/// Today beside its past, and the word for it. The days before it was first heard are not its past.
fn trend(rules: &Growth, spread: &Spread<'_>) -> (Option<Velocity>, Trend) {
    let before = spread.days_alive.saturating_sub(1).min(PAST);
    let reach = usize::try_from(before).unwrap_or(usize::MAX).min(spread.history.len());
    let velocity = velocity::velocity(spread.posts, &spread.history[..reach]);
    let trend = match velocity {
        _ if before < rules.days => Trend::New,
        Some(velocity) if velocity.days >= rules.days => match () {
            () if velocity.low > rules.rising => Trend::Rising,
            () if velocity.high < rules.falling => Trend::Falling,
            () => Trend::Steady,
        },
        _ => Trend::Unclear,
    };
    (velocity, trend)
}

#[cfg(test)]
mod tests;
