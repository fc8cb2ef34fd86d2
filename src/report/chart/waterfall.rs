//! From what is spent, step by step, to what stays.

use super::svg::{Style, Svg, fit, measure, wrap};
use super::{BLUE, Chart, Frame, GREEN, MUTED, ORANGE, SKY};
use crate::report::document::number;

/// A sum and what leaves it on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Waterfall {
    /// The steps, the first on top.
    pub steps: Vec<Step>,
    /// Decimals of the numbers.
    pub decimals: u8,
}

/// A step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What it is.
    pub label: String,
    /// Its size; below 0 where the sum is a fall.
    pub value: f64,
    /// How it is drawn.
    pub kind: StepKind,
}

/// What a step does to the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// The sum at this point.
    Sum,
    /// The sum at the end.
    Result,
    /// It leaves.
    Out,
    /// A part of the sum before it, which stays.
    OfIt,
}

impl Chart for Waterfall {
    fn draw(&self, frame: &Frame) -> String {
        let mut svg = Svg::new(frame);
        let wide = svg.wide();
        let spans = self.spans();
        let ends = || spans.iter().flatten().copied();
        let (least, most) = (ends().fold(0.0, f64::min), ends().fold(0.0, f64::max));
        let span = (most - least).max(f64::MIN_POSITIVE);
        let first = self.steps.first().map_or(0.0, |s| s.value);
        let shown: Vec<String> = self
            .steps
            .iter()
            .map(|s| {
                // What leaves a rise is taken from it; a part of a fall is a fall itself.
                let out = s.kind == StepKind::Out && first > 0.0;
                let value = number(if out { -s.value } else { s.value }, self.decimals);
                let value = value.replace('-', "−");
                if first != 0.0 {
                    format!("{value} ({:.0}%)", s.value / first * 100.0)
                } else {
                    value
                }
            })
            .collect();
        let number_room = shown.iter().map(|t| measure(t, 13.6)).fold(0.0, f64::max) + 12.0;
        let label_room = if wide { 210.0 } else { 0.0 };
        // Numbers stand at the far end of each bar: on the left of falls, on the right of rises.
        let sides = [least < 0.0, least >= 0.0 || most > 0.0];
        let [left, right] = sides.map(|side| if side { number_room } else { 0.0 });
        let room = svg.width() - label_room - left - right;
        let x = |value: f64| label_room + left + (value - least) / span * room;
        let (mut y, mut level) = (6.0, 0.0);
        for (at, step) in self.steps.iter().enumerate() {
            let strong = matches!(step.kind, StepKind::Sum | StepKind::Result);
            let style = Style::new(12.5);
            let style = if strong { style.bold() } else { style };
            let (top, height) = if wide {
                let lines = wrap(&step.label, 12.5, label_room - 16.0, 2);
                let first = y + if lines.len() == 1 { 16.5 } else { 9.5 };
                for (n, line) in lines.iter().enumerate() {
                    svg.text(
                        label_room - 12.0,
                        first + 14.0 * n as f64,
                        line,
                        style.end(),
                    );
                }
                (y, 24.0)
            } else {
                svg.text(0.0, y + 11.0, &fit(&step.label, 12.5, svg.width()), style);
                (y + 17.0, 18.0)
            };
            let color = match step.kind {
                StepKind::Sum => BLUE,
                StepKind::Result => GREEN,
                StepKind::Out => ORANGE,
                StepKind::OfIt => SKY,
            };
            let [from, to] = spans[at];
            let (low, high) = (from.min(to), from.max(to));
            let hover = format!("{}: {}", step.label, shown[at]);
            svg.rect(x(low), top, x(high) - x(low), height, color, &hover);
            let line = top + height / 2.0 + 4.4;
            if low < 0.0 {
                svg.text(x(low) - 7.0, line, &shown[at], style.end());
            } else {
                svg.text(x(high) + 7.0, line, &shown[at], style);
            }
            level = match step.kind {
                StepKind::OfIt => level,
                StepKind::Out | StepKind::Sum | StepKind::Result => to,
            };
            let next = top + height + if wide { 12.0 } else { 9.0 };
            if at + 1 < self.steps.len() {
                let until = if wide { next } else { next + 17.0 };
                if wide {
                    svg.line((x(level), top + height), (x(level), until), MUTED, 0.7);
                }
            }
            y = next;
        }
        if wide {
            svg.line((x(0.0), 0.0), (x(0.0), y - 6.0), MUTED, 1.0);
        }
        svg.finish(y)
    }
}

impl Waterfall {
    /// Where each step begins and where it leaves the sum.
    fn spans(&self) -> Vec<[f64; 2]> {
        let mut level = 0.0;
        let span = |step: &Step| match step.kind {
            StepKind::Out => {
                let from = level;
                level -= step.value;
                [from, level]
            }
            StepKind::OfIt => [0.0, step.value],
            StepKind::Sum | StepKind::Result => {
                level = step.value;
                [0.0, level]
            }
        };
        self.steps.iter().map(span).collect()
    }
}
