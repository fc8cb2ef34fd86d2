//! Scenario files: any text is refused by a sentence, or its impact is finite and nothing is lost of it.
#![no_main]

use leontief::scenario::{Overrides, Scenario, ScenarioFile};
use leontief::{AnyTable, Model, impact};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static KOREA: LazyLock<(AnyTable, Model)> = LazyLock::new(|| {
    let table = AnyTable::open("kr-2023-33").expect("a built-in table");
    let model = Model::new(&table).expect("a productive table");
    (table, model)
});

fuzz_target!(|text: &str| {
    let (table, model) = &*KOREA;
    let Ok(file) = ScenarioFile::parse("fuzz.toml", text) else {
        return;
    };
    // With sectors of its own it has a table of its own.
    let regrouped = match file.regroup(table) {
        Ok(Some((regrouped, _))) => match Model::new(&regrouped) {
            Ok(model) => Some((regrouped, model)),
            Err(_) => return,
        },
        Ok(None) => None,
        Err(_) => return,
    };
    let (table, model) = regrouped.as_ref().map_or((table, model), |(table, model)| (table, model));
    // So it has with other inputs.
    let mixed = match file.mixed(table) {
        Ok(Some((mixed, effect))) => {
            let (before, after) = effect.output.sums();
            assert!(before.is_finite() && after.is_finite() && after >= 0.0);
            match Model::new(&mixed) {
                Ok(model) => Some((mixed, model)),
                Err(_) => return,
            }
        }
        Ok(None) => None,
        Err(_) => return,
    };
    let (table, model) = mixed.as_ref().map_or((table, model), |(table, model)| (table, model));
    let Ok(scenario) = Scenario::new(file, table, &Overrides::default()) else {
        return;
    };
    if let Ok(impact) = impact::of_scenario(table, model, &scenario) {
        for effects in [&impact.effects.one_off, &impact.effects.recurring].into_iter().flatten() {
            assert!(effects.output.sums().type1().is_finite());
            assert!(effects.value_added.sums().type1().is_finite());
        }
    }
});
