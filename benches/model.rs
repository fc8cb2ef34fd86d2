//! The core at 33, 83 and 381 sectors: load, factorise, one impact, all multipliers; large models at 600 and 2,000.
//!
//! The 33 and 83 sectors are the built-in tables; 381 is the size of BOK's most detailed one, here
//! with made-up coefficients (the figures are not among the project's sources).

mod worlds;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use leontief::analysis::linkages::{Method, Options};
use leontief::analysis::{
    ExtractionKind, ExtractionRanking, Linkages, MultiplierType, Multipliers,
};
use leontief::impact;
use leontief::model::{Closure, ImportTreatment};
use leontief::table::{CoefficientTable, Coefficients};
use leontief::{AnyTable, Model};
use nalgebra::{DMatrix, DVector};
use std::hint::black_box;
use worlds::{flows_of, open, synthetic};

const BUILT_IN: [&str; 2] = ["kr-2023-33", "kr-2023-83"];

fn coefficients() -> [Coefficients; 3] {
    [
        open("kr-2023-33").coefficients(),
        open("kr-2023-83").coefficients(),
        synthetic(381),
    ]
}

fn load(c: &mut Criterion) {
    let mut group = c.benchmark_group("load");
    for id in BUILT_IN {
        group.bench_function(id, |b| b.iter(|| open(black_box(id))));
    }
    group.finish();
}

fn factorise(c: &mut Criterion) {
    let mut group = c.benchmark_group("factorise");
    for coefficients in coefficients() {
        let n = coefficients.sectors().len();
        group.bench_function(BenchmarkId::from_parameter(n), |b| {
            b.iter_with_large_drop(|| Model::from_coefficients(coefficients.clone()));
        });
    }
    let table = open("kr-2023-83");
    group.bench_function("83 closed for households", |b| {
        b.iter_with_large_drop(|| Model::with(&table, ImportTreatment::Domestic, Closure::Default));
    });
    group.finish();
}

fn one_impact(c: &mut Criterion) {
    let mut group = c.benchmark_group("impact");
    for coefficients in coefficients() {
        let model = Model::from_coefficients(coefficients).expect("productive");
        let n = model.sectors().len();
        let (f, none) = (DVector::from_element(n, 1000.0), DVector::zeros(n));
        group.bench_function(BenchmarkId::from_parameter(n), |b| {
            b.iter(|| impact::effects(&model, black_box(&f), &none, 0.0));
        });
    }
    group.finish();
}

fn all_multipliers(c: &mut Criterion) {
    let mut group = c.benchmark_group("multipliers");
    for coefficients in coefficients() {
        let model = Model::from_coefficients(coefficients).expect("productive");
        let n = model.sectors().len();
        group.bench_function(BenchmarkId::from_parameter(n), |b| {
            b.iter(|| Multipliers::of(black_box(&model), MultiplierType::Type1));
        });
    }
    group.finish();
}

/// Models that are solved by passes, or by factors in blocks: the names stay as they are, so that two versions
/// can be compared.
fn large(c: &mut Criterion) {
    let mut group = c.benchmark_group("large");
    group.sample_size(10);
    for n in [600, 2_000] {
        let coefficients = synthetic(n);
        let model = || Model::from_coefficients(coefficients.clone()).expect("productive");
        let shock = DVector::from_fn(n, |i, _| if i == n / 3 { 1.0 } else { 0.0 });
        group.bench_function(BenchmarkId::new("shock", n), |b| {
            b.iter(|| model().output_for(black_box(&shock)));
        });
        group.bench_function(BenchmarkId::new("rows", n), |b| {
            b.iter(|| model().rows().type1.output.sum())
        });
        let many = DMatrix::from_fn(n, n / 16, |i, k| shock[(i + k) % n]);
        group.bench_function(BenchmarkId::new("factors", n), |b| {
            b.iter(|| model().outputs_for(black_box(&many)));
        });
        group.bench_function(BenchmarkId::new("inverse", n), |b| {
            b.iter_with_large_drop(|| model().leontief_inverse());
        });
    }
    group.finish();
}

/// Fields of influence and propagation lengths, which grow faster than a solve, beside the naive ways: a new
/// inverse for each coefficient (of one column here), and the power series of all rounds.
fn linkages(c: &mut Criterion) {
    let mut group = c.benchmark_group("linkages");
    group.sample_size(10);
    let tables = [open("kr-2023-83"), flows_of(381), flows_of(2_000)];
    for table in &tables {
        let coefficients = table.coefficients();
        let n = coefficients.sectors().len();
        let mut options = Options::default();
        options.pairs = 20;
        for method in [Method::Influence, Method::Propagation, Method::Network] {
            group.bench_function(BenchmarkId::new(method.id(), n), |b| {
                b.iter(|| {
                    // A model of its own: factors are part of the cost.
                    let model = Model::from_coefficients(coefficients.clone()).expect("productive");
                    Linkages::of(table, &model, method, &options)
                });
            });
        }
        if n > 381 {
            continue;
        }
        let a = coefficients.domestic().dense();
        group.bench_function(BenchmarkId::new("naive influence of one column", n), |b| {
            b.iter(|| {
                let changed = |i: usize| {
                    let mut a = a.clone();
                    a[(i, 0)] *= 1.01;
                    (DMatrix::identity(n, n) - a).try_inverse().map(|l| l.sum())
                };
                (0..n.min(20)).map(changed).collect::<Vec<_>>()
            });
        });
        group.bench_function(BenchmarkId::new("naive propagation", n), |b| {
            b.iter(|| {
                let (mut power, mut rounds) = (a.clone(), a.clone());
                for k in 2..40 {
                    power = &power * a;
                    rounds += &power * f64::from(k);
                }
                rounds
            });
        });
    }
    group.finish();
}

/// Every sector taken out by itself, from one factorisation; and one of them by a factorisation of its own, of
/// which the naive way takes n.
fn extraction(c: &mut Criterion) {
    let mut group = c.benchmark_group("extraction");
    group.sample_size(10);
    let (total, all) = (ExtractionKind::Total, 1.0);
    for coefficients in [
        open("kr-2023-83").coefficients(),
        synthetic(381),
        synthetic(2_000),
    ] {
        let n = coefficients.sectors().len();
        let output = DVector::from_fn(n, |i, _| 1e6 + i as f64);
        let table = CoefficientTable::new(coefficients.clone(), String::new());
        let table = table
            .with_output(Some(output.clone()))
            .expect("one a sector");
        let table = AnyTable::from(table);
        group.bench_function(BenchmarkId::new("every sector", n), |b| {
            b.iter(|| {
                let model = Model::from_coefficients(coefficients.clone()).expect("productive");
                ExtractionRanking::of(&table, &model, total, all)
            });
        });
        let identity = DMatrix::<f64>::identity(n, n);
        group.bench_function(BenchmarkId::new("one sector, anew", n), |b| {
            b.iter(|| {
                let mut left = &identity - coefficients.domestic().dense();
                left.row_mut(n / 3).fill(0.0);
                left[(n / 3, n / 3)] = 1.0;
                left.lu().solve(black_box(&output))
            });
        });
    }
    group.finish();
}

criterion_group!(
    benches,
    load,
    factorise,
    one_impact,
    all_multipliers,
    large,
    linkages,
    extraction
);
criterion_main!(benches);
