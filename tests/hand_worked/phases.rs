//! Two one-off phases and one that recurs, with probabilities and growing productivity.
//!
//! ```text
//! Build  one-off, 2001 and 2002 (.75, .25), probability .8
//!        100 of product 1, 60 % domestic; 50 of product 2, 80 %:  f (60, 40, 0), imported (40, 10, 0)
//!        x = L f = (124, 112, 36), v'L f = 65.4, m'L f = 34.6, e'L f = 732
//! Roads  one-off, 2003, certain: 10 of product 3, all domestic:  f (0, 0, 10)
//!        x = (8, 4, 12), 6.8, 3.2, 44
//! Run    recurring, July 2002 to 2004, probability .5
//!        20 of product 1, 50 % domestic; 40 of product 3, 75 %:  f (10, 0, 30), imported (10, 0, 10)
//!        x = (40, 20, 40), 27, 13, 200
//! ```

use super::*;
use leontief::impact::comparison::{ComparedYear, Comparison};
use leontief::impact::tiers::Suppliers;
use leontief::impact::{Effects, Stages};
use leontief::scenario::PhaseKind;
use leontief::scenario::profile::Profile;
use std::collections::BTreeMap;

pub const THREE_PHASES: &str = r#"
[scenario]
horizon = 2004
productivity_growth = "25%"
discount_rate = "60%"

[[phase]]
name = "Build"
kind = "one-off"
start = 2001
duration = "2 years"
profile = [0.75, 0.25]
probability = 0.8
[[phase.spending]]
what = "1"
amount = "100m"
domestic_share = 0.6
[[phase.spending]]
what = "2"
amount = "50m"
domestic_share = 0.8

[[phase]]
name = "Roads"
kind = "one-off"
start = 2003
[[phase.spending]]
what = "3"
amount = "10m"
domestic_share = 1

[[phase]]
name = "Run"
kind = "recurring"
start = "2002-07"
probability = 0.5
[[phase.spending]]
what = "1"
amount = "20m"
domestic_share = 0.5
[[phase.spending]]
what = "3"
amount = "40m"
domestic_share = 0.75
"#;

fn one_off(impact: &Impact) -> &Effects {
    impact.effects.one_off.as_ref().expect("one-off phases")
}

fn recurring(impact: &Impact) -> &Effects {
    impact
        .effects
        .recurring
        .as_ref()
        .expect("a recurring phase")
}

fn jobs(effects: &Effects) -> &Stages {
    effects.account("jobs").expect("jobs")
}

#[test]
fn phases_of_a_kind_add_up_each_times_its_probability() {
    let impact = impact_of(THREE_PHASES);
    let (one_off, recurring) = (one_off(&impact), recurring(&impact));
    // .8 (60, 40, 0) + (0, 0, 10), and .8 (64, 72, 36) + (8, 4, 2).
    near(&one_off.output.direct, &[48.0, 32.0, 10.0]);
    near(&one_off.output.indirect, &[59.2, 61.6, 30.8]);
    // .5 (10, 0, 30), .5 (30, 20, 10).
    near(&recurring.output.direct, &[5.0, 0.0, 15.0]);
    near(&recurring.output.indirect, &[15.0, 10.0, 5.0]);
    // v times these.
    near(&one_off.value_added.direct, &[9.6, 8.0, 3.5]);
    near(&one_off.value_added.indirect, &[11.84, 15.4, 10.78]);
    near(&recurring.value_added.direct, &[1.0, 0.0, 5.25]);
    near(&recurring.value_added.indirect, &[3.0, 2.5, 1.75]);
    let money = |effects: &Effects| {
        let s = effects.spending;
        [s.total, s.domestic, s.imported, s.tax].map(|m| m.as_millions())
    };
    // .8 x 150 + 10 = .8 x 100 + 10 + .8 x 50; .5 x 60 = .5 x 40 + .5 x 20.
    near(&money(one_off), &[130.0, 90.0, 40.0, 0.0]);
    near(&money(recurring), &[30.0, 20.0, 10.0, 0.0]);
    // Value added and imports are all that is spent: .8 x 65.4 + 6.8 + .8 (34.6 + 50) + 3.2 = 130.
    assert_relative_eq!(one_off.value_added.sums().total(), 59.12, epsilon = 1e-9);
    assert_relative_eq!(one_off.leakage(), 70.88, epsilon = 1e-9);
    assert_relative_eq!(recurring.value_added.sums().total(), 13.5, epsilon = 1e-9);
    assert_relative_eq!(recurring.leakage(), 16.5, epsilon = 1e-9);
}

