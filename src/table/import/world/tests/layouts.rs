//! The same economy in the other layouts of a world: lists and sheets.

use super::*;
use rust_xlsxwriter::Workbook;

/// Output of the four sectors.
const X: [f64; 4] = [100.0, 200.0, 150.0, 100.0];

/// Value added of each.
fn added() -> [f64; 4] {
    std::array::from_fn(|j| WAGES[j] + SURPLUS[j])
}

/// As FIGARO's flat files, with a comma within quotation marks.
fn figaro(folder: &Path) {
    let mut text = "icioiRow,icioiCol,refArea,rowIi,counterpartArea,colIi,obsValue\n".to_owned();
    let mut put = |(region, item): (&str, &str), (to, used): (&str, &str), value: f64| {
        text += &format!("{region}_{item},{to}_{used},{region},\"{item}\",{to},{used},{value}\n");
    };
    for (of, (z, y)) in LABELS.iter().zip(Z.iter().zip(Y)) {
        for (used, value) in LABELS.iter().zip(z) {
            put(*of, *used, *value);
        }
        for ((to, _, _), (code, value)) in DEMAND
            .iter()
            .zip(["P3_S14", "P51G", "P3_S14", "P51G"].iter().zip(y))
        {
            put(*of, (to, code), value);
        }
    }
    for (used, (wages, surplus)) in LABELS.iter().zip(WAGES.iter().zip(SURPLUS)) {
        put(("W2", "D1"), *used, *wages);
        put(("W2", "B2A3G"), *used, surplus);
    }
    fs::write(
        folder.join("flatfile_eu-ic-io_ind-by-ind_24ed_2019.csv"),
        text,
    )
    .expect("a file");
}

/// As the long-run tables of WIOD: two years, of which the last is the economy.
pub(super) fn long_run(folder: &Path) {
    let mut text = "\"year\",\"row_country\",\"row_isic3\",\"row_id\",\"col_country\",\"col_isic3\",\"col_id\",\"value\"\n".to_owned();
    for (year, times) in [(1999, 3.0), (2000, 1.0)] {
        let mut put = |(region, item): (&str, &str), (to, used): (&str, &str), value: f64| {
            let value = value * times;
            text += &format!("{year},\"{region}\",\"{item}\",1,\"{to}\",\"{used}\",2,{value}\n");
        };
        for (of, ((z, y), x)) in LABELS.iter().zip(Z.iter().zip(Y).zip(X)) {
            for (used, value) in LABELS.iter().zip(z) {
                put(*of, *used, *value);
            }
            for ((to, _, _), (code, value)) in DEMAND
                .iter()
                .zip(["xCONS_h", "xGFCF", "xCONS_h", "xGFCF"].iter().zip(y))
            {
                put(*of, (to, code), value);
            }
            put(*of, ("xTOT", "xGO"), x);
        }
        for (used, added) in LABELS.iter().zip(added()) {
            put(("xTOT", "xVA"), *used, added);
        }
    }
    fs::write(folder.join("lr_wiod_wiot_final_filled.csv"), text).expect("a file");
}

/// Rows of cells on a sheet: what is a number is one.
pub(super) fn workbook(path: &Path, sheet: &str, rows: &[Vec<String>]) {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name(sheet).expect("a name");
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (row as u32, column as u16);
            match cell.parse::<f64>() {
                _ if cell.is_empty() => continue,
                Ok(number) => page.write_number(row, column, number).expect("a cell"),
                Err(_) => page.write_string(row, column, cell).expect("a cell"),
            };
        }
    }
    book.save(path).expect("a workbook");
}

pub(super) fn texts<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

pub(super) fn with(mut cells: Vec<String>, values: impl IntoIterator<Item = f64>) -> Vec<String> {
    cells.extend(values.into_iter().map(|value| value.to_string()));
    cells
}

