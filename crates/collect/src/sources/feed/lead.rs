//! Whom a comment answers, where its feed says so in words: "In reply to <a href=…#comment-7>Anna</a>." before the text.
//!
//! WordPress writes that sentence into its feeds, in the site's language. It is nobody's opinion and names somebody.

use super::read::{Markup, filled};
use crate::html;

/// The sentence is short; what begins later is the comment itself.
const MAX_BEFORE: usize = 120;

/// The answered comment.
pub(super) struct To {
    /// Its number.
    pub(super) comment: u64,
    /// Who wrote it.
    pub(super) name: String,
}

/// Takes the sentence off a comment.
pub(super) fn split(body: Markup) -> (Option<To>, Option<Markup>) {
    let Markup::Html(html) = &body else { return (None, Some(body)) };
    match sentence(html) {
        Some((to, rest)) => (Some(to), filled(rest).map(Markup::Html)),
        None => (None, Some(body)),
    }
}

fn sentence(html: &str) -> Option<(To, &str)> {
    let (before, link) = html.split_once("<a ").filter(|(before, _)| before.len() <= MAX_BEFORE)?;
    let (attributes, inside) = link.split_once('>')?;
    let (_, number) = attributes.split_once("#comment-")?;
    let number = number.split(['"', '\'', '&']).next()?.parse().ok()?;
    let (name, after) = inside.split_once("</a>")?;
    // In some languages the sentence goes on behind the name.
    let end = ["</p>", "\n\n"].iter().filter_map(|end| Some(after.find(end)? + end.len())).min()?;
    let is_short = end <= MAX_BEFORE && !before.contains("</p>") && !before.contains("\n\n");
    is_short.then(|| (To { comment: number, name: html::words(name).text }, &after[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> (Option<(u64, String)>, Option<Markup>) {
        let (to, rest) = split(Markup::Html(html.to_owned()));
        (to.map(|to| (to.comment, to.name)), rest)
    }

    #[test]
    fn the_sentence_is_told_from_the_comment() {
        let link = r#"<a href="https://blog.example/a/#comment-7">Seed &amp; Anna</a>"#;
        let rest = |text: &str| Some(Markup::Html(text.to_owned()));
        let to = || Some((7, "Seed & Anna".to_owned()));
        assert_eq!(read(&format!("<p>In reply to {link}.</p>\n<p>No.</p>")), (to(), rest("<p>No.</p>")));
        assert_eq!(read(&format!("Als Antwort auf {link}.\n\nNein.")), (to(), rest("Nein.")));
        for other in [
            format!("<p>No.</p><p>See {link}.</p>"),
            format!("{} {link}.</p>", "x".repeat(200)),
            "<p>See <a href='https://blog.example/'>this</a>.</p>".to_owned(),
            "No.".to_owned(),
        ] {
            assert_eq!(read(&other), (None, rest(&other)));
        }
    }
}
