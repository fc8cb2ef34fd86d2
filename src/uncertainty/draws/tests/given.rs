//! Outputs that are given, whatever the coefficients are in a draw.

use super::*;
use crate::uncertainty::draws::record::Column;
use approx::assert_relative_eq;

/// An output and a plant by its staff, that buy of each other, in one phase; an existing industry by its pay, and
/// demand beside it, in another.
pub(super) const EVENTS: &str = r#"
[scenario]
name = "Events"
[[phase]]
name = "Power and plant"
kind = "one-off"
[[phase.spending]]
what = "45"
event = "output"
amount = "1조"
[[phase.spending]]
what = "37"
event = "jobs"
amount = 1000
[[phase]]
name = "Pay"
kind = "recurring"
[[phase.spending]]
what = "62"
event = "labour_income"
amount = "1000억"
[[phase.spending]]
what = "50"
amount = "100억"
"#;

/// Output of sectors of the first phase over draws, with the ensemble.
fn outputs(trial: &Trial, draws: Draws, kind: PhaseKind, what: [&str; 2]) -> [Vec<f64>; 2] {
    let engine = trial.engine(&draws);
    let block = engine.draw_block(0).expect("a block");
    what.map(|what| {
        let sector = trial.table.sectors().find(what).expect("a sector");
        let wanted = Column::Sector(kind, sector);
        let at = engine.columns.iter().position(|c| *c == wanted);
        block.columns[at.expect("told")].0[..draws.count].to_vec()
    })
}

#[test]
fn what_is_given_is_made_in_every_draw() {
    let mut trial = open(EVENTS);
    // Without households nothing is made beyond what is given.
    let closure = Closure::Open;
    trial.model =
        Model::with(&trial.table, ImportTreatment::Domestic, closure).expect("productive");
    trial.impact =
        impact::of_scenario(&trial.table, &trial.model, &trial.scenario).expect("an impact");
    let per_output = trial.model.coefficients().account("jobs").expect("jobs");
    let plant = trial.table.sectors().find("37").expect("a sector");
    let written = 1000.0 / per_output[plant];
    for (coefficient_spread, split_error) in
        [(None, None), (Some(0.2), Some(0.0)), (Some(0.2), None)]
    {
        let draws = Draws {
            count: 12,
            coefficient_spread,
            split_error,
            sectors: 83,
            ..Draws::default()
        };
        let [power, made] = outputs(&trial, draws, PhaseKind::OneOff, ["45", "37"]);
        for power in &power {
            assert_relative_eq!(*power, 1e6, max_relative = 1e-9);
        }
        // A thousand persons make what the draw has them make.
        let apart = |made: &f64| (made / written - 1.0).abs() > 1e-6;
        match coefficient_spread {
            None => assert!(!made.iter().any(apart), "{made:?}"),
            Some(_) => assert!(made.iter().all(apart), "{made:?}"),
        }
        // Final demand is what the draw needs for it: another in each.
        let engine = trial.engine(&draws);
        let block = engine.draw_block(0).expect("a block");
        let spent = &block.columns[0].0;
        assert!(spent[0] != spent[1]);
    }
    // And all staff are as many as in the plan: of the plant itself they are not drawn.
    let draws = Draws {
        count: 12,
        coefficient_spread: Some(0.2),
        split_error: Some(0.0),
        ..Draws::default()
    };
    let engine = trial.engine(&draws);
    let mut drawn = crate::uncertainty::coefficients::Drawn::default();
    let coefficients = engine.coefficients.as_ref().expect("drawn");
    let [_, made] = outputs(
        &trial,
        Draws {
            sectors: 83,
            ..draws
        },
        PhaseKind::OneOff,
        ["45", "37"],
    );
    for (number, made) in made.iter().enumerate() {
        let mut rng = engine.streams.coefficients(number);
        coefficients
            .draw(None, Some(&mut rng), &mut drawn)
            .expect("drawn");
        assert_relative_eq!(made * drawn.jobs[plant], 1000.0, max_relative = 1e-9);
    }
}

#[test]
fn a_tiny_spread_is_the_scenario_as_written() {
    let trial = open(EVENTS);
    let draws = Draws {
        count: 4,
        coefficient_spread: Some(1e-9),
        split_error: Some(0.0),
        sectors: 83,
        ..Draws::default()
    };
    let engine = trial.engine(&draws);
    let written = engine.record(&[], Chance::default()).expect("as written");
    let block = engine.draw_block(0).expect("a block");
    for (drawn, written) in block.columns.iter().zip(&written.columns) {
        for drawn in &drawn.0[..4] {
            assert_relative_eq!(*drawn, written.0[0], max_relative = 1e-6);
        }
    }
}
