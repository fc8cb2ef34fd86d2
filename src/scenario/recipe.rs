//! Recipes: what a product is made with, where the average inputs of its sector are not what is meant.
//!
//! Of each unit paid for the domestic product, `inputs` buy products (at home and abroad),
//! `compensation`, `depreciation` and `taxes` are value added, `capital_income` buys nothing, and what is
//! left is operating surplus: the shares add up to 1. How it propagates: [`crate::model::recipe`].

use super::amount::Quantity;
use super::builder::{Builder, not_made};
use super::file::{Certainty, Input, Located, SpendingFile, move_input, move_located};
use super::formula::Number;
use super::note::Note;
use super::{BoundLine, Figure, Line, Scenario};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::{ByRecipe, Demand};
use crate::table::{AnyTable, PrimaryInputRole, Use, counts_persons};
use serde::de::value::MapAccessDeserializer;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// `[recipe.NAME]`, or the `recipe = { ... }` of a line: what each unit paid for a domestic product buys
/// and pays. Shares are of what is paid; what they leave is operating surplus.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct RecipeFile {
    /// Its name for people; default its key.
    pub name: Option<Text>,
    /// A sector whose column it starts from: inputs, value added, staff.
    pub like: Option<Located<String>>,
    /// Inputs of that column that are not bought; their share is operating surplus.
    pub without: Option<Vec<Located<String>>>,
    /// Products bought, with their shares; an entry takes the place of the column's. Two names that lead
    /// to one sector, as they may on a wider table, add up.
    #[serde(default)]
    pub inputs: BTreeMap<String, Input>,
    /// The domestic part of an input; default the table's, in intermediate use.
    #[serde(default)]
    pub domestic_shares: BTreeMap<String, Input>,
    /// The share paid to employees; default the column's, else 0.
    pub compensation: Option<Input>,
    /// The share that is consumption of fixed capital; default the column's, else 0.
    pub depreciation: Option<Input>,
    /// The share of taxes less subsidies on production; default the column's, else 0.
    pub taxes: Option<Input>,
    /// The share that buys nothing: income of capital; default 0.
    pub capital_income: Option<Input>,
    /// The part of operating surplus and of capital income that belongs to owners abroad; default 0.
    pub foreign_ownership: Option<Input>,
    /// Own staff, persons per billion paid; default compensation at the pay of the sector.
    pub jobs: Option<Input>,
    /// Other accounts at the producer, in their units per billion paid; default 0.
    #[serde(default)]
    pub accounts: BTreeMap<String, Input>,
    /// Where the shares come from.
    pub source: Option<Text>,
    /// How certain they are: A to D, or "assumption".
    pub certainty: Option<Certainty>,
    /// A remark.
    pub note: Option<Text>,
}

/// The recipe of a line: the name of a `[recipe.NAME]`, or one of its own.
#[derive(Debug, Clone)]
pub enum RecipeRef {
    /// By name.
    Named(Located<String>),
    /// Written on the line.
    Own(Box<RecipeFile>),
}

impl<'de> Deserialize<'de> for RecipeRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Either(RecipeRef);
        impl<'de> Deserialize<'de> for Either {
            fn deserialize<D: Deserializer<'de>>(d: D) -> std::result::Result<Self, D::Error> {
                d.deserialize_any(EitherVisitor).map(Either)
            }
        }
        struct EitherVisitor;
        impl<'de> serde::de::Visitor<'de> for EitherVisitor {
            type Value = RecipeRef;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "the name of a recipe, or a table { inputs = { ... }, ... }\u{1f}투입구조의 이름이나 \
                     { inputs = { ... }, ... } 형식으로 쓰십시오",
                )
            }
            fn visit_str<E: serde::de::Error>(self, v: &str) -> std::result::Result<RecipeRef, E> {
                Ok(RecipeRef::Named(Located::from(v.to_owned())))
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                map: A,
            ) -> std::result::Result<RecipeRef, A::Error> {
                let own = RecipeFile::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RecipeRef::Own(Box::new(own)))
            }
        }
        let located = Located::<Either>::deserialize(deserializer)?;
        Ok(match located.value.0 {
            RecipeRef::Named(name) => RecipeRef::Named(Located {
                value: name.value,
                offset: located.offset,
                origin: located.origin,
            }),
            own => own,
        })
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for RecipeRef {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RecipeRef".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let own = generator.subschema_for::<RecipeFile>();
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, own] })
    }
}

