//! Links: those that point at a person stop here, the others lose what advertisers hung on them.

/// Hosts on which the first part of the path is an account, with the first parts that are not.
const ACCOUNT_HOSTS: &[(&str, &[&str])] = &[
    ("twitter.com", &["i", "search", "hashtag", "home", "explore"]),
    ("x.com", &["i", "search", "hashtag", "home", "explore"]),
    ("instagram.com", &["p", "reel", "explore", "tv"]),
    ("facebook.com", &["hashtag", "watch"]),
    ("fb.com", &[]),
    ("t.me", &[]),
    ("medium.com", &["tag"]),
    ("github.com", &[]),
    ("linktr.ee", &[]),
    ("ko-fi.com", &[]),
    ("patreon.com", &[]),
    ("paypal.me", &[]),
    ("pscp.tv", &["w"]),
    ("periscope.tv", &["w"]),
    ("twitch.tv", &["videos"]),
    ("tumblr.com", &["tagged"]),
];

/// First parts of a path that name an account on any host.
const ACCOUNT_PATHS: &[&str] = &["users", "user", "u", "profile", "profiles", "in", "channel", "c", "author", "people"];

/// Parameters that say where a click came from.
const TRACKING: &[&str] = &["fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "s", "ref", "ref_src", "si", "feature"];

/// The link as it may be stored; `None` when it points at a person or is no web link.
pub(crate) fn public(link: &str) -> Option<String> {
    let link = link.trim();
    let rest = strip_scheme(link)?;
    if points_at_person(link) {
        return None;
    }
    let scheme = &link[..link.len() - rest.len()];
    let without_fragment = rest.split('#').next().unwrap_or(rest);
    let (path, query) = without_fragment.split_once('?').unwrap_or((without_fragment, ""));
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && is_harmless(pair)).collect();
    let mark = if kept.is_empty() { "" } else { "?" };
    Some(format!("{scheme}{path}{mark}{}", kept.join("&")))
}

/// Whether a link leads to an account or to a post under an account's name.
pub(crate) fn points_at_person(link: &str) -> bool {
    let rest = strip_scheme(link).unwrap_or(link);
    let path_start = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(path_start);
    if authority.contains('@') {
        return true;
    }
    let authority = authority.to_ascii_lowercase();
    let host = ["www.", "m.", "mobile.", "it-it."]
        .iter()
        .fold(authority.as_str(), |host, prefix| host.strip_prefix(prefix).unwrap_or(host));
    let mut parts = path.split(['/', '?', '#']).filter(|part| !part.is_empty());
    let Some(first) = parts.next() else { return is_personal_host(host) };
    if path.contains('@') || path.to_ascii_lowercase().contains("%40") {
        return true;
    }
    let first = first.to_ascii_lowercase();
    let account_host = ACCOUNT_HOSTS.iter().find(|(name, _)| host == *name);
    account_host.is_some_and(|(_, others)| !others.contains(&first.as_str()))
        || (ACCOUNT_PATHS.contains(&first.as_str()) && parts.next().is_some())
        || is_personal_host(host)
}

/// Hosts where the account is part of the name.
fn is_personal_host(host: &str) -> bool {
    const PERSONAL: [&str; 6] =
        [".bsky.social", ".tumblr.com", ".blogspot.com", ".wordpress.com", ".substack.com", ".livejournal.com"];
    PERSONAL.iter().any(|suffix| host.ends_with(suffix))
}

fn is_harmless(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    !name.starts_with("utm_") && !TRACKING.contains(&name.as_str())
}

fn strip_scheme(link: &str) -> Option<&str> {
    let at = link.find("://")?;
    let scheme = &link[..at];
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")).then(|| &link[at + 3..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_people_stop() {
        for link in [
            "https://twitter.com/anna/status/12",
            "http://www.instagram.com/anna",
            "https://mastodon.example/@anna/12",
            "https://mastodon.example/users/anna",
            "https://bsky.app/profile/anna.bsky.social/post/3k",
            "https://anna.tumblr.com/",
            "https://anna:secret@example.org/",
            "https://www.tiktok.com/@anna/video/1",
            "https://example.org/confirm?mail=anna%40example.org",
        ] {
            assert_eq!(public(link), None, "{link}");
        }
    }

    #[test]
    fn other_links_pass_without_trackers() {
        let clean = |link| public(link).unwrap();
        assert_eq!(clean("https://example.org/a?utm_source=t&id=7#top"), "https://example.org/a?id=7");
        assert_eq!(clean("https://www.youtube.com/watch?v=abc&feature=share"), "https://www.youtube.com/watch?v=abc");
        assert_eq!(clean("https://twitter.com/hashtag/iorestoacasa"), "https://twitter.com/hashtag/iorestoacasa");
        assert_eq!(public("ftp://example.org"), None);
    }
}
