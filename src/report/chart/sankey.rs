//! Flows from stage to stage: what demand buys, and what its suppliers buy in turn.

use super::svg::{Style, Svg, fit, wrap};
use super::{COLORS, Chart, Frame, GREY};
use crate::report::document::number;

/// Nodes in stages, and links from each stage to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Sankey {
    /// Names of the stages.
    pub stages: Vec<String>,
    /// The nodes of each stage, the first on top.
    pub nodes: Vec<Vec<Node>>,
    /// Links between neighbouring stages.
    pub links: Vec<Link>,
    /// Decimals of the numbers.
    pub decimals: u8,
}

/// A node.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its name.
    pub label: String,
    /// Its figure; as high as its size, rise or fall.
    pub value: f64,
    /// The rest of its stage, drawn in grey.
    pub rest: bool,
}

/// A link.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// The stage it starts from.
    pub stage: usize,
    /// The node there.
    pub from: usize,
    /// The node in the next stage.
    pub to: usize,
    /// Its size.
    pub value: f64,
}

/// Suppliers that the demand is not for.
const SLATE: &str = "#7b8794";
const GAP: f64 = 12.0;
const NODE: f64 = 10.0;

impl Chart for Sankey {
    fn draw(&self, frame: &Frame) -> String {
        let mut svg = Svg::new(frame);
        let wide = svg.wide();
        // A phone has room for the first two stages.
        let stages = if wide {
            self.stages.len()
        } else {
            self.stages.len().min(2)
        };
        let (left, right, size) = if wide {
            (166.0, 182.0, 11.5)
        } else {
            (96.0, 112.0, 10.5)
        };
        let most = self.nodes.iter().take(stages).map(Vec::len).max();
        let most = most.unwrap_or(1) as f64;
        let plot = if wide { 400.0 } else { 330.0 };
        let sizes = self.sizes();
        let whole: f64 = sizes
            .iter()
            .take(stages)
            .map(|sizes| sizes.iter().sum())
            .fold(f64::MIN_POSITIVE, f64::max);
        let unit = (plot - GAP * (most - 1.0)) / whole;
        let step = (svg.width() - left - right - NODE) / (stages.max(2) - 1) as f64;
        let x = |stage: usize| left + step * stage as f64;
        let head = 24.0;
        let mut tops: Vec<Vec<f64>> = Vec::new();
        for (stage, nodes) in self.nodes.iter().take(stages).enumerate() {
            let used: f64 = sizes[stage].iter().map(|size| size * unit).sum::<f64>()
                + GAP * nodes.len().saturating_sub(1) as f64;
            let mut y = head + (plot - used) / 2.0;
            let style = Style::new(11.5).muted();
            match stage {
                0 => svg.text(x(0) + NODE, 12.0, &self.stages[0], style.end()),
                s if s + 1 == stages => svg.text(x(s), 12.0, &self.stages[s], style),
                s => svg.text(x(s) + NODE / 2.0, 12.0, &self.stages[s], style.middle()),
            }
            tops.push(
                sizes[stage]
                    .iter()
                    .map(|size| {
                        let top = y;
                        y += size * unit + GAP;
                        top
                    })
                    .collect(),
            );
        }
        // A sector of the demand keeps its colour in later stages; the others are slate.
        let color = |stage: usize, node: usize| {
            let node = &self.nodes[stage][node];
            let first = self.nodes[0]
                .iter()
                .position(|n| n.label == node.label && !n.rest);
            match first {
                _ if node.rest => GREY,
                Some(at) => COLORS[at % COLORS.len()],
                None => SLATE,
            }
        };
        let mut leaving: Vec<Vec<f64>> = tops.clone();
        let mut arriving: Vec<Vec<f64>> = tops.clone();
        for link in self.links.iter().filter(|l| l.stage + 1 < stages) {
            let h = link.value.abs() * unit;
            let from = leaving[link.stage][link.from];
            let to = arriving[link.stage + 1][link.to];
            leaving[link.stage][link.from] += h;
            arriving[link.stage + 1][link.to] += h;
            if h < 0.3 {
                continue;
            }
            let hover = format!(
                "{} → {}: {}",
                self.nodes[link.stage][link.from].label,
                self.nodes[link.stage + 1][link.to].label,
                number(link.value, self.decimals)
            );
            svg.ribbon(
                [x(link.stage) + NODE, from, from + h],
                [x(link.stage + 1), to, to + h],
                color(link.stage, link.from),
                &hover,
            );
        }
        for (stage, tops) in tops.iter().enumerate() {
            for (at, &top) in tops.iter().enumerate() {
                let node = &self.nodes[stage][at];
                let h = (sizes[stage][at] * unit).max(1.0);
                let shown = number(node.value, self.decimals);
                let hover = format!("{}: {shown}", node.label);
                svg.rect(x(stage), top, NODE, h, color(stage, at), &hover);
                let style = Style::new(size);
                let (at_x, room, style) = match stage {
                    0 => (x(0) - 6.0, left - 8.0, style.end()),
                    s if s + 1 == stages => (x(s) + NODE + 6.0, right - 10.0, style),
                    s => (x(s) + NODE + 5.0, step - NODE - 16.0, style.halo()),
                };
                // The name in one line or two, and the number, as far as the node is high.
                let lines = if h > 36.0 { 2 } else { 1 };
                let label = if h > 22.0 {
                    node.label.clone()
                } else {
                    let number_room = super::svg::measure(&shown, size) + 6.0;
                    format!("{} {shown}", fit(&node.label, size, room - number_room))
                };
                let mut lines = wrap(&label, size, room, lines);
                if h > 22.0 {
                    lines.push(shown);
                }
                let mut y = top + h / 2.0 + 4.0 - 6.5 * (lines.len() as f64 - 1.0);
                for line in &lines {
                    svg.text(at_x, y, line, style);
                    y += 13.0;
                }
            }
        }
        svg.finish(head + plot + 10.0)
    }
}

impl Sankey {
    /// How high each node is: as its figure, or as what enters or leaves it where rises and falls
    /// cancel in the figure.
    fn sizes(&self) -> Vec<Vec<f64>> {
        let size = |stage: usize, at: usize, node: &Node| {
            let links = |ends: &dyn Fn(&&Link) -> bool| -> f64 {
                let links = self.links.iter().filter(ends);
                links.map(|l| l.value.abs()).sum()
            };
            let leaving = links(&|l| l.stage == stage && l.from == at);
            let entering = links(&|l| l.stage + 1 == stage && l.to == at);
            node.value.abs().max(leaving).max(entering)
        };
        let stages = self.nodes.iter().enumerate();
        stages
            .map(|(stage, nodes)| {
                let nodes = nodes.iter().enumerate();
                nodes.map(|(at, node)| size(stage, at, node)).collect()
            })
            .collect()
    }
}
