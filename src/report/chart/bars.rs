//! Lying bars in parts: jobs by sector, by stage.

use super::svg::{Style, Svg, fit, measure, wrap};
use super::{Chart, Frame, Series};
use crate::report::document::number;

/// Bars, one a row, each in the same parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// The rows, the first on top.
    pub rows: Vec<Bar>,
    /// The parts: a value for each row. Values below 0 have no length.
    pub parts: Vec<Series>,
    /// Decimals of the numbers.
    pub decimals: u8,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// A row set apart: the rest, the total.
    pub rest: bool,
}

impl Chart for Bars {
    fn draw(&self, frame: &Frame) -> String {
        let mut svg = Svg::new(frame);
        let mut y = 4.0;
        if self.parts.len() > 1 {
            let names: Vec<_> = self
                .parts
                .iter()
                .map(|p| (p.name.clone(), p.color))
                .collect();
            y += svg.legend(y, &names);
        }
        let wide = svg.wide();
        let value = |row: usize| -> f64 { self.parts.iter().map(|p| p.values[row]).sum() };
        let length =
            |row: usize| -> f64 { self.parts.iter().map(|p| p.values[row].max(0.0)).sum() };
        let largest = (0..self.rows.len())
            .map(length)
            .fold(0.0, f64::max)
            .max(f64::MIN_POSITIVE);
        let shown: Vec<String> = (0..self.rows.len())
            .map(|r| number(value(r), self.decimals))
            .collect();
        let number_room = shown.iter().map(|t| measure(t, 12.0)).fold(0.0, f64::max) + 10.0;
        let label_room = if wide { 236.0 } else { 0.0 };
        let bar_room = svg.width() - label_room - number_room;
        for (at, row) in self.rows.iter().enumerate() {
            if row.rest {
                y += 4.0;
            }
            let style = Style::new(12.0);
            let style = if row.rest { style.muted() } else { style };
            let mut after = 8.0;
            let (top, height) = if wide {
                let lines = wrap(&row.label, 12.0, label_room - 14.0, 2);
                // Two lines are higher than the bar.
                let first = y + if lines.len() == 1 { 17.5 } else { 13.5 };
                let extra = if lines.len() == 1 { 0.0 } else { 5.0 };
                for (n, line) in lines.iter().enumerate() {
                    svg.text(
                        label_room - 10.0,
                        first + 13.5 * n as f64,
                        line,
                        style.end(),
                    );
                }
                after = 4.0 + extra / 2.0;
                (y + 4.0 + extra / 2.0, 18.0)
            } else {
                svg.text(0.0, y + 12.0, &fit(&row.label, 12.0, svg.width()), style);
                (y + 18.0, 14.0)
            };
            let mut x = label_room;
            for part in &self.parts {
                let w = part.values[at].max(0.0) / largest * bar_room;
                let hover = format!(
                    "{} · {}: {}",
                    row.label,
                    part.name,
                    number(part.values[at], self.decimals)
                );
                svg.rect(x, top, w, height, part.color, &hover);
                if x > label_room && w > 1.5 {
                    svg.rect(x, top, 1.0, height, "#fff", "");
                }
                x += w;
            }
            svg.text(x + 6.0, top + height * 0.5 + 4.3, &shown[at], style);
            y = top + height + after;
        }
        svg.finish(y + 4.0)
    }
}
