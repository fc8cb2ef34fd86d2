//! Input coefficients: what one unit of output needs.

use super::{Account, Classification, Matrix, Meta, PrimaryInputRole, Sector, Table};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::units::Measures;
use nalgebra::{DVector, RowDVector};
use std::sync::Arc;

/// Coefficients of `n` sectors, each per unit of the using sector's output.
///
/// Every column obeys 1'Ad + 1'Am + v' = 1'. A sector without output has zero coefficients: its product
/// is not made at home ([`Coefficients::is_made`]), and demand for it is imported.
#[derive(Debug, Clone)]
pub struct Coefficients {
    meta: Arc<Meta>,
    sectors: Arc<Classification>,
    domestic: Matrix,
    imported: Matrix,
    value_added: DVector<f64>,
    primary_inputs: Vec<(PrimaryInputRole, DVector<f64>)>,
    accounts: Vec<(Account, DVector<f64>)>,
}

/// How far a column of coefficients may be from 1 in all: published coefficients have six decimals.
const COLUMN_TOLERANCE: f64 = 1e-4;

impl Coefficients {
    /// Coefficients without flows: Ad and Am (n x n), v (n), and one vector for each account of the
    /// metadata, per unit of the table's money (persons per million won).
    ///
    /// # Errors
    /// A wrong shape, a value that is not finite, or a column whose parts do not add up to 1 within
    /// 1e-4, named by its sector.
    pub fn new(
        meta: Meta,
        sectors: Classification,
        domestic: impl Into<Matrix>,
        imported: impl Into<Matrix>,
        value_added: DVector<f64>,
        accounts: Vec<DVector<f64>>,
    ) -> Result<Self> {
        meta.check(&sectors)?;
        let (domestic, imported) = (domestic.into(), imported.into());
        let n = sectors.len();
        let right_shape = domestic.shape() == (n, n)
            && imported.shape() == (n, n)
            && value_added.len() == n
            && accounts.len() == meta.accounts.len()
            && accounts.iter().all(|a| a.len() == n);
        if !right_shape {
            return Err(Error::invalid(said!(
                "table {id}: the blocks do not all have {n} sectors",
                "산업연관표 {id}: 부문이 {n}개가 아닌 블록이 있습니다",
                id = meta.id
            )));
        }
        if let Some((j, sum)) = Coefficients::column_off(&domestic, &imported, &value_added) {
            let (id, why) = (&meta.id, Coefficients::not_one(sectors.get(j), sum));
            let (en, ko) = (why.en, why.ko);
            return Err(Error::invalid(said!(
                "table {id}: {en}",
                "산업연관표 {id}: {ko}"
            )));
        }
        let accounts = meta.accounts.iter().cloned().zip(accounts).collect();
        Ok(Coefficients {
            meta: Arc::new(meta),
            sectors: Arc::new(sectors),
            domestic,
            imported,
            value_added,
            primary_inputs: Vec::new(),
            accounts,
        })
    }

    /// The first column whose parts do not add up to 1, with their sum.
    pub(crate) fn column_off(
        domestic: &Matrix,
        imported: &Matrix,
        value_added: &DVector<f64>,
    ) -> Option<(usize, f64)> {
        let in_all: RowDVector<f64> =
            domestic.row_sum() + imported.row_sum() + value_added.transpose();
        // A sector that uses nothing and adds nothing has no output: zero coefficients are right.
        let off = |sum: f64| sum != 0.0 && !((sum - 1.0).abs() <= COLUMN_TOLERANCE);
        in_all
            .iter()
            .copied()
            .enumerate()
            .find(|(_, sum)| off(*sum))
    }

    /// What is wrong with the sector that [`Coefficients::column_off`] finds.
    pub(crate) fn not_one(sector: &Sector, sum: f64) -> Text {
        said!(
            "domestic, import and value-added coefficients of sector {sector} add up to {sum:.6}, not 1",
            "{sector} 부문의 국산·수입투입계수와 부가가치계수의 합이 {sum:.6}입니다. 1이어야 합니다"
        )
    }

    pub(crate) fn from_table(table: &Table) -> Self {
        let flows = table.flows();
        let inverse = flows.output.map(|x| if x > 0.0 { 1.0 / x } else { 0.0 });
        let per_output = |totals: &DVector<f64>| totals.component_mul(&inverse);
        Coefficients {
            meta: table.shared_meta(),
            sectors: table.shared_sectors(),
            domestic: flows.domestic.per_column(&inverse),
            imported: flows.imported.per_column(&inverse),
            value_added: per_output(&table.value_added()),
            primary_inputs: table
                .meta()
                .primary_inputs
                .iter()
                .enumerate()
                .map(|(row, input)| {
                    let totals = flows.primary_inputs.row(row).transpose();
                    (input.role, per_output(&totals))
                })
                .collect(),
            accounts: table
                .meta()
                .accounts
                .iter()
                .zip(&flows.satellites)
                .map(|(account, totals)| (account.clone(), per_output(totals)))
                .collect(),
        }
    }

