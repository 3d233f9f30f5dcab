//! What can go wrong while a day is summed up.

use polso_domain::Day;

/// A day that could not be summed up. Nothing of it was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file of the lake could not be read or written.
    #[error("cannot sum up {day}")]
    Lake {
        /// The day.
        day: Day,
        /// Which file, and why.
        #[source]
        source: polso_store::Error,
    },
    /// What was found in the lake beside its days could not be read or written.
    #[error(transparent)]
    Store(#[from] polso_store::Error),
    /// A stored summary is not one.
    #[error("the stored summary of {day} cannot be read")]
    Summary {
        /// The day.
        day: Day,
        /// Where it breaks off.
        #[source]
        source: serde_json::Error,
    },
}

impl Error {
    /// What to do about it, where there is something.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Lake { source, .. } | Self::Store(source) => source.hint(),
            Self::Summary { day, .. } => Some(format!(
                "delete `lake/summaries/day={day}.json` and run `polso aggregate --day {day}`: it is made anew"
            )),
        }
    }
}
