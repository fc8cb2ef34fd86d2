//! Purchases split into domestic and imported ones, where a table tells only both together.
//!
//! Known are the purchases z of each product and its imports in all. Two methods ([`Method`]):
//!
//! **Proportional.** Every purchase of a product at home is imported in one share, imports over all of its positive
//! uses at home (Miller & Blair, 3rd ed., ch. 4); what imports exceed these by is exported again. Negative
//! uses, by-products and falls of inventories, stay domestic.
//!
//! **By blocks.** Where a wider table is known, by groups of suppliers and of users, each purchase has
//!
//! ```text
//! ln(p / (1 - p)) = prior of the purchase + an effect of the product + an effect of the block
//! ```
//!
//! with p its imported share: the effects are those that meet the imports of every product and of every block. The
//! prior is what is known of a purchase beforehand, its odds p / (1 - p) in a year of which the split is published
//! ([`odds_of_table`]), or no more than the average of the product ([`odds_of_averages`]). So is kr-2023-83 made, from the
//! blocks of 33 sectors and the purchases of 2020.

mod blocks;

pub use blocks::{odds_of_averages, odds_of_table};

use crate::error::Error;
use crate::lang::{Text, said};
use nalgebra::{DMatrix, DVector};

/// Purchases by product, and the imports of each: n products, k categories of final demand.
#[derive(Debug, Clone, Copy)]
pub struct Purchases<'a> {
    /// n x n: of sectors, domestic and imported together; rows supply.
    pub flows: &'a DMatrix<f64>,
    /// n x k: of final demand.
    pub final_demand: &'a DMatrix<f64>,
    /// k: which categories are exports.
    pub exports: &'a [bool],
    /// n: imports of each product, at the prices of the purchases.
    pub imports: &'a DVector<f64>,
    /// n: what of them buyers beside these are known to have bought; nothing where `None`.
    pub bought_elsewhere: Option<&'a DVector<f64>>,
}

/// How they are split.
#[derive(Debug, Clone, Copy)]
pub enum Method<'a> {
    /// One share of each product.
    Proportional,
    /// To agree with the blocks of a wider table.
    Blocks(Blocks<'a>),
}

/// A wider table of g groups, of which the imported flows are known.
#[derive(Debug, Clone, Copy)]
pub struct Blocks<'a> {
    /// n: the group of each product, and of each sector as a user, from 0.
    pub group: &'a [usize],
    /// g x g: imported flows between groups.
    pub flows: &'a DMatrix<f64>,
    /// g: imported final demand.
    pub final_demand: &'a DVector<f64>,
    /// n x (n + k): odds p / (1 - p) of each purchase beforehand; `None` for the averages of products.
    pub prior: Option<&'a DMatrix<f64>>,
    /// Sweeps over all blocks and products after which it ends, met or not.
    pub most_sweeps: usize,
}

/// The imported part of each purchase; the rest is domestic.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ImportSplit {
    /// n x n: of sectors.
    pub flows: DMatrix<f64>,
    /// n x k: of final demand.
    pub final_demand: DMatrix<f64>,
    /// How well it meets the blocks; `None` of the proportional one, which meets all.
    pub report: Option<Report>,
}

/// How well an estimate meets what is known, in the unit of the purchases.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// Sweeps over all blocks and products.
    pub sweeps: usize,
    /// Largest difference of a product's imports from what they are.
    pub row_residual: f64,
    /// Largest difference of a block from its target, what dropped blocks held spread.
    pub block_residual: f64,
    /// Largest difference of a block from what was given.
    pub block_residual_published: f64,
    /// Products with a negative final use, whose imported part was set first.
    pub fixed_products: Vec<usize>,
    /// Blocks without a positive use, dropped: group of the supplier, of the user (g for final demand), amount.
    pub dropped: Vec<(usize, usize, f64)>,
    /// Blocks with more imports than positive use, where the bound was lifted: supplier, user, imports, use.
    pub lifted: Vec<(usize, usize, f64, f64)>,
}

