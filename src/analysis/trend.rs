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

use super::multipliers::{MultiplierType, Multipliers};
use super::provenance::Provenance;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::Model;
use crate::table::{Account, AnyTable, Coefficients, Sector};
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
    /// where the tables are at current prices).
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
        let years = tables
            .iter()
            .map(|table| Year::of(table, first))
            .collect::<Result<Vec<Year>>>()?;
        let account = common_account(&years);
        let mut steps = Vec::new();
        if let Some(account) = &account {
            let last = years.len() - 1;
            let whole = (last > 1).then_some((0, last));
            for (a, b) in (0..last).map(|i| (i, i + 1)).chain(whole) {
                steps.push(step(&years[a], &years[b], &account.id)?);
            }
        }
        Ok(Trend {
            years: years.into_iter().map(|year| year.multipliers).collect(),
            account,
            steps,
        })
    }

    /// The tables compared, earliest first.
    pub fn tables(&self) -> impl Iterator<Item = &Provenance> {
        self.years.iter().map(|m| &m.provenance)
    }

    /// The sectors of some codes alone, in the order of the codes.
    ///
    /// # Errors
    /// A code that is not there.
    pub fn only<S: AsRef<str>>(&self, codes: &[S]) -> Result<Self> {
        let years = self
            .years
            .iter()
            .map(|year| year.only(codes))
            .collect::<Result<_>>()?;
        let picked = |changes: &[Change]| {
            codes
                .iter()
                .filter_map(|code| changes.iter().find(|c| c.sector.code == code.as_ref()))
                .cloned()
                .collect()
        };
        let steps = self.steps.iter().map(|step| Step {
            changes: picked(&step.changes),
            ..*step
        });
        Ok(Trend {
            years,
            account: self.account.clone(),
            steps: steps.collect(),
        })
    }
}

/// One table, its sectors in the order of the first one.
struct Year {
    model: Model,
    multipliers: Multipliers,
    /// Where the sectors of the first table stand in this one.
    order: Vec<usize>,
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

    /// A matrix of the table in the order of the first one.
    fn ordered_matrix(&self, matrix: &DMatrix<f64>) -> DMatrix<f64> {
        let n = self.order.len();
        DMatrix::from_fn(n, n, |i, j| matrix[(self.order[i], self.order[j])])
    }

    /// r'L, both in the order of the first table.
    fn inducement_row(&self, row: &DVector<f64>) -> DVector<f64> {
        let mut own = DVector::zeros(row.len());
        for (i, &at) in self.order.iter().enumerate() {
            own[at] = row[i];
        }
        self.ordered(&self.model.inducement_row(&own))
    }

    /// An account per billion of output.
    fn per_billion(&self, account: &str) -> Option<DVector<f64>> {
        let scale = self.multipliers.provenance.units_per_billion();
        let per_unit = self.coefficients().account(account)?;
        Some(self.ordered(per_unit) * scale)
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
    let change = |block: fn(&Coefficients) -> &DMatrix<f64>| {
        b.ordered_matrix(block(b.coefficients())) - a.ordered_matrix(block(a.coefficients()))
    };
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
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn tables() -> [AnyTable; 3] {
        ["kr-2023-33", "kr-2020-33", "kr-2022-33"].map(|id| AnyTable::open(id).expect("built in"))
    }

    #[test]
    fn years_are_sorted_and_steps_chain() {
        let trend = Trend::of(&tables().each_ref()).expect("three years");
        let years: Vec<i32> = trend.tables().map(|p| p.year).collect();
        assert_eq!(years, [2020, 2022, 2023]);
        let steps: Vec<(i32, i32)> = trend.steps.iter().map(|s| (s.from, s.to)).collect();
        assert_eq!(steps, [(2020, 2022), (2022, 2023), (2020, 2023)]);
        for sector in 0..33 {
            let change = |step: usize| {
                let c = &trend.steps[step].changes[sector];
                c.after - c.before
            };
            assert_relative_eq!(change(0) + change(1), change(2), epsilon = 1e-9);
        }
    }

    #[test]
    fn the_parts_add_up_to_the_change() {
        let trend = Trend::of(&tables().each_ref()).expect("three years");
        let mut largest = [0.0_f64; 3];
        for step in &trend.steps {
            for c in &step.changes {
                let parts = c.labour + c.structure + c.imports;
                assert_relative_eq!(c.after - c.before, parts, epsilon = 1e-10);
                for (most, part) in largest.iter_mut().zip([c.labour, c.structure, c.imports]) {
                    *most = most.max(part.abs());
                }
            }
        }
        // Each part is there: none is a remainder that happens to be zero.
        assert!(largest.iter().all(|part| *part > 0.05), "{largest:?}");
    }

    #[test]
    fn parts_agree_with_inverses() {
        let [t23, t20, _] = tables();
        let trend = Trend::of(&[&t20, &t23]).expect("two years");
        let inverse = |t: &AnyTable| {
            let model = Model::from_coefficients(t.coefficients()).expect("productive");
            model.leontief_inverse()
        };
        let (l0, l1) = (inverse(&t20), inverse(&t23));
        let e = |t: &AnyTable| t.coefficients().account("jobs").expect("jobs") * 1e3;
        let mean = (e(&t20) + e(&t23)) * 0.5;
        let more_imports = t23.coefficients().imported() - t20.coefficients().imported();
        let middle = (&l1 * &more_imports * &l0 + &l0 * &more_imports * &l1) * -0.5;
        let by_imports = middle.tr_mul(&mean);
        for (j, change) in trend.steps[0].changes.iter().enumerate() {
            assert_relative_eq!(change.imports, by_imports[j], epsilon = 1e-10);
        }
    }

    #[test]
    fn picking_moves_years_and_steps_alike() {
        let trend = Trend::of(&tables().each_ref()).expect("three years");
        let two = trend.only(&["19", "01"]).expect("codes");
        assert_eq!(two.years[1].sectors[0], trend.years[1].sectors[18]);
        assert_eq!(two.steps[2].changes[1], trend.steps[2].changes[0]);
        assert_eq!(two.steps[0].changes.len(), 2);
        assert!(trend.only(&["99"]).is_err());
    }

    #[test]
    fn what_cannot_be_compared_is_refused() {
        let [t23, ..] = tables();
        let t83 = AnyTable::open("kr-2023-83").expect("built in");
        let t20 = AnyTable::open("kr-2020-33").expect("built in");
        assert!(Trend::of(&[]).is_err());
        assert!(Trend::of(&[&t23]).is_err());
        let twice = Trend::of(&[&t23, &t23]).expect_err("one year").to_string();
        assert!(twice.contains("both of 2023"), "{twice}");
        let other = Trend::of(&[&t20, &t83]).expect_err("sectors").to_string();
        assert!(other.contains("33 against 83"), "{other}");
    }
}
