//! What is built in Rust is what is read from files: the same table, the same scenario, the same faults.

mod common;

use common::Folder;
use leontief::scenario::{Overrides, PhaseKind, Value};
use leontief::table::{
    CoefficientTable, FinalDemandRole, PrimaryInputRole, Table, TableBuilder, write,
};
use leontief::{AnyTable, Error, Model, Money, Scenario, ScenarioFile, impact};

/// Two sectors that buy from each other and from abroad, nothing in them symmetric.
fn two_sectors() -> TableBuilder {
    Table::builder("two", 2022)
        .sectors([("1", ("Agriculture", "농업")), ("2", ("Goods", "제조업"))])
        .alias("쌀", "1")
        .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
        .imported_flows([[10.0, 20.0], [40.0, 80.0]])
        .final_demand(FinalDemandRole::Household, [350.0, 1_500.0])
        .final_demand(FinalDemandRole::Exports, [0.0, 200.0])
        .imported_final_demand(FinalDemandRole::Household, [5.0, 15.0])
        .value_added(PrimaryInputRole::Compensation, [250.0, 900.0])
        .value_added(PrimaryInputRole::OperatingSurplus, [350.0, 400.0])
        .jobs([300.0, 500.0])
}

#[test]
fn a_table_built_in_rust_is_the_one_read_from_its_files() {
    let built = two_sectors().build().expect("it adds up");
    let read = AnyTable::open(Folder::of(&built).name()).expect("it is read");
    let AnyTable::Flows(flows) = &built else {
        panic!("a table of flows");
    };
    let AnyTable::Flows(same) = &read else {
        panic!("a table of flows");
    };
    assert_eq!(flows.flows(), same.flows());
    assert_eq!(built.meta(), read.meta());
    assert_eq!(built.content_hash(), read.content_hash());
    assert_eq!(built.sectors().find("쌀").expect("an alias"), 0);
    assert_eq!(flows.output().as_slice(), [1_000.0, 2_000.0]);
    let model = Model::new(&built).expect("productive");
    assert!(model.households().is_some(), "compensation is spent");
}

#[test]
fn coefficients_built_in_rust_are_those_read_from_their_files() {
    let built = CoefficientTable::builder("two", 2022)
        .sectors([("1", "Agriculture"), ("2", "Goods")])
        .domestic([[0.15, 0.25], [0.2, 0.05]])
        .imported([[0.01, 0.0], [0.0, 0.03]])
        .jobs([12.0, 8.0])
        .build()
        .expect("they add up");
    let AnyTable::Coefficients(table) = &built else {
        panic!("a table of coefficients");
    };
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in write::native::write_coefficients(table).expect("files") {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let read = AnyTable::open(folder.path().to_str().expect("a path")).expect("it is read");
    let (built_a, read_a) = (built.coefficients(), read.coefficients());
    assert_eq!(built_a.domestic(), read_a.domestic());
    assert_eq!(built_a.imported(), read_a.imported());
    assert_eq!(built_a.value_added(), read_a.value_added());
    assert_eq!(built_a.account("jobs"), read_a.account("jobs"));
    // 12 and 8 a billion of output, in persons per million.
    assert_eq!(
        built_a.account("jobs").expect("jobs").as_slice(),
        [0.012, 0.008]
    );
    assert_eq!(built.content_hash(), read.content_hash());
    let value_added = built_a.value_added();
    assert!((value_added[0] - 0.64).abs() < 1e-15 && (value_added[1] - 0.67).abs() < 1e-15);
}

#[test]
fn what_a_builder_of_tables_refuses_is_named() {
    let refused = |table: TableBuilder, named: &[&str]| {
        let error = table.build().expect_err("it is refused");
        let said = error.text();
        for name in named {
            assert!(
                said.en.contains(name) && said.ko.contains(name),
                "{name}: {said:?}"
            );
        }
    };
    refused(
        Table::builder("two", 2022).sectors([("1", "A"), ("2", "B")]),
        &["two", "domestic_flows"],
    );
    refused(
        two_sectors().domestic_flows(vec![vec![1.0, 2.0], vec![3.0]]),
        &["domestic_flows", "2"],
    );
    refused(
        two_sectors().imported_flows([[1.0, 2.0]]),
        &["imported_flows"],
    );
    refused(
        two_sectors().final_demand(FinalDemandRole::Exports, [1.0, 2.0, 3.0]),
        &["domestic_final_demand.exports", "3"],
    );
    refused(
        two_sectors().value_added(PrimaryInputRole::Compensation, [1.0]),
        &["primary_inputs.compensation"],
    );
    refused(two_sectors().jobs([1.0]), &["jobs"]);
    refused(two_sectors().sectors([("1", "A"), ("1", "B")]), &["'1'"]);
    // Checked as when it is read: column 1 uses 400 and adds 600, so that its output is no 1,100.
    refused(two_sectors().output([1_100.0, 2_000.0]), &["1"]);
}

const TWIN: &str = r#"
[scenario]
name = { en = "Hub", ko = "허브" }
horizon = 2032
price_year = 2023

[parameters]
capex = { value = "1조", range = ["8,000억원", "1.5조원"] }

[[phase]]
name = "Build"
kind = "one-off"
start = "2027-04"
duration = "30 months"

[[phase.spending]]
what = "건설"
amount = "6,000억"

[[phase.spending]]
what = "컴퓨터"
amount = "capex * 40%"
domestic_share = 0.15

[[phase]]
name = "Operation"
kind = "recurring"
start = 2030

[[phase.spending]]
what = "전력"
amount = "300억"

[[cap]]
what = "전력"
extra = "100억"
"#;

#[test]
fn a_scenario_built_in_rust_gives_what_its_file_gives() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let model = Model::new(&table).expect("productive");
    let capex = Value::from(Money::units(1e12));
    let built = Scenario::builder(("Hub", "허브"))
        .set("horizon", 2032)
        .set("price_year", 2023)
        .parameter("capex", capex.range("8,000억원", Money::units(1.5e12)))
        .phase("Build", PhaseKind::OneOff)
        .set("start", "2027-04")
        .set("duration", "30 months")
        .spend("건설", Money::units(6e11))
        .spend("컴퓨터", "capex * 40%")
        .set("domestic_share", 0.15)
        .phase("Operation", PhaseKind::Recurring)
        .set("start", 2030)
        .spend("전력", "300억")
        .end()
        .further("[[cap]]\nwhat = \"전력\"\nextra = \"100억\"\n")
        .build(&table)
        .expect("it can be worked out");
    let file = ScenarioFile::parse("hub.toml", TWIN).expect("TOML");
    let twin = Scenario::new(file, &table, &Overrides::default()).expect("it can be worked out");
    assert_eq!(built.plan().expect("a plan"), twin.plan().expect("a plan"));
    let of = |scenario| {
        let impact = impact::of_scenario(&table, &model, scenario).expect("an impact");
        serde_json::to_value(impact).expect("JSON")
    };
    assert_eq!(of(&built), of(&twin));
    let drawn = built.figures().iter().filter(|f| f.distribution.is_some());
    assert_eq!(drawn.count(), 1, "capex has a range");
}

