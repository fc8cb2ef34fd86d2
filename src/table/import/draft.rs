//! What a set of files holds of a table, in whatever pieces, before it is one.

use super::LeftOut;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::meta::Source;
use crate::table::{Account, FinalDemandRole, OtherInputRole, PriceBasis, PrimaryInputRole};
use nalgebra::{DMatrix, DVector};
use std::collections::HashMap;

/// A block by where the products come from; what is lacking may follow from the others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Origins<T> {
    /// Domestic and imported together.
    pub(crate) total: Option<T>,
    /// Domestic products.
    pub(crate) domestic: Option<T>,
    /// Imported products.
    pub(crate) imported: Option<T>,
}

impl<T> Default for Origins<T> {
    fn default() -> Self {
        Origins {
            total: None,
            domestic: None,
            imported: None,
        }
    }
}

impl<T> Origins<T> {
    /// A vector of the block in all: of the total, else of domestic and imported together.
    pub(crate) fn summed(&self, of: impl Fn(&T) -> DVector<f64>) -> Option<DVector<f64>> {
        match (&self.total, &self.domestic, &self.imported) {
            (Some(total), ..) => Some(of(total)),
            (None, Some(domestic), Some(imported)) => Some(of(domestic) + of(imported)),
            _ => None,
        }
    }

    fn each(&mut self) -> impl Iterator<Item = &mut T> {
        let all = [&mut self.total, &mut self.domestic, &mut self.imported];
        all.into_iter().flatten()
    }
}

/// A category of final demand, n.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Category {
    /// The column header: "household". Categories of two files are one where their ids are.
    pub(crate) id: String,
    /// Its title.
    pub(crate) title: Text,
    /// What it is in the national accounts.
    pub(crate) role: FinalDemandRole,
    /// The purchases by product.
    pub(crate) demand: Origins<DVector<f64>>,
}

/// A primary input, n.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    /// The row header: "compensation".
    pub(crate) id: String,
    /// Its title.
    pub(crate) title: Text,
    /// What it is in the national accounts.
    pub(crate) role: PrimaryInputRole,
    /// What each sector pays.
    pub(crate) values: DVector<f64>,
}

/// Imports or taxes on products of which only the users are told: a row under the table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Other {
    /// The row header: "imports".
    pub(crate) id: String,
    /// Its title.
    pub(crate) title: Text,
    /// What it is in the national accounts.
    pub(crate) role: OtherInputRole,
    /// What each sector uses or pays, n.
    pub(crate) values: DVector<f64>,
    /// The same of categories of final demand, by id.
    pub(crate) demand: Vec<(String, f64)>,
}

/// Something counted by sector that is not money, n totals.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Counted {
    /// What is counted.
    pub(crate) account: Account,
    /// The year of the count, where the file says it.
    pub(crate) year: Option<i32>,
    /// The totals.
    pub(crate) values: DVector<f64>,
}

/// What a category of final demand induces by sector, n, as published.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    /// The id of the category.
    pub(crate) category: String,
    /// What is induced.
    pub(crate) what: Induced,
    /// The amounts.
    pub(crate) values: DVector<f64>,
}

/// What final demand induces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Induced {
    /// Output: L f.
    Output,
    /// Imports of the product, those bought as final demand included: Am L f + Fm.
    Imports,
    /// Value added: v^ L f.
    ValueAdded,
}

/// Coefficients per unit of output, and inducement coefficients per unit of final demand.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PerUnit {
    /// A, Ad, Am, n x n.
    pub(crate) inputs: Origins<DMatrix<f64>>,
    /// v, n.
    pub(crate) value_added: Option<DVector<f64>>,
    /// L = (I - Ad)^-1, n x n.
    pub(crate) output_inducement: Option<DMatrix<f64>>,
    /// Am L, n x n.
    pub(crate) import_inducement: Option<DMatrix<f64>>,
    /// v^ L, n x n.
    pub(crate) value_added_inducement: Option<DMatrix<f64>>,
    /// e^ L, n x n, by account, per billion.
    pub(crate) account_inducement: Vec<(Account, DMatrix<f64>)>,
}

