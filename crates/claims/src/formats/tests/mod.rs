//! Whole files in the shapes in which they come, good and bad. All texts are invented, all hosts are `*.example`.

mod bad;
mod flat;
mod reviews;
mod seeds;
mod tables;

use super::*;
use std::io::BufReader;

pub(super) const LIST: &str = "hosts = [\"facta.example\", \"check.example\", \"salute.example\"]";

/// What came of a file.
#[derive(Default)]
pub(super) struct Came {
    pub(super) claims: Vec<Claim>,
    pub(super) refused: Vec<(String, Refusal)>,
    pub(super) notes: Vec<(String, Note)>,
}

impl Came {
    pub(super) fn texts(&self) -> Vec<&str> {
        self.claims.iter().map(|claim| claim.wordings[0].text.as_str()).collect()
    }

    pub(super) fn take(&mut self, read: Read) -> ControlFlow<()> {
        match read {
            Read::Claim(claim) => self.claims.push(claim),
            Read::Refused { place, reason } => self.refused.push((place, reason)),
            Read::Noted { place, note } => self.notes.push((place, note)),
        }
        ControlFlow::Continue(())
    }
}

/// Takes mail addresses out, as the caller's function does.
pub(super) fn clean(text: &str) -> String {
    text.split(' ').map(|word| if word.contains('@') { "…" } else { word }).collect::<Vec<_>>().join(" ")
}

pub(super) fn with_map(bytes: &[u8], format: Option<Format>, map: &ColumnMap) -> (Came, Result<Format, FormatError>) {
    let (verdicts, publishers) = (Verdicts::parse(VERDICTS).unwrap(), Publishers::parse(LIST).unwrap());
    let options = Options { verdicts: &verdicts, publishers: &publishers, columns: map, clean: &clean };
    let mut came = Came::default();
    // Small pieces, as a pipe gives them.
    let input = BufReader::with_capacity(7, bytes);
    let outcome = read(input, format, &options, &mut |read| came.take(read));
    (came, outcome)
}

pub(super) fn came(file: &str) -> (Came, Result<Format, FormatError>) {
    with_map(file.as_bytes(), None, &ColumnMap::default())
}

/// A review of a page of `facta.example`.
pub(super) fn review(page: &str, text: &str, verdict: &str, date: &str) -> String {
    format!(
        "{{\"@type\":\"ClaimReview\",\"url\":\"https://www.facta.example/{page}\",\"claimReviewed\":\"{text}\",\
         \"datePublished\":\"{date}\",\"inLanguage\":\"it-IT\",\"reviewRating\":{{\"alternateName\":\"{verdict}\"}}}}"
    )
}

#[test]
fn the_caller_may_stop() {
    let file = format!("[{},{}]", review("1", "Uno", "Falso", ""), review("2", "Due", "Falso", ""));
    let (verdicts, publishers) = (Verdicts::parse(VERDICTS).unwrap(), Publishers::parse(LIST).unwrap());
    let columns = ColumnMap::default();
    let options = Options { verdicts: &verdicts, publishers: &publishers, columns: &columns, clean: &clean };
    for file in [file.clone(), file.replace("},{\"@type\"", "}\n{\"@type\"").replace(['[', ']'], "")] {
        let mut count = 0;
        let outcome = read(file.as_bytes(), None, &options, &mut |_| {
            count += 1;
            ControlFlow::Break(())
        });
        assert_eq!((outcome.unwrap(), count), (Format::ClaimReview, 1));
    }
}
