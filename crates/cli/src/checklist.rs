//! A list of things that were looked at: ✔ or ✖, and for ✖ why and what to do.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::printer::Printer;
use std::fmt::Display;

/// A list being written.
pub(crate) struct Checklist {
    printer: Printer,
    fine: bool,
}

impl Checklist {
    pub(crate) fn new(printer: Printer) -> Self {
        Self { printer, fine: true }
    }

    /// One line of the list; the value if it is there.
    pub(crate) fn show<T, D: Display>(
        &mut self,
        what: &str,
        found: Result<T, Failure>,
        say: impl FnOnce(&T) -> D,
    ) -> Option<T> {
        match found {
            Ok(value) => {
                self.printer.check(true, format_args!("{what}: {}", say(&value)));
                Some(value)
            }
            Err(failure) => {
                self.fine = false;
                self.printer.check(false, format_args!("{what}: {failure}"));
                let mut cause = std::error::Error::source(&failure);
                while let Some(error) = cause {
                    self.printer.data(format_args!("    {}", error.to_string().trim_end().replace('\n', "\n    ")));
                    cause = error.source();
                }
                failure.hint().inspect(|hint| self.printer.data(format_args!("    hint: {hint}")));
                None
            }
        }
    }

    /// What the list comes to.
    pub(crate) fn exit(&self) -> Exit {
        if self.fine { Exit::Done } else { Exit::Refused }
    }
}
