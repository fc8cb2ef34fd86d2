//! Supply and use tables: who makes what, who uses what, and the symmetric tables that follow.
//!
//! Products stand in rows, industries in columns, as Eurostat prints them; a make table is the supply table
//! turned. [`SupplyUse`] is at basic prices with domestic and imported products apart; [`printed`] brings a use
//! table at purchasers' prices there, [`models`] makes tables of it.

pub mod models;
pub mod printed;

pub use models::{Negative, Negatives, Transformation, Transformed};
pub use printed::Printed;

use super::{FinalDemandRole, PrimaryInputRole};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use nalgebra::{DMatrix, DVector};

/// How far a product or an industry may be from its balance, over its output.
const TOLERANCE: f64 = 5e-3;

/// How far one may be whose figures are rounded to whole units: so many of them, and no more of its output.
const ROUNDED: (f64, f64) = (1.5, 0.05);

/// A supply and a use table at basic prices; m products, n industries.
///
/// ```
/// use leontief::table::supply_use::{Negatives, SupplyUse, Transformation};
/// use leontief::table::FinalDemandRole;
/// use leontief::Model;
/// use nalgebra::{dmatrix, dvector};
///
/// // Miller & Blair (2022), ch. 5: industry 1 makes 90 of product 1, industry 2 makes 10 of 1 and 100 of 2.
/// let tables = SupplyUse::new(
///     [("1", "Product 1"), ("2", "Product 2")],
///     [("1", "Industry 1"), ("2", "Industry 2")],
///     dmatrix![90.0, 10.0; 0.0, 100.0],
///     dmatrix![12.0, 8.0; 10.0, 7.0],
/// )
/// .final_demand(FinalDemandRole::Household, dvector![80.0, 83.0]);
/// let by_product = tables.transform(Transformation::IndustryTechnology, Negatives::Keep)?;
/// let l = Model::new(&by_product.table)?.leontief_inverse();
/// assert!((l[(0, 0)] - 1.1568).abs() < 1e-4);
/// # Ok::<(), leontief::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SupplyUse {
    /// The products: codes and names, m.
    pub products: Vec<(String, Text)>,
    /// The industries: codes and names, n.
    pub industries: Vec<(String, Text)>,
    /// What each industry (column) makes of each product (row), m x n.
    pub supply: DMatrix<f64>,
    /// What each industry uses of each product made at home, m x n.
    pub domestic: DMatrix<f64>,
    /// What each industry uses of each imported product, m x n.
    pub imported: DMatrix<f64>,
    /// Final demand for domestic and for imported products, m each.
    pub final_demand: Vec<(FinalDemandRole, DVector<f64>, DVector<f64>)>,
    /// Value added by part, n each; where there is none it is what is left, as operating surplus.
    pub value_added: Vec<(PrimaryInputRole, DVector<f64>)>,
    /// Taxes less subsidies on products, where they are told by who pays them.
    pub product_taxes: Option<ProductTaxes>,
    /// Jobs by industry, n.
    pub jobs: Option<DVector<f64>>,
    /// The id of the table that is made of them.
    pub id: String,
    /// Year of the figures.
    pub year: i32,
    /// Its title.
    pub title: Text,
    /// What was done to the figures; nothing where they are as published.
    pub modifications: Text,
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// Millions of the currency in one unit of the figures.
    pub millions: f64,
}

/// Taxes less subsidies on products by who pays them.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductTaxes {
    /// What industries pay, n.
    pub industries: DVector<f64>,
    /// What categories of final demand pay.
    pub final_demand: Vec<(FinalDemandRole, f64)>,
}

impl SupplyUse {
    /// Tables of an economy that imports nothing, without final demand so far.
    pub fn new<C: Into<String>, N: Into<String>>(
        products: impl IntoIterator<Item = (C, N)>,
        industries: impl IntoIterator<Item = (C, N)>,
        supply: DMatrix<f64>,
        domestic: DMatrix<f64>,
    ) -> Self {
        let named = |(code, name): (C, N)| (code.into(), Text::same(name));
        SupplyUse {
            products: products.into_iter().map(named).collect(),
            industries: industries.into_iter().map(named).collect(),
            imported: DMatrix::zeros(domestic.nrows(), domestic.ncols()),
            supply,
            domestic,
            final_demand: Vec::new(),
            value_added: Vec::new(),
            product_taxes: None,
            jobs: None,
            id: "supply-use".to_owned(),
            year: 0,
            modifications: Text::default(),
            title: Text::default(),
            currency: "KRW".to_owned(),
            millions: 1.0,
        }
    }

    /// With a category of final demand for domestic products.
    pub fn final_demand(mut self, role: FinalDemandRole, demand: DVector<f64>) -> Self {
        let none = DVector::zeros(demand.len());
        self.final_demand.push((role, demand, none));
        self
    }

