//! How sure multipliers are, and the ranks of sectors by them: both where coefficients are drawn.
//!
//! In each draw all multipliers are solved for anew, r'L = ((I - Ad')^-1 r)' with the measures r of the draw: value
//! added, imports and compensation as its columns have them, taxes on production as other value added, accounts times
//! the factor of the sector's labour coefficient. A rank is 1 for the largest; sectors that make nothing have none.

use super::coefficients::{CoefficientDraws, Drawn};
use super::draws::{AT_WORK, Draws, Engine, cores, in_draw, in_parallel, notes_of_table};
use super::ensemble::Spread;
use super::lanes::WIDTH;
use super::sampler::Streams;
use super::split::SplitDraws;
use super::statistics;
use super::tiles::Tiles;
use crate::analysis::multipliers::{ImportForm, Measure, measures};
use crate::analysis::sheet::{FigureUnit, check_positions};
use crate::analysis::{MultiplierType, Multipliers, Provenance};
use crate::error::{Error, Remedy, Result};
use crate::lang::{Text, said};
use crate::memory;
use crate::model::{Earnings, Households, Model};
use crate::scenario::{Note, Sharing};
use crate::table::{AnyTable, SectorName};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The multipliers of every sector over draws of the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MultiplierDraws {
    /// The table.
    pub provenance: Provenance,
    /// Type I or II.
    #[serde(rename = "type")]
    pub kind: MultiplierType,
    /// How imports enter the inverse.
    pub imports: ImportForm,
    /// The share of labour income that households spend; `None` for Type I.
    pub household_share: Option<f64>,
    /// Which income they earn, where it is not compensation of employees alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub households: Option<Earnings>,
    /// How many draws.
    pub draws: usize,
    /// The seed: the same seed and draw number give the same table anywhere.
    pub seed: u64,
    /// The spread of coefficients; `None` where they are taken as certain.
    pub coefficient_spread: Option<f64>,
    /// How coefficients are drawn, where they are.
    pub coefficient_sharing: Option<Sharing>,
    /// What import shares are off on average, where the split of the table is drawn.
    pub split_error: Option<f64>,
    /// Of how many first sectors it is told how often a sector is among them.
    pub among: usize,
    /// The sectors.
    pub sectors: Vec<SectorName>,
    /// Output, value added, imports and so on, as in [`Multipliers::columns`].
    pub measures: Vec<DrawnMeasure>,
    /// How it was drawn.
    #[serde(default)]
    pub notes: Vec<Note>,
}

/// A measure of multipliers over the draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DrawnMeasure {
    /// Its name: "output".
    pub measure: String,
    /// What it is counted in.
    pub unit: FigureUnit,
    /// Spearman's correlation of the ranks of a draw with those of the table, on average of the draws: 1 where
    /// no rank ever changes.
    pub rank_correlation: f64,
    /// In the order of the sectors; `None` for one that makes nothing.
    pub sectors: Vec<Option<DrawnMultiplier>>,
}

/// A multiplier of a sector over the draws.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DrawnMultiplier {
    /// Its distribution; as written is as in the table.
    pub spread: Spread,
    /// The rank in the table, 1 for the largest.
    pub rank: usize,
    /// The median of its ranks.
    pub rank_median: usize,
    /// Nine ranks in ten lie between: the 5th and the 95th percentile.
    pub rank_band: [usize; 2],
    /// In what share of the draws it is among the first.
    pub among_first: f64,
}

