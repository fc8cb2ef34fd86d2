//! The economics of scenarios, each part against a case worked by hand: mostly on the two sectors of
//! Miller & Blair, Table 2.3 (x = L f with f (350, 1700), x (1000, 2000)).

use approx::assert_relative_eq;
use leontief::impact::Impact;
use leontief::impact::constrained::Period;
use leontief::impact::industry::IndustryImpact;
use leontief::model::{Closure, ImportTreatment, price};
use leontief::scenario::account::Accounts;
use leontief::scenario::plan::Industry;
use leontief::scenario::profile::Profile;
use leontief::scenario::{NoteKind, Overrides, Phase, Plan, Scenario, ScenarioFile};
use leontief::table::{Classification, Flows, Meta, Sector, Table};
use leontief::{AnyTable, Model, impact};
use nalgebra::{DMatrix, DVector, dmatrix, dvector};
use std::collections::BTreeMap;

const META: &str = r#"
id = "two"
kind = "flows"
year = 2023
classification = "two"
currency = "KRW"
unit = 1e6
title = "Two sectors"
country = "Textbook"
price_basis = "producers' prices"
attribution = "Miller & Blair, Table 2.3"
modifications = ""
final_demand = [{ id = "final", role = "household", title = "Final demand" }]
primary_input = [{ id = "wages", role = "compensation", title = "Wages" }]
account = [{ id = "jobs", title = "Jobs", unit = "persons" }]
"#;

/// The two sectors; .30 and .25 persons per million of output.
fn two_sectors() -> AnyTable {
    two_sectors_at("producers")
}

fn two_sectors_at(prices: &str) -> AnyTable {
    let meta = format!("prices = \"{prices}\"\n{META}");
    let meta: Meta = toml::from_str(&meta).expect("metadata");
    let sector = |code: &str, name: &str| Sector {
        code: code.into(),
        name: leontief::Text::same(name),
        group: None,
    };
    let sectors = vec![sector("1", "Agriculture"), sector("2", "Industry")];
    let flows = Flows {
        domestic: dmatrix![150.0, 500.0; 200.0, 100.0].into(),
        imported: DMatrix::zeros(2, 2).into(),
        domestic_final_demand: dmatrix![350.0; 1700.0],
        imported_final_demand: DMatrix::zeros(2, 1),
        primary_inputs: dmatrix![650.0, 1400.0],
        other_inputs: DMatrix::zeros(0, 2),
        other_final_demand: DMatrix::zeros(0, 1),
        output: dvector![1000.0, 2000.0],
        imports: None,
        satellites: vec![dvector![300.0, 500.0]],
    };
    let sectors = Classification::new("two", sectors, &[]).expect("sectors");
    let table = Table::new(meta, sectors, flows, "hash".into()).expect("a table");
    AnyTable::Flows(Box::new(table))
}

fn open_model(table: &AnyTable) -> Model {
    Model::with(table, ImportTreatment::Domestic, Closure::Open).expect("a model")
}

fn scenario(text: &str, table: &AnyTable) -> leontief::Result<Scenario> {
    Scenario::new(
        ScenarioFile::parse("s.toml", text)?,
        table,
        &Overrides::default(),
    )
}

fn plan(text: &str, table: &AnyTable) -> leontief::Result<Plan> {
    scenario(text, table)?.plan()
}

fn impact_of(text: &str, table: &AnyTable) -> Impact {
    let scenario = scenario(text, table).expect("a scenario");
    impact::of_scenario(table, &open_model(table), &scenario).expect("an impact")
}

fn round_trip(impact: &Impact) {
    let json = serde_json::to_string(impact).expect("to JSON");
    let back: Impact = serde_json::from_str(&json).expect("from JSON");
    assert_eq!(&back, impact);
}

fn capped(f: DVector<f64>, caps: &[(usize, f64)]) -> Period {
    let table = two_sectors();
    Period::of(&open_model(&table), None, DVector::zeros(2), f, caps, 1.0).expect("a period")
}

#[test]
fn a_cap_leaves_the_unmet_demand_of_the_textbook() {
    let period = capped(dvector![350.0, 1700.0], &[(1, 1800.0)]);
    let sector = period.sectors[0];
    assert_relative_eq!(sector.wished, 2000.0, epsilon = 1e-9);
    assert_relative_eq!(sector.short, 178.2353, epsilon = 5e-5);
    assert_eq!(sector.short_of_inputs, 0.0);
    assert_relative_eq!(period.possible.output, 941.1765 + 1800.0, epsilon = 5e-5);
    // All value added comes of final demand: what is lost of one is lost of the other.
    assert_relative_eq!(period.wished.value_added, 2050.0, epsilon = 1e-9);
    assert_relative_eq!(
        period.possible.value_added,
        2050.0 - 178.2353,
        epsilon = 5e-5
    );
    assert_relative_eq!(
        period.possible.jobs,
        0.3 * 941.1765 + 0.25 * 1800.0,
        epsilon = 5e-5
    );
    // 1 / l_22 = .7575 / .85, and v'L = (1, 1).
    assert_relative_eq!(sector.shadow_demand, 0.7575 / 0.85, epsilon = 1e-9);
    assert_relative_eq!(sector.shadow_value_added, 0.7575 / 0.85, epsilon = 1e-9);
    assert_relative_eq!(
        period.share_from_home,
        1.0 - 178.2353 / 2050.0,
        epsilon = 1e-7
    );
    // Nothing in its place: nine tenths of everything.
    assert_relative_eq!(period.share_rationed, 0.9, epsilon = 1e-12);
    assert_relative_eq!(period.rationed.value_added, 1845.0, epsilon = 1e-9);
    assert_relative_eq!(sector.shadow_rationed, 2050.0 / 2000.0, epsilon = 1e-9);
}

