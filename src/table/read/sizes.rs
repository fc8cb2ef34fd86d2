//! Sizes of regions: `region,code,<measure>`.

use super::native::grid as csv;
use crate::error::{Error, Place, Result};
use crate::lang::{excerpt, said};

/// A line of the file.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) region: String,
    /// One code, or several with + between them.
    pub(crate) codes: String,
    pub(crate) value: f64,
}

/// The name of the measure, and the lines of the file.
///
/// # Errors
/// Another header; a figure that is no number; no lines.
pub(crate) fn read(file: &str, text: &str) -> Result<(String, Vec<Row>)> {
    let mut reader = csv::csv_reader(text);
    let header = csv::header(&mut reader, file, text)?;
    let first = |k: usize| header.get(k).map(|h| h.to_lowercase());
    let named = first(0).is_some_and(|h| h == "region") && first(1).is_some_and(|h| h == "code");
    let measure = header.get(2).map(|h| h.trim()).unwrap_or_default();
    if !named || measure.is_empty() || header.len() != 3 {
        return Err(Error::at(
            Place::file(file).line(1),
            said!(
                "the header must be region,code,jobs (or output, value_added); it is {header}",
                "머리글은 region,code,jobs(또는 output, value_added)여야 합니다. 머리글: {header}",
                header = excerpt(&header.join(","))
            ),
        ));
    }
    let rows = reader.records().map(|record| {
        let record = record.map_err(|e| csv::csv_error(file, text, &e))?;
        let line = csv::line_of(text, &record);
        let value = csv::number(record[2].trim())
            .map_err(|message| Error::at(Place::file(file).line(line).field(measure), message))?;
        Ok(Row {
            line,
            region: record[0].trim().to_owned(),
            codes: record[1].trim().to_owned(),
            value,
        })
    });
    let rows: Vec<Row> = rows.collect::<Result<_>>()?;
    if rows.is_empty() {
        return Err(Error::at(
            Place::file(file),
            said!("there are no rows", "행이 없습니다"),
        ));
    }
    Ok((measure.to_owned(), rows))
}
