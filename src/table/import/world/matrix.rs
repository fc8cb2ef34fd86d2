//! One matrix with everything in it, a country and a sector in each label ("KOR_C26"): the OECD's ICIO tables and
//! the matrix form of Eurostat's FIGARO, as CSV.
//!
//! Sources: OECD, "Inter-Country Input-Output tables" (editions 2021 and 2023: `2018.csv`, `2020_SML.csv`), million US
//! dollars; Eurostat, "FIGARO tables", matrix format, million euro. Basic prices both.

use super::World;
use super::files::{Files, Labelled, clean};
use super::labels::{self, Row};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::PriceBasis;
use nalgebra::DVector;

/// So many columns with a country before the sector make such a matrix.
const LEAST: usize = 4;

pub(super) fn recognises(files: &Files) -> Result<bool> {
    let Some(name) = only(files) else {
        return Ok(false);
    };
    files.read(name, |mut lines| {
        let Some(first) = lines.next().ok().flatten() else {
            return Ok(false);
        };
        let mut labels = first.split(separator(first)).skip(1).map(clean).peekable();
        let head: Vec<&str> = labels.by_ref().take(50).collect();
        let with = head.iter().filter(|label| split(label).is_some()).count();
        Ok(with >= LEAST && with * 5 >= head.len() * 4)
    })
}

/// The one text that there is.
fn only(files: &Files) -> Option<&str> {
    let mut all = files.all(|_| true).filter(|name| name.ends_with(".csv"));
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

fn separator(line: &str) -> char {
    match line.matches(';').count() > line.matches(',').count() {
        true => ';',
        false => ',',
    }
}

/// The country, two or three letters and digits, and the sector.
fn split(label: &str) -> Option<(&str, &str)> {
    let (country, sector) = label.split_once('_')?;
    let is_code = (2..=3).contains(&country.len())
        && country
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    (is_code && !sector.is_empty()).then_some((country, sector))
}

pub(super) fn read(files: &Files) -> Result<World> {
    let place = files.path().display().to_string();
    let Some(name) = only(files) else {
        return Err(Error::invalid(said!(
            "{place}: give one CSV file, that of one year",
            "{place}: 한 해의 CSV 파일 하나를 지정하십시오"
        )));
    };
    let separator = files.read(name, |mut lines| Ok(lines.next()?.map_or(',', separator)))?;
    let all = files.read(name, |lines| Labelled::read(lines, separator, Some(1)))?;
    let place = files.place(name);
    let label = |labels: &Vec<String>| labels.last().cloned().unwrap_or_default();
    let rows: Vec<String> = all.rows.iter().map(label).collect();
    let columns: Vec<String> = all.columns.iter().map(label).collect();
    // A sector is what both sells and buys.
    let sells = |column: &&String| rows.contains(column);
    let sectors: Vec<&String> = columns
        .iter()
        .filter(sells)
        .filter(|label| split(label).is_some())
        .collect();
    let three = sectors
        .first()
        .and_then(|l| split(l))
        .is_none_or(|(country, _)| country.len() == 3);
    let (title, attribution, currency) = match three {
        true => (
            "OECD ICIO",
            said!(
                "OECD, Inter-Country Input-Output tables",
                "OECD 국제산업연관표(ICIO)"
            ),
            "USD",
        ),
        false => (
            "FIGARO",
            said!("Eurostat, FIGARO tables", "유럽통계청 FIGARO 표"),
            "EUR",
        ),
    };
    let mut world = World {
        from: vec![place.clone()],
        title: Text::same(title),
        attribution,
        year: files.year(name),
        currency: Some(currency.to_owned()),
        unit: Some(1e6),
        prices: Some(PriceBasis::Basic),
        ..World::default()
    };
    world.said.push(said!(
        "Taken as millions of {currency} at basic prices, as {title} is",
        "{title}와 같이 백만 {currency}, 기초가격으로 봄"
    ));
    let own = |label: &str| {
        split(label)
            .map(|(r, s)| (r.to_owned(), s.to_owned()))
            .unwrap_or_default()
    };
    world.label(sectors.iter().map(|label| own(label)), &place)?;
    let find = |label: &str| rows.iter().position(|row| row == label);
    let from_rows: Vec<usize> = sectors.iter().filter_map(|label| find(label)).collect();
    let at = |wanted: &str| columns.iter().position(|column| column == wanted);
    let from_columns: Vec<usize> = sectors.iter().filter_map(|label| at(label)).collect();
    world.flows = all
        .cells
        .select_rows(&from_rows)
        .select_columns(&from_columns);
    let mut demand_at = Vec::new();
    for (j, column) in columns.iter().enumerate() {
        if sells(&column) {
            continue;
        }
        let values = all.cells.column(j).select_rows(&from_rows);
        match split(column) {
            Some((region, category)) => {
                world.take_demand(region, category, values, &place)?;
                demand_at.push(j);
            }
            // Totals follow from the rest.
            None if ["TOTAL", "OUT", "OUTPUT", "GO"].contains(&column.as_str()) => {}
            None => {
                let sum = values.sum();
                world.said.push(said!(
                    "Column {column} ({sum:.1} million in all) is left out",
                    "{column}열(합계 {sum:.1}백만)은 제외함"
                ));
            }
        }
    }
    for (i, row) in rows.iter().enumerate() {
        if columns.contains(row) && split(row).is_some() {
            continue;
        }
        let all_cells = all.cells.row(i).transpose();
        let values: DVector<f64> = all_cells.select_rows(&from_columns);
        let of = split(row).map_or(row.as_str(), |(_, of)| of);
        match labels::row(of) {
            Some(Row::ProductTaxes) => {
                for (demand, j) in world.demand.iter_mut().zip(&demand_at) {
                    demand.taxes += all_cells[*j];
                }
                world.take_row(Row::ProductTaxes, values);
            }
            Some(row) => world.take_row(row, values),
            None => {
                let sum = all_cells.sum();
                world.said.push(said!(
                    "Row {row} ({sum:.1} million in all) is left out",
                    "{row}행(합계 {sum:.1}백만)은 제외함"
                ));
            }
        }
    }
    Ok(world)
}
