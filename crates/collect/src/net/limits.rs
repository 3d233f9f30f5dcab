//! How long a platform asks us to wait, in every vendor's spelling.
//!
//! | header | value | who |
//! |---|---|---|
//! | `Retry-After` | seconds or an HTTP date | everybody |
//! | `X-RateLimit-Reset` | RFC 3339, unix seconds, or seconds left | Mastodon; GitHub's kind; Reddit |
//! | `RateLimit-Reset` | unix seconds (Bluesky) or seconds left (the IETF draft) | Bluesky |
//! | `x-rate-limit-reset` | unix seconds | X |
//!
//! A number below ten million is seconds left: as unix time it would lie in 1970. Absolute times are compared with the
//! server's own `Date`, so that a clock that is wrong here costs nothing.

use crate::stamp;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use std::time::Duration;

/// Longer than this no header is believed.
const LONGEST: Duration = Duration::from_hours(24);

/// What a refusal without any header costs.
const UNSAID: Duration = Duration::from_mins(1);

/// How long to be silent after this answer; `None` when there is room. `now_ms` is used where the server tells no time.
pub(crate) fn wait(status: StatusCode, headers: &HeaderMap, now_ms: i64) -> Option<Duration> {
    let now_ms = text(headers, "date").and_then(http_date_ms).unwrap_or(now_ms);
    let retry = text(headers, "retry-after").and_then(|value| after(value, now_ms));
    let reset = || {
        ["x-ratelimit-reset", "ratelimit-reset", "x-rate-limit-reset"]
            .iter()
            .find_map(|name| after(text(headers, name)?, now_ms))
    };
    match status {
        StatusCode::TOO_MANY_REQUESTS => Some(retry.or_else(reset).unwrap_or(UNSAID)),
        StatusCode::SERVICE_UNAVAILABLE => retry,
        _ if is_used_up(headers) => reset(),
        _ => None,
    }
}

/// Whether the answer says that it was the last one for now.
fn is_used_up(headers: &HeaderMap) -> bool {
    ["x-ratelimit-remaining", "ratelimit-remaining", "x-rate-limit-remaining"]
        .iter()
        .filter_map(|name| text(headers, name)?.trim().parse::<f64>().ok())
        .any(|left| left < 1.0)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The time from now to a value in any spelling, between one second and a day.
fn after(value: &str, now_ms: i64) -> Option<Duration> {
    const YEAR_1970_S: f64 = 10_000_000.0;
    let value = value.trim();
    let left_s = match value.parse::<f64>() {
        Ok(number) if number.is_finite() && number < YEAR_1970_S => number,
        Ok(unix) if unix.is_finite() => unix - now_ms as f64 / 1000.0,
        Ok(_) => return None,
        Err(_) => {
            let at_ms = stamp::rfc3339(value).map(polso_domain::Timestamp::millis).or_else(|| http_date_ms(value))?;
            at_ms.saturating_sub(now_ms) as f64 / 1000.0
        }
    };
    Some(Duration::from_secs_f64(left_s.clamp(1.0, LONGEST.as_secs_f64())))
}

fn http_date_ms(value: &str) -> Option<i64> {
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value.trim()).ok()?;
    Some(date.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW_MS: i64 = 1_785_592_555_000; // 2026-08-01T13:55:55Z

    fn seconds(status: u16, pairs: &[(&'static str, &str)]) -> Option<u64> {
        let headers = pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        wait(StatusCode::from_u16(status).unwrap(), &headers, NOW_MS).map(|wait| wait.as_secs())
    }

    #[test]
    fn every_vendor_is_understood() {
        assert_eq!(seconds(429, &[("retry-after", "288")]), Some(288));
        assert_eq!(seconds(429, &[("retry-after", "Sat, 01 Aug 2026 13:56:55 GMT")]), Some(60));
        assert_eq!(seconds(429, &[("x-ratelimit-reset", "2026-08-01T14:00:00.070144Z")]), Some(245));
        assert_eq!(seconds(429, &[("ratelimit-reset", "1785592655")]), Some(100));
        assert_eq!(seconds(429, &[("x-ratelimit-reset", "55.5")]), Some(55));
        assert_eq!(seconds(429, &[]), Some(60));
        assert_eq!(seconds(200, &[("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", "1785592565")]), Some(10));
        assert_eq!(seconds(200, &[("x-ratelimit-remaining", "12"), ("x-ratelimit-reset", "1785592565")]), None);
        assert_eq!(seconds(503, &[("retry-after", "5")]), Some(5));
        assert_eq!(seconds(503, &[]), None);
    }

    #[test]
    fn the_servers_clock_counts_and_not_ours() {
        let headers = [("ratelimit-reset", "1000000100"), ("date", "Sun, 09 Sep 2001 01:46:40 GMT")];
        assert_eq!(seconds(429, &headers), Some(100));
    }

    #[test]
    fn a_time_that_has_passed_or_is_absurd_is_bounded() {
        assert_eq!(seconds(429, &[("retry-after", "-5")]), Some(1));
        assert_eq!(seconds(429, &[("retry-after", "9999999")]), Some(86_400));
        assert_eq!(seconds(429, &[("retry-after", "soon")]), Some(60));
        assert_eq!(seconds(429, &[("retry-after", "NaN")]), Some(60));
    }

    proptest! {
        #[test]
        fn whatever_a_header_says_the_wait_is_bounded(value in "[ -~]{0,40}") {
            let wait = seconds(429, &[("retry-after", &value)]).unwrap();
            prop_assert!((1..=86_400).contains(&wait));
        }
    }
}
