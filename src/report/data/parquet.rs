//! Rows as a Parquet file: for pandas, Polars, DuckDB and the like. Feature `parquet`.

use super::{COLUMNS, Cell, Data};
use crate::error::{Error, Result};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use std::io::Write;
use std::sync::Arc;

/// Rows that are gathered before they are written.
const GROUP: usize = 1 << 16;

/// The values of a column so far, and for each row whether it has one.
struct Column {
    name: String,
    values: Values,
    defined: Vec<i16>,
}

enum Values {
    Texts(Vec<ByteArray>),
    Wholes(Vec<i64>),
    Numbers(Vec<f64>),
}

/// The rows of a result as a file. What is empty in CSV is null.
///
/// # Errors
/// What the `parquet` crate refuses.
pub fn render<D: Data + ?Sized>(data: &D) -> Result<Vec<u8>> {
    let mut columns = columns(&data.parameters());
    let mut bytes = Vec::new();
    let properties = Arc::new(WriterProperties::builder().build());
    let schema = Arc::new(schema(&columns).map_err(failed)?);
    let mut file = SerializedFileWriter::new(&mut bytes, schema, properties).map_err(failed)?;
    let mut group = |columns: &mut [Column]| -> Result<()> {
        let mut group = file.next_row_group().map_err(failed)?;
        write(&mut group, columns).map_err(failed)?;
        group.close().map(|_| ()).map_err(failed)
    };
    data.rows(&mut |row| {
        for (column, cell) in columns.iter_mut().zip(row.cells()) {
            column.push(cell);
        }
        match columns.first() {
            Some(first) if first.defined.len() == GROUP => group(&mut columns),
            _ => Ok(()),
        }
    })?;
    group(&mut columns)?;
    file.close().map_err(failed)?;
    Ok(bytes)
}

fn failed(error: parquet::errors::ParquetError) -> Error {
    Error::unwritable("Parquet", error)
}

fn columns(parameters: &[String]) -> Vec<Column> {
    let named = COLUMNS.into_iter().map(|name| {
        let values = match name {
            "year" | "draw" => Values::Wholes(Vec::new()),
            "value" => Values::Numbers(Vec::new()),
            _ => Values::Texts(Vec::new()),
        };
        (name, values)
    });
    let parameters = parameters
        .iter()
        .map(|name| (name.as_str(), Values::Numbers(Vec::new())));
    named
        .chain(parameters)
        .map(|(name, values)| Column {
            name: name.to_owned(),
            values,
            defined: Vec::new(),
        })
        .collect()
}

impl Column {
    fn push(&mut self, cell: Cell<'_>) {
        let defined = match (&mut self.values, cell) {
            (Values::Texts(texts), Cell::Text(text)) if !text.is_empty() => {
                texts.push(ByteArray::from(text));
                true
            }
            (Values::Wholes(wholes), Cell::Whole(Some(whole))) => {
                wholes.push(whole);
                true
            }
            (Values::Numbers(numbers), Cell::Number(value)) if value.is_finite() => {
                numbers.push(value);
                true
            }
            _ => false,
        };
        self.defined.push(i16::from(defined));
    }
}

fn schema(columns: &[Column]) -> parquet::errors::Result<Type> {
    let fields = columns
        .iter()
        .map(|column| {
            let (physical, logical) = match column.values {
                Values::Texts(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
                Values::Wholes(_) => (Physical::INT64, None),
                Values::Numbers(_) => (Physical::DOUBLE, None),
            };
            Type::primitive_type_builder(&column.name, physical)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(logical)
                .build()
                .map(Arc::new)
        })
        .collect::<parquet::errors::Result<Vec<_>>>()?;
    Type::group_type_builder("rows").with_fields(fields).build()
}

/// Writes what the columns hold and empties them.
fn write<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    columns: &mut [Column],
) -> parquet::errors::Result<()> {
    for column in columns {
        let Some(mut to) = group.next_column()? else {
            break;
        };
        let defined = Some(column.defined.as_slice());
        match &mut column.values {
            Values::Texts(texts) => {
                to.typed::<ByteArrayType>()
                    .write_batch(texts, defined, None)?;
                texts.clear();
            }
            Values::Wholes(wholes) => {
                to.typed::<Int64Type>().write_batch(wholes, defined, None)?;
                wholes.clear();
            }
            Values::Numbers(numbers) => {
                to.typed::<DoubleType>()
                    .write_batch(numbers, defined, None)?;
                numbers.clear();
            }
        }
        column.defined.clear();
        to.close()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AnyTable, Model, Money, impact};
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    #[test]
    fn a_file_holds_the_rows_of_csv_with_nulls_where_those_are_empty() {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let model = Model::new(&table).expect("productive");
        let shock = [(18, Money::units(5e12))];
        let share = impact::ShockShare::Domestic;
        let impact = impact::of_shock(&table, &model, &shock, share).expect("an impact");
        let mut text = Vec::new();
        super::super::csv::write(&impact, &mut text, false).expect("written");
        let mut csv = csv::Reader::from_reader(text.as_slice());
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(&render(&impact).expect("rows"))
            .expect("written");
        let reader = SerializedFileReader::new(file).expect("readable");
        let mut count = 0;
        for (row, record) in reader.get_row_iter(None).expect("rows").zip(csv.records()) {
            let (row, record) = (row.expect("a row"), record.expect("a record"));
            assert_eq!(
                row.get_double(15).expect("a value").to_string(),
                &record[15]
            );
            assert_eq!(row.get_string(10).expect("a measure"), &record[10]);
            assert_eq!(row.get_string(6).is_err(), record[6].is_empty());
            count += 1;
        }
        assert!(count > 500, "{count} rows");
        assert_eq!(reader.metadata().file_metadata().num_rows(), count);
    }
}
