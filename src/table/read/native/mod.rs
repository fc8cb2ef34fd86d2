//! The project's own format: a folder with `table.toml` and CSV files.
//!
//! Rows and columns are matched by their codes, never by position. A number may not be left out,
//! stand twice or be other than finite; each failure names file, line and field.
//!
//! | file | header | kind |
//! | --- | --- | --- |
//! | `table.toml` | see [`Meta`] | all |
//! | `sectors.csv` | `code,name_ko,name_en,group`; of a table of several regions `region` as well | all |
//! | `aliases.csv` (optional) | `alias,code` | all |
//! | `domestic_flows.csv`, `imported_flows.csv` | `code,<sector>,...`; row = product, column = user | flows |
//! | `domestic_final_demand.csv`, `imported_final_demand.csv` | `code,<category>,...` | flows |
//! | `primary_inputs.csv` | `part,<sector>,...` | flows |
//! | `other_inputs.csv` (where `table.toml` lists any) | `part,<sector>,...` | flows |
//! | `other_final_demand.csv` (optional beside it) | `part,<category>,...` | flows |
//! | `output.csv` (optional in coefficients) | `code,output` | flows, coefficients |
//! | `imports.csv` (optional) | `code,imports_cif,import_taxes` | flows |
//! | `satellites.csv` (optional) | `code,<account>,...`; totals | flows |
//! | `deflators.csv` (optional) | `code,<year>,...`; price indices, row `*` = the economy as a whole | flows, coefficients |
//! | `domestic_coefficients.csv`, `import_coefficients.csv` | `code,<sector>,...` | coefficients |
//! | `value_added_coefficients.csv` | `code,value_added` | coefficients |
//! | `other_input_coefficients.csv` (where `table.toml` lists any) | `part,<sector>,...` | coefficients |
//! | `satellite_coefficients.csv` (optional) | `code,<account>,...`; per billion of output | coefficients |
//! | `published.csv`, `published_multipliers.csv` (optional) | see [`read_published`] | flows, coefficients |
//! | `regions.csv`, `multipliers.csv` | see [`Regions`] | regions |

mod files;
pub(in crate::table::read) mod grid;
mod matrix;
mod plain;
mod plan;
mod published;

pub(in crate::table) use files::aliases;
pub(crate) use files::{content_hash, digest};
pub(crate) use grid::{Grid, Records};
pub use matrix::Contents;
pub(in crate::table) use plan::plan;
pub use published::read_published;

use crate::error::{Error, Place, Remedy, Result};
use crate::lang::{Text, said};
use crate::table::balance::Balance;
use crate::table::embedded::Embedded;
use crate::table::regions::{InOut, Region};
use crate::table::{
    AnyTable, CoefficientTable, Coefficients, Flows, Imports, Kind, Meta, Regions, Table,
};
use files::Files;
use grid::number;
use nalgebra::{DMatrix, DVector};
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A folder of files, on disk or compiled in.
pub trait Folder {
    /// How messages name a file of it.
    fn place(&self, file: &str) -> String;

    /// The contents of a file, or `None` where there is no such file.
    ///
    /// # Errors
    /// A file that is there and cannot be read.
    fn file(&self, name: &str) -> Result<Option<Cow<'_, str>>>;

    /// The contents of a file to read from, for a matrix that is too large to be held as a text as well.
    ///
    /// # Errors
    /// A file that is there and cannot be read.
    fn open(&self, name: &str) -> Result<Option<Contents<'_>>> {
        Ok(self.file(name)?.map(Contents::from))
    }

    /// The hash of all that a table is read from, where it is known without reading it all.
    fn content_hash(&self) -> Option<String> {
        None
    }

    /// The folder as what is prepared of it when the program is built.
    #[doc(hidden)]
    fn built_in(&self) -> Option<&Embedded> {
        None
    }
}

/// A folder on disk.
#[derive(Debug, Clone)]
pub struct Directory(PathBuf);

impl Directory {
    /// The folder at a path.
    pub fn new(path: impl AsRef<Path>) -> Self {
        Directory(path.as_ref().to_owned())
    }
}

impl Directory {
    /// What its CSV files are long, in bytes, as far as it can be seen.
    pub(super) fn length(&self) -> u64 {
        let entries = std::fs::read_dir(&self.0).into_iter().flatten().flatten();
        let is_csv = |entry: &std::fs::DirEntry| {
            let name = entry.file_name();
            Path::new(&name).extension().is_some_and(|e| e == "csv")
        };
        let files = entries.filter(is_csv);
        files
            .filter_map(|file| Some(file.metadata().ok()?.len()))
            .sum()
    }
}

