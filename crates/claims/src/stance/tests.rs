//! How texts stand.

use super::*;
use crate::fixtures::{params, sketch, vector};
use proptest::prelude::*;

#[test]
fn denials_and_questions_are_told_from_plain_claims_in_each_language() {
    for (lang, plain, denial, question) in [
        (
            "it",
            "Il vaccino rende sterili",
            "È una bufala, non è vero che il vaccino rende sterili",
            "Ma è vero che il vaccino rende sterili?",
        ),
        (
            "en",
            "The vaccine makes you sterile",
            "Hoax! It is not true that the vaccine makes you sterile",
            "Is it true that the vaccine makes you sterile?",
        ),
        (
            "fi",
            "Rokote tekee hedelmättömäksi",
            "Huijausta, ei pidä paikkaansa että rokote tekee hedelmättömäksi",
            "Onko totta että rokote tekee hedelmättömäksi?",
        ),
    ] {
        let [plain, denial, question] = [plain, denial, question].map(|text| sketch(text, lang).stand);
        assert!(denial.denies > plain.denies && denial.debunks && !plain.debunks, "{lang} {denial:?} {plain:?}");
        assert!(question.asks > plain.asks && question.asks > denial.asks, "{lang} {question:?}");
        let stances = Stances::new(&params()).unwrap();
        let between = |post: &Stand, row: &Stand| stances.between(post, row);
        assert_eq!(between(&plain, &plain), Stance::Repeats, "{lang}");
        assert_eq!(between(&denial, &plain), Stance::Rebuts, "{lang}");
        assert_eq!(between(&question, &plain), Stance::Mentions, "{lang}");
        // A claim that denies something is repeated by whoever denies it too.
        assert_eq!(between(&denial, &denial), Stance::Repeats, "{lang}");
    }
}

#[test]
fn a_vector_of_another_model_leaves_the_cues() {
    let stances = Stances::new(&params()).unwrap();
    let other = Vector::from_bytes(&[1, 2]).unwrap();
    let asks = stances.attitudes("Is it true?", "en", &other).probability(Attitude::Query);
    assert!(asks > stances.attitudes("Fine.", "en", &other).probability(Attitude::Query));
}

#[test]
fn weights_that_do_not_fit_are_refused() {
    let text = include_str!("../../../../models/polso-mini-2/claims.toml");
    let renamed = Params::parse(&text.replace("asks_whether", "asks_weather")).unwrap();
    let refused = Stances::new(&renamed).err().unwrap();
    assert_eq!(refused.to_string(), "the weights in `attitude.cues` do not fit: `asks_weather`");
    let missing = Params::parse(&text.replace("asks_whether = ", "negation = ").replacen("negation = ", "a = ", 1));
    assert!(missing.is_err() || Stances::new(&missing.unwrap()).is_err());
    assert!(matches!(Params::parse("model = 1"), Err(Error::Params { .. })));
    assert!(matches!(Params::parse(&format!("more = 1\n{text}")), Err(Error::Params { .. })));
}

proptest! {
    #[test]
    fn attitudes_are_a_distribution(text in "\\PC{0,60}", lang in "(it|en|fi|de|und)") {
        let attitudes = Stances::new(&params()).unwrap().attitudes(&text, &lang, &vector(&text));
        let sum: f32 = Attitude::ALL.map(|attitude| attitudes.probability(attitude)).iter().sum();
        prop_assert!((sum - 1.0).abs() < 1e-5);
        prop_assert_eq!(Attitude::named(attitudes.named().as_str()), Some(attitudes.named()));
    }
}
