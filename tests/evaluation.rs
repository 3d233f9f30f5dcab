//! `polso eval`: the shape others rely on, and figures that can be counted by hand.

use crate::support::Place;
use serde_json::Value;

#[test]
fn the_answer_keeps_its_contract() {
    let place = Place::new();
    place.put(
        "labelled.jsonl",
        br#"{"id":"1","text":"I love this so much, what a wonderful day","label":"positive","lang":"en"}
{"id":"2","text":"this is terrible, I hate it and I am furious","label":"negative","lang":"en"}
{"id":"3","text":"che giornata meravigliosa, sono felicissima","label":"positive","lang":"it"}
{"id":"4","text":"something else","label":"mixed","lang":"en"}
{"id":"5","text":"https://example.org","label":"neutral","lang":"en"}
"#,
    );
    let answer: Value =
        serde_json::from_str(&place.done(&["eval", "--task", "sentiment", "--data", "labelled.jsonl", "--json"]))
            .unwrap();
    for key in [
        "n",
        "left_out",
        "macro_f1",
        "accuracy",
        "per_class",
        "confusion",
        "ece",
        "share_error",
        "by_lang",
        "posts_per_second",
        "peak_rss_mb",
        "model",
    ] {
        assert!(!answer[key].is_null(), "{key}: {answer}");
    }
    assert_eq!(
        (&answer["n"], &answer["left_out"], &answer["unscored"]["too_short"]),
        (&3.into(), &1.into(), &1.into())
    );
    assert!(answer["share_error"]["count"].is_number() && answer["share_error"]["estimated"].is_number());
    assert!(answer["accuracy"].as_f64().unwrap() > 0.6, "{answer}");
}

#[test]
fn labels_of_misinformation_come_in_every_spelling() {
    let place = Place::new();
    place.put(
        "labelled.jsonl",
        br#"{"text":"hot water kills the virus, share before they delete this","label":1,"lang":"en"}
{"text":"the library opens at nine on monday","label":"0","lang":"en"}
{"text":"nice weather for a walk with the dog","label":false,"lang":"en"}
"#,
    );
    let answer: Value =
        serde_json::from_str(&place.done(&["eval", "--task", "misinformation", "--data", "labelled.jsonl", "--json"]))
            .unwrap();
    assert_eq!(answer["n"], 3);
    assert!(answer["average_precision"].is_number(), "{answer}");
}

#[test]
fn what_cannot_be_measured_is_refused() {
    let place = Place::new();
    place.put("labelled.jsonl", b"{\"text\":\"x\",\"label\":[\"joy\"],\"lang\":\"en\"}\nnot json\n");
    assert_eq!(place.run(&["eval", "--task", "emotion", "--data", "labelled.jsonl"]).code, 2);
    let broken = place.run(&["eval", "--task", "sentiment", "--data", "labelled.jsonl"]);
    assert_eq!(broken.code, 2);
    assert!(broken.stderr.contains("line 2"), "{}", broken.stderr);
}
