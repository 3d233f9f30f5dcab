//! Rules and reasons as lines that can be stored and put into any language: a name, the number, the rule it was held
//! against.
//!
//! Stored with each day of the rumour log, so that a report made again shows what was decided then.

use super::{Reason, Rules, Velocity};

impl Reason {
    /// `name`, `name value` or `name value threshold`, one line a number.
    pub fn lines(&self) -> Vec<String> {
        let both = |names: [&str; 2], numbers: [(u64, u64); 2]| -> Vec<String> {
            names.iter().zip(numbers).map(|(name, (value, from))| format!("{name} {value} {from}")).collect()
        };
        match self {
            Self::Narrow { posts, people, from_posts, from_people } => {
                let lines = both(["narrow_posts", "narrow_people"], [(*posts, *from_posts), (*people, *from_people)]);
                let fails = [posts < from_posts, people < from_people];
                lines.into_iter().zip(fails).filter_map(|(line, fails)| fails.then_some(line)).collect()
            }
            Self::Circulates { posts, people, from_posts, from_people } => {
                both(["circulates_posts", "circulates_people"], [(*posts, *from_posts), (*people, *from_people)])
            }
            Self::Answered => one("answered"),
            Self::Verdict { threat } => vec![format!("threat_{}", threat.as_str())],
            Self::SeldomDoubtful { mean, below } => vec![format!("seldom_doubtful {mean:.2} {below}")],
            Self::Doubtful { mean, from } => vec![format!("doubtful {mean:.2} {from}")],
            Self::OtherTopic { .. } => one("other_topic"),
            Self::Wide { people, signs, .. } => {
                vec![format!("wide_people {people}"), format!("wide_signs {}", signs.len())]
            }
            Self::NotWide { people, signs, .. } => {
                vec![format!("not_wide_people {people}"), format!("not_wide_signs {}", signs.len())]
            }
            Self::New { days } => vec![format!("new_days {days}")],
            Self::Rises { velocity, above } => vec![format!("rises {:.2} {above}", velocity.low)],
            Self::Overwhelms { share, from } => vec![format!("overwhelms {share:.3} {from}")],
            Self::DoesNotGrow { velocity, above } => vec![grows_not(velocity.as_ref(), *above)],
            Self::Rebutted { share, from } => vec![format!("rebutted {share:.2} {from}")],
            Self::Unanswered => one("unanswered"),
        }
    }
}

fn one(name: &str) -> Vec<String> {
    vec![name.to_owned()]
}

fn grows_not(velocity: Option<&Velocity>, above: f64) -> String {
    velocity.map_or_else(|| "no_past".to_owned(), |velocity| format!("does_not_grow {:.2} {above}", velocity.low))
}

impl Rules {
    /// The numbers of the file that a reader may want beside a result, by name.
    pub fn lines(&self) -> Vec<(String, f64)> {
        let Self { circulating, wide, threat: _, growth, rebuttals, level: _ } = self;
        let count = |count: u64| count as f64;
        [
            ("circulating_posts", count(circulating.posts)),
            ("circulating_people", count(circulating.people)),
            ("wide_people", count(wide.people)),
            ("wide_effective_authors", wide.effective_authors),
            ("wide_signs", count(wide.signs as u64)),
            ("growth_rising", growth.rising),
            ("growth_or_share_of_day", growth.or_share_of_day),
            ("rebuttals_share", rebuttals.share),
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
        assert_eq!(reason.lines(), ["narrow_people 4 10"]);
        let grows_not = Reason::DoesNotGrow { velocity: None, above: 1.5 };
        assert_eq!(grows_not.lines(), ["no_past"]);
    }
}
