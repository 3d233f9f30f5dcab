//! Whatever imports and people do, in any order: saying it again changes nothing, and the changes tell the whole story.

use super::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What a claim's fields are, spelt as changes spell them but by other means than the library's own.
fn fields(claim: &Claim) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    fields.insert("kind".to_owned(), claim.kind.as_str().to_owned());
    fields.insert("verdict".to_owned(), claim.verdict.as_str().to_owned());
    fields.insert("withdrawn".to_owned(), if claim.withdrawn { "yes" } else { "no" }.to_owned());
    fields.extend(claim.topic.map(|topic| ("topic".to_owned(), topic.as_str().to_owned())));
    fields.extend(claim.link.clone().map(|link| ("link".to_owned(), link)));
    fields.extend(claim.publisher.clone().map(|host| ("publisher".to_owned(), host)));
    fields.extend(claim.since.map(|day| ("since".to_owned(), day.to_string())));
    for wording in &claim.wordings {
        fields.insert(format!("wording.{}.0", wording.lang), wording.text.clone());
        for (place, phrasing) in (1..).zip(&wording.phrasings) {
            fields.insert(format!("wording.{}.{place}", wording.lang), phrasing.clone());
        }
        fields.extend(wording.answer.clone().map(|answer| (format!("answer.{}", wording.lang), answer)));
    }
    fields
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-c]", ".{0,12}"]
}

fn some_wording(lang: &'static str) -> impl Strategy<Value = Wording> {
    (text(), prop::option::of(text()), prop::collection::vec(text(), 0..3))
        .prop_map(move |(text, answer, phrasings)| Wording { lang: lang.to_owned(), text, answer, phrasings })
}

fn kind() -> impl Strategy<Value = ClaimKind> {
    prop::sample::select(ClaimKind::ALL)
}

fn verdict() -> impl Strategy<Value = Verdict> {
    "true|false|mixed|own".prop_map(|word| Verdict::named(&word))
}

fn topic() -> impl Strategy<Value = Option<Topic>> {
    prop::option::of(prop::sample::select(Topic::ALL))
}

fn some_claim() -> impl Strategy<Value = Claim> {
    let wordings = (prop::option::of(some_wording("en")), prop::option::of(some_wording("it")))
        .prop_map(|(en, it)| en.into_iter().chain(it).collect());
    let facts = (kind(), verdict(), topic(), any::<bool>());
    let details = (prop::option::of(text()), prop::option::of(text()), prop::option::of(0..3_i32));
    ("[ab]", facts, details, wordings).prop_map(|(name, facts, details, wordings)| Claim {
        id: id(&name),
        kind: facts.0,
        verdict: facts.1,
        topic: facts.2,
        withdrawn: facts.3,
        link: details.0,
        publisher: details.1,
        since: details.2.map(Day::from_epoch_days),
        wordings,
    })
}

fn edit<T: Clone + std::fmt::Debug + 'static>(some: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Edit<T>> {
    prop_oneof![Just(Edit::Keep), Just(Edit::Clear), some.prop_map(Edit::Set)].boxed()
}

fn some_edit() -> impl Strategy<Value = ClaimEdit> {
    let said = || prop::option::of(("en|it|fi", text()));
    let topic = edit(prop::sample::select(Topic::ALL));
    let facts = (prop::option::of(kind()), prop::option::of(verdict()), topic, prop::option::of(any::<bool>()));
    (facts, edit(text()), said(), said()).prop_map(|(facts, link, text, answer)| ClaimEdit {
        kind: facts.0,
        verdict: facts.1,
        topic: facts.2,
        withdrawn: facts.3,
        link,
        text,
        answer,
    })
}

#[derive(Debug, Clone)]
enum Step {
    Import(Claim),
    Person(ClaimId, ClaimEdit),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let person = ("[ab]", some_edit()).prop_map(|(name, edit)| Step::Person(id(&name), edit));
    prop::collection::vec(prop_oneof![some_claim().prop_map(Step::Import), person], 1..12)
}

