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

use super::extraction::{ExtractionKind, ExtractionRanking};
use super::linkages::{Linkages, Method, Options};
use super::multipliers::{Form, MultiplierForm, SectorMultipliers};
use super::sheet::Sheet;
use super::{MultiplierType, Multipliers, PriceStudy, Provenance, Shortage};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::{Closure, ImportTreatment, Model};
use crate::table::{Account, AnyTable, FinalDemandRole, PrimaryInputRole, SectorName, Table};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// By how much the sector's price rises where its effect on others is asked for.
pub const PRICE_RISE: f64 = 0.1;

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
    /// Its multipliers by effect, a column an effect of a measure: initial, first round, industrial support.
    pub effects: Sheet,
    /// Its linkages by Hirschman and their average propagation lengths, among those of all sectors.
    pub linkages: Vec<Rank>,
    /// What all others lose of each measure were it gone, as a share of what the economy has of it, among those
    /// of all sectors; none of a sector that makes nothing.
    pub extraction: Vec<Rank>,
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

/// Where a multiplier stands among those of all sectors that make something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Rank {
    /// A column of [`Multipliers`]: "output", "jobs".
    pub measure: String,
    /// The multiplier.
    pub value: f64,
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
            ranks: ranks(&multipliers, sector),
            effects: {
                let form = Form::ByEffect;
                let all = MultiplierForm::of(table, model, MultiplierType::Type1, form)?;
                all.figures.only(&[sector])?
            },
            linkages: linkages(table, model, sector)?,
            extraction: match made {
                true => extraction(table, model, sector)?,
                false => Vec::new(),
            },
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

