//! The figures of an impact as they are shown: rounded once for a whole result, so that one figure
//! has one value in every table, sentence and chart, and parts add up to what they are parts of.

mod given;
mod studies;

use studies::settle_figures;

use crate::impact::tiers::{Suppliers, Tiers};
use crate::impact::{Effects, Impact, PhaseImpact, Spending, Stages, Sums, Year, YearFigures};
use crate::report::Scale;
use crate::report::document::round_to_sum;
use crate::scenario::PhaseKind;
use crate::uncertainty::{Ensemble, Estimate};
use crate::units::Money;

/// The step that figures are rounded to: of money, or of persons.
#[derive(Debug, Clone, Copy)]
struct Grid {
    step: f64,
}

impl Grid {
    fn one(self, value: f64) -> f64 {
        self.parts(&[value], value)[0]
    }

    /// Parts that add up to a sum, which is on the grid, if they do at all.
    fn parts(self, values: &[f64], sum: f64) -> Vec<f64> {
        // Money in English has steps of a hundredth to a hundred thousand million, all powers of ten.
        let scaled: Vec<f64> = values.iter().map(|v| v / self.step).collect();
        let rounded = round_to_sum(&scaled, sum / self.step, 0);
        rounded.into_iter().map(|v| v * self.step).collect()
    }

    fn two(self, values: [f64; 2], sum: f64) -> [f64; 2] {
        let parts = self.parts(&values, sum);
        [parts[0], parts[1]]
    }

    /// Stages whose sums over sectors are these.
    fn stages(self, stages: &Stages, sums: Sums) -> Stages {
        Stages {
            direct: self.parts(&stages.direct, sums.direct),
            indirect: self.parts(&stages.indirect, sums.indirect),
            induced: self.parts(&stages.induced, sums.induced),
        }
    }

    /// Stages with this Type I and this total; `direct` where another figure says it.
    fn split(self, stages: &Stages, type1: f64, total: f64, direct: Option<f64>) -> Stages {
        let s = stages.sums();
        let [direct, indirect] = match direct {
            Some(direct) => [direct, type1 - direct],
            None => self.two([s.direct, s.indirect], type1),
        };
        let induced = total - type1;
        let sums = Sums {
            direct,
            indirect,
            induced,
        };
        self.stages(stages, sums)
    }
}

/// Whether two ways to work a figure out agree.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

impl Impact {
    /// The impact with its figures rounded to what `scale` shows, money and persons, each once.
    ///
    /// Sums come first: spending, output and Type I of each kind of phase are rounded on their own,
    /// phases, stages, sectors, years, provinces and products to what they add up to (largest
    /// remainders). What rests on the figures as they are, such as output per won, must not be worked
    /// out from these.
    pub fn settled(&self, scale: Scale) -> Impact {
        let money = Grid {
            step: scale.step_in_millions(),
        };
        let mut settled = self.clone();
        for kind in PhaseKind::BOTH {
            let at: Vec<usize> = (0..self.phases.len())
                .filter(|at| self.phases[*at].kind == kind)
                .collect();
            let of_kind: Vec<&PhaseImpact> = at.iter().map(|at| &self.phases[*at]).collect();
            let effects = settle_phases(&of_kind, money);
            let mut sum: Option<Effects> = None;
            for (at, mut effects) in at.into_iter().zip(effects) {
                if let Some(exogenous) = self.exogenous_of(kind) {
                    given::hold(
                        &mut effects,
                        &self.phases[at].effects,
                        &exogenous.given,
                        money,
                    );
                }
                match &mut sum {
                    None => sum = Some(effects.clone()),
                    Some(sum) => sum.add(&effects),
                }
                settled.phases[at].effects = effects;
            }
            *settled.effects.get_mut(kind) = sum;
            settled.settle_given(self, kind);
        }
        settled.settle_years(self, money);
        settled.settle_places(money);
        settled.settle_leakage(money);
        if let Some(policy) = &mut settled.policy {
            for (kind, base, with) in &mut policy.kinds {
                *with = settled
                    .effects
                    .get(*kind)
                    .as_ref()
                    .map_or(*with, crate::impact::policy::Figures::of);
                settle_figures(base, money);
            }
        }
        settled.settle_financing(money);
        settled.settle_mix(scale.lang());
        settled.settle_industry(self, money);
        settled.settle_caps(self, money);
        settled
    }

