//! A file that people filled, read back.
//!
//! What is wrong with the file as a whole is an error; what is wrong with a row refuses that row, with its line.

use super::cells::unguarded;
use super::code::Code;
use super::words::{column, meant};
use crate::failure::Failure;
use polso_desk::Task;
use polso_domain::{ClaimId, Day, PostId, SourceId, TextKey};
use polso_store::Scored;
use std::collections::HashMap;
use std::path::Path;

/// A sample is a few hundred posts; a file beyond this is something else.
const LARGEST: u64 = 64 << 20;
const DELIMITERS: [u8; 3] = *b",;\t";

/// What a file says.
#[derive(Debug, Default)]
pub(crate) struct Filled {
    /// Rows with at least one answer.
    pub(crate) rows: Vec<Answered>,
    /// Rows of the sample without an answer.
    pub(crate) unanswered: usize,
    /// Rows that were refused.
    pub(crate) refused: Vec<Unusable>,
}

/// A post with what was answered about it.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) source: SourceId,
    pub(crate) post: PostId,
    pub(crate) claim: Option<ClaimId>,
    pub(crate) day: Day,
    pub(crate) stratum: String,
    pub(crate) weight: f64,
    /// The text that was looked at.
    pub(crate) text: TextKey,
    pub(crate) answers: Vec<(Task, &'static str)>,
}

/// A row that cannot be taken.
#[derive(Debug)]
pub(crate) struct Unusable {
    pub(crate) line: u64,
    pub(crate) why: String,
}

/// Finds the line of a record. The reader's own count is one behind where lines end as on Windows.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which what stands behind `byte` begins; bytes must not go down.
    fn at(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        while let Some(passed) = self.text.get(self.at) {
            if self.at >= byte && !matches!(passed, b'\r' | b'\n') {
                break;
            }
            self.line += u64::from(*passed == b'\n');
            self.at += 1;
        }
        self.line
    }
}

/// Where the columns stand.
struct Columns(HashMap<String, usize>);

impl Filled {
    /// Reads the file at `path`.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let size = std::fs::metadata(path).map_err(Failure::io("read", path))?.len();
        if size > LARGEST {
            return Err(unlike(path, "is too large for one"));
        }
        let bytes = std::fs::read(path).map_err(Failure::io("read", path))?;
        let text = std::str::from_utf8(&bytes).map_err(|_| {
            let what = format!("`{}` is not in UTF-8", path.display());
            Failure::usage(what, "save it from the spreadsheet as `CSV UTF-8`; nothing was taken")
        })?;
        Self::parse(text.trim_start_matches('\u{feff}'), path)
    }

    fn parse(text: &str, path: &Path) -> Result<Self, Failure> {
        // A spreadsheet's own line about the sign between cells.
        let (skipped, text) = match text.split_once('\n') {
            Some((first, rest)) if first.trim_end().len() == 5 && first.starts_with("sep=") => (1, rest),
            _ => (0, text),
        };
        let head = text.lines().next().unwrap_or_default();
        let cells = |delimiter: &u8| head.split(char::from(*delimiter)).count();
        let delimiter = DELIMITERS.into_iter().max_by_key(|delimiter| cells(delimiter)).unwrap_or(b',');
        let mut csv = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut records = csv.records();
        let head = records.next().and_then(Result::ok).unwrap_or_default();
        let name = |cell: &str| cell.trim().to_lowercase();
        let columns = Columns(head.iter().enumerate().map(|(at, cell)| (name(cell), at)).collect());
        columns.check(path)?;
        let mut filled = Self::default();
        let mut seen: HashMap<[String; 3], u64> = HashMap::new();
        let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
        for record in records {
            // Text that is sound UTF-8 is always a record; its width is looked at below.
            let Ok(record) = record else { continue };
            let line = skipped + lines.at(record.position().map_or(0, csv::Position::byte));
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let row = if record.len() == head.len() {
                columns.row(&record)
            } else {
                Err(format!("it has {} cells and the head has {}", record.len(), head.len()))
            };
            filled.take(line, row, &mut seen);
        }
        Ok(filled)
    }

    fn take(&mut self, line: u64, row: Result<Answered, String>, seen: &mut HashMap<[String; 3], u64>) {
        let row = row.and_then(|row| {
            let claim = row.claim.as_ref().map_or("", ClaimId::as_str);
            let key = [row.source.as_str(), row.post.as_str(), claim].map(str::to_owned);
            match seen.insert(key, line) {
                Some(before) => Err(format!("line {before} is about the same post")),
                None => Ok(row),
            }
        });
        match row {
            Ok(row) if row.answers.is_empty() => self.unanswered += 1,
            Ok(row) => self.rows.push(row),
            Err(why) => self.refused.push(Unusable { line, why }),
        }
    }
}

impl Answered {
    /// Whether the post still has the text that was looked at.
    pub(crate) fn is_about(&self, post: &Scored) -> bool {
        self.text == post.text_key
    }
}

