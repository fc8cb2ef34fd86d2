//! Charts as SVG text: each a pure function of plain numbers and names, the same on the page, in a
//! file and as a picture.
//!
//! Drawn here rather than by a charting library: the ones for Rust have no Sankey diagram, no tile map
//! and no text alternatives, and do not know how wide Korean is. Colours are Okabe and Ito's, which every
//! kind of colour vision tells apart; parts are also separated by white edges, for grey print.

mod bars;
mod columns;
mod fan;
mod heatmap;
mod lines;
#[cfg(feature = "png")]
pub mod png;
mod sankey;
mod scatter;
mod side_by_side;
pub(crate) mod svg;
mod tile_map;
mod tornado;
mod waterfall;

pub use bars::{Bar, Bars};
pub use columns::Columns;
pub use fan::Fan;
pub use heatmap::Heatmap;
pub use lines::Lines;
pub use sankey::{Link, Node, Sankey};
pub use scatter::{Dot, Scatter};
pub use side_by_side::{Panel, SideBySide};
pub use tile_map::{Tile, TileMap};
pub use tornado::{Swing, Tornado};
pub use waterfall::{Step, StepKind, Waterfall};

use crate::lang::Lang;

/// What stands around a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// A name that no other chart of the page has, for its parts to refer to.
    pub id: String,
    /// The language.
    pub lang: Lang,
    /// The title.
    pub title: String,
    /// What it shows, in words, for those who cannot see it.
    pub description: String,
    /// The units of what is drawn.
    pub unit: String,
    /// Where the figures come from: table, year, source.
    pub source: String,
    /// For a laptop and paper, or for a phone.
    pub width: Width,
    /// Whether title, unit and source are part of the picture; on a page they stand around it.
    pub standalone: bool,
}

/// The room that a chart has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// A laptop, or paper.
    Wide,
    /// A phone.
    Narrow,
}

impl Width {
    /// In pixels at their natural size.
    pub fn pixels(self) -> f64 {
        match self {
            Width::Wide => 760.0,
            Width::Narrow => 350.0,
        }
    }
}

/// A chart.
pub trait Chart {
    /// The chart as an SVG element.
    fn draw(&self, frame: &Frame) -> String;
}

/// Parts or groups of a chart: a name, and a value for each of its places.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// Its colour.
    pub color: &'static str,
    /// Its values.
    pub values: Vec<f64>,
}

/// Colours of series, in the order of use.
pub const COLORS: [&str; 6] = [BLUE, SKY, ORANGE, GREEN, PURPLE, VERMILION];
/// Okabe and Ito's blue.
pub const BLUE: &str = "#0072B2";
/// Their sky blue.
pub const SKY: &str = "#56B4E9";
/// Their orange.
pub const ORANGE: &str = "#E69F00";
/// Their bluish green.
pub const GREEN: &str = "#009E73";
/// Their reddish purple.
pub const PURPLE: &str = "#CC79A7";
/// Their vermilion.
pub const VERMILION: &str = "#D55E00";
/// What is left over.
pub const GREY: &str = "#B8BEC4";

const INK: &str = "#1f2933";
const MUTED: &str = "#55606b";
const RULE: &str = "#dde2e7";
const FONTS: &str = "Pretendard, 'Noto Sans KR', 'Noto Sans CJK KR', 'Apple SD Gothic Neo', \
                     'Malgun Gothic', NanumGothic, sans-serif";

/// From white to blue, below 0 from white to vermilion, and whether dark text can be read on it.
fn shade(share: f64) -> (String, bool) {
    let share = if share.is_finite() {
        share.clamp(-1.0, 1.0)
    } else {
        0.0
    };
    let (white, dark) = if share < 0.0 {
        ([252.0, 243.0, 238.0], [166.0, 66.0, 0.0])
    } else {
        ([239.0, 245.0, 250.0], [0.0, 90.0, 146.0])
    };
    let mix = |i: usize| (white[i] + (dark[i] - white[i]) * share.abs()).round();
    let color = format!("rgb({},{},{})", mix(0), mix(1), mix(2));
    (color, share.abs() < 0.5)
}

#[cfg(test)]
mod tests;
