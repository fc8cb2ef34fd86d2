//! A result in a form that every format can show.

pub use crate::units::number;

use serde::{Deserialize, Serialize};

/// A result as it is shown: titles, tables, notes, in one language.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Document {
    /// What it is about.
    pub title: String,
    /// One line under the title: the table, its year, the model.
    pub subtitle: String,
    /// Its parts, in the order of reading.
    pub sections: Vec<Section>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Section {
    /// A stable name in lower case, for machines: "headline".
    pub id: String,
    /// Its heading; empty for none.
    pub title: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// A list of notes.
    Notes(Vec<String>),
    /// Figures.
    Table(Table),
}

/// Figures with typed columns.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// A stable name for machines: "value_added".
    pub id: String,
    /// The heading.
    pub title: String,
    /// What its cells hold.
    pub kind: Kind,
    /// The unit of all its cells, as shown under the heading and in tidy files.
    pub unit: String,
    /// Whether a bar of the cell's size may be drawn beside it.
    pub bar: bool,
    /// What the cells of a row, or those above, add up to in it.
    #[serde(default)]
    pub adds: Adds,
}

/// Which other cells a column adds up: then what is shown adds up as well.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Adds {
    /// None.
    #[default]
    Nothing,
    /// In each row the columns of these ids, as far as the table has them.
    Across(Vec<String>),
    /// The column of this id, from the first row to its own.
    SoFar(String),
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Names and codes: the key of the row.
    Text,
    /// A number shown with so many decimals.
    Number {
        /// Decimals shown.
        decimals: u8,
        /// Whether the rows add up to the row marked as total: then what is shown adds up as well.
        additive: bool,
    },
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// One cell for each column.
    pub cells: Vec<Cell>,
    /// Whether it is the sum of the rows between it and the total (or the top) before it.
    pub total: bool,
    /// Whether, as a total, it also carries that earlier total forward.
    pub carries: bool,
    /// A row that stands out.
    pub strong: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// A name.
    Text(String),
    /// A number in the column's unit, unrounded.
    Number(f64),
    /// A number with a unit of its own, where rows of one column differ in unit.
    Measure(f64, Unit),
    /// Nothing to show.
    Empty,
}

/// A unit with its decimals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// As shown after the number.
    pub name: String,
    /// Decimals shown.
    pub decimals: u8,
}

impl Document {
    /// An empty document.
    pub fn new(title: impl Into<String>, subtitle: impl Into<String>) -> Self {
        Document {
            title: title.into(),
            subtitle: subtitle.into(),
            sections: Vec::new(),
        }
    }

    /// Adds a section.
    pub fn section(&mut self, id: &str, title: &str, blocks: Vec<Block>) -> &mut Self {
        self.sections.push(Section {
            id: id.to_owned(),
            title: title.to_owned(),
            blocks,
        });
        self
    }
}

impl Column {
    /// Names or codes.
    pub fn text(id: &str, title: &str) -> Self {
        Column {
            id: id.to_owned(),
            title: title.to_owned(),
            kind: Kind::Text,
            unit: String::new(),
            bar: false,
            adds: Adds::Nothing,
        }
    }

    /// Numbers with so many decimals.
    pub fn number(id: &str, title: &str, unit: &str, decimals: u8) -> Self {
        Column {
            kind: Kind::Number {
                decimals,
                additive: false,
            },
            unit: unit.to_owned(),
            ..Column::text(id, title)
        }
    }

    /// The rows add up to the total row.
    pub fn additive(mut self) -> Self {
        if let Kind::Number { additive, .. } = &mut self.kind {
            *additive = true;
        }
        self
    }

    /// In each row it is the sum of the columns of these ids.
    pub fn sum_of<'a>(mut self, ids: impl IntoIterator<Item = &'a str>) -> Self {
        self.adds = Adds::Across(ids.into_iter().map(str::to_owned).collect());
        self
    }

    /// It is the sum of the column of this id so far.
    pub fn so_far(mut self, id: &str) -> Self {
        self.adds = Adds::SoFar(id.to_owned());
        self
    }

    /// May be drawn with bars.
    pub fn with_bar(mut self) -> Self {
        self.bar = true;
        self
    }
}

impl Row {
    /// An ordinary row.
    pub fn new(cells: Vec<Cell>) -> Self {
        Row {
            cells,
            total: false,
            carries: false,
            strong: false,
        }
    }

    /// The sum of the rows above it, back to the total before.
    pub fn total(cells: Vec<Cell>) -> Self {
        Row {
            cells,
            total: true,
            carries: false,
            strong: true,
        }
    }

