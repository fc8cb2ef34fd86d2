//! Structural path decomposition: through which chains of suppliers a change ran (Wood & Lenzen 2009).
//!
//! Each chain e_i a_ij ... a_kl f_l has a value in both years; its change splits into intensity, inputs along the
//! chain, and final demand, by the mean over the six orders of the three. The chains of each year are searched the
//! largest first ([`Paths`]), and those found in either are valued in both: a chain that is in neither is worth
//! less than the least that was looked for, in both years, and so is its change.

use super::year::Years;
use crate::analysis::structural_path::{Options, Paths};
use crate::error::Result;
use nalgebra::DVector;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The largest changes of structural paths.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PathChanges {
    /// The largest first, of those that changed.
    pub paths: Vec<ChangedPath>,
    /// Most steps of a chain.
    pub depth: usize,
    /// The change in all that the paths listed make up, as a share: their sum over it. `None` where nothing changed
    /// in all.
    pub covered: Option<f64>,
    /// The same of all paths that were valued.
    pub valued: Option<f64>,
}

/// A chain of suppliers whose value changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ChangedPath {
    /// Positions of the sectors, from the product of final demand up the chain to the supplier.
    pub sectors: Vec<usize>,
    /// Its value in the earlier year.
    pub before: f64,
    /// In the later year.
    pub after: f64,
    /// What jobs, tonnes or value added per output of its last sector did.
    pub intensity: f64,
    /// What the input coefficients along it did.
    pub inputs: f64,
    /// What the final demand that it starts from did.
    pub final_demand: f64,
}

/// Chains that are looked for in each year.
const LOOKED_FOR: usize = 3_000;

/// A change of less than this share of the measure is rounding.
const NO_CHANGE: f64 = 1e-9;

/// The least a chain must be worth, as a share of all.
const LEAST_SHARE: f64 = 1e-5;

impl PathChanges {
    pub(super) fn of(years: &Years, depth: usize, top: usize) -> Result<Self> {
        let options = Options {
            min_depth: 0,
            max_depth: depth,
            least_share: LEAST_SHARE,
            limit: LOOKED_FOR,
        };
        let mut chains: BTreeSet<Vec<usize>> = BTreeSet::new();
        let mut sums = [0.0; 2];
        let inputs = [years.domestic(0, 0), years.domestic(1, 1)];
        let demands: [DVector<f64>; 2] = [0, 1].map(|of| years.demand(of, of, of, of).0);
        for of in [0, 1] {
            let model = years.model(inputs[of].clone())?;
            let found = Paths::of(&model, &demands[of], years.intensity(of), &options)?;
            sums[of] = found.total;
            chains.extend(found.paths.into_iter().map(|path| path.sectors));
        }
        let mut paths: Vec<ChangedPath> = chains
            .into_iter()
            .map(|sectors| {
                // From the product demanded up to the supplier, whose intensity counts.
                let (first, last) = (sectors[0], sectors[sectors.len() - 1]);
                let e = [0, 1].map(|of| years.intensity(of)[last]);
                let f = [0, 1].map(|of| demands[of][first]);
                let a = [0, 1].map(|of| {
                    let links = sectors.windows(2);
                    links
                        .map(|pair| inputs[of][(pair[1], pair[0])])
                        .product::<f64>()
                });
                ChangedPath {
                    before: e[0] * a[0] * f[0],
                    after: e[1] * a[1] * f[1],
                    intensity: (e[1] - e[0]) * mean_of_products(a, f),
                    inputs: (a[1] - a[0]) * mean_of_products(e, f),
                    final_demand: (f[1] - f[0]) * mean_of_products(e, a),
                    sectors,
                }
            })
            .collect();
        let change = |path: &ChangedPath| path.after - path.before;
        paths.retain(|path| [path.intensity, path.inputs, path.final_demand] != [0.0; 3]);
        paths.sort_by(|a, b| change(b).abs().total_cmp(&change(a).abs()));
        let all = sums[1] - sums[0];
        let size = sums[0].abs().max(sums[1].abs());
        let share = |paths: &[ChangedPath]| {
            let sum = paths.iter().map(change).sum::<f64>();
            (all.abs() > NO_CHANGE * size).then(|| sum / all)
        };
        let valued = share(&paths);
        paths.truncate(top);
        Ok(PathChanges {
            covered: share(&paths),
            paths,
            depth,
            valued,
        })
    }
}

/// The mean over all orders of what two other factors are when one changes.
fn mean_of_products(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] * b[0] + a[1] * b[1]) / 3.0 + (a[0] * b[1] + a[1] * b[0]) / 6.0
}
