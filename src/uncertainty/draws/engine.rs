//! What stays the same from draw to draw, and a block of draws worked out.

use super::certain::rows_of_sectors;
use super::drawn::Drawing;
use super::given::Given;
use super::record::Column;
use super::rows::TablesOfBlock;
use super::sobol::{Halves, Source};
use super::{AT_WORK, Draws, cores, in_parallel};
use crate::error::{Error, Remedy, Result};
use crate::impact::ranking::ranked;
use crate::impact::{Impact, PhaseImpact};
use crate::lang::{Text, said};
use crate::memory;
use crate::model::Model;
use crate::scenario::amount::Quantity;
use crate::scenario::formula::Number;
use crate::scenario::{Line, Note, OwnShares, PhaseKind, Scenario, TakenShares};
use crate::table::AnyTable;
use crate::uncertainty::coefficients::CoefficientDraws;
use crate::uncertainty::ensemble::{Ensemble, Spread};
use crate::uncertainty::lanes::{Lanes, WIDTH};
use crate::uncertainty::sampler::{Sampler, Streams};
use crate::uncertainty::split::SplitDraws;
use crate::uncertainty::statistics;
use nalgebra::DVector;
use std::ops::Range;

/// Everything that stays the same from draw to draw, or from cell to cell of a grid.
pub(in crate::uncertainty) struct Engine<'a> {
    pub(super) table: &'a AnyTable,
    pub(super) model: &'a Model,
    pub(super) scenario: Option<&'a Scenario>,
    pub(in crate::uncertainty) impact: &'a Impact,
    pub(super) draws: Draws,
    pub(super) streams: Streams,
    /// The numbers of draws that are made twice.
    pub(super) seconds: Streams,
    /// Uncertain figures of the scenario.
    pub(super) uncertain: Vec<(usize, Sampler)>,
    /// Figures that must be shares.
    pub(super) shares: Vec<usize>,
    /// The figure that holds the share that households spend, where the model goes by it.
    pub(super) household_share: Option<usize>,
    /// Kinds of phases with the sectors told of.
    pub(super) kinds: Vec<(PhaseKind, Vec<usize>)>,
    /// Rows of L, of the sectors told of, in their order.
    pub(super) sector_rows: Vec<Vec<DVector<f64>>>,
    pub(super) coefficients: Option<CoefficientDraws>,
    /// Outputs that are given, where coefficients are drawn.
    pub(super) given: Option<Given>,
    /// The split of the table, where it is estimated and drawn.
    pub(super) split: Option<SplitDraws>,
    pub(super) columns: Vec<Column>,
}

/// How many draws with certain coefficients are worked out by the same thread: enough for columns that
/// are quick to copy.
const PART: usize = 8 * WIDTH;

/// One part of the draws worked out.
pub(super) struct Part {
    /// All draws of the first column, then of the next.
    pub(super) columns: Vec<f64>,
    /// As in [`Block`].
    pub(super) clamped: Vec<usize>,
}

/// What is drawn in a block besides its figures.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::uncertainty) struct Chance {
    /// The first draw whose coefficients have factors; `None` where they have none.
    pub(super) coefficients: Option<usize>,
    /// The first draw whose split of purchases is drawn; `None` where it is as in the table.
    pub(super) split: Option<usize>,
    /// The block whose events are drawn: a phase with a probability happens in a draw or does not.
    /// `None` where the probability is a weight, as in the figures as written.
    pub(super) events: Option<usize>,
    /// Which of them are taken from the second draws.
    pub(super) halves: Halves,
}

/// One block of draws worked out.
pub(in crate::uncertainty) struct Block {
    pub(in crate::uncertainty) columns: Vec<Lanes>,
    /// For each share: in how many draws it was outside 0..1.
    pub(in crate::uncertainty) clamped: Vec<usize>,
}

