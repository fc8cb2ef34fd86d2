//! Results as data: JSON, CSV and their schema, as a program that reads them would find them.

use assert_cmd::Command;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

fn printed(arguments: &[&str], lang: &str) -> String {
    let mut command = Command::cargo_bin("leontief").expect("the program is built");
    command.args(arguments).args(["--lang", lang]);
    let result = command.assert().success();
    String::from_utf8(result.get_output().stdout.clone()).expect("UTF-8")
}

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// Every command that gives figures, with the kind of its result.
const COMMANDS: &[(&str, &str)] = &[
    ("impact ai-hub --draws 64 --cap 45=50억", "impact"),
    ("impact --shock 31=1조", "impact"),
    ("impact ai-hub --draws 32 --sobol", "impact"),
    ("suppliers ai-hub --paths 3", "suppliers"),
    ("suppliers ai-hub --paths 5 --by jobs --to 45", "suppliers"),
    ("price --shock 45=+20% --import-price 06=+10%", "price"),
    ("shortage 45 --amount 1조", "shortage"),
    ("shortage 02 --imports --share 30%", "import_stop"),
    ("update kr-2020-33 --totals kr-2023-33", "update"),
    ("extract 31 32 --share 50%", "extraction"),
    ("outage 45 --loss 10% --days 3 --horizon 5", "outage"),
    (
        "outage 45 --loss 10% --days 3 --horizon 5 --method inoperability --also 31=5%",
        "inoperability",
    ),
    (
        "decompose kr-2020-33 kr-2023-33 --measure jobs --paths 2",
        "decomposition",
    ),
    ("extract --all --kind backward", "extraction_ranking"),
    ("impact examples/scenarios/mixes.toml", "impact"),
    ("impact --shock construction=5조 --taxes", "impact"),
    ("sam --capital-share 30%", "sam"),
    ("sam --from 31 --to households --paths 5", "sam_paths"),
    ("sector 45", "sector"),
    ("compare ai-hub ai-hub-delayed", "comparison"),
    ("regions --compare ai-hub", "regions"),
    ("regions", "provinces"),
    ("multipliers --type 2", "multipliers"),
    ("multipliers --form net --type 2", "multiplier_form"),
    ("multipliers --rounds 3", "multiplier_form"),
    ("multipliers --by effect --type 2", "multiplier_form"),
    ("multipliers --by tax --type 2", "multiplier_form"),
    (
        "multipliers --draws 20 --coefficient-spread 0.1 --type 2 --table kr-2023-33",
        "multiplier_draws",
    ),
    ("linkages", "linkages"),
    ("linkages --method hirschman --weighted", "linkages"),
    ("linkages --method pure", "linkages"),
    ("linkages --method apl --pairs 5", "linkages"),
    ("linkages --method network --by jobs", "linkages"),
    ("linkages --method influence --pairs 5", "linkages"),
    ("multipliers --trend", "trend"),
    ("inducement", "inducement"),
    ("tables", "tables"),
    ("tables kr-2023-83", "tables"),
    ("check", "check"),
    ("check --plan kr-2023-33", "plan"),
    ("check --all", "validation"),
    ("check kr-2022-33 --against kr-2023-33", "table_comparison"),
    ("sectors --search 반도체", "sectors"),
    ("sweep ai-hub --vary capex=1조..3조/3", "sweep"),
    ("import examples/tables/korea-small", "imported"),
    (
        "import examples/tables/three-countries-2020.csv --country BBB",
        "imported",
    ),
    (
        "trade --table examples/tables/three-countries-2020.csv",
        "trade",
    ),
    ("regionalize --region Ulsan", "regionalized"),
    ("multipliers --households all", "households"),
    ("supply-use examples/supply-use --year 2022", "supply_use"),
];

/// The names at the top of an indented JSON document, as often as they stand there.
fn top_names(json: &str) -> Vec<&str> {
    let top = json.lines().filter_map(|line| line.strip_prefix("  \""));
    top.filter_map(|line| line.split_once("\": ").map(|(name, _)| name))
        .collect()
}

