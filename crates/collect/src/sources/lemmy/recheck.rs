//! Whether posts and comments that were kept still stand: Lemmy has no list of deletions, so each is asked for.

use super::wire::{Comment, Post};
use super::{Lemmy, read};
use crate::collector::{Gone, Recheck};
use crate::files::Scalar;
use crate::net::{Answer, AskError, Client};
use async_trait::async_trait;
use serde::Deserialize;

/// Each id is a question of its own.
const BATCH: usize = 10;

#[derive(Deserialize)]
struct One<'a> {
    #[serde(borrow)]
    post_view: Option<PostView<'a>>,
    #[serde(borrow)]
    comment_view: Option<CommentView<'a>>,
}

#[derive(Deserialize)]
struct PostView<'a> {
    #[serde(borrow)]
    post: Post<'a>,
}

#[derive(Deserialize)]
struct CommentView<'a> {
    #[serde(borrow)]
    comment: Comment<'a>,
}

#[async_trait]
impl Recheck for Lemmy {
    fn batch(&self) -> usize {
        BATCH
    }

    async fn gone(&mut self, client: &Client, ids: &[String]) -> Result<Gone, AskError> {
        let mut found = Gone::default();
        for (at, id) in ids.iter().enumerate() {
            match self.is_gone(client, id).await {
                Ok(Some(true)) => found.gone.push(id.clone()),
                Ok(Some(false)) => {}
                Ok(None) => found.unknown.push(id.clone()),
                // What was learnt before the trouble is not thrown away.
                Err(error) if at == 0 => return Err(error),
                Err(_) => {
                    found.unknown.extend(ids[at..].iter().cloned());
                    break;
                }
            }
        }
        Ok(found)
    }
}

impl Lemmy {
    /// Whether one is gone; `None` where the answer does not say.
    async fn is_gone(&mut self, client: &Client, id: &str) -> Result<Option<bool>, AskError> {
        let (what, number) = match id.split_at_checked(1) {
            Some(("p", number)) => ("post", number),
            Some(("c", number)) => ("comment", number),
            _ => return Ok(None),
        };
        let base = self.base.clone();
        let instance = self.instance(client).await?;
        let Ok(mut url) = base.join(instance.api.path()).and_then(|url| url.join(what)) else { return Ok(None) };
        url.query_pairs_mut().append_pair("id", number);
        match instance.ask(client, url).await? {
            None => Ok(Some(true)),
            Some(answer) => Ok(emptied(&answer)),
        }
    }
}

fn emptied(answer: &Answer) -> Option<bool> {
    let one: One<'_> = serde_json::from_slice(&answer.body).ok()?;
    match (one.post_view, one.comment_view) {
        (Some(view), _) => Some(read::is_emptied(&view.post)),
        (None, Some(CommentView { comment })) => {
            let empty = matches!(comment.content, Scalar::Missing) || comment.content.clone().words().is_none();
            Some(comment.deleted || comment.removed || empty)
        }
        (None, None) => None,
    }
}
