//! What imports and people do to the library.

use super::*;

fn put_one(desk: &mut Desk, claim: Claim) -> Put {
    desk.put(&[claim], seeds()).unwrap()
}

#[test]
fn claims_come_back_as_they_went_in() {
    let (_dir, mut desk) = open();
    let bare = Claim {
        verdict: Verdict::Other("kyseenalainen".to_owned()),
        topic: None,
        link: None,
        publisher: None,
        since: None,
        withdrawn: true,
        wordings: vec![Wording { lang: "und".to_owned(), text: "x\ny\0z".to_owned(), answer: None, phrasings: vec![] }],
        ..claim("bare")
    };
    let wordless = Claim { kind: ClaimKind::Narrative, wordings: vec![], ..claim("a.narrative") };
    let put = desk.put(&[claim("garlic"), bare.clone(), wordless.clone()], seeds()).unwrap();
    assert_eq!(put, Put { added: 3, ..Put::default() });
    assert_eq!(desk.claims().unwrap(), [wordless, bare.clone(), claim("garlic")]);
    assert_eq!(desk.claim(&bare.id).unwrap(), Some(bare));
    assert_eq!(desk.claim(&id("unknown")).unwrap(), None);
    assert_eq!(desk.revision().unwrap(), 1, "one transaction, one revision");
}

#[test]
fn an_import_is_written_down_field_by_field() {
    let (_dir, mut desk) = open();
    put_one(&mut desk, claim("garlic"));
    let mut next = claim("garlic");
    next.verdict = Verdict::Mixed;
    next.topic = None;
    next.wordings.remove(0);
    next.wordings[0].phrasings = vec!["mangiate aglio".to_owned(), "aglio!".to_owned()];
    assert_eq!(put_one(&mut desk, next.clone()), Put { changed: 1, ..Put::default() });
    assert_eq!(desk.claims().unwrap(), [next]);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        changes(&desk, Subject::Claim),
        [
            ("added".to_owned(), None, some("rumour")),
            ("verdict".to_owned(), some("false"), some("mixed")),
            ("topic".to_owned(), some("treatment"), None),
            ("wording.en.0".to_owned(), some("Garlic cures it."), None),
            ("wording.it.1".to_owned(), some("basta l'aglio"), some("mangiate aglio")),
            ("wording.it.2".to_owned(), None, some("aglio!")),
            ("answer.en".to_owned(), some("No (en)."), None),
        ]
    );
}

#[test]
fn what_a_person_set_stands() {
    let (_dir, mut desk) = open();
    put_one(&mut desk, claim("garlic"));
    let edit = ClaimEdit {
        verdict: Some(Verdict::Mixed),
        link: Edit::Clear,
        answer: Some(("fi".to_owned(), "Ei paranna.".to_owned())),
        ..ClaimEdit::default()
    };
    assert!(desk.set_claim(&id("garlic"), &edit, person()).unwrap());
    let set = desk.claim(&id("garlic")).unwrap().unwrap();
    assert_eq!((&set.verdict, &set.link), (&Verdict::Mixed, &None));
    assert_eq!(set.wordings[1].answer.as_deref(), Some("Ei paranna."));
    assert_eq!(set.wordings[1].text, "", "answered in a language in which nobody says it");

    let revision = desk.revision().unwrap();
    let before = desk.changes(&ChangeFilter::default()).unwrap().len();
    for _ in 0..2 {
        assert_eq!(put_one(&mut desk, claim("garlic")), Put { unchanged: 1, stood: 1, ..Put::default() });
    }
    let moved = Claim { publisher: None, ..claim("garlic") };
    assert_eq!(put_one(&mut desk, moved), Put { changed: 1, stood: 1, ..Put::default() });
    assert_eq!(desk.claim(&id("garlic")).unwrap(), Some(Claim { publisher: None, ..set }));
    assert_eq!(desk.changes(&ChangeFilter::default()).unwrap().len(), before + 1);
    assert_eq!(desk.revision().unwrap(), revision, "a publisher is not matched");
}

#[test]
fn a_field_that_a_person_confirmed_is_held_too() {
    let (_dir, mut desk) = open();
    put_one(&mut desk, claim("garlic"));
    let edit = ClaimEdit { verdict: Some(Verdict::False), ..ClaimEdit::default() };
    assert!(!desk.set_claim(&id("garlic"), &edit, person()).unwrap());
    let next = Claim { verdict: Verdict::True, ..claim("garlic") };
    assert_eq!(put_one(&mut desk, next), Put { unchanged: 1, stood: 1, ..Put::default() });
    assert_eq!(desk.claim(&id("garlic")).unwrap().unwrap().verdict, Verdict::False);
}

