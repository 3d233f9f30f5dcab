//! The mood of a day, corrected by the posts that people looked at.
//!
//! Prediction-powered inference (Angelopoulos et al. 2023, *Prediction-powered inference*, Science 382): the mean of the
//! model's probabilities over all posts, plus the weighted mean of label minus probability over the reviewed ones. The
//! first part has little noise and the model's bias, the second takes the bias out, whatever it comes from. Nothing is
//! assumed of the model; the reviewed posts must be a random sample with known weights. The tuned variant (PPI++,
//! Angelopoulos, Duchi & Zrnic 2023) is left out: for calibrated probabilities the best tuning is none.
//!
//! The interval joins both parts' noise: authors are drawn anew as in `bootstrap`, and within each stratum one reviewed
//! post fewer than it has, each counting that much more (Rao & Wu 1988: with so few a stratum, drawing all would make the
//! interval too narrow). The half width is the draws' standard error times the quantile of Student's t with as many
//! degrees of freedom as reviewed posts less strata.
//!
//! Shares are cut to 0 and 1 and then divided by their sum, which moves them only where one was cut.

use crate::hash::Random;
use crate::proportion::Z;
use crate::sample::is_certain;
use crate::sums::rounded;
use crate::{Mood, Share};
use polso_domain::{Day, PostId, SourceId};
use std::collections::BTreeMap;

/// Degrees of freedom below which the quantile of t is not looked for: fewer reviewed posts correct nothing.
const LEAST_FREEDOM: f64 = 4.0;

/// What people said of one post's mood.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviewed {
    /// The day it counts for.
    pub day: Day,
    /// Where it stands.
    pub source: SourceId,
    /// The post.
    pub post: PostId,
    /// Its language.
    pub lang: String,
    /// Which part of the answers is negative, neutral, positive; they sum to one.
    pub mood: [f64; 3],
    /// What the model in use says of it, calibrated; `None` where that is another than the one that drew the sample.
    pub said: Option<[f64; 3]>,
    /// The stratum it was drawn from, as [`Drawn`](crate::Drawn) names it.
    pub stratum: String,
    /// How many posts it stands for.
    pub weight: f64,
}

/// Labels minus probabilities over the reviewed posts of a day.
#[derive(Debug, Default)]
pub(crate) struct Rectifier {
    /// Reviewed posts.
    pub(crate) n: usize,
    strata: Vec<Vec<Difference>>,
    /// Sums over what was taken for certain: every draw has it.
    certain: Sum,
}

/// What people said minus what the model said, for one post.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Difference {
    pub(crate) weight: f64,
    pub(crate) negative: f64,
    pub(crate) positive: f64,
}

/// Weighted sums: weight, negative, positive.
#[derive(Debug, Clone, Copy, Default)]
struct Sum([f64; 3]);

impl Sum {
    fn add(&mut self, post: &Difference, times: f64) {
        let weight = post.weight * times;
        for (sum, value) in self.0.iter_mut().zip([1.0, post.negative, post.positive]) {
            *sum += weight * value;
        }
    }

    fn mean(&self) -> [f64; 2] {
        let [weight, negative, positive] = self.0;
        if weight > 0.0 { [negative / weight, positive / weight] } else { [0.0; 2] }
    }
}

impl Rectifier {
    /// From the differences with their strata, in any order that is always the same.
    pub(crate) fn of(differences: Vec<(String, Difference)>) -> Self {
        let mut this = Self { n: differences.len(), ..Self::default() };
        let mut strata: BTreeMap<String, Vec<Difference>> = BTreeMap::new();
        for (stratum, post) in differences {
            if is_certain(&stratum) {
                this.certain.add(&post, 1.0);
            } else {
                strata.entry(stratum).or_default().push(post);
            }
        }
        // One post tells nothing of its stratum's spread: such strata are joined (Cochran 1977, ch. 5A.12).
        let (mut alone, several): (Vec<_>, Vec<_>) = strata.into_values().partition(|posts| posts.len() < 2);
        let alone: Vec<Difference> = alone.drain(..).flatten().collect();
        this.strata = several;
        match (alone.len(), this.strata.last_mut()) {
            (0, _) => {}
            (1, Some(last)) => last.extend(alone),
            _ => this.strata.push(alone),
        }
        this
    }

    /// What has to be added to the mean of the model's probabilities of negative and of positive.
    fn mean(&self) -> [f64; 2] {
        let mut sum = self.certain;
        self.strata.iter().flatten().for_each(|post| sum.add(post, 1.0));
        sum.mean()
    }

    /// The same over a draw.
    fn draw(&self, random: &mut Random) -> [f64; 2] {
        let mut sum = self.certain;
        for posts in &self.strata {
            let n = posts.len();
            let times = n as f64 / n.saturating_sub(1).max(1) as f64;
            (1..n.max(2)).for_each(|_| sum.add(&posts[random.below(n)], times));
        }
        sum.mean()
    }

