//! The numbers of the first screen. A day without posts has none, and shows none.

use super::Section;
use crate::block::{Bar, Block, Figure};
use crate::ink::Ink;
use crate::{Error, Page, phrases};
use polso_aggregate::{Share, Verdict};

pub(super) struct Figures;

impl Section for Figures {
    fn id(&self) -> &'static str {
        "figures"
    }

    fn title(&self) -> &'static str {
        "figures-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        if page.day.posts.n == 0 {
            return Ok(Vec::new());
        }
        let mut figures = vec![posts(page)?, people(page)?];
        if let Some(mood) = &page.day.mood {
            for (id, share, ink) in [
                ("mood-negative", &mood.negative, Ink::Negative),
                ("mood-neutral", &mood.neutral, Ink::Neutral),
                ("mood-positive", &mood.positive, Ink::Positive),
            ] {
                figures.push(share_of(page, id, share, ink)?);
            }
        }
        if let Some(share) = &page.day.needs_checking {
            figures.push(share_of(page, "needs-checking", share, Ink::Check)?);
        }
        if page.day.mood.is_some() {
            figures.push(change(page)?);
        }
        let n = phrases::scored(page.day);
        let mut blocks = vec![Block::Figures(figures)];
        blocks.push(Block::Note(if page.day.mood.is_some() {
            page.words.with("figures-n", &[("n", n.into())])?
        } else {
            page.no_mood()?
        }));
        Ok(blocks)
    }
}

fn posts(page: &Page<'_>) -> Result<Figure, Error> {
    let posts = &page.day.posts;
    Ok(Figure {
        label: page.words.say("figures-posts")?,
        value: page.words.count(posts.n),
        note: page.words.with("figures-posts-note", &[("texts", posts.unique_texts.into())])?,
        bar: None,
    })
}

fn people(page: &Page<'_>) -> Result<Figure, Error> {
    let posts = &page.day.posts;
    let effective = page.words.mean(posts.effective_authors);
    Ok(Figure {
        label: page.words.say("figures-people")?,
        value: page.words.count(posts.authors),
        note: page.words.with("figures-people-note", &[("effective", effective.into())])?,
        bar: None,
    })
}

fn share_of(page: &Page<'_>, label: &str, share: &Share, ink: Ink) -> Result<Figure, Error> {
    let estimate = page.words.estimate(share)?;
    Ok(Figure {
        label: page.words.say(label)?,
        value: estimate.value,
        note: page.words.with("figures-interval", &[("interval", estimate.interval.into())])?,
        bar: Some(Bar { share: *share, ink, full: 1.0, usual: None }),
    })
}

/// Negative share against the week before: the change a communicator asks for first.
fn change(page: &Page<'_>) -> Result<Figure, Error> {
    let words = page.words;
    let label = words.say("figures-change")?;
    let Some(week) = page.week() else {
        let (value, note) = (words.verdict(Verdict::Withheld)?, words.say("withheld-no-days")?);
        return Ok(Figure { label, value, note, bar: None });
    };
    let note = match page.silence(week)? {
        Some(reason) => reason,
        None => words.points(&week.negative_change.difference)?,
    };
    Ok(Figure { label, value: words.verdict(week.negative_change.verdict)?, note, bar: None })
}
