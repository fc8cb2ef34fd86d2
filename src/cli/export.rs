//! `leontief export`: a table as one file or as a folder of its own.

use super::input::open_of_year;
use super::output::Output;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::report::data::Cells;
use crate::report::views::exported;
use crate::table::write::{market, native, pymrio, single};

const EXAMPLES: &str = "\
Examples:
  leontief export kr-2023-83 -o korea.zip     one file; numpy.load reads its matrices
  leontief export big/ -o big.zip             text is read once; big.zip opens at once
  leontief export kr-2023-83 -o korea/        a folder of CSV files
  leontief export kr-2023-83 --as pymrio -o korea-pymrio/         for pymrio.load_all
  leontief export kr-2023-83 --as matrix-market -o korea-mtx/     for scipy.io.mmread, Julia, R
  leontief export kr-2023-83 -o korea.xlsx    a workbook, a sheet a block
  leontief export kr-2023-83 -o korea.csv     a figure a row; korea.parquet likewise, where that is built in
  leontief impact --shock 31=1조 --table korea.zip";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A built-in table, a folder in the project's format, or a table in one file
    #[arg(value_name = "ID|PATH")]
    table: String,
    /// What the folder holds: CSV files in the project's format, what pymrio loads, or Matrix Market files
    #[arg(long = "as", value_name = "LAYOUT", default_value = "csv")]
    layout: Layout,
    /// The year of a table whose files do not say it
    #[arg(long, value_name = "YEAR", value_parser = super::input::year)]
    year: Option<i32>,
}

/// What a folder holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Layout {
    Csv,
    Pymrio,
    MatrixMarket,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let Some(path) = out.path() else {
        return Err(Error::invalid(said!(
            "where is the table to go? -o table.zip is one file, -o table/ a folder",
            "-o로 저장할 곳을 지정하십시오. -o table.zip은 파일 하나, -o table/은 폴더입니다"
        )));
    };
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    let is_folder = path
        .to_string_lossy()
        .ends_with(['/', std::path::MAIN_SEPARATOR]);
    match ending.as_deref() {
        _ if is_folder => {}
        None => {}
        Some(_) if args.layout != Layout::Csv => {
            return Err(Error::invalid(said!(
                "--as is of a folder: -o table/",
                "--as는 폴더에만 쓸 수 있습니다: -o table/"
            )));
        }
        Some("zip") => {
            let table = open_of_year(&args.table, args.year, out)?;
            return out.stream(&mut |to| single::write(&table, to));
        }
        Some("xlsx") => {
            let table = open_of_year(&args.table, args.year, out)?;
            let workbook = exported::workbook(&table, out.lang)?;
            return out.stream(&mut |to| to.write_all(&workbook));
        }
        Some(ending @ ("csv" | "parquet")) => {
            let table = open_of_year(&args.table, args.year, out)?;
            return out.rows(&Cells::of(&table), ending == "parquet");
        }
        Some(other) => {
            return Err(Error::invalid(said!(
                "a table is not written as .{other}: -o table.zip is one file, -o table.xlsx a workbook, -o table.csv or \
                 table.parquet a figure a row, -o table/ a folder",
                "산업연관표는 .{other} 파일로 쓸 수 없습니다. -o table.zip은 파일 하나, -o table.xlsx는 통합문서, -o \
                 table.csv와 table.parquet은 한 행에 수치 하나, -o table/은 폴더입니다"
            )));
        }
    }
    let table = open_of_year(&args.table, args.year, out)?;
    let files = match args.layout {
        Layout::Csv => native::files(&table)?,
        Layout::Pymrio => pymrio::write(table.flows(said!("pymrio's folder", "pymrio 폴더"))?)?,
        Layout::MatrixMarket => market::write(&table)?,
    };
    out.folder(&files)
}
