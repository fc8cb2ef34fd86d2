//! The page of a sector: what it buys and sells, what it sets off, what others owe to it.
//!
//! As an exogenous sector k (외생화), its row and column taken out, a unit of its *output* makes the others
//! r produce
//!
//! ```text
//! x_r = (I - Ad_rr)^-1 ad_rk = l_rk / l_kk        (Miller & Blair, 3rd ed., ch. 13)
//! ```
//!
//! from which value added, jobs, income and taxes follow by each sector's coefficients. The supply shortage
//! (공급지장) and the price effect on others (물가파급) are the same sector taken out of the supply-driven and
//! the price model: [`Shortage`], [`PriceStudy`]. Several sectors are first summed to one
//! ([`Regrouping`](crate::table::Regrouping)), which leaves the inverse of the others as it is.
//!
//! All else is what the other questions of [`analysis`](crate::analysis) say of the sector, by the same functions and so
//! in the same figures. A page costs some solves; what needs every cell of the inverse, or a day after the other, is
//! asked up to [`MOST_IN_FULL`] sectors.

mod further;
mod ranks;
#[cfg(test)]
mod tests;

pub use further::{OutageByDay, OutageSums, StopSum, StopSums};

use super::linkages::Pairs;
use super::multipliers::SectorMultipliers;
use super::sam::SamMultipliers;
use super::sheet::Sheet;
use super::structural_path::Paths;
use super::{MultiplierType, Multipliers, PriceStudy, Provenance, Shortage};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::{Closure, ImportTreatment, Model};
use crate::table::{Account, AnyTable, FinalDemandRole, PrimaryInputRole, SectorName, Table};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// By how much the sector's price rises where its effect on others is asked for.
pub const PRICE_RISE: f64 = 0.1;

/// The share of its capacity that is out where an outage of the sector is asked for.
pub const OUTAGE: f64 = 0.1;

/// For how many days it is.
pub const OUTAGE_DAYS: u32 = 30;

/// The share of the imports of its product that stop where that is asked for.
pub const STOPPED: f64 = 0.1;

/// The most sectors of a table of which a page is in full ([`SectorStudy::in_full`]).
pub const MOST_IN_FULL: usize = 200;

/// What a table tells of one sector.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SectorStudy {
    /// The table.
    pub provenance: Provenance,
    /// The position of the sector.
    pub sector: usize,
    /// The sectors, n.
    pub sectors: Vec<SectorName>,
    /// Its totals, and those of all sectors.
    pub totals: Vec<Total>,
    /// What it buys from each sector, n, in the table's unit of money.
    pub buys: Vec<Trade>,
    /// What each sector buys of its product, n.
    pub sells: Vec<Trade>,
    /// What final demand buys of its product, by item.
    pub final_demand: Vec<(FinalDemandRole, Trade)>,
    /// The satellite accounts of the table.
    pub accounts: Vec<Account>,
    /// What a unit of final demand for its product sets off: Type I.
    pub multipliers: SectorMultipliers,
    /// Each of them among those of all sectors.
    pub ranks: Vec<Rank>,
    /// Its multipliers by effect, a column an effect of a measure: initial, first round, industrial support, and
    /// where the table tells of households what they consume (Type II).
    pub effects: Sheet,
    /// Its net multipliers, a column a measure: Type I.
    pub net: Sheet,
    /// What a unit of final demand for its product sets off of each tax that the table tells, and of all: Type I.
    pub taxes: Sheet,
    /// What taxes are called that are rows of the table.
    pub tax_names: Vec<(String, Text)>,
    /// A unit paid into the sector in a social accounting matrix of the table, where it tells of households.
    pub sam: Option<SamMultipliers>,
    /// Its linkages by Hirschman and their average propagation lengths, among those of all sectors.
    pub linkages: Vec<Rank>,
    /// Its connections and centralities in the network of inputs, among those of all sectors; in full only.
    pub centralities: Vec<Rank>,
    /// The input coefficients of its column and its row that matter most; in full only.
    pub important: Option<Pairs>,
    /// The largest chains of suppliers of a unit of demand for its product; none of a sector that makes nothing, nor
    /// has it any of what follows.
    pub supplied_by: Option<Paths>,
    /// The largest chains from final demand for other products to it, by its output; in full only.
    pub works_for: Option<Paths>,
    /// What all others lose of each measure were it gone, as a share of what the economy has of it; among those
    /// of all sectors in full only.
    pub extraction: Vec<Rank>,
    /// What is lost while [`OUTAGE`] of its capacity is out for [`OUTAGE_DAYS`].
    pub outage: Option<OutageSums>,
    /// What follows where [`STOPPED`] of the imports of its product stops; `None` where nothing of it is imported, or
    /// the table does not tell.
    pub import_stop: Option<StopSums>,
    /// Whether all of it was asked for: the table has at most [`MOST_IN_FULL`] sectors.
    pub in_full: bool,
    /// What a unit of its output makes the others do, itself taken out.
    pub others: OnOthers,
    /// What the others lose for each unit of its output that is not delivered; `None` where it makes nothing.
    pub shortage: Option<Shortage>,
    /// What the others' prices do where its own rises by [`PRICE_RISE`].
    pub price: PriceStudy,
    /// Its multipliers in other tables of the same sectors, by year.
    pub years: Vec<YearOf>,
}

