//! Location quotients: how much of what a sector needs of a product its region can make itself.
//!
//! With x the size of a sector (output, here that of the region's share of the nation), r the region, n the
//! nation, i the supplying and j the using sector:
//!
//! | quotient | formula | from |
//! | --- | --- | --- |
//! | SLQ | (x_i^r / x^r) / (x_i^n / x^n) | Miller & Blair, 3rd ed., ch. 8 |
//! | PLQ | the same, x^r and x^n being of the users of i alone | Miller & Blair, ch. 8 (purchases only) |
//! | CILQ | SLQ_i / SLQ_j; SLQ_i where i = j | Miller & Blair, ch. 8; Flegg & Tohmo (2013) |
//! | RLQ | SLQ_i / log2(1 + SLQ_j) | Round (1978), "semi-logarithmic" |
//! | FLQ | CILQ (log2(1 + x^r / x^n))^delta | Flegg & Webber (1997), Flegg & Tohmo (2013) |
//! | AFLQ | FLQ log2(1 + SLQ_j) where SLQ_j > 1 | Flegg & Webber (2000), Flegg, Mastronardi & Romero (2016) |
//!
//! A trade coefficient is the quotient, at most 1.

use crate::error::{Error, Result};
use crate::lang::said;
use crate::table::Matrix;
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// A location quotient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum Quotient {
    /// Simple: the share of the product in the region over its share in the nation.
    Slq,
    /// Purchases only: the same among those that use the product.
    Plq,
    /// Cross-industry: that of the supplying over that of the using sector.
    Cilq,
    /// Round's: semi-logarithmic.
    Rlq,
    /// Flegg's: cross-industry, less in small regions.
    Flq,
    /// Flegg's, augmented: more where the using sector is specialised.
    Aflq,
}

impl Quotient {
    /// All of them, the simplest first.
    pub const ALL: [Quotient; 6] = [
        Quotient::Slq,
        Quotient::Plq,
        Quotient::Cilq,
        Quotient::Rlq,
        Quotient::Flq,
        Quotient::Aflq,
    ];

    /// Its name: "FLQ".
    pub fn name(self) -> &'static str {
        match self {
            Quotient::Slq => "SLQ",
            Quotient::Plq => "PLQ",
            Quotient::Cilq => "CILQ",
            Quotient::Rlq => "RLQ",
            Quotient::Flq => "FLQ",
            Quotient::Aflq => "AFLQ",
        }
    }

    /// Whether it has a delta.
    pub fn has_delta(self) -> bool {
        matches!(self, Quotient::Flq | Quotient::Aflq)
    }
}

/// A quotient with its delta.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Method {
    /// The quotient.
    pub quotient: Quotient,
    /// How strongly a small region buys elsewhere, in `[0, 1)`; `None` for a quotient without it.
    pub delta: Option<f64>,
}

/// The one nearest to the Bank of Korea's regional multipliers of 2020: docs/regionalize.md.
impl Default for Method {
    fn default() -> Self {
        Method {
            quotient: Quotient::Aflq,
            delta: Some(Self::DELTA),
        }
    }
}

impl Method {
    /// The delta where none is given.
    pub const DELTA: f64 = 0.4;

    /// A quotient with a delta, [`Method::DELTA`] where it needs one and none is given.
    ///
    /// # Errors
    /// A delta outside `[0, 1)`, or of a quotient that has none.
    pub fn new(quotient: Quotient, delta: Option<f64>) -> Result<Self> {
        let name = quotient.name();
        let delta = match (quotient.has_delta(), delta) {
            (false, None) => None,
            (false, Some(_)) => {
                return Err(Error::invalid(said!(
                    "{name} has no delta: FLQ and AFLQ have one",
                    "{name}에는 delta가 없습니다. delta는 FLQ와 AFLQ에만 쓰입니다"
                )));
            }
            (true, delta) => Some(delta.unwrap_or(Self::DELTA)),
        };
        match delta {
            Some(d) if !(0.0..1.0).contains(&d) => Err(Error::invalid(said!(
                "delta is {d}: it lies from 0 to below 1, mostly between 0.1 and 0.4",
                "delta가 {d}입니다. 0 이상 1 미만이어야 하며 보통 0.1~0.4입니다"
            ))),
            delta => Ok(Method { quotient, delta }),
        }
    }

