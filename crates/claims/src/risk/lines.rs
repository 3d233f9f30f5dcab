//! Rules and reasons as lines that can be stored and put into any language: a name, the number, the rule it was held
//! against.
//!
//! Stored with each day of the rumour log, so that a report made again shows what was decided then.

use super::{Reason, Rules};

impl Reason {
    /// `name`, `name value` or `name value threshold`, one line a number. Names with a dot are lines of `config/risk.toml`.
    pub fn lines(&self) -> Vec<String> {
        let circulating = |posts: u64, people: u64, from: (u64, u64)| {
            [(posts, from.0, "posts"), (people, from.1, "people")]
                .map(|(value, from, what)| (format!("circulating.{what} {value} {from}"), value < from))
        };
        match self {
            Self::Narrow { posts, people, from_posts, from_people } => {
                let lines = circulating(*posts, *people, (*from_posts, *from_people));
                named("narrow").chain(lines.into_iter().filter_map(|(line, fails)| fails.then_some(line))).collect()
            }
            Self::Circulates { posts, people, from_posts, from_people } => {
                circulating(*posts, *people, (*from_posts, *from_people)).map(|(line, _)| line).to_vec()
            }
            Self::Answered => named("answered").collect(),
            Self::Verdict { threat } => vec![format!("verdict {}", threat.as_str())],
            Self::SeldomDoubtful { mean, below } => {
                named("seldom_doubtful").chain([format!("threat.little_below {mean:.2} {below}")]).collect()
            }
            Self::Doubtful { mean, from } => {
                named("doubtful").chain([format!("threat.serious_from {mean:.2} {from}")]).collect()
            }
            Self::OtherTopic { .. } => named("other_topic").collect(),
            Self::Wide { people, signs, .. } => {
                named("wide").chain([format!("wide.people {people}"), format!("wide.signs {}", signs.len())]).collect()
            }
            Self::NotWide { people, signs, .. } => named("not_wide")
                .chain([format!("wide.people {people}"), format!("wide.signs {}", signs.len())])
                .collect(),
            Self::New { days } => vec![format!("new {days}")],
            Self::Rises { velocity, above } => vec![format!("growth.rising {:.2} {above}", velocity.low)],
            Self::Overwhelms { share, from } => vec![format!("growth.or_share_of_day {share:.3} {from}")],
            Self::DoesNotGrow { velocity, above } => {
                let held = velocity.as_ref().map(|velocity| format!("growth.rising {:.2} {above}", velocity.low));
                named("does_not_grow").chain(held).collect()
            }
            Self::Rebutted { share, from } => vec![format!("rebuttals.share {share:.2} {from}")],
            Self::Unanswered => named("unanswered").collect(),
        }
    }
}

fn named(name: &str) -> impl Iterator<Item = String> {
    std::iter::once(name.to_owned())
}

impl Rules {
    /// The numbers of the file that a reader may want beside a result, by name.
    pub fn lines(&self) -> Vec<(String, f64)> {
        let Self { circulating, wide, threat: _, growth, rebuttals, level: _ } = self;
        let count = |count: u64| count as f64;
        [
            ("circulating.posts", count(circulating.posts)),
            ("circulating.people", count(circulating.people)),
            ("wide.people", count(wide.people)),
            ("wide.effective_authors", wide.effective_authors),
            ("wide.signs", count(wide.signs as u64)),
            ("growth.rising", growth.rising),
            ("growth.or_share_of_day", growth.or_share_of_day),
            ("rebuttals.share", rebuttals.share),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_rule_that_fails_makes_it_narrow() {
        let reason = Reason::Narrow { posts: 30, people: 4, from_posts: 20, from_people: 10 };
        assert_eq!(reason.lines(), ["narrow", "circulating.people 4 10"]);
        let grows_not = Reason::DoesNotGrow { velocity: None, above: 1.5 };
        assert_eq!(grows_not.lines(), ["does_not_grow"]);
    }
}
