//! Bad tables, bad scenarios, bad amounts: each is refused by a sentence that names the place, and
//! none of them panics.

mod common;

use common::{Folder, open};
use leontief::impact;
use leontief::scenario::formula::Formula;
use leontief::scenario::{Overrides, Scenario, ScenarioFile, amount, presets};
use leontief::table::read::native;
use leontief::table::{AnyTable, balance};
use leontief::{Model, Result};
use proptest::prelude::*;
use std::sync::LazyLock;

#[track_caller]
fn has(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "'{part}' is not in: {message}");
    }
}

// Tables.

#[track_caller]
fn refused(folder: &Folder, parts: &[&str]) {
    let error = AnyTable::open(folder.name()).and_then(|table| Model::new(&table).map(|_| ()));
    has(&error.expect_err("a bad table").to_string(), parts);
}

#[test]
fn a_good_folder_is_read_back_as_it_was() {
    let folder = Folder::two_sectors();
    let table = AnyTable::open(folder.name()).expect("a good table");
    assert_eq!(table.content_hash().len(), 64);
    assert!(balance::check(&table).is_clean());
}

#[test]
fn order_does_not_matter_codes_do() {
    let korea = open("kr-2023-33");
    let folder = Folder::of(&korea);
    // Rows backwards, columns of the flows backwards.
    for file in ["domestic_flows.csv", "output.csv", "satellites.csv"] {
        let text = folder.read(file);
        let (header, rows) = text.split_once('\n').expect("a header");
        let backwards = |line: &str| {
            let (first, rest) = line.split_once(',').expect("a code");
            let mut cells: Vec<&str> = rest.split(',').collect();
            cells.reverse();
            format!("{first},{}", cells.join(","))
        };
        let mut lines: Vec<String> = rows.lines().map(backwards).collect();
        lines.reverse();
        lines.insert(0, backwards(header));
        folder.write(file, lines.join("\n"));
    }
    let shuffled = AnyTable::open(folder.name()).expect("matched by code");
    assert_eq!(
        shuffled.flows("the test").expect("flows").flows(),
        korea.flows("the test").expect("flows").flows()
    );
}

#[test]
fn files_in_thousands_are_held_in_millions() {
    let folder = Folder::of(&open("kr-2023-33"));
    let meta = folder.read("table.toml");
    assert!(meta.contains("unit = 1000000.0"), "{meta}");
    folder.write(
        "table.toml",
        meta.replacen("unit = 1000000.0", "unit = 1000.0", 1),
    );
    let thousands = AnyTable::open(folder.name()).expect("the same figures, smaller");
    assert_eq!(thousands.meta().unit, 1e6);
    let korea = open("kr-2023-33");
    let output = |table: &AnyTable| table.flows("the test").expect("flows").output().sum();
    approx::assert_relative_eq!(
        output(&thousands) * 1e3,
        output(&korea),
        max_relative = 1e-12
    );
    folder.write(
        "table.toml",
        meta.replacen("unit = 1000000.0", "unit = 0.0", 1),
    );
    refused(&folder, &["table.toml", "unit"]);
}

#[test]
fn multipliers_of_a_region_that_is_not_listed() {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tables/kr-2020-regions");
    let folder = tempfile::tempdir().expect("a folder");
    for file in std::fs::read_dir(source).expect("the regional tables") {
        let file = file.expect("a file");
        std::fs::copy(file.path(), folder.path().join(file.file_name())).expect("copied");
    }
    let read = || native::read_regions(&native::Directory::new(folder.path()));
    assert_eq!(read().expect("as built in").iter().len(), 17);
    let path = folder.path().join("multipliers.csv");
    let mut text = std::fs::read_to_string(&path).expect("read");
    text.push_str("KR-99,01,1.1,0.2,0.5,0.1,3,1\n");
    std::fs::write(&path, text).expect("written");
    let error = read().expect_err("an unlisted region").to_string();
    has(&error, &["multipliers.csv:1413", "KR-99"]);
}

