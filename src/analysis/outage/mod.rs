//! What is lost, day by day, while a part of what a sector makes now cannot be made (생산차질).
//!
//! The adaptive regional input-output model with inventories (ARIO: Hallegatte 2008, 2014; Guan et al. 2020; as
//! BoARIO has it, Juhel 2024), one step a day. With x, f, Zd of a day, A the domestic coefficients and S_ij what
//! sector j holds of product i:
//!
//! ```text
//! demand       D_i = sum_j O_ij + f_i                       orders of the day before, final demand
//! capacity     c_j = (1 - d_j(t)) a_j x_j                   d: the share that is out, a: overcapacity, from 1
//! plan         p_j = min(D_j, c_j)
//! production   y_j = min(p_j, min_i S_ij / (A_ij max(1, q_i n_i)))     n_i: days of stock, q: critical share
//! deliveries   y_i to orders and final demand, by the rule of rationing
//! stocks       S_ij + delivered_ij - A_ij y_j
//! orders       O_ij = A_ij y_j + max(0, n_i A_ij p_j - S_ij) / min(T, n_i)          use, and restocking
//! overcapacity a_j + (A - a_j) (D_j - y_j) / D_j / tau by the orders of the next day, or where they are just met
//!              a_j + (1 - a_j) / tau; at least 1
//! ```
//!
//! A sector makes less only once it holds less than q of its usual stock of some input; of products that are not stocked,
//! which it can do without for n days, less than it uses in a day (q = 0). Nothing is substituted, and imported inputs
//! are always there. What a table holds below zero (withdrawals from stocks, scrap) arrives as it
//! always does. What j loses of x_j is *upstream* as far as less is ordered of it (x_j - p_j) and *downstream* as far as
//! inputs are missing (p_j - y_j); all that the sector itself loses is its own. What is made above x later makes up for
//! losses, so that they are net over the horizon.
//!
//! With [`Rationing::Proportional`] and 90 days of every stock the days are BoARIO's to the last digit. With short
//! stocks proportional rationing can bring everything to a halt (there as well): who is short gets less than it uses,
//! as restocking and final demand take their shares. [`OutageNote`] says so with the figures.

mod course;
#[cfg(test)]
mod tests;

use super::{Provenance, Shortage};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::Model;
use crate::table::{Account, AnyTable, FinalDemandRole, SectorName};
use course::{Course, Economy};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// Days of a year of the table.
pub(super) const YEAR: f64 = 365.0;

/// The most days that are gone through.
const LONGEST: u32 = 36_500;

/// A product of whose output changes in inventories are less than this share is not one that is stocked.
const STOCKED: f64 = 0.0005;

/// Who gets what where less is made than is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum Rationing {
    /// What producers use first, in proportion among themselves, then final demand, then their stocks.
    #[default]
    ProducersFirst,
    /// What producers use and their stocks, and final demand last (Hallegatte 2008, Guan et al. 2020).
    FinalLast,
    /// All orders and final demand in one proportion (Hallegatte 2014, BoARIO).
    Proportional,
}

impl Rationing {
    /// As files and programs name it.
    pub fn id(self) -> &'static str {
        match self {
            Rationing::ProducersFirst => "producers_first",
            Rationing::FinalLast => "final_last",
            Rationing::Proportional => "proportional",
        }
    }
}

/// An outage, and how the economy copes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OutageOptions {
    /// The share of the sector's capacity that is out.
    pub loss: f64,
    /// For how many days.
    pub days: u32,
    /// Over how many days after those it comes back, in equal steps.
    pub recovery: u32,
    /// How many days are gone through, from the first of the outage.
    pub horizon: u32,
    /// Who gets what.
    pub rationing: Rationing,
    /// Days of stock that users hold of a product that is stocked; less than 2 is 2, as what arrives in one day is used
    /// on the next.
    pub stock: f64,
    /// Days that they can do without one that is not.
    pub buffer: f64,
    /// Days of stock of single products, by position.
    pub stocks: Vec<(usize, f64)>,
    /// The share of the usual stock below which less is made, of products that are stocked.
    pub critical: f64,
    /// Over how many days a stock is made good, at most: a smaller one over as many as it lasts.
    pub restocking: f64,
    /// Up to how many times its usual output a sector can make.
    pub overcapacity: f64,
    /// The days it takes to get there.
    pub overcapacity_days: f64,
}

