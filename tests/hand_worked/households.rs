//! What households earn, in three definitions, and money that is taken from elsewhere.
//!
//! Half of operating surplus (.05, .05, .1) as mixed income makes w = (.125, .175, .25); taxes of .1 and
//! contributions of .1 leave (.1, .14, .2). Per unit that households spend Lc = (.936, .768, .424), 2.128 in all, and
//! w'Lc is .2936, .3574 and .28592; of a unit of demand for product 1, L (1.6, .8, .4), w'L is .36, .44 and .352.

use super::*;
use leontief::Money;
use leontief::analysis::HouseholdForms;
use leontief::impact::ShockShare;
use leontief::model::{Earnings, Habits, IncomeKind};
use leontief::scenario::Note;

fn given(share: Option<f64>) -> Earnings {
    Earnings {
        mixed_share: Some(0.5),
        taxes: 0.1,
        contributions: 0.1,
        share,
        ..Earnings::default()
    }
}

#[test]
fn each_definition_of_income_has_its_own_round_of_spending() {
    let table = economy();
    let forms = HouseholdForms::of(&table, ImportTreatment::Domestic, given(Some(0.6)));
    let forms = forms.expect("forms");
    near(&[forms.type1.output[0]], &[2.8]);
    let of = |at: usize| &forms.forms[at];
    near(
        &[of(0).income, of(1).income, of(2).income],
        &[625.0, 762.5, 610.0],
    );
    for (at, income, again) in [(0, 0.36, 0.2936), (1, 0.44, 0.3574), (2, 0.352, 0.28592)] {
        near(&[of(at).again], &[0.6 * again]);
        let spent = 0.6 * income / (1.0 - 0.6 * again);
        near(&[of(at).type2.output[0]], &[2.8 + 2.128 * spent]);
    }
}

/// 450 over 900 is spent of all, .625 of what taxes leave: the same, where the share is an average.
#[test]
fn taxes_cancel_out_of_the_tables_own_average_share() {
    let table = economy();
    let forms = HouseholdForms::of(&table, ImportTreatment::Domestic, given(None));
    let forms = forms.expect("forms").forms;
    near(&[forms[1].share_spent, forms[2].share_spent], &[0.5, 0.625]);
    near(&forms[1].type2.output, &forms[2].type2.output);
    // Compensation alone is the closure that has been the default.
    let model = Model::new(&table).expect("closed");
    near(
        &forms[0].type2.output,
        model.rows().total().output.as_slice(),
    );
}

#[test]
fn an_impact_says_which_income_is_spent_again() {
    let table = economy();
    let earnings = Earnings {
        of: IncomeKind::Disposable,
        ..given(Some(0.6))
    };
    let closure = Closure::Earning(earnings);
    let model = Model::with(&table, ImportTreatment::Domestic, closure).expect("closed");
    let shock = [(0, Money::from_millions(100.0))];
    let found = impact::of_shock(&table, &model, &shock, ShockShare::Domestic).expect("an impact");
    let effects = found.effects.recurring.as_ref().expect("effects");
    let spent = 0.6 * 35.2 / (1.0 - 0.6 * 0.28592);
    near(&[effects.output.sums().induced], &[2.128 * spent]);
    assert_eq!(found.receipt.households, Some(earnings));
    let said = |note: &Note| matches!(note, Note::HouseholdsEarn { .. });
    assert!(found.notes.iter().any(said));
}

