//! Whether the figures of a table of flows add up: rows, columns, and GDP from its three sides.

use super::{OtherInputRole, Table};
use crate::lang::{Text, said};
use nalgebra::DVector;
use serde::Serialize;
use std::fmt;

/// The share of a sector's output (or one unit of money, if that is more) by which its row or column
/// may miss it.
pub const TOLERANCE: f64 = 1e-6;

/// Residuals by sector, in the table's unit; each zero in a perfect table.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Balance {
    /// Codes of the sectors.
    pub codes: Vec<String>,
    /// Zd 1 + Fd 1 - x.
    pub rows: Vec<f64>,
    /// 1'Zd + 1'Zm + 1'V - x', with the rows of other inputs.
    pub columns: Vec<f64>,
    /// Zm 1 + Fm 1 - imports, where imports by product are known.
    pub imports: Option<Vec<f64>>,
    /// What each sector's residual may be.
    pub tolerance: Vec<f64>,
    /// Whether columns hold rows of other inputs as well.
    #[serde(skip)]
    other_inputs: bool,
}

/// Figures that do not add up, and where.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Fault {
    /// The file, without its ending, that points at it best: of flows, of final demand, or "output".
    pub file: String,
    /// The code of the row in it.
    pub row: String,
    /// The code of the column, where row and column cross in one cell.
    pub column: Option<String>,
    /// By how much the total is missed, in the table's unit.
    pub residual: f64,
    /// A sentence for the user.
    pub message: Text,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.en)
    }
}

/// GDP at basic prices from its three sides, and at market prices, in the table's unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Gdp {
    /// Output less intermediate inputs.
    pub production: f64,
    /// The sum of the primary inputs.
    pub income: f64,
    /// Final demand less imports (with the taxes on them) and less the taxes on products that are set apart.
    pub expenditure: f64,
    /// Taxes on imports: the step from basic prices to BOK's gross domestic product in the table.
    pub import_taxes: Option<f64>,
    /// Taxes less subsidies on the products that are used, by sectors and final demand, where rows of the
    /// table set them apart: the same step.
    pub product_taxes: Option<f64>,
}

impl Balance {
    /// The residuals of a table.
    ///
    /// ```
    /// use leontief::table::balance::Balance;
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
    /// let balance = Balance::of(table.flows(leontief::Text::same("balance"))?);
    /// assert_eq!(balance.rows, [0.0, 0.0]);
    /// assert!(balance.faults().is_empty());
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn of(table: &Table) -> Self {
        let f = table.flows();
        let vec = |v: DVector<f64>| v.iter().copied().collect::<Vec<_>>();
        let rows = f.domestic.column_sum() + f.domestic_final_demand.column_sum() - &f.output;
        let mut columns = f.domestic.row_sum() + f.imported.row_sum() + f.primary_inputs.row_sum();
        for row in f.other_inputs.row_iter() {
            columns += row;
        }
        let columns = columns.transpose() - &f.output;
        let imports = f.imports.as_ref().map(|imports| {
            vec(
                f.imported.column_sum() + f.imported_final_demand.column_sum()
                    - &imports.cif
                    - &imports.taxes,
            )
        });
        Balance {
            codes: table.sectors().iter().map(|s| s.code.clone()).collect(),
            rows: vec(rows),
            columns: vec(columns),
            imports,
            other_inputs: !f.other_inputs.is_empty(),
            tolerance: f.output.iter().map(|x| (x * TOLERANCE).max(1.0)).collect(),
        }
    }

