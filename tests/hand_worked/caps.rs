//! Two caps at once, and caps against phases of both kinds.

use super::phases::THREE_PHASES;
use super::*;
use leontief::impact::constrained::Period;

fn period(f: [f64; 3], caps: &[(usize, f64)]) -> Period {
    let model = open_model(&economy());
    let (none, f) = (DVector::zeros(3), DVector::from_column_slice(&f));
    Period::of(&model, None, &none, &f, caps, 1.0).expect("a period")
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
