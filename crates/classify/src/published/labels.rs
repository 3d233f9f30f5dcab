//! What the labels of a published model mean.
//!
//! Names that say it themselves are understood; `LABEL_0` says nothing, and a guess here would turn praise into anger for
//! every post of every day.

use super::Wish;
use crate::Error;
use crate::card::{Answers, Head, Mood};
use polso_domain::EMOTIONS;
use serde_json::{Map, Value};

/// Names of moods in the languages that models are published in.
const MOODS: [(&str, &[&str]); 3] = [
    ("negative", &["negative", "neg", "negativo", "negativa", "negatiivinen", "negativ"]),
    ("neutral", &["neutral", "neu", "neutrale", "neutraali"]),
    ("positive", &["positive", "pos", "positivo", "positiva", "positiivinen", "positiv"]),
];

/// Names of what somebody should check.
const CHECK: &[&str] = &["fake", "false", "misinformation", "needs_checking"];

/// The meaning of a label that a person leaves out on purpose.
const IGNORED: &str = "ignore";

/// The labels of a network in the order of its outputs, and how they go together. A network without names has the usual
/// ones, as many as it has outputs.
pub(super) fn of(config: &Map<String, Value>, outputs: Option<usize>) -> (Vec<String>, Answers) {
    let named = config.get("id2label").and_then(Value::as_object);
    let n = outputs.or(named.map(Map::len)).unwrap_or(2);
    let name = |i: usize| named.and_then(|named| named.get(&i.to_string())?.as_str()).map(str::to_owned);
    let labels: Vec<String> = (0..n).map(|i| name(i).unwrap_or_else(|| format!("LABEL_{i}"))).collect();
    let several = config.get("problem_type").and_then(Value::as_str) == Some("multi_label_classification");
    (labels, if several || n == 1 { Answers::Several } else { Answers::One })
}

/// The head of a model, and what each of its labels means for it.
pub(super) fn meant(labels: &[String], wish: &Wish) -> Result<(Head, Vec<String>), Error> {
    let unclear = |task: Option<Head>, reason: String| Error::Labels {
        model: wish.id.clone(),
        labels: labels.to_vec(),
        task,
        reason,
    };
    let mut means: Vec<Option<String>> = vec![None; labels.len()];
    for (meaning, label) in &wish.labels {
        let places: Vec<usize> = (0..labels.len()).filter(|place| labels[*place].eq_ignore_ascii_case(label)).collect();
        let [place] = places.as_slice() else {
            return Err(unclear(wish.task, format!("it has no label `{label}`")));
        };
        means[*place] = Some(meaning.to_ascii_lowercase());
    }
    let said: Vec<&str> = means.iter().flatten().map(String::as_str).collect();
    let task = wish.task.or_else(|| task_of(&said)).or_else(|| {
        let understood = |head: &Head| labels.iter().filter(|label| understood(*head, label).is_some()).count();
        // Two emotions are enough to know what a model is about; of moods it takes all three.
        [(Head::Sentiment, 3), (Head::Emotions, 2)]
            .into_iter()
            .find(|(head, n)| understood(head) >= *n)
            .map(|(head, _)| head)
    });
    let Some(head) = task else {
        return Err(unclear(None, "they do not say what they mean".to_owned()));
    };
    for (meaning, label) in means.iter_mut().zip(labels) {
        // What a person says of some labels is said of all: the others are anything else.
        let own = || understood(head, label).filter(|_| wish.labels.is_empty());
        *meaning = meaning.take().or_else(|| own().map(str::to_owned));
    }
    let means: Vec<String> = means.into_iter().map(Option::unwrap_or_default).collect();
    check(head, labels, &means).map_err(|reason| unclear(Some(head), reason))?;
    let kept = means.into_iter().map(|meaning| if meaning == IGNORED { String::new() } else { meaning });
    Ok((head, kept.collect()))
}

/// What the meanings that a person gives are about.
fn task_of(said: &[&str]) -> Option<Head> {
    let about = |names: &[&str]| said.iter().any(|meaning| names.contains(meaning));
    if about(&["negative", "neutral", "positive"]) {
        Some(Head::Sentiment)
    } else if about(&EMOTIONS) {
        Some(Head::Emotions)
    } else {
        about(&["needs_checking"]).then_some(Head::NeedsChecking)
    }
}

/// What a label says by its own name.
fn understood(head: Head, label: &str) -> Option<&'static str> {
    let label = label.to_lowercase();
    match head {
        Head::Sentiment => MOODS.iter().find(|(_, names)| names.contains(&label.as_str())).map(|(meaning, _)| *meaning),
        Head::Emotions => EMOTIONS.into_iter().find(|emotion| *emotion == label),
        Head::NeedsChecking => CHECK.contains(&label.as_str()).then_some("needs_checking"),
        Head::Question | Head::Vector => None,
    }
}

