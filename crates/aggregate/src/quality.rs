//! How good the model's labels are, from posts that people looked at.
//!
//! Reviewed posts are a sample with unequal chances, so each counts with its weight: what stands here estimates all posts
//! of the days they were drawn from, not the sample (Horvitz & Thompson 1952). Precision, recall and agreement have the
//! intervals of `proportion`. Two reviewers of a post are kept apart: where they disagree, each answer counts half.
//!
//! It is not told of too few posts: a figure from a handful of posts would pass for knowledge.

use crate::Share;
use crate::agreement::Agreement;
use crate::proportion::{Part, found};
use crate::sums::rounded;
use std::collections::{BTreeMap, BTreeSet};

/// One answer of one reviewer about one post, beside the model's.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// What was asked: `sentiment`, `needs_checking`, `question`, `stance`.
    pub task: String,
    /// The post's language.
    pub lang: String,
    /// What tells posts apart; for a stance, with its claim.
    pub post: String,
    /// Who answered.
    pub reviewer: String,
    /// What they answered. Who was unsure did not answer.
    pub label: String,
    /// What the model says; `None` where it has no head for the task.
    pub called: Option<String>,
    /// How many posts it stands for.
    pub weight: f64,
}

/// How good a label is, or all labels of a task together.
#[derive(Debug, Clone, PartialEq)]
pub struct Quality {
    /// What was asked.
    pub task: String,
    /// The language; empty for all of them together.
    pub lang: String,
    /// The label; empty for all of them together.
    pub label: String,
    /// Reviewed posts: those that people gave the label, or all of the task.
    pub n: usize,
    /// Reviewed posts that the model gave the label, or about which it said something.
    pub called: usize,
    /// Of the posts that the model gives the label, the share to which people give it. `None` when too few were called so.
    pub precision: Option<Share>,
    /// Of the posts that people give the label, the share to which the model gives it. `None` when too few have it.
    pub recall: Option<Share>,
    /// All labels: mean of their F1, unweighted. `None` when too few were reviewed or a label has no F1.
    pub macro_f1: Option<f64>,
    /// All labels: agreement of model and people beyond chance. `None` when too few were reviewed.
    pub kappa: Option<Share>,
    /// All labels: posts that two people looked at.
    pub n_twice: usize,
    /// All labels: agreement of two reviewers beyond chance. `None` when too few posts have two.
    pub between_reviewers: Option<Share>,
}

/// Quality by task, language and label, all languages and all labels first. Figures behind which fewer than `least` posts
/// stand are `None`.
pub fn quality(judged: &[Judged], least: usize) -> Vec<Quality> {
    let mut groups: BTreeMap<(&str, &str), Posts<'_>> = BTreeMap::new();
    for row in judged {
        for lang in ["", row.lang.as_str()] {
            let posts = groups.entry((row.task.as_str(), lang)).or_default();
            let post = posts.entry((row.lang.as_str(), row.post.as_str())).or_default();
            post.called = row.called.as_deref();
            post.weight = row.weight;
            post.answers.insert(&row.reviewer, &row.label);
        }
    }
    groups.into_iter().flat_map(|((task, lang), posts)| of_group(task, lang, (&posts, least))).collect()
}

/// Posts by language and name.
type Posts<'a> = BTreeMap<(&'a str, &'a str), Post<'a>>;

#[derive(Default)]
struct Post<'a> {
    weight: f64,
    called: Option<&'a str>,
    /// By reviewer.
    answers: BTreeMap<&'a str, &'a str>,
}

impl Post<'_> {
    /// Which part of the answers is `label`.
    fn share(&self, label: &str) -> f64 {
        let hits = self.answers.values().filter(|answer| **answer == label).count();
        hits as f64 / self.answers.len().max(1) as f64
    }
}

