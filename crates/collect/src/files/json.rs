//! A JSON file: which format its records are in, and each record handed to that format.

use super::check::{Fault, Rules};
use super::columns::Nowhere;
use super::mapped::Paths;
use super::open::{Bytes, Opened};
use super::tray::Tray;
use super::values::{Cut, Values};
use super::{Format, Import, bluesky, mastodon, outbox, polso, raw, sniff, twitter_v1, twitter_v2};
use polso_domain::SetAside;
use serde_json::Value;
use std::collections::VecDeque;
use std::io::{self, BufReader, Read};

/// Records that are looked at before the first is read, to learn the format or where the fields are.
const HEAD_RECORDS: usize = 100;
const HEAD_BYTES: usize = 8 << 20;

/// The records of a JSON file.
pub(crate) struct Json<'r> {
    values: Values<BufReader<Bytes<'r>>>,
    /// Looked at and not yet read.
    head: VecDeque<Record>,
    head_bytes: usize,
    /// An error met while looking ahead, due after the records before it.
    broken: Option<io::Error>,
    dialect: Dialect,
    transcoded: bool,
    limit: usize,
}

/// Why a file's records cannot be read at all.
pub(crate) enum NotJson {
    UnknownFormat,
    NoColumn(Nowhere),
    Broken(io::Error),
}

struct Record {
    place: u64,
    cut: Cut,
    bytes: Vec<u8>,
}

enum Dialect {
    Polso,
    TwitterV1,
    TwitterV2,
    FourCat,
    Bluesky,
    Mastodon,
    Mapped(Box<Paths>),
}

impl<'r> Json<'r> {
    /// Learns the format from the first records, unless it is given or a map makes it plain.
    pub(crate) fn new(mut opened: Opened<'r>, import: &Import) -> Result<(Format, Self), NotJson> {
        let may_be_archive = import.map.is_none() && import.format.is_none_or(|format| format == Format::Mastodon);
        let inside = if may_be_archive { outbox::begins(&opened.head) } else { None };
        let values = match inside {
            Some(begin) => {
                io::copy(&mut opened.text.by_ref().take(begin as u64), &mut io::sink()).map_err(NotJson::Broken)?;
                Values::inside(opened.text, import.max_row_bytes)
            }
            None => Values::new(opened.text, &opened.head, import.max_row_bytes),
        };
        let mut json = Self {
            values,
            head: VecDeque::new(),
            head_bytes: 0,
            broken: None,
            dialect: Dialect::Polso,
            transcoded: opened.transcoded,
            limit: import.max_row_bytes,
        };
        let plain = import.map.as_ref().map(|_| Format::Jsonl).or(inside.map(|_| Format::Mastodon));
        let format = match import.format.or(plain) {
            Some(format) => format,
            None => json.sniff()?,
        };
        json.dialect = match format {
            Format::Polso => Dialect::Polso,
            Format::TwitterV1 => Dialect::TwitterV1,
            Format::TwitterV2 => Dialect::TwitterV2,
            Format::FourCat => Dialect::FourCat,
            Format::Bluesky => Dialect::Bluesky,
            Format::Mastodon => Dialect::Mastodon,
            Format::Jsonl
            | Format::Csv
            | Format::CrowdTangle
            | Format::Brandwatch
            | Format::Talkwalker
            | Format::Meltwater => Dialect::Mapped(Box::new(json.paths(import)?)),
        };
        Ok((format, json))
    }

    /// Reads one record into the tray; `false` at the end.
    pub(crate) fn read(&mut self, rules: &Rules, tray: &mut Tray) -> io::Result<bool> {
        if let Some(record) = self.head.pop_front() {
            tray.place = record.place;
            self.settle((record.cut, &record.bytes), rules, tray);
            return Ok(true);
        }
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        let Some(cut) = self.values.advance()? else { return Ok(false) };
        tray.place = self.values.place();
        self.settle((cut, self.values.bytes()), rules, tray);
        Ok(true)
    }

    fn settle(&self, (cut, bytes): (Cut, &[u8]), rules: &Rules, tray: &mut Tray) {
        let fault = match (cut, std::str::from_utf8(bytes)) {
            (Cut::TooLong, _) => Fault::new(SetAside::TooLong, format!("more than {} bytes", self.limit)),
            (Cut::Broken, _) => Fault::new(SetAside::Malformed, "not a JSON object, or one that never ends"),
            (Cut::Whole, Ok(row)) if !(self.transcoded && row.contains('\u{fffd}')) => {
                return self.dialect.read(row.trim_ascii(), rules, tray);
            }
            (Cut::Whole, _) => Fault::encoding(),
        };
        tray.refuse(fault, rules.source.clone(), None);
    }

    fn sniff(&mut self) -> Result<Format, NotJson> {
        while self.look_ahead() {
            if let Some(format) = self.head.back().and_then(|record| sniff::format(&record.bytes)) {
                return Ok(format);
            }
        }
        Err(self.broken.take().map_or(NotJson::UnknownFormat, NotJson::Broken))
    }

    /// Looks in the first records for where the fields are.
    fn paths(&mut self, import: &Import) -> Result<Paths, NotJson> {
        while self.look_ahead() {}
        let rows: Vec<Value> = self.head.iter().filter_map(|row| serde_json::from_slice(&row.bytes).ok()).collect();
        Paths::find(import.map.as_ref(), &rows)
            .map_err(|nowhere| self.broken.take().map_or(NotJson::NoColumn(nowhere), NotJson::Broken))
    }

    fn look_ahead(&mut self) -> bool {
        if self.head.len() >= HEAD_RECORDS || self.head_bytes >= HEAD_BYTES || self.broken.is_some() {
            return false;
        }
        match self.values.advance() {
            Ok(Some(cut)) => {
                let bytes = self.values.bytes().to_vec();
                self.head_bytes += bytes.len();
                self.head.push_back(Record { place: self.values.place(), cut, bytes });
                true
            }
            Ok(None) => false,
            Err(error) => {
                self.broken = Some(error);
                false
            }
        }
    }
}

impl Dialect {
    fn read(&self, json: &str, rules: &Rules, tray: &mut Tray) {
        match self {
            Self::Polso => polso::read(json, rules, tray),
            Self::TwitterV1 => tray.settle(twitter_v1::read(json, rules), json, rules),
            Self::TwitterV2 => twitter_v2::read(json, rules, tray),
            Self::FourCat => raw::read(json, rules, tray),
            Self::Bluesky => bluesky::read(json, rules, tray),
            Self::Mastodon => mastodon::read(json, rules, tray),
            Self::Mapped(paths) => tray.settle(paths.read(json, rules), json, rules),
        }
    }
}
