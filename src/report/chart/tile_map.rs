//! Korea's 17 provinces as tiles, each where it about lies.
//!
//! Maps of outlines, which libraries of charts draw, show area: Gangwon is 28 times as large as Seoul. Here every
//! province is one square with its number in it, and where it stands is a table of 17 lines.

use super::svg::{Style, Svg, measure};
use super::{Chart, Frame, INK, MUTED, RULE, VERMILION, shade};
use crate::report::document::number;

/// A figure for each province.
#[derive(Debug, Clone, PartialEq)]
pub struct TileMap {
    /// The provinces that have a figure.
    pub tiles: Vec<Tile>,
    /// What is written below the number of a tile without one.
    pub none: String,
    /// Decimals of the numbers.
    pub decimals: u8,
}

/// One province.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// Its code: "KR-46".
    pub code: String,
    /// Its short name.
    pub name: String,
    /// The figure; `None` where there is none.
    pub value: Option<f64>,
    /// A second figure, as text.
    pub note: String,
    /// Whether it is the one that is meant.
    pub marked: bool,
}

/// Column and row of each province.
const PLACES: [(&str, u8, u8); 17] = [
    ("KR-28", 0, 0),
    ("KR-11", 1, 0),
    ("KR-41", 2, 0),
    ("KR-42", 3, 0),
    ("KR-44", 0, 1),
    ("KR-50", 1, 1),
    ("KR-43", 2, 1),
    ("KR-47", 3, 1),
    ("KR-45", 0, 2),
    ("KR-30", 1, 2),
    ("KR-27", 2, 2),
    ("KR-31", 3, 2),
    ("KR-46", 0, 3),
    ("KR-29", 1, 3),
    ("KR-48", 2, 3),
    ("KR-26", 3, 3),
    ("KR-49", 0, 4),
];

impl Chart for TileMap {
    fn draw(&self, frame: &Frame) -> String {
        let mut svg = Svg::new(frame);
        let (w, h) = if svg.wide() {
            (122.0, 62.0)
        } else {
            (85.0, 58.0)
        };
        let left = ((svg.width() - 4.0 * w) / 2.0).max(0.0);
        let values = || self.tiles.iter().filter_map(|t| t.value);
        let least = values().fold(f64::INFINITY, f64::min);
        let most = values().fold(f64::NEG_INFINITY, f64::max);
        // The darker, the larger the rise or the fall.
        let mixed = least < 0.0 && most > 0.0;
        let nearest = if mixed {
            0.0
        } else {
            least.abs().min(most.abs())
        };
        let span = (least.abs().max(most.abs()) - nearest).max(f64::MIN_POSITIVE);
        let shade = |value: f64| {
            let share = 0.08 + 0.92 * (value.abs() - nearest) / span;
            shade(if value < 0.0 { -share } else { share })
        };
        for tile in &self.tiles {
            let Some((_, column, row)) = PLACES.iter().find(|(code, ..)| *code == tile.code) else {
                continue;
            };
            let (x, y) = (left + w * f64::from(*column), 4.0 + h * f64::from(*row));
            let (color, light, shown) = match tile.value {
                Some(value) => {
                    let (color, light) = shade(value);
                    (color, light, number(value, self.decimals))
                }
                None => ("#f3f4f6".to_owned(), true, self.none.clone()),
            };
            let hover = format!("{}: {shown} {}", tile.name, tile.note);
            svg.rect(x + 2.0, y + 2.0, w - 4.0, h - 4.0, &color, hover.trim_end());
            if tile.marked {
                svg.framed(x + 3.0, y + 3.0, w - 6.0, h - 6.0, "none", VERMILION);
            }
            let ink = if light { INK } else { "#fff" };
            let small = if light { MUTED } else { "#fff" };
            let middle = x + w / 2.0;
            let name = Style::new(12.0).middle().bold().color(ink);
            svg.text(middle, y + 19.0, &tile.name, name);
            let style = if tile.value.is_some() {
                Style::new(13.0).middle().color(ink)
            } else {
                Style::new(11.0).middle().muted()
            };
            svg.text(middle, y + 36.0, &shown, style);
            svg.text(
                middle,
                y + 51.0,
                &tile.note,
                Style::new(10.5).middle().color(small),
            );
        }
        // The scale, beside Jeju.
        if least < most {
            let (x, y) = (left + w + 12.0, 4.0 + 4.0 * h + 18.0);
            let room = (3.0 * w - 24.0).min(220.0);
            for i in 0..11 {
                let (color, _) = shade(least + (most - least) * f64::from(i) / 10.0);
                svg.rect(
                    x + room / 11.0 * f64::from(i),
                    y,
                    room / 11.0 + 0.5,
                    10.0,
                    &color,
                    "",
                );
            }
            let style = Style::new(11.0).muted();
            let (low, high) = (number(least, self.decimals), number(most, self.decimals));
            svg.text(x, y + 24.0, &low, style);
            let end = (x + room).max(x + measure(&low, 11.0) + measure(&high, 11.0) + 8.0);
            svg.text(end, y + 24.0, &high, style.end());
            svg.line((x, y + 10.5), (x + room, y + 10.5), RULE, 1.0);
        }
        svg.finish(4.0 + 5.0 * h + 6.0)
    }
}
