//! The lines beside and under the square: their labels, what they are, and whether sums are sums.

use super::super::sheets::{Cell, Fault, Sheet};
use super::super::sums;
use super::checks;
use super::map::Map;
use super::square::Square;
use super::words::{self, Role};
use crate::error::{Error, Remedy, Result};
use crate::lang::{Text, said};
use crate::table::OtherInputRole;
use nalgebra::{DMatrix, DVector};

/// A row under the square or a column beside it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its place in the sheet, from 0.
    pub(super) at: usize,
    /// Its label, the most particular heading last.
    pub(super) label: Vec<String>,
    /// What it is; `None` where that is not clear.
    pub(super) role: Option<Role>,
    /// Its figures by sector, n.
    pub(super) values: DVector<f64>,
}

impl Line {
    /// The label in one piece.
    pub(super) fn title(&self) -> String {
        let own = self.label.last().cloned().unwrap_or_default();
        match own.is_empty() {
            true => "?".to_owned(),
            false => own,
        }
    }
}

/// Whether a line is a row or a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Rows,
    Columns,
}

/// A sheet with its square and the lines around it.
#[derive(Debug, Clone)]
pub(super) struct Reading<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) square: Square,
    pub(super) cells: DMatrix<f64>,
    pub(super) columns: Vec<Line>,
    pub(super) rows: Vec<Line>,
    /// Rows under the square with the labels of all sectors once more, in their order.
    pub(super) again: Vec<usize>,
    /// How the figures are rounded.
    pub(super) step: Option<f64>,
}

impl<'a> Reading<'a> {
    /// Reads a sheet; what a map says of a line holds.
    ///
    /// # Errors
    /// A cell that is no number; a total that is none of the sums that it could be.
    pub(super) fn of(sheet: &'a Sheet, square: Square, map: &Map) -> Result<Self> {
        let cells = square.figures(sheet)?;
        let mut reading = Reading {
            sheet,
            step: None,
            columns: Vec::new(),
            rows: Vec::new(),
            again: square.again(sheet),
            square,
            cells,
        };
        checks::labels_once(&reading)?;
        reading.columns = reading.lines(Side::Columns)?;
        reading.rows = reading.lines(Side::Rows)?;
        checks::merged(&reading)?;
        let values = reading.columns.iter().chain(&reading.rows);
        let values = values.flat_map(|line| line.values.iter());
        reading.step = sums::step(reading.cells.iter().chain(values));
        reading.settle(Side::Columns, map)?;
        reading.settle(Side::Rows, map)?;
        checks::one_output(&reading)?;
        Ok(reading)
    }

    /// The last digit of the figures; `None` where they are not rounded.
    pub(super) fn step(&self) -> Option<f64> {
        self.step
    }

    /// The lines of a side that hold figures.
    fn lines(&self, side: Side) -> Result<Vec<Line>> {
        let (sheet, square) = (self.sheet, &self.square);
        let (after_rows, after_columns) = square.end();
        let places = match side {
            Side::Rows => after_rows..sheet.height(),
            Side::Columns => {
                let rows = square.rows.iter().map(|row| sheet.width(*row));
                after_columns..rows.max().unwrap_or(after_columns)
            }
        };
        let mut lines = Vec::new();
        for at in places.filter(|at| {
            side == Side::Columns || (sheet.width(*at) > 0 && !self.again.contains(at))
        }) {
            let across = match side {
                Side::Rows => &square.columns,
                Side::Columns => &square.rows,
            };
            let mut values = DVector::zeros(square.len());
            let (mut figures, mut others) = (0, 0);
            let (mut wrong, mut fault) = (None, false);
            let label = match side {
                Side::Rows => self.row_label(at),
                Side::Columns => self.column_label(at),
            };
            for (k, other) in across.iter().enumerate() {
                let (row, column) = match side {
                    Side::Rows => (at, *other),
                    Side::Columns => (*other, at),
                };
                match sheet.figure(row, column) {
                    Ok(Some(number)) => (values[k], figures) = (number, figures + 1),
                    Ok(None) => {}
                    Err(error) => {
                        fault |= is_fault(sheet.cell(row, column));
                        others += 1;
                        wrong = wrong.or(Some(error));
                    }
                }
            }
            // Remarks under a table are no line of it.
            if let Some(error) = wrong
                && (fault || others < 2 * figures)
                && self.by_words(side, &label) != Some(Role::Ignored)
            {
                return Err(error);
            }
            if figures > 0 && others == 0 {
                lines.push(Line {
                    at,
                    label,
                    role: None,
                    values,
                });
            }
        }
        Ok(lines)
    }

