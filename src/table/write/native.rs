//! The project's own format, as [`crate::table::read::native`] reads it: file names and contents.

use crate::error::{Error, Result};
use crate::table::read::native::WHOLE_ECONOMY;
use crate::table::{Classification, CoefficientTable, Deflators, Meta, Table};
use nalgebra::DMatrix;

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
    let meta = table.meta();
    let flows = table.flows();
    let codes: Vec<&str> = table.sectors().iter().map(|s| s.code.as_str()).collect();
    let categories: Vec<&str> = meta.final_demand.iter().map(|c| c.id.as_str()).collect();
    let parts: Vec<&str> = meta.primary_inputs.iter().map(|p| p.id.as_str()).collect();
    let accounts: Vec<&str> = meta.accounts.iter().map(|a| a.id.as_str()).collect();

    let output = DMatrix::from_columns(std::slice::from_ref(&flows.output));
    let mut files = descriptions(meta, table.sectors())?;
    files.extend([
        (
            "domestic_flows.csv".to_owned(),
            grid("code", &codes, &codes, &flows.domestic)?,
        ),
        (
            "imported_flows.csv".to_owned(),
            grid("code", &codes, &codes, &flows.imported)?,
        ),
        (
            "domestic_final_demand.csv".to_owned(),
            grid("code", &codes, &categories, &flows.domestic_final_demand)?,
        ),
        (
            "imported_final_demand.csv".to_owned(),
            grid("code", &codes, &categories, &flows.imported_final_demand)?,
        ),
        (
            "primary_inputs.csv".to_owned(),
            grid("part", &parts, &codes, &flows.primary_inputs)?,
        ),
        (
            "output.csv".to_owned(),
            grid("code", &codes, &["output"], &output)?,
        ),
    ]);
    if let Some(imports) = &flows.imports {
        let both = DMatrix::from_columns(&[imports.cif.clone(), imports.taxes.clone()]);
        let columns = ["imports_cif", "import_taxes"];
        files.push((
            "imports.csv".to_owned(),
            grid("code", &codes, &columns, &both)?,
        ));
    }
    if !accounts.is_empty() {
        let all = DMatrix::from_columns(&flows.satellites);
        files.push((
            "satellites.csv".to_owned(),
            grid("code", &codes, &accounts, &all)?,
        ));
    }
    if let Some(deflators) = table.deflators() {
        files.push(indices(deflators, &codes)?);
    }
    Ok(files)
}

/// The files of a table of coefficients, as [`write()`] gives those of flows.
///
/// # Errors
/// Metadata that cannot be written as TOML.
pub fn write_coefficients(table: &CoefficientTable) -> Result<Vec<(String, String)>> {
    let (meta, coefficients) = (table.meta(), table.coefficients());
    let codes: Vec<&str> = coefficients
        .sectors()
        .iter()
        .map(|s| s.code.as_str())
        .collect();
    let accounts: Vec<&str> = meta.accounts.iter().map(|a| a.id.as_str()).collect();
    let value_added = DMatrix::from_columns(std::slice::from_ref(coefficients.value_added()));
    let mut files = descriptions(meta, coefficients.sectors())?;
    for (name, columns, block) in [
        (
            "domestic_coefficients.csv",
            &codes[..],
            coefficients.domestic(),
        ),
        (
            "import_coefficients.csv",
            &codes[..],
            coefficients.imported(),
        ),
        (
            "value_added_coefficients.csv",
            &["value_added"][..],
            &value_added,
        ),
    ] {
        files.push((name.to_owned(), grid("code", &codes, columns, block)?));
    }
    if !accounts.is_empty() {
        // In the file they are per billion.
        let per_billion = coefficients
            .accounts()
            .iter()
            .map(|(_, v)| v * 1e9 / meta.unit);
        let all = DMatrix::from_columns(&per_billion.collect::<Vec<_>>());
        files.push((
            "satellite_coefficients.csv".to_owned(),
            grid("code", &codes, &accounts, &all)?,
        ));
    }
    if let Some(output) = table.output() {
        let output = DMatrix::from_columns(std::slice::from_ref(output));
        files.push((
            "output.csv".to_owned(),
            grid("code", &codes, &["output"], &output)?,
        ));
    }
    if let Some(deflators) = &table.deflators {
        files.push(indices(deflators, &codes)?);
    }
    Ok(files)
}

/// What a table says of itself, and its sectors with the words that lead to them.
fn descriptions(meta: &Meta, classification: &Classification) -> Result<Vec<(String, String)>> {
    let mut sectors = csv::Writer::from_writer(Vec::new());
    let mut aliases = csv::Writer::from_writer(Vec::new());
    write_row(&mut sectors, &["code", "name_ko", "name_en", "group"])?;
    write_row(&mut aliases, &["alias", "code"])?;
    for (i, s) in classification.iter().enumerate() {
        let group = s.group.as_deref().unwrap_or("");
        write_row(
            &mut sectors,
            &[s.code.as_str(), &s.name.ko, &s.name.en, group],
        )?;
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
    let grid = grid("code", &rows, &years, deflators.indices())?;
    Ok(("deflators.csv".to_owned(), grid))
}

fn grid(corner: &str, rows: &[&str], columns: &[&str], values: &DMatrix<f64>) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut record = vec![corner.to_owned()];
    record.extend(columns.iter().map(|c| c.to_string()));
    write_row(&mut writer, &record)?;
    for (row, code) in values.row_iter().zip(rows) {
        record.clear();
        record.push(code.to_string());
        record.extend(row.iter().map(|v| v.to_string()));
        write_row(&mut writer, &record)?;
    }
    finish(writer)
}

fn write_row<T: AsRef<[u8]>>(writer: &mut csv::Writer<Vec<u8>>, row: &[T]) -> Result<()> {
    writer.write_record(row).map_err(unwritable)
}

fn finish(writer: csv::Writer<Vec<u8>>) -> Result<String> {
    let bytes = writer.into_inner().map_err(unwritable)?;
    String::from_utf8(bytes).map_err(unwritable)
}

fn unwritable(error: impl std::fmt::Display) -> Error {
    Error::unwritable("CSV", error)
}
