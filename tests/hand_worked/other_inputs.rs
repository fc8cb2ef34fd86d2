//! Imports and taxes on products of which only the users are told: rows under the table, no part of value added.
//!
//! ```text
//!      Ad            Am         m (not told)   t          v         w         L = (I - Ad)^-1
//!  .15  .25      .05   0        .10  .20      .02  .05   .47  .39  .20  .30   1.254125   .330033
//!  .20  .05      .01  .06                                                      .264026  1.122112
//! ```

use crate::common::Folder;
use approx::assert_relative_eq;
use leontief::analysis::{Inducement, MultiplierType, Multipliers};
use leontief::impact::effects;
use leontief::lang::Text;
use leontief::model::{Closure, Households, ImportTreatment};
use leontief::table::balance::{Balance, Gdp};
use leontief::table::read::native;
use leontief::table::{
    FinalDemandRole, OtherInputRole, PrimaryInputRole, Regrouping, Sector, Table, Use, write,
};
use leontief::{AnyTable, Model};
use nalgebra::dvector;

fn table() -> AnyTable {
    use FinalDemandRole::{Exports, Household};
    Table::builder("other", 2022)
        .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
        .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
        .imported_flows([[50.0, 0.0], [10.0, 120.0]])
        .final_demand(Household, [300.0, 1200.0])
        .final_demand(Exports, [50.0, 500.0])
        .imported_final_demand(Household, [40.0, 60.0])
        .value_added(PrimaryInputRole::Compensation, [200.0, 600.0])
        .value_added(PrimaryInputRole::OperatingSurplus, [270.0, 180.0])
        .other_inputs(
            OtherInputRole::Imports,
            [100.0, 400.0],
            [(Household, 400.0), (Exports, 10.0)],
        )
        .other_inputs(
            OtherInputRole::ProductTaxes,
            [20.0, 100.0],
            [(Household, 250.0)],
        )
        .jobs([10.0, 40.0])
        .build()
        .expect("a table that balances")
}

fn flows(table: &AnyTable) -> &Table {
    table.flows(Text::same("the test")).expect("flows")
}

#[test]
fn a_unit_of_demand_ends_as_value_added_imports_and_taxes_on_products() {
    let table = table();
    let model = Model::with(&table, ImportTreatment::Domestic, Closure::Open).expect("productive");
    let rows = model.rows();
    // (.05 + .01 + .1, .06 + .2) L, first column: .16 x 1.254125 + .26 x .264026.
    assert_relative_eq!(rows.type1.imports[0], 0.2693069, epsilon = 1e-6);
    assert_relative_eq!(rows.type1.value_added[0], 0.6924092, epsilon = 1e-6);
    let all = Multipliers::of(&model, MultiplierType::Type1).expect("multipliers");
    let taxes: Vec<f64> = all.sectors.iter().filter_map(|s| s.product_taxes).collect();
    assert_relative_eq!(taxes[0], 0.0382838, epsilon = 1e-6);
    for (j, taxes) in taxes.iter().enumerate() {
        let ends = rows.type1.imports[j] + rows.type1.value_added[j] + taxes;
        assert_relative_eq!(ends, 1.0, epsilon = 1e-12);
    }
}

#[test]
fn columns_and_the_three_sides_of_gdp_close_with_rows_of_imports_and_taxes() {
    let table = table();
    let balance = Balance::of(flows(&table));
    assert!(balance.faults().is_empty());
    assert_eq!(balance.columns, [0.0, 0.0]);
    let gdp = Gdp::of(flows(&table));
    assert_eq!([gdp.production, gdp.income, gdp.expenditure], [1_250.0; 3]);
    assert_eq!(gdp.product_taxes, Some(370.0));
    // Households 1,500 + 100 + 400 + 250 and exports 550 + 10, less imports 180 + 100 + 500 + 410.
    assert_eq!(gdp.expenditure + 370.0, 2_250.0 + 560.0 - 1_190.0);
}

