//! Synthetic observations for this crate's tests.

use crate::Lake;
use polso_domain::{
    AuthorKey, ClaimId, ClaimMatch, Day, Heard, Observation, Post, PostId, PostKind, Reach, Reading, Sentiment, Sketch,
    SourceId, Stance, Stand, TextKey, Timestamp, Unscored, Vector,
};

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn source() -> SourceId {
    SourceId::new("bluesky").unwrap()
}

pub(crate) fn author(number: u8) -> AuthorKey {
    AuthorKey::new([number; 16])
}

/// A scored post of author `number % 7` on a day, with its number in id, text and time.
pub(crate) fn observation(day: Day, number: u32) -> Observation {
    let posted = Timestamp::from_millis(i64::from(day.epoch_days()) * 86_400_000 + i64::from(number) * 1_000);
    let reading = Reading {
        sentiment: Sentiment::new(0.5, 0.25, 0.25).unwrap(),
        emotions: Some([Some(0.125); 8]),
        needs_checking: Some(0.75),
        question: Some(false),
        truncated: false,
    };
    Observation {
        post: Post {
            source: source(),
            id: PostId::new(format!("post-{number}")),
            author: author((number % 7) as u8),
            text: format!("testo numero {number}"),
            lang_hint: None,
            posted,
            received: posted,
            doubtful_date: false,
            ask_again: None,
            kind: PostKind::Original,
            in_reply_to: (number.is_multiple_of(2)).then(|| PostId::new("post-0")),
            reposted: None,
            mentions: vec![author(9), author(8)],
            hashtags: vec!["iorestoacasa".into()],
            links: vec!["https://example.org/a".into()],
            reach: Reach { likes: Some(number), ..Reach::default() },
        },
        day,
        heard: Heard {
            lang: "it".into(),
            lang_confidence: 0.9,
            text_key: TextKey(u64::MAX - u64::from(number)),
            reading: Ok(reading),
            vector: None,
        },
        sketch: Some(sketch(number)),
        claims: vec![ClaimMatch { claim: ClaimId::new("5g").unwrap(), stance: Stance::Rebuts, similarity: 0.5 }],
        model: "tiny".into(),
    }
}

/// A sketch that holds the post's number.
pub(crate) fn sketch(number: u32) -> Sketch {
    Sketch {
        vector: Vector::new(&[1.0, number as f32, -2.0, 0.5]).unwrap(),
        terms: vec![7, 1_000 + number, u32::MAX],
        stand: Stand { denies: 0.25, asks: 0.5, negated: true, debunks: false },
    }
}

pub(crate) fn unscored(day: Day, number: u32) -> Observation {
    let mut row = observation(day, number);
    row.heard.reading = Err(Unscored::TooShort);
    row.claims.clear();
    row.sketch = None;
    row
}

pub(crate) fn lake() -> (tempfile::TempDir, Lake) {
    let dir = tempfile::tempdir().unwrap();
    let lake = Lake::open(&dir.path().join("lake")).unwrap();
    (dir, lake)
}
