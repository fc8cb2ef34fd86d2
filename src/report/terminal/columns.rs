//! The columns of a table as a terminal has room for them: how wide each is, and in how many panels.

use super::super::document::{Cell, Kind, Table};
use super::super::width::{truncate, width, wrap};
use super::{GAP, clean};

/// Headings of numbers wrap to this width, or to the width of the numbers if that is more.
const HEADING: usize = 12;
/// Longer Korean words of a heading may break after so many cells, four syllables.
const COMPOUND: usize = 8;
/// Names are not cut below this while there are bars that could go.
const READABLE: usize = 24;
/// Names are not cut below this at all.
const SHORTEST: usize = 12;
/// Names that are too long go on in so many lines before they are cut.
const LINES: usize = 3;
/// The sizes of bars that are tried, the last being none.
const BARS: [usize; 4] = [12, 8, 5, 0];

/// A column as it is drawn.
pub(super) struct Field {
    pub title: String,
    pub unit: String,
    pub cells: Vec<String>,
    pub right: bool,
    pub muted: bool,
    /// For columns with bars: each row's share of the largest, -1 to 1.
    shares: Option<Vec<Option<f64>>>,
}

impl Field {
    /// Its share of the largest, where a bar shows it.
    pub fn share(&self, row: usize) -> Option<f64> {
        self.shares.as_ref()?[row]
    }

    /// A cell in this many lines: a number in one, a name in up to [`LINES`], the last one cut where it
    /// must be.
    pub fn lines(&self, row: usize, room: usize) -> Vec<String> {
        let cell = &self.cells[row];
        if self.right || width(cell) <= room {
            return vec![cell.clone()];
        }
        let mut lines = wrap(cell, room);
        if lines.len() > LINES {
            let rest = lines.split_off(LINES - 1).join(" ");
            lines.push(truncate(&rest, room));
        }
        lines
    }

    /// The cells that a bar of this size adds to the column.
    pub fn bar_room(&self, bar: usize) -> usize {
        if self.shares.is_some() && bar > 0 {
            bar + 1
        } else {
            0
        }
    }

    fn widest(&self) -> usize {
        let cells = self.cells.iter().map(|cell| width(cell));
        cells.max().unwrap_or(0).max(width(&self.unit))
    }

    /// The width with the heading on one line, or on several if it is long.
    fn comfortable(&self) -> usize {
        self.with_heading(HEADING)
    }

    /// The width with the heading on more lines, but not a word on each.
    fn snug(&self) -> usize {
        self.with_heading(COMPOUND)
    }

    fn with_heading(&self, room: usize) -> usize {
        if !self.right {
            return self.widest().max(width(&self.title));
        }
        let line = width(&self.title).min(room);
        self.tight().max(line)
    }

    /// The width below which something is cut.
    fn tight(&self) -> usize {
        if !self.right {
            return self.comfortable();
        }
        let widest = self.widest();
        let words = self.title.split_whitespace().map(|word| match width(word) {
            // A Korean term is read as well in two lines: 부가가치/유발계수.
            long if long > COMPOUND + 2 && widest <= COMPOUND && !word.is_ascii() => COMPOUND,
            width => width,
        });
        words.max().unwrap_or(0).max(widest)
    }

    /// The width to which the column may be cut.
    fn shortest(&self, limit: usize) -> usize {
        if self.right {
            self.tight()
        } else {
            self.comfortable().min(limit)
        }
    }
}

/// The columns of a table as they are drawn.
pub(super) fn fields(table: &Table, bars: bool) -> Vec<Field> {
    let shown = table.shown();
    let column = |at: usize| -> Vec<String> {
        shown
            .iter()
            .map(|row| row.get(at).map(|cell| clean(cell)).unwrap_or_default())
            .collect()
    };
    table
        .columns
        .iter()
        .enumerate()
        .map(|(at, heading)| Field {
            title: clean(&heading.title),
            unit: clean(&heading.unit),
            cells: column(at),
            right: heading.kind != Kind::Text,
            muted: heading.id == "unit",
            shares: (bars && heading.bar).then(|| shares(table, at)),
        })
        .collect()
}