#[test]
fn files_that_are_missing_empty_or_no_text() {
    let folder = Folder::two_sectors();
    std::fs::remove_file(folder.path.path().join("output.csv")).expect("removed");
    refused(&folder, &["output.csv", "missing"]);
    for file in [
        "table.toml",
        "sectors.csv",
        "domestic_flows.csv",
        "primary_inputs.csv",
        "satellites.csv",
    ] {
        let folder = Folder::two_sectors();
        folder.write(file, "");
        refused(&folder, &[file]);
        folder.write(file, [0xff, 0xfe, 0x00, 0x80, 0x0a]);
        refused(&folder, &[file]);
        folder.write(file, "\n\n\n");
        refused(&folder, &[file]);
        folder.write(file, ",,,\n,,,\n");
        refused(&folder, &[file]);
    }
}

#[test]
fn shapes() {
    let folder = Folder::two_sectors();
    folder.write("domestic_flows.csv", "code,1,2\n1,150,500\n2,200\n");
    refused(&folder, &["domestic_flows.csv:3", "2 fields", "3"]);
    folder.write("domestic_flows.csv", "code,1,2\n1,150,500\n");
    refused(&folder, &["domestic_flows.csv", "row '2' is missing"]);
    folder.write("domestic_flows.csv", "code,1\n1,150\n2,200\n");
    refused(&folder, &["domestic_flows.csv", "column '2' is missing"]);
    folder.write("domestic_flows.csv", "code,1,2\n1,150,500\n1,200,100\n");
    refused(&folder, &["domestic_flows.csv:3", "'1' stands twice"]);
    folder.write("domestic_flows.csv", "code,1,2\n1,150,500\n7,200,100\n");
    refused(&folder, &["domestic_flows.csv:3", "'7' is not known"]);
    let folder = Folder::two_sectors();
    folder.write(
        "sectors.csv",
        "code,name_ko,name_en,group\n1,하나,One,\n1,둘,Two,\n",
    );
    refused(&folder, &["sectors.csv", "1", "twice"]);
    let folder = Folder::two_sectors();
    folder.write("sectors.csv", "code,name_ko\n1,하나\n2,둘\n");
    refused(&folder, &["sectors.csv:1", "name_en"]);
    let folder = Folder::two_sectors();
    folder.write("aliases.csv", "alias,code\nnowhere,99\n");
    refused(&folder, &["99"]);
}

#[test]
fn numbers() {
    for (text, says) in [
        ("NaN", "not a finite number"),
        ("inf", "not a finite number"),
        ("-inf", "not a finite number"),
        ("1e999", "not a finite number"),
        ("", "empty"),
        ("1 000", "not a number"),
        ("십", "not a number"),
    ] {
        let folder = Folder::two_sectors();
        folder.write(
            "domestic_flows.csv",
            format!("code,1,2\n1,150,500\n2,200,{text}\n"),
        );
        refused(&folder, &["domestic_flows.csv:3", "2", says]);
    }
    // Finite, and too large for sums: refused, not taken for infinite or zero.
    let folder = Folder::two_sectors();
    folder.change("domestic_flows.csv", "1", "2", |_| 1e308);
    refused(&folder, &["domestic_flows.csv:2", "does not balance"]);
    folder.change("domestic_flows.csv", "2", "2", |_| 1e308);
    folder.change("domestic_flows.csv", "1", "1", |_| 1e308);
    refused(&folder, &["does not balance"]);
}

#[test]
fn metadata() {
    let folder = Folder::two_sectors();
    let text = folder.read("table.toml");
    folder.write("table.toml", format!("colour = \"red\"\n{text}"));
    refused(&folder, &["table.toml:1", "colour"]);
    folder.write("table.toml", text.replace("2000", "\"two thousand\""));
    refused(&folder, &["table.toml:", "expected i32"]);
    folder.write("table.toml", text.replace("\"flows\"", "\"rivers\""));
    refused(&folder, &["table.toml:", "rivers"]);
}

