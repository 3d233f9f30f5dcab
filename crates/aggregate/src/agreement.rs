//! How much more often two agree than chance would have it.
//!
//! Kappa (Cohen 1960) is the agreement beyond chance over what chance leaves: 1 is always, 0 as often as two who answer
//! blindly with the same habits. Posts are drawn by what the model says of them, so the posts of each of its labels have
//! a table of their own, and kappa is that of their sum.
//!
//! Its interval moves the agreement within one table at a time to either end of that share's own interval, the rest of the
//! table with it, and joins what that does to kappa by squares (the method of variance estimates recovery: Zou & Donner
//! 2008; one component at a time: Newcombe 2001). So perfect agreement of a few posts is no certainty.

use crate::Share;
use crate::proportion::Part;
use std::collections::{BTreeMap, BTreeSet};

/// Weights of pairs of labels.
type Table<'a> = BTreeMap<(&'a str, &'a str), f64>;

/// Pairs of answers, by what the model says of the post.
#[derive(Default)]
pub(crate) struct Agreement<'a> {
    groups: BTreeMap<&'a str, (Part, Table<'a>)>,
    labels: BTreeSet<&'a str>,
}

impl<'a> Agreement<'a> {
    /// Adds a post of a group with the pairs of answers about it, which share its weight.
    pub(crate) fn add(&mut self, group: &'a str, weight: f64, pairs: &[(&'a str, &'a str)]) {
        let all = pairs.len().max(1) as f64;
        let same = pairs.iter().filter(|(one, other)| one == other).count();
        let (part, table) = self.groups.entry(group).or_default();
        part.add(weight, same as f64 / all);
        for pair in pairs {
            *table.entry(*pair).or_default() += weight / all;
            self.labels.extend([pair.0, pair.1]);
        }
    }

    /// Kappa with its interval; `None` where chance alone always agrees.
    pub(crate) fn kappa(&self) -> Option<Share> {
        let tables: Vec<&Table<'a>> = self.groups.values().map(|(_, table)| table).collect();
        let share = kappa(&sum(tables.iter().copied()))?;
        let (mut below, mut above) = (0.0_f64, 0.0_f64);
        for (moved, (part, table)) in self.groups.values().enumerate() {
            let interval = part.interval();
            for end in [interval.low, interval.high] {
                let other = self.with_agreement(table, interval.share, end);
                let tables = tables.iter().enumerate().map(|(at, table)| if at == moved { &other } else { *table });
                let by = kappa(&sum(tables)).map_or(0.0, |kappa| kappa - share);
                let side = if by < 0.0 { &mut below } else { &mut above };
                *side = side.hypot(by);
            }
        }
        Some(Share { share, low: (share - below).max(-1.0), high: (share + above).min(1.0) })
    }

    /// The table with another share of pairs that agree. What was never seen is spread evenly over what it could be.
    fn with_agreement(&self, table: &Table<'a>, before: f64, after: f64) -> Table<'a> {
        let mut moved = Table::new();
        let others = self.labels.len().saturating_sub(1).max(1) as f64;
        for ((one, other), weight) in table {
            if one == other {
                *moved.entry((one, other)).or_default() += weight * if before > 0.0 { after / before } else { 0.0 };
                if before >= 1.0 {
                    for label in self.labels.iter().filter(|label| *label != one) {
                        *moved.entry((one, label)).or_default() += weight * (1.0 - after) / others;
                    }
                }
            } else {
                let scale = if before < 1.0 { (1.0 - after) / (1.0 - before) } else { 0.0 };
                *moved.entry((one, other)).or_default() += weight * scale;
                if before <= 0.0 {
                    *moved.entry((one, one)).or_default() += weight * after;
                }
            }
        }
        moved
    }
}

fn sum<'a: 't, 't>(tables: impl Iterator<Item = &'t Table<'a>>) -> Table<'a> {
    let mut sum = Table::new();
    for (pair, weight) in tables.flatten() {
        *sum.entry(*pair).or_default() += weight;
    }
    sum
}

fn kappa(table: &Table<'_>) -> Option<f64> {
    let mut habits: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
    for ((one, other), weight) in table {
        habits.entry(one).or_default()[0] += weight;
        habits.entry(other).or_default()[1] += weight;
    }
    let all: f64 = table.values().sum();
    let agreed: f64 = table.iter().filter(|((one, other), _)| one == other).map(|(_, weight)| weight).sum();
    let chance = habits.values().map(|[one, other]| one * other).sum::<f64>() / all.powi(2);
    (all > 0.0 && chance < 1.0 - 1e-9).then(|| (agreed / all - chance) / (1.0 - chance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(cells: &[(&'static str, &'static str, usize)]) -> Option<Share> {
        let mut agreement = Agreement::default();
        for (one, other, n) in cells {
            (0..*n).for_each(|_| agreement.add(one, 1.0, &[(*one, *other)]));
        }
        agreement.kappa()
    }

    #[test]
    fn perfect_agreement_of_few_posts_is_no_certainty() {
        let share = of(&[("yes", "yes", 10), ("no", "no", 10)]).unwrap();
        assert!((share.share - 1.0).abs() < 1e-9 && (0.3..0.8).contains(&share.low), "{share:?}");
        assert!(of(&[("yes", "yes", 10)]).is_none() && of(&[]).is_none());
    }

    /// The formula of Fleiss, Cohen & Everitt (1969) gives 0.062 as the standard error, so 0.121 as half the width.
    #[test]
    fn a_large_table_has_the_interval_of_the_normal_theory() {
        let share = of(&[("yes", "yes", 90), ("yes", "no", 20), ("no", "yes", 30), ("no", "no", 60)]).unwrap();
        let (agreed, chance) = (0.75, 0.55 * 0.6 + 0.45 * 0.4);
        assert!((share.share - (agreed - chance) / (1.0 - chance)).abs() < 1e-9);
        let half = f64::midpoint(share.high, -share.low);
        assert!((0.11..0.13).contains(&half), "{half} {share:?}");
    }

    proptest! {
        #[test]
        fn kappa_lies_in_its_interval(counts in prop::array::uniform9(0_usize..20)) {
            let labels = ["a", "b", "c"];
            let cells: Vec<_> = counts.iter().enumerate().map(|(at, n)| (labels[at / 3], labels[at % 3], *n)).collect();
            if let Some(Share { share, low, high }) = of(&cells) {
                prop_assert!((-1.0..=1.0).contains(&low) && (-1.0..=1.0).contains(&high));
                prop_assert!(low <= share + 1e-9 && share <= high + 1e-9, "{low} {share} {high}");
            }
        }
    }
}
