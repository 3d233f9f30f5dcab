//! Turns of phrase that several sections share: shares with their intervals, changes in words, days spelled out.

use crate::block::{Cell, Column, Estimate};
use crate::words::Words;
use crate::{Error, Page, numbers};
use fluent_bundle::FluentValue;
use polso_aggregate::{Baseline, Change, DaySummary, Mood, Repeated, Share, Verdict};
use polso_domain::Day;

/// The window that headlines compare with, in days.
const WEEK: u32 = 7;

impl Words {
    /// A count, grouped.
    pub(crate) fn count(&self, n: u64) -> String {
        self.mean(n as f64)
    }

    /// A mean of counts: nobody needs its decimals.
    pub(crate) fn mean(&self, n: f64) -> String {
        self.style.number(n, 0)
    }

    /// A fraction as per cent with one decimal: a share that was counted, not estimated.
    pub(crate) fn percent(&self, fraction: f64) -> String {
        self.style.percent(fraction, 1)
    }

    /// A probability or a threshold as per cent: decimals would feign precision.
    pub(crate) fn rough(&self, fraction: f64) -> String {
        self.style.percent(fraction, 0)
    }

    /// A share and its interval, apart, both as fine as the interval supports.
    pub(crate) fn estimate(&self, share: &Share) -> Result<Estimate, Error> {
        let decimals = numbers::of_share(share);
        let end = |fraction| self.style.hundredths(fraction, decimals).into();
        let interval = self.with("interval", &[("low", end(share.low)), ("high", end(share.high))])?;
        Ok(Estimate { value: self.alone(share), interval })
    }

    /// A share and its interval in one: `31 % (28–34)`.
    pub(crate) fn share(&self, share: &Share) -> Result<String, Error> {
        self.estimate(share).map(|estimate| estimate.to_string())
    }

    /// A share without its interval, as fine as that supports.
    pub(crate) fn alone(&self, share: &Share) -> String {
        self.style.percent(share.share, numbers::of_share(share))
    }

    /// Today's share, or the mean that it is compared with, beside their difference: no finer than either interval.
    pub(crate) fn compared(&self, fraction: f64, share: &Share, difference: &Share) -> String {
        self.style.percent(fraction, numbers::compared(share, difference))
    }

    /// A difference in percentage points with its interval, all as fine as the interval supports.
    pub(crate) fn points(&self, difference: &Share) -> Result<String, Error> {
        let decimals = numbers::of_share(difference);
        let point = |fraction| self.style.signed(fraction, decimals).into();
        let Share { share, low, high } = *difference;
        // "+1 point" but "+1.0 points": Fluent chooses by the digits that are shown.
        let count = format!("{:.decimals$}", (share * 100.0).abs());
        let count = FluentValue::try_number(&count);
        self.with(
            "points",
            &[("difference", point(share)), ("count", count), ("low", point(low)), ("high", point(high))],
        )
    }

    /// What may be said of a change, without numbers.
    pub(crate) fn verdict(&self, verdict: Verdict) -> Result<String, Error> {
        self.say(match verdict {
            Verdict::Up => "verdict-up",
            Verdict::Down => "verdict-down",
            Verdict::NoRealChange => "verdict-no-real-change",
            Verdict::Withheld => "verdict-withheld",
        })
    }

    /// A length of time, in hours and minutes.
    pub(crate) fn duration(&self, minutes: u32) -> Result<String, Error> {
        let (hours, rest) = (minutes / 60, minutes % 60);
        match (hours, rest) {
            (0, _) => self.with("time-minutes", &[("minutes", rest.into())]),
            (_, 0) => self.with("time-hours", &[("hours", hours.into())]),
            _ => self.with("time-hours-minutes", &[("hours", hours.into()), ("minutes", rest.into())]),
        }
    }

    /// Weekday, day, month and year.
    pub(crate) fn date(&self, day: Day) -> Result<String, Error> {
        let (year, month, number) = day.parts();
        let weekday = self.say(&format!("weekday-{}", day.weekday() + 1))?;
        let month = self.say(&format!("month-{month}"))?;
        self.with(
            "date",
            &[
                ("weekday", weekday.into()),
                ("day", number.into()),
                ("month", month.into()),
                ("year", year.to_string().into()),
            ],
        )
    }

