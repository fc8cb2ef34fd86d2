use super::engine::Block;
use super::record::Column;
use super::*;
use crate::impact;
use crate::model::{Closure, ImportTreatment};
use crate::scenario::{Overrides, PhaseKind, ScenarioFile};
use crate::uncertainty::ensemble::Spread;
use crate::uncertainty::lanes::WIDTH;
use approx::assert_relative_eq;
use nalgebra::DVector;

/// Every key that can be uncertain, and every way in which a line is split.
const TRIAL: &str = r#"
[scenario]
name = "Trial"
horizon = 2033
productivity_growth = { value = 0.01, range = [0.0, 0.02] }
household_share = { value = 0.7, shape = "uniform", range = [0.6, 0.8] }
discount_rate = { value = 0.045, range = [0.03, 0.06] }

[parameters]
capex = { value = "7조", shape = "pert", range = ["6조", "10조"] }
gpu_domestic = { value = 0.05, range = [0.0, 0.15] }
mw = { value = 300, shape = "lognormal", sd = 0.1 }
tariff = { value = "150원", shape = "uniform", range = ["120원", "180원"] }
staff = { value = 300, shape = "discrete", values = [200, 300, 500], weights = [1, 2, 1] }

[[phase]]
name = "Build"
kind = "one-off"
start = 2027
duration = "3 years"
probability = { value = 0.9, shape = "pert", range = [0.6, 1.0] }
[[phase.spending]]
item = "Servers"
what = "34"
amount = "capex * 60%"
domestic_share = "gpu_domestic"
price = "purchasers"
trade_margin = 0.08
transport_margin = { value = 0.01, range = [0.005, 0.02] }
product_tax = 0.02
[[phase.spending]]
item = "Buildings"
what = "50"
amount = "capex * 25%"
domestic_share = 1.0
[[phase.spending]]
item = "Electrical"
what = "37"
amount = "capex * 15%"

[[phase]]
name = "Roads"
kind = "one-off"
[[phase.spending]]
what = "51"
amount = { value = "3000억", shape = "normal", sd = "200억" }

[[phase]]
name = "Operation"
kind = "recurring"
start = 2030
[[phase.spending]]
what = "45"
amount = "mw * 8760 * 1000 * tariff"
domestic_share = 1.0
[[phase.spending]]
what = "62"
amount = "staff * 1억"

[[indicator]]
name = "Power"
value = "mw * 8.76"
unit = "GWh"

[[policy]]
what = "37"
domestic_share = { value = 0.8, range = [0.6, 1.0] }
"#;

struct Trial {
    table: AnyTable,
    model: Model,
    scenario: Scenario,
    impact: Impact,
}

fn open(text: &str) -> Trial {
    let table = AnyTable::open("kr-2023-83").expect("built in");
    let file = ScenarioFile::parse("trial.toml", text).expect("readable");
    let scenario = Scenario::new(file, &table, &Overrides::default()).expect("valid");
    let closure = scenario.closure().expect("a share");
    let model = Model::with(&table, ImportTreatment::Domestic, closure).expect("productive");
    let impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
    Trial {
        table,
        model,
        scenario,
        impact,
    }
}

impl Trial {
    fn engine<'a>(&'a self, draws: &'a Draws) -> Engine<'a> {
        let scenario = Some(&self.scenario);
        Engine::new(&self.table, &self.model, scenario, &self.impact, draws).expect("uncertain")
    }

    fn run(&self, draws: Draws) -> (Ensemble, Vec<Note>) {
        self.engine(&draws).run(&|_| ()).expect("an ensemble")
    }
}

