//! The tables of 2023: an extension table (연장표), of which flows are published without the split into
//! domestic and imported ones, and coefficients at 33 sectors with it.

use std::ops::{AddAssign, SubAssign};

use nalgebra::{DMatrix, DVector};

use super::benchmark::summed;
use super::coefficients::{Coefficients, coefficients};
use super::files::times_columns;
use super::flows::Flows;
use super::jobs::group_sums;
use super::sources::{EXPORTS, Result, Sources, TotalFlows, only_exports};
use super::{jobs, split};

/// More sweeps than this mean that the figures contradict each other.
const MAX_SWEEPS: usize = 5000;

/// What is known of 2023 at 33 sectors before final demand is split.
pub struct Inputs {
    domestic: DMatrix<f64>,
    imported: DMatrix<f64>,
    primary_inputs: DMatrix<f64>,
    /// Persons.
    jobs: DVector<f64>,
    /// The totals of the 83 sectors, summed.
    total: TotalFlows,
}

impl Inputs {
    /// Gross output, million won.
    pub fn output(&self) -> &DVector<f64> {
        &self.total.output
    }

    /// Imports by product, with their taxes.
    fn imports(&self) -> DVector<f64> {
        &self.total.imports_cif + &self.total.import_taxes
    }
}

/// Inputs of kr-2023-33: published coefficients times the outputs of the 83-sector table.
pub fn inputs_33(sources: &Sources, notes: &mut Vec<String>) -> Result<Inputs> {
    let n = sources.sectors_33.len();
    let total = grouped(&sources.total, &sources.group, n);
    let output = &total.output;
    let Coefficients {
        domestic,
        imported,
        jobs,
    } = coefficients("kr-2023-33", &sources.inducement[&2023], notes)?;
    let (mut domestic, mut imported) = (
        times_columns(&domestic, output),
        times_columns(&imported, output),
    );

    // Value added is what inputs leave of output, and differs from the published parts by the
    // rounding of the coefficients: the parts are scaled to it pro rata. A sector without value
    // added (33, 기타) has no parts, and its inputs add up to its output already.
    let mut primary_inputs = total.primary_inputs.clone();
    let mut largest = (0.0_f64, 0);
    for j in 0..n {
        let left = output[j] - domestic.column(j).sum() - imported.column(j).sum();
        let published = primary_inputs.column(j).sum();
        if published > 0.0 {
            primary_inputs.column_mut(j).scale_mut(left / published);
        }
        let change = (left - published) / output[j];
        if change.abs() > largest.0.abs() {
            largest = (change, j);
        }
    }
    notes.push(format!(
        "kr-2023-33: value added by coefficients differs from the published one by at most {:.2e} of output (sector {})",
        largest.0, sources.sectors_33[largest.1].code
    ));

    // Construction (19): its coefficients give 1,620 million won of imports, 1,550 are published.
    // The excess, also rounding, is domestic; it would make imported final demand negative.
    let imports = &total.imports_cif + &total.import_taxes;
    for i in 0..n {
        let (used, without_exports) = (
            imported.row(i).sum(),
            total.final_demand.row(i).sum() - total.final_demand[(i, EXPORTS)],
        );
        if used > imports[i] && without_exports > 0.0 {
            let excess = imported.row(i) * (1.0 - imports[i] / used);
            notes.push(format!("kr-2023-33: product {}: {:.3} million won of imports above the published ones are domestic", i + 1, excess.sum()));
            domestic.row_mut(i).add_assign(&excess);
            imported.row_mut(i).sub_assign(&excess);
        }
    }

    Ok(Inputs {
        jobs: jobs.component_mul(output) / 1000.0,
        domestic,
        imported,
        primary_inputs,
        total,
    })
}

