//! Recipes: what a product is made with, where the average inputs of its sector are not what is meant.
//!
//! Of each unit paid for the domestic product, `inputs` buy products (at home and abroad),
//! `compensation`, `depreciation` and `taxes` are value added, `capital_income` buys nothing, and what is
//! left is operating surplus: the shares add up to 1. How it propagates: [`crate::model::recipe`].

use super::amount::Quantity;
use super::file::Certainty;
use super::formula::Number;
use super::own_shares::OwnShares;
use super::{Line, Scenario};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::{ByRecipe, Demand};
use crate::table::{DomesticShare, PrimaryInputRole};
use serde::{Deserialize, Serialize};

/// A recipe checked against a table.
#[derive(Debug, Clone)]
pub(crate) struct BoundRecipe {
    pub(crate) name: Text,
    pub(super) like: Option<usize>,
    pub(super) inputs: Vec<BoundInput>,
    /// Value added but for operating surplus, which is the rest.
    pub(super) parts: [(PrimaryInputRole, Share); 3],
    /// Operating surplus of the column it starts from, where that is a loss.
    pub(super) loss: f64,
    pub(super) capital_income: Option<usize>,
    pub(super) foreign_ownership: Option<usize>,
    pub(super) jobs: Option<usize>,
    pub(super) accounts: Vec<(String, usize)>,
    pub(super) source: Option<Text>,
    pub(super) certainty: Option<Certainty>,
    pub(super) note: Option<Text>,
    /// One of its figures: where it is said that they do not add up.
    pub(super) place: usize,
}

/// A share: of the table, or a figure of the scenario.
#[derive(Debug, Clone, Copy)]
pub(super) enum Share {
    Table(f64),
    Figure(usize),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct BoundInput {
    pub(super) product: usize,
    /// Whether the product is made at home at all: if not, all of it is imported.
    pub(super) made: bool,
    pub(super) bought: Bought,
}

/// How much of an input is bought, per unit paid.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bought {
    /// As in a column of the table.
    Column {
        user: usize,
        domestic: f64,
        imported: f64,
    },
    /// The scenario's share, and the domestic part of it.
    Stated { share: usize, domestic: InputShare },
}

/// The domestic share of a stated input: the table's own of the product, or a figure of the scenario.
#[derive(Debug, Clone, Copy)]
pub(super) enum InputShare {
    Own(DomesticShare),
    Figure(usize),
}

/// The recipe of a line, with what it says of persons.
#[derive(Debug, Clone)]
pub(crate) struct BoundUse {
    pub(crate) recipe: usize,
    pub(super) persons: Vec<(String, Persons)>,
}

/// Persons of an account, per unit of what.
#[derive(Debug, Clone, Copy)]
pub(super) enum Persons {
    /// Of compensation.
    Pay(f64),
    /// Paid for the product.
    Output(f64),
    /// Of the jobs that the scenario states.
    Job(f64),
}

/// What a line's domestic product is made with; money in the table's unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
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
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
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
        own: &OwnShares<V>,
    ) -> Result<RecipeSplit<'a, V>> {
        let recipe = &self.recipes[used.recipe];
        let (none, one) = (V::constant(0.0), V::constant(1.0));
        let share = |share: Share| match share {
            Share::Table(share) => Ok(V::constant(share)),
            Share::Figure(at) => self.share(at, values),
        };
        let at_home = |product: usize, share: InputShare| match share {
            InputShare::Own(share) => Ok(own.of(product, share)),
            InputShare::Figure(at) => self.share(at, values),
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
                Bought::Column {
                    user,
                    domestic,
                    imported,
                } => (
                    V::constant(domestic + imported),
                    own.domestic_input(input.product, user, domestic),
                ),
                Bought::Stated {
                    share: of,
                    domestic,
                } => {
                    let all = self.share(of, values)?;
                    (all, all * at_home(input.product, domestic)?)
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
            let (en, ko) = (&name.en, &name.ko);
            let message = said!(
                "inputs, compensation, depreciation, taxes and capital income of \"{en}\" come to {sum:.4} of \
                 what is paid; more than 1 cannot be",
                "‘{ko}’의 투입·피용자보수·고정자본소모·세금·자본소득의 합이 지급액의 {sum:.4}배입니다. 1을 넘을 수 \
                 없습니다"
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
    #[cfg(feature = "ensembles")]
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
                    Bought::Stated {
                        share,
                        domestic: InputShare::Figure(at),
                    } => [Some(share), Some(at)],
                    Bought::Stated { share, .. } => [Some(share), None],
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
    pub(crate) fn add_to(&self, demand: &mut Demand) {
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
