//! A WordPress site: its addresses, and the names its posts and comments have everywhere.
//!
//! A post is known by its guid, often `https://site/?p=12`, and a comment on it as `https://site/?p=12#comment-34`,
//! whether they were heard through REST or a feed: that is what WordPress writes into a feed as their ids.

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

    /// What stands for the guid of a post that REST does not show.
    pub(super) fn post(&self, id: u64) -> String {
        format!("{}?p={id}", self.at)
    }

    /// One of its feeds.
    pub(super) fn feed(&self, path: &str) -> Result<Url, AskError> {
        self.at.join(path).map_err(|_| AskError::Settings {
            what: "`site` is no web address".to_owned(),
            hint: "write it in full, such as https://blog.example/".to_owned(),
        })
    }
}

/// The name of a comment: WordPress makes it of its post's.
pub(super) fn comment(post: &str, id: u64) -> String {
    format!("{post}#comment-{id}")
}

/// What a guid tells.
pub(super) fn known_as(guid: &str) -> Known {
    let number = |text: &str| text.parse::<u64>().ok();
    if let Some((post, comment)) = guid.rsplit_once("#comment-") {
        let ask_again = number(comment).map(|comment| format!("c.{comment}"));
        return Known { answers: ask_again.is_some().then(|| post.to_owned()), ask_again };
    }
    let url = Url::parse(guid).ok();
    let post = url.and_then(|url| number(&url.query_pairs().find(|(key, _)| key == "p")?.1));
    Known { answers: None, ask_again: post.map(|post| format!("p.{post}")) }
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
    fn names_tell_what_they_can() {
        assert_eq!(site().post(12), "https://blog.example/it/?p=12");
        assert_eq!(known_as("http://blog.example/?p=12").ask_again.as_deref(), Some("p.12"));
        let known = known_as(&comment("https://blog.example/it/12/", 34));
        assert_eq!(known.answers.as_deref(), Some("https://blog.example/it/12/"));
        assert_eq!(known.ask_again.as_deref(), Some("c.34"));
        for other in ["https://blog.example/it/12", "12", "https://blog.example/?p=x", "x#comment-y"] {
            assert_eq!(known_as(other), Known::default(), "{other}");
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
