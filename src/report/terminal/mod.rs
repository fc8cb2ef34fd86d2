//! A document as text in a terminal, or in a pipe.
//!
//! Columns are aligned by the cells that characters take, so Korean and English mix. What is too wide
//! gives way in this order: headings wrap, bars shrink, names wrap and are cut with an ellipsis, bars go, and
//! at last the columns are shown in several panels below each other. A number is never cut.
//!
//! That order is why no library of tables is used: `comfy-table` breaks a number in two where room is short,
//! as all that wrap by width do.

mod columns;

use super::document::{Block, Document, Section, Table};
use super::width::{truncate, width, wrap};
use crate::lang::{Lang, is_control};
use columns::{Field, Panel, fields, keys, panels};

/// How a document is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Cells in a line; `usize::MAX` for no limit.
    pub width: usize,
    /// Whether to colour, and to print bold and muted.
    pub color: bool,
    /// Whether to draw rules and bars with box and block characters, for eyes; without, the lines are
    /// plain text for pipes and files.
    pub boxes: bool,
    /// The language of what is not in the document itself.
    pub lang: Lang,
}

/// Paragraphs are not set wider than this: longer lines are hard to read.
const MEASURE: usize = 100;
/// Cells between two columns.
const GAP: usize = 2;

/// The document as text, every line ended and none with blanks at its end.
pub fn render(document: &Document, style: &Style) -> String {
    let mut page = Page::new(style);
    page.heading(&document.title, &document.subtitle);
    for section in &document.sections {
        page.section(section);
    }
    page.text
}

/// The look of a piece of a line.
#[derive(Clone, Copy, PartialEq)]
enum Ink {
    Plain,
    Bold,
    Muted,
    Heading,
    Bar,
    NegativeBar,
}

impl Ink {
    /// The parameters of the escape sequence "select graphic rendition".
    fn code(self) -> &'static str {
        match self {
            Ink::Plain => "",
            Ink::Bold => "1",
            Ink::Muted => "2",
            Ink::Heading => "1;36",
            Ink::Bar => "36",
            Ink::NegativeBar => "31",
        }
    }
}

/// The text written so far.
struct Page<'a> {
    style: &'a Style,
    indent: usize,
    text: String,
}

impl<'a> Page<'a> {
    fn new(style: &'a Style) -> Self {
        Page {
            style,
            indent: if style.boxes { 2 } else { 0 },
            text: String::new(),
        }
    }

    fn room(&self) -> usize {
        self.style.width.saturating_sub(self.indent)
    }

    fn paint(&self, text: &str, ink: Ink) -> String {
        if !self.style.color || ink == Ink::Plain || text.trim().is_empty() {
            return text.to_owned();
        }
        format!("\x1b[{}m{text}\x1b[0m", ink.code())
    }

    /// A line at the margin.
    fn flush_line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// An indented line.
    fn line(&mut self, line: &str) {
        let line = format!("{:indent$}{line}", "", indent = self.indent);
        self.flush_line(&line);
    }

