//! Telegram: the preview pages of public channels, for whoever has read the terms and says so.
//!
//! There is no API that shows public channels to visitors, only the page that browsers are shown. It is asked slowly, and
//! only for channels: one voice that broadcasts. Groups, commenters and their names are never read.
//!
//! Invariants
//! * Nothing is asked unless `i_accept_the_terms` is set.
//! * A page that counts members instead of subscribers is a group, and is refused.
//! * A channel without a public preview is closed; another page than a channel's is no answer.
//!
//! Counts there are rounded (`1.7M`) and none is kept. Pictures and films without words are no posts.

mod page;
mod recheck;
#[cfg(test)]
mod tests;

use super::rounds::{Rounds, Step};
use super::{aside, cursor, words};
use crate::collector::{Ask, Collector, Door, Next, Page, Recheck, named};
use crate::config::Places;
use crate::files::{Fault, Row};
use crate::net::{AskError, Client, Request};
use crate::track::{Folding, Matcher, Track};
use async_trait::async_trait;
use page::{Message, Preview};
use polso_domain::{Claimed, PostKind, RawAuthor, RawEvent, RawPost, Reach, SetAside, SourceId, Timestamp};
use serde::Deserialize;
use std::time::Duration;
use url::Url;

/// Walks go back so far beyond the last one's start: messages are corrected in their first minutes.
const OVERLAP: Duration = Duration::from_hours(1);

const VERSION: u8 = 1;

/// What is said before it starts, and why it does not.
const TERMS: &str = "Telegram's preview pages are undocumented and may change or close any day; its terms restrict mass \
                     collection and the use of its data for machine learning. polso reads public channels only, never \
                     groups or commenters";

/// Public channels (`[[collect.telegram]]`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Its name in the ledger; `telegram` when not given.
    #[serde(default)]
    pub name: Option<String>,
    /// The channels, as in `t.me/name`.
    pub channels: Vec<String>,
    /// Whether all their messages are kept; otherwise those with a tracked word or hashtag.
    #[serde(default)]
    pub everything: bool,
    /// Minutes between two looks.
    #[serde(default = "half_an_hour")]
    pub every_minutes: u64,
    /// That somebody has read Telegram's terms and answers for this use.
    #[serde(default)]
    pub i_accept_the_terms: bool,
    /// Where the pages stand, for tests.
    #[serde(default = "base")]
    pub base: Url,
}

fn half_an_hour() -> u64 {
    30
}

#[expect(clippy::unwrap_used, reason = "the address is a constant, and a test reads it")]
fn base() -> Url {
    Url::parse("https://t.me/").unwrap()
}

/// Reads channels.
pub(crate) struct Telegram {
    config: Config,
    door: Door,
    source: SourceId,
    channels: Vec<String>,
    matcher: Matcher,
    /// When this listening began.
    since: Option<Timestamp>,
}

impl Config {
    /// Its name in the ledger.
    pub(crate) fn door(&self) -> Result<Door, AskError> {
        named(self.name.as_deref(), "telegram")
    }

    /// Makes the collector, if its terms are accepted.
    pub(crate) fn build(&self, track: &Track, _: &Places) -> Result<Telegram, AskError> {
        let settings = |what: &str, hint: String| AskError::Settings { what: what.to_owned(), hint };
        if !self.i_accept_the_terms {
            let hint = format!("{TERMS}. If that is lawful for you, set `i_accept_the_terms = true`, or take it out");
            return Err(settings("the terms of Telegram are not accepted", hint));
        }
        let bare = |name: &String| name.trim().trim_start_matches('@').to_owned();
        let channels: Vec<String> = self.channels.iter().map(bare).collect();
        if channels.is_empty() || !channels.iter().all(|name| is_channel(name)) {
            let hint = "write the names behind `t.me/`: letters, digits and `_`".to_owned();
            return Err(settings("`channels` names no channel, or something else", hint));
        }
        Ok(Telegram {
            config: self.clone(),
            door: self.door()?,
            source: named(None, "telegram")?,
            channels,
            matcher: track.matcher(Folding::Case),
            since: None,
        })
    }
}

