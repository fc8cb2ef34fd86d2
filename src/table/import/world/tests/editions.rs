//! The same economy as older editions, archives of several years and packed files have it.

use super::layouts::{is, national, with, workbook};
use super::national::eurostat_tsv;
use super::*;
use flate2::{Compression, write::GzEncoder};
use std::io::Write;

/// Output of the four sectors.
const X: [f64; 4] = [100.0, 200.0, 150.0, 100.0];

fn added() -> [f64; 4] {
    std::array::from_fn(|j| WAGES[j] + SURPLUS[j])
}

/// As the OECD's edition of 2016: the country behind the category, a column that no country has, value added with the taxes on
/// products, and nothing where there is no figure.
fn icio_2016(folder: &Path) {
    let labels = LABELS.map(|(region, sector)| format!("\"{region}_{sector}\""));
    let demand = DEMAND.map(|(region, _, code)| format!("\"{code}_{region}\""));
    let demand = demand.map(|label| label.replace("GFCF", "NPS"));
    let mut text = format!("\"\",{},{},\"DISC\"\n", labels.join(","), demand.join(","));
    for ((label, z), y) in labels.iter().zip(Z).zip(Y) {
        text += &line(&[label], z.into_iter().chain(y).chain([0.0]), ",");
    }
    for (label, values) in [("\"VA+TAXSUB\"", added()), ("\"OUT\"", X)] {
        text += &(line(&[label], values, ",").trim_end().to_owned() + ",,,,,\n");
    }
    fs::write(folder.join("ICIO2016_2003.csv"), text).expect("a file");
}

/// As that of 2018: taxes on products by the country that levies them, and a capital ending.
fn icio_2018(folder: &Path) {
    let labels = LABELS.map(|(region, sector)| format!("{region}_{sector}"));
    let demand = DEMAND.map(|(region, _, code)| format!("{region}_{code}"));
    let mut text = format!(",{},{},TOTAL\n", labels.join(","), demand.join(","));
    for (((label, z), y), x) in labels.iter().zip(Z).zip(Y).zip(X) {
        text += &line(&[label], z.into_iter().chain(y).chain([x]), ",");
    }
    let home = [1.5, 3.0, 0.5, 0.0, 6.0, 1.0, 0.0, 0.0, 12.0];
    let abroad = [0.5, 0.0, 3.5, 5.0, 0.0, 0.0, 7.0, 0.5, 16.5];
    text += &line(&["HOM_TAXSUB"], home, ",");
    text += &line(&["ABR_TAXSUB"], abroad, ",");
    let paid: Vec<f64> = (0..4).map(|j| added()[j] - home[j] - abroad[j]).collect();
    text += &line(&["VALU"], paid.into_iter().chain([0.0; 5]), ",");
    text += &line(&["OUTPUT"], X.into_iter().chain([0.0; 5]), ",");
    fs::write(folder.join("ICIO2018_2010.CSV"), text).expect("a file");
}

