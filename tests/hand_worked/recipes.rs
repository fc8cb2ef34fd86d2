//! What recipes make in several phases of a kind, each with its own probability.
//!
//! ```text
//! Run    certain, 30 of product 3 by recipe "day": .4 of product 1 (half from home), .1 of product 2 (all from
//!        home), .2 for employees, .1 of capital income, the rest (.2) surplus; half of it abroad
//!        makes 27 with 6 and 3 from home and 6 from abroad; 6 for employees, surplus 6, capital income 3
//! Night  probability .5, 20 of product 3 by recipe "night": .5 of product 2 (two fifths from home), .3 for
//!        employees, .1 of depreciation, the rest (.1) surplus; a quarter of it abroad
//!        makes 20 with 4 from home and 6 from abroad; 6 for employees, 2 of depreciation, surplus 2
//! ```

use super::*;

const DAY_AND_NIGHT: &str = r#"
[recipe.day]
inputs = { 1 = 0.4, 2 = 0.1 }
domestic_shares = { 1 = 0.5, 2 = 1 }
compensation = 0.2
capital_income = 0.1
foreign_ownership = 0.5
jobs = 200

[recipe.night]
inputs = { 2 = 0.5 }
domestic_shares = { 2 = 0.4 }
compensation = 0.3
depreciation = 0.1
foreign_ownership = 0.25
jobs = 100

[[phase]]
name = "Run"
kind = "recurring"
[[phase.spending]]
what = "3"
amount = "30m"
recipe = "day"

[[phase]]
name = "Night"
kind = "recurring"
probability = 0.5
[[phase.spending]]
what = "3"
amount = "20m"
recipe = "night"
"#;

#[test]
fn what_recipes_make_of_one_product_adds_up_over_phases() {
    let impact = impact_of(DAY_AND_NIGHT);
    let all = impact.effects.recurring.as_ref().expect("recurring phases");
    let [made] = &all.by_recipe[..] else {
        panic!("one product");
    };
    assert_eq!(made.sector, 2);
    assert_relative_eq!(made.output, 27.0 + 0.5 * 20.0, epsilon = 1e-9);
    near(&made.inputs, &[6.0, 3.0 + 0.5 * 4.0, 0.0]);
    near(&made.imports, &[6.0, 0.5 * 6.0, 0.0]);
    let part = |role| made.part(role);
    use PrimaryInputRole::{
        Compensation, ConsumptionOfFixedCapital, NetProductionTaxes, OperatingSurplus,
    };
    near(
        &[
            part(Compensation),
            part(OperatingSurplus),
            part(ConsumptionOfFixedCapital),
            part(NetProductionTaxes),
        ],
        &[6.0 + 3.0, 6.0 + 1.0, 1.0, 0.0],
    );
    assert_relative_eq!(made.capital_income, 3.0, epsilon = 1e-9);
    // (6 + 3) / 2 and .5 x 2 / 4.
    assert_relative_eq!(made.income_abroad, 4.75, epsilon = 1e-9);
    // 200 per billion of 30, and half of 100 per billion of 20.
    assert_relative_eq!(made.account("jobs"), 7.0, epsilon = 1e-9);
}

#[test]
fn suppliers_of_recipes_in_several_phases_have_their_average_columns() {
    let impact = impact_of(DAY_AND_NIGHT);
    let all = impact.effects.recurring.as_ref().expect("recurring phases");
    near(&all.output.direct, &[0.0, 0.0, 37.0]);
    // L (6, 5, 0).
    near(&all.output.indirect, &[13.1, 12.8, 3.9]);
    near(&all.value_added.direct, &[0.0, 0.0, 17.0]);
    near(&all.value_added.indirect, &[2.62, 3.2, 1.365]);
    near(&all.imports.direct, &[6.0, 3.0, 0.0]);
    near(&all.imports.indirect, &[1.045, 1.475, 1.295]);
    let jobs = all.account("jobs").expect("jobs");
    near(&jobs.direct, &[0.0, 0.0, 7.0]);
    near(&jobs.indirect, &[26.2, 51.2, 3.9]);
    // 17 + 7.185 + 9 + 3.815: all of the 37 that are made.
    let ends = all.value_added.sums().total() + all.leakage();
    assert_relative_eq!(ends, 37.0, epsilon = 1e-9);
    // At once nothing; 9 by the recipes; m'(6, 5, 0).
    near(&impact.leakage[0].tiers[..3], &[0.0, 9.0, 1.35]);
}

#[test]
fn a_cap_lets_recipes_of_several_phases_make_what_they_do_and_limits_their_suppliers() {
    let impact = impact_of(&format!(
        "{DAY_AND_NIGHT}[[cap]]\nwhat = \"1\"\nextra = \"10m\"\n"
    ));
    let constrained = impact.constrained.as_ref().expect("capped");
    let [period] = &constrained.periods[..] else {
        panic!("no dates");
    };
    // 13.1 are wished and 10 can be: 3.1 over l_11 = 1.6, and nobody buys product 1 to use it up.
    let short = 3.1 / 1.6;
    assert_relative_eq!(period.sectors[0].short, short, epsilon = 1e-9);
    assert_relative_eq!(period.sectors[0].short_of_inputs, short, epsilon = 1e-9);
    let wished = period.wished;
    near(
        &[
            wished.output,
            wished.value_added,
            wished.imports,
            wished.jobs,
        ],
        &[66.8, 24.185, 12.815, 88.3],
    );
    let possible = period.possible;
    near(
        &[
            possible.output,
            possible.value_added,
            possible.imports,
            possible.replacing,
            possible.jobs,
        ],
        &[
            66.8 - 2.8 * short,
            24.185 - 0.66 * short,
            12.815 - 0.34 * short + short,
            short,
            88.3 - 6.8 * short,
        ],
    );
}

#[test]
fn an_input_that_nobody_makes_at_home_is_imported_whatever_share_or_policy_asks() {
    // Sector 2 makes nothing: product 2 is bought abroad.
    let economy = Economy::new(dmatrix![20.0, 0.0; 0.0, 0.0], dvector![100.0, 0.0]);
    let table = economy.table();
    let text = "[recipe.r]\ninputs = { 1 = 0.2, 2 = 0.3 }\ndomestic_shares = { 1 = 1, 2 = 0.5 }\n\
                compensation = 0.1\n[[phase]]\nname = \"Run\"\nkind = \"recurring\"\n[[phase.spending]]\n\
                what = \"1\"\namount = \"100m\"\nrecipe = \"r\"\n\
                [[policy]]\nwhat = \"2\"\ndomestic_share = 0.9\n";
    let scenario = scenario(text, &table);
    let impact = impact::of_scenario(&table, &open_model(&table), &scenario).expect("an impact");
    let run = impact.effects.recurring.as_ref().expect("recurring");
    // 20 of product 1, over 1 - .2; 30 of product 2 from abroad.
    near(&run.output.indirect, &[25.0, 0.0]);
    near(&run.imports.direct, &[0.0, 30.0]);
    assert!(impact.notes.iter().any(|n| n.code() == "not_made_at_home"));
    assert!(impact.policy.is_none(), "nothing can be raised");
}
