//! Questions whose cost grows faster than a solve, at 83, 381 and 2,000 sectors beside the naive way: the page of a
//! sector, social accounting matrices, trade of regions, tables of a region, supply and use, outages, import stops.

mod worlds;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use leontief::analysis::outage::OutageOptions;
use leontief::analysis::regionalize::{Method, TwoRegions};
use leontief::analysis::sam::{SamMatrices, SamOptions};
use leontief::analysis::{ImportStop, Outage, Regionalized, Sam, SectorStudy, Trade};
use leontief::table::supply_use::{Negatives, SupplyUse, Transformation};
use leontief::table::{FinalDemandRole, SizedRegion};
use leontief::{AnyTable, Model, Text};
use nalgebra::{DMatrix, DVector};
use std::hint::black_box;
use worlds::{flows_of, open, synthetic, world_of};

fn tables() -> [(usize, AnyTable); 3] {
    [
        (83, open("kr-2023-83")),
        (381, flows_of(381)),
        (2_000, flows_of(2_000)),
    ]
}

fn model_of(table: &AnyTable) -> Model {
    Model::from_coefficients(table.coefficients()).expect("productive")
}

/// Everything that a page says, beside one solve of the same table; both from the flows on.
fn sector(c: &mut Criterion) {
    let mut group = c.benchmark_group("sector");
    group.sample_size(10);
    for (n, table) in tables() {
        group.bench_function(BenchmarkId::new("page", n), |b| {
            b.iter(|| SectorStudy::of(&table, n / 3).expect("a page"));
        });
        let shock = DVector::from_fn(n, |i, _| if i == n / 3 { 1.0 } else { 0.0 });
        group.bench_function(BenchmarkId::new("one solve", n), |b| {
            b.iter(|| model_of(&table).output_for(black_box(&shock)));
        });
    }
    group.finish();
}

/// Multipliers of all accounts by rank one, beside the matrix that holds them, M = M3 M2 M1.
fn sam(c: &mut Criterion) {
    let mut group = c.benchmark_group("sam");
    group.sample_size(10);
    for (n, table) in tables() {
        group.bench_function(BenchmarkId::new("all accounts", n), |b| {
            b.iter(|| Sam::of(&table, SamOptions::default()).expect("a matrix"));
        });
        group.bench_function(BenchmarkId::new("naive: the matrices", n), |b| {
            b.iter(|| SamMatrices::of(&table, SamOptions::default()).expect("matrices"));
        });
    }
    group.finish();
}

/// Three regions, ten of 2,000 sectors, beside an inverse of all and one for each region without what it exports.
fn trade(c: &mut Criterion) {
    let mut group = c.benchmark_group("trade");
    group.sample_size(10);
    for (n, regions) in [(84, 3), (381, 3), (2_000, 10)] {
        let table = world_of(n, regions);
        group.bench_function(BenchmarkId::new("all regions", n), |b| {
            b.iter(|| Trade::of(&table).expect("regions"));
        });
        group.bench_function(BenchmarkId::new("naive: one inverse of each", n), |b| {
            b.iter(|| model_of(&table).leontief_inverse());
        });
    }
    group.finish();
}

/// A region and the rest of the nation, beside the inverse of both.
fn regionalize(c: &mut Criterion) {
    let mut group = c.benchmark_group("regionalize");
    group.sample_size(10);
    for (n, table) in tables() {
        let AnyTable::Flows(nation) = &table else {
            continue;
        };
        let both = || {
            let region = SizedRegion {
                key: "R".to_owned(),
                code: "R".to_owned(),
                name: Text::same("Region"),
            };
            let share = DVector::from_fn(n, |i, _| 0.05 + 0.1 * (i % 7) as f64 / 7.0);
            TwoRegions::of(nation, region, share, Method::default()).expect("two regions")
        };
        group.bench_function(BenchmarkId::new("multipliers of both", n), |b| {
            b.iter(|| Regionalized::of(&both(), "jobs").expect("productive"));
        });
        group.bench_function(BenchmarkId::new("naive: the inverse of both", n), |b| {
            b.iter(|| {
                let table = AnyTable::from(both().table().expect("balanced"));
                model_of(&table).leontief_inverse()
            });
        });
    }
    group.finish();
}

