//! How sure one can be: distributions of what goes in, ensembles of what comes out.

mod coefficients;
pub mod draws;
pub mod ensemble;
mod estimate;
mod lanes;
pub mod multipliers;
mod sampler;
pub mod sobol;
mod split;
mod statistics;
pub mod sweep;
mod tiles;

pub use draws::Draws;
pub use ensemble::Ensemble;
pub use estimate::Estimate;
pub use multipliers::MultiplierDraws;
pub use sobol::Sobol;
pub use sweep::Sweep;

pub use crate::scenario::{Distribution, Shape, Sharing};
