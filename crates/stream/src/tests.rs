//! The promises of the crate head, one by one.

use super::*;
use polso_domain::{AuthorKey, Post, PostId, PostKind, Reach, Reference};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn source() -> SourceId {
    SourceId::new("forum").unwrap()
}

fn post(id: &str, author: u8, text: &str) -> Event {
    Event::Post(Box::new(Post {
        source: source(),
        id: PostId::new(id),
        author: AuthorKey::new([author; 16]),
        text: text.to_owned(),
        lang_hint: Some("it".to_owned()),
        posted: Timestamp::from_millis(1_583_708_400_000),
        received: Timestamp::from_millis(1_600_000_000_000),
        doubtful_date: false,
        ask_again: None,
        kind: PostKind::Reply,
        in_reply_to: Some(PostId::new("9")),
        reposted: None,
        mentions: vec![AuthorKey::new([200; 16])],
        hashtags: vec!["iorestoacasa".to_owned()],
        links: vec!["https://example.org/".to_owned()],
        reach: Reach { followers: Some(1), likes: None, reposts: Some(0), replies: Some(u32::MAX) },
    }))
}

fn delete(id: &str) -> Event {
    Event::Delete(Reference { source: source(), id: PostId::new(id) })
}

fn batch(events: Vec<Event>) -> Batch {
    Batch { events, ..Batch::default() }
}

fn open() -> (tempfile::TempDir, Stream) {
    let dir = tempfile::tempdir().unwrap();
    let stream = Stream::open(&dir.path().join("polso.db")).unwrap();
    (dir, stream)
}

/// What a reader who starts from nothing ends up with: id → text.
fn folded(stream: &Stream) -> BTreeMap<String, String> {
    let mut posts = BTreeMap::new();
    for entry in stream.read("test", usize::MAX).unwrap() {
        match entry.event {
            Event::Post(post) => drop(posts.insert(post.id.as_str().to_owned(), post.text)),
            Event::Delete(gone) => drop(posts.remove(gone.id.as_str())),
            Event::Gone(_) => {}
        }
    }
    posts
}

#[test]
fn what_goes_in_comes_out_in_order() {
    let (_dir, mut stream) = open();
    let events = vec![post("2", 1, "b"), post("1", 2, "a"), post("x/é", 2, "")];
    let done = stream.append(&batch(events.clone())).unwrap();
    assert_eq!(done, Appended { new: 3, ..Appended::default() });
    let read: Vec<Event> = stream.read("c", 10).unwrap().into_iter().map(|entry| entry.event).collect();
    assert_eq!(read, events);
    assert_eq!(stream.ledger().unwrap()[0].kept, 3);
}

#[test]
fn the_same_batch_twice_adds_nothing() {
    let (_dir, mut stream) = open();
    let events = batch(vec![post("1", 1, "a"), post("2", 1, "b")]);
    stream.append(&events).unwrap();
    let ledger = stream.ledger().unwrap();
    assert_eq!(stream.append(&events).unwrap(), Appended { known: 2, ..Appended::default() });
    assert_eq!(stream.read("c", 10).unwrap().len(), 2);
    assert_eq!(stream.ledger().unwrap(), ledger);
}

#[test]
fn edits_replace_and_deletions_stay() {
    let (_dir, mut stream) = open();
    stream.append(&batch(vec![post("1", 1, "first"), post("2", 1, "other")])).unwrap();
    let done = stream.append(&batch(vec![post("1", 1, "second"), delete("2"), delete("7")])).unwrap();
    assert_eq!(done, Appended { edited: 1, deleted: 1, ..Appended::default() });
    let entries = stream.read("c", 10).unwrap();
    assert_eq!(entries.len(), 2, "the earlier versions are gone: {entries:?}");
    assert!(entries.iter().all(|entry| entry.replaces.is_some()));
    // Neither the deleted post nor the one whose deletion came first comes back.
    let done = stream.append(&batch(vec![post("2", 1, "other"), post("7", 1, "late")])).unwrap();
    assert_eq!(done, Appended { refused: 2, ..Appended::default() });
}

#[test]
fn an_older_file_read_again_does_not_undo_an_edit() {
    let (_dir, mut stream) = open();
    let file = batch(vec![post("1", 1, "first"), post("1", 1, "second")]);
    stream.append(&file).unwrap();
    assert_eq!(stream.append(&file).unwrap(), Appended { known: 2, ..Appended::default() });
    assert_eq!(folded(&stream)["1"], "second");
}

#[test]
fn consumers_move_on_their_own_and_never_back() {
    let (_dir, mut stream) = open();
    stream.append(&batch((0..5).map(|i| post(&i.to_string(), 1, "t")).collect())).unwrap();
    let first = stream.read("a", 2).unwrap();
    stream.commit("a", first[1].offset).unwrap();
    stream.commit("a", Offset(1)).unwrap();
    assert_eq!(stream.read("a", 10).unwrap().len(), 3);
    assert_eq!((stream.waiting("a").unwrap(), stream.waiting("b").unwrap()), (3, 5));
    stream.rewind("a", Offset(1)).unwrap();
    assert_eq!(stream.waiting("a").unwrap(), 4);
}

