//! `report.json`, schema `polso.report/1`: the shape that scripts outside rely on.
//!
//! Typed and versioned on its own, so that neither a change of the summary nor of a block changes the file by accident.
//! Fields may be added; none changes its name or meaning without a new schema.

pub(crate) mod beside;
pub(crate) mod blocks;
pub(crate) mod log;
mod moods;
mod quality;
mod spikes;

use crate::block::Document;
use crate::{Error, LOOKS_BACK, Page};
use beside::BesideV1;
use blocks::SectionV1;
use log::{ChangeV1, NarrativeV1, QuestionV1};
use moods::{CheckingV1, GroupV1, MoodV1, groups, rounded};
use polso_aggregate::{Coverage, DaySummary, Revision, Status, Tally};
use quality::QualityV1;
use serde::{Serialize, Serializer};
use spikes::{NotJudgedV1, RuleV1, SpikeV1};

/// Name and version of the file's shape.
pub(crate) const SCHEMA: &str = "polso.report/1";

/// Writes the file's text, keys in the order of the structs.
pub(crate) fn render(page: &Page<'_>, document: &Document) -> Result<String, Error> {
    let mut text = serde_json::to_string_pretty(&ReportV1::new(page, document)?)?;
    text.push('\n');
    Ok(text)
}

#[derive(Serialize)]
struct ReportV1<'a> {
    schema: &'static str,
    day: String,
    timezone: &'a str,
    /// Language of the page.
    lang: &'static str,
    /// The posts are invented.
    synthetic: bool,
    revision: u32,
    /// What this revision changed; null for the first.
    changed: Option<ChangedV1<'a>>,
    status: Status,
    posts: PostsV1<'a>,
    mood: Option<MoodV1<'a>>,
    by_lang: Keyed<'a, GroupV1>,
    by_hashtag: Keyed<'a, GroupV1>,
    by_source: Keyed<'a, GroupV1>,
    needs_checking: Option<CheckingV1>,
    /// Rumours and narratives, highest risk first; those that are only counted without words.
    narratives: Vec<NarrativeV1<'a>>,
    questions: Vec<QuestionV1<'a>>,
    rumour_log_changes: Vec<ChangeV1<'a>>,
    /// Lines of the log that too few people stand behind.
    rumour_log_withheld: u32,
    /// The rules behind risk and level, by name.
    rumour_rules: Keyed<'a, f64>,
    label_quality: Vec<QualityV1<'a>>,
    /// What is out of the ordinary; a narrative that is only counted has its id and its numbers.
    spikes: Vec<SpikeV1<'a>>,
    spike_rule: RuleV1,
    /// Measures that were compared with their past.
    spikes_compared: usize,
    spikes_not_judged: Vec<NotJudgedV1<'a>>,
    coverage: Vec<CoverageV1<'a>>,
    #[serde(flatten)]
    beside: BesideV1<'a>,
    withheld: u32,
    model: Option<String>,
    config_hash: &'a str,
    data_hash: &'a str,
    sections: Vec<SectionV1<'a>>,
}

impl<'a> ReportV1<'a> {
    fn new(page: &Page<'a>, document: &'a Document) -> Result<Self, Error> {
        let Page { day, log, quality, spikes, words, .. } = *page;
        let tracker = page.tracker();
        let lang = words.language().code();
        let week = day.baselines.iter().find(|baseline| baseline.window == 7);
        Ok(Self {
            schema: SCHEMA,
            day: day.day.to_string(),
            timezone: &day.timezone,
            lang,
            synthetic: page.settings.seeds,
            revision: day.revision,
            changed: day.changed.as_ref().map(ChangedV1::new),
            status: day.status,
            posts: PostsV1::new(day),
            mood: day.mood.as_ref().map(|mood| MoodV1::new(mood, day, week)),
            by_lang: groups(&day.by_lang),
            by_hashtag: groups(&day.by_hashtag),
            by_source: groups(&day.by_source),
            needs_checking: day.needs_checking.as_ref().map(|share| CheckingV1::new(share, day, week)),
            narratives: log.rumours.iter().map(|line| NarrativeV1::new(line, words)).collect::<Result<_, _>>()?,
            questions: log.questions.iter().map(|line| QuestionV1::new(line, words)).collect::<Result<_, _>>()?,
            rumour_log_changes: log.changes.iter().map(|change| ChangeV1::new(change, log)).collect(),
            rumour_log_withheld: log.withheld,
            rumour_rules: Keyed(log.rules.iter().map(|(name, value)| (name.as_str(), *value)).collect()),
            label_quality: quality.iter().map(QualityV1::new).collect(),
            spikes: spikes.flagged().map(SpikeV1::new).collect(),
            spike_rule: RuleV1::new(&spikes.rule),
            spikes_compared: spikes.compared(),
            spikes_not_judged: spikes.not_judged().map(NotJudgedV1::new).collect(),
            coverage: day.coverage.iter().map(CoverageV1::new).collect(),
            beside: BesideV1::new(page.beside, tracker.as_ref(), (day.day, LOOKS_BACK), lang),
            withheld: day.withheld,
            model: (!day.models.is_empty()).then(|| day.models.join(", ")),
            config_hash: &day.config_hash,
            data_hash: &day.data_hash,
            sections: document.sections.iter().map(SectionV1::new).collect(),
        })
    }
}

#[derive(Serialize)]
struct ChangedV1<'a> {
    posts_before: u64,
    posts: u64,
    /// Whole per cent, as a fraction; null where it is withheld or there was no mood.
    negative_before: Option<f64>,
    negative: Option<f64>,
    because: &'a [String],
}

impl<'a> ChangedV1<'a> {
    fn new(changed: &'a Revision) -> Self {
        Self {
            posts_before: changed.posts_before,
            posts: changed.posts,
            negative_before: changed.negative_before,
            negative: changed.negative,
            because: &changed.because,
        }
    }
}

#[derive(Serialize)]
struct PostsV1<'a> {
    n: u64,
    unique_texts: u64,
    authors: u64,
    effective_authors: f64,
    scored: u64,
    by_source: Keyed<'a, u64>,
    by_lang: Keyed<'a, u64>,
}

impl<'a> PostsV1<'a> {
    fn new(day: &'a DaySummary) -> Self {
        let posts = &day.posts;
        let tallies = |tallies: &'a [Tally]| Keyed(tallies.iter().map(|tally| (tally.key.as_str(), tally.n)).collect());
        Self {
            n: posts.n,
            unique_texts: posts.unique_texts,
            authors: posts.authors,
            effective_authors: rounded(posts.effective_authors),
            scored: posts.scored,
            by_source: tallies(&posts.by_source),
            by_lang: tallies(&posts.by_lang),
        }
    }
}

#[derive(Serialize)]
struct CoverageV1<'a> {
    source: &'a str,
    asked: u32,
    answered: u32,
    kept: u64,
    set_aside: u32,
    minutes_missed: u32,
    state: &'a str,
}

impl<'a> CoverageV1<'a> {
    fn new(one: &'a Coverage) -> Self {
        Self {
            source: &one.source,
            asked: one.asked,
            answered: one.answered,
            kept: one.kept,
            set_aside: one.set_aside,
            minutes_missed: one.minutes_missed,
            state: &one.state,
        }
    }
}

/// An object whose keys keep the order of the list: most posts first.
struct Keyed<'a, T>(Vec<(&'a str, T)>);

impl<T: Serialize> Serialize for Keyed<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