    /// An empty line, but not two and not at the top.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn heading(&mut self, title: &str, subtitle: &str) {
        let (title, subtitle) = (clean(title), clean(subtitle));
        let mut widest = 0;
        for (text, ink) in [(title, Ink::Heading), (subtitle, Ink::Muted)] {
            if text.is_empty() {
                continue;
            }
            for line in wrap(&text, self.room().min(MEASURE)) {
                widest = widest.max(width(&line));
                let line = self.paint(&line, ink);
                self.line(&line);
            }
        }
        if widest > 0 && !self.style.boxes {
            self.line(&"=".repeat(widest));
        }
    }

    fn section(&mut self, section: &Section) {
        self.gap();
        let title = clean(&section.title);
        if !title.is_empty() {
            self.section_title(&title);
        }
        for (at, block) in section.blocks.iter().enumerate() {
            if at > 0 {
                self.gap();
            }
            match block {
                Block::Text(text) => self.paragraph(text),
                Block::Notes(notes) => notes.iter().for_each(|note| self.note(note)),
                Block::Table(table) => self.table(table),
                Block::Chart(_) => {}
            }
        }
    }

    fn section_title(&mut self, title: &str) {
        if self.style.boxes {
            let rest = self
                .style
                .width
                .min(MEASURE)
                .saturating_sub(width(title) + 4);
            let line = format!(
                "{} {} {}",
                self.paint("──", Ink::Muted),
                self.paint(title, Ink::Heading),
                self.paint(&"─".repeat(rest), Ink::Muted),
            );
            self.flush_line(&line);
        } else {
            let title = self.paint(title, Ink::Heading);
            self.flush_line(&format!("## {title}"));
        }
    }

    fn paragraph(&mut self, text: &str) {
        for line in wrap(&clean(text), self.room().min(MEASURE)) {
            self.line(&line);
        }
    }

    fn note(&mut self, note: &str) {
        let bullet = if self.style.boxes { "•" } else { "-" };
        for (at, line) in wrap(&clean(note), self.room().min(MEASURE) - 2)
            .iter()
            .enumerate()
        {
            let bullet = self.paint(if at == 0 { bullet } else { " " }, Ink::Muted);
            self.line(&format!("{bullet} {line}"));
        }
    }

    fn table(&mut self, table: &Table) {
        let fields = fields(&table.with_unit_column(), self.style.boxes);
        let rows = Rows::of(table);
        let panels = panels(&fields, self.room());
        let several = panels.len() > 1;
        let keys = keys(&fields);
        let all = fields.len() - keys;
        let mut first = 1;
        for (at, panel) in panels.iter().enumerate() {
            if at > 0 {
                self.gap();
            }
            if several {
                let last = first + panel.fields.len() - keys - 1;
                let (columns, range) = if first == last {
                    ("Column", first.to_string())
                } else {
                    ("Columns", format!("{first}–{last}"))
                };
                let label = self.style.lang.pick(
                    format!("{columns} {range} of {all}"),
                    format!("{all}열 중 {range}열"),
                );
                let label = self.paint(&label, Ink::Muted);
                self.line(&label);
                first = last + 1;
            }
            self.panel(&fields, panel, &rows);
        }
    }

    fn panel(&mut self, fields: &[Field], panel: &Panel, rows: &Rows) {
        let columns: Vec<(&Field, usize)> = panel
            .fields
            .iter()
            .map(|&at| &fields[at])
            .zip(panel.widths.iter().copied())
            .collect();
        self.panel_header(&columns, panel.bar);
        for at in 0..rows.total.len() {
            let group_ends = rows.total[at] && at > 0 && !rows.total[at - 1];
            if group_ends {
                self.rule(&columns, panel.bar);
            } else if at > 0 && rows.total[at - 1] && !rows.total[at] {
                self.text.push('\n');
            }
            let ink = if rows.strong[at] {
                Ink::Bold
            } else {
                Ink::Plain
            };
            let cells: Vec<Vec<String>> = columns
                .iter()
                .map(|&(field, room)| field.lines(at, room))
                .collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(0);
            for nth in 0..height {
                let line = columns.iter().zip(&cells).map(|(&(field, room), lines)| {
                    let ink = if field.muted { Ink::Muted } else { ink };
                    let text = lines.get(nth).map_or("", String::as_str);
                    let cell = self.aligned(text, room, field.right, ink);
                    match field.share(at) {
                        Some(share) if panel.bar > 0 && nth == 0 => {
                            cell + " " + &self.bar(share, panel.bar)
                        }
                        _ => cell + &" ".repeat(field.bar_room(panel.bar)),
                    }
                });
                let line: Vec<String> = line.collect();
                self.line(&line.join(&" ".repeat(GAP)));
            }
        }
    }

    fn panel_header(&mut self, columns: &[(&Field, usize)], bar: usize) {
        let titles: Vec<Vec<String>> = columns
            .iter()
            .map(|(field, room)| wrap(&field.title, *room))
            .collect();
        let height = titles.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let cells = columns.iter().zip(&titles).map(|((field, room), title)| {
                let above = height - title.len();
                let text = at.checked_sub(above).map_or("", |line| &title[line]);
                self.aligned(text, *room, field.right, Ink::Bold) + &" ".repeat(field.bar_room(bar))
            });
            let line: Vec<String> = cells.collect();
            self.line(&line.join(&" ".repeat(GAP)));
        }
        if columns.iter().any(|(field, _)| !field.unit.is_empty()) {
            let cells = columns.iter().map(|(field, room)| {
                self.aligned(&field.unit, *room, field.right, Ink::Muted)
                    + &" ".repeat(field.bar_room(bar))
            });
            let line: Vec<String> = cells.collect();
            self.line(&line.join(&" ".repeat(GAP)));
        }
        self.rule(columns, bar);
    }

    fn rule(&mut self, columns: &[(&Field, usize)], bar: usize) {
        let rooms = columns
            .iter()
            .map(|(field, room)| room + field.bar_room(bar));
        let line = if self.style.boxes {
            let all = rooms.sum::<usize>() + GAP * columns.len().saturating_sub(1);
            "─".repeat(all)
        } else {
            let dashes: Vec<String> = rooms.map(|room| "-".repeat(room)).collect();
            dashes.join(&" ".repeat(GAP))
        };
        let line = self.paint(&line, Ink::Muted);
        self.line(&line);
    }

    fn aligned(&self, text: &str, room: usize, right: bool, ink: Ink) -> String {
        let text = if right {
            text.to_owned()
        } else {
            truncate(text, room)
        };
        let blanks = " ".repeat(room.saturating_sub(width(&text)));
        let text = self.paint(&text, ink);
        if right {
            blanks + &text
        } else {
            text + &blanks
        }
    }

    /// A bar for a share of the largest, -1 to 1, to an eighth of a cell.
    fn bar(&self, share: f64, room: usize) -> String {
        const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        let mut eighths = (share.abs().min(1.0) * room as f64 * 8.0).round() as usize;
        if share != 0.0 {
            eighths = eighths.max(1);
        }
        let (text, ink) = if share < 0.0 {
            ("░".repeat(eighths.div_ceil(8)), Ink::NegativeBar)
        } else {
            ("█".repeat(eighths / 8) + PARTS[eighths % 8], Ink::Bar)
        };
        let blanks = " ".repeat(room.saturating_sub(width(&text)));
        self.paint(&text, ink) + &blanks
    }
}

