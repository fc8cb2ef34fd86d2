//! A scenario as it is written: the TOML file, with the place of everything that can be wrong.

mod deflators;
mod groups;
mod households;
mod inherit;
mod input;
mod mix;
mod phase;
mod places;
mod recipe;
#[cfg(feature = "report")]
mod schema;
mod sections;

pub use deflators::{DeflatorOrigin, DeflatorsFile};
pub use groups::{GroupFile, GroupSectors};
pub use households::FinancedBy;
pub use input::{Input, Parameter, Shares};
pub use mix::{Portion, SupplyMixFile, TradeMixFile};
pub use phase::{Certainty, PhaseFile, SpendingFile};
pub use places::Located;
pub use recipe::{RecipeFile, RecipeRef};
pub use sections::{
    AccountFile, CapFile, DrawsFile, IndicatorFile, IndustryFile, PeopleFile, Per, PolicyFile,
    PricesFile,
};

use crate::error::Result;
use crate::lang::Text;
use crate::model::{ImportTreatment, IncomeKind};
use crate::table::read::toml::toml_error;
use input::{share, share_error, year};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A scenario file: what is spent, where, when, and under which assumptions.
///
/// Unknown keys are errors. There is a JSON Schema of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ScenarioFile {
    /// A preset, or a file relative to this one, that this scenario changes.
    pub extends: Option<Located<String>>,
    /// What holds for the scenario as a whole.
    #[serde(default)]
    pub scenario: Header,
    /// Named figures that formulas use and that overrides, sweeps and draws change.
    #[serde(default)]
    pub parameters: BTreeMap<String, Parameter>,
    /// How what is uncertain is drawn, where it is.
    #[serde(default)]
    pub draws: DrawsFile,
    /// What amounts of another year are brought to the table's prices by.
    #[serde(default)]
    pub deflators: DeflatorsFile,
    /// Recipes, by name: what a product is made with, where its sector's average inputs are not meant.
    #[serde(default)]
    pub recipe: BTreeMap<String, RecipeFile>,
    /// Sectors of the scenario's own, made of the table's before anything is computed.
    #[serde(default)]
    pub group: Vec<GroupFile>,
    /// Products that producers buy another part of abroad.
    #[serde(default)]
    pub trade_mix: Vec<TradeMixFile>,
    /// Products that producers replace by others; in the order written, with those of `[[trade_mix]]`.
    #[serde(default)]
    pub supply_mix: Vec<SupplyMixFile>,
    /// What is spent, phase by phase.
    #[serde(default)]
    pub phase: Vec<PhaseFile>,
    /// Further figures computed from parameters: electricity, CO2, staff on site.
    #[serde(default)]
    pub indicator: Vec<IndicatorFile>,
    /// Domestic-content policies, whose effect is shown against the scenario without them.
    #[serde(default)]
    pub policy: Vec<PolicyFile>,
    /// Sectors whose output cannot rise freely.
    #[serde(default)]
    pub cap: Vec<CapFile>,
    /// An industry that does not exist in the table yet.
    pub industry: Option<IndustryFile>,
    /// Profiles of jobs by sector: CSV files of shares.
    #[serde(default)]
    pub people: Vec<PeopleFile>,
    /// Satellite accounts beside those of the table: energy, emissions.
    #[serde(default)]
    pub account: Vec<AccountFile>,
    /// What is split off purchasers' prices where a line does not say.
    #[serde(default)]
    pub prices: PricesFile,
    /// Industries that the list of suppliers marks: a sector, and the name it is watched by; default none.
    #[serde(default)]
    pub watch: BTreeMap<String, Located<Text>>,
    /// The texts that this was read from, for messages; the first is the file itself.
    #[serde(skip)]
    pub sources: Vec<SourceText>,
}

/// A text that (part of) a scenario was read from.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SourceText {
    /// The file as the user named it, or "preset ai-hub".
    pub name: String,
    /// Its contents.
    pub text: String,
}

