//! What was typed. What it means is decided in `settings` and in each command.

use crate::commands;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use std::path::PathBuf;

/// Takes the pulse of the public mood: public posts in, one page a day out.
#[derive(Debug, Parser)]
#[command(name = "polso", version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Debug, Clone, ClapArgs)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Settings [default: ./polso.toml, else config/polso.toml]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Folder that holds everything polso writes; overrides `data.dir`
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Say more: -v what is done, -vv every detail
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
    /// Shape of the log lines on stderr
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) log_format: LogFormat,
    /// Colour on the terminal
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
    /// The present, for tests and for repeating a run
    #[arg(long, global = true, hide = true, value_name = "TIME")]
    pub(crate) now: Option<Timestamp>,
}

impl Global {
    /// For commands whose own `--data` is a file of labelled posts: what stands here then is that file.
    pub(crate) fn without_data(&self) -> Self {
        Self { data: None, ..self.clone() }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// The commands, in the order one meets them.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(commands::demo::Args),
    Init(commands::init::Args),
    Check(commands::check::Args),
    Collect(commands::collect::Args),
    Import(commands::import::Args),
    Classify(commands::classify::Args),
    Aggregate(commands::aggregate::Args),
    Report(commands::report::Args),
    Run(commands::run::Args),
    Alert(commands::alert::Args),
    Query(commands::query::Args),
    Export(commands::export::Args),
    Eval(commands::eval::Args),
    Claims(commands::claims::Args),
    Model(commands::model::Args),
    Review(commands::review::Args),
    Forget(commands::forget::Args),
}