impl MultiplierDraws {
    /// Draws a table and works out the multipliers of a model of it each time; told is how often a sector is among
    /// the first `among`. `progress` is told of draws done, from any thread.
    ///
    /// ```
    /// use leontief::analysis::MultiplierType;
    /// use leontief::uncertainty::{Draws, MultiplierDraws};
    /// use leontief::{AnyTable, Model};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let model = Model::new(&table)?;
    /// let asked = Draws { count: 200, coefficient_spread: Some(0.1), ..Draws::default() };
    /// let drawn = MultiplierDraws::of(&table, &model, MultiplierType::Type1, &asked, 10, &|_| ())?;
    /// let output = drawn.measure("output").expect("every table has it");
    /// let construction = output.sectors[table.sectors().find("건설")?].expect("it is made");
    /// assert!((construction.spread.as_written - 2.058383).abs() < 1e-5);
    /// assert!(construction.spread.p5 < 2.0 && construction.spread.p95 > 2.1);
    /// assert!(construction.rank_band[0] <= construction.rank);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Nothing that is uncertain; spreads that cannot be; no draws, or more than fit into memory; Type II of an open
    /// model; a draw that cannot be worked out, named by its number.
    pub fn of(
        table: &AnyTable,
        model: &Model,
        kind: MultiplierType,
        draws: &Draws,
        among: usize,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Self> {
        draws.check()?;
        let split = draws.split_of_table(table, model)?;
        let spread = draws.coefficient_spread.filter(|s| *s > 0.0);
        let split = split.filter(SplitDraws::is_of_coefficients);
        if spread.is_none() && split.is_none() {
            let Text { en, ko } = Remedy::CoefficientSpread.text();
            return Err(Error::invalid(said!(
                "multipliers are certain as they stand: draw coefficients with a spread {en}",
                "승수에는 불확실성이 없습니다. 산포를 지정해 계수를 추출하십시오{ko}"
            )));
        }
        let known = Multipliers::of(model, kind)?;
        let work = Work::new(table, model, kind, draws, split)?;
        let n = model.sectors().len();
        let names: Vec<(String, FigureUnit)> = (work.measures.iter())
            .map(|m| (m.id.clone(), m.unit.clone()))
            .chain(INDICES.map(|id| (id.to_owned(), FigureUnit::Index)))
            .collect();
        fits_memory(draws.count, n, names.len())?;
        let parts = in_parallel(draws.count.div_ceil(WIDTH), |at| {
            let numbers = at * WIDTH..draws.count.min((at + 1) * WIDTH);
            let part = work.part(numbers.clone());
            progress(numbers.len());
            part
        });
        let parts = parts.into_iter().collect::<Result<Vec<Vec<f64>>>>()?;
        let made: Vec<usize> = (0..n)
            .filter(|j| model.coefficients().is_made(*j))
            .collect();
        let height = names.len() * n;
        let of_measure = |at: usize| {
            let written = known.column(&names[at].0).unwrap_or_else(|| vec![0.0; n]);
            let rows = parts.iter().flat_map(|part| part.chunks_exact(height));
            let rows = rows.map(|draw| &draw[at * n..(at + 1) * n]);
            drawn_measure(names[at].clone(), &written, rows, &made, among)
        };
        Ok(MultiplierDraws {
            provenance: known.provenance.clone(),
            kind,
            imports: known.imports,
            household_share: known.household_share,
            households: known.households,
            draws: draws.count,
            seed: draws.seed,
            coefficient_spread: spread,
            coefficient_sharing: spread.map(|_| draws.coefficient_sharing),
            split_error: work.split.as_ref().map(SplitDraws::share_error),
            among,
            sectors: SectorName::all(model.sectors()),
            measures: in_parallel(names.len(), of_measure),
            notes: notes_of_table(table, draws, work.split.as_ref()),
        })
    }

    /// A measure by its name.
    pub fn measure(&self, id: &str) -> Option<&DrawnMeasure> {
        self.measures.iter().find(|measure| measure.measure == id)
    }

    /// The same, by the rank that the table gives sectors by a measure; "code" sorts by the codes.
    ///
    /// # Errors
    /// A measure that is not there, with those that are.
    pub fn sorted_by(&self, id: &str) -> Result<Self> {
        let mut order: Vec<usize> = (0..self.sectors.len()).collect();
        if id == "code" {
            order.sort_by(|a, b| self.sectors[*a].code.cmp(&self.sectors[*b].code));
            return Ok(self.picked(&order));
        }
        let Some(measure) = self.measure(id) else {
            let known: Vec<&str> = self.measures.iter().map(|m| m.measure.as_str()).collect();
            return Err(Error::invalid(said!(
                "there is no measure '{id}'; there are {known}",
                "'{id}' 지표가 없습니다. 쓸 수 있는 지표: {known}",
                known = known.join(", ")
            )));
        };
        let rank = |at: &usize| measure.sectors[*at].map_or(usize::MAX, |of| of.rank);
        order.sort_by_key(rank);
        Ok(self.picked(&order))
    }

    /// The sectors at some positions alone, in that order; ranks are those among all sectors.
    ///
    /// # Errors
    /// A position that is not there.
    pub fn only(&self, positions: &[usize]) -> Result<Self> {
        check_positions(positions, self.sectors.len())?;
        Ok(self.picked(positions))
    }

    fn picked(&self, order: &[usize]) -> Self {
        let measures = self.measures.iter().map(|measure| DrawnMeasure {
            sectors: order.iter().map(|at| measure.sectors[*at]).collect(),
            ..measure.clone()
        });
        MultiplierDraws {
            measures: measures.collect(),
            sectors: order.iter().map(|at| self.sectors[*at].clone()).collect(),
            ..self.clone()
        }
    }
}

/// Behind the measures: column and row sums over their means.
const INDICES: [&str; 2] = ["influence", "sensitivity"];

/// All draws of all multipliers are held at once, because quantiles are exact.
fn fits_memory(count: usize, n: usize, measures: usize) -> Result<()> {
    let each = (8 * n * measures) as u64;
    let ranks = (4 * n * n) as u64 + (8 * AT_WORK * count) as u64;
    let needed = each.saturating_mul(count as u64);
    memory::check(needed.saturating_add(ranks * cores() as u64), |left| {
        let most = left / (each + (8 * AT_WORK * cores()) as u64);
        [
            said!(
                "a run of {count} draws of {measures} multipliers of {n} sectors",
                "{n}개 부문의 승수 {measures}종을 {count}회 추출하는 데"
            ),
            said!(
                "ask for {most} draws or fewer",
                "{most}회 이하로 지정하거나"
            ),
        ]
    })
}

/// What stays the same from draw to draw.
struct Work<'a> {
    model: &'a Model,
    households: Option<&'a Households>,
    coefficients: CoefficientDraws,
    measures: Vec<Measure>,
    split: Option<SplitDraws>,
    streams: Streams,
    factors: bool,
}

