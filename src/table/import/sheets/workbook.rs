//! Workbooks: what is in their cells, never what their formulas would give.
//!
//! An archive is looked through before anything else reads it: how many members it has and how long they
//! are once inflated, counted and not believed. Entities of a document's own are not expanded by the parser,
//! links to other files are not followed, macros are not looked at.

use super::{Cell, Fault, Filling, Sheet, xlsb};
use crate::error::{Error, Place};
use crate::lang::{Text, said};
use calamine::{Data, DataRef, Dimensions, Ods, Reader, SheetVisible, Xls, Xlsx};
use std::cell::RefCell;
use std::io::{Cursor, Read, Write};
use std::panic::AssertUnwindSafe;
use zip::ZipArchive;

/// The most that the members of an archive may come to when inflated, in bytes.
const LONGEST_INFLATED: u64 = 1 << 30;

/// The most members of an archive.
const MOST_MEMBERS: usize = 10_000;

/// The most sheets of a workbook.
const MOST_SHEETS: usize = 500;

/// What kind of workbook a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An archive: xlsx, xlsb or ods.
    Archive,
    /// What Excel wrote before 2007, or a workbook that asks for a password.
    Xls,
}

/// The kind of workbook that the bytes begin as.
pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => Some(Kind::Archive),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(Kind::Xls),
        _ => None,
    }
}

/// The sheets of a workbook.
pub(super) fn sheets(file: &str, bytes: &[u8], kind: Kind) -> Result<Vec<Sheet>, Text> {
    match kind {
        Kind::Archive => {
            let (format, merges) = look_through(bytes)?;
            match format {
                Format::Xlsx => xlsx(file, bytes, merges),
                Format::Xlsb => xlsb::sheets(file, bytes),
                Format::Ods => ods(file, bytes),
            }
        }
        Kind::Xls if holds(bytes, &utf_16("EncryptedPackage")) => Err(locked()),
        Kind::Xls => guarded(file, || xls(file, bytes)),
    }
}

