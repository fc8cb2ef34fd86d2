//! Columns drawn whole: shares of what a sector spends, from a Dirichlet distribution.
//!
//! What is positive in a column, domestic inputs, imports, taxes on products and primary inputs, comes to T. Its parts
//! are T times a draw from a Dirichlet distribution with the table's shares p as mean:
//!
//! ```text
//! a_i = T g_i / sum g,   g_i gamma(k p_i),   k + 1 = (sum sqrt(p_i (1 - p_i)) / spread)²
//! ```
//!
//! so that sum p_i sd(a_i) / a_i, the mean of the coefficients of variation weighted by the coefficient, is the
//! spread: large coefficients are off by less, small ones by more. All of it holds for the sum of some parts as well,
//! so that imports are drawn as one. Negative cells stay.

use super::{CoefficientDraws, Components, Drawn};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::Model;
use crate::uncertainty::sampler::Quantiles;
use rand::Rng;

/// Below this concentration a draw is one part that takes all.
const LEAST_CONCENTRATION: f64 = 1.0;

/// How columns are drawn.
pub(super) struct Dirichlet {
    normal: Quantiles,
    /// k, n; infinite where a column has one part alone.
    concentrations: Vec<f64>,
}

impl Dirichlet {
    /// # Errors
    /// A spread that a column cannot have, with the sector and the widest that it can.
    pub(super) fn new(model: &Model, spread: f64) -> Result<Self> {
        let c = model.coefficients();
        let (domestic, imported) = (c.domestic().dense(), c.imported().dense());
        let others: Vec<_> = [c.imports_not_told(), c.product_taxes()]
            .into_iter()
            .flatten()
            .collect();
        let parts = c.primary_inputs();
        let concentration = |j: usize| {
            let mut cells: Vec<f64> = domestic.column(j).iter().copied().collect();
            cells.extend(imported.column(j).iter());
            cells.extend(others.iter().map(|row| row[j]));
            match parts.is_empty() {
                true => cells.push(c.value_added()[j]),
                false => cells.extend(parts.iter().map(|(_, row)| row[j])),
            }
            cells.retain(|cell| *cell > 0.0);
            let total: f64 = cells.iter().sum();
            let shares = cells.iter().map(|cell| cell / total);
            let sum: f64 = shares.map(|p| (p * (1.0 - p)).max(0.0).sqrt()).sum();
            if cells.len() < 2 {
                return Ok(f64::INFINITY);
            }
            let found = (sum / spread).powi(2) - 1.0;
            if found >= LEAST_CONCENTRATION {
                return Ok(found);
            }
            let sector = c.sectors().get(j);
            let (code, en, ko) = (&sector.code, &sector.name.en, &sector.name.ko);
            let most = sum / (LEAST_CONCENTRATION + 1.0).sqrt();
            Err(Error::invalid(said!(
                "a column of {code} {en} cannot be drawn with a spread of {spread}: its shares allow {most:.2} at most",
                "부문 {code} {ko}의 열은 산포 {spread}(으)로 추출할 수 없습니다. 투입 비중상 최대 {most:.2}입니다"
            )))
        };
        Ok(Dirichlet {
            normal: Quantiles::normal(),
            concentrations: (0..c.sectors().len())
                .map(concentration)
                .collect::<Result<_>>()?,
        })
    }

    /// Draws every column in place of the one that stands there; makes -Ad of Ad.
    pub(super) fn draw(&self, draws: &CoefficientDraws, rng: &mut impl Rng, drawn: &mut Drawn) {
        let mut parts = Vec::new();
        for (j, concentration) in self.concentrations.iter().enumerate() {
            let mut of = Components::of(draws, drawn, j);
            parts.clear();
            let cells = drawn.left.column_mut(j).flatten().take(draws.n);
            parts.extend(cells.map(|a| *a));
            parts.extend(of.positive);
            let total: f64 = parts.iter().filter(|part| **part > 0.0).sum();
            if concentration.is_finite() && total > 0.0 {
                let mut sum = 0.0;
                for part in parts.iter_mut().filter(|part| **part > 0.0) {
                    *part = self.gamma(concentration * *part / total, rng);
                    sum += *part;
                }
                // Never in practice: all of them so small that they are nothing.
                if sum > 0.0 {
                    for (at, part) in parts.iter().enumerate() {
                        let by = total / sum;
                        if at < draws.n {
                            let cell = drawn.left.cell_mut(at, j);
                            if *cell > 0.0 {
                                *cell = part * by;
                            }
                        } else if of.positive[at - draws.n] > 0.0 {
                            of.positive[at - draws.n] = part * by;
                        }
                    }
                }
            }
            of.put(draws, drawn, j);
        }
    }