    /// q: output of each product, m.
    pub fn product_output(&self) -> DVector<f64> {
        self.supply.column_sum()
    }

    /// g: output of each industry, n.
    pub fn industry_output(&self) -> DVector<f64> {
        self.supply.row_sum().transpose()
    }

    /// Market shares (D): the part of each product (row) that each industry makes, m x n; a row of zeros for a
    /// product that none makes.
    pub fn market_shares(&self) -> DMatrix<f64> {
        let q = self.product_output();
        DMatrix::from_fn(self.supply.nrows(), self.supply.ncols(), |i, j| {
            over(self.supply[(i, j)], q[i])
        })
    }

    /// Product mix (C): the part of the output of each industry (column) that each product is, m x n.
    pub fn product_mix(&self) -> DMatrix<f64> {
        let g = self.industry_output();
        DMatrix::from_fn(self.supply.nrows(), self.supply.ncols(), |i, j| {
            over(self.supply[(i, j)], g[j])
        })
    }

    /// The part of all output that industries make beside what each makes most of.
    pub fn secondary_share(&self) -> f64 {
        let primary: f64 = self.supply.column_iter().map(|column| column.max()).sum();
        1.0 - over(primary, self.supply.sum())
    }

    /// Whether shapes fit and every product and industry adds up.
    ///
    /// # Errors
    /// A block of another shape; figures that are not finite; a product whose uses are not what is made of it,
    /// or an industry whose inputs are not its output, by more than half a percent (where that is less than what
    /// figures in whole units are rounded by, five).
    pub fn check(&self) -> Result<()> {
        let (m, n) = (self.products.len(), self.industries.len());
        for (name, block) in [
            ("supply", &self.supply),
            ("domestic use", &self.domestic),
            ("imported use", &self.imported),
        ] {
            if block.shape() != (m, n) {
                let (rows, columns) = block.shape();
                return Err(Error::invalid(said!(
                    "{name} is {rows} x {columns}: there are {m} products and {n} industries",
                    "{name}의 크기가 {rows} x {columns}입니다. 상품 {m}개, 산업 {n}개여야 합니다"
                )));
            }
        }
        let demand = self.final_demand.iter();
        let lengths = demand.flat_map(|(_, a, b)| [(a.len(), m), (b.len(), m)]);
        let parts = self.value_added.iter().map(|(_, v)| (v.len(), n));
        let taxes = self.product_taxes.iter();
        let others = taxes.map(|taxes| (taxes.industries.len(), n));
        let jobs = self.jobs.iter().map(|v| (v.len(), n));
        let mut all = lengths.chain(parts).chain(others).chain(jobs);
        if let Some((is, should)) = all.find(|(is, should)| is != should) {
            return Err(Error::invalid(said!(
                "a row or column of the use table has {is} figures, not {should}",
                "사용표의 한 행이나 열에 값이 {is}개입니다. {should}개여야 합니다"
            )));
        }
        let q = self.product_output();
        let mut used = self.domestic.column_sum();
        for (_, domestic, _) in &self.final_demand {
            used += domestic;
        }
        balanced(&self.products, &q, &used, said!("product", "상품"))?;
        if self.value_added.is_empty() {
            return Ok(());
        }
        let g = self.industry_output();
        let mut inputs = (self.domestic.row_sum() + self.imported.row_sum()).transpose();
        for (_, part) in &self.value_added {
            inputs += part;
        }
        if let Some(taxes) = &self.product_taxes {
            inputs += &taxes.industries;
        }
        balanced(&self.industries, &g, &inputs, said!("industry", "산업"))
    }
}

/// Refuses the first of some products or industries that does not add up.
fn balanced(
    names: &[(String, Text)],
    made: &DVector<f64>,
    sums: &DVector<f64>,
    what: Text,
) -> Result<()> {
    let rounding = 1e-6 * made.sum().abs();
    let (what_en, what_ko) = (what.en, what.ko);
    for (k, (code, Text { en, ko })) in names.iter().enumerate() {
        let (made, sum) = (made[k], sums[k]);
        let apart = (made - sum).abs();
        let (units, share) = ROUNDED;
        let allowed = (TOLERANCE * made.abs()).max(units.min(share * made.abs()));
        if !(apart <= allowed + rounding) {
            return Err(Error::invalid(said!(
                "{what_en} {code} ({en}) does not add up: {made} is made, {sum} stands on the other side. Are both \
                 tables of one year, at the same prices?",
                "{code}({ko}) {what_ko}의 수급이 맞지 않습니다. 산출 {made}, 상대편 합계 {sum}. 두 표의 연도와 가격 \
                 기준이 같은지 확인하십시오"
            )));
        }
    }
    Ok(())
}

fn over(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

#[cfg(test)]
mod tests;