fn is_channel(name: &str) -> bool {
    (2..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

impl Telegram {
    async fn fetch(&self, client: &Client, channel: &str, before: Option<&str>) -> Result<Preview, AskError> {
        let mut url = self.config.base.join(&format!("s/{channel}")).map_err(|_| AskError::Settings {
            what: format!("`{}` is no address of preview pages", self.config.base),
            hint: "leave `base` out of the settings".to_owned(),
        })?;
        if let Some(before) = before {
            url.query_pairs_mut().append_pair("before", before);
        }
        let shown = url.path().to_owned();
        let answer = match client.send(&Request::get(url)).await {
            Err(AskError::Redirected { host, .. }) => return Err(no_preview(host, channel)),
            answer => answer?.ok()?,
        };
        let host = answer.url.host_str().unwrap_or_default().to_owned();
        if !answer.url.path().eq_ignore_ascii_case(&shown) {
            return Err(no_preview(host, channel));
        }
        let preview = page::read(&answer)?;
        let counts = |word: &str| preview.counters.iter().any(|counter| counter.starts_with(word));
        if counts("member") {
            let what = format!("`{channel}` is a group");
            let hint = "groups are conversations of private people and are never read: take it out".to_owned();
            return Err(AskError::Closed { host, what, hint });
        }
        if before.is_none() && !counts("subscriber") {
            return Err(answer.garbled("a page that does not say whether it is a channel"));
        }
        Ok(preview)
    }

    /// What stands on a page, oldest first, and whether it reaches back to the mark.
    fn read(&self, preview: &Preview, step: &Step, now: Timestamp) -> (Vec<Row>, bool) {
        let mut rows = Vec::new();
        for (place, message) in preview.messages.iter().enumerate() {
            match self.message(message, (&step.lane, preview.title.as_deref()), now) {
                Ok(post) => rows.extend(post.map(|post| Row::Event(RawEvent::Post(Box::new(post))))),
                // No raw row: nobody can promise that a piece of a page has no names in it.
                Err(fault) => rows.push(aside::row(fault, &self.source, (place + 1, None))),
            }
        }
        let reached = preview.messages.iter().any(|message| message.sent.is_some_and(|sent| sent < step.back_to));
        (rows, reached)
    }

    fn message(
        &self,
        message: &Message,
        (channel, title): (&str, Option<&str>),
        now: Timestamp,
    ) -> Result<Option<RawPost>, Fault> {
        let malformed = |what: &str| Fault::new(SetAside::Malformed, what);
        let (own, number) = message.post.split_once('/').ok_or_else(|| malformed("`data-post` is no message"))?;
        if !own.eq_ignore_ascii_case(channel) || number.parse::<u64>().is_err() {
            return Err(malformed("`data-post` is a message of another channel, or none"));
        }
        let text = message.words.text.clone();
        if text.is_empty() {
            return Ok(None);
        }
        if message.odd_time {
            return Err(Fault::new(SetAside::BadTime, "`datetime` is no time"));
        }
        let when = Claimed::weigh(message.sent, now);
        let hashtags = words::hashtags(&text);
        let wanted = if self.config.everything {
            self.matcher.tolerates(&hashtags, &text, when.posted)
        } else {
            self.matcher.wants_words(&text, None, when.posted)
        };
        if !wanted {
            return Ok(None);
        }
        let (mentions, links) = self.apart(&message.words.links);
        let also = title.map(str::to_owned).into_iter().chain(message.signed.clone()).collect();
        Ok(Some(RawPost {
            source: self.source.clone(),
            id: message.post.clone(),
            author: RawAuthor { handle: own.to_owned(), also },
            text,
            lang: None,
            posted: when.posted,
            doubtful_date: when.doubtful,
            ask_again: Some(format!("{own}.{number}")),
            kind: match (message.passes_on, &message.answers) {
                (true, _) => PostKind::Repost,
                (false, Some(_)) => PostKind::Reply,
                (false, None) => PostKind::Original,
            },
            in_reply_to: message.answers.clone(),
            reposted: message.passed.clone(),
            mentions,
            hashtags,
            links,
            reach: Reach::default(),
        }))
    }

    /// Accounts and other links: `t.me/name` is an account.
    fn apart(&self, links: &[String]) -> (Vec<RawAuthor>, Vec<String>) {
        let account = |link: &String| {
            let url = Url::parse(link).ok()?;
            let own = url.host_str() == self.config.base.host_str() || url.host_str() == Some("t.me");
            let name = url.path().trim_matches('/');
            (own && is_channel(name)).then(|| RawAuthor { handle: name.to_owned(), also: Vec::new() })
        };
        let others = links.iter().filter(|link| account(link).is_none()).cloned().collect();
        (links.iter().filter_map(account).collect(), others)
    }
}

fn no_preview(host: String, channel: &str) -> AskError {
    AskError::Closed {
        host,
        what: format!("`{channel}` has no public preview"),
        hint: "check its name; private channels, groups and channels that switched the preview off cannot be read"
            .to_owned(),
    }
}

#[async_trait]
impl Collector for Telegram {
    fn door(&self) -> &Door {
        &self.door
    }

    fn notice(&self) -> Option<String> {
        Some(format!("{TERMS}."))
    }

    async fn page(&mut self, client: &Client, ask: &Ask<'_>) -> Result<Page, AskError> {
        let since = *self.since.get_or_insert(ask.now);
        let mut rounds: Rounds = cursor::read(client, ask.cursor, VERSION);
        let mut rows = Vec::new();
        if let Some(step) = rounds.step(&self.channels, ask, OVERLAP) {
            match self.fetch(client, &step.lane, step.page.as_deref()).await {
                Ok(preview) => {
                    let (read, reached) = self.read(&preview, &step, ask.now);
                    rows = read;
                    rounds.turned(&step, (preview.before, reached), ask);
                }
                // One of several that is closed does not silence the others.
                Err(AskError::Closed { what, .. }) if self.channels.len() > 1 => {
                    tracing::warn!(what, "a channel is left out");
                    rounds.skip(&step);
                }
                Err(error) => return Err(error),
            }
        }
        let (mut covered, mut next) = (None, Next::More);
        if let Some(ended) = rounds.end(&self.channels) {
            covered = ended.covered;
            next = ended.next(since, cursor::minutes(self.config.every_minutes));
        }
        Ok(Page { rows, cursor: cursor::write(rounds, VERSION), covered, lost: Vec::new(), next })
    }

    async fn knock(&mut self, client: &Client, _now: Timestamp) -> Result<String, AskError> {
        let Some(channel) = self.channels.first() else { return Ok("nothing to ask for".to_owned()) };
        let preview = self.fetch(client, channel, None).await?;
        Ok(format!("open: `{channel}` shows {} messages on its first page", preview.messages.len()))
    }

    fn recheck(&mut self) -> Option<&mut dyn Recheck> {
        Some(self)
    }
}