/// Without control characters, which could move the cursor, break a line or turn its direction.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if is_control(c) { ' ' } else { c })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Which rows are totals, and which stand out.
struct Rows {
    total: Vec<bool>,
    strong: Vec<bool>,
}

impl Rows {
    fn of(table: &Table) -> Self {
        Rows {
            total: table.rows.iter().map(|row| row.total).collect(),
            strong: table.rows.iter().map(|row| row.strong).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::{Cell, Column, Row};
    use super::super::samples;
    use super::*;

    fn plain(lang: Lang, width: usize) -> Style {
        Style {
            width,
            color: false,
            boxes: false,
            lang,
        }
    }

    fn boxed(lang: Lang, width: usize) -> Style {
        Style {
            boxes: true,
            ..plain(lang, width)
        }
    }

    #[test]
    fn plain_text() {
        for (name, lang) in [("plain_en", Lang::En), ("plain_ko", Lang::Ko)] {
            insta::assert_snapshot!(name, render(&samples::hub(lang), &plain(lang, 100)));
        }
    }

    #[test]
    fn boxes() {
        for (name, lang) in [("boxed_en", Lang::En), ("boxed_ko", Lang::Ko)] {
            insta::assert_snapshot!(name, render(&samples::hub(lang), &boxed(lang, 80)));
        }
    }

    #[test]
    fn no_line_is_too_long_or_ends_in_blanks() {
        for lang in [Lang::En, Lang::Ko] {
            for room in [50, 60, 80, 120] {
                for style in [plain(lang, room), boxed(lang, room)] {
                    let text = render(&samples::hub(lang), &style);
                    for line in text.lines() {
                        assert!(width(line) <= room, "{room}: {line}");
                        assert_eq!(line, line.trim_end());
                    }
                }
            }
        }
    }

    #[test]
    fn color_changes_nothing_but_the_color() {
        let style = boxed(Lang::Ko, 80);
        let colored = Style {
            color: true,
            ..style
        };
        let document = samples::hub(Lang::Ko);
        let mut text = render(&document, &colored);
        assert!(text.contains("\x1b[1;36m"));
        while let Some(start) = text.find('\x1b') {
            let end = text[start..].find('m').expect("a sequence has an end");
            text.replace_range(start..=start + end, "");
        }
        assert_eq!(text, render(&document, &style));
    }

    #[test]
    fn numbers_are_never_cut() {
        let numbers = [1234567.0, 2345678.0, 3456789.0];
        let mut columns = vec![Column::text("name", "Name")];
        let mut cells = vec![Cell::from("A rather long name of a sector")];
        for number in numbers {
            columns.push(Column::number("n", "Number", "won", 0));
            cells.push(number.into());
        }
        let mut document = Document::default();
        let rows = vec![Row::new(cells)];
        document.section("s", "", vec![Block::Table(Table { columns, rows })]);
        let text = render(&document, &plain(Lang::En, 34));
        for number in ["1,234,567", "2,345,678", "3,456,789"] {
            assert_eq!(text.matches(number).count(), 1, "{text}");
        }
        assert!(text.contains("Columns 1–2 of 3"), "{text}");
        assert!(text.contains("Column 3 of 3"), "{text}");
        assert_eq!(text.matches("A rathe").count(), 2, "the key is repeated");
        assert!(render(&document, &plain(Lang::En, 5)).contains("3,456,789"));
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let mut document = Document::new("a\x1b[2Jb", "");
        document.section("s", "t\nu", vec![Block::Notes(vec!["x\ty".to_owned()])]);
        let text = render(&document, &plain(Lang::En, 80));
        assert!(!text.contains('\x1b') && !text.contains('\t'));
        assert!(text.contains("t u"));
    }

    #[test]
    fn bars_are_in_proportion() {
        let style = boxed(Lang::En, 80);
        let page = Page::new(&style);
        assert_eq!(page.bar(1.0, 4), "████");
        assert_eq!(page.bar(0.5, 3), "█▌ ");
        assert_eq!(page.bar(0.0001, 3), "▏  ", "what is not zero is seen");
        assert_eq!(page.bar(0.0, 3), "   ");
        assert_eq!(page.bar(-0.5, 4), "░░  ");
    }
}