#[test]
fn the_shadow_value_is_what_one_more_unit_brings() {
    let f = dvector![350.0, 1700.0];
    let (at, above) = (capped(f.clone(), &[(1, 1800.0)]), capped(f, &[(1, 1801.0)]));
    let gained = above.possible.value_added - at.possible.value_added;
    assert_relative_eq!(gained, at.sectors[0].shadow_value_added, epsilon = 1e-9);
    let gained = above.rationed.value_added - at.rationed.value_added;
    assert_relative_eq!(gained, at.sectors[0].shadow_rationed, epsilon = 1e-9);
}

#[test]
fn a_cap_that_own_demand_cannot_absorb_is_a_shortage_of_inputs() {
    // Sector 2 only supplies sector 1: x2 = .26402640 x 350 = 92.40924.
    let period = capped(dvector![350.0, 0.0], &[(1, 50.0)]);
    let short = (92.40924 - 50.0) / 1.122_112_21;
    assert_relative_eq!(period.sectors[0].short, short, epsilon = 1e-4);
    assert_relative_eq!(period.sectors[0].short_of_inputs, short, epsilon = 1e-4);
    assert_relative_eq!(period.share_rationed, 50.0 / 92.40924, epsilon = 1e-6);
}

#[test]
fn of_several_caps_those_that_others_relieve_are_let_go() {
    // x = (900, 1800) needs f = .9 (350, 1700).
    let both = capped(dvector![350.0, 1700.0], &[(0, 900.0), (1, 1800.0)]);
    assert_relative_eq!(both.sectors[0].short, 35.0, epsilon = 1e-9);
    assert_relative_eq!(both.sectors[1].short, 170.0, epsilon = 1e-9);
    // Sector 1 would need 1000, but no more than 941 once sector 2 is held.
    let one = capped(dvector![350.0, 1700.0], &[(0, 960.0), (1, 1800.0)]);
    assert_eq!(one.sectors[0].short, 0.0);
    assert_relative_eq!(one.sectors[1].short, 178.2353, epsilon = 5e-5);
    assert!(one.sectors.iter().all(|s| s.short >= 0.0));
    let none = capped(dvector![350.0, 1700.0], &[(0, 1000.0), (1, 2000.0)]);
    assert!(!none.binds() && none.share_from_home == 1.0 && none.share_rationed == 1.0);
}

const BUILD_AND_RUN: &str = r#"
[scenario]
horizon = 2028
[[phase]]
name = "Build"
kind = "one-off"
start = 2026
[[phase.spending]]
what = "1"
amount = "350m"
domestic_share = 1
[[phase]]
name = "Run"
kind = "recurring"
start = 2027
[[phase.spending]]
what = "2"
amount = "1700m"
domestic_share = 1
[[cap]]
what = "2"
extra = "100m * 2"
"#;

#[test]
fn caps_are_compared_with_the_demand_of_each_year() {
    let impact = impact_of(BUILD_AND_RUN, &two_sectors());
    let constrained = impact.constrained.as_ref().expect("capped");
    let years: Vec<_> = constrained.periods.iter().map(|p| p.year).collect();
    assert_eq!(years, [Some(2026), Some(2027), Some(2028)]);
    // Building asks 92.4 of sector 2, running 1.12211221 x 1700.
    assert!(!constrained.periods[0].binds());
    let run = &constrained.periods[1];
    assert_relative_eq!(
        run.sectors[0].short,
        1700.0 - 200.0 / 1.122_112_21,
        epsilon = 1e-4
    );
    assert_eq!(run.wished.job_years, 0.0);
    assert!(run.wished.jobs > 0.0);
    assert_eq!(constrained.worst().and_then(|p| p.year), Some(2027));
    assert!(
        impact
            .notes
            .iter()
            .any(|n| n.kind() == NoteKind::Warning && n.text().en.contains("short"))
    );
    round_trip(&impact);
}

fn new_industry(inputs: [f64; 2], industry: Industry) -> IndustryImpact {
    let table = two_sectors();
    let text = format!(
        "[[phase]]\nname = \"Run\"\nkind = \"recurring\"\n\
         [[phase.spending]]\nwhat = \"1\"\namount = \"{}m\"\ndomestic_share = 1\n\
         [[phase.spending]]\nwhat = \"2\"\namount = \"{}m\"\ndomestic_share = 1\n",
        inputs[0], inputs[1]
    );
    let phase: Phase = plan(&text, &table).expect("a plan").phases.remove(0);
    IndustryImpact::of(&table, &open_model(&table), &industry, &phase, 1.0).expect("an industry")
}

fn centre(sales: f64) -> Industry {
    Industry {
        name: leontief::Text::same("Centre"),
        phase: 0,
        sales,
        exports: 0.0,
        final_demand: 1.0,
        buyers: Vec::new(),
        replaces: None,
        labour_share: Some(0.25),
        foreign_ownership: 0.5,
        staff: None,
    }
}

#[test]
fn a_new_industry_that_sells_to_final_demand_is_its_purchases_and_itself() {
    let study = new_industry([30.0, 18.0], centre(100.0));
    for way in [study.included, study.as_final_demand] {
        assert_relative_eq!(way.other_output, 43.564356 + 28.118812, epsilon = 1e-6);
        assert_relative_eq!(way.own_output, 100.0, epsilon = 1e-9);
        assert_relative_eq!(way.value_added(), 100.0, epsilon = 1e-9);
        // 52 of its own: 13 wages, 39 surplus, half of that abroad.
        assert_relative_eq!(way.national_income, 100.0 - 19.5, epsilon = 1e-9);
    }
    assert_relative_eq!(study.compensation, 13.0, epsilon = 1e-9);
}

