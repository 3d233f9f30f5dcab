//! 4CAT's lines: each is the platform's own object, as it was, with a note of where it came from beside or around it.
//!
//! Only objects that polso knows are read, each as what it is and into its platform's source. For the others 4CAT's table
//! of the same posts is the way in.

use super::check::{Fault, Rules};
use super::tray::Tray;
use super::{Format, bluesky, mastodon, sniff, telegram, twitter_v1, twitter_v2};
use polso_domain::{SetAside, SourceId};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Wrapped<'a> {
    nav_index: Option<IgnoredAny>,
    source_platform: Option<IgnoredAny>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    #[serde(rename = "_chat")]
    chat: Option<IgnoredAny>,
}

/// Reads one line.
pub(crate) fn read(json: &str, rules: &Rules, tray: &mut Tray) {
    let wrapped: Wrapped<'_> = match serde_json::from_str(json) {
        Ok(wrapped) => wrapped,
        Err(error) => return tray.settle(Err(Fault::json(&error)), json, rules),
    };
    let is_wrapped = wrapped.nav_index.is_some() || wrapped.source_platform.is_some();
    let object = wrapped.data.filter(|_| is_wrapped).map_or(json, RawValue::get);
    if wrapped.chat.is_some() {
        let rules = at(rules, "telegram");
        return tray.settle(telegram::read(object, &rules), object, &rules);
    }
    match sniff::platform(object.as_bytes()) {
        Some(format @ Format::TwitterV1) => {
            let rules = at(rules, format.default_source());
            tray.settle(twitter_v1::read(object, &rules), object, &rules);
        }
        Some(format @ Format::TwitterV2) => twitter_v2::read(object, &at(rules, format.default_source()), tray),
        Some(format @ Format::Bluesky) => bluesky::read(object, &at(rules, format.default_source()), tray),
        Some(format @ Format::Mastodon) => mastodon::read(object, &at(rules, format.default_source()), tray),
        _ => {
            let detail = "the object of a platform that polso does not know in this shape; import 4CAT's CSV of it";
            tray.settle(Err(Fault::new(SetAside::Malformed, detail)), json, rules);
        }
    }
}

/// The rules for rows of this platform.
fn at(rules: &Rules, platform: &str) -> Rules {
    Rules { source: rules.source_or(SourceId::new(platform)), ..rules.clone() }
}
