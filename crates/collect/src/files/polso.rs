//! polso's own JSON Lines: posts, deletions, and the gaps of a source. What the demo is written in.

use super::Row;
use super::check::{self, Fault, Rules};
use super::scalar::Scalar;
use super::tray::Tray;
use polso_domain::{LedgerEntry, PostKind, RawAuthor, RawEvent, RawPost, Reach, SetAside, SourceId, Timestamp};
use serde::Deserialize;

const HOUR_MS: i64 = 3_600_000;
const MINUTE_MS: i64 = 60_000;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Line<'a> {
    #[serde(borrow)]
    r#type: Scalar<'a>,
    #[serde(borrow)]
    id: Scalar<'a>,
    #[serde(borrow)]
    source: Scalar<'a>,
    #[serde(borrow)]
    author: Scalar<'a>,
    #[serde(borrow)]
    author_name: Scalar<'a>,
    #[serde(borrow)]
    text: Scalar<'a>,
    #[serde(borrow)]
    posted_at: Scalar<'a>,
    #[serde(borrow)]
    lang: Scalar<'a>,
    #[serde(borrow)]
    kind: Scalar<'a>,
    #[serde(borrow)]
    in_reply_to: Scalar<'a>,
    #[serde(borrow)]
    reposted: Scalar<'a>,
    #[serde(borrow)]
    mentions: Vec<Scalar<'a>>,
    #[serde(borrow)]
    hashtags: Vec<Scalar<'a>>,
    #[serde(borrow)]
    links: Vec<Scalar<'a>>,
    #[serde(borrow)]
    followers: Scalar<'a>,
    #[serde(borrow)]
    likes: Scalar<'a>,
    #[serde(borrow)]
    reposts: Scalar<'a>,
    #[serde(borrow)]
    replies: Scalar<'a>,
    #[serde(borrow)]
    from: Scalar<'a>,
    #[serde(borrow)]
    to: Scalar<'a>,
    #[serde(borrow)]
    state: Scalar<'a>,
}

/// Reads one line; a gap gives a row for each hour it touches.
pub(crate) fn read(json: &str, rules: &Rules, tray: &mut Tray) {
    let line: Line<'_> = match serde_json::from_str(json) {
        Ok(line) => line,
        Err(error) => return tray.settle(Err(Fault::json(&error)), json, rules),
    };
    let source = match rules.source_of(&line.source) {
        Ok(source) => source,
        Err(fault) => return tray.settle(Err(fault), json, rules),
    };
    let kind = line.r#type.clone().words();
    let result = match kind.as_deref().unwrap_or("post") {
        "post" => post(line, source.clone(), rules).map(|post| tray.put(post)),
        "delete" => delete(line, source.clone()).map(|deletion| tray.put(deletion)),
        "gap" => gap(line, &source, rules).map(|hours| hours.into_iter().for_each(|hour| tray.put(Row::Gap(hour)))),
        _ => Err(Fault::new(SetAside::Malformed, "`type` is none of post, delete, gap")),
    };
    if let Err(fault) = result {
        tray.refuse(fault, source, rules.redactor.json(json));
    }
}

fn delete(line: Line<'_>, source: SourceId) -> Result<Row, Fault> {
    Ok(Row::Event(RawEvent::Delete { source, id: check::id("id", line.id)? }))
}

fn post(line: Line<'_>, source: SourceId, rules: &Rules) -> Result<Row, Fault> {
    let texts = |list: Vec<Scalar<'_>>| list.into_iter().filter_map(Scalar::text).collect::<Vec<_>>();
    let account = |handle: Scalar<'_>| check::account([handle, Scalar::Missing], []);
    let in_reply_to = check::reference(line.in_reply_to);
    let reposted = check::reference(line.reposted);
    let kind = match (line.kind.words().as_deref(), &reposted, &in_reply_to) {
        (Some("original"), _, _) | (None, None, None) => PostKind::Original,
        (Some("reply"), _, _) | (None, None, Some(_)) => PostKind::Reply,
        (Some("repost"), _, _) | (None, Some(_), _) => PostKind::Repost,
        (Some("quote"), _, _) => PostKind::Quote,
        _ => return Err(Fault::new(SetAside::Malformed, "`kind` is none of original, reply, repost, quote")),
    };
    Ok(Row::Event(RawEvent::Post(Box::new(RawPost {
        source,
        id: check::id("id", line.id)?,
        author: check::required("author", check::account([line.author, Scalar::Missing], [line.author_name]))?,
        text: check::required("text", line.text.text())?,
        lang: check::lang(line.lang),
        posted: rules.posted("posted_at", line.posted_at)?,
        doubtful_date: false,
        ask_again: None,
        kind,
        in_reply_to,
        reposted,
        mentions: line.mentions.into_iter().filter_map(account).collect::<Vec<RawAuthor>>(),
        hashtags: texts(line.hashtags).into_iter().map(|tag| tag.trim_start_matches('#').to_owned()).collect(),
        links: texts(line.links),
        reach: Reach {
            followers: line.followers.count(),
            likes: line.likes.count(),
            reposts: line.reposts.count(),
            replies: line.replies.count(),
        },
    }))))
}

/// One ledger entry per hour; the first and the last may miss only a part of it.
fn gap(line: Line<'_>, source: &SourceId, rules: &Rules) -> Result<Vec<LedgerEntry>, Fault> {
    let from = rules.posted("from", line.from)?.millis();
    let to = rules.posted("to", line.to)?.millis();
    if to <= from {
        return Err(Fault::new(SetAside::Malformed, "`to` is not after `from`"));
    }
    let (asked, failed, closed) = match line.state.words().as_deref() {
        Some("failed") => (1, 1, 0),
        Some("closed") => (1, 0, 1),
        Some("not_asked") => (0, 0, 0),
        _ => return Err(Fault::new(SetAside::Malformed, "`state` is none of failed, closed, not_asked")),
    };
    let hours = from.div_euclid(HOUR_MS)..=(to - 1).div_euclid(HOUR_MS);
    let entry = |hour: i64| {
        let start = hour * HOUR_MS;
        let missed = to.min(start + HOUR_MS) - from.max(start);
        let minutes_missed = u32::try_from((missed + MINUTE_MS - 1) / MINUTE_MS).unwrap_or(60);
        let empty = LedgerEntry::empty(source.clone(), Timestamp::from_millis(start));
        LedgerEntry { asked, failed, closed, minutes_missed, ..empty }
    };
    Ok(hours.map(entry).collect())
}
