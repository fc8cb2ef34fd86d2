//! The numbers of several draws side by side, so that a formula is walked once for all of them.

use crate::scenario::formula::Number;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// How many draws are worked out side by side.
pub(super) const WIDTH: usize = 32;

/// One number for each of [`WIDTH`] draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lanes(pub(super) [f64; WIDTH]);

impl Default for Lanes {
    fn default() -> Self {
        Lanes::ZERO
    }
}

impl Lanes {
    pub(super) const ZERO: Lanes = Lanes([0.0; WIDTH]);

    /// The number of all draws, where they do not differ.
    pub(super) fn uniform(&self) -> Option<f64> {
        let first = self.0[0];
        self.0.iter().all(|v| *v == first).then_some(first)
    }

    pub(super) fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Lanes(self.0.map(f))
    }

    /// Adds a number times the numbers of `other`.
    pub(super) fn add_scaled(&mut self, by: f64, other: &Lanes) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own += by * other;
        }
    }
}

impl Lanes {
    /// Adds a product, without a copy of either.
    pub(super) fn add_product(&mut self, a: &Lanes, b: &Lanes) {
        for ((own, a), b) in self.0.iter_mut().zip(&a.0).zip(&b.0) {
            *own += a * b;
        }
    }
}

impl Number for Lanes {
    fn constant(value: f64) -> Self {
        Lanes([value; WIDTH])
    }

    fn find(self, test: impl Fn(f64) -> bool) -> Option<f64> {
        // Without a way out in the middle the loop runs over several lanes at once.
        let any = self.0.iter().fold(false, |any, v| any | test(*v));
        any.then(|| self.0.into_iter().find(|v| test(*v))).flatten()
    }

    fn max(mut self, other: Self) -> Self {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own = own.max(*other);
        }
        self
    }
}

macro_rules! lane_by_lane {
    ($($trait:ident $method:ident $operator:tt;)+) => {$(
        impl $trait for Lanes {
            type Output = Lanes;
            fn $method(mut self, other: Lanes) -> Lanes {
                for (own, other) in self.0.iter_mut().zip(&other.0) {
                    *own $operator *other;
                }
                self
            }
        }
    )+};
}
lane_by_lane! {
    Add add +=;
    Sub sub -=;
    Mul mul *=;
    Div div /=;
}

impl Neg for Lanes {
    type Output = Lanes;
    fn neg(self) -> Lanes {
        self.map(|v| -v)
    }
}

impl AddAssign<&Lanes> for Lanes {
    fn add_assign(&mut self, other: &Lanes) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own += other;
        }
    }
}
