//! What people said of sampled posts, beside what the model had said.
//!
//! Two reviewers' answers stand side by side. A second answer of the same reviewer takes the place of the first, which is
//! kept among the changes under the review's number: a change names neither the post nor its author.

use crate::cells::{Cells, Rows};
use crate::changes::{Subject, Trace};
use crate::error::{Error, Fault};
use crate::{By, Desk};
use polso_domain::{AuthorKey, ClaimId, Day, PostId, SourceId, Stance};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// What a reviewer is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Task {
    /// Which mood the post has.
    Sentiment,
    /// Whether somebody should check what it says.
    NeedsChecking,
    /// Whether it asks something.
    Question,
    /// What it does with a claim.
    Stance,
}

impl Task {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Sentiment, Self::NeedsChecking, Self::Question, Self::Stance];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sentiment => "sentiment",
            Self::NeedsChecking => "needs_checking",
            Self::Question => "question",
            Self::Stance => "stance",
        }
    }

    /// The one that is stored as `word`.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|task| task.as_str() == word)
    }

    /// The words that answer it. Who cannot say says `unsure`: a guess would pass for knowledge. A post may speak of
    /// a claim by mistake of the matching alone: `unrelated`.
    pub fn labels(self) -> &'static [&'static str] {
        match self {
            Self::Sentiment => &["negative", "neutral", "positive", "unsure"],
            Self::NeedsChecking | Self::Question => &["yes", "no", "unsure"],
            Self::Stance => &["repeats", "rebuts", "mentions", "unrelated", "unsure"],
        }
    }
}

/// One answer of one reviewer about one post.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Where the post stands.
    pub source: SourceId,
    /// The post.
    pub post: PostId,
    /// Whose post it is: what forgetting looks for.
    pub author: AuthorKey,
    /// The day it was sampled from.
    pub day: Day,
    /// Its language.
    pub lang: String,
    /// The reviewer's code.
    pub reviewer: String,
    /// What was asked.
    pub task: Task,
    /// The claim that a stance is to; `None` for the other tasks.
    pub about: Option<ClaimId>,
    /// One of the task's [labels](Task::labels).
    pub value: String,
    /// What the model had said when the post was sampled.
    pub said: ModelAnswer,
    /// The model that said it.
    pub model: String,
    /// The part of the day's posts it was drawn from.
    pub stratum: String,
    /// How many posts of that part it stands for.
    pub weight: f64,
}

/// The model's own answers about a post; `None` where it has no head for one or did not read the post.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ModelAnswer {
    /// Probabilities of negative, neutral, positive.
    pub sentiment: Option<[f32; 3]>,
    /// Probability that somebody should check it.
    pub needs_checking: Option<f32>,
    /// Whether it asks something.
    pub question: Option<bool>,
    /// What it does with the claim.
    pub stance: Option<Stance>,
}

/// What an import of reviews changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PutReviews {
    /// Answers that were not there.
    pub added: usize,
    /// Answers, or what stands beside them, that became different.
    pub changed: usize,
    /// Answers that were there just so.
    pub unchanged: usize,
}

const SELECT: &str = "SELECT number, source, post, task, about, reviewer, author, day, lang, value, model, stratum,
        weight, negative, neutral, positive, needs_checking, question, stance FROM desk_review";
