//! How far sectors cannot do what they do, day by day (불능도 투입산출모형).
//!
//! The dynamic inoperability input-output model (DIIM: Haimes and others 2005; Lian & Haimes 2006), a step a day. The
//! inoperability p_i of sector i is the share of its usual output that it does not make; q_i the share that it does
//! not deliver:
//!
//! ```text
//! p(t+1) = p(t) + K (A* q(t) + c*(t) - p(t)),   k_i = ln(1 / left) / (T_i (1 - a*_ii))
//! demand side   A* = x^-1 A x:  a*_ij = z_ij / x_i, what i sells to j             (Santos & Haimes 2004)
//! supply side   A* = A':        a*_ij = z_ji / x_i, what i buys of j              (Leung, Haimes & Santos 2007)
//! stocks        q_i = p_i - what the stock of finished goods still covers         (Barker & Santos 2010)
//! ```
//!
//! On the **demand** side who makes less orders less: its suppliers stand still. On the **supply** side its buyers lack
//! what it does not deliver, in the share that it has in their costs. T_i is the days in which a sector by itself is
//! back to `left` of its inoperability (1 %); the same k_i is how soon it is drawn in. A sector that is struck is held at its loss, or
//! above where others pull it lower, until the outage ends. As long, c* is final demand that is missing, over output, on
//! the demand side, and imported inputs that are missing, over the output of those who use them, on the supply side. While
//! stocks last what is not made is delivered from them and not passed on; they are not made good. No sector loses more
//! than all of its output; one that sells below zero (by-products of others) makes more instead, as the table says.
//!
//! Held for good, an outage settles at the static model: on the demand side the mixed model, x_r = l_rk / l_kk of each
//! unit, on the supply side that of [`Shortage`](super::Shortage), for imports that of
//! [`StopCase::SupplyDriven`](super::StopCase).

use super::Provenance;
use super::import_stop::check_products;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::{Model, given_output, price};
use crate::table::{Account, AnyTable, Matrix, SectorName};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// Days of a year of the table.
const YEAR: f64 = 365.0;

/// The most days that are gone through.
const LONGEST: u32 = 36_500;

/// The most figures by sector and day that are kept.
const MOST: usize = 50_000_000;

/// Which way inoperability spreads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum InoperabilitySide {
    /// To suppliers, of whom less is ordered.
    Demand,
    /// To buyers, who lack it.
    #[default]
    Supply,
}

impl InoperabilitySide {
    /// As files and programs name it.
    pub fn id(self) -> &'static str {
        match self {
            InoperabilitySide::Demand => "demand",
            InoperabilitySide::Supply => "supply",
        }
    }
}

/// What is struck, for how long, and how soon it recovers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct InoperabilityOptions {
    /// Which way it spreads.
    pub side: InoperabilitySide,
    /// Sectors by position, with the share of their output that they cannot make.
    pub struck: Vec<(usize, f64)>,
    /// Products by position, with the share of the final demand for them that is missing; on the demand side.
    pub demand: Vec<(usize, f64)>,
    /// Products by position, with the share of their imports that is missing; on the supply side.
    pub imports: Vec<(usize, f64)>,
    /// For how many days.
    pub days: u32,
    /// The days in which a sector by itself is back to `left` of its inoperability.
    pub recovery: f64,
    /// The same of single sectors, by position.
    pub recoveries: Vec<(usize, f64)>,
    /// What is left of an inoperability when recovery has taken its days.
    pub left: f64,
    /// Days of its own output that each sector has in stock.
    pub stock: f64,
    /// The same of single sectors, by position.
    pub stocks: Vec<(usize, f64)>,
    /// How many days are gone through, from the first of the outage.
    pub horizon: u32,
}

impl InoperabilityOptions {
    /// A sector that cannot make a share of its output for some days; it and all others recover in `recovery` days.
    pub fn new(sector: usize, loss: f64, days: u32, recovery: f64) -> Self {
        InoperabilityOptions {
            side: InoperabilitySide::default(),
            struck: vec![(sector, loss)],
            demand: Vec::new(),
            imports: Vec::new(),
            days,
            recovery,
            recoveries: Vec::new(),
            left: 0.01,
            stock: 0.0,
            stocks: Vec::new(),
            horizon: 365,
        }
    }

    /// The value of each sector: that of all, and those of single ones in its place.
    fn by_sector(all: f64, single: &[(usize, f64)], n: usize) -> Vec<f64> {
        let mut values = vec![all; n];
        for (sector, value) in single {
            values[*sector] = *value;
        }
        values
    }
}

