//! Structural paths: which chains of suppliers a demand runs through (구조경로분석).
//!
//! L f = f + Ad f + Ad² f + ..., and each term is a sum over chains: a demand f_j reaches sector k by
//! way of i with a_ki a_ij f_j of output (Defourny & Thorbecke 1984; Treloar 1997; Miller & Blair,
//! 3rd ed., ch. 12). There are n^d chains of d steps, so they are not listed but searched, the
//! largest first: nothing beyond a chain can be worth more than what it carries times the
//! multiplier row of its last sector. What is not listed is the remainder, so that paths and
//! remainder add up to the total.

use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::{Demand, Model};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// The largest structural paths of a demand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Paths {
    /// The paths found, the largest in size first.
    pub paths: Vec<Path>,
    /// The total less the paths found: all shorter, longer and smaller ones.
    pub remainder: f64,
    /// r'L f: all paths together.
    pub total: f64,
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
        let total = per_output.dot(&model.output_for(f));
        let paths = search(model, &Demand::from(f), per_output, options);
        Ok(Paths::listed(paths, total))
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
        let ones = DVector::from_element(model.sectors().len(), 1.0);
        // Looks at the options, and at all that average columns are asked for.
        let average = Paths::of(model, &demand.of_average_columns(), &ones, options)?;
        if demand.by_recipe.is_empty() {
            return Ok(average);
        }
        let total = average.total + demand.output_by_recipe().sum();
        Ok(Paths::listed(search(model, demand, &ones, options), total))
    }

    fn listed(paths: Vec<Path>, total: f64) -> Self {
        let listed: f64 = paths.iter().map(|path| path.value).sum();
        Paths {
            paths,
            remainder: total - listed,
            total,
        }
    }
}

