//! Sheets as people have them: imports apart, the other way round, marks, shares, several tables on one. Two sectors:
//! domestic inputs 150 500 / 200 100, imported 40 300 / 60 220, output 1,000 and 2,000.

use super::super::super::sheets::Sheet;
use super::super::*;
use super::{of_year, sheet, table, table_of};
use crate::table::{AnyTable, Table};

const VALUE_ADDED: &str = "Compensation of employees,300,600,,,\nOperating surplus,250,280,,,\n";
const DOMESTIC: &str =
    ",a,b,Household consumption,Exports,Output\na,150,500,250,100,1000\nb,200,100,1200,500,2000\n";
const IMPORTED: &str = ",a,b,Household consumption,Exports\na,40,300,100,0\nb,60,220,90,10\n";
const TOTAL: &str = ",a,b,Household consumption,Exports,Imports,Output\na,190,800,350,100,-440,1000\n\
                     b,260,320,1290,510,-380,2000\n";

fn sheets(files: &[(&str, &str)]) -> Vec<Sheet> {
    files
        .iter()
        .flat_map(|(name, text)| sheet(name, text))
        .collect()
}

fn refused(sheets: &[Sheet]) -> String {
    let error = table_of(sheets, &of_year(2020)).expect_err("refused");
    assert!(error.text().ko.chars().any(|c| c > '\u{ac00}'), "{error}");
    error.to_string()
}

#[track_caller]
fn is_split(table: &Table) {
    let f = table.flows();
    assert_eq!(f.domestic.dense().as_slice(), [150.0, 200.0, 500.0, 100.0]);
    assert_eq!(f.imported.dense().as_slice(), [40.0, 60.0, 300.0, 220.0]);
    assert_eq!(
        f.domestic_final_demand.as_slice(),
        [250.0, 1_200.0, 100.0, 500.0]
    );
    assert_eq!(f.imported_final_demand.as_slice(), [100.0, 90.0, 0.0, 10.0]);
    assert_eq!(f.output.as_slice(), [1_000.0, 2_000.0]);
    assert_eq!(table.value_added().as_slice(), [550.0, 880.0]);
}

#[test]
fn domestic_imported_and_all_flows_make_one_table_whichever_two_there_are() {
    let with = |text: &str| format!("{text}{VALUE_ADDED}");
    let (domestic, total) = (with(DOMESTIC), with(TOTAL));
    for files in [
        [
            ("domestic.csv", domestic.as_str()),
            ("imports.csv", IMPORTED),
        ],
        [("imports.csv", IMPORTED), ("domestic.csv", &domestic)],
        [("flows.csv", &domestic), ("수입거래표.csv", IMPORTED)],
        [("total.csv", &total), ("imports.csv", IMPORTED)],
        [("total flows.csv", &total), ("국산거래표.csv", DOMESTIC)],
        [("domestic.csv", &domestic), ("total flows.csv", TOTAL)],
    ] {
        let (table, said) = table_of(&sheets(&files), &of_year(2020)).expect(files[0].0);
        is_split(&table);
        assert!(
            said.iter().any(|said| said.en.contains("holds do")),
            "{said:?}"
        );
    }
    // The sectors of the other sheet in another order, and a row of all imports, which these are by product.
    let turned = ",b,a,Household consumption,Exports\nb,220,60,90,10\na,300,40,100,0\n";
    let rows = format!("{domestic}Imports,100,520,,,\n");
    let files = [("domestic.csv", rows.as_str()), ("imports.csv", turned)];
    is_split(
        &table_of(&sheets(&files), &of_year(2020))
            .expect("a table")
            .0,
    );
}

#[test]
fn imports_of_users_other_than_those_of_the_first_sheet_are_refused() {
    let other = IMPORTED.replace("Exports", "Government consumption");
    let domestic = format!("{DOMESTIC}{VALUE_ADDED}");
    let error = refused(&sheets(&[
        ("domestic.csv", &domestic),
        ("imports.csv", &other),
    ]));
    assert!(
        error.contains("imports.csv:1: column 5") && error.contains("Government consumption"),
        "{error}"
    );
}

