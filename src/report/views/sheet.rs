//! Figures by sector, column by column: what measures and units are called, and the table of them.

use crate::analysis::Provenance;
use crate::analysis::sheet::{FigureUnit, Sheet, SheetColumn};
use crate::lang::Lang;
use crate::report::{Cell, Column, Row, Scale, Table};
use crate::table::Account;

/// Some columns of a sheet as a table, a row a sector; `title` says what a column is called.
pub(super) fn table(
    sheet: &Sheet,
    columns: &[&SheetColumn],
    provenance: &Provenance,
    lang: Lang,
    title: impl Fn(&SheetColumn) -> String,
) -> Table {
    let millions = |v: f64| v * provenance.unit / 1e6;
    let money = columns.iter().filter(|c| c.unit == FigureUnit::Money);
    let sizes = money.flat_map(|c| c.values.iter().flatten().map(|v| millions(*v)));
    let scale = Scale::new(lang, &provenance.currency, sizes);
    let mut heads = super::provenance::sector_columns(lang);
    heads.extend(columns.iter().map(|column| {
        let (id, title) = (column.id(), title(column));
        match &column.unit {
            FigureUnit::Money => scale.column(&id, &title),
            unit => {
                let (unit, decimals) = unit_of(unit, provenance, lang);
                Column::number(&id, &title, &unit, decimals)
            }
        }
    }));
    let cell = |column: &SheetColumn, at: usize| match (column.values[at], &column.unit) {
        (None, _) => Cell::Empty,
        (Some(value), FigureUnit::Money) => Cell::Number(scale.money(millions(value))),
        (Some(value), FigureUnit::Share) => Cell::Number(100.0 * value),
        (Some(value), _) => Cell::Number(value),
    };
    let rows = sheet.sectors.iter().enumerate().map(|(at, sector)| {
        let mut cells = vec![sector.code.as_str().into(), sector.name.get(lang).into()];
        cells.extend(columns.iter().map(|column| cell(column, at)));
        Row::new(cells)
    });
    Table {
        columns: heads,
        rows: rows.collect(),
    }
}

/// How a unit is written, and with how many decimals its figures are.
pub(super) fn unit_of(unit: &FigureUnit, provenance: &Provenance, lang: Lang) -> (String, u8) {
    match unit {
        FigureUnit::Ratio => (provenance.ratio_unit(lang), 3),
        FigureUnit::PerBillion(account) => (provenance.per_billion(account, lang), 1),
        FigureUnit::Money => (provenance.currency_name(lang).to_owned(), 0),
        FigureUnit::Amount(account) => (account.unit.get(lang).to_owned(), 0),
        FigureUnit::Times => (lang.pick("times", "배").to_owned(), 3),
        FigureUnit::Index => (lang.pick("mean = 1", "평균 = 1").to_owned(), 3),
        FigureUnit::Share => ("%".to_owned(), 1),
        FigureUnit::Rounds => (lang.pick("rounds", "차").to_owned(), 2),
        FigureUnit::Count => (String::new(), 0),
    }
}

/// What a measure of production is called.
pub(super) fn measure_title(column: &SheetColumn, lang: Lang) -> String {
    let account = match &column.unit {
        FigureUnit::PerBillion(account) | FigureUnit::Amount(account) => Some(account),
        _ => None,
    };
    measure_name(&column.measure, account, lang)
}

/// What a measure is called by its name, or by that of the account that it is.
pub(super) fn measure_name(measure: &str, account: Option<&Account>, lang: Lang) -> String {
    match (measure, account) {
        ("output", _) => lang.pick("Output", "생산").to_owned(),
        ("value_added", _) => lang.pick("Value added", "부가가치").to_owned(),
        ("imports", _) => lang.pick("Imports", "수입").to_owned(),
        ("income", _) => lang.pick("Labour income", "피용자보수").to_owned(),
        ("production_taxes", _) => lang.pick("Production taxes", "생산세").to_owned(),
        ("product_taxes", _) => lang.pick("Taxes on products", "순생산물세").to_owned(),
        ("jobs", _) => lang.pick("Jobs", "취업").to_owned(),
        ("employees", _) => lang.pick("Employees", "고용").to_owned(),
        (_, Some(account)) => account.title.get(lang).to_owned(),
        (other, None) => other.to_owned(),
    }
}