    /// The part of the needs of each using sector (column) of each product (row) that a region meets itself,
    /// n x n, in `[0, 1]`: of sizes by sector in the region and in the nation, and of the inputs that say who
    /// uses what.
    ///
    /// ```
    /// use leontief::analysis::regionalize::{Method, Quotient};
    /// use leontief::table::Matrix;
    /// use nalgebra::{dmatrix, dvector};
    ///
    /// let (region, nation) = (dvector![30.0, 10.0], dvector![100.0, 300.0]);
    /// let inputs = Matrix::from(dmatrix![0.1, 0.2; 0.3, 0.1]);
    /// let flq = Method::new(Quotient::Flq, Some(0.25))?;
    /// let own = flq.trade_coefficients(&region, &nation, &inputs);
    /// // SLQ = (3, 1/3); lambda = log2(1.1)^0.25 = 0.6090: 1/9 of it of product 2 for sector 1.
    /// assert!((own[(1, 0)] - 0.067661).abs() < 1e-6);
    /// assert_eq!(own[(0, 1)], 1.0);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Panics
    /// If the vectors and the inputs are not of the same n.
    pub fn trade_coefficients(
        &self,
        region: &DVector<f64>,
        nation: &DVector<f64>,
        inputs: &Matrix,
    ) -> DMatrix<f64> {
        let n = region.len();
        assert_eq!((nation.len(), inputs.shape()), (n, (n, n)), "one n");
        let over = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        let size = over(region.sum(), nation.sum());
        let slq = DVector::from_fn(n, |i, _| over(over(region[i], nation[i]), size));
        let of_users = match self.quotient {
            Quotient::Plq => purchases_only(region, nation, inputs),
            _ => slq.clone(),
        };
        let small = self
            .delta
            .map_or(1.0, |delta| (1.0 + size).log2().powf(delta));
        let cross = |i: usize, j: usize| match i == j {
            true => slq[i],
            false => over(slq[i], slq[j]),
        };
        let log = |j: usize| (1.0 + slq[j]).log2();
        DMatrix::from_fn(n, n, |i, j| {
            let quotient = match self.quotient {
                Quotient::Slq | Quotient::Plq => of_users[i],
                Quotient::Cilq => cross(i, j),
                Quotient::Rlq => over(slq[i], log(j)),
                Quotient::Flq => cross(i, j) * small,
                Quotient::Aflq if slq[j] > 1.0 => (cross(i, j) * small).min(1.0) * log(j),
                Quotient::Aflq => cross(i, j) * small,
            };
            quotient.min(1.0)
        })
    }
}

/// SLQ among those that use the product alone, n.
fn purchases_only(region: &DVector<f64>, nation: &DVector<f64>, inputs: &Matrix) -> DVector<f64> {
    let n = region.len();
    let (mut there, mut all) = (DVector::zeros(n), DVector::zeros(n));
    inputs.for_each(|i, j, input| {
        if input > 0.0 {
            there[i] += region[j];
            all[i] += nation[j];
        }
    });
    let over = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    DVector::from_fn(n, |i, _| {
        over(over(region[i], nation[i]), over(there[i], all[i]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::{dmatrix, dvector};

    /// Region 12 of 100: SLQ = (1.25, 0.5, 2.5) exactly; users of product 3 are sector 2 alone.
    fn three() -> (DVector<f64>, DVector<f64>, Matrix) {
        let region = dvector![6.0, 3.0, 3.0];
        let nation = dvector![40.0, 50.0, 10.0];
        let inputs = Matrix::from(dmatrix![0.1, 0.2, 0.0; 0.0, 0.1, 0.3; 0.0, 0.4, 0.0]);
        (region, nation, inputs)
    }

    fn own(quotient: Quotient, delta: Option<f64>) -> DMatrix<f64> {
        let (region, nation, inputs) = three();
        let method = Method::new(quotient, delta).expect("a method");
        method.trade_coefficients(&region, &nation, &inputs)
    }

    #[test]
    fn quotients_are_those_of_their_formulas() {
        let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-12, "{found}");
        let slq = own(Quotient::Slq, None);
        assert_eq!((slq[(0, 1)], slq[(1, 0)], slq[(1, 2)]), (1.0, 0.5, 0.5));
        // Users of product 3 are sector 2 alone: (3/10) / (3/50) is 5; of product 2, sectors 2 and 3: .06 / .1.
        let plq = own(Quotient::Plq, None);
        near(plq[(2, 0)], 1.0);
        near(plq[(1, 0)], 0.6);
        let cilq = own(Quotient::Cilq, None);
        near(cilq[(1, 0)], 0.4);
        near(cilq[(0, 2)], 0.5);
        near(cilq[(1, 1)], 0.5);
        assert_eq!(cilq[(0, 1)], 1.0);
        near(own(Quotient::Rlq, None)[(1, 2)], 0.5 / 3.5_f64.log2());
        let lambda = 1.12_f64.log2().powf(0.3);
        near(own(Quotient::Flq, Some(0.3))[(1, 2)], 0.2 * lambda);
        let aflq = own(Quotient::Aflq, Some(0.3));
        near(aflq[(1, 2)], 0.2 * lambda * 3.5_f64.log2());
        near(aflq[(1, 1)], 0.5 * lambda);
    }

    #[test]
    fn a_delta_that_cannot_be_is_refused() {
        assert!(Method::new(Quotient::Slq, Some(0.2)).is_err());
        for delta in [-0.1, 1.0, f64::NAN] {
            assert!(Method::new(Quotient::Flq, Some(delta)).is_err());
        }
        assert_eq!(
            Method::new(Quotient::Flq, None).expect("one").delta,
            Some(Method::DELTA)
        );
    }

    #[test]
    fn with_a_delta_of_nothing_flegg_is_cross_industry() {
        assert_eq!(own(Quotient::Flq, Some(0.0)), own(Quotient::Cilq, None));
    }
}
