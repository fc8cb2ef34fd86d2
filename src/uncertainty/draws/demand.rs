//! What the phases of each draw spend.

use super::engine::{Chance, Engine};
use super::sobol::Source;
use crate::error::Result;
use crate::impact::PhaseImpact;
use crate::scenario::amount::Quantity;
use crate::scenario::formula::Number;
use crate::scenario::{EventKind, OwnShares};
use crate::table::{DomesticShare, PrimaryInputRole};
use crate::uncertainty::lanes::Lanes;
use crate::units::Measures;

/// What a phase spends, over lanes.
pub(super) struct Demand {
    pub(super) spending: Lanes,
    pub(super) imported: Lanes,
    /// What average columns have to meet, of the sectors that there is any demand for.
    pub(super) domestic: Vec<(usize, Lanes)>,
    /// What of it is there for outputs that are given.
    pub(super) driven: Vec<(EventKind, usize, Lanes)>,
    /// What recipes make.
    pub(super) by_recipe: Made,
    /// What its figures count for: the probability, and the scale of amounts.
    pub(super) weight: Lanes,
}

/// What recipes make of the demand of a phase, over lanes.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) measures: Measures<Lanes>,
    /// Compensation of employees.
    pub(super) income: Lanes,
    /// Output by sector.
    pub(super) output: Vec<(usize, Lanes)>,
}

impl Engine<'_> {
    pub(super) fn demands(
        &self,
        values: &[Quantity<Lanes>],
        chance: &Chance,
        own: &OwnShares<Lanes>,
    ) -> Result<Vec<Demand>> {
        let mut demands = self.demands_at_work(values, chance, own)?;
        // Of the pay of recipes too households keep what they keep.
        let households = self.model.households();
        let kept = Lanes::constant(households.map_or(1.0, |h| h.earnings().kept()));
        for demand in &mut demands {
            demand.by_recipe.income = demand.by_recipe.income * kept;
        }
        Ok(demands)
    }

    fn demands_at_work(
        &self,
        values: &[Quantity<Lanes>],
        chance: &Chance,
        own: &OwnShares<Lanes>,
    ) -> Result<Vec<Demand>> {
        let Some(scenario) = self.scenario else {
            let phases = self.impact.phases.iter();
            return Ok(phases.map(|phase| Demand::fixed(phase, own)).collect());
        };
        let scale = Lanes::constant(self.draws.scale);
        scenario
            .phases
            .iter()
            .enumerate()
            .map(|(number, phase)| {
                let weight = match (phase.probability, chance.events) {
                    (Some(at), Some(block)) => {
                        let streams = self.streams_of(chance.halves, Source::Event(number));
                        let mut happens = streams.event(number, block);
                        let chance = scenario.share(at, values)?;
                        for (u, chance) in happens.0.iter_mut().zip(chance.0) {
                            *u = if *u < chance { 1.0 } else { 0.0 };
                        }
                        happens * scale
                    }
                    (Some(at), None) => scenario.share(at, values)? * scale,
                    (None, _) => scale,
                };
                let mut demand = Demand::none(weight);
                for line in &phase.lines {
                    let split = scenario.split(line, values, own)?;
                    demand.spending += &split.amount;
                    demand.imported += &split.imported;
                    if line.event.gives_output() {
                        let driven = (line.event, line.sector, split.domestic);
                        demand.driven.push(driven);
                    }
                    match &split.recipe {
                        None => demand.add(line.sector, &split.domestic),
                        Some(recipe) => {
                            let accounts = recipe.accounts.iter();
                            demand.add_by_recipe(
                                line.sector,
                                &split.domestic,
                                recipe
                                    .inputs
                                    .iter()
                                    .map(|i| (i.product, i.domestic, i.imported)),
                                recipe.parts.iter().copied(),
                                accounts.map(|(id, amount)| (*id, *amount)),
                            );
                        }
                    }
                    for (sector, margin) in split.trade.iter().chain(&split.transport) {
                        demand.add(*sector, margin);
                    }
                }
                Ok(demand)
            })
            .collect()
    }
}

impl Demand {
    fn none(weight: Lanes) -> Self {
        Demand {
            spending: Lanes::ZERO,
            imported: Lanes::ZERO,
            domestic: Vec::new(),
            driven: Vec::new(),
            by_recipe: Made {
                measures: Measures::default(),
                income: Lanes::ZERO,
                output: Vec::new(),
            },
            weight,
        }
    }

    /// The demand of a phase that is given, but for shares of the table that are drawn.
    fn fixed(phase: &PhaseImpact, own: &OwnShares<Lanes>) -> Self {
        let mut demand = Demand::none(Lanes::constant(phase.probability));
        for line in &phase.lines {
            demand.spending += &Lanes::constant(line.amount);
            let mut domestic = Lanes::constant(line.domestic);
            let mut imported = Lanes::constant(line.imported);
            if let (Some(basis), None) = (line.share_basis, &line.recipe) {
                let value = line.domestic_share;
                let product = Lanes::constant(line.domestic + line.imported);
                domestic = product * own.of(line.sector, DomesticShare { value, basis });
                imported = product - domestic;
            }
            demand.imported += &imported;
            match &line.recipe {
                None => demand.add(line.sector, &domestic),
                Some(recipe) => demand.add_by_recipe(
                    line.sector,
                    &domestic,
                    recipe.inputs.iter().map(|i| {
                        let [home, abroad] = [i.domestic, i.imported].map(Lanes::constant);
                        (i.product, home, abroad)
                    }),
                    recipe.parts.iter().map(|(r, v)| (*r, Lanes::constant(*v))),
                    recipe
                        .accounts
                        .iter()
                        .map(|(id, v)| (id.as_str(), Lanes::constant(*v))),
                ),
            }
            for (sector, margin) in line.trade.iter().chain(&line.transport) {
                demand.add(*sector, &Lanes::constant(*margin));
            }
        }
        demand
    }

    /// Adds what a recipe makes, and its purchases from average columns.
    fn add_by_recipe<'r>(
        &mut self,
        sector: usize,
        output: &Lanes,
        inputs: impl Iterator<Item = (usize, Lanes, Lanes)>,
        parts: impl Iterator<Item = (PrimaryInputRole, Lanes)>,
        accounts: impl Iterator<Item = (&'r str, Lanes)>,
    ) {
        for (product, domestic, imported) in inputs {
            self.add(product, &domestic);
            self.by_recipe.measures.imports += &imported;
        }
        let made = &mut self.by_recipe;
        made.measures.output += output;
        made.output.push((sector, *output));
        for (role, amount) in parts {
            made.measures.value_added += &amount;
            if role == PrimaryInputRole::Compensation {
                made.income += &amount;
            }
        }
        for (_, persons) in accounts.filter(|(id, _)| *id == "jobs") {
            made.measures.jobs += &persons;
        }
    }

    pub(super) fn add(&mut self, sector: usize, amount: &Lanes) {
        match self.domestic.iter_mut().find(|(s, _)| *s == sector) {
            Some((_, sum)) => *sum += amount,
            None => self.domestic.push((sector, *amount)),
        }
    }
}
