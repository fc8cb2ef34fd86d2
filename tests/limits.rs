//! What is too long, too deep or too large is refused by a sentence in both languages, or answered at
//! once; nothing overflows, hangs or ends the program. The limits stand in docs/limits.md.

mod common;

use common::open;
use leontief::scenario::formula::{self, Formula};
use leontief::scenario::{Overrides, Scenario, ScenarioFile};
use leontief::table::AnyTable;
use leontief::{Error, Lang, Result, Text};
use std::fmt::Write;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static KOREA: LazyLock<AnyTable> = LazyLock::new(|| open("kr-2023-33"));

fn bind(text: &str) -> Result<Scenario> {
    let file = ScenarioFile::parse("test.toml", text)?;
    Scenario::new(file, &KOREA, &Overrides::default())
}

/// A scenario of one phase, with parameters.
fn with_parameters(parameters: &str, amount: &str) -> String {
    format!(
        "[scenario]\nname = \"Test\"\n[parameters]\n{parameters}\n[[phase]]\nname = \"Build\"\n\
         kind = \"one-off\"\n[[phase.spending]]\nwhat = \"건설\"\namount = \"{amount}\"\n"
    )
}

/// Refused with these words in English and those in Korean.
#[track_caller]
fn refused<T>(result: Result<T>, en: &str, ko: &str) {
    let Err(error) = result else {
        panic!("it is not refused; it should say: {en}");
    };
    for (lang, words) in [(Lang::En, en), (Lang::Ko, ko)] {
        let said = error.say(lang);
        assert!(said.contains(words), "'{words}' is not in: {said}");
        assert!(said.chars().count() < 1_300, "{} characters", said.len());
    }
    assert!(!error.to_string().contains('\u{1f}'));
}

#[track_caller]
fn at_once<T>(seconds: u64, what: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = what();
    assert!(
        start.elapsed() < Duration::from_secs(seconds),
        "{:?}",
        start.elapsed()
    );
    result
}

#[test]
fn a_formula_has_at_most_a_thousand_terms_however_it_is_built() {
    let sum = |terms: usize| vec!["1"; terms].join("+");
    assert!(Formula::parse(&sum(formula::TERMS)).is_ok());
    let too_long = |text: String| bind(&with_parameters("", &text));
    let (en, ko) = ("more than 1000 numbers and names", "1000개를 넘습니다");
    refused(too_long(sum(formula::TERMS + 1)), en, ko);
    refused(too_long(sum(37_000)), en, ko);
    refused(too_long(vec!["a"; 37_000].join("*")), en, ko);
    let (en, ko) = ("at most 64 parentheses", "64겹까지");
    refused(too_long("(".repeat(100_000)), en, ko);
    refused(too_long("-".repeat(100_000)), en, ko);
}

#[test]
fn the_longest_formula_is_worked_out_in_a_small_stack() {
    let terms = vec!["1억"; formula::TERMS].join("-");
    let small = std::thread::Builder::new().stack_size(512 * 1024);
    let bound = small.spawn(move || bind(&with_parameters("", &terms)).map(|_| ()));
    bound
        .expect("a thread")
        .join()
        .expect("no overflow")
        .expect("a good scenario");
}

#[test]
#[cfg(feature = "ensembles")]
fn the_longest_formula_is_drawn_in_a_small_stack() {
    use leontief::uncertainty::{Draws, draws};
    let terms = vec!["c"; formula::TERMS].join("+");
    let parameters = "c = { value = \"1억\", range = [\"5,000만\", \"2억\"] }";
    let scenario = bind(&with_parameters(parameters, &terms)).expect("a good scenario");
    let model = leontief::Model::new(&KOREA).expect("productive");
    let impact = leontief::impact::of_scenario(&KOREA, &model, &scenario).expect("worked out");
    let asked = Draws {
        count: 100,
        ..Draws::default()
    };
    // Of as many threads as there are cores, each with the usual stack of 2 MiB.
    let drawn = draws::of_scenario(&KOREA, &model, &scenario, &impact, &asked, &|_| ());
    assert!(drawn.is_ok());
}

