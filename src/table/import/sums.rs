//! Totals that stand in files, checked against what they are totals of.

use super::sheets::Sheet;
use crate::error::Result;
use crate::lang::said;

/// The last digit that figures are written with: 1 for whole numbers, 0.01 for two decimals; `None` where
/// there are more than nine decimals, so that they are not rounded as far as can be seen.
pub(crate) fn step<'a>(values: impl Iterator<Item = &'a f64> + Clone) -> Option<f64> {
    (0..=9).find_map(|decimals| {
        let power = f64::powi(10.0, decimals);
        let whole = |value: &f64| {
            let moved = value * power;
            (moved - moved.round()).abs() <= 1e-6 * moved.abs().min(1.0)
        };
        values.clone().all(whole).then(|| 1.0 / power)
    })
}

/// How far the sum of `n` rounded figures can be from the rounded sum of what they stand for, or from the
/// sum in another order of adding.
pub(crate) fn rounding(step: Option<f64>, n: usize, total: f64) -> f64 {
    let of_digits = step.map_or(0.0, |step| {
        let n = n as f64;
        // All of them in one direction where they are few, at random where they are many.
        step * f64::min((n + 1.0) / 2.0, 1.0 + n.sqrt())
    });
    of_digits + 1e-9 * total.abs()
}

/// Checks the total in a cell against its parts.
///
/// # Errors
/// A difference beyond rounding, with the place and both figures.
pub(crate) fn check(sheet: &Sheet, row: usize, column: usize, parts: &[f64]) -> Result<()> {
    let Some(stated) = sheet.number(row, column)? else {
        return Ok(());
    };
    let sum: f64 = parts.iter().sum();
    let size: f64 = parts.iter().map(|part| part.abs()).sum();
    let all = parts.iter().chain([&stated]);
    let tolerance = rounding(step(all), parts.len(), size.max(stated.abs()));
    if (stated - sum).abs() <= tolerance {
        return Ok(());
    }
    let (n, off) = (parts.len(), stated - sum);
    Err(sheet.wrong(
        row,
        column,
        said!(
            "the total is {stated} and the {n} figures that it is of sum to {sum}, a difference of {off}: one of \
             them is wrong",
            "합계는 {stated}이나 해당 값 {n}개의 합은 {sum}입니다(차이 {off}). 둘 중 하나가 잘못되었습니다"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_is_that_of_the_finest_figure() {
        let of = |values: &[f64]| step(values.iter());
        assert_eq!(of(&[1.0, 250.0, -3e9]), Some(1.0));
        assert_eq!(of(&[1.0, 2.25]), Some(0.01));
        assert_eq!(of(&[0.123456]), Some(1e-6));
        assert_eq!(of(&[1.0 / 3.0]), None);
        assert_eq!(of(&[]), Some(1.0));
    }

    #[test]
    fn what_rounding_may_come_to_is_little_for_few_and_grows_with_the_root_of_many() {
        assert_eq!(rounding(Some(1.0), 2, 0.0), 1.5);
        assert_eq!(rounding(Some(1.0), 100, 0.0), 11.0);
        assert_eq!(rounding(None, 100, 1e9), 1.0);
    }
}
