//! Bytes of a feed to text: the encoding that is true, not the one that is claimed.
//!
//! Headers come from a web server's defaults and declarations from a template; both lie. A byte order mark does not, and
//! bytes that read as UTF-8 are UTF-8. Only where neither speaks is a claim believed, the header's before the document's.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// A feed as text.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    /// Some bytes were no text in its encoding: U+FFFD stands for them.
    pub(super) damaged: bool,
}

/// Decodes a body that came with this `Content-Type`.
pub(super) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..]);
    }
    if bytes.starts_with(b"<\0") || bytes.starts_with(b"{\0") {
        return with(UTF_16LE, bytes);
    }
    if bytes.starts_with(b"\0<") || bytes.starts_with(b"\0{") {
        return with(UTF_16BE, bytes);
    }
    let shift = bytes.contains(&0x1b);
    match std::str::from_utf8(bytes) {
        Ok(text) if !shift => Decoded { text: Cow::Borrowed(text), damaged: false },
        _ => {
            let claims = [content_type.and_then(of_header), declared(bytes)].into_iter().flatten();
            // A claim of UTF-8 was just refuted, unless the bytes are seven bits wide.
            let claimed =
                claims.into_iter().find(|encoding| *encoding != UTF_8 && (!shift || *encoding == ISO_2022_JP));
            with(claimed.unwrap_or(UTF_8), bytes)
        }
    }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, damaged }
}

/// `text/xml; charset="iso-8859-1"`.
fn of_header(content_type: &str) -> Option<&'static Encoding> {
    let charset = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    })?;
    Encoding::for_label(charset.as_bytes())
}

/// `<?xml version="1.0" encoding="iso-8859-1"?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.trim_ascii_start().strip_prefix(b"<?xml")?;
    let head = &head[..head.iter().position(|byte| *byte == b'>')?];
    let after = head.windows(9).position(|window| window == b"encoding=")? + 9;
    let quote = *head.get(after).filter(|quote| matches!(quote, b'"' | b'\''))?;
    let label = &head[after + 1..];
    Encoding::for_label(&label[..label.iter().position(|byte| *byte == quote)?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8], content_type: Option<&str>) -> (String, bool) {
        let Decoded { text, damaged } = decode(bytes, content_type);
        (text.into_owned(), damaged)
    }

    #[test]
    fn the_true_encoding_wins_over_the_claimed_one() {
        let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><a>caff\xe8</a>";
        assert!(read(latin, None).0.ends_with("caffè</a>"));
        assert!(read(latin, Some("text/xml; charset=utf-8")).0.ends_with("caffè</a>"));
        assert!(read(b"<a>caff\xe8</a>", Some("text/xml;Charset=\"ISO-8859-1\"")).0.ends_with("caffè</a>"));
        let utf8 = "<?xml version='1.0' encoding='iso-8859-1'?><a>caffè</a>";
        assert_eq!(read(utf8.as_bytes(), Some("text/xml; charset=iso-8859-1")), (utf8.to_owned(), false));
        let marked = ["\u{feff}".as_bytes(), utf8.as_bytes()].concat();
        assert_eq!(read(&marked, Some("text/xml; charset=iso-8859-1")).0, utf8);
        let wide: Vec<u8> = "<a>è</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide, None).0, "<a>è</a>");
        assert_eq!(read(&[b"\xff\xfe", &wide[..]].concat(), None).0, "<a>è</a>");
        assert_eq!(read(b"<a>\x1b$B$\"\x1b(B</a>", Some("text/xml; charset=iso-2022-jp")).0, "<a>あ</a>");
    }

    #[test]
    fn what_is_no_text_is_marked() {
        assert_eq!(read(b"<a>caff\xe8</a>", None), ("<a>caff\u{fffd}</a>".to_owned(), true));
        assert_eq!(read("<a>\u{fffd}</a>".as_bytes(), None), ("<a>\u{fffd}</a>".to_owned(), false));
    }

    proptest! {
        #[test]
        fn any_bytes_are_decoded(bytes in prop::collection::vec(any::<u8>(), 0..60), label in "[ -~]{0,30}") {
            read(&bytes, Some(&label));
        }
    }
}