/// As WIOD 2016: codes, names, countries and numbers above; totals, taxes and margins below.
fn wiot(folder: &Path) {
    let mut rows = vec![
        texts(["Intercountry Input-Output Table"]),
        texts(["43 countries, in current prices"]),
        texts([
            "(industry-by-industry)",
            "",
            "",
            "",
            "A01",
            "C10",
            "A01",
            "C10",
            "CONS_h",
            "GFCF",
            "CONS_h",
            "GFCF",
            "GO",
        ]),
        texts([
            "(millions of US$)",
            "",
            "",
            "",
            "Growing of crops",
            "Mills of all kinds",
            "Growing of crops",
            "Mills of all kinds",
            "Final consumption expenditure by households",
            "Gross fixed capital formation",
            "Final consumption expenditure by households",
            "Gross fixed capital formation",
            "Total output",
        ]),
        texts([
            "", "", "", "", "HOM", "HOM", "ABR", "ABR", "HOM", "HOM", "ABR", "ABR", "TOT",
        ]),
        texts([
            "", "", "", "", "c1", "c2", "c1", "c2", "c57", "c58", "c57", "c58", "c62",
        ]),
    ];
    let labels = [
        ["A01", "Growing of crops", "HOM", "r1"],
        ["C10", "Mills of all kinds", "HOM", "r2"],
        ["A01", "Growing of crops", "ABR", "r1"],
        ["C10", "Mills of all kinds", "ABR", "r2"],
    ];
    for (label, ((z, y), x)) in labels.into_iter().zip(Z.iter().zip(Y).zip(X)) {
        rows.push(with(texts(label), z.iter().copied().chain(y).chain([x])));
    }
    let inputs = (0..4).map(|j| Z.iter().map(|row| row[j]).sum::<f64>());
    let inputs: Vec<f64> = inputs.collect();
    rows.push(with(
        texts(["II_fob", "Total intermediate consumption", "TOT", "r65"]),
        inputs,
    ));
    rows.push(with(
        texts(["TXSP", "taxes less subsidies on products", "TOT", "r66"]),
        [2.0, 3.0, 4.0, 5.0, 6.0, 1.0, 7.0, 0.5],
    ));
    rows.push(with(
        texts(["EXP_adj", "Cif/ fob adjustments on exports", "TOT", "r67"]),
        [0.0; 9],
    ));
    rows.push(with(
        texts(["PURR", "Direct purchases abroad by residents", "TOT", "r68"]),
        [0.0, 0.0, 0.0, 0.0, 9.0, 0.0, 8.0, 0.0],
    ));
    let left: Vec<f64> = added()
        .iter()
        .zip([2.0, 3.0, 4.0, 5.0])
        .map(|(v, t)| v - t - 1.0)
        .collect();
    rows.push(with(
        texts(["VA", "Value added at basic prices", "TOT", "r70"]),
        left,
    ));
    rows.push(with(
        texts(["IntTTM", "International Transport Margins", "TOT", "r71"]),
        [1.0; 4],
    ));
    rows.push(with(
        texts(["GO", "Output at basic prices", "TOT", "r73"]),
        X,
    ));
    workbook(&folder.join("WIOT2014_Nov16_ROW.xlsx"), "2014", &rows);
}

/// As the Asian Development Bank's: no codes but numbers, and a sheet of countries' names beside.
fn adb(folder: &Path) {
    let households = "Final consumption expenditure by households";
    let capital = "Gross fixed capital formation";
    let mut rows = vec![
        texts(["Multiregional Input-Output Table 2022"]),
        texts(["63 economies, at current prices (industry by industry)"]),
        texts(["In millions of US$"]),
        texts([""]),
        texts([""]),
        texts([
            "",
            "",
            "",
            "",
            "Agriculture, hunting",
            "Manufacturing",
            "Agriculture, hunting",
            "Manufacturing",
            households,
            capital,
            households,
            capital,
            "TOTAL",
        ]),
        texts([
            "", "", "", "", "HOM", "HOM", "RoW", "RoW", "HOM", "HOM", "RoW", "RoW", "ToT",
        ]),
        texts([
            "", "", "", "", "c1", "c2", "c1", "c2", "F1", "F4", "F1", "F4", "",
        ]),
    ];
    let labels = [
        ["", "Agriculture, hunting", "HOM", "c1"],
        ["", "Manufacturing", "HOM", "c2"],
        ["", "Agriculture, hunting", "RoW", "c1"],
        ["", "Manufacturing", "RoW", "c2"],
    ];
    for (label, ((z, y), x)) in labels.into_iter().zip(Z.iter().zip(Y).zip(X)) {
        rows.push(with(texts(label), z.iter().copied().chain(y).chain([x])));
    }
    rows.push(with(
        texts(["", "Intermediate input total", "TOT", "r60"]),
        [49.0, 43.0, 56.0, 38.0],
    ));
    rows.push(with(
        texts(["", "Taxes less subsidies on products", "TOT", "r99"]),
        [0.0; 8],
    ));
    rows.push(with(
        texts(["", "Value added at basic prices", "TOT", "r64"]),
        added(),
    ));
    rows.push(with(texts(["", "TOTAL", "TOT", "r69"]), X));
    workbook(&folder.join("ADB-MRIO-2022.xlsx"), "ADB MRIO 2022", &rows);
}

