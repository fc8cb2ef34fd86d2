//! `leontief export`: a table as one file or as a folder of its own.

use super::input::open;
use super::output::Output;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::table::AnyTable;
use crate::table::write::{native, single};

const EXAMPLES: &str = "\
Examples:
  leontief export kr-2023-83 -o korea.zip     one file; numpy.load reads its matrices
  leontief export big/ -o big.zip             text is read once; big.zip opens at once
  leontief export kr-2023-83 -o korea/        a folder of CSV files
  leontief impact --shock 31=1조 --table korea.zip";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A built-in table, a folder in the project's format, or a table in one file
    #[arg(value_name = "ID|PATH")]
    table: String,
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
        Some("zip") => {
            let table = open(&args.table, out)?;
            return out.stream(&mut |to| single::write(&table, to));
        }
        Some(other) => {
            return Err(Error::invalid(said!(
                "a table is not written as .{other}: -o table.zip is one file, -o table/ a folder of CSV files",
                "산업연관표는 .{other} 파일로 쓸 수 없습니다. -o table.zip은 파일 하나, -o table/은 CSV 파일이 든 폴더입니다"
            )));
        }
    }
    let files = match &open(&args.table, out)? {
        AnyTable::Flows(table) => native::write(table)?,
        AnyTable::Coefficients(table) => native::write_coefficients(table)?,
    };
    out.folder(&files)
}
