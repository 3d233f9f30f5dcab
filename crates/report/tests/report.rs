//! Whole days through the public door: what the three formats say, and what they must never do.

mod beside;
mod briefs;
mod days;
mod spikes;
mod telling;
mod weeks;

use insta::assert_snapshot;
use polso_aggregate::{DaySummary, Status, Verdict};
use polso_alert::detect::Spikes;
use polso_domain::{Beside, RumourLog};
use polso_privacy::publish;
use polso_report::{Inputs, Language, Quality, Rendered, Settings, render};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

const MIN_PEOPLE: u32 = 5;

fn settings() -> Settings {
    Settings {
        title: Some("Regione Esempio".to_owned()),
        tracked: vec!["iorestoacasa".to_owned(), "#faktaakoronasta".to_owned()],
        query: "#iorestoacasa OR #faktaakoronasta [fi] NOT #gioco".to_owned(),
        min_people: MIN_PEOPLE,
        call: "Press office, 112".to_owned(),
        seeds: false,
    }
}

/// The language of a file that is there.
fn lang(code: &str) -> Language {
    code.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn rendered(day: DaySummary, language: Language) -> Rendered {
    with_log(day, RumourLog::default(), &[], language)
}

fn with_log(day: DaySummary, log: RumourLog, quality: &[Quality], language: Language) -> Rendered {
    with_spikes(day, (log, Spikes::default()), quality, language)
}

fn with_spikes(
    day: DaySummary,
    (log, spikes): (RumourLog, Spikes),
    quality: &[Quality],
    language: Language,
) -> Rendered {
    let (summary, log, spikes) = (publish(day, MIN_PEOPLE), publish(log, MIN_PEOPLE), publish(spikes, MIN_PEOPLE));
    let beside = if quality.is_empty() { Beside::default() } else { days::beside::beside() };
    let past = days::weeks(&summary).map(|day| publish(day, MIN_PEOPLE)).collect::<Vec<_>>();
    let inputs = Inputs { summary: &summary, past: &past, log: &log, quality, beside: &beside, spikes: &spikes };
    render(&inputs, language, &settings()).unwrap_or_else(|error| panic!("{error}"))
}

fn with_everything(day: DaySummary, language: Language) -> Rendered {
    with_spikes(day, (days::rumours::log(), days::spikes::spikes()), &days::rumours::quality(), language)
}

fn json(day: DaySummary) -> Value {
    serde_json::from_str(&rendered(day, lang("en")).json).unwrap_or_default()
}

/// Sections that the findings of a day point at, in order.
fn findings(day: DaySummary) -> Vec<String> {
    let report = json(day);
    let items = report["sections"][1]["blocks"][0]["items"].as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item["section"].as_str().unwrap_or_default().to_owned()).collect()
}

fn every_page() -> Vec<Rendered> {
    let days = [days::full(), days::partial(), days::empty(), days::small()];
    let bare = |language| days.clone().map(|day| rendered(day, language));
    let whole = |language| days.clone().map(|day| with_everything(day, language));
    Language::all().flat_map(|language| bare(language).into_iter().chain(whole(language))).collect()
}

/// Leaves a page where a browser finds it.
#[expect(clippy::disallowed_methods, reason = "half a page of a killed test is written anew by the next")]
fn leave(name: &str, page: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    let left = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(folder.join(name), page));
    left.unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// For whoever looks at them with a browser: `tests/page/check.sh target/tmp/pages/*.html`.
#[test]
fn pages_are_left_for_a_browser() {
    for language in Language::all() {
        let code = language.code();
        for (name, page) in [
            ("full", with_everything(days::full(), language)),
            ("partial", with_everything(days::partial(), language)),
            ("empty", rendered(days::empty(), language)),
            ("small", rendered(days::small(), language)),
            ("single", rendered(days::single(), language)),
            ("crowded", with_everything(days::crowded(), language)),
        ] {
            leave(&format!("{name}-{code}.html"), &page.html);
            if let Some(alert) = page.alert {
                leave(&format!("alert-{name}-{code}.html"), &alert);
            }
        }
    }
    assert!(with_everything(days::full(), lang("it")).alert.is_some(), "a rumour of high risk gets a page of its own");
}

