//! Caps, policies, people, accounts and prices by the command line.

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;

fn leontief(arguments: &str) -> Command {
    let mut command = Command::cargo_bin("leontief").expect("the program");
    command.args(arguments.split(' ')).args(["--lang", "en"]);
    command
}

#[test]
fn a_shock_can_be_capped_split_and_followed_by_an_account() {
    leontief(
        "impact --shock 31=1조 --cap 45=50억 --people examples/people/age-20-34.csv \
         --accounts examples/accounts/ghg-83.csv --by leakage",
    )
    .assert()
    .success()
    .stdout(
        contains("Under the caps")
            .and(contains("all demand cut alike"))
            .and(contains("Whose jobs"))
            .and(contains("Tier 1"))
            .and(contains("kt CO2eq"))
            .and(contains("illustrative")),
    );
}

#[test]
fn every_format_shows_every_part() {
    for format in ["csv", "json", "markdown"] {
        leontief(&format!(
            "impact examples/scenarios/hub-economics.toml --format {format}"
        ))
        .assert()
        .success()
        .stdout(
            contains("constrained")
                .or(contains("Under the caps"))
                .or(contains("cap_wished")),
        )
        .stdout(contains("national_income").or(contains("national income")))
        .stdout(contains("Aged 20-34"));
    }
}

#[test]
fn what_cannot_be_is_refused_in_a_sentence() {
    for (arguments, message) in [
        ("impact ai-hub --cap 45=-5억", "cannot be below zero"),
        (
            "impact --shock 31=1조 --cap 45=-5억",
            "a cap is zero or more",
        ),
        ("impact ai-hub --cap 45", "must have the form SECTOR=AMOUNT"),
        ("impact ai-hub --policy 34=140%", "is not a share"),
        (
            "impact ai-hub --people nowhere.csv",
            "cannot read nowhere.csv",
        ),
        (
            "impact ai-hub --table kr-2023-33 --accounts examples/accounts/ghg-83.csv",
            "is not for the sectors",
        ),
        ("price", "no price change is given"),
        (
            "price --import-price 06=-130%",
            "prices do not fall below zero",
        ),
    ] {
        leontief(arguments)
            .assert()
            .failure()
            .stderr(contains(message));
    }
}