/// A total of the sector beside that of all sectors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Total {
    /// "output", "value_added", "income", "imports" (of its product), "exports", an account's id.
    pub measure: String,
    /// Of the sector: money in the table's unit, accounts in their own.
    pub value: f64,
    /// Of all sectors.
    pub all: f64,
}

/// A purchase: in the table's unit of money.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Trade {
    /// Of the domestic product.
    pub domestic: f64,
    /// Of the imported product.
    pub imported: f64,
}

impl Trade {
    /// Both.
    pub fn total(self) -> f64 {
        self.domestic + self.imported
    }
}

/// A figure, and where it stands among those of all sectors that make something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Rank {
    /// A column of [`Multipliers`] and of other questions by sector: "output", "jobs".
    pub measure: String,
    /// The figure.
    pub value: f64,
    /// Its place, where those of the others are known.
    pub among: Option<Place>,
}

/// The place of a figure among those of all sectors.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Place {
    /// 1 is the largest.
    pub rank: usize,
    /// How many there are.
    pub of: usize,
    /// Their unweighted mean.
    pub mean: f64,
}

/// What a unit of the sector's output makes all other sectors do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OnOthers {
    /// Output of each sector, n; the sector's own entry is 0.
    pub output: Vec<f64>,
    /// Value added of each.
    pub value_added: Vec<f64>,
    /// Imports of each, to make that output.
    pub imports: Vec<f64>,
    /// Compensation of employees of each, where the table has it.
    pub income: Option<Vec<f64>>,
    /// Net taxes on production of each, where the table has them.
    pub production_taxes: Option<Vec<f64>>,
    /// Accounts of each, per **billion** of the sector's output.
    pub accounts: Vec<Vec<f64>>,
}

/// The sector's multipliers in one table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct YearOf {
    /// The table.
    pub provenance: Provenance,
    /// Its accounts, in the order of the multipliers'.
    pub accounts: Vec<Account>,
    /// Type I.
    pub multipliers: SectorMultipliers,
}

impl SectorStudy {
    /// The page of the sector at a position of a table.
    ///
    /// ```
    /// use leontief::{AnyTable, analysis::SectorStudy};
    ///
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let electricity = table.sectors().find("17")?;
    /// let study = SectorStudy::of(&table, electricity)?;
    /// // A won of electricity makes others produce 0.2596; a won that is missing takes 1.2431 from them.
    /// assert_eq!(format!("{:.4}", study.others.output.iter().sum::<f64>()), "0.2596");
    /// let lost: f64 = study.shortage.expect("it makes something").output.iter().sum();
    /// assert_eq!(format!("{lost:.4}"), "1.2431");
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table without flows, or that is not productive; a position beyond its sectors.
    pub fn of(table: &AnyTable, sector: usize) -> Result<Self> {
        let model = Model::with(table, ImportTreatment::Domestic, Closure::Open)?;
        Self::of_model(table, &model, sector)
    }

