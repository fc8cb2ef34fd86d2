//! Coefficients that are not known for certain.
//!
//! By factors: each positive cell of Ad and each labour coefficient is multiplied by a lognormal factor whose mean is
//! 1: of its own, or shared by a column, a row or the whole table ([`Sharing`]). What a column's inputs take more is
//! missing in its value added. Or columns are drawn whole ([`dirichlet`]), or cells with the totals of rows and columns
//! kept ([`balanced`]). In all of them 1'Ad + 1'Am + t' + v' = 1' holds in every draw, and with it v'L + (m + t)'L = 1';
//! labour coefficients have lognormal factors.

mod balanced;
mod dirichlet;

use super::sampler::Quantiles;
use super::split::SplitDraws;
use super::tiles::{SIDE, Tiles};
use crate::analysis::multipliers::Measure;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::Model;
use crate::scenario::{EventKind, Sharing};
use crate::table::PrimaryInputRole;
use balanced::Balanced;
use dirichlet::Dirichlet;
use nalgebra::DVector;
use rand::Rng;

/// The part of its value added that no sector loses: inputs that would take more are scaled down.
/// With it, every column of a draw that adds value sums to less than 1: the draw is productive.
pub(super) const KEPT: f64 = 0.1;

/// The coefficients of a model, and how they are drawn.
pub(super) struct CoefficientDraws {
    how: How,
    /// Of labour coefficients.
    multipliers: Quantiles,
    sharing: Sharing,
    n: usize,
    /// Ad, column by column; each takes up whole groups of four rows, the last ones being 0.
    domestic: Vec<[f64; SIDE]>,
    /// 1'Ad, 1'Am, v, n each.
    inputs: Vec<f64>,
    imports: Vec<f64>,
    value_added: Vec<f64>,
    /// w, n; 0 where the table does not tell it.
    compensation: Vec<f64>,
    /// t, n: taxes on the products used.
    product_taxes: Vec<f64>,
    /// What is negative of imports and of value added but compensation, n each: these stay.
    negative: [Vec<f64>; 2],
    /// Persons per unit of output, n; empty where the table has none.
    jobs: Vec<f64>,
    /// What households earn per unit of output, n; empty in an open model.
    income: Vec<f64>,
}

/// How coefficients are drawn but for the split.
enum How {
    /// They are certain.
    Certain,
    /// By factors.
    Factors,
    /// Columns whole.
    Dirichlet(Dirichlet),
    /// Cells, with the totals of rows and columns kept.
    Balanced(Balanced),
}

/// The coefficients of one draw.
#[derive(Debug, Default, Clone)]
pub(super) struct Drawn {
    /// I - Ad.
    left: Tiles,
    /// The factor of each row, where rows share one; in whole groups of four.
    of_rows: Vec<[f64; SIDE]>,
    /// 1'Ad before factors, n.
    inputs: Vec<f64>,
    /// 1'Am, n.
    pub(super) imports: Vec<f64>,
    /// v, n.
    pub(super) value_added: Vec<f64>,
    /// w, n.
    pub(super) compensation: Vec<f64>,
    /// t, n.
    pub(super) product_taxes: Vec<f64>,
    /// Persons per unit of output, n.
    pub(super) jobs: Vec<f64>,
    /// The factor of each sector's labour coefficient, n.
    labour: Vec<f64>,
    /// What households earn per unit of output, n: in proportion to compensation.
    pub(super) income: Vec<f64>,
}

/// What stands below the domestic inputs of a column.
const OTHERS: usize = 4;

/// The positive parts of imports, taxes on products, compensation and other value added of a column.
#[derive(Debug, Clone, Copy)]
struct Components {
    positive: [f64; OTHERS],
}

impl Components {
    fn of(draws: &CoefficientDraws, drawn: &Drawn, j: usize) -> Self {
        let [imports, others] = &draws.negative;
        let wages = drawn.compensation[j];
        Components {
            positive: [
                drawn.imports[j] - imports[j],
                drawn.product_taxes[j],
                wages,
                drawn.value_added[j] - wages - others[j],
            ],
        }
    }

