//! `leontief regroup`: a table with other sectors, as a folder of its own.

use super::input::TableArgs;
use super::output::Output;
use crate::error::Result;

const EXAMPLES: &str = "\
Examples:
  leontief regroup kr-2023-83 bok-6 -o korea-6
  leontief regroup kr-2023-83 DC=61:30%+62:10%+69:5% -o with-data-centres
  leontief multipliers --table with-data-centres --sector DC";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A built-in table, a folder in the project's format, or a table in one file
    #[arg(value_name = "ID|PATH")]
    table: String,
    /// By a CSV file (code,group[,share]), one group as in construction=50+51 or DC=61:30%+62:10%, or built in:
    /// bok-83, bok-33, bok-13, bok-6, ksic; several one after the other
    #[arg(value_name = "FILE|NAME=SECTORS|NAME", required = true)]
    groups: Vec<String>,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let table = TableArgs {
        table: Some(args.table.clone()),
        groups: args.groups.clone(),
        ..TableArgs::default()
    };
    let opened = table.open_regrouped(out)?;
    out.table(&opened.table)?;
    opened.remark(None, out)
}
