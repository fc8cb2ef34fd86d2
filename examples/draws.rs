//! How sure is a figure? Every draw of an uncertain scenario, handed back for what the report does not ask:
//! here, how likely the building creates more than 20,000 job-years at home.
//!
//! ```text
//! cargo run --release --example draws
//! ```

use leontief::model::{Closure, ImportTreatment};
use leontief::scenario::{Overrides, presets};
use leontief::uncertainty::{Draws, draws};
use leontief::{AnyTable, Model, Scenario, impact};

fn main() -> leontief::Result<()> {
    let table = AnyTable::open("kr-2023-83")?;
    let model = Model::with(&table, ImportTreatment::Domestic, Closure::Default)?;
    let scenario = Scenario::new(presets::open("ai-hub")?, &table, &Overrides::default())?;
    let written = impact::of_scenario(&table, &model, &scenario)?;

    let asked = Draws {
        count: 2_000,
        keep: true,
        ..Draws::default()
    };
    let (ensemble, _) = draws::of_scenario(&table, &model, &scenario, &written, &asked, &|_| ())?;
    // The first figure of this name is of the one-off phases.
    if let Some(jobs) = ensemble.each.iter().find(|e| e.id == "jobs_type1") {
        let many = jobs.values.iter().filter(|jobs| **jobs > 20_000.0);
        let share = 100.0 * many.count() as f64 / jobs.values.len() as f64;
        println!(
            "more than 20,000 job-years in {share:.0} % of {} draws",
            ensemble.draws
        );
    }
    Ok(())
}
