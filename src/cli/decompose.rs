//! `leontief decompose`: why a measure changed between two tables.

use super::input;
use super::output::Output;
use crate::analysis::Decomposition;
use crate::analysis::decomposition::{Average, Measure, Prices};
use crate::error::Result;

const EXAMPLES: &str = "\
Examples:
  leontief decompose kr-2020-33 kr-2023-33 --measure jobs --prices constant
  leontief decompose kr-2020-83 kr-2023-83 --measure imports
  leontief decompose kr-2020-33 kr-2023-33 --measure ghg --paths 3";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The earlier table
    #[arg(value_name = "OLD")]
    old: String,
    /// The later table, of the same sectors
    #[arg(value_name = "NEW")]
    new: String,
    /// What changed: output, value_added, imports or an account
    #[arg(long, value_name = "MEASURE", default_value = "output")]
    measure: String,
    /// Prices of each year, or all of the earlier one
    #[arg(long, value_enum, default_value_t = PricesArg::Current)]
    prices: PricesArg,
    /// The mean over all orders of the factors, or over one and its reverse
    #[arg(long, value_enum, default_value_t = AverageArg::Shapley)]
    average: AverageArg,
    /// The chains of suppliers, up to so many steps, that changed most
    #[arg(long, value_name = "STEPS")]
    paths: Option<usize>,
    /// How many sectors and chains to show
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = input::count)]
    top: usize,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum PricesArg {
    Current,
    Constant,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum AverageArg {
    Shapley,
    Polar,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let (old, new) = (input::open(&args.old, out)?, input::open(&args.new, out)?);
    let prices = match args.prices {
        PricesArg::Current => Prices::Current,
        PricesArg::Constant => Prices::Constant,
    };
    let average = match args.average {
        AverageArg::Shapley => Average::Shapley,
        AverageArg::Polar => Average::Polar,
    };
    let measure = Measure::named(&args.measure);
    let mut why = Decomposition::of(&old, &new, &measure, prices, average)?;
    if let Some(depth) = args.paths {
        why = why.with_paths(&old, &new, depth, args.top)?;
    }
    out.show(&why.document(out.lang, args.top), &why)
}
