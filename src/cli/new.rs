//! `leontief new`: files to begin with.

use super::output::Output;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::report::views::template;

const EXAMPLES: &str = "\
Examples:
  leontief new table --sectors 12 -o my.xlsx             a workbook to fill in, with its checks
  leontief new table --sectors 12 -o my.xlsx --lang ko   with Korean headings
  leontief check my.xlsx                                 once it is filled in
  leontief multipliers --table my.xlsx";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// A table of one's own, as a workbook to fill in (-o x.xlsx)
    Table(TableArgs),
}

#[derive(Debug, clap::Args)]
struct TableArgs {
    /// How many sectors it has
    #[arg(long, value_name = "N")]
    sectors: usize,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let What::Table(args) = &args.what;
    if out.path().is_none() {
        return Err(Error::invalid(said!(
            "where is the workbook to go? -o my.xlsx",
            "-o my.xlsx처럼 저장할 통합문서를 지정하십시오"
        )));
    }
    out.bytes(&template::workbook(args.sectors, out.lang)?)
}
