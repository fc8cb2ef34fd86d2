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
        "impact --shock 31=1조 --cap 45=50억 --people examples/people/age.csv \
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
        .stdout(contains("national_income").or(contains("stays at home, before depreciation")))
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

#[test]
fn a_price_change_is_shown_for_the_other_sectors_alone() {
    // Korean studies print what dearer electricity does to the others, weighted by their output:
    // .326 % of all output for +10 % in 2023, .588 % with electricity itself; .335 % of their own.
    leontief("price --shock 17=+10% --table kr-2023-33")
        .assert()
        .success()
        .stdout(
            contains("0.588")
                .and(contains("0.326"))
                .and(contains("0.335")),
        );
}

#[test]
fn multipliers_of_an_account_are_a_column() {
    // As docs/accounts.md promises; e'L of sector 45, electricity, by hand from the table's own inverse.
    leontief("multipliers --accounts examples/accounts/ghg-83.csv --sector 45")
        .assert()
        .success()
        .stdout(contains("ghg").and(contains("lower bound").or(contains("illustrative"))));
    leontief("multipliers --table kr-2023-33 --accounts examples/accounts/ghg-83.csv")
        .assert()
        .failure()
        .stderr(contains("ghg-83.csv"));
}

#[test]
fn multipliers_show_income_taxes_and_jobs_over_own_jobs() {
    // Retail and wholesale trade of 33 sectors: the jobs set off over the jobs of the sector itself.
    let output = leontief("multipliers --table kr-2023-33 --sector 20 --format json")
        .output()
        .expect("runs");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let sector = &json["sectors"][0];
    let ratio = sector["accounts"][0].as_f64().expect("jobs")
        / sector["own"]["accounts"][0].as_f64().expect("own jobs");
    assert!((sector["account_ratios"][0].as_f64().expect("a ratio") - ratio).abs() < 1e-12);
    leontief("multipliers --table kr-2023-33 --sector 20 --format markdown")
        .assert()
        .success()
        .stdout(
            contains("Labour income")
                .and(contains("Production taxes"))
                .and(contains("Jobs per own")),
        );
}

#[test]
fn a_given_output_shows_the_sector_and_all_others_apart() {
    // Exogenous electricity of 2023, production of others .2596 per won.
    leontief("impact --output-shock 17=1조 --table kr-2023-33 --type 1")
        .assert()
        .success()
        .stdout(
            contains("All others")
                .and(contains("1,000.0 bn won"))
                .and(contains("259.6 bn won"))
                .and(contains("0.2596"))
                .and(contains("Labour income"))
                .and(contains("Taxes on production"))
                .and(contains("825.").not()),
        );
}

#[test]
fn the_study_of_construction_by_kiet_to_the_person() {
    let mut command =
        leontief("impact --shock 50+51=5조 --type 1 --table kr-2020-83 --format json");
    let output = command.assert().success().get_output().stdout.clone();
    let read: serde_json::Value = serde_json::from_slice(&output).expect("JSON");
    let type1 = |of: &serde_json::Value, measure: &str| {
        of["recurring"][measure]["type1"]
            .as_f64()
            .expect("a figure")
    };
    let jobs_in = |codes: std::ops::RangeInclusive<u32>| {
        let of = |code: u32| type1(&read["by_sector"][format!("{code:02}")], "jobs");
        codes.map(of).sum::<f64>().round()
    };
    assert_eq!(type1(&read["headline"], "jobs").round(), 54_016.0);
    assert_eq!(jobs_in(50..=51), 31_575.0);
    assert_eq!(
        jobs_in(8..=43),
        6_021.0,
        "manufacturing, its services (44) apart"
    );
    assert_eq!(jobs_in(29..=30), 1_451.0, "metal products");
    assert_eq!(jobs_in(37..=37), 600.0, "electrical equipment");
    assert_eq!(jobs_in(38..=39), 401.0, "machinery");
    assert_eq!((type1(&read["headline"], "output") / 5e3).round(), 2_017.0);
}

#[test]
fn every_built_in_table_passes_its_validation() {
    leontief("check --all --plain")
        .assert()
        .success()
        .stdout(contains("all pass"));
}

