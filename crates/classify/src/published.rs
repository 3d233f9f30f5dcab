//! From a published model to a bundle: what its folder holds, what its labels mean, and the card that says so.
//!
//! Nothing is guessed that a number hangs on: labels that do not say what they mean are asked for, and a file that could run
//! code when it is opened is refused. It installs nothing; `cli` does.

mod hub;
mod labels;
mod readme;

pub use hub::{Fetched, Hub, Progress};

use crate::bundle::{CONFIG, SAFETENSORS, TOKENIZER, sha256, sha256_of, tokenizer};
use crate::card::{BinaryHead, Head, Mood, Published, Runs, SentimentHead};
use crate::engine::libtorch::{Family, Weights};
use crate::{Card, EmotionsHead, Error, Languages};
use polso_domain::EMOTIONS;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// What a person says of a model that is to be added; the model itself says the rest.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The id that it gets.
    pub id: String,
    /// Where it came from.
    pub source: String,
    /// What it is for.
    pub task: Option<Head>,
    /// Pairs of a meaning and the label that has it.
    pub labels: Vec<(String, String)>,
    /// Languages that it is to read.
    pub languages: Vec<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// Where texts are cut.
    pub max_tokens: Option<usize>,
}

/// Posts are shorter; longer texts cost time and memory in the square of their length.
const USUAL_TOKENS: usize = 128;

/// The files of a published model.
const FILES: [&str; 3] = [CONFIG, TOKENIZER, SAFETENSORS];

/// A file that Python writes objects into; to open it is to run what stands in it.
const PICKLES: [&str; 5] = [".bin", ".pt", ".pth", ".ckpt", ".pkl"];

/// Looks whether a folder or a repository with these files holds a published model.
pub(crate) fn complete(model: &str, files: &[String], given: &[&str]) -> Result<(), Error> {
    let has = |name: &str| given.contains(&name) || files.iter().any(|file| file == name);
    if has(SAFETENSORS) && has(CONFIG) && has(TOKENIZER) {
        return Ok(());
    }
    let model = model.to_owned();
    if !has(SAFETENSORS) {
        if let Some(pickle) = files.iter().find(|file| PICKLES.iter().any(|end| file.ends_with(end))) {
            return Err(Error::Pickle { model, file: pickle.clone() });
        }
        if files.iter().any(|file| file.ends_with(".safetensors.index.json")) {
            return Err(Error::Sharded { model });
        }
    }
    let missing = FILES.into_iter().find(|file| !has(file)).unwrap_or(CONFIG);
    Err(Error::Incomplete { model, missing })
}

/// The names of the files in a folder.
pub fn files_in(folder: &Path) -> Result<Vec<String>, Error> {
    let unreadable = |source| Error::Io { path: folder.to_owned(), source };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        names.push(entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned());
    }
    names.sort_unstable();
    Ok(names)
}

/// The files of a published model in a folder, with a tokenizer from elsewhere where one is given, and `README.md` if there.
pub fn take(model: &str, folder: &Path, tokenizer: Option<&Path>) -> Result<Vec<(&'static str, PathBuf)>, Error> {
    let files = files_in(folder)?;
    complete(model, &files, if tokenizer.is_some() { &[TOKENIZER] } else { &[] })?;
    let mut taken: Vec<(&str, PathBuf)> = FILES.into_iter().map(|file| (file, folder.join(file))).collect();
    if let Some(tokenizer) = tokenizer {
        tokenizer.clone_into(&mut taken[1].1);
    }
    taken.extend(files.contains(&readme::FILE.to_owned()).then(|| (readme::FILE, folder.join(readme::FILE))));
    Ok(taken)
}

