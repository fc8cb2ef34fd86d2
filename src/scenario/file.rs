//! A scenario as it is written: the TOML file, with the place of everything that can be wrong.

use super::amount;
use super::deflators::DeflatorsFile;
use super::formula::Formula;
use super::recipe::{RecipeFile, RecipeRef};
use super::schedule::{Months, Profile, YEARS, YearMonth};
use crate::error::{Error, Place, Result};
use crate::lang::{Text, said};
use crate::model::ImportTreatment;
use crate::table::read::toml::{line_at, toml_error};
use crate::table::{AnyTable, PriceBasis, embedded};
use crate::uncertainty::Shape;
use serde::de::value::MapAccessDeserializer;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A scenario file: what is spent, where, when, and under which assumptions.
///
/// Unknown keys are errors. `leontief schema` prints its JSON Schema.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ScenarioFile {
    /// A preset, or a file relative to this one, that this scenario changes.
    pub extends: Option<Located<String>>,
    /// What holds for the scenario as a whole.
    #[serde(default)]
    pub scenario: Header,
    /// Named figures that formulas use and that `--set`, `--vary` and draws change.
    #[serde(default)]
    pub parameters: BTreeMap<String, Parameter>,
    /// What amounts of another year are brought to the table's prices by.
    #[serde(default)]
    pub deflators: DeflatorsFile,
    /// Recipes, by name: what a product is made with, where its sector's average inputs are not meant.
    #[serde(default)]
    pub recipe: BTreeMap<String, RecipeFile>,
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
    /// The texts that this was read from, for messages; the first is the file itself.
    #[serde(skip)]
    pub sources: Vec<SourceText>,
}

/// A text that (part of) a scenario was read from.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// The file as the user named it, or "preset ai-hub".
    pub name: String,
    /// Its contents.
    pub text: String,
}

/// `[scenario]`: what holds as a whole.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Header {
    /// The title.
    pub name: Option<Text>,
    /// A sentence or two.
    pub description: Option<Text>,
    /// Why its size stands in for one that is not known: "the real size is undisclosed"; default none.
    pub stand_in: Option<Text>,
    /// The table; default `kr-2023-83`.
    pub table: Option<Located<String>>,
    /// How imports enter; default `domestic`.
    pub imports: Option<ImportTreatment>,
    /// Whether household spending is counted (Type II); default true where the table has flows.
    pub induced: Option<bool>,
    /// The share of labour income that households spend; default the table's.
    pub household_share: Option<Input>,
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
    /// The last year of recurring phases without a duration; default ten years after their start.
    #[serde(default, deserialize_with = "year")]
    pub horizon: Option<i32>,
}

/// A year of a scenario, refused where it can only be a slip.
fn year<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Option<i32>, D::Error> {
    let year = i32::deserialize(deserializer)
        .map_err(|_| {
            said!(
                "a year is a whole number, as in 2030",
                "연도는 2030과 같은 정수입니다"
            )
        })
        .map_err(|message| serde::de::Error::custom(message.joined()))?;
    if YEARS.contains(&year) {
        Ok(Some(year))
    } else {
        let (first, last) = (YEARS.start(), YEARS.end());
        let message = said!(
            "year {year} is not in {first}..{last}",
            "연도 {year}은(는) {first}~{last}년 범위를 벗어납니다"
        );
        Err(serde::de::Error::custom(message.joined()))
    }
}

/// Shares by name, each a number or a percentage.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Shares(#[serde(deserialize_with = "shares")] pub BTreeMap<String, f64>);

fn shares<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<BTreeMap<String, f64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(
        untagged,
        expecting = "expected a share: a number such as 0.4, or a percentage such as \"40%\"\u{1f}비율은 \
                     0.4와 같은 수나 \"40%\"와 같은 백분율로 쓰십시오"
    )]
    enum Share {
        Number(f64),
        Text(String),
    }
    let shares = BTreeMap::<String, Share>::deserialize(deserializer)?;
    let number = |share| match share {
        Share::Number(share) => Ok(share),
        Share::Text(text) => {
            amount::number(&text).map_err(|why| serde::de::Error::custom(why.joined()))
        }
    };
    shares
        .into_iter()
        .map(|(name, share)| Ok((name, number(share)?)))
        .collect()
}

/// Decimals of a figure, no more than it can have.
fn decimals<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<u8, D::Error> {
    match u8::deserialize(deserializer) {
        Ok(decimals @ 0..=9) => Ok(decimals),
        _ => Err(serde::de::Error::custom(
            said!(
                "decimals are a whole number in 0..9",
                "소수 자릿수는 0에서 9 사이의 정수입니다"
            )
            .joined(),
        )),
    }
}

