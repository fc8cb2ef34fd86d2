//! Writers of tables, one file a format.

pub mod market;
pub mod native;
pub mod pymrio;
#[cfg(feature = "files")]
pub mod single;
