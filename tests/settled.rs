//! One figure has one value in a whole report, and parts add up to what is shown.

use leontief::impact::comparison::Comparison;
use leontief::impact::{Effects, Impact, of_scenario};
use leontief::report::brief::{Brief, figures};
use leontief::report::views::{By, View};
use leontief::report::{Block, Document, Table};
use leontief::scenario::{Overrides, PhaseKind, presets};
use leontief::{AnyTable, Lang, Model, Scenario, ScenarioFile};

/// Two phases of either kind, with dates, a province and amounts that round badly.
const AWKWARD: &str = r#"
[scenario]
name = "Awkward"
region = "전남"
[[phase]]
name = "Halls"
kind = "one-off"
start = 2027
duration = 3
[[phase.spending]]
what = "51"
amount = "333.33억"
[[phase.spending]]
what = "34"
amount = "166.67억"
[[phase]]
name = "Lines"
kind = "one-off"
start = 2028
duration = 2
[[phase.spending]]
what = "40"
amount = "77.77억"
[[phase]]
name = "Run"
kind = "recurring"
start = 2030
duration = 3
[[phase.spending]]
what = "45"
amount = "12.345억"
[[phase.spending]]
what = "62"
amount = "6.789억"
"#;

fn impacts() -> Vec<(AnyTable, Model, Impact)> {
    let table = || AnyTable::open("kr-2023-83").expect("built in");
    let files = [
        presets::open("ai-hub").expect("a preset"),
        ScenarioFile::parse("awkward.toml", AWKWARD).expect("valid"),
    ];
    files
        .into_iter()
        .map(|file| {
            let table = table();
            let scenario = Scenario::new(file, &table, &Overrides::default()).expect("valid");
            let model = Model::new(&table).expect("productive");
            let impact = of_scenario(&table, &model, &scenario).expect("an impact");
            (table, model, impact)
        })
        .collect()
}

fn effects(impact: &Impact) -> impl Iterator<Item = (PhaseKind, &Effects)> {
    impact.effects.present()
}

/// Equal to far below any step that is shown, in millions.
fn equal(a: f64, b: f64, what: &str) {
    assert!((a - b).abs() < 1e-6, "{what}: {a} and {b}");
}

#[test]
fn settled_figures_add_up_in_every_direction() {
    for (_, _, exact) in impacts() {
        for lang in [Lang::En, Lang::Ko] {
            let settled = exact.settled(exact.scale(lang));
            for (kind, e) in effects(&settled) {
                let s = e.spending;
                let parts =
                    [s.imported, s.tax, s.capital_income, s.domestic].map(|m| m.as_millions());
                equal(parts.iter().sum(), s.total.as_millions(), "spending");
                let type1 = e.value_added.sums().type1() + e.imports.sums().type1();
                if exact.name.en == "Awkward" {
                    equal(type1, s.domestic.as_millions(), "value added and imports");
                }
                let of_kind = || settled.phases.iter().filter(|p| p.kind == kind);
                let spent = of_kind().map(|p| p.effects.spending.total.as_millions());
                equal(spent.sum(), s.total.as_millions(), "phases");
                let output = of_kind().map(|p| p.effects.output.sums().total());
                equal(output.sum(), e.output.sums().total(), "output of phases");
                let leakage = settled.leakage.iter().find(|l| l.kind == kind);
                let leakage = leakage.expect("each kind leaks");
                equal(leakage.total(), e.leakage(), "leakage");
                let tiers = leakage.tiers.iter().sum::<f64>() + leakage.rest;
                let households = leakage.households.iter().sum::<f64>();
                equal(tiers + households, e.leakage(), "leakage by tier");
                if kind == PhaseKind::OneOff {
                    let years = settled.years.iter();
                    let output = years.clone().map(|y| y.figures.one_off.total.output);
                    equal(output.sum(), e.output.sums().total(), "output of years");
                    let spent = years.map(|y| y.figures.one_off.spending);
                    equal(spent.sum(), s.total.as_millions(), "spending of years");
                } else if let Some(full) = settled.years.last() {
                    equal(
                        full.figures.recurring.total.output,
                        e.output.sums().total(),
                        "a full year",
                    );
                    equal(
                        full.figures.recurring.total.imports,
                        e.leakage(),
                        "imports of a full year",
                    );
                }
            }
            for phase in &settled.phases {
                let here: Vec<_> = settled
                    .regional
                    .iter()
                    .flat_map(|r| &r.phases)
                    .filter(|p| p.phase == phase.name)
                    .collect();
                if here.is_empty() {
                    continue;
                }
                let split = here.iter().map(|p| p.value_added.total()).sum();
                let type1 = phase.effects.value_added.sums().type1();
                equal(split, type1, "the province and elsewhere");
            }
        }
    }
}

