//! The table's estimated split drawn.

use super::*;
use crate::scenario::{Scenario, ShareOrigin};
use crate::table::Table;
use crate::uncertainty::draws::record::Column;
use approx::assert_relative_eq;

/// Lines at the table's own shares, of fixed capital and of intermediate use, and made by a recipe that starts
/// from a column and has an input at the table's own share.
const OWN: &str = r#"
[[phase]]
name = "Build"
kind = "one-off"
[[phase.spending]]
what = "37"
amount = "7000억"
[[phase.spending]]
what = "34"
amount = "3000억"
[[phase]]
name = "Operate"
kind = "recurring"
[[phase.spending]]
what = "38"
amount = "500억"
[[phase.spending]]
item = "Solar power"
what = "45"
amount = "1000억"
recipe = { like = "45", without = ["06"], inputs = { 37 = "5%" } }
"#;

/// The economy of a draw of the split.
fn moved(trial: &Trial, engine: &Engine, number: usize) -> AnyTable {
    let split = engine.split.as_ref().expect("drawn");
    let mut drawn = Vec::new();
    split.draw(&engine.streams, number, &mut drawn);
    let AnyTable::Flows(table) = &trial.table else {
        panic!("flows");
    };
    let flows = split.moved(table.flows(), &drawn);
    let (meta, sectors) = (table.meta().clone(), table.sectors().clone());
    let table = Table::new(meta, sectors, flows, String::new()).expect("it balances");
    AnyTable::from(table)
}

#[test]
fn every_draw_of_the_split_is_the_impact_of_its_own_table() {
    let trial = open(OWN);
    let draws = Draws::default();
    let engine = trial.engine(&draws);
    let split = Some(0);
    let block = engine.record(
        &[],
        Chance {
            split,
            ..Chance::default()
        },
    );
    let block = block.expect("a block");
    for lane in [0, 9, 31] {
        let table = moved(&trial, &engine, lane);
        let file = ScenarioFile::parse("trial.toml", OWN).expect("readable");
        let scenario = Scenario::new(file, &table, &Overrides::default()).expect("valid");
        let model = Model::new(&table).expect("productive");
        let impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
        let mut compared = 0;
        for (kind, effects) in impact.effects.present() {
            let output = effects.output.sums();
            let [added, jobs] = [&effects.value_added, effects.account("jobs").expect("jobs")];
            let spending = &effects.spending;
            for (id, theirs) in [
                ("imported", spending.imported.as_millions()),
                ("output_type1", output.type1()),
                ("output", output.total()),
                ("value_added_type1", added.sums().type1()),
                ("value_added", added.sums().total()),
                ("imports_type1", effects.imports.sums().type1()),
                ("imports", effects.imports.sums().total()),
                ("jobs", jobs.sums().total()),
            ] {
                let wanted = Column::Figure(Some(kind), id);
                let at = engine.columns.iter().position(|c| *c == wanted);
                let ours = block.columns[at.expect("there")].0;
                assert_relative_eq!(ours[lane], theirs, max_relative = 1e-9);
                assert_ne!(ours[0], ours[1], "{id} is drawn");
                compared += 1;
            }
        }
        assert_eq!(compared, 16);
    }
}

#[test]
fn a_shock_at_the_tables_own_share_is_drawn_with_it() {
    let trial = open(OWN);
    let shock = [(33, crate::Money::units(1e12))];
    let of = |table: &AnyTable, model: &Model| {
        impact::of_shock(table, model, &shock, impact::ShockShare::Table).expect("an impact")
    };
    let impact = of(&trial.table, &trial.model);
    assert_eq!(impact.phases[0].lines[0].share_origin, ShareOrigin::Table);
    let draws = Draws::default();
    let engine = Engine::new(&trial.table, &trial.model, None, &impact, &draws).expect("uncertain");
    let block = engine.draw_block(0).expect("a block");
    let table = moved(&trial, &engine, 5);
    let theirs = of(&table, &Model::new(&table).expect("productive"));
    let theirs = theirs.effects.recurring.expect("a year").output.sums();
    let wanted = Column::Figure(Some(PhaseKind::Recurring), "output_type1");
    let at = engine
        .columns
        .iter()
        .position(|c| *c == wanted)
        .expect("there");
    assert_relative_eq!(block.columns[at].0[5], theirs.type1(), max_relative = 1e-9);
}

