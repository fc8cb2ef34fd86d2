//! What households spend of an income that is given, and whether draws are all said.

use crate::error::Result;
use crate::lang::said;
use crate::model::Households;
use crate::scenario::amount::{self, Currency};
use crate::scenario::file::{Input, ScenarioFile};
use crate::table::AnyTable;

impl ScenarioFile {
    /// The share of pay that is spent, where all that households earn is given.
    pub(super) fn spend_of_income(&mut self, table: &AnyTable) -> Result<()> {
        let Some(income) = self.scenario.household_income.take() else {
            return Ok(());
        };
        let share = table
            .flows(said!("household closure (Type II)", "가계 내생화(Type II)"))
            .and_then(|flows| {
                let currency = Currency::of(&flows.meta().currency);
                let income = amount::parse(&income.value, currency)?;
                Households::share_of_income(flows, income.as_units())
            });
        let share = share.map_err(|why| self.error_at(&income, "household_income", why))?;
        self.scenario.household_share = Some(Input {
            offset: income.offset,
            origin: income.origin,
            ..Input::from(share)
        });
        Ok(())
    }

    /// Whether it is said how often is drawn, and what of coefficients.
    pub(super) fn check_draws(&self) -> Result<()> {
        let draws = &self.draws;
        let how = [
            draws.seed.is_some(),
            draws.coefficient_spread.is_some(),
            draws.coefficient_draws.is_some(),
            draws.sobol.is_some(),
        ];
        if draws.count.is_none() && how.contains(&true) {
            let message = said!(
                "how often is drawn is not said: add count = 2000, or count = 0 to draw only where it is asked for",
                "추출 횟수가 지정되지 않았습니다. count = 2000을 추가하거나, 따로 요청할 때만 추출하려면 count = 0을 \
                 쓰십시오"
            );
            let at = self.place_of("[draws]");
            return Err(self.error_at(&at, "draws.count", message));
        }
        match (&draws.coefficient_draws, &draws.coefficient_spread) {
            (Some(at), None) => {
                let message = said!(
                    "no coefficients are drawn without a spread: add coefficient_spread = 0.1, or leave it out",
                    "산포 없이는 계수를 추출하지 않습니다. coefficient_spread = 0.1을 추가하거나 이 키를 빼십시오"
                );
                Err(self.error_at(at, "draws.coefficient_draws", message))
            }
            _ => Ok(()),
        }
    }
}
