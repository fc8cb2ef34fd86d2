//! What holds for every demand, on small random economies and on the table of Korea.

mod common;

use common::{Economy, model, open};
use leontief::analysis::structural_path::{Options, Paths};
use leontief::impact::tiers::Tiers;
use leontief::impact::{self, Effects, Impact, ShockShare, Stages};
use leontief::model::{Closure, ImportTreatment};
use leontief::report::Block;
use leontief::report::document::Kind;
use leontief::report::views::{By, View};
use leontief::scenario::{Overrides, Scenario, ScenarioFile};
use leontief::table::{AnyTable, FinalDemandRole};
use leontief::{Lang, Model, Money};
use nalgebra::{DMatrix, DVector};
use proptest::prelude::*;
use std::sync::LazyLock;

static KOREA: LazyLock<(AnyTable, Model)> = LazyLock::new(|| {
    let table = open("kr-2023-33");
    let model = model(&table);
    (table, model)
});

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(24)
    }
}

/// A productive economy of two to six sectors with imports and wages: each column of inputs, at
/// home and from abroad, takes less than nine tenths of output.
fn economy() -> impl Strategy<Value = (AnyTable, Model)> {
    (2_usize..=6).prop_flat_map(|n| {
        let cells = || prop::collection::vec(0.0..1.0_f64, n * n);
        let output = prop::collection::vec(1.0..1e6_f64, n);
        let used = prop::collection::vec(0.05..0.9_f64, n);
        (cells(), cells(), output, used).prop_map(move |(home, abroad, output, used)| {
            let (mut home, mut abroad) = (
                DMatrix::from_vec(n, n, home),
                DMatrix::from_vec(n, n, abroad),
            );
            for j in 0..n {
                let sum = home.column(j).sum() + abroad.column(j).sum();
                let scale = used[j] * output[j] / sum.max(1e-9);
                home.column_mut(j).scale_mut(scale);
                abroad.column_mut(j).scale_mut(scale);
            }
            let output = DVector::from_vec(output);
            let added = &output - (home.row_sum() + abroad.row_sum()).transpose();
            let jobs = &output * 1e-3;
            let mut economy = Economy::new(home, output).wages(&added * 0.6);
            economy.inputs[0].1 = added * 0.4;
            economy.imported = abroad;
            // Households buy of everything; what is left over, or lacking, is inventories.
            let bought = &economy.output * 0.3;
            let rest = &economy.demand[0].1 - &bought;
            economy.demand = vec![
                (FinalDemandRole::Household, bought),
                (FinalDemandRole::Inventories, rest),
            ];
            economy.imported_demand = vec![DVector::zeros(n); 2];
            let table = economy.account("jobs", jobs).table();
            let closed = Model::with(&table, ImportTreatment::Domestic, Closure::Share(0.6));
            (table, closed.expect("a productive economy"))
        })
    })
}

fn demand(n: usize) -> impl Strategy<Value = DVector<f64>> {
    prop::collection::vec(-1e5..1e5_f64, n).prop_map(DVector::from_vec)
}

fn effects(model: &Model, f: &DVector<f64>) -> Effects {
    let none = DVector::zeros(f.len());
    impact::effects(model, f, &none, 0.0).expect("a finite demand")
}

/// Every figure by sector and stage.
fn all(effects: &Effects) -> Vec<f64> {
    let parts = effects.parts.iter().map(|(_, stages)| stages);
    let accounts = effects.accounts.iter().map(|a| &a.effects);
    let stages: Vec<&Stages> = [&effects.output, &effects.value_added, &effects.imports]
        .into_iter()
        .chain(parts)
        .chain(accounts)
        .collect();
    stages
        .iter()
        .flat_map(|s| [&s.direct, &s.indirect, &s.induced])
        .flatten()
        .copied()
        .collect()
}

fn close(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-9 * scale.max(1.0)
}

fn linear(model: &Model, f: &DVector<f64>, g: &DVector<f64>, by: f64) -> Result<(), TestCaseError> {
    let (of_f, of_g) = (all(&effects(model, f)), all(&effects(model, g)));
    let of_both = all(&effects(model, &(f * by + g)));
    let scale = f.amax() * by.abs() + g.amax();
    for ((own, a), b) in of_both.iter().zip(&of_f).zip(&of_g) {
        prop_assert!(close(*own, a * by + b, 100.0 * scale), "{own} {a} {b}");
    }
    Ok(())
}

fn stages_add_up(model: &Model, f: &DVector<f64>) -> Result<(), TestCaseError> {
    let e = effects(model, f);
    let ones = DVector::from_element(f.len(), 1.0);
    let sums = e.output.sums();
    let scale = 100.0 * f.abs().sum();
    prop_assert!(close(sums.direct, f.sum(), scale));
    prop_assert!(close(
        sums.type1(),
        model.inducement_row(&ones).dot(f),
        scale
    ));
    if let Some(row) = model.inducement_row_type2(&ones) {
        prop_assert!(close(sums.total(), row.dot(f), scale));
    }
    let by_sector: f64 = (0..f.len()).map(|i| e.output.of(i)).sum();
    prop_assert!(close(by_sector, sums.total(), scale));
    // Each won of demand at home ends as value added or as imports.
    let ends = e.value_added.sums().type1() + e.imports.sums().type1();
    prop_assert!(close(ends, f.sum(), scale), "{ends} of {}", f.sum());
    let parts: f64 = e
        .parts
        .iter()
        .map(|(_, stages)| stages.sums().total())
        .sum();
    prop_assert!(close(parts, e.value_added.sums().total(), scale));
    Ok(())
}

