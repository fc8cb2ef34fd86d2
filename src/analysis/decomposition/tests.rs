use super::*;
use crate::table::{FinalDemandRole::*, Table};

/// Two sectors, nothing imported, one category: x = L f with A and f, jobs e.
fn two(year: i32, z: [[f64; 2]; 2], f: [f64; 2], jobs: [f64; 2]) -> AnyTable {
    Table::builder("two", year)
        .sectors([("1", "Farming"), ("2", "Making")])
        .domestic_flows(z)
        .final_demand(Household, f)
        .jobs(jobs)
        .build()
        .expect("balanced")
}

/// Three factors that change: e, A and the level of f, whose mix stays. By hand over the six orders.
#[test]
fn three_factors_are_those_worked_by_hand() {
    // A = [.2 .1; .4 .3] and [.1 .2; .3 .3]; L = [7 1; 4 8] / 5.2 and [7 2; 3 9] / 5.7.
    // f = (5.2, 10.4) and (11.4, 22.8), a level of 15.6 and 34.2.
    let (x0, x) = ([9.0, 20.0], [22.0, 42.0]);
    let l0 = [[7.0 / 5.2, 1.0 / 5.2], [4.0 / 5.2, 8.0 / 5.2]];
    let l1 = [[7.0 / 5.7, 2.0 / 5.7], [3.0 / 5.7, 9.0 / 5.7]];
    let (f0, f1) = ([5.2, 10.4], [11.4, 22.8]);
    let times = |l: [[f64; 2]; 2], f: [f64; 2]| [0, 1].map(|i| l[i][0] * f[0] + l[i][1] * f[1]);
    assert!((times(l0, f0)[0] - x0[0]).abs() < 1e-9 && (times(l0, f0)[1] - x0[1]).abs() < 1e-9);
    assert!((times(l1, f1)[0] - x[0]).abs() < 1e-9 && (times(l1, f1)[1] - x[1]).abs() < 1e-9);
    let flows = |a: [[f64; 2]; 2], x: [f64; 2]| a.map(|row| [row[0] * x[0], row[1] * x[1]]);
    let (e0, e1) = ([0.5, 0.25], [0.4, 0.3]);
    let old = two(2020, flows([[0.2, 0.1], [0.4, 0.3]], x0), f0, [4.5, 5.0]);
    let jobs = [e1[0] * x[0], e1[1] * x[1]];
    let new = two(2023, flows([[0.1, 0.2], [0.3, 0.3]], x), f1, jobs);
    let measure = Measure::named("jobs");
    let m = |e: [f64; 2], l, f| {
        let x = times(l, f);
        [e[0] * x[0], e[1] * x[1]]
    };
    // Each order's steps, by hand: the mean of two is 1/3 where the others are both old or both new, 1/6 else.
    let part = |of: [([f64; 2], [f64; 2]); 4]| {
        [0, 1].map(|i| {
            let step = |k: usize| of[k].1[i] - of[k].0[i];
            (step(0) + step(3)) / 3.0 + (step(1) + step(2)) / 6.0
        })
    };
    let by_e = part([
        (m(e0, l0, f0), m(e1, l0, f0)),
        (m(e0, l1, f0), m(e1, l1, f0)),
        (m(e0, l0, f1), m(e1, l0, f1)),
        (m(e0, l1, f1), m(e1, l1, f1)),
    ]);
    let by_l = part([
        (m(e0, l0, f0), m(e0, l1, f0)),
        (m(e1, l0, f0), m(e1, l1, f0)),
        (m(e0, l0, f1), m(e0, l1, f1)),
        (m(e1, l0, f1), m(e1, l1, f1)),
    ]);
    let why = Decomposition::of(&old, &new, &measure, Prices::Current, Average::Shapley);
    let why = why.expect("productive");
    let of = |factor: Factor| {
        why.parts
            .iter()
            .find(|p| p.factor == factor)
            .expect("there")
    };
    for i in 0..2 {
        assert!(
            (of(Factor::Intensity).by_sector[i] - by_e[i]).abs() < 1e-9,
            "{i}"
        );
        assert!(
            (of(Factor::Technology).by_sector[i] - by_l[i]).abs() < 1e-9,
            "{i}"
        );
        assert!(of(Factor::Mix).by_sector[i].abs() < 1e-9);
        assert!(of(Factor::InputSources).by_sector[i].abs() < 1e-9);
    }
    assert!(why.residual.abs() < 1e-9);
}

