//! The square of a sheet: where a row of labels and a column of labels are the same.

use super::super::sheets::{Cell, Sheet};
use nalgebra::DMatrix;
use std::collections::{HashMap, HashSet};

/// How far down and to the right the labels of a square may begin.
const MOST_HEADING: usize = 60;
/// In how many of the first columns the labels of rows are looked for.
const MOST_COLUMNS: usize = 10;

/// A block of cells whose rows and columns have the same labels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Square {
    /// The row that holds the labels of the columns.
    pub(super) label_row: usize,
    /// The column that holds the labels of the rows.
    pub(super) label_column: usize,
    /// The rows of the sectors.
    pub(super) rows: Vec<usize>,
    /// The columns of the sectors, in the same order.
    pub(super) columns: Vec<usize>,
    /// The labels, as the rows have them.
    pub(super) labels: Vec<String>,
    /// Other labels of the same rows: their names, where `labels` are codes.
    pub(super) names: Option<Vec<String>>,
}

impl Square {
    /// How many sectors it has.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The first row and the first column after the square.
    pub(super) fn end(&self) -> (usize, usize) {
        let after = |places: &[usize]| places.last().map_or(0, |last| last + 1);
        (after(&self.rows), after(&self.columns))
    }

    /// Where its cells begin.
    pub(super) fn start(&self) -> (usize, usize) {
        let first = |places: &[usize]| places.first().copied().unwrap_or_default();
        (first(&self.rows), first(&self.columns))
    }

    /// The figures; nothing is 0.
    ///
    /// # Errors
    /// A cell that is no number, with its place.
    pub(super) fn figures(&self, sheet: &Sheet) -> crate::Result<DMatrix<f64>> {
        let mut cells = DMatrix::zeros(self.len(), self.len());
        for (i, row) in self.rows.iter().enumerate() {
            for (j, column) in self.columns.iter().enumerate() {
                cells[(i, j)] = sheet.number(*row, *column)?.unwrap_or(0.0);
            }
        }
        Ok(cells)
    }

    /// Whether its last row and its last column are the sums of the others: totals with a code of their own.
    fn ends_with_sums(&self, sheet: &Sheet) -> bool {
        let n = self.len();
        let Some(last) = n.checked_sub(1).filter(|last| *last >= 2) else {
            return false;
        };
        let Ok(cells) = self.figures(sheet) else {
            return false;
        };
        let is_sum = |sum: f64, stated: f64, of: usize| {
            let may = super::super::sums::rounding(Some(1.0), of, stated);
            // Whatever the last digit is, a total is much more than what rounding may come to.
            (sum - stated).abs() <= may.min(1e-3 * stated.abs())
        };
        let sums = |of: &dyn Fn(usize, usize) -> f64| {
            (0..=last).all(|k| {
                let sum: f64 = (0..last).map(|other| of(other, k)).sum();
                is_sum(sum, of(last, k), last)
            })
        };
        let holds = cells.row(last).iter().any(|v| *v != 0.0);
        holds && sums(&|i, k| cells[(i, k)]) && sums(&|j, k| cells[(k, j)])
    }

    /// Whether its cells are figures for the most part.
    fn is_of_figures(&self, sheet: &Sheet) -> bool {
        let cells = self.rows.iter().flat_map(|row| {
            let columns = self.columns.iter();
            columns.map(|column| (*row, *column))
        });
        let (mut figures, mut others) = (0, 0);
        for (row, column) in cells {
            match sheet.number(row, column) {
                Ok(Some(_)) => figures += 1,
                Ok(None) => {}
                Err(_) => others += 1,
            }
        }
        figures >= self.len() && others * 3 <= figures
    }
}

/// The labels along a row or a column, each with its place, as they are compared.
type Labels = Vec<(usize, String)>;

fn compared(label: &str) -> String {
    let label = label.to_lowercase();
    match label.parse::<f64>() {
        Ok(number) if number.fract() == 0.0 => format!("{number}"),
        _ => label,
    }
}

