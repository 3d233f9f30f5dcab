//! Where one JSON value ends and the next begins, without parsing and without holding more than one.
//!
//! Two layouts. `Lines`: a value per line; damage never reaches beyond its line. `Values`: an array, a pretty-printed
//! document, values one after the other; brackets and commas between values are skipped. A line break inside a string
//! is damage in JSON: there the value is given up, and reading goes on at the next line that begins one. Of a document
//! whose records stand in an array of its own, only these are read.
//!
//! It is not a JSON parser: that a value is balanced does not make it valid.

use memchr::{memchr, memchr2, memchr3};
use std::io::{self, BufRead, ErrorKind};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    Lines,
    Values,
}

/// How a value came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Its bytes are in [`Values::bytes`].
    Whole,
    /// Longer than the limit; read over.
    TooLong,
    /// Not an object, or never closed.
    Broken,
}

/// The values of a text, one at a time.
pub(crate) struct Values<R> {
    reader: R,
    layout: Layout,
    limit: usize,
    buffer: Vec<u8>,
    place: u64,
    resync: bool,
    /// The array's end is the end, whatever the document says behind it.
    ends_with_array: bool,
}

impl<R: BufRead> Values<R> {
    /// `head` is how the text starts: it decides the layout.
    pub(crate) fn new(reader: R, head: &[u8], limit: usize) -> Self {
        let layout = layout(head);
        Self { reader, layout, limit, buffer: Vec::new(), place: 0, resync: false, ends_with_array: false }
    }

    /// The values of an array whose bracket was read already.
    pub(crate) fn inside(reader: R, limit: usize) -> Self {
        let layout = Layout::Values;
        Self { reader, layout, limit, buffer: Vec::new(), place: 0, resync: false, ends_with_array: true }
    }

    /// The bytes of the last whole value.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.buffer
    }

    /// The last value's line or, in `Values`, its number.
    pub(crate) fn place(&self) -> u64 {
        self.place
    }

    /// Goes to the next value; `None` at the end.
    pub(crate) fn advance(&mut self) -> io::Result<Option<Cut>> {
        self.buffer.clear();
        match self.layout {
            Layout::Lines => self.line(),
            Layout::Values => self.value(),
        }
    }

    fn line(&mut self) -> io::Result<Option<Cut>> {
        loop {
            self.place += 1;
            let Some(cut) = self.collect(|chunk| memchr(b'\n', chunk).map(|at| (at + 1, Cut::Whole)))? else {
                return Ok(None);
            };
            if cut == Cut::TooLong || !self.buffer.trim_ascii().is_empty() {
                return Ok(Some(if cut == Cut::Broken { Cut::Whole } else { cut }));
            }
            self.buffer.clear();
        }
    }

    fn value(&mut self) -> io::Result<Option<Cut>> {
        let Some(first) = self.seek_value()? else { return Ok(None) };
        self.place += 1;
        if first != b'{' {
            // A lone number, word or stray bracket.
            self.collect(|chunk| memchr2(b'{', b'\n', chunk).map(|at| (at, Cut::Broken)))?;
            return Ok(Some(Cut::Broken));
        }
        let mut scanner = Scanner::default();
        let cut = self.collect(|chunk| scanner.end(chunk))?;
        self.resync = cut == Some(Cut::Broken);
        Ok(cut)
    }

    /// Steps over what may stand between values. After a broken value only a line that begins one will do.
    fn seek_value(&mut self) -> io::Result<Option<u8>> {
        loop {
            let chunk = fill(&mut self.reader)?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let between = |byte: u8| {
                byte.is_ascii_whitespace() || matches!(byte, b',' | b'[') || (byte == b']' && !self.ends_with_array)
            };
            let Some(at) = chunk.iter().position(|&byte| !between(byte)) else {
                let skipped = chunk.len();
                self.reader.consume(skipped);
                continue;
            };
            let first = chunk[at];
            if first == b']' && !self.resync {
                return Ok(None);
            }
            if !self.resync || first == b'{' {
                self.reader.consume(at);
                return Ok(Some(first));
            }
            let rest = memchr(b'\n', &chunk[at..]).map_or(chunk.len(), |newline| at + newline + 1);
            self.reader.consume(rest);
        }
    }

    /// Takes bytes up to where `end` says, in as many chunks as it needs; `Broken` if the text ends before.
    fn collect(&mut self, mut end: impl FnMut(&[u8]) -> Option<(usize, Cut)>) -> io::Result<Option<Cut>> {
        let mut taken = false;
        let mut fits = true;
        loop {
            let chunk = fill(&mut self.reader)?;
            if chunk.is_empty() {
                return Ok(taken.then_some(if fits { Cut::Broken } else { Cut::TooLong }));
            }
            taken = true;
            let ending = end(chunk);
            let upto = ending.map_or(chunk.len(), |(upto, _)| upto);
            fits = fits && self.buffer.len() + upto <= self.limit;
            if fits {
                self.buffer.extend_from_slice(&chunk[..upto]);
            } else {
                self.buffer = Vec::new();
            }
            self.reader.consume(upto);
            if let Some((_, cut)) = ending {
                return Ok(Some(if fits { cut } else { Cut::TooLong }));
            }
        }
    }
}

/// The next bytes at hand, none at the end.
fn fill(reader: &mut impl BufRead) -> io::Result<&[u8]> {
    while let Err(error) = reader.fill_buf() {
        if error.kind() != ErrorKind::Interrupted {
            return Err(error);
        }
    }
    reader.fill_buf()
}

