//! A WordPress site: its addresses, and the names its posts and comments have everywhere.
//!
//! A post is `https://site/?p=12` and a comment on it `https://site/?p=12#comment-34`, whether they were heard through
//! REST or a feed: that is what WordPress itself writes into a feed as their ids.

use crate::net::{AskError, Client, Request};
use crate::sources::feed::post::Known;
use serde::Deserialize;
use url::Url;

/// The front page's word for where REST is.
const REL: &str = "https://api.w.org/";

/// A site.
#[derive(Debug, Clone)]
pub(super) struct Site {
    /// Its front page; ends with `/`.
    pub(super) at: Url,
}

impl Site {
    pub(super) fn new(mut at: Url) -> Self {
        at.set_query(None);
        at.set_fragment(None);
        if !at.path().ends_with('/') {
            at.set_path(&format!("{}/", at.path()));
        }
        Self { at }
    }

    pub(super) fn post(&self, id: u64) -> String {
        format!("{}?p={id}", self.at)
    }

    pub(super) fn comment(&self, post: u64, id: u64) -> String {
        format!("{}?p={post}#comment-{id}", self.at)
    }

    /// What an id in one of its feeds names. Sites move from http to https and drop their `www.`; their ids do not.
    pub(super) fn known_as(&self, guid: &str) -> Option<Known> {
        let guid = Url::parse(guid).ok()?;
        let bare = |url: &Url| url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned());
        let number = |text: &str| text.parse::<u64>().ok();
        if bare(&guid)? != bare(&self.at)? {
            return None;
        }
        let post = guid.query_pairs().find(|(key, _)| key == "p").and_then(|(_, id)| number(&id))?;
        let Some(comment) = guid.fragment() else {
            return Some(Known { id: self.post(post), answers: None, ask_again: Some(format!("p.{post}")) });
        };
        let comment = number(comment.strip_prefix("comment-")?)?;
        Some(Known {
            id: self.comment(post, comment),
            answers: Some(self.post(post)),
            ask_again: Some(format!("c.{comment}")),
        })
    }

    /// The number of a post with one of our names.
    pub(super) fn number(&self, id: &str) -> Option<u64> {
        id.strip_prefix(self.at.as_str())?.strip_prefix("?p=")?.parse().ok()
    }

    /// One of its feeds.
    pub(super) fn feed(&self, path: &str) -> Result<Url, AskError> {
        self.at.join(path).map_err(|_| AskError::Settings {
            what: "`site` is no web address".to_owned(),
            hint: "write it in full, such as https://blog.example/".to_owned(),
        })
    }
}

/// Finds the root of REST. Sites that hide it give `None`; sites that cannot be asked give an error.
pub(super) async fn find_root(client: &Client, site: &Site) -> Result<Option<Url>, AskError> {
    #[derive(Deserialize)]
    struct Index {
        #[serde(default)]
        namespaces: Vec<String>,
    }
    let front = client.send(&Request::get(site.at.clone())).await?;
    if let Some(root) = front.link(REL) {
        return Ok(Some(root));
    }
    let mut plain = site.at.clone();
    plain.set_query(Some("rest_route=/"));
    let index = client.send(&Request::get(plain.clone())).await?;
    let speaks = index.status.is_success()
        && index.json::<Index>().is_ok_and(|index| index.namespaces.iter().any(|name| name == "wp/v2"));
    Ok(speaks.then_some(plain))
}

/// A list of REST, with its parameters.
pub(super) fn list(root: &Url, name: &str, parameters: &[(&str, String)]) -> Url {
    let mut at = root.clone();
    let route = format!("/wp/v2/{name}");
    let plain = root.query_pairs().any(|(key, _)| key == "rest_route");
    if plain {
        at.query_pairs_mut().clear().append_pair("rest_route", &route);
    } else {
        at.set_query(None);
        at.set_path(&format!("{}{route}", root.path().trim_end_matches('/')));
    }
    at.query_pairs_mut().extend_pairs(parameters);
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        Site::new(Url::parse("https://blog.example/it?x=1").unwrap())
    }

    #[test]
    fn names_are_the_same_through_feeds_and_rest() {
        assert_eq!(site().post(12), "https://blog.example/it/?p=12");
        let post = site().known_as("http://www.blog.example/it/?p=12").unwrap();
        assert_eq!((post.id, post.ask_again.as_deref()), (site().post(12), Some("p.12")));
        let comment = site().known_as("https://blog.example/it/?p=12#comment-34").unwrap();
        assert_eq!((comment.id, comment.answers), (site().comment(12, 34), Some(site().post(12))));
        assert_eq!(site().number(&site().post(12)), Some(12));
        for other in
            ["https://elsewhere.example/?p=12", "https://blog.example/it/12", "12", "https://blog.example/?p=x"]
        {
            assert!(site().known_as(other).is_none(), "{other}");
        }
    }

    #[test]
    fn lists_are_found_under_roots_of_both_kinds() {
        let list = |root: &str| list(&Url::parse(root).unwrap(), "posts", &[("after", "a b".to_owned())]).to_string();
        assert_eq!(list("https://blog.example/wp-json/"), "https://blog.example/wp-json/wp/v2/posts?after=a+b");
        let plain = list("https://blog.example/index.php?rest_route=/");
        assert_eq!(plain, "https://blog.example/index.php?rest_route=%2Fwp%2Fv2%2Fposts&after=a+b");
    }
}
