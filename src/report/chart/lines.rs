//! Lines over days: what is lost and when, with the area under the first.

use super::svg::{Heights, Style, Svg, steps};
use super::{Chart, Frame, MUTED, Series};
use crate::report::document::number;

/// Lines over a number of days, from day 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// The lines, as long as each other; the area between the first and 0 is shaded. Values below 0 lie below the
    /// line of 0.
    pub series: Vec<Series>,
    /// Days that something happens on, with what it is: "end of the outage".
    pub marks: Vec<(u32, String)>,
    /// What the days are called.
    pub axis: String,
    /// Decimals of the numbers.
    pub decimals: u8,
}

/// More points than a screen has are not drawn.
const POINTS: usize = 1500;

impl Chart for Lines {
    fn draw(&self, frame: &Frame) -> String {
        let mut svg = Svg::new(frame);
        let series = self.series.iter();
        let names: Vec<_> = series.map(|s| (s.name.clone(), s.color)).collect();
        let y = 18.0 + svg.legend(4.0, &names);
        let values = || self.series.iter().flat_map(|s| &s.values).copied();
        let finite = || values().filter(|v| v.is_finite());
        let (least, most) = (finite().fold(0.0, f64::min), finite().fold(0.0, f64::max));
        // What is hardly to be seen below the line needs no room.
        let least = if -least < 0.01 * most { 0.0 } else { least };
        let plot = if svg.wide() { 230.0 } else { 200.0 };
        let heights = Heights::new(least, most, y, plot);
        let (base, bottom) = (heights.at(0.0), y + plot);
        let axis = heights.draw(&mut svg);
        let days = self.series.iter().map(|s| s.values.len()).max();
        let days = days.unwrap_or(0).max(1);
        let width = svg.width() - axis;
        let x = |day: f64| axis + width * (day / days as f64);
        let right = x(days as f64);
        // A day is drawn at its middle.
        let every = days.div_ceil(POINTS);
        let line = |values: &[f64]| -> Vec<(f64, f64)> {
            let points = values.iter().enumerate().step_by(every);
            points
                .filter(|(_, v)| v.is_finite())
                .map(|(day, v)| (x(day as f64 + 0.5), heights.at(*v)))
                .collect()
        };
        let lines: Vec<_> = self.series.iter().map(|s| line(&s.values)).collect();
        let (step, count) = steps(days as f64, if svg.wide() { 8 } else { 4 });
        let step = step.max(1.0);
        let ticks: Vec<(f64, String)> = (0..=count)
            .map(|at| at as f64 * step)
            .filter(|day| *day <= days as f64)
            .map(|day| (x(day), number(day, 0)))
            .collect();
        let marks: Vec<(f64, &str)> = self
            .marks
            .iter()
            .filter(|(day, _)| *day as usize <= days)
            .map(|(day, what)| (x(f64::from(*day)), what.as_str()))
            .collect();
        if let (Some(first), Some(line)) = (self.series.first(), lines.first())
            && let (Some(from), Some(to)) = (line.first(), line.last())
        {
            let mut area = vec![(from.0, base)];
            area.extend(line.iter().copied());
            area.push((to.0, base));
            svg.polygon(&area, first.color, 0.18);
        }
        for (at, what) in marks {
            svg.line((at, y - 4.0), (at, bottom), MUTED, 0.8);
            let style = Style::new(11.0).muted().halo();
            // To the left of the line where there is more room.
            match at > (axis + right) / 2.0 {
                true => svg.text(at - 4.0, y - 6.0, what, style.end()),
                false => svg.text(at + 4.0, y - 6.0, what, style),
            }
        }
        for (series, line) in self.series.iter().zip(&lines).rev() {
            svg.polyline(line, series.color, false);
        }
        if let Some((series, at)) = self.series.first().zip(self.worst()) {
            let value = series.values[at];
            let hover = format!(
                "{} · {} {}: {}",
                series.name,
                self.axis,
                at + 1,
                number(value, self.decimals)
            );
            svg.circle(
                x(at as f64 + 0.5),
                heights.at(value),
                3.5,
                series.color,
                &hover,
            );
        }
        for (at, day) in ticks {
            svg.text(at, bottom + 17.0, &day, Style::new(11.5).middle().muted());
        }
        svg.text(
            right,
            bottom + 33.0,
            &self.axis,
            Style::new(11.5).end().muted(),
        );
        svg.line((axis, base), (right, base), MUTED, 1.0);
        svg.finish(bottom + 40.0)
    }
}

impl Lines {
    /// Where the first line is highest.
    fn worst(&self) -> Option<usize> {
        let values = &self.series.first()?.values;
        let finite = values.iter().enumerate().filter(|(_, v)| v.is_finite());
        finite.max_by(|a, b| a.1.total_cmp(b.1)).map(|(at, _)| at)
    }
}
