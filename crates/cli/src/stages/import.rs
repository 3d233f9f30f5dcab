//! files → gate → stream. Posts, ledger and the mark that a file was read are stored together, batch by batch.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::quarantine;
use indicatif::ProgressBar;
use polso_collect::{Error as FileError, FieldMap, Format, Import, Reader, Rejected, Row};
use polso_domain::{SetAside, SourceId, Timestamp};
use polso_privacy::Gate;
use polso_stream::{Appended, Batch, Stream};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Rows in a transaction: large enough that the disk's flush is cheap, small enough that memory is nothing.
const BATCH: usize = 8_192;

/// How files are read.
#[derive(Debug, Clone, Default)]
pub(crate) struct How {
    pub(crate) format: Option<Format>,
    pub(crate) map: Option<FieldMap>,
    pub(crate) source: Option<SourceId>,
    pub(crate) timezone: Option<jiff::tz::TimeZone>,
}

/// What came of one file.
#[derive(Debug, Default)]
struct Told {
    appended: Appended,
    reasons: BTreeMap<SetAside, u64>,
    sources: BTreeSet<SourceId>,
    cut: Option<FileError>,
}

/// Imports files in the order given; `-` is standard input. All are opened before the first is read, so that a wrong
/// path is found while nothing is done. A file that is no file of posts, or breaks off, is named; the others go on.
pub(crate) fn files(context: Context<'_>, paths: &[PathBuf], how: &How) -> Result<Exit, Failure> {
    let data = &context.settings.data;
    let inputs = paths.iter().map(|path| Input::open(path)).collect::<Result<Vec<_>, _>>()?;
    let mut stream = data.stream()?;
    let gate = data.gate(&stream)?;
    match <[Input; 1]>::try_from(inputs) {
        // Nothing was done if the only file is none: that is exit code 2, not 1.
        Ok([only]) => one(context, (&mut stream, &gate), only, how),
        Err(inputs) => several(context, (&mut stream, &gate), inputs, how),
    }
}

