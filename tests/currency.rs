//! A table in another currency, through every command and format.

use assert_cmd::Command;
use calamine::{Data, Reader, Xlsx, open_workbook};
use std::fs;
use std::path::Path;

/// Two sectors in million dollars: Z = 150 500 / 200 100, x = 1000, 2000 (Miller & Blair, ch. 2), a
/// fifth of the wages of 650 and 1400.
fn dollars(folder: &Path) -> String {
    let files = [
        (
            "table.toml",
            r#"
id = "usd-2"
kind = "flows"
title = { en = "Two sectors", ko = "두 부문" }
year = 2020
country = { en = "Nowhere", ko = "어딘가" }
classification = "two"
currency = "USD"
unit = 1000000
price_basis = { en = "basic", ko = "기초가격" }
attribution = { en = "textbook", ko = "교과서" }
modifications = { en = "none", ko = "없음" }
[[final_demand]]
id = "household"
role = "household"
title = { en = "household", ko = "가계" }
[[primary_input]]
id = "compensation"
role = "compensation"
title = { en = "compensation", ko = "임금" }
[[primary_input]]
id = "surplus"
role = "operating_surplus"
title = { en = "surplus", ko = "잉여" }
[[account]]
id = "jobs"
title = { en = "Jobs", ko = "취업" }
unit = { en = "persons", ko = "명" }
"#,
        ),
        (
            "sectors.csv",
            "code,name_ko,name_en,group\n1,농업,Farms,\n2,공업,Works,\n",
        ),
        ("domestic_flows.csv", "code,1,2\n1,150,500\n2,200,100\n"),
        ("imported_flows.csv", "code,1,2\n1,0,0\n2,0,0\n"),
        (
            "domestic_final_demand.csv",
            "code,household\n1,350\n2,1700\n",
        ),
        ("imported_final_demand.csv", "code,household\n1,0\n2,0\n"),
        (
            "primary_inputs.csv",
            "code,1,2\ncompensation,300,700\nsurplus,350,700\n",
        ),
        ("output.csv", "code,output\n1,1000\n2,2000\n"),
        ("satellites.csv", "code,jobs\n1,5000\n2,4000\n"),
    ];
    let path = folder.join("usd");
    fs::create_dir(&path).expect("a folder");
    for (name, text) in files {
        fs::write(path.join(name), text).expect("written");
    }
    path.to_str().expect("UTF-8").to_owned()
}

const PLANT: &str = r#"
[scenario]
name = { en = "A plant", ko = "공장" }
[parameters]
price = { value = "2bn", shape = "triangular", range = ["1.5bn", "3bn"] }
[[phase]]
name = { en = "Build", ko = "건설" }
kind = "one-off"
start = 2027
duration = 2
[[phase.spending]]
item = { en = "Halls", ko = "건물" }
what = "2"
amount = "price"
domestic_share = 0.9
[[phase]]
name = { en = "Run", ko = "운영" }
kind = "recurring"
start = 2029
[[phase.spending]]
what = "1"
amount = "40m"
[[cap]]
what = "2"
extra = "900m"
"#;

/// The word won, or 원 as a unit: after a number, a word of size, or a blank before a mark.
fn names_won(text: &str) -> Option<&str> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let around = |at: usize, length: usize| {
        let from = text[..at]
            .char_indices()
            .rev()
            .nth(20)
            .map_or(0, |(i, _)| i);
        let to = text[at + length..]
            .char_indices()
            .nth(20)
            .map_or(text.len(), |(i, _)| at + length + i);
        &text[from..to]
    };
    for (at, word) in text.match_indices("won") {
        let (before, after) = (
            text[..at].chars().next_back(),
            text[at + 3..].chars().next(),
        );
        if !letter(before) && !letter(after) {
            return Some(around(at, word.len()));
        }
    }
    for (at, word) in text.match_indices('원') {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_digit() || "만억조백천".contains(c)) {
            return Some(around(at, word.len()));
        }
    }
    None
}

fn leontief(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("leontief").expect("the program is built");
    command.args(args).env("LANG", "C").env_remove("LC_ALL");
    command
}