impl OutageOptions {
    /// An outage of a share of capacity for some days, with what is usual for the rest.
    pub fn new(loss: f64, days: u32) -> Self {
        OutageOptions {
            loss,
            days,
            recovery: 0,
            horizon: 365,
            rationing: Rationing::default(),
            stock: 90.0,
            buffer: 3.0,
            stocks: Vec::new(),
            critical: 0.8,
            restocking: 60.0,
            overcapacity: 1.25,
            overcapacity_days: 365.0,
        }
    }

    /// The share that is out on a day, from 0.
    fn out_on(&self, day: u32) -> f64 {
        if day < self.days {
            return self.loss;
        }
        let since = day - self.days + 1;
        match since <= self.recovery {
            true => self.loss * (1.0 - f64::from(since) / (f64::from(self.recovery) + 1.0)),
            false => 0.0,
        }
    }

    fn check(&self) -> Result<()> {
        if !(self.loss > 0.0 && self.loss <= 1.0) {
            return Err(Error::invalid(said!(
                "a loss of {loss} of what a sector makes cannot be: write a share above 0 and up to 1",
                "생산능력의 {loss} 손실은 있을 수 없습니다. 0보다 크고 1 이하인 비율을 쓰십시오",
                loss = self.loss
            )));
        }
        if self.days == 0 {
            return Err(Error::invalid(said!(
                "an outage lasts at least 1 day",
                "생산차질 기간은 1일 이상이어야 합니다"
            )));
        }
        let all = u64::from(self.days) + u64::from(self.recovery);
        if all > u64::from(self.horizon) {
            return Err(Error::invalid(said!(
                "the outage and its recovery take {all} days, more than the horizon of {horizon}: take a longer one",
                "차질과 복구에 {all}일이 걸려 분석 기간 {horizon}일을 넘습니다. 분석 기간을 늘리십시오",
                horizon = self.horizon
            )));
        }
        if self.horizon > LONGEST {
            return Err(Error::invalid(said!(
                "a horizon of {horizon} days is too long: up to {LONGEST} are gone through",
                "분석 기간 {horizon}일은 너무 깁니다. {LONGEST}일까지 가능합니다",
                horizon = self.horizon
            )));
        }
        let stocks = self.stocks.iter().map(|(_, days)| *days);
        for days in stocks.chain([self.stock, self.buffer]) {
            if !(0.0..=1e6).contains(&days) {
                return Err(Error::invalid(said!(
                    "stocks cannot last {days} days: write a number from 0 to 1000000",
                    "재고일수 {days}일은 있을 수 없습니다. 0에서 1000000 사이의 수를 쓰십시오"
                )));
            }
        }
        if !(self.critical > 0.0 && self.critical <= 1.0) {
            return Err(Error::invalid(said!(
                "a critical share of stocks of {share} cannot be: write one above 0 and up to 1",
                "재고의 임계 비율 {share}은(는) 있을 수 없습니다. 0보다 크고 1 이하인 비율을 쓰십시오",
                share = self.critical
            )));
        }
        if !(1.0..=1e3).contains(&self.overcapacity) {
            return Err(Error::invalid(said!(
                "overcapacity is a multiple of usual output from 1 to 1000, not {times}",
                "초과생산능력은 평상시 산출의 1배에서 1000배까지이며 {times}배는 쓸 수 없습니다",
                times = self.overcapacity
            )));
        }
        for days in [self.restocking, self.overcapacity_days] {
            if !(1.0..=1e6).contains(&days) {
                return Err(Error::invalid(said!(
                    "restocking and overcapacity take from 1 to 1000000 days, not {days}",
                    "재고 보충과 초과생산에 걸리는 기간은 1일에서 1000000일까지이며 {days}일은 쓸 수 없습니다"
                )));
            }
        }
        Ok(())
    }
}

