//! The nodes of paths: each beginning of a path, with what happens there and beyond.

use super::{Path, Weighed};
use crate::model::{Demand, Model};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A beginning of a path: one sector in one place of the chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PathNode {
    /// Positions of the sectors from the product demanded to this one; all but the last are its parent.
    pub sectors: Vec<usize>,
    /// Of the last sector, along exactly this chain.
    pub value: f64,
    /// The same with all that lies beyond: every chain that begins with this one.
    pub through: f64,
}

/// The nodes of paths, each once, in the order of their sectors.
pub(super) fn of(
    paths: &[Path],
    model: &Model,
    demand: &Demand,
    weighed: &Weighed,
) -> Vec<PathNode> {
    if paths.is_empty() {
        return Vec::new();
    }
    let beginnings = |path: &Path| {
        let lengths = 1..=path.sectors.len();
        let all = lengths.map(|length| path.sectors[..length].to_vec());
        all.collect::<Vec<_>>()
    };
    let chains: BTreeSet<Vec<usize>> = paths.iter().flat_map(beginnings).collect();
    // What a unit of output sets off of the measure, itself included.
    let row = model.inducement_row(&weighed.per_output);
    let a = model.coefficients().domestic();
    let node = |sectors: Vec<usize>| {
        let first = sectors[0];
        let f = demand.average[first];
        let recipe = weighed.recipe(demand, first);
        let Some(last) = sectors.get(1).and(sectors.last()).copied() else {
            let mut value = f * weighed.per_output[first];
            let mut through = f * row[first];
            if let Some((made, own)) = recipe {
                value += own;
                through += own;
                through += made
                    .inputs
                    .iter()
                    .zip(row.iter())
                    .map(|(v, r)| v * r)
                    .sum::<f64>();
            }
            return PathNode {
                sectors,
                value,
                through,
            };
        };
        let second = sectors[1];
        let mut carried = a.at(second, first) * f;
        if let Some((made, _)) = recipe {
            carried += made.inputs[second];
        }
        for step in sectors[1..].windows(2) {
            carried *= a.at(step[1], step[0]);
        }
        PathNode {
            value: carried * weighed.per_output[last],
            through: carried * row[last],
            sectors,
        }
    };
    chains.into_iter().map(node).collect()
}
