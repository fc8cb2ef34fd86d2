//! Sheets of coefficients: with an output they are flows, without one a table of coefficients.

use super::super::draft::{Draft, PerUnit};
use super::choose::title;
use super::lines::{Reading, Side};
use super::origin::{Origin, origin};
use super::words::Role;
use crate::error::Result;
use crate::lang::said;
use crate::table::OtherInputRole;
use nalgebra::DVector;

/// What per-unit figures a square holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PerUnitOf {
    /// Input coefficients.
    Inputs,
    /// The Leontief inverse.
    Inverse,
}

/// Whether a sheet holds coefficients in place of flows.
pub(super) fn of(reading: &Reading) -> Option<PerUnitOf> {
    let cells = &reading.cells;
    let n = cells.nrows();
    let sums = cells.row_sum().transpose();
    let whole = |v: &f64| (v - v.round()).abs() < 1e-9;
    if n < 2 || cells.iter().all(whole) {
        return None;
    }
    let below_one = cells.iter().all(|v| (-0.5..1.0 + 1e-9).contains(v));
    if below_one && sums.iter().all(|sum| *sum <= 1.0 + 1e-3) {
        let rest = reading.sum(Side::Rows, |role| {
            matches!(role, Role::Part(_) | Role::Other(_))
        });
        let rest = match rest.iter().all(|v| *v == 0.0) {
            true => reading.sum(Side::Rows, |role| role == Role::ValueAdded),
            false => rest,
        };
        let has_rest = rest.iter().any(|v| *v != 0.0);
        let to_one = (&sums + &rest).iter().all(|sum| (sum - 1.0).abs() < 5e-3);
        return match reading.output() {
            Some(output) => {
                let (rows, columns) = reading.off();
                let as_flows = [rows, columns].into_iter().flatten().any(|off| off < 1e-3);
                let least = output.iter().filter(|x| **x != 0.0);
                let least = least.fold(f64::INFINITY, |least, x| least.min(x.abs()));
                (!as_flows && (to_one || least > 10.0)).then_some(PerUnitOf::Inputs)
            }
            None => {
                let demand =
                    |role| matches!(role, Role::Demand(_) | Role::NonProfit | Role::AllDemand);
                let sold = reading.sum(Side::Columns, demand).iter().any(|v| *v != 0.0);
                // What is imported may stand on another sheet.
                let within = (&sums + &rest).iter().all(|sum| (0.5..1.005).contains(sum));
                (!sold && (to_one || within || !has_rest)).then_some(PerUnitOf::Inputs)
            }
        };
    }
    let inverse = (0..n).all(|i| cells[(i, i)] >= 1.0 - 1e-9)
        && (0..n).all(|i| (0..n).all(|j| i == j || (-1.0..1.5).contains(&cells[(i, j)])))
        && reading.output().is_none();
    inverse.then_some(PerUnitOf::Inverse)
}

/// Coefficients times output, in the cells and in the rows under them that are per unit as well.
pub(super) fn to_flows(reading: &mut Reading) {
    let Some(output) = reading.output().cloned() else {
        return;
    };
    for (j, x) in output.iter().enumerate() {
        for cell in reading.cells.column_mut(j).iter_mut() {
            *cell *= x;
        }
    }
    let input = |role| matches!(role, Role::Part(_) | Role::Other(_) | Role::ValueAdded);
    let rows = reading.rows.iter_mut();
    let rows: Vec<_> = rows.filter(|line| line.role.is_some_and(input)).collect();
    let per_unit = rows
        .iter()
        .all(|line| line.values.iter().all(|v| v.abs() <= 1.5));
    for line in rows.into_iter().filter(|_| per_unit) {
        line.values.component_mul_assign(&output);
    }
    // A last digit of a coefficient is so much of a flow.
    reading.step = reading.step.map(|step| (step * output.amax()).max(1.0));
}

/// A table of coefficients from the square of a sheet, and from those of others with the same sectors.
///
/// # Errors
/// Imports of which only the users are told: a table of coefficients has them by product.
pub(super) fn fill(
    draft: &mut Draft,
    reading: &Reading,
    others: &[Reading],
    holds: PerUnitOf,
) -> Result<()> {
    let imports = Role::Other(OtherInputRole::Imports);
    if let Some(line) = reading.line(Side::Rows, imports) {
        return Err(reading.sheet.wrong(
            line.at,
            reading.square.label_column,
            said!(
                "imports per unit stand in one row of a sheet of coefficients: give a row or a column of output, by which \
                 all become flows, or import coefficients by product on a sheet of their own",
                "투입계수 시트에 수입이 한 행으로만 있습니다. 총산출 행이나 열을 추가해 거래액으로 바꾸거나, 생산물별 \
                 수입투입계수를 다른 시트에 두십시오"
            ),
        ));
    }
    let mut per_unit = PerUnit::default();
    put(&mut per_unit, reading, holds, Origin::Domestic);
    for other in others
        .iter()
        .filter(|other| other.square.labels == reading.square.labels)
    {
        let told = origin(&title(other));
        if let (Some(PerUnitOf::Inputs), Some(told)) = (of(other), told)
            && other.output().is_none()
        {
            put(&mut per_unit, other, PerUnitOf::Inputs, told);
        }
    }
    let value_added = |role| matches!(role, Role::Part(_));
    let parts: DVector<f64> = reading.sum(Side::Rows, value_added);
    let in_one = reading.line(Side::Rows, Role::ValueAdded);
    let of_rows = match parts.iter().any(|v| *v != 0.0) {
        true => Some(parts),
        false => in_one.map(|line| line.values.clone()),
    };
    // Rounded coefficients leave 1 by a last digit: value added is what is left.
    let inputs = &per_unit.inputs;
    let all = match (&inputs.domestic, &inputs.imported, &inputs.total) {
        (_, _, Some(total)) => Some(total.clone()),
        (Some(domestic), Some(imported), None) => Some(domestic + imported),
        (Some(domestic), None, None) => Some(domestic.clone()),
        _ => None,
    };
    if let (Some(all), Some(of_rows)) = (all, of_rows) {
        let left = all.row_sum().transpose().map(|sum| 1.0 - sum);
        let near = (&left - &of_rows).amax() < 5e-3;
        per_unit.value_added = Some(if near { left } else { of_rows });
    }
    draft.per_unit = per_unit;
    let name = reading.sheet.name();
    draft.said.push(match holds {
        PerUnitOf::Inputs => said!(
            "{name} holds coefficients and no output: it is a table of coefficients; with a row or a column of output it \
             would be one of flows",
            "{name}은(는) 계수만 있고 총산출이 없어 계수표로 읽음. 총산출 행이나 열이 있으면 거래표가 됨"
        ),
        PerUnitOf::Inverse => said!(
            "{name} holds an inverse (1 or more down its diagonal) and no flows: coefficients are derived from it",
            "{name}은(는) 대각원소가 1 이상인 역행렬이며 거래액이 없어 계수를 역행렬에서 유도함"
        ),
    });
    Ok(())
}

fn put(per_unit: &mut PerUnit, reading: &Reading, holds: PerUnitOf, otherwise: Origin) {
    let cells = reading.cells.clone();
    if holds == PerUnitOf::Inverse {
        per_unit.output_inducement = Some(cells);
        return;
    }
    let inputs = &mut per_unit.inputs;
    let place = match origin(&title(reading)).unwrap_or(otherwise) {
        Origin::Domestic => &mut inputs.domestic,
        Origin::Imported => &mut inputs.imported,
        Origin::Total => &mut inputs.total,
    };
    if place.is_none() {
        *place = Some(cells);
    }
}
