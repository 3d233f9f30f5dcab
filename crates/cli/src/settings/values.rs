//! Values that are checked while they are read, so that an error points at the word that is wrong.

use polso_domain::{Day, SourceId, Timestamp, Zone};
use serde::Deserialize;

macro_rules! checked {
    ($(#[$doc:meta])* $name:ident($inner:ty) from $raw:ty, $check:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Deserialize)]
        #[serde(try_from = "String")]
        pub(crate) struct $name(pub(crate) $inner);

        impl TryFrom<$raw> for $name {
            type Error = String;

            fn try_from(raw: $raw) -> Result<Self, String> {
                let check: fn(&$raw) -> Result<$inner, String> = $check;
                check(&raw).map(Self)
            }
        }
    };
}

checked! {
    /// A zone that cuts days.
    ZoneName(Zone) from String, |name| Zone::named(name).map_err(|_| format!("`{name}` is no IANA time zone such as Europe/Rome"))
}
checked! {
    /// A zone for times that name none.
    TimeZone(jiff::tz::TimeZone) from String,
    |name| jiff::tz::TimeZone::get(name).map_err(|_| format!("`{name}` is no IANA time zone such as Europe/Rome"))
}
checked! {
    /// A language reports are written in.
    Language(polso_report::Language) from String,
    |name| name.parse().map_err(|error: polso_report::Error| match error.hint() {
        Some(hint) => format!("{error}; {hint}"),
        None => error.to_string(),
    })
}
checked! {
    /// The name of a source.
    Source(SourceId) from String,
    |name| SourceId::new(name).ok_or_else(|| format!("`{name}` must be letters, digits, `.`, `_` or `-`, at most 64"))
}

/// A day, or an instant with its zone.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum Moment {
    /// The whole day, in the report's zone.
    On(Day),
    /// Just then.
    At(Timestamp),
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if let Ok(day) = text.parse() {
            return Ok(Self::On(day));
        }
        let at = text.parse::<jiff::Timestamp>();
        at.map(|at| Self::At(Timestamp::from_millis(at.as_millisecond())))
            .map_err(|_| format!("`{text}` is neither a day (YYYY-MM-DD) nor a time with its zone"))
    }
}

impl Moment {
    /// Its first instant.
    pub(crate) fn start(self, zone: &Zone) -> Timestamp {
        match self {
            Self::On(day) => zone.start_of(day),
            Self::At(at) => at,
        }
    }

    /// The first instant behind it.
    pub(crate) fn end(self, zone: &Zone) -> Timestamp {
        match self {
            Self::On(day) => zone.start_of(day.plus(1)),
            Self::At(at) => at,
        }
    }
}

/// A number from 0 to 1.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "f64")]
pub(crate) struct Fraction(pub(crate) f64);

impl TryFrom<f64> for Fraction {
    type Error = String;

    fn try_from(value: f64) -> Result<Self, String> {
        let inside = (0.0..=1.0).contains(&value);
        inside.then_some(Self(value)).ok_or_else(|| format!("{value} is not between 0 and 1"))
    }
}

/// How many people must stand behind a group; one person is never a group.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "u32")]
pub(crate) struct MinPeople(pub(crate) u32);

impl TryFrom<u32> for MinPeople {
    type Error = String;

    fn try_from(value: u32) -> Result<Self, String> {
        (value >= 2).then_some(Self(value)).ok_or_else(|| format!("{value} is less than 2, and one person is no group"))
    }
}
