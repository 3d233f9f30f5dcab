//! Which days must be summed up again, and writing what came out.
//!
//! A note beside the summaries (`.inputs.json`) says what each was made from. Days whose parts, ledger or settings moved
//! are summed up anew; days after them only have their baselines drawn anew, which needs no look at posts.

use crate::baseline::REACH;
use crate::day::{beside_the_past, stored, sum_up_with};
use crate::known::{self, Known};
use crate::{Config, DaySummary, Error, Revision, SCHEMA, corrected, measures};
use polso_domain::Day;
use polso_store::Lake;
use std::collections::{BTreeMap, BTreeSet};

/// What became of a day's stored summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// It is the day's first.
    New,
    /// It says something else than before; its revision went up.
    Revised,
    /// It says what it said; nothing was written.
    Unchanged,
}

/// Sums days up in order and stores what changed: these days, or (`None`) all whose posts, ledger or settings moved since
/// they were last summed up. Days within reach of a changed one's baselines are checked too.
///
/// Answers for each day that was looked at. When it fails, the days before the failed one are stored.
pub fn update(lake: &Lake, days: Option<&[Day]>, config: &Config) -> Result<Vec<(Day, DaySummary, Changed)>, Error> {
    let mut inputs = Inputs::read(lake)?;
    let mut known = Known::default();
    let asked: BTreeSet<Day> = match days {
        Some(days) => days.iter().copied().collect(),
        None => inputs.moved(lake, config)?,
    };
    let mut all = lake.summary_days()?;
    all.extend(&asked);
    let mut done = Vec::new();
    let mut last_change: Option<Day> = None;
    for day in all {
        let in_reach = last_change.is_some_and(|changed| day <= changed.plus(REACH));
        if !asked.contains(&day) && !in_reach {
            continue;
        }
        let before = stored(lake, day)?;
        let summary = match &before {
            Some(before) if !asked.contains(&day) => {
                let mut summary = before.clone();
                beside_the_past(lake, &mut summary, config)?;
                summary
            }
            _ => {
                inputs.note(lake, day, config)?;
                sum_up_with(&mut known, lake, day, config)?
            }
        };
        let (summary, changed) = store(lake, before, summary)?;
        if changed != Changed::Unchanged && asked.contains(&day) {
            last_change = Some(day);
        }
        inputs.write(lake)?;
        done.push((day, summary, changed));
    }
    Ok(done)
}

/// Writes a summary that says something new, with the next revision.
fn store(lake: &Lake, before: Option<DaySummary>, summary: DaySummary) -> Result<(DaySummary, Changed), Error> {
    let (summary, changed) = match before {
        None => (summary, Changed::New),
        Some(before) => {
            let summary = DaySummary { revision: before.revision, changed: before.changed.clone(), ..summary };
            if summary == before {
                return Ok((before, Changed::Unchanged));
            }
            let changed = Some(Revision::between(&before, &summary));
            (DaySummary { revision: before.revision + 1, changed, ..summary }, Changed::Revised)
        }
    };
    let day = summary.day;
    let mut json = serde_json::to_string_pretty(&summary).map_err(|source| Error::Summary { day, source })?;
    json.push('\n');
    // The table first: the JSON is what is compared next time, so a crash between the two writes both again.
    lake.write_summary_table(day, &measures(&summary))?;
    lake.write_summary_json(day, &json)?;
    tracing::info!(%day, revision = summary.revision, posts = summary.posts.n, "summed up");
    Ok((summary, changed))
}

/// What each day's summary was made from.
struct Inputs {
    noted: BTreeMap<String, String>,
    written: BTreeMap<String, String>,
}

impl Inputs {
    fn read(lake: &Lake) -> Result<Self, Error> {
        // A note that cannot be read only costs the work of summing up again.
        let noted: BTreeMap<String, String> =
            lake.read_inputs()?.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
        Ok(Self { written: noted.clone(), noted })
    }

    /// The days whose inputs are not what was noted.
    fn moved(&self, lake: &Lake, config: &Config) -> Result<BTreeSet<Day>, Error> {
        let mut days = lake.days()?;
        days.extend(lake.ledger_days()?);
        days.extend(lake.summary_days()?);
        let mut moved = BTreeSet::new();
        for day in days {
            let stored = lake.read_summary_json(day)?.is_some();
            if !stored || self.noted.get(&day.to_string()) != Some(&inputs(lake, day, config)?) {
                moved.insert(day);
            }
        }
        Ok(moved)
    }

    /// Notes a day's inputs; call it before the day is read, so that what comes meanwhile is seen next time.
    fn note(&mut self, lake: &Lake, day: Day, config: &Config) -> Result<(), Error> {
        self.noted.insert(day.to_string(), inputs(lake, day, config)?);
        Ok(())
    }

