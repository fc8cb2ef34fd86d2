//! What a table lacks is said at once, and what is wrong by its cause.
#![cfg(feature = "cli")]

use assert_cmd::Command;
use serde_json::Value;
use std::path::Path;

/// What the program prints, and whether it ends well.
fn run(folder: &Path, arguments: &[&str]) -> (String, bool) {
    let mut command = Command::cargo_bin("leontief").expect("the program is built");
    command.current_dir(folder).args(arguments);
    let output = command.output().expect("it runs");
    let (out, error) = (output.stdout, output.stderr);
    let text = [out, error].concat();
    (
        String::from_utf8(text).expect("text"),
        output.status.success(),
    )
}

/// A folder with the 33 sectors of Korea, changed.
fn korea(folder: &Path, change: impl Fn(&Path)) {
    let (said, well) = run(folder, &["export", "kr-2023-33", "-o", "korea/"]);
    assert!(well, "{said}");
    change(&folder.join("korea"));
}

fn edit(file: &Path, change: impl Fn(&str) -> String) {
    let text = std::fs::read_to_string(file).expect("there");
    std::fs::write(file, change(&text)).expect("written");
}

#[test]
fn all_that_a_folder_lacks_is_said_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    korea(folder, |korea| {
        edit(&korea.join("table.toml"), |text| {
            let keys = ["year = ", "currency = "];
            let kept = text
                .lines()
                .filter(|line| !keys.iter().any(|key| line.starts_with(key)));
            let kept: Vec<&str> = kept.collect();
            kept.join("\n").replace("unit = 1000000", "unit = \"m\"")
        });
        std::fs::remove_file(korea.join("primary_inputs.csv")).expect("removed");
        edit(&korea.join("domestic_flows.csv"), |text| {
            let lines = text.lines().enumerate().map(|(at, line)| match at {
                4 => line.replacen(|c: char| c.is_ascii_digit(), "x", 9),
                _ => line.to_owned(),
            });
            lines.collect::<Vec<_>>().join("\n")
        });
        edit(&korea.join("output.csv"), |text| {
            let lines = text.lines().filter(|line| !line.starts_with("06,"));
            lines.collect::<Vec<_>>().join("\n")
        });
    });
    let (json, well) = run(folder, &["check", "--plan", "korea", "--format", "json"]);
    assert!(!well);
    let plan: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(
        (&plan["kind"], &plan["ready"]),
        (&"plan".into(), &false.into())
    );
    let items = plan["items"].as_array().expect("items");
    let state = |need: &str| {
        let mut of_need = items.iter().filter(|item| item["need"] == need);
        of_need
            .next()
            .map(|item| item["state"].as_str().unwrap_or_default())
    };
    for need in ["year", "currency", "primary_inputs"] {
        assert_eq!(state(need), Some("missing"), "{need}");
    }
    for need in ["domestic_flows", "output"] {
        assert_eq!(state(need), Some("wrong"), "{need}");
    }
    for need in ["imported_flows", "sectors", "accounts"] {
        assert_eq!(state(need), Some("there"), "{need}");
    }
    let (page, _) = run(folder, &["check", "--plan", "korea", "--lang", "en"]);
    assert!(
        page.contains("year = 2020") && page.contains("row '06' is missing"),
        "{page}"
    );
    let (page, _) = run(folder, &["check", "--plan", "korea", "--lang", "ko"]);
    assert!(
        page.contains("없거나 잘못된 것") && page.contains("행 '06'이(가) 없습니다"),
        "{page}"
    );
}

#[test]
fn a_sheet_is_planned_for_with_all_cells_that_are_no_numbers() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let sheet = ",A,B,C,Households,Output\nA,1x,2,5,7,15\nB,3,y4,6,8,21\nC,2,7,1,4,14\n\
                 Value added,9,8,2,,\nOutput,15,21,14,,\n";
    std::fs::write(folder.join("own.csv"), sheet).expect("written");
    let (page, well) = run(folder, &["check", "--plan", "own.csv", "--lang", "en"]);
    assert!(
        !well && page.contains("1x") && page.contains("y4"),
        "{page}"
    );
    // With the cells mended the year is what lacks, and --year stands for it.
    std::fs::write(
        folder.join("own.csv"),
        sheet.replace("1x", "1").replace("y4", "4"),
    )
    .expect("written");
    let (page, well) = run(folder, &["check", "--plan", "own.csv", "--lang", "en"]);
    assert!(!well && page.contains("--year 2020"), "{page}");
    let (error, well) = run(folder, &["check", "own.csv", "--lang", "en"]);
    assert!(!well && error.contains("--year 2020"), "{error}");
    for arguments in [
        vec!["check", "--plan", "own.csv", "--year", "2022"],
        vec!["check", "own.csv", "--year", "2022"],
        vec!["multipliers", "--table", "own.csv", "--year", "2022"],
        vec!["export", "own.csv", "--year", "2022", "-o", "own.zip"],
    ] {
        let (said, well) = run(folder, &arguments);
        assert!(well, "{arguments:?}: {said}");
    }
    // A table that says its year is not of another.
    let (error, well) = run(
        folder,
        &["check", "kr-2023-33", "--year", "2020", "--lang", "en"],
    );
    assert!(!well && error.contains("is of 2023"), "{error}");
}

#[test]
fn a_cause_is_data_for_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    korea(folder, |korea| {
        edit(&korea.join("output.csv"), |text| {
            let lines = text.lines().map(|line| match line.strip_prefix("12,") {
                Some(value) => format!("12,{}", value.parse::<f64>().expect("a number") / 1e3),
                None => line.to_owned(),
            });
            lines.collect::<Vec<_>>().join("\n")
        });
    });
    let (json, well) = run(folder, &["check", "korea", "--format", "json"]);
    assert!(!well);
    let found: Value = serde_json::from_str(&json).expect("JSON");
    let [cause] = found["causes"].as_array().expect("causes").as_slice() else {
        panic!("{}", found["causes"]);
    };
    assert_eq!(cause["cause"], "other_unit");
    assert_eq!(cause["block"], "output");
    assert_eq!(cause["place"]["row"]["sector"]["code"], "12");
    assert!((cause["factor"].as_f64().expect("a number") - 1e-3).abs() < 1e-9);
    assert_eq!(found["faults"].as_array().map(Vec::len), Some(1));
    assert_eq!(found["unseen"].as_array().map(Vec::len), Some(4));
}
