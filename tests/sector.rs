//! What the page of a sector says is what the commands that it names say: one figure everywhere.

use assert_cmd::Command;
use std::collections::HashMap;

/// Rows of a command as CSV: code, item, measure, stage and their value.
fn rows(arguments: &str) -> Vec<([String; 4], f64)> {
    let mut command = Command::cargo_bin("leontief").expect("the program is built");
    command.args(arguments.split(' '));
    command.args(["--table", "kr-2023-33", "--format", "csv", "--lang", "en"]);
    let done = command.assert().success();
    let mut reader = csv::Reader::from_reader(done.get_output().stdout.as_slice());
    let rows = reader.records().map(|record| {
        let record = record.expect("as many fields as the header");
        let key = [6, 9, 10, 11].map(|at| record[at].to_owned());
        (key, record[15].parse().expect("a figure"))
    });
    rows.collect()
}

/// The page of electricity: item, measure and stage of its own rows.
fn page() -> HashMap<[String; 3], f64> {
    let own = rows("sector 17").into_iter();
    let own = own.filter(|([code, ..], _)| code == "17");
    own.map(|([_, item, measure, stage], value)| ([item, measure, stage], value))
        .collect()
}

fn of(page: &HashMap<[String; 3], f64>, item: &str, measure: &str, stage: &str) -> f64 {
    let key = [item, measure, stage].map(str::to_owned);
    *page.get(&key).unwrap_or_else(|| panic!("no {key:?}"))
}

fn same(a: f64, b: f64, what: &str) {
    assert!(
        (a - b).abs() <= 1e-9 * a.abs().max(1e-9),
        "{what}: {a} against {b}"
    );
}

/// Figures by sector, whose item, measure and stage the page has as `named` says; how many there are.
fn by_sector(
    page: &HashMap<[String; 3], f64>,
    command: &str,
    named: impl Fn(&str, &str, &str) -> Option<[String; 3]>,
) -> usize {
    let mut met = 0;
    for ([code, item, measure, stage], value) in rows(command) {
        let Some(key) = named(&item, &measure, &stage).filter(|_| code == "17") else {
            continue;
        };
        let found = page
            .get(&key)
            .unwrap_or_else(|| panic!("{command}: no {key:?}"));
        same(value, *found, command);
        met += 1;
    }
    met
}

fn key(item: &str, measure: &str, stage: &str) -> Option<[String; 3]> {
    Some([item, measure, stage].map(str::to_owned))
}

#[test]
fn multipliers_linkages_and_the_matrix() {
    let page = page();
    let effects = by_sector(
        &page,
        "multipliers --by effect --type 2 --sector 17",
        |_, m, s| key("effects", m, s),
    );
    let net = by_sector(&page, "multipliers --form net --sector 17", |_, m, _| {
        key("net", m, "")
    });
    let taxes = by_sector(&page, "multipliers --by tax --sector 17", |_, m, _| {
        key("taxes", m, "")
    });
    let plain = by_sector(&page, "multipliers --sector 17", |_, m, s| {
        let shown = s == "type1" && !m.ends_with("_ratio");
        shown.then(|| key("multiplier", m, ""))?
    });
    let sam = by_sector(&page, "sam", |_, m, s| key("sam", m, s));
    let network = by_sector(&page, "linkages --method network --sector 17", |_, m, _| {
        key("centrality", m, "")
    });
    let linkages = by_sector(
        &page,
        "linkages --method hirschman --sector 17",
        |_, m, s| {
            let id = if s.is_empty() {
                m.to_owned()
            } else {
                format!("{m}_{s}")
            };
            (m != "class").then(|| key("linkage", &id, ""))?
        },
    );
    assert!(
        effects >= 64 && net >= 8 && taxes == 3 && plain >= 10,
        "{effects} {net} {plain}"
    );
    assert!(
        sam >= 23 && network == 8 && linkages == 6,
        "{sam} {network} {linkages}"
    );
}

