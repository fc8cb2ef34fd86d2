//! The program by its command line: what it prints, where, and with which exit code.

mod common;

use assert_cmd::Command;
use common::{Folder, open};
use leontief::analysis::Multipliers;
use leontief::impact::tiers::Suppliers;
use leontief::scenario::Note;
use leontief::uncertainty::Estimate;
use predicates::prelude::*;
use predicates::str::contains;
use std::io::Read;
use std::process::Stdio;

/// The program in an environment that says nothing.
fn leontief(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("leontief").expect("the program is built");
    for name in ["LANG", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS"] {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

/// What a command prints; it prints nothing to standard error and exits with 0.
#[track_caller]
fn stdout(arguments: &[&str]) -> String {
    let result = leontief(arguments).assert().success().stderr("");
    String::from_utf8(result.get_output().stdout.clone()).expect("UTF-8")
}

/// What a command that fails says; it prints nothing to standard output.
#[track_caller]
fn failure(arguments: &[&str]) -> String {
    let result = leontief(arguments).assert().code(1).stdout("");
    let text = String::from_utf8(result.get_output().stderr.clone()).expect("UTF-8");
    assert!(text.starts_with("leontief: "), "{text}");
    assert!(!text.contains("panicked"), "{text}");
    text
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "'{part}' is not in:\n{text}");
    }
}

/// The line that begins with some words.
#[track_caller]
fn line<'a>(text: &'a str, start: &str) -> &'a str {
    text.lines()
        .find(|line| line.trim_start().starts_with(start))
        .unwrap_or_else(|| panic!("no line '{start}' in:\n{text}"))
}

#[test]
fn alone_it_says_where_to_begin() {
    let help = stdout(&[]);
    has(
        &help,
        &[
            "leontief impact ai-hub",
            "leontief impact --shock construction=5조",
            "leontief multipliers --sort jobs",
        ],
    );
    assert_eq!(help.matches("\n  leontief ").count(), 3);
}

#[test]
fn construction_as_published() {
    let text = stdout(&["impact", "--shock", "19=5조", "--table", "kr-2023-33"]);
    // Direct, indirect, both, and what households add, a line a measure.
    for (measure, type_1) in [
        ("Output", "10,291.9"),
        ("Value added", "3,980.4"),
        ("Jobs", "45,785"),
    ] {
        has(line(&text, measure), &[type_1]);
    }
    has(&text, &["about 20 % of the yearly spending"]);
    // Prices, source and what was assumed stand with the figures.
    has(
        &text,
        &["kr-2023-33", "Bank of Korea", "price", "Types I and II"],
    );
    let korean = stdout(&[
        "impact",
        "--shock",
        "건설=5조",
        "--table",
        "kr-2023-33",
        "--lang",
        "ko",
    ]);
    has(&korean, &["102,919", "39,804", "45,785", "억원", "취업"]);
    assert!(!korean.contains("Value added"), "{korean}");
}

#[test]
fn the_language_is_that_of_the_environment() {
    let result = leontief(&["tables"])
        .env("LANG", "ko_KR.UTF-8")
        .assert()
        .success();
    let text = String::from_utf8_lossy(&result.get_output().stdout).into_owned();
    has(&text, &["내장 산업연관표", "한국은행"]);
}

#[test]
fn presets_are_scenarios_that_run() {
    has(&stdout(&["presets"]), &["ai-hub"]);
    let file = stdout(&["presets", "ai-hub"]);
    has(&file, &["[scenario]", "[[phase]]", "[[phase.spending]]"]);
    let text = stdout(&["impact", "ai-hub"]);
    has(&text, &["kr-2023-83", "Type I"]);
    // What is printed is a file that can be given back.
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("own.toml");
    std::fs::write(&path, file).expect("a file");
    let own = stdout(&["impact", path.to_str().expect("UTF-8")]);
    assert_eq!(own, text);
}