#[test]
fn parts_add_up_and_ratios_multiply_whatever_is_asked() {
    let [old, new] = ["kr-2020-33", "kr-2023-33"].map(|id| AnyTable::open(id).expect("built in"));
    for measure in ["output", "value_added", "imports", "jobs", "ghg"] {
        for prices in [Prices::Current, Prices::Constant] {
            let of = |average| {
                let measure = Measure::named(measure);
                Decomposition::of(&old, &new, &measure, prices, average).expect("productive")
            };
            let (shapley, polar) = (of(Average::Shapley), of(Average::Polar));
            for why in [&shapley, &polar] {
                let after: f64 = why.after.iter().sum();
                let before: f64 = why.before.iter().sum();
                assert!(why.residual.abs() < 1e-9 * after, "{measure}");
                for i in 0..33 {
                    let parts: f64 = why.parts.iter().map(|p| p.by_sector[i]).sum();
                    let change = why.after[i] - why.before[i];
                    assert!((parts - change).abs() < 1e-9 * after, "{measure} {i}");
                }
                let ratio: f64 = why.parts.iter().filter_map(|p| p.ratio).product();
                assert!((ratio / (after / before) - 1.0).abs() < 1e-9, "{measure}");
            }
            // Current prices have the tables' own sums at both ends.
            if (measure, prices) == ("jobs", Prices::Current) {
                let flows = new.flows(crate::Text::same("a test")).expect("flows");
                let jobs = flows.satellite("jobs").expect("counted").sum();
                let after: f64 = shapley.after.iter().sum();
                assert!((after / jobs - 1.0).abs() < 1e-6);
            }
        }
    }
}

#[test]
fn imports_are_those_of_the_tables() {
    let [old, new] = ["kr-2020-33", "kr-2023-33"].map(|id| AnyTable::open(id).expect("built in"));
    let measure = Measure::Imports;
    let why = Decomposition::of(&old, &new, &measure, Prices::Current, Average::Shapley);
    let why = why.expect("productive");
    let flows = new
        .flows(crate::Text::same("a test"))
        .expect("flows")
        .flows();
    let imports = flows.imported.column_sum() + flows.imported_final_demand.column_sum();
    for i in 0..33 {
        assert!(
            (why.after[i] - imports[i]).abs() < 1e-6 * imports.sum(),
            "{i}"
        );
    }
}

#[test]
fn paths_split_exactly_and_cover_what_they_say() {
    let [old, new] = ["kr-2020-33", "kr-2023-33"].map(|id| AnyTable::open(id).expect("built in"));
    let measure = Measure::named("jobs");
    let why = Decomposition::of(&old, &new, &measure, Prices::Constant, Average::Shapley)
        .and_then(|why| why.with_paths(&old, &new, 4, 12))
        .expect("productive");
    let paths = why.paths.expect("asked for");
    assert_eq!(paths.paths.len(), 12);
    for path in &paths.paths {
        let parts = path.intensity + path.inputs + path.final_demand;
        assert!((path.after - path.before - parts).abs() < 1e-6);
    }
    let all = why.after.iter().sum::<f64>() - why.before.iter().sum::<f64>();
    let listed: f64 = paths.paths.iter().map(|p| p.after - p.before).sum();
    assert!((paths.covered.expect("changed") - listed / all).abs() < 1e-9);
}

#[test]
fn where_nothing_changed_no_path_did_and_none_makes_up_a_share_of_it() {
    let same = || two(2020, [[15.0, 25.0], [20.0, 5.0]], [60.0, 75.0], [3.0, 5.0]);
    let measure = Measure::named("jobs");
    let of = |old: &AnyTable, new: &AnyTable| {
        let why = Decomposition::of(old, new, &measure, Prices::Current, Average::Shapley);
        let why = why.and_then(|why| why.with_paths(old, new, 2, 9));
        why.expect("productive").paths.expect("asked for")
    };
    let none = of(&same(), &same());
    assert!(none.paths.is_empty());
    assert_eq!((none.covered, none.valued), (None, None));
    // Two jobs go from one sector to the other: chains changed, the sum did not.
    let moved = two(2023, [[15.0, 25.0], [20.0, 5.0]], [60.0, 75.0], [5.0, 3.0]);
    let moved = of(&same(), &moved);
    assert!(!moved.paths.is_empty());
    assert_eq!(moved.covered, None);
}

#[test]
fn tables_that_cannot_be_compared_are_refused() {
    let open = |id: &str| AnyTable::open(id).expect("built in");
    let of = |old: &str, new: &str, measure: &str| {
        let (old, new, measure) = (open(old), open(new), Measure::named(measure));
        Decomposition::of(&old, &new, &measure, Prices::Current, Average::Shapley)
    };
    assert!(of("kr-2020-33", "kr-2023-83", "output").is_err());
    assert!(of("kr-2020-33", "kr-2022-33", "output").is_err());
    assert!(of("kr-2020-33", "kr-2023-33", "tonnes").is_err());
}
