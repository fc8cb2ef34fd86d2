//! Draws, sweeps and comparisons from the command line, in every format.

#![cfg(feature = "cli")]

use assert_cmd::Command;
use predicates::str::contains;
use std::path::Path;

const SCENARIO: &str = r#"
[scenario]
name = { en = "Trial", ko = "시험" }
horizon = 2031

[parameters]
capex = { value = "2조", shape = "pert", range = ["1.5조", "3조"] }
gpu_domestic = { value = 0.1, range = [0.0, 0.3] }

[[phase]]
name = { en = "Build", ko = "건설" }
kind = "one-off"
start = 2027
duration = "2 years"
[[phase.spending]]
what = "34"
amount = "capex * 60%"
domestic_share = "gpu_domestic"
[[phase.spending]]
what = "50"
amount = "capex * 40%"

[[phase]]
name = { en = "Operation", ko = "운영" }
kind = "recurring"
start = 2029
[[phase.spending]]
what = "45"
amount = { value = "1000억", shape = "uniform", range = ["800억", "1200억"] }
domestic_share = 1.0
"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("trial.toml"), SCENARIO).expect("written");
    let late = "extends = \"trial.toml\"\n[scenario]\nname = \"Late\"\n[[phase]]\nname = \"Build\"\n\
                delay = \"12 months\"\n";
    std::fs::write(folder.path().join("late.toml"), late).expect("written");
    folder
}

fn leontief(folder: &Path, args: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("leontief").expect("built");
    command
        .current_dir(folder)
        .args(["--lang", "en"])
        .args(args);
    command.assert()
}

fn output(folder: &Path, args: &[&str]) -> String {
    let shown = leontief(folder, args).success();
    String::from_utf8(shown.get_output().stdout.clone()).expect("UTF-8")
}

const DRAWS: [&str; 6] = ["impact", "trial.toml", "--draws", "400", "--seed", "3"];

#[test]
fn draws_are_shown_in_every_format() {
    let folder = folder();
    let with = |more: &[&str]| output(folder.path(), &[&DRAWS[..], more].concat());
    let text = with(&[]);
    for part in [
        "How sure",
        "400 draws, seed 3",
        "What drives the spread",
        "Rank",
        "capex",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(with(&["--details"]).contains("no correlation"));
    // Nothing of the progress bar where nobody watches.
    assert_eq!(text, with(&[]));
    assert!(with(&["--lang", "ko"]).contains("불확실성"));
    assert!(with(&["--by", "year"]).contains("How sure · year by year"));
    assert!(with(&["--format", "markdown"]).contains("## How sure"));
    assert!(with(&["--format", "csv"]).contains(",one-off,,,,,,,value_added,,,p95,,"));
    let json: serde_json::Value = serde_json::from_str(&with(&["--format", "json"])).expect("JSON");
    let ensemble = &json["uncertainty"];
    assert_eq!(ensemble["draws"], 400);
    assert_eq!(ensemble["years"].as_array().map(Vec::len), Some(5));
    let twice = with(&["--format", "json", "--scale", "2x"]);
    let twice: serde_json::Value = serde_json::from_str(&twice).expect("JSON");
    let median = |json: &serde_json::Value| {
        json["uncertainty"]["figures"][0]["spread"]["median"]
            .as_f64()
            .expect("a number")
    };
    assert!((median(&twice) / median(&json) - 2.0).abs() < 1e-12);
    let path = folder.path().join("draws.xlsx");
    with(&["-o", path.to_str().expect("a path")]);
    assert!(std::fs::metadata(path).expect("written").len() > 1_000);
}

#[test]
fn draws_that_cannot_be_are_refused() {
    let folder = folder();
    let refused = |args: &[&str], why: &'static str| {
        leontief(folder.path(), args)
            .failure()
            .stderr(contains(why));
    };
    let shock = ["impact", "--shock", "31=1조", "--draws", "50"];
    let certain = [&shock[..], &["--split-error", "0"]].concat();
    refused(&certain, "--coefficient-spread 0.1");
    let estimated = leontief(folder.path(), &shock).success();
    estimated.stdout(contains("import shares off by 0.0082 on average"));
    for (error, why) in [("0.9", "cannot be meant"), ("0.4", "leave")] {
        refused(&[&shock[..], &["--split-error", error]].concat(), why);
    }
    leontief(
        folder.path(),
        &[&shock[..], &["--coefficient-spread", "0.1"]].concat(),
    )
    .success()
    .stdout(contains("How sure"));
    refused(
        &["impact", "trial.toml", "--draws", "-1"],
        "write a whole number, 0 for none",
    );
    refused(
        &[
            "impact",
            "trial.toml",
            "--draws",
            "5",
            "--coefficient-spread",
            "9",
        ],
        "cannot be meant",
    );
    refused(&["impact", "trial.toml", "--seed", "5"], "--draws");
    refused(
        &[
            "impact",
            "--output-shock",
            "31=1조",
            "--draws",
            "5",
            "--coefficient-spread",
            "0.1",
        ],
        "depends on the coefficients",
    );
    let fixed = [
        "impact",
        "trial.toml",
        "--set",
        "capex=2조",
        "--set",
        "gpu_domestic=0.1",
        "--draws",
        "5",
    ];
    leontief(folder.path(), &fixed).success();
}

