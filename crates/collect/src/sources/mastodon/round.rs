//! A round: every spelling read up to the round's beginning, one page at a time, then answers to what was found.

use super::collector::{Gathered, Mastodon};
use super::ids::LocalId;
use super::memory::Known;
use super::read::{self, Kept, Read, Why};
use super::walk::Sight;
use crate::collector::Span;
use crate::files::{Fault, Rejected, Row};
use crate::net::{AskError, Client};
use polso_domain::{PostKind, RawEvent, Timestamp};
use serde_json::value::RawValue;
use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Posts whose answers are read in one round: a request each.
const CONTEXTS: usize = 30;

/// Whether a question was refused in a way that says nothing of other questions.
fn is_about_it_alone(error: &AskError) -> bool {
    matches!(
        error,
        AskError::Server { .. } | AskError::Garbled { .. } | AskError::Refused { .. } | AskError::Missing { .. }
    )
}

/// A round that is under way.
pub(super) struct Round {
    began: Timestamp,
    /// Hashtags not yet read up to its beginning.
    unread: VecDeque<String>,
    /// Posts whose answers were read.
    contexts: usize,
}

/// What is next in a round.
enum Task {
    Walk(String),
    Answers(LocalId),
}

impl Mastodon {
    /// One request of the round; begins one when none is under way. At its end, the span that is read now.
    pub(super) async fn step(&mut self, client: &Client, gathered: &mut Gathered) -> Result<Option<Span>, AskError> {
        let (now, since) = (gathered.now, gathered.since);
        let unread = || self.spellings.iter().cloned().collect();
        let mut round = self.round.take().unwrap_or_else(|| Round { began: now, unread: unread(), contexts: 0 });
        let done = match self.task(&round, gathered) {
            Some(Task::Walk(tag)) => {
                let read = self.walk(client, (&tag, round.began), gathered).await;
                // One that is not read yet comes first again, one that failed last.
                match read {
                    Ok(false) => {}
                    Ok(true) => drop(round.unread.pop_front()),
                    Err(_) => round.unread.rotate_left(1),
                }
                read.map(|_| ())
            }
            Some(Task::Answers(id)) => {
                round.contexts += 1;
                self.answers(client, &id, gathered).await
            }
            None => Ok(()),
        };
        if done.is_err() || self.task(&round, gathered).is_some() {
            self.round = Some(round);
            return done.map(|()| None);
        }
        let interval_ms = i64::try_from(self.interval().as_millis()).unwrap_or(i64::MAX);
        self.next_round = Timestamp::from_millis(now.millis().saturating_add(interval_ms));
        gathered.state.tags.retain(|tag, _| self.spellings.contains(tag));
        let from = gathered.state.covered.map_or(since, Timestamp::from_millis);
        gathered.state.covered = Some(round.began.millis());
        Ok(Span::new(from, round.began))
    }

    fn task(&self, round: &Round, gathered: &Gathered) -> Option<Task> {
        if let Some(tag) = round.unread.front() {
            return Some(Task::Walk(tag.clone()));
        }
        let watching = self.config.reactions && round.contexts < CONTEXTS;
        watching.then(|| gathered.state.threads.due(self.watch(), gathered.now)).flatten().map(Task::Answers)
    }

    /// A page of a hashtag; whether it is read now up to the round's beginning.
    async fn walk(
        &mut self,
        client: &Client,
        (tag, round): (&str, Timestamp),
        gathered: &mut Gathered,
    ) -> Result<bool, AskError> {
        let mut walk = gathered.state.tags.get(tag).cloned().unwrap_or_default();
        let step = walk.step(&self.pace(gathered.since), round);
        let floor = walk.floor();
        let page = self.instance.page(client, tag, (&step, gathered.access)).await?;
        let probe = |raw: &str| {
            let (id, at) = read::probe(raw);
            Sight { id, at }
        };
        let sights: Vec<Sight> = page.iter().map(|raw| probe(raw.get())).collect();
        let read = walk.take(&sights, round).map_err(|_| AskError::Garbled {
            host: self.instance.host(),
            what: "pages of a timeline that go in circles".to_owned(),
        })?;
        gathered.state.tags.insert(tag.to_owned(), walk);
        // Newest first on the wire; in the order of their coming for everybody else.
        for (number, (raw, sight)) in page.iter().zip(&sights).enumerate().rev() {
            let too_old = sight.at.zip(floor).is_some_and(|(at, floor)| at < floor);
            if !too_old {
                self.receive((raw.get(), number), None, gathered);
            }
        }
        Ok(read)
    }

