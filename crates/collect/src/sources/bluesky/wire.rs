//! The two wires of Jetstream, and the one event that both say.
//!
//! ```text
//! legacy   {"did","time_us","kind":"commit|account|identity","commit":{…,"record"},"cursor"?}
//! events   {"$type":"message","payload":{"$type":"…subscribeEvents#commit","seq","did","time","witnessedAt"?,…,"record"}}
//!          {"$type":"error","error":"ConsumerTooSlow"}                            the last frame before the end
//! ```
//!
//! Every frame is read to its end, but the record inside stays bytes: most are posts without a hashtag, and only the
//! others are worth taking apart. Reading the envelope properly costs about a microsecond and leaves nothing that a
//! record could fake, as a search for `"time_us":` would.

use super::config::Wire;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// One frame's event.
pub(super) struct Event<'a> {
    /// When the server witnessed it, in microseconds since 1970: what a cursor by time is compared with.
    pub(super) at_us: Option<i64>,
    /// Its number on this server.
    pub(super) seq: Option<u64>,
    /// What it says.
    pub(super) said: Said<'a>,
}

/// What an event says.
pub(super) enum Said<'a> {
    /// A record was written or deleted.
    Commit(Commit<'a>),
    /// An account came or went.
    Account(Account<'a>),
    /// The server starts later than it was asked to.
    Outdated,
    /// The server starts at the present, because it never gave out the number it was asked for.
    Future,
    /// The server's last word before it hangs up.
    Ended(Cow<'a, str>),
    /// Nothing about a post. `identity`: a new handle, and handles are not what posts are filed under. `sync`: a
    /// repository whose chain broke; its records come again as commits of their own, and what was deleted meanwhile
    /// cannot be told without fetching the repository, which polso does not.
    Other,
}

/// A record written or deleted.
pub(super) struct Commit<'a> {
    pub(super) did: Cow<'a, str>,
    pub(super) operation: Cow<'a, str>,
    pub(super) collection: Cow<'a, str>,
    pub(super) rkey: Cow<'a, str>,
    /// The revision of the repository: with it, the same commit is known again.
    pub(super) rev: Option<Cow<'a, str>>,
    pub(super) record: Option<&'a RawValue>,
}

/// An account that came or went.
pub(super) struct Account<'a> {
    pub(super) did: Cow<'a, str>,
    pub(super) active: bool,
    pub(super) status: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Legacy<'a> {
    #[serde(borrow)]
    did: Cow<'a, str>,
    #[serde(default)]
    time_us: Option<i64>,
    #[serde(default)]
    cursor: Option<u64>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    commit: Option<LegacyCommit<'a>>,
    #[serde(borrow, default)]
    account: Option<Standing<'a>>,
}

#[derive(Deserialize)]
struct LegacyCommit<'a> {
    #[serde(borrow)]
    operation: Cow<'a, str>,
    #[serde(borrow)]
    collection: Cow<'a, str>,
    #[serde(borrow)]
    rkey: Cow<'a, str>,
    #[serde(borrow, default)]
    rev: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    record: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Standing<'a> {
    active: bool,
    #[serde(borrow, default)]
    status: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Framed<'a> {
    #[serde(rename = "$type", borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    payload: Option<Payload<'a>>,
    #[serde(borrow, default)]
    error: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'a> {
    #[serde(rename = "$type", borrow)]
    kind: Cow<'a, str>,
    #[serde(default)]
    seq: Option<u64>,
    #[serde(borrow, default)]
    did: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    time: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    witnessed_at: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    operation: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    collection: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    rkey: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    rev: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    record: Option<&'a RawValue>,
    #[serde(borrow, default)]
    account: Option<Standing<'a>>,
    #[serde(borrow, default)]
    name: Option<Cow<'a, str>>,
}

/// Reads a frame; `None` for what is no frame of this wire.
pub(super) fn event(wire: Wire, frame: &[u8]) -> Option<Event<'_>> {
    match wire {
        Wire::Legacy => legacy(serde_json::from_slice(frame).ok()?),
        Wire::Events => framed(serde_json::from_slice(frame).ok()?),
    }
}

