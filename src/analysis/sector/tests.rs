//! What the page of a sector says, by definitions and beside the questions it takes its figures from.

use super::*;
use approx::assert_relative_eq;

fn open(id: &str) -> AnyTable {
    AnyTable::open(id).expect("built in")
}

/// By the definition: row and column struck out, rounds of the others alone.
#[test]
fn a_unit_of_output_reaches_the_others_as_with_the_sector_struck_out() {
    let table = open("kr-2023-33");
    let k = table.sectors().find("17").expect("electricity");
    let study = SectorStudy::of(&table, k).expect("a study");
    let mut a = table.coefficients().domestic().dense().clone();
    let mut round = a.column(k).clone_owned();
    a.row_mut(k).fill(0.0);
    a.column_mut(k).fill(0.0);
    round[k] = 0.0;
    let mut sum = round.clone();
    for _ in 0..300 {
        round = &a * round;
        sum += &round;
    }
    for (by_rounds, ours) in sum.iter().zip(&study.others.output) {
        assert_relative_eq!(by_rounds, ours, epsilon = 1e-12);
    }
    let jobs = table
        .coefficients()
        .account("jobs")
        .expect("jobs")
        .dot(&sum)
        * 1e3;
    let ours: f64 = study.others.accounts[0].iter().sum();
    assert_relative_eq!(jobs, ours, max_relative = 1e-10);
}

#[test]
fn what_it_buys_and_sells_is_its_column_and_its_row() {
    let table = open("kr-2023-33");
    let flows = table.flows(crate::Text::same("a test")).expect("flows");
    let k = table.sectors().find("12").expect("electronics");
    let study = SectorStudy::of(&table, k).expect("a study");
    let output = flows.output()[k];
    let bought: f64 = study.buys.iter().map(|t| t.total()).sum();
    assert_relative_eq!(bought + flows.value_added()[k], output, max_relative = 1e-6);
    let sold: f64 = study.sells.iter().map(|t| t.domestic).sum();
    let last: f64 = study.final_demand.iter().map(|(_, t)| t.domestic).sum();
    assert_relative_eq!(sold + last, output, max_relative = 1e-6);
    assert!(study.sells[0].domestic != study.buys[0].domestic);
    assert_relative_eq!(study.totals[0].value, output);
}

#[test]
fn ranks_count_from_the_largest() {
    let table = open("kr-2023-33");
    let studies: Vec<SectorStudy> = (0..33)
        .map(|k| SectorStudy::of(&table, k).expect("a study"))
        .collect();
    for at in 0..studies[0].ranks.len() {
        let mut ranked: Vec<&Rank> = studies.iter().map(|s| &s.ranks[at]).collect();
        ranked.sort_by_key(|r| r.among.expect("known").rank);
        assert_eq!(ranked[0].among.expect("known").rank, 1);
        assert!(ranked.windows(2).all(|w| w[0].value >= w[1].value));
    }
}

#[test]
fn a_block_of_sectors_is_the_sector_that_they_make() {
    use crate::table::Regrouping;
    let table = open("kr-2023-33");
    let groups = Regrouping::parse_group("power=17+18", table.sectors()).expect("a group");
    let block = table.regrouped(&groups).expect("flows");
    let k = block.sectors().find("power").expect("the group");
    let study = SectorStudy::of(&block, k).expect("a study");
    // Both at the shares of their output, each without the other.
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    let flows = table.flows(crate::Text::same("a test")).expect("flows");
    let at = ["17", "18"].map(|code| table.sectors().find(code).expect("a code"));
    let both = at.map(|k| flows.output()[k]);
    let outputs = [0, 1].map(|i| (at[i], both[i] / (both[0] + both[1])));
    let demand = model.demand_for_outputs(&outputs).expect("reached");
    let all = model.output_for(&demand).sum() - 1.0;
    assert_relative_eq!(all, study.others.output.iter().sum(), max_relative = 1e-9);
}

/// Output of the others without electricity: their own inverse, and imports for what it sold them.
#[test]
fn what_others_lose_without_it_is_what_they_make_by_themselves() {
    let table = open("kr-2023-33");
    let k = table.sectors().find("17").expect("electricity");
    let study = SectorStudy::of(&table, k).expect("a study");
    let flows = table.flows(crate::Text::same("a test")).expect("flows");
    let (x, n) = (flows.output(), 33);
    let mut left = nalgebra::DMatrix::identity(n, n) - table.coefficients().domestic().dense();
    let mut f = &left * x;
    left.row_mut(k).fill(0.0);
    left[(k, k)] = 1.0;
    f[k] = 0.0;
    let without = left.lu().solve(&f).expect("productive");
    let lost = (x.sum() - x[k] - without.sum()) / x.sum();
    let output = &study.extraction[0];
    assert_eq!(output.measure, "output");
    assert_relative_eq!(output.value, lost, max_relative = 1e-9);
    let place = output.among.expect("a small table");
    assert!(place.rank > 1 && place.of == 33 && place.mean > 0.0);
}

#[test]
fn years_stand_in_order_with_the_own_among_them() {
    let table = open("kr-2023-33");
    let others = [open("kr-2020-33"), open("kr-2023-33")];
    let study = SectorStudy::of(&table, 3).expect("a study");
    let study = study.with_years(&others).expect("the same codes");
    let years: Vec<i32> = study.years.iter().map(|y| y.provenance.year).collect();
    assert_eq!(years, [2020, 2023]);
    assert_eq!(study.years[1].multipliers, study.multipliers);
    assert!(SectorStudy::of(&table, 33).is_err());
}
