//! What multipliers measure: each a row per unit of output, and what a unit of households' own spending adds.

use super::MultiplierType;
use crate::analysis::provenance::Provenance;
use crate::analysis::sheet::FigureUnit;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::{Households, Model};
use crate::table::PrimaryInputRole;
use nalgebra::{DMatrix, DVector};

/// A measure of production: output, value added, imports, income, taxes or an account.
pub(crate) struct Measure {
    /// Its name in data.
    pub(crate) id: String,
    /// Money per money, or an account per billion of the currency.
    pub(crate) unit: FigureUnit,
    /// Per unit of output, n: accounts per billion of it.
    pub(crate) own: DVector<f64>,
    /// What a unit that households spend takes of it beside what is produced for them: their own imports and
    /// taxes.
    pub(crate) per_spending: f64,
}

/// All measures of a model that its table has, output first.
pub(crate) fn measures(model: &Model) -> Vec<Measure> {
    let coefficients = model.coefficients();
    let money = |id: &str, own: DVector<f64>, per_spending: f64| Measure {
        id: id.to_owned(),
        unit: FigureUnit::Ratio,
        own,
        per_spending,
    };
    let households = model.households();
    let n = model.sectors().len();
    let mut all = vec![
        money("output", DVector::from_element(n, 1.0), 0.0),
        money("value_added", coefficients.value_added().clone(), 0.0),
        money(
            "imports",
            coefficients.imports_per_output(),
            households.map_or(0.0, Households::imports_per_spending),
        ),
    ];
    for (id, role) in [
        ("income", PrimaryInputRole::Compensation),
        ("production_taxes", PrimaryInputRole::NetProductionTaxes),
    ] {
        let row = coefficients.primary_input(role);
        all.extend(row.map(|row| money(id, row.clone(), 0.0)));
    }
    if let Some(taxes) = coefficients.product_taxes() {
        let own = households.map_or(0.0, Households::product_taxes);
        all.push(money("product_taxes", taxes, own));
    }
    let per_billion = Provenance::of(coefficients.meta()).units_per_billion();
    let accounts = coefficients.accounts().iter();
    all.extend(accounts.map(|(account, per_unit)| Measure {
        id: account.id.clone(),
        unit: FigureUnit::PerBillion(account.clone()),
        own: per_unit * per_billion,
        per_spending: 0.0,
    }));
    all
}

/// One measure of a model by its name.
///
/// # Errors
/// A name that there is no measure of, with those that there are.
pub(crate) fn measure(model: &Model, id: &str) -> Result<Measure> {
    let mut all = measures(model);
    match all.iter().position(|measure| measure.id == id) {
        Some(at) => Ok(all.swap_remove(at)),
        None => {
            let known: Vec<&str> = all.iter().map(|m| m.id.as_str()).collect();
            Err(Error::invalid(said!(
                "the table has no measure '{id}'; it has {known}",
                "산업연관표에 '{id}' 지표가 없습니다. 쓸 수 있는 지표: {known}",
                known = known.join(", ")
            )))
        }
    }
}

/// What a unit of final demand for each sector sets off of each measure, n each: all solved at once.
pub(crate) fn set_off(
    model: &Model,
    kind: MultiplierType,
    measures: &[Measure],
) -> Vec<DVector<f64>> {
    let rows: Vec<DVector<f64>> = measures.iter().map(|m| m.own.clone()).collect();
    let first = model.inducement_rows(&DMatrix::from_columns(&rows));
    let columns = first.column_iter().map(|column| column.into_owned());
    with_households(model, kind, measures, columns.collect())
}

/// The same of what suppliers alone do (Type I).
pub(crate) fn with_households(
    model: &Model,
    kind: MultiplierType,
    measures: &[Measure],
    mut rows: Vec<DVector<f64>>,
) -> Vec<DVector<f64>> {
    if let Some((households, spending)) = spending(model, kind) {
        for (row, measure) in rows.iter_mut().zip(measures) {
            let produced = measure.own.dot(households.output_per_spending());
            *row += &spending * (produced + measure.per_spending);
        }
    }
    rows
}

/// The households of Type II, and what they spend after a unit of final demand for each sector, n.
pub(crate) fn spending(model: &Model, kind: MultiplierType) -> Option<(&Households, DVector<f64>)> {
    match kind {
        MultiplierType::Type1 => None,
        MultiplierType::Type2 => Some((model.households()?, model.household_spending_row()?)),
    }
}
