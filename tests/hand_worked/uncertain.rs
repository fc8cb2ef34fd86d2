//! Draws and sweeps of the three phases: where each figure ends up, and at the ends of its band.

use super::phases::THREE_PHASES;
use super::*;
use leontief::scenario::PhaseKind;
use leontief::uncertainty::Ensemble;
use leontief::uncertainty::draws::{self, Draws};
use leontief::uncertainty::ensemble::{Driver, YearSpread};
use leontief::uncertainty::sweep::{Axis, Sweep};

/// With an amount of building, a share and an amount of running uncertain.
fn uncertain() -> String {
    let amount = "amount = { value = \"100m\", shape = \"uniform\", range = [\"80m\", \"140m\"] }";
    let share = "domestic_share = { value = 0.75, shape = \"uniform\", range = [0.5, 1.0] }";
    let running = "amount = { value = \"20m\", shape = \"uniform\", range = [\"20m\", \"40m\"] }";
    let text = THREE_PHASES
        .replace("amount = \"100m\"", amount)
        .replace("domestic_share = 0.75", share)
        .replace("amount = \"20m\"", running);
    assert_eq!(text.matches("uniform").count(), 3);
    text
}

fn ensemble() -> Ensemble {
    let table = economy();
    let (model, scenario) = (open_model(&table), scenario(&uncertain(), &table));
    let impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
    let draws = Draws {
        count: 2_000,
        ..Draws::default()
    };
    let (ensemble, _) = draws::of_scenario(&table, &model, &scenario, &impact, &draws, &|_| {})
        .expect("an ensemble");
    ensemble
}

#[test]
fn the_ends_of_a_tornado_are_one_figure_moved_and_all_others_as_written() {
    let ensemble = ensemble();
    let driver = |kind: PhaseKind, key: &str| -> &Driver {
        let mut found = ensemble
            .drivers
            .iter()
            .filter(|d| d.kind == kind && d.key == key);
        found
            .next()
            .unwrap_or_else(|| panic!("{key} in {:?}", ensemble.drivers))
    };
    // 80 + .05 x 60 and 80 + .95 x 60; .8 (.66 x .6 x amount + .645 x 40) + 6.8 of value added.
    let build = driver(PhaseKind::OneOff, "Build/Sector 1/amount");
    near(&build.range, &[83.0, 137.0]);
    near(&build.value_added, &[53.7344, 70.8416]);
    // .5 (.66 x 10 + .68 x 40 x share).
    let share = driver(PhaseKind::Recurring, "Run/Sector 3/domestic_share");
    near(&share.range, &[0.525, 0.975]);
    near(&share.value_added, &[10.44, 16.56]);
    // .5 (.66 x .5 x amount + .68 x 30).
    let run = driver(PhaseKind::Recurring, "Run/Sector 1/amount");
    near(&run.range, &[21.0, 39.0]);
    near(&run.value_added, &[13.665, 16.635]);
    // What one kind of phase does not know of does not drive it.
    assert_eq!(ensemble.drivers.len(), 3);
}