impl RecipeRef {
    pub(super) fn move_origins(&mut self, by: usize) {
        match self {
            RecipeRef::Named(name) => name.origin += by,
            RecipeRef::Own(file) => file.move_origins(by),
        }
    }
}

impl RecipeFile {
    pub(super) fn move_origins(&mut self, by: usize) {
        move_located(&mut self.like, by);
        for without in self.without.iter_mut().flatten() {
            without.origin += by;
        }
        let maps = [
            &mut self.inputs,
            &mut self.domestic_shares,
            &mut self.accounts,
        ];
        for input in maps.into_iter().flat_map(BTreeMap::values_mut) {
            input.origin += by;
        }
        for input in [
            &mut self.compensation,
            &mut self.depreciation,
            &mut self.taxes,
            &mut self.capital_income,
            &mut self.foreign_ownership,
            &mut self.jobs,
        ] {
            move_input(input, by);
        }
    }

    /// This recipe as a change of another of the same name: its own keys win.
    pub(super) fn on_top_of(mut self, base: RecipeFile) -> RecipeFile {
        macro_rules! inherit {
            ($($field:ident)+) => { $(if self.$field.is_none() { self.$field = base.$field; })+ };
        }
        inherit!(name like without compensation depreciation taxes capital_income foreign_ownership
            jobs source certainty note);
        for (own, base) in [
            (&mut self.inputs, base.inputs),
            (&mut self.domestic_shares, base.domestic_shares),
            (&mut self.accounts, base.accounts),
        ] {
            if own.is_empty() {
                *own = base;
            }
        }
        self
    }
}

/// A recipe checked against a table.
#[derive(Debug, Clone)]
pub(crate) struct BoundRecipe {
    pub(crate) name: Text,
    like: Option<usize>,
    inputs: Vec<BoundInput>,
    /// Value added but for operating surplus, which is the rest.
    parts: [(PrimaryInputRole, Share); 3],
    /// Operating surplus of the column it starts from, where that is a loss.
    loss: f64,
    capital_income: Option<usize>,
    foreign_ownership: Option<usize>,
    jobs: Option<usize>,
    accounts: Vec<(String, usize)>,
    source: Option<Text>,
    certainty: Option<Certainty>,
    note: Option<Text>,
    /// One of its figures: where it is said that they do not add up.
    place: usize,
}

/// A share: of the table, or a figure of the scenario.
#[derive(Debug, Clone, Copy)]
enum Share {
    Table(f64),
    Figure(usize),
}

#[derive(Debug, Clone, Copy)]
struct BoundInput {
    product: usize,
    /// Whether the product is made at home at all: if not, all of it is imported.
    made: bool,
    bought: Bought,
}

/// How much of an input is bought, per unit paid.
#[derive(Debug, Clone, Copy)]
enum Bought {
    /// As in a column of the table.
    Column { domestic: f64, imported: f64 },
    /// The scenario's share, and the domestic part of it.
    Stated { share: usize, domestic: Share },
}

/// The recipe of a line, with what it says of persons.
#[derive(Debug, Clone)]
pub(crate) struct BoundUse {
    pub(crate) recipe: usize,
    persons: Vec<(String, Persons)>,
}

/// Persons of an account, per unit of what.
#[derive(Debug, Clone, Copy)]
enum Persons {
    /// Of compensation.
    Pay(f64),
    /// Paid for the product.
    Output(f64),
    /// Of the jobs that the scenario states.
    Job(f64),
}

/// What a line's domestic product is made with; money in the table's unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Recipe {
    /// What it is called.
    pub name: Text,
    /// Products bought.
    pub inputs: Vec<RecipeInput>,
    /// Value added by its parts.
    pub parts: Vec<(PrimaryInputRole, f64)>,
    /// Income of capital: paid, but for no product.
    pub capital_income: f64,
    /// Of operating surplus and capital income: what belongs to owners abroad.
    pub income_abroad: f64,
    /// Accounts at the producer by their id, jobs among them.
    pub accounts: Vec<(String, f64)>,
    /// Where the shares come from.
    pub source: Option<Text>,
    /// How certain they are.
    pub certainty: Option<Certainty>,
    /// A remark.
    pub note: Option<Text>,
}

