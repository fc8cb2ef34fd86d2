//! Figures with labels as pandas writes them to Parquet: a column of figures for each column, named by its labels
//! (`('reg1', 'food')`), and columns of texts that are the labels of the rows; which are, the key `pandas` of the file says.
//!
//! Source: pandas' documentation, "Developer: storing pandas DataFrame objects in Apache Parquet format"; as pymrio 0.7
//! saves with `save_all(path, table_format="parquet")`.

use super::cells::Cells;
use super::labelled::Labelled;
use crate::error::{Error, Place, Result};
use crate::files;
use crate::lang::said;
use crate::memory;
use parquet::basic::{Encoding, Type};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, RowGroupMetaData};
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
        let (file, length) = opened.ok_or_else(|| damaged(&"there is no such file"))?;
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
        // Whoever reads a column takes its place in the file for granted.
        let is_within = |column: &ColumnChunkMetaData| {
            let offset = column.dictionary_page_offset();
            let starts = [column.data_page_offset(), offset.unwrap_or(0)];
            let size = column.compressed_size();
            let end = |start: i64| {
                start
                    .checked_add(size)
                    .and_then(|end| u64::try_from(end).ok())
            };
            starts.iter().all(|start| *start >= 0)
                && size >= 0
                && end(starts[0]).is_some_and(|end| end <= length + size as u64)
        };
        let groups = from.metadata().row_groups();
        if !groups
            .iter()
            .flat_map(RowGroupMetaData::columns)
            .all(is_within)
        {
            return Err(damaged(&"columns beyond its end"));
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
            let pages = group
                .get_column_page_reader(column)
                .map_err(|e| damaged(&e))?;
            let about = self.from.metadata().file_metadata().schema_descr();
            let pages = Pages {
                from: pages,
                has_dictionary: false,
            };
            let column = get_column_reader(about.column(column), Box::new(pages));
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

/// The pages of a column. Who decodes them takes for granted that a dictionary came before what refers to it.
struct Pages {
    from: Box<dyn PageReader>,
    has_dictionary: bool,
}

impl Iterator for Pages {
    type Item = parquet::errors::Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> parquet::errors::Result<Option<Page>> {
        let page = self.from.get_next_page()?;
        let refers = matches!(
            page.as_ref().map(Page::encoding),
            Some(Encoding::PLAIN_DICTIONARY | Encoding::RLE_DICTIONARY)
        );
        match &page {
            Some(Page::DictionaryPage { .. }) => self.has_dictionary = true,
            Some(_) if refers && !self.has_dictionary => {
                return Err(ParquetError::General("no dictionary".to_owned()));
            }
            _ => {}
        }
        Ok(page)
    }

    fn peek_next_page(&mut self) -> parquet::errors::Result<Option<PageMetadata>> {
        self.from.peek_next_page()
    }

    fn skip_next_page(&mut self) -> parquet::errors::Result<()> {
        self.from.skip_next_page()
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

    use parquet::basic::{Compression, LogicalType, Repetition};
    use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
    use parquet::file::metadata::KeyValue;
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::types::Type as Schema;
    use std::sync::Arc;

    /// What stands in a column: figures, whole ones, or labels.
    enum Filled {
        Figures(Vec<f64>),
        Whole(Vec<i64>),
        Labels(Vec<&'static str>),
    }

    /// As pandas 3 writes a frame with pyarrow 26: columns first, the index behind them, what it is in the key `pandas`.
    fn frame(index: &str, columns: &[(&str, Filled)]) -> Vec<u8> {
        let fields = columns.iter().map(|(name, filled)| {
            let (kind, logical) = match filled {
                Filled::Figures(_) => (Type::DOUBLE, None),
                Filled::Whole(_) => (Type::INT64, None),
                Filled::Labels(_) => (Type::BYTE_ARRAY, Some(LogicalType::String)),
            };
            let field = Schema::primitive_type_builder(name, kind)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(logical);
            Arc::new(field.build().expect("a field"))
        });
        let schema = Schema::group_type_builder("schema").with_fields(fields.collect());
        let about = KeyValue::new(
            "pandas".to_owned(),
            format!("{{\"index_columns\": {index}}}"),
        );
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(vec![about]));
        let mut bytes = Vec::new();
        let schema = Arc::new(schema.build().expect("a schema"));
        let mut file = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties.build()))
            .expect("memory");
        let mut group = file.next_row_group().expect("memory");
        for (_, filled) in columns {
            let mut to = group
                .next_column()
                .expect("memory")
                .expect("as many as fields");
            match filled {
                Filled::Figures(v) => {
                    let there = vec![1; v.len()];
                    to.typed::<DoubleType>().write_batch(v, Some(&there), None)
                }
                Filled::Whole(v) => {
                    let there = vec![1; v.len()];
                    to.typed::<Int64Type>().write_batch(v, Some(&there), None)
                }
                Filled::Labels(v) => {
                    let there = vec![1; v.len()];
                    let v: Vec<ByteArray> = v.iter().map(|v| ByteArray::from(*v)).collect();
                    to.typed::<ByteArrayType>()
                        .write_batch(&v, Some(&there), None)
                }
            }
            .expect("memory");
            to.close().expect("memory");
        }
        group.close().expect("memory");
        file.close().expect("memory");
        bytes
    }

    const PAIRS: &str = r#"["region", "sector"]"#;

    /// Of two countries with a sector each, Z [[10, 30], [20, 5]], saved as pymrio does.
    fn save(folder: &Path) {
        let labels = || {
            [
                ("region", Filled::Labels(vec!["HOM", "ABR"])),
                ("sector", Filled::Labels(vec!["farms", "farms"])),
            ]
        };
        let with = |columns: Vec<(&'static str, Filled)>| -> Vec<_> {
            columns.into_iter().chain(labels()).collect()
        };
        let z = with(vec![
            ("('HOM', 'farms')", Filled::Figures(vec![10.0, 20.0])),
            ("('ABR', 'farms')", Filled::Whole(vec![30, 5])),
        ]);
        let y = with(vec![
            ("('HOM', 'Households')", Filled::Figures(vec![60.0, 0.5])),
            ("('ABR', 'Households')", Filled::Figures(vec![0.0, 74.5])),
        ]);
        let unit = with(vec![("unit", Filled::Labels(vec!["M.EUR", "M.EUR"]))]);
        let f = vec![
            ("('HOM', 'farms')", Filled::Figures(vec![70.0])),
            ("('ABR', 'farms')", Filled::Figures(vec![65.0])),
            ("inputtype", Filled::Labels(vec!["Value Added"])),
        ];
        std::fs::create_dir(folder.join("factor_inputs")).expect("a folder");
        for (name, bytes) in [
            ("Z", frame(PAIRS, &z)),
            ("Y", frame(PAIRS, &y)),
            ("unit", frame(PAIRS, &unit)),
            ("factor_inputs/F", frame(r#"["inputtype"]"#, &f)),
        ] {
            std::fs::write(folder.join(format!("{name}.parquet")), bytes).expect("a file");
        }
    }

    fn read(folder: &Path) -> Result<crate::table::import::Import> {
        let mut options = crate::table::import::Options::default();
        (options.year, options.country) = (Some(2020), Some("HOM".to_owned()));
        crate::table::import::open(&[folder], &options)
    }

    #[test]
    fn a_folder_that_pymrio_saved_as_parquet_is_read_as_one_of_texts() {
        let folder = tempfile::tempdir().expect("a folder");
        save(folder.path());
        let import = read(folder.path()).expect("a table");
        let table = import
            .table
            .flows(crate::Text::same("flows"))
            .expect("flows");
        let f = table.flows();
        assert_eq!(table.meta().currency, "EUR");
        assert_eq!(f.domestic.at(0, 0), 10.0);
        assert_eq!(f.imported.at(0, 0), 20.0);
        // Exports are what ABR's farms use.
        assert_eq!(f.domestic_final_demand.as_slice(), [60.0, 30.0]);
        assert_eq!(f.imported_final_demand.as_slice(), [0.5, 0.0]);
        assert_eq!(f.primary_inputs.as_slice(), [70.0]);
    }

    #[test]
    fn what_is_no_parquet_or_not_finite_is_refused_with_its_file() {
        let folder = tempfile::tempdir().expect("a folder");
        save(folder.path());
        let z = folder.path().join("Z.parquet");
        let bytes = std::fs::read(&z).expect("written");
        let not = frame(
            PAIRS,
            &[
                ("('HOM', 'farms')", Filled::Figures(vec![f64::NAN])),
                ("region", Filled::Labels(vec!["HOM"])),
                ("sector", Filled::Labels(vec!["farms"])),
            ],
        );
        let missing = frame(PAIRS, &[("('HOM', 'farms')", Filled::Figures(vec![1.0]))]);
        for (bytes, said) in [
            (b"region\tsector".to_vec(), "no Parquet file"),
            (bytes[..bytes.len() / 2].to_vec(), "no Parquet file"),
            (not, "('HOM', 'farms')"),
            (missing, "region"),
        ] {
            std::fs::write(&z, bytes).expect("a file");
            let error = read(folder.path()).expect_err(said).to_string();
            assert!(
                error.contains("Z.parquet") && error.contains(said),
                "{error}"
            );
        }
    }

    #[test]
    fn bytes_that_turned_are_an_error_or_other_figures_and_nothing_worse() {
        let folder = tempfile::tempdir().expect("a folder");
        save(folder.path());
        let z = folder.path().join("Z.parquet");
        let bytes = std::fs::read(&z).expect("written");
        for at in (0..bytes.len()).step_by(2) {
            for turn in [0x80, 0xff] {
                let mut turned = bytes.clone();
                turned[at] ^= turn;
                std::fs::write(&z, turned).expect("a file");
                let _ = labelled(&z);
            }
        }
    }
}
