//! The committed tables are what `examples/build_tables` makes of `tables/source/`, they balance,
//! and they give the figures that the Bank of Korea publishes.

#[path = "../examples/build_tables/build.rs"]
mod build;

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use build::sources::Sources;
use build::{Built, split};
use leontief::AnyTable;
use nalgebra::{DMatrix, DVector};

fn tables() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tables")
}

static SOURCES: LazyLock<Sources> =
    LazyLock::new(|| Sources::read(&tables().join("source")).expect("the sources are readable"));
static BUILT: LazyLock<Built> =
    LazyLock::new(|| build::build(&SOURCES).expect("the tables can be built"));

/// A rebuilt CSV file of numbers.
struct Numbers {
    columns: Vec<String>,
    cells: DMatrix<f64>,
}

impl Numbers {
    fn column(&self, name: &str) -> DVector<f64> {
        let at = self
            .columns
            .iter()
            .position(|column| column == name)
            .expect("the column exists");
        self.cells.column(at).into_owned()
    }
}

fn numbers(path: &str) -> Numbers {
    let (_, contents) = BUILT
        .files
        .iter()
        .find(|(name, _)| name == path)
        .expect("the file is built");
    let mut lines = contents.lines();
    let columns: Vec<String> = lines
        .next()
        .expect("a header")
        .split(',')
        .skip(1)
        .map(str::to_owned)
        .collect();
    let mut rows = 0;
    let mut cells = Vec::new();
    for line in lines {
        // The first field is the row's label.
        let fields = line.split(',').skip(1);
        cells.extend(fields.map(|field| field.parse::<f64>().expect("a number")));
        rows += 1;
    }
    Numbers {
        cells: DMatrix::from_row_slice(rows, columns.len(), &cells),
        columns,
    }
}

/// The parts of a table of flows, as they stand in its files.
struct Flows {
    domestic: DMatrix<f64>,
    imported: DMatrix<f64>,
    domestic_final: DMatrix<f64>,
    imported_final: DMatrix<f64>,
    value_added: DVector<f64>,
    output: DVector<f64>,
    imports: DVector<f64>,
    jobs: DVector<f64>,
}

fn flows(id: &str) -> Flows {
    let cells = |name: &str| numbers(&format!("{id}/{name}.csv")).cells;
    Flows {
        domestic: cells("domestic_flows"),
        imported: cells("imported_flows"),
        domestic_final: cells("domestic_final_demand"),
        imported_final: cells("imported_final_demand"),
        value_added: cells("primary_inputs").row_sum_tr(),
        output: cells("output").column_sum(),
        imports: cells("imports").column_sum(),
        jobs: numbers(&format!("{id}/satellites.csv")).column("jobs"),
    }
}

fn over_columns(flows: &DMatrix<f64>, output: &DVector<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(flows.nrows(), flows.ncols(), |i, j| {
        flows[(i, j)] / output[j]
    })
}

#[track_caller]
fn near(what: &str, value: f64, expected: f64, tolerance: f64) {
    println!("{what}: {value:.6} (expected {expected} +- {tolerance})");
    assert!(
        (value - expected).abs() <= tolerance,
        "{what}: {value}, expected {expected} +- {tolerance}"
    );
}

#[test]
fn committed_files_are_the_rebuilt_ones() {
    for (path, rebuilt) in &BUILT.files {
        let committed = fs::read_to_string(tables().join(path))
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        let text = ["/sectors.csv", "/aliases.csv", "/regions.csv"]
            .iter()
            .any(|name| path.ends_with(name) || path.starts_with("concordance/"));
        if text {
            assert_eq!(rebuilt, &committed, "{path}");
            continue;
        }
        assert_eq!(
            rebuilt.lines().count(),
            committed.lines().count(),
            "{path}: lines"
        );
        let labels = if path.ends_with("/multipliers.csv") {
            2
        } else {
            1
        };
        for (at, (new, old)) in rebuilt.lines().zip(committed.lines()).enumerate() {
            let (new, old): (Vec<&str>, Vec<&str>) =
                (new.split(',').collect(), old.split(',').collect());
            assert_eq!(new.len(), old.len(), "{path}, line {}: fields", at + 1);
            if at == 0 {
                assert_eq!(new, old, "{path}: header");
                continue;
            }
            assert_eq!(
                new[..labels],
                old[..labels],
                "{path}, line {}: labels",
                at + 1
            );
            for (new, old) in new[labels..].iter().zip(&old[labels..]) {
                let value = |field: &str| {
                    field
                        .parse::<f64>()
                        .unwrap_or_else(|_| panic!("{path}: '{field}'"))
                };
                let (new, old) = (value(new), value(old));
                let tolerance = 1e-6 * old.abs().max(1.0);
                assert!(
                    (new - old).abs() <= tolerance,
                    "{path}, line {}: {new} rebuilt, {old} committed",
                    at + 1
                );
            }
        }
    }
}

