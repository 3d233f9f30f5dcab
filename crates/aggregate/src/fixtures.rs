//! Synthetic days for this crate's tests.

use crate::{Config, Headline, Validation};
use polso_domain::{
    AuthorKey, Day, Heard, LedgerEntry, Observation, Post, PostId, PostKind, Reach, Reading, Sentiment, SourceId,
    TextKey, Timestamp, Zone,
};
use polso_store::Lake;

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn config() -> Config {
    Config {
        threshold: 0.5,
        zone: Zone::named("Europe/Rome").unwrap(),
        seed: 1,
        resamples: 200,
        top: 5,
        min_posts_to_compare: 10,
        min_authors_to_compare: 5,
        max_missed_share: 0.25,
        config_hash: "settings".into(),
        followed: Vec::new(),
        expected_sources: Vec::new(),
        headline: Headline::Posts,
        model: "tiny".into(),
        validation: Validation::default(),
        reviewed: Vec::new(),
        min_reviewed: 50,
    }
}

pub(crate) fn lake() -> (tempfile::TempDir, Lake) {
    let dir = tempfile::tempdir().unwrap();
    let lake = Lake::open(&dir.path().join("lake")).unwrap();
    (dir, lake)
}

/// A scored post of author `number % 7`, `number` minutes into the day, whose text is that of `number % 5`.
pub(crate) fn post(day: Day, number: u32) -> Observation {
    let posted = Timestamp::from_millis(config().zone.start_of(day).millis() + i64::from(number) * 60_000);
    let negative = 0.2 + 0.05 * (number % 7) as f32;
    Observation {
        post: Post {
            source: SourceId::new(if number.is_multiple_of(3) { "bluesky" } else { "twitter" }).unwrap(),
            id: PostId::new(format!("{day}-{number}")),
            author: AuthorKey::new([(number % 7) as u8; 16]),
            text: format!("testo {}", number % 5),
            lang_hint: None,
            posted,
            received: posted,
            doubtful_date: false,
            ask_again: None,
            kind: if number.is_multiple_of(4) { PostKind::Repost } else { PostKind::Original },
            in_reply_to: None,
            reposted: None,
            mentions: vec![],
            hashtags: vec![format!("tag{}", number % 6), "iorestoacasa".into()],
            links: vec![format!("https://example.org/{}", number % 8)],
            reach: Reach::default(),
        },
        day,
        heard: Heard {
            lang: if number.is_multiple_of(5) { "en" } else { "it" }.into(),
            lang_confidence: 0.9,
            text_key: TextKey(u64::from(number % 5)),
            reading: Ok(Reading {
                sentiment: Sentiment::new(negative, 0.3, 0.7 - negative).unwrap(),
                emotions: None,
                needs_checking: Some(if number.is_multiple_of(10) { 0.9 } else { 0.1 }),
                question: None,
                truncated: false,
            }),
            vector: None,
        },
        sketch: None,
        claims: vec![],
        model: "tiny".into(),
    }
}

pub(crate) fn posts(day: Day, numbers: std::ops::Range<u32>) -> Vec<Observation> {
    numbers.map(|number| post(day, number)).collect()
}

pub(crate) fn hour(source: &str, at: Timestamp) -> LedgerEntry {
    LedgerEntry { asked: 1, answered: 1, ..LedgerEntry::empty(SourceId::new(source).unwrap(), at) }
}