impl<'a> Work<'a> {
    fn new(
        table: &AnyTable,
        model: &'a Model,
        kind: MultiplierType,
        draws: &Draws,
        split: Option<SplitDraws>,
    ) -> Result<Self> {
        Ok(Work {
            model,
            households: kind.households(model)?,
            coefficients: draws.coefficients(table, model)?,
            measures: measures(model),
            split,
            streams: Streams::new(draws.seed),
            factors: draws.coefficient_spread.is_some_and(|s| s > 0.0),
        })
    }

    /// All multipliers of some draws, draw after draw, in each measure after measure.
    fn part(&self, numbers: Range<usize>) -> Result<Vec<f64>> {
        let (mut drawn, mut turned) = (Drawn::default(), Tiles::default());
        let mut all = Vec::new();
        for number in numbers {
            self.draw(number, &mut drawn, &mut turned, &mut all)
                .map_err(|error| in_draw(error, number))?;
        }
        Ok(all)
    }

    fn draw(
        &self,
        number: usize,
        drawn: &mut Drawn,
        turned: &mut Tiles,
        all: &mut Vec<f64>,
    ) -> Result<()> {
        let n = self.model.sectors().len();
        let mut more = Vec::new();
        let split = self.split.as_ref().map(|split| {
            split.draw(&self.streams, number, &mut more);
            (split, more.as_slice())
        });
        let mut factors = self.factors.then(|| self.streams.coefficients(number));
        self.coefficients.draw(split, factors.as_mut(), drawn)?;
        // What households buy, of which the split imports more.
        let mut basket = vec![0.0; n];
        let mut imported_more = 0.0;
        if let Some(households) = self.households {
            basket.copy_from_slice(households.domestic_basket().as_slice());
            if let Some((split, more)) = split {
                imported_more = split.apply_to_basket(more, &mut basket);
            }
        }
        let mut rows: Vec<f64> = (self.measures.iter())
            .flat_map(|measure| self.coefficients.own(measure, drawn))
            .collect();
        rows.extend_from_slice(&drawn.income);
        // The transposed system first: solving uses the coefficients up.
        drawn.turn(turned);
        let solved = turned.solve(n, &mut rows);
        let mut sums = vec![1.0; n];
        sums.extend_from_slice(&basket);
        let solved = solved.and_then(|()| drawn.solve(&mut sums));
        solved.ok_or_else(|| Error::invalid(not_productive()))?;
        let (sums, of_basket) = sums.split_at_mut(n);
        let (rows, income) = rows.split_at_mut(self.measures.len() * n);
        if let Some(households) = self.households {
            let again = dot(income, &basket);
            let multiplier = Engine::multiplier(households.share_spent(), again)?;
            let spent = multiplier * income.iter().sum::<f64>();
            for (sum, per) in sums.iter_mut().zip(of_basket) {
                *sum += spent * *per;
            }
            for (row, measure) in rows.chunks_exact_mut(n).zip(&self.measures) {
                let mut per = dot(row, &basket) + measure.per_spending;
                if measure.id == "imports" {
                    per += imported_more;
                }
                for (value, income) in row.iter_mut().zip(&*income) {
                    *value += income * multiplier * per;
                }
            }
        }
        all.extend_from_slice(rows);
        // The measure of output comes first: its multipliers are the sums of columns.
        for sums in [&rows[..n], &*sums] {
            let made = (0..n).filter(|j| self.model.coefficients().is_made(*j));
            let by = made.count() as f64 / sums.iter().sum::<f64>();
            all.extend(sums.iter().map(|sum| sum * by));
        }
        Ok(())
    }
}

