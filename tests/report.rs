//! `leontief report` and `leontief plot` as a user runs them.

use assert_cmd::Command;
use std::fs;
use std::path::Path;

fn leontief(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("leontief").expect("the program is built");
    command.args(args).env("LANG", "C").env_remove("LC_ALL");
    command
}

fn refused(args: &[&str]) -> String {
    let output = leontief(args).assert().failure().get_output().clone();
    String::from_utf8(output.stderr).expect("UTF-8")
}

/// A small scenario with dates and a province.
fn scenario(folder: &Path) -> String {
    let path = folder.join("small.toml");
    let text = r#"
        [scenario]
        name = { en = "A small plant", ko = "작은 공장" }
        region = "전남"
        [[phase]]
        name = { en = "Build", ko = "건설" }
        kind = "one-off"
        start = 2027
        [[phase.spending]]
        item = { en = "Works", ko = "공사" }
        what = "51"
        amount = { value = "1000억", range = ["800억", "1200억"] }
        [[phase]]
        name = { en = "Run", ko = "운영" }
        kind = "recurring"
        start = 2028
        [[phase.spending]]
        what = "45"
        amount = "100억"
    "#;
    fs::write(&path, text).expect("a folder that can be written to");
    path.display().to_string()
}

#[test]
fn a_report_is_a_page_a_workbook_or_a_text() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = scenario(folder.path());
    let file = |name: &str| folder.path().join(name).display().to_string();
    for (name, beginning) in [
        ("r.html", &b"<!DOCTYPE html>"[..]),
        ("r.xlsx", b"PK"),
        ("r.md", b"# A small plant"),
    ] {
        leontief(&["report", &scenario, "-o", &file(name)])
            .assert()
            .success()
            .stdout("");
        let bytes = fs::read(file(name)).unwrap();
        assert!(bytes.starts_with(beginning), "{name}");
    }
    // The scenario's own text and the command are in the page, so that it can be redone.
    let page = fs::read_to_string(file("r.html")).unwrap();
    assert!(page.contains("range = [&quot;800억&quot;"));
    assert!(page.contains("<code>leontief report "));
    leontief(&[
        "report",
        &scenario,
        "--lang",
        "ko",
        "--draws",
        "64",
        "-o",
        &file("ko.html"),
    ])
    .assert()
    .success();
    let page = fs::read_to_string(file("ko.html")).unwrap();
    assert!(page.contains("작은 공장: 경제적 파급효과"));
    assert!(page.contains("5~95% 구간"));
}

