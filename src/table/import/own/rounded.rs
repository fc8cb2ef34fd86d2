//! Published tables are rounded: sums miss their totals by a few of the last digit. What is missing goes into
//! the largest cell of final demand of a row and into the largest part of value added of a column.

use super::super::draft::Draft;
use super::super::sums;
use crate::lang::said;
use nalgebra::DVector;

/// Closes rows and columns that miss output by no more than rounding, and says by how much they did.
pub(super) fn close(draft: &mut Draft, step: Option<f64>) {
    let (Some(output), Some(flows)) = (draft.output.clone(), draft.flows.total.as_ref()) else {
        return;
    };
    let n = output.len();
    let sold = flows.column_sum();
    let mut spent = flows.row_sum().transpose();
    for row in &draft.other_inputs {
        spent += &row.values;
    }
    let may = |at: usize, parts: usize| sums::rounding(step, n + parts, output[at]);
    let missing = |sums: &DVector<f64>, parts: usize| -> Vec<(usize, f64)> {
        let off = (0..n).map(|at| (at, output[at] - sums[at]));
        off.filter(|(at, off)| off.abs() > 1e-9 * output[*at] && off.abs() <= may(*at, parts))
            .collect()
    };
    let mut largest: f64 = 0.0;
    let mut closed = 0;
    let mut count = |off: f64| {
        largest = largest.max(off.abs());
        closed += 1;
    };
    let categories = draft.final_demand.len();
    let by_imports = draft.flows.domestic.is_some() || draft.imports.is_some();
    if categories > 0 && by_imports {
        let demand = draft.final_demand.iter();
        let demand = demand.filter_map(|c| c.demand.total.as_ref());
        let mut sold = demand.fold(sold, |sum, column| sum + column);
        if let Some(imports) = &draft.imports {
            sold -= imports;
        }
        for (at, off) in missing(&sold, categories) {
            let size = |demand: &Option<DVector<f64>>| demand.as_ref().map_or(0.0, |d| d[at].abs());
            let most = draft.final_demand.iter_mut().max_by(|a, b| {
                let of = [&a.demand.total, &b.demand.total].map(size);
                of[0].total_cmp(&of[1])
            });
            if let Some(category) = most {
                let of = [&mut category.demand.total, &mut category.demand.domestic];
                for demand in of.into_iter().flatten() {
                    demand[at] += off;
                }
                count(off);
            }
        }
    }
    let parts = draft.primary_inputs.len();
    if let (0, Some(value_added)) = (parts, &mut draft.value_added) {
        for (at, off) in missing(&(&spent + &*value_added), 1) {
            value_added[at] += off;
            count(off);
        }
    }
    if parts > 0 {
        for part in &draft.primary_inputs {
            spent += &part.values;
        }
        for (at, off) in missing(&spent, parts) {
            let of = draft.primary_inputs.iter_mut();
            let most = of.max_by(|a, b| a.values[at].abs().total_cmp(&b.values[at].abs()));
            if let Some(part) = most {
                part.values[at] += off;
                count(off);
            }
        }
    }
    if closed > 0 {
        draft.said.push(said!(
            "{closed} rows and columns missed output by rounding, {largest} at most: the difference is put into the \
             largest cell of final demand or of value added",
            "반올림으로 총산출과 맞지 않은 행·열 {closed}개(최대 {largest})의 차이를 최종수요 또는 부가가치의 가장 큰 \
             항목에 더함"
        ));
    }
}
