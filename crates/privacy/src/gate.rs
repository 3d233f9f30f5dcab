//! The gate in: a post with names goes in, a post without names comes out.

use crate::{Key, links, scrub};
use polso_domain::{AuthorKey, Event, Post, PostId, RawAuthor, RawEvent, RawPost, Reference, SourceId, Timestamp};

/// Holds the key and lets posts through.
pub struct Gate {
    key: Key,
}

impl Gate {
    /// A gate with this key.
    pub fn new(key: Key) -> Self {
        Self { key }
    }

    /// The pseudonym of an account: the same for `@Anna`, `anna` and `ANNA`, another one on every source.
    pub fn author(&self, source: &SourceId, handle: &str) -> AuthorKey {
        let handle = handle.trim().trim_start_matches('@').to_lowercase();
        AuthorKey::new(self.key.hash(&["author", source.as_str(), &handle]))
    }

    /// An id as it may be stored: opaque ids stay, ids that can spell an account (URIs, DIDs, addresses) are hashed.
    pub fn post_id(&self, source: &SourceId, id: &str) -> PostId {
        if is_opaque(id) {
            return PostId::new(id);
        }
        PostId::new(format!("h{}", AuthorKey::new(self.key.hash(&["post", source.as_str(), id])).to_hex()))
    }

    /// Takes the names off whatever a source said. `received` is when polso read it.
    pub fn admit(&self, raw: RawEvent, received: Timestamp) -> Event {
        match raw {
            RawEvent::Post(post) => Event::Post(Box::new(self.admit_post(*post, received))),
            RawEvent::Delete { source, id } => {
                let id = self.post_id(&source, &id);
                Event::Delete(Reference { source, id })
            }
            RawEvent::Gone { source, handle } => Event::Gone(self.author(&source, &handle)),
        }
    }

    fn admit_post(&self, raw: RawPost, received: Timestamp) -> Post {
        // Taken apart without `..`: a new raw field must be judged here before it compiles.
        let RawPost {
            source,
            id,
            author,
            text,
            lang,
            posted,
            doubtful_date,
            ask_again,
            kind,
            in_reply_to,
            reposted,
            mentions,
            hashtags,
            links,
            reach,
        } = raw;
        let names = scrub::Names::of(std::iter::once(&author).chain(&mentions));
        let key_of = |account: &RawAuthor| self.author(&source, &account.handle);
        Post {
            id: self.post_id(&source, &id),
            author: key_of(&author),
            text: scrub::scrub(&text, &names),
            lang_hint: lang,
            posted,
            doubtful_date,
            ask_again: ask_again.filter(|id| id.split('.').all(is_opaque)),
            received,
            kind,
            in_reply_to: in_reply_to.map(|id| self.post_id(&source, &id)),
            reposted: reposted.map(|id| self.post_id(&source, &id)),
            mentions: mentions.iter().filter(|account| !account.handle.is_empty()).map(key_of).collect(),
            hashtags: plain_tags(hashtags, &names),
            links: links.iter().filter(|link| !names.occur_in(link)).filter_map(|link| links::public(link)).collect(),
            reach,
            source,
        }
    }
}

/// Whether an id is of the kind that spells no account.
fn is_opaque(id: &str) -> bool {
    let opaque = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    id.len() <= 64 && id.bytes().all(opaque)
}

/// Hashtags in lowercase, each once, without those that are somebody's name.
fn plain_tags(tags: Vec<String>, names: &scrub::Names) -> Vec<String> {
    let mut plain: Vec<String> = Vec::with_capacity(tags.len());
    for tag in tags {
        let tag = tag.trim().trim_start_matches('#').to_lowercase();
        if !tag.is_empty() && !names.is_one(&tag) && !plain.contains(&tag) {
            plain.push(tag);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use polso_domain::{PostKind, Reach};

    fn gate() -> Gate {
        Gate::new(Key::new([3; 32]))
    }

    fn raw(text: &str) -> RawPost {
        RawPost {
            source: SourceId::new("forum").unwrap(),
            id: "1".to_owned(),
            author: RawAuthor {
                handle: "seed_anna".to_owned(),
                also: vec!["Seed Anna".to_owned(), "4412345678".to_owned()],
            },
            text: text.to_owned(),
            lang: None,
            posted: Timestamp::from_millis(1_583_708_400_000),
            doubtful_date: false,
            ask_again: None,
            kind: PostKind::Original,
            in_reply_to: None,
            reposted: None,
            mentions: vec![RawAuthor { handle: "seed_bruno".to_owned(), also: vec![] }],
            hashtags: vec!["IoRestoACasa".to_owned(), "#iorestoacasa".to_owned(), "seed_anna".to_owned()],
            links: vec!["https://example.org/a?utm_source=x".to_owned(), "https://forum.example/@seed_anna".to_owned()],
            reach: Reach::default(),
        }
    }

    fn admitted(text: &str) -> Post {
        gate().admit_post(raw(text), Timestamp::from_millis(0))
    }

    #[test]
    fn no_name_of_the_post_passes() {
        let post = admitted("Seed Anna: ciao @seed_bruno, seed_anna qui. Scrivi a seed.anna@example.org, 4412345678");
        assert_eq!(post.text, "[name]: ciao @user, @user qui. Scrivi a [email], @user");
        assert_eq!(post.hashtags, ["iorestoacasa"]);
        assert_eq!(post.links, ["https://example.org/a"]);
        let everything = format!("{post:?}").to_lowercase();
        assert!(!everything.contains("seed_"), "{everything}");
    }

    #[test]
    fn a_handle_has_one_pseudonym_a_source() {
        let (forum, blog) = (SourceId::new("forum").unwrap(), SourceId::new("blog").unwrap());
        assert_eq!(gate().author(&forum, "@Anna"), gate().author(&forum, "anna"));
        assert_ne!(gate().author(&forum, "anna"), gate().author(&blog, "anna"));
        assert_ne!(gate().author(&forum, "anna"), Gate::new(Key::new([4; 32])).author(&forum, "anna"));
    }

    #[test]
    fn ids_that_spell_an_account_are_hashed() {
        let source = SourceId::new("mastodon").unwrap();
        assert_eq!(gate().post_id(&source, "1234567890123456789").as_str(), "1234567890123456789");
        let hashed = gate().post_id(&source, "https://mastodon.example/users/anna/statuses/1");
        assert!(hashed.as_str().len() == 33 && !hashed.as_str().contains("anna"));
    }
}
