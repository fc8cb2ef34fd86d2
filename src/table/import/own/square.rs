//! The square of a sheet: where a row of labels and a column of labels are the same.

use super::super::sheets::{Cell, Sheet};
use nalgebra::DMatrix;
use std::collections::{HashMap, HashSet};

/// How far down every row is looked at as labels of a square.
const MOST_HEADING: usize = 60;
/// How many labels of a row farther down are looked at before it is read as a whole.
const SEEN_FIRST: usize = 12;
/// In how many of the first columns the labels of rows are looked for.
const MOST_COLUMNS: usize = 30;

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
    /// Where a label stands a second time, which cut the square off there.
    pub(super) twice: Option<(usize, usize)>,
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
                cells[(i, j)] = sheet.figure(*row, *column)?.unwrap_or(0.0);
            }
        }
        Ok(cells)
    }

    /// The rows below it whose labels are all of its labels once more, in their order: imported products under
    /// domestic ones.
    pub(super) fn again(&self, sheet: &Sheet) -> Vec<usize> {
        let labels: Vec<String> = self.labels.iter().map(|label| compared(label)).collect();
        let (below, _) = self.end();
        let heads: Labels = (below..sheet.height())
            .map(|row| (row, compared(&sheet.label(row, self.label_column))))
            .filter(|(_, label)| !label.is_empty())
            .collect();
        let same = |run: &&[(usize, String)]| {
            let of_run = run.iter().map(|(_, label)| label);
            of_run.eq(labels.iter())
        };
        let run = heads.windows(labels.len().max(1)).find(same);
        run.map_or_else(Vec::new, |run| run.iter().map(|(row, _)| *row).collect())
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
            match sheet.figure(row, column) {
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

pub(super) fn compared(label: &str) -> String {
    let label = label.to_lowercase();
    match label.parse::<f64>() {
        Ok(number) if number.fract() == 0.0 => format!("{number}"),
        _ => label,
    }
}

/// The labels of the rows in a column, and where each stands among them.
struct Heads {
    column: usize,
    labels: Labels,
    at: HashMap<String, Vec<usize>>,
}

impl Heads {
    fn of(sheet: &Sheet, filled: &[usize], column: usize) -> Self {
        let rows = filled.iter().copied();
        let rows = rows.filter(|row| *sheet.cell(*row, column) != Cell::Empty);
        let labels: Labels = rows
            .map(|row| (row, compared(&sheet.label(row, column))))
            .filter(|(_, label)| !label.is_empty())
            .collect();
        let mut at: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, (_, label)) in labels.iter().enumerate() {
            at.entry(label.clone()).or_default().push(place);
        }
        Heads { column, labels, at }
    }
}

/// The largest square of a sheet; `at` is the row and the column of the labels, where they are told.
pub(super) fn find(sheet: &Sheet, at: Option<(usize, usize)>) -> Option<Square> {
    all(sheet, at).into_iter().next()
}

/// The largest squares of a sheet, of one size, in rows of their own, from above.
pub(super) fn all(sheet: &Sheet, at: Option<(usize, usize)>) -> Vec<Square> {
    let mut found = labelled(sheet, at);
    let longest = found.iter().map(|(_, reach)| *reach).max().unwrap_or(0);
    let Some(most) = found.iter().map(|(square, _)| square.len()).max() else {
        return Vec::new();
    };
    // A label that stands twice ended what would have been the largest square.
    let twice = (found.iter())
        .filter(|(square, reach)| *reach == longest && longest > most && square.twice.is_some())
        .find_map(|(square, _)| square.twice);
    found.retain(|(square, _)| square.len() == most && square.is_of_figures(sheet));
    // Codes are shorter than names.
    let length = |square: &Square| square.labels.iter().map(String::len).sum::<usize>();
    found.sort_by_key(|(square, _)| (square.start().0, length(square)));
    let mut squares: Vec<Square> = Vec::new();
    for (square, _) in &found {
        let overlaps = |other: &Square| other.rows == square.rows;
        if squares.iter().any(overlaps) {
            continue;
        }
        let mut best = square.clone();
        best.twice = twice;
        let names = found.iter().map(|(other, _)| other);
        let names = names.filter(|other| {
            let same_place =
                other.label_row == best.label_row && other.label_column == best.label_column;
            other.rows == best.rows && other.columns == best.columns && !same_place
        });
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
        squares.push(best);
    }
    squares
}

/// The largest block with labels of sectors across and down, whatever is in it.
pub(super) fn of_labels(sheet: &Sheet) -> Option<Square> {
    let found = labelled(sheet, None).into_iter().map(|(square, _)| square);
    found.max_by_key(Square::len)
}

/// Blocks with the same labels across and down, each with how many there would be if labels might stand twice.
fn labelled(sheet: &Sheet, at: Option<(usize, usize)>) -> Vec<(Square, usize)> {
    let Some(width) = (0..sheet.height()).map(|row| sheet.width(row)).max() else {
        return Vec::new();
    };
    // A cell far down has a million empty rows above it.
    let filled: Vec<usize> = (0..sheet.height())
        .filter(|row| sheet.width(*row) > 0)
        .collect();
    let label_rows: Vec<usize> = match at {
        Some((row, _)) => vec![row],
        None => filled.clone(),
    };
    let label_columns: Vec<usize> = match at {
        Some((_, column)) => vec![column],
        None => (0..width.min(MOST_COLUMNS)).collect(),
    };
    let heads: Vec<Heads> = (label_columns.iter())
        .map(|column| Heads::of(sheet, &filled, *column))
        .collect();
    let known = |label: &String| heads.iter().any(|heads| heads.at.contains_key(label));
    let mut found = Vec::new();
    for label_row in label_rows {
        let of_row = || {
            let columns = (0..sheet.width(label_row))
                .filter(|column| *sheet.cell(label_row, *column) != Cell::Empty);
            let labels = columns.map(|column| (column, compared(&sheet.label(label_row, column))));
            labels.filter(|(_, label)| !label.is_empty())
        };
        // Far down a row is read as a whole only where it begins as labels of sectors do.
        if label_row > MOST_HEADING
            && of_row()
                .take(SEEN_FIRST)
                .filter(|(_, label)| known(label))
                .count()
                < 2
        {
            continue;
        }
        let headers: Labels = of_row().collect();
        for heads in &heads {
            let headers: Vec<&(usize, String)> =
                headers.iter().filter(|(c, _)| *c > heads.column).collect();
            if let Some(run) = longest_run(&headers, heads, label_row) {
                let label = |row: &usize| sheet.label(*row, heads.column);
                let square = Square {
                    label_row,
                    label_column: heads.column,
                    labels: run.rows.iter().map(label).collect(),
                    columns: run.columns,
                    rows: run.rows,
                    names: None,
                    twice: run.twice,
                };
                found.push((square, run.reach));
            }
        }
    }
    found
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

/// A run in which headers and heads are the same.
struct Run {
    columns: Vec<usize>,
    rows: Vec<usize>,
    /// Where a label stood a second time and ended it.
    twice: Option<(usize, usize)>,
    /// How far it would have gone.
    reach: usize,
}

/// The longest run in which headers and heads are the same, each label once.
fn longest_run(headers: &[&(usize, String)], heads: &Heads, label_row: usize) -> Option<Run> {
    let first = |label: &str| {
        let places = heads.at.get(label)?;
        let below = places.partition_point(|at| heads.labels[*at].0 <= label_row);
        places.get(below).copied()
    };
    let mut best: Option<Run> = None;
    let mut start = 0;
    while start < headers.len() {
        let Some(from) = first(&headers[start].1) else {
            start += 1;
            continue;
        };
        let mut seen = HashSet::new();
        let mut run = Run {
            columns: Vec::new(),
            rows: Vec::new(),
            twice: None,
            reach: 0,
        };
        for (header, head) in headers[start..].iter().zip(&heads.labels[from..]) {
            if header.1 != head.1 || super::words::ends_sectors(&header.1) {
                break;
            }
            // Figures stand twice for other reasons.
            let told = header.1.chars().any(char::is_alphabetic);
            if !seen.insert(header.1.as_str()) && run.twice.is_none() {
                if !told {
                    break;
                }
                run.twice = Some((head.0, heads.column));
            }
            run.reach += 1;
            if run.twice.is_none() {
                run.columns.push(header.0);
                run.rows.push(head.0);
            }
        }
        start += run.rows.len().max(1);
        let longer = (best.as_ref()).is_none_or(|best| run.rows.len() > best.rows.len());
        if longer && run.rows.len() >= 2 {
            best = Some(run);
        }
    }
    best
}
