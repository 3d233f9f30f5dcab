//! What is told of spikes: the rule beside each flag, nothing of what is only counted, and no calm where nobody could look.

use super::days::{self, rumours, spikes};
use super::{lang, with_spikes};
use polso_alert::detect::{Judged, Measure, Reason, Spikes, Verdict};
use polso_report::{Language, Rendered};
use serde_json::Value;

fn page(spikes: Spikes, language: Language) -> Rendered {
    with_spikes(days::full(), (rumours::log(), spikes), &[], language)
}

fn json(spikes: Spikes) -> Value {
    serde_json::from_str(&page(spikes, lang("en")).json).unwrap_or_default()
}

#[test]
fn the_rule_and_its_numbers_stand_beside_the_flag() {
    let markdown = page(spikes::spikes(), lang("en")).markdown;
    let row = markdown.lines().find(|line| line.starts_with("| Posts | 12,480 |")).unwrap();
    for part in ["9,815", "Evidence 7.3; flagged above 5.0.", "7 March", "days compared with: 56", "C1, C2"] {
        assert!(row.contains(part), "{part} in {row}");
    }
    assert!(markdown.contains("6 numbers were compared"), "{markdown}");
    assert!(markdown.contains("one false flag in 33 days"), "{markdown}");
}

#[test]
fn what_is_only_counted_or_withheld_is_told_nowhere() {
    for language in Language::all() {
        let page = page(spikes::spikes(), language);
        for text in [&page.html, &page.markdown, &page.json] {
            let text = text.to_lowercase();
            for words in rumours::COUNTED.iter().chain(&spikes::UNTOLD) {
                assert!(!text.contains(&words.to_lowercase()), "`{words}`, {language:?}");
            }
        }
    }
    let page = page(spikes::spikes(), lang("en"));
    assert!(page.markdown.contains("One narrative that is only counted spreads faster"), "{}", page.markdown);
}

#[test]
fn a_narrative_is_told_by_its_answer() {
    let markdown = page(spikes::spikes(), lang("en")).markdown;
    let section = markdown.split("## Out of the ordinary").nth(1).unwrap().split("\n## ").next().unwrap();
    assert!(section.contains("Hot drinks do not clear") && !section.contains("Drinking hot tea"), "{section}");
}

#[test]
fn what_could_not_be_judged_is_no_calm() {
    let early = page(spikes::too_early(), lang("en")).markdown;
    assert!(early.contains("fewer than 14 earlier days can be compared: Posts; Share of negative posts;"), "{early}");
    assert!(!early.contains("Nothing is out of the ordinary"), "{early}");
    let unheard = Judged { measure: Measure::Volume, verdict: Verdict::NotJudged(Reason::NotHeard) };
    let deaf = page(Spikes { judged: vec![unheard], ..Spikes::default() }, lang("en")).markdown;
    assert!(deaf.contains("too little was heard today: Posts. That does not mean"), "{deaf}");
    assert!(!page(Spikes::default(), lang("en")).markdown.contains("Out of the ordinary"));
}

#[test]
fn a_quiet_day_says_how_many_numbers_were_compared() {
    let mut quiet = spikes::spikes();
    quiet.judged.retain(|one| matches!(one.verdict, Verdict::Quiet(_)));
    let markdown = page(quiet, lang("en")).markdown;
    assert!(markdown.contains("Nothing is out of the ordinary. One number was compared"), "{markdown}");
}

#[test]
fn a_spike_is_a_finding_and_only_the_first() {
    let report = json(spikes::spikes());
    let items = report["sections"][1]["blocks"][0]["items"].as_array().cloned().unwrap();
    let spiking: Vec<&Value> = items.iter().filter(|item| item["section"] == "spikes").collect();
    assert_eq!(spiking.len(), 1, "{items:?}");
    assert!(spiking[0]["label"].as_str().unwrap().contains("More posts than usual"), "{items:?}");
    let mut tags = spikes::spikes();
    tags.judged.retain(|one| matches!(one.measure, Measure::Tag(_)));
    let report = json(tags);
    let items = report["sections"][1]["blocks"][0]["items"].as_array().cloned().unwrap();
    assert!(items.iter().all(|item| item["section"] != "spikes"), "{items:?}");
}

#[test]
fn report_json_has_each_flag_with_its_numbers() {
    let report = json(spikes::spikes());
    let spikes = report["spikes"].as_array().unwrap();
    let names: Vec<(&str, Option<&str>)> =
        spikes.iter().map(|spike| (spike["measure"].as_str().unwrap(), spike["key"].as_str())).collect();
    assert_eq!(
        names,
        [
            ("volume", None),
            ("questions", None),
            ("narrative", Some("banana-peel-heals")),
            ("narrative", Some("hot-tea-clears-virus")),
            ("hashtag", Some("quarantena")),
        ]
    );
    assert_eq!((spikes[0]["sum"].as_f64(), spikes[0]["since"].as_str()), (Some(7.34), Some("2020-03-07")));
    assert_eq!(spikes[0]["ears"]["c1"], true);
    assert_eq!((report["spike_rule"]["threshold"].as_f64(), report["spikes_compared"].as_u64()), (Some(5.0), Some(6)));
    let open = &report["spikes_not_judged"];
    assert_eq!(open.as_array().map(Vec::len), Some(1), "{open}");
    assert_eq!((open[0]["reason"].as_str(), open[0]["heard"].as_u64()), (Some("too_few_days"), Some(9)));
}