#[test]
fn a_chain_of_parameters_may_be_as_long_as_a_scenario() {
    let mut parameters = String::new();
    for i in 0..9_000 {
        // Each names the next, so that the first cannot be worked out before the last.
        let _ = writeln!(parameters, "p{i:05} = \"p{:05}\"", i + 1);
    }
    parameters.push_str("p09000 = \"1억\"");
    let scenario = at_once(5, || bind(&with_parameters(&parameters, "p00000")));
    let plan = scenario.expect("a good scenario").plan().expect("a plan");
    assert_eq!(plan.phases[0].lines[0].amount, 100.0);
}

#[test]
fn a_circle_of_parameters_is_named_however_long() {
    let circle = with_parameters("a = \"b\"\nb = \"c * 2\"\nc = \"b\"", "a");
    refused(
        bind(&circle),
        "depends on itself: b -> c -> b",
        "b -> c -> b",
    );
    let mut parameters = String::new();
    for i in 0..5_000 {
        let _ = writeln!(parameters, "p{i:05} = \"p{:05}\"", (i + 1) % 5_000);
    }
    let long = at_once(5, || bind(&with_parameters(&parameters, "p00000")));
    refused(long, "depends on itself", "자기 자신을 다시 참조");
}

#[test]
fn the_exchange_rate_may_use_parameters_that_come_before_it_in_the_alphabet() {
    let text = with_parameters("base = 1000\nbig = \"$1bn\"", "big")
        .replace("[parameters]", "fx = \"base * 1.3\"\n[parameters]");
    let plan = bind(&text)
        .expect("a good scenario")
        .plan()
        .expect("a plan");
    assert_eq!(plan.phases[0].lines[0].amount, 1.3e6);
}

#[test]
fn numbers_of_a_distribution_are_finite_and_so_is_their_sum() {
    for weights in ["[inf, 1]", "[1e308, 1e308]", "[nan, 1]"] {
        let parameter = format!(
            "a = {{ value = 1, shape = \"discrete\", values = [1, 2], weights = {weights} }}"
        );
        refused(
            bind(&with_parameters(&parameter, "a * 1억")),
            "all finite",
            "유한하고",
        );
    }
}

#[test]
fn the_farthest_draw_of_a_distribution_is_a_number() {
    let parameter = "a = { value = 1, shape = \"lognormal\", sd = 100 }";
    refused(
        bind(&with_parameters(parameter, "a * 1억")),
        "largest draw of the lognormal",
        "로그정규분포의 최대 추출값",
    );
}

#[test]
fn amounts_and_rates_have_a_ceiling_far_above_any_economy() {
    for amount in ["1e22", "-1e22", "1e21원 * 10"] {
        refused(
            bind(&with_parameters("", amount)).and_then(|scenario| scenario.plan()),
            "no amount above 10^21",
            "10의 21제곱을 넘는 금액",
        );
    }
    let text = with_parameters("", "$1").replace("[parameters]", "fx = 1000001\n[parameters]");
    refused(bind(&text), "at most a million", "백만 원 이하");
}

#[test]
fn a_message_goes_to_the_terminal_clean_and_short() {
    let error = Error::invalid(Text::same("a\u{1b}[31mred\u{7}\u{202e}b"));
    assert_eq!(error.to_string(), "a\\u{1b}[31mred\\u{7}\\u{202e}b");
    let long = Error::invalid(Text::same(format!(
        "it begins {}and it ends",
        "x ".repeat(100_000)
    )));
    let said = long.say(Lang::Ko);
    assert!(said.starts_with("it begins") && said.ends_with("and it ends"));
    assert!(said.chars().count() < 1_300);
}

fn phases(count: usize, lines: usize) -> String {
    let mut text = String::from("[scenario]\nname = \"Test\"\n");
    for i in 0..count {
        let _ = write!(text, "[[phase]]\nname = \"p{i}\"\nkind = \"one-off\"\n");
        for j in 0..lines {
            let _ = write!(
                text,
                "[[phase.spending]]\nitem = \"i{j}\"\nwhat = \"19\"\namount = \"1억\"\n"
            );
        }
    }
    text
}

