//! reports → reports/feed.xml: the latest reports for whoever follows a feed. Only where `[alert.feed]` is in the settings.

use crate::failure::Failure;
use crate::pipeline::Context;
use polso_alert::send::{self, FeedEntry, Line};
use polso_domain::Day;
use serde::Deserialize;

/// What the feed needs of a `report.json`.
#[derive(Deserialize)]
struct Report {
    revision: u32,
    sections: Vec<Section>,
}

#[derive(Deserialize)]
struct Section {
    title: String,
    blocks: Vec<Block>,
}

#[derive(Deserialize)]
struct Block {
    kind: String,
    text: Option<String>,
    #[serde(default)]
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(default)]
    label: String,
    text: String,
}

/// Writes the feed from the reports that are there. Nothing changes when none of them did.
#[tracing::instrument(name = "feed", skip_all)]
pub(crate) fn write(context: Context<'_>) -> Result<(), Failure> {
    let settings = context.settings;
    let Some(config) = &settings.alert.feed else { return Ok(()) };
    let folder = settings.data.reports();
    let mut days: Vec<Day> = Vec::new();
    for found in folder.read_dir().map_err(Failure::io("read", &folder))? {
        let found = found.map_err(Failure::io("read", &folder))?;
        let day = found.file_name().to_str().and_then(|name| name.parse::<Day>().ok());
        days.extend(day.filter(|_| found.path().join("report.json").exists()));
    }
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.truncate(config.entries);
    let entries = days.into_iter().map(|day| entry(context, day)).collect::<Result<Vec<_>, _>>()?;
    let title = settings.title.as_deref().unwrap_or("polso");
    let head = (title, settings.language.code());
    let text = send::feed(config, settings.alert.base_url.as_ref(), head, &entries);
    Ok(polso_store::write_atomic(&folder.join("feed.xml"), text.as_bytes())?)
}

fn entry(context: Context<'_>, day: Day) -> Result<FeedEntry, Failure> {
    let path = context.settings.data.report(day).join("report.json");
    let text = std::fs::read_to_string(&path).map_err(Failure::io("read", &path))?;
    let report: Report =
        serde_json::from_str(&text).map_err(|error| Failure::io("read", &path)(std::io::Error::other(error)))?;
    let name = report.sections.first().map(|head| head.title.clone()).unwrap_or_default();
    let blocks = || report.sections.iter().flat_map(|section| &section.blocks);
    let date = blocks().find(|block| block.kind == "day").and_then(|block| block.text.clone()).unwrap_or_default();
    let findings = blocks().filter(|block| block.kind == "findings").flat_map(|block| &block.items);
    Ok(FeedEntry {
        day,
        revision: report.revision,
        ends: context.settings.zone.start_of(day.plus(1)),
        title: format!("{name}: {date}"),
        lines: findings.map(|item| Line { headline: item.label.clone(), evidence: item.text.clone() }).collect(),
    })
}
