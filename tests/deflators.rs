//! A table's own price indices, and scenarios that ask for them.

mod common;

use approx::assert_relative_eq;
use common::Economy;
use leontief::scenario::{Overrides, Plan, Scenario, ScenarioFile};
use leontief::table::read::native::{self, Directory};
use leontief::table::{AnyTable, Deflators, Table, write};
use nalgebra::{dmatrix, dvector};
use std::path::Path;

/// Miller & Blair's two sectors, of the year 2000, with price indices of 1999 to 2001.
fn table() -> Table {
    let AnyTable::Flows(table) = Economy::new(
        dmatrix![150.0, 500.0; 200.0, 100.0],
        dvector![1000.0, 2000.0],
    )
    .table() else {
        panic!("flows");
    };
    // Rows: sector 1, sector 2, the economy as a whole.
    let indices = dmatrix![80.0, 100.0, 125.0; 50.0, 100.0, 200.0; 64.0, 100.0, 160.0];
    table.with_deflators(Deflators::new(1999, indices))
}

fn plan(text: &str, table: &AnyTable) -> leontief::Result<Plan> {
    let file = ScenarioFile::parse("s.toml", text)?;
    Scenario::new(file, table, &Overrides::default())?.plan()
}

const LINES: &str = r#"
[[phase]]
name = "Build"
kind = "one-off"
[[phase.spending]]
what = "1"
amount = "100m"
domestic_share = 1
[[phase.spending]]
what = "2"
amount = "100m"
domestic_share = 1
price_year = 1999
"#;

fn amounts(plan: &Plan) -> Vec<f64> {
    plan.phases[0].lines.iter().map(|l| l.amount).collect()
}

fn codes(plan: &Plan) -> Vec<&str> {
    let codes = plan.notes.iter().map(|n| n.code());
    codes.filter(|c| c.contains("deflat")).collect()
}

#[test]
fn each_sector_is_brought_to_the_tables_year_by_its_own_index() {
    let table = AnyTable::Flows(Box::new(table()));
    let text = format!("deflators = \"table\"\n[scenario]\nprice_year = 2001\n{LINES}");
    let planned = plan(&text, &table).expect("a plan");
    // 100 / 125 of sector 1 in 2001; 100 / 50 of sector 2 in 1999.
    assert_eq!(amounts(&planned), [80.0, 200.0]);
    assert_eq!(codes(&planned), ["deflated_by_table"; 2]);
    // The same, written as a table.
    let text = format!("[deflators]\nuse = \"table\"\n[scenario]\nprice_year = 2001\n{LINES}");
    assert_eq!(
        amounts(&plan(&text, &table).expect("a plan")),
        [80.0, 200.0]
    );
}

#[test]
fn a_series_of_the_scenario_comes_before_the_tables_own() {
    let table = AnyTable::Flows(Box::new(table()));
    let text = format!(
        "[deflators]\nuse = \"table\"\n1 = {{ 2000 = 100, 2001 = 400 }}\n\
         [scenario]\nprice_year = 2001\n{LINES}"
    );
    let planned = plan(&text, &table).expect("a plan");
    assert_eq!(amounts(&planned), [25.0, 200.0]);
    assert_eq!(codes(&planned), ["deflated", "deflated_by_table"]);
}

#[test]
fn a_year_that_the_indices_do_not_reach_takes_the_nearest_and_says_so() {
    let table = AnyTable::Flows(Box::new(table()));
    let text = format!("deflators = \"table\"\n[scenario]\nprice_year = 2007\n{LINES}");
    let planned = plan(&text, &table).expect("a plan");
    assert_eq!(amounts(&planned), [80.0, 200.0]);
    assert!(codes(&planned).contains(&"deflators_end"));
    let said = planned.notes.iter().find(|n| n.code() == "deflators_end");
    let said = &said.expect("said").text().en;
    assert!(
        said.contains("1999 to 2001") && said.contains("2007"),
        "{said}"
    );
}

#[test]
fn without_indices_nothing_changes_and_that_is_said() {
    let bare = AnyTable::Flows(Box::new(table().with_deflators(None)));
    let text = format!("deflators = \"table\"\n[scenario]\nprice_year = 2001\n{LINES}");
    let planned = plan(&text, &bare).expect("a plan");
    assert_eq!(amounts(&planned), [100.0, 100.0]);
    assert_eq!(codes(&planned), ["no_deflator"; 2]);
    // Not asked for: the table's own are offered.
    let table = AnyTable::Flows(Box::new(table()));
    let text = format!("[scenario]\nprice_year = 2001\n{LINES}");
    let planned = plan(&text, &table).expect("a plan");
    assert_eq!(amounts(&planned), [100.0, 100.0]);
    assert!(planned.notes[0].text().en.contains("deflators = \"table\""));
}

