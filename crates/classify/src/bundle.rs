//! A model bundle: network, tokenizer and card, from a folder or compiled in.

use crate::{Card, Error};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::path::Path;
use tokenizers::Tokenizer;

/// Id of the model that is compiled in, so that one file is all a machine needs.
pub const BUNDLED: &str = "polso-mini-1";

static MODEL: &[u8] = include_bytes!("../../../models/polso-mini-1/model.onnx");
static TOKENIZER: &[u8] = include_bytes!("../../../models/polso-mini-1/tokenizer.json");
static CARD: &str = include_str!("../../../models/polso-mini-1/card.toml");

/// A bundle whose files are the ones its card speaks of.
pub struct Bundle {
    pub(crate) card: Card,
    pub(crate) network: Cow<'static, [u8]>,
    pub(crate) tokenizer: Tokenizer,
}

impl Bundle {
    /// The bundle of that name: [`BUNDLED`], or the path of a folder.
    pub fn named(name: &str) -> Result<Self, Error> {
        if name == BUNDLED { Self::bundled() } else { Self::load(Path::new(name)) }
    }

    /// The card of the bundle of that name, without loading or verifying the rest.
    pub fn card_of(name: &str) -> Result<Card, Error> {
        if name == BUNDLED {
            return parse_card(CARD, Path::new("card.toml"));
        }
        let path = Path::new(name).join("card.toml");
        let text = std::fs::read(&path).map_err(|source| Error::Io { path: path.clone(), source })?;
        parse_card(&String::from_utf8_lossy(&text), &path)
    }

    /// The model that is compiled in.
    pub fn bundled() -> Result<Self, Error> {
        let card = parse_card(CARD, Path::new("card.toml"))?;
        Self::assemble(card, Cow::Borrowed(MODEL), TOKENIZER)
    }

    /// A bundle from a folder with `model.onnx`, `tokenizer.json` and `card.toml`.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|source| Error::Io { path, source })
        };
        let card = Self::card_of(&folder.display().to_string())?;
        Self::assemble(card, Cow::Owned(read("model.onnx")?), &read("tokenizer.json")?)
    }

    /// What the model says of itself.
    pub fn card(&self) -> &Card {
        &self.card
    }

    fn assemble(card: Card, network: Cow<'static, [u8]>, tokenizer: &[u8]) -> Result<Self, Error> {
        verify(&card, "model.onnx", &card.model_sha256, &network)?;
        verify(&card, "tokenizer.json", &card.tokenizer_sha256, tokenizer)?;
        let mut tokenizer =
            Tokenizer::from_bytes(tokenizer).map_err(|source| Error::Tokenizer { model: card.id.clone(), source })?;
        // Cutting and padding happen here, by the card; settings left in the file would do it a second time.
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(|source| Error::Tokenizer { model: card.id.clone(), source })?;
        Ok(Self { card, network, tokenizer })
    }
}

fn parse_card(text: &str, path: &Path) -> Result<Card, Error> {
    toml::from_str(text).map_err(|source| Error::Card { path: path.to_owned(), source: Box::new(source) })
}

fn verify(card: &Card, file: &'static str, expected: &str, bytes: &[u8]) -> Result<(), Error> {
    let found = Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    if found == expected.to_ascii_lowercase() {
        return Ok(());
    }
    Err(Error::Mismatch { model: card.id.clone(), file, expected: expected.to_owned(), found })
}