/// A named figure.
#[derive(Debug, Clone, Serialize)]
pub struct Parameter {
    /// Its value in the scenario itself: a number, an amount or a formula of other parameters.
    #[serde(skip)]
    pub value: Formula,
    /// The distribution it is drawn from.
    pub shape: Option<Shape>,
    /// The bounds of uniform, triangular (mode = value) and pert (mode = value).
    #[serde(skip)]
    pub range: Option<[Formula; 2]>,
    /// The standard deviation of normal (mean = value), or of the logarithm (median = value).
    #[serde(skip)]
    pub sd: Option<Formula>,
    /// The values of a discrete distribution.
    pub values: Option<Vec<f64>>,
    /// Their weights.
    pub weights: Option<Vec<f64>>,
    /// Its name for people.
    pub name: Option<Text>,
    /// Its unit, for people.
    pub unit: Option<Text>,
    /// Where it comes from.
    pub source: Option<Text>,
    /// How certain it is: A to D, or "assumption".
    pub certainty: Option<Certainty>,
    /// A remark.
    pub note: Option<Text>,
    /// Where it stands: byte offset and source.
    #[serde(skip)]
    pub offset: usize,
    #[serde(skip)]
    pub(crate) origin: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct ParameterForm {
    value: Located<Formula>,
    shape: Option<Shape>,
    range: Option<[Formula; 2]>,
    sd: Option<Formula>,
    values: Option<Vec<f64>>,
    weights: Option<Vec<f64>>,
    name: Option<Text>,
    unit: Option<Text>,
    source: Option<Text>,
    certainty: Option<Certainty>,
    note: Option<Text>,
}

/// A figure of a line or a phase: a number, an amount, a formula, or a table with a distribution as
/// a parameter has it.
pub type Input = Parameter;

/// `[[phase]]`: spending of one kind over a span of time.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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

/// Whether spending happens once or every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub enum PhaseKind {
    /// Once, over years: jobs are job-years.
    OneOff,
    /// Every year: amounts are a year's, jobs are jobs.
    Recurring,
}

/// `[[phase.spending]]`: one line.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct SpendingFile {
    /// What the line is called; default the sector's name. It is also the key by which a scenario
    /// that extends another changes the line.
    pub item: Option<Text>,
    /// The product bought: a sector's code, name or alias.
    pub what: Option<Located<String>>,
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

/// How certain a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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

impl Certainty {
    /// As reports show it: the letter, or the word.
    pub fn name(self) -> Text {
        match self {
            Certainty::A => Text::same("A"),
            Certainty::B => Text::same("B"),
            Certainty::C => Text::same("C"),
            Certainty::D => Text::same("D"),
            Certainty::Assumption => Text::new("assumption", "가정"),
        }
    }
}

/// `[[indicator]]`: a figure computed from parameters and shown with the results.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct PolicyFile {
    /// The product.
    pub what: Located<String>,
    /// Its domestic share is raised to this.
    pub domestic_share: Input,
}

/// `[[cap]]`: a sector cannot produce more than this.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct CapFile {
    /// The sector.
    pub what: Located<String>,
    /// Output it can add to the table's own in a year.
    pub extra: Input,
}

/// `[industry]`: a new industry inside the Leontief system, whose inputs are a recurring phase.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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

/// A value with the place in the file that it was read from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Byte offset in its file.
    pub offset: usize,
    /// Which of the texts of the scenario that file is.
    pub(crate) origin: usize,
}

