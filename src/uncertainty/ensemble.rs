//! What an ensemble of draws says of an impact: medians, bands, and what drives the spread.

use super::draws::FigureUnit;
use super::sobol::Sobol;
use crate::impact::FigureTitle;
use crate::scenario::{Label, PhaseKind, Sharing};
use serde::{Deserialize, Serialize};

/// The spread of an impact over draws of its uncertain figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Ensemble {
    /// How many draws.
    pub draws: usize,
    /// The seed: the same seed and draw number give the same figures anywhere.
    pub seed: u64,
    /// Standard deviation of the logarithm of each coefficient of Ad and each labour coefficient;
    /// `None` where coefficients are taken as certain.
    pub coefficient_spread: Option<f64>,
    /// Which coefficients share a factor, where they are drawn.
    #[serde(default)]
    pub coefficient_sharing: Option<Sharing>,
    /// What import shares of purchases are off on average, weighted by the purchase, where the table only
    /// estimates its split into domestic and imported ones and that is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split_error: Option<f64>,
    /// The headline figures, of the one-off and of the recurring phases.
    pub figures: Vec<FigureSpread>,
    /// Output of the sectors that gain most, each kind of phase apart; money in millions.
    pub sectors: Vec<SectorSpread>,
    /// Year by year, where the phases have dates.
    pub years: Vec<YearSpread>,
    /// What drives the spread of value added, strongest first, each kind of phase apart.
    pub drivers: Vec<Driver>,
    /// What part of the variance of each figure every source explains, where it is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sobol: Option<Sobol>,
    /// Every draw, where they are asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub each: Vec<EachDraw>,
}

impl Ensemble {
    /// A headline figure by its name ([`FigureSpread::id`]); an indicator's stands under no kind.
    pub fn figure(&self, kind: Option<PhaseKind>, id: &str) -> Option<&FigureSpread> {
        self.figures.iter().find(|f| f.kind == kind && f.id == id)
    }
}

/// A figure in every draw, in their order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct EachDraw {
    /// Of which phases; `None` for an indicator and for what was drawn.
    pub kind: Option<PhaseKind>,
    /// The name of the figure ([`FigureSpread::id`]), or the key of what was drawn ([`Driver::key`]).
    pub id: String,
    /// Whether it was drawn itself, or worked out.
    pub drawn: bool,
    /// The unit; money is in millions of the currency.
    #[cfg_attr(feature = "report", schemars(with = "crate::lang::Text"))]
    pub unit: FigureUnit,
    /// Whether the unit is money.
    pub money: bool,
    /// The values, a draw each.
    pub values: Vec<f64>,
}

/// The distribution of one figure over the draws.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Spread {
    /// As the scenario is written, without draws.
    pub as_written: f64,
    /// Median.
    pub median: f64,
    /// 5th percentile.
    pub p5: f64,
    /// 95th percentile.
    pub p95: f64,
    /// Mean.
    pub mean: f64,
    /// Standard error of the mean.
    pub standard_error: f64,
}

/// A headline figure and its spread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FigureSpread {
    /// Of which phases; `None` for an indicator of the scenario.
    pub kind: Option<PhaseKind>,
    /// A stable name: "spending", "imported", "output", "value_added", "imports", "jobs", each also
    /// as "..._type1", and "leakage", all that is imported; for an indicator its English name.
    pub id: String,
    /// The title.
    #[cfg_attr(feature = "report", schemars(with = "crate::lang::Text"))]
    pub title: FigureTitle,
    /// The unit; money is in millions of the currency.
    #[cfg_attr(feature = "report", schemars(with = "crate::lang::Text"))]
    pub unit: FigureUnit,
    /// Whether the unit is money.
    pub money: bool,
    /// The distribution.
    pub spread: Spread,
}

/// Output of a sector and its spread, in millions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SectorSpread {
    /// Of which phases.
    pub kind: PhaseKind,
    /// The position of the sector.
    pub sector: usize,
    /// All stages of its output.
    pub output: Spread,
}

/// A year and the spread of its figures; one-off and recurring money together, persons apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct YearSpread {
    /// The calendar year.
    pub year: i32,
    /// Output, all stages, in millions.
    pub output: Spread,
    /// Value added, all stages, in millions.
    pub value_added: Spread,
    /// Job-years of one-off phases in this year.
    pub job_years: Spread,
    /// Jobs of recurring phases in this year.
    pub jobs: Spread,
    /// Output, Type I: without what households add.
    pub output_type1: Spread,
    /// Value added, Type I.
    pub value_added_type1: Spread,
    /// Job-years, Type I.
    pub job_years_type1: Spread,
    /// Jobs, Type I.
    pub jobs_type1: Spread,
}

/// An uncertain figure and what it does to value added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Driver {
    /// Of which phases.
    pub kind: PhaseKind,
    /// The figure's key: a parameter's name or a path.
    pub key: String,
    /// Its name for people.
    #[cfg_attr(feature = "report", schemars(with = "crate::lang::Text"))]
    pub label: Label,
    /// Whether it is an amount of money.
    pub money: bool,
    /// Spearman's rank correlation with value added (Type I) over the draws; 0 for a figure that moves
    /// only what households add.
    pub rank_correlation: f64,
    /// The figure's own 5th and 95th percentile; money in millions.
    pub range: [f64; 2],
    /// Value added (Type I, in millions) with this figure at those, all others as written.
    pub value_added_type1: [f64; 2],
    /// The same of all stages.
    pub value_added: [f64; 2],
}

impl Driver {
    /// The range as scenarios write it: money in whole units of the currency.
    pub fn written_range(&self) -> [f64; 2] {
        self.range.map(|v| if self.money { v * 1e6 } else { v })
    }
}
