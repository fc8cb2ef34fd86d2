//! One matrix on a sheet, with rows of labels above and columns of labels before: the tables of WIOD, of the world and of
//! countries, and the multi-regional tables of the Asian Development Bank.
//!
//! Sources: University of Groningen, "WIOD 2016 release" (`WIOT2014_Nov16_ROW.xlsb`, `KOR_NIOT_nov16.xlsx`; the same as Stata
//! and R hold it, saved as CSV) and "WIOD 2013 release" (`wiot95_row_apr12.xlsx`); Asian Development Bank, "MRIO Database"
//! (`ADB-MRIO-2022.xlsx`). Million US dollars, basic prices.

use super::World;
use super::block::{Block, Key};
use super::cells::Cells;
use super::files::year_in;
use super::flat::Flat;
use super::national::{self, ABROAD};
use crate::error::{Error, Place, Result};
use crate::lang::said;
use crate::table::import::Options;
use crate::table::import::draft::Draft;
use crate::table::import::sheets::Sheet;
use std::path::Path;

/// So far down the labels above the figures may reach.
const HEADER_ROWS: usize = 14;

/// So many rows tell what a column of labels is.
const SAMPLE: usize = 200;

/// So many countries' sectors make a table of many.
const LEAST: usize = 4;

/// What the last columns of a country are in the tables of WIOD as Stata and R hold them, in this order.
const DEMAND: [&str; 5] = ["CONS_h", "CONS_np", "CONS_g", "GFCF", "INVEN"];

pub(in crate::table::import) fn recognises(sheets: &[Sheet]) -> bool {
    sheets.iter().any(|sheet| found(sheet).is_some())
}

/// How a sheet lies, if it is one of these.
enum Found {
    World(Labels),
    /// Columns "vAUS1": the country, and the number of its sector.
    Numbered {
        code: usize,
        country: usize,
        number: usize,
        year: Option<usize>,
    },
    /// Year, code, description and origin before, codes and names above.
    National {
        header: usize,
        columns: [usize; 4],
    },
}

fn found(sheet: &Sheet) -> Option<Found> {
    Labels::of(sheet)
        .map(Found::World)
        .or_else(|| numbered(sheet))
        .or_else(|| national(sheet))
}

/// Where labels stand, counted from 0.
struct Labels {
    /// The first row and column of figures.
    top: usize,
    left: usize,
    /// One past the last column.
    width: usize,
    above: Lines,
    before: Lines,
}

/// Which rows above, or columns before, hold what.
struct Lines {
    region: usize,
    code: Option<usize>,
    name: Option<usize>,
    number: Option<usize>,
}

/// "KOR", "RoW", "TOT".
fn is_country(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_alphabetic())
}

/// "c12", "r3", "F2".
fn is_number(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|c| "cCrRfF".contains(c))
        && !letters.as_str().is_empty()
        && letters.all(|c| c.is_ascii_digit())
}

/// Whether nearly all of the labels that are there are so.
fn most(labels: &[String], is: impl Fn(&str) -> bool) -> bool {
    let filled = labels.iter().filter(|label| !label.is_empty()).count();
    let so = labels.iter().filter(|label| is(label)).count();
    filled >= LEAST && so * 10 >= filled * 9
}

impl Lines {
    /// What each line of labels is, of those that are told apart from the one of regions.
    fn of(region: usize, lines: impl Iterator<Item = (usize, Vec<String>)>) -> Self {
        let mut known = Lines {
            region,
            code: None,
            name: None,
            number: None,
        };
        let mut texts: Vec<(usize, usize)> = Vec::new();
        for (at, labels) in lines {
            let filled: Vec<&String> = labels.iter().filter(|label| !label.is_empty()).collect();
            let is_text = filled.iter().any(|label| label.parse::<f64>().is_err());
            if at == region || filled.len() * 2 < labels.len() || !is_text {
                continue;
            }
            match most(&labels, is_number) {
                true => known.number = Some(at),
                false => {
                    let length = filled.iter().map(|label| label.chars().count());
                    texts.push((length.sum::<usize>() / filled.len(), at));
                }
            }
        }
        // Names are longer than codes.
        texts.sort_unstable();
        known.name = texts.pop().map(|(_, at)| at);
        known.code = texts.pop().map(|(_, at)| at);
        known
    }

