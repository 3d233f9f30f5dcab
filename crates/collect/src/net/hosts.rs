//! All hosts, and the client that one door asks through.

use super::address::{Guard, host_of};
use super::body::{self, Body};
use super::host::{Budget, Host, jittered};
use super::limits;
use super::socket::{self, Socket};
use super::{Answer, AskError, Request, Tally};
use bytes::Bytes;
use polso_domain::Timestamp;
use reqwest::header::HeaderValue;
use reqwest::{Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::OnceCell;
use url::Url;

/// The present, for comparing with the times that platforms name.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Once more after a connection that failed: long troubles are for the loop, which tells the ledger.
const TRIES: u32 = 3;

/// Redirects followed on one host.
const REDIRECTS: u32 = 4;

/// A wish for silence up to here is simply obeyed; a longer one is handed to the loop.
const PATIENCE: Duration = Duration::from_secs(20);

/// How hosts are asked.
#[derive(Debug, Clone)]
pub struct HostsConfig {
    /// Whom a platform may write to about us: a mail or web address. Part of the User-Agent.
    pub contact: String,
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
}

/// The budget of a single host.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostBudget {
    /// Questions a minute.
    pub requests_per_minute: NonZeroU32,
}

/// Everything that is asked goes through here.
pub struct Hosts {
    config: HostsConfig,
    agent: String,
    guard: Guard,
    http: reqwest::Client,
    clock: Clock,
    met: Mutex<HashMap<String, Arc<Host>>>,
    /// Questions being answered right now: whoever puts the same one waits for the same answer.
    open: Mutex<HashMap<String, Arc<OnceCell<Answer>>>>,
}

impl Hosts {
    /// Refuses settings without a contact: a platform must be able to tell somebody that we are a burden.
    pub fn new(config: HostsConfig, version: &str, clock: Clock) -> Result<Arc<Self>, AskError> {
        let settings = |what: String, hint: &str| AskError::Settings { what, hint: hint.to_owned() };
        if !config.contact.contains(['@', '.']) || config.contact.chars().any(char::is_control) {
            let hint = "set `collect.contact` to a mail or web address that platforms may write to";
            return Err(settings("platforms are not told whom to write to".to_owned(), hint));
        }
        let agent = format!("polso/{version} (+{})", config.contact.trim());
        let guard = Guard::new(config.private_hosts.iter().cloned());
        let timeout = Duration::from_secs(config.timeout_seconds.max(1));
        let mut builder = reqwest::Client::builder()
            .user_agent(&agent)
            .redirect(reqwest::redirect::Policy::none())
            .dns_resolver(Arc::new(guard.clone()))
            .connect_timeout(timeout)
            .read_timeout(timeout)
            .no_proxy();
        if let Some(proxy) = &config.proxy {
            let wrong = |_| settings(format!("`{proxy}` is no proxy"), "an address such as http://proxy.example:3128");
            builder = builder.proxy(reqwest::Proxy::all(proxy).map_err(wrong)?);
        }
        let http = builder.build().map_err(|error| {
            settings(format!("cannot speak HTTPS: {error}"), "install the ca-certificates of this system")
        })?;
        Ok(Arc::new(Self { config, agent, guard, http, clock, met: Mutex::default(), open: Mutex::default() }))
    }

    fn host(&self, url: &Url) -> Arc<Host> {
        let name = host_of(url);
        let mut hosts = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let HostsConfig { requests_per_minute, burst, at_once, .. } = self.config;
        let own = self.config.hosts.get(&name).or_else(|| self.config.hosts.get(url.host_str()?));
        let per_minute = own.map_or(requests_per_minute, |own| own.requests_per_minute);
        Arc::clone(hosts.entry(name).or_insert_with(|| Arc::new(Host::new(Budget { per_minute, burst, at_once }))))
    }
}

/// What one door asks through: the hosts, and the door's own counts.
#[derive(Clone)]
pub struct Client {
    hosts: Arc<Hosts>,
    tally: Arc<Tally>,
}

impl Client {
    /// A client whose questions are counted in `tally`.
    pub fn new(hosts: Arc<Hosts>, tally: Arc<Tally>) -> Self {
        Self { hosts, tally }
    }