/// That a draw cannot be worked out.
pub(super) fn not_productive() -> Text {
    said!(
        "the coefficients are not productive",
        "투입계수가 생산가능 조건을 충족하지 않습니다"
    )
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A measure over draws, each with a value for every sector.
fn drawn_measure<'d>(
    (measure, unit): (String, FigureUnit),
    written: &[f64],
    draws: impl Iterator<Item = &'d [f64]> + Clone,
    made: &[usize],
    among: usize,
) -> DrawnMeasure {
    let n = made.len();
    // How often each has each rank.
    let mut counts = vec![0u32; n * n];
    let mut order: Vec<usize> = (0..n).collect();
    let mut count = 0;
    for draw in draws.clone() {
        rank(&mut order, made, draw);
        for (rank, at) in order.iter().enumerate() {
            counts[at * n + rank] += 1;
        }
        count += 1;
    }
    let mut written_order: Vec<usize> = (0..n).collect();
    rank(&mut written_order, made, written);
    let mut known = vec![0; n];
    for (rank, at) in written_order.iter().enumerate() {
        known[*at] = rank;
    }
    let mut sectors = vec![None; written.len()];
    let mut squares = 0.0;
    for (at, sector) in made.iter().enumerate() {
        let values: Vec<f64> = draws.clone().map(|draw| draw[*sector]).collect();
        let counts = &counts[at * n..(at + 1) * n];
        for (rank, times) in counts.iter().enumerate() {
            squares += f64::from(*times) * (rank as f64 - known[at] as f64).powi(2);
        }
        // The first rank that so large a share of the draws is at or below.
        let quantile = |share: f64| {
            let wanted = share * f64::from(count);
            let mut seen = 0.0;
            let reached = counts.iter().position(|times| {
                seen += f64::from(*times);
                seen >= wanted
            });
            1 + reached.unwrap_or(n - 1)
        };
        let first: u32 = counts.iter().take(among).sum();
        sectors[*sector] = Some(DrawnMultiplier {
            spread: statistics::spread(&values, written[*sector]),
            rank: known[at] + 1,
            rank_median: quantile(0.5),
            rank_band: [quantile(0.05), quantile(0.95)],
            among_first: f64::from(first) / f64::from(count),
        });
    }
    let size = n as f64 * ((n * n) as f64 - 1.0);
    DrawnMeasure {
        measure,
        unit,
        rank_correlation: match n > 1 {
            true => 1.0 - 6.0 * squares / f64::from(count) / size,
            false => 1.0,
        },
        sectors,
    }
}

/// Puts the positions of what is made in order, the largest first; equal ones as they stand in the table.
fn rank(order: &mut [usize], made: &[usize], values: &[f64]) {
    order.sort_by(|a, b| {
        let (a_value, b_value) = (values[made[*a]], values[made[*b]]);
        b_value.total_cmp(&a_value).then(a.cmp(b))
    });
}

#[cfg(test)]
mod tests;