impl Rank {
    /// A figure among those of all sectors that have one.
    fn of(measure: &str, value: f64, among: &[f64]) -> Self {
        let of = among.len();
        Rank {
            measure: measure.to_owned(),
            value,
            rank: 1 + among.iter().filter(|other| **other > value).count(),
            of,
            mean: among.iter().sum::<f64>() / of.max(1) as f64,
        }
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

fn ranks(multipliers: &Multipliers, sector: usize) -> Vec<Rank> {
    let made: Vec<bool> = multipliers.sectors.iter().map(|s| s.made).collect();
    let rank = |measure: &str| {
        let values = multipliers.column(measure)?;
        let among = values.iter().zip(&made).filter(|(_, made)| **made);
        let among: Vec<f64> = among.map(|(value, _)| *value).collect();
        Some(Rank::of(measure, values[sector], &among))
    };
    let columns = multipliers.columns();
    columns.into_iter().filter_map(rank).collect()
}

/// Direct and total linkages, their indices and lengths; none of a sector that makes nothing.
fn linkages(table: &AnyTable, model: &Model, sector: usize) -> Result<Vec<Rank>> {
    let options = Options::default();
    let hirschman = Linkages::of(table, model, Method::Hirschman, &options)?;
    let lengths = Linkages::of(table, model, Method::Propagation, &options)?;
    let rounds = lengths.figures.columns.iter();
    let columns = hirschman.figures.columns.iter();
    let columns = columns
        .filter(|column| column.measure != "class")
        .chain(rounds.filter(|column| column.stage == "rounds"));
    Ok(columns
        .filter_map(|column| {
            let among: Vec<f64> = column.values.iter().flatten().copied().collect();
            Some(Rank::of(&column.id(), column.values[sector]?, &among))
        })
        .collect())
}

/// What the others lose were it gone, beside what they lose by each other sector that makes something.
fn extraction(table: &AnyTable, model: &Model, sector: usize) -> Result<Vec<Rank>> {
    let all = ExtractionRanking::of(table, model, ExtractionKind::Total, 1.0)?;
    let coefficients = model.coefficients();
    let made: Vec<usize> = (0..all.sectors.len())
        .filter(|at| coefficients.is_made(*at))
        .collect();
    let measures = all.measures.iter().filter(|of| of.before != 0.0);
    Ok(measures
        .map(|of| {
            let share = |at: usize| of.others[at] / of.before;
            let among: Vec<f64> = made.iter().map(|at| share(*at)).collect();
            Rank::of(&of.measure, share(sector), &among)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn open(id: &str) -> AnyTable {
        AnyTable::open(id).expect("built in")
    }

    /// By the definition: row and column struck out, rounds of the others alone.
    #[test]
    fn a_unit_of_output_reaches_the_others_as_with_the_sector_struck_out() {
        let table = open("kr-2023-33");
        let k = table.sectors().find("17").expect("electricity");
        let study = SectorStudy::of(&table, k).expect("a study");
        let mut a = table.coefficients().domestic().dense().clone();
        let mut round = a.column(k).clone_owned();
        a.row_mut(k).fill(0.0);
        a.column_mut(k).fill(0.0);
        round[k] = 0.0;
        let mut sum = round.clone();
        for _ in 0..300 {
            round = &a * round;
            sum += &round;
        }
        for (by_rounds, ours) in sum.iter().zip(&study.others.output) {
            assert_relative_eq!(by_rounds, ours, epsilon = 1e-12);
        }
        let jobs = table
            .coefficients()
            .account("jobs")
            .expect("jobs")
            .dot(&sum)
            * 1e3;
        let ours: f64 = study.others.accounts[0].iter().sum();
        assert_relative_eq!(jobs, ours, max_relative = 1e-10);
    }

    #[test]
    fn what_it_buys_and_sells_is_its_column_and_its_row() {
        let table = open("kr-2023-33");
        let flows = table.flows(crate::Text::same("a test")).expect("flows");
        let k = table.sectors().find("12").expect("electronics");
        let study = SectorStudy::of(&table, k).expect("a study");
        let output = flows.output()[k];
        let bought: f64 = study.buys.iter().map(|t| t.total()).sum();
        assert_relative_eq!(bought + flows.value_added()[k], output, max_relative = 1e-6);
        let sold: f64 = study.sells.iter().map(|t| t.domestic).sum();
        let last: f64 = study.final_demand.iter().map(|(_, t)| t.domestic).sum();
        assert_relative_eq!(sold + last, output, max_relative = 1e-6);
        assert!(study.sells[0].domestic != study.buys[0].domestic);
        assert_relative_eq!(study.totals[0].value, output);
    }

    #[test]
    fn ranks_count_from_the_largest() {
        let table = open("kr-2023-33");
        let studies: Vec<SectorStudy> = (0..33)
            .map(|k| SectorStudy::of(&table, k).expect("a study"))
            .collect();
        for at in 0..studies[0].ranks.len() {
            let mut ranked: Vec<&Rank> = studies.iter().map(|s| &s.ranks[at]).collect();
            ranked.sort_by_key(|r| r.rank);
            assert_eq!(ranked[0].rank, 1);
            assert!(ranked.windows(2).all(|w| w[0].value >= w[1].value));
        }
    }

    #[test]
    fn a_block_of_sectors_is_the_sector_that_they_make() {
        use crate::table::Regrouping;
        let table = open("kr-2023-33");
        let groups = Regrouping::parse_group("power=17+18", table.sectors()).expect("a group");
        let block = table.regrouped(&groups).expect("flows");
        let k = block.sectors().find("power").expect("the group");
        let study = SectorStudy::of(&block, k).expect("a study");
        // Both at the shares of their output, each without the other.
        let model = Model::from_coefficients(table.coefficients()).expect("productive");
        let flows = table.flows(crate::Text::same("a test")).expect("flows");
        let at = ["17", "18"].map(|code| table.sectors().find(code).expect("a code"));
        let both = at.map(|k| flows.output()[k]);
        let outputs = [0, 1].map(|i| (at[i], both[i] / (both[0] + both[1])));
        let demand = model.demand_for_outputs(&outputs).expect("reached");
        let all = model.output_for(&demand).sum() - 1.0;
        assert_relative_eq!(all, study.others.output.iter().sum(), max_relative = 1e-9);
    }

    /// Output of the others without electricity: their own inverse, and imports for what it sold them.
    #[test]
    fn what_others_lose_without_it_is_what_they_make_by_themselves() {
        let table = open("kr-2023-33");
        let k = table.sectors().find("17").expect("electricity");
        let study = SectorStudy::of(&table, k).expect("a study");
        let flows = table.flows(crate::Text::same("a test")).expect("flows");
        let (x, n) = (flows.output(), 33);
        let mut left = nalgebra::DMatrix::identity(n, n) - table.coefficients().domestic().dense();
        let mut f = &left * x;
        left.row_mut(k).fill(0.0);
        left[(k, k)] = 1.0;
        f[k] = 0.0;
        let without = left.lu().solve(&f).expect("productive");
        let lost = (x.sum() - x[k] - without.sum()) / x.sum();
        let output = &study.extraction[0];
        assert_eq!(output.measure, "output");
        assert_relative_eq!(output.value, lost, max_relative = 1e-9);
        assert!(output.rank > 1 && output.of == 33 && output.mean > 0.0);
    }

    #[test]
    fn years_stand_in_order_with_the_own_among_them() {
        let table = open("kr-2023-33");
        let others = [open("kr-2020-33"), open("kr-2023-33")];
        let study = SectorStudy::of(&table, 3).expect("a study");
        let study = study.with_years(&others).expect("the same codes");
        let years: Vec<i32> = study.years.iter().map(|y| y.provenance.year).collect();
        assert_eq!(years, [2020, 2023]);
        assert_eq!(study.years[1].multipliers, study.multipliers);
        assert!(SectorStudy::of(&table, 33).is_err());
    }
}
