//! The table as a network: an arrow from supplier i to user j, as wide as a_ij.
//!
//! By-products (negative inputs) are no arrows. With W the inputs of each user over their sum, a walk from user
//! to supplier chooses by W and goes on with a chance λ, else begins at any of the n sectors that make something:
//!
//! ```text
//! c = (1 - λ) / n 1 + λ W c
//! ```
//!
//! λ = .5 is the Katz-Bonacich centrality of Carvalho (2014), .85 PageRank; the eigenvector of A is what an endless
//! walk by A comes to. What passes through i, neither first nor last in its chain, is (r'L - r')_i (L f - f)_i of
//! a measure r (the betweenness of Liang, Qu and Xu 2016): all chains, from two solves.

use super::{Work, all};
use crate::analysis::multipliers::measure;
use crate::analysis::sheet::{FigureUnit, Sheet};
use crate::error::Result;
use crate::lang::said;
use crate::memory;
use nalgebra::DVector;

/// The chance to go on of Katz and Bonacich, and of PageRank.
const KATZ: f64 = 0.5;
const PAGERANK: f64 = 0.85;

/// How near an answer must be to the next, and how long it may take.
const NEAR: f64 = 1e-13;
const MOST_STEPS: usize = 10_000;

/// The arrows, one for each positive coefficient.
struct Arrows {
    n: usize,
    arrows: Vec<(u32, u32, f64)>,
}

impl Arrows {
    fn along(&self, from: &DVector<f64>) -> DVector<f64> {
        let mut to = DVector::zeros(self.n);
        for (i, j, weight) in &self.arrows {
            to[*i as usize] += weight * from[*j as usize];
        }
        to
    }
}

impl Work<'_> {
    pub(super) fn network(&self, figures: &mut Sheet) -> Result<()> {
        let n = self.n();
        memory::check_matrices(2, n, &said!("a network", "네트워크 분석에"))?;
        let mut arrows = Vec::new();
        let mut along = DVector::<f64>::zeros(n);
        let (mut bought, mut sold) = (DVector::zeros(n), DVector::zeros(n));
        let (mut users, mut suppliers) = (DVector::zeros(n), DVector::zeros(n));
        let a = self.model.coefficients().domestic();
        a.for_each(|i, j, a| {
            if a > 0.0 {
                // What makes nothing is no place to go to.
                if self.made[i] {
                    arrows.push((i as u32, j as u32, a));
                    along[j] += a;
                }
                bought[j] += a;
                sold[i] += a;
                if a >= self.options.connection && i != j {
                    users[i] += 1.0;
                    suppliers[j] += 1.0;
                }
            }
        });
        let mut arrows = Arrows { n, arrows };
        let eigenvector = self.eigenvector(&arrows, &along);
        for (_, j, weight) in &mut arrows.arrows {
            *weight /= along[*j as usize];
        }
        // A user that buys nothing leaves the walk to begin anywhere.
        let ends: Vec<usize> = (0..n).filter(|j| along[*j] == 0.0).collect();
        let made = self.made.iter().map(|made| f64::from(u8::from(*made)));
        let anywhere = DVector::from_iterator(n, made) / self.count();
        let share = FigureUnit::Share;
        figures.add(("suppliers", ""), FigureUnit::Count, all(&suppliers));
        figures.add(("users", ""), FigureUnit::Count, all(&users));
        figures.add(("in_strength", ""), FigureUnit::Ratio, all(&bought));
        figures.add(("out_strength", ""), FigureUnit::Ratio, all(&sold));
        for (id, chance) in [("katz_bonacich", KATZ), ("pagerank", PAGERANK)] {
            let walk = walk(&arrows, &ends, &anywhere, chance);
            figures.add((id, ""), share.clone(), all(&walk));
        }
        let eigenvector = match eigenvector {
            Some(vector) => all(&vector),
            None => vec![None; n],
        };
        figures.add(("eigenvector", ""), share.clone(), eigenvector);
        let measure = measure(self.model, &self.options.measure)?;
        let between = match self.table.output() {
            None => vec![None; n],
            Some(x) => {
                let beyond = self.model.inducement_row(&measure.own) - &measure.own;
                let supplied = x - self.model.final_demand_for(x);
                let total = measure.own.dot(x);
                all(&(beyond.component_mul(&supplied) / total))
            }
        };
        figures.add(("betweenness", ""), share, between);
        Ok(())
    }

    /// The eigenvector of A of its largest eigenvalue, its sum 1; `None` where the steps to it do not settle.
    fn eigenvector(&self, arrows: &Arrows, bought: &DVector<f64>) -> Option<DVector<f64>> {
        // A part of where one is, so that chains that go round in a circle settle as well.
        let stay = 0.1 * bought.max();
        let mut vector = DVector::from_element(self.n(), 1.0 / self.n() as f64);
        for _ in 0..MOST_STEPS {
            let mut next = arrows.along(&vector) + &vector * stay;
            let sum = next.sum();
            if !(sum > 0.0) {
                return None;
            }
            next /= sum;
            let apart = (&next - &vector).abs().sum();
            vector = next;
            if apart < NEAR {
                return Some(vector);
            }
        }
        None
    }
}

/// Where a walk is that goes on with a chance, else begins anywhere.
fn walk(arrows: &Arrows, ends: &[usize], anywhere: &DVector<f64>, chance: f64) -> DVector<f64> {
    let mut at = anywhere.clone();
    for _ in 0..MOST_STEPS {
        let lost: f64 = ends.iter().map(|j| at[*j]).sum();
        let next = arrows.along(&at) * chance + anywhere * (1.0 - chance + chance * lost);
        let apart = (&next - &at).abs().sum();
        at = next;
        if apart < NEAR {
            break;
        }
    }
    at
}
