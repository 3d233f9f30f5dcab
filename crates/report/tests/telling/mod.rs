//! Telling what goes round without helping it: what is counted stays untold, answers come first, words stay words.

use super::days::{self, rumours};
use super::{MIN_PEOPLE, check_tags, lang, rendered, with_log};
use polso_domain::{RumourLog, Verdict};
use polso_report::{Language, Rendered};
use proptest::prelude::*;
use serde_json::Value;

fn told(log: RumourLog, language: Language) -> Rendered {
    with_log(days::full(), log, &rumours::quality(), language)
}

fn in_every_language() -> impl Iterator<Item = (Language, Rendered)> {
    Language::all().map(|language| (language, told(rumours::log(), language)))
}

fn json(log: RumourLog) -> Value {
    serde_json::from_str(&told(log, lang("en")).json).unwrap_or_default()
}

/// Sections that the bottom line points at, and its headlines.
fn findings(log: RumourLog) -> Vec<(String, String)> {
    let report = json(log);
    let items = report["sections"][1]["blocks"][0]["items"].as_array().cloned().unwrap_or_default();
    let text = |item: &Value, key: &str| item[key].as_str().unwrap_or_default().to_owned();
    items.iter().map(|item| (text(item, "section"), text(item, "label"))).collect()
}

#[test]
fn what_is_only_counted_is_told_nowhere() {
    for (language, page) in in_every_language() {
        for (format, text) in [("html", &page.html), ("markdown", &page.markdown), ("json", &page.json)] {
            let text = text.to_lowercase();
            for words in rumours::COUNTED {
                assert!(!text.contains(&words.to_lowercase()), "`{words}` in {format}, {language:?}");
            }
            assert!(!text.contains("umbrella-hotline"), "the link of a counted narrative in {format}");
            assert!(!text.contains("seen-by-four") && !text.contains("four saw it"), "a withheld line in {format}");
            assert!(!text.contains("q-2020-03-09-13"), "a withheld question in {format}");
        }
        assert!(page.json.contains("banana-peel-heals"), "it is counted by its id");
    }
    assert!(told(rumours::log(), lang("en")).markdown.contains("2 more with little spread are watched and not told"));
}

#[test]
fn no_post_is_shown_or_linked() {
    for (_, page) in in_every_language() {
        for text in [&page.html, &page.markdown, &page.json] {
            for phrasing in rumours::PHRASINGS {
                assert!(!text.contains(phrasing), "{phrasing}");
            }
            assert!(!text.contains("post mai mostrato"), "a narrative's wordings are posts");
        }
        let links: Vec<_> = page.html.split("href=\"http").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(!links.is_empty());
        for link in links {
            assert!(
                ["s://www.salute.example/", "s://fatti.example/"].iter().any(|own| link.starts_with(own)),
                "{link}"
            );
        }
    }
}

#[test]
fn a_text_that_carries_a_rumour_further_is_not_quoted() {
    let log = rumours::log();
    let mut day = days::full();
    let quoted = "Restiamo a casa";
    let page = |day: &polso_aggregate::DaySummary| with_log(day.clone(), log.clone(), &rumours::quality(), lang("it"));
    assert!(page(&day).html.contains(quoted));
    day.repeated[0].claims = vec![log.rumours[0].claim.id.to_string()];
    let page = page(&day);
    for text in [&page.html, &page.markdown, &page.json] {
        assert!(!text.contains(quoted));
    }
}

#[test]
fn an_address_that_hides_where_it_leads_is_no_link() {
    let mut log = rumours::log();
    log.rumours[0].claim.link = Some("https://salute.example@evil.example/\"onclick=\"x".to_owned());
    let page = told(log, lang("en"));
    assert!(!page.html.contains("href=\"https://salute.example@") && !page.html.contains("\"onclick"));
    assert!(page.html.contains("https://salute.example@evil.example/&quot;onclick"), "it is shown as words");
    check_tags(&page.html);
}

