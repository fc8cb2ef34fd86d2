//! The model that a scenario asks for: how imports enter it, what households earn and spend.

use super::{FinancedBy, Scenario};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::households::SHARES_SPENT;
use crate::model::{Closure, Earnings, Model};
use crate::table::{AnyTable, FinalDemandRole};

impl Scenario {
    /// The household closure that the scenario asks for, with the share as written.
    ///
    /// # Errors
    /// A share that cannot be worked out.
    pub fn closure(&self) -> Result<Closure> {
        let header = &self.file.scenario;
        if header.induced == Some(false) {
            return Ok(Closure::Open);
        }
        let share = match self.settings.household_share {
            None => None,
            Some(at) => {
                let share: f64 = self.values(&[])?[at].value;
                if !SHARES_SPENT.contains(&share) {
                    let message = said!(
                        "it is {share}; it must be in 0..1.5",
                        "{share}입니다. 0과 1.5 사이여야 합니다"
                    );
                    return Err(self.figure_error(at, message));
                }
                Some(share)
            }
        };
        let rate = |at: &Option<super::file::Located<f64>>| at.as_ref().map(|at| at.value);
        Ok(match (&header.households, share) {
            (Some(of), share) => Closure::Earning(Earnings {
                of: of.value,
                mixed_share: rate(&header.mixed_share),
                taxes: rate(&header.income_tax).unwrap_or(0.0),
                contributions: rate(&header.contributions).unwrap_or(0.0),
                share,
            }),
            (None, Some(share)) => Closure::Share(share),
            (None, None) => Closure::Default,
        })
    }

    /// The model of a table that the scenario asks for: its form of imports, its households, its accounts.
    ///
    /// ```
    /// use leontief::{AnyTable, Scenario, impact, scenario::PhaseKind};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let hub = Scenario::builder("Hub")
    ///     .set("households", "disposable")
    ///     .set("income_tax", "5%")
    ///     .set("contributions", "9%")
    ///     .set("household_share", 0.6)
    ///     .set("financed_by", "government")
    ///     .phase("Build", PhaseKind::OneOff)
    ///     .spend("건설", "1조")
    ///     .build(&table)?;
    /// let impact = impact::of_scenario(&table, &hub.model(&table)?, &hub)?;
    /// let earned = impact.receipt.households.expect("stated");
    /// assert!((earned.kept() - 0.86).abs() < 1e-12); // .6 of 86 % of pay and mixed income is spent again
    /// // Government buys services that employ more: fewer jobs are set off than are lost.
    /// assert!(impact.financing.expect("stated").kinds[0].net().type1.jobs < 0.0);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Scenario::closure`], [`Model::with`] and [`Model::set_account`].
    pub fn model(&self, table: &AnyTable) -> Result<Model> {
        let with_place = |why: Error| match &self.file.scenario.households {
            Some(at) => self.file.led_to_by(at, "households", why),
            None => why,
        };
        let model = Model::with(table, self.imports(), self.closure()?);
        let mut model = model.map_err(with_place)?;
        for accounts in self.accounts() {
            for (account, per_unit) in &accounts.accounts {
                model.set_account(account.clone(), per_unit.clone())?;
            }
        }
        Ok(model)
    }

    /// The category of final demand that the money is taken from, where net effects are asked for.
    pub fn financed_by(&self) -> Option<FinalDemandRole> {
        let by = self.file.scenario.financed_by.as_ref();
        by.map(|by| by.value).and_then(FinancedBy::role)
    }
}
