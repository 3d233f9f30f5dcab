//! Days whose mix of moods is known, as the bundled model would read them: what the estimate of shares is tried on.
//!
//! The model's held-out posts are the world: a post of a mood is one of the held-out posts of that mood, and the model says
//! of it what it said. So the model's own confusion is in every day, and a calibration that is not perfect too. Of
//! this world the estimate sees as many labelled posts as a trial allows, drawn anew for each day, and the day's posts
//! without their moods, each by another author.
//!
//! It is shared by the benchmark that prints the table and the test that holds bounds.

use polso_aggregate::{LabelledPost, Mood, ReadPost, Share, Validation};

/// What is said of a post: probabilities of negative, neutral and positive.
pub(crate) type Said = [f64; 3];

/// Held-out posts by mood.
pub(crate) struct World {
    posts: [Vec<Said>; 3],
    /// Their mix.
    pub(crate) mix: [f64; 3],
}

/// How a day's mix differs from the held-out posts' own.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shift {
    /// One mood gains so much, another loses it, each pair as often.
    By(f64),
    /// Any mix is as likely as any other.
    Uniform,
}

/// A kind of day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trial {
    pub(crate) shift: Shift,
    pub(crate) posts: usize,
    /// Labelled posts that are drawn; `None` for all there are, which is knowing the world.
    pub(crate) labelled: Option<usize>,
    pub(crate) resamples: u32,
    pub(crate) days: u64,
}

impl Trial {
    /// Random numbers of one of its days, others than those of other trials.
    fn random(&self, day: u64) -> fastrand::Rng {
        let sizes = [self.posts, self.labelled.unwrap_or(0)].map(|size| size as u64);
        fastrand::Rng::with_seed(day ^ sizes[0] << 20 ^ sizes[1] << 40)
    }
}

/// What came of it: means over days and moods, as fractions.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Distance from the shares that the day's own posts have.
    pub(crate) error: f64,
    /// Distance from the mix that the day was drawn from.
    pub(crate) error_of_mix: f64,
    /// Distance when the most probable moods are counted, from the day's own posts.
    pub(crate) counted: f64,
    /// Distance of the mean of the probabilities, from the day's own posts.
    pub(crate) mean: f64,
    /// How often the interval holds the mix.
    pub(crate) coverage: f64,
    /// How wide it is.
    pub(crate) width: f64,
}

impl World {
    /// The held-out posts of a language, or of all.
    pub(crate) fn of(held_out: &polso_classify::Validation, lang: Option<&str>) -> Self {
        let rows = held_out.rows().iter().filter(|row| lang.is_none_or(|lang| row.lang == lang));
        let mut posts = [Vec::new(), Vec::new(), Vec::new()];
        rows.for_each(|row| posts[row.mood].push(row.probabilities));
        let all: usize = posts.iter().map(Vec::len).sum();
        let mix = std::array::from_fn(|mood| posts[mood].len() as f64 / all as f64);
        Self { posts, mix }
    }

    fn post(&self, random: &mut fastrand::Rng, mix: [f64; 3]) -> (usize, Said) {
        let at = random.f64();
        let mood = usize::from(at >= mix[0]) + usize::from(at >= mix[0] + mix[1]);
        (mood, self.posts[mood][random.usize(..self.posts[mood].len())])
    }

    /// Labelled posts.
    pub(crate) fn labelled(&self, random: &mut fastrand::Rng, n: Option<usize>) -> Validation {
        let labelled = |(mood, probabilities): (usize, Said)| LabelledPost {
            lang: "it".to_owned(),
            mood: std::array::from_fn(|place| f64::from(u8::from(place == mood))),
            probabilities,
        };
        match n {
            Some(n) => Validation::of((0..n).map(|_| labelled(self.post(random, self.mix)))),
            None => {
                Validation::of((0..3).flat_map(|mood| self.posts[mood].iter().map(move |said| labelled((mood, *said)))))
            }
        }
    }

    /// The posts of a day, and the mood of each.
    pub(crate) fn day(
        &self,
        random: &mut fastrand::Rng,
        (posts, mix): (usize, [f64; 3]),
    ) -> (Vec<ReadPost<'static>>, [f64; 3]) {
        let mut own = [0.0; 3];
        let read = (0_u64..).take(posts).map(|author| {
            let (mood, probabilities) = self.post(random, mix);
            own[mood] += 1.0 / posts as f64;
            ReadPost { author, lang: "it", probabilities }
        });
        (read.collect(), own)
    }
}

