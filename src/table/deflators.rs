//! Price indices of the sectors' output by year: `deflators.csv`.

use nalgebra::DMatrix;
use std::ops::RangeInclusive;

/// A table's own price indices: for each year one index a sector, and one of the economy as a whole.
///
/// ```
/// let table = leontief::AnyTable::open("kr-2023-33")?;
/// let deflators = table.deflators().expect("it has some");
/// // Construction for 100 in 2020 costs 114.0 in 2023.
/// let construction = table.sectors().find("건설")?;
/// assert!((deflators.factor(Some(construction), 2020, 2023) - 1.140005).abs() < 1e-4);
/// # Ok::<(), leontief::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Deflators {
    first: i32,
    /// n + 1 rows, the last of which is of the economy as a whole, by year.
    indices: DMatrix<f64>,
}

impl Deflators {
    /// Indices from a first year on: a row a sector and a last one of the economy as a whole, a column
    /// a year; `None` where there is no row or no column, or an index is not above zero.
    pub fn new(first: i32, indices: DMatrix<f64>) -> Option<Self> {
        let above_zero = |index: &f64| index.is_finite() && *index > 0.0;
        (!indices.is_empty() && indices.iter().all(above_zero))
            .then_some(Deflators { first, indices })
    }

    /// The years that there are indices of.
    pub fn years(&self) -> RangeInclusive<i32> {
        self.first..=self.first + self.indices.ncols() as i32 - 1
    }

    /// One row a sector and a last one of the economy as a whole, by year.
    pub fn indices(&self) -> &DMatrix<f64> {
        &self.indices
    }

    /// What an amount in the prices of one year is multiplied by for those of another: the index of
    /// `to` over that of `from`, of a sector or of the economy as a whole. A year outside
    /// [`Deflators::years`] takes the nearest of them.
    ///
    /// ```
    /// use leontief::table::Deflators;
    /// use nalgebra::DMatrix;
    /// // One sector and the economy as a whole, 2020 and 2021.
    /// let indices = DMatrix::from_row_slice(2, 2, &[100.0, 125.0, 100.0, 110.0]);
    /// let prices = Deflators::new(2020, indices).expect("all above zero");
    /// assert_eq!(prices.factor(Some(0), 2021, 2020), 0.8);
    /// assert_eq!(prices.factor(None, 2020, 2030), 1.1); // the last year known
    /// ```
    pub fn factor(&self, sector: Option<usize>, from: i32, to: i32) -> f64 {
        let whole = self.indices.nrows() - 1;
        let row = sector.filter(|s| *s < whole).unwrap_or(whole);
        let index = |year: i32| {
            let (first, last) = (*self.years().start(), *self.years().end());
            self.indices[(row, (year.clamp(first, last) - first) as usize)]
        };
        index(to) / index(from)
    }
}
