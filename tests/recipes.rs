//! Recipes, worked by hand: Miller & Blair's two sectors with imports, wages and jobs.
//!
//! Ad = (.15 .25; .20 .05), Am = (.05 0; .10 .15), v = (.5, .55), w = (.3, .2), e = (.2, .5) persons per
//! million, (I - Ad)^-1 = (.95 .25; .20 .85) / .7575.

mod common;

use approx::assert_relative_eq;
use common::Economy;
use leontief::analysis::structural_path::{Options, Paths};
use leontief::impact::leakage::Leakage;
use leontief::impact::tiers::{Suppliers, Tiers};
use leontief::impact::{self, Impact};
use leontief::model::{Closure, ImportTreatment};
use leontief::scenario::{Overrides, PhaseKind, Plan, Scenario, ScenarioFile, ShareOrigin};
use leontief::table::{AnyTable, PrimaryInputRole};
use leontief::uncertainty::draws::{self, Draws};
use leontief::{Error, Model};
use nalgebra::{dmatrix, dvector};

const DET: f64 = 0.7575;

fn economy() -> AnyTable {
    let mut economy = Economy::new(
        dmatrix![150.0, 500.0; 200.0, 100.0],
        dvector![1000.0, 2000.0],
    );
    economy.imported = dmatrix![50.0, 0.0; 100.0, 300.0];
    economy.inputs[0].1 -= dvector![150.0, 300.0];
    economy
        .wages(dvector![300.0, 400.0])
        .account("jobs", dvector![200.0, 1000.0])
        .account("co2", dvector![10.0, 40.0])
        .table()
}

/// Building is average; running is 200 of product 2, made by a recipe: 20 % of product 1 (three quarters
/// from home), 10 % of product 2 (two fifths), 15 % for employees, 25 % for no product, the rest surplus.
const BUILD_AND_RUN: &str = r#"
[recipe.sun]
inputs = { 1 = "20%", 2 = 0.1 }
domestic_shares = { 1 = 0.75, 2 = "40%" }
compensation = "15%"
capital_income = "25%"
foreign_ownership = "50%"

[[phase]]
name = "Build"
kind = "one-off"
start = 2026
[[phase.spending]]
what = "1"
amount = "100m"
domestic_share = 1

[[phase]]
name = "Run"
kind = "recurring"
start = 2027
duration = "2 years"
[[phase.spending]]
what = "2"
amount = "200m"
recipe = "sun"
"#;

fn scenario(text: &str, table: &AnyTable) -> leontief::Result<Scenario> {
    let file = ScenarioFile::parse("s.toml", text)?;
    Scenario::new(file, table, &Overrides::default())
}

fn plan(text: &str) -> leontief::Result<Plan> {
    scenario(text, &economy())?.plan()
}

fn refused(text: &str) -> String {
    plan(text).expect_err(text).to_string()
}

fn open(table: &AnyTable) -> Model {
    Model::with(table, ImportTreatment::Domestic, Closure::Open).expect("a model")
}

fn impact_with(text: &str, table: &AnyTable, model: &Model) -> Impact {
    let scenario = scenario(text, table).expect("a scenario");
    impact::of_scenario(table, model, &scenario).expect("an impact")
}

fn impact_of(text: &str) -> Impact {
    let table = economy();
    impact_with(text, &table, &open(&table))
}

/// What the suppliers of (30, 8) produce: L (30, 8).
fn of_suppliers() -> [f64; 2] {
    [
        (0.95 * 30.0 + 0.25 * 8.0) / DET,
        (0.20 * 30.0 + 0.85 * 8.0) / DET,
    ]
}

