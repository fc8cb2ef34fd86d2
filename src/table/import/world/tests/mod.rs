//! An economy of two countries with two sectors each, in the layout of every database, and what comes of it.
//!
//! Flows, rows supply: home 1, 2, abroad 1, 2. Final demand: households and fixed capital of each country.
//!
//! ```text
//!             H1   H2   A1   A2 |  Hhh  Hfc  Ahh  Afc |   x
//!        H1   10   20    1    2 |   50    7    6    4 | 100
//!        H2   30   15    3    0 |  120   20   10    2 | 200
//!        A1    5    8   40   11 |    9    3   60   14 | 150
//!        A2    4    0   12   25 |    2    1   50    6 | 100
//!      wages  31   97   54   32
//!    surplus  20   60   40   30
//! ```

use super::*;
use crate::table::import::{Import, Watcher, open};
use crate::table::{AnyTable, Table};
use nalgebra::{dmatrix, dvector};
use std::fs;

const LABELS: [(&str, &str); 4] = [
    ("HOM", "farms"),
    ("HOM", "mills"),
    ("ABR", "farms"),
    ("ABR", "mills"),
];
const DEMAND: [(&str, &str, &str); 4] = [
    ("HOM", "Household consumption", "HFCE"),
    ("HOM", "Gross fixed capital formation", "GFCF"),
    ("ABR", "Household consumption", "HFCE"),
    ("ABR", "Gross fixed capital formation", "GFCF"),
];
const Z: [[f64; 4]; 4] = [
    [10.0, 20.0, 1.0, 2.0],
    [30.0, 15.0, 3.0, 0.0],
    [5.0, 8.0, 40.0, 11.0],
    [4.0, 0.0, 12.0, 25.0],
];
const Y: [[f64; 4]; 4] = [
    [50.0, 7.0, 6.0, 4.0],
    [120.0, 20.0, 10.0, 2.0],
    [9.0, 3.0, 60.0, 14.0],
    [2.0, 1.0, 50.0, 6.0],
];
const WAGES: [f64; 4] = [31.0, 97.0, 54.0, 32.0];
const SURPLUS: [f64; 4] = [20.0, 60.0, 40.0, 30.0];

fn line(labels: &[&str], values: impl IntoIterator<Item = f64>, separator: &str) -> String {
    let values = values.into_iter().map(|v| v.to_string());
    let all: Vec<String> = labels
        .iter()
        .map(|l| (*l).to_owned())
        .chain(values)
        .collect();
    all.join(separator) + "\n"
}