/// Whether the meanings make a head.
fn check(head: Head, labels: &[String], means: &[String]) -> Result<(), String> {
    let moods = [Mood::Negative, Mood::Neutral, Mood::Positive].map(Mood::name);
    let known: &[&str] = match head {
        Head::Sentiment => &moods,
        Head::Emotions => &EMOTIONS,
        _ => &["needs_checking"],
    };
    if let Some(strange) =
        means.iter().map(String::as_str).find(|means| !means.is_empty() && *means != IGNORED && !known.contains(means))
    {
        return Err(format!("`{strange}` is none of {}", known.join(", ")));
    }
    let has = |wanted: &str| means.iter().any(|means| means == wanted);
    match head {
        Head::Sentiment => {
            if let Some((label, _)) = labels.iter().zip(means).find(|(_, means)| means.is_empty()) {
                return Err(format!("what `{label}` means is not said"));
            }
            let absent: Vec<&str> = moods.into_iter().filter(|mood| !has(mood)).collect();
            // Without a neutral, every announcement would be forced into a mood.
            if absent.is_empty() {
                Ok(())
            } else {
                Err(format!("three moods are needed, and none of them means {}", absent.join(" or ")))
            }
        }
        Head::Emotions if EMOTIONS.iter().any(|emotion| has(emotion)) => Ok(()),
        Head::Emotions => Err("none of them is an emotion that polso knows".to_owned()),
        _ if has("needs_checking") && (labels.len() == 1 || means.iter().any(String::is_empty)) => Ok(()),
        _ => Err("which of them asks for a check, and which does not, is not said".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant_by(labels: &[&str], task: Option<Head>, given: &[(&str, &str)]) -> Result<(Head, Vec<String>), String> {
        let labels: Vec<String> = labels.iter().map(ToString::to_string).collect();
        let given = given.iter().map(|(meaning, label)| ((*meaning).to_owned(), (*label).to_owned())).collect();
        let wish = Wish { id: "m".into(), task, labels: given, ..Wish::default() };
        meant(&labels, &wish).map_err(|error| error.to_string())
    }

    #[test]
    fn names_that_say_it_are_understood() {
        let moods = meant_by(&["Positive", "NEG", "neutral"], None, &[]).unwrap();
        assert_eq!(moods, (Head::Sentiment, ["positive", "negative", "neutral"].map(str::to_owned).to_vec()));
        let (head, means) = meant_by(&["anger", "joy", "optimism", "sadness"], None, &[]).unwrap();
        assert_eq!((head, means[2].as_str(), means[3].as_str()), (Head::Emotions, "", "sadness"));
        let (head, means) = meant_by(&["REAL", "FAKE"], Some(Head::NeedsChecking), &[]).unwrap();
        assert_eq!((head, means), (Head::NeedsChecking, vec![String::new(), "needs_checking".to_owned()]));
    }

    #[test]
    fn what_a_person_says_goes() {
        let given = [("negative", "LABEL_0"), ("neutral", "LABEL_1"), ("positive", "label_2")];
        assert!(meant_by(&["LABEL_0", "LABEL_1", "LABEL_2"], None, &given).is_ok());
        let stars = ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"];
        let given = [
            ("negative", stars[0]),
            ("negative", stars[1]),
            ("neutral", stars[2]),
            ("positive", stars[3]),
            ("positive", stars[4]),
        ];
        let (head, means) = meant_by(&stars, None, &given).unwrap();
        assert_eq!(
            (head, means.join(" ")),
            (Head::Sentiment, "negative negative neutral positive positive".to_owned())
        );
        let given = [("negative", "neg"), ("neutral", "neu"), ("positive", "pos"), ("ignore", "mixed")];
        assert_eq!(meant_by(&["neg", "neu", "pos", "mixed"], None, &given).unwrap().1[3], "");
    }

    #[test]
    fn what_is_unclear_is_asked_for() {
        for (labels, task, given, reason) in [
            (&["LABEL_0", "LABEL_1", "LABEL_2"][..], None, &[][..], "do not say what they mean"),
            (&["LABEL_0", "LABEL_1"], Some(Head::Sentiment), &[], "what `LABEL_0` means is not said"),
            (&["positive", "negative"], Some(Head::Sentiment), &[], "none of them means neutral"),
            (
                &["1", "2", "3", "4", "5"],
                Some(Head::Sentiment),
                &[("negative", "1"), ("neutral", "3"), ("positive", "5")],
                "what `2` means",
            ),
            (&["positive", "negative", "neutral"], None, &[("angry", "negative")], "`angry` is none of"),
            (&["neg", "neu", "pos"], None, &[("negative", "nope")], "no label `nope`"),
            (&["LABEL_0", "LABEL_1"], Some(Head::NeedsChecking), &[], "asks for a check"),
            (&["fake", "false"], Some(Head::NeedsChecking), &[], "asks for a check"),
            (&["love", "hate"], Some(Head::Emotions), &[], "none of them is an emotion"),
        ] {
            let error = meant_by(labels, task, given).unwrap_err();
            assert!(error.contains(reason), "{labels:?}: {error}");
        }
    }

    #[test]
    fn a_network_without_names_has_the_usual_ones() {
        let config = |text: &str| serde_json::from_str(text).unwrap();
        assert_eq!(of(&config("{}"), Some(3)).0, ["LABEL_0", "LABEL_1", "LABEL_2"]);
        let several = r#"{"id2label": {"0": "joy"}, "problem_type": "multi_label_classification"}"#;
        assert_eq!(of(&config(several), None), (vec!["joy".to_owned()], Answers::Several));
    }
}
