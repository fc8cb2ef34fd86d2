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
    assert_relative_eq!(d.value_added() + d.imports, 50.0, epsilon = 1e-9);
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
    assert_relative_eq!(d.value_added() + d.imports, 50.0, epsilon = 1e-9);
    let jobs = 2.0 * changes[0] + 4.0 * changes[1] + changes[2];
    assert_relative_eq!(d.jobs, jobs * 0.512, epsilon = 1e-9);
}

#[test]
fn what_others_gain_is_solved_for_each_share_that_buyers_replace() {
    let industry = "exports = 0.5\nbuyers = { 1 = 1.0 }\nreplaces = \"3\"\nreplaced_share = 0.6\n";
    let study = study(industry, 1.0);
    let shares: Vec<f64> = study.by_replaced_share.iter().map(|at| at.share).collect();
    near(&shares, &[0.0, 0.25, 0.5, 0.6, 0.75, 1.0]);
    let own: Vec<bool> = study.by_replaced_share.iter().map(|at| at.own).collect();
    assert_eq!(own, [false, false, false, true, false, false]);
    // Sector 1 buys .25 of product 3 and .025 of the new one a unit: all of that can be replaced.
    assert_eq!(study.most_replaced_share, Some(1.0));
    for at in &study.by_replaced_share {
        let (s, d) = (at.share, at.included.expect("buyers buy that much"));
        // .02 s at home and .005 s abroad less: x1 = 2000 + .4 x4 - .016 s x1, x4 = 50 + .025 x1.
        let x1 = 2020.0 / (0.99 + 0.016 * s);
        let x4 = 50.0 + 0.025 * x1;
        let changes = [
            x1 - 2000.0,
            0.2 * x4 - 0.008 * s * x1,
            0.4 * x4 - 0.024 * s * x1,
        ];
        let all = changes.iter().sum::<f64>();
        let squeezed = 0.025 * (1.0 - s) * x1;
        let others = 0.2 * changes[0] + 0.25 * changes[1] + 0.35 * changes[2] - squeezed;
        let imports = 0.1 * changes[0] + 0.15 * (changes[1] + changes[2]) - 0.005 * s * x1;
        let jobs = 2.0 * changes[0] + 4.0 * changes[1] + changes[2];
        assert_relative_eq!(d.other_output, all, epsilon = 1e-9);
        assert_relative_eq!(d.other_value_added, others, epsilon = 1e-9);
        assert_relative_eq!(d.value_added(), others + 0.4 * x4, epsilon = 1e-9);
        // Of its own value added .1 goes to its staff, half of the other .3 abroad.
        assert_relative_eq!(d.national_income, others + 0.25 * x4, epsilon = 1e-9);
        assert_relative_eq!(d.imports, imports + 0.2 * x4, epsilon = 1e-9);
        assert_relative_eq!(d.jobs, jobs * 0.512, epsilon = 1e-9);
        if at.own {
            assert_eq!(d, study.included);
            assert_relative_eq!(study.unreplaced, squeezed, epsilon = 1e-9);
        }
    }
    let note = study
        .notes
        .iter()
        .find(|n| n.code() == "buyers_prices_stay");
    assert!(note.is_some_and(|n| n.figures().contains_key("unreplaced")));
}

#[test]
fn a_share_that_buyers_do_not_buy_is_left_out_and_what_they_can_is_said() {
    let industry = "exports = 0.25\nbuyers = { 3 = 1.0 }\nreplaces = \"2\"\nreplaced_share = 0.9\n";
    let study = study(industry, 1.0);
    // Sector 3 pays 75, .075 a unit, and buys .05 of product 2, all of it abroad: two thirds.
    let most = study.most_replaced_share.expect("a product is replaced");
    assert_relative_eq!(most, 2.0 / 3.0, epsilon = 1e-12);
    let there: Vec<(f64, bool)> = study
        .by_replaced_share
        .iter()
        .map(|at| (at.share, at.included.is_some()))
        .collect();
    let expected = [
        (0.0, true),
        (0.25, true),
        (0.5, true),
        (0.75, false),
        (0.9, true),
        (1.0, false),
    ];
    assert_eq!(there, expected);
    // As written it replaces all that is bought: x3 = 1000 + .4 x4, x4 = 25 + .075 x3 = 100 + .03 x4.
    let x4 = 100.0 / 0.97;
    let d = study.included;
    assert_relative_eq!(d.own_output, x4, epsilon = 1e-9);
    let x3 = 1000.0 + 0.4 * x4;
    assert_relative_eq!(d.other_value_added, 0.27 * x4 - 0.025 * x3, epsilon = 1e-9);
    assert_relative_eq!(d.imports, 0.33 * x4 - 0.05 * x3, epsilon = 1e-9);
    assert_relative_eq!(study.unreplaced, 0.025 * x3, epsilon = 1e-9);
}