#[test]
fn multipliers() {
    let text = stdout(&[
        "multipliers",
        "--table",
        "kr-2023-33",
        "--sort",
        "jobs",
        "--top",
        "2",
    ]);
    has(line(&text, "01"), &["1.964", "23.9"]);
    has(&text, &["1.038"]);
    let csv = stdout(&[
        "multipliers",
        "--table",
        "kr-2023-33",
        "--sector",
        "건설",
        "--format",
        "csv",
    ]);
    has(&csv, &["2.0583"]);
    let two = stdout(&[
        "multipliers",
        "--type",
        "2",
        "--sector",
        "31",
        "--sector",
        "45",
    ]);
    has(&two, &["Type II", "Semiconductors", "Electricity"]);
    let trend = stdout(&["multipliers", "--trend", "--sector", "19", "--lang", "ko"]);
    has(
        &trend,
        &["2020", "2022", "2023", "취업유발계수의 변화, 2020~2023년"],
    );
    has(
        &failure(&["multipliers", "--sort", "height"]),
        &["height", "value_added", "jobs"],
    );
    has(
        &failure(&["multipliers", "--type", "2", "--table", "kr-2022-33"]),
        &["kr-2022-33", "needs flows"],
    );
    has(
        &failure(&["multipliers", "--household-share", "0.5"]),
        &["--type 2"],
    );
    let json = stdout(&["multipliers", "--table", "kr-2023-33", "--format", "json"]);
    let read: Multipliers = serde_json::from_str(&json).expect("a result");
    assert_eq!(read.sectors.len(), 33);
}

#[test]
fn built_in_groups_are_those_of_the_press_releases() {
    let groups = ["multipliers", "--table", "kr-2020-83", "--groups", "bok-6"];
    let text = stdout(&groups);
    // Jobs per billion won of 2020 as BOK prints them, employees of services.
    for (group, jobs) in [("1", "25.3"), ("2", "8.3"), ("5", "10.5"), ("6", "11.5")] {
        has(line(&text, group), &[jobs]);
    }
    has(line(&text, "6"), &["8.6"]);
    let unknown = ["multipliers", "--table", "kr-2020-83", "--groups", "bok-7"];
    has(&failure(&unknown), &["bok-7"]);
}

#[test]
fn inducement_by_item() {
    let text = stdout(&["inducement", "--table", "kr-2023-33", "--lang", "ko"]);
    has(
        &text,
        &[
            "생산유발",
            "부가가치유발",
            "수입유발",
            "취업유발",
            "유발의존도",
            "민간소비",
        ],
    );
    has(&text, &["1.827", "0.752", "0.248", "8.2"]);
    has(
        &failure(&["inducement", "--table", "kr-2022-33"]),
        &["needs flows"],
    );
}

#[test]
fn suppliers_by_tier_and_by_chain() {
    let text = stdout(&[
        "suppliers",
        "--shock",
        "건물=5조",
        "--top",
        "3",
        "--paths",
        "2",
    ]);
    has(&text, &["Tier 0", "Tier 3", "Rest", "All other chains"]);
    // A shock watches nothing.
    assert!(!text.contains("★") && !text.contains("Watched"), "{text}");
    has(
        line(&text, "Building construction"),
        &["← Fabricated metal"],
    );
    has(line(&text, "The demand itself"), &["5,000.0"]);
    let json = stdout(&[
        "suppliers",
        "--shock",
        "건물=5조",
        "--paths",
        "--format",
        "json",
    ]);
    let read: Suppliers = serde_json::from_str(&json).expect("a result");
    let (_, paths) = &read.paths[0];
    assert_eq!(paths.paths.len(), 10);
    let listed: f64 = paths.paths.iter().map(|path| path.value).sum();
    assert!((listed + paths.remainder - paths.total).abs() < 1e-3);
}

#[test]
fn suppliers_stand_with_what_the_impact_warns_of() {
    let mining = ["suppliers", "--shock", "02=1조", "--table", "kr-2023-33"];
    has(&stdout(&mining), &["Warnings", "98 % of what"]);
    let read: Suppliers =
        serde_json::from_str(&stdout(&[&mining[..], &["--format", "json"]].concat()))
            .expect("a result");
    let codes: Vec<&str> = read.warnings.iter().map(Note::code).collect();
    assert_eq!(codes, ["estimated_blocks", "shock_all_domestic"]);
}

#[test]
fn the_industries_that_a_scenario_watches_are_marked_in_each_table() {
    let hub =
        |preset: &str, table: &str| stdout(&["suppliers", preset, "--top", "1", "--table", table]);
    let of_83 = hub("ai-hub-delayed", "kr-2023-83");
    has(line(&of_83, "31 "), &["Semiconductors", "★ semiconductors"]);
    has(line(&of_83, "62 "), &["Software", "★ software"]);
    // One sector of the wider table holds two of them.
    let of_33 = hub("ai-hub", "kr-2023-33");
    has(&of_33, &["★ software, telecom", "the scenario watches"]);
}