#[test]
fn an_answer_that_a_person_took_away_stays_away() {
    let (_dir, mut desk) = open();
    put_one(&mut desk, claim("garlic"));
    let edit = ClaimEdit { answer: Some(("it".to_owned(), String::new())), ..ClaimEdit::default() };
    desk.set_claim(&id("garlic"), &edit, person()).unwrap();
    assert_eq!(put_one(&mut desk, claim("garlic")).stood, 1);
    assert_eq!(desk.claim(&id("garlic")).unwrap().unwrap().wordings[1].answer, None);
}

#[test]
fn the_revision_follows_what_is_matched() {
    let (_dir, mut desk) = open();
    desk.put(&[claim("a"), claim("b")], seeds()).unwrap();
    let start = desk.revision().unwrap();
    let unmatched = ClaimEdit { verdict: Some(Verdict::True), topic: Edit::Clear, ..ClaimEdit::default() };
    assert!(desk.set_claim(&id("a"), &unmatched, person()).unwrap());
    assert_eq!(desk.revision().unwrap(), start);
    let steps = [
        ClaimEdit { withdrawn: Some(true), ..ClaimEdit::default() },
        ClaimEdit { withdrawn: Some(false), ..ClaimEdit::default() },
        ClaimEdit { text: Some(("it".to_owned(), "Cura.".to_owned())), ..ClaimEdit::default() },
        ClaimEdit { kind: Some(ClaimKind::Fact), ..ClaimEdit::default() },
    ];
    for (step, count) in steps.into_iter().zip(1..) {
        assert!(desk.set_claim(&id("a"), &step, person()).unwrap());
        assert_eq!(desk.revision().unwrap(), start + count);
        assert_eq!(desk.changed_since(start + count - 1).unwrap(), [id("a")]);
    }
    assert_eq!(desk.changed_since(0).unwrap(), [id("a"), id("b")]);
    assert_eq!(desk.changed_since(start + 4).unwrap(), []);
    assert_eq!(desk.changed_since(u64::MAX).unwrap(), []);
}

#[test]
fn what_cannot_be_meant_is_refused_as_a_whole() {
    let (_dir, mut desk) = open();
    let mut twice = claim("twice");
    twice.wordings.push(wording("it", &["x"]));
    for bad in [vec![claim("a"), claim("b"), claim("a")], vec![claim("a"), twice]] {
        let error = desk.put(&bad, seeds()).unwrap_err();
        assert!(matches!(error, Error::Twice(_)), "{error}");
        assert!(error.hint().is_some());
    }
    assert_eq!(desk.claims().unwrap(), []);
    let unknown = desk.set_claim(&id("a"), &ClaimEdit::default(), person()).unwrap_err();
    assert!(matches!(unknown, Error::UnknownClaim(_)));
    assert_eq!(desk.changes(&ChangeFilter::default()).unwrap(), []);
    assert_eq!(desk.revision().unwrap(), 0);
}

#[test]
fn changes_are_found_by_what_they_are_and_when() {
    let (_dir, mut desk) = open();
    desk.put(&[claim("a"), claim("b")], seeds()).unwrap();
    desk.set_claim(&id("a"), &ClaimEdit { withdrawn: Some(true), ..ClaimEdit::default() }, person()).unwrap();
    let count = |filter: ChangeFilter<'_>| desk.changes(&filter).unwrap().len();
    let all = ChangeFilter::default();
    assert_eq!(count(all), 3);
    assert_eq!(count(ChangeFilter { id: Some("a"), ..all }), 2);
    assert_eq!(count(ChangeFilter { what: Some(Subject::Rumour), ..all }), 0);
    assert_eq!(count(ChangeFilter { from: Some(person().when), ..all }), 1);
    assert_eq!(count(ChangeFilter { until: Some(person().when), ..all }), 2);
    let last = desk.changes(&ChangeFilter { id: Some("a"), from: Some(person().when), ..all }).unwrap().remove(0);
    let expected = Change {
        number: 3,
        what: Subject::Claim,
        id: "a".to_owned(),
        field: "withdrawn".to_owned(),
        before: Some("no".to_owned()),
        after: Some("yes".to_owned()),
        who: "anna-m".to_owned(),
        at: person().when,
    };
    assert_eq!(last, expected);
}

#[test]
fn a_large_import_and_a_small_one_make_the_same_of_a_claim() {
    let (_dir, mut desk) = open();
    let mut many: Vec<Claim> = (0..5_000).map(|nth| claim(&format!("claim-{nth}"))).collect();
    assert_eq!(desk.put(&many, seeds()).unwrap().added, 5_000);
    let edit = ClaimEdit { verdict: Some(Verdict::Mixed), ..ClaimEdit::default() };
    desk.set_claim(&id("claim-7"), &edit, person()).unwrap();
    many[4_999].withdrawn = true;
    let large = desk.put(&many, seeds()).unwrap();
    assert_eq!(large, Put { added: 0, changed: 1, unchanged: 4_999, stood: 1 });
    assert_eq!(desk.put(&many[..4_999], seeds()).unwrap(), Put { changed: 0, unchanged: 4_999, ..large });
    assert_eq!(desk.changed_since(1).unwrap(), [id("claim-4999")]);
}
