//! How wrong the split of 2023 may be: the method where the answer is published.
//!
//! 1. The 83 sectors of 2020 from the blocks of their 33, knowing no more of a purchase than the average of
//!    its product.
//! 2. The 33 sectors of 2023 from the blocks of 13 groups, by averages and by the purchases of 2020: one level
//!    up, what the purchases of 2020 are worth.

use nalgebra::{DMatrix, DVector};

use super::benchmark::summed;
use super::files::over_columns;
use super::flows::Flows;
use super::sources::{Result, Sector, only_exports};
use super::split::{self, Blocks, Method, Purchases};

/// Differences of an estimated split from the published one.
#[derive(Debug, Clone, Copy)]
pub struct Errors {
    /// Mean of |import share of a purchase, estimated - published|, weighted by the purchase.
    pub share: f64,
    /// Output multipliers, per cent: mean and worst of |estimated / published - 1|.
    pub multiplier: f64,
    pub multiplier_worst: f64,
    /// Value-added multipliers: mean and worst of |estimated - published|.
    pub value_added: f64,
    pub value_added_worst: f64,
}

/// Blocks then hold to a billionth or so of what flows; further sweeps change no printed digit.
const SWEEPS: usize = 300;

/// The three experiments.
#[derive(Debug, Clone, Copy)]
pub struct Experiments {
    pub averages_2020: Errors,
    pub averages_2023: Errors,
    pub purchases_2023: Errors,
}

/// `fine` and `wide` are 2020 at 83 and 33 sectors, `of_2023` is 2023 at 33; `group` leads from 83 to 33,
/// `groups_13` from 33 to 13.
pub fn run(
    (fine, wide, group): (&Flows, &Flows, &[usize]),
    of_2023: &Flows,
    groups_13: &[usize],
) -> Result<Experiments> {
    let count = groups_13.iter().max().map_or(0, |last| last + 1);
    let names = vec![wide.sectors[0].clone(); count];
    let purchases = split::odds_of_table(
        &wide.domestic,
        &wide.imported,
        &wide.domestic_final,
        &wide.imported_final,
    );
    Ok(Experiments {
        averages_2020: errors(fine, group, &wide.sectors, None)?,
        averages_2023: errors(of_2023, groups_13, &names, None)?,
        purchases_2023: errors(of_2023, groups_13, &names, Some(&purchases))?,
    })
}

/// Splits a table anew from its groups, and compares.
fn errors(
    table: &Flows,
    group: &[usize],
    groups: &[Sector],
    prior: Option<&DMatrix<f64>>,
) -> Result<Errors> {
    let wide = summed(table, groups, group);
    let exports = only_exports(table.domestic_final.ncols());
    let known = Purchases {
        flows: &(&table.domestic + &table.imported),
        final_demand: &(&table.domestic_final + &table.imported_final),
        exports: &exports,
        imports: &(&table.imports_cif + &table.import_taxes),
        bought_elsewhere: None,
    };
    let blocks = Blocks {
        group,
        flows: &wide.imported,
        final_demand: &wide.imported_final.column_sum(),
        prior,
        most_sweeps: SWEEPS,
    };
    let estimate = known
        .split(&Method::Blocks(blocks))
        .map_err(leontief::Error::from)?;
    let estimate = estimate.flows;

    let pairs: Vec<(f64, f64, f64)> = known
        .flows
        .iter()
        .zip(estimate.iter().zip(table.imported.iter()))
        .filter(|(flow, _)| **flow > 0.0)
        .map(|(flow, (ours, theirs))| (*flow, ours / flow, theirs / flow))
        .collect();
    let weight: f64 = pairs.iter().map(|(flow, ..)| flow).sum();
    let apart = pairs
        .iter()
        .map(|(w, ours, theirs)| w * (ours - theirs).abs());
    let share = apart.sum::<f64>() / weight;

    let multipliers = |domestic: &DMatrix<f64>| -> Result<(DVector<f64>, DVector<f64>)> {
        let n = domestic.nrows();
        let own = DMatrix::identity(n, n) - over_columns(domestic, &table.output);
        let inverse = own.try_inverse().ok_or("a table is not productive")?;
        let value_added = table
            .primary_inputs
            .row_sum_tr()
            .component_div(&table.output);
        Ok((inverse.row_sum_tr(), inverse.tr_mul(&value_added)))
    };
    let (ours, our_added) = multipliers(&(known.flows - &estimate))?;
    let (theirs, their_added) = multipliers(&table.domestic)?;
    let relative = 100.0 * (ours.component_div(&theirs).add_scalar(-1.0)).abs();
    let added = (our_added - their_added).abs();
    Ok(Errors {
        share,
        multiplier: relative.mean(),
        multiplier_worst: relative.max(),
        value_added: added.mean(),
        value_added_worst: added.max(),
    })
}