/// What files hold of a table. Blocks are in the order of `sectors`, rows supply, columns use; money in
/// `unit`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Draft {
    /// The sheets that it was read from, as messages name them.
    pub(crate) from: Vec<String>,
    /// The name that the table is asked for by; without one that of the file.
    pub(crate) id: Option<String>,
    /// Its title.
    pub(crate) title: Option<Text>,
    /// The year of flows and prices.
    pub(crate) year: Option<i32>,
    /// The economy.
    pub(crate) country: Option<Text>,
    /// The classification: "bok-2020-83".
    pub(crate) classification: Option<String>,
    /// ISO 4217 code.
    pub(crate) currency: Option<String>,
    /// Whole currency units in one unit of the figures.
    pub(crate) unit: Option<f64>,
    /// Whose prices.
    pub(crate) prices: Option<PriceBasis>,
    /// The source line that every output shows.
    pub(crate) attribution: Option<Text>,
    /// The publisher's tables.
    pub(crate) sources: Vec<Source>,
    /// The sectors: code and name.
    pub(crate) sectors: Vec<(String, Text)>,
    /// Zt, Zd, Zm, n x n.
    pub(crate) flows: Origins<DMatrix<f64>>,
    /// The categories of final demand.
    pub(crate) final_demand: Vec<Category>,
    /// The primary inputs.
    pub(crate) primary_inputs: Vec<Part>,
    /// The rows of which only the users are told.
    pub(crate) other_inputs: Vec<Other>,
    /// Value added in all, n, where its parts are not given.
    pub(crate) value_added: Option<DVector<f64>>,
    /// x, n.
    pub(crate) output: Option<DVector<f64>>,
    /// Imports by product with the taxes on them, n.
    pub(crate) imports: Option<DVector<f64>>,
    /// Imports by product at the border, n.
    pub(crate) imports_cif: Option<DVector<f64>>,
    /// Taxes on imports by product, n.
    pub(crate) import_taxes: Option<DVector<f64>>,
    /// What is counted by sector.
    pub(crate) accounts: Vec<Counted>,
    /// Coefficients.
    pub(crate) per_unit: PerUnit,
    /// What categories of final demand induce, to compare with.
    pub(crate) items: Vec<Item>,
    /// What was left out, with its amount; what was assumed.
    pub(crate) said: Vec<Text>,
    /// The lines that were left out, in `unit`.
    pub(crate) left_out: Vec<LeftOut>,
    /// The regions, of a table of several.
    pub(crate) regions: Option<Regions>,
    /// Everyday words that lead to the codes of sectors.
    pub(crate) words: Vec<(String, String)>,
}

/// The regions of a table of several.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Regions {
    /// Code and name of each.
    pub(crate) names: Vec<(String, Text)>,
    /// Where the region of each sector stands among them.
    pub(crate) sectors: Vec<usize>,
    /// Where the region of each category of final demand stands among them.
    pub(crate) demand: Vec<usize>,
}

