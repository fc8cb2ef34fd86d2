//! What follows where the imports of a product stop, whole or in part (수입 중단).
//!
//! A share s of the imports of product k is missing from each of its users alike: s zm_kj from sector j, s fm_k
//! from final demand, M in all. What that does, in cases none of which is a forecast:
//!
//! ```text
//! made at home        row k of Ad and f_k take over:  dx = L e_k z,  z = M + s am_k dx = M / (1 - s am_k L e_k)
//! users alone         j makes 1 - r_j of what it made,  r_j = s zm_kj / (zd_kj + zm_kj)
//! fixed coefficients  the same, with what that takes from others, up and down the chain
//! supply-driven       dx' = -s zm_k' (I - B)^-1,  B = x^-1 Zd
//! ```
//!
//! * **Made at home** is the lower bound: nobody lacks anything, and what home output would have to grow by is
//!   told. Value added gained and further imports come to M.
//! * **Fixed coefficients** (Leontief) is the strict case: an input that is short limits its user in full. Output
//!   is the largest that meets x_j <= (1 - r_j) x0_j, x <= Ad x + f, and what others deliver, found by cutting round by
//!   round from the table's own output: final users go short first, then in proportion the producers for whom the
//!   product is critical (the rule that Pichler & Farmer 2022 call mixed priority/proportional rationing). What a table
//!   holds below zero (withdrawals from stocks, by-products of others) is delivered besides what a sector makes, so that
//!   without a stop nobody is cut. An input below the share `critical` of its user's output limits nobody; with 0 every
//!   input does.
//! * **Supply-driven** (Ghosh; Miller & Blair, 3rd ed., ch. 12; Oosterhaven 1988 for its limits) lets inputs replace
//!   each other by value: a user loses the value that is missing, no more, and passes it on. What users lose at once,
//!   s zm_kj, is never more than under fixed coefficients, r_j x_j, where the input is critical.
//!
//! Home and imported product k are one product; imports of all others come as before.

use super::Provenance;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::Model;
use crate::table::{Account, AnyTable, Coefficients, FinalDemandRole, SectorName, Table};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// What an input must be of its user's output to limit it, where nothing else is asked for.
pub const CRITICAL: f64 = 0.01;

/// What is assumed of those who lack the import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum StopCase {
    /// The product is made at home instead: nobody lacks it.
    MadeAtHome,
    /// Its users make less by what they lack of it, and nobody else does.
    UsersAlone,
    /// Fixed coefficients: with their suppliers, and those who then lack their products.
    FixedCoefficients,
    /// Supply-driven: users lose its value and pass that on.
    SupplyDriven,
}

impl StopCase {
    /// As JSON and rows name it.
    pub fn id(self) -> &'static str {
        match self {
            StopCase::MadeAtHome => "made_at_home",
            StopCase::UsersAlone => "users_alone",
            StopCase::FixedCoefficients => "fixed_coefficients",
            StopCase::SupplyDriven => "supply_driven",
        }
    }
}

/// What changes in a case, by sector, n each: less is negative.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StopChange {
    /// What is assumed.
    pub case: StopCase,
    /// Output, in the table's unit of money.
    pub output: Vec<f64>,
    /// Value added.
    pub value_added: Vec<f64>,
    /// Imported inputs by the sector that uses them, those that stop aside.
    pub imports: Vec<f64>,
    /// Each satellite account in its own unit.
    pub accounts: Vec<(Account, Vec<f64>)>,
}

/// What follows where imports of a product stop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ImportStop {
    /// The table behind it.
    pub provenance: Provenance,
    /// The position of the sector whose product is no longer imported.
    pub sector: usize,
    /// The sectors, n.
    pub sectors: Vec<SectorName>,
    /// All that is imported of the product, in the table's unit of money.
    pub imports: f64,
    /// The share of it that stops.
    pub share: f64,
    /// What is missing: `imports` times `share`.
    pub amount: f64,
    /// What is missing of each user, n.
    pub users: Vec<f64>,
    /// What is missing of final demand, by item.
    pub final_demand: Vec<(FinalDemandRole, f64)>,
    /// What an input must be of its user's output to limit it.
    pub critical: f64,
    /// The share of its output that each user cannot make for want of the product, n; 0 where it is not critical.
    pub limits: Vec<f64>,
    /// The output of the table as it is, n.
    pub output_before: Vec<f64>,
    /// Value added of the table as it is.
    pub value_added_before: f64,
    /// The cases; that of making it at home is missing where that cannot be: nothing of it is made at home, or
    /// more of it would be needed to make it.
    pub cases: Vec<StopChange>,
    /// Under fixed coefficients, what is asked of each domestic product and not delivered, n: to final users first.
    pub unmet: Vec<f64>,
}

