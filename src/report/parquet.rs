//! Columns as a Parquet file: for pandas, Polars, DuckDB and the like. Feature `parquet`.

use crate::error::{Error, Result};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::sync::Arc;

/// The values of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Values<'a> {
    /// Numbers.
    Numbers(Vec<f64>),
    /// Names.
    Texts(Vec<&'a str>),
}

/// Columns of the same length, none of whose values is missing, as a file with one row group.
///
/// # Errors
/// What the `parquet` crate refuses: columns of different lengths.
pub fn render(columns: &[(&str, Values)]) -> Result<Vec<u8>> {
    write(columns).map_err(|e| Error::invalid(format!("cannot write Parquet: {e}")))
}

fn write(columns: &[(&str, Values)]) -> parquet::errors::Result<Vec<u8>> {
    let fields = columns
        .iter()
        .map(|(name, values)| {
            let (physical, logical) = match values {
                Values::Numbers(_) => (Physical::DOUBLE, None),
                Values::Texts(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            };
            Type::primitive_type_builder(name, physical)
                .with_repetition(Repetition::REQUIRED)
                .with_logical_type(logical)
                .build()
                .map(Arc::new)
        })
        .collect::<parquet::errors::Result<Vec<_>>>()?;
    let schema = Type::group_type_builder("rows")
        .with_fields(fields)
        .build()?;
    let mut bytes = Vec::new();
    let properties = Arc::new(WriterProperties::builder().build());
    let mut file = SerializedFileWriter::new(&mut bytes, Arc::new(schema), properties)?;
    let mut group = file.next_row_group()?;
    for (_, values) in columns {
        let Some(mut column) = group.next_column()? else {
            break;
        };
        match values {
            Values::Numbers(numbers) => {
                column
                    .typed::<DoubleType>()
                    .write_batch(numbers, None, None)?;
            }
            Values::Texts(texts) => {
                let texts: Vec<ByteArray> = texts.iter().map(|t| ByteArray::from(*t)).collect();
                column
                    .typed::<ByteArrayType>()
                    .write_batch(&texts, None, None)?;
            }
        }
        column.close()?;
    }
    group.close()?;
    file.close()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;
    use std::io::Write;

    #[test]
    fn what_is_written_is_read_again() {
        let columns = [
            ("capex", Values::Numbers(vec![1e12, 3e13])),
            ("figure", Values::Texts(vec!["output", "부가가치"])),
        ];
        let bytes = render(&columns).expect("a file");
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(&bytes).expect("written");
        let reader = SerializedFileReader::new(file).expect("readable");
        let rows: Vec<(f64, String)> = reader
            .get_row_iter(None)
            .expect("rows")
            .map(|row| {
                let row = row.expect("a row");
                let text = row.get_string(1).expect("a text").clone();
                (row.get_double(0).expect("a number"), text)
            })
            .collect();
        assert_eq!(
            rows,
            [(1e12, "output".to_owned()), (3e13, "부가가치".to_owned())]
        );
        let uneven = [
            ("a", Values::Numbers(vec![1.0])),
            ("b", Values::Numbers(vec![])),
        ];
        assert!(render(&uneven).is_err());
    }
}
