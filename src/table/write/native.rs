//! The project's own format, as [`crate::table::read::native`] reads it: file names and contents.

use crate::error::{Error, Result};
use crate::table::read::native::{WHOLE_ECONOMY, content_hash, digest};
use crate::table::{AnyTable, Classification, CoefficientTable, Deflators, Matrix, Meta, Table};
use nalgebra::{DMatrix, DVector};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

/// The files of a table of flows, each with its name in the folder.
///
/// Numbers are written in the shortest form that reads back as the same value.
///
/// ```
/// use leontief::table::write;
/// # use leontief::{Model, table::{FinalDemandRole::Household, PrimaryInputRole::*, Table}};
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
/// let (_, flows) = files.iter().find(|(name, _)| name == "domestic_flows.csv").expect("written");
/// assert_eq!(flows, "code,1,2\n1,150,500\n2,200,100\n");
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// Metadata that cannot be written as TOML.
pub fn write(table: &Table) -> Result<Vec<(String, String)>> {
    let texts = texts(table.meta(), table.sectors(), table.deflators())?;
    all(texts, flows(table))
}

/// The files of a table of coefficients, as [`write()`] gives those of flows.
///
/// ```
/// use leontief::table::{AnyTable, CoefficientTable, write};
/// let table = CoefficientTable::builder("two", 2022)
///     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
///     .domestic([[0.15, 0.25], [0.2, 0.05]])
///     .build()?;
/// let AnyTable::Coefficients(table) = table else { unreachable!() };
/// let files = write::native::write_coefficients(&table)?;
/// let (_, a) = files.iter().find(|(name, _)| name == "domestic_coefficients.csv").expect("written");
/// assert_eq!(a, "code,1,2\n1,0.15,0.25\n2,0.2,0.05\n");
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// Metadata that cannot be written as TOML.
pub fn write_coefficients(table: &CoefficientTable) -> Result<Vec<(String, String)>> {
    let sectors = table.coefficients().sectors();
    let texts = texts(table.meta(), sectors, table.deflators.as_ref())?;
    all(texts, coefficients(table))
}

/// The files of a table of either kind.
///
/// # Errors
/// Metadata that cannot be written as TOML.
pub fn files(table: &AnyTable) -> Result<Vec<(String, String)>> {
    match table {
        AnyTable::Flows(table) => write(table),
        AnyTable::Coefficients(table) => write_coefficients(table),
    }
}

/// The hash that a table of flows has when its files are read, without their texts in memory.
pub(in crate::table) fn hash(table: &Table) -> Result<String> {
    let texts = texts(table.meta(), table.sectors(), table.deflators())?;
    hash_of(texts, flows(table))
}

/// The hash that a table of coefficients has when its files are read.
pub(in crate::table) fn hash_of_coefficients(table: &CoefficientTable) -> Result<String> {
    let sectors = table.coefficients().sectors();
    let texts = texts(table.meta(), sectors, table.deflators.as_ref())?;
    hash_of(texts, coefficients(table))
}

fn hash_of(texts: Vec<(String, String)>, blocks: Vec<Block<'_>>) -> Result<String> {
    let texts = texts.into_iter().map(|(name, text)| (name, digest(&text)));
    let mut digests: BTreeMap<String, [u8; 32]> = texts.collect();
    for block in blocks {
        let mut text = Digested(Sha256::new());
        block.write(&mut text)?;
        digests.insert(block.file(), text.0.finalize().into());
    }
    let digests = digests.iter();
    Ok(content_hash(
        digests.map(|(name, digest)| (name.as_str(), *digest)),
    ))
}

/// What is written, of which only the digest is kept.
struct Digested(Sha256);

impl Write for Digested {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a file of figures holds.
pub(crate) struct Block<'a> {
    /// Its name in the folder, without the ending.
    pub(crate) name: &'static str,
    /// What stands above the codes of its rows.
    pub(crate) corner: &'static str,
    pub(crate) rows: Vec<&'a str>,
    pub(crate) columns: Vec<&'a str>,
    pub(crate) figures: Matrix,
}

impl Block<'_> {
    fn file(&self) -> String {
        format!("{}.csv", self.name)
    }

    /// The text of the file.
    fn write(&self, to: impl Write) -> Result<()> {
        grid(to, self.corner, &self.rows, &self.columns, &self.figures)
    }
}