impl ImportStop {
    /// All imports of the product of the sector at a position, by industries and final demand, in the table's unit.
    ///
    /// ```
    /// use leontief::{AnyTable, analysis::ImportStop};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let mining = table.sectors().find("02")?;
    /// let stop = ImportStop::of(&table, mining, 0.1, 0.01)?;
    /// assert_eq!(stop.amount, 0.1 * ImportStop::imports_of(&table, mining)?);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table without flows, or with imports whose product is not told; a sector that it does not have, or of whose
    /// product nothing is imported.
    pub fn imports_of(table: &AnyTable, sector: usize) -> Result<f64> {
        let flows = flows_of(table, sector)?;
        let (used, demanded) = missing(flows, sector, 1.0);
        let imports = used.sum() + demanded.iter().map(|(_, v)| v).sum::<f64>();
        if imports > 0.0 {
            return Ok(imports);
        }
        let name = table.sectors().get(sector);
        Err(Error::invalid(said!(
            "nothing of the product of sector {name} is imported: its imports cannot stop",
            "{name} 부문의 생산물은 수입되지 않으므로 수입 중단을 분석할 수 없습니다"
        )))
    }

    /// What follows where `share` of the imports of the product of the sector at position `sector` stops; an input
    /// below `critical` of its user's output limits nobody.
    ///
    /// ```
    /// use leontief::{AnyTable, analysis::ImportStop};
    ///
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let stop = ImportStop::of(&table, table.sectors().find("02")?, 0.1, 0.01)?;
    /// let home = &stop.cases[0];
    /// // Made at home: value added gained and further imports are what the imports were.
    /// let gained = home.value_added.iter().chain(&home.imports).sum::<f64>();
    /// assert!((gained / stop.amount - 1.0).abs() < 1e-6);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`ImportStop::imports_of`]; a share that is not above 0 and up to 1; a critical share outside `[0, 1]`.
    pub fn of(table: &AnyTable, sector: usize, share: f64, critical: f64) -> Result<Self> {
        flows_of(table, sector)?;
        let model = Model::from_coefficients(table.coefficients())?;
        Self::of_model(table, &model, sector, share, critical)
    }

