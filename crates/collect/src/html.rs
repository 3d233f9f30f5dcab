//! HTML to the words a reader sees, with the links and hashtags it points at.
//!
//! A real parser reads it, so that broken markup costs nothing. Scripts, styles and comments are no words. A link's text
//! is what a reader sees; where it points stands apart, because platforms shorten what they show.

use scraper::{ElementRef, Html, Node};
use std::borrow::Cow;
use std::collections::HashMap;
use url::Url;

/// Elements inside one another.
const DEEPEST: usize = 200;

/// Elements that hold nothing or end where the next one begins: without an end tag they are not nested.
const UNNESTED: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
    "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// What a piece of HTML says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Words {
    /// The words; paragraphs end with an empty line, `br` with a line.
    pub(crate) text: String,
    /// Where links point (`href` of every `a` that is neither a hashtag nor a mention), absolute ones only.
    pub(crate) links: Vec<String>,
}

/// Elements whose content nobody reads.
const UNREAD: &[&str] = &["script", "style", "template", "head", "noscript", "iframe", "svg", "math", "object"];

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "blockquote",
    "ul",
    "ol",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tr",
    "section",
    "article",
    "header",
    "footer",
    "figure",
    "figcaption",
    "hr",
];

/// Reads a fragment.
pub(crate) fn words(html: &str) -> Words {
    words_at(html, None)
}

/// Reads a fragment whose relative links start at an address.
pub(crate) fn words_at(html: &str, base: Option<&Url>) -> Words {
    let parsed = Html::parse_fragment(&shallow(html));
    walk(parsed.root_element(), base)
}

/// Markup without the tags that are nested deeper than anybody means: a parser of HTML looks through all open elements at
/// every tag, and a mebibyte of `<div>` would keep it busy for minutes.
pub(crate) fn shallow(html: &str) -> Cow<'_, str> {
    let mut open: HashMap<String, usize> = HashMap::new();
    let mut depth = 0_usize;
    let mut kept = String::new();
    let mut done = 0;
    for (at, _) in html.match_indices('<') {
        if at < done {
            continue;
        }
        let tag = &html[at + 1..];
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let name = tag[..end].to_ascii_lowercase();
        if name.is_empty() || UNNESTED.contains(&name.as_str()) {
            continue;
        }
        let count = open.entry(name).or_default();
        if !closes && depth >= DEEPEST {
            kept.push_str(&html[done..at]);
            done = at + html[at..].find('>').map_or(html.len() - at, |end| end + 1);
        } else if !closes {
            (*count, depth) = (*count + 1, depth + 1);
        } else if *count > 0 {
            (*count, depth) = (*count - 1, depth - 1);
        }
    }
    if done == 0 {
        return Cow::Borrowed(html);
    }
    kept.push_str(&html[done..]);
    Cow::Owned(kept)
}

/// The character of a named reference (`eacute`); `None` if HTML knows no such name.
pub(crate) fn named_character(name: &str) -> Option<String> {
    let plain = (2..=32).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let text = plain.then(|| Html::parse_fragment(&format!("&{name};")).root_element().text().collect::<String>())?;
    // What is left over was no name, or only the beginning of one.
    (!text.is_empty() && !text.contains(';')).then_some(text)
}

/// Reads what is inside an element of a page.
pub(crate) fn of_element(element: ElementRef<'_>) -> Words {
    walk(element, None)
}

fn walk(element: ElementRef<'_>, base: Option<&Url>) -> Words {
    let mut words = Words::default();
    // A walk with a stack of its own: markup nested a hundred thousand deep must not end the program.
    let mut walk: Vec<Step<'_>> = element.children().rev().map(Step::Enter).collect();
    while let Some(step) = walk.pop() {
        match step {
            Step::Leave(lines) => words.end_line(lines),
            Step::Enter(node) => match node.value() {
                Node::Text(text) => words.push(text),
                Node::Element(own) if !is_unread(own) => {
                    let block = BLOCKS.contains(&own.name());
                    match own.name() {
                        "br" => words.text.push('\n'),
                        "a" => words.link(own, base),
                        "li" => words.end_line(1),
                        _ if block => words.end_line(1),
                        _ => {}
                    }
                    if block {
                        walk.push(Step::Leave(if own.name() == "p" { 2 } else { 1 }));
                    }
                    walk.extend(node.children().rev().map(Step::Enter));
                }
                _ => {}
            },
        }
    }
    words.text.truncate(words.text.trim_end().len());
    words
}

/// Mastodon repeats the address of a quoted post for readers that know no quotations; the address names the quoted.
fn is_unread(own: &scraper::node::Element) -> bool {
    UNREAD.contains(&own.name()) || own.classes().any(|class| class == "quote-inline")
}

enum Step<'a> {
    Enter(ego_tree::NodeRef<'a, Node>),
    Leave(usize),
}

