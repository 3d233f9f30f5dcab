//! Recent search: the last seven days, newest first, a page at a time, each as large as the budget allows.

use super::X;
use super::page;
use crate::collector::{Ask, Span};
use crate::files::Row;
use crate::net::{AskError, Client};
use crate::sources::rounds::Rounds;
use polso_domain::Timestamp;
use serde::Deserialize;
use std::time::Duration;

/// Walks go back so far beyond the last one's start: the index is some seconds behind. Each post there costs again.
const OVERLAP: Duration = Duration::from_mins(1);

/// Posts of one page, at most and at least.
const MOST: u64 = 100;
const LEAST: u64 = 10;

/// How far back the platform searches, less ten minutes for its clock and ours.
const REACH_MS: i64 = 7 * 24 * 3_600_000 - 600_000;

/// When the platform's ids begin, in milliseconds since 1970.
const FIRST_ID_MS: i64 = 1_288_834_974_657;

/// What a page says of the next.
#[derive(Deserialize, Default)]
#[serde(default)]
struct About {
    meta: Meta,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Meta {
    next_token: Option<String>,
    oldest_id: Option<String>,
}

/// What one step of the search gave.
#[derive(Default)]
pub(super) struct Searched {
    pub(super) rows: Vec<Row>,
    /// Before what the platform still searches.
    pub(super) lost: Option<Span>,
}

/// The id that a post of this instant would at least have.
fn id_at(at: Timestamp) -> u64 {
    u64::try_from(at.millis().saturating_sub(FIRST_ID_MS)).unwrap_or(0) << 22
}

impl X {
    /// The next page of the searches; nothing when none is left in this round.
    pub(super) async fn search(
        &self,
        client: &Client,
        ask: &Ask<'_>,
        rounds: &mut Rounds,
    ) -> Result<Searched, AskError> {
        let Some(step) = rounds.step(&self.queries, ask, OVERLAP) else { return Ok(Searched::default()) };
        let count = self.api.affordable(MOST, ask.now)?;
        if count < LEAST {
            return Err(self.api.purse.used_up(ask.now));
        }
        let reach = Timestamp::from_millis(ask.now.millis().saturating_sub(REACH_MS));
        let (since_id, max_results) = (id_at(step.back_to.max(reach)).to_string(), count.to_string());
        let mut query = vec![
            ("query", step.lane.as_str()),
            ("max_results", &max_results),
            ("since_id", &since_id),
            ("sort_order", "recency"),
        ];
        query.extend(self.api.fields());
        // A page is the oldest id so far and the platform's token; without a token the id alone leads on.
        let (oldest, token) = step.page.as_deref().and_then(|page| page.split_once('|')).unwrap_or_default();
        match (token, oldest) {
            ("", "") => {}
            ("", oldest) => query.push(("until_id", oldest)),
            (token, _) => query.push(("next_token", token)),
        }
        let request = self.api.request(self.api.url("2/tweets/search/recent", &query)?);
        let worst = count.saturating_mul(self.api.dearest());
        let answer = match self.api.pay(client, &request, worst).await {
            Err(AskError::Refused { status: 400, .. }) if !token.is_empty() && !oldest.is_empty() => {
                rounds.turned(&step, (Some(format!("{oldest}|")), false), ask);
                return Ok(Searched::default());
            }
            answer => answer?,
        };
        let about: About = answer.json()?;
        let text = std::str::from_utf8(&answer.body).map_err(|_| answer.garbled("bytes that are no text"))?;
        let rows = page::rows(text, &self.reading(ask.now));
        let digits = |id: &String| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        let reached = about.meta.oldest_id.filter(digits).unwrap_or_else(|| oldest.to_owned());
        let onward = about.meta.next_token.filter(|token| !token.is_empty()).map(|token| format!("{reached}|{token}"));
        let first = step.page.is_none() && self.queries.first() == Some(&step.lane);
        let lost = Span::new(step.back_to, reach).filter(|_| first);
        rounds.turned(&step, (onward, false), ask);
        Ok(Searched { rows, lost })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_has_its_first_id() {
        // The shift and the beginning are the platform's own and public.
        assert_eq!(id_at(Timestamp::from_millis(FIRST_ID_MS + 1)), 1 << 22);
        assert_eq!(id_at(Timestamp::from_millis(0)), 0);
    }
}