#[test]
fn an_offset_is_never_used_twice() {
    let (_dir, mut stream) = open();
    stream.append(&batch(vec![post("1", 1, "a")])).unwrap();
    stream.append(&batch(vec![delete("1")])).unwrap();
    stream.commit("c", Offset(2)).unwrap();
    stream.append(&batch(vec![post("3", 1, "b")])).unwrap();
    assert_eq!(stream.read("c", 10).unwrap()[0].offset, Offset(3));
}

#[test]
fn a_forgotten_author_leaves_and_stays_out() {
    let (_dir, mut stream) = open();
    stream.append(&batch(vec![post("1", 1, "a"), post("2", 200, "b")])).unwrap();
    let gone = stream.forget(AuthorKey::new([200; 16]), Timestamp::from_millis(5)).unwrap();
    assert_eq!(gone, Forgotten { posts: 1, mentions: 1 });
    let done = stream.append(&batch(vec![post("2", 200, "b"), post("3", 200, "c")])).unwrap();
    assert_eq!(done.refused, 2);
    assert_eq!(folded(&stream).len(), 1);
}

#[test]
fn rows_set_aside_are_kept_once() {
    let (_dir, mut stream) = open();
    let now = Timestamp::from_millis(1_600_000_000_000);
    let row = Rejected {
        source: source(),
        hour: now.hour(),
        received: now,
        reason: polso_domain::SetAside::Malformed,
        row: "{\"line\":7}".to_owned(),
    };
    let twice = Batch { rejected: vec![row.clone(), row], ..Batch::default() };
    assert_eq!(stream.append(&twice).unwrap().rejected, 1);
    assert_eq!(stream.append(&twice).unwrap().rejected, 0);
    assert_eq!(stream.rejected(&source(), now, Timestamp::from_millis(now.millis() + 1)).unwrap(), ["{\"line\":7}"]);
    assert_eq!(stream.ledger().unwrap()[0].set_aside, 1);
}

#[test]
fn texts_leave_when_their_time_is_over_and_everyone_has_read_them() {
    let (_dir, mut stream) = open();
    stream.append(&batch(vec![post("1", 1, "a"), post("2", 1, "b")])).unwrap();
    stream.commit("c", Offset(1)).unwrap();
    let later = Timestamp::from_millis(1_700_000_000_000);
    assert_eq!(stream.purge(later, &["c"]).unwrap(), 1);
    assert_eq!(stream.append(&batch(vec![post("1", 1, "a")])).unwrap().known, 1, "its id is still known");
    assert!(matches!(stream.rewind("c", Offset(0)), Err(Error::Purged { purged: 1 })));
}

#[test]
fn a_file_of_a_later_polso_is_refused() {
    let (dir, stream) = open();
    stream.db.pragma_update(None, "user_version", 99).unwrap();
    drop(stream);
    assert!(matches!(Stream::open(&dir.path().join("polso.db")), Err(Error::Newer { found: 99, .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Whatever the order of posts, edits and deletions, and however they are cut into batches and repeated,
    /// the log folds to the last version of each post that was not deleted.
    #[test]
    fn the_log_folds_to_the_latest_versions(
        steps in prop::collection::vec((0_u8..6, prop::option::weighted(0.8, 0_u8..4)), 0..60),
        cut in 1_usize..20,
    ) {
        let (_dir, mut stream) = open();
        let mut expected = BTreeMap::new();
        let (mut dead, mut seen) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
        for batch_steps in steps.chunks(cut) {
            let events: Vec<Event> = batch_steps.iter().map(|(id, text)| match text {
                Some(text) => post(&id.to_string(), 1, &text.to_string()),
                None => delete(&id.to_string()),
            }).collect();
            for (id, text) in batch_steps {
                let id = id.to_string();
                match text {
                    // A version that was there before does not come back.
                    Some(text) if !dead.contains(&id) && seen.insert((id.clone(), *text)) => {
                        expected.insert(id, text.to_string());
                    }
                    Some(_) => {}
                    None => { expected.remove(&id); dead.insert(id); }
                }
            }
            stream.append(&batch(events)).unwrap();
        }
        prop_assert_eq!(folded(&stream), expected);
    }
}

#[test]
fn a_source_may_have_a_shorter_time() {
    let (_dir, mut stream) = open();
    stream.append(&batch(vec![post("1", 1, "a"), post("2", 2, "b")])).unwrap();
    let late = Timestamp::from_millis(i64::MAX);
    stream.commit("test", Offset(1)).unwrap();
    let other = SourceId::new("youtube").unwrap();
    assert_eq!(stream.purge_source(&other, late, &["test"]).unwrap(), 0);
    assert_eq!(stream.purge_source(&source(), late, &["test"]).unwrap(), 1, "what was not read yet stays");
    assert!(stream.rewind("test", Offset(0)).is_err());
}
