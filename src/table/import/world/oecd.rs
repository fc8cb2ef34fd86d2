//! The OECD's harmonised national tables as CSV, one of a country and a year: products made at home (`DOM_A01`) and imported
//! (`IMP_A01`) down, industries and final demand across.
//!
//! Source: OECD, "Input-Output Tables", `IOTs_DOMIMP.zip` with `KOR2020dom.csv` and the like; million US dollars, basic
//! prices.

use super::World;
use super::block::Key;
use super::files::{Files, clean, ending, stem};
use super::flat::Flat;
use super::labelled::Labelled;
use super::national::{self, ABROAD};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::table::PriceBasis;
use crate::table::import::Options;

/// Columns that follow from others: imports as what is less, and what is left.
const TOTALS: [&str; 2] = ["IMPO", "TOTAL"];

pub(super) fn recognises(files: &Files) -> Result<bool> {
    match files.all(|_| true).find(|name| ending(name) == "csv") {
        Some(name) => is_one(files, name),
        None => Ok(false),
    }
}

/// Whether products stand by where they come from in the first column.
fn is_one(files: &Files, name: &str) -> Result<bool> {
    files.read(name, |mut lines| {
        let _ = lines.next();
        let second = lines.next().ok().flatten();
        let label = second.and_then(|line| line.split(',').next()).map(clean);
        Ok(label.is_some_and(|label| label.starts_with("DOM_") || label.starts_with("TTL_")))
    })
}

/// "KOR" and 2020 of "KOR2020dom".
fn named(name: &str) -> Option<(&str, i32)> {
    let stem = stem(name);
    let (country, rest) = (stem.get(..3)?, stem.get(3..7)?);
    let is_code = country.bytes().all(|b| b.is_ascii_uppercase());
    Some((country, rest.parse().ok()?)).filter(|_| is_code)
}

/// The file of the country and the year that are asked for.
fn chosen<'a>(files: &'a Files, options: &Options) -> Result<&'a str> {
    let all = files.all(|_| true).filter(|name| ending(name) == "csv");
    let wanted = |name: &&str| {
        let known = named(name);
        let country = options.country.as_deref();
        let is_country = country.is_none_or(|country| {
            known.is_none_or(|(known, _)| known.eq_ignore_ascii_case(country))
        });
        is_country
            && (options
                .year
                .is_none_or(|year| known.is_none_or(|(_, known)| known == year)))
    };
    let all: Vec<&str> = all.collect();
    let found: Vec<&str> = all.iter().copied().filter(wanted).collect();
    match found.as_slice() {
        [one] => Ok(one),
        other => {
            let (place, n, of) = (files.path().display(), other.len(), all.len());
            Err(Error::invalid(said!(
                "{place}: {n} of the {of} tables are of the country and the year asked for: give both, as KOR and 2020, \
                 so that there is one",
                "{place}: 표 {of}개 중 지정한 국가와 연도의 표가 {n}개입니다. KOR와 2020과 같이 둘 다 \
                 지정하십시오"
            )))
        }
    }
}

pub(super) fn read(files: &Files, options: &Options) -> Result<World> {
    let name = chosen(files, options)?;
    let place = files.place(name);
    let table = files.read(name, |lines| Labelled::read(lines, ',', Some(1)))?;
    let known = named(name);
    let asked = options.country.as_deref().map(str::to_uppercase);
    let home = match known {
        Some((country, _)) => country.to_owned(),
        None => asked.unwrap_or_else(|| "home".to_owned()),
    };
    let mut flat = Flat::default();
    for (at, labels) in table.rows.iter().enumerate() {
        let label = labels.first().map_or("", String::as_str);
        if label.starts_with("TTL_") && !label.starts_with("TTL_INT") {
            return Err(Error::invalid(said!(
                "{place}: this is the table of domestic and imported products together: give the one in which they are \
                 apart ({home}YYYYdom.csv of IOTs_DOMIMP.zip)",
                "{place}: 국산과 수입을 합한 표입니다. 둘이 나뉜 표(IOTs_DOMIMP.zip의 {home}YYYYdom.csv)를 지정하십시오"
            )));
        }
        let row = match (label.strip_prefix("DOM_"), label.strip_prefix("IMP_")) {
            (Some(item), _) => Key::new(Some(&home), item),
            (_, Some(item)) => Key::new(Some(ABROAD), item),
            _ => Key::new(None, label),
        };
        for (labels, value) in table.columns.iter().zip(table.cells.row(at)) {
            let item = labels.last().map_or("", String::as_str);
            if !item.is_empty() && !TOTALS.contains(&item) {
                flat.put(&row, &Key::new(Some(&home), item), *value);
            }
        }
    }
    let mut about = World {
        from: vec![place.clone()],
        title: said!("{home}: OECD input-output table", "{home}: OECD 산업연관표"),
        attribution: said!(
            "OECD, harmonised national Input-Output Tables",
            "OECD 국가별 산업연관표(IOTs)"
        ),
        year: known.map(|(_, year)| year).or_else(|| files.year(name)),
        currency: Some("USD".to_owned()),
        unit: Some(1e6),
        prices: Some(PriceBasis::Basic),
        ..World::default()
    };
    about.said.push(said!(
        "Taken as millions of USD at basic prices, as the OECD's national tables are",
        "OECD 국가별 표와 같이 백만 USD, 기초가격으로 봄",
    ));
    national::world(flat, &home, about, &place)
}
