//! Files as sheets of cells, whatever they are: workbooks and delimited text.
//!
//! A cell knows where it stands, so that what is wrong can be said with file, sheet and cell.

mod number;
mod text;
mod workbook;
mod xlsb;

use crate::error::{Error, Place, Result};
use crate::files;
use crate::lang::{Text, said};
use flate2::read::MultiGzDecoder;
use std::borrow::Cow;
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};

use number::Marked;
pub(in crate::table::import) use number::Style;

/// The longest workbook or text that is imported, in bytes.
const LONGEST: u64 = files::LONGEST_CSV;

/// The most cells that all sheets of a file may come to, the empty ones before a filled one included.
const MOST_CELLS: usize = 32 << 20;

/// The most text of all cells of a file, in bytes: one long text can be named by many cells.
const MOST_TEXT: usize = 256 << 20;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text, in text files numbers as well.
    Text(Box<str>),
    /// A number of a workbook; for formulas as it was when the workbook was saved.
    Number(f64),
    /// What is no value.
    Fault(Fault),
}

/// What a cell holds that is no value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fault {
    /// "#REF!" and the like, TRUE and FALSE.
    Error(Box<str>),
    /// A formula that was never computed.
    NotComputed,
    /// A date or a length of time.
    Date,
}

impl Fault {
    fn text(&self) -> Text {
        match self {
            Fault::Error(error) => said!("the cell holds {error}", "셀의 내용이 {error}입니다"),
            Fault::NotComputed => said!(
                "the cell holds a formula that was never computed",
                "셀에 계산된 값이 없는 수식이 있습니다"
            ),
            Fault::Date => said!("the cell holds a date", "셀에 날짜가 있습니다"),
        }
    }
}

/// A sheet of a workbook, or a text file.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    file: String,
    name: Option<String>,
    rows: Vec<Vec<Cell>>,
    /// In a text, the line of the file on which each row begins.
    lines: Vec<usize>,
    style: Style,
    /// Whether the workbook hides it.
    hidden: bool,
    /// Cells that are one: first row and column, last row and column.
    merged: Vec<[usize; 4]>,
    /// The row of the file's sheet that its first row is.
    first_row: usize,
    /// Whether its rows are the columns of the file's sheet.
    transposed: bool,
}

