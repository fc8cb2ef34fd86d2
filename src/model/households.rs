//! The household closure: labour income is spent, and the spending induces more (Type II).
//!
//! Miller & Blair, 3rd ed., sec. 2.5 and 6.2.2. The closed system
//!
//! ```text
//! | I - Ad   -c | | x |   | f |     c: domestic products bought per unit that households spend
//! |  -s w'    1 | | h | = | 0 |     w: compensation of employees per unit of output, s: share spent
//! ```
//!
//! differs from the open one by one column and one row, so it needs no factorisation of its own:
//! h = s w'L f / (1 - s w'Lc), and what is induced is L c h. The household-household cell is 0.

use super::{ImportTreatment, Model, import_shares};
use crate::error::{Error, Result};
use crate::table::{FinalDemandRole, PrimaryInputRole, Table};
use nalgebra::DVector;
use std::ops::RangeInclusive;

/// The shares of labour income that households may spend: above 1 where other income pays as well.
pub(crate) const SHARES_SPENT: RangeInclusive<f64> = 0.0..=1.5;

/// How households earn and spend: what [`Model::close`] makes [`Households`] of.
#[derive(Debug, Clone)]
pub struct Habits {
    share_spent: f64,
    income: DVector<f64>,
    domestic: DVector<f64>,
    imported: DVector<f64>,
}

/// The households of a closed model ([`Model::households`]): what they spend in all rounds is solved.
#[derive(Debug, Clone)]
pub struct Households {
    habits: Habits,
    /// L c: output of every sector per unit that households spend.
    output_per_spending: DVector<f64>,
    /// s / (1 - s w'Lc): spending in all rounds per unit of first income.
    multiplier: f64,
}

/// What household spending adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Induced {
    /// Output by sector, n.
    pub output: DVector<f64>,
    /// Imported products that households buy themselves, by product, n.
    pub imported: DVector<f64>,
    /// All that households spend.
    pub spending: f64,
}

impl Habits {
    /// Habits as given: the share `share_spent` of `income` (compensation per unit of
    /// output, n) is spent, on `domestic` and `imported` products (n each, per unit spent).
    ///
    /// # Errors
    /// Vectors of unequal length or with values that are not finite; a share outside `[0, 1.5]`, or a
    /// consumption pattern that adds up to more than 1.
    pub fn new(
        share_spent: f64,
        income: DVector<f64>,
        domestic: DVector<f64>,
        imported: DVector<f64>,
    ) -> Result<Self> {
        if !SHARES_SPENT.contains(&share_spent) {
            return Err(Error::invalid(format!(
                "the share of labour income that households spend is {share_spent}; \
                 it must be in 0..1.5 (above 1 only where other income pays for consumption)"
            )));
        }
        let n = income.len();
        if domestic.len() != n || imported.len() != n {
            return Err(Error::invalid(format!(
                "households earn in {n} sectors and buy {} domestic and {} imported products: these must be \
                 the same",
                domestic.len(),
                imported.len()
            )));
        }
        if [&income, &domestic, &imported]
            .into_iter()
            .any(|v| v.iter().any(|v| !v.is_finite()))
        {
            return Err(Error::invalid(
                "the income or the basket of households holds a value that is not finite",
            ));
        }
        let basket = domestic.sum() + imported.sum();
        if !(basket <= 1.0 + 1e-9) {
            return Err(Error::invalid(format!(
                "households buy {basket} of products per unit spent; that cannot be above 1"
            )));
        }
        Ok(Habits {
            share_spent,
            income,
            domestic,
            imported,
        })
    }

