//! The lists of a site as REST tells them.

use super::State;
use super::lists::{List, Lists, Part, follow, follow_number};
use super::site::list;
use super::walk::{PAGE, Step};
use super::wire::{COMMENT_FIELDS, Comment, POST_FIELDS, Post, time};
use crate::files::Fault;
use crate::net::{Answer, AskError, Client, Request};
use crate::sources::feed::mark;
use crate::sources::feed::post::{Around, Outlook};
use crate::sources::feed::sieve::{Sieve, Sifted};
use crate::stamp;
use polso_domain::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::collections::{BTreeSet, HashMap, HashSet};
use url::Url;

/// WordPress' word for a page behind the last one.
pub(super) const PAST_THE_END: &str = "rest_post_invalid_page_number";

/// Posts are read again for a day: clocks go back, and a post may be let through late.
const POSTS_AGAIN_MS: i64 = 24 * 3_600_000;

/// Comments wait for somebody to let them through, and keep the date at which they were written: two days.
const COMMENTS_AGAIN_MS: i64 = 48 * 3_600_000;

const EDITS_AGAIN_MS: i64 = 60_000;

/// An answer from so much before what was asked for is to another question. Sites are at most 26 hours apart.
const ASTRAY_MS: i64 = 27 * 3_600_000;

/// A site's REST.
pub(super) struct Rest<'r> {
    pub(super) lists: &'r Lists,
    pub(super) client: &'r Client,
    pub(super) root: &'r Url,
    /// Names of posts by their number.
    pub(super) names: &'r mut HashMap<u64, String>,
}

/// An entry of a list: what it says, or why it cannot be used.
type Entry<'a, T> = (Result<T, Fault>, &'a str);

