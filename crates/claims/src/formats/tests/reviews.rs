//! Reviews in JSON.

use super::*;
use polso_domain::{ClaimKind, Verdict};

#[test]
fn a_review_becomes_a_claim() {
    let file = r#"{
        "@context": "https://schema.org", "@type": ["Review", "http://schema.org/ClaimReview"],
        "url": "https://www.facta.example/acqua?x=1", "claimReviewed": "L&#8217;acqua calda <b>cura</b> il virus",
        "datePublished": "2020-03-09T10:00:00", "inLanguage": "it-IT",
        "reviewRating": {"@type": "Rating", "ratingValue": 5, "bestRating": 5, "worstRating": 1, "alternateName": "Falso!"},
        "author": {"@type": "Organization", "name": "<script>alert(1)</script>Facta", "url": "https://other.example/"},
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "seed_anna_1"}},
        "claimant": "seed_anna_1"
    }"#;
    let (came, format) = came(file);
    assert_eq!(format.unwrap(), Format::ClaimReview);
    let [claim] = came.claims.as_slice() else { panic!("{:?}", came.refused) };
    assert!(claim.id.as_str().starts_with("facta.example-") && claim.id.as_str().len() == 30, "{}", claim.id);
    assert_eq!((&claim.verdict, claim.kind), (&Verdict::False, ClaimKind::Rumour));
    assert_eq!(claim.publisher.as_deref(), Some("facta.example"));
    assert_eq!(claim.link.as_deref(), Some("https://www.facta.example/acqua?x=1"));
    assert_eq!(claim.since.unwrap().to_string(), "2020-03-09");
    assert_eq!((claim.wordings[0].lang.as_str(), came.texts()[0]), ("it", "L’acqua calda cura il virus"));
    assert!(came.notes.is_empty());
    let all = format!("{claim:?}");
    assert!(!all.contains("seed_anna") && !all.contains("script") && !all.contains("Facta\""));
}

#[test]
fn arrays_lines_graphs_and_scripts_say_the_same() {
    let (one, two) = (review("1", "Uno", "Falso", "2020-03-09"), review("2", "Due", "Vero", "2020-03-10"));
    let files = [
        format!("[{one},\n{two}]"),
        format!("{one}\n{two}\n"),
        format!("{one}{two}"),
        format!("{{\"@context\":\"x\",\"@graph\":[{{\"@type\":\"WebPage\"}},{one},{two}]}}"),
        format!("<script type=\"application/ld+json\">{one}</script>\n<script>{two}</script>\n"),
        format!("{{\"@type\":\"DataFeed\",\"dataFeedElement\":[{{\"item\":[{one}]}},{{\"item\":{two}}}]}}"),
        format!("[{{\"@graph\":[{one},{two}]}}]"),
    ];
    let ids = |file: &String| {
        let (came, outcome) = came(file);
        assert!(outcome.is_ok() && came.refused.is_empty(), "{file}: {outcome:?} {:?}", came.refused);
        assert_eq!(came.claims[1].kind, ClaimKind::Fact);
        came.claims.into_iter().map(|claim| claim.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(&files[0]).len(), 2);
    assert!(files.iter().all(|file| ids(file) == ids(&files[0])));
}

#[test]
fn references_are_followed_and_circles_end() {
    let file = r##"{"@graph": [
        {"@id": "#r", "@type": "ClaimReview", "schema:claimReviewed": "Uno", "author": {"@id": "#who"},
         "reviewRating": [{"@id": "#rating"}], "itemReviewed": {"@id": "#r"}},
        {"@id": "#who", "@type": "Organization", "url": {"@id": "https://facta.example"}, "parent": {"@id": "#who"}},
        {"@id": "#rating", "alternateName": {"@value": "Bufala"}, "about": {"@id": "#r"}},
        {"@type": "ClaimReview", "claimReviewed": "Due", "reviewRating": {"@id": "#nobody"}, "author": {"@id": "#loop"}},
        {"@id": "#loop", "@type": "Organization", "url": {"@id": "#loop"}}
    ]}"##;
    let (came, outcome) = came(file);
    assert!(outcome.is_ok());
    assert_eq!((came.texts(), &came.claims[0].verdict), (vec!["Uno"], &Verdict::False));
    assert_eq!(came.refused, [("document 1, node 4".to_owned(), Refusal::NoPublisher)]);
}

