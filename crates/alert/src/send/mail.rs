//! Mail: SMTP with TLS, text and HTML, the page attached or inlined.
//!
//! What a mail program should know: `Auto-Submitted` (RFC 3834) keeps absence notes away, `List-Id` (RFC 2919) lets
//! people
//! sort, and `Message-ID` is made of the event, so that a second copy after a crash is recognised as one.

mod config;
mod message;

pub(crate) use config::Config;

use super::error::Error;
use super::letter::Letter;
use super::secret;
use super::way::Door;
use config::Tls;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls as LettreTls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use secrecy::ExposeSecret;
use std::path::PathBuf;
use std::time::Duration;

/// A mail server, ready to be spoken to.
pub(crate) struct Mail {
    smtp: AsyncSmtpTransport<Tokio1Executor>,
    config: Config,
    host: String,
    reports: PathBuf,
    /// For a whole mail: several questions and answers, and a page to carry.
    patience: Duration,
}

impl Mail {
    pub(crate) fn open(config: &Config, door: &Door<'_>) -> Result<Self, Error> {
        let port = config.port();
        let host = format!("{}:{port}", config.host);
        if config.tls == Tls::None && !config.is_this_machine() {
            let hint = "set `tls` to \"starttls\" or \"tls\"; \"none\" is for a mail server on this machine";
            return Err(Error::settings(format!("mail to `{host}` is not encrypted"), hint));
        }
        let tls = match config.tls {
            Tls::None => LettreTls::None,
            Tls::Starttls => LettreTls::Required(parameters(config, door)?),
            Tls::Implicit => LettreTls::Wrapper(parameters(config, door)?),
        };
        let mut smtp = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
            .port(port)
            .tls(tls)
            .timeout(Some(door.net.timeout))
            .hello_name(ClientId::Domain(config.domain().to_owned()));
        if let Some((user, password)) = config.login(door)? {
            smtp = smtp.credentials(Credentials::new(user, password.expose_secret().to_owned()));
        }
        let (reports, patience) = (door.places.reports.clone(), door.net.timeout * 3);
        Ok(Self { smtp: smtp.build(), config: config.clone(), host, reports, patience })
    }

    pub(crate) async fn send(&self, letter: &Letter) -> Result<(), Error> {
        let page = letter.event.page.as_ref().filter(|_| self.config.wants_page());
        let page = page.map(|page| self.reports.join(page));
        let page = page.map(|path| {
            std::fs::read_to_string(&path).map_err(|source| Error::Io { action: "read the page", path, source })
        });
        let message = message::of(letter, &self.config, page.transpose()?)?;
        self.in_time(self.smtp.send(message)).await.map(drop)
    }

    /// Connects, secures and logs in, and leaves again.
    pub(crate) async fn knock(&self) -> Result<String, Error> {
        if self.in_time(self.smtp.test_connection()).await? {
            return Ok(format!("`{}` takes mail", self.host));
        }
        Err(Error::Busy { host: self.host.clone(), status: 421, wait: None })
    }

    /// lettre's own timeout ends with the connection: a server that falls silent afterwards would be waited for without end.
    async fn in_time<T>(
        &self,
        talk: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
    ) -> Result<T, Error> {
        match tokio::time::timeout(self.patience, talk).await {
            Ok(said) => said.map_err(|error| self.wrong(error)),
            Err(_) => Err(Error::Unreachable { host: self.host.clone(), source: "no answer in time".into() }),
        }
    }

    /// The status alone: what a server says may hold addresses of people.
    fn wrong(&self, error: lettre::transport::smtp::Error) -> Error {
        let (host, status) = (self.host.clone(), error.status().map(u16::from));
        match status {
            Some(status) if error.is_transient() => Error::Busy { host, status, wait: None },
            Some(status) => Error::Refused { host, status, code: String::new() },
            // The client itself refuses: no STARTTLS offered, no login that both know.
            None if error.is_client() => Error::settings(
                format!("`{host}` offers no way to send: {}", cause(&error)),
                "check `tls`, `port` and `user` of this receiver",
            ),
            None => Error::Unreachable { host, source: error.into() },
        }
    }
}

fn parameters(config: &Config, door: &Door<'_>) -> Result<TlsParameters, Error> {
    let mut parameters = TlsParameters::builder(config.host.clone());
    if let Some(pem) = &door.net.ca {
        let hint = "it begins with -----BEGIN CERTIFICATE-----";
        let wrong = |_| Error::settings("`alert.ca_file` holds no certificate", hint);
        parameters = parameters.add_root_certificate(Certificate::from_pem(pem).map_err(wrong)?);
    }
    parameters.build_rustls().map_err(|error| {
        Error::settings(format!("cannot speak TLS: {}", cause(&error)), "install the ca-certificates of this system")
    })
}

/// The last of the causes: the words of the library, not of a server.
fn cause(error: &dyn std::error::Error) -> String {
    let mut last = error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    last.to_string()
}
