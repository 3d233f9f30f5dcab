//! The questions that are put to an instance, and what its refusals mean.

use super::about::{About, Access};
use super::ids::LocalId;
use super::walk::Step;
use super::wire;
use crate::net::{Answer, AskError, Client, Request};
use crate::secret;
use reqwest::StatusCode;
use secrecy::SecretString;
use serde_json::value::RawValue;
use std::path::PathBuf;
use url::Url;

/// Posts on a page; instances give no more.
const PAGE: &str = "40";

/// Hashtags beside the asked one that an instance looks at.
const OTHER_TAGS: usize = 4;

/// An instance, and the token for it.
pub(super) struct Instance {
    base: Url,
    token_file: Option<PathBuf>,
    token: Option<SecretString>,
    /// `all[]` and `none[]`, as many as instances look at; the rest is measured here.
    filters: Vec<(&'static str, String)>,
}

impl Instance {
    /// An instance from how the settings name it: a host or an address.
    pub(super) fn new(written: &str, token_file: Option<PathBuf>) -> Result<Self, AskError> {
        let text = written.trim();
        let address = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let base = Url::parse(&address).ok().filter(|url| {
            let bare = url.path() == "/" && url.query().is_none() && url.username().is_empty();
            matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty()) && bare
        });
        let wrong = || AskError::Settings {
            what: "`instance` names no instance".to_owned(),
            hint: "write its host, such as `mastodon.example`, without a path or an account".to_owned(),
        };
        Ok(Self { base: base.ok_or_else(wrong)?, token_file, token: None, filters: Vec::new() })
    }

    /// Conditions that the instance can look at itself.
    pub(super) fn narrow(&mut self, all: &[String], none: &[String]) {
        let all = all.iter().map(|tag| ("all[]", tag.clone()));
        self.filters = all.chain(none.iter().map(|tag| ("none[]", tag.clone()))).take(OTHER_TAGS).collect();
    }

    /// Its host, with its port where that is not the usual one.
    pub(super) fn host(&self) -> String {
        let host = self.base.host_str().unwrap_or_default();
        self.base.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    pub(super) fn token(&self) -> Option<&SecretString> {
        self.token.as_ref()
    }

    /// Reads the token if there is one to read and it was not read yet.
    pub(super) fn read_token(&mut self) -> Result<(), AskError> {
        if let (Some(file), None) = (&self.token_file, &self.token) {
            self.token = Some(secret::read(file)?);
        }
        Ok(())
    }

    /// Whoever renews a token need not start us again.
    pub(super) fn forget_token(&mut self) {
        self.token = None;
    }

    /// What the instance says of itself.
    pub(super) async fn about(&self, client: &Client) -> Result<About, AskError> {
        let answer = client.send(&self.get(&["api", "v2", "instance"], &[])).await?;
        if matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::METHOD_NOT_ALLOWED) {
            return Ok(About::unknown());
        }
        Ok(About::read(self.open(answer)?.json::<wire::Instance>()?))
    }

    /// A page of a hashtag's timeline, newest first. An unknown hashtag is one that nobody used.
    pub(super) async fn page(
        &self,
        client: &Client,
        tag: &str,
        (step, access): (&Step, Access),
    ) -> Result<Vec<Box<RawValue>>, AskError> {
        let mut query = vec![("limit", PAGE)];
        match step {
            Step::Newest => {}
            Step::Below(id) => query.push(("max_id", id.as_str())),
            Step::Above(id) => query.push(("min_id", id.as_str())),
        }
        match access {
            Access::Local => query.push(("local", "true")),
            Access::Remote => query.push(("remote", "true")),
            Access::Whole | Access::Closed { .. } => {}
        }
        query.extend(self.filters.iter().map(|(name, tag)| (*name, tag.as_str())));
        let answer = client.send(&self.get(&["api", "v1", "timelines", "tag", tag], &query)).await?;
        Ok(self.found(answer)?.unwrap_or_default())
    }

    /// The answers to a post; `None` if the post is gone.
    pub(super) async fn context(&self, client: &Client, id: &LocalId) -> Result<Option<wire::Context>, AskError> {
        let request = self.get(&["api", "v1", "statuses", id.as_str(), "context"], &[]);
        self.found(client.send(&request).await?)
    }

    /// A post; `None` if it is gone.
    pub(super) async fn status(&self, client: &Client, id: &str) -> Result<Option<Box<RawValue>>, AskError> {
        self.found(client.send(&self.get(&["api", "v1", "statuses", id], &[])).await?)
    }

    /// Those of several posts that are there; `None` if the instance does not take the question (before 4.3).
    pub(super) async fn statuses(
        &self,
        client: &Client,
        ids: &[String],
    ) -> Result<Option<Vec<Box<RawValue>>>, AskError> {
        let query: Vec<(&str, &str)> = ids.iter().map(|id| ("id[]", id.as_str())).collect();
        let answer = client.send(&self.get(&["api", "v1", "statuses"], &query)).await?;
        let untaken = [StatusCode::METHOD_NOT_ALLOWED, StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY];
        if untaken.contains(&answer.status) {
            return Ok(None);
        }
        self.found(answer)
    }

