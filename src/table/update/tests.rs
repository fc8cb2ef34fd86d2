use super::*;
use crate::table::{AnyTable, FinalDemandRole::*, PrimaryInputRole::*};

/// Two sectors with imports, an export and a fall of inventories; nothing symmetric.
fn two() -> Table {
    let table = Table::builder("two-2020", 2020)
        .sectors([("1", "Farming"), ("2", "Making")])
        .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
        .imported_flows([[10.0, 90.0], [40.0, 60.0]])
        .final_demand(Household, [360.0, 1200.0])
        .final_demand(Exports, [0.0, 520.0])
        .final_demand(Inventories, [-10.0, -20.0])
        .imported_final_demand(Household, [30.0, 70.0])
        .imported_final_demand(Exports, [0.0, 0.0])
        .imported_final_demand(Inventories, [0.0, 5.0])
        .value_added(Compensation, [250.0, 800.0])
        .value_added(OperatingSurplus, [350.0, 450.0])
        .jobs([300.0, 500.0])
        .build()
        .expect("balanced");
    match table {
        AnyTable::Flows(table) => *table,
        AnyTable::Coefficients(_) => panic!("flows"),
    }
}

const GIVEN: &str = "total,code,value,user
output,1,1100,
output,2,2100,
value_added,1,640,
value_added,2,1300,
imports,1,150,
imports,2,160,
final_demand,exports,560,
final_demand,inventories,-20,
jobs,2,510,
domestic_flows,1,560,2
";

#[test]
fn totals_are_met_what_is_known_stays_and_the_rest_is_derived_as_said() {
    let old = two();
    let totals = Totals::parse("totals.csv", GIVEN, 2024, &old).expect("right");
    let updated = old.updated(&totals).expect("feasible");
    let flows = updated.table.flows();
    assert_eq!(updated.table.meta().id, "two-2024");
    assert_eq!(updated.table.meta().year, 2024);
    assert!((flows.domestic.at(0, 1) - 560.0).abs() < 1e-9);
    let used = flows.domestic.column_sum() + flows.domestic_final_demand.column_sum();
    assert!((used - &flows.output).amax() < 1e-6);
    assert!((updated.table.value_added()[0] - 640.0).abs() < 1e-9);
    // Value added and imports, 1,940 and 310, less what is given: households have 1,710.
    let households = updated.table.demand_in_all(Household);
    assert!((households - 1710.0).abs() < 1e-6, "{households}");
    assert!((updated.table.demand_in_all(Inventories) + 20.0).abs() < 1e-6);
    // Jobs of sector 1 as its output grew; parts of value added as they were.
    assert_eq!(flows.satellites[0].as_slice(), [330.0, 510.0]);
    assert!((flows.primary_inputs[(0, 0)] - 640.0 * 250.0 / 600.0).abs() < 1e-9);
    assert_eq!(
        updated.derived,
        [(Derived::Accounts, 1), (Derived::FinalDemand, 1)]
    );
    assert_eq!(updated.known_cells, 1);
}

#[test]
fn the_totals_of_a_table_give_the_table_itself() {
    let table = AnyTable::open("kr-2020-33").expect("built in");
    let table = table.flows(Text::same("a test")).expect("flows");
    let same = table
        .updated(&Totals::of_table(table, table).expect("its own"))
        .expect("feasible");
    let (new, old) = (same.table.flows(), table.flows());
    assert!((new.domestic.dense() - old.domestic.dense()).amax() < 1e-3);
    assert!((&new.primary_inputs - &old.primary_inputs).amax() < 1e-3);
    assert!(same.derived.is_empty());
}

#[test]
fn totals_that_contradict_each_other_are_named() {
    let old = two();
    let fails = |text: &str| {
        let totals = Totals::parse("totals.csv", text, 2024, &old)?;
        old.updated(&totals).map(|_| ())
    };
    for (from, to, said) in [
        (
            "output,2,2100,\n",
            "",
            "the output of every sector is needed, and 1 have none: 2",
        ),
        ("imports,1,150,", "imports,9,150,", "totals.csv:6: code"),
        ("jobs,2,510,", "jbs,2,510,", "'jbs' is no total"),
        (
            "jobs,2,510,",
            "final_demand,household,1,",
            "leave out a category",
        ),
        (
            "value_added,2,1300,",
            "value_added,1,1300,",
            "stands on line 4 as well",
        ),
        (
            "domestic_flows,1,560,2",
            "domestic_flows,1,560,",
            "column user",
        ),
        (
            "domestic_flows,1,560,2",
            "domestic_flows,1,5600,2",
            "no such table: ",
        ),
    ] {
        let why = fails(&GIVEN.replace(from, to)).expect_err(to).to_string();
        assert!(why.contains(said), "{why}");
    }
}
