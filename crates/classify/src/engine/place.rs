//! Where and how exactly a network may run, as the settings say it. Only libtorch has a choice.

use serde::Deserialize;
use std::fmt;
use std::str::FromStr;

/// What a network runs on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Device {
    /// The first GPU, or the processor where there is none.
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// The GPU of that number.
    Cuda(usize),
}

impl FromStr for Device {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        match written.split_once(':') {
            None if written == "auto" => Ok(Self::Auto),
            None if written == "cpu" => Ok(Self::Cpu),
            None if written == "cuda" => Ok(Self::Cuda(0)),
            Some(("cuda", number)) if number.parse::<usize>().is_ok() => Ok(Self::Cuda(number.parse().unwrap_or(0))),
            _ => Err(format!("`{written}` is none of `auto`, `cpu`, `cuda:0`, `cuda:1` and so on")),
        }
    }
}

impl TryFrom<String> for Device {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        written.parse()
    }
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Cpu => f.write_str("cpu"),
            Self::Cuda(number) => write!(f, "cuda:{number}"),
        }
    }
}

/// In what numbers a network computes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// 32 bits: what the authors' figures were measured with.
    #[default]
    F32,
    /// 16 bits with the range of 32: faster where the device has it.
    Bf16,
    /// 16 bits: GPUs alone.
    F16,
}

impl fmt::Display for Precision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::F32 => "f32",
            Self::Bf16 => "bf16",
            Self::F16 => "f16",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_written_as_it_is_read() {
        for device in ["auto", "cpu", "cuda:0", "cuda:3"] {
            assert_eq!(device.parse::<Device>().unwrap().to_string(), device);
        }
        assert_eq!("cuda".parse(), Ok(Device::Cuda(0)));
        assert!("gpu".parse::<Device>().is_err() && "cuda:x".parse::<Device>().is_err());
    }
}