    /// A number from the gamma distribution of a shape (Marsaglia and Tsang 2000).
    fn gamma(&self, shape: f64, rng: &mut impl Rng) -> f64 {
        let uniform = |rng: &mut _| ((Rng::next_u64(rng) >> 11) as f64 + 0.5) * 2f64.powi(-53);
        let (boosted, power) = match shape < 1.0 {
            true => (shape + 1.0, 1.0 / shape),
            false => (shape, 0.0),
        };
        let d = boosted - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        let value = loop {
            let x = self.normal.draw(rng.next_u32());
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && uniform(rng).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                break d * v;
            }
        };
        match power > 0.0 {
            true => value * uniform(rng).powf(power),
            false => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Sharing;
    use crate::table::{AnyTable, PrimaryInputRole::*, Table};
    use crate::uncertainty::coefficients::How;
    use crate::uncertainty::sampler::Streams;
    use approx::assert_relative_eq;

    /// Two sectors with a by-product (negative), imports and a loss.
    fn two() -> AnyTable {
        Table::builder("two", 2023)
            .sectors([("1", "Farms"), ("2", "Mills")])
            .domestic_flows([[20.0, 60.0], [-5.0, 40.0]])
            .imported_flows([[10.0, 0.0], [5.0, 20.0]])
            .final_demand(crate::table::FinalDemandRole::Household, [20.0, 165.0])
            .value_added(Compensation, [50.0, 60.0])
            .value_added(OperatingSurplus, [20.0, 20.0])
            .jobs([10.0, 20.0])
            .build()
            .expect("two sectors")
    }

    #[test]
    fn shares_have_the_tables_as_mean_and_the_variance_of_their_concentration() {
        let table = two();
        let model = Model::new(&table).expect("productive");
        let spread = 0.2;
        let draws = CoefficientDraws::new(&model, spread, Sharing::Dirichlet, None).expect("drawn");
        let How::Dirichlet(dirichlet) = &draws.how else {
            panic!("of another kind");
        };
        // Column 1: 20, 10, 5 abroad, 50, 20 of 105 that are positive; column 2: 60, 40, 20, 60, 20 of 200.
        let concentration = |parts: [f64; 5]| {
            let total: f64 = parts.iter().sum();
            let sum: f64 = parts
                .iter()
                .map(|p| (p / total * (1.0 - p / total)).sqrt())
                .sum();
            (sum / spread).powi(2) - 1.0
        };
        let k = [
            concentration([20.0, 10.0, 5.0, 50.0, 20.0]),
            concentration([60.0, 40.0, 20.0, 60.0, 20.0]),
        ];
        assert_relative_eq!(dirichlet.concentrations[0], k[0], max_relative = 1e-12);
        assert_relative_eq!(dirichlet.concentrations[1], k[1], max_relative = 1e-12);
        let count = 20_000;
        let mut drawn = Drawn::default();
        // Farms: own inputs, imports (15 of 105), value added (70 of 105); mills: farms, mills, imports.
        let parts = [20.0, 15.0, 70.0].map(|p| (p, 105.0, 100.0, k[0]));
        let more = [60.0, 40.0, 20.0].map(|p| (p, 200.0, 200.0, k[1]));
        let parts = [parts, more].concat();
        let mut sums = vec![[0.0; 2]; parts.len()];
        for draw in 0..count {
            let mut rng = Streams::new(1).coefficients(draw);
            draws.draw(None, Some(&mut rng), &mut drawn).expect("drawn");
            let own = 1.0 - *drawn.left.cell_mut(0, 0);
            let by_product = -*drawn.left.cell_mut(1, 0);
            assert_relative_eq!(by_product, -0.05, epsilon = 1e-15);
            let (farms, mills) = (
                -*drawn.left.cell_mut(0, 1),
                1.0 - *drawn.left.cell_mut(1, 1),
            );
            for (at, inputs) in [own + by_product, farms + mills].into_iter().enumerate() {
                let column = inputs + drawn.imports[at] + drawn.value_added[at];
                assert_relative_eq!(column, 1.0, epsilon = 1e-12);
            }
            let values = [
                own,
                drawn.imports[0],
                drawn.value_added[0],
                farms,
                mills,
                drawn.imports[1],
            ];
            for (sums, value) in sums.iter_mut().zip(values) {
                sums[0] += value;
                sums[1] += value * value;
            }
        }
        let n = f64::from(count as u32);
        for ((part, total, output, k), [sum, squares]) in parts.into_iter().zip(sums) {
            let mean = sum / n;
            let variance = squares / n - mean * mean;
            let p: f64 = part / total;
            let exact = (total / output).powi(2) * p * (1.0 - p) / (k + 1.0);
            assert!(
                (mean - part / output).abs() < 4.0 * (exact / n).sqrt(),
                "{part}: {mean}"
            );
            assert_relative_eq!(variance, exact, max_relative = 0.05);
        }
    }

    #[test]
    fn a_gamma_number_has_the_shape_as_mean_and_variance() {
        let dirichlet = Dirichlet {
            normal: Quantiles::normal(),
            concentrations: Vec::new(),
        };
        for shape in [0.05, 0.7, 1.0, 3.5, 200.0] {
            let mut rng = Streams::new(2).coefficients(0);
            let n = 40_000;
            let values: Vec<f64> = (0..n).map(|_| dirichlet.gamma(shape, &mut rng)).collect();
            let mean = values.iter().sum::<f64>() / f64::from(n);
            let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / f64::from(n);
            assert!(
                (mean - shape).abs() < 4.0 * (shape / f64::from(n)).sqrt(),
                "{shape}: {mean}"
            );
            // The kurtosis of a small shape is large: 3 + 6 / shape.
            let error = ((2.0 + 6.0 / shape) / f64::from(n)).sqrt();
            assert!(
                (variance / shape - 1.0).abs() < 4.0 * error,
                "{shape}: {variance}"
            );
        }
    }

    #[test]
    fn a_spread_that_a_column_cannot_have_is_refused_by_its_sector() {
        let model = Model::new(&two()).expect("productive");
        let error = CoefficientDraws::new(&model, 1.9, Sharing::Dirichlet, None).err();
        let said = error.expect("refused").to_string();
        assert!(
            said.contains("1 Farms") && said.contains("at most"),
            "{said}"
        );
    }
}
