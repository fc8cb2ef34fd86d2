//! Worked figures of textbooks and manuals, and the traps of the field: each test fails where the
//! mistake is made.

mod common;

use approx::{assert_abs_diff_eq, assert_relative_eq};
use common::{Economy, model, open, unit};
use leontief::analysis::checkup;
use leontief::analysis::{MultiplierType, Multipliers};
use leontief::impact::{self, Driver, ShockShare};
use leontief::lang::Text;
use leontief::model::new_industry::{self, NewIndustry};
use leontief::model::{Closure, Habits, ImportTreatment, ghosh, given_output, price};
use leontief::table::{AnyTable, FinalDemandRole, PrimaryInputRole, balance};
use leontief::{Model, Money};
use nalgebra::{DMatrix, DVector, dmatrix, dvector};

#[track_caller]
fn near(value: &DVector<f64>, expected: &[f64], tolerance: f64) {
    let expected = DVector::from_column_slice(expected);
    assert!(
        (value - &expected).amax() <= tolerance,
        "{value} is not {expected}"
    );
}

#[track_caller]
fn near_matrix(value: &DMatrix<f64>, expected: &DMatrix<f64>, tolerance: f64) {
    assert!(
        (value - expected).amax() <= tolerance,
        "{value} is not {expected}"
    );
}

fn column_sums(matrix: &DMatrix<f64>) -> DVector<f64> {
    matrix.row_sum().transpose()
}

// Miller & Blair, Table 2.3.

fn two_sectors() -> AnyTable {
    Economy::new(
        dmatrix![150.0, 500.0; 200.0, 100.0],
        dvector![1000.0, 2000.0],
    )
    .account("jobs", dvector![300.0, 500.0])
    .table()
}

fn open_model(table: &AnyTable) -> Model {
    Model::with(table, ImportTreatment::Domestic, Closure::Open).expect("productive")
}

#[test]
fn two_sectors_quantities() {
    let table = two_sectors();
    let m = open_model(&table);
    near_matrix(
        m.coefficients().domestic().dense(),
        &dmatrix![0.15, 0.25; 0.20, 0.05],
        1e-15,
    );
    let inverse = m.leontief_inverse();
    let printed = dmatrix![1.25412541, 0.33003300; 0.26402640, 1.12211221];
    near_matrix(&inverse, &printed, 5e-9);
    near_matrix(
        &inverse,
        &(dmatrix![0.95, 0.25; 0.20, 0.85] / 0.7575),
        1e-14,
    );
    near(&column_sums(&inverse), &[1.518152, 1.452145], 5e-7);
    near(&inverse.column_sum(), &[1.584158, 1.386139], 5e-7);
    let x = m.output_for(&dvector![600.0, 1500.0]);
    near(&x, &[1247.5247, 1841.5842], 1e-4);
    let labour = m.coefficients().account("jobs").expect("jobs");
    near(labour, &[0.30, 0.25], 1e-15);
    near(&labour.component_mul(&x), &[374.25, 460.4], 1e-2);
    // Value added is the only primary input: each won ends as value added.
    let v = m.coefficients().value_added();
    near(&m.inducement_row(v), &[1.0, 1.0], 1e-14);
}

#[test]
fn jobs_set_off_stand_beside_the_jobs_of_the_sector_itself() {
    // e = (.30, .25): e'L = (.30 x .95 + .25 x .20, .30 x .25 + .25 x .85) / .7575 = (.335, .2875) / .7575
    // persons per million, a thousand times that per billion; over e: 1.474147 and 1.518152.
    let found = Multipliers::of(&open_model(&two_sectors()), MultiplierType::Type1).expect("of it");
    for (sector, own, all, ratio) in [
        (0, 300.0, 335.0 / 0.7575, 1.474147),
        (1, 250.0, 287.5 / 0.7575, 1.518152),
    ] {
        let of = &found.sectors[sector];
        assert_relative_eq!(of.own.accounts[0], own, epsilon = 1e-9);
        assert_relative_eq!(of.accounts[0], all, epsilon = 1e-9);
        assert_relative_eq!(
            of.account_ratios[0].expect("has jobs"),
            ratio,
            epsilon = 1e-6
        );
    }
    // Value added is the only primary input: .65 and .70 of its own, 1 with that of the suppliers.
    assert_relative_eq!(found.sectors[0].own.value_added, 0.65, epsilon = 1e-12);
    assert_eq!(found.sectors[0].production_taxes, None);
}