#[test]
fn prices() {
    let text = stdout(&["price", "--shock", "45=+20%"]);
    has(&text, &["Electricity"]);
    has(&failure(&["price", "--shock", "45=-150%"]), &["below zero"]);
}

#[test]
fn tables_and_sectors() {
    let tables = stdout(&["tables"]);
    has(
        &tables,
        &[
            "kr-2023-83",
            "kr-2023-33",
            "kr-2022-33",
            "kr-2021-33",
            "kr-2020-165",
            "kr-2020-83",
            "kr-2020-33",
            "kr-2020-regions",
        ],
    );
    let one = stdout(&["tables", "kr-2023-83", "--provenance"]);
    has(&one, &["ESTIMATED", "published", "271Y120"]);
    has(
        &stdout(&["sectors", "--search", "semi"]),
        &["31", "Semiconductors"],
    );
    has(&stdout(&["regions"]), &["전남", "Seoul"]);
}

#[test]
fn the_doctor() {
    for id in [
        "kr-2023-83",
        "kr-2023-33",
        "kr-2022-33",
        "kr-2021-33",
        "kr-2020-165",
        "kr-2020-83",
        "kr-2020-33",
    ] {
        has(&stdout(&["check", id]), &[id, "in order"]);
    }
    let folder = Folder::of(&open("kr-2023-33"));
    folder.change("domestic_flows.csv", "05", "19", |value| value + 54_321.0);
    leontief(&["check", folder.name()])
        .assert()
        .code(1)
        .stderr("")
        .stdout(contains("cell row 05, column 19 is off by +54321.000"));
    leontief(&["check", folder.name(), "--lang", "ko"])
        .assert()
        .code(1)
        .stdout(contains("05행 19열의 값이 +54321.000만큼 어긋남"));
    let against = stdout(&["check", "kr-2023-83", "--against", "kr-2023-33"]);
    has(&against, &["Difference", "Output multipliers", "Totals"]);
}

#[test]
fn a_table_of_ones_own() {
    let folder = Folder::two_sectors();
    let text = stdout(&["impact", "--shock", "1=100억", "--table", folder.name()]);
    has(line(&text, "Output"), &["15.18"]);
    folder.change("domestic_flows.csv", "2", "1", |value| value + 50.0);
    let error = failure(&["impact", "--shock", "1=100억", "--table", folder.name()]);
    has(
        &error,
        &[
            "domestic_flows.csv:3: 1",
            "does not balance",
            "row 2, column 1",
        ],
    );
}

#[test]
fn what_was_probably_meant() {
    has(
        &failure(&["impact", "--shock", "반도채=1조"]),
        &["반도채", "31 Semiconductors (반도체)"],
    );
    has(
        &failure(&["impact", "--shock", "31=1조조"]),
        &["1조조", "조"],
    );
    has(&failure(&["impact", "--shock", "31"]), &["SECTOR=AMOUNT"]);
    has(&failure(&["impact", "--shock", "31=$5bn"]), &["--fx"]);
    has(&failure(&["impact", "hub-ai"]), &["hub-ai", "ai-hub"]);
    has(&failure(&["impact"]), &["leontief impact ai-hub"]);
    has(
        &failure(&["impact", "--shock", "31=1조", "--table", "kr-2024"]),
        &["kr-2024", "kr-2023-83"],
    );
    // A word that is no command: clap's own message and its exit code.
    leontief(&["impcat"])
        .assert()
        .code(2)
        .stderr(contains("impact"));
}

#[test]
fn a_scenario_with_an_unknown_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("hub.toml");
    let text = "[scenario]\nname = \"Hub\"\n\n[[phase]]\nname = \"Build\"\nknid = \"one-off\"\n";
    std::fs::write(&path, text).expect("a file");
    let error = failure(&["impact", path.to_str().expect("UTF-8")]);
    has(&error, &["hub.toml:6", "knid", "kind"]);
}

