//! Why output, value added, jobs, imports or emissions changed between two tables (구조분해분석, SDA).
//!
//! With e per output, L = (I - Ad)^-1 and final demand f (Dietzenbacher & Los 1998; Miller & Blair, 3rd ed.,
//! ch. 13) a measure is a product of factors,
//!
//! ```text
//! m = e^ (I - S o A)^-1 (D o B) c^ 1 y
//!
//! e  intensity             jobs, tonnes or value added per output (of output itself there is none)
//! A  technology            inputs per output, domestic and imported together
//! S  input_sources         the domestic share of each input
//! D  final_sources         the domestic share of each product in each category of final demand
//! B  mix                   products within each category
//! c  categories            categories within final demand
//! y  level                 final demand in all
//! ```
//!
//! and imports are what these leave, (A - S o A) x + (B - D o B) c^ 1 y, by product. With k factors there are k!
//! orders in which they can change. The mean over all of them is the Shapley value, which takes the 2^k states
//! of old and new factors and not the orders; four of them are factorised, the others are right-hand sides. The
//! mean of an order and its reverse (polar) is nearly the same. Parts add up to the change exactly; of the
//! logarithm of the sum over sectors they are factors that multiply to its ratio exactly.
//!
//! A cell whose domestic or imported part is negative has no share: its domestic part goes with technology, or with
//! the mix. Sizes of categories are sums of absolute values, so that inventories, which nearly cancel out, have a
//! mix.
//!
//! At constant prices each flow of the later table is divided by the price of its product against the
//! earlier year, imported ones by that of the domestic product, and value added is what is left (double deflation): the
//! tables have no prices of imports.

mod paths;
mod year;

pub use paths::{ChangedPath, PathChanges};

use super::Provenance;
use super::trend::positions;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::table::{Account, AnyTable, SectorName};
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};
use year::Years;

/// What is decomposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// Gross output.
    Output,
    /// Value added.
    ValueAdded,
    /// Imports by product, of producers and of final demand.
    Imports,
    /// An account of the tables, by its id.
    Account(String),
}

impl Measure {
    /// As the command line and results name it: "output", "value_added", "imports", or an account.
    pub fn named(name: &str) -> Self {
        match name {
            "output" => Measure::Output,
            "value_added" => Measure::ValueAdded,
            "imports" => Measure::Imports,
            account => Measure::Account(account.to_owned()),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Measure::Output => "output",
            Measure::ValueAdded => "value_added",
            Measure::Imports => "imports",
            Measure::Account(id) => id,
        }
    }
}

/// In which prices the later table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum Prices {
    /// Its own.
    #[default]
    Current,
    /// Those of the earlier table's year, by the tables' deflators.
    Constant,
}

/// Which orders of the factors are averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum Average {
    /// All k! of them.
    #[default]
    Shapley,
    /// The order of [`Factor`] and its reverse.
    Polar,
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum Factor {
    /// Jobs, tonnes or value added per output.
    Intensity,
    /// Inputs per output, wherever they are from.
    Technology,
    /// The domestic share of inputs.
    InputSources,
    /// The domestic share of final demand.
    FinalSources,
    /// Products within categories of final demand.
    Mix,
    /// Categories within final demand.
    Categories,
    /// Final demand in all.
    Level,
}

impl Factor {
    /// As JSON and rows name it.
    pub fn id(self) -> &'static str {
        match self {
            Factor::Intensity => "intensity",
            Factor::Technology => "technology",
            Factor::InputSources => "input_sources",
            Factor::FinalSources => "final_sources",
            Factor::Mix => "mix",
            Factor::Categories => "categories",
            Factor::Level => "level",
        }
    }

    const ALL: [Factor; 7] = [
        Factor::Intensity,
        Factor::Technology,
        Factor::InputSources,
        Factor::FinalSources,
        Factor::Mix,
        Factor::Categories,
        Factor::Level,
    ];
}