    fn write(&mut self, lake: &Lake) -> Result<(), Error> {
        if self.noted != self.written {
            let json = serde_json::to_string_pretty(&self.noted).unwrap_or_default();
            lake.write_inputs(&json)?;
            self.written.clone_from(&self.noted);
        }
        Ok(())
    }
}

fn inputs(lake: &Lake, day: Day, config: &Config) -> Result<String, Error> {
    let known = known::fingerprint(day, config);
    let mut inputs = format!("{SCHEMA} {} {} {known}", config.config_hash, lake.fingerprint(day)?);
    if let Some(reviewed) = corrected::fingerprint(day, config) {
        inputs.extend([" ", &reviewed]);
    }
    Ok(inputs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{config, day, lake, posts};
    use crate::sum_up;

    fn changes(lake: &Lake, config: &Config) -> Vec<(String, u32, Changed)> {
        let done = update(lake, None, config).unwrap();
        done.into_iter().map(|(day, summary, changed)| (day.to_string(), summary.revision, changed)).collect()
    }

    fn row(day: &str, revision: u32, changed: Changed) -> (String, u32, Changed) {
        (day.to_owned(), revision, changed)
    }

    #[test]
    fn a_day_is_summed_up_when_something_came() {
        let (_dir, lake) = lake();
        lake.write_part(0, &posts(day("2020-03-09"), 0..30)).unwrap();
        assert_eq!(changes(&lake, &config()), [row("2020-03-09", 1, Changed::New)]);
        assert_eq!(changes(&lake, &config()), []);
        lake.write_part(30, &posts(day("2020-03-09"), 30..40)).unwrap();
        assert_eq!(changes(&lake, &config()), [row("2020-03-09", 2, Changed::Revised)]);
        let changed = stored(&lake, day("2020-03-09")).unwrap().unwrap().changed.unwrap();
        assert_eq!(
            (changed.posts_before, changed.posts, changed.because.as_slice()),
            (30, 40, &["late_posts".to_owned()][..])
        );
        // Written again with the same contents: looked at, and left alone.
        lake.write_part(30, &posts(day("2020-03-09"), 30..40)).unwrap();
        let again = changes(&lake, &config());
        assert!(again.is_empty() || again == [row("2020-03-09", 2, Changed::Unchanged)]);
        let other = Config { config_hash: "other".into(), ..config() };
        assert_eq!(changes(&lake, &other), [row("2020-03-09", 3, Changed::Revised)]);
    }

    #[test]
    fn late_posts_move_the_baselines_of_later_days() {
        let (_dir, lake) = lake();
        for (offset, date) in (0..).zip(["2020-03-05", "2020-03-06", "2020-03-07", "2020-03-08"]) {
            lake.write_part(offset, &posts(day(date), 0..30)).unwrap();
        }
        assert_eq!(changes(&lake, &config()).len(), 4);
        let before = stored(&lake, day("2020-03-08")).unwrap().unwrap();
        assert_eq!((before.baselines[0].days, before.baselines[0].posts), (3, 30.0));
        lake.write_part(9, &posts(day("2020-03-07"), 30..60)).unwrap();
        let expected = [row("2020-03-07", 2, Changed::Revised), row("2020-03-08", 2, Changed::Revised)];
        assert_eq!(changes(&lake, &config()), expected);
        let after = stored(&lake, day("2020-03-08")).unwrap().unwrap();
        assert_eq!((after.baselines[0].posts, &after.posts), (40.0, &before.posts));
        // And it is what a fresh look says.
        let fresh = sum_up(&lake, day("2020-03-08"), &config()).unwrap();
        let changed = after.changed.clone();
        assert_eq!(changed.as_ref().map(|changed| changed.because.join(" ")), Some("days_before".to_owned()));
        assert_eq!(DaySummary { revision: 2, changed, ..fresh }, after);
    }

    #[test]
    fn an_emptied_day_says_so() {
        let (_dir, lake) = lake();
        lake.write_part(0, &posts(day("2020-03-09"), 0..30)).unwrap();
        update(&lake, None, &config()).unwrap();
        lake.write_part(0, &[]).unwrap();
        let done = update(&lake, None, &config()).unwrap();
        assert_eq!((done[0].1.posts.n, done[0].1.revision, done[0].2), (0, 2, Changed::Revised));
    }

    #[test]
    fn summaries_can_be_asked_in_sql() {
        let (_dir, lake) = lake();
        lake.write_part(0, &posts(day("2020-03-09"), 0..30)).unwrap();
        update(&lake, None, &config()).unwrap();
        let answer = lake.query("select value from summaries where \"table\" = 'posts' and measure = 'posts'").unwrap();
        assert_eq!(answer.to_text(9), "value\n30.0\n");
    }
}
