//! Labour productivity: how many persons a unit of output takes in years after the table's.
//!
//! The one place that says so: effects, years, the regional split, caps, a new industry, draws and the
//! live page all ask it, so that the same jobs come out wherever they stand.

use crate::scenario::{PhaseKind, Plan};
use crate::table::AnyTable;

/// Yearly growth of labour productivity after a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Labour {
    base: i32,
    growth: f64,
}

impl Labour {
    /// Growth by `growth` a year after `base`, the year of the labour coefficients.
    pub fn new(base: i32, growth: f64) -> Self {
        Labour { base, growth }
    }

    /// As a plan has it, after the table's year.
    pub fn of(table: &AnyTable, plan: &Plan) -> Self {
        Labour::new(table.meta().year, plan.productivity_growth)
    }

    /// Persons per unit of output in a year, against those of the base year.
    ///
    /// ```
    /// use leontief::impact::Labour;
    /// assert_eq!(Labour::new(2023, 0.25).in_year(2025), 1.0 / 1.5625);
    /// ```
    pub fn in_year(self, year: i32) -> f64 {
        (1.0 + self.growth).powi(self.base - year)
    }

    /// Persons per unit of output of a whole one-off phase, or of the first full year of a recurring
    /// one, against those of the base year; 1 for a phase without dates.
    pub fn of_phase(self, kind: PhaseKind, schedule: &[(i32, f64)]) -> f64 {
        if schedule.is_empty() || self.growth == 0.0 {
            return 1.0;
        }
        match kind {
            PhaseKind::OneOff => schedule
                .iter()
                .map(|(year, share)| share * self.in_year(*year))
                .sum(),
            PhaseKind::Recurring => {
                let fullest = schedule.iter().map(|(_, share)| *share).fold(0.0, f64::max);
                schedule
                    .iter()
                    .find(|(_, share)| *share >= fullest)
                    .map_or(1.0, |(year, _)| self.in_year(*year))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::impact::regional::{self, Method};
    use crate::impact::{self, Impact};
    use crate::model::Model;
    use crate::scenario::{Overrides, Scenario, ScenarioFile};
    use approx::assert_relative_eq;

    /// A one-off phase over two years, a recurring one that starts in the middle of a year, both with a
    /// probability; productivity grows by a quarter a year.
    const GROWING: &str = r#"
[scenario]
name = "Growing"
region = "전남"
productivity_growth = 0.25

[[phase]]
name = "Build"
kind = "one-off"
start = "2024-07"
duration = "1y"
probability = 0.5
[[phase.spending]]
what = "50"
amount = "100억"
domestic_share = 1
[[phase.spending]]
what = "37"
amount = "30억"
domestic_share = 1
region = "elsewhere"

[[phase]]
name = "Run"
kind = "recurring"
start = "2025-07"
duration = "2y"
[[phase.spending]]
what = "62"
amount = "10억"
domestic_share = 1

[[cap]]
what = "01"
extra = "1조"
"#;

    fn growing() -> (AnyTable, Model, Plan, Impact) {
        let table = AnyTable::open("kr-2023-83").expect("built in");
        let file = ScenarioFile::parse("growing.toml", GROWING).expect("readable");
        let scenario = Scenario::new(file, &table, &Overrides::default()).expect("valid");
        let model = Model::new(&table).expect("productive");
        let impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
        let plan = scenario.plan().expect("a plan");
        (table, model, plan, impact)
    }

    #[test]
    fn a_phase_takes_the_persons_of_its_years() {
        let labour = Labour::new(2023, 0.25);
        let build = [(2024, 0.5), (2025, 0.5)];
        assert_eq!(
            labour.of_phase(PhaseKind::OneOff, &build),
            0.5 * (0.8 + 0.64)
        );
        let run = [(2025, 0.5), (2026, 1.0), (2027, 0.5)];
        assert_relative_eq!(labour.of_phase(PhaseKind::Recurring, &run), 0.512);
        assert_eq!(labour.of_phase(PhaseKind::Recurring, &[]), 1.0);
    }

    #[test]
    fn jobs_in_the_province_and_elsewhere_are_the_nations_jobs_in_every_phase() {
        let (table, model, plan, impact) = growing();
        let national = |at: usize| {
            impact.phases[at]
                .effects
                .account("jobs")
                .expect("jobs")
                .sums()
        };
        let split = impact.regional.expect("a province");
        assert_eq!(split.phases.len(), 2);
        for (at, phase) in split.phases.iter().enumerate() {
            assert!(phase.jobs.inside > 0.0 && phase.jobs.outside > 0.0);
            assert_relative_eq!(
                phase.jobs.total(),
                national(at).type1(),
                max_relative = 1e-12
            );
        }
        let ranked = regional::compare(&table, &model, &plan, Method::Shares).expect("ranked");
        assert!(ranked.able.len() > 5);
        for (at, phase) in ranked.able.iter().flat_map(|r| r.phases.iter().enumerate()) {
            assert_relative_eq!(
                phase.jobs.total(),
                national(at).type1(),
                max_relative = 1e-12
            );
        }
    }

    #[test]
    fn regional_multipliers_as_published_count_productivity_from_their_own_year() {
        let (table, model, mut plan, _) = growing();
        let jobs = |plan: &Plan| -> Vec<f64> {
            let split = regional::of_plan(&table, &model, plan, Method::Multipliers);
            let split = split.expect("split").expect("placed");
            split.phases.iter().map(|p| p.jobs.inside).collect()
        };
        let growing = jobs(&plan);
        plan.productivity_growth = 0.0;
        let still = jobs(&plan);
        // Regional tables of 2020: three years more than the national table of 2023.
        let three_years = 0.8_f64.powi(3);
        assert_relative_eq!(
            growing[0] / still[0],
            three_years * 0.72,
            max_relative = 1e-12
        );
        assert_relative_eq!(
            growing[1] / still[1],
            three_years * 0.512,
            max_relative = 1e-12
        );
    }

    #[test]
    fn years_and_caps_take_the_persons_of_their_year() {
        let (_, _, _, impact) = growing();
        let jobs = impact.phases[0]
            .effects
            .account("jobs")
            .expect("jobs")
            .sums();
        let [first, second] = [
            impact.years[0].figures.one_off.total.jobs,
            impact.years[1].figures.one_off.total.jobs,
        ];
        assert_relative_eq!(first + second, jobs.total(), max_relative = 1e-12);
        assert_relative_eq!(first / second, 1.25, max_relative = 1e-12);
        let periods = impact.constrained.expect("a cap").periods;
        let in_period: f64 = periods.iter().map(|p| p.wished.job_years).sum();
        assert_relative_eq!(in_period, jobs.type1(), max_relative = 1e-12);
    }
}