#[test]
fn a_new_industry_that_sells_to_sectors_solves_the_larger_system() {
    // Inputs .30 and .18 a unit; .05 a unit of sector 1's output bought of it, 100 to final users:
    // .835 x1 - .25 x2 = 380, -.209 x1 + .95 x2 = 1718, x3 = 100 + .05 x1.
    let sold = Industry {
        final_demand: 2.0 / 3.0,
        buyers: vec![(0, 1.0)],
        ..centre(150.0)
    };
    let study = new_industry([45.0, 27.0], sold.clone());
    let (x1, x2) = (790.5 / 0.741, 1513.95 / 0.741);
    let included = study.included;
    assert_relative_eq!(included.other_output, x1 + x2 - 3000.0, epsilon = 1e-9);
    assert_relative_eq!(included.own_output, 100.0 + 0.05 * x1, epsilon = 1e-9);
    // Nothing is replaced: sector 1 pays .05 a unit out of its value added.
    assert_relative_eq!(
        included.other_value_added,
        0.60 * x1 + 0.70 * x2 - 2050.0,
        epsilon = 1e-9
    );
    assert_relative_eq!(included.value_added(), 100.0, epsilon = 1e-9);

    // Three fifths of it replace sector 2's product: .20 falls to .17, and v1 only to .63.
    let replacing = Industry {
        replaces: Some((1, 0.6)),
        ..sold
    };
    let included = new_industry([45.0, 27.0], replacing).included;
    let (x1, x2) = (790.5 / 0.7485, (1434.53 + 0.179 * 380.0) / 0.7485);
    assert_relative_eq!(included.other_output, x1 + x2 - 3000.0, epsilon = 1e-9);
    assert_relative_eq!(
        included.other_value_added,
        0.63 * x1 + 0.70 * x2 - 2050.0,
        epsilon = 1e-9
    );
    assert_relative_eq!(included.value_added(), 100.0, epsilon = 1e-9);
}

#[test]
fn a_product_that_is_hardly_bought_cannot_be_replaced_more_than_it_is_bought() {
    let greedy = Industry {
        final_demand: 0.0,
        buyers: vec![(0, 1.0)],
        replaces: Some((1, 1.0)),
        ..centre(500.0)
    };
    // Sector 1 buys 200 of sector 2's product, not 500.
    let study = new_industry([30.0, 18.0], greedy);
    assert!(
        study
            .notes
            .iter()
            .any(|n| n.text().en.contains("replaces all of it"))
    );
    assert!(
        study.included.value_added().abs() < 1e-9,
        "no final demand, no GDP"
    );
}

#[test]
fn on_a_real_table_final_sales_of_an_industry_end_as_value_added_or_imports() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let text = r#"
[[phase]]
name = { en = "Operation", ko = "운영" }
kind = "recurring"
[[phase.spending]]
what = "17"
amount = "1000억"
[[phase.spending]]
what = "11"
amount = "500억"
[industry]
name = "Centre"
phase = "운영"
sales = "4000억"
exports = 0.3
final_demand = 0.2
buyers = { 23 = 0.6, 24 = 0.4 }
replaces = "23"
replaced_share = 0.5
foreign_ownership = 0.5
"#;
    let impact = impact_of(text, &table);
    let study = impact.industry.as_ref().expect("an industry");
    let d = study.included;
    // Half of 400 billion goes abroad and to final users.
    assert_relative_eq!(d.value_added() + d.imports, 200_000.0, max_relative = 1e-6);
    assert_relative_eq!(study.exports, 120_000.0, epsilon = 1e-6);
    assert!(d.national_income < d.value_added());
    round_trip(&impact);
}

#[test]
fn a_policy_is_shown_against_the_scenario_without_it() {
    let text = r#"
[[phase]]
name = "Build"
kind = "one-off"
[[phase.spending]]
what = "1"
amount = "100m"
domestic_share = "25%"
[[policy]]
what = "1"
domestic_share = "40%"
"#;
    let impact = impact_of(text, &two_sectors());
    let policy = impact.policy.as_ref().expect("an effect");
    let (_, base, with) = policy.kinds[0];
    assert_relative_eq!(
        with.total.output - base.total.output,
        15.0 * 1.518_152,
        epsilon = 1e-5
    );
    assert_relative_eq!(
        with.total.value_added - base.total.value_added,
        15.0,
        epsilon = 1e-9
    );
    assert_relative_eq!(
        with.total.imports - base.total.imports,
        -15.0,
        epsilon = 1e-9
    );
    assert_eq!((policy.raised[0].from, policy.raised[0].to), (0.25, 0.4));
    round_trip(&impact);

    let idle = text.replace("40%", "20%");
    let impact = impact_of(&idle, &two_sectors());
    assert!(impact.policy.is_none());
    assert!(
        impact
            .notes
            .iter()
            .any(|n| n.text().en.contains("changes nothing"))
    );
}

#[test]
fn a_resized_plan_keeps_its_policy_in_proportion() {
    let text = "[[phase]]\nname = \"B\"\nkind = \"one-off\"\n[[phase.spending]]\nwhat = \"1\"\n\
                amount = \"100m\"\ndomestic_share = 0.25\n[[policy]]\nwhat = \"1\"\ndomestic_share = 0.4\n";
    let plan = plan(text, &two_sectors())
        .expect("a plan")
        .scaled(2.0)
        .expect("twice");
    let base = plan.without_policies().expect("raised");
    assert_relative_eq!(base.phases[0].lines[0].domestic, 50.0, epsilon = 1e-9);
    assert_relative_eq!(plan.phases[0].lines[0].domestic, 80.0, epsilon = 1e-9);
}