fn all(mut files: Vec<(String, String)>, blocks: Vec<Block<'_>>) -> Result<Vec<(String, String)>> {
    let deflators = files.iter().position(|(name, _)| name == DEFLATORS);
    let last = deflators.map(|at| files.remove(at));
    for block in blocks {
        let mut text = Vec::new();
        block.write(&mut text)?;
        files.push((block.file(), String::from_utf8(text).map_err(unwritable)?));
    }
    files.extend(last);
    Ok(files)
}

/// A block with a row for each sector.
fn by_sector<'a>(
    name: &'static str,
    codes: &[&'a str],
    columns: &[&'a str],
    figures: impl Into<Matrix>,
) -> Block<'a> {
    Block {
        name,
        corner: "code",
        rows: codes.to_vec(),
        columns: columns.to_vec(),
        figures: figures.into(),
    }
}

/// The blocks of a table.
pub(crate) fn blocks(table: &AnyTable) -> Vec<Block<'_>> {
    match table {
        AnyTable::Flows(table) => flows(table),
        AnyTable::Coefficients(table) => coefficients(table),
    }
}

/// The blocks of a table of flows.
fn flows(table: &Table) -> Vec<Block<'_>> {
    let meta = table.meta();
    let flows = table.flows();
    let codes: Vec<&str> = table.sectors().iter().map(|s| s.code.as_str()).collect();
    let categories: Vec<&str> = meta.final_demand.iter().map(|c| c.id.as_str()).collect();
    let parts: Vec<&str> = meta.primary_inputs.iter().map(|p| p.id.as_str()).collect();
    let accounts: Vec<&str> = meta.accounts.iter().map(|a| a.id.as_str()).collect();
    let others: Vec<&str> = meta.other_inputs.iter().map(|p| p.id.as_str()).collect();
    let mut blocks = vec![
        by_sector("domestic_flows", &codes, &codes, flows.domestic.clone()),
        by_sector("imported_flows", &codes, &codes, flows.imported.clone()),
        by_sector(
            "domestic_final_demand",
            &codes,
            &categories,
            flows.domestic_final_demand.clone(),
        ),
        by_sector(
            "imported_final_demand",
            &codes,
            &categories,
            flows.imported_final_demand.clone(),
        ),
        Block {
            name: "primary_inputs",
            corner: "part",
            rows: parts,
            columns: codes.clone(),
            figures: flows.primary_inputs.clone().into(),
        },
        by_sector("output", &codes, &["output"], one(&flows.output)),
    ];
    if !others.is_empty() {
        let both = [
            ("other_inputs", &codes, &flows.other_inputs),
            ("other_final_demand", &categories, &flows.other_final_demand),
        ];
        blocks.extend(both.map(|(name, columns, figures)| Block {
            name,
            corner: "part",
            rows: others.clone(),
            columns: columns.clone(),
            figures: figures.clone().into(),
        }));
    }
    if let Some(imports) = &flows.imports {
        let both = DMatrix::from_columns(&[imports.cif.clone(), imports.taxes.clone()]);
        let columns = ["imports_cif", "import_taxes"];
        blocks.push(by_sector("imports", &codes, &columns, both));
    }
    if !accounts.is_empty() {
        let all = DMatrix::from_columns(&flows.satellites);
        blocks.push(by_sector("satellites", &codes, &accounts, all));
    }
    blocks
}

/// The blocks of a table of coefficients.
fn coefficients(table: &CoefficientTable) -> Vec<Block<'_>> {
    let (meta, coefficients) = (table.meta(), table.coefficients());
    let sectors = coefficients.sectors();
    let codes: Vec<&str> = sectors.iter().map(|s| s.code.as_str()).collect();
    let accounts: Vec<&str> = meta.accounts.iter().map(|a| a.id.as_str()).collect();
    let mut blocks = vec![
        by_sector(
            "domestic_coefficients",
            &codes,
            &codes,
            coefficients.domestic().clone(),
        ),
        by_sector(
            "import_coefficients",
            &codes,
            &codes,
            coefficients.imported().clone(),
        ),
        by_sector(
            "value_added_coefficients",
            &codes,
            &["value_added"],
            one(coefficients.value_added()),
        ),
    ];
    if !coefficients.other_inputs().is_empty() {
        let rows = coefficients.other_inputs().iter();
        let rows: Vec<_> = rows.map(|(_, row)| row.transpose()).collect();
        blocks.push(Block {
            name: "other_input_coefficients",
            corner: "part",
            rows: meta.other_inputs.iter().map(|p| p.id.as_str()).collect(),
            columns: codes.clone(),
            figures: DMatrix::from_rows(&rows).into(),
        });
    }
    if !accounts.is_empty() {
        // In the file they are per billion.
        let per_billion = coefficients
            .accounts()
            .iter()
            .map(|(_, v)| v * 1e9 / meta.unit);
        let all = DMatrix::from_columns(&per_billion.collect::<Vec<_>>());
        blocks.push(by_sector("satellite_coefficients", &codes, &accounts, all));
    }
    if let Some(output) = table.output() {
        blocks.push(by_sector("output", &codes, &["output"], one(output)));
    }
    blocks
}

