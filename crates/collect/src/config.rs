//! How sources are asked and which there are: the table `[collect]` of the settings.

use crate::collector::{Collector, Door};
use crate::net::{AskError, HostBudget, HostsConfig};
use crate::track::Track;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroU32;
use std::path::PathBuf;

/// Makes the settings and the list of sources of one list of platforms, so that none can be read and not asked.
macro_rules! sources {
    ($($platform:ident),* $(,)?) => {
        /// The table `[collect]`.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct Config {
            /// Whom a platform may write to about us: a mail or web address. Part of the User-Agent; nothing is asked
            /// without it.
            pub contact: String,
            /// How many hours back a source is asked at its first start.
            pub backfill_hours: u32,
            /// Hours after which `collect --recheck` asks for a post again.
            pub recheck_hours: u32,
            /// Questions a minute to one host.
            pub requests_per_minute: NonZeroU32,
            /// Questions that may be put at once after a rest.
            pub burst: NonZeroU32,
            /// Questions that may be open at one host at a time.
            pub at_once: usize,
            /// Seconds until a connection or a silent answer is given up.
            pub timeout_seconds: u64,
            /// Hosts that may have an address inside this network.
            pub private_hosts: Vec<String>,
            /// Where questions go out, if not directly: `http://proxy.example:3128`.
            pub proxy: Option<String>,
            /// Other budgets for single hosts.
            pub hosts: HashMap<String, HostBudget>,
            $(
                #[doc = concat!("The tables `[[collect.", stringify!($platform), "]]`.")]
                pub $platform: Vec<crate::sources::$platform::Config>,
            )*
        }

        impl Default for Config {
            fn default() -> Self {
                let number = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
                Self {
                    contact: String::new(),
                    backfill_hours: 24,
                    recheck_hours: 24,
                    requests_per_minute: number(60),
                    burst: number(10),
                    at_once: 2,
                    timeout_seconds: 30,
                    private_hosts: Vec::new(),
                    proxy: None,
                    hosts: HashMap::new(),
                    $($platform: Vec::new(),)*
                }
            }
        }

        impl Config {
            /// Every source, in the order of the platforms. One that cannot be made does not keep the others out.
            pub fn sources(&self, track: &Track, places: &Places) -> Result<Vec<Source>, AskError> {
                let mut all = Vec::new();
                $(
                    for own in &self.$platform {
                        let collector = own.build(track, places).map(|made| Box::new(made) as Box<dyn Collector>);
                        all.push(Source { door: own.door()?, collector });
                    }
                )*
                distinct(all)
            }
        }
    };
}

sources! { bluesky, mastodon, feed, wordpress, youtube, lemmy, telegram, x }

/// For how many days a platform's terms let the words of its posts be kept, where they say so; whether it is still asked
/// or not.
pub const TEXT_DAYS: &[(&str, u32)] = &[("youtube", crate::sources::youtube::MAX_TEXT_DAYS)];

/// A source of the settings.
pub struct Source {
    /// Its name in the ledger.
    pub door: Door,
    /// What asks it, or why there is nothing to ask it with.
    pub collector: Result<Box<dyn Collector>, AskError>,
}

/// Where collectors find and keep what is not in the settings.
#[derive(Debug, Clone)]
pub struct Places {
    /// Relative paths of secrets start here.
    pub secrets: PathBuf,
    /// Sessions are kept here, readable by their owner alone.
    pub sessions: PathBuf,
}

impl Config {
    /// How hosts are asked.
    pub fn hosts(&self) -> HostsConfig {
        HostsConfig {
            contact: self.contact.clone(),
            requests_per_minute: self.requests_per_minute,
            burst: self.burst,
            at_once: self.at_once,
            timeout_seconds: self.timeout_seconds,
            private_hosts: self.private_hosts.clone(),
            proxy: self.proxy.clone(),
            hosts: self.hosts.clone(),
        }
    }
}

/// Two sources of one name would overwrite each other's cursor.
fn distinct(sources: Vec<Source>) -> Result<Vec<Source>, AskError> {
    let mut seen = BTreeSet::new();
    match sources.iter().find(|source| !seen.insert(source.door.clone())) {
        None => Ok(sources),
        Some(twice) => Err(AskError::Settings {
            what: format!("two sources are called `{}`", twice.door),
            hint: "give one of them another `name`".to_owned(),
        }),
    }
}
