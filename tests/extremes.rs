//! Scenarios at the edge of what is valid: each is worked out from end to end into finite figures of which
//! nothing is lost. What lies beyond the edge is in `limits` and `hostile`.

mod common;

use common::{model, open};
use leontief::impact::{self, Effects};
use leontief::scenario::{MOST_PHASES, Overrides, Scenario, ScenarioFile, formula};
use leontief::table::AnyTable;
use leontief::uncertainty::{Draws, draws};
use leontief::{Impact, Lang, Model};
use proptest::prelude::*;
use std::fmt::Write;
use std::sync::LazyLock;

static KOREA: LazyLock<(AnyTable, Model)> = LazyLock::new(|| {
    let table = open("kr-2023-33");
    let model = model(&table);
    (table, model)
});

/// One of these texts.
fn one_of(texts: &[&str]) -> impl Strategy<Value = String> + use<> {
    let texts: Vec<String> = texts.iter().map(|t| (*t).to_owned()).collect();
    prop::sample::select(texts)
}

fn amount() -> impl Strategy<Value = String> {
    // The deepest and the longest formula, and figures next to nothing and next to too much.
    let deepest = format!(
        "\"{}1억{}\"",
        "(".repeat(formula::DEPTH),
        ")".repeat(formula::DEPTH)
    );
    let longest = format!("\"{}\"", vec!["1억"; formula::TERMS].join(" - "));
    let others = [
        "0",
        "-0.0",
        "1e-300",
        "-1e-9",
        "1",
        "\"1원\"",
        "\"-1조\"",
        "\"250억\"",
        "1e18",
        "-1e18",
        "\"last * 1조\"",
        "\"p0\"",
        deepest.as_str(),
        longest.as_str(),
    ];
    one_of(&others)
}

fn share(key: &'static str) -> impl Strategy<Value = String> {
    one_of(&["", "0", "1", "0.5", "1e-300", "\"100%\""])
        .prop_map(move |share| prefixed(&format!("{key} = "), &share))
}

/// The line of a key, or nothing.
fn prefixed(key: &str, value: &str) -> String {
    if value.is_empty() {
        String::new()
    } else {
        format!("{key}{value}\n")
    }
}

fn line() -> impl Strategy<Value = String> {
    let prices = one_of(&[
        "",
        "price = \"producers\"\n",
        "price = \"purchasers\"\nproduct_tax = 1\n",
        "price = \"purchasers\"\ntrade_margin = \"60%\"\ntransport_margin = \"40%\"\n",
        "price = \"purchasers\"\nvat = \"10%\"\ntrade_margin = 0\n",
    ]);
    let sector = 0_usize..33;
    (sector, amount(), share("domestic_share"), prices).prop_map(
        |(sector, amount, share, price)| {
            let code = &KOREA.0.sectors().get(sector).code;
            format!("what = \"{code}\"\namount = {amount}\n{share}{price}")
        },
    )
}

fn phase() -> impl Strategy<Value = String> {
    let time = one_of(&[
        "",
        "start = 1900\nduration = \"100 years\"\n",
        "start = \"2200-12\"\nduration = \"1 month\"\n",
        "start = \"2100-01\"\nduration = 100\n",
        "start = \"2027-06\"\nduration = \"7개월\"\ndelay = \"1200 months\"\n",
    ]);
    let kind = one_of(&[
        "kind = \"one-off\"\n",
        "kind = \"recurring\"\n",
        "kind = \"one-off\"\nprofile = \"front-loaded\"\nstart = 2199\nduration = 2\n",
    ]);
    let lines = prop::collection::vec(line(), 1..5);
    (kind, time, share("probability"), lines).prop_map(|(kind, time, chance, lines)| {
        let time = if kind.contains("start") { "" } else { &time };
        let mut text = format!("{kind}{time}{chance}");
        for (number, line) in lines.iter().enumerate() {
            let _ = write!(text, "[[phase.spending]]\nitem = \"{number}\"\n{line}");
        }
        text
    })
}

/// A header, and up to so many phases as one holds.
fn scenario() -> impl Strategy<Value = String> {
    let header = one_of(&[
        "",
        "household_share = 0\n",
        "household_share = 1\n",
        "induced = false\n",
        "discount_rate = \"100%\"\n",
        "discount_rate = 0\ndiscount_year = 2200\n",
        "productivity_growth = \"-1%\"\n",
    ]);
    let few = prop::collection::vec(phase(), 1..4);
    let many = (phase(), 4..60_usize).prop_map(|(phase, count)| vec![phase; count]);
    let phases = prop_oneof![4 => few, 1 => many];
    let parameters = prop_oneof![4 => Just(1_usize), 1 => Just(2_000)];
    let name = prop_oneof![Just(1_usize), Just(4_000)];
    let rest = one_of(&[
        "",
        "[[cap]]\nwhat = \"건설\"\nextra = 0\n",
        "[[cap]]\nwhat = \"09\"\nextra = \"1원\"\n[[cap]]\nwhat = \"19\"\nextra = 1e18\n",
        "[[policy]]\nwhat = \"09\"\ndomestic_share = 1\n",
        "[[indicator]]\nname = \"i\"\nvalue = \"p0 / 1억\"\nunit = \"x\"\ndecimals = 9\n",
    ]);
    (header, name, parameters, phases, rest).prop_map(|(header, name, count, phases, rest)| {
        let mut text = format!("[scenario]\nname = \"{}\"\n{header}", "가".repeat(name));
        text.push_str("[parameters]\nlast = { value = 1, range = [0, 1] }\n");
        for number in 0..count {
            let next = number + 1;
            let _ = if next == count {
                writeln!(text, "p{number} = \"1억\"")
            } else {
                writeln!(text, "p{number} = \"p{next}\"")
            };
        }
        for (number, phase) in phases.iter().enumerate() {
            let _ = write!(text, "[[phase]]\nname = \"{number}\"\n{phase}");
        }
        text + &rest
    })
}