#[test]
fn two_sectors_ghosh() {
    let table = two_sectors();
    let flows = table.flows(Text::same("the test")).expect("flows");
    near_matrix(
        &ghosh::allocation_coefficients(flows),
        &dmatrix![0.15, 0.50; 0.10, 0.05],
        1e-15,
    );
    let g = ghosh::inverse(&table).expect("flows");
    let printed = dmatrix![1.254125, 0.660066; 0.132013, 1.122112];
    near_matrix(&g, &printed, 5e-7);
    // Rows of G are users: the trap is to store it transposed.
    let forward = ghosh::forward_linkages(&table).expect("flows");
    near(&forward, &[1.914191, 1.254125], 5e-7);
}

#[test]
fn two_sectors_mixed() {
    let table = two_sectors();
    let m = open_model(&table);
    let mixed = given_output::solve(&m, &dvector![350.0, 1700.0], &[(1, 1800.0)]).expect("regular");
    near(&mixed.output, &[941.1765, 1800.0], 5e-5);
    near(&mixed.final_demand, &[350.0, 1521.7647], 5e-5);
    assert_abs_diff_eq!(1700.0 - mixed.final_demand[1], 178.2353, epsilon = 5e-5);
}

#[test]
fn two_sectors_prices() {
    let table = two_sectors();
    let m = open_model(&table);
    let v = m.coefficients().value_added().clone();
    near(&v, &[0.65, 0.70], 1e-15);
    near(&m.inducement_row(&v), &[1.0, 1.0], 1e-14);
    let change = price::from_costs(&m, &dvector![0.0, 0.07]);
    near(&change.prices, &[0.018482, 0.078548], 5e-7);
    // p'f = v'x before and after.
    let (f, x) = (dvector![350.0, 1700.0], dvector![1000.0, 2000.0]);
    let p = change.prices.add_scalar(1.0);
    assert_relative_eq!(p.dot(&f), (v + dvector![0.0, 0.07]).dot(&x), epsilon = 1e-9);
    assert_relative_eq!(p.dot(&f), 2190.0, epsilon = 1e-9);
    // A given price comes out as given, whatever the sector itself pays more for.
    let given = price::from_prices(&m, &[(1, 0.078548)]).expect("one price");
    near(&given.prices, &[0.018482, 0.078548], 1e-6);
}

#[test]
fn two_sectors_and_a_new_industry() {
    let m = open_model(&two_sectors());
    let mut industry = NewIndustry {
        inputs: dvector![0.30, 0.18],
        sales: dvector![0.0, 0.0],
        own_use: 0.0,
        replaced: None,
    };
    let none = DVector::zeros(2);
    let included = new_industry::include(&m, &industry, &none, 100.0).expect("productive");
    near(&included.output, &[43.564356, 28.118812], 5e-7);
    assert_relative_eq!(included.own_output, 100.0, epsilon = 1e-12);

    // Sector 1 buys .05 of it per won of its own output: the closed form of the 3 x 3 system.
    industry.sales = dvector![0.05, 0.0];
    let included = new_industry::include(&m, &industry, &none, 100.0).expect("productive");
    let system = dmatrix![0.85, -0.25, -0.30; -0.20, 0.95, -0.18; -0.05, 0.0, 1.0];
    let closed = system
        .lu()
        .solve(&dvector![0.0, 0.0, 100.0])
        .expect("regular");
    near(&included.output, &[closed[0], closed[1]], 1e-10);
    assert_relative_eq!(included.own_output, closed[2], epsilon = 1e-10);
    // It sells to itself through sector 1: x3 = 100 + .05 x1.
    assert_relative_eq!(
        included.own_output,
        100.0 + 0.05 * included.output[0],
        epsilon = 1e-10
    );
}

// Germany 1995: Eurostat manual of supply, use and input-output tables (Beutel).

