//! Who speaks, under one name whatever instance it is seen through, and whether they want to be read.

use super::wire::{Account, Mention, Status};
use crate::html;
use polso_domain::RawAuthor;
use url::Url;

/// What people write into their bios to be left alone.
const LEFT_ALONE: [&str; 3] = ["#nobot", "#nobots", "#noindex"];

/// What may be kept.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "switches of the settings")]
pub(super) struct Policy {
    /// Accounts that do not want to be found, indexed or read by machines are left alone.
    pub(super) respect_opt_outs: bool,
    /// A `false` at `indexable` is such a wish; it may also be nobody's.
    pub(super) require_indexable: bool,
    /// Posts that are public but kept out of the timelines.
    pub(super) unlisted: bool,
    /// Accounts that call themselves automated.
    pub(super) keep_bots: bool,
}

impl Policy {
    /// Whether a post is public and its author lets it be read; also that of the post it passes on.
    pub(super) fn shows(self, status: &Status) -> bool {
        let public = match status.visibility.as_deref() {
            Some("public") => true,
            Some("unlisted") => self.unlisted,
            _ => false,
        };
        public
            && status.account.as_ref().is_none_or(|account| self.lets(account))
            && status.reblog.as_deref().is_none_or(|original| self.shows(original))
    }

    /// Whether its author is one of those who are listened to. An account that this instance has limited is not; what was
    /// kept of it stays, because other instances decide for themselves.
    pub(super) fn hears(self, status: &Status) -> bool {
        status.account.as_ref().is_none_or(|account| {
            let (automated, limited) = (account.bot == Some(true), account.limited == Some(true));
            (self.keep_bots || !automated) && !limited
        })
    }

    fn lets(self, account: &Account) -> bool {
        let Account { note, discoverable, indexable, noindex, suspended, .. } = account;
        let opted_out = *discoverable == Some(false)
            || (self.require_indexable && *indexable == Some(false))
            || *noindex == Some(true)
            || note.as_deref().is_some_and(asks_to_be_left_alone);
        !(*suspended == Some(true) || (self.respect_opt_outs && opted_out))
    }
}

/// Whether a bio has one of the hashtags that say so.
fn asks_to_be_left_alone(note: &str) -> bool {
    let bio = html::words(note).text.to_lowercase().replace('＃', "#");
    bio.split(|c: char| !c.is_alphanumeric() && c != '#' && c != '_').any(|word| LEFT_ALONE.contains(&word))
}

/// The author of a post; `None` where the account does not say who it is.
pub(super) fn author(account: &Account, instance: &str) -> Option<RawAuthor> {
    let Account { username, acct, uri, url, display_name, .. } = account;
    let handle = handle([username, acct], [uri, url], instance)?;
    Some(RawAuthor { handle, also: spellings([display_name, username, acct, url, uri]) })
}

/// Somebody a post names.
pub(super) fn mentioned(mention: &Mention, instance: &str) -> Option<RawAuthor> {
    let Mention { username, acct, url } = mention;
    let handle = handle([username, acct], [url, &None], instance)?;
    Some(RawAuthor { handle, also: spellings([username, acct, url, &None, &None]) })
}

/// `name@host`. The host is that of the account's own address: what an instance writes behind the `@` may be another name
/// for it, and it writes nothing for its own users.
fn handle([username, acct]: [&Option<String>; 2], addresses: [&Option<String>; 2], instance: &str) -> Option<String> {
    let acct = acct.as_deref().map(|acct| acct.trim().trim_start_matches('@')).filter(|acct| !acct.is_empty());
    let (local, named) =
        match acct.map(|acct| acct.split_once('@').map_or((acct, None), |(name, host)| (name, Some(host)))) {
            Some((name, host)) => (Some(name), host),
            None => (None, None),
        };
    let name = username.as_deref().map(str::trim).filter(|name| !name.is_empty()).or(local)?;
    let own = addresses.into_iter().flatten().find_map(|address| host(address));
    let host = own.or_else(|| named.map(str::to_lowercase)).unwrap_or_else(|| instance.to_owned());
    Some(format!("{name}@{host}"))
}

/// The host of a web address, with its port where that is not the usual one.
fn host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

