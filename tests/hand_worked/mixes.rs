//! What producers buy, changed by a scenario: `[[trade_mix]]` and `[[supply_mix]]`.

use super::*;
use leontief::model::mix::MixEffect;

const RUN: &str = r#"
[[phase]]
name = "Run"
kind = "recurring"
[[phase.spending]]
what = "3"
amount = "100m"
domestic_share = 1
"#;

/// Of the 450 and 50 of product 2 that sectors 2 and 3 use, 300 are made at home and 200 imported: a share of .4 that
/// becomes .7.
const TRADE: &str = "[[trade_mix]]\nwhat = 'Sector 2'\nimported = '70%'\nusers = ['2', '3']\n";

/// A fifth of product 3 that sector 1 uses, .2 and .05, becomes product 2 at twice the price.
const SUPPLY: &str =
    "[[supply_mix]]\nfrom = '3'\nto = '2'\nshare = 0.2\nprice = 2\nusers = ['1']\n";

fn read(text: &str) -> ScenarioFile {
    ScenarioFile::parse("own.toml", text).expect("a scenario file")
}

fn mixed(file: &ScenarioFile) -> (AnyTable, MixEffect) {
    file.mixed(&economy())
        .expect("it can be")
        .expect("it is asked")
}

fn coefficients(table: &AnyTable) -> [Vec<f64>; 2] {
    let c = table.coefficients();
    [c.domestic(), c.imported()].map(|a| (0..9).map(|at| a.at(at / 3, at % 3)).collect())
}

fn impact_of(file: ScenarioFile) -> Impact {
    let (table, effect) = mixed(&file);
    let model = open_model(&table);
    let scenario = Scenario::new(file, &table, &Overrides::default()).expect("a scenario");
    let mut impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
    impact.add_mix(&model, effect);
    impact
}

#[test]
fn a_scenario_is_worked_out_on_the_table_that_its_mixes_make() {
    // Sector 2 uses .2 and .1 a unit: at .7 there is half as much of the domestic product, .1, and .2. Sector 3 uses
    // none at home and .05 abroad.
    let file = read(&format!("{TRADE}{RUN}"));
    let (table, effect) = mixed(&file);
    let [domestic, imported] = coefficients(&table);
    near(&domestic, &[0.1, 0.3, 0.5, 0.4, 0.1, 0.0, 0.2, 0.1, 0.0]);
    near(
        &imported,
        &[0.05, 0.0, 0.1, 0.0, 0.2, 0.05, 0.05, 0.05, 0.0],
    );
    // I - Ad = [.9 -.3 -.5; -.4 .9 0; -.2 -.1 1] has the determinant .9 (.9) - .4 (.3 + .05) - .2 (.45) = .58, its
    // inverse the last column (.45, .2, .69) / .58.
    let impact = impact_of(file);
    let effects = impact.effects.recurring.as_ref().expect("it runs");
    let output = [0, 1, 2].map(|sector| effects.output.type1(sector));
    near(&output, &[45.0 / 0.58, 20.0 / 0.58, 69.0 / 0.58]);
    // Of f = (850, 400, 450): rows (.9, .35, .45), (.4, .8, .2) and (.22, .15, .69) of the inverse, over .58.
    let x = [
        (0.9 * 850.0 + 0.35 * 400.0 + 0.45 * 450.0) / 0.58,
        (0.4 * 850.0 + 0.8 * 400.0 + 0.2 * 450.0) / 0.58,
        (0.22 * 850.0 + 0.15 * 400.0 + 0.69 * 450.0) / 0.58,
    ];
    near(&effect.output.after, &x);
    near(&effect.output.before, &[2000.0, 1500.0, 1000.0]);
    assert_eq!(impact.mix.as_ref(), Some(&effect));
    assert!(impact.receipt.mixed);
    assert!(
        impact
            .notes
            .iter()
            .any(|note| note.code() == "inputs_mixed")
    );
}

#[test]
fn the_price_of_what_is_bought_instead_is_paid_by_value_added() {
    // .05 of product 3 become .1 of product 2, all at home as the .4 before; .2 - .05 of value added are left.
    let (table, effect) = mixed(&read(SUPPLY));
    let [domestic, imported] = coefficients(&table);
    near(&domestic, &[0.1, 0.3, 0.5, 0.5, 0.2, 0.0, 0.16, 0.1, 0.0]);
    near(
        &imported,
        &[0.05, 0.0, 0.1, 0.0, 0.1, 0.05, 0.04, 0.05, 0.0],
    );
    near(
        table.coefficients().value_added().as_slice(),
        &[0.15, 0.25, 0.35],
    );
    near(
        &[effect.mixes[0].bought, effect.mixes[0].saved],
        &[500.0, -100.0],
    );
}

