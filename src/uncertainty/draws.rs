//! Monte Carlo: an impact worked out for many draws of its uncertain figures.
//!
//! The model is linear in demand, so with certain coefficients nothing is solved per draw: value
//! added is v'L f, jobs are e'L f, output of sector i is row i of L times f, and households add
//! h (L c) with h = s w'L f / (1 - s w'L c) (Miller & Blair, ch. 2 and 6). The rows are solved
//! for once; a draw is a handful of products over the sectors that the scenario spends in. Where
//! coefficients are drawn as well, each draw solves (I - Ad) X = [f, c] once, for the demand of each
//! phase and the basket of households, and forms no inverse.

use super::coefficients::{CoefficientDraws, Drawn, KEPT, Sharing};
use super::ensemble::{Driver, EachDraw, Ensemble, FigureSpread, SectorSpread, Spread, YearSpread};
use super::lanes::{Lanes, WIDTH};
use super::sampler::{Sampler, Streams};
use super::statistics;
use crate::error::{Error, Result};
use crate::impact::ranking::ranked;
use crate::impact::{Impact, Labour, PhaseImpact};
use crate::lang::{Lang, Text, said};
use crate::model::Model;
use crate::scenario::amount::Quantity;
use crate::scenario::formula::Number;
use crate::scenario::{Note, PhaseKind, Scenario};
use crate::table::{AnyTable, PrimaryInputRole};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// How an ensemble is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Draws {
    /// How many draws.
    pub count: usize,
    /// The seed.
    pub seed: u64,
    /// Standard deviation of the logarithm of each positive coefficient of Ad and each labour
    /// coefficient; `None` (or 0) where coefficients are taken as certain.
    pub coefficient_spread: Option<f64>,
    /// Which coefficients share a factor.
    pub coefficient_sharing: Sharing,
    /// What every amount is multiplied by.
    pub scale: f64,
    /// For how many sectors of each kind of phase output is told.
    pub sectors: usize,
    /// Whether the ensemble holds every draw of the headline figures and of what was drawn.
    pub keep: bool,
}

impl Default for Draws {
    fn default() -> Self {
        Draws {
            count: 10_000,
            seed: 1,
            coefficient_spread: None,
            coefficient_sharing: Sharing::default(),
            scale: 1.0,
            sectors: 10,
            keep: false,
        }
    }
}

/// More draws than this would not fit into memory.
const MOST: usize = 20_000_000;

/// The most memory that an ensemble is worked out in, in bytes.
pub const MOST_BYTES: usize = 2_000_000_000;

/// How many columns of draws a core works with beside those that are held: the one it looks at, and what
/// is sorted of it. Measured, and rounded up.
const AT_WORK: usize = 5;

/// Draws an ensemble of a scenario, of which `impact` is the impact as written (and resized by
/// `draws.scale`). Returns it with what the reader must know of it.
///
/// `progress` is told of draws done, from any thread.
///
/// # Errors
/// Nothing that is uncertain; a spread that is negative or absurd; no draws; a draw that cannot be
/// worked out, named by its number.
pub fn of_scenario(
    table: &AnyTable,
    model: &Model,
    scenario: &Scenario,
    impact: &Impact,
    draws: &Draws,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<(Ensemble, Vec<Note>)> {
    Engine::new(table, model, Some(scenario), impact, draws)?.run(progress)
}

/// Draws an ensemble of a shock: its demand is given, its coefficients are drawn.
///
/// # Errors
/// As [`of_scenario`]; a shock to output, whose demand depends on the coefficients.
pub fn of_shock(
    table: &AnyTable,
    model: &Model,
    impact: &Impact,
    draws: &Draws,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<(Ensemble, Vec<Note>)> {
    if impact.receipt.driven_by == crate::impact::Driver::Output {
        return Err(Error::invalid(said!(
            "the demand behind a shock to output depends on the coefficients: draws go with --shock or a scenario",
            "산출 충격에 해당하는 최종수요는 계수에 따라 달라집니다. 추출은 --shock이나 시나리오에 쓰십시오"
        )));
    }
    Engine::new(table, model, None, impact, draws)?.run(progress)
}

/// Everything that stays the same from draw to draw, or from cell to cell of a grid.
pub(super) struct Engine<'a> {
    table: &'a AnyTable,
    model: &'a Model,
    scenario: Option<&'a Scenario>,
    impact: &'a Impact,
    draws: &'a Draws,
    streams: Streams,
    /// Uncertain figures of the scenario.
    uncertain: Vec<(usize, Sampler)>,
    /// Figures that must be shares.
    shares: Vec<usize>,
    /// The figure that holds the share that households spend, where the model goes by it.
    household_share: Option<usize>,
    /// Kinds of phases with the sectors told of.
    kinds: Vec<(PhaseKind, Vec<usize>)>,
    rows: Rows,
    coefficients: Option<CoefficientDraws>,
    columns: Vec<Column>,
}

/// What the columns of a record are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Column {
    Figure(Option<PhaseKind>, &'static str),
    Indicator(usize),
    Sector(PhaseKind, usize),
    /// Output, value added, job-years, jobs of a year.
    Year(i32),
    /// The drawn value of an uncertain figure.
    Drawn,
}

/// A figure that a column of a record holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Of which phases; `None` for an indicator of the scenario.
    pub kind: Option<PhaseKind>,
    /// A stable name, as of [`FigureSpread::id`].
    pub id: String,
    /// The title.
    pub title: Text,
    /// The unit; money is in millions of the currency.
    pub unit: Text,
    /// Whether the unit is money.
    pub money: bool,
}

