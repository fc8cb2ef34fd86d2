//! Events: what is given where it is not demand for a product.
//!
//! Of sector 2, l_22 = 1.6: an output of 160 is a final demand of 100, x = (70, 160, 30). The others make
//! 100, with .2 70 + .35 30 = 24.5 of value added and 140 + 30 = 170 jobs; itself 40 and 640.

use super::*;
use leontief::impact::{Driver, Exogenous};
use leontief::scenario::{Note, PhaseKind};

fn events(lines: &str) -> Impact {
    impact_of(&format!(
        "[[phase]]\nname = \"Plant\"\nkind = \"recurring\"\n{lines}"
    ))
}

fn line(event: &str, rest: &str) -> String {
    format!("[[phase.spending]]\nevent = \"{event}\"\n{rest}\n")
}

#[track_caller]
fn figure(exogenous: &Exogenous, measure: &str) -> [f64; 2] {
    let mut figures = exogenous.figures.iter();
    let found = figures.find(|f| f.measure == measure).expect(measure);
    [found.itself, found.others]
}

#[test]
fn output_jobs_labour_income_and_contribution_of_one_sector_are_one_event() {
    // 640 jobs at 4 per unit, 24 of pay at .15, 160 of the 1500 that it makes: all an output of 160.
    for (event, amount) in [
        ("output", "\"160m\""),
        ("jobs", "640"),
        ("labour_income", "\"24m\""),
        ("contribution", "{ value = 0.10666666666666667 }"),
    ] {
        let found = events(&line(event, &format!("what = \"2\"\namount = {amount}")));
        let effects = found.effects.recurring.as_ref().expect("effects");
        near(&effects.output.direct, &[0.0, 100.0, 0.0]);
        let made: Vec<f64> = (0..3).map(|s| effects.output.type1(s)).collect();
        near(&made, &[70.0, 160.0, 30.0]);
        let exogenous = found.exogenous.as_ref().expect("output is given");
        assert_eq!(exogenous.given, [1]);
        near(&figure(exogenous, "output"), &[160.0, 100.0]);
        near(&figure(exogenous, "value_added"), &[40.0, 24.5]);
        near(&figure(exogenous, "jobs"), &[640.0, 170.0]);
        assert_eq!(found.receipt.driven_by, Driver::Output);
    }
}

#[test]
fn an_event_of_output_is_the_shock_to_output() {
    let table = economy();
    let model = open_model(&table);
    let shock = [(1, leontief::Money::from_millions(160.0))];
    let shock = impact::of_output_shock(&table, &model, &shock).expect("an impact");
    let event = events(&line("output", "what = \"2\"\namount = \"160m\""));
    let (a, b) = (
        shock.exogenous.expect("given"),
        event.exogenous.expect("given"),
    );
    for (a, b) in a.figures.iter().zip(&b.figures) {
        near(&[a.itself, a.others], &[b.itself, b.others]);
    }
}

/// L_KK^-1 of sectors 1 and 2 is (.8, -.35; -.4, .8): of (100, 50) f is (62.5, 0), and sector 3 sells them
/// .2 100 + .1 50 = 25. One counted on top of the other would make 131.25 and 100.
#[test]
fn sectors_whose_output_is_given_together_are_not_counted_in_each_other() {
    let both = line("output", "item = \"A\"\nwhat = \"1\"\namount = \"100m\"")
        + &line("output", "item = \"B\"\nwhat = \"2\"\namount = \"50m\"");
    let found = events(&both);
    let effects = found.effects.recurring.as_ref().expect("effects");
    near(&effects.output.direct, &[62.5, 0.0, 0.0]);
    let made: Vec<f64> = (0..3).map(|s| effects.output.type1(s)).collect();
    near(&made, &[100.0, 50.0, 25.0]);
    let exogenous = found.exogenous.as_ref().expect("given");
    near(&figure(exogenous, "output"), &[150.0, 25.0]);
    // What all sectors make now, together: final demand as it is, and no others.
    let all = line("contribution", "what = \"1+2+3\"\namount = \"100%\"");
    let found = events(&all);
    let effects = found.effects.recurring.as_ref().expect("effects");
    near(&effects.output.direct, &[850.0, 400.0, 450.0]);
    let exogenous = found.exogenous.as_ref().expect("given");
    near(&figure(exogenous, "output"), &[4500.0, 0.0]);
}

#[test]
fn demand_beside_a_given_output_comes_on_top_and_is_not_the_sectors_own() {
    let lines = line("output", "item = \"A\"\nwhat = \"2\"\namount = \"160m\"")
        + "[[phase.spending]]\nwhat = \"1\"\namount = \"10m\"\ndomestic_share = 1\n";
    let found = events(&lines);
    let effects = found.effects.recurring.as_ref().expect("effects");
    let made: Vec<f64> = (0..3).map(|s| effects.output.type1(s)).collect();
    near(&made, &[86.0, 168.0, 34.0]);
    let exogenous = found.exogenous.as_ref().expect("given");
    near(&figure(exogenous, "output"), &[160.0, 100.0]);
    assert_eq!(found.receipt.driven_by, Driver::FinalDemand);
}

