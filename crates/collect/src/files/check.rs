//! Whether what a row says can be believed: ids that went through a spreadsheet, times that cannot be, fields left empty.

use super::redact::Redactor;
use super::scalar::Scalar;
use super::time;
use jiff::tz::TimeZone;
use polso_domain::{RawAuthor, SetAside, SourceId, Timestamp};
use std::borrow::Cow;

/// Why a row cannot be used. The detail names fields and never repeats their values.
#[derive(Debug)]
pub(crate) struct Fault {
    pub reason: SetAside,
    pub detail: String,
}

impl Fault {
    pub(crate) fn new(reason: SetAside, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }

    /// Bytes that are not text, in any format.
    pub(crate) fn encoding() -> Self {
        Self::new(SetAside::BadEncoding, "bytes that are not text in the file's encoding")
    }

    /// serde's own message would quote the row.
    pub(crate) fn json(error: &serde_json::Error) -> Self {
        let what = match error.classify() {
            serde_json::error::Category::Data => "not the shape of its format",
            serde_json::error::Category::Eof => "breaks off",
            serde_json::error::Category::Syntax | serde_json::error::Category::Io => "not JSON",
        };
        Self::new(SetAside::Malformed, format!("{what}, at character {}", error.column()))
    }
}

/// What all rows of a file are measured with.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    pub zone: TimeZone,
    pub now: Timestamp,
    /// The source of rows that name none.
    pub source: SourceId,
    /// The source was named by the user and wins over the rows.
    pub source_given: bool,
    pub redactor: Redactor,
}

impl Rules {
    /// The source of a row that names `own`.
    pub(crate) fn source_of(&self, own: &Scalar<'_>) -> Result<SourceId, Fault> {
        match own.clone().words() {
            Some(name) if !self.source_given => SourceId::new(&name).ok_or_else(|| {
                Fault::new(SetAside::Malformed, "`source` is not a name of letters, digits, `.`, `_`, `-`")
            }),
            _ => Ok(self.source.clone()),
        }
    }

    /// The source of a row that tells this one, if any.
    pub(crate) fn source_or(&self, told: Option<SourceId>) -> SourceId {
        told.filter(|_| !self.source_given).unwrap_or_else(|| self.source.clone())
    }

    /// The time of a post.
    pub(crate) fn posted(&self, field: &str, value: Scalar<'_>) -> Result<Timestamp, Fault> {
        self.posted_in(&self.zone, field, value)
    }

    /// The time of a post, in this zone if it names none.
    pub(crate) fn posted_in(&self, zone: &TimeZone, field: &str, value: Scalar<'_>) -> Result<Timestamp, Fault> {
        let bad =
            || Fault::new(SetAside::BadTime, format!("`{field}` is in no shape that can be read in one way only"));
        let posted = match value {
            Scalar::Whole(number) => time::unix(number).ok_or_else(bad)?,
            Scalar::Number(number) if number >= 0.0 => {
                format!("{number:.0}").parse().ok().and_then(time::unix).ok_or_else(bad)?
            }
            Scalar::Number(_) | Scalar::Odd => return Err(bad()),
            text => time::parse(&required(field, text.words())?, zone).ok_or_else(bad)?,
        };
        if posted.is_plausible(self.now) {
            Ok(posted)
        } else {
            Err(Fault::new(SetAside::ImplausibleTime, format!("`{field}` is before 2004 or after now")))
        }
    }
}

/// A field that every post has.
pub(crate) fn required<T>(field: &str, value: Option<T>) -> Result<T, Fault> {
    value.ok_or_else(|| Fault::new(SetAside::MissingField, format!("`{field}` is missing or empty")))
}

/// A language tag; `und` is how platforms say that they do not know.
pub(crate) fn lang(value: Scalar<'_>) -> Option<String> {
    value.text().filter(|tag| tag != "und")
}

/// The id of a post.
pub(crate) fn id(field: &str, value: Scalar<'_>) -> Result<String, Fault> {
    /// From here on a number may have been rounded by whatever wrote it: JavaScript, a data frame, a spreadsheet.
    const INEXACT_FROM: u64 = 1 << 53;
    let mangled = |how: &str| Err(Fault::new(SetAside::MangledId, format!("`{field}` {how}")));
    match value {
        Scalar::Whole(INEXACT_FROM..) => mangled("is a number too large to be exact; export it as text"),
        Scalar::Number(_) => mangled("is a number with a fraction or an exponent; export it as text"),
        other => {
            let id = required(field, other.text())?;
            if is_mangled(&id) { mangled("was rounded by a spreadsheet; export it as text") } else { Ok(id) }
        }
    }
}