#[test]
fn what_households_buy_from_abroad_and_pay_in_taxes_is_in_type_2() {
    let table = table();
    let model =
        Model::with(&table, ImportTreatment::Domestic, Closure::Share(0.5)).expect("closed");
    let households = model.rows().households.as_ref().expect("closed");
    // c = (300, 1200) / 2250; Lc = (.3432343, .6336634); w'Lc = .2 x .3432343 + .3 x .6336634.
    assert_relative_eq!(households.again, 0.2587459, epsilon = 1e-6);
    // .16 x .3432343 + .26 x .6336634 + (100 + 400) / 2250.
    assert_relative_eq!(households.per_spending.imports, 0.4418922, epsilon = 1e-6);
    assert_relative_eq!(
        households.per_spending.value_added,
        0.4084488,
        epsilon = 1e-6
    );
    let type2 = Multipliers::of(&model, MultiplierType::Type2).expect("closed");
    let spent = model.household_spending_row().expect("closed");
    // Each unit of demand and each unit that households spend ends.
    for (of, spent) in type2.sectors.iter().zip(spent.iter()) {
        let ends = of.value_added + of.imports + of.product_taxes.expect("taxes");
        assert_relative_eq!(ends, 1.0 + spent, epsilon = 1e-12);
    }
    // 2,250 over 800 of compensation and 450 of surplus.
    let share = Households::default_share(flows(&table)).expect("incomes");
    assert_eq!(share, 2_250.0 / 1_250.0);
}

#[test]
fn imports_by_product_have_one_line_more_and_add_up() {
    let table = table();
    let model =
        Model::with(&table, ImportTreatment::Domestic, Closure::Share(0.5)).expect("closed");
    let effects = effects(&model, dvector![100.0, 0.0], &dvector![0.0, 0.0], 0.0).expect("effects");
    assert_relative_eq!(effects.imports.direct.as_slice(), &[5.0, 1.0, 10.0][..]);
    // x - f = (25.4125, 26.4026): .05 of the first; .01 and .06; .1 and .2 of each.
    let indirect = [1.2706271, 1.8382838, 7.8217822];
    assert_relative_eq!(
        effects.imports.indirect.as_slice(),
        &indirect[..],
        epsilon = 1e-5
    );
    let rows = model.rows();
    let sums = effects.imports.sums();
    assert_relative_eq!(sums.type1(), 100.0 * rows.type1.imports[0], epsilon = 1e-9);
    assert_relative_eq!(
        sums.total(),
        100.0 * rows.total().imports[0],
        epsilon = 1e-9
    );
    let taxes = effects.product_taxes.expect("set apart");
    assert_relative_eq!(taxes.direct, 2.0);
    let ends = effects.value_added.sums().type1() + sums.type1() + taxes.type1();
    assert_relative_eq!(ends, 100.0, epsilon = 1e-9);
    let twice = effects.scaled(2.0).product_taxes.expect("set apart");
    assert_relative_eq!(twice.total(), 2.0 * taxes.total());
    let items = Inducement::of(flows(&table)).expect("items");
    // 500 of inputs not told and 180 told; 400 + 100 bought by households and 10 by exports themselves.
    assert_relative_eq!(items.total.imports.value, 680.0, epsilon = 1e-9);
    assert_relative_eq!(items.total.imports.by_sector[2], 500.0, epsilon = 1e-9);
    assert_relative_eq!(items.total.imported_demand, 510.0);
    let on_products = items.total.product_taxes.as_ref().expect("set apart");
    assert_relative_eq!(on_products.value, 120.0, epsilon = 1e-9);
}

#[test]
fn imports_not_told_by_product_are_the_same_part_of_each_product_in_a_use() {
    let table = table();
    let of = |product, r#use| flows(&table).domestic_share(product, r#use).value;
    // Households: 400 of 2,000 is not told; of the rest of agriculture 300 of 340 is made at home.
    assert_relative_eq!(of(0, Use::Household), 300.0 / 340.0 * 0.8);
    // Sectors: 500 of 950 + 180 + 500.
    assert_relative_eq!(
        of(1, Use::Intermediate),
        300.0 / 430.0 * (1_130.0 / 1_630.0)
    );
}

