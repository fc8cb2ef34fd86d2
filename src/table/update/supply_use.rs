//! Supply and use tables of another year, brought to its totals together: SUT-RAS (Temurshoev & Timmer 2011), at
//! basic prices with domestic and imported uses apart.
//!
//! Nearest to the old tables, in the sense of [`balancing`](crate::table::balancing), so that
//!
//! ```text
//! sum_i S_ij = g_j                       what industry j makes
//! sum_i (D_ij + M_ij) + t_j = g_j - v_j  what it buys, with taxes on products t
//! sum_i (D_ik + M_ik) + t_k = y_k        a category of final demand
//! sum_ij M_ij = m, or sum_j M_ij = m_i   imports in all, or of a product
//! sum_j S_ij - sum_j D_ij = 0            of each product as much is made as is used of it
//! ```
//!
//! How much there is of each product is not given: it has one multiplier p, by which uses grow as supply falls. With s
//! of an industry's output, u of a user and m of imports, cells above zero are S s / p, D u p and M u m; those below
//! zero are divided where these are multiplied.

use super::totals::{Derived, Names, Totals};
use super::{Balancing, OldParts, Unbalanced};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::FinalDemandRole;
use crate::table::supply_use::SupplyUse;
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// Supply and use tables brought to the totals of another year.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct UpdatedSupplyUse {
    /// The tables.
    pub tables: SupplyUse,
    /// Which totals were not given, and how many of each kind.
    pub derived: Vec<(Derived, usize)>,
    /// Of each block the cell that was moved by the largest factor; none of a block of zeros.
    pub moved: Vec<MovedCell>,
    /// Sweeps over all totals.
    pub sweeps: usize,
}

/// Blocks of supply and use tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum UseBlock {
    /// What industries make.
    Supply,
    /// Uses of what is made at home.
    DomesticUse,
    /// Uses of what is imported.
    ImportedUse,
}

/// A cell before and after.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct MovedCell {
    /// Of which block.
    pub block: UseBlock,
    /// The product.
    pub product: usize,
    /// Among the industries, then the columns of final demand.
    pub column: usize,
    /// In the old tables.
    pub before: f64,
    /// In the new ones.
    pub after: f64,
}

impl MovedCell {
    /// After over before.
    pub fn factor(&self) -> f64 {
        self.after / self.before
    }

    /// How far it is from 1, up or down alike.
    fn size(&self) -> f64 {
        self.factor().ln().abs()
    }
}

impl Totals {
    /// Totals of supply and use tables, from a text with the columns `total,code,value` as [`Totals::parse`] has it, in
    /// the unit of the tables: `output` of every industry; `value_added` or `intermediate_inputs`, and `jobs`, of
    /// industries; `imports` of a product, or of all where the code is left empty; `final_demand` of a category
    /// (`household`, `government`, `fixed_capital`, `inventories`, `exports`). Taxes less subsidies on products are among
    /// what industries and final demand buy, where the tables have them.
    ///
    /// # Errors
    /// As [`Totals::parse`]; a total that is none of these; looseness.
    pub fn of_supply_use(file: &str, text: &str, year: i32, tables: &SupplyUse) -> Result<Self> {
        fn at(of: &[(String, Text)]) -> std::collections::HashMap<&str, usize> {
            let codes = of.iter().enumerate();
            codes.map(|(at, (code, _))| (code.as_str(), at)).collect()
        }
        let names = Names {
            industries: at(&tables.industries),
            products: at(&tables.products),
            categories: roles(tables).into_iter().map(FinalDemandRole::id).collect(),
            accounts: vec!["jobs"],
            apart: true,
        };
        Totals::read(file, text, year, &names)
    }
}

/// The categories of final demand, each once.
fn roles(tables: &SupplyUse) -> Vec<FinalDemandRole> {
    let mut all = Vec::new();
    let of_taxes = tables.product_taxes.iter().flat_map(|t| &t.final_demand);
    let roles = tables.final_demand.iter().map(|(role, ..)| *role);
    for role in roles.chain(of_taxes.map(|(role, _)| *role)) {
        if !all.contains(&role) {
            all.push(role);
        }
    }
    all
}

/// All totals there are.
struct Settled {
    output: DVector<f64>,
    value_added: DVector<f64>,
    final_demand: DVector<f64>,
    /// In all, where they do not follow from the rest.
    imports: Option<f64>,
    jobs: Option<DVector<f64>>,
    derived: Vec<(Derived, usize)>,
}

/// What totals may differ by, as a share of them.
const SUMS_AGREE: f64 = 1e-6;

