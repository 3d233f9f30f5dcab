//! two gates: nothing enters with a name, nothing leaves about too few people; forgetting
//!
//! ```text
//! RawEvent ──Gate::admit──▶ Event            the gate in: collectors stand before it, everything else behind
//! DaySummary ──publish──▶ Published<…>       the gate out: reports, alerts and the dashboard stand behind it
//! ```
//!
//! Invariants
//! * Only [`Gate`] turns a handle into an [`AuthorKey`](polso_domain::AuthorKey), and it does so with a key that never
//!   leaves this crate. Forgetting a person starts here: the same handle gives the same key, so the other crates can
//!   erase what they hold without ever having known the name.
//! * What the gate in does not recognise as a name passes: a name that people merely speak of ("the mayor said …") is
//!   what the post is about. Accounts, addresses, telephone numbers, links to profiles and the names of everyone the
//!   platform says the post involves do not pass.
//! * [`Published`] cannot be made but by [`publish`].
//!
//! It is not encryption of the store: whoever holds both the key file and a list of handles can test who wrote what.

mod gate;
mod key;
mod links;
mod publish;
mod scrub;

pub use gate::Gate;
pub use key::{Error, Key};
pub use publish::{Published, publish};
pub use scrub::scrub_loose;
