//! A Matrix room, by the client-server API: the transaction id is made of the event, so the home server itself drops
//! what
//! it has.
//!
//! Shape: Matrix specification, client-server API v3, *PUT /rooms/{roomId}/send/{eventType}/{txnId}*.

use super::error::Error;
use super::event::Level;
use super::letter::Letter;
use super::net::{Hook, Request};
use super::receiver::receiver;
use super::secret;
use super::way::Door;
use maud::html;
use reqwest::Method;
use serde_json::{Value, json};
use std::path::PathBuf;

receiver! {
    "matrix" {
        /// The home server, such as `https://matrix.example`.
        homeserver: String,
        /// The room's id, `!abc:matrix.example`; not its alias.
        room: String,
        /// Holds the access token of an account that has joined the room.
        token_file: PathBuf,
    }
}

pub(super) fn open(config: &Config, door: &Door<'_>) -> Result<Hook, Error> {
    let url = door.net.allowed(&config.homeserver, config.name())?;
    if !config.room.starts_with('!') {
        let hint = "a room's id begins with `!`; it stands in the room's settings under *Advanced*";
        return Err(Error::settings(format!("`{}` of `{}` is no id of a room", config.room, config.name()), hint));
    }
    let token = secret::read(&door.path(&config.token_file))?;
    let room = config.room.clone();
    Ok(Hook::new(door, url, move |letter| request(letter, &room)).with_bearer(token))
}

fn request(letter: &Letter, room: &str) -> Request {
    let below = ["_matrix", "client", "v3", "rooms", room, "send", "m.room.message", &letter.key()];
    Request { method: Method::PUT, below: below.map(str::to_owned).to_vec(), ..Request::post(&body(letter)) }
}

fn body(letter: &Letter) -> Value {
    let event = &letter.event;
    // Notices make no sound in anybody's client: right for what is only good to know, wrong for the rest.
    let kind = if event.level == Level::Info { "m.notice" } else { "m.text" };
    let formatted = html! {
        p { strong { (event.title) } }
        @if !event.lines.is_empty() {
            ul {
                @for line in &event.lines { li { strong { (line.headline) } " " (line.evidence) } }
            }
        }
        @if let Some(link) = &letter.link { p { a href=(link) { (event.see) } } }
        @if !event.foot.is_empty() { p { em { (event.foot) } } }
    };
    json!({
        "msgtype": kind,
        "body": letter.text(),
        "format": "org.matrix.custom.html",
        "formatted_body": formatted.into_string(),
        // An empty list of mentions: no word of ours calls anybody.
        "m.mentions": {},
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::send::tests::letter;

    #[test]
    fn the_shape_is_matrix() {
        let request = request(&letter(), "!abc:matrix.example");
        assert_eq!(request.method, Method::PUT);
        assert_eq!(request.below[4..7], ["!abc:matrix.example", "send", "m.room.message"]);
        assert_eq!(request.below[7], letter().key());
        let body = body(&letter());
        assert_eq!(body["msgtype"], "m.text");
        let html = body["formatted_body"].as_str().unwrap();
        assert!(html.contains("<strong>Mood is worse</strong> 41 % &lt; 50 %"), "{html}");
    }
}