    /// A day of this year: day and month.
    pub(crate) fn short_date(&self, day: Day) -> Result<String, Error> {
        let (_, month, number) = day.parts();
        let month = self.say(&format!("month-{month}"))?;
        self.with("date-short", &[("day", number.into()), ("month", month.into())])
    }

    /// A day below a chart: as short as the language allows.
    pub(crate) fn tick(&self, day: Day) -> Result<String, Error> {
        let (_, month, number) = day.parts();
        self.with("date-tick", &[("day", number.into()), ("month", month.into())])
    }

    /// A column of words.
    pub(crate) fn column(&self, id: &str) -> Result<Column, Error> {
        Ok(Column { title: self.say(id)?, numeric: false })
    }

    /// A column of numbers.
    pub(crate) fn numbers(&self, id: &str) -> Result<Column, Error> {
        Ok(Column { title: self.say(id)?, numeric: true })
    }

    /// A count as a cell.
    pub(crate) fn tally(&self, n: impl Into<u64>) -> Cell {
        Cell::Number(self.count(n.into()))
    }
}

impl Page<'_> {
    /// The comparison with the last seven days, if it was made.
    pub(crate) fn week(&self) -> Option<&Baseline> {
        self.window(WEEK)
    }

    /// The comparison with the last `days` days, if it was made.
    pub(crate) fn window(&self, days: u32) -> Option<&Baseline> {
        self.day.baselines.iter().find(|baseline| baseline.window == days)
    }

    /// Whether too little was heard to set the day beside others.
    pub(crate) fn is_degraded(&self) -> bool {
        self.week().is_some_and(|week| week.withheld_because.as_deref() == Some("low_coverage"))
    }

    /// Why a baseline says nothing, as a sentence; `None` when it does speak.
    pub(crate) fn silence(&self, baseline: &Baseline) -> Result<Option<String>, Error> {
        let Some(reason) = &baseline.withheld_because else { return Ok(None) };
        let days = [("days", baseline.days.into()), ("window", baseline.window.into())];
        let id = match reason.as_str() {
            "too_few_days" => "withheld-too-few-days",
            "too_few_posts" => "withheld-too-few-posts",
            "too_few_authors" => "withheld-too-few-authors",
            "low_coverage" => "withheld-low-coverage",
            "other_model" => "withheld-other-model",
            _ => return Ok(Some(reason.clone())),
        };
        self.words.with(id, &days).map(Some)
    }

    /// Why there is no mood, as a sentence.
    pub(crate) fn no_mood(&self) -> Result<String, Error> {
        let posts = &self.day.posts;
        if posts.n == 0 {
            self.words.say("mood-no-posts")
        } else if posts.scored == 0 {
            self.words.with("mood-none-scored", &[("n", posts.n.into())])
        } else {
            self.words.with("mood-too-few-people", &[("people", self.settings.min_people.into())])
        }
    }

    /// The followed hashtags as readers write them.
    pub(crate) fn tags(&self) -> String {
        self.settings.tracked.iter().map(|tag| hashtag(tag)).collect::<Vec<_>>().join(", ")
    }
}

/// A hashtag with exactly one `#`.
pub(crate) fn hashtag(tag: &str) -> String {
    format!("#{}", tag.trim_start_matches('#'))
}

/// A change that is worth a sentence of its own.
pub(crate) fn is_real(change: &Change) -> bool {
    matches!(change.verdict, Verdict::Up | Verdict::Down)
}

/// Whether a text is at or above the threshold.
pub(crate) fn likely_needs_checking(day: &DaySummary, text: &Repeated) -> bool {
    text.needs_checking.is_some_and(|probability| probability >= day.threshold)
}

/// Whether a text is left out: it likely needs checking, or carries a rumour of the log further.
pub(crate) fn must_not_travel(page: &Page<'_>, text: &Repeated) -> bool {
    let is_rumour = |claim: &String| page.log.rumours.iter().any(|line| line.claim.id.as_str() == claim);
    likely_needs_checking(page.day, text) || text.claims.iter().any(is_rumour)
}

/// Scored posts behind the day's shares.
pub(crate) fn scored(day: &DaySummary) -> u64 {
    day.mood.as_ref().map_or(day.posts.scored, |mood: &Mood| mood.n)
}

/// First twelve characters of a fingerprint: enough to compare by eye.
pub(crate) fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}
