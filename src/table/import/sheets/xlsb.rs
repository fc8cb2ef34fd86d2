//! Binary workbooks (xlsb): an archive whose parts are records, as MS-XLSB 2.1.4 has them.
//!
//! A record is its type, its length and its bytes; of some 900 types those are read that hold a cell, a row, a text or
//! the name of a sheet. Numbers are read, whether typed in or computed, and never a formula. Every length is checked
//! against what is there: other readers of the format end a program on a record that is cut off.

use super::workbook::{damaged, few_enough};
use super::{Cell, Fault, Filling, Sheet};
use crate::lang::{Text, said};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The records that are read.
mod record {
    pub(super) const ROW: u16 = 0;
    pub(super) const RK: u16 = 2;
    pub(super) const ERROR: u16 = 3;
    pub(super) const BOOL: u16 = 4;
    pub(super) const REAL: u16 = 5;
    pub(super) const TEXT: u16 = 6;
    pub(super) const SHARED: u16 = 7;
    pub(super) const FORMULA_TEXT: u16 = 8;
    pub(super) const FORMULA_NUMBER: u16 = 9;
    pub(super) const FORMULA_BOOL: u16 = 10;
    pub(super) const FORMULA_ERROR: u16 = 11;
    pub(super) const SHARED_TEXT: u16 = 19;
    pub(super) const BEGIN_CELLS: u16 = 145;
    pub(super) const END_CELLS: u16 = 146;
    pub(super) const SHEET: u16 = 156;
    pub(super) const MERGED: u16 = 176;
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The sheets of a workbook whose archive was looked through.
pub(super) fn sheets(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Text> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let workbook = part(&mut archive, "xl/workbook.bin")?.ok_or_else(cut_off)?;
    let targets = part(&mut archive, "xl/_rels/workbook.bin.rels")?.unwrap_or_default();
    let targets = targets_of(&String::from_utf8_lossy(&targets));
    let texts = texts(&part(&mut archive, "xl/sharedStrings.bin")?.unwrap_or_default())?;
    let named = named(&workbook)?;
    few_enough(named.len())?;
    let (mut sheets, mut filling) = (Vec::new(), Filling::default());
    for (name, relation, hidden) in named {
        let target = targets.iter().find(|(id, _)| *id == relation);
        let (_, target) = target.ok_or_else(cut_off)?;
        // A sheet that is a chart has no cells.
        let is_sheet = target.contains("worksheets/");
        let path = match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("xl/{target}"),
        };
        let of_sheet = match is_sheet {
            true => part(&mut archive, &path)?.ok_or_else(cut_off)?,
            false => Vec::new(),
        };
        let (rows, merged) = cells(&of_sheet, &texts, &mut filling)?;
        sheets.push(Sheet {
            hidden,
            merged,
            ..Sheet::of_rows(file, Some(name), rows)
        });
    }
    Ok(sheets)
}

fn cut_off() -> Text {
    damaged(
        said!(
            "a part is missing or ends too early",
            "빠지거나 잘린 항목이 있음"
        )
        .en,
    )
}

/// A part of the archive; its length was counted before.
fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<Vec<u8>>, Text> {
    let mut member = match archive.by_name(name) {
        Ok(member) => member,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(damaged(error)),
    };
    let mut bytes = Vec::new();
    member.read_to_end(&mut bytes).map_err(damaged)?;
    Ok(Some(bytes))
}

/// The next record: its type and its bytes; `None` at the end.
fn next<'a>(rest: &mut &'a [u8]) -> Result<Option<(u16, &'a [u8])>, Text> {
    let mut byte = || {
        let (first, after) = rest.split_first()?;
        *rest = after;
        Some(*first)
    };
    let Some(first) = byte() else {
        return Ok(None);
    };
    let mut kind = u16::from(first);
    if first & 0x80 != 0 {
        let second = byte().ok_or_else(cut_off)?;
        kind = u16::from(first & 0x7f) | u16::from(second & 0x7f) << 7;
    }
    let mut length = 0_usize;
    for at in 0..4 {
        let part = byte().ok_or_else(cut_off)?;
        length |= usize::from(part & 0x7f) << (7 * at);
        if part & 0x80 == 0 {
            break;
        }
    }
    let (record, after) = rest.split_at_checked(length).ok_or_else(cut_off)?;
    *rest = after;
    Ok(Some((kind, record)))
}

fn whole(record: &[u8], at: usize) -> Result<u32, Text> {
    let bytes = record.get(at..at + 4).and_then(|b| b.try_into().ok());
    bytes.map(u32::from_le_bytes).ok_or_else(cut_off)
}

fn real(record: &[u8], at: usize) -> Result<f64, Text> {
    let bytes = record.get(at..at + 8).and_then(|b| b.try_into().ok());
    bytes.map(f64::from_le_bytes).ok_or_else(cut_off)
}

/// A text with its length before it, and where it ends.
fn text(record: &[u8], at: usize) -> Result<(String, usize), Text> {
    let begin = at + 4;
    let length = whole(record, at)? as usize;
    let end = (length.checked_mul(2)).and_then(|bytes| begin.checked_add(bytes));
    let end = end.ok_or_else(cut_off)?;
    let bytes = record.get(begin..end).ok_or_else(cut_off)?;
    let units = bytes
        .chunks_exact(2)
        .map(|b| u16::from_le_bytes([b[0], b[1]]));
    let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    Ok((text.collect(), end))
}