fn germany() -> AnyTable {
    use FinalDemandRole::{Exports, FixedCapital, Government, Household, Inventories};
    let flows = dmatrix![
        1131.0, 25480.0, 1.0, 607.0, 710.0, 762.0;
        7930.0, 304584.0, 64167.0, 41082.0, 11981.0, 30360.0;
        426.0, 7334.0, 3875.0, 5296.0, 23457.0, 9155.0;
        3559.0, 72717.0, 14190.0, 74399.0, 10835.0, 21008.0;
        3637.0, 96115.0, 31027.0, 65755.0, 193176.0, 34223.0;
        1552.0, 14986.0, 1747.0, 11225.0, 15058.0, 22070.0
    ];
    let demand = dmatrix![
        8500.0, 16.0, 2975.0, -6.0, 3734.0;
        197792.0, 8588.0, 91692.0, 7559.0, 313711.0;
        3457.0, 742.0, 191715.0, 0.0, 149.0;
        269663.0, 13492.0, 14155.0, 0.0, 46045.0;
        214757.0, 10061.0, 30124.0, 0.0, 13612.0;
        119504.0, 317251.0, 3483.0, 0.0, 2042.0
    ];
    let roles = [Household, Government, FixedCapital, Inventories, Exports];
    // Of what is imported the manual has one row: the column sums are what counts here.
    let mut imported = DMatrix::zeros(6, 6);
    imported
        .row_mut(1)
        .copy_from_slice(&[2927.0, 156703.0, 13427.0, 21943.0, 13371.0, 13772.0]);
    let wages = dvector![9382.0, 296464.0, 78819.0, 214450.0, 124810.0, 272975.0];
    let value_added = dvector![21664.0, 395022.0, 115624.0, 311407.0, 415426.0, 365017.0];
    Economy {
        flows,
        imported,
        demand: roles
            .into_iter()
            .zip(demand.column_iter().map(|c| c.into_owned()))
            .collect(),
        imported_demand: vec![DVector::zeros(6); 5],
        inputs: vec![
            (PrimaryInputRole::OperatingSurplus, value_added - &wages),
            (PrimaryInputRole::Compensation, wages),
            (
                PrimaryInputRole::NetProductionTaxes,
                dvector![1084.0, 6505.0, 1548.0, 8349.0, 8473.0, 12551.0],
            ),
        ],
        // The manual misprints manufacturing's total as 1079400; its cells add up to this.
        output: dvector![43910.0, 1079446.0, 245606.0, 540063.0, 692487.0, 508918.0],
        accounts: vec![(
            "jobs",
            dvector![1096.0, 8381.0, 3236.0, 9251.0, 4258.0, 10206.0],
        )],
    }
    .table()
}

#[test]
fn germany_balances_to_the_million() {
    let table = germany();
    let balance = balance::Balance::of(table.flows(Text::same("the test")).expect("flows"));
    assert_eq!(balance.faults(), [], "the figures were typed in rightly");
}

#[test]
fn germany_multipliers() {
    let table = germany();
    let m = open_model(&table);
    let c = m.coefficients();
    let part = |role| c.primary_input(role).expect("a primary input");
    let inverse = m.leontief_inverse();
    near(
        &column_sums(&inverse),
        &[1.7048, 1.8413, 1.8136, 1.6035, 1.5951, 1.3782],
        5e-5,
    );
    let gva = part(PrimaryInputRole::OperatingSurplus) + part(PrimaryInputRole::Compensation);
    near(
        &m.inducement_row(&gva),
        &[0.8450, 0.7647, 0.8615, 0.9019, 0.9393, 0.9199],
        5e-5,
    );
    near(
        &m.inducement_row(c.account("jobs").expect("jobs")),
        &[0.0326, 0.0162, 0.0207, 0.0237, 0.0112, 0.0242],
        5e-5,
    );
    near(
        &inverse.diagonal().rows(0, 3).into_owned(),
        &[1.0339, 1.4292, 1.0289],
        5e-5,
    );
}

#[test]
fn germany_forward() {
    let table = germany();
    let g = ghosh::inverse(&table).expect("flows");
    near(
        &g.column(0).into_owned(),
        &[1.0339, 0.0118, 0.0037, 0.0103, 0.0117, 0.0043],
        5e-5,
    );
    near(
        &ghosh::forward_linkages(&table).expect("flows"),
        &[2.1126, 1.6910, 1.3558, 1.5848, 2.1037, 1.2106],
        5e-5,
    );
}

// The Netherlands, 6 sectors.

fn netherlands() -> AnyTable {
    Economy::new(
        dmatrix![
            2731.0, 3.0, 8260.0, 36.0, 59.0, 615.0;
            4.0, 282.0, 2013.0, 3979.0, 188.0, 60.0;
            3322.0, 291.0, 40218.0, 480.0, 8004.0, 16999.0;
            983.0, 53.0, 2400.0, 4395.0, 85.0, 3458.0;
            121.0, 70.0, 565.0, 135.0, 14103.0, 9509.0;
            2884.0, 1078.0, 28400.0, 1404.0, 9339.0, 106994.0
        ],
        dvector![21863.0, 12292.0, 210900.0, 18249.0, 60244.0, 435953.0],
    )
    .wages(dvector![2336.0, 520.0, 35083.0, 1629.0, 14339.0, 151784.0])
    .table()
}