#[test]
fn a_scenario_holds_so_many_phases_lines_parameters_and_indicators() {
    use leontief::scenario::{MOST_INDICATORS, MOST_LINES, MOST_PARAMETERS, MOST_PHASES};
    let bound = |text: &str| at_once(20, || bind(text));
    refused(
        bound(&phases(MOST_PHASES + 1, 1)),
        "501 phases",
        "501개입니다",
    );
    refused(
        bound(&phases(1, MOST_LINES + 1)),
        "20001 spending lines",
        "20001개입니다",
    );
    let mut parameters = String::new();
    for i in 0..=MOST_PARAMETERS {
        let _ = writeln!(parameters, "p{i} = 1");
    }
    let many = with_parameters(&parameters, "1억");
    refused(bound(&many), "20001 parameters", "20001개입니다");
    let mut indicators = with_parameters("", "1억");
    for i in 0..=MOST_INDICATORS {
        let _ = write!(
            indicators,
            "[[indicator]]\nname = \"n{i}\"\nvalue = 1\nunit = \"x\"\n"
        );
    }
    refused(bound(&indicators), "1001 indicators", "1001개입니다");
    // The largest that is taken is worked out in a time that somebody waits.
    assert!(bound(&phases(1, MOST_LINES)).is_ok());
    assert!(bound(&phases(MOST_PHASES, 1)).is_ok());
}

#[test]
fn a_table_is_not_split_into_any_number_of_groups() {
    let split = |groups: usize| {
        let share = 0.9 / groups as f64;
        let group = |at| format!("[[group]]\ncode = \"g{at}\"\nof = {{ 19 = {share} }}\n");
        let text: String = (0..groups).map(group).collect();
        ScenarioFile::parse("test.toml", &text)?.regroup(&KOREA)
    };
    let (en, ko) = ("more than 1033 groups of 33 sectors", "1033개를 넘습니다");
    at_once(20, || refused(split(80_000), en, ko));
    assert_eq!(
        split(60)
            .expect("so many")
            .expect("asked")
            .0
            .sectors()
            .len(),
        93
    );
    let least = |share: &str| {
        let text = format!("[[group]]\ncode = \"g\"\nof = {{ 19 = {share} }}\n");
        ScenarioFile::parse("test.toml", &text)?.regroup(&KOREA)
    };
    let (en, ko) = ("must be above 0", "0보다 크고");
    refused(least("1e-300"), en, ko);
    assert!(least("1e-6").is_ok());
}

#[test]
fn a_scenario_holds_so_many_mixes() {
    use leontief::scenario::MOST_MIXES;
    let mixed = |count: usize| {
        let trade = "[[trade_mix]]\nwhat = \"11\"\nchange = 0\n";
        let supply = "[[supply_mix]]\nfrom = \"06\"\nto = \"17\"\nshare = 0.01\n";
        let text: String = (0..count).map(|at| [trade, supply][at % 2]).collect();
        ScenarioFile::parse("test.toml", &text)?.mixed(&KOREA)
    };
    let (en, ko) = ("201 supply and trade mixes", "201개입니다");
    at_once(20, || refused(mixed(MOST_MIXES + 1), en, ko));
    assert!(at_once(20, || mixed(MOST_MIXES)).is_ok());
}

#[test]
fn a_text_has_at_most_four_thousand_characters() {
    let item = "x".repeat(100_000);
    let text = with_parameters("", "1억").replace("what =", &format!("item = \"{item}\"\nwhat ="));
    refused(
        at_once(5, || bind(&text)),
        "longer than 4000 characters",
        "4000자를 넘습니다",
    );
    let what = with_parameters("", "1억").replace("건설", &"가".repeat(300_000));
    refused(
        at_once(5, || bind(&what)),
        "unknown sector",
        "코드나 이름도 없습니다",
    );
}

#[test]
fn what_a_date_and_a_duration_may_be_is_said_in_both_languages() {
    let with = |line: &str| {
        bind(&with_parameters("", "1억").replace("kind =", &format!("{line}\nkind =")))
    };
    refused(with("start = 3000"), "not in 1900..2200", "1900~2200년");
    refused(
        with("start = 2027\nduration = 101"),
        "more than a century",
        "100년을 넘습니다",
    );
    refused(
        with("start = \"soon\""),
        "is not a year or a month",
        "연도나 연월이 아닙니다",
    );
}