#[test]
fn a_recipe_is_the_direct_stage_and_its_inputs_are_the_first_suppliers() {
    let impact = impact_of(BUILD_AND_RUN);
    let run = impact
        .effects
        .recurring
        .as_ref()
        .expect("a recurring phase");
    let [x1, x2] = of_suppliers();
    // A quarter of 200 buys nothing: 150 of product 2 is made.
    assert_eq!(run.output.direct, [0.0, 150.0]);
    assert_relative_eq!(run.output.indirect[0], x1, epsilon = 1e-9);
    assert_relative_eq!(run.output.indirect[1], x2, epsilon = 1e-9);
    // 150 less 40 and 20 of inputs; then v'L d.
    assert_relative_eq!(run.value_added.direct[1], 90.0, epsilon = 1e-9);
    let indirect = 0.5 * x1 + 0.55 * x2;
    assert_relative_eq!(run.value_added.sums().indirect, indirect, epsilon = 1e-9);
    let part = |role| {
        &run.parts
            .iter()
            .find(|(r, _)| *r == role)
            .expect("a part")
            .1
    };
    let surplus = part(PrimaryInputRole::OperatingSurplus);
    assert_relative_eq!(surplus.direct[1], 60.0, epsilon = 1e-9);
    assert_relative_eq!(
        part(PrimaryInputRole::Compensation).direct[1],
        30.0,
        epsilon = 1e-9
    );
    // Imported inputs by product, of the recipe and then of its suppliers.
    assert_relative_eq!(run.imports.direct[0], 10.0, epsilon = 1e-9);
    assert_relative_eq!(run.imports.direct[1], 12.0, epsilon = 1e-9);
    assert_relative_eq!(run.imports.indirect[0], 0.05 * x1, epsilon = 1e-9);
    assert_relative_eq!(
        run.imports.indirect[1],
        0.1 * x1 + 0.15 * x2,
        epsilon = 1e-9
    );
    // Staff at the pay of the sector: 30 of compensation x .5 / .2 persons.
    let jobs = run.account("jobs").expect("jobs");
    assert_relative_eq!(jobs.direct[1], 75.0, epsilon = 1e-9);
    assert_relative_eq!(jobs.sums().indirect, 0.2 * x1 + 0.5 * x2, epsilon = 1e-9);
    // Nothing burns at the producer itself.
    let co2 = run.account("co2").expect("co2");
    assert_eq!(co2.sums().direct, 0.0);
    assert_relative_eq!(co2.sums().indirect, 0.01 * x1 + 0.02 * x2, epsilon = 1e-9);
    // Building is as it would be without recipes.
    let build = impact.effects.one_off.as_ref().expect("a one-off phase");
    assert_relative_eq!(
        build.output.sums().type1(),
        100.0 * 1.15 / DET,
        epsilon = 1e-9
    );
    assert_eq!(build.account("jobs").expect("jobs").sums().direct, 20.0);
}

#[test]
fn value_added_imports_taxes_and_capital_income_are_all_that_is_spent() {
    let impact = impact_of(BUILD_AND_RUN);
    for phase in &impact.phases {
        let e = &phase.effects;
        let s = e.spending;
        let to_owners = s.capital_income.as_millions();
        let ends = e.value_added.sums().type1() + e.leakage() + s.tax.as_millions() + to_owners;
        assert_relative_eq!(ends, s.total.as_millions(), epsilon = 1e-9);
    }
    let spent = impact
        .effects
        .recurring
        .as_ref()
        .expect("recurring")
        .spending;
    assert_relative_eq!(spent.total.as_millions(), 200.0, epsilon = 1e-9);
    assert_relative_eq!(spent.capital_income.as_millions(), 50.0, epsilon = 1e-9);
    // Half of 60 of surplus and of 50 of capital income.
    assert_relative_eq!(spent.income_abroad.as_millions(), 55.0, epsilon = 1e-9);
    let year = |year: i32| {
        impact
            .years
            .iter()
            .find(|y| y.year == year)
            .expect("a year")
    };
    let [x1, x2] = of_suppliers();
    assert_relative_eq!(
        year(2028).figures.recurring.total.value_added,
        90.0 + 0.5 * x1 + 0.55 * x2,
        epsilon = 1e-9
    );
    assert_eq!(year(2026).figures.recurring.total.value_added, 0.0);
}