#[test]
fn leakage_by_product_and_by_tier_are_both_all_that_leaves() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let model = Model::new(&table).expect("a model");
    let text = "[[phase]]\nname = \"B\"\nkind = \"one-off\"\nprobability = 0.5\n[[phase.spending]]\n\
                what = \"11\"\namount = \"1조\"\ndomestic_share = 0.3\n";
    let scenario = scenario(text, &table).expect("a scenario");
    let impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
    let leakage = &impact.leakage[0];
    let effects = impact.effects.one_off.as_ref().expect("one-off");
    assert_relative_eq!(leakage.total(), effects.leakage(), max_relative = 1e-12);
    let households: f64 = leakage.households.iter().sum();
    let by_tier = leakage.tiers.iter().sum::<f64>() + leakage.rest + households;
    assert_relative_eq!(by_tier, leakage.total(), max_relative = 1e-12);
    // Half of 700 billion at once; then column 11 of Am times half of 300 billion.
    assert_relative_eq!(leakage.tiers[0], 350_000.0, epsilon = 1e-6);
    let computers = table.sectors().position("11").expect("11");
    let column = model.coefficients().imported().column(computers).sum();
    assert_relative_eq!(leakage.tiers[1], 150_000.0 * column, epsilon = 1e-6);
    assert!(leakage.rest > 0.0);
}

#[test]
fn people_are_the_jobs_of_each_sector_times_its_shares() {
    let table = two_sectors();
    let text = "code,Youth|청년,older\n1,0.2,0.8\n2,0.5,0.5\n";
    let profile = Profile::parse(
        "age.csv",
        text,
        leontief::Text::same("age"),
        &BTreeMap::new(),
        &table,
    )
    .expect("valid")
    .expect("fits");
    let mut impact = impact_of(
        "[[phase]]\nname = \"R\"\nkind = \"recurring\"\n\
         [[phase.spending]]\nwhat = \"1\"\namount = \"600m\"\ndomestic_share = 1\n\
         [[phase.spending]]\nwhat = \"2\"\namount = \"1500m\"\ndomestic_share = 1\n",
        &table,
    );
    impact.add_people(&profile);
    let (_, groups) = &impact.people[0].kinds[0];
    // Jobs of the textbook: 374.25 and 460.4.
    assert_relative_eq!(
        groups[0].total(),
        0.2 * 374.2574 + 0.5 * 460.396,
        epsilon = 1e-3
    );
    assert_relative_eq!(groups[0].direct, 0.2 * 180.0 + 0.5 * 375.0, epsilon = 1e-9);
    let all: f64 = groups.iter().map(|g| g.total()).sum();
    let jobs = impact
        .effects
        .recurring
        .as_ref()
        .and_then(|e| e.account("jobs"))
        .expect("jobs");
    assert_relative_eq!(all, jobs.sums().total(), epsilon = 1e-9);
    round_trip(&impact);
}

#[test]
fn accounts_of_a_file_follow_output() {
    let table = two_sectors();
    let text = "# source: made up\ncode,co2 [kt],water [m3]\n2,50,0\n1,100,1\n";
    let accounts = Accounts::parse("a.csv", text, &table)
        .expect("valid")
        .expect("fits");
    let mut model = open_model(&table);
    for (account, per_unit) in &accounts.accounts {
        model
            .set_account(account.clone(), per_unit.clone())
            .expect("set");
    }
    let zero = DVector::zeros(2);
    let effects = impact::effects(&model, dvector![600.0, 1500.0], &zero, 0.0).expect("effects");
    let co2 = effects.account("co2").expect("co2").sums();
    assert_relative_eq!(
        co2.total(),
        0.1 * 1247.5247 + 0.025 * 1841.5842,
        epsilon = 1e-4
    );
    assert_relative_eq!(co2.direct, 60.0 + 37.5, epsilon = 1e-9);
    assert_eq!(accounts.accounts[0].0.unit.en, "kt");

    let per_billion = text.replace("# source", "# per: billion_won\n# source");
    let read = Accounts::parse("a.csv", &per_billion, &table)
        .expect("valid")
        .expect("fits");
    assert_relative_eq!(read.accounts[0].1[0], 0.1, epsilon = 1e-12);
    for (text, place) in [
        ("code,co2\n1,5\n", "a.csv: 1 sectors have no row: 2"),
        ("code,co2\n1,5\n2,x\n", "a.csv:3: co2: 'x' is not a number"),
        (
            "code,co2\n1,5\n2,NaN\n",
            "a.csv:3: co2: 'NaN' is not a finite number",
        ),
        (
            "code,co2\n1,5\n2,1\n3,1\n",
            "a.csv:4: code: '3' is not a sector code",
        ),
        (
            "# per: ton\ncode,co2\n1,5\n2,1\n",
            "write total, million_won or billion_won",
        ),
    ] {
        let message = Accounts::parse("a.csv", text, &table)
            .expect_err(text)
            .to_string();
        assert!(message.contains(place), "{text}: {message}");
    }
}

