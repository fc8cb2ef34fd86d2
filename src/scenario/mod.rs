//! What is spent: scenarios, phases, amounts, schedules, presets.
//!
//! A [`ScenarioFile`] is what the user wrote. [`Scenario::new`] checks it against a table: names lead
//! to sectors, formulas to figures. [`Scenario::plan`] works the figures out, once as written or once
//! a draw, and gives the [`Plan`] that an impact is computed from; [`Scenario::plan_with`] gives that of a
//! variant.

pub mod account;
pub mod amount;
pub(crate) mod bind;
mod builder;
mod closure;
pub mod distribution;
mod evaluate;
mod event;
pub mod file;
pub mod formula;
mod kind;
mod label;
mod note;
mod own_shares;
mod place;
pub mod plan;
pub mod presets;
pub mod profile;
pub mod recipe;
pub(crate) mod scale;
pub mod schedule;
mod sector_csv;
mod sharing;
mod timing;

pub(crate) use bind::Tax;
pub use builder::{PhaseBuilder, ScenarioBuilder, Value};
pub use distribution::{Distribution, Shape};
pub use event::EventKind;
pub use file::{Certainty, FinancedBy, ScenarioFile};
pub use kind::{ByKind, PhaseKind};
pub use label::{Entry, Label};
#[cfg(feature = "report")]
pub(crate) use note::NoteRecord;
pub use note::{NoDeflator, Note, NoteFigure, NoteKind, PricePart};
#[cfg(feature = "ensembles")]
pub(crate) use own_shares::{OwnShares, TakenShares};
pub use place::{ELSEWHERE, Place};
pub use plan::{Line, Phase, Plan, ShareOrigin};
pub use recipe::{Recipe, RecipeInput};
pub use sharing::Sharing;

use crate::error::{Error, Result};
use crate::lang::Text;
use crate::model::ImportTreatment;
use crate::table::{AnyTable, DomesticShare};
use account::Accounts;
use amount::Quantity;
use bind::Builder;
use formula::{Bound, Number};
use profile::Profile;
use recipe::{BoundRecipe, BoundUse};

/// A scenario checked against a table: every name resolved, every formula bound.
#[derive(Debug, Clone)]
pub struct Scenario {
    pub(crate) file: ScenarioFile,
    pub(crate) name: Text,
    pub(crate) description: Option<Text>,
    pub(crate) table_year: i32,
    pub(crate) unit: f64,
    /// What every amount is multiplied by, where the scenario is resized.
    pub(crate) factor: Option<f64>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) settings: Settings,
    pub(crate) phases: Vec<BoundPhase>,
    pub(crate) recipes: Vec<BoundRecipe>,
    pub(crate) indicators: Vec<usize>,
    pub(crate) policies: Vec<(usize, usize)>,
    pub(crate) caps: Vec<BoundCap>,
    pub(crate) industry: Option<BoundIndustry>,
    pub(crate) profiles: Vec<Profile>,
    pub(crate) accounts: Vec<Accounts>,
    pub(crate) watched: Vec<(usize, Text)>,
    pub(crate) notes: Vec<Note>,
}

/// A figure of a scenario: a named parameter, or the value of one key.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Its name in formulas, or its path: "Build/Servers/amount".
    pub key: String,
    /// Its name for people.
    pub label: Label,
    /// What it is drawn from; `None` for a fixed figure.
    pub distribution: Option<Distribution>,
    pub(crate) bound: Bound,
    pub(crate) origin: usize,
    pub(crate) offset: usize,
    literal: bool,
}

/// Where the scenario's own settings stand among the figures.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    pub(crate) household_share: Option<usize>,
    pub(crate) productivity_growth: Option<usize>,
    pub(crate) discount_rate: Option<usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct BoundPhase {
    pub(crate) name: Text,
    pub(crate) kind: PhaseKind,
    pub(crate) schedule: Vec<(i32, f64)>,
    pub(crate) probability: Option<usize>,
    pub(crate) region: Option<Place>,
    pub(crate) lines: Vec<BoundLine>,
}

/// A capped sector: the figure of what it can add, and its deflator.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BoundCap {
    pub(crate) sector: usize,
    pub(crate) extra: usize,
    pub(crate) deflator: f64,
}

#[derive(Debug, Clone)]
pub(crate) struct BoundIndustry {
    pub(crate) name: Text,
    pub(crate) phase: usize,
    pub(crate) sales: usize,
    pub(crate) deflator: f64,
    pub(crate) exports: Option<usize>,
    pub(crate) final_demand: Option<usize>,
    pub(crate) buyers: Vec<(usize, f64)>,
    pub(crate) replaces: Option<usize>,
    pub(crate) replaced_share: Option<usize>,
    pub(crate) labour_share: Option<usize>,
    pub(crate) foreign_ownership: Option<usize>,
    pub(crate) staff: Option<usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct BoundLine {
    pub(crate) item: Text,
    pub(crate) sector: usize,
    pub(crate) amount: usize,
    /// What the amount is.
    pub(crate) event: EventKind,
    /// What of a unit of the amount (in the table's unit where it is money) is spent on this product: 1, but of
    /// several products together and of events.
    pub(crate) part: f64,
    /// A figure that the amount is multiplied by: what households spend of their income.
    pub(crate) spent: Option<usize>,
    pub(crate) domestic_share: Option<usize>,
    pub(crate) table_share: Option<DomesticShare>,
    /// Whether the product is made at home at all.
    pub(crate) made: bool,
    pub(crate) purchasers: bool,
    pub(crate) trade: Option<(usize, usize)>,
    pub(crate) transport: Option<(usize, usize)>,
    pub(crate) tax: Option<Tax>,
    pub(crate) recipe: Option<BoundUse>,
    pub(crate) deflator: f64,
    pub(crate) region: Option<Place>,
    pub(crate) source: Option<Text>,
    pub(crate) certainty: Option<Certainty>,
    pub(crate) note: Option<Text>,
}

/// How a scenario is to be read differently from how it is written.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Parameters set to other formulas: `("capex", "3조")`.
    pub set: Vec<(String, String)>,
    /// The province that everything is in.
    pub region: Option<String>,
    /// Policies added: product and least domestic share.
    pub policies: Vec<(String, f64)>,
    /// Caps added, or changed: sector and the output it can add in a year, a formula.
    pub caps: Vec<(String, String)>,
}

