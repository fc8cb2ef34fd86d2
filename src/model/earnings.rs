//! What households earn of an output, which closes a model for them (Type II), in three definitions.
//!
//! | definition | income per unit of output | |
//! | --- | --- | --- |
//! | compensation | w | what employers pay for employees |
//! | mixed | w + g | and what the self-employed earn, g, a part of operating surplus |
//! | disposable | (1 - t - c) (w + g) | less income taxes t and contributions c to social insurance |
//!
//! Tables seldom tell g. With the self-employed taken to earn what employees of their sector do, it is
//! w (jobs - employees) / employees, at most operating surplus (Gollin 2002, "Getting income shares right",
//! third adjustment); or a stated share of operating surplus.
//!
//! Of it households spend a share. The table's own is consumption over compensation and operating surplus, of
//! disposable income over what taxes leave of these: an average, in which taxes cancel out. A marginal share is
//! stated.

use super::households::{Habits, Households};
use super::{ImportTreatment, import_shares};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::{Coefficients, FinalDemandRole, OtherInputRole, PrimaryInputRole, Table};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// Which income of households is spent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum IncomeKind {
    /// Compensation of employees: the default.
    #[default]
    Compensation,
    /// And mixed income of the self-employed.
    Mixed,
    /// The same after income taxes and contributions.
    Disposable,
}

impl IncomeKind {
    /// All of them.
    pub const ALL: [IncomeKind; 3] = [
        IncomeKind::Compensation,
        IncomeKind::Mixed,
        IncomeKind::Disposable,
    ];

    /// Its name: "disposable".
    pub fn id(self) -> &'static str {
        match self {
            IncomeKind::Compensation => "compensation",
            IncomeKind::Mixed => "mixed",
            IncomeKind::Disposable => "disposable",
        }
    }
}

/// What households earn and how much of it they spend.
///
/// ```
/// use leontief::model::{Closure, Earnings, ImportTreatment, IncomeKind};
/// use leontief::{AnyTable, Model};
/// let table = AnyTable::open("kr-2023-33")?;
/// let model = |of| {
///     let earnings = Earnings { of, taxes: 0.05, contributions: 0.09, ..Earnings::default() };
///     Model::with(&table, ImportTreatment::Domestic, Closure::Earning(earnings))
/// };
/// let type2 = |model: &Model| model.rows().total().output.sum() / 33.0;
/// let compensation = type2(&model(IncomeKind::Compensation)?);
/// let mixed = type2(&model(IncomeKind::Mixed)?);
/// // Taxes are in the average share of the table already: they cancel out.
/// let disposable = type2(&model(IncomeKind::Disposable)?);
/// assert!(mixed > compensation && (disposable - mixed).abs() < 1e-9);
/// # Ok::<(), leontief::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Earnings {
    /// Which income.
    pub of: IncomeKind,
    /// The share of operating surplus that is mixed income; `None` to impute it by sector from the pay of
    /// employees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mixed_share: Option<f64>,
    /// Income taxes over income, for disposable income.
    #[serde(default)]
    pub taxes: f64,
    /// Contributions to social insurance over income, for disposable income.
    #[serde(default)]
    pub contributions: f64,
    /// The share of this income that is spent; `None` for the table's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
}

impl Earnings {
    /// Compensation, of which this share is spent.
    pub fn of_compensation(share: Option<f64>) -> Self {
        Earnings {
            share,
            ..Earnings::default()
        }
    }

    /// 1 - t - c: what is left of a unit of pay.
    pub fn kept(&self) -> f64 {
        match self.of {
            IncomeKind::Disposable => 1.0 - self.taxes - self.contributions,
            _ => 1.0,
        }
    }

    /// Whether mixed income is imputed from the pay of employees.
    pub fn is_imputed(&self) -> bool {
        self.of != IncomeKind::Compensation && self.mixed_share.is_none()
    }