fn figure<'a>(ensemble: &'a Ensemble, kind: PhaseKind, id: &str) -> &'a Spread {
    let found = ensemble
        .figures
        .iter()
        .find(|f| f.kind == Some(kind) && f.id == id);
    &found.expect("the figure").spread
}

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
    let draws = Draws::default();
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
fn means_are_the_analytic_ones() {
    // Linear in two independent figures: the mean of the product is the product of the means.
    let trial = open(
        r#"
[scenario]
name = "Linear"
[parameters]
price = { value = "10억", shape = "pert", range = ["8억", "15억"] }
units = { value = 100, shape = "lognormal", sd = 0.2 }
share = { value = 0.4, shape = "triangular", range = [0.2, 0.9] }
[[phase]]
name = "Build"
kind = "one-off"
[[phase.spending]]
what = "31"
amount = "price * units"
domestic_share = "share"
"#,
    );
    let (ensemble, notes) = trial.run(Draws {
        count: 40_000,
        seed: 5,
        ..Draws::default()
    });
    let mean = |key: &str| {
        let figures = trial.scenario.figures();
        let found = figures
            .iter()
            .find(|f| f.key == key)
            .expect("the parameter");
        found.distribution.as_ref().expect("uncertain").mean()
    };
    let spent = mean("price") * mean("units") / 1e6;
    let demand = spent * mean("share");
    let c = trial.model.coefficients();
    let sector = trial.model.sectors().find("31").expect("semiconductors");
    let per = |row: &DVector<f64>, type2: bool| match type2 {
        true => trial.model.inducement_row_type2(row).expect("closed")[sector],
        false => trial.model.inducement_row(row)[sector],
    };
    let jobs = c.account("jobs").expect("jobs");
    for (id, analytic) in [
        ("spending", spent),
        ("imported", spent - demand),
        ("value_added_type1", demand * per(c.value_added(), false)),
        ("value_added", demand * per(c.value_added(), true)),
        ("jobs", demand * per(jobs, true)),
        (
            "imports_type1",
            demand * (1.0 - per(c.value_added(), false)),
        ),
    ] {
        let s = figure(&ensemble, PhaseKind::OneOff, id);
        let off = (s.mean - analytic) / s.standard_error;
        assert!(
            off.abs() < 3.0,
            "{id}: {} is {off} standard errors off {analytic}",
            s.mean
        );
        assert!(s.standard_error < 0.01 * s.mean && s.standard_error > 0.0);
        assert!(s.p5 < s.median && s.median < s.p95);
    }
    // A quantile of one figure alone is that of its distribution.
    let keys: Vec<&str> = ensemble.drivers.iter().map(|d| d.key.as_str()).collect();
    assert_eq!(keys, ["share", "units", "price"]);
    assert!(ensemble.drivers.iter().all(|d| d.rank_correlation > 0.2));
    assert_eq!(notes.len(), 1);
    // Twice the amount with --scale is twice the answer.
    let (scaled, _) = trial.run(Draws {
        count: 40_000,
        seed: 5,
        scale: 2.0,
        ..Draws::default()
    });
    let (one, two) = (
        figure(&ensemble, PhaseKind::OneOff, "value_added"),
        figure(&scaled, PhaseKind::OneOff, "value_added"),
    );
    assert_relative_eq!(two.p95, 2.0 * one.p95, max_relative = 1e-12);
}

