//! Tables from others' files: the Bank of Korea's workbooks and CSV, and what ECOS gives, in their layout with made-up
//! figures of an economy in which nothing is symmetric.
#![cfg(feature = "cli")]

use leontief::table::import::{self, Import, Options};
use leontief::table::{AnyTable, FinalDemandRole, Flows, PriceBasis, Status};
use leontief::{Model, Text};
use nalgebra::{DMatrix, DVector, dmatrix, dvector};
use rust_xlsxwriter::{Formula, Workbook};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

// Rows supply, columns use: x = (100, 120, 90), imports (11, 20, 7).
const CODES: [&str; 3] = ["01", "02", "03"];
const NAMES: [&str; 3] = ["농산물", "공산품", "서비스\u{3000}"];
const USES: [(&str, &str); 3] = [
    ("9111", "민간소비지출\n(가계 및 가계봉사\n비영리단체)"),
    ("9121", "민간고정\n자본형성"),
    ("9140", "수출"),
];
const PARTS: [(&str, &str); 4] = [
    ("9610", "피용자보수"),
    ("9621", "영업잉여"),
    ("9622", "고정자본소모"),
    ("9630", "생산세(보조금공제)"),
];

fn domestic() -> DMatrix<f64> {
    dmatrix![10.0, 20.0, 5.0; 4.0, 30.0, 6.0; 7.0, 8.0, 9.0]
}

fn imported() -> DMatrix<f64> {
    dmatrix![1.0, 2.0, 3.0; 0.0, 5.0, 1.0; 2.0, 0.0, 4.0]
}

fn domestic_demand() -> DMatrix<f64> {
    dmatrix![50.0, 3.0, 12.0; 40.0, 25.0, 15.0; 60.0, 0.0, 6.0]
}

fn imported_demand() -> DMatrix<f64> {
    dmatrix![4.0, 1.0, 0.0; 6.0, 8.0, 0.0; 1.0, 0.0, 0.0]
}

fn parts() -> DMatrix<f64> {
    dmatrix![40.0, 30.0, 35.0; 30.0, 20.0, 25.0; 5.0, 4.0, 2.0; 1.0, 1.0, 0.0]
}

fn output() -> DVector<f64> {
    dvector![100.0, 120.0, 90.0]
}

/// A sheet as rows of texts.
type Rows = Vec<Vec<String>>;

