//! What the past lets expect of a day's share.
//!
//! The share is that of all posts of the window. Posts of a day are alike: the correlation between them is found by
//! moments (Kleinman 1973; Williams 1975), never below zero, so that a day of few posts is not taken for a day of many.

use super::Part;
use super::beta_binomial::BetaBinomial;

/// Added to the posts with and without: a share that was never seen is small, not nothing (Jeffreys 1946).
const UNSEEN: f64 = 0.5;

/// Of its standard error, what is added to the variance between days; found by simulation.
const ERROR: f64 = 0.5;

/// What a window of heard days says of a share. `None` where nothing was counted.
pub(super) fn usual(window: &[Part]) -> Option<BetaBinomial> {
    let (part, of) = window.iter().fold((0.0, 0.0), |(part, of), day| (part + day.part, of + day.of));
    if of <= 0.0 {
        return None;
    }
    let share = (part + UNSEEN) / (of + 2.0 * UNSEEN);
    let days = window.len() as f64;
    let spread: f64 = window.iter().map(|day| day.of * (day.part / day.of - share).powi(2)).sum();
    let squares: f64 = window.iter().map(|day| day.of * day.of).sum();
    let (plain, free) = (share * (1.0 - share), of - squares / of);
    let between = if free > 0.0 { (spread - (days - 1.0) * plain) / free } else { 0.0 };
    // Of the between-day variance the share's own uncertainty is a part: it moves the days as one.
    let unsure = plain / of + between.max(0.0) * squares / (of * of);
    let raised = between.max(0.0) * (1.0 + ERROR * (2.0 / days).sqrt());
    let likeness = ((raised + unsure) / plain).min(0.99);
    Some(BetaBinomial { share, likeness })
}
