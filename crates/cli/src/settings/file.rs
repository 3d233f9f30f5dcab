//! The settings file as written. Unknown keys are refused; missing ones have the values of the starter file.

use super::values::{Fraction, Language, MinPeople, Moment, Source, TimeZone, ZoneName};
use polso_aggregate::Headline;
use polso_classify::{Device, Precision};
use polso_collect::Tag;
use serde::Deserialize;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

/// The complete, commented file with all the defaults.
pub(crate) const STARTER: &str = include_str!("../../../../config/polso.toml");

/// A table of the file, twice: complete, as the starter has it, and with every key optional, as a person writes it.
macro_rules! table {
    ($complete:ident, $written:ident { $($field:ident: $kind:ty,)* }) => {
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $complete { $(pub(super) $field: $kind,)* }

        #[derive(Deserialize, Default)]
        #[serde(deny_unknown_fields, default)]
        struct $written { $($field: Option<$kind>,)* }

        impl $complete {
            fn overridden(self, by: Option<$written>) -> Self {
                let by = by.unwrap_or_default();
                Self { $($field: by.$field.unwrap_or(self.$field),)* }
            }
        }
    };
}

table! { Data, DataWritten { dir: PathBuf, } }
table! {
    Track, TrackWritten {
        hashtags: Vec<Tag>,
        all: Vec<String>,
        none: Vec<String>,
        without_words: Vec<String>,
        start: Option<Moment>,
        end: Option<Moment>,
    }
}
table! { Import, ImportWritten { inbox: Option<PathBuf>, max_row_mib: NonZeroUsize, timezone: TimeZone, } }
table! { Privacy, PrivacyWritten { keep_text_days: u32, min_people: MinPeople, } }
table! {
    Classify, ClassifyWritten {
        model: String,
        heads: Option<Heads>,
        device: Device,
        precision: Precision,
        threads: usize,
        batch_tokens: NonZeroUsize,
        min_language_confidence: Fraction,
        cache_texts: NonZeroUsize,
    }
}
/// Models that read a head of their own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Heads {
    pub(super) sentiment: Option<String>,
    pub(super) emotions: Option<String>,
    pub(super) needs_checking: Option<String>,
    pub(super) question: Option<String>,
}

table! {
    Claims, ClaimsWritten {
        seeds: bool,
        messages: Option<PathBuf>,
        verdicts: Option<PathBuf>,
        publishers: Option<PathBuf>,
        risk: Option<PathBuf>,
        rematch_days: u32,
        group_posts: NonZeroUsize,
        group_people: u32,
    }
}
table! {
    Aggregate, AggregateWritten {
        resamples: NonZeroU32,
        seed: u64,
        top: usize,
        min_posts_to_compare: u64,
        min_authors_to_compare: u64,
        max_missed_share: Fraction,
        headline: Headline,
        min_reviewed: NonZeroUsize,
    }
}
table! {
    Report, ReportWritten {
        timezone: ZoneName,
        language: Language,
        title: String,
        call: String,
        expected_sources: Vec<Source>,
        events: Option<PathBuf>,
        actions: Option<PathBuf>,
        outside: Option<Vec<PathBuf>>,
    }
}

/// All tables.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) data: Data,
    pub(super) track: Track,
    #[serde(default)]
    pub(super) collect: polso_collect::Config,
    pub(super) import: Import,
    pub(super) privacy: Privacy,
    pub(super) classify: Classify,
    pub(super) claims: Claims,
    pub(super) aggregate: Aggregate,
    pub(super) report: Report,
    #[serde(default)]
    pub(super) alert: polso_alert::send::Config,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileWritten {
    data: Option<DataWritten>,
    track: Option<TrackWritten>,
    collect: Option<polso_collect::Config>,
    import: Option<ImportWritten>,
    privacy: Option<PrivacyWritten>,
    classify: Option<ClassifyWritten>,
    claims: Option<ClaimsWritten>,
    aggregate: Option<AggregateWritten>,
    report: Option<ReportWritten>,
    alert: Option<polso_alert::send::Config>,
}

/// Reads a file over the starter's values.
pub(super) fn parse(text: &str) -> Result<File, toml::de::Error> {
    let starter: File = toml::from_str(STARTER)?;
    let written: FileWritten = toml::from_str(text)?;
    Ok(File {
        data: starter.data.overridden(written.data),
        track: starter.track.overridden(written.track),
        collect: written.collect.unwrap_or(starter.collect),
        import: starter.import.overridden(written.import),
        privacy: starter.privacy.overridden(written.privacy),
        classify: starter.classify.overridden(written.classify),
        claims: starter.claims.overridden(written.claims),
        aggregate: starter.aggregate.overridden(written.aggregate),
        report: starter.report.overridden(written.report),
        alert: written.alert.unwrap_or(starter.alert),
    })
}

impl File {
    /// Fingerprint of the settings that shape a number or a page, not of paths, threads and caches.
    pub(super) fn hash(&self) -> String {
        // What is asked decides which posts there are, not what is made of them; who is told shapes no page.
        let Self { track, import, privacy, classify, claims, aggregate, report, data: _, collect: _, alert: _ } = self;
        let Privacy { min_people, keep_text_days: _ } = privacy;
        let Classify {
            model,
            heads,
            precision,
            min_language_confidence,
            device: _,
            threads: _,
            batch_tokens: _,
            cache_texts: _,
        } = classify;
        let zones = (import.timezone.0.iana_name(), report.timezone.0.name());
        let page = (report.language.0, &report.title, &report.expected_sources);
        let shaping =
            (track, zones, min_people, (model, heads, precision), min_language_confidence, claims, aggregate, page);
        blake3::hash(format!("{shaping:?}").as_bytes()).to_hex()[..16].to_owned()
    }
}
