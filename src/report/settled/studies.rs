//! The further studies of an impact as they are shown: a new industry, caps.

use super::{Grid, PERSONS, same};
use crate::impact::constrained::{Constrained, Period, Totals};
use crate::impact::industry::{Difference, IndustryImpact};
use crate::impact::policy::Figures;
use crate::impact::{Effects, Impact, YearFigures};
use crate::lang::Lang;
use crate::model::mix::BeforeAfter;
use crate::table::counts_persons;

impl Impact {
    /// The new industry beside the phase that it buys in: what its purchases set off is that phase's
    /// result, where it is certain.
    pub(super) fn settle_industry(&mut self, exact: &Impact, money: Grid) {
        let mut study = self.industry.take();
        if let Some(study) = &mut study {
            settle_account(study, money);
            let phases = exact.phases.iter().zip(&self.phases);
            let same_purchases = |e: &Effects| {
                let of = &study.as_final_demand;
                same(e.output.sums().type1(), of.other_output)
                    && same(e.value_added.sums().type1(), of.other_value_added)
            };
            let phase = phases
                .filter(|(exact, _)| same_purchases(&exact.effects))
                .map(|(_, settled)| &settled.effects)
                .next();
            let new_sales = study.exports + study.final_sales;
            for of in study
                .by_replaced_share
                .iter_mut()
                .filter_map(|at| at.included.as_mut())
                .chain([&mut study.included])
            {
                settle_difference(of, new_sales, money);
            }
            study.unreplaced = money.one(study.unreplaced);
            let own = study.own_value_added;
            let simple = &mut study.as_final_demand;
            settle_difference(simple, f64::NAN, money);
            simple.own_value_added = own;
            if let Some(effects) = phase {
                simple.other_output = effects.output.sums().type1();
                simple.other_value_added = effects.value_added.sums().type1();
                simple.imports =
                    effects.spending.imported.as_millions() + effects.imports.sums().type1();
                if let Some(jobs) = effects.account("jobs") {
                    simple.jobs = jobs.sums().type1();
                }
            }
            study.staff = study.staff.map(|staff| PERSONS.one(staff));
        }
        self.industry = study;
    }
    /// Gross figures are those of the effects.
    pub(super) fn settle_financing(&mut self, money: Grid) {
        let Some(financing) = &mut self.financing else {
            return;
        };
        for of in &mut financing.kinds {
            let effects = self.effects.get(of.kind).as_ref();
            of.gross = effects.map_or(of.gross, Figures::of);
            settle_figures(&mut of.withdrawn, money);
        }
    }

    /// The whole economy before and after mixes, in the step of what they change: sectors add up to it.
    pub(super) fn settle_mix(&mut self, lang: Lang) {
        let Some(mix) = &mut self.mix else {
            return;
        };
        let money = Grid {
            step: mix.scale(lang, &self.receipt.currency).step_in_millions(),
        };
        // What changes is what is looked at: it is rounded, and what is after it follows.
        let settle = |of: &mut BeforeAfter, change: f64, grid: Grid| {
            let before = grid.one(of.sums().0);
            of.before = grid.parts(&of.before, before);
            of.after = grid.parts(&of.after, before + change);
        };
        let change = |of: &BeforeAfter, grid: Grid| grid.one(of.sums().1 - of.sums().0);
        let [of_v, of_m] = [&mix.value_added, &mix.imports].map(|of| change(of, money));
        let all = |of: fn((f64, f64)) -> f64| of(mix.value_added.sums()) + of(mix.imports.sums());
        // What final demand buys is the same, and ends as one or the other.
        let of_m = if same(all(|of| of.0), all(|of| of.1)) {
            -of_v
        } else {
            of_m
        };
        settle(&mut mix.value_added, of_v, money);
        settle(&mut mix.imports, of_m, money);
        let of_x = change(&mix.output, money);
        settle(&mut mix.output, of_x, money);
        // Tonnes and terajoules are shown with decimals.
        for (account, of) in &mut mix.accounts {
            if counts_persons(&account.id) {
                let persons = change(of, PERSONS);
                settle(of, persons, PERSONS);
            }
        }
    }

    /// The caps: imports in the place of capped output are a part of all imports, value added and
    /// imports are all that is asked for, and what is wished of a year is the figure of that year.
    pub(super) fn settle_caps(&mut self, exact: &Impact, money: Grid) {
        let Some(Constrained { periods }) = &mut self.constrained else {
            return;
        };
        for period in periods {
            let at = exact.years.iter().position(|y| Some(y.year) == period.year);
            let wished = period.wished;
            settle_period(period, money);
            let Some(at) = at else {
                continue;
            };
            let (exact, shown) = (&exact.years[at], &self.years[at]);
            type Figure = fn(&YearFigures) -> f64;
            let output: Figure = |f| f.type1.output;
            let value_added: Figure = |f| f.type1.value_added;
            if same(exact.of_both(output), wished.output) {
                period.wished.output = shown.of_both(output);
            }
            if same(exact.of_both(value_added), wished.value_added) {
                let all = period.wished.value_added + period.wished.imports;
                period.wished.value_added = shown.of_both(value_added);
                period.wished.imports = all - period.wished.value_added;
            }
            if same(exact.figures.one_off.type1.jobs, wished.job_years) {
                period.wished.job_years = shown.figures.one_off.type1.jobs;
            }
            if same(exact.figures.recurring.type1.jobs, wished.jobs) {
                period.wished.jobs = shown.figures.recurring.type1.jobs;
            }
        }
    }
}

