//! S and the matrices that its multipliers are the product of, in full.

use super::system::System;
use super::{SamAccount, SamOptions};
use crate::error::Result;
use crate::lang::said;
use crate::memory;
use crate::table::AnyTable;
use nalgebra::DMatrix;

/// The propensities of the endogenous accounts and their multipliers in Pyatt & Round's three factors; each as
/// large as there are accounts: sectors, factors, households. Rows receive, columns pay.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SamMatrices {
    /// The accounts of rows and columns.
    pub accounts: Vec<SamAccount>,
    /// S.
    pub propensities: DMatrix<f64>,
    /// M1 = (I - S~)^-1: within groups.
    pub transfer: DMatrix<f64>,
    /// M2: from group to group.
    pub open_loop: DMatrix<f64>,
    /// M3: round all groups.
    pub closed_loop: DMatrix<f64>,
    /// M = (I - S)^-1 = M3 M2 M1.
    pub multipliers: DMatrix<f64>,
}

impl SamMatrices {
    /// The matrices of a table.
    ///
    /// ```
    /// use leontief::AnyTable;
    /// use leontief::analysis::sam::{SamMatrices, SamOptions};
    ///
    /// let all = SamMatrices::of(&AnyTable::open("kr-2023-33")?, SamOptions::default())?;
    /// // 33 sectors, labour, capital, households.
    /// assert_eq!(all.multipliers.shape(), (36, 36));
    /// let product = &all.closed_loop * &all.open_loop * &all.transfer;
    /// assert!((product - &all.multipliers).amax() < 1e-12);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Sam::of`](super::Sam::of); more accounts than there is memory for five matrices of them.
    pub fn of(table: &AnyTable, assumed: SamOptions) -> Result<Self> {
        let what = || said!("the matrices of a SAM", "사회계정행렬");
        let system = System::of(table, table.flows(what())?, assumed)?;
        let (n, size) = (system.n(), system.len());
        memory::check_matrices(5, size, &what())?;
        let households = size - 1;
        let mut propensities = DMatrix::zeros(size, size);
        let mut multipliers = DMatrix::zeros(size, size);
        for at in 0..size {
            system.each_payment(at, |to, value| propensities[(to, at)] = value);
            multipliers.row_mut(at).tr_copy_from(&system.row(at));
        }
        let mut transfer = DMatrix::identity(size, size);
        let l = system.model.leontief_inverse();
        transfer.view_mut((0, 0), (n, n)).copy_from(&l);
        let made = &system.made_for_basket;
        let mut open_loop = DMatrix::identity(size, size);
        let mut closed_loop = DMatrix::identity(size, size);
        let rounds = 1.0 / (1.0 - system.again);
        // M1 takes L out of V L and d'V L: what follows is of S* = M1 (S - S~).
        let paid: Vec<f64> = (0..n)
            .map(|j| {
                let factors = system.factors.iter();
                factors.map(|of| of.to_households * of.earned[j]).sum()
            })
            .collect();
        for (k, factor) in system.factors.iter().enumerate() {
            let row = n + k;
            for j in 0..n {
                open_loop[(row, j)] = factor.earned[j];
                open_loop[(j, row)] = made[j] * factor.to_households;
            }
            open_loop[(row, households)] = factor.of_basket;
            open_loop[(households, row)] = factor.to_households;
            for (other, to) in system.factors.iter().enumerate() {
                closed_loop[(row, n + other)] += factor.of_basket * to.to_households * rounds;
            }
        }
        for j in 0..n {
            open_loop[(households, j)] = paid[j];
            open_loop[(j, households)] = made[j];
            for i in 0..n {
                closed_loop[(i, j)] += made[i] * paid[j] * rounds;
            }
        }
        closed_loop[(households, households)] = rounds;
        Ok(SamMatrices {
            accounts: (0..size).map(|at| system.account(at)).collect(),
            propensities,
            transfer,
            open_loop,
            closed_loop,
            multipliers,
        })
    }
}
