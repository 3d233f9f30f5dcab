//! Where rows go: each becomes a claim or a refusal, and goes to the caller at once.

use super::draft::{self, Draft};
use super::refusal::Refusal;
use super::{Format, Options, Read};
use polso_domain::Claim;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// The way out of a file.
pub(crate) struct Rows<'r> {
    pub(crate) options: &'r Options<'r>,
    each: &'r mut dyn FnMut(Read) -> ControlFlow<()>,
    /// Hashes of the ids that were delivered, with their days. Two ids of one hash are not met in a file of any size that
    /// there is (2^32 claims for an even chance); the second would be taken for the first again.
    seen: HashMap<u64, i32>,
    /// The part of the file that is being read, and the element in it.
    part: String,
    element: String,
    format: Option<Format>,
    stopped: bool,
}

impl<'r> Rows<'r> {
    pub(crate) fn new(options: &'r Options<'r>, each: &'r mut dyn FnMut(Read) -> ControlFlow<()>) -> Self {
        let (part, element) = (String::new(), String::new());
        Self { options, each, seen: HashMap::new(), part, element, format: None, stopped: false }
    }

    /// A part of the file begins: a line, a document.
    pub(crate) fn begin(&mut self, part: String) {
        self.part = part;
        self.element.clear();
    }

    /// An element of the part is about to be read.
    pub(crate) fn at(&mut self, element: String) {
        self.element = element;
    }

    /// Where the reading is.
    pub(crate) fn place(&self) -> String {
        match (self.part.as_str(), self.element.as_str()) {
            ("", "") => "document 1".to_owned(),
            (part, "") => part.to_owned(),
            ("", element) => element.to_owned(),
            (part, element) => format!("{part}, {element}"),
        }
    }

    /// What the rows turned out to be; the first that tells counts.
    pub(crate) fn found(&mut self, format: Format) {
        self.format.get_or_insert(format);
    }

    pub(crate) fn format(&self) -> Option<Format> {
        self.format
    }

    /// Whether the caller has had enough.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped
    }

    pub(crate) fn refuse(&mut self, place: String, reason: Refusal) -> ControlFlow<()> {
        self.hand(Read::Refused { place, reason })
    }

    pub(crate) fn draft(&mut self, place: String, draft: &Draft) -> ControlFlow<()> {
        match draft.settle(self.options) {
            Err(reason) => self.refuse(place, reason),
            Ok((claim, notes)) => {
                if self.is_old(&claim) {
                    return self.refuse(place, Refusal::Duplicate { id: claim.id });
                }
                self.hand(Read::Claim(claim))?;
                notes.into_iter().try_for_each(|note| self.hand(Read::Noted { place: place.clone(), note }))
            }
        }
    }

    /// A claim that needs no judging any more.
    pub(crate) fn claim(&mut self, claim: Claim) -> ControlFlow<()> {
        self.hand(Read::Claim(claim))
    }

    /// Whether the id was delivered with this day or a later one; if not, it is remembered.
    fn is_old(&mut self, claim: &Claim) -> bool {
        let hash = blake3::hash(claim.id.as_str().as_bytes());
        let mut short = [0; 8];
        short.copy_from_slice(&hash.as_bytes()[..8]);
        let age = draft::age(claim.since);
        let before = self.seen.get(&u64::from_le_bytes(short)).copied();
        if before.is_some_and(|before| age <= before) {
            return true;
        }
        self.seen.insert(u64::from_le_bytes(short), age);
        false
    }

    fn hand(&mut self, read: Read) -> ControlFlow<()> {
        let flow = (self.each)(read);
        self.stopped = flow.is_break();
        flow
    }
}
