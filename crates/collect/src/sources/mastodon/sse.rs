//! Server-sent events, cut out of bytes as they come.
//!
//! A line that begins with `:` is a sign of life and nothing else.

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Event {
    /// Its kind, empty if it has none.
    pub(super) kind: String,
    /// What it carries.
    pub(super) data: String,
}

/// Longer than this no event is: what grows without an end is no stream of events.
const LONGEST: usize = 8 << 20;

/// An event that does not end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooLong;

/// Collects bytes until they are events.
#[derive(Default)]
pub(super) struct Parser {
    bytes: Vec<u8>,
    event: Event,
}

impl Parser {
    /// Takes bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), TooLong> {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() + self.event.data.len() > LONGEST { Err(TooLong) } else { Ok(()) }
    }

    /// The next whole event; one that carries nothing is none.
    pub(super) fn next(&mut self) -> Option<Event> {
        let mut from = 0;
        let mut found = None;
        while let Some(end) = memchr::memchr(b'\n', &self.bytes[from..]) {
            let line = String::from_utf8_lossy(&self.bytes[from..from + end]).into_owned();
            from += end + 1;
            let line = line.trim_end_matches('\r');
            if line.is_empty() {
                let event = std::mem::take(&mut self.event);
                if !event.data.is_empty() {
                    found = Some(event);
                    break;
                }
            }
            self.event.take_line(line);
        }
        self.bytes.drain(..from);
        found
    }
}

impl Event {
    fn take_line(&mut self, line: &str) {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.kind),
            "data" => {
                if !self.data.is_empty() {
                    self.data.push('\n');
                }
                self.data.push_str(value);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn events(pieces: &[&[u8]]) -> Vec<(String, String)> {
        let mut parser = Parser::default();
        let mut events = Vec::new();
        for piece in pieces {
            parser.push(piece).unwrap();
            while let Some(Event { kind, data }) = parser.next() {
                events.push((kind, data));
            }
        }
        events
    }

    const STREAM: &str =
        ":)\nevent: update\ndata: {\"a\":\"è\"}\n\n:thump\n\nevent: delete\r\ndata: 12\r\n\r\ndata: x\ndata:y\n\n";

    #[test]
    fn events_are_found_and_signs_of_life_are_not() {
        let found = events(&[STREAM.as_bytes()]);
        let own = |kind: &str, data: &str| (kind.to_owned(), data.to_owned());
        assert_eq!(found, [own("update", "{\"a\":\"è\"}"), own("delete", "12"), own("", "x\ny")]);
        assert_eq!(events(&[b"event: update\ndata: cut"]), []);
    }

    #[test]
    fn what_does_not_end_is_given_up() {
        let mut parser = Parser::default();
        assert_eq!(parser.push(&vec![b'x'; LONGEST + 1]), Err(TooLong));
    }

    proptest! {
        #[test]
        fn it_does_not_matter_how_the_bytes_are_cut(cuts in prop::collection::vec(0..STREAM.len(), 0..6)) {
            let mut cuts = cuts;
            cuts.extend([0, STREAM.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> = cuts.windows(2).map(|pair| &STREAM.as_bytes()[pair[0]..pair[1]]).collect();
            prop_assert_eq!(events(&pieces), events(&[STREAM.as_bytes()]));
        }
    }
}