/// A basket has the multipliers of its products, 2.017 by output as KIET has it; merged they are others.
#[test]
fn a_basket_is_not_a_group() {
    let jobs = |asked: &str| {
        let mut command = leontief(&format!(
            "impact {asked} --type 1 --table kr-2020-83 --format json"
        ));
        let output = command.assert().success().get_output().stdout.clone();
        let read: serde_json::Value = serde_json::from_slice(&output).expect("JSON");
        let jobs = &read["headline"]["recurring"]["jobs"]["type1"];
        jobs.as_f64().unwrap_or_else(|| panic!("{read}")).round()
    };
    let basket = "--basket 건설업=50+51 --shock 건설업=5조";
    assert_eq!(jobs(basket), 54_016.0);
    let by_demand = jobs(&format!("{basket} --basket-by demand"));
    let group = jobs("--groups 건설업=50+51 --shock 건설업=5조");
    assert!(
        by_demand != 54_016.0 && group != 54_016.0,
        "{by_demand} {group}"
    );
    leontief("multipliers --basket construction=50+51 --table kr-2020-83 --top 1")
        .assert()
        .success()
        .stdout(
            contains("50 + 51")
                .and(contains("2.017"))
                .and(contains("by demand").not()),
        );
    for refused in [
        "impact ai-hub --basket A=50+51",
        "impact --shock A=1조 --basket A",
    ] {
        leontief(refused)
            .assert()
            .failure()
            .stderr(contains("--basket"));
    }
}

#[test]
fn what_regrouping_does_to_multipliers_is_said_whatever_is_asked() {
    for asked in [
        "inducement",
        "price --shock 17=+20%",
        "shortage 17",
        "sector 17",
    ] {
        leontief(&format!("{asked} --groups bok-33"))
            .assert()
            .success()
            .stderr(contains("83 sectors of kr-2023-83 are regrouped to 33"));
        leontief(asked).assert().success().stderr("");
    }
}

#[test]
fn households_spend_of_each_unit_of_pay_what_they_consume_of_a_given_income() {
    // By hand: they buy 910 of 1,820, s = .5; w = (.2, .3), Lc = (.3880608, .6600660),
    // h = .5 x .3300330 / (1 - .5 x .2756320) = .1913935, 1.5181518 + 1.0481268 h = 1.7187565.
    let of = "multipliers --table examples/tables/two-sectors.csv --type 2 --format json";
    let output = leontief(&format!("{of} --household-income 1820m")).assert();
    let found = output.success().get_output().stdout.clone();
    let found: serde_json::Value = serde_json::from_slice(&found).expect("json");
    let output = found["sectors"][0]["output"].as_f64().expect("a figure");
    assert!((output - 1.718_756_5).abs() < 1e-7, "{output}");
    for (wrong, why) in [
        ("--household-income 500m", "at most 1.5"),
        ("--household-income 0", "above 0"),
        ("--household-income much", "--household-income"),
        (
            "--household-income 1820m --household-share 0.5",
            "cannot be used with",
        ),
    ] {
        leontief(&format!("{of} {wrong}"))
            .assert()
            .failure()
            .stderr(contains(why));
    }
    leontief("multipliers --table examples/tables/two-sectors.csv --household-income 1820m")
        .assert()
        .failure()
        .stderr(contains("--type 2"));
}

#[test]
fn an_import_that_stops_is_no_fall_of_demand() {
    leontief("impact --shock 02=-8140억 --table kr-2023-33")
        .assert()
        .success()
        .stdout(contains("--imports"));
    // Of 218.1 trillion won; the column of demand, 1,677.7, is what making it at home would set off.
    leontief("shortage 02 --imports --amount 8140억 --table kr-2023-33")
        .assert()
        .success()
        .stdout(
            contains("1,678.2")
                .and(contains("-4,232.5"))
                .and(contains("-1,829.1")),
        );
}

/// Inputs of electricity from abroad are below 1 % of what their users make.
#[test]
fn a_strict_case_that_loses_less_than_by_value_is_said_to() {
    let of = "shortage 17 --imports --share 30% --table kr-2023-33";
    let said = contains("supply-driven model loses more than fixed coefficients");
    leontief(of).assert().success().stdout(said.clone());
    leontief(&format!("{of} --critical 0"))
        .assert()
        .success()
        .stdout(said.not());
}