    /// Puts parts that were drawn into their places, and makes -Ad of the column's Ad.
    fn put(self, draws: &CoefficientDraws, drawn: &mut Drawn, j: usize) {
        let [imports, others] = &draws.negative;
        let [imported, taxes, wages, rest] = self.positive;
        let before = (drawn.compensation[j], drawn.value_added[j]);
        drawn.imports[j] = imported + imports[j];
        drawn.product_taxes[j] = taxes;
        drawn.compensation[j] = wages;
        drawn.value_added[j] = wages + rest + others[j];
        if let Some(income) = drawn.income.get_mut(j) {
            if before.0 > 0.0 {
                *income *= wages / before.0;
            } else if before.1 > 0.0 {
                *income *= drawn.value_added[j] / before.1;
            }
        }
        drawn.left.column_mut(j).flatten().for_each(|a| *a *= -1.0);
    }
}

impl CoefficientDraws {
    /// Of a model; `spread` of 0 where they are certain but for the split. `output` of the table is what draws that
    /// keep its totals go by.
    ///
    /// # Errors
    /// A spread that a column cannot have.
    pub(super) fn new(
        model: &Model,
        spread: f64,
        sharing: Sharing,
        output: Option<&DVector<f64>>,
    ) -> Result<Self> {
        let c = model.coefficients();
        let n = c.sectors().len();
        let sums = |m: &crate::table::Matrix| m.row_sum().iter().copied().collect();
        let how = match sharing {
            _ if spread == 0.0 => How::Certain,
            Sharing::Dirichlet => How::Dirichlet(Dirichlet::new(model, spread)?),
            Sharing::Balanced => {
                let output = output.cloned().unwrap_or_else(|| DVector::zeros(n));
                How::Balanced(Balanced::new(spread, output))
            }
            _ => How::Factors,
        };
        let zeros = || vec![0.0; n];
        let below = |rows: &mut dyn Iterator<Item = &DVector<f64>>| {
            let mut sum = zeros();
            for row in rows {
                sum.iter_mut()
                    .zip(row.iter())
                    .for_each(|(s, v)| *s += v.min(0.0));
            }
            sum
        };
        let mut imports_below: Vec<f64> = (0..n)
            .map(|j| {
                c.imported()
                    .dense()
                    .column(j)
                    .iter()
                    .map(|m| m.min(0.0))
                    .sum()
            })
            .collect();
        if let Some(not_told) = c.imports_not_told() {
            imports_below
                .iter_mut()
                .zip(not_told.iter())
                .for_each(|(s, v)| *s += v.min(0.0));
        }
        let wages = PrimaryInputRole::Compensation;
        let compensation = c
            .primary_input(wages)
            .map_or_else(zeros, |w| w.as_slice().to_vec());
        let parts = c.primary_inputs().iter();
        let mut others = parts.filter(|(role, _)| *role != wages).map(|(_, row)| row);
        let others_below = match c.primary_inputs().is_empty() {
            true => below(&mut std::iter::once(c.value_added())),
            false => below(&mut others),
        };
        Ok(CoefficientDraws {
            how,
            multipliers: Quantiles::lognormal(spread),
            sharing,
            n,
            domestic: c
                .domestic()
                .dense()
                .as_slice()
                .chunks_exact(n)
                .flat_map(|column| column.chunks(SIDE))
                .map(|four| std::array::from_fn(|at| four.get(at).copied().unwrap_or(0.0)))
                .collect(),
            inputs: sums(c.domestic()),
            imports: c.imports_per_output().as_slice().to_vec(),
            product_taxes: (c.product_taxes()).map_or_else(zeros, |t| t.as_slice().to_vec()),
            value_added: c.value_added().as_slice().to_vec(),
            compensation,
            negative: [imports_below, others_below],
            jobs: c
                .account("jobs")
                .map_or(Vec::new(), |e| e.as_slice().to_vec()),
            income: model
                .households()
                .map_or(Vec::new(), |h| h.income().as_slice().to_vec()),
        })
    }

