//! Questions to the API and what their answers cost.

use super::FieldNames;
use crate::net::{Answer, AskError, Client, Request};
use crate::sources::purse::Purse;
use polso_domain::Timestamp;
use secrecy::SecretString;
use serde::Deserialize;
use serde::de::IgnoredAny;
use url::Url;

/// Everything a question is put with.
pub(super) struct Api {
    pub(super) base: Url,
    pub(super) token: SecretString,
    pub(super) names: FieldNames,
    pub(super) purse: Purse,
    /// Price of a post in millionths of a dollar.
    pub(super) post: u64,
    /// Price of an account in millionths of a dollar.
    pub(super) user: u64,
}

/// What an answer holds that is paid for.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Bill {
    data: Option<Data>,
    includes: Includes,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Data {
    Many(Vec<IgnoredAny>),
    One(IgnoredAny),
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Includes {
    users: Vec<IgnoredAny>,
    tweets: Vec<IgnoredAny>,
    posts: Vec<IgnoredAny>,
}

impl Api {
    /// A post with its account, in millionths of a dollar: the most that one post of an answer costs.
    pub(super) fn dearest(&self) -> u64 {
        self.post.saturating_add(self.user)
    }

    /// The address of a question.
    pub(super) fn url(&self, path: &str, query: &[(&str, &str)]) -> Result<Url, AskError> {
        let mut url = self.base.join(path).map_err(|_| AskError::Settings {
            what: format!("`{}` is no address of X's API", self.base),
            hint: "leave `base` out of the settings".to_owned(),
        })?;
        url.query_pairs_mut().extend_pairs(query);
        Ok(url)
    }

    /// A question with the token, put once.
    pub(super) fn request(&self, url: Url) -> Request {
        Request::get(url).bearer(Some(&self.token)).once()
    }

    /// What is asked of every post, in the spelling of the day.
    pub(super) fn fields(&self) -> [(&'static str, &'static str); 3] {
        let fields = match self.names {
            FieldNames::Tweet => (
                "tweet.fields",
                "created_at,author_id,in_reply_to_user_id,lang,entities,public_metrics,referenced_tweets,note_tweet",
            ),
            FieldNames::Post => (
                "post.fields",
                "created_at,author_id,in_reply_to_user_id,lang,entities,public_metrics,referenced_posts,note_post",
            ),
        };
        [fields, ("expansions", "author_id"), ("user.fields", "username,name,public_metrics")]
    }

    /// Puts a question whose worst price is known, and books what it did cost. An answer that never came, or that nobody
    /// can read, costs the worst.
    pub(super) async fn pay(&self, client: &Client, request: &Request, worst: u64) -> Result<Answer, AskError> {
        let taken = self.purse.take(client.now(), worst)?;
        let answer = match client.send(request).await {
            Err(error) if is_unpaid(&error) => {
                self.purse.settle(taken, (client.now(), 0))?;
                return Err(error);
            }
            answer => answer?,
        };
        if answer.status.is_client_error() {
            self.purse.settle(taken, (client.now(), 0))?;
        } else if let Some(cost) = self.cost(&answer.body) {
            self.purse.settle(taken, (client.now(), cost))?;
        }
        told(answer)
    }

    /// What an answer costs; `None` when it cannot be read.
    pub(super) fn cost(&self, json: &[u8]) -> Option<u64> {
        let bill: Bill = serde_json::from_slice(json).ok()?;
        let data = bill.data.map_or(0, |data| match data {
            Data::Many(posts) => posts.len(),
            Data::One(_) => 1,
        });
        let posts = data + bill.includes.tweets.len() + bill.includes.posts.len();
        let price = |n: usize, each: u64| u64::try_from(n).unwrap_or(u64::MAX).saturating_mul(each);
        Some(price(posts, self.post).saturating_add(price(bill.includes.users.len(), self.user)))
    }

    /// How many posts, of at most so many, the rest of today's budget allows.
    pub(super) fn affordable(&self, most: u64, now: Timestamp) -> Result<u64, AskError> {
        let left = self.purse.left(now)?;
        Ok(left.checked_div(self.dearest()).unwrap_or(most).min(most))
    }
}

/// Whether a failure says that nothing was read: a refusal, or no connection at all.
fn is_unpaid(error: &AskError) -> bool {
    match error {
        AskError::Unreachable { source, .. } => {
            source.downcast_ref::<reqwest::Error>().is_some_and(reqwest::Error::is_connect)
        }
        AskError::Garbled { .. } => false,
        _ => true,
    }
}

/// The answer, or what its refusal means.
pub(super) fn told(answer: Answer) -> Result<Answer, AskError> {
    let host = answer.url.host_str().unwrap_or_default().to_owned();
    let closed = |what: &str, hint: &str| {
        Err(AskError::Closed { host: host.clone(), what: what.to_owned(), hint: hint.to_owned() })
    };
    match answer.status.as_u16() {
        401 => closed("it does not know the token", "make a bearer token for your app and write it into `bearer_file`"),
        402 => closed("there is no credit", "buy credits in X's developer console, or take it out of the settings"),
        403 => closed("the token may not ask", "check in X's developer console what your app may read"),
        _ => answer.ok(),
    }
}
