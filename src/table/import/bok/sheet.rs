//! Where the codes, names and figures stand in a sheet.

use super::labels::{self, Figures};
use crate::lang::Text;
use crate::table::import::sheets::{Cell, Sheet};

/// How many rows a title may take, and how many columns may stand before the codes.
const TITLE_ROWS: usize = 20;
const FIRST_COLUMNS: usize = 4;

/// A row or column that is no sector: where it stands, its code and its name.
type Other = (usize, String, String);

/// A sheet with its figures found.
pub(super) struct Grid<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) figures: Figures,
    /// All that is said above the figures, with the name of the sheet.
    pub(super) titles: String,
    /// Codes and names.
    pub(super) sectors: Vec<(String, Text)>,
    /// The row of each sector.
    pub(super) rows: Vec<usize>,
    /// The column of each sector; none in a table of employment.
    pub(super) columns: Vec<usize>,
    pub(super) other_rows: Vec<Other>,
    pub(super) other_columns: Vec<Other>,
    /// The row of the codes.
    header: usize,
}

impl<'a> Grid<'a> {
    /// Finds the figures; `None` where the sheet is not one of the Bank of Korea's.
    pub(super) fn of(sheet: &'a Sheet) -> Option<Self> {
        let (first, down) = codes_down(sheet)?;
        let width = down
            .iter()
            .map(|row| code(sheet, *row, first).len())
            .max()?;
        let top = *down.first()?;
        let titles = titles(sheet, top);
        let figures = labels::figures(&titles)?;
        let padded = |code: &str| format!("{code:0>width$}");
        let sectors: Vec<(String, Text)> = (down.iter())
            .map(|row| {
                let name = sheet.label(*row, first + 1);
                (padded(&code(sheet, *row, first)), Text::same(name))
            })
            .collect();
        let last = *down.last()?;
        let other_rows = (last + 1..sheet.height())
            .filter_map(|row| {
                let (code, label) = (code(sheet, row, first), sheet.label(row, first + 1));
                let label = if label.is_empty() {
                    sheet.label(row, first)
                } else {
                    label
                };
                let empty = (first + 2..sheet.width(row))
                    .all(|column| *sheet.cell(row, column) == Cell::Empty);
                (!empty && !(code.is_empty() && label.is_empty())).then_some((row, code, label))
            })
            .collect();
        let (header, columns) = match figures {
            Figures::Employment | Figures::Items(_) => (top - 1, Vec::new()),
            _ => {
                let (header, at) = codes_across(sheet, top, first + 1)?;
                let columns = sectors.iter().map(|(code, _)| {
                    let same = |column: &&usize| {
                        padded(&super::sheet::code(sheet, header, **column)) == *code
                    };
                    at.iter().find(same).copied()
                });
                (header, columns.collect::<Option<Vec<usize>>>()?)
            }
        };
        let wide = (header..top).map(|row| sheet.width(row)).max()?;
        let other_columns = (first + 2..wide)
            .filter(|column| !columns.contains(column))
            .filter_map(|column| {
                let code = code(sheet, header, column);
                let names = (header..top).rev().map(|row| sheet.label(row, column));
                let label = names
                    .into_iter()
                    .find(|name| !name.is_empty() && *name != code);
                let label = label.unwrap_or_default();
                (!(code.is_empty() && label.is_empty())).then_some((column, code, label))
            })
            .collect();
        Some(Grid {
            sheet,
            figures,
            titles,
            sectors,
            rows: down,
            columns,
            other_rows,
            other_columns,
            header,
        })
    }

    /// The year of the figures.
    pub(super) fn year(&self) -> Option<i32> {
        let alone = self
            .titles
            .split('\n')
            .filter(|line| line.trim().chars().count() <= 6);
        let alone = alone.filter_map(labels::year).next();
        alone.or_else(|| labels::year(&self.titles))
    }

    /// The year that stands above a column or left of it.
    pub(super) fn year_above(&self, column: usize) -> Option<i32> {
        (0..self.header).rev().find_map(|row| {
            let left = (0..=column).rev();
            left.into_iter()
                .find_map(|column| labels::year(&self.sheet.text(row, column)))
        })
    }

    /// The title: the first line above the figures.
    pub(super) fn title(&self) -> String {
        let lines = self.titles.lines().skip(1);
        let first = lines.into_iter().find(|line| !line.trim().is_empty());
        first.unwrap_or(self.sheet.name()).trim().to_owned()
    }
}

/// The name of the sheet and all lines above a row, each cell a line.
fn titles(sheet: &Sheet, top: usize) -> String {
    let mut titles = vec![sheet.name().to_owned()];
    for row in 0..top.min(TITLE_ROWS) {
        for column in 0..sheet.width(row).min(200) {
            let text = sheet.label(row, column);
            if !text.is_empty() && !is_code(&text) {
                titles.push(text);
            }
        }
    }
    titles.join("\n")
}

/// A code as it stands in a cell, of a number its digits; "" where it is none.
fn code(sheet: &Sheet, row: usize, column: usize) -> String {
    let text = sheet.text(row, column);
    match is_code(&text) {
        true => text.into_owned(),
        false => String::new(),
    }
}

fn is_code(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a code is that of a sector, and no total's.
fn is_sector(code: &str) -> bool {
    !(code.is_empty() || code.len() == 4 && code.starts_with('9'))
}

/// The column of the codes and the rows of the sectors: one under the other, each once, in rising order,
/// with a name beside each.
fn codes_down(sheet: &Sheet) -> Option<(usize, Vec<usize>)> {
    let mut best: Option<(usize, Vec<usize>)> = None;
    for column in 0..FIRST_COLUMNS {
        let start = (0..sheet.height().min(TITLE_ROWS)).find(|row| {
            let named = sheet.text(*row, column + 1);
            is_sector(&code(sheet, *row, column)) && !named.is_empty() && !is_code(&named)
        });
        let Some(start) = start else { continue };
        let rows: Vec<usize> = (start..sheet.height())
            .take_while(|row| {
                is_sector(&code(sheet, *row, column)) && !sheet.text(*row, column + 1).is_empty()
            })
            .collect();
        if rows.len() > best.as_ref().map_or(1, |(_, rows)| rows.len()) {
            best = Some((column, rows));
        }
    }
    best
}

/// The row above the figures with the most codes of sectors, and their columns.
fn codes_across(sheet: &Sheet, top: usize, from: usize) -> Option<(usize, Vec<usize>)> {
    (0..top)
        .map(|row| {
            let columns: Vec<usize> = (from..sheet.width(row))
                .filter(|column| is_sector(&code(sheet, row, *column)))
                .collect();
            (row, columns)
        })
        .max_by_key(|(_, columns)| columns.len())
        .filter(|(_, columns)| !columns.is_empty())
}
