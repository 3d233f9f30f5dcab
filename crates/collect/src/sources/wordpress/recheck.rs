//! Asks again for posts and comments that were kept: WordPress tells no deletions, what is deleted is just not there.

use super::lists::{Lists, is_refusal};
use super::site::list;
use super::walk::PAGE;
use crate::collector::{Gone, Recheck};
use crate::net::{AskError, Client, Request};
use async_trait::async_trait;
use serde::Deserialize;
use std::collections::HashSet;
use url::Url;

#[derive(Deserialize)]
struct Only {
    id: u64,
}

#[async_trait]
impl Recheck for Lists {
    fn batch(&self) -> usize {
        PAGE
    }

    async fn gone(&mut self, client: &Client, ids: &[String]) -> Result<Gone, AskError> {
        let mut all = Gone::default();
        let root = self.root(client).await?;
        for (sort, name) in [("p.", "posts"), ("c.", "comments")] {
            let (asked, numbers): (Vec<&String>, Vec<u64>) =
                ids.iter().filter_map(|id| Some((id, id.strip_prefix(sort)?.parse::<u64>().ok()?))).unzip();
            let mut there = None;
            if let Some(root) = root.as_ref().filter(|_| !numbers.is_empty()) {
                there = answered(still_there(client, root, (name, &numbers)).await)?;
            }
            for (id, number) in asked.into_iter().zip(numbers) {
                match &there {
                    None => all.unknown.push(id.clone()),
                    Some(there) if !there.contains(&number) => all.gone.push(id.clone()),
                    Some(_) => {}
                }
            }
        }
        let known =
            |id: &&String| id.strip_prefix("p.").or(id.strip_prefix("c.")).is_some_and(|id| id.parse::<u64>().is_ok());
        all.unknown.extend(ids.iter().filter(|id| !known(id)).cloned());
        Ok(all)
    }
}

/// REST that is closed says nothing about what is gone.
fn answered(there: Result<Option<HashSet<u64>>, AskError>) -> Result<Option<HashSet<u64>>, AskError> {
    match there {
        Err(error) if is_refusal(&error) => Ok(None),
        there => there,
    }
}

/// Which of these are there; `None` if the answer speaks of others too: then it is to another question.
async fn still_there(
    client: &Client,
    root: &Url,
    (name, numbers): (&str, &[u64]),
) -> Result<Option<HashSet<u64>>, AskError> {
    let include: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    let parameters = [("include", include.join(",")), ("per_page", PAGE.to_string()), ("_fields", "id".to_owned())];
    let answer = client.send(&Request::get(list(root, name, &parameters))).await?.ok()?;
    let there: HashSet<u64> = answer.json::<Vec<Only>>()?.into_iter().map(|only| only.id).collect();
    let asked: HashSet<u64> = numbers.iter().copied().collect();
    Ok(there.is_subset(&asked).then_some(there))
}
