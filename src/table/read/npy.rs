//! Matrices as numpy writes them (`.npy`, format 1 to 3): a header in the syntax of Python, then the figures.
//!
//! Read into the memory of the matrix itself: its values are seen as bytes (`bytemuck::cast_slice_mut`) and
//! filled by `read_exact`. A mapped file would spare that copy, but it needs `unsafe`, and what it maps may
//! change or shorten under the program; the copy is a tenth of what opening such a table costs
//! (benches/README.md).

use crate::error::{Error, Place, Result};
use crate::lang::{Text, excerpt, said};
use crate::table::{Matrix, Storage};
use nalgebra::{DMatrix, Scalar};
use std::fmt::Display;
use std::io::{Read, Write};

/// The longest header that is read: numpy's own are shorter than 200 bytes.
const LONGEST_HEADER: usize = 4 << 10;

/// How many values are turned at a time, where they are not as the matrix holds them.
const TURNED: usize = 1 << 16;

/// A floating-point number as it stands in a file, least byte first.
trait Figure: Scalar + Copy + Default + Display + bytemuck::Pod {
    fn of_file(self) -> Self;
    fn is_finite(self) -> bool;
}

impl Figure for f64 {
    fn of_file(self) -> Self {
        f64::from_bits(u64::from_le(self.to_bits()))
    }

    fn is_finite(self) -> bool {
        self.is_finite()
    }
}

impl Figure for f32 {
    fn of_file(self) -> Self {
        f32::from_bits(u32::from_le(self.to_bits()))
    }

    fn is_finite(self) -> bool {
        self.is_finite()
    }
}

/// What the header says.
#[derive(Debug, PartialEq)]
struct Header {
    /// Four bytes a figure instead of eight.
    single: bool,
    /// By columns, as the matrix is kept here, or by rows.
    by_columns: bool,
    rows: usize,
    columns: usize,
}

/// Reads a matrix out of a member that is `length` bytes long.
///
/// # Errors
/// What is no such file or holds other than floating-point numbers of one or two dimensions; more or fewer
/// figures than the header says, looked at before anything is set aside for them; what is not finite.
pub(super) fn read(place: &str, from: &mut dyn Read, length: u64) -> Result<Matrix> {
    let wrong = |why: Text| Error::at(Place::file(place), why);
    let mut failed = |source: std::io::Error| Error::at(Place::file(place), cut_off(&source));
    let mut start = [0; 8];
    from.read_exact(&mut start).map_err(&mut failed)?;
    let (magic, version) = start.split_at(6);
    if magic != b"\x93NUMPY" || !(1..=3).contains(&version[0]) {
        return Err(wrong(said!(
            "it is not a .npy file: write it with numpy.save",
            ".npy 파일이 아닙니다. numpy.save로 저장하십시오"
        )));
    }
    let width = if version[0] == 1 { 2 } else { 4 };
    let mut size = [0; 4];
    from.read_exact(&mut size[..width]).map_err(&mut failed)?;
    let size = u32::from_le_bytes(size) as usize;
    if size > LONGEST_HEADER {
        return Err(wrong(said!(
            "the header of {size} bytes is no header of a matrix",
            "머리글이 {size}바이트입니다. 행렬의 머리글이 아닙니다"
        )));
    }
    let mut header = vec![0; size];
    from.read_exact(&mut header).map_err(&mut failed)?;
    let header = String::from_utf8_lossy(&header);
    let header = Header::parse(&header).map_err(wrong)?;

    let bytes = if header.single { 4 } else { 8 };
    let count = header.rows.checked_mul(header.columns);
    let due = count.and_then(|count| (count as u64).checked_mul(bytes));
    let there = length.saturating_sub((8 + width + size) as u64);
    if due != Some(there) {
        let Header { rows, columns, .. } = header;
        return Err(wrong(said!(
            "the header says {rows} x {columns} figures, but {there} bytes follow: the file is damaged",
            "머리글에는 수치가 {rows} x {columns}개라고 되어 있으나 뒤에 {there}바이트가 있습니다. 파일이 손상되었습니다"
        )));
    }
    Ok(match header.single {
        true => Matrix::single(finite(header.figures(from).map_err(failed)?).map_err(wrong)?),
        false => Matrix::from(finite(header.figures(from).map_err(failed)?).map_err(wrong)?),
    })
}

fn finite<T: Figure>(figures: DMatrix<T>) -> std::result::Result<DMatrix<T>, Text> {
    match figures.iter().position(|value| !value.is_finite()) {
        None => Ok(figures),
        Some(at) => {
            let (row, column) = (at % figures.nrows() + 1, at / figures.nrows() + 1);
            Err(said!(
                "row {row}, column {column} is {value}: it must be a finite number",
                "{row}행 {column}열의 값이 {value}입니다. 유한한 수여야 합니다",
                value = figures[at]
            ))
        }
    }
}