/// What an outage takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Outage {
    /// The table behind it.
    pub provenance: Provenance,
    /// The outage, and how the economy copes.
    pub options: OutageOptions,
    /// The position of the sector whose output is out.
    pub sector: usize,
    /// The sectors, n.
    pub sectors: Vec<SectorName>,
    /// Days of stock of each product, n: what its users can do without it.
    pub stock_days: Vec<f64>,
    /// Whether each product is one that is stocked, n.
    pub stocked: Vec<bool>,
    /// What the sector cannot make, in the table's unit of money: the yardstick of all else.
    pub capacity_lost: f64,
    /// Output lost by sector over the horizon, n, less what is made up for.
    pub output: Vec<f64>,
    /// Of it, as less is ordered, n; nothing of the sector itself.
    pub upstream: Vec<f64>,
    /// Of it, as inputs are missing, n; nothing of the sector itself.
    pub downstream: Vec<f64>,
    /// Output above what is usual that makes up for losses, n: it is taken off `output`.
    pub made_up: Vec<f64>,
    /// Value added lost, n.
    pub value_added: Vec<f64>,
    /// Imported inputs that are not needed, by the sector that uses them, n.
    pub imports: Vec<f64>,
    /// What is lost of each satellite account, n each: of jobs, job-years.
    pub accounts: Vec<(Account, Vec<f64>)>,
    /// Final demand for each product that is not met, n; it is not made good later.
    pub unmet: Vec<f64>,
    /// Of all of it, what is not met after the outage and its recovery, as stocks are made good.
    pub unmet_after: f64,
    /// Output of all sectors on a usual day.
    pub usual_output: f64,
    /// What other models make of the same loss of capacity.
    pub yardsticks: Vec<Yardstick>,
    /// All sectors together, a day each.
    pub days: Vec<OutageDay>,
    /// Output lost by each sector (n) on each day.
    pub by_day: Vec<Vec<f64>>,
    /// The day, from 1, on which most output is lost.
    pub worst_day: u32,
    /// The first day, from 1, from which on less than a hundredth of that is lost; `None` where there is none.
    pub recovered: Option<u32>,
    /// What there is to know of the result.
    pub notes: Vec<OutageNote>,
}

/// A day of an outage, all sectors together, in the table's unit of money.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OutageDay {
    /// What the sector cannot make.
    pub capacity_lost: f64,
    /// Its output lost.
    pub own: f64,
    /// That of others, as less is ordered of them.
    pub upstream: f64,
    /// That of others, as inputs are missing.
    pub downstream: f64,
    /// Value added lost, of all.
    pub value_added: f64,
    /// Final demand that is not met.
    pub unmet: f64,
}

impl OutageDay {
    /// Output lost by all sectors.
    pub fn output(&self) -> f64 {
        self.own + self.upstream + self.downstream
    }
}

/// Output that a static model has all sectors lose for the same loss of capacity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Yardstick {
    /// Which one.
    pub model: YardstickModel,
    /// In the table's unit of money.
    pub output: f64,
}

/// A static model of a loss of capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum YardstickModel {
    /// The sector's own loss and nothing else.
    Own,
    /// The mixed model: final demand goes without, suppliers sell less, l_jk / l_kk.
    Mixed,
    /// The supply-driven (Ghosh) model with the sector exogenous: users sell less by what is missing.
    SupplyDriven,
    /// Every user of the product makes less in the same proportion: nothing takes its place.
    InProportion,
}

impl YardstickModel {
    /// As files and programs name it.
    pub fn id(self) -> &'static str {
        match self {
            YardstickModel::Own => "own",
            YardstickModel::Mixed => "mixed",
            YardstickModel::SupplyDriven => "supply_driven",
            YardstickModel::InProportion => "in_proportion",
        }
    }
}

/// What there is to know of an outage's result.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "note")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum OutageNote {
    /// The economy has not recovered at the horizon.
    NotRecovered {
        /// The share of all output that is still lost on the last day.
        share: f64,
    },
    /// Users lose more, as inputs are missing, than by the supply-driven model: inputs run out and nothing replaces
    /// them. Each for a unit of capacity lost.
    BeyondSupplyDriven {
        /// What they lose.
        lost: f64,
        /// What they lose by the supply-driven model.
        supply_driven: f64,
        /// What they lose where every user makes less in proportion.
        in_proportion: f64,
    },
    /// After the outage final demand goes without, as making stocks good takes capacity and inputs.
    RestockingCrowdsOut {
        /// The share of all unmet final demand.
        share: f64,
    },
    /// Final demand takes more of the product than is out, so that producers get all they need.
    FinalDemandAbsorbs {
        /// Its share of the product's output.
        share: f64,
    },
    /// The table has no changes in inventories that tell which products are stocked: all are taken to be.
    StocksNotTold,
}

