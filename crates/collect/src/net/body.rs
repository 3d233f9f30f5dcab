//! A body as it comes in: counted, unpacked within limits, never waited for without end.

use super::AskError;
use bytes::Bytes;
use flate2::write::GzDecoder;
use std::io::Write;
use std::time::Duration;

/// A body of a server that stopped sending is left after this.
const SILENCE: Duration = Duration::from_secs(30);

/// A whole body takes no longer than this: a server that sends a byte a second is as bad as a silent one.
const WHOLE: Duration = Duration::from_mins(5);

/// A piece of a body that has no end.
pub(crate) enum Piece {
    /// Bytes, as they came.
    Bytes(Bytes),
    /// Nothing came within the time given.
    Idle,
    /// The server ended it.
    End,
}

/// A body that is read piece by piece.
pub(crate) struct Body {
    host: String,
    response: reqwest::Response,
}

impl Body {
    pub(super) fn new(host: String, response: reqwest::Response) -> Self {
        Self { host, response }
    }

    /// The next piece, or `Idle` after this long.
    pub(crate) async fn next(&mut self, patience: Duration) -> Result<Piece, AskError> {
        match tokio::time::timeout(patience, self.response.chunk()).await {
            Err(_) => Ok(Piece::Idle),
            Ok(Ok(Some(bytes))) => Ok(Piece::Bytes(bytes)),
            Ok(Ok(None)) => Ok(Piece::End),
            Ok(Err(error)) => Err(broken(&self.host, error)),
        }
    }
}

/// Reads a whole body of at most `max` bytes, packed or not.
pub(super) async fn read(host: &str, response: reqwest::Response, max: usize) -> Result<Bytes, AskError> {
    let all = tokio::time::timeout(WHOLE, read_all(host, response, max));
    all.await.unwrap_or_else(|_| Err(garbled(host, format!("a body that takes more than {} s", WHOLE.as_secs()))))
}

async fn read_all(host: &str, mut response: reqwest::Response, max: usize) -> Result<Bytes, AskError> {
    let packed = response.headers().get("content-encoding").is_some_and(|value| value.as_bytes() == b"gzip");
    let expected = response.content_length().unwrap_or(0);
    if expected > max as u64 {
        return Err(too_long(host, max));
    }
    let mut room = Limited { bytes: Vec::new(), max };
    let mut unpacker = GzDecoder::new(&mut room);
    let mut plain = Vec::new();
    loop {
        let chunk = match tokio::time::timeout(SILENCE, response.chunk()).await {
            Ok(chunk) => chunk.map_err(|error| broken(host, error))?,
            Err(_) => return Err(garbled(host, format!("a body that stops for {} s", SILENCE.as_secs()))),
        };
        let Some(chunk) = chunk else { break };
        if !packed {
            if plain.len() + chunk.len() > max {
                return Err(too_long(host, max));
            }
            plain.extend_from_slice(&chunk);
        } else if unpacker.write_all(&chunk).is_err() {
            return Err(unpacking(host, unpacker.get_ref(), max));
        }
    }
    if !packed {
        return Ok(plain.into());
    }
    if unpacker.try_finish().is_err() {
        return Err(unpacking(host, unpacker.get_ref(), max));
    }
    drop(unpacker);
    Ok(room.bytes.into())
}

/// Takes no more than it should: a few kilobytes unpack to gigabytes if one lets them.
struct Limited {
    bytes: Vec<u8>,
    max: usize,
}

impl Write for &mut Limited {
    fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + piece.len() > self.max {
            self.bytes.clear();
            self.max = 0;
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn unpacking(host: &str, unpacked: &Limited, max: usize) -> AskError {
    if unpacked.max == 0 { too_long(host, max) } else { garbled(host, "gzip that is damaged or breaks off") }
}

fn too_long(host: &str, max: usize) -> AskError {
    garbled(host, format!("a body longer than {} KiB", max >> 10))
}

fn garbled(host: &str, what: impl Into<String>) -> AskError {
    AskError::Garbled { host: host.to_owned(), what: what.into() }
}

/// A body that ends before its end.
fn broken(host: &str, source: reqwest::Error) -> AskError {
    AskError::Unreachable { host: host.to_owned(), source: Box::new(source.without_url()) }
}
