//! One question at a time: answers to a comment, videos that were found, a search, the next page of comments.

use super::ask::Told;
use super::read::{self, Reading};
use super::state::{Due, State, Thread};
use super::wire::{Comment, Found, List, Thread as WireThread, Video};
use super::{OVERLAP, YouTube};
use crate::collector::Ask;
use crate::files::{Fault, Row};
use crate::net::{Answer, AskError, Client};
use crate::sources::aside;
use crate::sources::rounds::Step;
use crate::stamp;
use polso_domain::{RawEvent, RawPost, Timestamp};

/// Ids that one question takes.
pub(super) const IDS: usize = 50;

impl YouTube {
    /// The lists of comments that are walked: named channels, then videos, the newest finds first.
    pub(super) fn lanes(&self, state: &State) -> Vec<String> {
        let channels = self.config.channels.iter().map(|id| format!("channel {id}"));
        let videos = state.videos.iter().filter(|video| video.seen).map(|video| format!("video {}", video.id));
        channels.chain(videos).collect()
    }

    /// Puts the question that is due first.
    pub(super) async fn step(&self, client: &Client, ask: &Ask<'_>, state: &mut State) -> Result<Vec<Row>, AskError> {
        if !state.threads.is_empty() {
            return self.answers(client, ask.now, state).await;
        }
        if state.videos.iter().any(|video| !video.seen) {
            return self.videos(client, ask.now, state).await;
        }
        let due = state.search.due(&self.words, self.config.searches_per_day, (ask.since, ask.now));
        if let Some(due) = due
            && self.searches.left(ask.now)? > 0
        {
            self.search(client, &due, (ask.now, state)).await?;
            return Ok(Vec::new());
        }
        let lanes = self.lanes(state);
        match state.rounds.step(&lanes, ask, OVERLAP) {
            Some(step) => self.comments(client, (ask, &step), state).await,
            None => Ok(Vec::new()),
        }
    }

    async fn search(&self, client: &Client, due: &Due, (now, state): (Timestamp, &mut State)) -> Result<(), AskError> {
        let after = stamp::to_rfc3339(due.after);
        let mut query = vec![
            ("part", "snippet"),
            ("type", "video"),
            ("order", "date"),
            ("maxResults", "50"),
            ("publishedAfter", &after),
            ("q", &due.word),
        ];
        query.extend(due.page.as_deref().map(|page| ("pageToken", page)));
        match self.asker.ask(client, ("search", &query), &self.searches).await? {
            Told::Answer(answer) => {
                let list = list(&answer)?;
                for item in list.items.iter().flatten() {
                    let found: Found<'_> = serde_json::from_str(item.get()).unwrap_or_default();
                    let id = found.id.video_id.text().filter(|id| id.bytes().all(super::is_id_byte));
                    if let Some(id) = id {
                        state.watch(id, now);
                    }
                }
                state.search.done(due, list.next_page_token.text(), now);
            }
            Told::UsedUp => {
                self.searches.empty(now)?;
                state.search.failed(now);
            }
            Told::Disabled | Told::NotFound | Told::Hidden | Told::BadPage => state.search.failed(now),
        }
        Ok(())
    }

    /// Looks at videos that were found: which of them speak of what is followed.
    async fn videos(&self, client: &Client, now: Timestamp, state: &mut State) -> Result<Vec<Row>, AskError> {
        let unseen = state.videos.iter().filter(|video| !video.seen).map(|video| video.id.clone());
        let ids: Vec<String> = unseen.take(IDS).collect();
        let joined = ids.join(",");
        let query = [("part", "snippet,statistics"), ("id", joined.as_str()), ("maxResults", "50")];
        let answer = match self.asker.ask(client, ("videos", &query), &self.units).await? {
            Told::Answer(answer) => answer,
            Told::UsedUp => return self.used_up(now),
            Told::Disabled | Told::NotFound | Told::Hidden | Told::BadPage => {
                for id in &ids {
                    state.close(id);
                }
                return Ok(Vec::new());
            }
        };
        let list = list(&answer)?;
        let reading = self.reading(now);
        let (mut rows, mut followed) = (Vec::new(), Vec::new());
        for (place, item) in list.items.iter().flatten().enumerate() {
            let video: Result<Video<'_>, Fault> = serde_json::from_str(item.get()).map_err(|error| Fault::json(&error));
            let seen = video.and_then(|video| {
                let id = video.id.clone().text().unwrap_or_default();
                Ok((reading.video(&video, self.config.videos.contains(&id))?, id))
            });
            match seen {
                Ok((seen, id)) => {
                    followed.extend(seen.followed.then_some(id));
                    rows.extend(seen.post.map(event));
                }
                Err(fault) => rows.push(aside::row(fault, &self.source, (place + 1, Some(item.get())))),
            }
        }
        for id in ids {
            if followed.contains(&id) {
                state.videos.iter_mut().filter(|video| video.id == id).for_each(|video| video.seen = true);
            } else {
                state.close(&id);
            }
        }
        Ok(rows)
    }

