//! Causes behind many faults of a table: what one mistake explains that otherwise shows in every row.

use super::checkup::Finding;
use crate::table::balance::Balance;
use crate::table::{Matrix, Table};
use nalgebra::DVector;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// How near figures must be, as a share of the larger, to be called the same.
const SAME: f64 = 1e-6;

/// The factors by which a unit is mistaken.
const FACTORS: [f64; 4] = [1e3, 1e6, 1e2, 1e1];

/// The causes that explain faults of a table, the widest first; empty where none of them does.
pub(super) fn causes(table: &Table, balance: &Balance) -> Vec<Finding> {
    let flows = table.flows();
    let name = |at: usize| table.sectors().get(at).clone();
    let n = table.sectors().len();
    let mut causes = Vec::new();
    let (sold, bought) = (
        flows.domestic.column_sum(),
        flows.domestic.row_sum().transpose(),
    );
    for k in (0..n).filter(|_| n >= 3) {
        if is_sum_of_others(&flows.domestic, k, &sold, &bought) {
            causes.push(Finding::SumOfOthers(name(k)));
        }
    }
    // Only those with the same sums are looked at cell by cell.
    let mut first: HashMap<(u64, u64), usize> = HashMap::new();
    for b in 0..n {
        match first.entry((sold[b].to_bits(), bought[b].to_bits())) {
            Entry::Vacant(place) => {
                place.insert(b);
            }
            Entry::Occupied(place) => {
                if are_alike(&flows.domestic, *place.get(), b) {
                    causes.push(Finding::Alike(name(*place.get()), name(b)));
                }
            }
        }
    }
    let off = |residuals: &[f64]| -> Vec<usize> {
        let off = residuals.iter().zip(&balance.tolerance).enumerate();
        off.filter(|(_, (off, may))| !(off.abs() <= **may))
            .map(|(at, _)| at)
            .collect()
    };
    let (rows, columns) = (off(&balance.rows), off(&balance.columns));
    if rows.is_empty() && columns.is_empty() {
        return causes;
    }
    // With rows and columns of the flows exchanged, sales are what was taken for purchases.
    let exchanged = &bought - &sold;
    let closes = |residuals: &[f64], by: &DVector<f64>| {
        let all = residuals.iter().zip(by.iter()).zip(&balance.tolerance);
        all.fold(true, |closes, ((off, by), may)| {
            closes && (off + by).abs() <= 10.0 * may
        })
    };
    if closes(&balance.rows, &exchanged) && closes(&balance.columns, &-&exchanged) {
        causes.push(Finding::Transposed);
        return causes;
    }
    for at in 0..n {
        let output = flows.output[at];
        let of = |residual: f64| factor(output + residual, output);
        // Output itself is in another unit where sales and costs agree on it.
        let (sales, costs) = (of(balance.rows[at]), of(balance.columns[at]));
        let cause = match (sales, costs) {
            (Some(sales), Some(costs)) if sales == costs => Some(("output", 1.0 / sales)),
            (Some(sales), _) => Some(("sales", sales)),
            (_, Some(costs)) => Some(("costs", costs)),
            (None, None) => None,
        };
        if let Some((what, factor)) = cause {
            causes.push(Finding::OtherUnit {
                sector: name(at),
                what,
                factor,
            });
        }
    }
    causes
}

/// By which of the known factors a sum is larger or smaller than what it should be.
fn factor(sum: f64, output: f64) -> Option<f64> {
    let times = sum / output;
    let factors = FACTORS.iter().flat_map(|factor| [*factor, 1.0 / factor]);
    let mut near = factors.filter(|factor| (times / factor - 1.0).abs() < 1e-3);
    near.next().filter(|_| output > 0.0 && times.is_finite())
}

/// Whether a row and a column are the sums of all others: a total that was taken for a sector.
fn is_sum_of_others(flows: &Matrix, k: usize, sold: &DVector<f64>, bought: &DVector<f64>) -> bool {
    let n = sold.len();
    let near = |a: f64, b: f64| (a - b).abs() <= SAME * a.abs().max(b.abs()) + f64::EPSILON;
    // A total is half of all that stands in its line's sums, and so in each cell.
    let others = (0..n).filter(|other| *other != k);
    let mut any = false;
    for other in others {
        let (row, column) = (flows.at(k, other), flows.at(other, k));
        any |= row != 0.0 || column != 0.0;
        if !near(2.0 * row, bought[other]) || !near(2.0 * column, sold[other]) {
            return false;
        }
    }
    any
}

/// Whether two sectors sell and buy the same, cell by cell.
fn are_alike(flows: &Matrix, a: usize, b: usize) -> bool {
    let n = flows.nrows();
    let mut any = false;
    for other in 0..n {
        let pairs = [
            (flows.at(a, other), flows.at(b, other)),
            (flows.at(other, a), flows.at(other, b)),
        ];
        for (first, second) in pairs {
            any |= first != 0.0;
            if first != second {
                return false;
            }
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::checkup::{Checkup, check};
    use crate::table::read::native;
    use crate::table::{AnyTable, FinalDemandRole, write};

    /// Three sectors whose files are changed before they are examined.
    fn examined(change: impl Fn(&str, String) -> String) -> Checkup {
        let table = Table::builder("three", 2022)
            .sectors([("1", "Farms"), ("2", "Mills"), ("3", "Shops")])
            .domestic_flows([
                [100.0, 700.0, 20.0],
                [300.0, 400.0, 50.0],
                [90.0, 60.0, 10.0],
            ])
            .final_demand(FinalDemandRole::Household, [200.0, 900.0, 3000.0])
            .build()
            .expect("a table");
        let flows = table.flows(crate::Text::same("files")).expect("flows");
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in write::native::write(flows).expect("files") {
            std::fs::write(folder.path().join(&name), change(&name, text)).expect("written");
        }
        let folder = native::Directory::new(folder.path());
        check(&native::read_unbalanced(&folder).expect("read"))
    }

    #[test]
    fn a_sound_table_has_no_cause_of_faults() {
        assert!(examined(|_, text| text).faults.is_empty());
        for id in ["kr-2023-83", "kr-2020-165"] {
            let table = AnyTable::open(id).expect("built in");
            assert!(check(&table).is_clean());
        }
    }

    #[test]
    fn flows_that_are_transposed_are_one_cause() {
        let checkup = examined(|name, text| match name {
            "domestic_flows.csv" => {
                "code,1,2,3\n1,100,300,90\n2,700,400,60\n3,20,50,10\n".to_owned()
            }
            _ => text,
        });
        assert_eq!(checkup.faults[0], Finding::Transposed);
    }

    #[test]
    fn output_in_another_unit_is_told_from_sales_in_another_unit() {
        let checkup = examined(|name, text| match name {
            "output.csv" => text.replace("1020", "1.02"),
            _ => text,
        });
        let Finding::OtherUnit {
            what,
            factor,
            sector,
        } = &checkup.faults[0]
        else {
            panic!("{:?}", checkup.faults);
        };
        assert_eq!((*what, sector.code.as_str()), ("output", "1"));
        assert!((factor - 1e-3).abs() < 1e-12);
    }

    #[test]
    fn a_total_that_was_taken_for_a_sector_is_named() {
        let checkup = examined(|name, text| match name {
            "domestic_flows.csv" => {
                "code,1,2,3\n1,100,700,800\n2,300,400,700\n3,400,1100,1500\n".to_owned()
            }
            _ => text,
        });
        let Finding::SumOfOthers(sector) = &checkup.faults[0] else {
            panic!("{:?}", checkup.faults);
        };
        assert_eq!(sector.code, "3");
    }
}
