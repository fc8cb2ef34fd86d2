//! How sure one can be: distributions of what goes in, ensembles of what comes out.

pub mod distribution;

pub use distribution::{Distribution, Shape};