impl Outage {
    /// What is lost where a part of the capacity of the sector at position `sector` is out. `model` is the open
    /// model of the table in the domestic form.
    ///
    /// ```
    /// use leontief::{AnyTable, Model, analysis::{Outage, outage::OutageOptions}};
    ///
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let model = Model::from_coefficients(table.coefficients())?;
    /// let electricity = table.sectors().find("17")?;
    /// let outage = Outage::of(&table, &model, electricity, &OutageOptions::new(0.1, 60))?;
    /// // Final demand takes 19 % of it and goes without 10 %: suppliers lose, users do not.
    /// let lost = outage.output.iter().sum::<f64>() / outage.capacity_lost;
    /// assert_eq!(format!("{lost:.2}"), "1.25");
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table without output; a sector that it does not have or that makes nothing; options out of their range;
    /// more days and sectors than memory holds.
    pub fn of(
        table: &AnyTable,
        model: &Model,
        sector: usize,
        options: &OutageOptions,
    ) -> Result<Self> {
        let x = table.needed_output(said!("an outage", "생산차질 분석"))?;
        options.check()?;
        let named = options.stocks.iter().map(|(product, _)| *product);
        model.check_sectors(named.chain([sector]))?;
        let coefficients = model.coefficients();
        if !coefficients.is_made(sector) {
            let name = model.sectors().get(sector);
            return Err(Error::invalid(said!(
                "sector {name} has no output: nothing of it can be out",
                "{name} 부문은 산출이 없어 생산차질을 분석할 수 없습니다"
            )));
        }
        let n = x.len();
        // A, stocks and restocking; the losses of each day.
        let days = (options.horizon as usize).div_ceil(n.max(1));
        crate::memory::check_matrices(
            4 + 2 * days,
            n,
            &said!(
                "an outage of so many days",
                "기간이 이만큼 긴 생산차질 분석"
            ),
        )?;
        let (stocked, told) = stocked(table, x);
        let stock_days = stock_days(&stocked, options);
        let economy = Economy::of(model, x, &stocked, &stock_days, options.critical);
        let course = Course::of(&economy, sector, options);
        let mut notes = Vec::new();
        if !told {
            notes.push(OutageNote::StocksNotTold);
        }
        let mut outage = Outage {
            provenance: Provenance::of(table.meta()),
            options: options.clone(),
            sector,
            sectors: SectorName::all(model.sectors()),
            stock_days,
            stocked,
            capacity_lost: course.days.iter().map(|day| day.capacity_lost).sum(),
            value_added: by(&course.output, coefficients.value_added()),
            imports: by(&course.output, &coefficients.imports_per_output()),
            accounts: coefficients
                .accounts()
                .iter()
                .map(|(account, per)| (account.clone(), by(&course.output, per)))
                .collect(),
            output: course.output.iter().copied().collect(),
            upstream: course.upstream.iter().copied().collect(),
            downstream: course.downstream.iter().copied().collect(),
            made_up: course.made_up.iter().copied().collect(),
            unmet: course.unmet.iter().copied().collect(),
            unmet_after: course.unmet_after,
            usual_output: x.sum() / YEAR,
            yardsticks: Vec::new(),
            worst_day: 0,
            recovered: None,
            days: course.days,
            by_day: course.by_day,
            notes,
        };
        outage.yardsticks = yardsticks(table, model, sector, x, outage.capacity_lost)?;
        outage.find_days();
        outage.note(economy.final_demand[sector] / economy.output[sector]);
        Ok(outage)
    }

    /// Output that all sectors lose, less what is made up for.
    pub fn output_lost(&self) -> f64 {
        self.output.iter().sum()
    }

    /// The same by a static model.
    pub fn yardstick(&self, model: YardstickModel) -> Option<f64> {
        let found = self.yardsticks.iter().find(|of| of.model == model);
        found.map(|of| of.output)
    }

    fn find_days(&mut self) {
        let lost: Vec<f64> = self.days.iter().map(OutageDay::output).collect();
        let mut worst = 0;
        for (day, value) in lost.iter().enumerate() {
            if *value > lost[worst] {
                worst = day;
            }
        }
        let still = lost.iter().rposition(|v| *v > 0.01 * lost[worst].max(0.0));
        let first = still.map_or(0, |last| last + 1);
        self.worst_day = worst as u32 + 1;
        self.recovered = (first < lost.len()).then_some(first as u32 + 1);
    }

