//! A view of Lemmy's → a post, where it is one that is followed.
//!
//! A post is followed for its own words, a comment for its own or for those of the post it stands under. Deleted and
//! removed ones keep their place in some lists with nothing in them: they are no rows.

use super::markdown;
use super::wire::{Comment, Counts, Person, Post, View};
use crate::files::{Fault, Scalar, required};
use crate::stamp;
use crate::track::Matcher;
use polso_domain::{Claimed, PostKind, RawAuthor, RawPost, Reach, SetAside, SourceId, Timestamp};
use std::collections::HashMap;
use url::Url;

/// What views are read with.
pub(super) struct Reading<'r> {
    pub(super) source: &'r SourceId,
    pub(super) matcher: &'r Matcher,
    pub(super) languages: &'r HashMap<u64, String>,
    /// Comments of this page: numeric id to global one.
    pub(super) parents: &'r HashMap<u64, String>,
    pub(super) bots: bool,
    pub(super) now: Timestamp,
}

/// When an item says it was published.
pub(super) fn published(old: &Scalar<'_>, new: &Scalar<'_>) -> Option<Timestamp> {
    let text = new.clone().words().or_else(|| old.clone().words())?;
    stamp::rfc3339(&text)
}

/// The name and host behind an address such as `https://lemmy.example/u/seed_anna`.
pub(super) fn name_at_host(name: &Scalar<'_>, addresses: [&Scalar<'_>; 2]) -> Option<String> {
    let address = addresses.into_iter().find_map(|address| address.clone().words())?;
    let url = Url::parse(&address).ok()?;
    Some(format!("{}@{}", name.clone().words()?, url.host_str()?))
}

/// Whether nothing is left of a post.
pub(super) fn is_emptied(post: &Post<'_>) -> bool {
    post.deleted || post.removed || (post.name.clone().words().is_none() && post.body == Scalar::Missing)
}

