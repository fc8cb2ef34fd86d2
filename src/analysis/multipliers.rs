//! Multipliers by sector: what a unit of final demand for a domestic product sets off (유발계수).
//!
//! With L = (I - Ad)^-1: output 1'L, value added v'L, imports 1'Am L, accounts e'L; the influence
//! index (영향력계수, power of dispersion) is the column sum of L over the mean column sum, the
//! sensitivity index (감응도계수, sensitivity of dispersion) the row sum over the mean row sum
//! (Miller & Blair, 3rd ed., ch. 6 and 12; Rasmussen 1957). Type II adds what households spend
//! of their labour income, so that L becomes the n x n part of the inverse closed for households.

mod columns;
mod forms;
mod measures;
mod taxes;

pub use forms::{Form, MultiplierForm};
pub(crate) use measures::{Measure, measure, measures, set_off};

use super::provenance::Provenance;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::memory;
use crate::model::{Earnings, Households, ImportTreatment, Model};
use crate::scenario::Note;
use crate::table::{Account, AnyTable, PrimaryInputRole, Sector};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// Whether what households spend counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MultiplierType {
    /// Suppliers only: households are outside. BOK's inducement coefficients.
    #[default]
    Type1,
    /// With the spending of labour income, in all rounds.
    Type2,
}

impl MultiplierType {
    /// The households whose spending counts: none in Type I.
    pub(crate) fn households(self, model: &Model) -> Result<Option<&Households>> {
        match self {
            MultiplierType::Type1 => Ok(None),
            MultiplierType::Type2 => model.households().map(Some).ok_or_else(|| {
                Error::invalid(said!(
                    "table {table}: Type II multipliers need a model closed for households",
                    "산업연관표 {table}: Type II 승수를 구하려면 가계를 내생화한 모형이 필요합니다",
                    table = model.coefficients().meta().id
                ))
            }),
        }
    }
}

/// How imports enter the inverse: as a model takes them, or as only multipliers can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ImportForm {
    /// (I - Ad)^-1: see [`ImportTreatment::Domestic`].
    Domestic,
    /// (I - (I - m)A)^-1: see [`ImportTreatment::Competitive`].
    Competitive,
    /// (I - A)^-1: see [`ImportTreatment::Total`].
    Total,
    /// (I - A + M^)^-1: see [`Multipliers::competitive_bok`].
    CompetitiveBok,
}

impl From<ImportTreatment> for ImportForm {
    fn from(treatment: ImportTreatment) -> Self {
        match treatment {
            ImportTreatment::Domestic => ImportForm::Domestic,
            ImportTreatment::Competitive => ImportForm::Competitive,
            ImportTreatment::Total => ImportForm::Total,
        }
    }
}

/// The multipliers of every sector of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Multipliers {
    /// The table.
    pub provenance: Provenance,
    /// Type I or II.
    #[serde(rename = "type")]
    pub kind: MultiplierType,
    /// How imports enter the inverse.
    pub imports: ImportForm,
    /// The share of labour income that households spend; `None` for Type I.
    pub household_share: Option<f64>,
    /// Which income they earn, where it is not compensation of employees alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub households: Option<Earnings>,
    /// The satellite accounts, in the order of [`SectorMultipliers::accounts`].
    pub accounts: Vec<Account>,
    /// One entry for each sector.
    pub sectors: Vec<SectorMultipliers>,
    /// What must be said of figures that the table does not bring: accounts of a file.
    #[serde(default)]
    pub notes: Vec<Note>,
}

/// What one unit of final demand for a sector's domestic product sets off, anywhere at home.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SectorMultipliers {
    /// The sector.
    pub sector: Sector,
    /// Output per unit (생산유발계수).
    pub output: f64,
    /// Value added per unit (부가가치유발계수).
    pub value_added: f64,
    /// Imports per unit (수입유발계수); Type II with what households import themselves.
    pub imports: f64,
    /// Compensation of employees per unit, where the table has it.
    pub income: Option<f64>,
    /// Compensation of employees set off anywhere over that of the sector's own production: the
    /// income multiplier (Miller & Blair, 3rd ed., ch. 6). `None` where the sector pays none.
    pub income_ratio: Option<f64>,
    /// Net taxes on production per unit (생산세유발계수), where the table has them.
    pub production_taxes: Option<f64>,
    /// Taxes less subsidies on the products that sectors use, per unit, where the table sets them apart; Type II
    /// with those that households pay themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_taxes: Option<f64>,
    /// Accounts, each per **billion** of the currency (취업유발계수: persons per billion won).
    pub accounts: Vec<f64>,
    /// Each account set off anywhere over that of the sector's own production: jobs per job of its
    /// own (취업승수). `None` where the sector has none of its own.
    pub account_ratios: Vec<Option<f64>>,
    /// What one unit of the sector's own output takes and gives, before anybody supplies anything.
    pub own: OwnCoefficients,
    /// Whether the product is made at home. One that is not is imported in full: imports are 1 and all
    /// else is 0, and the indices' means leave it out.
    #[serde(default = "made")]
    pub made: bool,
    /// Influence index (영향력계수); the mean over all sectors is 1.
    pub influence: f64,
    /// Sensitivity index (감응도계수); the mean over all sectors is 1.
    pub sensitivity: f64,
}

