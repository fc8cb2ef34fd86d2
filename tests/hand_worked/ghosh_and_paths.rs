//! Forward and backward: what is read along rows and what down columns.

use super::*;
use leontief::analysis::structural_path::{Options, Path, Paths};
use leontief::analysis::{Inducement, MultiplierType, Multipliers};
use leontief::lang::Text;
use leontief::model::ghosh;

#[test]
fn allocation_divides_by_the_seller_and_the_ghosh_inverse_is_the_other_similar() {
    let table = economy();
    let b = ghosh::allocation_coefficients(table.flows(Text::same("flows")).expect("flows"));
    let by_hand = dmatrix![
        0.1, 0.225, 0.25;
        800.0 / 1500.0, 0.2, 0.0;
        0.4, 0.15, 0.0
    ];
    assert_relative_eq!(b, by_hand, epsilon = 1e-12);
    // l_ij x_j / x_i: .7 x 1500 / 2000 and so on.
    let by_hand = dmatrix![
        1.6, 0.525, 0.4;
        0.8 * 2000.0 / 1500.0, 1.6, 0.4 * 1000.0 / 1500.0;
        0.8, 0.45, 1.2
    ];
    let inverse = ghosh::inverse(&table).expect("an inverse");
    assert_relative_eq!(inverse, by_hand, epsilon = 1e-12);
    let forward = ghosh::forward_linkages(&table).expect("linkages");
    near(forward.as_slice(), &[2.525, 4.4 / 1.5, 2.45]);
}

#[test]
fn influence_is_of_columns_and_sensitivity_of_rows() {
    let model = open_model(&economy());
    let multipliers = Multipliers::of(&model, MultiplierType::Type1).expect("multipliers");
    let of = |name: &str| multipliers.column(name).expect("a column");
    near(&of("output"), &[2.8, 2.6, 2.4]);
    near(&of("imports"), &[0.34, 0.355, 0.32]);
    // The mean of sums is 7.8 / 3 = 2.6; rows sum to 3.1, 2.8 and 1.9.
    near(&of("influence"), &[2.8 / 2.6, 1.0, 2.4 / 2.6]);
    near(&of("sensitivity"), &[3.1 / 2.6, 2.8 / 2.6, 1.9 / 2.6]);
}

#[test]
fn a_given_output_counts_no_use_of_it_twice() {
    let model = open_model(&economy());
    // Sectors 1 and 3 make 80 and 40 together: f1 = .9 x 80 - .3 x2 - .5 x 40, f3 = 40 - .2 x 80 - .1 x2,
    // and x2 = (.4 x 80) / .8 = 40 with nothing for final use.
    let f = model
        .demand_for_outputs(&[(0, 80.0), (2, 40.0)])
        .expect("a demand");
    near(f.as_slice(), &[40.0, 0.0, 20.0]);
    near(model.output_for(&f).as_slice(), &[80.0, 40.0, 40.0]);
}

#[test]
fn what_an_item_of_final_demand_induces_is_by_producer_and_imports_by_product() {
    let table = economy();
    let all = Inducement::of(table.flows(Text::same("items")).expect("flows")).expect("inducement");
    let exports = all
        .items
        .iter()
        .find(|i| i.role == Some(FinalDemandRole::Exports));
    let exports = exports.expect("exports");
    // x = L (200, 100, 250) = (590, 420, 410).
    near(&exports.production.by_sector, &[590.0, 420.0, 410.0]);
    assert_relative_eq!(exports.production.value, 1420.0, epsilon = 1e-9);
    // Over 550, and of the 4500 of all.
    assert_relative_eq!(
        exports.production.coefficient.expect("demand"),
        1420.0 / 550.0
    );
    assert_relative_eq!(exports.production.dependence.expect("all"), 1420.0 / 4500.0);
    near(&exports.value_added.by_sector, &[118.0, 105.0, 143.5]);
    // Rows of Am: .05 x 590 + .1 x 410, .1 x 420 + .05 x 410, .05 x 590 + .05 x 420.
    near(&exports.imports.by_sector, &[70.5, 62.5, 50.5]);
    near(&exports.accounts[0].by_sector, &[1180.0, 1680.0, 410.0]);
    let capital = all
        .items
        .iter()
        .find(|i| i.role == Some(FinalDemandRole::FixedCapital));
    let capital = capital.expect("capital");
    near(
        &[capital.domestic_demand, capital.imported_demand],
        &[550.0, 400.0],
    );
}

