//! Two ways of splitting one figure: sectors by phases.

use super::svg::{Style, Svg, fit, wrap};
use super::{Chart, Frame, INK, shade};
use crate::report::document::number;

/// Rows by columns, the larger the darker within each column; falls in another colour.
#[derive(Debug, Clone, PartialEq)]
pub struct Heatmap {
    /// Names of the rows.
    pub rows: Vec<String>,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Row by row.
    pub values: Vec<Vec<f64>>,
    /// Decimals of the numbers.
    pub decimals: u8,
}

impl Chart for Heatmap {
    fn draw(&self, frame: &Frame) -> String {
        let mut svg = Svg::new(frame);
        let wide = svg.wide();
        let label_room = if wide { 236.0 } else { 122.0 };
        let cell = (svg.width() - label_room) / self.columns.len().max(1) as f64;
        let mut head: f64 = 0.0;
        for (at, name) in self.columns.iter().enumerate() {
            let lines = wrap(name, 11.5, cell - 6.0, 3);
            let middle = label_room + cell * (at as f64 + 0.5);
            for (n, line) in lines.iter().enumerate() {
                svg.text(
                    middle,
                    13.0 + 14.0 * n as f64,
                    line,
                    Style::new(11.5).middle().muted(),
                );
            }
            head = head.max(8.0 + 14.0 * lines.len() as f64);
        }
        let height = 28.0;
        for (r, name) in self.rows.iter().enumerate() {
            let y = head + height * r as f64;
            let size = if wide { 12.0 } else { 10.5 };
            let lines = wrap(name, size, label_room - 10.0, 2);
            let first = y + if lines.len() == 1 { 18.0 } else { 12.0 };
            for (n, line) in lines.iter().enumerate() {
                let line = fit(line, size, label_room - 10.0);
                svg.text(
                    label_room - 8.0,
                    first + 12.5 * n as f64,
                    &line,
                    Style::new(size).end(),
                );
            }
            for (c, column) in self.columns.iter().enumerate() {
                let value = self.values[r][c];
                let largest = self
                    .values
                    .iter()
                    .map(|row| row[c].abs())
                    .fold(f64::MIN_POSITIVE, f64::max);
                let (color, light) = shade(value / largest);
                let shown = number(value, self.decimals);
                let x = label_room + cell * c as f64;
                let hover = format!("{name} · {column}: {shown}");
                svg.rect(x + 1.0, y + 1.0, cell - 2.0, height - 2.0, &color, &hover);
                let ink = if light { INK } else { "#fff" };
                svg.text(
                    x + cell / 2.0,
                    y + 18.5,
                    &shown,
                    Style::new(11.5).middle().color(ink),
                );
            }
        }
        svg.finish(head + height * self.rows.len() as f64 + 6.0)
    }
}
