//! A table of flows as it is written.

use nalgebra::{DMatrix, DVector};

use super::files::{FLOW_DECIMALS, File, codes, column, matrix_file, rounded};
use super::sources::{FINAL_DEMAND, PRIMARY_INPUTS, Result, Sector};

/// Largest difference (million won) allowed in a row or column that must balance.
const BALANCE_TOLERANCE: f64 = 0.01;

/// A table of flows, million won. Rows supply, columns use.
#[derive(Debug, Clone)]
pub struct Flows {
    pub sectors: Vec<Sector>,
    pub domestic: DMatrix<f64>,
    pub imported: DMatrix<f64>,
    /// By the columns of [`FINAL_DEMAND`].
    pub domestic_final: DMatrix<f64>,
    pub imported_final: DMatrix<f64>,
    /// By the rows of [`PRIMARY_INPUTS`].
    pub primary_inputs: DMatrix<f64>,
    pub output: DVector<f64>,
    pub imports_cif: DVector<f64>,
    pub import_taxes: DVector<f64>,
    /// Satellite accounts: the column's header, and totals by sector (persons, t CO2-eq).
    pub accounts: Vec<(&'static str, DVector<f64>)>,
}

impl Flows {
    /// Rounds to the decimals of the files, checks the balance of what will stand there, writes.
    pub fn write(&self, id: &str, files: &mut Vec<File>) -> Result<()> {
        let d = FLOW_DECIMALS;
        let table = Flows {
            sectors: self.sectors.clone(),
            domestic: rounded(&self.domestic, d),
            imported: rounded(&self.imported, d),
            domestic_final: rounded(&self.domestic_final, d),
            imported_final: rounded(&self.imported_final, d),
            primary_inputs: rounded(&self.primary_inputs, d),
            output: self.output.clone(),
            imports_cif: self.imports_cif.clone(),
            import_taxes: self.import_taxes.clone(),
            accounts: self.accounts.clone(),
        };
        table
            .check_balance()
            .map_err(|error| format!("{id}: {error}"))?;

        let codes = codes(&table.sectors);
        let categories = FINAL_DEMAND.map(|(name, _)| name);
        let parts = PRIMARY_INPUTS.map(|(name, _)| name);
        let imports =
            DMatrix::from_columns(&[table.imports_cif.clone(), table.import_taxes.clone()]);
        let mut write = |name: &str, contents: Result<String>| -> Result<()> {
            files.push((format!("{id}/{name}.csv"), contents?));
            Ok(())
        };
        write(
            "domestic_flows",
            matrix_file("code", &codes, &codes, &table.domestic, d),
        )?;
        write(
            "imported_flows",
            matrix_file("code", &codes, &codes, &table.imported, d),
        )?;
        write(
            "domestic_final_demand",
            matrix_file("code", &codes, &categories, &table.domestic_final, d),
        )?;
        write(
            "imported_final_demand",
            matrix_file("code", &codes, &categories, &table.imported_final, d),
        )?;
        write(
            "primary_inputs",
            matrix_file("part", &parts, &codes, &table.primary_inputs, d),
        )?;
        write(
            "output",
            matrix_file("code", &codes, &["output"], &column(&table.output), d),
        )?;
        write(
            "imports",
            matrix_file(
                "code",
                &codes,
                &["imports_cif", "import_taxes"],
                &imports,
                d,
            ),
        )?;
        let (accounts, totals): (Vec<&str>, Vec<DVector<f64>>) =
            table.accounts.iter().cloned().unzip();
        write(
            "satellites",
            matrix_file(
                "code",
                &codes,
                &accounts,
                &DMatrix::from_columns(&totals),
                d,
            ),
        )
    }

    /// An account by its header.
    pub fn account(&self, id: &str) -> Option<&DVector<f64>> {
        let found = self.accounts.iter().find(|(of, _)| *of == id);
        found.map(|(_, totals)| totals)
    }

    /// Sums that must be equal, each with what it is: inputs and output, uses and supply at home and
    /// from abroad.
    fn balances(&self) -> [(&'static str, DVector<f64>); 3] {
        let inputs = self.domestic.row_sum_tr()
            + self.imported.row_sum_tr()
            + self.primary_inputs.row_sum_tr();
        let domestic_uses = self.domestic.column_sum() + self.domestic_final.column_sum();
        let imported_uses = self.imported.column_sum() + self.imported_final.column_sum();
        let imports = &self.imports_cif + &self.import_taxes;
        [
            ("inputs", inputs - &self.output),
            ("uses of the domestic product", domestic_uses - &self.output),
            ("uses of the imported product", imported_uses - imports),
        ]
    }

    /// What the worst row or column is off by, million won.
    pub fn largest_imbalance(&self) -> f64 {
        let gaps = self.balances();
        gaps.iter().map(|(_, gap)| gap.amax()).fold(0.0, f64::max)
    }

    fn check_balance(&self) -> Result<()> {
        for (what, gaps) in self.balances() {
            for (sector, gap) in self.sectors.iter().zip(gaps.iter()) {
                if gap.abs() > BALANCE_TOLERANCE {
                    let code = &sector.code;
                    return Err(
                        format!("sector {code}: {what} are off by {gap} million won").into(),
                    );
                }
            }
        }
        Ok(())
    }
}
