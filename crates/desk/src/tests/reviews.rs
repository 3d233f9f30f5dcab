//! Reviews stand side by side, and go with the author they are about.

use super::*;
use polso_domain::{AuthorKey, PostId, SourceId, Stance};
use std::fs;

fn author(nth: u8) -> AuthorKey {
    AuthorKey::new(std::array::from_fn(|place| nth.wrapping_mul(31).wrapping_add(u8::try_from(place * 7).unwrap()) | 1))
}

fn review(post: &str, reviewer: &str) -> Review {
    Review {
        source: SourceId::new("forum").unwrap(),
        post: PostId::new(post),
        author: author(1),
        day: day("2020-03-01"),
        lang: "it".to_owned(),
        reviewer: reviewer.to_owned(),
        task: Task::Sentiment,
        about: None,
        value: "negative".to_owned(),
        said: ModelAnswer {
            sentiment: Some([0.1, 0.2, 0.7]),
            needs_checking: Some(0.3),
            question: Some(false),
            stance: None,
        },
        model: "m-1".to_owned(),
        stratum: "it/high".to_owned(),
        weight: 12.5,
    }
}

fn stance(post: &str, about: &str) -> Review {
    let said = ModelAnswer { stance: Some(Stance::Rebuts), ..ModelAnswer::default() };
    let (task, value) = (Task::Stance, "repeats".to_owned());
    Review { task, about: Some(id(about)), value, said, ..review(post, "r1") }
}

fn all(desk: &Desk) -> Vec<Review> {
    desk.reviews(day("2020-01-01"), day("2020-12-31")).unwrap()
}

#[test]
fn answers_of_two_stand_side_by_side_and_a_second_one_replaces() {
    let (_dir, mut desk) = open();
    let rows = [review("1", "r1"), review("1", "r2"), stance("1", "a"), stance("1", "b"), review("2", "r1")];
    let added = desk.put_reviews(&rows, seeds()).unwrap();
    assert_eq!(added, PutReviews { added: 5, ..PutReviews::default() });
    assert_eq!(all(&desk), rows);
    let again = desk.put_reviews(&rows, seeds()).unwrap();
    assert_eq!(again, PutReviews { unchanged: 5, ..PutReviews::default() });

    let other = Review { value: "unsure".to_owned(), weight: 3.0, ..review("1", "r2") };
    let changed = desk.put_reviews(&[other.clone(), review("2", "r1")], person()).unwrap();
    assert_eq!(changed, PutReviews { changed: 1, unchanged: 1, ..PutReviews::default() });
    assert_eq!(all(&desk)[1], other);
    let some = |text: &str| Some(text.to_owned());
    let noted = changes(&desk, Subject::Review);
    assert_eq!(noted.len(), 7);
    assert_eq!(noted[5], ("value".to_owned(), some("negative"), some("unsure")));
    assert_eq!(noted[6], ("weight".to_owned(), some("12.5"), some("3")));
    assert_eq!(desk.reviews(day("2020-03-02"), day("2020-12-31")).unwrap(), []);
}

#[test]
fn answers_that_are_none_are_refused_without_repeating_them() {
    let (_dir, mut desk) = open();
    let long = Review { value: "a whole post".to_owned(), ..review("2", "r1") };
    let error = desk.put_reviews(&[review("1", "r1"), long], seeds()).unwrap_err();
    assert_eq!(error.to_string(), "the answer of review 2 is none for `sentiment`");
    assert!(error.hint().unwrap().contains("`negative`, `neutral`"));
    let endless = Review { weight: f64::INFINITY, ..review("1", "r1") };
    assert!(matches!(desk.put_reviews(&[endless], seeds()), Err(Error::NotANumber { .. })));
    let twice = [review("1", "r1"), review("1", "r1")];
    assert!(matches!(desk.put_reviews(&twice, seeds()), Err(Error::Twice(_))));
    assert_eq!(all(&desk), []);
}

/// Whether the bytes are anywhere in the database or in a file beside it.
fn is_on_disk(dir: &TempDir, bytes: &[u8]) -> bool {
    let files = fs::read_dir(dir.path()).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    files.into_iter().any(|file| file.windows(bytes.len()).any(|window| window == bytes))
}

#[test]
fn nothing_of_a_forgotten_author_is_left_in_the_file() {
    let (dir, mut desk) = open();
    let post = |nth: u32| format!("post-of-somebody-{nth}");
    let rows: Vec<Review> = (0..400)
        .map(|nth| Review { author: author(if nth % 3 == 0 { 7 } else { 1 }), ..review(&post(nth), "r1") })
        .collect();
    desk.put_reviews(&rows, seeds()).unwrap();
    let second = Review { value: "positive".to_owned(), ..rows[0].clone() };
    desk.put_reviews(&[second], person()).unwrap();
    let whole = |nth: u32| format!("{}sentiment", post(nth)).into_bytes();
    assert!(is_on_disk(&dir, author(7).bytes()) && is_on_disk(&dir, &whole(0)) && is_on_disk(&dir, &whole(399)));

    assert_eq!(desk.forget(&author(7)).unwrap(), 134);
    assert!(!is_on_disk(&dir, author(7).bytes()));
    assert!(!is_on_disk(&dir, author(7).to_hex().as_bytes()));
    assert!(!is_on_disk(&dir, &whole(0)) && !is_on_disk(&dir, &whole(399)), "nor their posts, in table or index");
    assert!(is_on_disk(&dir, author(1).bytes()) && is_on_disk(&dir, &whole(1)), "others stay");
    assert_eq!(all(&desk).len(), 266);
    assert_eq!(changes(&desk, Subject::Review).len(), 266, "the change of a forgotten review went too");
    assert_eq!(desk.forget(&author(7)).unwrap(), 0);
}

#[test]
fn posts_are_forgotten_by_their_names() {
    let (dir, mut desk) = open();
    let rows = [review("gone-from-its-source", "r1"), review("gone-from-its-source", "r2"), review("2", "r1")];
    desk.put_reviews(&rows, seeds()).unwrap();
    let gone = [(rows[0].source.clone(), rows[0].post.clone()), (rows[0].source.clone(), PostId::new("unknown"))];
    assert_eq!(desk.forget_posts(&gone).unwrap(), 2);
    assert_eq!(all(&desk), rows[2..]);
    assert!(!is_on_disk(&dir, b"gone-from-its-source"));
    assert_eq!(changes(&desk, Subject::Review).len(), 1);
}

#[test]
fn forgetting_says_when_somebody_still_reads() {
    let (dir, mut desk) = open();
    desk.put_reviews(&[review("1", "r1")], seeds()).unwrap();
    let reader = beside(&dir);
    reader.execute_batch("BEGIN").unwrap();
    let read: i64 = reader.query_row("SELECT count(*) FROM desk_review", [], |row| row.get(0)).unwrap();
    assert_eq!(read, 1);
    desk.db.execute_batch("PRAGMA busy_timeout = 10").unwrap();
    let error = desk.forget(&author(1)).unwrap_err();
    assert!(matches!(error, Error::StillRead { .. }) && error.hint().is_some(), "{error}");
    reader.execute_batch("COMMIT").unwrap();
    assert_eq!(desk.forget(&author(1)).unwrap(), 0);
    assert!(!is_on_disk(&dir, author(1).bytes()));
}