fn line(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn figure(value: f64) -> String {
    value.to_string()
}

fn titles(title: &str) -> Rows {
    vec![
        line(&[title]),
        line(&["2020년"]),
        line(&["생산자가격"]),
        line(&["단위 : 백만원"]),
    ]
}

/// Codes and names above, codes and names beside, the matrix, then columns and rows behind it.
fn sheet(
    title: &str,
    matrix: &DMatrix<f64>,
    columns: &[(&str, &str, DVector<f64>)],
    rows: &[(&str, &str, Vec<f64>)],
) -> Rows {
    let mut all = titles(title);
    let mut codes = line(&["                상품\n    상품", ""]);
    let mut names = line(&["", ""]);
    codes.extend(CODES.map(str::to_owned));
    names.extend(NAMES.map(str::to_owned));
    codes.extend(columns.iter().map(|(code, _, _)| (*code).to_owned()));
    names.extend(columns.iter().map(|(_, name, _)| (*name).to_owned()));
    all.push(codes);
    all.push(names);
    for i in 0..3 {
        let mut row = line(&[CODES[i], NAMES[i]]);
        row.extend(matrix.row(i).iter().map(|v| figure(*v)));
        row.extend(columns.iter().map(|(_, _, values)| figure(values[i])));
        all.push(row);
    }
    for (code, name, values) in rows {
        let mut row = line(&[code, name]);
        row.extend(values.iter().map(|v| figure(*v)));
        all.push(row);
    }
    all
}

fn transactions(title: &str, flows: &DMatrix<f64>, demand: &DMatrix<f64>, total: bool) -> Rows {
    let inputs = flows.column_sum();
    let bought = demand.column_sum();
    let mut columns = vec![("9090", "중간수요계", inputs.clone())];
    for (k, (code, name)) in USES.iter().enumerate() {
        columns.push((code, name, demand.column(k).into_owned()));
    }
    columns.push(("9190", "최종수요계", bought.clone()));
    columns.push(("9290", "총수요계", &inputs + &bought));
    let mut rows = vec![(
        "9590",
        "중간투입계",
        flows.row_sum().iter().copied().collect::<Vec<_>>(),
    )];
    if total {
        columns.push(("9310", "총산출", output()));
        columns.push(("9321", "수입", dvector![10.0, 18.0, 7.0]));
        columns.push(("9322", "생산물세(수입)", dvector![1.0, 2.0, 0.0]));
        columns.push(("9329", "수입계", dvector![11.0, 20.0, 7.0]));
        columns.push(("9331", "도소매마진", dvector![0.0, 0.0, 0.0]));
        columns.push(("9390", "총공급계\n", &inputs + &bought));
        for ((code, name), values) in PARTS.iter().zip(parts().row_iter()) {
            rows.push((code, name, values.iter().copied().collect()));
        }
        rows.push((
            "9690",
            "부가가치계",
            parts().row_sum().iter().copied().collect(),
        ));
        rows.push(("9790", "총투입계", output().iter().copied().collect()));
    }
    sheet(title, flows, &columns, &rows)
}

fn totals() -> Rows {
    let (flows, demand) = (
        domestic() + imported(),
        domestic_demand() + imported_demand(),
    );
    transactions("투입산출표_총거래표(2020년 가격)", &flows, &demand, true)
}

fn domestics() -> Rows {
    let title = "투입산출표_국산거래표(2020년 가격)";
    transactions(title, &domestic(), &domestic_demand(), false)
}

fn imports() -> Rows {
    let title = "투입산출표_수입거래표(2020년 가격)";
    transactions(title, &imported(), &imported_demand(), false)
}

fn per_output(flows: &DMatrix<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(3, 3, |i, j| flows[(i, j)] / output()[j])
}

fn inverse() -> DMatrix<f64> {
    let a = DMatrix::identity(3, 3) - per_output(&domestic());
    a.try_inverse().expect("productive")
}

fn employment() -> Rows {
    let mut all = titles("부속표_취업자수 및 피용자수");
    all[1] = line(&["전업환산 기준(상품)"]);
    all[2] = Vec::new();
    all[3] = line(&["단위 : 명"]);
    all.push(line(&["", "", "2015년", "", "2020년", ""]));
    all.push(line(&[
        "상품",
        "",
        "취업자수",
        "피용자수",
        "취업자수",
        "피용자수",
    ]));
    for (k, (code, name)) in CODES.iter().zip(NAMES).enumerate() {
        let persons = [[9, 2, 1_007, 1_002], [8, 3, 800, 700], [7, 4, 650, 300]][k];
        let mut row = line(&[code, name]);
        row.extend(persons.map(|n| n.to_string()));
        all.push(row);
    }
    all.push(line(&["", "계", "24", "9", "2457", "2002"]));
    all.push(Vec::new());
    all.push(line(&[
        " 주 : 1) 취업자 : 임금근로자, 자영업자를 합한 인원",
    ]));
    all
}

fn workbook(path: &Path, sheets: &[(&str, Rows)]) {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).expect("a name");
        for (i, row) in rows.iter().enumerate() {
            for (j, cell) in row.iter().enumerate() {
                let (i, j, header) = (i as u32, j as u16, i < 6 || j < 2);
                match cell.parse::<f64>() {
                    Ok(number) if !header => sheet.write_number(i, j, number).map(|_| ()),
                    _ => sheet.write_string(i, j, cell).map(|_| ()),
                }
                .expect("a cell");
            }
        }
    }
    book.save(path).expect("written");
}

/// As people save it: thousands parted, a blank behind each number, blank columns at the end.
fn csv(rows: &Rows) -> String {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    let wide = rows.iter().map(Vec::len).max().expect("rows") + 2;
    for (i, row) in rows.iter().enumerate() {
        let mut cells: Vec<String> = (row.iter().enumerate())
            .map(|(j, cell)| match cell.parse::<f64>() {
                Ok(number) if i > 5 && j > 1 && number.fract() == 0.0 && number >= 1_000.0 => {
                    format!("{},{:03} ", (number / 1e3).floor(), number % 1e3)
                }
                Ok(_) if i > 5 && j > 1 => format!("{cell} "),
                _ => cell.clone(),
            })
            .collect();
        cells.resize(wide, String::new());
        writer.write_record(cells).expect("memory");
    }
    String::from_utf8(writer.into_inner().expect("memory")).expect("text")
}

fn written(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("written");
    path
}

