//! A sheet with codes or names in a row and a column and the figures between them.

use super::grid::{Grid, Lie, Other, lies_down, year_of};
use super::labels::{self, Figures};
use crate::lang::Text;
use crate::table::import::sheets::{Cell, Sheet};

/// How many rows a title may take, and how many columns may stand before the codes.
const TITLE_ROWS: usize = 20;
const FIRST_COLUMNS: usize = 4;

/// Where the sectors stand in a sheet.
struct Found {
    /// The column of their codes, where they have some, and that of their names.
    code: Option<usize>,
    name: usize,
    /// Codes and names; the name for a code where there are none.
    sectors: Vec<(String, Text)>,
    /// Their rows.
    down: Vec<usize>,
    /// The row above the figures that says what columns are, and the columns of the sectors, if they are there.
    header: usize,
    across: Vec<usize>,
}

impl<'a> Grid<'a> {
    /// Finds the figures of a sheet; `None` where it is not one of the Bank of Korea's.
    pub(super) fn wide(sheet: &'a Sheet) -> Option<Self> {
        by_codes(sheet)
            .and_then(|found| Grid::of_found(sheet, found))
            .or_else(|| Grid::of_found(sheet, by_names(sheet)?))
    }

    fn of_found(sheet: &'a Sheet, found: Found) -> Option<Self> {
        let (top, last) = (*found.down.first()?, *found.down.last()?);
        let titles = titles(sheet, top);
        let code_of = |row: usize, column: Option<usize>| {
            column.map_or_else(String::new, |column| code(sheet, row, column))
        };
        let behind: Vec<Other> = (last + 1..sheet.height())
            .filter_map(|row| {
                let code = code_of(row, found.code);
                let label = match sheet.label(row, found.name) {
                    label if label.is_empty() => sheet.label(row, found.code?),
                    label => label,
                };
                let mut figures = found.name + 1..sheet.width(row);
                let empty = figures.all(|column| *sheet.cell(row, column) == Cell::Empty);
                let said = !(code.is_empty() && label.is_empty());
                (said && !empty).then_some(Other {
                    at: row,
                    code,
                    label,
                })
            })
            .collect();
        let header = found.header;
        let wide = (header..top).map(|row| sheet.width(row)).max()?;
        let beside: Vec<Other> = (found.name + 1..wide)
            .filter(|column| !found.across.contains(column))
            .filter_map(|column| {
                let code = code(sheet, header, column);
                let names = (header..top).rev().map(|row| sheet.label(row, column));
                let label = names
                    .into_iter()
                    .find(|name| !name.is_empty() && *name != code);
                let label = label.unwrap_or_default();
                let said = !(code.is_empty() && label.is_empty());
                said.then_some(Other {
                    at: column,
                    code,
                    label,
                })
            })
            .collect();
        let down_it_lies = lies_down(named(&behind), named(&beside));
        let both = named(&behind).chain(named(&beside));
        let figures = labels::figures(&titles).or_else(|| labels::figures_of_totals(both))?;
        if found.across.is_empty() && !matches!(figures, Figures::Employment | Figures::Items(_)) {
            return None;
        }
        let years = (beside.iter())
            .filter_map(|other| Some((other.at, year_above(sheet, header, other.at)?)))
            .collect();
        let year = year_of(&titles);
        let (down, across) = (found.down, found.across);
        let (lie, rows, columns, other_rows, other_columns) = match down_it_lies {
            true => (Lie::Down, across, down, beside, behind),
            false => (Lie::Across, down, across, behind, beside),
        };
        Some(Grid {
            sheet,
            lie,
            figures,
            titles,
            year,
            sectors: found.sectors,
            rows,
            columns,
            other_rows,
            other_columns,
            years,
        })
    }
}

