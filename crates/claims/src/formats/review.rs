//! One review as a draft of a claim.
//!
//! Who said what was reviewed (`claimant`, `itemReviewed`) is a person more often than not and is not looked at. Of who
//! reviewed it only addresses are taken, and none of an author who is a person.

use super::draft::Draft;
use super::graph::{Graph, get, is_a, words};
use super::verdicts::Rating;
use serde_json::{Map, Value};

/// A `ClaimReview` of schema.org.
pub(crate) fn claim_review<'v>(object: &'v Map<String, Value>, graph: &Graph<'v>) -> Draft {
    let text = |name: &str| get(object, name).and_then(words);
    let ratings = get(object, "reviewRating").map(|value| graph.objects(value)).unwrap_or_default();
    let word = |name: &str| ratings.iter().find_map(|rating| spoken(get(rating, name).and_then(words)?));
    Draft {
        text: text("claimReviewed"),
        verdict: word("alternateName").or_else(|| word("name")),
        rating: ratings.iter().find_map(|rating| number(rating)),
        lang: get(object, "inLanguage").and_then(|value| language(value, graph)),
        date: text("datePublished").or_else(|| text("dateModified")),
        review: get(object, "url").or_else(|| get(object, "mainEntityOfPage")).and_then(address),
        sites: sites(object, graph),
        ..Draft::default()
    }
}

/// A review in an answer of Fact Check Tools.
pub(crate) fn fact_check(claim: &Map<String, Value>, review: &Map<String, Value>) -> Draft {
    let text = |name: &str| get(review, name).and_then(words);
    let publisher = get(review, "publisher").and_then(Value::as_object);
    Draft {
        text: get(claim, "text").and_then(words),
        verdict: text("textualRating").and_then(spoken),
        lang: text("languageCode"),
        date: text("reviewDate").or_else(|| get(claim, "claimDate").and_then(words)),
        review: text("url"),
        sites: publisher.and_then(|publisher| get(publisher, "site")).and_then(words).into_iter().collect(),
        ..Draft::default()
    }
}

/// A verdict is a word: `4` stands on a scale.
fn spoken(word: String) -> Option<String> {
    word.chars().any(char::is_alphabetic).then_some(word)
}

/// A number counts only with both ends of its scale.
fn number(rating: &Map<String, Value>) -> Option<Rating> {
    let of = |name: &str| get(rating, name).and_then(words)?.trim().parse::<f64>().ok();
    Some(Rating { value: of("ratingValue")?, worst: of("worstRating")?, best: of("bestRating")? })
}

fn language<'v>(value: &'v Value, graph: &Graph<'v>) -> Option<String> {
    let named = |object: &Map<String, Value>| {
        let mut names = ["alternateName", "identifier", "name"].into_iter();
        names.find_map(|name| get(object, name).and_then(words))
    };
    words(value).or_else(|| graph.objects(value).into_iter().find_map(named))
}

/// An address may be a word or an object that has it as its name.
fn address(value: &Value) -> Option<String> {
    let object = |object: &Map<String, Value>| get(object, "@id").or_else(|| get(object, "url")).and_then(words);
    words(value).or_else(|| value.as_object().and_then(object))
}

fn sites<'v>(object: &'v Map<String, Value>, graph: &Graph<'v>) -> Vec<String> {
    let known = ["author", "publisher", "sdPublisher"].into_iter().filter_map(|name| get(object, name));
    let organisations = known.flat_map(|value| graph.objects(value)).filter(|who| !is_a(who, "Person"));
    organisations.filter_map(|who| get(who, "url").and_then(address)).collect()
}
