use super::*;
use crate::impact::{ShockShare, of_shock};
use crate::model::{Closure, ImportTreatment, Model};
use crate::table::{
    FinalDemandRole::*, Flows, Imports, Meta, OtherInput, OtherInputRole, PrimaryInput,
    PrimaryInputRole::*, Table,
};
use crate::units::Money;
use nalgebra::dmatrix;

/// Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05], with two rows of taxes on production, two of taxes on
/// products, imports of sector 2 of which a tenth is taxes, and pay in two rows.
pub(crate) fn two() -> AnyTable {
    let plain = Table::builder("two", 2022)
        .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
        .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
        .final_demand(Household, [350.0, 1700.0])
        .value_added(Compensation, [250.0, 900.0])
        .value_added(OperatingSurplus, [400.0, 500.0])
        .build()
        .expect("balanced");
    let plain = plain.flows(Text::same("rows")).expect("flows").clone();
    let mut meta: Meta = plain.meta().clone();
    let part = |id: &str, role| PrimaryInput {
        id: id.to_owned(),
        role,
        title: Text::same(id),
    };
    meta.primary_inputs = vec![
        part("wages", Compensation),
        part("contributions", Compensation),
        part("operating_surplus", OperatingSurplus),
        part("property_tax", NetProductionTaxes),
        part("subsidies", NetProductionTaxes),
    ];
    let other = |id: &str| OtherInput {
        id: id.to_owned(),
        role: OtherInputRole::ProductTaxes,
        title: Text::same(id),
    };
    meta.other_inputs = vec![other("vat"), other("excise")];
    let flows = Flows {
        imported: dmatrix![0.0, 0.0; 40.0, 100.0].into(),
        imported_final_demand: dmatrix![0.0; 60.0],
        primary_inputs: dmatrix![
            200.0, 800.0;
            50.0, 100.0;
            330.0, 360.0;
            30.0, 50.0;
            -20.0, -30.0
        ],
        other_inputs: dmatrix![15.0, 10.0; 5.0, 10.0],
        other_final_demand: dmatrix![30.0; 10.0],
        imports: Some(Imports {
            cif: vec![0.0, 180.0].into(),
            taxes: vec![0.0, 20.0].into(),
        }),
        ..plain.flows().clone()
    };
    let table = Table::new(meta, plain.sectors().clone(), flows, String::new());
    table.expect("balanced").into()
}

/// L = [1.254125 .330033; .264026 1.122112]; households spend half of their pay, 2150 in the table.
#[test]
fn each_row_of_taxes_keeps_its_name_and_all_of_them_are_those_of_gdp() {
    let table = two();
    let model = Model::with(&table, ImportTreatment::Domestic, Closure::Share(0.5)).expect("made");
    let shock = [(0, Money::from_millions(1000.0))];
    let mut impact = of_shock(&table, &model, &shock, ShockShare::Domestic).expect("made");
    impact.add_taxes(&table).expect("told");
    let taxes = impact.taxes.as_ref().expect("added").kinds[0].taxes.clone();
    let ids: Vec<&str> = taxes.iter().map(|tax| tax.id.as_str()).collect();
    assert_eq!(
        ids,
        ["property_tax", "subsidies", "vat", "excise", "import_taxes"]
    );
    let near = |is: f64, should: f64| assert!((is - should).abs() < 1e-3, "{is} {should}");
    // Output is 1000 directly, 254.1254 and 264.0264 indirectly.
    near(taxes[0].direct, 30.0);
    near(taxes[0].indirect, 0.03 * 254.1254 + 0.025 * 264.0264);
    near(taxes[1].type1(), -0.02 * 1254.1254 - 0.015 * 264.0264);
    near(taxes[3].type1(), 0.005 * 1254.1254 + 0.005 * 264.0264);
    // A tenth of imported inputs, .04 and .05 of output.
    near(taxes[4].direct, 4.0);
    near(taxes[4].indirect, 0.1 * (0.04 * 254.1254 + 0.05 * 264.0264));
    // Households: pay .25 and .45 of output, both rows of it; half is spent, on (350, 1700, 60, 40) of 2150.
    let income = 0.25 * 1254.1254 + 0.45 * 264.0264;
    let made = [1000.0 / 2150.0, 2000.0 / 2150.0];
    let again = 0.5 * (0.25 * made[0] + 0.45 * made[1]);
    let spent = 0.5 * income / (1.0 - again);
    near(
        taxes[2].induced,
        spent * (0.015 * made[0] + 0.005 * made[1] + 30.0 / 2150.0),
    );
    near(
        taxes[4].induced,
        spent * 0.1 * (0.04 * made[0] + 0.05 * made[1] + 60.0 / 2150.0),
    );
    // All of them: net production taxes in value added, and what GDP has beside it.
    let effects = impact.effects.recurring.as_ref().expect("of a year");
    let sum = |on: TaxBase| -> f64 {
        let of = taxes.iter().filter(|tax| tax.on == on);
        of.map(Tax::total).sum()
    };
    let parts = effects.parts.iter();
    let in_value_added: f64 = parts
        .filter(|(role, _)| *role == NetProductionTaxes)
        .map(|(_, stages)| stages.sums().total())
        .sum();
    near(sum(TaxBase::Production), in_value_added);
    let gdp = impact.gdp_at_market_prices(crate::scenario::PhaseKind::Recurring);
    let beside = gdp.expect("told").type2 - effects.value_added.sums().total();
    near(sum(TaxBase::Products) + sum(TaxBase::Imports), beside);
}

#[test]
fn parts_of_value_added_of_one_kind_are_added_up() {
    let table = two();
    let flows = table.flows(Text::same("rows")).expect("flows");
    assert_eq!(
        flows.primary_input(Compensation).expect("told").as_slice(),
        [250.0, 900.0]
    );
    let coefficients = table.coefficients();
    let kinds = coefficients
        .primary_inputs()
        .iter()
        .filter(|(role, _)| *role == Compensation);
    assert_eq!(kinds.count(), 1);
    assert_eq!(
        coefficients.primary_input(Compensation).expect("told")[1],
        0.45
    );
}

#[test]
fn a_table_without_taxes_says_so() {
    let table = Table::builder("two", 2022)
        .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
        .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
        .final_demand(Household, [350.0, 1700.0])
        .value_added(OperatingSurplus, [650.0, 1400.0])
        .build()
        .expect("balanced");
    let model = Model::new(&table).expect("made");
    let shock = [(0, Money::from_millions(1.0))];
    let mut impact = of_shock(&table, &model, &shock, ShockShare::Domestic).expect("made");
    assert!(impact.add_taxes(&table).is_err());
}
