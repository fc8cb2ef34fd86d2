//! The built-in tables give what the Bank of Korea publishes.

mod common;

use approx::assert_relative_eq;
use common::{model, open};
use leontief::analysis::checkup;
use leontief::analysis::{self, Inducement, MultiplierType, Multipliers};
use leontief::impact::{self, ShockShare};
use leontief::lang::Text;
use leontief::model::{Closure, ImportTreatment};
use leontief::table::regions::{InOut, Region};
use leontief::table::{AnyTable, FinalDemandRole, Regrouping, Table, balance, embedded};
use leontief::{Model, Money};
use nalgebra::{DMatrix, DVector};
use std::path::Path;

const FLOWS_2023: [&str; 2] = ["kr-2023-33", "kr-2023-83"];
const FLOWS: [&str; 5] = [
    "kr-2020-165",
    "kr-2020-83",
    "kr-2020-33",
    "kr-2023-33",
    "kr-2023-83",
];
const ALL: [&str; 7] = [
    "kr-2020-165",
    "kr-2020-83",
    "kr-2020-33",
    "kr-2021-33",
    "kr-2022-33",
    "kr-2023-33",
    "kr-2023-83",
];

/// A published matrix: one line a demand sector, its name, 33 values by input sector, their sum.
struct Published {
    matrix: DMatrix<f64>,
    column_sums: Vec<f64>,
}

fn published(file: &str) -> Published {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tables/source")
        .join(file);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_path(path)
        .expect("the source is kept in the repository");
    let lines: Vec<Vec<f64>> = reader
        .records()
        .take(33)
        .map(|line| {
            let line = line.expect("a line");
            line.iter()
                .skip(1)
                .map(|cell| cell.parse().expect("a number"))
                .collect()
        })
        .collect();
    Published {
        matrix: DMatrix::from_fn(33, 33, |i, j| lines[j][i]),
        column_sums: lines.iter().map(|line| line[33]).collect(),
    }
}

/// Every one of the 33 x 33 cells.
#[track_caller]
fn agrees(what: &str, value: &DMatrix<f64>, published: &Published, tolerance: f64) {
    for i in 0..33 {
        for j in 0..33 {
            let (own, theirs) = (value[(i, j)], published.matrix[(i, j)]);
            assert!(
                (own - theirs).abs() <= tolerance,
                "{what}: row {}, column {} is {own:.7}, published {theirs:.6}",
                i + 1,
                j + 1
            );
        }
    }
}

#[test]
fn every_inducement_coefficient_of_four_years() {
    for year in [2020, 2021, 2022, 2023] {
        let table = open(&format!("kr-{year}-33"));
        let m = open_model(&table);
        let inverse = m.leontief_inverse();
        let read = |block: &str| published(&format!("{block}{year}_33.csv"));
        // Two units of the last decimal printed.
        let printed = 2e-6;
        agrees(&format!("production {year}"), &inverse, &read("L"), printed);
        let imports = m.coefficients().imported().dense() * &inverse;
        agrees(&format!("imports {year}"), &imports, &read("M"), printed);
        let jobs = impact::per_billion(m.coefficients(), "jobs").expect("jobs");
        let employment = DMatrix::from_diagonal(&jobs) * &inverse;
        // The jobs of 2020 are published as whole persons a product, not by their coefficients.
        let tolerance = if year == 2020 { 5e-4 } else { printed };
        agrees(
            &format!("employment {year}"),
            &employment,
            &read("E"),
            tolerance,
        );
    }
}

fn open_model(table: &AnyTable) -> Model {
    Model::with(table, ImportTreatment::Domestic, Closure::Open).expect("productive")
}

fn flows(table: &AnyTable) -> &Table {
    table
        .flows(Text::same("the test"))
        .expect("a table of flows")
}

#[test]
fn multipliers_are_the_published_column_sums() {
    let all = Multipliers::of(&model(&open("kr-2023-33")), MultiplierType::Type1).expect("all");
    for (measure, file) in [("output", "L"), ("imports", "M"), ("jobs", "E")] {
        let column = all.column(measure).expect("a column");
        let sums = published(&format!("{file}2023_33.csv")).column_sums;
        for (sector, (own, theirs)) in column.iter().zip(&sums).enumerate() {
            // A sum of 33 rounded figures.
            assert!(
                (own - theirs).abs() <= 2e-5,
                "{measure} of {}: {own:.6}, published {theirs:.6}",
                sector + 1
            );
        }
    }
}

