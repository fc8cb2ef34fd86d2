//! Questions about the table itself, one file each: pure functions of a table or a model.
//!
//! | question | file | answer |
//! | --- | --- | --- |
//! | What does a unit of final demand for each product set off? | [`multipliers`] | [`Multipliers`] |
//! | How do sectors pull and push one another? | [`linkages`] | [`Linkages`] |
//! | What do households add, by what they earn? | [`households`] | [`HouseholdForms`] |
//! | What do households, government, investment and exports set off? | [`inducement`] | [`Inducement`] |
//! | What do dearer products do to all prices? | [`price`] | [`PriceStudy`] |
//! | What is there to know of one sector? | [`sector`] | [`SectorStudy`] |
//! | What do factors and households get of a payment, and by which paths? | [`sam`] | [`Sam`], [`SamPaths`] |
//! | What do others lose where a product is short? | [`shortage`] | [`Shortage`] |
//! | How far do sectors stand still, day by day, and who with them? | [`inoperability`] | [`Inoperability`] |
//! | What follows where imports of a product stop? | [`import_stop`] | [`ImportStop`] |
//! | What do regions and countries make for each other? | [`trade`] | [`Trade`] |
//! | What of the nation does a region make, and where does demand for it end? | [`regionalize`] | [`Regionalized`] |
//! | Who makes what beside its own product, and what table follows? | [`supply_use`] | [`SupplyUseStudy`] |
//! | What changed between years, and why? | [`trend`] | [`Trend`] |
//! | Through which chains of suppliers does a demand run? | [`structural_path`] | [`Paths`] |
//! | Why did output, jobs or imports change between two tables? | [`decomposition`] | [`Decomposition`] |
//! | What hangs on a sector: what is lost without it? | [`extraction`] | [`Extraction`], [`ExtractionRanking`] |
//! | What does an outage cost, day by day? | [`outage`] | [`Outage`] |
//! | What is the table of another year, of which totals are known? | [`update`] | [`Update`] |
//! | Do the figures of a table hold together? | [`checkup`] | [`Checkup`] |
//! | How do two tables differ, and what does regrouping do? | [`aggregation`] | [`Comparison`], [`AggregationBias`] |
//!
//! Each answer is data and carries its [`Provenance`]; [`crate::report::views`] tells it.

pub mod aggregation;
mod basket;
pub mod checkup;
pub mod decomposition;
mod diagnosis;
pub mod extraction;
pub mod households;
pub mod import_stop;
pub mod inducement;
pub mod inoperability;
pub mod linkages;
pub mod multipliers;
pub mod outage;
pub mod price;
pub mod provenance;
pub mod regionalize;
pub mod sam;
pub mod sector;
pub mod sheet;
pub mod shortage;
pub mod structural_path;
pub mod supply_use;
pub mod trade;
pub mod trend;
pub mod update;
pub mod validation;

pub use aggregation::{AggregationBias, Comparison, compare};
pub use checkup::Checkup;
pub use decomposition::Decomposition;
pub use extraction::{Extraction, ExtractionKind, ExtractionRanking};
pub use households::{HouseholdForm, HouseholdForms};
pub use import_stop::{ImportStop, StopCase};
pub use inducement::Inducement;
pub use inoperability::Inoperability;
pub use linkages::Linkages;
pub use multipliers::{MultiplierForm, MultiplierType, Multipliers, OwnCoefficients};
pub use outage::{Outage, OutageOptions};
pub use price::PriceStudy;
pub use provenance::Provenance;
pub use regionalize::Regionalized;
pub use sam::{Sam, SamPaths};
pub use sector::SectorStudy;
pub use sheet::Sheet;
pub use shortage::Shortage;
pub use structural_path::Paths;
pub use supply_use::SupplyUseStudy;
pub use trade::Trade;
pub use trend::Trend;
pub use update::Update;
pub use validation::Validation;
