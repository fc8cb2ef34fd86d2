//! Workbooks: what is in their cells, never what their formulas would give.
//!
//! An archive is looked through before anything else reads it: how many members it has and how long they
//! are once inflated, counted and not believed. Entities of a document's own are not expanded by the parser,
//! links to other files are not followed, macros are not looked at.

use super::{Cell, Fault, Filling, Sheet, Style};
use crate::lang::{Text, said};
use calamine::{Data, DataRef, Ods, Reader, Xls, Xlsx};
use std::io::{Cursor, Read};
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
    /// An archive: xlsx or ods.
    Archive,
    /// What Excel wrote before 2007.
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
        Kind::Archive => match look_through(bytes)? {
            Format::Xlsx => xlsx(file, bytes),
            Format::Ods => ods(file, bytes),
        },
        Kind::Xls => xls(file, bytes),
    }
}

enum Format {
    Xlsx,
    Ods,
}

/// Counts what an archive holds and says what it is.
fn look_through(bytes: &[u8]) -> Result<Format, Text> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_MEMBERS {
        return Err(too_large());
    }
    let (mut length, mut format) = (0, None);
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).map_err(damaged)?;
        match member.name().map_err(damaged)?.as_ref() {
            "xl/workbook.xml" => format = Some(Format::Xlsx),
            "content.xml" => format = Some(Format::Ods),
            _ => {}
        }
        let rest = LONGEST_INFLATED - length;
        let inflated = std::io::copy(&mut (&mut member).take(rest + 1), &mut std::io::sink());
        length += inflated.map_err(damaged)?;
        if length > LONGEST_INFLATED {
            return Err(too_large());
        }
    }
    format.ok_or_else(|| {
        said!(
            "the archive is no workbook (xlsx, ods): unpack it and give the files in it",
            "압축 파일이 통합문서(xlsx, ods)가 아닙니다. 압축을 풀고 그 안의 파일을 지정하십시오"
        )
    })
}

fn too_large() -> Text {
    let most = LONGEST_INFLATED >> 20;
    said!(
        "the workbook comes to more than {most} MiB or {MOST_MEMBERS} parts when unpacked: save the sheets of the table \
         alone",
        "통합문서의 압축을 풀면 {most} MiB 또는 {MOST_MEMBERS}개 항목을 넘습니다. 표가 있는 시트만 따로 저장하십시오"
    )
}

fn damaged(error: impl std::fmt::Display) -> Text {
    said!(
        "the workbook is damaged or cut off ({error}): download it again, or open it and save it anew",
        "통합문서가 손상되었거나 중간에 끊겼습니다({error}). 다시 내려받거나, 열어서 새로 저장하십시오"
    )
}

fn few_enough(sheets: usize) -> Result<(), Text> {
    match sheets <= MOST_SHEETS {
        true => Ok(()),
        false => Err(said!(
            "the workbook has {sheets} sheets, {MOST_SHEETS} at most: save those of the table alone",
            "통합문서의 시트가 {sheets}개입니다. {MOST_SHEETS}개까지 읽을 수 있으니 표가 있는 시트만 따로 저장하십시오"
        )),
    }
}

fn xlsx(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Text> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = workbook.sheet_names();
    few_enough(names.len())?;
    let (mut sheets, mut filling) = (Vec::new(), Filling::default());
    for name in names {
        let mut rows = Vec::new();
        match workbook.worksheet_cells_reader(&name) {
            Ok(mut cells) => {
                while let Some(found) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
                    let (row, column) = (found.pos.0 as usize, found.pos.1 as usize);
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
        sheets.push(sheet(file, name, rows));
    }
    Ok(sheets)
}

fn ods(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Text> {
    let mut workbook: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(damaged)?;
    read_ranges(file, &mut workbook)
}

fn xls(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Text> {
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
    read_ranges(file, &mut workbook)
}

fn read_ranges<R: Reader<Cursor<B>>, B>(file: &str, workbook: &mut R) -> Result<Vec<Sheet>, Text>
where
    Cursor<B>: Read + std::io::Seek,
    R::Error: std::fmt::Display,
{
    let names = workbook.sheet_names();
    few_enough(names.len())?;
    let (mut sheets, mut filling) = (Vec::new(), Filling::default());
    for name in names {
        let range = workbook.worksheet_range(&name).map_err(damaged)?;
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut rows = Vec::new();
        for (row, column, value) in range.used_cells() {
            let (row, column) = (row + top as usize, column + left as usize);
            filling.put(&mut rows, row, column, cell(value.clone()))?;
        }
        sheets.push(sheet(file, name, rows));
    }
    Ok(sheets)
}

fn sheet(file: &str, name: String, rows: Vec<Vec<Cell>>) -> Sheet {
    Sheet {
        file: file.to_owned(),
        name: Some(name),
        rows,
        lines: Vec::new(),
        style: Style::Point,
    }
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
