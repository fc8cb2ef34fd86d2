//! What the README promises of scenario files.
#![cfg(feature = "cli")]

const README: &str = include_str!("../README.md");
const EVERY_KEY: &str = include_str!("../examples/scenarios/every-key.toml");

#[test]
fn the_readme_shows_the_file_with_every_key() {
    assert!(
        README.contains(EVERY_KEY),
        "README.md must hold examples/scenarios/every-key.toml as it is"
    );
}

#[test]
fn the_file_with_every_key_has_every_key_of_the_schema() {
    let schema = schemars::schema_for!(leontief::ScenarioFile);
    let schema = serde_json::to_value(&schema).unwrap();
    let definitions = schema["$defs"].as_object().unwrap().values();
    let mut keys: Vec<&String> = definitions
        .chain([&schema])
        .filter_map(|d| d["properties"].as_object())
        .flat_map(|properties| properties.keys())
        .collect();
    keys.sort();
    keys.dedup();
    assert!(keys.len() > 60, "{keys:?}");
    let words: Vec<&str> = EVERY_KEY
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .collect();
    let missing: Vec<_> = keys
        .iter()
        .filter(|key| !words.contains(&key.as_str()))
        .collect();
    assert!(missing.is_empty(), "not explained: {missing:?}");
}

fn printed(args: &[&str]) -> String {
    let output = assert_cmd::Command::cargo_bin("leontief")
        .expect("the program is built")
        .args(args)
        .args(["--lang", "en"])
        .env("COLUMNS", "100")
        .output()
        .expect("it runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What is printed from a heading on to the next.
fn section<'a>(printed: &'a str, heading: &str) -> &'a str {
    let from = printed.find(heading).expect("the section");
    let section = &printed[from..];
    let to = section[3..]
        .find("\n## ")
        .map_or(section.len(), |to| to + 3);
    section[..to].trim_end()
}

#[test]
fn the_page_on_a_new_industry_shows_what_the_program_prints() {
    let example = "examples/scenarios/hub-economics.toml";
    let printed = printed(&["impact", example, "--by", "phase"]);
    let section = section(&printed, "## As a new industry");
    assert!(
        include_str!("../docs/new-industry.md").contains(section),
        "docs/new-industry.md must show what the program prints now:\n{section}"
    );
}

#[test]
fn the_page_on_mixes_shows_what_the_program_prints() {
    let printed = printed(&["impact", "examples/scenarios/mixes.toml", "--by", "phase"]);
    let section = section(&printed, "## What the mixes");
    assert!(
        include_str!("../docs/mix.md").contains(section),
        "docs/mix.md must show what the program prints now:\n{section}"
    );
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let printed = printed(&["impact", "ai-hub"]);
    assert!(
        README.contains(printed.trim_end()),
        "README.md must show what `leontief impact ai-hub` prints now:\n{printed}"
    );
}

#[test]
fn the_page_of_the_validation_is_what_the_program_writes() {
    let written = printed(&["check", "--all", "--format", "markdown"]);
    assert!(
        include_str!("../docs/validation.md") == written,
        "leontief check --all --format markdown --lang en -o docs/validation.md writes the page anew"
    );
}
