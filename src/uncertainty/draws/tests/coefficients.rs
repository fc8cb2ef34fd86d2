//! Coefficients of their own in each draw.

use super::*;
use crate::uncertainty::draws::engine::Block;
use crate::uncertainty::draws::record::Column;
use crate::uncertainty::lanes::WIDTH;
use approx::assert_relative_eq;

#[test]
fn with_drawn_coefficients_each_won_is_value_added_or_imports() {
    let trial = open(TRIAL);
    let draws = Draws {
        coefficient_spread: Some(0.2),
        ..certain_split()
    };
    let engine = trial.engine(&draws);
    let block = engine.draw_block(0).expect("a block");
    let certain = certain_split();
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
        ..certain_split()
    };
    let tiny = trial.engine(&tiny).draw_block(0).expect("a block");
    for (ours, theirs) in tiny.columns.iter().zip(&certain.columns) {
        for (ours, theirs) in ours.0.iter().zip(theirs.0) {
            assert_relative_eq!(*ours, theirs, max_relative = 1e-7);
        }
    }
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
        ..certain_split()
    };
    let (ensemble, _) = of_shock(&table, &model, &impact, &draws, &|_| ()).expect("an ensemble");
    let output = figure(&ensemble, PhaseKind::Recurring, "output_type1");
    assert_relative_eq!(output.as_written / 1e3, 10_291.915, max_relative = 1e-5);
    assert!(output.p5 < output.as_written && output.as_written < output.p95);
    assert!(of_shock(&table, &model, &impact, &certain_split(), &|_| ()).is_err());
    let given = impact::of_output_shock(&table, &model, &shock).expect("an impact");
    let refused = of_shock(&table, &model, &given, &draws, &|_| ()).expect_err("refused");
    assert!(refused.to_string().contains("depends on the coefficients"));
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
            ..certain_split()
        };
        let (ensemble, notes) =
            of_shock(&table, &model, &impact, &draws, &|_| ()).expect("an ensemble");
        assert_eq!(ensemble.coefficient_sharing, Some(coefficient_sharing));
        let said = notes
            .iter()
            .find(|n| n.code() == "coefficients_drawn")
            .expect("said");
        let shared = NoteFigure::Text(coefficient_sharing.id().to_owned());
        assert_eq!(said.figures()["shared"], shared);
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

#[test]
fn balanced_tables_are_drawn_the_same_on_any_number_of_threads_and_no_won_is_lost() {
    let trial = open(
        "[scenario]\nname = \"One\"\n[[phase]]\nname = \"Build\"\nkind = \"one-off\"\n\
         [[phase.spending]]\nwhat = \"50\"\namount = \"100억\"\ndomestic_share = 1.0\n",
    );
    for (sharing, split_error) in [
        (Sharing::Dirichlet, None),
        (Sharing::Balanced, None),
        (Sharing::Balanced, Some(0.0)),
    ] {
        let draws = Draws {
            count: 40,
            coefficient_spread: Some(0.1),
            coefficient_sharing: sharing,
            split_error,
            keep: true,
            ..Draws::default()
        };
        let (ensemble, notes) = trial.run(draws);
        #[cfg(feature = "parallel")]
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let got = pool.expect("a pool").install(|| trial.run(draws).0);
            assert_eq!(got, ensemble, "{threads} threads");
        }
        let of = |id: &str| {
            let found = ensemble.each.iter().find(|e| e.id == id);
            &found.expect("kept").values
        };
        for (made, imported) in of("value_added_type1").iter().zip(of("imports_type1")) {
            assert_relative_eq!(made + imported, 10_000.0, max_relative = 1e-9);
        }
        let spread = figure(&ensemble, PhaseKind::OneOff, "output_type1");
        assert!(spread.p5 < spread.median && spread.median < spread.p95);
        let note = notes.iter().find(|n| n.code() == "coefficients_drawn");
        let shared = note.expect("said").figures()["shared"].clone();
        assert_eq!(shared, NoteFigure::Text(sharing.id().to_owned()));
    }
}