impl Reading<'_> {
    /// The post or comment; `None` where it is not followed.
    pub(super) fn view(&self, view: &View<'_>) -> Result<Option<RawPost>, Fault> {
        if view.creator.deleted || (view.creator.bot_account && !self.bots) {
            return Ok(None);
        }
        match &view.comment {
            Some(comment) => self.comment(comment, view),
            None => self.post(view),
        }
    }

    fn post(&self, view: &View<'_>) -> Result<Option<RawPost>, Fault> {
        let post = &view.post;
        if is_emptied(post) {
            return Ok(None);
        }
        let title = required("post.name", post.name.clone().text())?;
        let said = said(&title, &post.body);
        let (when, lang) = (self.when(&post.published, &post.published_at)?, self.lang(post.language_id));
        if !self.matcher.wants_words(&said.text, lang.as_deref(), when.posted) {
            return Ok(None);
        }
        let mut links = said.links;
        links.extend(post.url.clone().text().filter(|url| !links.contains(url)));
        let counts = view.counts.as_ref();
        let count = |old: fn(&Counts<'_>) -> Option<u32>, own: &Scalar<'_>| counts.and_then(old).or(own.count());
        let reach = Reach {
            likes: count(|counts| counts.upvotes.count(), &post.upvotes),
            replies: count(|counts| counts.comments.count(), &post.comments),
            ..Reach::default()
        };
        let kept = RawPost {
            id: required("post.ap_id", post.ap_id.clone().text())?,
            ask_again: Some(format!("p{}", post.id)),
            links,
            reach,
            ..self.common(&view.creator, said.text, (lang, when))?
        };
        Ok(Some(kept))
    }

    fn comment(&self, comment: &Comment<'_>, view: &View<'_>) -> Result<Option<RawPost>, Fault> {
        let Some(content) = comment.content.clone().text().filter(|_| !(comment.deleted || comment.removed)) else {
            return Ok(None);
        };
        let said = markdown::read(&content);
        let (when, lang) = (self.when(&comment.published, &comment.published_at)?, self.lang(comment.language_id));
        let own = self.matcher.wants_words(&said.text, lang.as_deref(), when.posted);
        let tolerated = || self.matcher.tolerates::<&str>(&[], &said.text, when.posted);
        if !(own || self.wants_post(&view.post) && tolerated()) {
            return Ok(None);
        }
        let counts = view.counts.as_ref();
        let reach = Reach {
            likes: counts.and_then(|counts| counts.upvotes.count()).or(comment.upvotes.count()),
            replies: counts.and_then(|counts| counts.child_count.count()).or(comment.child_count.count()),
            ..Reach::default()
        };
        let kept = RawPost {
            id: required("comment.ap_id", comment.ap_id.clone().text())?,
            ask_again: Some(format!("c{}", comment.id)),
            kind: PostKind::Reply,
            in_reply_to: self.parent(comment, &view.post),
            links: said.links,
            reach,
            ..self.common(&view.creator, said.text, (lang, when))?
        };
        Ok(Some(kept))
    }

    /// Whether the post above a comment is itself one that is followed.
    fn wants_post(&self, post: &Post<'_>) -> bool {
        let title = post.name.clone().text().unwrap_or_default();
        let Some(posted) = published(&post.published, &post.published_at) else { return false };
        let lang = self.lang(post.language_id);
        !is_emptied(post) && self.matcher.wants_words(&said(&title, &post.body).text, lang.as_deref(), posted)
    }

    /// The global id of what a comment answers: its post at the top, a comment where this page shows it.
    fn parent(&self, comment: &Comment<'_>, post: &Post<'_>) -> Option<String> {
        let path = comment.path.clone().words()?;
        let mut steps = path.rsplit('.').map(|step| step.parse::<u64>().ok());
        match (steps.next()?, steps.next()??) {
            (Some(own), _) if own != comment.id => None,
            (_, 0) => post.ap_id.clone().text(),
            (_, parent) => self.parents.get(&parent).cloned(),
        }
    }

    fn common(
        &self,
        creator: &Person<'_>,
        text: String,
        (lang, when): (Option<String>, Claimed),
    ) -> Result<RawPost, Fault> {
        let addresses = [&creator.actor_id, &creator.ap_id];
        let handle = required("creator.name", name_at_host(&creator.name, addresses))?;
        let also = [&creator.name, &creator.display_name, &creator.actor_id, &creator.ap_id];
        let also = also.into_iter().filter_map(|other| other.clone().text()).collect();
        Ok(RawPost {
            source: self.source.clone(),
            id: String::new(),
            author: RawAuthor { handle, also },
            mentions: mentions(&text),
            text,
            lang,
            posted: when.posted,
            doubtful_date: when.doubtful,
            ask_again: None,
            kind: PostKind::Original,
            in_reply_to: None,
            reposted: None,
            hashtags: Vec::new(),
            links: Vec::new(),
            reach: Reach::default(),
        })
    }

    fn when(&self, old: &Scalar<'_>, new: &Scalar<'_>) -> Result<Claimed, Fault> {
        let missing = *old == Scalar::Missing && *new == Scalar::Missing;
        match published(old, new) {
            None if !missing => Err(Fault::new(SetAside::BadTime, "`published` is no time")),
            claim => Ok(Claimed::weigh(claim, self.now)),
        }
    }

    fn lang(&self, id: Option<u64>) -> Option<String> {
        self.languages.get(&id?).filter(|code| *code != "und").cloned()
    }
}

/// Title and body as one text.
fn said(title: &str, body: &Scalar<'_>) -> markdown::Said {
    let mut said = body.clone().words().map(|body| markdown::read(&body)).unwrap_or_default();
    let text = format!("{title}\n\n{}", said.text);
    text.trim_end().clone_into(&mut said.text);
    said
}

/// Accounts spelt `@name@host` among the words.
fn mentions(text: &str) -> Vec<RawAuthor> {
    let edge = |c: char| !c.is_alphanumeric() && c != '@' && c != '_';
    let named = text.split_whitespace().filter_map(|word| word.trim_matches(edge).strip_prefix('@'));
    let mut all: Vec<RawAuthor> = Vec::new();
    for handle in
        named.filter(|handle| handle.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')))
    {
        if all.iter().all(|known| known.handle != handle) {
            let name = handle.split('@').next().unwrap_or_default().to_owned();
            all.push(RawAuthor { handle: handle.to_owned(), also: vec![name] });
        }
    }
    all
}