#[test]
fn the_four_parts_of_value_added_follow_the_sectors_they_are_earned_in() {
    let impact = impact_of(THREE_PHASES);
    let part = |role: PrimaryInputRole| {
        let parts = &recurring(&impact).parts;
        let (_, stages) = parts.iter().find(|(r, _)| *r == role).expect("a part");
        [stages.direct.clone(), stages.indirect.clone()].concat()
    };
    // Rows of v times (5, 0, 15) and (15, 10, 5).
    let compensation = [0.5, 0.0, 3.0, 1.5, 1.5, 1.0];
    near(&part(PrimaryInputRole::Compensation), &compensation);
    let surplus = [0.25, 0.0, 1.5, 0.75, 0.5, 0.5];
    near(&part(PrimaryInputRole::OperatingSurplus), &surplus);
    let depreciation = [0.15, 0.0, 0.3, 0.45, 0.4, 0.1];
    near(
        &part(PrimaryInputRole::ConsumptionOfFixedCapital),
        &depreciation,
    );
    let taxes = [0.1, 0.0, 0.45, 0.3, 0.1, 0.15];
    near(&part(PrimaryInputRole::NetProductionTaxes), &taxes);
}

#[test]
fn imported_inputs_are_by_product_bought_not_by_buyer() {
    let impact = impact_of(THREE_PHASES);
    // Am times the demand and times what its suppliers make: rows of Am, not columns.
    near(&recurring(&impact).imports.direct, &[1.75, 0.75, 0.25]);
    near(&recurring(&impact).imports.indirect, &[1.25, 1.25, 1.25]);
    // .8 (3, 4, 5) + (1, .5, 0), .8 (6.8, 9, 6.8) + (.6, .5, .6).
    near(&one_off(&impact).imports.direct, &[3.4, 3.7, 4.0]);
    near(&one_off(&impact).imports.indirect, &[6.04, 7.7, 6.04]);
}

#[test]
fn productivity_is_of_the_years_that_a_one_off_phase_is_spent_in_and_of_the_first_full_year_of_a_recurring_one()
 {
    let impact = impact_of(THREE_PHASES);
    // Persons per output fall to .8, .64, .512, .4096 in 2001 to 2004.
    // Build: .8 (.75 x .8 + .25 x .64) = .8 x .76 = .608; Roads .512.
    let direct = [2.0 * 60.0 * 0.608, 4.0 * 40.0 * 0.608, 10.0 * 0.512];
    near(&jobs(one_off(&impact)).direct, &direct);
    let indirect = [
        2.0 * (64.0 * 0.608 + 8.0 * 0.512),
        4.0 * (72.0 * 0.608 + 4.0 * 0.512),
        36.0 * 0.608 + 2.0 * 0.512,
    ];
    near(&jobs(one_off(&impact)).indirect, &indirect);
    // .608 x 732 + .512 x 44.
    assert_relative_eq!(
        jobs(one_off(&impact)).sums().total(),
        467.584,
        epsilon = 1e-9
    );
    // Half of 200, at the .512 of 2003: 2002 is half a year.
    assert_relative_eq!(
        jobs(recurring(&impact)).sums().total(),
        51.2,
        epsilon = 1e-9
    );
    near(
        &jobs(recurring(&impact)).direct,
        &[0.5 * 0.512 * 20.0, 0.0, 0.5 * 0.512 * 30.0],
    );
    // Phase by phase they are the same.
    let by_phase: Vec<f64> = impact
        .phases
        .iter()
        .map(|p| jobs(&p.effects).sums().total())
        .collect();
    near(&by_phase, &[445.056, 22.528, 51.2]);
}

