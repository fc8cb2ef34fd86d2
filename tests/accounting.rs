//! What is spent is accounted for, to the last unit: worked by hand on small asymmetric economies.

mod common;

use approx::assert_relative_eq;
use common::Economy;
use leontief::analysis::{MultiplierType, Multipliers};
use leontief::impact::constrained::Period;
use leontief::impact::industry::IndustryImpact;
use leontief::impact::{self, ShockShare};
use leontief::model::{Closure, ImportTreatment, Model};
use leontief::scenario::plan::Industry;
use leontief::scenario::{Overrides, Plan, Scenario, ScenarioFile};
use leontief::table::{AnyTable, ShareBasis};
use leontief::{Impact, Money};
use nalgebra::{DVector, dmatrix, dvector};

/// Two sectors that buy imports as well: Zm [[100, 0], [40, 60]], 10 and 20 imported by final users.
fn importers() -> AnyTable {
    let imported = dmatrix![100.0, 0.0; 40.0, 60.0];
    let flows = dmatrix![150.0, 500.0; 200.0, 100.0];
    let mut economy = Economy::new(flows, dvector![1000.0, 2000.0]);
    economy.inputs[0].1 -= imported.row_sum().transpose();
    economy.imported = imported;
    economy.imported_demand = vec![dvector![10.0, 20.0]];
    economy.account("jobs", dvector![300.0, 500.0]).table()
}

fn plan(text: &str, table: &AnyTable) -> Plan {
    let file = ScenarioFile::parse("test.toml", text).expect("readable");
    let scenario = Scenario::new(file, table, &Overrides::default()).expect("valid");
    scenario.plan().expect("a plan")
}

#[test]
fn a_new_industry_meets_the_final_demand_of_the_form_it_is_asked_in() {
    let table = importers();
    // Sells 100: 50 to sector 1, half of it in place of product 2, and 50 to final users.
    let industry = Industry {
        name: leontief::Text::same("Centre"),
        phase: 0,
        sales: 100.0,
        exports: 0.0,
        final_demand: 0.5,
        buyers: vec![(0, 1.0)],
        replaces: Some((1, 0.5)),
        labour_share: Some(0.25),
        foreign_ownership: 0.0,
        staff: None,
    };
    let text = "[[phase]]\nname = \"Run\"\nkind = \"recurring\"\n\
         [[phase.spending]]\nwhat = \"1\"\namount = \"30m\"\ndomestic_share = 1\n\
         [[phase.spending]]\nwhat = \"2\"\namount = \"18m\"\ndomestic_share = 1\n";
    let phase = plan(text, &table).phases.remove(0);
    let study = |imports| {
        let model = Model::with(&table, imports, Closure::Open).expect("productive");
        let study = IndustryImpact::of(&table, &model, &industry, &phase, 1.0);
        study.expect("an industry").included
    };
    // f = x - A x with A [[.25, .25], [.24, .08]]: (250, 1600), where the table's domestic final demand is
    // (350, 1700). The 3 x 3 system then gives (3230250/3101, 887125/443, 633125/6202).
    let total = study(ImportTreatment::Total);
    assert_relative_eq!(total.own_output, 633_125.0 / 6202.0, epsilon = 1e-9);
    assert_relative_eq!(total.other_output, 137_125.0 / 3101.0, epsilon = 1e-9);
    // With import shares 11/111 and 3/53 f is (324.32, 1622.64).
    let competitive = study(ImportTreatment::Competitive);
    assert_relative_eq!(
        competitive.own_output,
        102.022_073_140_970_05,
        epsilon = 1e-9
    );
    assert_relative_eq!(
        competitive.other_output,
        43.666_693_494_378_68,
        epsilon = 1e-9
    );
    // What final users newly buy ends as value added or as imports, in every form.
    for imports in [
        ImportTreatment::Domestic,
        ImportTreatment::Competitive,
        ImportTreatment::Total,
    ] {
        let study = study(imports);
        assert_relative_eq!(study.value_added() + study.imports, 50.0, epsilon = 1e-9);
    }
}