/// The coefficients of a sector's own production: per unit of its output.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OwnCoefficients {
    /// Value added.
    pub value_added: f64,
    /// Imported inputs.
    pub imports: f64,
    /// Compensation of employees, where the table has it.
    pub income: Option<f64>,
    /// Net taxes on production, where the table has them.
    pub production_taxes: Option<f64>,
    /// Taxes less subsidies on the products it uses, where the table sets them apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_taxes: Option<f64>,
    /// Accounts, each per **billion** of the currency.
    pub accounts: Vec<f64>,
}

fn made() -> bool {
    true
}

impl Multipliers {
    /// The multipliers of a model, by solves; the inverse is not formed.
    ///
    /// ```
    /// use leontief::analysis::{MultiplierType, Multipliers};
    /// let table = leontief::AnyTable::open("kr-2023-33")?;
    /// let model = leontief::Model::new(&table)?;
    /// let all = Multipliers::of(&model, MultiplierType::Type1)?;
    /// // BOK, 2023: agriculture 1.964069, and 1.038462 times the average.
    /// assert!((all.sectors[0].output - 1.964069).abs() < 3e-6);
    /// assert!((all.sectors[0].influence - 1.038462).abs() < 3e-6);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Type II of an open model.
    pub fn of(model: &Model, kind: MultiplierType) -> Result<Self> {
        let coefficients = model.coefficients();
        let provenance = Provenance::of(coefficients.meta());
        let households = kind.households(model)?;
        let induced = |per_output: &DVector<f64>| match kind {
            MultiplierType::Type1 => model.inducement_row(per_output),
            MultiplierType::Type2 => model
                .inducement_row_type2(per_output)
                .unwrap_or_else(|| model.inducement_row(per_output)),
        };
        let rows = model.rows();
        let measures = match kind {
            MultiplierType::Type1 => rows.type1.clone(),
            MultiplierType::Type2 => rows.total(),
        };
        // What is not made at home is imported: 1 of imports, and nothing else.
        let made: Vec<bool> = {
            let sectors = 0..model.sectors().len();
            sectors.map(|j| coefficients.is_made(j)).collect()
        };
        let among_made = |mut row: DVector<f64>| {
            row.iter_mut().zip(&made).for_each(|(v, made)| {
                if !made {
                    *v = 0.0;
                }
            });
            row
        };
        let output = among_made(measures.output);
        let value_added = measures.value_added;
        let mut imports = measures.imports;
        imports.iter_mut().zip(&made).for_each(|(v, made)| {
            if !made {
                *v = 1.0;
            }
        });
        let wages = coefficients.primary_input(PrimaryInputRole::Compensation);
        let income = wages.map(induced);
        let taxes = coefficients.primary_input(PrimaryInputRole::NetProductionTaxes);
        let production_taxes = taxes.map(induced);
        let on_products = coefficients.product_taxes();
        let mut product_taxes = on_products.as_ref().map(induced);
        if let (Some(row), Some(households), Some(spending)) = (
            &mut product_taxes,
            households,
            model.household_spending_row(),
        ) {
            *row += spending * households.product_taxes();
        }
        let at = |row: Option<&DVector<f64>>, j: usize| row.map(|row| row[j]);
        let ratio = |all: Option<f64>, own: Option<f64>| match (all, own) {
            (Some(all), Some(own)) if own != 0.0 => Some(all / own),
            _ => None,
        };
        let per_billion = provenance.units_per_billion();
        // Of the sector's own production, and set off anywhere.
        let accounts: Vec<(DVector<f64>, DVector<f64>)> = coefficients
            .accounts()
            .iter()
            .map(|(_, per_unit)| (per_unit * per_billion, induced(per_unit) * per_billion))
            .collect();
        let sensitivity = over_mean(&among_made(row_sums(model, kind)), &made);
        let influence = over_mean(&output, &made);
        let sectors = model
            .sectors()
            .iter()
            .enumerate()
            .map(|(j, sector)| SectorMultipliers {
                sector: sector.clone(),
                output: output[j],
                value_added: value_added[j],
                imports: imports[j],
                income: at(income.as_ref(), j),
                income_ratio: ratio(at(income.as_ref(), j), at(wages, j)),
                production_taxes: at(production_taxes.as_ref(), j),
                product_taxes: at(product_taxes.as_ref(), j),
                accounts: accounts.iter().map(|(_, all)| all[j]).collect(),
                account_ratios: accounts
                    .iter()
                    .map(|(own, all)| ratio(Some(all[j]), Some(own[j])))
                    .collect(),
                own: OwnCoefficients {
                    value_added: coefficients.value_added()[j],
                    imports: rows.per_output.imports[j],
                    income: at(wages, j),
                    production_taxes: at(taxes, j),
                    product_taxes: at(on_products.as_ref(), j),
                    accounts: accounts.iter().map(|(own, _)| own[j]).collect(),
                },
                made: made[j],
                influence: influence[j],
                sensitivity: sensitivity[j],
            })
            .collect();
        Ok(Multipliers {
            provenance,
            kind,
            imports: model.imports().into(),
            household_share: households.map(Households::share_spent),
            households: households.and_then(Households::stated_earnings),
            accounts: coefficients
                .accounts()
                .iter()
                .map(|(account, _)| account.clone())
                .collect(),
            sectors,
            notes: Vec::new(),
        })
    }

