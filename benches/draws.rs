//! Draws per second of an ensemble at 83 sectors, on all cores.
//!
//! `benches/python/draws.py` does the same work with numpy; `benches/data/draws.toml` is the scenario
//! of both. Each draw draws the uncertain figures, works out what is spent, and gives ten headline
//! figures and the output of ten sectors for each kind of phase; an ensemble adds quantiles and rank
//! correlations.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use leontief::scenario::{Overrides, Scenario, ScenarioFile};
use leontief::uncertainty::{Draws, draws};
use leontief::{AnyTable, Model, impact};

fn ensembles(criterion: &mut Criterion) {
    let text = include_str!("data/draws.toml");
    let file = ScenarioFile::parse("benches/data/draws.toml", text).expect("readable");
    let table = AnyTable::open("kr-2023-83").expect("built in");
    let scenario = Scenario::new(file, &table, &Overrides::default()).expect("valid");
    let model = Model::new(&table).expect("productive");
    let impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
    let mut group = criterion.benchmark_group("draws");
    group.sample_size(20);
    for (name, count, coefficient_spread, split_error) in [
        ("demand", 100_000, None, Some(0.0)),
        ("coefficients", 2_000, Some(0.1), Some(0.0)),
        ("split", 2_000, None, None),
        ("split and coefficients", 2_000, Some(0.1), None),
    ] {
        let wanted = Draws {
            count,
            coefficient_spread,
            split_error,
            ..Draws::default()
        };
        group.throughput(Throughput::Elements(count as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                draws::of_scenario(&table, &model, &scenario, &impact, &wanted, &|_| ())
                    .expect("an ensemble")
            })
        });
    }
    group.finish();
}

criterion_group!(benches, ensembles);
criterion_main!(benches);
