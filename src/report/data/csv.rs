//! Rows as CSV: UTF-8, a header, numbers unrounded with a point for decimals.

use super::{COLUMNS, Cell, Data};
use crate::error::{Error, Result};
use std::borrow::Cow;
use std::io::Write;

/// Writes the rows of a result.
///
/// With `safe`, a text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a
/// tab or a line end) stands behind an apostrophe; see docs/limits.md.
///
/// # Errors
/// What the writer refuses.
pub fn write<D: Data + ?Sized>(data: &D, to: impl Write, safe: bool) -> Result<()> {
    let mut writer = csv::Writer::from_writer(to);
    let parameters = data.parameters();
    let header = COLUMNS
        .into_iter()
        .chain(parameters.iter().map(String::as_str));
    writer.write_record(header).map_err(failed)?;
    data.rows(&mut |row| {
        for cell in row.cells() {
            let field = field(cell, safe);
            writer.write_field(field.as_bytes()).map_err(failed)?;
        }
        writer.write_record(None::<&[u8]>).map_err(failed)
    })?;
    writer.flush().map_err(|e| failed(e.into()))
}

/// The one place where the text of a field is decided.
fn field(cell: Cell<'_>, safe: bool) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) if safe && text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) => {
            Cow::Owned(format!("'{text}"))
        }
        Cell::Text(text) => Cow::Borrowed(text),
        Cell::Whole(None) => Cow::Borrowed(""),
        Cell::Whole(Some(number)) => Cow::Owned(number.to_string()),
        Cell::Number(value) if value.is_finite() => Cow::Owned(value.to_string()),
        // What is no number has no value.
        Cell::Number(_) => Cow::Borrowed(""),
    }
}

fn failed(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(source) => Error::Io {
            action: "write",
            path: "CSV".into(),
            source,
        },
        other => Error::unwritable("CSV", format!("{other:?}")),
    }
}
