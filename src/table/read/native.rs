//! The project's own format: a folder with `table.toml` and CSV files.
//!
//! Rows and columns are matched by their codes, never by position. A number may not be left out,
//! stand twice or be other than finite; each failure names file, line and field.
//!
//! | file | header | kind |
//! | --- | --- | --- |
//! | `table.toml` | see [`Meta`] | all |
//! | `sectors.csv` | `code,name_ko,name_en,group` | all |
//! | `aliases.csv` (optional) | `alias,code` | all |
//! | `domestic_flows.csv`, `imported_flows.csv` | `code,<sector>,...`; row = product, column = user | flows |
//! | `domestic_final_demand.csv`, `imported_final_demand.csv` | `code,<category>,...` | flows |
//! | `primary_inputs.csv` | `part,<sector>,...` | flows |
//! | `output.csv` | `code,output` | flows |
//! | `imports.csv` (optional) | `code,imports_cif,import_taxes` | flows |
//! | `satellites.csv` (optional) | `code,<account>,...`; totals | flows |
//! | `deflators.csv` (optional) | `code,<year>,...`; price indices, row `*` = the economy as a whole | flows, coefficients |
//! | `domestic_coefficients.csv`, `import_coefficients.csv` | `code,<sector>,...` | coefficients |
//! | `value_added_coefficients.csv` | `code,value_added` | coefficients |
//! | `satellite_coefficients.csv` (optional) | `code,<account>,...`; per billion of output | coefficients |
//! | `regions.csv`, `multipliers.csv` | see [`Regions`] | regions |

use super::toml::toml_error;
use crate::error::{Error, Place, Result};
use crate::files;
use crate::lang::{Text, excerpt, said};
use crate::table::balance::Balance;
use crate::table::regions::{InOut, Region};
use crate::table::{
    AnyTable, Classification, CoefficientTable, Coefficients, Deflators, Flows, Imports, Kind,
    Meta, Regions, Sector, Table,
};
use nalgebra::{DMatrix, DVector};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Index;
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

impl Folder for Directory {
    fn place(&self, file: &str) -> String {
        self.0.join(file).display().to_string()
    }

    fn file(&self, name: &str) -> Result<Option<Cow<'_, str>>> {
        let path = self.0.join(name);
        Ok(files::read(&path, files::LONGEST_CSV)?.map(Cow::Owned))
    }
}

/// Reads a table of flows or of coefficients and refuses one that is out of balance.
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
                Text::new(
                    format!(
                        "the table does not balance: {}{}; `leontief check` shows all of it",
                        worst.message.en, more.en
                    ),
                    format!(
                        "표의 수급이 일치하지 않습니다. {}{}. `leontief check --lang ko`로 전부 볼 수 있습니다",
                        worst.message.ko, more.ko
                    ),
                ),
            ));
        }
    }
    Ok(table)
}