/// The largest square of a sheet; `at` is the row and the column of the labels, where they are told.
pub(super) fn find(sheet: &Sheet, at: Option<(usize, usize)>) -> Option<Square> {
    let width = (0..sheet.height()).map(|row| sheet.width(row)).max()?;
    let filled = |row: usize, column: usize| *sheet.cell(row, column) != Cell::Empty;
    let label_rows: Vec<usize> = match at {
        Some((row, _)) => vec![row],
        None => (0..sheet.height().min(MOST_HEADING)).collect(),
    };
    let label_columns: Vec<usize> = match at {
        Some((_, column)) => vec![column],
        None => (0..width.min(MOST_COLUMNS)).collect(),
    };
    let of_row = |row: usize| -> Labels {
        let columns = (0..sheet.width(row)).filter(|column| filled(row, *column));
        columns
            .map(|column| (column, compared(&sheet.label(row, column))))
            .filter(|(_, label)| !label.is_empty())
            .collect()
    };
    let of_column = |column: usize| -> Labels {
        let rows = (0..sheet.height()).filter(|row| filled(*row, column));
        rows.map(|row| (row, compared(&sheet.label(row, column))))
            .filter(|(_, label)| !label.is_empty())
            .collect()
    };
    let heads: Vec<(usize, Labels)> = label_columns.iter().map(|c| (*c, of_column(*c))).collect();
    let mut found: Vec<Square> = Vec::new();
    for label_row in label_rows {
        let headers = of_row(label_row);
        for (label_column, heads) in &heads {
            let headers: Vec<&(usize, String)> =
                headers.iter().filter(|(c, _)| c > label_column).collect();
            let heads: Vec<&(usize, String)> =
                heads.iter().filter(|(r, _)| *r > label_row).collect();
            if let Some(run) = longest_run(&headers, &heads) {
                let label = |row: &usize| sheet.label(*row, *label_column);
                found.push(Square {
                    label_row,
                    label_column: *label_column,
                    labels: run.1.iter().map(label).collect(),
                    columns: run.0,
                    rows: run.1,
                    names: None,
                });
            }
        }
    }
    let most = found.iter().map(Square::len).max()?;
    found.retain(|square| square.len() == most && square.is_of_figures(sheet));
    // Codes are shorter than names.
    let length = |square: &Square| square.labels.iter().map(String::len).sum::<usize>();
    found.sort_by_key(length);
    let mut best = found.first()?.clone();
    let names = found.iter().skip(1);
    let names = names.filter(|other| other.rows == best.rows && other.columns == best.columns);
    let names = names.map(|other| other.labels.clone()).next();
    best.names = names.or_else(|| beside(sheet, &best));
    while best.ends_with_sums(sheet) {
        best.rows.pop();
        best.columns.pop();
        best.labels.pop();
        if let Some(names) = &mut best.names {
            names.pop();
        }
    }
    Some(best)
}

/// The texts beside the labels of the rows.
fn beside(sheet: &Sheet, square: &Square) -> Option<Vec<String>> {
    let (_, first) = square.start();
    (0..first)
        .filter(|c| *c != square.label_column)
        .find_map(|column| {
            let names: Vec<String> = (square.rows.iter())
                .map(|row| sheet.label(*row, column))
                .collect();
            let is_name = |name: &String| name.chars().any(char::is_alphabetic);
            let distinct: HashSet<&String> = names.iter().collect();
            (names.iter().all(is_name) && distinct.len() == names.len()).then_some(names)
        })
}

/// The longest run in which headers and heads are the same, each label once: columns and rows.
fn longest_run(
    headers: &[&(usize, String)],
    heads: &[&(usize, String)],
) -> Option<(Vec<usize>, Vec<usize>)> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (at, (_, label)) in heads.iter().enumerate() {
        first.entry(label).or_insert(at);
    }
    let mut best: Option<(Vec<usize>, Vec<usize>)> = None;
    let mut start = 0;
    while start < headers.len() {
        let Some(from) = first.get(headers[start].1.as_str()) else {
            start += 1;
            continue;
        };
        let mut seen = HashSet::new();
        let same = headers[start..].iter().zip(&heads[*from..]);
        let run: Vec<(usize, usize)> = same
            .take_while(|(header, head)| header.1 == head.1 && seen.insert(header.1.as_str()))
            .take_while(|(header, _)| !super::words::ends_sectors(&header.1))
            .map(|(header, head)| (header.0, head.0))
            .collect();
        let longer = best
            .as_ref()
            .is_none_or(|(columns, _)| run.len() > columns.len());
        start += run.len().max(1);
        if longer && run.len() >= 2 {
            best = Some(run.into_iter().unzip());
        }
    }
    best
}