fn of_group(task: &str, lang: &str, (posts, least): (&Posts<'_>, usize)) -> Vec<Quality> {
    let told: Vec<&Post<'_>> = posts.values().filter(|post| post.called.is_some()).collect();
    let answers = posts.values().flat_map(|post| post.answers.values().copied().chain(post.called));
    let labels: BTreeSet<&str> = answers.collect();
    let row = |label: &str| Quality {
        task: task.to_owned(),
        lang: lang.to_owned(),
        label: label.to_owned(),
        n: 0,
        called: 0,
        precision: None,
        recall: None,
        macro_f1: None,
        kappa: None,
        n_twice: 0,
        between_reviewers: None,
    };
    let mut rows = vec![row("")];
    let mut f1 = Vec::new();
    for label in labels {
        let (mut called, mut rest) = (Part::default(), Part::default());
        for post in &told {
            let part = if post.called == Some(label) { &mut called } else { &mut rest };
            part.add(post.weight, post.share(label));
        }
        let n = told.iter().filter(|post| post.share(label) > 0.0).count();
        let recall = found(&called, &rest);
        f1.push(f1_of(&called, recall));
        rows.push(Quality {
            n,
            called: called.n,
            precision: (called.n >= least).then(|| called.interval().rounded()),
            recall: recall.filter(|_| n >= least).map(Share::rounded),
            ..row(label)
        });
    }
    let twice: Vec<&Post<'_>> = posts.values().filter(|post| post.answers.len() > 1).collect();
    let macro_f1 = f1.iter().sum::<f64>() / f1.len().max(1) as f64;
    rows[0] = Quality {
        n: posts.len(),
        called: told.len(),
        macro_f1: (told.len() >= least).then(|| rounded(macro_f1)),
        kappa: (told.len() >= least).then(|| kappa(&told, with_model)).flatten(),
        n_twice: twice.len(),
        between_reviewers: (twice.len() >= least).then(|| kappa(&twice, between_reviewers)).flatten(),
        ..row("")
    };
    rows
}

/// 2PR / (P + R); zero where nothing is right.
fn f1_of(called: &Part, recall: Option<Share>) -> f64 {
    let (precision, recall) = (called.share(), recall.map_or(0.0, |recall| recall.share));
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

/// Pairs of answers about a post: the model's with each reviewer's.
fn with_model<'a>(post: &Post<'a>) -> Vec<(&'a str, &'a str)> {
    post.called.map_or_else(Vec::new, |called| post.answers.values().map(|answer| (called, *answer)).collect())
}

/// Pairs of answers about a post: of each two reviewers.
fn between_reviewers<'a>(post: &Post<'a>) -> Vec<(&'a str, &'a str)> {
    let answers: Vec<&str> = post.answers.values().copied().collect();
    (1..answers.len())
        .flat_map(|second| answers[..second].iter().map(move |first| (*first, second)))
        .map(|(first, second)| (first, answers[second]))
        .collect()
}

