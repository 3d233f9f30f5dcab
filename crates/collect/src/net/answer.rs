//! An answer, read to its end.

use super::AskError;
use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use url::Url;

/// An answer with any status but those that [`Hosts`](super::Hosts) turns into errors (429, 5xx).
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// Unpacked.
    pub(crate) body: Bytes,
    /// Where it was found.
    pub(crate) url: Url,
    /// The server said that the question moved there for good (same host).
    pub(crate) moved: Option<Url>,
}

impl Answer {
    /// The answer if it is one: errors of the 400s become ours. 304 passes.
    pub(crate) fn ok(self) -> Result<Self, AskError> {
        if self.status.is_success() || self.status == StatusCode::NOT_MODIFIED {
            return Ok(self);
        }
        let host = super::address::host_of(&self.url);
        let (code, said) = self.error();
        Err(match self.status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS => {
                let what = format!("status {}{}", self.status.as_u16(), said);
                let hint = "see docs/sources.md: this server may want a token, or shows nothing to visitors".to_owned();
                AskError::Closed { host, what, hint }
            }
            StatusCode::NOT_FOUND | StatusCode::GONE => {
                let gone = self.status == StatusCode::GONE;
                AskError::Missing { host, path: self.url.path().to_owned(), gone }
            }
            status => {
                let what = format!("status {}{}", status.as_u16(), said);
                AskError::Refused { host, status: status.as_u16(), code, what }
            }
        })
    }

    /// The body as JSON; says so when it is a page for people instead.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, AskError> {
        serde_json::from_slice(&self.body).map_err(|error| self.garbled(self.not_json(&error)))
    }

    /// An error about what is in this answer; `what` repeats none of its words.
    pub(crate) fn garbled(&self, what: impl Into<String>) -> AskError {
        AskError::Garbled { host: super::address::host_of(&self.url), what: what.into() }
    }

    /// A header as text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The address that a `Link` header gives for a relation (`next`, `prev`), resolved and on the same host.
    pub(crate) fn link(&self, rel: &str) -> Option<Url> {
        let links = self.headers.get_all("link").iter().filter_map(|value| value.to_str().ok());
        let found = links.flat_map(|value| value.split(',')).find_map(|link| {
            let (target, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
            let named = parameters.split(';').any(|part| {
                part.trim().strip_prefix("rel=").is_some_and(|is| is.trim_matches('"').split(' ').any(|one| one == rel))
            });
            named.then_some(target)
        })?;
        self.url.join(found).ok().filter(|url| url.host_str() == self.url.host_str())
    }

    /// The platform's own error code, and the same dressed for a message. Only words of letters pass: anything else
    /// could repeat a name.
    fn error(&self) -> (String, String) {
        #[derive(serde::Deserialize)]
        struct Said {
            error: Option<serde_json::Value>,
            code: Option<serde_json::Value>,
        }
        let said: Option<Said> = serde_json::from_slice(&self.body).ok();
        let code = said.and_then(|said| {
            let word = |value: serde_json::Value| value.as_str().map(str::to_owned);
            said.error.and_then(word).or_else(|| said.code.and_then(word))
        });
        let tame = |code: &String| {
            code.len() <= 80 && code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '_' | '-'))
        };
        let code = code.filter(tame).unwrap_or_default();
        let said = if code.is_empty() { String::new() } else { format!(" ({code})") };
        (code, said)
    }

    fn not_json(&self, error: &serde_json::Error) -> String {
        let head = self.body.trim_ascii_start();
        if head.first() == Some(&b'<') {
            return "a page for people instead of JSON".to_owned();
        }
        match error.classify() {
            serde_json::error::Category::Eof => "JSON that breaks off".to_owned(),
            serde_json::error::Category::Data => "JSON of another shape".to_owned(),
            _ => "no JSON".to_owned(),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An answer as a server would give it.
    pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
        let pair = |(name, value): &(&str, &str)| {
            (name.parse::<reqwest::header::HeaderName>().unwrap(), value.parse().unwrap())
        };
        Answer {
            status: StatusCode::from_u16(status).unwrap(),
            headers: headers.iter().map(pair).collect(),
            body: Bytes::copy_from_slice(body.as_bytes()),
            url: Url::parse("https://m.example/api/v1/timelines/tag/x?limit=40").unwrap(),
            moved: None,
        }
    }

    #[test]
    fn links_are_found_and_stay_on_their_host() {
        let value = r#"<https://m.example/a?max_id=1>; rel="next", </b?min_id=2>; rel="prev", <https://evil.example/>; rel="up""#;
        let answer = answer(200, &[("link", value)], "");
        assert_eq!(answer.link("next").unwrap().as_str(), "https://m.example/a?max_id=1");
        assert_eq!(answer.link("prev").unwrap().as_str(), "https://m.example/b?min_id=2");
        assert!(answer.link("up").is_none() && answer.link("first").is_none());
    }

    #[test]
    fn refusals_are_told_apart_and_repeat_no_name() {
        let closed = answer(401, &[], r#"{"error":"The access token is invalid"}"#).ok().unwrap_err();
        assert_eq!(closed.to_string(), "`m.example` is closed: status 401 (The access token is invalid)");
        let named = answer(400, &[], r#"{"error":"Profile of @seed_anna not found"}"#).ok().unwrap_err();
        assert_eq!(named.to_string(), "`m.example` refused the question: status 400");
        assert!(matches!(answer(410, &[], "").ok(), Err(AskError::Missing { gone: true, .. })));
        assert!(answer(304, &[], "").ok().is_ok());
        let page = answer(200, &[], "\n<html>login</html>").json::<Vec<u8>>().unwrap_err();
        assert!(page.to_string().contains("a page for people"));
        let cut = answer(200, &[], "[1,").json::<Vec<u8>>().unwrap_err();
        assert!(cut.to_string().contains("breaks off"));
    }
}
