//! Colours by what they mean.
//!
//! Charts are drawn in colours that nobody would choose; afterwards each is replaced by a class, so that light, dark
//! and paper choose their own in `html/style.css`.

use plotters::style::RGBColor;

/// What a mark means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Text,
    Line,
    Usual,
    Track,
    /// The page itself, around a mark that lies on a bar.
    Halo,
    Negative,
    NegativeBand,
    Neutral,
    Positive,
    PositiveBand,
    Check,
    /// A series that is not ours.
    Outside,
    OutsideBand,
    /// A day on which something happened.
    Mark,
    /// An hour in which a source was not heard.
    Missed,
}

impl Ink {
    const ALL: [Self; 15] = [
        Self::Text,
        Self::Line,
        Self::Usual,
        Self::Track,
        Self::Halo,
        Self::Negative,
        Self::NegativeBand,
        Self::Neutral,
        Self::Positive,
        Self::PositiveBand,
        Self::Check,
        Self::Outside,
        Self::OutsideBand,
        Self::Mark,
        Self::Missed,
    ];

    /// The class in the style sheet.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Text => "ink-text",
            Self::Line => "ink-line",
            Self::Usual => "ink-usual",
            Self::Track => "ink-track",
            Self::Halo => "ink-halo",
            Self::Negative => "ink-negative",
            Self::NegativeBand => "ink-negative-band",
            Self::Neutral => "ink-neutral",
            Self::Positive => "ink-positive",
            Self::PositiveBand => "ink-positive-band",
            Self::Check => "ink-check",
            Self::Outside => "ink-outside",
            Self::OutsideBand => "ink-outside-band",
            Self::Mark => "ink-mark",
            Self::Missed => "ink-missed",
        }
    }

    /// The paler one of the interval around a line.
    pub(crate) fn band(self) -> Self {
        match self {
            Self::Negative => Self::NegativeBand,
            Self::Positive => Self::PositiveBand,
            Self::Outside => Self::OutsideBand,
            other => other,
        }
    }

    /// The colour that stands for it while drawing.
    pub(crate) fn stand_in(self) -> RGBColor {
        RGBColor(1, 2, self as u8)
    }

    /// Replaces every stand-in of a drawing by its class. `missed` is the id of the drawing's hatching.
    pub(crate) fn replace_all(mut svg: String, missed: &str) -> String {
        for ink in Self::ALL {
            let RGBColor(red, green, blue) = ink.stand_in();
            let hex = format!("#{red:02X}{green:02X}{blue:02X}");
            let fill = if ink == Self::Missed {
                format!("fill=\"url(#{missed})\"")
            } else {
                format!("class=\"{}\"", ink.class())
            };
            svg = svg.replace(&format!("fill=\"{hex}\""), &fill);
            svg = svg.replace(&format!("stroke=\"{hex}\""), &format!("class=\"stroke-{}\"", ink.class()));
        }
        svg
    }
}