#[test]
fn what_no_buyer_takes_is_sold_to_final_users() {
    let study = study(
        "exports = 0.2\nfinal_demand = 0.1\nbuyers = { 1 = 0.5, 3 = 0.25 }\n",
        1.0,
    );
    // 70 for sectors: half to sector 1, a quarter to sector 3, and 17.5 to nobody.
    near(
        &[study.exports, study.final_sales, study.intermediate_sales],
        &[20.0, 27.5, 52.5],
    );
    assert!(
        study
            .notes
            .iter()
            .any(|n| n.code() == "unsold_to_final_users")
    );
    // .0175 a unit of both: x1 = 2000 + .4 x4, x3 = 1000 + .4 x4, x4 = 47.5 + .0175 (x1 + x3).
    let x4 = 100.0 / 0.986;
    let d = study.included;
    assert_relative_eq!(d.own_output, x4, epsilon = 1e-9);
    assert_relative_eq!(d.other_output, x4, epsilon = 1e-9);
    let paid = 0.0175 * (3000.0 + 0.8 * x4);
    assert_relative_eq!(study.unreplaced, paid, epsilon = 1e-9);
    assert_relative_eq!(d.other_value_added, 0.27 * x4 - paid, epsilon = 1e-9);
    assert_relative_eq!(d.value_added() + d.imports, 47.5, epsilon = 1e-9);
}

#[test]
fn two_buyers_each_replace_what_they_buy_at_home_and_abroad() {
    let industry = "exports = 0.2\nfinal_demand = 0.275\nbuyers = { 1 = 0.4, 3 = 0.6 }\nreplaces = \"2\"\n\
                    replaced_share = 0.5\n";
    let d = study(industry, 1.0).included;
    // 52.5 to sectors: 21 of 2000 and 31.5 of 1000 a unit. Half of it less of product 2: .00525 at home
    // of sector 1, which imports none, and .01575 abroad of sector 3, which buys none at home. L (0, 1, 0)
    // = (.7, 1.6, .3): x = (2000, 1500, 1000) + (.4, .2, .4) x4 - .00525 x1 (.7, 1.6, .3).
    let (home, abroad) = (0.00525, 0.01575);
    // x4 = 47.5 + .0105 x1 + .0315 x3, and x1 (1 + .7 home) = 2000 + .4 x4.
    let per_x4 = 0.4 / (1.0 + 0.7 * home);
    let of_x1 = 0.0105 - 0.0315 * 0.3 * home;
    let x4 = (47.5 + 31.5 + of_x1 * 5000.0 * per_x4) / (1.0 - 0.0315 * 0.4 - of_x1 * per_x4);
    let x1 = (2000.0 + 0.4 * x4) / (1.0 + 0.7 * home);
    let x3 = 1000.0 + 0.4 * x4 - 0.3 * home * x1;
    let changes = [x1 - 2000.0, 0.2 * x4 - 1.6 * home * x1, x3 - 1000.0];
    assert_relative_eq!(d.own_output, x4, epsilon = 1e-9);
    assert_relative_eq!(d.other_output, changes.iter().sum::<f64>(), epsilon = 1e-9);
    let squeezed = home * x1 + abroad * x3;
    let others = 0.2 * changes[0] + 0.25 * changes[1] + 0.35 * changes[2] - squeezed;
    assert_relative_eq!(d.other_value_added, others, epsilon = 1e-9);
    let imports = 0.1 * changes[0] + 0.15 * (changes[1] + changes[2]) - abroad * x3 + 0.2 * x4;
    assert_relative_eq!(d.imports, imports, epsilon = 1e-9);
    assert_relative_eq!(d.value_added() + d.imports, 47.5, epsilon = 1e-9);
}

