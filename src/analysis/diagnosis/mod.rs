//! Causes behind many faults of a table: what one mistake explains that otherwise shows in every row.
//!
//! A mistake leaves residuals of its own form: figures that are k times too large leave 1 - 1/k of themselves,
//! two that are exchanged leave their difference twice, with opposite signs. Each form is tried on what the
//! forms before it left over, the widest first; what remains is said cell by cell.

mod lines;
mod loops;
mod off;
mod wholes;

#[cfg(test)]
mod spoiled;
#[cfg(test)]
mod tests;

pub(super) use loops::sectors_of_the_loop;

use crate::lang::Text;
use crate::table::balance::Balance;
use crate::table::{SectorName, Table};
use nalgebra::DVector;
use off::Off;
use serde::Serialize;
use std::collections::HashMap;

/// How near figures must be, as a share of the larger, to be called the same.
const SAME: f64 = 1e-6;

/// A block of a table, as its file is called: "domestic_flows".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Block {
    /// Zd.
    DomesticFlows,
    /// Zm.
    ImportedFlows,
    /// Fd.
    DomesticFinalDemand,
    /// Fm.
    ImportedFinalDemand,
    /// V.
    PrimaryInputs,
    /// Imports and taxes of which only the users are told.
    OtherInputs,
    /// x.
    Output,
    /// Imports by product.
    Imports,
}

impl Block {
    /// Its file without the ending.
    pub fn id(self) -> &'static str {
        match self {
            Block::DomesticFlows => "domestic_flows",
            Block::ImportedFlows => "imported_flows",
            Block::DomesticFinalDemand => "domestic_final_demand",
            Block::ImportedFinalDemand => "imported_final_demand",
            Block::PrimaryInputs => "primary_inputs",
            Block::OtherInputs => "other_inputs",
            Block::Output => "output",
            Block::Imports => "imports",
        }
    }
}

/// The totals that figures miss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Side {
    /// Sales of a product against its output.
    Rows,
    /// Inputs of a sector against its output.
    Columns,
    /// Uses of imported products against imports.
    Imports,
}

/// Which figures of a block.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Place {
    /// All.
    All,
    /// The row of a sector, or so many of its cells.
    Row {
        /// The sector.
        sector: SectorName,
        /// How many cells, where it is not all of them.
        cells: Option<usize>,
    },
    /// The column of a sector, or so many of its cells.
    Column {
        /// The sector.
        sector: SectorName,
        /// How many cells, where it is not all of them.
        cells: Option<usize>,
    },
    /// One cell.
    Cell {
        /// Its row: the name of a sector or of a primary input.
        row: Text,
        /// Its column: the name of a sector or of a category.
        column: Text,
    },
}

/// One mistake that explains what is off; in JSON told by `cause`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Cause {
    /// Figures are so many times what they should be: in another unit, or below 0 with the wrong sign.
    OtherUnit {
        /// The block; sales or costs of a sector in all begin with domestic flows.
        block: Block,
        /// Which of its figures.
        place: Place,
        /// How many times too large.
        factor: f64,
    },
    /// All sales, or all inputs, of a sector are so many times what they should be.
    OtherUnitInAll {
        /// The sector.
        sector: SectorName,
        /// Its sales ([`Side::Rows`]) or its inputs.
        side: Side,
        /// How many times too large.
        factor: f64,
    },
    /// Rows and columns are exchanged: with them back the table balances.
    Transposed {
        /// The block.
        block: Block,
    },
    /// The figures of two sectors are exchanged.
    Swapped {
        /// The blocks in which they are.
        blocks: Vec<Block>,
        /// Rows, columns, or both at once: the names of the sectors.
        lines: Lines,
        /// One sector.
        first: SectorName,
        /// The other.
        second: SectorName,
    },
    /// The sectors of a block stand in another order than their labels say.
    OtherOrder {
        /// The block.
        block: Block,
        /// Rows, columns, or both at once.
        lines: Lines,
        /// How many sectors are not in their place.
        sectors: usize,
    },
    /// The row, the column or both of a sector are the sums of all others: a total was taken for a sector.
    SumOfOthers {
        /// The sector.
        sector: SectorName,
        /// Its row, its column or both at once.
        lines: Lines,
    },
    /// A category of final demand or a primary input is counted and should not be.
    Doubled {
        /// The block.
        block: Block,
        /// The category or the input.
        item: Text,
        /// Whether it is the sum of the others.
        is_sum: bool,
    },
    /// Two sectors have the same figures, cell by cell.
    Alike {
        /// Rows, columns, or both.
        lines: Lines,
        /// One sector.
        first: SectorName,
        /// The other.
        second: SectorName,
    },
    /// Imported products stand among the domestic ones as well.
    ImportsAmongDomestic,
    /// Coefficients stand where flows are due.
    CoefficientsForFlows {
        /// The block.
        block: Block,
    },
    /// A sector makes something and sells, or uses, nothing.
    EmptyLine {
        /// The sector.
        sector: SectorName,
        /// Its sales or its inputs.
        side: Side,
        /// What it makes.
        output: f64,
    },
    /// Totals are missed in most sectors, always on one side.
    Missing {
        /// Which totals.
        side: Side,
        /// In how many sectors.
        sectors: usize,
        /// By how much in all: below 0 where something lacks, above where something is too much.
        amount: f64,
        /// What primary inputs are of what the columns leave for them; `None` for other totals.
        share: Option<f64>,
    },
    /// Sectors whose products go round and are nearly used up on the way.
    NearClosedLoop {
        /// The spectral radius.
        radius: f64,
        /// The sectors of the loop, those first that hold most of it.
        sectors: Vec<SectorName>,
    },
}

