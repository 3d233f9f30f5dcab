//! `polso alert test`

use super::{named, office};
use crate::checklist::Checklist;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::collect::runtime;
use crate::stages::tell;

/// Send a test to receivers: ✔ it was taken, or ✖ with a hint
///
/// It is sent at once, whatever the hour and whatever a receiver wants to hear. Exit code 1 if one did not take it.
///
/// Reads the settings and secrets, writes nothing here.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  polso alert test press")]
pub(crate) struct Args {
    /// Names of receivers [default: all]
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

pub(super) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let office = office(context)?;
    let (event, runtime) = (tell::test(context)?, runtime()?);
    let mut list = Checklist::new(context.printer);
    for receiver in named(&office, &args.names)? {
        let sent = runtime.block_on(office.test(&receiver, &event, context.now));
        list.show(&receiver.name, sent.map_err(Failure::from), |()| "took the test");
    }
    Ok(if list.exit() == Exit::Done { Exit::Done } else { Exit::Missing })
}
