//! Recipes: shares of what is paid, of the table or of the scenario.

use super::Builder;
use super::lines::not_made;
use crate::error::Result;
use crate::lang::{Text, said};
use crate::scenario::file::{Input, Located, RecipeFile, RecipeRef, SpendingFile};
use crate::scenario::note::Note;
use crate::scenario::recipe::{
    Bought, BoundInput, BoundRecipe, BoundUse, InputShare, Persons, Share,
};
use crate::scenario::{BoundLine, Entry, Figure, Label};
use crate::table::{AnyTable, PrimaryInputRole, Use, counts_persons};
use std::collections::BTreeMap;

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
    fn recipe(
        &mut self,
        key: &str,
        name: &Text,
        at: &Located<()>,
        file: &RecipeFile,
    ) -> Result<BoundRecipe> {
        let table = self.table;
        let coefficients = table.coefficients();
        let figure = |field: &str| format!("{key}/{field}");
        let label = |entry| Label::of(name, entry);
        let mut inputs: Vec<BoundInput> = Vec::new();
        let mut place = None;
        let like = match &file.like {
            None => None,
            Some(like) => {
                let sector = self.sector_at(like, "like")?;
                let what = said!("a recipe like a sector", "부문을 본뜬 투입구조(like)");
                coefficients
                    .need_products_of_imports(what)
                    .map_err(|e| self.file.error_at(like, "like", e.text()))?;
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
                let bought = [coefficients.domestic(), coefficients.imported()];
                let [domestic, imported] = bought.map(|block| block.column(sector));
                let columns = domestic.iter().zip(imported.iter()).enumerate();
                for (product, (&domestic, &imported)) in columns {
                    if domestic != 0.0 || imported != 0.0 {
                        let bought = Bought::Column {
                            user: sector,
                            domestic,
                            imported,
                        };
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
            let at = self.add(&field, label(Entry::Named(Text::same(what))), input)?;
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
                (Some(at), _) => InputShare::Figure(at),
                (None, AnyTable::Flows(flows)) => {
                    InputShare::Own(flows.domestic_share(product, Use::Intermediate))
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
            let label = label(Entry::Named(table.sectors().get(product).name.clone()));
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
            if let Bought::Column {
                domestic, imported, ..
            } = input.bought
            {
                let share = self.add(
                    &figure(&format!("inputs/{}", table.sectors().get(product).code)),
                    label(Entry::Share),
                    &Input::from(domestic + imported),
                )?;
                input.bought = Bought::Stated {
                    share,
                    domestic: InputShare::Figure(at),
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
        let mut part = |this: &mut Self, role, entry: Entry, input: &Option<Input>| -> Result<_> {
            let share = match input {
                None => Share::Table(of_column(role)),
                Some(input) => {
                    let at = this.add(&figure(entry.key()), label(entry.clone()), input)?;
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
            part(self, Compensation, Entry::Compensation, &file.compensation)?,
            part(
                self,
                ConsumptionOfFixedCapital,
                Entry::Depreciation,
                &file.depreciation,
            )?,
            part(self, NetProductionTaxes, Entry::Taxes, &file.taxes)?,
        ];
        let capital_income = self.add_optional(
            &figure("capital_income"),
            label(Entry::CapitalIncome),
            &file.capital_income,
        )?;
        let foreign_ownership = self.add_optional(
            &figure("foreign_ownership"),
            label(Entry::ForeignOwnership),
            &file.foreign_ownership,
        )?;
        let jobs = self.add_optional(&figure("jobs"), label(Entry::Jobs), &file.jobs)?;
        let mut accounts = Vec::new();
        for (id, input) in &file.accounts {
            if counts_persons(id) {
                let message = said!(
                    "persons are not among the accounts of a recipe: write jobs = ...",
                    "취업자는 accounts가 아니라 jobs = ...로 지정하십시오"
                );
                return Err(self.input_error(input, &figure("accounts"), message));
            }
            let at = self.add(
                &figure(&format!("accounts/{id}")),
                label(Entry::Named(Text::same(id))),
                input,
            )?;
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
    fn use_recipe(&self, at: usize, recipe: &BoundRecipe, sector: usize) -> BoundUse {
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
            let items: Vec<Text> = made.map(|l| l.item.clone()).collect();
            if items.is_empty() {
                self.notes.push(Note::RecipeChangesNothing {
                    recipe: recipe.name.clone(),
                });
                continue;
            }
            self.notes.push(Note::MadeByRecipe {
                recipe: recipe.name.clone(),
                lines: items,
            });
            let zero: Vec<String> = accounts
                .iter()
                .filter(|id| recipe.accounts.iter().all(|(given, _)| given != *id))
                .cloned()
                .collect();
            if !zero.is_empty() {
                self.notes.push(Note::RecipeAccountsZero {
                    recipe: recipe.name.clone(),
                    accounts: zero,
                });
            }
        }
    }
}