/// A day of an outage: sums over all sectors, in the table's unit of money.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct InoperabilityDay {
    /// Output that is not made.
    pub output: f64,
    /// Output of it of the sectors that are struck.
    pub own: f64,
    /// Output that is not delivered.
    pub undelivered: f64,
    /// Value added in the output that is not made.
    pub value_added: f64,
}

/// How inoperability spreads and is overcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Inoperability {
    /// The table behind it.
    pub provenance: Provenance,
    /// What was asked for.
    pub options: InoperabilityOptions,
    /// The sectors, n.
    pub sectors: Vec<SectorName>,
    /// k: the share of what is between its inoperability and what others make of it that a sector makes up in a day, n.
    pub coefficients: Vec<f64>,
    /// p by day and sector: the share of its output that is not made.
    pub by_day: Vec<Vec<f64>>,
    /// What all sectors lose by day.
    pub days: Vec<InoperabilityDay>,
    /// Output that is not made over the horizon, n, in the table's unit of money.
    pub output: Vec<f64>,
    /// Output that is not delivered, n.
    pub undelivered: Vec<f64>,
    /// Value added that is lost, n.
    pub value_added: Vec<f64>,
    /// What is lost of each satellite account, n each: persons as years of one, others in their own unit.
    pub accounts: Vec<(Account, Vec<f64>)>,
    /// The largest p of each sector, n.
    pub peak: Vec<f64>,
    /// The place of each sector by its largest p, from 1, n.
    pub rank_by_inoperability: Vec<usize>,
    /// Its place by output lost, n.
    pub rank_by_loss: Vec<usize>,
    /// p of each sector that the outage settles at where it never ends: the static model, n.
    pub settled: Vec<f64>,
    /// What all sectors make on a usual day.
    pub usual_output: f64,
    /// The day on which most is lost, from 1.
    pub worst_day: u32,
    /// The day from which less than a hundredth of that is lost; `None` where that is beyond the horizon.
    pub recovered: Option<u32>,
}