#[test]
fn draws_that_do_not_fit_into_memory_are_refused_with_how_many_do() {
    use leontief::uncertainty::{Draws, draws};
    let model = common::model(&KOREA);
    let parameter = "a = { value = 1, range = [0.5, 2] }";
    let scenario = bind(&with_parameters(parameter, "a * 1조")).expect("a good scenario");
    let impact = leontief::impact::of_scenario(&KOREA, &model, &scenario).expect("an impact");
    let many = Draws {
        count: 20_000_000_000_000,
        ..Draws::default()
    };
    let result = draws::of_scenario(&KOREA, &model, &scenario, &impact, &many, &|_| {});
    refused(
        result.map(|_| ()),
        "a run of 20000000000000 draws of ",
        "20000000000000회 추출하는 데 메모리 ",
    );
}

#[test]
fn what_does_not_fit_a_sheet_is_not_written_as_one() {
    use leontief::report::{Block, Document, Table, xlsx};
    let mut document = Document::new("long", "");
    let table = Table {
        columns: Vec::new(),
        rows: (0..1_000_001)
            .map(|_| leontief::report::Row::new(Vec::new()))
            .collect(),
    };
    document.section("long", "", vec![Block::Table(table)]);
    refused(
        xlsx::render(&document),
        "does not fit into a sheet",
        "들어가지 않습니다",
    );
}

/// What the program refuses with these words in English and those in Korean, quickly.
#[cfg(feature = "cli")]
#[track_caller]
fn program_refuses(folder: &std::path::Path, arguments: &[&str], en: &str, ko: &str) {
    for (lang, words) in [("en", en), ("ko", ko)] {
        let mut command = assert_cmd::Command::cargo_bin("leontief").expect("built");
        command.current_dir(folder).args(arguments);
        command
            .args(["--lang", lang])
            .timeout(Duration::from_secs(20));
        let result = command.assert().code(1).stdout("");
        let said = String::from_utf8_lossy(&result.get_output().stderr).into_owned();
        assert!(said.contains(words), "'{words}' is not in: {said}");
        let hangul = said.chars().any(|c| ('가'..='힣').contains(&c));
        assert_eq!(hangul, lang == "ko", "{said}");
    }
}

#[test]
#[cfg(feature = "cli")]
fn a_file_that_is_too_long_is_not_read() {
    use leontief::files::{LONGEST_CSV, LONGEST_SCENARIO};
    let folder = tempfile::tempdir().expect("a folder");
    let sparse = |name: &str, length: u64| {
        let file = std::fs::File::create(folder.path().join(name)).expect("made");
        file.set_len(length).expect("as long as that");
    };
    sparse("long.toml", LONGEST_SCENARIO + 1);
    sparse("age.csv", LONGEST_CSV + 1);
    let refuses = |arguments: &[&str], en: &str, ko: &str| {
        program_refuses(folder.path(), arguments, en, ko);
    };
    refuses(
        &["impact", "long.toml"],
        "longer than 4 MiB",
        "4 MiB를 넘습니다",
    );
    let people = ["impact", "ai-hub", "--people", "age.csv"];
    refuses(&people, "longer than 512 MiB", "512 MiB를 넘습니다");
    // A matrix is read in pieces, but this one is a single line without end.
    for file in ["table.toml", "sectors.csv"] {
        let of = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tables/kr-2023-33");
        std::fs::copy(of.join(file), folder.path().join(file)).expect("copied");
    }
    sparse("domestic_flows.csv", LONGEST_CSV + 1);
    let shock = ["impact", "--shock", "1=1조", "--table", "."];
    refuses(&shock, "longer than 512 MiB", "512 MiB를 넘습니다");
}

