//! A document as an Excel workbook: a sheet for each section, real numbers with formats, and a bar
//! chart beside each table that has a column with bars.

mod chart;

use super::document::{Block, Cell, Column, Document, Kind, Row, Section, Table};
use super::width::{width, wrap};
use super::workbook::CONTENTS;
use crate::error::{Error, Result};
use crate::lang::said;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};
use std::collections::HashSet;

/// The document as the bytes of an .xlsx file. The same document gives the same bytes.
///
/// # Errors
///
/// [`Error::Invalid`] if a table is larger than a sheet: 1,048,576 rows or 16,384 columns.
pub fn render(document: &Document) -> Result<Vec<u8>> {
    fits_sheets(document)?;
    workbook(document).map_err(|e| {
        Error::invalid(said!(
            "cannot write the workbook: {e}",
            "엑셀 파일을 쓸 수 없습니다: {e}"
        ))
    })
}

/// Characters that a line of text may take before it wraps.
const TEXT_WIDTH: usize = 90;
/// Characters in the widest column.
const WIDEST_COLUMN: usize = 60;
/// The height of a row of standard text, in points and in pixels.
const ROW_POINTS: f64 = 15.0;
const ROW_PIXELS: u32 = 20;
/// Characters that a cell may hold in Excel.
const CELL_LIMIT: usize = 32_767;
/// The most rows of a table in a sheet, which has 1,048,576 with all that stands above.
const MOST_ROWS: usize = 1_000_000;

fn fits_sheets(document: &Document) -> Result<()> {
    let blocks = document.sections.iter().flat_map(|s| &s.blocks);
    let rows = blocks.map(|block| match block {
        Block::Table(table) => table.rows.len(),
        _ => 0,
    });
    let rows = rows.max().unwrap_or(0);
    if rows <= MOST_ROWS {
        return Ok(());
    }
    Err(Error::invalid(said!(
        "a table of {rows} rows does not fit into a sheet, which takes {MOST_ROWS}: write CSV or Parquet",
        "{rows}행의 표는 시트 하나({MOST_ROWS}행)에 들어가지 않습니다. CSV나 Parquet으로 저장하십시오"
    )))
}

/// Properties without the hour of writing: the same contents are the same file.
pub(super) fn undated() -> std::result::Result<DocProperties, XlsxError> {
    Ok(DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?))
}

fn workbook(document: &Document) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = undated()?
        .set_title(&document.title)
        .set_comment(&document.subtitle);
    workbook.set_properties(&properties);
    let mut taken = HashSet::new();
    let sections = document.sections.iter();
    let names: Vec<String> = sections.map(|s| sheet_name(s, &mut taken)).collect();
    for (section, name) in document.sections.iter().zip(&names) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        let mut page = Page::new(sheet, section)?;
        if section.id == CONTENTS {
            page.links = &names;
        }
        page.write(document, section)?;
    }
    if document.sections.is_empty() {
        let sheet = workbook.add_worksheet();
        Page::new(sheet, &Section::default())?.write(document, &Section::default())?;
    }
    workbook.save_to_buffer()
}

/// A name that Excel allows and that no sheet before has: at most 31 characters, none of `[]:*?/\`,
/// no apostrophe at its ends, not "History".
fn sheet_name(section: &Section, taken: &mut HashSet<String>) -> String {
    let allowed = |text: &str| -> String {
        let text: String = text
            .chars()
            .map(|c| {
                if c.is_control() || "[]:*?/\\".contains(c) {
                    ' '
                } else {
                    c
                }
            })
            .collect();
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").trim_matches('\'').trim().to_owned()
    };
    let mut name = allowed(&section.title);
    if name.is_empty() {
        name = allowed(&section.id);
    }
    if name.is_empty() || name.eq_ignore_ascii_case("history") {
        name = format!("Sheet {name}").trim_end().to_owned();
    }
    for number in 1.. {
        let suffix = if number == 1 {
            String::new()
        } else {
            format!(" ({number})")
        };
        let candidate = format!("{}{suffix}", beginning(&name, 31 - suffix.len()));
        if taken.insert(candidate.to_lowercase()) {
            return candidate;
        }
    }
    unreachable!("there are more numbers than sheets")
}