struct Answered {
    scenario: Scenario,
    impact: Impact,
    model: Model,
}

fn answer(text: &str) -> leontief::Result<Answered> {
    let table = &KOREA.0;
    let file = ScenarioFile::parse("extreme.toml", text)?;
    let scenario = Scenario::new(file, table, &Overrides::default())?;
    let model = Model::with(table, scenario.imports(), scenario.closure()?)?;
    let impact = impact::of_scenario(table, &model, &scenario)?;
    Ok(Answered {
        scenario,
        impact,
        model,
    })
}

fn sound(effects: &Effects, lot: f64) -> Result<(), TestCaseError> {
    let (value_added, imports) = (effects.value_added.sums(), effects.imports.sums());
    for sums in [&effects.output.sums(), &value_added, &imports] {
        prop_assert!(sums.total().is_finite() && sums.type1().is_finite());
    }
    for account in &effects.accounts {
        prop_assert!(account.effects.sums().total().is_finite());
    }
    let spending = &effects.spending;
    let ends = value_added.type1()
        + imports.type1()
        + spending.imported.as_millions()
        + spending.tax.as_millions();
    let spent = spending.total.as_millions();
    // Amounts of opposite signs may leave little of a lot: what is lost is measured by the lot.
    prop_assert!((ends - spent).abs() <= 1e-12 * lot, "{ends} of {spent}");
    Ok(())
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 64,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_extreme_scenario_has_finite_figures_and_loses_nothing(text in scenario()) {
        let answered = answer(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        let impact = &answered.impact;
        let plan = answered.scenario.plan().expect("it was answered");
        let lines = plan.phases.iter().flat_map(|p| &p.lines);
        let lot: f64 = lines.map(|line| line.amount.abs()).sum();
        for effects in [&impact.effects.one_off, &impact.effects.recurring].into_iter().flatten() {
            sound(effects, lot)?;
        }
        for lang in [Lang::En, Lang::Ko] {
            let view = leontief::report::views::View {
                lang,
                by: leontief::report::views::By::Year,
                top: Some(5),
                details: true,
            };
            let page = leontief::report::markdown::render(&impact.document(&view));
            prop_assert!(!page.contains("NaN") && !page.contains("inf"), "{page}");
        }
        // One draw is an ensemble too.
        let one = Draws { count: 1, ..Draws::default() };
        let (table, scenario) = (&KOREA.0, &answered.scenario);
        let drawn = draws::of_scenario(table, &answered.model, scenario, impact, &one, &|_| {});
        let (ensemble, _) = drawn.map_err(|error| TestCaseError::fail(error.to_string()))?;
        for figure in &ensemble.figures {
            prop_assert!(figure.spread.mean.is_finite() && figure.spread.p5 == figure.spread.p95);
        }
    }
}

#[test]
fn a_scenario_of_as_many_phases_as_are_taken_is_worked_out() {
    let mut text = String::from("[scenario]\nname = \"Many\"\n");
    for number in 0..MOST_PHASES {
        let _ = write!(
            text,
            "[[phase]]\nname = \"{number}\"\nkind = \"one-off\"\nstart = 2030\n\
             [[phase.spending]]\nwhat = \"19\"\namount = \"1억\"\ndomestic_share = 1\n"
        );
    }
    let answered = answer(&text).expect("it is within the limits");
    let effects = answered.impact.effects.one_off.expect("one-off");
    approx::assert_relative_eq!(effects.output.sums().direct, 50_000.0, epsilon = 1e-6);
}

#[test]
fn a_bare_number_is_an_amount_whatever_its_sign() {
    let of = |amount: &str| {
        let text = format!(
            "[[phase]]\nname = \"A\"\nkind = \"one-off\"\n[[phase.spending]]\nwhat = \"19\"\n\
             amount = {amount}\n"
        );
        let plan = answer(&text).and_then(|answered| answered.scenario.plan());
        plan.map(|plan| plan.phases[0].lines[0].amount)
    };
    assert_eq!(of("3000000").expect("an amount"), 3.0);
    assert_eq!(of("-3000000").expect("an amount"), -3.0);
    assert_eq!(of("\"-3000000\"").expect("an amount"), -3.0);
    // A calculation of plain numbers is none.
    assert!(of("\"1 - 3000000\"").is_err());
}
