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
mod beside;
mod checklist;
mod clock;
mod commands;
mod data;
mod eval;
mod exit;
mod failure;
mod labelled;
mod lock;
mod logs;
mod models;
mod pipeline;
mod printer;
mod review;
mod settings;
mod stages;
mod verify;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let printer = printer::Printer::new(&args.global);
    logs::start(&args.global);
    std::panic::set_hook(Box::new(move |panic| {
        // Some libraries panic where they mean an error; that is made of it, and is no bug.
        if !polso_classify::is_guarded() {
            printer.bug(panic);
        }
    }));
    // A bug in here or in a library is a failed run with an exit code cron knows, not a dump of the stack.
    let ended = std::panic::catch_unwind(|| commands::run(args, printer));
    match ended {
        Ok(Ok(exit)) => exit.into(),
        Ok(Err(failure)) => {
            printer.failure(&failure);
            failure.exit().into()
        }
        Err(_) => exit::Exit::Failed.into(),
    }
}