    /// The door's counts.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The present.
    pub(crate) fn now(&self) -> Timestamp {
        (self.hosts.clock)()
    }

    /// Puts a question and reads the whole answer. 429 and 5xx are errors; what the 400s mean, the caller knows
    /// ([`Answer::ok`]). The same question put twice at a time is put once.
    pub(crate) async fn send(&self, request: &Request) -> Result<Answer, AskError> {
        if request.method != Method::GET {
            return self.send_alone(request).await;
        }
        let key = key(request);
        let cell = Arc::clone(self.open().entry(key.clone()).or_default());
        let answer = cell.get_or_try_init(|| self.send_alone(request)).await.cloned();
        let mut open = self.open();
        if open.get(&key).is_some_and(|other| Arc::ptr_eq(other, &cell)) {
            open.remove(&key);
        }
        answer
    }

    /// Puts a question whose answer has no end: event streams.
    pub(crate) async fn open_body(&self, request: &Request) -> Result<Body, AskError> {
        let host = host_of(&request.url);
        // Nobody unpacks what never ends: it is asked for as it is.
        let request = &Request { unpacked: true, ..request.clone() };
        let response = self.exchange(request, &request.url).await?;
        if response.status().is_success() {
            return Ok(Body::new(host, response));
        }
        let answer = answer(&request.url, response, &host, 1 << 16).await?.ok()?;
        Err(answer.garbled("no stream of events"))
    }

    /// Opens a socket. `protocol` is the subprotocol, if the platform wants one.
    pub(crate) async fn socket(&self, request: &Request, protocol: Option<&str>) -> Result<Socket, AskError> {
        self.hosts.guard.check(&request.url)?;
        let host = self.hosts.host(&request.url);
        let turn = host.turn(PATIENCE).await.map_err(|wait| too_early(&request.url, wait))?;
        self.tally.note(|count| count.asked += 1);
        let opened = socket::open(request, protocol, &self.hosts.agent, &self.hosts.guard).await;
        drop(turn);
        if let Err(AskError::RateLimited { wait, .. }) = &opened {
            host.silence(*wait);
        }
        self.tally.note(|count| match &opened {
            Ok(_) => count.answered += 1,
            Err(_) => count.failed += 1,
        });
        opened
    }

    /// Tells the ledger that the platform no longer held what stood behind the cursor.
    pub(crate) fn cursor_was_reset(&self) {
        self.tally.note(|count| count.cursor_resets += 1);
    }

