//! The record of a post, read leniently: any client may write anything into its own repository.
//!
//! Invariants
//! * A part of the wrong shape counts as absent and spoils no other part.
//! * Offsets are bytes of UTF-8. One that lies outside the text or inside a letter is not used; nothing is moved.
//! * A bare `#word` in the text is no hashtag: the app would not file the post under it either.

use polso_domain::{PostKind, RawAuthor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// Where posts live in a repository.
pub(super) const POSTS: &str = "app.bsky.feed.post";

/// An author with this label on the profile, or on the post, speaks to people with an account only.
pub(super) const NOT_IN_PUBLIC: &str = "!no-unauthenticated";

/// A value, or nothing if it is of another shape.
pub(super) struct Soft<T>(pub(super) Option<T>);

impl<T> Default for Soft<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Soft<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&'de RawValue>::deserialize(deserializer)?;
        Ok(Self(serde_json::from_str(raw.get()).ok()))
    }
}

/// A list without its members of another shape.
pub(super) type List<T> = Soft<Vec<Soft<T>>>;

/// Its other members.
pub(super) fn members<T>(list: List<T>) -> impl Iterator<Item = T> {
    list.0.unwrap_or_default().into_iter().filter_map(|member| member.0)
}

/// The record as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    #[serde(default)]
    text: Soft<String>,
    #[serde(default)]
    created_at: Soft<String>,
    #[serde(default)]
    langs: List<String>,
    #[serde(default)]
    facets: List<Facet>,
    #[serde(default)]
    tags: List<String>,
    #[serde(default)]
    reply: Soft<Reply>,
    #[serde(default)]
    embed: Soft<Embed>,
    #[serde(default)]
    labels: Soft<Labels>,
}

#[derive(Deserialize)]
struct Facet {
    #[serde(default)]
    index: Soft<Index>,
    #[serde(default)]
    features: List<Feature>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Index {
    byte_start: usize,
    byte_end: usize,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(rename = "$type")]
    kind: String,
    #[serde(default)]
    uri: Soft<String>,
    #[serde(default)]
    did: Soft<String>,
    #[serde(default)]
    tag: Soft<String>,
}

#[derive(Deserialize)]
struct Reply {
    #[serde(default)]
    parent: Soft<Reference>,
}

#[derive(Deserialize)]
struct Reference {
    uri: String,
}

#[derive(Deserialize)]
struct Embed {
    #[serde(default)]
    record: Soft<Quoted>,
    #[serde(default)]
    external: Soft<Reference>,
    #[serde(default)]
    media: Soft<Media>,
}

/// `embed.record` points at a record; `embed.recordWithMedia` wraps such a pointer once more.
#[derive(Deserialize)]
struct Quoted {
    #[serde(default)]
    uri: Soft<String>,
    #[serde(default)]
    record: Soft<Reference>,
}

#[derive(Deserialize)]
struct Media {
    #[serde(default)]
    external: Soft<Reference>,
}

#[derive(Deserialize)]
struct Labels {
    #[serde(default)]
    values: List<Label>,
}

#[derive(Deserialize)]
struct Label {
    val: String,
}

/// What a record says.
pub(super) struct Said {
    /// `None` where there is none or it is no text.
    pub(super) text: Option<String>,
    pub(super) created_at: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) kind: PostKind,
    pub(super) in_reply_to: Option<String>,
    pub(super) quoted: Option<String>,
    /// Accounts it names, the answered and the quoted one included.
    pub(super) mentions: Vec<RawAuthor>,
    pub(super) hashtags: Vec<String>,
    pub(super) links: Vec<String>,
    /// The post carries [`NOT_IN_PUBLIC`].
    pub(super) not_in_public: bool,
}

