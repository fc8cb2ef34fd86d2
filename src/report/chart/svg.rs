//! The few shapes that the charts are drawn with, as SVG text.

use super::{Frame, INK, MUTED, RULE, Width};
use crate::lang::is_control;
use crate::report::document::number;
use std::fmt::Write;

/// A chart being drawn. The origin is below the head (title and unit), where there is one.
pub(super) struct Svg<'a> {
    frame: &'a Frame,
    body: String,
    head: f64,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) size: f64,
    pub(super) anchor: Anchor,
    pub(super) color: &'static str,
    pub(super) bold: bool,
    /// A white edge, for text over marks.
    pub(super) halo: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Style {
    pub(super) const fn new(size: f64) -> Self {
        Style {
            size,
            anchor: Anchor::Start,
            color: INK,
            bold: false,
            halo: false,
        }
    }

    pub(super) const fn end(self) -> Self {
        Style {
            anchor: Anchor::End,
            ..self
        }
    }

    pub(super) const fn middle(self) -> Self {
        Style {
            anchor: Anchor::Middle,
            ..self
        }
    }

    pub(super) const fn muted(self) -> Self {
        Style {
            color: MUTED,
            ..self
        }
    }

    pub(super) const fn bold(self) -> Self {
        Style { bold: true, ..self }
    }

    pub(super) const fn halo(self) -> Self {
        Style { halo: true, ..self }
    }

    pub(super) const fn color(self, color: &'static str) -> Self {
        Style { color, ..self }
    }
}

impl<'a> Svg<'a> {
    pub(super) fn new(frame: &'a Frame) -> Self {
        let mut svg = Svg {
            frame,
            body: String::new(),
            head: 0.0,
        };
        if frame.standalone {
            let mut y = 20.0;
            let room = frame.width.pixels();
            for line in wrap(&frame.title, 16.0, room, 3) {
                svg.text(0.0, y, &line, Style::new(16.0).bold());
                y += 21.0;
            }
            for line in wrap(&frame.unit, 12.0, room, 2) {
                svg.text(0.0, y, &line, Style::new(12.0).muted());
                y += 16.0;
            }
            svg.head = y;
        }
        svg
    }

    pub(super) fn wide(&self) -> bool {
        self.frame.width == Width::Wide
    }

    pub(super) fn width(&self) -> f64 {
        self.frame.width.pixels()
    }

    pub(super) fn rect(&mut self, x: f64, y: f64, w: f64, h: f64, fill: &str, hover: &str) {
        let y = y + self.head;
        let (w, h) = (w.max(0.0), h.max(0.0));
        let _ = write!(
            self.body,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" fill=\"{fill}\""
        );
        self.end("rect", hover);
    }

    /// A rectangle with an edge.
    pub(super) fn framed(&mut self, x: f64, y: f64, w: f64, h: f64, fill: &str, edge: &str) {
        let y = y + self.head;
        let _ = write!(
            self.body,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" fill=\"{fill}\" \
             stroke=\"{edge}\" stroke-width=\"2\"/>"
        );
    }

