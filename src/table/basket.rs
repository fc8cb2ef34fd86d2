//! Several products bought together, in the proportion of their output or of final demand for them.
//!
//! The table stays as it is: a basket is final demand for its products. A group ([`Regrouping`]) is one
//! industry, merged before inverting; its multipliers are others.
//!
//! [`Regrouping`]: super::Regrouping

use super::AnyTable;
use crate::error::{Error, Result};
use crate::lang::said;
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// In which proportion money is shared among several products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum SplitBy {
    /// Of their gross output.
    #[default]
    Output,
    /// Of final demand for the domestic products, exports included.
    Demand,
}

impl SplitBy {
    /// Its name: "output", "demand".
    pub fn id(self) -> &'static str {
        match self {
            SplitBy::Output => "output",
            SplitBy::Demand => "demand",
        }
    }
}

/// Products with their shares of what is spent on all of them.
///
/// ```
/// use leontief::AnyTable;
/// use leontief::table::{Basket, SplitBy};
/// let table = AnyTable::open("kr-2020-83")?;
/// let share = |by| Basket::parse("50+51", &table, by).map(|basket| basket.parts()[0].1);
/// assert_eq!(format!("{:.4}", share(SplitBy::Output)?), "0.7134"); // building construction
/// assert!(share(SplitBy::Demand)? < share(SplitBy::Output)?); // repairs are bought by industries
/// # Ok::<(), leontief::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Basket {
    by: SplitBy,
    parts: Vec<(usize, f64)>,
}

impl Basket {
    /// As it is written: one sector, or several as in "50+51", by code, name or alias.
    ///
    /// # Errors
    /// An unknown sector; as [`Basket::of`].
    pub fn parse(words: &str, table: &AnyTable, by: SplitBy) -> Result<Self> {
        let sectors = table.sectors();
        let several: Vec<&str> = words.split('+').collect();
        // A sector may have a sign of its own in its code or name.
        if several.len() == 1 || sectors.find(words).is_ok() {
            return Basket::of(table, &[sectors.find(words)?], by);
        }
        let found = several
            .into_iter()
            .map(|word| sectors.find(word))
            .collect::<Result<Vec<usize>>>()?;
        Basket::of(table, &found, by)
    }

    /// Of the sectors at these positions; one that stands twice is one.
    ///
    /// # Errors
    /// No sectors, or one that the table does not have; of several, a table without output, a product that
    /// there is less than no demand for, and sectors without any output, or demand, to share by.
    pub fn of(table: &AnyTable, sectors: &[usize], by: SplitBy) -> Result<Self> {
        let mut distinct: Vec<usize> = Vec::new();
        for sector in sectors {
            if !distinct.contains(sector) {
                distinct.push(*sector);
            }
        }
        let n = table.sectors().len();
        if distinct.is_empty() || distinct.iter().any(|sector| *sector >= n) {
            return Err(Error::invalid(said!(
                "a basket is of one sector or more, at positions below {n}",
                "묶음은 위치가 {n} 미만인 부문 하나 이상으로 이루어집니다"
            )));
        }
        if let [one] = distinct.as_slice() {
            let parts = vec![(*one, 1.0)];
            return Ok(Basket { by, parts });
        }
        let of = match by {
            SplitBy::Output => output(table)?.clone(),
            SplitBy::Demand => demand(table)?,
        };
        let named = |at: usize| table.sectors().get(at).to_string();
        if let Some(negative) = distinct.iter().find(|at| of[**at] < 0.0) {
            return Err(Error::invalid(said!(
                "final demand for {sector} is below zero: nothing can be shared by it; share by output instead",
                "{sector}의 최종수요가 음수여서 배분 기준이 될 수 없습니다. 산출 비중으로 배분하십시오",
                sector = named(*negative)
            )));
        }
        let all: f64 = distinct.iter().map(|at| of[*at]).sum();
        if !(all > 0.0) {
            let sectors: Vec<String> = distinct.iter().map(|at| named(*at)).collect();
            return Err(Error::invalid(said!(
                "there is nothing to share by among {sectors}: all of it is 0; name one of them",
                "{sectors}: 배분 기준이 되는 값이 모두 0입니다. 부문 하나만 지정하십시오",
                sectors = sectors.join(", ")
            )));
        }
        let parts = distinct.into_iter().map(|at| (at, of[at] / all)).collect();
        Ok(Basket { by, parts })
    }

    /// In which proportion.
    pub fn by(&self) -> SplitBy {
        self.by
    }

    /// The positions of its sectors with their shares, which sum to 1.
    pub fn parts(&self) -> &[(usize, f64)] {
        &self.parts
    }
}

fn output(table: &AnyTable) -> Result<&DVector<f64>> {
    table.needed_output(said!(
        "money shared among several sectors",
        "여러 부문에 대한 금액 배분"
    ))
}

/// f, n: of coefficients it is x - Ad x.
fn demand(table: &AnyTable) -> Result<DVector<f64>> {
    Ok(match table {
        AnyTable::Flows(table) => table.domestic_final_demand_total(),
        AnyTable::Coefficients(of) => {
            let x = output(table)?;
            x - of.coefficients().domestic() * x
        }
    })
}
