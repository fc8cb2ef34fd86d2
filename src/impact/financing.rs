//! Gross and net: what follows where the money is taken from another use.
//!
//! An impact is gross: it asks what spending sets off, and not what the same money would have set off where it
//! was. The net variant takes the amount out of a category of final demand, in the proportions of the table's
//! own basket b (domestic) and m (imported), 1'b + 1'm + taxes = 1:
//!
//! ```text
//! f_net = f - g b,   g all that is spent
//! ```
//!
//! The model is linear, so that the net effect is the gross one less that of the basket.

use super::policy::Figures;
use super::{Impact, effects};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::Model;
use crate::scenario::{EventKind, Note, PhaseKind};
use crate::table::{AnyTable, FinalDemandRole, OtherInputRole};
use crate::units::Money;
use serde::{Deserialize, Serialize};

/// The effects of spending beside those of what is not spent for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Financing {
    /// The category of final demand that the money is taken from.
    pub by: FinalDemandRole,
    /// One-off phases in all, recurring phases in a full year.
    pub kinds: Vec<FinancedKind>,
}

/// The phases of one kind; money in millions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FinancedKind {
    /// Which.
    pub kind: PhaseKind,
    /// What is spent, and taken from elsewhere.
    pub amount: f64,
    /// What the spending sets off.
    pub gross: Figures,
    /// What is set off no more: below zero where the basket adds.
    pub withdrawn: Figures,
}

impl FinancedKind {
    /// The gross figures less what is withdrawn.
    pub fn net(&self) -> Figures {
        self.gross.minus(&self.withdrawn)
    }
}

impl Impact {
    /// Sets beside the gross effects those of the same money not spent in a category of final demand.
    ///
    /// ```
    /// use leontief::table::FinalDemandRole;
    /// use leontief::{AnyTable, Model, Money, impact};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let model = Model::new(&table)?;
    /// let construction = table.sectors().find("건설")?;
    /// let shock = [(construction, Money::units(1e12))];
    /// let mut impact = impact::of_shock(&table, &model, &shock, impact::ShockShare::Domestic)?;
    /// impact.finance(&table, &model, FinalDemandRole::Government)?;
    /// let financed = impact.financing.as_ref().expect("asked").kinds[0];
    /// assert_eq!(financed.amount, 1e6); // a trillion won
    /// // Government buys services that employ more: fewer jobs are set off than are lost.
    /// assert!(financed.net().type1.output > 0.0 && financed.net().type1.jobs < 0.0);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table without flows, or without demand of that category; outputs that are given, for which nothing is
    /// spent; see [`effects()`].
    pub fn finance(&mut self, table: &AnyTable, model: &Model, by: FinalDemandRole) -> Result<()> {
        if self.exogenous.is_some() || self.exogenous_one_off.is_some() {
            return Err(Error::invalid(said!(
                "outputs are given, and no money is spent that could be taken from elsewhere: ask for demand",
                "산출이 지정되어 다른 용도에서 전용할 지출이 없습니다. 수요 충격을 쓰십시오"
            )));
        }
        let flows = table.flows(said!("what is bought elsewhere", "다른 용도의 지출 구성"))?;
        let all = flows.demand_in_all(by);
        if !(all > 0.0) {
            return Err(Error::invalid(said!(
                "table {id} has no final demand of the category {by} to take money from",
                "산업연관표 {id}에 재원으로 삼을 최종수요 항목 {by}이(가) 없습니다",
                id = table.meta().id,
                by = by.id()
            )));
        }
        let domestic = flows.domestic_demand_for(by) / all;
        let imported = flows.imported_demand_for(by) / all;
        let other = |of| flows.other_demand_for(by, of) / all;
        let (untold, taxes) = (
            other(OtherInputRole::Imports),
            other(OtherInputRole::ProductTaxes),
        );
        let labour = self.receipt.labour();
        let mut kinds: Vec<FinancedKind> = Vec::new();
        for phase in &self.phases {
            let amount = phase.effects.spending.total.as_millions();
            let mut lost = effects(
                model,
                &domestic * amount,
                &(&imported * amount),
                taxes * amount,
            )?;
            let untold = Money::from_millions(untold * amount);
            lost.spending.imported += untold;
            lost.spending.total += untold;
            let persons = labour.of_phase(phase.kind, &phase.schedule);
            let lost = Figures::of(&lost.scaled_with_labour(1.0, persons));
            match kinds.iter_mut().find(|of| of.kind == phase.kind) {
                Some(of) => {
                    of.amount += amount;
                    of.withdrawn = of.withdrawn.plus(&lost);
                }
                None => {
                    let Some(effects) = self.effects.get(phase.kind) else {
                        continue;
                    };
                    kinds.push(FinancedKind {
                        kind: phase.kind,
                        amount,
                        gross: Figures::of(effects),
                        withdrawn: lost,
                    });
                }
            }
        }
        kinds.sort_by_key(|of| PhaseKind::BOTH.iter().position(|kind| *kind == of.kind));
        self.notes.push(Note::FinancedBy { by });
        let mut lines = self.phases.iter().flat_map(|phase| &phase.lines);
        if lines.any(|line| line.event == EventKind::HouseholdIncome) {
            self.notes.push(Note::FinancedIncomeSpent);
        }
        self.financing = Some(Financing { by, kinds });
        Ok(())
    }
}