#[test]
fn every_table_folder_is_described_and_rebuilt() {
    let mut rebuilt: Vec<&str> = BUILT
        .files
        .iter()
        .filter_map(|(path, _)| path.split('/').next())
        .filter(|folder| *folder != "concordance")
        .collect();
    rebuilt.sort_unstable();
    rebuilt.dedup();
    for id in &rebuilt {
        assert!(
            tables().join(id).join("table.toml").is_file(),
            "{id} has no table.toml"
        );
        for entry in fs::read_dir(tables().join(id)).expect("the folder exists") {
            let name = entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("UTF-8");
            // By hand: what a table is, and what is printed of it.
            let known = ["table.toml", "published.csv", "value_added.csv"].contains(&name.as_str())
                || BUILT
                    .files
                    .iter()
                    .any(|(path, _)| *path == format!("{id}/{name}"));
            assert!(known, "{id}/{name} is not rebuilt");
        }
    }
    assert_eq!(
        rebuilt,
        [
            "kr-2020-165",
            "kr-2020-33",
            "kr-2020-83",
            "kr-2020-regions",
            "kr-2021-33",
            "kr-2022-33",
            "kr-2023-33",
            "kr-2023-83"
        ]
    );
}

#[test]
fn the_split_converges() {
    let report = &BUILT.split;
    println!("{report:?}\n{}", BUILT.notes.join("\n"));
    assert!(report.sweeps < 1000, "{} sweeps", report.sweeps);
    assert!(report.dropped.is_empty(), "{:?}", report.dropped);
    assert!(report.block_residual <= split::TOLERANCE);
    assert!(report.row_residual <= 1e-5, "{}", report.row_residual);
    assert!(
        report.block_residual_published <= 0.01,
        "{}",
        report.block_residual_published
    );
    let fixed: Vec<&str> = report
        .fixed_products
        .iter()
        .map(|&at| SOURCES.sectors_83[at].code.as_str())
        .collect();
    assert_eq!(
        fixed,
        [
            "01", "02", "04", "06", "07", "08", "12", "17", "18", "19", "25", "27", "28", "33",
            "35", "37", "42"
        ]
    );
    assert_eq!(report.lifted.len(), 3);
}

#[test]
fn flows_balance() {
    for id in [
        "kr-2020-165",
        "kr-2020-83",
        "kr-2020-33",
        "kr-2023-33",
        "kr-2023-83",
    ] {
        let t = flows(id);
        let inputs = t.domestic.row_sum_tr() + t.imported.row_sum_tr() + &t.value_added;
        let domestic = t.domestic.column_sum() + t.domestic_final.column_sum();
        let imported = t.imported.column_sum() + t.imported_final.column_sum();
        near(
            &format!("{id}, inputs - output"),
            (inputs - &t.output).amax(),
            0.0,
            0.01,
        );
        near(
            &format!("{id}, domestic uses - output"),
            (domestic - &t.output).amax(),
            0.0,
            0.01,
        );
        near(
            &format!("{id}, imported uses - imports"),
            (imported - &t.imports).amax(),
            0.0,
            0.01,
        );
    }
}

#[test]
fn final_demand_keeps_the_published_categories() {
    let total = &SOURCES.total.final_demand;
    let t = flows("kr-2023-83");
    near(
        "83",
        (&t.domestic_final + &t.imported_final - total).amax(),
        0.0,
        0.001,
    );

    let sum = DMatrix::from_fn(33, 83, |group, sector| {
        f64::from(u8::from(SOURCES.group[sector] == group))
    });
    let t = flows("kr-2023-33");
    let gap = &t.domestic_final + &t.imported_final - &sum * total;
    // Coefficients have 6 decimals: 1e-6 of the output of every user of a product.
    near("33, million won", gap.amax(), 0.0, 1500.0);
    near(
        "33, all of it against final demand",
        gap.abs().sum() / total.sum(),
        0.0,
        4e-6,
    );
    // Exports hold a few imported products, as in 2020.
    let exports = t.imported_final.column(build::sources::EXPORTS).sum();
    near(
        "imported exports, %",
        100.0 * exports / total.column(build::sources::EXPORTS).sum(),
        0.16,
        0.02,
    );
}

