//! Year by year: the share of each phase that falls in a year.

use super::PhaseImpact;
use crate::scenario::{PhaseKind, Plan};
use crate::table::AnyTable;
use serde::{Deserialize, Serialize};

/// What happens in one year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Year {
    /// The calendar year.
    pub year: i32,
    /// What money of this year is worth in the base year of discounting.
    pub discount_factor: f64,
    /// Of the one-off phases; jobs are job-years spent in this year.
    pub one_off: YearFigures,
    /// Of the recurring phases; jobs are jobs held over the year.
    pub recurring: YearFigures,
}

/// The figures of one year, undiscounted; money in millions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct YearFigures {
    /// Spent.
    pub spending: f64,
    /// Output, all stages.
    pub output: f64,
    /// Value added, all stages.
    pub value_added: f64,
    /// All that is imported.
    pub imports: f64,
    /// Persons, all stages; job-years or jobs.
    pub jobs: f64,
}

/// Persons per unit of output, against the table's year: of the whole phase, or of its first full
/// year.
pub(crate) fn labour_factor(
    kind: PhaseKind,
    schedule: &[(i32, f64)],
    table: &AnyTable,
    growth: f64,
) -> f64 {
    let factor = |year: i32| (1.0 + growth).powi(table.meta().year - year);
    match kind {
        _ if schedule.is_empty() || growth == 0.0 => 1.0,
        PhaseKind::OneOff => schedule
            .iter()
            .map(|(year, share)| share * factor(*year))
            .sum(),
        PhaseKind::Recurring => {
            let fullest = schedule.iter().map(|(_, share)| *share).fold(0.0, f64::max);
            schedule
                .iter()
                .find(|(_, share)| *share >= fullest)
                .map_or(1.0, |(year, _)| factor(*year))
        }
    }
}

pub(super) fn years(phases: &[PhaseImpact], table: &AnyTable, plan: &Plan) -> Vec<Year> {
    let mut all: Vec<i32> = phases
        .iter()
        .flat_map(|p| p.schedule.iter().map(|(year, _)| *year))
        .collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter()
        .map(|year| {
            let mut figures = Year {
                year,
                discount_factor: 1.0,
                one_off: YearFigures::default(),
                recurring: YearFigures::default(),
            };
            for phase in phases {
                let Some((_, share)) = phase.schedule.iter().find(|(y, _)| *y == year) else {
                    continue;
                };
                let into = match phase.kind {
                    PhaseKind::OneOff => &mut figures.one_off,
                    PhaseKind::Recurring => &mut figures.recurring,
                };
                let e = &phase.effects;
                let whole =
                    labour_factor(phase.kind, &phase.schedule, table, plan.productivity_growth);
                let here =
                    labour_factor(phase.kind, &[(year, 1.0)], table, plan.productivity_growth);
                into.spending += e.spending.total.as_millions() * share;
                into.output += e.output.sums().total() * share;
                into.value_added += e.value_added.sums().total() * share;
                into.imports += e.leakage() * share;
                into.jobs +=
                    e.account("jobs").map_or(0.0, |j| j.sums().total()) * share * here / whole;
            }
            figures
        })
        .collect()
}
