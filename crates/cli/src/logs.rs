//! Log lines on stderr. Post texts and handles cannot get in: no stage logs more than counts, raw posts cannot be printed
//! at all, and libraries do not log: one that parses HTML would repeat what it parses.

use crate::args::{Color, Global, LogFormat};
use std::io::IsTerminal;
use tracing_subscriber::filter::{EnvFilter, LevelFilter};

/// Starts logging at the level that `-v` and `--quiet` ask for.
pub(crate) fn start(global: &Global) {
    let level = match (global.quiet, global.verbose) {
        (true, _) => LevelFilter::ERROR,
        (false, 0) => LevelFilter::WARN,
        (false, 1) => LevelFilter::INFO,
        (false, _) => LevelFilter::DEBUG,
    };
    let colour = match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => std::io::stderr().is_terminal(),
    };
    let builder = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(colour)
        .with_target(false)
        .with_env_filter(EnvFilter::new(format!("off,polso={level}")))
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::CLOSE);
    match global.log_format {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().init(),
    }
}
