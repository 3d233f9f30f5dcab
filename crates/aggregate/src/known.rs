//! The posts whose mood is known on a day: those that came with the model, and those that people looked at until then.
//!
//! What people say of later days changes nothing about a day: it was told, and stays. A review counts where the model that
//! is in use has said something of the post, and where a language has enough of them: a handful would only add noise.

use crate::shares::{LabelledPost, References, Validation};
use crate::{Config, Reviewed, hash, shares};
use polso_domain::Day;
use std::collections::BTreeMap;

/// Drawn labelled posts, kept from day to day while they are the same.
#[derive(Default)]
pub(crate) struct Known(Option<(u64, References)>);

impl Known {
    /// The labelled posts of a day, drawn.
    pub(crate) fn on(&mut self, day: Day, config: &Config) -> &References {
        let validation = until(day, config);
        let print = validation.fingerprint();
        let kept = self.0.take().filter(|(kept, _)| *kept == print);
        let draws = shares::Draws { resamples: config.resamples, seed: hash::mix(config.seed) };
        &self.0.insert(kept.unwrap_or_else(|| (print, References::draw(&validation, draws)))).1
    }
}

/// A text that changes when the labelled posts of a day do.
pub(crate) fn fingerprint(day: Day, config: &Config) -> String {
    format!("{:016x}", until(day, config).fingerprint())
}

fn until(day: Day, config: &Config) -> Validation {
    let mut by_lang: BTreeMap<&str, Vec<(&Reviewed, [f64; 3])>> = BTreeMap::new();
    for reviewed in config.reviewed.iter().filter(|reviewed| reviewed.day <= day && reviewed.weight > 0.0) {
        if let Some(said) = reviewed.said {
            by_lang.entry(&reviewed.lang).or_default().push((reviewed, said));
        }
    }
    by_lang.retain(|_, posts| posts.len() >= config.min_reviewed);
    let labelled = by_lang.into_iter().flat_map(|(lang, posts)| {
        // As many posts as were looked at, each with the part of them that it stands for.
        let mean = posts.iter().map(|(reviewed, _)| reviewed.weight).sum::<f64>() / posts.len() as f64;
        posts.into_iter().map(move |(reviewed, probabilities)| {
            let mood = reviewed.mood.map(|part| part * reviewed.weight / mean);
            LabelledPost { lang: lang.to_owned(), mood, probabilities }
        })
    });
    config.validation.with(Validation::of(labelled))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{config, day};
    use polso_domain::{PostId, SourceId};

    fn reviewed(date: &str, weight: f64) -> Reviewed {
        Reviewed {
            day: day(date),
            source: SourceId::new("twitter").unwrap(),
            post: PostId::new(format!("{date} {weight}")),
            lang: "it".into(),
            mood: [0.5, 0.5, 0.0],
            said: Some([0.6, 0.3, 0.1]),
            stratum: "it".into(),
            weight,
        }
    }

    #[test]
    fn a_day_knows_what_people_said_until_then() {
        let later = vec![reviewed("2020-03-08", 2.0), reviewed("2020-03-10", 2.0)];
        let unsaid = Reviewed { said: None, ..reviewed("2020-03-07", 2.0) };
        let with = |reviewed: Vec<Reviewed>| Config { reviewed, min_reviewed: 1, ..config() };
        let print = |date: &str, reviewed: Vec<Reviewed>| fingerprint(day(date), &with(reviewed));
        assert_eq!(print("2020-03-09", later.clone()), print("2020-03-09", later[..1].to_vec()));
        assert_ne!(print("2020-03-10", later.clone()), print("2020-03-10", later[..1].to_vec()));
        assert_eq!(print("2020-03-09", vec![unsaid]), print("2020-03-09", Vec::new()));
        let few = Config { min_reviewed: 3, ..with(later) };
        assert_eq!(fingerprint(day("2020-03-10"), &few), print("2020-03-10", Vec::new()));
    }

    #[test]
    fn a_sample_counts_as_many_posts_as_it_has() {
        // Weights tell the posts of a sample from one another, not the sample from other posts.
        let both = |scale: f64| {
            let reviewed = vec![reviewed("2020-03-08", 1.0 * scale), reviewed("2020-03-09", 3.0 * scale)];
            fingerprint(day("2020-03-09"), &Config { reviewed, min_reviewed: 1, ..config() })
        };
        assert_eq!(both(1.0), both(64.0));
        assert_ne!(both(1.0), fingerprint(day("2020-03-08"), &config()));
    }
}