#[test]
fn a_recipe_of_its_purchases_is_scaled_with_what_it_produces_inside_the_system() {
    // Its electricity, 30 of product 3, by a recipe: .4 of product 1, half of it from home, .1 of product 2
    // from home, .3 for employees, .2 jobs a million; so 6 + 3 of inputs and 6 of imports.
    let recipe = "[recipe.own]\ninputs = { 1 = 0.4, 2 = 0.1 }\ndomestic_shares = { 1 = 0.5, 2 = 1 }\n\
                  compensation = 0.3\njobs = 200\n";
    let line = "amount = \"40m\"\ndomestic_share = 0.75\n";
    assert!(THREE_PHASES.ends_with(line));
    let phases = THREE_PHASES.replace(line, "amount = \"30m\"\nrecipe = \"own\"\n");
    let text = format!(
        "{phases}{recipe}[industry]\nname = \"Centre\"\nphase = \"Run\"\nsales = \"100m\"\n\
         labour_share = 0.25\nexports = 0.5\nbuyers = {{ 1 = 1.0 }}\n"
    );
    let study = impact_of(&text).industry.expect("an industry");
    // 100 - 30 - 10 at home - 10 of imports.
    assert_relative_eq!(study.own_value_added, 50.0, epsilon = 1e-9);
    // L (16, 3, 0) = (27.7, 17.6, 7.3) of average columns, .277 and so on a unit sold; and 30 by recipe.
    // x1 = 2000 + .277 x4, x4 = 50 + .025 x1.
    let x4 = 100.0 / (1.0 - 0.025 * 0.277);
    let scale = x4 / 100.0;
    let d = study.included;
    assert_relative_eq!(d.own_output, x4, epsilon = 1e-9);
    assert_relative_eq!(d.other_output, (52.6 + 30.0) * scale, epsilon = 1e-9);
    // v'(27.7, 17.6, 7.3) = 12.495, and 30 - 9 - 6 of the recipe; sector 1 pays for what it buys.
    let paid = 0.025 * (2000.0 + 0.277 * x4);
    assert_relative_eq!(
        d.other_value_added,
        (12.495 + 15.0) * scale - paid,
        epsilon = 1e-9
    );
    // m'x = 6.505, 6 of the recipe, 10 of its own.
    assert_relative_eq!(d.imports, 22.505 * scale, epsilon = 1e-9);
    // 2 x 27.7 + 4 x 17.6 + 7.3, and .2 x 30 of the recipe, at the .512 of 2003.
    assert_relative_eq!(d.jobs, 139.1 * 0.512 * scale, epsilon = 1e-9);
    assert_relative_eq!(d.value_added() + d.imports, 50.0, epsilon = 1e-9);
}

#[test]
fn taxes_on_imports_and_on_its_purchases_make_market_prices_of_its_value_added() {
    let table = AnyTable::open("kr-2023-83").expect("built in");
    let model = open_model(&table);
    let text = "[[phase]]\nname = \"Run\"\nkind = \"recurring\"\n[[phase.spending]]\nwhat = \"34\"\n\
                amount = \"1000m\"\ndomestic_share = 0.25\nprice = \"purchasers\"\nproduct_tax = 0.1\n\
                [industry]\nname = \"Centre\"\nphase = \"Run\"\nsales = \"2000m\"\nexports = 1\nstaff = 3\n";
    let scenario = scenario(text, &table);
    let impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
    let study = impact.industry.as_ref().expect("an industry");
    let on_imports = impact.leakage[0]
        .taxes
        .expect("the table knows them")
        .type1();
    assert!(on_imports > 0.0);
    for d in [study.included, study.as_final_demand] {
        let taxes = d.product_taxes.expect("known");
        assert_relative_eq!(taxes, on_imports + 100.0, max_relative = 1e-9);
        assert_relative_eq!(d.gdp().expect("known"), d.value_added() + taxes);
        // All is sold abroad: value added, imports and the tax set aside are all of it.
        assert_relative_eq!(
            d.value_added() + d.imports + 100.0,
            2000.0,
            max_relative = 1e-6
        );
    }
    assert_eq!(study.staff, Some(3.0));
}