fn cut_off(source: &std::io::Error) -> Text {
    match source.kind() {
        std::io::ErrorKind::UnexpectedEof => said!(
            "it ends before all its figures: copy the file again",
            "수치가 끝나기 전에 파일이 끝납니다. 파일을 다시 복사하십시오"
        ),
        _ => said!(
            "it is damaged ({source}): copy the file again",
            "파일이 손상되었습니다({source}). 다시 복사하십시오"
        ),
    }
}

impl Header {
    /// `{'descr': '<f8', 'fortran_order': True, 'shape': (33, 33), }`
    fn parse(text: &str) -> std::result::Result<Self, Text> {
        let after = |key: &str| {
            let (_, rest) = text.split_once(&format!("'{key}':"))?;
            Some(rest.trim_start())
        };
        let unlike = || {
            said!(
                "the header is not one of numpy's: {header}",
                "numpy의 머리글이 아닙니다: {header}",
                header = excerpt(text.trim())
            )
        };
        let kind = after("descr").ok_or_else(unlike)?;
        let single = match kind {
            _ if kind.starts_with("'<f8'") => false,
            _ if kind.starts_with("'<f4'") => true,
            _ => {
                let kind = kind.split(',').next().unwrap_or_default();
                return Err(said!(
                    "its numbers are {kind}: save it with matrix.astype('<f8')",
                    "수의 형식이 {kind}입니다. matrix.astype('<f8')로 저장하십시오",
                    kind = excerpt(kind)
                ));
            }
        };
        let order = after("fortran_order").ok_or_else(unlike)?;
        let by_columns = match order {
            _ if order.starts_with("True") => true,
            _ if order.starts_with("False") => false,
            _ => return Err(unlike()),
        };
        let shape = after("shape").and_then(|rest| rest.strip_prefix('('));
        let (shape, _) = shape
            .and_then(|rest| rest.split_once(')'))
            .ok_or_else(unlike)?;
        let parts = shape
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let parts: std::result::Result<Vec<usize>, _> = parts.map(str::parse).collect();
        let (rows, columns) = match parts.as_deref() {
            Ok(&[rows]) => (rows, 1),
            Ok(&[rows, columns]) => (rows, columns),
            _ => {
                return Err(said!(
                    "its shape is ({shape}): a matrix has two dimensions, a vector one",
                    "형태가 ({shape})입니다. 행렬은 2차원, 벡터는 1차원이어야 합니다",
                    shape = excerpt(shape)
                ));
            }
        };
        Ok(Header {
            single,
            by_columns,
            rows,
            columns,
        })
    }

    /// The figures that follow, to the end of the source: there an archive compares its checksum.
    fn figures<T: Figure>(&self, from: &mut dyn Read) -> std::io::Result<DMatrix<T>> {
        let mut figures = DMatrix::from_element(self.rows, self.columns, T::default());
        let values: &mut [T] = figures.as_mut_slice();
        if self.by_columns {
            from.read_exact(bytemuck::cast_slice_mut(values))?;
            for value in values {
                *value = value.of_file();
            }
        } else {
            let (mut buffer, mut at) = (vec![T::default(); TURNED], 0);
            while at < values.len() {
                let count = TURNED.min(values.len() - at);
                let some = &mut buffer[..count];
                from.read_exact(bytemuck::cast_slice_mut(some))?;
                for (k, value) in (at..).zip(some) {
                    values[k % self.columns * self.rows + k / self.columns] = value.of_file();
                }
                at += count;
            }
        }
        std::io::copy(&mut from.take(1), &mut std::io::sink())?;
        Ok(figures)
    }
}

/// The bytes before the figures: numpy's header of a matrix by columns, a multiple of 64 bytes long.
pub(crate) fn header(rows: usize, columns: usize, single: bool) -> Vec<u8> {
    let descr = if single { "<f4" } else { "<f8" };
    let mut text =
        format!("{{'descr': '{descr}', 'fortran_order': True, 'shape': ({rows}, {columns}), }}");
    while (10 + text.len() + 1) % 64 != 0 {
        text.push(' ');
    }
    text.push('\n');
    let mut header = b"\x93NUMPY\x01\x00".to_vec();
    header.extend((text.len() as u16).to_le_bytes());
    header.extend(text.into_bytes());
    header
}

