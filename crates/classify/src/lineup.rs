//! Which model reads what: one for everything, others for heads of their own.
//!
//! Invariants
//! * A head named apart is read by its model in the languages of that model and by the base model in all others. The head
//!   `needs_checking` alone is left empty there: a share counted at two thresholds would be neither's.
//! * The lineup has one id, which tells every head's model. It stands in every row, so days that another lineup read are never
//!   taken for the same.

use crate::bundle::Source;
use crate::card::Head;
use crate::{Card, Error, Validation};
use std::collections::{BTreeMap, BTreeSet};

/// The models in use, by name: the one that is compiled in, or folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lineup {
    base: String,
    apart: BTreeMap<Head, String>,
}

/// Held-out posts that a language needs before shares are estimated with them.
const ENOUGH: usize = 200;

impl Lineup {
    /// One model for everything.
    pub fn of(base: impl Into<String>) -> Self {
        Self { base: base.into(), apart: BTreeMap::new() }
    }

    /// With another model for a head.
    #[must_use]
    pub fn with(mut self, head: Head, name: impl Into<String>) -> Self {
        let name = name.into();
        if name == self.base {
            self.apart.remove(&head);
        } else {
            self.apart.insert(head, name);
        }
        self
    }

    /// The model that reads everything which is not named apart; its vectors find claims.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The model of a head.
    pub fn named(&self, head: Head) -> &str {
        self.apart.get(&head).map_or(&self.base, String::as_str)
    }

    /// Every model once, the base first.
    pub fn names(&self) -> Vec<&str> {
        let apart: BTreeSet<&str> = self.apart.values().map(String::as_str).collect();
        std::iter::once(self.base.as_str()).chain(apart).collect()
    }

    /// The heads that a model other than the base is named for.
    pub(crate) fn heads_of(&self, name: &str) -> Vec<Head> {
        self.apart.iter().filter(|(_, model)| *model == name).map(|(head, _)| *head).collect()
    }

    /// The card of the model of a head.
    pub fn card(&self, head: Head) -> Result<Card, Error> {
        Source::named(self.named(head)).card()
    }

    /// What every observation names: the base model's id, then `;head=id` for each head that another reads, with the
    /// languages in brackets where it does not read all of the base's.
    pub fn id(&self) -> Result<String, Error> {
        let base = Source::named(&self.base).card()?;
        let mut id = base.id.clone();
        for head in self.apart.keys() {
            let card = self.card(*head)?;
            id = format!("{id};{head}={}{}", card.id, scope(&base, &card));
        }
        Ok(id)
    }

    /// Probability from which a post counts as needing a check: it belongs to the model that says so.
    pub fn threshold(&self) -> Result<f32, Error> {
        let card = self.card(Head::NeedsChecking)?;
        let head = card.needs_checking.ok_or(Error::Headless { model: card.id, head: Head::NeedsChecking })?;
        Ok(head.threshold)
    }

    /// Looks whether every model reads what it is named for, and the day gets its mood and its share to check.
    pub fn check(&self) -> Result<(), Error> {
        let has =
            |card: Card, head| if card.has(head) { Ok(()) } else { Err(Error::Headless { model: card.id, head }) };
        for head in self.apart.keys().copied().chain([Head::NeedsChecking]) {
            has(self.card(head)?, head)?;
        }
        // Also where another reads the mood: in languages that the other does not read it is the base's.
        has(Source::named(&self.base).card()?, Head::Sentiment)
    }

    /// The held-out posts whose mood is known, each with what the model that reads its language says. `None` where a model
    /// brings none, or not enough of a language: those of another model would speak for it.
    pub fn validation(&self) -> Result<Option<Validation>, Error> {
        let of = |name: &str| {
            let source = Source::named(name);
            source.card().and_then(|card| Ok((source.validation(&card)?, card)))
        };
        let (base, _) = of(&self.base)?;
        let Some(name) = self.apart.get(&Head::Sentiment) else { return Ok(base) };
        let (own, card) = of(name)?;
        let Some(own) = own else { return Ok(None) };
        let rows_of = |lang: &String| own.rows().iter().filter(|row| row.lang == *lang).count();
        if card.languages.iter().any(|lang| rows_of(lang) < ENOUGH) {
            return Ok(None);
        }
        let others = base.iter().flat_map(Validation::rows).filter(|row| !card.reads(&row.lang));
        let rows = own.rows().iter().filter(|row| card.reads(&row.lang)).chain(others).cloned().collect();
        Ok(Some(Validation::of(rows)))
    }
}

fn scope(base: &Card, card: &Card) -> String {
    if base.languages.iter().all(|lang| card.reads(lang)) {
        return String::new();
    }
    let read: Vec<&str> = base.languages.iter().map(String::as_str).filter(|lang| card.reads(lang)).collect();
    format!("[{}]", read.join("+"))
}

#[cfg(test)]
mod tests;
