//! Which of several sheets is read.

use super::super::Options;
use super::super::sheets::Sheet;
use super::lines::Reading;
use super::map::Map;
use super::origin::{Origin, origin};
use super::{about, heading, square};
use crate::error::{Error, Place, Remedy, Result};
use crate::lang::{Text, said};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The sheet that is read, and what else there is.
pub(super) struct Chosen<'a> {
    /// The sheet.
    pub(super) reading: Reading<'a>,
    /// Others with a square, which could have been.
    pub(super) others: Vec<Reading<'a>>,
    /// Why others of as many sectors could not be read.
    pub(super) failed: Vec<Text>,
}

/// The sheet to read.
///
/// # Errors
/// A sheet that there is none of, none with a square of figures, several tables of different years.
pub(super) fn choose<'a>(
    sheets: &'a [Cow<'a, Sheet>],
    map: &Map,
    wanted: Option<&str>,
    options: &Options,
) -> Result<Chosen<'a>> {
    if let Some(wanted) = wanted
        && !sheets.iter().any(|sheet| sheet.name() == wanted)
    {
        let mut known: Vec<&str> = sheets.iter().map(|sheet| sheet.name()).collect();
        known.dedup();
        let file = sheets.first().map_or("", |sheet| sheet.file());
        let known = known.join(", ");
        return Err(Error::at(
            Place::file(file),
            said!(
                "there is no sheet '{wanted}': {known}",
                "'{wanted}' 시트가 없습니다. 있는 시트: {known}"
            ),
        ));
    }
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for sheet in sheets {
        let sheet: &Sheet = sheet;
        let Some(square) = square::find(sheet, map.labels_of(sheet)) else {
            continue;
        };
        let n = square.len();
        match Reading::of(sheet, square, map) {
            Ok(reading) => found.push(reading),
            Err(error) => errors.push((sheet, n, error)),
        }
    }
    let asked_for = |sheet: &Sheet| wanted.is_none_or(|wanted| sheet.name() == wanted);
    let (mut wanted_ones, mut rest): (Vec<_>, Vec<_>) =
        (found.into_iter()).partition(|reading| asked_for(reading.sheet));
    rest.extend(of_other_years(&mut wanted_ones, options));
    let mut found = wanted_ones;
    let first_error = errors.iter().position(|(sheet, ..)| asked_for(sheet));
    let best = found.iter().map(rank).max();
    let at = best.and_then(|best| found.iter().position(|reading| rank(reading) == best));
    let Some(at) = at else {
        return Err(
            match (first_error, sheets.iter().find(|sheet| asked_for(sheet))) {
                (Some(at), _) => errors.swap_remove(at).2,
                (None, Some(sheet)) => no_square(sheet),
                (None, None) => Error::invalid(said!("there are no sheets", "시트가 없습니다")),
            },
        );
    };
    one_year(&found, at, options)?;
    let reading = found.swap_remove(at);
    // What is hidden does not stand in for what can be seen and is wrong.
    let seen_and_wrong = |(sheet, n, _): &&(&Sheet, usize, Error)| {
        reading.sheet.is_hidden() && !sheet.is_hidden() && *n == reading.square.len()
    };
    let lacks = reading.output().is_none();
    if let Some(at) = first_error.filter(|_| lacks) {
        return Err(errors.swap_remove(at).2);
    }
    // Nor does a table of another year for the one that is asked for.
    let other_year = match (options.year, about::own_year(&reading, &heading(&reading))) {
        (Some(asked), Some(told)) => asked != told,
        _ => false,
    };
    let may_be_it = |(_, n, _): &&(&Sheet, usize, Error)| other_year && *n == reading.square.len();
    if let Some(at) = (errors.iter()).position(|error| seen_and_wrong(&error) || may_be_it(&error))
    {
        return Err(errors.swap_remove(at).2);
    }
    let n = reading.square.len();
    let failed = errors.iter().filter(|(_, of, _)| *of == n);
    rest.extend(found);
    Ok(Chosen {
        failed: failed.map(|(_, _, error)| error.text()).collect(),
        reading,
        others: rest,
    })
}

