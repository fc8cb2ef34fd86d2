//! The presets of the AI hub: money adds up in every phase, renewable power burns nothing, every host runs.

use approx::assert_relative_eq;
use assert_cmd::Command;
use leontief::impact::{self, Impact};
use leontief::scenario::presets::{self, PRESETS};
use leontief::scenario::{Overrides, Scenario};
use leontief::{AnyTable, Model};
use predicates::prelude::*;
use predicates::str::contains;

fn set(parameters: &[(&str, &str)]) -> Overrides {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Overrides {
        set: parameters.iter().map(owned).collect(),
        ..Overrides::default()
    }
}

fn run(name_or_path: &str, table: &str, overrides: &Overrides) -> Impact {
    let table = AnyTable::open(table).expect("built in");
    let file = presets::open(name_or_path).expect(name_or_path);
    let scenario = Scenario::new(file, &table, overrides).expect(name_or_path);
    let mut model = Model::new(&table).expect("a model");
    for accounts in scenario.accounts() {
        for (account, per_output) in &accounts.accounts {
            model
                .set_account(account.clone(), per_output.clone())
                .expect("fits");
        }
    }
    impact::of_scenario(&table, &model, &scenario).expect(name_or_path)
}

fn indicator(impact: &Impact, name: &str) -> f64 {
    let mut found = impact
        .indicators
        .iter()
        .filter(|i| i.name.en.starts_with(name));
    found.next().expect(name).value
}

#[test]
fn what_is_spent_is_value_added_imports_taxes_or_income_of_capital_in_every_phase() {
    for table in ["kr-2023-83", "kr-2023-33"] {
        for preset in PRESETS {
            for share in ["1", "0.4", "0"] {
                let impact = run(preset.id, table, &set(&[("renewable_share", share)]));
                for phase in &impact.phases {
                    let (effects, spending) = (&phase.effects, &phase.effects.spending);
                    let accounted = effects.value_added.sums().type1()
                        + effects.imports.sums().type1()
                        + spending.imported.as_millions()
                        + spending.tax.as_millions()
                        + spending.capital_income.as_millions();
                    assert_relative_eq!(
                        accounted,
                        spending.total.as_millions(),
                        max_relative = 1e-9,
                        epsilon = 1e-6
                    );
                }
            }
        }
    }
}

#[test]
fn the_price_of_renewable_power_is_upkeep_and_income_of_capital_as_the_preset_computes_them() {
    let impact = run("ai-hub", "kr-2023-83", &Overrides::default());
    // 100 MW x 1.2 x .71 x 8,760 h; seven tenths solar at 170 won, the rest wind at 330.
    let mwh = 100.0 * 1.2 * 0.71 * 8760.0;
    assert_relative_eq!(
        indicator(&impact, "Electricity"),
        mwh / 1000.0,
        epsilon = 1e-6
    );
    let (solar, wind) = (mwh * 0.7 * 170.0 / 1000.0, mwh * 0.3 * 330.0 / 1000.0); // million won
    // Upkeep a kWh: 54,150 won of 2020, without 47 % rent, over 8,760 h x 14.9 %; 163,000 over 30 %.
    let upkeep = 54_150.0 * 1.219 * 0.53 / (8760.0 * 0.149) / 170.0;
    let operation = 163_000.0 / (8760.0 * 0.30) / 330.0;
    let operating = impact
        .phases
        .iter()
        .find(|p| p.name.en == "Operation")
        .expect("it");
    // Of 2025, at the prices of 2023.
    let table = AnyTable::open("kr-2023-83").expect("built in");
    let power = table.sectors().find("전력").expect("a sector");
    let deflators = table.deflators().expect("some");
    let factor = deflators.factor(Some(power), 2025, 2023);
    assert_relative_eq!(
        operating.effects.spending.capital_income.as_millions(),
        (solar * (1.0 - upkeep) + wind * (1.0 - operation)) * factor,
        max_relative = 1e-9
    );
    // Half of it belongs abroad.
    assert_relative_eq!(
        operating.effects.spending.income_abroad.as_millions(),
        operating.effects.spending.capital_income.as_millions() / 2.0,
        max_relative = 1e-9
    );
}