#[test]
fn a_full_day() {
    assert_snapshot!("full.it.md", with_everything(days::full(), lang("it")).markdown);
    assert_snapshot!("full.en.json", with_everything(days::full(), lang("en")).json);
}

#[test]
fn a_day_with_an_outage() {
    assert_snapshot!("partial.fi.md", with_everything(days::partial(), lang("fi")).markdown);
}

#[test]
fn a_day_without_data() {
    assert_snapshot!("empty.en.md", rendered(days::empty(), lang("en")).markdown);
}

#[test]
fn a_day_of_too_few_people() {
    assert_snapshot!("small.en.md", rendered(days::small(), lang("en")).markdown);
    let report = json(days::small());
    assert!(report["mood"].is_null() && report["needs_checking"].is_null());
    assert_eq!(report["by_lang"].as_object().map(serde_json::Map::len), Some(0));
}

#[test]
fn the_same_day_gives_the_same_bytes() {
    assert_eq!(rendered(days::full(), lang("fi")), rendered(days::full(), lang("fi")));
}

#[test]
fn report_json_keeps_its_contract() {
    let report = json(days::full());
    assert_eq!(report["schema"], "polso.report/1");
    for key in [
        "day",
        "timezone",
        "status",
        "posts",
        "mood",
        "by_lang",
        "by_hashtag",
        "needs_checking",
        "narratives",
        "questions",
        "rumour_log_changes",
        "label_quality",
        "lang",
        "synthetic",
        "events",
        "outside",
        "actions",
        "spikes",
        "spike_rule",
        "spikes_compared",
        "spikes_not_judged",
        "coverage",
        "model",
        "config_hash",
        "data_hash",
        "sections",
    ] {
        assert!(report.get(key).is_some(), "{key}");
    }
    assert_eq!(report["posts"]["by_lang"]["it"], 8_120);
    assert_eq!(report["mood"]["negative"]["share"], 0.384);
    assert_eq!(report["mood"]["change"], "down");
    assert_eq!(report["mood"]["negative"]["change"], "up");
    assert_eq!(report["mood"]["baseline_7d"]["days"], 7);
    assert_eq!(report["needs_checking"]["n"], 11_902);
    assert_eq!(report["coverage"][0]["state"], "heard");
}

#[test]
fn findings_are_three_at_most_in_order_of_weight() {
    let mut day = days::full();
    assert_eq!(findings(day.clone()), ["mood", "needs-checking", "groups"]);
    day.status = Status::Partial;
    day.coverage[0].minutes_missed = 45;
    assert_eq!(findings(day.clone()), ["coverage", "mood", "needs-checking"]);
    day.coverage[0].minutes_missed = 5;
    assert_eq!(findings(day), ["mood", "needs-checking", "groups"], "five minutes do not matter");
}

#[test]
fn a_calm_day_says_so() {
    let mut day = days::full();
    day.baselines[0].negative_change.verdict = Verdict::NoRealChange;
    day.repeated.clear();
    day.by_lang.clear();
    day.by_hashtag.clear();
    let page = rendered(day, lang("en")).markdown;
    assert!(page.contains("**Nothing unusual.**"), "{page}");
}

#[test]
fn a_change_that_is_not_real_is_never_called_one() {
    let mut day = days::full();
    for baseline in &mut day.baselines {
        baseline.negative_change.verdict = Verdict::NoRealChange;
    }
    let page = rendered(day, lang("en")).markdown;
    assert!(!page.contains("More negative than") && page.contains("No real change: +5 points"));
}