#[test]
fn national_averages_of_2023() {
    for id in FLOWS_2023 {
        let table = open(id);
        let (all, t) = (
            Inducement::of(flows(&table)).expect("productive"),
            flows(&table),
        );
        let coefficient = |of: &analysis::inducement::Induced| of.coefficient.expect("demand");
        assert_relative_eq!(coefficient(&all.total.production), 1.8269, epsilon = 5e-5);
        assert_relative_eq!(coefficient(&all.total.value_added), 0.7524, epsilon = 5e-5);
        assert_relative_eq!(coefficient(&all.total.imports), 0.2476, epsilon = 5e-5);
        assert_relative_eq!(coefficient(&all.total.accounts[0]), 8.205, epsilon = 5e-4);
        let (f, jobs) = (t.flows(), t.satellite("jobs").expect("jobs").sum());
        assert_relative_eq!(jobs / 1e6, 25.989, epsilon = 5e-4);
        let imports = f.imports.as_ref().expect("imports by product");
        let supply = f.output.sum() + imports.cif.sum() + imports.taxes.sum();
        assert_relative_eq!(supply / 1e6, 6802.652, epsilon = 5e-4);
        let share = |of: f64| 100.0 * of / f.output.sum();
        assert_relative_eq!(
            share(f.domestic.sum() + f.imported.sum()),
            58.81,
            epsilon = 6e-3
        );
        assert_relative_eq!(share(f.imported.sum()), 13.55, epsilon = 5e-3);
        assert_relative_eq!(share(f.domestic.sum()), 45.26, epsilon = 5e-3);
        let gdp = balance::Gdp::of(t);
        assert_relative_eq!(gdp.production / 1e6, 2383.27, epsilon = 1e-2);
        assert_relative_eq!(gdp.production, gdp.expenditure, max_relative = 1e-6);
        assert_relative_eq!(
            gdp.import_taxes.expect("taxes") / 1e6,
            25.41,
            epsilon = 5e-3
        );
    }
}

#[test]
fn employed_by_group() {
    let table = open("kr-2023-33");
    let jobs = flows(&table).satellite("jobs").expect("jobs");
    let share = |codes: std::ops::RangeInclusive<u32>| {
        let of = codes.map(|code| {
            let code = format!("{code:02}");
            jobs[table.sectors().position(&code).expect("a code")]
        });
        100.0 * of.sum::<f64>() / jobs.sum()
    };
    // Agriculture 01, mining 02, goods 03-16, power and water 17-18, construction 19, services.
    assert_relative_eq!(share(1..=1), 5.41, epsilon = 5e-3);
    assert_relative_eq!(share(19..=19), 7.21, epsilon = 5e-3);
    assert_relative_eq!(share(20..=33), 71.74, epsilon = 5e-3);
    assert_relative_eq!(share(3..=16), 14.54, epsilon = 5e-3);
}

#[test]
fn each_won_ends_as_value_added_or_as_imports() {
    for id in ALL {
        let table = open(id);
        let m = open_model(&table);
        let c = m.coefficients();
        let sum = m.inducement_row(c.value_added()) + m.inducement_row(&c.imports_per_output());
        for (sector, sum) in c.sectors().iter().zip(sum.iter()) {
            assert!((sum - 1.0).abs() < 1e-5, "{id}, {sector}: {sum}");
        }
    }
}

#[test]
fn a_zero_shock_returns_the_baseline() {
    for id in FLOWS {
        let table = open(id);
        let t = flows(&table);
        let x = open_model(&table).output_for(&t.domestic_final_demand_total());
        for (own, published) in x.iter().zip(t.output().iter()) {
            assert!(
                (own - published).abs() <= 1e-9 * published,
                "{id}: {own} {published}"
            );
        }
    }
}

#[test]
fn built_in_tables_are_clean() {
    for id in ALL {
        let checkup = checkup::check(&open(id));
        assert!(checkup.is_clean(), "{id}: {:?}", checkup.faults);
    }
}

#[test]
fn a_shock_to_construction_is_the_published_column() {
    let table = open("kr-2023-33");
    let construction = table.sectors().find("19").expect("construction");
    let m = model(&table);
    let shock = [(construction, Money::units(5e12))];
    let impact = impact::of_shock(&table, &m, &shock, ShockShare::Domestic).expect("a shock");
    let effects = impact.effects.recurring.expect("effects");
    let billions = |stages: &impact::Stages| stages.sums().type1() / 1e3;
    assert_relative_eq!(billions(&effects.output), 10_291.9, epsilon = 0.05);
    assert_relative_eq!(billions(&effects.value_added), 3_980.4, epsilon = 0.05);
    assert_relative_eq!(billions(&effects.imports), 1_019.6, epsilon = 0.05);
    let jobs = effects.account("jobs").expect("jobs").sums().type1();
    assert_eq!(jobs.round(), 45_785.0);
}