#[test]
fn a_year_holds_what_is_spent_made_earned_imported_and_worked_in_it() {
    let impact = impact_of(THREE_PHASES);
    let years: Vec<i32> = impact.years.iter().map(|y| y.year).collect();
    assert_eq!(years, [2001, 2002, 2003, 2004]);
    let once = |f: fn(&impact::YearFigures) -> f64| -> Vec<f64> {
        impact.years.iter().map(|y| f(&y.figures.one_off)).collect()
    };
    let again = |f: fn(&impact::YearFigures) -> f64| -> Vec<f64> {
        impact
            .years
            .iter()
            .map(|y| f(&y.figures.recurring))
            .collect()
    };
    // .8 x 150 x (.75, .25), then the roads; .5 x 60, half of it in 2002.
    near(&once(|y| y.spending), &[90.0, 30.0, 10.0, 0.0]);
    near(&again(|y| y.spending), &[0.0, 15.0, 30.0, 30.0]);
    // .8 x 272 x (.75, .25), 24; .5 x 100.
    near(&once(|y| y.total.output), &[163.2, 54.4, 24.0, 0.0]);
    near(&again(|y| y.total.output), &[0.0, 25.0, 50.0, 50.0]);
    near(&once(|y| y.total.value_added), &[39.24, 13.08, 6.8, 0.0]);
    near(&again(|y| y.total.value_added), &[0.0, 6.75, 13.5, 13.5]);
    // .8 (50 + 34.6) x (.75, .25), 3.2; .5 (20 + 13).
    near(&once(|y| y.total.imports), &[50.76, 16.92, 3.2, 0.0]);
    near(&again(|y| y.total.imports), &[0.0, 8.25, 16.5, 16.5]);
    // .8 x 732 (.75 x .8, .25 x .64), 44 x .512; .5 x 200 (.5 x .64, .512, .4096).
    near(&once(|y| y.total.jobs), &[351.36, 93.696, 22.528, 0.0]);
    near(&again(|y| y.total.jobs), &[0.0, 32.0, 51.2, 40.96]);
    // The years of the one-off phases are the whole of them.
    let all: f64 = once(|y| y.total.jobs).iter().sum();
    assert_relative_eq!(all, jobs(one_off(&impact)).sums().total(), epsilon = 1e-9);
    // 1 / 1.6 a year, from the first year of spending on.
    let factors: Vec<f64> = impact.years.iter().map(|y| y.discount_factor).collect();
    near(&factors, &[1.0, 0.625, 0.390_625, 0.244_140_625]);
}

#[test]
fn leakage_by_product_and_by_tier_of_each_kind_of_phase() {
    let impact = impact_of(THREE_PHASES);
    let of = |kind: PhaseKind| {
        impact
            .leakage
            .iter()
            .find(|l| l.kind == kind)
            .expect("a leakage")
    };
    let once = of(PhaseKind::OneOff);
    // Imported at once, by product; then Am L f, by product.
    near(&once.direct, &[32.0, 8.0, 0.0]);
    near(&once.inputs, &[9.44, 11.4, 10.04]);
    // Tier 0 is .8 x 50. f = (48, 32, 10), Ad f = (19.4, 25.6, 12.8), Ad^2 f = (16.02, 12.88, 6.44):
    // tier 1 = m f = 4.8 + 4.8 + 1.5, tier 2 = 1.94 + 3.84 + 1.92, tier 3 = 1.602 + 1.932 + .966.
    near(&once.tiers, &[40.0, 11.1, 7.7, 4.5]);
    // All inputs are 30.88.
    assert_relative_eq!(once.rest, 30.88 - 11.1 - 7.7 - 4.5, epsilon = 1e-9);
    let again = of(PhaseKind::Recurring);
    near(&again.direct, &[5.0, 0.0, 5.0]);
    near(&again.inputs, &[3.0, 2.0, 1.5]);
    // f = (5, 0, 15), Ad f = (8, 2, 1), Ad^2 f = (1.9, 3.6, 1.8).
    near(&again.tiers, &[10.0, 2.75, 1.25, 1.0]);
    assert_relative_eq!(again.rest, 6.5 - 5.0, epsilon = 1e-9);
    near(&again.households, &[0.0; 3]);
}

#[test]
fn suppliers_by_tier_go_up_the_columns_of_what_is_bought() {
    let impact = impact_of(THREE_PHASES);
    let suppliers = Suppliers::of(&open_model(&economy()), &impact);
    assert_eq!(suppliers.kinds[0].0, PhaseKind::OneOff);
    let (kind, tiers) = &suppliers.kinds[1];
    assert_eq!(*kind, PhaseKind::Recurring);
    near(&tiers.tiers[0], &[5.0, 0.0, 15.0]);
    // Sector 3 buys .5 of product 1 and nothing else, sector 1 buys (.1, .4, .2).
    near(&tiers.tiers[1], &[8.0, 2.0, 1.0]);
    near(&tiers.tiers[2], &[1.9, 3.6, 1.8]);
    near(&tiers.tiers[3], &[2.17, 1.48, 0.74]);
    // x = (20, 10, 20).
    near(&tiers.rest, &[2.93, 2.92, 1.46]);
    let supplied: Vec<f64> = (0..3).map(|s| tiers.supplied(s)).collect();
    near(&supplied, &[15.0, 10.0, 5.0]);
    assert_eq!(tiers.ranked(), [0, 1, 2]);
}

