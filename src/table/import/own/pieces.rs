//! Sheets as they are read: tables below each other apart, and those that lie the other way turned.

use super::super::sheets::Sheet;
use super::map::Map;
use super::origin::side;
use super::square::{self, Square, compared};
use std::borrow::Cow;

/// The sheets of files, a piece for each table that stands on one, rows as suppliers.
pub(super) fn of<'a>(sheets: &'a [Sheet], map: &Map) -> Vec<Cow<'a, Sheet>> {
    let mut pieces = Vec::new();
    for sheet in sheets {
        // A map names rows and columns of the sheet as it is.
        if map.transposed {
            pieces.push(sheet.transposed().map_or(Cow::Borrowed(sheet), Cow::Owned));
            continue;
        }
        if map.labels.is_some() {
            pieces.push(Cow::Borrowed(sheet));
            continue;
        }
        pieces.extend(cut(sheet).into_iter().map(turned));
    }
    pieces
}

/// A sheet in as many pieces as it has tables with headings of their own.
fn cut(sheet: &Sheet) -> Vec<Cow<'_, Sheet>> {
    let squares = square::all(sheet, None);
    let labels = |square: &Square| -> Vec<String> {
        let labels = square.labels.iter();
        labels.map(|label| compared(label)).collect()
    };
    let alike = squares.windows(2).all(|pair| match pair {
        [above, below] => below.label_row >= above.end().0 && labels(above) == labels(below),
        _ => true,
    });
    if squares.len() < 2 || !alike {
        return vec![Cow::Borrowed(sheet)];
    }
    let mut pieces = Vec::new();
    let mut from = 0;
    for pair in squares.windows(2) {
        let [above, below] = pair else {
            continue;
        };
        let filled = |row: usize| (0..sheet.width(row)).any(|c| !sheet.label(row, c).is_empty());
        let figures = |row: &usize| {
            let of_row = above.columns.iter();
            let count = of_row.filter(|c| matches!(sheet.figure(*row, **c), Ok(Some(_))));
            count.count() * 2 > above.len()
        };
        let last = (above.end().0..below.label_row).rev().find(figures);
        let last = last.unwrap_or(above.end().0.saturating_sub(1));
        // Remarks follow a table at once, a title stands behind a blank row.
        let blank = (last + 1..below.label_row)
            .find(|row| !filled(*row) || (*row > last + 1 && sheet.has_gap_before(*row)));
        let until = blank.unwrap_or(last + 1);
        pieces.push(Cow::Owned(sheet.part(from..until)));
        from = until;
    }
    pieces.push(Cow::Owned(sheet.part(from..sheet.height())));
    pieces
}

/// A sheet with suppliers down: where what stands under the square uses and what stands beside it is used, it lies the
/// other way.
fn turned(sheet: Cow<'_, Sheet>) -> Cow<'_, Sheet> {
    let Some(square) = square::find(&sheet, None) else {
        return sheet;
    };
    let (top, left) = square.start();
    let (below, after) = square.end();
    let mut votes = [0, 0];
    let mut vote = |label: Vec<String>, under: bool| {
        if let Some(user) = side(&label) {
            votes[usize::from(user == under)] += 1;
        }
    };
    for row in below..sheet.height().min(below + square.len() + 60) {
        let parts = (0..left).map(|column| sheet.label(row, column));
        vote(parts.filter(|part| !part.is_empty()).collect(), true);
    }
    let width = square.rows.iter().map(|row| sheet.width(*row)).max();
    for column in after..width.unwrap_or(after) {
        let parts = (square.label_row.saturating_sub(2)..top).map(|row| sheet.label(row, column));
        vote(parts.filter(|part| !part.is_empty()).collect(), false);
    }
    let [as_is, other_way] = votes;
    if other_way > as_is
        && let Some(turned) = sheet.transposed()
    {
        return Cow::Owned(turned);
    }
    sheet
}