/// The four headline measures, in the order of every array of four.
const MEASURES: [&str; 4] = ["output", "value_added", "imports", "jobs"];
const MEASURES_TYPE1: [&str; 4] = [
    "output_type1",
    "value_added_type1",
    "imports_type1",
    "jobs_type1",
];

/// Of each year: output, value added, job-years and jobs, of Type I and of all stages.
const OF_A_YEAR: usize = 8;

/// Rows of the model solved for once, with certain coefficients.
struct Rows {
    /// 1'L, v'L, m'L, e'L, n each.
    measures: [DVector<f64>; 4],
    /// w'L, n; empty in an open model.
    income: Option<DVector<f64>>,
    /// Rows of L, of the sectors told of, each kind apart.
    sectors: Vec<Vec<DVector<f64>>>,
    /// The measures per unit that households spend.
    per_spending: [f64; 4],
    /// w'Lc: income that a unit of spending leads to.
    again: f64,
}

/// What a phase spends, over lanes.
struct Demand {
    spending: Lanes,
    imported: Lanes,
    /// What average columns have to meet, of the sectors that there is any demand for.
    domestic: Vec<(usize, Lanes)>,
    /// What recipes make.
    by_recipe: Made,
    /// What its figures count for: the probability, and the scale of amounts.
    weight: Lanes,
}

/// What recipes make of the demand of a phase, over lanes.
#[derive(Clone)]
struct Made {
    /// Output, value added, imported inputs, jobs.
    measures: [Lanes; 4],
    /// Compensation of employees.
    income: Lanes,
    /// Output by sector.
    output: Vec<(usize, Lanes)>,
}

/// What follows from the demand of a phase, over lanes.
#[derive(Clone)]
struct Effect {
    type1: [Lanes; 4],
    total: [Lanes; 4],
    sectors: Vec<Lanes>,
}

/// How many draws with certain coefficients are worked out by the same thread: enough for columns that
/// are quick to copy.
const PART: usize = 8 * WIDTH;

/// One part of the draws worked out.
struct Part {
    /// All draws of the first column, then of the next.
    columns: Vec<f64>,
    /// As in [`Block`].
    clamped: Vec<usize>,
}

/// What is drawn in a block besides its figures.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Chance {
    /// The first draw whose coefficients are drawn; `None` where they are as in the table.
    coefficients: Option<usize>,
    /// The block whose events are drawn: a phase with a probability happens in a draw or does not.
    /// `None` where the probability is a weight, as in the figures as written.
    events: Option<usize>,
}

/// One block of draws worked out.
pub(super) struct Block {
    pub(super) columns: Vec<Lanes>,
    /// For each share: in how many draws it was outside 0..1.
    pub(super) clamped: Vec<usize>,
}

impl<'a> Engine<'a> {
    pub(super) fn new(
        table: &'a AnyTable,
        model: &'a Model,
        scenario: Option<&'a Scenario>,
        impact: &'a Impact,
        draws: &'a Draws,
    ) -> Result<Self> {
        if !(1..=MOST).contains(&draws.count) {
            return Err(Error::invalid(said!(
                "{count} draws are asked for; it must be 1 to {MOST}",
                "추출 횟수가 {count}입니다. 1에서 {MOST} 사이여야 합니다",
                count = draws.count
            )));
        }
        let spread = draws.coefficient_spread.unwrap_or(0.0);
        if !(0.0..=2.0).contains(&spread) {
            return Err(Error::invalid(said!(
                "a coefficient spread of {spread} cannot be meant: it is the standard deviation of the \
                 logarithm, 0.1 for about 10 %, at most 2",
                "계수의 산포 {spread}은(는) 쓸 수 없습니다. 로그의 표준편차로 0 이상 2 이하여야 합니다(0.1이면 약 10%)"
            )));
        }
        let uncertain: Vec<(usize, Sampler)> = scenario
            .map_or(&[][..], Scenario::figures)
            .iter()
            .enumerate()
            .filter_map(|(at, f)| Some((at, Sampler::new(f.distribution.as_ref()?))))
            .collect();
        let kinds: Vec<(PhaseKind, Vec<usize>)> = [
            (PhaseKind::OneOff, &impact.one_off),
            (PhaseKind::Recurring, &impact.recurring),
        ]
        .into_iter()
        .filter_map(|(kind, effects)| {
            let mut order = ranked(&effects.as_ref()?.output);
            order.truncate(draws.sectors);
            Some((kind, order))
        })
        .collect();
        // A share given on the command line goes before the scenario's own.
        let household_share = scenario.and_then(|s| {
            let at = s.settings.household_share?;
            let written = s.values::<f64>(&[]).ok()?[at].value;
            (model.households()?.share_spent() == written).then_some(at)
        });
        let mut engine = Engine {
            table,
            model,
            scenario,
            impact,
            draws,
            streams: Streams::new(draws.seed),
            uncertain,
            shares: scenario.map_or(Vec::new(), shares),
            household_share,
            rows: Rows::new(model, &kinds),
            kinds,
            coefficients: (spread > 0.0)
                .then(|| CoefficientDraws::new(model, spread, draws.coefficient_sharing)),
            columns: Vec::new(),
        };
        engine.columns = engine.columns();
        Ok(engine)
    }

