//! One file a command: its arguments, whose help is the manual, and `run`.

pub(crate) mod aggregate;
pub(crate) mod alert;
pub(crate) mod check;
pub(crate) mod claims;
pub(crate) mod classify;
pub(crate) mod collect;
pub(crate) mod demo;
pub(crate) mod eval;
pub(crate) mod export;
pub(crate) mod forget;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod model;
pub(crate) mod query;
pub(crate) mod report;
pub(crate) mod review;
pub(crate) mod run;

use crate::args::{Args, Command, Global};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::printer::Printer;
use crate::{clock, settings};

/// Runs what was typed.
pub(crate) fn run(args: Args, printer: Printer) -> Result<Exit, Failure> {
    let Args { global, command } = args;
    let global = &global;
    match command {
        Command::Demo(args) => demo::run(args, global, printer),
        Command::Init(args) => init::run(&args, printer),
        Command::Check(_) => Ok(check::run(global, printer)),
        // Asking again goes on beside a follower, like a run.
        Command::Collect(args) if args.recheck => with_lock(global, printer, |context| collect::run(&args, context)),
        Command::Collect(args) => with_collect_lock(global, printer, |context| collect::run(&args, context)),
        Command::Import(args) => with_lock(global, printer, |context| import::run(&args, context)),
        Command::Classify(args) => with_lock(global, printer, |context| classify::run(&args, context)),
        Command::Aggregate(args) => with_lock(global, printer, |context| aggregate::run(&args, context)),
        Command::Report(args) => with_lock(global, printer, |context| report::run(&args, context)),
        Command::Alert(args) => alert::run(&args, global, printer),
        Command::Run(args) => with_lock(global, printer, |context| run::run(&args, context)),
        Command::Query(args) => query::run(&args, global, printer),
        Command::Export(args) => export::run(&args, global),
        Command::Eval(args) => eval::run(&args, global, printer),
        Command::Claims(args) => claims::run(&args, global, printer),
        Command::Model(args) => model::run(&args, global, printer),
        Command::Review(args) => review::run(&args, global, printer),
        Command::Forget(args) => with_lock(global, printer, |context| forget::run(&args, context)),
    }
}

/// Everything that changes the data folder holds its lock.
fn with_lock(
    global: &Global,
    printer: Printer,
    command: impl FnOnce(Context<'_>) -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    let settings = settings::load(global)?;
    let now = clock::now(global);
    let _lock = settings.data.lock(now)?;
    command(Context { settings: &settings, printer, now })
}

/// What only looks goes on beside a run; the desk's own transactions keep the two apart.
fn without_lock(
    global: &Global,
    printer: Printer,
    command: impl FnOnce(Context<'_>) -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    let settings = settings::load(global)?;
    command(Context { settings: &settings, printer, now: clock::now(global) })
}

/// Collecting holds a lock of its own, so that a follower and the daily run do not keep each other out.
fn with_collect_lock(
    global: &Global,
    printer: Printer,
    command: impl FnOnce(Context<'_>) -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    let settings = settings::load(global)?;
    let now = clock::now(global);
    let _lock = settings.data.collect_lock(now)?;
    command(Context { settings: &settings, printer, now })
}
