//! The Bank of Korea's input-output tables (투입산출표), as its workbooks and their sheets saved as CSV are.
//!
//! A sheet has its title, year, price basis and unit in the lines above the figures, sector codes in one row
//! and one column with the names beside them, and totals behind: all found by what they say, not by where
//! they stand. Classifications of any size, any subset of the sheets.

mod grid;
mod labels;
pub(super) mod long;
mod wide;

pub(super) use grid::Grid;

use super::draft::{self, Category, Counted, Draft, Item, Origins, Other, Part};
use super::sheets::Sheet;
use super::{LeftOut, Options, RowOrColumn};
use crate::error::Result;
use crate::lang::{Text, said};
use crate::table::meta::Source;
use crate::table::words::fold;
use crate::table::{AnyTable, OtherInputRole, embedded};
use labels::{Column, Figures, Induced, Origin, Row};
use nalgebra::DVector;

/// Whether one of the sheets is of the Bank of Korea.
pub(super) fn recognises(sheets: &[Sheet]) -> bool {
    sheets.iter().any(|sheet| Grid::wide(sheet).is_some())
}

/// What the sheets hold.
///
/// # Errors
/// A cell that is no number; a total that is not the sum of its parts; sheets of several tables.
pub(super) fn read(sheets: &[Sheet], options: &Options) -> Result<Draft> {
    of_grids(sheets, options.year, |sheet| {
        Grid::wide(sheet).into_iter().collect()
    })
}

/// What the grids of sheets hold, together.
pub(super) fn of_grids<'a>(
    sheets: &'a [Sheet],
    year: Option<i32>,
    grids: impl Fn(&'a Sheet) -> Vec<Grid<'a>>,
) -> Result<Draft> {
    let mut draft = Draft::default();
    for sheet in sheets {
        let grids = grids(sheet);
        if grids.is_empty() {
            let name = sheet.title();
            draft.said.push(said!(
                "{name} is not used: it holds no block of the table",
                "{name}: 산업연관표의 블록이 없어 사용하지 않음"
            ));
        }
        for grid in &grids {
            draft = draft.merge(of_sheet(grid)?)?;
        }
    }
    draft.classification = classification(&mut draft.sectors)?;
    draft.year = year.or(draft.year);
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
    draft.year = grid.year;
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
                    let account = labels::induced_account(induced, full_time);
                    per_unit
                        .account_inducement
                        .extend(account.map(|account| (account, matrix)));
                }
            }
        }
        Figures::Items(induced) => {
            draft.unit = labels::unit(&grid.titles);
            items(grid, induced, &mut draft)?;
        }
        Figures::Employment => {}
    }
    Ok(draft)
}

