//! Whether messages that were kept still stand: a deleted one is missing between its neighbours.

use super::{Telegram, is_channel};
use crate::collector::{Gone, Recheck};
use crate::net::{AskError, Client};
use async_trait::async_trait;
use std::collections::{BTreeMap, BTreeSet};

#[async_trait]
impl Recheck for Telegram {
    fn batch(&self) -> usize {
        20
    }

    async fn gone(&mut self, client: &Client, ids: &[String]) -> Result<Gone, AskError> {
        let mut found = Gone::default();
        let mut asked: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
        for id in ids {
            let parts = id.split_once('.').filter(|(channel, _)| is_channel(channel));
            match parts.and_then(|(channel, number)| Some((channel, number.parse().ok()?))) {
                Some((channel, number)) => _ = asked.entry(channel).or_default().insert(number),
                None => found.unknown.push(id.clone()),
            }
        }
        for (channel, numbers) in asked {
            self.look(client, (channel, numbers), &mut found).await?;
        }
        Ok(found)
    }
}

impl Telegram {
    /// Reads the pages on which these messages would stand, the newest first; one page answers for its whole stretch.
    async fn look(
        &self,
        client: &Client,
        (channel, mut numbers): (&str, BTreeSet<u64>),
        found: &mut Gone,
    ) -> Result<(), AskError> {
        let spelt = |number: &u64| format!("{channel}.{number}");
        while let Some(newest) = numbers.last().copied() {
            let before = newest.saturating_add(1).to_string();
            let preview = match self.fetch(client, channel, Some(&before)).await {
                Ok(preview) => preview,
                // What is no longer public is no longer ours to keep.
                Err(AskError::Closed { .. } | AskError::Missing { .. }) => {
                    found.gone.extend(numbers.iter().map(spelt));
                    return Ok(());
                }
                Err(error) => return Err(error),
            };
            let shown = preview.messages.iter().filter_map(|message| message.post.rsplit_once('/')?.1.parse().ok());
            let shown: BTreeSet<u64> = shown.filter(|number| *number <= newest).collect();
            // Below the oldest one shown nothing is known yet; the page may also be the first of all.
            let oldest = if preview.before.is_none() { 0 } else { shown.first().copied().unwrap_or(newest) };
            let told = numbers.split_off(&oldest.min(newest));
            found.gone.extend(told.difference(&shown).map(spelt));
        }
        Ok(())
    }
}