#[test]
fn type_two_by_all_incomes_takes_the_sectors_that_are_asked_for() {
    let of = "multipliers --households all --table kr-2023-33 --format json";
    let sectors = |asked: &str| -> Vec<String> {
        let output = leontief(&format!("{of} {asked}")).assert().success();
        let found: serde_json::Value =
            serde_json::from_slice(&output.get_output().stdout).expect("json");
        let ratio = found["forms"][0]["mean_ratio"].as_f64().expect("of all");
        assert!((ratio - 1.279_161).abs() < 1e-6, "{asked}: {ratio}");
        let sectors = found["sectors"].as_array().expect("sectors").iter();
        sectors
            .map(|s| s["code"].to_string().replace('"', ""))
            .collect()
    };
    // Of 23.9, 17.3 and 14.7 jobs a billion won; 2.4846 of output.
    assert_eq!(sectors("--sort jobs --top 3"), ["01", "32", "22"]);
    assert_eq!(sectors("--sort output --top 1"), ["33"]);
    assert_eq!(sectors("--sector 17 --sector construction"), ["17", "19"]);
}

/// A scenario of 33 sectors with keys under `[scenario]` and further tables.
fn road(folder: &std::path::Path, keys: &str, further: &str) -> String {
    let text = format!(
        "[scenario]\nname = \"Road\"\ntable = \"kr-2023-33\"\n{keys}\n{further}\n[parameters]\ncost = \"5조\"\n\
         [[phase]]\nname = \"Build\"\nkind = \"one-off\"\nstart = 2027\n[[phase.spending]]\nwhat = \"건설\"\n\
         amount = {{ value = \"cost\", range = [\"4조\", \"7조\"] }}\n[[phase.spending]]\n\
         event = \"household_income\"\namount = \"1조\"\n"
    );
    let path = folder.join("road.toml");
    std::fs::write(&path, text).expect("written");
    path.display().to_string()
}

fn printed(arguments: &str) -> String {
    let shown = leontief(arguments).assert().success();
    String::from_utf8(shown.get_output().stdout.clone()).expect("UTF-8")
}

#[test]
fn a_key_of_a_scenario_is_the_option_written_down() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = [
        (
            "households = \"disposable\"\nincome_tax = \"5%\"\ncontributions = 0.09\nhousehold_share = 0.6",
            "",
            "--households disposable --income-tax 5% --contributions 9% --household-share 0.6",
        ),
        (
            "households = \"mixed\"\nmixed_share = \"30%\"",
            "",
            "--households mixed --mixed-share 0.3",
        ),
        (
            "household_income = \"2000조\"",
            "",
            "--household-income 2000조",
        ),
        ("induced = false", "", "--type 1"),
        (
            "financed_by = \"government\"",
            "",
            "--financed-by government",
        ),
        ("taxes = true", "", "--taxes"),
        ("scale = \"8조\"", "", "--scale 8조"),
        (
            "scale = \"50%\"",
            "[draws]\ncount = 40",
            "--scale 0.5x --draws 40",
        ),
        (
            "",
            "[draws]\ncount = 40\nseed = 3\ncoefficient_spread = 0.1\ncoefficient_draws = \"ras\"\nsobol = true",
            "--draws 40 --seed 3 --coefficient-spread 0.1 --coefficient-draws ras --sobol",
        ),
        (
            "",
            "[draws]\ncount = 40\ncoefficient_spread = 0.1\ncoefficient_draws = \"row\"",
            "--draws 40 --coefficient-spread 0.1 --coefficient-shared row",
        ),
    ];
    let plain = printed(&format!(
        "impact {} --format json",
        road(folder.path(), "", "")
    ));
    for (keys, further, options) in cases {
        let by_keys = printed(&format!(
            "impact {} --format json",
            road(folder.path(), keys, further)
        ));
        let file = road(folder.path(), "", "");
        let by_options = printed(&format!("impact {file} {options} --format json"));
        assert!(by_keys == by_options, "{options}");
        assert!(by_keys != plain, "{options} changes something");
    }
}

#[test]
fn an_option_goes_before_the_key_of_a_scenario() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = road(folder.path(), "", "");
    let json = |file: &str, options: &str| {
        printed(format!("impact {file} --format json {options}").trim_end())
    };
    let none = json(&plain, "");
    let half = json(
        &plain,
        "--household-share 0.5 --income-tax 1% --households disposable",
    );
    let keys = "households = \"disposable\"\nincome_tax = \"5%\"\nhousehold_share = 0.5";
    let file = road(folder.path(), keys, "");
    assert!(json(&file, "--income-tax 1%") == half);
    let file = road(
        folder.path(),
        "financed_by = \"exports\"",
        "[draws]\ncount = 40",
    );
    assert!(json(&file, "--financed-by none --draws 0") == none);
    let file = road(folder.path(), "induced = false", "");
    assert!(json(&file, "--type 2") == none);
    leontief(&format!("impact {file} --income-tax 1%"))
        .assert()
        .failure()
        .stderr(contains("--households"));
}