    /// Type I first, then what households add to it.
    fn settle_years(&mut self, exact: &Impact, money: Grid) {
        type Figure = fn(&mut YearFigures) -> &mut f64;
        type Of = fn(&Effects) -> f64;
        fn jobs(e: &Effects) -> Sums {
            e.account("jobs").map(Stages::sums).unwrap_or_default()
        }
        let spent: (Figure, Of) = (|y| &mut y.spending, |e| e.spending.total.as_millions());
        let figures: [(Figure, Of, Figure, Of, Grid); 4] = [
            (
                |y| &mut y.type1.output,
                |e| e.output.sums().type1(),
                |y| &mut y.total.output,
                |e| e.output.sums().total(),
                money,
            ),
            (
                |y| &mut y.type1.value_added,
                |e| e.value_added.sums().type1(),
                |y| &mut y.total.value_added,
                |e| e.value_added.sums().total(),
                money,
            ),
            (
                |y| &mut y.type1.imports,
                Effects::leakage_type1,
                |y| &mut y.total.imports,
                Effects::leakage,
                money,
            ),
            (
                |y| &mut y.type1.jobs,
                |e| jobs(e).type1(),
                |y| &mut y.total.jobs,
                |e| jobs(e).total(),
                PERSONS,
            ),
        ];
        let mut years = exact.years.clone();
        for kind in PhaseKind::BOTH {
            let (Some(exact), Some(settled)) = (exact.effects.get(kind), self.effects.get(kind))
            else {
                continue;
            };
            let values = |years: &mut [Year], figure: Figure| -> Vec<f64> {
                let of_kind = years.iter_mut().map(|y| y.figures.get_mut(kind));
                of_kind.map(|f| *figure(f)).collect()
            };
            let put = |years: &mut [Year], figure: Figure, values: Vec<f64>| {
                for (year, value) in years.iter_mut().zip(values) {
                    *figure(year.figures.get_mut(kind)) = value;
                }
            };
            // The years of a whole add up to it, and a full year is the figure of a full year.
            let settle = |values: &[f64], whole: f64, shown: f64, grid: Grid| {
                if same(values.iter().sum(), whole) {
                    return grid.parts(values, shown);
                }
                let one = |v: &f64| if same(*v, whole) { shown } else { grid.one(*v) };
                values.iter().map(one).collect()
            };
            let (figure, of) = spent;
            let of_years = values(&mut years, figure);
            put(
                &mut years,
                figure,
                settle(&of_years, of(exact), of(settled), money),
            );
            for (first, of_first, all, of_all, grid) in figures {
                let of_years = [values(&mut years, first), values(&mut years, all)];
                let added = of_years[1].iter().zip(&of_years[0]);
                let added: Vec<f64> = added.map(|(all, first)| all - first).collect();
                let type1 = settle(&of_years[0], of_first(exact), of_first(settled), grid);
                let added = settle(
                    &added,
                    of_all(exact) - of_first(exact),
                    of_all(settled) - of_first(settled),
                    grid,
                );
                let sums = type1.iter().zip(&added).map(|(first, added)| first + added);
                put(&mut years, all, sums.collect());
                put(&mut years, first, type1);
            }
        }
        self.years = years;
    }