    /// What a line is by its label.
    fn by_words(&self, side: Side, label: &[String]) -> Option<Role> {
        match side {
            Side::Rows => words::row(label),
            Side::Columns => words::column(label),
        }
    }

    /// The texts left of a row's figures.
    fn row_label(&self, row: usize) -> Vec<String> {
        let (_, first) = self.square.start();
        let parts = (0..first).map(|column| self.sheet.label(row, column));
        parts
            .filter(|part| part.chars().any(char::is_alphabetic))
            .collect()
    }

    /// The headings of a column: its own, and above it those that reach over it.
    fn column_label(&self, column: usize) -> Vec<String> {
        let (first_row, _) = self.square.start();
        let (_, after) = self.square.end();
        let rows = self.square.label_row.saturating_sub(3)..first_row;
        let own = |row: &usize| !self.sheet.label(*row, column).is_empty();
        let last_own = rows.clone().rev().find(own);
        let parts = rows.filter_map(|row| {
            let to = match last_own {
                Some(last) if row >= last => column,
                _ => after,
            };
            let columns = (to.min(column)..=column).rev();
            let mut labels = columns.map(|column| self.sheet.label(row, column));
            labels.find(|label| label.chars().any(char::is_alphabetic))
        });
        parts.collect()
    }

    /// Says what each line of a side is, and checks that sums are sums.
    fn settle(&mut self, side: Side, map: &Map) -> Result<()> {
        let mut lines = std::mem::take(match side {
            Side::Rows => &mut self.rows,
            Side::Columns => &mut self.columns,
        });
        let told = |line: &Line| match side {
            Side::Rows => map.line(self.sheet, Side::Rows, line.at),
            Side::Columns => map.line(self.sheet, Side::Columns, line.at),
        };
        let by_words: Vec<Option<Role>> = (lines.iter())
            .map(|line| self.by_words(side, &line.label))
            .collect();
        let one_of_many = (by_words.iter().zip(&lines)).any(|(role, line)| {
            matches!(
                told(line).or(*role),
                Some(Role::Demand(_) | Role::NonProfit)
            )
        });
        for (line, role) in lines.iter_mut().zip(&by_words) {
            line.role = told(line).or(match role {
                Some(Role::AllDemand) if one_of_many => Some(Role::Total),
                role => *role,
            });
            let could_be_sum = !matches!(line.role, Some(Role::Output | Role::ValueAdded));
            if told(line).is_none() && could_be_sum && words::is_total(&line.label) {
                line.role = Some(Role::Total);
            }
        }
        let square = match side {
            Side::Rows => self.cells.row_sum().transpose(),
            Side::Columns => self.cells.column_sum(),
        };
        for at in 0..lines.len() {
            let (before, line) = (&lines[..at], &lines[at]);
            let after_output = before.iter().any(|line| line.role == Some(Role::Output));
            if after_output && told(line).is_none() && line.role != Some(Role::Jobs) {
                lines[at].role = Some(Role::Ignored);
                continue;
            }
            if told(line).is_some() || !matches!(line.role, None | Some(Role::Total)) {
                continue;
            }
            let nearest = self.nearest_sum(&square, &lines, at);
            match (nearest, line.role, by_words[at]) {
                (off, _, _) if off.is_none() => lines[at].role = Some(Role::Total),
                _ if line.values.iter().all(|v| *v == 0.0) => lines[at].role = Some(Role::Ignored),
                (_, Some(Role::Total), Some(role)) if role != Role::AllDemand => {
                    lines[at].role = Some(role);
                }
                (_, Some(Role::Total), Some(role)) if !one_of_many => lines[at].role = Some(role),
                (Some(off), Some(Role::Total), _) => return Err(self.no_sum(side, line, &off)),
                _ => {}
            }
        }
        *match side {
            Side::Rows => &mut self.rows,
            Side::Columns => &mut self.columns,
        } = lines;
        Ok(())
    }