impl<T> From<T> for Located<T> {
    fn from(value: T) -> Self {
        Located {
            value,
            offset: 0,
            origin: 0,
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let spanned = toml::Spanned::<T>::deserialize(deserializer)?;
        let offset = spanned.span().start;
        Ok(Located {
            value: spanned.into_inner(),
            offset,
            origin: 0,
        })
    }
}

impl From<Located<Formula>> for Parameter {
    fn from(value: Located<Formula>) -> Self {
        Parameter {
            value: value.value,
            shape: None,
            range: None,
            sd: None,
            values: None,
            weights: None,
            name: None,
            unit: None,
            source: None,
            certainty: None,
            note: None,
            offset: value.offset,
            origin: value.origin,
        }
    }
}

impl From<ParameterForm> for Parameter {
    fn from(form: ParameterForm) -> Self {
        Parameter {
            shape: form.shape,
            range: form.range,
            sd: form.sd,
            values: form.values,
            weights: form.weights,
            name: form.name,
            unit: form.unit,
            source: form.source,
            certainty: form.certainty,
            note: form.note,
            ..Parameter::from(form.value)
        }
    }
}

impl<'de> Deserialize<'de> for Parameter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        // The place comes from the span around the value; what is inside is a bare formula or a
        // table with a distribution.
        struct Either(Parameter);
        impl<'de> Deserialize<'de> for Either {
            fn deserialize<D: Deserializer<'de>>(d: D) -> std::result::Result<Self, D::Error> {
                d.deserialize_any(EitherVisitor).map(Either)
            }
        }
        struct EitherVisitor;
        impl<'de> serde::de::Visitor<'de> for EitherVisitor {
            type Value = Parameter;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a number, an amount, a formula, or a table { value = ..., shape = ..., range = [...] }\u{1f}수, \
                     금액, 계산식이나 { value = ..., shape = ..., range = [...] } 형식으로 쓰십시오",
                )
            }
            fn visit_i64<E: serde::de::Error>(self, v: i64) -> std::result::Result<Parameter, E> {
                self.visit_f64(v as f64)
            }
            fn visit_f64<E: serde::de::Error>(self, v: f64) -> std::result::Result<Parameter, E> {
                if !v.is_finite() {
                    return Err(E::custom(amount::not_finite(v).joined()));
                }
                self.visit_str(&v.to_string())
            }
            fn visit_str<E: serde::de::Error>(self, v: &str) -> std::result::Result<Parameter, E> {
                let formula = Formula::parse(v).map_err(|e| E::custom(e.joined()))?;
                Ok(Parameter::from(Located::from(formula)))
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                map: A,
            ) -> std::result::Result<Parameter, A::Error> {
                ParameterForm::deserialize(MapAccessDeserializer::new(map)).map(Parameter::from)
            }
        }
        let located = Located::<Either>::deserialize(deserializer)?;
        Ok(Parameter {
            offset: located.offset,
            ..located.value.0
        })
    }
}

impl From<f64> for Parameter {
    fn from(value: f64) -> Self {
        Parameter::from(Located::from(Formula::number(value)))
    }
}