impl Inoperability {
    /// What an outage does to a table, given the open model of it in the domestic form.
    ///
    /// ```
    /// use leontief::{AnyTable, Model};
    /// use leontief::analysis::inoperability::{Inoperability, InoperabilityOptions, InoperabilitySide};
    ///
    /// // A* = [.15 .5; .1 .05], a tenth of output less demand for sector 2: settles at q = (.066, .112) (Lian & Haimes 2006).
    /// # use leontief::table::{FinalDemandRole::Household, PrimaryInputRole::*, Table};
    /// # let table = Table::builder("two", 2022)
    /// #     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
    /// #     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
    /// #     .final_demand(Household, [350.0, 1700.0])
    /// #     .value_added(Compensation, [650.0, 1400.0])
    /// #     .build()?;
    /// let model = Model::from_coefficients(table.coefficients())?;
    /// let mut options = InoperabilityOptions::new(1, 0.0, 300, 30.0);
    /// options.side = InoperabilitySide::Demand;
    /// options.struck.clear();
    /// options.demand = vec![(1, 0.1 * 2000.0 / 1700.0)]; // c* is over output
    /// let found = Inoperability::of(&table, &model, &options)?;
    /// let last = &found.by_day[299];
    /// assert!((last[0] - 0.066).abs() < 5e-4 && (last[1] - 0.112).abs() < 5e-4);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table without output; nothing that is struck, or a sector twice, one that the table does not have or that makes
    /// nothing; shares, days or stocks that cannot be; a recovery that is quicker than a day's step can follow.
    pub fn of(table: &AnyTable, model: &Model, options: &InoperabilityOptions) -> Result<Self> {
        let x = table.needed_output(said!("inoperability", "불능도 분석"))?;
        check(options, model)?;
        let (coefficients, n) = (model.coefficients(), x.len());
        let a = coefficients.domestic();
        let k = recovery_coefficients(options, model)?;
        let mut held = vec![0.0; n];
        for (sector, loss) in &options.struck {
            held[*sector] = *loss;
        }
        let f = model.final_demand_for(x);
        let mut missing = DVector::zeros(n);
        for (product, share) in &options.demand {
            missing[*product] = share * f[*product] / x[*product];
        }
        for (product, share) in &options.imports {
            missing += coefficients.imported().row(*product) * *share;
        }
        let course = course(options, a, x, &held, &missing, &k);
        let per_day = x / YEAR;
        let sum = |days: &[DVector<f64>]| -> Vec<f64> {
            let all = days.iter().fold(DVector::zeros(n), |sum, day| sum + day);
            all.component_mul(&per_day).iter().copied().collect()
        };
        let (output, undelivered) = (sum(&course.made_less), sum(&course.delivered_less));
        let by = |per_output: &DVector<f64>| -> Vec<f64> {
            let lost = output.iter().zip(per_output.iter());
            lost.map(|(lost, per)| lost * per).collect()
        };
        let value_added = coefficients.value_added();
        let days: Vec<InoperabilityDay> = course
            .made_less
            .iter()
            .zip(&course.delivered_less)
            .map(|(p, q)| {
                let lost = p.component_mul(&per_day);
                InoperabilityDay {
                    output: lost.sum(),
                    own: options.struck.iter().map(|(s, _)| lost[*s]).sum(),
                    undelivered: q.dot(&per_day),
                    value_added: lost.dot(value_added),
                }
            })
            .collect();
        let largest = days.iter().map(|day| day.output).fold(0.0, f64::max);
        let worst = days
            .iter()
            .position(|day| day.output == largest)
            .unwrap_or(0);
        let lasting = days.iter().rposition(|day| day.output > 0.01 * largest);
        let recovered = lasting.map_or(0, |last| last + 1);
        let peak: Vec<f64> = (0..n)
            .map(|i| course.made_less.iter().map(|p| p[i]).fold(0.0, f64::max))
            .collect();
        let accounts = coefficients.accounts().iter();
        Ok(Inoperability {
            provenance: Provenance::of(table.meta()),
            options: options.clone(),
            sectors: SectorName::all(model.sectors()),
            value_added: by(value_added),
            accounts: accounts
                .map(|(account, per)| (account.clone(), by(per)))
                .collect(),
            settled: settled(options, model, x, &missing)?,
            rank_by_inoperability: ranks(&peak),
            rank_by_loss: ranks(&output),
            peak,
            output,
            undelivered,
            by_day: course
                .made_less
                .iter()
                .map(|p| p.iter().copied().collect())
                .collect(),
            usual_output: per_day.sum(),
            worst_day: u32::try_from(worst + 1).unwrap_or(u32::MAX),
            recovered: (recovered < days.len())
                .then(|| u32::try_from(recovered + 1).unwrap_or(u32::MAX)),
            days,
            coefficients: k,
        })
    }

    /// Output that all sectors together do not make.
    pub fn output_lost(&self) -> f64 {
        self.output.iter().sum()
    }

    /// Output that the sectors that are struck do not make.
    pub fn own_lost(&self) -> f64 {
        self.options
            .struck
            .iter()
            .map(|(s, _)| self.output[*s])
            .sum()
    }
}

/// The place of each by its size, from 1.
fn ranks(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*b].total_cmp(&values[*a]).then(a.cmp(b)));
    let mut ranks = vec![0; values.len()];
    for (place, sector) in order.into_iter().enumerate() {
        ranks[sector] = place + 1;
    }
    ranks
}

struct Course {
    /// p by day.
    made_less: Vec<DVector<f64>>,
    /// q by day.
    delivered_less: Vec<DVector<f64>>,
}

fn course(
    options: &InoperabilityOptions,
    a: &Matrix,
    x: &DVector<f64>,
    held: &[f64],
    missing: &DVector<f64>,
    k: &[f64],
) -> Course {
    let n = x.len();
    let mut stock = InoperabilityOptions::by_sector(options.stock, &options.stocks, n);
    // A* q: on the demand side x^-1 A x q, on the supply side A' q.
    let spread = |q: &DVector<f64>| match options.side {
        InoperabilitySide::Demand => {
            let ordered_less = a * &q.component_mul(x);
            ordered_less.zip_map(x, |less, x| if x > 0.0 { less / x } else { 0.0 })
        }
        InoperabilitySide::Supply => a.tr_mul(q),
    };
    let mut made_less: Vec<DVector<f64>> = Vec::with_capacity(options.horizon as usize);
    let mut delivered_less: Vec<DVector<f64>> = Vec::with_capacity(options.horizon as usize);
    for day in 0..options.horizon {
        let on = day < options.days;
        let p = match (made_less.last(), delivered_less.last()) {
            (Some(p), Some(q)) => {
                let mut drawn = spread(q);
                // What was asked for less on the day before, as q is of that day.
                if day <= options.days {
                    drawn += missing;
                }
                DVector::from_fn(n, |i, _| {
                    let next = (p[i] + k[i] * (drawn[i] - p[i])).min(1.0);
                    // Only what is struck is held: by-products of others may lie below nothing.
                    match on && held[i] > 0.0 {
                        true => next.max(held[i]),
                        false => next,
                    }
                })
            }
            _ => DVector::from_column_slice(held),
        };
        let mut q = p.clone();
        for (not_delivered, held) in q.iter_mut().zip(&mut stock) {
            let covered = not_delivered.min(*held).max(0.0);
            *held -= covered;
            *not_delivered -= covered;
        }
        made_less.push(p);
        delivered_less.push(q);
    }
    Course {
        made_less,
        delivered_less,
    }
}