#[test]
fn sweeps_are_tidy() {
    let folder = folder();
    let sweep = [
        "sweep",
        "trial.toml",
        "--vary",
        "capex=1조..4조/4",
        "--vary",
        "gpu_domestic=0..0.5/6",
    ];
    let with = |more: &[&str]| output(folder.path(), &[&sweep[..], more].concat());
    assert!(with(&[]).contains("4,000.0"));
    assert!(with(&["--top", "5"]).contains("5 of 24 cells"));
    let csv = with(&["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let spent: Vec<f64> = reader
        .records()
        .map(|r| r.expect("a row"))
        .filter(|r| &r[3] == "one-off" && &r[10] == "spending" && r[11].is_empty())
        .map(|r| r[15].parse().expect("a number"))
        .collect();
    assert_eq!(spent.len(), 24);
    assert_eq!([spent[0], spent[23]], [1e6, 4e6]);
    let json: serde_json::Value = serde_json::from_str(&with(&["--format", "json"])).expect("JSON");
    let rows = json["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), csv.lines().count() - 1);
    assert_eq!(rows[0]["capex"], 1e6);
    assert_eq!(rows[0]["measure"], "spending");
    let parquet = [&sweep[..], &["-o", "grid.parquet"]].concat();
    if cfg!(feature = "parquet") {
        leontief(folder.path(), &parquet).success();
        let bytes = std::fs::read(folder.path().join("grid.parquet")).expect("written");
        assert_eq!(
            (&bytes[..4], &bytes[bytes.len() - 4..]),
            (&b"PAR1"[..], &b"PAR1"[..])
        );
    } else {
        leontief(folder.path(), &parquet)
            .failure()
            .stderr(contains("--features parquet"));
    }
    let refused = |vary: &str, why: &'static str| {
        leontief(folder.path(), &["sweep", "trial.toml", "--vary", vary])
            .failure()
            .stderr(contains(why));
    };
    refused("capx=1조..4조/4", "did you mean capex?");
    refused("capex=1..4/4", "an amount of money");
    refused("gpu_domestic=0..2/3", "must be in 0..1");
    refused("gpu_domestic=0..1", "how many steps");
    refused("gpu_domestic=0..1/1000001", "number of steps");
}

#[test]
fn scenarios_are_held_side_by_side() {
    let folder = folder();
    let compare = ["compare", "trial.toml", "late.toml"];
    let with = |more: &[&str]| output(folder.path(), &[&compare[..], more].concat());
    let text = with(&[]);
    for part in [
        "against trial",
        "Peak year",
        "Over all years",
        "Ratio",
        "late less",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(with(&["--base", "late.toml"]).contains("against late"));
    assert!(with(&["--lang", "ko"]).contains("정점"));
    let json: serde_json::Value = serde_json::from_str(&with(&["--format", "json"])).expect("JSON");
    assert_eq!(json["compared"][1]["id"], "late");
    assert_eq!(json["years"].as_array().map(Vec::len), Some(5));
    leontief(folder.path(), &["compare", "trial.toml"]).failure();
    leontief(
        folder.path(),
        &["compare", "trial.toml", "late.toml", "--base", "x"],
    )
    .failure()
    .stderr(contains("not among"));
    leontief(folder.path(), &["compare", "ai-hub", "ai-hub-delayed"]).success();
}

#[test]
fn json_is_the_same_to_the_byte_on_any_number_of_threads() {
    let folder = folder();
    let results: [&[&str]; 4] = [
        &["impact", "ai-hub"],
        &["impact", "ai-hub", "--draws", "2000"],
        &[
            "impact",
            "trial.toml",
            "--draws",
            "300",
            "--coefficient-spread",
            "0.1",
        ],
        &[
            "sweep",
            "ai-hub",
            "--vary",
            "capex=1조..30조/40",
            "--vary",
            "gpu_domestic=0..0.5/11",
        ],
    ];
    for arguments in results {
        let on = |threads: &str| {
            let mut command = Command::cargo_bin("leontief").expect("built");
            command.current_dir(&folder).args(arguments);
            command.args(["--format", "json"]);
            command.env("RAYON_NUM_THREADS", threads);
            command.assert().success().get_output().stdout.clone()
        };
        let alone = on("1");
        assert!(alone.len() > 1_000, "{arguments:?}");
        for threads in ["2", "5"] {
            assert!(on(threads) == alone, "{arguments:?} on {threads} threads");
        }
    }
}

/// Every draw, told, has the quantiles that are told; what was drawn stands beside what came of it.
#[test]
fn all_draws_are_told_when_asked_for() {
    let folder = folder();
    let with = |more: &[&str]| output(folder.path(), &[&DRAWS[..], more].concat());
    let json: serde_json::Value =
        serde_json::from_str(&with(&["--all-draws", "--format", "json"])).expect("JSON");
    let each = json["uncertainty"]["each"].as_array().expect("draws");
    let of = |id: &str, kind: Option<&str>| -> Vec<f64> {
        let found = each
            .iter()
            .find(|e| e["id"] == id && e["kind"].as_str() == kind);
        let values = found.and_then(|e| e["values"].as_array()).expect(id);
        values
            .iter()
            .map(|v| v.as_f64().expect("a number"))
            .collect()
    };
    let (spent, capex) = (of("spending", Some("one-off")), of("capex", None));
    assert_eq!((spent.len(), capex.len()), (400, 400));
    // All of the one-off spending is capex, both in millions.
    for (spent, capex) in spent.iter().zip(&capex) {
        assert!((spent - capex).abs() < 1e-6 * capex, "{spent} {capex}");
    }
    let figures = json["uncertainty"]["figures"].as_array().expect("figures");
    let told = figures
        .iter()
        .find(|f| f["id"] == "spending" && f["kind"] == "one-off")
        .expect("spending");
    let mut sorted = spent.clone();
    sorted.sort_by(f64::total_cmp);
    let median = (sorted[199] + sorted[200]) / 2.0;
    assert_eq!(told["spread"]["median"], median);
    let csv = with(&["--all-draws", "--format", "csv"]);
    let rows = csv.lines().filter(|l| l.contains(",drawn,"));
    assert_eq!(rows.count(), 3 * 400, "three figures are drawn");
    assert!(!with(&["--format", "csv"]).contains(",drawn,"));
}

#[test]
fn a_handful_of_draws_claims_no_band() {
    let folder = folder();
    let few = ["impact", "trial.toml", "--draws", "5", "--seed", "3"];
    let text = output(folder.path(), &few);
    assert!(text.contains("Too few draws for a band") && !text.contains("Nine in ten"));
}