    /// What is out of balance, worst first, with the cell it points at: a wrong cell (i, j) of the
    /// flows moves row i and column j by the same amount.
    pub fn faults(&self) -> Vec<Fault> {
        let off = |residuals: &[f64]| -> Vec<usize> {
            let mut off: Vec<usize> = (0..residuals.len())
                .filter(|&i| !(residuals[i].abs() <= self.tolerance[i]))
                .collect();
            off.sort_by(|&a, &b| residuals[b].abs().total_cmp(&residuals[a].abs()));
            off
        };
        let imports = self.imports.as_deref().unwrap_or(&[]);
        let (rows, columns, import_rows) = (off(&self.rows), off(&self.columns), off(imports));
        let mut explained_columns = Vec::new();
        let mut faults = Vec::new();
        let blocks = [
            ("domestic", &rows, self.rows.as_slice()),
            ("imported", &import_rows, imports),
        ];
        for (block, off_rows, residuals) in blocks {
            for &i in off_rows {
                let same = |&&j: &&usize| {
                    let larger = residuals[i].abs().max(self.columns[j].abs());
                    (residuals[i] - self.columns[j]).abs() <= self.tolerance[i].max(1e-9 * larger)
                        && !explained_columns.contains(&j)
                };
                let (row, residual) = (&self.codes[i], residuals[i]);
                faults.push(match columns.iter().find(same) {
                    Some(&j) => {
                        explained_columns.push(j);
                        let output = match i == j && block == "domestic" {
                            true => said!(
                                ", or the output by the opposite",
                                "(또는 총산출이 반대 부호로)"
                            ),
                            false => Text::default(),
                        };
                        let (en, ko) = (output.en, output.ko);
                        let column = &self.codes[j];
                        Fault {
                            file: format!("{block}_flows"),
                            row: row.clone(),
                            column: Some(column.clone()),
                            residual,
                            message: said!("{block}_flows: cell row {row}, column {column} is off by \
                                     {residual:+.3}{en}: the row and the column both miss their total \
                                     by that much", "{block}_flows: {row}행 {column}열의 값이 {residual:+.3}만큼 \
                                     어긋남{ko}. 행과 열의 합계가 모두 같은 크기만큼 맞지 않음"),
                        }
                    }
                    None => {
                        let total = match block {
                            "domestic" => "output",
                            _ => "imports",
                        };
                        let tolerance = self.tolerance[i];
                        Fault {
                            file: format!("{block}_final_demand"),
                            row: row.clone(),
                            column: None,
                            residual,
                            message: said!("{block}_flows and {block}_final_demand against {total}: row {row} \
                                     misses its total by {residual:+.3} (tolerance {tolerance:.3})", "{block}_flows·{block}_final_demand와 {total} 비교: {row}행 합계가 \
                                     {residual:+.3}만큼 맞지 않음(허용 범위 {tolerance:.3})"),
                        }
                    }
                });
            }
        }
        for &j in columns.iter().filter(|j| !explained_columns.contains(j)) {
            let (column, residual, tolerance) =
                (&self.codes[j], self.columns[j], self.tolerance[j]);
            let (other, other_ko) = match self.other_inputs {
                true => (", other_inputs", "·other_inputs"),
                false => ("", ""),
            };
            faults.push(Fault {
                file: "output".to_owned(),
                row: column.clone(),
                column: None,
                residual,
                message: said!(
                    "domestic_flows, imported_flows{other} and primary_inputs against output: column \
                         {column} misses its total by {residual:+.3} (tolerance {tolerance:.3})",
                    "domestic_flows·imported_flows{other_ko}·primary_inputs와 output 비교: {column}열 \
                         합계가 {residual:+.3}만큼 맞지 않음(허용 범위 {tolerance:.3})"
                ),
            });
        }
        faults.sort_by(|a, b| b.residual.abs().total_cmp(&a.residual.abs()));
        faults
    }

    /// The largest residual in size and where it is: "row 31" or "column 50".
    pub fn worst(&self) -> (f64, String) {
        let imports = self.imports.as_deref().unwrap_or(&[]);
        let sides = [
            ("row", &self.rows[..]),
            ("column", &self.columns),
            ("imports, row", imports),
        ];
        let mut worst = (0.0, String::new());
        for (side, residuals) in sides {
            for (code, residual) in self.codes.iter().zip(residuals) {
                if residual.abs() >= f64::abs(worst.0) {
                    worst = (*residual, format!("{side} {code}"));
                }
            }
        }
        worst
    }
}

impl Gdp {
    /// GDP of a table from its three sides.
    ///
    /// ```
    /// use leontief::table::balance::Gdp;
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
    /// let gdp = Gdp::of(table.flows(leontief::Text::same("GDP"))?);
    /// assert_eq!([gdp.production, gdp.income, gdp.expenditure], [2_050.0; 3]);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn of(table: &Table) -> Self {
        let f = table.flows();
        // What final demand buys of other inputs is an outlay, and as much of imports or taxes to take off
        // it again; what sectors buy of them is to take off alone.
        let other = f.other_inputs.sum();
        let roles = table.meta().other_inputs.iter().map(|input| input.role);
        let rows = roles.enumerate();
        let product_taxes = rows
            .filter(|(_, role)| *role == OtherInputRole::ProductTaxes)
            .map(|(row, _)| f.other_inputs.row(row).sum() + f.other_final_demand.row(row).sum())
            .reduce(|sum, row| sum + row);
        Gdp {
            production: f.output.sum() - f.domestic.sum() - f.imported.sum() - other,
            income: f.primary_inputs.sum(),
            // Imports are what the imported blocks hold, so that the three sides meet wherever
            // imports by product are not stated on their own.
            expenditure: f.domestic_final_demand.sum() + f.imported_final_demand.sum()
                - f.imports.as_ref().map_or_else(
                    || f.imported.sum() + f.imported_final_demand.sum(),
                    |i| i.cif.sum() + i.taxes.sum(),
                )
                - other,
            import_taxes: f.imports.as_ref().map(|i| i.taxes.sum()),
            product_taxes,
        }
    }
}
