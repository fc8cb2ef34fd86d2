//! Things by two figures, in four quadrants around a centre.

use super::svg::{Style, Svg, measure, step_decimals, steps};
use super::{BLUE, Chart, Frame, GREY, MUTED, ORANGE, RULE, SKY};
use crate::report::document::number;

/// Points in four quadrants.
#[derive(Debug, Clone, PartialEq)]
pub struct Scatter {
    /// The points.
    pub points: Vec<Dot>,
    /// What is measured to the right, and upwards.
    pub axes: [String; 2],
    /// Where the quadrants meet, on both axes.
    pub centre: f64,
    /// What the quadrants are called: both above the centre, only to the right, only up, neither.
    pub quadrants: [String; 4],
}

/// A thing with its two figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// A name that there may be room for.
    pub label: String,
    /// A shorter one where there is not.
    pub code: String,
    /// All of its name.
    pub name: String,
    /// To the right, and upwards.
    pub at: [f64; 2],
}

/// Of the quadrants, in their order.
const COLORS: [&str; 4] = [ORANGE, BLUE, SKY, GREY];

/// The values of an axis that hold all points and the centre, with a rim, and its rules.
struct Axis {
    least: f64,
    most: f64,
    rules: Vec<f64>,
    decimals: u8,
}

impl Axis {
    fn of(values: impl Iterator<Item = f64>, centre: f64) -> Self {
        let (mut least, mut most) = (centre, centre);
        for value in values.filter(|v| v.is_finite()) {
            least = value.min(least);
            most = value.max(most);
        }
        // All at one place: some room around it.
        let rim = match most > least {
            true => (most - least) * 0.06,
            false => 0.5,
        };
        let (least, most) = (least - rim, most + rim);
        let (step, _) = steps(most - least, 5);
        let first = (least / step).ceil();
        let count = ((most / step).floor() - first).max(0.0) as usize;
        Axis {
            rules: (0..=count.min(20))
                .map(|k| (first + k as f64) * step)
                .collect(),
            decimals: step_decimals(step),
            least,
            most,
        }
    }

    fn share(&self, value: f64) -> f64 {
        (value - self.least) / (self.most - self.least)
    }
}

impl Chart for Scatter {
    fn draw(&self, frame: &Frame) -> String {
        let mut svg = Svg::new(frame);
        let finite = |dot: &&Dot| dot.at.iter().all(|v| v.is_finite());
        let dots: Vec<&Dot> = self.points.iter().filter(finite).collect();
        let axis = |k: usize| Axis::of(dots.iter().map(|dot| dot.at[k]), self.centre);
        let (across, up) = (axis(0), axis(1));
        let legend: Vec<(String, &str)> = self.quadrants.iter().cloned().zip(COLORS).collect();
        let top = 24.0 + svg.legend(4.0, &legend);
        let (left, plot) = (44.0, if svg.wide() { 460.0 } else { 330.0 });
        let room = svg.width() - left - 8.0;
        let x = |value: f64| left + across.share(value) * room;
        let y = |value: f64| top + (1.0 - up.share(value)) * plot;
        svg.text(0.0, top - 8.0, &self.axes[1], Style::new(11.5).muted());
        for value in &across.rules {
            svg.line((x(*value), top), (x(*value), top + plot), RULE, 1.0);
            let text = number(*value, across.decimals);
            svg.text(
                x(*value),
                top + plot + 15.0,
                &text,
                Style::new(11.0).middle().muted(),
            );
        }
        for value in &up.rules {
            svg.line((left, y(*value)), (left + room, y(*value)), RULE, 1.0);
            let text = number(*value, up.decimals);
            svg.text(
                left - 6.0,
                y(*value) + 4.0,
                &text,
                Style::new(11.0).end().muted(),
            );
        }
        svg.line(
            (x(self.centre), top),
            (x(self.centre), top + plot),
            MUTED,
            1.0,
        );
        svg.line(
            (left, y(self.centre)),
            (left + room, y(self.centre)),
            MUTED,
            1.0,
        );
        let end = Style::new(11.5).end().muted();
        svg.text(left + room, top + plot + 33.0, &self.axes[0], end);
        for dot in &dots {
            let hover = format!(
                "{}: {}, {}",
                dot.name,
                number(dot.at[0], 3),
                number(dot.at[1], 3)
            );
            svg.circle(
                x(dot.at[0]),
                y(dot.at[1]),
                4.5,
                COLORS[self.quadrant(dot)],
                &hover,
            );
        }
        // Names, or codes, where there is room: those farthest from the centre first.
        let far = |dot: &Dot| {
            let from = |axis: &Axis, v: f64| axis.share(v) - axis.share(self.centre);
            from(&across, dot.at[0]).hypot(from(&up, dot.at[1]))
        };
        let mut order = dots.clone();
        order.sort_by(|a, b| far(b).total_cmp(&far(a)));
        let mut taken: Vec<[f64; 4]> = dots
            .iter()
            .map(|dot| {
                let (x, y) = (x(dot.at[0]), y(dot.at[1]));
                [x - 4.0, y - 4.0, x + 4.0, y + 4.0]
            })
            .collect();
        for dot in order {
            let (at, up) = (x(dot.at[0]), y(dot.at[1]));
            // To the right, before it, above, below.
            let places = |width: f64| {
                [
                    [at + 7.0, up - 5.0],
                    [at - 7.0 - width, up - 5.0],
                    [at - width / 2.0, up - 18.0],
                    [at - width / 2.0, up + 7.0],
                ]
                .map(|[x, y]| [x, y, x + width, y + 11.0])
            };
            let free = |place: &[f64; 4]| {
                place[0] >= left
                    && place[2] <= left + room
                    && place[1] >= top
                    && place[3] <= top + plot
                    && !taken.iter().any(|other| overlap(other, place))
            };
            let named = [&dot.label, &dot.code].into_iter().find_map(|name| {
                let place = places(measure(name, 11.0)).into_iter().find(free)?;
                Some((name, place))
            });
            if let Some((name, place)) = named {
                svg.text(place[0], place[3] - 2.0, name, Style::new(11.0).halo());
                taken.push(place);
            }
        }
        svg.finish(top + plot + 42.0)
    }
}

