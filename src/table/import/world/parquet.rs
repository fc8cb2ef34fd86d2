//! Figures with labels as pandas writes them to Parquet: a column of figures for each column, named by its labels
//! (`('reg1', 'food')`), and columns of texts that are the labels of the rows; which are, the key `pandas` of the file says.
//!
//! Source: pandas' documentation, "Developer: storing pandas DataFrame objects in Apache Parquet format"; as pymrio 0.7
//! saves with `save_all(path, table_format="parquet")`.

use super::cells::Cells;
use super::labelled::Labelled;
use crate::error::{Error, Place, Result};
use crate::files;
use crate::lang::{Text, said};
use crate::memory;
use parquet::basic::Type;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::fs::File;
use std::path::Path;

/// So many figures are read at a time.
const AT_ONCE: usize = 1 << 16;

/// The columns of a file.
struct Columns {
    place: String,
    from: SerializedFileReader<File>,
    names: Vec<String>,
    types: Vec<Type>,
    height: usize,
}

impl Columns {
    fn open(path: &Path) -> Result<Self> {
        let place = path.display().to_string();
        let damaged = |error: &dyn std::fmt::Display| damaged(&place, error);
        let opened = files::open(path, files::LONGEST_MATRIX)?;
        let (file, _) = opened.ok_or_else(|| damaged(&"there is no such file"))?;
        let from = SerializedFileReader::new(file).map_err(|e| damaged(&e))?;
        let about = from.metadata().file_metadata();
        let columns = about.schema_descr().columns();
        let height = usize::try_from(about.num_rows()).map_err(|e| damaged(&e))?;
        let names = columns.iter().map(|column| column.path().string());
        let is_flat = columns
            .iter()
            .all(|c| c.max_rep_level() == 0 && c.max_def_level() <= 1);
        if !is_flat {
            return Err(damaged(&"columns of lists"));
        }
        // What the file says of its size is asked for before it is taken.
        let cells = (height as u64).saturating_mul(columns.len() as u64);
        memory::check_reading(cells.saturating_mul(8), &place)?;
        Ok(Columns {
            names: names.collect(),
            types: columns
                .iter()
                .map(|column| column.physical_type())
                .collect(),
            height,
            from,
            place,
        })
    }

    /// The names of the columns of labels, in their order.
    fn labels(&self) -> Vec<String> {
        let about = self.from.metadata().file_metadata();
        let keys = about.key_value_metadata();
        let said = keys.and_then(|keys| keys.iter().find(|key| key.key == "pandas"));
        let said = said.and_then(|key| serde_json::from_str(key.value.as_deref()?).ok());
        let said: serde_json::Value = said.unwrap_or_default();
        let names = said["index_columns"].as_array();
        let names: Vec<String> = names
            .into_iter()
            .flatten()
            .filter_map(|name| Some(name.as_str()?.to_owned()))
            .collect();
        match names.is_empty() {
            false => names,
            // Without it those of texts.
            true => {
                let all = self.names.iter().zip(&self.types);
                let texts = all.filter(|(_, kind)| **kind == Type::BYTE_ARRAY);
                texts.map(|(name, _)| name.clone()).collect()
            }
        }
    }

    fn at(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    /// Hands on the values of a column with their rows.
    fn each(&self, column: usize, mut work: impl FnMut(usize, Value<'_>)) -> Result<()> {
        let damaged = |error: &dyn std::fmt::Display| damaged(&self.place, error);
        let mut row = 0;
        for group in 0..self.from.num_row_groups() {
            let group = self.from.get_row_group(group).map_err(|e| damaged(&e))?;
            let column = group.get_column_reader(column).map_err(|e| damaged(&e))?;
            let mut put = |value: Value<'_>| {
                work(row, value);
                row += 1;
            };
            let read = match column {
                ColumnReader::DoubleColumnReader(r) => values(r, self.height, |v| {
                    put(v.map_or(Value::Nothing, |v| Value::Figure(*v)))
                }),
                ColumnReader::FloatColumnReader(r) => values(r, self.height, |v| {
                    put(v.map_or(Value::Nothing, |v| Value::Figure(f64::from(*v))));
                }),
                ColumnReader::Int64ColumnReader(r) => values(r, self.height, |v| {
                    put(v.map_or(Value::Nothing, |v| Value::Figure(*v as f64)));
                }),
                ColumnReader::Int32ColumnReader(r) => values(r, self.height, |v| {
                    put(v.map_or(Value::Nothing, |v| Value::Figure(f64::from(*v))));
                }),
                ColumnReader::ByteArrayColumnReader(r) => values(r, self.height, |v| {
                    let text = v.and_then(|v| std::str::from_utf8(v.data()).ok());
                    put(text.map_or(Value::Nothing, Value::Text));
                }),
                _ => {
                    let name = &self.names[0];
                    return Err(damaged(&format!("{name}: neither figures nor texts")));
                }
            };
            read.map_err(|e| damaged(&e))?;
        }
        match row == self.height {
            true => Ok(()),
            false => Err(damaged(&format!("{row} values in {} rows", self.height))),
        }
    }

    fn texts(&self, column: usize) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        self.each(column, |_, value| {
            texts.push(match value {
                Value::Text(text) => text.trim().to_owned(),
                Value::Figure(figure) => figure.to_string(),
                Value::Nothing => String::new(),
            });
        })?;
        Ok(texts)
    }
}

