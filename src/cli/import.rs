//! `leontief import`: a table from the files that others made, in the project's own format.

use super::input::told;
use super::output::Output;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::report::data::{Imported, json};
use crate::report::format::Format;
use crate::report::views::imported;
use crate::table::AnyTable;
use crate::table::import::{self, Options, Watcher};
use crate::table::write::{native, single};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  leontief import bok-2020-83.xlsx --to korea         the Bank of Korea's workbook as downloaded
  leontief import total.csv domestic.csv employment.csv --to korea-165
  leontief multipliers --table korea                  then as any table
  leontief multipliers --table bok-2020-83.xlsx       or at once, without a copy";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Workbooks (xlsx, xlsb, xls, ods), texts (csv, tsv, json), or folders of them, of one table
    #[arg(value_name = "FILE|FOLDER", required = true)]
    files: Vec<PathBuf>,
    /// Where the table goes: a new folder, or x.zip for one file; without it the files are only looked at
    #[arg(long, value_name = "FOLDER|FILE")]
    to: Option<PathBuf>,
    /// Whose layout it is, where that is not told by the files
    #[arg(long, value_name = "LAYOUT", value_parser = layouts())]
    from: Option<String>,
    /// The sheet to read, of a workbook with several tables
    #[arg(long, value_name = "SHEET")]
    sheet: Option<String>,
    /// What the rows and columns of a sheet are, as --suggest writes it
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Print what is believed of the rows and columns of a sheet, as a map to correct
    #[arg(long, conflicts_with = "to")]
    suggest: bool,
    /// The name of the table [default: that of --to, or of the first file]
    #[arg(long, value_name = "ID")]
    name: Option<String>,
    /// The year of flows and prices, where the files do not say it
    #[arg(long)]
    year: Option<i32>,
    /// ISO 4217 code of the currency, where the files do not say it
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Whole currency units in one unit of the figures, where the files do not say it: 1000000 for millions
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    unit: Option<f64>,
    /// One country of a table of many, as a national table with its imports and exports
    #[arg(long, value_name = "CODE|NAME")]
    country: Option<String>,
    /// Take value added to be what output leaves after all inputs, where the files contradict themselves
    #[arg(long, value_name = "HOW", value_parser = ["residual"])]
    value_added: Option<String>,
}

fn layouts() -> clap::builder::PossibleValuesParser {
    import::layouts().collect::<Vec<_>>().into()
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    // -o says it as well, as for other commands that write a table.
    // By its name, or by the ending of a file: a table is a folder or a zip.
    let format = match (out.format, out.path().map(Format::of_path)) {
        (Format::Table, Some(Ok(format))) => format,
        (format, _) => format,
    };
    let is_data = matches!(format, Format::Json | Format::Csv | Format::Parquet);
    let of_output = out.path().filter(|_| !args.suggest && !is_data);
    let to = args.to.as_deref().or(of_output);
    if let Some(to) = to.filter(|to| to.exists()) {
        let name = to.display();
        return Err(Error::invalid(said!(
            "--to {name} is there already: give a new name",
            "--to {name}: 이미 있습니다. 새 이름을 지정하십시오"
        )));
    }
    let mut options = Options::default();
    options.layout.clone_from(&args.from);
    options.id = args.name.clone().or_else(|| {
        let name = to?.file_stem()?;
        Some(name.to_string_lossy().into_owned())
    });
    options.year = args.year;
    options.currency.clone_from(&args.currency);
    options.unit = args.unit;
    options.country.clone_from(&args.country);
    options.residual_value_added = args.value_added.is_some();
    let paths: Vec<&Path> = args.files.iter().map(PathBuf::as_path).collect();
    options.sheet.clone_from(&args.sheet);
    options.map.clone_from(&args.map);
    if args.suggest {
        return out.text(&import::suggest(&paths, &options)?);
    }
    options.watcher = Watcher(Some(told(out)));
    let import = import::open(&paths, &options)?;
    if let Some(to) = to {
        write(&import.table, to, out)?;
    }
    let next = match to.map(Path::to_string_lossy) {
        Some(to) => vec![
            format!("leontief check {to}"),
            format!("leontief multipliers --table {to}"),
        ],
        None => vec![
            out.lang
                .pick(
                    "Nothing is written: --to FOLDER writes the table",
                    "저장하지 않았습니다. --to 폴더로 저장합니다",
                )
                .to_owned(),
        ],
    };
    let document = imported::document(&import, next, out.lang);
    let result = Imported::of(&import);
    match format {
        Format::Json => return out.stream(&mut |to| json::write(&result, to)),
        Format::Csv | Format::Parquet => return out.rows(&result, format == Format::Parquet),
        _ => {}
    }
    match args.to.is_none() && to.is_some() {
        true => out.in_terminal(&document),
        false => out.document(&document),
    }
}

fn write(table: &AnyTable, to: &Path, out: &Output) -> Result<()> {
    let ending = to.extension().map(|e| e.to_string_lossy().to_lowercase());
    if ending.as_deref() == Some("zip") {
        return crate::report::format::write_with(to, &mut |file| single::write(table, file));
    }
    out.folder_at(to, &native::files(table)?)
}
