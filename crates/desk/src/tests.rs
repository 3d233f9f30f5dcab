//! The promises of the crate head, one by one.

mod bench;
mod files;
mod library;
mod log;
mod replay;
mod reviews;
mod sketches;
mod told;

use super::*;
use polso_domain::{Claim, ClaimId, ClaimKind, Day, Topic, Verdict, Wording};
use tempfile::TempDir;

fn open() -> (TempDir, Desk) {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::open(&file(&dir)).unwrap();
    (dir, desk)
}

fn file(dir: &TempDir) -> PathBuf {
    dir.path().join("polso.db")
}

/// Another connection to the same file, as the stream has one.
fn beside(dir: &TempDir) -> Connection {
    let db = Connection::open(file(dir)).unwrap();
    db.execute_batch("PRAGMA busy_timeout = 10000").unwrap();
    db
}

fn seeds() -> By<'static> {
    By { who: "seeds", when: Timestamp::from_millis(1_000) }
}

fn person() -> By<'static> {
    By { who: "anna-m", when: Timestamp::from_millis(2_000) }
}

fn id(name: &str) -> ClaimId {
    ClaimId::new(name).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn wording(lang: &str, texts: &[&str]) -> Wording {
    Wording {
        lang: lang.to_owned(),
        text: texts[0].to_owned(),
        answer: Some(format!("No ({lang}).")),
        phrasings: texts[1..].iter().map(|text| (*text).to_owned()).collect(),
    }
}

fn claim(name: &str) -> Claim {
    Claim {
        id: id(name),
        kind: ClaimKind::Rumour,
        verdict: Verdict::False,
        topic: Some(Topic::Treatment),
        link: Some("https://checks.example/garlic".to_owned()),
        publisher: Some("checks.example".to_owned()),
        since: Some(day("2020-03-09")),
        withdrawn: false,
        wordings: vec![wording("en", &["Garlic cures it."]), wording("it", &["L'aglio la cura.", "basta l'aglio"])],
    }
}

fn changes(desk: &Desk, what: Subject) -> Vec<(String, Option<String>, Option<String>)> {
    let filter = ChangeFilter { what: Some(what), ..ChangeFilter::default() };
    let changes = desk.changes(&filter).unwrap();
    changes.into_iter().map(|change| (change.field, change.before, change.after)).collect()
}