    /// The multipliers of a unit of final demand for a product whether it is made at home or not, as BOK's
    /// manual writes the competitive form (경쟁수입형): (I - A + M^)^-1, A = Ad + Am, M^ imports over output.
    ///
    /// With d_i = 1 / (1 + m_i) = x_i / (x_i + imports), the share of supply that is made at home, it is
    /// (I - d^ A)^-1 d^: each use is met at home in that share, and so is the demand itself. Type I.
    ///
    /// ```
    /// use leontief::{AnyTable, analysis::Multipliers};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let mining = &Multipliers::competitive_bok(&table)?.sectors[1];
    /// assert!(mining.imports > 0.9); // nearly all that is mined for Korea is mined abroad
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table without flows, or that is not productive.
    pub fn competitive_bok(table: &AnyTable) -> Result<Self> {
        let flows = table.flows(said!("the competitive-import form", "경쟁수입형"))?;
        let coefficients = flows.coefficients();
        coefficients
            .need_products_of_imports(said!("the competitive-import form", "경쟁수입형"))?;
        let what = said!("this form of imports", "이 수입 처리 방식에");
        memory::check_matrices(2, flows.sectors().len(), &what)?;
        let blocks = flows.flows();
        let imports = blocks.imported.column_sum() + blocks.imported_final_demand.column_sum();
        let home = flows.output().zip_map(&imports, |x, m| match x + m > 0.0 {
            true => x / (x + m),
            false => 0.0,
        });
        let model = Model::from_coefficients(coefficients.met_at_home(&home))?;
        let mut all = Multipliers::of(&model, MultiplierType::Type1)?;
        all.imports = ImportForm::CompetitiveBok;
        for (of, home) in all.sectors.iter_mut().zip(home.iter()) {
            of.output *= home;
            of.value_added *= home;
            of.imports = of.imports * home + (1.0 - home);
            of.income = of.income.map(|v| v * home);
            of.production_taxes = of.production_taxes.map(|v| v * home);
            of.product_taxes = of.product_taxes.map(|v| v * home);
            of.accounts.iter_mut().for_each(|v| *v *= home);
        }
        let made: Vec<bool> = all.sectors.iter().map(|s| s.made).collect();
        let outputs = DVector::from_iterator(made.len(), all.sectors.iter().map(|s| s.output));
        let influence = over_mean(&outputs, &made);
        let sensitivity = over_mean(&model.output_for(&home), &made);
        for (j, of) in all.sectors.iter_mut().enumerate() {
            (of.influence, of.sensitivity) = (influence[j], sensitivity[j]);
        }
        Ok(all)
    }
}

/// L 1, n: each sector's output where one unit of every product is demanded (Type II with what
/// households then buy).
fn row_sums(model: &Model, kind: MultiplierType) -> DVector<f64> {
    let ones = DVector::from_element(model.sectors().len(), 1.0);
    let sums = model.output_for(&ones);
    match (kind, model.households()) {
        (MultiplierType::Type2, Some(households)) => {
            let induced = households.induced_by(&sums).output;
            sums + induced
        }
        _ => sums,
    }
}

/// Sums over their mean among the sectors that make something.
fn over_mean(sums: &DVector<f64>, made: &[bool]) -> DVector<f64> {
    let count = made.iter().filter(|made| **made).count();
    sums * (count as f64 / sums.sum())
}

#[cfg(test)]
mod tests;