impl<'a> Engine<'a> {
    pub(in crate::uncertainty) fn new(
        table: &'a AnyTable,
        model: &'a Model,
        scenario: Option<&'a Scenario>,
        impact: &'a Impact,
        draws: &Draws,
    ) -> Result<Self> {
        draws.check()?;
        let spread = draws.coefficient_spread.unwrap_or(0.0);
        let uncertain: Vec<(usize, Sampler)> = scenario
            .map_or(&[][..], Scenario::figures)
            .iter()
            .enumerate()
            .filter_map(|(at, f)| Some((at, Sampler::new(f.distribution.as_ref()?))))
            .collect();
        let of_kinds = impact.effects.present();
        let kinds: Vec<(PhaseKind, Vec<usize>)> = of_kinds
            .map(|(kind, effects)| {
                let mut order = ranked(&effects.output);
                order.truncate(draws.sectors);
                (kind, order)
            })
            .collect();
        // A share given on the command line goes before the scenario's own.
        let household_share = scenario.and_then(|s| {
            let at = s.settings.household_share?;
            let written = s.values::<f64>(&[]).ok()?[at].value;
            (model.households()?.share_spent() == written).then_some(at)
        });
        let taken = taken_shares(scenario, impact);
        let asked = draws
            .split_error
            .or(scenario.and_then(Scenario::split_error));
        let split = draws.split(table, model, asked, &taken)?;
        let solves = spread > 0.0 || split.as_ref().is_some_and(SplitDraws::is_of_coefficients);
        let coefficients = match solves {
            true => Some(draws.coefficients(table, model)?),
            false => None,
        };
        let mut engine = Engine {
            table,
            model,
            scenario,
            impact,
            draws: Draws {
                scale: draws.scale * scenario.and_then(|s| s.factor).unwrap_or(1.0),
                ..*draws
            },
            streams: Streams::new(draws.seed),
            seconds: Streams::new(draws.seed).second(),
            uncertain,
            shares: scenario.map_or(Vec::new(), shares),
            household_share,
            sector_rows: rows_of_sectors(model, &kinds),
            kinds,
            given: match solves {
                true => Given::of(model, scenario),
                false => None,
            },
            coefficients,
            split,
            columns: Vec::new(),
        };
        engine.columns = engine.columns();
        Ok(engine)
    }

