//! Times as platforms write them: RFC 3339, sometimes without a zone, then UTC.

use polso_domain::Timestamp;

/// An instant from RFC 3339; without a zone it is UTC. `None` for anything else.
pub(crate) fn rfc3339(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let instant = text.parse::<jiff::Timestamp>().or_else(|_| {
        let civil: jiff::civil::DateTime = text.parse()?;
        civil.to_zoned(jiff::tz::TimeZone::UTC).map(|zoned| zoned.timestamp())
    });
    instant.ok().map(|instant| Timestamp::from_millis(instant.as_millisecond()))
}

/// An instant in RFC 3339, as platforms take it in a question.
pub(crate) fn to_rfc3339(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_count_and_a_missing_one_is_utc() {
        let millis = |text| rfc3339(text).map(Timestamp::millis);
        assert_eq!(millis("2026-08-01T13:55:55.867Z"), Some(1_785_592_555_867));
        assert_eq!(millis("2026-08-01T15:55:55.867+02:00"), Some(1_785_592_555_867));
        assert_eq!(millis("2026-08-01T13:55:55.867900"), Some(1_785_592_555_867));
        for bad in ["", "yesterday", "2026-13-01T00:00:00Z", "99999-01-01T00:00:00Z"] {
            assert_eq!(millis(bad), None, "{bad}");
        }
        assert_eq!(to_rfc3339(Timestamp::from_millis(1_785_592_555_867)), "2026-08-01T13:55:55.867Z");
    }
}
