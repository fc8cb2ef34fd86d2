//! The price model: several given prices at once, dearer imports and dearer costs.

use super::*;
use leontief::Lang;
use leontief::analysis::price::{Given, PriceStudy};
use leontief::model::price;
use leontief::table::Regrouping;

/// 100 at purchasers' prices: 20 of trade, 10 of transport, 70 of product 1, half of it imported.
const PURCHASED: &str = r#"
[scenario]
induced = false
[[phase]]
name = "Run"
kind = "recurring"
[[phase.spending]]
what = "1"
amount = "100m"
domestic_share = 0.5
price = "purchasers"
trade_margin = "20%"
transport_margin = "10%"
product_tax = 0
"#;

#[test]
fn two_given_prices_hold_whatever_they_do_to_each_other() {
    let model = open_model(&economy());
    let change = price::from_prices(&model, &[(0, 0.1), (2, 0.2)]).expect("prices");
    // Sector 2 pays .3 of .1, .2 of its own and .1 of .2: p2 = .05 / .8.
    near(change.prices.as_slice(), &[0.1, 0.0625, 0.2]);
    // The order in which they are given is of no matter.
    let swapped = price::from_prices(&model, &[(2, 0.2), (0, 0.1)]).expect("prices");
    near(swapped.prices.as_slice(), &[0.1, 0.0625, 0.2]);
}

#[test]
fn one_given_price_is_a_row_of_the_inverse_over_its_own_cell() {
    let model = open_model(&economy());
    let change = price::from_prices(&model, &[(1, 0.16)]).expect("prices");
    // .16 (.8, 1.6, .4) / 1.6.
    near(change.prices.as_slice(), &[0.08, 0.16, 0.04]);
}

#[test]
fn given_prices_dearer_imports_and_costs_come_together() {
    let table = economy();
    let given = Given {
        prices: vec![(2, 0.1)],
        imports: vec![(1, 0.2)],
        costs: vec![(0, 0.01)],
    };
    let study = PriceStudy::with(&table, &open_model(&table), given).expect("a study");
    // Imports of product 2 cost (0, .1, .05) x .2 = (0, .02, .01) of output; with .01 in sector 1 the
    // rows of L bring (.036, .042, .028). What sector 3 lacks to .1 is .072 = .06 x 1.2, and .06 times
    // row 3 is (.024, .018, .072).
    near(&study.prices, &[0.06, 0.06, 0.1]);
    let basket = |role: FinalDemandRole| {
        study
            .baskets
            .iter()
            .find(|(r, _)| *r == role)
            .expect("a basket")
            .1
    };
    // (.06 x 180 + .06 x 108 + .1 x 72 + .2 x 27) / 450.
    assert_relative_eq!(basket(FinalDemandRole::Household), 0.0664, epsilon = 1e-12);
    // (.06 x 300 + .06 x 150 + .1 x 100 + .2 x 150) / 950.
    assert_relative_eq!(
        basket(FinalDemandRole::FixedCapital),
        67.0 / 950.0,
        epsilon = 1e-12
    );
    // (.06 x 200 + .06 x 100 + .1 x 250) / 550.
    assert_relative_eq!(
        basket(FinalDemandRole::Exports),
        43.0 / 550.0,
        epsilon = 1e-12
    );
    // (.06 x 2000 + .06 x 1500 + .1 x 1000) / 4500.
    assert_relative_eq!(
        study.output.expect("flows"),
        310.0 / 4500.0,
        epsilon = 1e-12
    );
}

#[test]
fn prices_are_of_a_model_that_sets_imports_apart() {
    let table = economy();
    let given = || Given {
        imports: vec![(0, 0.1)],
        ..Given::default()
    };
    let study = |imports| {
        let model = Model::with(&table, imports, Closure::Open).expect("a model");
        PriceStudy::with(&table, &model, given())
    };
    // Am' (.1, 0, 0) = (.005, 0, .01); L' of it: 1.6 x .005 + .4 x .01, .7 x .005 + .3 x .01, ...
    let prices = study(ImportTreatment::Domestic).expect("a study").prices;
    near(&prices, &[0.012, 0.0065, 0.016]);
    for imports in [ImportTreatment::Competitive, ImportTreatment::Total] {
        let error = study(imports).expect_err("refused").to_string();
        assert!(error.contains("imported inputs apart"), "{error}");
        let model = Model::with(&table, imports, Closure::Open).expect("a model");
        assert!(PriceStudy::of(&table, &model, &[(1, 0.2)]).is_err());
    }
}

#[test]
fn margins_go_to_the_sectors_that_the_table_gives_the_roles_to() {
    let folder = common::Folder::of(&economy());
    let text = folder.read("table.toml");
    let roles = "[roles]\ntrade = \"3\"\ntransport = \"2\"";
    folder.write("table.toml", text.replace("[roles]", roles));
    let table = AnyTable::open(folder.name()).expect("a table");
    let scenario = scenario(PURCHASED, &table);
    let impact = impact::of_scenario(&table, &open_model(&table), &scenario).expect("an impact");
    let output = &impact.effects.recurring.as_ref().expect("recurring").output;
    near(&output.direct, &[35.0, 10.0, 20.0]);
    // L f = (56 + 7 + 16, 28 + 16 + 8, 14 + 3 + 24) = (79, 52, 41).
    near(&output.indirect, &[44.0, 42.0, 21.0]);
}

#[test]
fn a_table_without_roles_takes_no_margins_and_the_key_to_add_is_named() {
    let file = ScenarioFile::parse("hand.toml", PURCHASED).expect("a scenario file");
    let error = Scenario::new(file, &economy(), &Overrides::default()).expect_err("refused");
    for lang in [Lang::En, Lang::Ko] {
        let message = error.say(lang);
        for part in [
            "hand.toml:8: trade_margin",
            "[roles]",
            "trade = ",
            "table.toml",
        ] {
            assert!(message.contains(part), "{part}: {message}");
        }
    }
}

#[test]
fn a_table_summed_to_fewer_sectors_keeps_the_roles_of_what_is_summed() {
    let [fine, wide] = ["kr-2023-83", "kr-2023-33"].map(|id| AnyTable::open(id).expect("built in"));
    let groups = Regrouping::by_group(fine.sectors(), wide.sectors()).expect("groups");
    let summed = fine.regrouped(&groups).expect("flows");
    assert_eq!(summed.meta().roles, wide.meta().roles);
    assert_eq!(summed.meta().roles.trade.as_deref(), Some("20"));
}
