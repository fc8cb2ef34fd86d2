//! The same square once more: what is imported, on another sheet or under the first, or all flows beside domestic ones.
//!
//! What it is, is told by the words of its title and by which reading balances:
//!
//! | the first square | the other | rows | columns |
//! | --- | --- | --- | --- |
//! | domestic | imported | Zd 1 + f = x | 1'Zd + 1'Zm + v = x |
//! | all | imported | Z 1 + f - Zm 1 - fm = x | 1'Z + v = x |
//! | domestic | all | Zd 1 + f = x | 1'Z + v = x |
//! | all | domestic | Zd 1 + fd = x | 1'Z + v = x |

use super::choose::{Chosen, title};
use super::lines::{Line, Reading, Side};
use super::map::Map;
use super::origin::{Origin, origin};
use super::square::compared;
use super::words::Role;
use crate::error::{Remedy, Result};
use crate::lang::said;
use crate::table::OtherInputRole;
use nalgebra::{DMatrix, DVector};
use std::collections::HashMap;

/// The other square, in the order of the first.
pub(super) struct Partner {
    /// What the first square holds.
    pub(super) first: Origin,
    /// What this one holds.
    pub(super) own: Origin,
    /// Its flows, n x n.
    pub(super) cells: DMatrix<f64>,
    /// What final demand buys of it, n, by the column of the first square; `None` where it has no final demand.
    pub(super) demand: Option<HashMap<usize, DVector<f64>>>,
    /// The sheet, or the rows.
    pub(super) name: String,
}

const IMPORTS: Role = Role::Other(OtherInputRole::Imports);

impl Partner {
    /// What is imported by the users of the first square, n, where this is told of imports.
    pub(super) fn imported_inputs(&self, first: &DMatrix<f64>) -> DVector<f64> {
        let cells = match self.own {
            Origin::Total => &self.cells - first,
            Origin::Domestic => first - &self.cells,
            Origin::Imported => self.cells.clone(),
        };
        cells.row_sum().transpose()
    }
}

/// The other square of a table, where there is one.
///
/// # Errors
/// A sheet that a map names and that there is none of; one of which it is not clear what it or the first is; columns of
/// final demand that the first has not.
pub(super) fn find(chosen: &Chosen, map: &Map) -> Result<Option<Partner>> {
    let reading = &chosen.reading;
    if !reading.again.is_empty() {
        return below(reading, map).map(Some);
    }
    let labels = |reading: &Reading| -> Vec<String> {
        let labels = reading.square.labels.iter();
        labels.map(|label| compared(label)).collect()
    };
    let mine = labels(reading);
    for other in &chosen.others {
        let named = map.imports_sheet.as_deref() == Some(other.sheet.name());
        let own = match (named, origin(&title(other))) {
            (true, _) => Origin::Imported,
            (false, Some(told)) if map.imports_sheet.is_none() => told,
            _ => continue,
        };
        let theirs = labels(other);
        let places: Option<Vec<usize>> = (mine.iter())
            .map(|label| theirs.iter().position(|other| other == label))
            .collect();
        let Some(order) = places.filter(|_| theirs.len() == mine.len()) else {
            if named {
                return Err(other.sheet.wrong(
                    other.square.label_row,
                    other.square.label_column,
                    said!(
                        "its sectors are not those of {first}, by which imports are matched",
                        "부문이 {first}과(와) 달라 수입을 맞출 수 없습니다",
                        first = reading.sheet.name()
                    ),
                ));
            }
            continue;
        };
        if !is_flows(other, reading) || (own == Origin::Imported && !fits(other, reading, &order)) {
            continue;
        }
        let cells = other.cells.select_rows(&order).select_columns(&order);
        let demand = demand(reading, other, &order)?;
        if let Some(partner) = settled(reading, map, own, cells, demand, other.sheet.name())? {
            return Ok(Some(partner));
        }
    }
    match &map.imports_sheet {
        Some(name) => Err(reading.sheet.wrong(
            reading.square.label_row,
            reading.square.label_column,
            said!(
                "there is no other sheet '{name}' with a square of sectors, which imports_sheet names",
                "imports_sheet에 지정한 '{name}' 시트가 없거나 부문 행렬이 없습니다"
            ),
        )),
        None => Ok(None),
    }
}

/// Whether a square holds amounts beside those of another, not coefficients.
fn is_flows(other: &Reading, first: &Reading) -> bool {
    let most = |reading: &Reading| reading.cells.amax();
    !(most(other) <= 1.5 && most(first) > 15.0)
}