    pub(super) fn circle(&mut self, x: f64, y: f64, r: f64, fill: &str, hover: &str) {
        let y = y + self.head;
        let _ = write!(
            self.body,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r}\" fill=\"{fill}\""
        );
        self.end("circle", hover);
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), color: &str, width: f64) {
        let (y1, y2) = (from.1 + self.head, to.1 + self.head);
        let _ = write!(
            self.body,
            "<line x1=\"{:.1}\" y1=\"{y1:.1}\" x2=\"{:.1}\" y2=\"{y2:.1}\" stroke=\"{color}\" \
             stroke-width=\"{width}\"/>",
            from.0, to.0
        );
    }

    /// A line through points, dashed or not.
    pub(super) fn polyline(&mut self, points: &[(f64, f64)], color: &str, dashed: bool) {
        let points = self.points(points);
        let dash = if dashed {
            " stroke-dasharray=\"4 3\""
        } else {
            ""
        };
        let _ = write!(
            self.body,
            "<polyline points=\"{points}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"{dash}/>"
        );
    }

    /// A filled area.
    pub(super) fn polygon(&mut self, points: &[(f64, f64)], fill: &str, opacity: f64) {
        let points = self.points(points);
        let _ = write!(
            self.body,
            "<polygon points=\"{points}\" fill=\"{fill}\" fill-opacity=\"{opacity}\"/>"
        );
    }

    fn points(&self, points: &[(f64, f64)]) -> String {
        let mut text = String::new();
        for (x, y) in points {
            let _ = write!(text, "{x:.1},{:.1} ", y + self.head);
        }
        text.trim_end().to_owned()
    }

    /// A band from one vertical edge to another, as in a Sankey diagram: top and bottom on each side.
    pub(super) fn ribbon(&mut self, left: [f64; 3], right: [f64; 3], fill: &str, hover: &str) {
        let h = self.head;
        let ([x0, t0, b0], [x1, t1, b1]) = (left, right);
        let (t0, b0, t1, b1) = (t0 + h, b0 + h, t1 + h, b1 + h);
        let m = (x0 + x1) / 2.0;
        let _ = write!(
            self.body,
            "<path d=\"M{x0:.1} {t0:.1}C{m:.1} {t0:.1} {m:.1} {t1:.1} {x1:.1} {t1:.1}L{x1:.1} {b1:.1}\
             C{m:.1} {b1:.1} {m:.1} {b0:.1} {x0:.1} {b0:.1}Z\" fill=\"{fill}\" fill-opacity=\"0.45\""
        );
        self.end("path", hover);
    }

    pub(super) fn text(&mut self, x: f64, y: f64, text: &str, style: Style) {
        let y = y + self.head;
        let anchor = match style.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let bold = if style.bold {
            " font-weight=\"600\""
        } else {
            ""
        };
        let halo = if style.halo {
            " stroke=\"#fff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\""
        } else {
            ""
        };
        let _ = write!(
            self.body,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{}\" fill=\"{}\"{anchor}{bold}{halo}>{}</text>",
            style.size,
            style.color,
            escape(text)
        );
    }

    /// Names with their colours in one or more lines; how much height they take.
    pub(super) fn legend(&mut self, y: f64, names: &[(String, &str)]) -> f64 {
        let (mut x, mut row) = (0.0, y + 12.0);
        for (name, color) in names {
            let room = measure(name, 12.0) + 34.0;
            if x > 0.0 && x + room > self.width() {
                (x, row) = (0.0, row + 19.0);
            }
            self.rect(x, row - 10.0, 12.0, 12.0, color, "");
            self.text(x + 17.0, row, name, Style::new(12.0));
            x += room;
        }
        row + 14.0 - y
    }

    fn end(&mut self, tag: &str, hover: &str) {
        if hover.is_empty() {
            self.body.push_str("/>");
        } else {
            let _ = write!(self.body, "><title>{}</title></{tag}>", escape(hover));
        }
    }

    /// The whole figure, `height` high without its head and its source line.
    pub(super) fn finish(mut self, height: f64) -> String {
        let mut bottom = height;
        if self.frame.standalone {
            bottom += 6.0;
            let room = self.width();
            for line in wrap(&self.frame.source, 10.5, room, 4) {
                bottom += 15.0;
                self.text(0.0, bottom, &line, Style::new(10.5).muted());
            }
            bottom += 12.0;
        }
        let (width, height) = (self.width(), bottom + self.head);
        let Frame {
            id,
            title,
            description,
            ..
        } = self.frame;
        let (inset, full) = if self.frame.standalone {
            (-12.0, width + 24.0)
        } else {
            (0.0, width)
        };
        let background = if self.frame.standalone {
            format!("<rect x=\"-12\" width=\"{full}\" height=\"{height:.0}\" fill=\"#fff\"/>")
        } else {
            String::new()
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{inset} 0 {full} {height:.0}\" \
             width=\"{full}\" height=\"{height:.0}\" lang=\"{}\" role=\"img\" \
             aria-labelledby=\"{id}-t {id}-d\" font-family=\"{}\">\
             <title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>{background}{}</svg>",
            self.frame.lang.pick("en", "ko"),
            super::FONTS,
            escape(title),
            escape(description),
            self.body
        )
    }
}

/// A text made safe inside markup and its attributes. Control characters, which XML cannot hold, go, and
/// so do those that turn the direction of what follows.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\t' => safe.push(c),
            c if is_control(c) || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => safe.push(c),
        }
    }
    safe
}

/// About how wide a text is: exact metrics would need the reader's font.
pub(super) fn measure(text: &str, size: f64) -> f64 {
    let em: f64 = text
        .chars()
        .map(|c| match c {
            ' ' | ',' | '.' | '\'' | 'i' | 'l' | 'j' | 'I' | ':' | '·' | '(' | ')' => 0.3,
            'm' | 'w' | 'M' | 'W' => 0.85,
            c if c.is_ascii_uppercase() => 0.65,
            c if c.is_ascii() => 0.54,
            c if c < '\u{1100}' => 0.56,
            _ => 0.96,
        })
        .sum();
    em * size
}

