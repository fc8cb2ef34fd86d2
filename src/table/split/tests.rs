use super::*;
use nalgebra::{dmatrix, dvector};

/// Three products, of which the third is imported beyond its use at home, and the second has a by-product and
/// a fall of inventories.
#[test]
fn each_purchase_at_home_is_imported_in_one_share_of_its_product() {
    let purchases = Purchases {
        flows: &dmatrix![30.0, 20.0, 10.0; 5.0, -4.0, 15.0; 2.0, 6.0, 0.0],
        final_demand: &dmatrix![40.0, 0.0, 25.0; 20.0, -10.0, 70.0; 2.0, 0.0, 8.0],
        exports: &[false, false, true],
        imports: &dvector![25.0, 10.0, 14.0],
        bought_elsewhere: Some(&dvector![5.0, 0.0, 0.0]),
    };
    let split = purchases.split(&Method::Proportional).expect("split");
    // 20 of 100 at home; 10 of 40; all of 10 and half of exports.
    let flows = dmatrix![6.0, 4.0, 2.0; 1.25, 0.0, 3.75; 2.0, 6.0, 0.0];
    assert!((&split.flows - flows).amax() < 1e-12, "{}", split.flows);
    let demand = dmatrix![8.0, 0.0, 0.0; 5.0, 0.0, 0.0; 2.0, 0.0, 4.0];
    assert!((&split.final_demand - demand).amax() < 1e-12);
    let too_many = Purchases {
        imports: &dvector![25.0, 10.0, 19.0],
        ..purchases
    };
    let why = too_many
        .split(&Method::Proportional)
        .expect_err("18 are used");
    let Unsplit::Imports { product, uses, .. } = why else {
        panic!("{why:?}");
    };
    assert_eq!((product, uses), (2, 18.0));
}

/// Four products in two groups, two of them used by sectors of both and by final demand.
fn four() -> (DMatrix<f64>, DMatrix<f64>, DMatrix<f64>) {
    let flows = dmatrix![
        10.0, 20.0, 30.0, 5.0;
        8.0, 4.0, 12.0, 16.0;
        6.0, 9.0, 14.0, 11.0;
        3.0, 7.0, 2.0, 13.0
    ];
    let final_demand = dmatrix![40.0, 12.0; 25.0, 30.0; 18.0, 22.0; 50.0, 10.0];
    let prior = DMatrix::from_fn(4, 6, |i, j| match j {
        5 => 0.0,
        _ => 0.1 + 0.07 * i as f64 + 0.05 * ((2 * i + 3 * j) % 5) as f64,
    });
    (flows, final_demand, prior)
}

#[test]
fn blocks_and_products_are_met_and_within_them_the_prior_is_kept() {
    let (flows, final_demand, prior) = four();
    let group = [0, 0, 1, 1];
    let (block_flows, block_demand) = (dmatrix![9.0, 14.0; 7.0, 5.0], dvector![17.0, 12.0]);
    // The products of each group import 40 and 24 together.
    let imports = dvector![22.0, 18.0, 9.0, 15.0];
    let purchases = Purchases {
        flows: &flows,
        final_demand: &final_demand,
        exports: &[false, true],
        imports: &imports,
        bought_elsewhere: None,
    };
    let blocks = Blocks {
        group: &group,
        flows: &block_flows,
        final_demand: &block_demand,
        prior: Some(&prior),
        most_sweeps: 1000,
    };
    let split = purchases.split(&Method::Blocks(blocks)).expect("split");
    let report = split.report.expect("by blocks");
    assert!(report.row_residual < 1e-6 && report.block_residual <= TOLERANCE);
    for row in 0..4 {
        let bought = split.flows.row(row).sum() + split.final_demand.row(row).sum();
        assert!((bought - imports[row]).abs() < 1e-6);
        assert_eq!(
            split.final_demand[(row, 1)],
            0.0,
            "exports are of home products"
        );
    }
    let block = |rows: [usize; 2], columns: [usize; 2]| -> f64 {
        let cells = rows
            .into_iter()
            .flat_map(|i| columns.map(|j| split.flows[(i, j)]));
        cells.sum()
    };
    assert!((block([0, 1], [2, 3]) - 14.0).abs() < 1e-4);
    assert!((block([2, 3], [0, 1]) - 7.0).abs() < 1e-4);
    // Effects of products and blocks cancel out of (o_00 / o_01) / (o_10 / o_11) where all four are of one block.
    let odds = |i: usize, j: usize| {
        let share = split.flows[(i, j)] / flows[(i, j)];
        assert!(0.0 < share && share < 1.0);
        share / (1.0 - share)
    };
    for (i, j) in [(0, 0), (0, 2), (2, 0), (2, 2)] {
        let of = |o: &dyn Fn(usize, usize) -> f64| {
            o(i, j) * o(i + 1, j + 1) / (o(i, j + 1) * o(i + 1, j))
        };
        let before = of(&|i, j| prior[(i, j)]);
        assert!((of(&odds) / before - 1.0).abs() < 1e-9, "{i} {j}");
    }
    // The odds of the answer, taken as the prior, are the answer.
    let known = odds_of_table(
        &(&flows - &split.flows),
        &split.flows,
        &(&final_demand - &split.final_demand),
        &split.final_demand,
    );
    let share = split.flows[(1, 3)] / flows[(1, 3)];
    // One unit of the average of the product, 18 of 95, stands beside 16.
    let average = 18.0 / 95.0;
    let expected = (16.0 * share + average) / (16.0 * (1.0 - share) + 1.0 - average);
    assert!((known[(1, 3)] / expected - 1.0).abs() < 1e-6);
}

/// Where each product is a group of its own, the blocks are the cells.
#[test]
fn blocks_of_one_product_and_one_user_are_the_answer() {
    let purchases = Purchases {
        flows: &dmatrix![10.0, 20.0; 8.0, 4.0],
        final_demand: &dmatrix![30.0; 9.0],
        exports: &[false],
        imports: &dvector![19.0, 6.0],
        bought_elsewhere: None,
    };
    let imported = dmatrix![3.0, 6.0; 1.0, 2.0];
    let blocks = Blocks {
        group: &[0, 1],
        flows: &imported,
        final_demand: &dvector![10.0, 3.0],
        prior: None,
        most_sweeps: 100,
    };
    let split = purchases.split(&Method::Blocks(blocks)).expect("split");
    assert!((&split.flows - &imported).amax() < 1e-6);
    assert!((&split.final_demand - dmatrix![10.0; 3.0]).amax() < 1e-6);
    for wrong in [
        Blocks {
            group: &[0, 2],
            ..blocks
        },
        Blocks {
            group: &[0],
            ..blocks
        },
        Blocks {
            prior: Some(&dmatrix![1.0]),
            ..blocks
        },
        Blocks {
            prior: Some(&dmatrix![1.0, -1.0, 1.0; 1.0, 1.0, 1.0]),
            ..blocks
        },
        Blocks {
            final_demand: &dvector![10.0, f64::NAN],
            ..blocks
        },
    ] {
        assert!(purchases.split(&Method::Blocks(wrong)).is_err());
    }
    let no_number = Purchases {
        imports: &dvector![19.0, f64::INFINITY],
        ..purchases
    };
    assert!(no_number.split(&Method::Proportional).is_err());
}