    /// The same with the open model of the table in the domestic form, where there is one already.
    ///
    /// ```
    /// use leontief::analysis::{ImportStop, StopCase};
    /// use leontief::{AnyTable, Model};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let model = Model::from_coefficients(table.coefficients())?;
    /// let mining = table.sectors().find("02")?;
    /// let share = 814_000.0 / ImportStop::imports_of(&table, mining)?;
    /// let stop = ImportStop::of_model(&table, &model, mining, share, 0.01)?;
    /// // Of 814 billion won of crude oil, gas and ores that do not come, in billions.
    /// let lost: f64 = stop.case(StopCase::FixedCoefficients).expect("a case").output.iter().sum();
    /// assert_eq!(format!("{:.1}", lost / 1e3), "-4232.5");
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`ImportStop::of`].
    pub fn of_model(
        table: &AnyTable,
        model: &Model,
        sector: usize,
        share: f64,
        critical: f64,
    ) -> Result<Self> {
        Self::asked(table, model, sector, share, critical, true)
    }

    /// The same with the case of fixed coefficients or without: its rounds of cuts are all that takes long.
    pub(super) fn asked(
        table: &AnyTable,
        model: &Model,
        sector: usize,
        share: f64,
        critical: f64,
        rationed: bool,
    ) -> Result<Self> {
        let flows = flows_of(table, sector)?;
        let imports = Self::imports_of(table, sector)?;
        if !(share > 0.0 && share <= 1.0) {
            return Err(Error::invalid(said!(
                "{percent} % of the imports cannot stop: write a share above 0 and up to 100 %",
                "수입의 {percent}%가 중단될 수는 없습니다. 0%보다 크고 100% 이하인 비율을 쓰십시오",
                percent = share * 100.0
            )));
        }
        if !(0.0..=1.0).contains(&critical) {
            return Err(Error::invalid(said!(
                "a critical input of {critical} of output is none: write a share from 0 to 1",
                "핵심투입 기준 {critical}은(는) 쓸 수 없습니다. 0에서 1 사이의 비율을 쓰십시오"
            )));
        }
        let (coefficients, x) = (model.coefficients(), flows.output());
        let n = x.len();
        let (used, demanded) = missing(flows, sector, share);
        let limits = limits(flows, sector, share, critical);
        let stopped = coefficients.imported().row(sector) * share;
        let further = coefficients.imports_per_output() - &stopped;
        let of =
            |case: StopCase, output: DVector<f64>| change(case, &output, &further, coefficients);
        let mut cases = Vec::new();
        let amount = imports * share;
        let home = coefficients.is_made(sector).then(|| {
            let mut unit = DVector::zeros(n);
            unit[sector] = 1.0;
            let column = model.output_for(&unit);
            let again = stopped.dot(&column);
            (again < 1.0).then(|| column * (amount / (1.0 - again)))
        });
        cases.extend(
            home.flatten()
                .map(|output| of(StopCase::MadeAtHome, output)),
        );
        cases.push(of(
            StopCase::UsersAlone,
            DVector::from_fn(n, |j, _| -limits[j] * x[j]),
        ));
        let mut unmet = vec![0.0; n];
        if rationed {
            let f = model.final_demand_for(x);
            let caps = DVector::from_fn(n, |j, _| (1.0 - limits[j]) * x[j]);
            let left = cut(coefficients, x, &f, &caps, critical)?;
            let wanted = coefficients.domestic() * &left + &f;
            for (i, unmet) in unmet.iter_mut().enumerate() {
                let lacking = wanted[i] - left[i];
                // What rounding leaves of a sector that nothing holds back is not unmet.
                if lacking > SETTLED * x[i] {
                    *unmet = lacking;
                }
            }
            cases.push(of(StopCase::FixedCoefficients, left - x));
        }
        let per_output = DVector::from_fn(n, |j, _| if x[j] > 0.0 { used[j] / x[j] } else { 0.0 });
        let passed_on = model.inducement_row(&per_output);
        cases.push(of(StopCase::SupplyDriven, -passed_on.component_mul(x)));
        Ok(ImportStop {
            provenance: Provenance::of(table.meta()),
            sector,
            sectors: SectorName::all(model.sectors()),
            imports,
            share,
            amount,
            users: used.iter().copied().collect(),
            final_demand: demanded,
            critical,
            limits,
            output_before: x.iter().copied().collect(),
            value_added_before: coefficients.value_added().dot(x),
            cases,
            unmet,
        })
    }

    /// A case, where there is one.
    pub fn case(&self, case: StopCase) -> Option<&StopChange> {
        self.cases.iter().find(|of| of.case == case)
    }
}

/// The flows of a table that tells imports by product, one of which is asked for.
fn flows_of(table: &AnyTable, sector: usize) -> Result<&Table> {
    let flows = table.flows(said!("a stop of imports", "수입 중단 분석"))?;
    let n = table.sectors().len();
    if sector >= n {
        return Err(Error::invalid(said!(
            "there is no sector at position {sector}: the table has {n}, from 0",
            "위치 {sector}에 부문이 없습니다. 표의 부문은 {n}개이고 위치는 0부터 셉니다"
        )));
    }
    check_products(&flows.coefficients())?;
    Ok(flows)
}

