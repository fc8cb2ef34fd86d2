//! A document as tidy CSV: one value a row, the same columns for every table.
//!
//! | column | what |
//! | --- | --- |
//! | `section` | the section's id; `document` for the title and subtitle |
//! | `table` | the table's number in the section, from 1; empty for notes |
//! | `key` | the names and codes of the row, joined by " \| " |
//! | `measure` | the column's id; `note` for texts and notes |
//! | `value` | the number, unrounded: reading it gives the same number again |
//! | `unit` | its unit |
//! | `total` | `true` for sums of other rows, `false` for the rest |
//! | `text` | what is no number: a note, or a cell of a table without numbers |

use super::document::{Block, Cell, Column, Document, Kind, Row, Section, Table};
use crate::error::{Error, Result};

/// The columns.
pub const HEADER: [&str; 8] = [
    "section", "table", "key", "measure", "value", "unit", "total", "text",
];

/// Joins the names of a row.
const JOINT: &str = " | ";

/// The document as tidy CSV.
///
/// # Errors
///
/// None that can be caused from outside: the text is written to memory.
pub fn render(document: &Document) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let io = |e: csv::Error| Error::invalid(format!("cannot write CSV: {e}"));
    writer.write_record(HEADER).map_err(io)?;
    let sections = document.sections.iter().flat_map(section);
    for record in about(document).into_iter().chain(sections) {
        writer.write_record(record.fields()).map_err(io)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|e| Error::invalid(format!("cannot write CSV: {e}")))?;
    String::from_utf8(bytes).map_err(|e| Error::invalid(format!("cannot write CSV: {e}")))
}

#[derive(Default, Clone)]
struct Record {
    section: String,
    table: String,
    key: String,
    measure: String,
    value: String,
    unit: String,
    total: bool,
    text: String,
}

impl Record {
    /// In the order of [`HEADER`].
    fn fields(&self) -> [&str; 8] {
        [
            &self.section,
            &self.table,
            &self.key,
            &self.measure,
            &self.value,
            &self.unit,
            if self.total { "true" } else { "false" },
            &self.text,
        ]
    }
}

fn note(section: &str, text: &str) -> Record {
    Record {
        section: section.to_owned(),
        measure: "note".to_owned(),
        text: text.to_owned(),
        ..Record::default()
    }
}

/// What the figures are of, so that a file says it without its name.
fn about(document: &Document) -> Vec<Record> {
    [&document.title, &document.subtitle]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| note("document", text))
        .collect()
}

fn section(section: &Section) -> Vec<Record> {
    let note = |text: &String| note(&section.id, text);
    let mut tables = 0;
    let mut records = Vec::new();
    for block in &section.blocks {
        match block {
            Block::Text(text) => records.push(note(text)),
            Block::Notes(notes) => records.extend(notes.iter().map(note)),
            Block::Table(table) => {
                tables += 1;
                let place = Record {
                    section: section.id.clone(),
                    table: tables.to_string(),
                    ..Record::default()
                };
                records.extend(table.rows.iter().flat_map(|row| cells(&place, table, row)));
            }
        }
    }
    records
}

/// The values of a row; of a row without any, its texts, the first being the key.
fn cells(place: &Record, table: &Table, row: &Row) -> Vec<Record> {
    let cells = || table.columns.iter().zip(&row.cells);
    let names: Vec<String> = cells()
        .filter(|(column, _)| column.kind == Kind::Text)
        .filter_map(|(_, cell)| name(cell))
        .collect();
    let place = Record {
        total: row.total,
        ..place.clone()
    };
    let values: Vec<Record> = cells()
        .filter_map(|(column, cell)| value(&place, &names.join(JOINT), column, cell))
        .collect();
    if !values.is_empty() {
        return values;
    }
    let key = names.first().cloned().unwrap_or_default();
    let only = names.len() == 1;
    cells()
        .filter_map(|(column, cell)| Some((column, name(cell)?)))
        .skip(usize::from(!only))
        .map(|(column, text)| Record {
            key: key.clone(),
            measure: column.id.clone(),
            text,
            ..place.clone()
        })
        .collect()
}

fn name(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) if !text.is_empty() => Some(text.clone()),
        Cell::Number(value) => Some(value.to_string()),
        _ => None,
    }
}

fn value(place: &Record, key: &str, column: &Column, cell: &Cell) -> Option<Record> {
    let (value, unit, text) = match (cell, column.kind) {
        (Cell::Measure(value, unit), _) => (finite(*value), &unit.name, ""),
        (Cell::Number(value), Kind::Number { .. }) => (finite(*value), &column.unit, ""),
        (Cell::Text(text), Kind::Number { .. }) => (String::new(), &column.unit, text.as_str()),
        _ => return None,
    };
    Some(Record {
        key: key.to_owned(),
        measure: column.id.clone(),
        value,
        unit: unit.clone(),
        text: text.to_owned(),
        ..place.clone()
    })
}

/// The shortest text that reads back as the same number; empty for what is no number.
fn finite(value: f64) -> String {
    if value.is_finite() {
        value.to_string()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::lang::Lang;

    fn records(document: &Document) -> Vec<csv::StringRecord> {
        let text = render(document).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap(), HEADER.as_slice());
        reader.records().map(|record| record.unwrap()).collect()
    }

    #[test]
    fn snapshots() {
        for (name, lang) in [("en", Lang::En), ("ko", Lang::Ko)] {
            insta::assert_snapshot!(name, render(&samples::hub(lang)).unwrap());
        }
    }

    #[test]
    fn numbers_read_back_unrounded() {
        let number = 0.1 + 0.2;
        let table = Table {
            columns: vec![Column::text("a", "A"), Column::number("n", "N", "%", 0)],
            rows: vec![
                Row::new(vec!["x, \"y\"\nz".into(), number.into()]),
                Row::total(vec!["sum".into(), f64::NAN.into()]),
            ],
        };
        let mut document = Document::default();
        document.section("s", "", vec![Block::Table(table)]);
        let records = records(&document);
        assert_eq!(records[0][4].parse::<f64>().unwrap(), number);
        assert_eq!(&records[0][2], "x, \"y\"\nz");
        assert_eq!((&records[1][4], &records[1][6]), ("", "true"));
    }

    #[test]
    fn every_cell_of_a_table_without_numbers_is_kept() {
        let table = Table {
            columns: vec![
                Column::text("code", "Code"),
                Column::text("ko", "Korean"),
                Column::text("en", "English"),
            ],
            rows: vec![Row::new(vec!["01".into(), "작물".into(), "Crops".into()])],
        };
        let mut document = Document::default();
        document.section("sectors", "", vec![Block::Table(table)]);
        let records = records(&document);
        assert_eq!(records.len(), 2);
        assert_eq!(
            records[0],
            ["sectors", "1", "01", "ko", "", "", "false", "작물"][..]
        );
        assert_eq!(&records[1][7], "Crops");
    }
}