/// A change between two tables, by its factors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Decomposition {
    /// The earlier table.
    pub from: Provenance,
    /// The later table.
    pub to: Provenance,
    /// What is decomposed: "output", "value_added", "imports", or an account.
    pub measure: String,
    /// The account that it is, where it is one.
    pub account: Option<Account>,
    /// In which prices the later table is.
    pub prices: Prices,
    /// Which orders are averaged.
    pub average: Average,
    /// The sectors, n, as the earlier table orders them.
    pub sectors: Vec<SectorName>,
    /// In the earlier year, n, in the table's unit or the account's own.
    pub before: Vec<f64>,
    /// In the later year, n.
    pub after: Vec<f64>,
    /// What each factor did.
    pub parts: Vec<Part>,
    /// The change less all parts, summed over sectors: what is left unexplained, which is nothing but rounding.
    pub residual: f64,
    /// The largest changes of structural paths, where they were asked for.
    pub paths: Option<PathChanges>,
}

/// What a factor did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Part {
    /// The factor.
    pub factor: Factor,
    /// What it added by sector, n.
    pub by_sector: Vec<f64>,
    /// What it added in all.
    pub sum: f64,
    /// What it multiplied the sum over sectors by; the product over factors is the ratio of the two years. `None`
    /// where that sum is not above zero in some state.
    pub ratio: Option<f64>,
}

impl Decomposition {
    /// Decomposes the change from one table to another of the same sectors and categories of final demand.
    ///
    /// ```
    /// use leontief::AnyTable;
    /// use leontief::analysis::decomposition::{Average, Decomposition, Measure, Prices};
    ///
    /// let (old, new) = (AnyTable::open("kr-2020-33")?, AnyTable::open("kr-2023-33")?);
    /// let jobs = Measure::named("jobs");
    /// let why = Decomposition::of(&old, &new, &jobs, Prices::Constant, Average::Shapley)?;
    /// let change: f64 = why.after.iter().sum::<f64>() - why.before.iter().sum::<f64>();
    /// let parts: f64 = why.parts.iter().map(|part| part.sum).sum();
    /// assert!((change - parts).abs() < 1e-6 * change.abs());
    /// let ratio: f64 = why.parts.iter().filter_map(|part| part.ratio).product();
    /// let (after, before): (f64, f64) = (why.after.iter().sum(), why.before.iter().sum());
    /// assert!((ratio - after / before).abs() < 1e-9);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Tables of coefficients, of other sectors, categories, currencies or units; an account that one of them does not
    /// have; constant prices without deflators of both years; a state between the two that is not productive.
    pub fn of(
        old: &AnyTable,
        new: &AnyTable,
        measure: &Measure,
        prices: Prices,
        average: Average,
    ) -> Result<Self> {
        let years = Years::of(old, new, measure, prices)?;
        let factors: Vec<Factor> = match years.has_intensity() {
            true => Factor::ALL.to_vec(),
            false => Factor::ALL[1..].to_vec(),
        };
        let states = states(&years, measure, &factors)?;
        let parts = parts(&states, &factors, average);
        let (before, after) = (&states[0], &states[states.len() - 1]);
        let explained: f64 = parts.iter().map(|part| part.sum).sum();
        Ok(Decomposition {
            from: Provenance::of(old.meta()),
            to: Provenance::of(new.meta()),
            measure: measure.name().to_owned(),
            account: years.account().cloned(),
            prices,
            average,
            sectors: SectorName::all(old.sectors()),
            residual: after.sum() - before.sum() - explained,
            before: before.iter().copied().collect(),
            after: after.iter().copied().collect(),
            parts,
            paths: None,
        })
    }

