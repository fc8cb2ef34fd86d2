//! Figures brought to totals that they do not have yet: RAS and what generalises it.
//!
//! Of all cells x that have the totals asked for, those nearest to the prior cells a are taken, nearness
//! being relative entropy,
//!
//! ```text
//! minimise  sum_k |a_k| (z_k ln z_k - z_k + 1),   z_k = x_k / a_k >= 0
//! so that   sum_k w_ck x_k = t_c   (w = 1 or -1),   least_k <= x_k <= most_k
//! ```
//!
//! so that x_k = a_k exp(s_k sum_c w_ck l_c), cut off at its bounds, with s the sign of a: nothing changes
//! its sign and a zero stays zero. The multipliers l are found total by total in turns, each exactly: with
//! P what its cells add and N what they take away, P e^l - N e^-l = t has one root.
//!
//! - With rows and columns of a matrix and no negative cell this is **RAS** (Stone 1961; Miller & Blair,
//!   3rd ed., ch. 9), with negative cells **GRAS** (Junius & Oosterhaven 2003, with the objective as Lenzen,
//!   Wood & Gallego 2007 corrected it: where the prior has its totals it is the answer; and for rows without
//!   a positive cell as Temurshoev, Miller & Bouwmeester 2013): [`ras`], [`gras`].
//! - With supply and use tables whose products' totals are not known it is **SUT-RAS** (Temurshoev & Timmer
//!   2011): [`SupplyUse::updated`](super::supply_use::SupplyUse::updated).
//! - With cells that are known or bounded, totals of any set of cells and totals that need not hold exactly it
//!   does what **KRAS** does (Lenzen, Gallego & Wood 2009): [`Balancing::fix`], [`Balancing::bound`],
//!   [`Balancing::total`], [`Balancing::loose_total`].
//!
//! What no cells can have is told apart from what takes long: [`Unbalanced::Infeasible`] names totals that
//! contradict each other, and is a proof.

mod nothing;
mod proof;

use crate::error::Error;
use crate::lang::{Text, said};
use nalgebra::{DMatrix, DVector};

/// Sweeps over all totals after which those that are not met are given up.
const MOST_SWEEPS: usize = 20_000;

/// What a total may be missed by, as a share of the sizes of its cells.
const TOLERANCE: f64 = 1e-12;

/// Cells and the totals that they are to have.
///
/// ```
/// use leontief::table::balancing::Balancing;
///
/// // Four cells in two rows, of which one is known and another is at most 3.
/// let mut balancing = Balancing::new(vec![4.0, 3.0, 3.0, 5.0])?;
/// balancing.total([0, 1], 9.0);
/// balancing.total([2, 3], 6.0);
/// balancing.fix(0, 5.0)?;
/// balancing.bound(3, 0.0, 3.0)?;
/// let balanced = balancing.solve()?;
/// assert_eq!(balanced.cells, [5.0, 4.0, 3.0, 3.0]);
/// # Ok::<(), leontief::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Balancing {
    cells: Vec<Cell>,
    totals: Vec<Total>,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    prior: f64,
    least: f64,
    most: f64,
}

impl Cell {
    fn cut(self, free: f64) -> f64 {
        free.clamp(self.least, self.most)
    }

    /// Whether it has other bounds than its sign.
    fn is_bounded(self) -> bool {
        (self.prior > 0.0 && (self.least, self.most) != (0.0, f64::INFINITY))
            || (self.prior < 0.0 && (self.least, self.most) != (f64::NEG_INFINITY, 0.0))
    }
}

#[derive(Debug, Clone)]
struct Total {
    /// Cells that are added, and those that are taken away; none of them zero for good.
    plus: Vec<usize>,
    minus: Vec<usize>,
    value: f64,
    /// c of the penalty (sum - t)^2 / 2c; 0 where it must hold.
    give: f64,
}

/// Cells that have their totals.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Balanced {
    /// In the order of the prior.
    pub cells: Vec<f64>,
    /// Sweeps over all totals that it took.
    pub sweeps: usize,
    /// The largest miss of a total that must hold, as a share of the sizes of its cells.
    pub off: f64,
}

impl Balanced {
    /// The cells as a matrix of so many rows, column by column.
    pub fn matrix(&self, rows: usize) -> DMatrix<f64> {
        let columns = self.cells.len() / rows.max(1);
        DMatrix::from_column_slice(rows, columns, &self.cells)
    }
}