    /// What a record holds, in its order.
    fn columns(&self) -> Vec<Column> {
        let mut columns = Vec::new();
        for (kind, _) in &self.kinds {
            for id in ["spending", "imported"]
                .into_iter()
                .chain(MEASURES_TYPE1)
                .chain(["leakage_type1"])
                .chain(MEASURES)
                .chain(["leakage"])
            {
                columns.push(Column::Figure(Some(*kind), id));
            }
        }
        if self.discounting().is_some() {
            columns.push(Column::Figure(None, "value_added_discounted_type1"));
            columns.push(Column::Figure(None, "value_added_discounted"));
        }
        let indicators = self.scenario.map_or(0, |s| s.indicators.len());
        columns.extend((0..indicators).map(Column::Indicator));
        for (kind, sectors) in &self.kinds {
            columns.extend(sectors.iter().map(|s| Column::Sector(*kind, *s)));
        }
        for year in &self.impact.years {
            columns.extend([Column::Year(year.year); OF_A_YEAR]);
        }
        columns.extend(self.uncertain.iter().map(|_| Column::Drawn));
        columns
    }

    /// The figure of the discount rate and the year discounted to.
    fn discounting(&self) -> Option<(usize, i32)> {
        let at = self.scenario?.settings.discount_rate?;
        let (_, year) = self.impact.receipt.discount?;
        Some((at, year))
    }

