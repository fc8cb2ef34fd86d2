//! Times a model of any size; `benches/python/scale.py` runs it beside numpy on the same matrix.
//!
//!     cargo run --release --example scale -- a.f64 9800 [shock|factor|inverse|many|reused|rows]...
//!
//! The file holds A, n x n, column by column, as little-endian f64. Prints a line a task: its name, the best
//! seconds of a few rounds, and a sum of the answer to compare; how it was solved goes to standard error.

use leontief::table::{Classification, Coefficients, Matrix, Sector};
use leontief::{AnyTable, Model, Text};
use nalgebra::{DMatrix, DVector};
use std::hint::black_box;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, n, tasks @ ..] = &arguments[..] else {
        return Err("give a file, the number of sectors, and tasks".into());
    };
    let n: usize = n.parse()?;
    let bytes = std::fs::read(file)?;
    let numbers = bytes.as_chunks::<8>().0.iter();
    let a = Matrix::from(DMatrix::from_iterator(
        n,
        n,
        numbers.map(|bytes| f64::from_le_bytes(*bytes)),
    ));
    drop(bytes);
    let coefficients = economy(a)?;
    let shock = DVector::from_fn(n, |i, _| if i == n / 3 { 1.0 } else { 0.0 });
    for task in tasks {
        let mut best = (f64::INFINITY, 0.0);
        let mut how = String::new();
        let rounds = (20_000 / n).clamp(2, 20);
        for _ in 0..rounds {
            let coefficients = coefficients.clone();
            // From coefficients to the answer, as numpy.linalg.solve goes.
            let start = Instant::now();
            let model = Model::from_coefficients(coefficients)?;
            let (took, sum) = match task.as_str() {
                "shock" => {
                    let sum = model.output_for(&shock).sum();
                    (start.elapsed(), sum)
                }
                // As many right-hand sides at once as are worth the factors.
                "factor" => {
                    let demands = DMatrix::from_fn(n, n / 16, |i, k| shock[(i + k) % n]);
                    let start = Instant::now();
                    let sum = model.outputs_for(&demands).column(0).sum();
                    (start.elapsed(), sum)
                }
                "inverse" => {
                    let inverse = model.leontief_inverse();
                    let took = start.elapsed();
                    (took, inverse.column(n / 3).sum())
                }
                "many" => {
                    let demands = DMatrix::from_fn(n, 1_000, |i, k| shock[(i + k) % n]);
                    let start = Instant::now();
                    let sum = model.outputs_for(&demands).column(0).sum();
                    (start.elapsed(), sum)
                }
                "reused" => {
                    let demands = DMatrix::from_fn(n, 1_000, |i, k| shock[(i + k) % n]);
                    black_box(model.outputs_for(&demands));
                    let start = Instant::now();
                    let sum = model.outputs_for(&demands).column(0).sum();
                    (start.elapsed(), sum)
                }
                "rows" => {
                    let sum = model.rows().type1.output.sum();
                    (start.elapsed(), sum)
                }
                other => return Err(format!("no task {other}").into()),
            };
            let seconds = took.as_secs_f64();
            if seconds < best.0 {
                best = (seconds, sum);
                how = match model.solves() {
                    solves if solves.factorised => "LU".to_owned(),
                    solves => format!("{} passes", solves.passes),
                };
            }
        }
        eprintln!("{how}");
        println!("{task} {} {}", best.0, best.1);
    }
    Ok(())
}

/// Coefficients with these inputs, all of them domestic.
fn economy(a: Matrix) -> leontief::Result<Coefficients> {
    let n = a.nrows();
    let mut meta = AnyTable::open("kr-2022-33")?.meta().clone();
    meta.id = format!("made-{n}");
    meta.roles = Default::default();
    meta.accounts.clear();
    let sectors = (1..=n)
        .map(|code| Sector {
            code: format!("{code:05}"),
            name: Text::same(format!("Sector {code}")),
            group: None,
        })
        .collect();
    let sectors = Classification::new(&meta.id, sectors, &[])?;
    let value_added = a.row_sum().transpose().map(|inputs| 1.0 - inputs);
    Coefficients::new(
        meta,
        sectors,
        a,
        Matrix::zeros(n, n),
        value_added,
        Vec::new(),
    )
}
