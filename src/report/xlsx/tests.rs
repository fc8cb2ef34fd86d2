use super::super::samples;
use super::chart::{longest_run, names_column};
use super::*;
use crate::lang::Lang;
use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;

fn read(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

#[test]
fn numbers_are_numbers_and_unrounded() {
    for lang in [Lang::En, Lang::Ko] {
        let document = samples::hub(lang);
        let mut book = read(render(&document).unwrap());
        let names = book.sheet_names();
        assert_eq!(names.len(), 3);
        assert_eq!(names[0], document.sections[0].title);
        let sheet = book.worksheet_range(&names[1]).unwrap();
        let Block::Table(table) = &document.sections[1].blocks[0] else {
            panic!("the second section is a table");
        };
        let mut found = 0;
        for row in &table.rows {
            for cell in &row.cells {
                if let Cell::Number(value) = cell {
                    found += 1;
                    assert!(
                        sheet
                            .cells()
                            .any(|(_, _, data)| *data == Data::Float(*value))
                    );
                }
            }
        }
        assert_eq!(found, 13);
        let title = lang.pick("Output\n(bn won)", "생산\n(억원)");
        assert!(
            sheet
                .cells()
                .any(|(_, _, data)| *data == Data::String(title.into()))
        );
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = samples::hub(Lang::Ko);
    assert_eq!(render(&document).unwrap(), render(&document).unwrap());
}

#[test]
fn sheets_have_names_that_excel_allows() {
    let mut taken = HashSet::new();
    let mut name = |title: &str, id: &str| {
        let section = Section {
            id: id.to_owned(),
            title: title.to_owned(),
            blocks: Vec::new(),
        };
        sheet_name(&section, &mut taken)
    };
    assert_eq!(name("In/out: [2023]*", "a"), "In out 2023");
    assert_eq!(name("in out 2023", "a"), "in out 2023 (2)");
    assert_eq!(name("'?'", "b"), "b");
    assert_eq!(name("", ""), "Sheet");
    assert_eq!(name("History", "h"), "Sheet History");
    let long = "가".repeat(40);
    assert_eq!(name(&long, "c").chars().count(), 31);
    assert_eq!(name(&long, "c").chars().count(), 31);
    let mut document = Document::default();
    for title in ["'?'", "", "", "History", &long, &long] {
        document.section("", title, Vec::new());
    }
    assert_eq!(read(render(&document).unwrap()).sheet_names().len(), 6);
}

#[test]
fn a_column_with_bars_has_a_chart() {
    // Names of files stand uncompressed in the archive.
    let charts = |document: &Document| {
        let bytes = render(document).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        text.matches("xl/charts/chart").count() / 2
    };
    let mut document = samples::hub(Lang::En);
    assert_eq!(charts(&document), 1);
    for section in &mut document.sections {
        for block in &mut section.blocks {
            if let Block::Table(table) = block {
                table
                    .columns
                    .iter_mut()
                    .for_each(|column| column.bar = false);
            }
        }
    }
    assert_eq!(charts(&document), 0);
}

#[test]
fn a_chart_shows_the_sectors_by_name_and_no_total() {
    let document = samples::hub(Lang::En);
    let Block::Table(table) = &document.sections[1].blocks[0] else {
        panic!("the second section is a table");
    };
    assert_eq!(longest_run(table), (0, 4));
    assert_eq!(names_column(table), Some(1));
    let none = Table {
        rows: vec![table.rows[4].clone()],
        ..table.clone()
    };
    assert_eq!(longest_run(&none), (0, 0));
    let mut document = Document::default();
    document.section("s", "s", vec![Block::Table(none)]);
    assert!(
        render(&document).is_ok(),
        "only a total: no chart, no error"
    );
}

#[test]
fn what_is_no_number_or_too_long_can_be_written() {
    let table = Table {
        columns: vec![Column::text("a", "A"), Column::number("n", "N", "", 1)],
        rows: vec![
            Row::new(vec!["x".repeat(40_000).into(), f64::NAN.into()]),
            Row::new(vec![]),
        ],
    };
    let mut document = Document::new("", "");
    document.section(
        "s",
        "s",
        vec![Block::Table(table), Block::Text("y ".repeat(900))],
    );
    let mut book = read(render(&document).unwrap());
    let sheet = book.worksheet_range("s").unwrap();
    assert!(
        sheet
            .cells()
            .any(|(_, _, data)| *data == Data::String("–".into()))
    );
    assert_eq!(
        read(render(&Document::default()).unwrap()).sheet_names(),
        ["Sheet1"]
    );
}
