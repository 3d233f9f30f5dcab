//! On what libtorch runs: what the settings ask for, against what there is.

use crate::{Card, Config, Device, Error, Precision};
use std::fmt;
use tch::{Cuda, Kind};

/// Where and how a network runs.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) device: tch::Device,
    pub(super) kind: Kind,
    /// Engines beside each other.
    pub(super) engines: usize,
    precision: Precision,
    /// Why it is not a GPU, where the settings leave that open.
    because: Option<&'static str>,
}

const NOT_BUILT: &str = "this libtorch is built for processors only";
const NONE_THERE: &str = "libtorch finds no such GPU";

impl Place {
    /// The place that the settings ask for.
    pub(super) fn choose(card: &Card, config: &Config) -> Result<Self, Error> {
        let refused = |reason| Error::Device {
            model: card.id.clone(),
            device: config.device,
            precision: config.precision,
            reason,
        };
        let gpus = usize::try_from(Cuda::device_count()).unwrap_or(0);
        let missing = if tch::utils::has_cuda() { NONE_THERE } else { NOT_BUILT };
        let (device, because) = match config.device {
            Device::Cuda(number) if number < gpus => (tch::Device::Cuda(number), None),
            Device::Cuda(_) => return Err(refused(missing)),
            Device::Auto if gpus > 0 => (tch::Device::Cuda(0), None),
            Device::Auto => (tch::Device::Cpu, Some(missing)),
            Device::Cpu => (tch::Device::Cpu, None),
        };
        let kind = match config.precision {
            Precision::F32 => Kind::Float,
            Precision::Bf16 if device.is_cuda() || computes_bf16() => Kind::BFloat16,
            Precision::Bf16 => return Err(refused("this processor does not compute in bf16")),
            Precision::F16 if device.is_cuda() => Kind::Half,
            Precision::F16 => return Err(refused("processors do not compute in f16")),
        };
        let engines = if device.is_cuda() { 1 } else { config.threads.get() };
        Ok(Self { device, kind, engines, precision: config.precision, because })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.device {
            tch::Device::Cuda(number) => write!(f, "cuda:{number} in {}", self.precision),
            _ => write!(f, "{} thread(s) of the processor in {}", self.engines, self.precision),
        }?;
        self.because.map_or(Ok(()), |because| write!(f, " ({because})"))
    }
}

#[cfg(target_arch = "x86_64")]
fn computes_bf16() -> bool {
    std::arch::is_x86_feature_detected!("avx512bf16")
}

#[cfg(not(target_arch = "x86_64"))]
fn computes_bf16() -> bool {
    false
}

/// Looks whether so many bytes are free, where the system says.
pub(super) fn room(model: &str, bytes: u64) -> Result<(), Error> {
    let meminfo = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    let Some(free) = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()) else { return Ok(()) };
    if bytes >> 10 <= free {
        return Ok(());
    }
    Err(Error::Memory { model: model.to_owned(), needed: bytes >> 20, free: free >> 10 })
}
