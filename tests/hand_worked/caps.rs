//! Two caps at once, and caps against phases of both kinds.

use super::phases::THREE_PHASES;
use super::*;
use leontief::impact::constrained::Period;

fn period(f: [f64; 3], caps: &[(usize, f64)]) -> Period {
    let model = open_model(&economy());
    let (none, f) = (DVector::zeros(3), DVector::from_column_slice(&f));
    Period::of(&model, None, &none, &f, caps, 1.0).expect("a period")
}

fn short_of(period: &Period) -> Vec<f64> {
    period.sectors.iter().map(|s| s.short).collect()
}

#[test]
fn two_caps_bind_together_each_with_its_own_shadow_value() {
    // f = (60, 40, 0) wishes x = (124, 112, 36). With x1 = 100 and x2 = 90, x3 = .2 x 100 + .1 x 90 = 29;
    // f1 = .9 x 100 - .3 x 90 - .5 x 29 = 48.5, f2 = .8 x 90 - .4 x 100 = 32.
    let period = period([60.0, 40.0, 0.0], &[(0, 100.0), (1, 90.0)]);
    let [one, two] = period.sectors[..] else {
        panic!("two caps");
    };
    near(&[one.wished, two.wished], &[124.0, 112.0]);
    near(&[one.short, two.short], &[11.5, 8.0]);
    near(&[one.short_of_inputs, two.short_of_inputs], &[0.0, 0.0]);
    assert_relative_eq!(period.possible.output, 219.0, epsilon = 1e-9);
    // .2 x 100 + .25 x 90 + .35 x 29; 2 x 100 + 4 x 90 + 29.
    assert_relative_eq!(period.possible.value_added, 52.65, epsilon = 1e-9);
    assert_relative_eq!(period.possible.jobs, 589.0, epsilon = 1e-9);
    // L of both is (1.6, .7; .8, 1.6), its inverse (.8, -.35; -.4, .8): one more unit of sector 1 lets
    // .8 of product 1 go to final demand and takes .4 of product 2 from it.
    near(&[one.shadow_demand, two.shadow_demand], &[0.4, 0.45]);
    // v'L = (.66, .645): .528 - .258, .516 - .231.
    near(
        &[one.shadow_value_added, two.shadow_value_added],
        &[0.27, 0.285],
    );
    // 90 of 112 is tighter than 100 of 124: all demand is cut to it, value added from 65.4.
    assert_relative_eq!(period.share_rationed, 90.0 / 112.0, epsilon = 1e-12);
    assert_relative_eq!(
        period.rationed.value_added,
        65.4 * 90.0 / 112.0,
        epsilon = 1e-9
    );
    // So are output (124 + 112 + 36), imported inputs and jobs.
    let cut = period.rationed;
    near(
        &[cut.output, cut.imports, cut.jobs].map(|v| v / 90.0 * 112.0),
        &[272.0, 34.6, 732.0],
    );
    near(
        &[one.shadow_rationed, two.shadow_rationed],
        &[0.0, 65.4 / 112.0],
    );
}

#[test]
fn a_unit_more_of_either_cap_brings_its_shadow_values() {
    let at = |caps: [f64; 2]| period([60.0, 40.0, 0.0], &[(0, caps[0]), (1, caps[1])]);
    let base = at([100.0, 90.0]);
    for (sector, more) in [at([101.0, 90.0]), at([100.0, 91.0])].iter().enumerate() {
        let gained = more.possible.value_added - base.possible.value_added;
        assert_relative_eq!(
            gained,
            base.sectors[sector].shadow_value_added,
            epsilon = 1e-9
        );
        let short = |p: &Period| p.sectors.iter().map(|s| s.short).sum::<f64>();
        let met = short(&base) - short(more);
        assert_relative_eq!(met, base.sectors[sector].shadow_demand, epsilon = 1e-9);
    }
}

#[test]
fn of_two_caps_one_is_short_of_final_goods_and_one_of_inputs() {
    // Nobody buys product 2 to use it up: x2 = .8 x 60 = 48. With x1 = 80 and x2 = 30, x3 = 19;
    // f1 = 72 - 9 - 9.5 = 53.5 and f2 = 24 - 32 = -8: 8 of product 2 have to come from elsewhere.
    let period = period([60.0, 0.0, 0.0], &[(0, 80.0), (1, 30.0)]);
    let [one, two] = period.sectors[..] else {
        panic!("two caps");
    };
    near(&[one.short, two.short], &[6.5, 8.0]);
    near(&[one.short_of_inputs, two.short_of_inputs], &[0.0, 8.0]);
    // .2 x 80 + .25 x 30 + .35 x 19.
    assert_relative_eq!(period.possible.value_added, 30.15, epsilon = 1e-9);
    assert_relative_eq!(period.share_rationed, 30.0 / 48.0, epsilon = 1e-12);
}

