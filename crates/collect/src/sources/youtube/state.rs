//! What the cursor holds: the videos that are read on, the walks through their comments, the searches of the day.

use crate::sources::rounds::Rounds;
use polso_domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Videos whose comments are read on, the newest finds first.
pub(super) const VIDEOS: usize = 200;

/// For so many milliseconds after they were found.
const VIDEOS_MS: i64 = 30 * DAY_MS;

/// Videos that are closed for good are remembered, so that a search does not bring them back.
const CLOSED: usize = 500;

/// A search begins so far before the last one's start: finds are late.
const SEARCH_OVERLAP_MS: i64 = 6 * 3_600_000;

const DAY_MS: i64 = 24 * 3_600_000;

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) rounds: Rounds,
    pub(super) videos: Vec<Video>,
    pub(super) closed: Vec<String>,
    /// Comments whose answers are not all read.
    pub(super) threads: Vec<Thread>,
    pub(super) search: Search,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Video {
    pub(super) id: String,
    pub(super) found: i64,
    /// It was looked at, and is worth reading on.
    pub(super) seen: bool,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Thread {
    pub(super) id: String,
    pub(super) page: Option<String>,
    /// Its pages did not hold, and it was begun anew.
    pub(super) again: bool,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Search {
    /// When the last question was put, in milliseconds since 1970.
    last: i64,
    /// The start of each word's last whole search, in milliseconds since 1970.
    read: BTreeMap<String, i64>,
    /// A search with more pages than one.
    open: Option<Open>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Open {
    word: String,
    after: i64,
    began: i64,
    page: Option<String>,
}

/// The next search to put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) word: String,
    pub(super) after: Timestamp,
    pub(super) page: Option<String>,
}

impl State {
    /// Takes up the videos of the settings, forgets old finds and what nobody follows any more.
    pub(super) fn begin(&mut self, named: &[String], now: Timestamp) {
        for id in named.iter().rev() {
            self.watch(id.clone(), now);
        }
        let recent = |video: &Video| now.millis().saturating_sub(video.found) < VIDEOS_MS;
        self.videos.retain(|video| recent(video) || named.contains(&video.id));
        let named_or_new = self.videos.iter().enumerate().map(|(at, video)| at < VIDEOS || named.contains(&video.id));
        let mut keep = named_or_new.collect::<Vec<_>>().into_iter();
        self.videos.retain(|_| keep.next().unwrap_or(false));
    }

    pub(super) fn watch(&mut self, id: String, now: Timestamp) {
        if !self.closed.contains(&id) && self.videos.iter().all(|video| video.id != id) {
            self.videos.insert(0, Video { id, found: now.millis(), seen: false });
        }
    }

    /// A video with no comments to read, for good.
    pub(super) fn close(&mut self, id: &str) {
        self.videos.retain(|video| video.id != id);
        if self.closed.iter().all(|closed| closed != id) {
            self.closed.insert(0, id.to_owned());
            self.closed.truncate(CLOSED);
        }
    }
}

impl Search {
    /// The search that is due: so many a day, evenly over the day, the words in turn.
    pub(super) fn due(&self, words: &[String], per_day: u32, (since, now): (Timestamp, Timestamp)) -> Option<Due> {
        let every = DAY_MS.checked_div(i64::from(per_day))?;
        if now.millis().saturating_sub(self.last).max(0) < every && self.last != 0 {
            return None;
        }
        if let Some(open) = self.open.as_ref().filter(|open| words.contains(&open.word)) {
            return Some(Due {
                word: open.word.clone(),
                after: Timestamp::from_millis(open.after),
                page: open.page.clone(),
            });
        }
        // The word whose last search lies longest back.
        let word = words.iter().min_by_key(|word| self.read.get(*word).copied().unwrap_or(i64::MIN))?;
        let after = self.read.get(word).map_or(since.millis(), |read| read.saturating_sub(SEARCH_OVERLAP_MS));
        Some(Due { word: word.clone(), after: Timestamp::from_millis(after), page: None })
    }

    /// A search was answered; where it goes on, if it does.
    pub(super) fn done(&mut self, due: &Due, onward: Option<String>, now: Timestamp) {
        self.last = now.millis();
        let began = self.open.take().filter(|open| due.page.is_some() && open.word == due.word).map(|open| open.began);
        let began = began.unwrap_or(now.millis());
        match onward {
            Some(page) if due.page.as_ref() != Some(&page) => {
                self.open = Some(Open { word: due.word.clone(), after: due.after.millis(), began, page: Some(page) });
            }
            _ => {
                self.read.insert(due.word.clone(), began);
            }
        }
    }

    /// A search was not answered: no other is put before its time, and its page is not asked for again.
    pub(super) fn failed(&mut self, now: Timestamp) {
        self.last = now.millis();
        self.open = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::testing::{NOW_MS, at};

    #[test]
    fn searches_are_spread_over_the_day_and_the_words_take_turns() {
        let words = ["a".to_owned(), "b".to_owned()];
        let mut search = Search::default();
        let mut put: Vec<String> = Vec::new();
        for minute in 0..24 * 60 {
            let now = at(NOW_MS + minute * 60_000);
            if let Some(due) = search.due(&words, 20, (at(NOW_MS - DAY_MS), now)) {
                put.push(due.word.clone());
                search.done(&due, None, now);
            }
        }
        assert_eq!(put.len(), 20);
        assert_eq!(put[..4], ["a", "b", "a", "b"]);
        assert_eq!(search.due(&words, 0, (at(0), at(NOW_MS * 2))), None, "none a day is none");
    }

    #[test]
    fn a_search_with_more_pages_goes_on_before_the_next_word() {
        let words = ["a".to_owned(), "b".to_owned()];
        let (mut search, since) = (Search::default(), at(NOW_MS - DAY_MS));
        let due = search.due(&words, 24, (since, at(NOW_MS))).unwrap();
        search.done(&due, Some("x".to_owned()), at(NOW_MS));
        assert_eq!(search.due(&words, 24, (since, at(NOW_MS + 1))), None);
        let later = at(NOW_MS + 3_600_000);
        let due = search.due(&words, 24, (since, later)).unwrap();
        assert_eq!((due.word.as_str(), due.page.as_deref(), due.after), ("a", Some("x"), since));
        search.done(&due, None, later);
        assert_eq!(search.read["a"], NOW_MS, "what came after its start is left for the next search");
        assert_eq!(search.due(&words, 24, (since, at(NOW_MS + 2 * 3_600_000))).unwrap().word, "b");
    }

    #[test]
    fn old_finds_are_forgotten_and_named_videos_never() {
        let mut state = State::default();
        let named = ["named".to_owned()];
        for n in 0..i64::try_from(VIDEOS).unwrap() + 50 {
            state.watch(format!("v{n}"), at(NOW_MS + n));
        }
        state.close("v249");
        state.watch("v249".to_owned(), at(NOW_MS));
        state.begin(&named, at(NOW_MS));
        assert!(state.videos.len() <= VIDEOS + 1 && state.videos.iter().all(|video| video.id != "v249"));
        state.begin(&named, at(NOW_MS + 31 * DAY_MS));
        assert_eq!(state.videos.iter().map(|video| video.id.as_str()).collect::<Vec<_>>(), ["named"]);
    }
}