#[test]
fn the_83_sectors_summed_are_the_33() {
    let (fine, wide) = (open("kr-2023-83"), open("kr-2023-33"));
    let groups = Regrouping::by_group(fine.sectors(), wide.sectors()).expect("groups");
    let summed = fine.regrouped(&groups).expect("flows");
    let comparison = analysis::compare(&summed, &wide).expect("the same sectors");
    // The differences are stated by `leontief check kr-2023-83 --against kr-2023-33`; these are
    // their bounds: rounding of published coefficients, times a large output.
    assert!(
        comparison.largest_cell() < 4e-6,
        "{}",
        comparison.largest_cell()
    );
    let largest = |measure: &str| {
        let difference = comparison.largest_multiplier(measure).expect("a measure");
        (difference.left - difference.right).abs()
    };
    assert!(largest("output") < 2e-5);
    assert!(largest("value_added") < 2e-6);
    assert!(largest("imports") < 2e-6);
    assert!(largest("jobs") < 1e-4);
    for total in &comparison.totals {
        let relative = (total.left - total.right).abs() / total.right;
        assert!(relative < 3e-6, "{}: {relative}", total.measure);
    }
    // Multipliers of 83 sectors are not those of the 33 they belong to: that is what they add.
    let (m, wide) = (open_model(&fine), open_model(&wide));
    let ones = |m: &Model| m.inducement_row(&DVector::from_element(m.sectors().len(), 1.0));
    let (own, of_group) = (ones(&m), ones(&wide));
    let differ = m.sectors().iter().enumerate().filter(|(i, sector)| {
        let group = sector.group.as_deref().expect("a group");
        let at = wide.sectors().position(group).expect("a code");
        (own[*i] - of_group[at]).abs() > 0.05
    });
    assert!(differ.count() > 20);
}

#[test]
fn imports_stay_within_the_whole_flow() {
    // 0 <= Ad <= A, but for by-products entered as negative inputs: in the 33 published sectors they
    // reach -.0011 of output.
    let c = open("kr-2023-33").coefficients();
    for (domestic, imported) in c.domestic().dense().iter().zip(c.imported().dense()) {
        assert!(*imported >= 0.0, "imports of {imported}");
        assert!(*domestic >= -0.0012, "domestic input of {domestic}");
    }
    // In 83 sectors: an import above the whole flow only where a by-product is in the flow.
    let fine = open("kr-2023-83");
    let f = flows(&fine).flows();
    let negative = f
        .domestic
        .dense()
        .iter()
        .filter(|flow| **flow < 0.0)
        .count();
    assert_eq!(negative, 112, "as `leontief check` remarks");
    assert!(f.imported.dense().iter().all(|flow| *flow >= 0.0));
    // Exports hold next to no imported products: in 2020, which is published, .17 %.
    for id in FLOWS {
        let table = open(id);
        let t = flows(&table);
        let imported = t.imported_demand_for(FinalDemandRole::Exports).sum();
        let all = imported + t.domestic_demand_for(FinalDemandRole::Exports).sum();
        assert!(
            imported > 0.0 && imported < 0.002 * all,
            "{id}: {imported} of {all}"
        );
    }
}

/// A table regrouped by a file of `tables/concordance`.
fn summed(id: &str, name: &str) -> AnyTable {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tables/concordance/{name}.csv"));
    let text = std::fs::read_to_string(path).expect("kept");
    let table = open(id);
    let groups = Regrouping::parse(name, &text, table.sectors()).expect("every code is a sector");
    table.regrouped(&groups).expect("flows")
}

#[test]
fn the_165_sectors_summed_by_concordance_are_the_published_83_and_33() {
    for (id, name) in [
        ("kr-2020-83", "bok-165-to-83"),
        ("kr-2020-33", "bok-165-to-33"),
    ] {
        let (table, sum) = (open(id), summed("kr-2020-165", name));
        let (ours, theirs) = (flows(&sum).flows(), flows(&table).flows());
        assert_eq!(ours.domestic, theirs.domestic, "{id}");
        assert_eq!(ours.imported, theirs.imported, "{id}");
        assert_eq!(
            ours.domestic_final_demand, theirs.domestic_final_demand,
            "{id}"
        );
        assert_eq!(
            ours.imported_final_demand, theirs.imported_final_demand,
            "{id}"
        );
        assert_eq!(ours.primary_inputs, theirs.primary_inputs, "{id}");
        assert_eq!(ours.output, theirs.output, "{id}");
        // Jobs and employees; emissions are of the 33 sectors alone.
        assert_eq!(ours.satellites[..2], theirs.satellites[..2], "{id}");
    }
}

