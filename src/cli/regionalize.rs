//! `leontief regionalize`: a national table brought to a region and the rest of the country.

use super::input::{TableArgs, read_text};
use super::output::Output;
use crate::analysis::regionalize::{Judged, Method, Quotient, Regionalized, TwoRegions};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::table::{AnyTable, RegionalSizes, embedded};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  leontief regionalize --region Ulsan
  leontief regionalize kr-2020-83 --region Jeonnam -o jeonnam
  leontief regionalize my-table --jobs jobs.csv --region North --method flq --delta 0.25 -o north
  leontief regionalize --judged";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A built-in table, a folder in the project's format, or a table in one file [default: kr-2023-83]
    #[arg(value_name = "ID|PATH", conflicts_with = "judged")]
    table: Option<String>,
    /// The region
    #[arg(
        long,
        value_name = "NAME",
        required_unless_present = "judged",
        conflicts_with = "judged"
    )]
    region: Option<String>,
    /// Jobs, output or value added by region and sector: a CSV file region,code,jobs [default: provinces of Korea
    /// by value added in 2020]
    #[arg(long, value_name = "FILE", conflicts_with = "judged")]
    jobs: Option<PathBuf>,
    /// The location quotient [default: aflq]
    #[arg(long, value_name = "QUOTIENT", conflicts_with = "judged")]
    method: Option<By>,
    /// How strongly a small region buys elsewhere: of flq and aflq, from 0 to below 1 [default: 0.4]
    #[arg(long, conflicts_with = "judged", allow_hyphen_values = true)]
    delta: Option<f64>,
    /// With -o: the region's table alone, the rest of the country among imports and exports
    #[arg(long, conflicts_with = "judged")]
    alone: bool,
    /// How many sectors to show
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = super::input::count)]
    top: usize,
    /// Every quotient held against the Bank of Korea's regional multipliers of 2020
    #[arg(long)]
    judged: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum By {
    Slq,
    Plq,
    Cilq,
    Rlq,
    Flq,
    Aflq,
}

impl From<By> for Quotient {
    fn from(by: By) -> Self {
        match by {
            By::Slq => Quotient::Slq,
            By::Plq => Quotient::Plq,
            By::Cilq => Quotient::Cilq,
            By::Rlq => Quotient::Rlq,
            By::Flq => Quotient::Flq,
            By::Aflq => Quotient::Aflq,
        }
    }
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    if args.judged {
        return judged(out);
    }
    let quotient = args
        .method
        .map_or(Method::default().quotient, Quotient::from);
    let method = Method::new(quotient, args.delta)?;
    let table = TableArgs {
        table: args.table.clone(),
        ..TableArgs::default()
    };
    let table = table.open(out)?;
    let nation = table.flows(said!("a regional table", "지역화"))?;
    let sizes = match &args.jobs {
        Some(path) => RegionalSizes::parse(
            &path.display().to_string(),
            &read_text(path)?,
            nation.sectors(),
        )?,
        None => RegionalSizes::built_in(nation.sectors())?,
    };
    let Some(region) = &args.region else {
        return Err(Error::invalid(said!(
            "which region: --region NAME",
            "지역을 --region으로 지정하십시오"
        )));
    };
    let share = sizes.share(region, nation)?;
    let both = TwoRegions::of(nation, sizes.region(region)?, share, method)?;
    // A name with an ending asks for the study in a file, any other, or .zip, for the table.
    if out.is_of_a_table() {
        let made = match args.alone {
            true => both.alone()?,
            false => both.table()?,
        };
        return out.table(&AnyTable::from(made));
    }
    if args.alone {
        return Err(Error::invalid(said!(
            "--alone is of the table that is written: add -o FOLDER, a name without an ending",
            "--alone은 작성되는 표에 대한 옵션입니다. -o FOLDER(확장자 없는 이름)를 함께 지정하십시오"
        )));
    }
    let study = Regionalized::of(&both, sizes.measure())?;
    out.show(&study.document(out.lang, args.top), &study)
}

fn judged(out: &Output) -> Result<()> {
    let table = AnyTable::open(embedded::NATIONAL_OF_REGIONS)?;
    let nation = table.flows(said!("a regional table", "지역화"))?;
    let sizes = RegionalSizes::built_in(nation.sectors())?;
    let judged = Judged::of(nation, &sizes, embedded::regions()?, &Judged::methods())?;
    out.show(&judged.document(out.lang), &judged)
}
