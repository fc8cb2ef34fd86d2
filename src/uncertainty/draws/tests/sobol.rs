//! Sobol indices of scenarios whose variance is known.

use super::*;
use crate::uncertainty::sobol::{SobolFigure, SobolIndex};
use approx::assert_relative_eq;

fn split_of(trial: &Trial, draws: Draws, id: &str) -> SobolFigure {
    let asked = Draws {
        sobol: true,
        ..draws
    };
    let (ensemble, _) = trial.run(asked);
    let sobol = ensemble.sobol.expect("asked for");
    let found = sobol.figure(Some(PhaseKind::OneOff), id);
    found.expect("it varies").clone()
}

/// Whether an index is what it must be: within its interval widened by half, which is narrow.
fn is_about(index: SobolIndex, exact: f64) {
    let wider = 0.5 * (index.high - index.low);
    assert!(index.high - index.low < 0.1, "{index:?}");
    assert!(
        index.low - wider <= exact && exact <= index.high + wider,
        "{index:?} is not {exact}"
    );
}

#[test]
fn of_a_linear_plan_each_figure_explains_its_own_part_of_the_variance() {
    let trial = open(
        "[scenario]\nname = \"Two\"\n[[phase]]\nname = \"Build\"\nkind = \"one-off\"\n\
         [[phase.spending]]\nitem = \"power\"\nwhat = \"45\"\ndomestic_share = 1.0\n\
         amount = { value = \"100억\", shape = \"uniform\", range = [\"80억\", \"120억\"] }\n\
         [[phase.spending]]\nitem = \"research\"\nwhat = \"62\"\ndomestic_share = 1.0\n\
         amount = { value = \"100억\", shape = \"uniform\", range = [\"50억\", \"110억\"] }\n",
    );
    let draws = Draws {
        count: 8_192,
        ..certain_split()
    };
    let rows = trial.model.rows();
    let at = |what: &str| trial.table.sectors().find(what).expect("a sector");
    for (id, row) in [
        ("value_added_type1", &rows.type1.value_added),
        ("jobs_type1", &rows.type1.jobs),
    ] {
        let of = split_of(&trial, draws, id);
        // A uniform figure has a twelfth of its squared width as variance: 40 and 60.
        let parts = [("45", 40.0), ("62", 60.0)]
            .map(|(what, width): (&str, f64)| (row[at(what)] * width).powi(2) / 12.0);
        let variance = parts[0] + parts[1];
        for source in &of.sources {
            let part = parts[usize::from(source.key.contains("research"))] / variance;
            is_about(source.first_order, part);
            is_about(source.total, part);
        }
        assert_eq!(of.sources.len(), 2);
        is_about(of.interactions, 0.0);
    }
    let of = split_of(&trial, draws, "value_added_type1");
    let deviation = |what: &str, width: f64| rows.type1.value_added[at(what)] * width * 100.0;
    let both = deviation("45", 40.0).hypot(deviation("62", 60.0)) / 12_f64.sqrt();
    assert_relative_eq!(of.standard_deviation, both, max_relative = 0.02);
}

#[test]
fn a_phase_that_happens_or_not_and_its_size_act_together() {
    let trial = open(
        "[scenario]\nname = \"Perhaps\"\n[[phase]]\nname = \"Build\"\nkind = \"one-off\"\n\
         probability = 0.3\n[[phase.spending]]\nwhat = \"50\"\n\
         amount = { value = \"100억\", shape = \"uniform\", range = [\"0억\", \"200억\"] }\n",
    );
    let draws = Draws {
        count: 16_384,
        ..certain_split()
    };
    let of = split_of(&trial, draws, "spending");
    // E X with E 1 at .3, X of mean 100 and variance 200²/12: .3 (100² + 200²/12) - 30² = 3100, of which
    // .21 x 100² is the event's and .09 x 200²/12 the size's.
    let [event, size] = [2100.0 / 3100.0, 300.0 / 3100.0];
    let named = |key: &str| {
        let found = of.sources.iter().find(|s| s.key.contains(key));
        found.expect("a source")
    };
    let happens = named("event.Build");
    is_about(happens.first_order, event);
    is_about(happens.total, 1.0 - size);
    is_about(named("amount").first_order, size);
    is_about(named("amount").total, 1.0 - event);
    is_about(of.interactions, 700.0 / 3100.0);
    // 1억 is 100 million.
    assert_relative_eq!(
        of.standard_deviation,
        3100_f64.sqrt() * 100.0,
        max_relative = 0.02
    );
}

