//! The tables `[[alert.mail]]`.

use super::secret;
use crate::send::error::Error;
use crate::send::receiver::receiver;
use crate::send::way::Door;
use lettre::message::Mailbox;
use secrecy::SecretString;
use serde::Deserialize;
use std::path::PathBuf;

/// An address, with or without a name: `Press office <press@health.example>`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Address(pub(crate) Mailbox);

impl TryFrom<String> for Address {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| format!("`{text}` is no mail address"))
    }
}

/// How the way to the server is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Tls {
    /// Begins in the open and must change to TLS before anything is said (RFC 3207). Port 587.
    #[default]
    Starttls,
    /// TLS from the first byte (RFC 8314). Port 465.
    #[serde(rename = "tls")]
    Implicit,
    /// None: only to a server on this machine. Port 25.
    None,
}

/// What goes with a mail about a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Attach {
    /// The page, as a file.
    #[default]
    Page,
    /// The page in place of the short HTML.
    Inline,
    /// Nothing.
    None,
}

receiver! {
    "mail" {
        /// Who gets it; all in one mail, so they see one another.
        to: Vec<Address>,
        /// Who sends it.
        from: Address,
        /// The mail server.
        host: String,
        /// Its port; 0 is the usual one of `tls`.
        #[serde(default)]
        port: u16,
        /// How the way there is secured.
        #[serde(default)]
        tls: Tls,
        /// Whom to log in as; without it nobody.
        #[serde(default)]
        user: Option<String>,
        /// Holds the password.
        #[serde(default)]
        password_file: Option<PathBuf>,
        /// What goes with it.
        #[serde(default)]
        attach: Attach,
    }
}

impl Config {
    pub(super) fn port(&self) -> u16 {
        match (self.port, self.tls) {
            (0, Tls::Starttls) => 587,
            (0, Tls::Implicit) => 465,
            (0, Tls::None) => 25,
            (port, _) => port,
        }
    }

    /// The domain that sends.
    pub(super) fn domain(&self) -> &str {
        self.from.0.email.domain()
    }

    pub(super) fn wants_page(&self) -> bool {
        self.attach != Attach::None
    }

    pub(super) fn is_this_machine(&self) -> bool {
        let bare = self.host.trim_matches(['[', ']']);
        bare == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }

    /// User and password, if one is to log in.
    pub(super) fn login(&self, door: &Door<'_>) -> Result<Option<(String, SecretString)>, Error> {
        match (&self.user, &self.password_file) {
            (Some(user), Some(file)) => Ok(Some((user.clone(), secret::read(&door.path(file))?))),
            (None, None) => Ok(None),
            _ => Err(Error::settings(
                format!("`{}` has only one of `user` and `password_file`", self.name()),
                "set both, or neither for a server that asks for no login",
            )),
        }
    }
}