thread_local! {
    /// The file that this thread reads by a reader that may end the program where a file contradicts itself.
    static READING: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Why the file cannot be read that this thread is reading, where it reads one that may end the program: for who is
/// asked before it ends.
#[cfg(feature = "cli")]
pub(super) fn ended() -> Option<Error> {
    let file = READING.with(|reading| reading.borrow().clone())?;
    Some(Error::at(Place::file(file), contradicts()))
}

fn contradicts() -> Text {
    damaged(said!("it contradicts itself", "내용이 서로 어긋남").en)
}

/// What is read, or that the file contradicts itself: the reader of xls takes lengths and places in it for granted.
fn guarded(
    file: &str,
    read: impl FnOnce() -> Result<Vec<Sheet>, Text>,
) -> Result<Vec<Sheet>, Text> {
    let set = |name| READING.with(|reading| reading.replace(name));
    set(Some(file.to_owned()));
    let found = std::panic::catch_unwind(AssertUnwindSafe(read));
    set(None);
    found.unwrap_or_else(|_| Err(contradicts()))
}

enum Format {
    Xlsx,
    Xlsb,
    Ods,
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

fn locked() -> Text {
    said!(
        "the workbook asks for a password: open it with that and save it without one",
        "암호가 걸린 통합문서입니다. 암호를 입력해 연 뒤 암호 없이 저장하십시오"
    )
}

/// What a part unpacks to, thrown away but for its end, where a sheet tells of merged cells.
#[derive(Default)]
struct End(Vec<u8>);

impl End {
    const LONGEST: usize = 1 << 20;

    fn has_merges(&self) -> bool {
        holds(&self.0, b"mergeCell")
    }
}

impl Write for End {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.extend_from_slice(bytes);
        if self.0.len() > 2 * End::LONGEST {
            self.0.drain(..self.0.len() - End::LONGEST);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Counts what an archive holds and says what it is, and whether cells of it are merged.
fn look_through(bytes: &[u8]) -> Result<(Format, bool), Text> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_MEMBERS {
        return Err(too_large());
    }
    if listed(bytes).is_some_and(|listed| listed != archive.len()) {
        return Err(said!(
            "the archive holds a part under one name twice, so that each program may read another: open the workbook and \
             save it anew",
            "압축 파일에 같은 이름의 항목이 두 번 있어 프로그램마다 다르게 읽힐 수 있습니다. 통합문서를 열어서 새로 저장하십시오"
        ));
    }
    let (mut length, mut format, mut merges) = (0, None, false);
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).map_err(damaged)?;
        let name = member.name().map_err(damaged)?.into_owned();
        match name.as_str() {
            "xl/workbook.xml" => format = Some(Format::Xlsx),
            "xl/workbook.bin" => format = Some(Format::Xlsb),
            "content.xml" => format = Some(Format::Ods),
            _ => {}
        }
        let rest = LONGEST_INFLATED - length;
        let mut unpacked = (&mut member).take(rest + 1);
        let inflated = match name.starts_with("xl/worksheets/") {
            true => {
                let mut end = End::default();
                let inflated = std::io::copy(&mut unpacked, &mut end);
                merges |= end.has_merges();
                inflated
            }
            false => std::io::copy(&mut unpacked, &mut std::io::sink()),
        };
        length += inflated.map_err(damaged)?;
        if length > LONGEST_INFLATED {
            return Err(too_large());
        }
    }
    let format = format.ok_or_else(|| {
        said!(
            "the archive is no workbook (xlsx, xlsb, ods): unpack it and give the files in it",
            "압축 파일이 통합문서(xlsx, xlsb, ods)가 아닙니다. 압축을 풀고 그 안의 파일을 지정하십시오"
        )
    })?;
    Ok((format, merges))
}

/// How many members the end of an archive lists, twice those of one name; `None` where they are too many to be told there.
fn listed(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(4).rposition(|four| four == b"PK\x05\x06")?;
    let listed = bytes.get(end + 10..end + 12)?;
    let listed = u16::from_le_bytes([*listed.first()?, *listed.last()?]);
    (listed != u16::MAX).then_some(usize::from(listed))
}

fn too_large() -> Text {
    let most = LONGEST_INFLATED >> 20;
    said!(
        "the workbook comes to more than {most} MiB or {MOST_MEMBERS} parts when unpacked: save the sheets of the table \
         alone",
        "통합문서의 압축을 풀면 {most} MiB 또는 {MOST_MEMBERS}개 항목을 넘습니다. 표가 있는 시트만 따로 저장하십시오"
    )
}

pub(super) fn damaged(error: impl std::fmt::Display) -> Text {
    said!(
        "the workbook is damaged or cut off ({error}): download it again, or open it and save it anew",
        "통합문서가 손상되었거나 중간에 끊겼습니다({error}). 다시 내려받거나, 열어서 새로 저장하십시오"
    )
}

pub(super) fn few_enough(sheets: usize) -> Result<(), Text> {
    match sheets <= MOST_SHEETS {
        true => Ok(()),
        false => Err(said!(
            "the workbook has {sheets} sheets, {MOST_SHEETS} at most: save those of the table alone",
            "통합문서의 시트가 {sheets}개입니다. {MOST_SHEETS}개까지 읽을 수 있으니 표가 있는 시트만 따로 저장하십시오"
        )),
    }
}

/// That a cell is where a sheet can have one.
pub(super) fn inside(row: usize, column: usize) -> Result<(), Text> {
    match row < 1 << 20 && column < 1 << 14 {
        true => Ok(()),
        false => Err(damaged(
            said!(
                "a cell beyond the last row or column that a sheet has",
                "시트의 마지막 행이나 열 밖의 셀"
            )
            .en,
        )),
    }
}

fn xlsx(file: &str, bytes: &[u8], merges: bool) -> Result<Vec<Sheet>, Text> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = workbook.sheet_names();
    let hidden = hidden(&workbook);
    few_enough(names.len())?;
    let (mut sheets, mut filling) = (Vec::new(), Filling::default());
    for name in names {
        let mut rows = Vec::new();
        match workbook.worksheet_cells_reader(&name) {
            Ok(mut cells) => {
                while let Some(found) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
                    let (row, column) = (found.pos.0 as usize, found.pos.1 as usize);
                    inside(row, column)?;
                    let cell = match (found.value, found.formula) {
                        (DataRef::Empty, None) => continue,
                        // A formula that came to no text, or that nobody has computed.
                        (DataRef::Empty, Some(_)) => Cell::Fault(Fault::NotComputed),
                        (DataRef::SharedString(text), _) => Cell::Text(text.into()),
                        (other, _) => cell(other.into()),
                    };
                    filling.put(&mut rows, row, column, cell)?;
                }
            }
            // A sheet that is a chart has no cells.
            Err(calamine::XlsxError::NotAWorksheet(_)) => {}
            Err(error) => return Err(damaged(error)),
        }
        let merged = match merges && !rows.is_empty() {
            true => workbook.merge_cells_by_sheet_name(&name).map_err(damaged)?,
            false => Vec::new(),
        };
        sheets.push(Sheet {
            hidden: hidden.contains(&name),
            merged: merged.iter().map(region).collect(),
            ..Sheet::of_rows(file, Some(name), rows)
        });
    }
    Ok(sheets)
}