/// The card of a published model whose files lie in a folder.
pub fn card_of(folder: &Path, wish: &Wish) -> Result<Card, Error> {
    let path = |file: &str| folder.join(file);
    let read = |file: &str| std::fs::read(path(file)).map_err(|source| Error::Io { path: path(file), source });
    let hash = |file: &str| sha256_of(&path(file)).map_err(|source| Error::Io { path: path(file), source });
    let description = read(CONFIG)?;
    let refused = |what: String| Error::Config { model: wish.id.clone(), what };
    let config: Map<String, Value> =
        serde_json::from_slice(&description).map_err(|error| refused(format!("cannot be read: {error}")))?;
    is_for_labels(&config).map_err(refused)?;
    let weights = Weights::open(&path(SAFETENSORS), &wish.id)?;
    let (labels, answers) = labels::of(&config, weights.labels());
    let (head, means) = labels::meant(&labels, wish)?;
    let told = readme::told(&folder.join(readme::FILE));
    let mut card = Card {
        id: wish.id.clone(),
        engine: Runs::Libtorch,
        licence: wish.licence.clone().or(told.licence).unwrap_or_else(|| "not stated".to_owned()),
        languages: languages(wish, &told.languages)?,
        max_tokens: 0,
        model_sha256: hash(SAFETENSORS)?,
        tokenizer_sha256: hash(TOKENIZER)?,
        config_sha256: Some(hash(CONFIG)?),
        published: Some(Published { source: wish.source.clone(), answers, means }),
        ..Card::default()
    };
    put_head(&mut card, head);
    let positions = Family::parse(&description, &card)?.positions();
    card.max_tokens = wish.max_tokens.unwrap_or(USUAL_TOKENS).clamp(3, positions.max(3));
    fits(&card, &read(TOKENIZER)?, &config)?;
    card.id = versioned(&card);
    Ok(card)
}

/// The name with a version that is another for anything that makes other numbers: files, meanings, where texts are cut.
fn versioned(card: &Card) -> String {
    let means = card.published.as_ref().map(|published| published.means.join(","));
    let shaping = (&card.model_sha256, &card.tokenizer_sha256, &card.config_sha256, means, card.max_tokens);
    format!("{}@{}", card.id, &sha256(format!("{shaping:?}").as_bytes())[..7])
}

/// A published network has labels only where it was trained for them.
fn is_for_labels(config: &Map<String, Value>) -> Result<(), String> {
    let architectures: Vec<&str> =
        config.get("architectures").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    if architectures.is_empty() || architectures.iter().any(|name| name.ends_with("ForSequenceClassification")) {
        return Ok(());
    }
    Err(format!("is of a {}, which labels no texts; take one that was trained for that", architectures.join(", ")))
}

/// The languages that it is to read, of those that can be told apart.
fn languages(wish: &Wish, told: &[String]) -> Result<Vec<String>, Error> {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for lang in if wish.languages.is_empty() { told } else { &wish.languages } {
        if Languages::knows(lang) { known.push(lang.clone()) } else { unknown.push(lang.clone()) }
    }
    match (known.is_empty(), unknown.into_iter().next()) {
        (_, Some(lang)) if !wish.languages.is_empty() => Err(Error::Language { model: wish.id.clone(), lang }),
        (true, _) => Err(Error::Languageless { model: wish.id.clone() }),
        _ => Ok(known),
    }
}

/// The head as nobody has calibrated it.
fn put_head(card: &mut Card, head: Head) {
    let plain = BinaryHead { temperature: 1.0, bias: 0.0, threshold: 0.5 };
    let means = card.published.as_ref().map_or(&[][..], |published| &published.means);
    match head {
        Head::Sentiment => {
            let labels = [Mood::Negative, Mood::Neutral, Mood::Positive];
            card.sentiment = Some(SentimentHead {
                labels,
                temperature: 1.0,
                bias: [0.0; 3],
                by_lang: std::collections::BTreeMap::new(),
            });
        }
        Head::Emotions => {
            let known = |emotion: &&str| means.iter().any(|means| means == *emotion);
            let labels: Vec<usize> =
                EMOTIONS.iter().enumerate().filter(|(_, emotion)| known(emotion)).map(|(place, _)| place).collect();
            card.emotions = Some(EmotionsHead { each: vec![plain; labels.len()], labels });
        }
        Head::Question => card.question = Some(plain),
        _ => card.needs_checking = Some(plain),
    }
}

/// Whether the tokenizer speaks the network's language: no id beyond its table of words.
fn fits(card: &Card, bytes: &[u8], config: &Map<String, Value>) -> Result<(), Error> {
    let tokenizer = tokenizer(card, bytes)?;
    let words = config.get("vocab_size").and_then(Value::as_u64).unwrap_or(u64::MAX);
    let ids = tokenizer.get_vocab(true).into_values().max().map_or(0, |id| u64::from(id) + 1);
    if ids <= words {
        return Ok(());
    }
    Err(Error::Config {
        model: card.id.clone(),
        what: format!("has {words} words, and the tokenizer {ids}: it is another model's"),
    })
}
