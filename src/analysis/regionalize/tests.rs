use super::*;
use crate::table::{FinalDemandRole, PrimaryInputRole, RegionalSizes, SizedRegion};
use nalgebra::dvector;

/// Two sectors, asymmetric: x = (100, 200), Z = [10 60; 20 30], imports of product 2 for sector 1.
fn nation() -> Table {
    let table = Table::builder("land", 2020)
        .sectors([("A", "Farming"), ("B", "Industry")])
        .domestic_flows([[10.0, 60.0], [20.0, 30.0]])
        .imported_flows([[0.0, 0.0], [5.0, 0.0]])
        .final_demand(FinalDemandRole::Household, [30.0, 100.0])
        .final_demand(FinalDemandRole::Exports, [0.0, 50.0])
        .value_added(PrimaryInputRole::Compensation, [65.0, 110.0])
        .jobs([50.0, 40.0])
        .build()
        .expect("a table");
    match table {
        AnyTable::Flows(table) => *table,
        AnyTable::Coefficients(_) => unreachable!("flows were given"),
    }
}

fn island() -> SizedRegion {
    SizedRegion {
        key: "Island".to_owned(),
        code: "I".to_owned(),
        name: Text::same("Island"),
    }
}

fn both(share: DVector<f64>, quotient: Quotient, delta: Option<f64>) -> TwoRegions {
    let method = Method::new(quotient, delta).expect("a method");
    TwoRegions::of(&nation(), island(), share, method).expect("two regions")
}

fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-10, "{found} for {wanted}");
}

/// By hand: x^r = (40, 20) is 0.2 of 300, so SLQ = (2, 0.5) in the region and (0.75, 1.125) in the rest.
#[test]
fn flows_between_two_regions_are_those_worked_by_hand() {
    let both = both(dvector![0.4, 0.1], Quotient::Slq, None);
    let table = both.table().expect("balances");
    let z = &table.flows().domestic;
    let wanted = [
        // Of A the region sells all that its two sectors use, and a quarter of what the rest uses.
        [4.0, 6.0, 1.5, 13.5],
        // Of B it makes half of its own needs; the rest makes all of its own.
        [4.0, 1.5, 0.0, 0.0],
        [0.0, 0.0, 4.5, 40.5],
        [4.0, 1.5, 12.0, 27.0],
    ];
    for (i, row) in wanted.iter().enumerate() {
        for (j, flow) in row.iter().enumerate() {
            near(z.at(i, j), *flow);
        }
    }
    assert!(both.limited().is_empty());
    assert_eq!(table.output().as_slice(), [40.0, 20.0, 60.0, 180.0]);
    // What is left of 40 after 25 sold to industries, of a final demand of 30; of 20 after 5.5, of 150.
    let f = table.domestic_final_demand_total();
    for (found, wanted) in f.iter().zip([15.0, 14.5, 15.0, 135.5]) {
        near(*found, wanted);
    }
    assert_eq!(table.flows().imported.at(1, 0), 2.0);
    assert_eq!(table.flows().imported.at(3, 2), 3.0);
    assert_eq!(
        table.satellite("jobs").expect("jobs").as_slice(),
        [20.0, 4.0, 30.0, 36.0]
    );
}

#[test]
fn both_regions_add_up_to_the_nation() {
    let nation = nation();
    for method in Judged::methods() {
        let share = dvector![0.05, 0.6];
        let both = TwoRegions::of(&nation, island(), share, method).expect("two regions");
        let table = both.table().expect("balances");
        let (z, whole) = (&table.flows().domestic, &nation.flows().domestic);
        for i in 0..2 {
            for j in 0..2 {
                let sum = [(i, j), (i + 2, j), (i, j + 2), (i + 2, j + 2)];
                near(sum.iter().map(|(i, j)| z.at(*i, *j)).sum(), whole.at(i, j));
            }
        }
        let f = table.domestic_final_demand_total();
        near(f.sum(), nation.domestic_final_demand_total().sum());
        assert!(f.iter().all(|f| *f >= -1e-12), "{method:?}: {f}");
    }
}

/// Industries take 98 of the 100 of A. The rest of the country, with a tenth of it, would cover a fifth of its
/// own needs (SLQ = 0.2): more than it makes.
#[test]
fn no_region_sells_industries_more_than_it_makes() {
    let table = Table::builder("tight", 2020)
        .sectors([("A", "Farming"), ("B", "Industry")])
        .domestic_flows([[10.0, 88.0], [20.0, 30.0]])
        .final_demand(FinalDemandRole::Household, [2.0, 150.0])
        .build()
        .expect("a table");
    let AnyTable::Flows(table) = table else {
        unreachable!("flows were given")
    };
    let method = Method::new(Quotient::Slq, None).expect("a method");
    let both = TwoRegions::of(&table, island(), dvector![0.9, 0.3], method).expect("two regions");
    assert_eq!(both.limited().len(), 1);
    let cut = both.limited()[0];
    // A fifth of .1 * 10 + .44 * 140 = 62.6 is 12.52, and the rest makes 10.
    assert!(cut.sector == 0 && !cut.inside);
    near(cut.amount, 2.52);
    let z = both.table().expect("balances");
    near(z.flows().domestic.row(2).sum(), 10.0);
    near(z.flows().domestic.row(0).sum(), 88.0);
}

