//! All draws: means, errors, bands, and what is put at a bound.

use super::*;
use approx::assert_relative_eq;
use nalgebra::DVector;

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
        ..certain_split()
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
    let codes: Vec<&str> = notes.iter().map(Note::code).collect();
    assert_eq!(codes, ["independent_draws", "split_certain"]);
    // Twice the amount with --scale is twice the answer.
    let (scaled, _) = trial.run(Draws {
        count: 40_000,
        seed: 5,
        scale: 2.0,
        ..certain_split()
    });
    let (one, two) = (
        figure(&ensemble, PhaseKind::OneOff, "value_added"),
        figure(&scaled, PhaseKind::OneOff, "value_added"),
    );
    assert_relative_eq!(two.p95, 2.0 * one.p95, max_relative = 1e-12);
}

#[test]
fn the_standard_error_falls_with_the_root_of_the_draws() {
    let trial = open(TRIAL);
    let error = |count| {
        let (ensemble, _) = trial.run(Draws {
            count,
            ..certain_split()
        });
        figure(&ensemble, PhaseKind::OneOff, "output").standard_error
    };
    assert_relative_eq!(error(500) / error(8_000), 4.0, max_relative = 0.1);
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
        ..certain_split()
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
    let nothing = certain_split();
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
        ..certain_split()
    });
    assert_eq!(figure(&ensemble, PhaseKind::Recurring, "imported").p5, 0.0);
    let warned = notes
        .iter()
        .find(|n| n.code() == "draws_at_bounds")
        .expect("a warning");
    // P(Z > .5) = 31 %.
    let NoteFigure::Number(times) = warned.figures()["draws_at_bound"] else {
        panic!("a count");
    };
    assert_relative_eq!(times / 2_000.0, 0.3085, epsilon = 0.04);

    // Margins that take more than all there is cannot be put right: which draw is said.
    let trial = open(&text(
        "domestic_share = 1.0\nprice = \"purchasers\"\ntrade_margin = 0.5\n\
         product_tax = { value = 0.3, shape = \"uniform\", range = [0.2, 0.6] }\n",
    ));
    let draws = certain_split();
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
