//! Outputs that are given where coefficients are drawn: the demand behind them is another in each draw.
//!
//! A scenario is bound with the final demand f_K = L_KK^-1 x_K of its table. In a draw x_K = L_KK f_K is had again,
//! per person or per pay of the draw where that is what is given, and its demand is L'_KK^-1 x_K.

use super::demand::Demand;
use crate::model::Model;
use crate::scenario::{EventKind, Scenario};
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

    /// What a draw makes of them; `inverse` are the cells of L', from 0 to k, `per_event` what an event's output is
    /// over that in the table.
    pub(super) fn of_draw(
        &self,
        inverse: impl Fn(usize, usize) -> f64,
        per_event: impl Fn(EventKind, usize) -> f64,
    ) -> OfDraw {
        let k = self.sectors.len();
        let of_kind = |kind| self.sectors.iter().map(|of| per_event(kind, *of)).collect();
        OfDraw {
            inverse: DMatrix::from_fn(k, k, inverse),
            per_event: EventKind::ALL.map(of_kind),
        }
    }

    /// What the demand of a phase is more in a draw than in the table, k. `None` where the outputs cannot be given
    /// together.
    pub(super) fn more(&self, demand: &Demand, lane: usize, draw: &OfDraw) -> Option<DVector<f64>> {
        let k = self.sectors.len();
        let mut before = DVector::zeros(k);
        let mut output = DVector::zeros(k);
        // Sectors that a phase gives no output of are free in it.
        let mut own = vec![false; k];
        for (kind, per_event) in EventKind::ALL.into_iter().zip(&draw.per_event) {
            let mut of_kind = DVector::zeros(k);
            for (_, sector, f) in demand.driven.iter().filter(|(of, ..)| *of == kind) {
                if let Ok(at) = self.sectors.binary_search(sector) {
                    of_kind[at] += f.0[lane];
                    own[at] = true;
                }
            }
            let mut made = &self.own * &of_kind;
            for (made, by) in made.iter_mut().zip(per_event) {
                *made *= by;
            }
            before += of_kind;
            output += made;
        }
        let own: Vec<usize> = (0..k).filter(|at| own[*at]).collect();
        if own.is_empty() {
            return Some(DVector::zeros(k));
        }
        let inverse = DMatrix::from_fn(own.len(), own.len(), |a, b| draw.inverse[(own[a], own[b])]);
        let wanted = DVector::from_fn(own.len(), |a, _| output[own[a]]);
        let found = inverse.lu().solve(&wanted)?;
        let mut more = -before;
        for (found, at) in found.iter().zip(own) {
            more[at] += found;
        }
        more.iter().all(|v| v.is_finite()).then_some(more)
    }
}

/// What a draw makes of outputs that are given.
pub(super) struct OfDraw {
    /// L'_KK, k x k.
    inverse: DMatrix<f64>,
    /// For each kind of event, k: what its output in the draw is over that in the table.
    per_event: [Vec<f64>; EventKind::ALL.len()],
}