    /// Draws coefficients, in place of those of the draw before: with what is imported more of each purchase,
    /// where the split is drawn, and as `rng` has them, where they are.
    ///
    /// # Errors
    /// Totals that are to be kept are not met.
    pub(super) fn draw(
        &self,
        split: Option<(&SplitDraws, &[f64])>,
        rng: Option<&mut impl Rng>,
        drawn: &mut Drawn,
    ) -> Result<()> {
        let n = self.n;
        drawn.left.resize(n);
        for (j, base) in self.domestic.chunks_exact(n.div_ceil(SIDE)).enumerate() {
            for (cells, base) in drawn.left.column_mut(j).zip(base) {
                *cells = *base;
            }
        }
        drawn.inputs.clone_from(&self.inputs);
        drawn.imports.clone_from(&self.imports);
        drawn.value_added.clone_from(&self.value_added);
        drawn.compensation.clone_from(&self.compensation);
        drawn.product_taxes.clone_from(&self.product_taxes);
        drawn.income.clone_from(&self.income);
        drawn.jobs.clone_from(&self.jobs);
        drawn.labour.clear();
        drawn.labour.resize(n, 1.0);
        if let Some((split, more)) = split {
            split.apply(more, drawn);
        }
        match (&self.how, rng) {
            (How::Factors, Some(rng)) => {
                self.multiply(rng, drawn);
                self.multiply_jobs(rng, drawn);
            }
            (How::Dirichlet(dirichlet), Some(rng)) => {
                dirichlet.draw(self, rng, drawn);
                self.multiply_jobs(rng, drawn);
            }
            (How::Balanced(balanced), Some(rng)) => {
                let met = balanced.draw(self, rng, drawn);
                met.ok_or_else(|| {
                    Error::invalid(said!(
                        "rows and columns do not come back to the table's totals",
                        "행과 열이 표의 합계에 맞춰지지 않습니다"
                    ))
                })?;
                self.multiply_jobs(rng, drawn);
            }
            _ => {
                for j in 0..n {
                    let cells = drawn.left.column_mut(j).flatten();
                    cells.for_each(|a| *a *= -1.0);
                }
            }
        }
        for j in 0..n {
            *drawn.left.cell_mut(j, j) += 1.0;
        }
        Ok(())
    }

    /// Makes -Ad times its factors of Ad, and lets value added take up the difference.
    fn multiply(&self, rng: &mut impl Rng, drawn: &mut Drawn) {
        let multipliers = &self.multipliers;
        // Two factors from each 64 bits; every cell has its place in the stream.
        let four = |rng: &mut _| {
            let (first, second) = (Rng::next_u64(rng), Rng::next_u64(rng));
            let bits = [first, first >> 32, second, second >> 32];
            bits.map(|bits| multipliers.draw(bits as u32))
        };
        let groups = self.n.div_ceil(SIDE);
        let of_all = [multipliers.draw(match self.sharing {
            Sharing::All => rng.next_u32(),
            _ => 0,
        }); SIDE];
        if self.sharing == Sharing::Row {
            drawn.of_rows.clear();
            drawn.of_rows.extend((0..groups).map(|_| four(rng)));
        }
        for j in 0..self.n {
            let of_column = match self.sharing {
                Sharing::Column => [multipliers.draw(rng.next_u32()); SIDE],
                _ => of_all,
            };
            let mut sums = [0.0; SIDE];
            for (group, cells) in drawn.left.column_mut(j).enumerate() {
                let multipliers = match self.sharing {
                    Sharing::Cell => four(rng),
                    Sharing::Row => drawn.of_rows[group],
                    _ => of_column,
                };
                for at in 0..SIDE {
                    // By-products (negative) stay as they are.
                    let by = if cells[at] > 0.0 {
                        multipliers[at]
                    } else {
                        1.0
                    };
                    cells[at] *= by;
                    sums[at] += cells[at];
                }
            }
            let before = drawn.value_added[j];
            let most = 1.0 - drawn.imports[j] - self.product_taxes[j] - before.min(KEPT * before);
            let mut sum: f64 = sums.iter().sum();
            let mut by = 1.0;
            if sum > most && sum > drawn.inputs[j] {
                by = most.max(drawn.inputs[j]) / sum;
                sum *= by;
            }
            drawn.value_added[j] = before - (sum - drawn.inputs[j]);
            if before > 0.0 {
                let by = drawn.value_added[j] / before;
                drawn.compensation[j] *= by;
                drawn.income.get_mut(j).into_iter().for_each(|w| *w *= by);
            }
            for cells in drawn.left.column_mut(j) {
                cells.iter_mut().for_each(|a| *a *= -by);
            }
        }
    }

