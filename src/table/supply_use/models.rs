//! From supply and use to a symmetric table: models A to D of the Eurostat Manual of Supply, Use and
//! Input-Output Tables (2008), ch. 11; Miller & Blair, 3rd ed., ch. 5.
//!
//! With S the supply table (products x industries), U the use table, W inputs by industry, Y final demand,
//! q = S 1 and g = 1'S:
//!
//! | model | table | assumption | T | flows |
//! | --- | --- | --- | --- | --- |
//! | A | product by product | product technology | S^-1 q^ | U T, W T, Y |
//! | B | product by product | industry technology | g^-1 S' | U T, W T, Y |
//! | C | industry by industry | fixed industry sales structure | g^ S^-1 | T U, W, T Y |
//! | D | industry by industry | fixed product sales structure | S' q^-1 | T U, W, T Y |
//!
//! A and C need as many products as industries, and may make flows negative: they are told, not set to zero.
//! Imported products go the way of domestic ones; of a product that no industry makes, C and D keep the uses in a
//! row of their own.

use super::{SupplyUse, over};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::{
    AnyTable, FinalDemandRole, OtherInputRole, PriceBasis, PrimaryInputRole, Table,
};
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// How a symmetric table follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum Transformation {
    /// Model A: a product is made in one way, whoever makes it; product by product.
    ProductTechnology,
    /// Model B: an industry makes all its products in one way; product by product.
    IndustryTechnology,
    /// Model C: an industry sells all its products to the same users; industry by industry.
    FixedIndustrySales,
    /// Model D: a product goes to the same users, whoever makes it; industry by industry.
    FixedProductSales,
}

impl Transformation {
    /// The letter that Eurostat gives it.
    pub fn letter(self) -> char {
        match self {
            Transformation::ProductTechnology => 'A',
            Transformation::IndustryTechnology => 'B',
            Transformation::FixedIndustrySales => 'C',
            Transformation::FixedProductSales => 'D',
        }
    }

    /// Whether the table that it makes is of products.
    pub fn by_product(self) -> bool {
        matches!(
            self,
            Transformation::ProductTechnology | Transformation::IndustryTechnology
        )
    }
}

/// What becomes of flows that product technology makes negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Negatives {
    /// They stay, and are told.
    #[default]
    Keep,
    /// Almon (2000): no more of an input is taken out of an industry for its other products than it uses.
    Almon,
}

/// A symmetric table, and what it took.
#[derive(Debug, Clone)]
pub struct Transformed {
    /// The table.
    pub table: AnyTable,
    /// By which model.
    pub model: Transformation,
    /// Flows below zero where the use table has none, the largest first.
    pub negatives: Vec<Negative>,
    /// What was put to operating surplus because inputs purified one by one do not sum to output: the sum of
    /// its sizes, in the table's unit of money.
    pub adjusted: f64,
    /// Uses of products that no industry makes, kept in a row of their own.
    pub unmade: f64,
    /// What was put to changes in inventories because uses of a product do not sum to what is made of it: the sum
    /// of its sizes.
    pub rounding: f64,
}

/// A flow below zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Negative {
    /// The row of the table.
    pub row: usize,
    /// The column.
    pub column: usize,
    /// The flow, domestic and imported together, in the table's unit of money.
    pub value: f64,
}

/// How often Almon's rows are gone through, and how near two passes are at the end.
const PASSES: usize = 1_000;
const NEAR: f64 = 1e-12;

