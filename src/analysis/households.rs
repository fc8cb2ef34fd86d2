//! Type II multipliers by what households are taken to earn, side by side.
//!
//! Each definition of income ([`IncomeKind`]) closes the same model: L stays, and only the round of spending
//! h = s w'L f / (1 - s w'Lc) has another income row w and another share s.

use super::Provenance;
use crate::error::Result;
use crate::lang::said;
use crate::model::{Closure, Earnings, Habits, ImportTreatment, IncomeKind, Model};
use crate::table::{AnyTable, SectorName};
use crate::units::Measures;
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// The multipliers of every sector without households, and with each definition of their income.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HouseholdForms {
    /// The table.
    pub provenance: Provenance,
    /// The sectors, n.
    pub sectors: Vec<SectorName>,
    /// Per unit of final demand, Type I; n each. Jobs are persons per unit of the table's money.
    pub type1: Measures<Vec<f64>>,
    /// Type II, a form a definition of income.
    pub forms: Vec<HouseholdForm>,
}

/// Type II with one definition of the income of households.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HouseholdForm {
    /// The definition.
    pub earnings: Earnings,
    /// The share of that income that is spent.
    pub share_spent: f64,
    /// What households earn in the table, in its unit of money.
    pub income: f64,
    /// Of a unit that they spend, what they spend again of the income that it leads to.
    pub again: f64,
    /// Per unit of final demand, Type II; n each.
    pub type2: Measures<Vec<f64>>,
}

impl HouseholdForms {
    /// The forms of a table in a form of imports, with rates and shares as given.
    ///
    /// ```
    /// use leontief::AnyTable;
    /// use leontief::analysis::HouseholdForms;
    /// use leontief::model::{Earnings, ImportTreatment};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// // A marginal share of .6 of what 14 % of taxes and contributions leave.
    /// let given = Earnings { taxes: 0.05, contributions: 0.09, share: Some(0.6), ..Earnings::default() };
    /// let forms = HouseholdForms::of(&table, ImportTreatment::Domestic, given)?;
    /// let ratio: Vec<f64> = (0..3).map(|at| forms.mean_ratio(at)).collect();
    /// assert!(ratio[1] > ratio[2] && ratio[2] > 1.0); // taxes take from mixed income
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Habits::earning`] and [`Model::with`].
    pub fn of(table: &AnyTable, imports: ImportTreatment, given: Earnings) -> Result<Self> {
        let flows = table.flows(said!("household closure (Type II)", "가계 내생화(Type II)"))?;
        let mut model = Model::with(table, imports, Closure::Open)?;
        let vec = |rows: Measures<DVector<f64>>| rows.map(|row| -> Vec<f64> { row.data.into() });
        let type1 = vec(model.rows().type1.clone());
        let coefficients = table.coefficients();
        let mut forms = Vec::new();
        for of in IncomeKind::ALL {
            let earnings = Earnings { of, ..given };
            model.close(Habits::earning(flows, &earnings, imports)?)?;
            let share_spent = model.households().map_or(0.0, |h| h.share_spent());
            let again = model.rows().households.as_ref().map_or(0.0, |h| h.again);
            forms.push(HouseholdForm {
                income: earnings.per_output(&coefficients)?.dot(flows.output()),
                share_spent,
                again: again * share_spent,
                type2: vec(model.rows().total()),
                earnings,
            });
        }
        Ok(HouseholdForms {
            provenance: Provenance::of(table.meta()),
            sectors: SectorName::all(model.sectors()),
            type1,
            forms,
        })
    }

    /// The mean over sectors with output of Type II over Type I multipliers of output, of the form at a position.
    pub fn mean_ratio(&self, form: usize) -> f64 {
        let Some(form) = self.forms.get(form) else {
            return f64::NAN;
        };
        let both = form.type2.output.iter().zip(&self.type1.output);
        let ratios: Vec<f64> = both
            .filter(|(_, type1)| **type1 != 0.0)
            .map(|(type2, type1)| type2 / type1)
            .collect();
        ratios.iter().sum::<f64>() / ratios.len() as f64
    }
}
