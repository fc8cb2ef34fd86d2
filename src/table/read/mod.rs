//! Readers of tables, one file a format.

pub(crate) mod concordance;
pub mod native;
pub(crate) mod toml;