#[test]
fn every_result_says_its_version_and_kind_and_is_the_same_in_every_language() {
    for (line, kind) in COMMANDS.iter().copied() {
        let arguments = [words(line), vec!["--format", "json"]].concat();
        let json = printed(&arguments, "en");
        assert_eq!(json, printed(&arguments, "ko"), "{line}");
        let read: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(read["schema_version"], 1, "{line}");
        assert_eq!(read["kind"], kind, "{line}");
        let names = top_names(&json);
        let once: BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!(names.len(), once.len(), "{line}: {names:?}");
    }
}

#[test]
fn every_result_has_the_same_columns_and_no_figure_twice() {
    for (line, _) in COMMANDS.iter().copied() {
        let arguments = [words(line), vec!["--format", "csv"]].concat();
        let text = printed(&arguments, "en");
        assert_eq!(text, printed(&arguments, "ko"), "{line}");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().expect("a header").clone();
        let columns = leontief::report::data::COLUMNS;
        assert_eq!(
            header.iter().take(17).collect::<Vec<_>>(),
            columns,
            "{line}"
        );
        let mut seen: HashMap<Vec<String>, usize> = HashMap::new();
        for record in reader.records() {
            let record = record.expect("as many fields as the header");
            assert!(record[15].parse::<f64>().is_ok(), "{line}: {record:?}");
            let key: Vec<String> = (0..record.len())
                .filter(|at| *at != 15)
                .map(|at| record[at].to_owned())
                .collect();
            *seen.entry(key).or_default() += 1;
        }
        assert!(!seen.is_empty(), "{line}");
        // Two lines of spending may be alike in all but their amounts.
        let twice = seen
            .iter()
            .find(|(key, n)| **n > 1 && key[10] != "spending_line");
        assert_eq!(twice, None, "{line}");
    }
}

fn sum(json: &Value) -> f64 {
    let values = json.as_array().expect("a list");
    values.iter().map(|v| v.as_f64().expect("a number")).sum()
}

#[test]
fn headline_sums_of_json_and_rows_of_csv_are_the_same_figures_in_one_unit() {
    let json = printed(&["impact", "ai-hub", "--format", "json"], "en");
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["money"]["currency"], "KRW");
    assert_eq!(json["money"]["scale"], 1e6);
    let csv = printed(&["impact", "ai-hub", "--format", "csv"], "en");
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(csv.as_bytes())
        .records()
        .map(|r| r.expect("a row"))
        .collect();
    for (key, kind) in [("one_off", "one-off"), ("recurring", "recurring")] {
        let head = &json["headline"][key];
        let number = |v: &Value| v.as_f64().expect("a number");
        let spent = &head["spending"];
        let parts =
            ["domestic", "imported", "tax", "capital_income"].map(|part| number(&spent[part]));
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
        assert!(close(parts.iter().sum(), number(&spent["total"])));
        assert!(close(
            number(&spent["domestic"]),
            number(&head["output"]["direct"])
        ));
        for measure in ["output", "value_added", "imports", "jobs", "compensation"] {
            let of = &head[measure];
            let (first, second) = (number(&of["direct"]), number(&of["indirect"]));
            assert!(close(first + second, number(&of["type1"])));
            for stage in ["direct", "indirect", "induced"] {
                let of_rows = rows.iter().filter(|r| {
                    r[2].is_empty() && &r[3] == kind && r[4].is_empty() && &r[10] == measure
                });
                let of_stage = of_rows.filter(|r| &r[11] == stage && !r[6].is_empty());
                let total: f64 = of_stage
                    .map(|r| r[15].parse::<f64>().expect("number"))
                    .sum();
                assert!(close(total, number(&of[stage])), "{measure} {stage}");
                let sectors = json["by_sector"].as_object().expect("by code");
                let by_code = sectors.values().map(|s| number(&s[key][measure][stage]));
                assert!(
                    close(by_code.sum(), number(&of[stage])),
                    "{measure} {stage}"
                );
            }
        }
        assert!(close(
            sum(&json[key]["output"]["direct"]),
            number(&head["output"]["direct"])
        ));
        assert!(close(
            number(&json[key]["spending"]["total"]),
            number(&spent["total"])
        ));
    }
    for note in json["notes"].as_array().expect("notes") {
        let code = note["code"].as_str().expect("a code");
        assert!(
            code.chars()
                .all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit())
        );
        assert!(note["figures"].is_object() && note["text"]["ko"].is_string());
    }
}

