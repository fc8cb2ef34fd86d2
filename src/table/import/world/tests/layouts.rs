//! The same economy in the other layouts: lists, sheets, tables of one country.

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
fn long_run(folder: &Path) {
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
fn workbook(path: &Path, sheet: &str, rows: &[Vec<String>]) {
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

fn texts<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

fn with(mut cells: Vec<String>, values: impl IntoIterator<Item = f64>) -> Vec<String> {
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

/// What sectors and final demand of HOM use: of its own products, and of those from abroad.
fn of_home() -> [[[f64; 4]; 2]; 2] {
    let row = |i: usize| [Z[i][0], Z[i][1], Y[i][0], Y[i][1]];
    [[row(0), row(1)], [row(2), row(3)]]
}

/// What others have of HOM's products.
const EXPORTS: [f64; 2] = [13.0, 15.0];

/// As WIOD's national tables: two years on one sheet.
fn niot(folder: &Path) {
    let mut rows = vec![
        texts(["", "", "", "", "A01", "C10", "CONS_h", "GFCF", "EXP", "GO"]),
        texts([
            "Year",
            "Code",
            "Description",
            "Origin",
            "Crops",
            "Mills",
            "Households",
            "Capital",
            "Exports",
            "Total output",
        ]),
    ];
    for (year, times) in [("2014", 1.0), ("2013", 2.0)] {
        for (origin, uses) in ["Domestic", "Imports"].iter().zip(of_home()) {
            for (at, code) in ["A01", "C10"].into_iter().enumerate() {
                let exports = if *origin == "Domestic" {
                    EXPORTS[at]
                } else {
                    0.0
                };
                let values = uses[at].iter().copied().chain([exports, 1e9]);
                rows.push(with(
                    texts([year, code, "Some", origin]),
                    values.map(|v| v * times),
                ));
            }
        }
        rows.push(with(
            texts([year, "II_fob", "Total", "TOT"]),
            [49.0 * times, 43.0 * times],
        ));
        rows.push(with(
            texts([year, "VA", "Value added", "TOT"]),
            [51.0 * times, 157.0 * times],
        ));
        rows.push(with(
            texts([year, "GO", "Output", "TOT"]),
            [100.0 * times, 200.0 * times],
        ));
    }
    workbook(
        &folder.join("HOM_NIOT_nov16.xlsx"),
        "National IO-tables",
        &rows,
    );
}

/// As the OECD's national tables; non-residents buy a part of exports, imports stand below zero in a column.
fn oecd(folder: &Path) {
    let mut text = ",A01,C10,HFCE,GFCF,CONS_NONRES,EXPO,IMPO,TOTAL\n".to_owned();
    for (origin, uses) in ["DOM", "IMP"].iter().zip(of_home()) {
        for (at, code) in ["A01", "C10"].iter().enumerate() {
            let (exports, imports) = match *origin {
                "DOM" => ([2.0, EXPORTS[at] - 2.0], 0.0),
                _ => ([0.0, 0.0], -uses[at].iter().sum::<f64>()),
            };
            let label = format!("{origin}_{code}");
            text += &line(
                &[&label],
                uses[at].into_iter().chain(exports).chain([imports, 77.0]),
                ",",
            );
        }
    }
    text += &line(
        &["TXS_INT_FNL"],
        [2.0, 3.0, 6.0, 1.0, 0.0, 0.0, 0.0, 12.0],
        ",",
    );
    text += &line(
        &["TTL_INT_FNL"],
        [51.0, 46.0, 187.0, 32.0, 4.0, 24.0, 0.0, 0.0],
        ",",
    );
    text += &line(&["VALU"], [49.0, 154.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], ",");
    text += &line(
        &["OUTPUT"],
        [100.0, 200.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        ",",
    );
    for name in ["HOM2019dom.csv", "HOM2018dom.csv", "ABR2019dom.csv"] {
        fs::write(folder.join(name), &text).expect("a file");
    }
}

/// Figures of Eurostat's table of a country: flow, used, available.
fn siot() -> Vec<(&'static str, &'static str, &'static str, f64)> {
    let mut all = Vec::new();
    let used = ["CPA_A01", "CPA_C10-12", "P3_S14", "P51G"];
    for (flow, uses) in ["DOM", "IMP"].into_iter().zip(of_home()) {
        for (at, of) in ["CPA_A01", "CPA_C10-12"].into_iter().enumerate() {
            all.extend(
                used.iter()
                    .zip(uses[at])
                    .map(|(used, value)| (flow, *used, of, value)),
            );
            if flow == "DOM" {
                all.push((flow, "P6", of, EXPORTS[at]));
                all.push((flow, "P6_B0", of, 5.0));
            }
            all.push((flow, "TU", of, 999.0));
            all.push((flow, "P3", of, uses[at][2]));
        }
    }
    for (used, [wages, taxed, surplus, net, capital]) in [
        ("CPA_A01", [31.0, 0.0, 20.0, 12.0, 8.0]),
        ("CPA_C10-12", [97.0, 0.0, 60.0, 45.0, 15.0]),
    ] {
        all.extend(
            [
                ("D1", wages),
                ("D11", wages - 1.0),
                ("D12", 1.0),
                ("D29X39", taxed),
                ("B2A3G", surplus),
                ("B2A3N", net),
                ("P51C", capital),
                ("B1G", 999.0),
            ]
            .map(|(of, value)| ("TOTAL", used, of, value)),
        );
        all.push(("TOTAL", used, "P7", 17.0));
    }
    all
}

/// As the bulk download: a column a year, flags behind figures, what is not told as ":".
fn eurostat_tsv(folder: &Path) {
    let mut text = "freq,unit,stk_flow,prd_use,prd_ava,geo\\TIME_PERIOD\t2018 \t2019 \n".to_owned();
    for (flow, used, of, value) in siot() {
        text += &format!("A,MIO_EUR,{flow},{used},{of},AT\t: c\t{value} p\n");
        text += &format!("A,MIO_NAC,{flow},{used},{of},SE\t{value}\t: \n");
    }
    fs::write(folder.join("naio_10_cp1700.tsv"), text).expect("a file");
}

/// As SDMX-CSV, industry by industry.
fn eurostat_csv(folder: &Path) {
    let mut text = "DATAFLOW,LAST UPDATE,freq,unit,stk_flow,ind_use,ind_ava,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n".to_owned();
    for (flow, used, of, value) in siot() {
        let bare = |code: &str| code.trim_start_matches("CPA_").to_owned();
        let (used, of) = (bare(used), bare(of));
        text += &format!(
            "ESTAT:NAIO_10_CP1750(1.0),\"01/02/25, 11:00\",A,MIO_EUR,{flow},{used},{of},AT,2019,{value},p,\n"
        );
    }
    fs::write(folder.join("naio_10_cp1750.csv"), text).expect("a file");
}

fn national(write: fn(&Path), change: impl FnOnce(&mut Options)) -> Table {
    match import(write, change).expect("a table").table {
        AnyTable::Flows(table) => *table,
        AnyTable::Coefficients(_) => panic!("flows"),
    }
}

fn is(a: &DMatrix<f64>, b: DMatrix<f64>) {
    assert!((a - &b).amax() < 1e-9, "{a} {b}");
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
fn tables_of_one_country_are_those_that_a_world_gives_of_it() {
    for (write, country, year) in [
        (niot as fn(&Path), None, None),
        (oecd, Some("HOM"), Some(2019)),
        (eurostat_tsv, Some("at"), None),
        (eurostat_csv, None, Some(2019)),
    ] {
        let table = national(write, |options| {
            options.country = country.map(str::to_owned);
            options.year = year;
        });
        let f = table.flows();
        is(f.domestic.dense(), dmatrix![10.0, 20.0; 30.0, 15.0]);
        is(f.imported.dense(), dmatrix![5.0, 8.0; 4.0, 0.0]);
        assert_eq!(
            f.domestic_final_demand.column_sum().as_slice(),
            [70.0, 155.0]
        );
        assert_eq!(f.imported_final_demand.column_sum().as_slice(), [12.0, 3.0]);
        assert_eq!(table.output().as_slice(), [100.0, 200.0]);
        let others = f.other_inputs.row_sum().transpose();
        let paid = f.primary_inputs.row_sum().transpose() + others;
        assert_eq!(paid.as_slice(), [51.0, 157.0]);
    }
}

#[test]
fn parts_are_taken_where_they_are_and_totals_where_not() {
    let table = national(eurostat_tsv, |options| {
        options.country = Some("AT".to_owned())
    });
    let roles: Vec<&str> = table
        .meta()
        .primary_inputs
        .iter()
        .map(|p| p.role.id())
        .collect();
    assert_eq!(
        roles,
        [
            "compensation",
            "net_production_taxes",
            "operating_surplus",
            "consumption_of_fixed_capital"
        ]
    );
    assert_eq!(
        table.flows().primary_inputs.column(0).as_slice(),
        [31.0, 0.0, 12.0, 8.0]
    );
}

#[test]
fn what_is_not_said_is_asked_for() {
    let fails = |write: fn(&Path), change: fn(&mut Options)| {
        import(write, change).expect_err("not enough").to_string()
    };
    let error = fails(eurostat_tsv, |_| ());
    assert!(error.contains("AT, SE"), "{error}");
    let error = fails(eurostat_tsv, |options| {
        options.country = Some("SE".to_owned());
        options.year = None;
    });
    assert!(error.contains("--currency"), "{error}");
    let error = fails(eurostat_tsv, |options| {
        options.country = Some("KR".to_owned())
    });
    assert!(
        error.contains("'KR'") && error.contains("AT, SE"),
        "{error}"
    );
    let error = fails(oecd, |options| options.year = None);
    assert!(error.contains("3 of the 3"), "{error}");
    let error = fails(long_run, |options| options.year = Some(1970));
    assert!(error.contains("1970"), "{error}");
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
