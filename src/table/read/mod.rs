//! Readers of tables, one file a format.

pub mod native;
pub(crate) mod toml;
