//! Whole files, format by format. Every name here is made up.

mod objects;
mod tools;
mod workbooks;

use super::*;
use polso_domain::{PostKind, RawPost};
use proptest::prelude::*;

/// 2022-11-22.
const NOW: i64 = 1_669_075_200_000;

pub(crate) fn import() -> Import {
    Import::new(Timestamp::from_millis(NOW))
}

/// All rows of a file; stops at an error.
pub(crate) fn read(text: impl AsRef<[u8]>, import: &Import) -> Result<Vec<Row>, Error> {
    rows(text.as_ref(), import, Path::new("file"))?.collect()
}

pub(crate) fn posts(rows: Vec<Row>) -> Vec<RawPost> {
    let post = |row| match row {
        Row::Event(RawEvent::Post(post)) => Some(*post),
        _ => None,
    };
    rows.into_iter().filter_map(post).collect()
}

pub(crate) fn refused(rows: Vec<Row>) -> Vec<Rejected> {
    let refused = |row| match row {
        Row::SetAside(rejected) => Some(rejected),
        _ => None,
    };
    rows.into_iter().filter_map(refused).collect()
}

const LINE: &str = r#"{"type":"post","id":"7","source":"bluesky","author":"@rosa","author_name":"Rosa V","text":"ciao","posted_at":"2020-03-08T23:00:00Z"}"#;

#[test]
fn polso_lines_of_every_type() {
    let text = format!(
        "{LINE}\n\n{}\n{}\n{}\n",
        r#"{"type":"delete","id":"7","source":"bluesky"}"#,
        r#"{"type":"gap","source":"bluesky","from":"2020-03-08T10:30:00Z","to":"2020-03-08T12:15:00Z","state":"failed"}"#,
        r#"{"id":8,"author":"luca","text":"re","posted_at":1583708400000,"in_reply_to":"7","likes":"1,200","mentions":["@rosa"]}"#,
    );
    let rows = read(&text, &import()).unwrap();
    assert!(
        matches!(&rows[1], Row::Event(RawEvent::Delete { id, source }) if id == "7" && source.as_str() == "bluesky")
    );
    let minutes: Vec<u32> =
        rows.iter().filter_map(|row| if let Row::Gap(gap) = row { Some(gap.minutes_missed) } else { None }).collect();
    assert_eq!(minutes, [30, 60, 15]);
    assert!(
        matches!(&rows[2], Row::Gap(gap) if gap.asked == 1 && gap.failed == 1 && gap.hour.millis() == 1_583_661_600_000)
    );
    let posts = posts(rows);
    assert_eq!(
        (posts[0].author.handle.as_str(), posts[0].author.also.as_slice()),
        ("rosa", &["Rosa V".to_owned()][..])
    );
    assert_eq!(posts[1].source.as_str(), "import");
    assert_eq!(posts[1].kind, PostKind::Reply);
    assert_eq!(posts[1].reach.likes, Some(1200));
    assert_eq!(posts[1].mentions[0].handle, "rosa");
}

#[test]
fn a_named_source_wins() {
    let import = Import { source: SourceId::new("elsewhere"), ..import() };
    assert_eq!(posts(read(LINE, &import).unwrap())[0].source.as_str(), "elsewhere");
}

#[test]
fn bad_rows_say_why_and_where_and_name_nobody() {
    let rows = [
        LINE.replace("\"7\"", "\"1.23E+18\""),
        LINE.replace("\"ciao\"", "\" \""),
        LINE.replace("2020-03-08T23:00:00Z", "1970-01-01T00:00:00Z"),
        LINE.replace("2020-03-08T23:00:00Z", "03/08/2020"),
        LINE.replace('}', ""),
        LINE.replace("\"post\"", "\"poll\""),
    ];
    let mut text = rows.join("\n").into_bytes();
    text.extend_from_slice(b"\n{\"id\":\"\xff\"}\n");
    text.extend_from_slice(LINE.as_bytes());
    let rows = read(&text, &import()).unwrap();
    assert!(matches!(rows[7], Row::Event(_)));
    let refused = refused(rows);
    let reasons: Vec<(u64, &str)> = refused.iter().map(|row| (row.line, row.reason.as_str())).collect();
    assert_eq!(
        reasons,
        [
            (1, "mangled_id"),
            (2, "missing_field"),
            (3, "implausible_time"),
            (4, "bad_time"),
            (5, "malformed"),
            (6, "malformed"),
            (7, "bad_encoding")
        ]
    );
    assert_eq!(refused[0].source.as_str(), "bluesky");
    assert!(refused[0].raw.as_deref().is_some_and(|raw| raw.contains("ciao")));
    for row in &refused {
        assert!(!format!("{row:?}").to_lowercase().contains("rosa"), "{row:?}");
    }
}

#[test]
fn every_joint_gives_the_same_rows() {
    let pretty = serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(LINE).unwrap()).unwrap();
    for text in [
        format!("{LINE}\n{LINE}"),
        format!("[{LINE},{LINE}]"),
        format!("{pretty}\n{pretty}"),
        format!("[\n{pretty},\n{pretty}\n]\n"),
        format!("{LINE}{LINE}"),
    ] {
        assert_eq!(posts(read(&text, &import()).unwrap()).len(), 2, "{text}");
    }
}

