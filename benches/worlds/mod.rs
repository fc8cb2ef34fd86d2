//! Made-up economies of any number of sectors, and the built-in ones.

// Not every bench takes all of them.
#![allow(dead_code)]

use leontief::table::{
    Classification, Coefficients, FinalDemandRole, PrimaryInputRole, Sector, Table,
};
use leontief::{AnyTable, Text};
use nalgebra::{DMatrix, DVector};

pub fn open(id: &str) -> AnyTable {
    AnyTable::open(id).expect("a built-in table")
}

/// Coefficients of `n` sectors: each column takes 45 % of output at home and 13 % from abroad, as
/// Korea's do on average, spread unevenly.
pub fn synthetic(n: usize) -> Coefficients {
    let mut state = 1_u64;
    let mut uneven = move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1);
        let even = (state >> 11) as f64 / (1_u64 << 53) as f64;
        even.powi(4)
    };
    let mut spread = |share: f64| {
        let mut a = DMatrix::from_fn(n, n, |_, _| uneven());
        for mut column in a.column_iter_mut() {
            let sum = column.sum();
            column *= share / sum;
        }
        a
    };
    let (domestic, imported) = (spread(0.45), spread(0.13));
    let mut meta = open("kr-2022-33").meta().clone();
    meta.roles = Default::default();
    meta.id = format!("synthetic-{n}");
    let sectors = (1..=n)
        .map(|code| Sector {
            code: format!("{code:03}"),
            name: Text::same(format!("Sector {code}")),
            group: None,
        })
        .collect();
    let sectors = Classification::new(&meta.id, sectors, &[]).expect("codes differ");
    let accounts = vec![DVector::from_element(n, 5e-6); meta.accounts.len()];
    let value_added = DVector::from_element(n, 0.42);
    Coefficients::new(meta, sectors, domestic, imported, value_added, accounts)
        .expect("columns add up to 1")
}

/// A table with the coefficients of [`synthetic`] and outputs that differ.
pub fn flows_of(n: usize) -> AnyTable {
    let x = DVector::from_fn(n, |i, _| 1e6 + 1e3 * (i % 97) as f64);
    let mut flows = synthetic(n).domestic().dense().clone();
    for (mut column, x) in flows.column_iter_mut().zip(x.iter()) {
        column *= *x;
    }
    let f: Vec<f64> = (&x - flows.column_sum()).data.into();
    let v = &x - flows.row_sum().transpose();
    let half: Vec<f64> = (v / 2.0).data.into();
    let names: Vec<String> = (1..=n).map(|code| format!("{code:04}")).collect();
    Table::builder("synthetic", 2023)
        .sectors(names.iter().map(|name| (name.as_str(), name.as_str())))
        .domestic_flows(flows)
        .final_demand(FinalDemandRole::Household, f)
        .value_added(PrimaryInputRole::Compensation, half.clone())
        .value_added(PrimaryInputRole::OperatingSurplus, half)
        .build()
        .expect("balanced")
}

/// The same as `regions` regions of one sector after the other, each of which buys of all products in proportion.
pub fn world_of(n: usize, regions: usize) -> AnyTable {
    let x = DVector::from_fn(n, |i, _| 1e6 + 1e3 * (i % 97) as f64);
    let mut flows = synthetic(n).domestic().dense().clone();
    for (mut column, x) in flows.column_iter_mut().zip(x.iter()) {
        column *= *x;
    }
    let f = &x - flows.column_sum();
    let names: Vec<String> = (1..=n).map(|code| format!("{code:04}")).collect();
    let region = |i: usize| format!("R{:02}", i * regions / n);
    let mut table = Table::builder("world", 2023)
        .sectors(names.iter().map(|name| (name.as_str(), name.as_str())))
        .regions((0..n).map(region))
        .domestic_flows(flows);
    for at in 0..regions {
        // Somewhat more of its own.
        let share = |i: usize| match i * regions / n == at {
            true => 0.5 + 0.5 / regions as f64,
            false => 0.5 / regions as f64,
        };
        let bought: Vec<f64> = f.iter().enumerate().map(|(i, f)| f * share(i)).collect();
        let name = format!("R{at:02}");
        table = table.final_demand_of(&name, FinalDemandRole::Household, bought);
    }
    table.build().expect("balanced")
}
