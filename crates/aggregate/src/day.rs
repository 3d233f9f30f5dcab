//! One day, summed up: which number comes from which pass over the rows.

use crate::baseline::{self, Earlier, REACH};
use crate::coverage::{Clock, Heard};
use crate::groups::{Named, People, shown, tallied};
use crate::hashtags::by_hashtag;
use crate::known::Known;
use crate::moods::Reader;
use crate::scan::Scan;
use crate::shares::Draws;
use crate::tallies::{Cell, Cells, people_by_hour};
use crate::{
    Config, DaySummary, Error, Headline, Hour, Mood, MoodPer, SCHEMA, Share, Tally, Volume, claims, corrected, hash,
    questions, repeated, suggested, sums, texts,
};
use polso_domain::{Day, Unscored};
use polso_store::{Lake, columns};

/// Sums up a day from what the lake holds: its observations, its ledger and, for the baselines, the stored summaries of
/// the 28 days before. Nothing is written; the revision is 1.
pub fn sum_up(lake: &Lake, day: Day, config: &Config) -> Result<DaySummary, Error> {
    sum_up_with(&mut Known::default(), lake, day, config)
}

/// The same, with labelled posts that were drawn for another day.
pub(crate) fn sum_up_with(known: &mut Known, lake: &Lake, day: Day, config: &Config) -> Result<DaySummary, Error> {
    let mut summary = observed(known, lake, day, config).map_err(|source| Error::Lake { day, source })?;
    beside_the_past(lake, &mut summary, config)?;
    Ok(summary)
}

/// Fills in what a day's numbers mean beside the days before, from stored summaries.
pub(crate) fn beside_the_past(lake: &Lake, today: &mut DaySummary, config: &Config) -> Result<(), Error> {
    let mut earlier = Vec::new();
    for ago in 1..=REACH {
        if let Some(summary) = stored(lake, today.day.plus(-ago))? {
            earlier.push((ago.unsigned_abs(), summary));
        }
    }
    let earlier: Vec<Earlier> = earlier.iter().map(|(ago, summary)| Earlier { ago: *ago, summary }).collect();
    let suggested = suggested::suggested(today, &earlier, config);
    today.baselines = baseline::baselines(today, &earlier, config);
    today.suggested = suggested;
    Ok(())
}

/// The stored summary of a day; `None` when it was never summed up.
pub fn stored(lake: &Lake, day: Day) -> Result<Option<DaySummary>, Error> {
    let Some(json) = lake.read_summary_json(day)? else { return Ok(None) };
    serde_json::from_str(&json).map(Some).map_err(|source| Error::Summary { day, source })
}

fn observed(known: &mut Known, lake: &Lake, day: Day, config: &Config) -> Result<DaySummary, polso_store::Error> {
    let clock = Clock::of(day, &config.zone);
    let heard = Heard::of(&lake.read_ledger(day)?, &clock, config);
    let scan = Scan::of(lake, day)?;
    let cells = Cells::count(&scan, &clock)?;
    let reader = Reader::of(&cells, known.on(day, config), config);
    let mut people = People::count(&scan, (&cells, &reader.langs), config)?;
    if config.headline == Headline::Texts {
        texts::fill(&mut people.by_lang, &scan, (&reader.langs, columns::name::LANG))?;
        texts::fill(&mut people.by_source, &scan, (&reader.langs, columns::name::SOURCE))?;
    }
    let by_hashtag = by_hashtag(&scan, &reader.langs, config)?;
    let (unique_texts, repeated) = repeated::repeated(&scan, config.top)?;
    let posts = volume(&cells, &people, unique_texts);
    let Moods { mood, per, as_read, needs_checking } = moods(&scan, (&people, &reader), (day, config))?;
    Ok(DaySummary {
        schema: SCHEMA.to_owned(),
        day,
        timezone: config.zone.name().to_owned(),
        revision: 1,
        changed: None,
        status: heard.status(posts.n),
        posts,
        mood,
        headline: config.headline,
        mood_per: per,
        mood_as_read: as_read,
        needs_checking,
        questions: questions::asked(&scan)?,
        by_lang: shown(&people.by_lang, &reader, (config, columns::name::LANG)),
        by_hashtag: shown(&by_hashtag, &reader, (config, columns::name::HASHTAGS)),
        by_source: shown(&people.by_source, &reader, (config, columns::name::SOURCE)),
        hours: hours(&cells, &clock, people_by_hour(&scan, &clock)?, heard.hours()),
        sites: repeated::sites(&scan, config.top)?,
        repeated,
        claims: claims::by_claim(&scan)?,
        coverage: heard.coverage,
        baselines: Vec::new(),
        suggested: Vec::new(),
        models: cells
            .distinct(|cell| cell.model.as_str())
            .into_iter()
            .filter(|model| !model.is_empty())
            .map(str::to_owned)
            .collect(),
        threshold: config.threshold,
        config_hash: config.config_hash.clone(),
        data_hash: cells.data_hash(),
        withheld: 0,
    })
}

