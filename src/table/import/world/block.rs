//! One matrix with everything in it: products of each country down, users across, whatever files it stood in.

use super::cells::Cells;
use super::labels::{self, Row};
use super::{LeftOut, RowOrColumn, World};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use nalgebra::{DMatrix, DVector};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};

/// What a row or a column is of; of two with and without a name both are the same.
#[derive(Debug, Clone)]
pub(super) struct Key {
    /// The country; none for totals and for rows of all countries.
    pub(super) region: Option<String>,
    /// The sector, the category of final demand or the row under the flows.
    pub(super) item: String,
    /// Its name, where it has one beside.
    pub(super) name: Option<String>,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.item == other.item && self.region == other.region
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.region.hash(state);
        self.item.hash(state);
    }
}

impl Key {
    pub(super) fn new(region: Option<&str>, item: &str) -> Self {
        Key {
            region: region.map(str::to_owned),
            item: item.to_owned(),
            name: None,
        }
    }

    fn pair(&self) -> Option<(&str, &str)> {
        Some((self.region.as_deref()?, &self.item))
    }

    /// As messages name it.
    pub(super) fn label(&self) -> String {
        match &self.region {
            Some(region) => format!("{region}_{}", self.item),
            None => self.item.clone(),
        }
    }

    /// What it is by its code, else by its name.
    fn known<T>(&self, known: fn(&str) -> Option<T>) -> Option<T> {
        known(&self.item).or_else(|| known(self.name.as_deref()?))
    }
}

/// Figures by what their rows and columns are of.
pub(super) struct Block {
    pub(super) rows: Vec<Key>,
    pub(super) columns: Vec<Key>,
    pub(super) cells: Cells,
}

/// The country that a part of it belongs to: the OECD has China and Mexico in parts (`CN1`, `CN2`, `MX1`, `MX2`), beside
/// rows and columns of the whole country that hold the rest.
fn whole(region: &str) -> &str {
    let is_part = |of: &str| {
        let part = region.strip_prefix(of);
        part.is_some_and(|part| part.len() == 1 && part.bytes().all(|b| b.is_ascii_digit()))
    };
    match region {
        _ if is_part("CN") => "CHN",
        _ if is_part("MX") => "MEX",
        other => other,
    }
}

/// Whether a column only says what others come to.
fn is_total(column: &Key) -> bool {
    let item = column.item.to_uppercase();
    ["TOTAL", "TOT", "OUT", "OUTPUT", "GO", "XGO", "XX", "XM"].contains(&item.as_str())
        || column.region.is_none() && column.known(labels::row) == Some(Row::Output)
}

