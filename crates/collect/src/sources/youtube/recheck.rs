//! Whether videos and comments that were kept still stand. A video's id has eleven letters, a comment's more.

use super::YouTube;
use super::ask::Told;
use super::steps::{IDS, list};
use super::wire::Named;
use crate::collector::{Gone, Recheck};
use crate::net::{AskError, Client};
use async_trait::async_trait;

/// Letters of a video's id.
const VIDEO_ID: usize = 11;

#[async_trait]
impl Recheck for YouTube {
    fn batch(&self) -> usize {
        IDS
    }

    async fn gone(&mut self, client: &Client, ids: &[String]) -> Result<Gone, AskError> {
        let mut found = Gone::default();
        let plain = |id: &&String| !id.is_empty() && id.bytes().all(|byte| super::is_id_byte(byte) || byte == b'.');
        let (asked, odd): (Vec<&String>, Vec<&String>) = ids.iter().partition(plain);
        found.unknown.extend(odd.into_iter().cloned());
        let (videos, comments): (Vec<&String>, Vec<&String>) = asked.into_iter().partition(|id| id.len() == VIDEO_ID);
        for (what, ids) in [("videos", videos), ("comments", comments)] {
            for ids in ids.chunks(IDS) {
                self.ask_for(client, (what, ids), &mut found).await?;
            }
        }
        Ok(found)
    }
}

impl YouTube {
    async fn ask_for(
        &self,
        client: &Client,
        (what, ids): (&str, &[&String]),
        found: &mut Gone,
    ) -> Result<(), AskError> {
        let joined = ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(",");
        let query = [("part", "id"), ("id", joined.as_str()), ("maxResults", "50")];
        match self.asker.ask(client, (what, &query), &self.units).await? {
            Told::Answer(answer) => {
                let list = list(&answer)?;
                let Some(items) = list.items else { return Err(answer.garbled("no list")) };
                let there: Vec<String> = items
                    .iter()
                    .filter_map(|item| serde_json::from_str::<Named<'_>>(item.get()).ok()?.id.text())
                    .collect();
                found.gone.extend(ids.iter().filter(|id| !there.contains(id)).map(|id| (*id).clone()));
            }
            Told::UsedUp => {
                self.units.empty(client.now())?;
                return Err(self.units.used_up(client.now()));
            }
            // One that is not there spoils the question for all: each is asked for alone.
            Told::NotFound if ids.len() > 1 => {
                for id in ids {
                    Box::pin(self.ask_for(client, (what, &[id]), found)).await?;
                }
            }
            Told::NotFound => found.gone.extend(ids.iter().map(|id| (*id).clone())),
            Told::Disabled | Told::Hidden | Told::BadPage => {
                found.unknown.extend(ids.iter().map(|id| (*id).clone()));
            }
        }
        Ok(())
    }
}