    /// Where its stream is: where it says, else on its own host. Never over a weaker connection than the instance's.
    pub(super) fn streaming(&self, said: Option<&Url>, scheme: [&str; 2]) -> Option<Url> {
        let mut url = said.unwrap_or(&self.base).clone();
        let safe = matches!(url.scheme(), "https" | "wss");
        if !safe && self.base.scheme() == "https" {
            return None;
        }
        url.set_scheme(scheme[usize::from(safe)]).ok()?;
        url.path_segments_mut().ok()?.pop_if_empty().extend(["api", "v1", "streaming"]);
        Some(url)
    }

    fn get(&self, path: &[&str], query: &[(&str, &str)]) -> Request {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Request::get(url).bearer(self.token.as_ref())
    }

    /// The answer; `None` if the instance itself says that there is none. A page for people that says so is somebody
    /// else's: a proxy's, or a site that is no instance.
    fn found<T: serde::de::DeserializeOwned>(&self, answer: Answer) -> Result<Option<T>, AskError> {
        let missing = matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::GONE);
        if missing && answer.json::<serde::de::IgnoredAny>().is_ok() {
            return Ok(None);
        }
        self.open(answer)?.json().map(Some)
    }

    /// The answer, or what it means that there is none.
    fn open(&self, answer: Answer) -> Result<Answer, AskError> {
        // This interface says in this odd way that it wants a token.
        let wants_user = answer.status == StatusCode::UNPROCESSABLE_ENTITY
            && memchr::memmem::find(&answer.body, b"requires an authenticated user").is_some();
        if wants_user {
            let what = "it shows this to its users only (status 422)".to_owned();
            return Err(AskError::Closed { host: self.host(), what, hint: self.token_hint() });
        }
        answer.ok().map_err(|error| match error {
            AskError::Closed { host, what, .. } => AskError::Closed { host, what, hint: self.token_hint() },
            other => other,
        })
    }

    /// The error of a door that shows nothing, found out before asking.
    pub(super) fn closed(&self, token_helps: bool) -> AskError {
        let (what, hint) = if token_helps {
            ("it shows hashtag timelines to its users only", self.token_hint())
        } else {
            (
                "it shows hashtag timelines to nobody",
                "choose another instance: this one has switched them off".to_owned(),
            )
        };
        AskError::Closed { host: self.host(), what: what.to_owned(), hint }
    }

    fn token_hint(&self) -> String {
        let host = self.host();
        match &self.token_file {
            None => format!(
                "log in at `{host}`, make an application with the right `read` under Preferences, Development, put its \
                 access token into a file and name it as `token_file`"
            ),
            Some(file) => format!(
                "the token in `{}` is not accepted: make a new one at `{host}` under Preferences, Development, with the \
                 right `read`",
                file.display()
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_is_a_host_or_an_address() {
        let host = |written: &str| Instance::new(written, None).map(|instance| instance.host());
        assert_eq!(host(" Mastodon.example ").unwrap(), "mastodon.example");
        assert_eq!(host("http://127.0.0.1:3000/").unwrap(), "127.0.0.1:3000");
        for bad in ["", "@seed_anna@m.example", "m.example/@seed_anna", "ftp://m.example", "https://", "m.example?x"] {
            assert!(matches!(host(bad), Err(AskError::Settings { .. })), "{bad}");
        }
    }

    #[test]
    fn the_stream_is_where_the_instance_says_but_never_in_the_open() {
        let safe = Instance::new("m.example", None).unwrap();
        let wss = ["ws", "wss"];
        let at = |said: Option<&str>| safe.streaming(said.map(|said| said.parse().unwrap()).as_ref(), wss);
        assert_eq!(at(None).unwrap().as_str(), "wss://m.example/api/v1/streaming");
        assert_eq!(at(Some("wss://s.example")).unwrap().as_str(), "wss://s.example/api/v1/streaming");
        assert_eq!(at(Some("https://s.example/x/")).unwrap().as_str(), "wss://s.example/x/api/v1/streaming");
        assert!(at(Some("ws://s.example")).is_none() && at(Some("mailto:seed@example.org")).is_none());
        let sse = safe.streaming(None, ["http", "https"]).unwrap();
        assert_eq!(sse.as_str(), "https://m.example/api/v1/streaming");
        let local = Instance::new("http://127.0.0.1:3000", None).unwrap();
        let ws = local.streaming(Some(&"ws://127.0.0.1:4000".parse().unwrap()), wss).unwrap();
        assert_eq!(ws.as_str(), "ws://127.0.0.1:4000/api/v1/streaming");
    }

    #[test]
    fn hashtags_are_spelt_out_in_addresses() {
        let mut instance = Instance::new("m.example", None).unwrap();
        let own = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        instance.narrow(&own(&["a", "b", "c"]), &own(&["d", "e"]));
        assert_eq!(
            instance.filters.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
            ["all[]", "all[]", "all[]", "none[]"]
        );
        let request = instance.get(&["tag", "così/là"], &[("max_id", "1")]);
        let asked = format!("{request:?}");
        assert!(asked.contains("/tag/cos%C3%AC%2Fl%C3%A0\"") && asked.contains("\"max_id=1\""), "{asked}");
    }
}