impl Scatter {
    /// The quadrant of a point, in the order of their names.
    fn quadrant(&self, dot: &Dot) -> usize {
        match dot.at.map(|v| v > self.centre) {
            [true, true] => 0,
            [true, false] => 1,
            [false, true] => 2,
            [false, false] => 3,
        }
    }
}

fn overlap(a: &[f64; 4], b: &[f64; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::report::chart::Width;

    fn dot(name: &str, at: [f64; 2]) -> Dot {
        Dot {
            label: name.to_owned(),
            code: name[..1].to_owned(),
            name: name.to_owned(),
            at,
        }
    }

    #[test]
    fn each_point_has_the_colour_of_its_quadrant_and_names_do_not_cover_each_other() {
        let map = Scatter {
            points: vec![
                dot("key", [1.4, 1.2]),
                dot("pulls", [1.3, 0.8]),
                dot("pushes", [0.7, 1.1]),
                dot("neither", [0.8, 0.7]),
                dot("second", [0.8, 0.7]),
                dot("third", [0.8, 0.7]),
                dot("fourth", [0.8, 0.7]),
                dot("fifth", [0.8, 0.7]),
                dot("nowhere", [f64::NAN, 1.0]),
            ],
            axes: ["backward".to_owned(), "forward".to_owned()],
            centre: 1.0,
            quadrants: ["A", "B", "C", "D"].map(str::to_owned),
        };
        let frame = Frame {
            id: "map".to_owned(),
            lang: Lang::En,
            title: "Map".to_owned(),
            description: "Points".to_owned(),
            unit: "mean = 1".to_owned(),
            source: "nobody".to_owned(),
            width: Width::Wide,
            standalone: true,
        };
        let drawn = map.draw(&frame);
        assert_eq!(drawn.matches("<circle").count(), 8);
        let of = |name: &str| {
            let at = drawn.find(&format!("<title>{name}:")).expect("drawn");
            let from = drawn[..at].rfind("<circle").expect("a circle");
            drawn[from..at].to_owned()
        };
        for (name, color) in [
            ("key", ORANGE),
            ("pulls", BLUE),
            ("pushes", SKY),
            ("neither", GREY),
        ] {
            assert!(of(name).contains(color), "{name}");
        }
        // Five at one place: a name on each side of it.
        let names = ["neither", "second", "third", "fourth", "fifth"];
        let shown = names.map(|name| drawn.contains(&format!(">{name}</text>")));
        assert_eq!(shown, [true, true, true, true, false]);
    }

    #[test]
    fn a_map_of_one_point_or_none_is_drawn() {
        for points in [vec![], vec![dot("one", [1.0, 1.0])]] {
            let map = Scatter {
                points,
                axes: [String::new(), String::new()],
                centre: 1.0,
                quadrants: Default::default(),
            };
            let frame = Frame {
                id: "map".to_owned(),
                lang: Lang::Ko,
                title: String::new(),
                description: String::new(),
                unit: String::new(),
                source: String::new(),
                width: Width::Narrow,
                standalone: false,
            };
            assert!(!map.draw(&frame).contains("NaN"));
        }
    }
}
