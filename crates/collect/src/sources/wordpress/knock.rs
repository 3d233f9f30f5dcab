//! What a site shows, in one line without its words.

use super::lists::Lists;
use super::site::list;
use super::wire::time;
use crate::net::{AskError, Client, Request};
use crate::sources::feed::{age, knock};
use polso_domain::Timestamp;
use serde::Deserialize;
use url::Url;

#[derive(Deserialize)]
struct Dated {
    date_gmt: Option<String>,
}

impl Lists {
    /// Tries REST, and the feed where REST is closed.
    pub(super) async fn knock(&mut self, client: &Client, now: Timestamp) -> Result<String, AskError> {
        let why = match self.root(client).await? {
            None => "REST is hidden".to_owned(),
            Some(root) => match newest(client, &root, "posts").await {
                Ok(posts) => {
                    let comments = match newest(client, &root, "comments").await {
                        Ok(comments) => said("comment", comments, now),
                        Err(error) => format!("comments through their feed (`{}`)", reason(&error)),
                    };
                    return Ok(format!("open: WordPress REST, {}, {comments}", said("post", posts, now)));
                }
                Err(error) => format!("REST is closed ({})", reason(&error)),
            },
        };
        let feed = knock(client, &self.site.feed("feed/")?, now).await?;
        Ok(format!("{feed}; {why}, so feeds are read: only their newest entries, no edits of old ones"))
    }
}

/// When the newest entry of a list is from.
async fn newest(client: &Client, root: &Url, name: &str) -> Result<Option<Timestamp>, AskError> {
    let parameters = [("per_page", "1".to_owned()), ("_fields", "id,date_gmt".to_owned())];
    let answer = client.send(&Request::get(list(root, name, &parameters))).await?.ok()?;
    let newest: Vec<Dated> = answer.json()?;
    Ok(newest.first().and_then(|entry| time(entry.date_gmt.as_deref())))
}

fn said(what: &str, newest: Option<Timestamp>, now: Timestamp) -> String {
    newest.map_or_else(|| format!("no {what}s"), |newest| format!("newest {what} {}", age(newest, now)))
}

fn reason(error: &AskError) -> String {
    match error {
        AskError::Closed { what, .. } | AskError::Garbled { what, .. } | AskError::Refused { what, .. } => what.clone(),
        AskError::Missing { .. } => "not found".to_owned(),
        error => error.to_string(),
    }
}
