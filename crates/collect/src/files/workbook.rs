//! Whether a zip is a workbook, and one that memory can hold.
//!
//! A workbook keeps its texts in one part that must be in memory as a whole, and a few bytes can unpack to gigabytes; what
//! a zip says about its own sizes need not be so. So every part that will be read is unpacked once, only to be measured.

use super::open::Bytes;
use flate2::read::DeflateDecoder;
use memchr::memmem;
use std::io::{self, Read};

/// Largest workbook on disk, in MiB.
const PACKED_MIB: u64 = 128;
/// Largest workbook unpacked, in MiB.
const UNPACKED_MIB: u64 = 512;
const MIB: u64 = 1 << 20;

/// Why a zip is not read.
pub(crate) enum Refusal {
    /// It would fill the memory.
    TooLarge { limit_mib: u64, unpacked: bool },
    /// It is something else: the word for it.
    Other(&'static str),
    /// It cannot be read to its end.
    Broken(io::Error),
}

/// A workbook's bytes.
pub(crate) fn take(bytes: Bytes<'_>) -> Result<Vec<u8>, Refusal> {
    let mut packed = Vec::new();
    bytes.take(PACKED_MIB * MIB + 1).read_to_end(&mut packed).map_err(Refusal::Broken)?;
    if packed.len() as u64 > PACKED_MIB * MIB {
        return Err(Refusal::TooLarge { limit_mib: PACKED_MIB, unpacked: false });
    }
    let parts = parts(&packed).ok_or(Refusal::Other("zip"))?;
    let has = |name: &[u8]| parts.iter().any(|part| part.name == name);
    if !has(b"xl/workbook.xml") {
        return Err(Refusal::Other(if has(b"xl/workbook.bin") { "binary Excel (.xlsb)" } else { "zip" }));
    }
    let mut left = UNPACKED_MIB * MIB;
    for part in parts.iter().filter(|part| part.name.ends_with(b".xml") || part.name.ends_with(b".rels")) {
        left = part
            .size(left)
            .and_then(|size| left.checked_sub(size))
            .ok_or(Refusal::TooLarge { limit_mib: UNPACKED_MIB, unpacked: true })?;
    }
    Ok(packed)
}

/// A part of a zip.
struct Part<'z> {
    name: &'z [u8],
    deflated: bool,
    bytes: &'z [u8],
}

impl Part<'_> {
    /// Its size unpacked; `None` if that is more than `limit`. One that cannot be unpacked has no size: it will be said
    /// when it is read.
    fn size(&self, limit: u64) -> Option<u64> {
        if !self.deflated {
            return Some(self.bytes.len() as u64);
        }
        let mut measured = DeflateDecoder::new(self.bytes).take(limit + 1);
        let size = io::copy(&mut measured, &mut io::sink()).unwrap_or(0);
        (size <= limit).then_some(size)
    }
}

/// The parts that a zip's directory lists; `None` if there is no directory.
fn parts(zip: &[u8]) -> Option<Vec<Part<'_>>> {
    const END: usize = 22;
    const ENTRY: usize = 46;
    let end = memmem::rfind(zip, b"PK\x05\x06")?;
    let directory = zip.get(end..end + END)?;
    let mut at = number(directory, 16, 4)?;
    let mut parts = Vec::new();
    for _ in 0..number(directory, 10, 2)? {
        let entry = zip.get(at..)?;
        if !entry.starts_with(b"PK\x01\x02") {
            return None;
        }
        let name = number(entry, 28, 2)?;
        let packed = number(entry, 20, 4)?;
        parts.push(Part {
            name: entry.get(ENTRY..ENTRY + name)?,
            deflated: number(entry, 10, 2)? == 8,
            bytes: content(zip, number(entry, 42, 4)?, packed)?,
        });
        at += ENTRY + name + number(entry, 30, 2)? + number(entry, 32, 2)?;
    }
    Some(parts)
}

/// What stands behind a part's own header.
fn content(zip: &[u8], at: usize, packed: usize) -> Option<&[u8]> {
    const HEADER: usize = 30;
    let header = zip.get(at..)?;
    let start = at + HEADER + number(header, 26, 2)? + number(header, 28, 2)?;
    zip.get(start..start + packed)
}

/// A number of a zip: the low byte first.
fn number(bytes: &[u8], at: usize, width: usize) -> Option<usize> {
    Some(bytes.get(at..at + width)?.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;

    /// A zip of these parts, deflated.
    pub(crate) fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
        let (mut zip, mut directory) = (Vec::new(), Vec::new());
        for (name, text) in parts {
            let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(text.as_bytes()).unwrap();
            let packed = encoder.finish().unwrap();
            let mut crc = flate2::Crc::new();
            crc.update(text.as_bytes());
            let short = |n: usize| u16::try_from(n).unwrap().to_le_bytes().to_vec();
            let long = |n: usize| u32::try_from(n).unwrap().to_le_bytes().to_vec();
            let sizes = [crc.sum().to_le_bytes().to_vec(), long(packed.len()), long(text.len())].concat();
            let common = [short(20), short(0), short(8), long(0), sizes, short(name.len()), short(0)].concat();
            let at = zip.len();
            directory.push(
                [b"PK\x01\x02".to_vec(), short(20), common.clone(), vec![0; 10], long(at), name.as_bytes().to_vec()]
                    .concat(),
            );
            zip.extend([b"PK\x03\x04".to_vec(), common, name.as_bytes().to_vec(), packed].concat());
        }
        let start = zip.len();
        let entries = u16::try_from(parts.len()).unwrap().to_le_bytes();
        zip.extend(directory.concat());
        let size = zip.len() - start;
        zip.extend([b"PK\x05\x06\0\0\0\0".to_vec(), entries.to_vec(), entries.to_vec()].concat());
        for n in [size, start] {
            zip.extend(u32::try_from(n).unwrap().to_le_bytes());
        }
        zip.extend([0, 0]);
        zip
    }

    fn refusal(zip: &[u8]) -> Option<Refusal> {
        take(Box::new(zip)).err()
    }

    #[test]
    fn only_a_workbook_is_one() {
        assert!(matches!(refusal(&zip(&[("a.csv", "id,text")])), Some(Refusal::Other("zip"))));
        assert!(matches!(refusal(&zip(&[("xl/workbook.bin", "")])), Some(Refusal::Other("binary Excel (.xlsb)"))));
        assert!(refusal(&zip(&[("xl/workbook.xml", "<workbook/>")])).is_none());
        let whole = zip(&[("xl/workbook.xml", "<workbook/>")]);
        assert!(matches!(refusal(&whole[..whole.len() / 2]), Some(Refusal::Other("zip"))));
    }

    #[test]
    fn a_small_file_that_is_large_inside_is_refused() {
        let large = " ".repeat(usize::try_from(UNPACKED_MIB * MIB / 2 + 1).unwrap());
        let zip = zip(&[("xl/workbook.xml", ""), ("xl/a.xml", &large), ("xl/b.xml", &large)]);
        assert!((zip.len() as u64) < PACKED_MIB * MIB);
        assert!(matches!(refusal(&zip), Some(Refusal::TooLarge { limit_mib: UNPACKED_MIB, unpacked: true })));
    }

    proptest! {
        #[test]
        fn damage_never_panics(at in 0..400usize, byte in any::<u8>(), cut in 0..400usize) {
            let mut zip = zip(&[("xl/workbook.xml", "<workbook/>"), ("xl/a.xml", "aaaa")]);
            let at = at % zip.len();
            zip[at] = byte;
            refusal(&zip);
            refusal(&zip[..cut.min(zip.len())]);
        }
    }
}