impl SupplyUse {
    /// The symmetric table of a model.
    ///
    /// # Errors
    /// Tables that do not add up ([`SupplyUse::check`]); model A or C of tables with other products than
    /// industries, or without an inverse; Almon's way of another model than A.
    pub fn transform(&self, model: Transformation, negatives: Negatives) -> Result<Transformed> {
        self.check()?;
        if negatives == Negatives::Almon && model != Transformation::ProductTechnology {
            return Err(Error::invalid(said!(
                "Almon's procedure belongs to product technology: model A",
                "알몬 방법은 상품기술가정(모형 A)에만 쓰입니다"
            )));
        }
        let (q, g) = (self.product_output(), self.industry_output());
        let by_product = model.by_product();
        // n x m.
        let t = match model {
            Transformation::ProductTechnology => {
                let mut t = self.inverse()?;
                for (mut column, q) in t.column_iter_mut().zip(&q) {
                    column *= *q;
                }
                t
            }
            Transformation::IndustryTechnology => self.product_mix_turned(&g),
            Transformation::FixedIndustrySales => {
                let mut t = self.inverse()?;
                for (mut row, g) in t.row_iter_mut().zip(&g) {
                    row *= *g;
                }
                t
            }
            Transformation::FixedProductSales => self.market_shares().transpose(),
        };
        let almon = negatives == Negatives::Almon;
        let inputs = |w: &DMatrix<f64>| match (by_product, almon) {
            (true, true) => purified(w, &self.market_shares(), &q),
            (true, false) => w * &t,
            (false, _) => w.clone(),
        };
        let flows = |u: &DMatrix<f64>| match by_product {
            true => inputs(u),
            false => &t * u,
        };
        let sales = |y: &DVector<f64>| match by_product {
            true => y.clone(),
            false => &t * y,
        };
        let row = |v: &DVector<f64>| {
            inputs(&DMatrix::from_rows(&[v.transpose()]))
                .row(0)
                .transpose()
        };
        let domestic = flows(&self.domestic);
        let imported = flows(&self.imported);
        let output = if by_product { q.clone() } else { g };
        let mut parts: Vec<(PrimaryInputRole, DVector<f64>)> = Vec::new();
        for (role, values) in &self.value_added {
            add(&mut parts, *role, row(values));
        }
        let taxes = self.product_taxes.as_ref();
        let taxes = taxes.map(|of| (row(&of.industries), &of.final_demand));
        // Products that no industry makes have no industry to stand for them.
        let lost: Vec<usize> = match by_product {
            true => Vec::new(),
            false => (0..q.len()).filter(|i| q[*i] == 0.0).collect(),
        };
        let unmade = |m: &DMatrix<f64>| {
            let rows = lost.iter().map(|i| m.row(*i).transpose());
            rows.fold(DVector::zeros(m.ncols()), |sum, row| sum + row)
        };
        let not_told = match by_product {
            true => DVector::zeros(q.len()),
            false => unmade(&self.domestic) + unmade(&self.imported),
        };
        let mut demand: Vec<(FinalDemandRole, DVector<f64>)> = Vec::new();
        let mut demand_abroad = Vec::new();
        let mut demand_not_told = Vec::new();
        for (role, at_home, abroad) in &self.final_demand {
            add(&mut demand, *role, sales(at_home));
            add(&mut demand_abroad, *role, sales(abroad));
            let of: f64 = lost.iter().map(|i| at_home[*i] + abroad[*i]).sum();
            demand_not_told.push((*role, of));
        }
        let mut off = &q - self.domestic.column_sum();
        for (_, at_home, _) in &self.final_demand {
            off -= at_home;
        }
        for (off, q) in off.iter_mut().zip(&q) {
            if off.abs() <= 1e-9 * q.abs() {
                *off = 0.0;
            }
        }
        let rounding: f64 = off.iter().map(|v| v.abs()).sum();
        if rounding > 0.0 {
            add(&mut demand, FinalDemandRole::Inventories, sales(&off));
        }
        let mut all = domestic.row_sum().transpose() + imported.row_sum().transpose();
        for (_, part) in &parts {
            all += part;
        }
        if let Some((taxes, _)) = &taxes {
            all += taxes;
        }
        let left = &output - all - &not_told;
        let adjusted = match parts.is_empty() {
            true => 0.0,
            false => left.iter().map(|v| v.abs()).sum(),
        };
        add(&mut parts, PrimaryInputRole::OperatingSurplus, left);
        let negatives = self.negatives(&domestic, &imported);
        let names = if by_product {
            &self.products
        } else {
            &self.industries
        };
        let cells = |m: DMatrix<f64>| m * self.millions;
        let money = |v: DVector<f64>| (v * self.millions).iter().copied().collect::<Vec<f64>>();
        let letter = model.letter();
        let Text { en, ko } = &self.title;
        let title = said!("{en} (model {letter})", "{ko} (모형 {letter})");
        let mut builder = Table::builder(&self.id, self.year)
            .title(title)
            .currency(&self.currency)
            .sectors(
                names
                    .iter()
                    .map(|(code, name)| (code.clone(), (name.en.as_str(), name.ko.as_str()))),
            )
            .domestic_flows(cells(domestic))
            .imported_flows(cells(imported))
            .output(money(output))
            .describe(|meta| {
                meta.prices = PriceBasis::Basic;
                meta.price_basis = PriceBasis::Basic.name();
                if self.modifications != Text::default() {
                    meta.modifications = self.modifications.clone();
                }
            });
        for (role, values) in demand {
            builder = builder.final_demand(role, money(values));
        }
        for (role, values) in demand_abroad {
            builder = builder.imported_final_demand(role, money(values));
        }
        for (role, values) in parts {
            builder = builder.value_added(role, money(values));
        }
        let scaled = |demand: &[(FinalDemandRole, f64)]| {
            let each = demand.iter().map(|(role, v)| (*role, v * self.millions));
            each.collect::<Vec<_>>()
        };
        if let Some((values, demand)) = taxes {
            let role = OtherInputRole::ProductTaxes;
            builder = builder.other_inputs(role, money(values), scaled(demand));
        }
        let of_demand: f64 = demand_not_told.iter().map(|(_, v)| v.abs()).sum();
        let size: f64 = not_told.iter().map(|v| v.abs()).sum::<f64>() + of_demand;
        if size > 0.0 {
            let demand = scaled(&demand_not_told);
            builder = builder.other_inputs(OtherInputRole::Imports, money(not_told), demand);
        }
        if let Some(jobs) = &self.jobs {
            builder = builder.jobs(row(jobs).iter().copied().collect::<Vec<f64>>());
        }
        Ok(Transformed {
            table: builder.build()?,
            model,
            negatives,
            adjusted: adjusted * self.millions,
            unmade: size * self.millions,
            rounding: rounding * self.millions,
        })
    }