/// Figures that stand beside those of the effects, what households add on its own.
pub(super) fn settle_figures(of: &mut Figures, money: Grid) {
    of.domestic = money.one(of.domestic);
    for (type1, all, grid) in [
        (&mut of.type1.output, &mut of.total.output, money),
        (&mut of.type1.value_added, &mut of.total.value_added, money),
        (&mut of.type1.imports, &mut of.total.imports, money),
        (&mut of.type1.jobs, &mut of.total.jobs, PERSONS),
    ] {
        let added = grid.one(*all - *type1);
        *type1 = grid.one(*type1);
        *all = *type1 + added;
    }
}

/// Sales by buyer, and by what they pay for.
fn settle_account(study: &mut IndustryImpact, money: Grid) {
    let exact = study.clone();
    study.sales = money.one(exact.sales);
    let sold = [exact.exports, exact.final_sales, exact.intermediate_sales];
    let sold = money.parts(&sold, study.sales);
    (study.exports, study.final_sales, study.intermediate_sales) = (sold[0], sold[1], sold[2]);
    let paid = [
        exact.domestic_inputs,
        exact.imported_inputs,
        exact.product_tax,
        exact.own_value_added,
    ];
    let paid = money.parts(&paid, study.sales);
    (study.domestic_inputs, study.imported_inputs) = (paid[0], paid[1]);
    (study.product_tax, study.own_value_added) = (paid[2], paid[3]);
    let own = [exact.compensation, exact.surplus];
    [study.compensation, study.surplus] = money.two(own, study.own_value_added);
    study.foreign_surplus = money.one(exact.foreign_surplus);
}

/// What is sold anew ends as value added or imports, where no taxes are set aside.
fn settle_difference(of: &mut Difference, new_sales: f64, money: Grid) {
    let ends = [of.own_value_added, of.other_value_added, of.imports];
    let sum: f64 = ends.iter().sum();
    let shown = if (sum - new_sales).abs() <= money.step {
        money.parts(&ends, new_sales)
    } else {
        ends.iter().map(|end| money.one(*end)).collect()
    };
    (of.own_value_added, of.other_value_added, of.imports) = (shown[0], shown[1], shown[2]);
    for figure in [
        &mut of.own_output,
        &mut of.other_output,
        &mut of.national_income,
    ] {
        *figure = money.one(*figure);
    }
    of.product_taxes = of.product_taxes.map(|taxes| money.one(taxes));
    of.jobs = PERSONS.one(of.jobs);
}

fn settle_period(period: &mut Period, money: Grid) {
    // What is short is imported: the products add up to the imports in their place.
    let short: Vec<f64> = period.sectors.iter().map(|s| s.short).collect();
    let missing: f64 = short.iter().sum();
    let replacing = money.one(period.possible.replacing);
    let shown = if same(missing, period.possible.replacing) {
        money.parts(&short, replacing)
    } else {
        short.iter().map(|v| money.one(*v)).collect()
    };
    for (sector, short) in period.sectors.iter_mut().zip(shown) {
        let is_short = sector.short != 0.0;
        sector.short = short;
        sector.cap = money.one(sector.cap);
        sector.wished = money.one(sector.wished);
        sector.short_of_inputs = money.one(sector.short_of_inputs).min(short);
        if !is_short {
            sector.short = 0.0;
        }
    }
    let asked = money.one(period.wished.value_added + period.wished.imports);
    for of in [
        &mut period.wished,
        &mut period.possible,
        &mut period.rationed,
    ] {
        settle_totals(of, asked, money);
    }
}

/// Totals whose value added and imports are all that is `asked`, where they are.
fn settle_totals(of: &mut Totals, asked: f64, money: Grid) {
    let ends = [of.value_added, of.imports];
    let sum: f64 = ends.iter().sum();
    let sum = if (sum - asked).abs() <= money.step {
        asked
    } else {
        money.one(sum)
    };
    [of.value_added, of.imports] = money.two(ends, sum);
    of.output = money.one(of.output);
    of.replacing = money.one(of.replacing);
    of.job_years = PERSONS.one(of.job_years);
    of.jobs = PERSONS.one(of.jobs);
}
