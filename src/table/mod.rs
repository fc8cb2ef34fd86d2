//! What the economy is: input-output tables, their sectors, their checks.
//!
//! Rows supply, columns use. Money stands in the table's unit (million won); jobs are full-time
//! equivalent persons. A [`Table`] holds flows and answers everything; a [`CoefficientTable`] holds
//! coefficients only, and what needs flows does not exist on it. [`AnyTable`] is either, as read.

mod any;
pub mod balance;
pub mod balancing;
mod basket;
mod builder;
pub mod coefficients;
pub mod concordances;
pub mod deflators;
pub mod embedded;
mod energy;
pub(crate) mod groups;
#[cfg(feature = "import")]
pub mod import;
pub(crate) mod matrix;
pub mod meta;
pub mod plan;
mod published;
pub mod read;
pub mod regions;
pub mod regroup;
pub mod sector;
mod sizes;
pub mod split;
pub mod split_error;
pub mod supply_use;
mod taxes;
mod titles;
pub mod update;
mod words;
pub mod write;

pub use any::{AnyTable, CoefficientTable};
pub use basket::{Basket, SplitBy};
pub use builder::{Cells, CoefficientTableBuilder, TableBuilder};
pub use coefficients::Coefficients;
pub use deflators::Deflators;
pub use energy::{EnergyIndustry, EnergyPerOutput, EnergyUse};
pub use matrix::{Matrix, Storage};
pub(crate) use meta::counts_persons;
pub use meta::{
    Account, FinalDemandCategory, FinalDemandRole, Kind, Meta, OtherInput, OtherInputRole,
    PriceBasis, PrimaryInput, PrimaryInputRole, RegionName, Roles, Status,
};
pub use published::{FigureKind, Printed, PublishedFigure};
pub use regions::Regions;
pub use regroup::Regrouping;
pub use sector::{Classification, Sector, SectorName};
pub use sizes::{RegionalSizes, SizedRegion};
pub use split_error::SplitError;
pub use taxes::{TaxBase, TaxRow};

use crate::error::{Error, Result};
use crate::lang::said;
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The blocks of a table of flows; `n` sectors, `k` categories of final demand, `p` primary inputs, `q`
/// rows of which only the users are told.
#[derive(Debug, Clone, PartialEq)]
pub struct Flows {
    /// Zd, n x n: intermediate flows of domestic products, row = supplying, column = using sector.
    pub domestic: Matrix,
    /// Zm, n x n: intermediate flows of imported products.
    pub imported: Matrix,
    /// Fd, n x k: final demand for domestic products.
    pub domestic_final_demand: DMatrix<f64>,
    /// Fm, n x k: final demand for imported products.
    pub imported_final_demand: DMatrix<f64>,
    /// V, p x n: primary inputs (value added by part).
    pub primary_inputs: DMatrix<f64>,
    /// q x n: what sectors use of imports, and pay of taxes on products, whose products are not told; no
    /// part of value added.
    pub other_inputs: DMatrix<f64>,
    /// q x k: the same of final demand.
    pub other_final_demand: DMatrix<f64>,
    /// x, n: gross output.
    pub output: DVector<f64>,
    /// Imports by product, where they are known apart from their taxes.
    pub imports: Option<Imports>,
    /// One vector of n totals for each account of the metadata.
    pub satellites: Vec<DVector<f64>>,
}

impl Flows {
    /// All money times a factor: another unit. Accounts are not money.
    fn scale_money(&mut self, by: f64) {
        if by == 1.0 {
            return;
        }
        for block in [&mut self.domestic, &mut self.imported] {
            block.scale(by);
        }
        for block in [
            &mut self.domestic_final_demand,
            &mut self.imported_final_demand,
            &mut self.primary_inputs,
            &mut self.other_inputs,
            &mut self.other_final_demand,
        ] {
            *block *= by;
        }
        self.output *= by;
        if let Some(imports) = &mut self.imports {
            imports.cif *= by;
            imports.taxes *= by;
        }
    }
}

/// Imports by product, n each.
#[derive(Debug, Clone, PartialEq)]
pub struct Imports {
    /// At the border: cost, insurance, freight.
    pub cif: DVector<f64>,
    /// Taxes on imports, which are part of GDP at market prices but of no sector's value added.
    pub taxes: DVector<f64>,
}

/// A table of flows: Miller & Blair, 3rd ed., ch. 2; domestic and imported flows apart
/// (비경쟁수입형).
#[derive(Debug, Clone)]
pub struct Table {
    meta: Arc<Meta>,
    sectors: Arc<Classification>,
    content_hash: String,
    flows: Flows,
    deflators: Option<Deflators>,
    /// What it was before mixes of inputs changed it.
    before_mixes: Option<Arc<Table>>,
}

