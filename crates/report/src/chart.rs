//! Drawings as inline SVG: posts by hour, share bars, and a claim's posts day by day.
//!
//! Drawn in stand-in colours (see [`Ink`]). Text in a drawing shrinks with it, so the chart is drawn twice, for wide
//! and for narrow pages, and bars hold no text at all.

mod timeline;

pub(crate) use timeline::timeline;

use crate::Error;
use crate::block::{Bar, Hours};
use crate::ink::Ink;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use polso_aggregate::Share;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Size of a drawing in its own units, and how dense its labels are.
#[derive(Clone, Copy)]
pub(crate) struct Canvas {
    pub(crate) name: &'static str,
    width: u16,
    height: u16,
    hours_between_labels: u8,
}

impl Canvas {
    /// The drawing's own coordinates.
    pub(crate) fn view(self) -> String {
        format!("0 0 {} {}", self.width, self.height)
    }
}

/// For desks and paper.
pub(crate) const WIDE: Canvas = Canvas { name: "wide", width: 920, height: 280, hours_between_labels: 2 };
/// For telephones.
pub(crate) const NARROW: Canvas = Canvas { name: "narrow", width: 360, height: 240, hours_between_labels: 6 };

const BAR: (u32, u32) = (400, 24);

/// Round steps of a vertical axis from zero to at least `most`, four or five of them.
pub(crate) fn steps(most: u64) -> Vec<u64> {
    let rough = most.max(4).div_ceil(4);
    let power = 10_u64.pow(rough.ilog10());
    let factor = [1, 2, 3, 5, 10].into_iter().find(|factor| factor * power >= rough).unwrap_or(10);
    let step = factor * power;
    (0..=most.max(1).div_ceil(step)).map(|i| i * step).collect()
}

/// Posts by hour: what is inside `<svg>`. `missed` is the id of the hatching for hours that were not heard.
pub(crate) fn hours(hours: &Hours, canvas: Canvas, missed: &str) -> Result<String, Error> {
    let size = (u32::from(canvas.width), u32::from(canvas.height));
    draw(size, missed, |area| {
        let top = hours.steps.last().map_or(1, |(step, _)| *step);
        let mut chart = ChartBuilder::on(area)
            .margin(8)
            .x_label_area_size(24)
            .y_label_area_size(52)
            .build_cartesian_2d(0.0..24.0, 0.0..top as f64)?;
        let label = |ink: Ink, at: Pos| ("sans-serif", 16).into_font().color(&ink.stand_in()).pos(at);
        let beside = label(Ink::Text, Pos::new(HPos::Right, VPos::Center));
        let below = label(Ink::Text, Pos::new(HPos::Center, VPos::Top));
        for (step, words) in &hours.steps {
            let y = *step as f64;
            let line = PathElement::new([(0.0, y), (24.0, y)], Ink::Line.stand_in());
            chart.plotting_area().draw(&line)?;
            chart
                .plotting_area()
                .draw(&(EmptyElement::at((0.0, y)) + Text::new(words.clone(), (-8, 0), beside.clone())))?;
        }
        for row in &hours.rows {
            let (left, right) = (f64::from(row.hour), f64::from(row.hour) + 1.0);
            let bar = |from: u64, to: u64, ink: Ink| {
                let corners = [(left + 0.1, from as f64), (right - 0.1, to as f64)];
                Rectangle::new(corners, ink.stand_in().filled())
            };
            if row.missed {
                let whole = Rectangle::new([(left, 0.0), (right, top as f64)], Ink::Missed.stand_in().filled());
                chart.draw_series([whole])?;
            }
            chart.draw_series([bar(0, row.negative, Ink::Negative), bar(row.negative, row.n, Ink::Neutral)])?;
            if row.negative > 0 {
                let edge = [(left + 0.1, row.negative as f64), (right - 0.1, row.negative as f64)];
                chart.plotting_area().draw(&PathElement::new(edge, Ink::Halo.stand_in().stroke_width(2)))?;
            }
        }
        for hour in (0..=24).step_by(canvas.hours_between_labels.into()) {
            let text = Text::new(format!("{hour:02}"), (0, 7), below.clone());
            chart.plotting_area().draw(&(EmptyElement::at((f64::from(hour), 0.0)) + text))?;
        }
        Ok(())
    })
}