#[test]
fn households_add_what_they_buy_at_home_and_abroad() {
    let table = economy();
    let model = Model::new(&table).expect("a model");
    let households = model.households().expect("closed");
    // 450 / 900 of labour income is spent. Lc = (.936, .768, .424), of which w earns .2936: a unit of
    // first income is spent .5 / (1 - .5 x .2936) = .5 / .8532 times.
    assert_relative_eq!(households.share_spent(), 0.5, epsilon = 1e-12);
    near(
        households.output_per_spending().as_slice(),
        &[0.936, 0.768, 0.424],
    );
    let impact =
        impact::of_scenario(&table, &model, &scenario(THREE_PHASES, &table)).expect("an impact");
    // w'x = 2 + 1.5 + 4 = 7.5 for the half of Run that is expected.
    let spent = 7.5 * 0.5 / 0.8532;
    let induced = [0.936 * spent, 0.768 * spent, 0.424 * spent];
    let effects = recurring(&impact);
    near(&effects.output.induced, &induced);
    near(
        &effects.value_added.induced,
        &[0.2 * induced[0], 0.25 * induced[1], 0.35 * induced[2]],
    );
    // Am Lc + (.1, .06, .04) per unit spent: .0468 + .0424 + .1, .0768 + .0212 + .06, .0468 + .0384 + .04.
    near(
        &effects.imports.induced,
        &[0.1892 * spent, 0.158 * spent, 0.1252 * spent],
    );
    let labour = 0.512;
    near(
        &jobs(effects).induced,
        &[
            2.0 * labour * induced[0],
            4.0 * labour * induced[1],
            labour * induced[2],
        ],
    );
    let leakage = &impact.leakage[1];
    near(
        &leakage.households,
        &[0.1892 * spent, 0.158 * spent, 0.1252 * spent],
    );
    // Types stay apart: Type I is as without households.
    assert_relative_eq!(effects.output.sums().type1(), 50.0, epsilon = 1e-9);
}

#[test]
fn the_tables_own_share_is_of_investment_when_building_and_of_inputs_when_running() {
    let without = THREE_PHASES.replace("domestic_share", "# domestic_share");
    let impact = impact_of(&without);
    let shares: Vec<f64> = impact
        .phases
        .iter()
        .flat_map(|p| p.lines.iter().map(|l| l.domestic_share))
        .collect();
    // Fixed capital formation: 300 of 400, 150 of 300, 100 of 250. Inputs: 1150 of 1350, 550 of 725.
    near(&shares, &[0.75, 0.5, 0.4, 1150.0 / 1350.0, 550.0 / 725.0]);
}

#[test]
fn a_product_tax_of_the_second_phase_is_the_second_phases() {
    let text = format!("{THREE_PHASES}price = \"purchasers\"\nproduct_tax = 0.2\n");
    let impact = impact_of(&text);
    assert_eq!(one_off(&impact).spending.tax.as_millions(), 0.0);
    // Run: .5 (10 + .75 x 32) domestic, .5 (10 + .25 x 32) imported, .5 x .2 x 40 tax.
    let s = recurring(&impact).spending;
    assert_relative_eq!(s.tax.as_millions(), 4.0, epsilon = 1e-9);
    assert_relative_eq!(s.domestic.as_millions(), 17.0, epsilon = 1e-9);
    assert_relative_eq!(s.imported.as_millions(), 9.0, epsilon = 1e-9);
    assert_relative_eq!(s.total.as_millions(), 30.0, epsilon = 1e-9);
    near(&recurring(&impact).output.direct, &[5.0, 0.0, 12.0]);
    let spent: Vec<f64> = impact
        .years
        .iter()
        .map(|y| y.figures.recurring.spending)
        .collect();
    near(&spent, &[0.0, 15.0, 30.0, 30.0]);
}

