//! A figure by year with its band of uncertainty.

use super::svg::{Heights, Style, Svg};
use super::{BLUE, Chart, Frame, MUTED, SKY, VERMILION};
use crate::report::document::number;

/// A median with the range from the 5th to the 95th percentile.
#[derive(Debug, Clone, PartialEq)]
pub struct Fan {
    /// The years, or other places.
    pub places: Vec<String>,
    /// 5th percentile, median, 95th percentile and the value as written, at each place.
    pub values: Vec<[f64; 4]>,
    /// Names of the band, the median and the value as written.
    pub names: [String; 3],
    /// Decimals of the numbers.
    pub decimals: u8,
}

impl Chart for Fan {
    fn draw(&self, frame: &Frame) -> String {
        let mut svg = Svg::new(frame);
        let [band, median, written] = &self.names;
        let names = [
            (band.clone(), SKY),
            (median.clone(), BLUE),
            (written.clone(), VERMILION),
        ];
        let y = 10.0 + svg.legend(4.0, &names);
        let values = || self.values.iter().flatten().copied();
        let (least, most) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
        let plot = if svg.wide() { 230.0 } else { 200.0 };
        let heights = Heights::new(least, most, y + 8.0, plot);
        let (base, bottom) = (heights.at(0.0), y + 8.0 + plot);
        let axis = heights.draw(&mut svg);
        let at_height = |v: f64| heights.at(v);
        let slot = (svg.width() - axis) / self.places.len().max(1) as f64;
        let x = |at: usize| axis + slot * (at as f64 + 0.5);
        let line = |which: usize| -> Vec<(f64, f64)> {
            let values = self.values.iter().enumerate();
            values.map(|(at, v)| (x(at), at_height(v[which]))).collect()
        };
        let mut area = line(0);
        area.extend(line(2).into_iter().rev());
        svg.polygon(&area, SKY, 0.45);
        svg.polyline(&line(1), BLUE, false);
        svg.polyline(&line(3), VERMILION, true);
        let every = (42.0 / slot).ceil().max(1.0) as usize;
        for (at, place) in self.places.iter().enumerate() {
            let [p5, p50, p95, _] = self.values[at].map(|v| number(v, self.decimals));
            let hover = format!("{place}: {p50} ({p5}–{p95})");
            svg.circle(x(at), at_height(self.values[at][1]), 3.5, BLUE, &hover);
            if at % every == 0 {
                svg.text(
                    x(at),
                    bottom + 17.0,
                    place,
                    Style::new(11.5).middle().muted(),
                );
            }
        }
        svg.line((axis, base), (svg.width(), base), MUTED, 1.0);
        svg.finish(bottom + 28.0)
    }
}