#[test]
fn one_wrong_number_is_pointed_at() {
    let korea = open("kr-2023-33");
    let cases = [
        ("domestic_flows", "05", "19", "cell row 05, column 19"),
        ("imported_flows", "11", "12", "cell row 11, column 12"),
    ];
    for (file, row, column, cell) in cases {
        let folder = Folder::of(&korea);
        let csv = format!("{file}.csv");
        folder.change(&csv, row, column, |value| value + 12_345.0);
        let line = format!(
            "{csv}:{}: {column}",
            row.parse::<usize>().expect("a code") + 1
        );
        refused(&folder, &[&line, cell, "+12345.000"]);
    }
    let folder = Folder::of(&korea);
    folder.change("domestic_final_demand.csv", "07", "household", |v| v - 9e6);
    refused(
        &folder,
        &["domestic_final_demand.csv:8", "row 07", "-9000000"],
    );
    let folder = Folder::of(&korea);
    folder.change("primary_inputs.csv", "compensation", "24", |v| v * 1.01);
    refused(&folder, &["output.csv:25", "primary_inputs", "column 24"]);
    let folder = Folder::of(&korea);
    folder.change("output.csv", "24", "output", |v| v + 5e6);
    refused(&folder, &["row 24, column 24", "or the output"]);
}

#[test]
fn coefficients_that_do_not_add_up() {
    let folder = Folder {
        path: tempfile::tempdir().expect("a folder"),
    };
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tables/kr-2020-33");
    for entry in std::fs::read_dir(source).expect("the built-in table") {
        let entry = entry.expect("a file");
        let text = std::fs::read(entry.path()).expect("a file");
        folder.write(&entry.file_name().to_string_lossy(), text);
    }
    assert!(AnyTable::open(folder.name()).is_ok());
    folder.change("domestic_coefficients.csv", "03", "19", |a| a + 0.01);
    refused(
        &folder,
        &["value_added_coefficients.csv:20", "19", "1.01", "not 1"],
    );
}

#[test]
fn output_that_cannot_be() {
    let folder = Folder::two_sectors();
    folder.change("output.csv", "1", "output", |x| -x);
    refused(&folder, &["output of sector 1", "above 0"]);
    folder.change("output.csv", "1", "output", |_| 0.0);
    refused(&folder, &["output of sector 1", "above 0"]);
    // An economy that uses up more than it makes, balanced by negative final demand.
    let folder = Folder::two_sectors();
    folder.change("domestic_flows.csv", "2", "1", |_| 1800.0);
    folder.change("domestic_final_demand.csv", "2", "f0", |f| f - 1600.0);
    folder.change("primary_inputs.csv", "v0", "1", |v| v - 1600.0);
    folder.change("domestic_flows.csv", "1", "2", |_| 1500.0);
    folder.change("domestic_final_demand.csv", "1", "f0", |f| f - 1000.0);
    folder.change("primary_inputs.csv", "v0", "2", |v| v - 1000.0);
    refused(
        &folder,
        &["not productive", "1 Sector 1", "spectral radius"],
    );
}

// Scenarios.

static KOREA: LazyLock<(AnyTable, Model)> = LazyLock::new(|| {
    let table = open("kr-2023-33");
    let model = common::model(&table);
    (table, model)
});

fn run(text: &str) -> Result<()> {
    let (table, model) = &*KOREA;
    let file = ScenarioFile::parse("test.toml", text)?;
    let scenario = Scenario::new(file, table, &Overrides::default())?;
    impact::of_scenario(table, model, &scenario)?;
    Ok(())
}

/// A scenario of one phase; `head` goes before it, `phase` and `line` into it.
fn scenario(head: &str, phase: &str, line: &str) -> String {
    format!(
        "[scenario]\nname = \"Test\"\n{head}\n[[phase]]\nname = \"Build\"\n{phase}\n\
         [[phase.spending]]\nwhat = \"건설\"\n{line}\n"
    )
}

const KIND: &str = "kind = \"one-off\"";
const AMOUNT: &str = "amount = \"1조\"";

#[track_caller]
fn wrong(text: &str, parts: &[&str]) {
    let error = run(text).expect_err("a bad scenario").to_string();
    has(&error, &["test.toml:"]);
    has(&error, parts);
}

#[test]
fn the_scenario_that_is_varied_is_good() {
    run(&scenario("", KIND, AMOUNT)).expect("a good scenario");
}

