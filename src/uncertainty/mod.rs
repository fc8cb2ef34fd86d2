//! How sure one can be: distributions of what goes in, ensembles of what comes out.

pub mod distribution;
pub mod ensemble;

pub use distribution::{Distribution, Shape};
pub use ensemble::Ensemble;