impl ScenarioFile {
    /// Reads a scenario from a text; `name` is how messages call it. A scenario that extends another
    /// still has to be put on top of it: [`ScenarioFile::on_top_of`].
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
        // Said of one file only: a scenario without households may extend one with them.
        if let (Some(false), Some(share)) = (file.scenario.induced, &file.scenario.household_share)
        {
            let message = said!(
                "without households (induced = false) nobody spends: leave it out",
                "가계를 포함하지 않으면(induced = false) 소비 지출이 없습니다. 이 키를 빼십시오"
            );
            return Err(file.error(0, share.offset, "household_share", message));
        }
        Ok(file)
    }

    /// This scenario as a change of another: its own keys win; parameters, phases and lines of the
    /// same name are changed, others are added.
    pub fn on_top_of(mut self, base: ScenarioFile) -> ScenarioFile {
        let shift = self.sources.len();
        let mut base = base;
        base.move_origins(shift);
        self.sources.append(&mut base.sources);

        macro_rules! inherit {
            ($own:expr, $base:expr, $($field:ident)+) => {
                $(if $own.$field.is_none() { $own.$field = $base.$field; })+
            };
        }
        inherit!(self.scenario, base.scenario, name description stand_in table imports induced
            household_share region fx price_year productivity_growth discount_rate discount_year
            horizon);
        for (name, parameter) in base.parameters {
            self.parameters.entry(name).or_insert(parameter);
        }
        self.deflators.inherit(base.deflators);
        for (name, recipe) in base.recipe {
            let own = self.recipe.remove(&name).unwrap_or_default();
            self.recipe.insert(name, own.on_top_of(recipe));
        }
        let mut phases = base.phase;
        for own in std::mem::take(&mut self.phase) {
            let same = own
                .key()
                .and_then(|name| phases.iter().position(|p| p.is_called(name)));
            match same {
                Some(at) if own.drop.value => {
                    let gone = phases.remove(at);
                    // An industry that lives on the purchases of this phase goes with it.
                    if base
                        .industry
                        .as_ref()
                        .is_some_and(|i| gone.is_called(&i.phase.value))
                    {
                        base.industry = None;
                    }
                }
                Some(at) => {
                    let inherited = phases[at].clone();
                    phases[at] = own.on_top_of(inherited);
                }
                None => phases.push(own),
            }
        }
        self.phase = phases;
        if self.industry.is_none() {
            self.industry = base.industry;
        }
        let own = std::mem::take(&mut self.indicator);
        self.indicator = base.indicator;
        self.indicator
            .retain(|i| own.iter().all(|o| o.name.en != i.name.en));
        self.indicator.extend(own);
        for (own, base) in [(&mut self.policy, base.policy)] {
            if own.is_empty() {
                *own = base;
            }
        }
        if self.cap.is_empty() {
            self.cap = base.cap;
        }
        if self.people.is_empty() {
            self.people = base.people;
        }
        for account in base.account {
            if self.account.iter().all(|a| a.id.value != account.id.value) {
                self.account.push(account);
            }
        }
        // One tax has two readings: the own one goes before either.
        if self.prices.vat.is_none() && self.prices.product_tax.is_none() {
            inherit!(self.prices, base.prices, product_tax vat);
        }
        inherit!(self.prices, base.prices, trade_margin transport_margin);
        self
    }

    /// Opens the table that it names, or the default one.
    ///
    /// # Errors
    /// As [`AnyTable::open`], with file and line.
    pub fn open_table(&self) -> Result<AnyTable> {
        match &self.scenario.table {
            None => AnyTable::open(embedded::DEFAULT),
            Some(table) => {
                AnyTable::open(&table.value).map_err(|e| self.error_at(table, "table", e))
            }
        }
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

    /// The place of an offset in one of the texts.
    pub(crate) fn place(&self, origin: usize, offset: usize) -> Place {
        match self.sources.get(origin) {
            Some(source) => Place::file(&source.name).line(line_at(&source.text, offset)),
            None => Place::file("scenario"),
        }
    }

    /// An error at a place of the file.
    pub(crate) fn error(
        &self,
        origin: usize,
        offset: usize,
        field: &str,
        message: impl Into<Text>,
    ) -> Error {
        Error::at(self.place(origin, offset).field(field), message)
    }

    /// An error at a value of the file.
    pub(crate) fn error_at<T>(
        &self,
        at: &Located<T>,
        field: &str,
        message: impl Into<Text>,
    ) -> Error {
        self.error(at.origin, at.offset, field, message)
    }

    /// The first source and the place in it where a text stands, as a table's header; the beginning of
    /// the first source where it stands nowhere.
    pub(crate) fn place_of(&self, text: &str) -> Located<()> {
        let found = |(origin, source): (usize, &SourceText)| {
            let offset = source.text.find(text)?;
            Some(Located {
                value: (),
                offset,
                origin,
            })
        };
        let mut sources = self.sources.iter().enumerate();
        sources.find_map(found).unwrap_or_default()
    }

    fn move_origins(&mut self, by: usize) {
        let header = &mut self.scenario;
        for input in [
            &mut header.household_share,
            &mut header.fx,
            &mut header.productivity_growth,
            &mut header.discount_rate,
        ] {
            move_input(input, by);
        }
        move_located(&mut header.table, by);
        move_located(&mut header.region, by);
        for parameter in self.parameters.values_mut() {
            parameter.origin += by;
        }
        for recipe in self.recipe.values_mut() {
            recipe.move_origins(by);
        }
        for phase in &mut self.phase {
            phase.drop.origin += by;
            move_located(&mut phase.name, by);
            move_located(&mut phase.start, by);
            move_located(&mut phase.duration, by);
            move_located(&mut phase.profile, by);
            move_located(&mut phase.delay, by);
            move_located(&mut phase.region, by);
            move_input(&mut phase.probability, by);
            for line in &mut phase.spending {
                line.drop.origin += by;
                move_located(&mut line.what, by);
                move_located(&mut line.region, by);
                if let Some(recipe) = &mut line.recipe {
                    recipe.move_origins(by);
                }
                for input in [
                    &mut line.amount,
                    &mut line.domestic_share,
                    &mut line.trade_margin,
                    &mut line.transport_margin,
                    &mut line.product_tax,
                    &mut line.vat,
                ] {
                    move_input(input, by);
                }
            }
        }
        for indicator in &mut self.indicator {
            indicator.value.origin += by;
        }
        for policy in &mut self.policy {
            policy.what.origin += by;
            policy.domestic_share.origin += by;
        }
        for cap in &mut self.cap {
            cap.what.origin += by;
            cap.extra.origin += by;
        }
        for people in &mut self.people {
            people.file.origin += by;
        }
        for account in &mut self.account {
            account.id.origin += by;
            account.file.origin += by;
        }
        for input in [
            &mut self.prices.trade_margin,
            &mut self.prices.transport_margin,
            &mut self.prices.product_tax,
            &mut self.prices.vat,
        ] {
            move_input(input, by);
        }
        if let Some(industry) = &mut self.industry {
            industry.phase.origin += by;
            industry.sales.origin += by;
            industry.buyers.origin += by;
            move_located(&mut industry.replaces, by);
            for input in [
                &mut industry.exports,
                &mut industry.final_demand,
                &mut industry.replaced_share,
                &mut industry.labour_share,
                &mut industry.foreign_ownership,
                &mut industry.staff,
            ] {
                move_input(input, by);
            }
        }
    }
}

