//! What is told of a report elsewhere than on its page: by mail, in a chat, in a feed.
//!
//! The points of a notice are those of the page's bottom line, taken from the same document: whoever reads both reads the
//! same. Texts are plain and unescaped, each format escapes them its own way. What is only counted is never told here either.

use crate::block::{Block, Document};
use crate::findings::rumours;
use crate::spikes::named;
use crate::words::Words;
use crate::{Error, Language, Page};
use polso_aggregate::Status;
use polso_domain::Day;

/// One thing to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What happened, in a few words.
    pub headline: String,
    /// The numbers behind it; may be empty.
    pub evidence: String,
}

/// A short text in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The subject.
    pub title: String,
    /// What there is to say, most important first.
    pub points: Vec<Point>,
    /// What a link to the page is called.
    pub see: String,
    /// The small print.
    pub foot: String,
}

/// Something of a day that deserves a notice of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// What it is about, in parts that name it for good: `rumour`, the claim, `direct`, the day; or `spike`, the measure, what
    /// it is of, the day on which the rise began.
    pub about: Vec<String>,
    /// What is said of it.
    pub notice: Notice,
}

/// What is told of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// That its report is ready, with its bottom line.
    pub report: Notice,
    /// What cannot wait for somebody to open the page.
    pub alarms: Vec<Alarm>,
}

/// What a document comes down to.
pub(crate) fn brief(page: &Page<'_>, document: &Document) -> Result<Brief, Error> {
    let Page { day, words, settings, .. } = *page;
    let title = match (day.status, day.revision) {
        (_, 2..) => "tell-revision",
        (Status::Complete, _) => "tell-report",
        (Status::Partial, _) => "tell-report-partial",
        (Status::NoData, _) => "tell-report-no-data",
    };
    let date = words.date(day.day)?;
    let title = words.with(title, &[("day", date.into()), ("revision", day.revision.into())])?;
    let mut report = notice(words, title, bottom_line(document))?;
    if settings.seeds {
        report.points.insert(0, Point { headline: words.say("banner-seeds")?, evidence: String::new() });
    }
    let mut alarms = Vec::new();
    for (claim, headline, evidence) in rumours::reached_direct(page)? {
        let points = vec![Point { headline: evidence, evidence: String::new() }];
        let about = vec!["rumour".to_owned(), claim.as_str().to_owned(), "direct".to_owned(), day.day.to_string()];
        alarms.push(Alarm { about, notice: notice(words, headline, points)? });
    }
    alarms.extend(spikes(page)?);
    Ok(Brief { report, alarms })
}

/// What is out of the ordinary and may be told. A rise of several days has one name, from the day it began: it is told once.
fn spikes(page: &Page<'_>) -> Result<Vec<Alarm>, Error> {
    let words = page.words;
    let mut alarms = Vec::new();
    for (measure, evidence) in page.spikes().0 {
        let (name, key) = named(measure);
        let since = evidence.since.unwrap_or(page.day.day).to_string();
        let about = ["spike", name].into_iter().chain(key).chain([since.as_str()]).map(str::to_owned).collect();
        let what = page.measured(measure)?.text;
        let title = words.with("tell-spike", &[("what", what.into())])?;
        let with = [
            ("today", page.value(measure, evidence.today).into()),
            ("usual", page.value(measure, evidence.usual).into()),
        ];
        let points =
            vec![Point { headline: words.with("tell-spike-numbers", &with)?, evidence: page.reason(evidence)? }];
        alarms.push(Alarm { about, notice: notice(words, title, points)? });
    }
    Ok(alarms)
}

/// What is told when a run for `day` failed. `why` is the program's own message, in English.
pub fn failed(language: Language, day: Day, why: &str) -> Result<Notice, Error> {
    let words = Words::load(language)?;
    let title = words.with("tell-failed", &[("day", words.date(day)?.into())])?;
    let points = vec![
        Point { headline: words.say("tell-failed-kept")?, evidence: String::new() },
        Point { headline: words.say("tell-failed-why")?, evidence: why.to_owned() },
    ];
    notice(&words, title, points)
}

/// What is told to try whether it arrives.
pub fn test(language: Language) -> Result<Notice, Error> {
    let words = Words::load(language)?;
    let points = vec![Point { headline: words.say("tell-test-line")?, evidence: String::new() }];
    notice(&words, words.say("tell-test")?, points)
}

fn notice(words: &Words, title: String, points: Vec<Point>) -> Result<Notice, Error> {
    Ok(Notice { title, points, see: words.say("tell-see")?, foot: words.say("tell-foot")? })
}

/// The findings of the document, as they stand there.
fn bottom_line(document: &Document) -> Vec<Point> {
    let blocks = document.sections.iter().flat_map(|chapter| &chapter.blocks);
    let findings = blocks.filter_map(|block| match block {
        Block::Findings(findings) => Some(findings),
        _ => None,
    });
    let point = |finding: &crate::block::Finding| Point {
        headline: finding.headline.clone(),
        evidence: finding.evidence.clone(),
    };
    findings.flatten().map(point).collect()
}