/// The beginning of a text in at most so many UTF-16 units, which Excel counts in.
fn beginning(text: &str, units: usize) -> &str {
    let mut used = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            used += c.len_utf16();
            used > units
        })
        .map_or(text.len(), |(at, _)| at);
    text[..end].trim_end_matches(['\'', ' '])
}

/// A sheet being written from the top.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    /// The widths of the columns that hold tables.
    widths: Vec<usize>,
    /// The last column over which text runs.
    span: u16,
    /// Sheets that a cell of their name leads to.
    links: &'a [String],
}

type Done = std::result::Result<(), XlsxError>;

impl<'a> Page<'a> {
    fn new(sheet: &'a mut Worksheet, section: &Section) -> std::result::Result<Self, XlsxError> {
        let widths = widths(section);
        for (at, &width) in widths.iter().enumerate() {
            sheet.set_column_width(column_number(at)?, width as f64)?;
        }
        let mut span = 0;
        let mut reached = widths.first().copied().unwrap_or(9);
        while reached < TEXT_WIDTH {
            span += 1;
            reached += widths.get(span).copied().unwrap_or(9);
        }
        sheet.set_landscape().set_print_fit_to_pages(1, 0);
        Ok(Page {
            sheet,
            row: 0,
            widths,
            span: column_number(span)?,
            links: &[],
        })
    }

    fn write(mut self, document: &Document, section: &Section) -> Done {
        self.text(&section.title, &Format::new().set_bold().set_font_size(14))?;
        let muted = Format::new().set_font_color(Color::Gray);
        let about = [document.title.as_str(), &document.subtitle];
        let about: Vec<&str> = about.into_iter().filter(|t| !t.is_empty()).collect();
        self.text(&about.join(" · "), &muted)?;
        let tables = section
            .blocks
            .iter()
            .filter(|b| matches!(b, Block::Table(_)));
        let freeze = tables.count() == 1;
        for block in &section.blocks {
            self.row += 1;
            match block {
                Block::Text(text) => self.text(text, &Format::new())?,
                Block::Notes(notes) => {
                    for note in notes {
                        self.text(&format!("• {note}"), &Format::new())?;
                    }
                }
                Block::Table(table) => self.table(&table.with_unit_column(), freeze)?,
                Block::Chart(_) => {}
            }
        }
        Ok(())
    }

    /// A line of text over several columns, as high as it needs.
    fn text(&mut self, text: &str, format: &Format) -> Done {
        if text.is_empty() {
            return Ok(());
        }
        let text = beginning(text, CELL_LIMIT);
        let format = format
            .clone()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_align(FormatAlign::Left);
        if self.span > 0 {
            self.sheet
                .merge_range(self.row, 0, self.row, self.span, text, &format)?;
        } else {
            self.sheet
                .write_string_with_format(self.row, 0, text, &format)?;
        }
        let lines = wrap(text, TEXT_WIDTH).len();
        if lines > 1 {
            self.sheet
                .set_row_height(self.row, ROW_POINTS * lines as f64)?;
        }
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, table: &Table, freeze: bool) -> Done {
        let top = self.row;
        self.header(table)?;
        if freeze && top < 12 {
            let keys = table
                .columns
                .iter()
                .take_while(|c| c.kind == Kind::Text)
                .count();
            let keys = if table.columns.len() > 10 { keys } else { 0 };
            self.sheet
                .set_freeze_panes(self.row, column_number(keys)?)?;
            self.sheet.set_repeat_rows(top, top)?;
        }
        let first = self.row;
        for row in &table.rows {
            self.cells(table, row)?;
        }
        if let Some(chart) = chart::chart(table, self.sheet, first)? {
            let right = column_number(self.widths.len() + 1)?;
            self.sheet.insert_chart(top, right, &chart.0)?;
            self.row = self.row.max(top + chart.1.div_ceil(ROW_PIXELS) + 1);
        }
        Ok(())
    }