/// Whether imports are of the size of what is used, at most: no inverse and no other year's table by mistake.
fn fits(other: &Reading, first: &Reading, order: &[usize]) -> bool {
    let imported = other.cells.select_rows(order).select_columns(order);
    let Some(output) = first.output() else {
        return true;
    };
    let inputs = imported.row_sum().transpose();
    inputs
        .iter()
        .zip(output.iter())
        .all(|(m, x)| *m <= x.abs() * 1.001 + 1e-9)
}

/// The square whose rows stand under the first with the same labels.
fn below(reading: &Reading, map: &Map) -> Result<Partner> {
    let (sheet, square) = (reading.sheet, &reading.square);
    let n = square.len();
    let mut cells = DMatrix::zeros(n, n);
    for (i, row) in reading.again.iter().enumerate() {
        for (j, column) in square.columns.iter().enumerate() {
            cells[(i, j)] = sheet.figure(*row, *column)?.unwrap_or(0.0);
        }
    }
    let mut bought = HashMap::new();
    let mut holds = false;
    for line in reading.columns.iter().filter(|line| is_demand(line)) {
        let mut values = DVector::zeros(n);
        for (i, row) in reading.again.iter().enumerate() {
            if let Some(value) = sheet.figure(*row, line.at)? {
                (values[i], holds) = (value, true);
            }
        }
        bought.insert(line.at, values);
    }
    // Words beside or above its rows.
    let (_, left) = square.start();
    let first = reading.again.first().copied().unwrap_or_default();
    let from = square.end().0;
    let texts = (from..=first).flat_map(|row| (0..left).map(move |column| (row, column)));
    let texts = texts.filter(|(row, column)| *row < first || *column != square.label_column);
    let words: Vec<String> = texts
        .map(|(row, column)| sheet.label(row, column))
        .collect();
    let own = origin(&words.join(" ")).unwrap_or(Origin::Imported);
    let name = format!("{} {}", sheet.name(), sheet.row_name(first));
    let demand = holds.then_some(bought);
    let partner = settled(reading, map, own, cells, demand, &name)?;
    partner.ok_or_else(|| unclear(reading, &name))
}

fn is_demand(line: &Line) -> bool {
    matches!(
        line.role,
        Some(Role::Demand(_) | Role::NonProfit | Role::AllDemand)
    )
}

/// The final demand of another square, by the columns of the first: the same label, or the only one of its kind.
fn demand(
    first: &Reading,
    other: &Reading,
    order: &[usize],
) -> Result<Option<HashMap<usize, DVector<f64>>>> {
    let mut left: Vec<&Line> = other
        .columns
        .iter()
        .filter(|line| is_demand(line))
        .collect();
    if left.is_empty() {
        return Ok(None);
    }
    let mine: Vec<&Line> = first
        .columns
        .iter()
        .filter(|line| is_demand(line))
        .collect();
    let mut bought = HashMap::new();
    for line in &mine {
        let same = |other: &&Line| compared(&other.title()) == compared(&line.title());
        let only = |other: &&Line| {
            let of_role = |lines: &[&Line]| lines.iter().filter(|l| l.role == line.role).count();
            other.role == line.role && of_role(&left) == 1 && of_role(&mine) == 1
        };
        let at = left.iter().position(same);
        if let Some(at) = at.or_else(|| left.iter().position(only)) {
            bought.insert(line.at, left.swap_remove(at).values.select_rows(order));
        }
    }
    if let Some(line) = left
        .iter()
        .find(|line| line.values.iter().any(|v| *v != 0.0))
    {
        let label = line.title();
        let name = first.sheet.name();
        return Err(other.sheet.wrong(
            other.square.label_row,
            line.at,
            said!(
                "'{label}' is no column of final demand on {name}: give both sheets the same columns",
                "'{label}'은(는) {name}의 최종수요 항목에 없습니다. 두 시트의 최종수요 항목을 같게 하십시오"
            ),
        ));
    }
    Ok(Some(bought))
}

