//! Indices of functions whose indices are known.

use super::*;
use crate::uncertainty::lanes::WIDTH;
use std::f64::consts::PI;

/// The indices of a function of uniform numbers in (0, 1), by so many draws.
fn indices(sources: usize, draws: usize, f: impl Fn(&[f64]) -> f64) -> Indices {
    of_seed(5, sources, draws, f)
}

fn of_seed(seed: u64, sources: usize, draws: usize, f: impl Fn(&[f64]) -> f64) -> Indices {
    let (first, second) = (Streams::new(seed), Streams::new(seed).second());
    let group = draws_of_group(draws);
    let mut sums = Sums::new(1, sources);
    for block in 0..draws / WIDTH {
        // A source as in B, or all of them.
        let values = |from_b: &dyn Fn(usize) -> bool| -> Vec<f64> {
            let numbers: Vec<_> = (0..sources)
                .map(|source| match from_b(source) {
                    true => second.uniform(source, block),
                    false => first.uniform(source, block),
                })
                .collect();
            let of = |lane| f(&numbers.iter().map(|n| n.0[lane]).collect::<Vec<_>>());
            (0..WIDTH).map(of).collect()
        };
        let (a, b) = (values(&|_| false), values(&|_| true));
        let swapped: Vec<Vec<f64>> = (0..sources)
            .map(|swapped| values(&|source| source == swapped))
            .collect();
        for from in (0..WIDTH).step_by(group.min(WIDTH)) {
            if (block * WIDTH + from).is_multiple_of(group) {
                sums.begin();
            }
            let lanes = from..from + group.min(WIDTH);
            let swapped = swapped.iter().map(|s| &s[lanes.clone()]);
            sums.add(0, &a[lanes.clone()], &b[lanes.clone()], swapped);
        }
    }
    let sequential =
        |count, of: &(dyn Fn(usize) -> Vec<f64> + Sync)| (0..count).map(of).collect::<Vec<_>>();
    sums.indices(&first, &[0.0], sequential).remove(0)
}

/// Whether an index is what it must be: within its interval widened by half, which is narrow.
fn is_about(index: SobolIndex, exact: f64) {
    let wider = 0.5 * (index.high - index.low);
    assert!(index.high - index.low < 0.08, "{index:?}");
    assert!(
        index.low - wider <= exact && exact <= index.high + wider,
        "{index:?} is not {exact}"
    );
}

#[test]
fn of_ishigami_as_in_the_literature() {
    // sin x1 + 7 sin² x2 + .1 x3⁴ sin x1 with x in (-pi, pi) (Ishigami and Homma 1990): S = .3139, .4424, 0;
    // T = .5576, .4424, .2437 (Saltelli and others 2008).
    let of = indices(3, 16_384, |u| {
        let x: Vec<f64> = u.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
        x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
    });
    let exact = [[0.3139, 0.5576], [0.4424, 0.4424], [0.0, 0.2437]];
    for (found, exact) in of.sources.iter().zip(exact) {
        is_about(found[0], exact[0]);
        is_about(found[1], exact[1]);
    }
    is_about(of.sum, 0.7563);
    // V = 7²/8 + .1 pi⁴/5 + .01 pi⁸/18 + 1/2.
    let variance = 49.0 / 8.0 + 0.1 * PI.powi(4) / 5.0 + 0.01 * PI.powi(8) / 18.0 + 0.5;
    assert!((of.standard_deviation - variance.sqrt()).abs() < 0.02 * variance.sqrt());
}

#[test]
fn of_a_product_interactions_are_what_is_left() {
    // The g-function of Sobol with a = (0, 1, 9): the variance of each factor alone is 1/3 / (1 + a)².
    let a = [0.0, 1.0, 9.0];
    let of = indices(3, 32_768, |u| {
        let factors = u.iter().zip(a);
        factors
            .map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a))
            .product()
    });
    let alone = a.map(|a: f64| 1.0 / 3.0 / (1.0 + a).powi(2));
    let variance = alone.iter().map(|v| 1.0 + v).product::<f64>() - 1.0;
    for (at, found) in of.sources.iter().enumerate() {
        is_about(found[0], alone[at] / variance);
        let others = (0..3).filter(|other| *other != at);
        let by_others: f64 = others.map(|other| 1.0 + alone[other]).product();
        is_about(found[1], alone[at] * by_others / variance);
    }
    is_about(of.sum, alone.iter().sum::<f64>() / variance);
}

#[test]
fn intervals_hold_the_index_in_about_nineteen_of_twenty_cases() {
    // y = 3 u1 + u2: S and T are .9 and .1.
    let mut held = 0;
    for seed in 0..20 {
        let of = of_seed(seed, 3, 1_024, |u| 3.0 * u[0] + u[1]);
        for (found, exact) in of.sources.iter().zip([0.9, 0.1]) {
            for index in found {
                held += usize::from(index.low <= exact && exact <= index.high);
            }
        }
        // What has no part has none, to the digit.
        assert_eq!(of.sources[2].map(|index| index.value), [0.0, 0.0]);
    }
    // 80 times .95 is 76, give or take a few; the four of a seed are not independent.
    assert!((68..=80).contains(&held), "{held}");
}

#[test]
fn what_does_not_vary_has_no_indices() {
    let of = indices(2, 256, |_| 0.1);
    assert_eq!(of.standard_deviation, 0.0);
    assert_eq!(of.sources[0][0].value, 0.0);
    // A group is a power of two, whatever the number of draws.
    assert_eq!(
        [100, 257, 10_000, 1 << 20].map(draws_of_group),
        [1, 2, 64, 4096]
    );
}