impl Words {
    /// Runs of spaces are one, as in a browser.
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if !c.is_whitespace() {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    fn end_line(&mut self, lines: usize) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if self.text.is_empty() {
            return;
        }
        let there = self.text.bytes().rev().take_while(|byte| *byte == b'\n').count();
        self.text.extend(std::iter::repeat_n('\n', lines.saturating_sub(there)));
    }

    fn link(&mut self, own: &scraper::node::Element, base: Option<&Url>) {
        let marked = own.classes().any(|class| matches!(class, "hashtag" | "mention"));
        let tagged = own.attr("rel").is_some_and(|rel| rel.split_whitespace().any(|word| word == "tag"));
        let is_absolute = |href: &str| href.starts_with("http://") || href.starts_with("https://");
        let absolute = own.attr("href").map(str::trim).and_then(|href| match base {
            _ if is_absolute(href) => Some(href.to_owned()),
            Some(base) if !href.starts_with('#') => {
                base.join(href).ok().map(String::from).filter(|url| is_absolute(url))
            }
            _ => None,
        });
        if let Some(href) = absolute.filter(|href| !marked && !tagged && !self.links.contains(href)) {
            self.links.push(href);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_status_reads_as_its_reader_sees_it() {
        let html = r#"<p>Io resto a <b>casa</b> &amp; leggo<br />con <a href="https://m.example/tags/iorestoacasa" class="mention hashtag" rel="tag">#<span>IoRestoACasa</span></a></p><p>Qui: <a href="https://salute.example/a/b?c=1"><span class="invisible">https://</span><span class="ellipsis">salute.example/a</span><span class="invisible">/b?c=1</span></a></p>"#;
        let words = words(html);
        assert_eq!(words.text, "Io resto a casa & leggo\ncon #IoRestoACasa\n\nQui: https://salute.example/a/b?c=1");
        assert_eq!(words.links, ["https://salute.example/a/b?c=1"]);
    }

    #[test]
    fn what_nobody_reads_is_no_word() {
        let html = "<style>p{}</style><script>alert(1)</script><ul><li>uno</li><li>due</li></ul><!-- no --> tre";
        assert_eq!(words(html).text, "uno\ndue\ntre");
    }

    #[test]
    fn the_address_of_a_quotation_is_no_word() {
        let html =
            r#"<p class="quote-inline">RE: <a href="https://m.example/@seed_anna/1">m.example</a></p><p>Ecco</p>"#;
        assert_eq!(words(html), Words { text: "Ecco".to_owned(), links: Vec::new() });
    }

    #[test]
    fn relative_links_start_at_their_page() {
        let base = Url::parse("https://salute.example/news/").unwrap();
        let html =
            r##"<a href="a?b=1">a</a> <a href="/c">c</a> <a href="#top">top</a> <a href="mailto:x@example.org">x</a>"##;
        assert_eq!(
            words_at(html, Some(&base)).links,
            ["https://salute.example/news/a?b=1", "https://salute.example/c"]
        );
        assert!(words(html).links.is_empty());
    }

    #[test]
    fn named_characters_are_those_of_html() {
        assert_eq!(named_character("eacute").as_deref(), Some("é"));
        assert_eq!(named_character("amp").as_deref(), Some("&"));
        assert_eq!(named_character("nbsp").as_deref(), Some("\u{a0}"));
        for none in ["lol9", "notit", "ampx", "", "a b", "é"] {
            assert_eq!(named_character(none), None, "{none}");
        }
    }

    #[test]
    fn depth_costs_nothing() {
        for (open, close) in
            [("<b>", "</b>"), ("<div>", "</div>"), ("<p><i x='1'>", ""), ("<b></i>", ""), ("<DIV>", "")]
        {
            let begun = std::time::Instant::now();
            let html = format!("{}ciao{}", open.repeat(150_000), close.repeat(150_000));
            assert_eq!(words(&html).text, "ciao", "{open}");
            assert!(begun.elapsed().as_secs() < 10, "{open} takes {:?}", begun.elapsed());
        }
    }

    #[test]
    fn what_is_meant_is_not_flattened() {
        let flat = "<div><p>a<br>b</div>".repeat(5_000);
        assert!(matches!(shallow(&flat), Cow::Borrowed(_)));
        let deep = format!("{}<a href='https://a.example/?b=1'>x</a>{}y", "<div>".repeat(190), "</div>".repeat(190));
        assert_eq!(words(&deep).links, ["https://a.example/?b=1"]);
    }

    proptest! {
        #[test]
        fn any_markup_is_read(html in ".{0,200}", tags in "(<|>|/|b|div|é| |<b>|</b>|'){0,40}") {
            words(&html);
            words(&format!("{}{tags}{}{tags}", "<i>".repeat(199), "<b>".repeat(5)));
        }
    }
}