#[test]
fn chains_and_coefficients() {
    let all = rows("linkages --method influence --pairs 2000");
    let listed = rows("sector 17");
    let chains: HashMap<String, f64> = rows("suppliers --shock 17=1bn --paths 10")
        .into_iter()
        .filter(|([_, _, measure, _], _)| measure == "output_of_path")
        .map(|([_, item, ..], value)| (item, value))
        .collect();
    let (mut pairs, mut paths) = (0, 0);
    for ([code, item, measure, stage], value) in &listed {
        if measure == "tolerable_change" {
            let here = |key: &[String; 4]| (&key[0], &key[1], &key[2]) == (code, item, measure);
            let found = all.iter().find(|(key, _)| here(key)).expect("listed");
            same(*value, found.1, "influence");
            pairs += 1;
        }
        if measure == "output_of_path" && stage == "supplied_by" {
            same(*value, chains[item] / 1e3, "chains");
            paths += 1;
        }
    }
    assert_eq!((pairs, paths), (10, 10));
}

#[test]
fn what_is_lost_without_it() {
    let page = page();
    for ([code, _, measure, stage], value) in rows("extract --all") {
        if code == "17" && stage == "others" {
            let share = value / of(&page, "size", &measure, "total");
            // Imports at its size are those of its product, not the inputs that are no longer needed.
            if measure != "imports" {
                same(
                    share,
                    of(&page, "extraction", &measure, "extraction"),
                    "extract",
                );
            }
        }
    }
    let outage = rows("outage 17 --loss 10% --days 30");
    let sum = |measure: &str, stage: &str| -> f64 {
        let of = |key: &[String; 4]| {
            let by_sector = !key[0].is_empty() && key[1] == "outage";
            by_sector && key[2] == measure && key[3] == stage
        };
        outage
            .iter()
            .filter(|(key, _)| of(key))
            .map(|(_, value)| value)
            .sum()
    };
    for (measure, stage, found) in [
        ("capacity_lost", "", sum("capacity_lost", "")),
        ("output", "by_day", sum("output", "")),
        ("output", "upstream", sum("output", "upstream")),
        ("output", "downstream", sum("output", "downstream")),
        ("value_added", "by_day", sum("value_added", "")),
        (
            "unmet_final_demand",
            "by_day",
            sum("unmet_final_demand", ""),
        ),
    ] {
        assert!(
            (of(&page, "outage", measure, stage) - found).abs() < 1e-3,
            "{measure} {stage}"
        );
    }
    let statics = outage
        .iter()
        .filter(|(key, _)| key[2] == "output" && key[0].is_empty());
    let statics: Vec<_> = statics.collect();
    for model in ["own", "mixed", "supply_driven", "in_proportion"] {
        let found = statics
            .iter()
            .find(|(key, _)| key[1] == model)
            .expect("a model");
        same(of(&page, "outage", "output", model), found.1, model);
    }
    let stop = rows("shortage 17 --imports --share 10%");
    for case in [
        "made_at_home",
        "users_alone",
        "fixed_coefficients",
        "supply_driven",
    ] {
        for measure in ["output", "value_added"] {
            let by_sector = stop.iter().filter(|(key, _)| {
                !key[0].is_empty() && key[1] == case && key[2] == measure && key[3].is_empty()
            });
            let sum: f64 = by_sector.map(|(_, value)| value).sum();
            same(of(&page, "import_stop", measure, case), sum, case);
        }
    }
    let short: f64 = rows("shortage 17")
        .into_iter()
        .filter(|([_, _, measure, stage], _)| measure == "output" && stage == "total")
        .map(|(_, value)| value)
        .sum();
    let per_unit: f64 = rows("sector 17")
        .into_iter()
        .filter(|([_, item, measure, stage], _)| {
            item == "shortage" && measure == "output" && stage.is_empty()
        })
        .map(|(_, value)| value)
        .sum();
    same(per_unit, short / 1e3, "shortage");
}