#[test]
fn files_are_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let entries = || std::fs::read_dir(folder.path()).expect("a folder").count();
    let shock = ["impact", "--shock", "31=1조", "-o"];
    let with = |out: &str| failure(&[&shock[..], &[out]].concat());
    has(&with(&path("nowhere/out.csv")), &["nowhere/out.csv"]);
    has(&with(&path("out.docx")), &["docx"]);
    failure(&["impact", "--shock", "nothing=1조", "-o", &path("out.csv")]);
    assert_eq!(entries(), 0, "nothing is left behind");
    for ending in ["csv", "json", "md", "xlsx"] {
        let out = path(&format!("out.{ending}"));
        let arguments = [&shock[..], &[out.as_str()]].concat();
        leontief(&arguments)
            .assert()
            .success()
            .stdout("")
            .stderr("");
        assert!(std::fs::metadata(&out).expect("a file").len() > 500);
    }
    assert_eq!(entries(), 4, "no temporary files");
    // What stood there before stays where the new result cannot be had.
    std::fs::write(path("out.csv"), "before").expect("a file");
    failure(&["impact", "--shock", "31=oops", "-o", &path("out.csv")]);
    assert_eq!(
        std::fs::read_to_string(path("out.csv")).expect("a file"),
        "before"
    );
}

#[test]
fn piped_output_is_plain() {
    for arguments in [
        &["impact", "--shock", "31=1조"][..],
        &["impact", "--shock", "31=1조", "--lang", "ko"],
        &["multipliers", "--sort", "output"],
    ] {
        let text = stdout(arguments);
        assert!(!text.contains('\u{1b}'), "escapes in {arguments:?}");
        let boxes = |c: char| ('\u{2500}'..='\u{259f}').contains(&c);
        assert!(!text.contains(boxes), "boxes in {arguments:?}");
        leontief(arguments)
            .env("NO_COLOR", "1")
            .assert()
            .stdout(text);
    }
}

#[test]
fn json_is_the_whole_result() {
    for arguments in [
        &[
            "impact",
            "--shock",
            "31=1조",
            "--shock",
            "construction=300억",
        ][..],
        &["impact", "ai-hub"],
    ] {
        let json = stdout(&[arguments, &["--format", "json"]].concat());
        let estimate: Estimate = serde_json::from_str(&json).expect("an Estimate");
        let again = leontief::report::data::json::render(&estimate).expect("JSON");
        assert_eq!(again, json);
        let receipt = estimate.impact.receipt;
        assert_eq!(receipt.table, "kr-2023-83");
        assert_eq!(receipt.table_hash.len(), 64);
        assert!(receipt.household_share.is_some());
        assert!(!receipt.estimated_blocks.is_empty());
        assert!(!receipt.price_basis.en.is_empty());
    }
}

#[test]
fn markdown() {
    let text = stdout(&["impact", "--shock", "31=1조", "--format", "markdown"]);
    assert!(text.starts_with("# "), "{text}");
    has(&text, &["| :--- | ---: |"]);
}

#[test]
fn coefficients_say_what_they_cannot_do() {
    let text = stdout(&["impact", "--shock", "19=1조", "--table", "kr-2022-33"]);
    has(&text, &["Type I"]);
    let arguments = [
        "impact",
        "--shock",
        "19=1조",
        "--table",
        "kr-2022-33",
        "--type",
        "2",
    ];
    has(&failure(&arguments), &["kr-2022-33", "flows"]);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("leontief"))
        .args(["multipliers", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut first = [0; 16];
    let mut pipe = child.stdout.take().expect("a pipe");
    pipe.read_exact(&mut first).expect("some output");
    drop(pipe);
    let result = child.wait_with_output().expect("it ends");
    assert!(result.status.success(), "{:?}", result.status);
    assert_eq!(String::from_utf8_lossy(&result.stderr), "");
}

#[test]
fn completions_manual_and_schema() {
    has(
        &stdout(&["completions", "zsh"]),
        &["#compdef leontief", "multipliers"],
    );
    has(&stdout(&["man"]), &[".TH leontief"]);
    let schema: serde_json::Value =
        serde_json::from_str(&stdout(&["schema"])).expect("a JSON Schema");
    assert!(schema["properties"]["phase"].is_object());
    leontief(&["--version"])
        .assert()
        .success()
        .stdout(predicate::str::starts_with("leontief "));
}

#[test]
fn a_picture_by_itself_says_what_it_is_of() {
    let svg = stdout(&["plot", "waterfall", "--shock", "31=1조"]);
    has(&svg, &["Demand for Semiconductors (31) +1.00 trillion won"]);
    let svg = stdout(&["plot", "jobs", "ai-hub", "--lang", "ko"]);
    has(&svg, &["AI 데이터센터 허브"]);
}
