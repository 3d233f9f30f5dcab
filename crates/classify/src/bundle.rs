//! A model bundle: network, tokenizer, card and what it was calibrated on, from a folder or compiled in.

use crate::card::{BinaryHead, Head, Runs};
use crate::{Card, Error, Validation};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use tokenizers::Tokenizer;

/// The one place that says which model is compiled in. A macro, for the files' names are put together from it.
macro_rules! bundled {
    () => {
        "polso-mini-2"
    };
    ($file:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/", bundled!(), "/", $file))
    };
}

/// Id of the model that is compiled in, so that one file is all a machine needs.
pub const BUNDLED: &str = bundled!();

pub(crate) const CARD: &str = "card.toml";
const ONNX: &str = "model.onnx";
pub(crate) const SAFETENSORS: &str = "model.safetensors";
pub(crate) const CONFIG: &str = "config.json";
pub(crate) const TOKENIZER: &str = "tokenizer.json";
pub(crate) const VALIDATION: &str = "validation.csv";
const CLAIMS: &str = "claims.toml";

/// The network of a bundle.
pub(crate) enum Network {
    /// For rten: the file, in memory.
    Onnx(Cow<'static, [u8]>),
    /// For libtorch: where the weights lie, which are read piece by piece, and how the network is built.
    #[cfg_attr(not(feature = "libtorch"), expect(dead_code, reason = "only libtorch reads it"))]
    Safetensors { weights: PathBuf, config: Vec<u8> },
}

/// A bundle whose files are the ones its card speaks of.
pub struct Bundle {
    pub(crate) card: Card,
    pub(crate) network: Network,
    pub(crate) tokenizer: Tokenizer,
    validation: Option<Validation>,
    claims: Option<String>,
}

impl Bundle {
    /// The bundle of that name: [`BUNDLED`], or the path of a folder.
    pub fn named(name: &str) -> Result<Self, Error> {
        Source::named(name).load()
    }

    /// The model that is compiled in.
    pub fn bundled() -> Result<Self, Error> {
        Source::Compiled.load()
    }

    /// A bundle from a folder with a network, `tokenizer.json`, `card.toml` and what else the card names.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        Source::Folder(folder.to_owned()).load()
    }

    /// The card of the bundle of that name, without loading or verifying the rest.
    pub fn card_of(name: &str) -> Result<Card, Error> {
        Source::named(name).card()
    }

    /// The held-out posts of the bundle of that name, without loading or verifying the rest; `None` where it brings none.
    pub fn validation_of(name: &str) -> Result<Option<Validation>, Error> {
        let source = Source::named(name);
        source.validation(&source.card()?)
    }

    /// The same model with a head's probabilities as the network gives them: to calibrate it anew.
    #[must_use]
    pub fn uncalibrated(mut self, head: Head) -> Self {
        let card = &mut self.card;
        let plain = |head: &mut BinaryHead| (head.temperature, head.bias) = (1.0, 0.0);
        match head {
            Head::Sentiment => {
                if let Some(head) = &mut card.sentiment {
                    (head.temperature, head.bias) = (1.0, [0.0; 3]);
                    head.by_lang.clear();
                }
            }
            Head::Emotions => card.emotions.iter_mut().flat_map(|head| &mut head.each).for_each(plain),
            Head::NeedsChecking => card.needs_checking.iter_mut().for_each(plain),
            Head::Question => card.question.iter_mut().for_each(plain),
            Head::Vector => {}
        }
        self
    }

    /// What the model says of itself.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// Held-out posts whose mood is known; `None` where the bundle brings none.
    pub fn validation(&self) -> Option<&Validation> {
        self.validation.as_ref()
    }

    /// How claims are found by its vectors, as TOML for whoever matches them; `None` where the bundle does not say.
    pub fn claims(&self) -> Option<&str> {
        self.claims.as_deref()
    }
}

/// Where a bundle's files are.
pub(crate) enum Source {
    /// In the binary.
    Compiled,
    /// On the disk.
    Folder(PathBuf),
}

impl Source {
    pub(crate) fn named(name: &str) -> Self {
        if name == BUNDLED { Self::Compiled } else { Self::Folder(PathBuf::from(name)) }
    }

    pub(crate) fn card(&self) -> Result<Card, Error> {
        let path = self.path(CARD);
        let text = self.read(CARD)?;
        toml::from_str(&String::from_utf8_lossy(&text)).map_err(|source| Error::Card { path, source: Box::new(source) })
    }