#[test]
fn mixes_of_both_kinds_are_made_in_the_order_written_those_of_the_base_first() {
    // Of what sector 1 buys of product 2 a quarter is imported: .3 and .1 of .4; after the other .375 and .125 of .5.
    let trade = "[[trade_mix]]\nwhat = '2'\nimported = 0.25\nusers = ['1']\n";
    let power = |text: &str| {
        let (table, _) = mixed(&read(text));
        let [domestic, imported] = coefficients(&table);
        [domestic[3], imported[3]]
    };
    near(&power(&format!("{trade}{SUPPLY}")), &[0.375, 0.125]);
    // The share of what is bought already is that of all of it: the order shows with points of change.
    let change = "[[trade_mix]]\nwhat = '2'\nchange = 0.25\nusers = ['1', '2']\n";
    // 800 and 300 of product 2 at home, 150 abroad: .12 becomes .37, so that .63/.88 of what is made at home stays.
    let first = power(&format!("{change}{SUPPLY}"));
    let home = 0.4 * 0.63 / 0.88;
    near(&first, &[home + 0.1 * home / 0.4, (0.4 - home) * 1.25]);
    // First 200 more of it: 150 of 1450.
    let second = power(&format!("{SUPPLY}{change}"));
    let share = 150.0 / 1450.0;
    let home = 0.5 * (0.75 - share) / (1.0 - share);
    near(&second, &[home, 0.5 - home]);
    // What is inherited comes first, wherever it stands in its file, and own mixes of a kind stand in its place.
    let base = read(&format!("\n\n\n\n\n\n\n\n{SUPPLY}"));
    let (table, _) = mixed(&read(change).on_top_of(base.clone()));
    near(&[coefficients(&table)[0][3]], &[home]);
    let other = SUPPLY.replace("0.2", "0.4");
    let (_, effect) = mixed(&read(&other).on_top_of(base));
    near(
        &[effect.mixes.len() as f64, effect.mixes[0].saved],
        &[1.0, -200.0],
    );
}

#[test]
fn totals_of_the_year_and_what_households_spend_are_of_the_table_before() {
    let (table, _) = mixed(&read(TRADE));
    let text = "code,water [t]\n1,4000\n2,3000\n3,500\n";
    let read_of = leontief::scenario::account::Accounts::parse("water.csv", text, &table);
    let accounts = read_of.expect("readable").expect("of its sectors");
    near(accounts.accounts[0].1.as_slice(), &[2.0, 2.0, 0.5]);
    // 450 of 625 + 275.
    let flows = table.flows(Text::same("households")).expect("flows");
    let share = leontief::model::Households::default_share(flows).expect("it has households");
    near(&[share], &[0.5]);
}

#[test]
fn accounts_that_the_model_was_given_are_told_before_and_after() {
    let file = read(&format!("{TRADE}{RUN}"));
    let (table, effect) = mixed(&file);
    let mut model = open_model(&table);
    let text = "code,water [t]\n1,4000\n2,3000\n3,500\n";
    let accounts = leontief::scenario::account::Accounts::parse("water.csv", text, &table);
    for (account, per_output) in accounts.expect("readable").expect("its sectors").accounts {
        model.set_account(account, per_output).expect("of its size");
    }
    let scenario = Scenario::new(file, &table, &Overrides::default()).expect("a scenario");
    let mut impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
    let x = effect.output.after.clone();
    impact.add_mix(&model, effect);
    let mix = impact.mix.expect("just added");
    let (jobs, water) = (&mix.accounts[0], &mix.accounts[1]);
    assert_eq!((jobs.0.id.as_str(), water.0.id.as_str()), ("jobs", "water"));
    near(&jobs.1.after, &[2.0 * x[0], 4.0 * x[1], x[2]]);
    near(&water.1.before, &[4000.0, 3000.0, 500.0]);
    near(&water.1.after, &[2.0 * x[0], 2.0 * x[1], 0.5 * x[2]]);
}

#[test]
fn a_scenario_may_change_what_producers_buy_and_spend_nothing() {
    let impact = impact_of(read(TRADE));
    assert!(impact.phases.is_empty() && impact.effects.recurring.is_none());
    assert!(impact.mix.expect("asked").output.sums().1 < 4500.0);
    let nothing = Scenario::new(read(""), &economy(), &Overrides::default());
    assert!(
        nothing
            .expect_err("nothing")
            .to_string()
            .contains("[[phase]]")
    );
}

#[test]
fn who_pays_more_than_is_earned_is_warned_of() {
    // .05 of product 3 become .3: .2 - .25.
    let impact = impact_of(read(&SUPPLY.replace("price = 2", "price = 6")));
    let warned = impact
        .notes
        .iter()
        .find(|note| note.code() == "value_added_below_zero");
    let figures = warned.expect("a warning").figures();
    let named = leontief::scenario::NoteFigure::Text("1".to_owned());
    assert_eq!(figures["sectors"], named);
}

#[test]
fn a_table_that_was_not_mixed_is_refused_with_the_place() {
    let own = read(RUN).on_top_of(ScenarioFile::parse("base.toml", TRADE).expect("a file"));
    let said = Scenario::new(own, &economy(), &Overrides::default()).expect_err("not mixed");
    let said = said.to_string();
    assert!(said.starts_with("base.toml:2: trade_mix:"), "{said}");
    assert!(said.contains("`ScenarioFile::mixed`"), "{said}");
    // The mix at fault is named, wherever it stands.
    let text = format!("{SUPPLY}{TRADE}[[supply_mix]]\nfrom = '3'\nto = '3'\nshare = 1\n");
    let said = read(&text)
        .mixed(&economy())
        .expect_err("by itself")
        .to_string();
    assert!(said.starts_with("own.toml:12: supply_mix: 3 "), "{said}");
}

#[test]
fn its_groups_come_first() {
    let text = format!(
        "[[group]]\ncode = 'X'\nof = ['1', '3']\n[[trade_mix]]\nwhat = 'X'\nimported = 0\n{RUN}"
    );
    let file = read(&text.replace("what = \"3\"", "what = 'X'"));
    let (table, _) = file.regroup(&economy()).expect("groups").expect("asked");
    let (table, _) = file.mixed(&table).expect("it can be").expect("asked");
    // X uses 1100 of itself at home and 300 abroad of 3000; 2 uses 600 and 75 of 1500.
    let [own, of_2] = [0, 1].map(|user| table.coefficients().domestic().at(1, 1 - user));
    near(&[own, of_2], &[1400.0 / 3000.0, 675.0 / 1500.0]);
    assert!(Scenario::new(file, &table, &Overrides::default()).is_ok());
}