#[test]
fn the_33_sectors_give_the_published_totals() {
    let t = flows("kr-2023-33");
    let domestic_final = t.domestic_final.sum();
    let domestic = over_columns(&t.domestic, &t.output);
    let inverse = (DMatrix::identity(33, 33) - &domestic)
        .try_inverse()
        .expect("invertible");
    near(
        "largest difference of L",
        (&inverse - &SOURCES.inducement[&2023].production).amax(),
        0.0,
        1e-6,
    );

    near(
        "total supply, trillion won",
        (t.output.sum() + t.imports.sum()) / 1e6,
        6802.652,
        0.0005,
    );
    near(
        "production",
        t.output.sum() / domestic_final,
        1.8269,
        0.00005,
    );
    near(
        "value added",
        t.value_added.sum() / domestic_final,
        0.7524,
        0.00005,
    );
    near(
        "imports",
        t.imported.sum() / domestic_final,
        0.2476,
        0.00005,
    );
    near(
        "jobs per billion won",
        1000.0 * t.jobs.sum() / domestic_final,
        8.205,
        0.0005,
    );
    near("jobs, million", t.jobs.sum() / 1e6, 25.989, 0.0005);
    let intermediate = t.domestic.sum() + t.imported.sum();
    near(
        "intermediate inputs, %",
        100.0 * intermediate / t.output.sum(),
        58.81,
        0.005,
    );
    near(
        "imported, %",
        100.0 * t.imported.sum() / t.output.sum(),
        13.55,
        0.005,
    );
    near(
        "domestic, %",
        100.0 * t.domestic.sum() / t.output.sum(),
        45.26,
        0.005,
    );
    near(
        "value added, trillion won",
        t.value_added.sum() / 1e6,
        2383.27,
        0.01,
    );
    near(
        "taxes on imports, trillion won",
        numbers("kr-2023-33/imports.csv")
            .column("import_taxes")
            .sum()
            / 1e6,
        25.41,
        0.005,
    );

    let share = |codes: std::ops::RangeInclusive<usize>| -> f64 {
        100.0 * codes.map(|code| t.jobs[code - 1]).sum::<f64>() / t.jobs.sum()
    };
    near("employed in services, %", share(20..=33), 71.74, 0.005);
    near("employed in goods, %", share(3..=16), 14.54, 0.005);
    near("employed in construction, %", share(19..=19), 7.21, 0.005);
    near("employed in agriculture, %", share(1..=1), 5.41, 0.005);
}

#[test]
fn the_sources_agree_with_each_other() {
    let n = 33;
    let sum = DMatrix::from_fn(n, 83, |group, sector| {
        f64::from(u8::from(SOURCES.group[sector] == group))
    });
    let output = &sum * &SOURCES.total.output;
    let total = over_columns(&(&sum * &SOURCES.total.flows * sum.transpose()), &output);
    let published = &SOURCES.inducement[&2023];
    let inverse = published
        .production
        .clone()
        .try_inverse()
        .expect("invertible");
    let domestic = DMatrix::identity(n, n) - &inverse;
    let imported = &published.imports * &inverse;
    near(
        "A = Ad + Am",
        (&domestic + &imported - &total).amax(),
        0.0,
        1.35e-6,
    );
    let value_added = DVector::from_fn(n, |j, _| {
        1.0 - domestic.column(j).sum() - imported.column(j).sum()
    });
    let parts = (&SOURCES.total.primary_inputs * sum.transpose())
        .row_sum_tr()
        .component_div(&output);
    near("v", (value_added - parts).amax(), 0.0, 5e-6);
    for (year, published) in &SOURCES.inducement {
        let jobs = DVector::from_fn(n, |i, _| {
            published.jobs[(i, i)] / published.production[(i, i)]
        });
        let gap = DMatrix::from_diagonal(&jobs) * &published.production - &published.jobs;
        near(&format!("E = e^ L, {year}"), gap.amax(), 0.0, 1.2e-5);
    }
}

