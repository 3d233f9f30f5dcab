//! What an instance says of itself: its version, whom it shows its hashtag timelines to, where its stream is.
//!
//! It must be asked, because a timeline that is shown to nobody answers like one in which nobody speaks: `200 []`.

use super::wire;
use url::Url;

/// What an instance said of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct About {
    /// Its version, `unknown` if it gives none.
    pub(super) version: String,
    /// Whom it shows hashtags of its own users to, and those of others.
    pub(super) local: Feed,
    pub(super) remote: Feed,
    /// Where its stream is, if it says so.
    pub(super) streaming: Option<Url>,
    /// It speaks only with instances that it chose.
    pub(super) limited_federation: bool,
}

/// Whom a timeline is shown to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feed {
    /// Everybody.
    Public,
    /// Those with a token.
    Members,
    /// Nobody.
    Nobody,
    /// It does not say (before 4.5, and other programs): asking will tell.
    Unsaid,
}

/// What of a hashtag's timeline we are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// All of it.
    Whole,
    /// Only what its own users wrote.
    Local,
    /// Only what users of other instances wrote.
    Remote,
    /// Nothing; whether a token would help.
    Closed {
        /// It would.
        token_helps: bool,
    },
}

impl Feed {
    fn read(word: Option<&str>) -> Self {
        match word {
            Some("public") => Self::Public,
            Some("authenticated") => Self::Members,
            Some("disabled") => Self::Nobody,
            _ => Self::Unsaid,
        }
    }

    fn is_open(self, with_token: bool) -> bool {
        match self {
            Self::Public | Self::Unsaid => true,
            Self::Members => with_token,
            Self::Nobody => false,
        }
    }
}

impl About {
    /// An instance that does not answer the question: an old one, or another program.
    pub(super) fn unknown() -> Self {
        let version = "unknown".to_owned();
        Self { version, local: Feed::Unsaid, remote: Feed::Unsaid, streaming: None, limited_federation: false }
    }

    pub(super) fn read(instance: wire::Instance) -> Self {
        let configuration = instance.configuration;
        let configuration = configuration.as_ref();
        let feeds = configuration.and_then(|own| own.timelines_access.as_ref()?.hashtag_feeds.as_ref());
        let feed = |word: fn(&wire::Feeds) -> &Option<String>| Feed::read(feeds.and_then(|own| word(own).as_deref()));
        let streaming = configuration.and_then(|own| own.urls.as_ref()?.streaming.as_deref()?.parse().ok());
        Self {
            version: instance.version.map_or_else(|| "unknown".to_owned(), |version| tame(&version)),
            local: feed(|own| &own.local),
            remote: feed(|own| &own.remote),
            streaming,
            limited_federation: configuration.and_then(|own| own.limited_federation) == Some(true),
        }
    }

    /// What we are shown.
    pub(super) fn access(&self, with_token: bool) -> Access {
        match (self.local.is_open(with_token), self.remote.is_open(with_token)) {
            (true, true) => Access::Whole,
            (true, false) => Access::Local,
            (false, true) => Access::Remote,
            (false, false) => {
                Access::Closed { token_helps: !with_token && [self.local, self.remote].contains(&Feed::Members) }
            }
        }
    }
}

impl Access {
    /// What is not shown, in words.
    pub(super) fn half_open(self) -> Option<&'static str> {
        match self {
            Self::Local => Some("half open: it shows hashtags of its own users only, not those of other instances"),
            Self::Remote => Some("half open: it shows hashtags of other instances' users only, not those of its own"),
            Self::Whole | Self::Closed { .. } => None,
        }
    }
}

/// A version as it may be printed.
fn tame(version: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+' | ' ' | '(' | ')' | ';');
    version.chars().filter(plain).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn about(configuration: &Value) -> About {
        About::read(serde_json::from_value(json!({"version": "4.6.4", "configuration": configuration})).unwrap())
    }

    fn feeds(local: &str, remote: &str) -> About {
        about(&json!({"timelines_access": {"hashtag_feeds": {"local": local, "remote": remote}}}))
    }

    #[test]
    fn what_is_shown_depends_on_the_token() {
        assert_eq!(feeds("public", "public").access(false), Access::Whole);
        assert_eq!(feeds("public", "authenticated").access(false), Access::Local);
        assert_eq!(feeds("public", "authenticated").access(true), Access::Whole);
        assert_eq!(feeds("authenticated", "public").access(false), Access::Remote);
        assert_eq!(feeds("authenticated", "authenticated").access(false), Access::Closed { token_helps: true });
        assert_eq!(feeds("authenticated", "disabled").access(true), Access::Local);
        assert_eq!(feeds("disabled", "disabled").access(false), Access::Closed { token_helps: false });
        assert!(Access::Local.half_open().is_some() && Access::Whole.half_open().is_none());
    }

    #[test]
    fn who_says_nothing_is_asked() {
        for odd in [json!(null), json!({}), json!([]), json!({"timelines_access": 7, "urls": {"streaming": null}})] {
            assert_eq!(about(&odd).access(false), Access::Whole, "{odd}");
        }
        assert_eq!(feeds("later", "").access(false), Access::Whole);
        let full = about(&json!({"urls": {"streaming": "wss://stream.m.example"}, "limited_federation": true}));
        assert!(full.limited_federation && full.version == "4.6.4");
        assert_eq!(full.streaming.unwrap().as_str(), "wss://stream.m.example/");
        assert_eq!(tame("4.2.1 (compatible; Akkoma 3.13)<script>"), "4.2.1 (compatible; Akkoma 3.13)script");
    }
}
