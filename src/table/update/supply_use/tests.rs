use super::*;
use crate::table::PrimaryInputRole;
use crate::table::supply_use::ProductTaxes;
use nalgebra::{dmatrix, dvector};

/// Three products of two industries that import; q = (90, 120, 50), g = (100, 160).
fn economy() -> SupplyUse {
    let mut tables = SupplyUse::new(
        [("p1", "Grain"), ("p2", "Goods"), ("p3", "Rides")],
        [("i1", "Farms"), ("i2", "Works")],
        dmatrix![80.0, 10.0; 20.0, 100.0; 0.0, 50.0],
        dmatrix![30.0, 16.0; 20.0, 46.56; 5.0, 30.0],
    );
    tables.imported = dmatrix![6.0, 0.0; 0.0, 4.0; 3.0, 1.0];
    let (home, abroad) = (dvector![44.0, 53.44, 15.0], dvector![2.0, 10.0, 0.0]);
    tables.final_demand = vec![(FinalDemandRole::Household, home, abroad)];
    tables.year = 2020;
    tables
}

const TOTALS: &str = "total,code,value\noutput,i1,115.2\noutput,i2,255\n\
    intermediate_inputs,i1,104.65\nintermediate_inputs,i2,118.7\n";

fn totals(more: &str, tables: &SupplyUse) -> Result<Totals> {
    Totals::of_supply_use("totals.csv", &format!("{TOTALS}{more}"), 2024, tables)
}

fn updated(more: &str, tables: &SupplyUse) -> Result<UpdatedSupplyUse> {
    tables.updated(&totals(more, tables)?)
}

/// Chosen: products p = (1, 5/4, 4/3), output s = (6/5, 2), users u = (3/2, 1, 5/4), imports 9/10. Supply is S s / p,
/// domestic use D u p, imported use M u 9/10, and what is made of each product is used: (116, 179.2, 75).
#[test]
fn supply_falls_by_what_uses_of_a_product_rise_by() {
    let updated =
        updated("final_demand,household,177\nimports,,30.15\n", &economy()).expect("feasible");
    let new = &updated.tables;
    let near = |found: &nalgebra::DMatrix<f64>, by_hand: nalgebra::DMatrix<f64>| {
        assert!((found - &by_hand).amax() < 1e-9, "{found} for {by_hand}");
    };
    near(&new.supply, dmatrix![96.0, 20.0; 19.2, 160.0; 0.0, 75.0]);
    near(&new.domestic, dmatrix![45.0, 16.0; 37.5, 58.2; 10.0, 40.0]);
    near(&new.imported, dmatrix![8.1, 0.0; 0.0, 3.6; 4.05, 0.9]);
    let (_, home, abroad) = &new.final_demand[0];
    assert!((home - dvector![55.0, 83.5, 25.0]).amax() < 1e-9);
    assert!((abroad - dvector![2.25, 11.25, 0.0]).amax() < 1e-9);
    assert!(updated.derived.is_empty() && new.year == 2024);
    // The largest factors: s / p of product 1 in industry 2, u p of product 3 in industry 1, and u 9/10.
    let moved = updated.moved.iter();
    let moved: Vec<(usize, usize, f64)> = moved
        .map(|cell| {
            (
                cell.product,
                cell.column,
                (1e6 * cell.factor()).round() / 1e6,
            )
        })
        .collect();
    assert_eq!(moved[..2], [(0, 1, 2.0), (2, 0, 2.0)]);
    assert_eq!(moved[2].2, 1.35);
}

#[test]
fn totals_that_tables_have_change_nothing() {
    let old = economy();
    let same = "total,code,value\noutput,i1,100\noutput,i2,160\nfinal_demand,household,124.44\n";
    let same = Totals::of_supply_use("totals.csv", same, 2020, &old).expect("read");
    let updated = old.updated(&same).expect("feasible");
    assert!((&updated.tables.supply - &old.supply).amax() < 1e-9);
    assert!((&updated.tables.imported - &old.imported).amax() < 1e-9);
    let kinds: Vec<Derived> = updated.derived.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, [Derived::ValueAdded, Derived::ImportsLeft]);
}