/// Imports one file after the other; one that cannot be read as posts does not keep the others out.
fn several(
    context: Context<'_>,
    (stream, gate): (&mut Stream, &Gate),
    inputs: Vec<Input>,
    how: &How,
) -> Result<Exit, Failure> {
    let mut exit = Exit::Done;
    for input in inputs {
        match one(context, (stream, gate), input, how) {
            Ok(done) => exit = exit.or(done),
            Err(failure @ Failure::Collect(_)) => {
                context.printer.failure(&failure);
                exit = exit.or(Exit::Missing);
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(exit)
}

/// Imports what is part of the program: the demo's posts.
pub(crate) fn compiled_in(context: Context<'_>, name: &str, bytes: &'static [u8]) -> Result<Exit, Failure> {
    let data = &context.settings.data;
    let mut stream = data.stream()?;
    let gate = data.gate(&stream)?;
    let input = Input { name: name.to_owned(), length: bytes.len() as u64, bytes: Box::new(bytes), mark: None };
    one(context, (&mut stream, &gate), input, &How::default())
}

/// Imports what is new in the inbox. A file that cannot be opened as posts is named and left where it is.
pub(crate) fn inbox(context: Context<'_>) -> Result<Exit, Failure> {
    let Some(inbox) = &context.settings.inbox else { return Ok(Exit::Done) };
    let listing = std::fs::read_dir(inbox).map_err(Failure::io("read the inbox", inbox))?;
    let mut paths = Vec::new();
    for entry in listing {
        let path = entry.map_err(Failure::io("read the inbox", inbox))?.path();
        let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if path.is_file() && !hidden {
            paths.push(path);
        }
    }
    paths.sort();
    let data = &context.settings.data;
    let mut stream = data.stream()?;
    let gate = data.gate(&stream)?;
    let mut new = Vec::new();
    for path in paths {
        let input = Input::open(&path)?;
        let known = match &input.mark {
            Some((mark, state)) => stream.cursor(mark)?.as_ref() == Some(state),
            None => false,
        };
        if !known {
            new.push(input);
        }
    }
    several(context, (&mut stream, &gate), new, &How::default())
}

#[tracing::instrument(name = "import", skip_all, fields(file = %input.name))]
fn one(context: Context<'_>, (stream, gate): (&mut Stream, &Gate), input: Input, how: &How) -> Result<Exit, Failure> {
    let settings = context.settings;
    let import = Import {
        format: how.format,
        source: how.source.clone(),
        map: how.map.clone(),
        timezone: how.timezone.clone().unwrap_or_else(|| settings.import_zone.clone()),
        now: context.now,
        max_row_bytes: settings.max_row_bytes,
    };
    let bar = context.printer.bar("reading", input.length, "bytes");
    let mut reader = polso_collect::rows(bar.wrap_read(input.bytes), &import, Path::new(&input.name))?;
    context.printer.say(format_args!("importing `{}` as {}", input.name, reader.format()));
    let mut told = Told::default();
    let mut filling =
        Filling { batch: Batch::default(), near: None, rows: 0, name: input.name.clone(), now: context.now };
    while fill(&mut reader, gate, &mut filling, &mut told) {
        store(stream, &mut filling, &mut told)?;
        tracing::debug!(new = told.appended.new, known = told.appended.known, "batch stored");
    }
    if told.cut.is_none() {
        // The mark goes in with the last batch: a file that was cut is read again when it is whole.
        filling.batch.cursor = input.mark;
    }
    store(stream, &mut filling, &mut told)?;
    bar.finish_and_clear();
    quarantine::write(context, stream, &told.sources)?;
    Ok(report(context, &input.name, told, &bar))
}

/// The batch that is being filled.
struct Filling {
    batch: Batch,
    /// Hour of the last good row: where a row without a readable time most likely belongs.
    near: Option<Timestamp>,
    rows: usize,
    name: String,
    now: Timestamp,
}

/// Fills a batch; `false` when the file has ended.
fn fill(reader: &mut Reader<'_>, gate: &Gate, filling: &mut Filling, told: &mut Told) -> bool {
    while filling.rows < BATCH {
        match reader.next() {
            None => return false,
            Some(Err(cut)) => {
                told.cut = Some(cut);
                return false;
            }
            Some(Ok(row)) => filling.take(row, gate, told),
        }
    }
    true
}

impl Filling {
    fn take(&mut self, row: Row, gate: &Gate, told: &mut Told) {
        self.rows += 1;
        match row {
            Row::Event(event) => {
                let event = gate.admit(event, self.now);
                if let polso_domain::Event::Post(post) = &event {
                    self.near = Some(post.posted.hour());
                }
                self.batch.events.push(event);
            }
            Row::Gap(entry) => self.batch.gaps.push(entry),
            Row::SetAside(rejected) => {
                *told.reasons.entry(rejected.reason).or_default() += 1;
                told.sources.insert(rejected.source.clone());
                self.batch.rejected.push(self.kept(rejected));
            }
            Row::Ignored => {}
        }
    }

    fn kept(&self, rejected: Rejected) -> polso_stream::Rejected {
        let Rejected { reason, line, detail, raw, source } = rejected;
        let row = serde_json::json!({
            "reason": reason.as_str(), "file": self.name, "line": line, "detail": detail, "raw": raw,
        });
        let hour = self.near.unwrap_or(self.now).hour();
        polso_stream::Rejected { source, hour, received: self.now, reason, row: row.to_string() }
    }
}

fn store(stream: &mut Stream, filling: &mut Filling, told: &mut Told) -> Result<(), Failure> {
    let batch = std::mem::take(&mut filling.batch);
    filling.rows = 0;
    told.appended.add(stream.append(&batch)?);
    Ok(())
}

/// Says what came of a file, and what is missing.
fn report(context: Context<'_>, name: &str, told: Told, bar: &ProgressBar) -> Exit {
    let Appended { new, edited, known, deleted, refused, rejected: _ } = told.appended;
    let mut parts = vec![format!("{new} new posts")];
    let also = [
        (edited, "edited"),
        (known, "already known"),
        (deleted, "deleted"),
        (refused, "kept out (deleted or forgotten)"),
    ];
    parts.extend(also.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
    context.printer.say(format_args!("  {}", parts.join(", ")));
    tracing::info!(new, edited, known, deleted, refused, seconds = bar.elapsed().as_secs_f64(), "imported");
    let mut exit = Exit::Done;
    for (reason, n) in &told.reasons {
        let rows = if *n == 1 { "row" } else { "rows" };
        context.printer.missing(format_args!("{n} {rows} of `{name}` set aside: {}", reason.as_str()));
        exit = Exit::Missing;
    }
    if let Some(cut) = told.cut {
        context.printer.failure(&Failure::Collect(cut));
        exit = Exit::Missing;
    }
    if !told.reasons.is_empty() {
        context
            .printer
            .say(format_args!("  the rows stand in `{}`", context.settings.data.root().join("quarantine").display()));
    }
    exit
}

/// A file or standard input.
struct Input {
    name: String,
    length: u64,
    bytes: Box<dyn Read + Send>,
    /// For files: the name and the state under which they count as read.
    mark: Option<(SourceId, String)>,
}

impl Input {
    fn open(path: &Path) -> Result<Self, Failure> {
        if path == Path::new("-") {
            return Ok(Self { name: "-".to_owned(), length: 0, bytes: Box::new(std::io::stdin()), mark: None });
        }
        let file = File::open(path).map_err(Failure::io("open", path))?;
        let about = file.metadata().map_err(Failure::io("read", path))?;
        if about.is_dir() {
            return Err(Failure::usage(format!("`{}` is a folder", path.display()), "name the files in it"));
        }
        let changed = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        let place = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let digest = blake3::hash(place.as_os_str().as_encoded_bytes()).to_hex();
        let mark = SourceId::new(&format!("file-{}", &digest[..32]));
        // A file's folder can be a person's name; the name of the file is what people recognise.
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let state = format!("{} {}", about.len(), changed.as_nanos());
        Ok(Self { name, length: about.len(), bytes: Box::new(file), mark: mark.map(|mark| (mark, state)) })
    }
}