#[test]
fn every_figure_of_a_record_is_in_its_place() {
    let ensemble = ensemble();
    let figure = |kind: PhaseKind, id: &str| {
        let mut found = ensemble
            .figures
            .iter()
            .filter(|f| f.kind == Some(kind) && f.id == id);
        found
            .next()
            .unwrap_or_else(|| panic!("{id}"))
            .spread
            .as_written
    };
    let ids = [
        "spending",
        "imported",
        "output",
        "value_added",
        "imports",
        "jobs",
        "leakage",
    ];
    let once: Vec<f64> = ids.iter().map(|id| figure(PhaseKind::OneOff, id)).collect();
    near(&once, &[130.0, 40.0, 241.6, 59.12, 30.88, 467.584, 70.88]);
    let again: Vec<f64> = ids
        .iter()
        .map(|id| figure(PhaseKind::Recurring, id))
        .collect();
    near(&again, &[30.0, 10.0, 50.0, 13.5, 6.5, 51.2, 16.5]);
    let discounted = ensemble
        .figures
        .iter()
        .find(|f| f.id == "value_added_discounted");
    // 39.24 + 19.83 / 1.6 + 20.3 / 2.56 + 13.5 / 4.096.
    let present = 39.24 + 19.83 * 0.625 + 20.3 * 0.390_625 + 13.5 * 0.244_140_625;
    let discounted = discounted.expect("a rate is given").spread;
    assert_relative_eq!(discounted.as_written, present, epsilon = 1e-9);
    let years = |f: fn(&YearSpread) -> f64| -> Vec<f64> { ensemble.years.iter().map(f).collect() };
    near(&years(|y| y.output.as_written), &[163.2, 79.4, 74.0, 50.0]);
    near(
        &years(|y| y.value_added.as_written),
        &[39.24, 19.83, 20.3, 13.5],
    );
    near(
        &years(|y| y.job_years.as_written),
        &[351.36, 93.696, 22.528, 0.0],
    );
    near(&years(|y| y.jobs.as_written), &[0.0, 32.0, 51.2, 40.96]);
}

#[test]
fn a_cell_of_a_grid_is_the_scenario_with_these_figures() {
    let table = economy();
    let (model, text) = (open_model(&table), format!("{SIZED}{}", sized()));
    let scenario = scenario(&text, &table);
    let impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
    let axes = ["size=80m..140m/3", "share=0.5..1/2"];
    let axes = axes
        .map(|axis| Axis::parse(axis, "KRW").expect("an axis"))
        .to_vec();
    let sweep = Sweep::of(&table, &model, &scenario, &impact, axes, 10.0).expect("a grid");
    let cells: Vec<&[f64]> = sweep.cells.iter().map(|c| &c.parameters[..]).collect();
    let (half, all) = (0.5, 1.0);
    let by_hand: [&[f64]; 6] = [
        &[80e6, half],
        &[80e6, all],
        &[110e6, half],
        &[110e6, all],
        &[140e6, half],
        &[140e6, all],
    ];
    assert_eq!(cells, by_hand);
    let column = |kind: PhaseKind, id: &str| -> Vec<f64> {
        let mut figures = sweep.figures.iter();
        let at = figures
            .position(|f| f.kind == Some(kind) && f.id == id)
            .expect("a figure");
        sweep.cells.iter().map(|c| c.values[at]).collect()
    };
    // Ten times .8 (.66 x .6 x size + .645 x 40) + 6.8: the share is of running only.
    let once = [527.84, 527.84, 622.88, 622.88, 717.92, 717.92];
    near(&column(PhaseKind::OneOff, "value_added"), &once);
    // Ten times .5 (.66 x 10 + .68 x 40 x share).
    let again = [101.0, 169.0, 101.0, 169.0, 101.0, 169.0];
    near(&column(PhaseKind::Recurring, "value_added"), &again);
    // .512 x .5 x (6.8 x 10 + 4.4 x 40 x share).
    let jobs = [399.36, 624.64, 399.36, 624.64, 399.36, 624.64];
    near(&column(PhaseKind::Recurring, "jobs"), &jobs);
}

const SIZED: &str = "[parameters]\nsize = \"100m\"\nshare = 0.75\n";

/// The three phases with the size of building and the share of running as parameters.
fn sized() -> String {
    THREE_PHASES
        .replace("amount = \"100m\"", "amount = \"size\"")
        .replace("domestic_share = 0.75", "domestic_share = \"share\"")
}

