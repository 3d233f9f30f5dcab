//! A day's reviewed posts beside what the model says of them now.
//!
//! The probabilities are looked up among the rows that the day's shares come from: what a model said when the sample was
//! drawn may be another model's word. Reviewed posts that are gone or were not scored correct nothing.

use crate::reviewed::{Difference, Rectifier, Reviewed};
use crate::scan::{Scan, numbers, texts};
use crate::sums::ONE;
use crate::{Config, dedupe, hash};
use polars::prelude::*;
use polso_domain::Day;
use polso_store::columns::name;
use std::collections::{BTreeMap, HashMap};

/// What the day's reviewed posts say of the model's shares; `None` where there are fewer than `min_reviewed`.
pub(crate) fn rectifier(scan: &Scan, day: Day, config: &Config) -> Result<Option<Rectifier>, polso_store::Error> {
    let reviewed: BTreeMap<(&str, &str), &Reviewed> = of_day(day, config).collect();
    let enough = |n: usize| n > 0 && n >= config.min_reviewed;
    if !enough(reviewed.len()) {
        return Ok(None);
    }
    let ids = reviewed.keys().map(|(source, post)| hash::then(hash::text(source), hash::text(post))).collect();
    let ids = UInt64Chunked::from_vec("ids".into(), ids).into_series();
    let said = scan
        .rows()
        .with_column(dedupe::id())
        .filter(scan.is_one_of("id", &ids)?.and(col(name::NEGATIVE).is_not_null()))
        .select([col(name::SOURCE), col(name::POST_ID), fixed(name::NEGATIVE), fixed(name::POSITIVE)]);
    let frame = scan.collect(said)?;
    let said = scan.read(&frame, read)?;
    let difference = |(key, reviewed): (&(&str, &str), &&Reviewed)| {
        let (negative, positive) = said.get(&(key.0.to_owned(), key.1.to_owned()))?;
        let [is_negative, _, is_positive] = reviewed.mood;
        let (negative, positive) = (is_negative - negative, is_positive - positive);
        Some((reviewed.stratum.clone(), Difference { weight: reviewed.weight, negative, positive }))
    };
    let differences: Vec<(String, Difference)> = reviewed.iter().filter_map(difference).collect();
    Ok(enough(differences.len()).then(|| Rectifier::of(differences)))
}

/// A text that changes when what people said of a day's posts changes; `None` when they said nothing.
pub(crate) fn fingerprint(day: Day, config: &Config) -> Option<String> {
    let reviewed: BTreeMap<(&str, &str), &Reviewed> = of_day(day, config).collect();
    let print = |state: u64, ((source, post), reviewed): (&(&str, &str), &&Reviewed)| {
        let texts = [*source, *post, &reviewed.stratum].map(hash::text);
        let numbers = reviewed.mood.iter().chain([&reviewed.weight]).map(|number| number.to_bits());
        texts.into_iter().chain(numbers).fold(state, hash::then)
    };
    (!reviewed.is_empty()).then(|| format!("{:016x}", reviewed.iter().fold(0, print)))
}

fn of_day(day: Day, config: &Config) -> impl Iterator<Item = ((&str, &str), &Reviewed)> {
    let of_day = config.reviewed.iter().filter(move |reviewed| reviewed.day == day);
    of_day.map(|reviewed| ((reviewed.source.as_str(), reviewed.post.as_str()), reviewed))
}

/// A probability as the sums have it.
fn fixed(column: &str) -> Expr {
    (col(column).cast(DataType::Float64) * lit(ONE)).cast(DataType::UInt64).alias(column)
}

/// Probabilities of negative and positive by source and post.
fn read(frame: &DataFrame) -> PolarsResult<HashMap<(String, String), (f64, f64)>> {
    let keys = texts(frame, name::SOURCE)?.into_iter().zip(texts(frame, name::POST_ID)?);
    let share = |fixed: u64| fixed as f64 / ONE;
    let negative = numbers(frame, name::NEGATIVE)?.into_iter().map(share);
    let positive = numbers(frame, name::POSITIVE)?.into_iter().map(share);
    Ok(keys.zip(negative.zip(positive)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{config, day, lake, posts};
    use crate::{Changed, DaySummary, sum_up, update};
    use polso_domain::{PostId, SourceId};

    const TODAY: &str = "2020-03-09";

    /// Every second of some posts, called negative by people.
    fn reviewed(n: u32) -> Vec<Reviewed> {
        let source = |number: u32| SourceId::new(if number.is_multiple_of(3) { "bluesky" } else { "twitter" }).unwrap();
        let reviewed = |number: u32| Reviewed {
            day: day(TODAY),
            source: source(number),
            post: PostId::new(format!("{TODAY}-{number}")),
            lang: "it".into(),
            said: None,
            mood: [1.0, 0.0, 0.0],
            stratum: "it/below/neutral".into(),
            weight: 2.0,
        };
        (0..n).map(|number| reviewed(2 * number)).collect()
    }

    fn summed(config: &Config) -> DaySummary {
        let (_dir, lake) = lake();
        lake.write_part(0, &posts(day(TODAY), 0..70)).unwrap();
        sum_up(&lake, day(TODAY), config).unwrap()
    }

    #[test]
    fn the_day_says_what_people_say_and_keeps_what_was_read() {
        let config = Config { min_reviewed: 30, reviewed: reviewed(35), ..config() };
        let (plain, corrected) = (summed(&crate::fixtures::config()), summed(&config));
        let mood = corrected.mood.as_ref().unwrap();
        assert!(mood.negative.share > 0.95 && mood.neutral.share < 0.01, "{mood:?}");
        assert!(mood.method.contains("corrected by 35 reviewed posts"));
        assert_eq!(corrected.mood_as_read, plain.mood);
        assert_eq!((&corrected.by_lang, corrected.needs_checking), (&plain.by_lang, plain.needs_checking));
    }

    #[test]
    fn too_few_or_gone_posts_change_nothing() {
        let plain = summed(&config());
        let mut gone = reviewed(35);
        for reviewed in &mut gone {
            reviewed.post = PostId::new("gone");
        }
        let elsewhere = reviewed(35).into_iter().map(|reviewed| Reviewed { day: day("2020-03-08"), ..reviewed });
        for reviewed in [reviewed(29), gone, elsewhere.collect()] {
            assert_eq!(plain, summed(&Config { min_reviewed: 30, reviewed, ..config() }));
        }
    }

    #[test]
    fn a_review_sums_its_day_up_again() {
        let (_dir, lake) = lake();
        lake.write_part(0, &posts(day(TODAY), 0..70)).unwrap();
        lake.write_part(70, &posts(day("2020-03-08"), 0..70)).unwrap();
        assert_eq!(update(&lake, None, &config()).unwrap().len(), 2);
        let config = Config { min_reviewed: 30, reviewed: reviewed(35), ..config() };
        let done = update(&lake, None, &config).unwrap();
        assert_eq!(
            done.iter().map(|(done, _, changed)| (*done, *changed)).collect::<Vec<_>>(),
            [(day(TODAY), Changed::Revised)]
        );
        assert!(update(&lake, None, &config).unwrap().is_empty());
    }
}
