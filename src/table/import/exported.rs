//! The project's own workbook, as `leontief export` writes it: a sheet for each block of figures, and the texts of
//! the folder line by line, so that it is read back as the folder that it is made of.

use super::sheets::{Cell, Sheet};
use crate::error::Result;
use crate::table::read::native::Folder;
use std::borrow::Cow;
use std::fmt::Write;

/// The sheets of a workbook as the files of a folder.
pub(super) struct Workbook<'s>(&'s [Sheet]);

impl<'s> Workbook<'s> {
    /// The sheets as a folder, where they are one.
    pub(super) fn of(sheets: &'s [Sheet]) -> Option<Self> {
        let workbook = Workbook(sheets);
        let texts = ["table.toml", "sectors.csv"];
        let all = texts.iter().all(|name| workbook.named(name).is_some());
        all.then_some(workbook)
    }

    fn named(&self, name: &str) -> Option<&'s Sheet> {
        self.0.iter().find(|sheet| sheet.name() == name)
    }
}

impl Folder for Workbook<'_> {
    fn place(&self, file: &str) -> String {
        let name = self.0.first().map_or("", Sheet::file);
        format!("{name}: {}", file.strip_suffix(".csv").unwrap_or(file))
    }

    fn file(&self, name: &str) -> Result<Option<Cow<'_, str>>> {
        if let Some(sheet) = self.named(name) {
            let mut text = String::new();
            for row in 0..sheet.height() {
                if let Cell::Text(line) = sheet.cell(row, 0) {
                    text.push_str(line);
                }
                text.push('\n');
            }
            return Ok(Some(text.into()));
        }
        let figures = name.strip_suffix(".csv").and_then(|name| self.named(name));
        figures.map(|sheet| Ok(grid(sheet)?.into())).transpose()
    }
}

/// Codes above and beside figures; names, which stand between, are in the texts.
fn grid(sheet: &Sheet) -> Result<String> {
    let mut text = sheet.label(0, 0);
    let columns = 2..sheet.width(0);
    for column in columns.clone() {
        push(&mut text, &sheet.label(0, column));
    }
    text.push('\n');
    for row in 2..sheet.height() {
        text.push_str(&quoted(&sheet.label(row, 0)));
        for column in columns.clone() {
            match sheet.number(row, column)? {
                Some(number) => {
                    // Writing to a text cannot fail.
                    let _ = write!(text, ",{number}");
                }
                None => text.push(','),
            }
        }
        text.push('\n');
    }
    Ok(text)
}

fn push(line: &mut String, field: &str) {
    line.push(',');
    line.push_str(&quoted(field));
}

/// A code with a comma or a quotation mark, as CSV has it.
fn quoted(field: &str) -> Cow<'_, str> {
    match field.contains([',', '"']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")).into(),
        false => field.into(),
    }
}
