//! The language of a claim as its ISO 639-1 code.
//!
//! `it-IT` and `ita` are `it`; a name of a language, in whatever language, is not read: the code is `und` and the text
//! itself tells.

/// The code of a language that is not known.
pub(crate) const UNKNOWN: &str = "und";

/// ISO 639-1.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de \
     dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io \
     is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt \
     my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn \
     so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Codes of three letters, and withdrawn ones, that feeds use.
const OTHERS: [(&str, &str); 22] = [
    ("ita", "it"),
    ("eng", "en"),
    ("fin", "fi"),
    ("swe", "sv"),
    ("deu", "de"),
    ("ger", "de"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("spa", "es"),
    ("por", "pt"),
    ("pol", "pl"),
    ("nld", "nl"),
    ("dut", "nl"),
    ("dan", "da"),
    ("nor", "no"),
    ("est", "et"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("cat", "ca"),
    ("iw", "he"),
    ("in", "id"),
    ("ji", "yi"),
];

/// The code of a tag such as `it-IT`; `None` when it is none.
pub(crate) fn code(tag: &str) -> Option<&'static str> {
    let language = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let known = CODES.split(' ').find(|code| !code.is_empty() && *code == language);
    known.or_else(|| OTHERS.iter().find(|(other, _)| *other == language).map(|(_, code)| *code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_codes_and_names_are_not() {
        for (tag, expected) in [
            ("it", Some("it")),
            ("it-IT", Some("it")),
            (" EN_us", Some("en")),
            ("pt-BR", Some("pt")),
            ("fin", Some("fi")),
            ("iw", Some("he")),
            ("Italian", None),
            ("xx", None),
            ("und", None),
            ("", None),
        ] {
            assert_eq!(code(tag), expected, "{tag}");
        }
        assert_eq!(CODES.split_whitespace().count(), 184);
    }
}
