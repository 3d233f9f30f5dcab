//! The rumour log: days correct themselves, decisions stay.

use super::*;

fn counts(name: &str, posts: u64) -> LogDay {
    LogDay {
        claim: id(name),
        posts,
        unique_texts: posts / 2,
        people: 3,
        effective_authors: 2.5,
        repeats: posts,
        rebuts: 0,
        mentions: 0,
        by_source: vec![("forum".to_owned(), posts), ("bluesky".to_owned(), 0)],
        by_lang: vec![("it".to_owned(), posts)],
    }
}

fn assessment(risk: &str) -> Assessment {
    Assessment {
        risk: risk.to_owned(),
        level: "passive".to_owned(),
        because: vec!["many posts".to_owned(), "in two languages".to_owned()],
        trend: "rising".to_owned(),
        velocity: Some((1.5, 1.25, 2.0)),
    }
}

fn seen(desk: &Desk, upto: &str) -> Vec<(String, String, String)> {
    let rumours = desk.rumours(day(upto)).unwrap();
    let spelt =
        |rumour: Rumour| (rumour.claim.to_string(), rumour.first_seen.to_string(), rumour.last_seen.to_string());
    rumours.into_iter().map(spelt).collect()
}

fn triple(name: &str, first: &str, last: &str) -> (String, String, String) {
    (name.to_owned(), first.to_owned(), last.to_owned())
}

#[test]
fn a_day_summed_up_again_corrects_itself() {
    let (_dir, mut desk) = open();
    desk.put_day(day("2020-03-01"), &[counts("a", 5), counts("b", 1)]).unwrap();
    desk.put_day(day("2020-03-03"), &[counts("a", 2), counts("quiet", 0)]).unwrap();
    let (first, third) = ("2020-03-01", "2020-03-03");
    assert_eq!(seen(&desk, third), [triple("a", first, third), triple("b", first, first)]);
    assert_eq!(seen(&desk, "2020-03-02"), [triple("a", first, first), triple("b", first, first)]);
    assert_eq!(seen(&desk, "2020-02-29"), []);

    desk.put_day(day(first), &[counts("b", 7)]).unwrap();
    desk.put_day(day(first), &[counts("b", 7)]).unwrap();
    assert_eq!(seen(&desk, third), [triple("a", third, third), triple("b", first, first)]);
    let expected = [(day(first), counts("b", 7), None)];
    assert_eq!(desk.days(&id("b"), day(first), day(third)).unwrap(), expected);
    assert_eq!(desk.changes(&ChangeFilter::default()).unwrap(), [], "numbers are no decisions");
}

#[test]
fn assessments_belong_to_days() {
    let (_dir, mut desk) = open();
    let (first, second) = (day("2020-03-01"), day("2020-03-02"));
    desk.put_day(first, &[counts("a", 5), counts("b", 1)]).unwrap();
    desk.put_day(second, &[counts("a", 6)]).unwrap();
    desk.put_assessment(first, &id("a"), &assessment("low")).unwrap();
    desk.put_assessment(first, &id("a"), &assessment("high")).unwrap();
    desk.put_assessments(first, &[(id("b"), Assessment { velocity: None, ..assessment("low") })]).unwrap();
    let all = desk.all_days(first, second).unwrap();
    let b = Some(Assessment { velocity: None, ..assessment("low") });
    let expected =
        [(first, counts("a", 5), Some(assessment("high"))), (first, counts("b", 1), b), (second, counts("a", 6), None)];
    assert_eq!(all, expected);
    assert_eq!(desk.days(&id("a"), first, first).unwrap(), expected[..1]);
    assert_eq!(desk.all_days(second, first).unwrap(), []);

    desk.put_day(first, &[counts("a", 5)]).unwrap();
    desk.put_day(first, &[counts("a", 5), counts("b", 1)]).unwrap();
    let left: Vec<bool> = desk.all_days(first, first).unwrap().iter().map(|(_, _, said)| said.is_some()).collect();
    assert_eq!(left, [true, false], "what was assessed of a claim that was not heard went with it");
}

