//! Impacts side by side, year by year.

use super::ComparedYear;
use crate::impact::{Impact, Year, YearFigures};

/// All years that any of the impacts runs in.
pub(super) fn years(impacts: &[(String, Impact)]) -> Vec<ComparedYear> {
    let mut all: Vec<i32> = impacts
        .iter()
        .flat_map(|(_, i)| i.years.iter().map(|y| y.year))
        .collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter()
        .map(|year| {
            let each = |of: &dyn Fn(&Year) -> f64| -> Vec<f64> {
                let found = impacts
                    .iter()
                    .map(|(_, i)| i.years.iter().find(|y| y.year == year));
                found.map(|y| y.map_or(0.0, of)).collect()
            };
            let so_far = |of: fn(&YearFigures) -> f64| -> Vec<f64> {
                let sum = |i: &Impact| {
                    let years = i.years.iter().filter(|y| y.year <= year);
                    years.map(|y| y.of_both(of)).sum()
                };
                impacts.iter().map(|(_, i)| sum(i)).collect()
            };
            ComparedYear {
                year,
                output: each(&|y| y.of_both(|f| f.total.output)),
                value_added: each(&|y| y.of_both(|f| f.total.value_added)),
                cumulative_value_added: so_far(|f| f.total.value_added),
                job_years: each(&|y| y.figures.one_off.total.jobs),
                jobs: each(&|y| y.figures.recurring.total.jobs),
                output_type1: each(&|y| y.of_both(|f| f.type1.output)),
                value_added_type1: each(&|y| y.of_both(|f| f.type1.value_added)),
                cumulative_value_added_type1: so_far(|f| f.type1.value_added),
                job_years_type1: each(&|y| y.figures.one_off.type1.jobs),
                jobs_type1: each(&|y| y.figures.recurring.type1.jobs),
            }
        })
        .collect()
}