#[test]
fn leakage_and_tiers_of_a_recipe_begin_with_what_it_buys() {
    let table = economy();
    let model = open(&table);
    let impact = impact_with(BUILD_AND_RUN, &table, &model);
    let run: &Leakage = &impact.leakage[1];
    assert_eq!(run.kind, PhaseKind::Recurring);
    // 22 by the recipe, .15 (30 + 8) by its suppliers, .15 (6.5 + 6.4) by theirs.
    for (tier, right) in run.tiers.iter().zip([0.0, 22.0, 5.7, 1.935]) {
        assert_relative_eq!(*tier, right, epsilon = 1e-9);
    }
    let effects = impact.effects.recurring.as_ref().expect("recurring");
    let tiers = Tiers::of(&model, effects.demand(), 3);
    for (tier, right) in tiers
        .tiers
        .iter()
        .zip([[0.0, 150.0], [30.0, 8.0], [6.5, 6.4]])
    {
        assert_relative_eq!(tier[0], right[0], epsilon = 1e-9);
        assert_relative_eq!(tier[1], right[1], epsilon = 1e-9);
    }
    assert_relative_eq!(tiers.total(0), of_suppliers()[0], epsilon = 1e-9);
    assert_relative_eq!(tiers.total(1), 150.0 + of_suppliers()[1], epsilon = 1e-9);
    let suppliers = Suppliers::of(&model, &impact);
    assert_eq!(suppliers.kinds[1].1.tiers[1], tiers.tiers[1]);
}

#[test]
fn chains_of_suppliers_take_the_recipe_for_their_first_step() {
    let table = economy();
    let model = open(&table);
    let impact = impact_with(BUILD_AND_RUN, &table, &model);
    let mut demand = impact
        .effects
        .recurring
        .as_ref()
        .expect("recurring")
        .demand();
    // Another 40 of product 2 with its average column: 10 of product 1, 2 of product 2.
    demand.average[1] += 40.0;
    let options = Options {
        max_depth: 60,
        least_share: 1e-9,
        limit: 6,
        ..Options::default()
    };
    let paths = Paths::of_output(&model, &demand, &options).expect("paths");
    let found: Vec<(&[usize], f64)> = paths
        .paths
        .iter()
        .map(|p| (p.sectors.as_slice(), p.value))
        .collect();
    let right: [(&[usize], f64); 5] = [
        (&[1], 190.0),
        (&[1, 0], 40.0),
        (&[1, 1], 10.0),
        (&[1, 0, 1], 8.0),
        (&[1, 0, 0], 6.0),
    ];
    for ((sectors, value), (right, worth)) in found.iter().zip(right) {
        assert_eq!(*sectors, right);
        assert_relative_eq!(*value, worth, epsilon = 1e-9);
    }
    let all: f64 = of_suppliers().iter().sum::<f64>() + 150.0 + 40.0 * 1.10 / DET;
    assert_relative_eq!(paths.total, all, epsilon = 1e-9);
}

#[test]
fn households_spend_what_a_recipe_pays_its_employees() {
    let table = economy();
    let model =
        Model::with(&table, ImportTreatment::Domestic, Closure::Share(0.5)).expect("closed");
    let impact = impact_with(BUILD_AND_RUN, &table, &model);
    let [x1, x2] = of_suppliers();
    let first = 30.0 + 0.3 * x1 + 0.2 * x2;
    // All consumption is domestic: c = (350, 1700) / 2050, less nothing imported.
    let c = [350.0 / 2050.0, 1700.0 / 2050.0];
    let lc = [
        (0.95 * c[0] + 0.25 * c[1]) / DET,
        (0.20 * c[0] + 0.85 * c[1]) / DET,
    ];
    let spent = 0.5 * first / (1.0 - 0.5 * (0.3 * lc[0] + 0.2 * lc[1]));
    let run = impact.effects.recurring.as_ref().expect("recurring");
    assert_relative_eq!(run.output.induced[0], spent * lc[0], epsilon = 1e-9);
    assert_relative_eq!(run.output.induced[1], spent * lc[1], epsilon = 1e-9);
}

