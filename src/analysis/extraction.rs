//! What the economy would be without a sector, or without a part of it (가상적 추출법).
//!
//! Hypothetical extraction (Dietzenbacher & Lahr 2013; Miller & Blair, 3rd ed., ch. 12): a share s of what a set
//! K of sectors sells or buys at home is taken out, and what output, value added and jobs lose is what hangs on
//! it. With x = L f, L = (I - Ad)^-1:
//!
//! ```text
//! total      rows K of Ad and f_K times 1 - s: that share of all that is bought of K comes from abroad
//! backward   columns K of Ad times 1 - s: K buys that share of its domestic inputs abroad
//! forward    rows K of B = x^-1 Zd times 1 - s: that share of what others use of K is not supplied (Ghosh)
//! ```
//!
//! With s = 1 the first is the extraction of K altogether. In the first two **imports replace** what is taken
//! out, so that what remains goes on as it did; value added that is lost is then to the won the imports that come in
//! its place less the imported inputs that are no longer needed. In the third nothing replaces it.
//!
//! No system is factorised anew. I - Ad changes in as many rows or columns as K has sectors, and with E the
//! unit columns of K (Sherman, Morrison & Woodbury; A L = L A = L - I)
//!
//! ```text
//! total      x - x* = s L E (f_K + W (y_K - f*_K)),  y = L f*,  f* = f - s E f_K
//! backward   x - x* = s (L - I) E W x_K
//! forward    (x - x*)' = s 1_K' W E'(L - I) x^             W = (I + s (L_KK - I))^-1
//! ```
//!
//! which takes K columns (or rows) of L; and every sector by itself takes the diagonal of L and a solve a measure.

use super::Provenance;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::Model;
use crate::table::{Account, AnyTable, PrimaryInputRole, SectorName};
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// What of the sectors is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum ExtractionKind {
    /// All that is bought of them: they are gone, or smaller by the share.
    #[default]
    Total,
    /// Their purchases at home.
    Backward,
    /// Their sales to other producers, by the supply-driven model.
    Forward,
}

/// What is lost where sectors are taken out together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Extraction {
    /// The table behind it.
    pub provenance: Provenance,
    /// What of them is taken out.
    pub extracts: ExtractionKind,
    /// Which share of it.
    pub share: f64,
    /// The positions of the sectors that are taken out.
    pub extracted: Vec<usize>,
    /// The sectors, n.
    pub sectors: Vec<SectorName>,
    /// Output lost by sector, n, in the table's unit.
    pub output: Vec<f64>,
    /// Value added lost, n.
    pub value_added: Vec<f64>,
    /// Imported inputs that are no longer needed, by the sector that used them, n.
    pub imports: Vec<f64>,
    /// Labour income lost, n; empty where the table does not tell it.
    #[serde(default)]
    pub income: Vec<f64>,
    /// What is lost of each satellite account, n each, in its own unit.
    pub accounts: Vec<(Account, Vec<f64>)>,
    /// Purchases at home that imports replace; nothing in the forward kind.
    pub replaced: f64,
    /// What all sectors make as they are: output, in the table's unit.
    pub output_before: f64,
    /// Their value added.
    pub value_added_before: f64,
}

/// Every sector taken out by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ExtractionRanking {
    /// The table behind it.
    pub provenance: Provenance,
    /// What of each is taken out.
    pub extracts: ExtractionKind,
    /// Which share of it.
    pub share: f64,
    /// The sectors, n.
    pub sectors: Vec<SectorName>,
    /// What is lost of each measure: "output", "value_added", "imports", "income" where the table tells it, and the
    /// accounts.
    pub measures: Vec<LostMeasure>,
}

/// A measure that is lost where each sector is taken out by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LostMeasure {
    /// Its name.
    pub measure: String,
    /// The account that it is, where it is one.
    pub account: Option<Account>,
    /// What the whole economy has of it.
    pub before: f64,
    /// Lost in all, by the sector that is taken out, n.
    pub all: Vec<f64>,
    /// Lost by the other sectors, n.
    pub others: Vec<f64>,
}