pub(super) fn move_input(input: &mut Option<Input>, by: usize) {
    if let Some(input) = input {
        input.origin += by;
    }
}

pub(super) fn move_located<T>(located: &mut Option<Located<T>>, by: usize) {
    if let Some(located) = located {
        located.origin += by;
    }
}

impl PhaseFile {
    fn key(&self) -> Option<&str> {
        self.name.as_ref().map(|n| n.value.en.as_str())
    }

    fn is_called(&self, name: &str) -> bool {
        self.name
            .as_ref()
            .is_some_and(|n| n.value.en == name || n.value.ko == name)
    }

    fn on_top_of(mut self, base: PhaseFile) -> PhaseFile {
        macro_rules! inherit {
            ($($field:ident)+) => { $(if self.$field.is_none() { self.$field = base.$field; })+ };
        }
        inherit!(kind start duration profile delay probability region);
        self.name = base.name;
        let mut lines = base.spending;
        for own in std::mem::take(&mut self.spending) {
            let same = own
                .key()
                .and_then(|name| lines.iter().position(|l| l.is_called(name)));
            match same {
                Some(at) if own.drop.value => {
                    lines.remove(at);
                }
                Some(at) => {
                    let inherited = lines[at].clone();
                    lines[at] = own.on_top_of(inherited);
                }
                None => lines.push(own),
            }
        }
        self.spending = lines;
        self
    }
}

impl SpendingFile {
    pub(crate) fn key(&self) -> Option<&str> {
        self.item
            .as_ref()
            .map(|item| item.en.as_str())
            .or_else(|| self.what.as_ref().map(|what| what.value.as_str()))
    }

    fn is_called(&self, name: &str) -> bool {
        self.key() == Some(name) || self.item.as_ref().is_some_and(|item| item.ko == name)
    }

    fn on_top_of(mut self, base: SpendingFile) -> SpendingFile {
        macro_rules! inherit {
            ($($field:ident)+) => { $(if self.$field.is_none() { self.$field = base.$field; })+ };
        }
        if self.vat.is_none() && self.product_tax.is_none() {
            inherit!(product_tax vat);
        }
        inherit!(item what amount domestic_share price trade_margin transport_margin
            recipe price_year region source certainty note);
        self
    }
}

#[cfg(feature = "cli")]
mod schema {
    //! JSON Schema of what serde reads by hand.
    use super::*;
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    impl<T: JsonSchema> JsonSchema for Located<T> {
        fn schema_name() -> Cow<'static, str> {
            T::schema_name()
        }
        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            T::json_schema(generator)
        }
        fn inline_schema() -> bool {
            T::inline_schema()
        }
    }

    impl JsonSchema for Formula {
        fn schema_name() -> Cow<'static, str> {
            "Formula".into()
        }
        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "description": "a number, an amount (\"1.5조\", \"$3bn\") or a formula of parameters",
                "type": ["number", "string"]
            })
        }
    }

    impl JsonSchema for Parameter {
        fn schema_name() -> Cow<'static, str> {
            "Input".into()
        }
        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let formula = generator.subschema_for::<Formula>();
            let table = generator.subschema_for::<ParameterForm>();
            json_schema!({ "anyOf": [formula, table] })
        }
    }

    macro_rules! as_form {
        ($($type:ty => $form:ty, $name:literal);+ $(;)?) => {$(
            impl JsonSchema for $type {
                fn schema_name() -> Cow<'static, str> {
                    $name.into()
                }
                fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                    <$form>::json_schema(generator)
                }
            }
        )+};
    }
    as_form! {
        YearMonth => crate::scenario::schedule::YearMonthForm, "YearMonth";
        Months => crate::scenario::schedule::MonthsForm, "Duration";
        Profile => crate::scenario::schedule::ProfileForm, "Profile";
    }
}