/// Reads a record. `None` if it is no object.
pub(super) fn read(record: &str) -> Option<Said> {
    // serde would read a list as the fields in their order.
    let record: Record = serde_json::from_str(record).ok().filter(|_| record.trim_start().starts_with('{'))?;
    let text = record.text.0;
    let (mut hashtags, mut links, mut mentions) = (Vec::new(), Vec::new(), Vec::new());
    for facet in members(record.facets) {
        let slice = facet.index.0.and_then(|index| text.as_deref()?.get(index.byte_start..index.byte_end));
        for feature in members(facet.features) {
            match feature.kind.rsplit('#').next() {
                Some("tag") => push(&mut hashtags, feature.tag.0),
                Some("link") => push(&mut links, feature.uri.0),
                Some("mention") => mention(&mut mentions, feature.did.0, slice),
                _ => {}
            }
        }
    }
    for tag in members(record.tags) {
        push(&mut hashtags, Some(tag));
    }
    let in_reply_to = record.reply.0.and_then(|reply| reply.parent.0).map(|parent| parent.uri);
    let mut quoted = None;
    if let Some(embed) = record.embed.0 {
        quoted = embed.record.0.and_then(|record| record.uri.0.or(record.record.0.map(|record| record.uri)));
        quoted = quoted.filter(|uri| uri.split('/').nth(3) == Some(POSTS));
        let media = embed.media.0.and_then(|media| media.external.0);
        for external in [embed.external.0, media].into_iter().flatten() {
            push(&mut links, Some(external.uri));
        }
    }
    for uri in [&in_reply_to, &quoted].into_iter().flatten() {
        mention(&mut mentions, author(uri).map(str::to_owned), None);
    }
    let kind = match (&quoted, &in_reply_to) {
        (Some(_), _) => PostKind::Quote,
        (None, Some(_)) => PostKind::Reply,
        (None, None) => PostKind::Original,
    };
    let labels = record.labels.0.map(|labels| labels.values).unwrap_or_default();
    Some(Said {
        created_at: record.created_at.0,
        lang: members(record.langs).map(|lang| lang.trim().to_owned()).find(|lang| !lang.is_empty()),
        not_in_public: members(labels).any(|label| label.val == NOT_IN_PUBLIC),
        text,
        kind,
        in_reply_to,
        quoted,
        mentions,
        hashtags,
        links,
    })
}

/// The account in `at://did:…/collection/rkey`; a handle in its place could pass to somebody else and counts as none.
pub(super) fn author(uri: &str) -> Option<&str> {
    uri.strip_prefix("at://")?.split('/').next().filter(|did| did.starts_with("did:"))
}

fn push(list: &mut Vec<String>, word: Option<String>) {
    if let Some(word) = word.map(|word| word.trim().to_owned()).filter(|word| !word.is_empty())
        && !list.contains(&word)
    {
        list.push(word);
    }
}

