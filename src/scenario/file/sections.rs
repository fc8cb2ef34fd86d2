//! What stands beside phases: indicators, policies, caps, an industry, files by sector, prices.

use super::SourceText;
use super::input::{Input, Shares, decimals};
use super::places::Located;
use crate::lang::Text;
use crate::scenario::Sharing;
use crate::scenario::formula::Formula;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `[draws]`: how what is uncertain is drawn with an impact, a report or a page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DrawsFile {
    /// How often; 0 for not at all.
    pub count: Option<Located<u32>>,
    /// The seed: the same seed gives the same draws; default 1.
    pub seed: Option<u64>,
    /// Standard deviation of the logarithm of coefficients of Ad and of labour; default 0: they are certain.
    pub coefficient_spread: Option<Located<f64>>,
    /// Which coefficients are drawn with one factor, or that the table stays balanced; default `column`.
    pub coefficient_draws: Option<Located<Sharing>>,
    /// Whether the variance is split among what is uncertain (Sobol indices): so many times more draws; default
    /// false.
    pub sobol: Option<bool>,
}

/// `[[indicator]]`: a figure computed from parameters and shown with the results.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct IndicatorFile {
    /// What it is.
    pub name: Text,
    /// The formula.
    pub value: Located<Formula>,
    /// Its unit.
    pub unit: Text,
    /// Decimals shown, at most 9; default 0.
    #[serde(default, deserialize_with = "decimals")]
    pub decimals: u8,
    /// Where the method comes from.
    pub source: Option<Text>,
    /// A remark.
    pub note: Option<Text>,
}

/// `[[policy]]`: at least this much of a product is bought at home.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PolicyFile {
    /// The product.
    pub what: Located<String>,
    /// Its domestic share is raised to this.
    pub domestic_share: Input,
}

/// `[[cap]]`: a sector cannot produce more than this.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CapFile {
    /// The sector.
    pub what: Located<String>,
    /// Output it can add to the table's own in a year.
    pub extra: Input,
}

/// `[industry]`: a new industry inside the Leontief system, whose inputs are a recurring phase.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct IndustryFile {
    /// What it is.
    pub name: Text,
    /// The recurring phase that is its budget of purchases.
    pub phase: Located<String>,
    /// What it sells in a year.
    pub sales: Input,
    /// The part of its sales that goes abroad.
    pub exports: Option<Input>,
    /// The part of its sales that goes to households and other final users at home.
    pub final_demand: Option<Input>,
    /// Which sectors buy the rest, with their shares of it: `{ 62 = 0.6, 65 = 0.4 }`.
    #[serde(default)]
    pub buyers: Located<Shares>,
    /// What their purchases replace: the product that they buy less of.
    pub replaces: Option<Located<String>>,
    /// How much of those purchases replaces that product; default 0.
    pub replaced_share: Option<Input>,
    /// Compensation of its employees, as a part of its value added.
    pub labour_share: Option<Input>,
    /// The part of its operating surplus that belongs to owners abroad.
    pub foreign_ownership: Option<Input>,
    /// Persons that it employs itself.
    pub staff: Option<Input>,
}

/// `[[people]]`: how the jobs of each sector are split.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PeopleFile {
    /// What the groups are: "skill", "age".
    pub name: Text,
    /// A CSV of shares: `code,<group>,...`, a row for each sector, each row summing to one.
    pub file: Located<String>,
    /// Where the shares come from.
    pub source: Option<Text>,
    /// Whether they only illustrate the method.
    #[serde(default)]
    pub illustrative: bool,
    /// Names of the groups for people, by the header of their column.
    #[serde(default)]
    pub groups: BTreeMap<String, Text>,
    /// The CSV file's contents, once it is read.
    #[serde(skip)]
    pub(crate) text: Option<SourceText>,
}

/// `[[account]]`: a satellite account from a CSV file, by sector.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AccountFile {
    /// Its id, which is also the header of its column.
    pub id: Located<String>,
    /// Its title; default the id.
    pub title: Option<Text>,
    /// Its unit: "kt CO2eq".
    pub unit: Text,
    /// The CSV file: `code,<id>,...`, a row for each sector.
    pub file: Located<String>,
    /// What its figures are per; default totals of the table's year.
    #[serde(default)]
    pub per: Per,
    /// Where the figures come from.
    pub source: Option<Text>,
    /// Whether they only illustrate the method.
    #[serde(default)]
    pub illustrative: bool,
    #[serde(skip)]
    pub(crate) text: Option<SourceText>,
}

/// What the figures of an account are per.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum Per {
    /// Nothing: totals of the table's year, divided by the table's output.
    #[default]
    Total,
    /// A million won of output.
    MillionWon,
    /// A billion won of output.
    BillionWon,
}

/// `[prices]`: the parts of a purchaser's price that are not the producer's, for lines that do not
/// give their own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PricesFile {
    /// Trade margin.
    pub trade_margin: Option<Input>,
    /// Transport margin.
    pub transport_margin: Option<Input>,
    /// Tax on top of the producer's price, as a part of what is paid.
    pub product_tax: Option<Input>,
    /// The same tax as a rate on the price before it.
    pub vat: Option<Input>,
}

impl PricesFile {
    /// The rates that are given, with their names.
    pub(crate) fn rates(&self) -> impl Iterator<Item = (&'static str, &Input)> {
        [
            ("prices.trade_margin", &self.trade_margin),
            ("prices.transport_margin", &self.transport_margin),
            ("prices.product_tax", &self.product_tax),
            ("prices.vat", &self.vat),
        ]
        .into_iter()
        .filter_map(|(field, rate)| Some((field, rate.as_ref()?)))
    }
}
