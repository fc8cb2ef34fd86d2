//! `leontief supply-use`: a symmetric table from supply (or make) and use tables, of their year or brought to another.

use super::input::read_text;
use super::output::Output;
use crate::analysis::SupplyUseStudy;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::table::import::{Options, supply_use};
use crate::table::supply_use::{Negatives, Transformation};
use crate::table::update::Totals;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  leontief supply-use supply.csv use.csv
  leontief supply-use supply.xlsx use.xlsx --sheet 2020 --model D --year 2020 --currency EUR -o economy
  leontief supply-use USEEIO-FOLDER --model B --year 2017 --currency USD --unit 1 -o products
  leontief supply-use supply.csv use.csv --totals totals.csv --to 2024 -o economy-2024

Totals are lines of total,code,value: the output of every industry, and what is known of
value_added or intermediate_inputs, imports (of a product, or of all with no code), final_demand
(by category) and jobs (docs/supply-use.md).";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Supply (or make) and use tables: workbooks, texts, or folders of them; names say which is which
    #[arg(value_name = "FILE|FOLDER", required = true)]
    files: Vec<PathBuf>,
    /// A: product technology, B: industry technology (product by product); C: fixed industry sales, D: fixed product
    /// sales (industry by industry)
    #[arg(long, value_name = "MODEL", default_value = "D", ignore_case = true)]
    model: Model,
    /// With model A: take no more of an input out of an industry than it uses (Almon), so that nothing is below zero
    #[arg(long)]
    almon: bool,
    /// Bring both tables to the totals of another year first (SUT-RAS): a CSV file
    #[arg(long, value_name = "FILE")]
    totals: Option<PathBuf>,
    /// The year of the totals
    #[arg(long, value_name = "YEAR", requires = "totals")]
    to: Option<i32>,
    /// The sheet to read, of workbooks with a sheet a year
    #[arg(long, value_name = "SHEET")]
    sheet: Option<String>,
    /// The name of the table [default: that of -o]
    #[arg(long)]
    name: Option<String>,
    /// The year of flows and prices
    #[arg(long)]
    year: Option<i32>,
    /// ISO 4217 code of the currency [default: KRW]
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Whole currency units in one unit of the figures [default: 1000000]
    #[arg(long, value_name = "N")]
    unit: Option<f64>,
    /// How many secondary products and negative flows to show
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = super::input::count)]
    top: usize,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Model {
    #[value(name = "A")]
    A,
    #[value(name = "B")]
    B,
    #[value(name = "C")]
    C,
    #[value(name = "D")]
    D,
}

impl From<Model> for Transformation {
    fn from(model: Model) -> Self {
        match model {
            Model::A => Transformation::ProductTechnology,
            Model::B => Transformation::IndustryTechnology,
            Model::C => Transformation::FixedIndustrySales,
            Model::D => Transformation::FixedProductSales,
        }
    }
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let mut options = Options::default();
    options.sheet.clone_from(&args.sheet);
    let table_at = out.path().filter(|_| out.is_of_a_table());
    let of_folder =
        table_at.and_then(|path| Some(path.file_stem()?.to_string_lossy().into_owned()));
    options.id = args.name.clone().or(of_folder);
    options.year = args.year;
    options.currency.clone_from(&args.currency);
    options.unit = args.unit;
    let paths: Vec<&Path> = args.files.iter().map(PathBuf::as_path).collect();
    if table_at.is_some() && args.year.is_none() && args.totals.is_none() {
        return Err(Error::invalid(said!(
            "a table needs its year: --year 2020",
            "표에는 연도가 필요합니다. 예: --year 2020"
        )));
    }
    let read = supply_use::open(&paths, &options)?;
    let negatives = if args.almon {
        Negatives::Almon
    } else {
        Negatives::Keep
    };
    let model = args.model.into();
    let (study, table) = match (&args.totals, args.to) {
        (None, _) => SupplyUseStudy::of(&read.tables, model, negatives)?,
        (Some(_), None) => return Err(super::update::no_year()),
        (Some(path), Some(year)) => {
            let (file, text) = (path.display().to_string(), read_text(path)?);
            let totals = Totals::of_supply_use(&file, &text, year, &read.tables)?;
            let updated = read.tables.updated(&totals)?;
            let (study, table) = SupplyUseStudy::of(&updated.tables, model, negatives)?;
            (study.with_update(&totals, &updated), table)
        }
    };
    let said: Vec<String> = read
        .said
        .iter()
        .map(|text| text.get(out.lang).to_owned())
        .collect();
    let document = study.document(out.lang, args.top, &said);
    // A name with an ending asks for the study in a file, any other, or .zip, for the table.
    if table_at.is_some() {
        out.table(&table)?;
        return out.in_terminal(&document);
    }
    out.show(&document, &study)
}
