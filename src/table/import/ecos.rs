//! Tables of the Bank of Korea's statistics system (ECOS), a line a figure: downloads as CSV and answers of
//! the open interface as JSON, for transactions (271Y120 and its like) and coefficients (271Y112).

use super::Options;
use super::bok::{self, Grid, long};
use super::draft::Draft;
use super::sheets::Sheet;
use crate::error::Result;
use crate::lang::said;

/// Whether the sheets have a line a figure.
pub(super) fn recognises(sheets: &[Sheet]) -> bool {
    sheets
        .iter()
        .any(|sheet| !Grid::long(sheet, None).is_empty())
}

/// What the sheets hold of the year asked for, or of the last one.
///
/// # Errors
/// As [`bok::read`].
pub(super) fn read(sheets: &[Sheet], options: &Options) -> Result<Draft> {
    let all: Vec<i32> = sheets.iter().flat_map(long::years).collect();
    let (first, last) = (all.iter().min().copied(), all.iter().max().copied());
    let year = options.year.or(last);
    let mut draft = bok::of_grids(sheets, year, |sheet| Grid::long(sheet, year))?;
    if let (Some(first), Some(last), Some(year)) = (first, last, year)
        && first != last
    {
        draft.said.push(said!(
            "The files hold the years {first} to {last}: {year} is read",
            "파일에 {first}~{last}년 자료가 있으며 그중 {year}년을 읽음"
        ));
    }
    Ok(draft)
}