impl Extraction {
    /// What is lost where `share` of some sectors is taken out, those of the positions `extracted` together.
    ///
    /// ```
    /// use leontief::{AnyTable, Model};
    /// use leontief::analysis::extraction::{Extraction, ExtractionKind};
    ///
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let model = Model::from_coefficients(table.coefficients())?;
    /// let semiconductors = table.sectors().find("컴퓨터")?;
    /// let lost = Extraction::of(&table, &model, &[semiconductors], ExtractionKind::Total, 1.0)?;
    /// // Value added that is lost is what imports come to in its place, less imported inputs saved.
    /// let value_added: f64 = lost.value_added.iter().sum();
    /// let imports = lost.replaced - lost.imports.iter().sum::<f64>();
    /// assert!((value_added / imports - 1.0).abs() < 1e-9);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table without output; a sector twice, one that it does not have or that makes nothing; a share that is not
    /// above 0 and up to 1.
    pub fn of(
        table: &AnyTable,
        model: &Model,
        extracted: &[usize],
        kind: ExtractionKind,
        share: f64,
    ) -> Result<Self> {
        let x = table.needed_output(said!("extraction", "가상적 추출"))?;
        check_share(share)?;
        model.check_sectors(extracted.iter().copied())?;
        let coefficients = model.coefficients();
        for (at, sector) in extracted.iter().enumerate() {
            let name = model.sectors().get(*sector);
            if extracted[..at].contains(sector) {
                return Err(Error::invalid(said!(
                    "sector {name} is named twice",
                    "{name} 부문이 두 번 지정되었습니다"
                )));
            }
            if !coefficients.is_made(*sector) {
                return Err(Error::invalid(said!(
                    "sector {name} has no output: there is nothing to take out",
                    "{name} 부문은 산출이 없어 추출할 것이 없습니다"
                )));
            }
        }
        let lost = lost_output(model, x, extracted, kind, share)?;
        let by = |per_output: &DVector<f64>| -> Vec<f64> {
            lost.component_mul(per_output).iter().copied().collect()
        };
        let imports = coefficients.imports_per_output();
        let accounts = coefficients.accounts().iter();
        Ok(Extraction {
            provenance: Provenance::of(table.meta()),
            extracts: kind,
            share,
            extracted: extracted.to_vec(),
            sectors: SectorName::all(model.sectors()),
            value_added: by(coefficients.value_added()),
            imports: by(&imports),
            income: coefficients
                .primary_input(PrimaryInputRole::Compensation)
                .map_or_else(Vec::new, by),
            accounts: accounts
                .map(|(account, per)| (account.clone(), by(per)))
                .collect(),
            replaced: replaced(model, x, &lost, extracted, kind, share),
            output_before: x.sum(),
            value_added_before: coefficients.value_added().dot(x),
            output: lost.iter().copied().collect(),
        })
    }
}

impl ExtractionRanking {
    /// Every sector of a table taken out by itself.
    ///
    /// ```
    /// use leontief::{AnyTable, Model};
    /// use leontief::analysis::extraction::{ExtractionKind, ExtractionRanking};
    ///
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let model = Model::from_coefficients(table.coefficients())?;
    /// let ranking = ExtractionRanking::of(&table, &model, ExtractionKind::Total, 1.0)?;
    /// let output = &ranking.measures[0];
    /// let first = output.others.iter().copied().fold(0.0, f64::max);
    /// // Nothing pulls more at others than construction (19).
    /// assert_eq!(first, output.others[18]);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table without output; a share that is not above 0 and up to 1.
    pub fn of(table: &AnyTable, model: &Model, kind: ExtractionKind, share: f64) -> Result<Self> {
        let x = table.needed_output(said!("extraction", "가상적 추출"))?;
        check_share(share)?;
        let coefficients = model.coefficients();
        let n = x.len();
        let own = diagonal(model);
        let f = model.final_demand_for(x);
        let imports = coefficients.imports_per_output();
        let mut measures: Vec<(String, Option<Account>, DVector<f64>)> = vec![
            ("output".to_owned(), None, DVector::from_element(n, 1.0)),
            (
                "value_added".to_owned(),
                None,
                coefficients.value_added().clone(),
            ),
            ("imports".to_owned(), None, imports),
        ];
        let income = coefficients.primary_input(PrimaryInputRole::Compensation);
        measures.extend(income.map(|per| ("income".to_owned(), None, per.clone())));
        let accounts = coefficients.accounts().iter();
        measures.extend(
            accounts.map(|(account, per)| (account.id.clone(), Some(account.clone()), per.clone())),
        );
        let lost = |per: &DVector<f64>| {
            let (all, own_loss): (DVector<f64>, DVector<f64>) = match kind {
                ExtractionKind::Forward => {
                    let sold = model.output_for(&per.component_mul(x)) - per.component_mul(x);
                    let own = DVector::from_fn(n, |k, _| (own[k] - 1.0) * x[k]);
                    (sold, own)
                }
                ExtractionKind::Backward => {
                    let bought = model.inducement_row(per) - per;
                    let own = DVector::from_fn(n, |k, _| (own[k] - 1.0) * x[k]);
                    (bought.component_mul(x), own)
                }
                ExtractionKind::Total => {
                    // f_k + W (y_k - f*_k), that share of which each column of L loses.
                    let induced = model.inducement_row(per);
                    let per_column = DVector::from_fn(n, |k, _| {
                        let w = 1.0 / (1.0 + share * (own[k] - 1.0));
                        let left = x[k] - share * own[k] * f[k] - (1.0 - share) * f[k];
                        f[k] + w * left
                    });
                    (
                        induced.component_mul(&per_column),
                        own.component_mul(&per_column),
                    )
                }
            };
            let by = |k: usize| match kind {
                ExtractionKind::Total => share,
                _ => share / (1.0 + share * (own[k] - 1.0)),
            };
            let all: Vec<f64> = (0..n).map(|k| by(k) * all[k]).collect();
            let others = (0..n).map(|k| all[k] - by(k) * per[k] * own_loss[k]);
            let others = others.collect();
            (all, others)
        };
        let measures = measures.into_iter().map(|(measure, account, per)| {
            let (all, others) = lost(&per);
            LostMeasure {
                measure,
                account,
                before: per.dot(x),
                all,
                others,
            }
        });
        Ok(ExtractionRanking {
            provenance: Provenance::of(table.meta()),
            extracts: kind,
            share,
            sectors: SectorName::all(model.sectors()),
            measures: measures.collect(),
        })
    }

