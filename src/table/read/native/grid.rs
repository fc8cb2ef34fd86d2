//! A CSV file of numbers whose rows and columns have codes.

use crate::error::{Error, Place, Result};
use crate::lang::{Text, excerpt, said};
use nalgebra::DMatrix;
use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::ops::Index;

/// A CSV file of texts, its columns picked by header.
pub(crate) struct Records {
    pub(super) place: String,
    pub(crate) rows: Vec<(usize, Vec<String>)>,
}

impl Records {
    pub(crate) fn parse(place: String, text: &str, columns: &[&str]) -> Result<Self> {
        let mut rows = Vec::new();
        Self::each(&place, text, columns, |line, record| {
            let fields = (0..columns.len()).map(|k| record[k].to_owned());
            rows.push((line, fields.collect()));
            Ok(())
        })?;
        Ok(Records { place, rows })
    }

    /// Hands on every row with its line; none is kept.
    pub(super) fn each(
        place: &str,
        text: &str,
        columns: &[&str],
        mut take: impl FnMut(usize, Fields<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut reader = csv_reader(text);
        let header = header(&mut reader, place, text)?;
        let positions = columns
            .iter()
            .map(|c| {
                header.iter().position(|h| h == c).ok_or_else(|| {
                    Error::at(
                        Place::file(place).line(1),
                        said!(
                            "there is no column '{c}'; the header is {header}",
                            "'{c}' 열이 없습니다. 머리글: {header}",
                            header = excerpt(&header.join(","))
                        ),
                    )
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let mut record = csv::StringRecord::new();
        while reader
            .read_record(&mut record)
            .map_err(|e| csv_error(place, text, &e))?
        {
            let fields = Fields {
                record: &record,
                positions: &positions,
            };
            take(line_of(text, &record), fields)?;
        }
        Ok(())
    }
}

/// One row of a CSV file; its fields are numbered as the columns that were asked for.
pub(super) struct Fields<'a> {
    record: &'a csv::StringRecord,
    positions: &'a [usize],
}

impl Index<usize> for Fields<'_> {
    type Output = str;

    fn index(&self, column: usize) -> &str {
        &self.record[self.positions[column]]
    }
}

/// A CSV file of numbers with row codes in its first column and column codes in its header.
pub(crate) struct Grid {
    pub(super) place: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<(usize, String, Vec<f64>)>,
}

impl Grid {
    pub(crate) fn parse(place: String, text: &str) -> Result<Self> {
        let mut reader = csv_reader(text);
        let mut columns = header(&mut reader, &place, text)?;
        columns.remove(0);
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| csv_error(&place, text, &e))?;
            let line = line_of(text, &record);
            let values = record
                .iter()
                .skip(1)
                .zip(&columns)
                .map(|(text, column)| {
                    number(text)
                        .map_err(|e| Error::at(Place::file(&place).line(line).field(column), e))
                })
                .collect::<Result<Vec<_>>>()?;
            rows.push((line, record[0].trim().to_owned(), values));
        }
        Ok(Grid {
            place,
            columns,
            rows,
        })
    }

    /// Its rows in the order of the file: line, code, figures.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (usize, &str, &[f64])> {
        self.rows
            .iter()
            .map(|(line, code, values)| (*line, code.as_str(), values.as_slice()))
    }

    /// The codes of its columns.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The figures in the order of the codes asked for, each of which must stand there once.
    pub(crate) fn matrix(&self, rows: &[String], columns: &[String]) -> Result<DMatrix<f64>> {
        let there = self.columns.iter().map(|c| (1, c));
        let column_at = positions(&self.place, "column", columns, there)?;
        let there = self.rows.iter().map(|(line, code, _)| (*line, code));
        let row_at = positions(&self.place, "row", rows, there)?;
        Ok(DMatrix::from_fn(rows.len(), columns.len(), |i, j| {
            self.rows[row_at[i]].2[column_at[j]]
        }))
    }
}

/// Where each code that is wanted stands among those that are there, given with their lines.
pub(super) fn positions<'a>(
    file: &str,
    what: &str,
    wanted: &[String],
    there: impl Iterator<Item = (usize, &'a String)>,
) -> Result<Vec<usize>> {
    let known: HashSet<&str> = wanted.iter().map(String::as_str).collect();
    let mut at: HashMap<&str, usize> = HashMap::with_capacity(wanted.len());
    for (position, (line, code)) in there.enumerate() {
        let place = || Place::file(file).line(line);
        if !known.contains(code.as_str()) {
            return Err(Error::at(
                place(),
                unknown(what, code, said!("is not known", "은(는) 분류에 없습니다")),
            ));
        }
        if at.insert(code, position).is_some() {
            return Err(Error::at(
                place(),
                unknown(what, code, said!("stands twice", "이(가) 두 번 나옵니다")),
            ));
        }
    }
    wanted
        .iter()
        .map(|code| {
            at.get(code.as_str()).copied().ok_or_else(|| {
                Error::at(
                    Place::file(file),
                    unknown(what, code, said!("is missing", "이(가) 없습니다")),
                )
            })
        })
        .collect()
}

