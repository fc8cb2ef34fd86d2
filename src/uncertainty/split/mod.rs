//! The split of purchases into domestic and imported ones, drawn where a table only estimates it.
//!
//! A purchase of z, of which m = z s is imported, imports m + w e in a draw, with w = z s (1 - s): where e is
//! small, the log-odds of its import share rise by e. The e are normal, of mean 0 and one spread, less an
//! effect of the product and one of the block of supplying and using sectors:
//!
//! ```text
//! e = r + a(product) + b(block),   sum of w e over a product = 0,   sum of w e over a block = 0
//! ```
//!
//! So the imports of each product, and of each block, stay what is published, and with each total flow all that
//! an industry buys. Both hold exactly and nothing is iterated, because w does not change from draw to draw: the
//! effects are linear in r, and their equations are solved beforehand, a small matrix for each supplying block.
//! A purchase is never imported below nothing or beyond its total: e is held to the bounds and the effects taken
//! again, [`ROUNDS`] times; what is beyond a bound even then draws its supplying block nearer to the table
//! by one factor, which leaves all sums as they are.
//!
//! Purchases without imports, wholly imported ones, falls of stocks, by-products (negative) and the only purchase
//! of a block stay as they are.

use super::coefficients::Drawn;
use super::sampler::{Quantiles, Streams};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::{ImportTreatment, Model};
use crate::scenario::{OwnShares, TakenShares};
use crate::table::{FinalDemandRole, ShareBasis, SplitError, Table};
use crate::uncertainty::lanes::{Lanes, WIDTH};
use nalgebra::DMatrix;
use std::ops::Range;

/// How often what is beyond a bound is put there and the effects taken again.
const ROUNDS: usize = 3;

/// Draws that the spread is fitted with.
const TRIALS: usize = 128;

/// Purchases that are drawn, and what is known of their sums.
pub(super) struct SplitDraws {
    normal: Quantiles,
    /// Standard deviation of the log-odds before the effects are taken.
    spread: f64,
    /// What import shares are off on average, weighted by the purchase.
    share_error: f64,
    cells: Vec<Cell>,
    suppliers: Vec<Supplier>,
    /// All positive purchases between industries.
    purchases: f64,
    shares: Vec<((usize, ShareBasis), Of)>,
    inputs: Vec<((usize, usize), Option<usize>)>,
    /// Whether coefficients follow: not in forms of the model where the split has no part.
    coefficients: bool,
    /// Purchases of households, where the model's households are the table's, and all that they spend.
    basket: Option<(Vec<usize>, f64)>,
}

/// A purchase.
struct Cell {
    row: usize,
    column: usize,
    /// w.
    weight: f64,
    /// Where all of it is domestic, and where all of it is imported: bounds of e.
    bounds: [f64; 2],
    /// Over the output of the user; 0 for final demand.
    per_output: f64,
}

/// The purchases from one supplying block.
struct Supplier {
    cells: Range<usize>,
    /// Cells of one product and one using block, one after the other: product, using block, how many.
    runs: Vec<(usize, usize, usize)>,
    /// Sums of w by product and using block.
    weights: DMatrix<f64>,
    /// By using block, over all products.
    blocks: Vec<f64>,
    /// The effects of products from what is left of their sums once blocks are met: a pseudo-inverse, as
    /// one effect of all products is one of all blocks.
    products: DMatrix<f64>,
}

/// A share of the table: the purchases in it, their domestic part and all of them.
struct Of {
    cells: Vec<usize>,
    domestic: f64,
    total: f64,
}

