//! Sectors whose output is given, as they are shown: what is given is said as it is, in every table.

use super::{Grid, PERSONS, same};
use crate::impact::{Effects, Exogenous, Impact, Stages};
use crate::scenario::PhaseKind;

impl Impact {
    pub(super) fn exogenous_of(&self, kind: PhaseKind) -> Option<&Exogenous> {
        match kind {
            PhaseKind::Recurring => self.exogenous.as_ref(),
            PhaseKind::OneOff => self.exogenous_one_off.as_ref(),
        }
    }

    /// The sectors and all others, from the effects as they are settled, where these are of nothing else.
    pub(super) fn settle_given(&mut self, exact: &Impact, kind: PhaseKind) {
        let (Some(mut settled), Some(of), Some(shown)) = (
            self.exogenous_of(kind).cloned(),
            exact.effects.get(kind),
            self.effects.get(kind),
        ) else {
            return;
        };
        for figure in &mut settled.figures {
            let (Some(exact), Some(shown)) =
                (stages(of, &figure.measure), stages(shown, &figure.measure))
            else {
                continue;
            };
            if same(figure.itself + figure.others, exact.sums().type1()) {
                figure.itself = settled.given.iter().map(|at| type1(shown, *at)).sum();
                figure.others = shown.sums().type1() - figure.itself;
            }
        }
        match kind {
            PhaseKind::Recurring => self.exogenous = Some(settled),
            PhaseKind::OneOff => self.exogenous_one_off = Some(settled),
        }
    }
}

/// Shows each given sector as what it is by itself rounded; the largest of the others makes up for the step.
pub(super) fn hold(settled: &mut Effects, exact: &Effects, given: &[usize], money: Grid) {
    hold_stages(&mut settled.output, &exact.output, given, money);
    hold_stages(&mut settled.value_added, &exact.value_added, given, money);
    for (account, exact) in settled.accounts.iter_mut().zip(&exact.accounts) {
        if matches!(account.account.id.as_str(), "jobs" | "employees") {
            hold_stages(&mut account.effects, &exact.effects, given, PERSONS);
        }
    }
}

fn hold_stages(settled: &mut Stages, exact: &Stages, given: &[usize], grid: Grid) {
    let others = (0..exact.indirect.len()).filter(|at| !given.contains(at));
    let largest = others.max_by(|a, b| exact.indirect[*a].total_cmp(&exact.indirect[*b]));
    let Some(other) = largest else {
        return;
    };
    for at in given {
        let step = grid.one(type1(exact, *at)) - type1(settled, *at);
        if step.abs() > 0.5 * grid.step {
            settled.indirect[*at] += step;
            settled.indirect[other] -= step;
        }
    }
}

fn type1(of: &Stages, at: usize) -> f64 {
    of.direct[at] + of.indirect[at]
}

/// The figures that are settled sector by sector.
fn stages<'a>(effects: &'a Effects, measure: &str) -> Option<&'a Stages> {
    match measure {
        "output" => Some(&effects.output),
        "value_added" => Some(&effects.value_added),
        "jobs" | "employees" => effects.account(measure),
        _ => None,
    }
}