fn open(files: &[&Path]) -> Import {
    import::open(files, &Options::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(files: &[&Path]) -> String {
    let error = import::open(files, &Options::default()).expect_err("refused");
    assert!(
        error
            .say(leontief::Lang::Ko)
            .chars()
            .any(|c| ('가'..='힣').contains(&c))
    );
    error.to_string()
}

fn flows(import: &Import) -> &Flows {
    import
        .table
        .flows(Text::same("flows"))
        .expect("flows")
        .flows()
}

fn said(import: &Import) -> String {
    import
        .said
        .iter()
        .map(|said| format!("{}\n", said.en))
        .collect()
}

fn is_whole(import: &Import) {
    let f = flows(import);
    assert_eq!(f.domestic.dense(), &domestic());
    assert_eq!(f.imported.dense(), &imported());
    assert_eq!(f.domestic_final_demand, domestic_demand());
    assert_eq!(f.imported_final_demand, imported_demand());
    assert_eq!(f.primary_inputs, parts());
    assert_eq!(f.output, output());
    let imports = f.imports.as_ref().expect("by product");
    assert_eq!(
        (&imports.cif, &imports.taxes),
        (&dvector![10.0, 18.0, 7.0], &dvector![1.0, 2.0, 0.0])
    );
    let meta = import.table.meta();
    assert_eq!(
        (meta.year, meta.currency.as_str(), meta.prices),
        (2020, "KRW", PriceBasis::Producers)
    );
    let roles: Vec<FinalDemandRole> = meta.final_demand.iter().map(|c| c.role).collect();
    use FinalDemandRole::{Exports, FixedCapital, Household};
    assert_eq!(roles, [Household, FixedCapital, Exports]);
    assert_eq!(import.table.sectors().get(2).name.ko, "서비스");
}

#[test]
fn the_workbook_as_downloaded_is_the_table_and_agrees_with_what_it_publishes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bok.xlsx");
    let l = inverse();
    let induced: Vec<(&str, &str, DVector<f64>)> = (USES.iter().enumerate())
        .map(|(k, (code, name))| (*code, *name, &l * domestic_demand().column(k)))
        .collect();
    let mut items = sheet(
        "투입산출표_최종수요항목별 생산유발액(2020년 가격)",
        &DMatrix::zeros(3, 0),
        &induced,
        &[],
    );
    for row in &mut items[4..6] {
        row.drain(2..5);
    }
    workbook(
        &path,
        &[
            ("A표_총거래표(생산자가격)", totals()),
            ("A표_수입거래표(생산자가격)", imports()),
            ("A표_국산거래표(생산자가격)", domestics()),
            (
                "국산투입계수(Ad)",
                sheet(
                    "투입산출표_국산투입계수표",
                    &per_output(&domestic()),
                    &[],
                    &[],
                ),
            ),
            (
                "생산유발계수",
                sheet("투입산출표_생산유발계수표", &l, &[], &[]),
            ),
            ("최종수요항목별 생산유발액", items),
            ("읽어두기", vec![line(&["2020년 산업연관표"])]),
        ],
    );
    let import = open(&[&path]);
    is_whole(&import);
    let said = said(&import);
    for what in [
        "input coefficients agree",
        "inducement coefficients agree",
        "as shares) agree",
    ] {
        assert!(said.contains(what), "{said}");
    }
    assert!(said.contains("읽어두기 is not used"), "{said}");
    assert!(!said.contains("Derived"), "{said}");
    // The same file is a table wherever one is asked for.
    let named = path.to_str().expect("a path");
    let table = AnyTable::open(named).expect("the same");
    let sum = Model::new(&table)
        .expect("a model")
        .leontief_inverse()
        .column_sum();
    assert!((sum - l.column_sum()).amax() < 1e-12);
    assert!(
        table
            .meta()
            .blocks
            .iter()
            .all(|block| block.status == Status::Published)
    );
}

#[test]
fn sheets_saved_as_csv_make_one_table_in_any_order_and_encoding() {
    let folder = tempfile::tempdir().expect("a folder");
    let total = written(
        &folder,
        "총거래표.csv",
        &format!("\u{feff}{}", csv(&totals())),
    );
    let domestic = folder.path().join("국산거래표.csv");
    let text = csv(&domestics());
    let (cp949, _, lost) = encoding_rs::EUC_KR.encode(&text);
    assert!(!lost);
    std::fs::write(&domestic, cp949).expect("written");
    let jobs = written(&folder, "고용표.csv", &csv(&employment()));
    for files in [[&total, &domestic, &jobs], [&jobs, &domestic, &total]] {
        let import = open(&files.map(PathBuf::as_path));
        is_whole(&import);
        let accounts = &flows(&import).satellites;
        assert_eq!(accounts[0], dvector![1_007.0, 800.0, 650.0]);
        assert_eq!(accounts[1], dvector![1_002.0, 700.0, 300.0]);
        let ids: Vec<&str> = import
            .table
            .meta()
            .accounts
            .iter()
            .map(|a| a.id.as_str())
            .collect();
        assert_eq!(ids, ["jobs", "employees"]);
        let said = said(&import);
        assert!(
            said.contains("Derived: imported intermediate flows, total less domestic"),
            "{said}"
        );
        assert!(said.contains("of 2015 are left out (24 persons)"), "{said}");
    }
    // A folder is all of its files.
    is_whole(&open(&[folder.path()]));
}

#[test]
fn a_total_that_its_parts_do_not_give_is_refused_with_place_and_both_figures() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bok.xlsx");
    // The row of 02 among the totals (line 8), column F: 중간수요계, 46 = 4 + 35 + 7.
    let mut spoilt = totals();
    spoilt[7][5] = "64".to_owned();
    workbook(&path, &[("총거래표", spoilt), ("국산거래표", domestics())]);
    let error = refused(&[&path]);
    assert!(
        error.contains("bok.xlsx: 총거래표: F8: the total is 64") && error.contains("46"),
        "{error}"
    );
    // A column total, in a text.
    let mut spoilt = domestics();
    spoilt[9][3] = "85".to_owned();
    let text = written(&folder, "d.csv", &csv(&spoilt));
    let total = written(&folder, "t.csv", &csv(&totals()));
    let error = refused(&[&total, &text]);
    assert!(
        error.contains("d.csv:")
            && error.contains("column 4: the total is 85")
            && error.contains("58"),
        "{error}"
    );
    // A cell that is no number.
    let mut spoilt = totals();
    spoilt[6][3] = "2l".to_owned();
    let text = written(&folder, "t.csv", &csv(&spoilt));
    let error = refused(&[&text]);
    assert!(error.contains("column 4: '2l' is not a number"), "{error}");
}