#[test]
fn netherlands_output_and_type_1_income() {
    let m = open_model(&netherlands());
    let all = Multipliers::of(&m, MultiplierType::Type1).expect("multipliers");
    let output = DVector::from_vec(all.column("output").expect("a column"));
    near(&output, &[1.757, 1.216, 1.615, 1.896, 1.898, 1.487], 5e-4);
    near(
        &income_ratios(&all),
        &[2.466, 2.333, 1.840, 2.372, 1.953, 1.417],
        5e-4,
    );
}

fn income_ratios(multipliers: &Multipliers) -> DVector<f64> {
    let ratios: Vec<f64> = multipliers
        .sectors
        .iter()
        .map(|s| s.income_ratio.expect("every sector pays wages"))
        .collect();
    DVector::from_vec(ratios)
}

#[test]
fn netherlands_type_2_income() {
    let mut m = open_model(&netherlands());
    let wages = m
        .coefficients()
        .primary_input(PrimaryInputRole::Compensation);
    let w = wages.expect("wages").clone();
    let basket = dvector![0.0, 0.0, 0.08, 0.03, 0.0, 0.59];
    let households = Habits::new(1.0, w.clone(), basket.clone(), DVector::zeros(6));
    m.close(households.expect("a basket")).expect("productive");
    let printed = [3.6365, 3.4412, 2.7136, 3.4985, 2.8803, 2.0900];
    let all = Multipliers::of(&m, MultiplierType::Type2).expect("closed");
    near(&income_ratios(&all), &printed, 5e-5);

    // The same by the system of seven: the household-household cell is 0, not 1.
    let mut closed = DMatrix::identity(7, 7);
    let mut inner = closed.view_mut((0, 0), (6, 6));
    inner -= m.coefficients().domestic().dense();
    closed.view_mut((0, 6), (6, 1)).copy_from(&-basket);
    closed.view_mut((6, 0), (1, 6)).copy_from(&-w.transpose());
    let inverse = closed.try_inverse().expect("regular");
    let income = inverse.view((6, 0), (1, 6)).transpose();
    near(&income.component_div(&w), &printed, 5e-5);
}

// Competitive and non-competitive imports, 3 sectors.

fn with_imports() -> AnyTable {
    let flows = dmatrix![7.0, 0.0, 5.0; 2.0, 5.0, 6.0; 3.0, 8.0, 3.0];
    let consumption = dmatrix![8.0, 1.0; 3.0, 6.0; 4.0, 9.0];
    // Imports of (8, 1, 6) in any place: the competitive form must not look at where.
    let mut imported = DMatrix::zeros(3, 3);
    imported[(0, 0)] = 5.0;
    imported[(2, 1)] = 6.0;
    let imported_demand = vec![
        dvector![3.0, 1.0, 0.0],
        dvector![0.0, 0.0, 0.0],
        dvector![0.0, 0.0, 0.0],
    ];
    let column = |at: usize| consumption.column(at).into_owned();
    Economy {
        flows: flows - &imported,
        imported,
        demand: vec![
            (FinalDemandRole::Household, column(0) - &imported_demand[0]),
            (FinalDemandRole::Government, column(1)),
            (FinalDemandRole::Exports, dvector![6.0, 7.0, 4.0]),
        ],
        imported_demand,
        inputs: vec![
            (PrimaryInputRole::Compensation, dvector![3.0, 6.0, 7.0]),
            (PrimaryInputRole::OperatingSurplus, dvector![4.0, 9.0, 4.0]),
        ],
        output: dvector![19.0, 28.0, 25.0],
        accounts: Vec::new(),
    }
    .table()
}

