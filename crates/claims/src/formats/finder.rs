//! Where in an element the reviews are.
//!
//! An element is a review, a claim of Fact Check Tools with its reviews, or something around them: a feed's element, a
//! graph. In a graph only the reviews are rows, because organisations and pages belong there; elsewhere what is no review
//! is refused.

use super::Format;
use super::graph::{Graph, get, is_a};
use super::refusal::Refusal;
use super::review;
use super::rows::Rows;
use serde_json::{Map, Value};
use std::ops::ControlFlow;

/// Around what reviews stand in a feed, or in a document inside a list.
const AROUND: [&str; 3] = ["item", "dataFeedElement", "claims"];

/// Hands over every review of an element.
pub(crate) fn object(rows: &mut Rows<'_>, place: &str, value: &Value) -> ControlFlow<()> {
    let graph = Graph::new(value);
    find(rows, (place, value), &graph)
}

/// The parser bounds how deep this goes.
fn find<'v>(rows: &mut Rows<'_>, (place, value): (&str, &'v Value), graph: &Graph<'v>) -> ControlFlow<()> {
    match value {
        Value::Null => rows.refuse(place.to_owned(), Refusal::Withdrawn),
        Value::Array(all) if all.is_empty() => rows.refuse(place.to_owned(), Refusal::Withdrawn),
        Value::Array(all) if all.len() == 1 => find(rows, (place, &all[0]), graph),
        Value::Array(all) => all
            .iter()
            .enumerate()
            .try_for_each(|(at, value)| find(rows, (&inside(place, &format!("item {}", at + 1)), value), graph)),
        Value::Object(object) => found(rows, (place, object), graph),
        _ => rows.refuse(place.to_owned(), Refusal::NotAClaim),
    }
}

fn found<'v>(
    rows: &mut Rows<'_>,
    (place, object): (&str, &'v Map<String, Value>),
    graph: &Graph<'v>,
) -> ControlFlow<()> {
    if is_review(object) {
        rows.found(Format::ClaimReview);
        return rows.draft(place.to_owned(), &review::claim_review(object, graph));
    }
    if let Some(reviews) = get(object, "claimReview") {
        rows.found(Format::FactCheckTools);
        return answer(rows, place, object, graph.objects(reviews));
    }
    if let Some(Value::Array(nodes)) = object.get("@graph") {
        return nodes_of(rows, place, nodes, graph);
    }
    if is_a(object, "DataFeedItem") && get(object, "item").is_none() {
        return rows.refuse(place.to_owned(), Refusal::Withdrawn);
    }
    match AROUND.iter().find_map(|name| get(object, name)) {
        Some(value) => find(rows, (place, value), graph),
        None => rows.refuse(place.to_owned(), Refusal::NotAClaim),
    }
}

/// What has no type at all but a claim that was reviewed is a review too.
pub(crate) fn is_review(object: &Map<String, Value>) -> bool {
    is_a(object, "ClaimReview") || (!object.contains_key("@type") && get(object, "claimReviewed").is_some())
}

fn nodes_of<'v>(rows: &mut Rows<'_>, place: &str, nodes: &'v [Value], graph: &Graph<'v>) -> ControlFlow<()> {
    let reviews = nodes.iter().enumerate().filter_map(|(at, node)| {
        let object = node.as_object().filter(|object| is_review(object))?;
        Some((inside(place, &format!("node {}", at + 1)), object))
    });
    let mut any = false;
    for (place, object) in reviews {
        any = true;
        found(rows, (&place, object), graph)?;
    }
    if any { ControlFlow::Continue(()) } else { rows.refuse(place.to_owned(), Refusal::NotAClaim) }
}

/// A claim of Fact Check Tools: a row for each of its reviews.
fn answer(
    rows: &mut Rows<'_>,
    place: &str,
    claim: &Map<String, Value>,
    reviews: Vec<&Map<String, Value>>,
) -> ControlFlow<()> {
    if reviews.is_empty() {
        return rows.refuse(place.to_owned(), Refusal::Withdrawn);
    }
    for (at, own) in reviews.into_iter().enumerate() {
        let place = inside(place, &format!("review {}", at + 1));
        rows.draft(place, &review::fact_check(claim, own))?;
    }
    ControlFlow::Continue(())
}

fn inside(place: &str, part: &str) -> String {
    if place.is_empty() { part.to_owned() } else { format!("{place}, {part}") }
}