/// Name, relation and whether it is hidden, of each sheet.
fn named(workbook: &[u8]) -> Result<Vec<(String, String, bool)>, Text> {
    let (mut rest, mut named) = (workbook, Vec::new());
    while let Some((kind, record)) = next(&mut rest)? {
        if kind == record::SHEET {
            let hidden = whole(record, 0)? != 0;
            let (relation, end) = text(record, 8)?;
            let (name, _) = text(record, end)?;
            named.push((name, relation, hidden));
        }
    }
    Ok(named)
}

/// Id and target of each relation. These are written by programs, an element a relation.
fn targets_of(relations: &str) -> Vec<(String, String)> {
    let value = |element: &str, name: &str| {
        let (_, after) = element.split_once(&format!(" {name}=\""))?;
        let (value, _) = after.split_once('"')?;
        Some(value.to_owned())
    };
    let elements = relations.split("<Relationship ").skip(1);
    let elements = elements.map(|element| format!(" {element}"));
    elements
        .filter_map(|element| Some((value(&element, "Id")?, value(&element, "Target")?)))
        .collect()
}

/// The texts that cells name by number.
fn texts(shared: &[u8]) -> Result<Vec<Box<str>>, Text> {
    let (mut rest, mut texts) = (shared, Vec::new());
    while let Some((kind, record)) = next(&mut rest)? {
        if kind == record::SHARED_TEXT {
            texts.push(text(record, 1)?.0.into());
        }
    }
    Ok(texts)
}

type Cells = (Vec<Vec<Cell>>, Vec<[usize; 4]>);

/// The cells of a sheet, and those that are merged.
fn cells(sheet: &[u8], texts: &[Box<str>], filling: &mut Filling) -> Result<Cells, Text> {
    let (mut rest, mut rows, mut merged) = (sheet, Vec::new(), Vec::new());
    let (mut row, mut inside) = (0, false);
    while let Some((kind, record)) = next(&mut rest)? {
        let error = |record: &[u8]| {
            let code = record.get(8).copied().ok_or_else(cut_off)?;
            let name = match code {
                0x00 => "#NULL!",
                0x07 => "#DIV/0!",
                0x0f => "#VALUE!",
                0x17 => "#REF!",
                0x1d => "#NAME?",
                0x24 => "#NUM!",
                _ => "#N/A",
            };
            Ok::<_, Text>(Cell::Fault(Fault::Error(name.into())))
        };
        let cell = match kind {
            record::BEGIN_CELLS => {
                inside = true;
                continue;
            }
            record::END_CELLS => {
                inside = false;
                continue;
            }
            record::MERGED => {
                let at = |k: usize| whole(record, 4 * k).map(|at| at as usize);
                merged.push([at(0)?, at(2)?, at(1)?, at(3)?]);
                continue;
            }
            _ if !inside => continue,
            record::ROW => {
                row = whole(record, 0)? as usize;
                continue;
            }
            record::RK => number(compact(whole(record, 8)?)),
            record::REAL | record::FORMULA_NUMBER => number(real(record, 8)?),
            record::ERROR | record::FORMULA_ERROR => error(record)?,
            record::BOOL | record::FORMULA_BOOL => {
                let truth = record.get(8).copied().ok_or_else(cut_off)? != 0;
                let truth = truth.to_string().to_uppercase();
                Cell::Fault(Fault::Error(truth.into()))
            }
            record::TEXT | record::FORMULA_TEXT => text_cell(text(record, 8)?.0.into()),
            record::SHARED => {
                let of_it = texts.get(whole(record, 8)? as usize);
                text_cell(of_it.ok_or_else(cut_off)?.clone())
            }
            _ => continue,
        };
        let column = whole(record, 0)? as usize;
        super::workbook::inside(row, column)?;
        filling.put(&mut rows, row, column, cell)?;
    }
    Ok((rows, merged))
}

fn number(number: f64) -> Cell {
    match number.is_finite() {
        true => Cell::Number(number),
        false => Cell::Fault(Fault::Error(number.to_string().into())),
    }
}

fn text_cell(text: Box<str>) -> Cell {
    match text.trim().is_empty() {
        true => Cell::Empty,
        false => Cell::Text(text),
    }
}

/// A number in 30 bits: a whole one or the upper half of a real one, over 100 where the first bit says so.
fn compact(bits: u32) -> f64 {
    let number = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from((bits as i32) >> 2),
    };
    match bits & 1 {
        0 => number,
        _ => number / 100.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compact_numbers_are_whole_or_real_and_may_be_hundredths() {
        // MS-XLSB 2.5.122: 123 << 2 | 2; the same over 100; the upper half of 1.5; -7.
        assert_eq!(compact(123 << 2 | 2), 123.0);
        assert_eq!(compact(123 << 2 | 3), 1.23);
        assert_eq!(compact((1.5_f64.to_bits() >> 32) as u32), 1.5);
        assert_eq!(compact((-7_i32 << 2) as u32 | 2), -7.0);
    }

    #[test]
    fn a_record_that_says_more_than_there_is_is_refused() {
        assert_eq!(
            next(&mut &[156, 1, 2, 7, 8][..]),
            Ok(Some((156, &[7, 8][..])))
        );
        assert!(next(&mut &[5, 0xff, 0xff, 0xff, 0x7f, 0][..]).is_err());
        assert!(next(&mut &[156][..]).is_err());
        assert!(text(&[0xff, 0xff, 0xff, 0xff, 0], 0).is_err());
        assert_eq!(next(&mut &[][..]), Ok(None));
    }
}
