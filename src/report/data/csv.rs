//! Rows as CSV: UTF-8, a header, numbers unrounded with a point for decimals.

use super::{COLUMNS, Cell, Data};
use crate::error::{Error, Result};
use std::borrow::Cow;
use std::io::Write;

/// Writes the rows of a result.
///
/// # Errors
/// What the writer refuses.
pub fn write<D: Data + ?Sized>(data: &D, to: impl Write) -> Result<()> {
    let mut writer = csv::Writer::from_writer(to);
    let parameters = data.parameters();
    let header = COLUMNS
        .into_iter()
        .chain(parameters.iter().map(String::as_str));
    writer.write_record(header).map_err(failed)?;
    data.rows(&mut |row| {
        for cell in row.cells() {
            writer.write_field(field(cell).as_bytes()).map_err(failed)?;
        }
        writer.write_record(None::<&[u8]>).map_err(failed)
    })?;
    writer.flush().map_err(failed)
}

/// The one place where the text of a field is decided.
fn field(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) => Cow::Borrowed(text),
        Cell::Whole(None) => Cow::Borrowed(""),
        Cell::Whole(Some(number)) => Cow::Owned(number.to_string()),
        Cell::Number(value) if value.is_finite() => Cow::Owned(value.to_string()),
        // What is no number has no value.
        Cell::Number(_) => Cow::Borrowed(""),
    }
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::invalid(format!("cannot write CSV: {error}"))
}
