//! Standing columns, in parts or in groups: tiers of suppliers, years.

use super::svg::{Style, Svg, fit, measure, step_decimals, steps};
use super::{Chart, Frame, RULE, Series};
use crate::report::document::number;

/// Columns over categories.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// What stands below the columns.
    pub categories: Vec<String>,
    /// The parts or groups: a value for each category. Values below 0 have no height.
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
        let whole = |at: usize| -> f64 { self.series.iter().map(|s| s.values[at].max(0.0)).sum() };
        let sum = |at: usize| -> f64 { self.series.iter().map(|s| s.values[at]).sum() };
        let all = 0..self.categories.len();
        let largest = if self.stacked {
            all.clone().map(whole).fold(0.0, f64::max)
        } else {
            self.series
                .iter()
                .flat_map(|s| &s.values)
                .copied()
                .fold(0.0, f64::max)
        };
        let (step, count) = steps(largest, 4);
        let top = step * count as f64;
        let decimals = step_decimals(step);
        let axis = measure(&number(top, decimals), 11.0) + 8.0;
        let (plot, above) = (if svg.wide() { 230.0 } else { 200.0 }, 16.0);
        let base = y + above + plot;
        let height = |v: f64| v.max(0.0) / top * plot;
        for i in 0..=count {
            let value = step * i as f64;
            let at = base - height(value);
            svg.line((axis, at), (svg.width(), at), RULE, 1.0);
            svg.text(
                axis - 6.0,
                at + 4.0,
                &number(value, decimals),
                Style::new(11.0).end().muted(),
            );
        }
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
            let mut bottom = base;
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
                svg.rect(left, bottom - h, width, h, series.color, &hover);
                if self.stacked {
                    if bottom < base && h > 1.5 {
                        svg.rect(left, bottom - 0.5, width, 1.0, "#fff", "");
                    }
                    bottom -= h;
                } else {
                    left += width;
                }
            }
            if beside == 1 && numbers_room < slot {
                let bottom = if self.stacked {
                    bottom
                } else {
                    base - height(sum(at))
                };
                let text = number(sum(at), self.decimals);
                svg.text(middle, bottom - 5.0, &text, Style::new(11.0).middle());
            }
            if at % every == 0 {
                let room = slot * every as f64 + 8.0;
                let name = fit(&self.categories[at], 11.5, room);
                svg.text(
                    middle,
                    base + 17.0,
                    &name,
                    Style::new(11.5).middle().muted(),
                );
            }
        }
        svg.line((axis, base), (svg.width(), base), super::MUTED, 1.0);
        svg.finish(base + 28.0)
    }
}
