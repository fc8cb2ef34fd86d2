//! Tables as long lists, a line a figure: FIGARO's flat files and the long-run tables of WIOD; and the block that such
//! figures make.
//!
//! Sources: Eurostat, "FIGARO tables", CSV flat format (`flatfile_eu-ic-io_ind-by-ind_..._YYYY.csv`: columns `refArea`,
//! `rowIi` or `rowPi`, `counterpartArea`, `colIi` or `colPi`, `obsValue`), million euro; University of Groningen, "Long-run
//! WIOD" (`lr_wiod_wiot_final_filled.csv`: `year`, `row_country`, `row_isic3`, `col_country`, `col_isic3`, `value`), million
//! US dollars. Basic prices both.

use super::World;
use super::block::{Block, Key};
use super::cells::Cells;
use super::files::{Files, Lines, clean, ending};
use crate::error::{Error, Result};
use crate::lang::{excerpt, said};
use crate::memory;
use crate::table::import::Options;
use std::collections::HashMap;

/// Figures as they come, by what their row and their column are of.
#[derive(Default)]
pub(super) struct Flat {
    rows: Keys,
    columns: Keys,
    figures: Vec<(u32, u32, f64)>,
}

/// The keys of rows or columns in the order in which they come.
#[derive(Default)]
struct Keys {
    at: HashMap<Key, u32>,
    all: Vec<Key>,
}

impl Keys {
    fn of(&mut self, key: &Key) -> u32 {
        match self.at.get(key) {
            Some(at) => *at,
            None => {
                let at = self.all.len() as u32;
                self.at.insert(key.clone(), at);
                self.all.push(key.clone());
                at
            }
        }
    }
}

impl Flat {
    /// Takes a figure.
    pub(super) fn put(&mut self, row: &Key, column: &Key, value: f64) {
        let at = (self.rows.of(row), self.columns.of(column));
        self.figures.push((at.0, at.1, value));
    }

    /// Makes each product of a country, and each that it has from abroad, a row and a column: not all are made, or used, and
    /// those from abroad are made of nothing.
    pub(super) fn square(&mut self, home: &str, abroad: &str) {
        let of = |keys: &Keys, region: &str| -> Vec<Key> {
            let keys = keys.all.iter();
            keys.filter(|key| key.region.as_deref() == Some(region))
                .cloned()
                .collect()
        };
        let mut products = of(&self.rows, home);
        for key in of(&self.rows, abroad) {
            self.columns.of(&key);
            products.push(Key {
                region: Some(home.to_owned()),
                ..key
            });
        }
        for key in products {
            self.rows.of(&key);
            self.columns.of(&key);
        }
    }

    /// Leaves out what came so far.
    fn clear(&mut self) {
        *self = Flat::default();
    }

    /// The block of all figures; what none came for is 0.
    ///
    /// # Errors
    /// A figure that comes twice; labels of more rows and columns than memory has room for.
    pub(super) fn block(self, place: &str) -> Result<Block> {
        let (height, width) = (self.rows.all.len(), self.columns.all.len());
        memory::check_reading((height as u64) * (width as u64) * 9, place)?;
        let mut values = vec![0.0; height * width];
        let mut seen = vec![0_u8; (height * width).div_ceil(8)];
        for (row, column, value) in self.figures {
            let at = row as usize * width + column as usize;
            let bit = 1 << (at % 8);
            if seen[at / 8] & bit != 0 {
                let (row, column) = (
                    &self.rows.all[row as usize],
                    &self.columns.all[column as usize],
                );
                let (row, column) = (row.label(), column.label());
                return Err(Error::invalid(said!(
                    "{place}: the figure of row {row} and column {column} comes twice",
                    "{place}: {row}행 {column}열의 값이 두 번 나옵니다"
                )));
            }
            seen[at / 8] |= bit;
            values[at] = value;
        }
        Ok(Block {
            rows: self.rows.all,
            columns: self.columns.all,
            cells: Cells::new(width, values),
        })
    }
}

/// Where the columns of a long list are that is known.
struct Header {
    from: [usize; 2],
    to: [usize; 2],
    value: usize,
    year: Option<usize>,
    figaro: bool,
}

