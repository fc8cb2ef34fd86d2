use super::*;
use crate::table::{FinalDemandRole::*, PrimaryInputRole::*, Table};
use approx::assert_relative_eq;
use nalgebra::{DMatrix, dmatrix, dvector};

fn table(flows: [[f64; 3]; 3], output: [f64; 3]) -> AnyTable {
    let f: Vec<f64> = (0..3)
        .map(|i| output[i] - flows[i].iter().sum::<f64>())
        .collect();
    let bought = |j: usize| flows.iter().map(|row| row[j]).sum::<f64>();
    let v: Vec<f64> = (0..3).map(|j| output[j] - bought(j)).collect();
    Table::builder("three", 2022)
        .sectors([("1", "One"), ("2", "Two"), ("3", "Three")])
        .domestic_flows(flows)
        .final_demand(Household, f)
        .value_added(OperatingSurplus, v)
        .jobs([10.0, 40.0, 15.0])
        .build()
        .expect("three sectors")
}

/// Nothing symmetric, x = (100, 200, 300).
fn three() -> AnyTable {
    table(
        [[10.0, 40.0, 3.0], [5.0, 20.0, 60.0], [30.0, 10.0, 45.0]],
        [100.0, 200.0, 300.0],
    )
}

/// Miller & Blair, Table 2.3.
fn two() -> AnyTable {
    Table::builder("two", 2022)
        .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
        .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
        .final_demand(Household, [350.0, 1700.0])
        .value_added(OperatingSurplus, [650.0, 1400.0])
        .build()
        .expect("two sectors")
}

fn options(pairs: usize) -> Options {
    Options {
        pairs,
        ..Options::default()
    }
}

fn of(table: &AnyTable, method: Method, options: &Options) -> Linkages {
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    Linkages::of(table, &model, method, options).expect("linkages")
}

fn column(of: &Linkages, id: &str) -> Vec<f64> {
    let column = of
        .figures
        .column(id)
        .unwrap_or_else(|| panic!("a column {id}"));
    column.values.iter().map(|v| v.expect("made")).collect()
}

fn matrices(table: &AnyTable) -> (DMatrix<f64>, DMatrix<f64>) {
    let a = table.coefficients().domestic().dense().clone();
    let n = a.nrows();
    let l = (DMatrix::identity(n, n) - &a)
        .try_inverse()
        .expect("regular");
    (a, l)
}

#[test]
fn power_and_sensitivity_with_how_unevenly_each_is_spread() {
    // A textbook's: Z column by column 1..9, x (100, 200, 300).
    let flows = [[1.0, 4.0, 7.0], [2.0, 5.0, 8.0], [3.0, 6.0, 9.0]];
    let table = table(flows, [100.0, 200.0, 300.0]);
    let found = of(&table, Method::Rasmussen, &options(0));
    let power = column(&found, "influence");
    for (ours, theirs) in power.iter().zip([0.988411, 1.003311, 1.008278]) {
        assert!((ours - theirs).abs() < 1e-6, "{ours} {theirs}");
    }
    let (_, l) = matrices(&table);
    let variation = |cells: Vec<f64>| {
        let mean = cells.iter().sum::<f64>() / 3.0;
        let square: f64 = cells.iter().map(|c| (c - mean).powi(2)).sum();
        (square / 2.0).sqrt() / mean
    };
    for k in 0..3 {
        let down = variation(l.column(k).iter().copied().collect());
        let across = variation(l.row(k).iter().copied().collect());
        assert_relative_eq!(
            column(&found, "influence_variation")[k],
            down,
            epsilon = 1e-12
        );
        assert_relative_eq!(
            column(&found, "sensitivity_variation")[k],
            across,
            epsilon = 1e-12
        );
    }
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    let plain = crate::analysis::Multipliers::of(&model, Default::default()).expect("multipliers");
    for (sector, ours) in plain.sectors.iter().zip(column(&found, "sensitivity")) {
        assert_relative_eq!(sector.sensitivity, ours, epsilon = 1e-12);
    }
}

