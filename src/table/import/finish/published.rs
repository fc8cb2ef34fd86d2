//! What the files publish of coefficients and inducement, beside what follows from their flows.
//!
//! A = Z x^-1, L = (I - Ad)^-1, Am L, v^ L; by items of final demand L f, Am L f + Fm, v^ L f.

use super::Draft;
use crate::lang::{Text, said};
use crate::table::Flows;
use crate::table::import::draft::Induced;
use nalgebra::{DMatrix, DVector};

/// A difference of coefficients beyond this is no rounding of six decimals.
const ROUNDING: f64 = 1e-4;

impl Draft {
    /// Compares, and says the largest differences.
    pub(super) fn compare(&mut self, flows: &Flows) {
        let per_unit = std::mem::take(&mut self.per_unit);
        let items = std::mem::take(&mut self.items);
        let inputs = &per_unit.inputs;
        let has_inputs = [&inputs.total, &inputs.domestic, &inputs.imported];
        let induced = [
            &per_unit.output_inducement,
            &per_unit.import_inducement,
            &per_unit.value_added_inducement,
        ];
        // Of a table of the world, which has none of it, coefficients would be several times the flows.
        let has_induced = !items.is_empty() || induced.iter().any(|block| block.is_some());
        if !has_induced && has_inputs.iter().all(|block| block.is_none()) {
            return;
        }
        let n = self.sectors.len();
        let per_output = flows.output.map(|x| if x > 0.0 { 1.0 / x } else { 0.0 });
        let domestic = flows.domestic.per_column(&per_output);
        let imported = flows.imported.per_column(&per_output);
        let (domestic, imported) = (domestic.dense(), imported.dense());
        let value_added = flows.primary_inputs.row_sum().transpose();
        let value_added = value_added.component_mul(&per_output);
        let total = domestic + imported;
        let due = [&total, domestic, imported];
        let inputs = has_inputs.into_iter().zip(due);
        let inputs = inputs.filter_map(|(is, due)| Some(off(is.as_ref()?, due)));
        if let Some(most) = inputs.reduce(f64::max) {
            self.say(said!("input coefficients", "투입계수"), most);
        }
        if !has_induced {
            return;
        }
        let Some(l) = (DMatrix::identity(n, n) - domestic).try_inverse() else {
            return;
        };
        let imports = imported * &l;
        let added = DMatrix::from_fn(n, n, |i, j| value_added[i] * l[(i, j)]);
        let due = [&l, &imports, &added];
        let induced = induced.into_iter().zip(due);
        let induced = induced.filter_map(|(is, due)| Some(off(is.as_ref()?, due)));
        if let Some(most) = induced.reduce(f64::max) {
            self.say(said!("inducement coefficients", "유발계수"), most);
        }
        let mut most: Option<f64> = None;
        for item in items {
            let of_it = |(_, c): &(usize, &super::super::draft::Category)| c.id == item.category;
            let Some((k, _)) = self.final_demand.iter().enumerate().find(of_it) else {
                continue;
            };
            let f = flows.domestic_final_demand.column(k);
            let due: DVector<f64> = match item.what {
                Induced::Output => &l * f,
                Induced::Imports => &imports * f + flows.imported_final_demand.column(k),
                Induced::ValueAdded => &added * f,
            };
            let size = due.amax().max(item.values.amax()).max(f64::MIN_POSITIVE);
            let differs = (&due - &item.values).amax() / size;
            most = Some(most.map_or(differs, |most| most.max(differs)));
        }
        if let Some(most) = most {
            self.say(
                said!(
                    "inducement by items of final demand (as shares)",
                    "최종수요 항목별 유발액(상대 차이)"
                ),
                most,
            );
        }
    }

    fn say(&mut self, what: Text, most: f64) {
        let Text { en, ko } = what;
        self.said.push(match most <= ROUNDING {
            true => said!(
                "Published {en} agree with the flows: {most:.1e} apart at most",
                "공표된 {ko}은(는) 거래표와 일치함: 차이 최대 {most:.1e}"
            ),
            false => said!(
                "Published {en} are up to {most:.6} from what the flows give: they are of another form of the model, or \
                 of other figures; results follow the flows",
                "공표된 {ko}은(는) 거래표에서 계산한 값과 최대 {most:.6} 차이가 남. 다른 모형이나 다른 자료의 값일 수 있으며 \
                 결과는 거래표를 따름"
            ),
        });
    }
}

/// The largest difference of two blocks.
fn off(is: &DMatrix<f64>, due: &DMatrix<f64>) -> f64 {
    (is - due).amax()
}
