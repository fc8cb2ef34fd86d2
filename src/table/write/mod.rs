//! Writers of tables, one file a format.

pub mod native;