fn chains_add_up(model: &Model, f: &DVector<f64>) -> Result<(), TestCaseError> {
    let x = model.output_for(f);
    let scale = 100.0 * f.abs().sum();
    let tiers = Tiers::of(model, f, 4);
    for i in 0..f.len() {
        prop_assert!(close(tiers.total(i), x[i], scale));
    }
    let ones = DVector::from_element(f.len(), 1.0);
    let options = Options {
        least_share: 1e-3,
        max_depth: 4,
        ..Options::default()
    };
    let paths = Paths::of(model, f, &ones, &options).expect("paths");
    let listed: f64 = paths.paths.iter().map(|p| p.value).sum();
    prop_assert!(close(listed + paths.remainder, x.sum(), scale));
    let sizes: Vec<f64> = paths.paths.iter().map(|p| p.value.abs()).collect();
    prop_assert!(sizes.windows(2).all(|w| w[0] >= w[1]), "{sizes:?}");
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn small_economies((table, model) in economy(), seed in demand(6), other in demand(6), by in -3.0..3.0_f64) {
        let n = table.sectors().len();
        let (f, g) = (seed.rows(0, n).into_owned(), other.rows(0, n).into_owned());
        linear(&model, &f, &g, by)?;
        stages_add_up(&model, &f)?;
        chains_add_up(&model, &f)?;
        let positive = all(&effects(&model, &f.abs()));
        prop_assert!(positive.iter().all(|v| *v >= -1e-9), "{positive:?}");
        // Output is at least the demand itself.
        let x = model.output_for(&f.abs());
        prop_assert!(x.iter().zip(f.abs().iter()).all(|(x, f)| *x >= f * (1.0 - 1e-12)));
    }

    #[test]
    fn korea(f in demand(33), g in demand(33), by in -3.0..3.0_f64) {
        let (_, model) = &*KOREA;
        linear(model, &f, &g, by)?;
        stages_add_up(model, &f)?;
        chains_add_up(model, &f.abs())?;
    }

    #[test]
    fn what_is_shown_adds_up(sector in 0_usize..33, amount in 1e9..1e14_f64, top in 0_usize..40) {
        let (table, model) = &*KOREA;
        let shock = [(sector, Money::units(amount))];
        let impact = impact::of_shock(table, model, &shock, ShockShare::Table).expect("a shock");
        for lang in [Lang::En, Lang::Ko] {
            shown_adds_up(&impact, lang, top)?;
        }
    }

    #[test]
    fn phases_add_up(amounts in prop::array::uniform3(1.0..1e5_f64), chance in 0.0..=1.0_f64) {
        let phase = |name: &str, kind: &str, amount: f64| format!(
            "[[phase]]\nname = \"{name}\"\nkind = \"{kind}\"\nprobability = {chance}\n\
             [[phase.spending]]\nwhat = \"건설\"\namount = \"{amount}억\"\n\
             [[phase.spending]]\nwhat = \"11\"\namount = \"{amount} * 2억\"\n");
        let header = "[scenario]\nname = \"Sum\"\ntable = \"kr-2023-33\"\n";
        let impact = |phases: &[String]| {
            let (table, model) = &*KOREA;
            let text = header.to_owned() + &phases.concat();
            let file = ScenarioFile::parse("sum.toml", &text).expect("a scenario");
            let scenario = Scenario::new(file, table, &Overrides::default()).expect("sound");
            impact::of_scenario(table, model, &scenario).expect("an impact")
        };
        let first = phase("A", "one-off", amounts[0]);
        let second = phase("B", "one-off", amounts[1]);
        let third = phase("C", "recurring", amounts[2]);
        let whole = impact(&[first.clone(), second.clone(), third.clone()]);
        let [a, b, c] = [first, second, third].map(|phase| impact(&[phase]));
        let figures = |impact: &Impact| all(impact.effects.one_off.as_ref().expect("one-off"));
        for ((own, a), b) in figures(&whole).iter().zip(figures(&a)).zip(figures(&b)) {
            prop_assert!(close(*own, a + b, 1e7), "{own} {a} {b}");
        }
        // Job-years and jobs are never in one sum.
        prop_assert_eq!(&whole.effects.recurring, &c.effects.recurring);
        prop_assert!(a.effects.recurring.is_none() && c.effects.one_off.is_none());
    }
}

/// In every additive column, the rows shown add up to the total shown.
fn shown_adds_up(impact: &Impact, lang: Lang, top: usize) -> Result<(), TestCaseError> {
    let view = View {
        lang,
        by: By::Sector,
        top: Some(top),
        details: true,
    };
    let document = impact.document(&view);
    let mut totals = 0;
    for block in document.sections.iter().flat_map(|s| &s.blocks) {
        let Block::Table(table) = block else { continue };
        let shown = table.shown();
        for (at, column) in table.columns.iter().enumerate() {
            if !matches!(column.kind, Kind::Number { additive: true, .. }) {
                continue;
            }
            let number = |row: usize| shown[row][at].replace(',', "").parse::<f64>().ok();
            let (mut sum, mut before) = (0.0, 0.0);
            for (row, of) in table.rows.iter().enumerate() {
                match number(row) {
                    Some(value) if of.total => {
                        let carried = if of.carries { before } else { 0.0 };
                        prop_assert!(
                            (sum + carried - value).abs() < 1e-3,
                            "{}: {sum} + {carried} is not {value}",
                            column.id
                        );
                        (sum, before) = (0.0, value);
                        totals += 1;
                    }
                    Some(value) => sum += value,
                    None => {}
                }
            }
        }
    }
    prop_assert!(totals > 0, "the document has totals");
    Ok(())
}
