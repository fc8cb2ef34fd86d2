//! The tables of a block of draws, by the rows that demand is multiplied by.
//!
//! Where demand is all that differs between draws, as in all of Sobol's mixtures but two, (I - Ad)' R = [1, v, m, e, w] is
//! solved for once and what follows from each demand is a handful of products with R, as where coefficients are
//! certain.

use super::certain::Effect;
use super::demand::Demand;
use super::engine::{Chance, Engine, in_draw};
use super::given::OfDraw;
use super::sobol::{Halves, Source};
use crate::error::{Error, Result};
use crate::scenario::OwnShares;
use crate::uncertainty::coefficients::{CoefficientDraws, Drawn};
use crate::uncertainty::lanes::{Lanes, WIDTH};
use crate::uncertainty::multipliers::not_productive;
use crate::uncertainty::tiles::Tiles;
use crate::units::Measures;

/// What the tables of a block of draws are to the scenario.
pub(super) struct TablesOfBlock {
    /// The shares of them that it takes.
    pub(super) own: OwnShares<Lanes>,
    /// `None` where coefficients are certain.
    pub(super) rows: Option<RowsOfBlock>,
}

/// Rows of what demand sets off, a number a sector, over lanes.
pub(super) struct RowsOfBlock {
    type1: Measures<Vec<Lanes>>,
    /// Of what households earn; empty in an open model.
    income: Vec<Lanes>,
    /// What comes back of a unit that households spend.
    again: Lanes,
    /// What a unit that they spend sets off, with what they import themselves.
    per_spending: Measures<Lanes>,
    /// Of outputs that are given, one a draw; none where there are none.
    given: Vec<OfDraw>,
    first: usize,
    used: usize,
}

