//! polso's own claims and messages in TOML (`seeds/claims.toml`, `seeds/messages.toml`), written by hand.
//!
//! Other than a stranger's file it is held whole and believed or refused whole: a typing error in it is to be mended, not
//! read over. Texts go through the same door as all others.

use super::draft::{self, shown};
use super::refusal::{Note, Refusal};
use super::rows::Rows;
use super::{ColumnMap, Format, FormatError, Options, PUBLISHERS, Publishers, VERDICTS, Verdicts};
use super::{date, lang, link};
use polso_domain::{Claim, ClaimId, ClaimKind, Topic, Verdict, Wording};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, Read};
use toml::Spanned;

const LARGEST_MIB: usize = 16;

/// What stands before the id of a message, so that a message and a claim may have one name.
const MESSAGE: &str = "message-";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    claim: Vec<Seed>,
    #[serde(default)]
    message: Vec<Message>,
}

#[derive(Deserialize)]
struct Seed {
    id: Spanned<String>,
    kind: String,
    verdict: String,
    topic: Option<String>,
    link: Option<String>,
    since: Option<String>,
    #[serde(flatten)]
    wordings: BTreeMap<String, Words>,
}

#[derive(Deserialize)]
struct Message {
    id: Spanned<String>,
    since: Option<String>,
    topic: Option<String>,
    link: Option<String>,
    #[serde(flatten)]
    wordings: BTreeMap<String, Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    text: String,
    answer: Option<String>,
    #[serde(default)]
    phrasings: Vec<String>,
}

/// The claims of a file of seeds, in their order, claims before messages.
pub fn seeds(toml: &str) -> Result<Vec<Claim>, FormatError> {
    let (verdicts, publishers) = (Verdicts::parse(VERDICTS)?, Publishers::parse(PUBLISHERS)?);
    let (columns, clean) = (ColumnMap::default(), |text: &str| text.to_owned());
    parse(toml, &Options { verdicts: &verdicts, publishers: &publishers, columns: &columns, clean: &clean })
}

/// Reads a whole file of seeds.
pub(crate) fn read(input: impl BufRead, rows: &mut Rows<'_>) -> Result<(), FormatError> {
    rows.found(Format::Seeds);
    let place = || "the start".to_owned();
    let limit = LARGEST_MIB << 20;
    let mut toml = String::new();
    let taken = input.take(limit as u64 + 1).read_to_string(&mut toml);
    if taken.map_err(|source| FormatError::Io { place: place(), source })? > limit {
        return Err(FormatError::TooLarge { place: "the file".to_owned(), limit_mib: LARGEST_MIB });
    }
    for claim in parse(&toml, rows.options)? {
        if rows.claim(claim).is_break() {
            break;
        }
    }
    Ok(())
}

fn parse(toml: &str, options: &Options<'_>) -> Result<Vec<Claim>, FormatError> {
    let file: File = toml::from_str(toml).map_err(|source| FormatError::Toml(Box::new(source)))?;
    let page = Page { toml, options };
    let claims = file.claim.into_iter().map(|seed| page.claim(seed));
    let messages = file.message.into_iter().map(|message| page.message(message));
    let mut lines: HashMap<ClaimId, usize> = HashMap::new();
    let mut all = Vec::new();
    for claim in claims.chain(messages) {
        let (claim, line) = claim?;
        if let Some(first) = lines.insert(claim.id.clone(), line) {
            return Err(FormatError::Twice { id: claim.id.to_string(), first, second: line });
        }
        all.push(claim);
    }
    Ok(all)
}

/// A file that is being read.
struct Page<'p> {
    toml: &'p str,
    options: &'p Options<'p>,
}