/// A whole object on the first line is the mark of JSON Lines. If that line ends in the middle of one, it may be damaged
/// or the start of a document: then the lines after it decide, and without any it is simply long.
fn layout(head: &[u8]) -> Layout {
    let lines = head.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let mut lines = lines.filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let end = |line: &[u8]| if line.starts_with(b"{") { Scanner::default().end(line) } else { Some((0, Cut::Broken)) };
    let alone = |line: &[u8]| end(line) == Some((line.len(), Cut::Whole));
    if end(first).is_some() {
        return if alone(first) { Layout::Lines } else { Layout::Values };
    }
    let (whole, other): (Vec<&[u8]>, Vec<&[u8]>) = lines.partition(|line| alone(line));
    if whole.len() >= other.len() { Layout::Lines } else { Layout::Values }
}

/// Follows brackets and strings through the chunks of one object.
#[derive(Default)]
struct Scanner {
    depth: u32,
    in_string: bool,
    escaped: bool,
}

impl Scanner {
    /// Where the object ends in this chunk, if it does.
    fn end(&mut self, chunk: &[u8]) -> Option<(usize, Cut)> {
        let mut at = 0;
        while at < chunk.len() {
            if self.in_string {
                if std::mem::take(&mut self.escaped) {
                    at += 1;
                    continue;
                }
                at += memchr3(b'"', b'\\', b'\n', &chunk[at..])?;
                match chunk[at] {
                    b'"' => self.in_string = false,
                    b'\\' => self.escaped = true,
                    _ => return Some((at + 1, Cut::Broken)),
                }
            } else {
                match chunk[at] {
                    b'"' => self.in_string = true,
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                if self.depth == 0 {
                    return Some((at + 1, Cut::Whole));
                }
            }
            at += 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Map, Value};
    use std::io::BufReader;

    fn cuts(text: &[u8], limit: usize, chunk: usize) -> Vec<(u64, Cut, String)> {
        let mut values = Values::new(BufReader::with_capacity(chunk, text), text, limit);
        let mut all = Vec::new();
        while let Some(cut) = values.advance().unwrap() {
            all.push((values.place(), cut, String::from_utf8_lossy(values.bytes()).trim().to_owned()));
        }
        all
    }

    #[test]
    fn damage_in_json_lines_stays_in_its_line() {
        let text = b"{\"a\":\n\n{\"a\":2}\n{\"a\":\"x\n{\"a\":4}";
        let places: Vec<u64> = cuts(text, 1000, 7).iter().map(|cut| cut.0).collect();
        assert_eq!(places, [1, 3, 4, 5]);
    }

    #[test]
    fn a_document_with_an_object_per_line_is_one_value() {
        let text = b"{\"data\":[\n{\"a\":1},\n{\"a\":2}\n],\n\"meta\":{}\n}\n";
        assert_eq!(cuts(text, 1000, 7).len(), 1);
    }

    #[test]
    fn a_long_row_is_read_over() {
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(5000));
        for (open, between, close) in [("", "\n", ""), ("[", ",", "]")] {
            let text = format!("{open}{{\"a\":1}}{between}{long}{between}{{\"a\":2}}{close}");
            let got = cuts(text.as_bytes(), 100, 64);
            assert_eq!(got.iter().map(|cut| cut.1).collect::<Vec<_>>(), [Cut::Whole, Cut::TooLong, Cut::Whole]);
            assert_eq!(got[2].2, "{\"a\":2}");
        }
    }

    #[test]
    fn a_broken_value_in_an_array_costs_one_row() {
        let text = b"[\n {\n  \"a\": \"x\n },\n null, {\"a\":2},\n {\"a\":3}\n]";
        let got = cuts(text, 100, 9);
        assert_eq!(got.iter().map(|cut| cut.1).collect::<Vec<_>>(), [Cut::Broken, Cut::Whole]);
        assert_eq!(cuts(b"[1, {\"a\":2}]", 100, 9).len(), 2);
    }

    fn object() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[\\PC\n\"\\\\{}\\[\\],]{0,12}".prop_map(Value::from),
        ];
        let tree = leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-z\"{]{0,4}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect::<Map<_, _>>())),
            ]
        });
        prop::collection::btree_map("[a-z]{1,4}", tree, 1..4).prop_map(|map| Value::Object(map.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn values_come_back_however_they_were_joined(
            objects in prop::collection::vec((object(), any::<bool>(), 0..4usize), 0..8),
            array in any::<bool>(),
            chunk in 1..200usize,
        ) {
            let joints = ["\n", "", " \r\n\t", "\n\n"];
            let mut text = String::from(if array { "[" } else { "" });
            for (i, (value, pretty, joint)) in objects.iter().enumerate() {
                let spelt = if *pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
                text.push_str(if array && i > 0 { "," } else { "" });
                text.push_str(&spelt.unwrap());
                text.push_str(joints[*joint]);
            }
            text.push_str(if array { "]" } else { "" });
            let mut values = Values::new(BufReader::with_capacity(chunk, text.as_bytes()), text.as_bytes(), 1 << 20);
            values.layout = Layout::Values;
            let mut got = Vec::new();
            while let Some(cut) = values.advance().unwrap() {
                prop_assert_eq!(cut, Cut::Whole);
                got.push(serde_json::from_slice::<Value>(values.bytes()).unwrap());
            }
            prop_assert_eq!(got, objects.into_iter().map(|(value, ..)| value).collect::<Vec<_>>());
        }

        #[test]
        fn any_bytes_are_cut_without_panic_and_to_the_end(
            bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"{}[]\",\\\n ".to_vec())], 0..300),
            limit in 1..50usize,
        ) {
            prop_assert!(cuts(&bytes, limit, 5).len() <= bytes.len());
        }
    }
}
