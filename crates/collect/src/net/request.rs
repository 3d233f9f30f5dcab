//! A question before it is put.

use reqwest::Method;
use secrecy::SecretString;
use url::Url;

/// How much of a body is read when nothing else is said.
const MAX_BYTES: usize = 16 << 20;

/// A question. Tokens are kept apart from the other headers so that nothing can print them.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) bearer: Option<SecretString>,
    pub(super) key: Option<(&'static str, SecretString)>,
    pub(super) body: Option<Vec<u8>>,
    pub(super) max_bytes: usize,
    pub(super) once: bool,
    pub(super) unpacked: bool,
}

impl Request {
    /// Asks for an address.
    pub(crate) fn get(url: Url) -> Self {
        Self {
            method: Method::GET,
            url,
            headers: Vec::new(),
            bearer: None,
            key: None,
            body: None,
            max_bytes: MAX_BYTES,
            once: false,
            unpacked: false,
        }
    }

    /// Sends JSON to an address. Never repeated by the client.
    pub(crate) fn post(url: Url, json: &serde_json::Value) -> Self {
        let body = json.to_string().into_bytes();
        Self { method: Method::POST, body: Some(body), ..Self::get(url) }.header("content-type", "application/json")
    }

    /// Sends nothing to an address, where the address says it all. Never repeated by the client.
    pub(crate) fn post_nothing(url: Url) -> Self {
        Self { method: Method::POST, ..Self::get(url) }
    }

    /// Adds a header that is no secret.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Says who asks, by a token.
    pub(crate) fn bearer(mut self, token: Option<&SecretString>) -> Self {
        self.bearer = token.cloned();
        self
    }

    /// Says who asks, by a key in a header of its own.
    pub(crate) fn key(mut self, name: &'static str, key: &SecretString) -> Self {
        self.key = Some((name, key.clone()));
        self
    }

    /// Reads no more than this of the answer, unpacked.
    pub(crate) fn max_bytes(mut self, max: usize) -> Self {
        self.max_bytes = max;
        self
    }

    /// Puts the question once whatever happens to it: the answer is paid for.
    pub(crate) fn once(mut self) -> Self {
        self.once = true;
        self
    }
}
