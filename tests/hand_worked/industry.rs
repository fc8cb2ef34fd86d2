//! A new industry whose purchases are the recurring phase of [`super::phases`]: (10, 0, 30) at home and
//! 20 of imports, out of sales of 100.

use super::phases::THREE_PHASES;
use super::*;
use leontief::impact::industry::IndustryImpact;

fn study(industry: &str, scale: f64) -> IndustryImpact {
    let table = economy();
    let text = format!(
        "{THREE_PHASES}[industry]\nname = \"Centre\"\nphase = \"Run\"\nsales = \"100m\"\n\
         labour_share = 0.25\nforeign_ownership = 0.5\n{industry}"
    );
    let scenario = scenario(&text, &table);
    let plan = scenario
        .plan()
        .and_then(|p| p.scaled(scale))
        .expect("a plan");
    impact::of_scenario_plan(&table, &open_model(&table), &scenario, &plan)
        .expect("an impact")
        .industry
        .expect("an industry")
}

#[test]
fn a_resized_scenario_resizes_what_its_industry_sells() {
    for scale in [1.0, 3.0] {
        let study = study("final_demand = 1\n", scale);
        assert_relative_eq!(study.sales, 100.0 * scale, epsilon = 1e-9);
        // 100 - 40 - 20: a quarter for its staff, half of the rest abroad.
        assert_relative_eq!(study.own_value_added, 40.0 * scale, epsilon = 1e-9);
        assert_relative_eq!(study.compensation, 10.0 * scale, epsilon = 1e-9);
        assert_relative_eq!(study.foreign_surplus, 15.0 * scale, epsilon = 1e-9);
        for way in [study.included, study.as_final_demand] {
            // x = (40, 20, 40): 27 of value added, 20 + 13 of imports, 200 jobs at the .512 of 2003.
            assert_relative_eq!(way.other_output, 100.0 * scale, epsilon = 1e-9);
            assert_relative_eq!(way.other_value_added, 27.0 * scale, epsilon = 1e-9);
            assert_relative_eq!(way.imports, 33.0 * scale, epsilon = 1e-9);
            assert_relative_eq!(way.jobs, 102.4 * scale, epsilon = 1e-9);
        }
    }
}

#[test]
fn an_industry_that_sells_to_a_sector_is_a_row_of_that_sectors_column() {
    let study = study("exports = 0.5\nbuyers = { 1 = 1.0 }\n", 1.0);
    // 50 abroad, 50 to sector 1: .025 a unit of its output. L (.1, 0, .3) = (.4, .2, .4), so
    // x1 = 2000 + .4 x4 and x4 = 50 + .025 x1 = 100 + .01 x4.
    let own = 100.0 / 0.99;
    let d = study.included;
    assert_relative_eq!(d.own_output, own, epsilon = 1e-9);
    assert_relative_eq!(d.other_output, own, epsilon = 1e-9);
    // v'(.4, .2, .4) = .27; sector 1 pays for the rest out of its own value added.
    let x1 = 2000.0 + 0.4 * own;
    assert_relative_eq!(d.other_value_added, 0.27 * own - 0.025 * x1, epsilon = 1e-9);
    // m'(.4, .2, .4) = .13, and .2 of its own.
    assert_relative_eq!(d.imports, 0.33 * own, epsilon = 1e-9);
    // e'(.4, .2, .4) = 2.
    assert_relative_eq!(d.jobs, 2.0 * own * 0.512, epsilon = 1e-9);
    assert_relative_eq!(d.gdp() + d.imports, 50.0, epsilon = 1e-9);
}

#[test]
fn what_is_replaced_is_bought_less_by_the_buyer_at_home_and_abroad() {
    let industry = "exports = 0.5\nbuyers = { 1 = 1.0 }\nreplaces = \"3\"\nreplaced_share = 0.6\n";
    let d = study(industry, 1.0).included;
    // .015 a unit of sector 1's output less of product 3, of which it buys .2 at home and .05 abroad:
    // .012 and .003. Column 3 of L is (.8, .4, 1.2): x1 = 2000 + .4 x4 - .0096 x1, x4 = 50 + .025 x1.
    let x1 = 2020.0 / 0.9996;
    let x4 = 50.0 + 0.025 * x1;
    let changes = [x1 - 2000.0, 0.2 * x4 - 0.0048 * x1, 0.4 * x4 - 0.0144 * x1];
    assert_relative_eq!(d.own_output, x4, epsilon = 1e-9);
    assert_relative_eq!(d.other_output, changes.iter().sum::<f64>(), epsilon = 1e-9);
    // Sector 1 pays .025 more and .015 less.
    let value_added = 0.2 * changes[0] + 0.25 * changes[1] + 0.35 * changes[2] - 0.01 * x1;
    assert_relative_eq!(d.other_value_added, value_added, epsilon = 1e-9);
    let imports = 0.1 * changes[0] + 0.15 * changes[1] + 0.15 * changes[2] - 0.003 * x1 + 0.2 * x4;
    assert_relative_eq!(d.imports, imports, epsilon = 1e-9);
    assert_relative_eq!(d.gdp() + d.imports, 50.0, epsilon = 1e-9);
    let jobs = 2.0 * changes[0] + 4.0 * changes[1] + changes[2];
    assert_relative_eq!(d.jobs, jobs * 0.512, epsilon = 1e-9);
}