    /// A file that the card names, if it is the one that the card means.
    pub(crate) fn verified(&self, card: &Card, file: &'static str) -> Result<Cow<'static, [u8]>, Error> {
        let bytes = self.read(file)?;
        matching(card, file, sha256(&bytes)).map(|()| bytes)
    }

    /// Looks whether a file is the one that the card means, without keeping it in memory.
    pub(crate) fn verify(&self, card: &Card, file: &'static str) -> Result<(), Error> {
        match self {
            Self::Compiled => self.verified(card, file).map(drop),
            Self::Folder(folder) => {
                let path = folder.join(file);
                let found = sha256_of(&path).map_err(|source| Error::Io { path, source })?;
                matching(card, file, found)
            }
        }
    }

    fn load(&self) -> Result<Bundle, Error> {
        let card = self.card()?;
        let network = self.network(&card)?;
        let tokenizer = tokenizer(&card, &self.verified(&card, TOKENIZER)?)?;
        let validation = self.validation(&card)?;
        let claims = match card.claims_sha256 {
            Some(_) => Some(String::from_utf8_lossy(&self.verified(&card, CLAIMS)?).into_owned()),
            None => None,
        };
        Ok(Bundle { card, network, tokenizer, validation, claims })
    }

    fn network(&self, card: &Card) -> Result<Network, Error> {
        match card.engine {
            Runs::Rten => self.verified(card, ONNX).map(Network::Onnx),
            Runs::Libtorch => {
                self.verify(card, SAFETENSORS)?;
                let config = self.verified(card, CONFIG)?.into_owned();
                Ok(Network::Safetensors { weights: self.path(SAFETENSORS), config })
            }
        }
    }

    pub(crate) fn validation(&self, card: &Card) -> Result<Option<Validation>, Error> {
        if card.validation_sha256.is_none() {
            return Ok(None);
        }
        let bytes = self.verified(card, VALIDATION)?;
        Validation::parse(&String::from_utf8_lossy(&bytes), &card.id).map(Some)
    }

    fn path(&self, file: &str) -> PathBuf {
        match self {
            Self::Compiled => PathBuf::from(file),
            Self::Folder(folder) => folder.join(file),
        }
    }

    fn read(&self, file: &str) -> Result<Cow<'static, [u8]>, Error> {
        match (self, file) {
            (Self::Compiled, CARD) => Ok(Cow::Borrowed(bundled!("card.toml"))),
            (Self::Compiled, ONNX) => Ok(Cow::Borrowed(bundled!("model.onnx"))),
            (Self::Compiled, TOKENIZER) => Ok(Cow::Borrowed(bundled!("tokenizer.json"))),
            (Self::Compiled, CLAIMS) => Ok(Cow::Borrowed(bundled!("claims.toml"))),
            (Self::Compiled, _) => Ok(Cow::Borrowed(bundled!("validation.csv"))),
            (Self::Folder(folder), _) => {
                let path = folder.join(file);
                std::fs::read(&path).map(Cow::Owned).map_err(|source| Error::Io { path, source })
            }
        }
    }
}

/// The files that a card names.
pub(crate) fn files(card: &Card) -> impl Iterator<Item = &'static str> {
    let network = match card.engine {
        Runs::Rten => ONNX,
        Runs::Libtorch => SAFETENSORS,
    };
    [network, CONFIG, TOKENIZER, VALIDATION, CLAIMS].into_iter().filter(|file| hash(card, file).is_some())
}

/// The hash that a card gives a file.
pub(crate) fn hash<'a>(card: &'a Card, file: &str) -> Option<&'a str> {
    match file {
        ONNX | SAFETENSORS => Some(&card.model_sha256),
        CONFIG => card.config_sha256.as_deref(),
        TOKENIZER => Some(&card.tokenizer_sha256),
        CLAIMS => card.claims_sha256.as_deref(),
        _ => card.validation_sha256.as_deref(),
    }
}

fn matching(card: &Card, file: &'static str, found: String) -> Result<(), Error> {
    let expected = hash(card, file).unwrap_or_default();
    if found == expected.to_ascii_lowercase() {
        return Ok(());
    }
    Err(Error::Mismatch { model: card.id.clone(), file, expected: expected.to_owned(), found })
}

/// Hexadecimal sha256.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Hexadecimal sha256 of a file of any size.
pub(crate) fn sha256_of(path: &Path) -> io::Result<String> {
    let mut digest = Sha256::new();
    io::copy(&mut File::open(path)?, &mut digest)?;
    Ok(hexadecimal(&digest.finalize()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

pub(crate) fn tokenizer(card: &Card, bytes: &[u8]) -> Result<Tokenizer, Error> {
    let refused = |source| Error::Tokenizer { model: card.id.clone(), source };
    let mut tokenizer = Tokenizer::from_bytes(bytes).map_err(refused)?;
    // Cutting and padding happen here, by the card; settings left in the file would do it a second time.
    tokenizer.with_padding(None);
    tokenizer.with_truncation(None).map_err(refused)?;
    Ok(tokenizer)
}