#[test]
fn a_recipe_like_a_sector_is_the_sector() {
    let with = |recipe: &str| BUILD_AND_RUN.replace("recipe = \"sun\"", recipe);
    let line = |impact: &Impact| {
        let mut effects = impact.effects.recurring.clone().expect("recurring");
        effects.by_recipe.clear();
        effects
    };
    let average = line(&impact_of(&with("domestic_share = 1")));
    let like = line(&impact_of(&with(
        "recipe = { like = \"2\", accounts = { co2 = 20 } }",
    )));
    let pairs = [
        (&average.output, &like.output),
        (&average.value_added, &like.value_added),
        (&average.imports, &like.imports),
        (&average.accounts[0].effects, &like.accounts[0].effects),
        (&average.accounts[1].effects, &like.accounts[1].effects),
    ];
    let parts = average.parts.iter().zip(&like.parts);
    for (a, b) in pairs
        .into_iter()
        .chain(parts.map(|((_, a), (_, b))| (a, b)))
    {
        for (a, b) in [
            (&a.direct, &b.direct),
            (&a.indirect, &b.indirect),
            (&a.induced, &b.induced),
        ] {
            for (a, b) in a.iter().zip(b) {
                assert_relative_eq!(a, b, epsilon = 1e-9);
            }
        }
    }
}

#[test]
fn what_a_column_does_without_is_operating_surplus() {
    // Column 2 without product 1: .05 + .15 of product 2, .2 for employees, .35 + .25 of surplus.
    let text = BUILD_AND_RUN.replace(
        "recipe = \"sun\"",
        "recipe = { like = \"2\", without = [\"1\"] }",
    );
    let impact = impact_of(&text);
    let run = impact.effects.recurring.as_ref().expect("recurring");
    assert_relative_eq!(run.value_added.direct[1], 160.0, epsilon = 1e-9);
    let made = &run.by_recipe[0];
    assert_relative_eq!(
        made.part(PrimaryInputRole::OperatingSurplus),
        120.0,
        epsilon = 1e-9
    );
    assert_relative_eq!(
        made.part(PrimaryInputRole::Compensation),
        40.0,
        epsilon = 1e-9
    );
    assert_relative_eq!(made.inputs[1], 10.0, epsilon = 1e-9);
    assert_relative_eq!(made.imports[1], 30.0, epsilon = 1e-9);
    assert_eq!(made.inputs[0], 0.0);
    // The staff of the sector: .5 persons per million.
    assert_relative_eq!(made.account("jobs"), 100.0, epsilon = 1e-9);
}

#[test]
fn a_policy_raises_what_a_recipe_buys_at_home() {
    let text = format!("{BUILD_AND_RUN}\n[[policy]]\nwhat = \"2\"\ndomestic_share = \"90%\"\n");
    let impact = impact_of(&text);
    let run = impact.effects.recurring.as_ref().expect("recurring");
    // 20 of product 2: 18 instead of 8 from home.
    assert_relative_eq!(run.by_recipe[0].inputs[1], 18.0, epsilon = 1e-9);
    assert_relative_eq!(run.imports.direct[1], 2.0, epsilon = 1e-9);
    let policy = impact
        .policy
        .as_ref()
        .expect("a policy that raises a share");
    assert_eq!(policy.raised.len(), 1);
    assert_eq!((policy.raised[0].sector, policy.raised[0].to), (1, 0.9));
    assert_relative_eq!(policy.raised[0].from, 0.4, epsilon = 1e-12);
    let (kind, without, with) = &policy.kinds[0];
    assert_eq!(*kind, PhaseKind::Recurring);
    let [x1, x2] = of_suppliers();
    assert_relative_eq!(
        without.total.value_added,
        90.0 + 0.5 * x1 + 0.55 * x2,
        epsilon = 1e-9
    );
    // 10 more of product 2: v'L_2 = (.5 x .25 + .55 x .85) / .7575.
    let more = 10.0 * (0.5 * 0.25 + 0.55 * 0.85) / DET;
    assert_relative_eq!(
        with.total.value_added - without.total.value_added,
        more,
        epsilon = 1e-9
    );
}

