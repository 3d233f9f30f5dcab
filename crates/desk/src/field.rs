//! A claim as a list of fields: what is compared, written down and held.
//!
//! Two claims are equal if their lists are; the order of wordings is the order of their languages.

use polso_domain::Claim;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// One thing that can change about a claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Kind,
    Verdict,
    Topic,
    Link,
    Publisher,
    Since,
    Withdrawn,
    /// Place 0 is the neutral sentence, then how people put it.
    Wording {
        lang: String,
        place: u32,
    },
    Answer {
        lang: String,
    },
}

/// What a claim consists of; what is absent is not here.
pub(crate) type Fields = BTreeMap<Field, String>;

/// A field and what it turns from and to.
pub(crate) type Difference = (Field, Option<String>, Option<String>);

impl Field {
    /// The neutral sentence in a language. A language in which the claim is only answered has an empty one.
    pub(crate) fn sentence(lang: &str) -> Self {
        Self::Wording { lang: lang.to_owned(), place: 0 }
    }

    /// The answer in a language.
    pub(crate) fn answer(lang: &str) -> Self {
        Self::Answer { lang: lang.to_owned() }
    }

    /// Whether posts are matched differently when it changes.
    pub(crate) fn is_matched(&self) -> bool {
        matches!(self, Self::Kind | Self::Withdrawn | Self::Wording { .. })
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind => f.write_str("kind"),
            Self::Verdict => f.write_str("verdict"),
            Self::Topic => f.write_str("topic"),
            Self::Link => f.write_str("link"),
            Self::Publisher => f.write_str("publisher"),
            Self::Since => f.write_str("since"),
            Self::Withdrawn => f.write_str("withdrawn"),
            Self::Wording { lang, place } => write!(f, "wording.{lang}.{place}"),
            Self::Answer { lang } => write!(f, "answer.{lang}"),
        }
    }
}

/// The word for a claim that is withdrawn or not.
pub(crate) fn withdrawn(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// The fields of a claim.
pub(crate) fn of(claim: &Claim) -> Fields {
    let mut fields = Fields::new();
    let mut put = |field, value: Option<&str>| {
        if let Some(value) = value {
            fields.insert(field, value.to_owned());
        }
    };
    put(Field::Kind, Some(claim.kind.as_str()));
    put(Field::Verdict, Some(claim.verdict.as_str()));
    put(Field::Topic, claim.topic.map(polso_domain::Topic::as_str));
    put(Field::Link, claim.link.as_deref());
    put(Field::Publisher, claim.publisher.as_deref());
    put(Field::Since, claim.since.map(|day| day.to_string()).as_deref());
    put(Field::Withdrawn, Some(withdrawn(claim.withdrawn)));
    for wording in &claim.wordings {
        for (place, text) in (0..).zip(wording.all()) {
            put(Field::Wording { lang: wording.lang.clone(), place }, Some(text));
        }
        put(Field::answer(&wording.lang), wording.answer.as_deref());
    }
    fields
}

/// What an import may make of a claim: its own word but for the fields that a person set. Says whether any of those
/// differed.
pub(crate) fn respecting(held: Option<&BTreeSet<String>>, before: &Fields, mut wanted: Fields) -> (Fields, bool) {
    let Some(held) = held else { return (wanted, false) };
    let mut stood = false;
    let both: BTreeSet<Field> = before.keys().chain(wanted.keys()).cloned().collect();
    for field in both {
        if before.get(&field) == wanted.get(&field) || !held.contains(&field.to_string()) {
            continue;
        }
        stood = true;
        match before.get(&field) {
            Some(value) => wanted.insert(field, value.clone()),
            None => wanted.remove(&field),
        };
    }
    complete(&mut wanted);
    (wanted, stood)
}

/// Gives every language that has an answer or a phrasing its neutral sentence, if only an empty one.
pub(crate) fn complete(fields: &mut Fields) {
    let langs: BTreeSet<String> = fields
        .keys()
        .filter_map(|field| match field {
            Field::Wording { lang, .. } | Field::Answer { lang } => Some(lang.clone()),
            _ => None,
        })
        .collect();
    for lang in langs {
        fields.entry(Field::sentence(&lang)).or_default();
    }
}

/// What differs, in the order of fields.
pub(crate) fn differences(before: &Fields, after: &Fields) -> Vec<Difference> {
    let both: BTreeSet<&Field> = before.keys().chain(after.keys()).collect();
    both.into_iter()
        .filter(|field| before.get(*field) != after.get(*field))
        .map(|field| (field.clone(), before.get(field).cloned(), after.get(field).cloned()))
        .collect()
}