#[test]
fn keys_and_kinds() {
    wrong(&scenario("colour = 1", KIND, AMOUNT), &[":3", "colour"]);
    wrong(&scenario("", "kinds = 1", AMOUNT), &[":6", "kinds"]);
    wrong(&scenario("", KIND, "amounts = 1"), &[":9", "amounts"]);
    wrong(&scenario("", "kind = \"twice\"", AMOUNT), &[":6", "twice"]);
    wrong(&scenario("", KIND, "amount = true"), &[":9"]);
    wrong(&scenario("", KIND, "amount = \"lots\""), &[":9", "lots"]);
    wrong(&scenario("", KIND, "amount = \"1조조\""), &[":9", "조"]);
    wrong(&scenario("", KIND, "amount = inf"), &[":9", "finite"]);
    wrong(&scenario("", KIND, "amount = nan"), &[":9", "finite"]);
    wrong(&scenario("", KIND, ""), &["amount"]);
    wrong(&scenario("[scenario", KIND, AMOUNT), &[":3"]);
    wrong("", &["phase"]);
    let unknown = scenario("", KIND, AMOUNT).replace("건설", "건셜");
    wrong(&unknown, &[":8", "what", "건셜", "건설"]);
}

#[test]
fn shares_and_chances() {
    for share in ["1.01", "-0.1", "\"120%\"", "\"1조\""] {
        let line = format!("{AMOUNT}\ndomestic_share = {share}");
        wrong(&scenario("", KIND, &line), &[":10", "domestic_share"]);
    }
    for chance in ["1.5", "-0.2"] {
        let phase = format!("{KIND}\nprobability = {chance}");
        wrong(&scenario("", &phase, AMOUNT), &[":7", "probability"]);
    }
    let margins =
        format!("{AMOUNT}\nprice = \"purchasers\"\ntrade_margin = 0.7\ntransport_margin = 0.6");
    assert!(
        run(&scenario("", KIND, &margins)).is_err(),
        "margins above 1"
    );
}

#[test]
fn time() {
    let phase = |rest: &str| scenario("horizon = 2030", rest, AMOUNT);
    wrong(
        &phase("kind = \"recurring\"\nstart = 2035"),
        &[":7", "start", "2035", "2030"],
    );
    wrong(
        &phase("kind = \"one-off\"\nstart = 2027\nduration = \"0 months\""),
        &["duration"],
    );
    wrong(
        &phase("kind = \"one-off\"\nstart = \"2027-13\""),
        &[":7", "2027-13"],
    );
    wrong(
        &phase("kind = \"one-off\"\nstart = 2027\nduration = \"9999999999 years\""),
        &[":8"],
    );
    wrong(
        &phase("kind = \"one-off\"\nstart = 2027\nprofile = [0.5, 0.4]"),
        &[":8", "sum to 1", "0.9"],
    );
    wrong(
        &phase("kind = \"one-off\"\nstart = 2027\nprofile = [1.5, -0.5]"),
        &[":8", "0..1"],
    );
    wrong(
        &phase("kind = \"one-off\"\nstart = 2027\nprofile = \"steep\""),
        &[":8", "steep"],
    );
}

#[test]
fn distributions() {
    let capex = |rest: &str| {
        let parameters = format!("[parameters]\ncapex = {{ value = \"3조\", {rest} }}");
        scenario(&parameters, KIND, "amount = \"capex\"")
    };
    wrong(
        &capex("shape = \"uniform\", range = [\"5조\", \"1조\"]"),
        &[":4", "capex"],
    );
    wrong(
        &capex("shape = \"triangular\", range = [\"4조\", \"5조\"]"),
        &[":4", "capex"],
    );
    wrong(
        &capex("shape = \"normal\", sd = \"-1조\""),
        &[":4", "capex"],
    );
    wrong(
        &capex("shape = \"uniform\", range = [1, 2]"),
        &[":4", "capex"],
    );
    wrong(&capex("shape = \"cauchy\""), &[":4", "cauchy"]);
    wrong(
        &capex("shape = \"discrete\", values = [1e12, 2e12], weights = [0.5]"),
        &[":4", "capex"],
    );
}