#[test]
fn years_delay_probability_discounting_and_productivity_by_hand() {
    let text = r#"
[scenario]
horizon = 2029
discount_rate = "10%"
productivity_growth = "2%"
[[phase]]
name = "Build"
kind = "one-off"
start = 2025
duration = "2 years"
profile = [0.6, 0.4]
delay = "12 months"
probability = 0.5
[[phase.spending]]
what = "1"
amount = "100m"
domestic_share = 1
[[phase]]
name = "Run"
kind = "recurring"
start = "2028-07"
[[phase.spending]]
what = "2"
amount = "10m"
domestic_share = 1
"#;
    let impact = impact_of(text, &two_sectors());
    let years: Vec<i32> = impact.years.iter().map(|y| y.year).collect();
    assert_eq!(years, [2026, 2027, 2028, 2029]);
    // 100 x .5 x (.6, .4) and half a year of 10.
    let spent: Vec<f64> = impact
        .years
        .iter()
        .map(|y| y.figures.one_off.spending + y.figures.recurring.spending)
        .collect();
    for (spent, by_hand) in spent.iter().zip([30.0, 20.0, 5.0, 10.0]) {
        assert_relative_eq!(*spent, by_hand, epsilon = 1e-9);
    }
    assert_relative_eq!(
        impact.years[0].figures.one_off.total.output,
        30.0 * 1.518_152,
        epsilon = 1e-4
    );
    // Persons: .30 and .25 a unit of output, 2 % fewer each year after 2023.
    let jobs = |f: f64, l: [f64; 2], year: i32| {
        f * (0.30 * l[0] + 0.25 * l[1]) / 1.02_f64.powi(year - 2023)
    };
    let (one, two) = ([1.254_125_41, 0.264_026_40], [0.330_033, 1.122_112_21]);
    assert_relative_eq!(
        impact.years[0].figures.one_off.total.jobs,
        jobs(30.0, one, 2026),
        epsilon = 1e-6
    );
    assert_relative_eq!(
        impact.years[1].figures.one_off.total.jobs,
        jobs(20.0, one, 2027),
        epsilon = 1e-6
    );
    assert_relative_eq!(
        impact.years[3].figures.recurring.total.jobs,
        jobs(10.0, two, 2029),
        epsilon = 1e-6
    );
    assert_relative_eq!(
        impact.years[2].figures.recurring.total.jobs,
        jobs(5.0, two, 2028),
        epsilon = 1e-6
    );
    let in_all = impact
        .effects
        .one_off
        .as_ref()
        .and_then(|e| e.account("jobs"))
        .expect("jobs");
    let by_year = jobs(30.0, one, 2026) + jobs(20.0, one, 2027);
    assert_relative_eq!(in_all.sums().total(), by_year, epsilon = 1e-6);
    // Discounted to the first year of spending.
    assert_eq!(impact.receipt.discount, Some((0.1, 2026)));
    assert_relative_eq!(
        impact.years[3].discount_factor,
        1.1_f64.powi(-3),
        epsilon = 1e-12
    );
    assert_eq!(
        impact.peak(|y| y.figures.one_off.total.output + y.figures.recurring.total.output),
        Some(2026)
    );
    assert_eq!(impact.peak(|y| y.figures.recurring.total.jobs), Some(2029));
    let sums = impact.cumulative(|y| y.figures.one_off.spending + y.figures.recurring.spending);
    assert_relative_eq!(sums[3], 65.0, epsilon = 1e-9);
    assert_relative_eq!(sums[1], 50.0, epsilon = 1e-9);
}

fn priced(prices: &str, keys: &str) -> leontief::Result<Plan> {
    let table = two_sectors_at(prices);
    plan(
        &format!(
            "[[phase]]\nname = \"Buy\"\nkind = \"one-off\"\n[[phase.spending]]\nwhat = \"1\"\n\
             amount = \"110m\"\ndomestic_share = 0.5\n{keys}\n"
        ),
        &table,
    )
}

#[test]
fn vat_is_on_top_of_the_price_and_product_tax_a_part_of_it() {
    // 110 with VAT: 10 of tax, 100 of product; a tenth of 110 is 11.
    for (keys, tax) in [
        ("price = \"purchasers\"\nvat = \"10%\"", 10.0),
        ("price = \"purchasers\"\nproduct_tax = \"10%\"", 11.0),
    ] {
        for prices in ["producers", "basic"] {
            let plan = priced(prices, keys).expect(keys);
            let line = &plan.phases[0].lines[0];
            assert_relative_eq!(line.tax, tax, epsilon = 1e-9);
            assert_relative_eq!(line.domestic, (110.0 - tax) / 2.0, epsilon = 1e-9);
            assert_relative_eq!(line.imported, (110.0 - tax) / 2.0, epsilon = 1e-9);
            let warned = plan.notes.iter().any(|n| n.code() == "product_tax_or_vat");
            assert_eq!(warned, tax == 11.0);
            assert!(plan.notes.iter().any(|n| n.code() == "taxes_set_aside"));
        }
    }
    let both = priced(
        "producers",
        "price = \"purchasers\"\nvat = 0.1\nproduct_tax = 0.1",
    );
    let message = both.expect_err("two readings").to_string();
    assert!(message.contains("two readings of one tax"), "{message}");
}

#[test]
fn value_added_imports_and_taxes_on_top_are_all_that_is_paid() {
    let table = two_sectors_at("producers");
    let text = "[prices]\nvat = \"10%\"\n[[phase]]\nname = \"Buy\"\nkind = \"one-off\"\n\
                [[phase.spending]]\nwhat = \"1\"\namount = \"110m\"\ndomestic_share = 0.5\n\
                price = \"purchasers\"\n[[phase]]\nname = \"Run\"\nkind = \"recurring\"\n\
                [[phase.spending]]\nwhat = \"2\"\namount = \"55m\"\ndomestic_share = 0.8\n\
                price = \"purchasers\"\nproduct_tax = \"20%\"\n";
    let impact = impact_of(text, &table);
    for (phase, [tax, domestic]) in impact.phases.iter().zip([[10.0, 50.0], [11.0, 35.2]]) {
        let e = &phase.effects;
        assert_relative_eq!(e.spending.tax.as_millions(), tax, epsilon = 1e-9);
        assert_relative_eq!(e.value_added.sums().type1(), domestic, epsilon = 1e-9);
        let ends = e.value_added.sums().type1() + e.leakage() + tax;
        assert_relative_eq!(ends, e.spending.total.as_millions(), epsilon = 1e-9);
    }
}

