//! A feed of any length in the memory of one element.
//!
//! Run the large one with `cargo test --release -p polso-claims -- --ignored --nocapture flat`.

use super::*;

/// A feed that is made while it is read, as a pipe gives it.
struct Feed {
    elements: u64,
    made: u64,
    bytes: u64,
    ready: Vec<u8>,
    at: usize,
}

impl Feed {
    fn new(elements: u64) -> Self {
        Self { elements, made: 0, bytes: 0, ready: b"{\"@type\":\"DataFeed\",\"dataFeedElement\":[".to_vec(), at: 0 }
    }

    fn make(&mut self) {
        let n = self.made;
        self.made += 1;
        self.ready = match n {
            n if n < self.elements => {
                let own = review(
                    &n.to_string(),
                    &format!("Il virus numero {n} passa con il latte {}", "e così via ".repeat(40)),
                    "Falso",
                    "2020-03-09",
                );
                let comma = if n == 0 { "" } else { "," };
                format!("{comma}{{\"@type\":\"DataFeedItem\",\"item\":[{own}]}}").into_bytes()
            }
            n if n == self.elements => b"]}".to_vec(),
            _ => Vec::new(),
        };
        self.at = 0;
    }
}

impl std::io::Read for Feed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.ready.len() {
            self.make();
        }
        let count = (&self.ready[self.at..]).read(into)?;
        self.at += count;
        self.bytes += count as u64;
        Ok(count)
    }
}

/// Claims of a feed of so many elements, its bytes, and the most memory the process ever held, in KiB.
fn run(elements: u64) -> (u64, u64, Option<u64>) {
    let (verdicts, publishers) = (Verdicts::parse(VERDICTS).unwrap(), Publishers::parse(LIST).unwrap());
    let columns = ColumnMap::default();
    let options = Options { verdicts: &verdicts, publishers: &publishers, columns: &columns, clean: &clean };
    let mut feed = Feed::new(elements);
    let mut claims = 0;
    let outcome = read(BufReader::with_capacity(4096, &mut feed), None, &options, &mut |read| {
        claims += u64::from(matches!(read, Read::Claim(_)));
        ControlFlow::Continue(())
    });
    assert_eq!(outcome.unwrap(), Format::DataCommons);
    (claims, feed.bytes, peak_kib())
}

fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn a_feed_is_read_while_it_is_made() {
    let (claims, bytes, _) = run(2_000);
    assert_eq!(claims, 2_000);
    assert!(bytes > 1_000_000);
}

#[test]
#[expect(clippy::print_stderr, reason = "a measurement is there to be read")]
#[ignore = "reads 300 MB; run alone, because other tests share the process's memory"]
fn flat_memory_over_300_megabytes() {
    let (_, _, small) = run(10_000);
    let begin = std::time::Instant::now();
    let (claims, bytes, large) = run(450_000);
    let seconds = begin.elapsed().as_secs_f64();
    assert_eq!(claims, 450_000);
    assert!(bytes > 300_000_000, "{bytes}");
    let rate = bytes as f64 / 1e6 / seconds;
    eprintln!("{bytes} bytes, {claims} claims, {seconds:.1} s, {rate:.0} MB/s, peak {small:?} KiB, then {large:?} KiB");
    if let (Some(small), Some(large)) = (small, large) {
        // What grows is the hashes of ids alone: 16 bytes each, twice that while their table is made larger.
        assert!(large - small < 32 << 10, "{small} KiB, then {large} KiB");
    }
}
