//! Why a question was not answered: whose fault, and whether asking again helps.

use polso_domain::SourceState;
use std::time::Duration;

/// Why a question was not answered.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The platform does not show this to us.
    #[error("`{host}` is closed: {what}")]
    Closed {
        /// The host.
        host: String,
        /// What it said, in words that name nobody.
        what: String,
        /// What the user can do.
        hint: String,
    },
    /// The platform does not understand the question, or does not allow it.
    #[error("`{host}` refused the question: {what}")]
    Refused {
        /// The host.
        host: String,
        /// The HTTP status; 0 where there is none.
        status: u16,
        /// The platform's own code for it, empty if it has none.
        code: String,
        /// What was wrong.
        what: String,
    },
    /// What was asked for is gone for good, or was never there.
    #[error("`{host}` has no `{path}`")]
    Missing {
        /// The host.
        host: String,
        /// The path.
        path: String,
        /// It was there once (410).
        gone: bool,
    },
    /// The platform asks for silence.
    #[error("`{host}` asks to wait {} s", wait.as_secs())]
    RateLimited {
        /// The host.
        host: String,
        /// For how long.
        wait: Duration,
    },
    /// A budget of our own is used up.
    #[error("the budget for `{host}` is used up: {what}")]
    Budget {
        /// The host.
        host: String,
        /// Which budget.
        what: String,
        /// How long until there is a new one.
        wait: Duration,
    },
    /// No connection.
    #[error("`{host}` cannot be reached")]
    Unreachable {
        /// The host.
        host: String,
        /// What the network said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The host fails at its own work.
    #[error("`{host}` answers with error {status}")]
    Server {
        /// The host.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// The answer is none: cut, of another kind, too long.
    #[error("`{host}` answers with something else: {what}")]
    Garbled {
        /// The host.
        host: String,
        /// What is wrong with it. Never its words.
        what: String,
    },
    /// The host sends us elsewhere.
    #[error("`{host}` redirects to `{to}`")]
    Redirected {
        /// The host.
        host: String,
        /// Where to.
        to: String,
    },
    /// The address is inside the house.
    #[error("`{host}` is an address inside this network")]
    Inside {
        /// The host.
        host: String,
    },
    /// The settings are wrong.
    #[error("{what}")]
    Settings {
        /// What is wrong.
        what: String,
        /// What to do.
        hint: String,
    },
}

impl AskError {
    /// What the reader of the message can do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Closed { hint, .. } | Self::Settings { hint, .. } => hint.clone(),
            Self::Refused { .. } => {
                "check the settings of this source; if they are right, report it to polso".to_owned()
            }
            Self::Missing { gone: true, .. } => "it is gone for good: take it out of the settings".to_owned(),
            Self::Missing { gone: false, .. } => "check its spelling in the settings".to_owned(),
            Self::RateLimited { .. } => "nothing to do: it is asked again when the time is over".to_owned(),
            Self::Budget { .. } => "raise the budget in the settings, or wait".to_owned(),
            Self::Unreachable { .. } => "check the network, the proxy and the host's name".to_owned(),
            Self::Server { .. } => "nothing to do: it is asked again later".to_owned(),
            Self::Garbled { .. } => "open the address in a browser: is there a login or an error page?".to_owned(),
            Self::Redirected { to, .. } => format!("if `{to}` is right, write it into the settings"),
            Self::Inside { host } => format!("if that is meant, add `{host}` to `collect.private_hosts`"),
        })
    }

    /// The state in which it leaves its source.
    pub fn state(&self) -> SourceState {
        match self {
            Self::Closed { .. } => SourceState::Closed,
            Self::Budget { .. } => SourceState::NotAsked,
            _ => SourceState::Failed,
        }
    }

    /// Whether the same question may be answered later without anybody mending anything.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::RateLimited { .. } | Self::Unreachable { .. } | Self::Server { .. } | Self::Garbled { .. })
    }

    /// How long the platform, or the budget, says to wait.
    pub fn wait(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { wait, .. } | Self::Budget { wait, .. } => Some(*wait),
            _ => None,
        }
    }
}