/// Half of income is spent (450 of 625 + 275), per unit (.4, .24, .16) at home and (.1, .06, .04) abroad.
#[test]
fn income_of_households_is_spent_in_their_share_on_their_basket() {
    let found = events(&line("household_income", "amount = \"100m\""));
    let effects = found.effects.recurring.as_ref().expect("effects");
    near(&effects.output.direct, &[20.0, 12.0, 8.0]);
    near(&[effects.spending.imported.as_millions()], &[10.0]);
    near(&[effects.spending.total.as_millions()], &[50.0]);
    assert!(found.exogenous.is_none());
    let stated = impact_of(
        "[scenario]\nhousehold_share = 0.9\n[[phase]]\nname = \"Grant\"\nkind = \"one-off\"\n\
         [[phase.spending]]\nevent = \"household_income\"\namount = \"100m\"",
    );
    let effects = stated.effects.one_off.as_ref().expect("effects");
    near(&effects.output.direct, &[36.0, 21.6, 14.4]);
}

/// Sector 3 buys .5 of product 1 at home, .1 of it and .05 of product 2 abroad: .65 in all.
#[test]
fn a_spending_pattern_buys_the_inputs_of_a_sector_and_makes_nothing_of_its_own() {
    let found = events(&line("spending_pattern", "what = \"3\"\namount = \"65m\""));
    let effects = found.effects.recurring.as_ref().expect("effects");
    near(&effects.output.direct, &[50.0, 0.0, 0.0]);
    near(&[effects.spending.imported.as_millions()], &[15.0]);
    let lines = &found.phases[0].lines;
    near(&[lines[0].imported, lines[1].imported], &[10.0, 5.0]);
}

/// 640 jobs in 2002 with a probability of .5, productivity growing by a quarter from 2000: job-years of the
/// sector itself 640 .5 .64, and it is said that they are fewer than were given.
#[test]
fn jobs_given_in_a_one_off_phase_are_those_of_the_tables_year() {
    let found = impact_of(
        "[scenario]\nproductivity_growth = 0.25\n[[phase]]\nname = \"Build\"\nkind = \"one-off\"\n\
         start = 2002\nprobability = 0.5\n[[phase.spending]]\nevent = \"jobs\"\nwhat = \"2\"\namount = 640",
    );
    assert!(found.exogenous.is_none() && found.effects.get(PhaseKind::OneOff).is_some());
    let exogenous = found.exogenous_one_off.as_ref().expect("given");
    near(&figure(exogenous, "jobs"), &[204.8, 54.4]);
    near(&figure(exogenous, "output"), &[80.0, 50.0]);
    let said = |n: &Note| matches!(n, Note::JobsOfTableYear { .. });
    assert!(found.notes.iter().any(said));
}

#[test]
fn what_an_event_cannot_be_is_refused_at_its_place() {
    let table = economy();
    for (lines, why) in [
        (
            line("jobs", "what = \"2\"\namount = \"640m\""),
            "it must be a number of persons",
        ),
        (
            line(
                "output",
                "what = \"2\"\namount = \"1m\"\ndomestic_share = 0.5",
            ),
            "hand.toml:5: domestic_share: domestic_share goes with demand",
        ),
        (
            line("household_income", "what = \"2\"\namount = \"1m\""),
            "leave what out",
        ),
        (line("household_income", ""), "the line has no amount"),
        (
            line("contribution", "what = \"2\"\namount = 2"),
            "a share must be in 0..1",
        ),
        (line("staff", "what = \"2\"\namount = 2"), "unknown variant"),
    ] {
        let text = format!("[[phase]]\nname = \"Plant\"\nkind = \"recurring\"\n{lines}");
        let refused = ScenarioFile::parse("hand.toml", &text)
            .and_then(|file| Scenario::new(file, &table, &Overrides::default()))
            .and_then(|scenario| scenario.plan())
            .expect_err(&lines);
        assert!(refused.to_string().contains(why), "{lines}: {refused}");
    }
    // Demand for given outputs depends on the form of imports: another model would not meet them.
    let text = "[[phase]]\nname = \"Plant\"\nkind = \"recurring\"\n".to_owned()
        + &line("output", "what = \"2\"\namount = \"160m\"");
    let total = Model::with(&table, ImportTreatment::Total, Closure::Open).expect("productive");
    let refused = impact::of_scenario(&table, &total, &scenario(&text, &table));
    let refused = refused.expect_err("another form").to_string();
    assert!(
        refused.contains("another form than the scenario"),
        "{refused}"
    );
}