/// Flows that balance before those that do not, visible before hidden, domestic ones first; coefficients are no flows.
fn rank(reading: &Reading) -> (bool, bool, bool, bool, bool, bool) {
    let (rows, columns) = reading.off();
    let closes = |off: Option<f64>| off.is_some_and(|off| off < 1e-3);
    let around = reading.columns.len() + reading.rows.len();
    let domestic = origin(&title(reading)) == Some(Origin::Domestic);
    (
        reading.output().is_some() && around > 1,
        !reading.sheet.is_hidden(),
        closes(columns) && rows.is_none_or(|off| off < 1e-3),
        closes(columns) || closes(rows),
        around > 0,
        domestic,
    )
}

/// The name of a sheet, and what stands above its labels on the left.
pub(super) fn title(reading: &Reading) -> String {
    let (sheet, square) = (reading.sheet, &reading.square);
    let (_, left) = square.start();
    let mut title = sheet.name().to_owned();
    for row in 0..square.label_row {
        for column in 0..=left {
            let label = sheet.label(row, column);
            if !label.is_empty() {
                title.push(' ');
                title.push_str(&label);
            }
        }
    }
    title
}

/// Takes those out that are of another year than the one asked for, where some are of it.
fn of_other_years<'a>(found: &mut Vec<Reading<'a>>, options: &Options) -> Vec<Reading<'a>> {
    let Some(year) = options.year else {
        return Vec::new();
    };
    let is_of_it = |reading: &Reading| about::own_year(reading, &heading(reading)) == Some(year);
    if !found.iter().any(is_of_it) {
        return Vec::new();
    }
    let told = |reading: &Reading| about::own_year(reading, &heading(reading)).is_some();
    let all = std::mem::take(found);
    let (kept, other) = (all.into_iter()).partition(|reading| !told(reading) || is_of_it(reading));
    *found = kept;
    other
}

/// That tables that are as good as each other are of one year.
fn one_year(found: &[Reading], at: usize, options: &Options) -> Result<()> {
    let best = found.get(at).map(rank);
    let as_good = found.iter().filter(|reading| Some(rank(reading)) == best);
    let years: BTreeSet<i32> = as_good
        .filter_map(|reading| about::own_year(reading, &heading(reading)))
        .collect();
    if years.len() < 2 || options.year.is_some() {
        return Ok(());
    }
    let file = found.first().map_or("", |reading| reading.sheet.file());
    let years: Vec<String> = years.iter().map(i32::to_string).collect();
    let (years, year) = (years.join(", "), Remedy::Year.text().en);
    Err(Error::at(
        Place::file(file),
        said!(
            "there are tables of several years: {years}. Say which {year}",
            "여러 연도의 표가 있습니다: {years}. 연도를 지정하십시오 {year}"
        ),
    ))
}

/// Why a sheet has no square of figures: no labels that fit, or what stands in it.
pub(super) fn no_square(sheet: &Sheet) -> Error {
    if let Some(square) = square::of_labels(sheet).filter(|square| square.len() > 2) {
        let cells = (square.rows.iter())
            .flat_map(|row| square.columns.iter().map(|column| (*row, *column)));
        let wrong = cells
            .filter_map(|(row, column)| sheet.figure(row, column).err())
            .next();
        if let Some(error) = wrong {
            return error;
        }
    }
    sheet.wrong(
        0,
        0,
        said!(
            "no block is found whose row of labels and column of labels are the same: sectors need the same codes or \
             names in both",
            "행 표제와 열 표제가 같은 블록을 찾지 못했습니다. 부문의 코드나 이름이 행과 열에 똑같이 있어야 합니다"
        ),
    )
}

/// Whether a sheet has labels of sectors across and down, filled with what is no number.
pub(super) fn is_of_texts(sheet: &Sheet) -> bool {
    let Some(square) = square::of_labels(sheet).filter(|square| square.len() > 2) else {
        return false;
    };
    let cells = square.rows.iter();
    let cells = cells.flat_map(|row| square.columns.iter().map(|column| (*row, *column)));
    let digits = cells.filter(|(row, column)| {
        let text = sheet.text(*row, *column);
        text.chars().any(|c| c.is_ascii_digit()) && sheet.figure(*row, *column).is_err()
    });
    digits.count() * 2 > square.len() * square.len()
}
