//! What a result is at the low and the high end of each uncertain figure.

use super::svg::{Style, Svg, fit, measure, wrap};
use super::{BLUE, Chart, Frame, MUTED, ORANGE};
use crate::report::document::number;

/// Swings around a value, the widest on top.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// The result as written.
    pub centre: f64,
    /// The swings.
    pub swings: Vec<Swing>,
    /// What the colours mean: the figure at its low and at its high end.
    pub ends: [String; 2],
    /// Decimals of the numbers.
    pub decimals: u8,
}

/// One uncertain figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Swing {
    /// Its name.
    pub label: String,
    /// Its range, as text.
    pub range: String,
    /// The result with it at its low and at its high end.
    pub result: [f64; 2],
}

impl Chart for Tornado {
    fn draw(&self, frame: &Frame) -> String {
        let mut svg = Svg::new(frame);
        let wide = svg.wide();
        let [low, high] = &self.ends;
        let mut y = 4.0 + svg.legend(4.0, &[(low.clone(), ORANGE), (high.clone(), BLUE)]);
        let all = || {
            let results = self.swings.iter().flat_map(|s| s.result);
            results.chain([self.centre])
        };
        let (least, most) = (
            all().fold(f64::INFINITY, f64::min),
            all().fold(f64::NEG_INFINITY, f64::max),
        );
        let span = (most - least).max(f64::MIN_POSITIVE);
        let side = all()
            .map(|v| measure(&number(v, self.decimals), 11.0))
            .fold(0.0, f64::max)
            + 10.0;
        let label_room = if wide { 226.0 } else { 0.0 };
        let room = svg.width() - label_room - 2.0 * side;
        let x = |v: f64| label_room + side + (v - least) / span * room;
        y += 18.0;
        svg.text(
            x(self.centre),
            y - 8.0,
            &number(self.centre, self.decimals),
            Style::new(11.5).middle().bold(),
        );
        for swing in &self.swings {
            let style = Style::new(12.0);
            let top = if wide {
                let lines = wrap(&swing.label, 12.0, label_room - 12.0, 1);
                svg.text(
                    label_room - 8.0,
                    y + 9.0,
                    lines.first().map_or("", String::as_str),
                    style.end(),
                );
                svg.text(
                    label_room - 8.0,
                    y + 22.0,
                    &fit(&swing.range, 10.5, label_room - 12.0),
                    Style::new(10.5).end().muted(),
                );
                y + 2.0
            } else {
                let label = format!("{} ({})", swing.label, swing.range);
                svg.text(
                    0.0,
                    y + 11.0,
                    &fit(&label, 11.5, svg.width()),
                    Style::new(11.5).halo(),
                );
                y + 17.0
            };
            // The wider first, so that a narrower one on the same side stays to be seen.
            let mut ends: Vec<(f64, &str)> = swing.result.into_iter().zip([ORANGE, BLUE]).collect();
            ends.sort_by(|a, b| {
                let off = |v: f64| (v - self.centre).abs();
                off(b.0).total_cmp(&off(a.0))
            });
            let same_side = ends
                .iter()
                .all(|(v, _)| (*v < self.centre) == (ends[0].0 < self.centre));
            for (at, (value, color)) in ends.into_iter().enumerate() {
                let (from, to) = (x(value).min(x(self.centre)), x(value).max(x(self.centre)));
                let hover = format!("{}: {}", swing.label, number(value, self.decimals));
                svg.rect(from, top, to - from, 18.0, color, &hover);
                if at == 1 && same_side {
                    continue;
                }
                let text = number(value, self.decimals);
                let style = Style::new(11.0).muted();
                if value < self.centre {
                    svg.text(from - 4.0, top + 13.0, &text, style.end());
                } else if value > self.centre {
                    svg.text(to + 4.0, top + 13.0, &text, style);
                }
            }
            let (above, below) = if wide { (8.0, 22.0) } else { (1.0, 19.0) };
            svg.line(
                (x(self.centre), top - above),
                (x(self.centre), top + below),
                MUTED,
                1.0,
            );
            y = top + if wide { 30.0 } else { 26.0 };
        }
        svg.finish(y + 4.0)
    }
}