/// A product that a recipe buys; money in the table's unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct RecipeInput {
    /// The position of its sector.
    pub product: usize,
    /// Bought at home.
    pub domestic: f64,
    /// Imported.
    pub imported: f64,
    /// What the domestic share would be without the policy that raised it.
    #[serde(default)]
    pub share_without_policy: Option<f64>,
}

impl RecipeInput {
    /// The part that is bought at home.
    pub fn domestic_share(&self) -> f64 {
        self.domestic / (self.domestic + self.imported)
    }
}

/// A recipe worked out for an amount: see [`Recipe`].
pub(crate) struct RecipeSplit<'a, V> {
    /// What is made, without capital income.
    pub(crate) output: V,
    pub(crate) inputs: Vec<InputSplit<V>>,
    pub(crate) parts: [(PrimaryInputRole, V); 4],
    pub(crate) capital_income: V,
    income_abroad: V,
    pub(crate) accounts: Vec<(&'a str, V)>,
}

/// A product that a recipe buys: see [`RecipeInput`].
pub(crate) struct InputSplit<V> {
    pub(crate) product: usize,
    pub(crate) domestic: V,
    pub(crate) imported: V,
    /// How much more of it is bought at home than without policies.
    raised: V,
}

impl Builder<'_> {
    /// Binds the recipes of the file; says where each stands.
    pub(super) fn named_recipes(&mut self) -> Result<BTreeMap<String, usize>> {
        let mut named = BTreeMap::new();
        for (key, recipe) in self.file.recipe.clone() {
            let name = recipe.name.clone().unwrap_or_else(|| Text::same(&key));
            let at = self.file.place_of(&format!("[recipe.{key}]"));
            self.check_name(&name, &at, &format!("recipe.{key}"))?;
            let bound = self.recipe(&format!("recipe/{key}"), &name, &at, &recipe)?;
            named.insert(key, self.recipes.len());
            self.recipes.push(bound);
        }
        Ok(named)
    }

    /// The recipe of a line, where it has one.
    pub(super) fn recipe_of(
        &mut self,
        line: &SpendingFile,
        sector: usize,
        item: &Text,
        key: &str,
        named: &BTreeMap<String, usize>,
    ) -> Result<Option<BoundUse>> {
        let at = match &line.recipe {
            None => return Ok(None),
            Some(RecipeRef::Named(name)) => *named.get(&name.value).ok_or_else(|| {
                let name_asked = &name.value;
                let there: Vec<&str> = named.keys().map(String::as_str).collect();
                let there = there.join(", ");
                let message = if there.is_empty() {
                    said!(
                        "there is no recipe '{name_asked}'; the scenario has no [recipe.NAME]",
                        "투입구조 '{name_asked}'이(가) 없습니다. 시나리오에 [recipe.이름]이 없습니다"
                    )
                } else {
                    said!(
                        "there is no recipe '{name_asked}'; there are {there}",
                        "투입구조 '{name_asked}'이(가) 없습니다. 있는 투입구조: {there}"
                    )
                };
                self.file.error_at(name, "recipe", message)
            })?,
            Some(RecipeRef::Own(recipe)) => {
                let name = recipe.name.clone().unwrap_or_else(|| item.clone());
                let at = line
                    .what
                    .as_ref()
                    .map_or(Located::default(), |what| Located {
                        value: (),
                        offset: what.offset,
                        origin: what.origin,
                    });
                let bound = self.recipe(key, &name, &at, recipe)?;
                self.recipes.push(bound);
                self.recipes.len() - 1
            }
        };
        Ok(Some(self.use_recipe(at, &self.recipes[at], sector)))
    }

    /// The satellite accounts of the table and of the file, by their ids.
    fn account_ids(&self) -> Vec<String> {
        let of_table = self.table.meta().accounts.iter().map(|a| a.id.clone());
        let of_file = self.file.account.iter().map(|a| a.id.value.clone());
        of_table.chain(of_file).collect()
    }

    /// A product that is the key of a share.
    fn product(&self, what: &str, input: &Input, field: &str) -> Result<usize> {
        self.table
            .sectors()
            .find(what)
            .map_err(|e| self.input_error(input, field, e))
    }

    /// Binds a recipe; `key` is its place among the figures: "recipe/solar".
    pub(super) fn recipe(
        &mut self,
        key: &str,
        name: &Text,
        at: &Located<()>,
        file: &RecipeFile,
    ) -> Result<BoundRecipe> {
        let table = self.table;
        let coefficients = table.coefficients();
        let figure = |field: &str| format!("{key}/{field}");
        let label = |en: &str, ko: &str| {
            Text::new(format!("{}: {en}", name.en), format!("{}: {ko}", name.ko))
        };
        let mut inputs: Vec<BoundInput> = Vec::new();
        let mut place = None;
        let like = match &file.like {
            None => None,
            Some(like) => {
                let sector = self.sector_at(like, "like")?;
                if coefficients.domestic().column(sector).sum() == 0.0
                    && coefficients.value_added()[sector] == 0.0
                {
                    let (sector, id) = (table.sectors().get(sector), &table.meta().id);
                    let message = said!(
                        "sector {sector} has no output in table {id}, and so no column to start from",
                        "{sector} 부문은 산업연관표 {id}에 산출이 없어 기준으로 삼을 투입구조가 없습니다"
                    );
                    return Err(self.file.error_at(like, "like", message));
                }
                let columns = coefficients
                    .domestic()
                    .column(sector)
                    .into_iter()
                    .zip(coefficients.imported().column(sector))
                    .enumerate();
                for (product, (&domestic, &imported)) in columns {
                    if domestic != 0.0 || imported != 0.0 {
                        let bought = Bought::Column { domestic, imported };
                        inputs.push(BoundInput {
                            product,
                            made: self.made[product],
                            bought,
                        });
                    }
                }
                Some(sector)
            }
        };
        let mut gone: Vec<(usize, &str)> = Vec::new();
        for what in file.without.iter().flatten() {
            if like.is_none() {
                let message = said!(
                    "without takes inputs out of a sector's column: which one is not said (like = \"...\")",
                    "without는 부문 투입구조에서 투입을 제외하는 것입니다. 기준 부문을 지정하십시오(like = \"...\")"
                );
                return Err(self.file.error_at(what, "without", message));
            }
            let product = self.sector_at(what, "without")?;
            // Two names may lead to one sector of a wider table.
            let again = |(at, name): &(usize, &str)| *at == product && *name != what.value;
            if gone.iter().any(again) {
                continue;
            }
            gone.push((product, &what.value));
            let before = inputs.len();
            inputs.retain(|input| input.product != product);
            if inputs.len() == before {
                let product = table.sectors().get(product);
                let message = said!(
                    "the column buys no {product}: leave it out",
                    "기준 투입구조에 {product} 투입이 없습니다. 이 항목을 지우십시오"
                );
                return Err(self.file.error_at(what, "without", message));
            }
        }
        let mut shares: Vec<(usize, usize, bool)> = Vec::new();
        for (what, input) in &file.domestic_shares {
            let product = self.product(what, input, "domestic_shares")?;
            let field = figure(&format!("domestic_shares/{what}"));
            if !self.made[product] {
                self.notes.push(not_made(self.table, product));
            }
            let at = self.add(&field, label(what, what), input)?;
            shares.push((product, at, false));
        }
        let mut stated: Vec<usize> = Vec::new();
        for (what, input) in &file.inputs {
            let product = self.product(what, input, "inputs")?;
            if !stated.contains(&product) {
                inputs.retain(|input| input.product != product);
                stated.push(product);
            }
            let own = shares.iter_mut().find(|(of, ..)| *of == product);
            let own = own.map(|(_, at, used)| {
                *used = true;
                *at
            });
            let domestic = match (own, table) {
                (Some(at), _) => Share::Figure(at),
                (None, AnyTable::Flows(flows)) => {
                    Share::Table(flows.domestic_share(product, Use::Intermediate).value)
                }
                (None, AnyTable::Coefficients(_)) => {
                    let id = &table.meta().id;
                    let message = said!(
                        "table {id} holds no flows and so no import shares: add domestic_shares = \
                         {{ \"{what}\" = ... }}",
                        "산업연관표 {id}에는 거래표가 없어 수입 비율을 알 수 없습니다. domestic_shares = \
                         {{ \"{what}\" = ... }}를 지정하십시오"
                    );
                    return Err(self.input_error(input, &figure("inputs"), message));
                }
            };
            let name = &table.sectors().get(product).name;
            let label = label(&name.en, &name.ko);
            let share = self.add(&figure(&format!("inputs/{what}")), label, input)?;
            place = Some(share);
            let bought = Bought::Stated { share, domestic };
            let made = self.made[product];
            inputs.push(BoundInput {
                product,
                made,
                bought,
            });
        }
        for (product, at, _) in shares.into_iter().filter(|(.., used)| !used) {
            // The domestic part of an input of the column.
            let Some(input) = inputs.iter_mut().find(|i| i.product == product) else {
                let product = table.sectors().get(product);
                let message = said!(
                    "{product} is not among the inputs, so that its domestic share changes nothing",
                    "{product}은(는) 투입 품목이 아니므로 국산 비율의 효과가 없습니다"
                );
                let Figure {
                    key,
                    origin,
                    offset,
                    ..
                } = &self.figures[at];
                return Err(self.file.error(*origin, *offset, key, message));
            };
            if let Bought::Column { domestic, imported } = input.bought {
                let share = self.add(
                    &figure(&format!("inputs/{}", table.sectors().get(product).code)),
                    label("share", "비율"),
                    &Input::from(domestic + imported),
                )?;
                input.bought = Bought::Stated {
                    share,
                    domestic: Share::Figure(at),
                };
            }
        }
        inputs.sort_by_key(|input| input.product);
        let of_column = |role: PrimaryInputRole| -> f64 {
            let parts = coefficients.primary_inputs().iter();
            like.map_or(0.0, |sector| {
                parts
                    .filter(|(r, _)| *r == role)
                    .map(|(_, v)| v[sector])
                    .sum()
            })
        };
        let mut part =
            |this: &mut Self, role, field: &str, ko: &str, input: &Option<Input>| -> Result<_> {
                let share = match input {
                    None => Share::Table(of_column(role)),
                    Some(input) => {
                        let at = this.add(&figure(field), label(field, ko), input)?;
                        place = Some(at);
                        Share::Figure(at)
                    }
                };
                Ok((role, share))
            };
        use PrimaryInputRole::{
            Compensation, ConsumptionOfFixedCapital, NetProductionTaxes, OperatingSurplus,
        };
        let parts = [
            part(
                self,
                Compensation,
                "compensation",
                "피용자보수",
                &file.compensation,
            )?,
            part(
                self,
                ConsumptionOfFixedCapital,
                "depreciation",
                "고정자본소모",
                &file.depreciation,
            )?,
            part(self, NetProductionTaxes, "taxes", "순생산세", &file.taxes)?,
        ];
        let capital_income = self.add_optional(
            &figure("capital_income"),
            label("capital income", "자본소득"),
            &file.capital_income,
        )?;
        let foreign_ownership = self.add_optional(
            &figure("foreign_ownership"),
            label("foreign ownership", "외국인 지분"),
            &file.foreign_ownership,
        )?;
        let jobs = self.add_optional(
            &figure("jobs"),
            label("own staff per billion", "10억 원당 직접 고용"),
            &file.jobs,
        )?;
        let mut accounts = Vec::new();
        for (id, input) in &file.accounts {
            if counts_persons(id) {
                let message = said!(
                    "persons are not among the accounts of a recipe: write jobs = ...",
                    "취업자는 accounts가 아니라 jobs = ...로 지정하십시오"
                );
                return Err(self.input_error(input, &figure("accounts"), message));
            }
            let at = self.add(&figure(&format!("accounts/{id}")), label(id, id), input)?;
            accounts.push((id.clone(), at));
        }
        if like.is_none() && place.or(capital_income).is_none() {
            let message = said!(
                "the recipe says neither what is bought (inputs, like) nor what is paid (compensation, \
                 capital_income)",
                "투입구조에 투입(inputs, like)도 지급(compensation, capital_income)도 지정되지 않았습니다"
            );
            return Err(self.file.error_at(at, key, message));
        }
        Ok(BoundRecipe {
            name: name.clone(),
            like,
            inputs,
            parts,
            loss: of_column(OperatingSurplus).min(0.0),
            capital_income,
            foreign_ownership,
            jobs,
            accounts,
            source: file.source.clone(),
            certainty: file.certainty,
            note: file.note.clone(),
            place: place.or(capital_income).unwrap_or(usize::MAX),
        })
    }

    /// The recipe of a line of a sector: whose pay its staff has.
    pub(super) fn use_recipe(&self, at: usize, recipe: &BoundRecipe, sector: usize) -> BoundUse {
        let coefficients = self.table.coefficients();
        let sector = recipe.like.unwrap_or(sector);
        let pay = coefficients
            .primary_inputs()
            .iter()
            .filter(|(role, _)| *role == PrimaryInputRole::Compensation)
            .map(|(_, v)| v[sector])
            .sum::<f64>();
        let jobs = coefficients.account("jobs").map_or(0.0, |e| e[sector]);
        let persons = coefficients
            .accounts()
            .iter()
            .filter(|(account, _)| counts_persons(&account.id))
            .map(|(account, e)| {
                let persons = if recipe.jobs.is_some() {
                    Persons::Job(if jobs > 0.0 { e[sector] / jobs } else { 1.0 })
                } else if pay > 0.0 {
                    Persons::Pay(e[sector] / pay)
                } else {
                    Persons::Output(recipe.like.map_or(0.0, |_| e[sector]))
                };
                (account.id.clone(), persons)
            })
            .collect();
        BoundUse {
            recipe: at,
            persons,
        }
    }

    /// Says which lines are made by a recipe, and what is not known of their producers.
    pub(super) fn recipe_notes(&mut self, recipes: &[BoundRecipe], lines: &[&BoundLine]) {
        let accounts: Vec<String> = self
            .account_ids()
            .into_iter()
            .filter(|id| !counts_persons(id))
            .collect();
        for (at, recipe) in recipes.iter().enumerate() {
            let made = lines
                .iter()
                .filter(|l| l.recipe.as_ref().is_some_and(|r| r.recipe == at));
            let items: Vec<&Text> = made.map(|l| &l.item).collect();
            let list = |lang: fn(&Text) -> &str| {
                let items: Vec<&str> = items.iter().map(|i| lang(i)).collect();
                items.join(", ")
            };
            let (en, ko) = (list(|t| &t.en), list(|t| &t.ko));
            if items.is_empty() {
                self.notes.push(
                    Note::warning(
                        "recipe_changes_nothing",
                        format!(
                            "The recipe \"{}\" changes nothing: no line is made by it.",
                            recipe.name.en
                        ),
                        format!(
                            "투입구조 ‘{}’의 효과 없음: 이를 쓰는 항목이 없음.",
                            recipe.name.ko
                        ),
                    )
                    .with("recipe", recipe.name.en.as_str()),
                );
                continue;
            }
            self.notes.push(Note::assumption(
                "made_by_recipe",
                format!(
                    "{en}: made by the recipe \"{}\", not with the average inputs of its sector.",
                    recipe.name.en
                ),
                format!(
                    "{ko}: 부문 평균 투입계수 대신 별도 투입구조 ‘{}’을(를) 적용함.",
                    recipe.name.ko
                ),
            )
                .with("recipe", recipe.name.en.as_str())
                .with("lines", items.len()));
            let zero: Vec<&str> = accounts
                .iter()
                .filter(|id| recipe.accounts.iter().all(|(given, _)| given != *id))
                .map(String::as_str)
                .collect();
            if !zero.is_empty() {
                let zero = zero.join(", ");
                self.notes.push(Note::assumption(
                    "recipe_accounts_zero",
                    format!(
                        "\"{}\" says nothing of {zero} at the producer itself: taken to be zero there, and \
                         counted at its suppliers.",
                        recipe.name.en
                    ),
                    format!(
                        "투입구조 ‘{}’에 {zero} 값이 없어 생산자 자신의 직접 발생분은 0으로 보고 공급자분만 \
                         계산함.",
                        recipe.name.ko
                    ),
                )
                    .with("recipe", recipe.name.en.as_str()));
            }
        }
    }
}