#[test]
fn a_policy_raises_the_share_of_a_recurring_phase_and_its_imports_fall_by_product() {
    let text = format!("{THREE_PHASES}[[policy]]\nwhat = \"3\"\ndomestic_share = 0.9\n");
    let impact = impact_of(&text);
    let policy = impact.policy.as_ref().expect("an effect");
    assert_eq!(policy.raised.len(), 1, "the roads are domestic already");
    assert_eq!((policy.raised[0].from, policy.raised[0].to), (0.75, 0.9));
    let [(kind, base, with)] = policy.kinds[..] else {
        panic!("one kind changes");
    };
    assert_eq!(kind, PhaseKind::Recurring);
    // .5 x 40 x .15 = 3 more of product 3: output 3 x 2.4, value added 3 x .68, jobs 3 x 4.4 x .512,
    // imports 3 x .32 more and 3 less.
    assert_relative_eq!(with.domestic - base.domestic, 3.0, epsilon = 1e-9);
    assert_relative_eq!(with.total.output - base.total.output, 7.2, epsilon = 1e-9);
    assert_relative_eq!(
        with.total.value_added - base.total.value_added,
        2.04,
        epsilon = 1e-9
    );
    assert_relative_eq!(with.total.jobs - base.total.jobs, 6.7584, epsilon = 1e-9);
    assert_relative_eq!(
        with.total.imports - base.total.imports,
        -2.04,
        epsilon = 1e-9
    );
    assert_relative_eq!(base.total.jobs, 51.2, epsilon = 1e-9);
    near(&impact.leakage[1].direct, &[5.0, 0.0, 2.0]);
}

#[test]
fn people_are_the_jobs_of_each_sector_in_the_persons_of_each_kind_of_phase() {
    let table = economy();
    let text = "code,young,older\n1,0.25,0.75\n2,0.5,0.5\n3,0.125,0.875\n";
    let name = leontief::Text::same("age");
    let profile = Profile::parse("age.csv", text, name, &BTreeMap::new(), &table);
    let profile = profile.expect("shares").expect("of these sectors");
    let mut impact = impact_of(THREE_PHASES);
    impact.add_people(&profile);
    let [(once, one_off), (again, recurring)] = &impact.people[0].kinds[..] else {
        panic!("two kinds");
    };
    assert_eq!((*once, *again), (PhaseKind::OneOff, PhaseKind::Recurring));
    // Direct jobs (72.96, 97.28, 5.12) of the one-off phases, and .256 (20, 0, 30) of the recurring one.
    assert_relative_eq!(one_off[0].direct, 18.24 + 48.64 + 0.64, epsilon = 1e-9);
    assert_relative_eq!(one_off[1].direct, 54.72 + 48.64 + 4.48, epsilon = 1e-9);
    assert_relative_eq!(recurring[0].direct, 1.28 + 0.96, epsilon = 1e-9);
    // Indirect .256 x (60, 80, 10).
    assert_relative_eq!(recurring[0].indirect, 3.84 + 10.24 + 0.32, epsilon = 1e-9);
    assert_relative_eq!(recurring[1].indirect, 11.52 + 10.24 + 2.24, epsilon = 1e-9);
}

#[test]
fn held_side_by_side_years_add_up_and_the_peak_is_the_first_of_the_highest() {
    let delayed = THREE_PHASES.replace("profile = [0.75, 0.25]", "delay = \"12 months\"");
    let impacts = [("now", THREE_PHASES), ("later", &delayed)];
    let impacts = impacts.map(|(id, text)| (id.to_owned(), impact_of(text)));
    let comparison = Comparison::of(&impacts, 1).expect("two");
    let of = |id: &str, kind: Option<PhaseKind>| {
        let mut figures = comparison.figures.iter();
        figures
            .find(|f| f.id == id && f.kind == kind)
            .unwrap_or_else(|| panic!("{id}"))
    };
    let now = |id: &str, kind: Option<PhaseKind>| of(id, kind).values[0].expect("a value");
    assert_relative_eq!(
        now("value_added", Some(PhaseKind::OneOff)),
        59.12,
        epsilon = 1e-9
    );
    assert_relative_eq!(
        now("value_added", Some(PhaseKind::Recurring)),
        13.5,
        epsilon = 1e-9
    );
    // Later, even: .8 x 732 x (.5 x .64 + .5 x .512) + 22.528.
    let jobs = of("jobs", Some(PhaseKind::OneOff));
    let later = 585.6 * 0.576 + 22.528;
    assert_relative_eq!(jobs.values[1].expect("jobs"), later, epsilon = 1e-9);
    let difference = jobs.differences(1)[0].expect("both");
    assert_relative_eq!(difference, 467.584 - later, epsilon = 1e-9);
    assert_relative_eq!(
        jobs.ratios(1)[0].expect("both"),
        467.584 / later,
        epsilon = 1e-12
    );
    let years: Vec<i32> = comparison.years.iter().map(|y| y.year).collect();
    assert_eq!(years, [2001, 2002, 2003, 2004]);
    let of_year = |f: fn(&ComparedYear) -> &Vec<f64>, at: usize| -> Vec<f64> {
        comparison.years.iter().map(|y| f(y)[at]).collect()
    };
    near(&of_year(|y| &y.value_added, 0), &[39.24, 19.83, 20.3, 13.5]);
    near(
        &of_year(|y| &y.cumulative_value_added, 0),
        &[39.24, 59.07, 79.37, 92.87],
    );
    // Later: 26.16 of building in 2002 and in 2003.
    near(&of_year(|y| &y.value_added, 1), &[0.0, 32.91, 46.46, 13.5]);
    near(
        &of_year(|y| &y.job_years, 1),
        &[0.0, 187.392, 149.9136 + 22.528, 0.0],
    );
    near(&of_year(|y| &y.jobs, 1), &[0.0, 32.0, 51.2, 40.96]);
}

