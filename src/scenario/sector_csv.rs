//! CSV files of figures by sector that a scenario or the command line brings: `code,<column>,...`.
//!
//! Codes are matched, never positions. Lines that begin with `#` are remarks; three of them mean
//! something: `# classification: bok-2020-83` says which codes are used, `# source: ...` where the
//! figures come from, and the word `illustrative` that they only illustrate the method.

use crate::error::{Error, Place, Result};
use crate::lang::{Text, said};
use crate::table::read::native::Grid;
use crate::table::{AnyTable, Classification};
use nalgebra::DMatrix;

pub(super) struct SectorCsv<'a> {
    file: &'a str,
    text: &'a str,
    grid: Grid,
}

impl<'a> SectorCsv<'a> {
    pub(super) fn parse(file: &'a str, text: &'a str) -> Result<Self> {
        let grid = Grid::parse(file.to_owned(), text)?;
        let columns = grid.columns();
        if columns.is_empty() {
            let message = said!(
                "there is no column beside the codes: code,<name>,...",
                "코드 외에 다른 열이 없습니다. code,<이름>,... 형식으로 쓰십시오"
            );
            return Err(Error::at(Place::file(file), message));
        }
        for (at, column) in columns.iter().enumerate() {
            if column.is_empty() || columns[..at].contains(column) {
                let message = said!(
                    "column '{column}' is unnamed or stands twice",
                    "'{column}' 열의 이름이 비어 있거나 두 번 나옵니다"
                );
                return Err(Error::at(Place::file(file), message));
            }
        }
        Ok(SectorCsv { file, text, grid })
    }

    pub(super) fn columns(&self) -> &[String] {
        self.grid.columns()
    }

    /// The lines of the file with their codes and figures.
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, &str, &[f64])> {
        self.grid.rows()
    }

    /// A remark: `# key: value`.
    pub(super) fn remark(&self, key: &str) -> Option<&'a str> {
        remarks(self.text).find_map(|remark| {
            let (name, value) = remark.split_once(':')?;
            (name.trim() == key).then(|| value.trim())
        })
    }

    /// Where the figures come from: `# source: English|한국어`.
    pub(super) fn source(&self) -> Option<Text> {
        self.remark("source").map(Text::of_line)
    }

    /// Whether the file says that its figures only illustrate the method.
    pub(super) fn is_illustrative(&self) -> bool {
        remarks(self.text).any(|r| r.to_lowercase().contains("illustrative"))
    }

    /// Whether its codes are those of a table; a file that does not say is taken to fit.
    pub(super) fn fits(&self, table: &AnyTable) -> bool {
        self.remark("classification")
            .is_none_or(|named| named == table.meta().classification)
    }

    /// The figures in the order of the sectors (n x columns); a row `*` stands for every sector that
    /// has none of its own, where `default_row` allows one.
    pub(super) fn by_sector(
        &self,
        sectors: &Classification,
        default_row: bool,
    ) -> Result<DMatrix<f64>> {
        let mut own: Vec<Option<&[f64]>> = vec![None; sectors.len()];
        let mut default = None;
        for (line, code, values) in self.rows() {
            let fail =
                |message: Text| Error::at(Place::file(self.file).line(line).field("code"), message);
            let slot = if code == "*" && default_row {
                &mut default
            } else {
                let position = sectors.position(code).ok_or_else(|| {
                    fail(said!(
                        "'{code}' is not a sector code of the table",
                        "'{code}'은(는) 표의 부문 코드가 아닙니다"
                    ))
                })?;
                &mut own[position]
            };
            if slot.replace(values).is_some() {
                return Err(fail(said!(
                    "'{code}' stands twice",
                    "'{code}'이(가) 두 번 나옵니다"
                )));
            }
        }
        let missing: Vec<String> = sectors
            .iter()
            .zip(&own)
            .filter(|(_, values)| values.is_none() && default.is_none())
            .map(|(sector, _)| sector.code.clone())
            .collect();
        if !missing.is_empty() {
            let count = missing.len();
            let shown = missing
                .iter()
                .take(8)
                .cloned()
                .collect::<Vec<_>>()
                .join(", ");
            let more = match default_row {
                true => said!(
                    "; a row * stands for all that are not listed",
                    ". 나머지 부문은 * 행 하나로 지정할 수 있습니다"
                ),
                false => Text::default(),
            };
            let (en, ko) = (more.en, more.ko);
            let message = said!(
                "{count} sectors have no row: {shown}{en}",
                "행이 없는 부문이 {count}개입니다: {shown}{ko}"
            );
            return Err(Error::at(Place::file(self.file), message));
        }
        let rows: Vec<&[f64]> = own
            .into_iter()
            .map(|values| values.or(default).unwrap_or(&[]))
            .collect();
        let columns = self.columns().len();
        Ok(DMatrix::from_fn(rows.len(), columns, |i, j| rows[i][j]))
    }
}

fn remarks(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter_map(|line| line.trim_start_matches('\u{feff}').strip_prefix('#'))
}