#[test]
fn under_two_caps_value_added_and_imports_are_all_that_is_spent() {
    let table = importers();
    let model = Model::with(&table, ImportTreatment::Domestic, Closure::Open).expect("productive");
    // Demand of (100, 200) wishes (145, 190) / .7575; held at (150, 240), f = x - A x is (67.5, 198).
    let f = dvector![100.0, 200.0];
    let caps = [(0, 150.0), (1, 240.0)];
    let none = DVector::zeros(2);
    let period = Period::of(&model, None, &f, &none, &caps, 1.0).expect("a period");
    assert_relative_eq!(period.sectors[0].short, 32.5, epsilon = 1e-9);
    assert_relative_eq!(period.sectors[1].short, 2.0, epsilon = 1e-9);
    let possible = period.possible;
    // v = (.51, .67), imported inputs (.14, .03) per unit of output.
    assert_relative_eq!(possible.value_added, 76.5 + 160.8, epsilon = 1e-9);
    assert_relative_eq!(possible.replacing, 34.5, epsilon = 1e-9);
    assert_relative_eq!(possible.imports, 21.0 + 7.2 + 34.5, epsilon = 1e-9);
    assert_relative_eq!(period.share_from_home, 1.0 - 34.5 / 300.0, epsilon = 1e-12);
    for (totals, spent) in [
        (period.wished, 300.0),
        (possible, 300.0),
        (period.rationed, 300.0 * period.share_rationed),
    ] {
        assert_relative_eq!(totals.value_added + totals.imports, spent, epsilon = 1e-9);
    }
    // Sector 1 is the tighter of the two.
    assert_relative_eq!(
        period.share_rationed,
        150.0 * 0.7575 / 145.0,
        epsilon = 1e-12
    );
}

/// The importers with a third sector that nobody runs: 5 of its product are imported by final users.
fn with_nobody() -> AnyTable {
    let imported = dmatrix![100.0, 0.0, 0.0; 40.0, 60.0, 0.0; 0.0, 0.0, 0.0];
    let flows = dmatrix![150.0, 500.0, 0.0; 200.0, 100.0, 0.0; 0.0, 0.0, 0.0];
    let mut economy = Economy::new(flows, dvector![1000.0, 2000.0, 0.0]);
    economy.inputs[0].1 -= imported.row_sum().transpose();
    economy.imported = imported;
    economy.imported_demand = vec![dvector![10.0, 20.0, 5.0]];
    economy.account("jobs", dvector![300.0, 500.0, 0.0]).table()
}

fn warns(impact: &Impact, code: &str) -> bool {
    impact.notes.iter().any(|note| note.code() == code)
}

#[test]
fn a_product_that_nobody_makes_at_home_is_imported_in_full() {
    let table = with_nobody();
    let model = Model::with(&table, ImportTreatment::Domestic, Closure::Open).expect("productive");
    // A shock to it, whatever share is asked for: nothing vanishes.
    for share in [
        ShockShare::Domestic,
        ShockShare::Table,
        ShockShare::Stated(0.5),
    ] {
        let shock = [(2, Money::units(10e6)), (1, Money::units(10e6))];
        let impact = impact::of_shock(&table, &model, &shock, share).expect("an impact");
        assert!(warns(&impact, "not_made_at_home"));
        let effects = impact.effects.recurring.expect("effects");
        let all = effects.value_added.sums().type1() + effects.leakage();
        assert_relative_eq!(all, 20.0, epsilon = 1e-9);
        assert!(effects.spending.imported.as_millions() >= 10.0);
        assert_eq!(effects.output.of(2), 0.0);
    }
    // A line without a share, and one that asks for a share that cannot be.
    let line = |share: &str| {
        format!(
            "[[phase]]\nname = \"Run\"\nkind = \"recurring\"\n\
             [[phase.spending]]\nwhat = \"3\"\namount = \"10m\"\n{share}\n\
             [[policy]]\nwhat = \"3\"\ndomestic_share = 0.5\n"
        )
    };
    for (share, basis) in [
        ("", Some(ShareBasis::NotMade)),
        ("domestic_share = 1", None),
    ] {
        let plan = plan(&line(share), &table);
        let line = &plan.phases[0].lines[0];
        assert_eq!((line.domestic, line.imported), (0.0, 10.0));
        assert_eq!(line.share_basis, basis);
        let warned = plan.notes.iter().any(|n| n.code() == "not_made_at_home");
        assert_eq!(warned, basis.is_none());
    }
    // As demand for a domestic product it is refused, and so is output of it.
    let f = dvector![0.0, 0.0, 10.0];
    let refused = impact::effects(&model, &f, &DVector::zeros(3), 0.0).expect_err("refused");
    assert!(
        refused.to_string().contains("not made at home"),
        "{refused}"
    );
    let given = [(2, Money::units(10e6))];
    let refused = impact::of_output_shock(&table, &model, &given).expect_err("refused");
    assert!(refused.to_string().contains("no output"), "{refused}");
}

