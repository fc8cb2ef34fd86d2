//! `[[phase]]` and its `[[phase.spending]]`.

use super::RecipeRef;
use super::input::{Input, year};
use super::places::Located;
use crate::lang::Text;
use crate::scenario::schedule::{Months, Profile, YearMonth};
use crate::scenario::{EventKind, PhaseKind};
use crate::table::{PriceBasis, SplitBy};
use serde::{Deserialize, Serialize};

/// `[[phase]]`: spending of one kind over a span of time.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PhaseFile {
    /// Its name; a scenario that extends another changes the phase of the same name.
    pub name: Option<Located<Text>>,
    /// `one-off` (construction: jobs are job-years) or `recurring` (operation: amounts are a year's).
    pub kind: Option<PhaseKind>,
    /// The year or month it begins; default this phase has no dates.
    pub start: Option<Located<YearMonth>>,
    /// How long it lasts; default one year (one-off), to the horizon (recurring).
    pub duration: Option<Located<Months>>,
    /// How one-off spending is spread over it; default `even`.
    pub profile: Option<Located<Profile>>,
    /// How much later than planned it begins.
    pub delay: Option<Located<Months>>,
    /// The chance that it happens at all; default 1.
    pub probability: Option<Input>,
    /// The province it is in; default the scenario's.
    pub region: Option<Located<String>>,
    /// `true` drops a phase of the scenario that this one extends.
    #[serde(default)]
    pub drop: Located<bool>,
    /// What is spent.
    #[serde(default)]
    pub spending: Vec<SpendingFile>,
}

/// `[[phase.spending]]`: one line.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SpendingFile {
    /// What the line is called; default the sector's name. It is also the key by which a scenario
    /// that extends another changes the line.
    pub item: Option<Text>,
    /// The product bought: a sector's code, name or alias; several together as in "50+51".
    pub what: Option<Located<String>>,
    /// In which proportion the amount is shared where `what` names several products, as in "50+51":
    /// `output` (the default) or `demand` (final demand for the domestic products).
    pub split_by: Option<Located<SplitBy>>,
    /// What the amount is: `demand` for the product (the default), `output` of its sector, `jobs` in it (a
    /// number of persons), `labour_income` that it pays, a `contribution` (a share of the output that it has),
    /// a `spending_pattern` (purchases as the sector makes them), or `household_income` (without `what`).
    pub event: Option<Located<EventKind>>,
    /// How much: an amount or a formula.
    pub amount: Option<Input>,
    /// The part bought from domestic producers; default the table's.
    pub domestic_share: Option<Input>,
    /// Whose prices the amount is in: `basic`, `producers` or `purchasers`; default the table's.
    pub price: Option<PriceBasis>,
    /// The part of a purchaser's price that is trade margin; default 0.
    pub trade_margin: Option<Input>,
    /// The part of a purchaser's price that is transport margin; default 0.
    pub transport_margin: Option<Input>,
    /// The part of a purchaser's price that is tax on top of the producer's price; default 0.
    pub product_tax: Option<Input>,
    /// The same tax as a rate on the price before it: 10 % is 10/110 of what is paid.
    pub vat: Option<Input>,
    /// What the domestic product is made with: the name of a recipe, or a recipe; default the average
    /// inputs of the sector.
    pub recipe: Option<RecipeRef>,
    /// The year whose prices the amount is in; default the scenario's.
    #[serde(default, deserialize_with = "year")]
    pub price_year: Option<i32>,
    /// The province that makes it, or "elsewhere" for the rest of the country; default the phase's.
    pub region: Option<Located<String>>,
    /// Where the figure comes from.
    pub source: Option<Text>,
    /// How certain it is: A to D, or "assumption".
    pub certainty: Option<Certainty>,
    /// A remark.
    pub note: Option<Text>,
    /// `true` drops a line of the scenario that this one extends.
    #[serde(default)]
    pub drop: Located<bool>,
}

impl SpendingFile {
    pub(crate) fn key(&self) -> Option<&str> {
        self.item
            .as_ref()
            .map(|item| item.en.as_str())
            .or_else(|| self.what.as_ref().map(|what| what.value.as_str()))
            .or_else(|| self.event.as_ref().map(|event| event.value.id()))
    }
}

/// How certain a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum Certainty {
    /// An official body's or a study's own text.
    A,
    /// Reports of an official figure that agree.
    B,
    /// A single report, or a commercial page.
    C,
    /// Computed from figures that are cited.
    D,
    /// Nobody's figure but the author's.
    #[serde(rename = "assumption")]
    Assumption,
}
