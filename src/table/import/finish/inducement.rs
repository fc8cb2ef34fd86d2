//! Coefficients, as they are given or from what a unit of final demand induces.
//!
//! Ad = I - L^-1, Am = (Am L) L^-1, e_i = (e^ L)_ii / L_ii by least squares over the row.

use super::{Blocks, Draft};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::table::Account;
use nalgebra::{DMatrix, DVector};

/// Import coefficients below this are rounding of the published ones, which have six decimals.
const IMPORT_COEFFICIENT_FLOOR: f64 = 1e-6;

/// What is left of 1 below this is rounding too: the sector adds no value.
const NO_VALUE_ADDED: f64 = 1e-5;

/// Ad, Am, and accounts per billion of output.
type PerOutput = (DMatrix<f64>, DMatrix<f64>, Vec<(Account, DVector<f64>)>);

impl Draft {
    /// Ad, Am and e.
    ///
    /// # Errors
    /// Neither coefficients nor inducement; inducement coefficients that have no inverse.
    pub(super) fn coefficients(&mut self, blocks: &mut Blocks) -> Result<PerOutput> {
        let n = self.sectors.len();
        let names = self.names();
        let singular = || {
            Error::invalid(said!(
                "{names}: the production inducement coefficients have no inverse: two sectors are alike in them",
                "{names}: 생산유발계수의 역행렬이 없습니다. 서로 같은 부문이 있는지 확인하십시오"
            ))
        };
        let per_unit = std::mem::take(&mut self.per_unit);
        let mut accounts = Vec::new();
        let l = per_unit.output_inducement;
        if let Some(l) = &l {
            for (account, induced) in per_unit.account_inducement {
                let per_output = DVector::from_fn(n, |i, _| {
                    l.row(i).dot(&induced.row(i)) / l.row(i).norm_squared()
                });
                accounts.push((account, per_output));
            }
        }
        let inputs = per_unit.inputs;
        let given = match (inputs.domestic, inputs.imported, inputs.total) {
            (Some(d), Some(m), _) => Some((d, m)),
            (Some(d), None, Some(t)) => {
                let m = t - &d;
                Some((d, m))
            }
            (None, Some(m), Some(t)) => Some((t - &m, m)),
            (Some(d), None, None) => {
                self.said.push(said!(
                    "No import coefficients are in the files: all that is left of 1 is value added",
                    "파일에 수입투입계수가 없어 1에서 국산투입계수를 뺀 나머지를 모두 부가가치로 봄"
                ));
                Some((d, DMatrix::zeros(n, n)))
            }
            _ => None,
        };
        if let Some((domestic, imported)) = given {
            blocks.published("domestic_coefficients");
            blocks.published("import_coefficients");
            return Ok((domestic, imported, accounts));
        }
        let Some(l) = l else {
            return Err(self.lacking(said!(
                "table of flows, of input coefficients or of production inducement coefficients",
                "거래표, 투입계수 또는 생산유발계수"
            )));
        };
        let inverse = l.try_inverse().ok_or_else(singular)?;
        let mut imported = match &per_unit.import_inducement {
            Some(induced) => induced * &inverse,
            None => {
                self.said.push(said!(
                    "No import inducement coefficients are in the files: all that is left of 1 is value added",
                    "파일에 수입유발계수가 없어 1에서 국산투입계수를 뺀 나머지를 모두 부가가치로 봄"
                ));
                DMatrix::zeros(n, n)
            }
        };
        for cell in imported.iter_mut() {
            if cell.abs() < IMPORT_COEFFICIENT_FLOOR {
                *cell = 0.0;
            }
        }
        let mut domestic = DMatrix::identity(n, n) - inverse;
        for j in 0..n {
            let left = 1.0 - domestic.column(j).sum() - imported.column(j).sum();
            if left.abs() < NO_VALUE_ADDED {
                let largest = domestic.column(j).iamax();
                domestic[(largest, j)] += left;
            }
        }
        self.said.push(said!(
            "Coefficients are derived from inducement coefficients: Ad = I - L^-1, Am = M L^-1",
            "계수는 유발계수에서 유도함: Ad = I - L^-1, Am = M L^-1"
        ));
        let how = || {
            said!(
                "From the inducement coefficients of the files.",
                "파일의 유발계수에서 유도함."
            )
        };
        for block in ["domestic_coefficients", "import_coefficients"] {
            blocks.derived(block, how());
        }
        if !accounts.is_empty() {
            blocks.derived("satellite_coefficients", how());
        }
        Ok((domestic, imported, accounts))
    }
}
