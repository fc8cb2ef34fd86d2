//! Several products bought together, the table as it is.

use super::*;
use leontief::analysis::Multipliers;
use leontief::scenario::{Note, NoteFigure};
use leontief::table::{Basket, SplitBy};

/// 1 and 3: output 2000 and 1000, final demand 850 and 450.
#[test]
fn a_basket_is_shared_by_output_or_by_final_demand() {
    let table = economy();
    let shares = |words: &str, by| {
        let basket = Basket::parse(words, &table, by).expect("a basket");
        basket.parts().to_vec()
    };
    let by_output = shares("1+Sector 3", SplitBy::Output);
    assert_eq!([by_output[0].0, by_output[1].0], [0, 2]);
    near(&[by_output[0].1, by_output[1].1], &[2.0 / 3.0, 1.0 / 3.0]);
    let by_demand = shares("3+1", SplitBy::Demand);
    assert_eq!(by_demand[0].0, 2);
    near(
        &[by_demand[0].1, by_demand[1].1],
        &[9.0 / 26.0, 17.0 / 26.0],
    );
    assert_eq!(shares("2", SplitBy::Demand), [(1, 1.0)]);
    assert_eq!(shares("2+2", SplitBy::Output), [(1, 1.0)]);
}

/// Coefficients with output: f = x - Ad x is the same final demand.
#[test]
fn coefficients_with_output_share_by_the_same_demand() {
    let whole = AnyTable::open("kr-2023-33").expect("built in");
    let output = whole.output().cloned();
    let bare = leontief::table::CoefficientTable::new(whole.coefficients(), String::new());
    let bare: AnyTable = bare.with_output(output).expect("output").into();
    let share = |table: &AnyTable| {
        let basket = Basket::parse("19+20", table, SplitBy::Demand).expect("a basket");
        basket.parts()[0].1
    };
    assert_relative_eq!(share(&bare), share(&whole), max_relative = 1e-6);
    let nothing = AnyTable::from(leontief::table::CoefficientTable::new(
        whole.coefficients(),
        String::new(),
    ));
    assert!(Basket::parse("19+20", &nothing, SplitBy::Output).is_err());
}

#[test]
fn what_nothing_can_be_shared_by_is_refused() {
    let table = AnyTable::open("kr-2020-165").expect("built in");
    let flows = table.flows(Text::same("a test")).expect("flows");
    let demand = flows.domestic_final_demand_total();
    let negative = demand
        .iter()
        .position(|f| *f < 0.0)
        .expect("inventories fall");
    let other = if negative == 0 { 1 } else { 0 };
    let refused = Basket::of(&table, &[negative, other], SplitBy::Demand).expect_err("below zero");
    assert!(refused.to_string().contains("share by output"), "{refused}");
    assert!(Basket::of(&table, &[negative, other], SplitBy::Output).is_ok());
    assert!(Basket::of(&table, &[], SplitBy::Output).is_err());
    assert!(Basket::of(&table, &[165], SplitBy::Output).is_err());
    assert!(Basket::parse("010+none", &table, SplitBy::Output).is_err());
}

/// Column sums of L are 2.8, 2.6 and 2.4, their mean 2.6; jobs 6.8, 8.1, 4.4, of its own 2, 4, 1. Merged before
/// inverting the two would have 2.58333.
#[test]
fn the_multipliers_of_a_basket_are_those_of_its_products() {
    let table = economy();
    let all = Multipliers::of(&open_model(&table), Default::default()).expect("Type I");
    let of = |by| {
        let basket = Basket::parse("1+3", &table, by).expect("a basket");
        all.of_basket(&basket, "X").expect("all sectors")
    };
    let x = of(SplitBy::Output);
    near(&[x.output, x.influence], &[8.0 / 3.0, 8.0 / 7.8]);
    near(&[x.accounts[0], x.own.accounts[0]], &[6000.0, 5000.0 / 3.0]);
    near(&[x.account_ratios[0].expect("it has jobs")], &[3.6]);
    near(&[x.value_added, x.imports], &[2.0 / 3.0, 1.0 / 3.0]);
    let by_demand = of(SplitBy::Demand);
    near(&[by_demand.output], &[(17.0 * 2.8 + 9.0 * 2.4) / 26.0]);
    assert_eq!(
        (x.sector.code.as_str(), x.sector.name.en.as_str()),
        ("X", "1 + 3")
    );
}

