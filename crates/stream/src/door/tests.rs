//! How far a door was heard, and what its silence is called.

use super::*;
use polso_domain::{AuthorKey, Post, PostKind, Reach};
use proptest::prelude::*;

fn name() -> SourceId {
    SourceId::new("forum.example").unwrap()
}

fn minute(n: i64) -> Timestamp {
    Timestamp::from_millis(1_600_000_200_000 / HOUR_MS * HOUR_MS + n * MINUTE_MS)
}

fn open() -> (tempfile::TempDir, Stream) {
    let dir = tempfile::tempdir().unwrap();
    let mut stream = Stream::open(&dir.path().join("polso.db")).unwrap();
    stream.door(&name(), minute(0)).unwrap();
    (dir, stream)
}

fn answer(covered: Option<(i64, i64)>, lost: &[(i64, i64)]) -> Batch {
    let span = |(from, to): (i64, i64)| (minute(from), minute(to));
    let door = AtDoor {
        name: name(),
        at: minute(500),
        state: SourceState::Heard,
        said: None,
        covered: covered.map(span),
        lost: lost.iter().copied().map(span).collect(),
    };
    Batch { door: Some(door), ..Batch::default() }
}

fn missed(stream: &Stream) -> u32 {
    stream.ledger().unwrap().iter().map(|entry| entry.minutes_missed).sum()
}

fn heard_to(stream: &Stream) -> Timestamp {
    stream.known_door(&name()).unwrap().unwrap().heard_to
}

fn post(id: &str, ask_again: Option<&str>) -> Event {
    Event::Post(Box::new(Post {
        source: SourceId::new("forum").unwrap(),
        id: PostId::new(id),
        author: AuthorKey::new([7; 16]),
        text: "ciao".to_owned(),
        lang_hint: None,
        posted: minute(5),
        doubtful_date: false,
        ask_again: ask_again.map(str::to_owned),
        received: minute(6),
        kind: PostKind::Original,
        in_reply_to: None,
        reposted: None,
        mentions: vec![],
        hashtags: vec![],
        links: vec![],
        reach: Reach::default(),
    }))
}

#[test]
fn silence_is_measured_from_where_hearing_ended() {
    let (_dir, mut stream) = open();
    stream.append(&answer(Some((0, 30)), &[])).unwrap();
    let door = stream.door(&name(), minute(-500)).unwrap();
    assert_eq!((door.since, door.heard_to), (minute(0), minute(30)), "a door begins once");
    let unheard: Vec<u32> = door.unheard(minute(150)).iter().map(|entry| entry.minutes_missed).collect();
    assert_eq!(unheard, [30, 60, 30]);
    assert_eq!(missed(&stream), 0, "what may still be filled is not stored");
    stream.append(&answer(Some((30, 150)), &[])).unwrap();
    let hours = stream.ledger().unwrap();
    assert_eq!(hours.len(), 3);
    assert!(hours.iter().all(|hour| hour.answered == 1 && hour.kept == 0 && hour.minutes_missed == 0));
}

#[test]
fn what_is_lost_is_counted_once_and_passed() {
    let (_dir, mut stream) = open();
    stream.append(&answer(Some((90, 120)), &[(0, 90)])).unwrap();
    assert_eq!((missed(&stream), heard_to(&stream)), (90, minute(120)));
    // A hole that nobody speaks of is lost all the same.
    stream.append(&answer(Some((130, 140)), &[])).unwrap();
    assert_eq!((missed(&stream), heard_to(&stream)), (100, minute(140)));
}

#[test]
fn a_failure_says_so_until_it_is_mended() {
    let (_dir, mut stream) = open();
    let mut failed = answer(None, &[]);
    failed.door.as_mut().unwrap().state = SourceState::Closed;
    stream.append(&failed).unwrap();
    let unheard = stream.known_door(&name()).unwrap().unwrap().unheard(minute(10));
    assert_eq!((unheard[0].closed, unheard[0].failed, unheard[0].minutes_missed), (1, 0, 10));
}