impl SplitDraws {
    /// Purchases of a table, drawn with import shares that are off by `share_error` on average.
    ///
    /// `None` where published sums leave nothing open.
    ///
    /// # Errors
    /// More than they leave open.
    pub(super) fn new(
        table: &Table,
        model: &Model,
        error: &SplitError,
        share_error: f64,
        taken: &TakenShares,
    ) -> Result<Option<Self>> {
        let f = table.flows();
        let n = table.sectors().len();
        let blocks = error.blocks(table.sectors());
        let domestic = |i: usize, j: usize| match j < n {
            true => f.domestic[(i, j)],
            false => f.domestic_final_demand[(i, j - n)],
        };
        let imported = |i: usize, j: usize| match j < n {
            true => f.imported[(i, j)],
            false => f.imported_final_demand[(i, j - n)],
        };
        let columns = n + table.meta().final_demand.len();
        // All final demand is one using block.
        let user = |j: usize| blocks.get(j).copied().unwrap_or(n);
        let mut cells = Vec::new();
        let mut suppliers = Vec::new();
        for block in 0..n {
            let of_block: Vec<usize> = (0..n).filter(|i| blocks[*i] == block).collect();
            let is_open = |i: usize, j: usize| domestic(i, j) > 0.0 && imported(i, j) > 0.0;
            let mut counts = vec![0; n + 1];
            for i in &of_block {
                for j in (0..columns).filter(|j| is_open(*i, *j)) {
                    counts[user(j)] += 1;
                }
            }
            // Of a block with one purchase, that one is known.
            let users: Vec<usize> = (0..=n).filter(|of| counts[*of] > 1).collect();
            let first = cells.len();
            let mut runs = Vec::new();
            let mut weights = DMatrix::zeros(of_block.len(), users.len());
            for (product, i) in of_block.iter().enumerate() {
                for (at, of) in users.iter().enumerate() {
                    let from = cells.len();
                    for j in (0..columns).filter(|j| user(*j) == *of && is_open(*i, *j)) {
                        let (d, m) = (domestic(*i, j), imported(*i, j));
                        let weight = d * (m / (d + m));
                        weights[(product, at)] += weight;
                        cells.push(Cell {
                            row: *i,
                            column: j,
                            weight,
                            bounds: [-(d + m) / d, (d + m) / m],
                            per_output: if j < n { 1.0 / f.output[j] } else { 0.0 },
                        });
                    }
                    if cells.len() > from {
                        runs.push((product, at, cells.len() - from));
                    }
                }
            }
            if cells.len() > first {
                suppliers.push(Supplier::new(first..cells.len(), runs, weights));
            }
        }
        if cells.is_empty() {
            return Ok(None);
        }
        let of = |wanted: &dyn Fn(usize, usize) -> bool| -> Vec<usize> {
            let all = cells.iter().enumerate();
            let found = all.filter(|(_, cell): &(usize, &Cell)| wanted(cell.row, cell.column));
            found.map(|(at, _)| at).collect()
        };
        let categories = &table.meta().final_demand;
        let has_role = |j: usize, role| j >= n && categories[j - n].role == role;
        let is_used = |j: usize, basis: ShareBasis| match basis {
            ShareBasis::Intermediate => j < n,
            ShareBasis::FixedCapital => has_role(j, FinalDemandRole::FixedCapital),
            ShareBasis::Household => has_role(j, FinalDemandRole::Household),
            ShareBasis::NotUsed | ShareBasis::NotMade => false,
        };
        let share_of = |(product, basis): (usize, ShareBasis)| {
            let used = (0..columns).filter(|j| is_used(*j, basis));
            let [mut at_home, mut total] = [0.0; 2];
            for j in used {
                at_home += domestic(product, j);
                total += domestic(product, j) + imported(product, j);
            }
            let cells = of(&|i, j| i == product && is_used(j, basis));
            let domestic = at_home;
            (
                (product, basis),
                Of {
                    cells,
                    domestic,
                    total,
                },
            )
        };
        let input_of = |(product, user): (usize, usize)| {
            let found = cells
                .iter()
                .position(|c| (c.row, c.column) == (product, user));
            ((product, user), found)
        };
        let by_domestic_inputs = model.imports() == ImportTreatment::Domestic;
        let own = model
            .households()
            .filter(|h| by_domestic_inputs && h.are_of(table));
        let basket = own.map(|_| {
            let role = FinalDemandRole::Household;
            let spent =
                table.domestic_demand_for(role).sum() + table.imported_demand_for(role).sum();
            (of(&|_, j| has_role(j, role)), spent)
        });
        let shares = taken.products.iter().map(|of| share_of(*of));
        let shares = shares.filter(|(_, of)| !of.cells.is_empty()).collect();
        let inputs = taken.inputs.iter().map(|of| input_of(*of)).collect();
        let all = f
            .domestic
            .dense()
            .iter()
            .zip(f.imported.dense())
            .map(|(d, m)| d + m);
        let mut draws = SplitDraws {
            normal: Quantiles::normal(),
            spread: 0.0,
            share_error,
            purchases: all.filter(|z| *z > 0.0).sum(),
            shares,
            inputs,
            coefficients: by_domestic_inputs,
            basket,
            suppliers,
            cells,
        };
        draws.fit()?;
        Ok(Some(draws))
    }

    /// What import shares are off on average, weighted by the purchase.
    pub(super) fn share_error(&self) -> f64 {
        self.share_error
    }

