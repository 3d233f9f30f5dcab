//! The file: newer ones, damaged ones, and others who use it at the same time.

use super::*;
use std::fs::File;
use std::io::Write;
use std::thread;
use std::time::Duration;

#[test]
fn an_open_file_opens_again_and_keeps_what_is_in_it() {
    let (dir, mut desk) = open();
    desk.put(&[claim("a")], seeds()).unwrap();
    drop(desk);
    let desk = Desk::open(&file(&dir)).unwrap();
    assert_eq!(desk.claims().unwrap(), [claim("a")]);
    let secure: i64 = desk.db.query_row("PRAGMA secure_delete", [], |row| row.get(0)).unwrap();
    assert_eq!(secure, 1);
    let untouched: i64 = desk.db.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(untouched, 0, "the stream counts there");
    let strangers = "SELECT count(*) FROM sqlite_schema WHERE name NOT GLOB 'desk_*' AND name NOT GLOB 'sqlite_*'";
    let strangers: i64 = desk.db.query_row(strangers, [], |row| row.get(0)).unwrap();
    assert_eq!(strangers, 0);
}

#[test]
fn a_newer_file_is_refused() {
    let (dir, desk) = open();
    drop(desk);
    beside(&dir).execute("UPDATE desk_version SET version = 99", []).unwrap();
    let error = Desk::open(&file(&dir)).err().unwrap();
    assert!(matches!(error, Error::Newer { found: 99, .. }), "{error}");
    assert!(error.hint().unwrap().contains("polso"));
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    File::create(file(&dir)).unwrap().write_all(&[7; 8_192]).unwrap();
    let error = Desk::open(&file(&dir)).err().unwrap();
    assert!(error.hint().unwrap().contains("backup"), "{error}");
    assert!(Desk::open(&dir.path().join("missing/polso.db")).err().unwrap().hint().is_some());
}

/// Every way of damaging a row, with the question that meets it.
#[test]
fn a_damaged_row_is_named_and_never_passed_over() {
    type Ask = fn(&Desk) -> Option<Error>;
    let claims: Ask = |desk| desk.claims().err();
    let days: Ask = |desk| desk.all_days(day("2020-03-01"), day("2020-03-02")).err();
    let cases: [(&str, &str, Ask); 11] = [
        ("UPDATE desk_claim SET kind = 'gossip' WHERE id = 'a'", "desk_claim", claims),
        ("UPDATE desk_claim SET topic = 'gossip' WHERE id = 'a'", "desk_claim", claims),
        ("UPDATE desk_claim SET since = 'monday' WHERE id = 'a'", "desk_claim", claims),
        ("UPDATE desk_wording SET text = CAST(x'ff41' AS TEXT) WHERE claim = 'a'", "desk_wording", claims),
        ("DELETE FROM desk_wording WHERE claim = 'a' AND lang = 'it' AND place = 0", "desk_wording", claims),
        ("INSERT INTO desk_wording VALUES ('a', 'it', 7, 'x')", "desk_wording", claims),
        ("INSERT INTO desk_answer VALUES ('a', 'sv', 'x')", "desk_answer", claims),
        ("UPDATE desk_change SET what = 'gossip'", "desk_change", |desk| desk.changes(&ChangeFilter::default()).err()),
        ("INSERT INTO desk_day VALUES (18322, 'A', 1, 1, 1, 1.0, 0, 0, 0, x'00', x'00')", "desk_day", days),
        ("INSERT INTO desk_day VALUES (18322, 'a', 1, 1, 1, 1.0, 0, 0, 0, x'0000', x'00')", "desk_day", days),
        (
            "INSERT INTO desk_sketch VALUES ('a', 'it', 0, 'm', 1, x'01', x'000000', 0.0, 0.0, 0, 0)",
            "desk_sketch",
            |desk| desk.sketches("m").err(),
        ),
    ];
    for (damage, table, ask) in cases {
        let (dir, mut desk) = open();
        desk.put(&[claim("a"), claim("b")], seeds()).unwrap();
        assert!(ask(&desk).is_none());
        beside(&dir).execute_batch(damage).unwrap();
        let error = ask(&desk).unwrap_or_else(|| panic!("not noticed: {damage}"));
        assert!(matches!(&error, Error::Damaged { table: found, .. } if *found == table), "{damage}: {error}");
        assert!(error.to_string().contains(table) && error.hint().is_some());
    }
}

#[test]
fn a_key_says_which_row_is_damaged() {
    let (dir, mut desk) = open();
    desk.put(&[claim("a")], seeds()).unwrap();
    beside(&dir).execute("INSERT INTO desk_wording VALUES ('a', 'it', 7, 'x')", []).unwrap();
    let error = desk.claims().unwrap_err().to_string();
    assert!(error.starts_with("row `a/it/7` of table `desk_wording`"), "{error}");
}

#[test]
fn others_write_at_the_same_time() {
    let (dir, mut desk) = open();
    beside(&dir).execute_batch("CREATE TABLE log (n INTEGER)").unwrap();
    let other = beside(&dir);
    let writer = thread::spawn(move || {
        for _ in 0..40 {
            other.execute_batch("BEGIN IMMEDIATE; INSERT INTO log VALUES (1)").unwrap();
            thread::sleep(Duration::from_millis(2));
            other.execute_batch("COMMIT").unwrap();
        }
    });
    let second = file(&dir);
    let colleague = thread::spawn(move || {
        let mut desk = Desk::open(&second).unwrap();
        for nth in 0..40 {
            desk.put(&[claim(&format!("second-{nth}"))], seeds()).unwrap();
        }
    });
    for nth in 0..40 {
        desk.put(&[claim(&format!("first-{nth}"))], seeds()).unwrap();
        desk.claims().unwrap();
    }
    writer.join().unwrap();
    colleague.join().unwrap();
    assert_eq!(desk.claims().unwrap().len(), 80);
    assert_eq!(desk.revision().unwrap(), 80, "no change was lost between the two");
    let log: i64 = desk.db.query_row("SELECT count(*) FROM log", [], |row| row.get(0)).unwrap();
    assert_eq!(log, 40);
}

#[test]
fn many_open_a_new_file_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = file(&dir);
    let opened: Vec<_> = (0..4)
        .map(|_| {
            let path = path.clone();
            thread::spawn(move || Desk::open(&path).map(|desk| desk.revision().unwrap()).unwrap())
        })
        .collect();
    assert!(opened.into_iter().all(|desk| desk.join().unwrap() == 0));
}