/// Writes a matrix as numpy does, column by column; in single precision where it has no more digits.
///
/// # Errors
/// What cannot be written.
pub(crate) fn write(figures: &Matrix, to: &mut dyn Write) -> std::io::Result<()> {
    let single = figures.storage() == Storage::Single && !figures.is_scaled();
    to.write_all(&header(figures.nrows(), figures.ncols(), single))?;
    let mut bytes = Vec::new();
    for j in 0..figures.ncols() {
        let column = figures.column(j);
        bytes.clear();
        match single {
            true => bytes.extend(column.iter().flat_map(|v| (*v as f32).to_le_bytes())),
            false => bytes.extend(column.iter().flat_map(|v| v.to_le_bytes())),
        }
        to.write_all(&bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::dmatrix;

    fn of(descr: &str, order: &str, shape: &str, figures: &[u8]) -> Vec<u8> {
        let text =
            format!("{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}\n");
        let mut file = b"\x93NUMPY\x01\x00".to_vec();
        file.extend((text.len() as u16).to_le_bytes());
        file.extend(text.as_bytes());
        file.extend(figures);
        file
    }

    fn bytes(values: &[f64]) -> Vec<u8> {
        values.iter().flat_map(|v| v.to_le_bytes()).collect()
    }

    fn read_all(file: &[u8]) -> Result<DMatrix<f64>> {
        let matrix = read("m.npy", &mut &file[..], file.len() as u64)?;
        Ok(matrix.into_dense())
    }

    #[test]
    fn by_rows_by_columns_single_and_vectors_are_the_same_matrix() {
        let due = dmatrix![1.0, 2.0, 3.0; 4.0, 5.5, -6.0];
        let mut written = Vec::new();
        write(&due.clone().into(), &mut written).expect("memory");
        assert_eq!(header(2, 3, false).len() % 64, 0);
        assert_eq!(read_all(&written).expect("as written"), due);
        let rows = bytes(&[1.0, 2.0, 3.0, 4.0, 5.5, -6.0]);
        assert_eq!(
            read_all(&of("<f8", "False", "(2, 3)", &rows)).expect("rows"),
            due
        );
        let single: Vec<u8> = [1.0_f32, 4.0, 2.0, 5.5, 3.0, -6.0]
            .iter()
            .flat_map(|v| v.to_le_bytes())
            .collect();
        assert_eq!(
            read_all(&of("<f4", "True", "(2, 3)", &single)).expect("single"),
            due
        );
        let vector = of("<f8", "False", "(2,)", &bytes(&[1.0, 2.0]));
        assert_eq!(read_all(&vector).expect("a vector"), dmatrix![1.0; 2.0]);
    }

    #[test]
    fn single_precision_stays_so_where_it_is_large() {
        let n = 520;
        let cells = DMatrix::from_fn(n, n, |i, j| (i * 3 + j) as f32 / 7.0);
        let matrix = Matrix::single(cells.clone());
        let mut written = Vec::new();
        write(&matrix, &mut written).expect("memory");
        assert_eq!(written.len(), header(n, n, true).len() + 4 * n * n);
        let again = read("m.npy", &mut &written[..], written.len() as u64).expect("as written");
        assert_eq!((again.storage(), &again), (Storage::Single, &matrix));
        // In another unit its figures have more digits than single precision holds.
        let scaled = matrix.per_column(&nalgebra::DVector::from_element(n, 0.1));
        written.clear();
        write(&scaled, &mut written).expect("memory");
        assert_eq!(
            read_all(&written).expect("as written")[(5, 7)],
            f64::from(cells[(5, 7)]) * 0.1
        );
    }

    #[test]
    fn what_is_wrong_is_said_before_anything_is_set_aside_for_it() {
        let one = bytes(&[1.0]);
        for (file, said) in [
            (b"PK".to_vec(), "ends before"),
            (b"no matrix at all".to_vec(), "numpy.save"),
            (of("<i8", "True", "(1, 1)", &one), "astype"),
            (of(">f8", "True", "(1, 1)", &one), "astype"),
            (of("|O", "True", "(1, 1)", &one), "astype"),
            (of("<f8", "Maybe", "(1, 1)", &one), "not one of numpy's"),
            (of("<f8", "True", "(1, 1, 1)", &one), "two dimensions"),
            (of("<f8", "True", "(-1, 1)", &one), "two dimensions"),
            (of("<f8", "True", "(2, 1)", &one), "damaged"),
            (
                of("<f8", "True", "(18446744073709551615, 9)", &one),
                "damaged",
            ),
            (of("<f8", "True", "(1000000, 1000000)", &one), "damaged"),
            (
                of("<f8", "True", "(1, 1)", &bytes(&[f64::NAN])),
                "row 1, column 1",
            ),
        ] {
            let error = read_all(&file).expect_err(said).to_string();
            assert!(error.contains("m.npy") && error.contains(said), "{error}");
        }
    }
}
