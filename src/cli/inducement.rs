//! `leontief inducement`: what each item of final demand sets off.

use super::input::TableArgs;
use super::output::Output;
use crate::analysis::Inducement;
use crate::error::Result;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    table: TableArgs,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let table = args.table.open()?;
    let inducement = Inducement::of(table.flows("inducement by item of final demand")?)?;
    out.show(&inducement.document(out.lang), &inducement)
}