#[test]
fn a_cut_file_gives_its_rows_and_then_says_so() {
    use std::io::Write;
    let lines: String =
        (0..20_000u32).map(|i| LINE.replace("\"7\"", &format!("\"{}\"", i.wrapping_mul(40_503))) + "\n").collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(lines.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let mut reader = rows(&gzip[..gzip.len() / 2], &import(), Path::new("file")).unwrap();
    let good = reader.by_ref().take_while(Result::is_ok).count() as u64;
    assert!(good > 1000);
    assert_eq!(reader.rows_read(), good);
    assert!(reader.next().is_none());
    let tiny = rows(&gzip[..12], &import(), Path::new("file"));
    assert!(matches!(tiny, Err(Error::Cut { rows_read: 0, .. })));
}

#[test]
fn a_hundred_megabytes_in_one_line_are_one_row() {
    struct Long(u64);
    impl Read for Long {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let n = buffer.len().min(usize::try_from(self.0).unwrap());
            buffer[..n].fill(b'x');
            self.0 -= n as u64;
            Ok(n)
        }
    }
    let import = Import { max_row_bytes: 1 << 20, ..import() };
    let text = format!("{LINE}\n{{\"id\":\"");
    let tail = format!("\"}}\n{LINE}");
    let reader = text.as_bytes().chain(Long(100 << 20)).chain(tail.as_bytes());
    let rows: Vec<Row> = rows(reader, &import, Path::new("file")).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    assert!(matches!(&rows[1], Row::SetAside(row) if row.reason == SetAside::TooLong && row.line == 2));
}

#[test]
fn nothing_and_nonsense_are_told_apart() {
    for text in ["", " \n\n", "\u{feff}"] {
        assert!(matches!(read(text, &import()), Err(Error::Empty { .. })), "{text:?}");
    }
    assert!(matches!(read("{\"x\":1}\n", &import()), Err(Error::UnknownFormat { .. })));
    assert!(matches!(read("PK\x03\x04xx", &import()), Err(Error::Unsupported { .. })));
    let import = Import { map: FieldMap::parse(&["id=id"]).ok(), format: Some(Format::TwitterV1), ..import() };
    assert!(matches!(read(LINE, &import), Err(Error::MapUnused { .. })));
}

#[test]
fn utf16_is_read_like_any_other() {
    let utf16: Vec<u8> = format!("\u{feff}{LINE}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(posts(read(&utf16, &import()).unwrap())[0].text, "ciao");
    let mut damaged = utf16.clone();
    let at = utf16.windows(2).position(|pair| pair == [b'c', 0]).unwrap();
    damaged[at + 1] = 0xd8;
    assert_eq!(refused(read(&damaged, &import()).unwrap())[0].reason, SetAside::BadEncoding);
}

#[test]
fn json_of_any_shape_goes_through_a_map() {
    let row = r#"{"id":"1227153622074580993","body":"ciao","who":{"nick":"rosa"},"date":"2020-02-11 08:53:17","tags":["a","b"],"n":{"likes":3}}"#;
    let pairs = ["text=body", "author=who.nick", "hashtags=tags", "likes=n.likes"];
    let mapped = Import { map: FieldMap::parse(&pairs).ok(), ..import() };
    let mut reader = rows(row.as_bytes(), &mapped, Path::new("file")).unwrap();
    assert_eq!((reader.format(), reader.source().as_str()), (Format::Jsonl, "import"));
    let posts = posts(vec![reader.next().unwrap().unwrap()]);
    assert_eq!(posts[0].author.handle, "rosa");
    assert_eq!(posts[0].hashtags, ["a", "b"]);
    assert_eq!(posts[0].reach.likes, Some(3));
    assert_eq!(posts[0].posted.millis(), 1_581_411_197_000);

    let wrong = Import { map: FieldMap::parse(&["text=body", "author=who.handle"]).ok(), ..import() };
    let error = read(row, &wrong).err().unwrap();
    assert!(matches!(&error, Error::NoSuchColumn { field: "author", .. }));
    assert!(error.hint().unwrap().contains("who.nick"));
}

proptest! {
    #[test]
    fn no_bytes_panic(
        start in prop::sample::select(vec!["", "{", "[", "id,text,author,date\n", LINE, "\u{feff}", "\x1f\u{8b}"]),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        format in prop::option::of(prop::sample::select(Format::ALL.to_vec())),
    ) {
        let import = Import { format, max_row_bytes: 100, ..import() };
        let text = [start.as_bytes(), &bytes].concat();
        if let Ok(reader) = rows(&text[..], &import, Path::new("file")) {
            prop_assert!(reader.count() <= text.len() + 1);
        }
    }

    #[test]
    fn damaged_json_never_panics(at in 0..120usize, byte in any::<u8>()) {
        let mut text = LINE.as_bytes().to_vec();
        let at = at % text.len();
        text[at] = byte;
        for format in [Format::Polso, Format::TwitterV1, Format::TwitterV2] {
            let import = Import { format: Some(format), ..import() };
            prop_assert!(read(&text, &import).is_ok());
        }
    }
}