/// Why cells cannot be given their totals. Totals are numbered in the order in which they were asked for; those
/// of a matrix are its rows, then its columns.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Unbalanced {
    /// No cells have these totals: those of `more` less those of `less` come to `asked`, and to `reach` at most
    /// with cells of these signs and bounds.
    Infeasible {
        /// Totals that are too large.
        more: Vec<usize>,
        /// Totals that are too small for them.
        less: Vec<usize>,
        /// What the first exceed the second by.
        asked: f64,
        /// What they can exceed them by.
        reach: f64,
    },
    /// Not there after so many sweeps, and nothing shows that it cannot be had.
    Slow {
        /// Sweeps over all totals.
        sweeps: usize,
        /// The total that is missed by most.
        total: usize,
        /// What it is missed by, in the unit of the cells.
        off: f64,
    },
    /// What is asked makes no sense.
    Invalid(Text),
}

impl Unbalanced {
    /// The same as a sentence, with the totals by their names.
    pub fn named(&self, name: impl Fn(usize) -> Text) -> Error {
        let list = |totals: &[usize]| {
            let mut named: Vec<Text> = totals.iter().take(SHOWN).map(|t| name(*t)).collect();
            if totals.len() > SHOWN {
                let rest = totals.len() - SHOWN;
                named.push(said!("{rest} more", "그 외 {rest}개"));
            }
            let join = |of: fn(&Text) -> &str| named.iter().map(of).collect::<Vec<_>>().join(", ");
            Text::new(join(|t| &t.en), join(|t| &t.ko))
        };
        Error::invalid(match self {
            Unbalanced::Invalid(text) => text.clone(),
            Unbalanced::Slow { sweeps, total, off } => {
                let Text { en, ko } = name(*total);
                said!(
                    "after {sweeps} sweeps {en} is still off by {off:.6}: it comes nearer slowly; nothing shows \
                     that the totals contradict each other",
                    "{sweeps}회 반복 후에도 {ko}의 합계가 {off:.6}만큼 어긋남: 수렴이 느리며, 합계끼리 모순된다는 \
                     증거는 없습니다"
                )
            }
            Unbalanced::Infeasible {
                more,
                less,
                asked,
                reach,
            } => {
                // A sum of nothing has no sign.
                let figure = |v: f64| {
                    let text = crate::units::number(v, 4);
                    text.trim_end_matches('0').trim_end_matches('.').to_owned()
                };
                let (least, most_of_less) = (figure(-asked), figure(-reach));
                let (asked, reach) = (figure(*asked), figure(*reach));
                match (list(more), list(less)) {
                    (Text { en, ko }, _) if less.is_empty() => said!(
                        "no such table: {en}: {asked} is asked for, and its cells come to {reach} at most",
                        "조건에 맞는 표가 없습니다: {ko}의 합계가 {asked}이어야 하나 최대 {reach}까지만 가능합니다"
                    ),
                    (_, Text { en, ko }) if more.is_empty() => said!(
                        "no such table: {en}: {least} is asked for, and its cells come to {most_of_less} at least",
                        "조건에 맞는 표가 없습니다: {ko}의 합계가 {least}이어야 하나 최소 {most_of_less} 이상입니다"
                    ),
                    (more, less) => Text::new(
                        format!(
                            "no such table: {} must exceed {} by {asked}, and with the cells that there are can \
                             by {reach} at most",
                            more.en, less.en
                        ),
                        format!(
                            "조건에 맞는 표가 없습니다: {}의 합이 {}의 합보다 {asked}만큼 커야 하나 있는 셀로는 최대 \
                             {reach}까지만 가능합니다",
                            more.ko, less.ko
                        ),
                    ),
                }
            }
        })
    }
}

/// Totals that a sentence names.
const SHOWN: usize = 8;

/// What is balanced is at most so large either way: sums and products of two such figures are finite.
const LARGEST: f64 = 1e150;

fn can_be_balanced(value: f64) -> bool {
    value.abs() <= LARGEST
}

impl From<Unbalanced> for Error {
    /// The totals by their numbers, from 1.
    fn from(why: Unbalanced) -> Self {
        why.named(|total| {
            let n = total + 1;
            said!("total {n}", "{n}번째 합계")
        })
    }
}