impl Draft {
    /// Two drafts of one table as one: sectors are matched by code, whatever their order.
    ///
    /// # Errors
    /// Other sectors, another year or currency, or one block twice with different figures.
    pub(crate) fn merge(mut self, mut other: Draft) -> Result<Draft> {
        if self.sectors.is_empty() {
            std::mem::swap(&mut self, &mut other);
        }
        if !other.sectors.is_empty() {
            other.order_as(&self)?;
        }
        let files = (self.names(), other.names());
        if let (Some(unit), Some(others)) = (self.unit, other.unit) {
            other.scale_money(others / unit);
            other.unit = self.unit;
        }
        same(
            &mut self.year,
            other.year,
            &files,
            said!("the year", "연도"),
        )?;
        same(
            &mut self.currency,
            other.currency,
            &files,
            said!("the currency", "통화"),
        )?;
        same(
            &mut self.unit,
            other.unit,
            &files,
            said!("the unit", "단위"),
        )?;
        same(
            &mut self.prices,
            other.prices,
            &files,
            said!("the prices", "가격 기준"),
        )?;
        let per_unit = &mut self.per_unit;
        join(
            &mut self.flows,
            other.flows,
            &files,
            said!("flows", "거래표"),
        )?;
        join(
            &mut per_unit.inputs,
            other.per_unit.inputs,
            &files,
            said!("input coefficients", "투입계수"),
        )?;
        for (mine, others, what) in [
            (
                &mut per_unit.output_inducement,
                other.per_unit.output_inducement,
                said!("production inducement coefficients", "생산유발계수"),
            ),
            (
                &mut per_unit.import_inducement,
                other.per_unit.import_inducement,
                said!("import inducement coefficients", "수입유발계수"),
            ),
            (
                &mut per_unit.value_added_inducement,
                other.per_unit.value_added_inducement,
                said!("value-added inducement coefficients", "부가가치유발계수"),
            ),
        ] {
            same(mine, others, &files, what)?;
        }
        per_unit
            .account_inducement
            .extend(other.per_unit.account_inducement);
        for (mine, others, what) in [
            (&mut self.output, other.output, said!("output", "총산출")),
            (
                &mut self.value_added,
                other.value_added,
                said!("value added", "부가가치"),
            ),
            (&mut self.imports, other.imports, said!("imports", "수입")),
            (
                &mut self.imports_cif,
                other.imports_cif,
                said!("imports", "수입"),
            ),
            (
                &mut self.import_taxes,
                other.import_taxes,
                said!("taxes on imports", "수입세"),
            ),
            (
                &mut per_unit.value_added,
                other.per_unit.value_added,
                said!("value-added coefficients", "부가가치계수"),
            ),
        ] {
            same(mine, others, &files, what)?;
        }
        for category in other.final_demand {
            match self.final_demand.iter_mut().find(|c| c.id == category.id) {
                Some(mine) => join(&mut mine.demand, category.demand, &files, category.title)?,
                None => self.final_demand.push(category),
            }
        }
        for part in other.primary_inputs {
            match self.primary_inputs.iter().find(|p| p.id == part.id) {
                Some(mine) if alike(&mine.values, &part.values) => {}
                Some(_) => return Err(twice(&files, part.title)),
                None => self.primary_inputs.push(part),
            }
        }
        for row in other.other_inputs {
            match self.other_inputs.iter().find(|p| p.id == row.id) {
                Some(mine) if alike(&mine.values, &row.values) => {}
                Some(_) => return Err(twice(&files, row.title)),
                None => self.other_inputs.push(row),
            }
        }
        for counted in other.accounts {
            let of_it = |c: &&Counted| c.account.id == counted.account.id && c.year == counted.year;
            match self.accounts.iter().find(of_it) {
                Some(mine) if alike(&mine.values, &counted.values) => {}
                Some(_) => return Err(twice(&files, counted.account.title)),
                None => self.accounts.push(counted),
            }
        }
        self.id = self.id.or(other.id);
        self.title = self.title.or(other.title);
        self.country = self.country.or(other.country);
        self.classification = self.classification.or(other.classification);
        self.attribution = self.attribution.or(other.attribution);
        self.regions = self.regions.or(other.regions);
        self.words.extend(other.words);
        self.items.extend(other.items);
        self.from.extend(other.from);
        self.said.extend(other.said);
        self.left_out.extend(other.left_out);
        for source in other.sources {
            if !self.sources.contains(&source) {
                self.sources.push(source);
            }
        }
        Ok(self)
    }

    /// The sheets, for messages.
    pub(super) fn names(&self) -> String {
        self.from.join(", ")
    }