    async fn answers(&mut self, client: &Client, id: &LocalId, gathered: &mut Gathered) -> Result<(), AskError> {
        let descendants = match self.instance.context(client, id).await {
            Ok(Some(context)) => context.descendants,
            Ok(None) => {
                gathered.state.threads.forget(id);
                return Ok(());
            }
            // One thread that a server stumbles over must not keep the round from its end; it comes round again.
            Err(error) if is_about_it_alone(&error) => {
                tracing::warn!(door = %self.door, "the answers to a post cannot be read: {error}");
                Vec::new()
            }
            Err(error) => return Err(error),
        };
        if !descendants.is_empty() {
            let mut around: HashMap<LocalId, String> =
                descendants.iter().filter_map(|raw| read::names(raw.get())).collect();
            if let Some(uri) = self.uri_of(client, id).await? {
                around.insert(id.clone(), uri);
            }
            for (number, raw) in descendants.iter().enumerate() {
                self.receive((raw.get(), number), Some(&around), gathered);
            }
        }
        gathered.state.threads.done(id, (self.watch(), gathered.now));
        Ok(())
    }

    /// The address of a post, which no cursor may hold: from memory, or asked for.
    async fn uri_of(&self, client: &Client, id: &LocalId) -> Result<Option<String>, AskError> {
        if let Some(uri) = self.memory.uri_of(id) {
            return Ok(Some(uri.to_owned()));
        }
        let status: Option<Box<RawValue>> = self.instance.status(client, id.as_str()).await?;
        Ok(status.and_then(|raw| read::names(raw.get())).map(|(_, uri)| uri))
    }

    /// Takes a post, wherever it came from; `around` is given for those that came as answers.
    pub(super) fn receive(
        &mut self,
        (raw, number): (&str, usize),
        around: Option<&HashMap<LocalId, String>>,
        gathered: &mut Gathered,
    ) {
        let memory = &self.memory;
        let known = |id: &LocalId| memory.uri_of(id).map(str::to_owned);
        let why = around.map_or(Why::Tagged(&known), Why::Answer);
        match self.reader.read(raw, why, gathered.now) {
            Ok(Read::Kept(kept)) => self.keep(kept, around.is_none(), gathered),
            Ok(Read::Hidden { uri }) => self.take_back(&uri, gathered),
            // Edited away from what is followed. What was kept as an answer need not have been followed at all.
            Ok(Read::Passed { uri, stamp }) => {
                let edited = self.memory.look(&uri).is_some_and(|known| known.tagged && known.stamp != stamp);
                if edited {
                    self.take_back(&uri, gathered);
                }
            }
            Err(fault) => self.set_aside(fault, (raw, number), gathered),
        }
    }

    fn keep(&mut self, kept: Kept, tagged: bool, gathered: &mut Gathered) {
        let Kept { post, local, stamp } = kept;
        let known = self.memory.look(&post.id);
        if known.is_some_and(|known| known.stamp == stamp) {
            return;
        }
        let tagged = tagged || known.is_some_and(|known| known.tagged);
        let starts = matches!(post.kind, PostKind::Original | PostKind::Quote);
        if self.config.reactions && tagged && starts {
            gathered.state.threads.add(&local, post.posted, (self.watch(), gathered.now));
        }
        self.memory.keep(post.id.clone(), Known::new(local, stamp, tagged));
        gathered.rows.push(Row::Event(RawEvent::Post(post)));
    }

    /// Takes a post back if it was handed on.
    pub(super) fn take_back(&mut self, uri: &str, gathered: &mut Gathered) {
        if self.memory.look(uri).is_some() {
            self.memory.forget(uri);
            let source = self.reader.source.clone();
            gathered.rows.push(Row::Event(RawEvent::Delete { source, id: uri.to_owned() }));
        }
    }

    /// Sets a post aside, once: the overlap meets it every hour.
    fn set_aside(&mut self, fault: Fault, (raw, number): (&str, usize), gathered: &mut Gathered) {
        let mut hasher = DefaultHasher::new();
        match read::probe(raw) {
            (Some(id), _) => id.hash(&mut hasher),
            (None, _) => raw.hash(&mut hasher),
        }
        if !self.memory.refuse(hasher.finish()) {
            return;
        }
        let Fault { reason, detail } = fault;
        let (line, source) = (number as u64 + 1, self.reader.source.clone());
        gathered.rows.push(Row::SetAside(Rejected { reason, line, detail, raw: read::redacted(raw), source }));
    }
}
