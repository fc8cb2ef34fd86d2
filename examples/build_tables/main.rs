//! Rebuilds the built-in tables under `tables/` from the published figures in `tables/source/`:
//!
//! ```text
//! cargo run --example build_tables
//! ```
//!
//! It writes the CSV files only; `table.toml` of each table is written by hand.

mod build;

use std::fs;
use std::path::Path;

use build::sources::{Result, Sources};

fn main() -> Result<()> {
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("tables");
    let sources = Sources::read(&tables.join("source"))?;
    let built = build::build(&sources)?;

    for (path, contents) in &built.files {
        let path = tables.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, contents).map_err(|error| format!("{}: {error}", path.display()))?;
    }

    let split = &built.split;
    println!(
        "{} files written below {}",
        built.files.len(),
        tables.display()
    );
    println!("Domestic/import split at 83 sectors, million won:");
    println!("  sweeps                                  {}", split.sweeps);
    println!(
        "  largest residual of a product's imports {:.2e}",
        split.row_residual
    );
    println!(
        "  largest residual of a block             {:.2e}",
        split.block_residual
    );
    println!(
        "  the same against the 33-sector table    {:.2}",
        split.block_residual_published
    );
    let codes: Vec<&str> = split
        .fixed_products
        .iter()
        .map(|&at| sources.sectors_83[at].code.as_str())
        .collect();
    println!(
        "  negative final demand set first         {}",
        codes.join(" ")
    );
    let name = |at: usize| {
        sources
            .sectors_33
            .get(at)
            .map_or("final demand", |sector| &sector.code)
    };
    let dropped = split
        .dropped
        .iter()
        .fold(0.0, |sum, (_, _, amount)| sum + amount);
    println!(
        "  blocks without positive use             {}, {dropped:.2} in all",
        split.dropped.len()
    );
    for (supplier, user, need, room) in &split.lifted {
        println!(
            "  bound lifted: {} -> {}: {need:.1} against {room:.1}",
            name(*supplier),
            name(*user)
        );
    }
    println!("Errors of the method where the answer is published:");
    let experiments = &built.experiments;
    for (what, errors) in [
        (
            "2020, 83 sectors from 33, by averages",
            experiments.averages_2020,
        ),
        (
            "2023, 33 sectors from 13, by averages",
            experiments.averages_2023,
        ),
        (
            "2023, 33 sectors from 13, by 2020",
            experiments.purchases_2023,
        ),
    ] {
        println!(
            "  {what}: shares {:.4}, output multipliers {:.2} % ({:.1} % at worst), value added {:.4} ({:.4})",
            errors.share,
            errors.multiplier,
            errors.multiplier_worst,
            errors.value_added,
            errors.value_added_worst
        );
    }
    for note in &built.notes {
        println!("{note}");
    }
    Ok(())
}
