//! The Bank of Korea's input-output tables (투입산출표), as its workbooks and their sheets saved as CSV are.
//!
//! A sheet has its title, year, price basis and unit in the lines above the figures, sector codes in one row
//! and one column with the names beside them, and totals behind: all found by what they say, not by where
//! they stand. Classifications of any size, any subset of the sheets.

mod labels;
mod sheet;

use super::draft::{Category, Counted, Draft, Origins, Part};
use super::sheets::Sheet;
use super::sums;
use crate::error::Result;
use crate::lang::{Text, said};
use crate::table::meta::Source;
use crate::table::words::fold;
use crate::table::{AnyTable, embedded};
use labels::{Column, Figures, Induced, Origin, Row};
use nalgebra::{DMatrix, DVector};
use sheet::Grid;

/// Whether one of the sheets is of the Bank of Korea.
pub(super) fn recognises(sheets: &[Sheet]) -> bool {
    sheets.iter().any(|sheet| Grid::of(sheet).is_some())
}

/// What the sheets hold.
///
/// # Errors
/// A cell that is no number; a total that is not the sum of its parts; other codes down than across.
pub(super) fn read(sheets: &[Sheet]) -> Result<Draft> {
    let mut draft = Draft::default();
    for sheet in sheets {
        let Some(grid) = Grid::of(sheet) else {
            let name = sheet.title();
            draft.said.push(said!(
                "{name} is not used: it holds no block of the table",
                "{name}: 산업연관표의 블록이 없어 사용하지 않음"
            ));
            continue;
        };
        draft = draft.merge(of_sheet(&grid)?)?;
    }
    draft.classification = classification(&draft.sectors)?;
    describe(&mut draft);
    Ok(draft)
}

fn of_sheet(grid: &Grid<'_>) -> Result<Draft> {
    let mut draft = Draft {
        from: vec![grid.sheet.title()],
        sectors: grid.sectors.clone(),
        ..Draft::default()
    };
    if grid.figures == Figures::Employment {
        employment(grid, &mut draft)?;
        return Ok(draft);
    }
    draft.year = grid.year();
    draft.prices = labels::prices(&grid.titles);
    draft.currency = Some("KRW".to_owned());
    draft.sources.push(Source {
        code: "BOK".to_owned(),
        title: Text::same(grid.title()),
        file: grid.sheet.title(),
    });
    match grid.figures {
        Figures::Transactions(origin) => {
            draft.unit = labels::unit(&grid.titles);
            transactions(grid, origin, &mut draft)?;
        }
        Figures::Coefficients(origin) => {
            let matrix = grid.matrix()?;
            put(&mut draft.per_unit.inputs, origin, matrix);
        }
        Figures::Inducement(induced) => {
            let matrix = grid.matrix()?;
            let per_unit = &mut draft.per_unit;
            match induced {
                Induced::Output => per_unit.output_inducement = Some(matrix),
                Induced::Imports => per_unit.import_inducement = Some(matrix),
                Induced::ValueAdded => per_unit.value_added_inducement = Some(matrix),
                Induced::Jobs | Induced::Employees => {
                    let full_time = labels::full_time(&grid.titles);
                    let account = labels::account(&grid.titles, full_time);
                    per_unit
                        .account_inducement
                        .extend(account.map(|account| (account, matrix)));
                }
            }
        }
        Figures::Items(_) | Figures::Employment => {}
    }
    Ok(draft)
}

fn put<T>(block: &mut Origins<T>, origin: Origin, value: T) {
    match origin {
        Origin::Total => block.total = Some(value),
        Origin::Domestic => block.domestic = Some(value),
        Origin::Imported => block.imported = Some(value),
    }
}

