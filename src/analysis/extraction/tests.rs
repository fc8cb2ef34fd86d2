use super::*;
use crate::table::{FinalDemandRole::*, PrimaryInputRole::*, Table};

/// Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05], x = (1000, 2000).
fn two() -> (AnyTable, Model) {
    let table = Table::builder("two", 2022)
        .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
        .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
        .final_demand(Household, [350.0, 1700.0])
        .value_added(Compensation, [250.0, 900.0])
        .value_added(OperatingSurplus, [400.0, 500.0])
        .jobs([300.0, 500.0])
        .build()
        .expect("balanced");
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    (table, model)
}

#[test]
fn what_is_left_is_worked_by_hand() {
    let (table, model) = two();
    for (kind, share, left) in [
        // 2 alone: 1700 / .95.
        (ExtractionKind::Total, 1.0, [0.0, 1700.0 / 0.95]),
        // A = [.075 .125; .2 .05], f = (175, 1700): the determinant is .85375.
        (
            ExtractionKind::Total,
            0.5,
            [378.75 / 0.85375, 1607.5 / 0.85375],
        ),
        // 1 buys nothing: 1700 / .95, and 350 + a quarter of it.
        (
            ExtractionKind::Backward,
            1.0,
            [350.0 + 0.25 * 1700.0 / 0.95, 1700.0 / 0.95],
        ),
        // B = [0 0; .1 .05] with primary inputs (650, 1400).
        (
            ExtractionKind::Forward,
            1.0,
            [650.0 + 0.1 * 1400.0 / 0.95, 1400.0 / 0.95],
        ),
    ] {
        let lost = Extraction::of(&table, &model, &[0], kind, share).expect("made");
        assert!(
            (1000.0 - lost.output[0] - left[0]).abs() < 1e-9,
            "{kind:?} {share}"
        );
        assert!(
            (2000.0 - lost.output[1] - left[1]).abs() < 1e-9,
            "{kind:?} {share}"
        );
    }
}

#[test]
fn labour_income_is_lost_with_output_and_ranks_sectors() {
    let (table, model) = two();
    let lost = Extraction::of(&table, &model, &[0], ExtractionKind::Total, 1.0).expect("made");
    // .25 of the first's 1000, .45 of what the second loses.
    let second = 2000.0 - 1700.0 / 0.95;
    assert!((lost.income[0] - 250.0).abs() < 1e-9);
    assert!((lost.income[1] - 0.45 * second).abs() < 1e-9);
    let kind = ExtractionKind::Total;
    let ranking = ExtractionRanking::of(&table, &model, kind, 1.0).expect("made");
    let income = ranking.measure("income").expect("paid");
    assert!((income.all[0] - 250.0 - 0.45 * second).abs() < 1e-9);
    assert!((income.others[0] - 0.45 * second).abs() < 1e-9);
    assert_eq!(income.before, 1150.0);
}

/// By inverting anew, and with value added lost = imports in its place less imported inputs saved.
#[test]
fn several_at_once_are_what_another_inverse_gives() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    let flows = table.flows(crate::Text::same("a test")).expect("flows");
    let (x, n, out) = (flows.output().clone(), 33, [16, 3, 20]);
    let a = model.coefficients().domestic().dense().clone();
    let identity = DMatrix::<f64>::identity(n, n);
    for share in [0.3, 1.0] {
        let (mut rows, mut columns) = (a.clone(), a.clone());
        let mut f = model.final_demand_for(&x);
        for k in out {
            rows.row_mut(k).scale_mut(1.0 - share);
            columns.column_mut(k).scale_mut(1.0 - share);
            f[k] *= 1.0 - share;
        }
        let primary = DVector::from_fn(n, |j, _| 1.0 - a.column(j).sum());
        let inverse = |a: &DMatrix<f64>| (&identity - a).try_inverse().expect("productive");
        let total = inverse(&rows) * &f;
        let backward = inverse(&columns) * model.final_demand_for(&x);
        let forward = inverse(&rows).tr_mul(&primary).component_mul(&x);
        for (kind, left) in [
            (ExtractionKind::Total, total),
            (ExtractionKind::Backward, backward),
            (ExtractionKind::Forward, forward),
        ] {
            let lost = Extraction::of(&table, &model, &out, kind, share).expect("made");
            let made = &x - DVector::from_vec(lost.output.clone());
            assert!((made - left).amax() < 1e-9 * x.amax(), "{kind:?} {share}");
            if kind != ExtractionKind::Forward {
                let value_added: f64 = lost.value_added.iter().sum();
                let imports = lost.replaced - lost.imports.iter().sum::<f64>();
                assert!((value_added / imports - 1.0).abs() < 1e-6, "{kind:?}");
            }
        }
    }
}

#[test]
fn each_sector_of_the_ranking_is_what_it_is_by_itself() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    for kind in [
        ExtractionKind::Total,
        ExtractionKind::Backward,
        ExtractionKind::Forward,
    ] {
        for share in [0.4, 1.0] {
            let ranking = ExtractionRanking::of(&table, &model, kind, share).expect("made");
            for k in [0, 16, 31] {
                let one = Extraction::of(&table, &model, &[k], kind, share).expect("made");
                let jobs = &one.accounts[0].1;
                for (name, of) in [
                    ("output", &one.output),
                    ("value_added", &one.value_added),
                    ("imports", &one.imports),
                    ("jobs", jobs),
                ] {
                    let ranked = ranking.measure(name).expect("there");
                    let all: f64 = of.iter().sum();
                    assert!(
                        (ranked.all[k] / all - 1.0).abs() < 1e-9,
                        "{kind:?} {name} {k}"
                    );
                    let others = all - of[k];
                    assert!((ranked.others[k] - others).abs() < 1e-9 * all, "{name} {k}");
                }
            }
        }
    }
}

#[test]
fn what_cannot_be_taken_out_is_refused() {
    let (table, model) = two();
    let of =
        |out: &[usize], share| Extraction::of(&table, &model, out, ExtractionKind::Total, share);
    for (out, share) in [
        (vec![0, 0], 1.0),
        (vec![7], 1.0),
        (vec![0], 0.0),
        (vec![0], f64::NAN),
    ] {
        assert!(of(&out, share).is_err(), "{out:?} {share}");
    }
    assert!(of(&[0], 1.1).is_err());
    assert!(of(&[0, 1], 1.0).is_ok());
}
