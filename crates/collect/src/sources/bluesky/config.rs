//! The settings of this source, and what is made of them once.

use crate::collector::{Door, named};
use crate::config::Places;
use crate::net::AskError;
use polso_domain::SourceId;
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// One way of listening to Bluesky: `[[collect.bluesky]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Its name in the ledger; `bluesky` when absent.
    #[serde(default)]
    pub name: Option<String>,
    /// Which of the two interfaces of Jetstream is spoken.
    #[serde(default = "legacy")]
    pub wire: Wire,
    /// Jetstream servers. The first one that answers is kept; the next one is tried when it fails.
    #[serde(default = "hosts")]
    pub hosts: Vec<String>,
    /// Frames come packed with zstd: a third of the traffic.
    #[serde(default = "yes")]
    pub compress: bool,
    /// Authors of kept posts are looked up, for their number of followers, their other names (which the privacy gate
    /// removes from texts) and their wish not to be shown to visitors. Without it that wish cannot be known.
    #[serde(default = "yes")]
    pub hydrate: bool,
    /// Where authors are looked up.
    #[serde(default = "appview")]
    pub appview: String,
    /// The account that may search, for what Jetstream no longer holds; needs `password_file`.
    #[serde(default)]
    pub identifier: Option<String>,
    /// File in `secrets/` with an app password of that account.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// Where that account logs in.
    #[serde(default = "service")]
    pub service: String,
}

/// The two interfaces of Jetstream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Wire {
    /// `/subscribe`, spoken by every Jetstream.
    Legacy,
    /// `network.bsky.jetstream.subscribeEvents`, of 2026.
    Events,
}

fn legacy() -> Wire {
    Wire::Legacy
}

fn hosts() -> Vec<String> {
    ["jetstream2.us-east", "jetstream1.us-east", "jetstream2.us-west", "jetstream1.us-west"]
        .map(|region| format!("{region}.bsky.network"))
        .to_vec()
}

fn yes() -> bool {
    true
}

fn appview() -> String {
    "https://public.api.bsky.app".to_owned()
}

fn service() -> String {
    "https://bsky.social".to_owned()
}

/// The settings, checked.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) door: Door,
    /// The platform, as its posts carry it.
    pub(super) source: SourceId,
    pub(super) wire: Wire,
    /// Never empty; `ws` or `wss`, a bare path.
    pub(super) hosts: Vec<Url>,
    pub(super) compress: bool,
    /// Where authors are looked up, if they are.
    pub(super) appview: Option<Url>,
    pub(super) account: Option<Account>,
    pub(super) patience: Patience,
}

/// The account that searches.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) identifier: String,
    pub(super) password_file: PathBuf,
    pub(super) session_file: PathBuf,
    pub(super) service: Url,
}

/// How long is waited for what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// A page is handed over after this.
    pub(super) page: Duration,
    /// So long without a frame near the present, and a catching-up listener has everything.
    pub(super) idle: Duration,
    /// So long without a frame, and the connection is dead: the network is never silent.
    pub(super) stall: Duration,
}

impl Config {
    /// Its name in the ledger.
    pub(crate) fn door(&self) -> Result<Door, AskError> {
        named(self.name.as_deref(), "bluesky")
    }

    /// Checks the settings; no request is made and no secret read.
    pub(super) fn settings(&self, places: &Places) -> Result<Settings, AskError> {
        let (door, source) = (self.door()?, named(None, "bluesky")?);
        let hosts: Vec<Url> = self.hosts.iter().map(|host| socket_url(host)).collect::<Result<_, _>>()?;
        if hosts.is_empty() {
            let hint = "leave `hosts` out of [[collect.bluesky]], or name one, such as jetstream2.us-east.bsky.network";
            return Err(wrong("there is no host of Bluesky to listen to".to_owned(), hint));
        }
        let account = match (&self.identifier, &self.password_file) {
            (None, None) => None,
            (Some(identifier), Some(file)) => Some(Account {
                identifier: identifier.trim().trim_start_matches('@').to_owned(),
                password_file: places.secrets.join(file),
                session_file: places.sessions.join(format!("{door}.json")),
                service: web_url(&self.service)?,
            }),
            _ => {
                let hint = "set both in [[collect.bluesky]], or neither";
                return Err(wrong("`identifier` and `password_file` belong together".to_owned(), hint));
            }
        };
        let appview = self.hydrate.then(|| web_url(&self.appview)).transpose()?;
        let seconds = Duration::from_secs;
        let patience = Patience { page: seconds(1), idle: seconds(3), stall: seconds(60) };
        Ok(Settings { door, source, wire: self.wire, hosts, compress: self.compress, appview, account, patience })
    }
}

fn wrong(what: String, hint: &str) -> AskError {
    AskError::Settings { what, hint: hint.to_owned() }
}

/// `host` or `wss://host`.
fn socket_url(host: &str) -> Result<Url, AskError> {
    let full = if host.contains("://") { host.trim().to_owned() } else { format!("wss://{}", host.trim()) };
    let url = Url::parse(&full).ok().filter(|url| matches!(url.scheme(), "ws" | "wss") && url.has_host());
    url.ok_or_else(|| wrong(format!("`{host}` is no host of Jetstream"), "for example jetstream2.us-east.bsky.network"))
}

fn web_url(address: &str) -> Result<Url, AskError> {
    let url = Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.ok_or_else(|| wrong(format!("`{address}` is no web address"), "for example https://public.api.bsky.app"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(change: impl FnOnce(&mut Config)) -> Result<Settings, AskError> {
        let mut config: Config = serde_json::from_str("{}").unwrap();
        change(&mut config);
        config.settings(&Places { secrets: "secrets".into(), sessions: "sessions".into() })
    }

    #[test]
    fn nothing_has_to_be_set() {
        let settings = settings(|_| {}).unwrap();
        assert_eq!((settings.door.as_str(), settings.hosts.len()), ("bluesky", 4));
        assert!(settings.hosts[0].scheme() == "wss" && settings.appview.is_some() && settings.account.is_none());
    }

    #[test]
    fn wrong_settings_are_refused_with_a_hint() {
        let refused = |change: fn(&mut Config)| settings(change).unwrap_err().hint().unwrap();
        assert!(refused(|config| config.hosts = vec![]).contains("leave `hosts` out"));
        assert!(refused(|config| config.hosts = vec!["https://x.example".to_owned()]).contains("jetstream2"));
        assert!(refused(|config| config.identifier = Some("seed_anna_1.example".to_owned())).contains("both"));
        assert!(refused(|config| config.appview = "no address".to_owned()).contains("https://"));
        assert!(refused(|config| config.name = Some("a b".to_owned())).contains("letters"));
        assert!(serde_json::from_str::<Config>(r#"{"wire":"old"}"#).is_err());
        assert!(serde_json::from_str::<Config>(r#"{"host":"x"}"#).is_err());
    }
}