#[test]
fn the_83_sectors_agree_with_the_33() {
    let (large, t) = (flows("kr-2023-33"), flows("kr-2023-83"));
    let sum = DMatrix::from_fn(33, 83, |group, sector| {
        f64::from(u8::from(SOURCES.group[sector] == group))
    });
    let aggregated = &sum * &t.domestic * sum.transpose();
    let gap =
        over_columns(&aggregated, &large.output) - over_columns(&large.domestic, &large.output);
    near("Ad", gap.amax(), 0.0, 3e-6);
    near("jobs", (&sum * &t.jobs - &large.jobs).amax(), 0.0, 0.01);
    let domestic_final = t.domestic_final.sum();
    near(
        "production",
        t.output.sum() / domestic_final,
        1.8269,
        0.00005,
    );
    near(
        "value added",
        t.value_added.sum() / domestic_final,
        0.7524,
        0.00005,
    );

    // Bounds: between nothing and the whole purchase; what the user sells as by-product is domestic.
    let lifted: HashMap<(usize, usize), f64> = BUILT
        .split
        .lifted
        .iter()
        .map(|&(supplier, user, need, room)| ((supplier, user), need / room))
        .collect();
    for ((i, j), total) in
        (0..83).flat_map(|i| (0..83).map(move |j| ((i, j), SOURCES.total.flows[(i, j)])))
    {
        let imported = t.imported[(i, j)];
        let bound = lifted
            .get(&(SOURCES.group[i], SOURCES.group[j]))
            .unwrap_or(&1.0)
            * total.max(0.0);
        assert!(
            (0.0..=bound + 1e-6).contains(&imported),
            "cell {i}, {j}: {imported} of {total}"
        );
    }
}

#[test]
fn jobs_at_83_sectors_stand_to_each_other_as_in_2020() {
    let (t, large) = (flows("kr-2023-83"), flows("kr-2023-33"));
    let benchmark = flows("kr-2020-83");
    let employees = |id: &str| numbers(&format!("{id}/satellites.csv")).column("employees");
    let (of_2023, of_2020) = (employees("kr-2023-83"), employees("kr-2020-83"));
    for group in 0..33 {
        let members: Vec<usize> = (0..83).filter(|at| SOURCES.group[*at] == group).collect();
        let jobs: f64 = members.iter().map(|&at| t.jobs[at]).sum();
        near(
            &format!("jobs of group {}", group + 1),
            jobs,
            large.jobs[group],
            0.01,
        );
        // One factor a group between the coefficients of the two years.
        let factor =
            |at: usize| (t.jobs[at] / t.output[at]) / (benchmark.jobs[at] / benchmark.output[at]);
        let with_jobs: Vec<usize> = (members.into_iter())
            .filter(|&at| benchmark.jobs[at] > 0.0)
            .collect();
        for &at in &with_jobs {
            near("factor", factor(at), factor(with_jobs[0]), 1e-6);
            near(
                "employees in jobs",
                of_2023[at] / t.jobs[at],
                of_2020[at] / benchmark.jobs[at],
                1e-6,
            );
        }
    }
}

