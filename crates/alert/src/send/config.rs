//! Who is told, and how: the table `[alert]` of the settings.

use super::error::Error;
use super::receiver::{Kept, Receiver};
use super::{feed, file, mail, matrix, slack, teams, webhook};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::path::PathBuf;
use url::Url;

/// Where receivers find what is not in the settings.
#[derive(Debug, Clone)]
pub struct Places {
    /// Relative paths of secrets and folders start here.
    pub base: PathBuf,
    /// The folder of reports: pages of events lie below it.
    pub reports: PathBuf,
}

/// Makes the settings and the list of receivers of one list of kinds, so that none can be read and not told.
macro_rules! receivers {
    ($($kind:ident => $kept:ident),* $(,)?) => {
        /// The table `[alert]`.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct Config {
            /// Where readers find the folder of reports, such as `https://polso.example/reports/`. Without it, no
            /// links.
            #[serde(deserialize_with = "base_url")]
            pub base_url: Option<Url>,
            /// Days longer ago than this are told to nobody: back-fills.
            pub tell_days: u32,
            /// Runs that try to tell something before it is given up.
            pub tries: NonZeroU32,
            /// Seconds until a connection or a silent answer is given up.
            pub timeout_seconds: u64,
            /// Hosts that may be spoken to without TLS, beside this machine's own.
            pub private_hosts: Vec<String>,
            /// A certificate (PEM) to trust beside those of the system.
            pub ca_file: Option<PathBuf>,
            /// Where hooks go out, if not directly: `http://proxy.example:3128`. Mail does not go through it.
            pub proxy: Option<String>,
            /// The table `[alert.feed]`.
            pub feed: Option<feed::Config>,
            $(
                #[doc = concat!("The tables `[[alert.", stringify!($kind), "]]`.")]
                pub $kind: Vec<$kind::Config>,
            )*
        }

        impl Default for Config {
            fn default() -> Self {
                Self {
                    base_url: None,
                    tell_days: 7,
                    tries: NonZeroU32::new(5).unwrap_or(NonZeroU32::MIN),
                    timeout_seconds: 20,
                    private_hosts: Vec::new(),
                    ca_file: None,
                    proxy: None,
                    feed: None,
                    $($kind: Vec::new(),)*
                }
            }
        }

        impl Config {
            /// Every receiver, in the order of the kinds.
            pub fn receivers(&self) -> Result<Vec<Receiver>, Error> {
                let mut all = Vec::new();
                $(
                    all.extend(self.$kind.iter().map(|own| Receiver {
                        name: own.name().to_owned(),
                        wants: own.wants(),
                        kept: Kept::$kept(own.clone()),
                    }));
                )*
                distinct(all)
            }
        }
    };
}

receivers! { mail => Mail, slack => Slack, teams => Teams, matrix => Matrix, webhook => Webhook, file => File }

/// Two receivers of one name would count as told when one of them was.
fn distinct(receivers: Vec<Receiver>) -> Result<Vec<Receiver>, Error> {
    let mut seen = BTreeSet::new();
    match receivers.iter().find(|receiver| !seen.insert(receiver.name.clone())) {
        None => Ok(receivers),
        Some(twice) => Err(Error::settings(
            format!("two receivers are called `{}`", twice.name),
            "give one of them another `name`",
        )),
    }
}

/// A web address that pages are below; empty means none. A folder without `/` at its end would lose its last part.
fn base_url<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Url>, D::Error> {
    let text = String::deserialize(from)?;
    if text.is_empty() {
        return Ok(None);
    }
    let slashed = if text.ends_with('/') { text.clone() } else { format!("{text}/") };
    let url = Url::parse(&slashed).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.map(Some).ok_or_else(|| {
        serde::de::Error::custom(format!("`{text}` is no web address such as https://polso.example/reports/"))
    })
}