impl Rest<'_> {
    /// The next part of a list.
    pub(super) async fn part(&mut self, state: &mut State, (which, began): (List, i64)) -> Result<Part, AskError> {
        if which == List::Edits && state.no_edits {
            return Ok(Part { is_done: true, ..Part::default() });
        }
        let since = Timestamp::from_millis(state.since);
        let step = match which {
            List::Posts => state.posts.step(since, POSTS_AGAIN_MS),
            List::Edits => state.edits.step(since, EDITS_AGAIN_MS),
            List::Comments => state.comments.step(since, COMMENTS_AGAIN_MS),
        };
        let asked = self.client.now();
        let answer = match self.ask(which, step).await {
            Err(AskError::Refused { code, .. }) if code == "rest_invalid_param" && which == List::Edits => {
                state.no_edits = true;
                return Ok(Part { is_done: true, ..Part::default() });
            }
            answer => answer?,
        };
        let raw: Vec<Box<RawValue>> = match &answer {
            Some(answer) => answer.json()?,
            None => Vec::new(),
        };
        let (dates, sifted) = match which {
            List::Comments => self.comments(state, &raw, asked).await?,
            List::Posts | List::Edits => self.posts(state, &raw, (which, asked)),
        };
        let is_astray = dates.iter().min().is_some_and(|oldest| *oldest < step.after.millis() - ASTRAY_MS);
        match (is_astray, answer) {
            (true, _) if which == List::Edits => {
                state.no_edits = true;
                return Ok(Part { is_done: true, ..Part::default() });
            }
            (true, Some(answer)) => return Err(answer.garbled("other dates than those that were asked for")),
            _ => {}
        }
        let turned = (raw.len(), dates.into_iter().max());
        let (walk, memory) = match which {
            List::Posts => (&mut state.posts, &mut state.seen_posts),
            List::Edits => (&mut state.edits, &mut state.seen_posts),
            List::Comments => (&mut state.comments, &mut state.seen_comments),
        };
        memory.remember(sifted.seen);
        let is_done = walk.turned(turned, began);
        Ok(Part { rows: sifted.rows, is_done, ..Part::default() })
    }

    /// One page of a list; `None` behind the last one.
    async fn ask(&self, which: List, step: Step) -> Result<Option<Answer>, AskError> {
        let (name, after, order, fields) = match which {
            List::Posts => ("posts", "after", "date", POST_FIELDS),
            List::Edits => ("posts", "modified_after", "modified", POST_FIELDS),
            List::Comments => ("comments", "after", "date_gmt", COMMENT_FIELDS),
        };
        let mut parameters = vec![
            (after, stamp::to_rfc3339(step.after)),
            ("order", "asc".to_owned()),
            ("orderby", order.to_owned()),
            ("per_page", PAGE.to_string()),
            ("_fields", fields.to_owned()),
        ];
        parameters.extend((which != List::Comments).then(|| ("_embed", "author,wp:term".to_owned())));
        parameters.extend((step.page > 1).then(|| ("page", step.page.to_string())));
        let answer = self.client.send(&Request::get(list(self.root, name, &parameters))).await?;
        match answer.ok() {
            Err(AskError::Refused { code, .. }) if code == PAST_THE_END => Ok(None),
            answer => answer.map(Some),
        }
    }

    fn posts(
        &mut self,
        state: &mut State,
        raw: &[Box<RawValue>],
        (which, asked): (List, Timestamp),
    ) -> (Vec<i64>, Sifted) {
        let (mut dates, mut read) = (Vec::with_capacity(raw.len()), Vec::with_capacity(raw.len()));
        let mut sieve = Sieve::new(&self.lists.posts, &state.seen_posts.0, (asked, state.since));
        for (place, entry) in (1..).zip(raw.iter().map(|raw| entry::<Post>(raw))) {
            let Some(post) = kept(&mut sieve, entry, place) else { continue };
            let (date, modified) = (time(post.date_gmt.as_deref()), time(post.modified_gmt.as_deref()));
            dates.extend(if which == List::Edits { modified } else { date }.map(Timestamp::millis));
            let (id, item) = (post.id, post.item(&self.lists.site));
            let name = item.id.clone().unwrap_or_default();
            read.push((id, name.clone(), date.is_some_and(|date| date.millis() >= state.since)));
            self.names.insert(id, name);
            sieve.item(item, &Around::default(), place);
        }
        let sifted = sieve.end();
        let followed: HashSet<&str> = sifted.followed.iter().map(|post| post.id.as_str()).collect();
        for (id, name, _) in
            read.into_iter().filter(|(_, name, is_fresh)| *is_fresh || followed.contains(name.as_str()))
        {
            follow_number(state, id, followed.contains(name.as_str()));
        }
        follow(state, &sifted.followed);
        (dates, sifted)
    }

    async fn comments(
        &mut self,
        state: &mut State,
        raw: &[Box<RawValue>],
        asked: Timestamp,
    ) -> Result<(Vec<i64>, Sifted), AskError> {
        let read: Vec<Entry<'_, Comment>> = raw.iter().map(|raw| entry(raw)).collect();
        let posts = read.iter().filter_map(|(comment, _)| comment.as_ref().ok()).map(|comment| comment.post);
        let is_known = |post: &u64| {
            let is_followed = if self.lists.all_comments { Some(true) } else { state.followed.get(post).copied() };
            is_followed.is_some_and(|is_followed| !is_followed || self.names.contains_key(post))
        };
        let unknown: BTreeSet<u64> = posts.filter(|post| !is_known(post)).collect();
        self.look_up(state, unknown, asked).await?;
        let mut dates = Vec::with_capacity(raw.len());
        let mut sieve = Sieve::new(&self.lists.comments, &state.seen_comments.0, (asked, state.since));
        for (place, entry) in (1..).zip(read) {
            let json = entry.1;
            let Some(comment) = kept(&mut sieve, entry, place) else { continue };
            dates.extend(time(comment.date_gmt.as_deref()).map(Timestamp::millis));
            if self.lists.all_comments || state.followed.get(&comment.post).copied().unwrap_or(false) {
                let name = self.names.get(&comment.post).cloned();
                match comment.item(&name.unwrap_or_default()) {
                    Ok(item) => sieve.item(item, &Around::default(), place),
                    Err(fault) => sieve.refuse(&fault, (mark::of(&[json]), place), Some(json)),
                }
            }
        }
        Ok((dates, sieve.end()))
    }

    /// Finds out whether posts are followed. One that REST does not show (a page, a draft) is not.
    async fn look_up(&mut self, state: &mut State, unknown: BTreeSet<u64>, asked: Timestamp) -> Result<(), AskError> {
        let unknown: Vec<u64> = unknown.into_iter().collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let numbers: Vec<String> = unknown.iter().map(ToString::to_string).collect();
        let parameters = [
            ("include", numbers.join(",")),
            ("per_page", PAGE.to_string()),
            ("_fields", POST_FIELDS.to_owned()),
            ("_embed", "author,wp:term".to_owned()),
        ];
        let answer = self.client.send(&Request::get(list(self.root, "posts", &parameters))).await?.ok()?;
        let raw: Vec<Box<RawValue>> = answer.json()?;
        for post in unknown {
            follow_number(state, post, false);
            self.names.insert(post, self.lists.site.post(post));
        }
        for post in raw.iter().filter_map(|raw| entry::<Post>(raw).0.ok()) {
            let (id, item) = (post.id, post.item(&self.lists.site));
            self.names.extend(item.id.clone().map(|name| (id, name)));
            follow_number(state, id, is_followed(&self.lists.posts, item, asked));
        }
        Ok(())
    }
}

fn is_followed(outlook: &Outlook, item: crate::sources::feed::read::Item, asked: Timestamp) -> bool {
    outlook.tell(item, &Around::default()).is_ok_and(|told| outlook.wants(&told, asked))
}

fn entry<T: DeserializeOwned>(raw: &RawValue) -> Entry<'_, T> {
    (serde_json::from_str(raw.get()).map_err(|error| Fault::json(&error)), raw.get())
}

/// The entry, or a row that says why there is none.
fn kept<T>(sieve: &mut Sieve<'_>, (entry, json): Entry<'_, T>, place: usize) -> Option<T> {
    match entry {
        Ok(entry) => Some(entry),
        Err(fault) => {
            sieve.refuse(&fault, (mark::of(&[json]), place), Some(json));
            None
        }
    }
}
