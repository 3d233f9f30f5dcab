//! `polso query`

use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings;
use clap::ValueEnum;
use polso_store::Table;
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Ask the lake in SQL
///
/// Tables: `posts`, `observations`, `summaries`, `ledger`; their columns stand in docs/analysts.md. Reads the lake,
/// writes to stdout or --out.
#[derive(Debug, clap::Args)]
#[command(after_long_help = r#"Example:
  polso query "SELECT lang, count(*) AS n FROM observations GROUP BY lang ORDER BY n DESC""#)]
pub(crate) struct Args {
    /// One SELECT
    sql: String,
    /// Shape of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// File instead of stdout; needed for parquet
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For reading: columns lined up, at most 100 rows
    #[default]
    Table,
    Csv,
    /// One object a line
    Json,
    Parquet,
}

/// Rows shown to a person; files and pipes get all of them in the other formats.
const SHOWN: usize = 100;

pub(crate) fn run(args: &Args, global: &Global, printer: Printer) -> Result<Exit, Failure> {
    let settings = settings::load(global)?;
    let table = settings.data.lake()?.query(&args.sql)?;
    put(&table, args.format, args.out.as_deref())?;
    printer.say(format_args!("{} rows", table.height()));
    Ok(Exit::Done)
}

/// Writes a table where it should go.
pub(crate) fn put(table: &Table, format: Format, out: Option<&Path>) -> Result<(), Failure> {
    match (format, out) {
        (Format::Parquet, None) => Err(Failure::usage("parquet is not for the terminal", "name a file with --out")),
        (_, None) => write(table, format, &mut std::io::stdout().lock(), Path::new("stdout")),
        (_, Some(path)) => {
            let file = File::create(path).map_err(Failure::io("create", path))?;
            let mut to = BufWriter::new(file);
            write(table, format, &mut to, path)?;
            to.flush().map_err(Failure::io("write", path))
        }
    }
}

fn write(table: &Table, format: Format, to: &mut dyn Write, path: &Path) -> Result<(), Failure> {
    let written = match format {
        Format::Table => write!(to, "{}", table.to_text(SHOWN)),
        Format::Csv => table.write_csv(to),
        Format::Json => table.write_json(to),
        Format::Parquet => return Ok(table.write_parquet(to, path)?),
    };
    match written {
        // `polso query … | head` is no failure.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Failure::io("write", path)),
    }
}