#[test]
fn weights_are_shares_of_final_demand_and_of_primary_inputs() {
    let mut weighted = options(0);
    weighted.weighted = true;
    let found = of(&two(), Method::Rasmussen, &weighted);
    // L f-weighted: columns 1.15 x 350, 1.10 x 1700; rows .95 x 350 + .25 x 1700, .20 x 350 + .85 x 1700.
    let power = column(&found, "influence");
    assert_relative_eq!(
        power[0] / power[1],
        1.15 * 350.0 / (1.10 * 1700.0),
        epsilon = 1e-12
    );
    let sensitivity = column(&found, "sensitivity");
    assert_relative_eq!(
        sensitivity[0] / sensitivity[1],
        757.5 / 1515.0,
        epsilon = 1e-12
    );
    assert_relative_eq!(sensitivity.iter().sum::<f64>(), 2.0, epsilon = 1e-12);
    let found = of(&two(), Method::Hirschman, &weighted);
    // G = [.95 .50; .10 .85] / .7575; primary inputs 650 and 1400.
    let forward = column(&found, "forward_index");
    assert_relative_eq!(
        forward[0] / forward[1],
        1.45 * 650.0 / (0.95 * 1400.0),
        epsilon = 1e-12
    );
}

#[test]
fn forward_is_by_the_ghosh_inverse_not_by_rows_of_leontief_s() {
    let found = of(&two(), Method::Hirschman, &options(0));
    let near = |id: &str, expected: [f64; 2]| {
        for (ours, theirs) in column(&found, id).iter().zip(expected) {
            assert!((ours - theirs).abs() < 1e-6, "{id}: {ours} {theirs}");
        }
    };
    near("backward_direct", [0.35, 0.30]);
    near("forward_direct", [0.65, 0.15]);
    near("backward", [1.518152, 1.452145]);
    near("forward", [1.914191, 1.254125]);
    near("class", [1.0, 4.0]);
}

#[test]
fn pure_linkages_take_own_inputs_and_feedback_out() {
    let found = of(&two(), Method::Pure, &options(0));
    // Δ = 1 / .85 and 1 / .95.
    let both = 0.85 * 0.95;
    let backward = column(&found, "backward");
    assert_relative_eq!(backward[0], 0.20 * 350.0 / both, epsilon = 1e-9);
    assert_relative_eq!(backward[1], 0.25 * 1700.0 / both, epsilon = 1e-9);
    let forward = column(&found, "forward");
    assert_relative_eq!(forward[0], 0.25 * 1700.0 / both, epsilon = 1e-9);
    assert_relative_eq!(forward[1], 0.20 * 350.0 / both, epsilon = 1e-9);
    // Three sectors, by blocks: Δ_r of the two others.
    let table = three();
    let (a, _) = matrices(&table);
    let found = of(&table, Method::Pure, &options(0));
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    let f = model.final_demand_for(table.output().expect("flows"));
    let others = dmatrix![1.0 - a[(0, 0)], -a[(0, 2)]; -a[(2, 0)], 1.0 - a[(2, 2)]];
    let others = others.try_inverse().expect("regular");
    let own = 1.0 / (1.0 - a[(1, 1)]);
    let backward = (&others * dvector![a[(0, 1)], a[(2, 1)]]).sum() * own * f[1];
    let forward = dvector![a[(1, 0)], a[(1, 2)]].dot(&(others * dvector![f[0], f[2]])) * own;
    assert_relative_eq!(column(&found, "backward")[1], backward, epsilon = 1e-9);
    assert_relative_eq!(column(&found, "forward")[1], forward, epsilon = 1e-9);
    assert_relative_eq!(
        column(&found, "total")[1],
        backward + forward,
        epsilon = 1e-9
    );
}

#[test]
fn lengths_are_rounds_weighted_by_what_each_round_brings() {
    let table = three();
    let (a, l) = matrices(&table);
    let x = table.output().expect("flows");
    let ones = dvector![1.0, 1.0, 1.0];
    let (mut power, mut sum, mut rounds) = (a.clone(), a.clone() * 0.0, a.clone() * 0.0);
    for k in 1..400 {
        sum += &power;
        rounds += &power * f64::from(k);
        power = &power * &a;
    }
    let found = of(&table, Method::Propagation, &options(9));
    for j in 0..3 {
        let back = rounds.tr_mul(&ones)[j] / sum.tr_mul(&ones)[j];
        assert_relative_eq!(column(&found, "backward_rounds")[j], back, epsilon = 1e-10);
        // Shares of output passed on: x^-1 A^k x.
        let on = (&rounds * x)[j] / (&sum * x)[j];
        assert_relative_eq!(column(&found, "forward_rounds")[j], on, epsilon = 1e-10);
    }
    assert_eq!(found.pairs.pairs.len(), 9);
    for pair in &found.pairs.pairs {
        let at = |name: &SectorName| name.code.parse::<usize>().expect("a number") - 1;
        let (i, j) = (at(&pair.supplier), at(&pair.user));
        let beyond = l[(i, j)] - f64::from(u8::from(i == j));
        let strength = beyond * (1.0 + x[j] / x[i]) / 2.0;
        assert_relative_eq!(pair.values[0], strength, epsilon = 1e-10);
        assert_relative_eq!(
            pair.values[1],
            rounds[(i, j)] / sum[(i, j)],
            epsilon = 1e-10
        );
    }
    let strengths: Vec<f64> = found.pairs.pairs.iter().map(|p| p.values[0]).collect();
    assert!(strengths.windows(2).all(|w| w[0] >= w[1]));
}