#[test]
fn no_settled_figure_is_two_steps_from_its_own() {
    for (_, _, exact) in impacts() {
        let scale = exact.scale(Lang::En);
        let step = 10f64.powi(-i32::from(scale.money_decimals())) / scale.money(1.0);
        let settled = exact.settled(scale);
        for (was, is) in exact.phases.iter().zip(&settled.phases) {
            let (was, is) = (&was.effects, &is.effects);
            for (was, is) in [
                (&was.output, &is.output),
                (&was.value_added, &is.value_added),
                (&was.imports, &is.imports),
            ] {
                let all = |s: &leontief::impact::Stages| {
                    [&s.direct, &s.indirect, &s.induced]
                        .map(|v| v.clone())
                        .concat()
                };
                for (was, is) in all(was).into_iter().zip(all(is)) {
                    assert!((was - is).abs() < 2.0 * step, "{was} is shown as {is}");
                }
            }
        }
    }
}

/// The cells of a column, by the id of the section and of the column, as they are shown.
fn cells(doc: &Document, section: &str, column: &str) -> Vec<(Vec<String>, String)> {
    let section = doc.sections.iter().find(|s| s.id == section);
    let blocks = section.into_iter().flat_map(|s| &s.blocks);
    blocks
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .flat_map(|table| column_of(table, column))
        .collect()
}

fn column_of(table: &Table, column: &str) -> Vec<(Vec<String>, String)> {
    let Some(at) = table.columns.iter().position(|c| c.id == column) else {
        return Vec::new();
    };
    let rows = table.shown().into_iter();
    rows.map(|row| (row.clone(), row[at].clone())).collect()
}

#[test]
fn one_figure_is_printed_alike_all_over_a_report() {
    for (table, model, impact) in impacts() {
        let brief = Brief::new(&table, &model, impact.clone(), None).expect("a report");
        for lang in [Lang::En, Lang::Ko] {
            let view = |by| View {
                lang,
                by,
                top: None,
                details: false,
            };
            let settled = impact.settled(impact.scale(lang));
            let scale = impact.scale(lang);
            let sector = impact.document(&view(By::Sector));
            let pictures = figures(&brief, lang);
            for (kind, e) in effects(&settled) {
                let id = if kind == PhaseKind::OneOff {
                    "one_off"
                } else {
                    "recurring"
                };
                let type1 = scale.figure(e.value_added.sums().type1());
                // The headline's own row.
                let headline = cells(&sector, id, "value_added");
                assert_eq!(headline[2].1, type1, "{id}");
                // The flow of money, where the kind has one phase.
                let phases: Vec<usize> = (0..impact.phases.len())
                    .filter(|at| impact.phases[*at].kind == kind)
                    .collect();
                let money = cells(&sector, "money", "value_added_type1");
                if let [only] = phases[..] {
                    assert_eq!(money[only].1, type1, "{id}");
                    let region = cells(&sector, "region", "value_added_inside");
                    if !region.is_empty() {
                        let outside = cells(&sector, "region", "value_added_outside");
                        let number = |text: &str| -> f64 {
                            text.replace(',', "").parse().expect("a number")
                        };
                        let both = number(&region[only].1) + number(&outside[only].1);
                        let unit = e.value_added.sums().type1();
                        assert!((both - scale.money(unit)).abs() < 1e-6, "{both}");
                    }
                }
                // The waterfall ends with it.
                let waterfall = pictures
                    .iter()
                    .find(|f| f.id.starts_with("waterfall") && f.id.ends_with(id));
                let last = column_of(&waterfall.expect("a waterfall").table, "amount");
                assert_eq!(last.last().expect("steps").1, type1, "{id}");
                // All sectors together.
                let sectors = pictures
                    .iter()
                    .find(|f| f.id.starts_with("sectors") && f.id.ends_with(id));
                let all = column_of(&sectors.expect("bars").table, "direct");
                let direct = scale.figure(e.output.sums().direct);
                assert_eq!(all.last().expect("rows").1, direct, "{id}");
            }
        }
    }
}

/// The example with caps, a policy and a new industry.
fn hub_economics() -> (AnyTable, Impact) {
    let table = AnyTable::open("kr-2023-83").expect("built in");
    let file = presets::open("examples/scenarios/hub-economics.toml").expect("the example");
    let scenario = Scenario::new(file, &table, &Overrides::default()).expect("valid");
    let model = Model::with(
        &table,
        scenario.imports(),
        scenario.closure().expect("a share"),
    );
    let impact = of_scenario(&table, &model.expect("productive"), &scenario).expect("an impact");
    (table, impact)
}

