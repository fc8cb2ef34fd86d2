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
    /// Its size, above 0.
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
        let largest = self
            .steps
            .iter()
            .map(|s| s.value)
            .fold(f64::MIN_POSITIVE, f64::max);
        let first = self.steps.first().map_or(0.0, |s| s.value);
        let shown: Vec<String> = self
            .steps
            .iter()
            .map(|s| {
                let value = number(s.value, self.decimals);
                let sign = if s.kind == StepKind::Out { "−" } else { "" };
                if first > 0.0 {
                    format!("{sign}{value} ({:.0}%)", s.value / first * 100.0)
                } else {
                    format!("{sign}{value}")
                }
            })
            .collect();
        let number_room = shown.iter().map(|t| measure(t, 13.6)).fold(0.0, f64::max) + 12.0;
        let label_room = if wide { 210.0 } else { 0.0 };
        let room = svg.width() - label_room - number_room;
        let x = |value: f64| label_room + value.max(0.0) / largest * room;
        let mut level = 0.0;
        let mut y = 6.0;
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
            let (from, to, color) = match step.kind {
                StepKind::Sum => (0.0, step.value, BLUE),
                StepKind::Result => (0.0, step.value, GREEN),
                StepKind::Out => (level - step.value, level, ORANGE),
                StepKind::OfIt => (0.0, step.value, SKY),
            };
            let hover = format!("{}: {}", step.label, shown[at]);
            svg.rect(x(from), top, x(to) - x(from), height, color, &hover);
            svg.text(x(to) + 7.0, top + height / 2.0 + 4.4, &shown[at], style);
            level = match step.kind {
                StepKind::Out => from,
                StepKind::OfIt => level,
                StepKind::Sum | StepKind::Result => to,
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
            svg.line((label_room, 0.0), (label_room, y - 6.0), MUTED, 1.0);
        }
        svg.finish(y)
    }
}