/// A share bar with the whisker of its interval: what is inside `<svg>`.
pub(crate) fn bar(bar: &Bar) -> Result<String, Error> {
    let (width, height) = (i32::try_from(BAR.0).unwrap_or(0), i32::try_from(BAR.1).unwrap_or(0));
    #[expect(clippy::cast_possible_truncation, reason = "clamped to the width of the drawing")]
    let at = |share: f64| (share / bar.full * f64::from(width)).clamp(0.0, f64::from(width)).round() as i32;
    let middle = height / 2;
    draw(BAR, "", |area| {
        let block = |corners: [(i32, i32); 2], ink: Ink| Rectangle::new(corners, ink.stand_in().filled());
        area.draw(&block([(0, 4), (width, height - 4)], Ink::Track))?;
        area.draw(&block([(0, 4), (at(bar.share.share), height - 4)], bar.ink))?;
        let Share { low, high, .. } = bar.share;
        let (low, high) = (at(low).clamp(2, width - 2), at(high).clamp(2, width - 2));
        // Twice: a rim in the page's colour first, so that the whisker stands out from the bar under it.
        for (ink, rim) in [(Ink::Halo, 1), (Ink::Text, 0)] {
            area.draw(&block([(low, middle - 1 - rim), (high, middle + 1 + rim)], ink))?;
            for end in [low, high] {
                area.draw(&block([(end - 1 - rim, middle - 5 - rim), (end + 1 + rim, middle + 5 + rim)], ink))?;
            }
        }
        if let Some(usual) = bar.usual {
            let x = at(usual).clamp(2, width - 2);
            area.draw(&block([(x - 2, 0), (x + 2, height)], Ink::Halo))?;
            area.draw(&block([(x - 1, 0), (x + 1, height)], Ink::Usual))?;
        }
        Ok(())
    })
}

/// Size of a share bar's own coordinates.
pub(crate) fn bar_view() -> String {
    format!("0 0 {} {}", BAR.0, BAR.1)
}

/// Width of a day and height of the drawing, in its own units.
const DAY: (u16, u16) = (10, 48);

/// Posts by day: what is inside `<svg>`. A day that was not heard is a gap, a day without posts stands on the line; the last
/// one stands out.
pub(crate) fn history(days: &[Option<u64>]) -> Result<String, Error> {
    let (wide, high) = (i32::from(DAY.0), i32::from(DAY.1));
    let top = days.iter().flatten().max().copied().unwrap_or(0).max(1) as f64;
    let bars = high - 4;
    #[expect(clippy::cast_possible_truncation, reason = "a share of the drawing's height")]
    let tall = |n: u64| (n as f64 / top * f64::from(bars)).round() as i32;
    let width = u32::from(DAY.0) * u32::try_from(days.len()).unwrap_or(0);
    draw((width, DAY.1.into()), "", |area| {
        let mut left = 0;
        for (i, day) in days.iter().enumerate() {
            if let Some(n) = day {
                let block = |top: i32, bottom: i32, ink: Ink| {
                    Rectangle::new([(left + 1, top), (left + wide - 1, bottom)], ink.stand_in().filled())
                };
                let ink = if i + 1 == days.len() { Ink::Text } else { Ink::Neutral };
                if *n > 0 {
                    // A single post among thousands is still a post.
                    area.draw(&block(bars - tall(*n).max(1), bars, ink))?;
                }
                area.draw(&block(high - 2, high, Ink::Usual))?;
            }
            left += wide;
        }
        Ok(())
    })
}

/// The coordinates of a drawing of that many days.
pub(crate) fn history_view(days: usize) -> String {
    format!("0 0 {} {}", usize::from(DAY.0) * days, DAY.1)
}

/// Runs a drawing and returns what it put between `<svg>` and `</svg>`.
fn draw<F>(size: (u32, u32), missed: &str, drawing: F) -> Result<String, Error>
where
    F: FnOnce(&Area<'_>) -> Result<(), Box<dyn std::error::Error + Send + Sync>>,
{
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        drawing(&area).map_err(Error::Chart)?;
        area.present().map_err(|error| Error::Chart(error.into()))?;
    }
    let inside = svg.split_once('>').map_or("", |(_, rest)| rest);
    let inside = inside.trim_end().strip_suffix("</svg>").unwrap_or(inside);
    // The page's own font, and classes instead of constants that repeat a thousand times.
    let plain =
        inside.replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "").replace(" font-family=\"sans-serif\"", "");
    Ok(Ink::replace_all(plain, missed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_axis_holds_its_tallest_bar(most in 0_u64..10_000_000_000) {
            let steps = steps(most);
            prop_assert!(steps.last().is_some_and(|top| *top >= most));
            prop_assert!((2..=6).contains(&steps.len()), "{steps:?}");
            prop_assert!(steps.windows(2).all(|pair| pair[0] < pair[1]));
        }

        #[test]
        fn a_history_has_a_mark_for_each_heard_day_and_none_for_a_gap(days in prop::collection::vec(any::<Option<u16>>(), 1..40)) {
            let days: Vec<_> = days.into_iter().map(|day| day.map(u64::from)).collect();
            let svg = history(&days).unwrap();
            let heard = days.iter().flatten().count();
            let posted = days.iter().flatten().filter(|n| **n > 0).count();
            prop_assert_eq!(svg.matches("<rect").count(), heard + posted);
            prop_assert!(!svg.contains('#'));
        }

        #[test]
        fn no_stand_in_colour_is_left(share in 0.0_f64..=1.0, low in 0.0_f64..=1.0) {
            let share = Share { share, low, high: 1.0 };
            let svg = bar(&Bar { share, ink: Ink::Check, full: 0.3, usual: Some(0.2) }).unwrap();
            prop_assert!(!svg.contains('#') && svg.contains("ink-check"));
        }
    }
}