    /// S^-1.
    fn inverse(&self) -> Result<DMatrix<f64>> {
        let (m, n) = self.supply.shape();
        if m != n {
            return Err(Error::invalid(said!(
                "models A and C need as many products as industries; there are {m} and {n}: use B or D",
                "모형 A와 C에는 상품과 산업의 수가 같아야 합니다(상품 {m}개, 산업 {n}개). B나 D를 쓰십시오"
            )));
        }
        let q = self.product_output();
        if let Some(i) = (0..m).find(|i| q[*i] == 0.0) {
            let (code, Text { en, ko }) = &self.products[i];
            return Err(Error::invalid(said!(
                "no industry makes product {code} ({en}), so the supply table has no inverse: use B or D, or sum the \
                 product to another",
                "{code}({ko}) 상품을 생산하는 산업이 없어 공급표의 역행렬이 없습니다. B나 D를 쓰거나 상품을 통합하십시오"
            )));
        }
        self.supply.clone().try_inverse().ok_or_else(|| {
            Error::invalid(said!(
                "the supply table has no inverse: two industries make the same mix of products; use B or D",
                "공급표의 역행렬이 없습니다. 상품 구성이 같은 산업이 있습니다. B나 D를 쓰십시오"
            ))
        })
    }

    /// g^-1 S', n x m.
    fn product_mix_turned(&self, g: &DVector<f64>) -> DMatrix<f64> {
        DMatrix::from_fn(self.supply.ncols(), self.supply.nrows(), |j, i| {
            over(self.supply[(i, j)], g[j])
        })
    }

    /// Flows below zero, beyond rounding and beyond what the use table itself holds below zero.
    fn negatives(&self, domestic: &DMatrix<f64>, imported: &DMatrix<f64>) -> Vec<Negative> {
        let used = &self.domestic + &self.imported;
        let smallest = used.min().min(0.0);
        let rounding = 1e-9 * used.max().abs();
        let mut found = Vec::new();
        for row in 0..domestic.nrows() {
            for column in 0..domestic.ncols() {
                let value = domestic[(row, column)] + imported[(row, column)];
                if value < smallest - rounding {
                    found.push(Negative {
                        row,
                        column,
                        value: value * self.millions,
                    });
                }
            }
        }
        found.sort_by(|a, b| a.value.total_cmp(&b.value));
        found
    }
}

/// Adds a vector to that of its role.
fn add<R: PartialEq>(all: &mut Vec<(R, DVector<f64>)>, role: R, values: DVector<f64>) {
    match all.iter_mut().find(|(of, _)| *of == role) {
        Some((_, sum)) => *sum += values,
        None => all.push((role, values)),
    }
}

/// Each row w of inputs by industry as inputs by product r, so that w_j = sum_k d_kj r_k with d the market
/// shares (product k, industry j), without taking out of industry j more than it uses (Almon, 2000):
///
/// ```text
/// r_j <- w_j - s_j sum_(k != j) d_kj r_k + r_j sum_(l != j) s_l d_jl,   s_j = min(1, w_j / sum_(k != j) d_kj r_k)
/// ```
///
/// The sum of a row stays what it is. A row that is below zero somewhere goes through unheld there.
fn purified(w: &DMatrix<f64>, shares: &DMatrix<f64>, q: &DVector<f64>) -> DMatrix<f64> {
    let n = w.ncols();
    let own = shares.diagonal();
    let mut made = w.clone();
    for (row, mut out) in w.row_iter().zip(made.row_iter_mut()) {
        let mut r: DVector<f64> = row.transpose();
        for _ in 0..PASSES {
            // What leaves industry j for its other products, and what comes to its own from others.
            let leaves = shares.tr_mul(&r) - own.component_mul(&r);
            let held = DVector::from_fn(n, |j, _| match leaves[j] > row[j] && row[j] >= 0.0 {
                true => row[j] / leaves[j],
                false => 1.0,
            });
            let comes = shares * &held - own.component_mul(&held);
            let next = DVector::from_fn(n, |j, _| row[j] - held[j] * leaves[j] + r[j] * comes[j]);
            let moved = (&next - &r).amax();
            r = next;
            if moved <= NEAR * row.amax().max(q.amax() * NEAR) {
                break;
            }
        }
        out.copy_from(&r.transpose());
    }
    made
}