#[test]
fn the_answer_stands_before_what_it_answers() {
    let pairs = [
        (lang("it"), "Le bevande calde non eliminano", "Bere tè caldo"),
        (lang("en"), "Hot drinks do not clear", "Drinking hot tea"),
        (lang("fi"), "Kuumat juomat eivät poista", "Kuuman teen juominen"),
    ];
    for (language, answer, claim) in pairs {
        let page = told(rumours::log(), language);
        for text in [&page.html, &page.markdown] {
            let (answer, claim) = (text.find(answer).unwrap(), text.find(claim).unwrap());
            assert!(answer < claim, "{language}");
        }
    }
    let page = told(rumours::log(), lang("fi"));
    assert!(page.html.contains("<h3 id=") && page.html.contains("lang=\"en\""), "an answer in English says so");
}

#[test]
fn words_of_claims_and_of_the_desk_stay_words() {
    for (_, page) in in_every_language() {
        for markup in ["<script", "<b>open", "<b>twice", "<b>sirene", "<u>quando", "<i>pericolosa"] {
            assert!(!page.html.contains(markup), "{markup}");
        }
        let bare = page.markdown.replace(r"\<", "").replace("](<https://", "");
        assert!(!bare.contains('<'), "{bare}");
        assert!(page.html.contains("&lt;script&gt;alert(2)&lt;/script&gt;"));
        assert!(page.markdown.contains(r"\| for \*good\* \[here\]\(http\:\/\/e\.example\)"));
        assert!(page.markdown.contains(r"\|rubate\|"));
        check_tags(&page.html);
    }
}

#[test]
fn a_rumour_to_be_answered_directly_is_a_finding_by_its_answer() {
    let found = findings(rumours::log());
    let sections: Vec<_> = found.iter().map(|(section, _)| section.as_str()).collect();
    assert_eq!(sections, ["rumours", "mood", "rumours"]);
    assert_eq!(found[0].1, "To be answered directly: Hot drinks do not clear the virus.");
    assert_eq!(found[2].1, "Something new is going round, and nobody has answered it yet.");

    let mut done = rumours::log();
    done.rumours[0].status = "answered".to_owned();
    assert_eq!(findings(done)[0].0, "mood", "what was answered is no longer to be answered");

    let mut foreign = rumours::log();
    foreign.rumours[0].claim.wordings.retain(|wording| wording.lang == "fi");
    let headline = &findings(foreign)[0].1;
    assert!(headline.starts_with("A rumour is to be answered directly. Topic: prevention"), "{headline}");
}

#[test]
fn a_question_that_nobody_answers_is_a_finding_where_many_ask() {
    let mut log = rumours::log();
    log.rumours.clear();
    assert_eq!(
        findings(log.clone())[1],
        ("voids".to_owned(), "Many people ask something that nobody has answered yet.".to_owned())
    );
    log.questions.retain(|question| question.answer.is_some() || question.people < 20);
    assert!(findings(log).iter().all(|(section, _)| section != "voids"));
}

#[test]
fn a_day_that_was_not_searched_is_no_calm_day() {
    let silent = rendered(days::full(), lang("en")).markdown;
    assert!(silent.contains("was not searched for rumours") && !silent.contains("Nothing that should be told"));
    let searched = RumourLog { rules: rumours::log().rules, ..RumourLog::default() };
    let calm = told(searched, lang("en")).markdown;
    assert!(calm.contains("Nothing that should be told") && !calm.contains("was not searched"));
    assert!(calm.contains("No question was asked by enough people"));
}

#[test]
fn a_level_of_somebodys_own_is_not_told() {
    let mut log = rumours::log();
    log.rumours[0].level = "shout".to_owned();
    let page = told(log, lang("en"));
    assert!(!page.html.contains("Drinking hot tea") && !page.html.contains("Hot drinks do not"));
}