    /// The same with the changes of structural paths up to `depth` steps, the `top` largest.
    ///
    /// # Errors
    /// As [`Decomposition::of`]; imports, which run through no path of domestic suppliers; a depth above 100.
    pub fn with_paths(
        mut self,
        old: &AnyTable,
        new: &AnyTable,
        depth: usize,
        top: usize,
    ) -> Result<Self> {
        let measure = Measure::named(&self.measure);
        if measure == Measure::Imports {
            return Err(Error::invalid(said!(
                "structural paths are of domestic suppliers: ask for output, value_added or an account",
                "구조경로는 국내 공급 경로입니다. output, value_added 또는 계정을 지정하십시오"
            )));
        }
        let years = Years::of(old, new, &measure, self.prices)?;
        self.paths = Some(PathChanges::of(&years, depth, top)?);
        Ok(self)
    }
}

/// The measure by sector in each of the 2^k states; bit b of a state's number is whether factor b is new.
fn states(years: &Years, measure: &Measure, factors: &[Factor]) -> Result<Vec<DVector<f64>>> {
    let bit = |state: usize, factor: Factor| {
        let at = factors.iter().position(|of| *of == factor);
        at.map_or(0, |at| state >> at & 1)
    };
    let count = 1_usize << factors.len();
    let mut states = vec![DVector::zeros(0); count];
    for (technology, sources) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let of: Vec<usize> = (0..count)
            .filter(|s| {
                (bit(*s, Factor::Technology), bit(*s, Factor::InputSources))
                    == (technology, sources)
            })
            .collect();
        let domestic = years.domestic(technology, sources);
        let imported = years.inputs(technology) - &domestic;
        let model = years.model(domestic)?;
        let demands: Vec<(DVector<f64>, DVector<f64>)> = of
            .iter()
            .map(|s| {
                years.demand(
                    bit(*s, Factor::FinalSources),
                    bit(*s, Factor::Mix),
                    bit(*s, Factor::Categories),
                    bit(*s, Factor::Level),
                )
            })
            .collect();
        let domestic: Vec<DVector<f64>> = demands.iter().map(|(home, _)| home.clone()).collect();
        let outputs = model.outputs_for(&DMatrix::from_columns(&domestic));
        for (at, s) in of.iter().enumerate() {
            let x = outputs.column(at).into_owned();
            states[*s] = match measure {
                Measure::Imports => &imported * &x + &demands[at].1,
                _ => years
                    .intensity(bit(*s, Factor::Intensity))
                    .component_mul(&x),
            };
        }
    }
    Ok(states)
}

/// What each factor adds and multiplies by.
fn parts(states: &[DVector<f64>], factors: &[Factor], average: Average) -> Vec<Part> {
    let k = factors.len();
    let n = states[0].len();
    let logs: Vec<f64> = states.iter().map(|state| state.sum().ln()).collect();
    let positive = logs.iter().all(|log| log.is_finite());
    let weights: Vec<f64> = shapley_weights(k);
    (0..k)
        .map(|factor| {
            let bit = 1_usize << factor;
            let mut by_sector = DVector::<f64>::zeros(n);
            let mut log = 0.0;
            let mut step = |without: usize, weight: f64| {
                by_sector += (&states[without | bit] - &states[without]) * weight;
                log += weight * (logs[without | bit] - logs[without]);
            };
            match average {
                Average::Shapley => {
                    for without in (0..states.len()).filter(|s| s & bit == 0) {
                        step(without, weights[without.count_ones() as usize]);
                    }
                }
                Average::Polar => {
                    // All before it are new, or all after it are.
                    step(bit - 1, 0.5);
                    step((states.len() - 1) & !(2 * bit - 1), 0.5);
                }
            }
            Part {
                factor: factors[factor],
                sum: by_sector.sum(),
                by_sector: by_sector.iter().copied().collect(),
                ratio: positive.then(|| log.exp()),
            }
        })
        .collect()
}

/// s! (k - s - 1)! / k!: how many of the orders of k factors have s others, given ones, before a factor.
fn shapley_weights(k: usize) -> Vec<f64> {
    let mut weights = vec![1.0 / k as f64; k];
    for s in 1..k {
        weights[s] = weights[s - 1] * s as f64 / (k - s) as f64;
    }
    weights
}

#[cfg(test)]
mod tests;
