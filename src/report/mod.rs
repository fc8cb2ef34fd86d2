//! How results are shown.
//!
//! Results are data: what they are called and how they are told is written in [`views`], one file a
//! result, as a [`Document`]: titles, tables with typed columns, notes, in one language. Each format
//! renders any document and knows no result: to add a format, add a file here; to show a new result,
//! add a file in [`views`].

pub mod brief;
pub mod chart;
pub mod data;
pub mod document;
pub mod format;
pub mod html;
pub mod markdown;
mod scale;
mod settled;
pub mod terminal;
pub mod views;
mod width;
pub(crate) mod words;
pub mod workbook;
pub mod xlsx;

#[cfg(test)]
mod samples;

pub use crate::units::Scale;
pub use document::{Block, Cell, Column, Document, Kind, Row, Section, Table, Unit};
pub use format::Format;
