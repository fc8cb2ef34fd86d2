//! What a unit of final demand for each sector sets off: the rows that all sums of a demand rest on.
//!
//! Everything is linear in demand: of a demand f output is 1'L f, value added v'L f, imported inputs
//! 1'Am L f, jobs e'L f and labour income w'L f. What households spend is h = s w'L f / (1 - s w'Lc), and
//! each unit of it sets off 1'Lc of output and so on (Miller & Blair, 3rd ed., ch. 2 and 6).

use super::{Households, Model};
use crate::units::Measures;
use nalgebra::{DMatrix, DVector};

/// The rows of a model, solved for once ([`Model::rows`]); money in the table's unit, jobs in persons per
/// unit of it.
///
/// ```
/// use leontief::{AnyTable, Model};
///
/// let table = AnyTable::open("kr-2023-33")?;
/// let model = Model::new(&table)?;
/// let construction = table.sectors().find("건설")?;
/// let rows = model.rows();
/// assert!((rows.type1.output[construction] - 2.058383).abs() < 1e-5); // BOK, 2023
/// // Each won ends as value added or as imports.
/// let ends = rows.type1.value_added[construction] + rows.type1.imports[construction];
/// assert!((ends - 1.0).abs() < 1e-9);
/// assert!(rows.total().output[construction] > rows.type1.output[construction]);
/// # Ok::<(), leontief::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rows {
    /// Per unit of output: 1, v, 1'Am, e; n each.
    pub per_output: Measures<DVector<f64>>,
    /// Per unit of final demand, Type I: 1'L, v'L, 1'Am L, e'L; n each.
    pub type1: Measures<DVector<f64>>,
    /// What households do; `None` in an open model.
    pub households: Option<HouseholdRows>,
}

/// What households earn of a demand, and what their spending sets off.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct HouseholdRows {
    /// w'L, n: labour income per unit of final demand.
    pub income: DVector<f64>,
    /// w'Lc: income that a unit of their spending leads to.
    pub again: f64,
    /// Per unit that they spend: 1'Lc, v'Lc, 1'Am Lc and what they import themselves, e'Lc.
    pub per_spending: Measures<f64>,
    /// Spending in all rounds per unit of first income, s / (1 - s w'Lc).
    pub multiplier: f64,
}

impl Rows {
    pub(super) fn of(model: &Model) -> Self {
        let per_output = model.coefficients().per_output();
        let of = &per_output;
        let mut rows = vec![&of.output, &of.value_added, &of.imports, &of.jobs];
        rows.extend(model.households().map(Households::income));
        // All at once: what passes over a large matrix is shared.
        let columns: Vec<_> = rows.into_iter().cloned().collect();
        let solved = model.inducement_rows(&DMatrix::from_columns(&columns));
        let row = |k: usize| solved.column(k).into_owned();
        Rows {
            type1: Measures {
                output: row(0),
                value_added: row(1),
                imports: row(2),
                jobs: row(3),
            },
            households: model
                .households()
                .map(|h| HouseholdRows::of(h, row(4), &per_output)),
            per_output,
        }
    }

    /// Per unit of final demand, with what households add (Type II), n each; of an open model those of
    /// Type I.
    pub fn total(&self) -> Measures<DVector<f64>> {
        match &self.households {
            None => self.type1.clone(),
            Some(households) => {
                let per_spending = households.per_spending;
                self.type1.as_ref().zip_map(per_spending, |first, per| {
                    first + &households.income * (households.multiplier * per)
                })
            }
        }
    }
}

impl HouseholdRows {
    fn of(
        households: &Households,
        income: DVector<f64>,
        per_output: &Measures<DVector<f64>>,
    ) -> Self {
        let output = households.output_per_spending();
        let mut per_spending = per_output.as_ref().map(|row| row.dot(output));
        per_spending.imports += households.imports_per_spending();
        HouseholdRows {
            income,
            again: households.income().dot(output),
            per_spending,
            multiplier: households.spending_per_first_income(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Closure, Habits, ImportTreatment};
    use crate::table::AnyTable;
    use approx::assert_relative_eq;

    fn demand() -> DVector<f64> {
        DVector::from_fn(33, |sector, _| (sector * sector % 7) as f64 - 1.0)
    }

    #[test]
    fn rows_times_a_demand_are_what_its_output_pays_imports_and_employs() {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let model = Model::new(&table).expect("productive");
        let (rows, f) = (model.rows(), demand());
        let output = model.output_for(&f);
        let near = |row: &DVector<f64>, sum: f64| {
            assert_relative_eq!(row.dot(&f), sum, max_relative = 1e-12);
        };
        for (row, sum) in [
            (&rows.type1.output, output.sum()),
            (
                &rows.type1.value_added,
                model.coefficients().value_added().dot(&output),
            ),
            (
                &rows.type1.imports,
                (model.coefficients().imported() * &output).sum(),
            ),
            (&rows.type1.jobs, model.measures_of(&output).jobs),
        ] {
            near(row, sum);
        }
        let households = model.households().expect("closed");
        let induced = households.induced_by(&output);
        let both = &output + &induced.output;
        let total = rows.total();
        near(&total.output, both.sum());
        near(
            &total.imports,
            model.measures_of(&both).imports + induced.imported.sum(),
        );
        near(&total.jobs, model.measures_of(&both).jobs);
        let type2 = model.inducement_row_type2(model.coefficients().value_added());
        assert_relative_eq!(
            total.value_added,
            type2.expect("closed"),
            max_relative = 1e-12
        );
    }

    #[test]
    fn rows_are_those_of_the_accounts_and_households_that_the_model_has_now() {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let mut model =
            Model::with(&table, ImportTreatment::Domestic, Closure::Open).expect("open");
        let before = model.rows().clone();
        assert!(before.households.is_none());
        assert_eq!(before.total(), before.type1);
        let (account, jobs) = model.coefficients().accounts()[0].clone();
        assert_eq!(account.id, "jobs");
        model.set_account(account, jobs * 2.0).expect("as long");
        assert_eq!(model.rows().type1.jobs, &before.type1.jobs * 2.0);
        let flows = table.flows(crate::Text::same("closure")).expect("flows");
        let habits = Habits::of(flows, Some(0.5), ImportTreatment::Domestic).expect("habits");
        model.close(habits).expect("productive");
        assert!(model.rows().total().output[0] > before.type1.output[0]);
    }
}
