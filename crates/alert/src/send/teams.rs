//! Microsoft Teams' shape: an Adaptive Card for a workflow's webhook ("Post to a channel when a webhook request is
//! received"). Texts are runs of a rich text block, where no sign means anything.
//!
//! Shape: Microsoft, *Create incoming webhooks with Workflows* and the Adaptive Card schema 1.4.

use super::error::Error;
use super::event::Line;
use super::letter::{Letter, cut};
use super::net::Hook;
use super::receiver::receiver;
use super::way::Door;
use serde_json::{Value, json};
use std::path::PathBuf;

/// A message may have 28 KB; lines beyond this many are on the page.
const LINES: usize = 10;
/// And each text so many characters.
const TEXT: usize = 600;

receiver! {
    "teams" {
        /// Holds the address of the workflow: whoever has it may post.
        url_file: PathBuf,
    }
}

pub(super) fn open(config: &Config, door: &Door<'_>) -> Result<Hook, Error> {
    Hook::secret(door, (&config.url_file, config.name()), body)
}

fn body(letter: &Letter) -> Value {
    let event = &letter.event;
    let mut card = vec![text(&[run(&event.title, json!({ "weight": "Bolder", "size": "Medium" }))])];
    for Line { headline, evidence } in event.lines.iter().take(LINES) {
        let strong = run(headline, json!({ "weight": "Bolder" }));
        let both = [strong, run(&format!(" {evidence}"), json!({}))];
        card.push(text(if evidence.is_empty() { &both[..1] } else { &both }));
    }
    if !event.foot.is_empty() {
        card.push(text(&[run(&event.foot, json!({ "isSubtle": true, "size": "Small" }))]));
    }
    let links =
        letter.link.iter().map(|link| json!({ "type": "Action.OpenUrl", "title": event.see, "url": link.as_str() }));
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "lang": event.lang,
                "msteams": { "width": "Full" },
                "body": card,
                "actions": links.collect::<Vec<_>>(),
            },
        }],
    })
}

fn text(runs: &[Value]) -> Value {
    json!({ "type": "RichTextBlock", "inlines": runs })
}

/// A piece of text in one look.
fn run(words: &str, mut look: Value) -> Value {
    look["type"] = "TextRun".into();
    look["text"] = cut(words, TEXT).into();
    look
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::send::tests::letter;
    use proptest::prelude::*;

    #[test]
    fn the_shape_is_teams() {
        let body = body(&letter());
        let card = &body["attachments"][0]["content"];
        assert_eq!(card["type"], "AdaptiveCard");
        assert_eq!(card["body"][1]["inlines"][0]["text"], "Mood is worse");
        assert_eq!(card["body"][1]["inlines"][1]["text"], " 41 % < 50 %, n = 1,200");
        assert_eq!(card["body"][2]["inlines"].as_array().unwrap().len(), 1);
        assert_eq!(card["actions"][0]["url"], "https://polso.example/reports/2020-03-15/index.html");
    }

    proptest! {
        #[test]
        fn a_card_is_never_too_large(texts in prop::collection::vec("\\PC{0,1000}", 0..40)) {
            let mut letter = letter();
            letter.event.lines = texts.into_iter().map(|text| Line { headline: text.clone(), evidence: text }).collect();
            // 28 KB is counted in UTF-16 by some and in UTF-8 by others; characters of four bytes are rare in reports.
            prop_assert!(body(&letter).to_string().chars().count() < 28 * 1024);
        }
    }
}
