//! A sector made exogenous (외생화): what a given output of it sets off in all other sectors.
//!
//! Of a shock to the *output* of sectors K, the outputs of the others are (I - Ad_rr)^-1 Ad_rK x_K, with
//! the rows and columns of K taken out of Ad. The same follows from the final demand that brings x_K
//! about ([`crate::Model::demand_for_outputs`]), which is how it is computed here; what the sectors
//! themselves produce and pay stands apart from what happens to the others, as Korean studies print it.

use super::{Effects, Labour, Stages, effects};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::{Demand, Model};
use crate::scenario::{PhaseKind, Plan};
use crate::table::PrimaryInputRole;
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// What a given output of sectors means for them and for all others; Type I, money in millions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Exogenous {
    /// The positions of the sectors whose output is given.
    pub given: Vec<usize>,
    /// Figure by figure.
    pub figures: Vec<ExogenousFigure>,
}

/// A figure of an exogenous sector.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ExogenousFigure {
    /// "output", "value_added", "income", "production_taxes", "imports", or an account: "jobs".
    pub measure: String,
    /// Of the sectors themselves.
    pub itself: f64,
    /// Of all others together.
    pub others: f64,
}

/// What follows from the outputs that lines of a plan give, of all its phases of a kind; `None` where none does.
///
/// # Errors
/// A model whose imports enter in another form than the one that demand was worked out in: the outputs would
/// not be met.
pub(super) fn of_plan(
    model: &Model,
    plan: &Plan,
    labour: Labour,
    kind: PhaseKind,
) -> Result<Option<Exogenous>> {
    let Some(imports) = plan.imports else {
        return Ok(None);
    };
    if imports != model.imports() {
        return Err(Error::invalid(said!(
            "the scenario gives outputs, and the model takes imports in another form than the scenario: set \
             `imports` in the scenario to that of the model",
            "시나리오가 산출을 지정하나 모형의 수입 처리 방식이 시나리오와 다릅니다. 시나리오의 `imports`를 모형과 \
             같게 지정하십시오"
        )));
    }
    let n = model.sectors().len();
    let nothing = DVector::zeros(n);
    let (mut all, mut given): (Option<Effects>, Vec<usize>) = (None, Vec::new());
    for phase in plan.phases.iter().filter(|phase| phase.kind == kind) {
        let mut demand = Demand::none(n);
        for line in phase.lines.iter().filter(|l| l.event.gives_output()) {
            line.add_to(&mut demand);
            given.push(line.sector);
        }
        let persons = phase.probability * labour.of_phase(phase.kind, &phase.schedule);
        let of_phase = effects(model, demand, &nothing, 0.0)?;
        let of_phase = of_phase.scaled_with_labour(phase.probability, persons);
        match &mut all {
            Some(all) => all.add(&of_phase),
            None => all = Some(of_phase),
        }
    }
    Ok(all
        .filter(|_| !given.is_empty())
        .map(|effects| Exogenous::of(&effects, given)))
}

impl Exogenous {
    /// What follows for the sectors themselves and for the others from outputs that are given; in
    /// results it stands in [`crate::Impact::exogenous`].
    ///
    /// ```
    /// use leontief::{AnyTable, Model, Money, impact};
    ///
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let model = Model::new(&table)?;
    /// let power = table.sectors().find("17")?;
    /// let shock = impact::of_output_shock(&table, &model, &[(power, Money::units(1e12))])?;
    /// let exogenous = shock.exogenous.as_ref().expect("output is given");
    /// let output = &exogenous.figures[0];
    /// assert!((output.itself - 1e6).abs() < 1e-3); // a trillion won, in millions
    /// assert!((output.others - 259_600.0).abs() < 50.0); // .2596 per won in all other sectors
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn of(effects: &Effects, mut given: Vec<usize>) -> Self {
        given.sort_unstable();
        given.dedup();
        let figure = |measure: &str, stages: &Stages| {
            let of = |at: &usize| stages.direct[*at] + stages.indirect[*at];
            let itself: f64 = given.iter().map(of).sum();
            ExogenousFigure {
                measure: measure.to_owned(),
                itself,
                others: stages.sums().type1() - itself,
            }
        };
        let mut figures = vec![
            figure("output", &effects.output),
            figure("value_added", &effects.value_added),
        ];
        for (role, stages) in &effects.parts {
            match role {
                PrimaryInputRole::Compensation => figures.push(figure("income", stages)),
                PrimaryInputRole::NetProductionTaxes => {
                    figures.push(figure("production_taxes", stages));
                }
                _ => {}
            }
        }
        // Imports stand by product, not by the sector that uses them: they are not split.
        let accounts = effects.accounts.iter();
        figures.extend(accounts.map(|a| figure(&a.account.id, &a.effects)));
        Exogenous { given, figures }
    }
}
