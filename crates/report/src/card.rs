//! Words that are not ours, and the card that tells of one rumour: the answer first, then what it answers.
//!
//! What people checked, decided or asked comes from libraries and desks that this crate does not know: every format
//! treats it like the words of a post. Only an address that shows where it leads becomes a link.

use crate::{quote, words::Words};

/// Somebody else's words, on one line, in their language.
#[derive(Clone)]
pub(crate) struct Said {
    pub(crate) text: String,
    /// Code and name of their language, where it is not the page's.
    pub(crate) foreign: Option<(String, String)>,
}

impl Said {
    /// Words of the page's own language, or of none.
    pub(crate) fn plain(text: &str) -> Self {
        Self { text: quote::line(text), foreign: None }
    }

    /// Words of the language `lang`.
    pub(crate) fn of(text: &str, lang: &str, words: &Words) -> Result<Self, crate::Error> {
        let own = lang == words.language().code();
        let foreign = if own { None } else { Some((lang.to_owned(), words.name("lang", lang)?)) };
        Ok(Self { text: quote::line(text), foreign })
    }
}

/// A page that answers. A reader may follow it; nothing is loaded from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// Safe inside an attribute and inside the brackets of Markdown.
    pub(crate) url: String,
    /// Whose page it is.
    pub(crate) host: String,
}

impl Link {
    /// `None` for what is no address of the web, or hides where it leads.
    pub(crate) fn new(url: &str) -> Option<Self> {
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
        let host = rest.split(['/', '?', '#']).next().filter(|host| host.contains('.'))?;
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let is_safe = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&*+,;=%".contains(c);
        (host.chars().all(is_host) && rest.chars().all(is_safe))
            .then(|| Self { url: url.to_owned(), host: host.to_owned() })
    }
}

/// How dangerous something is, by a sign that differs in shape, not only in colour.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Danger {
    High,
    Medium,
    Low,
    /// A person wrote a word of their own.
    Unknown,
}

impl Danger {
    /// The one that is stored as `word`.
    pub(crate) fn named(word: &str) -> Self {
        match word {
            "high" => Self::High,
            "medium" => Self::Medium,
            "low" => Self::Low,
            _ => Self::Unknown,
        }
    }

    /// A shape, so that no colour is needed.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::High => "▲",
            Self::Medium => "◆",
            Self::Low => "▽",
            Self::Unknown => "□",
        }
    }
}

/// One rumour or narrative.
pub(crate) struct Card {
    /// The answer, or that there is none.
    pub(crate) heading: Said,
    pub(crate) danger: Danger,
    /// The risk in words.
    pub(crate) risk: String,
    /// What the answer answers, who checked it, what is done: names and words.
    pub(crate) lines: Vec<(String, Said)>,
    /// What the link is called, and the page that answers.
    pub(crate) link: Option<(String, Link)>,
    /// Names and numbers.
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) history: Option<History>,
    /// The rules that decided, with their numbers.
    pub(crate) why: Option<String>,
}

/// Posts of the days up to this one.
pub(crate) struct History {
    /// Oldest first; `None` on days that were not heard.
    pub(crate) days: Vec<Option<u64>>,
    /// The drawing in words.
    pub(crate) description: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_open_address_becomes_a_link() {
        let link = Link::new("https://www.example.org/answers?id=4#top").unwrap();
        assert_eq!(link.host, "www.example.org");
        for bad in [
            "javascript:alert(1)",
            "https://example.org@evil.example/",
            "https://example.org:8080/",
            "https://example.org/\"><script>",
            "https://example.org/a)b",
            "https://example.org/<b>",
            "https:///etc",
            "//example.org",
            "example.org",
            "https://localhost/",
            "https://exаmple.org/",
            "",
        ] {
            assert_eq!(Link::new(bad), None, "{bad}");
        }
    }
}