    /// How many standard errors half an interval is wide.
    fn quantile(&self) -> f64 {
        let posts: usize = self.strata.iter().map(Vec::len).sum();
        student((posts as f64 - self.strata.len() as f64).max(LEAST_FREEDOM))
    }

    /// The mood of `n` posts whose mean probabilities of negative and positive are `whole`, and `redrawn` over draws of
    /// their authors.
    pub(crate) fn corrected(&self, whole: [f64; 2], redrawn: &[[f64; 2]], (n, seed): (u64, u64)) -> Mood {
        let sum = |one: [f64; 2], other: [f64; 2]| [one[0] + other[0], one[1] + other[1]];
        let raw = sum(whole, self.mean());
        let mut random = Random::new(seed);
        let draws: Vec<[f64; 2]> = redrawn.iter().map(|means| sum(*means, self.draw(&mut random))).collect();
        let [negative, neutral, positive] = within_bounds(raw);
        let share = |share: f64, floor: f64, of: fn([f64; 2]) -> f64| {
            let half = self.quantile() * spread(draws.iter().map(|means| of(*means)));
            let (low, high) = ((of(raw) - half).clamp(floor, 1.0), (of(raw) + half).clamp(floor, 1.0));
            let (low, high) = if draws.is_empty() { (floor, 1.0) } else { (low, high) };
            Share { share: rounded(share), low: rounded(low.min(share)), high: rounded(high.max(share)) }
        };
        Mood {
            negative: share(negative, 0.0, |means| means[0]),
            neutral: share(neutral, 0.0, |means| 1.0 - means[0] - means[1]),
            positive: share(positive, 0.0, |means| means[1]),
            balance: share(positive - negative, -1.0, |means| means[1] - means[0]),
            n,
            chance: None,
            method: format!(
                "mean of calibrated probabilities corrected by {} reviewed posts (prediction-powered inference), \
                 bootstrap over authors and reviewed posts",
                self.n
            ),
        }
    }
}

/// Negative, neutral and positive, each from 0 to 1, with the sum one.
fn within_bounds([negative, positive]: [f64; 2]) -> [f64; 3] {
    let shares = [negative, 1.0 - negative - positive, positive].map(|share| share.clamp(0.0, 1.0));
    // At least one is positive: before the cut they summed to one.
    shares.map(|share| share / shares.iter().sum::<f64>())
}

