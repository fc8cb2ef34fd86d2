//! Structural paths: which chains of suppliers a demand runs through (구조경로분석).
//!
//! L f = f + Ad f + Ad² f + ..., and each term is a sum over chains: a demand f_j reaches sector k by
//! way of i with a_ki a_ij f_j of output (Defourny & Thorbecke 1984; Treloar 1997; Miller & Blair,
//! 3rd ed., ch. 12). There are n^d chains of d steps, so they are not listed but searched, the
//! largest first: nothing beyond a chain can be worth more than what it carries times the
//! multiplier row of its last sector. What is not listed is the remainder, so that paths and
//! remainder add up to the total.
//!
//! A path is measured by what its last sector makes, or by what it takes for that of any measure of the table
//! (value added, jobs, emissions); paths to one sector alone are those of a measure that the others have nothing
//! of. Every beginning of a path that is listed is a node: what happens there, and with all that lies beyond.

mod nodes;

pub use nodes::PathNode;

use super::multipliers::measure;
use super::sheet::FigureUnit;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::{ByRecipe, Demand, Model};
use crate::table::{Account, PrimaryInputRole};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// The largest structural paths of a demand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Paths {
    /// What paths are measured by; nothing where the caller gave figures of its own.
    #[serde(default)]
    pub measure: PathMeasure,
    /// The paths found, the largest in size first.
    pub paths: Vec<Path>,
    /// Every beginning of these paths once, in the order of their sectors: the nodes of a tree.
    #[serde(default)]
    pub nodes: Vec<PathNode>,
    /// r'f: of the demand itself.
    #[serde(default)]
    pub direct: f64,
    /// The total less the paths found: all shorter, longer and smaller ones.
    pub remainder: f64,
    /// r'L f: all paths together.
    pub total: f64,
}

/// What paths are measured by.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PathMeasure {
    /// "output", "value_added", "jobs".
    pub id: String,
    /// The account that it is, in its own unit; `None` for money.
    pub account: Option<Account>,
    /// The position of the sector that paths lead to, where it is one alone.
    pub to: Option<usize>,
}

/// A chain of suppliers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Path {
    /// Positions of the sectors, from the product of final demand up the chain to the supplier; the
    /// demand itself is a path of one sector.
    pub sectors: Vec<usize>,
    /// Output of the last sector along exactly this path times its figure per output, in the unit
    /// of the demand times that of the figure.
    pub value: f64,
}

/// How far the search goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Fewest steps from the product demanded to the supplier: 0 lists the demand itself as well.
    pub min_depth: usize,
    /// Most steps, up to 100.
    pub max_depth: usize,
    /// The least a path must be worth, as a share of all paths taken by size; above 0, up to 1.
    pub least_share: f64,
    /// How many paths to list at most.
    pub limit: usize,
}

impl Default for Options {
    /// Up to eight steps, a hundredth of a percent, twenty paths, the demand itself among them.
    fn default() -> Self {
        Options {
            min_depth: 0,
            max_depth: 8,
            least_share: 1e-4,
            limit: 20,
        }
    }
}

/// Steps beyond which no search goes: chains that long carry nothing.
const MOST_STEPS: usize = 100;

impl Paths {
    /// The largest paths of a demand `f` (n, for domestic products), each measured by a figure per
    /// output `per_output` (n): ones for output, v for value added, e for jobs.
    ///
    /// Suppliers only (Type I): chains through households are not followed.
    ///
    /// ```
    /// use leontief::analysis::structural_path::{Options, Paths};
    /// use leontief::{AnyTable, Model};
    /// use nalgebra::DVector;
    ///
    /// let model = Model::new(&AnyTable::open("kr-2023-33")?)?;
    /// let construction = model.sectors().find("건설")?;
    /// let mut demand = DVector::zeros(33);
    /// demand[construction] = 1000.0;
    /// let output = DVector::from_element(33, 1.0);
    /// let paths = Paths::of(&model, &demand, &output, &Options::default())?;
    /// assert_eq!(paths.paths[0].sectors, [construction]);
    /// let listed: f64 = paths.paths.iter().map(|path| path.value).sum();
    /// assert!((listed + paths.remainder - 2058.383).abs() < 0.01);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Vectors of another length or with values that are not finite; options out of range.
    pub fn of(
        model: &Model,
        f: &DVector<f64>,
        per_output: &DVector<f64>,
        options: &Options,
    ) -> Result<Self> {
        check(model, f, per_output, options)?;
        let demand = Demand::from(f);
        let weighed = Weighed::by(per_output.clone());
        Ok(weighed.paths(PathMeasure::default(), model, &demand, options))
    }