    fn key(&self, at: impl Fn(usize) -> String) -> Key {
        let of = |line: Option<usize>| line.map(&at).filter(|label| !label.is_empty());
        let region =
            Some(at(self.region)).filter(|r| !r.is_empty() && !r.eq_ignore_ascii_case("TOT"));
        let name = of(self.name);
        let item = of(self.code)
            .or_else(|| of(self.number))
            .or_else(|| name.clone());
        Key {
            region,
            item: item.unwrap_or_default(),
            name,
        }
    }
}

impl Labels {
    fn of(sheet: &Sheet) -> Option<Self> {
        let rows = 0..sheet.height().min(HEADER_ROWS);
        let row = |row: usize, from: usize| -> Vec<String> {
            (from..sheet.width(row))
                .map(|column| sheet.label(row, column))
                .collect()
        };
        let region_row = rows.clone().find(|at| most(&row(*at, 2), is_country))?;
        let width = sheet.width(region_row);
        let left = (2..width).find(|column| is_country(&sheet.text(region_row, *column)))?;
        let column = |column: usize| -> Vec<String> {
            let rows = region_row + 1..sheet.height().min(region_row + SAMPLE);
            rows.map(|row| sheet.label(row, column)).collect()
        };
        let region_column = (0..left).find(|at| most(&column(*at), is_country))?;
        let mut below = region_row + 1..sheet.height();
        let top = below.find(|row| is_country(&sheet.text(*row, region_column)))?;
        // Countries repeat, sectors do not.
        let repeats = (left + 1..width)
            .filter(|at| sheet.text(region_row, *at) == sheet.text(region_row, *at - 1));
        if repeats.count() < 2 {
            return None;
        }
        Some(Labels {
            top,
            left,
            width,
            above: Lines::of(region_row, (0..top).map(|at| (at, row(at, left)))),
            before: Lines::of(region_column, (0..left).map(|at| (at, column(at)))),
        })
    }

    fn block(&self, sheet: &Sheet) -> Result<Block> {
        let columns = self.left..self.width;
        let keys = columns
            .clone()
            .map(|column| self.above.key(|row| sheet.label(row, column)));
        let (mut rows, mut values) = (Vec::new(), Vec::new());
        for row in self.top..sheet.height() {
            let key = self.before.key(|column| sheet.label(row, column));
            if key.region.is_none() && key.item.is_empty() {
                continue;
            }
            rows.push(key);
            for column in columns.clone() {
                values.push(sheet.number(row, column)?.unwrap_or(0.0));
            }
        }
        Ok(Block {
            rows,
            columns: keys.collect(),
            cells: Cells::new(columns.len(), values),
        })
    }
}

/// Where a heading stands in a row.
fn headed(sheet: &Sheet, row: usize, title: &str) -> Option<usize> {
    let mut columns = 0..sheet.width(row);
    columns.find(|column| sheet.text(row, *column).eq_ignore_ascii_case(title))
}

/// "AUS" and 1 of "vAUS1" or "AUS1".
fn numbered_label(label: &str) -> Option<(&str, usize)> {
    let label = label.strip_prefix('v').unwrap_or(label);
    let (country, number) = (label.get(..3)?, label.get(3..)?);
    Some((country, number.parse().ok()?)).filter(|(country, _)| is_country(country))
}

fn numbered(sheet: &Sheet) -> Option<Found> {
    let columns = 0..sheet.width(0);
    let with = columns.filter(|column| numbered_label(&sheet.text(0, *column)).is_some());
    (with.count() >= LEAST).then_some(())?;
    Some(Found::Numbered {
        code: headed(sheet, 0, "IndustryCode")?,
        country: headed(sheet, 0, "Country")?,
        number: headed(sheet, 0, "RNr")?,
        year: headed(sheet, 0, "Year"),
    })
}

