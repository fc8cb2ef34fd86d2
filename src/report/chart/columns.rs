//! Standing columns, in parts or in groups: tiers of suppliers, years. What falls hangs below the line.

use super::svg::{Heights, Style, Svg, fit, measure};
use super::{Chart, Frame, Series};
use crate::report::document::number;

/// Columns over categories.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// What stands below the columns.
    pub categories: Vec<String>,
    /// The parts or groups: a value for each category. Values below 0 hang below the line of 0.
    pub series: Vec<Series>,
    /// Whether the series are parts of one column, rather than columns side by side.
    pub stacked: bool,
    /// Decimals of the numbers.
    pub decimals: u8,
}

impl Chart for Columns {
    fn draw(&self, frame: &Frame) -> String {
        let mut svg = Svg::new(frame);
        let mut y = 4.0;
        if self.series.len() > 1 {
            let names: Vec<_> = self
                .series
                .iter()
                .map(|s| (s.name.clone(), s.color))
                .collect();
            y += svg.legend(y, &names) + 6.0;
        }
        let whole = |at: usize, sign: f64| -> f64 {
            let series = self.series.iter();
            series.map(|s| (s.values[at] * sign).max(0.0)).sum()
        };
        let sum = |at: usize| -> f64 { self.series.iter().map(|s| s.values[at]).sum() };
        let all = 0..self.categories.len();
        let largest = |sign: f64| {
            if self.stacked {
                all.clone().map(|at| whole(at, sign)).fold(0.0, f64::max)
            } else {
                let values = self.series.iter().flat_map(|s| &s.values);
                values.map(|v| v * sign).fold(0.0, f64::max)
            }
        };
        let (plot, above) = (if svg.wide() { 230.0 } else { 200.0 }, 16.0);
        let heights = Heights::new(-largest(-1.0), largest(1.0), y + above, plot);
        let (base, bottom) = (heights.at(0.0), y + above + plot);
        let axis = heights.draw(&mut svg);
        let height = |v: f64| (base - heights.at(v)).abs();
        // Room for the numbers of columns that hang down.
        let below = if heights.fall() { 14.0 } else { 0.0 };
        let slot = (svg.width() - axis) / self.categories.len().max(1) as f64;
        // Every other name where they do not fit.
        let names_room = self
            .categories
            .iter()
            .map(|c| measure(c, 11.5) + 6.0)
            .fold(1.0, f64::max);
        let every = (names_room / slot).ceil().clamp(1.0, 4.0) as usize;
        let numbers_room = all
            .clone()
            .map(|c| measure(&number(sum(c), self.decimals), 11.0))
            .fold(0.0, f64::max);
        // Side by side only where a category has several.
        let there = |at: usize| self.series.iter().filter(|s| s.values[at] != 0.0).count();
        let bars = if self.stacked {
            1
        } else {
            all.clone().map(there).max().unwrap_or(1).max(1)
        };
        let width = (slot * 0.72 / bars as f64).min(64.0);
        for at in all {
            let middle = axis + slot * (at as f64 + 0.5);
            let beside = if self.stacked { 1 } else { there(at).max(1) };
            let mut left = middle - width * beside as f64 / 2.0;
            // Where the next part above and the next below the line begin.
            let mut ends = [base; 2];
            for series in &self.series {
                let value = series.values[at];
                if value == 0.0 {
                    continue;
                }
                let h = height(value);
                let hover = format!(
                    "{} · {}: {}",
                    self.categories[at],
                    series.name,
                    number(value, self.decimals)
                );
                let (side, up) = if value < 0.0 { (0, 0.0) } else { (1, 1.0) };
                svg.rect(left, ends[side] - up * h, width, h, series.color, &hover);
                if self.stacked {
                    if ends[side] != base && h > 1.5 {
                        svg.rect(left, ends[side] - 0.5, width, 1.0, "#fff", "");
                    }
                    ends[side] += if value < 0.0 { h } else { -h };
                } else {
                    left += width;
                }
            }
            if beside == 1 && numbers_room < slot {
                let falls = sum(at) < 0.0;
                let end = match (self.stacked, falls) {
                    (false, _) => heights.at(sum(at)),
                    (true, true) => ends[0],
                    (true, false) => ends[1],
                };
                let text = number(sum(at), self.decimals);
                let line = if falls { end + 13.0 } else { end - 5.0 };
                svg.text(middle, line, &text, Style::new(11.0).middle());
            }
            if at % every == 0 {
                let room = slot * every as f64 + 8.0;
                let name = fit(&self.categories[at], 11.5, room);
                svg.text(
                    middle,
                    bottom + below + 17.0,
                    &name,
                    Style::new(11.5).middle().muted(),
                );
            }
        }
        svg.line((axis, base), (svg.width(), base), super::MUTED, 1.0);
        svg.finish(bottom + below + 28.0)
    }
}