impl Sheet {
    /// The file, as the user named it.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// Its name in the workbook; of a text, that of the file.
    pub(crate) fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.file)
    }

    /// Whether the workbook hides it.
    pub(crate) fn is_hidden(&self) -> bool {
        self.hidden
    }

    /// Whether its rows are the columns of the file's sheet.
    pub(crate) fn is_transposed(&self) -> bool {
        self.transposed
    }

    /// A row as the file shows it, from 0: that of the row, or where the sheet lies the other way of the column.
    pub(crate) fn row_of_file(&self, row: usize) -> usize {
        match self.transposed {
            true => row,
            false => row + self.first_row,
        }
    }

    /// A column as the file shows it, from 0: that of the column, or where the sheet lies the other way of the row.
    pub(crate) fn column_of_file(&self, column: usize) -> usize {
        match self.transposed {
            true => column + self.first_row,
            false => column,
        }
    }

    /// A row as the file names it: "12", or where the sheet lies the other way "L".
    pub(crate) fn row_name(&self, row: usize) -> String {
        match self.transposed {
            true => column_name(row),
            false => (row + self.first_row + 1).to_string(),
        }
    }

    /// A column as the file names it: "L", or where the sheet lies the other way "12".
    pub(crate) fn column_name(&self, column: usize) -> String {
        match self.transposed {
            true => (column + self.first_row + 1).to_string(),
            false => column_name(column),
        }
    }

    /// A cell as the file names it: "C7".
    pub(crate) fn cell_name(&self, row: usize, column: usize) -> String {
        let (of_row, of_column) = (self.row_name(row), self.column_name(column));
        match self.transposed {
            true => format!("{of_row}{of_column}"),
            false => format!("{of_column}{of_row}"),
        }
    }

    /// Cells that are one: first row and column, last row and column.
    pub(crate) fn merged(&self) -> &[[usize; 4]] {
        &self.merged
    }

    /// Whether empty lines, which are no rows, stand before a row of a text.
    pub(crate) fn has_gap_before(&self, row: usize) -> bool {
        let line = |row: Option<usize>| self.lines.get(row?).copied();
        let (before, own) = (line(row.checked_sub(1)), line(Some(row)));
        before
            .zip(own)
            .is_some_and(|(before, own)| own > before + 1)
    }

    /// Rows of it as a sheet, whose cells know where they stand.
    pub(crate) fn part(&self, rows: std::ops::Range<usize>) -> Sheet {
        let inside = |of: &&[usize; 4]| rows.contains(&of[0]) && rows.contains(&of[2]);
        let merged = self.merged.iter().filter(inside);
        Sheet {
            file: self.file.clone(),
            name: self.name.clone(),
            lines: self.lines.get(rows.clone()).unwrap_or_default().to_vec(),
            style: self.style,
            hidden: self.hidden,
            merged: merged
                .map(|[a, b, c, d]| [a - rows.start, *b, c - rows.start, *d])
                .collect(),
            first_row: self.first_row + rows.start,
            transposed: self.transposed,
            rows: self.rows.get(rows).unwrap_or_default().to_vec(),
        }
    }

    /// With rows as columns, whose cells know where they stand; `None` where that comes to more than [`MOST_CELLS`].
    pub(crate) fn transposed(&self) -> Option<Sheet> {
        let mut filling = Filling::default();
        let mut rows = Vec::new();
        for (row, cells) in self.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                filling.put(&mut rows, column, row, cell.clone()).ok()?;
            }
        }
        Some(Sheet {
            rows,
            merged: (self.merged.iter())
                .map(|[a, b, c, d]| [*b, *a, *d, *c])
                .collect(),
            transposed: !self.transposed,
            file: self.file.clone(),
            name: self.name.clone(),
            lines: self.lines.clone(),
            ..*self
        })
    }

    /// As a table says where it is from: the file without its folder, and the sheet.
    pub(crate) fn title(&self) -> String {
        let file = Path::new(&self.file).file_name();
        let file = file.map_or(self.file.clone().into(), |file| file.to_string_lossy());
        match &self.name {
            Some(name) => format!("{file}: {name}"),
            None => file.into_owned(),
        }
    }

    /// How many rows there are, to the last that holds something.
    pub(crate) fn height(&self) -> usize {
        self.rows.len()
    }

    /// How many cells a row has, to the last that holds something.
    pub(crate) fn width(&self, row: usize) -> usize {
        self.rows.get(row).map_or(0, Vec::len)
    }

    /// The cell of a row and a column, counted from 0; empty beyond what is filled.
    pub(crate) fn cell(&self, row: usize, column: usize) -> &Cell {
        let cell = self.rows.get(row).and_then(|cells| cells.get(column));
        cell.unwrap_or(&Cell::Empty)
    }

    /// A cell as text without blanks around it: a number as people write it, "" for nothing and for faults.
    pub(crate) fn text(&self, row: usize, column: usize) -> Cow<'_, str> {
        match self.cell(row, column) {
            Cell::Text(text) => Cow::Borrowed(text.trim()),
            Cell::Number(number) => Cow::Owned(number.to_string()),
            Cell::Empty | Cell::Fault(_) => Cow::Borrowed(""),
        }
    }

    /// A label: a text with every run of blanks and line ends as one blank, without characters that are not seen.
    pub(crate) fn label(&self, row: usize, column: usize) -> String {
        const UNSEEN: [char; 4] = ['\u{200b}', '\u{2060}', '\u{feff}', '\u{ad}'];
        let text = self.text(row, column);
        let mut label = text.split_whitespace().collect::<Vec<_>>().join(" ");
        label.retain(|c| !UNSEEN.contains(&c));
        label
    }

    /// The number in a cell as [`Sheet::number`], a publisher's marks beside it or in its place allowed.
    ///
    /// # Errors
    /// As [`Sheet::number`].
    pub(crate) fn figure(&self, row: usize, column: usize) -> Result<Option<f64>> {
        let number = self.number(row, column);
        match (self.cell(row, column), &number) {
            (Cell::Text(text), Err(_)) => match number::marked(text, self.style) {
                Some(Marked::Figure(number)) => Ok(Some(number)),
                Some(Marked::NotGiven) => Ok(None),
                None => number,
            },
            _ => number,
        }
    }

    /// Whether a cell's figure has a publisher's mark beside it (`Some(true)`), or a mark stands in its place
    /// (`Some(false)`).
    pub(crate) fn mark(&self, row: usize, column: usize) -> Option<bool> {
        match self.cell(row, column) {
            Cell::Text(text) if number::read(text, self.style).is_err() => {
                let marked = number::marked(text, self.style)?;
                Some(marked != Marked::NotGiven)
            }
            _ => None,
        }
    }

    /// The number in a cell; `None` where there is none ("", "-").
    ///
    /// # Errors
    /// What is no number, with its place.
    pub(crate) fn number(&self, row: usize, column: usize) -> Result<Option<f64>> {
        match self.cell(row, column) {
            Cell::Empty => Ok(None),
            Cell::Number(number) => Ok(Some(*number)),
            Cell::Text(text) => {
                number::read(text, self.style).map_err(|why| self.wrong(row, column, why))
            }
            Cell::Fault(fault) => {
                let Text { en, ko } = fault.text();
                let why = said!(
                    "{en}: mend it in the file that it comes from, or save that anew with its values",
                    "{ko}. 원본에서 고치거나 값으로 다시 저장하십시오"
                );
                Err(self.wrong(row, column, why))
            }
        }
    }

    /// An error at a cell.
    pub(crate) fn wrong(&self, row: usize, column: usize, why: impl Into<Text>) -> Error {
        Error::at(self.place(row, column), why)
    }

    /// Where a cell stands: "x.xlsx: A표: C7" in a workbook, "x.csv:7: column 3" in a text.
    pub(crate) fn place(&self, row: usize, column: usize) -> Place {
        let (row, column) = match self.transposed {
            true => (column, row),
            false => (row, column),
        };
        match &self.name {
            Some(name) => {
                let row = row + self.first_row + 1;
                let cell = format!("{name}: {}{row}", column_name(column));
                Place::file(&self.file).field(cell)
            }
            None => {
                let line = self.lines.get(row).copied().unwrap_or(row + 1);
                let column = format!("column {}", column + 1);
                Place::file(&self.file).line(line).field(column)
            }
        }
    }
}

