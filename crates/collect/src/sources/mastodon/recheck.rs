//! Asks again for posts that were kept: there is no list of deletions, and opting out is no event.
//!
//! A question for many tells only what is there. What is missing from it is asked for alone before it counts as gone: a
//! server that does not know the question would otherwise take everything back.

use super::collector::Mastodon;
use super::read;
use crate::collector::{Gone, Recheck};
use crate::net::{AskError, Client};
use async_trait::async_trait;
use std::collections::HashMap;

/// Ids in one question.
const BATCH: usize = 20;

#[async_trait]
impl Recheck for Mastodon {
    fn batch(&self) -> usize {
        BATCH
    }

    async fn gone(&mut self, client: &Client, ids: &[String]) -> Result<Gone, AskError> {
        self.instance.read_token()?;
        let policy = self.reader.policy;
        let found = self.instance.statuses(client, ids).await?.unwrap_or_default();
        let shown: HashMap<String, bool> = found
            .iter()
            .filter_map(|raw| read::still_shown(raw.get(), policy))
            .map(|(id, shown)| (id.as_str().to_owned(), shown))
            .collect();
        let mut gone = Gone::default();
        for id in ids {
            match shown.get(id) {
                Some(true) => {}
                Some(false) => gone.gone.push(id.clone()),
                None => match self.instance.status(client, id).await? {
                    None => gone.gone.push(id.clone()),
                    Some(raw) => match read::still_shown(raw.get(), policy) {
                        Some((_, true)) => {}
                        Some((_, false)) => gone.gone.push(id.clone()),
                        None => gone.unknown.push(id.clone()),
                    },
                },
            }
        }
        Ok(gone)
    }
}