impl Balancing {
    /// Cells with their prior values: what is zero stays zero, what is not keeps its sign.
    ///
    /// # Errors
    /// A value that is not finite, or beyond 1e150.
    pub fn new(prior: Vec<f64>) -> Result<Self, Unbalanced> {
        if let Some(at) = prior.iter().position(|a| !can_be_balanced(*a)) {
            let n = at + 1;
            return Err(Unbalanced::Invalid(said!(
                "cell {n} of the prior is not a finite number, or beyond {LARGEST:e}",
                "{n}번째 셀의 초기값이 유한한 수가 아니거나 {LARGEST:e}을 넘습니다"
            )));
        }
        let cell = |prior: f64| Cell {
            prior,
            least: if prior < 0.0 { f64::NEG_INFINITY } else { 0.0 },
            most: if prior > 0.0 { f64::INFINITY } else { 0.0 },
        };
        Ok(Balancing {
            cells: prior.into_iter().map(cell).collect(),
            totals: Vec::new(),
        })
    }

    /// A matrix and the totals of its rows and columns; cell (i, j) has the number i + j x rows.
    ///
    /// # Errors
    /// Totals of another number of rows or columns; values that are not finite; rows that come to another sum
    /// than columns.
    pub fn of_matrix(
        prior: &DMatrix<f64>,
        rows: &DVector<f64>,
        columns: &DVector<f64>,
    ) -> Result<Self, Unbalanced> {
        let (n, m) = prior.shape();
        let (r, c) = (rows.len(), columns.len());
        if (r, c) != (n, m) {
            return Err(Unbalanced::Invalid(said!(
                "a matrix of {n} x {m} needs as many totals, not {r} and {c}",
                "{n} x {m} 행렬에 행 합계 {r}개, 열 합계 {c}개가 주어졌습니다"
            )));
        }
        let mut balancing = Balancing::new(prior.as_slice().to_vec())?;
        for i in 0..n {
            balancing.total((0..m).map(|j| i + j * n), rows[i]);
        }
        for j in 0..m {
            balancing.total((0..n).map(|i| i + j * n), columns[j]);
        }
        let (by_rows, by_columns) = (rows.sum(), columns.sum());
        let size = rows.abs().sum() + columns.abs().sum();
        if (by_rows - by_columns).abs() > SUMS_AGREE * size {
            return Err(Unbalanced::Invalid(said!(
                "the rows add up to {by_rows}, the columns to {by_columns}: they must agree",
                "행 합계의 총합({by_rows})과 열 합계의 총합({by_columns})이 다릅니다"
            )));
        }
        Ok(balancing)
    }

    /// A cell that is known.
    ///
    /// # Errors
    /// A value that is not finite; a cell that there is not.
    pub fn fix(&mut self, cell: usize, value: f64) -> Result<(), Unbalanced> {
        self.bound(cell, value, value)
    }

    /// A cell that is at least and at most so much, beside its sign.
    ///
    /// # Errors
    /// Bounds that cross or hold no number; a cell that there is not.
    pub fn bound(&mut self, cell: usize, least: f64, most: f64) -> Result<(), Unbalanced> {
        let (number, cells) = (cell + 1, self.cells.len());
        let Some(cell) = self.cells.get_mut(cell) else {
            return Err(Unbalanced::Invalid(said!(
                "there is no cell {number}: there are {cells}",
                "{number}번째 셀이 없습니다. 셀은 {cells}개입니다"
            )));
        };
        if !(least <= most) || least == f64::INFINITY || most == f64::NEG_INFINITY {
            return Err(Unbalanced::Invalid(said!(
                "cell {number} cannot be at least {least} and at most {most}",
                "{number}번째 셀의 하한({least})과 상한({most})이 맞지 않습니다"
            )));
        }
        (cell.least, cell.most) = (least, most);
        if least == most {
            cell.prior = least;
        }
        Ok(())
    }

    /// Cells whose sum must be so much.
    pub fn total(&mut self, cells: impl IntoIterator<Item = usize>, value: f64) {
        self.difference(cells, [], value);
    }

    /// Cells whose sum must be greater than that of others by so much: supply and use by 0.
    pub fn difference(
        &mut self,
        plus: impl IntoIterator<Item = usize>,
        minus: impl IntoIterator<Item = usize>,
        value: f64,
    ) {
        self.totals.push(Total {
            plus: plus.into_iter().collect(),
            minus: minus.into_iter().collect(),
            value,
            give: 0.0,
        });
    }

    /// Cells whose sum need not be so much exactly: `looseness` is how uncertain it is against the cells that it is
    /// the sum of, 1 as much as they are, 0 not at all. It settles what contradicts each other.
    pub fn loose_total(
        &mut self,
        cells: impl IntoIterator<Item = usize>,
        value: f64,
        looseness: f64,
    ) {
        self.total(cells, value);
        if let Some(total) = self.totals.last_mut() {
            total.give = looseness * value.abs();
        }
    }