#[test]
fn the_years_of_a_phase_add_up_to_it() {
    let csv = printed(&["impact", "ai-hub", "--format", "csv"], "en");
    let mut of_years: HashMap<(String, String, String), f64> = HashMap::new();
    let mut of_phase = of_years.clone();
    for row in csv::Reader::from_reader(csv.as_bytes()).records() {
        let row = row.expect("a row");
        if row[2].is_empty() || &row[3] != "one-off" || !row[9].is_empty() || row[11].is_empty() {
            continue;
        }
        let key = (row[2].to_owned(), row[10].to_owned(), row[11].to_owned());
        let sums = if row[4].is_empty() {
            &mut of_phase
        } else {
            &mut of_years
        };
        *sums.entry(key).or_default() += row[15].parse::<f64>().expect("a number");
    }
    assert!(of_years.len() > 20);
    for (key, value) in of_years {
        assert!(
            (value - of_phase[&key]).abs() <= 1e-9 * value.abs().max(1.0),
            "{key:?}"
        );
    }
}

#[test]
fn a_sweep_has_its_parameters_as_columns_in_the_unit_of_all_money() {
    let arguments = [
        "sweep",
        "ai-hub",
        "--vary",
        "capex=1조..3조/3",
        "--format",
        "csv",
    ];
    let text = printed(&arguments, "en");
    assert!(
        text.lines()
            .next()
            .expect("a header")
            .ends_with(",unit,capex")
    );
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let capex: BTreeSet<String> = reader
        .records()
        .map(|r| r.expect("a row")[17].to_owned())
        .collect();
    assert_eq!(
        capex.into_iter().collect::<Vec<_>>(),
        ["1000000", "2000000", "3000000"]
    );
}

/// Whether a value is as a schema says, with every field named in it: the part of JSON Schema that is
/// used, in a sentence where it is broken.
fn valid(value: &Value, schema: &Value, root: &Value, at: &str) -> Result<(), String> {
    if let Some(to) = schema["$ref"].as_str() {
        let place = to.trim_start_matches('#');
        return valid(value, root.pointer(place).expect("a definition"), root, at);
    }
    for any in ["anyOf", "oneOf"] {
        if let Some(choices) = schema[any].as_array() {
            let mut tried = choices.iter().map(|s| valid(value, s, root, at));
            return match tried.clone().any(|r| r.is_ok()) {
                true => Ok(()),
                false => tried.next_back().unwrap_or(Ok(())),
            };
        }
    }
    if let Some(only) = schema.get("const").filter(|only| *only != value) {
        return Err(format!("{at}: {value} is not {only}"));
    }
    if let Some(all) = schema["enum"].as_array().filter(|all| !all.contains(value)) {
        return Err(format!("{at}: {value} is none of {all:?}"));
    }
    let name = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let types = match &schema["type"] {
        Value::Array(types) => types.clone(),
        Value::Null => Vec::new(),
        one => vec![one.clone()],
    };
    let fits = |t: &Value| t == name || (t == "integer" && value.is_i64() | value.is_u64());
    if !types.is_empty() && !types.iter().any(fits) {
        return Err(format!("{at}: {name} instead of {types:?}"));
    }
    if let Some(object) = value.as_object().filter(|_| name == "object") {
        let known = schema["properties"].as_object();
        for needed in schema["required"].as_array().into_iter().flatten() {
            let needed = needed.as_str().expect("a name");
            if !object.contains_key(needed) {
                return Err(format!("{at}: {needed} is missing"));
            }
        }
        for (key, of) in object {
            let of_key = known.and_then(|known| known.get(key));
            let schema = of_key.or_else(|| schema.get("additionalProperties"));
            match schema {
                Some(Value::Bool(true)) => {}
                Some(schema @ Value::Object(_)) => valid(of, schema, root, &format!("{at}/{key}"))?,
                _ => return Err(format!("{at}: {key} is not in the schema")),
            }
        }
    }
    for (i, of) in value.as_array().into_iter().flatten().enumerate() {
        let item = schema["prefixItems"].get(i).unwrap_or(&schema["items"]);
        valid(of, item, root, &format!("{at}/{i}"))?;
    }
    Ok(())
}

