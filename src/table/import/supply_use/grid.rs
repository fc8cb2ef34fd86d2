//! A sheet as a matrix with labels: a line of codes, perhaps one of names, a column or two of labels.

use crate::error::{Error, Result};
use crate::lang::said;
use crate::table::import::sheets::Sheet;
use std::collections::HashMap;

/// A code and a name; the same where there is only one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) code: String,
    pub(super) name: String,
}

#[derive(Debug)]
pub(super) struct Grid {
    pub(super) title: String,
    pub(super) rows: Vec<Label>,
    pub(super) columns: Vec<Label>,
    row_at: HashMap<String, usize>,
    column_at: HashMap<String, usize>,
    turned: bool,
    sheet: Sheet,
}

impl Grid {
    /// # Errors
    /// A sheet without a line of labels over figures; a label that stands twice.
    pub(super) fn of(sheet: &Sheet) -> Result<Self> {
        let filled =
            |row: usize| (1..sheet.width(row)).filter(move |c| !sheet.text(row, *c).is_empty());
        let height = sheet.height();
        let header = (0..height).find(|row| filled(*row).count() >= 2);
        let first = header.and_then(|header| {
            let columns: Vec<usize> = filled(header).collect();
            (header + 1..height).find(|row| {
                let labelled = !sheet.text(*row, 0).is_empty() || !sheet.text(*row, 1).is_empty();
                let beyond = columns.iter().filter(|c| **c > 1);
                let last = columns.iter().rev().take(2).chain(beyond);
                let mut figures = 0;
                let mut texts = 0;
                for column in last {
                    match figure(sheet, *row, *column) {
                        Ok(Some(_)) => figures += 1,
                        Ok(None) => {}
                        Err(_) => texts += 1,
                    }
                }
                labelled && figures > 0 && figures >= texts
            })
        });
        let (Some(header), Some(first)) = (header, first) else {
            return Err(sheet.wrong(
                0,
                0,
                said!(
                    "there is no line of labels with figures under it",
                    "머리글과 그 아래 숫자를 찾을 수 없습니다"
                ),
            ));
        };
        // Codes and names, or one label.
        let second = sheet.text(first, 1);
        let two = !second.is_empty() && figure(sheet, first, 1).is_err();
        let labels = if two { 2 } else { 1 };
        let names = (header + 1..first)
            .rev()
            .find(|row| filled(*row).count() >= 2);
        let mut columns = Vec::new();
        let mut column_at = HashMap::new();
        for column in filled(header).filter(|c| *c >= labels) {
            let code = code(&sheet.label(header, column));
            let name = names
                .map(|row| sheet.label(row, column))
                .unwrap_or_default();
            put(sheet, header, column, &code, &mut column_at)?;
            let name = if name.is_empty() { code.clone() } else { name };
            columns.push(Label { code, name });
        }
        let mut rows = Vec::new();
        let mut row_at = HashMap::new();
        for row in first..height {
            let filled = column_at.values().any(|c| !sheet.text(row, *c).is_empty());
            let code = code(&sheet.label(row, 0));
            let name = if two {
                sheet.label(row, 1)
            } else {
                String::new()
            };
            let code = if code.is_empty() { name.clone() } else { code };
            if code.is_empty() || !filled {
                continue;
            }
            put(sheet, row, 0, &code, &mut row_at)?;
            let name = if name.is_empty() { code.clone() } else { name };
            rows.push(Label { code, name });
        }
        Ok(Grid {
            title: sheet.title(),
            rows,
            columns,
            row_at,
            column_at,
            turned: false,
            sheet: sheet.clone(),
        })
    }

    /// Rows for columns: a make table as a supply table.
    pub(super) fn turned(mut self) -> Self {
        std::mem::swap(&mut self.rows, &mut self.columns);
        std::mem::swap(&mut self.row_at, &mut self.column_at);
        self.turned = !self.turned;
        self
    }

    /// The figure of a row and a column; 0 where either is not there or the cell is empty.
    pub(super) fn value(&self, row: &str, column: &str) -> Result<f64> {
        match (self.row_at.get(row), self.column_at.get(column)) {
            (Some(row), Some(column)) => {
                let (row, column) = match self.turned {
                    true => (*column, *row),
                    false => (*row, *column),
                };
                Ok(figure(&self.sheet, row, column)?.unwrap_or(0.0))
            }
            _ => Ok(0.0),
        }
    }

    pub(super) fn unknown_column(&self, label: &Label) -> Error {
        self.unknown(label, self.column_at.get(&label.code), true)
    }

    pub(super) fn unknown_row(&self, label: &Label) -> Error {
        self.unknown(label, self.row_at.get(&label.code), false)
    }

    fn unknown(&self, label: &Label, at: Option<&usize>, column: bool) -> Error {
        let at = at.copied().unwrap_or(0);
        let (row, column) = match column == self.turned {
            true => (at, 0),
            false => (0, at),
        };
        let (code, name) = (&label.code, &label.name);
        self.sheet.wrong(
            row,
            column,
            said!(
                "'{code}' ({name}) is in one of the two tables alone and no known kind of supply, final demand or value \
                 added: give it the code of one (P3_S14, P51G, P6, D1, B2A3G, imports, margins, taxes), or take it out",
                "'{code}'({name})은(는) 두 표 중 하나에만 있고 공급·최종수요·부가가치 항목으로 알 수 없습니다. 알려진 \
                 코드(P3_S14, P51G, P6, D1, B2A3G, imports, margins, taxes)를 붙이거나 제외하십시오"
            ),
        )
    }
}

/// A code without the region that USEEIO adds: "1111A0/US".
fn code(label: &str) -> String {
    match label.split_once('/') {
        Some((code, region)) if region.len() == 2 && code.len() >= 2 && !code.contains(' ') => {
            code.to_owned()
        }
        _ => label.to_owned(),
    }
}

/// A figure; none for what offices print where there is none.
fn figure(sheet: &Sheet, row: usize, column: usize) -> Result<Option<f64>> {
    match sheet.text(row, column).as_ref() {
        "..." | "\u{2026}" | "---" | ":" | "n.a." => Ok(None),
        _ => sheet.number(row, column),
    }
}

fn put(
    sheet: &Sheet,
    row: usize,
    column: usize,
    code: &str,
    into: &mut HashMap<String, usize>,
) -> Result<()> {
    let at = if column == 0 { row } else { column };
    match into.insert(code.to_owned(), at) {
        None => Ok(()),
        Some(_) => Err(sheet.wrong(
            row,
            column,
            said!("'{code}' stands twice", "'{code}'이(가) 두 번 나옵니다"),
        )),
    }
}