/// Code and name of an input, with code, name and figure of each use.
type Uses<'a> = (&'a str, &'a str, Vec<(&'a str, &'a str, f64)>);

/// What the open interface answers: a row a figure, the input first.
fn answer(code: &str, name: &str, unit: &str, rows: &[Uses<'_>]) -> String {
    let mut all = Vec::new();
    for (code1, name1, cells) in rows {
        for (code2, name2, value) in cells {
            all.push(serde_json::json!({
                "STAT_CODE": code, "STAT_NAME": name, "ITEM_CODE1": code1, "ITEM_NAME1": name1,
                "ITEM_CODE2": code2, "ITEM_NAME2": name2, "ITEM_CODE3": null, "UNIT_NAME": unit,
                "TIME": "2023", "DATA_VALUE": value.to_string(),
            }));
        }
    }
    let count = all.len();
    serde_json::json!({"StatisticSearch": {"list_total_count": count, "row": all}}).to_string()
}

fn named(rows: &Rows) -> Vec<Uses<'_>> {
    let cells = |row: &'_ [String]| -> Vec<f64> {
        row.iter().map(|c| c.parse().expect("a figure")).collect()
    };
    rows[6..]
        .iter()
        .map(|row| {
            let values = cells(&row[2..]);
            let columns = rows[4][2..].iter().zip(&rows[5][2..]).zip(values);
            let columns = columns.map(|((code, name), value)| (code.as_str(), name.trim(), value));
            (row[0].as_str(), row[1].trim(), columns.collect())
        })
        .collect()
}