/// Where the row of a code stands in a file of numbers that has been read before.
fn place_of(folder: &dyn Folder, file: &str, row: &str, column: Option<&str>) -> Place {
    let name = format!("{file}.csv");
    let mut place = Place::file(folder.place(&name));
    if let Ok(Some(text)) = folder.file(&name)
        && let Ok(grid) = Grid::parse(place.file.clone(), &text)
        && let Some((line, ..)) = grid.rows.iter().find(|(_, code, _)| code == row)
    {
        place = place.line(*line);
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
    match meta.kind {
        Kind::Flows => {
            let categories: Vec<String> = meta.final_demand.iter().map(|c| c.id.clone()).collect();
            let parts: Vec<String> = meta.primary_inputs.iter().map(|p| p.id.clone()).collect();
            let mut flows = Flows {
                domestic: files.matrix("domestic_flows.csv", &codes, &codes)?,
                imported: files.matrix("imported_flows.csv", &codes, &codes)?,
                domestic_final_demand: files.matrix(
                    "domestic_final_demand.csv",
                    &codes,
                    &categories,
                )?,
                imported_final_demand: files.matrix(
                    "imported_final_demand.csv",
                    &codes,
                    &categories,
                )?,
                primary_inputs: files.matrix("primary_inputs.csv", &parts, &codes)?,
                output: files.vector("output.csv", &codes, "output")?,
                imports: match files.optional("imports.csv")? {
                    Some(grid) => {
                        let columns = ["imports_cif".to_owned(), "import_taxes".to_owned()];
                        let both = grid.matrix(&codes, &columns)?;
                        Some(Imports {
                            cif: both.column(0).into_owned(),
                            taxes: both.column(1).into_owned(),
                        })
                    }
                    None => None,
                },
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
            if let Some((j, sum)) = Coefficients::column_off(&domestic, &imported, &value_added) {
                return Err(Error::at(
                    place_of(folder, "value_added_coefficients", &codes[j], None),
                    Coefficients::not_one(sectors.get(j), sum),
                ));
            }
            let deflators = files.deflators(&codes)?;
            let hash = files.hash();
            let coefficients =
                Coefficients::new(meta, sectors, domestic, imported, value_added, accounts)
                    .map_err(|e| Error::at(Place::file(folder.place("")), e))?;
            let table = CoefficientTable::new(coefficients, hash).with_deflators(deflators);
            Ok(AnyTable::Coefficients(Box::new(table)))
        }
        Kind::Regions => Err(Error::at(
            Place::file(folder.place("table.toml")).field("kind"),
            Text::new(
                "these are multipliers of regions, not a table: `leontief regions` shows them",
                "산업연관표가 아니라 지역별 승수입니다. `leontief regions`로 볼 수 있습니다",
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
    Records::each(&place, &files.required(file)?, &columns, |line, record| {
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
            *value =
                number(&record[k + 2]).map_err(|e| Error::at(place().field(columns[k + 2]), e))?;
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
    })?;
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

/// The files of a folder as they are read, and the hash of all that was read.
struct Files<'a> {
    folder: &'a dyn Folder,
    read: RefCell<BTreeMap<String, [u8; 32]>>,
}

impl<'a> Files<'a> {
    fn new(folder: &'a dyn Folder) -> Self {
        Files {
            folder,
            read: RefCell::default(),
        }
    }

    fn text(&self, name: &str) -> Result<Option<Cow<'a, str>>> {
        let text = self.folder.file(name)?;
        if let Some(text) = &text {
            let digest = Sha256::digest(text.as_bytes()).into();
            self.read.borrow_mut().insert(name.to_owned(), digest);
        }
        Ok(text)
    }

    fn required(&self, name: &str) -> Result<Cow<'a, str>> {
        self.text(name)?.ok_or_else(|| {
            Error::at(
                Place::file(self.folder.place(name)),
                Text::new("the file is missing", "파일이 없습니다"),
            )
        })
    }

    /// SHA-256 over the names and digests of all that was read, in the order of the names.
    fn hash(&self) -> String {
        let mut all = Sha256::new();
        for (name, digest) in self.read.borrow().iter() {
            all.update(name.as_bytes());
            all.update(digest);
        }
        all.finalize().iter().map(|b| format!("{b:02x}")).collect()
    }

    fn meta(&self) -> Result<Meta> {
        let text = self.required("table.toml")?;
        toml::from_str(&text).map_err(|e| toml_error(self.folder.place("table.toml"), &text, &e))
    }

    fn sectors(&self, meta: &Meta) -> Result<Classification> {
        let records = self.records("sectors.csv", &["code", "name_ko", "name_en", "group"])?;
        let sectors = records
            .rows
            .iter()
            .map(|(_, r)| Sector {
                code: r[0].clone(),
                name: Text::new(&r[2], &r[1]),
                group: (!r[3].is_empty()).then(|| r[3].clone()),
            })
            .collect();
        let aliases = match self.text("aliases.csv")? {
            Some(text) => {
                let place = self.folder.place("aliases.csv");
                let records = Records::parse(place, &text, &["alias", "code"])?;
                records
                    .rows
                    .into_iter()
                    .map(|(_, mut r)| (std::mem::take(&mut r[0]), std::mem::take(&mut r[1])))
                    .collect()
            }
            None => Vec::new(),
        };
        Classification::new(&meta.id, sectors, &aliases)
            .map_err(|e| Error::at(Place::file(self.folder.place("sectors.csv")), e))
    }

    fn records(&self, name: &str, columns: &[&str]) -> Result<Records> {
        Records::parse(self.folder.place(name), &self.required(name)?, columns)
    }

    fn optional(&self, name: &str) -> Result<Option<Grid>> {
        match self.text(name)? {
            Some(text) => Grid::parse(self.folder.place(name), &text).map(Some),
            None => Ok(None),
        }
    }

    fn matrix(&self, name: &str, rows: &[String], columns: &[String]) -> Result<DMatrix<f64>> {
        Grid::parse(self.folder.place(name), &self.required(name)?)?.matrix(rows, columns)
    }

    fn vector(&self, name: &str, rows: &[String], column: &str) -> Result<DVector<f64>> {
        let columns = [column.to_owned()];
        Ok(self.matrix(name, rows, &columns)?.column(0).into_owned())
    }

    fn accounts(
        &self,
        name: &str,
        rows: &[String],
        accounts: &[String],
        factor: f64,
    ) -> Result<Vec<DVector<f64>>> {
        if accounts.is_empty() {
            return Ok(Vec::new());
        }
        let all = self.matrix(name, rows, accounts)? * factor;
        Ok(all.column_iter().map(|c| c.into_owned()).collect())
    }

    /// `deflators.csv`: a row a sector and one of the economy as a whole, `*`; a column a year, from
    /// the first to the last without a gap. Sectors without a row take that of the whole.
    fn deflators(&self, sectors: &[String]) -> Result<Option<Deflators>> {
        let name = "deflators.csv";
        let Some(grid) = self.optional(name)? else {
            return Ok(None);
        };
        let place = || Place::file(self.folder.place(name));
        let first = grid.columns.first().and_then(|year| year.parse().ok());
        let first: i32 = first.ok_or_else(|| {
            let message = said!(
                "the columns are years: code,2020,2021,...",
                "열은 연도여야 합니다: code,2020,2021,..."
            );
            Error::at(place().line(1), message)
        })?;
        for (at, column) in grid.columns.iter().enumerate() {
            let year = first + at as i32;
            if *column != year.to_string() {
                let message = said!(
                    "'{column}' stands where the year {year} is due",
                    "{year}년이 와야 할 열에 '{column}'이(가) 있습니다"
                );
                return Err(Error::at(place().line(1), message));
            }
        }
        let mut rows: HashMap<&str, &[f64]> = HashMap::new();
        for (line, code, indices) in grid.rows() {
            let at = |field: &str| place().line(line).field(field);
            if code != WHOLE_ECONOMY && !sectors.iter().any(|s| s == code) {
                return Err(Error::at(
                    at("code"),
                    said!("'{code}' is not a sector", "'{code}' 부문이 없습니다"),
                ));
            }
            if let Some(k) = indices.iter().position(|index| *index <= 0.0) {
                let message = said!(
                    "the index is {index}; it must be above 0",
                    "지수가 {index}입니다. 0보다 커야 합니다",
                    index = indices[k]
                );
                return Err(Error::at(at(&grid.columns[k]), message));
            }
            if rows.insert(code, indices).is_some() {
                return Err(Error::at(
                    at("code"),
                    said!("'{code}' stands twice", "'{code}'이(가) 두 번 나옵니다"),
                ));
            }
        }
        let Some(whole) = rows.get(WHOLE_ECONOMY) else {
            let message = said!(
                "the row '*', of the economy as a whole, is missing",
                "경제 전체를 나타내는 '*' 행이 없습니다"
            );
            return Err(Error::at(place(), message));
        };
        let all = sectors
            .iter()
            .map(|code| rows.get(code.as_str()).unwrap_or(whole))
            .chain([whole])
            .flat_map(|indices| indices.iter().copied());
        let indices = DMatrix::from_row_iterator(sectors.len() + 1, grid.columns.len(), all);
        Ok(Deflators::new(first, indices))
    }
}

/// A CSV file of texts, its columns picked by header.
struct Records {
    place: String,
    rows: Vec<(usize, Vec<String>)>,
}

impl Records {
    fn parse(place: String, text: &str, columns: &[&str]) -> Result<Self> {
        let mut rows = Vec::new();
        Self::each(&place, text, columns, |line, record| {
            let fields = (0..columns.len()).map(|k| record[k].to_owned());
            rows.push((line, fields.collect()));
            Ok(())
        })?;
        Ok(Records { place, rows })
    }

    /// Hands on every row with its line; none is kept.
    fn each(
        place: &str,
        text: &str,
        columns: &[&str],
        mut take: impl FnMut(usize, Fields<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut reader = csv_reader(text);
        let header = header(&mut reader, place)?;
        let positions = columns
            .iter()
            .map(|c| {
                header.iter().position(|h| h == c).ok_or_else(|| {
                    Error::at(
                        Place::file(place).line(1),
                        said!(
                            "there is no column '{c}'; the header is {header}",
                            "'{c}' 열이 없습니다. 머리글: {header}",
                            header = excerpt(&header.join(","))
                        ),
                    )
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let mut record = csv::StringRecord::new();
        while reader
            .read_record(&mut record)
            .map_err(|e| csv_error(place, &e))?
        {
            let fields = Fields {
                record: &record,
                positions: &positions,
            };
            take(line_of(&record), fields)?;
        }
        Ok(())
    }
}

/// One row of a CSV file; its fields are numbered as the columns that were asked for.
struct Fields<'a> {
    record: &'a csv::StringRecord,
    positions: &'a [usize],
}

impl Index<usize> for Fields<'_> {
    type Output = str;

    fn index(&self, column: usize) -> &str {
        &self.record[self.positions[column]]
    }
}

/// A CSV file of numbers with row codes in its first column and column codes in its header.
pub(crate) struct Grid {
    place: String,
    columns: Vec<String>,
    rows: Vec<(usize, String, Vec<f64>)>,
}

impl Grid {
    pub(crate) fn parse(place: String, text: &str) -> Result<Self> {
        let mut reader = csv_reader(text);
        let mut columns = header(&mut reader, &place)?;
        columns.remove(0);
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| csv_error(&place, &e))?;
            let line = line_of(&record);
            let values = record
                .iter()
                .skip(1)
                .zip(&columns)
                .map(|(text, column)| {
                    number(text)
                        .map_err(|e| Error::at(Place::file(&place).line(line).field(column), e))
                })
                .collect::<Result<Vec<_>>>()?;
            rows.push((line, record[0].trim().to_owned(), values));
        }
        Ok(Grid {
            place,
            columns,
            rows,
        })
    }

    /// Its rows in the order of the file: line, code, figures.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (usize, &str, &[f64])> {
        self.rows
            .iter()
            .map(|(line, code, values)| (*line, code.as_str(), values.as_slice()))
    }

    /// The codes of its columns.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The figures in the order of the codes asked for, each of which must stand there once.
    pub(crate) fn matrix(&self, rows: &[String], columns: &[String]) -> Result<DMatrix<f64>> {
        let column_at = self.positions("column", columns, self.columns.iter().map(|c| (1, c)))?;
        let row_at = self.positions("row", rows, self.rows.iter().map(|(l, c, _)| (*l, c)))?;
        Ok(DMatrix::from_fn(rows.len(), columns.len(), |i, j| {
            self.rows[row_at[i]].2[column_at[j]]
        }))
    }

    fn positions<'a>(
        &'a self,
        what: &str,
        wanted: &[String],
        there: impl Iterator<Item = (usize, &'a String)>,
    ) -> Result<Vec<usize>> {
        let known: HashSet<&str> = wanted.iter().map(String::as_str).collect();
        let mut at: HashMap<&str, usize> = HashMap::with_capacity(wanted.len());
        for (position, (line, code)) in there.enumerate() {
            let place = || Place::file(&self.place).line(line);
            if !known.contains(code.as_str()) {
                return Err(Error::at(
                    place(),
                    unknown(what, code, "is not known", "은(는) 분류에 없습니다"),
                ));
            }
            if at.insert(code, position).is_some() {
                return Err(Error::at(
                    place(),
                    unknown(what, code, "stands twice", "이(가) 두 번 나옵니다"),
                ));
            }
        }
        wanted
            .iter()
            .map(|code| {
                at.get(code.as_str()).copied().ok_or_else(|| {
                    Error::at(
                        Place::file(&self.place),
                        unknown(what, code, "is missing", "이(가) 없습니다"),
                    )
                })
            })
            .collect()
    }
}

/// What is wrong with the code of a row or a column.
fn unknown(what: &str, code: &str, en: &str, ko: &str) -> Text {
    let code = excerpt(code);
    let line = if what == "row" { "행" } else { "열" };
    said!("{what} '{code}' {en}", "{line} '{code}'{ko}")
}

fn csv_reader(text: &str) -> csv::Reader<&[u8]> {
    // A byte order mark, as spreadsheets write it, is not part of the first header.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes())
}

fn header(reader: &mut csv::Reader<&[u8]>, place: &str) -> Result<Vec<String>> {
    let header = reader.headers().map_err(|e| csv_error(place, &e))?;
    if header.is_empty() {
        return Err(Error::at(
            Place::file(place),
            Text::new("the file is empty", "파일이 비어 있습니다"),
        ));
    }
    Ok(header.iter().map(|h| h.trim().to_owned()).collect())
}

fn line_of(record: &csv::StringRecord) -> usize {
    record.position().map_or(0, |p| p.line() as usize)
}

fn csv_error(place: &str, error: &csv::Error) -> Error {
    let mut at = Place::file(place);
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            pos,
            expected_len,
            len,
        } => {
            if let Some(pos) = pos {
                at = at.line(pos.line() as usize);
            }
            said!(
                "{len} fields where the header has {expected_len}",
                "칸이 {len}개이나 머리글은 {expected_len}개입니다"
            )
        }
        _ => said!("{error}", "CSV로 읽을 수 없습니다: {error}"),
    };
    Error::at(at, message)
}

/// A finite number; thousands separators are refused, as they would shift columns unseen.
fn number(text: &str) -> std::result::Result<f64, Text> {
    let said = |en: &str, ko: &str| {
        let text = excerpt(text);
        said!("'{text}' {en}", "'{text}'{ko}")
    };
    match text.trim().parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        Ok(_) => Err(said(
            "is not a finite number",
            "은(는) 유한한 수가 아닙니다",
        )),
        Err(_) if text.trim().is_empty() => Err(Text::new(
            "the cell is empty; write 0",
            "빈 칸입니다. 0을 쓰십시오",
        )),
        Err(_) => Err(said("is not a number", "은(는) 숫자가 아닙니다")),
    }
}
