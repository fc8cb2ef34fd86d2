//! A shock and what follows: 5 trillion won of demand for construction.
//!
//! ```text
//! cargo run --example shock
//! ```

use leontief::impact::{self, ShockShare};
use leontief::{AnyTable, Model, Money};

fn main() -> leontief::Result<()> {
    let table = AnyTable::open("kr-2023-33")?;
    let model = Model::new(&table)?;
    let construction = table.sectors().find("건설")?;

    let shock = [(construction, Money::units(5e12))];
    let impact = impact::of_shock(&table, &model, &shock, ShockShare::Domestic)?;
    let Some(effects) = &impact.effects.recurring else {
        return Ok(());
    };

    // Money stands in millions of won; Type I is direct and indirect, Type II adds households.
    let (output, value_added) = (effects.output.sums(), effects.value_added.sums());
    println!("output       {:10.1} bn won (Type I)", output.type1() / 1e3);
    println!(
        "             {:10.1} bn won (Type II)",
        output.total() / 1e3
    );
    println!(
        "value added  {:10.1} bn won (Type I)",
        value_added.type1() / 1e3
    );
    if let Some(jobs) = effects.account("jobs") {
        println!(
            "jobs         {:10.0} full-time (Type I)",
            jobs.sums().type1()
        );
    }

    println!("\nwho supplies:");
    let mut suppliers: Vec<usize> = (0..impact.sectors.len()).collect();
    suppliers.sort_by(|&a, &b| effects.output.indirect[b].total_cmp(&effects.output.indirect[a]));
    for &sector in &suppliers[..5] {
        let (name, indirect) = (
            &impact.sectors[sector].name.en,
            effects.output.indirect[sector],
        );
        println!("{:8.1} bn won  {name}", indirect / 1e3);
    }
    Ok(())
}