/// That it is told of which products imports are.
pub(super) fn check_products(coefficients: &Coefficients) -> Result<()> {
    let not_told = coefficients.imports_not_told();
    if not_told.is_none_or(|row| row.iter().all(|v| *v == 0.0)) {
        return Ok(());
    }
    let id = &coefficients.meta().id;
    Err(Error::invalid(said!(
        "table {id} tells imported inputs by user only, in a row: a stop of imports of a product needs a table with \
         imported flows by product",
        "산업연관표 {id}의 수입 투입은 사용 부문별 합계만 있습니다. 품목의 수입 중단을 분석하려면 품목별 수입거래표가 있는 \
         표를 쓰십시오"
    )))
}

/// What a share of the imports of product k is, by user and by item of final demand.
fn missing(flows: &Table, k: usize, share: f64) -> (DVector<f64>, Vec<(FinalDemandRole, f64)>) {
    use FinalDemandRole::{Exports, FixedCapital, Government, Household, Inventories};
    let used = flows.flows().imported.row(k) * share;
    let items = [Household, Government, FixedCapital, Inventories, Exports];
    let demanded = items.map(|role| (role, share * flows.imported_demand_for(role)[k]));
    let demanded = demanded.into_iter().filter(|(_, value)| *value != 0.0);
    (used, demanded.collect())
}

/// r: the share of its output that each user cannot make, n.
fn limits(flows: &Table, k: usize, share: f64, critical: f64) -> Vec<f64> {
    let (domestic, imported) = (&flows.flows().domestic, &flows.flows().imported);
    let limit = |j: usize, x: f64| {
        let (home, abroad) = (domestic.at(k, j), imported.at(k, j));
        let all = home + abroad;
        let counts = abroad > 0.0 && all > 0.0 && x > 0.0 && all / x >= critical;
        // A negative flow at home does not make more missing than is imported.
        if counts {
            share * (abroad / all).min(1.0)
        } else {
            0.0
        }
    };
    let outputs = flows.output().iter().enumerate();
    outputs.map(|(j, x)| limit(j, *x)).collect()
}

fn change(
    case: StopCase,
    output: &DVector<f64>,
    further: &DVector<f64>,
    coefficients: &Coefficients,
) -> StopChange {
    let by = |per: &DVector<f64>| output.component_mul(per).iter().copied().collect();
    let accounts = coefficients.accounts().iter();
    StopChange {
        case,
        output: output.iter().copied().collect(),
        value_added: by(coefficients.value_added()),
        imports: by(further),
        accounts: accounts
            .map(|(account, per)| (account.clone(), by(per)))
            .collect(),
    }
}

/// Below this share of its output a sector is no longer cut.
const SETTLED: f64 = 1e-12;

/// A sector that is cut below this share of its output stands still: cuts in a circle would go on for ever.
const STANDS_STILL: f64 = 1e-6;

/// How often the cuts are taken further before they are given up.
const ROUNDS: usize = 20_000;

/// Who uses what of domestic products, by product.
struct Uses {
    /// What a sector uses of its own product, n.
    own: Vec<f64>,
    /// The users that cannot do without the product, each with its coefficient.
    critical: Vec<Vec<(usize, f64)>>,
    /// Those that can.
    others: Vec<Vec<(usize, f64)>>,
    /// Those that deliver it as a by-product, each with how much of it.
    by_products: Vec<Vec<(usize, f64)>>,
}

impl Uses {
    fn of(coefficients: &Coefficients, n: usize, critical: f64) -> Self {
        let mut uses = Uses {
            own: vec![0.0; n],
            critical: vec![Vec::new(); n],
            others: vec![Vec::new(); n],
            by_products: vec![Vec::new(); n],
        };
        coefficients.domestic().for_each(|i, j, a| {
            if i == j {
                uses.own[i] = a;
            } else if a < 0.0 {
                uses.by_products[i].push((j, -a));
            } else if a > 0.0 && a >= critical {
                uses.critical[i].push((j, a));
            } else if a > 0.0 {
                uses.others[i].push((j, a));
            }
        });
        uses
    }

    /// What those that cannot do without it want of each product, n.
    fn wanted(&self, left: &DVector<f64>) -> Vec<f64> {
        self.critical.iter().map(|users| sum(users, left)).collect()
    }

    /// What is asked of each product, n; `wanted` is a part of it.
    fn asked(&self, left: &DVector<f64>, wanted: &[f64], f: &DVector<f64>) -> Vec<f64> {
        let asked = |i: usize| {
            let used = wanted[i] + sum(&self.others[i], left);
            self.own[i] * left[i] + used - sum(&self.by_products[i], left) + f[i]
        };
        (0..self.own.len()).map(asked).collect()
    }