#[test]
fn two_phases_of_a_kind_share_their_imports_and_their_taxes() {
    let own = "amount = \"10m\"\ndomestic_share = 1\n";
    let taxed =
        "amount = \"10m\"\ndomestic_share = 0.25\nprice = \"purchasers\"\nproduct_tax = 0.2\n";
    let impact = impact_of(&THREE_PHASES.replace(own, taxed));
    let s = one_off(&impact).spending;
    // Of the roads 2 are tax, a quarter of 8 is domestic: .8 x 100 + 2, .8 x 50 + 6.
    let money = [s.total, s.domestic, s.imported, s.tax].map(|m| m.as_millions());
    near(&money, &[130.0, 82.0, 46.0, 2.0]);
    near(&impact.leakage[0].direct, &[32.0, 8.0, 6.0]);
}

#[test]
fn a_scenario_is_resized_by_what_its_one_off_phases_spend() {
    let plan = scenario(THREE_PHASES, &economy()).plan().expect("a plan");
    // 100 + 50 + 10, whatever runs every year and however likely it is.
    assert_relative_eq!(
        plan.factor_to(320.0).expect("a factor"),
        2.0,
        epsilon = 1e-12
    );
    let plan = plan.scaled_to(320.0).expect("a plan");
    let amounts: Vec<f64> = plan.phases.iter().map(|p| p.amount()).collect();
    near(&amounts, &[300.0, 20.0, 120.0]);
}

#[test]
fn competitive_imports_are_the_same_share_of_what_households_buy() {
    let model = Model::with(
        &economy(),
        ImportTreatment::Competitive,
        Closure::Share(0.5),
    );
    let model = model.expect("a model");
    let households = model.households().expect("closed");
    // Imports over domestic use without exports: 345 / 2145, 377 / 1777, 343 / 1093; households spend
    // .5, .3 and .2 of each unit on the products.
    let imported = [
        0.5 * 345.0 / 2145.0,
        0.3 * 377.0 / 1777.0,
        0.2 * 343.0 / 1093.0,
    ];
    near(households.imported_basket().as_slice(), &imported);
    let domestic = [0.5 - imported[0], 0.3 - imported[1], 0.2 - imported[2]];
    near(households.domestic_basket().as_slice(), &domestic);
}

/// What households spend of the income of Build, Roads and a year of Run: .5 / .8532 of w'x = .8 x 36.4, 3.8
/// and .5 x 15. Each unit brings 2.128 of output and .5276 of value added.
const SPENT: [f64; 3] = [14.56 / 0.8532, 1.9 / 0.8532, 3.75 / 0.8532];