/// By another inverse for each coefficient.
#[test]
fn at_its_tolerable_limit_a_coefficient_changes_some_output_by_just_what_is_tolerated() {
    let table = three();
    let (a, l) = matrices(&table);
    let x = table.output().expect("flows");
    let f = x - &a * x;
    let found = of(&table, Method::Influence, &options(9));
    assert_eq!(found.pairs.pairs.len(), 9);
    let outputs = |a: &DMatrix<f64>| {
        let inverse = (DMatrix::identity(3, 3) - a)
            .try_inverse()
            .expect("regular");
        (inverse.sum(), inverse * &f)
    };
    let mut important = [0.0; 3];
    for pair in &found.pairs.pairs {
        let at = |name: &SectorName| name.code.parse::<usize>().expect("a number") - 1;
        let (i, j) = (at(&pair.supplier), at(&pair.user));
        let changed = |by: f64| {
            let mut a = a.clone();
            a[(i, j)] += by;
            outputs(&a)
        };
        assert_relative_eq!(pair.values[0], a[(i, j)], epsilon = 1e-14);
        let (_, at_limit) = changed(a[(i, j)] * pair.values[1]);
        let most = (at_limit - x).component_div(x).max();
        assert_relative_eq!(most, 0.01, epsilon = 1e-10);
        let (wider, _) = changed(1e-7);
        assert_relative_eq!(
            pair.values[2],
            (wider - l.sum()) / 1e-7,
            max_relative = 1e-5
        );
        let (_, grown) = changed(0.01 * a[(i, j)]);
        assert_relative_eq!(pair.values[3], grown.sum() / x.sum() - 1.0, epsilon = 1e-12);
        important[j] += f64::from(u8::from(pair.values[1] <= 0.2));
    }
    assert_eq!(column(&found, "important_inputs"), important);
    let limits: Vec<f64> = found.pairs.pairs.iter().map(|p| p.values[1]).collect();
    assert!(limits.windows(2).all(|w| w[0] <= w[1]));
}

#[test]
fn only_what_lies_between_others_is_passed_through() {
    // 3 buys 40 of 2, and 2 buys 20 of 1 for that: one chain, 3 <- 2 <- 1.
    let flows = [[0.0, 20.0, 0.0], [0.0, 0.0, 40.0], [0.0, 0.0, 0.0]];
    let table = table(flows, [20.0, 40.0, 100.0]);
    let found = of(&table, Method::Network, &options(0));
    assert_eq!(column(&found, "betweenness"), [0.0, 20.0 / 160.0, 0.0]);
    assert_eq!(column(&found, "users"), [1.0, 1.0, 0.0]);
    assert_eq!(column(&found, "suppliers"), [0.0, 1.0, 1.0]);
    assert_eq!(column(&found, "out_strength"), [0.5, 0.4, 0.0]);
    // Of jobs: 10 of the 65 are at the end of the chain.
    let mut by_jobs = options(0);
    by_jobs.measure = "jobs".to_owned();
    let found = of(&table, Method::Network, &by_jobs);
    assert_relative_eq!(
        column(&found, "betweenness")[1],
        10.0 / 65.0,
        epsilon = 1e-12
    );
}

#[test]
fn between_all_of_them_is_each_chain_as_often_as_it_has_a_middle() {
    let table = three();
    let (a, _) = matrices(&table);
    let x = table.output().expect("flows");
    let f = x - &a * x;
    let (mut power, mut middles) = (&a * &a * &f, 0.0);
    for k in 2..400 {
        middles += f64::from(k - 1) * power.sum();
        power = &a * power;
    }
    let found = of(&table, Method::Network, &options(0));
    let all: f64 = column(&found, "betweenness").iter().sum();
    assert_relative_eq!(all, middles / x.sum(), epsilon = 1e-10);
}

