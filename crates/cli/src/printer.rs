//! Everything polso says: data to stdout, talk to stderr, progress on a terminal only.

use crate::args::{Color, Global, LogFormat};
use crate::failure::Failure;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::error::Error;
use std::fmt::Display;
use std::io::{IsTerminal, Write};

/// Knows how much to say, and where.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Printer {
    quiet: bool,
    colour: bool,
    progress: bool,
}

impl Printer {
    pub(crate) fn new(global: &Global) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let colour = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal,
        };
        // A bar would tear log lines apart.
        let progress = terminal && !global.quiet && global.verbose == 0 && global.log_format == LogFormat::Text;
        Self { quiet: global.quiet, colour, progress }
    }

    /// Data: a path, a table. A reader that has gone away (`| head`) is no failure.
    #[expect(clippy::unused_self, reason = "data is said like everything else, through the printer")]
    pub(crate) fn data(self, text: impl Display) {
        writeln!(std::io::stdout().lock(), "{text}").ok();
    }

    /// Talk.
    pub(crate) fn say(self, text: impl Display) {
        if !self.quiet {
            writeln!(std::io::stderr().lock(), "{text}").ok();
        }
    }

    /// Something that is missing: said even when quiet, for it is why the exit code is 1.
    pub(crate) fn missing(self, text: impl Display) {
        let label = self.paint("missing", "33");
        writeln!(std::io::stderr().lock(), "{label}: {text}").ok();
    }

    /// `error`, every `caused by`, and the `hint`.
    pub(crate) fn failure(self, failure: &Failure) {
        let mut stderr = std::io::stderr().lock();
        writeln!(stderr, "{}: {failure}", self.paint("error", "31")).ok();
        let mut cause = failure.source();
        while let Some(error) = cause {
            writeln!(stderr, "caused by: {}", error.to_string().trim_end()).ok();
            cause = error.source();
        }
        if let Some(hint) = failure.hint() {
            writeln!(stderr, "{}: {hint}", self.paint("hint", "36")).ok();
        }
    }

    /// A bug: where, and what to do. The message itself may quote data, so only its place is said.
    pub(crate) fn bug(self, panic: &std::panic::PanicHookInfo<'_>) {
        let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        let mut stderr = std::io::stderr().lock();
        writeln!(stderr, "{}: polso met a bug at {place}; no state was harmed", self.paint("error", "31")).ok();
        let hint = "please report it with the command that led here; running the command again is safe";
        writeln!(stderr, "{}: {hint}", self.paint("hint", "36")).ok();
    }

    /// A bar for work whose size is known; `unit` is `bytes` or a plural.
    pub(crate) fn bar(self, what: &str, length: u64, unit: &str) -> ProgressBar {
        let target = if self.progress { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let counts = if unit == "bytes" { "{bytes}/{total_bytes}" } else { "{human_pos}/{human_len}" };
        let template = format!("{{msg:12}} {{bar:30}} {counts} {unit}, {{eta}} left");
        let style = ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::with_draw_target(Some(length), target).with_style(style).with_message(what.to_owned())
    }

    /// ✔ or ✖ in front of a line of a checklist.
    pub(crate) fn check(self, fine: bool, text: impl Display) {
        let mark = if fine { self.paint("✔", "32") } else { self.paint("✖", "31") };
        self.data(format_args!("{mark} {text}"));
    }

    fn paint(self, text: &str, code: &str) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}