    /// A page of comments, newest first.
    async fn comments(
        &self,
        client: &Client,
        (ask, step): (&Ask<'_>, &Step),
        state: &mut State,
    ) -> Result<Vec<Row>, AskError> {
        let (kind, id) = step.lane.split_once(' ').unwrap_or_default();
        let by = if kind == "channel" { "allThreadsRelatedToChannelId" } else { "videoId" };
        let mut query = vec![
            ("part", "snippet,replies"),
            (by, id),
            ("order", "time"),
            ("textFormat", "plainText"),
            ("maxResults", "100"),
        ];
        query.extend(step.page.as_deref().map(|page| ("pageToken", page)));
        match self.asker.ask(client, ("commentThreads", &query), &self.units).await? {
            Told::Answer(answer) => {
                let list = list(&answer)?;
                let page = self.threads(&list, (kind, id), ask.now);
                let reached = page.oldest.is_some_and(|oldest| oldest < step.back_to);
                let known = page.unread.into_iter().map(|id| Thread { id, page: None, again: false });
                state.threads.extend(known);
                state.rounds.turned(step, (list.next_page_token.text(), reached), ask);
                return Ok(page.rows);
            }
            Told::UsedUp => return self.used_up(ask.now),
            Told::BadPage => state.rounds.restart(step),
            Told::Disabled | Told::NotFound | Told::Hidden if kind == "video" => state.close(id),
            Told::Disabled | Told::NotFound | Told::Hidden => {
                tracing::warn!(lane = step.lane, "the channel shows no comments");
                state.rounds.skip(step);
            }
        }
        Ok(Vec::new())
    }

    fn threads(&self, list: &List<'_>, (kind, id): (&str, &str), now: Timestamp) -> Turned {
        let mut page = Turned::default();
        for (place, item) in list.items.iter().flatten().enumerate() {
            let thread: WireThread<'_> = match serde_json::from_str(item.get()) {
                Ok(thread) => thread,
                Err(error) => {
                    page.rows.push(aside::row(Fault::json(&error), &self.source, (place + 1, Some(item.get()))));
                    continue;
                }
            };
            let video = thread.snippet.video_id.clone().text().or_else(|| (kind == "video").then(|| id.to_owned()));
            let top = self.comment(thread.snippet.top_level_comment.get(), (video.as_deref(), place + 1), now);
            let inlined = thread.replies.map(|replies| replies.comments).unwrap_or_default();
            page.oldest = [page.oldest, top.at].into_iter().flatten().min();
            page.rows.extend(top.row);
            let all = thread.snippet.total_reply_count.count().unwrap_or(0);
            if usize::try_from(all).unwrap_or(usize::MAX) > inlined.len() {
                page.unread.extend(top.id);
            } else {
                let above = top.id.as_deref();
                page.rows
                    .extend(inlined.iter().filter_map(|reply| self.comment(reply.get(), (above, place + 1), now).row));
            }
        }
        page
    }

    /// A page of answers to one comment.
    async fn answers(&self, client: &Client, now: Timestamp, state: &mut State) -> Result<Vec<Row>, AskError> {
        let Some(Thread { id, page, again }) = state.threads.pop() else { return Ok(Vec::new()) };
        let mut query =
            vec![("part", "snippet"), ("parentId", id.as_str()), ("textFormat", "plainText"), ("maxResults", "100")];
        query.extend(page.as_deref().map(|page| ("pageToken", page)));
        let answer = match self.asker.ask(client, ("comments", &query), &self.units).await? {
            Told::Answer(answer) => answer,
            Told::UsedUp => return self.used_up(now),
            Told::BadPage if page.is_some() && !again => {
                state.threads.push(Thread { id, page: None, again: true });
                return Ok(Vec::new());
            }
            Told::Disabled | Told::NotFound | Told::Hidden | Told::BadPage => return Ok(Vec::new()),
        };
        let list = list(&answer)?;
        let items = list.items.iter().flatten().enumerate();
        let rows = items.filter_map(|(place, item)| self.comment(item.get(), (Some(&id), place + 1), now).row);
        let rows = rows.collect();
        if let Some(next) = list.next_page_token.text().filter(|next| page.as_ref() != Some(next)) {
            state.threads.push(Thread { id, page: Some(next), again });
        }
        Ok(rows)
    }

    fn comment(&self, json: &str, (above, place): (Option<&str>, usize), now: Timestamp) -> Read {
        let refused = |fault| Some(aside::row(fault, &self.source, (place, Some(json))));
        let comment: Comment<'_> = match serde_json::from_str(json) {
            Ok(comment) => comment,
            Err(error) => return Read { id: None, at: None, row: refused(Fault::json(&error)) },
        };
        let row = match self.reading(now).comment(&comment, above) {
            Ok(post) => post.map(event),
            Err(fault) => refused(fault),
        };
        Read { id: comment.id.clone().text(), at: read::published(&comment), row }
    }

    fn reading(&self, now: Timestamp) -> Reading<'_> {
        Reading { source: &self.source, matcher: &self.matcher, now }
    }

    /// The platform says so before our own book does: today is over.
    fn used_up(&self, now: Timestamp) -> Result<Vec<Row>, AskError> {
        self.units.empty(now)?;
        Err(self.units.used_up(now))
    }
}

/// What a page of comments held.
#[derive(Default)]
struct Turned {
    rows: Vec<Row>,
    /// Comments with more answers than were shown.
    unread: Vec<String>,
    oldest: Option<Timestamp>,
}

/// What one comment was.
struct Read {
    id: Option<String>,
    at: Option<Timestamp>,
    row: Option<Row>,
}

fn event(post: RawPost) -> Row {
    Row::Event(RawEvent::Post(Box::new(post)))
}

/// The answer as a list; anything else is no answer.
pub(super) fn list(answer: &Answer) -> Result<List<'_>, AskError> {
    let list: List<'_> =
        serde_json::from_slice(&answer.body).map_err(|_| match answer.json::<serde_json::Value>() {
            Ok(_) => answer.garbled("JSON of another shape"),
            Err(error) => error,
        })?;
    Ok(list)
}
