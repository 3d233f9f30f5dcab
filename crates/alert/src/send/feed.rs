//! An Atom feed (RFC 4287) of the latest reports. It is a file, not a receiver: nobody is told, whoever wants to looks.
//!
//! Every byte follows from its entries. A report is no more recent than the day it speaks of: its time is the end of
//! that
//! day, one minute later for each revision, so that readers notice a revision and the file does not depend on a clock.

use super::event::Line;
use super::letter::said;
use maud::{Markup, PreEscaped, html};
use polso_domain::{Day, Timestamp};
use serde::Deserialize;
use url::Url;

/// The table `[alert.feed]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// A domain or mail address of yours: the ids of entries begin with it and never change.
    pub authority: String,
    /// Reports in it, the latest.
    #[serde(default = "Config::usual_entries")]
    pub entries: usize,
}

impl Config {
    fn usual_entries() -> usize {
        30
    }
}

/// A report, as the feed tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its day.
    pub day: Day,
    /// Its revision, from 1.
    pub revision: u32,
    /// The first instant behind the day.
    pub ends: Timestamp,
    /// Its title.
    pub title: String,
    /// Its bottom line.
    pub lines: Vec<Line>,
}

/// The feed's file. `title` names the authority, `lang` is an ISO 639-1 code; entries may come in any order.
pub fn render(config: &Config, base: Option<&Url>, (title, lang): (&str, &str), entries: &[Entry]) -> String {
    let mut latest: Vec<&Entry> = entries.iter().collect();
    latest.sort_by_key(|entry| std::cmp::Reverse(entry.day));
    latest.truncate(config.entries.max(1));
    let updated = latest.iter().map(|entry| updated(entry)).max().unwrap_or_default();
    let authority = visible(&config.authority);
    let markup = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"))
        feed xmlns="http://www.w3.org/2005/Atom" xml:lang=(lang) {
            id { "tag:" (authority) ",2020:polso/reports" }
            title { (visible(title)) }
            updated { (updated) }
            author { name { (visible(title)) } }
            generator { "polso" }
            @if let Some(link) = base.and_then(|base| base.join("feed.xml").ok()) {
                link rel="self" type="application/atom+xml" href=(link) {}
            }
            @for entry in latest { (told(entry, &authority, base)) }
        }
    };
    let mut text = markup.into_string();
    text.push('\n');
    text
}

fn told(entry: &Entry, authority: &str, base: Option<&Url>) -> Markup {
    let page = format!("{}/index.html", entry.day);
    // Without an address the link is relative to the feed's own file.
    let link = base.and_then(|base| base.join(&page).ok()).map_or(page, |link| link.to_string());
    let lines: Vec<String> = entry.lines.iter().map(|line| visible(&said(line))).collect();
    html! {
        entry {
            id { "tag:" (authority) "," (entry.day) ":polso/report" }
            title { (visible(&entry.title)) }
            updated { (updated(entry)) }
            link rel="alternate" type="text/html" href=(link) {}
            summary { (lines.join(" ")) }
        }
    }
}

/// RFC 3339, to the second.
fn updated(entry: &Entry) -> String {
    let minutes = i64::from(entry.revision.saturating_sub(1));
    let instant = jiff::Timestamp::from_millisecond(entry.ends.millis().saturating_add(minutes * 60_000));
    instant.map(|instant| instant.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default()
}

/// Without the characters that XML 1.0 does not know.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn config() -> Config {
        Config { authority: "health.example".to_owned(), entries: 2 }
    }

    fn entry(day: &str, revision: u32) -> Entry {
        let line = Line { headline: "Mood <worse> & \u{0}so".to_owned(), evidence: "n = 3".to_owned() };
        let ends = Timestamp::from_millis(1_584_226_800_000);
        Entry { day: day.parse().unwrap(), revision, ends, title: format!("Report of {day}"), lines: vec![line] }
    }

    #[test]
    fn the_latest_come_first_and_the_rest_not_at_all() {
        let entries = [entry("2020-03-13", 1), entry("2020-03-15", 1), entry("2020-03-14", 2)];
        let base = Url::parse("https://polso.example/reports/").unwrap();
        let text = render(&config(), Some(&base), ("Health", "en"), &entries);
        let ids: Vec<usize> =
            ["2020-03-15:polso", "2020-03-14:polso"].iter().map(|id| text.find(id).unwrap()).collect();
        assert!(ids[0] < ids[1] && !text.contains("2020-03-13:polso"), "{text}");
        assert!(text.contains("<updated>2020-03-14T23:01:00Z</updated>"), "a revision is newer\n{text}");
        assert!(text.contains("href=\"https://polso.example/reports/2020-03-15/index.html\""), "{text}");
        assert!(text.contains("Mood &lt;worse&gt; &amp; so n = 3"), "{text}");
        let relative = render(&config(), None, ("Health", "en"), &entries);
        assert!(relative.contains("href=\"2020-03-15/index.html\"") && !relative.contains("rel=\"self\""));
    }

    proptest! {
        #[test]
        fn order_does_not_matter(days in prop::collection::btree_set(1u8..29, 0..8), title in any::<String>()) {
            let mut entries: Vec<Entry> = days.iter().map(|day| entry(&format!("2020-02-{day:02}"), 1)).collect();
            let forth = render(&config(), None, (&title, "it"), &entries);
            entries.reverse();
            prop_assert_eq!(&render(&config(), None, (&title, "it"), &entries), &forth);
            prop_assert!(!forth.chars().any(|c| c.is_control() && c != '\n'));
        }
    }
}
