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
            let values = || panel.values.iter().flatten().copied();
            let (least, most) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
            let span = (most - least).max(f64::MIN_POSITIVE);
            let shown: Vec<String> = panel
                .values
                .iter()
                .map(|v| v.map_or("–".to_owned(), |v| number(v, panel.decimals)))
                .collect();
            let number_room = shown.iter().map(|t| measure(t, 11.5)).fold(0.0, f64::max) + 10.0;
            // Falls lie to the left of 0, their numbers before them.
            let sides = [least < 0.0, least >= 0.0 || most > 0.0];
            let [left, right] = sides.map(|side| if side { number_room } else { 0.0 });
            let room = svg.width() - left - right;
            let x = |value: f64| left + (value - least) / span * room;
            for (at, value) in panel.values.iter().enumerate() {
                let value = value.unwrap_or(0.0);
                let (low, high) = (x(value.min(0.0)), x(value.max(0.0)));
                let hover = format!("{} · {}: {}", self.names[at], panel.title, shown[at]);
                let color = COLORS[at % COLORS.len()];
                svg.rect(low, y, high - low, 15.0, color, &hover);
                let style = Style::new(11.5);
                if value < 0.0 {
                    svg.text(low - 6.0, y + 12.0, &shown[at], style.end());
                } else {
                    svg.text(high + 6.0, y + 12.0, &shown[at], style);
                }
                y += 18.0;
            }
            y += 10.0;
        }
        svg.finish(y)
    }
}
