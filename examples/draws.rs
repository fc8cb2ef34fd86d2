//! How sure is a figure? Every draw of an uncertain scenario, handed back for what the report does not ask:
//! here, how likely building it creates more than 20,000 job-years at home.
//!
//! ```text
//! cargo run --release --example draws
//! ```

use leontief::scenario::{PhaseKind, Value};
use leontief::uncertainty::{Draws, draws};
use leontief::{AnyTable, Model, Scenario, impact};

fn main() -> leontief::Result<()> {
    let table = AnyTable::open("kr-2023-83")?;
    let model = Model::new(&table)?;
    let centre = Scenario::builder("Data centre")
        .parameter("capex", Value::from("5조").range("4조", "7조"))
        .parameter("building", Value::from(0.3).range(0.2, 0.4))
        .phase("Build", PhaseKind::OneOff)
        .spend("데이터센터 건설", "capex * building")
        .spend("GPU 서버", "capex * (1 - building)")
        .set("domestic_share", Value::from(0.05).range(0.0, 0.2))
        .build(&table)?;
    let written = impact::of_scenario(&table, &model, &centre)?;

    let asked = Draws {
        count: 2_000,
        keep: true, // every draw, not only quantiles
        ..Draws::default()
    };
    let (ensemble, _) = draws::of_scenario(&table, &model, &centre, &written, &asked, &|_| ())?;
    let built = Some(PhaseKind::OneOff);
    let jobs = ensemble.each.iter();
    let jobs = jobs.filter(|figure| figure.kind == built && figure.id == "jobs_type1");
    for jobs in jobs {
        let many = jobs.values.iter().filter(|jobs| **jobs > 20_000.0);
        let share = 100.0 * many.count() as f64 / jobs.values.len() as f64;
        println!(
            "more than 20,000 job-years in {share:.0} % of {} draws",
            ensemble.draws
        );
    }
    Ok(())
}
