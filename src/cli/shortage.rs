//! `leontief shortage`: what all others lose where a product is short, or where its imports stop.

use super::input::{Opened, TableArgs, in_option, parse_share};
use super::output::Output;
use crate::analysis::{ImportStop, Shortage};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::Model;
use crate::scenario::amount::{self, Currency};

const EXAMPLES: &str = "\
Examples:
  leontief shortage electricity --amount 1조
  leontief shortage 17 --table kr-2023-33
  leontief shortage 05 --imports --share 30%    three tenths of its imports stop";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The sector whose product is short
    #[arg(value_name = "SECTOR")]
    sector: String,
    /// How much of its output is not delivered, or with --imports of its imports [default: one billion of the
    /// currency; with --imports all]
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    amount: Option<String>,
    /// Stop its imports: what that does, between bounds
    #[arg(long)]
    imports: bool,
    /// With --imports, which share of them, as 30% or 0.3
    #[arg(
        long,
        value_name = "SHARE",
        allow_hyphen_values = true,
        requires = "imports",
        conflicts_with = "amount"
    )]
    share: Option<String>,
    /// With --imports, what an input must be of its user's output to limit it; 0 is the strict bound
    #[arg(
        long,
        value_name = "SHARE",
        default_value = "1%",
        allow_hyphen_values = true,
        requires = "imports"
    )]
    critical: String,
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
    if args.imports {
        return imports(args, sector, &opened, out);
    }
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

/// What follows where its imports stop.
fn imports(args: &Args, sector: usize, opened: &Opened, out: &Output) -> Result<()> {
    let table = &opened.table;
    let all = ImportStop::imports_of(table, sector)?;
    let meta = table.meta();
    let share = match (&args.share, &args.amount) {
        (Some(text), _) => parse_share(text).map_err(|error| in_option("--share", error))?,
        (None, Some(text)) => {
            let amount = amount::parse(text, Currency::of(&meta.currency))?;
            let share = amount.as_units() / meta.unit / all;
            if !(share > 0.0 && share <= 1.0) {
                let (name, percent) = (table.sectors().get(sector), share * 100.0);
                return Err(Error::invalid(said!(
                    "--amount '{text}' is {percent:.0} % of the imports of sector {name}: write an amount above 0 and \
                     up to all of them",
                    "--amount '{text}'은(는) {name} 부문 수입액의 {percent:.0}%입니다. 0보다 크고 수입액 이하인 금액을 \
                     쓰십시오"
                )));
            }
            share
        }
        (None, None) => 1.0,
    };
    let critical = parse_share(&args.critical).map_err(|error| in_option("--critical", error))?;
    let model = Model::from_coefficients(table.coefficients())?;
    let study = ImportStop::of_model(table, &model, sector, share, critical)?;
    out.course.solved(&model);
    out.show(&study.document(out.lang, args.top), &study)?;
    opened.remark(None, out)
}