    fn open(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<OnceCell<Answer>>>> {
        self.hosts.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The question, repeated where only the connection failed, and led on within its host.
    async fn send_alone(&self, request: &Request) -> Result<Answer, AskError> {
        let tries = if request.method == Method::GET && !request.once { TRIES } else { 1 };
        let mut put = 0;
        loop {
            put += 1;
            match self.send_once(request).await {
                Err(AskError::Unreachable { .. } | AskError::Server { .. }) if put < tries => {
                    tokio::time::sleep(jittered(Duration::from_millis(250 << put))).await;
                }
                ended => return ended,
            }
        }
    }

    async fn send_once(&self, request: &Request) -> Result<Answer, AskError> {
        let mut url = request.url.clone();
        let mut moved = None;
        for _ in 0..=REDIRECTS {
            let response = self.exchange(request, &url).await?;
            let status = response.status();
            if !status.is_redirection() || status == StatusCode::NOT_MODIFIED {
                let host = host_of(&url);
                let read = answer(&url, response, &host, request.max_bytes).await;
                self.tally.note(|count| match &read {
                    Ok(_) => count.answered += 1,
                    Err(_) => count.failed += 1,
                });
                return read.map(|read| Answer { moved, ..read });
            }
            self.tally.note(|count| count.answered += 1);
            let next = redirected(&url, &response)?;
            if matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT) {
                moved = Some(next.clone());
            }
            url = next;
        }
        Err(AskError::Garbled { host: host_of(&url), what: "redirects without end".to_owned() })
    }

    /// One exchange, in turn: everything about limits is heard here.
    async fn exchange(&self, request: &Request, url: &Url) -> Result<reqwest::Response, AskError> {
        self.hosts.guard.check(url)?;
        let host = self.hosts.host(url);
        let turn = host.turn(PATIENCE).await.map_err(|wait| too_early(url, wait))?;
        let silenced = turn.silenced.as_millis();
        self.tally.note(|count| {
            count.asked += 1;
            count.rate_limited_ms += u64::try_from(silenced).unwrap_or(u64::MAX);
        });
        let failed = |error| {
            self.tally.note(|count| count.failed += 1);
            error
        };
        let sent = self.dressed(request, url).send().await;
        let response = sent.map_err(|source| failed(unreachable(host_of(url), source)))?;
        let status = response.status();
        let wait = limits::wait(status, response.headers(), self.now().millis());
        if let Some(wait) = wait {
            host.silence(wait);
        }
        if status == StatusCode::TOO_MANY_REQUESTS || (status == StatusCode::SERVICE_UNAVAILABLE && wait.is_some()) {
            let wait = wait.unwrap_or_default();
            return Err(failed(AskError::RateLimited { host: host_of(url), wait }));
        }
        if status.is_server_error() {
            return Err(failed(AskError::Server { host: host_of(url), status: status.as_u16() }));
        }
        Ok(response)
    }

    fn dressed(&self, request: &Request, url: &Url) -> reqwest::RequestBuilder {
        let packing = if request.unpacked { "identity" } else { "gzip" };
        let mut dressed =
            self.hosts.http.request(request.method.clone(), url.clone()).header("accept-encoding", packing);
        for (name, value) in &request.headers {
            dressed = dressed.header(*name, value);
        }
        if let Some(token) = &request.bearer {
            dressed = dressed.bearer_auth(token.expose_secret());
        }
        if let Some((name, key)) = &request.key {
            dressed = dressed.header(*name, sensitive(key));
        }
        match &request.body {
            Some(body) => dressed.body(Bytes::copy_from_slice(body)),
            None => dressed,
        }
    }
}

/// A key as a header that the HTTP library will not print; one that no header can hold is sent as nothing, and refused.
pub(super) fn sensitive(key: &SecretString) -> HeaderValue {
    let mut value = HeaderValue::from_str(key.expose_secret()).unwrap_or(HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}

async fn answer(url: &Url, response: reqwest::Response, host: &str, max: usize) -> Result<Answer, AskError> {
    let (status, headers) = (response.status(), response.headers().clone());
    let body = body::read(host, response, max).await?;
    Ok(Answer { status, headers, body, url: url.clone(), moved: None })
}

/// Where a redirect leads: on the same host, and never from https back to http.
fn redirected(url: &Url, response: &reqwest::Response) -> Result<Url, AskError> {
    let host = host_of(url);
    let target = response.headers().get("location").and_then(|value| value.to_str().ok());
    let Some(next) = target.and_then(|target| url.join(target).ok()) else {
        return Err(AskError::Garbled { host, what: "a redirect that leads nowhere".to_owned() });
    };
    let weaker = url.scheme() == "https" && next.scheme() != "https";
    // The port may change with the scheme alone: http://host → https://host.
    let same_host = next.host_str() == url.host_str() && (next.port() == url.port() || next.port().is_none());
    if same_host && !weaker {
        return Ok(next);
    }
    let to = format!("{}://{}{}", next.scheme(), host_of(&next), next.path());
    Err(AskError::Redirected { host, to })
}

fn too_early(url: &Url, wait: Duration) -> AskError {
    AskError::RateLimited { host: host_of(url), wait }
}

/// Two questions are the same if address, token and headers are. The token goes in as a hash of nothing but itself.
fn key(request: &Request) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    request.bearer.as_ref().map(|token| token.expose_secret().to_owned()).hash(&mut hasher);
    request.key.as_ref().map(|(name, key)| (*name, key.expose_secret().to_owned())).hash(&mut hasher);
    request.headers.hash(&mut hasher);
    format!("{} {:x}", request.url, hasher.finish())
}

/// The network's word without the address: an address may hold a key.
fn unreachable(host: String, source: reqwest::Error) -> AskError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&source);
    while let Some(error) = cause {
        if let Some(AskError::Inside { host }) = error.downcast_ref() {
            return AskError::Inside { host: host.clone() };
        }
        cause = error.source();
    }
    AskError::Unreachable { host, source: Box::new(source.without_url()) }
}