/// The id of another post, where a row points at one. A mangled one points nowhere.
pub(crate) fn reference(value: Scalar<'_>) -> Option<String> {
    id("", value).ok()
}

/// `1.23E+18`, `1,23E+18`, `1E+18`, `123.0`.
fn is_mangled(id: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !id.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    if let Some((mantissa, exponent)) = id.split_once(['E', 'e']) {
        let (plus, power) = exponent.strip_prefix('+').map_or((false, exponent), |power| (true, power));
        let fraction = mantissa.split_once(['.', ',']).map(|(whole, part)| digits(whole) && digits(part));
        return digits(power) && fraction.unwrap_or(plus && digits(mantissa));
    }
    id.split_once('.')
        .is_some_and(|(whole, zeros)| digits(whole) && !zeros.is_empty() && zeros.bytes().all(|b| b == b'0'))
}

/// A handle without its `@`.
pub(crate) fn handle(text: Cow<'_, str>) -> String {
    match text.strip_prefix('@') {
        Some(bare) => bare.to_owned(),
        None => text.into_owned(),
    }
}

/// An account: its handle, or its id where it has none, and its other spellings. `None` if it has neither.
pub(crate) fn account<const N: usize>(handles: [Scalar<'_>; 2], also: [Scalar<'_>; N]) -> Option<RawAuthor> {
    let handle = handles.into_iter().find_map(Scalar::words).map(handle).filter(|handle| !handle.is_empty())?;
    let also = also.into_iter().filter_map(Scalar::text).filter(|other| *other != handle).collect();
    Some(RawAuthor { handle, also })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, SetAside> {
        id("id", Scalar::Text(Cow::Borrowed(text))).map_err(|fault| fault.reason)
    }

    #[test]
    fn ids_from_spreadsheets_are_refused() {
        for bad in ["1.23E+18", "1,23E+18", "1.227153622e+18", "1E+18", "1227153622074580993.0", "12.00"] {
            assert_eq!(read(bad), Err(SetAside::MangledId), "{bad}");
        }
        assert_eq!(id("id", Scalar::Number(1.23e18)).unwrap_err().reason, SetAside::MangledId);
        assert_eq!(id("id", Scalar::Whole(1 << 53)).unwrap_err().reason, SetAside::MangledId);
        assert_eq!(id("id", Scalar::Whole((1 << 53) - 1)).unwrap(), "9007199254740991");
        for good in ["1227153622074580993", "12e45", "at://post/3k.0", "v1.0", "7.25"] {
            assert_eq!(read(good).as_deref(), Ok(good));
        }
        assert_eq!(read("  "), Err(SetAside::MissingField));
    }

    #[test]
    fn times_outside_the_age_of_platforms_are_refused() {
        let rules = Rules {
            zone: TimeZone::UTC,
            now: Timestamp::from_millis(1_600_000_000_000),
            source: SourceId::new("import").unwrap(),
            source_given: false,
            redactor: Redactor::default(),
        };
        let reason = |value| rules.posted("posted_at", value).map_err(|fault| fault.reason);
        let text = |text| Scalar::Text(Cow::Borrowed(text));
        assert_eq!(reason(text("1970-01-01T00:00:00Z")), Err(SetAside::ImplausibleTime));
        assert_eq!(reason(text("2300-01-01T00:00:00Z")), Err(SetAside::ImplausibleTime));
        assert_eq!(reason(Scalar::Whole(0)), Err(SetAside::ImplausibleTime));
        assert_eq!(reason(text("03/04/2020")), Err(SetAside::BadTime));
        assert_eq!(reason(Scalar::Missing), Err(SetAside::MissingField));
        assert_eq!(reason(Scalar::Whole(1_539_202_764)).unwrap().millis(), 1_539_202_764_000);
        assert_eq!(reason(Scalar::Number(1_539_202_764.0)).unwrap().millis(), 1_539_202_764_000);
    }
}