impl Scenario {
    /// What the domestic part of a line pays for, where a recipe says so: `paid` in the table's unit, for
    /// one value of each figure or for many draws at once.
    ///
    /// # Errors
    /// Shares outside `[0, 1]`, or that add up to more than 1, with their place.
    pub(super) fn recipe_split<'a, V: Number>(
        &'a self,
        used: &'a BoundUse,
        paid: V,
        values: &[Quantity<V>],
    ) -> Result<RecipeSplit<'a, V>> {
        let recipe = &self.recipes[used.recipe];
        let (none, one) = (V::constant(0.0), V::constant(1.0));
        let share = |share: Share| match share {
            Share::Table(share) => Ok(V::constant(share)),
            Share::Figure(at) => self.share(at, values),
        };
        let optional = |at: Option<usize>| at.map_or(Ok(none), |at| self.share::<V>(at, values));
        let policies = self
            .policies
            .iter()
            .map(|(product, at)| Ok((*product, self.share(*at, values)?)))
            .collect::<Result<Vec<(usize, V)>>>()?;
        let capital_income = optional(recipe.capital_income)?;
        let mut rest = one - capital_income;
        let mut inputs = Vec::with_capacity(recipe.inputs.len());
        for input in &recipe.inputs {
            let (all, without_policy) = match input.bought {
                Bought::Column { domestic, imported } => {
                    (V::constant(domestic + imported), V::constant(domestic))
                }
                Bought::Stated {
                    share: of,
                    domestic,
                } => {
                    let all = self.share(of, values)?;
                    (all, all * share(domestic)?)
                }
            };
            let without_policy = if input.made { without_policy } else { none };
            let mut domestic = without_policy;
            let of_input = policies.iter().filter(|(p, _)| *p == input.product);
            for (_, least) in of_input.filter(|_| input.made) {
                domestic = domestic.max(all * *least);
            }
            rest = rest - all;
            inputs.push(InputSplit {
                product: input.product,
                domestic: domestic * paid,
                imported: (all - domestic) * paid,
                raised: (domestic - without_policy) * paid,
            });
        }
        let mut parts = [(PrimaryInputRole::OperatingSurplus, none); 4];
        for (into, (role, of)) in parts[1..].iter_mut().zip(&recipe.parts) {
            let of = share(*of)?;
            *into = (*role, of * paid);
            rest = rest - of;
        }
        let floor = recipe.loss - 1e-9;
        if let Some(short) = rest.find(|rest| rest < floor) {
            let (name, sum) = (&recipe.name, 1.0 - short);
            let message = Text::new(
                format!(
                    "inputs, compensation, depreciation, taxes and capital income of \"{}\" come to {sum:.4} \
                     of what is paid; more than 1 cannot be",
                    name.en
                ),
                format!(
                    "‘{}’의 투입·피용자보수·고정자본소모·세금·자본소득의 합이 지급액의 {sum:.4}배입니다. 1을 넘을 \
                     수 없습니다",
                    name.ko
                ),
            );
            return Err(match recipe.place {
                usize::MAX => Error::invalid(message),
                place => self.figure_error(place, message),
            });
        }
        let surplus = rest * paid;
        parts[0].1 = surplus;
        let pay = parts[1].1;
        // Stated per billion; amounts are in the table's unit.
        let per_billion = |at: usize| -> Result<V> {
            let Quantity { value, money } = values[at];
            let slip = value.find(|v| !(v >= 0.0 && v.is_finite()));
            match (money, slip) {
                (0, None) => Ok(value * paid * V::constant(self.unit / 1e9)),
                (0, Some(v)) => Err(self.figure_error(
                    at,
                    said!(
                        "it is {v}; it cannot be below zero",
                        "값이 {v}입니다. 0 이상이어야 합니다"
                    ),
                )),
                _ => Err(self.figure_error(
                    at,
                    said!(
                        "it must be a number per billion, not money",
                        "금액이 아니라 10억당 수치여야 합니다"
                    ),
                )),
            }
        };
        let mut accounts = Vec::with_capacity(used.persons.len() + recipe.accounts.len());
        for (id, persons) in &used.persons {
            let persons = match (*persons, recipe.jobs) {
                (Persons::Job(ratio), Some(jobs)) => per_billion(jobs)? * V::constant(ratio),
                (Persons::Job(_), None) => none,
                (Persons::Pay(per_pay), _) => pay * V::constant(per_pay),
                (Persons::Output(per_output), _) => paid * V::constant(per_output),
            };
            accounts.push((id.as_str(), persons));
        }
        for (id, at) in &recipe.accounts {
            accounts.push((id.as_str(), per_billion(*at)?));
        }
        let capital_income = capital_income * paid;
        Ok(RecipeSplit {
            output: paid - capital_income,
            inputs,
            parts,
            capital_income,
            income_abroad: (surplus.max(none) + capital_income)
                * optional(recipe.foreign_ownership)?,
            accounts,
        })
    }

    /// The figures of recipes that must be shares.
    pub(crate) fn recipe_shares(&self) -> impl Iterator<Item = usize> {
        self.recipes.iter().flat_map(|recipe| {
            let figure = |share: Share| match share {
                Share::Table(_) => None,
                Share::Figure(at) => Some(at),
            };
            let inputs = recipe
                .inputs
                .iter()
                .flat_map(move |input| match input.bought {
                    Bought::Column { .. } => [None, None],
                    Bought::Stated { share, domestic } => [Some(share), figure(domestic)],
                });
            let parts = recipe.parts.iter().map(move |(_, share)| figure(*share));
            inputs
                .chain(parts)
                .chain([recipe.capital_income, recipe.foreign_ownership])
                .flatten()
        })
    }

    pub(super) fn made_by(&self, used: &BoundUse, split: RecipeSplit<f64>) -> Recipe {
        let recipe = &self.recipes[used.recipe];
        Recipe {
            name: recipe.name.clone(),
            inputs: split
                .inputs
                .into_iter()
                .map(|input| {
                    let all = input.domestic + input.imported;
                    RecipeInput {
                        product: input.product,
                        domestic: input.domestic,
                        imported: input.imported,
                        share_without_policy: (input.raised != 0.0)
                            .then(|| (input.domestic - input.raised) / all),
                    }
                })
                .collect(),
            parts: split.parts.to_vec(),
            capital_income: split.capital_income,
            income_abroad: split.income_abroad,
            accounts: split
                .accounts
                .into_iter()
                .map(|(id, amount)| (id.to_owned(), amount))
                .collect(),
            source: recipe.source.clone(),
            certainty: recipe.certainty,
            note: recipe.note.clone(),
        }
    }
}

