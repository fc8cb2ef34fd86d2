//! `leontief shortage`: what all others lose where a product is short.

use super::input::TableArgs;
use super::output::Output;
use crate::analysis::Shortage;
use crate::error::Result;
use crate::model::Model;
use crate::scenario::amount::{self, Currency};

const EXAMPLES: &str = "\
Examples:
  leontief shortage electricity --amount 1조
  leontief shortage 17 --table kr-2023-33";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The sector whose product is short
    #[arg(value_name = "SECTOR")]
    sector: String,
    /// How much of its output is not delivered [default: one billion of the currency]
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    amount: Option<String>,
    /// How many sectors to show
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = super::input::count)]
    top: usize,
    #[command(flatten)]
    table: TableArgs,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let opened = args.table.open_regrouped(out)?;
    let table = &opened.table;
    let sector = table.sectors().find(&args.sector)?;
    let meta = table.meta();
    let whole = match &args.amount {
        Some(text) => amount::parse(text, Currency::of(&meta.currency))?.as_units(),
        None => 1e9,
    };
    let model = Model::from_coefficients(table.coefficients())?;
    let study = Shortage::of_model(table, &model, sector, whole / meta.unit)?;
    out.course.solved(&model);
    out.show(&study.document(out.lang, args.top), &study)?;
    opened.remark(None, out)
}
