//! From a file's bytes to its text: compression by magic number, then encoding by byte order mark. A zip is handed on as
//! it is: it may be a workbook.
//!
//! UTF-8 goes through untouched and unchecked, so that damage can be laid to the row it is in. UTF-16 is turned into
//! UTF-8; damage in it comes out as U+FFFD.

use encoding_rs_io::DecodeReaderBytesBuilder;
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufReader, Cursor, Read};

/// The largest part of a file that is looked at before its rows are read.
const HEAD_BYTES: usize = 64 << 10;
const BUFFER_BYTES: usize = 256 << 10;

/// Bytes on their way.
pub(crate) type Bytes<'r> = Box<dyn Read + Send + 'r>;

/// A file as text.
pub(crate) struct Opened<'r> {
    /// The whole text, head included.
    pub text: BufReader<Bytes<'r>>,
    /// How it starts.
    pub head: Vec<u8>,
    /// It was UTF-16: U+FFFD stands where it was damaged.
    pub transcoded: bool,
}

/// What a file turned out to be.
pub(crate) enum Found<'r> {
    Text(Opened<'r>),
    Zip(Bytes<'r>),
}

/// What cannot be opened: the word for it.
pub(crate) struct Packed(pub &'static str);

/// The word for a repository as Bluesky exports it.
pub(crate) const CAR: &str = "Bluesky repository (CAR)";

/// Opens a file; what is wrong with its bytes comes out later, where it is met.
pub(crate) fn open<'r>(reader: impl Read + Send + 'r) -> Result<Found<'r>, Packed> {
    let (magic, raw) = peek(Box::new(reader), 6);
    let plain = decompress(&magic, raw)?;
    let (start, plain) = peek(plain, 8);
    match start.as_slice() {
        [b'P', b'K', 3, 4, ..] => return Ok(Found::Zip(plain)),
        // The length of its header, and the header's first key.
        [_, 0xa2, 0x65, b'r', b'o', b'o', b't', b's'] => return Err(Packed(CAR)),
        _ => {}
    }
    let utf16 = utf16(&start);
    let text = match utf16 {
        Some(encoding) => {
            Box::new(DecodeReaderBytesBuilder::new().encoding(Some(encoding)).strip_bom(true).build(plain))
        }
        None => without_mark(&start, plain),
    };
    let (head, text) = peek(text, HEAD_BYTES);
    let text = BufReader::with_capacity(BUFFER_BYTES, text);
    Ok(Found::Text(Opened { text, head, transcoded: utf16.is_some() }))
}

fn decompress<'r>(magic: &[u8], raw: Bytes<'r>) -> Result<Bytes<'r>, Packed> {
    Ok(match magic {
        [0x1f, 0x8b, ..] => Box::new(MultiGzDecoder::new(BufReader::with_capacity(BUFFER_BYTES, raw))),
        // The second is a skippable frame, with which parallel writers begin.
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => match zstd::Decoder::new(raw) {
            Ok(decoder) => Box::new(decoder),
            Err(error) => Box::new(Broken(Some(error))),
        },
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(Packed("old Excel (.xls)")),
        [b'B', b'Z', b'h', ..] => return Err(Packed("bzip2")),
        [0xfd, b'7', b'z', b'X', b'Z', 0] => return Err(Packed("xz")),
        [b'P', b'A', b'R', b'1', ..] => return Err(Packed("parquet")),
        _ => raw,
    })
}

/// A byte order mark, or a first character that has a zero byte: JSON and CSV both start with ASCII.
fn utf16(start: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match start {
        [0xff, 0xfe, ..] | [1..=0x7f, 0, ..] => Some(encoding_rs::UTF_16LE),
        [0xfe, 0xff, ..] | [0, 1..=0x7f, ..] => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

fn without_mark<'r>(start: &[u8], mut text: Bytes<'r>) -> Bytes<'r> {
    if start.starts_with(b"\xef\xbb\xbf") {
        // The three bytes come from memory and cannot fail.
        text.read_exact(&mut [0; 3]).ok();
    }
    text
}

/// The first bytes, and a reader that still has them. An error met on the way is met again where it was.
fn peek(mut reader: Bytes<'_>, bytes: usize) -> (Vec<u8>, Bytes<'_>) {
    let mut head = Vec::new();
    let end = reader.by_ref().take(bytes as u64).read_to_end(&mut head);
    let again = Cursor::new(head.clone());
    match end {
        Ok(_) => (head, Box::new(again.chain(reader))),
        Err(error) => (head, Box::new(again.chain(Broken(Some(error))))),
    }
}

/// Gives an error once, then the end.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn opened(bytes: &[u8]) -> Opened<'_> {
        match open(bytes) {
            Ok(Found::Text(opened)) => opened,
            _ => panic!("not a text"),
        }
    }

    fn text(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        opened(bytes).text.read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn every_packing_and_encoding_gives_the_same_text() {
        let utf16 = |big: bool| {
            let units = "{è".encode_utf16();
            units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect::<Vec<u8>>()
        };
        let inputs = [
            "{è".as_bytes().to_vec(),
            "\u{feff}{è".as_bytes().to_vec(),
            gzip("{è"),
            [gzip("{"), gzip("è")].concat(),
            zstd::encode_all("\u{feff}{è".as_bytes(), 1).unwrap(),
            [vec![0xff, 0xfe], utf16(false)].concat(),
            [vec![0xfe, 0xff], utf16(true)].concat(),
            utf16(false),
            utf16(true),
        ];
        for input in inputs {
            assert_eq!(text(&input).unwrap(), "{è", "{input:?}");
        }
    }

    #[test]
    fn a_cut_file_gives_what_it_has_and_then_the_error() {
        let numbers: Vec<String> = (0..50_000u32).map(|i| i.wrapping_mul(2_654_435_761).to_string()).collect();
        let whole = numbers.join("\n");
        for packed in [gzip(&whole), zstd::encode_all(whole.as_bytes(), 1).unwrap()] {
            let mut reader = opened(&packed[..packed.len() / 2]).text;
            let mut got = Vec::new();
            let end = reader.read_to_end(&mut got);
            assert!(end.is_err());
            assert!(got.len() > 1000 && whole.as_bytes().starts_with(&got));
        }
    }

    #[test]
    fn other_packings_are_named() {
        let word = |bytes: &'static [u8]| open(bytes).err().map(|packed| packed.0);
        assert_eq!(word(b"\xd0\xcf\x11\xe0...."), Some("old Excel (.xls)"));
        assert_eq!(word(b"\x3a\xa2\x65roots\x81"), Some(CAR));
        assert!(matches!(open(b"PK\x03\x04...".as_slice()), Ok(Found::Zip(_))));
        assert!(matches!(open(gzip("PK\x03\x04...").as_slice()), Ok(Found::Zip(_))));
    }
}
