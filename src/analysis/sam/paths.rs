//! Structural paths between two accounts with their multipliers (Defourny & Thorbecke 1984, Economic Journal 94).
//!
//! An elementary path visits no account twice. Of a unit paid into its origin i it brings to its destination j
//!
//! ```text
//! direct influence   the product of the propensities along it
//! path multiplier    M_p = D_p / D, the determinants of I - S without its accounts and as it is:
//!                    what the circuits beside it add at each of its accounts
//! total influence    both multiplied; over all elementary paths they add up to the global influence m_ji
//! ```
//!
//! By Jacobi's identity D_p / D is the determinant of the rows and columns of M of the accounts of the path alone,
//! so that no large determinant is taken. And all paths that begin with the accounts Q, l the last, come to
//!
//! ```text
//! direct influence of Q  x  det M_QQ  x  sum_u s_ul (m_ju - M_jQ M_QQ^-1 M_Qu)
//! ```
//!
//! exactly, which is what a search best first is led by: the paths found are the largest there are, and what is
//! left out is known. Where S has negative entries (by-products, losses) it is led by the same of |S|, which no
//! path exceeds.

use super::system::System;
use super::{Provenance, SamAccount, SamOptions};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::table::{AnyTable, SectorName};
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

/// The structural paths from an account to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SamPaths {
    /// The table behind it.
    pub provenance: Provenance,
    /// The sectors, n.
    pub sectors: Vec<SectorName>,
    /// What is assumed of households.
    pub assumed: SamOptions,
    /// The share of their income that they spend.
    pub share_spent: f64,
    /// The account that a unit is paid into.
    pub from: SamAccount,
    /// The account that receives of it.
    pub to: SamAccount,
    /// m_ji: all paths together.
    pub global: f64,
    /// The paths found, the largest total influence first.
    pub paths: Vec<SamPath>,
    /// The global influence less that of the paths found.
    pub remainder: f64,
}

/// An elementary path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SamPath {
    /// From the origin to the destination.
    pub accounts: Vec<SamAccount>,
    /// Direct influence: the product of its propensities.
    pub direct: f64,
    /// M_p.
    pub multiplier: f64,
    /// Total influence.
    pub total: f64,
}

/// The least total influence that is listed, as a share of the global one.
const LEAST_SHARE: f64 = 1e-6;

impl SamPaths {
    /// The paths of largest total influence, up to `limit` and a millionth of the global influence.
    ///
    /// ```
    /// use leontief::AnyTable;
    /// use leontief::analysis::sam::{SamAccount, SamOptions, SamPaths};
    ///
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let from = SamAccount::Sector(table.sectors().find("건설")?);
    /// let paths = SamPaths::of(&table, SamOptions::default(), from, SamAccount::Households, 20)?;
    /// // Construction pays its own employees, and they are of a household.
    /// assert_eq!(paths.paths[0].accounts, [from, SamAccount::Labour, SamAccount::Households]);
    /// assert!(paths.covered().expect("it pays") > 0.7);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Sam::of`](super::Sam::of); an account that is not endogenous; a table whose negative entries are as
    /// large as its payments.
    pub fn of(
        table: &AnyTable,
        assumed: SamOptions,
        from: SamAccount,
        to: SamAccount,
        limit: usize,
    ) -> Result<Self> {
        let flows = table.flows(said!("a social accounting matrix", "사회계정행렬(SAM)"))?;
        let system = System::of(table, flows, assumed)?;
        let position = |account: SamAccount| {
            system.position(account).ok_or_else(|| {
                let id = account.id();
                Error::invalid(said!(
                    "'{id}' is no endogenous account here: paths lead between sectors, factors and households",
                    "'{id}'은(는) 내생 계정이 아닙니다. 경로는 부문, 생산요소, 가계 사이에서만 구합니다"
                ))
            })
        };
        let (i, j) = (position(from)?, position(to)?);
        let sized = system.by_size()?;
        let mut exact = Led::new(&system, j);
        let mut bound = sized.as_ref().map(|sized| Led::new(sized, j));
        let paths = search(&mut exact, bound.as_mut(), i, limit);
        let global = exact.to_destination[i];
        let listed: f64 = paths.iter().map(|path| path.total).sum();
        Ok(SamPaths {
            provenance: Provenance::of(table.meta()),
            sectors: SectorName::all(table.sectors()),
            assumed,
            share_spent: system.share_spent,
            from,
            to,
            global,
            paths,
            remainder: global - listed,
        })
    }