/// The text cut to a room, with an ellipsis.
pub(super) fn fit(text: &str, size: f64, room: f64) -> String {
    if measure(text, size) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if measure(&kept, size) + size * 0.9 > room {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

/// The text in at most so many lines, broken at spaces.
pub(super) fn wrap(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let last = lines.len() == most;
        match lines.last_mut() {
            // The last line takes what is left, and is cut.
            Some(line)
                if last || measure(line, size) + measure(word, size) + 0.3 * size <= room =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    for line in &mut lines {
        *line = fit(line, size, room);
    }
    lines
}

/// Round steps from 0 to just above the largest value: the step and how many.
pub(super) fn steps(largest: f64, about: usize) -> (f64, usize) {
    if !(largest.is_finite() && largest > 0.0) {
        return (1.0, 1);
    }
    let rough = largest / about as f64;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|m| m * power)
        .find(|step| *step >= rough * 0.999_999)
        .unwrap_or(10.0 * power);
    (step, (largest / step * 0.999_999).ceil().max(1.0) as usize)
}

/// The vertical axis of a plot: round steps from the least value to the largest, 0 among them.
pub(super) struct Heights {
    step: f64,
    /// Steps below and above 0.
    below: usize,
    above: usize,
    top: f64,
    plot: f64,
}

impl Heights {
    /// For values from `least` (at most 0) to `most` (at least 0), between `top` and `top + plot`.
    pub(super) fn new(least: f64, most: f64, top: f64, plot: f64) -> Self {
        let (step, _) = steps(most.max(-least), 4);
        let count = |size: f64| (size / step * 0.999_999).ceil().max(0.0) as usize;
        let (below, above) = (count(-least), count(most));
        Heights {
            step,
            below,
            above: if below + above == 0 { 1 } else { above },
            top,
            plot,
        }
    }

    /// Whether there are values below 0.
    pub(super) fn fall(&self) -> bool {
        self.below > 0
    }

    /// Where a value lies.
    pub(super) fn at(&self, value: f64) -> f64 {
        let steps = (self.below + self.above) as f64;
        self.top + (self.above as f64 - value / self.step) / steps * self.plot
    }

    /// Draws the rules with their numbers; where the plot begins.
    pub(super) fn draw(&self, svg: &mut Svg) -> f64 {
        let decimals = step_decimals(self.step);
        let value = |i: usize| (i as f64 - self.below as f64) * self.step;
        let last = self.below + self.above;
        let widest = [0, last].map(|i| measure(&number(value(i), decimals), 11.0));
        let axis = widest[0].max(widest[1]) + 8.0;
        for i in 0..=last {
            let at = self.at(value(i));
            svg.line((axis, at), (svg.width(), at), RULE, 1.0);
            let style = Style::new(11.0).end().muted();
            svg.text(axis - 6.0, at + 4.0, &number(value(i), decimals), style);
        }
        axis
    }
}

/// Decimals that show a step.
pub(super) fn step_decimals(step: f64) -> u8 {
    if step >= 1.0 && (step - step.round()).abs() < 1e-9 {
        0
    } else {
        u8::try_from((-step.log10()).ceil().max(1.0) as i64)
            .unwrap_or(6)
            .min(6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped() {
        assert_eq!(
            escape("<a href='x'>&\"\u{0}"),
            "&lt;a href=&#39;x&#39;&gt;&amp;&quot;"
        );
    }

    #[test]
    fn lines_keep_to_their_room() {
        let text = "Software development and supply and other IT services";
        for line in wrap(text, 12.0, 150.0, 2) {
            assert!(measure(&line, 12.0) <= 150.0, "{line}");
        }
        assert_eq!(wrap(text, 12.0, 150.0, 2).len(), 2);
        assert_eq!(fit("반도체", 12.0, 100.0), "반도체");
        assert!(fit("소프트웨어 개발 공급", 12.0, 60.0).ends_with('…'));
    }

    #[test]
    fn steps_are_round_and_reach_the_largest() {
        assert_eq!(steps(87.0, 4), (25.0, 4));
        assert_eq!(steps(1.0, 5), (0.2, 5));
        assert_eq!(steps(0.0, 5), (1.0, 1));
        assert_eq!(step_decimals(0.25), 1);
        assert_eq!(step_decimals(25.0), 0);
        for largest in [0.003, 1.7, 99.9, 123_456.0] {
            let (step, count) = steps(largest, 4);
            assert!(step * count as f64 >= largest * 0.999);
        }
    }
}
