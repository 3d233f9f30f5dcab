//! Whether posts that were kept still stand. Every post that is still there costs.

use super::X;
use crate::collector::{Gone, Recheck};
use crate::net::{AskError, Client};
use async_trait::async_trait;
use serde::Deserialize;

/// Ids that one question takes.
const BATCH: usize = 100;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Found {
    data: Vec<Post>,
    errors: Vec<Missing>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Post {
    id: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Missing {
    resource_id: Option<String>,
    value: Option<String>,
    title: String,
}

#[async_trait]
impl Recheck for X {
    fn batch(&self) -> usize {
        BATCH
    }

    async fn gone(&mut self, client: &Client, ids: &[String]) -> Result<Gone, AskError> {
        let mut gone = Gone::default();
        let number = |id: &&String| !id.is_empty() && id.len() <= 20 && id.bytes().all(|byte| byte.is_ascii_digit());
        let (asked, odd): (Vec<&String>, Vec<&String>) = ids.iter().partition(number);
        gone.unknown.extend(odd.into_iter().cloned());
        for ids in asked.chunks(BATCH) {
            let joined = ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(",");
            let request = self.api.request(self.api.url("2/tweets", &[("ids", joined.as_str())])?);
            let worst = self.api.post.saturating_mul(ids.len() as u64);
            let found: Found = self.api.pay(client, &request, worst).await?.json()?;
            for id in ids {
                let there = found.data.iter().any(|post| post.id == **id);
                let missing = found
                    .errors
                    .iter()
                    .find(|error| error.resource_id.as_ref() == Some(id) || error.value.as_ref() == Some(id));
                // Deleted, suspended or protected since: all of them must be forgotten.
                let told = missing
                    .is_some_and(|error| ["Not Found Error", "Authorization Error"].contains(&error.title.as_str()));
                match (there, told) {
                    (true, _) => {}
                    (false, true) => gone.gone.push((*id).clone()),
                    (false, false) => gone.unknown.push((*id).clone()),
                }
            }
        }
        Ok(gone)
    }
}