    /// The share of the global influence that the paths found have; `None` where there is none.
    pub fn covered(&self) -> Option<f64> {
        (self.global != 0.0).then(|| 1.0 - self.remainder / self.global)
    }
}

/// A system on the way to one account.
struct Led<'s> {
    system: &'s System,
    to: usize,
    to_destination: DVector<f64>,
    rows: HashMap<usize, DVector<f64>>,
}

impl<'s> Led<'s> {
    fn new(system: &'s System, to: usize) -> Self {
        Led {
            to_destination: system.row(to),
            rows: HashMap::new(),
            system,
            to,
        }
    }

    /// det M_QQ, and of each account what a unit paid into it brings to the destination where no account of Q
    /// passes anything on: the row of (I - S)^-1 without Q.
    fn beyond(&mut self, visited: &[usize]) -> (f64, DVector<f64>) {
        for at in visited {
            let system = self.system;
            self.rows.entry(*at).or_insert_with(|| system.row(*at));
        }
        let rows: Vec<&DVector<f64>> = visited.iter().map(|at| &self.rows[at]).collect();
        let size = visited.len();
        let inner = DMatrix::from_fn(size, size, |a, b| rows[a][visited[b]]);
        let determinant = inner.determinant();
        let to = DVector::from_fn(size, |a, _| self.to_destination[visited[a]]);
        let mut row = self.to_destination.clone();
        // M_QQ is a part of the inverse of a matrix that has one: it has one too.
        if let Some(weights) = inner.transpose().lu().solve(&to) {
            for (row_of, weight) in rows.iter().zip(weights.iter()) {
                row.axpy(-*weight, row_of, 1.0);
            }
        }
        (determinant, row)
    }
}

/// The beginning of paths, or one that is complete.
struct Waiting {
    /// No path of it has more, by size.
    most: f64,
    accounts: Vec<usize>,
    /// The product of propensities, as they are and by size.
    direct: f64,
    sized: f64,
    /// Of a complete path.
    multiplier: f64,
}

fn search(exact: &mut Led, mut bound: Option<&mut Led>, from: usize, limit: usize) -> Vec<SamPath> {
    let (system, to) = (exact.system, exact.to);
    let all = match &bound {
        Some(bound) => bound.to_destination[from],
        None => exact.to_destination[from].abs(),
    };
    let least = LEAST_SHARE * all;
    let mut queue = BinaryHeap::from([Waiting {
        most: all,
        accounts: vec![from],
        direct: 1.0,
        sized: 1.0,
        multiplier: exact.to_destination[from],
    }]);
    let mut found = Vec::new();
    while found.len() < limit
        && let Some(next) = queue.pop()
    {
        let last = next.accounts[next.accounts.len() - 1];
        if last == to {
            found.push(SamPath {
                accounts: next.accounts.iter().map(|at| system.account(*at)).collect(),
                direct: next.direct,
                multiplier: next.multiplier,
                total: next.direct * next.multiplier,
            });
            continue;
        }
        let (multiplier, row) = exact.beyond(&next.accounts);
        let sized = bound.as_mut().map(|bound| bound.beyond(&next.accounts));
        system.each_payment(last, |u, paid| {
            if next.accounts.contains(&u) {
                return;
            }
            let direct = next.direct * paid;
            let by_size = next.sized * paid.abs();
            let complete = multiplier * row[u];
            let most = match (&sized, u == to) {
                // What is complete goes by what it is.
                (_, true) | (None, _) => (direct * complete).abs(),
                (Some((multiplier, row)), false) => by_size * multiplier * row[u],
            };
            if most > 0.0 && most >= least {
                let mut accounts = next.accounts.clone();
                accounts.push(u);
                queue.push(Waiting {
                    most,
                    accounts,
                    direct,
                    sized: by_size,
                    multiplier: complete,
                });
            }
        });
    }
    found
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        // Where two are as large the order of accounts decides: the same answer everywhere.
        (self.most.total_cmp(&other.most)).then_with(|| other.accounts.cmp(&self.accounts))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Waiting {}
