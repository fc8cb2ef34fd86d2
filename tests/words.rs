//! Every error is said in English and in Korean: the same fault, the same figures, files and lines, in a
//! sentence of each language.

mod common;

use assert_cmd::Command;
use common::Folder;
use std::path::Path;

/// A fault: the arguments (`$T` is the table's folder, files stand in the working folder), the exit
/// code, and the words that both languages say.
struct Fault {
    arguments: &'static [&'static str],
    code: i32,
    both: &'static [&'static str],
}

const fn fault(
    code: i32,
    arguments: &'static [&'static str],
    both: &'static [&'static str],
) -> Fault {
    Fault {
        arguments,
        code,
        both,
    }
}

/// What the program says of it on standard error, in a language.
fn said(fault: &Fault, folder: &Path, table: &str, lang: &str) -> String {
    let mut command = Command::cargo_bin("leontief").expect("the program is built");
    for name in ["LANG", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS"] {
        command.env_remove(name);
    }
    let arguments = fault.arguments.iter().map(|a| a.replace("$T", table));
    command.current_dir(folder).args(arguments);
    let output = command.args(["--lang", lang]).output().expect("it runs");
    let text = String::from_utf8(output.stderr).expect("UTF-8");
    if output.status.code() == Some(fault.code) && output.stdout.is_empty() {
        return text;
    }
    format!("{:?}: {:?} {text}", fault.arguments, output.status)
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// A message without what it quotes: names in quotation marks or parentheses, amounts (5조) and the
/// words that units are written with.
fn own_words(message: &str) -> String {
    let mut own = String::new();
    let mut closing = Vec::new();
    let mut before = ' ';
    for c in message.chars() {
        match c {
            _ if closing.last() == Some(&c) => {
                closing.pop();
            }
            '(' => closing.push(')'),
            '[' => closing.push(']'),
            '`' | '"' => closing.push(c),
            '\'' if !before.is_alphanumeric() => closing.push(c),
            _ if !closing.is_empty() => {}
            _ if is_hangul(c) && (before.is_ascii_digit() || "조억만".contains(before)) => {}
            _ => own.push(c),
        }
        before = c;
    }
    own.replace("원 만 억 조", "")
}

/// The figures of a message.
fn figures(message: &str) -> Vec<&str> {
    let parts = message
        .split("..")
        .flat_map(|part| part.split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')));
    let mut figures: Vec<&str> = parts
        .map(|part| part.trim_matches(['.', ',']))
        .filter(|part| part.len() > 1)
        .collect();
    figures.sort_unstable();
    figures.dedup();
    figures
}

#[track_caller]
fn check(folder: &Path, table: &str, faults: &[Fault]) {
    let wrong = wrong_with(folder, table, faults);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Runs each fault in both languages; what is wrong with what is said.
fn wrong_with(folder: &Path, table: &str, faults: &[Fault]) -> Vec<String> {
    let mut wrong = Vec::new();
    for fault in faults {
        let [en, ko] = ["en", "ko"].map(|lang| said(fault, folder, table, lang));
        let mut say = |what: String| wrong.push(format!("{what}:\n  {en}  {ko}"));
        let ends = ["니다", "십시오", "니까"];
        if !ends.iter().any(|end| own_words(&ko).contains(end)) {
            say("no Korean sentence".to_owned());
        }
        if own_words(&en).contains(is_hangul) {
            say("Hangul in English".to_owned());
        }
        for word in fault.both {
            if !en.contains(word) || !ko.contains(word) {
                say(format!("'{word}' is not in both"));
            }
        }
        if fault.code == 1 && figures(&en) != figures(&ko) {
            say(format!("{:?} against {:?}", figures(&en), figures(&ko)));
        }
        if [&en, &ko].iter().any(|text| text.contains('\u{1f}')) {
            say("languages run together".to_owned());
        }
    }
    wrong
}

#[test]
fn arguments_that_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("age.csv"), "code,a\n99,1\n").expect("written");
    let world = "[[trade_mix]]\nwhat = \"AAA_farms\"\nimported = 0.1\n";
    std::fs::write(folder.path().join("world.toml"), world).expect("written");
    let faults = [
        // What the parser of arguments refuses.
        fault(2, &["impcat"], &["impcat", "impact"]),
        fault(2, &["impact", "--shok", "31=1조"], &["--shok", "--shock"]),
        fault(
            2,
            &["impact", "ai-hub", "--by", "sectr"],
            &["sectr", "--by", "leakage"],
        ),
        fault(2, &["impact", "ai-hub", "--top", "0"], &["--top"]),
        fault(2, &["impact", "ai-hub", "--type", "3"], &["--type"]),
        fault(
            2,
            &["impact", "ai-hub", "--draws", "9", "--seed", "x"],
            &["--seed", "18446744073709551615"],
        ),
        fault(
            1,
            &["impact", "ai-hub", "--seed", "3"],
            &["--seed", "--draws"],
        ),
        fault(1, &["impact", "ai-hub", "--sobol"], &["--sobol", "--draws"]),
        fault(
            1,
            &[
                "impact",
                "ai-hub",
                "--draws",
                "9",
                "--coefficient-draws",
                "ras",
            ],
            &["--coefficient-draws", "--coefficient-spread"],
        ),
        fault(
            1,
            &["impact", "ai-hub", "--income-tax", "5%"],
            &["--income-tax", "--households"],
        ),
        fault(
            1,
            &["impact", "ai-hub", "--household-share", "2"],
            &["--household-share", "1.5"],
        ),
        fault(
            1,
            &["multipliers", "--draws", "9", "--form", "net"],
            &["--draws", "--form"],
        ),
        fault(
            1,
            &[
                "multipliers",
                "--draws",
                "9",
                "--coefficient-spread",
                "0.1",
                "--measure",
                "joy",
            ],
            &["--measure", "joy", "value_added"],
        ),
        fault(
            2,
            &[
                "impact",
                "ai-hub",
                "--draws",
                "9",
                "--coefficient-spread",
                "0.1",
                "--coefficient-draws",
                "raz",
            ],
            &["raz", "ras", "dirichlet"],
        ),
        fault(
            2,
            &["impact", "--fx", "1조", "--shock", "31=1조"],
            &["1조", "--fx"],
        ),
        fault(2, &["sweep", "ai-hub"], &["--vary"]),
        fault(2, &["compare", "ai-hub"], &["SCENARIO", "2"]),
        fault(2, &["impact", "ai-hub", "more"], &["more"]),
        fault(2, &["completions", "dosh"], &["dosh", "bash"]),
        fault(
            2,
            &["impact", "ai-hub", "--format", "doc"],
            &["doc", "parquet"],
        ),
        fault(
            2,
            &["impact", "ai-hub", "--region", "전남", "--region", "전북"],
            &["--region"],
        ),
        // What the commands refuse.
        fault(1, &["impact"], &["leontief impact ai-hub"]),
        fault(1, &["impact", "ai-hub", "--shock", "31=1조"], &["--shock"]),
        fault(
            1,
            &["impact", "--shock", "31=1조", "--scale", "2x"],
            &["--scale", "--policy"],
        ),
        fault(1, &["impact", "--shock", "31"], &["'31'", "SECTOR=AMOUNT"]),
        fault(1, &["impact", "--shock", "31=1조조"], &["1조조"]),
        fault(1, &["impact", "--shock", "31=1,5조"], &["1,5", "1.5"]),
        fault(1, &["impact", "--shock", "31=$5bn"], &["--fx 1380"]),
        fault(
            1,
            &["impact", "--shock", "반도채=1조"],
            &["반도채", "31 Semiconductors (반도체)"],
        ),
        fault(
            1,
            &["impact", "--shock", "31=1조", "--domestic-share", "2"],
            &["2"],
        ),
        fault(
            1,
            &["impact", "--output-shock", "31=1조", "--draws", "9"],
            &["--shock"],
        ),
        fault(
            1,
            &[
                "impact",
                "--shock",
                "31=1조",
                "--draws",
                "9",
                "--split-error",
                "0",
            ],
            &["--coefficient-spread 0.1"],
        ),
        fault(
            1,
            &[
                "impact",
                "--shock",
                "31=1조",
                "--type",
                "1",
                "--household-share",
                "0.7",
            ],
            &["--type 2"],
        ),
        fault(
            1,
            &["impact", "--shock", "31=1조", "--household-share", "1.9"],
            &["1.9", "1.5"],
        ),
        fault(
            1,
            &["impact", "--shock", "31=1조", "--table", "kr-2024"],
            &["kr-2024", "kr-2023-83"],
        ),
        fault(1, &["impact", "hub-ai"], &["hub-ai", "ai-hub"]),
        fault(
            1,
            &["impact", "ai-hub", "--region", "서울시청"],
            &["서울시청", "전라남도"],
        ),
        fault(1, &["regions", "ai-hub"], &["--compare"]),
        fault(
            1,
            &["impact", "ai-hub", "--set", "capx=1"],
            &["capx", "capex"],
        ),
        fault(
            1,
            &["impact", "ai-hub", "--set", "capex=1 +"],
            &["--set capex=1 +"],
        ),
        fault(
            1,
            &["impact", "ai-hub", "--cap", "전력"],
            &["--cap", "SECTOR=AMOUNT"],
        ),
        fault(
            1,
            &["impact", "ai-hub", "--scale", "-1"],
            &["--scale", "-1"],
        ),
        fault(
            1,
            &["impact", "--shock", "31=1조", "--people", "age.csv"],
            &["age.csv:2: code", "'99'"],
        ),
        fault(
            1,
            &["impact", "--shock", "31=1조", "--people", "gone.csv"],
            &["gone.csv"],
        ),
        fault(
            1,
            &["impact", "--shock", "31=1조", "--format", "xlsx"],
            &["-o result.xlsx"],
        ),
        fault(
            1,
            &["impact", "--shock", "31=1조", "-o", "x.pdf"],
            &["x.pdf", ".csv"],
        ),
        fault(
            1,
            &["impact", "--shock", "31=1조", "-o", "no/x.csv"],
            &["no"],
        ),
        fault(
            1,
            &["impact", "--shock", "31=1조", "--format", "svg"],
            &["leontief plot"],
        ),
        fault(
            1,
            &["plot", "map", "--shock", "31=1조"],
            &["map", "--region"],
        ),
        fault(
            1,
            &["plot", "fan", "ai-hub", "-o", "x.csv"],
            &["fan", "--draws N"],
        ),
        fault(
            1,
            &["sweep", "ai-hub", "--vary", "capex"],
            &["--vary 'capex'", "capex=1조..30조/10"],
        ),
        fault(1, &["sweep", "ai-hub", "--vary", "capx=1..2/3"], &["capx"]),
        fault(
            1,
            &["sweep", "ai-hub", "--vary", "capex=1..2/3"],
            &["capex", "3조"],
        ),
        fault(
            1,
            &[
                "sweep",
                "ai-hub",
                "--vary",
                "capex=1조..2조/3",
                "--set",
                "capex=1조",
            ],
            &["--set", "--vary"],
        ),
        fault(
            1,
            &["compare", "ai-hub", "ai-hub-delayed", "--base", "x"],
            &["'x'", "ai-hub-delayed"],
        ),
        fault(1, &["price", "--shock", "45=20"], &["'20'", "20%"]),
        fault(1, &["price"], &["--shock 45=+20%"]),
        fault(1, &["shortage", "45", "--amount", "900조"], &["45"]),
        fault(1, &["shortage", "45", "--amount", "-5"], &["45"]),
        fault(2, &["shortage"], &["SECTOR"]),
        fault(
            1,
            &["sam", "--from", "31", "--to", "mixed_income"],
            &["mixed_income"],
        ),
        fault(2, &["sam", "--capital-share", "2"], &["'2'"]),
        fault(2, &["shortage", "45", "--share", "10%"], &["--imports"]),
        fault(
            1,
            &["shortage", "02", "--imports", "--share", "110%"],
            &["--share", "110%"],
        ),
        fault(
            1,
            &["shortage", "02", "--imports", "--amount", "9000조"],
            &["--amount", "9000조"],
        ),
        fault(
            1,
            &["regionalize", "--region", "Ulsan", "--alone"],
            &["--alone", "-o FOLDER"],
        ),
        fault(
            2,
            &["regionalize", "--judged", "--region", "Ulsan"],
            &["--judged"],
        ),
        fault(1, &["extract", "31", "--share", "110%"], &["1.1"]),
        fault(1, &["extract", "31", "31"], &["31"]),
        fault(1, &["extract", "31", "--others"], &["--others", "--all"]),
        fault(1, &["extract", "31", "--by", "jobs"], &["--by", "--all"]),
        fault(
            1,
            &["linkages", "--method", "pure", "--weighted"],
            &["--weighted", "hirschman"],
        ),
        fault(1, &["linkages", "--by", "jobs"], &["--by", "network"]),
        fault(
            1,
            &["linkages", "--important", "10%"],
            &["--important", "influence"],
        ),
        fault(2, &["outage", "45", "--loss", "10%"], &["--days"]),
        fault(
            1,
            &[
                "outage", "45", "--loss", "10%", "--days", "3", "--side", "demand",
            ],
            &["--side", "--method"],
        ),
        fault(
            1,
            &[
                "outage",
                "45",
                "--loss",
                "10%",
                "--days",
                "3",
                "--method",
                "inoperability",
                "--buffer",
                "3",
            ],
            &["--buffer", "--method"],
        ),
        fault(
            1,
            &[
                "outage",
                "45",
                "--loss",
                "10%",
                "--days",
                "3",
                "--method",
                "inoperability",
                "--recovery",
                "2",
            ],
            &["2"],
        ),
        fault(1, &["outage", "45", "--loss", "0%", "--days", "3"], &["0"]),
        fault(
            1,
            &["outage", "45", "--loss", "10%", "--days", "400"],
            &["400", "365"],
        ),
        fault(
            1,
            &[
                "outage", "45", "--loss", "10%", "--days", "3", "--stock", "45=x",
            ],
            &["--stock", "'x'"],
        ),
        fault(
            1,
            &["decompose", "kr-2020-33", "kr-2023-83"],
            &["kr-2023-83"],
        ),
        fault(
            1,
            &["decompose", "kr-2020-33", "kr-2023-33", "--measure", "x"],
            &["'x'", "value_added"],
        ),
        fault(1, &["extract", "--all", "--by", "x"], &["--by", "jobs"]),
        fault(1, &["update", "kr-2023-33", "--totals", "x.csv"], &["--to"]),
        fault(
            1,
            &[
                "update",
                "kr-2020-33",
                "--totals",
                "kr-2023-33",
                "--bounds",
                "no-bounds.csv",
            ],
            &["no-bounds.csv"],
        ),
        fault(
            1,
            &[
                "supply-use",
                concat!(env!("CARGO_MANIFEST_DIR"), "/examples/supply-use"),
                "--totals",
                "x.csv",
            ],
            &["--to"],
        ),
        fault(
            1,
            &["update", "kr-2023-33", "--totals", "kr-2023-83"],
            &["kr-2023-83"],
        ),
        fault(
            1,
            &["sector", "45", "--compare", "1999"],
            &["1999", "2020, 2023"],
        ),
        fault(
            1,
            &["multipliers", "--groups", "bok-7"],
            &["bok-7", "bok-33, ksic, bok-13, bok-6"],
        ),
        fault(
            1,
            &["regroup", "kr-2023-83", "A=45:130%", "-o", "x"],
            &["130%"],
        ),
        fault(
            1,
            &["multipliers", "--households", "all", "--by", "effect"],
            &["--households all", "--by"],
        ),
        fault(
            1,
            &["multipliers", "--households", "all", "--sort", "beauty"],
            &["--sort", "beauty", "value_added"],
        ),
        fault(
            1,
            &["multipliers", "--sort", "beauty"],
            &["beauty", "output"],
        ),
        fault(
            1,
            &["multipliers", "--household-share", "0.7"],
            &["--type 2"],
        ),
        fault(1, &["sectors", "--search", "qqqqqq"], &["qqqqqq"]),
        fault(
            1,
            &["regions", "--compare", "--shock", "31=1조"],
            &["leontief regions --compare ai-hub"],
        ),
        fault(1, &["presets", "hub"], &["'hub'", "ai-hub"]),
        fault(
            1,
            &[
                "impact",
                "world.toml",
                "--table",
                concat!(
                    env!("CARGO_MANIFEST_DIR"),
                    "/examples/tables/three-countries-2020.csv"
                ),
            ],
            &["world.toml:2: trade_mix:"],
        ),
        fault(
            1,
            &["check", "kr-2023-83", "--against", "kr-2020-33x"],
            &["kr-2020-33x"],
        ),
    ];
    check(folder.path(), "", &faults);
}

/// Scenario files, each with what is said of it in both languages.
const SCENARIOS: [(&str, &[&str]); 53] = [
    ("[scenario\n", &["s.toml:1"]),
    ("[scenario]\nnam = 1\n", &["s.toml:2", "`nam`", "`name`"]),
    ("[scenario]\nhorizon = 99\n", &["s.toml:2", "99", "1900"]),
    ("[scenario]\nhorizon = \"x\"\n", &["s.toml:2", "2030"]),
    (
        "[scenario]\nname = 3\n",
        &["s.toml:2", "{ en = \"...\", ko = \"...\" }"],
    ),
    ("[scenario]\ninduced = \"x\"\n", &["s.toml:2"]),
    ("[scenario]\nfx = true\n", &["s.toml:2", "`true`"]),
    ("[scenario]\nfx = -3\n$P", &["s.toml:2: fx", "-3"]),
    (
        "[scenario]\ndiscount_year = 2030\n$P",
        &["s.toml:2: discount_year"],
    ),
    (
        "[scenario]\nregion = \"elsewhere\"\n$P",
        &["s.toml:2: region", "[[phase.spending]]"],
    ),
    (
        "[scenario]\ninduced = false\nhousehold_share = 0.5\n",
        &["s.toml:3: household_share"],
    ),
    (
        "[scenario]\nfinance_by = \"exports\"\n$P",
        &["s.toml:2", "`finance_by`", "`financed_by`"],
    ),
    (
        "[scenario]\nfinanced_by = \"goverment\"\n$P",
        &["s.toml:2", "`goverment`", "`government`"],
    ),
    ("[scenario]\nincome_tax = 5\n$P", &["s.toml:2", "40%"]),
    (
        "[scenario]\nincome_tax = \"5%\"\n$P",
        &["s.toml:2: income_tax", "households = \"disposable\""],
    ),
    (
        "[scenario]\nhouseholds = \"disposable\"\n$P",
        &["s.toml:2: households", "income_tax", "contributions"],
    ),
    (
        "[scenario]\nhousehold_income = \"2000조\"\nhousehold_share = 0.5\n$P",
        &["s.toml:2: household_income", "household_share"],
    ),
    ("[scenario]\nscale = \"-1\"\n$P", &["s.toml:2: scale", "-1"]),
    ("[draws]\nseed = 1\n$P", &["s.toml:1: draws.count", "2000"]),
    (
        "[draws]\ncount = 9\ncoefficient_draws = \"ras\"\n$P",
        &["s.toml:3: draws.coefficient_draws", "coefficient_spread"],
    ),
    (
        "[scenario]\nproductivity_growth = 3\n$P",
        &["s.toml:2: productivity_growth", "3"],
    ),
    ("[parameters]\n\"a b\" = 1\n$P", &["s.toml:2: 'a b'"]),
    (
        "[parameters]\na = \"b\"\nb = \"a\"\n$P",
        &["s.toml:2: a", "a -> b -> a"],
    ),
    ("[parameters]\na = \"1 +\"\n$P", &["s.toml:2"]),
    ("[parameters]\na = \"1조 + 2\"\n$P", &["s.toml:2: a"]),
    (
        "[parameters]\na = { value = 3, range = [1, 2] }\n$P",
        &["s.toml:2: a", "3", "1..2"],
    ),
    (
        "[parameters]\na = { value = 3, shape = \"round\" }\n$P",
        &["s.toml:2", "`round`", "`pert`"],
    ),
    (
        "[deflators]\n31 = { 2023 = 100, 2020 = 0 }\n$P",
        &["s.toml:1: deflators.31", "2020"],
    ),
    (
        "[prices]\ntrade_margin = \"120%\"\n$P",
        &["s.toml:2: prices.trade_margin", "1.2"],
    ),
    (
        "[watch]\n999 = \"x\"\n$P",
        &["s.toml:2: watch.999", "'999'"],
    ),
    ("[watch]\n31 = \" \"\n$P", &["s.toml:2: watch.31"]),
    ("[scenario]\n", &["s.toml:1: phase", "[[phase]]"]),
    (
        "[[phase]]\nname = \"B\"\n",
        &["s.toml:2: B: kind", "one-off"],
    ),
    (
        "[[phase]]\nname = \"B\"\nkind = \"one-off\"\n",
        &["s.toml:2: B: spending"],
    ),
    (
        "[[phase]]\nname = \"B\"\nkind = \"once\"\n",
        &["s.toml:3", "`once`", "`one-off`"],
    ),
    (
        "[[phase]]\nname = \"B\"\nkind = \"one-off\"\nstart = \"27-04\"\n",
        &["s.toml:4", "27-04", "2027-04"],
    ),
    (
        "[[phase]]\nname = \"B\"\nkind = \"one-off\"\nduration = true\n",
        &["s.toml:4", "2"],
    ),
    (
        "[[phase]]\nname = \"B\"\nkind = \"one-off\"\nprofile = [0.5, 0.4]\n",
        &["s.toml:4", "0.9"],
    ),
    (
        "$P\n[[phase.spending]]\nwhat = \"31\"\n",
        &["s.toml:9: amount"],
    ),
    (
        "$P\n[[phase.spending]]\nwhat = \"반도채\"\namount = 1\n",
        &["s.toml:9: what", "반도채"],
    ),
    (
        "$P\n[[phase.spending]]\nwhat = \"31\"\namount = \"1조\"\ndomestic_share = 7\n",
        &["s.toml:11: B/Arts", "7"],
    ),
    (
        "$P[[cap]]\nwhat = \"31\"\nextra = -1\n",
        &["s.toml:9: cap: 31"],
    ),
    (
        "$P[industry]\nname = \"X\"\nphase = \"Z\"\nsales = \"1조\"\n",
        &["s.toml:9: industry.phase", "'Z'", "B"],
    ),
    (
        "$P[[trade_mix]]\nwhat = \"11\"\n",
        &[
            "s.toml:8: trade_mix:",
            "imported = \"60%\"",
            "change = \"-10%\"",
        ],
    ),
    (
        "$P[[trade_mix]]\nwhat = \"11\"\nimported = { value = 0.5, range = [0.4, 0.6] }\n",
        &["s.toml:9", "\"40%\""],
    ),
    (
        "$P[[trade_mix]]\nwhat = \"11\"\nimported = \"a + 1\"\n",
        &["s.toml:9", "'a + 1'", "40%"],
    ),
    (
        "$P[[supply_mix]]\nfrom = \"06\"\nto = \"17\"\nshare = 0.1\n[[trade_mix]]\nwhat = \"11\"\nchange = 0.9\n",
        &["s.toml:12: trade_mix:", "46.3", "136.3"],
    ),
    (
        "$P[[trade_mix]]\nwhat = \"11\"\nchange = 0\n[[supply_mix]]\nfrom = \"06\"\nto = \"17\"\nshare = 2\n",
        &["s.toml:11: supply_mix:", "2"],
    ),
    (
        "$P[[supply_mix]]\nfrom = \"06\"\nto = \"17\"\nshare = 0.5\nprice = 0\n",
        &["s.toml:8: supply_mix:", "0", "1,000,000"],
    ),
    (
        "$P[[supply_mix]]\nfrom = \"06\"\nto = \"06\"\nshare = 0.5\n",
        &["s.toml:8: supply_mix:", "06"],
    ),
    (
        "$P[[supply_mix]]\nfrom = \"06\"\nto = \"qqqqqq\"\nshare = 0.5\n",
        &["s.toml:9: supply_mix.to:", "'qqqqqq'"],
    ),
    (
        "$P[[supply_mix]]\nfrom = \"06\"\nto = \"17\"\nshare = 0.5\nusers = []\n",
        &["s.toml:11: supply_mix.users:"],
    ),
    (
        "$P[[account]]\nid = \"co2\"\nunit = \"t\"\nfile = \"age.csv\"\n",
        &["s.toml:8: account.id", "'co2'", "age.csv"],
    ),
];

const PHASE: &str = "[[phase]]\nname = \"B\"\nkind = \"one-off\"\n[[phase.spending]]\nwhat = \"31\"\n\
                     amount = \"1조\"\n";

#[test]
fn scenarios_that_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("age.csv"), "code,a\n*,1\n").expect("written");
    let mut wrong = Vec::new();
    for (text, both) in SCENARIOS {
        let text = text.replace("$P", PHASE);
        std::fs::write(folder.path().join("s.toml"), text).expect("written");
        let fault = fault(1, &["impact", "s.toml", "--table", "kr-2023-33"], both);
        wrong.extend(wrong_with(folder.path(), "", &[fault]));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tables_that_are_refused() {
    const IMPACT: &[&str] = &["impact", "--shock", "1=1조", "--table", "$T"];
    let cases: [(&str, &str, &str, &'static [&'static str]); 9] = [
        (
            "domestic_flows.csv",
            "200",
            "250",
            &["domestic_flows.csv:3: 1", "+50.000"],
        ),
        (
            "domestic_flows.csv",
            "200",
            "x",
            &["domestic_flows.csv:3: 1", "'x'"],
        ),
        (
            "domestic_flows.csv",
            "200",
            "",
            &["domestic_flows.csv:3: 1", "0"],
        ),
        (
            "domestic_flows.csv",
            "200",
            "2,0",
            &["domestic_flows.csv:3", "4", "3"],
        ),
        (
            "domestic_flows.csv",
            "\n2,",
            "\n7,",
            &["domestic_flows.csv:3", "'7'"],
        ),
        (
            "sectors.csv",
            "name_en",
            "name",
            &["sectors.csv:1", "'name_en'"],
        ),
        ("table.toml", "unit = ", "unit = -", &["table.toml: unit"]),
        (
            "table.toml",
            "kind = \"flows\"",
            "kind = \"flow\"",
            &["table.toml", "`flow`", "`flows`"],
        ),
        (
            "table.toml",
            "[roles]",
            "[roles]\ntrade = \"9\"",
            &["table.toml:", "roles.trade", "'9'"],
        ),
    ];
    for (file, old, new, both) in cases {
        let folder = Folder::two_sectors();
        let text = folder.read(file);
        assert!(text.contains(old), "{file}: {text}");
        folder.write(file, text.replacen(old, new, 1));
        check(folder.path.path(), folder.name(), &[fault(1, IMPACT, both)]);
    }
    let folder = Folder::two_sectors();
    std::fs::remove_file(folder.path.path().join("output.csv")).expect("removed");
    check(
        folder.path.path(),
        folder.name(),
        &[fault(1, IMPACT, &["output.csv"])],
    );
}

#[test]
fn what_others_files_lack_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
    };
    put("eora/Eora26_2015_bp_T.txt", b"1\t2\n3\t4\n");
    for year in ["2019", "2020"] {
        let text = b"V1,AAA_farms,AAA_mills,BBB_farms,BBB_mills,OUT\nAAA_farms,1,1,1,1,4\n";
        put(&format!("years/{year}_SML.csv"), text);
    }
    put("saved/Z.parquet", b"PAR1");
    put("saved/Y.parquet", b"PAR1");
    put("cut.csv.gz", &[0x1f, 0x8b, 8, 0, 0]);
    check(
        folder.path(),
        "",
        &[
            fault(1, &["import", "eora"], &["indices.zip", "labels_T.txt"]),
            fault(1, &["import", "years"], &["2019, 2020"]),
            fault(1, &["import", "years", "--year", "2001"], &["2019, 2020"]),
            fault(1, &["import", "saved"], &["Z.parquet"]),
            fault(1, &["import", "cut.csv.gz"], &["cut.csv.gz"]),
        ],
    );
}
