//! What follows with coefficients as they are: rows of the model solved for once.

use super::demand::Demand;
use super::engine::Engine;
use super::measures::Measures;
use crate::error::{Error, Result};
use crate::model::Model;
use crate::scenario::PhaseKind;
use crate::scenario::formula::Number;
use crate::uncertainty::lanes::Lanes;
use nalgebra::DVector;

/// What follows from the demand of a phase, over lanes.
#[derive(Clone)]
pub(super) struct Effect {
    pub(super) type1: Measures<Lanes>,
    pub(super) total: Measures<Lanes>,
    pub(super) sectors: Vec<Lanes>,
}

/// Rows of the model solved for once, with certain coefficients.
pub(super) struct Rows {
    /// 1'L, v'L, m'L, e'L, n each.
    pub(super) measures: Measures<DVector<f64>>,
    /// w'L, n; empty in an open model.
    pub(super) income: Option<DVector<f64>>,
    /// Rows of L, of the sectors told of, each kind apart.
    pub(super) sectors: Vec<Vec<DVector<f64>>>,
    /// The measures per unit that households spend.
    pub(super) per_spending: Measures<f64>,
    /// w'Lc: income that a unit of spending leads to.
    pub(super) again: f64,
}

impl Rows {
    pub(super) fn new(model: &Model, kinds: &[(PhaseKind, Vec<usize>)]) -> Self {
        let c = model.coefficients();
        let n = c.sectors().len();
        let jobs = c.account("jobs").cloned();
        let per_output = Measures {
            output: DVector::from_element(n, 1.0),
            value_added: c.value_added().clone(),
            imports: c.imports_per_output(),
            jobs: jobs.unwrap_or_else(|| DVector::zeros(n)),
        };
        let mut per_spending = Measures::default();
        let mut again = 0.0;
        if let Some(households) = model.households() {
            let output = households.output_per_spending();
            per_spending = per_output.as_ref().map(|row| row.dot(output));
            per_spending.imports += households.imported_basket().sum();
            again = households.income().dot(output);
        }
        let row_of = |sector: &usize| {
            let mut unit = DVector::zeros(n);
            unit[*sector] = 1.0;
            model.inducement_row(&unit)
        };
        Rows {
            measures: per_output.as_ref().map(|row| model.inducement_row(row)),
            income: model.households().map(|h| model.inducement_row(h.income())),
            sectors: kinds
                .iter()
                .map(|(_, sectors)| sectors.iter().map(row_of).collect())
                .collect(),
            per_spending,
            again,
        }
    }
}

impl Engine<'_> {
    /// Spending of households in all rounds per unit of first income, s / (1 - s w'Lc).
    pub(super) fn multiplier(share: f64, again: f64) -> Result<f64> {
        if share * again < 1.0 {
            Ok(share / (1.0 - share * again))
        } else {
            Err(Error::invalid(crate::model::households::explodes(
                share * again,
            )))
        }
    }

    /// What follows with coefficients as they are.
    pub(super) fn effects(&self, demands: &[Demand], spent: &Lanes) -> Result<Vec<Effect>> {
        let rows = &self.rows;
        let multiplier = match spent.uniform() {
            Some(share) => Lanes::constant(Self::multiplier(share, rows.again)?),
            None => {
                let worst = spent.0.iter().copied().fold(0.0, f64::max);
                Self::multiplier(worst, rows.again)?;
                spent.map(|s| s / (1.0 - s * rows.again))
            }
        };
        let shapes = self.impact.phases.iter();
        Ok(demands
            .iter()
            .zip(shapes)
            .map(|(demand, shape)| {
                let along = |row: &DVector<f64>| {
                    let mut sum = Lanes::ZERO;
                    for (sector, f) in &demand.domestic {
                        sum.add_scaled(row[*sector], f);
                    }
                    sum
                };
                let made = &demand.by_recipe;
                let mut type1 = rows.measures.as_ref().map(along);
                for (type1, made) in type1.pairs(&made.measures) {
                    *type1 += made;
                }
                let mut total = type1;
                let at = self.kinds.iter().position(|(kind, _)| *kind == shape.kind);
                let told = at.map_or(&[][..], |at| self.kinds[at].1.as_slice());
                let mut sectors: Vec<Lanes> = at
                    .map_or(&[][..], |at| &rows.sectors[at])
                    .iter()
                    .map(along)
                    .collect();
                for (output, sector) in sectors.iter_mut().zip(told) {
                    for (_, made) in made.output.iter().filter(|(of, _)| of == sector) {
                        *output += made;
                    }
                }
                if let (Some(income), Some(households)) = (&rows.income, self.model.households()) {
                    let spending = (along(income) + made.income) * multiplier;
                    for (total, per) in total.pairs(&rows.per_spending) {
                        total.add_scaled(*per, &spending);
                    }
                    for (output, sector) in sectors.iter_mut().zip(told) {
                        output.add_scaled(households.output_per_spending()[*sector], &spending);
                    }
                }
                Effect {
                    type1,
                    total,
                    sectors,
                }
            })
            .collect())
    }
}
