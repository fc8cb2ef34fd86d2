//! Scalars with their units, so that won is never taken for million won, nor a job for a job-year.

mod measures;
mod scale;

pub use measures::Measures;
pub(crate) use measures::OfType1;
pub use scale::{Scale, billion, currency_name, million};

use serde::{Deserialize, Serialize};
use std::ops::{Add, AddAssign, Mul, Sub};

/// An amount of money of the table's currency, whose accessors name the scale: whole won or millions.
///
/// Inside vectors and matrices money stands in the table's own unit (million won); a scalar that
/// leaves the library is a `Money`. Files hold it in millions, as all other money of a result.
///
/// ```
/// use leontief::Money;
/// let capex = Money::units(1.5e12); // won
/// assert_eq!([capex.as_millions(), capex.as_billions()], [1.5e6, 1_500.0]);
/// assert_eq!(capex, Money::from_millions(1_500_000.0));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
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

/// A number with thousands separators and so many decimals; never "-0".
///
/// Both languages write it alike. `num-format` groups whole numbers only, so that rounding and sign stay with
/// the caller, at the same speed; `icu_decimal` is 26 crates for what is twenty lines.
///
/// ```
/// use leontief::units::number;
/// assert_eq!(number(1_234_567.891, 1), "1,234,567.9");
/// assert_eq!(number(-0.04, 1), "0.0");
/// ```
pub fn number(value: f64, decimals: u8) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{:.*}", usize::from(decimals), value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::with_capacity(text.len() + text.len() / 3 + 1);
    if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        grouped.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}