/// Blocks are met when none is off by more, in the unit of the purchases.
pub const TOLERANCE: f64 = 1e-5;

/// Why purchases cannot be split.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Unsplit {
    /// More imports of a product than uses that could be of them, or less than none.
    Imports {
        /// Its position.
        product: usize,
        /// Its imports, without what is bought elsewhere.
        imports: f64,
        /// Its positive uses.
        uses: f64,
    },
    /// What is asked makes no sense.
    Invalid(Text),
}

impl Unsplit {
    /// The same as a sentence, with products by their names.
    pub fn named(&self, name: impl Fn(usize) -> Text) -> Error {
        Error::invalid(match self {
            Unsplit::Invalid(text) => text.clone(),
            Unsplit::Imports {
                product,
                imports,
                uses,
            } => {
                let Text { en, ko } = name(*product);
                said!(
                    "imports of {en} are {imports}, and its uses that could be imported come to {uses}: they cannot \
                     be split",
                    "{ko}의 수입은 {imports}이나 수입품일 수 있는 사용액은 {uses}이므로 국산과 수입으로 나눌 수 없습니다"
                )
            }
        })
    }
}

impl From<Unsplit> for Error {
    /// Products by their numbers, from 1.
    fn from(why: Unsplit) -> Self {
        why.named(|product| {
            let n = product + 1;
            said!("product {n}", "{n}번째 품목")
        })
    }
}