#[test]
fn all_that_works_a_scenario_out_goes_by_its_keys() {
    let folder = tempfile::tempdir().expect("a folder");
    let keys = "households = \"disposable\"\nincome_tax = 0.1\nhousehold_share = 0.6\nfinanced_by = \"exports\"";
    let file = road(folder.path(), keys, "");
    for asked in [
        format!("sweep {file} --vary cost=5조..6조/3 --format json"),
        format!("suppliers {file} --format json"),
    ] {
        assert!(printed(&asked).contains("\"disposable\""), "{asked}");
    }
    let compared = printed(&format!("compare {file} ai-hub"));
    assert!(
        compared.contains("0.600 of disposable, income_tax 0.1"),
        "{compared}"
    );
    // The money of one of them is taken from exports, that of the other from nothing that is told.
    assert!(compared.contains("road exports, ai-hub -"), "{compared}");
    assert!(compared.contains("Net jobs"), "{compared}");
    let report = folder.path().join("report.html");
    leontief(&format!("report {file} -o {}", report.display()))
        .assert()
        .success();
    let report = std::fs::read_to_string(report).expect("written");
    assert!(
        report.contains("0.600 of disposable income"),
        "it says what they spend"
    );
    assert!(
        !report.contains("0.600 of compensation"),
        "and of nothing else"
    );
    let rows = printed(&format!("impact {file} --format csv"));
    let paid = rows
        .lines()
        .filter(|row| row.contains(",exports,financed,"));
    // Five trillion won, and six tenths of one that are spent.
    let paid: Vec<&str> = paid.filter_map(|row| row.rsplit(',').nth(1)).collect();
    let paid: Vec<f64> = paid.iter().filter_map(|v| v.parse().ok()).collect();
    assert!(
        matches!(paid[..], [v] if (v - 5.6e6).abs() < 1e5),
        "{paid:?}"
    );
    let notes = printed(&format!("impact {file} --format json"));
    for words in [
        "처분가능소득 중",
        "0.600 of disposable income",
        // A trillion won is given to households, who spend six tenths of it.
        "financed_income_spent",
    ] {
        assert!(notes.contains(words), "{words}");
    }
}

#[test]
fn a_scenario_of_mixes_alone_says_what_they_change_and_shows_nothing_empty() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mixes.toml");
    std::fs::write(&path, "[[trade_mix]]\nwhat = \"31\"\nchange = \"-10%\"\n").expect("written");
    let path = path.display();
    for asked in [
        format!("impact {path}"),
        format!("impact {path} --by sector --format markdown"),
        format!("report {path} --format markdown"),
        format!("compare {path} examples/scenarios/mixes.toml --format markdown"),
    ] {
        let output = leontief(&asked)
            .assert()
            .success()
            .get_output()
            .stdout
            .clone();
        let text = String::from_utf8(output).expect("UTF-8");
        // Value added rises by 3,890.1 billion won (docs/mix.md), whatever is asked.
        assert!(text.contains("3,890.1"), "{asked}: {text}");
        let heads = text.lines().zip(text.lines().skip(1));
        let empty = |(rule, next): (&str, &str)| {
            (rule.starts_with("----") || rule.starts_with("| :-")) && next.trim().is_empty()
        };
        assert!(!heads.into_iter().any(empty), "{asked}: {text}");
    }
}

#[test]
fn what_an_industry_contributes_is_no_slip_of_unit() {
    leontief("impact --event contribution:construction --table kr-2023-33")
        .assert()
        .success()
        .stdout(
            contains("What Construction (19) contributes").and(contains("check the unit").not()),
        );
    leontief("impact --event output:construction=300조 --table kr-2023-33")
        .assert()
        .success()
        .stdout(contains("Output of Construction (19) of 300조").and(contains("check the unit")));
    leontief("impact --event jobs:11=1000 --event households=1조 --table kr-2023-33")
        .assert()
        .success()
        .stdout(contains(
            "1000 jobs in Computing, electronic and optical equipment (11), Income of",
        ));
}

#[test]
fn what_is_not_per_output_has_no_such_column_and_no_such_note() {
    leontief("decompose kr-2020-33 kr-2023-33 --paths 2 --top 2")
        .assert()
        .success()
        .stdout(
            contains("Final demand")
                .and(contains("Per output").not())
                .and(contains("per output").not()),
        );
    leontief("decompose kr-2020-33 kr-2023-33 --measure jobs --paths 2 --top 2")
        .assert()
        .success()
        .stdout(contains("Per output").and(contains("tonnes per output")));
}
