//! What a sheet may not be: labels that stand twice, cells that are merged, two outputs, several units.

use super::super::sums;
use super::lines::{Reading, Side};
use super::words::{self, Role};
use crate::error::Result;
use crate::lang::said;

/// That no label of a sector stands twice.
pub(super) fn labels_once(reading: &Reading) -> Result<()> {
    let Some((row, column)) = reading.square.twice else {
        return Ok(());
    };
    let label = reading.sheet.label(row, column);
    Err(reading.sheet.wrong(
        row,
        column,
        said!(
            "the label '{label}' stands twice: give each sector a name or a code of its own, one of a region with the \
             region in it (KOR_{label})",
            "표제 '{label}'이(가) 두 번 나옵니다. 부문마다 다른 이름이나 코드를 쓰고, 지역별 부문이면 KOR_{label}처럼 \
             지역을 붙이십시오"
        ),
    ))
}

/// That no figure stands in cells that are one.
pub(super) fn merged(reading: &Reading) -> Result<()> {
    let (sheet, square) = (reading.sheet, &reading.square);
    let (top, left) = square.start();
    let last = |places: &[usize], lines: &[super::lines::Line]| {
        let lines = lines.iter().map(|line| line.at);
        places.iter().copied().chain(lines).max().unwrap_or(0)
    };
    let bottom = last(&square.rows, &reading.rows);
    let right = last(&square.columns, &reading.columns);
    for [row, column, to_row, to_column] in sheet.merged() {
        let inside = (top..=bottom).contains(row) && (left..=right).contains(column);
        let several = (row, column) != (to_row, to_column);
        if inside && several && matches!(sheet.figure(*row, *column), Ok(Some(_))) {
            let to = sheet.cell_name(*to_row, *to_column);
            return Err(sheet.wrong(
                *row,
                *column,
                said!(
                    "the figure stands in cells that are merged, to {to}: it cannot be told whose it is; part them and fill \
                     each",
                    "값이 {to}까지 병합된 셀에 있어 어느 부문의 값인지 알 수 없습니다. 병합을 풀고 셀마다 값을 쓰십시오"
                ),
            ));
        }
    }
    Ok(())
}

/// That the row and the column of output say the same.
pub(super) fn one_output(reading: &Reading) -> Result<()> {
    let row = reading.line(Side::Rows, Role::Output);
    let column = reading.line(Side::Columns, Role::Output);
    let (Some(row), Some(column)) = (row, column) else {
        return Ok(());
    };
    for (k, (made, sold)) in row.values.iter().zip(column.values.iter()).enumerate() {
        let size = made.abs().max(sold.abs());
        let may = sums::rounding(reading.step, reading.square.len(), size);
        if !((made - sold).abs() <= may.max(1e-6 * size)) {
            let label = &reading.square.labels[k];
            let at = reading.sheet.cell_name(row.at, reading.square.columns[k]);
            return Err(reading.sheet.wrong(
                reading.square.rows[k],
                column.at,
                said!(
                    "the output of {label} is {sold} in its row and {made} in its column ({at}): both are the same in a \
                     table of one kind of sectors; correct the wrong one, or say in a map which line is no output",
                    "{label}의 총산출이 행에서는 {sold}, 열에서는 {made}({at})입니다. 둘은 같아야 하므로 잘못된 값을 고치거나, \
                     총산출이 아닌 항목을 매핑 파일에 지정하십시오"
                ),
            ));
        }
    }
    Ok(())
}

/// The unit that a column of units beside the labels says of all rows; `None` where there is no such column.
///
/// # Errors
/// A row in another unit than the first.
pub(super) fn unit(reading: &Reading) -> Result<Option<String>> {
    let (sheet, square) = (reading.sheet, &reading.square);
    let (top, left) = square.start();
    let is_heading = |column: &usize| {
        let mut above = (square.label_row.saturating_sub(1)..top).rev();
        above.any(|row| words::is_unit_heading(&sheet.label(row, *column)))
    };
    let Some(column) = (0..left)
        .filter(|column| *column != square.label_column)
        .find(is_heading)
    else {
        return Ok(None);
    };
    let money = |role| {
        matches!(
            role,
            Role::Part(_) | Role::Other(_) | Role::ValueAdded | Role::Output
        )
    };
    let lines = reading.rows.iter();
    let lines = lines.filter(|line| line.role.is_some_and(money));
    let rows = square.rows.iter().copied().chain(lines.map(|line| line.at));
    let told = rows.filter(|row| !sheet.label(*row, column).is_empty());
    let mut told = told.map(|row| (row, sheet.label(row, column)));
    let Some((_, first)) = told.next() else {
        return Ok(None);
    };
    let same = |other: &str| other.to_lowercase() == first.to_lowercase();
    if let Some((row, other)) = told.find(|(_, unit)| !same(unit)) {
        return Err(sheet.wrong(
            row,
            column,
            said!(
                "the unit of this row is '{other}' and that of the first '{first}': a table is in one unit of money; bring \
                 all rows to one",
                "이 행의 단위는 '{other}', 첫 행의 단위는 '{first}'입니다. 한 표의 금액 단위는 하나여야 하므로 모든 행을 같은 \
                 단위로 환산하십시오"
            ),
        ));
    }
    Ok(Some(first))
}

/// The cells with marks of the publisher, as the file names them: those whose figure has one beside it, and those in
/// which one stands for a figure that is not given.
pub(super) fn marks(reading: &Reading) -> [Vec<String>; 2] {
    let (sheet, square) = (reading.sheet, &reading.square);
    let rows = square.rows.iter().chain(&reading.again).copied();
    let rows = rows.chain(reading.rows.iter().map(|line| line.at));
    let mut found = [Vec::new(), Vec::new()];
    for row in rows {
        let columns = square.columns.iter().copied();
        let columns = columns.chain(reading.columns.iter().map(|line| line.at));
        for column in columns {
            if let Some(figure) = sheet.mark(row, column) {
                found[usize::from(!figure)].push(sheet.cell_name(row, column));
            }
        }
    }
    found
}
