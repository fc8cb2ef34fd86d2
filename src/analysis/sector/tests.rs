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

/// Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05], x = (1000, 2000), f = (350, 1700).
fn two() -> AnyTable {
    use crate::table::PrimaryInputRole::{Compensation, OperatingSurplus};
    Table::builder("two", 2022)
        .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
        .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
        .final_demand(FinalDemandRole::Household, [350.0, 1700.0])
        .value_added(Compensation, [250.0, 900.0])
        .value_added(OperatingSurplus, [400.0, 500.0])
        .jobs([300.0, 500.0])
        .build()
        .expect("balanced")
}

/// 1700 of the 2000 of the second sector is final demand for its product; of the rest 70 = .20 x 350 and 85 = .05 x 1700
/// directly, 85 = .20 x .25 x 1700 by way of the first.
#[test]
fn chains_lead_from_the_sector_to_suppliers_and_from_final_demand_to_it() {
    let study = SectorStudy::of(&two(), 1).expect("a study");
    let supplied = study.supplied_by.expect("it is made");
    assert_relative_eq!(supplied.total, 1.452145, epsilon = 1e-6);
    assert_eq!(supplied.paths[0].sectors, [1, 0]);
    assert_relative_eq!(supplied.paths[0].value, 0.25);
    let works = study.works_for.expect("a small table");
    assert_relative_eq!(works.total, 2000.0, max_relative = 1e-12);
    assert_relative_eq!(works.direct, 1700.0, max_relative = 1e-12);
    let of = |chain: &[usize]| {
        let mut paths = works.paths.iter();
        let found = paths.find(|path| path.sectors == chain);
        found.expect("listed").value
    };
    assert_relative_eq!(of(&[0, 1]), 70.0, max_relative = 1e-12);
    assert_relative_eq!(of(&[1, 1]), 85.0, max_relative = 1e-12);
    assert_relative_eq!(of(&[1, 0, 1]), 85.0, max_relative = 1e-12);
}

/// a_21 = .20 may change by 8.86 % of itself, as docs/linkages.md has it; the first sector's own cell is none of the
/// second's.
#[test]
fn coefficients_that_matter_are_those_of_its_column_and_row() {
    let study = SectorStudy::of(&two(), 1).expect("a study");
    let pairs = study.important.expect("a small table").pairs;
    assert_eq!(pairs.len(), 3);
    let of = |supplier: &str, user: &str| {
        let mut pairs = pairs.iter();
        pairs.find(|pair| pair.supplier.code == supplier && pair.user.code == user)
    };
    let cell = of("2", "1").expect("there");
    assert_relative_eq!(cell.values[1], 0.0886, epsilon = 5e-5);
    assert!(of("1", "1").is_none());
}

/// Net: 1.452145 x 1700 / 2000. Households spend all they earn of wages here: Type II is above Type I.
#[test]
fn effects_go_as_far_as_households_and_sums_are_those_of_type_i() {
    let study = SectorStudy::of(&two(), 1).expect("a study");
    let figure =
        |sheet: &Sheet, id: &str| sheet.column(id).expect("there").values[0].expect("made");
    assert_relative_eq!(figure(&study.net, "output"), 1.23432, epsilon = 1e-5);
    let effects = &study.effects;
    let parts = [
        "output_initial",
        "output_first_round",
        "output_industrial_support",
    ];
    let type1: f64 = parts.iter().map(|id| figure(effects, id)).sum();
    assert_relative_eq!(type1, 1.452145, epsilon = 1e-6);
    let consumption = figure(effects, "output_consumption");
    assert!(consumption > 0.1, "{consumption}");
    assert_relative_eq!(
        figure(effects, "output_total"),
        type1 + consumption,
        max_relative = 1e-12
    );
    let sam = study.sam.expect("households are told");
    assert_relative_eq!(sam.output.closed_loop, consumption, max_relative = 1e-9);
}

/// 10 % of 2000 for 30 of 365 days; users are both sectors, l_12 / l_22 = .330033 / 1.122112 is what suppliers lose.
#[test]
fn an_outage_is_a_tenth_for_thirty_days() {
    let study = SectorStudy::of(&two(), 1).expect("a study");
    let outage = study.outage.expect("it is made");
    assert_relative_eq!(outage.capacity_lost, 16.438356, epsilon = 1e-6);
    let of = |at: usize| outage.yardsticks[at].output / outage.capacity_lost;
    assert_relative_eq!(of(0), 1.0, max_relative = 1e-12);
    assert_relative_eq!(of(1), 1.0 + 0.330033 / 1.122112, epsilon = 1e-6);
    assert_relative_eq!(of(3), 1.5, max_relative = 1e-12);
    let days = outage.by_day.expect("a small table");
    let parts = days.own + days.upstream + days.downstream;
    assert_relative_eq!(parts, days.output, max_relative = 1e-9);
    assert!(study.import_stop.is_none(), "nothing is imported");
}

/// Of a large table only what some solves give: the same figures.
#[test]
fn what_a_large_table_is_asked_is_the_same_figure() {
    let table = open("kr-2023-33");
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    let sector = table.sectors().find("12").expect("electronics");
    let asked = |in_full| further::Asked {
        table: &table,
        model: &model,
        sector,
        in_full,
    };
    let [full, short] = [true, false].map(asked);
    let (lost, alone) = (full.extraction(), short.extraction());
    let (lost, alone) = (lost.expect("made"), alone.expect("made"));
    assert_eq!(lost.len(), alone.len());
    for (full, short) in lost.iter().zip(&alone) {
        assert_eq!(full.measure, short.measure);
        assert_relative_eq!(full.value, short.value, max_relative = 1e-9);
        assert!(full.among.is_some() && short.among.is_none());
    }
    let (full_of, short_of) = (full.outage().expect("made"), short.outage().expect("made"));
    assert_relative_eq!(
        full_of.capacity_lost,
        short_of.capacity_lost,
        max_relative = 1e-12
    );
    for (full, short) in full_of.yardsticks.iter().zip(&short_of.yardsticks) {
        assert_relative_eq!(full.output, short.output, max_relative = 1e-9);
    }
    assert!(full_of.by_day.is_some() && short_of.by_day.is_none());
    let cases =
        |asked: &further::Asked| asked.import_stop().expect("made").expect("imported").cases;
    let (all, some) = (cases(&full), cases(&short));
    assert_eq!((all.len(), some.len()), (4, 3));
    assert!(some.iter().all(|case| all.contains(case)));
    assert!(short.centralities().expect("left out").is_empty());
    assert!(short.important().expect("left out").is_none());
    assert!(short.works_for().expect("left out").is_none());
}
