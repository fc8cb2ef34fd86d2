use super::*;
use crate::model::Closure;
use approx::assert_relative_eq;
use nalgebra::DMatrix;

fn of(table: &str, kind: MultiplierType) -> (Model, Multipliers) {
    let table = AnyTable::open(table).expect("built in");
    let model = Model::new(&table).expect("productive");
    let multipliers = Multipliers::of(&model, kind).expect("multipliers");
    (model, multipliers)
}

#[test]
fn the_form_of_boks_manual_is_the_inverse_with_imports_over_output() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let all = Multipliers::competitive_bok(&table).expect("flows");
    let flows = table.flows(crate::Text::same("a test")).expect("flows");
    let blocks = flows.flows();
    let imports = blocks.imported.column_sum() + blocks.imported_final_demand.column_sum();
    let c = table.coefficients();
    let mut system = DMatrix::identity(33, 33) - c.domestic().dense() - c.imported().dense();
    for i in 0..33 {
        system[(i, i)] += imports[i] / flows.output()[i];
    }
    let inverse = system.try_inverse().expect("regular");
    let value_added = inverse.tr_mul(c.value_added());
    let mean = inverse.sum() / 33.0;
    for (j, of) in all.sectors.iter().enumerate() {
        assert_relative_eq!(of.output, inverse.column(j).sum(), max_relative = 1e-9);
        assert_relative_eq!(of.value_added, value_added[j], max_relative = 1e-9);
        assert_relative_eq!(of.value_added + of.imports, 1.0, epsilon = 1e-5);
        let forward = inverse.row(j).sum() / mean;
        assert_relative_eq!(of.sensitivity, forward, max_relative = 1e-9);
    }
    let unlike = Model::with(&table, ImportTreatment::Competitive, Closure::Open);
    let unlike = Multipliers::of(&unlike.expect("flows"), MultiplierType::Type1);
    assert!(unlike.expect("open").sectors[0].output > all.sectors[0].output + 0.1);
}

#[test]
fn solves_agree_with_the_inverse() {
    let (model, m) = of("kr-2023-33", MultiplierType::Type1);
    let inverse = model.leontief_inverse();
    let mean = inverse.sum() / 33.0;
    for (j, s) in m.sectors.iter().enumerate() {
        assert_relative_eq!(s.output, inverse.column(j).sum(), epsilon = 1e-12);
        assert_relative_eq!(s.sensitivity, inverse.row(j).sum() / mean, epsilon = 1e-12);
        assert_relative_eq!(s.value_added + s.imports, 1.0, epsilon = 1e-9);
    }
}

#[test]
fn type_2_agrees_with_the_system_of_n_and_one() {
    let (model, m) = of("kr-2023-33", MultiplierType::Type2);
    let households = model.households().expect("closed by default");
    let n = 33;
    let mut a = DMatrix::zeros(n + 1, n + 1);
    a.view_mut((0, 0), (n, n))
        .copy_from(model.coefficients().domestic().dense());
    a.view_mut((0, n), (n, 1))
        .copy_from(households.domestic_basket());
    let income = households.income().transpose() * households.share_spent();
    a.view_mut((n, 0), (1, n)).copy_from(&income);
    let closed = (DMatrix::identity(n + 1, n + 1) - a)
        .try_inverse()
        .expect("regular");
    let inner = closed.view((0, 0), (n, n));
    let imported = model.coefficients().imports_per_output();
    let own = households.imported_basket().sum();
    for (j, s) in m.sectors.iter().enumerate() {
        assert_relative_eq!(s.output, inner.column(j).sum(), epsilon = 1e-10);
        let imports = inner.column(j).dot(&imported) + own * closed[(n, j)];
        assert_relative_eq!(s.imports, imports, epsilon = 1e-10);
        let sensitivity = inner.row(j).sum() / (inner.sum() / n as f64);
        assert_relative_eq!(s.sensitivity, sensitivity, epsilon = 1e-10);
    }
}

#[test]
fn type_2_of_an_open_model_is_refused() {
    let table = AnyTable::open("kr-2022-33").expect("built in");
    let model = Model::with(&table, ImportTreatment::Domestic, Closure::Open).expect("productive");
    let error = Multipliers::of(&model, MultiplierType::Type2).expect_err("open");
    assert!(error.to_string().contains("kr-2022-33"), "{error}");
}

#[test]
fn sorting_and_picking_move_whole_rows() {
    let (_, m) = of("kr-2023-33", MultiplierType::Type1);
    let sorted = m.sorted_by("jobs").expect("a column");
    let jobs = sorted.column("jobs").expect("a column");
    assert!(jobs.windows(2).all(|w| w[0] >= w[1]));
    assert_eq!(sorted.sorted_by("code").expect("codes"), m);
    let two = m.only(&["19", "04"]).expect("codes");
    assert_eq!(two.sectors, [m.sectors[18].clone(), m.sectors[3].clone()]);
    assert_eq!(sorted.first(3).sectors, sorted.sectors[..3]);
    let message = m.sorted_by("height").expect_err("none").to_string();
    assert!(message.contains("value_added"), "{message}");
    assert!(m.only(&["99"]).is_err());
}

#[test]
fn json_keeps_every_digit() {
    let (_, m) = of("kr-2023-33", MultiplierType::Type2);
    let text = serde_json::to_string(&m).expect("JSON");
    assert_eq!(serde_json::from_str::<Multipliers>(&text).expect("read"), m);
}