#[test]
fn a_word_counts_before_a_number_and_a_number_needs_its_scale() {
    let of = |rating: &str| {
        let file = format!(
            "{{\"@type\":\"ClaimReview\",\"url\":\"https://facta.example/\",\"claimReviewed\":\"Uno\",\"reviewRating\":{rating}}}"
        );
        came(&file).0.claims[0].verdict.clone()
    };
    let scale = "\"worstRating\":\"1\",\"bestRating\":5";
    assert_eq!(of(&format!("{{\"ratingValue\":\"1\",{scale}}}")), Verdict::False);
    assert_eq!(of(&format!("{{\"ratingValue\":4,\"alternateName\":\"4\",{scale}}}")), Verdict::MostlyTrue);
    assert_eq!(of(&format!("{{\"ratingValue\":5,\"name\":\"Bufala\",{scale}}}")), Verdict::False);
    assert_eq!(
        of(&format!("{{\"ratingValue\":5,\"alternateName\":\"Chissà\",{scale}}}")),
        Verdict::Other("Chissà".into())
    );
    assert_eq!(of("{\"ratingValue\":5}"), Verdict::Unproven);
    assert_eq!(of("null"), Verdict::Unproven);
    let long = of(&format!("{{\"alternateName\":\"{}\"}}", "boh ".repeat(3000)));
    assert!(long.as_str().chars().count() <= 80 && long.as_str().ends_with('…'));
}

#[test]
fn an_answer_of_fact_check_tools_has_a_row_for_each_review() {
    let file = r#"{"claims": [
        {"text": "Il latte cura", "claimant": "seed_anna_1", "claimDate": "2020-03-01T00:00:00Z", "claimReview": [
            {"publisher": {"name": "F", "site": "facta.example"}, "url": "https://facta.example/latte",
             "title": "No", "reviewDate": "2020-03-02T09:00:00Z", "textualRating": "Falso", "languageCode": "it"},
            {"publisher": {"site": "check.example"}, "textualRating": "Väärä", "languageCode": "fi"},
            {"publisher": {"name": "blog"}, "url": "https://blog.example/x", "textualRating": "Falso"}]},
        {"text": "Niente"}, {"text": "Niente", "claimReview": []}
    ], "nextPageToken": "x"}"#;
    let (came, format) = came(file);
    assert_eq!(format.unwrap(), Format::FactCheckTools);
    assert_eq!(came.claims.len(), 2);
    assert_eq!(came.claims[1].since.unwrap().to_string(), "2020-03-01");
    assert_eq!(
        (came.claims[1].publisher.as_deref(), &came.claims[1].verdict),
        (Some("check.example"), &Verdict::False)
    );
    let blog = Refusal::NotAllowed { host: "blog.example".to_owned() };
    let expected = [
        ("claim 1, review 3".to_owned(), blog),
        ("claim 2".to_owned(), Refusal::NotAClaim),
        ("claim 3".to_owned(), Refusal::Withdrawn),
    ];
    assert_eq!(came.refused, expected);
    assert!(!format!("{:?}", came.claims).contains("seed_anna"));
}

#[test]
fn the_latest_date_of_a_review_wins_and_three_claims_of_a_page_are_three() {
    let file = [
        review("1", "Uno", "Falso", "2020-03-09"),
        review("1", "Uno", "Vero", "2020-03-08"),
        review("1", "uno!", "Fuori contesto", "2020-03-10"),
        review("1", "Uno", "Falso", "2020-03-10"),
        review("1", "Due", "Falso", "2020-03-10"),
        review("1", "Tre", "Falso", ""),
        review("1", "Tre", "Falso", ""),
    ];
    let (came, _) = came(&format!("[{}]", file.join(",")));
    assert_eq!(came.texts(), ["Uno", "uno!", "Due", "Tre"]);
    assert_eq!((&came.claims[0].id, &came.claims[1].verdict), (&came.claims[1].id, &Verdict::Mixed));
    let places: Vec<&str> = came.refused.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["object 2", "object 4", "object 7"]);
    assert!(came.refused.iter().all(|(_, reason)| matches!(reason, Refusal::Duplicate { .. })));
}

#[test]
fn what_cannot_be_taken_is_noted_and_the_claim_stays() {
    let file = review("1", "Uno seed_anna@mail.example", "Falso", "09/03/2020").replace("it-IT", "Italian");
    let (came, _) = came(&file);
    assert_eq!((came.texts(), came.claims[0].since), (vec!["Uno …"], None));
    assert_eq!(came.claims[0].wordings[0].lang, "und");
    let place = || "document 1".to_owned();
    assert_eq!(came.notes, [(place(), Note::Date), (place(), Note::Language)]);
}
