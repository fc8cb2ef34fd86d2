//! Drawn multipliers against models of the tables drawn, and ranks by hand.

use super::*;
use crate::model::{Closure, Habits, ImportTreatment};
use crate::table::Coefficients;
use approx::assert_relative_eq;
use nalgebra::{DMatrix, DVector};

fn asked(sharing: Sharing) -> Draws {
    Draws {
        count: 40,
        coefficient_spread: Some(0.1),
        coefficient_sharing: sharing,
        split_error: Some(0.0),
        ..Draws::default()
    }
}

#[test]
fn a_draw_is_the_multipliers_of_a_model_of_its_table() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let n = table.sectors().len();
    for (kind, closure) in [
        (MultiplierType::Type1, Closure::Open),
        (MultiplierType::Type2, Closure::Share(0.7)),
    ] {
        let model = Model::with(&table, ImportTreatment::Domestic, closure).expect("productive");
        let draws = asked(Sharing::Column);
        let work = Work::new(&table, &model, kind, &draws, None).expect("drawn");
        let number = 3;
        let found = work.part(number..number + 1).expect("worked out");
        // The table of the draw: its inverse tells its coefficients.
        let mut drawn = Drawn::default();
        let mut factors = work.streams.coefficients(number);
        work.coefficients
            .draw(None, Some(&mut factors), &mut drawn)
            .expect("drawn");
        let own: Vec<Vec<f64>> = (work.measures.iter())
            .map(|measure| work.coefficients.own(measure, &drawn))
            .collect();
        let compensation = drawn.compensation.clone();
        let mut inverse = DMatrix::<f64>::identity(n, n).as_slice().to_vec();
        drawn.solve(&mut inverse).expect("productive");
        let left = DMatrix::from_vec(n, n, inverse)
            .try_inverse()
            .expect("regular");
        let base = model.coefficients();
        let per_billion = Provenance::of(base.meta()).units_per_billion();
        let accounts = base.accounts().iter().map(|(account, _)| {
            let at = work.measures.iter().position(|m| m.id == account.id);
            DVector::from_vec(own[at.expect("measured")].clone()) / per_billion
        });
        let coefficients = Coefficients::new(
            base.meta().clone(),
            base.sectors().clone(),
            DMatrix::identity(n, n) - left,
            base.imported().clone(),
            DVector::from_vec(own[1].clone()),
            accounts.collect(),
        );
        let mut drawn_model =
            Model::from_coefficients(coefficients.expect("columns of 1")).expect("productive");
        if let Some(households) = model.households() {
            let mut imported = DVector::zeros(n);
            imported[0] = households.imports_per_spending();
            let basket = households.domestic_basket().clone();
            let habits = Habits::new(0.7, compensation.into(), basket, imported);
            drawn_model
                .close(habits.expect("a basket"))
                .expect("closed");
        }
        let known = Multipliers::of(&drawn_model, kind).expect("multipliers");
        let names = work.measures.iter().map(|m| m.id.as_str()).chain(INDICES);
        let mut compared = 0;
        for (name, values) in names.zip(found.chunks_exact(n)) {
            // Coefficients alone do not tell income and taxes.
            let Some(known) = known.column(name) else {
                continue;
            };
            compared += 1;
            for (value, known) in values.iter().zip(known) {
                assert_relative_eq!(*value, known, max_relative = 1e-9);
            }
        }
        assert!(compared >= 6, "{compared}");
    }
}

#[test]
fn of_a_balanced_table_all_final_demand_makes_the_same_value_added_and_imports() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let model = Model::new(&table).expect("productive");
    let draws = asked(Sharing::Balanced);
    let work = Work::new(&table, &model, MultiplierType::Type1, &draws, None).expect("drawn");
    let x = table.needed_output(Text::default()).expect("flows");
    let f = model.final_demand_for(x);
    let n = x.len();
    let found = work.part(0..3).expect("worked out");
    for draw in found.chunks_exact(n * (work.measures.len() + 2)) {
        for (measure, row) in work.measures.iter().zip(draw.chunks_exact(n)).take(4) {
            // Output, value added, imports and compensation of the table.
            let made = dot(row, f.as_slice());
            assert_relative_eq!(made, measure.own.dot(x), max_relative = 1e-9);
        }
    }
}

#[test]
fn ranks_and_how_sure_they_are_by_hand() {
    // Sector 1 makes nothing. Ranks of the others in four draws: 1, 2, 1, 1; 2, 1, 2, 3; 3, 3, 3, 2.
    let draws = [
        [3.0, 0.0, 2.0, 1.0],
        [2.0, 0.0, 3.0, 1.0],
        [3.5, 0.0, 2.0, 1.0],
        [3.0, 0.0, 1.0, 2.0],
    ];
    let name = ("output".to_owned(), FigureUnit::Ratio);
    let rows = draws.iter().map(<[f64; 4]>::as_slice);
    let of = drawn_measure(name, &[3.0, 0.0, 2.0, 1.0], rows, &[0, 2, 3], 1);
    assert!(of.sectors[1].is_none());
    let told: Vec<_> = (of.sectors.iter().flatten())
        .map(|s| (s.rank, s.rank_median, s.rank_band, s.among_first))
        .collect();
    assert_eq!(
        told,
        [
            (1, 1, [1, 2], 0.75),
            (2, 2, [1, 3], 0.25),
            (3, 3, [2, 3], 0.0)
        ]
    );
    // Squared differences come to 0, 2, 0, 2: 1 on average, and 1 - 6 x 1 / (3 x 8).
    assert_relative_eq!(of.rank_correlation, 0.75, epsilon = 1e-15);
    let first = of.sectors[0].expect("made").spread;
    assert_eq!((first.median, first.mean), (3.0, 2.875));
}

#[test]
fn the_split_and_seeds_and_threads() {
    let table = AnyTable::open("kr-2023-83").expect("built in");
    let closure = Closure::Share(0.7);
    let model = Model::with(&table, ImportTreatment::Domestic, closure).expect("productive");
    let of = |draws: Draws| {
        MultiplierDraws::of(&table, &model, MultiplierType::Type2, &draws, 5, &|_| ())
    };
    // The estimated split alone is uncertain enough.
    let draws = Draws {
        count: 36,
        ..Draws::default()
    };
    let drawn = of(draws).expect("drawn");
    assert!(drawn.split_error.is_some() && drawn.coefficient_spread.is_none());
    #[cfg(feature = "parallel")]
    {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build();
        let got = pool.expect("a pool").install(|| of(draws).expect("drawn"));
        assert_eq!(got, drawn);
    }
    // A won of demand is value added or imports, with and without households: what one gains the other loses.
    let [added, imports] =
        ["value_added", "imports"].map(|id| drawn.measure(id).expect("measured"));
    for (added, imports) in added.sectors.iter().zip(&imports.sectors) {
        let (Some(added), Some(imports)) = (added, imports) else {
            continue;
        };
        let whole = |s: &Spread| (s.median - s.as_written).abs();
        assert!(whole(&added.spread) < 0.02 && whole(&imports.spread) < 0.02);
    }
    let refused = of(Draws {
        split_error: Some(0.0),
        ..draws
    });
    assert!(
        refused
            .expect_err("certain")
            .to_string()
            .contains("certain as they stand")
    );
    let many = Draws {
        count: usize::MAX >> 8,
        ..draws
    };
    let said = of(many).expect_err("too many").to_string();
    assert!(said.contains("draws or fewer"), "{said}");
    let error = drawn.sorted_by("joy").expect_err("none").to_string();
    assert!(error.contains("output, value_added"), "{error}");
}
