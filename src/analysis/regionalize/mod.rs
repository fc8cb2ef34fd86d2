//! A national table brought to a region and the rest of the country by location quotients (지역화).
//!
//! [`quotient`] holds the formulas, [`two_regions`] the tables that follow, [`judged`] how near each comes to
//! the Bank of Korea's regional multipliers.

pub mod judged;
pub mod quotient;
pub mod two_regions;

pub use judged::Judged;
pub use quotient::{Method, Quotient};
pub use two_regions::{Limited, TwoRegions};

use super::Provenance;
use crate::error::Result;
use crate::lang::Text;
use crate::model::Model;
use crate::table::{AnyTable, SectorName, Table};
use crate::units::Measures;
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// What a region makes of a nation, and what demand for its products sets off in it and in the rest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Regionalized {
    /// The national table behind it.
    pub provenance: Provenance,
    /// The region.
    pub region: Text,
    /// What the codes of its sectors begin with.
    pub code: String,
    /// By which quotient.
    pub method: Method,
    /// What its sizes count: "jobs".
    pub measure: String,
    /// Its output over the nation's.
    pub size: f64,
    /// The sectors of the nation, n.
    pub sectors: Vec<SectorName>,
    /// The share of each that the region has, n.
    pub share: Vec<f64>,
    /// The simple location quotient of each, n.
    pub location_quotient: Vec<f64>,
    /// What a unit of final demand for the region's product of each sector sets off in the region, n each; 0 where it
    /// makes nothing of it.
    pub inside: Measures<Vec<f64>>,
    /// The same in the rest of the country, n each.
    pub outside: Measures<Vec<f64>>,
    /// Where quotients let a region sell more than it makes, and what was cut.
    pub limited: Vec<Cut>,
}

/// Sales of a product that quotients asked for and a region does not make.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Cut {
    /// The product.
    pub sector: SectorName,
    /// Whether the region, or the rest of the country, would have sold it.
    pub inside: bool,
    /// How much, in the table's unit of money.
    pub amount: f64,
}

impl Regionalized {
    /// The study of a region, of what its sizes count.
    ///
    /// ```
    /// use leontief::analysis::regionalize::{Method, Regionalized, TwoRegions};
    /// use leontief::{AnyTable, Text, table::RegionalSizes};
    ///
    /// let table = AnyTable::open("kr-2020-83")?;
    /// let nation = table.flows(Text::same("regions"))?;
    /// let sizes = RegionalSizes::built_in(table.sectors())?;
    /// let share = sizes.share("Ulsan", nation)?;
    /// let both = TwoRegions::of(nation, sizes.region("Ulsan")?, share, Method::default())?;
    /// let study = Regionalized::of(&both, sizes.measure())?;
    /// let ships = table.sectors().find("41")?;
    /// // Ulsan has three times the nation's share of shipbuilding; a won of it sets off 1.38 there.
    /// assert_eq!(format!("{:.2}", study.location_quotient[ships]), "2.99");
    /// assert_eq!(format!("{:.2}", study.inside.output[ships]), "1.38"); // BOK's regional table: 1.28
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table that is not productive.
    pub fn of(both: &TwoRegions, measure: &str) -> Result<Self> {
        let nation = both.nation();
        let (x, share) = (nation.output(), both.share());
        let size = x.dot(share) / x.sum();
        let of_made = |of: Measures<Vec<f64>>| {
            of.map(|values| -> Vec<f64> {
                let mut values = values;
                for (j, value) in values.iter_mut().enumerate() {
                    if x[j] * share[j] <= 0.0 {
                        *value = 0.0;
                    }
                }
                values
            })
        };
        let [inside, outside] = multipliers(&both.built(false)?)?.map(of_made);
        let names = SectorName::all(nation.sectors());
        let limited = both.limited().iter().map(|cut| Cut {
            sector: names[cut.sector].clone(),
            inside: cut.inside,
            amount: cut.amount,
        });
        Ok(Regionalized {
            provenance: Provenance::of(nation.meta()),
            region: both.region().name.clone(),
            code: both.region().code.clone(),
            method: both.method(),
            measure: measure.to_owned(),
            size,
            share: share.iter().copied().collect(),
            location_quotient: share.iter().map(|s| s / size).collect(),
            inside,
            outside,
            limited: limited.collect(),
            sectors: names,
        })
    }
}

/// What a unit of demand for each product of the first of two regions sets off, in it and in the second.
fn multipliers(table: &Table) -> Result<[Measures<Vec<f64>>; 2]> {
    let table = AnyTable::from(table.clone());
    let model = Model::from_coefficients(table.coefficients())?;
    let per_output = model.coefficients().per_output();
    let n = table.sectors().len() / 2;
    let of = &per_output;
    let rows = [&of.output, &of.value_added, &of.imports, &of.jobs];
    let cut = |row: &DVector<f64>, inside: bool| {
        DVector::from_fn(2 * n, |i, _| if (i < n) == inside { row[i] } else { 0.0 })
    };
    let both = [true, false].map(|inside| rows.map(|row| cut(row, inside)));
    let columns: Vec<DVector<f64>> = both.into_iter().flatten().collect();
    let solved = model.inducement_rows(&DMatrix::from_columns(&columns));
    let row = |k: usize| solved.column(k).iter().take(n).copied().collect();
    Ok([0, 4].map(|first| Measures {
        output: row(first),
        value_added: row(first + 1),
        imports: row(first + 2),
        jobs: row(first + 3),
    }))
}

#[cfg(test)]
mod tests;
