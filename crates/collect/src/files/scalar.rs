//! One value of a row, before anybody knows whether it is what it should be.
//!
//! Exports disagree on whether an id, a count or a time is text or a number; a typed struct of [`Scalar`]s reads them
//! all and loses no row over it.

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A JSON value or a CSV cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Scalar<'a> {
    /// Not there, null.
    #[default]
    Missing,
    /// Text, borrowed from the row where it has no escapes.
    Text(Cow<'a, str>),
    /// A number without sign and fraction.
    Whole(u64),
    /// Any other number.
    Number(f64),
    /// A truth value, a list, an object: never what is wanted.
    Odd,
}

impl<'a> Scalar<'a> {
    /// Its text without spaces around it, unless that is nothing. Numbers are spelt out.
    pub(crate) fn words(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(text) if text.trim().is_empty() => None,
            Self::Text(Cow::Borrowed(text)) => Some(Cow::Borrowed(text.trim())),
            Self::Text(Cow::Owned(text)) if text.trim().len() == text.len() => Some(Cow::Owned(text)),
            Self::Text(Cow::Owned(text)) => Some(Cow::Owned(text.trim().to_owned())),
            Self::Whole(number) => Some(Cow::Owned(number.to_string())),
            Self::Missing | Self::Number(_) | Self::Odd => None,
        }
    }

    /// As [`Self::words`], owned.
    pub(crate) fn text(self) -> Option<String> {
        self.words().map(Cow::into_owned)
    }

    /// A count; what is none (`N/A`, negative, a fraction) is `None`, what is beyond 32 bits the largest.
    pub(crate) fn count(&self) -> Option<u32> {
        let whole = match self {
            Self::Whole(number) => *number,
            // Spreadsheets and data frames write whole numbers with a fraction of zero.
            Self::Number(number) if *number >= 0.0 && number.fract() == 0.0 => format!("{number:.0}").parse().ok()?,
            Self::Text(text) => count(text.trim())?,
            Self::Missing | Self::Number(_) | Self::Odd => return None,
        };
        Some(u32::try_from(whole).unwrap_or(u32::MAX))
    }
}

/// `1234`, `1,234`, `1.234.567`, `1 234`, `1'234`, `1234.0`.
fn count(text: &str) -> Option<u64> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let separator = text.chars().find(|c| matches!(c, ',' | '.' | ' ' | '\'' | '\u{a0}' | '\u{202f}'));
    let Some(separator) = separator else {
        return text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?;
    };
    let mut groups = text.split(separator);
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    let sound = first && groups.all(|group| group.len() == 3);
    let digits: String = text.split(separator).collect();
    (sound && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

impl<'de: 'a, 'a> Deserialize<'de> for Scalar<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Whole(number))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Scalar<'de>, E> {
        Ok(u64::try_from(number).map_or(Scalar::Number(number as f64), Scalar::Whole))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Number(number))
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Odd)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Missing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Scalar<'de>, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Odd)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Scalar<'de>, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Odd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_people_write_them() {
        let read = |text: &str| Scalar::Text(Cow::Borrowed(text)).count();
        assert_eq!(read("1,234"), Some(1234));
        assert_eq!(read("1.234.567"), Some(1_234_567));
        assert_eq!(read("12\u{a0}345"), Some(12_345));
        assert_eq!(read("17.0"), Some(17));
        assert_eq!(read(" 9 "), Some(9));
        assert_eq!(read("99999999999"), Some(u32::MAX));
        for bad in ["", "N/A", "-3", "1.5", "1,2", "12,34,567", "+4", "1e3"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn any_json_is_a_scalar() {
        let read = |json: &'static str| serde_json::from_str::<Scalar<'static>>(json).unwrap();
        assert_eq!(read("\"a\""), Scalar::Text(Cow::Borrowed("a")));
        assert_eq!(read("[1,{}]"), Scalar::Odd);
        assert_eq!(read("{\"a\":[]}"), Scalar::Odd);
        assert_eq!(read("null"), Scalar::Missing);
        assert_eq!(read("12.0").count(), Some(12));
        assert_eq!(read("-1").count(), None);
    }
}