    /// The sum that is nearest to a line, where it is off by more than rounding; `None` where the line is a
    /// sum.
    fn nearest_sum(&self, square: &DVector<f64>, lines: &[Line], at: usize) -> Option<Off> {
        let n = square.len();
        let zero = || DVector::<f64>::zeros(n);
        let adds = |line: &&Line| {
            !matches!(
                line.role,
                None | Some(
                    Role::Total | Role::Ignored | Role::Output | Role::Jobs | Role::ValueAdded
                )
            )
        };
        let sum = |lines: &[Line], keep: &dyn Fn(&Line) -> bool| -> DVector<f64> {
            let kept = lines.iter().filter(adds).filter(|line| keep(line));
            kept.fold(zero(), |sum, line| sum + &line.values)
        };
        let before = &lines[..at];
        let is_total = |line: &Line| matches!(line.role, Some(Role::Total));
        let since = before.iter().rposition(is_total).map_or(0, |last| last + 1);
        let any = |_: &Line| true;
        let part = |line: &Line| matches!(line.role, Some(Role::Part(_)));
        let no_part = |line: &Line| !part(line);
        let no_import =
            |line: &Line| !matches!(line.role, Some(Role::Other(OtherInputRole::Imports)));
        let candidates = [
            square.clone(),
            sum(&before[since..], &any),
            sum(before, &any),
            sum(before, &no_import),
            square + sum(before, &any),
            square + sum(before, &no_part),
            square + sum(before, &no_import),
            sum(lines, &part),
            sum(lines, &no_import),
        ];
        let values = &lines[at].values;
        let off = |sum: &DVector<f64>| {
            let worst = (0..n).map(|k| {
                let size = values[k].abs().max(sum[k].abs());
                let may = sums::rounding(self.step, n + lines.len(), size).max(1e-12);
                ((values[k] - sum[k]).abs() / may, k)
            });
            let (by, k) = worst.fold((0.0, 0), |a, b| if b.0 > a.0 { b } else { a });
            Off { by, k, sum: sum[k] }
        };
        let nearest = candidates
            .iter()
            .filter(|sum| sum.iter().any(|v| *v != 0.0));
        let nearest = nearest.map(off).min_by(|a, b| a.by.total_cmp(&b.by))?;
        (!(nearest.by <= 1.0)).then_some(nearest)
    }

    fn no_sum(&self, side: Side, line: &Line, off: &Off) -> Error {
        let (row, column) = match side {
            Side::Rows => (line.at, self.square.columns[off.k]),
            Side::Columns => (self.square.rows[off.k], line.at),
        };
        let (stated, sum, label) = (line.values[off.k], off.sum, line.title());
        let map = Remedy::Map.text().en;
        self.sheet.wrong(
            row,
            column,
            said!(
                "'{label}' is called a total and is {stated}, and the nearest sum of what stands before it is {sum}: \
                 one of the figures is wrong, or the line is something else, which a map can say {map}",
                "'{label}'은(는) 합계로 보이나 값 {stated}이 앞선 항목들의 합 중 가장 가까운 {sum}과 다릅니다. 값이 \
                 잘못되었거나 다른 항목이면 매핑 파일에 지정하십시오 {map}"
            ),
        )
    }