/// As FIGARO's matrices: rows of no country are of W2, the rest of the world is FIGW1.
fn figaro_matrix(folder: &Path) {
    let named = |region: &str| region.replace("HOM", "KR").replace("ABR", "FIGW1");
    let labels = LABELS.map(|(region, sector)| format!("{}_{sector}", named(region)));
    let codes = ["P3_S14", "P51G", "P3_S14", "P51G"];
    let demand = DEMAND.iter().zip(codes);
    let demand: Vec<String> = demand
        .map(|((region, ..), code)| format!("{}_{code}", named(region)))
        .collect();
    let mut text = format!("rowLabels,{},{}\n", labels.join(","), demand.join(","));
    for ((label, z), y) in labels.iter().zip(Z).zip(Y) {
        text += &line(&[label], z.into_iter().chain(y), ",");
    }
    let taxes = [2.0, 3.0, 4.0, 5.0, 6.0, 1.0, 7.0, 0.5];
    text += &line(&["W2_D21X31"], taxes, ",");
    text += &line(
        &["W2_OP_RES"],
        [0.0, 0.0, 0.0, 0.0, 1.5, 0.0, 0.75, 0.0],
        ",",
    );
    text += &line(
        &["W2_OP_NRES"],
        [0.0, 0.0, 0.0, 0.0, -1.0, 0.0, -1.25, 0.0],
        ",",
    );
    text += &line(&["W2_D1"], WAGES.into_iter().chain([0.0; 4]), ",");
    text += &line(
        &["W2_D29X39"],
        [-1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        ",",
    );
    let left = (0..4).map(|j| SURPLUS[j] - taxes[j] - [-1.0, 1.0, 0.0, 0.0][j]);
    text += &line(&["W2_B2A3G"], left.chain([0.0; 4]), ",");
    fs::write(
        folder.join("matrix_eu-ic-io_ind-by-ind_26ed_2019_v2.csv"),
        text,
    )
    .expect("a file");
}

#[test]
fn editions_of_the_oecd_are_read_as_their_files_are() {
    for (write, year, taxes) in [
        (icio_2016 as fn(&Path), 2003, dmatrix![0.0, 0.0]),
        (icio_2018, 2010, dmatrix![2.0, 3.0]),
    ] {
        let table = national(write, |options| {
            options.year = None;
            options.country = Some("HOM".to_owned());
        });
        let f = table.flows();
        assert_eq!(table.meta().year, year);
        is(f.domestic.dense(), dmatrix![10.0, 20.0; 30.0, 15.0]);
        is(f.imported.dense(), dmatrix![5.0, 8.0; 4.0, 0.0]);
        assert_eq!(f.other_inputs.sum(), taxes.sum());
        let paid = f.primary_inputs.row_sum() + taxes;
        assert_eq!(paid.as_slice(), [51.0, 157.0]);
    }
}

#[test]
fn rows_of_no_country_are_of_the_users_of_a_matrix_of_figaro() {
    let table = national(figaro_matrix, |options| {
        options.year = None;
        options.country = Some("KR".to_owned());
    });
    let (meta, f) = (table.meta(), table.flows());
    assert_eq!((meta.year, meta.currency.as_str()), (2019, "EUR"));
    is(f.imported.dense(), dmatrix![5.0, 8.0; 4.0, 0.0]);
    // Taxes on products, then what residents buy abroad and others here.
    is(&f.other_inputs, dmatrix![2.0, 3.0; 0.0, 0.0]);
    is(
        &f.other_final_demand,
        dmatrix![6.0, 1.0, 0.0; 0.5, 0.0, 0.0],
    );
    assert_eq!(f.primary_inputs.row_sum().as_slice(), [49.0, 154.0]);
}

/// A row of what is counted below the matrix, in thousands of dollars.
#[test]
fn what_has_no_place_is_there_as_figures_with_its_file() {
    let counted = |folder: &Path| {
        icio(folder);
        let path = folder.join("2019_SML.csv");
        let text = fs::read_to_string(&path).expect("written");
        fs::write(&path, text + "EMPN,5,6,7,8,1,0,2,0,29\n").expect("a file");
    };
    let import = import(counted, |options| options.unit = Some(1e3)).expect("a table");
    let [left] = import.left_out.as_slice() else {
        panic!("{:?}", import.left_out);
    };
    // 5 to 8 and what final demand has, without the total; thousands are in millions.
    assert_eq!((left.label.as_str(), left.line), ("EMPN", RowOrColumn::Row));
    assert!((left.amount - 0.029).abs() < 1e-15, "{left:?}");
    assert!(left.place.ends_with("2019_SML.csv"));
}

#[test]
fn of_an_archive_of_several_years_the_one_asked_for_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    icio(folder.path());
    let text = fs::read(folder.path().join("2019_SML.csv")).expect("written");
    let zip = folder.path().join("2016-2020_SML.zip");
    let mut archive = zip::ZipWriter::new(fs::File::create(&zip).expect("a file"));
    for year in 2016..=2020 {
        let options = zip::write::SimpleFileOptions::default();
        let name = format!("{year}_SML.csv");
        archive.start_file(name, options).expect("memory");
        let text = match year {
            2019 => text.as_slice(),
            _ => b"V1,HOM_farms,HOM_mills,ABR_farms,ABR_mills,OUT\nHOM_farms,1,1,1,1,4\n",
        };
        archive.write_all(text).expect("memory");
    }
    archive.finish().expect("memory");
    let options = |year| Options {
        year,
        ..Options::default()
    };
    let table = open(&[&zip], &options(Some(2019))).expect("2019").table;
    assert_eq!((table.meta().year, table.sectors().len()), (2019, 4));
    for year in [None, Some(2011)] {
        let error = open(&[&zip], &options(year))
            .expect_err("which?")
            .to_string();
        assert!(error.contains("2016, 2017, 2018, 2019, 2020"), "{error}");
    }
}

