//! One country of the economy in the layouts of national tables.

use super::layouts::{is, long_run, national, texts, with, workbook};
use super::*;

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
pub(super) fn eurostat_tsv(folder: &Path) {
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
    assert!(error.contains("as SEK"), "{error}");
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