    /// The least that each sector gets of the products that it cannot do without, as a share of what it uses, n.
    fn least_served(&self, left: &DVector<f64>, wanted: &[f64], f: &DVector<f64>) -> Vec<f64> {
        let mut least = vec![1.0_f64; self.own.len()];
        for (i, users) in self.critical.iter().enumerate() {
            let wanted = wanted[i];
            // What there is for others than its sector: also withdrawals from stocks, and by-products.
            let besides = (-f[i]).max(0.0) + sum(&self.by_products[i], left);
            let has = left[i] * (1.0 - self.own[i]) + besides;
            // What rounding leaves is not short.
            if has < wanted * (1.0 - SETTLED) {
                let served = (has / wanted).max(0.0);
                for (j, _) in users {
                    least[*j] = least[*j].min(served);
                }
            }
        }
        least
    }
}

fn sum(uses: &[(usize, f64)], output: &DVector<f64>) -> f64 {
    uses.iter().map(|(j, a)| a * output[*j]).sum()
}

/// The part of what is left that is still left after all rounds but the last in which every sector is cut by one ratio.
///
/// Where all of them are short of an input in one ratio r < 1, the next round finds the same: what a sector has and what is
/// wanted of it both fall by r, so that r stays, and what final demand asks for (f >= 0) stays, so that it binds no more
/// than before. That goes on until the first of them stands still.
fn falls_alike(left: &DVector<f64>, least: &[f64], asked: &[f64], x: &DVector<f64>) -> Option<f64> {
    let going = || (0..left.len()).filter(|j| left[*j] > 0.0);
    let ratio = going().map(|j| least[j]).fold(1.0, f64::min);
    let alike = |j: usize| least[j] <= ratio * (1.0 + SETTLED) && asked[j] >= left[j] * least[j];
    if !(ratio > 0.0 && ratio < 1.0 - SETTLED && going().all(alike)) {
        return None;
    }
    let ends = going().map(|j| STANDS_STILL * x[j] / left[j]);
    let rounds = (ends.fold(0.0, f64::max).ln() / ratio.ln()).floor() - 1.0;
    (rounds > 1.0).then(|| ratio.powf(rounds))
}

/// The output that is left under fixed coefficients where sectors can make no more than `caps`, n.
fn cut(
    coefficients: &Coefficients,
    x: &DVector<f64>,
    f: &DVector<f64>,
    caps: &DVector<f64>,
    critical: f64,
) -> Result<DVector<f64>> {
    let n = x.len();
    let uses = Uses::of(coefficients, n, critical);
    let mut left = x.zip_map(caps, f64::min);
    // Without withdrawals from stocks a fall of all alike goes on alike.
    let may_fall_alike = f.iter().all(|v| *v >= 0.0);
    for _ in 0..ROUNDS {
        let wanted = uses.wanted(&left);
        let least = uses.least_served(&left, &wanted, f);
        let asked = uses.asked(&left, &wanted, f);
        if may_fall_alike && let Some(all) = falls_alike(&left, &least, &asked, x) {
            left *= all;
            continue;
        }
        let next = DVector::from_fn(n, |j, _| {
            // Never up again: rounding of what is asked is no recovery.
            let next = left[j].min(asked[j].max(0.0)).min(left[j] * least[j]);
            let stands_still = next < STANDS_STILL * x[j] && next < left[j];
            if stands_still { 0.0 } else { next }
        });
        let settled = (0..n).all(|j| left[j] - next[j] <= SETTLED * x[j]);
        left = next;
        if settled {
            return Ok(left);
        }
    }
    Err(Error::invalid(said!(
        "what each sector can make does not come to rest after {ROUNDS} rounds of cuts: raise the critical share or \
         regroup the table",
        "{ROUNDS}회의 감축 후에도 부문별 생산 가능액이 수렴하지 않습니다. 핵심투입 기준을 높이거나 부문을 통합하십시오"
    )))
}

#[cfg(test)]
mod tests;
