//! Slack's shape: an incoming webhook with blocks. Mattermost and Rocket.Chat take its `text`.
//!
//! Shape: Slack, *Sending messages using incoming webhooks* and *Formatting text for app surfaces*.

use super::error::Error;
use super::letter::{Letter, cut, said};
use super::net::Hook;
use super::receiver::receiver;
use super::way::Door;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Slack's limits, in characters.
const HEADER: usize = 150;
const SECTION: usize = 2_900;

receiver! {
    "slack" {
        /// Holds the address of the hook: whoever has it may post.
        url_file: PathBuf,
    }
}

pub(super) fn open(config: &Config, door: &Door<'_>) -> Result<Hook, Error> {
    Hook::secret(door, (&config.url_file, config.name()), body)
}

fn body(letter: &Letter) -> Value {
    let event = &letter.event;
    let mut blocks = vec![json!({
        "type": "header",
        "text": { "type": "plain_text", "text": cut(&event.title, HEADER), "emoji": false },
    })];
    let lines: Vec<String> = event
        .lines
        .iter()
        .map(|line| {
            let (headline, evidence) = (escaped(&line.headline), escaped(&line.evidence));
            format!("• *{headline}* {evidence}").trim_end().to_owned()
        })
        .collect();
    // A line is kept whole or left out: a cut would split an escaped sign.
    let mut text = String::new();
    for line in &lines {
        if text.chars().count() + line.chars().count() < SECTION {
            text.push_str(line);
            text.push('\n');
        }
    }
    if !text.is_empty() {
        blocks.push(
            json!({ "type": "section", "text": { "type": "mrkdwn", "text": text.trim_end(), "verbatim": true } }),
        );
    }
    if let Some(link) = &letter.link {
        let text = format!("<{}|{}>", escaped(link.as_str()).replace('|', "%7C"), escaped(&event.see));
        blocks.push(json!({ "type": "section", "text": { "type": "mrkdwn", "text": text } }));
    }
    if !event.foot.is_empty() {
        let text = escaped(&cut(&event.foot, HEADER * 4));
        blocks.push(json!({ "type": "context", "elements": [{ "type": "mrkdwn", "text": text, "verbatim": true }] }));
    }
    // Shown in notifications, and by those who know no blocks.
    let first = event.lines.first().map(|line| format!("\n{}", said(line))).unwrap_or_default();
    json!({ "text": escaped(&cut(&format!("{}{first}", event.title), SECTION)), "blocks": blocks })
}

/// Three signs mean something to Slack: with them a text could call everybody (`<!channel>`).
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::send::tests::letter;
    use proptest::prelude::*;

    #[test]
    fn the_shape_is_slacks() {
        let body = body(&letter());
        assert_eq!(body["blocks"][0]["type"], "header");
        assert_eq!(body["blocks"][1]["text"]["text"], "• *Mood is worse* 41 % &lt; 50 %, n = 1,200\n• *Nothing else*");
        assert_eq!(
            body["blocks"][2]["text"]["text"],
            "<https://polso.example/reports/2020-03-15/index.html|Read the page>"
        );
        assert_eq!(body["text"], "Report of 15 March\nMood is worse 41 % &lt; 50 %, n = 1,200");
    }

    proptest! {
        #[test]
        fn no_text_calls_anybody(title in any::<String>(), headline in any::<String>()) {
            let mut letter = letter();
            letter.event.title = title;
            letter.event.lines[0].headline = headline;
            let body = body(&letter);
            let texts = [&body["text"], &body["blocks"][1]["text"]["text"]];
            prop_assert!(texts.iter().all(|text| !text.as_str().unwrap_or_default().contains(['<', '>'])));
        }
    }
}
