//! Readers of tables, one file a format.

pub(crate) mod concordance;
pub(crate) mod energy;
pub mod native;
#[cfg(feature = "files")]
pub(super) mod npy;
#[cfg(feature = "files")]
pub mod single;
pub(crate) mod sizes;
pub(crate) mod toml;
pub mod watched;
