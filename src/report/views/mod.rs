//! The words of results: what an impact, a comparison, a question to a table says, as a document.
//!
//! One file a result, named by what it shows. A result itself is data and knows no word of this; its
//! `document` (or the `blocks` that stand in another's) is written here.

mod answer;
mod comparison;
mod constrained;
mod decomposition;
mod effects;
mod energy;
mod ensemble;
mod exogenous;
#[cfg(feature = "import")]
#[cfg(feature = "cli")]
pub(crate) mod exported;
mod extraction;
mod financing;
mod first_screen;
mod households;
mod impact;
mod import_stop;
#[cfg(feature = "cli")]
pub(crate) mod imported;
mod inducement;
mod industry;
mod inoperability;
mod leakage;
mod linkages;
mod mix;
mod multiplier_draws;
mod multiplier_form;
mod multipliers;
mod notes;
mod outage;
mod people;
mod plan;
mod policy;
mod prices;
mod provenance;
mod recipe;
mod regional;
mod regionalize;
mod sam;
mod sector;
mod sheet;
mod shortage;
mod sobol;
mod spending;
mod suppliers;
mod supply_use;
mod sweep;
mod tables_compared;
mod taxes;
pub mod template;
mod trade;
mod trend;
mod update;
pub mod validation;
mod years;

pub use answer::Quote;
pub use effects::labour_unit;
pub(crate) use effects::other_sectors;
pub use impact::{By, View};
