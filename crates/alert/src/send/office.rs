//! The post office: plans, writes down, sends, tries again, writes down.

use super::carrier::{Patience, carry};
use super::config::{Config, Places};
use super::error::Error;
use super::event::Event;
use super::id::EventId;
use super::letter::Letter;
use super::net::Net;
use super::outbox::{Entry, Outbox, State};
use super::plan::{Fate, Present, replaces};
use super::receiver::Receiver;
use super::way::Door;
use jiff::tz::TimeZone;
use polso_domain::{Timestamp, Zone};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Everything that telling needs.
pub struct Office {
    config: Config,
    places: Places,
    receivers: Vec<Receiver>,
    net: Net,
    zone: Zone,
    clock: TimeZone,
    patience: Patience,
}

/// What came of telling an event to a receiver.
#[derive(Debug)]
pub struct Told {
    /// The receiver's name.
    pub receiver: String,
    /// The event's.
    pub id: EventId,
    /// Its title.
    pub title: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of telling.
#[derive(Debug)]
pub enum Outcome {
    /// The receiver said yes.
    Sent,
    /// It waits for the end of the receiver's quiet hours.
    Held(Timestamp),
    /// It waits for its next try.
    Later(Timestamp),
    /// It went wrong, and a later run tries again, or none does.
    Failed {
        /// Why.
        error: Error,
        /// No later run tries again.
        given_up: bool,
    },
    /// It was not tried, as the receiver could not be reached just before.
    NotTried,
}

impl Office {
    /// Reads no secret yet and says nothing to anybody. `zone` is where quiet hours are told.
    pub fn open(config: &Config, places: Places, zone: &Zone) -> Result<Self, Error> {
        let clock = TimeZone::get(zone.name()).map_err(|_| {
            Error::settings(format!("`{}` is no time zone", zone.name()), "an IANA name such as Europe/Rome")
        })?;
        let net = Net::new(config, &places.base)?;
        let receivers = config.receivers()?;
        Ok(Self {
            config: config.clone(),
            places,
            receivers,
            net,
            zone: zone.clone(),
            clock,
            patience: Patience::default(),
        })
    }

    /// The same with another patience.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// Everybody who wants to be told, in the order of the settings.
    pub fn receivers(&self) -> &[Receiver] {
        &self.receivers
    }

    /// What would become of each of these events and of all that waits, receiver by receiver. Writes and sends nothing.
    pub fn plan(
        &self,
        events: &[Event],
        outbox: &dyn Outbox,
        now: Timestamp,
    ) -> Result<Vec<(Receiver, Event, Fate)>, Error> {
        let present = self.present(now);
        let waiting = outbox.waiting().map_err(Error::Outbox)?;
        let mut planned = Vec::new();
        for receiver in &self.receivers {
            let old =
                waiting.iter().filter(|entry| entry.receiver == receiver.name).filter_map(|entry| entry.event.as_ref());
            let mut seen = BTreeSet::new();
            for event in old.chain(events).filter(|event| seen.insert(&event.id)) {
                let known = outbox.get(&receiver.name, &event.id).map_err(Error::Outbox)?;
                let is_replaced = events.iter().any(|later| replaces(later, event) && receiver.wants.hears(later));
                let waits = known.as_ref().is_some_and(|entry| entry.state == State::Waiting);
                let fate = if is_replaced && waits {
                    Fate::PassedOver
                } else {
                    present.fate(&receiver.wants, event, known.as_ref())
                };
                planned.push((receiver.clone(), event.clone(), fate));
            }
        }
        Ok(planned)
    }

    /// Tells everybody what is due. Each receiver is served on its own, so that one that hangs delays no other.
    /// Fails only where the outbox does; what went wrong with receivers is in the list.
    pub async fn tell(&self, events: &[Event], outbox: &mut dyn Outbox, now: Timestamp) -> Result<Vec<Told>, Error> {
        let events: Vec<Event> = events.iter().cloned().map(Event::tidied).collect();
        let mut told = Vec::new();
        let mut bags: Vec<(Receiver, Vec<(Letter, Entry)>)> = Vec::new();
        for (receiver, event, fate) in self.plan(&events, outbox, now)? {
            let known = outbox.get(&receiver.name, &event.id).map_err(Error::Outbox)?;
            let fresh = || Entry {
                receiver: receiver.name.clone(),
                id: event.id.clone(),
                state: State::Waiting,
                tries: 0,
                next_at: now,
                changed_at: now,
                error: None,
                event: Some(event.clone()),
            };
            let is_new = known.is_none();
            let entry = known.unwrap_or_else(fresh);
            let mut say = |outcome| told.push(outcome_of(&receiver.name, &event, outcome));
            match fate {
                Fate::Due => {
                    outbox.put(&entry).map_err(Error::Outbox)?;
                    let letter = self.letter(&receiver, &event, now);
                    match bags.iter_mut().find(|(owner, _)| owner.name == receiver.name) {
                        Some((_, bag)) => bag.push((letter, entry)),
                        None => bags.push((receiver, vec![(letter, entry)])),
                    }
                }
                Fate::Held(until) => {
                    if is_new {
                        outbox.put(&Entry { next_at: until, ..entry }).map_err(Error::Outbox)?;
                    }
                    say(Outcome::Held(until));
                }
                Fate::Later(at) => say(Outcome::Later(at)),
                Fate::PassedOver if entry.state == State::Waiting => {
                    let gone = Entry { state: State::PassedOver, changed_at: now, event: None, ..entry };
                    outbox.put(&gone).map_err(Error::Outbox)?;
                }
                Fate::Old if !is_new => {
                    let gone = Entry { state: State::GaveUp, changed_at: now, event: None, ..entry };
                    outbox.put(&gone).map_err(Error::Outbox)?;
                }
                Fate::PassedOver | Fate::Old | Fate::Told | Fate::GaveUp | Fate::Unwanted => {}
            }
        }
        told.extend(self.deliver(bags, outbox, now).await?);
        Ok(told)
    }