    /// The cells nearest to the prior that have the totals.
    ///
    /// # Errors
    /// [`Unbalanced`]; a total that is not a finite number or of a cell that there is not.
    pub fn solve(&self) -> Result<Balanced, Unbalanced> {
        let totals = self.checked_totals()?;
        if let Some(rest) = self.with_nothing_where_nothing_can_be() {
            return rest.solve();
        }
        self.within_reach(&totals)?;
        let mut free: Vec<f64> = self.cells.iter().map(|c| c.prior).collect();
        let mut multipliers = vec![0.0; totals.len()];
        let mut before = multipliers.clone();
        let mut look_at = 64;
        let mut worst = (0, 0.0, 0.0);
        for sweep in 1..=MOST_SWEEPS {
            worst = (0, 0.0, 0.0);
            for (at, total) in totals.iter().enumerate() {
                let (off, size) = self.meet(total, &mut free, &mut multipliers[at]);
                let share = off.abs() / size;
                if off != 0.0 && !(share <= worst.1) {
                    worst = (at, share, off.abs());
                }
            }
            if worst.1 <= TOLERANCE {
                let cells = self.cells.iter().zip(&free);
                return Ok(Balanced {
                    cells: cells.map(|(cell, free)| cell.cut(*free)).collect(),
                    sweeps: sweep,
                    off: worst.1,
                });
            }
            // Multipliers that run away point at what contradicts each other.
            if sweep == look_at {
                look_at *= 2;
                let rise = multipliers
                    .iter()
                    .zip(&before)
                    .map(|(now, then)| now - then);
                let rise: Vec<f64> = rise.collect();
                if let Some(proof) = self.contradiction(&totals, &rise) {
                    return Err(proof);
                }
                before.clone_from(&multipliers);
            }
        }
        Err(Unbalanced::Slow {
            sweeps: MOST_SWEEPS,
            total: worst.0,
            off: worst.2,
        })
    }

    /// The totals without cells that are zero for good.
    fn checked_totals(&self) -> Result<Vec<Total>, Unbalanced> {
        let mut totals = Vec::with_capacity(self.totals.len());
        for (at, total) in self.totals.iter().enumerate() {
            let all = || total.plus.iter().chain(&total.minus);
            let lost = all().any(|cell| *cell >= self.cells.len());
            if lost
                || !can_be_balanced(total.value)
                || !(total.give >= 0.0 && total.give.is_finite())
            {
                let n = at + 1;
                return Err(Unbalanced::Invalid(said!(
                    "total {n} is of a cell that there is not, or not a finite number, or beyond {LARGEST:e}",
                    "{n}번째 합계에 없는 셀이 있거나, 값이 유한한 수가 아니거나 {LARGEST:e}을 넘습니다"
                )));
            }
            let free = |cells: &[usize]| -> Vec<usize> {
                let kept = cells.iter().filter(|cell| self.cells[**cell].prior != 0.0);
                kept.copied().collect()
            };
            totals.push(Total {
                plus: free(&total.plus),
                minus: free(&total.minus),
                ..*total
            });
        }
        Ok(totals)
    }

    /// Brings the cells of a total to it; returns what it was missed by, and the size of its cells.
    fn meet(&self, total: &Total, free: &mut [f64], multiplier: &mut f64) -> (f64, f64) {
        let mut bounded = total.give > 0.0;
        // What grows with e^l, and what shrinks.
        let (mut up, mut down) = (0.0, 0.0);
        for (cell, sign) in total.members() {
            let value = self.cells[cell].cut(free[cell]);
            bounded |= self.cells[cell].is_bounded();
            match sign * value > 0.0 {
                true => up += sign * value,
                false => down -= sign * value,
            }
        }
        let off = total.value - (up - down) - total.give * *multiplier;
        let size = (up + down).max(total.value.abs()).max(f64::MIN_POSITIVE);
        if off == 0.0 {
            return (0.0, size);
        }
        let step = match bounded {
            true => self.bounded_step(total, free, *multiplier),
            false => root(up, down, total.value),
        };
        *multiplier += step;
        let (grow, shrink) = (step.exp(), (-step).exp());
        for (cell, sign) in total.members() {
            free[cell] *= match sign * self.cells[cell].prior > 0.0 {
                true => grow,
                false => shrink,
            };
        }
        (off, size)
    }