#[test]
fn a_new_industry_adds_up_as_it_is_shown() {
    let (_, exact) = hub_economics();
    for lang in [Lang::En, Lang::Ko] {
        let settled = exact.settled(exact.scale(lang));
        let study = settled.industry.as_ref().expect("an industry");
        let sold = study.exports + study.final_sales + study.intermediate_sales;
        equal(sold, study.sales, "sales");
        let paid = study.domestic_inputs + study.imported_inputs + study.product_tax;
        equal(paid + study.own_value_added, study.sales, "purchases");
        let own = study.compensation + study.surplus;
        equal(own, study.own_value_added, "its own value added");
        let new_sales = study.exports + study.final_sales;
        let d = &study.included;
        equal(d.value_added() + d.imports, new_sales, "what is sold anew");
        for at in &study.by_replaced_share {
            let d = at.included.as_ref().expect("buyers buy that much");
            equal(d.value_added() + d.imports, new_sales, "at a share");
            if at.own {
                assert_eq!(*d, study.included);
            }
        }
        // What its purchases set off is the figure of the phase.
        let run = settled.effects.recurring.as_ref().expect("it runs");
        let simple = &study.as_final_demand;
        let output = run.output.sums().type1();
        equal(simple.other_output, output, "output of the phase");
        let value_added = run.value_added.sums().type1();
        equal(
            simple.other_value_added,
            value_added,
            "value added of the phase",
        );
        equal(simple.imports, run.leakage_type1(), "imports of the phase");
        let jobs = run.account("jobs").expect("jobs").sums().type1();
        equal(simple.jobs, jobs, "jobs of the phase");
    }
}

#[test]
fn each_row_of_the_three_figures_of_an_industry_adds_up() {
    let (_, exact) = hub_economics();
    for lang in [Lang::En, Lang::Ko] {
        let scale = exact.scale(lang);
        let settled = exact.settled(scale);
        let blocks = settled
            .industry
            .as_ref()
            .expect("an industry")
            .blocks(scale);
        let table = blocks.iter().find_map(|block| match block {
            Block::Table(table) if table.columns[1].id == "as_buyer" => Some(table),
            _ => None,
        });
        let table = table.expect("the table");
        assert_eq!(table.rows.len(), 5);
        for row in table.shown() {
            let number = |cell: &String| -> f64 {
                let cell = cell.replace(',', "");
                let digits = |c: char| c.is_ascii_digit() || c == '-' || c == '.';
                let end = cell.find(|c| !digits(c)).unwrap_or(cell.len());
                cell[..end].parse().expect("a number")
            };
            let cells: Vec<f64> = row[1..].iter().map(number).collect();
            let [buyer, own, industry, displaced, net] = cells[..] else {
                panic!("five figures");
            };
            equal(buyer + own, industry, &row[0]);
            equal(industry + displaced, net, &row[0]);
        }
    }
}

#[test]
fn caps_add_up_as_they_are_shown() {
    let (_, exact) = hub_economics();
    for lang in [Lang::En, Lang::Ko] {
        let settled = exact.settled(exact.scale(lang));
        let periods = &settled.constrained.as_ref().expect("capped").periods;
        assert!(periods.iter().any(|p| p.binds()));
        for (period, year) in periods.iter().zip(&settled.years) {
            let of = |t: &leontief::impact::constrained::Totals| t.value_added + t.imports;
            equal(
                of(&period.possible),
                of(&period.wished),
                "all demand is met",
            );
            let short = period.sectors.iter().map(|s| s.short);
            equal(short.sum(), period.possible.replacing, "imports in place");
            let both = |f: fn(&leontief::impact::YearFigures) -> f64| year.of_both(f);
            equal(period.wished.output, both(|f| f.type1.output), "output");
            equal(
                period.wished.value_added,
                both(|f| f.type1.value_added),
                "value added",
            );
            equal(
                period.wished.job_years,
                year.figures.one_off.type1.jobs,
                "job-years",
            );
            equal(
                period.wished.jobs,
                year.figures.recurring.type1.jobs,
                "jobs",
            );
        }
    }
}