#[test]
fn a_decision_is_kept_with_what_was_before() {
    let (_dir, mut desk) = open();
    desk.put_day(day("2020-03-01"), &[counts("a", 5)]).unwrap();
    let answered = RumourEdit {
        status: Some(Status::Answered),
        action: Edit::Set("press note".to_owned()),
        level: Edit::Set("direct".to_owned()),
        ..RumourEdit::default()
    };
    assert!(desk.set_rumour(&id("a"), &answered, person()).unwrap());
    assert!(!desk.set_rumour(&id("a"), &answered, seeds()).unwrap(), "it is so already");
    let later = By { when: Timestamp::from_millis(9_000), ..seeds() };
    let back = RumourEdit { level: Edit::Clear, result: Edit::Set("calm".to_owned()), ..RumourEdit::default() };
    assert!(desk.set_rumour(&id("a"), &back, later).unwrap());
    let expected = Rumour {
        claim: id("a"),
        first_seen: day("2020-03-01"),
        last_seen: day("2020-03-01"),
        status: Status::Answered,
        decided_by: Some("seeds".to_owned()),
        decided_at: Some(later.when),
        action: Some("press note".to_owned()),
        result: Some("calm".to_owned()),
        risk_set: None,
        level_set: None,
    };
    assert_eq!(desk.rumours(day("2020-03-09")).unwrap(), [expected]);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        changes(&desk, Subject::Rumour),
        [
            ("status".to_owned(), some("open"), some("answered")),
            ("action".to_owned(), None, some("press note")),
            ("level".to_owned(), None, some("direct")),
            ("result".to_owned(), None, some("calm")),
            ("level".to_owned(), some("direct"), None),
        ]
    );
}

#[test]
fn decisions_outlive_a_corrected_day() {
    let (_dir, mut desk) = open();
    desk.put_day(day("2020-03-01"), &[counts("a", 5)]).unwrap();
    let closed = RumourEdit { status: Some(Status::Closed), ..RumourEdit::default() };
    desk.set_rumour(&id("a"), &closed, person()).unwrap();
    desk.put_day(day("2020-03-01"), &[]).unwrap();
    assert_eq!(desk.rumours(day("2020-03-09")).unwrap(), []);
    desk.put_day(day("2020-03-04"), &[counts("a", 1)]).unwrap();
    assert_eq!(desk.rumours(day("2020-03-09")).unwrap()[0].status, Status::Closed);
}

#[test]
fn what_was_never_heard_cannot_be_decided() {
    let (_dir, mut desk) = open();
    desk.put(&[claim("known")], seeds()).unwrap();
    desk.put_day(day("2020-03-01"), &[counts("known", 0)]).unwrap();
    let edit = RumourEdit { status: Some(Status::Closed), ..RumourEdit::default() };
    let error = desk.set_rumour(&id("known"), &edit, person()).unwrap_err();
    assert!(matches!(error, Error::NeverHeard(_)) && error.hint().is_some(), "{error}");
    let error = desk.set_rumour(&id("unknown"), &edit, person()).unwrap_err();
    assert!(matches!(error, Error::UnknownClaim(_)) && error.hint().is_some(), "{error}");
}

#[test]
fn numbers_that_are_none_are_refused() {
    let (_dir, mut desk) = open();
    let first = day("2020-03-01");
    desk.put_day(first, &[counts("a", 1)]).unwrap();
    let nan = LogDay { effective_authors: f64::NAN, ..counts("b", 1) };
    assert!(matches!(desk.put_day(first, &[nan]), Err(Error::NotANumber { .. })));
    assert!(matches!(desk.put_day(first, &[counts("a", 1), counts("a", 2)]), Err(Error::Twice(_))));
    let none = Assessment { velocity: Some((1.0, f64::NAN, 2.0)), ..assessment("low") };
    assert!(matches!(desk.put_assessment(first, &id("a"), &none), Err(Error::NotANumber { .. })));
    let unheard = desk.put_assessments(first, &[(id("a"), assessment("low")), (id("b"), assessment("low"))]);
    assert!(matches!(unheard, Err(Error::NotThatDay { .. })));
    assert_eq!(desk.all_days(first, first).unwrap(), [(first, counts("a", 1), None)], "all or nothing");
}

#[test]
fn what_comes_from_nothing_has_no_upper_end() {
    let (_dir, mut desk) = open();
    let first = day("2020-03-01");
    desk.put_day(first, &[counts("a", 1)]).unwrap();
    let endless = Assessment { velocity: Some((f64::INFINITY, 4.5, f64::INFINITY)), ..assessment("low") };
    desk.put_assessment(first, &id("a"), &endless).unwrap();
    assert_eq!(desk.all_days(first, first).unwrap(), [(first, counts("a", 1), Some(endless))]);
}

#[test]
fn a_mark_is_what_was_set_last() {
    let (_dir, mut desk) = open();
    assert_eq!(desk.mark("day").unwrap(), None);
    desk.set_mark("day", "1").unwrap();
    desk.set_mark("day", "2").unwrap();
    assert_eq!(desk.mark("day").unwrap().as_deref(), Some("2"));
}
