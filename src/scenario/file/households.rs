//! What households earn, and which use pays for what is spent: which of these keys go together.

use super::places::Located;
use super::{Header, ScenarioFile};
use crate::error::Result;
use crate::lang::{Text, said};
use crate::model::IncomeKind;
use crate::table::FinalDemandRole;
use serde::{Deserialize, Serialize};

/// The use of money that a scenario's spending takes the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum FinancedBy {
    /// Government consumption.
    Government,
    /// Household consumption.
    Households,
    /// Exports.
    Exports,
    /// None: gross effects only, also where a scenario that is extended names one.
    None,
}

impl FinancedBy {
    /// The category of final demand that is cut.
    pub fn role(self) -> Option<FinalDemandRole> {
        match self {
            FinancedBy::Government => Some(FinalDemandRole::Government),
            FinancedBy::Households => Some(FinalDemandRole::Household),
            FinancedBy::Exports => Some(FinalDemandRole::Exports),
            FinancedBy::None => None,
        }
    }
}

impl Header {
    /// Takes over what a scenario that is extended says of households: a share and an income that it is taken of are
    /// one key or the other, and rates go with the income that they are of.
    pub(super) fn inherit_households(&mut self, base: &mut Header) {
        // What households spend is said of a scenario that has them.
        let own = self.households_key().is_some();
        if self.induced.is_none() {
            self.induced = match own {
                true => base.induced.filter(|induced| *induced),
                false => base.induced,
            };
        }
        if self.household_income.is_some() {
            return;
        }
        if self.household_share.is_none()
            && self.households.is_none()
            && base.household_income.is_some()
        {
            let earns = [&self.income_tax, &self.contributions, &self.mixed_share];
            if earns.iter().all(|rate| rate.is_none()) {
                self.household_income = base.household_income.take();
                return;
            }
        }
        if self.household_share.is_none() {
            self.household_share = base.household_share.take();
        }
        // Where another income is said to be earned, what goes with the first does not go with it.
        let kind = match &self.households {
            Some(own) => own.value,
            None => IncomeKind::Disposable,
        };
        if self.households.is_none() {
            self.households = base.households.take();
        }
        if kind == IncomeKind::Disposable {
            self.income_tax = self.income_tax.take().or(base.income_tax.take());
            self.contributions = self.contributions.take().or(base.contributions.take());
        }
        if kind != IncomeKind::Compensation {
            self.mixed_share = self.mixed_share.take().or(base.mixed_share.take());
        }
    }

    /// Which income is spent again.
    pub(crate) fn income_kind(&self) -> IncomeKind {
        self.households
            .as_ref()
            .map_or_else(IncomeKind::default, |of| of.value)
    }

    /// The first key that says what households earn or spend, with its place.
    fn households_key(&self) -> Option<(&'static str, Located<()>)> {
        let place = |offset, origin| Located {
            value: (),
            offset,
            origin,
        };
        let of = |key, rate: &Option<Located<f64>>| {
            rate.as_ref()
                .map(|rate| (key, place(rate.offset, rate.origin)))
        };
        let share = self.household_share.as_ref();
        let share = share.map(|share| ("household_share", place(share.offset, share.origin)));
        let kind = self.households.as_ref();
        let kind = kind.map(|kind| ("households", place(kind.offset, kind.origin)));
        let income = self.household_income.as_ref();
        share
            .or(kind)
            .or(of("income_tax", &self.income_tax))
            .or(of("contributions", &self.contributions))
            .or(of("mixed_share", &self.mixed_share))
            .or(income.map(|income| ("household_income", place(income.offset, income.origin))))
    }
}

impl ScenarioFile {
    /// Whether what one file says of households goes together: a scenario without them may extend one with them.
    pub(super) fn check_households(&self) -> Result<()> {
        let header = &self.scenario;
        if let (Some(false), Some((key, at))) = (header.induced, header.households_key()) {
            let message = said!(
                "without households (induced = false) nobody spends: leave it out",
                "가계를 포함하지 않으면(induced = false) 소비 지출이 없습니다. 이 키를 빼십시오"
            );
            return Err(self.error_at(&at, key, message));
        }
        let Some(income) = &header.household_income else {
            return Ok(());
        };
        let other = Header {
            household_income: None,
            ..header.clone()
        };
        match other.households_key() {
            None => Ok(()),
            Some((key, _)) => {
                let message = said!(
                    "households spend what they consume of this income: leave it or {key} out",
                    "가계는 이 총소득 중 민간소비만큼을 지출합니다. 이 키나 {key} 중 하나를 빼십시오"
                );
                Err(self.error_at(income, "household_income", message))
            }
        }
    }

    /// Whether the rates are of the income that households earn, with all that is extended.
    pub(crate) fn check_earnings(&self) -> Result<()> {
        let header = &self.scenario;
        let kind = header.income_kind();
        let fail =
            |key: &str, at: &Located<f64>, message: Text| Err(self.error_at(at, key, message));
        if kind != IncomeKind::Disposable {
            for (key, rate) in [
                ("income_tax", &header.income_tax),
                ("contributions", &header.contributions),
            ] {
                if let Some(rate) = rate {
                    let message = said!(
                        "it is taken off disposable income: add households = \"disposable\", or leave it out",
                        "처분가능소득에서 빼는 것입니다. households = \"disposable\"을 추가하거나 이 키를 빼십시오"
                    );
                    return fail(key, rate, message);
                }
            }
        }
        match (&header.mixed_share, &header.households) {
            (Some(share), _) if kind == IncomeKind::Compensation => {
                let message = said!(
                    "it is of mixed income: add households = \"mixed\" or \"disposable\", or leave it out",
                    "혼합소득에 대한 것입니다. households = \"mixed\"나 \"disposable\"을 추가하거나 이 키를 빼십시오"
                );
                fail("mixed_share", share, message)
            }
            (_, Some(at)) if kind == IncomeKind::Disposable => {
                if header.income_tax.is_some() || header.contributions.is_some() {
                    return Ok(());
                }
                let message = said!(
                    "what is taken off is not said: add income_tax = ... or contributions = ..., or take \"mixed\"",
                    "공제율이 지정되지 않았습니다. income_tax = ...나 contributions = ...를 추가하거나 \"mixed\"를 쓰십시오"
                );
                Err(self.error_at(at, "households", message))
            }
            _ => Ok(()),
        }
    }
}