/// k, n.
fn recovery_coefficients(options: &InoperabilityOptions, model: &Model) -> Result<Vec<f64>> {
    let n = model.sectors().len();
    let a = model.coefficients().domestic();
    let recovery = InoperabilityOptions::by_sector(options.recovery, &options.recoveries, n);
    let by = (1.0 / options.left).ln();
    let own = |i: usize| (1.0 - a.at(i, i)).max(f64::MIN_POSITIVE);
    let k: Vec<f64> = (recovery.iter().enumerate())
        .map(|(i, days)| by / (days * own(i)))
        .collect();
    // The one that needs most days: with as many the others can follow too.
    let too_quick = (0..n).filter(|i| k[*i] > 1.0);
    if let Some(i) = too_quick.min_by(|i, j| own(*i).total_cmp(&own(*j))) {
        let (name, least) = (model.sectors().get(i), (by / own(i) * 10.0).ceil() / 10.0);
        let days = recovery[i];
        return Err(Error::invalid(said!(
            "a recovery of {days} days is quicker than daily steps can follow in sector {name}: write {least} days \
                 or more",
            "{name} 부문의 복구 기간 {days}일은 하루 단위 계산으로 나타낼 수 없이 짧습니다. {least}일 이상으로 쓰십시오"
        )));
    }
    Ok(k)
}

/// What the static model makes of an outage that does not end, n.
fn settled(
    options: &InoperabilityOptions,
    model: &Model,
    x: &DVector<f64>,
    missing: &DVector<f64>,
) -> Result<Vec<f64>> {
    let share = |lost: &DVector<f64>| -> Vec<f64> {
        let shares = lost.iter().zip(x.iter());
        shares
            .map(|(lost, x)| if *x > 0.0 { lost / x } else { 0.0 })
            .collect()
    };
    Ok(match options.side {
        InoperabilitySide::Demand => {
            let given: Vec<(usize, f64)> = options
                .struck
                .iter()
                .map(|(sector, loss)| (*sector, loss * x[*sector]))
                .collect();
            share(&given_output::solve(model, &missing.component_mul(x), &given)?.output)
        }
        InoperabilitySide::Supply => {
            // q = A' q + c* with some of q given is what prices do of which some are given.
            let by_imports = model.inducement_row(missing);
            let struck = options.struck.iter();
            let beyond: Vec<(usize, f64)> = struck
                .map(|(sector, loss)| (*sector, loss - by_imports[*sector]))
                .collect();
            let all = by_imports + price::from_prices(model, &beyond)?.prices;
            all.iter().copied().collect()
        }
    })
}

