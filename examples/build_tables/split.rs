//! The split of the 83-sector table into domestic and imported flows.
//!
//! # The question
//!
//! BOK publishes who buys how much of each of 83 products, but not how much of each purchase is
//! imported. Two things are known about that: the imports of each *product* (83 sums over a row of
//! the table), and, from the import inducement coefficients, the imports of each *block* of the
//! 33-sector table (33 suppliers by 33 users, and final demand without exports as a 34th user).
//!
//! # The model
//!
//! Each purchase z > 0 is a pair: an imported part z p and a domestic part z (1 - p), with
//!
//! ```text
//! ln(p / (1 - p)) = a product's own level + an effect of the product + an effect of the block
//! ```
//!
//! The level is the product's import share in its domestic use. The effects are found by solving,
//! in turn, each block's and each product's equation for its own effect: iterative proportional
//! fitting (RAS) on pairs, which keeps 0 <= imported <= total by itself where RAS on the imported
//! flows alone would run over it. The sum of z p grows with the effect, so each equation has one
//! root; plain Newton steps overshoot where p is near 0 or 1 and are kept inside a bracket.
//!
//! # The knots
//!
//! 1. A fall of inventories makes final demand without exports negative for some products. Their
//!    imported part is set first, by one common shift of the log-odds in the 33-sector group that
//!    meets the group's published total; the positive members of the group stay free.
//! 2. Blocks with imports (by rounding of a coefficient times a large output) but no positive use
//!    are dropped; what they held is spread pro rata over the group's other blocks, so that the
//!    blocks and the products of a group ask for the same total. In 2023 none is left, because
//!    import coefficients below 1e-6 were set to zero before.
//! 3. Blocks with more imports than positive use (the block holds by-products, entered as negative
//!    uses) take what they need in proportion to use: the upper bound is lifted there.
//!
//! Negative uses are by-products of the user and stay domestic. Exports carry no imports.

use nalgebra::{DMatrix, DVector};

use super::sources::Result;

/// Sweeps stop when no block misses its total by more (million won).
pub const TOLERANCE: f64 = 1e-5;

/// More sweeps than this mean that the figures contradict each other.
const MAX_SWEEPS: usize = 5000;

/// What is known. Lengths: n products, g groups.
pub struct Known<'a> {
    /// n x n total flows, rows supply.
    pub flows: &'a DMatrix<f64>,
    /// n, final demand for the product without exports.
    pub final_use: &'a DVector<f64>,
    /// n, imports of the product (c.i.f. and taxes on imports).
    pub imports: &'a DVector<f64>,
    /// n, position of the product's group.
    pub group: &'a [usize],
    /// g x g imported flows between groups.
    pub group_flows: &'a DMatrix<f64>,
    /// g, imported final demand.
    pub group_final: &'a DVector<f64>,
}

/// The estimate.
pub struct Split {
    /// n x n imported flows. Imported final demand is what they leave of the product's imports.
    pub flows: DMatrix<f64>,
    pub report: Report,
}

/// How well the estimate meets what is known. Amounts in million won.
#[derive(Debug, Clone)]
pub struct Report {
    pub sweeps: usize,
    /// Largest difference of a product's imports from the published figure.
    pub row_residual: f64,
    /// Largest difference of a block from its target, knot 2 spread.
    pub block_residual: f64,
    /// Largest difference of a block from the 33-sector table, knot 2 included.
    pub block_residual_published: f64,
    /// Products whose imported final demand was set first (knot 1).
    pub fixed_products: Vec<usize>,
    /// Dropped blocks: group of the supplier, of the user, amount (knot 2).
    pub dropped: Vec<(usize, usize, f64)>,
    /// Blocks with the bound lifted: supplier, user, imports, positive use (knot 3).
    pub lifted: Vec<(usize, usize, f64, f64)>,
}

/// A purchase whose imported part is free.
struct Cell {
    row: usize,
    column: usize,
    total: f64,
    /// p / (1 - p).
    odds: f64,
}

impl Cell {
    fn imported(&self) -> f64 {
        self.total * (self.odds / (1.0 + self.odds))
    }
}