#[test]
fn a_resized_recipe_is_the_recipe_of_the_resized_amount() {
    let plan = plan(BUILD_AND_RUN).expect("a plan");
    let twice = plan.scaled(2.0).expect("resized");
    let table = economy();
    let impact = impact::of_plan(&table, &open(&table), &twice).expect("an impact");
    let run = impact.effects.recurring.as_ref().expect("recurring");
    assert_relative_eq!(run.value_added.direct[1], 180.0, epsilon = 1e-9);
    assert_relative_eq!(
        run.account("jobs").expect("jobs").direct[1],
        150.0,
        epsilon = 1e-9
    );
    assert_relative_eq!(
        run.spending.income_abroad.as_millions(),
        110.0,
        epsilon = 1e-9
    );
    assert_relative_eq!(run.spending.total.as_millions(), 400.0, epsilon = 1e-9);
}

#[test]
fn draws_of_a_recipe_are_what_it_comes_to_share_by_share() {
    let table = economy();
    let model =
        Model::with(&table, ImportTreatment::Domestic, Closure::Share(0.5)).expect("closed");
    // One of two compensations; all else is certain.
    let share = "compensation = { value = 0.15, shape = \"discrete\", values = [0.05, 0.25], \
                 weights = [1, 1] }";
    let text = BUILD_AND_RUN.replace("compensation = \"15%\"", share);
    let drawn = scenario(&text, &table).expect("a scenario");
    let written = impact::of_scenario(&table, &model, &drawn).expect("an impact");
    for coefficient_spread in [None, Some(1e-9)] {
        let draws = Draws {
            count: 200,
            coefficient_spread,
            ..Draws::default()
        };
        let (ensemble, _) =
            draws::of_scenario(&table, &model, &drawn, &written, &draws, &|_| ()).expect("draws");
        for (share, end) in [("5%", 0), ("25%", 1)] {
            let text = BUILD_AND_RUN.replace("15%", share);
            let exact = impact_with(&text, &table, &model);
            let run = exact.effects.recurring.as_ref().expect("recurring");
            let of = |id: &str| {
                let figures = ensemble.figures.iter();
                let mut of_kind = figures.filter(|f| f.kind == Some(PhaseKind::Recurring));
                let spread = of_kind.find(|f| f.id == id).expect(id).spread;
                [spread.p5, spread.p95][end]
            };
            let jobs = run.account("jobs").expect("jobs").sums();
            let rights = [
                ("spending", 200.0),
                ("output", run.output.sums().total()),
                ("output_type1", run.output.sums().type1()),
                ("value_added", run.value_added.sums().total()),
                ("value_added_type1", run.value_added.sums().type1()),
                ("leakage", run.leakage()),
                ("jobs", jobs.total()),
                ("jobs_type1", jobs.type1()),
            ];
            for (id, right) in rights {
                assert_relative_eq!(of(id), right, max_relative = 1e-6);
            }
            let sectors = ensemble.sectors.iter();
            for spread in sectors.filter(|s| s.kind == PhaseKind::Recurring) {
                let drawn = [spread.output.p5, spread.output.p95][end];
                assert_relative_eq!(drawn, run.output.of(spread.sector), max_relative = 1e-6);
            }
        }
    }
}

#[test]
fn a_cap_leaves_what_recipes_make_and_counts_what_they_buy() {
    let text = format!("{BUILD_AND_RUN}\n[[cap]]\nwhat = \"2\"\nextra = \"10m\"\n");
    let impact = impact_of(&text);
    let constrained = impact.constrained.as_ref().expect("capped");
    let run = constrained.periods.last().expect("a period");
    let [x1, x2] = of_suppliers();
    assert_relative_eq!(run.sectors[0].wished, x2, epsilon = 1e-9);
    let short = (x2 - 10.0) / (0.85 / DET);
    assert_relative_eq!(run.sectors[0].short, short, epsilon = 1e-9);
    // Nobody buys product 2 of an average producer to consume it.
    assert_relative_eq!(run.sectors[0].short_of_inputs, short, epsilon = 1e-9);
    assert_relative_eq!(run.wished.output, 150.0 + x1 + x2, epsilon = 1e-9);
    let left = 150.0 + x1 - 0.25 / DET * short + 10.0;
    assert_relative_eq!(run.possible.output, left, epsilon = 1e-9);
}