/// As WIOD 2016 in Stata and R, saved as CSV: columns "vHOM1", of which those beyond the sectors are final demand.
fn numbered(folder: &Path) {
    let mut text = "IndustryCode,IndustryDescription,Country,RNr,Year".to_owned();
    for region in ["HOM", "ABR"] {
        text += &format!(",v{region}1,v{region}2");
    }
    for region in ["HOM", "ABR"] {
        for of in 3..8 {
            text += &format!(",v{region}{of}");
        }
    }
    text += ",TOT\n";
    let demand = |y: &[f64; 4]| [y[0], 0.0, 0.0, y[1], 0.0, y[2], 0.0, 0.0, y[3], 0.0];
    for (at, ((region, _), ((z, y), x))) in LABELS.iter().zip(Z.iter().zip(&Y).zip(X)).enumerate() {
        let (code, number) = ([("A01", 1), ("C10", 2)])[at % 2];
        text += &line(
            &[
                code,
                "\"Some, with a comma\"",
                region,
                &number.to_string(),
                "2014",
            ],
            z.iter().copied().chain(demand(y)).chain([x]),
            ",",
        );
    }
    text += &line(
        &["VA", "Value added", "TOT", "70", "2014"],
        added().into_iter().chain([0.0; 11]),
        ",",
    );
    fs::write(folder.join("WIOT.csv"), text).expect("a file");
}

pub(super) fn national(write: fn(&Path), change: impl FnOnce(&mut Options)) -> Table {
    match import(write, change).expect("a table").table {
        AnyTable::Flows(table) => *table,
        AnyTable::Coefficients(_) => panic!("flows"),
    }
}

pub(super) fn is(a: &DMatrix<f64>, b: DMatrix<f64>) {
    assert!((a - &b).amax() < 1e-9, "{a} {b}");
}

/// As GLORIA: industries and products of each region one after the other, each industry's product its own.
fn gloria(folder: &Path) {
    let mut book = Workbook::new();
    let mut list = |sheet: &str, heading: &str, items: [&str; 2], column: u16| {
        let page = match column {
            0 => book.add_worksheet().set_name(sheet).expect("a name"),
            _ => book.worksheet_from_name(sheet).expect("added"),
        };
        for (row, text) in [heading].iter().chain(&items).enumerate() {
            page.write_string(row as u32, column, *text)
                .expect("a cell");
        }
    };
    let last = "Value added and final demand";
    let parts = [
        "Compensation of employees D.1",
        "Net operating surplus B.2n",
    ];
    let demand = [
        "Household final consumption P.3h",
        "Gross fixed capital formation P.51",
    ];
    list("Regions", "Region_acronyms", ["HOM", "ABR"], 0);
    list("Regions", "Region_names", ["Home", "Abroad"], 1);
    list("Sectors", "Sector_names", ["Farms", "Mills"], 0);
    list(last, "Value_added_names", parts, 0);
    list(last, "Final_demand_names", demand, 1);
    book.save(folder.join("GLORIA_ReadMe_059.xlsx"))
        .expect("a workbook");
    // Lines and columns: industries, then products, of HOM and of ABR.
    let place = |line: usize| (line % 4 >= 2, (line / 4) * 2 + line % 2);
    let cell = |i: usize, j: usize| match (place(i), place(j)) {
        ((true, i), (false, j)) => Z[i][j],
        ((false, i), (true, j)) if i == j => X[i],
        _ => 0.0,
    };
    let rows = |height: usize, width: usize, cell: &dyn Fn(usize, usize) -> f64| -> String {
        (0..height)
            .map(|i| line(&[], (0..width).map(|j| cell(i, j)), ","))
            .collect()
    };
    let bought = |i: usize, j: usize| match place(i) {
        (true, i) => Y[i][j],
        _ => 0.0,
    };
    // Rows of value added are of each region, of which only its own columns have any.
    let added = |i: usize, j: usize| match place(j) {
        (false, at) if at / 2 == i / 2 => [WAGES, SURPLUS][i % 2][at],
        _ => 0.0,
    };
    let name = |block: &str| {
        folder.join(format!(
            "20240111_120secMother_AllCountries_002_{block}-Results_2019_059_Markup001(full).csv"
        ))
    };
    fs::write(name("T"), rows(8, 8, &cell)).expect("a file");
    fs::write(name("Y"), rows(8, 4, &bought)).expect("a file");
    fs::write(name("V"), rows(4, 8, &added)).expect("a file");
}

