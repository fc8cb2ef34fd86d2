//! What is spent is accounted for, to the last unit: worked by hand on small asymmetric economies.

mod common;

use approx::assert_relative_eq;
use common::Economy;
use leontief::impact::industry::IndustryImpact;
use leontief::model::{Closure, ImportTreatment, Model};
use leontief::scenario::plan::Industry;
use leontief::scenario::{Overrides, Plan, Scenario, ScenarioFile};
use leontief::table::AnyTable;
use nalgebra::{dmatrix, dvector};

/// Two sectors that buy imports as well: Zm [[100, 0], [40, 60]], 10 and 20 imported by final users.
fn importers() -> AnyTable {
    let imported = dmatrix![100.0, 0.0; 40.0, 60.0];
    let flows = dmatrix![150.0, 500.0; 200.0, 100.0];
    let mut economy = Economy::new(flows, dvector![1000.0, 2000.0]);
    economy.inputs[0].1 -= imported.row_sum().transpose();
    economy.imported = imported;
    economy.imported_demand = vec![dvector![10.0, 20.0]];
    economy.account("jobs", dvector![300.0, 500.0]).table()
}

fn plan(text: &str, table: &AnyTable) -> Plan {
    let file = ScenarioFile::parse("test.toml", text).expect("readable");
    let scenario = Scenario::new(file, table, &Overrides::default()).expect("valid");
    scenario.plan().expect("a plan")
}

#[test]
fn a_new_industry_meets_the_final_demand_of_the_form_it_is_asked_in() {
    let table = importers();
    // Sells 100: 50 to sector 1, half of it in place of product 2, and 50 to final users.
    let industry = Industry {
        name: leontief::Text::same("Centre"),
        phase: 0,
        sales: 100.0,
        exports: 0.0,
        final_demand: 0.5,
        buyers: vec![(0, 1.0)],
        replaces: Some((1, 0.5)),
        labour_share: Some(0.25),
        foreign_ownership: 0.0,
    };
    let text = "[[phase]]\nname = \"Run\"\nkind = \"recurring\"\n\
         [[phase.spending]]\nwhat = \"1\"\namount = \"30m\"\ndomestic_share = 1\n\
         [[phase.spending]]\nwhat = \"2\"\namount = \"18m\"\ndomestic_share = 1\n";
    let phase = plan(text, &table).phases.remove(0);
    let study = |imports| {
        let model = Model::with(&table, imports, Closure::Open).expect("productive");
        let study = IndustryImpact::of(&table, &model, &industry, &phase, 1.0);
        study.expect("an industry").included
    };
    // f = x - A x with A [[.25, .25], [.24, .08]]: (250, 1600), where the table's domestic final demand is
    // (350, 1700). The 3 x 3 system then gives (3230250/3101, 887125/443, 633125/6202).
    let total = study(ImportTreatment::Total);
    assert_relative_eq!(total.own_output, 633_125.0 / 6202.0, epsilon = 1e-9);
    assert_relative_eq!(total.other_output, 137_125.0 / 3101.0, epsilon = 1e-9);
    // With import shares 11/111 and 3/53 f is (324.32, 1622.64).
    let competitive = study(ImportTreatment::Competitive);
    assert_relative_eq!(
        competitive.own_output,
        102.022_073_140_970_05,
        epsilon = 1e-9
    );
    assert_relative_eq!(
        competitive.other_output,
        43.666_693_494_378_68,
        epsilon = 1e-9
    );
    // What final users newly buy ends as value added or as imports, in every form.
    for imports in [
        ImportTreatment::Domestic,
        ImportTreatment::Competitive,
        ImportTreatment::Total,
    ] {
        let study = study(imports);
        assert_relative_eq!(study.gdp() + study.imports, 50.0, epsilon = 1e-9);
    }
}