#[test]
fn a_scenario_that_extends_another_changes_its_recipes_key_by_key() {
    let base = ScenarioFile::parse("base.toml", BUILD_AND_RUN).expect("a scenario");
    let own = "[recipe.sun]\ncompensation = 0.05\n[[phase]]\nname = \"Run\"\n[[phase.spending]]\n\
               what = \"2\"\namount = \"100m\"\n";
    let file = ScenarioFile::parse("own.toml", own)
        .expect("a scenario")
        .on_top_of(base);
    let scenario = Scenario::new(file, &economy(), &Overrides::default()).expect("a scenario");
    let plan = scenario.plan().expect("a plan");
    let line = &plan.phases[1].lines[0];
    assert_eq!(line.share_origin, ShareOrigin::Recipe);
    let recipe = line.recipe.as_ref().expect("inherited");
    let part = |role| {
        recipe
            .parts
            .iter()
            .find(|(r, _)| *r == role)
            .expect("a part")
            .1
    };
    assert_relative_eq!(part(PrimaryInputRole::Compensation), 5.0, epsilon = 1e-9);
    assert_relative_eq!(
        part(PrimaryInputRole::OperatingSurplus),
        40.0,
        epsilon = 1e-9
    );
    assert_relative_eq!(recipe.inputs[0].domestic, 15.0, epsilon = 1e-9);
}

#[test]
fn a_recipe_that_cannot_be_is_refused_with_its_place() {
    let with = |keys: &str| {
        let line = "[[phase]]\nname = \"P\"\nkind = \"one-off\"\n[[phase.spending]]\nwhat = \"2\"\n\
                    amount = \"1m\"\nrecipe = \"r\"\n";
        format!("[recipe.r]\n{keys}\n{line}")
    };
    for (keys, said) in [
        (
            "inputs = { 1 = 0.7, 2 = 0.4 }",
            "s.toml:2: recipe/r/inputs/2: inputs, compensation",
        ),
        (
            "inputs = { 1 = 0.7 }\ncompensation = 0.4",
            "s.toml:3: recipe/r/compensation",
        ),
        ("inputs = { 9 = 0.7 }", "s.toml:2"),
        ("inputs = { 1 = 1.1 }", "a share must be in 0..1"),
        (
            "inputs = { 1 = 0.1 }\ndomestic_shares = { 2 = 0.5 }",
            "is not among the inputs",
        ),
        (
            "without = [\"1\"]\ncompensation = 1",
            "which one is not said",
        ),
        (
            "like = \"2\"\nwithout = [\"1\", \"1\"]",
            "the column buys no",
        ),
        ("inputs = { 1 = 0.1 }\njobs = -1", "cannot be below zero"),
        ("inputs = { 1 = 0.1 }\njobs = \"1m\"", "not money"),
        (
            "inputs = { 1 = 0.1 }\naccounts = { jobs = 1 }",
            "write jobs",
        ),
        ("note = \"nothing\"", "neither what is bought"),
        ("surplus = 0.1", "unknown field"),
    ] {
        let message = refused(&with(keys));
        assert!(message.contains(said), "{keys}: {message}");
    }
    let message = refused(&with("compensation = 1").replace("= \"r\"", "= \"s\""));
    assert!(
        message.contains("there is no recipe 's'; there are r"),
        "{message}"
    );
}

#[test]
fn a_recipe_that_no_line_uses_is_said() {
    let text = format!("[recipe.idle]\ncompensation = 1\n{BUILD_AND_RUN}");
    let notes = plan(&text).expect("a plan").notes;
    let said = |words: &str| notes.iter().any(|n| n.text().en.contains(words));
    assert!(said("\"idle\" changes nothing"));
    assert!(said("made by the recipe \"sun\""));
    assert!(said("says nothing of co2"));
}