    /// The same with the open model of the table in the domestic form, where there is one already.
    ///
    /// ```
    /// use leontief::model::{Closure, ImportTreatment};
    /// use leontief::{AnyTable, Model, analysis::SectorStudy};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let model = Model::with(&table, ImportTreatment::Domestic, Closure::Open)?;
    /// let study = SectorStudy::of_model(&table, &model, table.sectors().find("건설")?)?;
    /// assert!((study.multipliers.output - 2.058383).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`SectorStudy::of`].
    pub fn of_model(table: &AnyTable, model: &Model, sector: usize) -> Result<Self> {
        let flows = table.flows(said!("the page of a sector", "부문별 종합 분석"))?;
        model.check_sectors([sector])?;
        let multipliers = Multipliers::of(model, MultiplierType::Type1)?;
        let made = model.coefficients().is_made(sector);
        let in_full = table.sectors().len() <= MOST_IN_FULL;
        let asked = further::Asked {
            table,
            model,
            sector,
            in_full,
        };
        let (taxes, tax_names) = asked.taxes()?;
        let shortage = match made {
            true => Some(Shortage::of_model(table, model, sector, 1.0)?),
            false => None,
        };
        Ok(SectorStudy {
            provenance: Provenance::of(table.meta()),
            sector,
            sectors: SectorName::all(table.sectors()),
            totals: totals(flows, sector),
            buys: trades(
                flows.flows().domestic.column(sector).iter(),
                flows.flows().imported.column(sector).iter(),
            ),
            sells: trades(
                flows.flows().domestic.row(sector).iter(),
                flows.flows().imported.row(sector).iter(),
            ),
            final_demand: final_demand(flows, sector),
            ranks: ranks::of_multipliers(&multipliers, sector),
            effects: asked.effects()?,
            net: asked.net()?,
            taxes,
            tax_names,
            sam: asked.sam(),
            linkages: asked.linkages()?,
            centralities: asked.centralities()?,
            important: asked.important()?,
            supplied_by: made.then(|| asked.supplied_by()).transpose()?,
            works_for: match made {
                true => asked.works_for()?,
                false => None,
            },
            extraction: match made {
                true => asked.extraction()?,
                false => Vec::new(),
            },
            outage: made.then(|| asked.outage()).transpose()?,
            import_stop: match made {
                true => asked.import_stop()?,
                false => None,
            },
            in_full,
            accounts: multipliers.accounts.clone(),
            multipliers: multipliers.sectors[sector].clone(),
            others: OnOthers::of(model, sector),
            shortage,
            price: PriceStudy::of(table, model, &[(sector, PRICE_RISE)])?,
            years: Vec::new(),
        })
    }

    /// The same with the sector's multipliers in other tables, found by its code and put in order of years; the
    /// study's own table is among them.
    ///
    /// ```
    /// use leontief::{AnyTable, analysis::SectorStudy};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let construction = table.sectors().find("건설")?;
    /// let before = [AnyTable::open("kr-2022-33")?, AnyTable::open("kr-2021-33")?];
    /// let study = SectorStudy::of(&table, construction)?.with_years(&before)?;
    /// assert_eq!(study.years.len(), 3); // its own is the last
    /// assert!((study.years[2].multipliers.output - 2.058383).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table that has no sector of this code, or that is not productive.
    pub fn with_years(mut self, tables: &[AnyTable]) -> Result<Self> {
        let code = &self.sectors[self.sector].code;
        let mut years = tables
            .iter()
            .map(|table| {
                let at = table.sectors().position(code).ok_or_else(|| {
                    Error::invalid(said!(
                        "table {id} has no sector of code '{code}'",
                        "산업연관표 {id}에 코드가 '{code}'인 부문이 없습니다",
                        id = table.meta().id
                    ))
                })?;
                let model = Model::from_coefficients(table.coefficients())?;
                let all = Multipliers::of(&model, MultiplierType::Type1)?;
                Ok(YearOf {
                    provenance: all.provenance,
                    accounts: all.accounts,
                    multipliers: all.sectors[at].clone(),
                })
            })
            .collect::<Result<Vec<_>>>()?;
        years.retain(|year| year.provenance.table != self.provenance.table);
        if !years.is_empty() {
            years.push(YearOf {
                provenance: self.provenance.clone(),
                accounts: self.accounts.clone(),
                multipliers: self.multipliers.clone(),
            });
        }
        years.sort_by_key(|year| year.provenance.year);
        self.years = years;
        Ok(self)
    }
}