#[test]
fn the_self_employed_earn_as_employees_do_at_most_the_surplus() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let c = table.coefficients();
    let mixed = Earnings {
        of: IncomeKind::Mixed,
        ..Earnings::default()
    };
    let income = mixed.per_output(&c).expect("imputed");
    let part = |role| c.primary_input(role).expect("told");
    let (pay, surplus) = (
        part(PrimaryInputRole::Compensation),
        part(PrimaryInputRole::OperatingSurplus),
    );
    let (jobs, employees) = (c.account("jobs").expect("jobs"), c.account("employees"));
    let employees = employees.expect("employees");
    let mut capped = 0;
    for j in 0..33 {
        let own = income[j] - pay[j];
        let wished = pay[j] * (jobs[j] / employees[j] - 1.0);
        if employees[j] > 0.0 {
            assert_relative_eq!(own, wished.clamp(0.0, surplus[j].max(0.0)), epsilon = 1e-12);
        }
        capped += usize::from(wished > surplus[j]);
    }
    assert!(capped > 0 && capped < 33, "{capped}");
    // Without employees apart, its share of surplus has to be stated.
    let refused = mixed
        .per_output(&economy().coefficients())
        .expect_err("no employees");
    assert!(
        refused
            .to_string()
            .contains("state its share of operating surplus")
    );
    for wrong in [
        Earnings {
            of: IncomeKind::Mixed,
            mixed_share: Some(1.5),
            ..Earnings::default()
        },
        Earnings {
            of: IncomeKind::Disposable,
            taxes: 0.6,
            contributions: 0.4,
            ..given(None)
        },
        Earnings {
            of: IncomeKind::Disposable,
            taxes: f64::NAN,
            ..given(None)
        },
    ] {
        let flows = economy();
        let flows = flows.flows(Text::same("a test")).expect("flows");
        assert!(Habits::earning(flows, &wrong, ImportTreatment::Domestic).is_err());
    }
}

/// 100 of product 3 sets off L (0, 0, 100) = (80, 40, 120), 68 of value added, 32 of imports, 440 jobs. Government buys
/// (170, 42, 28) of 240: 100 of that set off 100 (2.8 170 + 2.6 42 + 2.4 28) / 240 and so on. Households buy .2 abroad.
#[test]
fn net_effects_are_gross_ones_less_those_of_the_basket_that_pays() {
    let table = economy();
    let model = open_model(&table);
    let shock = [(2, Money::from_millions(100.0))];
    let of = |by| {
        let found = impact::of_shock(&table, &model, &shock, ShockShare::Domestic);
        let mut found = found.expect("an impact");
        found.finance(&table, &model, by).expect("financed");
        found.financing.expect("asked").kinds[0]
    };
    let government = of(FinalDemandRole::Government);
    near(&[government.amount], &[100.0]);
    let (gross, lost) = (government.gross.type1, government.withdrawn.type1);
    near(
        &[gross.output, gross.value_added, gross.imports, gross.jobs],
        &[240.0, 68.0, 32.0, 440.0],
    );
    let basket = |row: [f64; 3]| (row[0] * 170.0 + row[1] * 42.0 + row[2] * 28.0) / 2.4;
    near(
        &[lost.output, lost.value_added, lost.imports, lost.jobs],
        &[
            basket([2.8, 2.6, 2.4]),
            basket([0.66, 0.645, 0.68]),
            basket([0.34, 0.355, 0.32]),
            basket([6.8, 8.1, 4.4]),
        ],
    );
    near(&[government.net().type1.jobs], &[440.0 - 674.75]);
    let households = of(FinalDemandRole::Household).withdrawn.type1;
    near(&[households.output, households.imports], &[212.8, 47.24]);
    // Outputs that are given cost nobody anything.
    let mut given = impact::of_output_shock(&table, &model, &shock).expect("an impact");
    assert!(
        given
            .finance(&table, &model, FinalDemandRole::Exports)
            .is_err()
    );
}

/// 100 of product 1, bought at home.
fn built(keys: &str) -> Impact {
    let text = format!(
        "[scenario]\n{keys}\n[[phase]]\nname = \"Build\"\nkind = \"one-off\"\n[[phase.spending]]\nwhat = \"1\"\n\
         amount = \"100m\"\ndomestic_share = 1\n"
    );
    let table = economy();
    let scenario = scenario(&text, &table);
    let model = scenario.model(&table).expect("closed");
    impact::of_scenario(&table, &model, &scenario).expect("an impact")
}