    fn multiply_jobs(&self, rng: &mut impl Rng, drawn: &mut Drawn) {
        let multipliers = &self.multipliers;
        let mut of_labour = multipliers.draw(rng.next_u32());
        for at in 0..self.n {
            // A sector's labour coefficient has a factor apart from that of its inputs.
            if at > 0 && self.sharing != Sharing::All {
                of_labour = multipliers.draw(rng.next_u32());
            }
            drawn.labour[at] = of_labour;
            drawn
                .jobs
                .get_mut(at)
                .into_iter()
                .for_each(|e| *e *= of_labour);
        }
    }

    /// A measure per unit of output as a draw has it, n.
    pub(super) fn own(&self, measure: &Measure, drawn: &Drawn) -> Vec<f64> {
        match measure.id.as_str() {
            "output" => vec![1.0; self.n],
            "value_added" => drawn.value_added.clone(),
            "imports" => drawn.imports.clone(),
            "income" => drawn.compensation.clone(),
            "product_taxes" => drawn.product_taxes.clone(),
            // As other value added, of which they are a part.
            "production_taxes" => (0..self.n)
                .map(|j| measure.own[j] * self.others_by(drawn, j, measure.own[j]))
                .collect(),
            _ => {
                let factors = measure.own.iter().zip(&drawn.labour);
                factors.map(|(own, by)| own * by).collect()
            }
        }
    }

    /// What an event's output in a draw is over that in the table: of so many persons, or of so much pay, it is
    /// another where a unit of output takes more of them.
    pub(super) fn output_per_event(&self, event: EventKind, drawn: &Drawn, sector: usize) -> f64 {
        let (before, after) = match event {
            EventKind::Jobs => (&self.jobs, &drawn.jobs),
            EventKind::LabourIncome => (&self.compensation, &drawn.compensation),
            _ => return 1.0,
        };
        match (before.get(sector), after.get(sector)) {
            (Some(before), Some(after)) if *before > 0.0 && *after > 0.0 => before / after,
            _ => 1.0,
        }
    }

    /// What a draw multiplies a part of value added but compensation by.
    fn others_by(&self, drawn: &Drawn, j: usize, part: f64) -> f64 {
        let below = match self.how {
            How::Certain | How::Factors => 0.0,
            // What is negative stays.
            How::Dirichlet(_) | How::Balanced(_) if part <= 0.0 => return 1.0,
            How::Dirichlet(_) | How::Balanced(_) => self.negative[1][j],
        };
        let before = self.value_added[j] - self.compensation[j] - below;
        let after = drawn.value_added[j] - drawn.compensation[j] - below;
        if before > 0.0 { after / before } else { 1.0 }
    }
}

impl Drawn {
    /// Moves a part of what `user` buys of `product`, per unit of its output, from home to abroad: before
    /// factors are drawn.
    pub(super) fn import_more(&mut self, product: usize, user: usize, more: f64) {
        *self.left.cell_mut(product, user) -= more;
        self.inputs[user] -= more;
        self.imports[user] += more;
    }

    /// Makes `turned` of I - Ad with rows for columns: what rows are solved with.
    pub(super) fn turn(&self, turned: &mut Tiles) {
        self.left.turn(turned);
    }

