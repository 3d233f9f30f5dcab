//! `model.safetensors`: which tensors it holds, and putting them into a network one after the other.
//!
//! Every tensor that the network wants is looked at before the first is read, so that a file that does not fit is told whole:
//! what is missing, and what has another shape. A file is read piece by piece into the network's own numbers, so that it is in
//! memory once.

use super::device::Place;
use crate::Error;
use safetensors::tensor::{Dtype, Metadata, TensorInfo};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use tch::nn::VarStore;
use tch::{Kind, Tensor};

/// The header of a file is never longer: what is, is no such file.
const MAX_HEADER: u64 = 100_000_000;

/// Bytes that are read at a time.
const PIECE: u64 = 16 << 20;

/// Tensors named in an error at most.
const NAMED: usize = 3;

/// An opened file of weights.
pub(crate) struct Weights {
    path: PathBuf,
    model: String,
    header: Metadata,
    /// Where the tensors begin.
    start: u64,
}

impl Weights {
    /// Reads the header; a file that is shorter or longer than it says is refused.
    pub(crate) fn open(path: &Path, model: &str) -> Result<Self, Error> {
        let refused = |what: &str| Error::Weights { model: model.to_owned(), what: what.to_owned() };
        let unreadable = |source| Error::Io { path: path.to_owned(), source };
        let mut file = File::open(path).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?.len();
        let mut size = [0; 8];
        file.read_exact(&mut size).map_err(|_| refused("is no safetensors file"))?;
        let size = u64::from_le_bytes(size);
        if size > MAX_HEADER.min(length) {
            return Err(refused("is no safetensors file"));
        }
        let mut header = vec![0; usize::try_from(size).unwrap_or(0)];
        file.read_exact(&mut header).map_err(|_| refused("is cut off in its header"))?;
        let header: Metadata = serde_json::from_slice(&header).map_err(|_| refused("has a header that is none"))?;
        let start = 8 + size;
        let expected = start + header.data_len() as u64;
        if length != expected {
            return Err(refused(&format!("has {length} bytes and should have {expected}")));
        }
        Ok(Self { path: path.to_owned(), model: model.to_owned(), header, start })
    }

    /// Bytes that all of it takes in memory.
    pub(crate) fn bytes(&self, kind: Kind) -> u64 {
        let size = kind.elt_size_in_bytes() as u64;
        let numbers = |info: &&TensorInfo| info.shape.iter().product::<usize>() as u64;
        self.header.tensors().values().map(|info| numbers(info) * size).sum()
    }

    /// Labels that the last layer of a published network has; `None` where it has no such layer.
    pub(crate) fn labels(&self) -> Option<usize> {
        let last =
            ["classifier.weight", "classifier.out_proj.weight"].iter().find_map(|name| self.header.info(name))?;
        last.shape.first().copied()
    }

    /// Puts every variable of a network in its place.
    pub(super) fn fill(&self, store: &VarStore, place: &Place) -> Result<(), Error> {
        let unreadable = |source| Error::Io { path: self.path.clone(), source };
        let mut variables: Vec<(String, Tensor)> = store.variables().into_iter().collect();
        variables.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.check(&variables)?;
        let mut file = File::open(&self.path).map_err(unreadable)?;
        for (name, mut variable) in variables {
            let Some((info, kind)) = self.found(&name) else { continue };
            // The numbers that it begins with give way before others come.
            tch::no_grad(|| variable.set_data(&variable.to_kind(place.kind)));
            for (first, rows, bytes) in pieces(info) {
                file.seek(SeekFrom::Start(self.start + bytes.start)).map_err(unreadable)?;
                let mut piece = vec![0; usize::try_from(bytes.end - bytes.start).unwrap_or(0)];
                file.read_exact(&mut piece).map_err(unreadable)?;
                let put = || {
                    let mut part = variable.f_narrow(0, first, rows)?;
                    part.f_copy_(&Tensor::f_from_data_size(&piece, &part.size(), kind)?)
                };
                tch::no_grad(put).map_err(|error| {
                    let what = format!("has a `{name}` that libtorch refuses: {error}");
                    Error::Weights { model: self.model.clone(), what }
                })?;
            }
        }
        Ok(())
    }

    /// Whether every variable is there in its shape, in numbers that libtorch knows.
    fn check(&self, variables: &[(String, Tensor)]) -> Result<(), Error> {
        let (mut missing, mut misshapen) = (Vec::new(), Vec::new());
        for (name, variable) in variables {
            let wanted = variable.size();
            match self.found(name) {
                None => missing.push(format!("`{name}`")),
                Some((info, _)) if shape(info) != wanted => {
                    misshapen.push(format!("`{name}` {:?} instead of {wanted:?}", info.shape));
                }
                Some(_) => {}
            }
        }
        let told = |what: &str, names: &[String]| {
            let more = names.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let names = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
            Err(Error::Weights { model: self.model.clone(), what: format!("{what} {names}{more}") })
        };
        match (missing.as_slice(), misshapen.as_slice()) {
            ([], []) => Ok(()),
            ([], misshapen) => told("has tensors of another shape:", misshapen),
            (missing, _) => told("lacks tensors:", missing),
        }
    }

    /// A variable's tensor. The oldest files call the two halves of a normalisation by other names.
    fn found(&self, name: &str) -> Option<(&TensorInfo, Kind)> {
        let older = || match name.rsplit_once("LayerNorm.") {
            Some((before, "weight")) => self.header.info(&format!("{before}LayerNorm.gamma")),
            Some((before, "bias")) => self.header.info(&format!("{before}LayerNorm.beta")),
            _ => None,
        };
        let info = self.header.info(name).or_else(older)?;
        let kind = match info.dtype {
            Dtype::F32 => Kind::Float,
            Dtype::F16 => Kind::Half,
            Dtype::BF16 => Kind::BFloat16,
            Dtype::F64 => Kind::Double,
            _ => return None,
        };
        Some((info, kind))
    }
}

/// A tensor in pieces of whole rows: the first row, how many there are, and where their bytes lie.
fn pieces(info: &TensorInfo) -> impl Iterator<Item = (i64, i64, Range<u64>)> {
    let (from, to) = (info.data_offsets.0 as u64, info.data_offsets.1 as u64);
    let rows = info.shape.first().map_or(1, |rows| *rows as u64);
    let row = to.saturating_sub(from) / rows.max(1);
    let step = (PIECE / row.max(1)).max(1);
    let number = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    (0..rows).step_by(usize::try_from(step).unwrap_or(usize::MAX)).map(move |first| {
        let last = (first + step).min(rows);
        (number(first), number(last - first), from + first * row..from + last * row)
    })
}

fn shape(info: &TensorInfo) -> Vec<i64> {
    info.shape.iter().map(|size| i64::try_from(*size).unwrap_or(i64::MAX)).collect()
}

/// Lets the variables of a network be those of another.
pub(super) fn share(from: &VarStore, with: &VarStore) {
    let filled = from.variables_.lock().unwrap_or_else(PoisonError::into_inner);
    for (name, mut variable) in with.variables() {
        if let Some(tensor) = filled.named_variables.get(&name) {
            tch::no_grad(|| variable.set_data(tensor));
        }
    }
}