fn one(column: &DVector<f64>) -> DMatrix<f64> {
    DMatrix::from_columns(std::slice::from_ref(column))
}

const DEFLATORS: &str = "deflators.csv";

/// The files that are no matrices: what a table says of itself, its sectors with the words that lead to
/// them, its price indices.
pub(crate) fn texts(
    meta: &Meta,
    classification: &Classification,
    deflators: Option<&Deflators>,
) -> Result<Vec<(String, String)>> {
    let mut files = descriptions(meta, classification)?;
    if let Some(deflators) = deflators {
        let codes: Vec<&str> = classification.iter().map(|s| s.code.as_str()).collect();
        files.push(indices(deflators, &codes)?);
    }
    Ok(files)
}

/// What a table says of itself, and its sectors with the words that lead to them.
fn descriptions(meta: &Meta, classification: &Classification) -> Result<Vec<(String, String)>> {
    let mut sectors = csv::Writer::from_writer(Vec::new());
    let mut aliases = csv::Writer::from_writer(Vec::new());
    let titles = ["code", "name_ko", "name_en", "group", "region"];
    // The last only in a table of several regions.
    let width = if classification.region(0).is_some() {
        5
    } else {
        4
    };
    write_row(&mut sectors, &titles[..width])?;
    write_row(&mut aliases, &["alias", "code"])?;
    for (i, s) in classification.iter().enumerate() {
        let group = s.group.as_deref().unwrap_or("");
        let region = classification.region(i).unwrap_or("");
        let row = [s.code.as_str(), &s.name.ko, &s.name.en, group, region];
        write_row(&mut sectors, &row[..width])?;
        for alias in classification.aliases(i) {
            write_row(&mut aliases, &[alias, &s.code])?;
        }
    }
    Ok(vec![
        (
            "table.toml".to_owned(),
            toml::to_string(meta).map_err(|e| Error::unwritable("TOML", e))?,
        ),
        ("sectors.csv".to_owned(), finish(sectors)?),
        ("aliases.csv".to_owned(), finish(aliases)?),
    ])
}

fn indices(deflators: &Deflators, codes: &[&str]) -> Result<(String, String)> {
    let rows: Vec<&str> = codes.iter().copied().chain([WHOLE_ECONOMY]).collect();
    let years: Vec<String> = deflators.years().map(|year| year.to_string()).collect();
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    let mut text = Vec::new();
    let indices = deflators.indices().clone().into();
    grid(&mut text, "code", &rows, &years, &indices)?;
    Ok((
        DEFLATORS.to_owned(),
        String::from_utf8(text).map_err(unwritable)?,
    ))
}

fn grid(
    to: impl Write,
    corner: &str,
    rows: &[&str],
    columns: &[&str],
    values: &Matrix,
) -> Result<()> {
    let mut writer = csv::Writer::from_writer(to);
    let head: Vec<&str> = [corner]
        .into_iter()
        .chain(columns.iter().copied())
        .collect();
    write_row(&mut writer, &head)?;
    let mut number = String::new();
    for (i, code) in rows.iter().enumerate() {
        writer.write_field(code).map_err(unwritable)?;
        for j in 0..columns.len() {
            number.clear();
            write!(number, "{}", values.at(i, j)).map_err(unwritable)?;
            writer.write_field(&number).map_err(unwritable)?;
        }
        // Ends the row.
        writer.write_record(None::<&[u8]>).map_err(unwritable)?;
    }
    writer.flush().map_err(unwritable)
}

fn write_row<W: Write, T: AsRef<[u8]>>(writer: &mut csv::Writer<W>, row: &[T]) -> Result<()> {
    writer.write_record(row).map_err(unwritable)
}

fn finish(writer: csv::Writer<Vec<u8>>) -> Result<String> {
    let bytes = writer.into_inner().map_err(unwritable)?;
    String::from_utf8(bytes).map_err(unwritable)
}

fn unwritable(error: impl std::fmt::Display) -> Error {
    Error::unwritable("CSV", error)
}