    /// The largest paths of a demand that recipes meet a part of, by output: the first step of a
    /// product that is made by a recipe is the recipe's.
    ///
    /// ```
    /// use leontief::analysis::structural_path::{Options, Paths};
    /// use leontief::model::Demand;
    /// use nalgebra::DVector;
    /// # use leontief::{Model, table::{FinalDemandRole::Household, PrimaryInputRole::*, Table}};
    /// # // Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05], x = (1000, 2000).
    /// # let table = Table::builder("two", 2022)
    /// #     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
    /// #     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
    /// #     .final_demand(Household, [350.0, 1700.0])
    /// #     .value_added(Compensation, [250.0, 900.0])
    /// #     .value_added(OperatingSurplus, [400.0, 500.0])
    /// #     .jobs([300.0, 500.0])
    /// #     .build()?;
    /// # let model = Model::new(&table)?;
    /// let demand = Demand::from(DVector::from(vec![1.0, 0.0]));
    /// let paths = Paths::of_output(&model, &demand, &Options::default())?;
    /// assert!((paths.total - 1.51815).abs() < 1e-5);
    /// assert_eq!(paths.paths[1].sectors, [0, 1]); // manufactures bought directly
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Paths::of`].
    pub fn of_output(model: &Model, demand: &Demand, options: &Options) -> Result<Self> {
        Paths::of_measure(model, demand, "output", None, options)
    }

    /// As [`Paths::of_output`], by any measure of the table: "value_added", "imports", "income", "jobs" or another
    /// account. With `to`, the position of a sector, only paths that lead to it: between the sectors demanded and
    /// that one.
    ///
    /// ```
    /// use leontief::analysis::structural_path::{Options, Paths};
    /// use leontief::model::Demand;
    /// use nalgebra::DVector;
    /// # use leontief::{Model, table::{FinalDemandRole::Household, PrimaryInputRole::*, Table}};
    /// # // Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05], x = (1000, 2000).
    /// # let table = Table::builder("two", 2022)
    /// #     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
    /// #     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
    /// #     .final_demand(Household, [350.0, 1700.0])
    /// #     .value_added(Compensation, [250.0, 900.0])
    /// #     .value_added(OperatingSurplus, [400.0, 500.0])
    /// #     .jobs([300.0, 500.0])
    /// #     .build()?;
    /// # let model = Model::new(&table)?;
    /// let demand = Demand::from(DVector::from(vec![100.0, 0.0]));
    /// let paths = Paths::of_measure(&model, &demand, "jobs", Some(1), &Options::default())?;
    /// // .25 jobs for each unit of manufactures: 100 x .20 x .25 = 5 where they are bought directly.
    /// assert_eq!(paths.paths[0].sectors, [0, 1]);
    /// assert!((paths.paths[0].value - 5.0).abs() < 1e-12);
    /// assert!(paths.covered().expect("jobs there") > 0.99);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Paths::of`]; a measure or a sector that the model does not have.
    pub fn of_measure(
        model: &Model,
        demand: &Demand,
        id: &str,
        to: Option<usize>,
        options: &Options,
    ) -> Result<Self> {
        model.check_sectors(to)?;
        let measured = measure(model, id)?;
        let mut weighed = Weighed::by(measured.own);
        let account = match measured.unit {
            FigureUnit::PerBillion(account) => {
                // As the table has it: the rows of measures are per billion.
                let per_unit = model.coefficients().account(id);
                weighed.per_output = per_unit.cloned().unwrap_or(weighed.per_output);
                Some(account)
            }
            _ => None,
        };
        weighed.of_recipes = demand.by_recipe.iter().map(|made| own(made, id)).collect();
        if let Some(to) = to {
            let kept = weighed.per_output[to];
            weighed.per_output.fill(0.0);
            weighed.per_output[to] = kept;
            let made = demand.by_recipe.iter().zip(&mut weighed.of_recipes);
            made.for_each(|(made, value)| {
                if made.sector != to {
                    *value = 0.0;
                }
            });
        }
        check(
            model,
            &demand.of_average_columns(),
            &weighed.per_output,
            options,
        )?;
        let id = id.to_owned();
        let measure = PathMeasure { id, account, to };
        Ok(weighed.paths(measure, model, demand, options))
    }