/// Goes through a step; what was imported is noted as it was when it was new.
fn go(desk: &mut Desk, step: &Step, first: &mut BTreeMap<ClaimId, Claim>) {
    match step {
        Step::Import(claim) => {
            desk.put(std::slice::from_ref(claim), seeds()).unwrap();
            first.entry(claim.id.clone()).or_insert_with(|| claim.clone());
        }
        Step::Person(id, edit) => {
            let known = first.contains_key(id);
            assert_eq!(desk.set_claim(id, edit, person()).is_ok(), known);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn changes_lead_from_what_was_added_to_what_is_there(steps in steps()) {
        let (_dir, mut desk) = open();
        let mut first = BTreeMap::new();
        for step in &steps {
            go(&mut desk, step, &mut first);
        }
        let mut told: BTreeMap<String, BTreeMap<String, String>> =
            first.iter().map(|(id, claim)| (id.to_string(), fields(claim))).collect();
        for change in desk.changes(&ChangeFilter::default()).unwrap() {
            if change.field == "added" {
                continue;
            }
            prop_assert!(change.before != change.after);
            let claim = told.get_mut(&change.id).unwrap();
            prop_assert_eq!(claim.get(&change.field), change.before.as_ref(), "what it was is what stood there");
            match change.after {
                Some(after) => drop(claim.insert(change.field, after)),
                None => drop(claim.remove(&change.field)),
            }
        }
        let there = desk.claims().unwrap();
        let there: BTreeMap<_, _> = there.iter().map(|claim| (claim.id.to_string(), fields(claim))).collect();
        prop_assert_eq!(told, there);
    }

    #[test]
    fn saying_it_twice_is_saying_it_once(steps in steps(), last in prop::collection::vec(some_claim(), 1..3)) {
        let (_dir, mut desk) = open();
        let mut first = BTreeMap::new();
        for step in &steps {
            go(&mut desk, step, &mut first);
        }
        let mut ids = BTreeSet::new();
        let last: Vec<Claim> = last.into_iter().filter(|claim| ids.insert(claim.id.clone())).collect();
        let once = desk.put(&last, seeds()).unwrap();
        let state = (desk.claims().unwrap(), desk.revision().unwrap(), desk.changes(&ChangeFilter::default()).unwrap());
        let twice = desk.put(&last, seeds()).unwrap();
        prop_assert_eq!(once.added + once.changed + once.unchanged, last.len());
        prop_assert_eq!(twice, Put { unchanged: last.len(), stood: once.stood, ..Put::default() });
        let again = (desk.claims().unwrap(), desk.revision().unwrap(), desk.changes(&ChangeFilter::default()).unwrap());
        prop_assert_eq!(state, again);
    }

    #[test]
    fn what_a_person_said_is_there_until_a_person_says_otherwise(steps in steps()) {
        let (_dir, mut desk) = open();
        let mut first = BTreeMap::new();
        let mut verdicts = BTreeMap::new();
        let mut answers = BTreeMap::new();
        for step in &steps {
            go(&mut desk, step, &mut first);
            if let Step::Person(id, edit) = step && first.contains_key(id) {
                verdicts.extend(edit.verdict.clone().map(|verdict| (id.clone(), verdict)));
                answers.extend(edit.answer.clone().map(|(lang, text)| ((id.clone(), lang), text)));
            }
        }
        for (id, verdict) in verdicts {
            prop_assert_eq!(desk.claim(&id).unwrap().unwrap().verdict, verdict);
        }
        for ((id, lang), text) in answers {
            let claim = desk.claim(&id).unwrap().unwrap();
            let wording = claim.wordings.iter().find(|wording| wording.lang == lang);
            prop_assert_eq!(wording.and_then(|wording| wording.answer.as_deref()).unwrap_or(""), text);
        }
    }
}
