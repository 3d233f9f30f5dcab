//! What was told to whom, and what waits: kept by somebody else, behind this trait.

use super::event::Event;
use super::id::EventId;
use polso_domain::Timestamp;

/// Why an outbox cannot be used.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// How far an event has got on its way to a receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// To be told.
    Waiting,
    /// The receiver said yes.
    Sent,
    /// Tried as often as the settings say, and given up.
    GaveUp,
    /// Not needed any more: a later revision of the same report was told in its place.
    PassedOver,
}

impl State {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::GaveUp => "gave_up",
            Self::PassedOver => "passed_over",
        }
    }

    /// The state of a stored word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Waiting, Self::Sent, Self::GaveUp, Self::PassedOver].into_iter().find(|state| state.as_str() == word)
    }
}

/// An event on its way to one receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The receiver's name.
    pub receiver: String,
    /// The event's.
    pub id: EventId,
    /// How far it has got.
    pub state: State,
    /// Runs that tried.
    pub tries: u32,
    /// Not before this.
    pub next_at: Timestamp,
    /// When it got this far.
    pub changed_at: Timestamp,
    /// Why the last try failed, in words without secrets.
    pub error: Option<String>,
    /// What is to be told; kept only while it waits.
    pub event: Option<Event>,
}

/// Where entries are kept. What `put` has returned from must outlive a crash.
pub trait Outbox {
    /// What is known of an event at a receiver.
    fn get(&self, receiver: &str, id: &EventId) -> Result<Option<Entry>, BoxError>;

    /// Everything that waits, oldest first.
    fn waiting(&self) -> Result<Vec<Entry>, BoxError>;

    /// Writes an entry over the one before.
    fn put(&mut self, entry: &Entry) -> Result<(), BoxError>;
}