fn national(sheet: &Sheet) -> Option<Found> {
    (0..sheet.height().min(4)).find_map(|header| {
        let columns = ["Year", "Code", "Description", "Origin"];
        let columns = columns.map(|title| headed(sheet, header, title));
        let [Some(year), Some(code), Some(name), Some(origin)] = columns else {
            return None;
        };
        Some(Found::National {
            header,
            columns: [year, code, name, origin],
        })
    })
}

/// The table of the sheet that is one, or of that of the year asked for.
///
/// # Errors
/// Several that may be meant; what is wrong in it.
pub(in crate::table::import) fn read(sheets: &[Sheet], options: &Options) -> Result<Draft> {
    let all: Vec<(&Sheet, Found)> = sheets.iter().filter_map(|s| Some((s, found(s)?))).collect();
    let year = |sheet: &Sheet| year_of(sheet);
    let of_year = |(sheet, _): &&(&Sheet, Found)| {
        options
            .year
            .is_none_or(|asked| year(sheet).is_none_or(|year| year == asked))
    };
    let several = all.len() > 1;
    let mut found = all.iter().filter(|found| !several || of_year(found));
    let (Some((sheet, lies)), None) = (found.next(), found.next()) else {
        let file = sheets.first().map_or("", Sheet::file);
        let names: Vec<&str> = all.iter().map(|(sheet, _)| sheet.name()).collect();
        let names = names.join(", ");
        return Err(Error::at(
            Place::file(file),
            said!(
                "there are tables on the sheets {names}: say which year is meant",
                "시트 {names}에 표가 있습니다. 연도를 지정하십시오"
            ),
        ));
    };
    let world = match lies {
        Found::World(labels) => {
            let place = sheet.title();
            World::of_block(&labels.block(sheet)?, about(sheet, year(sheet)), &place)?
        }
        Found::Numbered {
            code,
            country,
            number,
            year,
        } => of_numbers(sheet, [*code, *country, *number], *year)?,
        Found::National { header, columns } => of_country(sheet, *header, columns, options)?,
    };
    world.drafted(options)
}

/// The year in the name of the sheet, in what stands above the figures, or in the name of the file.
fn year_of(sheet: &Sheet) -> Option<i32> {
    let above = (0..sheet.height().min(6)).map(|row| sheet.label(row, 0));
    let file = Path::new(sheet.file()).file_stem().unwrap_or_default();
    let names = [sheet.name().to_owned(), file.to_string_lossy().into_owned()];
    let mut texts = names.into_iter().chain(above);
    texts.find_map(|text| year_in(&text))
}

/// What is known of a table before its figures are.
fn about(sheet: &Sheet, year: Option<i32>) -> World {
    let mut above =
        (0..sheet.height().min(HEADER_ROWS)).map(|row| sheet.label(row, 0).to_lowercase());
    let of_bank = sheet.name().contains("ADB")
        || sheet.file().contains("ADB")
        || above.clone().any(|text| text.contains("multiregional"));
    let past = above.any(|text| text.contains("previous year") || text.contains("constant"));
    let (title, attribution) = match of_bank {
        true => (
            "ADB MRIO",
            said!(
                "Asian Development Bank, Multiregional Input-Output Database (kidb.adb.org)",
                "아시아개발은행 다지역산업연관표(kidb.adb.org)"
            ),
        ),
        false => (
            "WIOD",
            said!(
                "World Input-Output Database, University of Groningen (rug.nl/ggdc/valuechain/wiod)",
                "세계산업연관표(WIOD), 흐로닝언 대학교(rug.nl/ggdc/valuechain/wiod)"
            ),
        ),
    };
    let mut world = World::in_millions(sheet.title(), title, attribution, year, "USD");
    if past {
        world.said.push(said!(
            "The figures are at prices of another year, as stands above them",
            "표 위의 설명에 따르면 다른 연도 가격으로 평가된 값임"
        ));
    }
    world
}