impl Page<'_> {
    fn claim(&self, seed: Seed) -> Result<(Claim, usize), FormatError> {
        let line = self.line(&seed.id);
        let wrong = |what, value: &str| FormatError::Seed { line, what, value: shown(value) };
        let kind = ClaimKind::named(&seed.kind)
            .filter(|kind| matches!(kind, ClaimKind::Rumour | ClaimKind::Fact | ClaimKind::Message))
            .ok_or_else(|| wrong("kind (`rumour`, `fact` or `message`)", &seed.kind))?;
        let verdict = match Verdict::named(&seed.verdict) {
            Verdict::Other(word) => return Err(wrong("verdict", &word)),
            known => known,
        };
        let id = ClaimId::new(seed.id.get_ref()).ok_or_else(|| wrong("id", seed.id.get_ref()))?;
        let rest = Rest { topic: seed.topic, link: seed.link, since: seed.since, wordings: seed.wordings };
        self.build((id, kind, verdict), rest, line)
    }

    fn message(&self, message: Message) -> Result<(Claim, usize), FormatError> {
        let line = self.line(&message.id);
        let wrong = |what, value: &str| FormatError::Seed { line, what, value: shown(value) };
        let id = ClaimId::new(&format!("{MESSAGE}{}", message.id.get_ref()));
        let id = id.ok_or_else(|| wrong("id", message.id.get_ref()))?;
        let rest = Rest { topic: message.topic, link: message.link, since: message.since, wordings: message.wordings };
        self.build((id, ClaimKind::Message, Verdict::True), rest, line)
    }

    fn build(
        &self,
        (id, kind, verdict): (ClaimId, ClaimKind, Verdict),
        rest: Rest,
        line: usize,
    ) -> Result<(Claim, usize), FormatError> {
        let topic = known(rest.topic.as_deref(), Topic::named, ("topic", line))?;
        let page = known(rest.link.as_deref(), link::web, ("web address", line))?;
        let since = known(rest.since.as_deref(), date::day, ("day like 2020-03-09", line))?;
        if rest.wordings.is_empty() {
            let what = "claim with a table such as `[claim.it]`";
            return Err(FormatError::Seed { line, what, value: id.to_string() });
        }
        let wordings = rest.wordings.into_iter().map(|(lang, words)| self.wording(&lang, &words, line));
        let wordings = wordings.collect::<Result<_, _>>()?;
        let claim = Claim { id, kind, verdict, topic, link: page, publisher: None, since, withdrawn: false, wordings };
        Ok((claim, line))
    }

    fn wording(&self, code: &str, words: &Words, line: usize) -> Result<Wording, FormatError> {
        let lang = known(Some(code), |code| lang::code(code).filter(|known| *known == code), ("language", line))?;
        let text = |raw: &str| self.text(raw, line);
        Ok(Wording {
            lang: lang.unwrap_or(lang::UNKNOWN).to_owned(),
            text: text(&words.text)?,
            answer: words.answer.as_deref().map(text).transpose()?,
            phrasings: words.phrasings.iter().map(|phrasing| text(phrasing)).collect::<Result<_, _>>()?,
        })
    }

    fn text(&self, raw: &str, line: usize) -> Result<String, FormatError> {
        let mut notes: Vec<Note> = Vec::new();
        let text = draft::words(raw, self.options, &mut notes);
        let wrong = |what| FormatError::Seed { line, what, value: shown(raw) };
        match text {
            Ok(Some(text)) if notes.is_empty() => Ok(text),
            Ok(Some(_)) | Err(Refusal::TooLong) => Err(wrong("text of at most 1,000 characters")),
            Err(Refusal::NotUtf8) => Err(wrong("text in UTF-8")),
            _ => Err(wrong("text")),
        }
    }

    fn line(&self, id: &Spanned<String>) -> usize {
        let before = self.toml.get(..id.span().start).unwrap_or_default();
        before.bytes().filter(|byte| *byte == b'\n').count() + 1
    }
}

/// What claims and messages have alike.
struct Rest {
    topic: Option<String>,
    link: Option<String>,
    since: Option<String>,
    wordings: BTreeMap<String, Words>,
}

fn known<T>(
    word: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
    (what, line): (&'static str, usize),
) -> Result<Option<T>, FormatError> {
    let Some(word) = word else { return Ok(None) };
    read(word).map(Some).ok_or_else(|| FormatError::Seed { line, what, value: shown(word) })
}