    /// The step of the multiplier that meets a total some of whose cells are cut off: Newton's, kept between what
    /// is known to be too little and too much.
    fn bounded_step(&self, total: &Total, free: &[f64], multiplier: f64) -> f64 {
        let at = |step: f64| {
            let (grow, shrink) = (step.exp(), (-step).exp());
            let (mut gap, mut slope) = (total.give * (multiplier + step) - total.value, total.give);
            for (cell, sign) in total.members() {
                let factor = match sign * self.cells[cell].prior > 0.0 {
                    true => grow,
                    false => shrink,
                };
                let moved = free[cell] * factor;
                let value = self.cells[cell].cut(moved);
                gap += sign * value;
                if value == moved {
                    slope += moved.abs();
                }
            }
            (gap, slope)
        };
        let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
        let mut step = 0.0_f64;
        for _ in 0..200 {
            let (gap, slope) = at(step);
            if gap == 0.0 || step.abs() > FARTHEST {
                break;
            }
            match gap > 0.0 {
                true => high = step,
                false => low = step,
            }
            let mut next = step - (gap / slope).clamp(-3.0, 3.0);
            // Where all cells are cut off, or beyond what is known.
            if !(next > low && next < high) {
                next = match (low.is_finite(), high.is_finite()) {
                    (true, true) => 0.5 * (low + high),
                    (true, false) => low + 1.0,
                    (false, _) => high - 1.0,
                };
            }
            if next == step {
                break;
            }
            step = next;
        }
        step
    }
}

/// Multipliers beyond this make cells of nothing, or of everything.
const FARTHEST: f64 = 700.0;

/// The sums of rows and of columns agree within this share of all of them.
const SUMS_AGREE: f64 = 1e-10;

impl Total {
    fn members(&self) -> impl Iterator<Item = (usize, f64)> {
        let plus = self.plus.iter().map(|cell| (*cell, 1.0));
        plus.chain(self.minus.iter().map(|cell| (*cell, -1.0)))
    }
}

/// l of up e^l - down e^-l = value.
fn root(up: f64, down: f64, value: f64) -> f64 {
    let r = (value * value + 4.0 * up * down).sqrt();
    let grow = match (up > 0.0, value >= 0.0) {
        (true, true) => (value + r) / (2.0 * up),
        // The same without the difference of two that are nearly equal.
        (_, false) => 2.0 * down / (r - value),
        (false, true) => f64::INFINITY,
    };
    grow.ln().clamp(-FARTHEST, FARTHEST)
}

/// A matrix without negative cells with the totals of its rows and columns (RAS): r^ A s^.
///
/// ```
/// use leontief::table::balancing::ras;
/// use nalgebra::{dmatrix, dvector};
///
/// let balanced = ras(&dmatrix![5.0, 1.0; 2.0, 4.0], &dvector![10.0, 8.0], &dvector![11.0, 7.0])?;
/// let expected = dmatrix![8.333333, 1.666667; 2.666667, 5.333333];
/// assert!((balanced.matrix(2) - expected).amax() < 1e-6);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// A negative cell or total, which [`gras`] takes; as [`Balancing::of_matrix`] and [`Balancing::solve`].
pub fn ras(
    prior: &DMatrix<f64>,
    rows: &DVector<f64>,
    columns: &DVector<f64>,
) -> Result<Balanced, Unbalanced> {
    if let Some(cell) = prior.iter().find(|cell| **cell < 0.0) {
        return Err(Unbalanced::Invalid(said!(
            "RAS is of cells of 0 and more, and one is {cell}: GRAS takes it",
            "RAS는 음수가 아닌 셀만 다룹니다({cell}). GRAS를 쓰십시오"
        )));
    }
    gras(prior, rows, columns)
}

/// A matrix with the totals of its rows and columns (GRAS): a_ij r_i s_j where a is positive, a_ij / (r_i s_j) where
/// it is negative.
///
/// ```
/// use leontief::table::balancing::gras;
/// use nalgebra::{dmatrix, dvector};
///
/// let prior = dmatrix![4.0, -1.0; 2.0, 3.0];
/// // Where the prior has its totals, it is the answer.
/// let same = gras(&prior, &dvector![3.0, 5.0], &dvector![6.0, 2.0])?;
/// assert!((same.matrix(2) - &prior).amax() < 1e-12);
/// let more = gras(&prior, &dvector![4.0, 6.0], &dvector![7.0, 3.0])?.matrix(2);
/// assert!(more[(0, 1)] < 0.0 && (more.row(0).sum() - 4.0).abs() < 1e-9);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// As [`Balancing::of_matrix`] and [`Balancing::solve`].
pub fn gras(
    prior: &DMatrix<f64>,
    rows: &DVector<f64>,
    columns: &DVector<f64>,
) -> Result<Balanced, Unbalanced> {
    Balancing::of_matrix(prior, rows, columns)?.solve()
}

#[cfg(test)]
mod tests;
