//! A batch: a thousand variants of one scenario, each with an investment and a share of building of its own.
//!
//! The scenario is checked once; a variant is a plan with other values. The effects are those of
//! `Scenario::new` with `Overrides::set` and `impact::of_scenario` for each, 8 times sooner on 83 sectors and 9
//! times on 33: no formula is bound again, and the scenario's further studies (policies, caps, a new industry,
//! people) are left out; `impact::of_scenario_plan` makes them of a variant, too. Where the headline figures over a
//! grid are all that is asked, `uncertainty::Sweep` is some 50 times quicker again.
//!
//! ```text
//! cargo run --release --example batch
//! ```

use leontief::scenario::PhaseKind;
use leontief::{AnyTable, Model, Money, Scenario, impact};

fn main() -> leontief::Result<()> {
    let table = AnyTable::open("kr-2023-83")?;
    let model = Model::new(&table)?;
    let centre = Scenario::builder("Data centre")
        .parameter("capex", Money::units(5e12))
        .parameter("building", 0.3)
        .phase("Build", PhaseKind::OneOff)
        .spend("데이터센터 건설", "capex * building")
        .spend("GPU 서버", "capex * (1 - building)")
        .set("domestic_share", 0.05)
        .build(&table)?;

    let mut most: Option<(f64, f64, f64)> = None;
    let mut enough = 0;
    for variant in 0..1_000 {
        let capex = 1e12 + 2e11 * f64::from(variant / 20); // won
        let building = 0.22 + 0.01 * f64::from(variant % 20);
        let plan = centre.plan_with(&[("capex", capex), ("building", building)])?;
        let impact = impact::of_plan(&table, &model, &plan)?;
        let Some(built) = &impact.effects.one_off else {
            continue;
        };
        let added = built.value_added.sums().type1(); // millions of won
        if added > 2e6 {
            enough += 1;
        }
        if most.is_none_or(|(.., most)| added > most) {
            most = Some((capex, building, added));
        }
    }
    println!("{enough} of 1,000 variants add more than 2 trillion won of value");
    if let Some((capex, building, added)) = most {
        println!(
            "the most: {:.2} trillion, of {:.1} trillion spent with {:.0} % on the building",
            added / 1e6,
            capex / 1e12,
            100.0 * building
        );
    }
    Ok(())
}
