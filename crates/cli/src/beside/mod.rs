//! Files that people keep by hand and that stand beside the numbers: events, series that others measured, actions.
//!
//! Read whenever a page is made; nothing of them is stored. Every text in them goes through the scrubber that takes accounts,
//! addresses and telephone numbers out of posts: an owner is a role, and a page names nobody. A file with a mistake is not
//! read in part: the mistake is named with its line and column, and the page says that the file could not be read.

mod actions;
mod error;
mod events;
mod survey;
mod table;

pub(crate) use error::Error;

use crate::printer::Printer;
use polso_domain::{Action, Beside, BesideFile, OutsideSeries, PublicEvent};
use std::path::{Path, PathBuf};

/// A path as the settings have it.
type Written = Option<PathBuf>;

/// Where the files lie.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Places {
    pub(crate) events: Option<PathBuf>,
    pub(crate) actions: Option<PathBuf>,
    pub(crate) outside: Vec<PathBuf>,
}

impl Places {
    /// Relative paths of events, actions and outside series start at `base`.
    pub(crate) fn at(base: &Path, (events, actions, outside): (Written, Written, Option<Vec<PathBuf>>)) -> Self {
        Self {
            events: events.map(|path| base.join(path)),
            actions: actions.map(|path| base.join(path)),
            outside: outside.into_iter().flatten().map(|path| base.join(path)).collect(),
        }
    }

    /// Whether the settings name any.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Reads everything, or says what is wrong first.
    pub(crate) fn read(&self) -> Result<Beside, Error> {
        Ok(Beside { events: self.events()?, series: self.series()?, actions: self.actions()?, unread: Vec::new() })
    }

    /// Reads what can be read. A mistake in one file is said, and costs that file and not the page.
    pub(crate) fn read_or_say(&self, printer: Printer) -> Beside {
        let mut unread = Vec::new();
        let mut missed = |file: BesideFile, error: Error| {
            printer.missing(format_args!("{error}; {}", error.hint()));
            unread.push(file);
        };
        let events = self.events().unwrap_or_else(|error| {
            missed(BesideFile::Events, error);
            Vec::new()
        });
        let series = self.series().unwrap_or_else(|error| {
            missed(BesideFile::Outside, error);
            Vec::new()
        });
        let actions = self.actions().unwrap_or_else(|error| {
            missed(BesideFile::Actions, error);
            None
        });
        Beside { events, series, actions, unread }
    }

    fn events(&self) -> Result<Vec<PublicEvent>, Error> {
        self.events.as_deref().map_or(Ok(Vec::new()), events::read)
    }

    fn actions(&self) -> Result<Option<Vec<Action>>, Error> {
        self.actions.as_deref().map(actions::read).transpose()
    }

    fn series(&self) -> Result<Vec<OutsideSeries>, Error> {
        let mut all: Vec<OutsideSeries> = Vec::new();
        for path in &self.outside {
            for series in survey::read(path)? {
                if all.iter().any(|other| other.name == series.name) {
                    return Err(Error::Twice { path: path.clone(), name: series.name });
                }
                all.push(series);
            }
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests;