#[test]
fn industries_and_products_one_after_the_other_are_one_table_where_each_makes_its_own() {
    let table = national(gloria, |options| {
        options.year = None;
        options.country = Some("Home".to_owned());
        options.unit = Some(1e6);
    });
    let f = table.flows();
    is(f.domestic.dense(), dmatrix![10.0, 20.0; 30.0, 15.0]);
    is(f.imported.dense(), dmatrix![5.0, 8.0; 4.0, 0.0]);
    assert_eq!(f.primary_inputs, dmatrix![31.0, 97.0; 20.0, 60.0]);
    assert_eq!(
        f.domestic_final_demand.column_sum().as_slice(),
        [70.0, 155.0]
    );
    assert_eq!(
        (
            table.sectors().get(1).code.as_str(),
            table.sectors().get(1).name.en.as_str()
        ),
        ("002", "Mills")
    );
    assert_eq!(table.meta().year, 2019);
    let short = |folder: &Path| {
        gloria(folder);
        let path = folder
            .join("20240111_120secMother_AllCountries_002_Y-Results_2019_059_Markup001(full).csv");
        let text = fs::read_to_string(&path).expect("written");
        fs::write(
            &path,
            text.lines()
                .take(7)
                .map(|line| format!("{line}\n"))
                .collect::<String>(),
        )
        .expect("a file");
    };
    let error = import(short, |_| ())
        .expect_err("a line is missing")
        .to_string();
    assert!(
        error.contains("Y-Results") && error.contains("7 lines"),
        "{error}"
    );
}

#[test]
fn lists_and_sheets_hold_the_same_world() {
    for (write, year) in [
        (figaro as fn(&Path), 2019),
        (long_run, 2000),
        (wiot, 2014),
        (adb, 2022),
        (numbered, 2014),
    ] {
        let whole = |country: Option<&str>| {
            national(write, |options| {
                options.year = None;
                options.country = country.map(str::to_owned);
            })
        };
        let table = whole(None);
        assert_eq!(table.meta().year, year);
        let f = table.flows();
        is(f.domestic.dense(), DMatrix::from_fn(4, 4, |i, j| Z[i][j]));
        assert_eq!(table.output().as_slice(), X);
        // Categories without any demand stand in some of them.
        let demand = f
            .domestic_final_demand
            .column_iter()
            .filter(|c| c.amax() > 0.0);
        let demand: Vec<_> = demand.map(|column| column.into_owned()).collect();
        is(
            &DMatrix::from_columns(&demand),
            DMatrix::from_fn(4, 4, |i, j| Y[i][j]),
        );
        let country = whole(Some("HOM"));
        let f = country.flows();
        is(f.imported.dense(), dmatrix![5.0, 8.0; 4.0, 0.0]);
        assert_eq!(
            f.domestic_final_demand.column_sum().as_slice(),
            [70.0, 155.0]
        );
    }
}