/// What categories of final demand induce, to compare with afterwards.
fn items(grid: &Grid<'_>, induced: Induced, draft: &mut Draft) -> Result<()> {
    let what = match induced {
        Induced::Output => draft::Induced::Output,
        Induced::Imports => draft::Induced::Imports,
        Induced::ValueAdded => draft::Induced::ValueAdded,
        Induced::Jobs | Induced::Employees => return Ok(()),
    };
    for other in &grid.other_columns {
        if let Some(Column::Category(at)) = labels::column(&other.code, &other.label) {
            draft.items.push(Item {
                category: labels::category(at).0.to_owned(),
                what,
                values: grid.column(other.at)?,
            });
        }
    }
    Ok(())
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
    let flows = grid.matrix()?;
    let (mut categories, mut totals) = (Vec::new(), Vec::new());
    let (mut cif, mut taxes) = (None, None::<DVector<f64>>);
    for other in &grid.other_columns {
        let (column, label) = (other.at, &other.label);
        let values = grid.column(column)?;
        match labels::column(&other.code, label) {
            Some(Column::Category(at)) => categories.push((at, column, values)),
            Some(Column::ImportsCif) => cif = Some(values),
            Some(Column::ImportTaxes) => {
                taxes = Some(taxes.map_or_else(|| values.clone(), |sum| sum + &values));
            }
            Some(Column::Output) => draft.output = Some(values),
            Some(Column::Imports) => {
                totals.push((Column::Imports, column));
                draft.imports = Some(values);
            }
            Some(total @ (Column::IntermediateDemand | Column::FinalDemand)) => {
                totals.push((total, column));
            }
            Some(total @ (Column::TotalDemand | Column::TotalSupply)) => {
                totals.push((total, column));
            }
            Some(Column::Margin) | None => {
                let sum = values.sum();
                if values.iter().any(|v| *v != 0.0) {
                    let name = grid.sheet.title();
                    let left = LeftOut::new(&name, RowOrColumn::Column, &label.to_string(), sum);
                    draft.left_out.push(left);
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
                    .map(|(_, _, values)| values[i])
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
            grid.check(*row, column, &parts)?;
        }
    }
    let mut parts = Vec::new();
    // Taxes on the products used: a total of inputs has them in it where it stands below them.
    let mut product_taxes: Option<Other> = None;
    let inputs_of = |j: usize, taxes: &Option<Other>| {
        let taxes = taxes.iter().map(|taxes| taxes.values[j]);
        flows
            .column(j)
            .iter()
            .copied()
            .chain(taxes)
            .collect::<Vec<f64>>()
    };
    let (mut value_added, mut total_input) = (None, None);
    for other in &grid.other_rows {
        let (row, label) = (other.at, &other.label);
        match labels::row(&other.code, label) {
            Some(Row::Part(at)) => parts.push((at, grid.row(row)?)),
            Some(Row::IntermediateInputs) => {
                for (j, column) in grid.columns.iter().enumerate() {
                    grid.check(row, *column, &inputs_of(j, &product_taxes))?;
                }
            }
            Some(Row::ProductTaxes) => {
                let bought = categories.iter().map(|(at, column, _)| {
                    let (id, _, _) = labels::category(*at);
                    Ok((id.to_owned(), grid.number(row, *column)?))
                });
                product_taxes = Some(Other {
                    id: OtherInputRole::ProductTaxes.id().to_owned(),
                    title: said!("Taxes less subsidies on products used", "순생산물세"),
                    role: OtherInputRole::ProductTaxes,
                    values: grid.row(row)?,
                    demand: bought.collect::<Result<Vec<_>>>()?,
                });
            }
            Some(Row::ValueAdded) => value_added = Some((row, grid.row(row)?)),
            Some(Row::TotalInput) => total_input = Some((row, grid.row(row)?)),
            None => {
                let values = grid.row(row)?;
                let sum = values.sum();
                if values.iter().any(|v| *v != 0.0) {
                    let name = grid.sheet.title();
                    let left = LeftOut::new(&name, RowOrColumn::Row, &label.to_string(), sum);
                    draft.left_out.push(left);
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
            grid.check(*row, *column, &added)?;
        }
    }
    if let Some((row, output)) = total_input {
        let added = |j: usize| match (&value_added, parts.is_empty()) {
            (Some((_, values)), true) => vec![values[j]],
            _ => parts.iter().map(|(_, values)| values[j]).collect(),
        };
        for (j, column) in grid.columns.iter().enumerate() {
            let added = added(j);
            if !added.is_empty() {
                let inputs = inputs_of(j, &product_taxes);
                grid.check(row, *column, &[inputs, added].concat())?;
            }
            if let Some(output) = &draft.output {
                grid.check(row, *column, &[output[j]])?;
            }
        }
        draft.output.get_or_insert(output);
    }
    draft.other_inputs.extend(product_taxes);
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
    for (at, _, values) in categories {
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
    Ok(())
}

/// A table of employment (고용표): persons by product and year.
fn employment(grid: &Grid<'_>, draft: &mut Draft) -> Result<()> {
    let full_time = labels::full_time(&grid.titles);
    for other in &grid.other_columns {
        let column = other.at;
        let Some(account) = labels::account(&other.label, full_time) else {
            continue;
        };
        let values = grid.column(column)?;
        for other in &grid.other_rows {
            let row = other.at;
            if labels::is_sum(&other.label) {
                let persons: Vec<f64> = values.iter().copied().collect();
                grid.check(row, column, &persons)?;
            }
        }
        draft.accounts.push(Counted {
            account,
            year: grid
                .years
                .iter()
                .find(|(at, _)| *at == column)
                .map(|(_, year)| *year),
            values,
        });
    }
    Ok(())
}

/// The classification that the project knows with these names in this order; sectors take its codes.
fn classification(sectors: &mut [(String, Text)]) -> Result<Option<String>> {
    for id in ["kr-2020-33", "kr-2020-83", "kr-2020-165"] {
        let Some(folder) = embedded::find(id) else {
            continue;
        };
        let known = crate::table::read::native::read_meta(folder)?.classification;
        if !known.ends_with(&format!("-{}", sectors.len())) {
            continue;
        }
        let table = AnyTable::open(id)?;
        let names = sectors.iter().map(|(_, name)| fold(&name.ko));
        let same = names.zip(table.sectors().iter());
        let same = same
            .filter(|(name, known)| *name == fold(&known.name.ko))
            .count();
        if 10 * same >= 9 * sectors.len() {
            for ((code, _), known) in sectors.iter_mut().zip(table.sectors().iter()) {
                code.clone_from(&known.code);
            }
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