impl Folder for Directory {
    fn place(&self, file: &str) -> String {
        self.0.join(file).display().to_string()
    }

    fn file(&self, name: &str) -> Result<Option<Cow<'_, str>>> {
        let path = self.0.join(name);
        Ok(crate::files::read(&path, crate::files::LONGEST_CSV)?.map(Cow::Owned))
    }

    fn open(&self, name: &str) -> Result<Option<Contents<'_>>> {
        let path = self.0.join(name);
        let Some((file, length)) = crate::files::open(&path, crate::files::LONGEST_MATRIX)? else {
            return Ok(None);
        };
        let source = crate::files::without_mark(file).map_err(|source| Error::Io {
            action: "read",
            path,
            source,
        })?;
        Ok(Some(Contents::text(source, length)))
    }
}

/// Reads what a table says of itself, and no figures.
///
/// # Errors
/// A `table.toml` that is missing or cannot be understood.
pub fn read_meta(folder: &dyn Folder) -> Result<Meta> {
    Files::new(folder).meta()
}

/// Reads the sectors of a table, and no figures.
#[cfg(test)]
pub(in crate::table) fn read_sectors(folder: &dyn Folder) -> Result<crate::table::Classification> {
    let files = Files::new(folder);
    files.sectors(&files.meta()?)
}

/// Reads a table of flows or of coefficients and refuses one that is out of balance.
///
/// ```
/// use leontief::table::{AnyTable, read::native, write};
/// # use leontief::table::{FinalDemandRole::Household, PrimaryInputRole::*, Table};
/// # // Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05], x = (1000, 2000).
/// # let table = Table::builder("two", 2022)
/// #     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
/// #     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
/// #     .final_demand(Household, [350.0, 1700.0])
/// #     .value_added(Compensation, [250.0, 900.0])
/// #     .value_added(OperatingSurplus, [400.0, 500.0])
/// #     .jobs([300.0, 500.0])
/// #     .build()?;
/// let files = write::native::write(table.flows(leontief::Text::same("files"))?)?;
/// let folder = std::env::temp_dir().join(format!("leontief-two-{}", std::process::id()));
/// # let io = |source| leontief::Error::Io { action: "write", path: folder.clone(), source };
/// std::fs::create_dir_all(&folder).map_err(io)?;
/// for (name, contents) in files {
///     std::fs::write(folder.join(name), contents).map_err(io)?;
/// }
/// let read: AnyTable = native::read(&native::Directory::new(&folder))?;
/// assert_eq!(read.content_hash(), table.content_hash());
/// # std::fs::remove_dir_all(&folder).map_err(io)?;
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// As [`read_unbalanced`]; also a row or column that misses its total by more than the tolerance
/// (see [`crate::table::balance::TOLERANCE`]), with the cell it points at.
pub fn read(folder: &dyn Folder) -> Result<AnyTable> {
    let table = read_unbalanced(folder)?;
    if let AnyTable::Flows(table) = &table {
        let faults = Balance::of(table).faults();
        if let Some(worst) = faults.first() {
            let more = match faults.len() - 1 {
                0 => Text::default(),
                n => said!(" (and {n} more)", "(외 {n}건)"),
            };
            return Err(Error::at(
                place_of(folder, &worst.file, &worst.row, worst.column.as_deref()),
                not_balanced(&worst.message, &more),
            ));
        }
    }
    Ok(table)
}

fn not_balanced(worst: &Text, more: &Text) -> Text {
    let ([en, ko], [more_en, more_ko]) = ([&worst.en, &worst.ko], [&more.en, &more.ko]);
    let Text {
        en: en_all,
        ko: ko_all,
    } = Remedy::Check.text();
    said!(
        "the table does not balance: {en}{more_en}; {en_all}",
        "표의 수급이 일치하지 않습니다. {ko}{more_ko}. {ko_all}"
    )
}

/// Where the row of a code stands in a file of numbers that has been read before.
fn place_of(folder: &dyn Folder, file: &str, row: &str, column: Option<&str>) -> Place {
    let name = format!("{file}.csv");
    let mut place = Place::file(folder.place(&name));
    if let Ok(Some(text)) = folder.file(&name)
        && let Some(line) = grid::line_of_code(&text, row)
    {
        place = place.line(line);
    }
    match column {
        Some(column) => place.field(column),
        None => place,
    }
}

