//! Addresses inside the house: a platform, a redirect or a name server must not lead a question there.

use super::AskError;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use url::{Host, Url};

/// Which hosts may be inside.
#[derive(Debug, Clone, Default)]
pub(crate) struct Guard {
    allowed: Arc<HashSet<String>>,
}

impl Guard {
    pub(crate) fn new(allowed: impl IntoIterator<Item = String>) -> Self {
        let bare = |host: String| host.trim_matches(['[', ']']).to_lowercase();
        Self { allowed: Arc::new(allowed.into_iter().map(bare).collect()) }
    }

    /// Refuses an address that is spelt in numbers and inside, and schemes that are none of the web's.
    pub(crate) fn check(&self, url: &Url) -> Result<(), AskError> {
        let host = host_of(url);
        if !matches!(url.scheme(), "http" | "https" | "ws" | "wss") {
            let what = format!("`{}` is no web address", url.scheme());
            return Err(AskError::Settings { what, hint: "an address begins with https://".to_owned() });
        }
        let literal = match url.host() {
            Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
            Some(Host::Domain(_)) => None,
            None => {
                let hint = "an address looks like https://example.org/path".to_owned();
                return Err(AskError::Settings { what: "an address has no host".to_owned(), hint });
            }
        };
        match literal {
            Some(ip) if is_inside(ip) && !self.allows(url.host_str().unwrap_or_default()) => {
                Err(AskError::Inside { host })
            }
            _ => Ok(()),
        }
    }

    /// The addresses of a name that may be asked.
    pub(crate) async fn look_up(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, AskError> {
        let bare = host.trim_matches(['[', ']']);
        let unreachable =
            |source: std::io::Error| AskError::Unreachable { host: host.to_owned(), source: source.into() };
        let all: Vec<SocketAddr> = tokio::net::lookup_host((bare, port)).await.map_err(unreachable)?.collect();
        let outside: Vec<SocketAddr> =
            all.iter().copied().filter(|at| self.allows(host) || !is_inside(at.ip())).collect();
        if outside.is_empty() && !all.is_empty() {
            return Err(AskError::Inside { host: host.to_owned() });
        }
        Ok(outside)
    }

    fn allows(&self, host: &str) -> bool {
        self.allowed.contains(&host.trim_matches(['[', ']']).to_lowercase())
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let found = guard.look_up(name.as_str(), 0).await?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// A host as messages and budgets know it, with its port where that is not the usual one.
pub(crate) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Loopback, private, link-local, shared, multicast, unspecified and reserved addresses, also when dressed up as IPv6.
fn is_inside(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_inside_v4(ip),
        IpAddr::V6(ip) => embedded(ip).map_or_else(|| is_inside_v6(ip), is_inside_v4),
    }
}

fn is_inside_v4(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_broadcast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (18..20).contains(&b))
        || ip.octets()[..3] == [192, 0, 0]
}

fn is_inside_v6(ip: Ipv6Addr) -> bool {
    ip.is_loopback()
        || ip.is_unspecified()
        || ip.is_multicast()
        || ip.is_unique_local()
        || ip.is_unicast_link_local()
        || ip.segments()[..2] == [0x2001, 0xdb8]
}

/// The IPv4 address inside a mapped, translated (`64:ff9b::/96`) or tunnelled (`2002::/16`) one.
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = ip.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match s {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => Some(v4(high, low)),
        _ => ip.to_ipv4_mapped(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_the_house_are_known_in_every_dress() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
        ] {
            assert!(is_inside(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
        {
            assert!(!is_inside(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn only_named_hosts_may_be_inside() {
        let guard = Guard::new(["127.0.0.1".to_owned(), "[::1]".to_owned()]);
        let check = |url: &str| guard.check(&Url::parse(url).unwrap());
        assert!(check("http://127.0.0.1:8080/x").is_ok() && check("ws://[::1]/x").is_ok());
        assert!(matches!(check("http://127.0.0.2/x"), Err(AskError::Inside { .. })));
        assert!(matches!(check("http://2130706434/x"), Err(AskError::Inside { .. })), "numbers are addresses too");
        assert!(matches!(check("file:///etc/passwd"), Err(AskError::Settings { .. })));
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_refused() {
        let closed = Guard::default().look_up("localhost", 80).await;
        assert!(matches!(closed, Err(AskError::Inside { .. })));
        assert!(!Guard::new(["localhost".to_owned()]).look_up("localhost", 80).await.unwrap().is_empty());
    }
}