    /// The sum of the total before it and the rows since.
    pub fn running_total(cells: Vec<Cell>) -> Self {
        Row {
            carries: true,
            ..Row::total(cells)
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}

impl Table {
    /// Every cell as it is shown, row by row.
    ///
    /// In additive columns the numbers are rounded so that what is shown adds up to the total shown:
    /// the total is rounded first, each part down, and what is missing goes to the parts that lost
    /// most (largest remainders). Where a column is the sum of others ([`Adds`]), each row adds up
    /// too: a row that shows too much and one that shows too little then change one column by a unit
    /// of the last decimal, which leaves its sum as it is.
    pub fn shown(&self) -> Vec<Vec<String>> {
        let rounded = self.rounded();
        let show = |(row, rounded): (&Row, &Vec<f64>)| {
            let cells = row.cells.iter().zip(&self.columns).zip(rounded);
            cells
                .map(|((cell, column), value)| match (cell, column.kind) {
                    (Cell::Number(_), Kind::Number { decimals, .. }) => number(*value, decimals),
                    _ => show(cell, column),
                })
                .collect()
        };
        self.rows.iter().zip(&rounded).map(show).collect()
    }

    /// The number of a cell, if it is one.
    fn number(&self, row: usize, column: usize) -> Option<f64> {
        match self.rows[row].cells.get(column) {
            Some(Cell::Number(value)) => Some(*value),
            _ => None,
        }
    }

    /// All numbers as they are shown; what is no number is zero.
    fn rounded(&self) -> Vec<Vec<f64>> {
        let (rows, columns) = (self.rows.len(), self.columns.len());
        let mut rounded = vec![vec![0.0; columns]; rows];
        for (at, column) in self.columns.iter().enumerate() {
            let Kind::Number { decimals, .. } = column.kind else {
                continue;
            };
            for (row, rounded) in rounded.iter_mut().enumerate() {
                if let Some(value) = self.number(row, at) {
                    rounded[at] = round_to_sum(&[value], value, decimals)[0];
                }
            }
        }
        // Totals across first, so that the columns add up to them.
        for row in (0..rows).filter(|row| self.rows[*row].total) {
            self.round_across(row, &mut rounded);
        }
        for at in 0..columns {
            self.round_down(at, &mut rounded);
        }
        for at in 0..columns {
            self.settle_across(at, &mut rounded);
        }
        for at in 0..columns {
            self.round_so_far(at, &mut rounded);
        }
        rounded
    }

    /// The decimals of a column of numbers, and whether it is additive.
    fn decimals(&self, column: usize) -> Option<(u8, bool)> {
        match self.columns[column].kind {
            Kind::Number { decimals, additive } => Some((decimals, additive)),
            Kind::Text => None,
        }
    }

    /// The columns that a column is the sum of, where all show the same decimals.
    fn parts(&self, column: usize) -> Vec<usize> {
        let Adds::Across(ids) = &self.columns[column].adds else {
            return Vec::new();
        };
        let named = |at: &usize| ids.contains(&self.columns[*at].id);
        let parts: Vec<usize> = (0..self.columns.len()).filter(named).collect();
        let decimals = |at: usize| self.decimals(at).map(|(decimals, _)| decimals);
        if parts.iter().all(|part| decimals(*part) == decimals(column)) {
            parts
        } else {
            Vec::new()
        }
    }

    /// Rounds the parts of a row to the sums that it shows.
    fn round_across(&self, row: usize, rounded: &mut [Vec<f64>]) {
        for at in 0..self.columns.len() {
            let (Some((decimals, _)), Some(_)) = (self.decimals(at), self.number(row, at)) else {
                continue;
            };
            let parts = self.parts(at);
            let values: Option<Vec<f64>> = parts.iter().map(|p| self.number(row, *p)).collect();
            let shown = round_to_sum(&values.unwrap_or_default(), rounded[row][at], decimals);
            for (part, value) in parts.iter().zip(shown) {
                rounded[row][*part] = value;
            }
        }
    }

    /// Rounds the rows of an additive column to the totals that it shows.
    fn round_down(&self, at: usize, rounded: &mut [Vec<f64>]) {
        let Some((decimals, true)) = self.decimals(at) else {
            return;
        };
        let (mut from, mut before) = (0, 0.0);
        for end in 0..self.rows.len() {
            if !self.rows[end].total || self.number(end, at).is_none() {
                continue;
            }
            let rows: Vec<usize> = (from..end)
                .filter(|row| self.number(*row, at).is_some())
                .collect();
            let total = rounded[end][at];
            let target = if self.rows[end].carries {
                total - before
            } else {
                total
            };
            let values: Vec<f64> = rows.iter().filter_map(|r| self.number(*r, at)).collect();
            for (row, value) in rows.iter().zip(round_to_sum(&values, target, decimals)) {
                rounded[*row][at] = value;
            }
            (from, before) = (end + 1, total);
        }
    }

    /// Makes every row show the sum of its parts, without changing the sums of the columns.
    fn settle_across(&self, at: usize, rounded: &mut [Vec<f64>]) {
        let (parts, Some((decimals, _))) = (self.parts(at), self.decimals(at)) else {
            return;
        };
        if parts.is_empty() {
            return;
        }
        if !parts
            .iter()
            .any(|p| matches!(self.decimals(*p), Some((_, true))))
        {
            (0..self.rows.len()).for_each(|row| self.round_across(row, rounded));
            return;
        }
        let unit = 10f64.powi(-i32::from(decimals));
        // How many units more a row must show, where it is a sum at all.
        let missing = |row: usize, rounded: &[Vec<f64>]| -> f64 {
            let values: Option<Vec<f64>> = parts.iter().map(|p| self.number(row, *p)).collect();
            let (Some(values), Some(sum)) = (values, self.number(row, at)) else {
                return 0.0;
            };
            if (values.iter().sum::<f64>() - sum).abs() > unit / 2.0 {
                return 0.0;
            }
            let shown: f64 = parts.iter().map(|p| rounded[row][*p]).sum();
            ((rounded[row][at] - shown) / unit).round()
        };
        // How much farther a cell is from its figure after a step; what is nothing stays nothing.
        let cost = |row: usize, part: usize, step: f64, rounded: &[Vec<f64>]| -> f64 {
            match self.number(row, part) {
                Some(value) if value != 0.0 => {
                    let off = rounded[row][part] - value;
                    (off + step).abs() - off.abs()
                }
                _ => f64::INFINITY,
            }
        };
        let mut from = 0;
        for end in (0..self.rows.len()).filter(|row| self.rows[*row].total) {
            let block: Vec<usize> = (from..end).collect();
            from = end + 1;
            // Each step brings two rows nearer, and no row lacks more than a unit a part.
            for _ in 0..block.len() * parts.len() {
                let of = |sign: f64, rounded: &[Vec<f64>]| -> Vec<usize> {
                    let wanted = |row: &usize| missing(*row, rounded) * sign > 0.0;
                    block.iter().copied().filter(wanted).collect()
                };
                let (more, less) = (of(1.0, rounded), of(-1.0, rounded));
                let steps = more
                    .iter()
                    .flat_map(|m| less.iter().map(move |l| (*m, *l)))
                    .flat_map(|(m, l)| parts.iter().map(move |p| (m, l, *p)))
                    .map(|(m, l, p)| {
                        let cost = cost(m, p, unit, rounded) + cost(l, p, -unit, rounded);
                        (cost, m, l, p)
                    })
                    .filter(|(cost, ..)| cost.is_finite());
                let Some((_, m, l, part)) = steps.min_by(|a, b| a.0.total_cmp(&b.0)) else {
                    break;
                };
                rounded[m][part] += unit;
                rounded[l][part] -= unit;
            }
        }
    }

    /// Makes a running sum show the sum of what is shown so far.
    fn round_so_far(&self, at: usize, rounded: &mut [Vec<f64>]) {
        let Adds::SoFar(id) = &self.columns[at].adds else {
            return;
        };
        let Some(of) = self.columns.iter().position(|c| c.id == *id) else {
            return;
        };
        let (Some((decimals, _)), Some((same, _))) = (self.decimals(at), self.decimals(of)) else {
            return;
        };
        let unit = 10f64.powi(-i32::from(decimals));
        let (mut sum, mut shown) = (0.0, 0.0);
        for (row, rounded) in rounded.iter_mut().enumerate() {
            let (Some(value), Some(so_far)) = (self.number(row, of), self.number(row, at)) else {
                continue;
            };
            sum += value;
            shown += rounded[of];
            if decimals == same && (sum - so_far).abs() < unit / 2.0 {
                rounded[at] = shown;
            }
        }
    }

    /// The same table with the units of its measures in a column of their own, if each row has one
    /// unit: before the measures where there are several ("Jobs | persons | 1,200 | 300"), after them
    /// where there is one ("Jobs | 1,200 | persons"). Otherwise the units stay in the cells.
    pub fn with_unit_column(&self) -> Table {
        let is_measure =
            |cell: Option<&Cell>| matches!(cell, Some(Cell::Measure(_, u)) if !u.name.is_empty());
        let measures: Vec<usize> = (0..self.columns.len())
            .filter(|&at| self.rows.iter().any(|row| is_measure(row.cells.get(at))))
            .collect();
        let units: Option<Vec<&str>> = self.rows.iter().map(unit_of).collect();
        let (Some(&first), Some(units)) = (measures.first(), units) else {
            return self.clone();
        };
        let at = if measures.len() == 1 {
            first + 1
        } else {
            first
        };
        let mut table = self.clone();
        table.columns.insert(at, Column::text("unit", ""));
        for (row, unit) in table.rows.iter_mut().zip(units) {
            for cell in &mut row.cells {
                if let Cell::Measure(_, unit) = cell {
                    unit.name.clear();
                }
            }
            row.cells.resize(self.columns.len(), Cell::Empty);
            row.cells.insert(at, Cell::from(unit));
        }
        table
    }
}

/// The unit that all measures of a row share, empty without measures; `None` if they differ.
fn unit_of(row: &Row) -> Option<&str> {
    let mut units = row.cells.iter().filter_map(|cell| match cell {
        Cell::Measure(_, unit) => Some(unit.name.as_str()),
        _ => None,
    });
    let first = units.next().unwrap_or_default();
    units.all(|unit| unit == first).then_some(first)
}

fn show(cell: &Cell, column: &Column) -> String {
    match (cell, column.kind) {
        (Cell::Text(text), _) => text.clone(),
        (Cell::Number(value), Kind::Number { decimals, .. }) => number(*value, decimals),
        (Cell::Number(value), Kind::Text) => value.to_string(),
        (Cell::Measure(value, unit), _) => {
            format!("{} {}", number(*value, unit.decimals), unit.name)
                .trim_end()
                .to_owned()
        }
        (Cell::Empty, _) => String::new(),
    }
}

/// Rounds parts so that they add up to their rounded total. Parts that do not add up to the total in
/// the first place (within a unit of the last decimal a part) are rounded each on its own.
pub fn round_to_sum(parts: &[f64], total: f64, decimals: u8) -> Vec<f64> {
    let unit = 10f64.powi(-i32::from(decimals));
    let scaled: Vec<f64> = parts.iter().map(|v| v / unit).collect();
    let mut rounded: Vec<f64> = scaled.iter().map(|v| v.floor()).collect();
    let missing = (total / unit).round() - rounded.iter().sum::<f64>();
    let count = missing.round();
    if !(0.0..=parts.len() as f64).contains(&count) {
        return scaled.iter().map(|v| v.round() * unit).collect();
    }
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|&a, &b| {
        let lost = |i: usize| scaled[i] - rounded[i];
        lost(b).total_cmp(&lost(a)).then(a.cmp(&b))
    });
    for &i in order.iter().take(count as usize) {
        rounded[i] += 1.0;
    }
    rounded.iter().map(|v| v * unit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_have_separators_and_no_negative_zero() {
        assert_eq!(number(1234567.891, 1), "1,234,567.9");
        assert_eq!(number(-0.04, 1), "0.0");
        assert_eq!(number(-1234.5, 0), "-1,234");
        assert_eq!(number(999.96, 1), "1,000.0");
        assert_eq!(number(f64::NAN, 1), "–");
    }

    #[test]
    fn what_is_shown_adds_up() {
        assert_eq!(round_to_sum(&[1.4, 1.4, 1.4], 4.2, 0), [2.0, 1.0, 1.0]);
        assert_eq!(round_to_sum(&[-1.5, 3.5], 2.0, 0), [-1.0, 3.0]);
        // Not a sum at all: each on its own.
        assert_eq!(round_to_sum(&[1.2, 1.2], 100.0, 0), [1.0, 1.0]);
    }

    #[test]
    fn subtotals_carry_forward() {
        let row = |value: f64| vec![Cell::from("x"), Cell::from(value)];
        let table = Table {
            columns: vec![
                Column::text("what", "What"),
                Column::number("n", "N", "", 0).additive(),
            ],
            rows: vec![
                Row::new(row(1.4)),
                Row::new(row(1.4)),
                Row::total(row(2.8)),
                Row::new(row(1.4)),
                Row::running_total(row(4.2)),
            ],
        };
        let shown: Vec<String> = table.shown().into_iter().map(|mut r| r.remove(1)).collect();
        assert_eq!(shown, ["2", "1", "3", "1", "4"]);
    }

    #[test]
    fn the_units_of_rows_become_a_column_where_each_row_has_one() {
        let measure = |value, unit: &str| {
            let unit = Unit {
                name: unit.to_owned(),
                decimals: 0,
            };
            Cell::Measure(value, unit)
        };
        let mut table = Table {
            columns: vec![
                Column::text("name", "Measure"),
                Column::number("direct", "Direct", "", 0),
                Column::number("total", "Total", "", 0),
            ],
            rows: vec![
                Row::new(vec![
                    "Output".into(),
                    measure(1.0, "won"),
                    measure(2.0, "won"),
                ]),
                Row::new(vec!["Jobs".into(), measure(3.0, "persons")]),
            ],
        };
        let shown = table.with_unit_column().shown();
        assert_eq!(shown[0], ["Output", "won", "1", "2"]);
        assert_eq!(shown[1], ["Jobs", "persons", "3", ""]);

        let mut one = table.clone();
        one.rows[0].cells[2] = Cell::Empty;
        assert_eq!(
            one.with_unit_column().shown()[0],
            ["Output", "1", "won", ""]
        );

        table.rows[0].cells[2] = measure(2.0, "persons");
        assert_eq!(table.with_unit_column(), table, "two units in one row");
    }

    #[test]
    fn a_row_shows_the_sum_of_its_parts() {
        let table = Table {
            columns: vec![
                Column::number("all", "", "", 0).sum_of(["a", "b"]),
                Column::number("a", "", "", 0),
                Column::number("b", "", "", 0).sum_of(["c", "d", "not there"]),
                Column::number("c", "", "", 0),
                Column::number("d", "", "", 0),
            ],
            // 3.8 = 1.4 + 2.4, 2.4 = 1.2 + 1.2; and a row that is no sum.
            rows: vec![
                Row::new([3.8, 1.4, 2.4, 1.2, 1.2].map(Cell::Number).to_vec()),
                Row::new([9.0, 1.4, 2.4, 9.4, 1.2].map(Cell::Number).to_vec()),
            ],
        };
        assert_eq!(table.shown()[0], ["4", "2", "2", "1", "1"]);
        assert_eq!(table.shown()[1], ["9", "1", "2", "9", "1"]);
    }

    #[test]
    fn what_is_shown_so_far_is_the_sum_of_what_is_shown() {
        let row = |value: f64, so_far: f64| Row::new(vec![value.into(), so_far.into()]);
        let table = Table {
            columns: vec![
                Column::number("n", "", "", 0).additive(),
                Column::number("so_far", "", "", 0).so_far("n"),
            ],
            rows: vec![
                row(1.4, 1.4),
                row(1.4, 2.8),
                row(1.4, 4.2),
                Row::total(vec![4.2.into(), Cell::Empty]),
            ],
        };
        let shown = table.shown();
        assert_eq!(shown[0], ["2", "2"]);
        assert_eq!(shown[1], ["1", "3"]);
        assert_eq!(shown[2], ["1", "4"]);
        assert_eq!(shown[3], ["4", ""]);
    }

    proptest! {
        #[test]
        fn rows_and_columns_both_add_up(
            cells in prop::collection::vec(prop::collection::vec(0.01..1e4f64, 4), 1..12),
        ) {
            let ids = ["a", "b", "c", "d"];
            let mut columns = vec![Column::number("all", "", "", 0).additive().sum_of(ids)];
            columns.extend(ids.map(|id| Column::number(id, "", "", 0).additive()));
            let with_sum = |parts: &[f64]| {
                let all = std::iter::once(parts.iter().sum()).chain(parts.iter().copied());
                all.map(Cell::Number).collect()
            };
            let mut rows: Vec<Row> = cells.iter().map(|parts| Row::new(with_sum(parts))).collect();
            let totals: Vec<f64> = (0..4).map(|c| cells.iter().map(|row| row[c]).sum()).collect();
            rows.push(Row::total(with_sum(&totals)));
            let table = Table { columns, rows };
            let shown = table.rounded();
            for (row, exact) in shown.iter().zip(&table.rows) {
                prop_assert_eq!(row[0], row[1..].iter().sum::<f64>());
                for (value, cell) in row.iter().zip(&exact.cells) {
                    let Cell::Number(exact) = cell else { panic!("a number") };
                    prop_assert!((value - exact).abs() < 2.0, "{} for {}", value, exact);
                }
            }
            let (total, parts) = shown.split_last().expect("a total");
            for column in 0..5 {
                prop_assert_eq!(total[column], parts.iter().map(|row| row[column]).sum::<f64>());
            }
        }

        #[test]
        fn rounded_parts_sum_to_the_rounded_total(parts in prop::collection::vec(-1e6..1e6f64, 1..40)) {
            let total: f64 = parts.iter().sum();
            let sum: f64 = round_to_sum(&parts, total, 1).iter().sum();
            prop_assert!((sum - (total * 10.0).round() / 10.0).abs() < 1e-6);
        }
    }
}
