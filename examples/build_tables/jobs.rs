//! Jobs and employees of 2023 at 83 sectors.
//!
//! Published are the jobs of 33 sectors. Inside each of them they are shared out as the coefficients of 2020
//! would have it, where jobs at 83 sectors are published; employees are jobs times their share in the jobs
//! of 2020.

use nalgebra::DVector;

use super::flows::Flows;
use super::sources::Result;

/// Jobs and employees, persons; jobs add up to `group_jobs` in every group.
pub fn estimate(
    benchmark: &Flows,
    output: &DVector<f64>,
    group: &[usize],
    group_jobs: &DVector<f64>,
) -> Result<(DVector<f64>, DVector<f64>)> {
    let account = |id: &str| {
        benchmark
            .account(id)
            .ok_or(format!("kr-2020-83 has no {id}"))
    };
    let (jobs_2020, employees_2020) = (account("jobs")?, account("employees")?);
    let key = DVector::from_fn(output.len(), |j, _| match benchmark.output[j] > 0.0 {
        true => jobs_2020[j] / benchmark.output[j] * output[j],
        false => 0.0,
    });
    let keys = group_sums(&key, group, group_jobs.len());
    for (at, (key, total)) in keys.iter().zip(group_jobs.iter()).enumerate() {
        if *key == 0.0 && total.abs() > 1e-6 {
            return Err(format!("jobs of group {} cannot be shared out: no key", at + 1).into());
        }
    }
    let jobs = DVector::from_fn(output.len(), |j, _| match keys[group[j]] > 0.0 {
        true => key[j] * group_jobs[group[j]] / keys[group[j]],
        false => 0.0,
    });
    let employees = DVector::from_fn(output.len(), |j, _| match jobs_2020[j] > 0.0 {
        true => jobs[j] * employees_2020[j] / jobs_2020[j],
        false => 0.0,
    });
    Ok((jobs, employees))
}

/// The sum of each group.
pub fn group_sums(values: &DVector<f64>, group: &[usize], groups: usize) -> DVector<f64> {
    let mut sums = DVector::zeros(groups);
    for (&at, value) in group.iter().zip(values.iter()) {
        sums[at] += value;
    }
    sums
}
