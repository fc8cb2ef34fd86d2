//! Input coefficients: what one unit of output needs.

use super::{
    Account, Classification, Matrix, Meta, OtherInputRole, PrimaryInputRole, Sector, Table,
};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::units::Measures;
use nalgebra::{DVector, RowDVector};
use std::sync::Arc;

/// Coefficients of `n` sectors, each per unit of the using sector's output.
///
/// Every column obeys 1'Ad + 1'Am + v' = 1', with the rows of [`Coefficients::other_inputs`] where the
/// table has them: 1'Ad + 1'Am + m' + t' + v' = 1'. A sector without output has zero coefficients: its product
/// is not made at home ([`Coefficients::is_made`]), and demand for it is imported.
#[derive(Debug, Clone)]
pub struct Coefficients {
    meta: Arc<Meta>,
    sectors: Arc<Classification>,
    domestic: Matrix,
    imported: Matrix,
    value_added: DVector<f64>,
    primary_inputs: Vec<(PrimaryInputRole, DVector<f64>)>,
    other_inputs: Vec<(OtherInputRole, DVector<f64>)>,
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
        let none = Vec::new();
        Coefficients::with_other_inputs(
            meta,
            sectors,
            domestic,
            imported,
            value_added,
            none,
            accounts,
        )
    }

    /// As [`Coefficients::new`], with one vector for each other input of the metadata, n each per unit of
    /// output.
    ///
    /// # Errors
    /// As [`Coefficients::new`].
    pub fn with_other_inputs(
        meta: Meta,
        sectors: Classification,
        domestic: impl Into<Matrix>,
        imported: impl Into<Matrix>,
        value_added: DVector<f64>,
        other_inputs: Vec<DVector<f64>>,
        accounts: Vec<DVector<f64>>,
    ) -> Result<Self> {
        meta.check(&sectors)?;
        let (domestic, imported) = (domestic.into(), imported.into());
        let n = sectors.len();
        let right_shape = domestic.shape() == (n, n)
            && imported.shape() == (n, n)
            && value_added.len() == n
            && other_inputs.len() == meta.other_inputs.len()
            && other_inputs.iter().all(|row| row.len() == n)
            && accounts.len() == meta.accounts.len()
            && accounts.iter().all(|a| a.len() == n);
        if !right_shape {
            return Err(Error::invalid(said!(
                "table {id}: the blocks do not all have {n} sectors",
                "산업연관표 {id}: 부문이 {n}개가 아닌 블록이 있습니다",
                id = meta.id
            )));
        }
        if let Some((j, sum)) =
            Coefficients::column_off(&domestic, &imported, &value_added, &other_inputs)
        {
            let (id, why) = (&meta.id, Coefficients::not_one(sectors.get(j), sum));
            let (en, ko) = (why.en, why.ko);
            return Err(Error::invalid(said!(
                "table {id}: {en}",
                "산업연관표 {id}: {ko}"
            )));
        }
        let accounts = meta.accounts.iter().cloned().zip(accounts).collect();
        let roles = meta.other_inputs.iter().map(|input| input.role);
        let other_inputs = roles.zip(other_inputs).collect();
        Ok(Coefficients {
            meta: Arc::new(meta),
            sectors: Arc::new(sectors),
            domestic,
            imported,
            value_added,
            primary_inputs: Vec::new(),
            other_inputs,
            accounts,
        })
    }

    /// The first column whose parts do not add up to 1, with their sum.
    pub(crate) fn column_off(
        domestic: &Matrix,
        imported: &Matrix,
        value_added: &DVector<f64>,
        other_inputs: &[DVector<f64>],
    ) -> Option<(usize, f64)> {
        let mut in_all: RowDVector<f64> =
            domestic.row_sum() + imported.row_sum() + value_added.transpose();
        for row in other_inputs {
            in_all += row.transpose();
        }
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
            primary_inputs: {
                // Rows of one role are one part.
                let mut parts: Vec<(PrimaryInputRole, DVector<f64>)> = Vec::new();
                let rows = flows.primary_inputs.row_iter();
                for (row, input) in rows.zip(&table.meta().primary_inputs) {
                    let row = per_output(&row.transpose());
                    match parts.iter_mut().find(|(role, _)| *role == input.role) {
                        Some((_, part)) => *part += row,
                        None => parts.push((input.role, row)),
                    }
                }
                parts
            },
            other_inputs: table
                .meta()
                .other_inputs
                .iter()
                .zip(flows.other_inputs.row_iter())
                .map(|(input, row)| (input.role, per_output(&row.transpose())))
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
        let all = self.domestic.plus(&self.imported);
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
        self.value_added[sector] != 0.0
            || self.domestic.uses(sector)
            || self.imported.uses(sector)
            || self.other_inputs.iter().any(|(_, row)| row[sector] != 0.0)
    }

    /// Ad, n x n: domestic products used per unit of output (국산투입계수).
    pub fn domestic(&self) -> &Matrix {
        &self.domestic
    }

    /// Am, n x n: imported products used per unit of output (수입투입계수).
    pub fn imported(&self) -> &Matrix {
        &self.imported
    }

    /// 1'Am and imports whose product is not told, as a column, n: all imported inputs per unit of output.
    pub fn imports_per_output(&self) -> DVector<f64> {
        let told = self.imported.row_sum().transpose();
        match self.imports_not_told() {
            Some(not_told) => told + not_told,
            None => told,
        }
    }

    /// The rows of which only the users are told, per unit of output, n each; empty where the table has
    /// none.
    pub fn other_inputs(&self) -> &[(OtherInputRole, DVector<f64>)] {
        &self.other_inputs
    }

    /// m, n: imports per unit of output whose product is not told; `None` where the table has no such row.
    pub fn imports_not_told(&self) -> Option<DVector<f64>> {
        self.other_input(OtherInputRole::Imports)
    }

    /// t, n: taxes less subsidies on the products used, per unit of output; `None` where the table does not
    /// set them apart.
    pub fn product_taxes(&self) -> Option<DVector<f64>> {
        self.other_input(OtherInputRole::ProductTaxes)
    }

    /// The sum of the rows of a role.
    fn other_input(&self, role: OtherInputRole) -> Option<DVector<f64>> {
        let rows = self.other_inputs.iter().filter(|(of, _)| *of == role);
        rows.map(|(_, row)| row.clone())
            .reduce(|sum, row| sum + row)
    }

    /// Am x, n: the imported inputs of an output by product; with one entry more, the last, where the table
    /// has imports whose product is not told: those.
    pub fn imports_of(&self, output: &DVector<f64>) -> DVector<f64> {
        let by_product = &self.imported * output;
        match self.imports_not_told() {
            Some(row) => by_product.push(row.dot(output)),
            None => by_product,
        }
    }

    /// That each imported input is told by its product, which `what` cannot do without.
    ///
    /// # Errors
    /// A table with imports whose product is not told.
    pub(crate) fn need_products_of_imports(&self, what: Text) -> Result<()> {
        let not_told = self.imports_not_told();
        if not_told.is_none_or(|row| row.iter().all(|v| *v == 0.0)) {
            return Ok(());
        }
        let (id, en, ko) = (&self.meta.id, what.en, what.ko);
        Err(Error::invalid(said!(
            "table {id} tells imported inputs by user only, in a row: {en} needs them by product as well; use the \
             domestic inverse, or a table with imported flows",
            "산업연관표 {id}의 수입 투입은 사용 부문별 합계만 있습니다. {ko}에는 품목별 수입 투입이 필요하므로 \
             국산투입계수 역행렬을 쓰거나 수입거래표가 있는 표를 쓰십시오"
        )))
    }

    /// v, n: value added per unit of output (부가가치계수).
    pub fn value_added(&self) -> &DVector<f64> {
        &self.value_added
    }

    /// The measures per unit of output, n each: 1, v, 1'Am, e; no jobs where the table has none.
    ///
    /// ```
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
    /// let per = table.coefficients().per_output();
    /// assert_eq!((per.output[0], per.jobs[0]), (1.0, 0.3)); // persons per million
    /// assert!((per.value_added[1] - 0.7).abs() < 1e-12);
    /// # Ok::<(), leontief::Error>(())
    /// ```
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
