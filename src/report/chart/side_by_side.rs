//! Scenarios beside each other, one panel a figure.

use super::svg::{Style, Svg, fit, measure};
use super::{COLORS, Chart, Frame};
use crate::report::document::number;

/// Panels that compare the same things, each in a unit of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct SideBySide {
    /// What is compared.
    pub names: Vec<String>,
    /// The figures.
    pub panels: Vec<Panel>,
}

/// One figure of all that is compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// What it is, with its unit.
    pub title: String,
    /// A value for each; `None` where there is none.
    pub values: Vec<Option<f64>>,
    /// Decimals of the numbers.
    pub decimals: u8,
}

impl Chart for SideBySide {
    fn draw(&self, frame: &Frame) -> String {
        let mut svg = Svg::new(frame);
        let names: Vec<_> = self
            .names
            .iter()
            .enumerate()
            .map(|(at, name)| (fit(name, 12.0, 300.0), COLORS[at % COLORS.len()]))
            .collect();
        let mut y = 8.0 + svg.legend(4.0, &names);
        for panel in &self.panels {
            svg.text(0.0, y + 12.0, &panel.title, Style::new(12.0).bold());
            y += 19.0;
            let largest = panel
                .values
                .iter()
                .flatten()
                .copied()
                .fold(f64::MIN_POSITIVE, f64::max);
            let shown: Vec<String> = panel
                .values
                .iter()
                .map(|v| v.map_or("–".to_owned(), |v| number(v, panel.decimals)))
                .collect();
            let number_room = shown.iter().map(|t| measure(t, 11.5)).fold(0.0, f64::max) + 10.0;
            let room = svg.width() - number_room;
            for (at, value) in panel.values.iter().enumerate() {
                let w = value.unwrap_or(0.0).max(0.0) / largest * room;
                let hover = format!("{} · {}: {}", self.names[at], panel.title, shown[at]);
                svg.rect(0.0, y, w, 15.0, COLORS[at % COLORS.len()], &hover);
                svg.text(w + 6.0, y + 12.0, &shown[at], Style::new(11.5));
                y += 18.0;
            }
            y += 10.0;
        }
        svg.finish(y)
    }
}
