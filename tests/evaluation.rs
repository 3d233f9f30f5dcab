//! `polso eval`: the shape others rely on, and figures that can be counted by hand.

use crate::support::Place;
use serde_json::Value;

fn measured(place: &Place, args: &[&str]) -> Value {
    serde_json::from_str(&place.done(&[&["eval", "--json"], args].concat())).unwrap()
}

/// What every figure set has, for everything and for each language.
const FIGURES: [&str; 6] = ["n", "macro_f1", "accuracy", "per_class", "confusion", "ece"];

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
    let answer = measured(&place, &["--task", "sentiment", "--data", "labelled.jsonl"]);
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
    assert!(answer["accuracy"].as_f64().unwrap() > 0.6, "{answer}");
    for figures in [&answer, &answer["by_lang"]["en"], &answer["by_lang"]["it"]] {
        assert!(FIGURES.iter().all(|key| !figures[*key].is_null()), "{figures}");
        for share_error in ["count", "estimated"].map(|how| figures["share_error"][how].as_f64().unwrap()) {
            assert!((0.0..=1.0).contains(&share_error), "{figures}");
        }
        assert!(figures["polar_accuracy"].as_f64().unwrap() > 0.6, "{figures}");
    }
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
    let answer = measured(&place, &["--task", "misinformation", "--data", "labelled.jsonl"]);
    assert_eq!(answer["n"], 3);
    assert!(answer["average_precision"].is_number(), "{answer}");
}

#[test]
fn emotions_are_measured_each_by_itself() {
    let place = Place::new();
    place.put(
        "labelled.jsonl",
        br#"{"text":"I love this so much, what a wonderful day","label":["joy"],"lang":"en"}
{"text":"I am furious and disgusted, how dare you","label":"anger+disgust","lang":"en"}
{"text":"sono furiosa e triste, non ne posso pi\u00f9","label":"anger, sadness","lang":"it"}
{"text":"the library opens at nine on monday","label":"neutral","lang":"en"}
{"text":"what is this","label":["curiosity"],"lang":"en"}
"#,
    );
    let args = ["--task", "emotion", "--data", "labelled.jsonl"];
    let answer = measured(&place, &args);
    assert_eq!((&answer["n"], &answer["left_out"]), (&4.into(), &1.into()));
    assert_eq!(answer["labels"], serde_json::json!(["anger", "joy", "sadness", "disgust"]));
    for figures in [&answer, &answer["by_lang"]["en"], &answer["by_lang"]["it"]] {
        assert!(FIGURES.iter().all(|key| !figures[*key].is_null()), "{figures}");
        assert!(figures["macro_f1_main"].is_number() && figures["share_error"]["estimated"].is_number(), "{figures}");
    }
    for table in answer["confusion"].as_array().unwrap() {
        let cells = table.as_array().unwrap().iter().flat_map(|row| row.as_array().unwrap());
        assert_eq!(cells.map(|cell| cell.as_u64().unwrap()).sum::<u64>(), 4, "{table}");
    }
}

#[test]
fn claims_are_looked_for_in_a_library() {
    let place = Place::new();
    place.put(
        "claims.jsonl",
        br#"{"id":7,"text":"Drinking hot water kills the virus"}
{"id":"8","text":"5G antennas spread the disease"}
{"id":"9","text":"The library opens at nine on monday"}
{"id":"10","text":"\ud83d\ude37"}
"#,
    );
    place.put(
        "posts.jsonl",
        br#"{"text":"they say drinking hot water kills the virus","relevant_claim_ids":["7"],"lang":"en"}
{"text":"so the library opens at nine on monday","relevant_claim_ids":[9, 8],"lang":"en"}
{"text":"https://example.org","relevant_claim_ids":["8"],"lang":"en"}
{"text":"a claim that is in no library","relevant_claim_ids":["99"],"lang":"en"}
"#,
    );
    let args = ["--task", "claims", "--data", "posts.jsonl", "--claims", "claims.jsonl"];
    let answer = measured(&place, &args);
    assert_eq!((&answer["n"], &answer["left_out"]), (&3.into(), &1.into()));
    assert_eq!((&answer["unscored"]["too_short"], &answer["claims_without_vector"]), (&1.into(), &1.into()));
    assert!(answer["success_at_10"].as_f64().unwrap() > 0.6 && answer["mrr"].as_f64().unwrap() > 0.3, "{answer}");
    assert!(answer["by_lang"]["en"]["map_at_5"].is_number() && answer["posts_per_second"].is_number(), "{answer}");
    let without = place.run(&["eval", "--task", "claims", "--data", "posts.jsonl"]);
    assert!(without.code == 2 && without.stderr.contains("--claims"), "{}", without.stderr);
    place.put("claims.jsonl", b"{\"id\":1,\"text\":\"one\"}\n{\"id\":\"1\",\"text\":\"two\"}\n");
    let twice = place.run(&[&["eval"], &args[..]].concat());
    assert!(twice.code == 2 && twice.stderr.contains("the same id"), "{}", twice.stderr);
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