#[test]
fn centralities_solve_their_equations() {
    let table = three();
    let (a, _) = matrices(&table);
    let found = of(&table, Method::Network, &options(0));
    let mut w = a.clone();
    for mut column in w.column_iter_mut() {
        let sum = column.sum();
        column /= sum;
    }
    for (id, chance) in [("katz_bonacich", 0.5), ("pagerank", 0.85)] {
        let walk = DVector::from_vec(column(&found, id));
        let right = (&w * &walk * chance).add_scalar((1.0 - chance) / 3.0);
        assert_relative_eq!(walk, right, epsilon = 1e-12);
        assert_relative_eq!(walk.sum(), 1.0, epsilon = 1e-12);
    }
    let vector = DVector::from_vec(column(&found, "eigenvector"));
    let image = &a * &vector;
    assert_relative_eq!(&image / image.sum(), vector, epsilon = 1e-11);
    // A circle: a walk by A alone would go round for ever.
    let circle = [[0.0, 100.0, 0.0], [0.0, 0.0, 150.0], [50.0, 0.0, 0.0]];
    let around = of(
        &super::tests::table(circle, [200.0, 200.0, 300.0]),
        Method::Network,
        &options(0),
    );
    let a = dmatrix![0.0, 0.5, 0.0; 0.0, 0.0, 0.5; 0.25, 0.0, 0.0];
    let vector = DVector::from_vec(column(&around, "eigenvector"));
    let image = &a * &vector;
    assert_relative_eq!(&image / image.sum(), vector, epsilon = 1e-10);
}

/// Nobody makes the third product; the second buys nothing at home, and nobody buys the first from another.
fn with_gaps() -> AnyTable {
    table(
        [[10.0, 0.0, 0.0], [30.0, 0.0, 0.0], [0.0, 0.0, 0.0]],
        [100.0, 50.0, 0.0],
    )
}

#[test]
fn a_walk_goes_to_no_sector_that_makes_nothing() {
    let found = of(&with_gaps(), Method::Network, &options(0));
    for (id, chance) in [("katz_bonacich", 0.5), ("pagerank", 0.85)] {
        let column = found.figures.column(id).expect("a column");
        let [first, second] = [0, 1].map(|at| column.values[at].expect("made"));
        assert_eq!(column.values[2], None);
        // The first goes on to itself and the second by 1 : 3; the second has nowhere to go but anywhere.
        let anywhere = (1.0 - chance + chance * second) / 2.0;
        assert_relative_eq!(first, anywhere + chance * first / 4.0, epsilon = 1e-12);
        assert_relative_eq!(first + second, 1.0, epsilon = 1e-12);
    }
}

#[test]
fn who_sells_another_nothing_is_not_connected_with_it() {
    let found = of(&with_gaps(), Method::Propagation, &options(9));
    let pairs = found.pairs.pairs.iter();
    let between: Vec<(&str, &str)> = pairs
        .map(|pair| (pair.supplier.code.as_str(), pair.user.code.as_str()))
        .collect();
    assert_eq!(between, [("2", "1"), ("1", "1")]);
    assert!(found.pairs.pairs.iter().all(|pair| pair.values[1] >= 1.0));
}

#[test]
fn what_is_nothing_but_rounding_has_no_index() {
    // One sector has no others that it could pull or push.
    let one = Table::builder("one", 2022)
        .sectors([("1", "One")])
        .domestic_flows([[1.7]])
        .final_demand(Household, [56.7])
        .value_added(OperatingSurplus, [56.7])
        .build()
        .expect("one sector");
    let found = of(&one, Method::Pure, &options(0));
    for id in ["backward", "forward", "total"] {
        let values = &found.figures.column(id).expect("a column").values;
        assert!(
            values[0].is_some_and(|v| v == 0.0 && v.is_sign_positive()),
            "{id}"
        );
        let index = format!("{id}_index");
        assert_eq!(found.figures.column(&index).expect("one").values[0], None);
    }
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let table = two();
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    for wrong in [0.0, -1.0, 1.5, f64::NAN] {
        let mut options = options(0);
        options.tolerated = wrong;
        assert!(Linkages::of(&table, &model, Method::Influence, &options).is_err());
    }
    let mut unknown = options(0);
    unknown.measure = "beauty".to_owned();
    let error = Linkages::of(&table, &model, Method::Network, &unknown).expect_err("none");
    assert!(error.to_string().contains("value_added"), "{error}");
}