#[test]
fn multipliers_of_what_nobody_makes_are_its_import() {
    let table = with_nobody();
    let model = Model::with(&table, ImportTreatment::Domestic, Closure::Open).expect("productive");
    let all = Multipliers::of(&model, MultiplierType::Type1).expect("multipliers");
    let nobody = &all.sectors[2];
    assert!(!nobody.made && all.sectors[1].made);
    assert_eq!(
        (nobody.output, nobody.value_added, nobody.imports),
        (0.0, 0.0, 1.0)
    );
    for sector in &all.sectors {
        assert_relative_eq!(sector.value_added + sector.imports, 1.0, epsilon = 1e-12);
    }
    // Indices are over the two that do: 1.15 / .7575 and 1.1 / .7575.
    assert_relative_eq!(all.sectors[0].influence, 1.15 / 1.125, epsilon = 1e-12);
    assert_relative_eq!(all.sectors[0].sensitivity, 1.2 / 1.125, epsilon = 1e-12);
    let notes = all.notes(leontief::Lang::En).join(" ");
    assert!(
        notes.contains("Not made at home in this table: 3"),
        "{notes}"
    );
}

#[test]
fn a_share_is_said_to_be_of_the_use_it_is_taken_from() {
    // The table has no fixed capital formation: one-off lines take the share in intermediate use.
    let table = importers();
    let text = "[[phase]]\nname = \"Build\"\nkind = \"one-off\"\n\
         [[phase.spending]]\nwhat = \"2\"\namount = \"10m\"\n";
    let file = ScenarioFile::parse("test.toml", text).expect("readable");
    let scenario = Scenario::new(file, &table, &Overrides::default()).expect("valid");
    let model = Model::with(&table, ImportTreatment::Domestic, Closure::Open).expect("productive");
    let impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
    let line = &impact.phases[0].lines[0];
    assert_eq!(line.share_basis, Some(ShareBasis::Intermediate));
    assert_relative_eq!(line.domestic_share, 300.0 / 400.0, epsilon = 1e-12);
    let note = impact
        .notes
        .iter()
        .find(|n| n.code() == "domestic_shares_of_table");
    let text = note.expect("said").text();
    assert!(text.en.contains("of intermediate use (1)") && !text.en.contains("capital"));
    assert!(text.ko.contains("중간수요 기준 1개") && !text.ko.contains("고정자본"));
}

#[test]
fn a_shock_outside_the_table_is_refused() {
    let table = importers();
    let model = Model::with(&table, ImportTreatment::Domestic, Closure::Open).expect("productive");
    let shock = [(7, Money::units(1e6))];
    for refused in [
        impact::of_shock(&table, &model, &shock, ShockShare::Domestic).expect_err("refused"),
        impact::of_output_shock(&table, &model, &shock).expect_err("refused"),
    ] {
        assert!(refused.to_string().contains("position 7"), "{refused}");
    }
}