    /// The codes of the sectors.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &str> {
        self.sectors.iter().map(|(code, _)| code.as_str())
    }

    /// "31 Semiconductors".
    pub(super) fn sector(&self, at: usize) -> Text {
        let (code, name) = &self.sectors[at];
        name.clone().map(|name| match name == code {
            true => code.clone(),
            false => format!("{code} {name}"),
        })
    }

    /// Puts the sectors, with all blocks, into the order of another draft.
    fn order_as(&mut self, other: &Draft) -> Result<()> {
        let at: HashMap<&str, usize> = self.codes().enumerate().map(|(i, c)| (c, i)).collect();
        let order: Vec<Option<usize>> = other.codes().map(|code| at.get(code).copied()).collect();
        let missing: Vec<&str> = (other.codes().zip(&order))
            .filter_map(|(code, at)| at.is_none().then_some(code))
            .take(5)
            .collect();
        if !missing.is_empty() || self.sectors.len() != other.sectors.len() {
            let (n, m) = (other.sectors.len(), self.sectors.len());
            let (first, second, missing) = (other.names(), self.names(), missing.join(", "));
            let Text { en, ko } = match missing.is_empty() {
                true => Text::default(),
                false => said!("; without {missing}", ", {missing} 없음"),
            };
            return Err(Error::invalid(said!(
                "{first} has {n} sectors and {second} {m}{en}: files of one table have the same sectors, matched by \
                 their codes",
                "{first}의 부문은 {n}개, {second}의 부문은 {m}개입니다{ko}. 한 산업연관표의 파일들은 부문이 같아야 하며 \
                 코드로 맞춥니다"
            )));
        }
        let order: Vec<usize> = order.into_iter().flatten().collect();
        if order.iter().enumerate().any(|(to, from)| to != *from) {
            self.reorder(&order);
        }
        Ok(())
    }

    /// All blocks with sector `order[i]` in place `i`.
    fn reorder(&mut self, order: &[usize]) {
        self.sectors = order.iter().map(|i| self.sectors[*i].clone()).collect();
        if let Some(regions) = &mut self.regions {
            regions.sectors = order.iter().map(|i| regions.sectors[*i]).collect();
        }
        for matrix in self.matrices() {
            *matrix = matrix.select_rows(order).select_columns(order);
        }
        for vector in self.vectors() {
            *vector = vector.select_rows(order);
        }
        for counted in &mut self.accounts {
            counted.values = counted.values.select_rows(order);
        }
        let per_unit = &mut self.per_unit;
        for matrix in per_unit.inputs.each() {
            *matrix = matrix.select_rows(order).select_columns(order);
        }
        let accounts = per_unit.account_inducement.iter_mut().map(|(_, m)| m);
        for matrix in [
            &mut per_unit.output_inducement,
            &mut per_unit.import_inducement,
            &mut per_unit.value_added_inducement,
        ]
        .into_iter()
        .flatten()
        .chain(accounts)
        {
            *matrix = matrix.select_rows(order).select_columns(order);
        }
        if let Some(value_added) = &mut per_unit.value_added {
            *value_added = value_added.select_rows(order);
        }
    }

    /// The flows, n x n of money.
    fn matrices(&mut self) -> impl Iterator<Item = &mut DMatrix<f64>> {
        self.flows.each()
    }

    /// All vectors of money, n.
    fn vectors(&mut self) -> impl Iterator<Item = &mut DVector<f64>> {
        let demand = self.final_demand.iter_mut().flat_map(|c| c.demand.each());
        let items = self.items.iter_mut().map(|item| &mut item.values);
        let parts = self.primary_inputs.iter_mut().map(|p| &mut p.values);
        let single = [
            &mut self.value_added,
            &mut self.output,
            &mut self.imports,
            &mut self.imports_cif,
            &mut self.import_taxes,
        ];
        let others = self.other_inputs.iter_mut().map(|row| &mut row.values);
        let rows = demand.chain(items).chain(parts).chain(others);
        rows.chain(single.into_iter().flatten())
    }

    /// All money times a factor.
    pub(super) fn scale_money(&mut self, by: f64) {
        if by == 1.0 {
            return;
        }
        for matrix in self.matrices() {
            // What holds nothing takes no memory until it is written to.
            if matrix.iter().any(|value| *value != 0.0) {
                *matrix *= by;
            }
        }
        for vector in self.vectors() {
            *vector *= by;
        }
        for left in &mut self.left_out {
            left.amount *= by;
        }
        let others = self.other_inputs.iter_mut();
        for (_, bought) in others.flat_map(|row| &mut row.demand) {
            *bought *= by;
        }
    }
}

/// What two files may both hold.
trait Alike {
    fn alike(&self, other: &Self) -> bool;
}

/// Whether blocks are the same but for rounding.
fn alike<R: nalgebra::Dim, C: nalgebra::Dim, S, T>(
    a: &nalgebra::Matrix<f64, R, C, S>,
    b: &nalgebra::Matrix<f64, R, C, T>,
) -> bool
where
    S: nalgebra::RawStorage<f64, R, C>,
    T: nalgebra::RawStorage<f64, R, C>,
{
    let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1e-3);
    a.shape() == b.shape() && a.iter().zip(b.iter()).all(near)
}

impl Alike for DMatrix<f64> {
    fn alike(&self, other: &Self) -> bool {
        alike(self, other)
    }
}

impl Alike for DVector<f64> {
    fn alike(&self, other: &Self) -> bool {
        alike(self, other)
    }
}

macro_rules! equal {
    ($($kind:ty),*) => {$(
        impl Alike for $kind {
            fn alike(&self, other: &Self) -> bool {
                self == other
            }
        }
    )*};
}
equal!(i32, f64, String, PriceBasis);

/// Takes what another file says, which may not be something else.
fn same<T: Alike>(
    mine: &mut Option<T>,
    other: Option<T>,
    files: &(String, String),
    what: Text,
) -> Result<()> {
    match (&mine, &other) {
        (Some(mine), Some(other)) if !mine.alike(other) => Err(twice(files, what)),
        (None, Some(_)) => {
            *mine = other;
            Ok(())
        }
        _ => Ok(()),
    }
}

fn join<T: Alike>(
    mine: &mut Origins<T>,
    other: Origins<T>,
    files: &(String, String),
    what: Text,
) -> Result<()> {
    same(&mut mine.total, other.total, files, what.clone())?;
    same(&mut mine.domestic, other.domestic, files, what.clone())?;
    same(&mut mine.imported, other.imported, files, what)
}

fn twice((first, second): &(String, String), what: Text) -> Error {
    let Text { en, ko } = what;
    Error::invalid(said!(
        "{en}: {first} and {second} say different things: give the files of one table only",
        "{ko}: {first}과(와) {second}의 내용이 서로 다릅니다. 한 산업연관표의 파일만 지정하십시오"
    ))
}