#[test]
fn a_scenario_says_what_households_earn_and_spend() {
    let induced = |keys: &str| {
        let found = built(keys);
        let effects = found.effects.one_off.as_ref().expect("effects");
        effects.output.sums().induced
    };
    let of = |share: f64, income: f64, again: f64| {
        2.128 * share * 100.0 * income / (1.0 - share * again)
    };
    let rates = "mixed_share = 0.5\nhousehold_share = 0.6\n";
    let disposable =
        format!("households = \"disposable\"\nincome_tax = 0.1\ncontributions = \"10%\"\n{rates}");
    near(&[induced(&disposable)], &[of(0.6, 0.352, 0.28592)]);
    let mixed = format!("households = \"mixed\"\n{rates}");
    near(&[induced(&mixed)], &[of(0.6, 0.44, 0.3574)]);
    // 450 of 900, and the table's own share is 450 over 625 and 275: the same.
    for keys in [
        "household_income = \"900m\"",
        "households = \"compensation\"",
        "",
    ] {
        near(&[induced(keys)], &[of(0.5, 0.36, 0.2936)]);
    }
    near(
        &[induced("household_income = \"1500m\"")],
        &[of(0.3, 0.36, 0.2936)],
    );
    near(&[induced("induced = false")], &[0.0]);
}

/// As above: 100 of product 1 set off 280, 66 of value added, 34 of imports and 680 jobs.
#[test]
fn a_scenario_says_what_its_money_is_taken_from() {
    let found = built("induced = false\nfinanced_by = \"government\"");
    let net = found.financing.as_ref().expect("asked").kinds[0]
        .net()
        .type1;
    near(
        &[net.output, net.jobs],
        &[280.0 - 652.4 / 2.4, 680.0 - 674.75],
    );
    let said = |note: &Note| matches!(note, Note::FinancedBy { .. });
    assert_eq!(found.notes.iter().filter(|note| said(note)).count(), 1);
    for keys in ["", "financed_by = \"none\""] {
        assert_eq!(built(keys).financing, None);
    }
}

/// The base earns disposable income; each change of it takes over what goes with what it says itself.
#[test]
fn what_is_inherited_of_households_goes_with_what_is_said_of_them() {
    let base = "households = \"disposable\"\nincome_tax = 0.1\ncontributions = 0.1\nmixed_share = 0.5\n\
                household_share = 0.6\nfinanced_by = \"exports\"\ntaxes = true";
    let with = |base: &str, own: &str| {
        let read = |keys: &str| ScenarioFile::parse("f.toml", &format!("[scenario]\n{keys}\n"));
        let base = format!(
            "{base}\n[[phase]]\nname = \"A\"\nkind = \"one-off\"\n[[phase.spending]]\nwhat = \"1\"\namount = \"1m\""
        );
        let file = read(own)
            .expect("own")
            .on_top_of(read(&base).expect("base"));
        let scenario = Scenario::new(file, &economy(), &Overrides::default());
        let scenario = scenario.expect("they go together");
        (
            scenario.closure().expect("a closure"),
            scenario.financed_by(),
        )
    };
    let all = Earnings {
        of: IncomeKind::Disposable,
        ..given(Some(0.6))
    };
    let of = |earnings| Closure::Earning(earnings);
    let exports = Some(FinalDemandRole::Exports);
    assert_eq!(with(base, "name = \"Own\""), (of(all), exports));
    let taxed = Earnings { taxes: 0.2, ..all };
    assert_eq!(with(base, "income_tax = 0.2").0, of(taxed));
    let mixed = Earnings {
        of: IncomeKind::Mixed,
        taxes: 0.0,
        contributions: 0.0,
        ..all
    };
    assert_eq!(with(base, "households = \"mixed\"").0, of(mixed));
    let plain = Earnings::of_compensation(Some(0.6));
    assert_eq!(with(base, "households = \"compensation\"").0, of(plain));
    assert_eq!(
        with(base, "household_income = \"1500m\"").0,
        Closure::Share(0.3)
    );
    assert_eq!(
        with(base, "induced = false\nfinanced_by = \"none\""),
        (Closure::Open, None)
    );
    let income = "household_income = \"1500m\"";
    assert_eq!(with(income, "name = \"Own\"").0, Closure::Share(0.3));
    assert_eq!(with(income, "household_share = 0.6").0, Closure::Share(0.6));
    // Who says what households spend has them.
    assert_eq!(
        with("induced = false", "household_share = 0.6").0,
        Closure::Share(0.6)
    );
}