#[test]
fn a_price_is_converted_only_where_the_table_can_tell() {
    let tax = |prices: &str, keys: &str| priced(prices, keys).expect(keys).phases[0].lines[0].tax;
    for prices in ["basic", "producers", "purchasers"] {
        assert_eq!(tax(prices, ""), 0.0);
        assert_eq!(tax(prices, &format!("price = \"{prices}\"")), 0.0);
    }
    // A producers' price on a table of basic prices: the tax on the product is split off.
    let keys = "price = \"producers\"\nproduct_tax = \"20%\"";
    assert_relative_eq!(tax("basic", keys), 22.0, epsilon = 1e-9);
    for (prices, keys, said) in [
        ("basic", "price = \"producers\"", "give product_tax"),
        (
            "basic",
            "price = \"producers\"\nvat = 0.1",
            "neither margins nor VAT",
        ),
        (
            "producers",
            "price = \"basic\"",
            "cannot be brought to the producers' prices",
        ),
        (
            "purchasers",
            "price = \"producers\"",
            "give the amount at purchasers' prices",
        ),
        ("purchasers", "price = \"basic\"", "cannot be brought"),
        (
            "purchasers",
            "vat = 0.1",
            "split off purchasers' prices only",
        ),
        (
            "producers",
            "vat = 0.1",
            "split off purchasers' prices only",
        ),
        (
            "basic",
            "product_tax = 0.1",
            "split off purchasers' prices only",
        ),
    ] {
        let message = priced(prices, keys).expect_err(keys).to_string();
        assert!(message.contains(said), "{prices}, {keys}: {message}");
    }
}

#[test]
fn a_line_reads_its_tax_its_own_way_where_it_extends_another() {
    let base = "[prices]\nproduct_tax = 0.2\n[[phase]]\nname = \"Buy\"\nkind = \"one-off\"\n\
                [[phase.spending]]\nwhat = \"1\"\namount = \"110m\"\nprice = \"purchasers\"\n\
                product_tax = 0.3\n[[phase.spending]]\nwhat = \"2\"\namount = \"110m\"\n\
                price = \"purchasers\"\n";
    let own = "[prices]\nvat = 0.25\n[[phase]]\nname = \"Buy\"\n[[phase.spending]]\nwhat = \"1\"\nvat = 0.1\n";
    let base = ScenarioFile::parse("base.toml", base).expect("a scenario");
    let file = ScenarioFile::parse("own.toml", own)
        .expect("a scenario")
        .on_top_of(base);
    let scenario = Scenario::new(file, &two_sectors_at("producers"), &Overrides::default());
    let plan = scenario.expect("a scenario").plan().expect("a plan");
    let taxes: Vec<f64> = plan.phases[0].lines.iter().map(|l| l.tax).collect();
    assert_relative_eq!(taxes[0], 10.0, epsilon = 1e-9);
    assert_relative_eq!(taxes[1], 22.0, epsilon = 1e-9);
}

#[test]
fn purchasers_prices_are_split_before_the_model() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let text = r#"
[scenario]
price_year = 2026
[deflators]
all = { 2023 = 100, 2026 = 125 }
11 = { 2023 = 100, 2026 = 80 }
[prices]
trade_margin = "10%"
[[phase]]
name = "Build"
kind = "one-off"
[[phase.spending]]
item = "Servers"
what = "11"
amount = "800m"
domestic_share = 0.25
price = "purchasers"
transport_margin = "5%"
product_tax = "8%"
[[phase.spending]]
item = "Works"
what = "19"
amount = "1000m"
price = "purchasers"
[[phase.spending]]
item = "Design"
what = "26"
amount = "100m"
"#;
    let plan = plan(text, &table).expect("a plan");
    let lines = &plan.phases[0].lines;
    // 800 in prices of 2026 is 1000 in those of 2023: 100 trade, 50 transport, 80 tax, 770 product.
    let servers = &lines[0];
    assert_relative_eq!(servers.amount, 1000.0, epsilon = 1e-9);
    assert_relative_eq!(servers.trade.expect("trade").1, 100.0, epsilon = 1e-9);
    assert_relative_eq!(
        servers.transport.expect("transport").1,
        50.0,
        epsilon = 1e-9
    );
    assert_relative_eq!(servers.tax, 80.0, epsilon = 1e-9);
    assert_relative_eq!(servers.domestic, 0.25 * 770.0, epsilon = 1e-9);
    assert_relative_eq!(servers.imported, 0.75 * 770.0, epsilon = 1e-9);
    let codes = [servers.trade, servers.transport].map(|m| {
        let (sector, _) = m.expect("a margin");
        table.sectors().get(sector).code.clone()
    });
    assert_eq!(codes, ["20", "21"]);
    // The series of all, and the margin that [prices] has.
    assert_relative_eq!(lines[1].amount, 800.0, epsilon = 1e-9);
    assert_relative_eq!(lines[1].trade.expect("trade").1, 80.0, epsilon = 1e-9);
    assert!(lines[2].trade.is_none(), "producers' prices hold no margin");
    let said = |text: &str| plan.notes.iter().any(|n| n.text().en.contains(text));
    assert!(said(
        "Works (purchasers' price): trade margin 10%, as [prices] has it."
    ));
    assert!(said(
        "Works is at purchasers' prices, but no rate is given for: transport margin, product tax"
    ));
    assert!(said("by the deflator 'all': times 0.8000"));
    assert!(said("by the deflator '11': times 1.2500"));
}