#[test]
fn a_scenario_may_turn_off_the_deflators_of_the_one_it_extends() {
    let table = AnyTable::Flows(Box::new(table()));
    let base = format!("deflators = \"table\"\n[scenario]\nprice_year = 2001\n{LINES}");
    let base = ScenarioFile::parse("base.toml", &base).expect("a base");
    let amounts_of = |own: &str| {
        let own = ScenarioFile::parse("own.toml", own).expect("a file");
        let scenario = Scenario::new(own.on_top_of(base.clone()), &table, &Overrides::default());
        amounts(&scenario.expect("a scenario").plan().expect("a plan"))
    };
    assert_eq!(amounts_of("[scenario]\nname = \"x\"\n"), [80.0, 200.0]);
    assert_eq!(amounts_of("deflators = \"none\"\n"), [100.0, 100.0]);
}

#[test]
fn another_word_is_refused_with_its_line() {
    let table = AnyTable::Flows(Box::new(table()));
    for text in [
        "\ndeflators = \"mine\"\n",
        "\n[deflators]\nuse = \"mine\"\n",
    ] {
        let wrong = plan(&format!("{text}{LINES}"), &table).expect_err("refused");
        let said = wrong.to_string();
        assert!(said.contains("s.toml:") && said.contains("mine"), "{said}");
    }
}

fn save(folder: &Path, table: &Table) {
    for (name, contents) in write::native::write(table).expect("files") {
        std::fs::write(folder.join(name), contents).expect("written");
    }
}

#[test]
fn indices_are_written_and_read_back() {
    let folder = tempfile::tempdir().expect("a folder");
    save(folder.path(), &table());
    let read = native::read(&Directory::new(folder.path())).expect("a table");
    assert_eq!(read.deflators(), table().deflators());
}

#[test]
fn a_sector_without_a_row_takes_that_of_the_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    save(folder.path(), &table());
    let file = folder.path().join("deflators.csv");
    std::fs::write(&file, "code,1999,2000\n2,50,100\n*,64,100\n").expect("written");
    let read = native::read(&Directory::new(folder.path())).expect("a table");
    let deflators = read.deflators().expect("some");
    assert_eq!(deflators.years(), 1999..=2000);
    let factors = [Some(0), Some(1), None].map(|sector| deflators.factor(sector, 1999, 2000));
    assert_eq!(factors, [100.0 / 64.0, 2.0, 100.0 / 64.0]);
}

#[test]
fn indices_that_cannot_be_meant_are_refused_where_they_stand() {
    let folder = tempfile::tempdir().expect("a folder");
    save(folder.path(), &table());
    let cases = [
        (
            "code,1999,2001\n*,64,100\n",
            "deflators.csv:1",
            "2000 is due",
        ),
        ("code,index\n*,64\n", "deflators.csv:1", "years"),
        ("code,1999,2000\n1,64,100\n", "deflators.csv", "row '*'"),
        ("code,1999,2000\n*,64,0\n", "deflators.csv:2", "above 0"),
        (
            "code,1999,2000\n*,64,100\n9,1,1\n",
            "deflators.csv:3",
            "not a sector",
        ),
        ("code,1999\n*,64\n*,65\n", "deflators.csv:3", "twice"),
    ];
    for (text, place, message) in cases {
        std::fs::write(folder.path().join("deflators.csv"), text).expect("written");
        let wrong = native::read(&Directory::new(folder.path())).expect_err(text);
        let said = wrong.to_string();
        assert!(said.contains(place) && said.contains(message), "{said}");
    }
}

#[test]
fn korean_tables_carry_the_published_deflators_of_their_group() {
    let wide = AnyTable::open("kr-2023-83").expect("built in");
    let group = AnyTable::open("kr-2023-33").expect("built in");
    let of = |table: &AnyTable, code: &str, from, to| {
        let sector = table.sectors().position(code).expect("a sector");
        table
            .deflators()
            .expect("some")
            .factor(Some(sector), from, to)
    };
    // Construction, 2020 = 100: 114.0005 in 2023 for group 19; both its parts carry it.
    for code in ["50", "51"] {
        assert_relative_eq!(of(&wide, code, 2020, 2023), 1.140005, epsilon = 1e-9);
        // 2025: +1.82 and +1.50 % by the construction cost index.
        let after = 1.0182 * 1.0150;
        assert_relative_eq!(of(&wide, code, 2023, 2025), after, epsilon = 1e-5);
    }
    assert_relative_eq!(of(&group, "19", 2020, 2023), 1.140005, epsilon = 1e-9);
    // Computers fell to 89.1314; then the GDP deflator, +4.1 and +2.63 %.
    assert_relative_eq!(of(&wide, "34", 2020, 2023), 0.891314, epsilon = 1e-9);
    assert_relative_eq!(of(&wide, "34", 2023, 2025), 1.041 * 1.0263, epsilon = 1e-5);
    // All output: 114.10 in 2023.
    let all = wide.deflators().expect("some").factor(None, 2020, 2023);
    assert_relative_eq!(all, 1.1410, epsilon = 5e-5);
}