#[test]
fn no_sample_no_claim() {
    let page = with_log(days::full(), rumours::log(), &[], lang("en")).markdown;
    assert!(page.contains("Nobody has reviewed a sample"));
    let page = told(rumours::log(), lang("en")).markdown;
    assert!(!page.contains("Nobody has reviewed a sample") && page.contains("78% (72–84)"));
    assert!(page.contains("| yes (Finnish) | 11 | too few | too few |"), "{page}");
}

#[test]
fn the_log_keeps_its_contract_in_json() {
    let report = json(rumours::log());
    let narratives = report["narratives"].as_array().unwrap();
    assert_eq!(narratives.len(), 6, "counted lines stand here too");
    for key in [
        "claim",
        "kind",
        "verdict",
        "topic",
        "risk",
        "level",
        "trend",
        "velocity",
        "posts",
        "unique_texts",
        "people",
        "effective_authors",
        "repeats",
        "rebuts",
        "mentions",
        "by_source",
        "by_lang",
        "first_seen",
        "status",
        "action",
        "result",
        "answer",
        "link",
        "words",
        "because",
    ] {
        assert!(narratives.iter().all(|line| line.get(key).is_some()), "{key}");
    }
    assert_eq!(narratives[0]["velocity"]["low"], 1.92);
    assert!(narratives[3]["velocity"]["high"].is_null() && narratives[2]["velocity"].is_null());
    assert_eq!(narratives[0]["answer"]["lang"], "en");
    assert_eq!(narratives[5]["words"], serde_json::json!([]));
    assert!(narratives[4]["answer"].is_null() && narratives[4]["link"].is_null() && narratives[4]["posts"] == 22);
    assert_eq!(report["rumour_log_withheld"], 2);
    let answers = report["questions"].as_array().unwrap();
    let answer = |place: usize| (answers[place]["answered_by"].as_str(), answers[place]["to_be_confirmed"].as_bool());
    assert_eq!(
        [0, 1, 2].map(answer),
        [(Some("walks-allowed"), Some(false)), (Some("walks-allowed"), Some(true)), (None, Some(false))]
    );
    assert_eq!(report["rumour_log_changes"].as_array().map(Vec::len), Some(8));
    assert_eq!(report["label_quality"][2]["kappa"]["value"], 0.62);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_words_leave_the_page_whole(text in "\\PC{1,40}", url in "https://[a-z.]{1,9}/\\PC{0,20}", told_one in any::<bool>()) {
        let marked = format!("zqx{text}");
        let mut log = rumours::log();
        let line = &mut log.rumours[0];
        for wording in &mut line.claim.wordings {
            wording.text.clone_from(&marked);
            wording.answer = Some(marked.clone());
        }
        line.claim.link = Some(url);
        line.claim.publisher = Some(marked.clone());
        line.claim.verdict = Verdict::Other(marked.clone());
        line.words = vec![marked.clone()];
        line.action = Some(marked.clone());
        line.level = if told_one { "direct" } else { "ignore" }.to_owned();
        log.changes.retain(|change| change.claim.id != line.claim.id);
        let page = with_log(days::full(), log, &[], lang("en"));
        check_tags(&page.html);
        prop_assert!(page.html.contains("zqx") == told_one && page.markdown.contains("zqx") == told_one);
        prop_assert!(serde_json::from_str::<Value>(&page.json).is_ok());
    }

    #[test]
    fn nothing_about_too_few_people_is_told(people in 0_u32..12) {
        let mut log = rumours::log();
        log.rumours[0].people = people;
        let page = told(log, lang("it"));
        let shown = people >= MIN_PEOPLE;
        prop_assert_eq!(page.html.contains("Bere tè caldo"), shown);
        // An action of the authority's own may name it; what was heard of it may not.
        let report: Value = serde_json::from_str(&page.json).unwrap_or_default();
        let claims = report["narratives"].as_array().cloned().unwrap_or_default();
        prop_assert_eq!(claims.iter().any(|line| line["claim"] == "hot-tea-clears-virus"), shown);
    }
}
