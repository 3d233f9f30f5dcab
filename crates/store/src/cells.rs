//! One value of a table as text or JSON.

use polars::prelude::{AnyValue, Field, TimeUnit};
use polso_domain::Day;
use serde_json::{Map, Number, Value};

const DAY_MS: i64 = 86_400_000;

/// The value as JSON: dates as `YYYY-MM-DD`, instants as RFC 3339, what is not a number as null.
pub(crate) fn json(value: &AnyValue<'_>) -> Value {
    match value {
        AnyValue::Null => Value::Null,
        AnyValue::Boolean(yes) => Value::Bool(*yes),
        AnyValue::String(text) => Value::String((*text).to_owned()),
        AnyValue::StringOwned(text) => Value::String(text.to_string()),
        AnyValue::Date(days) => Value::String(Day::from_epoch_days(*days).to_string()),
        AnyValue::Datetime(at, unit, zone) => Value::String(instant(*at, *unit, zone.is_some())),
        AnyValue::DatetimeOwned(at, unit, zone) => Value::String(instant(*at, *unit, zone.is_some())),
        // Through its shortest spelling: 0.1 as f32 is not 0.10000000149 to a reader.
        AnyValue::Float32(number) => {
            number.to_string().parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
        }
        AnyValue::Float64(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
        AnyValue::List(items) => Value::Array(items.iter().map(|item| json(&item)).collect()),
        AnyValue::Struct(_, _, fields) => object(value, fields),
        AnyValue::StructOwned(owned) => named(&owned.1, owned.0.iter().map(json)),
        AnyValue::UInt64(number) => Value::from(*number),
        other => other.extract::<i64>().map_or_else(|| Value::String(other.to_string()), Value::from),
    }
}

/// The value as the text of a cell; null is empty.
pub(crate) fn text(value: &AnyValue<'_>) -> String {
    match json(value) {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn object(value: &AnyValue<'_>, fields: &[Field]) -> Value {
    let mut values = Vec::new();
    value._materialize_struct_av(&mut values);
    named(fields, values.iter().map(json))
}

fn named(fields: &[Field], values: impl Iterator<Item = Value>) -> Value {
    Value::Object(fields.iter().map(|field| field.name().to_string()).zip(values).collect::<Map<_, _>>())
}

fn instant(at: i64, unit: TimeUnit, utc: bool) -> String {
    let millis = match unit {
        TimeUnit::Nanoseconds => at.div_euclid(1_000_000),
        TimeUnit::Microseconds => at.div_euclid(1_000),
        TimeUnit::Milliseconds => at,
    };
    let day = i32::try_from(millis.div_euclid(DAY_MS))
        .map_or_else(|_| String::new(), |days| Day::from_epoch_days(days).to_string());
    let ms = millis.rem_euclid(DAY_MS);
    let (hours, minutes, seconds) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60);
    format!("{day}T{hours:02}:{minutes:02}:{seconds:02}.{:03}{}", ms % 1_000, if utc { "Z" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_spelled_as_everywhere() {
        let at = AnyValue::Datetime(1_583_708_400_250, TimeUnit::Milliseconds, None);
        assert_eq!(text(&at), "2020-03-08T23:00:00.250");
        let before = AnyValue::Datetime(-1, TimeUnit::Milliseconds, None);
        assert_eq!(text(&before), "1969-12-31T23:59:59.999");
    }

    #[test]
    fn a_short_float_stays_short() {
        assert_eq!(text(&AnyValue::Float32(0.1)), "0.1");
        assert_eq!(text(&AnyValue::Float32(f32::NAN)), "");
    }
}