fn mention(mentions: &mut Vec<RawAuthor>, did: Option<String>, spelt: Option<&str>) {
    let Some(did) = did.filter(|did| did.starts_with("did:")) else { return };
    let also = spelt.map(|spelt| spelt.trim().trim_start_matches('@').to_owned()).filter(|spelt| !spelt.is_empty());
    match mentions.iter_mut().find(|known| known.handle == did) {
        Some(known) => known.also.extend(also),
        None => mentions.push(RawAuthor { handle: did, also: also.into_iter().collect() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const POST: &str = r#"{"$type":"app.bsky.feed.post","createdAt":"2026-08-01T13:55:55.000Z","langs":["it-IT","en"],
        "text":"perché @anna.example #Salute site.example/pa…","tags":["salute","Vaccini"," "],
        "facets":[
          {"index":{"byteStart":8,"byteEnd":21},"features":[{"$type":"app.bsky.richtext.facet#mention","did":"did:plc:seedanna"}]},
          {"index":{"byteStart":22,"byteEnd":29},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"Salute"}]},
          {"index":{"byteStart":30,"byteEnd":47},"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://site.example/page"}, 7]},
          {"index":{"byteStart":5,"byteEnd":6},"features":[{"$type":"app.bsky.richtext.facet#mention","did":"did:plc:seedbruno"}]},
          {"index":{"byteStart":-1,"byteEnd":"x"},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"Aria"}]},
          "no facet"],
        "reply":{"root":{"uri":"at://did:plc:seedcarla/app.bsky.feed.post/1"},"parent":{"uri":"at://did:plc:seeddario/app.bsky.feed.post/2","cid":"b"}},
        "embed":{"$type":"app.bsky.embed.external","external":{"uri":"https://other.example/","title":"t","description":"d"}}}"#;

    #[test]
    fn a_post_is_read_part_by_part() {
        let said = read(POST).unwrap();
        assert_eq!(said.hashtags, ["Salute", "Aria", "salute", "Vaccini"]);
        assert_eq!(said.links, ["https://site.example/page", "https://other.example/"]);
        assert_eq!((said.lang.as_deref(), said.kind), (Some("it-IT"), PostKind::Reply));
        assert_eq!(said.in_reply_to.as_deref(), Some("at://did:plc:seeddario/app.bsky.feed.post/2"));
        let mentions: Vec<_> = said.mentions.iter().map(|one| (one.handle.as_str(), one.also.join("|"))).collect();
        let expected = [("did:plc:seedanna", "anna.example"), ("did:plc:seedbruno", ""), ("did:plc:seeddario", "")];
        assert_eq!(mentions, expected.map(|(did, also)| (did, also.to_owned())));
    }

    #[test]
    fn quotes_are_found_in_both_wrappings_and_only_of_posts() {
        let quoted = |embed: &str| {
            let said = read(&format!(r#"{{"text":"","embed":{embed}}}"#)).unwrap();
            (said.quoted, said.kind, said.links)
        };
        let post = "at://did:plc:seedanna/app.bsky.feed.post/1";
        let (plain, kind, _) =
            quoted(&format!(r#"{{"$type":"app.bsky.embed.record","record":{{"uri":"{post}","cid":"b"}}}}"#));
        assert_eq!((plain.as_deref(), kind), (Some(post), PostKind::Quote));
        let (wrapped, _, links) = quoted(&format!(
            r#"{{"$type":"app.bsky.embed.recordWithMedia","record":{{"$type":"app.bsky.embed.record","record":{{"uri":"{post}"}}}},
            "media":{{"$type":"app.bsky.embed.external","external":{{"uri":"https://site.example/"}}}}}}"#
        ));
        assert_eq!((wrapped.as_deref(), links.len()), (Some(post), 1));
        let (list, kind, _) = quoted(r#"{"record":{"uri":"at://did:plc:seedanna/app.bsky.graph.list/1"}}"#);
        assert_eq!((list, kind), (None, PostKind::Original));
    }

    #[test]
    fn a_part_of_another_shape_spoils_nothing() {
        let said = read(r#"{"text":7,"langs":"it","tags":["ok",3],"facets":{},"reply":[],"embed":"x","labels":null}"#)
            .unwrap();
        assert!(said.text.is_none() && said.lang.is_none() && said.hashtags == ["ok"]);
        assert!(read("[1]").is_none() && read("nonsense").is_none());
        let hidden = r#"{"text":"","labels":{"$type":"com.atproto.label.defs#selfLabels","values":[{"val":"!no-unauthenticated"}]}}"#;
        assert!(read(hidden).unwrap().not_in_public);
    }

    proptest! {
        #[test]
        fn no_offset_ends_the_program(text in "\\PC{0,20}", start in any::<usize>(), end in 0usize..40) {
            let text = serde_json::to_string(&text).unwrap();
            for (start, end) in [(start, end), (end, start), (start % 40, end)] {
                let record = format!(r#"{{"text":{text},"facets":[{{"index":{{"byteStart":{start},"byteEnd":{end}}},
                    "features":[{{"$type":"app.bsky.richtext.facet#mention","did":"did:plc:seedanna"}}]}}]}}"#);
                prop_assert_eq!(read(&record).unwrap().mentions.len(), 1);
            }
        }
    }
}