    fn settle_places(&mut self, money: Grid) {
        let Some(regional) = &mut self.regional else {
            return;
        };
        for phase in &self.phases {
            let mut here: Vec<_> = regional
                .phases
                .iter_mut()
                .filter(|p| p.phase == phase.name && p.kind == phase.kind)
                .collect();
            let e = &phase.effects;
            let jobs = e.account("jobs").map_or(0.0, |j| j.sums().type1());
            type Pick = fn(
                &mut crate::impact::regional::PhaseInRegion,
            ) -> &mut crate::impact::regional::Split;
            let figures: [(Pick, f64, Grid); 3] = [
                (|p| &mut p.output, e.output.sums().type1(), money),
                (|p| &mut p.value_added, e.value_added.sums().type1(), money),
                (|p| &mut p.jobs, jobs, PERSONS),
            ];
            for (pick, sum, grid) in figures {
                let values: Vec<f64> = here
                    .iter_mut()
                    .flat_map(|p| {
                        let split = *pick(p);
                        [split.inside, split.outside]
                    })
                    .collect();
                let shown = grid.parts(&values, sum);
                for (place, pair) in here.iter_mut().zip(shown.chunks(2)) {
                    let split = pick(place);
                    (split.inside, split.outside) = (pair[0], pair[1]);
                }
            }
        }
    }

    fn settle_leakage(&mut self, money: Grid) {
        for leakage in &mut self.leakage {
            let Some(effects) = self.effects.get(leakage.kind) else {
                continue;
            };
            let (at_once, imports) = (
                effects.spending.imported.as_millions(),
                effects.imports.sums(),
            );
            leakage.direct = money.parts(&leakage.direct, at_once);
            leakage.inputs = money.parts(&leakage.inputs, imports.type1());
            leakage.households = money.parts(&leakage.households, imports.induced);
            let mut later = leakage.tiers.split_off(1.min(leakage.tiers.len()));
            later.push(leakage.rest);
            let mut later = money.parts(&later, imports.type1());
            leakage.rest = later.pop().unwrap_or_default();
            leakage.tiers = std::iter::once(at_once).chain(later).collect();
        }
    }
}

impl Estimate {
    /// The impact settled ([`Impact::settled`]), and the figures "as written" beside the draws are those
    /// of its headline.
    pub fn settled(&self, scale: Scale) -> Estimate {
        let impact = self.impact.settled(scale);
        let mut settled = self.clone();
        if let Some(ensemble) = &mut settled.uncertainty {
            settle_as_written(ensemble, &impact);
        }
        settled.impact = impact;
        settled
    }
}

impl Suppliers {
    /// The tiers of an impact as they are shown beside it: tier 0 is its direct output, and the later
    /// ones add up to its indirect output.
    pub fn settled(&self, impact: &Impact, scale: Scale) -> Suppliers {
        let money = Grid {
            step: scale.step_in_millions(),
        };
        let mut settled = self.clone();
        for (kind, tiers) in &mut settled.kinds {
            if let Some(effects) = impact.effects.get(*kind) {
                settle_tiers(tiers, &effects.output, money);
            }
        }
        settled
    }
}

/// The figures "as written" beside the draws are those of the headline.
fn settle_as_written(ensemble: &mut Ensemble, impact: &Impact) {
    for figure in &mut ensemble.figures {
        let of_kind = figure.kind.map(|kind| impact.effects.get(kind));
        let Some(Some(e)) = of_kind else {
            continue;
        };
        let jobs = e.account("jobs").map(Stages::sums).unwrap_or_default();
        figure.spread.as_written = match figure.id.as_str() {
            "spending" => e.spending.total.as_millions(),
            "imported" => e.spending.imported.as_millions(),
            "output" => e.output.sums().total(),
            "output_type1" => e.output.sums().type1(),
            "value_added" => e.value_added.sums().total(),
            "value_added_type1" => e.value_added.sums().type1(),
            "imports" => e.imports.sums().total(),
            "imports_type1" => e.imports.sums().type1(),
            "leakage" => e.leakage(),
            "leakage_type1" => e.leakage_type1(),
            "jobs" => jobs.total(),
            "jobs_type1" => jobs.type1(),
            _ => continue,
        };
    }
    for sector in &mut ensemble.sectors {
        if let Some(e) = impact.effects.get(sector.kind) {
            sector.output.as_written = e.output.of(sector.sector);
        }
    }
}

