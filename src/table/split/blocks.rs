//! Purchases split to agree with the blocks of a wider table.
//!
//! Iterative proportional fitting on pairs of a domestic and an imported part, which keeps 0 <= imported <= total by
//! itself where RAS on the imported flows alone would run over it. The sum of z p grows with an effect, so
//! each equation has one root; plain Newton steps overshoot where p is near 0 or 1 and are kept inside a bracket.
//!
//! # The knots
//!
//! 1. A fall of inventories is a negative use. Its imported part is set first, by one common shift of the
//!    log-odds of final demand in the group that meets the group's total; the positive uses of the group stay free.
//! 2. Blocks with imports (by rounding of a coefficient times a large output) but no positive use are dropped; what
//!    they held is spread pro rata over the group's other blocks, so that the blocks and the products of a
//!    group ask for the same total.
//! 3. Blocks with more imports than positive use (the block holds by-products, entered as negative uses) take what
//!    they need in proportion to use: the upper bound is lifted there.
//!
//! Negative inputs are by-products of the user and stay domestic.

use super::{Blocks, ImportSplit, Purchases, Report, TOLERANCE};
use nalgebra::DMatrix;

/// Odds p / (1 - p) of each purchase, n x (n + k), of what is known of the products alone: imports against the rest of
/// their use at home. Exports are of home products.
///
/// # Panics
/// If the blocks do not have one number of products.
pub fn odds_of_averages(purchases: &Purchases) -> DMatrix<f64> {
    let (n, k) = purchases.final_demand.shape();
    let exports = (0..k).filter(|at| purchases.is_export(*at));
    let exports: Vec<usize> = exports.collect();
    let home = |row: usize| {
        let abroad = exports.iter().map(|at| purchases.final_demand[(row, *at)]);
        purchases.flows.row(row).sum() + purchases.final_demand.row(row).sum() - abroad.sum::<f64>()
    };
    let odds: Vec<f64> = (0..n)
        .map(|row| {
            let imports = purchases.imports[row];
            // Imports can come to all of the use at home; odds have to stay finite.
            match imports > 0.0 {
                true => imports / (home(row) - imports).max(1e-6 * imports),
                false => 0.0,
            }
        })
        .collect();
    DMatrix::from_fn(n, n + k, |row, column| {
        match column >= n && purchases.is_export(column - n) {
            true => 0.0,
            false => odds[row],
        }
    })
}

/// Odds of each purchase, n x (n + k), from a table of which the split is known: its flows (n x n) and final demand
/// (n x k). A purchase that was not made then, or a small one, tells little: the average of the product stands in for
/// one unit of the table's money of it.
///
/// # Panics
/// If the blocks are not of one table.
pub fn odds_of_table(
    domestic: &DMatrix<f64>,
    imported: &DMatrix<f64>,
    domestic_final: &DMatrix<f64>,
    imported_final: &DMatrix<f64>,
) -> DMatrix<f64> {
    let (n, k) = domestic_final.shape();
    let joined = |flows: &DMatrix<f64>, last: &DMatrix<f64>| {
        DMatrix::from_fn(n, n + k, |row, column| match column < n {
            true => flows[(row, column)],
            false => last[(row, column - n)],
        })
    };
    let domestic = joined(domestic, domestic_final);
    let imported = joined(imported, imported_final);
    DMatrix::from_fn(n, n + k, |row, column| {
        let (home, abroad) = (domestic.row(row).sum(), imported.row(row).sum());
        let average = (abroad / (home + abroad)).clamp(LEAST_SHARE, 1.0 - LEAST_SHARE);
        let (d, m) = (domestic[(row, column)], imported[(row, column)]);
        // A fall of inventories, or a by-product, says nothing of purchases.
        let (d, m) = if d >= 0.0 && m >= 0.0 {
            (d, m)
        } else {
            (0.0, 0.0)
        };
        (m + PSEUDO * average) / (d + PSEUDO * (1.0 - average))
    })
}

/// Units of money of a purchase that the average of its product stands in for.
const PSEUDO: f64 = 1.0;

/// An average share is held this far from 0 and 1, so that odds are finite and above zero.
const LEAST_SHARE: f64 = 1e-6;

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