    /// The share of the total that the paths listed are; `None` where the total is 0.
    pub fn covered(&self) -> Option<f64> {
        (self.total != 0.0).then(|| 1.0 - self.remainder / self.total)
    }
}

/// What a recipe's own production takes of a measure.
fn own(made: &ByRecipe, id: &str) -> f64 {
    match id {
        "output" => made.output,
        "value_added" => made.value_added(),
        "imports" => made.imports.iter().sum(),
        "income" => made.part(PrimaryInputRole::Compensation),
        "production_taxes" => made.part(PrimaryInputRole::NetProductionTaxes),
        account => made.account(account),
    }
}

/// Whether paths can be searched for.
fn check(
    model: &Model,
    f: &DVector<f64>,
    per_output: &DVector<f64>,
    options: &Options,
) -> Result<()> {
    let n = model.sectors().len();
    if f.len() != n || per_output.len() != n {
        return Err(Error::invalid(said!(
            "structural paths need vectors of {n} sectors",
            "구조경로를 구하려면 {n}개 부문의 벡터가 필요합니다"
        )));
    }
    if f.iter().chain(per_output.iter()).any(|v| !v.is_finite()) {
        return Err(Error::invalid(said!(
            "structural paths need a demand and figures that are finite",
            "구조경로를 구하려면 최종수요와 계수가 모두 유한한 수여야 합니다"
        )));
    }
    if options.max_depth > MOST_STEPS {
        return Err(Error::invalid(said!(
            "structural paths of {steps} steps: at most {MOST_STEPS}",
            "구조경로의 단계 수({steps})는 {MOST_STEPS} 이하여야 합니다",
            steps = options.max_depth
        )));
    }
    if !(options.least_share > 0.0 && options.least_share <= 1.0) {
        return Err(Error::invalid(said!(
            "the least share of a structural path is {least}: it must be above 0, up to 1",
            "구조경로의 최소 비율이 {least}입니다. 0보다 크고 1 이하여야 합니다",
            least = options.least_share
        )));
    }
    Ok(())
}

/// Figures that paths are measured by: per output of average columns, and what each recipe's own production takes.
struct Weighed {
    per_output: DVector<f64>,
    /// In the order of [`Demand::by_recipe`].
    of_recipes: Vec<f64>,
}

impl Weighed {
    fn by(per_output: DVector<f64>) -> Self {
        let of_recipes = Vec::new();
        Weighed {
            per_output,
            of_recipes,
        }
    }

    /// The recipe that makes a part of a product, with what its own production takes.
    fn recipe<'d>(&self, demand: &'d Demand, sector: usize) -> Option<(&'d ByRecipe, f64)> {
        let mut made = demand.by_recipe.iter().zip(&self.of_recipes);
        let found = made.find(|(made, _)| made.sector == sector);
        found.map(|(made, own)| (made, *own))
    }

    fn paths(
        &self,
        measure: PathMeasure,
        model: &Model,
        demand: &Demand,
        options: &Options,
    ) -> Paths {
        let recipes: f64 = self.of_recipes.iter().sum();
        let output = model.output_for(&demand.of_average_columns());
        let total = self.per_output.dot(&output) + recipes;
        let paths = search(model, demand, self, options);
        let listed: f64 = paths.iter().map(|path| path.value).sum();
        Paths {
            measure,
            nodes: nodes::of(&paths, model, demand, self),
            direct: self.per_output.dot(&demand.average) + recipes,
            remainder: total - listed,
            paths,
            total,
        }
    }
}

