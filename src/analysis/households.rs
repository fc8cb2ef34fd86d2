//! Type II multipliers by what households are taken to earn, side by side.
//!
//! Each definition of income ([`IncomeKind`]) closes the same model: L stays, and only the round of spending
//! h = s w'L f / (1 - s w'Lc) has another income row w and another share s.

use super::Provenance;
use crate::error::{Error, Result};
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
    /// The mean over the table's sectors with output of Type II over Type I multipliers of output.
    pub mean_ratio: f64,
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
            let type2 = vec(model.rows().total());
            forms.push(HouseholdForm {
                mean_ratio: mean_ratio(&type1.output, &type2.output),
                income: earnings.per_output(&coefficients)?.dot(flows.output()),
                share_spent,
                again: again * share_spent,
                type2,
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

    /// The mean over the table's sectors with output of Type II over Type I multipliers of output, of the form at a
    /// position.
    pub fn mean_ratio(&self, form: usize) -> f64 {
        self.forms.get(form).map_or(f64::NAN, |of| of.mean_ratio)
    }

    /// Sectors largest first by Type I of `output`, `value_added`, `imports` or `jobs`, or by `code`.
    ///
    /// # Errors
    /// A column that is none of these.
    pub fn sorted_by(&self, column: &str) -> Result<Self> {
        let mut order: Vec<usize> = (0..self.sectors.len()).collect();
        let values = match column {
            "code" => {
                order.sort_by(|a, b| self.sectors[*a].code.cmp(&self.sectors[*b].code));
                return self.only(&order);
            }
            "output" => &self.type1.output,
            "value_added" => &self.type1.value_added,
            "imports" => &self.type1.imports,
            "jobs" => &self.type1.jobs,
            other => {
                return Err(Error::invalid(said!(
                    "there is no column '{other}' to sort by; there are code, output, value_added, imports, jobs",
                    "정렬 기준으로 쓸 '{other}' 열이 없습니다. 쓸 수 있는 열: code, output, value_added, imports, jobs"
                )));
            }
        };
        order.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
        self.only(&order)
    }

    /// The sectors at some positions, in their order; what is of the whole table stays.
    ///
    /// ```
    /// use leontief::{AnyTable, analysis::HouseholdForms, model::{Earnings, ImportTreatment}};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let forms = HouseholdForms::of(&table, ImportTreatment::Domestic, Earnings::default())?;
    /// let first = forms.sorted_by("output")?.only(&[0])?;
    /// assert_eq!(first.sectors[0].code, "33"); // 2.4846 of output, Type I
    /// assert_eq!(first.mean_ratio(0), forms.mean_ratio(0)); // of all sectors
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A position that there is not.
    pub fn only(&self, positions: &[usize]) -> Result<Self> {
        let n = self.sectors.len();
        if let Some(at) = positions.iter().find(|at| **at >= n) {
            return Err(Error::invalid(said!(
                "there is no sector at position {at}: there are {n}, from 0",
                "위치 {at}에 부문이 없습니다. 부문은 {n}개이고 위치는 0부터 셉니다"
            )));
        }
        let pick = |of: &Measures<Vec<f64>>| {
            let of = of.clone();
            of.map(|values| -> Vec<f64> { positions.iter().map(|at| values[*at]).collect() })
        };
        let forms = self.forms.iter().map(|form| HouseholdForm {
            type2: pick(&form.type2),
            ..form.clone()
        });
        Ok(HouseholdForms {
            provenance: self.provenance.clone(),
            sectors: positions
                .iter()
                .map(|at| self.sectors[*at].clone())
                .collect(),
            type1: pick(&self.type1),
            forms: forms.collect(),
        })
    }
}

/// The mean of the ratios of sectors that have output.
fn mean_ratio(type1: &[f64], type2: &[f64]) -> f64 {
    let both = type2.iter().zip(type1).filter(|(_, type1)| **type1 != 0.0);
    let ratios: Vec<f64> = both.map(|(type2, type1)| type2 / type1).collect();
    ratios.iter().sum::<f64>() / ratios.len() as f64
}
