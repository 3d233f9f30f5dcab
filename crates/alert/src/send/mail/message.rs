//! A letter as a mail: headers, text, HTML, page.

use super::config::{Attach, Config};
use crate::send::error::Error;
use crate::send::letter::Letter;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Attachment, Message, MultiPart, SinglePart, header};
use maud::{DOCTYPE, html};
use std::time::{Duration, SystemTime};

/// A header that lettre has no type for: the value is ours and ASCII.
fn plain(name: &'static str, value: impl Into<String>) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.into())
}

/// Writes the mail. The same letter makes the same bytes.
pub(super) fn of(letter: &Letter, config: &Config, page: Option<String>) -> Result<Message, Error> {
    let event = &letter.event;
    let domain = config.domain();
    let mut message = Message::builder()
        .from(config.from.0.clone())
        .subject(event.title.clone())
        .date(instant(letter))
        .message_id(Some(format!("<{}@{domain}>", letter.key())))
        .raw_header(plain("List-Id", format!("<polso.{domain}>")))
        .raw_header(plain("Auto-Submitted", "auto-generated"))
        .raw_header(plain("X-Auto-Response-Suppress", "All"))
        .raw_header(plain("X-Polso-Event", event.id.as_str()))
        .raw_header(plain("Content-Language", event.lang.as_str()));
    for to in &config.to {
        message = message.to(to.0.clone());
    }
    let (inline, attached) = match config.attach {
        Attach::Inline => (page, None),
        Attach::Page => (None, page),
        Attach::None => (None, None),
    };
    let key = letter.key();
    let html = inline.unwrap_or_else(|| short(letter));
    let both = MultiPart::alternative()
        .boundary(format!("alternative-{key}"))
        .singlepart(SinglePart::plain(letter.text()))
        .singlepart(SinglePart::html(html));
    let whole = match attached {
        None => both,
        Some(page) => {
            let kind =
                header::ContentType::parse("text/html; charset=utf-8").map_err(|error| Error::Mail(error.into()))?;
            let file = Attachment::new(format!("report-{}.html", event.day)).body(page, kind);
            MultiPart::mixed().boundary(format!("mixed-{key}")).multipart(both).singlepart(file)
        }
    };
    message.multipart(whole).map_err(|error| Error::Mail(error.into()))
}

/// What is read at a glance on a telephone. Colours are left to the reader's program.
fn short(letter: &Letter) -> String {
    let event = &letter.event;
    let page = html! {
        (DOCTYPE)
        html lang=(event.lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (event.title) }
            }
            body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; max-width: 40em" {
                h1 style="font-size: 20px" { (event.title) }
                @if !event.lines.is_empty() {
                    ul style="padding-left: 1.2em" {
                        @for line in &event.lines {
                            li style="margin-bottom: 8px" { strong { (line.headline) } " " (line.evidence) }
                        }
                    }
                }
                @if let Some(link) = &letter.link { p { a href=(link) { (event.see) } } }
                @if !event.foot.is_empty() { p style="font-size: 13px" { (event.foot) } }
            }
        }
    };
    page.into_string()
}

/// The run's clock.
fn instant(letter: &Letter) -> SystemTime {
    let seconds = u64::try_from(letter.now.millis().div_euclid(1_000)).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::send::tests::letter;
    use proptest::prelude::*;

    fn config(attach: &str) -> Config {
        let json = serde_json::json!({
            "to": ["press@health.example", "Ufficio stampa perché sì <ufficio@health.example>"],
            "from": "polso <polso@health.example>", "host": "localhost", "attach": attach,
        });
        serde_json::from_value(json).unwrap()
    }

    fn text(letter: &Letter, attach: &str) -> String {
        let page = (attach != "none").then(|| "<!doctype html><p>the whole page</p>".to_owned());
        String::from_utf8(of(letter, &config(attach), page).unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_mail_has_what_mail_programs_look_for() {
        let mail = text(&letter(), "page");
        let key = letter().key();
        for line in [
            &format!("Message-ID: <{key}@health.example>\r\n"),
            "Auto-Submitted: auto-generated\r\n",
            "List-Id: <polso.health.example>\r\n",
            "X-Polso-Event: report/2020-03-15/1\r\n",
            "Subject: Report of 15 March\r\n",
            "Date: Mon, 16 Mar 2020 06:15:00 +0000\r\n",
            "Content-Disposition: attachment; filename=\"report-2020-03-15.html\"\r\n",
        ] {
            assert!(mail.contains(line), "{line}\n{mail}");
        }
        assert!(mail.find("text/plain").unwrap() < mail.find("text/html").unwrap(), "the best part comes last");
        assert_eq!(mail, text(&letter(), "page"), "the same letter is the same mail");
    }

    #[test]
    fn the_page_is_where_it_was_asked_for() {
        assert!(
            text(&letter(), "inline").contains("the whole page") && !text(&letter(), "inline").contains("attachment")
        );
        assert!(!text(&letter(), "none").contains("the whole page"));
    }

    proptest! {
        #[test]
        fn no_text_becomes_a_header(title in any::<String>(), headline in any::<String>()) {
            let mut letter = letter();
            letter.event.title = format!("{title}\r\nBcc: x@y.example");
            letter.event.lines[0].headline = format!("{headline}\r\n.\r\n");
            letter.event = letter.event.tidied();
            let mail = text(&letter, "none");
            let head = mail.split("\r\n\r\n").next().unwrap();
            prop_assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{}", head);
        }
    }
}