fn shown(args: &[&str]) -> String {
    let output = leontief(args).assert().success().get_output().clone();
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn nothing_of_a_dollar_table_says_won() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = dollars(folder.path());
    let plant = folder.path().join("plant.toml");
    fs::write(&plant, PLANT).expect("written");
    let plant = plant.to_str().expect("UTF-8");
    let half = folder.path().join("half.toml");
    fs::write(&half, PLANT.replace("2bn", "1.6bn")).expect("written");
    let half = half.to_str().expect("UTF-8");
    let page = folder.path().join("page");
    let page = page.to_str().expect("UTF-8");
    for lang in ["en", "ko"] {
        let common = ["--table", &table, "--lang", lang];
        let mut texts: Vec<(String, String)> = Vec::new();
        let commands: [&[&str]; 14] = [
            &["impact", plant],
            &["impact", plant, "--by", "sector", "--details"],
            &["impact", plant, "--by", "year"],
            &["impact", plant, "--by", "leakage"],
            &["impact", plant, "--draws", "50"],
            &["impact", "--shock", "1=3bn"],
            &["impact", "--output-shock", "1=3bn"],
            &["suppliers", plant],
            &["compare", plant, half],
            &["sweep", plant, "--vary", "price=1bn..2bn/3"],
            &["multipliers"],
            &["inducement"],
            &["report", plant],
            &["price", "--shock", "1=10%"],
        ];
        for command in commands {
            let text = shown(&[command, &common].concat());
            texts.push((command.join(" "), text));
        }
        texts.push(("check".into(), shown(&["check", &table, "--lang", lang])));
        texts.push(("tables".into(), shown(&["tables", &table, "--lang", lang])));
        for ending in ["html", "md"] {
            let file = format!("{page}.{ending}");
            shown(
                &[
                    &["report", plant, "--draws", "50", "-o", &file],
                    &common[..],
                ]
                .concat(),
            );
            texts.push((ending.into(), fs::read_to_string(&file).expect("written")));
        }
        for what in [
            "waterfall",
            "sectors",
            "tiers",
            "sankey",
            "years",
            "tornado",
            "fan",
        ] {
            let file = format!("{page}.svg");
            shown(
                &[
                    &["plot", what, plant, "--draws", "50", "-o", &file],
                    &common[..],
                ]
                .concat(),
            );
            texts.push((what.into(), fs::read_to_string(&file).expect("written")));
        }
        let file = format!("{page}.xlsx");
        shown(
            &[
                &["report", plant, "--draws", "50", "-o", &file],
                &common[..],
            ]
            .concat(),
        );
        let mut book: Xlsx<_> = open_workbook(&file).expect("a workbook");
        for name in book.sheet_names() {
            let sheet = book.worksheet_range(&name).expect("a sheet");
            let cells = sheet.used_cells().filter_map(|(_, _, cell)| match cell {
                Data::String(text) => Some(text.as_str()),
                _ => None,
            });
            texts.push((
                format!("sheet {name}"),
                cells.collect::<Vec<_>>().join("\n"),
            ));
        }
        for (what, text) in &texts {
            if let Some(place) = names_won(text) {
                panic!("{what} --lang {lang}: {place}");
            }
        }
        let all: String = texts.into_iter().map(|(_, text)| text).collect();
        let name = if lang == "en" {
            "million USD"
        } else {
            "백만 달러"
        };
        assert!(all.contains(name), "{name} is nowhere");
    }
}

#[test]
fn a_small_sum_shows_figures_in_both_languages() {
    for (lang, spent) in [("en", "271.4"), ("ko", "271.4")] {
        let text = shown(&[
            "impact",
            "--shock",
            "construction=271400000",
            "--lang",
            lang,
        ]);
        assert!(text.contains(spent), "{text}");
    }
    let text = shown(&["impact", "--shock", "construction=1000tn"]);
    assert!(text.contains("1,000.0"), "{text}");
}

fn refused(args: &[&str]) -> String {
    let output = leontief(args).assert().failure().get_output().clone();
    String::from_utf8(output.stderr).expect("UTF-8")
}