    /// A measure by its name.
    pub fn measure(&self, name: &str) -> Option<&LostMeasure> {
        self.measures.iter().find(|of| of.measure == name)
    }
}

fn check_share(share: f64) -> Result<()> {
    if share > 0.0 && share <= 1.0 {
        return Ok(());
    }
    Err(Error::invalid(said!(
        "a share of {share} cannot be taken out: write one above 0 and up to 1",
        "{share}의 비율은 추출할 수 없습니다. 0보다 크고 1 이하인 비율을 쓰십시오"
    )))
}

/// x - x*, by sector.
fn lost_output(
    model: &Model,
    x: &DVector<f64>,
    extracted: &[usize],
    kind: ExtractionKind,
    share: f64,
) -> Result<DVector<f64>> {
    let (n, k) = (x.len(), extracted.len());
    let mut unit = DMatrix::zeros(n, k);
    for (at, sector) in extracted.iter().enumerate() {
        unit[(*sector, at)] = 1.0;
    }
    let of = |v: &DVector<f64>| DVector::from_fn(k, |at, _| v[extracted[at]]);
    let forward = kind == ExtractionKind::Forward;
    // Columns K of L, or rows K as columns.
    let l = match forward {
        true => model.inducement_rows(&unit),
        false => model.outputs_for(&unit),
    };
    let l_kk = DMatrix::from_fn(k, k, |i, j| match forward {
        true => l[(extracted[j], i)],
        false => l[(extracted[i], j)],
    });
    let identity = DMatrix::identity(k, k);
    let w = (&identity + (&l_kk - &identity) * share).lu();
    let solved = |right: &DVector<f64>| {
        w.solve(right).ok_or_else(|| {
            Error::invalid(said!(
                "the sectors cannot be taken out: what remains has no solution",
                "해당 부문을 추출하면 남은 체계의 해가 없습니다"
            ))
        })
    };
    Ok(match kind {
        ExtractionKind::Total => {
            let f = of(&model.final_demand_for(x));
            let (y, f_left) = (of(x) - &l_kk * &f * share, &f * (1.0 - share));
            &l * (&f + solved(&(y - f_left))?) * share
        }
        ExtractionKind::Backward => (&l - &unit) * solved(&of(x))? * share,
        ExtractionKind::Forward => {
            // 1' W is the solution of W^-T.
            let transposed = (&identity + (l_kk.transpose() - &identity) * share).lu();
            let weights = transposed.solve(&DVector::from_element(k, 1.0));
            let weights = weights.unwrap_or_else(|| DVector::zeros(k));
            ((&l - &unit) * weights * share).component_mul(x)
        }
    })
}

/// Purchases at home that imports replace: s (A_K. x* + f_K), or s 1'A_.K x*_K.
fn replaced(
    model: &Model,
    x: &DVector<f64>,
    lost: &DVector<f64>,
    extracted: &[usize],
    kind: ExtractionKind,
    share: f64,
) -> f64 {
    let left = x - lost;
    let domestic = model.coefficients().domestic();
    match kind {
        ExtractionKind::Forward => 0.0,
        ExtractionKind::Total => {
            let (bought, f) = (domestic * &left, model.final_demand_for(x));
            let each = extracted.iter().map(|k| bought[*k] + f[*k]);
            share * each.sum::<f64>()
        }
        ExtractionKind::Backward => {
            let inputs = domestic.row_sum();
            let each = extracted.iter().map(|k| inputs[*k] * left[*k]);
            share * each.sum::<f64>()
        }
    }
}

/// Columns of L that are formed at once.
const AT_ONCE: usize = 256;

/// The diagonal of L.
fn diagonal(model: &Model) -> DVector<f64> {
    let n = model.sectors().len();
    let mut diagonal = DVector::zeros(n);
    for first in (0..n).step_by(AT_ONCE) {
        let some = AT_ONCE.min(n - first);
        let mut unit = DMatrix::zeros(n, some);
        for at in 0..some {
            unit[(first + at, at)] = 1.0;
        }
        let columns = model.outputs_for(&unit);
        for at in 0..some {
            diagonal[first + at] = columns[(first + at, at)];
        }
    }
    diagonal
}

#[cfg(test)]
mod tests;
