//! Numbers as a reader of each language writes them, no finer than their interval supports.

use crate::Error;
use polso_aggregate::Share;

/// The signs of a language, from its translation file.
pub(crate) struct Style {
    decimal: String,
    group: String,
    percent: String,
    minus: String,
}

impl Style {
    /// Asks for the signs by message id.
    pub(crate) fn read(say: impl Fn(&str) -> Result<String, Error>) -> Result<Self, Error> {
        Ok(Self {
            decimal: say("number-decimal")?,
            group: say("number-group")?,
            percent: say("number-percent")?,
            minus: say("number-minus")?,
        })
    }

    /// A number with `decimals` places, grouped by thousands.
    pub(crate) fn number(&self, value: f64, decimals: usize) -> String {
        let plain = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut text = String::with_capacity(plain.len() + 4);
        if value < 0.0 && !is_zero(&plain) {
            text.push_str(&self.minus);
        }
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                text.push_str(&self.group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push_str(&self.decimal);
            text.push_str(fraction);
        }
        text
    }

    /// A fraction in [0, 1] as per cent, without the sign: the inside of an interval.
    pub(crate) fn hundredths(&self, fraction: f64, decimals: usize) -> String {
        self.number(fraction * 100.0, decimals)
    }

    /// A fraction in [0, 1] as per cent.
    pub(crate) fn percent(&self, fraction: f64, decimals: usize) -> String {
        self.hundredths(fraction, decimals) + &self.percent
    }

    /// A difference of fractions in percentage points, its sign always shown.
    pub(crate) fn signed(&self, difference: f64, decimals: usize) -> String {
        let text = self.hundredths(difference, decimals);
        if difference > 0.0 && !is_zero(&text) { format!("+{text}") } else { text }
    }
}

/// Rounded to zero is zero: nobody should read a sign before it.
fn is_zero(digits: &str) -> bool {
    !digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}

/// Decimals of a share or of a difference of shares, in per cent: none where its interval reaches one point or more to
/// each side, else one.
pub(crate) fn of_share(share: &Share) -> usize {
    supported((share.low * 100.0, share.high * 100.0), 1, 0.0)
}

/// Decimals of a share that is read beside a difference: what the wider of the two intervals supports.
pub(crate) fn compared(share: &Share, difference: &Share) -> usize {
    of_share(share).min(of_share(difference))
}

/// Decimals that an interval supports, for its two ends and for what lies between them: the fewest, at most `most`,
/// whose last digit steps no further than half the interval's width.
///
/// More, up to one beyond `most`, where an end would be rounded onto the `landmark` (no share, no difference, as many as
/// before) though the interval lies beside it: a change that is real must not read as if it might be none.
pub(crate) fn supported((low, high): (f64, f64), most: i32, landmark: f64) -> usize {
    // 1.0 may come as 0.9999…
    const ALMOST: f64 = 1.0 - 1e-9;
    let step = |decimals: i32| 10_f64.powi(-decimals);
    let half = (high - low) / 2.0;
    let fewest = (0..most).find(|decimals| half / step(*decimals) >= ALMOST).unwrap_or(most);
    let beside = landmark < low || landmark > high;
    let moved = |end: f64, decimals: i32| (end - landmark).abs() <= step(decimals) / 2.0;
    let keeps = |decimals: &i32| !(beside && (moved(low, *decimals) || moved(high, *decimals)));
    usize::try_from((fewest..=most).find(keeps).unwrap_or(most + 1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Signs that no language has, so that a forgotten one would be seen.
    fn style() -> Style {
        let sign = |id: &str| match id {
            "number-decimal" => "d",
            "number-group" => "g",
            "number-percent" => "p",
            _ => "m",
        };
        Style::read(|id| Ok(sign(id).to_owned())).unwrap()
    }

    fn share(share: f64, low: f64, high: f64) -> Share {
        Share { share, low, high }
    }

    #[test]
    fn a_number_is_grouped_and_signed() {
        assert_eq!(style().number(1_234_567.0, 0), "1g234g567");
        assert_eq!(style().number(12_480.5, 1), "12g480d5");
        assert_eq!(style().number(-999.0, 0), "m999");
        assert_eq!(style().percent(0.3119, 1), "31d2p");
        assert_eq!(style().percent(0.3119, 0), "31p");
    }

    #[test]
    fn a_difference_shows_its_sign_and_zero_has_none() {
        assert_eq!(style().signed(0.041, 1), "+4d1");
        assert_eq!(style().signed(-0.041, 0), "m4");
        assert_eq!(style().signed(-0.0001, 1), "0d0");
        assert_eq!(style().signed(0.004, 0), "0");
    }

    #[test]
    fn three_points_to_each_side_leave_no_decimals_and_less_than_one_leaves_one() {
        assert_eq!(of_share(&share(0.31, 0.28, 0.34)), 0);
        assert_eq!(of_share(&share(0.31, 0.30, 0.32)), 0, "one point to each side");
        assert_eq!(of_share(&share(0.31, 0.306, 0.314)), 1);
        assert_eq!(supported((0.55, 0.69), 2, 0.0), 2, "kappa");
        assert_eq!(supported((0.3, 0.69), 2, 0.0), 1);
        assert_eq!(supported((8.0, 17.0), 1, 1.0), 0, "times as many");
    }

    #[test]
    fn a_change_that_is_real_does_not_end_at_zero() {
        assert_eq!(of_share(&share(0.02, 0.004, 0.036)), 1, "0.4 to 3.6, not 0 to 4");
        assert_eq!(of_share(&share(-0.02, -0.036, -0.004)), 1);
        assert_eq!(of_share(&share(0.02, -0.004, 0.044)), 0, "it may be none, and says so");
        assert_eq!(of_share(&share(0.002, 0.0003, 0.0037)), 2);
        assert_eq!(supported((1.2, 5.0), 1, 1.0), 1, "more than before");
    }

    proptest! {
        #[test]
        fn rounding_keeps_the_order_and_stays_within_the_interval(
            ends in prop::array::uniform3(-1.0..1.0_f64)
        ) {
            let mut ends = ends;
            ends.sort_by(f64::total_cmp);
            let [low, value, high] = ends;
            let decimals = of_share(&share(value, low, high));
            prop_assert!(decimals <= 2);
            let read = |fraction: f64| format!("{:.decimals$}", fraction * 100.0).parse::<f64>().unwrap();
            prop_assert!(read(low) <= read(value) && read(value) <= read(high));
            // What is rounded away is less than half of the interval's width.
            let lost = (read(value) - value * 100.0).abs();
            prop_assert!(lost <= ((high - low) * 50.0).max(0.05) + 1e-9);
            prop_assert!(low <= 0.0 || decimals == 2 || read(low) > 0.0);
        }
    }
}
