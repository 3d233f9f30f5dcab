//! Scored posts of the lake as they are put before people: what the model said of each, and whether its text is there.

use crate::columns::{SCHEMA, name};
use crate::held::claims;
use crate::parquet;
use crate::sketches;
use crate::{Error, Lake};
use polars::prelude::*;
use polso_domain::{AuthorKey, ClaimMatch, Day, PostId, SourceId, TextKey};

/// A post that the model read.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// Its source.
    pub source: SourceId,
    /// Its id.
    pub id: PostId,
    /// Who posted it.
    pub author: AuthorKey,
    /// Detected language.
    pub lang: String,
    /// Fingerprint of its normalised text.
    pub text_key: TextKey,
    /// Whether the text itself is still there.
    pub has_text: bool,
    /// Probabilities of negative, neutral, positive.
    pub sentiment: [f32; 3],
    /// Probability that it needs checking.
    pub needs_checking: Option<f32>,
    /// Whether it asks something.
    pub question: Option<bool>,
    /// The claims it was matched with.
    pub claims: Vec<ClaimMatch>,
    /// The model that read it.
    pub model: String,
}

impl Lake {
    /// The scored posts of a part, in the order of the stream. Texts are looked at and not kept: [`Lake::texts`] has them.
    pub fn scored(&self, day: Day, offset: u64) -> Result<Vec<Scored>, Error> {
        let part = self.part_path(day, offset);
        parquet::label(&part, SCHEMA)?;
        let columns = [
            name::SOURCE,
            name::POST_ID,
            name::AUTHOR,
            name::LANG,
            name::TEXT_KEY,
            name::TEXT,
            name::NEGATIVE,
            name::NEUTRAL,
            name::POSITIVE,
            name::NEEDS_CHECKING,
            name::QUESTION,
            name::CLAIMS,
            name::MODEL,
        ];
        let frame = parquet::read(&part, Some(&columns))?;
        scored(&frame).map_err(Error::shape(&part))
    }
}

fn scored(frame: &DataFrame) -> PolarsResult<Vec<Scored>> {
    let keys = sketches::keys(frame)?;
    let text = |name: &str| frame.column(name)?.str();
    let share = |name: &str| frame.column(name)?.f32();
    let (authors, langs, models, texts) =
        (text(name::AUTHOR)?, text(name::LANG)?, text(name::MODEL)?, text(name::TEXT)?);
    let (negative, neutral, positive) = (share(name::NEGATIVE)?, share(name::NEUTRAL)?, share(name::POSITIVE)?);
    let (checking, questions) = (share(name::NEEDS_CHECKING)?, frame.column(name::QUESTION)?.bool()?);
    let text_keys = frame.column(name::TEXT_KEY)?.u64()?;
    let mut posts = Vec::new();
    for (row, (key, claims)) in keys.into_iter().zip(claims(frame)?).enumerate() {
        let (Some(negative), Some(neutral), Some(positive)) = (negative.get(row), neutral.get(row), positive.get(row))
        else {
            continue;
        };
        let author = authors.get(row).and_then(|hex| AuthorKey::from_hex(hex).ok());
        let (Some(author), Some(lang), Some(text)) = (author, langs.get(row), text_keys.get(row)) else {
            polars_bail!(ComputeError: "row {row} has no author, language or fingerprint");
        };
        posts.push(Scored {
            source: key.0,
            id: key.1,
            author,
            lang: lang.to_owned(),
            text_key: TextKey(text),
            has_text: texts.get(row).is_some_and(|text| !text.is_empty()),
            sentiment: [negative, neutral, positive],
            needs_checking: checking.get(row),
            question: questions.get(row),
            claims,
            model: models.get(row).unwrap_or_default().to_owned(),
        });
    }
    Ok(posts)
}

#[cfg(test)]
mod tests {
    use crate::fixtures::{day, lake, observation, unscored};

    #[test]
    fn scored_posts_come_with_what_was_read_and_without_text() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        let mut bare = observation(today, 3);
        bare.post.text = String::new();
        lake.write_part(5, &[observation(today, 1), unscored(today, 2), bare]).unwrap();
        let found = lake.scored(today, 5).unwrap();
        let seen: Vec<_> = found.iter().map(|post| (post.id.as_str(), post.has_text, post.question)).collect();
        assert_eq!(seen, [("post-1", true, Some(false)), ("post-3", false, Some(false))]);
        let row = observation(today, 1);
        assert_eq!(
            (found[0].author, &found[0].claims, found[0].text_key),
            (row.post.author, &row.claims, row.heard.text_key)
        );
        assert!((found[0].sentiment.iter().sum::<f32>() - 1.0).abs() < 1e-6 && found[0].model == row.model);
    }
}