    /// Income per unit of output, n.
    ///
    /// # Errors
    /// A table without compensation, or without what mixed income is worked out from; rates that leave nothing;
    /// a share outside `[0, 1]`.
    pub fn per_output(&self, coefficients: &Coefficients) -> Result<DVector<f64>> {
        let id = &coefficients.meta().id;
        let part = |role| coefficients.primary_input(role).cloned();
        let pay = part(PrimaryInputRole::Compensation)
            .ok_or_else(|| lacks(id, said!("compensation of employees", "피용자보수")))?;
        if self.of == IncomeKind::Compensation {
            return Ok(pay);
        }
        let kept = self.kept();
        let rates = [self.taxes, self.contributions];
        if !(kept > 0.0 && rates.iter().all(|rate| (0.0..1.0).contains(rate))) {
            return Err(Error::invalid(said!(
                "income taxes of {taxes} and contributions of {contributions} of income: each is a share from 0, \
                 and both leave something",
                "소득세율 {taxes}, 사회보험료율 {contributions}: 각각 0 이상의 비율이고 합은 1 미만이어야 합니다",
                taxes = self.taxes,
                contributions = self.contributions
            )));
        }
        let surplus = part(PrimaryInputRole::OperatingSurplus)
            .ok_or_else(|| lacks(id, said!("operating surplus", "영업잉여")))?;
        let mixed = match self.mixed_share {
            Some(share) if (0.0..=1.0).contains(&share) => surplus.map(|v| v.max(0.0) * share),
            Some(share) => {
                return Err(Error::invalid(said!(
                    "mixed income is a share of operating surplus in 0..1, not {share}",
                    "혼합소득은 영업잉여의 0에서 1 사이 비율이어야 하나 {share}입니다"
                )));
            }
            None => {
                let persons = |account: &str| coefficients.account(account);
                let (Some(jobs), Some(employees)) = (persons("jobs"), persons("employees")) else {
                    return Err(Error::invalid(said!(
                        "table {id} does not tell employees from all employed, from which mixed income is \
                         imputed: state its share of operating surplus",
                        "산업연관표 {id}에 취업자와 피용자의 구분이 없어 혼합소득을 추정할 수 없습니다. 영업잉여 중 \
                         혼합소득 비율을 지정하십시오"
                    )));
                };
                DVector::from_fn(pay.len(), |j, _| {
                    let most = surplus[j].max(0.0);
                    match employees[j] > 0.0 {
                        true => (pay[j] * (jobs[j] - employees[j]) / employees[j]).clamp(0.0, most),
                        // Nobody is employed: all who work there are their own masters.
                        false if jobs[j] > 0.0 => most,
                        false => 0.0,
                    }
                })
            }
        };
        Ok((pay + mixed) * kept)
    }
}

fn lacks(id: &str, Text { en, ko }: Text) -> Error {
    Error::invalid(said!(
        "table {id} has no {en}: no household closure",
        "산업연관표 {id}에 {ko}이(가) 없어 가계를 내생화할 수 없습니다"
    ))
}

impl Habits {
    /// The habits of a table's households, by what they are taken to earn: they spend on what the table's
    /// households consume.
    ///
    /// # Errors
    /// As [`Earnings::per_output`]; a table without household consumption; a share outside `[0, 1.5]`.
    pub fn earning(table: &Table, earnings: &Earnings, imports: ImportTreatment) -> Result<Self> {
        let income = earnings.per_output(&table.coefficients())?;
        let role = FinalDemandRole::Household;
        let mut domestic = table.domestic_demand_for(role);
        let mut imported = table.imported_demand_for(role);
        let spent = table.demand_in_all(role);
        if !(spent > 0.0) {
            return Err(lacks(
                &table.meta().id,
                said!("household consumption", "민간소비"),
            ));
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
        let share = match earnings.share {
            Some(share) => share,
            None => Households::default_share(table)? / earnings.kept(),
        };
        let other = |of| table.other_demand_for(role, of) / spent;
        let habits = Habits::new(share, income, domestic, imported)?.with_other_purchases(
            other(OtherInputRole::Imports),
            other(OtherInputRole::ProductTaxes),
        )?;
        Ok(habits.of_earnings(*earnings))
    }
}
