//! HTTP to receivers: one exchange, no redirects, nothing unencrypted but to this machine or a named host.

use super::config::Config;
use super::error::Error;
use super::letter::Letter;
use super::secret;
use super::way::Door;
use reqwest::{Method, StatusCode, header::HeaderMap};
use secrecy::{ExposeSecret, SecretString};
use std::path::Path;
use std::time::Duration;
use url::{Host, Url};

/// What is read of an answer, in bytes: enough for a word that says what is wrong.
const LONGEST_ANSWER: usize = 16 << 10;

/// The client, and who may be spoken to without TLS.
#[derive(Debug, Clone)]
pub(crate) struct Net {
    http: reqwest::Client,
    private_hosts: Vec<String>,
    pub(crate) timeout: Duration,
    /// Certificates (PEM) to trust beside the system's.
    pub(crate) ca: Option<Vec<u8>>,
}

impl Net {
    pub(crate) fn new(config: &Config, base: &Path) -> Result<Self, Error> {
        let timeout = Duration::from_secs(config.timeout_seconds.max(1));
        let ca = config.ca_file.as_ref().map(|path| base.join(path));
        let ca = ca.map(|path| {
            std::fs::read(&path).map_err(|source| Error::Io { action: "read the certificate", path, source })
        });
        let ca = ca.transpose()?;
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("polso/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .timeout(timeout)
            .no_proxy();
        if let Some(pem) = &ca {
            let wrong = |_| {
                Error::settings("`alert.ca_file` holds no certificate", "it begins with -----BEGIN CERTIFICATE-----")
            };
            for certificate in reqwest::Certificate::from_pem_bundle(pem).map_err(wrong)? {
                builder = builder.add_root_certificate(certificate);
            }
        }
        if let Some(proxy) = &config.proxy {
            let wrong =
                |_| Error::settings("`alert.proxy` is no proxy", "an address such as http://proxy.example:3128");
            builder = builder.proxy(reqwest::Proxy::all(proxy).map_err(wrong)?);
        }
        let http = builder.build().map_err(|error| {
            Error::settings(format!("cannot speak HTTPS: {error}"), "install the ca-certificates of this system")
        })?;
        let private_hosts = config.private_hosts.iter().map(|host| bare(host)).collect();
        Ok(Self { http, private_hosts, timeout, ca })
    }

    /// An address that may be written to. The address is not repeated: that of a hook is a secret.
    pub(crate) fn allowed(&self, url: &str, whose: &str) -> Result<Url, Error> {
        let hint = "an address such as https://hooks.example/services/…";
        let url =
            Url::parse(url.trim()).map_err(|_| Error::settings(format!("the address of `{whose}` is none"), hint))?;
        let plain =
            || is_this_machine(&url) || url.host_str().is_some_and(|host| self.private_hosts.contains(&bare(host)));
        match url.scheme() {
            "https" if url.has_host() => Ok(url),
            "http" if plain() => Ok(url),
            "http" => Err(Error::settings(
                format!("the address of `{whose}` is not encrypted"),
                format!(
                    "use https; if the host is your own and there is no other way, add `{}` to `alert.private_hosts`",
                    url.host_str().unwrap_or_default()
                ),
            )),
            _ => Err(Error::settings(format!("the address of `{whose}` is no web address"), hint)),
        }
    }
}

/// A receiver that takes one HTTP request for each event.
pub(crate) struct Hook {
    net: Net,
    host: String,
    url: Url,
    bearer: Option<SecretString>,
    shape: Box<dyn Fn(&Letter) -> Request + Send + Sync>,
}

/// One request, as a shape writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// Path segments behind the receiver's address.
    pub(crate) below: Vec<String>,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// JSON.
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// A POST of a JSON value to the receiver's own address.
    pub(crate) fn post(body: &serde_json::Value) -> Self {
        Self { method: Method::POST, below: Vec::new(), headers: Vec::new(), body: body.to_string().into_bytes() }
    }
}

impl Hook {
    /// One whose address is the secret: it stands in a file, and JSON is posted there.
    pub(crate) fn secret(
        door: &Door<'_>,
        (file, name): (&Path, &str),
        body: fn(&Letter) -> serde_json::Value,
    ) -> Result<Self, Error> {
        let url = secret::read(&door.path(file))?;
        let url = door.net.allowed(url.expose_secret(), name)?;
        Ok(Self::new(door, url, move |letter| Request::post(&body(letter))))
    }