impl Purchases<'_> {
    /// The imported part of each purchase.
    ///
    /// ```
    /// use leontief::table::split::{Method, Purchases};
    /// use nalgebra::{dmatrix, dvector};
    ///
    /// // 40 of the first product are imported, of 100 that are used at home: two fifths of each use.
    /// let purchases = Purchases {
    ///     flows: &dmatrix![30.0, 20.0; 5.0, 10.0],
    ///     final_demand: &dmatrix![50.0, 25.0; 15.0, 70.0], // households, exports
    ///     exports: &[false, true],
    ///     imports: &dvector![40.0, 0.0],
    ///     bought_elsewhere: None,
    /// };
    /// let split = purchases.split(&Method::Proportional)?;
    /// assert_eq!(split.flows, dmatrix![12.0, 8.0; 0.0, 0.0]);
    /// assert_eq!(split.final_demand, dmatrix![20.0, 0.0; 0.0, 0.0]);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Blocks of other sizes, values that are not finite, groups that there are not, odds below zero;
    /// in proportion, imports of a product beyond its uses. By blocks what contradicts each other is not refused:
    /// [`Report`] says what is missed.
    pub fn split(&self, method: &Method) -> Result<ImportSplit, Unsplit> {
        self.check()?;
        match method {
            Method::Proportional => self.in_proportion(),
            Method::Blocks(blocks) => {
                let prior = self.check_blocks(blocks)?;
                let imports = self.left();
                let known = Purchases {
                    imports: &imports,
                    ..*self
                };
                Ok(match prior {
                    Some(prior) => blocks::split(&known, blocks, prior),
                    None => blocks::split(&known, blocks, &odds_of_averages(&known)),
                })
            }
        }
    }

    fn is_export(&self, category: usize) -> bool {
        self.exports.get(category).copied().unwrap_or(false)
    }

    /// Imports that these purchases hold.
    fn left(&self) -> DVector<f64> {
        match self.bought_elsewhere {
            Some(elsewhere) => self.imports - elsewhere,
            None => self.imports.clone(),
        }
    }

    fn in_proportion(&self) -> Result<ImportSplit, Unsplit> {
        let (n, k) = self.final_demand.shape();
        let mut flows = DMatrix::zeros(n, n);
        let mut final_demand = DMatrix::zeros(n, k);
        let left = self.left();
        for i in 0..n {
            let bought = |abroad: bool| -> f64 {
                let categories = (0..k).filter(|c| self.is_export(*c) == abroad);
                let uses = categories.map(|c| self.final_demand[(i, c)].max(0.0));
                uses.sum()
            };
            let inputs: f64 = self.flows.row(i).iter().map(|z| z.max(0.0)).sum();
            let (home, abroad) = (inputs + bought(false), bought(true));
            let needed = left[i];
            let at_home = needed.min(home);
            let again = needed - at_home;
            let rounding = 1e-6 * self.imports[i].abs().max(1.0);
            if !(needed >= -rounding) || !(again <= abroad + rounding) {
                return Err(Unsplit::Imports {
                    product: i,
                    imports: needed,
                    uses: home + abroad,
                });
            }
            let share = |part: f64, of: f64| match of > 0.0 {
                true => (part / of).clamp(0.0, 1.0),
                false => 0.0,
            };
            let (at_home, again) = (share(at_home, home), share(again, abroad));
            for j in 0..n {
                flows[(i, j)] = at_home * self.flows[(i, j)].max(0.0);
            }
            for c in 0..k {
                let share = if self.is_export(c) { again } else { at_home };
                final_demand[(i, c)] = share * self.final_demand[(i, c)].max(0.0);
            }
        }
        Ok(ImportSplit {
            flows,
            final_demand,
            report: None,
        })
    }

    /// Whether all is of one size and finite.
    fn check(&self) -> Result<(), Unsplit> {
        let (n, k) = self.final_demand.shape();
        let elsewhere = self.bought_elsewhere.map_or(n, DVector::len);
        let sizes = [self.imports.len(), elsewhere];
        if self.flows.shape() != (n, n) || sizes != [n, n] || self.exports.len() != k {
            return Err(Unsplit::Invalid(said!(
                "flows, final demand, imports and categories of the purchases to split are not of one size",
                "나눌 거래의 중간수요, 최종수요, 수입, 최종수요 항목의 크기가 서로 맞지 않습니다"
            )));
        }
        let none = DVector::zeros(0);
        let elsewhere = self.bought_elsewhere.unwrap_or(&none);
        let cells = self.flows.iter().chain(self.final_demand.iter());
        let mut cells = cells.chain(self.imports.iter()).chain(elsewhere.iter());
        match cells.all(|v| v.is_finite()) {
            true => Ok(()),
            false => Err(not_finite()),
        }
    }

    /// Whether blocks are of these purchases; their prior.
    fn check_blocks<'b>(&self, blocks: &Blocks<'b>) -> Result<Option<&'b DMatrix<f64>>, Unsplit> {
        let (n, k) = self.final_demand.shape();
        let groups = blocks.final_demand.len();
        let is_one_size = blocks.group.len() == n
            && blocks.flows.shape() == (groups, groups)
            && blocks.group.iter().all(|group| *group < groups)
            && blocks.prior.is_none_or(|prior| prior.shape() == (n, n + k));
        if !is_one_size {
            return Err(Unsplit::Invalid(said!(
                "the groups, their blocks and the prior odds are not of the purchases to split: {n} products, {k} \
                 categories of final demand, {groups} groups",
                "그룹, 블록, 사전 승산의 크기가 나눌 거래(품목 {n}개, 최종수요 항목 {k}개, 그룹 {groups}개)와 맞지 않습니다"
            )));
        }
        let mut cells = blocks.flows.iter().chain(blocks.final_demand.iter());
        if !cells.all(|v| v.is_finite()) {
            return Err(not_finite());
        }
        let is_odds = |odds: &f64| *odds >= 0.0 && odds.is_finite();
        if blocks.prior.is_some_and(|prior| !prior.iter().all(is_odds)) {
            return Err(Unsplit::Invalid(said!(
                "odds p / (1 - p) of a purchase are 0 or more, and finite",
                "거래의 승산 p/(1-p)은 0 이상의 유한한 수여야 합니다"
            )));
        }
        Ok(blocks.prior)
    }
}

fn not_finite() -> Unsplit {
    Unsplit::Invalid(said!(
        "the purchases to split hold a value that is not finite",
        "나눌 거래에 유한하지 않은 값이 있습니다"
    ))
}

#[cfg(test)]
mod tests;
