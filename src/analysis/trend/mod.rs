//! Multipliers of several years side by side, and why jobs per billion changed.
//!
//! Jobs per unit of final demand are m' = e'L. Between two years (Miller & Blair, 3rd ed., ch. 8;
//! Dietzenbacher & Los 1998)
//!
//! ```text
//! dm' = de' (L0 + L1)/2 + (e0 + e1)'/2 dL          labour coefficients, and input structure
//! dL  = L1 dAd L0 = L0 dAd L1,  dAd = dA - dAm     split into technology and imports
//! ```
//!
//! with dL taken as the mean of both forms. The three parts add up to the change exactly.
//!
//! The same in the prices of one year. With p the price of each sector's output against that year, by
//! the table's own deflators, each flow is divided by the price of the product that is used and each
//! output by its own (Zd_ij / p_i, x_j / p_j), before inverting:
//!
//! ```text
//! Ad at constant prices = p^-1 Ad p^,  L = p^-1 L p^,  e = e p^,  so that m = e'L = m p^
//! ```
//!
//! Jobs and tonnes are not deflated, but are per billion of constant prices. Tables have no prices of
//! imports: of the split, an imported input is divided by the price of the domestic product of its
//! sector. Where imports grew dearer than that (crude oil), the difference is in structure and in
//! imports with opposite signs; labour, and the two together, are free of it. For the same reason value
//! added and imports per unit are not given at constant prices.

use super::multipliers::{MultiplierType, Multipliers};
use super::provenance::Provenance;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::Model;
use crate::table::{Account, AnyTable, Coefficients, Matrix, Sector};
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// Tables of several years, compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Trend {
    /// Type I multipliers by year, earliest first; sectors in the order of the first table.
    pub years: Vec<Multipliers>,
    /// The account whose change is split: "jobs", or the first that all tables have.
    pub account: Option<Account>,
    /// From each year to the next, then (with more than two years) from first to last.
    pub steps: Vec<Step>,
    /// The same in the prices of the first year; `None` where a table has no deflators of it.
    #[serde(default)]
    pub constant: Option<ConstantPrices>,
}

/// Multipliers of several years in the prices of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ConstantPrices {
    /// The year whose prices they are.
    pub base: i32,
    /// One entry for each of [`Trend::years`].
    pub years: Vec<AtConstantPrices>,
    /// As [`Trend::steps`].
    pub steps: Vec<Step>,
}

/// Type I multipliers of one year in the prices of another, by the sectors of [`Trend::years`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AtConstantPrices {
    /// The year of the table.
    pub year: i32,
    /// The price of each sector's output against the base year.
    pub prices: Vec<f64>,
    /// Output per unit of final demand.
    pub output: Vec<f64>,
    /// Each account of the year's [`Multipliers::accounts`] per billion of final demand.
    pub accounts: Vec<Vec<f64>>,
}

/// The change between two years.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Step {
    /// The earlier year.
    pub from: i32,
    /// The later year.
    pub to: i32,
    /// One entry for each sector.
    pub changes: Vec<Change>,
}

/// The change of the account's multiplier of one sector (jobs per billion of final demand).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Change {
    /// The sector.
    pub sector: Sector,
    /// In the earlier year.
    pub before: f64,
    /// In the later year.
    pub after: f64,
    /// Because sectors need more or less labour per unit of output (with the rise of prices in it,
    /// at current prices).
    pub labour: f64,
    /// Because sectors use more or less input, domestic and imported together.
    pub structure: f64,
    /// Because inputs come more or less from abroad.
    pub imports: f64,
}