/// A cut of 50 a year and 100 once: what pays for the one gets the money of the other.
#[test]
fn one_off_phases_come_first_and_a_cut_gives_money_back() {
    let text = "[scenario]\ninduced = false\nfinanced_by = \"government\"\n[[phase]]\nname = \"Cut\"\n\
                kind = \"recurring\"\n[[phase.spending]]\nwhat = \"3\"\namount = \"-50m\"\ndomestic_share = 1\n\
                [[phase]]\nname = \"Build\"\nkind = \"one-off\"\n[[phase.spending]]\nwhat = \"1\"\n\
                amount = \"100m\"\ndomestic_share = 1\n";
    let found = impact_of(text);
    let kinds = &found.financing.as_ref().expect("asked").kinds;
    let jobs: Vec<f64> = kinds.iter().map(|of| of.net().type1.jobs).collect();
    near(&jobs, &[680.0 - 674.75, -220.0 + 674.75 / 2.0]);
    assert_eq!(kinds[0].kind, leontief::scenario::PhaseKind::OneOff);
    // Output of 280 against 271.8, and of -120 against -135.9.
    let alike = [("a".to_owned(), found.clone()), ("b".to_owned(), found)];
    let compared = impact::comparison::Comparison::of(&alike, 0).expect("two");
    let net = compared
        .figures
        .iter()
        .filter(|f| f.id == "net_output_type1");
    let net: Vec<f64> = net.filter_map(|f| f.values[1]).collect();
    near(&net, &[280.0 - 652.4 / 2.4, -120.0 + 652.4 / 4.8]);
    assert!(compared.notes.is_empty(), "both are paid for alike");
}

/// 100 of product 1 set off 280 of output: of 150 it is half as much again, net figures as well, and draws start there.
#[test]
fn a_scenario_says_what_it_is_resized_to() {
    let output = |found: &Impact| {
        let effects = found.effects.one_off.as_ref().expect("effects");
        effects.output.sums().type1()
    };
    let found = built("induced = false\nfinanced_by = \"government\"\nscale = \"150m\"");
    near(&[output(&found)], &[420.0]);
    near(
        &[found.financing.expect("asked").kinds[0].net().type1.output],
        &[420.0 - 1.5 * 652.4 / 2.4],
    );
    near(&[output(&built("scale = \"50%\""))], &[140.0]);
    let table = economy();
    let text = "[scenario]\ninduced = false\nscale = \"2x\"\n[[phase]]\nname = \"Build\"\nkind = \"one-off\"\n\
                [[phase.spending]]\nwhat = \"1\"\ndomestic_share = 1\n\
                amount = { value = \"100m\", range = [\"99m\", \"101m\"] }\n";
    let drawn = scenario(text, &table);
    assert_eq!(drawn.plan().expect("a plan").phases[0].amount(), 200.0);
    let model = drawn.model(&table).expect("open");
    let written = impact::of_scenario(&table, &model, &drawn).expect("an impact");
    let asked = leontief::uncertainty::Draws {
        count: 50,
        ..Default::default()
    };
    let (ensemble, _) = leontief::uncertainty::draws::of_scenario(
        &table,
        &model,
        &drawn,
        &written,
        &asked,
        &|_| (),
    )
    .expect("an ensemble");
    let one_off = Some(leontief::scenario::PhaseKind::OneOff);
    let spread = &ensemble
        .figure(one_off, "output_type1")
        .expect("a headline")
        .spread;
    assert!(spread.p5 > 554.4 && spread.p95 < 565.6, "{spread:?}");
    near(&[spread.as_written], &[560.0]);
}
