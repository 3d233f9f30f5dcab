//! What REST says of posts and comments, in the shape of a feed's items.

use super::site::{self, Site};
use crate::files::{Fault, required};
use crate::sources::feed::read::{Author, Item, Markup};
use crate::stamp;
use polso_domain::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// The fields of a post that are asked for. Terms and author come embedded: a post itself has their numbers only.
pub(super) const POST_FIELDS: &str = "id,guid,date_gmt,modified_gmt,link,title,content,_links,_embedded";

/// The fields of a comment that are asked for.
pub(super) const COMMENT_FIELDS: &str = "id,post,parent,author_name,author_url,date_gmt,link,content";

/// What stands for whoever gave no name.
const NOBODY: &str = "anonymous";

#[derive(Deserialize)]
pub(super) struct Post {
    pub(super) id: u64,
    guid: Option<Rendered>,
    pub(super) date_gmt: Option<String>,
    pub(super) modified_gmt: Option<String>,
    link: Option<String>,
    title: Option<Rendered>,
    content: Option<Rendered>,
    /// Of any shape: parts that the site hides are errors.
    #[serde(default, rename = "_embedded")]
    embedded: Value,
}

#[derive(Deserialize)]
pub(super) struct Comment {
    pub(super) id: u64,
    pub(super) post: u64,
    #[serde(default)]
    parent: u64,
    author_name: Option<String>,
    author_url: Option<String>,
    pub(super) date_gmt: Option<String>,
    link: Option<String>,
    content: Option<Rendered>,
}

#[derive(Deserialize)]
struct Rendered {
    rendered: String,
}

/// A time of REST: UTC, without saying so.
pub(super) fn time(text: Option<&str>) -> Option<Timestamp> {
    text.and_then(stamp::rfc3339).filter(|at| at.millis() > 0)
}

impl Post {
    /// Its name in the site's feeds.
    pub(super) fn name(&self, site: &Site) -> String {
        let guid = self.guid.as_ref().map(|guid| unescaped(&guid.rendered)).filter(|guid| !guid.is_empty());
        guid.unwrap_or_else(|| site.post(self.id))
    }

    pub(super) fn item(self, site: &Site) -> Item {
        let people = self.embedded["author"].as_array().into_iter().flatten();
        let terms = self.embedded["wp:term"].as_array().into_iter().flatten().filter_map(Value::as_array).flatten();
        let sorted = terms.filter(|term| term["slug"] != "uncategorized");
        Item {
            id: Some(self.name(site)),
            title: self.title.map(|title| Markup::Html(title.rendered)),
            body: self.content.map(|content| Markup::Html(content.rendered)),
            link: self.link,
            tags: sorted.filter_map(|term| term["name"].as_str().map(unescaped)).collect(),
            authors: people.filter_map(person).collect(),
            claimed: time(self.date_gmt.as_deref()),
            ask_again: Some(format!("p.{}", self.id)),
            ..Item::default()
        }
    }
}

impl Comment {
    /// As an item; `post` is its post's name.
    pub(super) fn item(self, post: &str) -> Result<Item, Fault> {
        let answers = (self.parent != 0).then(|| site::comment(post, self.parent));
        let name = self.author_name.as_deref().map(unescaped).filter(|name| !name.is_empty());
        let url = self.author_url.filter(|url| !url.trim().is_empty());
        let author = Author { name: name.unwrap_or_else(|| NOBODY.to_owned()), also: url.into_iter().collect() };
        Ok(Item {
            id: Some(site::comment(post, self.id)),
            body: Some(Markup::Html(required("content", self.content)?.rendered)),
            link: self.link,
            authors: vec![author],
            claimed: time(self.date_gmt.as_deref()),
            article: Some(post.to_owned()),
            answers,
            ask_again: Some(format!("c.{}", self.id)),
            ..Item::default()
        })
    }
}

fn person(author: &Value) -> Option<Author> {
    let text = |key: &str| author[key].as_str().map(str::trim).filter(|text| !text.is_empty());
    let also = ["slug", "url", "link"].into_iter().filter_map(text).map(str::to_owned).collect();
    Some(Author { name: unescaped(text("name")?), also })
}

/// Names of terms and people come with entities.
fn unescaped(text: &str) -> String {
    crate::html::words(text).text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use url::Url;

    fn site() -> Site {
        Site::new(Url::parse("https://blog.example/").unwrap())
    }

    #[test]
    fn a_post_is_an_item_with_its_terms_and_author() {
        let json = r#"{"id":5,"guid":{"rendered":"https://blog.example/?p=5&#038;x"},"date_gmt":"2026-08-01T13:55:55","modified_gmt":"2026-08-01T14:00:00","link":"https://blog.example/5/",
            "title":{"rendered":"Caff&egrave; &#8220;uno&#8221;"},"content":{"rendered":"<p>Ciao</p>","protected":false},
            "_embedded":{"author":[{"name":"Seed Anna","slug":"seed_anna"}],"wp:term":[[{"name":"Uncategorized","slug":"uncategorized"},
            {"name":"Io &amp; te","slug":"io-te"}],{"code":"rest_forbidden"}]}}"#;
        let item = serde_json::from_str::<Post>(json).unwrap().item(&site());
        assert_eq!(
            (item.id.as_deref(), &item.tags[..]),
            (Some("https://blog.example/?p=5&x"), &["Io & te".to_owned()][..])
        );
        assert_eq!(item.ask_again.as_deref(), Some("p.5"));
        assert_eq!(item.claimed.unwrap().millis(), 1_785_592_555_000);
        assert_eq!(item.authors, [Author { name: "Seed Anna".to_owned(), also: vec!["seed_anna".to_owned()] }]);
        let hidden = r#"{"id":5,"_embedded":{"author":[{"code":"rest_user_invalid_id"}]}}"#;
        assert!(serde_json::from_str::<Post>(hidden).unwrap().item(&site()).authors.is_empty());
    }

    #[test]
    fn a_comment_answers_its_parent_or_its_post() {
        let comment = |parent: u64, name: &str| {
            let json = format!(
                r#"{{"id":9,"post":5,"parent":{parent},"author_name":"{name}","author_url":"","date_gmt":"0000-00-00T00:00:00","content":{{"rendered":"<p>No</p>"}}}}"#
            );
            serde_json::from_str::<Comment>(&json).unwrap().item("https://blog.example/?p=5").unwrap()
        };
        let first = comment(0, "Seed Anna");
        assert_eq!((first.answers, first.article.as_deref()), (None, Some("https://blog.example/?p=5")));
        let answer = comment(8, "");
        assert_eq!(answer.answers.as_deref(), Some("https://blog.example/?p=5#comment-8"));
        assert_eq!((answer.authors[0].name.as_str(), answer.claimed), (NOBODY, None));
    }

    proptest! {
        #[test]
        fn any_embedding_is_a_post(embedded in "[\\[\\]{}\":,a-z0-9]{0,40}") {
            let json = format!("{{\"id\":1,\"_embedded\":{embedded}}}");
            if let Ok(post) = serde_json::from_str::<Post>(&json) { post.item(&site()); }
        }
    }
}
