//! Readers of tables, one file a format.

pub(crate) mod concordance;
pub(crate) mod energy;
pub mod native;
pub(crate) mod toml;