#[test]
fn a_quiet_day_is_not_a_failure() {
    let mut day = days::empty();
    for source in &mut day.coverage {
        (source.answered, source.minutes_missed, source.state) = (source.asked, 0, "no_posts".to_owned());
    }
    let page = rendered(day, lang("en")).markdown;
    assert!(page.contains("a quiet day, not a failure") && !page.contains("silence is not calm"));
    let mut unrecorded = days::empty();
    unrecorded.coverage.clear();
    let page = rendered(unrecorded, lang("en")).markdown;
    assert!(page.contains("no record of what was asked") && !page.contains("a quiet day"));
}

#[test]
fn a_page_loads_nothing_and_runs_nothing() {
    for page in every_page() {
        let html = page.html.to_lowercase();
        for forbidden in ["<script", "<link", "<img", "<iframe", "src=", "javascript:", "@import", "url(http", "xmlns"]
        {
            assert!(!html.contains(forbidden), "{forbidden}");
        }
        assert!(html.contains("content-security-policy"));
        // A link to an answer is followed by whoever wants to; nothing else leads out.
        assert_eq!(html.matches("href=\"http").count(), html.matches("rel=\"external noreferrer noopener\"").count());
        assert!(!html.contains("#010") && !html.contains("\u{2068}"), "a stand-in colour or an isolation mark is left");
    }
}

/// What a person reads on the page, a program finds in the file: as it is written there, in the section's words.
#[test]
fn every_number_of_the_page_stands_in_report_json() {
    for page in every_page() {
        let report: BTreeSet<&str> = numbers(&page.json).collect();
        let shown = visible(&page.html);
        let missing: Vec<&str> = numbers(&shown).filter(|number| !report.contains(number)).collect();
        assert!(missing.is_empty(), "on the page and not in report.json: {missing:?}");
        assert!(numbers(&shown).count() > 20, "{shown}");
    }
}

fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let runs = text.split(|c: char| !(c.is_ascii_digit() || ".,".contains(c)));
    runs.map(|run| run.trim_matches(['.', ','])).filter(|run| !run.is_empty())
}

/// The texts of a page, without its drawings, whose numbers stand in a table below each.
fn visible(html: &str) -> String {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    let mut text = String::new();
    for piece in
        body.split("<svg").filter_map(|piece| piece.split_once("</svg>").map_or(Some(piece), |(_, rest)| Some(rest)))
    {
        for part in piece.split('<') {
            text.push_str(part.split_once('>').map_or(part, |(_, words)| words));
            text.push(' ');
        }
    }
    text.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
}

#[test]
fn words_of_a_post_stay_words() {
    let page = rendered(days::full(), lang("en"));
    assert!(page.html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.markdown.contains(r"5 \| 6 \<script\>alert\(1\)\<\/script\>"));
}

#[test]
fn every_page_is_well_formed() {
    for page in every_page() {
        check_tags(&page.html);
        let mut ids: Vec<_> = page.html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for link in page.html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.contains(&link), "nothing is called `{link}`");
        }
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "an id stands twice");
    }
}

#[test]
fn headings_have_no_gaps() {
    for page in every_page() {
        let levels: Vec<u32> =
            page.html.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10)).collect();
        assert_eq!(levels.first(), Some(&1));
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    }
}

/// Every tag is closed in order, and no attribute stands twice. Enough of HTML for what maud writes.
fn check_tags(html: &str) {
    let mut open = Vec::new();
    let body = html.split_once("<html").map_or("", |(_, rest)| rest);
    let body = format!("<html{body}");
    let style_ends = body.find("</style>").unwrap_or(0);
    let style_starts = body.find("<style>").unwrap_or(0) + "<style>".len();
    let body = format!("{}{}", &body[..style_starts], &body[style_ends..]);
    for piece in body.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').unwrap_or((piece, ""));
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name.to_owned()));
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        let attributes: Vec<_> = tag.split("=\"").filter_map(|part| part.rsplit([' ', '"']).next()).collect();
        let names = &attributes[..attributes.len().saturating_sub(1)];
        assert!((1..names.len()).all(|i| !names[i..].contains(&names[i - 1])), "{tag}");
        if !matches!(name, "meta" | "br") && !tag.ends_with('/') {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty(), "{open:?}");
}
