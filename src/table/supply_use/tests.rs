use super::*;
use crate::lang::Text;
use crate::table::{AnyTable, Table};
use nalgebra::{dmatrix, dvector};

fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-9, "{found} for {wanted}");
}

/// By hand, asymmetric: industry 1 makes 80 of product 1 and 20 of product 2, industry 2 makes 190 of product 2 and
/// 10 of product 1. q = (90, 210), g = (100, 200), the determinant of the supply table is 15,000.
fn economy() -> SupplyUse {
    let mut tables = SupplyUse::new(
        [("p1", "Grain"), ("p2", "Goods")],
        [("i1", "Farms"), ("i2", "Works")],
        dmatrix![80.0, 10.0; 20.0, 190.0],
        dmatrix![10.0, 50.0; 30.0, 40.0],
    )
    .final_demand(FinalDemandRole::Household, dvector![30.0, 140.0]);
    tables.value_added = vec![(PrimaryInputRole::Compensation, dvector![60.0, 110.0])];
    tables.jobs = Some(dvector![10.0, 30.0]);
    tables.year = 2020;
    tables
}

fn flows(model: Transformation, negatives: Negatives) -> (Table, Transformed) {
    let made = economy().transform(model, negatives).expect("a table");
    match &made.table {
        AnyTable::Flows(table) => ((**table).clone(), made.clone()),
        AnyTable::Coefficients(_) => unreachable!("flows"),
    }
}

fn cells(table: &Table) -> [f64; 4] {
    let z = &table.flows().domestic;
    [z.at(0, 0), z.at(0, 1), z.at(1, 0), z.at(1, 1)]
}

#[test]
fn industry_technology_gives_products_the_mean_recipe_of_their_makers() {
    let (table, _) = flows(Transformation::IndustryTechnology, Negatives::Keep);
    // Product 1: 80 of industry 1 (.1, .3 a unit) and 10 of industry 2 (.25, .2): (10.5, 26).
    for (found, wanted) in cells(&table).into_iter().zip([10.5, 49.5, 26.0, 44.0]) {
        near(found, wanted);
    }
    near(table.value_added()[0], 0.6 * 80.0 + 0.55 * 10.0);
    near(table.satellite("jobs").expect("jobs")[0], 8.0 + 1.5);
    assert_eq!(table.sectors().get(1).code, "p2");
}

#[test]
fn product_technology_solves_for_recipes_that_makers_mix() {
    let (table, made) = flows(Transformation::ProductTechnology, Negatives::Keep);
    // Recipes: 80 a1 + 20 a2 = 10 and 10 a1 + 190 a2 = 50; 80 b1 + 20 b2 = 30 and 10 b1 + 190 b2 = 40.
    let wanted = [
        90.0 * 900.0,
        210.0 * 3_900.0,
        90.0 * 4_900.0,
        210.0 * 2_900.0,
    ];
    for (found, wanted) in cells(&table).into_iter().zip(wanted) {
        near(found, wanted / 15_000.0);
    }
    assert!(made.negatives.is_empty());
    near(table.output()[1], 210.0);
}

#[test]
fn fixed_sales_structures_give_industries_the_sales_of_their_products() {
    let (table, _) = flows(Transformation::FixedProductSales, Negatives::Keep);
    // Industry 1 makes 8/9 of product 1 and 2/21 of product 2.
    let (grain, goods) = (8.0 / 9.0, 2.0 / 21.0);
    near(cells(&table)[0], grain * 10.0 + goods * 30.0);
    near(cells(&table)[1], grain * 50.0 + goods * 40.0);
    near(cells(&table)[2], 10.0 / 9.0 + 19.0 / 21.0 * 30.0);
    near(
        table.domestic_final_demand_total()[0],
        grain * 30.0 + goods * 140.0,
    );
    assert_eq!(table.value_added().as_slice(), [60.0, 110.0]);
    assert_eq!(table.sectors().get(0).code, "i1");
    let (table, _) = flows(Transformation::FixedIndustrySales, Negatives::Keep);
    // S^-1 = [190 -10; -20 80] / 15,000, its rows times 100 and 200.
    near(
        cells(&table)[0],
        100.0 * (190.0 * 10.0 - 10.0 * 30.0) / 15_000.0,
    );
    near(
        cells(&table)[2],
        200.0 * (-20.0 * 10.0 + 80.0 * 30.0) / 15_000.0,
    );
    near(table.output()[0], 100.0);
}