#[test]
fn ecos_rows_are_the_same_table_whichever_item_comes_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let (total, domestic) = (totals(), domestics());
    let all = [
        ("271Y120", "투입산출표 - 총거래표(생산자가격)", &total),
        ("271Y121", "투입산출표 - 국산거래표(생산자가격)", &domestic),
    ];
    let mut files = Vec::new();
    for (code, name, rows) in all {
        files.push(written(
            &folder,
            &format!("{code}.json"),
            &answer(code, name, "백만원", &named(rows)),
        ));
    }
    let options = |year| {
        let mut options = Options::default();
        options.year = year;
        options
    };
    let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let import = import::open(&paths, &options(None)).expect("rows");
    assert_eq!(import.table.meta().year, 2023);
    assert_eq!(flows(&import).domestic.dense(), &self::domestic());
    assert_eq!(flows(&import).imported.dense(), &imported());
    assert_eq!(flows(&import).output, output());
    // As it is downloaded, a column a year, the purchaser first; two years, of which one is asked for.
    let mut text = String::from("통계표,항목코드1,항목명1,항목코드2,항목명2,단위,변환,2020,2023\n");
    for (_, name, rows) in all {
        for (code1, name1, cells) in named(rows) {
            for (code2, name2, value) in cells {
                let name2 = name2.replace('\n', " ");
                text.push_str(&format!(
                    "{name},{code2},{name2},{code1},{name1},백만원,원자료,0,{value}\n"
                ));
            }
        }
    }
    let file = written(&folder, "ecos.csv", &text);
    let import = import::open(&[&file], &options(Some(2023))).expect("rows");
    assert_eq!(flows(&import).imported.dense(), &imported());
    assert_eq!(flows(&import).primary_inputs, parts());
    assert!(said(&import).contains("the years 2020 to 2023: 2023 is read"));
}

#[test]
fn coefficients_follow_from_what_is_induced_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let l = inverse();
    let m = per_output(&imported()) * &l;
    let e = DMatrix::from_fn(3, 3, |i, j| [12.0, 5.0, 8.0][i] * l[(i, j)]);
    let sums = |block: &DMatrix<f64>| block.row_sum().iter().copied().collect::<Vec<f64>>();
    let files = [
        ("생산유발계수", &l),
        ("수입유발계수", &m),
        ("취업유발계수", &e),
    ]
    .map(|(name, block)| {
        let behind = [("9090", "행합", block.column_sum())];
        let rows = sheet(name, block, &behind, &[("9590", "열합", sums(block))]);
        let rows: Rows = (rows.into_iter().enumerate())
            .map(|(i, mut row)| {
                // What is no block has no corner.
                if i == 9 {
                    row.push(figure(block.sum()));
                }
                row
            })
            .collect();
        let text = answer("271Y", &format!("{name}표"), "-", &named(&rows));
        written(&folder, &format!("{name}.json"), &text)
    });
    let import = open(&files.each_ref().map(PathBuf::as_path));
    let AnyTable::Coefficients(table) = &import.table else {
        panic!("coefficients")
    };
    let c = table.coefficients();
    assert!((c.domestic().dense() - per_output(&domestic())).amax() < 1e-12);
    assert!((c.imported().dense() - per_output(&imported())).amax() < 1e-12);
    let jobs = c.account("jobs").expect("counted") * 1e3;
    assert!((jobs - dvector![12.0, 5.0, 8.0]).amax() < 1e-9);
    assert!(said(&import).contains("Ad = I - L^-1"));
}

#[test]
fn total_flows_are_split_by_the_imports_of_each_product_and_called_estimated() {
    let folder = tempfile::tempdir().expect("a folder");
    let total = written(&folder, "총거래표.csv", &csv(&totals()));
    let import = open(&[&total]);
    let f = flows(&import);
    // Used at home: 41 + 58, 46 + 79, 30 + 61; imports 11, 20, 7, exports of imports none.
    let share = dvector![11.0 / 99.0, 20.0 / 125.0, 7.0 / 91.0];
    let all = domestic() + imported();
    for i in 0..3 {
        for j in 0..3 {
            assert!((f.imported.dense()[(i, j)] - share[i] * all[(i, j)]).abs() < 1e-12);
        }
        assert_eq!(f.imported_final_demand[(i, 2)], 0.0);
        let imports = f.imported.dense().row(i).sum() + f.imported_final_demand.row(i).sum();
        assert!((imports - [11.0, 20.0, 7.0][i]).abs() < 1e-12);
    }
    let meta = import.table.meta();
    assert_eq!(
        meta.block("imported_flows").expect("said").status,
        Status::Estimated
    );
    assert_eq!(
        meta.block("output").expect("said").status,
        Status::Published
    );
    assert!(said(&import).contains("is estimated"));
}