/// kr-2023-33: its inputs, and final demand of which the imported part is that of the 83 sectors, summed.
/// What the rounding of coefficients leaves between the published categories and the uses that are due goes to
/// the domestic part of the largest category (in size) of the product.
pub fn table_33(
    sources: &Sources,
    inputs: Inputs,
    fine: &Flows,
    notes: &mut Vec<String>,
) -> Result<Flows> {
    let summed = summed(fine, &sources.sectors_33, &sources.group);
    let imported_final = summed.imported_final;
    let mut domestic_final = &inputs.total.final_demand - &imported_final;
    let due = &inputs.total.output - inputs.domestic.column_sum();
    let mut largest = (0.0_f64, 0);
    for i in 0..due.len() {
        let rest = due[i] - domestic_final.row(i).sum();
        let category = inputs.total.final_demand.row(i).transpose().iamax();
        domestic_final[(i, category)] += rest;
        if rest.abs() > largest.0.abs() {
            largest = (rest, i);
        }
    }
    notes.push(format!(
        "kr-2023-33: rounding put into the largest category of final demand: at most {:.3} million won (product {})",
        largest.0,
        largest.1 + 1
    ));
    let employees = fine.account("employees").ok_or("no employees")?;
    Ok(Flows {
        sectors: sources.sectors_33.clone(),
        accounts: vec![
            ("jobs", inputs.jobs),
            (
                "employees",
                group_sums(employees, &sources.group, due.len()),
            ),
            ("ghg", sources.ghg_of(2023)?),
        ],
        domestic: inputs.domestic,
        imported: inputs.imported,
        domestic_final,
        imported_final,
        primary_inputs: inputs.primary_inputs,
        output: inputs.total.output,
        imports_cif: inputs.total.imports_cif,
        import_taxes: inputs.total.import_taxes,
    })
}

/// kr-2023-83: published total flows, split into domestic and imported ones to agree with the 33 sectors,
/// purchase by purchase from the split of 2020; jobs and employees shared out by those of 2020.
pub fn table_83(
    sources: &Sources,
    inputs: &Inputs,
    benchmark: &Flows,
) -> Result<(Flows, split::Report)> {
    let total = &sources.total;
    let imports = &total.imports_cif + &total.import_taxes;
    let base = split::odds_of_table(
        &benchmark.domestic,
        &benchmark.imported,
        &benchmark.domestic_final,
        &benchmark.imported_final,
    );
    let exports = only_exports(total.final_demand.ncols());
    let purchases = split::Purchases {
        flows: &total.flows,
        final_demand: &total.final_demand,
        exports: &exports,
        imports: &imports,
        bought_elsewhere: None,
    };
    let blocks = split::Blocks {
        group: &sources.group,
        flows: &inputs.imported,
        final_demand: &(inputs.imports() - inputs.imported.column_sum()),
        prior: Some(&base),
        most_sweeps: MAX_SWEEPS,
    };
    let estimate = purchases
        .split(&split::Method::Blocks(blocks))
        .map_err(leontief::Error::from)?;
    let report = estimate.report.ok_or("the split is by blocks")?;
    if report.block_residual > split::TOLERANCE {
        let residual = report.block_residual;
        return Err(format!("the split misses a block by {residual} million won").into());
    }
    let (jobs, employees) = jobs::estimate(benchmark, &total.output, &sources.group, &inputs.jobs)?;
    let flows = Flows {
        sectors: sources.sectors_83.clone(),
        domestic: &total.flows - &estimate.flows,
        imported: estimate.flows,
        domestic_final: &total.final_demand - &estimate.final_demand,
        imported_final: estimate.final_demand,
        primary_inputs: total.primary_inputs.clone(),
        output: total.output.clone(),
        imports_cif: total.imports_cif.clone(),
        import_taxes: total.import_taxes.clone(),
        accounts: vec![("jobs", jobs), ("employees", employees)],
    };
    Ok((flows, report))
}

/// The 83-sector totals summed to groups.
fn grouped(table: &TotalFlows, group: &[usize], groups: usize) -> TotalFlows {
    let sum = DMatrix::from_fn(groups, group.len(), |at, sector| {
        f64::from(u8::from(group[sector] == at))
    });
    TotalFlows {
        flows: &sum * &table.flows * sum.transpose(),
        final_demand: &sum * &table.final_demand,
        primary_inputs: &table.primary_inputs * sum.transpose(),
        output: &sum * &table.output,
        imports_cif: &sum * &table.imports_cif,
        import_taxes: &sum * &table.import_taxes,
    }
}