/// Reads a table without asking whether it balances: what the table doctor examines. Whatever the unit
/// of its files, it holds money in millions from here on.
///
/// # Errors
/// A file that is missing or cannot be read; an unknown key, code or column; a code that stands
/// twice; a cell that is not a finite number.
pub fn read_unbalanced(folder: &dyn Folder) -> Result<AnyTable> {
    let files = Files::new(folder);
    let mut meta = files.meta()?;
    if !(meta.unit > 0.0 && meta.unit.is_finite()) {
        return Err(Error::at(
            Place::file(folder.place("table.toml")).field("unit"),
            said!(
                "{unit} whole currency units cannot be one unit of the files",
                "금액 단위(unit)가 {unit}입니다. 0보다 큰 유한한 수여야 합니다",
                unit = meta.unit
            ),
        ));
    }
    let millions = meta.hold_in_millions();
    let sectors = files.sectors(&meta)?;
    let codes: Vec<String> = sectors.iter().map(|s| s.code.clone()).collect();
    let accounts: Vec<String> = meta.accounts.iter().map(|a| a.id.clone()).collect();
    let others: Vec<String> = meta.other_inputs.iter().map(|p| p.id.clone()).collect();
    match meta.kind {
        Kind::Flows => {
            let categories: Vec<String> = meta.final_demand.iter().map(|c| c.id.clone()).collect();
            let parts: Vec<String> = meta.primary_inputs.iter().map(|p| p.id.clone()).collect();
            let mut flows = Flows {
                domestic: files.matrix("domestic_flows.csv", &codes, &codes)?,
                imported: files.matrix("imported_flows.csv", &codes, &codes)?,
                domestic_final_demand: files.block(
                    "domestic_final_demand.csv",
                    &codes,
                    &categories,
                )?,
                imported_final_demand: files.block(
                    "imported_final_demand.csv",
                    &codes,
                    &categories,
                )?,
                primary_inputs: files.block("primary_inputs.csv", &parts, &codes)?,
                other_inputs: match others.is_empty() {
                    true => DMatrix::zeros(0, codes.len()),
                    false => files.block("other_inputs.csv", &others, &codes)?,
                },
                other_final_demand: match others.is_empty() {
                    true => None,
                    false => files.figures("other_final_demand.csv", &others, &categories)?,
                }
                .map_or_else(
                    || DMatrix::zeros(others.len(), categories.len()),
                    |figures| figures.into_dense(),
                ),
                output: files.vector("output.csv", &codes, "output")?,
                imports: files
                    .figures(
                        "imports.csv",
                        &codes,
                        &["imports_cif".to_owned(), "import_taxes".to_owned()],
                    )?
                    .map(|both| Imports {
                        cif: both.column(0),
                        taxes: both.column(1),
                    }),
                satellites: files.accounts("satellites.csv", &codes, &accounts, 1.0)?,
            };
            flows.scale_money(millions);
            let deflators = files.deflators(&codes)?;
            let hash = files.hash();
            let table = Table::of_blocks(meta, sectors, flows, hash)
                .map_err(|e| Error::at(Place::file(folder.place("")), e))?;
            Ok(AnyTable::Flows(Box::new(table.with_deflators(deflators))))
        }
        Kind::Coefficients => {
            let per_billion = meta.unit / 1e9; // now a thousandth: millions
            let domestic = files.matrix("domestic_coefficients.csv", &codes, &codes)?;
            let imported = files.matrix("import_coefficients.csv", &codes, &codes)?;
            let value_added =
                files.vector("value_added_coefficients.csv", &codes, "value_added")?;
            let accounts =
                files.accounts("satellite_coefficients.csv", &codes, &accounts, per_billion)?;
            let others: Vec<DVector<f64>> = match others.is_empty() {
                true => Vec::new(),
                false => {
                    let rows = files.block("other_input_coefficients.csv", &others, &codes)?;
                    rows.row_iter().map(|row| row.transpose()).collect()
                }
            };
            if let Some((j, sum)) =
                Coefficients::column_off(&domestic, &imported, &value_added, &others)
            {
                return Err(Error::at(
                    place_of(folder, "value_added_coefficients", &codes[j], None),
                    Coefficients::not_one(sectors.get(j), sum),
                ));
            }
            let output = files.figures("output.csv", &codes, &["output".to_owned()])?;
            let output = output.map(|x| x.column(0) * millions);
            let deflators = files.deflators(&codes)?;
            let hash = files.hash();
            let coefficients = Coefficients::with_other_inputs(
                meta,
                sectors,
                domestic,
                imported,
                value_added,
                others,
                accounts,
            )
            .map_err(|e| Error::at(Place::file(folder.place("")), e))?;
            let table = CoefficientTable::new(coefficients, hash)
                .with_output(output)
                .map_err(|e| Error::at(Place::file(folder.place("output.csv")), e))?
                .with_deflators(deflators);
            Ok(AnyTable::Coefficients(Box::new(table)))
        }
        Kind::Regions => Err(Error::at(
            Place::file(folder.place("table.toml")).field("kind"),
            said!(
                "these are multipliers of regions, not a table of sectors",
                "산업연관표가 아니라 지역별 승수입니다"
            ),
        )),
    }
}

