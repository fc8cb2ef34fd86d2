//! A scenario file against a table: names lead to sectors, formulas to figures, dates to years.
//!
//! One file a subject; each adds the figures of its own keys to the [`Builder`].

mod caps;
mod deflators;
mod events;
mod figures;
mod households;
mod indicators;
mod industry;
mod lines;
mod parameters;
mod people;
mod phases;
mod policies;
mod prices;
mod recipes;
mod regions;
mod watch;

pub(crate) use lines::not_made;
pub(crate) use parameters::no_parameter;
pub(crate) use prices::Tax;

use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::Model;
use crate::scenario::amount::Quantity;
use crate::scenario::file::{Input, Located, ScenarioFile};
use crate::scenario::note::Note;
use crate::scenario::recipe::BoundRecipe;
use crate::scenario::timing::{self, Span};
use crate::scenario::{BoundLine, Figure, Overrides, Scenario, Settings};
use crate::table::AnyTable;
use deflators::ByTable;
use std::collections::BTreeMap;

/// Adds figures one by one, in an order in which each needs only those before it.
pub(super) struct Builder<'a> {
    file: ScenarioFile,
    table: &'a AnyTable,
    overrides: &'a Overrides,
    figures: Vec<Figure>,
    /// What the figures come to, as written.
    values: Vec<Quantity>,
    by_name: BTreeMap<String, usize>,
    notes: Vec<Note>,
    /// Of each sector, whether its product is made at home.
    made: Vec<bool>,
    by_table: ByTable,
    recipes: Vec<BoundRecipe>,
    /// What demand for given outputs is worked out with.
    model: Option<Model>,
    /// How many products events buy.
    bought_by_events: usize,
    /// Of the phases with dates.
    spans: Vec<Span>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        mut file: ScenarioFile,
        table: &'a AnyTable,
        overrides: &'a Overrides,
    ) -> Result<Self> {
        file.check_regrouped(table)?;
        file.check_mixed(table)?;
        file.check_earnings()?;
        file.check_draws()?;
        file.spend_of_income(table)?;
        for (name, formula) in &overrides.set {
            parameters::set(&mut file, name, formula)?;
        }
        let mut builder = Builder {
            file,
            table,
            overrides,
            figures: Vec::new(),
            values: Vec::new(),
            by_name: BTreeMap::new(),
            recipes: Vec::new(),
            model: None,
            bought_by_events: 0,
            made: table.made(),
            notes: Vec::new(),
            by_table: ByTable::new(),
            spans: Vec::new(),
        };
        builder.check_size()?;
        builder.add_named()?;
        Ok(builder)
    }

    /// Whether the scenario is of a size that somebody can have meant.
    fn check_size(&self) -> Result<()> {
        let file = &self.file;
        let lines = file.phase.iter().map(|p| p.spending.len()).sum();
        for (count, most, what) in [
            (
                file.parameters.len(),
                super::MOST_PARAMETERS,
                said!("parameters", "매개변수"),
            ),
            (
                file.phase.len(),
                super::MOST_PHASES,
                said!("phases", "단계"),
            ),
            (
                lines,
                super::MOST_LINES,
                said!("spending lines", "지출 항목"),
            ),
            (
                file.indicator.len(),
                super::MOST_INDICATORS,
                said!("indicators", "지표"),
            ),
        ] {
            if count > most {
                let (en, ko) = (what.en, what.ko);
                let message = said!(
                    "the scenario has {count} {en}; at most {most} are worked out",
                    "시나리오의 {ko}이(가) {count}개입니다. {most}개까지 계산할 수 있습니다"
                );
                return Err(file.error(0, 0, "scenario", message));
            }
        }
        Ok(())
    }

    pub(super) fn build(mut self) -> Result<Scenario> {
        let header = self.file.scenario.clone();
        let settings = Settings {
            household_share: self.by_name.get("household_share").copied(),
            productivity_growth: self.by_name.get("productivity_growth").copied(),
            discount_rate: self.by_name.get("discount_rate").copied(),
        };
        self.check_deflators()?;
        self.check_prices()?;
        self.check_header(&settings)?;
        let named = self.named_recipes()?;
        let phases = self.phases(&named)?;
        self.notes.extend(timing::notes(&self.spans));
        let recipes = std::mem::take(&mut self.recipes);
        let lines: Vec<&BoundLine> = phases.iter().flat_map(|p| &p.lines).collect();
        self.recipe_notes(&recipes, &lines);
        self.warn_of_idle_prices(&lines);
        let indicators = self.indicators()?;
        let policies = self.policies()?;
        let caps = self.caps()?;
        let industry = match self.file.industry.clone() {
            Some(industry) => Some(self.industry(&industry, &phases)?),
            None => None,
        };
        let profiles = self.profiles()?;
        let accounts = self.accounts()?;
        let watched = self.watched()?;
        if let Some(&fx) = self.by_name.get("fx") {
            self.notes.push(Note::ExchangeRate {
                rate: self.values[fx].value,
            });
        }
        self.say_deflated();
        let rate = self.by_name.get("fx").map(|fx| self.values[*fx].value);
        let scale = self.file.scale(&self.table.meta().currency, rate)?;
        let name = header
            .name
            .clone()
            .unwrap_or_else(|| Text::new("Scenario", "시나리오"));
        let scenario = Scenario {
            name,
            description: header.description.clone(),
            table_year: self.table.meta().year,
            unit: self.table.meta().unit,
            factor: None,
            figures: self.figures,
            settings,
            phases,
            recipes,
            indicators,
            policies,
            caps,
            industry,
            profiles,
            accounts,
            watched,
            notes: self.notes,
            file: self.file,
        };
        scenario.resized(scale)
    }

    /// Whether what the scenario says as a whole can be meant.
    fn check_header(&self, settings: &Settings) -> Result<()> {
        let header = &self.file.scenario;
        if let Some(name) = &header.name {
            let at = self.file.place_of("[scenario]");
            self.check_name(name, &at, "name")?;
        }
        if let Some(region) = &header.region {
            self.province(region)?;
        }
        if header.discount_year.is_some() && settings.discount_rate.is_none() {
            let at = self.file.place_of("discount_year");
            let message = said!(
                "nothing is discounted without a rate: add discount_rate = ..., or leave it out",
                "할인율 없이는 할인하지 않습니다. discount_rate = ...를 추가하거나 이 키를 빼십시오"
            );
            return Err(self.file.error_at(&at, "discount_year", message));
        }
        Ok(())
    }

    /// Whether a name can be read, in both languages.
    fn check_name<T>(&self, name: &Text, at: &Located<T>, field: &str) -> Result<()> {
        if name.en.trim().is_empty() || name.ko.trim().is_empty() {
            return Err(self.file.error_at(
                at,
                field,
                said!("the name is empty", "이름이 비어 있습니다"),
            ));
        }
        Ok(())
    }

    fn sector(&self, what: &Located<String>) -> Result<usize> {
        self.sector_at(what, "what")
    }

    fn sector_at(&self, what: &Located<String>, field: &str) -> Result<usize> {
        self.table
            .sectors()
            .find(&what.value)
            .map_err(|e| self.file.error_at(what, field, e))
    }

    fn input_error(&self, input: &Input, key: &str, message: impl Into<Text>) -> Error {
        self.file.error(input.origin, input.offset, key, message)
    }
}