#[test]
fn a_recipe_comes_back_from_json_as_it_went() {
    let impact = impact_of(BUILD_AND_RUN);
    let json = serde_json::to_string(&impact).expect("to JSON");
    let back: Impact = serde_json::from_str(&json).expect("from JSON");
    assert_eq!(back, impact);
    assert!(matches!(scenario("", &economy()), Err(Error::Data { .. })));
}

#[test]
fn what_a_recipe_makes_stays_in_its_province_and_its_inputs_by_their_sectors() {
    use leontief::table::embedded::regions;
    let table = AnyTable::open("kr-2023-83").expect("built in");
    let model = open(&table);
    let region = regions()
        .expect("built in")
        .find("전남")
        .expect("a province");
    let has = |code: &str| region.has(table.sectors().position(code).expect("a code"));
    let lacking = table
        .sectors()
        .iter()
        .find(|s| !has(&s.code))
        .expect("a sector")
        .code
        .clone();
    let text = format!(
        "[scenario]\nproductivity_growth = 0.1\n[recipe.r]\ninputs = {{ 67 = 0.2, {lacking} = 0.1 }}\n\
         domestic_shares = {{ 67 = 1, {lacking} = 1 }}\ncompensation = 0.3\njobs = 40\n[[phase]]\n\
         name = \"Run\"\nkind = \"recurring\"\nstart = 2024\nregion = \"전남\"\n[[phase.spending]]\n\
         what = \"45\"\namount = \"1000m\"\nrecipe = \"r\"\n"
    );
    let impact = impact_with(&text, &table, &model);
    let split = &impact.regional.as_ref().expect("placed").phases[0];
    let ones = nalgebra::DVector::from_element(83, 1.0);
    let rows = [
        ones,
        model.coefficients().account("jobs").expect("jobs").clone(),
    ]
    .map(|per_output| model.inducement_row(&per_output));
    let at = |code: &str| table.sectors().position(code).expect("a code");
    let stays =
        |own: &leontief::table::regions::InOut| own.share_inside(at("67")).expect("a share");
    let [output, jobs] = &rows;
    let inside = 1000.0 + 200.0 * output[at("67")] * stays(&region.production);
    assert_relative_eq!(split.output.inside, inside, epsilon = 1e-9);
    let all = impact.effects.recurring.as_ref().expect("recurring");
    assert_relative_eq!(
        split.output.total(),
        all.output.sums().type1(),
        epsilon = 1e-9
    );
    assert_relative_eq!(
        split.value_added.total(),
        all.value_added.sums().type1(),
        epsilon = 1e-9
    );
    // 40 persons per billion, a tenth more productive in 2024.
    let inside = (40.0 + 200.0 * jobs[at("67")] * stays(&region.jobs)) / 1.1;
    assert_relative_eq!(split.jobs.inside, inside, epsilon = 1e-9);
    let of_all = all.account("jobs").expect("jobs").sums().type1();
    assert_relative_eq!(split.jobs.total(), of_all, epsilon = 1e-9);
    assert_relative_eq!(split.demand, 1000.0, epsilon = 1e-9);
}