/// A table of transactions: flows, final demand, supply, value added, each total checked.
fn transactions(grid: &Grid<'_>, origin: Origin, draft: &mut Draft) -> Result<()> {
    let n = grid.sectors.len();
    let flows = grid.matrix()?;
    let (mut categories, mut totals) = (Vec::new(), Vec::new());
    let (mut cif, mut taxes) = (None, None::<DVector<f64>>);
    for (column, code, label) in &grid.other_columns {
        let values = grid.column(*column)?;
        match labels::column(code, label) {
            Some(Column::Category(at)) => categories.push((at, values)),
            Some(Column::ImportsCif) => cif = Some(values),
            Some(Column::ImportTaxes) => {
                taxes = Some(taxes.map_or_else(|| values.clone(), |sum| sum + &values));
            }
            Some(Column::Output) => draft.output = Some(values),
            Some(Column::Imports) => {
                totals.push((Column::Imports, *column));
                draft.imports = Some(values);
            }
            Some(total @ (Column::IntermediateDemand | Column::FinalDemand)) => {
                totals.push((total, *column));
            }
            Some(total @ (Column::TotalDemand | Column::TotalSupply)) => {
                totals.push((total, *column));
            }
            Some(Column::Margin) | None => {
                let sum = values.sum();
                if values.iter().any(|v| *v != 0.0) {
                    let name = grid.sheet.title();
                    draft.said.push(said!(
                        "{name}: column {label} ({sum}) is left out",
                        "{name}: '{label}' 열({sum})은 제외함"
                    ));
                }
            }
        }
    }
    for (total, column) in totals {
        for (i, row) in grid.rows.iter().enumerate() {
            let inputs = || flows.row(i).iter().copied().collect::<Vec<f64>>();
            let bought = || {
                categories
                    .iter()
                    .map(|(_, values)| values[i])
                    .collect::<Vec<f64>>()
            };
            let parts = match total {
                Column::IntermediateDemand => inputs(),
                Column::FinalDemand => bought(),
                Column::TotalDemand => [inputs(), bought()].concat(),
                Column::Imports => match (&cif, &taxes) {
                    (Some(cif), Some(taxes)) => vec![cif[i], taxes[i]],
                    _ => continue,
                },
                // What is supplied is what is demanded.
                _ => [inputs(), bought()].concat(),
            };
            sums::check(grid.sheet, *row, column, &parts)?;
        }
    }
    let mut parts = Vec::new();
    let (mut value_added, mut total_input) = (None, None);
    for (row, code, label) in &grid.other_rows {
        match labels::row(code, label) {
            Some(Row::Part(at)) => parts.push((at, grid.row(*row)?)),
            Some(Row::IntermediateInputs) => {
                for (j, column) in grid.columns.iter().enumerate() {
                    let inputs: Vec<f64> = flows.column(j).iter().copied().collect();
                    sums::check(grid.sheet, *row, *column, &inputs)?;
                }
            }
            Some(Row::ValueAdded) => value_added = Some((*row, grid.row(*row)?)),
            Some(Row::TotalInput) => total_input = Some((*row, grid.row(*row)?)),
            None => {
                let values = grid.row(*row)?;
                let sum = values.sum();
                if values.iter().any(|v| *v != 0.0) {
                    let name = grid.sheet.title();
                    draft.said.push(said!(
                        "{name}: row {label} ({sum}) is left out",
                        "{name}: '{label}' 행({sum})은 제외함"
                    ));
                }
            }
        }
    }
    if let (Some((row, _)), false) = (&value_added, parts.is_empty()) {
        for (j, column) in grid.columns.iter().enumerate() {
            let added: Vec<f64> = parts.iter().map(|(_, values)| values[j]).collect();
            sums::check(grid.sheet, *row, *column, &added)?;
        }
    }
    if let Some((row, output)) = total_input {
        let added = |j: usize| match (&value_added, parts.is_empty()) {
            (Some((_, values)), true) => vec![values[j]],
            _ => parts.iter().map(|(_, values)| values[j]).collect(),
        };
        for (j, column) in grid.columns.iter().enumerate() {
            let inputs: Vec<f64> = flows.column(j).iter().copied().collect();
            let added = added(j);
            if !added.is_empty() {
                sums::check(grid.sheet, row, *column, &[inputs, added].concat())?;
            }
        }
        draft.output.get_or_insert(output);
    }
    draft.imports_cif = cif;
    draft.import_taxes = taxes;
    draft.value_added = value_added.map(|(_, values)| values);
    for (at, values) in parts {
        let (id, title, role) = labels::part(at);
        draft.primary_inputs.push(Part {
            id: id.to_owned(),
            title,
            role,
            values,
        });
    }
    for (at, values) in categories {
        let (id, title, role) = labels::category(at);
        let mut demand = Origins::default();
        put(&mut demand, origin, values);
        draft.final_demand.push(Category {
            id: id.to_owned(),
            title,
            role,
            demand,
        });
    }
    put(&mut draft.flows, origin, flows);
    debug_assert_eq!(draft.sectors.len(), n);
    Ok(())
}

