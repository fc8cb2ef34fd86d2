//! How a table is drawn, whatever is asked of it: its coefficients and its split.

use super::{Draws, cores};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::memory;
use crate::model::Model;
use crate::scenario::{Sharing, TakenShares};
use crate::table::AnyTable;
use crate::table::split_error::LARGEST_SHARE_ERROR;
use crate::uncertainty::coefficients::CoefficientDraws;
use crate::uncertainty::split::SplitDraws;

impl Draws {
    /// # Errors
    /// No draws; a spread that is negative or absurd.
    pub(in crate::uncertainty) fn check(&self) -> Result<()> {
        if self.count == 0 {
            return Err(Error::invalid(said!(
                "no draws are asked for: it must be 1 or more",
                "추출 횟수가 0입니다. 1 이상이어야 합니다"
            )));
        }
        let spread = self.coefficient_spread.unwrap_or(0.0);
        if !(0.0..=2.0).contains(&spread) {
            return Err(Error::invalid(said!(
                "a coefficient spread of {spread} cannot be meant: it is the standard deviation of the \
                 logarithm, 0.1 for about 10 %, at most 2",
                "계수의 산포 {spread}은(는) 쓸 수 없습니다. 로그의 표준편차로 0 이상 2 이하여야 합니다(0.1이면 약 10%)"
            )));
        }
        Ok(())
    }

    /// The coefficients of a table as they are drawn, with its split or by themselves.
    ///
    /// # Errors
    /// What does not fit into memory; totals to keep of a table that tells none; a spread that cannot be.
    pub(in crate::uncertainty) fn coefficients(
        &self,
        table: &AnyTable,
        model: &Model,
    ) -> Result<CoefficientDraws> {
        let spread = self.coefficient_spread.unwrap_or(0.0);
        let keeps_totals = spread > 0.0 && self.coefficient_sharing == Sharing::Balanced;
        let what = said!("a drawing of the coefficients", "계수 추출에");
        // Those that are drawn from, as the model has them and by columns, and those of a draw on each core.
        let of_a_draw = if keeps_totals { 2 } else { 1 };
        let count = 2 + of_a_draw * cores();
        memory::check_matrices(count, table.sectors().len(), &what)?;
        let output = match keeps_totals {
            true => Some(table.needed_output(said!(
                "a drawing that keeps the table's totals",
                "행·열 합계를 유지하는 추출"
            ))?),
            false => None,
        };
        CoefficientDraws::new(model, spread, self.coefficient_sharing, output)
    }

    /// The split of a table as it is drawn where nothing but the table is asked for.
    ///
    /// # Errors
    /// As [`Draws::split`].
    pub(in crate::uncertainty) fn split_of_table(
        &self,
        table: &AnyTable,
        model: &Model,
    ) -> Result<Option<SplitDraws>> {
        self.split(table, model, self.split_error, &TakenShares::default())
    }

    /// The split of a table as it is drawn: by the error that is asked for, or as it was measured; `None` where the
    /// table's is published, or taken as certain.
    ///
    /// # Errors
    /// An error that cannot be.
    pub(in crate::uncertainty) fn split(
        &self,
        table: &AnyTable,
        model: &Model,
        asked: Option<f64>,
        taken: &TakenShares,
    ) -> Result<Option<SplitDraws>> {
        if let Some(error) = self
            .split_error
            .filter(|e| !(0.0..=LARGEST_SHARE_ERROR).contains(e))
        {
            return Err(Error::invalid(said!(
                "a split error of {error} cannot be meant: it is what import shares are off on average, 0 to {LARGEST_SHARE_ERROR}",
                "국산·수입 구분의 오차 {error}은(는) 쓸 수 없습니다. 수입 비중의 평균 오차로 0 이상 {LARGEST_SHARE_ERROR} 이하여야 합니다"
            )));
        }
        let (AnyTable::Flows(table), Some(measured)) = (table, &table.meta().split_error) else {
            return Ok(None);
        };
        let error = asked.unwrap_or(measured.expected_share());
        if error == 0.0 {
            return Ok(None);
        }
        SplitDraws::new(table, model, measured, error, taken)
    }
}