/// The names of settings that formulas, overrides and draws can use as they do parameters.
const RESERVED: [&str; 4] = [
    "fx",
    "household_share",
    "productivity_growth",
    "discount_rate",
];

impl Scenario {
    /// Checks a scenario against a table.
    ///
    /// ```
    /// use leontief::{AnyTable, Scenario, scenario::{Overrides, presets}};
    /// let table = AnyTable::open("kr-2023-83")?;
    /// let set = |name: &str| Overrides {
    ///     set: vec![(name.to_owned(), "5조".to_owned())],
    ///     ..Overrides::default()
    /// };
    /// let hub = Scenario::new(presets::open("ai-hub")?, &table, &set("capex"))?;
    /// assert!(hub.figures().iter().any(|figure| figure.key == "capex"));
    /// assert!(Scenario::new(presets::open("ai-hub")?, &table, &set("capx")).is_err());
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// With file, line and key: an unknown sector, a parameter that is not there or depends on
    /// itself, a distribution that cannot be, an operation that ends before it starts, a line
    /// without product or amount, a deflator without the year that is needed.
    pub fn new(file: ScenarioFile, table: &AnyTable, overrides: &Overrides) -> Result<Self> {
        Builder::new(file, table, overrides)?.build()
    }

    /// The title.
    pub fn name(&self) -> &Text {
        &self.name
    }

    /// A sentence or two about it.
    pub fn description(&self) -> Option<&Text> {
        self.description.as_ref()
    }

    /// Why its size stands in for one that is not known.
    pub fn stand_in(&self) -> Option<&Text> {
        self.file.scenario.stand_in.as_ref()
    }

    /// Positions of the sectors that are watched, each with the name it is watched by.
    pub fn watched(&self) -> &[(usize, Text)] {
        &self.watched
    }

    /// The texts that it was read from: its own file first.
    pub fn sources(&self) -> &[file::SourceText] {
        &self.file.sources
    }

    /// All figures, in the order in which they are worked out.
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// Whether a line gives an output, which the demand for it is worked out from.
    #[cfg(feature = "ensembles")]
    pub(crate) fn gives_outputs(&self) -> bool {
        let mut lines = self.phases.iter().flat_map(|phase| &phase.lines);
        lines.any(|line| line.event.gives_output())
    }

    /// How imports enter, as the scenario asks for it.
    pub fn imports(&self) -> ImportTreatment {
        self.file.scenario.imports.unwrap_or_default()
    }

    /// What import shares are taken to be off on average where a table only estimates its split into domestic and
    /// imported purchases; `None` for what was measured of the table, 0 where it is taken as certain.
    pub fn split_error(&self) -> Option<f64> {
        self.file.scenario.split_error
    }

    /// Profiles of people that its jobs are split by.
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// Satellite accounts that it brings.
    pub fn accounts(&self) -> &[Accounts] {
        &self.accounts
    }

    /// The values of all figures, those in `drawn` (figure and value) taken as given.
    ///
    /// # Errors
    /// A formula that does not come to a finite figure of the right kind, with its place.
    pub(crate) fn values<V: Number>(&self, drawn: &[(usize, V)]) -> Result<Vec<Quantity<V>>> {
        let mut values: Vec<Quantity<V>> = Vec::with_capacity(self.figures.len());
        for (at, figure) in self.figures.iter().enumerate() {
            let mut value = figure
                .bound
                .evaluate(&values)
                .map_err(|message| self.figure_error(at, message))?;
            if let Some((_, drawn)) = drawn.iter().find(|(index, _)| *index == at) {
                value.value = *drawn;
            }
            values.push(value);
        }
        Ok(values)
    }

    pub(crate) fn figure_error(&self, at: usize, message: impl Into<Text>) -> Error {
        let figure = &self.figures[at];
        self.file
            .error(figure.origin, figure.offset, &figure.key, message)
    }
}

/// The most parameters of a scenario.
pub const MOST_PARAMETERS: usize = 20_000;
/// The most phases of a scenario: each is a result of its own, of all sectors.
pub const MOST_PHASES: usize = 500;
/// The most spending lines of a scenario, in all phases.
pub const MOST_LINES: usize = 20_000;
/// The most indicators of a scenario.
pub const MOST_INDICATORS: usize = 1_000;
/// The most mixes of a scenario, of both kinds.
pub const MOST_MIXES: usize = 200;