impl Recipe {
    /// All of it times a factor.
    pub(super) fn scale(&mut self, factor: f64) {
        for input in &mut self.inputs {
            input.domestic *= factor;
            input.imported *= factor;
        }
        let parts = self.parts.iter_mut().map(|(_, amount)| amount);
        let accounts = self.accounts.iter_mut().map(|(_, amount)| amount);
        for amount in parts.chain(accounts) {
            *amount *= factor;
        }
        self.capital_income *= factor;
        self.income_abroad *= factor;
    }

    /// What a recipe makes of a product of `n`, to the amount of `output`.
    fn made(&self, sector: usize, output: f64, n: usize) -> ByRecipe {
        let (mut inputs, mut imports) = (vec![0.0; n], vec![0.0; n]);
        for input in &self.inputs {
            inputs[input.product] += input.domestic;
            imports[input.product] += input.imported;
        }
        ByRecipe {
            sector,
            output,
            inputs,
            imports,
            parts: self.parts.clone(),
            accounts: self.accounts.clone(),
            capital_income: self.capital_income,
            income_abroad: self.income_abroad,
        }
    }
}

impl Line {
    /// Paid with the product but for no product: see [`Recipe::capital_income`].
    pub fn capital_income(&self) -> f64 {
        self.recipe.as_ref().map_or(0.0, |r| r.capital_income)
    }

