//! Delimited text, and JSON rows as open interfaces give them.

use super::number::{self, Style};
use super::{Cell, Filling, Sheet};
use crate::files;
use crate::lang::{Text, said};

/// How many rows tell what stands between the cells.
const TOLD_BY: usize = 200;

/// The one sheet of a text.
pub(super) fn sheets(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Text> {
    let text = files::text(bytes)?;
    if text.trim_start().starts_with(['{', '[']) {
        return json(file, &text);
    }
    let delimiter = delimiter(&text);
    let (mut rows, mut lines) = (Vec::new(), Vec::new());
    let mut filling = Filling::default();
    let mut reader = reader(&text, delimiter);
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return Err(unreadable(&error)),
        }
        // Counted back from its end: empty lines before a record are no part of it.
        let end = reader.position();
        let within: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        let at = (end.byte() as usize).checked_sub(1);
        let ended = at.and_then(|at| text.as_bytes().get(at)) == Some(&b'\n');
        let line = (end.line() as usize).saturating_sub(within + usize::from(ended));
        let row = lines.len();
        lines.push(line);
        for (column, cell) in record.iter().enumerate() {
            if !cell.trim().is_empty() {
                filling.put(&mut rows, row, column, Cell::Text(cell.into()))?;
            }
        }
    }
    let texts = rows.iter().flatten().filter_map(|cell| match cell {
        Cell::Text(text) => Some(&**text),
        _ => None,
    });
    // Where commas part the cells, those inside of a cell part thousands.
    let style = match delimiter {
        b',' => Style::Point,
        _ => number::style(texts),
    };
    Ok(vec![Sheet {
        lines,
        style,
        ..Sheet::of_rows(file, None, rows)
    }])
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// What stands between the cells: that by which most rows fall into the same number of cells, more than one.
fn delimiter(text: &str) -> u8 {
    let mut best = (b',', 0);
    for delimiter in [b'\t', b';', b','] {
        let mut widths = Vec::new();
        for record in reader(text, delimiter).into_records().take(TOLD_BY) {
            widths.push(record.map_or(0, |record| record.len()));
        }
        widths.sort_unstable();
        let alike = widths.chunk_by(|a, b| a == b);
        let most = alike
            .filter(|rows| rows.first().is_some_and(|width| *width > 1))
            .map(<[usize]>::len)
            .max();
        if let Some(rows) = most.filter(|rows| *rows > best.1) {
            best = (delimiter, rows);
        }
    }
    best.0
}

/// The rows of a JSON answer: the first list of objects in it, a column for each key.
fn json(file: &str, text: &str) -> Result<Vec<Sheet>, Text> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| {
        said!(
            "the text begins as JSON and is not: {error}",
            "JSON으로 시작하지만 JSON이 아닙니다: {error}"
        )
    })?;
    let objects = list(&value).ok_or_else(|| {
        said!(
            "the JSON holds no list of rows with values",
            "JSON에 값이 든 행의 목록이 없습니다"
        )
    })?;
    let mut keys: Vec<&str> = Vec::new();
    let (mut rows, mut filling) = (vec![Vec::new()], Filling::default());
    for (at, object) in objects.iter().enumerate() {
        for (key, value) in object.as_object().into_iter().flatten() {
            let column = match keys.iter().position(|known| known == key) {
                Some(column) => column,
                None => {
                    let title = Cell::Text(key.as_str().into());
                    filling.put(&mut rows, 0, keys.len(), title)?;
                    keys.push(key);
                    keys.len() - 1
                }
            };
            let cell = match value {
                serde_json::Value::String(text) => Cell::Text(text.as_str().into()),
                serde_json::Value::Number(number) => match number.as_f64() {
                    Some(number) => Cell::Number(number),
                    None => Cell::Empty,
                },
                _ => Cell::Empty,
            };
            filling.put(&mut rows, at + 1, column, cell)?;
        }
    }
    Ok(vec![Sheet::of_rows(file, None, rows)])
}

/// The first list of objects in a value.
fn list(value: &serde_json::Value) -> Option<&Vec<serde_json::Value>> {
    match value {
        serde_json::Value::Array(rows) if rows.iter().any(serde_json::Value::is_object) => {
            Some(rows)
        }
        serde_json::Value::Object(members) => members.values().find_map(list),
        _ => None,
    }
}

fn unreadable(error: &csv::Error) -> Text {
    said!(
        "the text cannot be read as rows: {error}",
        "텍스트를 행으로 읽을 수 없습니다: {error}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        let mut sheets = sheets("x.csv", text.as_bytes()).expect("a text");
        sheets.remove(0)
    }

    #[test]
    fn what_stands_between_the_cells_is_told_by_the_rows() {
        for text in [
            "title\n,a,b\na,\"1,000\",2\nb,3,4\n",
            "title, long; and so\n;a;b\na;1,5;2,25\nb;3;4\n",
            "title\n\ta\tb\na\t1,000\t2\nb\t3\t4\n",
        ] {
            let sheet = sheet(text);
            assert_eq!(sheet.text(1, 2), "b", "{text}");
            assert_eq!(sheet.number(3, 2).ok(), Some(Some(4.0)), "{text}");
        }
        let commas = sheet("x;a;b\na;1,5;2,25\nb;3;4\n");
        assert_eq!(commas.number(1, 2).ok(), Some(Some(2.25)));
        let thousands = sheet(",a,b\na,\"1,000\",2\n");
        assert_eq!(thousands.number(1, 1).ok(), Some(Some(1_000.0)));
    }

    #[test]
    fn a_cell_is_said_with_its_line_even_behind_names_of_two_lines() {
        let sheet = sheet("x,\"two\nlines\",b\n\na,1,oops\n");
        assert_eq!(sheet.label(0, 1), "two lines");
        let error = sheet.number(1, 2).expect_err("no number").to_string();
        assert!(error.starts_with("x.csv:4: column 3: 'oops'"), "{error}");
    }

    #[test]
    fn rows_of_an_open_interface_are_a_sheet() {
        let sheet =
            sheet(r#"{"S":{"n":2,"row":[{"A":"01","V":"1.5"},{"V":2,"B":null,"A":"02"}]}}"#);
        assert_eq!([sheet.text(0, 0), sheet.text(0, 1)], ["A", "V"]);
        assert_eq!(sheet.text(1, 0), "01");
        assert_eq!(sheet.number(2, 1).ok(), Some(Some(2.0)));
        for wrong in ["{", "{\"a\":1}", "[1,2]"] {
            assert!(
                super::sheets("x.json", wrong.as_bytes()).is_err(),
                "{wrong}"
            );
        }
    }
}
