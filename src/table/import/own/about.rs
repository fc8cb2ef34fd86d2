//! What a file says of a table around its figures: title, year, currency, unit, prices, names of sectors.

use super::super::sheets::Sheet;
use super::checks;
use super::heading;
use super::lines::{Reading, Side};
use super::map::Map;
use super::words::{self, Role};
use crate::error::Result;
use crate::lang::Text;
use crate::table::{OtherInputRole, PriceBasis};
use std::collections::{BTreeSet, HashMap};

/// What the texts around a table say.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) title: Option<String>,
    pub(super) year: Option<i32>,
    pub(super) currency: Option<String>,
    pub(super) unit: Option<f64>,
    pub(super) prices: Option<PriceBasis>,
    pub(super) sectors: Vec<(String, Text)>,
}

impl Found {
    /// # Errors
    /// Rows in different units.
    pub(super) fn of(sheets: &[Sheet], reading: &Reading, map: &Map) -> Result<Self> {
        let of_rows = checks::unit(reading)?;
        let mut texts = heading(reading);
        let labels = reading.columns.iter().chain(&reading.rows);
        let [title, year_told, currency_told, unit_told, prices_told] =
            words::ABOUT.map(|names| about(reading, names));
        let first = texts
            .iter()
            .find(|text| text.chars().any(char::is_alphabetic));
        // A template that is not filled in above says no title.
        let first = first.filter(|text| !words::ABOUT.iter().any(|names| named(text, names)));
        let title = title.or_else(|| first.cloned());
        texts.extend(labels.flat_map(|line| line.label.clone()));
        let first = |of: fn(&str) -> Option<f64>| texts.iter().find_map(|text| of(text));
        let currency = texts.iter().find_map(|text| words::currency(text));
        let prices = texts.iter().find_map(|text| words::prices(text));
        let taxed = Role::Other(OtherInputRole::ProductTaxes);
        let taxed = reading.line(Side::Rows, taxed).is_some();
        Ok(Found {
            title,
            year: (map.year)
                .or_else(|| year_told?.parse().ok())
                .or_else(|| own_year(reading, &texts))
                .or_else(|| only_year(&mut std::iter::once(reading.sheet.file()))),
            currency: (map.currency.clone())
                .or_else(|| Some(currency_told?.to_uppercase()))
                .or(currency.map(str::to_owned))
                .or_else(|| words::currency(of_rows.as_deref()?).map(str::to_owned)),
            unit: (map.unit)
                .or_else(|| words::unit_told(&unit_told?))
                .or_else(|| words::unit_told(of_rows.as_deref()?))
                .or_else(|| first(words::unit)),
            prices: (map.prices)
                .or_else(|| words::prices(&prices_told?))
                .or(prices)
                .or(taxed.then_some(PriceBasis::Basic)),
            sectors: sectors(sheets, reading),
        })
    }
}

/// Whether a text is one of the names.
fn named(text: &str, names: &[&str]) -> bool {
    let text = text.trim_end_matches([':', '：']).trim().to_lowercase();
    names.contains(&text.replace(' ', "").as_str())
}

/// What stands beside a name above the table; `None` where nothing does.
fn about(reading: &Reading, names: &[&str]) -> Option<String> {
    let (sheet, (first, _)) = (reading.sheet, reading.square.start());
    let of_row = |row: usize| {
        let mut columns = (0..sheet.width(row)).filter(|c| !sheet.label(row, *c).is_empty());
        let name = columns.next()?;
        // A heading of a column has others beside it.
        let value = columns
            .next()
            .filter(|_| named(&sheet.label(row, name), names))?;
        columns.next().is_none().then(|| sheet.label(row, value))
    };
    (0..first).find_map(of_row)
}

fn whole_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    (1800..=2200).contains(&year).then_some(year)
}

/// The year in texts that name but one.
fn only_year(texts: &mut dyn Iterator<Item = &str>) -> Option<i32> {
    let digits = texts.flat_map(|text| text.split(|c: char| !c.is_ascii_digit()));
    let years: BTreeSet<i32> = digits
        .filter(|part| part.len() == 4)
        .filter_map(whole_year)
        .filter(|year| (1930..=2100).contains(year))
        .collect();
    years.first().copied().filter(|_| years.len() == 1)
}

/// The year of the figures: in a column of years, or the only one in the texts around them or in the sheet's name.
pub(super) fn own_year(reading: &Reading, texts: &[String]) -> Option<i32> {
    let (sheet, square) = (reading.sheet, &reading.square);
    let (first_row, first_column) = square.start();
    let beside = (0..first_column).find_map(|column| {
        let years: BTreeSet<Option<i32>> = (square.rows.iter())
            .map(|row| whole_year(&sheet.text(*row, column)))
            .collect();
        let one = years.first().copied().flatten();
        one.filter(|_| years.len() == 1 && column != square.label_column && first_row > 0)
    });
    let name = sheet.title();
    let name = name.split_once(": ").map(|(_, name)| name);
    beside
        .or_else(|| only_year(&mut texts.iter().map(String::as_str)))
        .or_else(|| only_year(&mut name.into_iter()))
}

/// The sectors: codes, and names beside them or in another sheet of the file that lists them.
fn sectors(sheets: &[Sheet], reading: &Reading) -> Vec<(String, Text)> {
    let square = &reading.square;
    let labels = &square.labels;
    let names = square.names.clone().or_else(|| listed(sheets, labels));
    let long = |label: &String| label.chars().count() > 8 || label.contains(' ');
    match names {
        Some(names) => labels
            .iter()
            .cloned()
            .zip(names.into_iter().map(Text::same))
            .collect(),
        // Names and no codes: numbers stand for them.
        None if labels.iter().filter(|label| long(label)).count() * 3 > labels.len() => {
            let numbered = labels.iter().enumerate();
            numbered
                .map(|(at, name)| ((at + 1).to_string(), Text::same(name)))
                .collect()
        }
        None => labels
            .iter()
            .map(|code| (code.clone(), Text::same(code)))
            .collect(),
    }
}

/// The names that a list in one of the sheets has for codes: a column of codes, and texts in the next.
fn listed(sheets: &[Sheet], codes: &[String]) -> Option<Vec<String>> {
    sheets.iter().find_map(|sheet| {
        (0..6).find_map(|column| {
            let mut rows: HashMap<String, usize> = HashMap::new();
            for row in (0..sheet.height()).filter(|row| sheet.width(*row) > column) {
                rows.entry(sheet.label(row, column)).or_insert(row);
            }
            let names: Option<Vec<String>> = (codes.iter())
                .map(|code| {
                    let name = sheet.label(*rows.get(code)?, column + 1);
                    name.chars().any(char::is_alphabetic).then_some(name)
                })
                .collect();
            let names = names?;
            let distinct: BTreeSet<&String> = names.iter().collect();
            (distinct.len() == names.len()).then_some(names)
        })
    })
}
