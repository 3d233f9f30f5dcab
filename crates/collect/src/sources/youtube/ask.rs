//! Questions to the data API: each is paid for before it is put, and each refusal means something.

use super::wire::Refused;
use crate::net::{Answer, AskError, Client, Request};
use crate::sources::purse::Purse;
use secrecy::SecretString;
use std::time::Duration;
use url::Url;

/// The header that carries the key: an address would carry it into every log on its way.
const KEY: &str = "x-goog-api-key";

/// A platform that says "too fast" without saying for how long gets this.
const TOO_FAST: Duration = Duration::from_mins(1);

/// An answer, or why there is none where that is no failure of the door.
pub(super) enum Told {
    Answer(Box<Answer>),
    /// The quota of this kind of question is used up, whatever our own book says.
    UsedUp,
    /// Comments are switched off there.
    Disabled,
    /// It is not there, or no longer.
    NotFound,
    /// It is not shown to visitors.
    Hidden,
    /// The page is no longer known.
    BadPage,
}

/// What questions are put with.
pub(super) struct Asker {
    pub(super) base: Url,
    pub(super) key: SecretString,
}

impl Asker {
    /// Puts a question and books it: one unit, answered or not.
    pub(super) async fn ask(
        &self,
        client: &Client,
        (what, query): (&str, &[(&str, &str)]),
        purse: &Purse,
    ) -> Result<Told, AskError> {
        let mut url = self.base.join(what).map_err(|_| AskError::Settings {
            what: format!("`{}` is no address of the data API", self.base),
            hint: "leave `base` out of the settings".to_owned(),
        })?;
        url.query_pairs_mut().extend_pairs(query);
        let taken = purse.take(client.now(), 1)?;
        let request = Request::get(url).key(KEY, &self.key).once();
        let answer = client.send(&request).await;
        purse.settle(taken, (client.now(), 1))?;
        told(answer?)
    }
}

fn told(answer: Answer) -> Result<Told, AskError> {
    if !answer.status.is_client_error() {
        return answer.ok().map(|answer| Told::Answer(Box::new(answer)));
    }
    let reasons: Vec<String> = match serde_json::from_slice::<Refused<'_>>(&answer.body) {
        Ok(refused) => refused.error.errors.into_iter().filter_map(|reason| reason.reason.text()).collect(),
        Err(_) => Vec::new(),
    };
    let host = answer.url.host_str().unwrap_or_default().to_owned();
    let closed = |what: &str, hint: &str| {
        Err(AskError::Closed { host: host.clone(), what: what.to_owned(), hint: hint.to_owned() })
    };
    let code = answer.status.as_u16();
    match (code, reasons.first().map_or("", String::as_str)) {
        (_, "quotaExceeded" | "dailyLimitExceeded") => Ok(Told::UsedUp),
        (_, "rateLimitExceeded" | "userRateLimitExceeded") => Err(AskError::RateLimited { host, wait: TOO_FAST }),
        (403, "commentsDisabled") => Ok(Told::Disabled),
        (400, "invalidPageToken") => Ok(Told::BadPage),
        (_, "keyInvalid" | "keyExpired") | (401, _) => closed(
            "it does not know the key",
            "make an API key for the YouTube Data API v3 and write it into `key_file`",
        ),
        // A bad key is `badRequest` today; so is a question that we put wrongly.
        (400, "badRequest") if says_key(&answer) => closed(
            "it does not know the key",
            "make an API key for the YouTube Data API v3 and write it into `key_file`",
        ),
        (403, "accessNotConfigured" | "SERVICE_DISABLED" | "ipRefererBlocked") => closed(
            "the key may not ask",
            "switch on the YouTube Data API v3 for the key's project, and let it be used from this machine",
        ),
        (404, reason) if reason.ends_with("NotFound") || reason == "notFound" => Ok(Told::NotFound),
        (403, "forbidden" | "insufficientPermissions" | "channelForbidden") => Ok(Told::Hidden),
        _ => answer.ok().map(|answer| Told::Answer(Box::new(answer))),
    }
}

/// Google's own machine-readable word for a bad key, anywhere in the refusal.
fn says_key(answer: &Answer) -> bool {
    const WORD: &[u8] = b"API_KEY_INVALID";
    answer.body.windows(WORD.len()).any(|window| window == WORD)
}