#[test]
#[cfg(feature = "cli")]
fn scenarios_extend_each_other_at_most_sixteen_deep() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: usize, text: &str| {
        let path = folder.path().join(format!("s{name}.toml"));
        std::fs::write(path, text).expect("written");
    };
    write(0, &with_parameters("", "1억"));
    for name in 1..=17 {
        let text = format!(
            "extends = \"s{}.toml\"\n[scenario]\nname = \"x\"\n",
            name - 1
        );
        write(name, &text);
    }
    let mut deepest = assert_cmd::Command::cargo_bin("leontief").expect("built");
    deepest.current_dir(folder.path());
    deepest.args(["impact", "s16.toml"]).assert().success();
    let (en, ko) = ("more than 16 deep", "16단계를 넘습니다");
    program_refuses(folder.path(), &["impact", "s17.toml"], en, ko);
}

#[test]
#[cfg(feature = "cli")]
fn a_grid_has_as_many_cells_as_its_format_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let refuses = |vary: &str, output: &str, en: &str, ko: &str| {
        let arguments = [
            "sweep",
            "ai-hub",
            "--vary",
            vary,
            "--vary",
            "gpu_domestic=0..1/1000",
            "-o",
            output,
        ];
        program_refuses(folder.path(), &arguments, en, ko);
    };
    // At once, with how many there are, what they need and how long they would take.
    for said in [
        ["cells, which takes about ", "(약 "],
        [" GiB of memory, and ", " GiB가 필요하나 "],
    ] {
        at_once(30, || {
            refuses("capex=1조..2조/1000000", "grid.csv", said[0], said[1])
        });
    }
    assert!(folder.path().read_dir().expect("a folder").next().is_none());
    let (en, ko) = ("100000 at most", "100000개까지");
    refuses("capex=1조..2조/101", "grid.md", en, ko);
    refuses("capex=1조..2조/101", "grid.xlsx", en, ko);
}

#[test]
#[cfg(all(feature = "cli", target_os = "linux"))] // what is in use is not known elsewhere
fn what_needs_more_memory_than_is_allowed_is_refused_before_it_begins() {
    let folder = tempfile::tempdir().expect("a folder");
    let refuses = |arguments: &str, en: &str, ko: &str| {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        program_refuses(folder.path(), &arguments, en, ko);
    };
    let (en, ko) = (
        "or allow more (--memory 64GiB)",
        "한도를 늘리십시오 (--memory 64GiB)",
    );
    refuses("impact ai-hub --draws 18446744073709551615", en, ko);
    refuses("impact ai-hub --draws 1000000 --memory 500MB", en, ko);
    let grid = "--vary capex=1조..2조/1000 --vary gpu_domestic=0..1/1000";
    refuses(
        &format!("sweep ai-hub {grid} --memory 100MB -o grid.csv"),
        "a grid of 1000000 cells",
        "칸이 1000000개인 격자",
    );
    refuses(
        "impact ai-hub --memory 1MB --imports total",
        "this form of imports of 83 sectors needs ",
        "83개 부문의 ",
    );
    let mut export = assert_cmd::Command::cargo_bin("leontief").expect("built");
    export.current_dir(folder.path());
    export
        .args(["export", "kr-2023-33", "-o", "t/"])
        .assert()
        .success();
    let mut export = assert_cmd::Command::cargo_bin("leontief").expect("built");
    export.current_dir(folder.path());
    export
        .args(["export", "kr-2023-33", "-o", "t.zip"])
        .assert()
        .success();
    refuses(
        "multipliers --table t --memory 1MB",
        "to read t/domestic_flows.csv needs 9 KiB of memory, and 0 KiB is available",
        "t/domestic_flows.csv 파일을 읽는 데 메모리 9 KiB가 필요하나",
    );
    refuses(
        "multipliers --table t.zip --memory 1MB",
        "to read t.zip: domestic_flows.npy needs 9 KiB of memory",
        "파일을 읽는 데 메모리 9 KiB가 필요하나",
    );
    for size in ["16", "0GiB", "lots"] {
        for (lang, words) in [("en", "as in 16GiB or 500MB"), ("ko", "16GiB나 500MB처럼")] {
            let mut program = assert_cmd::Command::cargo_bin("leontief").expect("built");
            program.args(["impact", "ai-hub", "--memory", size, "--lang", lang]);
            let end = program.assert().code(2);
            let said = String::from_utf8_lossy(&end.get_output().stderr).into_owned();
            assert!(said.contains(words), "{said}");
        }
    }
}
