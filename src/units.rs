//! Scalars with their units, so that won is never taken for million won, nor a job for a job-year.

use serde::{Deserialize, Serialize};
use std::ops::{Add, AddAssign, Mul, Sub};

/// An amount of money of the table's currency, whose accessors name the scale: whole won or millions.
///
/// Inside vectors and matrices money stands in the table's own unit (million won); a scalar that
/// leaves the library is a `Money`. Files hold it in millions, as all other money of a result.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Money(f64);

impl Money {
    /// From whole units: won.
    pub const fn units(units: f64) -> Self {
        Money(units / 1e6)
    }

    /// From millions: the unit of BOK's tables.
    pub fn from_millions(millions: f64) -> Self {
        Money(millions)
    }

    /// In whole units.
    pub const fn as_units(self) -> f64 {
        self.0 * 1e6
    }

    /// In millions.
    pub fn as_millions(self) -> f64 {
        self.0
    }

    /// In billions (십억).
    pub fn as_billions(self) -> f64 {
        self.0 / 1e3
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        self.0 += other.0;
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0 - other.0)
    }
}

impl Mul<f64> for Money {
    type Output = Money;
    fn mul(self, factor: f64) -> Money {
        Money(self.0 * factor)
    }
}

impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Money>>(iter: I) -> Money {
        iter.fold(Money::default(), Add::add)
    }
}