#[test]
fn margins_and_taxes_of_wiod_are_rows_that_users_pay_and_value_added_is_without_them() {
    let table = national(wiot, |options| options.country = Some("HOM".to_owned()));
    let f = table.flows();
    assert_eq!(f.primary_inputs.row_sum().as_slice(), [48.0, 153.0]);
    // Taxes first, then what is paid to carriers and abroad.
    assert_eq!(f.other_inputs, dmatrix![2.0, 3.0; 1.0, 1.0]);
    assert_eq!(f.other_final_demand, dmatrix![6.0, 1.0, 0.0; 9.0, 0.0, 0.0]);
    assert_eq!(table.sectors().get(1).code, "C10");
    assert_eq!(table.sectors().get(1).name.en, "Mills of all kinds");
}

#[test]
fn the_banks_sectors_have_numbers_as_codes_and_their_names() {
    let table = national(adb, |options| options.country = Some("RoW".to_owned()));
    assert_eq!(table.sectors().get(0).code, "c1");
    assert_eq!(table.sectors().get(0).name.en, "Agriculture, hunting");
    assert_eq!(table.meta().title.en, "RoW: ADB MRIO");
}

#[test]
fn a_figure_that_comes_twice_is_refused() {
    let twice = |folder: &Path| {
        figaro(folder);
        let path = folder.join("flatfile_eu-ic-io_ind-by-ind_24ed_2019.csv");
        let text = fs::read_to_string(&path).expect("written");
        let second = text.lines().nth(1).expect("a line").to_owned();
        fs::write(&path, text + &second + "\n").expect("a file");
    };
    let error = import(twice, |_| ()).expect_err("twice").to_string();
    assert!(
        error.contains("HOM_farms") && error.contains("twice"),
        "{error}"
    );
}

/// As the OECD's edition with China in parts: HOM is CHN, in two parts beside rows of the whole that hold nothing.
fn parts(folder: &Path) {
    icio(folder);
    let path = folder.join("2019_SML.csv");
    let text = fs::read_to_string(&path).expect("written");
    let text = text
        .replace("HOM_HFCE", "CHN_HFCE")
        .replace("HOM_GFCF", "CHN_GFCF");
    // Farms are in one part, mills in the other; each part has both sectors.
    let mut rows = text
        .lines()
        .map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>())
        .collect::<Vec<_>>();
    for row in &mut rows {
        let label = row[0]
            .replace("HOM_farms", "CN1_farms")
            .replace("HOM_mills", "CN2_mills");
        row[0] = label;
    }
    let mut head = rows.remove(0);
    head[1] = "CN1_farms".to_owned();
    head[2] = "CN2_mills".to_owned();
    // The columns and rows that are empty.
    for (at, label) in ["CN1_mills", "CN2_farms", "CHN_farms", "CHN_mills"]
        .into_iter()
        .enumerate()
    {
        head.insert(5 + at, label.to_owned());
        for row in &mut rows {
            row.insert(5 + at, "0".to_owned());
        }
    }
    let width = head.len();
    let empty = ["CN1_mills", "CN2_farms", "CHN_farms", "CHN_mills"].map(|label| {
        let mut row = vec!["0".to_owned(); width];
        row[0] = label.to_owned();
        row
    });
    let all = std::iter::once(head).chain(rows).chain(empty);
    let text: String = all.map(|row| row.join(",") + "\n").collect();
    fs::write(path, text).expect("a file");
}

#[test]
fn the_parts_of_a_country_are_summed_into_it() {
    let table = national(parts, |_| ());
    let order: Vec<&str> = table.sectors().iter().map(|s| s.code.as_str()).collect();
    assert_eq!(order, ["CHN_farms", "CHN_mills", "ABR_farms", "ABR_mills"]);
    is(
        table.flows().domestic.dense(),
        DMatrix::from_fn(4, 4, |i, j| Z[i][j]),
    );
    let country = national(parts, |options| options.country = Some("CHN".to_owned()));
    is(
        country.flows().imported.dense(),
        dmatrix![5.0, 8.0; 4.0, 0.0],
    );
    assert_eq!(country.flows().other_inputs, dmatrix![2.0, 3.0]);
}
