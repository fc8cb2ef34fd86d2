//! `leontief sam`: a social accounting matrix, its multipliers and paths.

use super::input::{HouseholdArgs, TableArgs, count, number, parse_share};
use super::output::Output;
use crate::analysis::sam::{SamAccount, SamOptions};
use crate::analysis::{Sam, SamPaths};
use crate::error::Result;
use crate::table::Classification;

const EXAMPLES: &str = "\
Examples:
  leontief sam --table kr-2023-33                       the matrix; what a unit paid into each account sets off
  leontief sam --households mixed --capital-share 30%   with mixed income, and a part of other surplus
  leontief sam --from 31 --to households --paths 10     by which paths households get what semiconductors earn
  leontief sam --from 31 --to 45 --household-share 0    path multipliers of the open model";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// How many sectors to show
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = count)]
    top: usize,
    /// Paths from this account: a sector, labour, mixed_income, capital or households
    #[arg(long, value_name = "ACCOUNT", requires = "to")]
    from: Option<String>,
    /// Paths to this account
    #[arg(long, value_name = "ACCOUNT", requires = "from")]
    to: Option<String>,
    /// How many paths to show
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = count, requires = "from")]
    paths: usize,
    #[command(flatten)]
    table: TableArgs,
    /// Share of their income that households spend [default: the table's]
    #[arg(
        long,
        value_name = "SHARE",
        allow_hyphen_values = true,
        value_parser = number,
        help_heading = "Table and model"
    )]
    household_share: Option<f64>,
    /// Part of the operating surplus of capital that households get as output rises [default: none]
    #[arg(long, value_name = "SHARE", value_parser = parse_share, help_heading = "Table and model")]
    capital_share: Option<f64>,
    #[command(flatten)]
    households: HouseholdArgs,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let opened = args.table.open_regrouped(out)?;
    let table = &opened.table;
    let share = args.households.share(args.household_share, table)?;
    let earnings = args.households.earnings(share)?;
    let assumed = SamOptions {
        earnings: earnings.unwrap_or_else(|| args.households.given(share)),
        capital_share: args.capital_share.unwrap_or(0.0),
    };
    match (&args.from, &args.to) {
        (Some(from), Some(to)) => {
            let from = account(from, table.sectors())?;
            let to = account(to, table.sectors())?;
            let paths = SamPaths::of(table, assumed, from, to, args.paths)?;
            out.show(&paths.document(out.lang), &paths)?;
        }
        _ => {
            let sam = Sam::of(table, assumed)?;
            out.show(&sam.document(out.lang, args.top), &sam)?;
        }
    }
    opened.remark(None, out)
}

/// An endogenous account by its name, or a sector.
fn account(word: &str, sectors: &Classification) -> Result<SamAccount> {
    Ok(match word.trim().to_lowercase().as_str() {
        "labour" | "labor" | "노동" => SamAccount::Labour,
        "mixed_income" | "mixed" | "혼합소득" => SamAccount::MixedIncome,
        "capital" | "자본" => SamAccount::Capital,
        "households" | "가계" => SamAccount::Households,
        _ => SamAccount::Sector(sectors.find(word)?),
    })
}
