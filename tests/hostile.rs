//! Bad tables, bad scenarios, bad amounts: each is refused by a sentence that names the place, and
//! none of them panics.

mod common;

use common::{Folder, open};
use leontief::analysis::checkup;
use leontief::impact;
use leontief::lang::Text;
use leontief::scenario::formula::Formula;
use leontief::scenario::{Overrides, Scenario, ScenarioFile, amount, presets};
use leontief::table::AnyTable;
use leontief::table::read::native;
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
    assert!(checkup::check(&table).is_clean());
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
        shuffled
            .flows(Text::same("the test"))
            .expect("flows")
            .flows(),
        korea.flows(Text::same("the test")).expect("flows").flows()
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
    let output = |table: &AnyTable| {
        table
            .flows(Text::same("the test"))
            .expect("flows")
            .output()
            .sum()
    };
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
fn a_role_is_the_code_of_a_sector() {
    let folder = Folder::two_sectors();
    let text = folder.read("table.toml");
    let (before, after) = text.split_once("[roles]\n").expect("roles");
    let roles = |keys: &str| {
        folder.write("table.toml", format!("{before}[roles]\n{keys}\n{after}"));
    };
    let line = before.lines().count() + 3;
    // A name is not taken for a code.
    roles("trade = \"2\"\ntransport = \"Sector 1\"");
    refused(
        &folder,
        &[&format!("table.toml:{line}: roles.transport"), "'Sector 1'"],
    );
    roles("trade = 2");
    refused(&folder, &["table.toml:", "expected a string"]);
    roles("retail = \"2\"");
    refused(&folder, &["table.toml:", "retail"]);
    roles("trade = \"2\"\ntransport = \"1\"");
    let table = AnyTable::open(folder.name()).expect("sound roles");
    assert_eq!(table.meta().roles.trade.as_deref(), Some("2"));
    assert_eq!(table.meta().roles.transport.as_deref(), Some("1"));
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
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tables/kr-2022-33");
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
        &[":8", "duration"],
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
fn of_two_keys_that_do_not_go_together_the_one_at_fault_is_named_at_its_line() {
    let phase = |rest: &str| scenario("horizon = 2030", rest, AMOUNT);
    for (rest, parts) in [
        // Line 6 is the kind's, the others follow.
        (
            "kind = \"recurring\"\nstart = 2029\ndelay = \"3 years\"",
            [":8", "delay", "2032-01"],
        ),
        (
            "kind = \"one-off\"\nstart = 2190\nduration = \"20 years\"",
            [":8", "duration", "2209"],
        ),
        (
            "kind = \"one-off\"\nstart = 2200\ndelay = 1\nduration = 1",
            [":8", "delay", "2201"],
        ),
        (
            "kind = \"recurring\"\nstart = 2029\nduration = 0",
            [":8", "duration", "at least a month"],
        ),
    ] {
        wrong(&phase(rest), &parts);
    }
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

#[test]
fn a_table_or_a_province_that_is_not_there() {
    let table = |id: &str| {
        let text = scenario(&format!("table = \"{id}\""), KIND, AMOUNT);
        let file = ScenarioFile::parse("test.toml", &text).expect("readable");
        file.open_table().expect_err(id).to_string()
    };
    has(
        &table("nosuch"),
        &["test.toml:3: table", "nosuch", "kr-2023-83"],
    );
    has(
        &table("kr-2020-regions"),
        &["test.toml:3: table", "regions"],
    );
    let named = ["nosuch", "elsewhere", "타지역", ""];
    for name in named {
        let region = format!("region = \"{name}\"");
        wrong(&scenario(&region, KIND, AMOUNT), &[":3: region", name]);
        let phase = format!("{KIND}\n{region}");
        wrong(&scenario("", &phase, AMOUNT), &[":7: region", name]);
    }
    let line = format!("{AMOUNT}\nregion = \"nosuch\"");
    wrong(&scenario("", KIND, &line), &[":10: region", "nosuch"]);
    run(&scenario(
        "",
        KIND,
        &format!("{AMOUNT}\nregion = \"elsewhere\""),
    ))
    .expect("a line may");
    // A province that a phase overrides is wrong all the same.
    let phase = format!("{KIND}\nregion = \"울산\"");
    wrong(
        &scenario("region = \"nosuch\"", &phase, AMOUNT),
        &[":3: region"],
    );
}

#[test]
fn what_is_inherited_is_wrong_where_it_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let base = |head: &str, phase: &str, line: &str| {
        let text = format!("\n\n\n{}", scenario(head, phase, line));
        std::fs::write(path("base.toml"), text).expect("a file");
        std::fs::write(path("own.toml"), "extends = \"base.toml\"\n").expect("a file");
        let file = presets::open(&path("own.toml")).expect("readable");
        file.open_table()
            .and_then(|table| Scenario::new(file, &table, &Overrides::default()))
            .expect_err("a bad scenario")
            .to_string()
    };
    let dated = |rest: &str| format!("{KIND}\nstart = 2027\n{rest}");
    has(
        &base("table = \"x\"", KIND, AMOUNT),
        &["base.toml:6: table"],
    );
    has(
        &base("region = \"x\"", KIND, AMOUNT),
        &["base.toml:6: region"],
    );
    has(
        &base("", &dated("region = \"x\""), AMOUNT),
        &["base.toml:11"],
    );
    has(&base("", &dated("duration = 0"), AMOUNT), &["base.toml:11"]);
    let line = format!("{AMOUNT}\nregion = \"x\"");
    has(&base("", KIND, &line), &["base.toml:13: region"]);
}

#[test]
fn keys_that_do_nothing_where_they_stand() {
    let recurring = "kind = \"recurring\"\nstart = 2027";
    let phase = format!("{recurring}\nprofile = \"s-curve\"");
    wrong(&scenario("", &phase, AMOUNT), &[":8: profile", "one-off"]);
    for key in ["duration = 3", "delay = 1", "profile = \"even\""] {
        let phase = format!("{KIND}\n{key}");
        wrong(&scenario("", &phase, AMOUNT), &[":7: ", "start"]);
    }
    wrong(
        &scenario("discount_year = 2030", KIND, AMOUNT),
        &[":3: discount_year", "discount_rate"],
    );
    wrong(
        &scenario("induced = false\nhousehold_share = 0.7", KIND, AMOUNT),
        &[":4: household_share", "induced"],
    );
    let phase = format!("{KIND}\ndrop = true");
    wrong(
        &scenario("", &phase, AMOUNT),
        &[":7: Build: drop", "extends"],
    );
    let line = format!("{AMOUNT}\ndrop = true");
    wrong(&scenario("", KIND, &line), &[":10: ", "drop", "extends"]);
    for keys in [
        "shape = \"normal\", sd = \"1조\", range = [\"1조\", \"5조\"]",
        "shape = \"pert\", sd = \"1조\", range = [\"1조\", \"5조\"]",
        "shape = \"uniform\", values = [1], range = [\"1조\", \"5조\"]",
        "weights = [1], range = [\"1조\", \"5조\"]",
        "shape = \"discrete\", values = [1e12, 2e12]",
    ] {
        let line = format!("amount = {{ value = \"3조\", {keys} }}");
        wrong(&scenario("", KIND, &line), &[":9: ", "amount"]);
    }
}

#[test]
fn a_scenario_without_households_may_extend_one_with_them() {
    let base = scenario("household_share = 0.7", KIND, AMOUNT);
    let base = ScenarioFile::parse("base.toml", &base).expect("readable");
    let own = ScenarioFile::parse("own.toml", "[scenario]\ninduced = false\n").expect("readable");
    let open = Scenario::new(own.on_top_of(base), &KOREA.0, &Overrides::default());
    let closure = open.and_then(|s| s.closure()).expect("no households");
    assert_eq!(closure, leontief::model::Closure::Open);
}

#[test]
fn a_phase_or_line_is_changed_under_either_name() {
    let base = "[[phase]]\nname = { en = \"Build\", ko = \"건설\" }\nkind = \"one-off\"\n\
                [[phase.spending]]\nitem = { en = \"Works\", ko = \"공사\" }\nwhat = \"건설\"\namount = \"1조\"\n";
    let own = "[[phase]]\nname = \"건설\"\n[[phase.spending]]\nitem = \"공사\"\namount = \"2조\"\n";
    let base = ScenarioFile::parse("base.toml", base).expect("readable");
    let own = ScenarioFile::parse("own.toml", own).expect("readable");
    let both = Scenario::new(own.on_top_of(base), &KOREA.0, &Overrides::default());
    let plan = both.and_then(|s| s.plan()).expect("one phase");
    assert_eq!(plan.phases.len(), 1);
    assert_eq!(plan.phases[0].amount(), 2e6);
}

#[test]
fn certainty_is_a_letter_or_an_assumption() {
    for known in ["A", "B", "C", "D", "assumption"] {
        let line = format!("{AMOUNT}\ncertainty = \"{known}\"");
        run(&scenario("", KIND, &line)).expect(known);
    }
    for unknown in ["E", "a", "certain", ""] {
        let line = format!("{AMOUNT}\ncertainty = \"{unknown}\"");
        wrong(&scenario("", KIND, &line), &[":10", "assumption"]);
        let line = format!("amount = {{ value = \"1조\", certainty = \"{unknown}\" }}");
        wrong(&scenario("", KIND, &line), &[":9", "assumption"]);
    }
}

#[test]
fn rates_of_prices_are_checked_where_no_line_uses_them() {
    let prices = |rates: &str| format!("{}[prices]\n{rates}\n", scenario("", KIND, AMOUNT));
    for rate in ["2", "-0.1", "\"1조\"", "\"margin\""] {
        wrong(
            &prices(&format!("trade_margin = {rate}")),
            &[":11: prices.trade_margin"],
        );
    }
    wrong(
        &prices("trade_margin = 0.6\nproduct_tax = 0.5"),
        &[":12: prices.product_tax", "whole price"],
    );
    let (table, _) = &*KOREA;
    let file = ScenarioFile::parse("test.toml", &prices("trade_margin = 0.1")).expect("readable");
    let scenario = Scenario::new(file, table, &Overrides::default()).expect("a good scenario");
    let notes = scenario.plan().expect("a plan").notes;
    assert!(
        notes
            .iter()
            .any(|n| n.text().en.contains("[prices] change nothing"))
    );
}

#[test]
fn an_industry_that_is_half_told() {
    let industry = |keys: &str| {
        format!(
            "{}[industry]\nname = \"Hub\"\nphase = \"Build\"\nsales = \"2조\"\n{keys}\n",
            scenario("", "kind = \"recurring\"", AMOUNT)
        )
    };
    run(&industry("")).expect("all sold to final users");
    run(&industry("buyers = { 19 = 0.5 }")).expect("the rest is sold to final users");
    wrong(
        &industry("buyers = { 19 = 1.5 }"),
        &[":14: industry.buyers", "0..1"],
    );
    wrong(
        &industry("buyers = { 99 = 1 }"),
        &[":14: industry.buyers", "99"],
    );
    wrong(&industry("exports = 1.5"), &[":14: industry/exports"]);
    wrong(
        &industry("exports = 0.6\nfinal_demand = 0.6"),
        &[":15: industry/final_demand", "more than all"],
    );
    wrong(&industry("replaces = \"19\""), &[":14: ", "replaced_share"]);
    wrong(&industry("replaced_share = 0.1"), &[":14: ", "replaces"]);
    wrong(
        &industry("replaces = \"19\"\nreplaced_share = 0.1"),
        &[":14: ", "buyers"],
    );
}

#[test]
fn names_that_are_empty_or_stand_twice() {
    let good = scenario("", KIND, AMOUNT);
    for (name, at) in [("\"Test\"", ":1: name"), ("\"Build\"", ":5: name")] {
        wrong(&good.replace(name, "\" \""), &[at, "empty"]);
    }
    let line = format!("{AMOUNT}\nitem = \"\"");
    wrong(&scenario("", KIND, &line), &[":8: item", "empty"]);
    let more = "[[phase.spending]]\nitem = \"Works\"\nwhat = \"19\"\namount = 1";
    let line = format!("{AMOUNT}\nitem = \"Works\"\n{more}");
    wrong(&scenario("", KIND, &line), &["item", "two lines", "Works"]);
    let phase = "[[phase]]\nname = { en = \"Other\", ko = \"Build\" }\nkind = \"one-off\"\n\
                 [[phase.spending]]\nwhat = \"19\"\namount = 1\n";
    wrong(&format!("{good}{phase}"), &[":11: name", "two phases"]);
    let indicator = "[[indicator]]\nname = \"I\"\nvalue = 1\nunit = \"\"\n";
    wrong(
        &format!("{good}{indicator}{indicator}"),
        &[":16: indicator", "two indicators", "'I'"],
    );
    let policy = "[[policy]]\nwhat = \"19\"\ndomestic_share = 0.5\n";
    wrong(&format!("{good}{policy}{policy}"), &[":14: policy", "two"]);
    for (name, says) in [
        ("fx", "[scenario]"),
        ("\"a b\"", "letters"),
        ("\"\"", "letters"),
    ] {
        wrong(
            &format!("{good}[parameters]\n{name} = 3\n"),
            &[":11: ", says],
        );
    }
    let deflators = "[deflators]\n19 = { 2023 = 100 }\n\"건설\" = { 2023 = 90 }\n";
    wrong(&format!("{good}{deflators}"), &[":10: ", "same sector"]);
}

#[test]
fn figures_of_the_wrong_kind() {
    wrong(
        &scenario("horizon = \"2030\"", KIND, AMOUNT),
        &[":3: a year"],
    );
    wrong(&scenario("", KIND, "amount = \"50%\""), &[":9: ", "money"]);
    let good = scenario("", KIND, AMOUNT);
    for decimals in ["-1", "10", "1.5"] {
        let indicator = format!(
            "{good}[[indicator]]\nname = \"I\"\nvalue = 1\nunit = \"\"\ndecimals = {decimals}\n"
        );
        wrong(&indicator, &[":14: decimals", "0..9"]);
    }
    wrong(
        &format!("{good}[[cap]]\nwhat = \"19\"\nextra = \"50%\"\n"),
        &[":12: cap", "money"],
    );
    let dated = |rest: &str| scenario("", &format!("{KIND}\nstart = 2200\n{rest}"), AMOUNT);
    wrong(&dated("profile = []"), &[":8: ", "at least one"]);
    wrong(&dated("duration = 100"), &[":8: duration", "2299"]);
    wrong(&dated("delay = -1"), &[":8: ", "duration"]);
}

#[test]
fn an_account_has_a_column() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("ghg.csv"), "code,ghg\n01,1\n").expect("written");
    let account = "[[account]]\nid = \"water\"\nunit = \"t\"\nfile = \"ghg.csv\"\n";
    let text = format!("{}{account}", scenario("", KIND, AMOUNT));
    std::fs::write(path("own.toml"), text).expect("written");
    let file = presets::open(&path("own.toml")).expect("readable");
    let error = Scenario::new(file, &KOREA.0, &Overrides::default()).expect_err("no column");
    has(
        &error.to_string(),
        &["own.toml:11: account.id", "water", "there are ghg"],
    );
}

#[test]
fn groups_of_people_have_a_column() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("age.csv"), "code,Youth|청년,older\n*,0.2,0.8\n").expect("written");
    let open = |groups: &str| {
        let people = format!("[[people]]\nname = \"age\"\nfile = \"age.csv\"\ngroups = {groups}\n");
        let text = format!("{}{people}", scenario("", KIND, AMOUNT));
        std::fs::write(path("own.toml"), text).expect("written");
        let file = presets::open(&path("own.toml")).expect("readable");
        Scenario::new(file, &KOREA.0, &Overrides::default())
    };
    for column in ["Youth", "청년", "Youth|청년"] {
        let scenario = open(&format!("{{ \"{column}\" = \"15-29\" }}")).expect(column);
        assert_eq!(scenario.profiles()[0].groups[0].en, "15-29");
    }
    let error = open("{ Old = \"30+\" }")
        .expect_err("no such column")
        .to_string();
    has(&error, &["own.toml:12: people.groups", "Old", "older"]);
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
        let currency = amount::Currency::of("KRW");
        let currency = currency.with_rate(fx).unwrap_or(currency);
        if let Ok(money) = amount::parse(&text, currency) {
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
            let _ = checkup::check(&table);
        }
    }
}
