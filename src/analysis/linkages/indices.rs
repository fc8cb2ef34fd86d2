//! Rasmussen's, Hirschman's and pure linkages, and average propagation lengths by sector.
//!
//! Pure linkages of sector j, r the others, from the inverse of all alone: Δ_r A_rj = L_rj / l_jj and
//! A_jr Δ_r = L_jr / l_jj (the inverse in blocks), so that with Δ_j = 1 / (1 - a_jj)
//!
//! ```text
//! PBL_j = 1' Δ_r A_rj Δ_j f_j = (1'L_j - l_jj) / l_jj  f_j / (1 - a_jj)
//! PFL_j = Δ_j A_jr Δ_r f_r    = (x_j - l_jj f_j) / l_jj   / (1 - a_jj),     x = L f
//! ```
//!
//! The average propagation length from i to j is [L(L - I)]_ij / [L - I]_ij; over what is set off in all
//! suppliers it is (1'LL - 1'L) / (1'L - 1), and over all users the same with G: solves, no inverse.

use super::{Work, all, over, part};
use crate::analysis::sheet::{FigureUnit, Sheet};
use crate::error::Result;
use nalgebra::DVector;

impl Work<'_> {
    /// Column and row sums of L over their means, each with the coefficient of variation of its cells.
    pub(super) fn rasmussen(&self, figures: &mut Sheet) -> Result<()> {
        let weights = self.demand_weights()?;
        let (n, m) = (self.n(), self.count());
        let mut columns = DVector::zeros(n);
        let mut spread = DVector::zeros(n);
        let (mut rows, mut squares) = (DVector::zeros(n), DVector::<f64>::zeros(n));
        self.model.for_each_column(|j, column| {
            if !self.made[j] {
                return;
            }
            let cells = || column.iter().zip(&self.made).filter(|(_, made)| **made);
            let sum: f64 = cells().map(|(l, _)| l).sum();
            let mean = sum / m;
            let squared: f64 = cells().map(|(l, _)| (l - mean).powi(2)).sum();
            columns[j] = sum * weights[j];
            spread[j] = (squared / (m - 1.0)).sqrt() / mean;
            for (i, l) in column.iter().enumerate() {
                rows[i] += weights[j] * l;
                squares[i] += (weights[j] * l).powi(2);
            }
        });
        let across = DVector::from_fn(n, |i, _| {
            let mean: f64 = rows[i] / m;
            let variance = (squares[i] - m * mean * mean) / (m - 1.0);
            variance.max(0.0).sqrt() / mean
        });
        figures.add(
            ("influence", ""),
            FigureUnit::Index,
            self.over_mean(&columns),
        );
        figures.add(("influence", "variation"), FigureUnit::Times, all(&spread));
        let made = |(i, v): (usize, &f64)| if self.made[i] { *v } else { 0.0 };
        let rows = DVector::from_iterator(n, rows.iter().enumerate().map(made));
        figures.add(
            ("sensitivity", ""),
            FigureUnit::Index,
            self.over_mean(&rows),
        );
        figures.add(
            ("sensitivity", "variation"),
            FigureUnit::Times,
            all(&across),
        );
        Ok(())
    }

    /// Sums of A and B, of L and G, and the totals over their means.
    pub(super) fn hirschman(&self, figures: &mut Sheet) -> Result<()> {
        let x = self.output()?;
        let a = self.model.coefficients().domestic();
        let bought = a.row_sum().transpose();
        let sold: DVector<f64> = a * x;
        let backward = self.model.inducement_row(&self.ones());
        let reached = self.model.output_for(x);
        let forward = reached.component_div(x);
        let demand = self.demand_weights()?;
        let inputs = self.input_weights()?;
        figures.add(("backward", "direct"), FigureUnit::Ratio, all(&bought));
        figures.add(("forward", "direct"), FigureUnit::Ratio, over(&sold, x));
        figures.add(("backward", ""), FigureUnit::Ratio, all(&backward));
        figures.add(("forward", ""), FigureUnit::Ratio, over(&reached, x));
        let weighted = |values: &DVector<f64>, weights: &DVector<f64>| {
            let mut of = values.component_mul(weights);
            // What makes nothing has no place among the sectors that the mean is of.
            of.iter_mut().zip(&self.made).for_each(|(v, made)| {
                if !made {
                    *v = 0.0;
                }
            });
            self.over_mean(&of)
        };
        let index = FigureUnit::Index;
        figures.add(
            ("backward", "index"),
            index.clone(),
            weighted(&backward, &demand),
        );
        figures.add(("forward", "index"), index, weighted(&forward, &inputs));
        Ok(())
    }

    /// Pure backward, forward and total linkages, in money and over their means.
    pub(super) fn pure(&self, figures: &mut Sheet) -> Result<()> {
        let x = self.output()?;
        let f = self.model.final_demand_for(x);
        let multipliers = self.model.inducement_row(&self.ones());
        let diagonal = self.model.inverse_diagonal();
        let a = self.model.coefficients().domestic();
        let n = self.n();
        let own = |j: usize| 1.0 / (1.0 - a.at(j, j)) / diagonal[j];
        let of_made = |j: usize, value: f64| if self.made[j] { value } else { 0.0 };
        let backward = DVector::from_fn(n, |j, _| {
            let others = part(multipliers[j] - diagonal[j], multipliers[j]);
            of_made(j, part(others * f[j] * own(j), x[j]))
        });
        let forward = DVector::from_fn(n, |j, _| {
            of_made(j, part(x[j] - diagonal[j] * f[j], x[j]) * own(j))
        });
        let both = &backward + &forward;
        for (id, values) in [
            ("backward", &backward),
            ("forward", &forward),
            ("total", &both),
        ] {
            figures.add((id, ""), FigureUnit::Money, all(values));
        }
        for (id, values) in [
            ("backward", &backward),
            ("forward", &forward),
            ("total", &both),
        ] {
            figures.add((id, "index"), FigureUnit::Index, self.over_mean(values));
        }
        Ok(())
    }

    /// Rounds until what a unit of demand sets off in its suppliers, and what a unit of primary input brings to
    /// its users, has arrived there, on average.
    pub(super) fn propagation(&self, figures: &mut Sheet) -> Result<()> {
        let x = self.output()?;
        let ones = self.ones();
        let backward = self.model.inducement_row(&ones);
        let twice = self.model.inducement_row(&backward);
        let beyond = backward.zip_map(&ones, |all, own| part(all - own, all));
        let rounds = over(&(&twice - &backward), &beyond);
        figures.add(("backward", "rounds"), FigureUnit::Rounds, rounds);
        let reached = self.model.output_for(x);
        let again = self.model.output_for(&reached);
        let beyond = reached.zip_map(x, |all, own| part(all - own, all));
        let rounds = over(&(again - &reached), &beyond);
        figures.add(("forward", "rounds"), FigureUnit::Rounds, rounds);
        figures.add(("backward", ""), FigureUnit::Ratio, all(&backward));
        figures.add(("forward", ""), FigureUnit::Ratio, over(&reached, x));
        Ok(())
    }
}