impl Trend {
    /// Compares tables of the same sectors, in any order of years.
    ///
    /// ```
    /// use leontief::{AnyTable, analysis::Trend};
    /// let tables = ["kr-2023-33", "kr-2020-33"].map(|id| AnyTable::open(id).unwrap());
    /// let trend = Trend::of(&tables.each_ref())?;
    /// let change = &trend.steps[0].changes[0];
    /// let parts = change.labour + change.structure + change.imports;
    /// assert!((change.after - change.before - parts).abs() < 1e-9);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Fewer than two tables, two of one year, different currencies or sectors, a table that is not
    /// productive.
    pub fn of(tables: &[&AnyTable]) -> Result<Self> {
        let mut tables = tables.to_vec();
        tables.sort_by_key(|table| table.meta().year);
        let [first, _, ..] = tables[..] else {
            return Err(Error::invalid(said!(
                "a comparison of years needs two tables",
                "연도 간 비교에는 산업연관표가 둘 이상 필요합니다"
            )));
        };
        for pair in tables.windows(2) {
            let (a, b) = (pair[0].meta(), pair[1].meta());
            if a.year == b.year {
                return Err(Error::invalid(said!(
                    "tables {one} and {other} are both of {year}",
                    "산업연관표 {one}와(과) {other}의 연도가 {year}년으로 같습니다",
                    one = a.id,
                    other = b.id,
                    year = a.year
                )));
            }
            if a.currency != b.currency {
                return Err(Error::invalid(said!(
                    "tables {one} and {other} are in different currencies ({of_one}, {of_other})",
                    "산업연관표 {one}와(과) {other}의 통화가 다릅니다({of_one}, {of_other})",
                    one = a.id,
                    other = b.id,
                    of_one = a.currency,
                    of_other = b.currency
                )));
            }
        }
        let mut years = tables
            .iter()
            .map(|table| Year::of(table, first))
            .collect::<Result<Vec<Year>>>()?;
        let account = common_account(&years);
        let account_id = account.as_ref().map(|account| account.id.as_str());
        let steps = steps(&years, account_id)?;
        let base = first.meta().year;
        let prices: Option<Vec<DVector<f64>>> = tables
            .iter()
            .zip(&years)
            .map(|(table, year)| prices(table, base, &year.order))
            .collect();
        let constant = match prices {
            Some(prices) => {
                for (year, prices) in years.iter_mut().zip(prices) {
                    year.prices = prices;
                }
                Some(ConstantPrices {
                    base,
                    years: years.iter().map(Year::at_its_prices).collect(),
                    steps: self::steps(&years, account_id)?,
                })
            }
            None => None,
        };
        Ok(Trend {
            years: years.into_iter().map(|year| year.multipliers).collect(),
            account,
            steps,
            constant,
        })
    }

    /// The tables compared, earliest first.
    pub fn tables(&self) -> impl Iterator<Item = &Provenance> {
        self.years.iter().map(|m| &m.provenance)
    }

    /// The sectors of some codes alone, in the order of the codes.
    ///
    /// ```
    /// use leontief::{AnyTable, analysis::Trend};
    /// let tables = [AnyTable::open("kr-2022-33")?, AnyTable::open("kr-2023-33")?];
    /// let trend = Trend::of(&[&tables[1], &tables[0]])?.only(&["19"])?;
    /// let years: Vec<i32> = trend.tables().map(|table| table.year).collect();
    /// assert_eq!((years, trend.years[1].sectors.len()), (vec![2022, 2023], 1));
    /// assert!((trend.years[1].sectors[0].output - 2.058383).abs() < 1e-5); // construction
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A code that is not there.
    pub fn only<S: AsRef<str>>(&self, codes: &[S]) -> Result<Self> {
        let years = self
            .years
            .iter()
            .map(|year| year.only(codes))
            .collect::<Result<_>>()?;
        // Every code was found above.
        let sectors = self.years.iter().take(1).flat_map(|year| &year.sectors);
        let own: Vec<&str> = sectors.map(|s| s.sector.code.as_str()).collect();
        let at: Vec<usize> = codes
            .iter()
            .filter_map(|code| own.iter().position(|own| *own == code.as_ref()))
            .collect();
        let numbers = |of: &[f64]| -> Vec<f64> { at.iter().map(|at| of[*at]).collect() };
        let steps = |steps: &[Step]| -> Vec<Step> {
            let step = |step: &Step| Step {
                changes: at.iter().map(|at| step.changes[*at].clone()).collect(),
                ..*step
            };
            steps.iter().map(step).collect()
        };
        let constant = self.constant.as_ref().map(|constant| ConstantPrices {
            base: constant.base,
            years: constant
                .years
                .iter()
                .map(|of| AtConstantPrices {
                    year: of.year,
                    prices: numbers(&of.prices),
                    output: numbers(&of.output),
                    accounts: of.accounts.iter().map(|of| numbers(of)).collect(),
                })
                .collect(),
            steps: steps(&constant.steps),
        });
        Ok(Trend {
            years,
            account: self.account.clone(),
            steps: steps(&self.steps),
            constant,
        })
    }
}