/// The name of a column of a workbook, counted from 0: A, B, ... AA.
pub(in crate::table::import) fn column_name(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (column % 26) as u8));
        match column / 26 {
            0 => break,
            more => column = more - 1,
        }
    }
    letters.iter().rev().collect()
}

impl Sheet {
    /// A sheet of rows as they stand in a file.
    fn of_rows(file: &str, name: Option<String>, rows: Vec<Vec<Cell>>) -> Sheet {
        Sheet {
            file: file.to_owned(),
            name,
            rows,
            lines: Vec::new(),
            style: Style::Point,
            hidden: false,
            merged: Vec::new(),
            first_row: 0,
            transposed: false,
        }
    }
}

/// Rows that are filled cell by cell, no more than [`MOST_CELLS`] and [`MOST_TEXT`] in a file.
#[derive(Debug, Default)]
struct Filling {
    cells: usize,
    text: usize,
}

impl Filling {
    fn put(
        &mut self,
        rows: &mut Vec<Vec<Cell>>,
        row: usize,
        column: usize,
        cell: Cell,
    ) -> std::result::Result<(), Text> {
        match &cell {
            Cell::Empty => return Ok(()),
            Cell::Text(text) => self.text += text.len(),
            Cell::Number(_) | Cell::Fault(_) => {}
        }
        let new_rows = (row + 1).saturating_sub(rows.len());
        let width = rows.get(row).map_or(0, Vec::len);
        let new_cells = (column + 1).saturating_sub(width);
        self.cells = self
            .cells
            .saturating_add(new_rows)
            .saturating_add(new_cells);
        if self.cells > MOST_CELLS || self.text > MOST_TEXT {
            let (cells, text) = (MOST_CELLS, MOST_TEXT >> 20);
            return Err(said!(
                "the sheets come to more than {cells} cells or {text} MiB of text: delete what is far beyond the table",
                "시트의 셀이 {cells}개 또는 문자열이 {text} MiB를 넘습니다. 표 밖에 멀리 떨어진 내용을 지우십시오"
            ));
        }
        if rows.len() <= row {
            rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut rows[row];
        if cells.len() <= column {
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = cell;
        Ok(())
    }
}

/// Why the file that this thread reads cannot be read, where its reader is about to end the program.
#[cfg(feature = "cli")]
pub(crate) fn ended() -> Option<Error> {
    workbook::ended()
}

/// The sheets of a file.
///
/// # Errors
/// A file that is missing, too long, damaged or of no known kind.
pub(crate) fn open(path: &Path) -> Result<Vec<Sheet>> {
    let (mut file, length) = files::open(path, LONGEST)?.ok_or_else(|| Error::Io {
        action: "read",
        path: path.to_owned(),
        source: std::io::Error::new(std::io::ErrorKind::NotFound, "there is no such file"),
    })?;
    let mut bytes = Vec::with_capacity(length as usize);
    let read = (&mut file).take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(|source| Error::Io {
        action: "read",
        path: path.to_owned(),
        source,
    })?;
    let name = path.display().to_string();
    if !bytes.starts_with(&files::GZIP) {
        return of_bytes(&name, &bytes);
    }
    let mut packed = MultiGzDecoder::new(bytes.as_slice()).take(LONGEST + 1);
    let mut bytes = Vec::new();
    let damaged = |why: Text| Error::at(Place::file(&name), why);
    packed.read_to_end(&mut bytes).map_err(|error| {
        damaged(said!(
            "it is damaged ({error}): download it again",
            "파일이 손상되었습니다({error}). 다시 내려받으십시오"
        ))
    })?;
    if bytes.len() as u64 > LONGEST {
        let most = LONGEST >> 20;
        return Err(damaged(said!(
            "it unpacks to more than {most} MiB: unpack it and give a part of it",
            "압축을 풀면 {most} MiB를 넘습니다. 압축을 풀고 일부만 지정하십시오"
        )));
    }
    of_bytes(&name, &bytes)
}

/// The sheets of a file in memory, under a name for messages.
///
/// # Errors
/// As [`open`].
pub(crate) fn of_bytes(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>> {
    let damaged = |why: Text| Error::at(Place::file(file), why);
    if let Some(kind) = workbook::kind(bytes) {
        return workbook::sheets(file, bytes, kind).map_err(damaged);
    }
    text::sheets(file, bytes).map_err(damaged)
}

/// The files of a path: itself, or what a folder holds, by name. Hidden files and those that no sheets
/// can be in are left out.
///
/// # Errors
/// A folder that cannot be listed, or one without such files.
pub(crate) fn files_of(path: &Path) -> Result<Vec<PathBuf>> {
    const ENDINGS: [&str; 10] = [
        "csv", "json", "ods", "tab", "tsv", "txt", "xls", "xlsb", "xlsm", "xlsx",
    ];
    const MOST_FILES: usize = 1_000;
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let failed = |source| Error::Io {
        action: "read",
        path: path.to_owned(),
        source,
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let hidden = path.file_name().is_some_and(|name| {
            let name = name.to_string_lossy();
            name.starts_with(['.', '~'])
        });
        let name = path.to_string_lossy().to_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        let ending = name.rsplit_once('.');
        let known = ending.is_some_and(|(_, ending)| ENDINGS.contains(&ending));
        if known && !hidden && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    if found.is_empty() || found.len() > MOST_FILES {
        let (name, n) = (path.display().to_string(), found.len());
        return Err(Error::at(
            Place::file(name),
            said!(
                "the folder holds {n} workbooks and texts that a table could be in; there must be 1 to {MOST_FILES}",
                "폴더에 표가 들어 있을 수 있는 통합문서나 텍스트 파일이 {n}개 있습니다. 1~{MOST_FILES}개여야 합니다"
            ),
        ));
    }
    Ok(found)
}

/// What the sheets are, for an error that has to say what was seen: "x.xlsx: A (90 x 88), B (3 x 2)".
pub(crate) fn seen(sheets: &[Sheet]) -> String {
    const MOST: usize = 12;
    let mut seen = String::new();
    for (at, sheet) in sheets.iter().take(MOST).enumerate() {
        let width = (0..sheet.height()).map(|row| sheet.width(row)).max();
        let (height, width) = (sheet.height(), width.unwrap_or(0));
        let between = if at == 0 { "" } else { ", " };
        let _ = write!(seen, "{between}{} ({height} x {width})", sheet.name());
    }
    match sheets.len().saturating_sub(MOST) {
        0 => seen,
        more => format!("{seen}, ... (+{more})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_workbooks_name_them() {
        let names = [0, 25, 26, 51, 52, 701, 702, 16_383].map(column_name);
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn a_cell_far_out_is_refused_before_the_room_up_to_it_is_made() {
        let (mut filling, mut rows) = (Filling::default(), Vec::new());
        filling
            .put(&mut rows, 2, 3, Cell::Number(1.0))
            .expect("little");
        assert_eq!((rows.len(), rows[2].len(), rows[0].len()), (3, 4, 0));
        let far = filling.put(&mut rows, 5, MOST_CELLS, Cell::Number(1.0));
        assert!(far.is_err_and(|why| why.en.contains("far beyond")));
        assert_eq!(rows.len(), 3);
    }
}
