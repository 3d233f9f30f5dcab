//! An item to the post that goes through the gate.

use super::lead;
use super::mark;
use super::read::{Author, Item, Markup, filled};
use crate::files::{Fault, required};
use crate::html;
use crate::track::Matcher;
use polso_domain::{Claimed, PostKind, RawAuthor, RawEvent, RawPost, Reach, SourceId, Timestamp};
use std::collections::HashSet;
use std::ops::Not;
use url::Url;

/// What an id tells, where the software behind a feed is known.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// What it answers.
    pub(crate) answers: Option<String>,
    /// Under which id it can be asked for again.
    pub(crate) ask_again: Option<String>,
}

/// What the items of a feed are.
#[derive(Clone)]
pub(crate) enum Talk {
    /// Said first here.
    Articles {
        /// All of them are wanted, not only those with a followed hashtag or word.
        all: bool,
    },
    /// Answers to articles.
    Answers {
        /// Which, if the feed is one article's.
        to: Option<String>,
        /// Marks of the articles whose answers are wanted; all are where there is no list.
        among: Option<HashSet<u64>>,
    },
}

/// How the items of a feed are looked at.
#[derive(Clone)]
pub(crate) struct Outlook {
    pub(crate) source: SourceId,
    pub(crate) matcher: Matcher,
    /// ISO 639-1; empty means all.
    pub(crate) languages: Vec<String>,
    pub(crate) talk: Talk,
    pub(crate) known_as: fn(&str) -> Known,
    /// The address that settings name.
    pub(crate) at: Url,
    /// What is followed, in one line: when it changes, a page is looked at again.
    pub(crate) query: String,
}

/// An item, put into words.
pub(crate) struct Told {
    pub(super) id: String,
    /// The article it belongs to.
    article: Option<String>,
    /// What it answers: the article, or another answer.
    answers: Option<String>,
    mentions: Vec<RawAuthor>,
    ask_again: Option<String>,
    text: String,
    tags: Vec<String>,
    links: Vec<String>,
    lang: Option<String>,
    author: RawAuthor,
    pub(super) claimed: Option<Timestamp>,
    /// The feed of its comments, on the same host.
    pub(super) comments: Option<Url>,
}

/// What the feed says for items that do not.
#[derive(Default)]
pub(crate) struct Around<'a> {
    pub(crate) language: Option<&'a str>,
    pub(crate) author: Option<&'a str>,
}

impl Outlook {
    /// Puts an item into words; refuses one that says nothing.
    pub(crate) fn tell(&self, item: Item, around: &Around<'_>) -> Result<Told, Fault> {
        let host = self.at.host_str().unwrap_or_default();
        let address = |written: &str| self.at.join(written.trim()).ok().filter(|url| url.scheme().starts_with("http"));
        let link = item.link.as_deref().or(item.id.as_deref().filter(|id| id.starts_with("http"))).and_then(address);
        let base = item.base.as_ref().or(link.as_ref()).unwrap_or(&self.at);
        let title = item.title.map(|markup| words(markup, base)).unwrap_or_default();
        let (is_answer, own) = match &self.talk {
            Talk::Articles { .. } => (false, None),
            Talk::Answers { to, .. } => (true, to.clone()),
        };
        let (to, body) =
            item.body.map_or((None, None), |body| if is_answer { lead::split(body) } else { (None, Some(body)) });
        let body = body.map(|markup| words(markup, base)).unwrap_or_default();
        // The title of an answer is its feed's: who answers what.
        let heading = if is_answer && !body.text.is_empty() { "" } else { &title.text };
        let text = required("title` and `content", filled(&joined(heading, &body.text)))?;
        let id = identity(item.id.as_deref(), host)
            .unwrap_or_else(|| made_up([link.as_ref().map_or("", Url::as_str), &title.text, &text], item.claimed));
        let known = (self.known_as)(&id);
        let article = item.article.or(known.answers).or(own);
        let parent = to.as_ref().zip(article.as_ref()).map(|(to, article)| format!("{article}#comment-{}", to.comment));
        let mut links: Vec<String> = link.into_iter().map(String::from).collect();
        links.extend(title.links.into_iter().chain(body.links));
        let mut tags: Vec<String> = item.tags.iter().filter_map(|tag| tag_of(tag)).collect();
        tags.extend(hashtags(&text));
        let comments = item.comments.as_deref().and_then(address);
        Ok(Told {
            author: account(&item.authors, around.author, host),
            comments: comments.filter(|url| url.host_str() == self.at.host_str() && url.port() == self.at.port()),
            answers: item.answers.or(parent).or_else(|| article.clone()),
            article,
            mentions: to.map(|to| somebody(&to.name, host, Vec::new())).into_iter().collect(),
            id,
            ask_again: item.ask_again.or(known.ask_again),
            text,
            tags,
            links: each_once(links),
            lang: item.language.as_deref().or(around.language).and_then(filled),
            claimed: item.claimed,
        })
    }

    /// Whether it is followed.
    pub(crate) fn wants(&self, told: &Told, posted: Timestamp) -> bool {
        let lang = told.lang.as_deref();
        if !speaks(&self.languages, lang) {
            return false;
        }
        match &self.talk {
            Talk::Articles { all: true } => self.matcher.tolerates(&told.tags, &told.text, posted),
            Talk::Articles { all: false } => is_followed(&self.matcher, (&told.tags, &told.text), lang, posted),
            Talk::Answers { among, .. } => {
                let wanted =
                    |among: &HashSet<u64>| told.article.as_ref().is_some_and(|id| among.contains(&mark::of(&[id])));
                among.as_ref().is_none_or(wanted) && self.matcher.tolerates(&told.tags, &told.text, posted)
            }
        }
    }