#[test]
fn a_sheet_without_codes_that_lies_the_other_way_is_read_by_its_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let turn = |rows: Rows| -> Rows {
        let body: Rows = rows[5..].iter().map(|row| row[1..].to_vec()).collect();
        let wide = body.iter().map(Vec::len).max().expect("rows");
        let mut all: Rows = rows[..4].to_vec();
        all.extend((0..wide).map(|j| {
            let cell = |row: &Vec<String>| {
                row.get(j)
                    .map_or(String::new(), |c| c.trim().replace('\n', ""))
            };
            body.iter().map(cell).collect()
        }));
        all
    };
    let total = written(&folder, "a.csv", &csv(&turn(totals())));
    let domestic = written(&folder, "b.csv", &csv(&turn(domestics())));
    let import = open(&[&total, &domestic]);
    assert_eq!(flows(&import).domestic.dense(), &self::domestic());
    assert_eq!(flows(&import).imported_final_demand, imported_demand());
    assert_eq!(import.table.sectors().get(1).code, "공산품");
}

#[test]
fn what_is_no_table_or_lacks_a_part_is_refused_with_what_was_seen_and_what_to_add() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = written(&folder, "sales.csv", "month,sales\nMay,1\nJune,2\n");
    let error = refused(&[&other]);
    assert!(
        error.contains("sales.csv (3 x 2)") && error.contains("docs/import.md"),
        "{error}"
    );
    let domestic = written(&folder, "국산거래표.csv", &csv(&domestics()));
    let error = refused(&[&domestic]);
    assert!(
        error.contains("value added") && error.contains("add the file"),
        "{error}"
    );
    // Other sectors than the other file's.
    let mut fewer = employment();
    fewer[8][0] = "04".to_owned();
    let total = written(&folder, "총거래표.csv", &csv(&totals()));
    let jobs = written(&folder, "고용표.csv", &csv(&fewer));
    let error = refused(&[&total, &domestic, &jobs]);
    assert!(
        error.contains("without 03") && error.contains("고용표.csv"),
        "{error}"
    );
    // One part twice, with other figures.
    let mut twice = domestics();
    twice[6][2] = "11".to_owned();
    twice[6][5] = "36".to_owned();
    twice[6][10] = "101".to_owned();
    twice[9][2] = "22".to_owned();
    let twice = written(&folder, "again.csv", &csv(&twice));
    let error = refused(&[&total, &domestic, &twice]);
    assert!(
        error.contains("국산거래표.csv and again.csv") || error.contains("say different things"),
        "{error}"
    );
}

#[test]
fn faults_of_workbooks_are_said_by_cell_and_bombs_are_not_unpacked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.xlsx");
    let of = |change: &dyn Fn(&mut rust_xlsxwriter::Worksheet)| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name("총거래표").expect("a name");
        for (i, row) in totals().iter().enumerate() {
            for (j, cell) in row.iter().enumerate() {
                match cell.parse::<f64>() {
                    Ok(number) if i > 5 && j > 1 => sheet.write_number(i as u32, j as u16, number),
                    _ => sheet.write_string(i as u32, j as u16, cell),
                }
                .expect("a cell");
            }
        }
        change(sheet);
        book.save(&path).expect("written");
    };
    of(&|sheet| {
        let formula = Formula::new("=A1+1").set_result("#REF!");
        sheet.write_formula(6, 3, formula).expect("a cell");
    });
    let error = refused(&[&path]);
    assert!(
        error.contains("총거래표: D7") && error.contains("#REF!"),
        "{error}"
    );
    of(&|sheet| {
        let formula = Formula::new("=20+2").set_result("22");
        sheet.write_formula(6, 3, formula).expect("a cell");
    });
    assert_eq!(flows(&open(&[&path])).output, output());
    of(&|sheet| {
        sheet.write_number(1_048_575, 16_383, 1.0).expect("a cell");
    });
    // A row more of nothing but a cell far out is cheap; a thousand of them are not.
    assert_eq!(flows(&open(&[&path])).output, output());
    of(&|sheet| {
        for row in 0..2_500 {
            sheet
                .write_number(1_000 + row, 16_383, 1.0)
                .expect("a cell");
        }
    });
    let error = refused(&[&path]);
    assert!(error.contains("far beyond the table"), "{error}");
    // Zeros that come to more than a gibibyte.
    let bomb = folder.path().join("bomb.xlsx");
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&bomb).expect("made"));
    let options = zip::write::SimpleFileOptions::default();
    archive
        .start_file("xl/workbook.xml", options)
        .expect("memory");
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..1_025 {
        std::io::Write::write_all(&mut archive, &zeros).expect("written");
    }
    archive.finish().expect("written");
    let error = refused(&[&bomb]);
    assert!(error.contains("when unpacked"), "{error}");
    std::fs::write(&bomb, &std::fs::read(&path).expect("read")[..5_000]).expect("written");
    let error = refused(&[&bomb]);
    assert!(
        error.contains("damaged") && error.contains("download it again"),
        "{error}"
    );
}

