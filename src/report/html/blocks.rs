//! Blocks of a document as HTML: any result has these.

use crate::report::chart::svg::escape;
use crate::report::{Block, Kind, Section, Table};
use std::fmt::Write;

/// All blocks of a section; `title` names its tables for those who cannot see them.
pub(super) fn blocks(html: &mut String, section: &Section) {
    for block in &section.blocks {
        match block {
            Block::Text(text) => {
                let _ = writeln!(html, "<p>{}</p>", escape(text));
            }
            Block::Notes(list) => notes(html, list),
            Block::Table(of) => table(html, of, &section.title),
            Block::Chart(svg) => {
                let _ = writeln!(html, "<figure>{svg}</figure>");
            }
        }
    }
}

/// A list.
pub(super) fn notes(html: &mut String, notes: &[String]) {
    if notes.is_empty() {
        return;
    }
    html.push_str("<ul class=\"notes\">");
    for note in notes {
        let _ = write!(html, "<li>{}</li>", escape(note));
    }
    html.push_str("</ul>\n");
}

/// A table in a frame of its own, which a narrow screen may scroll.
pub(super) fn table(html: &mut String, table: &Table, title: &str) {
    let table = table.with_unit_column();
    let _ = write!(
        html,
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\"><table>\n<thead><tr>",
        escape(title)
    );
    for column in &table.columns {
        let class = match column.kind {
            Kind::Text => "",
            Kind::Number { .. } => " class=\"n\"",
        };
        if column.title.is_empty() && column.unit.is_empty() {
            html.push_str("<td></td>");
            continue;
        }
        let _ = write!(html, "<th scope=\"col\"{class}>{}", escape(&column.title));
        if !column.unit.is_empty() {
            let _ = write!(html, " <small>{}</small>", escape(&column.unit));
        }
        html.push_str("</th>");
    }
    html.push_str("</tr></thead>\n<tbody>");
    // The row is named by its widest key: a sector's name rather than its code.
    let keys = table
        .columns
        .iter()
        .take_while(|c| c.kind == Kind::Text)
        .count();
    let named = keys.min(2).saturating_sub(1);
    for (row, shown) in table.rows.iter().zip(table.shown()) {
        let class = match (row.total, row.strong) {
            (true, _) => " class=\"total\"",
            (false, true) => " class=\"strong\"",
            (false, false) => "",
        };
        let _ = write!(html, "<tr{class}>");
        for (at, (cell, column)) in shown.iter().zip(&table.columns).enumerate() {
            let cell = escape(cell);
            let _ = match column.kind {
                Kind::Text if at == named && !cell.is_empty() => {
                    write!(html, "<th scope=\"row\">{cell}</th>")
                }
                Kind::Text => write!(html, "<td>{cell}</td>"),
                Kind::Number { .. } => write!(html, "<td class=\"n\">{cell}</td>"),
            };
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody></table></div>\n");
}
