//! Outputs that are given where coefficients are drawn: the demand behind them is another in each draw.
//!
//! A scenario is bound with the final demand f_K = L_KK^-1 x_K of its table. In a draw x_K = L_KK f_K is had again,
//! per person or per pay of the draw where that is what is given, and its demand is L'_KK^-1 x_K.

use super::demand::Demand;
use crate::model::Model;
use crate::scenario::{EventKind, Scenario};
use crate::uncertainty::coefficients::{CoefficientDraws, Drawn};
use nalgebra::{DMatrix, DVector};

/// The sectors of given output.
pub(super) struct Given {
    /// K of all phases, k.
    pub(super) sectors: Vec<usize>,
    /// L_KK of the table, k x k.
    own: DMatrix<f64>,
}

impl Given {
    /// `None` where no output is given.
    pub(super) fn of(model: &Model, scenario: Option<&Scenario>) -> Option<Self> {
        let scenario = scenario.filter(|scenario| scenario.gives_outputs())?;
        let lines = scenario.phases.iter().flat_map(|phase| &phase.lines);
        let gives = lines.filter(|line| line.event.gives_output());
        let mut sectors: Vec<usize> = gives.map(|line| line.sector).collect();
        sectors.sort_unstable();
        sectors.dedup();
        let (n, k) = (model.sectors().len(), sectors.len());
        let units = DMatrix::from_fn(n, k, |i, b| f64::from(u8::from(i == sectors[b])));
        let columns = model.outputs_for(&units);
        let own = DMatrix::from_fn(k, k, |a, b| columns[(sectors[a], b)]);
        Some(Given { sectors, own })
    }

    /// What the demand of a phase is more in a draw than in the table, k; `units` are L' e_k, n each, for each of
    /// the sectors. `None` where the outputs cannot be given together.
    pub(super) fn more(
        &self,
        demand: &Demand,
        lane: usize,
        units: &[f64],
        coefficients: &CoefficientDraws,
        drawn: &Drawn,
    ) -> Option<DVector<f64>> {
        let k = self.sectors.len();
        let n = units.len() / k;
        let mut before = DVector::zeros(k);
        let mut output = DVector::zeros(k);
        // Sectors that a phase gives no output of are free in it.
        let mut own = vec![false; k];
        for kind in EventKind::ALL {
            let mut of_kind = DVector::zeros(k);
            for (_, sector, f) in demand.driven.iter().filter(|(of, ..)| *of == kind) {
                if let Ok(at) = self.sectors.binary_search(sector) {
                    of_kind[at] += f.0[lane];
                    own[at] = true;
                }
            }
            let mut made = &self.own * &of_kind;
            for (made, sector) in made.iter_mut().zip(&self.sectors) {
                *made *= coefficients.output_per_event(kind, drawn, *sector);
            }
            before += of_kind;
            output += made;
        }
        let own: Vec<usize> = (0..k).filter(|at| own[*at]).collect();
        if own.is_empty() {
            return Some(DVector::zeros(k));
        }
        let inverse = DMatrix::from_fn(own.len(), own.len(), |a, b| {
            units[own[b] * n + self.sectors[own[a]]]
        });
        let wanted = DVector::from_fn(own.len(), |a, _| output[own[a]]);
        let found = inverse.lu().solve(&wanted)?;
        let mut more = -before;
        for (found, at) in found.iter().zip(own) {
            more[at] += found;
        }
        more.iter().all(|v| v.is_finite()).then_some(more)
    }
}
