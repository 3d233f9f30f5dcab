//! Whose reviews are taken: hosts that are on a list a person can edit.
//!
//! A feed of claims is open to everybody who marks a page up. The list says who is believed; what is not on it is refused
//! with its host, so that a reader can put it there.

use super::FormatError;
use super::link;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The list that polso brings, `config/publishers.toml`.
pub const PUBLISHERS: &str = include_str!("../../../../config/publishers.toml");

/// Hosts whose reviews are taken; their subdomains are theirs.
#[derive(Debug, Clone)]
pub struct Publishers {
    hosts: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    hosts: Vec<String>,
}

impl Publishers {
    /// Reads `hosts = ["facta.news", …]`.
    pub fn parse(toml: &str) -> Result<Self, FormatError> {
        let table = |source| FormatError::Table { table: "publishers", source: Box::new(source) };
        let List { hosts } = toml::from_str(toml).map_err(table)?;
        match hosts.iter().find(|host| !link::is_host(host)) {
            Some(host) => Err(FormatError::NotAHost { host: host.clone() }),
            None => Ok(Self { hosts: hosts.into_iter().collect() }),
        }
    }

    /// Whether a host, or one that it is a part of, is on the list.
    pub fn allows(&self, host: &str) -> bool {
        let parents = host.match_indices('.').map(|(dot, _)| &host[dot + 1..]);
        std::iter::once(host).chain(parents).any(|host| self.hosts.contains(host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subdomains_count_and_lookalikes_do_not() {
        let list = Publishers::parse("hosts = [\"afp.com\", \"who.int\"]").unwrap();
        assert!(list.allows("afp.com") && list.allows("factcheck.afp.com") && list.allows("who.int"));
        for other in ["notafp.com", "afp.com.example", "com", "int", "", "."] {
            assert!(!list.allows(other), "{other}");
        }
    }

    #[test]
    fn the_list_that_comes_along_is_read() {
        let list = Publishers::parse(PUBLISHERS).unwrap();
        assert!(list.hosts.len() >= 40 && list.allows("facta.news") && list.allows("thl.fi"));
        let lines = PUBLISHERS.lines().filter(|line| line.starts_with("  \""));
        for line in lines {
            assert!(line.contains("\", # "), "{line} says nothing of who it is");
        }
    }

    #[test]
    fn a_bad_list_says_why() {
        let wrong = |toml: &str| Publishers::parse(toml).unwrap_err();
        assert!(wrong("hosts = [\"https://who.int\"]").to_string().contains("https://who.int"));
        assert!(wrong("hosts = [\"Who.int\"]").hint().contains("who.int"));
        assert!(wrong("host = []").hint().contains("config/publishers.toml"));
    }
}
