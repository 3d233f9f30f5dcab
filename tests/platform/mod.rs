//! Synthetic platforms on loopback, for the real binary: a world of posts that a Jetstream, a profile server, a Mastodon
//! instance and a news feed each tell in their own way.
//!
//! Invariants
//! * All posts, people and hosts are made up; a post is known again in every wire's words by its number ([`number`]).
//! * What a platform shows follows from the world and its clock alone. What goes wrong on the way is decided by
//!   [`Faults`], which is honest unless told otherwise.

mod faults;
mod jetstream;
mod random;
mod server;
mod tell;
mod world;

pub(crate) use faults::{Faults, Rates};
pub(crate) use random::Random;
pub(crate) use server::Server;
pub(crate) use world::{Event, What, World, number};

/// Settings that follow the world's hashtag from its first post on, and may ask on loopback as fast as they like.
pub(crate) fn settings(world: &World, sources: &str) -> String {
    format!(
        "[track]\nhashtags = [\"salute\"]\nstart = \"{}\"\n\n[report]\ntimezone = \"UTC\"\n\n[collect]\ncontact = \"mood@polso.example\"\n\
         private_hosts = [\"127.0.0.1\"]\nrequests_per_minute = 60000\nburst = 1000\nat_once = 4\ntimeout_seconds = 2\n\
         backfill_hours = 2000\n\n{sources}\n",
        world.beginning()
    )
}

/// A Jetstream in the settings.
pub(crate) fn bluesky(server: &Server, more: &str) -> String {
    format!("[[collect.bluesky]]\nhosts = [\"ws://127.0.0.1:{}\"]\n{more}\n", server.port)
}

/// The same with authors looked up.
pub(crate) fn bluesky_with(server: &Server, appview: &Server, more: &str) -> String {
    bluesky(server, &format!("appview = \"http://127.0.0.1:{}\"\n{more}", appview.port))
}

/// An instance of Mastodon in the settings.
pub(crate) fn mastodon(server: &Server) -> String {
    format!("[[collect.mastodon]]\nname = \"mastodon\"\ninstance = \"http://127.0.0.1:{}\"\n", server.port)
}

/// A feed in the settings.
pub(crate) fn feed(server: &Server) -> String {
    format!("[[collect.feed]]\nname = \"feed\"\nurl = \"http://127.0.0.1:{}/feed.xml\"\n", server.port)
}
