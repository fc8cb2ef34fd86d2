//! BOK's benchmark table of 2020 at 165 sectors: `tables/source/kr-2020-165`, all of it published.

use std::path::Path;

use nalgebra::{DMatrix, DVector};

use super::flows::Flows;
use super::sources::{FINAL_DEMAND, PRIMARY_INPUTS, Result, Sector, labelled};

/// Reads the table; every row and column must balance exactly, as the published ones do.
pub fn read(folder: &Path, sectors: &[Sector]) -> Result<Flows> {
    let folder = &folder.join("kr-2020-165");
    let codes: Vec<&str> = sectors.iter().map(|sector| sector.code.as_str()).collect();
    let categories = FINAL_DEMAND.map(|(_, code)| code);
    let parts = PRIMARY_INPUTS.map(|(_, code)| code);
    let block = |file: &str, columns: &[&str]| labelled(folder, file, &codes, columns);
    let column = |file: &str, name: &str| -> Result<DVector<f64>> {
        Ok(block(file, &[name])?.column(0).into_owned())
    };
    let table = Flows {
        sectors: sectors.to_vec(),
        domestic: block("domestic_flows.csv", &codes)?,
        imported: block("imported_flows.csv", &codes)?,
        domestic_final: block("domestic_final_demand.csv", &categories)?,
        imported_final: block("imported_final_demand.csv", &categories)?,
        primary_inputs: labelled(folder, "primary_inputs.csv", &parts, &codes)?,
        output: column("output_imports.csv", "output")?,
        imports_cif: column("output_imports.csv", "imports_cif")?,
        import_taxes: column("output_imports.csv", "import_taxes")?,
        accounts: vec![
            ("jobs", column("employment.csv", "jobs_2020")?),
            ("employees", column("employment.csv", "employees_2020")?),
        ],
    };
    let worst = table.largest_imbalance();
    if worst != 0.0 {
        return Err(format!("kr-2020-165: a row or column is off by {worst} million won").into());
    }
    Ok(table)
}

/// The table of wider sectors: sums of flows and of accounts. `group` is the position of each sector's
/// own wider sector.
pub fn summed(table: &Flows, sectors: &[Sector], group: &[usize]) -> Flows {
    let sum = DMatrix::from_fn(sectors.len(), group.len(), |at, sector| {
        f64::from(u8::from(group[sector] == at))
    });
    Flows {
        sectors: sectors.to_vec(),
        domestic: &sum * &table.domestic * sum.transpose(),
        imported: &sum * &table.imported * sum.transpose(),
        domestic_final: &sum * &table.domestic_final,
        imported_final: &sum * &table.imported_final,
        primary_inputs: &table.primary_inputs * sum.transpose(),
        output: &sum * &table.output,
        imports_cif: &sum * &table.imports_cif,
        import_taxes: &sum * &table.import_taxes,
        accounts: (table.accounts.iter())
            .map(|(id, totals)| (*id, &sum * totals))
            .collect(),
    }
}