impl Header {
    fn of<'a>(fields: impl Iterator<Item = &'a str>) -> Option<Self> {
        let fields: Vec<&str> = fields.map(clean).collect();
        let at = |names: &[&str]| fields.iter().position(|field| names.contains(field));
        let figaro = at(&["refArea"]).is_some();
        Some(Header {
            from: [
                at(&["refArea", "row_country"])?,
                at(&["rowIi", "rowPi", "row_isic3", "row_item", "row_sector"])?,
            ],
            to: [
                at(&["counterpartArea", "col_country"])?,
                at(&["colIi", "colPi", "col_isic3", "col_item", "col_sector"])?,
            ],
            value: at(&["obsValue", "value"])?,
            year: at(&["year"]),
            figaro,
        })
    }
}

/// The text whose first line heads a long list.
fn listed(files: &Files) -> Result<Option<&str>> {
    for name in files.all(|_| true).filter(|name| ending(name) != "txt") {
        let is_it = files.read(name, |mut lines| {
            let first = lines.next().ok().flatten();
            Ok(first.is_some_and(|line| Header::of(line.split([',', ';', '\t'])).is_some()))
        })?;
        if is_it {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

pub(super) fn recognises(files: &Files) -> Result<bool> {
    Ok(listed(files)?.is_some())
}

pub(super) fn read(files: &Files, options: &Options) -> Result<World> {
    let Some(name) = listed(files)? else {
        return Err(files.lacking("refArea,rowIi,counterpartArea,colIi,obsValue"));
    };
    let place = files.place(name);
    let mut flat = Flat::default();
    let (header, year) = files.read(name, |lines| fill(&mut flat, lines, options.year))?;
    let block = flat.block(&place)?;
    let (title, attribution, currency) = match header.figaro {
        true => (
            "FIGARO",
            said!("Eurostat, FIGARO tables", "유럽통계청 FIGARO 표"),
            "EUR",
        ),
        false => (
            "Long-run WIOD",
            said!(
                "Long-run World Input-Output Database, University of Groningen",
                "장기 세계산업연관표(Long-run WIOD), 흐로닝언 대학교"
            ),
            "USD",
        ),
    };
    let year = year.or_else(|| files.year(name));
    let world = World::in_millions(place.clone(), title, attribution, year, currency);
    World::of_block(&block, world, &place)
}

/// Reads the figures of a year, or of the last one; where the columns are, and the year.
fn fill(flat: &mut Flat, lines: Lines<'_>, wanted: Option<i32>) -> Result<(Header, Option<i32>)> {
    let mut records = lines.records(None);
    let Some(fields) = records.next()? else {
        return Err(records.at(said!("the file is empty", "파일이 비어 있습니다")));
    };
    let Some(header) = Header::of(fields.iter()) else {
        return Err(records.at(said!(
            "these are not the columns of a long list",
            "목록 형식의 열 이름이 아닙니다"
        )));
    };
    let mut year = None;
    // Total rows and columns of the long-run tables are "xTOT".
    let region = |field: &str| Some(clean(field).to_owned()).filter(|region| region != "xTOT");
    let (mut row, mut column) = (Key::new(None, ""), Key::new(None, ""));
    while let Some(fields) = records.next()? {
        let field = |at: usize| fields.get(at).unwrap_or_default();
        if let Some(at) = header.year {
            let of = clean(field(at)).parse::<i32>().ok();
            if of.is_none() || wanted.is_some_and(|wanted| of != Some(wanted)) || of < year {
                continue;
            }
            if of > year {
                flat.clear();
                year = of;
            }
        }
        row.region = region(field(header.from[0]));
        column.region = region(field(header.to[0]));
        clean(field(header.from[1])).clone_into(&mut row.item);
        clean(field(header.to[1])).clone_into(&mut column.item);
        let value = clean(field(header.value));
        let number = match value {
            "" => Some(0.0),
            value => value.parse().ok().filter(|value: &f64| value.is_finite()),
        };
        let Some(number) = number else {
            let value = excerpt(value);
            return Err(records.at(said!(
                "'{value}' is not a finite number",
                "'{value}'은(는) 유한한 수가 아닙니다"
            )));
        };
        flat.put(&row, &column, number);
    }
    if let (Some(wanted), None, true) = (wanted, year, header.year.is_some()) {
        return Err(records.at(said!(
            "there are no figures of {wanted}",
            "{wanted}년 값이 없습니다"
        )));
    }
    Ok((header, year))
}