/// Splits the flows. Blocks with final demand as the user have the user g.
pub fn split(known: &Known) -> Result<Split> {
    let n = known.imports.len();
    let groups = known.group_final.len();
    let base = base_odds(known);

    // The table with final demand as one more column; `user` names the group of a column.
    let mut total = known.flows.clone().insert_column(n, 0.0);
    total.set_column(n, known.final_use);
    let user = |column: usize| {
        if column == n {
            groups
        } else {
            known.group[column]
        }
    };
    let mut target = known.group_flows.clone().insert_column(groups, 0.0);
    target.set_column(groups, known.group_final);
    let published = target.clone();

    // Parts that are set beforehand: negative final demand (knot 1), then lifted blocks (knot 3).
    let mut imported = DMatrix::zeros(n, n + 1);
    let fixed_products = fix_negative_final(known, &base, &mut imported)?;
    for &row in &fixed_products {
        target[(known.group[row], groups)] -= imported[(row, n)];
    }

    let mut cells: Vec<Cell> = Vec::new();
    let mut by_block: Vec<Vec<usize>> = vec![Vec::new(); groups * (groups + 1)];
    for column in 0..=n {
        for row in 0..n {
            if total[(row, column)] > 0.0 && base[row] > 0.0 {
                by_block[known.group[row] * (groups + 1) + user(column)].push(cells.len());
                cells.push(Cell {
                    row,
                    column,
                    total: total[(row, column)],
                    odds: base[row],
                });
            }
        }
    }

    let (mut dropped, mut lifted) = (Vec::new(), Vec::new());
    for supplier in 0..groups {
        let mut missing = 0.0;
        for user in 0..=groups {
            let members = &mut by_block[supplier * (groups + 1) + user];
            let need = target[(supplier, user)];
            let room: f64 = members.iter().map(|&at| cells[at].total).sum();
            if need > 0.0 && need < room {
                continue;
            }
            if need > 0.0 && room > 0.0 {
                for &at in members.iter() {
                    imported[(cells[at].row, cells[at].column)] = cells[at].total * need / room;
                }
                lifted.push((supplier, user, need, room));
            } else if need.abs() > TOLERANCE {
                dropped.push((supplier, user, need));
                missing += need;
            }
            members.clear();
            target[(supplier, user)] = 0.0;
        }
        let free: f64 = target.row(supplier).sum();
        if free > 0.0 {
            target.row_mut(supplier).scale_mut(1.0 + missing / free);
        }
    }

    let mut by_row: Vec<Vec<usize>> = vec![Vec::new(); n];
    for members in &by_block {
        for &at in members {
            by_row[cells[at].row].push(at);
        }
    }
    let row_target: Vec<f64> = (0..n)
        .map(|row| known.imports[row] - imported.row(row).sum())
        .collect();

    let mut sweeps = 0;
    let block_residual = loop {
        sweeps += 1;
        for (block, members) in by_block.iter().enumerate() {
            meet(
                &mut cells,
                members,
                target[(block / (groups + 1), block % (groups + 1))],
            );
        }
        for (row, members) in by_row.iter().enumerate() {
            meet(&mut cells, members, row_target[row]);
        }
        let residual = by_block
            .iter()
            .enumerate()
            .map(|(block, members)| {
                let sum: f64 = members.iter().map(|&at| cells[at].imported()).sum();
                (sum - target[(block / (groups + 1), block % (groups + 1))]).abs()
            })
            .fold(0.0, f64::max);
        if residual <= TOLERANCE {
            break residual;
        }
        if sweeps == MAX_SWEEPS {
            return Err(format!(
                "the split misses a block by {residual} million won after {sweeps} sweeps"
            )
            .into());
        }
    };

    for members in &by_block {
        for &at in members {
            imported[(cells[at].row, cells[at].column)] = cells[at].imported();
        }
    }
    let row_residual = (0..n)
        .map(|row| (imported.row(row).sum() - known.imports[row]).abs())
        .fold(0.0, f64::max);
    let mut blocks = DMatrix::zeros(groups, groups + 1);
    for column in 0..=n {
        for row in 0..n {
            blocks[(known.group[row], user(column))] += imported[(row, column)];
        }
    }
    Ok(Split {
        flows: imported.columns(0, n).into_owned(),
        report: Report {
            sweeps,
            row_residual,
            block_residual,
            block_residual_published: (blocks - published).amax(),
            fixed_products,
            dropped,
            lifted,
        },
    })
}