    /// The same with other input matrices: how the competitive-import and the total form are made.
    pub(crate) fn with_inputs(&self, domestic: Matrix, imported: Matrix) -> Self {
        Coefficients {
            domestic,
            imported,
            ..self.clone()
        }
    }

    /// The same technology where each use of product i is met at home in the share `home[i]`: home^ A, and
    /// the rest of A = Ad + Am imported.
    pub(crate) fn met_at_home(&self, home: &DVector<f64>) -> Self {
        let all = self.domestic.dense() + self.imported.dense();
        let (mut domestic, mut imported) = (all.clone(), all);
        for (i, share) in home.iter().enumerate() {
            domestic.row_mut(i).scale_mut(*share);
            imported.row_mut(i).scale_mut(1.0 - share);
        }
        self.with_inputs(domestic.into(), imported.into())
    }

    /// The metadata of the table they belong to.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The sectors of rows and columns.
    pub fn sectors(&self) -> &Classification {
        &self.sectors
    }

    /// Whether a sector's product is made at home at all: whether it has coefficients. Demand for one that
    /// is not made has to be imported; nobody at home produces it, and so v'L + m'L = 1 has no place in
    /// its column.
    pub fn is_made(&self, sector: usize) -> bool {
        self.value_added[sector] != 0.0 || self.domestic.uses(sector) || self.imported.uses(sector)
    }

    /// Ad, n x n: domestic products used per unit of output (국산투입계수).
    pub fn domestic(&self) -> &Matrix {
        &self.domestic
    }

    /// Am, n x n: imported products used per unit of output (수입투입계수).
    pub fn imported(&self) -> &Matrix {
        &self.imported
    }

    /// 1'Am as a column, n: all imported inputs per unit of output.
    pub fn imports_per_output(&self) -> DVector<f64> {
        self.imported.row_sum().transpose()
    }

    /// v, n: value added per unit of output (부가가치계수).
    pub fn value_added(&self) -> &DVector<f64> {
        &self.value_added
    }

    /// The measures per unit of output, n each: 1, v, 1'Am, e; no jobs where the table has none.
    pub fn per_output(&self) -> Measures<DVector<f64>> {
        let n = self.sectors.len();
        Measures {
            output: DVector::from_element(n, 1.0),
            value_added: self.value_added.clone(),
            imports: self.imports_per_output(),
            jobs: self
                .account("jobs")
                .cloned()
                .unwrap_or_else(|| DVector::zeros(n)),
        }
    }

    /// The parts of value added per unit of output; empty where the table does not have them.
    pub fn primary_inputs(&self) -> &[(PrimaryInputRole, DVector<f64>)] {
        &self.primary_inputs
    }

    /// A part of value added per unit of output, n.
    pub fn primary_input(&self, role: PrimaryInputRole) -> Option<&DVector<f64>> {
        self.primary_inputs
            .iter()
            .find_map(|(r, v)| (*r == role).then_some(v))
    }

    /// The satellite accounts, each per unit of the table's money of output.
    pub fn accounts(&self) -> &[(Account, DVector<f64>)] {
        &self.accounts
    }

    /// A satellite account by its id, per unit of the table's money of output, n.
    pub fn account(&self, id: &str) -> Option<&DVector<f64>> {
        self.accounts
            .iter()
            .find_map(|(a, v)| (a.id == id).then_some(v))
    }

    /// Adds an account, or replaces the one of the same id.
    ///
    /// ```
    /// use leontief::table::Account;
    /// # use leontief::{Model, table::{FinalDemandRole::Household, PrimaryInputRole::*, Table}};
    /// # // Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05], x = (1000, 2000).
    /// # let table = Table::builder("two", 2022)
    /// #     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
    /// #     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
    /// #     .final_demand(Household, [350.0, 1700.0])
    /// #     .value_added(Compensation, [250.0, 900.0])
    /// #     .value_added(OperatingSurplus, [400.0, 500.0])
    /// #     .jobs([300.0, 500.0])
    /// #     .build()?;
    /// let mut coefficients = table.coefficients();
    /// let (title, unit) = (leontief::Text::new("Water", "용수"), leontief::Text::same("m3"));
    /// let water = Account { id: "water".to_owned(), title, unit };
    /// coefficients.set_account(water, vec![40.0, 3.0].into())?; // per million of output
    /// assert_eq!(coefficients.account("water").expect("just added")[1], 3.0);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A vector that does not have one finite value for each sector.
    pub fn set_account(&mut self, account: Account, per_unit: DVector<f64>) -> Result<()> {
        if per_unit.len() != self.sectors.len() || per_unit.iter().any(|v| !v.is_finite()) {
            return Err(Error::invalid(said!(
                "account '{id}' needs one finite value for each of {n} sectors",
                "'{id}' 계정에는 {n}개 부문마다 유한한 값이 하나씩 있어야 합니다",
                id = account.id,
                n = self.sectors.len()
            )));
        }
        self.accounts.retain(|(a, _)| a.id != account.id);
        self.accounts.push((account, per_unit));
        Ok(())
    }
}