    /// Sends one event to one receiver, once and whatever the outbox or the hour says: to try whether it arrives.
    pub async fn test(&self, receiver: &Receiver, event: &Event, now: Timestamp) -> Result<(), Error> {
        let letter = self.letter(receiver, &event.clone().tidied(), now);
        receiver.open(&self.door())?.send(&letter).await
    }

    /// Looks whether a receiver's secrets are in place and somebody is there, without telling anything.
    pub async fn knock(&self, receiver: &Receiver) -> Result<String, Error> {
        let knocked = receiver.open(&self.door())?;
        knocked.knock().await
    }

    fn door(&self) -> Door<'_> {
        Door { places: &self.places, net: &self.net }
    }

    fn present(&self, now: Timestamp) -> Present {
        let days = i32::try_from(self.config.tell_days).unwrap_or(i32::MAX);
        Present { now, zone: self.clock.clone(), since: self.zone.day_of(now).plus(-days) }
    }

    fn letter(&self, receiver: &Receiver, event: &Event, now: Timestamp) -> Letter {
        let base = self.config.base_url.as_ref();
        let link = event.page.as_ref().and_then(|page| base?.join(page).ok());
        Letter { event: event.clone(), receiver: receiver.name.clone(), link, now }
    }

    /// Hands the bags out, and writes down each answer as it comes.
    async fn deliver(
        &self,
        bags: Vec<(Receiver, Vec<(Letter, Entry)>)>,
        outbox: &mut dyn Outbox,
        now: Timestamp,
    ) -> Result<Vec<Told>, Error> {
        let order: Vec<String> = bags.iter().map(|(receiver, _)| receiver.name.clone()).collect();
        let (answers, mut answered) = mpsc::unbounded_channel();
        let mut carriers = JoinSet::new();
        for (receiver, bag) in bags {
            let way = receiver.open(&self.door());
            carriers.spawn(carry(way, bag, self.patience, answers.clone()));
        }
        drop(answers);
        let mut told = Vec::new();
        while let Some((letter, entry, tried)) = answered.recv().await {
            let (name, event) = (&letter.receiver, &letter.event);
            let Some(tried) = tried else {
                told.push(outcome_of(name, event, Outcome::NotTried));
                continue;
            };
            let entry = self.after(entry, &tried, now);
            outbox.put(&entry).map_err(Error::Outbox)?;
            let given_up = entry.state == State::GaveUp;
            tracing::info!(receiver = %name, event = %event.id, sent = tried.is_ok(), tries = entry.tries, "told");
            let outcome = tried.map_or_else(|error| Outcome::Failed { error, given_up }, |()| Outcome::Sent);
            told.push(outcome_of(name, event, outcome));
        }
        while let Some(ended) = carriers.join_next().await {
            // A carrier that fell over has told nobody, and nobody may take that for quiet.
            if let Err(Ok(bug)) = ended.map_err(tokio::task::JoinError::try_into_panic) {
                std::panic::resume_unwind(bug);
            }
        }
        told.sort_by_key(|told| order.iter().position(|name| *name == told.receiver));
        Ok(told)
    }

    /// What is written down after a try.
    fn after(&self, entry: Entry, outcome: &Result<(), Error>, now: Timestamp) -> Entry {
        let tries = entry.tries + 1;
        match outcome {
            Ok(()) => Entry { state: State::Sent, tries, changed_at: now, error: None, event: None, ..entry },
            Err(error) => {
                let error = Some(error.to_string());
                if tries >= self.config.tries.get() {
                    return Entry { state: State::GaveUp, tries, changed_at: now, error, event: None, ..entry };
                }
                let wait = self.patience.next_run.saturating_mul(1 << (tries - 1).min(10)).min(Duration::from_hours(4));
                let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
                let next_at = Timestamp::from_millis(now.millis().saturating_add(wait));
                Entry { tries, next_at, changed_at: now, error, ..entry }
            }
        }
    }
}

fn outcome_of(receiver: &str, event: &Event, outcome: Outcome) -> Told {
    Told { receiver: receiver.to_owned(), id: event.id.clone(), title: event.title.clone(), outcome }
}
