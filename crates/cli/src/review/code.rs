//! What a row of a sample must bring back, in one cell that says nothing to who reads it.
//!
//! Day, stratum and weight of the draw with the text's fingerprint, in hexadecimal, and a hash over them, the post and the
//! claim: a row whose cells were sorted apart from one another, or retyped, is told from a sound one. It is no secret.

use polso_domain::{Day, TextKey};

/// What one drawn post brings along.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Code {
    pub(super) day: Day,
    pub(super) stratum: String,
    pub(super) weight: f32,
    /// The text that is looked at: the post may be edited before the answers come.
    pub(super) text: TextKey,
}

/// What a code is for: source, post, and claim (or nothing).
pub(super) type Owner<'a> = [&'a str; 3];

/// A letter in front: a cell of digits alone would be reckoned with.
const MARK: char = 's';
const CHECK: usize = 4;

impl Code {
    /// The cell.
    pub(super) fn spelt(&self, owner: Owner<'_>) -> String {
        let mut bytes = self.day.epoch_days().to_le_bytes().to_vec();
        bytes.extend(self.weight.to_le_bytes());
        bytes.extend(self.text.0.to_le_bytes());
        bytes.extend(self.stratum.as_bytes());
        bytes.extend(check(&bytes, owner));
        bytes.iter().fold(String::from(MARK), |cell, byte| format!("{cell}{byte:02x}"))
    }

    /// Reads a cell; `None` when it is damaged or another post's.
    pub(super) fn read(cell: &str, owner: Owner<'_>) -> Option<Self> {
        let digits = cell.strip_prefix(MARK).filter(|digits| digits.is_ascii() && digits.len().is_multiple_of(2))?;
        let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        let bytes: Vec<u8> = (0..digits.len()).step_by(2).map(byte).collect::<Option<_>>()?;
        let (said, checked) = bytes.split_at_checked(bytes.len().checked_sub(CHECK)?)?;
        if check(said, owner) != checked {
            return None;
        }
        let (day, said) = said.split_first_chunk()?;
        let (weight, said) = said.split_first_chunk()?;
        let (text, stratum) = said.split_first_chunk()?;
        Some(Self {
            day: Day::from_epoch_days(i32::from_le_bytes(*day)),
            weight: f32::from_le_bytes(*weight),
            text: TextKey(u64::from_le_bytes(*text)),
            stratum: String::from_utf8(stratum.to_vec()).ok()?,
        })
    }
}

fn check(said: &[u8], owner: Owner<'_>) -> [u8; CHECK] {
    let mut hash = blake3::Hasher::new();
    for part in owner.map(str::as_bytes).into_iter().chain([said]) {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let mut check = [0; CHECK];
    check.copy_from_slice(&hash.finalize().as_bytes()[..CHECK]);
    check
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_comes_back_for_its_own_post_only() {
        let code = Code {
            day: Day::from_epoch_days(18_336),
            stratum: "it/below/negative/certain".into(),
            weight: 12.5,
            text: TextKey(u64::MAX - 4),
        };
        let owner = ["twitter", "1237100000000000001", ""];
        let cell = code.spelt(owner);
        assert!(!cell.contains("negative") && cell.parse::<f64>().is_err());
        assert_eq!(Code::read(&cell, owner), Some(code));
        assert_eq!(Code::read(&cell, ["twitter", "1237100000000000000", ""]), None);
        assert_eq!(Code::read(&cell, ["twitter", "1237100000000000001", "sauna"]), None);
        let mut retyped = cell.clone();
        retyped.replace_range(9..10, if &cell[9..10] == "0" { "1" } else { "0" });
        for damaged in ["", "s", "s00", "sà", &cell[1..], &cell[..cell.len() - 2], &retyped] {
            assert_eq!(Code::read(damaged, owner), None, "{damaged}");
        }
    }
}
