//! What follows with coefficients as they are: products with the model's rows.

use super::demand::Demand;
use super::engine::Engine;
use crate::error::{Error, Result};
use crate::model::Model;
use crate::scenario::PhaseKind;
use crate::scenario::formula::Number;
use crate::uncertainty::lanes::Lanes;
use crate::units::Measures;
use nalgebra::DVector;

/// What follows from the demand of a phase, over lanes.
#[derive(Clone)]
pub(super) struct Effect {
    pub(super) type1: Measures<Lanes>,
    pub(super) total: Measures<Lanes>,
    pub(super) sectors: Vec<Lanes>,
}

/// Rows of L, of the sectors told of, each kind apart.
pub(super) fn rows_of_sectors(
    model: &Model,
    kinds: &[(PhaseKind, Vec<usize>)],
) -> Vec<Vec<DVector<f64>>> {
    let row_of = |sector: &usize| {
        let mut unit = DVector::zeros(model.sectors().len());
        unit[*sector] = 1.0;
        model.inducement_row(&unit)
    };
    let of_kind = |(_, sectors): &(_, Vec<usize>)| sectors.iter().map(row_of).collect();
    kinds.iter().map(of_kind).collect()
}

impl Engine<'_> {
    /// Spending of households in all rounds per unit of first income, s / (1 - s w'Lc).
    pub(in crate::uncertainty) fn multiplier(share: f64, again: f64) -> Result<f64> {
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
        let rows = self.model.rows();
        let again = rows.households.as_ref().map_or(0.0, |h| h.again);
        let multiplier = match spent.uniform() {
            Some(share) => Lanes::constant(Self::multiplier(share, again)?),
            None => {
                let worst = spent.0.iter().copied().fold(0.0, f64::max);
                Self::multiplier(worst, again)?;
                spent.map(|s| s / (1.0 - s * again))
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
                let mut type1 = rows.type1.as_ref().map(along);
                for (type1, made) in type1.pairs(&made.measures) {
                    *type1 += made;
                }
                let mut total = type1;
                let at = self.kinds.iter().position(|(kind, _)| *kind == shape.kind);
                let told = at.map_or(&[][..], |at| self.kinds[at].1.as_slice());
                let mut sectors: Vec<Lanes> = at
                    .map_or(&[][..], |at| &self.sector_rows[at])
                    .iter()
                    .map(along)
                    .collect();
                for (output, sector) in sectors.iter_mut().zip(told) {
                    for (_, made) in made.output.iter().filter(|(of, _)| of == sector) {
                        *output += made;
                    }
                }
                if let (Some(of), Some(households)) = (&rows.households, self.model.households()) {
                    let spending = (along(&of.income) + made.income) * multiplier;
                    for (total, per) in total.pairs(&of.per_spending) {
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
