//! Settings: what the file says (`file`), and what it means (`Settings`).
//!
//! The environment holds no settings: what a run did must be readable from its file.

mod file;
mod values;

use crate::args::Global;
use crate::beside;
use crate::data::Data;
use polso_aggregate::Headline;
use polso_classify::{Head, Lineup};
use polso_collect::{AskError, Door, Places, Source, Track};
use polso_domain::{SourceId, Zone};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

pub(crate) use file::STARTER;

/// Where settings are looked for, in this order.
const PLACES: [&str; 2] = ["polso.toml", "config/polso.toml"];

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("there are no settings: neither `./polso.toml` nor `./config/polso.toml` exists")]
    None,
    #[error("cannot read the settings `{path}`", path = path.display())]
    Io {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("the settings `{path}` cannot be used", path = path.display())]
    Wrong {
        path: PathBuf,
        #[source]
        source: Box<toml::de::Error>,
    },
}

impl Error {
    pub(crate) fn hint(&self) -> String {
        let hint = match self {
            Self::None => "run `polso init` here, or name a file with --config",
            Self::Io { .. } => "check the path given with --config",
            Self::Wrong { .. } => "every key and its meaning stands in the file that `polso init` writes",
        };
        hint.to_owned()
    }
}

/// What the settings mean.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) data: Data,
    pub(crate) track: Track,
    pub(crate) collect: polso_collect::Config,
    /// The folder of the settings: relative paths start here.
    pub(crate) base: PathBuf,
    pub(crate) inbox: Option<PathBuf>,
    pub(crate) max_row_bytes: usize,
    pub(crate) import_zone: jiff::tz::TimeZone,
    pub(crate) keep_text_days: u32,
    pub(crate) min_people: u32,
    /// Which model reads what.
    pub(crate) models: Lineup,
    pub(crate) classify: polso_classify::Config,
    pub(crate) claims: Claims,
    pub(crate) resamples: u32,
    pub(crate) seed: u64,
    pub(crate) top: usize,
    pub(crate) min_posts_to_compare: u64,
    pub(crate) min_authors_to_compare: u64,
    pub(crate) max_missed_share: f64,
    pub(crate) headline: Headline,
    pub(crate) min_reviewed: usize,
    pub(crate) zone: Zone,
    pub(crate) language: polso_report::Language,
    pub(crate) title: Option<String>,
    /// Whom to call when something cannot wait.
    pub(crate) call: String,
    pub(crate) expected_sources: Vec<SourceId>,
    /// Files that people keep by hand and that stand beside the numbers.
    pub(crate) beside: beside::Places,
    /// Who is told, and how.
    pub(crate) alert: polso_alert::send::Config,
    /// Fingerprint of everything that shapes a number.
    pub(crate) hash: String,
}

/// Where the claim library begins, and how what is not in it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claims {
    /// Whether the library starts with the project's own claims.
    pub(crate) seeds: bool,
    /// The authority's own messages.
    pub(crate) messages: Option<PathBuf>,
    pub(crate) verdicts: Option<PathBuf>,
    pub(crate) publishers: Option<PathBuf>,
    pub(crate) risk: Option<PathBuf>,
    /// Days back that a new claim is held against.
    pub(crate) rematch_days: u32,
    /// Posts and people that a narrative or a group of questions needs on a day.
    pub(crate) group_posts: usize,
    pub(crate) group_people: u32,
}

/// What the environment says of the hub that models come from: a token, and another address.
///
/// A token has no place in a file that is passed around, and these are the names that everybody's machine has.
#[cfg(feature = "libtorch")]
pub(crate) fn hub() -> (Option<String>, Option<String>) {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    let named = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    (named("HF_TOKEN"), named("HF_ENDPOINT"))
}

/// Finds, reads and resolves the settings.
pub(crate) fn load(global: &Global) -> Result<Settings, Error> {
    let path = match &global.config {
        Some(path) => path.clone(),
        None => PLACES.iter().map(PathBuf::from).find(|path| path.exists()).ok_or(Error::None)?,
    };
    let text = std::fs::read_to_string(&path).map_err(|source| Error::Io { path: path.clone(), source })?;
    parse(&text, &path, global)
}

/// The settings where there are some, else the defaults: for commands that need no data folder.
pub(crate) fn load_or_defaults(global: &Global) -> Result<Settings, Error> {
    match load(global) {
        Err(Error::None) => defaults(global),
        found => found,
    }
}