#[test]
fn every_result_is_as_its_schema_says_with_no_field_left_out() {
    for (line, kind) in COMMANDS.iter().copied() {
        let json = printed(&[words(line), vec!["--format", "json"]].concat(), "en");
        let schema = printed(&["schema", "--of", kind], "en");
        let json: Value = serde_json::from_str(&json).expect("JSON");
        let schema: Value = serde_json::from_str(&schema).expect("a schema");
        assert_eq!(valid(&json, &schema, &schema, kind), Ok(()), "{line}");
        let mut other = json.clone();
        other["kind"] = "another".into();
        assert!(valid(&other, &schema, &schema, kind).is_err(), "{line}");
    }
}

#[test]
fn the_rows_of_a_policy_name_what_is_with_it_and_what_is_without() {
    let example = "impact examples/scenarios/hub-economics.toml --format csv";
    let text = printed(&words(example), "en");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    // item, measure, stage and value are columns 9, 10, 11 and 15.
    let value = |item: &str, measure: &str, stage: &str| -> f64 {
        let mut found = records
            .iter()
            .filter(|r| &r[9] == item && &r[10] == measure && &r[11] == stage);
        let record = found.next().unwrap_or_else(|| panic!("{item} {measure}"));
        record[15].parse().expect("a number")
    };
    for stage in ["type1", ""] {
        let of = |measure| {
            let item = |item| value(item, measure, stage);
            item("with policy") - item("without policy")
        };
        assert!(of("output") > 0.0 && of("value_added") > 0.0 && of("jobs") > 0.0);
        assert!(of("imports_all") < 0.0);
    }
    // The industry at a share: its item says which.
    let half = value("included at replaced_share 0.5", "other_value_added", "");
    assert_eq!(half, value("included", "other_value_added", ""));
    assert!(value("included at replaced_share 1", "other_value_added", "") > half);
}

/// Value added carries the net product taxes of home products; with the taxes on imports it is GDP.
#[test]
fn gdp_at_market_prices_stands_ready_beside_value_added() {
    let json = printed(&["impact", "ai-hub", "--format", "json"], "en");
    let read: Value = serde_json::from_str(&json).expect("JSON");
    let leakage = read["leakage"].as_array().expect("leakage");
    for (at, kind) in ["one_off", "recurring"].into_iter().enumerate() {
        let headline = &read["headline"][kind];
        let number = |v: &Value| v.as_f64().expect("a number");
        let taxes = &leakage[at]["taxes"];
        let type1 = number(&headline["value_added"]["type1"])
            + number(&taxes["direct"])
            + number(&taxes["inputs"]);
        let gdp = &headline["gdp_at_market_prices"];
        assert!(
            (number(&gdp["type1"]) - type1).abs() < 1e-9 * type1,
            "{kind}"
        );
        assert!(number(&gdp["type2"]) > number(&gdp["type1"]));
    }
}

#[test]
fn what_an_import_did_goes_to_a_file_by_its_ending_and_the_table_to_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let small = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/tables/korea-small");
    for (arguments, file) in [
        (&["-o", "a.json"][..], "a.json"),
        (&["-o", "b.csv", "--to", "mine"][..], "b.csv"),
    ] {
        let mut command = Command::cargo_bin("leontief").expect("the program is built");
        command.current_dir(folder.path()).args(["import", small]);
        command.args(arguments).assert().success();
        assert!(folder.path().join(file).is_file(), "{file}");
    }
    let json = std::fs::read_to_string(folder.path().join("a.json")).expect("written");
    let json: Value = serde_json::from_str(&json).expect("JSON");
    // Output 310 less intermediate inputs of 117; imported flows are total less domestic ones.
    assert_eq!(json["checks"]["gdp"]["income"], 193.0);
    let blocks = json["blocks"].as_array().expect("a list");
    let imported = blocks.iter().find(|b| b["name"] == "imported_flows");
    assert_eq!(imported.expect("a block")["status"], "derived");
    let csv = std::fs::read_to_string(folder.path().join("b.csv")).expect("written");
    assert!(
        csv.contains("output") && csv.contains("million KRW"),
        "{csv}"
    );
    assert!(folder.path().join("mine/table.toml").is_file());
}