    /// Adds what the line asks of domestic producers.
    pub(super) fn add_to(&self, demand: &mut Demand) {
        match &self.recipe {
            None => demand.average[self.sector] += self.domestic,
            Some(recipe) => {
                let n = demand.average.len();
                demand.add_by_recipe(recipe.made(self.sector, self.domestic, n));
            }
        }
        for (sector, margin) in self.trade.iter().chain(&self.transport) {
            demand.average[*sector] += margin;
        }
    }

    /// Takes domestic shares back to what they are without policies; says whether any was raised.
    pub(super) fn drop_policy(&mut self) -> bool {
        let mut raised = false;
        if let Some(recipe) = &mut self.recipe {
            for input in &mut recipe.inputs {
                if let Some(share) = input.share_without_policy.take() {
                    let all = input.domestic + input.imported;
                    input.domestic = all * share;
                    input.imported = all - input.domestic;
                    raised = true;
                }
            }
        }
        if let Some(share) = self.share_without_policy.take() {
            let product = self.domestic + self.imported + self.capital_income();
            if let Some(recipe) = &mut self.recipe {
                // A share that was raised is above 0.
                recipe.scale(share / self.domestic_share);
            }
            self.domestic = product * share - self.capital_income();
            self.imported = product * (1.0 - share);
            self.domestic_share = share;
            raised = true;
        }
        raised
    }
}