    /// Whether coefficients are drawn with it.
    pub(super) fn is_of_coefficients(&self) -> bool {
        self.coefficients
    }

    /// Finds the spread with which import shares are off as they should be, by draws of its own.
    fn fit(&mut self) -> Result<()> {
        let streams = Streams::new(0);
        let mut drawn = Vec::new();
        let mut off = |draws: &SplitDraws| -> f64 {
            let trials = (0..TRIALS).map(|trial| {
                draws.draw(&streams, trial, &mut drawn);
                draws.share_off(&drawn)
            });
            trials.sum::<f64>() / TRIALS as f64
        };
        // Small at first, where nothing is at a bound and errors are in proportion to the spread.
        self.spread = 0.01;
        let mut found = off(self);
        for _ in 0..30 {
            if (found / self.share_error - 1.0).abs() < 1e-3 {
                return Ok(());
            }
            // Beyond all sense, or nothing is open at all.
            if !(found > 0.0) || self.spread > 100.0 {
                break;
            }
            self.spread *= self.share_error / found;
            found = off(self);
        }
        let (wanted, found) = (self.share_error, found);
        Err(Error::invalid(said!(
            "import shares cannot be off by {wanted} on average (split_error): the published imports of products and \
             blocks leave {found:.3} open; 0 takes the split as certain",
            "수입 비중이 평균 {wanted}만큼 벗어날 수는 없습니다(split_error). 공표된 품목별·블록별 수입액에서 가능한 \
             오차는 {found:.3}입니다. 0이면 확정치로 봅니다"
        )))
    }

    /// Mean of |import share drawn - that of the table| over all purchases between industries, weighted by
    /// the purchase.
    pub(super) fn share_off(&self, drawn: &[f64]) -> f64 {
        let all = self.cells.iter().zip(drawn);
        let between = all.filter(|(cell, _)| cell.per_output > 0.0);
        between.map(|(_, more)| more.abs()).sum::<f64>() / self.purchases
    }

    /// What more is imported of each purchase in a draw, by its number; in the table's unit.
    pub(super) fn draw(&self, streams: &Streams, number: usize, drawn: &mut Vec<f64>) {
        let mut rng = streams.split(number);
        drawn.clear();
        drawn.resize(self.cells.len(), 0.0);
        self.normal.fill(&mut rng, drawn);
        for supplier in &self.suppliers {
            let cells = &self.cells[supplier.cells.clone()];
            let drawn = &mut drawn[supplier.cells.clone()];
            drawn.iter_mut().for_each(|e| *e *= self.spread);
            supplier.take_effects(cells, drawn);
            for _ in 0..ROUNDS {
                if !hold(cells, drawn) {
                    break;
                }
                supplier.take_effects(cells, drawn);
            }
            let mut nearer: f64 = 1.0;
            for (cell, e) in cells.iter().zip(drawn.iter()) {
                let bound = cell.bounds[usize::from(*e > 0.0)];
                if e.abs() > bound.abs() {
                    nearer = nearer.min(bound / e);
                }
            }
            for (cell, e) in cells.iter().zip(drawn) {
                *e *= cell.weight * nearer;
            }
        }
    }

    /// Moves what is drawn from the domestic to the imported coefficients, column by column.
    pub(super) fn apply(&self, drawn: &[f64], coefficients: &mut Drawn) {
        let inputs = self.cells.iter().zip(drawn);
        for (cell, more) in inputs.filter(|(cell, _)| cell.per_output > 0.0) {
            coefficients.import_more(cell.row, cell.column, more * cell.per_output);
        }
    }

    /// Takes what more households import out of what they buy at home per unit spent; what more they import
    /// in all.
    pub(super) fn apply_to_basket(&self, drawn: &[f64], domestic: &mut [f64]) -> f64 {
        let Some((cells, spent)) = &self.basket else {
            return 0.0;
        };
        let mut all = 0.0;
        for at in cells {
            let more = drawn[*at] / spent;
            domestic[self.cells[*at].row] -= more;
            all += more;
        }
        all
    }