impl Columns {
    fn check(&self, path: &Path) -> Result<(), Failure> {
        let needed = ["sample", "source", "post_id", "claim"].into_iter().chain(Task::ALL.map(column));
        match needed.into_iter().find(|name| !self.0.contains_key(*name)) {
            None => Ok(()),
            Some(missing) => Err(unlike(path, &format!("has no column `{missing}`"))),
        }
    }

    fn cell<'a>(&self, record: &'a csv::StringRecord, name: &str) -> &'a str {
        self.0.get(name).and_then(|at| record.get(*at)).map(str::trim).unwrap_or_default()
    }

    /// One row; an error says what is wrong with it.
    fn row(&self, record: &csv::StringRecord) -> Result<Answered, String> {
        let text = |name: &str| unguarded(self.cell(record, name));
        let owner = [text("source"), text("post_id"), text("claim")];
        let code = Code::read(self.cell(record, "sample"), owner)
            .ok_or("`sample`, `source`, `post_id` and `claim` do not belong together; they must stay as they were")?;
        let source = SourceId::new(owner[0]).ok_or("`source` is no source")?;
        let claim = if owner[2].is_empty() { None } else { Some(ClaimId::new(owner[2]).ok_or("`claim` is no claim")?) };
        let mut answers = Vec::new();
        for task in Task::ALL {
            let (name, cell) = (column(task), unguarded(self.cell(record, column(task))));
            if cell.is_empty() {
                continue;
            }
            let known = || task.labels().join(", ");
            let answer = meant(task, cell).ok_or_else(|| format!("`{name}` may be {} or empty", known()))?;
            if task == Task::Stance && claim.is_none() {
                return Err("`stance` is asked only where a claim is named".to_owned());
            }
            answers.push((task, answer));
        }
        let Code { day, stratum, weight, text } = code;
        Ok(Answered { source, post: PostId::new(owner[1]), claim, day, stratum, weight: weight.into(), text, answers })
    }
}

fn unlike(path: &Path, what: &str) -> Failure {
    let hint = "it must be a file of `polso review sample` with all its columns; nothing was taken";
    Failure::usage(format!("`{}` {what}", path.display()), hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "sample;day;source;post_id;lang;text;claim;claim_text;mood;needs_checking;question;stance;note";

    /// A row about post `id`, with what stands in the columns to fill.
    fn row(id: &str, answers: &str) -> String {
        let code = Code { day: Day::from_epoch_days(18_336), stratum: "it".into(), weight: 4.0, text: TextKey(7) };
        format!("{};15/03/2020;twitter;'{id};it;testo;;;{answers};", code.spelt(["twitter", id, ""]))
    }

    fn parsed(rows: &[String]) -> Filled {
        let text = format!("{HEAD}\r\n{}\r\n", rows.join("\r\n"));
        Filled::parse(&text, Path::new("x.csv")).unwrap()
    }

    #[test]
    fn a_sheet_from_an_italian_spreadsheet_is_read() {
        let filled = parsed(&[row("1", "Negativo;sì;;"), row("2", ";;;"), ";;;;;;;;;;;;".to_owned()]);
        assert_eq!((filled.rows.len(), filled.unanswered, filled.refused.len()), (1, 1, 0), "{filled:?}");
        let row = &filled.rows[0];
        assert_eq!(row.answers, [(Task::Sentiment, "negative"), (Task::NeedsChecking, "yes")]);
        assert_eq!((row.post.as_str(), row.stratum.as_str(), row.day.epoch_days()), ("1", "it", 18_336));
    }

    #[test]
    fn each_bad_row_is_refused_with_its_line() {
        let moved = row("4", "neutro;;;").replace("'4", "'5");
        let short = row("6", "neutro").trim_end_matches(';').to_owned();
        let rows =
            [row("1", "male;;;"), row("2", ";;;ripete"), row("3", "neutro;;;"), row("3", "neutro;;;"), moved, short];
        let filled = parsed(&rows);
        let lines: Vec<u64> = filled.refused.iter().map(|row| row.line).collect();
        assert_eq!((filled.rows.len(), lines), (1, vec![2, 3, 5, 6, 7]), "{filled:?}");
        assert!(filled.refused[0].why.contains("negative, neutral, positive, unsure"), "{filled:?}");
    }

    #[test]
    fn a_torn_quote_swallows_rows_and_is_told() {
        let torn = row("1", "neutro;;;").replace(";testo;", ";\"testo;");
        let filled = parsed(&[torn, row("2", "neutro;;;")]);
        assert_eq!((filled.rows.len(), filled.refused.len()), (0, 1), "{filled:?}");
    }

    #[test]
    fn another_file_is_refused_as_a_whole() {
        for text in ["", "\n", "id,text\n1,x\n", &HEAD.replace("stance", "posizione")] {
            assert!(Filled::parse(text, Path::new("x.csv")).is_err(), "{text}");
        }
        let first = format!("sep=;\r\n{HEAD}\r\n{}\r\n", row("1", "x;;;"));
        assert_eq!(Filled::parse(&first, Path::new("x.csv")).unwrap().refused[0].line, 3);
    }
}