/// Sectors with codes in a column and their names beside, and the same codes in a row above.
fn by_codes(sheet: &Sheet) -> Option<Found> {
    let (first, down) = codes_down(sheet)?;
    let top = *down.first()?;
    let width = down
        .iter()
        .map(|row| code(sheet, *row, first).len())
        .max()?;
    let padded = |code: &str| format!("{code:0>width$}");
    let sectors: Vec<(String, Text)> = (down.iter())
        .map(|row| {
            let name = sheet.label(*row, first + 1);
            (padded(&code(sheet, *row, first)), Text::same(name))
        })
        .collect();
    let across = codes_across(sheet, top, first + 1).and_then(|(header, at)| {
        let of = |wanted: &String| {
            let same = |column: &&usize| padded(&code(sheet, header, **column)) == *wanted;
            at.iter().find(same).copied()
        };
        let columns = sectors.iter().map(|(code, _)| of(code));
        Some((header, columns.collect::<Option<Vec<usize>>>()?))
    });
    let header = across
        .as_ref()
        .map_or(top.checked_sub(1)?, |(header, _)| *header);
    Some(Found {
        code: Some(first),
        name: first + 1,
        sectors,
        down,
        header,
        across: across.map_or_else(Vec::new, |(_, columns)| columns),
    })
}

/// Sectors with the same names in a column and in a row, in one order, where there are no codes.
fn by_names(sheet: &Sheet) -> Option<Found> {
    for name in 0..FIRST_COLUMNS {
        for header in 0..sheet.height().min(TITLE_ROWS) {
            let first = sheet.label(header, name + 1);
            let top = (header + 1..sheet.height().min(header + 3))
                .find(|row| !first.is_empty() && sheet.label(*row, name) == first);
            let Some(top) = top else { continue };
            let names: Vec<String> = (0..sheet.width(header))
                .map_while(|k| {
                    let label = sheet.label(header, name + 1 + k);
                    let same = !label.is_empty() && sheet.label(top + k, name) == label;
                    same.then_some(label)
                })
                .collect();
            if names.len() < 2 {
                continue;
            }
            return Some(Found {
                code: None,
                name,
                down: (top..top + names.len()).collect(),
                across: (name + 1..name + 1 + names.len()).collect(),
                sectors: (names.into_iter())
                    .map(|name| (name.clone(), Text::same(name)))
                    .collect(),
                header,
            });
        }
    }
    None
}

/// Codes and names of what is no sector.
fn named(others: &[Other]) -> impl Iterator<Item = (&str, &str)> {
    others
        .iter()
        .map(|other| (other.code.as_str(), other.label.as_str()))
}

/// The year that stands above a column or left of that.
fn year_above(sheet: &Sheet, header: usize, column: usize) -> Option<i32> {
    (0..header).rev().find_map(|row| {
        let left = (0..=column).rev();
        left.into_iter()
            .find_map(|column| labels::year(&sheet.text(row, column)))
    })
}

/// The name of the sheet and all lines above a row, each cell a line.
fn titles(sheet: &Sheet, top: usize) -> String {
    let mut titles = vec![sheet.title()];
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

/// The column of the codes and the rows of the sectors, one under the other with a name beside each.
fn codes_down(sheet: &Sheet) -> Option<(usize, Vec<usize>)> {
    let mut best: Option<(usize, Vec<usize>)> = None;
    for column in 0..FIRST_COLUMNS {
        let is_row = |row: usize| {
            let named = sheet.text(row, column + 1);
            let code = code(sheet, row, column);
            labels::is_sector(&code) && !named.is_empty() && !is_code(&named)
        };
        let start = (0..sheet.height().min(TITLE_ROWS)).find(|row| is_row(*row));
        let Some(start) = start else { continue };
        let rows: Vec<usize> = (start..sheet.height())
            .take_while(|row| is_row(*row))
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
                .filter(|column| labels::is_sector(&code(sheet, row, *column)))
                .collect();
            (row, columns)
        })
        .max_by_key(|(_, columns)| columns.len())
        .filter(|(_, columns)| !columns.is_empty())
}