/// Agreement of pairs beyond chance; the pairs of one post share its weight.
fn kappa<'a>(posts: &[&Post<'a>], pairs: impl Fn(&Post<'a>) -> Vec<(&'a str, &'a str)>) -> Option<Share> {
    let mut agreement = Agreement::default();
    for post in posts {
        agreement.add(post.called.unwrap_or_default(), post.weight, &pairs(post));
    }
    agreement.kappa().map(Share::rounded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::Random;
    use crate::sample::{Candidate, sample};

    fn judged(post: usize, reviewer: &str, (label, called): (&str, &str)) -> Judged {
        Judged {
            task: "sentiment".into(),
            lang: "it".into(),
            post: post.to_string(),
            reviewer: reviewer.into(),
            label: label.into(),
            called: Some(called.into()),
            weight: 1.0,
        }
    }

    fn row<'a>(rows: &'a [Quality], label: &str) -> &'a Quality {
        rows.iter().find(|row| row.label == label && row.lang.is_empty()).unwrap()
    }

    /// Of 100 posts 45 have the label and are called so, 15 and 10 only one of the two, 30 neither.
    #[test]
    fn the_figures_of_a_small_table() {
        let cells = [("yes", "yes", 45), ("yes", "no", 15), ("no", "yes", 10), ("no", "no", 30)];
        let pairs = cells.iter().flat_map(|(people, model, n)| std::iter::repeat_n((*people, *model), *n));
        let rows: Vec<Judged> = pairs.enumerate().map(|(at, pair)| judged(at, "r1", pair)).collect();
        let found = quality(&rows, 20);
        let near = |share: Option<Share>, value: f64| (share.unwrap().share - value).abs() < 1e-6;
        let yes = row(&found, "yes");
        assert!(near(yes.precision, 45.0 / 55.0) && near(yes.recall, 0.75), "{yes:?}");
        assert_eq!((yes.n, yes.called), (60, 55));
        let all = row(&found, "");
        // 0.75 agreed, 0.6 × 0.55 + 0.4 × 0.45 by chance.
        assert!(near(all.kappa, (0.75 - 0.51) / 0.49), "{all:?}");
        assert!((all.macro_f1.unwrap() - f64::midpoint(90.0 / 115.0, 60.0 / 85.0)).abs() < 1e-6);
        assert!(all.between_reviewers.is_none() && found.iter().any(|row| row.lang == "it"));
    }

    #[test]
    fn of_two_who_disagree_each_counts_half() {
        let mut rows: Vec<Judged> = (0..40).map(|at| judged(at, "r1", ("negative", "negative"))).collect();
        rows.extend((0..40).map(|at| judged(at, "r2", (if at < 20 { "neutral" } else { "negative" }, "negative"))));
        rows.extend((40..80).flat_map(|at| ["r1", "r2"].map(|who| judged(at, who, ("neutral", "neutral")))));
        let found = quality(&rows, 20);
        assert!((row(&found, "negative").precision.unwrap().share - 0.75).abs() < 1e-6);
        let all = row(&found, "");
        assert_eq!((all.n, all.n_twice), (80, 80));
        // 60 of 80 agreed; r1 says negative of 40, r2 of 20.
        assert!((all.between_reviewers.unwrap().share - 0.25 / 0.5).abs() < 1e-6, "{all:?}");
    }

    #[test]
    fn too_few_have_no_figure() {
        let rows: Vec<Judged> = (0..19).map(|at| judged(at, "r1", ("negative", "negative"))).collect();
        let found = quality(&rows, 20);
        assert!(found.iter().all(|row| row.precision.is_none() && row.recall.is_none() && row.kappa.is_none()));
        // A table of one label has nothing beyond chance.
        let rows: Vec<Judged> = (0..30).map(|at| judged(at, "r1", ("negative", "negative"))).collect();
        assert!(row(&quality(&rows, 20), "").kappa.is_none() && quality(&[], 20).is_empty());
    }

    /// A day of 4,000 posts, one in eight with the label; the model calls half of those and one in fifty of the others.
    /// What is drawn is looked at, and each interval should hold what holds for the day, 95 times of 100 or more.
    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        let (mut precision, mut recall, mut agreement) = (0, 0, 0);
        let rounds = 300;
        for round in 0..rounds {
            let mut random = Random::new(crate::hash::mix(round));
            let posts: Vec<(bool, bool)> = (0..4_000)
                .map(|_| {
                    let has = random.below(8) == 0;
                    (has, if has { random.below(2) == 0 } else { random.below(50) == 0 })
                })
                .collect();
            let word = |yes: bool| if yes { "yes" } else { "no" };
            let candidates: Vec<Candidate<'_>> =
                posts.iter().map(|(_, called)| Candidate { parts: ["it", word(*called), "-"], copies: 1 }).collect();
            let rows: Vec<Judged> = sample(&candidates, 160, round)
                .into_iter()
                .map(|drawn| {
                    let (has, called) = posts[drawn.at];
                    Judged { weight: drawn.weight, ..judged(drawn.at, "r1", (word(has), word(called))) }
                })
                .collect();
            let all: Vec<Judged> = posts
                .iter()
                .enumerate()
                .map(|(at, (has, called))| judged(at, "r1", (word(*has), word(*called))))
                .collect();
            let (found, truth) = (quality(&rows, 5), quality(&all, 5));
            let holds = |of: fn(&[Quality]) -> Option<Share>| {
                let (found, truth) = (of(&found).unwrap(), of(&truth).unwrap().share);
                u32::from(found.low <= truth && truth <= found.high)
            };
            precision += holds(|rows| row(rows, "yes").precision);
            recall += holds(|rows| row(rows, "yes").recall);
            agreement += holds(|rows| row(rows, "").kappa);
        }
        // Three standard errors of 300 rounds at 95 % are 3.8 points.
        for held in [precision, recall, agreement] {
            assert!((0.912..=0.99).contains(&(f64::from(held) / rounds as f64)), "{precision} {recall} {agreement}");
        }
    }
}