impl Table {
    /// Puts a table together.
    ///
    /// # Errors
    /// A block of the wrong shape, a value that is not finite, a sector with flows but no output, or a row
    /// or column that does not add up to its output within [`balance::TOLERANCE`].
    pub fn new(
        meta: Meta,
        sectors: Classification,
        flows: Flows,
        content_hash: String,
    ) -> Result<Self> {
        let table = Table::of_blocks(meta, sectors, flows, content_hash)?;
        match balance::Balance::of(&table).faults().first() {
            None => Ok(table),
            Some(worst) => {
                let (id, message) = (&table.meta.id, &worst.message);
                let (en, ko) = (&message.en, &message.ko);
                Err(Error::invalid(said!(
                    "table {id}: {en}",
                    "산업연관표 {id}: {ko}"
                )))
            }
        }
    }

    /// As [`Table::new`], whether it adds up or not: for who looks at that on his own.
    pub(crate) fn of_blocks(
        meta: Meta,
        sectors: Classification,
        flows: Flows,
        content_hash: String,
    ) -> Result<Self> {
        meta.check(&sectors)?;
        let n = sectors.len();
        let (k, p) = (meta.final_demand.len(), meta.primary_inputs.len());
        let q = meta.other_inputs.len();
        let shape = |name: &str, is: (usize, usize), should: (usize, usize)| {
            if is == should {
                return Ok(());
            }
            Err(Error::invalid(said!(
                "table {id}: {name} is {rows} x {columns}, expected {p} x {q}",
                "산업연관표 {id}: {name}의 크기가 {rows} x {columns}입니다. {p} x {q}이어야 합니다",
                id = meta.id,
                rows = is.0,
                columns = is.1,
                p = should.0,
                q = should.1
            )))
        };
        shape("domestic_flows", flows.domestic.shape(), (n, n))?;
        shape("imported_flows", flows.imported.shape(), (n, n))?;
        shape(
            "domestic_final_demand",
            flows.domestic_final_demand.shape(),
            (n, k),
        )?;
        shape(
            "imported_final_demand",
            flows.imported_final_demand.shape(),
            (n, k),
        )?;
        shape("primary_inputs", flows.primary_inputs.shape(), (p, n))?;
        shape("other_inputs", flows.other_inputs.shape(), (q, n))?;
        shape(
            "other_final_demand",
            flows.other_final_demand.shape(),
            (q, k),
        )?;
        shape("output", flows.output.shape(), (n, 1))?;
        if let Some(imports) = &flows.imports {
            shape("imports", imports.cif.shape(), (n, 1))?;
            shape("imports", imports.taxes.shape(), (n, 1))?;
        }
        shape(
            "satellites",
            (flows.satellites.len(), 1),
            (meta.accounts.len(), 1),
        )?;
        for account in &flows.satellites {
            shape("satellites", account.shape(), (n, 1))?;
        }
        let finite = |block: &DMatrix<f64>| block.iter().all(|v| v.is_finite());
        let blocks = [
            ("domestic_flows", flows.domestic.is_finite()),
            ("imported_flows", flows.imported.is_finite()),
            (
                "domestic_final_demand",
                finite(&flows.domestic_final_demand),
            ),
            (
                "imported_final_demand",
                finite(&flows.imported_final_demand),
            ),
            ("primary_inputs", finite(&flows.primary_inputs)),
            ("other_inputs", finite(&flows.other_inputs)),
            ("other_final_demand", finite(&flows.other_final_demand)),
        ];
        for (name, is_finite) in blocks {
            if !is_finite {
                return Err(Error::invalid(said!(
                    "table {id}: {name} holds a value that is not finite",
                    "산업연관표 {id}: {name}에 유한하지 않은 값이 있습니다",
                    id = meta.id
                )));
            }
        }
        for j in 0..n {
            let x = flows.output[j];
            if !x.is_finite() || x < 0.0 || (x == 0.0 && flows.domestic.uses(j)) {
                return Err(Error::invalid(said!(
                    "table {id}: output of sector {sector} is {x}, but it uses inputs: output must be above 0",
                    "산업연관표 {id}: {sector} 부문의 총산출이 {x}이나 중간투입이 있습니다. 총산출은 0보다 커야 합니다",
                    id = meta.id,
                    sector = sectors.get(j)
                )));
            }
        }
        Ok(Table {
            meta: Arc::new(meta),
            sectors: Arc::new(sectors),
            content_hash,
            flows,
            deflators: None,
            before_mixes: None,
        })
    }

    /// The same table with price indices of its own.
    pub fn with_deflators(mut self, deflators: Option<Deflators>) -> Self {
        self.deflators = deflators;
        self
    }

    /// Its own price indices, where it has any.
    pub fn deflators(&self) -> Option<&Deflators> {
        self.deflators.as_ref()
    }