#[test]
fn an_industry_that_buys_by_recipe_pays_capital_income_out_of_its_value_added() {
    let text = format!(
        "{BUILD_AND_RUN}\n[industry]\nname = \"Hub\"\nphase = \"Run\"\nsales = \"300m\"\nexports = 1\n\
         labour_share = 0.2\nforeign_ownership = \"10%\"\n"
    );
    let impact = impact_of(&text);
    let hub = impact.industry.as_ref().expect("an industry");
    let [x1, x2] = of_suppliers();
    // 300 less 150 of purchases; 30 for employees, 120 of surplus of which 50 is paid as capital income.
    assert_relative_eq!(hub.own_value_added, 150.0, epsilon = 1e-9);
    assert_relative_eq!(hub.surplus, 120.0, epsilon = 1e-9);
    assert_relative_eq!(hub.foreign_surplus, 0.1 * 70.0 + 55.0, epsilon = 1e-9);
    let gdp = 150.0 + 90.0 + 0.5 * x1 + 0.55 * x2;
    for difference in [hub.included, hub.as_final_demand] {
        assert_relative_eq!(difference.other_output, 150.0 + x1 + x2, epsilon = 1e-9);
        assert_relative_eq!(difference.value_added(), gdp, epsilon = 1e-9);
        assert_relative_eq!(
            difference.value_added() + difference.imports,
            300.0,
            epsilon = 1e-9
        );
        assert_relative_eq!(difference.national_income, gdp - 62.0, epsilon = 1e-9);
        assert_relative_eq!(difference.jobs, 75.0 + 0.2 * x1 + 0.5 * x2, epsilon = 1e-9);
    }
}

#[test]
fn the_live_page_has_what_it_takes_to_redo_a_recipe() {
    let table = economy();
    let model =
        Model::with(&table, ImportTreatment::Domestic, Closure::Share(0.5)).expect("closed");
    let impact = impact_with(BUILD_AND_RUN, &table, &model);
    let live = leontief::report::brief::Live::of(&model, &impact);
    let line = &live.phases[1].lines[0];
    let recipe = line.recipe.as_ref().expect("a recipe");
    let paid = line.product * line.share;
    assert_relative_eq!(paid, 200.0, epsilon = 1e-9);
    let along = |row: &[f64], own: f64| -> f64 {
        paid * (own
            + recipe
                .inputs
                .iter()
                .map(|(at, share)| row[*at] * share)
                .sum::<f64>())
    };
    let run = impact.effects.recurring.as_ref().expect("recurring");
    let jobs = run.account("jobs").expect("jobs").sums().type1();
    for (row, own, right) in [
        (&live.output, recipe.output, run.output.sums().type1()),
        (
            &live.value_added,
            recipe.value_added,
            run.value_added.sums().type1(),
        ),
        (&live.imports, recipe.imports, run.imports.sums().type1()),
        (&live.jobs, recipe.jobs, jobs),
    ] {
        assert_relative_eq!(along(row, own), right, epsilon = 1e-9);
    }
    let households = live.households.as_ref().expect("closed");
    let income = along(&households.income, recipe.income);
    let spent = households.share * income / (1.0 - households.share * households.income_again);
    assert_relative_eq!(
        spent * households.output,
        run.output.sums().induced,
        epsilon = 1e-9
    );
}

/// A recipe that holds on a fine table holds on a wider one, where two of its products are one sector.
#[test]
fn inputs_of_one_sector_under_two_names_add_up() {
    let made = |keys: &str| {
        let text = format!(
            "[recipe.r]\nlike = \"2\"\n{keys}\n[[phase]]\nname = \"P\"\nkind = \"one-off\"\n\
             [[phase.spending]]\nwhat = \"1\"\namount = \"100m\"\nrecipe = \"r\"\ndomestic_share = 1\n"
        );
        let table = economy();
        let plan = plan(&text).expect(keys);
        let effects = impact::of_plan(&table, &open(&table), &plan).expect(keys);
        (
            effects.phases[0].effects.output.sums(),
            effects.phases[0].effects.imports.sums(),
        )
    };
    let twice = made("inputs = { 1 = 0.1, \"Sector 1\" = 0.05 }\ndomestic_shares = { 1 = 0.5 }");
    let once = made("inputs = { 1 = 0.15 }\ndomestic_shares = { 1 = 0.5 }");
    assert_relative_eq!(twice.0.indirect, once.0.indirect, max_relative = 1e-12);
    assert_relative_eq!(twice.1.direct, once.1.direct, max_relative = 1e-12);
    let without = |names: &str| made(&format!("without = {names}"));
    assert_eq!(without("[\"1\", \"Sector 1\"]"), without("[\"1\"]"));
}
