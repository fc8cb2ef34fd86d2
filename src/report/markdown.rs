//! A document as GitHub-flavoured Markdown.

use super::document::{Block, Column, Document, Kind, Table};
use crate::lang::is_control;

/// The document as Markdown, ended with a newline.
pub fn render(document: &Document) -> String {
    let mut parts = Vec::new();
    if !document.title.is_empty() {
        parts.push(format!("# {}", escape(&document.title)));
    }
    if !document.subtitle.is_empty() {
        parts.push(paragraph(&document.subtitle));
    }
    for section in &document.sections {
        if !section.title.is_empty() {
            parts.push(format!("## {}", escape(&section.title)));
        }
        parts.extend(section.blocks.iter().map(|block| match block {
            Block::Text(text) => paragraph(text),
            Block::Notes(notes) => list(notes),
            Block::Table(table) => grid(&table.with_unit_column()),
            Block::Chart(_) => String::new(),
        }));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

fn list(notes: &[String]) -> String {
    let items: Vec<String> = notes
        .iter()
        .map(|note| format!("- {}", paragraph(note)))
        .collect();
    items.join("\n")
}

fn grid(table: &Table) -> String {
    let mut lines = vec![
        line(table.columns.iter().map(heading)),
        line(table.columns.iter().map(|column| {
            match column.kind {
                Kind::Text => ":---",
                Kind::Number { .. } => "---:",
            }
            .to_owned()
        })),
    ];
    for (row, shown) in table.rows.iter().zip(table.shown()) {
        lines.push(line((0..table.columns.len()).map(|at| {
            let cell = shown.get(at).map(|cell| escape(cell)).unwrap_or_default();
            if row.strong && !cell.is_empty() {
                format!("**{cell}**")
            } else {
                cell
            }
        })));
    }
    lines.join("\n")
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    format!("| {} |", cells.join(" | "))
}

fn heading(column: &Column) -> String {
    let title = escape(&column.title);
    if column.unit.is_empty() {
        title
    } else {
        format!("{title} ({})", escape(&column.unit))
    }
}

/// A text that could be taken for a list, a quotation or a heading at its start is not.
fn paragraph(text: &str) -> String {
    let text = escape(text);
    if text.starts_with(['#', '-', '+', '=']) {
        return format!("\\{text}");
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].bytes().next() {
        Some(b'.' | b')') if digits > 0 => {
            format!("{}\\{}", &text[..digits], &text[digits..])
        }
        _ => text,
    }
}

/// The text on one line with everything escaped that Markdown or HTML would take for markup.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !escaped.is_empty() {
            escaped.push(' ');
        }
        for c in word.chars().filter(|c| !is_control(*c)) {
            match c {
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '&' => escaped.push_str("&amp;"),
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                    escaped.push('\\');
                    escaped.push(c);
                }
                c if c.is_control() => {}
                c => escaped.push(c),
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn snapshots() {
        for (name, lang) in [("en", Lang::En), ("ko", Lang::Ko)] {
            insta::assert_snapshot!(name, render(&samples::hub(lang)));
        }
    }

    #[test]
    fn nothing_is_taken_for_markup() {
        assert_eq!(
            escape("a|b <i> & *c* `d`\ne"),
            r"a\|b &lt;i&gt; &amp; \*c\* \`d\` e"
        );
        assert_eq!(paragraph("# no heading"), r"\# no heading");
        assert_eq!(paragraph("2023. a year"), r"2023\. a year");
        assert_eq!(paragraph("2023 a year"), "2023 a year");
        assert_eq!(paragraph(""), "");
    }

    #[test]
    fn every_line_of_a_table_has_the_same_cells() {
        let text = render(&samples::hub(Lang::En));
        let table: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
        let bars = |line: &str| line.replace(r"\|", "").matches('|').count();
        assert!(table.iter().all(|line| [6, 7].contains(&bars(line))));
    }
}