/// Each row's share of the largest; none for totals.
fn shares(table: &Table, at: usize) -> Vec<Option<f64>> {
    let value = |cell: Option<&Cell>| match cell {
        Some(Cell::Number(value) | Cell::Measure(value, _)) if value.is_finite() => Some(*value),
        _ => None,
    };
    let values: Vec<Option<f64>> = table
        .rows
        .iter()
        .map(|row| {
            if row.total {
                None
            } else {
                value(row.cells.get(at))
            }
        })
        .collect();
    let largest = values
        .iter()
        .flatten()
        .fold(0.0, |a: f64, v| a.max(v.abs()));
    if largest == 0.0 {
        return vec![None; values.len()];
    }
    values.iter().map(|v| v.map(|v| v / largest)).collect()
}

/// The columns that name the row: the texts before the first number.
pub(super) fn keys(fields: &[Field]) -> usize {
    fields.iter().take_while(|field| !field.right).count()
}

/// Columns that are shown side by side.
pub(super) struct Panel {
    /// Their places in the table.
    pub fields: Vec<usize>,
    /// Their widths, without bars.
    pub widths: Vec<usize>,
    /// The size of bars.
    pub bar: usize,
}

/// The columns in as many panels as it takes, the keys in each.
pub(super) fn panels(fields: &[Field], room: usize) -> Vec<Panel> {
    let all: Vec<usize> = (0..fields.len()).collect();
    if let Some(panel) = fit(fields, &all, room) {
        return vec![panel];
    }
    let keys = keys(fields);
    let mut panels = Vec::new();
    let mut from = keys;
    while from < fields.len() {
        let columns = |to: usize| -> Vec<usize> { (0..keys).chain(from..to).collect() };
        // At least one column, even if a line must then be too long.
        let mut to = from + 1;
        let mut panel = fit(fields, &columns(to), room);
        while to < fields.len() && panel.is_some() {
            let Some(wider) = fit(fields, &columns(to + 1), room) else {
                break;
            };
            panel = Some(wider);
            to += 1;
        }
        panels.push(panel.unwrap_or_else(|| squeezed(fields, &columns(to))));
        from = to;
    }
    if panels.is_empty() {
        panels.push(squeezed(fields, &all));
    }
    panels
}

/// The widths at which these columns fit, if they can.
fn fit(fields: &[Field], columns: &[usize], room: usize) -> Option<Panel> {
    // Whole names beat wide headings and long bars, but not bars as such.
    let whole = BARS
        .iter()
        .filter(|bar| **bar > 0)
        .map(|&bar| (bar, usize::MAX));
    let cut = BARS.iter().map(|&bar| (bar, READABLE));
    let tries = whole.chain(cut).chain([(0, SHORTEST)]);
    for (bar, limit) in tries {
        // Where names must be cut, wide headings give way first.
        let widths: [fn(&Field) -> usize; 3] = [Field::comfortable, Field::snug, Field::tight];
        let first = usize::from(limit < usize::MAX);
        for width_of in &widths[first..] {
            let mut widths: Vec<usize> = columns.iter().map(|&at| width_of(&fields[at])).collect();
            let bars: usize = columns.iter().map(|&at| fields[at].bar_room(bar)).sum();
            let fixed = bars + GAP * columns.len().saturating_sub(1);
            if shrink(
                &mut widths,
                fields,
                columns,
                limit,
                room.saturating_sub(fixed),
            ) {
                return Some(Panel {
                    fields: columns.to_vec(),
                    widths,
                    bar,
                });
            }
        }
    }
    None
}

/// Cuts the widest columns of names until the widths fit; false if they cannot.
fn shrink(
    widths: &mut [usize],
    fields: &[Field],
    columns: &[usize],
    limit: usize,
    room: usize,
) -> bool {
    while widths.iter().sum::<usize>() > room {
        let widest = (0..widths.len())
            .filter(|&i| {
                widths[i] > fields[columns[i]].shortest(limit) && !fields[columns[i]].right
            })
            .max_by_key(|&i| widths[i]);
        let Some(widest) = widest else {
            return false;
        };
        widths[widest] -= 1;
    }
    true
}

/// The least widths.
fn squeezed(fields: &[Field], columns: &[usize]) -> Panel {
    Panel {
        fields: columns.to_vec(),
        widths: columns
            .iter()
            .map(|&at| fields[at].shortest(SHORTEST))
            .collect(),
        bar: 0,
    }
}