    fn note(&mut self, final_share: f64) {
        let last = self.days.last().map_or(0.0, OutageDay::output);
        if self.recovered.is_none() {
            let share = last / self.usual_output;
            self.notes.push(OutageNote::NotRecovered { share });
        }
        let others = |model| {
            let output = self.yardstick(model).unwrap_or(f64::INFINITY);
            output / self.capacity_lost - 1.0
        };
        let downstream: f64 = self.downstream.iter().sum();
        let lost = downstream / self.capacity_lost;
        let supply_driven = others(YardstickModel::SupplyDriven);
        if lost > supply_driven {
            let in_proportion = others(YardstickModel::InProportion);
            self.notes.push(OutageNote::BeyondSupplyDriven {
                lost,
                supply_driven,
                in_proportion,
            });
        }
        let unmet: f64 = self.unmet.iter().sum();
        if self.unmet_after > 0.1 * unmet {
            let share = self.unmet_after / unmet;
            self.notes.push(OutageNote::RestockingCrowdsOut { share });
        }
        let absorbs = self.options.loss <= final_share && downstream <= 1e-6 * self.capacity_lost;
        if absorbs && self.options.rationing != Rationing::Proportional {
            let share = final_share;
            self.notes.push(OutageNote::FinalDemandAbsorbs { share });
        }
    }
}

fn by(lost: &DVector<f64>, per_output: &DVector<f64>) -> Vec<f64> {
    lost.component_mul(per_output).iter().copied().collect()
}

/// Which products are stocked, and whether the table tells: those of which it has changes in inventories, but for the
/// margins of trade and transport on them; all where it does not.
fn stocked(table: &AnyTable, x: &DVector<f64>) -> (Vec<bool>, bool) {
    let inventories = match table {
        AnyTable::Flows(flows) => Some(flows.domestic_demand_for(FinalDemandRole::Inventories)),
        AnyTable::Coefficients(_) => None,
    };
    let Some(of) = inventories.filter(|v| v.iter().any(|value| *value != 0.0)) else {
        return (vec![true; x.len()], false);
    };
    let roles = &table.meta().roles;
    let margins = [&roles.trade, &roles.transport].map(|code| {
        let code = code.as_deref()?;
        table.sectors().position(code)
    });
    let stocked = (0..x.len())
        .map(|i| of[i].abs() > STOCKED * x[i] && !margins.contains(&Some(i)))
        .collect();
    (stocked, true)
}

/// Days of stock of each product.
fn stock_days(stocked: &[bool], options: &OutageOptions) -> Vec<f64> {
    let days = |stocked: &bool| match stocked {
        true => options.stock,
        false => options.buffer,
    };
    let mut days: Vec<f64> = stocked.iter().map(days).collect();
    for (product, own) in &options.stocks {
        days[*product] = *own;
    }
    // What arrives in a day is used on the next.
    days.iter().map(|days| days.max(2.0)).collect()
}

/// What static models make of a loss of `lost` of the sector's output.
pub(super) fn yardsticks(
    table: &AnyTable,
    model: &Model,
    sector: usize,
    x: &DVector<f64>,
    lost: f64,
) -> Result<Vec<Yardstick>> {
    let mut unit = DVector::zeros(x.len());
    unit[sector] = 1.0;
    let column = model.output_for(&unit);
    let shortage = Shortage::of_model(table, model, sector, x[sector])?;
    let users = model.coefficients().domestic().row(sector);
    let users = (0..x.len()).filter(|j| *j == sector || users[*j] > 0.0);
    let users: f64 = users.map(|j| x[j]).sum();
    let of = |model, ratio: f64| Yardstick {
        model,
        output: lost * ratio,
    };
    Ok(vec![
        of(YardstickModel::Own, 1.0),
        of(YardstickModel::Mixed, column.sum() / column[sector]),
        of(
            YardstickModel::SupplyDriven,
            1.0 + shortage.output.iter().sum::<f64>() / x[sector],
        ),
        of(YardstickModel::InProportion, users / x[sector]),
    ])
}