impl OnOthers {
    /// The measures in money that the table has, n each, by their names in data: "output", "value_added" and so on.
    pub fn money(&self) -> impl Iterator<Item = (&'static str, &[f64])> {
        let all: [(&'static str, Option<&Vec<f64>>); 5] = [
            ("output", Some(&self.output)),
            ("value_added", Some(&self.value_added)),
            ("imports", Some(&self.imports)),
            ("income", self.income.as_ref()),
            ("production_taxes", self.production_taxes.as_ref()),
        ];
        all.into_iter()
            .filter_map(|(name, values)| Some((name, values?.as_slice())))
    }

    /// A sector that makes nothing sets nothing off.
    fn of(model: &Model, sector: usize) -> Self {
        let coefficients = model.coefficients();
        let n = model.sectors().len();
        let mut unit = DVector::zeros(n);
        unit[sector] = 1.0;
        let mut output = model.output_for(&unit);
        output /= output[sector];
        output[sector] = 0.0;
        if !coefficients.is_made(sector) {
            output.fill(0.0);
        }
        let per_billion = Provenance::of(coefficients.meta()).units_per_billion();
        let times = |v: &DVector<f64>| output.component_mul(v).data.into();
        let part = |role| coefficients.primary_input(role).map(times);
        OnOthers {
            value_added: times(coefficients.value_added()),
            imports: times(&coefficients.imports_per_output()),
            income: part(PrimaryInputRole::Compensation),
            production_taxes: part(PrimaryInputRole::NetProductionTaxes),
            accounts: coefficients
                .accounts()
                .iter()
                .map(|(_, per_unit)| times(&(per_unit * per_billion)))
                .collect(),
            output: output.data.into(),
        }
    }
}

fn trades<'a>(
    domestic: impl Iterator<Item = &'a f64>,
    imported: impl Iterator<Item = &'a f64>,
) -> Vec<Trade> {
    let both = domestic.zip(imported);
    both.map(|(domestic, imported)| Trade {
        domestic: *domestic,
        imported: *imported,
    })
    .collect()
}

fn final_demand(table: &Table, sector: usize) -> Vec<(FinalDemandRole, Trade)> {
    use FinalDemandRole::{Exports, FixedCapital, Government, Household, Inventories};
    [Household, Government, FixedCapital, Inventories, Exports]
        .into_iter()
        .filter(|role| table.meta().final_demand.iter().any(|f| f.role == *role))
        .map(|role| {
            let trade = Trade {
                domestic: table.domestic_demand_for(role)[sector],
                imported: table.imported_demand_for(role)[sector],
            };
            (role, trade)
        })
        .collect()
}

fn totals(table: &Table, sector: usize) -> Vec<Total> {
    let total = |measure: &str, values: &DVector<f64>| Total {
        measure: measure.to_owned(),
        value: values[sector],
        all: values.sum(),
    };
    let flows = table.flows();
    let imports = flows.imported.column_sum() + flows.imported_final_demand.column_sum();
    let mut totals = vec![
        total("output", table.output()),
        total("value_added", &table.value_added()),
    ];
    let income = table.primary_input(PrimaryInputRole::Compensation);
    totals.extend(income.map(|income| total("income", &income)));
    totals.push(total(
        "exports",
        &table.domestic_demand_for(FinalDemandRole::Exports),
    ));
    totals.push(total("imports", &imports));
    let accounts = table.meta().accounts.iter();
    totals.extend(
        accounts.filter_map(|account| Some(total(&account.id, table.satellite(&account.id)?))),
    );
    totals
}