#[test]
fn what_is_bought_at_new_prices_is_what_is_earned() {
    let table = two_sectors();
    let model = open_model(&table);
    let (f, x) = (dvector![350.0, 1700.0], dvector![1000.0, 2000.0]);
    let change = price::from_costs(&model, &dvector![0.0, 0.07]);
    assert_relative_eq!(change.prices[0], 0.018482, epsilon = 5e-7);
    assert_relative_eq!(change.prices[1], 0.078548, epsilon = 5e-7);
    // p'f = v'x: 2050 before, 2190 after.
    assert_relative_eq!(f.sum() + change.prices.dot(&f), 2190.0, epsilon = 1e-9);
    assert_relative_eq!(0.65 * x[0] + 0.77 * x[1], 2190.0, epsilon = 1e-9);
    // The same change of price asked for by its price.
    let by_price = price::from_prices(&model, &[(1, change.prices[1])]).expect("one price");
    assert_relative_eq!(by_price.prices[0], change.prices[0], epsilon = 1e-12);
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let base = "[[phase]]\nname = \"B\"\nkind = \"one-off\"\n[[phase.spending]]\nwhat = \"19\"\namount = \"1조\"\n\
                [[phase]]\nname = \"R\"\nkind = \"recurring\"\n[[phase.spending]]\nwhat = \"17\"\namount = \"1조\"\n";
    let industry =
        |rest: &str| format!("[industry]\nname = \"N\"\nphase = \"R\"\nsales = \"3조\"\n{rest}");
    for (extra, place) in [
        (
            "[[cap]]\nwhat = \"17\"\nextra = \"-1조\"\n".to_owned(),
            "s.toml:15: cap: 17: output that a sector can add cannot be below zero",
        ),
        (
            "[[cap]]\nwhat = \"17\"\nextra = \"2 * 3\"\n".to_owned(),
            "s.toml:15: cap: 17: the formula does not come to an amount",
        ),
        (
            "[[cap]]\nwhat = \"전력꾼\"\nextra = 0\n".to_owned(),
            "s.toml:14: what: unknown sector",
        ),
        (
            "[[cap]]\nwhat = \"17\"\nextra = 0\n[[cap]]\nwhat = \"17\"\nextra = 0\n".to_owned(),
            "s.toml:17: cap: the output of '17' is capped twice",
        ),
        (
            "[[policy]]\nwhat = \"11\"\ndomestic_share = 1.4\n".to_owned(),
            "s.toml:15: policy: 11: it is 1.4; a share must be in 0..1",
        ),
        (
            industry("exports = 0.7\nfinal_demand = 0.6\n"),
            "are more than all that is sold",
        ),
        (
            industry("exports = 1.2\n"),
            "s.toml:17: industry/exports: it is 1.2",
        ),
        (
            industry("buyers = { 23 = 0.7, 24 = 0.6 }\n"),
            "s.toml:17: industry.buyers: the shares of the buyers sum to 1.3",
        ),
        (industry("buyers = { 23 = -0.1 }\n"), "it must be in 0..1"),
        (
            industry("buyers = { nobody = 0.1 }\n"),
            "s.toml:17: industry.buyers: unknown sector 'nobody'",
        ),
        (
            industry("replaced_share = 0.5\n"),
            "which product is replaced is not said",
        ),
        (
            industry("").replace("\"R\"", "\"X\""),
            "s.toml:15: industry.phase: there is no phase 'X'; there are B, R",
        ),
        (
            industry("").replace("\"R\"", "\"B\""),
            "'B' is a one-off phase",
        ),
        (
            industry("").replace("\"3조\"", "\"0조\""),
            "must sell something",
        ),
        (
            "[[people]]\nname = \"age\"\nfile = \"nobody.csv\"\n".to_owned(),
            "the file has not been read",
        ),
        (
            "[prices]\ntrade_margn = 0.1\n".to_owned(),
            "s.toml:14: unknown field `trade_margn`",
        ),
    ] {
        let text = format!("{base}{extra}");
        let message = plan(&text, &table).expect_err(&extra).to_string();
        assert!(message.contains(place), "{extra}: {message}");
    }
    let warned = plan(
        &format!("{base}{}", industry("").replace("3조", "1억")),
        &table,
    )
    .expect("a plan");
    assert!(
        warned
            .notes
            .iter()
            .any(|n| n.text().en.contains("buys more than it sells"))
    );
}

