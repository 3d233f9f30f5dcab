//! Opening a socket at one of the servers, from a number, from an instant, or at the present.
//!
//! A number that the server no longer holds, or never gave, is refused before the socket opens; then the same instant is
//! asked for, which no server refuses. A dictionary that the server retired is fetched anew, once.

use super::config::{Settings, Wire};
use super::live::Live;
use super::record::POSTS;
use super::unpack::{Unpacker, dictionary_id};
use crate::net::{AskError, Client, Request};
use std::collections::HashMap;
use url::Url;

/// The framing that is spoken on the newer wire.
const SUBPROTOCOL: &str = "xrpc.v1.json";

/// No dictionary is longer.
const LONGEST_DICTIONARY: usize = 4 << 20;

/// Where a connection starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// At an event of this server, and failing that at an instant.
    Number(u64, i64),
    /// At an instant, in microseconds.
    Time(i64),
    /// At the present.
    Present,
}

impl Start {
    fn cursor(self) -> Option<String> {
        match self {
            Self::Number(seq, _) => Some(seq.to_string()),
            Self::Time(at_us) => Some(at_us.to_string()),
            Self::Present => None,
        }
    }
}

/// Opens sockets, and keeps the dictionaries of servers.
#[derive(Default)]
pub(super) struct Dialer {
    dictionaries: HashMap<String, Vec<u8>>,
}

impl Dialer {
    /// Opens a socket at a server.
    pub(super) async fn dial(
        &mut self,
        client: &Client,
        settings: &Settings,
        (host, mut start): (&Url, Start),
    ) -> Result<Box<Live>, AskError> {
        if settings.wire == Wire::Legacy {
            let unpacker = if settings.compress { Unpacker::legacy() } else { Unpacker::plain() };
            let request = Request::get(legacy(host, start, settings.compress));
            let socket = client.socket(&request, None).await?;
            return Ok(Live::new(socket, settings, (unpacker, start)));
        }
        loop {
            let known = self.dictionaries.contains_key(host.as_str());
            let dictionary = self.dictionary(client, settings, host).await?;
            let unpacker = dictionary.and_then(Unpacker::with);
            let id = dictionary.filter(|_| unpacker.is_some()).and_then(dictionary_id);
            match client.socket(&Request::get(events(host, start, id)), Some(SUBPROTOCOL)).await {
                Ok(socket) => {
                    return Ok(Live::new(socket, settings, (unpacker.unwrap_or_else(Unpacker::plain), start)));
                }
                // The code may be missing: not every server sends head and body of a refusal in one piece.
                Err(AskError::Refused { status: 400, code, .. }) if known && code == "UnknownZstdDictionary" => {
                    self.dictionaries.remove(host.as_str());
                }
                Err(AskError::Refused { status: 400, code, .. }) if code != "UnknownZstdDictionary" => match start {
                    Start::Number(_, at_us) => start = Start::Time(at_us),
                    _ if known => drop(self.dictionaries.remove(host.as_str())),
                    _ => return Err(refused(host, code)),
                },
                Err(error) => return Err(error),
            }
        }
    }

    /// The dictionary of a server, fetched once; `None` where frames are not to be packed or it has none.
    async fn dictionary(
        &mut self,
        client: &Client,
        settings: &Settings,
        host: &Url,
    ) -> Result<Option<&[u8]>, AskError> {
        if !settings.compress {
            return Ok(None);
        }
        if !self.dictionaries.contains_key(host.as_str()) {
            let mut url = host.clone();
            // From one of the web's schemes to another of them: never refused.
            url.set_scheme(if host.scheme() == "ws" { "http" } else { "https" }).ok();
            url.set_path("/xrpc/network.bsky.jetstream.getZstdDictionary");
            let answer = client.send(&Request::get(url).max_bytes(LONGEST_DICTIONARY)).await?;
            let body = if answer.status.is_success() { answer.body.to_vec() } else { Vec::new() };
            self.dictionaries.insert(host.to_string(), body);
        }
        Ok(self.dictionaries.get(host.as_str()).map(Vec::as_slice).filter(|body| !body.is_empty()))
    }
}

fn refused(host: &Url, code: String) -> AskError {
    let what = if code.is_empty() { "status 400".to_owned() } else { format!("status 400 ({code})") };
    AskError::Refused { host: name(host), status: 400, code, what }
}

/// A server as messages and cursors know it.
pub(super) fn name(host: &Url) -> String {
    let bare = host.host_str().unwrap_or_default();
    host.port().map_or_else(|| bare.to_owned(), |port| format!("{bare}:{port}"))
}

fn legacy(host: &Url, start: Start, compress: bool) -> Url {
    let mut url = host.clone();
    url.set_path("/subscribe");
    let mut query = url.query_pairs_mut();
    query.clear().append_pair("wantedCollections", POSTS);
    query.extend_pairs(start.cursor().map(|cursor| ("cursor", cursor)));
    if compress {
        query.append_pair("compress", "true");
    }
    drop(query);
    url
}

fn events(host: &Url, start: Start, dictionary: Option<u32>) -> Url {
    let mut url = host.clone();
    url.set_path("/xrpc/network.bsky.jetstream.subscribeEvents");
    let mut query = url.query_pairs_mut();
    query.clear().append_pair("kinds", "commit").append_pair("kinds", "account").append_pair("collections", POSTS);
    query.extend_pairs(start.cursor().map(|cursor| ("cursor", cursor)));
    query.extend_pairs(dictionary.map(|id| ("zstdDictionary", id.to_string())));
    drop(query);
    url
}