    /// The habits of a table's households: they spend on what the table's households consume. Where no share
    /// is stated, [`Households::default_share`].
    ///
    /// # Errors
    /// A table without compensation of employees or household consumption, or a share outside
    /// `[0, 1.5]`.
    pub fn of(table: &Table, share: Option<f64>, imports: ImportTreatment) -> Result<Self> {
        let missing = |what: &str| {
            Error::invalid(format!(
                "table {} has no {what}: no household closure",
                table.meta().id
            ))
        };
        let coefficients = table.coefficients();
        let income = coefficients
            .primary_input(PrimaryInputRole::Compensation)
            .ok_or_else(|| missing("compensation of employees"))?
            .clone();
        let mut domestic = table.domestic_demand_for(FinalDemandRole::Household);
        let mut imported = table.imported_demand_for(FinalDemandRole::Household);
        let spent = domestic.sum() + imported.sum();
        if !(spent > 0.0) {
            return Err(missing("household consumption"));
        }
        domestic /= spent;
        imported /= spent;
        let all = &domestic + &imported;
        match imports {
            ImportTreatment::Domestic => {}
            ImportTreatment::Competitive => {
                imported = all.component_mul(&import_shares(table));
                domestic = all - &imported;
            }
            ImportTreatment::Total => {
                domestic = all;
                imported.fill(0.0);
            }
        }
        let share = match share {
            Some(share) => share,
            None => Households::default_share(table)?,
        };
        Habits::new(share, income, domestic, imported)
    }
}

impl Households {
    /// Household consumption over compensation and operating surplus: .722 in Korea in 2023.
    ///
    /// Consumption over compensation alone would be 1.03 there, because property and mixed income
    /// pay for consumption too, and would overstate what labour income induces.
    ///
    /// # Errors
    /// A table without these figures.
    pub fn default_share(table: &Table) -> Result<f64> {
        let part = |role| {
            table.primary_input(role).map(|v| v.sum()).ok_or_else(|| {
                Error::invalid(format!(
                    "table {} does not have compensation and operating surplus: \
                     state the share of labour income that households spend",
                    table.meta().id
                ))
            })
        };
        let consumption = table.domestic_demand_for(FinalDemandRole::Household).sum()
            + table.imported_demand_for(FinalDemandRole::Household).sum();
        let income =
            part(PrimaryInputRole::Compensation)? + part(PrimaryInputRole::OperatingSurplus)?;
        Ok(consumption / income)
    }

    /// Habits in one model: the round of spending solved once.
    pub(super) fn of(habits: Habits, model: &Model) -> Result<Self> {
        let n = model.sectors().len();
        if habits.income.len() != n {
            return Err(Error::invalid(format!(
                "households earn in {} sectors, the model has {n}",
                habits.income.len()
            )));
        }
        let output_per_spending = model.output_for(&habits.domestic);
        let again = habits.share_spent * habits.income.dot(&output_per_spending);
        if !(again < 1.0 - 1.0 / super::LARGEST_MULTIPLIER) {
            return Err(Error::invalid(format!(
                "the household closure explodes: each unit that households spend leads to {again:.4} \
                 of further spending; it must be below 1"
            )));
        }
        Ok(Households {
            multiplier: habits.share_spent / (1.0 - again),
            output_per_spending,
            habits,
        })
    }

    /// The share of labour income that is spent.
    pub fn share_spent(&self) -> f64 {
        self.habits.share_spent
    }

    /// w: compensation of employees per unit of output, n.
    pub fn income(&self) -> &DVector<f64> {
        &self.habits.income
    }

    /// c: domestic products bought per unit spent, n.
    pub fn domestic_basket(&self) -> &DVector<f64> {
        &self.habits.domestic
    }

    /// Imported products bought per unit spent, n.
    pub fn imported_basket(&self) -> &DVector<f64> {
        &self.habits.imported
    }

    /// L c: output per unit spent, n.
    pub fn output_per_spending(&self) -> &DVector<f64> {
        &self.output_per_spending
    }

    /// Spending in all rounds per unit of labour income of the open model.
    pub fn spending_per_first_income(&self) -> f64 {
        self.multiplier
    }

    /// What the income earned in producing `output` (Type I, n) induces.
    pub fn induced_by(&self, output: &DVector<f64>) -> Induced {
        self.induced_by_income(self.habits.income.dot(output))
    }

    /// What labour income induces.
    pub fn induced_by_income(&self, income: f64) -> Induced {
        let spending = income * self.multiplier;
        Induced {
            output: &self.output_per_spending * spending,
            imported: &self.habits.imported * spending,
            spending,
        }
    }
}