#[test]
fn the_region_alone_buys_from_the_rest_as_from_abroad() {
    let both = both(dvector![0.4, 0.1], Quotient::Slq, None);
    let alone = both.alone().expect("balances");
    assert_eq!(alone.sectors().get(1).code, "B");
    near(alone.flows().domestic.at(1, 0), 4.0);
    // 2 of B from abroad, 4 from the rest.
    near(alone.flows().imported.at(1, 0), 6.0);
    let exports = alone.domestic_demand_for(FinalDemandRole::Exports);
    near(exports[0], 15.0);
}

/// Feedback: what the region buys in the rest makes the rest buy in the region. By hand with the inverse of
/// the four flows above: column 1 of (I - A)^-1.
#[test]
fn multipliers_hold_the_feedback_of_the_rest() {
    let both = both(dvector![0.4, 0.1], Quotient::Slq, None);
    let study = Regionalized::of(&both, "jobs").expect("a study");
    let table = both.table().expect("balances");
    let (z, x) = (table.flows().domestic.dense().clone(), table.output());
    let a = DMatrix::from_fn(4, 4, |i, j| z[(i, j)] / x[j]);
    let l = (DMatrix::identity(4, 4) - &a)
        .try_inverse()
        .expect("regular");
    near(study.inside.output[0], l[(0, 0)] + l[(1, 0)]);
    near(study.outside.output[0], l[(2, 0)] + l[(3, 0)]);
    let own = (DMatrix::identity(2, 2) - a.view((0, 0), (2, 2)))
        .try_inverse()
        .expect("regular");
    assert!(study.inside.output[0] > own.column(0).sum() + 1e-4);
    let jobs = l[(0, 0)] * 0.5 + l[(1, 0)] * 0.2;
    near(study.inside.jobs[0], jobs);
}

#[test]
fn a_share_of_several_sectors_is_one_and_errors_name_their_line() {
    let nation = nation();
    let sectors = nation.sectors();
    let parse = |text: &str| RegionalSizes::parse("jobs.csv", text, sectors);
    let sizes = parse("region,code,jobs\nIsland,A+B,9\nnation,A+B,90\n").expect("read");
    let share = sizes.share("island", &nation).expect("a share");
    near(share[0], 0.1);
    near(share[1], 0.1);
    let own = parse("region,code,jobs\nIsland,A,5\nIsland,B,10\n").expect("read");
    let share = own
        .share("Island", &nation)
        .expect("of the table's own jobs");
    assert_eq!(share.as_slice(), [0.1, 0.25]);
    let refused = |text: &str, part: &str| {
        let share = parse(text).and_then(|sizes| sizes.share("Island", &nation));
        let message = share.expect_err("refused").to_string();
        assert!(message.contains(part), "{message}");
    };
    refused("region,code,jobs\nIsland,A,51\nIsland,B,10\n", "jobs.csv:2");
    refused("region,code,jobs\nIsland,A,5\n", "no row for 1 sector");
    refused("region,code,jobs\nIsland,A,5\nIsland,A,5\n", "twice");
    refused("region,code,jobs\nIsland,C,5\n", "'C'");
    refused("region,code,jobs\nIsland,A,-5\n", "0 or more");
    refused("region,code,cows\nIsland,A,5\nIsland,B,5\n", "'cows'");
    refused(
        "region,code,jobs\nOther,A,5\nOther,B,5\n",
        "there are Other",
    );
    refused("region,code,jobs\nIsland,A,50\nIsland,B,40\n", "no rest");
    refused("region,sector,jobs\nIsland,A,5\n", "header");
}

/// Of Farming alone: 30 of 100; nothing of Industry, whose column would say 1 for nothing.
#[test]
fn of_what_a_region_does_not_make_there_are_no_multipliers() {
    let both = both(dvector![0.3, 0.0], Quotient::Slq, None);
    let study = Regionalized::of(&both, "jobs").expect("a study");
    assert!(study.inside.output[0] > 1.0);
    for of in [&study.inside, &study.outside] {
        assert_eq!(
            (of.output[1], of.value_added[1], of.imports[1]),
            (0.0, 0.0, 0.0)
        );
    }
}

#[test]
fn no_region_is_called_as_the_rest_is() {
    let region = SizedRegion {
        code: "Rest".to_owned(),
        ..island()
    };
    let refused = TwoRegions::of(&nation(), region, dvector![0.3, 0.1], Method::default());
    let message = refused.expect_err("the rest has that name").to_string();
    assert!(message.contains("'rest'"), "{message}");
}
