//! Cursors as stored: JSON with a version, written and read in one place.
//!
//! A cursor of another version, of another polso or of nobody is no reason to stop: the source begins anew where its
//! first question would, and the ledger hears of it.

use crate::collector::Door;
use crate::net::{AskError, Client};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::time::Duration;

#[derive(Serialize, Deserialize)]
struct Stored<T> {
    v: u8,
    state: T,
}

/// The state behind a cursor; a new one for the first question and for a cursor that cannot be read.
pub(crate) fn read<T: DeserializeOwned + Default>(client: &Client, cursor: Option<&str>, version: u8) -> T {
    let Some(cursor) = cursor else { return T::default() };
    match serde_json::from_str::<Stored<T>>(cursor) {
        Ok(Stored { v, state }) if v == version => state,
        _ => {
            client.cursor_was_reset();
            T::default()
        }
    }
}

/// The cursor for a state.
pub(crate) fn write<T: Serialize>(state: T, version: u8) -> Option<String> {
    serde_json::to_string(&Stored { v: version, state }).ok()
}

/// The name of a door: the one in the settings, or the source's own.
pub(crate) fn door(name: Option<&str>, own: &str) -> Result<Door, AskError> {
    let name = name.unwrap_or(own);
    Door::new(name).ok_or_else(|| AskError::Settings {
        what: format!("`{name}` is no name for a source"),
        hint: "use at most 64 letters, digits, `.`, `_`, `-`".to_owned(),
    })
}

/// The interval of the settings; nobody is asked more than once a minute.
pub(crate) fn minutes(every: u64) -> Duration {
    Duration::from_secs(every.max(1).saturating_mul(60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::testing::client;
    use polso_domain::Timestamp;

    #[test]
    fn a_cursor_goes_there_and_back_and_any_other_is_a_new_start() {
        let client = client(Timestamp::from_millis(0));
        let written = write(vec![1, 2], 3).unwrap();
        assert_eq!(read::<Vec<u8>>(&client, Some(&written), 3), [1, 2]);
        assert_eq!(client.tally().take().cursor_resets, 0);
        for other in ["", "{", "7", r#"{"v":2,"state":[1]}"#, r#"{"v":3,"state":{}}"#] {
            assert!(read::<Vec<u8>>(&client, Some(other), 3).is_empty());
            assert_eq!(client.tally().take().cursor_resets, 1, "{other}");
        }
        assert!(door(Some("a b"), "x").is_err() && door(None, "x").is_ok());
    }
}