fn of_numbers(sheet: &Sheet, before: [usize; 3], year: Option<usize>) -> Result<World> {
    let [code, country, number] = before;
    let rows = 1..sheet.height();
    let region = |row: usize| {
        Some(sheet.label(row, country)).filter(|region| !region.eq_ignore_ascii_case("TOT"))
    };
    let of_sector = rows.clone().filter(|row| region(*row).is_some());
    let of_sector = of_sector.map(|row| (sheet.label(row, number), sheet.label(row, code)));
    let sectors: std::collections::HashMap<String, String> = of_sector.collect();
    let (mut columns, mut at) = (Vec::new(), Vec::new());
    for column in 0..sheet.width(0) {
        let label = sheet.label(0, column);
        let key = match numbered_label(&label) {
            Some((country, of)) if !country.eq_ignore_ascii_case("TOT") => {
                let beyond = of.checked_sub(sectors.len() + 1);
                let demand = beyond.and_then(|at| DEMAND.get(at)).copied();
                let item = sectors.get(&of.to_string()).map(String::as_str).or(demand);
                Key::new(Some(country), item.unwrap_or(&label))
            }
            _ if label.ends_with("TOT") => Key::new(None, "TOTAL"),
            _ => continue,
        };
        columns.push(key);
        at.push(column);
    }
    let (mut keys, mut values) = (Vec::new(), Vec::new());
    for row in rows {
        keys.push(Key::new(region(row).as_deref(), &sheet.label(row, code)));
        for column in &at {
            values.push(sheet.number(row, *column)?.unwrap_or(0.0));
        }
    }
    let stated = year.and_then(|column| sheet.text(1, column).parse().ok());
    let block = Block {
        rows: keys,
        cells: Cells::new(columns.len(), values),
        columns,
    };
    let about = about(sheet, stated.or_else(|| year_of(sheet)));
    World::of_block(&block, about, &sheet.title())
}

/// A country's own table, of the year asked for or the last one.
fn of_country(
    sheet: &Sheet,
    header: usize,
    columns: &[usize; 4],
    options: &Options,
) -> Result<World> {
    let [year, code, name, origin] = *columns;
    let year_at = |row: usize| sheet.text(row, year).parse::<i32>().ok();
    let rows = header + 1..sheet.height();
    let last = rows.clone().filter_map(year_at).max();
    let wanted = options.year.or(last);
    let file = Path::new(sheet.file())
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let home = file.get(..3).filter(|code| is_country(code));
    let home = home.map_or_else(|| "home".to_owned(), str::to_uppercase);
    // Codes stand beside the titles of the label columns, or a row above.
    let first = origin + 1;
    let is_code = |row: usize| {
        (first..sheet.width(row)).any(|column| sheet.text(row, column).starts_with("CONS"))
    };
    let codes = (0..=header).find(|row| is_code(*row)).unwrap_or(header);
    let names = (0..header + 2).find(|row| *row != codes && year_at(*row).is_none());
    let mut flat = Flat::default();
    for row in rows.filter(|row| wanted.is_some() && year_at(*row) == wanted) {
        let item = sheet.label(row, code);
        let from = sheet.label(row, origin).to_lowercase();
        let region = match from.as_str() {
            "domestic" => Some(home.as_str()),
            "imports" => Some(ABROAD),
            _ => None,
        };
        let named = |key: Key, name: String| Key {
            name: Some(name).filter(|name| !name.is_empty()),
            ..key
        };
        // Of a product the column has the name.
        let key = match region {
            Some(region) => Key::new(Some(region), &item),
            None => named(Key::new(None, &item), sheet.label(row, name)),
        };
        for column in first..sheet.width(codes) {
            let used = sheet.label(codes, column);
            if used.is_empty() || used == "GO" {
                continue;
            }
            let name = names.map_or_else(String::new, |row| sheet.label(row, column));
            let to = named(Key::new(Some(&home), &used), name);
            flat.put(&key, &to, sheet.number(row, column)?.unwrap_or(0.0));
        }
    }
    let mut about = about(sheet, wanted);
    about.title = said!("{home}: WIOD national table", "{home}: WIOD 국가표");
    if let (Some(wanted), Some(last)) = (wanted, last)
        && last != wanted
    {
        about.said.push(said!(
            "The file goes on to {last}: {wanted} is read",
            "파일은 {last}년까지 있으며 {wanted}년을 읽음"
        ));
    }
    national::world(flat, &home, about, &sheet.title())
}
