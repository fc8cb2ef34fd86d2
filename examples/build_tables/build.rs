//! From the published figures to the built-in tables: pure functions, files in memory.
//!
//! | table | what is published | what is derived or estimated here |
//! | --- | --- | --- |
//! | `kr-2020-165` | all of it ([`benchmark`]) | nothing |
//! | `kr-2020-83`, `kr-2020-33` | | sums of `kr-2020-165` |
//! | `kr-2021-33`, `kr-2022-33` | inducement coefficients, greenhouse gases | Ad, Am, v, e; output |
//! | `kr-2023-33` | inducement coefficients at 33 sectors; totals by product at 83 | Ad, Am by inversion; flows; imports by category of final demand and employees, summed from 83 |
//! | `kr-2023-83` | total flows, imports by product | the domestic/import split ([`split`]), jobs and employees ([`jobs`]) |
//! | `kr-2020-regions` | regional multipliers | nothing |

// By path, so that tests/rebuild_tables.rs can include this file with its modules.
#[path = "benchmark.rs"]
mod benchmark;
#[path = "classification.rs"]
mod classification;
#[path = "coefficients.rs"]
mod coefficients;
#[path = "concordance.rs"]
mod concordance;
#[path = "deflators.rs"]
mod deflators;
#[path = "experiments.rs"]
pub mod experiments;
#[path = "files.rs"]
mod files;
#[path = "flows.rs"]
mod flows;
#[path = "jobs.rs"]
mod jobs;
#[path = "published.rs"]
mod published;
#[path = "sources.rs"]
pub mod sources;
pub use leontief::table::split;
#[path = "tables_2023.rs"]
mod tables_2023;

use classification::{Level, classification_files, region_files};
use coefficients::coefficient_files;
use deflators::deflator_file;
use files::File;
use sources::{Result, Sources};
use tables_2023::{inputs_33, table_33, table_83};

/// The files and what is worth knowing about how they came about.
pub struct Built {
    /// Path below `tables/` ("kr-2023-33/output.csv") and contents.
    pub files: Vec<File>,
    pub split: split::Report,
    pub experiments: experiments::Experiments,
    /// What was dropped, adjusted or stands out, for people to read.
    pub notes: Vec<String>,
}

/// Builds all tables.
pub fn build(sources: &Sources) -> Result<Built> {
    let mut files = Vec::new();
    let mut notes = Vec::new();
    let classified = [
        ("kr-2020-165", Level::Small),
        ("kr-2020-83", Level::Medium),
        ("kr-2020-33", Level::Large),
        ("kr-2021-33", Level::Large),
        ("kr-2022-33", Level::Large),
        ("kr-2023-33", Level::Large),
        ("kr-2023-83", Level::Medium),
    ];
    for (id, level) in classified {
        classification_files(id, sources, level, &mut files, &mut notes)?;
        files.push(deflator_file(id, level.sectors(sources), sources)?);
    }

    let benchmark = &sources.benchmark;
    benchmark.write("kr-2020-165", &mut files)?;
    let medium = benchmark::summed(benchmark, &sources.sectors_83, &sources.group_165);
    medium.write("kr-2020-83", &mut files)?;
    let mut large = benchmark::summed(&medium, &sources.sectors_33, &sources.group);
    large.accounts.push(("ghg", sources.ghg_of(2020)?));
    large.write("kr-2020-33", &mut files)?;

    let inputs_33 = inputs_33(sources, &mut notes)?;
    for year in [2021, 2022] {
        let output = sources.output_of(year, &large.output, inputs_33.output())?;
        coefficient_files(year, sources, &output, &mut files, &mut notes)?;
    }
    let (table_83, report) = table_83(sources, &inputs_33, &medium)?;
    table_83.write("kr-2023-83", &mut files)?;
    let table_33 = table_33(sources, inputs_33, &table_83, &mut notes)?;
    table_33.write("kr-2023-33", &mut files)?;
    let experiments = experiments::run(
        (&medium, &large, &sources.group),
        &table_33,
        &sources.group_13,
    )?;

    classification_files(
        "kr-2020-regions",
        sources,
        Level::Medium,
        &mut files,
        &mut notes,
    )?;
    region_files(sources, &mut files)?;
    files.extend(concordance::files(sources)?);
    files.extend(sources.published.iter().cloned());

    Ok(Built {
        files,
        split: report,
        experiments,
        notes,
    })
}
