//! What is off, and whether a mistake would explain it.

use super::Side;
use crate::table::balance::Balance;

/// How many times the tolerance may be left when a mistake is mended: several figures are rounded.
const LEFT: f64 = 10.0;

/// How near what a mistake leaves is to what it should leave, as a share: figures in another unit are rounded.
const ROUNDED: f64 = 1e-3;

/// What is left of the residuals of a table.
#[derive(Debug, Clone)]
pub(super) struct Off {
    rows: Vec<f64>,
    columns: Vec<f64>,
    /// Empty where imports by product are not known.
    imports: Vec<f64>,
    tolerance: Vec<f64>,
}

/// What a mistake leaves: so much in the total of a sector.
pub(super) type Trace = Vec<(Side, usize, f64)>;

impl Off {
    pub(super) fn of(balance: &Balance) -> Self {
        Off {
            rows: balance.rows.clone(),
            columns: balance.columns.clone(),
            imports: balance.imports.clone().unwrap_or_default(),
            tolerance: balance.tolerance.clone(),
        }
    }

    /// The balance with what is left.
    pub(super) fn left(self, balance: &Balance) -> Balance {
        let mut left = balance.clone();
        left.imports = balance.imports.as_ref().map(|_| self.imports);
        (left.rows, left.columns) = (self.rows, self.columns);
        left
    }

    fn side(&self, side: Side) -> &[f64] {
        match side {
            Side::Rows => &self.rows,
            Side::Columns => &self.columns,
            Side::Imports => &self.imports,
        }
    }

    fn side_mut(&mut self, side: Side) -> &mut Vec<f64> {
        match side {
            Side::Rows => &mut self.rows,
            Side::Columns => &mut self.columns,
            Side::Imports => &mut self.imports,
        }
    }

    /// What the total of a sector is off by; 0 where there is no such total.
    pub(super) fn at(&self, side: Side, at: usize) -> f64 {
        self.side(side).get(at).copied().unwrap_or(0.0)
    }

    /// Whether imports by product are known.
    pub(super) fn has(&self, side: Side) -> bool {
        !self.side(side).is_empty()
    }

    /// Whether the total of a sector is off.
    pub(super) fn is_off(&self, side: Side, at: usize) -> bool {
        let is = |value: &f64| !(value.abs() <= self.tolerance[at]);
        self.side(side).get(at).is_some_and(is)
    }

    /// The totals that are off, the largest first.
    pub(super) fn list(&self, side: Side) -> Vec<usize> {
        let n = self.side(side).len();
        let mut list: Vec<usize> = (0..n).filter(|at| self.is_off(side, *at)).collect();
        let size = |at: &usize| self.at(side, *at).abs();
        list.sort_by(|a, b| size(b).total_cmp(&size(a)));
        list
    }

    /// Whether any total is off.
    pub(super) fn any(&self) -> bool {
        self.count() > 0
    }

    fn count(&self) -> usize {
        let sides = [Side::Rows, Side::Columns, Side::Imports];
        let off = |side: Side| {
            let n = self.side(side).len();
            (0..n).filter(|at| self.is_off(side, *at)).count()
        };
        sides.into_iter().map(off).sum()
    }

    pub(super) fn take(&mut self, side: Side, at: usize, amount: f64) {
        if let Some(value) = self.side_mut(side).get_mut(at) {
            *value -= amount;
        }
    }

    /// The totals of a sector, which has no place in the table.
    pub(super) fn clear(&mut self, at: usize) {
        for side in [Side::Rows, Side::Columns, Side::Imports] {
            if let Some(value) = self.side_mut(side).get_mut(at) {
                *value = 0.0;
            }
        }
    }

    /// Whether `amount` is what the total of a sector is off by, as far as rounding lets see.
    pub(super) fn is(&self, side: Side, at: usize, amount: f64) -> bool {
        self.within(side, at, amount, ROUNDED)
    }

    /// The same to the last digit: of figures that were moved as they are.
    pub(super) fn is_just(&self, side: Side, at: usize, amount: f64) -> bool {
        self.within(side, at, amount, super::SAME)
    }

    fn within(&self, side: Side, at: usize, amount: f64, share: f64) -> bool {
        let left = (self.at(side, at) - amount).abs();
        left <= (LEFT * self.tolerance[at]).max(share * amount.abs())
    }

    /// Takes off what a mistake leaves, if it explains what is off: at most one total in ten of those that were
    /// off is then still, and none that was not.
    pub(super) fn explained_by(&mut self, trace: &Trace) -> bool {
        let before = self.count();
        if before == 0 || trace.iter().all(|(.., amount)| *amount == 0.0) {
            return false;
        }
        let mut mended = self.clone();
        for &(side, at, amount) in trace {
            // What remains of rounding is nobody's fault.
            let rounding = mended.has(side) && mended.is(side, at, amount);
            mended.take(side, at, amount);
            if rounding {
                mended.side_mut(side)[at] = 0.0;
            }
        }
        let explains = mended.count() * 10 <= before;
        if explains {
            *self = mended;
        }
        explains
    }

    /// Takes off what a mistake in few lines leaves, if that is so: its first total is met, and with it nearly all
    /// of the others come nearer to 0.
    pub(super) fn partly_explained_by(&mut self, trace: &Trace, just: bool) -> bool {
        let Some(&(side, at, amount)) = trace.first() else {
            return false;
        };
        let met = match just {
            true => self.is_just(side, at, amount),
            false => self.is(side, at, amount),
        };
        if !met || amount == 0.0 {
            return false;
        }
        let (mut all, mut less) = (0.0, 0.0);
        for &(side, at, amount) in trace.iter().filter(|(side, ..)| self.has(*side)) {
            let is = self.at(side, at);
            all += amount.abs();
            less += is.abs() - (is - amount).abs();
        }
        if less < 0.9 * all {
            return false;
        }
        for &(side, at, amount) in trace
            .iter()
            .filter(|(side, ..)| self.has(*side))
            .collect::<Vec<_>>()
        {
            let rounding = self.is(side, at, amount);
            self.take(side, at, amount);
            if rounding {
                self.side_mut(side)[at] = 0.0;
            }
        }
        true
    }
}
