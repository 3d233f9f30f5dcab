//! Web addresses: what may stand in the library, and the host that says who published.

use url::Url;

/// The longest address, in bytes.
const LONGEST: usize = 2_000;

/// The address as it may be stored: http or https, without name and password; `None` for anything else.
pub(crate) fn web(link: &str) -> Option<String> {
    let mut url = parse(link)?;
    // Both can only fail for addresses without a host, which `parse` refuses.
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(String::from(url)).filter(|url| url.len() <= LONGEST)
}

/// The host of an address or of a bare `facta.news`, in lower case and without `www.`; `None` for names of people and
/// organisations, which are not stored.
pub(crate) fn host(site: &str) -> Option<String> {
    let site = site.trim();
    let url = if site.contains("://") { parse(site) } else { parse(&format!("https://{site}")) }?;
    let host = url.host_str()?.trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    is_host(host).then(|| host.to_owned())
}

/// Whether a word is spelt like the host of a public site.
pub(crate) fn is_host(word: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let last = word.rsplit('.').next().unwrap_or_default();
    word.len() <= 253
        && word.contains('.')
        && word.split('.').all(label)
        && last.bytes().any(|byte| byte.is_ascii_alphabetic())
}

fn parse(link: &str) -> Option<Url> {
    let url = Url::parse(link.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_links() {
        for (link, expected) in [
            ("https://facta.example/a?b=1#c", Some("https://facta.example/a?b=1#c")),
            (" HTTP://Facta.Example ", Some("http://facta.example/")),
            ("https://seed_anna:secret@facta.example/", Some("https://facta.example/")),
            ("https://facta.example/<script>", Some("https://facta.example/%3Cscript%3E")),
            ("javascript:alert(1)", None),
            ("ftp://facta.example/", None),
            ("/relative", None),
            ("facta.example", None),
            ("", None),
        ] {
            assert_eq!(web(link).as_deref(), expected, "{link}");
        }
        assert_eq!(web(&format!("https://facta.example/{}", "a".repeat(LONGEST))), None);
    }

    #[test]
    fn a_publisher_is_a_host_and_never_a_name() {
        for (site, expected) in [
            ("https://www.facta.example/about", Some("facta.example")),
            ("Facta.Example", Some("facta.example")),
            ("https://facta.example.:8443/", Some("facta.example")),
            ("https://seed_anna@facta.example", Some("facta.example")),
            ("Facta", None),
            ("Agenzia di stampa", None),
            ("<script>alert(1)</script>", None),
            ("https://127.0.0.1/", None),
            ("https://[::1]/", None),
            ("", None),
        ] {
            assert_eq!(host(site).as_deref(), expected, "{site}");
        }
    }
}