/// Product technology, which needs an inverse of what industries make, beside the inverse by itself.
fn supply_use(c: &mut Criterion) {
    let mut group = c.benchmark_group("supply_use");
    group.sample_size(10);
    for n in [83, 381, 2_000] {
        let x = DVector::from_fn(n, |i, _| 1e6 + 1e3 * (i % 97) as f64);
        // A tenth of what each makes is another's product.
        let supply = DMatrix::from_fn(n, n, |i, j| match (i + n - j) % n {
            0 => 0.9 * x[j],
            1 => 0.1 * x[j],
            _ => 0.0,
        });
        let mut uses = synthetic(n).domestic().dense().clone();
        for (mut column, x) in uses.column_iter_mut().zip(x.iter()) {
            column *= *x;
        }
        let f = supply.column_sum() - uses.column_sum();
        let names: Vec<String> = (1..=n).map(|code| format!("{code:04}")).collect();
        let named = || names.iter().map(|name| (name.clone(), name.clone()));
        let tables = SupplyUse::new(named(), named(), supply.clone(), uses)
            .final_demand(FinalDemandRole::Household, f);
        for (name, model) in [
            ("A", Transformation::ProductTechnology),
            ("D", Transformation::FixedProductSales),
        ] {
            group.bench_function(BenchmarkId::new(name, n), |b| {
                b.iter(|| tables.transform(model, Negatives::Keep).expect("a table"));
            });
        }
        if n <= 381 {
            group.bench_function(BenchmarkId::new("naive: an inverse", n), |b| {
                b.iter(|| black_box(&supply).clone().try_inverse());
            });
        }
    }
    group.finish();
}

/// Thirty days, beside the same bookkeeping by whole matrices as numpy has it; imports that stop.
fn outage(c: &mut Criterion) {
    let mut group = c.benchmark_group("outage");
    group.sample_size(10);
    let mut options = OutageOptions::new(0.1, 10);
    options.horizon = 30;
    for (n, table) in tables() {
        let model = model_of(&table);
        group.bench_function(BenchmarkId::new("30 days", n), |b| {
            b.iter(|| Outage::of(&table, &model, n / 3, &options).expect("an outage"));
        });
        let a = model.coefficients().domestic().dense();
        let x = table.output().expect("flows") / 365.0;
        group.bench_function(BenchmarkId::new("naive: 30 days of matrices", n), |b| {
            b.iter(|| {
                let used = DMatrix::from_fn(n, n, |i, j| a[(i, j)] * x[j]);
                let mut stocks = &used * 90.0;
                let mut orders = used.clone();
                for _ in 0..30 {
                    let needed = used.map(|of| 0.8 * 90.0 * of);
                    let limits =
                        stocks.zip_map(
                            &needed,
                            |held, needed| {
                                if needed > 0.0 { held / needed } else { 1.0 }
                            },
                        );
                    let most: Vec<f64> = limits.column_iter().map(|c| c.min().min(1.0)).collect();
                    let takes = DMatrix::from_fn(n, n, |i, j| used[(i, j)] * most[j]);
                    let asked = orders.column_sum();
                    let share: Vec<f64> = (0..n).map(|i| (x[i] / asked[i]).min(1.0)).collect();
                    let arrives = DMatrix::from_fn(n, n, |i, j| orders[(i, j)] * share[i]);
                    stocks = &stocks - &takes + &arrives;
                    let wanted = &used * 90.0 - &stocks;
                    orders = &takes + wanted.map(|of| of.max(0.0) / 60.0);
                }
                orders
            });
        });
        if n == 83 {
            group.bench_function(BenchmarkId::new("imports stop", n), |b| {
                b.iter(|| ImportStop::of_model(&table, &model, n / 3, 0.1, 0.01).expect("bounds"));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, sector, sam, trade, regionalize, supply_use, outage);
criterion_main!(benches);
