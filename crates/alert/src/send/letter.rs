//! An event about to be sent to one receiver: its texts in one piece, its link, its key.

use super::event::{Event, Line};
use polso_domain::Timestamp;
use std::fmt::Write;
use url::Url;

/// What a way is given to send.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) event: Event,
    /// The receiver's name: part of the key.
    pub(crate) receiver: String,
    /// Where the page can be read, if it can be reached by others.
    pub(crate) link: Option<Url>,
    /// When it is sent, by the run's clock.
    pub(crate) now: Timestamp,
}

impl Letter {
    /// 32 hexadecimal digits, the same whenever this event is sent to this receiver.
    pub(crate) fn key(&self) -> String {
        self.event.id.key(&self.receiver)
    }

    /// Title, lines, link and small print as plain text.
    pub(crate) fn text(&self) -> String {
        let Event { title, lines, see, foot, .. } = &self.event;
        let mut text = format!("{title}\n");
        for line in lines {
            write!(text, "\n* {}", said(line)).ok();
        }
        if !lines.is_empty() {
            text.push('\n');
        }
        if let Some(link) = &self.link {
            write!(text, "\n{see}: {link}\n").ok();
        }
        if !foot.is_empty() {
            write!(text, "\n{foot}\n").ok();
        }
        text
    }
}

/// Headline and evidence in one piece.
pub(crate) fn said(line: &Line) -> String {
    if line.evidence.is_empty() { line.headline.clone() } else { format!("{} {}", line.headline, line.evidence) }
}

/// The first `most` characters, with a sign where something is left out.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}