#[test]
fn all_83_inducement_column_sums_of_2020() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tables/source/L2020_83_sums.csv");
    let mut reader = csv::Reader::from_path(path).expect("kept");
    let m = open_model(&open("kr-2020-83"));
    let c = m.coefficients();
    let rows = [
        DVector::from_element(83, 1.0),
        c.imports_per_output(),
        c.value_added().clone(),
    ]
    .map(|row| m.inducement_row(&row));
    let mut lines = 0;
    for line in reader.records() {
        let line = line.expect("a line");
        let at = c.sectors().position(&line[0]).expect("a code");
        for (row, printed) in rows.iter().zip(line.iter().skip(1)) {
            let printed: f64 = printed.parse().expect("a number");
            assert!((row[at] - printed).abs() <= 1e-8, "{}: {printed}", &line[0]);
        }
        lines += 1;
    }
    assert_eq!(lines, 83);
}

#[test]
fn national_averages_of_2020() {
    for id in ["kr-2020-165", "kr-2020-83", "kr-2020-33"] {
        let table = open(id);
        let all = Inducement::of(flows(&table)).expect("productive").total;
        let coefficient = |of: &analysis::inducement::Induced| of.coefficient.expect("demand");
        assert_relative_eq!(coefficient(&all.production), 1.8042, epsilon = 5e-5);
        assert_relative_eq!(coefficient(&all.value_added), 0.8062, epsilon = 5e-5);
        assert_relative_eq!(coefficient(&all.accounts[0]), 9.6745, epsilon = 5e-5);
        assert_relative_eq!(coefficient(&all.accounts[1]), 7.1960, epsilon = 5e-5);
        let persons = |account: &str| flows(&table).satellite(account).expect("kept").sum();
        assert_eq!(persons("jobs"), 24_436_665.0);
        assert_eq!(persons("employees"), 18_176_234.0);
        let f = flows(&table).flows();
        let imports = f.imports.as_ref().expect("imports by product");
        let supply = f.output.sum() + imports.cif.sum() + imports.taxes.sum();
        assert_relative_eq!(supply / 1e6, 5_221.2, epsilon = 0.05);
    }
}

/// Persons per billion won of final demand, of a table summed to the six groups, in their order.
fn by_group(id: &str, account: &str) -> Vec<f64> {
    let m = open_model(&summed(id, "bok-33-to-6"));
    let persons = impact::per_billion(m.coefficients(), account).expect("kept");
    m.inducement_row(&persons).iter().copied().collect()
}

#[test]
fn jobs_per_billion_by_the_six_groups_of_the_press_releases() {
    for (year, account, printed) in [
        (2020, "jobs", [25.3, 8.3, 6.3, 4.7, 10.5, 11.5]),
        // Not printed: power and water of 2023; employees but in three groups.
        (2023, "jobs", [23.0, 6.4, 5.1, f64::NAN, 9.1, 10.0]),
        (
            2020,
            "employees",
            [f64::NAN, 6.9, f64::NAN, f64::NAN, 8.2, 8.6],
        ),
    ] {
        let ours = by_group(&format!("kr-{year}-33"), account);
        for (ours, printed) in ours.iter().zip(printed).filter(|(_, p)| p.is_finite()) {
            assert!(
                (ours - printed).abs() <= 0.05,
                "{year}, {account}: {ours}, printed {printed}"
            );
        }
    }
}

#[test]
fn everyday_words_lead_to_the_finest_sector() {
    let table = open("kr-2020-165");
    for (word, code) in [
        ("변압기", "372"),
        ("배터리", "373"),
        ("데이터센터", "610"),
        ("데이터센터 건설", "502"),
        ("도시가스", "461"),
        ("transformer", "372"),
        ("wind turbine", "371"),
        ("45", "450"),
    ] {
        let found = table.sectors().find(word).expect(word);
        assert_eq!(table.sectors().get(found).code, code, "{word}");
    }
    // A wide word names what it may mean.
    let error = table.sectors().find("전기장비").expect_err("six sectors");
    for code in ["371", "372", "373", "374", "375", "379"] {
        assert!(error.to_string().contains(code), "{error}");
    }
}