/// Three products of two industries: q = (90, 120, 50), g = (100, 160).
#[test]
fn more_products_than_industries_have_their_table_by_models_b_and_d() {
    let mut tables = SupplyUse::new(
        [("p1", "Grain"), ("p2", "Goods"), ("p3", "Rides")],
        [("i1", "Farms"), ("i2", "Works")],
        dmatrix![80.0, 10.0; 20.0, 100.0; 0.0, 50.0],
        dmatrix![10.0, 16.0; 20.0, 8.0; 5.0, 0.0],
    )
    .final_demand(FinalDemandRole::Household, dvector![64.0, 92.0, 45.0]);
    tables.year = 2020;
    let of = |model| {
        let made = tables.transform(model, Negatives::Keep).expect("a table");
        match made.table {
            AnyTable::Flows(table) => *table,
            AnyTable::Coefficients(_) => unreachable!("flows"),
        }
    };
    let products = of(Transformation::IndustryTechnology);
    let z = &products.flows().domestic;
    assert_eq!(z.nrows(), 3);
    near(z.at(0, 0), 0.8 * 10.0 + 16.0 / 16.0);
    near(z.at(1, 2), 8.0 * 50.0 / 160.0);
    near(products.value_added()[2], 50.0 - 7.5);
    let industries = of(Transformation::FixedProductSales);
    let z = &industries.flows().domestic;
    near(z.at(0, 0), 80.0 / 9.0 + 20.0 / 6.0);
    for model in [
        Transformation::ProductTechnology,
        Transformation::FixedIndustrySales,
    ] {
        let why = tables
            .transform(model, Negatives::Keep)
            .expect_err("no inverse");
        assert!(why.to_string().contains("there are 3 and 2"), "{why}");
    }
}

#[test]
fn without_secondary_products_all_models_are_one() {
    let mut tables = economy();
    tables.supply = dmatrix![100.0, 0.0; 0.0, 200.0];
    tables.final_demand[0].1 = dvector![40.0, 130.0];
    for model in [
        Transformation::ProductTechnology,
        Transformation::IndustryTechnology,
        Transformation::FixedIndustrySales,
        Transformation::FixedProductSales,
    ] {
        let made = tables.transform(model, Negatives::Keep).expect("a table");
        let table = made.table.flows(Text::same("a test")).expect("flows");
        assert_eq!(cells(table), [10.0, 50.0, 30.0, 40.0], "{model:?}");
    }
}

/// Industry 2 makes 10 of product 1 without using any of product 2's main input: product technology takes out of it
/// what it never used.
#[test]
fn flows_below_zero_are_told_and_almon_takes_out_no_more_than_is_used() {
    let mut tables = economy();
    tables.domestic = dmatrix![60.0, 1.0; 0.0, 40.0];
    tables.final_demand[0].1 = dvector![29.0, 170.0];
    tables.value_added[0].1 = dvector![40.0, 159.0];
    let model = Transformation::ProductTechnology;
    let kept = tables.transform(model, Negatives::Keep).expect("a table");
    // A recipe of (80 * 1 - 10 * 60) / 15,000 for 210 of product 2.
    near(kept.negatives[0].value, -210.0 * 520.0 / 15_000.0);
    assert_eq!((kept.negatives[0].row, kept.negatives[0].column), (0, 1));
    assert_eq!(kept.negatives.len(), 2);
    let almon = tables.transform(model, Negatives::Almon).expect("a table");
    assert!(almon.negatives.is_empty());
    let table = almon.table.flows(Text::same("a test")).expect("flows");
    let z = &table.flows().domestic;
    near(z.row(0).sum(), 61.0);
    near(z.row(1).sum(), 40.0);
    assert!(z.at(0, 1) >= 0.0 && z.at(0, 1) < 1.0 && almon.adjusted > 0.0);
    assert!(
        tables
            .transform(Transformation::FixedProductSales, Negatives::Almon)
            .is_err()
    );
}

/// Where nothing becomes negative, Almon's rows are those of product technology.
#[test]
fn almon_is_product_technology_where_nothing_is_below_zero() {
    let (plain, _) = flows(Transformation::ProductTechnology, Negatives::Keep);
    let (almon, made) = flows(Transformation::ProductTechnology, Negatives::Almon);
    for (a, b) in cells(&plain).into_iter().zip(cells(&almon)) {
        near(a, b);
    }
    assert!(made.adjusted < 1e-6);
}