fn head(before: &[&'static str], labels: impl IntoIterator<Item = &'static str>) -> String {
    let all: Vec<&str> = before.iter().copied().chain(labels).collect();
    all.join("\t") + "\n"
}

/// As pymrio saves it; columns of Z stand in another order than rows.
fn pymrio(folder: &Path) {
    let turned = [2, 3, 0, 1];
    let mut z = head(&["region", ""], turned.map(|j| LABELS[j].0));
    z += &head(&["sector", ""], turned.map(|j| LABELS[j].1));
    z += "region\tsector\t\t\t\t\n";
    for ((region, sector), row) in LABELS.iter().zip(Z) {
        z += &line(&[region, sector], turned.map(|j| row[j]), "\t");
    }
    let mut y = head(&["region", ""], DEMAND.map(|d| d.0));
    y += &head(&["category", ""], DEMAND.map(|d| d.1));
    for ((region, sector), row) in LABELS.iter().zip(Y) {
        y += &line(&[region, sector], row, "\t");
    }
    let mut f = head(&["region"], LABELS.map(|l| l.0)) + &head(&["sector"], LABELS.map(|l| l.1));
    f += &line(
        &["Compensation of employees; low-skilled"],
        WAGES.map(|w| w - 1.0),
        "\t",
    );
    f += &line(&["Compensation of employees; high-skilled"], [1.0; 4], "\t");
    f += &line(
        &["Operating surplus: Remaining net operating surplus"],
        SURPLUS,
        "\t",
    );
    f += &line(&["Employment people: Total"], [0.5, 1.0, 0.25, 0.125], "\t");
    fs::create_dir(folder.join("satellite")).expect("a folder");
    // What is characterised counts the same people again.
    let impacts = f
        .lines()
        .filter(|line| !line.starts_with("Comp") && !line.starts_with("Oper"));
    let impacts: String = impacts.map(|line| format!("{line}\n")).collect();
    fs::create_dir(folder.join("impacts")).expect("a folder");
    fs::write(folder.join("impacts/F.txt"), impacts).expect("a file");
    for (name, text) in [
        ("Z.txt", z),
        ("Y.txt", y),
        (
            "unit.txt",
            "region\tsector\tunit\nHOM\tfarms\tM.EUR\n".to_owned(),
        ),
        ("satellite/F.txt", f),
        (
            "satellite/unit.txt",
            "stressor\tunit\nEmployment people: Total\t1000 p.\n".to_owned(),
        ),
    ] {
        fs::write(folder.join(name), text).expect("a file");
    }
}

fn eora(folder: &Path) {
    let rows = |rows: &[[f64; 4]]| {
        rows.iter()
            .map(|row| line(&[], *row, "\t"))
            .collect::<String>()
    };
    let of = |(region, sector): &(&str, &str), kind: &str| {
        format!("Name of {region}\t{region}\t{kind}\t{sector}\n")
    };
    for (name, text) in [
        ("Eora26_2015_bp_T.txt", rows(&Z)),
        ("Eora26_2015_bp_FD.txt", rows(&Y)),
        ("Eora26_2015_bp_VA.txt", rows(&[WAGES, SURPLUS])),
        ("Eora26_2015_bp_Q.txt", rows(&[[7.0, 8.0, 9.0, 10.0]])),
        ("labels_T.txt", LABELS.iter().map(|l| of(l, "Industries")).collect()),
        ("labels_FD.txt", DEMAND.iter().map(|d| of(&(d.0, d.1), "Final Demand")).collect()),
        ("labels_VA.txt", "Primary Inputs\tCompensation of employees D.1\t\nPrimary Inputs\tNet operating surplus B.2n\t\n".to_owned()),
        ("labels_Q.txt", "I-GHG-CO2 emissions (Gg)\tfuel\t\n".to_owned()),
    ] {
        fs::write(folder.join(name), text).expect("a file");
    }
}

/// As the OECD's; taxes on products take a part of what surplus was.
fn icio(folder: &Path) {
    let labels = LABELS.map(|(region, sector)| format!("{region}_{sector}"));
    let demand = DEMAND.map(|(region, _, code)| format!("{region}_{code}"));
    let mut text = format!("V1,{},{},OUT\n", labels.join(","), demand.join(","));
    for ((label, z), y) in labels.iter().zip(Z).zip(Y) {
        let sum = z.iter().chain(&y).sum();
        text += &line(&[label], z.into_iter().chain(y).chain([sum]), ",");
    }
    text += &line(
        &["TLS"],
        [2.0, 3.0, 4.0, 5.0, 6.0, 1.0, 7.0, 0.5, 28.5],
        ",",
    );
    let taxes = [2.0, 3.0, 4.0, 5.0];
    let added: Vec<f64> = (0..4).map(|j| WAGES[j] + SURPLUS[j] - taxes[j]).collect();
    text += &line(&["VA"], added.into_iter().chain([0.0; 5]), ",");
    text += &line(
        &["OUT"],
        [100.0, 200.0, 150.0, 100.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        ",",
    );
    fs::write(folder.join("2019_SML.csv"), text).expect("a file");
}

fn import(write: fn(&Path), change: impl FnOnce(&mut Options)) -> Result<Import> {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path());
    let mut options = Options {
        year: Some(2019),
        ..Options::default()
    };
    change(&mut options);
    open(&[folder.path()], &options)
}

fn of(write: fn(&Path), country: Option<&str>) -> Table {
    let import = import(write, |options| {
        options.country = country.map(str::to_owned)
    });
    match import.expect("a table").table {
        AnyTable::Flows(table) => *table,
        AnyTable::Coefficients(_) => panic!("flows"),
    }
}

#[test]
fn all_countries_are_one_economy_that_imports_nothing() {
    // Eora counts in thousands.
    for (write, unit) in [(pymrio as fn(&Path), 1.0), (eora, 1e-3), (icio, 1.0)] {
        let table = of(write, None);
        let f = table.flows();
        let z = DMatrix::from_fn(4, 4, |i, j| Z[i][j] * unit);
        assert!((f.domestic.dense() - z).amax() < 1e-12);
        assert_eq!(f.imported.sum(), 0.0);
        assert!((table.output() - dvector![100.0, 200.0, 150.0, 100.0] * unit).amax() < 1e-9);
        assert!(
            (&f.domestic_final_demand - DMatrix::from_fn(4, 4, |i, j| Y[i][j] * unit)).amax()
                < 1e-12
        );
        assert_eq!(table.sectors().get(2).code, "ABR_farms");
    }
}

#[test]
fn a_country_has_its_own_flows_its_imports_and_exports() {
    let none = dvector![0.0, 0.0];
    for (write, unit, taxes) in [
        (pymrio as fn(&Path), 1.0, none.clone()),
        (eora, 1e3, none),
        (icio, 1.0, dvector![2.0, 3.0]),
    ] {
        let table = of(write, Some("hom"));
        let f = table.flows();
        let is = |a: &DMatrix<f64>, b: DMatrix<f64>| assert!((a * unit - b).amax() < 1e-9, "{a}");
        is(f.domestic.dense(), dmatrix![10.0, 20.0; 30.0, 15.0]);
        is(f.imported.dense(), dmatrix![5.0, 8.0; 4.0, 0.0]);
        // Exports of farms: 1 + 2 to industries, 6 + 4 to final demand abroad.
        is(
            &f.domestic_final_demand,
            dmatrix![50.0, 7.0, 13.0; 120.0, 20.0, 15.0],
        );
        is(
            &f.imported_final_demand,
            dmatrix![9.0, 3.0, 0.0; 2.0, 1.0, 0.0],
        );
        let added = f.primary_inputs.row_sum().transpose() * unit + taxes;
        assert!((added - dvector![51.0, 157.0]).amax() < 1e-9);
    }
}

#[test]
fn taxes_on_products_are_a_row_with_what_final_demand_pays() {
    let table = of(icio, Some("ABR"));
    let f = table.flows();
    assert_eq!(f.other_inputs, dmatrix![4.0, 5.0]);
    assert_eq!(f.other_final_demand, dmatrix![7.0, 0.5, 0.0]);
}

#[test]
fn parts_of_value_added_people_and_emissions_come_along() {
    let table = of(pymrio, Some("HOM"));
    let meta = table.meta();
    assert_eq!((meta.currency.as_str(), meta.unit), ("EUR", 1e6));
    let wages = table.flows().primary_inputs.row(0).transpose();
    assert_eq!(wages, dvector![31.0, 97.0]);
    assert_eq!(meta.accounts[0].id, "jobs");
    assert_eq!(table.flows().satellites[0], dvector![500.0, 1_000.0]);
    let table = of(eora, Some("ABR"));
    let account = &table.meta().accounts[0];
    assert_eq!(
        (account.title.en.as_str(), account.unit.en.as_str()),
        ("fuel", "Gg")
    );
    assert_eq!(table.flows().satellites[0], dvector![9.0, 10.0]);
    assert_eq!(
        (table.meta().year, table.meta().country.en.as_str()),
        (2019, "Name of ABR")
    );
}

#[test]
fn an_archive_is_read_as_its_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    pymrio(folder.path());
    let zip = folder.path().join("world.zip");
    let mut archive = zip::ZipWriter::new(fs::File::create(&zip).expect("a file"));
    for name in [
        "Z.txt",
        "Y.txt",
        "unit.txt",
        "satellite/F.txt",
        "satellite/unit.txt",
    ] {
        let options = zip::write::SimpleFileOptions::default();
        archive
            .start_file(format!("IOT_2019_ixi/{name}"), options)
            .expect("memory");
        let text = fs::read(folder.path().join(name)).expect("written");
        std::io::Write::write_all(&mut archive, &text).expect("memory");
    }
    archive.finish().expect("memory");
    let options = Options {
        country: Some("HOM".to_owned()),
        year: Some(2019),
        ..Options::default()
    };
    let table = open(&[&zip], &options).expect("a table").table;
    let folder = of(pymrio, Some("HOM"));
    assert_eq!(
        table.flows(Text::same("flows")).expect("flows").flows(),
        folder.flows()
    );
}