#[test]
fn a_korean_report_gives_the_sources_in_korean() {
    let written = |args: &[&str]| {
        let output = leontief(args).assert().success().get_output().clone();
        String::from_utf8(output.stdout).unwrap()
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ko.md").display().to_string();
    written(&["report", "ai-hub", "--lang", "ko", "-o", &path]);
    let report = fs::read_to_string(&path).unwrap().replace('\\', "");
    let json = written(&["impact", "ai-hub", "--format", "json"]);
    let impact: leontief::impact::Impact = serde_json::from_str(&json).unwrap();
    let lines = impact.phases.iter().flat_map(|p| &p.lines);
    let sources: Vec<_> = lines.filter_map(|line| line.source.as_ref()).collect();
    assert!(sources.len() > 5, "{sources:?}");
    for source in sources {
        assert!(report.contains(&source.ko), "{}", source.ko);
        assert!(
            source.en == source.ko || !report.contains(&source.en),
            "{}",
            source.en
        );
    }
}

#[test]
fn the_workbook_is_compact_and_holds_every_sector_unrounded() {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    let folder = tempfile::tempdir().unwrap();
    let scenario = scenario(folder.path());
    let output = leontief(&["impact", &scenario, "--format", "json"])
        .assert()
        .success();
    let json: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    for command in ["report", "impact"] {
        let path = folder.path().join(format!("{command}.xlsx"));
        leontief(&[command, &scenario, "-o", &path.display().to_string()])
            .assert()
            .success();
        let mut book: Xlsx<_> = open_workbook(&path).unwrap();
        let names = book.sheet_names();
        assert!((7..=12).contains(&names.len()), "{names:?}");
        assert_eq!(
            (names[0].as_str(), names[1].as_str()),
            ("Contents", "Summary")
        );
        assert_eq!(names.last().map(String::as_str), Some("Charts"));
        // The contents name every other sheet, whole.
        let contents = book.worksheet_range("Contents").unwrap();
        for name in &names[1..] {
            assert!(name.chars().count() <= 31);
            let named = |cell: &Data| *cell == Data::String(name.clone());
            assert!(contents.rows().flatten().any(named), "{name}");
        }
        let sectors = book.worksheet_range("Sectors, one-off").unwrap();
        let rows: Vec<&[Data]> = sectors.rows().collect();
        let top = rows
            .iter()
            .position(|row| row[0] == Data::String("Code".into()))
            .unwrap();
        assert_eq!(
            rows[top][2],
            Data::String("Output, direct\n(bn won)".into())
        );
        assert_eq!(rows.len() - top - 1, 83 + 1, "all sectors and their sum");
        for (column, stage) in [(2, "direct"), (3, "indirect"), (4, "induced")] {
            let values = json["one_off"]["output"][stage].as_array().unwrap();
            for (row, value) in rows[top + 1..].iter().zip(values) {
                let Data::Float(shown) = row[column] else {
                    panic!("{:?} is no number", row[column]);
                };
                let right = value.as_f64().unwrap() / 1e3;
                assert!(
                    (shown - right).abs() <= 1e-12 * right.abs(),
                    "{shown} {right}"
                );
            }
        }
    }
}

#[test]
fn charts_are_drawings_and_say_where_they_come_from() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = scenario(folder.path());
    let whats = [
        "waterfall",
        "jobs",
        "sectors",
        "heatmap",
        "tiers",
        "sankey",
        "years",
        "years-jobs",
        "fan",
        "tornado",
        "sobol",
        "map",
    ];
    for what in whats {
        let drawn = ["--draws", "64", "--sobol"];
        let output = leontief(&["plot", what, &scenario, "--lang", "ko"])
            .args(drawn)
            .assert()
            .success();
        let svg = String::from_utf8(output.get_output().stdout.clone()).unwrap();
        assert!(
            svg.starts_with("<svg ") && svg.ends_with("</svg>\n"),
            "{what}"
        );
        assert!(svg.contains("한국은행") && svg.contains("2023년"), "{what}");
    }
    let both = |of: &str| {
        let output = leontief(&["plot", "jobs", &scenario, "--of", of])
            .assert()
            .success();
        output.get_output().stdout.clone()
    };
    assert_ne!(both("one-off"), both("recurring"));
}

#[test]
fn a_chart_that_cannot_be_says_what_it_needs() {
    let text = refused(&["plot", "map", "--shock", "31=1조"]);
    assert!(text.contains("province"), "{text}");
    let text = refused(&["plot", "fan", "ai-hub"]);
    assert!(text.contains("--draws"), "{text}");
    let text = refused(&["plot", "sobol", "ai-hub", "--draws", "64"]);
    assert!(text.contains("--draws N --sobol"), "{text}");
    let text = refused(&["plot", "jobs", "--shock", "31=1조", "-o", "x.xlsx"]);
    assert!(text.contains("svg or png"), "{text}");
    let text = refused(&["impact", "--shock", "31=1조", "-o", "x.svg"]);
    assert!(text.contains("leontief plot"), "{text}");
    assert!(!Path::new("x.svg").exists() && !Path::new("x.xlsx").exists());
}

#[test]
fn scenarios_stand_beside_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = scenario(folder.path());
    let page = folder.path().join("two.html").display().to_string();
    leontief(&["report", &scenario, "--beside", "ai-hub", "-o", &page])
        .assert()
        .success();
    let page = fs::read_to_string(&page).unwrap();
    assert!(
        page.contains("id=\"beside\"") && page.contains("AI data-centre hub run on renewables")
    );
}