/// Miller & Blair, ch. 5: V = [90 0; 10 100] (industries by products), U = [12 8; 10 7].
#[test]
fn miller_and_blair_chapter_5_by_both_technologies() {
    let tables = SupplyUse::new(
        [("1", "1"), ("2", "2")],
        [("1", "1"), ("2", "2")],
        dmatrix![90.0, 10.0; 0.0, 100.0],
        dmatrix![12.0, 8.0; 10.0, 7.0],
    )
    .final_demand(FinalDemandRole::Household, dvector![80.0, 83.0]);
    let b = tables.transform(Transformation::IndustryTechnology, Negatives::Keep);
    let b = b.expect("a table").table.coefficients();
    // A = B D, B = U g^-1, D = V q^-1.
    near(b.domestic().at(0, 0), 12.0 / 90.0 * 0.9 + 8.0 / 110.0 * 0.1);
    near(b.domestic().at(1, 1), 7.0 / 110.0);
    let a = tables.transform(Transformation::ProductTechnology, Negatives::Keep);
    let a = a.expect("a table").table.coefficients();
    // A = B C^-1: product 1 as industry 1 makes it.
    near(a.domestic().at(0, 0), 12.0 / 90.0);
    near(a.domestic().at(0, 1), (8.0 - 10.0 * 12.0 / 90.0) / 100.0);
}

/// Purchasers' prices by hand: of product 1 (goods) 100 made, 20 imported, 24 of margins, 12 of taxes: 156; product 2
/// is trade: 80 made, its margins of 24 taken off, 4 of taxes: 60.
#[test]
fn margins_and_taxes_are_taken_out_of_each_use() {
    let printed = Printed {
        products: vec![
            ("g".into(), Text::same("Goods")),
            ("t".into(), Text::same("Trade")),
        ],
        industries: vec![
            ("1".into(), Text::same("Makers")),
            ("2".into(), Text::same("Traders")),
        ],
        supply: dmatrix![100.0, 0.0; 0.0, 80.0],
        imports: Some(dvector![20.0, 0.0]),
        margins: Some(dvector![24.0, -24.0]),
        taxes: Some(dvector![12.0, 4.0]),
        uses: dmatrix![26.0, 10.0; 8.0, 2.0],
        final_uses: dmatrix![84.0, 36.0; 30.0, 20.0],
        roles: vec![FinalDemandRole::Household, FinalDemandRole::Exports],
        domestic: None,
        taxes_by_user: None,
        value_added: vec![(PrimaryInputRole::Compensation, dvector![66.0, 68.0])],
    };
    let tables = printed.at_basic_prices().expect("basic prices");
    // Taxes of 12 on 120 used at home: a tenth; margins of 24 on 156: 2/13.
    let left = 1.0 - 0.1 - 2.0 / 13.0;
    let goods = 26.0 * left;
    near((&tables.domestic + &tables.imported)[(0, 0)], goods);
    // Imports of 20 are spread over what is used at home at basic prices.
    near(tables.imported[(0, 0)], 20.0 * 26.0 / 120.0);
    // Trade: 8 less its tax of 4 / 40, plus the margins on 26 of goods.
    near(tables.domestic[(1, 0)], 8.0 * 0.9 + 26.0 * 2.0 / 13.0);
    let taxes = tables.product_taxes.clone().expect("taxes");
    near(taxes.industries[0], 2.6 + 0.8);
    near(taxes.final_demand[1].1, 0.0);
    near(tables.final_demand[1].1[0], 36.0 * (1.0 - 2.0 / 13.0));
    // Every product adds up at basic prices, and the table of any model balances.
    let made = tables.transform(Transformation::FixedProductSales, Negatives::Keep);
    assert!(made.is_ok(), "{made:?}");
}

#[test]
fn what_rounding_leaves_goes_to_inventories_and_is_told() {
    let mut off = economy();
    off.final_demand[0].1[1] -= 1.0;
    let model = Transformation::IndustryTechnology;
    let made = off
        .transform(model, Negatives::Keep)
        .expect("within rounding");
    near(made.rounding, 1.0);
    let table = made.table.flows(Text::same("a test")).expect("flows");
    assert_eq!(
        table
            .domestic_demand_for(FinalDemandRole::Inventories)
            .as_slice(),
        [0.0, 1.0]
    );
}

#[test]
fn tables_that_do_not_fit_are_refused_with_a_remedy() {
    let message = |tables: &SupplyUse, model| {
        let made = tables.transform(model, Negatives::Keep);
        made.expect_err("refused").to_string()
    };
    let mut off = economy();
    off.final_demand[0].1[1] += 30.0;
    assert!(message(&off, Transformation::FixedProductSales).contains("p2 (Goods)"));
    let mut wide = economy();
    wide.products.push(("p3".into(), Text::same("More")));
    assert!(message(&wide, Transformation::IndustryTechnology).contains("3 products"));
    let mut same = economy();
    same.supply = dmatrix![30.0, 60.0; 70.0, 140.0];
    same.value_added.clear();
    assert!(message(&same, Transformation::ProductTechnology).contains("use B or D"));
}