impl Shift {
    /// The mix of one of many days.
    pub(crate) fn mix(self, random: &mut fastrand::Rng, (day, mix): (u64, [f64; 3])) -> [f64; 3] {
        match self {
            Self::By(points) => {
                let up = usize::try_from(day % 3).unwrap_or(0);
                let down = (up + 1 + usize::try_from(day / 3 % 2).unwrap_or(0)) % 3;
                std::array::from_fn(|mood| {
                    mix[mood] + points * (f64::from(u8::from(mood == up)) - f64::from(u8::from(mood == down)))
                })
            }
            Self::Uniform => {
                // Distances between random numbers (Devroye 1986, ch. V.2).
                let [one, other] = [random.f64(), random.f64()];
                [one.min(other), (one - other).abs(), 1.0 - one.max(other)]
            }
        }
    }
}

/// The three shares of a mood.
pub(crate) fn shares(mood: &Mood) -> [Share; 3] {
    [mood.negative, mood.neutral, mood.positive]
}

fn distance(found: [f64; 3], truth: [f64; 3]) -> f64 {
    found.iter().zip(truth).map(|(found, truth)| (found - truth).abs()).sum::<f64>() / 3.0
}

fn most_probable(said: Said) -> usize {
    (1..3).fold(0, |most, mood| if said[mood] > said[most] { mood } else { most })
}

/// Many days of a kind. `None` where there are too few labelled posts to estimate with.
pub(crate) fn tried(world: &World, trial: Trial) -> Option<Outcome> {
    let mut outcome = Outcome::default();
    let each = 1.0 / trial.days as f64;
    for day in 0..trial.days {
        let mut random = trial.random(day);
        let mix = trial.shift.mix(&mut random, (day, world.mix));
        let validation = world.labelled(&mut random, trial.labelled);
        let (posts, own) = world.day(&mut random, (trial.posts, mix));
        let mood = polso_aggregate::mood(&posts, &validation, (trial.resamples, day))?;
        let found = shares(&mood);
        let part = 1.0 / posts.len() as f64;
        let (mut counted, mut mean) = ([0.0; 3], [0.0; 3]);
        for post in &posts {
            counted[most_probable(post.probabilities)] += part;
            mean.iter_mut().zip(post.probabilities).for_each(|(mean, said)| *mean += part * said);
        }
        outcome.error += each * distance(found.map(|share| share.share), own);
        outcome.error_of_mix += each * distance(found.map(|share| share.share), mix);
        outcome.counted += each * distance(counted, own);
        outcome.mean += each * distance(mean, own);
        for (share, truth) in found.iter().zip(mix) {
            let held = share.low <= truth && truth <= share.high;
            outcome.coverage += each / 3.0 * f64::from(u8::from(held));
            outcome.width += each / 3.0 * (share.high - share.low);
        }
    }
    Some(outcome)
}

/// How often two days of the same mix, read with the same labelled posts, are told apart at five in a hundred: when their
/// errors are those of chance alone, and when they are what their whole intervals stand for.
pub(crate) fn false_alarms(world: &World, trial: Trial) -> Option<[f64; 2]> {
    let mut alarms = [0.0; 2];
    for day in 0..trial.days {
        let mut random = trial.random(day);
        let mix = trial.shift.mix(&mut random, (day, world.mix));
        let validation = world.labelled(&mut random, trial.labelled);
        let mut read = |seed: u64| {
            let (posts, _) = world.day(&mut random, (trial.posts, mix));
            polso_aggregate::mood(&posts, &validation, (trial.resamples, seed))
        };
        let (one, other) = (read(2 * day)?, read(2 * day + 1)?);
        let difference = (one.negative.share - other.negative.share).abs();
        let whole = |mood: &Mood| (mood.negative.high - mood.negative.low) / 3.92;
        let chance = |mood: &Mood| mood.chance.map_or(f64::INFINITY, |chance| chance.negative);
        for (alarms, error) in
            alarms.iter_mut().zip([chance(&one).hypot(chance(&other)), whole(&one).hypot(whole(&other))])
        {
            *alarms += f64::from(u8::from(difference > 1.96 * error)) / trial.days as f64;
        }
    }
    Some(alarms)
}
