//! Bands, columns and marks over days.

use super::{Canvas, draw};
use crate::Error;
use crate::ink::Ink;
use crate::timeline::{Timeline, Trace, stretches};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use polso_aggregate::Share;

type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Drawn = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// Room at the right for the names of the lines, and at the top for the numbers of what happened.
const NAMES: u32 = 88;
const MARKS: u32 = 22;
/// Room for the half of the last label that stands out.
const LAST_LABEL: u32 = 30;

/// What is inside `<svg>`. `missed` is the id of the hatching for days that were not wholly heard.
pub(crate) fn timeline(shown: &Timeline, canvas: Canvas, missed: &str) -> Result<String, Error> {
    let size = (u32::from(canvas.width), u32::from(canvas.height));
    draw(size, missed, |area| {
        let top = shown.steps.last().map_or(1.0, |(step, _)| *step);
        let mut chart = ChartBuilder::on(area)
            .margin(8)
            .margin_right(if has_names(shown) { NAMES } else { LAST_LABEL })
            .margin_top(if shown.marks.is_empty() { 8 } else { MARKS })
            .x_label_area_size(24)
            .y_label_area_size(52)
            .build_cartesian_2d(0.0..shown.days as f64, 0.0..top)?;
        axes(&mut chart, shown)?;
        for day in &shown.missed {
            let left = *day as f64;
            chart.draw_series([Rectangle::new([(left, 0.0), (left + 1.0, top)], Ink::Missed.stand_in().filled())])?;
        }
        for trace in &shown.traces {
            match trace {
                Trace::Columns { values } => columns(&mut chart, values)?,
                Trace::Band { ink, label, values } => band(&mut chart, (*ink, label), values)?,
            }
        }
        marks(&mut chart, shown, top)
    })
}

fn has_names(shown: &Timeline) -> bool {
    shown.traces.iter().any(|trace| matches!(trace, Trace::Band { .. }))
}

/// The middle of a day.
fn middle(day: usize) -> f64 {
    day as f64 + 0.5
}

fn label<'a>(ink: Ink, at: Pos) -> TextStyle<'a> {
    ("sans-serif", 16).into_font().color(&ink.stand_in()).pos(at)
}

fn axes(chart: &mut Chart<'_, '_>, shown: &Timeline) -> Drawn {
    let beside = label(Ink::Text, Pos::new(HPos::Right, VPos::Center));
    let below = label(Ink::Text, Pos::new(HPos::Center, VPos::Top));
    for (step, words) in &shown.steps {
        let line = PathElement::new([(0.0, *step), (shown.days as f64, *step)], Ink::Line.stand_in());
        chart.plotting_area().draw(&line)?;
        let text = Text::new(words.clone(), (-8, 0), beside.clone());
        chart.plotting_area().draw(&(EmptyElement::at((0.0, *step)) + text))?;
    }
    for (day, words) in &shown.labels {
        let text = Text::new(words.clone(), (0, 7), below.clone());
        chart.plotting_area().draw(&(EmptyElement::at((middle(*day), 0.0)) + text))?;
    }
    Ok(())
}

fn columns(chart: &mut Chart<'_, '_>, values: &[Option<u64>]) -> Drawn {
    for (day, value) in values.iter().enumerate() {
        let Some(n) = *value else { continue };
        let ink = if day + 1 == values.len() { Ink::Text } else { Ink::Neutral };
        let corners = [(day as f64 + 0.12, 0.0), (day as f64 + 0.88, n as f64)];
        chart.draw_series([Rectangle::new(corners, ink.stand_in().filled())])?;
    }
    Ok(())
}

/// A line within its interval, broken where a day is missing; a day alone is a point with a whisker.
fn band(chart: &mut Chart<'_, '_>, (ink, name): (Ink, &str), values: &[Option<Share>]) -> Drawn {
    for (start, shares) in stretches(values) {
        let along = |of: fn(&Share) -> f64| {
            shares.iter().enumerate().map(move |(i, share)| (middle(start + i), of(share))).collect::<Vec<_>>()
        };
        let (low, line, high) = (along(|share| share.low), along(|share| share.share), along(|share| share.high));
        if let ([low], [high]) = (low.as_slice(), high.as_slice()) {
            chart.plotting_area().draw(&PathElement::new([*low, *high], ink.band().stand_in().stroke_width(6)))?;
        } else {
            let around: Vec<_> = low.into_iter().chain(high.into_iter().rev()).collect();
            chart.draw_series([Polygon::new(around, ink.band().stand_in().filled())])?;
        }
        chart.plotting_area().draw(&PathElement::new(line.clone(), ink.stand_in().stroke_width(2)))?;
        chart.draw_series(line.into_iter().map(|at| Circle::new(at, 2, ink.stand_in().filled())))?;
    }
    if let Some((day, share)) = values.iter().enumerate().rev().find_map(|(day, value)| Some((day, (*value)?))) {
        let at = (middle(day), share.share);
        chart.draw_series([Circle::new(at, 5, ink.stand_in().filled())])?;
        let text = Text::new(name.to_owned(), (10, 0), label(Ink::Text, Pos::new(HPos::Left, VPos::Center)));
        chart.plotting_area().draw(&(EmptyElement::at(at) + text))?;
    }
    Ok(())
}

/// A line through the day and the number of what happened above it.
fn marks(chart: &mut Chart<'_, '_>, shown: &Timeline, top: f64) -> Drawn {
    let above = label(Ink::Text, Pos::new(HPos::Center, VPos::Bottom));
    for (day, number) in &shown.marks {
        let line = PathElement::new([(middle(*day), 0.0), (middle(*day), top)], Ink::Mark.stand_in());
        chart.plotting_area().draw(&line)?;
        let text = Text::new(number.clone(), (0, -4), above.clone());
        chart.plotting_area().draw(&(EmptyElement::at((middle(*day), top)) + text))?;
    }
    Ok(())
}