/// Splits purchases by the odds `base` (n x (n + k)). Blocks with final demand as the user have the user g.
/// Ends after so many sweeps where the figures contradict each other; the report says by how much.
pub(super) fn split(known: &Purchases, blocks: &Blocks, base: &DMatrix<f64>) -> ImportSplit {
    let (n, k) = known.final_demand.shape();
    let groups = blocks.final_demand.len();

    // The table with final demand as more columns; `user` names the group of a column.
    let total = DMatrix::from_fn(n, n + k, |row, column| match column < n {
        true => known.flows[(row, column)],
        false => known.final_demand[(row, column - n)],
    });
    let user = |column: usize| match column < n {
        true => blocks.group[column],
        false => groups,
    };
    let mut target = blocks.flows.clone().insert_column(groups, 0.0);
    target.set_column(groups, blocks.final_demand);
    let published = target.clone();

    // Parts that are set beforehand: falls of inventories (knot 1), then lifted blocks (knot 3).
    let mut imported = DMatrix::zeros(n, n + k);
    let fixed_products = fix_negative_final(known, blocks, base, &mut imported);
    for &row in &fixed_products {
        target[(blocks.group[row], groups)] -= imported.row(row).sum();
    }

    let mut cells: Vec<Cell> = Vec::new();
    let mut by_block: Vec<Vec<usize>> = vec![Vec::new(); groups * (groups + 1)];
    for column in 0..n + k {
        for row in 0..n {
            let odds = base[(row, column)];
            if total[(row, column)] > 0.0 && odds > 0.0 && known.imports[row] > 0.0 {
                by_block[blocks.group[row] * (groups + 1) + user(column)].push(cells.len());
                cells.push(Cell {
                    row,
                    column,
                    total: total[(row, column)],
                    odds,
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
        if residual <= TOLERANCE || sweeps >= blocks.most_sweeps {
            break residual;
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
    let mut made = DMatrix::zeros(groups, groups + 1);
    for column in 0..n + k {
        for row in 0..n {
            made[(blocks.group[row], user(column))] += imported[(row, column)];
        }
    }
    ImportSplit {
        flows: imported.columns(0, n).into_owned(),
        final_demand: imported.columns(n, k).into_owned(),
        report: Some(Report {
            sweeps,
            row_residual,
            block_residual,
            block_residual_published: (made - published).amax(),
            fixed_products,
            dropped,
            lifted,
        }),
    }
}

/// Knot 1: sets the imported part of negative final uses; returns the products that have one.
fn fix_negative_final(
    known: &Purchases,
    blocks: &Blocks,
    base: &DMatrix<f64>,
    imported: &mut DMatrix<f64>,
) -> Vec<usize> {
    let (n, k) = known.final_demand.shape();
    let mut fixed = Vec::new();
    for group in 0..blocks.final_demand.len() {
        let of_group = |row: &usize| blocks.group[*row] == group && known.imports[*row] > 0.0;
        let uses: Vec<(usize, usize)> = (0..n)
            .filter(of_group)
            .flat_map(|row| (0..k).map(move |category| (row, category)))
            .collect();
        if uses.iter().all(|&at| known.final_demand[at] >= 0.0) {
            continue;
        }
        let part = |(row, category): (usize, usize), shift: f64| {
            let odds = base[(row, n + category)] * shift.exp();
            known.final_demand[(row, category)] * (odds / (1.0 + odds))
        };
        let gap = |shift: f64| {
            let parts = uses.iter().map(|&at| part(at, shift));
            parts.sum::<f64>() - blocks.final_demand[group]
        };
        // With uses of both signs the sum need not be monotone: take the root nearest to no shift. Where
        // home and foreign products went into and out of stock at once there may be none: the nearest then.
        let shift = nearest_root(gap);
        for &(row, category) in &uses {
            if known.final_demand[(row, category)] < 0.0 {
                imported[(row, n + category)] = part((row, category), shift);
                fixed.push(row);
            }
        }
    }
    fixed.dedup();
    fixed
}

/// The root of `f` nearest to zero within +-30, by scanning outwards and bisection; where there is none, the
/// point with the smallest |f|.
fn nearest_root(f: impl Fn(f64) -> f64) -> f64 {
    const STEP: f64 = 0.05;
    let bracket = (0..600).map(f64::from).find_map(|k| {
        let outwards = [(k * STEP, (k + 1.0) * STEP), (-(k + 1.0) * STEP, -k * STEP)];
        outwards
            .into_iter()
            .find(|&(low, high)| f(low) * f(high) <= 0.0)
    });
    let Some((mut low, mut high)) = bracket else {
        let points = (-600..=600).map(|k| f64::from(k) * STEP);
        let nearest = points.min_by(|a, b| f(*a).abs().total_cmp(&f(*b).abs()));
        return nearest.unwrap_or(0.0);
    };
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if f(low) * f(middle) <= 0.0 {
            high = middle
        } else {
            low = middle
        }
    }
    0.5 * (low + high)
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
