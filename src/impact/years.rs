//! Year by year: the share of each phase that falls in a year.

use super::{Labour, PhaseImpact};
use crate::scenario::ByKind;
use serde::{Deserialize, Serialize};

/// What happens in one year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Year {
    /// The calendar year.
    pub year: i32,
    /// What money of this year is worth in the base year of discounting.
    pub discount_factor: f64,
    /// Of the phases of each kind: job-years spent in this year, jobs held over it.
    #[serde(flatten)]
    pub figures: ByKind<YearFigures>,
}

impl Year {
    /// A figure of both kinds of phases together; not for persons.
    pub fn of_both(&self, of: impl Fn(&YearFigures) -> f64) -> f64 {
        of(&self.figures.one_off) + of(&self.figures.recurring)
    }
}

/// The figures of one year, undiscounted; money in millions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
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
    /// Output, Type I: without what households add.
    #[serde(default)]
    pub output_type1: f64,
    /// Value added, Type I.
    #[serde(default)]
    pub value_added_type1: f64,
    /// What is imported at once and as inputs of production (Type I).
    #[serde(default)]
    pub imports_type1: f64,
    /// Persons, Type I.
    #[serde(default)]
    pub jobs_type1: f64,
}

impl YearFigures {
    /// What households add: all stages less Type I; of what is spent nothing.
    pub fn of_households(&self) -> Self {
        YearFigures {
            output: self.output - self.output_type1,
            value_added: self.value_added - self.value_added_type1,
            imports: self.imports - self.imports_type1,
            jobs: self.jobs - self.jobs_type1,
            ..YearFigures::default()
        }
    }
}

pub(super) fn years(phases: &[PhaseImpact], labour: Labour) -> Vec<Year> {
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
                figures: ByKind::default(),
            };
            for phase in phases {
                let Some((_, share)) = phase.schedule.iter().find(|(y, _)| *y == year) else {
                    continue;
                };
                let into = figures.figures.get_mut(phase.kind);
                let e = &phase.effects;
                let whole = labour.of_phase(phase.kind, &phase.schedule);
                let here = labour.in_year(year);
                into.spending += e.spending.total.as_millions() * share;
                into.output += e.output.sums().total() * share;
                into.value_added += e.value_added.sums().total() * share;
                into.imports += e.leakage() * share;
                into.output_type1 += e.output.sums().type1() * share;
                into.value_added_type1 += e.value_added.sums().type1() * share;
                into.imports_type1 += e.leakage_type1() * share;
                let jobs = e.account("jobs").map(|j| j.sums()).unwrap_or_default();
                let persons = share * here / whole;
                into.jobs += jobs.total() * persons;
                into.jobs_type1 += jobs.type1() * persons;
            }
            figures
        })
        .collect()
}