const INSERT: &str = "INSERT OR REPLACE INTO desk_review VALUES
    (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";

impl Desk {
    /// Takes answers in, all or none; within one call a reviewer answers once about a post and task.
    pub fn put_reviews(&mut self, rows: &[Review], by: By<'_>) -> Result<PutReviews, Error> {
        check(rows)?;
        self.write(|db| {
            let mut put = PutReviews::default();
            for row in rows {
                match stored(db, row)? {
                    None => {
                        let number = write(db, None, row)?;
                        let trace = Trace { what: Subject::Review, id: &number.to_string(), by };
                        trace.record(db, "added", (None, Some(&row.value)))?;
                        put.added += 1;
                    }
                    Some((_, before)) if before == *row => put.unchanged += 1,
                    Some((number, before)) => {
                        write(db, Some(number), row)?;
                        let trace = Trace { what: Subject::Review, id: &number.to_string(), by };
                        for (field, before, after) in differences(&before, row) {
                            trace.record(db, field, (Some(&before), Some(&after)))?;
                        }
                        put.changed += 1;
                    }
                }
            }
            Ok(put)
        })
    }

    /// Whether anybody has reviewed anything: most deletions of posts need no further look then.
    pub fn has_reviews(&self) -> Result<bool, Error> {
        self.read(|db| Ok(db.query_row("SELECT EXISTS (SELECT 1 FROM desk_review)", [], |row| row.get(0))?))
    }

    /// Reviews of posts from `from` to `upto`, both included: by day, source, post, task, claim and reviewer.
    pub fn reviews(&self, from: Day, upto: Day) -> Result<Vec<Review>, Error> {
        let which = "WHERE day BETWEEN ?1 AND ?2 ORDER BY day, source, post, task, about, reviewer";
        let sql = format!("{SELECT} {which}");
        let rows = Rows { table: "desk_review", key: 1, sql: &sql };
        self.read(|db| rows.all(db, params![from.epoch_days(), upto.epoch_days()], review))
    }
}

/// The answer that `row` would take the place of, with its number.
fn stored(db: &Connection, row: &Review) -> Result<Option<(i64, Review)>, Fault> {
    let which = "WHERE source = ?1 AND post = ?2 AND task = ?3 AND about = ?4 AND reviewer = ?5";
    let sql = format!("{SELECT} {which}");
    let key = params![row.source.as_str(), row.post.as_str(), row.task.as_str(), about(row), row.reviewer];
    Rows { table: "desk_review", key: 1, sql: &sql }.one(db, key, |cells| Ok((cells.get(0)?, review(cells)?)))
}

/// Writes an answer under its number or a new one, and returns that.
fn write(db: &Connection, number: Option<i64>, row: &Review) -> Result<i64, Fault> {
    let ModelAnswer { sentiment, needs_checking, question, stance } = row.said;
    db.prepare_cached(INSERT)?.execute(params![
        number,
        row.source.as_str(),
        row.post.as_str(),
        row.task.as_str(),
        about(row),
        row.reviewer,
        row.author.bytes(),
        row.day.epoch_days(),
        row.lang,
        row.value,
        row.model,
        row.stratum,
        row.weight,
        sentiment.map(|mood| mood[0]),
        sentiment.map(|mood| mood[1]),
        sentiment.map(|mood| mood[2]),
        needs_checking,
        question,
        stance.map(Stance::as_str)
    ])?;
    Ok(number.unwrap_or_else(|| db.last_insert_rowid()))
}

fn review(row: &Cells<'_, '_>) -> Result<Review, Fault> {
    let sentiment = match [row.get(13)?, row.get(14)?, row.get(15)?] {
        [Some(negative), Some(neutral), Some(positive)] => Some([negative, neutral, positive]),
        [None, None, None] => None,
        _ => return Err(row.damaged()),
    };
    Ok(Review {
        source: row.read(1, |name: String| SourceId::new(&name))?,
        post: row.get::<String>(2).map(PostId::new)?,
        task: row.read(3, |word: String| Task::named(&word))?,
        about: row.maybe(4, |id| if id.is_empty() { Some(None) } else { ClaimId::new(id).map(Some) })?.flatten(),
        reviewer: row.get(5)?,
        author: row.get(6).map(AuthorKey::new)?,
        day: row.day(7)?,
        lang: row.get(8)?,
        value: row.get(9)?,
        model: row.get(10)?,
        stratum: row.get(11)?,
        weight: row.get(12)?,
        said: ModelAnswer {
            sentiment,
            needs_checking: row.get(16)?,
            question: row.get(17)?,
            stance: row.maybe(18, Stance::named)?,
        },
    })
}

/// How a missing claim is stored: in a key, nothing equals itself.
fn about(row: &Review) -> &str {
    row.about.as_ref().map_or("", ClaimId::as_str)
}

/// What became different, spelt. Whose post it is stays out of what is written down.
fn differences(before: &Review, after: &Review) -> Vec<(&'static str, String, String)> {
    let spelt = |review: &Review| {
        [
            ("value", review.value.clone()),
            ("day", review.day.to_string()),
            ("lang", review.lang.clone()),
            ("model", review.model.clone()),
            ("stratum", review.stratum.clone()),
            ("weight", review.weight.to_string()),
            ("said", review.said.spelt()),
        ]
    };
    let both = spelt(before).into_iter().zip(spelt(after));
    both.filter(|(before, after)| before != after).map(|((field, before), (_, after))| (field, before, after)).collect()
}

impl ModelAnswer {
    /// One line, for what is written down.
    fn spelt(&self) -> String {
        let mut parts = Vec::new();
        if let Some([negative, neutral, positive]) = self.sentiment {
            parts.push(format!("sentiment {negative} {neutral} {positive}"));
        }
        parts.extend(self.needs_checking.map(|share| format!("needs_checking {share}")));
        parts.extend(self.question.map(|asks| format!("question {asks}")));
        parts.extend(self.stance.map(|stance| format!("stance {}", stance.as_str())));
        parts.join(", ")
    }

    fn is_finite(&self) -> bool {
        let mut numbers = self.sentiment.iter().flatten().chain(&self.needs_checking);
        numbers.all(|number| number.is_finite())
    }
}

/// A post's id is not put into an error: it could be looked up.
fn check(rows: &[Review]) -> Result<(), Error> {
    let mut answers = BTreeSet::new();
    for (number, row) in (1_usize..).zip(rows) {
        let id = || format!("review {number}");
        if !answers.insert((&row.source, &row.post, row.task, &row.about, &row.reviewer)) {
            return Err(Error::Twice(id()));
        }
        if !row.task.labels().contains(&row.value.as_str()) {
            let (task, known) = (row.task.as_str(), row.task.labels());
            return Err(Error::NotALabel { id: id(), task, known });
        }
        if !(row.weight.is_finite() && row.weight >= 0.0) {
            return Err(Error::NotANumber { id: id(), field: "weight" });
        }
        if !row.said.is_finite() {
            return Err(Error::NotANumber { id: id(), field: "said" });
        }
    }
    Ok(())
}
