//! One draw: the impact of its plan, whoever draws it and however many there are.

use super::*;
use crate::uncertainty::draws::record::Column;
use crate::uncertainty::lanes::WIDTH;
use approx::assert_relative_eq;

/// What an impact says for each column of a record that is not a drawn figure.
fn as_the_impact_says(engine: &Engine, impact: &Impact) -> Vec<f64> {
    let of = |kind| impact.effects.get(kind).as_ref().expect("of this kind");
    engine
        .columns
        .iter()
        .take(engine.columns.len() - engine.uncertain.len())
        .map(|column| match *column {
            Column::Figure(Some(kind), id) => {
                let e = of(kind);
                let stages = match id.trim_end_matches("_type1") {
                    "spending" => return e.spending.total.as_millions(),
                    "imported" => return e.spending.imported.as_millions(),
                    "output" => &e.output,
                    "value_added" => &e.value_added,
                    "imports" => &e.imports,
                    "leakage" if id.ends_with("_type1") => return e.leakage_type1(),
                    "leakage" => return e.leakage(),
                    _ => e.account("jobs").expect("jobs"),
                };
                if id.ends_with("_type1") {
                    stages.sums().type1()
                } else {
                    stages.sums().total()
                }
            }
            Column::Figure(None, id) => impact
                .years
                .iter()
                .map(|y| {
                    let of = |f: &crate::impact::YearFigures| match id.ends_with("_type1") {
                        true => f.type1.value_added,
                        false => f.total.value_added,
                    };
                    y.of_both(of) * y.discount_factor
                })
                .sum(),
            Column::Indicator(at) => impact.indicators[at].value,
            Column::Sector(kind, sector) => of(kind).output.of(sector),
            Column::Year(year, id) => {
                let y = impact
                    .years
                    .iter()
                    .find(|y| y.year == year)
                    .expect("the year");
                let (one_off, recurring) = (&y.figures.one_off, &y.figures.recurring);
                match id {
                    "output_type1" => one_off.type1.output + recurring.type1.output,
                    "value_added_type1" => one_off.type1.value_added + recurring.type1.value_added,
                    "job_years_type1" => one_off.type1.jobs,
                    "jobs_type1" => recurring.type1.jobs,
                    "output" => one_off.total.output + recurring.total.output,
                    "value_added" => one_off.total.value_added + recurring.total.value_added,
                    "job_years" => one_off.total.jobs,
                    _ => recurring.total.jobs,
                }
            }
            Column::Drawn => unreachable!("left out above"),
        })
        .collect()
}