/// What a day feels, in every way that it is told.
struct Moods {
    mood: Option<Mood>,
    per: MoodPer,
    /// What the model alone reads, where `mood` says more.
    as_read: Option<Mood>,
    needs_checking: Option<Share>,
}

fn moods(
    scan: &Scan,
    (people, reader): (&People, &Reader<'_>),
    (day, config): (Day, &Config),
) -> Result<Moods, polso_store::Error> {
    let draws = Draws { resamples: config.resamples, seed: hash::mix(config.seed) };
    let (mean, needs_checking) = people.all.shares(draws);
    let (texts, per_text) = texts::of_day(scan, &reader.langs)?;
    let per = MoodPer {
        post: reader.mood(&people.per_post, people.all.total.scored, draws).or(mean),
        text: reader.mood(&per_text, texts, draws),
        author: reader.mood(&people.per_author, people.per_author.people(), draws),
    };
    let of_headline = match config.headline {
        Headline::Posts => &per.post,
        Headline::Texts => &per.text,
        Headline::Authors => &per.author,
    };
    // Where no labelled posts tell the other two, the mean per post is what there is.
    let mood = of_headline.clone().or_else(|| per.post.clone());
    // A sample is one of posts: it says nothing about shares of texts or authors.
    let by = (config.headline == Headline::Posts).then(|| corrected::rectifier(scan, day, config)).transpose()?;
    let corrected = by.flatten().and_then(|by| people.all.corrected(draws, &by));
    let (mood, as_read) = match corrected {
        Some(corrected) => (Some(corrected), mood),
        None => (mood, None),
    };
    Ok(Moods { mood, per, as_read, needs_checking })
}

fn volume(cells: &Cells, people: &People, unique_texts: u64) -> Volume {
    let unscored = |why: Unscored| cells.posts(|cell: &Cell| cell.scored == why.as_str());
    let tallies = |named: &Named| -> Vec<Tally> {
        tallied(named.iter().map(|(key, group)| (key.as_str(), group.clusters.total.posts, group.clusters.people)))
    };
    Volume {
        n: cells.posts(|_| true),
        unique_texts,
        authors: u64::from(people.all.people),
        effective_authors: sums::rounded(people.effective()),
        scored: cells.posts(|cell| cell.scored == columns::SCORED),
        unsupported_language: unscored(Unscored::UnsupportedLanguage),
        too_short: unscored(Unscored::TooShort),
        failed: unscored(Unscored::Failed),
        truncated: cells.0.iter().map(|cell| cell.truncated).sum(),
        by_kind: tallied(people.by_kind.iter().map(|(kind, (n, people))| (*kind, *n, *people))),
        by_source: tallies(&people.by_source),
        by_lang: tallies(&people.by_lang),
    }
}

fn hours(cells: &Cells, clock: &Clock, people: [u32; 24], mut hours: Vec<Hour>) -> Vec<Hour> {
    for (hour, people) in hours.iter_mut().zip(people) {
        hour.people = people;
    }
    for cell in &cells.0 {
        if let Some(hour) = hours.get_mut(usize::from(clock.hour(cell.slot))) {
            hour.n += cell.posts;
            hour.negative = hour.negative.map(|negative| negative + cell.negative);
        }
    }
    hours
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{config, day, lake, post, posts};
    use crate::shares::tests::labelled;
    use crate::{Status, Validation};
    use polso_domain::{AuthorKey, Observation, Sentiment, TextKey, Timestamp};
    use proptest::prelude::*;

    const TODAY: &str = "2020-03-09";

    fn of(batches: &[Vec<Observation>]) -> DaySummary {
        let (_dir, lake) = lake();
        for (offset, batch) in (0..).zip(batches) {
            lake.write_part(offset, batch).unwrap();
        }
        sum_up(&lake, day(TODAY), &config()).unwrap()
    }

    #[test]
    fn the_numbers_of_a_small_day() {
        let summary = of(&[posts(day(TODAY), 0..70)]);
        assert_eq!(
            (summary.posts.n, summary.posts.scored, summary.posts.authors, summary.posts.unique_texts),
            (70, 70, 7, 5)
        );
        assert!((summary.posts.effective_authors - 7.0).abs() < 1e-9);
        let mood = summary.mood.as_ref().unwrap();
        assert!((mood.negative.share - 0.35).abs() < 1e-5 && (mood.neutral.share - 0.3).abs() < 1e-5);
        assert!((mood.negative.share + mood.neutral.share + mood.positive.share - 1.0).abs() < 2e-6);
        assert!((summary.needs_checking.unwrap().share - 0.1).abs() < 1e-9);
        assert_eq!(summary.by_hashtag[0].key, "iorestoacasa");
        assert_eq!((summary.by_hashtag[0].n, summary.by_hashtag.len()), (70, 5));
        assert_eq!(
            summary.by_lang.iter().map(|group| (group.key.as_str(), group.n)).collect::<Vec<_>>(),
            [("it", 56), ("en", 14)]
        );
        assert_eq!((summary.hours[0].n, summary.hours[1].n, summary.hours[2].n), (60, 10, 0));
        assert_eq!(summary.repeated.len(), 5);
        assert_eq!(
            (summary.repeated[0].n, summary.repeated[0].people, summary.repeated[0].text.as_str()),
            (14, 7, "testo 0")
        );
        assert_eq!(summary.posts.by_kind[0].key, "original");
        assert_eq!((summary.status, summary.models.as_slice()), (Status::Complete, &["tiny".to_owned()][..]));
    }

    /// Sixty copies of one angry text by one author, and forty calm authors with a text each.
    fn shouted() -> Vec<Observation> {
        let say = |number: u32, (author, text): (u8, u64), [negative, neutral, positive]: [f32; 3]| {
            let mut row = post(day(TODAY), number);
            row.post.author = AuthorKey::new([author; 16]);
            row.heard.lang = "it".into();
            row.heard.text_key = TextKey(text);
            row.heard.reading.as_mut().unwrap().sentiment = Sentiment::new(negative, neutral, positive).unwrap();
            row
        };
        let loud = (0..60).map(|number| say(number, (1, 1), [0.9, 0.05, 0.05]));
        let calm = (2..42_u8).map(|author| say(100 + u32::from(author), (author, author.into()), [0.05, 0.9, 0.05]));
        loud.chain(calm).collect()
    }

    #[test]
    fn the_headline_counts_what_it_says() {
        let (_dir, lake) = lake();
        lake.write_part(0, &shouted()).unwrap();
        let config = Config { validation: Validation::of(labelled("it", 100)), ..config() };
        for headline in [Headline::Posts, Headline::Texts, Headline::Authors] {
            let summary = sum_up(&lake, day(TODAY), &Config { headline, ..config.clone() }).unwrap();
            let MoodPer { post, text, author } = summary.mood_per.clone();
            let (post, text, author) = (post.unwrap(), text.unwrap(), author.unwrap());
            assert_eq!((post.n, text.n, author.n), (100, 41, 41));
            assert!(post.negative.share > text.negative.share + 0.3, "{post:?} {text:?}");
            assert!((text.negative.share - author.negative.share).abs() < 1e-6, "{text:?} {author:?}");
            let expected = match headline {
                Headline::Posts => post,
                Headline::Texts => text,
                Headline::Authors => author,
            };
            assert_eq!(summary.mood.as_ref(), Some(&expected));
            for group in [&summary.by_lang[0], &summary.by_hashtag[0]] {
                let share = group.mood.as_ref().unwrap().negative.share;
                assert!((share - expected.negative.share).abs() < 1e-6, "{headline:?} {group:?}");
            }
        }
    }

    #[test]
    fn a_day_that_another_model_read_is_not_estimated_with_these_labelled_posts() {
        let (_dir, lake) = lake();
        lake.write_part(0, &shouted()).unwrap();
        let config = Config { validation: Validation::of(labelled("it", 100)), ..config() };
        let method = |config: &Config| sum_up(&lake, day(TODAY), config).unwrap().mood.unwrap().method;
        assert!(method(&config).starts_with("SLD (expectation-maximisation), adjusted by labelled posts"));
        assert!(method(&Config { model: "other".into(), ..config }).starts_with("mean of calibrated probabilities"));
    }

    #[test]
    fn of_two_rows_of_a_post_the_later_counts() {
        let mut edited = post(day(TODAY), 3);
        edited.heard.lang = "fi".into();
        let twice = of(&[posts(day(TODAY), 0..20), vec![edited.clone()]]);
        let mut once = posts(day(TODAY), 0..20);
        once[3] = edited;
        assert_eq!(twice, of(&[once]));
        assert_eq!(twice.posts.n, 20);
    }

    #[test]
    fn a_day_without_posts_has_no_mood() {
        let summary = of(&[]);
        assert_eq!((summary.status, summary.posts.n, summary.mood), (Status::NoData, 0, None));
        assert_eq!(summary.hours.len(), 24);
        assert_eq!(summary.baselines.len(), 2);
    }

    #[test]
    fn the_repeated_hour_of_an_autumn_night_counts_once() {
        let autumn = day("2020-10-25");
        let (_dir, lake) = lake();
        let start = config().zone.start_of(autumn).millis();
        let mut rows = posts(autumn, 0..25);
        for (hour, row) in (0..).zip(&mut rows) {
            row.post.posted = Timestamp::from_millis(start + hour * 3_600_000);
        }
        lake.write_part(0, &rows).unwrap();
        let summary = sum_up(&lake, autumn, &config()).unwrap();
        let counts: Vec<u64> = summary.hours.iter().map(|hour| hour.n).collect();
        assert_eq!((counts[1], counts[2], counts[3], counts.iter().sum::<u64>()), (1, 2, 1, 25));
    }

    #[test]
    fn a_damaged_part_stops_the_day_and_is_named() {
        let (_dir, lake) = lake();
        lake.write_part(0, &posts(day(TODAY), 0..9)).unwrap();
        lake.write_part(9, &posts(day(TODAY), 9..18)).unwrap();
        let part = lake.parts(day(TODAY)).unwrap().remove(1);
        polso_store::write_atomic(&part, b"PAR1 not parquet PAR1").unwrap();
        let error = sum_up(&lake, day(TODAY), &config()).unwrap_err();
        assert!(
            matches!(&error, Error::Lake { source: polso_store::Error::Corrupt { path, .. }, .. } if *path == part)
        );
        assert!(error.hint().unwrap().contains("backup"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn neither_files_nor_order_show_in_a_summary(
            mut rows in Just(posts(day(TODAY), 0..60)).prop_shuffle(),
            cut in 1_usize..59,
            seconds in 0_i64..100,
        ) {
            let whole = of(&[posts(day(TODAY), 0..60)]);
            for row in &mut rows {
                row.post.received = Timestamp::from_millis(row.post.posted.millis() + seconds * 1_000);
            }
            let later = rows.split_off(cut);
            let parts = of(&[later, rows]);
            prop_assert_eq!(serde_json::to_string(&whole).unwrap(), serde_json::to_string(&parts).unwrap());
        }
    }
}
