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

/// The categories of the other table stand the other way round.
#[test]
fn totals_of_a_table_go_by_the_names_of_categories() {
    let old = two();
    let (mut meta, mut flows) = (old.meta().clone(), old.flows().clone());
    meta.final_demand.reverse();
    for block in [
        &mut flows.domestic_final_demand,
        &mut flows.imported_final_demand,
    ] {
        block.swap_columns(0, 2);
    }
    let other = Table::new(meta, old.sectors().clone(), flows, String::new()).expect("balanced");
    let totals = Totals::of_table(&other, &old).expect("the same categories");
    let updated = old.updated(&totals).expect("its own totals").table;
    for role in [Household, Exports, Inventories] {
        let apart = updated.demand_in_all(role) - old.demand_in_all(role);
        assert!(apart.abs() < 1e-6, "{role:?}");
    }
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

/// The second sector makes a loss: wages of 800, a surplus of -300.
fn at_a_loss() -> Table {
    let table = Table::builder("two-2020", 2020)
        .sectors([("1", "Farming"), ("2", "Making")])
        .domestic_flows([[150.0, 500.0], [200.0, 1000.0]])
        .final_demand(Household, [350.0, 800.0])
        .value_added(Compensation, [250.0, 800.0])
        .value_added(OperatingSurplus, [400.0, -300.0])
        .build()
        .expect("balanced");
    match table {
        AnyTable::Flows(table) => *table,
        AnyTable::Coefficients(_) => panic!("flows"),
    }
}

#[test]
fn where_parts_have_two_signs_surplus_is_what_the_others_leave() {
    let old = at_a_loss();
    let parts = |one: f64, two: f64| {
        let text = format!(
            "total,code,value\noutput,1,1100\noutput,2,2400\nvalue_added,1,{one}\nvalue_added,2,{two}\n"
        );
        let totals = Totals::parse("totals.csv", &text, 2024, &old).expect("right");
        let updated = old.updated(&totals).expect("feasible").table;
        updated.flows().primary_inputs.clone()
    };
    // Wages of the second as its output, 800 x 1.2; those of the first as its value added.
    let now = parts(715.0, 100.0);
    assert!((now[(0, 0)] - 250.0 * 1.1).abs() < 1e-9 && (now[(1, 0)] - 400.0 * 1.1).abs() < 1e-9);
    assert!((now[(0, 1)] - 960.0).abs() < 1e-9 && (now[(1, 1)] + 860.0).abs() < 1e-9);
    // From 500 to a loss of 100 in all.
    assert!((parts(715.0, -100.0)[(0, 1)] - 960.0).abs() < 1e-9);
    // The first was at a gain.
    let now = parts(-50.0, 600.0);
    assert!((now[(0, 0)] - 275.0).abs() < 1e-9 && (now[(1, 0)] + 325.0).abs() < 1e-9);
}

#[test]
fn a_bound_holds_and_what_it_takes_goes_elsewhere() {
    let old = two();
    let totals = || Totals::parse("totals.csv", GIVEN, 2024, &old).expect("right");
    let free = old.updated(&totals()).expect("feasible");
    let before = free.table.flows().domestic.at(1, 0);
    // What sector 1 buys of sector 2 at home is at most 190, and households buy at least 80 of imports of 2.
    assert!(before > 190.0, "{before}");
    let bounds =
        "block,code,user,least,most\ndomestic_flows,2,1,,190\nimported_flows,2,household,80,\n";
    let bounded = totals()
        .with_bounds("bounds.csv", bounds, &old)
        .expect("right");
    let updated = old.updated(&bounded).expect("feasible");
    let flows = updated.table.flows();
    assert!((flows.domestic.at(1, 0) - 190.0).abs() < 1e-9);
    assert!(flows.imported_final_demand[(1, 0)] >= 80.0 - 1e-9);
    let used = flows.domestic.column_sum() + flows.domestic_final_demand.column_sum();
    assert!((used - &flows.output).amax() < 1e-6);
    assert_eq!((updated.bounded_cells, updated.known_cells), (2, 1));
    assert!(updated.at_bounds >= 1);
    for (lines, field) in [
        ("domestic_flows,2,1,,", "least"),
        ("domestic_flows,2,1,5,4", "least"),
        ("domestic_flows,2,1,x,", "least"),
        ("domestic_flows,2,9,1,", "user"),
        ("domestic_flows,9,1,1,", "code"),
        ("output,1,,1,", "block"),
        // It is known to be 560.
        ("domestic_flows,1,2,1,", "code"),
        ("domestic_flows,2,1,1,\ndomestic_flows,2,1,,9", "code"),
    ] {
        let text = format!("block,code,user,least,most\n{lines}\n");
        let why = totals().with_bounds("bounds.csv", &text, &old);
        let why = why.expect_err(lines).to_string();
        assert!(why.contains("bounds.csv") && why.contains(field), "{why}");
    }
    // More than there is.
    let bounds = "block,code,user,least,most\ndomestic_flows,2,1,9000,\n";
    let bounded = totals()
        .with_bounds("bounds.csv", bounds, &old)
        .expect("right");
    assert!(old.updated(&bounded).is_err());
}

/// Every category of final demand is given and comes to 2,300, where value added and imports come to 2,250.
#[test]
fn loose_totals_settle_what_does_not_agree() {
    let old = two();
    let text = |looseness: [&str; 3]| {
        let [a, b, c] = looseness;
        format!(
            "total,code,value,user,looseness\noutput,1,1100,,\noutput,2,2100,,\nvalue_added,1,640,,\n\
             value_added,2,1300,,{a}\nimports,1,150,,\nimports,2,160,,{b}\nfinal_demand,household,1760,,{c}\n\
             final_demand,exports,560,,\nfinal_demand,inventories,-20,,\n"
        )
    };
    let updated = |looseness| {
        let totals = Totals::parse("totals.csv", &text(looseness), 2024, &old);
        old.updated(&totals.expect("right"))
    };
    assert!(updated(["", "", ""]).is_err());
    // Households alone are not certain: they have what is left.
    let one = updated(["", "", "1"]).expect("settled");
    assert!((one.table.demand_in_all(Household) - 1710.0).abs() < 1e-6);
    assert!((one.moved - 50.0 / 1760.0).abs() < 1e-9);
    assert_eq!(one.loose_totals, 1);
    // Three share it: GDP three ways is one again.
    let three = updated(["1", "1", "1"]).expect("settled");
    let flows = three.table.flows();
    let imports = flows.imported.sum() + flows.imported_final_demand.sum();
    let value_added = three.table.value_added().sum();
    let household = three.table.demand_in_all(Household);
    assert!((household + 540.0 - value_added - imports).abs() < 1e-6);
    assert!((1710.0..1760.0).contains(&household), "{household}");
    assert!(
        imports > 310.0 && value_added > 1940.0,
        "{imports} {value_added}"
    );
    for wrong in ["-1", "x", "nan"] {
        assert!(Totals::parse("totals.csv", &text([wrong, "", ""]), 2024, &old).is_err());
    }
    let loose_output = "total,code,value,looseness\noutput,1,1100,1\noutput,2,2100,\n";
    let why = Totals::parse("totals.csv", loose_output, 2024, &old).expect_err("it must hold");
    assert!(why.to_string().contains("looseness"), "{why}");
}

/// Miller & Blair's data of RAS: x, u and v; the rows (5, 1), (2, 4) to rows of 10, 8 and columns of 11, 7.
#[test]
fn intermediate_demand_and_inputs_are_the_margins_of_the_flows() {
    let table = Table::builder("ras-2020", 2020)
        .sectors([("1", "Farming"), ("2", "Making")])
        .domestic_flows([[5.0, 1.0], [2.0, 4.0]])
        .final_demand(Household, [6.0, 6.0])
        .value_added(OperatingSurplus, [5.0, 7.0])
        .build()
        .expect("balanced");
    let AnyTable::Flows(table) = table else {
        panic!("flows");
    };
    let text = "total,code,value\noutput,1,16\noutput,2,13\nintermediate_inputs,1,11\nintermediate_inputs,2,7\n\
                intermediate_demand,1,10\nintermediate_demand,2,8\n";
    let totals = Totals::parse("totals.csv", text, 2024, &table).expect("right");
    let updated = table.updated(&totals).expect("feasible");
    let flows = updated.table.flows().domestic.dense().clone();
    let right = DMatrix::from_row_slice(2, 2, &[25.0 / 3.0, 5.0 / 3.0, 8.0 / 3.0, 16.0 / 3.0]);
    assert!((flows - right).amax() < 1e-7);
    // More is demanded than is made: the demand is named.
    let text = text.replace("demand,1,10", "demand,1,30");
    let totals = Totals::parse("totals.csv", &text, 2024, &table).expect("right");
    let why = table.updated(&totals).expect_err("more than is made");
    assert!(
        why.text().en.contains("the intermediate demand for"),
        "{why}"
    );
    // Value added and inputs together say it twice.
    let text = format!("{text}value_added,1,5\n");
    let why = Totals::parse("totals.csv", &text, 2024, &table).expect_err("twice");
    assert!(why.text().en.contains("give one"), "{why}");
}