#[test]
fn every_draw_is_the_impact_of_its_plan() {
    let trial = open(TRIAL);
    let draws = certain_split();
    let engine = trial.engine(&draws);
    assert_eq!(engine.uncertain.len(), 12);
    let written = engine.record(&[], Chance::default()).expect("as written");
    for (ours, theirs) in written
        .columns
        .iter()
        .zip(as_the_impact_says(&engine, &trial.impact))
    {
        assert_relative_eq!(ours.0[0], theirs, max_relative = 1e-10);
    }
    let block = engine.draw_block(3).expect("a block");
    let first_drawn = engine.columns.len() - engine.uncertain.len();
    for lane in [0, 9, 31] {
        let given: Vec<(usize, f64)> = engine
            .uncertain
            .iter()
            .zip(&block.columns[first_drawn..])
            .map(|((at, _), values)| (*at, values.0[lane]))
            .collect();
        let mut plan = trial.scenario.plan_given(&given).expect("a plan");
        // Building happens in this draw, or it does not.
        let happens = engine.streams.event(0, 3).0[lane] < plan.phases[0].probability;
        plan.phases[0].probability = if happens { 1.0 } else { 0.0 };
        let share = plan.household_share.expect("stated");
        let closure = Closure::Share(share);
        let model = Model::with(&trial.table, ImportTreatment::Domestic, closure).expect("closed");
        let drawn = impact::of_scenario_plan(&trial.table, &model, &trial.scenario, &plan)
            .expect("an impact");
        for (at, theirs) in as_the_impact_says(&engine, &drawn).into_iter().enumerate() {
            assert_relative_eq!(block.columns[at].0[lane], theirs, max_relative = 1e-9);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_on_any_number_of_threads() {
    let trial = open(TRIAL);
    for (coefficient_spread, split_error) in
        [(None, Some(0.0)), (Some(0.1), Some(0.0)), (Some(0.1), None)]
    {
        // Not a whole number of blocks.
        let draws = Draws {
            count: 333,
            seed: 9,
            coefficient_spread,
            split_error,
            ..certain_split()
        };
        let expected = trial.run(draws);
        #[cfg(feature = "parallel")]
        for threads in [1, 2, 5] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let got = pool.expect("a pool").install(|| trial.run(draws));
            assert_eq!(got, expected, "{threads} threads");
        }
        assert_ne!(
            trial.run(Draws { seed: 10, ..draws }).0.figures,
            expected.0.figures
        );
        let text = serde_json::to_string(&expected.0).expect("JSON");
        assert_eq!(
            serde_json::from_str::<Ensemble>(&text).expect("read"),
            expected.0
        );
    }
}

#[test]
fn a_draw_does_not_depend_on_how_many_there_are() {
    let trial = open(TRIAL);
    let (few, many) = (
        Draws {
            count: 40,
            ..certain_split()
        },
        certain_split(),
    );
    let (few, many) = (trial.engine(&few), trial.engine(&many));
    let (few, many) = (
        few.draw_block(1).expect("draws"),
        many.draw_block(1).expect("draws"),
    );
    for (few, many) in few.columns.iter().zip(&many.columns) {
        assert_eq!(few.0[..8], many.0[..8]);
    }
}

#[test]
fn a_phase_with_a_probability_happens_in_a_draw_or_does_not() {
    let trial = open(
        "[scenario]\nname = \"Perhaps\"\n[[phase]]\nname = \"Sure\"\nkind = \"one-off\"\n\
         [[phase.spending]]\nwhat = \"31\"\namount = \"10억\"\n\
         [[phase]]\nname = \"Build\"\nkind = \"one-off\"\nprobability = 0.3\n\
         [[phase.spending]]\nwhat = \"50\"\namount = \"100억\"\n",
    );
    let draws = Draws {
        count: 20_000,
        ..certain_split()
    };
    // Nothing else is uncertain, and that is enough to draw.
    let (ensemble, notes) = trial.run(draws);
    let spent = figure(&ensemble, PhaseKind::OneOff, "spending");
    assert_eq!(spent.as_written, 1000.0 + 0.3 * 10_000.0);
    assert_eq!(
        (spent.p5, spent.median, spent.p95),
        (1000.0, 1000.0, 11_000.0)
    );
    assert!((spent.mean - spent.as_written).abs() < 4.0 * spent.standard_error);
    // A Bernoulli event: 10,000 times sqrt(.3 x .7) over sqrt(n).
    let analytic = 10_000.0 * (0.21_f64 / 20_000.0).sqrt();
    assert_relative_eq!(spent.standard_error, analytic, max_relative = 0.02);
    let said: Vec<&Note> = notes
        .iter()
        .filter(|n| n.code() == "event_in_draws")
        .collect();
    assert_eq!(said.len(), 1);
    let build = NoteFigure::Text("Build".to_owned());
    assert_eq!(said[0].figures()["phase"], build);
    // The output of the event's sectors falls with it: one throw a phase, not one a line or figure.
    let engine = trial.engine(&draws);
    let block = engine.draw_block(5).expect("a block");
    let (spending, value_added) = (block.columns[0].0, block.columns[3].0);
    let of = |happens: bool| {
        let lane = (0..WIDTH).find(|l| (spending[*l] > 1000.0) == happens);
        value_added[lane.expect("both in 32 draws")]
    };
    for lane in 0..WIDTH {
        assert_eq!(value_added[lane], of(spending[lane] > 1000.0));
    }
}
