//! The outbox: one row for each event and receiver, and a file of before that gets its table.

use super::*;
use crate::ToldRow;

fn row(event: &str, minute: i64) -> ToldRow {
    ToldRow {
        receiver: "press".to_owned(),
        event: event.to_owned(),
        state: "waiting".to_owned(),
        tries: 0,
        next_at: Timestamp::from_millis(minute * 60_000),
        changed_at: Timestamp::from_millis(minute * 60_000),
        error: None,
        message: Some("{}".to_owned()),
    }
}

#[test]
fn an_event_is_one_row_a_receiver() {
    let (_dir, mut desk) = open();
    let (first, second) = (row("report/2020-03-15/1", 1), row("report/2020-03-16/1", 2));
    desk.put_told(&second).unwrap();
    desk.put_told(&first).unwrap();
    assert_eq!(desk.told_waiting().unwrap(), [first.clone(), second.clone()], "the oldest first");
    let sent = ToldRow {
        state: "sent".to_owned(),
        tries: 1,
        changed_at: Timestamp::from_millis(240_000),
        error: None,
        message: None,
        ..first.clone()
    };
    desk.put_told(&sent).unwrap();
    assert_eq!(desk.told("press", &first.event).unwrap(), Some(sent.clone()));
    assert_eq!(desk.told("others", &first.event).unwrap(), None);
    assert_eq!(desk.told_waiting().unwrap(), std::slice::from_ref(&second));
    assert_eq!(desk.told_last("press").unwrap(), Some(second.clone()), "what waits comes first");
    desk.put_told(&ToldRow { state: "gave_up".to_owned(), message: None, ..second }).unwrap();
    assert_eq!(desk.told_last("press").unwrap(), Some(sent), "then what changed last");
    assert!(desk.changes(&ChangeFilter::default()).unwrap().is_empty(), "no decision was made");
}

#[test]
fn a_desk_of_before_gets_the_table_and_keeps_what_it_had() {
    let (dir, mut desk) = open();
    desk.put(&[claim("a")], seeds()).unwrap();
    drop(desk);
    beside(&dir).execute_batch("DROP TABLE desk_told; UPDATE desk_version SET version = 1").unwrap();
    let mut desk = Desk::open(&file(&dir)).unwrap();
    assert_eq!(desk.claims().unwrap(), [claim("a")]);
    desk.put_told(&row("report/2020-03-15/1", 1)).unwrap();
}

#[test]
fn a_damaged_row_is_named() {
    let (dir, mut desk) = open();
    desk.put_told(&row("report/2020-03-15/1", 1)).unwrap();
    beside(&dir).execute_batch("UPDATE desk_told SET tries = -1").unwrap();
    let error = desk.told("press", "report/2020-03-15/1").unwrap_err();
    assert!(error.to_string().contains("press/report/2020-03-15/1"), "{error}");
}
