//! Lying bars in parts: jobs by sector, by stage. What falls is drawn to the left.

use super::svg::{Style, Svg, fit, measure, wrap};
use super::{Chart, Frame, Series};
use crate::report::document::number;

/// Bars, one a row, each in the same parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// The rows, the first on top.
    pub rows: Vec<Bar>,
    /// The parts: a value for each row. Values below 0 lie to the left of the line of 0.
    pub parts: Vec<Series>,
    /// How many of the parts, the first ones, the number beside a bar counts.
    pub counted: usize,
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
        let value = |row: usize| -> f64 {
            let counted = self.parts.iter().take(self.counted);
            counted.map(|p| p.values[row]).sum()
        };
        let length = |row: usize, sign: f64| -> f64 {
            let parts = self.parts.iter();
            parts.map(|p| (p.values[row] * sign).max(0.0)).sum()
        };
        let rows = || 0..self.rows.len();
        let longest = |sign: f64| rows().map(|row| length(row, sign)).fold(0.0, f64::max);
        let (below, above) = (longest(-1.0), longest(1.0));
        let span = (below + above).max(f64::MIN_POSITIVE);
        let shown: Vec<String> = (0..self.rows.len())
            .map(|r| number(value(r), self.decimals))
            .collect();
        // A number stands at the end of its bar: on the left of those that fall.
        let falls = |row: usize| value(row) < 0.0;
        let number_room = |falling: bool| {
            let there = rows().filter(|row| falls(*row) == falling);
            let widest = there.map(|row| measure(&shown[row], 12.0));
            widest.fold(None, |most: Option<f64>, w| {
                Some(most.unwrap_or(0.0).max(w))
            })
        };
        let [left, right] = [true, false].map(|side| number_room(side).map_or(0.0, |w| w + 10.0));
        let label_room = if wide { 236.0 } else { 0.0 };
        let bar_room = svg.width() - label_room - left - right;
        let zero = label_room + left + below / span * bar_room;
        let first = y;
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
            let mut ends = [zero; 2];
            for part in &self.parts {
                let value = part.values[at];
                let w = value.abs() / span * bar_room;
                let hover = format!(
                    "{} · {}: {}",
                    row.label,
                    part.name,
                    number(part.values[at], self.decimals)
                );
                let side = usize::from(value >= 0.0);
                let from = ends[side];
                ends[side] += if value < 0.0 { -w } else { w };
                svg.rect(from.min(ends[side]), top, w, height, part.color, &hover);
                if from != zero && w > 1.5 {
                    let edge = if value < 0.0 { from - 1.0 } else { from };
                    svg.rect(edge, top, 1.0, height, "#fff", "");
                }
            }
            let line = top + height * 0.5 + 4.3;
            if falls(at) {
                svg.text(ends[0] - 6.0, line, &shown[at], style.end());
            } else {
                svg.text(ends[1] + 6.0, line, &shown[at], style);
            }
            y = top + height + after;
        }
        if below > 0.0 {
            svg.line((zero, first), (zero, y), super::MUTED, 1.0);
        }
        svg.finish(y + 4.0)
    }
}