#[test]
fn posts_count_for_the_door_and_are_met_again_without_harm() {
    let (_dir, mut stream) = open();
    let heard = |likes| {
        let Event::Post(mut post) = post("1", None) else { unreachable!() };
        post.reach.likes = Some(likes);
        Batch { events: vec![Event::Post(post)], ..answer(None, &[]) }
    };
    assert_eq!(stream.append(&heard(0)).unwrap().new, 1);
    assert_eq!(stream.append(&heard(9)).unwrap().known, 1, "counts that move are no edit");
    let ledger = stream.ledger().unwrap();
    assert_eq!((ledger[0].source.as_str(), ledger[0].kept, ledger[0].again), ("forum.example", 1, 1));
}

#[test]
fn a_doubtful_date_is_no_edit() {
    let (_dir, mut stream) = open();
    let heard = |at| {
        let Event::Post(post) = post("1", None) else { unreachable!() };
        let post = Post { doubtful_date: true, posted: minute(at), ..*post };
        Batch { events: vec![Event::Post(Box::new(post))], ..answer(None, &[]) }
    };
    stream.append(&heard(5)).unwrap();
    assert_eq!(stream.append(&heard(50)).unwrap().known, 1);
    let entry = stream.read("test", 9).unwrap().remove(0);
    assert!(matches!(entry.event, Event::Post(post) if post.doubtful_date && post.posted == minute(5)));
}

#[test]
fn a_door_is_asked_again_and_what_is_gone_goes() {
    let (_dir, mut stream) = open();
    let events = vec![post("1", Some("a")), post("2", Some("b")), post("3", None)];
    stream.append(&Batch { events, ..answer(None, &[]) }).unwrap();
    assert_eq!(stream.due_for_recheck(&name(), minute(6), 9).unwrap(), Vec::<String>::new());
    assert_eq!(stream.due_for_recheck(&name(), minute(7), 9).unwrap(), ["a", "b"]);
    let done = stream.rechecked(&name(), (&["a".to_owned()], &["b".to_owned()]), minute(60)).unwrap();
    assert_eq!(done.deleted, 1);
    assert!(stream.due_for_recheck(&name(), minute(60), 9).unwrap().is_empty());
    assert_eq!(stream.due_for_recheck(&name(), minute(61), 9).unwrap(), ["b"]);
    assert_eq!(stream.read("test", 9).unwrap().len(), 3, "two posts and a deletion");
}

#[test]
fn an_account_that_goes_takes_its_posts_with_it() {
    let (_dir, mut stream) = open();
    let gone = |key| Batch { events: vec![Event::Gone(AuthorKey::new([key; 16]))], ..answer(None, &[]) };
    stream.append(&Batch { events: vec![post("1", None)], ..answer(None, &[]) }).unwrap();
    assert_eq!(stream.append(&gone(9)).unwrap().deleted, 0);
    assert_eq!(stream.read("test", 9).unwrap().len(), 1, "an account that was never heard is not spoken of");
    assert_eq!(stream.append(&gone(7)).unwrap().deleted, 1);
    let left = stream.read("test", 9).unwrap();
    assert!(matches!(left[..], [crate::Entry { event: Event::Gone(_), .. }]));
}

proptest! {
    #[test]
    fn every_minute_is_heard_lost_or_still_open(steps in proptest::collection::vec((0_i64..50, 1_i64..50, any::<bool>()), 1..12)) {
        let (_dir, mut stream) = open();
        let (mut at, mut lost) = (0, 0);
        for (hole, length, told) in steps {
            let gap = (at, at + hole);
            let told: &[(i64, i64)] = if told && hole > 0 { &[gap] } else { &[] };
            stream.append(&answer(Some((at + hole, at + hole + length)), told)).unwrap();
            lost += hole;
            at += hole + length;
        }
        prop_assert_eq!(heard_to(&stream), minute(at));
        // An hour cannot miss more than itself, and every hole is whole minutes.
        prop_assert_eq!(i64::from(missed(&stream)), lost);
    }
}