    /// The shares of the table that a scenario takes, over the draws of a block.
    pub(super) fn own_shares(&self, drawn: &[Vec<f64>]) -> OwnShares<Lanes> {
        // Lanes after the last draw repeat the first one.
        let lanes = |value: &dyn Fn(&[f64]) -> f64| {
            Lanes(std::array::from_fn(|lane| {
                value(drawn.get(lane).unwrap_or(&drawn[0]))
            }))
        };
        debug_assert!((1..=WIDTH).contains(&drawn.len()));
        let share = |of: &Of| {
            lanes(&|drawn| {
                let more: f64 = of.cells.iter().map(|at| drawn[*at]).sum();
                ((of.domestic - more) / of.total).clamp(0.0, 1.0)
            })
        };
        let shares = self.shares.iter().map(|(key, of)| (*key, share(of)));
        let inputs = self.inputs.iter().filter_map(|(key, at)| {
            let at = (*at)?;
            let per_output = self.cells[at].per_output;
            Some((*key, lanes(&|drawn| drawn[at] * per_output)))
        });
        OwnShares {
            products: shares.collect(),
            inputs: inputs.collect(),
        }
    }
}

#[cfg(test)]
impl SplitDraws {
    /// The flows of a draw.
    pub(super) fn moved(&self, flows: &crate::table::Flows, drawn: &[f64]) -> crate::table::Flows {
        let n = flows.output.len();
        let mut inputs = [&flows.domestic, &flows.imported].map(|block| block.dense().clone());
        let mut flows = flows.clone();
        for (cell, more) in self.cells.iter().zip(drawn) {
            let [from, to] = match cell.column < n {
                true => inputs.each_mut(),
                false => [
                    &mut flows.domestic_final_demand,
                    &mut flows.imported_final_demand,
                ],
            };
            let at = (cell.row, cell.column % n);
            from[at] -= more;
            to[at] += more;
        }
        [flows.domestic, flows.imported] = inputs.map(crate::table::Matrix::from);
        flows
    }
}

impl Supplier {
    fn new(cells: Range<usize>, runs: Vec<(usize, usize, usize)>, weights: DMatrix<f64>) -> Self {
        let p = weights.nrows();
        let blocks: Vec<f64> = weights.row_sum().iter().copied().collect();
        let of_products = weights.column_sum();
        let mut left = DMatrix::from_diagonal(&of_products);
        for a in 0..p {
            for b in 0..p {
                let shared =
                    (0..weights.ncols()).map(|j| weights[(a, j)] * weights[(b, j)] / blocks[j]);
                left[(a, b)] -= shared.sum::<f64>();
            }
        }
        // Effects that move nothing are left at 0.
        let nothing = 1e-10 * of_products.max();
        let products = left
            .pseudo_inverse(nothing)
            .unwrap_or_else(|_| DMatrix::zeros(p, p));
        Supplier {
            cells,
            runs,
            weights,
            blocks,
            products,
        }
    }

    /// Adds an effect to each product and each block with which w e sums to nothing over either.
    fn take_effects(&self, cells: &[Cell], e: &mut [f64]) {
        let (p, q) = self.weights.shape();
        let (mut of_products, mut of_blocks) = (vec![0.0; p], vec![0.0; q]);
        let mut from = 0;
        for (product, block, count) in &self.runs {
            let run = from..from + count;
            let weighted = cells[run.clone()].iter().zip(&e[run]);
            let sum: f64 = weighted.map(|(cell, e)| cell.weight * e).sum();
            of_products[*product] += sum;
            of_blocks[*block] += sum;
            from += count;
        }
        // What products have left once every block has its own effect.
        let mut left = of_products;
        for (block, sum) in of_blocks.iter().enumerate() {
            for (left, weight) in left.iter_mut().zip(self.weights.column(block).iter()) {
                *left -= weight * sum / self.blocks[block];
            }
        }
        let effect = |product: usize| -> f64 {
            let row = self.products.row(product);
            -row.iter()
                .zip(&left)
                .map(|(by, left)| by * left)
                .sum::<f64>()
        };
        let products: Vec<f64> = (0..p).map(effect).collect();
        let blocks: Vec<f64> = (0..q)
            .map(|block| {
                let weights = self.weights.column(block);
                let moved: f64 = weights.iter().zip(&products).map(|(w, a)| w * a).sum();
                -(of_blocks[block] + moved) / self.blocks[block]
            })
            .collect();
        let mut from = 0;
        for (product, block, count) in &self.runs {
            let effect = products[*product] + blocks[*block];
            e[from..from + count].iter_mut().for_each(|e| *e += effect);
            from += count;
        }
    }
}

/// Puts what is beyond a bound at it; whether anything was.
fn hold(cells: &[Cell], e: &mut [f64]) -> bool {
    let mut held = false;
    for (cell, e) in cells.iter().zip(e) {
        let [low, high] = cell.bounds;
        held |= *e < low || *e > high;
        *e = e.clamp(low, high);
    }
    held
}

#[cfg(test)]
mod tests;