#[test]
fn competitive_and_total_imports() {
    let table = with_imports();
    let flows = table.flows(Text::same("the test")).expect("flows");
    assert_eq!(balance::Balance::of(flows).faults(), []);
    near(
        &leontief::model::import_shares(flows),
        &[0.380952, 0.045455, 0.222222],
        5e-7,
    );
    let of = |imports| Model::with(&table, imports, Closure::Open).expect("productive");
    near_matrix(
        &of(ImportTreatment::Total).leontief_inverse(),
        &dmatrix![
            1.716032, 0.149872, 0.430881;
            0.342339, 1.374877, 0.452771;
            0.419049, 0.473279, 1.360678
        ],
        5e-7,
    );
    let competitive = of(ImportTreatment::Competitive);
    let inverse = competitive.leontief_inverse();
    near_matrix(
        &inverse,
        &dmatrix![
            1.333333, 0.052316, 0.195292;
            0.226721, 1.301895, 0.359914;
            0.236167, 0.326178, 1.217608
        ],
        5e-7,
    );
    near(
        &column_sums(&inverse),
        &[1.796221, 1.680388, 1.772814],
        1e-6,
    );
    let c = competitive.coefficients();
    let value_added = competitive.inducement_row(c.value_added());
    let imports = competitive.inducement_row(&c.imports_per_output());
    near(&value_added, &[0.716599, 0.860236, 0.800508], 5e-7);
    near(&imports, &[0.283401, 0.139764, 0.199492], 5e-7);
    near(&(value_added + imports), &[1.0, 1.0, 1.0], 1e-12);
    // The domestic inverse is another thing where imports are not spread evenly.
    let domestic = of(ImportTreatment::Domestic).leontief_inverse();
    assert!((domestic - inverse).amax() > 0.1);
}

#[test]
fn dispersion_indices() {
    let flows = DMatrix::from_column_slice(3, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]);
    let table = Economy::new(flows, dvector![100.0, 200.0, 300.0]).table();
    let m = open_model(&table);
    near_matrix(
        &m.leontief_inverse(),
        &dmatrix![
            1.011291, 0.021511, 0.024918;
            0.021618, 1.026969, 0.028753;
            0.031946, 0.032427, 1.032588
        ],
        5e-7,
    );
    let all = Multipliers::of(&m, MultiplierType::Type1).expect("multipliers");
    let column = |name| DVector::from_vec(all.column(name).expect("a column"));
    near(&column("influence"), &[0.988411, 1.003311, 1.008278], 5e-7);
    assert_relative_eq!(column("influence").mean(), 1.0, epsilon = 1e-14);
    assert_relative_eq!(column("sensitivity").mean(), 1.0, epsilon = 1e-14);
}

// Traps.

#[test]
fn a_zero_shock_returns_the_baseline() {
    for table in [two_sectors(), germany(), netherlands(), with_imports()] {
        let flows = table.flows(Text::same("the test")).expect("flows");
        let x = open_model(&table).output_for(&flows.domestic_final_demand_total());
        assert_relative_eq!(x, *flows.output(), max_relative = 1e-9);
    }
}

#[test]
fn a_shock_to_output_is_not_a_shock_to_demand() {
    let table = two_sectors();
    let m = open_model(&table);
    let hundred = [(0, Money::from_millions(100.0))];
    let of_output = impact::of_output_shock(&table, &m, &hundred).expect("reachable");
    let of_demand = impact::of_shock(&table, &m, &hundred, ShockShare::Domestic).expect("a shock");
    assert_eq!(of_output.receipt.driven_by, Driver::Output);
    assert_eq!(of_demand.receipt.driven_by, Driver::FinalDemand);
    let output = |of: &impact::Impact, sector: usize| {
        of.effects
            .recurring
            .as_ref()
            .expect("effects")
            .output
            .of(sector)
    };
    // Sector 1 makes 100, not 100 times 1.254; sector 2 column 1 of L over l_11.
    assert_relative_eq!(output(&of_output, 0), 100.0, epsilon = 1e-9);
    assert_relative_eq!(output(&of_output, 1), 100.0 * 0.20 / 0.95, epsilon = 1e-9);
    assert_relative_eq!(output(&of_demand, 0), 125.412541, epsilon = 1e-6);
}

#[test]
fn what_is_not_productive_is_refused_by_its_sector() {
    // Sector 2 uses up more than it makes; nothing is added to the diagonal to get past it.
    let mut economy = Economy::new(dmatrix![10.0, 60.0; 90.0, 70.0], dvector![100.0, 100.0]);
    economy.demand[0].1 = dvector![30.0, -60.0];
    let table = economy.table();
    let error = Model::new(&table).expect_err("not productive").to_string();
    assert!(error.contains("not productive"), "{error}");
    assert!(error.contains("2 Sector 2"), "{error}");
    assert!(error.contains("1.193725"), "{error}");
}