/// Standard deviation.
pub(crate) fn spread(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let n = values.clone().count().max(2) as f64;
    let mean = values.clone().sum::<f64>() / n;
    (values.map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
}

/// The 0.975 quantile of Student's t, from the normal one (Abramowitz & Stegun 1972, 26.7.5).
fn student(freedom: f64) -> f64 {
    let z = |power: i32| Z.powi(power);
    let terms = [
        (z(3) + z(1)) / 4.0,
        (5.0 * z(5) + 16.0 * z(3) + 3.0 * z(1)) / 96.0,
        (3.0 * z(7) + 19.0 * z(5) + 17.0 * z(3) - 15.0 * z(1)) / 384.0,
    ];
    (1..).zip(terms).map(|(power, term)| term / freedom.powi(power)).sum::<f64>() + Z
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bootstrap::Clusters;
    use crate::hash;
    use crate::sample::{Candidate, sample};
    use crate::shares::Draws;
    use crate::sums::{ONE, Sums};

    const RESAMPLES: u32 = 300;

    /// A post: its author, its label (0 negative, 1 neutral, 2 positive) and the model's probabilities.
    struct Simulated {
        author: u64,
        label: usize,
        said: [f64; 3],
    }

    /// A day of authors with moods of their own and one to six posts each, of which `negative` are negative over all
    /// days. The model leans towards positive and mistakes a third of the neutral.
    fn simulated(random: &mut Random, negative: f64) -> Vec<Simulated> {
        let mut posts = Vec::new();
        for author in 0..700 {
            let own = (negative + 0.4 * (random.unit() - 0.5)).clamp(0.0, 1.0);
            for _ in 0..=random.below(6) {
                let at = random.unit();
                let label = if at < own { 0 } else { 1 + usize::from(at > own + (1.0 - own) * 0.6) };
                let seen = match label {
                    1 if random.below(3) == 0 => 2,
                    0 if random.below(4) == 0 => 1,
                    label => label,
                };
                let sure = 0.5 + 0.45 * random.unit();
                let mut said = [(1.0 - sure) / 2.0; 3];
                said[seen] = sure;
                posts.push(Simulated { author, label, said });
            }
        }
        posts
    }

    fn clusters(posts: &[Simulated]) -> Clusters {
        let mut clusters = Clusters::default();
        for author in posts.chunk_by(|one, other| one.author == other.author) {
            let mut sums = Sums::default();
            for post in author {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a probability")]
                let fixed = |probability: f64| (probability * ONE) as u64;
                sums += Sums {
                    posts: 1,
                    scored: 1,
                    negative: fixed(post.said[0]),
                    positive: fixed(post.said[2]),
                    checked: 0,
                    flagged: 0,
                };
            }
            clusters.push(hash::mix(author[0].author), sums);
        }
        clusters
    }

    /// What people say of a sample drawn by the model's most probable mood.
    fn reviewed(posts: &[Simulated], n: usize, seed: u64) -> Rectifier {
        let mood = |post: &Simulated| {
            ["negative", "neutral", "positive"]
                [(0..3).fold(0, |best, at| if post.said[at] > post.said[best] { at } else { best })]
        };
        let candidates: Vec<Candidate<'_>> =
            posts.iter().map(|post| Candidate { parts: ["it", "below", mood(post)], copies: 1 }).collect();
        let difference = |drawn: crate::Drawn| {
            let post = &posts[drawn.at];
            let is = |label: usize| if post.label == label { 1.0 } else { 0.0 };
            let (negative, positive) = (is(0) - post.said[0], is(2) - post.said[2]);
            (drawn.stratum, Difference { weight: drawn.weight, negative, positive })
        };
        Rectifier::of(sample(&candidates, n, seed).into_iter().map(difference).collect())
    }

    /// The model is biased and was calibrated for other days; 300 days that are eight points more negative.
    #[test]
    fn intervals_hold_the_truth_of_shifted_days_though_the_model_is_biased() {
        let truth = 0.43;
        for n in [60, 200] {
            let (mut held, mut errors, mut plain_errors) = ([0; 4], 0.0, 0.0);
            for seed in 0..300 {
                let posts = simulated(&mut Random::new(hash::mix(seed)), truth);
                let clusters = clusters(&posts);
                let draws = Draws { resamples: RESAMPLES, seed };
                let mood = clusters.corrected(draws, &reviewed(&posts, n, seed)).unwrap();
                let plain = clusters.shares(draws).0.unwrap();
                let truths = [truth, (1.0 - truth) * 0.6, (1.0 - truth) * 0.4, (1.0 - truth) * 0.4 - truth];
                for (held, (share, truth)) in
                    held.iter_mut().zip([mood.negative, mood.neutral, mood.positive, mood.balance].iter().zip(truths))
                {
                    *held += u32::from(share.low <= truth && truth <= share.high);
                }
                errors += (mood.negative.share - truth).abs() + (mood.positive.share - truths[2]).abs();
                plain_errors += (plain.negative.share - truth).abs() + (plain.positive.share - truths[2]).abs();
            }
            for held in held {
                assert!((0.92..=0.98).contains(&(f64::from(held) / 300.0)), "{n} reviewed: {held:?} of 300");
            }
            assert!(errors < 0.5 * plain_errors, "{errors} {plain_errors}");
        }
    }

    #[test]
    fn shares_sum_to_one_and_stay_within_bounds() {
        let mut certain =
            vec![("it/below/negative".to_owned(), Difference { weight: 5.0, negative: -0.9, positive: 0.1 }); 60];
        certain.push(("it/below/neutral/certain".to_owned(), Difference { weight: 1.0, negative: 0.0, positive: 0.0 }));
        let rectifier = Rectifier::of(certain);
        let mood = rectifier.corrected([0.2, 0.95], &[[0.2, 0.95], [0.21, 0.94]], (400, 1));
        let shares = [mood.negative, mood.neutral, mood.positive];
        assert!((shares.iter().map(|share| share.share).sum::<f64>() - 1.0).abs() < 3e-6, "{shares:?}");
        assert!(shares.iter().all(|share| 0.0 <= share.low
            && share.low <= share.share
            && share.share <= share.high
            && share.high <= 1.0));
        assert!((mood.balance.share - (mood.positive.share - mood.negative.share)).abs() < 3e-6);
        assert!(mood.method.contains("corrected by 61 reviewed posts (prediction-powered inference)"));
    }

    #[test]
    fn what_was_reviewed_as_a_whole_has_no_noise_of_its_own() {
        let post = |negative: f64| Difference { weight: 1.0, negative, positive: 0.0 };
        let all = (0..50).map(|at| ("it/certain".to_owned(), post(f64::from(at % 2))));
        let rectifier = Rectifier::of(all.collect());
        let mood = rectifier.corrected([0.1, 0.1], &[[0.1, 0.1]; 20], (50, 1));
        assert!((mood.negative.high - mood.negative.low).abs() < 1e-6, "{mood:?}");
    }

    #[test]
    fn students_quantiles_are_the_tables() {
        for (freedom, quantile) in [(5.0, 2.5706), (20.0, 2.0860), (60.0, 2.0003)] {
            assert!((student(freedom) - quantile).abs() < 5e-3, "{freedom}");
        }
    }
}