fn spellings(all: [&Option<String>; 5]) -> Vec<String> {
    let mut also: Vec<String> = Vec::new();
    for spelling in all.into_iter().flatten() {
        let spelling = spelling.trim();
        if !spelling.is_empty() && !also.iter().any(|known| known == spelling) {
            also.push(spelling.to_owned());
        }
    }
    also
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const POLICY: Policy =
        Policy { respect_opt_outs: true, require_indexable: true, unlisted: false, keep_bots: false };

    fn status(changes: &Value, account: &Value) -> Status {
        let mut own = json!({"username": "seed_anna_1", "discoverable": null, "indexable": null, "note": ""});
        own.as_object_mut().unwrap().extend(account.as_object().unwrap().clone());
        let mut status = json!({"id": "1", "visibility": "public", "account": own});
        status.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        serde_json::from_value(status).unwrap()
    }

    fn shows(policy: Policy, account: &Value) -> bool {
        policy.shows(&status(&json!({}), account))
    }

    #[test]
    fn who_does_not_want_to_be_read_is_not_and_silence_is_no_refusal() {
        assert!(shows(POLICY, &json!({})));
        assert!(shows(POLICY, &json!({"discoverable": true, "indexable": true, "noindex": false, "locked": true})));
        let open = Policy { respect_opt_outs: false, ..POLICY };
        for refusal in [
            json!({"discoverable": false}),
            json!({"indexable": false}),
            json!({"noindex": true}),
            json!({"note": "<p>Ciao! <a href=\"https://m.example/tags/nobot\">#<span>NoBot</span></a></p>"}),
            json!({"note": "<p>#nobots, grazie</p>"}),
            json!({"note": "#noindex"}),
        ] {
            assert!(!shows(POLICY, &refusal), "{refusal}");
            assert!(shows(open, &refusal), "{refusal}");
        }
        let unasked = Policy { require_indexable: false, ..POLICY };
        assert!(shows(unasked, &json!({"indexable": false})) && !shows(unasked, &json!({"noindex": true})));
        assert!(shows(POLICY, &json!({"note": "<p>#nobotany, ma niente bot</p>"})));
        assert!(!shows(open, &json!({"suspended": true})));
    }

    #[test]
    fn only_what_is_public_is_read() {
        let seen =
            |policy: Policy, visibility: Value| policy.shows(&status(&json!({"visibility": visibility}), &json!({})));
        assert!(!seen(POLICY, json!("unlisted")) && seen(Policy { unlisted: true, ..POLICY }, json!("unlisted")));
        for hidden in [json!("private"), json!("direct"), json!("local"), json!(null)] {
            assert!(!seen(Policy { unlisted: true, ..POLICY }, hidden));
        }
        let inner = json!({"id": "2", "visibility": "public", "account": {"username": "x", "indexable": false}});
        assert!(!POLICY.shows(&status(&json!({"reblog": inner}), &json!({}))), "the original's author is asked too");
    }

    #[test]
    fn bots_are_kept_only_on_demand_and_the_limited_never() {
        let bot = status(&json!({}), &json!({"bot": true}));
        assert!(!POLICY.hears(&bot) && Policy { keep_bots: true, ..POLICY }.hears(&bot));
        assert!(POLICY.hears(&status(&json!({}), &json!({"bot": null, "limited": false}))));
        let limited = status(&json!({}), &json!({"limited": true}));
        assert!(!POLICY.hears(&limited) && POLICY.shows(&limited));
    }

    #[test]
    fn one_person_has_one_handle_through_every_instance() {
        let of = |account: Value, instance| author(&serde_json::from_value(account).unwrap(), instance);
        let at_home = json!({"username": "seed_anna_1", "acct": "seed_anna_1",
            "uri": "https://social.home.example/ap/users/1", "url": "https://social.home.example/@seed_anna_1"});
        let elsewhere = json!({"username": "seed_anna_1", "acct": "seed_anna_1@home.example", "display_name": "Seed Anna",
            "uri": "https://social.home.example/ap/users/1", "url": "https://social.home.example/@seed_anna_1"});
        let (home, away) = (of(at_home, "home.example").unwrap(), of(elsewhere, "away.example").unwrap());
        assert_eq!(home.handle, "seed_anna_1@social.home.example");
        assert_eq!(home.handle, away.handle);
        assert!(
            away.also.contains(&"Seed Anna".to_owned()) && away.also.contains(&"seed_anna_1@home.example".to_owned())
        );
        let bare = of(json!({"acct": "seed_bruno_1"}), "home.example").unwrap();
        assert_eq!(bare.handle, "seed_bruno_1@home.example");
        let odd = of(json!({"acct": "seed_bruno_1@B.example", "url": "not an address"}), "home.example").unwrap();
        assert_eq!(odd.handle, "seed_bruno_1@b.example");
        assert!(of(json!({"acct": "", "url": "https://x.example/"}), "home.example").is_none());
    }
}