    /// What the table says of itself.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Its sectors, in the order of rows and columns.
    pub fn sectors(&self) -> &Classification {
        &self.sectors
    }

    /// All blocks at once.
    pub fn flows(&self) -> &Flows {
        &self.flows
    }

    /// SHA-256 of the files it was read from.
    pub fn content_hash(&self) -> &str {
        &self.content_hash
    }

    /// x: gross output, n.
    pub fn output(&self) -> &DVector<f64> {
        &self.flows.output
    }

    /// The table that mixes of inputs made this one of, where they did. Totals of the year go with its output, and
    /// households spend the share of their income that they did.
    pub fn before_mixes(&self) -> Option<&Table> {
        self.before_mixes.as_deref()
    }

    /// The same table as what mixes made of another.
    pub(crate) fn mixed_from(mut self, before: &Table) -> Self {
        self.before_mixes = Some(Arc::new(before.clone()));
        self
    }

    /// Row sums of the final demand for domestic products in the categories that have a role.
    ///
    /// ```
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
    /// let flows = table.flows(leontief::Text::same("demand"))?;
    /// assert_eq!(flows.domestic_demand_for(Household).as_slice(), [350.0, 1700.0]);
    /// assert_eq!(flows.demand_in_all(Household), 2050.0);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn domestic_demand_for(&self, role: FinalDemandRole) -> DVector<f64> {
        self.role_sum(&self.flows.domestic_final_demand, role)
    }

    /// Row sums of the final demand for imported products in the categories that have a role.
    pub fn imported_demand_for(&self, role: FinalDemandRole) -> DVector<f64> {
        self.role_sum(&self.flows.imported_final_demand, role)
    }

    /// What the final demand of a role buys whose product is not told: imports, or taxes on products.
    pub fn other_demand_for(&self, role: FinalDemandRole, of: OtherInputRole) -> f64 {
        let mut sum = 0.0;
        for (row, input) in self.meta.other_inputs.iter().enumerate() {
            for (column, category) in self.meta.final_demand.iter().enumerate() {
                if (input.role, category.role) == (of, role) {
                    sum += self.flows.other_final_demand[(row, column)];
                }
            }
        }
        sum
    }

    /// All that the final demand of a role pays: domestic and imported products, and what it buys whose
    /// product is not told.
    pub fn demand_in_all(&self, role: FinalDemandRole) -> f64 {
        self.domestic_demand_for(role).sum()
            + self.imported_demand_for(role).sum()
            + self.other_demand_for(role, OtherInputRole::Imports)
            + self.other_demand_for(role, OtherInputRole::ProductTaxes)
    }

    /// f: all final demand for domestic products, n.
    pub fn domestic_final_demand_total(&self) -> DVector<f64> {
        self.flows.domestic_final_demand.column_sum()
    }

    /// A primary input by its role, n: all rows of it together; `None` where the table does not have it.
    pub fn primary_input(&self, role: PrimaryInputRole) -> Option<DVector<f64>> {
        let rows = (self.meta.primary_inputs.iter()).zip(self.flows.primary_inputs.row_iter());
        let of_role = rows.filter(|(input, _)| input.role == role);
        let rows = of_role.map(|(_, row)| row.transpose());
        rows.reduce(|sum, row| sum + row)
    }

    /// Value added by sector: the column sums of the primary inputs, n.
    ///
    /// ```
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
    /// let flows = table.flows(leontief::Text::same("GDP"))?;
    /// assert_eq!(flows.value_added().as_slice(), [650.0, 1_400.0]);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn value_added(&self) -> DVector<f64> {
        self.flows.primary_inputs.row_sum().transpose()
    }

    /// A satellite account by its id, n totals.
    pub fn satellite(&self, id: &str) -> Option<&DVector<f64>> {
        let index = self.meta.accounts.iter().position(|a| a.id == id)?;
        self.flows.satellites.get(index)
    }

    /// The share of a product that is of domestic origin where it is used, in `[0, 1]`, and what that
    /// share is taken from.
    ///
    /// A product that is not used there takes its share in intermediate use. One that is used in neither
    /// is taken from producers at home, where there are any: 1. A product of a sector without output is
    /// not made at home, and all of it is imported: 0. Changes in inventories can make a use negative;
    /// the share is then held to `[0, 1]`. Imports whose product is not told are taken to be the same part
    /// of each product that is used there.
    ///
    /// ```
    /// use leontief::{AnyTable, Text, table::Use};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let electronics = table.sectors().find("컴퓨터")?;
    /// let flows = table.flows(Text::same("shares"))?;
    /// // Investors import more of them than industries do.
    /// let invested = flows.domestic_share(electronics, Use::FixedCapital).value;
    /// let used = flows.domestic_share(electronics, Use::Intermediate).value;
    /// assert!(0.0 < invested && invested < used && used < 1.0);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn domestic_share(&self, product: usize, r#use: Use) -> DomesticShare {
        if self.flows.output[product] == 0.0 {
            return DomesticShare {
                value: 0.0,
                basis: ShareBasis::NotMade,
            };
        }
        let used = |r#use: Use| {
            let (domestic, imported) = match r#use {
                Use::Intermediate => (
                    self.flows.domestic.row(product).sum(),
                    self.flows.imported.row(product).sum(),
                ),
                Use::FixedCapital => self.final_use(product, FinalDemandRole::FixedCapital),
                Use::Household => self.final_use(product, FinalDemandRole::Household),
            };
            let total = domestic + imported;
            (total > 0.0).then(|| DomesticShare {
                value: (domestic / total).clamp(0.0, 1.0) * (1.0 - self.untold_share(r#use)),
                basis: match r#use {
                    Use::Intermediate => ShareBasis::Intermediate,
                    Use::FixedCapital => ShareBasis::FixedCapital,
                    Use::Household => ShareBasis::Household,
                },
            })
        };
        used(r#use)
            .or_else(|| used(Use::Intermediate))
            .unwrap_or(DomesticShare {
                value: 1.0,
                basis: ShareBasis::NotUsed,
            })
    }

    /// Imports whose product is not told over all products in a use, in `[0, 1]`.
    fn untold_share(&self, r#use: Use) -> f64 {
        if self.meta.other_inputs.is_empty() {
            return 0.0;
        }
        let f = &self.flows;
        let of_role = |role| {
            (
                self.other_demand_for(role, OtherInputRole::Imports),
                self.domestic_demand_for(role).sum() + self.imported_demand_for(role).sum(),
            )
        };
        let (untold, told): (f64, f64) = match r#use {
            Use::Intermediate => {
                let rows = f.other_inputs.row_iter().zip(&self.meta.other_inputs);
                let untold = rows.filter(|(_, input)| input.role == OtherInputRole::Imports);
                (
                    untold.map(|(row, _)| row.sum()).sum(),
                    f.domestic.sum() + f.imported.sum(),
                )
            }
            Use::FixedCapital => of_role(FinalDemandRole::FixedCapital),
            Use::Household => of_role(FinalDemandRole::Household),
        };
        match untold > 0.0 && told > 0.0 {
            true => untold / (untold + told),
            false => 0.0,
        }
    }

    /// Final use of a product in the categories of a role, domestic and imported.
    fn final_use(&self, product: usize, role: FinalDemandRole) -> (f64, f64) {
        (
            self.domestic_demand_for(role)[product],
            self.imported_demand_for(role)[product],
        )
    }

    /// The coefficients that follow from the flows: Ad = Zd x^-1 and so on.
    ///
    /// ```
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
    /// let flows = table.flows(leontief::Text::same("coefficients"))?;
    /// let a = flows.coefficients();
    /// assert_eq!((a.domestic().at(0, 1), a.value_added()[0]), (0.25, 0.65));
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn coefficients(&self) -> Coefficients {
        Coefficients::from_table(self)
    }

    pub(crate) fn shared_meta(&self) -> Arc<Meta> {
        Arc::clone(&self.meta)
    }

    pub(crate) fn shared_sectors(&self) -> Arc<Classification> {
        Arc::clone(&self.sectors)
    }

    fn role_sum(&self, block: &DMatrix<f64>, role: FinalDemandRole) -> DVector<f64> {
        let mut sum = DVector::zeros(self.sectors.len());
        for (column, category) in block.column_iter().zip(&self.meta.final_demand) {
            if category.role == role {
                sum += column;
            }
        }
        sum
    }
}

/// A share of domestic origin, and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DomesticShare {
    /// The share, in `[0, 1]`.
    pub value: f64,
    /// What it is the share of.
    pub basis: ShareBasis,
}

/// What a table's share of domestic origin is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum ShareBasis {
    /// From intermediate use.
    Intermediate,
    /// From fixed capital formation.
    FixedCapital,
    /// From household consumption.
    Household,
    /// The product is used nowhere that could tell, and is made at home: the share is 1.
    NotUsed,
    /// The product is not made at home: the share is 0.
    NotMade,
}

impl ShareBasis {
    /// Its name: "fixed_capital".
    pub fn id(self) -> &'static str {
        match self {
            ShareBasis::Intermediate => "intermediate",
            ShareBasis::FixedCapital => "fixed_capital",
            ShareBasis::Household => "household",
            ShareBasis::NotUsed => "not_used",
            ShareBasis::NotMade => "not_made",
        }
    }
}

/// What a product is bought for, which decides how much of it is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Input of an industry: recurring purchases.
    Intermediate,
    /// Fixed capital formation: one-off investment.
    FixedCapital,
    /// Household consumption.
    Household,
}