#[test]
fn taxes_on_products_beside_basic_prices_are_inputs_and_no_value_added() {
    let folder = tempfile::tempdir().expect("a folder");
    // A row of taxes between the inputs and value added, which is less by it; also paid by households (6) and exporters (0).
    let mut basic = totals();
    basic[2] = line(&["기초가격"]);
    let taxes = line(&["9640", "순생산물세", "3", "2", "1", "6", "6", "0", "0"]);
    basic.insert(10, taxes);
    basic[13][2] = "2".to_owned(); // 고정자본소모 5, 4, 2
    basic[13][3] = "2".to_owned();
    basic[13][4] = "1".to_owned();
    for (column, value) in [(2, 73), (3, 53), (4, 61)] {
        basic[15][column] = value.to_string(); // 부가가치계
    }
    let total = written(&folder, "총거래표.csv", &csv(&basic));
    let mut domestic = domestics();
    domestic[2] = line(&["기초가격"]);
    let domestic = written(&folder, "국산거래표.csv", &csv(&domestic));
    let import = open(&[&total, &domestic]);
    assert_eq!(import.table.meta().prices, PriceBasis::Basic);
    let f = flows(&import);
    assert_eq!(f.other_inputs, dmatrix![3.0, 2.0, 1.0]);
    assert_eq!(f.other_final_demand, dmatrix![6.0, 0.0, 0.0]);
    assert_eq!(f.primary_inputs.row_sum(), dmatrix![73.0, 53.0, 61.0]);
}

#[test]
fn a_workbook_that_does_not_balance_is_no_table_but_can_be_examined() {
    let folder = tempfile::tempdir().expect("a folder");
    // Output and its totals agree with each other, and not with what is sold of 02.
    let mut off = totals();
    off[7][11] = "130".to_owned(); // 총산출
    off[14][3] = "65".to_owned(); // 부가가치계
    off[15][3] = "130".to_owned(); // 총투입계
    off[11][3] = "30".to_owned(); // 영업잉여
    written(&folder, "총거래표.csv", &csv(&off));
    written(&folder, "국산거래표.csv", &csv(&domestics()));
    let error = refused(&[folder.path()]);
    assert!(error.contains("misses its total"), "{error}");
    let mut command = assert_cmd::Command::cargo_bin("leontief").expect("the program is built");
    let found = command
        .args(["check", "--lang", "en"])
        .arg(folder.path())
        .output()
        .expect("it runs");
    let found = String::from_utf8(found.stdout).expect("text");
    assert!(found.contains("row 02"), "{found}");
}

