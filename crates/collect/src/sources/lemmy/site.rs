//! What an instance is: which API it speaks, its languages, its limits; and what its refusals mean.

use super::lanes::Api;
use super::wire::{Limits, Site};
use crate::net::{Answer, AskError, Client, Request};
use serde::Deserialize;
use std::collections::HashMap;
use std::time::Duration;
use url::Url;

/// An instance, once it was asked.
#[derive(Debug)]
pub(super) struct Instance {
    pub(super) api: Api,
    pub(super) version: String,
    pub(super) languages: HashMap<u64, String>,
    pub(super) limits: Limits,
}

/// The address of an instance as the settings name it: a host, or all of it.
pub(super) fn base(instance: &str) -> Result<Url, AskError> {
    let spelt = if instance.contains("://") { instance.to_owned() } else { format!("https://{instance}") };
    let wrong = || AskError::Settings {
        what: format!("`{instance}` is no Lemmy instance"),
        hint: "write its host, such as `lemmy.example`".to_owned(),
    };
    let mut url = Url::parse(&spelt).map_err(|_| wrong())?;
    if url.host_str().is_none() || url.cannot_be_a_base() {
        return Err(wrong());
    }
    url.set_path("/");
    url.set_query(None);
    Ok(url)
}

impl Instance {
    /// Asks the newer API first, then the older.
    pub(super) async fn find(client: &Client, base: &Url) -> Result<Self, AskError> {
        let mut last = None;
        for api in [Api::V4, Api::V3] {
            let url = base.join(api.path()).and_then(|url| url.join("site")).map_err(|_| no_address(base))?;
            let answer = client.send(&Request::get(url)).await?;
            let site = answer.clone().ok().and_then(|answer| answer.json::<Site>());
            match site {
                Ok(site) => {
                    let languages = site.all_languages.into_iter().map(|language| (language.id, language.code));
                    let (version, limits) = (site.version, site.site_view.local_site_rate_limit);
                    return Ok(Self { api, version, languages: languages.collect(), limits });
                }
                Err(error) => last = Some(refusal(&answer, Limits::default()).unwrap_or(error)),
            }
        }
        Err(last.unwrap_or_else(|| no_address(base)))
    }

    /// Puts a question to it; `None` where what is asked for is unknown or gone.
    pub(super) async fn ask(&self, client: &Client, url: Url) -> Result<Option<Answer>, AskError> {
        let answer = client.send(&Request::get(url)).await?;
        let code = code(&answer);
        let unknown = answer.status.is_client_error()
            && code.as_deref().is_some_and(|code| code.starts_with("couldnt_find_") || code == "not_found");
        if unknown {
            return Ok(None);
        }
        if let Some(error) = refusal(&answer, self.limits) {
            return Err(error);
        }
        answer.ok().map(Some)
    }

    /// The shortest rest after a round of so many questions, so many of them searches, that keeps within its limits.
    pub(super) fn rest(&self, asked: u32, searches: u32) -> Duration {
        let share = |questions: u32, limit: u64, seconds: u64| {
            let seconds = u64::from(questions).saturating_mul(seconds).checked_div(limit).unwrap_or(0);
            Duration::from_secs(seconds.min(24 * 3600))
        };
        let Limits { message, message_per_second, search, search_per_second } = self.limits;
        share(asked, message, message_per_second).max(share(searches, search, search_per_second))
    }
}

#[derive(Deserialize)]
struct Said {
    error: String,
}

fn code(answer: &Answer) -> Option<String> {
    serde_json::from_slice::<Said>(&answer.body).ok().map(|said| said.error)
}

/// Refusals whose code says more than their status.
fn refusal(answer: &Answer, limits: Limits) -> Option<AskError> {
    let code = code(answer).filter(|_| answer.status.is_client_error())?;
    let host = answer.url.host_str().unwrap_or_default().to_owned();
    match code.as_str() {
        "rate_limit_error" | "too_many_requests" => {
            let seconds = limits.message_per_second.max(limits.search_per_second).clamp(60, 3600);
            Some(AskError::RateLimited { host, wait: Duration::from_secs(seconds) })
        }
        "instance_is_private" | "not_logged_in" => Some(AskError::Closed {
            host,
            what: "it shows nothing to visitors".to_owned(),
            hint: "this instance is private: take it out of the settings, or follow its communities through another"
                .to_owned(),
        }),
        _ => None,
    }
}

fn no_address(base: &Url) -> AskError {
    AskError::Settings {
        what: format!("`{base}` has no address for its API"),
        hint: "write the instance's host, such as `lemmy.example`".to_owned(),
    }
}
