//! Hashtags that rise beside the followed ones: worth a look, never followed by themselves.
//!
//! A tag rises when today's count lies far above its usual one. Counts of a week are scattered more than chance alone would
//! scatter them, so "far" is four standard errors of a Poisson count around the usual mean, and at least its double. A
//! day on which a tag was not among the most posted counts it as its smallest listed one: that can hide a rise and
//! never invents one.

use crate::baseline::Earlier;
use crate::sums::rounded;
use crate::{Config, DaySummary, Suggestion};

/// Days before that are looked at, and how many of them there must be.
const WINDOW: u32 = 7;
const NEEDED: usize = 3;

/// Fewer posts than this are no rise.
const MIN_POSTS: u64 = 10;

/// Suggestions at most: a list that nobody reads suggests nothing.
const MOST: usize = 5;

/// Rising tags, the steepest first.
pub(crate) fn suggested(today: &DaySummary, earlier: &[Earlier], config: &Config) -> Vec<Suggestion> {
    let heard = |day: &&Earlier| day.ago <= WINDOW && day.summary.posts.n > 0;
    let days: Vec<&DaySummary> = earlier.iter().filter(heard).map(|day| day.summary).collect();
    if days.len() < NEEDED {
        return Vec::new();
    }
    let followed = |tag: &str| config.followed.iter().any(|own| own.to_lowercase() == tag);
    let mut rising: Vec<Suggestion> = today
        .by_hashtag
        .iter()
        .filter(|group| group.n >= MIN_POSTS && !followed(&group.key))
        .filter_map(|group| {
            let usual = days.iter().map(|day| count(day, &group.key) as f64).sum::<f64>() / days.len() as f64;
            let far = (usual + 4.0 * usual.max(1.0).sqrt()).max(2.0 * usual);
            let suggestion =
                Suggestion { key: group.key.clone(), n: group.n, people: group.people, usual: rounded(usual) };
            (group.n as f64 > far).then_some(suggestion)
        })
        .collect();
    let steepness = |of: &Suggestion| of.n as f64 / of.usual.max(1.0);
    rising.sort_by(|a, b| steepness(b).total_cmp(&steepness(a)).then_with(|| a.key.cmp(&b.key)));
    rising.truncate(MOST);
    rising
}

fn count(day: &DaySummary, tag: &str) -> u64 {
    let listed = day.by_hashtag.iter().find(|group| group.key == tag).map(|group| group.n);
    listed.or_else(|| day.by_hashtag.iter().map(|group| group.n).min()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Group;
    use crate::fixtures::{config, day, lake};

    fn of(tags: &[(&str, u64)]) -> DaySummary {
        let (_dir, lake) = lake();
        let mut summary = crate::sum_up(&lake, day("2020-03-09"), &config()).unwrap();
        let group = |(key, n): &(&str, u64)| Group {
            key: (*key).to_owned(),
            n: *n,
            people: 7,
            mood: None,
            needs_checking: None,
        };
        summary.by_hashtag = tags.iter().map(group).collect();
        summary.posts.n = 500;
        summary
    }

    fn rising(today: &[(&str, u64)], days: &[&[(&str, u64)]]) -> Vec<String> {
        let days: Vec<DaySummary> = days.iter().map(|tags| of(tags)).collect();
        let earlier: Vec<Earlier> = (1..).zip(&days).map(|(ago, summary)| Earlier { ago, summary }).collect();
        let config = Config { followed: vec!["IoRestoACasa".to_owned()], ..config() };
        suggested(&of(today), &earlier, &config).into_iter().map(|found| found.key).collect()
    }

    #[test]
    fn a_tag_that_leaps_is_suggested_and_a_followed_one_is_not() {
        let usual: &[(&str, u64)] = &[("iorestoacasa", 90), ("balconi", 5), ("sempre", 40), ("raro", 2)];
        let today = [("iorestoacasa", 400), ("balconi", 60), ("sempre", 44), ("nuovo", 30)];
        assert_eq!(rising(&today, &[usual; 3]), ["nuovo", "balconi"]);
    }

    #[test]
    fn without_a_week_behind_it_nothing_rises() {
        assert!(rising(&[("nuovo", 90)], &[&[], &[]]).is_empty());
    }

    #[test]
    fn a_tag_below_the_list_counts_as_its_last() {
        let usual: &[(&str, u64)] = &[("altro", 55)];
        assert!(rising(&[("nuovo", 60)], &[usual; 4]).is_empty());
    }
}