#[test]
fn a_cap_is_held_against_both_kinds_of_phases_in_the_persons_of_its_year() {
    let text = format!("{THREE_PHASES}[[cap]]\nwhat = \"2\"\nextra = \"20m\"\n");
    let impact = impact_of(&text);
    let constrained = impact.constrained.as_ref().expect("capped");
    let years: Vec<Option<i32>> = constrained.periods.iter().map(|p| p.year).collect();
    assert_eq!(years, [2001, 2002, 2003, 2004].map(Some));
    let of = |f: fn(&Period) -> f64| -> Vec<f64> { constrained.periods.iter().map(f).collect() };
    // .8 x 112 x (.75, .25), with a quarter of 20 in 2002; then 4 + 10 and 10.
    near(&of(|p| p.sectors[0].wished), &[67.2, 27.4, 14.0, 10.0]);
    // Over l_22 = 1.6.
    near(&of(|p| p.sectors[0].short), &[29.5, 4.625, 0.0, 0.0]);
    // In 2001 the phases buy 24 of product 2 themselves.
    near(&of(|p| p.sectors[0].short_of_inputs), &[5.5, 0.0, 0.0, 0.0]);
    assert_eq!(constrained.worst().and_then(|p| p.year), Some(2001));
    let in_2002 = &constrained.periods[1];
    // .8 x .25 x 732 and .25 x 200 persons, times the .64 of 2002.
    assert_relative_eq!(in_2002.wished.job_years, 93.696, epsilon = 1e-9);
    assert_relative_eq!(in_2002.wished.jobs, 32.0, epsilon = 1e-9);
    // A unit of product 2 takes 8.1 persons: each kind loses of them what it asks of sector 2.
    let lost = 4.625 * 8.1 * 0.64;
    let (once, again) = (lost * 22.4 / 27.4, lost * 5.0 / 27.4);
    assert_relative_eq!(in_2002.possible.job_years, 93.696 - once, epsilon = 1e-9);
    assert_relative_eq!(in_2002.possible.jobs, 32.0 - again, epsilon = 1e-9);
    assert_relative_eq!(
        in_2002.rationed.job_years,
        93.696 * 20.0 / 27.4,
        epsilon = 1e-9
    );
}

#[test]
fn under_two_caps_value_added_imports_and_taxes_are_still_all_that_is_spent() {
    let text = format!(
        "{THREE_PHASES}price = \"purchasers\"\nproduct_tax = 0.2\n\
         [[cap]]\nwhat = \"2\"\nextra = \"20m\"\n[[cap]]\nwhat = \"3\"\nextra = \"10m\"\n"
    );
    let impact = impact_of(&text);
    let periods = &impact.constrained.as_ref().expect("capped").periods;
    // 2001: f = .6 (60, 40, 0) wishes x = (74.4, 67.2, 21.6). With x2 = 20 and x3 = 10, x1 = (6 + 5 + 36) / .9;
    // f2 = 16 - .4 x1 and f3 = 8 - .2 x1.
    let x1 = 47.0 / 0.9;
    let short = [8.0 + 0.4 * x1, 0.2 * x1 - 8.0];
    near(&short_of(&periods[0]), &short);
    let possible = periods[0].possible;
    assert_relative_eq!(possible.value_added, 0.2 * x1 + 8.5, epsilon = 1e-9);
    let replacing = short.iter().sum::<f64>();
    assert_relative_eq!(possible.replacing, replacing, epsilon = 1e-9);
    assert_relative_eq!(possible.imports, 0.1 * x1 + 4.5 + replacing, epsilon = 1e-9);
    // 90 are spent, 30 of it imported at once.
    assert_relative_eq!(
        possible.value_added + possible.imports,
        60.0,
        epsilon = 1e-9
    );
    assert_relative_eq!(
        periods[0].share_from_home,
        1.0 - replacing / 60.0,
        epsilon = 1e-9
    );
    // 2003: f = (0, 0, 10) + .5 (10, 0, 24) wishes x = (25.6, 12.8, 28.4): sector 2 is within its cap.
    let short = 18.4 / 1.2;
    near(&short_of(&periods[2]), &[0.0, short]);
    let possible = periods[2].possible;
    assert_relative_eq!(possible.value_added, 18.26 - 0.68 * short, epsilon = 1e-9);
    assert_relative_eq!(possible.imports, 8.74 + 0.68 * short, epsilon = 1e-9);
    // Spent are 10 and .5 x 60: 9 imported at once, 4 of taxes.
    let year = &impact.years[2];
    let spent = year.figures.one_off.spending + year.figures.recurring.spending;
    assert_relative_eq!(
        possible.value_added + possible.imports + 9.0 + 4.0,
        spent,
        epsilon = 1e-9
    );
    assert_relative_eq!(spent, 40.0, epsilon = 1e-9);
}

#[test]
fn caps_and_sales_of_another_year_are_brought_to_the_prices_of_the_table() {
    let run = &THREE_PHASES[THREE_PHASES.find("[[phase]]\nname = \"Run\"").expect("Run")..];
    let run = run
        .replace("start = \"2002-07\"\n", "")
        .replace("probability = 0.5\n", "");
    let text = format!(
        "[scenario]\nprice_year = 2004\n[deflators]\nall = {{ 2000 = 100, 2004 = 125 }}\n\
         2 = {{ 2000 = 100, 2004 = 160 }}\n{run}\
         [[cap]]\nwhat = \"2\"\nextra = \"20m\"\n\
         [industry]\nname = \"Centre\"\nphase = \"Run\"\nsales = \"125m\"\nexports = 1\nlabour_share = 0\n"
    );
    let impact = impact_of(&text);
    // All but sector 2 times .8: f = .8 (10, 0, 30), x = .8 (40, 20, 40); its cap is 20 / 1.6.
    let capped = impact.constrained.as_ref().expect("capped").periods[0].sectors[0];
    near(
        &[capped.wished, capped.cap, capped.short],
        &[16.0, 12.5, 3.5 / 1.6],
    );
    // Sales of 100 less 32 at home and 16 of imports.
    let industry = impact.industry.as_ref().expect("an industry");
    near(&[industry.sales, industry.own_value_added], &[100.0, 52.0]);
}