fn legacy(frame: Legacy<'_>) -> Option<Event<'_>> {
    let Legacy { did, time_us, cursor, kind, commit, account } = frame;
    let said = match kind.as_ref() {
        "commit" => {
            let LegacyCommit { operation, collection, rkey, rev, record } = commit?;
            Said::Commit(Commit { did, operation, collection, rkey, rev, record })
        }
        "account" => {
            let Standing { active, status } = account?;
            Said::Account(Account { did, active, status })
        }
        _ => Said::Other,
    };
    Some(Event { at_us: time_us, seq: cursor, said })
}

fn framed(frame: Framed<'_>) -> Option<Event<'_>> {
    let word = |said| Some(Event { at_us: None, seq: None, said });
    match (frame.kind.as_ref(), frame.payload) {
        ("error", _) => word(Said::Ended(frame.error.unwrap_or_default())),
        ("message", Some(payload)) => {
            let at = payload.witnessed_at.as_deref().or(payload.time.as_deref());
            let at_us = at.and_then(|at| at.parse::<jiff::Timestamp>().ok()).map(jiff::Timestamp::as_microsecond);
            Some(Event { at_us, seq: payload.seq, said: said(payload)? })
        }
        ("message", None) => None,
        _ => word(Said::Other),
    }
}

fn said(payload: Payload<'_>) -> Option<Said<'_>> {
    let kind = payload.kind.rsplit('#').next().unwrap_or_default();
    Some(match kind {
        "commit" => Said::Commit(Commit {
            did: payload.did?,
            operation: payload.operation?,
            collection: payload.collection?,
            rkey: payload.rkey?,
            rev: payload.rev,
            record: payload.record,
        }),
        "account" => {
            let Standing { active, status } = payload.account?;
            Said::Account(Account { did: payload.did?, active, status })
        }
        "info" => match payload.name.as_deref() {
            Some("OutdatedCursor") => Said::Outdated,
            Some("FutureCursor") => Said::Future,
            _ => Said::Other,
        },
        _ => Said::Other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_wires_say_the_same() {
        let old = br#"{"did":"did:plc:seedanna","time_us":1785592555867000,"kind":"commit","commit":{"rev":"3r",
            "operation":"create","collection":"app.bsky.feed.post","rkey":"3k","record":{"text":"\"time_us\":1"},"cid":"b"}}"#;
        let new = br#"{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#commit","seq":7,
            "did":"did:plc:seedanna","time":"2020-01-01T00:00:00.000001Z","witnessedAt":"2026-08-01T13:55:55.867000Z",
            "rev":"3r","operation":"create","collection":"app.bsky.feed.post","rkey":"3k","record":{"text":"x"},"cid":"b"}}"#;
        for (wire, frame, seq) in [(Wire::Legacy, &old[..], None), (Wire::Events, &new[..], Some(7))] {
            let event = event(wire, frame).unwrap();
            assert_eq!((event.at_us, event.seq), (Some(1_785_592_555_867_000), seq));
            let Said::Commit(commit) = event.said else { panic!() };
            assert_eq!((commit.did.as_ref(), commit.rkey.as_ref()), ("did:plc:seedanna", "3k"));
            assert!(commit.record.unwrap().get().contains("text"));
        }
    }

    #[test]
    fn words_of_the_server_are_heard() {
        let info = |name: &str| {
            format!(r##"{{"$type":"message","payload":{{"$type":"#info","name":"{name}","message":"x"}}}}"##)
        };
        let said = |text: &str| match event(Wire::Events, text.as_bytes()).unwrap().said {
            Said::Outdated => "outdated".to_owned(),
            Said::Future => "future".to_owned(),
            Said::Ended(code) => code.into_owned(),
            Said::Account(account) => format!("{} {:?}", account.active, account.status),
            _ => "other".to_owned(),
        };
        assert_eq!(said(&info("OutdatedCursor")), "outdated");
        assert_eq!(said(&info("FutureCursor")), "future");
        assert_eq!(said(&info("Greeting")), "other");
        assert_eq!(said(r#"{"$type":"error","error":"ConsumerTooSlow","message":"x"}"#), "ConsumerTooSlow");
        let account = r#"{"$type":"message","payload":{"$type":"x#account","seq":1,"did":"did:plc:seedanna",
            "time":"2026-08-01T13:55:55Z","account":{"active":false,"status":"deleted","did":"did:plc:seedanna","seq":9}}}"#;
        assert_eq!(said(account), "false Some(\"deleted\")");
    }

    proptest! {
        #[test]
        fn no_bytes_end_the_program(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in r#"[\[\]{}":,a-z0-9$#]{0,80}"#) {
            for wire in [Wire::Legacy, Wire::Events] {
                event(wire, &bytes);
                event(wire, text.as_bytes());
            }
        }
    }
}