#[test]
fn a_probability_is_a_weight_as_written_and_an_event_in_each_draw() {
    let table = economy();
    let (model, scenario) = (open_model(&table), scenario(THREE_PHASES, &table));
    let impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
    let draws = Draws {
        count: 20_000,
        ..Draws::default()
    };
    let (ensemble, _) = draws::of_scenario(&table, &model, &scenario, &impact, &draws, &|_| {})
        .expect("an ensemble");
    let spread = |kind: PhaseKind, id: &str| {
        let mut figures = ensemble.figures.iter();
        let found = figures.find(|f| f.kind == Some(kind) && f.id == id);
        found.unwrap_or_else(|| panic!("{id}")).spread
    };
    // Run spends 60 or nothing, by a chance of .5; Build 150 or nothing, by .8, beside 10 that are certain.
    let events = [
        (PhaseKind::Recurring, 60.0, 0.5, 0.0),
        (PhaseKind::OneOff, 150.0, 0.8, 10.0),
    ];
    for (kind, amount, chance, certain) in events {
        let spent = spread(kind, "spending");
        assert_relative_eq!(spent.as_written, chance * amount + certain, epsilon = 1e-9);
        near(&[spent.p5, spent.p95], &[certain, amount + certain]);
        let share = (spent.mean - certain) / amount;
        let error = (chance * (1.0 - chance) / 20_000.0_f64).sqrt();
        assert!((share - chance).abs() < 4.0 * error, "{share} of {chance}");
        assert_relative_eq!(spent.standard_error, amount * error, max_relative = 0.02);
        // All figures of a phase happen in the same draws.
        let (output, unit) = match kind {
            PhaseKind::Recurring => (0.0, 100.0),
            PhaseKind::OneOff => (24.0, 272.0),
        };
        let mean = spread(kind, "output_type1").mean;
        assert_relative_eq!(mean, output + unit * share, max_relative = 1e-9);
    }
    // Chances apart: both happen in .4 of the draws, so that output of 2003 (24 and 100) has this mean.
    let in_2003 = ensemble.years[2].output_type1;
    let share = (spread(PhaseKind::Recurring, "spending").mean) / 60.0;
    assert_relative_eq!(in_2003.mean, 24.0 + 100.0 * share, max_relative = 1e-9);
    // In 2002 Build is a quarter of 272 by .8, and Run half a year by .5: of their own they vary by
    // .8 x .2 x 68^2 + .5 x .5 x 50^2.
    let variance = 0.16 * 68.0 * 68.0 + 0.25 * 50.0 * 50.0;
    let in_2002 = ensemble.years[1].output_type1;
    assert_relative_eq!(
        in_2002.standard_error,
        (variance / 20_000.0_f64).sqrt(),
        max_relative = 0.03
    );
}

#[test]
fn what_drives_value_added_is_of_type_1_and_beside_it_with_households() {
    let table = economy();
    let (model, scenario) = (
        Model::new(&table).expect("closed"),
        scenario(&uncertain(), &table),
    );
    let impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
    let draws = Draws {
        count: 2_000,
        ..Draws::default()
    };
    let (ensemble, _) = draws::of_scenario(&table, &model, &scenario, &impact, &draws, &|_| {})
        .expect("an ensemble");
    let mut drivers = ensemble.drivers.iter();
    let build = drivers.find(|d| d.key == "Build/Sector 1/amount");
    let build = build.expect("a driver");
    near(&build.value_added_type1, &[53.7344, 70.8416]);
    // Income .8 (.36 x .6 x amount + .37 x 40) + 3.8 at 83 and 137, .5 / .8532 of it spent, .5276 of value
    // added by each unit.
    let added = [83.0, 137.0].map(|amount| {
        let income = 0.8 * (0.216 * amount + 14.8) + 3.8;
        income * 0.5 / 0.8532 * 0.5276
    });
    near(
        &build.value_added,
        &[53.7344 + added[0], 70.8416 + added[1]],
    );
    let share = ensemble
        .drivers
        .iter()
        .find(|d| d.kind == PhaseKind::Recurring);
    assert!(share.is_some_and(|d| d.rank_correlation > 0.2));
    // Years: 50 in 2004, and 2.128 of each unit that households spend.
    let last = &ensemble.years[3];
    near(
        &[last.output_type1.as_written, last.output.as_written],
        &[50.0, 50.0 + 2.128 * 3.75 / 0.8532],
    );
}