fn settle_tiers(tiers: &mut Tiers, output: &Stages, money: Grid) {
    let mut later: Vec<&mut Vec<f64>> = tiers.tiers.iter_mut().chain([&mut tiers.rest]).collect();
    let sums: Vec<f64> = later.iter().map(|tier| tier.iter().sum()).collect();
    let output = output.sums();
    let shown = money.parts(&sums[1..], output.indirect);
    for (tier, sum) in later
        .iter_mut()
        .zip(std::iter::once(output.direct).chain(shown))
    {
        **tier = money.parts(tier, sum);
    }
}

/// Persons and other accounts are shown whole.
const PERSONS: Grid = Grid { step: 1.0 };

/// The effects of phases of one kind, so that they add up to what all of them come to.
fn settle_phases(phases: &[&PhaseImpact], money: Grid) -> Vec<Effects> {
    let over = |grid: Grid, of: &dyn Fn(&Effects) -> f64| -> Vec<f64> {
        let values: Vec<f64> = phases.iter().map(|p| of(&p.effects)).collect();
        let sum = values.iter().sum();
        grid.parts(&values, grid.one(sum))
    };
    let spent = over(money, &|e| e.spending.total.as_millions());
    let output = [
        over(money, &|e| e.output.sums().type1()),
        over(money, &|e| e.output.sums().total()),
    ];
    let induced = [
        over(money, &|e| e.value_added.sums().induced),
        over(money, &|e| e.imports.sums().induced),
    ];
    let settle = |at: usize| {
        let e = &phases[at].effects;
        let s = e.spending;
        let parts = [s.imported, s.tax, s.capital_income, s.domestic].map(Money::as_millions);
        let parts = money.parts(&parts, spent[at]);
        let (imported, tax, capital_income, domestic) = (parts[0], parts[1], parts[2], parts[3]);
        let (value_added, imports) = (e.value_added.sums(), e.imports.sums());
        let ends = [imports.type1(), value_added.type1()];
        let taxes = e.product_taxes.unwrap_or_default().type1();
        // All demand ends as one or the other, or as the taxes that the table sets apart; save where a recipe's
        // own taxes take a part.
        let type1 =
            if taxes != 0.0 && same(ends.iter().sum::<f64>() + taxes, s.domestic.as_millions()) {
                let shown = money.parts(&[ends[0], ends[1], taxes], domestic);
                [shown[0], shown[1]]
            } else if same(ends.iter().sum(), s.domestic.as_millions()) {
                money.two(ends, domestic)
            } else {
                ends.map(|end| money.one(end))
            };
        let direct = same(e.output.sums().direct, s.domestic.as_millions()).then_some(domestic);
        let accounts = e.accounts.iter().enumerate().map(|(which, account)| {
            let sums = |e: &Effects| e.accounts.get(which).map(|a| a.effects.sums());
            let type1 = over(PERSONS, &|e| sums(e).unwrap_or_default().type1());
            let total = over(PERSONS, &|e| sums(e).unwrap_or_default().total());
            let mut account = account.clone();
            // Tonnes and terajoules are shown with decimals, and are no headline.
            if matches!(account.account.id.as_str(), "jobs" | "employees") {
                account.effects = PERSONS.split(&account.effects, type1[at], total[at], None);
            }
            account
        });
        Effects {
            spending: Spending {
                total: Money::from_millions(spent[at]),
                domestic: Money::from_millions(domestic),
                imported: Money::from_millions(imported),
                tax: Money::from_millions(tax),
                capital_income: Money::from_millions(capital_income),
                income_abroad: Money::from_millions(money.one(s.income_abroad.as_millions())),
            },
            output: money.split(&e.output, output[0][at], output[1][at], direct),
            value_added: money.split(&e.value_added, type1[1], type1[1] + induced[0][at], None),
            imports: money.split(&e.imports, type1[0], type1[0] + induced[1][at], None),
            accounts: accounts.collect(),
            ..e.clone()
        }
    };
    (0..phases.len()).map(settle).collect()
}