fn packed(text: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text).expect("memory");
    packed.finish().expect("memory")
}

/// As WIOD's release of 2013, of three countries with four sectors: codes, names, countries and numbers above and before;
/// rows and columns that are no sector have no code, and consumption of two kinds is told by its name.
fn wiod_2013(folder: &Path) {
    let countries = ["AUS", "KOR", "RoW"];
    let sectors = ["AtB", "C", "15t16", "P"];
    let demand = [
        ("c37", "Final consumption expenditure by households"),
        ("c41", "Gross fixed capital formation"),
    ];
    let texts =
        |cells: &[&str]| -> Vec<String> { cells.iter().map(|cell| (*cell).to_owned()).collect() };
    let flow = |i: usize, j: usize| (1 + (i * 7 + j * 3) % 11) as f64;
    let bought = |i: usize, k: usize| (20 + (i * 5 + k) % 9) as f64;
    let sold = |i: usize| {
        let used: f64 = (0..12).map(|j| flow(i, j)).sum();
        used + (0..6).map(|k| bought(i, k)).sum::<f64>()
    };
    let [mut codes, mut names, mut of, mut numbers] = [
        texts(&["(industry-by-industry)", "", "", ""]),
        texts(&["(millions of US$)", "", "", ""]),
        texts(&["", "", "", ""]),
        texts(&["", "", "", ""]),
    ];
    for country in countries {
        for (at, sector) in sectors.iter().enumerate() {
            codes.push((*sector).to_owned());
            names.push(format!("Industry of the name {sector}"));
            of.push(country.to_owned());
            numbers.push(format!("c{}", at + 1));
        }
    }
    for country in countries {
        for (number, name) in demand {
            codes.push(String::new());
            names.push(name.to_owned());
            of.push(country.to_owned());
            numbers.push(number.to_owned());
        }
    }
    let all = [
        (&mut codes, ""),
        (&mut names, "Total output"),
        (&mut of, "TOT"),
        (&mut numbers, "c43"),
    ];
    for (line, total) in all {
        line.push(total.to_owned());
    }
    let mut rows = vec![
        texts(&["World Input-Output Table for 2011"]),
        texts(&["in current prices"]),
        codes,
        names,
        of,
        numbers,
    ];
    for i in 0..12 {
        let (country, sector) = (countries[i / 4], sectors[i % 4]);
        let name = format!("Industry of the name {sector}");
        let labels = texts(&[sector, &name, country, &format!("r{}", i % 4 + 1)]);
        let figures = (0..12)
            .map(|j| flow(i, j))
            .chain((0..6).map(|k| bought(i, k)));
        rows.push(with(labels, figures.chain([sold(i)])));
    }
    let used = |j: usize| (0..12).map(|i| flow(i, j)).sum::<f64>();
    for (name, number, values) in [
        (
            "Total intermediate consumption",
            "r60",
            (0..12).map(used).collect(),
        ),
        ("taxes less subsidies on products", "r99", vec![1.0; 12]),
        (
            "Value added at basic prices",
            "r64",
            (0..12).map(|j| sold(j) - used(j) - 3.0).collect(),
        ),
        ("International Transport Margins", "r65", vec![2.0; 12]),
        (
            "Output at basic prices",
            "r69",
            (0..12).map(sold).collect::<Vec<f64>>(),
        ),
    ] {
        rows.push(with(texts(&["", name, "TOT", number]), values));
    }
    workbook(&folder.join("wiot11_row_apr12.xlsx"), "WIOT_2011", &rows);
}

