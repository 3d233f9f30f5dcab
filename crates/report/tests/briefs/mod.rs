//! What is told of a report elsewhere: the page's own words, and an alarm only on the day that calls for it.

use super::days::{self, rumours};
use super::{every_page, lang, with_everything, with_log};
use polso_aggregate::DaySummary;
use polso_domain::{LogChange, RumourLog};
use polso_report::{Alarm, Language, failed, test};
use serde_json::Value;

fn alarms(log: RumourLog) -> Vec<Alarm> {
    with_log(days::full(), log, &[], lang("en")).brief.alarms
}

/// The log with a change of the level of hot tea, which is to be answered directly.
fn reached(field: &str, after: &str) -> RumourLog {
    let mut log = rumours::log();
    let tea = log.rumours.iter().find(|line| line.claim.id.as_str() == "hot-tea-clears-virus");
    let claim = tea.map_or_else(|| panic!("no tea"), |line| line.claim.clone());
    log.changes = vec![LogChange {
        claim,
        field: field.to_owned(),
        before: "passive".to_owned(),
        after: after.to_owned(),
        who: "rules".to_owned(),
    }];
    log
}

fn title(day: DaySummary) -> String {
    with_log(day, RumourLog::default(), &[], lang("en")).brief.report.title
}

#[test]
fn a_brief_says_what_the_bottom_line_says() {
    for page in every_page() {
        let report: Value = serde_json::from_str(&page.json).unwrap_or_default();
        let items = report["sections"][1]["blocks"][0]["items"].as_array().cloned().unwrap_or_default();
        let told = &page.brief.report.points;
        assert_eq!((items.len(), items.is_empty()), (told.len(), false));
        for (item, point) in items.iter().zip(told) {
            assert_eq!(
                (&item["label"], &item["text"]),
                (&Value::from(&*point.headline), &Value::from(&*point.evidence))
            );
        }
    }
}

#[test]
fn the_subject_says_how_whole_the_day_is() {
    let first = title(DaySummary { revision: 1, ..days::full() });
    assert_eq!(first, "Public mood on Monday 9 March 2020");
    assert!(title(days::partial()).contains("some of the day was not heard"), "{}", title(days::partial()));
    assert!(title(days::empty()).contains("no data"), "{}", title(days::empty()));
    let revised = title(DaySummary { revision: 3, ..days::partial() });
    assert!(revised.contains("corrected: version 3"), "{revised}");
}

#[test]
fn a_rumour_is_told_on_the_day_it_reaches_the_level_by_its_answer() {
    for field in ["level", "opened"] {
        let told = alarms(reached(field, "direct"));
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].about, ["rumour", "hot-tea-clears-virus", "direct", "2020-03-09"]);
        assert!(told[0].notice.title.contains("Hot drinks do not clear the virus."), "{told:?}");
        assert!(!format!("{told:?}").contains("every quarter of an hour"), "the rumour's own words");
    }
    assert!(alarms(reached("risk", "direct")).is_empty(), "no other change is one");
    assert!(alarms(reached("level", "passive")).is_empty());
    let mut answered = reached("level", "direct");
    answered.rumours.iter_mut().for_each(|line| line.status = "answered".to_owned());
    assert!(alarms(answered).is_empty());
    let mut small = reached("level", "direct");
    small.rumours.iter_mut().for_each(|line| line.people = 2);
    assert!(alarms(small).is_empty(), "too few people");
    let mut below = reached("level", "direct");
    below.rumours.iter_mut().for_each(|line| line.level = "ignore".to_owned());
    assert!(alarms(below).is_empty(), "a person put it down again");
}

#[test]
fn a_rise_is_told_by_the_day_it_began() {
    let told = with_everything(days::full(), lang("en")).brief.alarms;
    let names: Vec<String> = told.iter().map(|alarm| alarm.about.join("/")).collect();
    assert!(names.contains(&"spike/volume/2020-03-07".to_owned()), "{names:?}");
    let volume = told.iter().find(|alarm| alarm.about[1] == "volume").map(|alarm| alarm.notice.clone());
    let volume = volume.unwrap_or_else(|| panic!("{names:?}"));
    assert_eq!(volume.title, "More than usual: Posts");
    assert!(volume.points[0].headline.contains("usually 9,815"), "{volume:?}");
    let all = format!("{told:?}").to_lowercase();
    assert!(rumours::COUNTED.iter().all(|words| !all.contains(&words.to_lowercase())), "{all}");
}

#[test]
fn failures_and_tests_are_told_in_every_language() {
    for language in Language::all() {
        let day = days::full().day;
        let notice = failed(language, day, "the disk is full").unwrap_or_else(|error| panic!("{error}"));
        assert!(notice.points.iter().any(|point| point.evidence == "the disk is full"), "{notice:?}");
        let tried = test(language).unwrap_or_else(|error| panic!("{error}"));
        assert!(!tried.title.is_empty() && !tried.foot.is_empty(), "{tried:?}");
    }
}
