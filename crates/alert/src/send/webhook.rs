//! Plain JSON, signed: for programs of your own.
//!
//! The signature is an HMAC-SHA256 (RFC 2104) of `timestamp.body` under the shared secret. The time is signed too, so
//! that
//! a receiver can refuse what is old; the key of the event lets it drop what it has.

use super::error::Error;
use super::event::Event;
use super::id::hex;
use super::letter::Letter;
use super::net::{Hook, Request};
use super::receiver::receiver;
use super::secret;
use super::way::Door;
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sha2::Sha256;
use std::path::PathBuf;

/// Name and version of the body's shape.
const SCHEMA: &str = "polso.event/1";

receiver! {
    "webhook" {
        /// Where it is posted.
        url: String,
        /// The secret that both sides know.
        secret_file: PathBuf,
    }
}

pub(super) fn open(config: &Config, door: &Door<'_>) -> Result<Hook, Error> {
    let url = door.net.allowed(&config.url, config.name())?;
    let secret = secret::read(&door.path(&config.secret_file))?;
    Ok(Hook::new(door, url, move |letter| request(letter, &secret)))
}

fn request(letter: &Letter, secret: &SecretString) -> Request {
    let body = body(letter).to_string().into_bytes();
    let seconds = letter.now.millis().div_euclid(1_000).to_string();
    let headers = vec![
        ("x-polso-event", letter.event.id.to_string()),
        ("idempotency-key", letter.key()),
        ("x-polso-signature", format!("sha256={}", signature(secret, &seconds, &body))),
        ("x-polso-timestamp", seconds),
    ];
    Request { headers, body, ..Request::post(&Value::Null) }
}

/// What programs are told. Fields may be added; none changes its meaning without a new schema.
pub(super) fn body(letter: &Letter) -> Value {
    let Event { id, kind, level, day, lang, title, lines, page, see: _, foot: _ } = &letter.event;
    let lines: Vec<Value> =
        lines.iter().map(|line| json!({ "headline": line.headline, "evidence": line.evidence })).collect();
    json!({
        "schema": SCHEMA,
        "id": id.as_str(),
        "kind": kind.as_str(),
        "level": level.as_str(),
        "day": day.to_string(),
        "lang": lang,
        "title": title,
        "lines": lines,
        "page": page,
        "link": letter.link.as_ref().map(ToString::to_string),
    })
}

fn signature(secret: &SecretString, seconds: &str, body: &[u8]) -> String {
    // An HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else { return String::new() };
    mac.update(seconds.as_bytes());
    mac.update(b".");
    mac.update(body);
    hex(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_the_one_that_others_make() {
        // printf '1584259200.{"a":1}' | openssl dgst -sha256 -hmac 'shared secret'
        let made = signature(&SecretString::from("shared secret"), "1584259200", br#"{"a":1}"#);
        assert_eq!(made, "5a30fc26032d8a177382c04dee264f1939874f0558472ca2f3219b128f5fe98f");
    }
}