#[test]
fn years_count_type_1_and_keep_apart_what_households_add() {
    let table = economy();
    let model = Model::new(&table).expect("closed");
    let impact =
        impact::of_scenario(&table, &model, &scenario(THREE_PHASES, &table)).expect("an impact");
    let [build, roads, run] = SPENT;
    let of = |f: fn(&impact::Year) -> f64| -> Vec<f64> { impact.years.iter().map(f).collect() };
    near(
        &of(|y| y.figures.one_off.type1.output),
        &[163.2, 54.4, 24.0, 0.0],
    );
    near(
        &of(|y| y.figures.recurring.type1.output),
        &[0.0, 25.0, 50.0, 50.0],
    );
    near(
        &of(|y| y.figures.one_off.type1.value_added),
        &[39.24, 13.08, 6.8, 0.0],
    );
    near(
        &of(|y| y.figures.one_off.type1.imports),
        &[50.76, 16.92, 3.2, 0.0],
    );
    near(
        &of(|y| y.figures.recurring.type1.jobs),
        &[0.0, 32.0, 51.2, 40.96],
    );
    let added = |f: fn(&leontief::units::Measures<f64>) -> f64| -> Vec<f64> {
        let years = impact.years.iter();
        years
            .flat_map(|y| [y.figures.one_off, y.figures.recurring])
            .map(|y| f(&y.of_households()))
            .collect()
    };
    // Build by (.75, .25) in 2001 and 2002, Roads in 2003, Run from the middle of 2002.
    let by_year = [
        0.75 * build,
        0.0,
        0.25 * build,
        0.5 * run,
        roads,
        run,
        0.0,
        run,
    ];
    near(&added(|y| y.output), &by_year.map(|spent| 2.128 * spent));
    near(
        &added(|y| y.value_added),
        &by_year.map(|spent| 0.5276 * spent),
    );
    // .1892 + .158 + .1252 of imports; 2 x .936 + 4 x .768 + .424 persons, at .8, .64, .512, .4096.
    near(&added(|y| y.imports), &by_year.map(|spent| 0.4724 * spent));
    let labour = [0.8, 0.8, 0.64, 0.64, 0.512, 0.512, 0.4096, 0.4096];
    let persons: Vec<f64> = by_year
        .iter()
        .zip(labour)
        .map(|(s, l)| 5.368 * s * l)
        .collect();
    near(&added(|y| y.jobs), &persons);
}

#[test]
fn a_comparison_and_a_policy_count_type_1_and_all_stages_under_their_names() {
    let table = economy();
    let model = Model::new(&table).expect("closed");
    let raised = format!("{THREE_PHASES}[[policy]]\nwhat = \"3\"\ndomestic_share = 0.9\n");
    let of = |text: &str| {
        impact::of_scenario(&table, &model, &scenario(text, &table)).expect("an impact")
    };
    let impacts = [("a", THREE_PHASES), ("b", &raised)].map(|(id, text)| (id.to_owned(), of(text)));
    let run = SPENT[2];
    let comparison = Comparison::of(&impacts, 0).expect("two");
    let figure = |id: &str| {
        let mut figures = comparison.figures.iter();
        let found = figures.find(|f| f.id == id && f.kind == Some(PhaseKind::Recurring));
        found.unwrap_or_else(|| panic!("{id}")).values[0].expect("it runs")
    };
    near(
        &[figure("output_type1"), figure("output")],
        &[50.0, 50.0 + 2.128 * run],
    );
    near(
        &[figure("value_added_type1"), figure("value_added")],
        &[13.5, 13.5 + 0.5276 * run],
    );
    let year = &comparison.years[3];
    near(
        &[year.value_added_type1[0], year.value_added[0]],
        &[13.5, 13.5 + 0.5276 * run],
    );
    near(
        &[
            year.cumulative_value_added_type1[0],
            year.cumulative_value_added[0],
        ],
        &[92.87, 92.87 + 0.5276 * (SPENT[0] + SPENT[1] + 2.5 * run)],
    );
    // 3 more of product 3: income 3 x .38, of which .5 / .8532 is spent.
    let (kind, base, with) = impacts[1].1.policy.as_ref().expect("raised").kinds[0];
    assert_eq!(kind, PhaseKind::Recurring);
    let more = 1.14 * 0.5 / 0.8532;
    near(
        &[
            with.type1.output - base.type1.output,
            with.type1.value_added - base.type1.value_added,
            with.type1.imports - base.type1.imports,
            with.type1.jobs - base.type1.jobs,
        ],
        &[7.2, 2.04, -2.04, 6.7584],
    );
    near(
        &[
            with.total.output - base.total.output,
            with.total.value_added - base.total.value_added,
            with.total.imports - base.total.imports,
        ],
        &[
            7.2 + 2.128 * more,
            2.04 + 0.5276 * more,
            -2.04 + 0.4724 * more,
        ],
    );
}
