//! `model.safetensors`: which tensors it holds, and putting them into a network one after the other.
//!
//! Every tensor that the network wants is looked at before the first is read, so that a file that does not fit is told whole:
//! what is missing, and what has another shape. A file is read piece by piece; only its largest tensor is in memory twice.

use super::device::Place;
use crate::Error;
use safetensors::tensor::{Dtype, Metadata, TensorInfo};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use tch::nn::VarStore;
use tch::{Kind, Tensor};

/// The header of a file is never longer: what is, is no such file.
const MAX_HEADER: u64 = 100_000_000;

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
            let bytes = self.read(&mut file, info).map_err(unreadable)?;
            let tensor = Tensor::f_from_data_size(&bytes, &variable.size(), kind).map_err(|error| Error::Weights {
                model: self.model.clone(),
                what: format!("has a `{name}` that libtorch refuses: {error}"),
            })?;
            let placed = tensor.to_device(place.device).to_kind(place.kind);
            tch::no_grad(|| variable.set_data(&placed));
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

    fn read(&self, file: &mut File, info: &TensorInfo) -> io::Result<Vec<u8>> {
        let (from, to) = info.data_offsets;
        file.seek(SeekFrom::Start(self.start + from as u64))?;
        let mut bytes = vec![0; to - from];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
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
