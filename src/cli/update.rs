//! `leontief update`: a table brought to the totals of another year.

use super::input::read_text;
use super::output::Output;
use crate::analysis::Update;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::table::AnyTable;
use crate::table::update::Totals;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  leontief update kr-2023-33 --to 2024 --totals totals.csv -o korea-2024
  leontief update kr-2020-33 --totals kr-2023-33        how near it comes where the answer is known

Totals are lines of total,code,value: the output of every sector, and what is known of value_added, imports,
import_taxes and final_demand (by category), of accounts, and of single cells (docs/updating.md).";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The table: a built-in one, a folder in the project's format, or a table in one file
    #[arg(value_name = "ID|PATH")]
    table: String,
    /// The totals: a CSV file, or a table whose totals and figures it is held against
    #[arg(long, value_name = "FILE|TABLE")]
    totals: String,
    /// Bounds of single cells: lines of block,code,user,least,most (docs/updating.md)
    #[arg(long, value_name = "FILE")]
    bounds: Option<PathBuf>,
    /// The year that they are of [default: that of the table which gives them]
    #[arg(long, value_name = "YEAR")]
    to: Option<i32>,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let what = || said!("an update", "표 갱신");
    let old = super::input::open(&args.table, out)?;
    let old = old.flows(what())?;
    let path = Path::new(&args.totals);
    let is_text = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("csv"));
    let published = match is_text {
        true => None,
        false => Some(super::input::open(&args.totals, out)?),
    };
    let published = match &published {
        Some(table) => Some(table.flows(what())?),
        None => None,
    };
    let totals = match (published, args.to) {
        (Some(table), to) => {
            let year = table.meta().year;
            if to.is_some_and(|to| to != year) {
                return Err(Error::invalid(said!(
                    "--to is another year than that of the table which gives the totals, {year}: leave it out",
                    "--to가 합계를 주는 표의 연도({year}년)와 다릅니다. --to를 빼십시오"
                )));
            }
            Totals::of_table(table, old)?
        }
        (None, Some(year)) => Totals::parse(&args.totals, &read_text(path)?, year, old)?,
        (None, None) => return Err(no_year()),
    };
    let totals = match &args.bounds {
        Some(path) => {
            let name = path.display().to_string();
            totals.with_bounds(&name, &read_text(path)?, old)?
        }
        None => totals,
    };
    let updated = old.updated(&totals)?;
    let update = Update::of(old, &totals, &updated, published)?;
    let document = update.document(out.lang);
    // A name with an ending asks for the account in a file, any other, or .zip, for the table.
    if out.is_of_a_table() {
        out.table(&AnyTable::from(updated.table))?;
        return out.in_terminal(&document);
    }
    out.show(&document, &update)
}

/// Totals in a file without their year.
pub(super) fn no_year() -> Error {
    Error::invalid(said!(
        "a file of totals does not say its year: give --to, as in --to 2024",
        "합계 파일에는 연도가 없습니다. --to 2024처럼 --to로 지정하십시오"
    ))
}
