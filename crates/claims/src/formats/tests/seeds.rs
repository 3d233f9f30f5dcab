//! Our own claims and messages.

use super::*;
use polso_domain::{ClaimKind, Topic, Verdict};

const CLAIM: &str = r#"
[[claim]]
id = "garlic"
kind = "rumour"
verdict = "mostly_false"
topic = "treatment"
link = "https://salute.example/a"

[claim.it]
text = "L'aglio protegge dal virus."
answer = "L'aglio fa bene, ma non protegge."
phrasings = ["Mangiate aglio!", "Con l'aglio non ti ammali"]

[claim.fi]
text = "Valkosipuli suojaa."
"#;

const MESSAGE: &str = r#"
[[message]]
id = "garlic"
since = "2020-03-01"
link = "https://salute.example/b"

[message.en]
text = "Call 1500."
"#;

fn wrong(toml: &str) -> FormatError {
    super::super::seeds(toml).unwrap_err()
}

#[test]
fn claims_and_messages_are_read_and_may_share_a_name() {
    let file = format!("{MESSAGE}{CLAIM}");
    let claims = super::super::seeds(&file).unwrap();
    let [claim, message] = claims.as_slice() else { panic!("{claims:?}") };
    assert_eq!((claim.id.as_str(), claim.kind, claim.topic), ("garlic", ClaimKind::Rumour, Some(Topic::Treatment)));
    assert_eq!((claim.verdict.clone(), claim.wordings.len()), (Verdict::MostlyFalse, 2));
    let italian = claim.wordings.iter().find(|wording| wording.lang == "it").unwrap();
    assert_eq!((italian.phrasings.len(), italian.answer.is_some()), (2, true));
    assert_eq!((message.id.as_str(), message.kind), ("message-garlic", ClaimKind::Message));
    assert_eq!((message.verdict.clone(), message.since.unwrap().to_string()), (Verdict::True, "2020-03-01".to_owned()));
    let (came, format) = came(&file);
    assert_eq!((format.unwrap(), came.claims), (Format::Seeds, claims));
}

#[test]
fn an_id_that_stands_twice_names_both_places() {
    let error = wrong(&format!("{CLAIM}\n{}", CLAIM.replace("garlic", "onion")).replace("onion", "garlic"));
    assert_eq!(error.to_string(), "the id `garlic` stands in line 3 and again in line 19");
    let message = format!("{MESSAGE}{}", CLAIM.replace("\"garlic\"", "\"message-garlic\""));
    assert!(matches!(wrong(&message), FormatError::Twice { .. }));
}

#[test]
fn a_typing_error_says_what_and_where() {
    for (right, typed, said) in [
        ("\"rumour\"", "\"rumor\"", "`rumor` is no kind (`rumour`, `fact` or `message`) (claim in line 3)"),
        ("mostly_false", "falso", "`falso` is no verdict (claim in line 3)"),
        ("\"treatment\"", "\"cure\"", "`cure` is no topic (claim in line 3)"),
        ("https://salute.example/a", "salute.example", "`salute.example` is no web address (claim in line 3)"),
        ("\"garlic\"", "\"Garlic\"", "`Garlic` is no id (claim in line 3)"),
        ("[claim.fi]", "[claim.fin]", "`fin` is no language (claim in line 3)"),
        ("Valkosipuli suojaa.", "…", "`…` is no text (claim in line 3)"),
    ] {
        assert_eq!(wrong(&CLAIM.replace(right, typed)).to_string(), said);
    }
    let alone = CLAIM.split("[claim.it]").next().unwrap();
    assert!(wrong(alone).to_string().contains("[claim.it]"));
    for broken in
        ["[[claim]]\nid = ", "[[claims]]\n", &CLAIM.replace("answer", "anser"), &CLAIM.replace("topic", "topik")]
    {
        assert!(matches!(wrong(broken), FormatError::Toml(_)), "{broken}");
        assert!(wrong(broken).hint().contains("seeds/claims.toml"));
    }
    assert!(super::super::seeds("").unwrap().is_empty());
}