/// Best first: a path and everything beyond a path wait in one queue, each by the most it can be
/// worth, so that a path that comes to the front is the largest that is left.
fn search(
    model: &Model,
    demand: &Demand,
    per_output: &DVector<f64>,
    options: &Options,
) -> Vec<Path> {
    let a = model.coefficients().domestic();
    let reach = reach(model, per_output, options.max_depth);
    let asked = demand.of_average_columns().abs();
    let by_recipe = demand.output_by_recipe();
    let all: f64 = asked.dot(&reach[options.max_depth]) + by_recipe.abs().dot(&per_output.abs());
    let least = options.least_share * all;
    let mut queue = BinaryHeap::new();
    let wait = |queue: &mut BinaryHeap<Waiting>, sectors: Vec<usize>, carried: f64| {
        let (depth, last) = (sectors.len() - 1, sectors[sectors.len() - 1]);
        let most = carried.abs() * reach[options.max_depth - depth][last];
        if most > 0.0 && most >= least {
            queue.push(Waiting {
                most,
                carried,
                sectors,
                whole: false,
            });
        }
    };
    for (j, f) in demand.average.iter().enumerate() {
        let Some(made) = demand.by_recipe.iter().find(|made| made.sector == j) else {
            wait(&mut queue, vec![j], *f);
            continue;
        };
        // Part of it is made by a recipe: the demand is one path, and its first step has both columns.
        let carried = f + made.output;
        let most = (carried * per_output[j]).abs();
        if options.min_depth == 0 && most > 0.0 && most >= least {
            queue.push(Waiting {
                most,
                carried,
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
        let value = next.carried * per_output[last];
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
mod tests {
    use super::*;
    use crate::lang::Text;
    use crate::table::{AnyTable, Classification, Coefficients, Sector};
    use approx::assert_relative_eq;
    use nalgebra::{DMatrix, dmatrix, dvector};

    /// Miller & Blair, Table 2.3.
    fn two_sectors() -> Model {
        let open = AnyTable::open("kr-2022-33").expect("built in");
        let mut meta = open.meta().clone();
        meta.accounts.clear();
        meta.roles = Default::default();
        let sectors = ["1", "2"].map(|code| Sector {
            code: code.to_owned(),
            name: Text::new(code, code),
            group: None,
        });
        let sectors = Classification::new("two", sectors.to_vec(), &[]).expect("two sectors");
        let a = dmatrix![0.15, 0.25; 0.20, 0.05];
        let (none, v) = (DMatrix::zeros(2, 2), dvector![0.65, 0.70]);
        let two = Coefficients::new(meta, sectors, a, none, v, Vec::new()).expect("coefficients");
        Model::from_coefficients(two).expect("productive")
    }

    fn of(limit: usize, least_share: f64, min_depth: usize, max_depth: usize) -> Options {
        Options {
            min_depth,
            max_depth,
            least_share,
            limit,
        }
    }

    /// All paths one by one, as the definition says.
    fn by_hand(model: &Model, f: &DVector<f64>, r: &DVector<f64>, depth: usize) -> Vec<Path> {
        let a = model.coefficients().domestic();
        let mut chains: Vec<(Vec<usize>, f64)> = (0..f.len()).map(|j| (vec![j], f[j])).collect();
        let mut paths = Vec::new();
        for _ in 0..=depth {
            let mut longer = Vec::new();
            for (sectors, carried) in chains {
                let last = sectors[sectors.len() - 1];
                for i in 0..f.len() {
                    longer.push(([&sectors[..], &[i]].concat(), carried * a[(i, last)]));
                }
                let value = carried * r[last];
                paths.push(Path { sectors, value });
            }
            chains = longer;
        }
        paths.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
        paths
    }

    #[test]
    fn two_sectors_worked_by_hand() {
        let (f, ones) = (dvector![350.0, 1700.0], dvector![1.0, 1.0]);
        let found = Paths::of(&two_sectors(), &f, &ones, &of(5, 1e-3, 0, 4)).expect("paths");
        let listed: Vec<(&[usize], f64)> = found
            .paths
            .iter()
            .map(|path| (&path.sectors[..], path.value))
            .collect();
        assert_eq!(listed[0], (&[1][..], 1700.0));
        assert_eq!(listed[1], (&[1, 0][..], 425.0)); // .25 x 1700
        assert_eq!(listed[2], (&[0][..], 350.0));
        // .05 x 1700 = 85 = .20 x .25 x 1700: one step or two.
        assert_relative_eq!(listed[3].1, 85.0, epsilon = 1e-9);
        assert_relative_eq!(listed[4].1, 85.0, epsilon = 1e-9);
        assert_relative_eq!(found.total, 3000.0, epsilon = 1e-9);
        assert_relative_eq!(found.remainder, 355.0, epsilon = 1e-9);
    }

    #[test]
    fn an_indicator_weighs_the_last_sector() {
        let (f, labour) = (dvector![0.0, 1500.0], dvector![0.30, 0.25]);
        let found = Paths::of(&two_sectors(), &f, &labour, &of(2, 1e-3, 1, 4)).expect("paths");
        assert_eq!(found.paths[0].sectors, [1, 0]);
        assert_relative_eq!(found.paths[0].value, 0.30 * 0.25 * 1500.0, epsilon = 1e-9);
        // .25 x .20 x .25 x 1500 = 18.75 = .25 x .05 x 1500; a jot above .30 x .15 x .25 x 1500.
        assert_relative_eq!(found.paths[1].value, 18.75, epsilon = 1e-9);
    }

    #[test]
    fn the_search_finds_what_a_full_listing_finds() {
        let (f, r) = (dvector![600.0, -1500.0], dvector![0.3, -0.7]);
        let all = by_hand(&two_sectors(), &f, &r, 6);
        let found = Paths::of(&two_sectors(), &f, &r, &of(60, 1e-9, 0, 6)).expect("paths");
        assert_eq!(found.paths.len(), 60);
        for (own, listed) in found.paths.iter().zip(&all) {
            assert_relative_eq!(own.value.abs(), listed.value.abs(), epsilon = 1e-9);
        }
    }

    #[test]
    fn a_real_table_with_by_products_hides_no_path() {
        let model = Model::new(&AnyTable::open("kr-2023-33").expect("built in")).expect("model");
        let mut f = DVector::zeros(33);
        f[model.sectors().find("19").expect("construction")] = 1e6;
        let ones = DVector::from_element(33, 1.0);
        let all = by_hand(&model, &f, &ones, 2);
        let found = Paths::of(&model, &f, &ones, &of(200, 1e-6, 0, 2)).expect("paths");
        assert_eq!(found.paths.len(), 200);
        for (own, listed) in found.paths.iter().zip(&all) {
            assert_relative_eq!(own.value.abs(), listed.value.abs(), epsilon = 1e-6);
        }
        let sum: f64 = found.paths.iter().map(|p| p.value).sum();
        assert_relative_eq!(sum + found.remainder, found.total, max_relative = 1e-12);
    }

    #[test]
    fn what_cannot_be_searched_is_refused() {
        let (model, ones) = (two_sectors(), dvector![1.0, 1.0]);
        let refused = |f: &DVector<f64>, options| {
            Paths::of(&model, f, &ones, &options)
                .expect_err("refused")
                .to_string()
        };
        let f = dvector![1.0, 1.0];
        assert!(refused(&dvector![1.0], of(5, 0.1, 0, 3)).contains("2 sectors"));
        assert!(refused(&dvector![1.0, f64::NAN], of(5, 0.1, 0, 3)).contains("finite"));
        assert!(refused(&f, of(5, 0.0, 0, 3)).contains("above 0"));
        assert!(refused(&f, of(5, f64::NAN, 0, 3)).contains("above 0"));
        assert!(refused(&f, of(5, 0.1, 0, 101)).contains("at most 100"));
        let none = Paths::of(&model, &dvector![0.0, 0.0], &ones, &of(5, 0.1, 0, 3)).expect("none");
        assert!(none.paths.is_empty() && none.total == 0.0 && none.remainder == 0.0);
    }
}
