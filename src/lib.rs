//! What an investment does to an economy: Leontief input-output analysis on the Bank of Korea's
//! sector tables, from a shock or a scenario to output, value added, jobs, imports and suppliers.
//!
//! Data walks one street: a table ([`AnyTable`]) gives a [`Model`]; a shock or a [`scenario`] asked of
//! it gives an [`Impact`]; [`report`] shows that, or any answer of [`analysis`], in several formats.
//!
//! ```
//! use leontief::{AnyTable, Model, Money, impact};
//!
//! let table = AnyTable::open("kr-2023-83")?; // built in; a folder's path works as well
//! let model = Model::new(&table)?; // factorised once, asked by right-hand sides
//! let chips = table.sectors().find("반도체")?; // by code, name or everyday word
//! let shock = [(chips, Money::units(1e12))];
//! let impact = impact::of_shock(&table, &model, &shock, impact::ShockShare::Domestic)?;
//! let effects = impact.effects.recurring.as_ref().expect("a shock has effects");
//! assert!(effects.value_added.sums().type1() < 1e6); // millions; the rest leaks as imports
//! # Ok::<(), leontief::Error>(())
//! ```
//!
//! The rooms in their order, each using those before it and none after it (a test holds it):
//! [`units`], [`lang`], [`error`], [`files`], [`memory`]; [`table`]; [`model`]; [`scenario`]; [`analysis`]; [`impact`];
//! [`uncertainty`]; [`report`]; `cli`. Only [`report`] tells what a result says.
//!
//! Vocabulary and symbols follow Miller & Blair, *Input-Output Analysis*, 3rd ed. (2022), and the Bank
//! of Korea: rows supply, columns use; money in tables and results is in the table's unit (million won)
//! unless it is a [`Money`]; jobs are full-time equivalents.
//!
//! What is not asked for is not built:
//!
//! | feature | what it brings |
//! | --- | --- |
//! | none | [`table`], [`model`], [`scenario`], [`analysis`], [`impact`] |
//! | `ensembles` | [`uncertainty`]: draws and sweeps; `parallel` makes them on all cores |
//! | `report` | [`report`]: documents, charts as SVG, pages, workbooks, JSON and CSV; with `ensembles` |
//! | `files`, `import` | tables in one file; tables from others' workbooks and texts, `table::import` |
//! | `cli`, `png`, `parquet` | the program; charts as PNG; rows as Parquet, and what pymrio saved so |
//!
//! The program's are the default: `leontief = { version = "0.1", default-features = false }` is the library.
//!
//! | to add | put it in |
//! | --- | --- |
//! | a table | a folder under `tables/`, a line in [`table::embedded`] |
//! | a table format | a file in [`table::read`]; a layout of others' files: one in `table::import` |
//! | a question to a table | a file in [`analysis`] with a result type, and a view of it |
//! | a view of a result | a file in [`report::views`] |
//! | a preset scenario | a file under `presets/`, a line in [`scenario::presets`] |
//! | an output format | a file in [`report`] |
//! | a subcommand | a file in `cli` |
#![warn(missing_docs)]

pub mod analysis;
#[cfg(feature = "cli")]
#[doc(hidden)] // public for the program only: what it does is in its help
pub mod cli;
pub mod error;
pub mod files;
pub mod impact;
pub mod lang;
pub mod memory;
pub mod model;
#[cfg(feature = "report")]
pub mod report;
pub mod scenario;
pub mod table;
#[cfg(feature = "ensembles")]
pub mod uncertainty;
pub mod units;

pub use error::{Error, ErrorKind, Result};
pub use impact::Impact;
pub use lang::{Lang, Name, Text};
pub use model::Model;
pub use scenario::{Scenario, ScenarioFile};
pub use table::AnyTable;
pub use units::Money;

/// The README's library example, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
