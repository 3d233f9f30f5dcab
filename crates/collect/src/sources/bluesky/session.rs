//! The session of the account that searches: opened once, kept in a file, renewed when it has expired.
//!
//! An account may log in 300 times a day, so a run never does: it goes on with the session of the run before. Only where
//! that can no longer be renewed, the app password is used again, and a password that was refused is not tried again for an
//! hour, unless its file was changed.
//!
//! Invariants
//! * Nothing here can be printed; the file is readable by its owner alone.
//! * A session is asked for where the account lives, and nowhere else.

use super::config::Account;
use crate::net::{Answer, AskError, Client, Request};
use crate::secret;
use polso_domain::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use std::time::{Duration, UNIX_EPOCH};
use url::Url;

/// The shape of the file.
const VERSION: u8 = 1;

/// A password that was refused is not tried again before.
const REFUSED_MS: i64 = 3_600_000;

/// The session of an account.
pub(super) struct Session {
    account: Account,
    kept: Option<Kept>,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct Kept {
    v: u8,
    /// Whose session it is: another account in the settings must not go on with it.
    identifier: String,
    /// Where the account lives.
    server: Url,
    access: String,
    refresh: String,
    /// When the password was refused last; then there is no session.
    #[serde(default)]
    refused_ms: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opened {
    access_jwt: String,
    refresh_jwt: String,
    #[serde(default)]
    did_doc: Option<Document>,
}

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    service: Vec<Service>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Service {
    id: String,
    service_endpoint: String,
}

impl Session {
    pub(super) fn new(account: Account) -> Self {
        Self { account, kept: None }
    }

    /// Asks the account's server, in its name.
    pub(super) async fn get(
        &mut self,
        client: &Client,
        method: &str,
        query: &[(&str, &str)],
    ) -> Result<Answer, AskError> {
        if self.kept.is_none() {
            self.kept = self.read();
        }
        if self.token().is_none() {
            self.log_in(client).await?;
        }
        for renewed in [false, true] {
            let answer = client.send(&self.question(method, query)?).await?;
            let (status, said) = (answer.status, answer.ok());
            let expired = match &said {
                Err(AskError::Refused { code, .. }) => matches!(code.as_str(), "ExpiredToken" | "InvalidToken"),
                _ => status.as_u16() == 401,
            };
            if !expired || renewed {
                return said;
            }
            self.renew(client).await?;
        }
        Err(self.closed("the session is not taken", "try again later"))
    }

    fn token(&self) -> Option<&Kept> {
        self.kept.as_ref().filter(|kept| kept.refused_ms.is_none())
    }

    fn question(&self, method: &str, query: &[(&str, &str)]) -> Result<Request, AskError> {
        let kept = self.token().ok_or_else(|| self.closed("there is no session", "try again later"))?;
        let mut url = xrpc(&kept.server, method);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(Request::get(url).bearer(Some(&SecretString::from(kept.access.clone()))))
    }

    /// Renews the session, or logs in anew where it cannot be renewed any more.
    async fn renew(&mut self, client: &Client) -> Result<(), AskError> {
        let Some(kept) = self.token() else { return self.log_in(client).await };
        let url = xrpc(&kept.server, "com.atproto.server.refreshSession");
        let request = Request::post_nothing(url).bearer(Some(&SecretString::from(kept.refresh.clone())));
        let answer = client.send(&request).await?;
        if answer.status.is_client_error() {
            return self.log_in(client).await;
        }
        let opened: Opened = answer.ok()?.json()?;
        let server = kept.server.clone();
        self.keep(opened, server)
    }

    async fn log_in(&mut self, client: &Client) -> Result<(), AskError> {
        self.not_refused_lately(client.now())?;
        let password = secret::read(&self.account.password_file)?;
        let json = serde_json::json!({"identifier": self.account.identifier, "password": password.expose_secret()});
        let url = xrpc(&self.account.service, "com.atproto.server.createSession");
        let answer = client.send(&Request::post(url, &json)).await?;
        let status = answer.status;
        match answer.ok() {
            Ok(answer) => self.keep(answer.json()?, self.account.service.clone()),
            Err(AskError::Missing { .. }) => {
                Err(self.closed("nobody logs in there", "check `service` in the settings"))
            }
            Err(error) if status.is_client_error() => {
                self.kept = Some(Kept {
                    v: VERSION,
                    identifier: self.account.identifier.clone(),
                    server: self.account.service.clone(),
                    access: String::new(),
                    refresh: String::new(),
                    refused_ms: Some(client.now().millis()),
                });
                self.write()?;
                Err(self.refused(&error))
            }
            Err(error) => Err(error),
        }
    }

    fn not_refused_lately(&self, now: Timestamp) -> Result<(), AskError> {
        let Some(refused_ms) = self.kept.as_ref().and_then(|kept| kept.refused_ms) else { return Ok(()) };
        let changed = std::fs::metadata(&self.account.password_file).and_then(|about| about.modified()).ok();
        let changed = changed.and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        let again = !(0..REFUSED_MS).contains(&now.millis().saturating_sub(refused_ms));
        if again || changed > Duration::from_millis(refused_ms.unsigned_abs()) {
            return Ok(());
        }
        Err(self.closed(
            "the app password was refused less than an hour ago",
            "make a new app password (Settings, Privacy and security, App passwords) and write it into `password_file`",
        ))
    }

    /// Keeps a session that was opened or renewed. The account's own document says where it lives.
    fn keep(&mut self, opened: Opened, server: Url) -> Result<(), AskError> {
        let services = opened.did_doc.map(|document| document.service).unwrap_or_default();
        let home = services.iter().find(|service| service.id.ends_with("#atproto_pds"));
        let home = home.and_then(|service| Url::parse(&service.service_endpoint).ok());
        // Never from https to http.
        let server = home.filter(|home| home.scheme() == "https" && home.has_host()).unwrap_or(server);
        self.kept = Some(Kept {
            v: VERSION,
            identifier: self.account.identifier.clone(),
            server,
            access: opened.access_jwt,
            refresh: opened.refresh_jwt,
            refused_ms: None,
        });
        self.write()
    }

    /// A file that cannot be read, or is another account's, is as good as none.
    fn read(&self) -> Option<Kept> {
        let text = std::fs::read_to_string(&self.account.session_file).ok()?;
        let kept: Kept = serde_json::from_str(&text).ok()?;
        (kept.v == VERSION && kept.identifier == self.account.identifier).then_some(kept)
    }

    /// Without the file the next run would log in again, and the run after it, until the account is locked.
    fn write(&self) -> Result<(), AskError> {
        let text = self.kept.as_ref().and_then(|kept| serde_json::to_string(kept).ok()).unwrap_or_default();
        secret::write(&self.account.session_file, &text).map_err(|error| AskError::Settings {
            what: format!("cannot keep the session in `{}`: {error}", self.account.session_file.display()),
            hint: "check that this user may write there and that the disk has room".to_owned(),
        })
    }

    fn refused(&self, error: &AskError) -> AskError {
        let said = error.to_string();
        if said.contains("AuthFactorTokenRequired") {
            return self.closed("the account asks for a code", "use an app password, not the account's own password");
        }
        if said.contains("AccountTakedown") {
            return self.closed("the account was taken down", "use another account, or leave `identifier` out");
        }
        self.closed(
            "the app password is refused",
            "check `identifier`, and make a new app password (Settings, Privacy and security, App passwords)",
        )
    }

    fn closed(&self, what: &str, hint: &str) -> AskError {
        let host = super::dial::name(&self.account.service);
        AskError::Closed { host, what: what.to_owned(), hint: hint.to_owned() }
    }
}

fn xrpc(server: &Url, method: &str) -> Url {
    let mut url = server.clone();
    url.set_path(&format!("/xrpc/{method}"));
    url
}