    fn run(&self, progress: &(dyn Fn(usize) + Sync)) -> Result<(Ensemble, Vec<Note>)> {
        let count = self.draws.count;
        if self.uncertain.is_empty()
            && self.draws.coefficient_spread.is_none()
            && self.events().next().is_none()
        {
            return Err(Error::invalid(match self.scenario {
                Some(_) => said!(
                    "nothing is uncertain in this scenario: give a figure a range, as in \
                     {{ value = 0.3, range = [0.2, 0.5] }}, or draw coefficients with --coefficient-spread 0.1",
                    "시나리오에 불확실한 수치가 없습니다. {{ value = 0.3, range = [0.2, 0.5] }}처럼 수치에 범위를 \
                     주거나 --coefficient-spread 0.1로 계수를 추출하십시오"
                ),
                None => said!(
                    "a shock is certain as it stands: draw coefficients with --coefficient-spread 0.1",
                    "충격의 금액에는 불확실성이 없습니다. --coefficient-spread 0.1로 계수를 추출하십시오"
                ),
            }));
        }
        self.fits_memory()?;
        // A draw that solves a system of its own is worth a core: there the parts are as small as can be.
        let size = match self.coefficients {
            Some(_) => WIDTH,
            None => PART,
        };
        let parts = in_parallel(count.div_ceil(size), |at| {
            self.draw_part(at * size..count.min((at + 1) * size), progress)
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
                .coefficients
                .as_ref()
                .map(|_| self.draws.coefficient_sharing),
            figures: self.figures(&spreads),
            sectors: self.sectors(&spreads),
            years: self.years(&spreads),
            drivers: self.drivers(&ranks)?,
            each: self.each(kept)?,
        };
        Ok((ensemble, self.notes(&parts)))
    }

    /// Whether column `at` is looked at again, by its ranks, for what drives the results.
    fn is_ranked(&self, at: usize) -> bool {
        matches!(
            self.columns[at],
            Column::Drawn | Column::Figure(_, "value_added_type1")
        )
    }

    /// Whether every draw of column `at` goes into the ensemble.
    fn is_kept(&self, at: usize) -> bool {
        let told = matches!(
            self.columns[at],
            Column::Drawn | Column::Figure(..) | Column::Indicator(_)
        );
        self.draws.keep && told
    }

    /// Every draw of the headline figures and of what was drawn, where the draws are kept.
    fn each(&self, mut kept: Vec<Vec<f64>>) -> Result<Vec<EachDraw>> {
        if !self.draws.keep {
            return Ok(Vec::new());
        }
        let mut each = Vec::new();
        for (at, figure) in self.headline() {
            each.push(EachDraw {
                kind: figure.kind,
                id: figure.id,
                drawn: false,
                unit: figure.unit,
                money: figure.money,
                values: std::mem::take(&mut kept[at]),
            });
        }
        if let Some(scenario) = self.scenario {
            let written = scenario.values::<f64>(&[])?;
            let first = kept.len() - self.uncertain.len();
            for ((at, _), values) in self.uncertain.iter().zip(kept.drain(first..)) {
                let money = written[*at].money == 1;
                each.push(EachDraw {
                    kind: None,
                    id: scenario.figures[*at].key.clone(),
                    drawn: true,
                    unit: match money {
                        true => self.money_unit(),
                        false => Text::default(),
                    },
                    money,
                    values: match money {
                        true => values.iter().map(|v| v / 1e6).collect(),
                        false => values,
                    },
                });
            }
        }
        Ok(each)
    }

    /// Millions of the table's currency.
    fn money_unit(&self) -> Text {
        let currency = &self.model.coefficients().meta().currency;
        let unit = |lang| crate::units::million(currency, lang);
        Text::new(unit(Lang::En), unit(Lang::Ko))
    }

    /// Quantiles and ranks are exact, so that every draw of every figure is held at once.
    fn fits_memory(&self) -> Result<()> {
        let count = self.draws.count;
        let ranked = (0..self.columns.len()).filter(|at| self.is_ranked(*at));
        let kept = (0..self.columns.len()).filter(|at| self.is_kept(*at));
        let held = self.columns.len() + ranked.count() + kept.count();
        let each = 8 * (held + AT_WORK * cores());
        let (most, figures) = (MOST_BYTES / each, self.columns.len());
        if count <= most {
            return Ok(());
        }
        let needed = each as f64 * count as f64 / 1e9;
        let limit = MOST_BYTES / 1_000_000_000;
        Err(Error::invalid(said!(
            "{count} draws of {figures} figures need {needed:.1} GB of memory, and {limit} GB are used at \
             most: ask for {most} draws or fewer, or several runs of different seeds",
            "지표 {figures}개를 {count}회 추출하려면 메모리 {needed:.1} GB가 필요하나 {limit} GB까지만 \
             사용합니다. {most}회 이하로 지정하거나 시드를 바꾸어 나누어 실행하십시오"
        )))
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
    fn draw_block(&self, block: usize) -> Result<Block> {
        let first = block * WIDTH;
        let used = WIDTH.min(self.draws.count - first);
        let given: Vec<(usize, Lanes)> = self
            .uncertain
            .iter()
            .map(|(at, sampler)| {
                let mut values = sampler.quantiles(self.streams.uniform(*at, block));
                let repeated = values.0[0];
                values.0[used..].fill(repeated);
                (*at, values)
            })
            .collect();
        let chance = Chance {
            coefficients: self.coefficients.is_some().then_some(first),
            events: Some(block),
        };
        self.record(&given, chance).map_err(|error| {
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
    pub(super) fn record(&self, given: &[(usize, Lanes)], chance: Chance) -> Result<Block> {
        let mut values = match self.scenario {
            Some(scenario) => scenario.values(given)?,
            None => Vec::new(),
        };
        let clamped = self.clamp(&mut values);
        let demands = self.demands(&values, chance.events)?;
        let spent = self.share_spent(&values)?;
        let effects = match (chance.coefficients, &self.coefficients) {
            (Some(first), Some(coefficients)) => {
                self.effects_drawn(&demands, &spent, coefficients, first)?
            }
            _ => self.effects(&demands, &spent)?,
        };
        let columns = self.collect(given, &values, &demands, &effects)?;
        Ok(Block { columns, clamped })
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
    fn events(&self) -> impl Iterator<Item = &PhaseImpact> {
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

    fn demands(&self, values: &[Quantity<Lanes>], events: Option<usize>) -> Result<Vec<Demand>> {
        let Some(scenario) = self.scenario else {
            return Ok(self.impact.phases.iter().map(Demand::fixed).collect());
        };
        let scale = Lanes::constant(self.draws.scale);
        scenario
            .phases
            .iter()
            .enumerate()
            .map(|(number, phase)| {
                let weight = match (phase.probability, events) {
                    (Some(at), Some(block)) => {
                        let mut happens = self.streams.event(number, block);
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
                    let split = scenario.split(line, values)?;
                    demand.spending += &split.amount;
                    demand.imported += &split.imported;
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

    /// Spending of households in all rounds per unit of first income, s / (1 - s w'Lc).
    fn multiplier(share: f64, again: f64) -> Result<f64> {
        if share * again < 1.0 {
            Ok(share / (1.0 - share * again))
        } else {
            Err(Error::invalid(crate::model::households::explodes(
                share * again,
            )))
        }
    }

    /// What follows with coefficients as they are.
    fn effects(&self, demands: &[Demand], spent: &Lanes) -> Result<Vec<Effect>> {
        let rows = &self.rows;
        let multiplier = match spent.uniform() {
            Some(share) => Lanes::constant(Self::multiplier(share, rows.again)?),
            None => {
                let worst = spent.0.iter().copied().fold(0.0, f64::max);
                Self::multiplier(worst, rows.again)?;
                spent.map(|s| s / (1.0 - s * rows.again))
            }
        };
        let shapes = self.impact.phases.iter();
        Ok(demands
            .iter()
            .zip(shapes)
            .map(|(demand, shape)| {
                let along = |row: &DVector<f64>| {
                    let mut sum = Lanes::ZERO;
                    for (sector, f) in &demand.domestic {
                        sum.add_scaled(row[*sector], f);
                    }
                    sum
                };
                let made = &demand.by_recipe;
                let mut type1 = rows.measures.each_ref().map(along);
                for (type1, made) in type1.iter_mut().zip(&made.measures) {
                    *type1 += made;
                }
                let mut total = type1;
                let at = self.kinds.iter().position(|(kind, _)| *kind == shape.kind);
                let told = at.map_or(&[][..], |at| self.kinds[at].1.as_slice());
                let mut sectors: Vec<Lanes> = at
                    .map_or(&[][..], |at| &rows.sectors[at])
                    .iter()
                    .map(along)
                    .collect();
                for (output, sector) in sectors.iter_mut().zip(told) {
                    for (_, made) in made.output.iter().filter(|(of, _)| of == sector) {
                        *output += made;
                    }
                }
                if let (Some(income), Some(households)) = (&rows.income, self.model.households()) {
                    let spending = (along(income) + made.income) * multiplier;
                    for (total, per) in total.iter_mut().zip(rows.per_spending) {
                        total.add_scaled(per, &spending);
                    }
                    for (output, sector) in sectors.iter_mut().zip(told) {
                        output.add_scaled(households.output_per_spending()[*sector], &spending);
                    }
                }
                Effect {
                    type1,
                    total,
                    sectors,
                }
            })
            .collect())
    }

    /// What follows with coefficients of their own in each draw.
    fn effects_drawn(
        &self,
        demands: &[Demand],
        spent: &Lanes,
        coefficients: &CoefficientDraws,
        first: usize,
    ) -> Result<Vec<Effect>> {
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
                type1: [Lanes::ZERO; 4],
                total: [Lanes::ZERO; 4],
                sectors: vec![Lanes::ZERO; told.len()],
            })
            .collect();
        let mut drawn = Drawn::default();
        let sides = demands.len() + usize::from(households.is_some());
        let mut x = vec![0.0; n * sides];
        for lane in 0..WIDTH.min(self.draws.count - first) {
            coefficients.draw(&mut self.streams.coefficients(first + lane), &mut drawn);
            x.fill(0.0);
            for (side, demand) in x.chunks_exact_mut(n).zip(demands) {
                for (sector, f) in &demand.domestic {
                    side[*sector] = f.0[lane];
                }
            }
            let basket = demands.len() * n;
            if let Some(households) = households {
                x[basket..].copy_from_slice(households.domestic_basket().as_slice());
            }
            drawn.solve(&mut x).ok_or_else(|| {
                in_draw(
                    Error::invalid(said!(
                        "the coefficients are not productive",
                        "투입계수가 생산가능 조건을 충족하지 않습니다"
                    )),
                    first + lane,
                )
            })?;
            let measures = |x: &[f64]| {
                [
                    x.iter().sum(),
                    dot(&drawn.value_added, x),
                    dot(coefficients.imports(), x),
                    dot(&drawn.jobs, x),
                ]
            };
            let (outputs, per_spending) = x.split_at(basket);
            let closure = match households {
                Some(households) => {
                    let again = dot(&drawn.income, per_spending);
                    let multiplier = Self::multiplier(spent.0[lane], again)
                        .map_err(|e| in_draw(e, first + lane))?;
                    let mut per: [f64; 4] = measures(per_spending);
                    per[2] += households.imported_basket().sum();
                    Some((multiplier, per))
                }
                None => None,
            };
            let of_phases = effects.iter_mut().zip(outputs.chunks_exact(n));
            for (((effect, output), told), demand) in of_phases.zip(&told).zip(demands) {
                let made = &demand.by_recipe;
                let mut type1 = measures(output);
                for (type1, made) in type1.iter_mut().zip(&made.measures) {
                    *type1 += made.0[lane];
                }
                let income = dot(&drawn.income, output) + made.income.0[lane];
                let (spending, per) = match &closure {
                    Some((multiplier, per)) => (income * multiplier, *per),
                    None => (0.0, [0.0; 4]),
                };
                for at in 0..4 {
                    effect.type1[at].0[lane] = type1[at];
                    effect.total[at].0[lane] = type1[at] + spending * per[at];
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

    /// Sums phases into the columns of a record, in the order of [`Engine::columns`].
    fn collect(
        &self,
        given: &[(usize, Lanes)],
        values: &[Quantity<Lanes>],
        demands: &[Demand],
        effects: &[Effect],
    ) -> Result<Vec<Lanes>> {
        let setting = |at: Option<usize>| at.map_or(Lanes::ZERO, |at| values[at].value);
        let growth = setting(self.scenario.and_then(|s| s.settings.productivity_growth));
        let rate = self
            .discounting()
            .map(|(at, year)| (values[at].value, year));
        if let Some(scenario) = self.scenario {
            scenario.check_rates(values)?;
        }
        let shapes = || self.impact.phases.iter().zip(demands).zip(effects);
        let persons = |shape: &PhaseImpact, schedule: &[(i32, f64)]| {
            let year = self.table.meta().year;
            let factor = |g: f64| Labour::new(year, g).of_phase(shape.kind, schedule);
            match growth.uniform() {
                Some(g) => Lanes::constant(factor(g)),
                None => growth.map(factor),
            }
        };
        let mut columns = Vec::with_capacity(self.columns.len());
        for (kind, _) in &self.kinds {
            let mut sums = [Lanes::ZERO; 10];
            for ((shape, demand), effect) in shapes().filter(|((s, _), _)| s.kind == *kind) {
                let persons = persons(shape, &shape.schedule);
                let jobs = demand.weight * persons;
                sums[0].add_product(&demand.spending, &demand.weight);
                sums[1].add_product(&demand.imported, &demand.weight);
                let figures = effect.type1.iter().chain(&effect.total);
                for (at, (sum, figure)) in sums[2..].iter_mut().zip(figures).enumerate() {
                    let counted = if at % 4 == 3 { &jobs } else { &demand.weight };
                    sum.add_product(figure, counted);
                }
            }
            let [_, imported, _, _, type1, _, _, _, imports, _] = sums;
            columns.extend(&sums[..6]);
            columns.push(imported + type1);
            columns.extend(&sums[6..]);
            columns.push(imported + imports);
        }
        let mut years = Vec::with_capacity(OF_A_YEAR * self.impact.years.len());
        let mut discounted = [Lanes::ZERO; 2];
        for year in &self.impact.years {
            let mut sums = [Lanes::ZERO; OF_A_YEAR];
            for ((shape, demand), effect) in shapes() {
                let Some((_, share)) = shape.schedule.iter().find(|(y, _)| *y == year.year) else {
                    continue;
                };
                let weight = demand.weight * Lanes::constant(*share);
                let persons = weight * persons(shape, &[(year.year, 1.0)]);
                let of_stages = sums.chunks_exact_mut(4).zip([&effect.type1, &effect.total]);
                for (sums, [output, value_added, _, jobs]) in of_stages {
                    sums[0].add_product(output, &weight);
                    sums[1].add_product(value_added, &weight);
                    sums[match shape.kind {
                        PhaseKind::OneOff => 2,
                        PhaseKind::Recurring => 3,
                    }]
                    .add_product(jobs, &persons);
                }
            }
            if let Some((rate, to)) = rate {
                let factor = rate.map(|r| (1.0 + r).powi(to - year.year));
                for (discounted, sums) in discounted.iter_mut().zip(sums.chunks_exact(4)) {
                    discounted.add_product(&sums[1], &factor);
                }
            }
            years.extend(sums);
        }
        if rate.is_some() {
            columns.extend(discounted);
        }
        let indicators = self.scenario.map_or(&[][..], |s| &s.indicators);
        columns.extend(indicators.iter().map(|at| values[*at].value));
        for (kind, told) in &self.kinds {
            let mut sums = vec![Lanes::ZERO; told.len()];
            for ((_, demand), effect) in shapes().filter(|((s, _), _)| s.kind == *kind) {
                for (sum, output) in sums.iter_mut().zip(&effect.sectors) {
                    sum.add_product(output, &demand.weight);
                }
            }
            columns.extend(sums);
        }
        columns.extend(years);
        // As written, a figure that could be drawn stands among the values.
        columns.extend(self.uncertain.iter().map(|(at, _)| {
            let drawn = given.iter().find(|(figure, _)| figure == at);
            drawn.map_or(values[*at].value, |(_, drawn)| *drawn)
        }));
        debug_assert_eq!(columns.len(), self.columns.len());
        Ok(columns)
    }

    fn figures(&self, spreads: &[Spread]) -> Vec<FigureSpread> {
        self.headline()
            .into_iter()
            .map(|(at, figure)| FigureSpread {
                kind: figure.kind,
                id: figure.id,
                title: figure.title,
                unit: figure.unit,
                money: figure.money,
                spread: spreads[at],
            })
            .collect()
    }

    /// The headline figures and indicators, with the columns that they stand in.
    pub(super) fn headline(&self) -> Vec<(usize, Figure)> {
        let has_jobs = self.model.coefficients().account("jobs").is_some();
        self.columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| match *column {
                Column::Figure(kind, id) => {
                    let jobs = matches!(id, "jobs" | "jobs_type1");
                    let unit = match kind {
                        Some(PhaseKind::OneOff) if jobs => Text::new("job-years", "인년"),
                        _ if jobs => Text::new("jobs", "명"),
                        _ => self.money_unit(),
                    };
                    let figure = Figure {
                        kind,
                        id: id.to_owned(),
                        title: title(id, self.impact.receipt.household_share.is_some()),
                        unit,
                        money: !jobs,
                    };
                    (has_jobs || !jobs).then_some((at, figure))
                }
                Column::Indicator(number) => {
                    let file = &self.scenario?.file.indicator[number];
                    let figure = Figure {
                        kind: None,
                        id: file.name.en.clone(),
                        title: file.name.clone(),
                        unit: file.unit.clone(),
                        money: false,
                    };
                    Some((at, figure))
                }
                _ => None,
            })
            .collect()
    }

    fn sectors(&self, spreads: &[Spread]) -> Vec<SectorSpread> {
        let columns = self.columns.iter().zip(spreads);
        columns
            .filter_map(|(column, spread)| match *column {
                Column::Sector(kind, sector) => Some(SectorSpread {
                    kind,
                    sector,
                    output: *spread,
                }),
                _ => None,
            })
            .collect()
    }

    fn years(&self, spreads: &[Spread]) -> Vec<YearSpread> {
        let of_years: Vec<&Spread> = self
            .columns
            .iter()
            .zip(spreads)
            .filter_map(|(column, spread)| matches!(column, Column::Year(_)).then_some(spread))
            .collect();
        self.impact
            .years
            .iter()
            .zip(of_years.chunks_exact(OF_A_YEAR))
            .map(|(year, s)| YearSpread {
                year: year.year,
                output_type1: *s[0],
                value_added_type1: *s[1],
                job_years_type1: *s[2],
                jobs_type1: *s[3],
                output: *s[4],
                value_added: *s[5],
                job_years: *s[6],
                jobs: *s[7],
            })
            .collect()
    }

    /// What drives value added: rank correlations, and each figure alone at the ends of its band.
    fn drivers(&self, ranks: &[Vec<f64>]) -> Result<Vec<Driver>> {
        let Some(scenario) = self.scenario else {
            return Ok(Vec::new());
        };
        let written = scenario.values::<f64>(&[])?;
        let of_figures = &ranks[ranks.len() - self.uncertain.len()..];
        let mut drivers = Vec::new();
        for (kind, _) in &self.kinds {
            let find = |id| {
                let wanted = Column::Figure(Some(*kind), id);
                self.columns.iter().position(|c| *c == wanted)
            };
            let (Some(type1), Some(all)) = (find("value_added_type1"), find("value_added")) else {
                continue;
            };
            let mut of_kind = Vec::new();
            for ((at, sampler), of_figure) in self.uncertain.iter().zip(of_figures) {
                // The ends of its band first, then quantiles all over it.
                let mut u = Lanes::ZERO;
                for (lane, u) in u.0.iter_mut().enumerate() {
                    *u = (lane as f64 - 1.5) / (WIDTH - 2) as f64;
                }
                (u.0[0], u.0[1]) = (0.05, 0.95);
                let values = sampler.quantiles(u);
                let record = self.record(&[(*at, values)], Chance::default())?;
                let [alone, with_households] = [type1, all].map(|column| record.columns[column]);
                // Where it has no part, a correlation would be chance.
                let no_part = alone.uniform().is_some();
                if no_part && with_households.uniform().is_some() {
                    continue;
                }
                let figure = &scenario.figures[*at];
                of_kind.push(Driver {
                    kind: *kind,
                    key: figure.key.clone(),
                    label: figure.label.clone(),
                    money: written[*at].money == 1,
                    rank_correlation: if no_part {
                        0.0
                    } else {
                        statistics::correlation(of_figure, &ranks[type1])
                    },
                    range: [values.0[0], values.0[1]]
                        .map(|v| if written[*at].money == 1 { v / 1e6 } else { v }),
                    value_added_type1: [alone.0[0], alone.0[1]],
                    value_added: [with_households.0[0], with_households.0[1]],
                });
            }
            of_kind.sort_by(|a, b| {
                let size = |d: &Driver| d.rank_correlation.abs();
                size(b).total_cmp(&size(a))
            });
            drivers.extend(of_kind);
        }
        Ok(drivers)
    }

    fn notes(&self, parts: &[Part]) -> Vec<Note> {
        let mut notes = Vec::new();
        let (count, seed) = (self.draws.count, self.draws.seed);
        if !self.uncertain.is_empty() {
            let figures = self.uncertain.len();
            notes.push(Note::assumption(
                "independent_draws",
                format!(
                    "{count} draws (seed {seed}) of {figures} uncertain figures, each drawn on its own: no \
                     correlation between them is assumed."
                ),
                format!(
                    "불확실한 수치 {figures}개를 {count}회 추출함(시드 {seed}). 수치 간 상관은 없다고 가정함."
                ),
            )
            .with("draws", count)
            .with("seed", seed as f64)
            .with("uncertain_figures", figures));
        }
        for phase in self.events() {
            let percent = phase.probability * 100.0;
            notes.push(Note::assumption(
                "event_in_draws",
                format!(
                    "\"{}\" happens in a draw or does not, with a probability of {percent:.0} %. The figures as \
                     written count it at that weight instead: they are expected values, and no draw is like \
                     them.",
                    phase.name.en
                ),
                format!(
                    "‘{}’은 추출마다 확률 {percent:.0}%로 실현되거나 실현되지 않음. 기준값은 이 확률을 가중치로 \
                     곱한 기댓값이므로 개별 추출 결과와 다름.",
                    phase.name.ko
                ),
            )
            .with("phase", &phase.name)
            .with("probability", phase.probability));
        }
        if let Some(spread) = self.draws.coefficient_spread.filter(|s| *s > 0.0) {
            let kept = KEPT * 100.0;
            let sharing = self.draws.coefficient_sharing.title();
            notes.push(Note::assumption(
                "coefficients_drawn",
                format!(
                    "Coefficients are drawn: positive cells of Ad and labour coefficients times lognormal \
                     factors of mean 1 and a spread of {spread} (standard deviation of the logarithm), {}. \
                     Value added takes up the difference; a column keeps at least {kept:.0} % of its value added.",
                    sharing.en
                ),
                format!(
                    "투입계수 불확실성: Ad의 양(+)의 원소와 취업계수에 평균 1, 로그 표준편차 {spread}인 로그정규 \
                     배수를 곱함({}). 차이는 부가가치가 흡수하며 각 열의 부가가치는 최소 {kept:.0}%를 유지함.",
                    sharing.ko
                ),
            )
            .with("shared", self.draws.coefficient_sharing.id())
            .with("spread", spread)
            .with("least_value_added_kept", KEPT));
        }
        if let Some(scenario) = self.scenario {
            for (at, figure) in self.shares.iter().enumerate() {
                let times: usize = parts.iter().map(|p| p.clamped[at]).sum();
                if times > 0 {
                    let label = &scenario.figures[*figure].label;
                    notes.push(Note::warning(
                        "draws_at_bounds",
                        format!(
                            "\"{}\" was drawn outside 0..1 in {times} of {count} draws and put at the bound: \
                             a distribution with bounds suits a share better.",
                            label.en
                        ),
                        format!(
                            "‘{}’은 {count}회 중 {times}회 0~1 범위를 벗어나 경계값으로 조정함: 비율에는 \
                             상·하한이 있는 분포가 적절함.",
                            label.ko
                        ),
                    )
                    .with("figure", label)
                    .with("draws_at_bound", times)
                    .with("draws", count));
                }
            }
        }
        notes
    }
}

impl Rows {
    fn new(model: &Model, kinds: &[(PhaseKind, Vec<usize>)]) -> Self {
        let c = model.coefficients();
        let n = c.sectors().len();
        let jobs = c.account("jobs").cloned();
        let per_output = [
            DVector::from_element(n, 1.0),
            c.value_added().clone(),
            c.imports_per_output(),
            jobs.unwrap_or_else(|| DVector::zeros(n)),
        ];
        let mut per_spending = [0.0; 4];
        let mut again = 0.0;
        if let Some(households) = model.households() {
            let output = households.output_per_spending();
            per_spending = per_output.each_ref().map(|row| row.dot(output));
            per_spending[2] += households.imported_basket().sum();
            again = households.income().dot(output);
        }
        let row_of = |sector: &usize| {
            let mut unit = DVector::zeros(n);
            unit[*sector] = 1.0;
            model.inducement_row(&unit)
        };
        Rows {
            measures: per_output.each_ref().map(|row| model.inducement_row(row)),
            income: model.households().map(|h| model.inducement_row(h.income())),
            sectors: kinds
                .iter()
                .map(|(_, sectors)| sectors.iter().map(row_of).collect())
                .collect(),
            per_spending,
            again,
        }
    }
}

impl Demand {
    fn none(weight: Lanes) -> Self {
        Demand {
            spending: Lanes::ZERO,
            imported: Lanes::ZERO,
            domestic: Vec::new(),
            by_recipe: Made {
                measures: [Lanes::ZERO; 4],
                income: Lanes::ZERO,
                output: Vec::new(),
            },
            weight,
        }
    }

    /// The demand of a phase that is given.
    fn fixed(phase: &PhaseImpact) -> Self {
        let mut demand = Demand::none(Lanes::constant(phase.probability));
        for line in &phase.lines {
            demand.spending += &Lanes::constant(line.amount);
            demand.imported += &Lanes::constant(line.imported);
            let domestic = Lanes::constant(line.domestic);
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
            self.by_recipe.measures[2] += &imported;
        }
        let made = &mut self.by_recipe;
        made.measures[0] += output;
        made.output.push((sector, *output));
        for (role, amount) in parts {
            made.measures[1] += &amount;
            if role == PrimaryInputRole::Compensation {
                made.income += &amount;
            }
        }
        for (_, persons) in accounts.filter(|(id, _)| *id == "jobs") {
            made.measures[3] += &persons;
        }
    }

    fn add(&mut self, sector: usize, amount: &Lanes) {
        match self.domestic.iter_mut().find(|(s, _)| *s == sector) {
            Some((_, sum)) => *sum += amount,
            None => self.domestic.push((sector, *amount)),
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

/// The title of a figure; `closed` where households add to it.
fn title(id: &str, closed: bool) -> Text {
    let (en, ko) = match id.trim_end_matches("_type1") {
        "spending" => ("Spent", "지출"),
        "imported" => ("Imported at once", "직접 수입"),
        "output" => ("Output", "생산"),
        "value_added" => ("Value added", "부가가치"),
        "imports" => ("Imported inputs", "수입유발"),
        "leakage" => ("All imports", "수입 합계"),
        "value_added_discounted" => ("Value added, present value", "부가가치 현재가치"),
        _ => ("Jobs", "취업"),
    };
    if id.ends_with("_type1") {
        Text::new(format!("{en} (Type I)"), format!("{ko}(1형)"))
    } else if closed && !matches!(id, "spending" | "imported") {
        Text::new(format!("{en} (Type II)"), format!("{ko}(2형)"))
    } else {
        Text::new(en, ko)
    }
}

/// An error with the draw that it happened in.
fn in_draw(error: Error, draw: usize) -> Error {
    let number = draw + 1;
    let with_draw = |message: Text| Text {
        en: format!("{} (draw {number})", message.en),
        ko: format!("{} ({number}번째 추출)", message.ko),
    };
    match error {
        Error::Data { place, message } => Error::at(place, with_draw(message)),
        Error::Invalid(message) => Error::Invalid(with_draw(message)),
        other => other,
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

/// On how many cores [`in_parallel`] works.
fn cores() -> usize {
    #[cfg(feature = "parallel")]
    {
        rayon::current_num_threads()
    }
    #[cfg(not(feature = "parallel"))]
    1
}

/// `f` of 0, 1, ..., on all cores where the crate may use them; the results are in order.
pub(super) fn in_parallel<T: Send>(count: usize, f: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        (0..count).into_par_iter().map(f).collect()
    }
    #[cfg(not(feature = "parallel"))]
    (0..count).map(f).collect()
}

#[cfg(test)]
mod tests;