/// How far rows and columns miss output, over the largest output, if the squares hold what is supposed.
fn off(
    reading: &Reading,
    cells: &DMatrix<f64>,
    demand: Option<&HashMap<usize, DVector<f64>>>,
    (first, own): (Origin, Origin),
) -> Vec<f64> {
    let Some(output) = reading.output() else {
        return Vec::new();
    };
    let size = output.amax().max(f64::MIN_POSITIVE);
    let mut off = Vec::new();
    let is_demand = |role| matches!(role, Role::Demand(_) | Role::NonProfit | Role::AllDemand);
    if reading.columns.iter().any(is_demand_line) && (first == Origin::Domestic || demand.is_some())
    {
        let mut sold = reading.cells.column_sum() + reading.sum(Side::Columns, is_demand) - output;
        if own == Origin::Domestic {
            let bought = demand.into_iter().flat_map(HashMap::values);
            sold = bought.fold(cells.column_sum() - output, |sum, bought| sum + bought);
        } else if first == Origin::Total {
            sold -= cells.column_sum();
            for bought in demand.into_iter().flat_map(HashMap::values) {
                sold -= bought;
            }
        }
        off.push(sold.amax() / size);
    }
    let parts = |role| matches!(role, Role::Part(_));
    let mut value_added = reading.sum(Side::Rows, parts);
    if value_added.iter().all(|v| *v == 0.0) {
        value_added = reading.sum(Side::Rows, |role| role == Role::ValueAdded);
    }
    if value_added.iter().any(|v| *v != 0.0) {
        let other = |role| matches!(role, Role::Other(of) if of != OtherInputRole::Imports);
        let mut inputs = match (first, own) {
            (Origin::Domestic, Origin::Imported) => &reading.cells + cells,
            (Origin::Domestic, _) => cells.clone(),
            _ => reading.cells.clone(),
        }
        .row_sum()
        .transpose();
        inputs += value_added + reading.sum(Side::Rows, other) - output;
        off.push(inputs.amax() / size);
    }
    off
}

fn is_demand_line(line: &Line) -> bool {
    is_demand(line)
}

/// The other square with what both hold, by words and by what balances; `None` where it does not belong to the first.
fn settled(
    reading: &Reading,
    map: &Map,
    own: Origin,
    cells: DMatrix<f64>,
    demand: Option<HashMap<usize, DVector<f64>>>,
    name: &str,
) -> Result<Option<Partner>> {
    let told = map.flows.or_else(|| origin(&title(reading)));
    let mut may: Vec<(Origin, Origin)> = match own {
        Origin::Imported => vec![
            (Origin::Domestic, Origin::Imported),
            (Origin::Total, Origin::Imported),
        ],
        Origin::Total => vec![(Origin::Domestic, Origin::Total)],
        Origin::Domestic => vec![(Origin::Total, Origin::Domestic)],
    };
    if let Some(flows) = map.flows {
        may.retain(|(first, _)| *first == flows);
    }
    let has_imports_column = reading.line(Side::Columns, IMPORTS).is_some();
    let closes = |of: &(Origin, Origin)| {
        let off = off(reading, &cells, demand.as_ref(), *of);
        (!off.is_empty()).then(|| off.iter().all(|off| *off < 1e-3))
    };
    let closing: Vec<(Origin, Origin)> = (may.iter().copied())
        .filter(|of| closes(of) == Some(true))
        .collect();
    let of = match (closing.as_slice(), may.as_slice()) {
        ([one], _) | ([], [one]) => *one,
        ([], []) => return Ok(None),
        ([], _) if has_imports_column => (Origin::Total, own),
        (many, all) => {
            let among = if many.is_empty() { all } else { many };
            match among.iter().find(|(first, _)| Some(*first) == told) {
                Some(one) => *one,
                None => return Err(unclear(reading, name)),
            }
        }
    };
    // All flows that are less than the domestic ones are of something else.
    let least = match of {
        (Origin::Domestic, Origin::Total) => (&cells - &reading.cells).min(),
        (Origin::Total, _) => (&reading.cells - &cells).min(),
        _ => 0.0,
    };
    if !(least >= -1e-3 * reading.cells.amax()) {
        return Ok(None);
    }
    Ok(Some(Partner {
        first: of.0,
        own: of.1,
        cells,
        demand,
        name: name.to_owned(),
    }))
}

fn unclear(reading: &Reading, name: &str) -> crate::Error {
    let map = Remedy::Map.text().en;
    let (row, column) = (reading.square.label_row, reading.square.label_column);
    let first = reading.sheet.name();
    reading.sheet.wrong(
        row,
        column,
        said!(
            "{name} has the same sectors, and it is not clear whether {first} holds domestic flows or all: say it in a map \
             as flows = \"domestic\" or flows = \"total\" {map}",
            "{name}에 같은 부문이 있으나 {first}의 거래가 국산인지 국산·수입 전체인지 분명하지 않습니다. 매핑 파일에 flows = \
             \"domestic\" 또는 flows = \"total\"로 지정하십시오 {map}"
        ),
    )
}