/// The names of the sheets that a workbook hides.
fn hidden<R: Reader<Cursor<B>>, B>(workbook: &R) -> Vec<String>
where
    Cursor<B>: Read + std::io::Seek,
{
    let sheets = workbook.sheets_metadata().iter();
    let hidden = sheets.filter(|sheet| sheet.visible != SheetVisible::Visible);
    hidden.map(|sheet| sheet.name.clone()).collect()
}

fn region(cells: &Dimensions) -> [usize; 4] {
    let ((top, left), (bottom, right)) = (cells.start, cells.end);
    [top, left, bottom, right].map(|at| at as usize)
}

fn ods(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Text> {
    let mut workbook: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(damaged)?;
    read_ranges(file, &mut workbook)
}

fn xls(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Text> {
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => locked(),
        error => damaged(error),
    })?;
    let mut sheets = read_ranges(file, &mut workbook)?;
    for sheet in &mut sheets {
        let merged = workbook.merge_cells_by_sheet_name(sheet.name());
        sheet.merged = merged.map_err(damaged)?.iter().map(region).collect();
    }
    Ok(sheets)
}

fn read_ranges<R: Reader<Cursor<B>>, B>(file: &str, workbook: &mut R) -> Result<Vec<Sheet>, Text>
where
    Cursor<B>: Read + std::io::Seek,
    R::Error: std::fmt::Display,
{
    let names = workbook.sheet_names();
    let hidden = hidden(workbook);
    few_enough(names.len())?;
    let (mut sheets, mut filling) = (Vec::new(), Filling::default());
    for name in names {
        let range = workbook.worksheet_range(&name).map_err(damaged)?;
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut rows = Vec::new();
        for (row, column, value) in range.used_cells() {
            let (row, column) = (row + top as usize, column + left as usize);
            inside(row, column)?;
            filling.put(&mut rows, row, column, cell(value.clone()))?;
        }
        sheets.push(Sheet {
            hidden: hidden.contains(&name),
            ..Sheet::of_rows(file, Some(name), rows)
        });
    }
    Ok(sheets)
}

fn cell(value: Data) -> Cell {
    match value {
        Data::Empty => Cell::Empty,
        Data::Int(number) => Cell::Number(number as f64),
        Data::Float(number) if number.is_finite() => Cell::Number(number),
        Data::Float(number) => Cell::Fault(Fault::Error(number.to_string().into())),
        Data::String(text) if text.trim().is_empty() => Cell::Empty,
        Data::String(text) => Cell::Text(text.into()),
        Data::Bool(truth) => Cell::Fault(Fault::Error(truth.to_string().to_uppercase().into())),
        Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => Cell::Fault(Fault::Date),
        Data::Error(error) => Cell::Fault(Fault::Error(error.to_string().into())),
    }
}
