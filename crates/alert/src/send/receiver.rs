//! One receiver: what it wants to hear, when, and which way leads there.

use super::error::Error;
use super::event::{Event, Kind, Level};
use super::quiet::QuietHours;
use super::way::{Door, Way};
use super::{file, mail, matrix, slack, teams, webhook};
use serde::Deserialize;
use std::fmt;

/// The name of a receiver: letters, digits, `.`, `_` and `-`, at most 64.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Name(pub(crate) String);

impl TryFrom<String> for Name {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
        let fits = plain && (1..=64).contains(&name.len());
        fits.then(|| Self(name.clone()))
            .ok_or_else(|| format!("`{name}` must be letters, digits, `.`, `_` or `-`, at most 64"))
    }
}

/// What a receiver wants to hear, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wants {
    /// Kinds of events.
    pub events: Vec<Kind>,
    /// Nothing that matters less.
    pub from_level: Level,
    /// When it wants to be left alone.
    pub quiet_hours: Option<QuietHours>,
    /// Whether what is urgent is told all the same.
    pub urgent_in_quiet: bool,
}

impl Wants {
    /// Whether it is to be told of this at all.
    pub(crate) fn hears(&self, event: &Event) -> bool {
        self.events.contains(&event.kind) && event.level >= self.from_level
    }
}

/// Makes the settings of a kind of receiver: the keys that all have, and its own.
macro_rules! receiver {
    ($kind:literal { $($(#[$own:meta])* $key:ident: $type:ty,)* }) => {
        #[doc = concat!("A table `[[alert.", $kind, "]]`.")]
        #[derive(Debug, Clone, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Config {
            #[serde(default = "Config::usual_name")]
            name: $crate::send::receiver::Name,
            #[serde(default = "Config::usual_events")]
            events: Vec<$crate::send::Kind>,
            #[serde(default = "Config::usual_level")]
            from_level: $crate::send::Level,
            #[serde(default)]
            quiet_hours: Option<$crate::send::QuietHours>,
            #[serde(default)]
            urgent_in_quiet: bool,
            $($(#[$own])* pub(crate) $key: $type,)*
        }

        impl Config {
            fn usual_name() -> $crate::send::receiver::Name {
                $crate::send::receiver::Name($kind.to_owned())
            }

            fn usual_events() -> Vec<$crate::send::Kind> {
                $crate::send::Kind::ALL.to_vec()
            }

            fn usual_level() -> $crate::send::Level {
                $crate::send::Level::Notice
            }

            /// Its name.
            pub(crate) fn name(&self) -> &str {
                &self.name.0
            }

            /// What it wants to hear.
            pub(crate) fn wants(&self) -> $crate::send::receiver::Wants {
                $crate::send::receiver::Wants {
                    events: self.events.clone(),
                    from_level: self.from_level,
                    quiet_hours: self.quiet_hours,
                    urgent_in_quiet: self.urgent_in_quiet,
                }
            }
        }
    };
}
pub(crate) use receiver;

/// The settings of a receiver, of whatever kind.
#[derive(Debug, Clone)]
pub(crate) enum Kept {
    Mail(mail::Config),
    Slack(slack::Config),
    Teams(teams::Config),
    Matrix(matrix::Config),
    Webhook(webhook::Config),
    File(file::Config),
}

/// Somebody who wants to be told.
#[derive(Debug, Clone)]
pub struct Receiver {
    /// Its name, different from all others'.
    pub name: String,
    /// What it wants to hear, and when.
    pub wants: Wants,
    pub(crate) kept: Kept,
}

impl Receiver {
    /// The word of its table: `mail`, `slack`, `teams`, `matrix`, `webhook` or `file`.
    pub fn kind(&self) -> &'static str {
        match self.kept {
            Kept::Mail(_) => "mail",
            Kept::Slack(_) => "slack",
            Kept::Teams(_) => "teams",
            Kept::Matrix(_) => "matrix",
            Kept::Webhook(_) => "webhook",
            Kept::File(_) => "file",
        }
    }

    /// Reads its secrets and makes the way there.
    pub(crate) fn open(&self, door: &Door<'_>) -> Result<Way, Error> {
        match &self.kept {
            Kept::Mail(config) => mail::Mail::open(config, door).map(|mail| Way::Mail(Box::new(mail))),
            Kept::Slack(config) => slack::open(config, door).map(Way::Hook),
            Kept::Teams(config) => teams::open(config, door).map(Way::Hook),
            Kept::Matrix(config) => matrix::open(config, door).map(Way::Hook),
            Kept::Webhook(config) => webhook::open(config, door).map(Way::Hook),
            Kept::File(config) => Ok(Way::File(file::Drop::open(config, door))),
        }
    }
}

impl fmt::Display for Wants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let events: Vec<&str> = self.events.iter().map(|kind| kind.as_str()).collect();
        write!(f, "{} from {} on", events.join(", "), self.from_level.as_str())?;
        if let Some(quiet) = self.quiet_hours {
            write!(f, ", quiet {quiet}{}", if self.urgent_in_quiet { " but for what is urgent" } else { "" })?;
        }
        Ok(())
    }
}
