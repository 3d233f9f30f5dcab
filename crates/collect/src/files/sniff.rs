//! Which format a JSON record is in, by the keys that only one of them has.

use super::Format;
use super::scalar::Scalar;
use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Keys<'a> {
    #[serde(borrow)]
    r#type: Scalar<'a>,
    posted_at: Option<IgnoredAny>,
    id_str: Option<IgnoredAny>,
    user: Option<IgnoredAny>,
    delete: Option<IgnoredAny>,
    limit: Option<IgnoredAny>,
    created_at: Option<IgnoredAny>,
    data: Option<IgnoredAny>,
    includes: Option<IgnoredAny>,
    meta: Option<IgnoredAny>,
    author_id: Option<IgnoredAny>,
    public_metrics: Option<IgnoredAny>,
    edit_history_tweet_ids: Option<IgnoredAny>,
    edit_history_post_ids: Option<IgnoredAny>,
}

/// The format of a record, if it tells.
pub(crate) fn format(record: &[u8]) -> Option<Format> {
    let keys: Keys<'_> = serde_json::from_slice(record).ok()?;
    let kind = keys.r#type.words();
    let own = matches!(kind.as_deref(), Some("post" | "delete" | "gap"));
    let v2 = [
        keys.data,
        keys.includes,
        keys.meta,
        keys.author_id,
        keys.public_metrics,
        keys.edit_history_tweet_ids,
        keys.edit_history_post_ids,
    ];
    if own || keys.posted_at.is_some() {
        Some(Format::Polso)
    } else if keys.id_str.is_some() || keys.delete.is_some() || keys.limit.is_some() {
        Some(Format::TwitterV1)
    } else if v2.iter().any(Option::is_some) {
        Some(Format::TwitterV2)
    } else {
        (keys.user.is_some() && keys.created_at.is_some()).then_some(Format::TwitterV1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_tells_its_format() {
        for (record, expected) in [
            (r#"{"type":"gap","source":"x"}"#, Some(Format::Polso)),
            (r#"{"id":"1","posted_at":0}"#, Some(Format::Polso)),
            (r#"{"id":1,"id_str":"1"}"#, Some(Format::TwitterV1)),
            (r#"{"delete":{"status":{}}}"#, Some(Format::TwitterV1)),
            (r#"{"data":[],"meta":{}}"#, Some(Format::TwitterV2)),
            (r#"{"id":"1","author_id":"2","text":""}"#, Some(Format::TwitterV2)),
            (r#"{"id":"1","text":"x","date":"2020"}"#, None),
            ("{", None),
        ] {
            assert_eq!(format(record.as_bytes()), expected, "{record}");
        }
    }
}