    pub(crate) fn new(door: &Door<'_>, url: Url, shape: impl Fn(&Letter) -> Request + Send + Sync + 'static) -> Self {
        let host = url.host_str().unwrap_or_default();
        let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        Self { net: door.net.clone(), host, url, bearer: None, shape: Box::new(shape) }
    }

    pub(crate) fn with_bearer(self, token: SecretString) -> Self {
        Self { bearer: Some(token), ..self }
    }

    pub(crate) async fn send(&self, letter: &Letter) -> Result<(), Error> {
        let Request { method, below, headers, body } = (self.shape)(letter);
        let mut url = self.url.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(below);
        }
        let mut request = self.net.http.request(method, url).header("content-type", "application/json").body(body);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        if let Some(token) = &self.bearer {
            request = request.bearer_auth(token.expose_secret());
        }
        // Whatever goes wrong: the address stays out of the message.
        let unreachable =
            |error: reqwest::Error| Error::Unreachable { host: self.host.clone(), source: error.without_url().into() };
        let answer = request.send().await.map_err(unreachable)?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        if status.is_success() {
            return Ok(());
        }
        Err(self.refusal(status, &headers, &read(answer).await))
    }

    fn refusal(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Error {
        let host = self.host.clone();
        let passes = status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429);
        if passes {
            let seconds = headers.get("retry-after").and_then(|value| value.to_str().ok()?.trim().parse().ok());
            return Error::Busy { host, status: status.as_u16(), wait: seconds.map(Duration::from_secs) };
        }
        Error::Refused { host, status: status.as_u16(), code: code(body) }
    }

    /// Whether the host takes connections.
    pub(crate) async fn knock(&self) -> Result<String, Error> {
        let port = self.url.port_or_known_default().unwrap_or(443);
        let host = self.url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let opened =
            tokio::time::timeout(self.net.timeout, tokio::net::TcpStream::connect((host.as_str(), port))).await;
        let unreachable = |source: super::BoxError| Error::Unreachable { host: self.host.clone(), source };
        match opened {
            Ok(Ok(_)) => Ok(format!("`{}` takes connections", self.host)),
            Ok(Err(error)) => Err(unreachable(error.into())),
            Err(_) => Err(unreachable("no answer in time".into())),
        }
    }
}

/// The beginning of an answer; what breaks off is as good as its beginning.
async fn read(mut answer: reqwest::Response) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = answer.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() >= LONGEST_ANSWER {
            break;
        }
    }
    body
}

/// The receiver's own word for what is wrong, if its answer has one: `no_service` (Slack), `M_FORBIDDEN` (Matrix).
/// Never
/// more of it: an answer may hold anything.
fn code(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let json: Option<serde_json::Value> = serde_json::from_str(&text).ok();
    let named = json.as_ref().and_then(|json| json["errcode"].as_str().or_else(|| json["error"].as_str()));
    let word = named.unwrap_or(text.trim());
    let is_word = (1..=40).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    if is_word { word.to_owned() } else { String::new() }
}

/// Whether an address leads to this machine, whatever a name server says.
fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn bare(host: &str) -> String {
    host.trim_matches(['[', ']']).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net(private: &[&str]) -> Net {
        let private_hosts = private.iter().map(|host| (*host).to_owned()).collect();
        Net::new(&Config { private_hosts, ..Config::default() }, Path::new("/")).unwrap()
    }

    #[test]
    fn nothing_leaves_unencrypted_but_where_that_is_said() {
        let net = net(&["Matrix.intern"]);
        for fine in [
            "https://hooks.example/x",
            "http://127.0.0.1:8080/",
            "http://[::1]/",
            "http://localhost/",
            "http://matrix.intern:8008",
        ] {
            assert!(net.allowed(fine, "x").is_ok(), "{fine}");
        }
        for refused in [
            "http://hooks.example/secret",
            "http://localhost.example/secret",
            "http://10.0.0.1/secret",
            "ftp://x/secret",
            "secret",
            "https:///secret/",
        ] {
            match net.allowed(refused, "x") {
                Ok(url) => assert_eq!(url.scheme(), "https", "{refused}"),
                Err(error) => assert!(!format!("{error:?}").contains("secret"), "{error:?}"),
            }
        }
        assert!(net.allowed("http://hooks.example/secret", "x").is_err());
    }

    #[test]
    fn only_a_word_is_taken_from_an_answer() {
        assert_eq!(code(b"no_service\n"), "no_service");
        assert_eq!(code(br#"{"errcode":"M_FORBIDDEN","error":"anna may not"}"#), "M_FORBIDDEN");
        assert_eq!(code(b"<html>anna</html>"), "");
        assert_eq!(code(&[b'a'; 500]), "");
    }
}