#[test]
fn what_a_builder_of_scenarios_refuses_is_named_with_the_line_of_its_text() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let refused = |scenario: leontief::scenario::PhaseBuilder, field: &str| {
        let scenario = scenario.end();
        let error: Error = scenario
            .build(&table)
            .and_then(|scenario| scenario.plan())
            .expect_err("it is refused");
        let place = error
            .position()
            .unwrap_or_else(|| panic!("no place: {error}"));
        assert_eq!(place.file, "scenario 'Hub'");
        let text = scenario.to_toml().expect("TOML");
        let line = place.line.and_then(|line| text.lines().nth(line - 1));
        let line = line.unwrap_or_else(|| panic!("no line: {error}\n{text}"));
        assert!(line.contains(field), "{error}: {line}");
    };
    let hub = || Scenario::builder("Hub").phase("Build", PhaseKind::OneOff);
    refused(hub().spend("no such product", 1e12), "no such product");
    refused(hub().spend("건설", "capex * 2"), "amount");
    refused(hub().spend("건설", f64::NAN), "amount");
    refused(
        hub().spend("건설", 1e12).set("domestic_share", 1.5),
        "domestic_share",
    );
    refused(hub().set("strat", 2027).spend("건설", 1e12), "strat");
    refused(hub().set("start", "soon").spend("건설", 1e12), "start");
}

#[test]
fn a_plan_of_other_sectors_than_the_model_has_is_refused() {
    let (fine, wide) = ("kr-2023-83", "kr-2023-33");
    let (fine, wide) = (AnyTable::open(fine), AnyTable::open(wide));
    let (fine, wide) = (fine.expect("built in"), wide.expect("built in"));
    let plan = Scenario::builder("Hub")
        .phase("Build", PhaseKind::OneOff)
        .spend("50", Money::units(1e12))
        .build(&fine)
        .and_then(|scenario| scenario.plan())
        .expect("a plan");
    let model = Model::new(&wide).expect("productive");
    let error = impact::of_plan(&wide, &model, &plan).expect_err("the model has 33 sectors");
    assert!(error.to_string().contains("the model has 33"), "{error}");
}
