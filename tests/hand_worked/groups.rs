//! Sectors that a scenario makes itself: `groups` and `[[group]]`.

use super::*;

/// 1 and 3 as X, behind 2. A = [300/1500 800/3000; 600/1500 1100/3000], I - A = [12 -4; -6 9.5] / 15, so
/// L = [19/12 2/3; 1 2]. Jobs are 4 a unit of 2 and 5000/3000 of X.
const X: &str = r#"
[[group]]
code = "X"
name = { en = "Goods", ko = "재화" }
of = ["1", "Sector 3"]
"#;

const DEMAND: &str = r#"
[[phase]]
name = "Run"
kind = "recurring"
[[phase.spending]]
what = "재화"
amount = "300m"
domestic_share = 1
"#;

fn regrouped(text: &str) -> (AnyTable, ScenarioFile) {
    let file = ScenarioFile::parse("own.toml", text).expect("a scenario file");
    let made = file.regroup(&economy()).expect("groups");
    (made.expect("it regroups").0, file)
}

fn codes(table: &AnyTable) -> Vec<&str> {
    table.sectors().iter().map(|s| s.code.as_str()).collect()
}

fn refused(text: &str) -> String {
    let file = ScenarioFile::parse("own.toml", text);
    let made = file.and_then(|file| file.regroup(&economy()));
    made.expect_err(text).to_string()
}

#[test]
fn a_line_names_the_sector_that_the_scenario_makes() {
    let (table, file) = regrouped(&format!("{X}{DEMAND}"));
    assert_eq!(codes(&table), ["2", "X"]);
    let scenario = Scenario::new(file, &table, &Overrides::default()).expect("a scenario");
    let model = open_model(&table);
    let impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
    let effects = impact.effects.recurring.as_ref().expect("it runs");
    let output = &effects.output;
    near(&[output.type1(0), output.type1(1)], &[200.0, 600.0]);
    let jobs = effects.account("jobs").expect("jobs").sums();
    near(&[jobs.type1()], &[200.0 * 4.0 + 600.0 * 5.0 / 3.0]);
}

/// First X of 1 and 3, then Y of half of X and a fifth of 2: 1500 + 300 of output.
#[test]
fn its_own_groups_are_made_of_those_that_groups_gives() {
    let text = "[scenario]\ngroups = 'X=1+3'\n[[group]]\ncode = 'Y'\nof = { X = 0.5, 2 = '20%' }\n";
    let (table, file) = regrouped(text);
    assert_eq!(codes(&table), ["2", "X", "Y"]);
    near(
        table.output().expect("output").as_slice(),
        &[1200.0, 1500.0, 1800.0],
    );
    let (_, at_once) = file.regroup(&economy()).expect("groups").expect("asked");
    let of_one: Vec<(usize, f64)> = at_once.shares(0).to_vec();
    assert_eq!(of_one, [(1, 0.5), (2, 0.5)]);
}

#[test]
fn what_is_inherited_is_made_first_and_may_be_changed_by_its_code() {
    let base = ScenarioFile::parse("base.toml", &format!("{X}{DEMAND}")).expect("a file");
    let own = |text: &str| {
        let own = ScenarioFile::parse("own.toml", text).expect("a file");
        own.on_top_of(base.clone())
    };
    let further = own("[[group]]\ncode = 'Y'\nof = { 2 = 0.5 }\n");
    let (table, _) = further.regroup(&economy()).expect("groups").expect("asked");
    assert_eq!(codes(&table), ["2", "X", "Y"]);
    let changed = own("[[group]]\ncode = 'X'\nof = ['3', '2']\n");
    let (table, _) = changed.regroup(&economy()).expect("groups").expect("asked");
    assert_eq!(codes(&table), ["1", "X"]);
    // The name stays; what is wrong is said of the file that it stands in.
    assert_eq!(table.sectors().get(1).name.ko, "재화");
    let wrong = own("[[group]]\ncode = 'Y'\nof = ['3']\n").regroup(&economy());
    let wrong = wrong.expect_err("3 is gone").to_string();
    assert!(wrong.starts_with("own.toml:3: group Y: of:"), "{wrong}");
}

#[test]
fn groups_that_cannot_be_are_refused_with_their_place() {
    for (text, place, part) in [
        ("[[group]]\ncode = 'X'\nof = ['9']\n", "own.toml:3", "'9'"),
        (
            "[[group]]\ncode = 'X'\nof = ['1', '1']\n",
            "own.toml:3",
            "add up to 2",
        ),
        (
            "[[group]]\ncode = 'X'\nof = { 1 = 1.5 }\n",
            "own.toml:3",
            "is 1.5",
        ),
        (
            "[[group]]\ncode = 'X'\nof = { 1 = 0 }\n",
            "own.toml:3",
            "above 0",
        ),
        (
            "[[group]]\ncode = 'X'\nof = []\n",
            "own.toml:3",
            "of no sector",
        ),
        (
            "[[group]]\ncode = 'X'\nof = 3\n",
            "own.toml:3",
            "shares of them",
        ),
        ("[[group]]\ncode = ' '\nof = ['1']\n", "own.toml:2", "empty"),
        (
            "[[group]]\ncode = 'X'\nof = ['1']\n[[group]]\ncode = 'X'\nof = ['2']\n",
            "own.toml:5",
            "two groups",
        ),
        ("[[group]]\ncode = 'X'\n", "own.toml:1", "`of`"),
        ("[scenario]\ngroups = 'bok-33'\n", "own.toml:2", "no file"),
        ("[scenario]\ngroups = 'X=1+9'\n", "own.toml:2", "'9'"),
    ] {
        let said = refused(text);
        assert!(said.starts_with(place) && said.contains(part), "{said}");
    }
}

/// Computed on the table as it is, the groups would be left out without a word.
#[test]
fn a_scenario_is_not_computed_on_a_table_that_it_has_not_regrouped() {
    let file = ScenarioFile::parse("own.toml", &format!("{X}{DEMAND}")).expect("a file");
    let error = Scenario::new(file, &economy(), &Overrides::default()).expect_err("3 sectors");
    assert!(
        error.to_string().contains("ScenarioFile::regroup"),
        "{error}"
    );
}