/// What is wrong with the code of a row or a column.
pub(super) fn unknown(what: &str, code: &str, Text { en, ko }: Text) -> Text {
    let code = excerpt(code);
    match what {
        "row" => said!("row '{code}' {en}", "행 '{code}'{ko}"),
        _ => said!("{what} '{code}' {en}", "열 '{code}'{ko}"),
    }
}

pub(in crate::table::read) fn csv_reader(text: &str) -> csv::Reader<impl Read> {
    // A remark that no line end follows would be taken for a row.
    let text = without_mark(text).as_bytes().chain(&b"\n"[..]);
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text)
}

/// A byte order mark, as spreadsheets write it, is not part of the first header.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

pub(in crate::table::read) fn header(
    reader: &mut csv::Reader<impl Read>,
    place: &str,
    text: &str,
) -> Result<Vec<String>> {
    let header = reader.headers().map_err(|e| csv_error(place, text, &e))?;
    if header.is_empty() {
        return Err(Error::at(
            Place::file(place),
            said!("the file is empty", "파일이 비어 있습니다"),
        ));
    }
    Ok(header.iter().map(|h| h.trim().to_owned()).collect())
}

/// The line that a record of a text begins on.
pub(in crate::table::read) fn line_of(text: &str, record: &csv::StringRecord) -> usize {
    record.position().map_or(0, |p| line_at(text, p))
}

/// The line of the row with a code in a text of numbers; the numbers are not read.
pub(super) fn line_of_code(text: &str, code: &str) -> Option<usize> {
    let mut reader = csv_reader(text);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).ok()? {
        if record[0].trim() == code {
            return Some(line_of(text, &record));
        }
    }
    None
}

/// The line of a position of the reader, which stands where the record before ended: line ends, empty
/// lines and remarks may lie between.
fn line_at(text: &str, position: &csv::Position) -> usize {
    let mut line = position.line() as usize;
    let bytes = without_mark(text).as_bytes();
    let mut rest = bytes.get(position.byte() as usize..).unwrap_or_default();
    loop {
        match rest {
            [b'\n', after @ ..] => {
                line += 1;
                rest = after;
            }
            [b'\r', after @ ..] => rest = after,
            [b'#', ..] => {
                let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                rest = &rest[end..];
            }
            _ => return line,
        }
    }
}

pub(in crate::table::read) fn csv_error(place: &str, text: &str, error: &csv::Error) -> Error {
    let mut at = Place::file(place);
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            pos,
            expected_len,
            len,
        } => {
            if let Some(pos) = pos {
                at = at.line(line_at(text, pos));
            }
            fields_missing(*len as usize, *expected_len as usize)
        }
        _ => said!("{error}", "CSV로 읽을 수 없습니다: {error}"),
    };
    Error::at(at, message)
}

/// That a line has not the fields of the header.
pub(super) fn fields_missing(there: usize, expected: usize) -> Text {
    said!(
        "{there} fields where the header has {expected}",
        "칸이 {there}개이나 머리글은 {expected}개입니다"
    )
}

/// A finite number; thousands separators are refused, as they would shift columns unseen.
pub(in crate::table::read) fn number(text: &str) -> std::result::Result<f64, Text> {
    let shown = || excerpt(text);
    match text.trim().parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        Ok(_) => Err(said!(
            "'{shown}' is not a finite number",
            "'{shown}'은(는) 유한한 수가 아닙니다",
            shown = shown()
        )),
        Err(_) if text.trim().is_empty() => Err(said!(
            "the cell is empty; write 0",
            "빈 칸입니다. 0을 쓰십시오"
        )),
        Err(_) => Err(said!(
            "'{shown}' is not a number",
            "'{shown}'은(는) 숫자가 아닙니다",
            shown = shown()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_counted_past_remarks_empty_lines_and_line_ends_of_windows() {
        let text = "# a remark\r\ncode,a\r\n\r\n# another\r\nx,1\r\ny,2,3\r\n";
        assert_eq!(line_of_code(text, "x"), Some(5));
        let error = Grid::parse("f.csv".to_owned(), text)
            .err()
            .expect("refused");
        assert!(error.to_string().contains("f.csv:6: 3 fields"), "{error}");
    }
}
