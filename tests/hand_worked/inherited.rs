//! What is wrong in a scenario that another extends is said of the file that it stands in.

use super::*;

/// The file that is extended: each key on a line of its own.
const BASE: &str = r#"
[scenario]
fx = 1000
household_share = 0.5
productivity_growth = 0.1
discount_rate = 0.1
horizon = 2004
[parameters]
size = "100m"
[prices]
trade_margin = 0
transport_margin = 0
product_tax = 0.05
[[phase]]
name = "Build"
kind = "one-off"
start = 2001
duration = "2 years"
profile = [0.75, 0.25]
delay = "0 months"
probability = 0.8
region = "Seoul"
[[phase.spending]]
what = "11"
amount = "size"
domestic_share = 0.6
price = "purchasers"
product_tax = 0.1
region = "Busan"
[[phase]]
name = "Run"
kind = "recurring"
start = 2002
[[phase.spending]]
what = "26"
amount = "40m"
domestic_share = 0.75
[[indicator]]
name = "Half"
value = "size / 2"
unit = "won"
[[policy]]
what = "26"
domestic_share = 0.9
[[cap]]
what = "17"
extra = "20m"
[industry]
name = "Centre"
phase = "Run"
sales = "100m"
exports = 0.25
final_demand = 0.25
buyers = { 11 = 1.0 }
replaces = "17"
replaced_share = 0.5
labour_share = 0.5
foreign_ownership = 0.5
"#;

fn table() -> AnyTable {
    AnyTable::open("kr-2023-33").expect("built in")
}

/// What extends it.
const OWN: &str = "[scenario]\nname = \"Own\"\n";

/// What is said of the scenario where `wrong` stands in the extended file in the place of `right`.
fn said_of(right: &str, wrong: &str) -> String {
    assert_eq!(BASE.matches(right).count(), 1, "{right:?} stands once");
    let base = BASE.replace(right, wrong);
    let table = table();
    let parsed = ScenarioFile::parse("base.toml", &base).map(|base| {
        ScenarioFile::parse("own.toml", OWN)
            .expect("own")
            .on_top_of(base)
    });
    let result = parsed
        .and_then(|file| Scenario::new(file, &table, &Overrides::default()))
        .and_then(|scenario| {
            scenario.closure()?;
            scenario.plan()
        });
    result.expect_err(wrong).to_string()
}

#[test]
fn the_base_is_right_as_it_stands() {
    let base = ScenarioFile::parse("base.toml", BASE).expect("a file");
    let file = ScenarioFile::parse("own.toml", OWN)
        .expect("a file")
        .on_top_of(base);
    let scenario = Scenario::new(file, &table(), &Overrides::default()).expect("a scenario");
    assert_eq!(scenario.name().en, "Own");
    scenario.plan().expect("a plan");
}

#[test]
fn a_fault_is_said_of_the_file_and_line_it_is_inherited_from() {
    // What stands in the file, what is written instead, and the line of it that is said: of the text
    // itself where there is none.
    let cases: &[(&str, &str, &str)] = &[
        ("fx = 1000", "fx = -1000", ""),
        ("household_share = 0.5", "household_share = 7", ""),
        (
            "household_share = 0.5",
            "household_share = 0.5\nmixed_share = 0.3",
            "mixed_share",
        ),
        (
            "household_share = 0.5",
            "households = \"mixed\"\nincome_tax = 0.1",
            "income_tax",
        ),
        (
            "household_share = 0.5",
            "household_income = \"1m\"",
            "household_income",
        ),
        ("productivity_growth = 0.1", "productivity_growth = 7", ""),
        ("discount_rate = 0.1", "discount_rate = 7", ""),
        ("size = \"100m\"", "size = \"size * 2\"", ""),
        ("transport_margin = 0", "transport_margin = 7", ""),
        ("product_tax = 0.05", "product_tax = 7", ""),
        (
            "duration = \"2 years\"",
            "duration = \"2 years\"\ndrop = true",
            "drop = true",
        ),
        ("start = 2001\n", "", "duration = \"2 years\""),
        ("start = 2001\nduration = \"2 years\"\n", "", "profile"),
        (
            "start = 2001\nduration = \"2 years\"\nprofile = [0.75, 0.25]\n",
            "",
            "delay = \"0 months\"",
        ),
        ("probability = 0.8", "probability = 7", ""),
        ("region = \"Seoul\"", "region = \"Atlantis\"", ""),
        ("region = \"Busan\"", "region = \"Atlantis\"", ""),
        ("what = \"11\"", "what = \"99\"", ""),
        ("amount = \"size\"", "amount = \"size * size\"", ""),
        ("domestic_share = 0.6", "domestic_share = 7", ""),
        ("product_tax = 0.1\n", "product_tax = 7\n", ""),
        ("start = 2002", "start = 2009", ""),
        ("value = \"size / 2\"", "value = \"none / 2\"", ""),
        (
            "[[policy]]\nwhat = \"26\"",
            "[[policy]]\nwhat = \"99\"",
            "what = \"99\"",
        ),
        ("domestic_share = 0.9", "domestic_share = 9", ""),
        (
            "[[cap]]\nwhat = \"17\"",
            "[[cap]]\nwhat = \"99\"",
            "what = \"99\"",
        ),
        ("extra = \"20m\"", "extra = \"-20m\"", ""),
        ("phase = \"Run\"", "phase = \"Walk\"", ""),
        ("sales = \"100m\"", "sales = 0", ""),
        ("exports = 0.25", "exports = 7", ""),
        ("final_demand = 0.25", "final_demand = 7", ""),
        ("replaces = \"17\"", "replaces = \"99\"", ""),
        ("replaced_share = 0.5", "replaced_share = 7", ""),
        ("labour_share = 0.5", "labour_share = 7", ""),
        ("foreign_ownership = 0.5", "foreign_ownership = 7", ""),
    ];
    let mut wrong_places = Vec::new();
    for (right, wrong, line) in cases {
        let base = BASE.replace(right, wrong);
        let line = if line.is_empty() { wrong } else { line };
        let line = base
            .lines()
            .position(|l| l.starts_with(line.trim_end()))
            .expect("a line")
            + 1;
        let said = said_of(right, wrong);
        if !said.starts_with(&format!("base.toml:{line}:")) {
            wrong_places.push(format!("{wrong}: line {line}, but: {said}"));
        }
    }
    assert!(wrong_places.is_empty(), "{}", wrong_places.join("\n"));
}