impl Engine<'_> {
    /// The tables of a block of draws, with what `halves` says from the second draws.
    pub(super) fn tables_of(&self, block: usize, halves: Halves) -> Result<TablesOfBlock> {
        let chance = self.chance(block, halves);
        let splits = self.splits(&chance);
        let own = self.own_shares(splits.as_deref());
        let drawn = chance.coefficients.or(chance.split);
        let rows = match (&self.coefficients, drawn) {
            (Some(coefficients), Some(_)) => {
                Some(self.rows_of(coefficients, splits.as_deref(), &chance, block * WIDTH)?)
            }
            _ => None,
        };
        Ok(TablesOfBlock { own, rows })
    }

    fn rows_of(
        &self,
        coefficients: &CoefficientDraws,
        splits: Option<&[Vec<f64>]>,
        chance: &Chance,
        first: usize,
    ) -> Result<RowsOfBlock> {
        let n = self.model.sectors().len();
        let households = self.model.households();
        let streams = self.streams_of(chance.halves, Source::Coefficients);
        let units = self.given.as_ref().map_or(&[][..], |of| &of.sectors);
        let row = || vec![Lanes::ZERO; n];
        let mut rows = RowsOfBlock {
            type1: Measures::<()>::default().map(|()| row()),
            income: households.map_or_else(Vec::new, |_| row()),
            again: Lanes::ZERO,
            per_spending: Measures::default(),
            given: Vec::new(),
            first,
            used: WIDTH.min(self.draws.count - first),
        };
        let (mut drawn, mut turned) = (Drawn::default(), Tiles::default());
        // Output, value added, imports, jobs, income of households; a unit of each sector of given output.
        let sides = 4 + usize::from(households.is_some()) + units.len();
        let mut r = vec![0.0; n * sides];
        for lane in 0..rows.used {
            let number = first + lane;
            let split = self.split.as_ref().zip(splits);
            let split = split.map(|(split, drawn)| (split, drawn[lane].as_slice()));
            let mut factors = chance.coefficients.map(|_| streams.coefficients(number));
            coefficients
                .draw(split, factors.as_mut(), &mut drawn)
                .map_err(|error| in_draw(error, number))?;
            r.fill(0.0);
            let mut sides = r.chunks_exact_mut(n);
            let mut side = |values: &[f64]| {
                let side = sides.next().into_iter().flatten();
                side.zip(values).for_each(|(side, value)| *side = *value);
            };
            side(&vec![1.0; n]);
            side(&drawn.value_added);
            side(&drawn.imports);
            side(&drawn.jobs);
            if households.is_some() {
                side(&drawn.income);
            }
            for (side, sector) in sides.zip(units) {
                side[*sector] = 1.0;
            }
            drawn.turn(&mut turned);
            turned
                .solve(n, &mut r)
                .ok_or_else(|| in_draw(Error::invalid(not_productive()), number))?;
            let mut solved = r.chunks_exact(n);
            let mut next = || solved.next().unwrap_or_default();
            let of_measures = Measures::<()>::default().map(|()| next());
            for (row, of) in rows.type1.pairs(&of_measures) {
                row.iter_mut()
                    .zip(*of)
                    .for_each(|(row, r)| row.0[lane] = *r);
            }
            if let Some(households) = households {
                let mut basket = households.domestic_basket().as_slice().to_vec();
                let mut imported = households.imports_per_spending();
                if let Some((split, more)) = split {
                    imported += split.apply_to_basket(more, &mut basket);
                }
                let of = |row: &[f64]| -> f64 { row.iter().zip(&basket).map(|(r, c)| r * c).sum() };
                let income = next();
                let all = rows.income.iter_mut().zip(income);
                all.for_each(|(row, r)| row.0[lane] = *r);
                rows.again.0[lane] = of(income);
                for (per, row) in rows.per_spending.pairs(&of_measures) {
                    per.0[lane] = of(row);
                }
                rows.per_spending.imports.0[lane] += imported;
            }
            if let Some(given) = &self.given {
                let rows_of_units: Vec<&[f64]> = solved.collect();
                let inverse = |a: usize, b: usize| rows_of_units[a][given.sectors[b]];
                let of_draw = given.of_draw(inverse, |kind, sector| {
                    coefficients.output_per_event(kind, &drawn, sector)
                });
                rows.given.push(of_draw);
            }
        }
        Ok(rows)
    }

    /// What follows from the demand of each phase, but by sector. The demand behind outputs that are given is made
    /// that of the draws.
    pub(super) fn effects_by_rows(
        &self,
        rows: &RowsOfBlock,
        demands: &mut [Demand],
        spent: &Lanes,
    ) -> Result<Vec<Effect>> {
        if let Some(given) = &self.given {
            for demand in &mut *demands {
                let mut more = vec![Lanes::ZERO; given.sectors.len()];
                for (lane, of_draw) in rows.given.iter().enumerate() {
                    let found = given.more(demand, lane, of_draw).ok_or_else(|| {
                        in_draw(Error::invalid(not_productive()), rows.first + lane)
                    })?;
                    let all = more.iter_mut().zip(found.iter());
                    all.for_each(|(more, found)| more.0[lane] = *found);
                }
                for (sector, more) in given.sectors.iter().zip(&more) {
                    demand.spending += more;
                    demand.add(*sector, more);
                }
            }
        }
        let households = !rows.income.is_empty();
        let mut multiplier = Lanes::ZERO;
        if households {
            for lane in 0..rows.used {
                let of = Self::multiplier(spent.0[lane], rows.again.0[lane]);
                multiplier.0[lane] = of.map_err(|error| in_draw(error, rows.first + lane))?;
            }
        }
        let effects = demands.iter().map(|demand| {
            let along = |row: &Vec<Lanes>| {
                let mut sum = Lanes::ZERO;
                for (sector, f) in &demand.domestic {
                    sum.add_product(&row[*sector], f);
                }
                sum
            };
            let made = &demand.by_recipe;
            let mut type1 = rows.type1.as_ref().map(along);
            for (type1, made) in type1.pairs(&made.measures) {
                *type1 += made;
            }
            let mut total = type1;
            if households {
                let spending = (along(&rows.income) + made.income) * multiplier;
                for (total, per) in total.pairs(&rows.per_spending) {
                    total.add_product(per, &spending);
                }
            }
            let sectors = Vec::new();
            Effect {
                type1,
                total,
                sectors,
            }
        });
        Ok(effects.collect())
    }
}
