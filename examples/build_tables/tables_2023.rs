//! The tables of 2023: an extension table (연장표), of which flows are published without the split into
//! domestic and imported ones, and coefficients at 33 sectors with it.

use std::ops::{AddAssign, SubAssign};

use nalgebra::{DMatrix, DVector};

use super::coefficients::{Coefficients, coefficients};
use super::files::{FLOW_DECIMALS, codes, matrix_file, over_columns, times_columns};
use super::flows::Flows;
use super::sources::{EXPORTS, Result, Sector, Sources, TotalFlows};
use super::{jobs, split};

/// kr-2023-33: published coefficients times the outputs of the 83-sector table.
pub fn table_33(sources: &Sources, notes: &mut Vec<String>) -> Result<Flows> {
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

    let (domestic_final, imported_final) = split_final_demand(
        "kr-2023-33",
        &total.final_demand,
        &(output - domestic.column_sum()),
        &(imports - imported.column_sum()),
        notes,
    )?;
    Ok(Flows {
        sectors: sources.sectors_33.clone(),
        accounts: vec![("jobs", jobs.component_mul(output) / 1000.0)],
        domestic,
        imported,
        domestic_final,
        imported_final,
        primary_inputs,
        output: total.output,
        imports_cif: total.imports_cif,
        import_taxes: total.import_taxes,
    })
}

/// kr-2023-83: published total flows, split into domestic and imported ones to agree with the
/// 33-sector table, and jobs shared out inside its sectors.
pub fn table_83(
    sources: &Sources,
    table_33: &Flows,
    notes: &mut Vec<String>,
) -> Result<(Flows, jobs::Jobs, split::Report)> {
    let total = &sources.total;
    let imports = &total.imports_cif + &total.import_taxes;
    let final_use = total.final_demand.column_sum() - total.final_demand.column(EXPORTS);
    let estimate = split::split(&split::Known {
        flows: &total.flows,
        final_use: &final_use,
        imports: &imports,
        group: &sources.group,
        group_flows: &table_33.imported,
        group_final: &table_33.imported_final.column_sum(),
    })?;
    let domestic = &total.flows - &estimate.flows;
    let (domestic_final, imported_final) = split_final_demand(
        "kr-2023-83",
        &total.final_demand,
        &(&total.output - domestic.column_sum()),
        &(&imports - estimate.flows.column_sum()),
        notes,
    )?;
    let key = jobs::estimate(
        &sources.sectors_83,
        &sources.group,
        &sources.regional,
        total,
        &over_columns(&domestic, &total.output),
        table_33.account("jobs").ok_or("kr-2023-33 has no jobs")?,
    )?;
    let flows = Flows {
        sectors: sources.sectors_83.clone(),
        domestic,
        imported: estimate.flows,
        domestic_final,
        imported_final,
        primary_inputs: total.primary_inputs.clone(),
        output: total.output.clone(),
        imports_cif: total.imports_cif.clone(),
        import_taxes: total.import_taxes.clone(),
        accounts: vec![("jobs", key.jobs.clone())],
    };
    Ok((flows, key, estimate.report))
}

/// Employees of a table: its jobs times the share of employees in the jobs of the benchmark table, sector
/// by sector. An estimate: no later share is published.
pub fn employees_by_share(
    table: &Flows,
    benchmark: &Flows,
) -> Result<(&'static str, DVector<f64>)> {
    let of = |table: &Flows, id: &str| -> Result<DVector<f64>> {
        let found = table.account(id).cloned();
        found.ok_or_else(|| format!("a table has no account '{id}'").into())
    };
    let (jobs, jobs_2020) = (of(table, "jobs")?, of(benchmark, "jobs")?);
    let employees_2020 = of(benchmark, "employees")?;
    let estimate = DVector::from_fn(jobs.len(), |j, _| match jobs_2020[j] > 0.0 {
        true => jobs[j] * employees_2020[j] / jobs_2020[j],
        false => 0.0,
    });
    Ok(("employees", estimate))
}

/// Final demand by category, domestic and imported.
///
/// Exports carry no imports. Over the other categories of a product the imported part is spread
/// with one share, imported / (final demand without exports): both are negative where a fall of
/// inventories outweighs the rest, and the share still lies in [0, 1]. What the rounding of
/// coefficients leaves between the published categories and `domestic` + `imported` goes to the
/// domestic part of the largest category (in size) of the product.
fn split_final_demand(
    id: &str,
    total: &DMatrix<f64>,
    domestic: &DVector<f64>,
    imported: &DVector<f64>,
    notes: &mut Vec<String>,
) -> Result<(DMatrix<f64>, DMatrix<f64>)> {
    let mut domestic_final = total.clone();
    let mut imported_final = DMatrix::zeros(total.nrows(), total.ncols());
    let mut largest = (0.0_f64, 0);
    for i in 0..total.nrows() {
        let without_exports = total.row(i).sum() - total[(i, EXPORTS)];
        let share = if imported[i].abs() < 1e-3 {
            0.0
        } else {
            imported[i] / without_exports
        };
        if !share.is_finite() {
            return Err(format!(
                "{id}: product {} has imports for final demand but no such demand",
                i + 1
            )
            .into());
        }
        if !(0.0..=1.0).contains(&share) {
            notes.push(format!(
                "{id}: product {}: share of imports in final demand {share:.6} ({:.3} of {without_exports:.3} million won)",
                i + 1,
                imported[i]
            ));
        }
        for k in (0..total.ncols()).filter(|&k| k != EXPORTS) {
            imported_final[(i, k)] = share * total[(i, k)];
            domestic_final[(i, k)] -= imported_final[(i, k)];
        }
        let rest = domestic[i] - domestic_final.row(i).sum();
        let category = total.row(i).transpose().iamax();
        domestic_final[(i, category)] += rest;
        if rest.abs() > largest.0.abs() {
            largest = (rest, i);
        }
    }
    notes.push(format!(
        "{id}: rounding put into the largest category of final demand: at most {:.3} million won (product {})",
        largest.0,
        largest.1 + 1
    ));
    Ok((domestic_final, imported_final))
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

/// How jobs came about, sector by sector: the table's own record of the estimate.
pub fn jobs_key_file(sectors: &[Sector], table: &Flows, key: &jobs::Jobs) -> Result<String> {
    let per_billion =
        DVector::from_fn(sectors.len(), |j, _| 1000.0 * key.jobs[j] / table.output[j]);
    let columns = DMatrix::from_columns(&[
        key.multiplier_2020.clone(),
        key.from_multiplier.clone(),
        key.from_compensation.clone(),
        key.key.clone(),
        per_billion,
        key.jobs.clone(),
    ]);
    let header = [
        "multiplier_2020",
        "from_multiplier",
        "from_compensation",
        "key",
        "jobs_per_billion_won",
        "jobs",
    ];
    matrix_file("code", &codes(sectors), &header, &columns, FLOW_DECIMALS)
}