/// Output makes averages of coefficients: BOK prints 1.817 or 1.818, .729 and 8.1 for 2022.
#[test]
fn national_averages_of_2022_follow_from_its_coefficients_and_output() {
    let table = open("kr-2022-33");
    let (c, x) = (table.coefficients(), table.output().expect("derived"));
    let demand = x.sum() - (c.domestic() * x).sum();
    assert_relative_eq!(x.sum() / demand, 1.8172, epsilon = 5e-5);
    assert_relative_eq!(c.value_added().dot(x) / demand, 0.7290, epsilon = 5e-5);
    let jobs = impact::per_billion(&c, "jobs").expect("jobs");
    assert_relative_eq!(jobs.dot(x) / demand, 8.08, epsilon = 5e-3);
    // What a shortage needs is there; what needs items of final demand is not.
    let electricity = table.sectors().find("17").expect("a code");
    let lost = analysis::Shortage::of(&table, electricity, 1.0).expect("output is enough");
    assert!(lost.output.iter().sum::<f64>() > 1.0);
    assert!(table.flows(Text::same("items")).is_err());
}

/// All industries of the emission accounts, million t CO2-eq; e'L f gives them back.
#[test]
fn greenhouse_gases_of_final_demand_are_those_of_the_industries() {
    for (year, total) in [(2020, 2), (2023, 5)].map(|(year, at)| (year, ghg_of_source(at))) {
        let table = open(&format!("kr-{year}-33"));
        let t = flows(&table);
        let m = open_model(&table);
        let intensity = impact::per_billion(m.coefficients(), "ghg").expect("ghg");
        let footprint = m.inducement_row(&intensity) / 1e3;
        let all = footprint.dot(&t.domestic_final_demand_total());
        assert_relative_eq!(all, total, max_relative = 1e-9);
    }
}

/// The sum of a column of the emission accounts.
fn ghg_of_source(column: usize) -> f64 {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tables/source/ghg_33.csv");
    let mut reader = csv::Reader::from_path(path).expect("kept");
    let lines = reader.records().map(|line| {
        let cell: f64 = line.expect("a line")[column].parse().expect("a number");
        cell
    });
    lines.sum()
}

/// docs/regions.md states these figures.
#[test]
fn regional_multipliers_summed_lie_near_those_of_the_national_table_of_their_year() {
    let regions = embedded::regions().expect("built in");
    let table = open(embedded::NATIONAL_OF_REGIONS);
    assert_eq!(table.meta().year, regions.meta().year);
    assert_eq!(table.meta().classification, regions.meta().classification);
    let model = open_model(&table);
    let of_nation = &model.rows().type1;
    let f = flows(&table).domestic_final_demand_total();
    type Of = fn(&Region) -> &InOut;
    let median = |of: Of, at: usize| {
        let there = regions.iter().filter(|region| region.has(at));
        let mut sums: Vec<f64> = there
            .map(|region| of(region).inside[at] + of(region).outside[at])
            .collect();
        sums.sort_by(f64::total_cmp);
        let middle = sums.len() / 2;
        match sums.len() % 2 {
            0 => (sums[middle - 1] + sums[middle]) / 2.0,
            _ => sums[middle],
        }
    };
    let jobs = &of_nation.jobs * 1e3;
    let measures: [(Of, &DVector<f64>, [f64; 4]); 3] = [
        (
            |r| &r.production,
            &of_nation.output,
            [1.8042, 0.010, 0.030, 0.292],
        ),
        (
            |r| &r.value_added,
            &of_nation.value_added,
            [0.8062, 0.010, 0.041, 0.969],
        ),
        (|r| &r.jobs, &jobs, [9.6745, 0.080, 0.141, 1.547]),
    ];
    for (of, national, [mean, all, sectors, water_transport]) in measures {
        let provinces = DVector::from_fn(83, |at, _| median(of, at));
        assert_relative_eq!(national.dot(&f) / f.sum(), mean, epsilon = 5e-5);
        let more = provinces.dot(&f) / national.dot(&f) - 1.0;
        assert_relative_eq!(more, all, epsilon = 5e-4);
        let off = provinces.component_div(national).add_scalar(-1.0);
        assert_relative_eq!(off.abs().mean(), sectors, epsilon = 5e-4);
        let at = table.sectors().position("54").expect("a code");
        assert_relative_eq!(off[at], water_transport, epsilon = 5e-4);
        assert_eq!(off.abs().imax(), at);
    }
}