fn check(options: &InoperabilityOptions, model: &Model) -> Result<()> {
    let n = model.sectors().len();
    let single = [
        &options.struck,
        &options.demand,
        &options.imports,
        &options.recoveries,
        &options.stocks,
    ];
    for list in single {
        model.check_sectors(list.iter().map(|(sector, _)| *sector))?;
        for (at, (sector, _)) in list.iter().enumerate() {
            if list[..at].iter().any(|(other, _)| other == sector) {
                let name = model.sectors().get(*sector);
                return Err(Error::invalid(said!(
                    "sector {name} is named twice",
                    "{name} 부문이 두 번 지정되었습니다"
                )));
            }
        }
    }
    let what = options.struck.iter().chain(&options.demand);
    for (sector, share) in what.clone() {
        let name = model.sectors().get(*sector);
        if !(*share > 0.0 && *share <= 1.0) {
            return Err(Error::invalid(said!(
                "{share} of sector {name} cannot be out: write a share above 0 and up to 1",
                "{name} 부문의 {share}이(가) 상실될 수는 없습니다. 0보다 크고 1 이하인 비율을 쓰십시오"
            )));
        }
        if !model.coefficients().is_made(*sector) {
            return Err(Error::invalid(said!(
                "sector {name} has no output: nothing of it can be out",
                "{name} 부문은 산출이 없어 불능도를 분석할 수 없습니다"
            )));
        }
    }
    let supply = options.side == InoperabilitySide::Supply;
    for (product, share) in &options.imports {
        let name = model.sectors().get(*product);
        if !(*share > 0.0 && *share <= 1.0) {
            return Err(Error::invalid(said!(
                "{share} of the imports of {name} cannot be missing: write a share above 0 and up to 1",
                "{name} 수입의 {share}이(가) 중단될 수는 없습니다. 0보다 크고 1 이하인 비율을 쓰십시오"
            )));
        }
        if !supply {
            return Err(Error::invalid(said!(
                "imports that are missing spread to buyers: take the supply side",
                "수입 중단은 수요 부문으로 파급됩니다. 공급 측 모형을 쓰십시오"
            )));
        }
        check_products(model.coefficients())?;
        if model.coefficients().imported().row(*product).sum() <= 0.0 {
            return Err(Error::invalid(said!(
                "no sector uses imports of {name}: their stop holds nobody back",
                "{name} 수입품을 쓰는 부문이 없어 수입 중단의 영향이 없습니다"
            )));
        }
    }
    if what.count() + options.imports.len() == 0 {
        return Err(Error::invalid(said!(
            "nothing is struck: name a sector, or final demand or imports that are missing",
            "충격이 없습니다. 생산이 중단되는 부문이나 감소하는 최종수요, 중단되는 수입을 지정하십시오"
        )));
    }
    if supply && !options.demand.is_empty() {
        return Err(Error::invalid(said!(
            "final demand that is missing spreads to suppliers: take the demand side",
            "최종수요 감소는 공급 부문으로 파급됩니다. 수요 측 모형을 쓰십시오"
        )));
    }
    let recoveries = options.recoveries.iter().map(|(_, days)| *days);
    let too_long = |days: &f64| !(*days > 0.0 && *days <= f64::from(LONGEST));
    if let Some(days) = recoveries.chain([options.recovery]).find(too_long) {
        return Err(Error::invalid(said!(
            "a recovery of {days} days cannot be: write a number above 0 and up to {LONGEST}",
            "복구 기간 {days}일은 쓸 수 없습니다. 0보다 크고 {LONGEST} 이하인 수를 쓰십시오"
        )));
    }
    let stocks = options.stocks.iter().map(|(_, days)| *days);
    if let Some(days) = stocks
        .chain([options.stock])
        .find(|days| !(0.0..=1e6).contains(days))
    {
        return Err(Error::invalid(said!(
            "stocks cannot last {days} days: write a number from 0 to 1000000",
            "재고일수 {days}일은 있을 수 없습니다. 0에서 1000000 사이의 수를 쓰십시오"
        )));
    }
    if !(options.left > 0.0 && options.left < 1.0) {
        return Err(Error::invalid(said!(
            "what is left after recovery is a share between 0 and 1, not {left}",
            "복구 후 잔여 불능도 비율은 0과 1 사이여야 하며 {left}은(는) 쓸 수 없습니다",
            left = options.left
        )));
    }
    check_horizon(options, n).map_or(Ok(()), |why| Err(Error::invalid(why)))
}

/// What is wrong with the days.
fn check_horizon(options: &InoperabilityOptions, n: usize) -> Option<Text> {
    let (days, horizon) = (options.days, options.horizon);
    if days == 0 {
        return Some(said!(
            "an outage lasts at least 1 day",
            "생산차질 기간은 1일 이상이어야 합니다"
        ));
    }
    if days > horizon {
        return Some(said!(
            "the outage takes {days} days, more than the horizon of {horizon}: take a longer one",
            "차질 기간 {days}일이 분석 기간 {horizon}일을 넘습니다. 분석 기간을 늘리십시오"
        ));
    }
    let most = (MOST / n.max(1)).min(LONGEST as usize);
    (horizon as usize > most).then(|| {
        said!(
            "a horizon of {horizon} days is too long: up to {most} are gone through for {n} sectors",
            "분석 기간 {horizon}일은 너무 깁니다. {n}개 부문에서는 {most}일까지 가능합니다"
        )
    })
}

#[cfg(test)]
mod tests;
