//! What a library answers.

use super::*;
use crate::fixtures::{params, query, row, sketch};
use std::num::NonZeroUsize;

const CLAIMS: [(&str, &str); 12] = [
    ("aglio", "L'aglio crudo protegge dal contagio del virus"),
    ("antenne", "Le antenne 5G diffondono il coronavirus nelle città"),
    ("candeggina", "Bere candeggina diluita disinfetta polmoni e gola"),
    ("microchip", "I vaccini contengono microchip per tracciare la popolazione"),
    ("mascherine", "Le mascherine tolgono ossigeno a chi lavora in fabbrica"),
    ("zanzare", "Le zanzare trasmettono la malattia durante l'estate"),
    ("sole", "Un'ora di sole uccide qualunque infezione respiratoria"),
    ("acqua", "Bere acqua calda ogni quarto d'ora lava via il virus"),
    ("laboratorio", "Il virus è stato fabbricato in un laboratorio militare segreto"),
    ("tamponi", "I tamponi danneggiano la barriera del cervello"),
    ("pacchi", "I pacchi spediti dall'Asia portano il contagio in casa"),
    ("animali", "Cani e gatti passano la malattia ai padroni"),
];

fn library() -> Library {
    Library::new(CLAIMS.iter().map(|(claim, text)| row(claim, "it", text)).collect(), &params()).unwrap()
}

#[test]
fn a_repeated_claim_is_found_with_the_words_that_matched() {
    let post = sketch("mia zia: l'aglio crudo protegge dal contagio del virus!! #aglio", "it");
    let found = library().find(&[query(&post)]).unwrap().remove(0);
    assert_eq!(found[0].claim.as_str(), "aglio");
    assert_eq!((found[0].row, found[0].stance), (0, Stance::Repeats));
    assert!(found[0].probability > 0.9 && found[0].similarity > 0.7, "{found:?}");
    assert_eq!(found[0].terms, row("aglio", "it", CLAIMS[0].1).sketch.terms);
}

#[test]
fn a_rebuttal_is_not_a_repeat_and_a_question_takes_no_side() {
    for (text, stance) in [
        ("Bufala: l'aglio crudo protegge dal contagio del virus", Stance::Rebuts),
        ("Qualcuno sa se è vero che l'aglio crudo protegge dal contagio del virus?", Stance::Mentions),
    ] {
        let post = sketch(text, "it");
        let found = library().rank(&[query(&post)], 1).unwrap().remove(0);
        assert_eq!((found[0].claim.as_str(), found[0].stance), ("aglio", stance), "{text}");
    }
}

#[test]
fn no_match_is_an_answer() {
    let library = library();
    for text in ["Buongiorno a tutti, oggi piove e ho finito il caffè", "@user http", "", "🙂"] {
        let post = sketch(text, "it");
        assert_eq!(library.find(&[query(&post)]).unwrap(), [vec![]], "{text}");
        assert_eq!(library.rank(&[query(&post)], 2).unwrap()[0].len(), 2, "{text}");
    }
    let empty = Library::new(Vec::new(), &params()).unwrap();
    let post = sketch(CLAIMS[0].1, "it");
    assert_eq!(empty.rank(&[query(&post)], 2).unwrap(), [vec![]]);
    assert!(empty.find(&[]).unwrap().is_empty());
}

#[test]
fn a_claim_with_many_wordings_is_told_once() {
    let rows = CLAIMS.iter().flat_map(|(claim, text)| {
        [row(claim, "it", text), row(claim, "it", text), row(claim, "en", &format!("{text} oggi"))]
    });
    let library = Library::new(rows.collect(), &params()).unwrap();
    let post = sketch(CLAIMS[3].1, "it");
    let ranked = library.rank(&[query(&post)], 5).unwrap().remove(0);
    let claims: BTreeSet<&str> = ranked.iter().map(|found| found.claim.as_str()).collect();
    assert_eq!((ranked.len(), claims.len()), (5, 5));
    assert_eq!((ranked[0].claim.as_str(), ranked[0].row), ("microchip", 9));
    assert!(ranked.windows(2).all(|pair| pair[0].probability >= pair[1].probability));
}

#[test]
fn neighbours_and_threads_change_nothing() {
    let posts: Vec<_> = (0..700).map(|at| sketch(&format!("{} {at}", CLAIMS[at % 12].1), "it")).collect();
    let queries: Vec<_> = posts.iter().map(query).collect();
    let alone = library();
    let many = library().on_threads(NonZeroUsize::new(3).unwrap());
    let together = many.find(&queries).unwrap();
    assert_eq!(together, alone.find(&queries).unwrap());
    for at in [0, 63, 64, 255, 256, 699] {
        assert_eq!(together[at], alone.find(&queries[at..=at]).unwrap()[0]);
    }
}

#[test]
fn vectors_of_another_model_are_refused() {
    let mut other = row("aglio", "it", CLAIMS[0].1);
    other.sketch.vector = polso_domain::Vector::from_bytes(&[1, 2, 3]).unwrap();
    let refused = Library::new(vec![other], &params()).err().unwrap();
    assert_eq!(refused.to_string(), "a vector has 3 components where `polso-mini-2` has 384");
    assert!(refused.hint().is_some());
}

#[test]
fn candidates_come_from_both_sides_and_are_told_with_their_features() {
    let mut lexical = sketch("aglio crudo", "it");
    lexical.vector = crate::fixtures::vector("parole lontane");
    let found = library().features(&[query(&lexical)], 3).unwrap().remove(0);
    assert!(found.windows(2).all(|pair| pair[0].row < pair[1].row));
    let garlic = found.iter().find(|candidate| candidate.row == 0).unwrap();
    assert!(garlic.bm25.unwrap() > 0.0 && garlic.features[3] > 0.99, "{garlic:?}");
    assert!(found.iter().any(|candidate| candidate.bm25.is_none()));
}
