//! Year by year: the share of each phase that falls in a year.

use super::{Labour, PhaseImpact};
use crate::scenario::ByKind;
use crate::units::{Measures, OfType1};
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

/// The figures of one year, undiscounted; money in millions, imports are all that is imported, jobs are
/// job-years or jobs.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct YearFigures {
    /// Spent.
    pub spending: f64,
    /// Of all stages.
    #[serde(flatten)]
    pub total: Measures<f64>,
    /// Of Type I: without what households add.
    #[serde(flatten, with = "OfType1")]
    pub type1: Measures<f64>,
}

impl YearFigures {
    /// What households add: all stages less Type I.
    pub fn of_households(&self) -> Measures<f64> {
        self.total - self.type1
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
                let persons = share * here / whole;
                into.spending += e.spending.total.as_millions() * share;
                into.total += e.total().scaled(*share, persons);
                into.type1 += e.type1().scaled(*share, persons);
            }
            figures
        })
        .collect()
}