#[test]
fn the_table_is_a_source_and_all_of_it_one() {
    let trial = open(
        "[scenario]\nname = \"One\"\n[[phase]]\nname = \"Build\"\nkind = \"one-off\"\n\
         [[phase.spending]]\nwhat = \"50\"\namount = \"100억\"\n",
    );
    let coefficients = Draws {
        count: 256,
        coefficient_spread: Some(0.1),
        ..certain_split()
    };
    // Alone it is all of the variance, by itself: nothing of the first draws is left in the mixed ones.
    for id in ["value_added_type1", "jobs_type1"] {
        let of = split_of(&trial, coefficients, id);
        assert_eq!(of.sources[0].key, "coefficients");
        let found = of.sources[0].total;
        assert!(
            (found.value - 1.0).abs() < 0.25 && found.low < found.value && found.value < found.high
        );
    }
    let both = Draws {
        split_error: None,
        ..coefficients
    };
    let of = split_of(&trial, both, "imports_type1");
    let mut keys: Vec<&str> = of.sources.iter().map(|s| s.key.as_str()).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["coefficients", "split_error"]);
    assert!(of.interactions.value.abs() < 0.3);
}

#[test]
fn indices_are_the_same_on_any_number_of_threads_and_add_nothing_to_the_draws() {
    let trial = open(TRIAL);
    let plain = Draws {
        count: 40,
        seed: 9,
        coefficient_spread: Some(0.1),
        ..certain_split()
    };
    let asked = Draws {
        sobol: true,
        ..plain
    };
    let expected = trial.run(asked).0;
    #[cfg(feature = "parallel")]
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let got = pool.expect("a pool").install(|| trial.run(asked).0);
        assert_eq!(got, expected, "{threads} threads");
    }
    let sobol = expected.sobol.as_ref().expect("asked for");
    let drawn = trial.scenario.figures().iter();
    let sources = drawn.filter(|f| f.distribution.is_some()).count() + 2;
    // Every figure, the event and the coefficients.
    assert_eq!(sobol.evaluations, 40 * (sources + 2));
    // An indicator has its own: all of it one figure.
    let power = sobol.figure(None, "Power").expect("it varies");
    assert_eq!(power.sources.len(), 1);
    assert_eq!(power.sources[0].key, "mw");
    let without = Ensemble {
        sobol: None,
        ..expected.clone()
    };
    assert_eq!(without, trial.run(plain).0);
}

/// A draw by rows of its table is the draw that solves its own system, whatever is from the second draws.
#[test]
fn tables_are_worked_out_once_for_all_that_differ_by_their_demand() {
    use crate::uncertainty::draws::sobol::{Halves, Source};
    for text in [TRIAL, super::given::EVENTS] {
        let trial = open(text);
        let draws = Draws {
            count: 7,
            seed: 3,
            coefficient_spread: Some(0.1),
            ..Draws::default()
        };
        let engine = trial.engine(&draws);
        let first = engine.tables_of(0, Halves::First).expect("drawn");
        let anew = |halves| engine.draw_halves(0, halves, None).expect("a block");
        for halves in [
            Halves::First,
            Halves::Second,
            Halves::Swapped(Source::Figure(0)),
            Halves::Swapped(Source::Event(0)),
            Halves::Swapped(Source::Split),
            Halves::Swapped(Source::Coefficients),
        ] {
            let own = match halves {
                Halves::First | Halves::Swapped(Source::Figure(_) | Source::Event(_)) => None,
                _ => Some(engine.tables_of(0, halves).expect("drawn")),
            };
            let tables = own.as_ref().unwrap_or(&first);
            let by_rows = engine
                .draw_halves(0, halves, Some(tables))
                .expect("a block");
            let solved = anew(halves);
            for (at, figure) in engine.headline() {
                for lane in 0..7 {
                    let [a, b] = [&by_rows, &solved].map(|block| block.columns[at].0[lane]);
                    let what = format!("{halves:?} {} draw {lane}: {a} {b}", figure.id);
                    assert!((a - b).abs() <= 1e-9 * b.abs(), "{what}");
                }
            }
        }
    }
}