/// Reads multipliers of regions.
///
/// # Errors
/// As [`read_unbalanced`]; also a region without all of its sectors.
pub fn read_regions(folder: &dyn Folder) -> Result<Regions> {
    let files = Files::new(folder);
    let meta = files.meta()?;
    let sectors = files.sectors(&meta)?;
    let names = files.records("regions.csv", &["code", "name_ko", "name_en", "aliases"])?;
    let columns = [
        "region",
        "code",
        "production_in",
        "production_out",
        "value_added_in",
        "value_added_out",
        "jobs_in",
        "jobs_out",
    ];
    let n = sectors.len();
    let codes: HashMap<&str, usize> = (names.rows.iter().enumerate())
        .map(|(region, (_, record))| (record[0].as_str(), region))
        .collect();
    let mut values: Vec<Option<[f64; 6]>> = vec![None; names.rows.len() * n];
    let file = "multipliers.csv";
    let place = files.folder.place(file);
    match files.prepared(file)? {
        Some(figures) => {
            for (value, row) in values.iter_mut().zip(figures.row_iter()) {
                *value = Some(std::array::from_fn(|k| row[k]));
            }
        }
        None => Records::each(&place, &files.required(file)?, &columns, |line, record| {
            let place = || Place::file(&place).line(line);
            let (code, sector) = (&record[0], &record[1]);
            let at = sectors.position(sector).ok_or_else(|| {
                Error::at(
                    place().field("code"),
                    said!("'{sector}' is not a sector", "'{sector}' 부문이 없습니다"),
                )
            })?;
            let mut six = [0.0; 6];
            for (k, value) in six.iter_mut().enumerate() {
                *value = number(&record[k + 2])
                    .map_err(|e| Error::at(place().field(columns[k + 2]), e))?;
            }
            let region = *codes.get(code).ok_or_else(|| {
                Error::at(
                    place().field("region"),
                    said!(
                        "'{code}' is not a region of regions.csv",
                        "'{code}'은(는) regions.csv에 없는 지역입니다"
                    ),
                )
            })?;
            match values[region * n + at].replace(six) {
                None => Ok(()),
                Some(_) => Err(Error::at(
                    place(),
                    said!(
                        "{code} {sector} stands twice",
                        "{code} {sector}이(가) 두 번 나옵니다"
                    ),
                )),
            }
        })?,
    }
    let mut regions = Vec::new();
    for ((line, record), values) in names.rows.iter().zip(values.chunks_exact(n)) {
        let column = |k: usize| -> Result<DVector<f64>> {
            let found: Option<Vec<f64>> = values.iter().map(|six| Some((*six)?[k])).collect();
            found.map(DVector::from_vec).ok_or_else(|| {
                Error::at(
                    Place::file(&names.place).line(*line),
                    said!(
                        "multipliers.csv does not have all {n} sectors of {region}",
                        "multipliers.csv에 {region} 지역의 {n}개 부문이 모두 있지는 않습니다",
                        region = record[0]
                    ),
                )
            })
        };
        let in_out = |k: usize| -> Result<InOut> {
            Ok(InOut {
                inside: column(k)?,
                outside: column(k + 1)?,
            })
        };
        regions.push(Region {
            code: record[0].clone(),
            name: Text::new(&record[2], &record[1]),
            aliases: record[3].split(';').map(|a| a.trim().to_owned()).collect(),
            production: in_out(0)?,
            value_added: in_out(2)?,
            jobs: in_out(4)?,
        });
    }
    Ok(Regions {
        meta,
        sectors,
        regions,
    })
}

/// The row of `deflators.csv` that is of no sector.
pub(crate) const WHOLE_ECONOMY: &str = "*";
