//! What an investment does to an economy.
#![warn(missing_docs)]

pub mod analysis;
#[cfg(feature = "cli")]
pub mod cli;
pub mod error;
pub mod impact;
pub mod lang;
pub mod model;
pub mod report;
pub mod scenario;
pub mod table;
pub mod uncertainty;
pub mod units;

pub use error::{Error, Result};
pub use lang::{Lang, Text};
pub use model::Model;
pub use table::AnyTable;
pub use units::Money;