#[test]
fn own_keys_win_one_by_one_and_the_rest_is_inherited() {
    let own = r#"
[scenario]
name = "Own"
discount_rate = 0.2
[parameters]
size = "200m"
[[phase]]
name = "Build"
probability = 0.5
[[phase.spending]]
what = "11"
domestic_share = 0.3
[[phase]]
name = "Roads"
kind = "one-off"
[[phase.spending]]
what = "17"
amount = "10m"
"#;
    let base = ScenarioFile::parse("base.toml", BASE).expect("a file");
    let file = ScenarioFile::parse("own.toml", own)
        .expect("a file")
        .on_top_of(base);
    let scenario = Scenario::new(file, &table(), &Overrides::default()).expect("a scenario");
    let plan = scenario.plan().expect("a plan");
    let names: Vec<&str> = plan.phases.iter().map(|p| p.name.en.as_str()).collect();
    assert_eq!(names, ["Build", "Run", "Roads"]);
    let build = &plan.phases[0];
    assert_eq!((build.probability, build.schedule.len()), (0.5, 2));
    assert_eq!(
        (build.lines[0].amount, build.lines[0].domestic_share),
        (200.0, 0.3)
    );
    assert_eq!(
        build.lines[0].region.as_ref().map(|r| r.name()),
        Some("Busan")
    );
    assert_eq!((plan.discount_rate, plan.productivity_growth), (0.2, 0.1));
    assert_eq!(plan.indicators, [100e6]);
    assert_eq!(plan.caps, [(16, 20.0)]);
}

#[test]
fn what_is_watched_is_inherited_and_changed_by_its_key() {
    let table = economy();
    let phase = "[[phase]]\nname = \"Run\"\nkind = \"recurring\"\n[[phase.spending]]\nwhat = \"1\"\namount = \"1m\"\n";
    let read = |name, text: String| ScenarioFile::parse(name, &text).expect("a scenario file");
    let base = || {
        read(
            "base.toml",
            format!("{phase}[watch]\n1 = \"mines\"\n3 = \"trade\"\n"),
        )
    };
    let watched = |own: &str| {
        let file = read("own.toml", own.to_owned()).on_top_of(base());
        let scenario = Scenario::new(file, &table, &Overrides::default())?;
        Ok::<_, leontief::Error>(scenario.watched().to_vec())
    };
    let names = |own: &str| -> Vec<(usize, String)> {
        let all = watched(own).expect("a scenario");
        all.into_iter().map(|(s, name)| (s, name.en)).collect()
    };
    let pairs = |of: &[(usize, &str)]| -> Vec<(usize, String)> {
        of.iter()
            .map(|(s, name)| (*s, (*name).to_owned()))
            .collect()
    };
    assert_eq!(names(""), pairs(&[(0, "mines"), (2, "trade")]));
    assert_eq!(
        names("[watch]\n2 = \"works\"\n3 = \"shops\"\n"),
        pairs(&[(0, "mines"), (1, "works"), (2, "shops")])
    );
    assert_eq!(impact_of(phase).watched, []);
    // A sector of the base that is none is said of the base.
    let base = read("base.toml", format!("{phase}[watch]\n7 = \"mines\"\n"));
    let file = read("own.toml", "[watch]\n1 = \"own\"\n".to_owned()).on_top_of(base);
    let error = Scenario::new(file, &table, &Overrides::default()).expect_err("refused");
    let error = error.to_string();
    assert!(error.contains("base.toml:8: watch.7"), "{error}");
}