#[test]
fn consumption_and_investment_are_sums_of_their_items_with_coefficients_over_both() {
    let table = economy();
    let all = Inducement::of(table.flows(Text::same("items")).expect("flows")).expect("inducement");
    let groups: Vec<&str> = all
        .groups
        .iter()
        .filter_map(|i| Some(i.group?.id()))
        .collect();
    assert_eq!(groups, ["consumption", "investment", "exports"]);
    // Households (180, 108, 72) and government (170, 42, 28) ask for (350, 150, 100), and
    // x = L (350, 150, 100) = (745, 560, 305).
    let consumption = &all.groups[0];
    near(
        &[consumption.domestic_demand, consumption.imported_demand],
        &[600.0, 90.0],
    );
    let production = &consumption.production;
    near(&production.by_sector, &[745.0, 560.0, 305.0]);
    assert_relative_eq!(production.coefficient.expect("demand"), 1610.0 / 600.0);
    assert_relative_eq!(production.dependence.expect("all"), 1610.0 / 4500.0);
    // No mean of the coefficients of its items, 957.6 / 360 and 652.4 / 240.
    near(
        &[all.items[0].production.value, all.items[1].production.value],
        &[957.6, 652.4],
    );
    near(&consumption.value_added.by_sector, &[149.0, 140.0, 106.75]);
    near(&consumption.accounts[0].by_sector, &[1490.0, 2240.0, 305.0]);
    // Without inventories, investment is fixed capital.
    assert_eq!(all.groups[1].production, all.items[2].production);
    assert_eq!(all.groups[2].imports, all.items[3].imports);
}

/// All chains of up to `depth` steps, one by one as the definition says, the largest first.
fn all_paths(model: &Model, f: &[f64; 3], per_output: &[f64; 3], depth: usize) -> Vec<Path> {
    let a = model.coefficients().domestic();
    let mut paths = Vec::new();
    let mut chains: Vec<(Vec<usize>, f64)> = (0..3).map(|j| (vec![j], f[j])).collect();
    for _ in 0..=depth {
        let mut longer = Vec::new();
        for (sectors, carried) in chains {
            let last = sectors[sectors.len() - 1];
            longer.extend((0..3).map(|i| ([&sectors[..], &[i]].concat(), carried * a[(i, last)])));
            let value = carried * per_output[last];
            paths.push(Path { sectors, value });
        }
        chains = longer;
    }
    paths.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    paths
}

#[test]
fn the_best_paths_are_those_of_a_full_listing_sector_by_sector() {
    let model = open_model(&economy());
    // A supplier's figure may be far above its buyers': what lies beyond a small chain can be the best.
    let cases = [
        ([60.0, 40.0, 7.0], [0.21, 0.25, 0.35]),
        ([1.0, 70.0, -33.0], [2.0, 4.0, 1.0]),
        ([3.0, 0.0, 50.0], [0.01, 90.0, 0.7]),
    ];
    for (f, per_output) in cases {
        for (min_depth, max_depth, limit) in [(0, 6, 25), (1, 3, 12), (2, 5, 9), (3, 3, 6)] {
            let options = Options {
                min_depth,
                max_depth,
                least_share: 1e-12,
                limit,
            };
            let [demand, figure] = [f, per_output].map(|v| DVector::from_column_slice(&v));
            let found = Paths::of(&model, &demand, &figure, &options).expect("paths");
            let mut all = all_paths(&model, &f, &per_output, max_depth);
            all.retain(|p| p.sectors.len() > min_depth && p.value != 0.0);
            assert_eq!(found.paths.len(), limit);
            for (own, listed) in found.paths.iter().zip(&all) {
                assert_relative_eq!(own.value.abs(), listed.value.abs(), max_relative = 1e-12);
                // Where two are worth the same either may come first: it is among the listed.
                let same = all.iter().find(|p| p.sectors == own.sectors);
                let same = same.expect("a chain of the economy");
                assert_relative_eq!(own.value, same.value, max_relative = 1e-12);
            }
            let sum: f64 = found.paths.iter().map(|p| p.value).sum();
            assert_relative_eq!(found.remainder, found.total - sum, epsilon = 1e-9);
        }
    }
}

#[test]
fn the_largest_chains_worked_by_hand() {
    let model = open_model(&economy());
    let options = Options {
        min_depth: 1,
        limit: 4,
        ..Options::default()
    };
    // A demand of 100 for product 3, measured in jobs (2, 4, 1 a unit): 3 <- 1 is .5 x 100 x 2 = 100,
    // 3 <- 1 <- 2 is .4 x 50 x 4 = 80; then 3 <- 1 <- 2 <- 2 with .2 x 20 x 4 = 16 and 3 <- 1 <- 1 <- 2
    // with .1 x 50 x .4 x 4 = 8, or 3 <- 1 <- 2 <- 1 with .3 x 20 x 2 = 12. All jobs are 440.
    let found = Paths::of(
        &model,
        &dvector![0.0, 0.0, 100.0],
        &dvector![2.0, 4.0, 1.0],
        &options,
    )
    .expect("paths");
    let listed: Vec<(&[usize], f64)> = found
        .paths
        .iter()
        .map(|p| (&p.sectors[..], (p.value * 1e9).round() / 1e9))
        .collect();
    assert_eq!(
        listed,
        [
            (&[2, 0][..], 100.0),
            (&[2, 0, 1][..], 80.0),
            (&[2, 0, 1, 1][..], 16.0),
            (&[2, 0, 1, 0][..], 12.0)
        ]
    );
    assert_relative_eq!(found.total, 440.0, epsilon = 1e-9);
    assert_relative_eq!(found.remainder, 232.0, epsilon = 1e-9);
}