#[test]
fn a_sector_without_output_takes_no_demand_on() {
    let economy = Economy::new(
        dmatrix![150.0, 500.0, 0.0; 200.0, 100.0, 0.0; 0.0, 0.0, 0.0],
        dvector![1000.0, 2000.0, 0.0],
    );
    let table = economy.table();
    let x = open_model(&table).output_for(&unit(3, 2));
    near(&x, &[0.0, 0.0, 1.0], 0.0);
    let remarks = checkup::check(&table).remarks;
    assert!(
        remarks
            .iter()
            .map(|r| r.text().en)
            .any(|r| r.contains("3 Sector 3") && r.contains("no output")),
        "{remarks:?}"
    );
    // A sector without output that uses inputs has no coefficients at all.
    let mut economy = economy;
    economy.flows[(0, 2)] = 5.0;
    let error = economy.try_table().expect_err("no output").to_string();
    assert!(error.contains("3 Sector 3"), "{error}");
}

#[test]
fn imports_are_no_value_added() {
    let table = with_imports();
    let m = model(&table);
    let c = m.coefficients();
    let shock = [(1, Money::from_millions(10.0))];
    let impact = impact::of_shock(&table, &m, &shock, ShockShare::Stated(0.75)).expect("a shock");
    let effects = impact.effects.recurring.expect("effects");
    // What is spent is bought at home, imported at once, or tax; nothing is dropped.
    let spending = effects.spending;
    assert_relative_eq!(spending.domestic.as_millions(), 7.5, epsilon = 1e-12);
    assert_relative_eq!(spending.imported.as_millions(), 2.5, epsilon = 1e-12);
    assert_relative_eq!(
        spending.total.as_millions(),
        (spending.domestic.as_millions()) + spending.imported.as_millions(),
        epsilon = 1e-12
    );
    // Demand at home ends as value added or as imported inputs, and as nothing else.
    let (value_added, imports) = (effects.value_added.sums(), effects.imports.sums());
    assert_relative_eq!(value_added.type1() + imports.type1(), 7.5, epsilon = 1e-10);
    for (a, m) in c.domestic().dense().iter().zip(c.imported().dense()) {
        assert!(*a >= 0.0 && *m >= 0.0);
    }
}

#[test]
fn a_table_that_cannot_be_closed_stays_open_unless_closure_is_asked_for() {
    let table = two_sectors();
    assert!(model(&table).households().is_none());
    let closed = Model::with(&table, ImportTreatment::Domestic, Closure::Share(0.7));
    let error = closed.expect_err("no wages").to_string();
    assert!(error.contains("compensation of employees"), "{error}");
}

#[test]
fn type_1_is_direct_and_indirect() {
    let table = open("kr-2023-33");
    let m = model(&table);
    let shock = [(18, Money::from_millions(1000.0))];
    let impact = impact::of_shock(&table, &m, &shock, ShockShare::Domestic).expect("a shock");
    let output = impact.effects.recurring.expect("effects").output.sums();
    assert_relative_eq!(output.direct, 1000.0, epsilon = 1e-9);
    let multiplier = m.inducement_row(&DVector::from_element(33, 1.0))[18];
    assert_relative_eq!(output.type1(), 1000.0 * multiplier, epsilon = 1e-7);
    assert_relative_eq!(
        output.indirect,
        output.type1() - output.direct,
        epsilon = 1e-9
    );
    assert!(output.induced > 0.0, "Type II stands apart");
}

#[test]
fn a_wrong_unit_is_found_by_the_known_totals() {
    let mut economy = Economy::new(
        dmatrix![150.0, 500.0; 200.0, 100.0],
        dvector![1000.0, 2000.0],
    );
    let checkup = |economy: &Economy, published: f64| {
        let table = economy.table();
        let flows = table.flows(Text::same("the test")).expect("flows");
        let mut meta = economy.meta();
        meta.known.output = Some(published);
        let again = leontief::table::Table::new(
            meta,
            economy.sectors(),
            flows.flows().clone(),
            String::new(),
        );
        checkup::check(&AnyTable::Flows(Box::new(again.expect("sound"))))
    };
    assert!(checkup(&economy, 3000.0).is_clean());
    economy.flows *= 1000.0;
    economy.output *= 1000.0;
    economy.demand[0].1 *= 1000.0;
    economy.inputs[0].1 *= 1000.0;
    let faults = checkup(&economy, 3000.0).faults;
    assert!(
        faults
            .iter()
            .map(|f| f.text())
            .any(|f| f.en.contains("1000.000 times") && f.ko.contains("단위")),
        "{faults:?}"
    );
}
