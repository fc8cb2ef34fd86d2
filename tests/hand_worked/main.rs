//! Cases worked by hand on one small economy, a file a subject. Nothing in it is symmetric and nothing
//! is 1 that could be left out: a transposed matrix, a dropped probability or a swapped kind of phase
//! shows. Every expected number stands beside the arithmetic that gives it.

#[path = "../common/mod.rs"]
mod common;

mod baskets;
mod caps;
mod energy;
mod events;
mod ghosh_and_paths;
mod groups;
mod households;
mod industry;
mod inherited;
mod mixes;
mod other_inputs;
mod phases;
mod prices;
mod recipes;
mod regions;
mod regroup;
mod uncertain;

use approx::assert_relative_eq;
use common::Economy;
use leontief::lang::Text;
use leontief::model::{Closure, ImportTreatment};
use leontief::scenario::{Overrides, Scenario, ScenarioFile};
use leontief::table::{FinalDemandRole, PrimaryInputRole};
use leontief::{AnyTable, Impact, Model, impact};
use nalgebra::{DVector, dmatrix, dvector};

/// Three sectors in prices of 2000, rows supply, columns use:
///
/// ```text
///      Ad             Am              L = (I - Ad)^-1     output    f    jobs/unit
///  .1  .3  .5     .05  0   .1        1.6  .7  .8           2000    850      2
///  .4  .2  0      0    .1  .05        .8 1.6  .4           1500    400      4
///  .2  .1  0      .05  .05 0          .4  .3 1.2           1000    450      1
/// ```
///
/// Per unit of output m = 1'Am = (.1, .15, .15) and v = (.2, .25, .35), which is compensation w =
/// (.1, .15, .2), operating surplus (.05, .05, .1), depreciation (.03, .04, .02) and taxes
/// (.02, .01, .03). So v'L = (.66, .645, .68), m'L = (.34, .355, .32), which sum to 1 by column, and
/// jobs e'L = (6.8, 8.1, 4.4). Households consume 450, half of compensation and surplus (625 + 275),
/// of which per unit (.4, .24, .16) is domestic and (.1, .06, .04) imported.
fn economy() -> AnyTable {
    use FinalDemandRole::{Exports, FixedCapital, Government, Household};
    let economy = Economy {
        flows: dmatrix![200.0, 450.0, 500.0; 800.0, 300.0, 0.0; 400.0, 150.0, 0.0],
        imported: dmatrix![100.0, 0.0, 100.0; 0.0, 150.0, 50.0; 100.0, 75.0, 0.0],
        demand: vec![
            (Household, dvector![180.0, 108.0, 72.0]),
            (Government, dvector![170.0, 42.0, 28.0]),
            (FixedCapital, dvector![300.0, 150.0, 100.0]),
            (Exports, dvector![200.0, 100.0, 250.0]),
        ],
        imported_demand: vec![
            dvector![45.0, 27.0, 18.0],
            dvector![0.0, 0.0, 0.0],
            dvector![100.0, 150.0, 150.0],
            dvector![0.0, 0.0, 0.0],
        ],
        inputs: vec![
            (
                PrimaryInputRole::Compensation,
                dvector![200.0, 225.0, 200.0],
            ),
            (
                PrimaryInputRole::OperatingSurplus,
                dvector![100.0, 75.0, 100.0],
            ),
            (
                PrimaryInputRole::ConsumptionOfFixedCapital,
                dvector![60.0, 60.0, 20.0],
            ),
            (
                PrimaryInputRole::NetProductionTaxes,
                dvector![40.0, 15.0, 30.0],
            ),
        ],
        output: dvector![2000.0, 1500.0, 1000.0],
        accounts: vec![("jobs", dvector![4000.0, 6000.0, 1000.0])],
    };
    economy.table()
}

/// Households outside (Type I).
fn open_model(table: &AnyTable) -> Model {
    Model::with(table, ImportTreatment::Domestic, Closure::Open).expect("a productive table")
}

fn scenario(text: &str, table: &AnyTable) -> Scenario {
    let file = ScenarioFile::parse("hand.toml", text).expect("a scenario file");
    Scenario::new(file, table, &Overrides::default()).expect("a scenario")
}

fn impact_of(text: &str) -> Impact {
    let table = economy();
    let scenario = scenario(text, &table);
    impact::of_scenario(&table, &open_model(&table), &scenario).expect("an impact")
}

/// Whether numbers are those worked by hand.
#[track_caller]
fn near(found: &[f64], by_hand: &[f64]) {
    assert_eq!(found.len(), by_hand.len(), "{found:?}");
    let found = DVector::from_column_slice(found);
    assert_relative_eq!(found, DVector::from_column_slice(by_hand), epsilon = 1e-9);
}

#[test]
fn the_economy_is_as_it_is_said() {
    let table = economy();
    let model = open_model(&table);
    let inverse = dmatrix![1.6, 0.7, 0.8; 0.8, 1.6, 0.4; 0.4, 0.3, 1.2];
    assert_relative_eq!(model.leontief_inverse(), inverse, epsilon = 1e-12);
    let c = model.coefficients();
    near(c.imports_per_output().as_slice(), &[0.1, 0.15, 0.15]);
    near(c.value_added().as_slice(), &[0.2, 0.25, 0.35]);
    near(
        model.inducement_row(c.value_added()).as_slice(),
        &[0.66, 0.645, 0.68],
    );
    let jobs = c.account("jobs").expect("jobs");
    near(model.inducement_row(jobs).as_slice(), &[6.8, 8.1, 4.4]);
    let all = table
        .flows(Text::same("final demand"))
        .expect("flows")
        .domestic_final_demand_total();
    near(all.as_slice(), &[850.0, 400.0, 450.0]);
    near(model.output_for(&all).as_slice(), &[2000.0, 1500.0, 1000.0]);
}
