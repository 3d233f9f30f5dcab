//! The rules of the filtered stream: the same queries as for the search, under a tag of ours. Rules of others stay.

use super::api::{Api, told};
use crate::net::{AskError, Client, Request};
use serde::Deserialize;
use serde_json::json;

/// The tag by which our rules are known.
const TAG: &str = "polso";

const PATH: &str = "2/tweets/search/stream/rules";

#[derive(Deserialize, Default)]
#[serde(default)]
struct Rules {
    data: Vec<Rule>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Rule {
    id: String,
    value: String,
    tag: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Changed {
    meta: Meta,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Meta {
    summary: Summary,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Summary {
    not_created: u64,
    not_deleted: u64,
}

/// How many rules there are, ours and others'. Nothing of this costs.
pub(super) async fn count(api: &Api, client: &Client) -> Result<usize, AskError> {
    Ok(fetch(api, client).await?.len())
}

/// Makes the stream follow these queries.
pub(super) async fn sync(api: &Api, client: &Client, queries: &[String]) -> Result<(), AskError> {
    let (ours, others): (Vec<Rule>, Vec<Rule>) =
        fetch(api, client).await?.into_iter().partition(|rule| rule.tag.as_deref() == Some(TAG));
    if !others.is_empty() {
        tracing::warn!(
            rules = others.len(),
            "the stream also carries what other rules of this app ask for, at its price"
        );
    }
    let (kept, old): (Vec<Rule>, Vec<Rule>) = ours.into_iter().partition(|rule| queries.contains(&rule.value));
    if !old.is_empty() {
        let ids: Vec<String> = old.into_iter().map(|rule| rule.id).collect();
        change(api, client, json!({"delete": {"ids": ids}})).await?;
    }
    let missing = queries.iter().filter(|query| kept.iter().all(|rule| rule.value != **query));
    let add: Vec<_> = missing.map(|query| json!({"value": query, "tag": TAG})).collect();
    if !add.is_empty() {
        change(api, client, json!({"add": add})).await?;
    }
    Ok(())
}

async fn fetch(api: &Api, client: &Client) -> Result<Vec<Rule>, AskError> {
    let answer = told(client.send(&api.request(api.url(PATH, &[])?)).await?)?;
    Ok(answer.json::<Rules>()?.data)
}

async fn change(api: &Api, client: &Client, change: serde_json::Value) -> Result<(), AskError> {
    let request = Request::post(api.url(PATH, &[])?, &change).bearer(Some(&api.token));
    let answer = told(client.send(&request).await?)?;
    let Summary { not_created, not_deleted } = answer.json::<Changed>()?.meta.summary;
    if not_created + not_deleted > 0 {
        return Err(AskError::Refused {
            host: answer.url.host_str().unwrap_or_default().to_owned(),
            status: answer.status.as_u16(),
            code: String::new(),
            what: "it does not take the rules of the stream".to_owned(),
        });
    }
    Ok(())
}