    /// What is not clear, each with its place and label.
    pub(super) fn unclear(&self) -> Vec<String> {
        let columns = self.columns.iter().filter(|line| line.role.is_none());
        let rows = self.rows.iter().filter(|line| line.role.is_none());
        let columns =
            columns.map(|line| format!("{} '{}'", self.sheet.column_name(line.at), line.title()));
        let rows = rows.map(|line| format!("{} '{}'", self.sheet.row_name(line.at), line.title()));
        columns.chain(rows).collect()
    }

    /// The sum of the lines of a side for which `keep` holds, n.
    pub(super) fn sum(&self, side: Side, keep: impl Fn(Role) -> bool) -> DVector<f64> {
        let lines = match side {
            Side::Rows => &self.rows,
            Side::Columns => &self.columns,
        };
        let kept = lines.iter().filter(|line| line.role.is_some_and(&keep));
        kept.fold(DVector::zeros(self.square.len()), |sum, line| {
            sum + &line.values
        })
    }

    /// The first line of a side with a role.
    pub(super) fn line(&self, side: Side, role: Role) -> Option<&Line> {
        let mut lines = match side {
            Side::Rows => self.rows.iter(),
            Side::Columns => self.columns.iter(),
        };
        lines.find(|line| line.role == Some(role))
    }

    /// Gross output, as a row or a column states it.
    pub(super) fn output(&self) -> Option<&DVector<f64>> {
        let row = self.line(Side::Rows, Role::Output);
        let line = row.or_else(|| self.line(Side::Columns, Role::Output));
        line.map(|line| &line.values)
    }

    /// The largest difference of a row, of a column, from output, over the largest output: how well the sheet
    /// balances. `None` where a side cannot be said.
    pub(super) fn off(&self) -> (Option<f64>, Option<f64>) {
        let Some(output) = self.output() else {
            return (None, None);
        };
        let size = output.amax().max(f64::MIN_POSITIVE);
        let is_demand = |role| matches!(role, Role::Demand(_) | Role::NonProfit | Role::AllDemand);
        let is_input = |role| matches!(role, Role::Part(_) | Role::Other(_));
        let has = |lines: &[Line], keep: &dyn Fn(Role) -> bool| {
            lines.iter().any(|line| line.role.is_some_and(keep))
        };
        let rows = has(&self.columns, &is_demand).then(|| {
            let mut sold = self.cells.column_sum() + self.sum(Side::Columns, is_demand) - output;
            if let Some(imports) = self.line(Side::Columns, Role::Other(OtherInputRole::Imports)) {
                sold -= imports.values.abs();
            }
            sold.amax() / size
        });
        let mut inputs = self.sum(Side::Rows, is_input);
        if !has(&self.rows, &|role| matches!(role, Role::Part(_))) {
            inputs += self.sum(Side::Rows, |role| role == Role::ValueAdded);
        }
        let columns = has(&self.rows, &|role| {
            is_input(role) || role == Role::ValueAdded
        })
        .then(|| (self.cells.row_sum().transpose() + inputs - output).amax() / size);
        (rows, columns)
    }

    /// An error of the sheet that names what is not clear.
    pub(super) fn ambiguous(&self, lines: &[String]) -> Error {
        let (row, column) = self.square.end();
        let lines = lines.join(", ");
        let map = Remedy::Map.text().en;
        let why: Text = said!(
            "it is not clear what these lines are: {lines}. Name their roles in a map {map}",
            "다음 행·열이 무엇인지 분명하지 않습니다: {lines}. 매핑 파일에 역할을 지정하십시오 {map}"
        );
        self.sheet.wrong(row, column, why)
    }
}

/// Whether a cell should hold a figure and has none: "#REF!", a formula that was never computed.
fn is_fault(cell: &Cell) -> bool {
    match cell {
        Cell::Fault(Fault::NotComputed) => true,
        Cell::Fault(Fault::Error(error)) => error.starts_with('#'),
        _ => false,
    }
}

/// By how much a line misses a sum, where it does most.
struct Off {
    /// In what rounding may come to.
    by: f64,
    /// For which sector.
    k: usize,
    /// The sum there.
    sum: f64,
}