    /// Solves (I - Ad) x = b for right-hand sides of n numbers each, one after the other, in place.
    /// The coefficients are used up. `None` where they are not productive.
    pub(super) fn solve(&mut self, sides: &mut [f64]) -> Option<()> {
        self.left.solve(self.value_added.len(), sides)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::AnyTable;
    use crate::uncertainty::sampler::Streams;
    use approx::assert_relative_eq;

    #[test]
    fn a_draw_is_an_economy() {
        let table = AnyTable::open("kr-2023-83").expect("built in");
        let model = Model::new(&table).expect("productive");
        let n = model.sectors().len();
        // A spread so wide that columns do have to be scaled down.
        for (spread, sharing) in [
            (0.1, Sharing::Cell),
            (1.5, Sharing::Cell),
            (0.1, Sharing::Column),
            (0.1, Sharing::Row),
            (0.1, Sharing::All),
        ] {
            let draws = CoefficientDraws::new(&model, spread, sharing, None).expect("drawn");
            let mut drawn = Drawn::default();
            let mut scaled_down = 0;
            for draw in 0..20 {
                let mut rng = Streams::new(1).coefficients(draw);
                draws.draw(None, Some(&mut rng), &mut drawn).expect("drawn");
                let left = nalgebra::DMatrix::from_fn(n, n, |i, j| *drawn.left.cell_mut(i, j));
                let inputs = nalgebra::DMatrix::identity(n, n) - &left;
                for j in 0..n {
                    let sum = inputs.column(j).sum() + draws.imports[j] + drawn.value_added[j];
                    assert_relative_eq!(sum, 1.0, epsilon = 1e-12);
                    let before = draws.value_added[j];
                    assert!(drawn.value_added[j] >= before.min(KEPT * before) - 1e-12);
                    if drawn.value_added[j] < before.min(KEPT * before) + 1e-12 {
                        scaled_down += 1;
                    }
                }
                assert!(crate::model::spectral_radius(&inputs) < 1.0);
                // v'L + m'L = 1: each won of demand is value added or imports.
                let mut x = vec![0.0; n];
                x[7] = 1.0;
                drawn.solve(&mut x).expect("productive");
                let dot = |a: &[f64]| -> f64 { a.iter().zip(&x).map(|(a, x)| a * x).sum() };
                assert_relative_eq!(
                    dot(&drawn.value_added) + dot(&draws.imports),
                    1.0,
                    epsilon = 1e-12
                );
                let mut b = nalgebra::DVector::zeros(n);
                b[7] = 1.0;
                let exact = left.lu().solve(&b).expect("regular");
                assert_relative_eq!(nalgebra::DVector::from_vec(x), exact, epsilon = 1e-12);
            }
            // Rare at a usual spread, and there to be seen at a wide one.
            let part = f64::from(scaled_down) / (20.0 * n as f64);
            assert!(
                if spread > 1.0 {
                    part > 0.05
                } else {
                    part < 0.01
                },
                "{part}"
            );
        }
    }

    #[test]
    fn cells_share_the_factor_that_is_asked_for() {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let model = Model::new(&table).expect("productive");
        let base = model.coefficients().domestic();
        // Two products that both sectors, 5 and 7, buy of others.
        let bought =
            |i: &usize| ![5, 7].contains(i) && base[(*i, 5)] > 1e-3 && base[(*i, 7)] > 1e-3;
        let mut found = (0..33).filter(bought);
        let rows = [(); 2].map(|()| found.next().expect("a product that both buy"));
        // So narrow that no column has to be scaled down.
        let factor = |sharing: Sharing| {
            let draws = CoefficientDraws::new(&model, 0.001, sharing, None).expect("drawn");
            let mut drawn = Drawn::default();
            let mut rng = Streams::new(1).coefficients(3);
            draws.draw(None, Some(&mut rng), &mut drawn).expect("drawn");
            let mut own = |i: usize, j: usize| {
                let identity = if i == j { 1.0 } else { 0.0 };
                (identity - *drawn.left.cell_mut(i, j)) / base[(i, j)]
            };
            let [a, b] = rows;
            [own(a, 5), own(b, 5), own(a, 7), own(b, 7)]
        };
        let same = |a: f64, b: f64| (a - b).abs() < 1e-9;
        // Two rows of column 5, then of column 7.
        let [a, b, c, d] = factor(Sharing::Cell);
        assert!(!same(a, b) && !same(a, c) && !same(c, d) && !same(b, d));
        let [a, b, c, d] = factor(Sharing::Column);
        assert!(same(a, b) && same(c, d) && !same(a, c));
        let [a, b, c, d] = factor(Sharing::Row);
        assert!(same(a, c) && same(b, d) && !same(a, b));
        let [a, b, c, d] = factor(Sharing::All);
        assert!(same(a, b) && same(b, c) && same(c, d) && !same(a, 1.0));
    }
}