    pub(super) fn run(&self, progress: &(dyn Fn(usize) + Sync)) -> Result<(Ensemble, Vec<Note>)> {
        let count = self.draws.count;
        if self.uncertain.is_empty()
            && self.draws.coefficient_spread.is_none()
            && self.split.is_none()
            && self.events().next().is_none()
        {
            let Text { en, ko } = Remedy::CoefficientSpread.text();
            return Err(Error::invalid(match self.scenario {
                Some(_) => said!(
                    "nothing is uncertain in this scenario: give a figure a range, as in \
                     {{ value = 0.3, range = [0.2, 0.5] }}, or draw coefficients with a spread {en}",
                    "시나리오에 불확실한 수치가 없습니다. {{ value = 0.3, range = [0.2, 0.5] }}처럼 수치에 범위를 \
                     주거나 산포를 지정해 계수를 추출하십시오{ko}"
                ),
                None => said!(
                    "a shock is certain as it stands: draw coefficients with a spread {en}",
                    "충격의 금액에는 불확실성이 없습니다. 산포를 지정해 계수를 추출하십시오{ko}"
                ),
            }));
        }
        self.fits_memory()?;
        // Where all draws are made again and again, these are a small part.
        let quiet: &(dyn Fn(usize) + Sync) = &|_| ();
        let told = if self.draws.sobol { quiet } else { progress };
        // A draw that solves a system of its own is worth a core: there the parts are as small as can be.
        let size = match self.coefficients {
            Some(_) => WIDTH,
            None => PART,
        };
        let parts = in_parallel(count.div_ceil(size), |at| {
            self.draw_part(at * size..count.min((at + 1) * size), told)
        })
        .into_iter()
        .collect::<Result<Vec<Part>>>()?;
        let written = self.record(&[], Chance::default())?;
        let columns: Vec<(Spread, Vec<f64>, Vec<f64>)> = in_parallel(self.columns.len(), |at| {
            let mut draws = Vec::with_capacity(count);
            for part in &parts {
                let of_part = part.columns.len() / self.columns.len();
                draws.extend_from_slice(&part.columns[at * of_part..][..of_part]);
            }
            // Only the figures drawn and what they drive are looked at again.
            let ranked = if self.is_ranked(at) {
                statistics::ranks(&draws)
            } else {
                Vec::new()
            };
            let spread = statistics::spread(&draws, written.columns[at].0[0]);
            let kept = if self.is_kept(at) { draws } else { Vec::new() };
            (spread, ranked, kept)
        });
        let (mut spreads, mut ranks, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        for (spread, ranked, draws) in columns {
            spreads.push(spread);
            ranks.push(ranked);
            kept.push(draws);
        }
        let ensemble = Ensemble {
            draws: count,
            seed: self.draws.seed,
            coefficient_spread: self.draws.coefficient_spread,
            coefficient_sharing: self
                .factors_are_drawn()
                .then_some(self.draws.coefficient_sharing),
            split_error: self.split.as_ref().map(SplitDraws::share_error),
            figures: self.figures(&spreads),
            sectors: self.sectors(&spreads),
            years: self.years(&spreads),
            drivers: self.drivers(&ranks, &parts)?,
            sobol: match self.draws.sobol {
                true => Some(self.sobol(&written.columns, progress)?),
                false => None,
            },
            each: self.each(kept)?,
        };
        Ok((ensemble, self.notes(&parts)))
    }

    /// Quantiles and ranks are exact, so that every draw of every figure is held at once.
    fn fits_memory(&self) -> Result<()> {
        let count = self.draws.count;
        let ranked = (0..self.columns.len()).filter(|at| self.is_ranked(*at));
        let kept = (0..self.columns.len()).filter(|at| self.is_kept(*at));
        let figures = self.columns.len();
        let held = figures + ranked.count() + kept.count();
        let each = 8 * (held + AT_WORK * cores()) as u64;
        memory::check(each.saturating_mul(count as u64), |most| {
            let most = most / each;
            [
                said!(
                    "a run of {count} draws of {figures} figures",
                    "지표 {figures}개를 {count}회 추출하는 데"
                ),
                said!(
                    "ask for {most} draws or fewer, or several runs of different seeds",
                    "{most}회 이하로 지정하거나 시드를 바꾸어 나누어 실행하거나"
                ),
            ]
        })
    }

    /// The draws of one part.
    fn draw_part(&self, draws: Range<usize>, progress: &(dyn Fn(usize) + Sync)) -> Result<Part> {
        let count = draws.len();
        let mut part = Part {
            columns: vec![0.0; self.columns.len() * count],
            clamped: vec![0; self.shares.len()],
        };
        for first in draws.clone().step_by(WIDTH) {
            let block = self.draw_block(first / WIDTH)?;
            let used = WIDTH.min(draws.end - first);
            let from = first - draws.start;
            for (column, lanes) in part.columns.chunks_exact_mut(count).zip(&block.columns) {
                column[from..from + used].copy_from_slice(&lanes.0[..used]);
            }
            for (sum, of_block) in part.clamped.iter_mut().zip(&block.clamped) {
                *sum += of_block;
            }
            progress(used);
        }
        Ok(part)
    }

    /// The draws of one block. Lanes after the last draw repeat the first one.
    pub(super) fn draw_block(&self, block: usize) -> Result<Block> {
        self.draw_halves(block, Halves::First, None)
    }

    /// What is drawn in a block, with what `halves` says from the second draws.
    pub(super) fn chance(&self, block: usize, halves: Halves) -> Chance {
        let first = block * WIDTH;
        Chance {
            coefficients: self.factors_are_drawn().then_some(first),
            split: self.split.is_some().then_some(first),
            events: Some(block),
            halves,
        }
    }

    /// As [`Engine::draw_block`], with what `halves` says from the second draws; with `tables` by those, and without
    /// the figures of sectors.
    pub(super) fn draw_halves(
        &self,
        block: usize,
        halves: Halves,
        tables: Option<&TablesOfBlock>,
    ) -> Result<Block> {
        let first = block * WIDTH;
        let used = WIDTH.min(self.draws.count - first);
        let given: Vec<(usize, Lanes)> = self
            .uncertain
            .iter()
            .map(|(at, sampler)| {
                let streams = self.streams_of(halves, Source::Figure(*at));
                let mut values = sampler.quantiles(streams.uniform(*at, block));
                let repeated = values.0[0];
                values.0[used..].fill(repeated);
                (*at, values)
            })
            .collect();
        let chance = self.chance(block, halves);
        self.record_by(&given, chance, tables).map_err(|error| {
            // Which of them was it? One at a time.
            for lane in 0..used {
                let alone: Vec<(usize, Lanes)> = given
                    .iter()
                    .map(|(at, values)| (*at, Lanes::constant(values.0[lane])))
                    .collect();
                if let Err(error) = self.record(&alone, Chance::default()) {
                    return in_draw(error, first + lane);
                }
            }
            error
        })
    }

    /// Works out the figures given, the others as written.
    pub(in crate::uncertainty) fn record(
        &self,
        given: &[(usize, Lanes)],
        chance: Chance,
    ) -> Result<Block> {
        self.record_by(given, chance, None)
    }

    fn record_by(
        &self,
        given: &[(usize, Lanes)],
        chance: Chance,
        tables: Option<&TablesOfBlock>,
    ) -> Result<Block> {
        let mut values = match self.scenario {
            Some(scenario) => scenario.values(given)?,
            None => Vec::new(),
        };
        let clamped = self.clamp(&mut values);
        let spent = self.share_spent(&values)?;
        if let Some(tables) = tables {
            let mut demands = self.demands(&values, &chance, &tables.own)?;
            let effects = match &tables.rows {
                Some(rows) => self.effects_by_rows(rows, &mut demands, &spent)?,
                None => self.effects(&demands, &spent)?,
            };
            let columns = self.collect(given, &values, &demands, &effects)?;
            return Ok(Block { columns, clamped });
        }
        let splits = self.splits(&chance);
        let own = self.own_shares(splits.as_deref());
        let mut demands = self.demands(&values, &chance, &own)?;
        let effects = match (chance.coefficients.or(chance.split), &self.coefficients) {
            (Some(first), Some(coefficients)) => {
                let factors = chance.coefficients.is_some();
                let how = Drawing {
                    coefficients,
                    factors,
                    splits: splits.as_deref(),
                    streams: self.streams_of(chance.halves, Source::Coefficients),
                    first,
                };
                self.effects_drawn(&mut demands, &spent, &how)?
            }
            _ => self.effects(&demands, &spent)?,
        };
        let columns = self.collect(given, &values, &demands, &effects)?;
        Ok(Block { columns, clamped })
    }

    /// Whether coefficients have factors of their own in each draw.
    pub(super) fn factors_are_drawn(&self) -> bool {
        self.draws.coefficient_spread.is_some_and(|s| s > 0.0)
    }

    /// The shares of the table that the scenario takes, by what more is imported of each purchase.
    pub(super) fn own_shares(&self, splits: Option<&[Vec<f64>]>) -> OwnShares<Lanes> {
        match (&self.split, splits) {
            (Some(split), Some(drawn)) => split.own_shares(drawn),
            _ => OwnShares::default(),
        }
    }

    /// What more is imported of each purchase in the draws of a block.
    pub(super) fn splits(&self, chance: &Chance) -> Option<Vec<Vec<f64>>> {
        let (first, split) = (chance.split?, self.split.as_ref()?);
        let streams = self.streams_of(chance.halves, Source::Split);
        let used = WIDTH.min(self.draws.count - first);
        let drawn = |lane| {
            let mut drawn = Vec::new();
            split.draw(streams, first + lane, &mut drawn);
            drawn
        };
        Some((0..used).map(drawn).collect())
    }

    /// Puts shares that were drawn outside 0..1 at the bound; says in how many draws each was.
    fn clamp(&self, values: &mut [Quantity<Lanes>]) -> Vec<usize> {
        let outside = |v: f64| !(0.0..=1.0).contains(&v);
        self.shares
            .iter()
            .map(|at| {
                let value = &mut values[*at].value;
                if value.find(outside).is_none() || value.uniform().is_some() {
                    // As written it is outside: that is an error, and said by whoever needs it.
                    return 0;
                }
                let count = value.0.iter().filter(|v| outside(**v)).count();
                *value = value.map(|v| v.clamp(0.0, 1.0));
                count
            })
            .collect()
    }

    /// Phases that may happen or not: their probability is below 1, or uncertain itself.
    pub(super) fn events(&self) -> impl Iterator<Item = &PhaseImpact> {
        let scenario = self.scenario;
        let phases = self.impact.phases.iter().enumerate();
        phases.filter_map(move |(at, phase)| {
            let figure = scenario?.phases[at].probability?;
            let drawn = self
                .uncertain
                .iter()
                .any(|(uncertain, _)| *uncertain == figure);
            (drawn || phase.probability < 1.0).then_some(phase)
        })
    }

    /// The share of labour income that households spend; nothing in an open model.
    fn share_spent(&self, values: &[Quantity<Lanes>]) -> Result<Lanes> {
        let Some(households) = self.model.households() else {
            return Ok(Lanes::ZERO);
        };
        let Some((scenario, at)) = self.scenario.zip(self.household_share) else {
            return Ok(Lanes::constant(households.share_spent()));
        };
        let share = values[at].value;
        match share.find(|s| !(0.0..=1.5).contains(&s)) {
            None => Ok(share),
            Some(s) => Err(scenario.figure_error(
                at,
                said!(
                    "it is {s}; the share of labour income that is spent must be in 0..1.5",
                    "{s}입니다. 노동소득 중 소비 비율은 0과 1.5 사이여야 합니다"
                ),
            )),
        }
    }
}

/// The shares of the table that a scenario takes, or the lines of a shock.
fn taken_shares(scenario: Option<&Scenario>, impact: &Impact) -> TakenShares {
    match scenario {
        Some(scenario) => scenario.own_shares(),
        None => {
            let lines = impact.phases.iter().flat_map(|phase| &phase.lines);
            let of_line = |l: &Line| Some((l.sector, l.share_basis?));
            TakenShares {
                products: lines.filter_map(of_line).collect(),
                ..TakenShares::default()
            }
        }
    }
}

/// The figures of a scenario that must be shares.
fn shares(scenario: &Scenario) -> Vec<usize> {
    let phases = scenario.phases.iter();
    let of_lines = phases.clone().flat_map(|p| &p.lines).flat_map(|l| {
        let margins = l.trade.iter().chain(&l.transport).map(|(_, at)| *at);
        let tax = l.tax.map(crate::scenario::Tax::figure);
        l.domestic_share.into_iter().chain(tax).chain(margins)
    });
    let mut all: Vec<usize> = phases
        .filter_map(|p| p.probability)
        .chain(of_lines)
        .chain(scenario.policies.iter().map(|(_, at)| *at))
        .chain(scenario.recipe_shares())
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// An error with the draw that it happened in.
pub(in crate::uncertainty) fn in_draw(error: Error, draw: usize) -> Error {
    let number = draw + 1;
    let with_draw = |Text { en, ko }| said!("{en} (draw {number})", "{ko} ({number}번째 추출)");
    match error {
        Error::Data { place, message } => Error::at(place, with_draw(message)),
        Error::Invalid(message) => Error::Invalid(with_draw(message)),
        other => other,
    }
}