/// Best first: a path and everything beyond a path wait in one queue, each by the most it can be
/// worth, so that a path that comes to the front is the largest that is left.
fn search(model: &Model, demand: &Demand, weighed: &Weighed, options: &Options) -> Vec<Path> {
    let per_output = &weighed.per_output;
    let a = model.coefficients().domestic();
    let reach = reach(model, per_output, options.max_depth);
    let asked = demand.of_average_columns().abs();
    let of_recipes: f64 = weighed.of_recipes.iter().map(|v| v.abs()).sum();
    let all: f64 = asked.dot(&reach[options.max_depth]) + of_recipes;
    let least = options.least_share * all;
    let mut queue = BinaryHeap::new();
    let wait = |queue: &mut BinaryHeap<Waiting>, sectors: Vec<usize>, carried: f64| {
        let (depth, last) = (sectors.len() - 1, sectors[sectors.len() - 1]);
        let most = carried.abs() * reach[options.max_depth - depth][last];
        if most > 0.0 && most >= least {
            queue.push(Waiting {
                most,
                carried,
                value: carried * per_output[last],
                sectors,
                whole: false,
            });
        }
    };
    for (j, f) in demand.average.iter().enumerate() {
        let Some((made, own)) = weighed.recipe(demand, j) else {
            wait(&mut queue, vec![j], *f);
            continue;
        };
        // Part of it is made by a recipe: the demand is one path, and its first step has both columns.
        let carried = f + made.output;
        let value = f * per_output[j] + own;
        let most = value.abs();
        if options.min_depth == 0 && most > 0.0 && most >= least {
            queue.push(Waiting {
                most,
                carried,
                value,
                sectors: vec![j],
                whole: true,
            });
        }
        if options.max_depth > 0 {
            for (i, input) in made.inputs.iter().enumerate() {
                wait(&mut queue, vec![j, i], a[(i, j)] * f + input);
            }
        }
    }
    let mut found = Vec::new();
    while found.len() < options.limit
        && let Some(next) = queue.pop()
    {
        let (depth, last) = (next.sectors.len() - 1, next.sectors[next.sectors.len() - 1]);
        let value = next.value;
        if next.whole {
            found.push(Path {
                sectors: next.sectors,
                value,
            });
            continue;
        }
        if depth < options.max_depth {
            for (i, input) in a.column(last).iter().enumerate() {
                if *input != 0.0 {
                    let mut sectors = next.sectors.clone();
                    sectors.push(i);
                    wait(&mut queue, sectors, next.carried * input);
                }
            }
        }
        if depth >= options.min_depth && value != 0.0 && value.abs() >= least {
            queue.push(Waiting {
                most: value.abs(),
                whole: true,
                ..next
            });
        }
    }
    found
}

/// For d = 0, 1, ...: by sector, the size of all paths of up to d steps that begin with one unit of
/// its output. By-products (negative inputs) count by size, so that none can hide a path.
fn reach(model: &Model, per_output: &DVector<f64>, depth: usize) -> Vec<DVector<f64>> {
    let a = model.coefficients().domestic();
    let own = per_output.abs();
    let mut rows = vec![own.clone()];
    for d in 0..depth {
        rows.push(&own + a.absolute_tr_mul(&rows[d]));
    }
    rows
}

/// A path, or everything beyond it too.
struct Waiting {
    /// No path in it is worth more, by size.
    most: f64,
    /// Output of the last sector.
    carried: f64,
    /// What that takes of the measure.
    value: f64,
    sectors: Vec<usize>,
    /// Whether it is the path alone.
    whole: bool,
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        // Where two are worth the same a path goes before what may lie beyond another, and the
        // order of sectors decides: the same answer everywhere.
        self.most
            .total_cmp(&other.most)
            .then(self.whole.cmp(&other.whole))
            .then_with(|| other.sectors.cmp(&self.sectors))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Waiting {}

#[cfg(test)]
mod tests;
