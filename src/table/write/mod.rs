//! Writers of tables, one file a format.

pub mod native;
#[cfg(feature = "files")]
pub mod single;