#[test]
fn renewable_power_burns_nothing_in_the_account_as_in_the_indicator() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("counted.toml");
    let text =
        "extends = \"ai-hub\"\n[[account]]\nid = \"ghg\"\nunit = \"kt\"\nfile = \"ghg-83.csv\"\n";
    std::fs::write(&path, text).expect("written");
    let power_emits = |share: &str| {
        let path = path.display().to_string();
        let impact = run(&path, "kr-2023-83", &set(&[("renewable_share", share)]));
        let at = impact
            .sectors
            .iter()
            .position(|s| s.code == "45")
            .expect("power");
        let operation = impact
            .phases
            .iter()
            .find(|p| p.name.en == "Operation")
            .expect("it");
        let ghg = operation.effects.account("ghg").expect("an account");
        (
            ghg.direct[at],
            indicator(&impact, "CO2 of what stays"),
            indicator(&impact, "CO2 avoided"),
        )
    };
    let (direct, stays, avoided) = power_emits("1");
    assert_eq!((direct, stays), (0.0, 0.0));
    let mwh = 100.0 * 1.2 * 0.71 * 8760.0;
    assert_relative_eq!(avoided, mwh * 0.4173 / 1000.0, max_relative = 1e-9);
    // With none, all of it comes from the grid; with half, half.
    let (all, stays, avoided) = power_emits("0");
    assert_eq!(avoided, 0.0);
    assert!(all > 0.0);
    assert_relative_eq!(stays, mwh * 0.4173 / 1000.0, max_relative = 1e-9);
    let (half, stays_half, _) = power_emits("0.5");
    assert_relative_eq!(half, all / 2.0, max_relative = 1e-9);
    assert_relative_eq!(stays_half, stays / 2.0, max_relative = 1e-9);
}

#[test]
fn replacing_the_servers_buys_them_all_once_over_their_life() {
    let impact = run("ai-hub-replacement", "kr-2023-83", &Overrides::default());
    let spent = |phase: &str, items: &[&str]| -> f64 {
        let phase = impact
            .phases
            .iter()
            .find(|p| p.name.en == phase)
            .expect(phase);
        let lines = phase
            .lines
            .iter()
            .filter(|l| items.contains(&l.item.en.as_str()));
        lines.map(|l| l.amount).sum()
    };
    let items = [
        "GPU servers",
        "Network equipment",
        "CPU servers",
        "Storage",
        "Racks and other hardware",
    ];
    let years = impact
        .phases
        .iter()
        .find(|p| p.name.en == "Server replacement");
    let years: f64 = years
        .expect("it")
        .schedule
        .iter()
        .map(|(_, share)| share)
        .sum();
    assert_relative_eq!(
        spent("Server replacement", &items) * years,
        spent("Data centre", &items),
        max_relative = 1e-9
    );
}

#[test]
fn no_figure_of_the_preset_is_illustrative_and_every_price_is_brought_to_the_tables_year() {
    for preset in PRESETS {
        let impact = run(preset.id, "kr-2023-83", &Overrides::default());
        assert!(impact.people.is_empty());
        let codes: Vec<&str> = impact.notes.iter().map(|n| n.code()).collect();
        assert!(codes.contains(&"deflated_by_table"), "{codes:?}");
        for absent in ["no_deflator", "illustrative_people", "deflators_end"] {
            assert!(!codes.contains(&absent), "{}: {absent}", preset.id);
        }
    }
}

fn leontief(arguments: &str) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("leontief").expect("the program");
    command.args(arguments.split(' ')).assert().success()
}

#[test]
fn presets_are_drawn_and_swept() {
    for preset in PRESETS {
        leontief(&format!(
            "impact {} --draws 200 --seed 1 --lang en",
            preset.id
        ))
        .stdout(contains("How sure"));
        leontief(&format!(
            "sweep {} --vary solar_share=0..1/3 --vary capex=1조..7조/2 --lang en",
            preset.id
        ));
    }
}

#[test]
fn a_preset_is_printed_with_comments_in_the_language_asked_for() {
    leontief("presets ai-hub --lang ko").stdout(
        contains("# 재생에너지로 운영하는")
            .and(contains("# An AI data-centre hub").not())
            .and(contains("#ko").not()),
    );
    leontief("presets ai-hub --lang en").stdout(
        contains("# An AI data-centre hub")
            .and(contains("#ko").not())
            .and(contains("# 재생에너지로").not()),
    );
}

#[test]
fn people_aged_20_to_34_can_be_asked_for() {
    leontief("impact ai-hub --people examples/people/age.csv --lang en --by phase").stdout(
        contains("Aged 20-34")
            .and(contains("Youth Survey").or(contains("youth supplement")))
            .and(contains("llustrative").not()),
    );
}
