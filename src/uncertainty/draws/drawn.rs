//! What follows with coefficients of their own in each draw.

use super::certain::Effect;
use super::demand::Demand;
use super::engine::{Engine, in_draw};
use crate::error::{Error, Result};
use crate::uncertainty::coefficients::{CoefficientDraws, Drawn};
use crate::uncertainty::lanes::{Lanes, WIDTH};
use crate::uncertainty::multipliers::not_productive;
use crate::uncertainty::sampler::Streams;
use crate::units::Measures;

/// How coefficients are drawn in a block.
pub(super) struct Drawing<'a> {
    pub(super) coefficients: &'a CoefficientDraws,
    /// Whether they have factors.
    pub(super) factors: bool,
    /// What more is imported of each purchase, where the split is drawn.
    pub(super) splits: Option<&'a [Vec<f64>]>,
    /// What factors are drawn from.
    pub(super) streams: &'a Streams,
    /// The first draw.
    pub(super) first: usize,
}

impl Engine<'_> {
    /// What follows with coefficients of their own in each draw. The demand behind outputs that are given is made
    /// that of the draw.
    pub(super) fn effects_drawn(
        &self,
        demands: &mut [Demand],
        spent: &Lanes,
        how: &Drawing,
    ) -> Result<Vec<Effect>> {
        let first = how.first;
        let n = self.model.sectors().len();
        let households = self.model.households();
        let told: Vec<&[usize]> = self
            .impact
            .phases
            .iter()
            .map(|shape| {
                let of_kind = self.kinds.iter().find(|(kind, _)| *kind == shape.kind);
                of_kind.map_or(&[][..], |(_, sectors)| sectors)
            })
            .collect();
        let mut effects: Vec<Effect> = told
            .iter()
            .map(|told| Effect {
                type1: Measures::default(),
                total: Measures::default(),
                sectors: vec![Lanes::ZERO; told.len()],
            })
            .collect();
        let mut drawn = Drawn::default();
        let given = self.given.as_ref();
        let units = given.map_or(&[][..], |given| &given.sectors);
        // Demand of each phase, a unit of demand for each sector of given output, the basket.
        let [first_unit, basket] = [demands.len(), demands.len() + units.len()].map(|s| s * n);
        let sides = demands.len() + units.len() + usize::from(households.is_some());
        let mut x = vec![0.0; n * sides];
        for lane in 0..WIDTH.min(self.draws.count - first) {
            let split = self.split.as_ref().zip(how.splits);
            let split = split.map(|(split, drawn)| (split, drawn[lane].as_slice()));
            let mut factors = how.factors.then(|| how.streams.coefficients(first + lane));
            how.coefficients
                .draw(split, factors.as_mut(), &mut drawn)
                .map_err(|error| in_draw(error, first + lane))?;
            x.fill(0.0);
            for (side, demand) in x.chunks_exact_mut(n).zip(&*demands) {
                for (sector, f) in &demand.domestic {
                    side[*sector] = f.0[lane];
                }
            }
            for (side, sector) in x[first_unit..].chunks_exact_mut(n).zip(units) {
                side[*sector] = 1.0;
            }
            let mut imported_basket = 0.0;
            if let Some(households) = households {
                x[basket..].copy_from_slice(households.domestic_basket().as_slice());
                imported_basket = households.imports_per_spending();
                if let Some((split, more)) = split {
                    imported_basket += split.apply_to_basket(more, &mut x[basket..]);
                }
            }
            drawn
                .solve(&mut x)
                .ok_or_else(|| in_draw(Error::invalid(not_productive()), first + lane))?;
            let measures = |x: &[f64]| Measures {
                output: x.iter().sum(),
                value_added: dot(&drawn.value_added, x),
                imports: dot(&drawn.imports, x),
                jobs: dot(&drawn.jobs, x),
            };
            let (outputs, rest) = x.split_at_mut(first_unit);
            let (of_units, per_spending) = rest.split_at(basket - first_unit);
            if let Some(given) = given {
                let inverse = |a: usize, b: usize| of_units[b * n + given.sectors[a]];
                let of_draw = given.of_draw(inverse, |kind, sector| {
                    how.coefficients.output_per_event(kind, &drawn, sector)
                });
                for (output, demand) in outputs.chunks_exact_mut(n).zip(&mut *demands) {
                    let more = given
                        .more(demand, lane, &of_draw)
                        .ok_or_else(|| in_draw(Error::invalid(not_productive()), first + lane))?;
                    demand.spending.0[lane] += more.sum();
                    for (more, unit) in more.iter().zip(of_units.chunks_exact(n)) {
                        for (output, unit) in output.iter_mut().zip(unit) {
                            *output += more * unit;
                        }
                    }
                }
            }
            let closure = match households {
                Some(_) => {
                    let again = dot(&drawn.income, per_spending);
                    let multiplier = Self::multiplier(spent.0[lane], again)
                        .map_err(|e| in_draw(e, first + lane))?;
                    let mut per: Measures<f64> = measures(per_spending);
                    per.imports += imported_basket;
                    Some((multiplier, per))
                }
                None => None,
            };
            let of_phases = effects.iter_mut().zip(outputs.chunks_exact(n));
            for (((effect, output), told), demand) in of_phases.zip(&told).zip(&*demands) {
                let made = &demand.by_recipe;
                let mut type1 = measures(output);
                for (type1, made) in type1.pairs(&made.measures) {
                    *type1 += made.0[lane];
                }
                let income = dot(&drawn.income, output) + made.income.0[lane];
                let (spending, per) = match &closure {
                    Some((multiplier, per)) => (income * multiplier, *per),
                    None => (0.0, Measures::default()),
                };
                let mut total = type1;
                for (total, per) in total.pairs(&per) {
                    *total += spending * per;
                }
                for (into, value) in effect.type1.pairs(&type1) {
                    into.0[lane] = *value;
                }
                for (into, value) in effect.total.pairs(&total) {
                    into.0[lane] = *value;
                }
                for (into, sector) in effect.sectors.iter_mut().zip(*told) {
                    let induced = per_spending.get(*sector).map_or(0.0, |per| spending * per);
                    let by_recipe = made.output.iter().filter(|(of, _)| of == sector);
                    let made: f64 = by_recipe.map(|(_, made)| made.0[lane]).sum();
                    into.0[lane] = output[*sector] + made + induced;
                }
            }
        }
        Ok(effects)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    // Four sums side by side: the processor need not wait for one addition to begin the next.
    let mut sums = [0.0; 4];
    let (a4, b4) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = a4
        .remainder()
        .iter()
        .zip(b4.remainder())
        .map(|(a, b)| a * b)
        .sum();
    for (a, b) in a4.zip(b4) {
        for at in 0..4 {
            sums[at] += a[at] * b[at];
        }
    }
    sums.iter().sum::<f64>() + rest
}