#[test]
fn an_amount_is_in_the_tables_currency_or_refused_with_the_remedy() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = dollars(folder.path());
    let spent = |amount: &str| {
        let shock = format!("1={amount}");
        let text = shown(&["impact", "--shock", &shock, "--table", &table]);
        text.contains("1,000.0 million USD") || text.contains("  1,000.0 ")
    };
    assert!(spent("$1bn") && spent("1bn") && spent("10억 달러") && spent("USD 1bn"));
    for amount in ["1조원", "KRW 1bn", "₩5,000,000"] {
        let message = refused(&[
            "impact",
            "--shock",
            &format!("1={amount}"),
            "--table",
            &table,
        ]);
        assert!(message.contains("in KRW and the table in USD"), "{message}");
    }
    let message = refused(&[
        "impact", "--shock", "1=1bn", "--fx", "1380", "--table", &table,
    ]);
    assert!(message.contains("for tables in won"), "{message}");
    // In a scenario too, and in the range of a sweep.
    let plant = folder.path().join("plant.toml");
    let run = |text: &str| {
        fs::write(&plant, text).expect("written");
        plant.to_str().expect("UTF-8").to_owned()
    };
    let path = run(&PLANT.replace("40m", "$40m"));
    shown(&["impact", &path, "--table", &table]);
    shown(&[
        "sweep",
        &path,
        "--vary",
        "price=$1bn..$2bn/2",
        "--table",
        &table,
    ]);
    let path = run(&PLANT.replace("40m", "400억원"));
    let message = refused(&["impact", &path, "--table", &table]);
    assert!(
        message.contains("plant.toml:") && message.contains("in KRW"),
        "{message}"
    );
    let path = run(&PLANT.replace("[scenario]", "[scenario]\nfx = 1380"));
    let message = refused(&["impact", &path, "--table", &table]);
    assert!(
        message.contains("plant.toml:") && message.contains("for tables in won"),
        "{message}"
    );
}

#[test]
fn one_notation_for_every_share_and_rate() {
    let shock = ["impact", "--shock", "construction=1조"];
    for more in [
        ["--household-share", "72%"],
        ["--household-share", "0.72"],
        ["--domestic-share", "40 %"],
        ["--fx", "1,380"],
    ] {
        shown(&[&shock[..], &more].concat());
    }
    shown(&[
        "impact",
        "ai-hub",
        "--scale",
        "50%",
        "--policy",
        "34=40%",
        "--draws",
        "20",
        "--coefficient-spread",
        "10%",
    ]);
    shown(&["multipliers", "--type", "2", "--household-share", "72%"]);
    for (more, both) in [
        (["--household-share", "0,72"], "0.72 or as 072"),
        (["--domestic-share", "0,4"], "0.4 or as 04"),
        (["--fx", "1.380,5"], "1380.5 or as 1.3805"),
    ] {
        let message = refused(&[&shock[..], &more].concat());
        assert!(message.contains(both), "{message}");
    }
}

#[test]
fn a_likely_slip_of_unit_is_warned_about() {
    let text = shown(&["impact", "--shock", "construction=5"]);
    assert!(text.contains("Only 5.00 won is spent in all"), "{text}");
    let text = shown(&["impact", "--shock", "construction=500조", "--lang", "ko"]);
    assert!(text.contains("500조원은 산업연관표 GDP의"), "{text}");
    let text = shown(&["impact", "--shock", "construction=50조"]);
    assert!(!text.contains("check the unit"), "{text}");
}

#[test]
fn an_amount_above_the_ceiling_is_refused() {
    for amount in ["1e26", "-1e22", "1e12조"] {
        let message = refused(&["impact", "--shock", &format!("construction={amount}")]);
        assert!(message.contains("too large"), "{message}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.toml");
    fs::write(&path, PLANT.replace("\"price\"", "\"price * 1e20\"")).expect("written");
    let message = refused(&[
        "impact",
        path.to_str().expect("UTF-8"),
        "--table",
        &dollars(folder.path()),
    ]);
    assert!(
        message.contains("large.toml:") && message.contains("too large"),
        "{message}"
    );
}