#[test]
fn files_beside_a_scenario_are_read_and_missing_ones_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s.toml");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("written");
    };
    let scenario = "[[phase]]\nname = \"B\"\nkind = \"one-off\"\n[[phase.spending]]\nwhat = \"19\"\n\
                    amount = \"1조\"\n[[people]]\nname = \"age\"\nfile = \"age.csv\"\n\
                    [[account]]\nid = \"co2\"\nunit = \"t\"\nper = \"billion_won\"\nfile = \"co2.csv\"\n";
    write("s.toml", scenario);
    let open = || leontief::scenario::presets::open(&path.display().to_string());
    let message = open().expect_err("no age.csv").to_string();
    assert!(
        message.contains("s.toml:9: file: there is no file"),
        "{message}"
    );
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let codes: Vec<String> = table.sectors().iter().map(|s| s.code.clone()).collect();
    write("age.csv", "code,young,old\n*,0.1,0.9\n");
    write(
        "co2.csv",
        &format!(
            "code,co2\n{}\n",
            codes
                .iter()
                .map(|c| format!("{c},2"))
                .collect::<Vec<_>>()
                .join("\n")
        ),
    );
    let scenario = Scenario::new(open().expect("both there"), &table, &Overrides::default())
        .expect("a scenario");
    assert_eq!(scenario.profiles().len(), 1);
    let (account, per_unit) = &scenario.accounts()[0].accounts[0];
    assert_eq!(account.unit.en, "t");
    assert_relative_eq!(per_unit[5], 0.002, epsilon = 1e-12);
    write("age.csv", "code,young,old\n*,0.1,0.8\n");
    let message = Scenario::new(open().expect("both there"), &table, &Overrides::default())
        .expect_err("0.9 in all")
        .to_string();
    assert!(
        message.contains("age.csv:2: *: the shares of the row sum to 0.9"),
        "{message}"
    );
}

#[test]
fn when_all_costs_and_imports_rise_alike_all_prices_do() {
    use leontief::analysis::price::{Given, PriceStudy};
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let model = open_model(&table);
    let v = model.coefficients().value_added();
    let given = Given {
        prices: Vec::new(),
        imports: (0..33).map(|s| (s, 0.1)).collect(),
        costs: (0..33).map(|s| (s, 0.1 * v[s])).collect(),
    };
    let study = PriceStudy::with(&table, &model, given).expect("prices");
    for price in &study.prices {
        assert_relative_eq!(*price, 0.1, epsilon = 1e-4);
    }
    for (_, basket) in &study.baskets {
        assert_relative_eq!(*basket, 0.1, epsilon = 1e-4);
    }
    // A given price holds, whatever dearer imports do to its costs.
    let electricity = table.sectors().position("17").expect("17");
    let mining = table.sectors().position("02").expect("02");
    let given = Given {
        prices: vec![(electricity, 0.2)],
        imports: vec![(mining, 0.3)],
        costs: Vec::new(),
    };
    let study = PriceStudy::with(&table, &model, given).expect("prices");
    assert_relative_eq!(study.prices[electricity], 0.2, epsilon = 1e-9);
    let twice = Given {
        imports: vec![(mining, 0.3), (mining, 0.1)],
        ..Given::default()
    };
    assert!(PriceStudy::with(&table, &model, twice).is_err());
    assert!(PriceStudy::with(&table, &model, Given::default()).is_err());
}

#[test]
fn the_example_scenario_shows_every_part() {
    let table = AnyTable::open("kr-2023-83").expect("built in");
    let file = leontief::scenario::presets::open("examples/scenarios/hub-economics.toml");
    let scenario =
        Scenario::new(file.expect("it opens"), &table, &Overrides::default()).expect("a scenario");
    let mut model = Model::new(&table).expect("a model");
    for (account, per_unit) in &scenario.accounts()[0].accounts {
        model
            .set_account(account.clone(), per_unit.clone())
            .expect("set");
    }
    let impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
    assert!(
        impact
            .constrained
            .as_ref()
            .and_then(|c| c.worst())
            .is_some()
    );
    assert!(impact.policy.is_some() && impact.industry.is_some());
    assert_eq!(impact.people.len(), 1);
    assert!(
        impact
            .effects
            .recurring
            .as_ref()
            .and_then(|e| e.account("ghg"))
            .is_some()
    );
    // 40 MW x 1.3 x 70 % x 8760 h.
    assert_relative_eq!(impact.indicators[0].value, 318.864, epsilon = 1e-9);
    for lang in [leontief::Lang::En, leontief::Lang::Ko] {
        let view = leontief::report::views::View {
            lang,
            by: leontief::report::views::By::Phase,
            top: Some(5),
            details: true,
        };
        let document = impact.document(&view);
        for id in [
            "constrained",
            "policy",
            "industry",
            "people_1",
            "indicators",
            "lines",
        ] {
            assert!(document.sections.iter().any(|s| s.id == id), "{id}");
        }
    }
    round_trip(&impact);
}

proptest::proptest! {
    #[test]
    fn no_csv_panics(text in "(#|code|\\*|,|\n|\"|1|0\\.5|-|NaN|\\[|a| |\\PC){0,40}") {
        let table = two_sectors();
        let name = leontief::Text::same("x");
        let _ = Profile::parse("x.csv", &text, name, &BTreeMap::new(), &table);
        let _ = Accounts::parse("x.csv", &text, &table);
    }

    #[test]
    fn under_any_caps_nothing_is_negative_and_no_cap_is_broken(
        f in proptest::array::uniform2(0.0..1e4f64),
        caps in proptest::array::uniform2(0.0..1e4f64),
    ) {
        let period = capped(DVector::from_column_slice(&f), &[(0, caps[0]), (1, caps[1])]);
        for sector in &period.sectors {
            proptest::prop_assert!(sector.short >= -1e-9 && sector.short_of_inputs >= 0.0);
        }
        // What is possible is L (f - u): within the caps, and never more than was wished.
        proptest::prop_assert!(period.possible.output <= caps[0] + caps[1] + 1e-5);
        proptest::prop_assert!(period.possible.output <= period.wished.output + 1e-9);
        proptest::prop_assert!(period.possible.value_added + 1e-6 >= period.rationed.value_added);
        proptest::prop_assert!((0.0..=1.0).contains(&period.share_rationed));
    }
}
