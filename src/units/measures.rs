//! The four headline measures side by side, so that none is an index.

use serde::{Deserialize, Serialize};
use std::ops::{Add, AddAssign, Sub};

/// Output, value added, imports and jobs: one figure each, or a row over sectors, or many draws.
///
/// Money is in the unit of what it is worked out from: millions in results, the table's own unit in
/// vectors. Jobs are persons: job-years of one-off phases, jobs of recurring ones; per unit of that
/// money in coefficients.
///
/// ```
/// use leontief::units::Measures;
///
/// let per_unit = Measures { output: 1.96, value_added: 0.86, imports: 0.14, jobs: 2e-2 };
/// let two = per_unit.map(|per| 2.0 * per);
/// assert_eq!((two + per_unit).output, 3.0 * 1.96);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Measures<T> {
    /// Gross output.
    pub output: T,
    /// Value added.
    pub value_added: T,
    /// Imports: of inputs, or of all that leaves the country where it is said so.
    pub imports: T,
    /// Persons.
    pub jobs: T,
}

impl<T> Measures<T> {
    /// Each by reference.
    pub fn as_ref(&self) -> Measures<&T> {
        Measures {
            output: &self.output,
            value_added: &self.value_added,
            imports: &self.imports,
            jobs: &self.jobs,
        }
    }

    /// Each changed alike.
    pub fn map<U>(self, mut of: impl FnMut(T) -> U) -> Measures<U> {
        Measures {
            output: of(self.output),
            value_added: of(self.value_added),
            imports: of(self.imports),
            jobs: of(self.jobs),
        }
    }

    /// Each with the same of another.
    pub fn zip_map<U, V>(self, other: Measures<U>, mut of: impl FnMut(T, U) -> V) -> Measures<V> {
        Measures {
            output: of(self.output, other.output),
            value_added: of(self.value_added, other.value_added),
            imports: of(self.imports, other.imports),
            jobs: of(self.jobs, other.jobs),
        }
    }

    /// Each, to be changed, with the same of another.
    pub fn pairs<'a, U>(&'a mut self, other: &'a Measures<U>) -> [(&'a mut T, &'a U); 4] {
        [
            (&mut self.output, &other.output),
            (&mut self.value_added, &other.value_added),
            (&mut self.imports, &other.imports),
            (&mut self.jobs, &other.jobs),
        ]
    }
}

impl Measures<f64> {
    /// Money times a factor, and persons times another.
    pub fn scaled(self, by: f64, persons: f64) -> Self {
        Measures {
            jobs: self.jobs * persons,
            ..self.map(|money| money * by)
        }
    }
}

impl<T: Add<Output = T>> Add for Measures<T> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.zip_map(other, T::add)
    }
}

impl<T: Sub<Output = T>> Sub for Measures<T> {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.zip_map(other, T::sub)
    }
}

impl AddAssign for Measures<f64> {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl std::iter::Sum for Measures<f64> {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Measures::default(), Add::add)
    }
}

/// Measures of Type I as they lie in a file beside those of all stages: `output_type1`, ....
#[derive(Serialize, Deserialize)]
#[serde(remote = "Measures<f64>")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "report", schemars(inline))]
pub(crate) struct OfType1 {
    /// Output, Type I: without what households add.
    #[serde(rename = "output_type1", default)]
    output: f64,
    /// Value added, Type I.
    #[serde(rename = "value_added_type1", default)]
    value_added: f64,
    /// What is imported at once and as inputs of production (Type I).
    #[serde(rename = "imports_type1", default)]
    imports: f64,
    /// Persons, Type I.
    #[serde(rename = "jobs_type1", default)]
    jobs: f64,
}