impl SupplyUse {
    /// The tables of the year of these totals that are nearest to these (SUT-RAS). Value added keeps its parts and jobs
    /// their number per output, where they are not given.
    ///
    /// ```
    /// use leontief::table::{FinalDemandRole, supply_use::SupplyUse, update::Totals};
    /// use nalgebra::{dmatrix, dvector};
    ///
    /// let old = SupplyUse::new(
    ///     [("p1", "Grain"), ("p2", "Goods")],
    ///     [("i1", "Farms"), ("i2", "Works")],
    ///     dmatrix![90.0, 10.0; 0.0, 100.0],
    ///     dmatrix![12.0, 8.0; 10.0, 7.0],
    /// )
    /// .final_demand(FinalDemandRole::Household, dvector![80.0, 83.0]);
    /// let totals = "total,code,value\noutput,i1,108\noutput,i2,110\nvalue_added,i1,80\nvalue_added,i2,95\n";
    /// let totals = Totals::of_supply_use("totals.csv", totals, 2024, &old)?;
    /// let new = old.updated(&totals)?.tables;
    /// // Industry 2 makes 8.794 of product 1 in place of 10, and of each product as much is used as is made of it.
    /// assert!((new.supply[(0, 1)] - 8.794).abs() < 1e-3);
    /// let used = new.domestic.column_sum() + &new.final_demand[0].1;
    /// assert!((new.product_output() - used).amax() < 1e-9);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Tables that do not add up ([`SupplyUse::check`]); totals of other tables, or that contradict each other, named by
    /// industry, category or product; value added of an industry that had none.
    pub fn updated(&self, totals: &Totals) -> Result<UpdatedSupplyUse> {
        self.check()?;
        let (m, n) = self.supply.shape();
        let roles = roles(self);
        if (totals.output.len(), totals.imports.len()) != (n, m)
            || totals.final_demand.len() != roles.len()
            || totals.accounts.len() != 1
        {
            return Err(Error::invalid(said!(
                "these totals are not of tables of {m} products and {n} industries",
                "상품 {m}개, 산업 {n}개인 표의 합계가 아닙니다"
            )));
        }
        let settled = self.settled(totals, &roles)?;
        // Cells block by block, column by column: supply, domestic use, imported use, taxes by user.
        let users = n + self.final_demand.len();
        let (uses, imports) = (m * n, m * (n + users));
        let taxes = imports + m * users;
        let mut prior = self.supply.as_slice().to_vec();
        prior.extend(self.domestic.iter());
        prior.extend(self.final_demand.iter().flat_map(|(_, home, _)| home));
        prior.extend(self.imported.iter());
        prior.extend(self.final_demand.iter().flat_map(|(.., abroad)| abroad));
        if let Some(of) = &self.product_taxes {
            prior.extend(of.industries.iter());
            prior.extend(of.final_demand.iter().map(|(_, tax)| tax));
        }
        let mut names: Vec<Text> = Vec::new();
        let unnamed = |why: Unbalanced| Error::from(why);
        let mut balancing = Balancing::new(prior.clone()).map_err(unnamed)?;
        let industry = |j: usize| label(&self.industries[j]);
        let product = |i: usize| label(&self.products[i]);
        for j in 0..n {
            balancing.total(j * m..(j + 1) * m, settled.output[j]);
            let of = industry(j);
            names.push(said!("the output of {of}", "{of}의 총산출"));
        }
        let both = |c: usize| {
            let at_home = uses + c * m..uses + (c + 1) * m;
            at_home.chain(imports + c * m..imports + (c + 1) * m)
        };
        for j in 0..n {
            let tax = self.product_taxes.iter().map(|_| taxes + j);
            let inputs = settled.output[j] - settled.value_added[j];
            balancing.total(both(j).chain(tax), inputs);
            let of = industry(j);
            names.push(said!(
                "the inputs (output less value added) of {of}",
                "{of}의 중간투입(총산출 - 부가가치)"
            ));
        }
        for (role, total) in roles.iter().zip(&settled.final_demand) {
            let columns = self.final_demand.iter().enumerate();
            let columns = columns.filter(|(_, (of, ..))| of == role);
            let cells = columns.flat_map(|(at, _)| both(n + at));
            let paid = self.product_taxes.iter().flat_map(|t| &t.final_demand);
            let paid = paid.enumerate().filter(|(_, (of, _))| of == role);
            let paid = paid.map(|(at, _)| taxes + n + at);
            balancing.total(cells.chain(paid), *total);
            let Text { en, ko } = role.title();
            names.push(said!("final demand: {en}", "최종수요: {ko}"));
        }
        if let Some(all) = settled.imports {
            balancing.total(imports..taxes, all);
            names.push(said!("all imports", "전체 수입"));
        }
        let row = |from: usize, i: usize, wide: usize| (0..wide).map(move |c| from + i + c * m);
        for (i, value) in totals.imports.iter().enumerate() {
            if let Some(value) = value {
                balancing.total(row(imports, i, users), *value);
                let of = product(i);
                names.push(said!("the imports of {of}", "{of}의 수입"));
            }
        }
        for i in 0..m {
            balancing.difference(row(0, i, n), row(uses, i, users), 0.0);
            let of = product(i);
            names.push(said!(
                "the supply less the domestic use of {of}",
                "{of}의 공급(국산 사용 제외)"
            ));
        }
        let named =
            |why: Unbalanced| why.named(|total| names.get(total).cloned().unwrap_or_default());
        let balanced = balancing.solve().map_err(named)?;
        let cells = &balanced.cells;
        let mut tables = self.clone();
        let column = |from: usize, c: usize| {
            DVector::from_column_slice(&cells[from + c * m..from + (c + 1) * m])
        };
        tables.supply.copy_from_slice(&cells[..uses]);
        tables.domestic.copy_from_slice(&cells[uses..uses + m * n]);
        tables
            .imported
            .copy_from_slice(&cells[imports..imports + m * n]);
        for (at, (_, home, abroad)) in tables.final_demand.iter_mut().enumerate() {
            (*home, *abroad) = (column(uses, n + at), column(imports, n + at));
        }
        if let Some(of) = &mut tables.product_taxes {
            of.industries.copy_from_slice(&cells[taxes..taxes + n]);
            let paid = of.final_demand.iter_mut().zip(&cells[taxes + n..]);
            paid.for_each(|((_, tax), now)| *tax = *now);
        }
        if !self.value_added.is_empty() {
            let old = OldParts {
                parts: self.parts(),
                roles: self.value_added.iter().map(|(role, _)| *role).collect(),
                output: &self.industry_output(),
            };
            let parts = old.updated(&settled.value_added, &settled.output, |j| {
                Text::same(industry(j))
            })?;
            let rows = tables.value_added.iter_mut().enumerate();
            rows.for_each(|(at, (_, part))| *part = parts.row(at).transpose());
        }
        tables.jobs = settled.jobs;
        tables.year = totals.year();
        let (now, source) = (totals.year(), totals.source());
        let Text { en, ko } = &self.title;
        tables.title = said!("{en} (updated)", "{ko}(갱신)");
        tables.modifications = said!(
            "Supply and use tables brought together to totals of {now} ({source}) by SUT-RAS.",
            "공급표와 사용표를 {now}년 합계({source})에 맞추어 SUT-RAS로 함께 갱신함."
        );
        let blocks = [
            (UseBlock::Supply, 0..uses),
            (UseBlock::DomesticUse, uses..imports),
            (UseBlock::ImportedUse, imports..taxes),
        ];
        let moved = blocks.into_iter().filter_map(|(block, range)| {
            let start = range.start;
            let moved = range.map(|at| MovedCell {
                block,
                product: (at - start) % m,
                column: (at - start) / m,
                before: prior[at],
                after: cells[at],
            });
            // What is nothing, or becomes it, has no factor.
            let moved = moved.filter(|cell| cell.size().is_finite());
            moved.max_by(|a, b| a.size().total_cmp(&b.size()))
        });
        Ok(UpdatedSupplyUse {
            moved: moved.collect(),
            tables,
            derived: settled.derived,
            sweeps: balanced.sweeps,
        })
    }

