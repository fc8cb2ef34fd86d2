//! A map: what the lines of a sheet are, where their labels do not tell.
//!
//! Rows are named by their numbers and columns by their letters, as a workbook shows them.

use super::super::sheets::Sheet;
use super::lines::Side;
use super::origin::Origin;
use super::words::{NAMES, Role};
use crate::error::{Error, Place, Result};
use crate::lang::said;
use crate::table::PriceBasis;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What a map says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Map {
    /// The sheet.
    pub(super) sheet: Option<String>,
    /// The row and the column that hold the sectors' codes, from 0.
    pub(super) labels: Option<(usize, usize)>,
    /// The year.
    pub(super) year: Option<i32>,
    /// ISO 4217 code.
    pub(super) currency: Option<String>,
    /// Whole currency units in one unit of the figures.
    pub(super) unit: Option<f64>,
    /// Whose prices.
    pub(super) prices: Option<PriceBasis>,
    /// The sheet with what is imported, of a square of the same sectors.
    pub(super) imports_sheet: Option<String>,
    /// What the flows of the sheet are, where imports stand on another.
    pub(super) flows: Option<Origin>,
    /// Whether users stand in rows and suppliers in columns.
    pub(super) transposed: bool,
    /// Roles of columns, from 0.
    pub(super) columns: BTreeMap<usize, Role>,
    /// Roles of rows, from 0.
    pub(super) rows: BTreeMap<usize, Role>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sheet: Option<String>,
    code_row: Option<usize>,
    code_column: Option<String>,
    year: Option<i32>,
    currency: Option<String>,
    unit: Option<f64>,
    prices: Option<PriceBasis>,
    imports_sheet: Option<String>,
    flows: Option<Flows>,
    #[serde(default)]
    transposed: bool,
    #[serde(default)]
    columns: BTreeMap<String, String>,
    #[serde(default)]
    rows: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Flows {
    Domestic,
    Total,
}

impl Map {
    /// What it says of a line; rows and columns are those of the file, whichever way a sheet is read.
    pub(super) fn line(&self, sheet: &Sheet, side: Side, at: usize) -> Option<Role> {
        let in_rows = (side == Side::Rows) != sheet.is_transposed();
        let at = match side {
            Side::Rows => sheet.row_of_file(at),
            Side::Columns => sheet.column_of_file(at),
        };
        let lines = if in_rows { &self.rows } else { &self.columns };
        lines.get(&at).copied()
    }

    /// The row and the column of the labels in a sheet as it is read.
    pub(super) fn labels_of(&self, sheet: &Sheet) -> Option<(usize, usize)> {
        let (row, column) = self.labels?;
        Some(match sheet.is_transposed() {
            true => (column, row),
            false => (row, column),
        })
    }

    /// Reads a map file.
    ///
    /// # Errors
    /// A file that is missing or no map; a row, a column or a role that there is none of.
    pub(super) fn read(path: &Path) -> Result<Map> {
        let name = path.display().to_string();
        let text =
            crate::files::read(path, crate::files::LONGEST_SCENARIO)?.ok_or_else(|| Error::Io {
                action: "read",
                path: path.to_owned(),
                source: std::io::Error::new(std::io::ErrorKind::NotFound, "there is no such file"),
            })?;
        Map::parse(&name, &text)
    }

    /// A map as text, under a name for messages.
    ///
    /// # Errors
    /// As [`Map::read`].
    pub(super) fn parse(name: &str, text: &str) -> Result<Map> {
        let wrong = |field: &str, why: crate::Text| Error::at(Place::file(name).field(field), why);
        let file: File = toml::from_str(text).map_err(|error| {
            let why = error.message().to_owned();
            Error::at(
                Place::file(name),
                said!(
                    "the map cannot be read: {why}",
                    "매핑 파일을 읽을 수 없습니다: {why}"
                ),
            )
        })?;
        let role = |field: &str, role: &str, fits: fn(Role) -> bool| {
            let known = NAMES.iter().filter(|(_, role)| fits(*role));
            let found = known.clone().find(|(name, _)| *name == role);
            found.map(|(_, role)| *role).ok_or_else(|| {
                let known: Vec<&str> = known.map(|(name, _)| *name).collect();
                let known = known.join(", ");
                wrong(
                    field,
                    said!(
                        "'{role}' is no role: {known}",
                        "'{role}' 역할은 없습니다. 사용할 수 있는 역할: {known}"
                    ),
                )
            })
        };
        let row = |number: &str| number.parse::<usize>().ok()?.checked_sub(1);
        let (mut columns, mut rows) = (BTreeMap::new(), BTreeMap::new());
        for (letters, of) in &file.columns {
            let at = column(letters).ok_or_else(|| {
                wrong(
                    letters,
                    said!(
                        "columns are named by letters, as in AB",
                        "열은 AB처럼 문자로 지정합니다"
                    ),
                )
            })?;
            let fits = match file.transposed {
                true => Role::is_row,
                false => Role::is_column,
            };
            columns.insert(at, role(letters, of, fits)?);
        }
        for (number, of) in &file.rows {
            let at = row(number).ok_or_else(|| {
                wrong(
                    number,
                    said!(
                        "rows are named by their numbers, from 1",
                        "행은 1부터 시작하는 번호로 지정합니다"
                    ),
                )
            })?;
            let fits = match file.transposed {
                true => Role::is_column,
                false => Role::is_row,
            };
            rows.insert(at, role(number, of, fits)?);
        }
        let labels = match (file.code_row, &file.code_column) {
            (None, None) => None,
            (code_row, code_column) => {
                let at = code_row.and_then(|row| row.checked_sub(1));
                let at = at.zip(code_column.as_deref().and_then(column));
                Some(at.ok_or_else(|| {
                    wrong(
                        "code_row",
                        said!(
                            "code_row and code_column go together: the row and the column with the codes of the sectors",
                            "code_row와 code_column은 함께 지정합니다. 부문 코드가 있는 행과 열입니다"
                        ),
                    )
                })?)
            }
        };
        Ok(Map {
            sheet: file.sheet,
            labels,
            year: file.year,
            currency: file.currency,
            unit: file.unit,
            prices: file.prices,
            imports_sheet: file.imports_sheet,
            flows: file.flows.map(|flows| match flows {
                Flows::Domestic => Origin::Domestic,
                Flows::Total => Origin::Total,
            }),
            transposed: file.transposed,
            columns,
            rows,
        })
    }
}

/// The place of a column by its letters, from 0: "AB".
fn column(letters: &str) -> Option<usize> {
    let all = !letters.is_empty() && letters.len() <= 3;
    let each = |at: usize, c: char| {
        let c = c.to_ascii_uppercase();
        c.is_ascii_uppercase()
            .then(|| at * 26 + (c as usize - 'A' as usize) + 1)
    };
    let at = letters.chars().try_fold(0, each).filter(|_| all)?;
    at.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_by_letters_and_rows_by_numbers() {
        let map = Map::parse(
            "map.toml",
            "[columns]\nAB = \"exports\"\n[rows]\n7 = \"imports\"\n",
        );
        let map = map.expect("a map");
        assert_eq!(map.columns.keys().copied().collect::<Vec<_>>(), [27]);
        assert_eq!(map.rows.keys().copied().collect::<Vec<_>>(), [6]);
        for (text, said) in [
            ("[rows]\n0 = \"imports\"\n", "from 1"),
            ("[columns]\n4 = \"exports\"\n", "letters"),
            ("[rows]\n7 = \"exports\"\n", "no role"),
            ("code_row = 4\n", "go together"),
            ("sheets = \"a\"\n", "cannot be read"),
        ] {
            let error = Map::parse("map.toml", text)
                .expect_err("refused")
                .to_string();
            assert!(
                error.contains(said) && error.contains("map.toml"),
                "{error}"
            );
        }
    }
}
