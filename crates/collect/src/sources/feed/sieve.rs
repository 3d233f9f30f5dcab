//! What of a page is handed on: items that are followed, and of those the ones that are new or say something else.

use super::mark;
use super::post::{Around, Outlook, Told};
use super::read::Item;
use super::state::Seen;
use crate::files::{Fault, Row};
use crate::sources::aside;
use polso_domain::{Claimed, SetAside, Timestamp};
use std::collections::{HashMap, HashSet};
use url::Url;

/// An item that is followed.
pub(crate) struct Followed {
    pub(crate) id: String,
    pub(crate) posted: Timestamp,
    /// The feed of its comments.
    pub(crate) comments: Option<Url>,
}

/// What came of a page.
pub(crate) struct Sifted {
    pub(crate) rows: Vec<Row>,
    /// All items of the page.
    pub(crate) seen: Vec<Seen>,
    /// Those that are followed, new or not.
    pub(crate) followed: Vec<Followed>,
}

/// A page under way.
pub(crate) struct Sieve<'p> {
    outlook: &'p Outlook,
    known: HashMap<u64, Seen>,
    asked: Timestamp,
    /// Items from before are left out, in milliseconds since 1970.
    since: i64,
    ids: HashSet<u64>,
    sifted: Sifted,
}

impl<'p> Sieve<'p> {
    /// A page that was asked for at `asked`; `known` is what earlier ones held.
    pub(crate) fn new(outlook: &'p Outlook, known: &[Seen], (asked, since): (Timestamp, i64)) -> Self {
        let known = known.iter().map(|seen| (seen.id, *seen)).collect();
        let sifted = Sifted { rows: Vec::new(), seen: Vec::new(), followed: Vec::new() };
        Self { outlook, known, asked, since, ids: HashSet::new(), sifted }
    }

    pub(crate) fn item(&mut self, item: Item, around: &Around<'_>, place: usize) {
        let mark = mark::of(&[item.id.as_deref().unwrap_or_default(), item.link.as_deref().unwrap_or_default()]);
        match self.outlook.tell(item, around) {
            Ok(told) => self.told(told, place),
            Err(fault) => self.refuse(&fault, (mark, place), None),
        }
    }

    fn told(&mut self, told: Told, place: usize) {
        let id = mark::of(&[&told.id]);
        if !self.ids.insert(id) {
            let fault = Fault::new(SetAside::Malformed, "an id that another entry of the page has");
            return self.refuse(&fault, (mark::of(&[&told.id, &told.mark().to_string()]), place), None);
        }
        let known = self.known.get(&id).copied();
        let mut when = Claimed::weigh(told.claimed, self.asked);
        if let Some(known) = known.filter(|_| when.doubtful) {
            // It was heard when it was heard first, not each time it is seen.
            when.posted = Timestamp::from_millis(known.at);
        }
        let handed_on = known.is_some_and(|known| known.said != 0);
        let in_time = when.posted.millis() >= self.since || handed_on;
        let wanted = in_time && self.outlook.wants(&told, when.posted);
        let said = if wanted { told.mark() } else { 0 };
        self.sifted.seen.push(Seen { id, said, at: when.posted.millis() });
        if !wanted {
            return;
        }
        let (id, comments) = (told.id.clone(), told.comments.clone());
        self.sifted.followed.push(Followed { id, posted: when.posted, comments });
        if known.is_none_or(|known| known.said != said) {
            self.sifted.rows.push(Row::Event(self.outlook.post(told, when)));
        }
    }

    /// Sets an entry aside, once for as long as it is known.
    pub(crate) fn refuse(&mut self, fault: &Fault, (id, place): (u64, usize), json: Option<&str>) {
        if !self.ids.insert(id) {
            return;
        }
        let known = self.known.get(&id);
        let at = known.map_or(self.asked.millis(), |known| known.at);
        if known.is_none() {
            let fault = Fault::new(fault.reason, fault.detail.clone());
            self.sifted.rows.push(aside::row(fault, &self.outlook.source, (place, json)));
        }
        self.sifted.seen.push(Seen { id, said: id, at });
    }

    pub(crate) fn end(self) -> Sifted {
        self.sifted
    }
}