/// What output of each sector costs in a table's year against a base year, in the order of the first
/// table; `None` where the table has no deflators of both years.
fn prices(table: &AnyTable, base: i32, order: &[usize]) -> Option<DVector<f64>> {
    let (deflators, year) = (table.deflators()?, table.meta().year);
    let years = deflators.years();
    (years.contains(&base) && years.contains(&year)).then(|| {
        DVector::from_fn(order.len(), |i, _| {
            deflators.factor(Some(order[i]), base, year)
        })
    })
}

/// From each year to the next, then from first to last, where there is an account.
fn steps(years: &[Year], account: Option<&str>) -> Result<Vec<Step>> {
    let (Some(account), last) = (account, years.len().saturating_sub(1)) else {
        return Ok(Vec::new());
    };
    let whole = (last > 1).then_some((0, last));
    (0..last)
        .map(|i| (i, i + 1))
        .chain(whole)
        .map(|(a, b)| step(&years[a], &years[b], account))
        .collect()
}

/// One table, its sectors in the order of the first one.
struct Year {
    model: Model,
    multipliers: Multipliers,
    /// Where the sectors of the first table stand in this one.
    order: Vec<usize>,
    /// What output costs against the prices that all is worked out in; 1 in the table's own.
    prices: DVector<f64>,
}

impl Year {
    fn of(table: &AnyTable, first: &AnyTable) -> Result<Self> {
        let order = positions(first, table)?;
        let model = Model::from_coefficients(table.coefficients())?;
        let mut multipliers = Multipliers::of(&model, MultiplierType::Type1)?;
        multipliers.sectors = order
            .iter()
            .map(|&at| multipliers.sectors[at].clone())
            .collect();
        Ok(Year {
            model,
            multipliers,
            prices: DVector::from_element(order.len(), 1.0),
            order,
        })
    }

    fn coefficients(&self) -> &Coefficients {
        self.model.coefficients()
    }

    /// A vector of the table in the order of the first one.
    fn ordered(&self, vector: &DVector<f64>) -> DVector<f64> {
        DVector::from_fn(self.order.len(), |i, _| vector[self.order[i]])
    }

    /// Input coefficients in the order of the first table: p^-1 A p^.
    fn ordered_matrix(&self, matrix: &Matrix) -> DMatrix<f64> {
        let n = self.order.len();
        DMatrix::from_fn(n, n, |i, j| {
            matrix[(self.order[i], self.order[j])] * self.prices[j] / self.prices[i]
        })
    }

    /// r' p^-1 L p^, both in the order of the first table.
    fn inducement_row(&self, row: &DVector<f64>) -> DVector<f64> {
        let mut own = DVector::zeros(row.len());
        for (i, &at) in self.order.iter().enumerate() {
            own[at] = row[i] / self.prices[i];
        }
        let induced = self.model.inducement_row(&own);
        self.ordered(&induced).component_mul(&self.prices)
    }

    /// The multipliers at [`Year::prices`].
    fn at_its_prices(&self) -> AtConstantPrices {
        let made = |at: &usize| f64::from(u8::from(self.coefficients().is_made(*at)));
        let n = self.order.len();
        let output = self.inducement_row(&DVector::from_element(n, 1.0));
        AtConstantPrices {
            year: self.multipliers.provenance.year,
            prices: self.prices.iter().copied().collect(),
            // Nobody at home makes what is not made there.
            output: output
                .iter()
                .zip(&self.order)
                .map(|(o, at)| o * made(at))
                .collect(),
            accounts: self
                .multipliers
                .accounts
                .iter()
                .filter_map(|account| self.per_billion(&account.id))
                .map(|per_billion| self.inducement_row(&per_billion).iter().copied().collect())
                .collect(),
        }
    }