#[test]
fn the_same_seed_gives_the_same_on_any_number_of_threads() {
    let trial = open(TRIAL);
    for coefficient_spread in [None, Some(0.1)] {
        // Not a whole number of blocks.
        let draws = Draws {
            count: 333,
            seed: 9,
            coefficient_spread,
            ..Draws::default()
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
            ..Draws::default()
        },
        Draws::default(),
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
fn the_standard_error_falls_with_the_root_of_the_draws() {
    let trial = open(TRIAL);
    let error = |count| {
        let (ensemble, _) = trial.run(Draws {
            count,
            ..Draws::default()
        });
        figure(&ensemble, PhaseKind::OneOff, "output").standard_error
    };
    assert_relative_eq!(error(500) / error(8_000), 4.0, max_relative = 0.1);
}

#[test]
fn with_drawn_coefficients_each_won_is_value_added_or_imports() {
    let trial = open(TRIAL);
    let draws = Draws {
        coefficient_spread: Some(0.2),
        ..Draws::default()
    };
    let engine = trial.engine(&draws);
    let block = engine.draw_block(0).expect("a block");
    let certain = Draws::default();
    let certain = trial.engine(&certain).draw_block(0).expect("a block");
    let column = |block: &Block, id: &'static str| {
        let wanted = Column::Figure(Some(PhaseKind::Recurring), id);
        let at = engine
            .columns
            .iter()
            .position(|c| *c == wanted)
            .expect("there");
        block.columns[at].0
    };
    for lane in 0..WIDTH {
        let of = |id| column(&block, id)[lane];
        // No product taxes in operation: all that is not imported at once is demand at home.
        let demand = of("spending") - of("imported");
        assert_relative_eq!(
            of("value_added_type1") + of("imports_type1"),
            demand,
            max_relative = 1e-12
        );
        assert_eq!(of("spending"), column(&certain, "spending")[lane]);
        assert_ne!(of("output"), column(&certain, "output")[lane]);
    }
    // A spread of next to nothing is next to nothing away, by the other way of solving.
    let tiny = Draws {
        coefficient_spread: Some(1e-9),
        ..Draws::default()
    };
    let tiny = trial.engine(&tiny).draw_block(0).expect("a block");
    for (ours, theirs) in tiny.columns.iter().zip(&certain.columns) {
        for (ours, theirs) in ours.0.iter().zip(theirs.0) {
            assert_relative_eq!(*ours, theirs, max_relative = 1e-7);
        }
    }
}

#[test]
fn no_spread_is_the_scenario_as_written() {
    let trial = open(
        "[scenario]\nname = \"Certain\"\n[[phase]]\nname = \"A\"\nkind = \"recurring\"\n\
         [[phase.spending]]\nwhat = \"31\"\namount = \"1조\"\n",
    );
    let (ensemble, _) = trial.run(Draws {
        count: 50,
        coefficient_spread: Some(0.0),
        ..Draws::default()
    });
    for s in ensemble
        .figures
        .iter()
        .map(|f| f.spread)
        .chain(ensemble.sectors.iter().map(|s| s.output))
    {
        let all = [s.median, s.p5, s.p95, s.mean];
        assert!(all.iter().all(|v| *v == s.as_written), "{s:?}");
        assert_eq!(s.standard_error, 0.0);
    }
    let nothing = Draws::default();
    let message = trial
        .engine(&nothing)
        .run(&|_| ())
        .expect_err("refused")
        .to_string();
    assert!(message.contains("nothing is uncertain"), "{message}");
    for draws in [
        Draws {
            count: 0,
            coefficient_spread: Some(0.1),
            ..nothing
        },
        Draws {
            coefficient_spread: Some(-0.1),
            ..nothing
        },
        Draws {
            coefficient_spread: Some(f64::NAN),
            ..nothing
        },
    ] {
        let engine = Engine::new(
            &trial.table,
            &trial.model,
            Some(&trial.scenario),
            &trial.impact,
            &draws,
        );
        assert!(engine.is_err(), "{draws:?}");
    }
}

#[test]
fn shares_drawn_outside_are_put_at_the_bound_and_told() {
    let text = |share: &str| {
        format!(
            "[scenario]\nname = \"S\"\n[[phase]]\nname = \"A\"\nkind = \"recurring\"\n[[phase.spending]]\n\
             item = \"Chips\"\nwhat = \"31\"\namount = \"1조\"\n{share}"
        )
    };
    let trial = open(&text(
        "domestic_share = { value = 0.9, shape = \"normal\", sd = 0.2 }\n",
    ));
    let (ensemble, notes) = trial.run(Draws {
        count: 2_000,
        ..Draws::default()
    });
    assert_eq!(figure(&ensemble, PhaseKind::Recurring, "imported").p5, 0.0);
    let warned = notes
        .iter()
        .find(|n| n.text().en.contains("Chips"))
        .expect("a warning");
    // P(Z > .5) = 31 %.
    let times: f64 = warned
        .text()
        .en
        .split_whitespace()
        .find_map(|w| w.parse().ok())
        .expect("a count");
    assert_relative_eq!(times / 2_000.0, 0.3085, epsilon = 0.04);

    // Margins that take more than all there is cannot be put right: which draw is said.
    let trial = open(&text(
        "domestic_share = 1.0\nprice = \"purchasers\"\ntrade_margin = 0.5\n\
         product_tax = { value = 0.3, shape = \"uniform\", range = [0.2, 0.6] }\n",
    ));
    let draws = Draws::default();
    let message = trial
        .engine(&draws)
        .run(&|_| ())
        .expect_err("refused")
        .to_string();
    assert!(
        message.contains("trial.toml:") && message.contains("(draw "),
        "{message}"
    );
}

#[test]
fn a_shock_is_drawn_by_its_coefficients() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let model = Model::new(&table).expect("productive");
    let shock = [(18, crate::Money::units(5e12))];
    let impact =
        impact::of_shock(&table, &model, &shock, impact::ShockShare::Domestic).expect("an impact");
    let draws = Draws {
        count: 500,
        coefficient_spread: Some(0.1),
        ..Draws::default()
    };
    let (ensemble, _) = of_shock(&table, &model, &impact, &draws, &|_| ()).expect("an ensemble");
    let output = figure(&ensemble, PhaseKind::Recurring, "output_type1");
    assert_relative_eq!(output.as_written / 1e3, 10_291.915, max_relative = 1e-5);
    assert!(output.p5 < output.as_written && output.as_written < output.p95);
    assert!(of_shock(&table, &model, &impact, &Draws::default(), &|_| ()).is_err());
    let given = impact::of_output_shock(&table, &model, &shock).expect("an impact");
    let refused = of_shock(&table, &model, &given, &draws, &|_| ()).expect_err("refused");
    assert!(refused.to_string().contains("depends on the coefficients"));
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
        ..Draws::default()
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
    assert!(
        said[0]
            .text()
            .en
            .contains("\"Build\" happens in a draw or does not")
    );
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

#[test]
fn a_factor_that_is_shared_does_not_average_out() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let model = Model::new(&table).expect("productive");
    let shock = [(18, crate::Money::units(5e12))];
    let impact =
        impact::of_shock(&table, &model, &shock, impact::ShockShare::Domestic).expect("an impact");
    let spread = |coefficient_sharing| {
        let draws = Draws {
            count: 1000,
            coefficient_spread: Some(0.1),
            coefficient_sharing,
            ..Draws::default()
        };
        let (ensemble, notes) =
            of_shock(&table, &model, &impact, &draws, &|_| ()).expect("an ensemble");
        assert_eq!(ensemble.coefficient_sharing, Some(coefficient_sharing));
        let said = notes
            .iter()
            .find(|n| n.code() == "coefficients_drawn")
            .expect("said");
        assert!(said.text().en.contains(&coefficient_sharing.title().en));
        let jobs = figure(&ensemble, PhaseKind::Recurring, "jobs_type1");
        (jobs.p95 - jobs.p5) / jobs.as_written
    };
    let [cell, column, row, all] =
        [Sharing::Cell, Sharing::Column, Sharing::Row, Sharing::All].map(spread);
    assert!(cell < column && cell < row && column < all && row < all);
    // One labour factor for all: nine in ten of a lognormal with a spread of .1 span .33 and more.
    assert!(all > 0.33 && all < 0.45, "{all}");
    assert_eq!(Draws::default().coefficient_sharing, Sharing::Column);
}