const LINE: &str = r#"
[[phase]]
name = "Build"
kind = "one-off"
[[phase.spending]]
item = "Plant"
what = "1+3"
amount = "130m"
"#;

/// 85 of 1 and 45 of 3: L f = 85 (1.6, .8, .4) + 45 (.8, .4, 1.2).
#[test]
fn a_line_of_several_products_is_demand_for_each() {
    let impact = impact_of(&format!(
        "{LINE}split_by = \"demand\"\ndomestic_share = 1\n"
    ));
    let effects = impact.effects.one_off.as_ref().expect("it is built");
    let of = |sector| effects.output.type1(sector);
    near(&[of(0), of(1), of(2)], &[172.0, 86.0, 88.0]);
    let lines = &impact.phases[0].lines;
    let named: Vec<&str> = lines.iter().map(|l| l.item.en.as_str()).collect();
    assert_eq!(named, ["Plant: Sector 1", "Plant: Sector 3"]);
    let note = impact.notes.iter().find(|n| n.code() == "shared_among");
    let figures = note.expect("it is said").figures();
    assert_eq!(figures["by"], NoteFigure::Text("demand".to_owned()));
    assert!(matches!(figures["share_1"], NoteFigure::Number(n) if (n - 17.0 / 26.0).abs() < 1e-12));
}

/// In fixed capital .75 of product 1 is made at home and .4 of product 3.
#[test]
fn each_product_of_a_line_has_the_domestic_share_of_its_own() {
    let impact = impact_of(LINE);
    let lines = &impact.phases[0].lines;
    near(
        &[lines[0].domestic, lines[1].domestic],
        &[130.0 * 2.0 / 3.0 * 0.75, 130.0 / 3.0 * 0.4],
    );
}

#[test]
fn a_basket_that_cannot_be_is_refused_with_its_place() {
    let table = economy();
    let refused = |text: &str| {
        let file = ScenarioFile::parse("own.toml", text).expect("a file");
        let scenario = Scenario::new(file, &table, &Overrides::default());
        scenario.expect_err(text).to_string()
    };
    let one = LINE.replace("1+3", "1") + "split_by = \"demand\"\n";
    let said = refused(&one);
    assert!(
        said.starts_with("own.toml:9: split_by: '1' is one product"),
        "{said}"
    );
    let said = refused(&LINE.replace("1+3", "1+9"));
    assert!(
        said.starts_with("own.toml:7: what: unknown sector '9'"),
        "{said}"
    );
    let made = format!("{LINE}recipe = {{ inputs = {{ 1 = 0.5 }} }}\n");
    let said = refused(&made);
    assert!(
        said.contains("own.toml:7: recipe: a recipe makes one product"),
        "{said}"
    );
    let unknown = ScenarioFile::parse("own.toml", &format!("{LINE}split_by = \"size\"\n"));
    assert!(
        unknown
            .expect_err("no such way")
            .to_string()
            .contains("own.toml:9")
    );
    // A scenario that changes the product does not inherit how several shared.
    let base = format!("{LINE}split_by = \"demand\"\n");
    let base = ScenarioFile::parse("base.toml", &base).expect("a file");
    let own = LINE.replace("1+3", "2").replace("amount = \"130m\"\n", "");
    let own = ScenarioFile::parse("own.toml", &own).expect("a file");
    let scenario = Scenario::new(own.on_top_of(base), &table, &Overrides::default());
    assert_eq!(
        scenario.expect("a scenario").plan().expect("a plan").phases[0]
            .lines
            .len(),
        1
    );
}

#[test]
fn a_note_says_in_which_proportion_in_both_languages() {
    let shares = vec![
        (economy().sectors().get(0).into(), 17.0 / 26.0),
        (economy().sectors().get(2).into(), 9.0 / 26.0),
    ];
    let what = Text::same("Plant");
    let said = Note::SharedAmong {
        what,
        by: SplitBy::Demand,
        shares,
    }
    .text();
    assert!(
        said.en.contains("final demand for them") && said.en.contains("65.4 %"),
        "{said:?}"
    );
    assert!(
        said.ko.contains("국산품 최종수요") && said.ko.contains("65.4%"),
        "{said:?}"
    );
}