#[test]
fn the_release_of_2013_has_codes_of_sectors_and_names_of_the_rest() {
    let table = national(wiod_2013, |options| {
        options.year = None;
        options.country = Some("KOR".to_owned());
    });
    let (meta, f) = (table.meta(), table.flows());
    assert_eq!(
        (meta.year, table.sectors().get(2).code.as_str()),
        (2011, "15t16")
    );
    // Row 6, column 5: 1 + (42 + 15) mod 11; what KOR's C and P have of AUS's AtB and RoW's AtB.
    assert_eq!(f.domestic.at(2, 1), 3.0);
    assert_eq!(
        f.imported.at(0, 1),
        (1 + 15 % 11) as f64 + (1 + (56 + 15) % 11) as f64
    );
    // Taxes of 1 and margins of 2 in each column.
    assert_eq!(f.other_inputs.column_sum().as_slice(), [4.0, 8.0]);
    let roles: Vec<&str> = meta.final_demand.iter().map(|c| c.role.id()).collect();
    assert_eq!(roles, ["household", "fixed_capital", "exports"]);
}

#[test]
fn what_gzip_packed_is_read_whatever_its_name_is() {
    let plain = national(eurostat_tsv, |options| {
        options.country = Some("AT".to_owned());
    });
    for name in ["naio_10_cp1700.tsv.gz", "naio_10_cp1700.tsv", "download"] {
        let folder = tempfile::tempdir().expect("a folder");
        eurostat_tsv(folder.path());
        let text = folder.path().join("naio_10_cp1700.tsv");
        let bytes = packed(&fs::read(&text).expect("written"));
        fs::remove_file(text).expect("there");
        let file = folder.path().join(name);
        fs::write(&file, &bytes).expect("a file");
        let options = Options {
            country: Some("AT".to_owned()),
            ..Options::default()
        };
        // Alone, and in a folder where the name tells that it is a text.
        let in_folder = (name != "download").then(|| folder.path());
        for path in [Some(file.as_path()), in_folder].into_iter().flatten() {
            let table = open(&[path], &options).expect("as unpacked").table;
            let flows = table.flows(Text::same("flows")).expect("flows").flows();
            assert_eq!(flows, plain.flows(), "{name}");
        }
        fs::write(&file, &bytes[..bytes.len() / 2]).expect("a file");
        let error = open(&[&file], &options).expect_err("cut off").to_string();
        assert!(error.contains("damaged"), "{error}");
    }
    // A sheet of one's own as well.
    let sheet =
        ",farms,mills,household,output\nfarms,10,20,70,100\nmills,30,40,130,200\nwages,60,140,,\n";
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("own.csv.gz");
    fs::write(&file, packed(sheet.as_bytes())).expect("a file");
    for path in [file.as_path(), folder.path()] {
        let options = Options {
            year: Some(2020),
            currency: Some("KRW".to_owned()),
            ..Options::default()
        };
        let table = open(&[path], &options).expect("a sheet").table;
        assert_eq!(table.sectors().len(), 2);
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn without_the_feature_a_folder_of_parquet_names_it() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["Z.parquet", "Y.parquet"] {
        fs::write(folder.path().join(name), "PAR1").expect("a file");
    }
    let error = open(&[folder.path()], &Options::default()).expect_err("not built in");
    assert!(error.to_string().contains("feature parquet"), "{error}");
    assert!(error.say(crate::Lang::Ko).contains("parquet 기능"));
}

#[test]
fn labels_that_are_an_archive_of_their_own_are_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    eora(folder.path());
    fs::remove_file(folder.path().join("labels_T.txt")).expect("there");
    let error = open(&[folder.path()], &Options::default()).expect_err("no labels");
    assert!(error.to_string().contains("indices.zip"), "{error}");
}

#[test]
fn a_long_text_is_told_of_up_to_its_length() {
    use std::sync::{Arc, Mutex};
    let folder = tempfile::tempdir().expect("a folder");
    icio(folder.path());
    let file = folder.path().join("2019_SML.csv");
    let told = Arc::new(Mutex::new((0, 0)));
    let to = told.clone();
    let options = Options {
        watcher: Watcher(Some(Arc::new(move |more, of| {
            let mut told = to.lock().expect("one");
            *told = (told.0 + more, of);
        }))),
        ..Options::default()
    };
    open(&[&file], &options).expect("a table");
    let (read, of) = *told.lock().expect("one");
    // Its first line was read for what parts the fields, and not to the end.
    let length = fs::metadata(&file).expect("written").len();
    assert_eq!((read, of), (2 * length, 2 * length));
}
