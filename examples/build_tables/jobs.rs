//! Jobs at 83 sectors.
//!
//! BOK's employment coefficients give jobs for 33 sectors; inside each of them the total is shared
//! out by a key. Compensation of employees alone is a bad key: the self-employed of farming, trade
//! and road transport draw none. BOK's regional tables (2020) hold employment *multipliers* by 83
//! sectors and 17 provinces; with m the national multiplier, m' = e'L, hence e' = m'(I - Ad).

use nalgebra::{DMatrix, DVector};

use super::sources::{RegionalMultiplier, Result, Sector, TotalFlows};

/// The least that a sector gets, as a share of what compensation of employees would give it: the
/// difference m'(I - Ad) is small or negative where a sector's own labour is little.
const FLOOR: f64 = 0.25;

/// The key and the jobs shared out by it, by 83 sectors; coefficients in persons per billion won
/// of output.
pub struct Jobs {
    /// Median over the provinces of jobs anywhere in the country, per billion won of final demand.
    pub multiplier_2020: DVector<f64>,
    /// m'(I - Ad).
    pub from_multiplier: DVector<f64>,
    /// The group's jobs shared out by compensation of employees alone.
    pub from_compensation: DVector<f64>,
    /// The key: from the multiplier, but at least the floor.
    pub key: DVector<f64>,
    /// The estimate, persons (full-time equivalents); adds up to `group_jobs` in every group.
    pub jobs: DVector<f64>,
}

/// Shares `group_jobs` (persons) out over the sectors of each group.
pub fn estimate(
    sectors: &[Sector],
    group: &[usize],
    regional: &[RegionalMultiplier],
    table: &TotalFlows,
    domestic_coefficients: &DMatrix<f64>,
    group_jobs: &DVector<f64>,
) -> Result<Jobs> {
    let n = sectors.len();
    let output = &table.output;
    let multiplier_2020 = DVector::from_iterator(
        n,
        sectors
            .iter()
            .map(|sector| median_jobs(regional, &sector.code)),
    );
    let from_multiplier = &multiplier_2020 - domestic_coefficients.tr_mul(&multiplier_2020);

    let compensation = table.primary_inputs.row(0).transpose();
    let by_compensation = share_out(&compensation, group, group_jobs);
    let from_compensation = DVector::from_fn(n, |j, _| 1000.0 * by_compensation[j] / output[j]);

    let key = DVector::from_fn(n, |j, _| {
        from_multiplier[j].max(FLOOR * from_compensation[j])
    });
    let jobs = share_out(&key.component_mul(output), group, group_jobs);
    for (at, &total) in group_jobs.iter().enumerate() {
        let sum: f64 = (0..n).filter(|&j| group[j] == at).map(|j| jobs[j]).sum();
        if (sum - total).abs() > 1e-6 * total {
            return Err(format!("jobs of group {} cannot be shared out: no key", at + 1).into());
        }
    }
    Ok(Jobs {
        multiplier_2020,
        from_multiplier,
        from_compensation,
        key,
        jobs,
    })
}

/// Shares the totals of groups out in proportion to `weight`.
fn share_out(weight: &DVector<f64>, group: &[usize], totals: &DVector<f64>) -> DVector<f64> {
    let mut sums = vec![0.0; totals.len()];
    for (&at, weight) in group.iter().zip(weight.iter()) {
        sums[at] += weight;
    }
    DVector::from_fn(weight.len(), |j, _| {
        let sum = sums[group[j]];
        if sum > 0.0 {
            totals[group[j]] * weight[j] / sum
        } else {
            0.0
        }
    })
}

/// Median over the provinces where the sector exists; 0 where it exists nowhere.
fn median_jobs(regional: &[RegionalMultiplier], sector: &str) -> f64 {
    let mut jobs: Vec<f64> = regional
        .iter()
        .filter(|line| line.sector == sector && line.exists())
        .map(RegionalMultiplier::jobs)
        .collect();
    jobs.sort_by(f64::total_cmp);
    match jobs.len() {
        0 => 0.0,
        odd if odd % 2 == 1 => jobs[odd / 2],
        even => 0.5 * (jobs[even / 2 - 1] + jobs[even / 2]),
    }
}