/// The defaults.
pub(crate) fn defaults(global: &Global) -> Result<Settings, Error> {
    parse(STARTER, Path::new("polso.toml"), global)
}

/// Resolves settings from their text; relative paths start at the folder of `path`.
pub(crate) fn parse(text: &str, path: &Path, global: &Global) -> Result<Settings, Error> {
    let file = file::parse(text).map_err(|source| Error::Wrong { path: path.to_owned(), source: Box::new(source) })?;
    let base = path.parent().unwrap_or(Path::new("."));
    Ok(resolve(file, base, global))
}

fn resolve(file: file::File, base: &Path, global: &Global) -> Settings {
    let hash = file.hash();
    let file::File { data, track, collect, import, privacy, classify, claims, aggregate, report, alert } = file;
    let zone = report.timezone.0;
    let cores = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let data = Data::at(global.data.clone().unwrap_or_else(|| base.join(data.dir)));
    Settings {
        models: lineup(&classify.model, classify.heads.unwrap_or_default(), (base, &data)),
        data,
        track: Track {
            any: track.hashtags,
            all: track.all,
            none: track.none,
            without_words: track.without_words,
            start: track.start.map(|moment| moment.start(&zone)),
            end: track.end.map(|moment| moment.end(&zone)),
        },
        collect,
        base: base.to_owned(),
        inbox: import.inbox.map(|inbox| base.join(inbox)),
        max_row_bytes: import.max_row_mib.get() << 20,
        import_zone: import.timezone.0,
        keep_text_days: privacy.keep_text_days,
        min_people: privacy.min_people.0,
        classify: polso_classify::Config {
            threads: NonZeroUsize::new(classify.threads).unwrap_or(cores),
            batch_tokens: classify.batch_tokens.get(),
            min_lang_confidence: classify.min_language_confidence.0,
            cache_texts: classify.cache_texts,
            device: classify.device,
            precision: classify.precision,
        },
        claims: Claims {
            seeds: claims.seeds,
            messages: claims.messages.map(|path| base.join(path)),
            verdicts: claims.verdicts.map(|path| base.join(path)),
            publishers: claims.publishers.map(|path| base.join(path)),
            risk: claims.risk.map(|path| base.join(path)),
            rematch_days: claims.rematch_days,
            group_posts: claims.group_posts.get(),
            group_people: claims.group_people,
        },
        resamples: aggregate.resamples.get(),
        seed: aggregate.seed,
        top: aggregate.top,
        min_posts_to_compare: aggregate.min_posts_to_compare,
        min_authors_to_compare: aggregate.min_authors_to_compare,
        headline: aggregate.headline,
        max_missed_share: aggregate.max_missed_share.0,
        min_reviewed: aggregate.min_reviewed.get(),
        zone,
        language: report.language.0,
        call: report.call,
        title: Some(report.title).filter(|title| !title.is_empty()),
        expected_sources: report.expected_sources.into_iter().map(|source| source.0).collect(),
        beside: beside::Places::at(base, (report.events, report.actions, report.outside)),
        alert,
        hash,
    }
}

/// Which model reads what; relative folders start at the settings.
fn lineup(base_model: &str, heads: file::Heads, (base, data): (&Path, &Data)) -> Lineup {
    let placed = |name: &str| match data.model(name) {
        found if found != name || name == polso_classify::BUNDLED => found,
        _ => base.join(name).display().to_string(),
    };
    let file::Heads { sentiment, emotions, needs_checking, question } = heads;
    let named = [
        (Head::Sentiment, sentiment),
        (Head::Emotions, emotions),
        (Head::NeedsChecking, needs_checking),
        (Head::Question, question),
    ];
    let named = named.into_iter().filter_map(|(head, name)| Some((head, placed(&name?))));
    named.fold(Lineup::of(placed(base_model)), |lineup, (head, name)| lineup.with(head, name))
}

impl Settings {
    /// Every source that is to be asked.
    pub(crate) fn sources(&self) -> Result<Vec<Source>, AskError> {
        let sessions = self.data.sessions();
        self.collect.sources(&self.track, &Places { secrets: self.base.clone(), sessions })
    }

    /// Their names.
    pub(crate) fn doors(&self) -> Result<Vec<Door>, AskError> {
        Ok(self.sources()?.into_iter().map(|source| source.door).collect())
    }
}

#[cfg(test)]
mod tests;
