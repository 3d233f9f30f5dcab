//! What a row says, and the rules by which it becomes a claim: one place for all formats.

use super::refusal::{Note, Refusal};
use super::verdicts::Rating;
use super::{Options, date, lang, link, text};
use polso_domain::{Claim, ClaimId, ClaimKind, Day, Topic, Verdict, Wording};

/// The longest verdict that no table knows, in characters.
const LONGEST_VERDICT: usize = 80;
/// Digits of the hash in an id.
const HASH_DIGITS: usize = 16;

/// A row as it was found: words of a stranger, nothing checked.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// Its own id; only a table has one.
    pub(crate) id: Option<String>,
    pub(crate) text: Option<String>,
    pub(crate) answer: Option<String>,
    pub(crate) verdict: Option<String>,
    pub(crate) rating: Option<Rating>,
    pub(crate) lang: Option<String>,
    pub(crate) date: Option<String>,
    /// The address of the review.
    pub(crate) review: Option<String>,
    /// Addresses of those who published it, the most telling first.
    pub(crate) sites: Vec<String>,
    pub(crate) kind: Option<String>,
    pub(crate) topic: Option<String>,
    /// A row of somebody's own table: it needs no publisher, and its link is the page that answers it.
    pub(crate) own: bool,
}

impl Draft {
    /// The claim, and what could not be taken into it.
    pub(crate) fn settle(&self, options: &Options<'_>) -> Result<(Claim, Vec<Note>), Refusal> {
        let mut notes = Vec::new();
        let (text, answer) = self.texts(options, &mut notes)?;
        let publisher = self.publisher(options)?;
        let verdict = self.verdict(options);
        let link = self.review.as_deref().and_then(link::web);
        let lang = self.lang.as_deref().and_then(lang::code);
        let since = self.date.as_deref().and_then(date::day);
        let topic = self.topic.as_deref().and_then(|word| Topic::named(&word.trim().to_lowercase()));
        notes.extend(lost(self.review.is_some(), link.is_some()).map(|()| Note::Link));
        notes.extend(lost(self.date.is_some(), since.is_some()).map(|()| Note::Date));
        notes.extend(lost(self.topic.is_some(), topic.is_some()).map(|()| Note::Topic));
        notes.extend(lost(self.lang.is_some(), lang.is_some()).map(|()| Note::Language));
        let claim = Claim {
            id: self.id(publisher.as_deref(), link.as_deref(), &text)?,
            kind: self.kind(&verdict)?,
            verdict,
            topic,
            link,
            publisher,
            since,
            withdrawn: false,
            wordings: vec![Wording {
                lang: lang.unwrap_or(lang::UNKNOWN).to_owned(),
                text,
                answer,
                phrasings: Vec::new(),
            }],
        };
        Ok((claim, notes))
    }

    fn texts(&self, options: &Options<'_>, notes: &mut Vec<Note>) -> Result<(String, Option<String>), Refusal> {
        // Half a verdict is none: it would be shown as the word of those who checked.
        if self.verdict.as_deref().is_some_and(|word| word.contains('\u{fffd}')) {
            return Err(Refusal::NotUtf8);
        }
        let text = words(self.text.as_deref().ok_or(Refusal::NoText)?, options, notes)?.ok_or(Refusal::NoText)?;
        let answer = self.answer.as_deref().map(|answer| words(answer, options, notes)).transpose()?;
        Ok((text, answer.flatten()))
    }

    /// The host of the review, or of those who published it.
    fn publisher(&self, options: &Options<'_>) -> Result<Option<String>, Refusal> {
        if self.own && self.sites.is_empty() {
            return Ok(None);
        }
        let review = self.review.iter().filter(|_| !self.own);
        let host = review.chain(&self.sites).find_map(|site| link::host(site)).ok_or(Refusal::NoPublisher)?;
        if options.publishers.allows(&host) { Ok(Some(host)) } else { Err(Refusal::NotAllowed { host }) }
    }

    /// A word before a number; what no table knows stays as it is. Nobody's verdict is that it is not proven.
    fn verdict(&self, options: &Options<'_>) -> Verdict {
        let word = self.verdict.as_deref().map(|word| bounded(word, text::LONGEST_RAW));
        let word = word.map(text::plain).filter(|word| text::says_something(word));
        let Some(word) = word else {
            return self.rating.and_then(Rating::verdict).unwrap_or(Verdict::Unproven);
        };
        let own = || {
            let own = text::cut(&text::tidy(&(options.clean)(&word)), LONGEST_VERDICT);
            // Cleaning may leave nothing, and a word of ours must not come in by a way around the table.
            if text::says_something(&own) { Verdict::Other(own) } else { Verdict::Unproven }
        };
        options.verdicts.read(&word).unwrap_or_else(own)
    }

    fn kind(&self, verdict: &Verdict) -> Result<ClaimKind, Refusal> {
        let is_so = matches!(verdict, Verdict::True | Verdict::MostlyTrue);
        let Some(word) = &self.kind else {
            return Ok(if is_so { ClaimKind::Fact } else { ClaimKind::Rumour });
        };
        match ClaimKind::named(&word.trim().to_lowercase()) {
            Some(kind @ (ClaimKind::Rumour | ClaimKind::Fact | ClaimKind::Message)) => Ok(kind),
            _ => Err(Refusal::BadKind { kind: shown(word) }),
        }
    }

    /// Its own, or the publisher's host with a hash. Many claims of a table may share a link, so that it is no part of theirs.
    fn id(&self, publisher: Option<&str>, link: Option<&str>, text: &str) -> Result<ClaimId, Refusal> {
        if let Some(id) = &self.id {
            let lower = id.trim().to_lowercase();
            return ClaimId::new(&lower).ok_or_else(|| Refusal::BadId { id: shown(id) });
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update(link.filter(|_| !self.own).unwrap_or_default().as_bytes());
        hasher.update(b"\n");
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            hasher.update(word.to_lowercase().as_bytes());
            hasher.update(b" ");
        }
        let hash = &hasher.finalize().to_hex()[..HASH_DIGITS];
        let host = publisher.unwrap_or("own");
        let host = &host[..host.len().min(ClaimId::LONGEST - HASH_DIGITS - 1)];
        let id = format!("{host}-{hash}");
        ClaimId::new(&id).ok_or(Refusal::BadId { id })
    }
}

/// The day of a claim as a number that can be compared: undated ones are the oldest.
pub(crate) fn age(since: Option<Day>) -> i32 {
    since.map_or(i32::MIN, Day::epoch_days)
}

/// A foreign text as it may stand in the library; `None` when nothing is left of it.
pub(crate) fn words(raw: &str, options: &Options<'_>, notes: &mut Vec<Note>) -> Result<Option<String>, Refusal> {
    if raw.contains('\u{fffd}') {
        return Err(Refusal::NotUtf8);
    }
    if raw.chars().nth(text::LONGEST_RAW).is_some() {
        return Err(Refusal::TooLong);
    }
    let whole = text::tidy(&(options.clean)(&text::plain(raw)));
    let short = text::cut(&whole, text::LONGEST);
    notes.extend((short != whole).then_some(Note::Cut));
    Ok(Some(short).filter(|text| text::says_something(text)))
}

/// The first characters.
fn bounded(text: &str, longest: usize) -> &str {
    text.char_indices().nth(longest).map_or(text, |(end, _)| &text[..end])
}

/// A stranger's word in a message.
pub(crate) fn shown(word: &str) -> String {
    text::cut(&text::plain(bounded(word, text::LONGEST)), 40)
}

fn lost(given: bool, taken: bool) -> Option<()> {
    (given && !taken).then_some(())
}