/// Odds of a product being imported: imports against the rest of its use at home.
fn base_odds(known: &Known) -> Vec<f64> {
    (0..known.imports.len())
        .map(|row| {
            let imports = known.imports[row];
            let home = known.flows.row(row).sum() + known.final_use[row];
            // Imports can come to all of the use at home; odds have to stay finite.
            if imports > 0.0 {
                imports / (home - imports).max(1e-6 * imports)
            } else {
                0.0
            }
        })
        .collect()
}

/// Knot 1: sets the imported final demand of the products whose final demand is negative.
fn fix_negative_final(
    known: &Known,
    base: &[f64],
    imported: &mut DMatrix<f64>,
) -> Result<Vec<usize>> {
    let n = base.len();
    let mut fixed = Vec::new();
    for group in 0..known.group_final.len() {
        let members: Vec<usize> = (0..n)
            .filter(|&row| known.group[row] == group && base[row] > 0.0)
            .collect();
        if members.iter().all(|&row| known.final_use[row] >= 0.0) {
            continue;
        }
        let parts = |shift: f64| -> Vec<f64> {
            let scaled = members
                .iter()
                .map(|&row| (known.final_use[row], base[row] * shift.exp()));
            scaled
                .map(|(use_, odds)| use_ * (odds / (1.0 + odds)))
                .collect()
        };
        let gap = |shift: f64| parts(shift).iter().sum::<f64>() - known.group_final[group];
        // With uses of both signs the sum need not be monotone: take the root nearest to no shift.
        let shift = nearest_root(gap).ok_or_else(|| {
            format!(
                "imported final demand of group {} cannot be met by one shift",
                group + 1
            )
        })?;
        for (&row, part) in members.iter().zip(parts(shift)) {
            if known.final_use[row] < 0.0 {
                imported[(row, n)] = part;
                fixed.push(row);
            }
        }
    }
    Ok(fixed)
}

/// The root of `f` nearest to zero within +-30, by scanning outwards and bisection.
fn nearest_root(f: impl Fn(f64) -> f64) -> Option<f64> {
    const STEP: f64 = 0.05;
    let bracket = (0..600).map(f64::from).find_map(|k| {
        let outwards = [(k * STEP, (k + 1.0) * STEP), (-(k + 1.0) * STEP, -k * STEP)];
        outwards
            .into_iter()
            .find(|&(low, high)| f(low) * f(high) <= 0.0)
    });
    let (mut low, mut high) = bracket?;
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if f(low) * f(middle) <= 0.0 {
            high = middle
        } else {
            low = middle
        }
    }
    Some(0.5 * (low + high))
}

/// Multiplies the odds of the cells by the factor with which their imported parts add up to
/// `target`: Newton steps in the logarithm of the factor, inside a bracket.
fn meet(cells: &mut [Cell], members: &[usize], target: f64) {
    if members.is_empty() {
        return;
    }
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut shift = 0.0_f64;
    for _ in 0..100 {
        let factor = shift.exp();
        let (mut sum, mut slope) = (0.0, 0.0);
        for &at in members {
            let odds = cells[at].odds * factor;
            let share = odds / (1.0 + odds);
            sum += cells[at].total * share;
            slope += cells[at].total * share / (1.0 + odds);
        }
        let gap = sum - target;
        if gap.abs() <= 1e-14 * target.abs() {
            break;
        }
        if gap > 0.0 {
            high = shift
        } else {
            low = shift
        }
        let step = shift - (gap / slope).clamp(-3.0, 3.0);
        let next = if step > low && step < high {
            step
        } else {
            0.5 * (low + high)
        };
        if next == shift || !next.is_finite() {
            break;
        }
        shift = next;
    }
    let factor = shift.exp();
    for &at in members {
        cells[at].odds *= factor;
    }
}