    fn imports_nothing(&self) -> bool {
        let demand = self.final_demand.iter();
        let mut cells = (self.imported.iter()).chain(demand.flat_map(|(.., abroad)| abroad));
        cells.all(|v| *v == 0.0)
    }

    /// Value added by part (rows) and industry.
    fn parts(&self) -> nalgebra::DMatrix<f64> {
        let (p, n) = (self.value_added.len(), self.industries.len());
        nalgebra::DMatrix::from_fn(p, n, |at, j| self.value_added[at].1[j])
    }

    /// What is given and what follows from it.
    fn settled(&self, totals: &Totals, roles: &[FinalDemandRole]) -> Result<Settled> {
        let n = self.industries.len();
        let made = self.industry_output();
        let output = DVector::from_column_slice(&totals.output);
        let growth = output.sum() / made.sum();
        let grown = |j: usize| match made[j] > 0.0 {
            true => output[j] / made[j],
            false => growth,
        };
        let mut derived = Vec::new();
        let mut told = |kind: Derived, given: &[Option<f64>]| {
            let lacking = given.iter().filter(|v| v.is_none()).count();
            if lacking > 0 {
                derived.push((kind, lacking));
            }
        };
        let paid = self.product_taxes.as_ref();
        let old_value_added = match self.value_added.is_empty() {
            false => self.parts().row_sum().transpose(),
            true => {
                let inputs = (self.domestic.row_sum() + self.imported.row_sum()).transpose();
                let left = &made - inputs;
                paid.map_or_else(|| left.clone(), |of| &left - &of.industries)
            }
        };
        told(Derived::ValueAdded, &totals.value_added);
        let value_added = DVector::from_fn(n, |j, _| {
            totals.value_added[j].unwrap_or_else(|| old_value_added[j] * grown(j))
        });
        let given_jobs = &totals.accounts[0];
        let jobs = match &self.jobs {
            Some(old) => {
                told(Derived::Accounts, given_jobs);
                let jobs = |j: usize, _| given_jobs[j].unwrap_or_else(|| old[j] * grown(j));
                Some(DVector::from_fn(n, jobs))
            }
            None if given_jobs.iter().all(Option::is_none) => None,
            None => match given_jobs.iter().position(Option::is_none) {
                Some(j) => {
                    let of = label(&self.industries[j]);
                    return Err(Error::invalid(said!(
                        "the old tables have no jobs: give those of every industry, or of none; {of} has none",
                        "기준 표에 취업자 수가 없습니다. 모든 산업에 주거나 모두 빼십시오. 빠진 산업: {of}"
                    )));
                }
                None => Some(DVector::from_iterator(
                    n,
                    given_jobs.iter().flatten().copied(),
                )),
            },
        };
        let then = DVector::from_iterator(
            roles.len(),
            roles.iter().map(|role| {
                let bought = self.final_demand.iter().filter(|(of, ..)| of == role);
                let taxes = paid.iter().flat_map(|of| &of.final_demand);
                let taxes = taxes.filter(|(of, _)| of == role);
                bought
                    .map(|(_, home, abroad)| home.sum() + abroad.sum())
                    .sum::<f64>()
                    + taxes.map(|(_, tax)| tax).sum::<f64>()
            }),
        );
        told(Derived::FinalDemand, &totals.final_demand);
        let has_taxes = paid.is_some_and(|of| {
            of.industries.amax() > 0.0 || of.final_demand.iter().any(|(_, tax)| *tax != 0.0)
        });
        let by_product: Option<f64> = totals.imports.iter().copied().sum();
        let imports = match (totals.imports_in_all, by_product) {
            (Some(all), Some(sum)) if (all - sum).abs() > SUMS_AGREE * all.abs() => {
                return Err(Error::invalid(said!(
                    "imports come to {all} in all, but those of products to {sum}, and they must be the same: mend one, or \
                     leave out a product, which then takes the rest",
                    "전체 수입은 {all}이나 상품별 수입의 합은 {sum}로, 서로 같아야 합니다. 값을 고치거나 상품 하나를 \
                     빼십시오. 뺀 상품이 나머지를 받습니다"
                )));
            }
            (_, Some(sum)) => Some(sum),
            (all, None) => all,
        };
        let all_demand = totals.final_demand.iter().all(Option::is_some);
        let demanded: f64 = totals.final_demand.iter().flatten().sum();
        let old_imports = self
            .final_demand
            .iter()
            .fold(self.imported.column_sum(), |sum, (.., abroad)| sum + abroad);
        let imports = match imports {
            Some(all) => Some(all),
            None if self.imports_nothing() => Some(0.0),
            // They follow from the columns of the use table.
            None if all_demand => {
                derived.push((Derived::ImportsLeft, 1));
                None
            }
            None => {
                let lacking = totals.imports.iter().filter(|v| v.is_none()).count();
                derived.push((Derived::ImportsInAll, lacking));
                let of = totals.imports.iter().zip(&old_imports);
                Some(of.map(|(given, old)| given.unwrap_or(old * growth)).sum())
            }
        };
        let left = imports.map_or(demanded, |all| value_added.sum() + all);
        let final_demand = totals.final_demand_of(&then, left, growth, has_taxes)?;
        Ok(Settled {
            output,
            value_added,
            final_demand,
            imports: imports.filter(|_| by_product.is_none()),
            jobs,
            derived,
        })
    }
}

/// "i1 Farms", or once where the code is the name.
fn label((code, Text { en, ko }): &(String, Text)) -> String {
    match (code == en, en == ko) {
        (true, true) => code.clone(),
        (_, true) => format!("{code} {en}"),
        (_, false) => format!("{code} {en} ({ko})"),
    }
}

#[cfg(test)]
mod tests;
