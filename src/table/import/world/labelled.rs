//! Figures with labels before them and above, as a text has them.

use super::cells::Cells;
use super::files::{Lines, clean};
use crate::error::Result;
use crate::lang::{Text, excerpt, said};

/// The lines among which those of labels are looked for.
const FIRST_LINES: usize = 6;

/// Figures with the labels of their rows and columns, as pandas writes them.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Labelled {
    /// The labels of each row, in as many columns as stand before the figures.
    pub(super) rows: Vec<Vec<String>>,
    /// The labels of each column, from as many lines as stand above them.
    pub(super) columns: Vec<Vec<String>>,
    /// The figures.
    pub(super) cells: Cells,
}

impl Labelled {
    /// Reads labels and figures; so many columns are labels, where that is known.
    ///
    /// # Errors
    /// Lines of different lengths; what is no finite number; a file without figures.
    pub(super) fn read(
        mut lines: Lines<'_>,
        separator: char,
        labels: Option<usize>,
    ) -> Result<Self> {
        let mut first: Vec<String> = Vec::new();
        while first.len() < FIRST_LINES
            && let Some(line) = lines.next()?
        {
            if !line.is_empty() {
                first.push(line.to_owned());
            }
        }
        let cut = |line: &String| -> Vec<String> {
            let fields = line.split(separator).map(|field| clean(field).to_owned());
            fields.collect()
        };
        let mut head: Vec<Vec<String>> = first.iter().map(cut).collect();
        let Some((above, labels)) = layout(&head, labels) else {
            return Err(lines.at(said!(
                "there are no figures with labels before them and above",
                "앞과 위에 이름이 있는 수치가 없습니다"
            )));
        };
        head.truncate(above);
        let width = head.iter().map(Vec::len).max().unwrap_or(0);
        let (mut rows, mut cells) = (Vec::new(), Vec::new());
        for (at, line) in first[above..].iter().enumerate() {
            let taken = take(line, separator, labels, width, &mut rows, &mut cells);
            taken.map_err(|why| lines.at_line(above + at + 1, why))?;
        }
        while let Some(line) = lines.next()? {
            if !line.is_empty() {
                let taken = take(line, separator, labels, width, &mut rows, &mut cells);
                taken.map_err(|why| lines.at(why))?;
            }
        }
        let figures = width - labels;
        // The names that pandas gives to the columns of labels stand in a line of their own.
        head.retain(|line| line.iter().skip(labels).any(|label| !label.is_empty()));
        let columns = (0..figures).map(|j| {
            let label = |line: &Vec<String>| line.get(labels + j).cloned().unwrap_or_default();
            head.iter().map(label).collect()
        });
        Ok(Labelled {
            columns: columns.collect(),
            cells: Cells::new(figures, cells),
            rows,
        })
    }

    /// Figures without any labels: those come from files of their own.
    pub(super) fn plain(mut lines: Lines<'_>, separator: char, width: usize) -> Result<Cells> {
        let mut cells = Vec::new();
        while let Some(line) = lines.next()? {
            if line.is_empty() {
                continue;
            }
            let before = cells.len();
            let mut wrong = None;
            for field in line.trim_end_matches(separator).split(separator) {
                match number(field) {
                    Some(value) => cells.push(value),
                    None => wrong = wrong.or(Some(excerpt(field))),
                }
            }
            if let Some(field) = wrong {
                return Err(lines.at(said!(
                    "'{field}' is not a finite number",
                    "'{field}'은(는) 유한한 수가 아닙니다"
                )));
            }
            let count = cells.len() - before;
            if count != width {
                return Err(lines.at(said!(
                    "the line has {count} figures, and the labels are of {width} columns",
                    "이 줄의 수치는 {count}개인데 이름은 {width}열입니다"
                )));
            }
        }
        Ok(Cells::new(width, cells))
    }
}

/// How many lines of labels stand above the figures, and how many columns of them before. A line of names ends the labels
/// where there is one, as pandas writes it: a code may be a number.
fn layout(first: &[Vec<String>], labels: Option<usize>) -> Option<(usize, usize)> {
    let filled = |line: &[String]| line.iter().take_while(|field| !field.is_empty()).count();
    let is_names = |line: &Vec<String>| {
        let names = filled(line);
        let (labels, rest) = line.split_at(names);
        names > 0
            && names + 1 < line.len()
            && rest.iter().all(String::is_empty)
            && labels.iter().all(|label| number(label).is_none())
    };
    if let Some(at) = first.iter().position(is_names) {
        return Some((at + 1, filled(&first[at])));
    }
    for (at, line) in first.iter().enumerate().skip(1) {
        let figures = line.iter().rev().take_while(|f| number(f).is_some());
        let before = labels.unwrap_or(line.len() - figures.count());
        let is_row = (1..line.len()).contains(&before)
            && filled(line) >= before
            && line[before..].iter().all(|field| number(field).is_some());
        if is_row {
            return Some((at, before));
        }
    }
    None
}

/// Takes a line of labels and figures.
fn take(
    line: &str,
    separator: char,
    labels: usize,
    width: usize,
    rows: &mut Vec<Vec<String>>,
    cells: &mut Vec<f64>,
) -> std::result::Result<(), Text> {
    let mut fields = line.split(separator);
    let before = fields.by_ref().take(labels);
    let label: Vec<String> = before.map(|f| clean(f).to_owned()).collect();
    let (mut count, mut wrong) = (labels, None);
    for field in fields {
        count += 1;
        match number(field) {
            Some(value) => cells.push(value),
            None => wrong = wrong.or(Some((count, excerpt(field)))),
        }
    }
    if let Some((column, field)) = wrong {
        return Err(said!(
            "field {column} is '{field}': it must be a finite number",
            "{column}번째 값이 '{field}'입니다. 유한한 수여야 합니다"
        ));
    }
    if count != width {
        return Err(said!(
            "the line has {count} fields where those before have {width}",
            "이 줄의 값은 {count}개인데 앞 줄들은 {width}개입니다"
        ));
    }
    rows.push(label);
    Ok(())
}

/// A finite number; nothing is 0.
fn number(field: &str) -> Option<f64> {
    match clean(field) {
        "" => Some(0.0),
        field => field.parse().ok().filter(|value: &f64| value.is_finite()),
    }
}
