//! Frames as they come: a text, or one zstd frame packed with a dictionary that both sides know.

use crate::net::Frame;
use zstd::bulk::Decompressor;
use zstd::zstd_safe;

/// The dictionary of `/subscribe`; its licence stands beside it.
pub(super) const LEGACY: &[u8] = include_bytes!("legacy_subscribe.zdict");

/// No event is longer, unpacked.
const LONGEST: usize = 8 << 20;

/// Room for an event whose packed frame does not say how long it is.
const UNSAID: usize = 1 << 20;

/// Gives out the text of frames. What it needs for unpacking is made once and used for every frame.
pub(super) struct Unpacker {
    packed: Option<Decompressor<'static>>,
    text: Vec<u8>,
}

impl Unpacker {
    /// For frames that are not packed.
    pub(super) fn plain() -> Self {
        Self { packed: None, text: Vec::new() }
    }

    /// For frames of `/subscribe`.
    pub(super) fn legacy() -> Self {
        Self::with(LEGACY).unwrap_or_else(Self::plain)
    }

    /// For frames packed with a dictionary; `None` if it is none.
    pub(super) fn with(dictionary: &[u8]) -> Option<Self> {
        dictionary_id(dictionary)?;
        Some(Self { packed: Some(Decompressor::with_dictionary(dictionary).ok()?), text: Vec::new() })
    }

    /// The text of a frame; `None` if it cannot be unpacked or is too long.
    pub(super) fn text<'a>(&'a mut self, frame: &'a Frame) -> Option<&'a [u8]> {
        let packed = match frame {
            Frame::Text(text) => return Some(text.as_bytes()),
            Frame::Binary(bytes) => bytes,
            Frame::Alive | Frame::Idle | Frame::Closed(_) => return None,
        };
        let unpacker = self.packed.as_mut()?;
        let says = zstd_safe::get_frame_content_size(packed).ok()?;
        let long = says.map_or(Some(UNSAID), |long| usize::try_from(long).ok()).filter(|long| *long <= LONGEST)?;
        self.text.clear();
        self.text.reserve(long);
        unpacker.decompress_to_buffer(packed, &mut self.text).ok()?;
        Some(&self.text)
    }
}

/// The number by which a server knows a dictionary.
pub(super) fn dictionary_id(dictionary: &[u8]) -> Option<u32> {
    zstd_safe::get_dict_id_from_dict(dictionary).map(std::num::NonZero::get)
}

/// Packs as a server does.
#[cfg(test)]
pub(super) fn pack(text: &str) -> Vec<u8> {
    zstd::bulk::Compressor::with_dictionary(3, LEGACY).unwrap().compress(text.as_bytes()).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_packed_is_unpacked_again_and_again() {
        assert_eq!(dictionary_id(LEGACY), Some(1_612_007_021));
        let mut unpacker = Unpacker::legacy();
        for text in ["{}", "", &"x".repeat(200_000), "{\"kind\":\"commit\"}"] {
            assert_eq!(unpacker.text(&Frame::Binary(pack(text).into())), Some(text.as_bytes()));
        }
        assert_eq!(unpacker.text(&Frame::Text("plain".into())), Some(&b"plain"[..]));
    }

    #[test]
    fn what_cannot_be_unpacked_is_nothing() {
        let long = Frame::Binary(pack(&"x".repeat(LONGEST + 1)).into());
        let good = Frame::Binary(pack("good").into());
        let mut unpacker = Unpacker::legacy();
        assert!(unpacker.text(&long).is_none() && Unpacker::plain().text(&good).is_none());
        assert!(unpacker.text(&good).is_some());
        assert!(Unpacker::with(b"no dictionary at all").is_none());
    }

    proptest! {
        #[test]
        fn no_bytes_end_the_program(bytes in proptest::collection::vec(any::<u8>(), 0..100), cut in 0usize..40) {
            let mut unpacker = Unpacker::legacy();
            unpacker.text(&Frame::Binary(bytes.into()));
            let packed = pack("a text that is cut somewhere in its middle");
            unpacker.text(&Frame::Binary(packed[..cut.min(packed.len())].to_vec().into()));
        }
    }
}