    /// An account per billion of output.
    fn per_billion(&self, account: &str) -> Option<DVector<f64>> {
        let scale = self.multipliers.provenance.units_per_billion();
        let per_unit = self.coefficients().account(account)?;
        Some(self.ordered(per_unit).component_mul(&self.prices) * scale)
    }
}

/// Where the sectors of one table stand in another, found by code.
pub(super) fn positions(first: &AnyTable, other: &AnyTable) -> Result<Vec<usize>> {
    let differ = |what: Text| {
        let (one, other) = (&first.meta().id, &other.meta().id);
        let (en, ko) = (what.en, what.ko);
        Error::invalid(said!(
            "tables {one} and {other} do not have the same sectors: {en}",
            "산업연관표 {one}와(과) {other}의 부문이 다릅니다: {ko}"
        ))
    };
    if first.sectors().len() != other.sectors().len() {
        return Err(differ(said!(
            "{n} against {m}",
            "{n}개와 {m}개",
            n = first.sectors().len(),
            m = other.sectors().len()
        )));
    }
    first
        .sectors()
        .iter()
        .map(|sector| {
            other.sectors().position(&sector.code).ok_or_else(|| {
                differ(said!(
                    "{sector} is missing in the second",
                    "둘째 표에 {sector} 부문이 없습니다"
                ))
            })
        })
        .collect()
}

fn common_account(years: &[Year]) -> Option<Account> {
    let everywhere = |account: &&Account| {
        years
            .iter()
            .all(|year| year.coefficients().account(&account.id).is_some())
    };
    let mut common: Vec<&Account> = years
        .first()?
        .multipliers
        .accounts
        .iter()
        .filter(everywhere)
        .collect();
    common.sort_by_key(|account| account.id != "jobs");
    common.first().map(|account| (*account).clone())
}

fn step(a: &Year, b: &Year, account: &str) -> Result<Step> {
    let labour = |year: &Year| {
        year.per_billion(account).ok_or_else(|| {
            Error::invalid(said!(
                "table {table} has no account '{account}'",
                "산업연관표 {table}에 '{account}' 계정이 없습니다",
                table = year.multipliers.provenance.table
            ))
        })
    };
    let (before, after) = (labour(a)?, labour(b)?);
    let more_labour = &after - &before;
    let by_labour = (a.inducement_row(&more_labour) + b.inducement_row(&more_labour)) * 0.5;

    let mean = (&before + &after) * 0.5;
    let (row_a, row_b) = (a.inducement_row(&mean), b.inducement_row(&mean));
    // The mean of mean' L1 X L0 and mean' L0 X L1.
    let through = |change: &DMatrix<f64>| {
        let there = a.inducement_row(&change.tr_mul(&row_b));
        let back = b.inducement_row(&change.tr_mul(&row_a));
        (there + back) * 0.5
    };
    let change = |block: fn(&Coefficients) -> &Matrix| {
        b.ordered_matrix(block(b.coefficients())) - a.ordered_matrix(block(a.coefficients()))
    };
    for year in [a, b] {
        let what = said!("a decomposition over time", "시점 간 요인분해");
        year.coefficients().need_products_of_imports(what)?;
    }
    let imported = change(Coefficients::imported);
    let all = change(Coefficients::domestic) + &imported;
    let by_structure = through(&all);
    let by_imports = -through(&imported);

    let (start, end) = (a.inducement_row(&before), b.inducement_row(&after));
    let changes = a
        .multipliers
        .sectors
        .iter()
        .enumerate()
        .map(|(j, s)| Change {
            sector: s.sector.clone(),
            before: start[j],
            after: end[j],
            labour: by_labour[j],
            structure: by_structure[j],
            imports: by_imports[j],
        })
        .collect();
    let year = |of: &Year| of.multipliers.provenance.year;
    Ok(Step {
        from: year(a),
        to: year(b),
        changes,
    })
}

#[cfg(test)]
mod tests;