#[test]
fn circles() {
    let parameters = "[parameters]\na = \"b * 2\"\nb = \"c + 1\"\nc = \"a\"";
    wrong(
        &scenario(parameters, KIND, AMOUNT),
        &["depends on itself", "a -> b -> c -> a"],
    );
    let parameters = "[parameters]\na = \"b * 2\"";
    wrong(
        &scenario(parameters, KIND, AMOUNT),
        &[":4", "no parameter", "b"],
    );
    // Files that extend each other.
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("a.toml"), "extends = \"b.toml\"\n").expect("a file");
    std::fs::write(path("b.toml"), "extends = \"a.toml\"\n").expect("a file");
    let error = presets::open(&path("a.toml"))
        .expect_err("a circle")
        .to_string();
    has(&error, &["circle", "extends"]);
    std::fs::write(path("a.toml"), "\nextends = \"nowhere.toml\"\n").expect("a file");
    let error = presets::open(&path("a.toml"))
        .expect_err("missing")
        .to_string();
    has(&error, &["a.toml:2", "extends", "nowhere.toml"]);
    let error = presets::open("no-such-scenario").expect_err("missing");
    has(&error.to_string(), &["no-such-scenario", "ai-hub"]);
    std::fs::write(path("a.toml"), [0xff, 0xfe, 0x80]).expect("a file");
    let error = presets::open(&path("a.toml"))
        .expect_err("no text")
        .to_string();
    has(&error, &["a.toml"]);
}

#[test]
fn a_long_chain_of_parameters_does_not_overflow_the_stack() {
    let mut parameters = "[parameters]\n".to_owned();
    for i in 0..2000 {
        parameters += &format!("p{i:05} = \"p{:05} + 1\"\n", i + 1);
    }
    parameters += "p02000 = 1\n";
    run(&scenario(&parameters, KIND, "amount = \"p00000 * 1억\"")).expect("2001 parameters");
}

#[test]
fn what_overflows_is_refused() {
    wrong(&scenario("", KIND, "amount = \"1e308 * 1e308\""), &[":9"]);
    wrong(&scenario("", KIND, "amount = \"1조 / 0\""), &[":9"]);
    let nested = format!("amount = \"{}1{}\"", "(".repeat(5000), ")".repeat(5000));
    wrong(&scenario("", KIND, &nested), &[":9"]);
    let signs = format!("amount = \"{}1\"", "-".repeat(100_000));
    wrong(&scenario("", KIND, &signs), &[":9"]);
}

// Whatever is typed in.

/// Texts that resemble what is meant to be read, and texts that do not.
fn typed() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "1", "2.5", "조", "억", "만", "원", "KRW", "$", "bn", "%", "+", "-", "*", "/", "(", ")",
        " ", ",", "_", "e9", "x", ".", "capex", "min", "−", "é", "🇰🇷", "\"", "\n", "=", "[", "]",
    ]);
    prop_oneof![
        ".{0,40}",
        prop::collection::vec(pieces, 0..16).prop_map(|pieces| pieces.concat()),
        prop::collection::vec(any::<u8>(), 0..64)
            .prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn anything_may_be_typed(text in typed(), fx in prop::option::of(any::<f64>())) {
        if let Ok(money) = amount::parse(&text, fx) {
            prop_assert!(money.as_units().is_finite(), "{text}");
        }
        if let Ok(formula) = Formula::parse(&text) {
            prop_assert_eq!(formula.text(), &text);
        }
        let _ = KOREA.0.sectors().find(&text);
        let _ = KOREA.0.sectors().search(&text);
        let _ = ScenarioFile::parse("test.toml", &text);
        let quoted = format!("amount = {text:?}");
        let _ = run(&scenario("", KIND, &quoted));
    }

    #[test]
    fn any_byte_of_a_scenario_may_be_wrong(at in 0_usize..200, byte in any::<u8>(), cut in 0_usize..200) {
        let good = scenario("[parameters]\ncapex = { value = \"3조\", range = [\"1조\", \"5조\"], shape = \"pert\" }", KIND, "amount = \"capex\"");
        let mut bytes = good.into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = run(&String::from_utf8_lossy(&bytes));
        bytes.truncate(cut);
        let _ = run(&String::from_utf8_lossy(&bytes));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn any_byte_of_a_table_may_be_wrong(file in 0_usize..6, at in 0_usize..4000, byte in any::<u8>()) {
        let files = ["table.toml", "sectors.csv", "domestic_flows.csv", "primary_inputs.csv", "output.csv", "satellites.csv"];
        let folder = Folder::two_sectors();
        let mut bytes = folder.read(files[file]).into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        folder.write(files[file], bytes);
        if let Ok(table) = AnyTable::open(folder.name()) {
            let _ = Model::new(&table);
            let _ = balance::check(&table);
        }
    }
}