/// Lines of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum Lines {
    /// Rows.
    Rows,
    /// Columns.
    Columns,
    /// The row and the column of a sector at once.
    Both,
}

/// What a table is off by, and why.
pub(super) struct Diagnosis {
    /// The causes, the widest first.
    pub(super) causes: Vec<Cause>,
    /// What no cause explains.
    pub(super) left: Balance,
    /// Lines that are alike in a table that balances.
    pub(super) alike: Vec<Cause>,
}

/// Looks for causes of what a table is off by.
pub(super) fn of(table: &Table, balance: &Balance) -> Diagnosis {
    let mut off = Off::of(balance);
    let mut causes = Vec::new();
    if table.sectors().len() >= 3 {
        sums_of_others(table, &mut off, &mut causes);
    }
    let mut alike = alike(table);
    if off.any() {
        causes.append(&mut alike);
        wholes::explain(table, &mut off, &mut causes);
    } else {
        // The same row and column at once is no coincidence.
        let twice = |cause: &mut Cause| {
            matches!(
                cause,
                Cause::Alike {
                    lines: Lines::Both,
                    ..
                }
            )
        };
        causes.extend(alike.extract_if(.., twice));
    }
    if off.any() {
        lines::explain(table, &mut off, &mut causes);
    }
    if off.any() {
        wholes::missing(table, &mut off, &mut causes);
    }
    Diagnosis {
        causes,
        left: off.left(balance),
        alike,
    }
}

fn name(table: &Table, at: usize) -> SectorName {
    table.sectors().get(at).into()
}

/// Totals among the sectors: what they add to the lines of all others is taken off. Where the row or the column
/// alone is one in a table that is off, what stood there is not known, and neither are the totals that it is part of.
fn sums_of_others(table: &Table, off: &mut Off, causes: &mut Vec<Cause>) {
    let flows = &table.flows().domestic;
    let (sold, bought) = (flows.column_sum(), flows.row_sum().transpose());
    for k in 0..sold.len() {
        let is_row = is_sum_of_others(|other| flows.at(k, other), k, &bought);
        let is_column = is_sum_of_others(|other| flows.at(other, k), k, &sold);
        let lines = match (is_row, is_column) {
            (true, true) => Lines::Both,
            (true, false) if off.any() => Lines::Rows,
            (false, true) if off.any() => Lines::Columns,
            _ => continue,
        };
        causes.push(Cause::SumOfOthers {
            sector: name(table, k),
            lines,
        });
        if lines == Lines::Both {
            let (row, column) = (flows.row(k), flows.column(k));
            let of_imports = table.flows().imported.column(k);
            for other in 0..sold.len() {
                off.take(Side::Columns, other, row[other]);
                off.take(Side::Rows, other, column[other]);
                off.take(Side::Imports, other, of_imports[other]);
            }
            off.clear(k);
            continue;
        }
        let (own, crossing) = match lines {
            Lines::Rows => (Side::Rows, Side::Columns),
            _ => (Side::Columns, Side::Rows),
        };
        off.take(own, k, off.at(own, k));
        for other in 0..sold.len() {
            off.take(crossing, other, off.at(crossing, other));
        }
    }
}

/// Whether the line of sector k is the sum of all others; `sums` are of all lines with it.
fn is_sum_of_others(cell: impl Fn(usize) -> f64, k: usize, sums: &DVector<f64>) -> bool {
    // A total is half of all that stands in its line's sums, and so in each cell.
    let near = |a: f64, b: f64| (a - b).abs() <= SAME * a.abs().max(b.abs()) + f64::EPSILON;
    let others = || (0..sums.len()).filter(|other| *other != k);
    others().any(|other| cell(other) != 0.0)
        && others().all(|other| near(2.0 * cell(other), sums[other]))
}

/// Sectors with the same row or column of domestic flows, cell by cell, in at least three cells other than zero.
fn alike(table: &Table) -> Vec<Cause> {
    let flows = &table.flows().domestic;
    let n = flows.nrows();
    let pairs =
        |sums: &DVector<f64>, line: &dyn Fn(usize) -> DVector<f64>| -> Vec<(usize, usize)> {
            // Only those with the same sums are looked at cell by cell.
            let mut first: HashMap<u64, usize> = HashMap::new();
            let mut pairs = Vec::new();
            for b in (0..n).filter(|b| sums[*b] != 0.0) {
                let a = *first.entry(sums[b].to_bits()).or_insert(b);
                let same = || {
                    let (one, other) = (line(a), line(b));
                    one == other && one.iter().filter(|cell| **cell != 0.0).count() >= n.min(3)
                };
                if a != b && same() {
                    pairs.push((a, b));
                }
            }
            pairs
        };
    let rows = pairs(&flows.column_sum(), &|at| flows.row(at));
    let columns = pairs(&flows.row_sum().transpose(), &|at| flows.column(at));
    let of = |lines: Lines| {
        move |(a, b): &(usize, usize)| Cause::Alike {
            lines,
            first: name(table, *a),
            second: name(table, *b),
        }
    };
    let both = rows.iter().filter(|pair| columns.contains(pair));
    let only_rows = rows.iter().filter(|pair| !columns.contains(pair));
    let only_columns = columns.iter().filter(|pair| !rows.contains(pair));
    let mut alike: Vec<Cause> = both.map(of(Lines::Both)).collect();
    alike.extend(only_rows.map(of(Lines::Rows)));
    alike.extend(only_columns.map(of(Lines::Columns)));
    alike
}