#[test]
fn forms_that_need_imports_by_product_are_refused_with_the_reason() {
    let table = table();
    for form in [ImportTreatment::Competitive, ImportTreatment::Total] {
        let error = Model::with(&table, form, Closure::Open).expect_err("not told");
        assert!(error.to_string().contains("by user only"), "{error}");
    }
    let error = Multipliers::competitive_bok(&table).expect_err("not told");
    assert!(error.to_string().contains("by user only"), "{error}");
    // Taxes alone do not stand in the way.
    let taxed = Table::builder("taxed", 2022)
        .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
        .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
        .final_demand(FinalDemandRole::Exports, [350.0, 1700.0])
        .other_inputs(OtherInputRole::ProductTaxes, [20.0, 100.0], [])
        .build()
        .expect("a table");
    assert!(Model::with(&taxed, ImportTreatment::Total, Closure::Open).is_ok());
    // Value added is what is left of output after inputs and taxes on them.
    assert_eq!(flows(&taxed).value_added().as_slice(), [630.0, 1_300.0]);
}

#[test]
fn a_table_with_other_inputs_is_read_as_it_was_written() {
    let table = table();
    let folder = Folder::of(&table);
    let text = |name: &str| std::fs::read_to_string(folder.path.path().join(name)).expect(name);
    assert_eq!(
        text("other_inputs.csv"),
        "part,1,2\nimports,100,400\nproduct_taxes,20,100\n"
    );
    assert_eq!(
        text("other_final_demand.csv"),
        "part,household,exports\nimports,400,10\nproduct_taxes,250,0\n"
    );
    let read = native::read(&native::Directory::new(&folder.path)).expect("as written");
    assert_eq!(read.content_hash(), table.content_hash());
    assert_eq!(flows(&read).flows(), flows(&table).flows());
    assert_eq!(read.meta(), table.meta());
    // A cell of a row that is wrong shows as a column that misses its output.
    let path = folder.path.path().join("other_inputs.csv");
    std::fs::write(&path, "part,1,2\nimports,100,400\nproduct_taxes,20,107\n").expect("a file");
    let error = native::read(&native::Directory::new(&folder.path)).expect_err("off");
    let said = error.to_string();
    assert!(
        said.contains("column 2") && said.contains("other_inputs"),
        "{said}"
    );
}

#[test]
fn rows_of_other_inputs_are_regrouped_as_value_added_is() {
    let table = table();
    let all = Sector {
        code: "A".to_owned(),
        name: Text::new("All", "전체"),
        group: None,
    };
    let one = Regrouping::new(
        table.sectors(),
        vec![all],
        vec![vec![(0, 1.0)], vec![(0, 1.0)]],
    );
    let one = one.expect("one group");
    let one = table.regrouped(&one).expect("one sector");
    let f = flows(&one).flows();
    assert_eq!(f.other_inputs.as_slice(), [500.0, 120.0]);
    assert_eq!(
        f.other_final_demand,
        flows(&table).flows().other_final_demand
    );
    assert!(Balance::of(flows(&one)).faults().is_empty());
}

#[test]
fn coefficients_keep_their_rows_of_other_inputs() {
    let table = table();
    let c = table.coefficients();
    assert_eq!(c.product_taxes().expect("a row").as_slice(), [0.02, 0.05]);
    let sum = c.imports_per_output();
    assert_relative_eq!(sum, dvector![0.16, 0.26], epsilon = 1e-15);
    let rows = c.other_inputs().iter().map(|(_, row)| row.clone());
    let mut meta = table.meta().clone();
    meta.kind = leontief::table::Kind::Coefficients;
    let classification = |of: &AnyTable| {
        leontief::table::Classification::new("c", of.sectors().iter().cloned().collect(), &[])
            .expect("codes differ")
    };
    let alone = leontief::table::Coefficients::with_other_inputs(
        meta,
        classification(&table),
        c.domestic().clone(),
        c.imported().clone(),
        c.value_added().clone(),
        rows.collect(),
        vec![c.account("jobs").expect("counted").clone()],
    )
    .expect("columns add up to 1");
    let alone = leontief::table::CoefficientTable::new(alone, String::new());
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in write::native::write_coefficients(&alone).expect("files") {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let read = native::read(&native::Directory::new(folder.path())).expect("as written");
    let read = read.coefficients();
    assert_eq!(read.other_inputs(), c.other_inputs());
}

#[test]
fn where_the_tables_own_share_is_more_than_households_can_spend_they_stay_outside() {
    // 2,250 over 800 of compensation and 450 of surplus.
    let table = table();
    let model = Model::new(&table).expect("open");
    assert!(model.households().is_none());
    let stated = Model::with(&table, ImportTreatment::Domestic, Closure::Share(1.8));
    assert!(stated.is_err());
}