#[test]
fn what_is_compared_is_what_stands_in_each_result() {
    let named = impacts().into_iter().map(|(_, _, impact)| impact);
    let impacts: Vec<(String, Impact)> = ["hub", "awkward"]
        .map(str::to_owned)
        .into_iter()
        .zip(named)
        .collect();
    let comparison = Comparison::of(&impacts, 0).expect("two");
    for lang in [Lang::En, Lang::Ko] {
        let doc = comparison.document(&impacts, lang);
        let spent = |at: usize| {
            let figures = comparison.figures.iter().filter(|f| f.id == "spending");
            figures.map(move |f| f.values[at].expect("both have both kinds"))
        };
        let scale = leontief::report::Scale::new(lang, "KRW", spent(0).chain(spent(1)));
        for (at, (_, impact)) in impacts.iter().enumerate() {
            let settled = impact.settled(scale);
            for (kind, e) in effects(&settled) {
                let section = match kind {
                    PhaseKind::OneOff => "one_off",
                    PhaseKind::Recurring => "recurring",
                };
                let column = format!("value_{}", at + 1);
                let shown: Vec<String> = cells(&doc, section, &column)
                    .into_iter()
                    .map(|(_, cell)| cell)
                    .collect();
                let jobs = e.account("jobs").expect("jobs").sums();
                let money = |v: f64| scale.amount(v);
                let persons = |v: f64| leontief::report::document::number(v, 0);
                let expected = [
                    money(e.spending.total.as_millions()),
                    money(e.spending.imported.as_millions()),
                    money(e.output.sums().type1()),
                    money(e.value_added.sums().type1()),
                    money(e.imports.sums().type1()),
                    persons(jobs.type1()),
                    money(e.output.sums().total()),
                    money(e.value_added.sums().total()),
                    money(e.imports.sums().total()),
                    persons(jobs.total()),
                ];
                assert_eq!(shown.len(), expected.len());
                for (shown, expected) in shown.iter().zip(&expected) {
                    let number = |text: &str| {
                        text.split([' ', '억', '명', '인'])
                            .next()
                            .map(str::to_owned)
                    };
                    assert_eq!(number(shown), number(expected), "{section} {column}");
                }
            }
        }
    }
}

#[test]
fn what_is_given_is_the_same_figure_in_every_table() {
    let table = AnyTable::open("kr-2023-83").expect("built in");
    let model = Model::new(&table).expect("productive");
    for (code, jobs) in [("31", 1000.0), ("17", 333.0), ("50", 7777.0), ("62", 12.0)] {
        let text = format!(
            "[scenario]\nname = \"A plant\"\n[[phase]]\nname = \"Runs\"\nkind = \"recurring\"\n\
             [[phase.spending]]\nevent = \"jobs\"\nwhat = \"{code}\"\namount = {jobs}\n"
        );
        let file = ScenarioFile::parse("plant.toml", &text).expect("valid");
        let scenario = Scenario::new(file, &table, &Overrides::default()).expect("valid");
        let exact = of_scenario(&table, &model, &scenario).expect("an impact");
        let at = table.sectors().find(code).expect("a sector");
        for lang in [Lang::En, Lang::Ko] {
            let settled = exact.settled(exact.scale(lang));
            let exogenous = settled.exogenous.as_ref().expect("output is given");
            let effects = settled.effects.recurring.as_ref().expect("recurring");
            let of = |measure: &str| {
                let mut figures = exogenous.figures.iter();
                figures.find(|f| f.measure == measure).expect("a figure")
            };
            equal(of("jobs").itself, jobs, code);
            for (measure, stages) in [
                ("output", &effects.output),
                ("value_added", &effects.value_added),
                ("jobs", effects.account("jobs").expect("jobs")),
            ] {
                equal(
                    of(measure).itself,
                    stages.direct[at] + stages.indirect[at],
                    measure,
                );
                let both = of(measure).itself + of(measure).others;
                equal(both, stages.sums().type1(), measure);
            }
        }
    }
}

/// What producers buy otherwise: of the whole economy, in steps of what changes.
#[test]
fn what_mixes_change_adds_up_as_it_is_shown() {
    let file = presets::open("examples/scenarios/mixes.toml").expect("the example");
    let table = file.open_ungrouped_table().expect("built in");
    let (table, effect) = file.mixed(&table).expect("it can be").expect("it is asked");
    let scenario = Scenario::new(file, &table, &Overrides::default()).expect("valid");
    let model = Model::new(&table).expect("productive");
    let mut exact = of_scenario(&table, &model, &scenario).expect("an impact");
    exact.add_mix(&model, effect);
    for lang in [Lang::En, Lang::Ko] {
        let settled = exact.settled(exact.scale(lang));
        let mix = settled.mix.as_ref().expect("it has mixes");
        let ((v0, v1), (m0, m1)) = (mix.value_added.sums(), mix.imports.sums());
        equal(v0 + m0, v1 + m1, "what final demand pays for");
        // 1,719,462.6 million won more value added: in tenths of a billion, and in units of 100 million.
        equal(v1 - v0, 1_719_500.0, "value added");
        let jobs = &mix.accounts[0].1;
        assert!(jobs.after.iter().all(|jobs| jobs.fract() == 0.0));
        equal(jobs.changes().sum(), 2_916.0, "jobs");
    }
}
