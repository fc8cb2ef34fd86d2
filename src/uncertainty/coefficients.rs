//! Coefficients that are not known for certain.
//!
//! Each positive cell of Ad and each labour coefficient is multiplied by a lognormal factor whose mean is
//! 1: of its own, or shared by a column, a row or the whole table ([`Sharing`]). What a column's inputs take more is missing in its value added, so that
//! 1'Ad + 1'Am + v' = 1' holds in every draw, and with it v'L + 1'AmL = 1'.

use super::sampler::Quantiles;
use super::split::SplitDraws;
use super::tiles::{SIDE, Tiles};
use crate::model::Model;
use crate::scenario::Sharing;
use rand::Rng;

/// The part of its value added that no sector loses: inputs that would take more are scaled down.
/// With it, every column of a draw that adds value sums to less than 1: the draw is productive.
pub(super) const KEPT: f64 = 0.1;

/// The coefficients of a model, and how they are drawn.
pub(super) struct CoefficientDraws {
    /// `None` where coefficients are certain but for the split.
    multipliers: Option<Quantiles>,
    sharing: Sharing,
    n: usize,
    /// Ad, column by column; each takes up whole groups of four rows, the last ones being 0.
    domestic: Vec<[f64; SIDE]>,
    /// 1'Ad, 1'Am, v, n each.
    inputs: Vec<f64>,
    imports: Vec<f64>,
    value_added: Vec<f64>,
    /// t, n: taxes on the products used, which no draw changes.
    product_taxes: Vec<f64>,
    /// Persons per unit of output, n; empty where the table has none.
    jobs: Vec<f64>,
    /// Compensation per unit of output, n; empty in an open model.
    income: Vec<f64>,
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
    /// Persons per unit of output, n.
    pub(super) jobs: Vec<f64>,
    /// Compensation per unit of output, n: the same part of value added as in the table.
    pub(super) income: Vec<f64>,
}

impl CoefficientDraws {
    /// Of a model; `spread` of 0 where they are certain but for the split.
    pub(super) fn new(model: &Model, spread: f64, sharing: Sharing) -> Self {
        let c = model.coefficients();
        let sums = |m: &crate::table::Matrix| m.row_sum().iter().copied().collect();
        CoefficientDraws {
            multipliers: (spread > 0.0).then(|| Quantiles::lognormal(spread)),
            sharing,
            n: c.sectors().len(),
            domestic: c
                .domestic()
                .dense()
                .as_slice()
                .chunks_exact(c.sectors().len())
                .flat_map(|column| column.chunks(SIDE))
                .map(|four| std::array::from_fn(|at| four.get(at).copied().unwrap_or(0.0)))
                .collect(),
            inputs: sums(c.domestic()),
            imports: c.imports_per_output().as_slice().to_vec(),
            product_taxes: (c.product_taxes())
                .map_or_else(|| vec![0.0; c.sectors().len()], |t| t.as_slice().to_vec()),
            value_added: c.value_added().as_slice().to_vec(),
            jobs: c
                .account("jobs")
                .map_or(Vec::new(), |e| e.as_slice().to_vec()),
            income: model
                .households()
                .map_or(Vec::new(), |h| h.income().as_slice().to_vec()),
        }
    }

    /// Draws coefficients, in place of those of the draw before: with what is imported more of each purchase,
    /// where the split is drawn, and with factors from `rng`, where they are.
    pub(super) fn draw(
        &self,
        split: Option<(&SplitDraws, &[f64])>,
        rng: Option<&mut impl Rng>,
        drawn: &mut Drawn,
    ) {
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
        drawn.income.clone_from(&self.income);
        drawn.jobs.clone_from(&self.jobs);
        if let Some((split, more)) = split {
            split.apply(more, drawn);
        }
        match (&self.multipliers, rng) {
            (Some(multipliers), Some(rng)) => self.multiply(multipliers, rng, drawn),
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
    }

    /// Makes -Ad times its factors of Ad, and lets value added take up the difference.
    fn multiply(&self, multipliers: &Quantiles, rng: &mut impl Rng, drawn: &mut Drawn) {
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
                    Sharing::Column | Sharing::All => of_column,
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
            if let (Some(income), true) = (drawn.income.get_mut(j), before > 0.0) {
                *income *= drawn.value_added[j] / before;
            }
            for cells in drawn.left.column_mut(j) {
                cells.iter_mut().for_each(|a| *a *= -by);
            }
        }
        let mut of_labour = multipliers.draw(rng.next_u32());
        for (at, e) in drawn.jobs.iter_mut().enumerate() {
            // A sector's labour coefficient has a factor apart from that of its inputs.
            if at > 0 && self.sharing != Sharing::All {
                of_labour = multipliers.draw(rng.next_u32());
            }
            *e *= of_labour;
        }
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
            let draws = CoefficientDraws::new(&model, spread, sharing);
            let mut drawn = Drawn::default();
            let mut scaled_down = 0;
            for draw in 0..20 {
                let mut rng = Streams::new(1).coefficients(draw);
                draws.draw(None, Some(&mut rng), &mut drawn);
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
            let draws = CoefficientDraws::new(&model, 0.001, sharing);
            let mut drawn = Drawn::default();
            draws.draw(None, Some(&mut Streams::new(1).coefficients(3)), &mut drawn);
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