/// An archive of texts.
fn archive(members: &[(&str, String)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in members {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).expect("memory");
        std::io::Write::write_all(&mut archive, text.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

/// A spreadsheet as LibreOffice writes it, of the cells of rows.
fn ods(rows: &Rows) -> Vec<u8> {
    let mut table = String::new();
    for (i, row) in rows.iter().enumerate() {
        table.push_str("<table:table-row>");
        for (j, cell) in row.iter().enumerate() {
            let cell = cell.replace('\n', " ");
            match cell.parse::<f64>() {
                Ok(number) if i > 5 && j > 1 => table.push_str(&format!(
                    "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{number}</text:p>\
                     </table:table-cell>"
                )),
                _ if cell.is_empty() => table.push_str("<table:table-cell/>"),
                _ => table.push_str(&format!(
                    "<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>"
                )),
            }
        }
        table.push_str("</table:table-row>");
    }
    let names = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
                 xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
                 xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"";
    let content = format!(
        "<office:document-content {names}><office:body><office:spreadsheet><table:table table:name=\"총거래표\">{table}\
         </table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    archive(&[
        (
            "mimetype",
            "application/vnd.oasis.opendocument.spreadsheet".to_owned(),
        ),
        ("content.xml", content),
        ("META-INF/manifest.xml", manifest.to_owned()),
    ])
}

#[test]
fn an_open_document_is_read_as_a_workbook_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let total = folder.path().join("total.ods");
    std::fs::write(&total, ods(&totals())).expect("written");
    let domestic = written(&folder, "국산거래표.csv", &csv(&domestics()));
    is_whole(&open(&[&total, &domestic]));
    let mut wrong = totals();
    wrong[6][3] = "22.5.1".to_owned();
    std::fs::write(&total, ods(&wrong)).expect("written");
    let error = refused(&[&total]);
    assert!(
        error.contains("total.ods: 총거래표: D7: '22.5.1'"),
        "{error}"
    );
}

#[test]
fn files_with_bytes_that_turn_are_refused_or_read_and_never_end_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.xlsx");
    workbook(
        &path,
        &[("총거래표", totals()), ("국산거래표", domestics())],
    );
    let book = std::fs::read(&path).expect("written");
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(&book)).expect("an archive");
    let mut members = Vec::new();
    for at in 0..from.len() {
        let mut member = from.by_index(at).expect("a member");
        let mut text = String::new();
        std::io::Read::read_to_string(&mut member, &mut text).expect("text");
        members.push((member.name().expect("a name").into_owned(), text));
    }
    let texts = [
        csv(&totals()),
        answer("271Y120", "총거래표", "백만원", &named(&totals())),
    ];
    // A generator of one's own: the same on each run.
    let mut state = 20_201_126_u64;
    let mut draw = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let words = [
        "0",
        "9",
        "<",
        ">",
        "\"",
        ",",
        "\n",
        "-",
        "1e308",
        "999999999",
        "A1:XFD1048576",
        "s",
        "",
        "</row>",
        "é",
    ];
    for round in 0..1_500 {
        let mut turn = |text: &str| {
            let mut chars: Vec<char> = text.chars().collect();
            for _ in 0..=draw(3) {
                let at = draw(chars.len());
                let until = (at + draw(4)).min(chars.len());
                chars.splice(at..until, words[draw(words.len())].chars());
            }
            chars.into_iter().collect::<String>()
        };
        let bytes = match round % 3 {
            0 => {
                let mut turned = members.clone();
                let k = round / 3 % turned.len();
                turned[k].1 = turn(&turned[k].1);
                let turned: Vec<(&str, String)> = turned
                    .iter()
                    .map(|(name, text)| (name.as_str(), text.clone()))
                    .collect();
                archive(&turned)
            }
            k => turn(&texts[k - 1]).into_bytes(),
        };
        let mut options = Options::default();
        options.year = Some(2020);
        if let Ok(import) = import::of_bytes(&[("x".to_owned(), bytes)], &options) {
            assert!(import.table.sectors().len() > 1);
        }
    }
}

#[test]
fn the_program_writes_the_table_and_says_what_it_did() {
    let folder = tempfile::tempdir().expect("a folder");
    written(&folder, "총거래표.csv", &csv(&totals()));
    written(&folder, "국산거래표.csv", &csv(&domestics()));
    let run = |arguments: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("leontief").expect("the program is built");
        command.current_dir(folder.path()).args(arguments).assert()
    };
    let files = ["총거래표.csv", "국산거래표.csv"];
    let arguments = [&["import"], &files[..], &["--to", "mine", "--lang", "en"]].concat();
    let printed = run(&arguments).success().get_output().stdout.clone();
    let printed = String::from_utf8(printed).expect("text");
    for what in [
        "3 sectors, 2020",
        "Derived",
        "it balances",
        "leontief check mine",
    ] {
        assert!(printed.contains(what), "{printed}");
    }
    run(&["check", "mine"]).success();
    run(&["multipliers", "--table", "mine"]).success();
    let again = run(&arguments).failure().get_output().stderr.clone();
    assert!(String::from_utf8_lossy(&again).contains("is there already"));
    let arguments = [&["import"], &files[..], &["-o", "mine.zip", "--lang", "ko"]].concat();
    let printed = run(&arguments).success().get_output().stdout.clone();
    assert!(String::from_utf8_lossy(&printed).contains("수급이 정확히 일치함"));
    run(&["check", "mine.zip"]).success();
}

#[test]
fn a_form_that_is_not_filled_in_is_said_to_be_one() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("my.xlsx");
    let run = |arguments: &[&str]| {
        let mut program = assert_cmd::cargo::cargo_bin_cmd!("leontief");
        let done = program.args(arguments).output().expect("it runs");
        (
            done.status.success(),
            String::from_utf8_lossy(&done.stderr).into_owned(),
        )
    };
    let path = file.to_str().expect("a path");
    assert!(run(&["new", "table", "--sectors", "4", "-o", path]).0);
    for (lang, said) in [("en", "hardly a figure"), ("ko", "수치가 거의 없습니다")] {
        let (done, why) = run(&["check", path, "--lang", lang]);
        assert!(!done && why.contains(said), "{why}");
    }
}