/// What `leontief tables kr-2023-83 --provenance` says of the error.
#[test]
fn the_split_is_as_wrong_as_its_table_says() {
    let e = &BUILT.experiments;
    near("2020, share", e.averages_2020.share, 0.043, 5e-4);
    near(
        "2020, multipliers, %",
        e.averages_2020.multiplier,
        2.4,
        0.05,
    );
    near(
        "2020, worst, %",
        e.averages_2020.multiplier_worst,
        25.0,
        0.5,
    );
    near(
        "2020, value added",
        e.averages_2020.value_added,
        0.016,
        5e-4,
    );
    near(
        "2020, worst",
        e.averages_2020.value_added_worst,
        0.138,
        5e-4,
    );
    near("averages, share", e.averages_2023.share, 0.063, 5e-4);
    near(
        "averages, multipliers, %",
        e.averages_2023.multiplier,
        2.8,
        0.05,
    );
    near(
        "averages, worst, %",
        e.averages_2023.multiplier_worst,
        12.4,
        0.05,
    );
    near("purchases, share", e.purchases_2023.share, 0.012, 5e-4);
    near(
        "purchases, multipliers, %",
        e.purchases_2023.multiplier,
        0.5,
        0.05,
    );
    near(
        "purchases, worst, %",
        e.purchases_2023.multiplier_worst,
        2.8,
        0.05,
    );
    near(
        "purchases, value added",
        e.purchases_2023.value_added,
        0.003,
        5e-4,
    );
    near(
        "purchases, worst",
        e.purchases_2023.value_added_worst,
        0.018,
        5e-4,
    );
    let table = AnyTable::open("kr-2023-83").expect("built in");
    let stated = table.meta().split_error.as_ref().expect("stated");
    let [output, added] = [stated.output_multiplier, stated.value_added_multiplier];
    let measured = e.purchases_2023;
    // One level down less is left open: by how much, the method by averages tells on both.
    let level = e.averages_2020.share / e.averages_2023.share;
    for (what, stated, measured) in [
        ("share", stated.share, measured.share),
        ("output", output.mean, measured.multiplier / 100.0),
        ("worst", output.worst, measured.multiplier_worst / 100.0),
        ("added", added.mean, measured.value_added),
        ("added, worst", added.worst, measured.value_added_worst),
    ] {
        near(what, measured, stated, 5e-4);
    }
    near("level", level, stated.level, 5e-3);
}

#[test]
fn coefficients_leave_value_added() {
    for year in [2021, 2022] {
        let cells = |name: &str| numbers(&format!("kr-{year}-33/{name}.csv")).cells;
        let (domestic, imported) = (cells("domestic_coefficients"), cells("import_coefficients"));
        let sums = domestic.row_sum_tr()
            + imported.row_sum_tr()
            + cells("value_added_coefficients").column_sum();
        near(
            &format!("{year}: Ad + Am + v"),
            (sums.add_scalar(-1.0)).amax(),
            0.0,
            1e-9,
        );
        let inverse = (DMatrix::identity(33, 33) - domestic)
            .try_inverse()
            .expect("invertible");
        near(
            &format!("{year}: L"),
            (inverse - &SOURCES.inducement[&year].production).amax(),
            0.0,
            1e-6,
        );
    }
}

#[test]
fn a_concordance_names_every_sector_once_and_its_group_in_one_way() {
    let classifications = [
        ("bok-165", &SOURCES.sectors_165),
        ("bok-83", &SOURCES.sectors_83),
        ("bok-33", &SOURCES.sectors_33),
    ];
    let mut read = 0;
    for entry in fs::read_dir(tables().join("concordance")).expect("the folder exists") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().and_then(|name| name.to_str());
        let name = name.expect("UTF-8").to_owned();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        let (from, to) = name.split_once("-to-").unwrap_or((&name, ""));
        // Words and divisions of the industries of other offices' tables: no groups.
        if name.contains("isic") || to.is_empty() {
            continue;
        }
        read += 1;
        let (_, sectors) = (classifications.iter())
            .find(|(id, _)| *id == from)
            .expect("a classification of BOK's");
        let mut reader = csv::Reader::from_path(&path).expect("readable");
        let header = reader.headers().expect("a header").clone();
        assert_eq!(
            header,
            ["code", "group", "name_ko", "name_en"][..],
            "{name}"
        );
        let mut names: HashMap<String, (String, String)> = HashMap::new();
        let mut codes = Vec::new();
        for line in reader.records() {
            let line = line.expect("four fields");
            codes.push(line[0].to_owned());
            let group = (line[2].to_owned(), line[3].to_owned());
            let known = names
                .entry(line[1].to_owned())
                .or_insert_with(|| group.clone());
            assert_eq!(*known, group, "{name}: {}", &line[1]);
        }
        let due: Vec<&str> = sectors.iter().map(|sector| sector.code.as_str()).collect();
        assert_eq!(codes, due, "{name}");
    }
    assert_eq!(read, 6);
}

#[test]
fn english_names_of_a_table_are_its_own() {
    for sectors in [
        &SOURCES.sectors_165,
        &SOURCES.sectors_83,
        &SOURCES.sectors_33,
    ] {
        let mut names: Vec<String> = sectors.iter().map(|s| s.name_en.to_lowercase()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), sectors.len());
    }
}
