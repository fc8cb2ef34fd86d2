//! How results are shown.
//!
//! A result says what it is once, as a [`Document`]: titles, tables with typed columns, notes, in one
//! language. Each format renders any document and knows no result: to add a format, add a file here;
//! to show a new result, give it a `document` function.

pub mod brief;
pub mod chart;
pub mod data;
pub mod document;
pub mod format;
#[cfg(feature = "cli")]
pub mod html;
pub mod markdown;
pub mod scale;
#[cfg(feature = "cli")]
pub mod terminal;
#[cfg(feature = "cli")]
mod width;
#[cfg(feature = "cli")]
pub mod workbook;
#[cfg(feature = "cli")]
pub mod xlsx;

#[cfg(test)]
mod samples;

pub use document::{Block, Cell, Column, Document, Kind, Row, Section, Table, Unit};
pub use format::Format;
pub use scale::Scale;
