//! `leontief trade`: what the countries of a table make for each other.

use super::input::TableArgs;
use super::output::Output;
use crate::analysis::Trade;
use crate::error::Result;
use crate::model::Model;

const EXAMPLES: &str = "\
Examples:
  leontief trade --table 2020_SML.csv                a table of the OECD as it is
  leontief trade --table world/ --format csv -o trade.csv
  leontief trade --table examples/tables/three-countries-2020.csv";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// How many sectors to show, those farthest from final demand first
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = super::input::count)]
    top: usize,
    #[command(flatten)]
    table: TableArgs,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let opened = args.table.open_regrouped(out)?;
    let model = Model::from_coefficients(opened.table.coefficients())?;
    let study = Trade::of_model(&opened.table, &model)?;
    out.course.solved(&model);
    out.show(&study.document(out.lang, args.top), &study)?;
    opened.remark(None, out)
}