#[test]
fn what_does_not_add_up_is_refused_or_made_to() {
    let spoilt = |folder: &Path| {
        eora(folder);
        fs::write(
            folder.join("Eora26_2015_bp_VA.txt"),
            line(&[], WAGES, "\t") + &line(&[], [2.0, 6.0, 4.0, 3.0], "\t"),
        )
        .expect("a file");
    };
    let error = import(spoilt, |_| ()).expect_err("far off").to_string();
    assert!(
        error.contains("HOM mills") && error.contains("residual value added"),
        "{error}"
    );
    let residual =
        import(spoilt, |options| options.residual_value_added = true).expect("put right");
    let table = residual
        .table
        .flows(Text::same("flows"))
        .expect("flows")
        .clone();
    assert!(
        (table.flows().primary_inputs.row(0).transpose() * 1e3 - dvector![51.0, 157.0, 94.0, 62.0])
            .amax()
            < 1e-9
    );
    let lost = |folder: &Path| {
        pymrio(folder);
        let y = fs::read_to_string(folder.join("Y.txt")).expect("written");
        fs::write(folder.join("Y.txt"), y.replace("ABR\tmills", "ABR\tkilns")).expect("a file");
    };
    let error = import(lost, |_| ())
        .expect_err("a row is missing")
        .to_string();
    assert!(
        error.contains("Y.txt") && error.contains("ABR mills"),
        "{error}"
    );
    let error = import(eora, |options| options.country = Some("XYZ".to_owned()))
        .expect_err("no such country");
    assert!(error.to_string().contains("HOM, ABR"), "{error}");
    let cut = |folder: &Path| {
        eora(folder);
        fs::write(folder.join("Eora26_2015_bp_T.txt"), "1\t2\n").expect("a file");
    };
    let error = import(cut, |_| ()).expect_err("too few").to_string();
    assert!(
        error.contains("T.txt:1") && error.contains("4 columns"),
        "{error}"
    );
}

mod editions;
mod layouts;
mod national;
mod regions;