#[cfg(feature = "cli")]
#[test]
fn multipliers_have_a_column_for_each_account_of_a_file() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/accounts/ghg-83.csv");
    let run = assert_cmd::Command::cargo_bin("leontief")
        .expect("built")
        .args(["multipliers", "--table", "kr-2023-83", "--accounts", file])
        .args(["--format", "json"])
        .output()
        .expect("ran");
    assert!(run.status.success());
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let text = std::fs::read_to_string(file).expect("read");
    let table = common::open("kr-2023-83");
    let read = leontief::scenario::account::Accounts::parse(file, &text, &table);
    let accounts = read.expect("good").expect("of these sectors").accounts;
    let expected = common::model(&table).inducement_row(&accounts[0].1) * 1e3;
    let listed = json["accounts"].as_array().expect("accounts");
    let at = listed.iter().position(|a| a["id"] == "ghg").expect("ghg");
    for (sector, expected) in json["sectors"]
        .as_array()
        .expect("sectors")
        .iter()
        .zip(&expected)
    {
        let ours = sector["accounts"][at].as_f64().expect("a number");
        assert_relative_eq!(ours, *expected, max_relative = 1e-12);
    }
    // The figures are said to illustrate.
    assert_eq!(json["notes"][0]["code"], "illustrative_accounts");
}

#[test]
fn a_table_that_does_not_add_up_is_refused_wherever_it_comes_from() {
    let mut economy = Economy::new(
        dmatrix![150.0, 500.0; 200.0, 100.0],
        dvector![1000.0, 2000.0],
    );
    assert!(economy.try_table().is_ok());
    economy.flows[(0, 1)] += 30.0;
    let refused = economy.try_table().expect_err("off by 30").to_string();
    assert!(
        refused.contains("cell row 1, column 2 is off by +30"),
        "{refused}"
    );
}

#[test]
fn households_are_closed_or_not_there_and_their_vectors_fit() {
    use leontief::model::Habits;
    let table = importers();
    let mut model =
        Model::with(&table, ImportTreatment::Domestic, Closure::Open).expect("productive");
    let income = dvector![0.2, 0.3];
    let uneven = Habits::new(0.5, income.clone(), dvector![0.4], dvector![0.1, 0.1]);
    assert!(
        uneven
            .expect_err("uneven")
            .to_string()
            .contains("must be the same")
    );
    let nan = Habits::new(
        0.5,
        income.clone(),
        dvector![f64::NAN, 0.0],
        dvector![0.0, 0.0],
    );
    assert!(nan.is_err());
    let three = dvector![0.2, 0.2, 0.2];
    let others = Habits::new(0.5, three.clone(), three.clone(), DVector::zeros(3));
    assert!(model.close(others.expect("habits")).is_err());
    assert!(model.households().is_none());
    // c = (.4, .2): Lc = (.43, .25) / .7575 and w'Lc = .161 / .7575.
    let habits = Habits::new(0.5, income, dvector![0.4, 0.2], dvector![0.3, 0.1]);
    model.close(habits.expect("habits")).expect("productive");
    let households = model.households().expect("closed");
    let multiplier = 0.5 / (1.0 - 0.5 * 0.161 / 0.7575);
    assert_relative_eq!(
        households.spending_per_first_income(),
        multiplier,
        epsilon = 1e-12
    );
    let induced = households.induced_by(&dvector![10.0, 20.0]);
    assert_relative_eq!(induced.spending, 8.0 * multiplier, epsilon = 1e-12);
}

#[test]
fn a_sector_outside_the_model_is_an_error_and_no_panic() {
    let table = importers();
    let model = Model::with(&table, ImportTreatment::Domestic, Closure::Open).expect("productive");
    let f = dvector![1.0, 2.0];
    let far = [(2, 1.0)];
    let refused = [
        leontief::model::given_output::solve(&model, &f, &far).err(),
        leontief::model::given_output::solve(&model, &dvector![1.0], &[(0, 1.0)]).err(),
        leontief::model::price::from_prices(&model, &far).err(),
        Period::of(&model, None, &f, &f, &far, 1.0).err(),
        model.demand_for_outputs(&far).err(),
    ];
    assert!(refused.iter().all(Option::is_some), "{refused:?}");
}
