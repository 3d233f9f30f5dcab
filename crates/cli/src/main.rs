//! commands, settings, wiring, progress, exit codes
//!
//! The one crate that knows all the others, the clock, the environment and the terminal. `pipeline` reads like the
//! drawing in `crates/README.md`; each command is one file in `commands`.
//!
//! Invariants
//! * Data goes to stdout, talk to stderr; the exit code says what happened even when nobody reads either.
//! * One run at a time per data folder.
//! * An error is `error / caused by / hint`, never a stack trace.

mod args;
mod clock;
mod commands;
mod data;
mod eval;
mod exit;
mod failure;
mod lock;
mod logs;
mod pipeline;
mod printer;
mod settings;
mod stages;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let printer = printer::Printer::new(&args.global);
    logs::start(&args.global);
    match commands::run(args, printer) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            printer.failure(&failure);
            failure.exit().into()
        }
    }
}