/// `[scenario]`: what holds as a whole.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Header {
    /// The title.
    pub name: Option<Text>,
    /// A sentence or two.
    pub description: Option<Text>,
    /// Why its size stands in for one that is not known: "the real size is undisclosed"; default none.
    pub stand_in: Option<Text>,
    /// The table; default `kr-2023-83`.
    pub table: Option<Located<String>>,
    /// What its sectors are regrouped by first: a concordance that is built in ("bok-33"), a CSV file
    /// (`code,group[,share]`) or one group in a line ("construction=50+51"); default they stay.
    pub groups: Option<Located<String>>,
    /// That CSV file's contents, once it is read.
    #[serde(skip)]
    pub(crate) groups_text: Option<SourceText>,
    /// How imports enter; default `domestic`.
    pub imports: Option<ImportTreatment>,
    /// Whether household spending is counted (Type II); default true where the table has flows.
    pub induced: Option<bool>,
    /// The share of labour income that households spend; default the table's.
    pub household_share: Option<Input>,
    /// Which income they earn and spend that share of; default `compensation`.
    pub households: Option<Located<IncomeKind>>,
    /// Income taxes over disposable households' income before them, for `households = "disposable"`; default 0.
    #[serde(default, deserialize_with = "share")]
    pub income_tax: Option<Located<f64>>,
    /// Contributions to social insurance over the same income, for `households = "disposable"`; default 0.
    #[serde(default, deserialize_with = "share")]
    pub contributions: Option<Located<f64>>,
    /// Mixed income as a share of operating surplus; default imputed: the self-employed earn as employees do.
    #[serde(default, deserialize_with = "share")]
    pub mixed_share: Option<Located<f64>>,
    /// All that households earn, an amount: of each unit of pay they spend their consumption over it; in the place
    /// of `household_share`.
    pub household_income: Option<Located<String>>,
    /// The use that the money is taken from: net effects beside the gross ones; default none.
    pub financed_by: Option<Located<FinancedBy>>,
    /// Whether taxes by kind are shown, as far as the table tells them; default false.
    pub taxes: Option<Located<bool>>,
    /// Whether final energy use of 2019 by industry is shown, where it is known; default false.
    pub energy: Option<Located<bool>>,
    /// What it is resized to: its one-off spending to an amount, or all of it by a factor ("50%", "2x"); default as
    /// written.
    pub scale: Option<Located<String>>,
    /// The province that everything is in; default none.
    pub region: Option<Located<String>>,
    /// Won per dollar for amounts in dollars.
    pub fx: Option<Input>,
    /// The year whose prices amounts are in; default the table's year.
    #[serde(default, deserialize_with = "year")]
    pub price_year: Option<i32>,
    /// Yearly growth of labour productivity after the table's year; default 0.
    pub productivity_growth: Option<Input>,
    /// Yearly rate at which money of later years is discounted; default 0.
    pub discount_rate: Option<Input>,
    /// The year that money is discounted to; default the first year of spending.
    #[serde(default, deserialize_with = "year")]
    pub discount_year: Option<i32>,
    /// What import shares of purchases are off on average where the table only estimates its split into
    /// domestic and imported ones; draws take it; default what was measured, 0 to take the split as certain.
    #[serde(default, deserialize_with = "share_error")]
    pub split_error: Option<f64>,
    /// The last year of recurring phases without a duration; default ten years after their start.
    #[serde(default, deserialize_with = "year")]
    pub horizon: Option<i32>,
}

impl ScenarioFile {
    /// Reads a scenario from a text; `name` is how messages call it. A scenario that extends another
    /// still has to be put on top of it: [`ScenarioFile::on_top_of`].
    ///
    /// ```
    /// use leontief::ScenarioFile;
    /// let file = ScenarioFile::parse("mine.toml", "[scenario]\nname = 'Mine'\nhorizon = 2036\n")?;
    /// assert_eq!(file.scenario.horizon, Some(2036));
    /// let error = ScenarioFile::parse("mine.toml", "[scenario]\nhorizn = 2036\n").unwrap_err();
    /// assert!(error.to_string().starts_with("mine.toml:2: unknown field `horizn`"));
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// With file, line and key: an unknown key, a value of the wrong kind, a formula or amount that
    /// cannot be read, a profile that does not sum to 1, a share that households spend where there
    /// are none.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let mut file: ScenarioFile =
            toml::from_str(text).map_err(|e| toml_error(name.to_owned(), text, &e))?;
        file.sources = vec![SourceText {
            name: name.to_owned(),
            text: text.to_owned(),
        }];
        file.check_households()?;
        Ok(file)
    }

    /// Leaves out every province.
    pub fn clear_regions(&mut self) {
        self.scenario.region = None;
        for phase in &mut self.phase {
            phase.region = None;
            for line in &mut phase.spending {
                line.region = None;
            }
        }
    }
}