    /// Headings with their units below them.
    fn header(&mut self, table: &Table) -> Done {
        let mut lines = 1;
        for (at, column) in table.columns.iter().enumerate() {
            let heading = heading(column);
            let room = self.widths[at];
            lines = lines.max(heading.split('\n').map(|l| wrap(l, room).len()).sum());
            let align = match column.kind {
                Kind::Text => FormatAlign::Left,
                Kind::Number { .. } => FormatAlign::Right,
            };
            let format = Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(align)
                .set_align(FormatAlign::Bottom)
                .set_border_bottom(FormatBorder::Thin);
            self.sheet
                .write_string_with_format(self.row, column_number(at)?, heading, &format)?;
        }
        self.sheet
            .set_row_height(self.row, ROW_POINTS * lines as f64)?;
        self.row += 1;
        Ok(())
    }

    fn cells(&mut self, table: &Table, row: &Row) -> Done {
        for (at, column) in table.columns.iter().enumerate() {
            let to = column_number(at)?;
            let format = cell_format(column, row);
            match row.cells.get(at).unwrap_or(&Cell::Empty) {
                Cell::Text(text) if self.links.contains(text) => {
                    let place = format!("internal:'{}'!A1", text.replace('\'', "''"));
                    self.sheet
                        .write_url_with_text(self.row, to, place.as_str(), text)?;
                }
                Cell::Text(text) => {
                    let text = beginning(text, CELL_LIMIT);
                    self.sheet
                        .write_string_with_format(self.row, to, text, &format)?;
                }
                Cell::Number(value) => self.number(to, *value, column_format(column), format)?,
                Cell::Measure(value, unit) => {
                    self.number(to, *value, number_format(unit.decimals, &unit.name), format)?;
                }
                Cell::Empty => {
                    self.sheet.write_blank(self.row, to, &format)?;
                }
            }
        }
        self.row += 1;
        Ok(())
    }

    fn number(&mut self, to: u16, value: f64, shown: String, format: Format) -> Done {
        if value.is_finite() {
            let format = format.set_num_format(shown).set_align(FormatAlign::Right);
            self.sheet
                .write_number_with_format(self.row, to, value, &format)?;
        } else {
            let format = format.set_align(FormatAlign::Right);
            self.sheet
                .write_string_with_format(self.row, to, "–", &format)?;
        }
        Ok(())
    }
}

fn column_number(at: usize) -> std::result::Result<u16, XlsxError> {
    u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)
}

fn heading(column: &Column) -> String {
    if column.unit.is_empty() {
        column.title.clone()
    } else {
        format!("{}\n({})", column.title, column.unit)
    }
}

fn cell_format(column: &Column, row: &Row) -> Format {
    let mut format = Format::new();
    if row.strong {
        format = format.set_bold();
    }
    if row.total {
        format = format.set_border_top(FormatBorder::Thin);
    }
    if column.id == "unit" {
        format = format.set_font_color(Color::Gray);
    }
    format
}

fn column_format(column: &Column) -> String {
    match column.kind {
        Kind::Number { decimals, .. } => number_format(decimals, ""),
        Kind::Text => "General".to_owned(),
    }
}

/// "#,##0.00" and a unit, if any.
fn number_format(decimals: u8, unit: &str) -> String {
    let mut format = "#,##0".to_owned();
    if decimals > 0 {
        format.push('.');
        format.push_str(&"0".repeat(decimals.into()));
    }
    if !unit.is_empty() {
        format.push_str(&format!(" \"{}\"", unit.replace('"', "'")));
    }
    format
}

/// Widths that show every number and most names.
fn widths(section: &Section) -> Vec<usize> {
    let mut widths = Vec::new();
    for block in &section.blocks {
        let Block::Table(table) = block else { continue };
        let table = table.with_unit_column();
        let shown = table.shown();
        for (at, column) in table.columns.iter().enumerate() {
            let cells = shown.iter().filter_map(|row| row.get(at)).map(|c| width(c));
            let title = match column.kind {
                Kind::Text => width(&column.title),
                // Long headings of numbers wrap.
                Kind::Number { .. } => width(&column.title).min(14).max(width(&column.unit) + 2),
            };
            let needed = (cells.max().unwrap_or(0).max(title) + 2).clamp(6, WIDEST_COLUMN);
            match widths.get_mut(at) {
                None => widths.push(needed),
                Some(width) => *width = needed.max(*width),
            }
        }
    }
    widths
}

#[cfg(test)]
mod tests;