/// 177 of final demand and 223.35 of inputs are 30.15 more than output.
#[test]
fn imports_are_as_given_or_what_is_left() {
    let imports = |more: &str| {
        let new = updated(more, &economy()).expect("feasible").tables;
        new.imported.column_sum() + &new.final_demand[0].2
    };
    let left = imports("final_demand,household,177\n");
    assert!((left.sum() - 30.15).abs() < 1e-9);
    let one = imports("final_demand,household,177\nimports,p3,7\n");
    assert!((one[2] - 7.0).abs() < 1e-9 && (one.sum() - 30.15).abs() < 1e-9);
    // Final demand takes what they leave; 26 of the old tables grow as output, by 370.2 / 260.
    let grown = imports("imports,p2,20\n");
    assert!((grown[1] - 20.0).abs() < 1e-9);
    assert!((grown.sum() - 20.0 - 12.0 * 370.2 / 260.0).abs() < 1e-9);
}

#[test]
fn value_added_keeps_its_parts_and_jobs_their_number_per_output() {
    let mut old = economy();
    let output = old.industry_output();
    let bought = (old.domestic.row_sum() + old.imported.row_sum()).transpose();
    let taxes = dvector![1.0, 2.0];
    let left = output - bought - &taxes;
    old.value_added = vec![
        (PrimaryInputRole::Compensation, &left * 0.75),
        (PrimaryInputRole::OperatingSurplus, &left * 0.25),
    ];
    old.product_taxes = Some(ProductTaxes {
        industries: taxes,
        final_demand: vec![(FinalDemandRole::Household, 5.0)],
    });
    old.jobs = Some(dvector![10.0, 40.0]);
    let more = "final_demand,household,183\nimports,,30.15\njobs,i2,50\n";
    let new = updated(more, &old).expect("feasible").tables;
    assert!((&new.value_added[0].1 - dvector![10.55, 136.3] * 0.75).amax() < 1e-9);
    let jobs = new.jobs.as_ref().expect("jobs");
    assert!((jobs - dvector![11.52, 50.0]).amax() < 1e-9);
    // What inputs and final demand buy beside products: 406.35 - 400.35.
    let paid = new.product_taxes.as_ref().expect("taxes");
    let paid = paid.industries.sum() + paid.final_demand[0].1;
    assert!((paid - 6.0).abs() < 1e-9);
    new.check().expect("adds up");
}

#[test]
fn what_cannot_be_is_named() {
    let old = economy();
    let fault = |more: &str| {
        let why = updated(more, &old).expect_err("a fault");
        (why.text().en, why.text().ko)
    };
    let (en, ko) = fault("final_demand,household,177\nimports,,31\n");
    assert!(en.contains("final demand comes to 177, but value added and imports come to 178"));
    assert!(ko.contains("최종수요 합계는 177"), "{ko}");
    let all = "imports,p1,10\nimports,p2,15\nimports,p3,5\nimports,,40\n";
    let (en, ko) = fault(all);
    assert!(en.contains("imports come to 40 in all, but those of products to 30"));
    assert!(ko.contains("상품별 수입의 합은 30"), "{ko}");
    // Imports of grain are above zero.
    let (en, ko) = fault("final_demand,household,177\nimports,,30.15\nimports,p1,-1\n");
    assert!(
        en.contains("the imports of p1 Grain: -1 is asked for"),
        "{en}"
    );
    assert!(ko.contains("p1 Grain의 수입"), "{ko}");
    let (en, _) = fault("jobs,i1,3\n");
    assert!(
        en.contains("the old tables have no jobs") && en.contains("i2 Works"),
        "{en}"
    );
    let loose = "total,code,value,looseness\noutput,i1,115.2,0.5\n";
    let why = Totals::of_supply_use("t.csv", loose, 2024, &old).expect_err("loose");
    assert!(why.text().en.contains("must hold"), "{why}");
    for (line, said) in [
        ("imports,i1,4\n", "'i1' is no product of the tables"),
        ("value_added,p1,4\n", "'p1' is no industry of the tables"),
        ("import_taxes,p1,4\n", "'import_taxes' is no total"),
        ("final_demand,exports,4\n", "'exports' is no category"),
        ("value_added,i1,10\n", "value_added is given as well"),
    ] {
        let (en, _) = fault(line);
        assert!(en.contains(said), "{en}");
    }
}