/// What stands in a column.
enum Value<'a> {
    Nothing,
    Figure(f64),
    Text(&'a str),
}

/// Hands on the values of a column of one group of rows, no more than `most`; none where there is nothing.
fn values<T: DataType>(
    mut from: ColumnReaderImpl<T>,
    most: usize,
    mut put: impl FnMut(Option<&T::T>),
) -> parquet::errors::Result<()> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    let mut all = 0;
    loop {
        levels.clear();
        values.clear();
        let (rows, given, _) = from.read_records(AT_ONCE, Some(&mut levels), None, &mut values)?;
        all += rows;
        if rows == 0 || all > most {
            return Ok(());
        }
        if levels.is_empty() {
            values.iter().take(given).for_each(|value| put(Some(value)));
            continue;
        }
        let mut there = values.iter();
        for level in &levels {
            put(if *level > 0 { there.next() } else { None });
        }
    }
}

fn damaged(place: &str, error: &dyn std::fmt::Display) -> Error {
    Error::at(
        Place::file(place),
        said!(
            "it is no Parquet file as pandas writes a table ({error}): save it again",
            "pandas가 저장한 Parquet 표가 아닙니다({error}). 다시 저장하십시오"
        ),
    )
}

/// The labels of a column: those of "('reg1', 'food')", as Python writes a tuple, or its name.
fn labels_of(name: &str) -> Vec<String> {
    let inside = name
        .strip_prefix('(')
        .and_then(|name| name.strip_suffix(')'));
    let Some(inside) = inside else {
        return vec![name.to_owned()];
    };
    let (mut labels, mut label) = (Vec::new(), String::new());
    let (mut quote, mut letters) = (None, inside.chars());
    while let Some(c) = letters.next() {
        match (quote, c) {
            (Some(_), '\\') => label.extend(letters.next().map(|c| if c == 'n' { ' ' } else { c })),
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => label.push(c),
            (None, '\'' | '"') => quote = Some(c),
            (None, ',') => labels.push(std::mem::take(&mut label)),
            (None, ' ') => {}
            (None, c) => label.push(c),
        }
    }
    // A tuple of one ends with a comma.
    if !label.is_empty() || !inside.trim_end().ends_with(',') {
        labels.push(label);
    }
    labels
}

/// Figures with the labels of their rows and columns.
///
/// # Errors
/// What is no such file; a column that holds no figures; what is not finite; one that does not fit into memory.
pub(super) fn labelled(path: &Path) -> Result<Labelled> {
    let columns = Columns::open(path)?;
    let of_rows = columns.labels();
    let mut rows = vec![Vec::new(); columns.height];
    for name in &of_rows {
        let Some(at) = columns.at(name) else {
            return Err(damaged(
                &columns.place,
                &format!("there is no column {name}"),
            ));
        };
        for (row, text) in rows.iter_mut().zip(columns.texts(at)?) {
            row.push(text);
        }
    }
    let figures = (0..columns.names.len()).filter(|at| !of_rows.contains(&columns.names[*at]));
    let figures: Vec<usize> = figures.collect();
    let width = figures.len();
    let mut values = vec![0.0; width * columns.height];
    for (column, at) in figures.iter().enumerate() {
        let mut wrong = false;
        columns.each(*at, |row, value| match value {
            Value::Figure(figure) if figure.is_finite() && row < columns.height => {
                values[row * width + column] = figure;
            }
            Value::Nothing => {}
            _ => wrong = true,
        })?;
        if wrong {
            let (place, name) = (&columns.place, &columns.names[*at]);
            return Err(Error::at(
                Place::file(place),
                said!(
                    "column {name} holds what is not a finite number",
                    "{name} 열에 유한한 수가 아닌 값이 있습니다"
                ),
            ));
        }
    }
    let names = figures.iter().map(|at| labels_of(&columns.names[*at]));
    Ok(Labelled {
        columns: names.collect(),
        cells: Cells::new(width, values),
        rows,
    })
}

/// What stands in the column that is no label, by the first label of its row.
///
/// # Errors
/// As [`labelled`].
pub(super) fn pairs(path: &Path) -> Result<Vec<(String, String)>> {
    let columns = Columns::open(path)?;
    let of_rows = columns.labels();
    let value = (0..columns.names.len()).find(|at| !of_rows.contains(&columns.names[*at]));
    let first = of_rows.first().and_then(|name| columns.at(name));
    let (Some(first), Some(value)) = (first, value) else {
        return Ok(Vec::new());
    };
    let pairs = columns.texts(first)?.into_iter().zip(columns.texts(value)?);
    Ok(pairs.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_those_of_a_tuple_as_python_writes_it() {
        for (name, labels) in [
            ("('reg1', 'food')", vec!["reg1", "food"]),
            (
                r#"('KOR', "Farmers' markets, others")"#,
                vec!["KOR", "Farmers' markets, others"],
            ),
            (r"('a\'b', 'c\\d')", vec!["a'b", r"c\d"]),
            ("('a', 1)", vec!["a", "1"]),
            ("('a', '')", vec!["a", ""]),
            ("('a',)", vec!["a"]),
            ("indout", vec!["indout"]),
        ] {
            assert_eq!(labels_of(name), labels, "{name}");
        }
    }
}
