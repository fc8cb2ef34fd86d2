//! One matrix with everything in it, a country and a sector in each label ("KOR_C26"): the OECD's ICIO tables and
//! the matrix form of Eurostat's FIGARO, as CSV.
//!
//! Sources: OECD, "Inter-Country Input-Output tables" (editions 2021 and 2023: `2018.csv`, `2020_SML.csv`), million US
//! dollars; Eurostat, "FIGARO tables", matrix format, million euro. Basic prices both.

use super::World;
use super::block::{Block, Key};
use super::files::{Files, clean, ending};
use super::labelled::Labelled;
use super::labels;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::table::import::Options;

/// So many columns with a country before the sector make such a matrix.
const LEAST: usize = 4;

pub(super) fn recognises(files: &Files) -> Result<bool> {
    let Some(name) = all(files).next() else {
        return Ok(false);
    };
    files.read(name, |mut lines| {
        let Some(first) = lines.next().ok().flatten() else {
            return Ok(false);
        };
        let mut labels = first.split(separator(first)).skip(1).map(clean).peekable();
        let head: Vec<&str> = labels.by_ref().take(50).collect();
        let with = head.iter().filter(|label| key(label).region.is_some());
        let with = with.count();
        Ok(with >= LEAST && with * 5 >= head.len() * 4)
    })
}

fn all(files: &Files) -> impl Iterator<Item = &str> {
    files.all(|_| true).filter(|name| ending(name) == "csv")
}

/// The one text that there is, or that of the year that is asked for: the OECD packs the years of five into one archive.
fn only(files: &Files, year: Option<i32>) -> Option<&str> {
    let of_year = |name: &&str| match all(files).nth(1) {
        None => true,
        Some(_) => year.is_some_and(|year| files.year(name) == Some(year)),
    };
    let mut found = all(files).filter(of_year);
    let first = found.next()?;
    found.next().is_none().then_some(first)
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
    let is_upper = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    // The rest of the world is FIGW1 in FIGARO.
    let is_code =
        (2..=3).contains(&country.len()) && country.bytes().all(is_upper) || country == "FIGW1";
    (is_code && !sector.is_empty()).then_some((country, sector))
}

/// What a label is of; of the edition of 2016, whose final demand has the country behind ("HFCE_AUS"), as well.
fn key(label: &str) -> Key {
    // First: "INV_AUS" might as well be of a country INV.
    if let Some((item, region)) = label.rsplit_once('_')
        && labels::demand(item).is_some()
        && split(&format!("{region}_{item}")).is_some()
    {
        return Key::new(Some(region), item);
    }
    match split(label) {
        Some((region, item)) => Key::new(Some(region), item),
        None => Key::new(None, label),
    }
}

pub(super) fn read(files: &Files, options: &Options) -> Result<World> {
    let place = files.path().display().to_string();
    let Some(name) = only(files, options.year) else {
        let years = all(files).filter_map(|name| files.year(name));
        let years: Vec<String> = years.map(|year| year.to_string()).collect();
        let years = years.join(", ");
        return Err(Error::invalid(said!(
            "{place}: there are tables of several years ({years}): say which year is meant",
            "{place}: 여러 연도({years})의 표가 있습니다. 연도를 지정하십시오"
        )));
    };
    let separator = files.read(name, |mut lines| Ok(lines.next()?.map_or(',', separator)))?;
    let all = files.read(name, |lines| Labelled::read(lines, separator, Some(1)))?;
    let place = files.place(name);
    let label = |labels: &Vec<String>| key(labels.last().map_or("", String::as_str));
    let block = Block {
        rows: all.rows.iter().map(label).collect(),
        columns: all.columns.iter().map(label).collect(),
        cells: all.cells,
    };
    let first = block.rows.iter().find_map(|row| row.region.as_deref());
    let three = first.is_none_or(|country| country.len() == 3);
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
    let year = files.year(name);
    let world = World::in_millions(place.clone(), title, attribution, year, currency);
    World::of_block(&block, world, &place)
}