/// A table of employment (고용표): persons by product and year.
fn employment(grid: &Grid<'_>, draft: &mut Draft) -> Result<()> {
    let full_time = labels::full_time(&grid.titles);
    for (column, _, label) in &grid.other_columns {
        let Some(account) = labels::account(label, full_time) else {
            continue;
        };
        let values = grid.column(*column)?;
        for (row, _, label) in &grid.other_rows {
            if labels::is_sum(label) {
                let persons: Vec<f64> = values.iter().copied().collect();
                sums::check(grid.sheet, *row, *column, &persons)?;
            }
        }
        draft.accounts.push(Counted {
            account,
            year: grid.year_above(*column),
            values,
        });
    }
    Ok(())
}

/// The classification that the project knows with these codes and names.
fn classification(sectors: &[(String, Text)]) -> Result<Option<String>> {
    for id in ["kr-2020-33", "kr-2020-83", "kr-2020-165"] {
        let Some(folder) = embedded::find(id) else {
            continue;
        };
        let known = crate::table::read::native::read_meta(folder)?.classification;
        if !known.ends_with(&format!("-{}", sectors.len())) {
            continue;
        }
        let table = AnyTable::open(id)?;
        let same = sectors.iter().filter(|(code, name)| {
            let at = table.sectors().position(code);
            at.is_some_and(|at| fold(&table.sectors().get(at).name.ko) == fold(&name.ko))
        });
        if 10 * same.count() >= 9 * sectors.len() {
            return Ok(Some(known));
        }
    }
    Ok(None)
}

/// What every table of the Bank of Korea is.
fn describe(draft: &mut Draft) {
    let n = draft.sectors.len();
    draft.country = Some(said!("South Korea", "대한민국"));
    draft.attribution = Some(said!(
        "Source: Bank of Korea, ECOS",
        "자료: 한국은행 경제통계시스템(ECOS)"
    ));
    if let Some(year) = draft.year {
        draft.title = Some(said!(
            "Korea {year}, {n} sectors (imported)",
            "{year}년 산업연관표 {n}부문(불러온 표)"
        ));
    }
}

impl Grid<'_> {
    /// The figures of sectors by sectors, n x n.
    fn matrix(&self) -> Result<DMatrix<f64>> {
        let n = self.sectors.len();
        let mut matrix = DMatrix::zeros(n, n);
        for (i, row) in self.rows.iter().enumerate() {
            for (j, column) in self.columns.iter().enumerate() {
                matrix[(i, j)] = self.sheet.number(*row, *column)?.unwrap_or(0.0);
            }
        }
        Ok(matrix)
    }

    /// The figures of a column for all sectors, n.
    fn column(&self, column: usize) -> Result<DVector<f64>> {
        let values = self.rows.iter().map(|row| self.sheet.number(*row, column));
        let values = values.map(|value| value.map(|value| value.unwrap_or(0.0)));
        Ok(DVector::from_vec(values.collect::<Result<Vec<f64>>>()?))
    }

    /// The figures of a row for all sectors, n.
    fn row(&self, row: usize) -> Result<DVector<f64>> {
        let values = self
            .columns
            .iter()
            .map(|column| self.sheet.number(row, *column));
        let values = values.map(|value| value.map(|value| value.unwrap_or(0.0)));
        Ok(DVector::from_vec(values.collect::<Result<Vec<f64>>>()?))
    }
}