#[test]
fn imports_with_nothing_that_tells_whether_the_first_sheet_has_them_too_are_asked_for() {
    let bare = ",a,b\na,150,500\nb,200,100\n";
    let files = sheets(&[
        ("flows.csv", &format!("{bare}Output,1000,2000\n")),
        ("imports.csv", ",a,b\na,40,300\nb,60,90\n"),
    ]);
    let error = refused(&files);
    assert!(
        error.contains("flows = \"domestic\"") && error.contains("imports.csv"),
        "{error}"
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.toml");
    std::fs::write(
        &path,
        "imports_sheet = \"imports.csv\"\nflows = \"domestic\"\n",
    )
    .expect("written");
    let mut options = of_year(2020);
    options.map = Some(path.clone());
    let (table, _) = table_of(&files, &options).expect("a table");
    assert_eq!(
        table.flows().imported.dense().as_slice(),
        [40.0, 60.0, 300.0, 90.0]
    );
    assert_eq!(
        table.flows().domestic.dense().as_slice(),
        [150.0, 200.0, 500.0, 100.0]
    );
    std::fs::write(&path, "imports_sheet = \"nowhere\"\n").expect("written");
    let error = table_of(&files, &options)
        .expect_err("no such sheet")
        .to_string();
    assert!(error.contains("'nowhere'"), "{error}");
}

#[test]
fn imported_products_under_domestic_ones_are_a_block_of_their_own() {
    let (table, said) = table(&format!(
        ",,a,b,Household consumption,Exports,Output\nDomestic,a,150,500,250,100,1000\n,b,200,100,1200,500,2000\n\
         Imported,a,40,300,100,0,\n,b,60,220,90,10,\n{}",
        VALUE_ADDED
            .replace("Compensation", ",Compensation")
            .replace("Operating", ",Operating")
    ));
    is_split(&table);
    assert!(
        said.iter().any(|said| said.en.contains("imported ones")),
        "{said:?}"
    );
}

#[test]
fn a_sheet_with_users_down_is_turned_and_its_cells_keep_their_names() {
    // Columns supply: farms sell 150 to farms and 500 to mines.
    let text = ",Farms,Mines,Compensation of employees,Operating surplus,Output\nFarms,150,200,400,250,1000\n\
                Mines,500,100,600,800,2000\nHousehold consumption,250,1200,,,\nExports,100,500,,,\nOutput,1000,2000,,,\n";
    let (table, said) = table(text);
    let f = table.flows();
    assert_eq!(f.domestic.dense().as_slice(), [150.0, 200.0, 500.0, 100.0]);
    assert_eq!(
        f.domestic_final_demand.as_slice(),
        [250.0, 1_200.0, 100.0, 500.0]
    );
    assert_eq!(table.value_added().as_slice(), [650.0, 1_400.0]);
    assert!(
        said.iter()
            .any(|said| said.en.contains("users stand in rows")),
        "{said:?}"
    );
    let error = refused(&sheet("own.csv", &text.replace("Mines,500", "Mines,oops")));
    assert!(error.contains("own.csv:3: column 2: 'oops'"), "{error}");
    // Its map names rows and columns as the file has them.
    let vague = text.replace("Exports", "Sold elsewhere");
    let sheets = sheet("own.csv", &vague);
    let map = suggest(&sheets, &of_year(2020)).expect("a map");
    assert!(
        map.contains("transposed = true") && map.contains("# 5 = \"?\" # Sold elsewhere"),
        "{map}"
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.toml");
    std::fs::write(&path, map.replace("# 5 = \"?\"", "5 = \"exports\"")).expect("written");
    let mut options = of_year(2020);
    options.map = Some(path);
    let (table, _) = table_of(&sheets, &options).expect("a table");
    assert_eq!(
        table
            .domestic_demand_for(FinalDemandRole::Exports)
            .as_slice(),
        [100.0, 500.0]
    );
}

#[test]
fn a_row_and_a_column_of_output_that_contradict_each_other_are_refused() {
    let text = format!("{DOMESTIC}Imports,100,520,190,10,\n{VALUE_ADDED}Output,1000,2100,,,\n");
    let error = refused(&sheet("own.csv", &text));
    for said in [
        "own.csv:3: column 6",
        "2000 in its row",
        "2100 in its column",
        "C7",
    ] {
        assert!(error.contains(said), "{said}: {error}");
    }
}

#[test]
fn marks_beside_figures_are_left_off_and_what_is_not_given_counts_as_nothing_and_both_are_said() {
    let (table, said) = table(
        ",a,b,Household consumption,Exports,Output\na,150p,500 1),250,100,\"1,000*\"\nb,200,100,1200,500,2000\n\
         c,x,..,50,n.a.,50\nCompensation of employees,650,1400,,,\n"
            .replace(",a,b,House", ",a,b,c,House")
            .replace("500 1),", "500 1),..,")
            .replace("200,100,", "200,100,0,")
            .replace("x,..,", "x,..,0,")
            .replace("650,1400,", "650,1400,50,")
            .as_str(),
    );
    assert_eq!(table.flows().domestic[(0, 1)], 500.0);
    assert_eq!(table.output().as_slice(), [1_000.0, 2_000.0, 50.0]);
    let said: Vec<&str> = said.iter().map(|said| said.en.as_str()).collect();
    let has = |what: &str| said.iter().any(|said| said.contains(what));
    assert!(
        has("Marks beside 3 figures") && has("B2, C2, G2"),
        "{said:?}"
    );
    assert!(
        has("4 figures are not given") && has("D2, B4, C4, F4"),
        "{said:?}"
    );
}

#[test]
fn shares_in_per_cent_are_refused_with_the_cell_and_what_to_write() {
    let text = ",a,b,c\na,12.5%,10%,5%\nb,3%,20%,4%\nc,1%,2%,3%\n";
    let sheets = sheet("own.csv", text);
    assert!(recognises(&sheets));
    let error = refused(&sheets);
    assert!(
        error.contains("own.csv:2: column 2: '12.5%' is a per cent") && error.contains("0.125"),
        "{error}"
    );
}

#[test]
fn coefficients_with_an_output_are_flows() {
    // A = 150/1000, 500/2000 / 200/1000, 100/2000.
    let (table, said) = table(
        ",a,b,Household consumption,Exports,Output\na,0.15,0.25,250,100,1000\nb,0.2,0.05,1200,500,2000\n\
         Gross value added,0.65,0.7,,,\n",
    );
    assert_eq!(
        table.flows().domestic.dense().as_slice(),
        [150.0, 200.0, 500.0, 100.0]
    );
    assert_eq!(table.value_added().as_slice(), [650.0, 1_400.0]);
    assert!(
        said.iter().any(|said| said.en.contains("times output")),
        "{said:?}"
    );
}

#[test]
fn coefficients_and_an_inverse_without_output_are_a_table_of_coefficients() {
    let of = |sheets: &[Sheet]| {
        let import = read(sheets, &of_year(2020)).and_then(|draft| draft.finish(&of_year(2020)));
        match import.expect("a table").table {
            AnyTable::Coefficients(table) => table.coefficients().clone(),
            AnyTable::Flows(_) => panic!("a table of flows"),
        }
    };
    let domestic = ",a,b\na,0.15,0.25\nb,0.2,0.05\nGross value added,0.6,0.65\n";
    let imported = ",a,b\na,0.01,0.02\nb,0.04,0.03\n";
    let both = of(&sheets(&[
        ("domestic.csv", domestic),
        ("imported.csv", imported),
    ]));
    assert_eq!(both.domestic().dense().as_slice(), [0.15, 0.2, 0.25, 0.05]);
    assert_eq!(both.imported().dense().as_slice(), [0.01, 0.04, 0.02, 0.03]);
    // Miller and Blair, Table 2.3: its inverse, eight digits of it.
    let inverse = ",a,b\na,1.25412541,0.33003300\nb,0.26402640,1.12211221\n";
    let derived = of(&sheet("inverse.csv", inverse));
    let cells = derived.domestic().dense();
    assert!((cells[(0, 1)] - 0.25).abs() < 1e-7 && (cells[(1, 1)] - 0.05).abs() < 1e-7);
}

#[test]
fn a_label_that_stands_twice_is_refused_and_does_not_make_a_smaller_table() {
    let text = ",Farms,Mines,Mines,Power,Output\nFarms,1,2,3,4,20\nMines,1,2,3,4,20\nMines,1,2,3,4,20\n\
                Power,1,2,3,4,20\n";
    let error = refused(&sheet("own.csv", text));
    assert!(
        error.contains("own.csv:4: column 1") && error.contains("'Mines' stands twice"),
        "{error}"
    );
}

#[test]
fn tables_of_several_years_below_each_other_are_asked_for_by_year() {
    let of = |year: i32, x: &str| {
        format!(
            "Input-output table {year}\n\n,a,b,Household consumption,Exports,Output\na,150,500,250,{x},1{x}\n\
             b,200,100,1200,500,2000\nGross value added,{x}50,1400,,,\nSource: made up\n\n"
        )
    };
    // Outputs 1,100 and 1,200: value added closes the columns, 750 and 850.
    let text = format!("{}{}", of(2018, "200"), of(2019, "300"));
    let text = text
        .replace("200,1200\n", "200,1100\n")
        .replace("300,1300\n", "300,1200\n");
    let text = text
        .replace("added,20050", "added,750")
        .replace("added,30050", "added,850");
    let sheets = sheet("own.csv", &text);
    let error = table_of(&sheets, &Options::default())
        .expect_err("which")
        .to_string();
    assert!(
        error.contains("2018, 2019") && error.contains("(year 2020)"),
        "{error}"
    );
    for (year, output) in [(2018, 1_100.0), (2019, 1_200.0)] {
        let (table, _) = table_of(&sheets, &of_year(year)).expect("a table");
        assert_eq!((table.meta().year, table.output()[0]), (year, output));
    }
    let wrong = text.replace("300,1200\n", "300,12oo\n");
    let error = table_of(&sheet("own.csv", &wrong), &of_year(2019)).expect_err("a letter");
    assert!(
        error.to_string().contains("own.csv:12: column 6"),
        "{error}"
    );
}

#[test]
fn rows_in_several_units_are_refused_and_one_unit_beside_all_is_that_of_the_table() {
    let text = "Name,Unit,a,b,Household consumption,Output\na,million USD,150,500,350,1000\n\
                b,thousand USD,200,100,1700,2000\nGross value added,million USD,650,1400,,\n";
    let error = refused(&sheet("own.csv", text));
    assert!(
        error.contains("own.csv:3: column 2") && error.contains("thousand USD"),
        "{error}"
    );
    let (table, _) = table(&text.replace("million", "thousand"));
    assert_eq!(table.meta().currency, "USD");
    assert_eq!(table.output().as_slice(), [1.0, 2.0]);
}

#[test]
fn a_square_far_down_with_labels_of_unseen_characters_is_found() {
    let text = format!(
        "{}US$ million,,,,\n,\"Farms\nand more\",Mi\u{200b}nes,Household consumption,Output\nFarms\u{a0}and more,150,500,350,1000\n\
         Mines,200,100,1700,2000\nGross value added,650,1400,,\n\nNotes: 1 and 2\n",
        "Notes on the table,,,,\n".repeat(150)
    );
    let (table, _) = table(&text);
    assert_eq!(table.sectors().get(0).name.en, "Farms and more");
    assert_eq!(table.output().as_slice(), [1_000.0, 2_000.0]);
}
