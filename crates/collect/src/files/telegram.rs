//! Messages of Telegram as 4CAT keeps them: what Telethon's library holds, with the chat and the sender beside it.
//!
//! A message's number is unique within its chat only, so that the chat's public name stands in front; without one there
//! is no id. Joins, pins and other notices of the chat are no posts.

use super::Row;
use super::check::{self, Fault, Rules, required};
use super::scalar::Scalar;
use polso_domain::{PostKind, RawAuthor, RawEvent, RawPost, Reach};
use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Message<'a> {
    #[serde(borrow)]
    id: Scalar<'a>,
    #[serde(borrow, rename = "message")]
    text: Scalar<'a>,
    #[serde(borrow)]
    date: Scalar<'a>,
    action: Option<IgnoredAny>,
    /// It is of the channel itself, not of somebody in it.
    post: Option<bool>,
    #[serde(borrow, rename = "_chat")]
    chat: Option<Account<'a>>,
    #[serde(borrow, rename = "_sender")]
    sender: Option<Account<'a>>,
    #[serde(borrow)]
    reply_to_msg_id: Scalar<'a>,
    #[serde(borrow)]
    reply_to: Option<Pointer<'a>>,
    fwd_from: Option<IgnoredAny>,
    #[serde(borrow)]
    forwards: Scalar<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Account<'a> {
    #[serde(borrow)]
    id: Scalar<'a>,
    #[serde(borrow)]
    username: Scalar<'a>,
    #[serde(borrow)]
    title: Scalar<'a>,
    #[serde(borrow)]
    first_name: Scalar<'a>,
    #[serde(borrow)]
    last_name: Scalar<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Pointer<'a> {
    #[serde(borrow)]
    reply_to_msg_id: Scalar<'a>,
}

/// Reads one message.
pub(crate) fn read(json: &str, rules: &Rules) -> Result<Row, Fault> {
    let message: Message<'_> = serde_json::from_str(json).map_err(|error| Fault::json(&error))?;
    if message.action.is_some() {
        return Ok(Row::Ignored);
    }
    let chat = required("_chat", message.chat)?;
    let room = required("_chat.username", chat.username.clone().words())?.into_owned();
    let sender = message.sender.and_then(Account::author);
    let author = sender.or_else(|| chat.author().filter(|_| message.post == Some(true)));
    let inside = |id: String| format!("{room}/{id}");
    let answered = message.reply_to.map_or(Scalar::Missing, |other| other.reply_to_msg_id);
    let in_reply_to = check::reference(message.reply_to_msg_id).or_else(|| check::reference(answered)).map(inside);
    let kind = match (message.fwd_from.is_some(), &in_reply_to) {
        (true, _) => PostKind::Repost,
        (false, Some(_)) => PostKind::Reply,
        (false, None) => PostKind::Original,
    };
    Ok(Row::Event(RawEvent::Post(Box::new(RawPost {
        source: rules.source.clone(),
        id: inside(check::id("id", message.id)?),
        author: required("_sender", author)?,
        text: required("message", message.text.text())?,
        lang: None,
        posted: rules.posted("date", message.date)?,
        doubtful_date: false,
        ask_again: None,
        kind,
        in_reply_to,
        reposted: None,
        mentions: Vec::new(),
        hashtags: Vec::new(),
        links: Vec::new(),
        reach: Reach { reposts: message.forwards.count(), ..Reach::default() },
    }))))
}

impl Account<'_> {
    fn author(self) -> Option<RawAuthor> {
        check::account([self.username, self.id.clone()], [self.id, self.title, self.first_name, self.last_name])
    }
}