#[test]
fn the_split_is_drawn_by_default_and_drives_results_by_its_leakage() {
    let trial = open(TRIAL);
    let count = 400;
    let (ensemble, notes) = trial.run(Draws {
        count,
        ..Draws::default()
    });
    assert_relative_eq!(ensemble.split_error.expect("drawn"), 0.012 * 0.68);
    assert!(notes.iter().any(|note| note.code() == "split_drawn"));
    let drivers = ensemble.drivers.iter().filter(|d| d.key == "split_error");
    let drivers: Vec<_> = drivers.collect();
    assert_eq!(drivers.len(), 2, "one a kind");
    for driver in drivers {
        let written = figure(&ensemble, driver.kind, "value_added_type1").as_written;
        let [low, high] = driver.value_added_type1;
        // Value added falls with what leaks away.
        assert!(low > written && written > high, "{low} {written} {high}");
        let [few, many] = driver.range;
        assert!(0.0 < few && few < many && many < 1.0);
        assert!((low - high) / written < 0.05);
    }
    let (certain, notes) = trial.run(Draws {
        count,
        ..certain_split()
    });
    assert_eq!(certain.split_error, None);
    assert!(notes.iter().any(|note| note.code() == "split_certain"));
    assert!(certain.drivers.iter().all(|d| d.key != "split_error"));
    // What else is drawn is drawn as before.
    let spent = |e: &Ensemble| *figure(e, PhaseKind::OneOff, "spending");
    assert_eq!(spent(&certain), spent(&ensemble));
}

#[test]
fn a_scenario_states_the_error_of_the_split_or_takes_it_as_certain() {
    let stated = |key: &str| open(&format!("[scenario]\n{key}\n{OWN}"));
    let count = 64;
    let draws = Draws {
        count,
        ..Draws::default()
    };
    let (ensemble, _) = stated("split_error = 0.02").run(draws);
    assert_eq!(ensemble.split_error, Some(0.02));
    // Alone, it explains all of the spread.
    assert_eq!(ensemble.drivers.len(), 2);
    for driver in &ensemble.drivers {
        assert_relative_eq!(driver.rank_correlation, -1.0, epsilon = 1e-9);
    }
    // The draws' own goes before.
    let asked = Draws {
        split_error: Some(0.01),
        ..draws
    };
    assert_eq!(
        stated("split_error = 0.02").run(asked).0.split_error,
        Some(0.01)
    );
    let trial = stated("split_error = 0");
    let nothing = trial.engine(&draws).run(&|_| ()).expect_err("certain");
    assert!(nothing.to_string().contains("nothing is uncertain"));
    let refused = |text: &str| ScenarioFile::parse("trial.toml", text).expect_err("refused");
    let error = refused("[scenario]\nsplit_error = -1\n").to_string();
    assert!(
        error.contains("trial.toml:2") && error.contains("from 0 to 0.5"),
        "{error}"
    );
}

#[test]
fn a_table_with_a_published_split_has_none_to_draw() {
    let table = AnyTable::open("kr-2020-33").expect("built in");
    let model = Model::new(&table).expect("productive");
    let shock = [(18, crate::Money::units(5e12))];
    let impact =
        impact::of_shock(&table, &model, &shock, impact::ShockShare::Domestic).expect("an impact");
    let draws = Draws {
        count: 64,
        coefficient_spread: Some(0.1),
        split_error: Some(0.02),
        ..Draws::default()
    };
    let run = |draws: &Draws| of_shock(&table, &model, &impact, draws, &|_| ()).expect("drawn");
    assert_eq!(
        run(&draws),
        run(&Draws {
            split_error: None,
            ..draws
        })
    );
    assert_eq!(run(&draws).0.split_error, None);
}