impl World {
    /// The table of a block: a sector is what both sells and buys; columns of countries beside are their final demand, rows
    /// beside are known by code or name, and what is not known is left out, said with its amount.
    ///
    /// # Errors
    /// A row or a column that stands twice, final demand of an unknown kind or of a country that makes nothing.
    pub(super) fn of_block(block: &Block, mut world: World, place: &str) -> Result<World> {
        let mut sells: HashMap<(&str, &str), usize> = HashMap::new();
        for (at, row) in block.rows.iter().enumerate() {
            if let Some(pair) = row.pair()
                && sells.insert(pair, at).is_some()
            {
                return Err(twice(place, row));
            }
        }
        let (mut from_rows, mut from_columns, mut to) = (Vec::new(), Vec::new(), Vec::new());
        let mut merged: HashMap<(&str, &str), usize> = HashMap::new();
        let mut pairs = Vec::new();
        let mut buys = HashMap::new();
        for (j, column) in block.columns.iter().enumerate() {
            let Some((region, item)) = column.pair() else {
                continue;
            };
            let Some(row) = sells.get(&(region, item)) else {
                continue;
            };
            if buys.insert(*row, j).is_some() {
                return Err(twice(place, column));
            }
            let key = (whole(region), item);
            let at = *merged.entry(key).or_insert_with(|| {
                pairs.push((key.0.to_owned(), key.1.to_owned()));
                pairs.len() - 1
            });
            from_rows.push(*row);
            from_columns.push(j);
            to.push(at);
        }
        world.label(pairs, place)?;
        for j in &from_columns {
            world.name(&block.columns[*j]);
        }
        let joined = world.keys.len() < to.len();
        world.flows = match joined {
            false => block.cells.pick(&from_rows, &from_columns),
            true => {
                let mut flows = DMatrix::zeros(world.keys.len(), world.keys.len());
                for (row, i) in from_rows.iter().zip(&to) {
                    let figures = block.cells.row(*row);
                    for (column, j) in from_columns.iter().zip(&to) {
                        flows[(*i, *j)] += figures[*column];
                    }
                }
                world.said.push(said!(
                    "China and Mexico, which are in parts in the file (CN1, CN2, MX1, MX2), are each one country",
                    "파일에서 나뉜 중국과 멕시코(CN1, CN2, MX1, MX2)를 각각 한 나라로 합침"
                ));
                flows
            }
        };
        let n = world.keys.len();
        let sum = |values: &DVector<f64>| {
            let mut all = DVector::zeros(n);
            for (value, at) in values.iter().zip(&to) {
                all[*at] += value;
            }
            all
        };
        let million = world.unit.unwrap_or(1e6) / 1e6;
        let mut demand_at: Vec<(usize, usize)> = Vec::new();
        let mut taken: HashMap<(&str, &str), usize> = HashMap::new();
        for (j, column) in block.columns.iter().enumerate() {
            if from_columns.binary_search(&j).is_ok() || is_total(column) {
                continue;
            }
            let values = sum(&block.cells.column_of(j, &from_rows));
            match column.region.as_deref() {
                Some(region) => {
                    let (whole, name) = (whole(region), column.name.as_deref());
                    let at = match taken.get(&(whole, column.item.as_str())) {
                        Some(_) if whole == region => return Err(twice(place, column)),
                        Some(at) => {
                            world.demand[*at].values += values;
                            *at
                        }
                        None => world.take_demand(whole, &column.item, name, values, place)?,
                    };
                    taken.insert((whole, &column.item), at);
                    demand_at.push((at, j));
                }
                None => {
                    let column = column.label();
                    let left = LeftOut::new(place, RowOrColumn::Column, &column, values.sum());
                    let sum = left.amount * million;
                    world.left_out.push(left);
                    world.said.push(said!(
                        "Column {column} ({sum:.1} million in all) is left out",
                        "{column}열(합계 {sum:.1}백만)은 제외함"
                    ));
                }
            }
        }
        for (i, row) in block.rows.iter().enumerate() {
            if buys.contains_key(&i) {
                continue;
            }
            let values = sum(&block.cells.row_of(i, &from_columns));
            match row.known(labels::row) {
                Some(Row::Total) => {}
                Some(kind) => {
                    let mut bought = vec![0.0; world.demand.len()];
                    for (at, j) in &demand_at {
                        bought[*at] += block.cells.row(i)[*j];
                    }
                    world.take_row(kind, values, bought);
                }
                None => {
                    let bought = demand_at.iter().map(|(_, j)| block.cells.row(i)[*j]);
                    let all = values.sum() + bought.sum::<f64>();
                    let (row, sum) = (row.label(), all * million);
                    let left = LeftOut::new(place, RowOrColumn::Row, &row, all);
                    world.left_out.push(left);
                    world.said.push(said!(
                        "Row {row} ({sum:.1} million in all) is left out",
                        "{row}행(합계 {sum:.1}백만)은 제외함"
                    ));
                }
            }
        }
        Ok(world)
    }

    /// Gives the sector of a key its name.
    fn name(&mut self, key: &Key) {
        if let Some(name) = &key.name
            && let Some((code, known)) = self.sectors.iter_mut().find(|(code, _)| *code == key.item)
            && known.en == *code
        {
            *known = Text::same(name);
        }
    }
}

fn twice(place: &str, key: &Key) -> Error {
    let key = key.label();
    Error::invalid(said!(
        "{place}: {key} stands twice",
        "{place}: {key}이(가) 두 번 나옵니다"
    ))
}