    /// The post.
    pub(super) fn post(&self, told: Told, when: Claimed) -> RawEvent {
        let (kind, in_reply_to) = match &self.talk {
            Talk::Articles { .. } => (PostKind::Original, None),
            Talk::Answers { .. } => (PostKind::Reply, told.answers),
        };
        RawEvent::Post(Box::new(RawPost {
            source: self.source.clone(),
            id: told.id,
            author: told.author,
            text: told.text,
            lang: told.lang,
            posted: when.posted,
            doubtful_date: when.doubtful,
            ask_again: told.ask_again,
            kind,
            in_reply_to,
            reposted: None,
            mentions: told.mentions,
            hashtags: told.tags,
            links: told.links,
            reach: Reach::default(),
        }))
    }
}

impl Told {
    /// Of what it says: another mark is an edit.
    pub(super) fn mark(&self) -> u64 {
        let tags = self.tags.join(" ");
        mark::of(&[&self.text, &self.links.join(" "), &tags])
    }
}

/// Whether an article is followed: by its tags, or by words that stand for them.
pub(crate) fn is_followed(
    matcher: &Matcher,
    (tags, text): (&[String], &str),
    lang: Option<&str>,
    posted: Timestamp,
) -> bool {
    matcher.wants(tags, text, lang, posted) || matcher.wants_words(&format!("{text}\n{}", tags.join(" ")), lang, posted)
}

/// Whether a language is one of these; one that is not told is.
pub(crate) fn speaks(languages: &[String], lang: Option<&str>) -> bool {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or(tag).to_lowercase();
    let Some(lang) = lang else { return true };
    languages.is_empty() || languages.iter().any(|own| primary(own) == primary(lang))
}

/// A category as a hashtag: written together.
pub(crate) fn tag_of(category: &str) -> Option<String> {
    let words: Vec<&str> = category.trim().trim_start_matches('#').split_whitespace().collect();
    // The drawer for what was put into none.
    filled(&words.concat()).filter(|tag| !tag.eq_ignore_ascii_case("uncategorized"))
}

/// Hashtags in a text.
pub(crate) fn hashtags(text: &str) -> Vec<String> {
    let tag = |word: &str| {
        let tag: String = word.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        tag.contains(char::is_alphabetic).then_some(tag)
    };
    let begun =
        text.match_indices('#').filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '/'));
    each_once(begun.filter_map(|(at, _)| tag(&text[at + 1..])).collect())
}

/// A title and what follows it; feeds of short posts repeat the beginning as a title.
pub(crate) fn joined(title: &str, body: &str) -> String {
    let beginning = title.trim_end_matches(['…', '.']).trim_end();
    match (title.is_empty(), body.is_empty()) {
        (false, false) if !body.starts_with(beginning) => format!("{title}\n\n{body}"),
        (_, false) => body.to_owned(),
        _ => title.to_owned(),
    }
}

/// Somebody who writes at a host; names are those of that host alone.
pub(crate) fn somebody(name: &str, host: &str, mut also: Vec<String>) -> RawAuthor {
    // Whoever runs a site often names it as his own: its links are no links to a person for that.
    let front = |url: &Url| url.host_str() == Some(host) && url.path() == "/" && url.query().is_none();
    also.retain(|one| Url::parse(one).is_ok_and(|url| front(&url)).not());
    also.push(name.to_owned());
    RawAuthor { handle: format!("{name}@{host}"), also }
}

/// The one voice of a host that names nobody. Spelt like an address, so that the host's own links are no links to a
/// person.
pub(crate) fn one_voice(host: &str) -> RawAuthor {
    RawAuthor { handle: format!("feed@{host}"), also: Vec::new() }
}

fn account(authors: &[Author], around: Option<&str>, host: &str) -> RawAuthor {
    let mut all = authors.iter();
    let Some(first) = all.next() else {
        return around.map_or_else(|| one_voice(host), |name| somebody(name, host, Vec::new()));
    };
    let others = all.flat_map(|other| std::iter::once(&other.name).chain(&other.also));
    somebody(&first.name, host, first.also.iter().chain(others).cloned().collect())
}

fn words(markup: Markup, base: &Url) -> html::Words {
    match markup {
        Markup::Html(text) => html::words_at(&text, Some(base)),
        Markup::Plain(text) => html::Words { text, links: Vec::new() },
    }
}

/// An id that is one everywhere; one that is not (`123`) is its host's.
fn identity(id: Option<&str>, host: &str) -> Option<String> {
    let id = id?;
    let everywhere =
        ["http://", "https://", "tag:", "urn:", "yt:", "at://"].iter().any(|scheme| id.starts_with(scheme));
    Some(if everywhere { id.to_owned() } else { format!("{host}/{id}") })
}

/// What stands for an id that is missing.
fn made_up([link, title, text]: [&str; 3], claimed: Option<Timestamp>) -> String {
    let said = if link.is_empty() && title.is_empty() { text } else { title };
    format!("{link}\n{said}\n{}", claimed.map_or(0, Timestamp::millis))
}

fn each_once(list: Vec<String>) -> Vec<String> {
    let mut known = HashSet::new();
    list.into_iter().filter(|one| known.insert(one.clone())).collect()
}
