use super::*;
use crate::model::Model;
use crate::scenario::{Overrides, Scenario, ScenarioFile, presets};
use crate::table::AnyTable;
use crate::uncertainty::{Draws, Estimate, draws};

fn brief_of(file: ScenarioFile, draws: usize) -> Brief {
    let table = AnyTable::open("kr-2023-83").unwrap();
    let model = Model::new(&table).unwrap();
    let scenario = Scenario::new(file, &table, &Overrides::default()).unwrap();
    let plan = scenario.plan().unwrap();
    let impact = crate::impact::of_scenario(&table, &model, &scenario).unwrap();
    let estimate = if draws > 0 {
        let asked = Draws {
            count: draws,
            ..Draws::default()
        };
        let drawn = draws::of_scenario(&table, &model, &scenario, &impact, &asked, &|_| {});
        Estimate::drawn(impact, drawn.unwrap())
    } else {
        impact.into()
    };
    let mut brief = Brief::new(&table, &model, estimate, Some(&plan)).unwrap();
    brief.sources = scenario
        .sources()
        .iter()
        .map(|s| (s.name.clone(), s.text.clone()))
        .collect();
    brief
}

fn hub() -> Brief {
    brief_of(presets::open("ai-hub").unwrap(), 64)
}

/// What a reader sees: without scripts, styles and the scenario's own text.
fn texts(page: &str) -> Vec<String> {
    let mut page = page.to_owned();
    for (from, to) in [
        ("<script", "</script>"),
        ("<style", "</style>"),
        ("<details class=\"scenario\"", "</details>"),
    ] {
        while let Some(at) = page.find(from) {
            let end = page[at..].find(to).expect("closed") + at + to.len();
            page.replace_range(at..end, "");
        }
    }
    page.split('<')
        .filter_map(|piece| Some(piece.split_once('>')?.1.trim().to_owned()))
        .filter(|text| !text.is_empty())
        .collect()
}

fn is_hangul(c: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&c) || ('\u{1100}'..='\u{11ff}').contains(&c)
}

#[test]
fn no_page_is_half_translated() {
    let brief = hub();
    let english = render(&brief, Lang::En).unwrap();
    for text in texts(&english) {
        assert!(!text.chars().any(is_hangul), "Korean in English: {text}");
    }
    let korean = render(&brief, Lang::Ko).unwrap();
    // Names of files and programs, units and abbreviations are the same in both.
    let same = ["leontief", "presets/"];
    for text in texts(&korean) {
        let long = text
            .split(|c: char| !c.is_ascii_lowercase())
            .any(|w| w.len() > 4);
        let known = same.iter().any(|s| text.starts_with(s));
        assert!(
            !long || known || text.chars().any(is_hangul),
            "English in Korean: {text}"
        );
    }
    for (page, lang) in [(&english, "en"), (&korean, "ko")] {
        assert!(page.contains(&format!("<html lang=\"{lang}\">")));
    }
}

#[test]
fn a_page_is_small_and_asks_for_nothing() {
    let page = render(&hub(), Lang::Ko).unwrap();
    assert!(page.len() < 1_500_000, "{} bytes", page.len());
    for outside in ["src=", "<link", "@import", "url(", "fetch("] {
        let found = page.find(outside).map(|at| {
            let from = page[..at].char_indices().rev().nth(40).map_or(0, |c| c.0);
            page[from..at].to_owned()
        });
        assert_eq!(found, None, "{outside}");
    }
}

#[test]
fn markup_of_a_scenario_stays_text() {
    let text = r#"
        [scenario]
        name = "<script>alert(1)</script>"
        description = "</style><b>"
        region = "전남"
        [[phase]]
        name = "\"><img src=x onerror=alert(1)>"
        kind = "one-off"
        start = 2027
        [[phase.spending]]
        item = "</script><script>alert(2)"
        what = "45"
        amount = "1조"
        source = "<iframe>"
        note = "a & b"
    "#;
    let file = ScenarioFile::parse("evil.toml", text).unwrap();
    let page = render(&brief_of(file, 0), Lang::En).unwrap();
    assert_eq!(page.matches("<script").count(), 2, "data and script");
    assert_eq!(page.matches("</script").count(), 2);
    for tag in ["<img", "<iframe", "<b>\n", "</style><b>"] {
        assert!(!page.contains(tag), "{tag}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains("a &amp; b"));
}

#[test]
fn the_headline_is_the_result() {
    let brief = hub();
    let headlines = brief.headlines(Lang::En);
    let settled = brief
        .estimate
        .impact
        .settled(brief.estimate.impact.scale(Lang::En));
    assert_eq!(headlines.len(), 2);
    for headline in &headlines {
        let effects = match headline.id() {
            "one_off" => settled.effects.one_off.as_ref(),
            _ => settled.effects.recurring.as_ref(),
        }
        .unwrap();
        for figure in &headline.figures {
            let expected = match figure.id {
                "output" => effects.output.sums().total(),
                "value_added" => effects.value_added.sums().total(),
                "jobs" => effects.account("jobs").unwrap().sums().total(),
                _ => effects.leakage(),
            };
            approx::assert_relative_eq!(figure.total(), expected, max_relative = 1e-12);
            // A step of .1 billion is .1 % of the smallest figure here.
            approx::assert_relative_eq!(figure.unrounded, expected, max_relative = 1e-2);
            assert_ne!(figure.unrounded, expected, "{} is settled", figure.id);
            let [low, high] = figure.band.expect("draws were made");
            assert!(low < high && low > 0.0, "{}: {low} {high}", figure.id);
        }
    }
    // What is embedded is the result, to the last digit.
    let page = render(&brief, Lang::En).unwrap();
    let data = page.split("id=\"brief\">").nth(1).unwrap();
    let data = data.split("</script>").next().unwrap();
    let back: Brief = serde_json::from_str(data).unwrap();
    assert_eq!(back, brief);
}

#[test]
fn a_report_has_every_picture_with_its_figures() {
    let all = figures(&hub(), Lang::Ko);
    let ids: Vec<&str> = all.iter().map(|f| f.id.as_str()).collect();
    for id in [
        "waterfall_one_off",
        "waterfall_recurring",
        "jobs_one_off",
        "sectors_recurring",
        "heatmap",
        "tiers_one_off",
        "sankey_recurring",
        "years",
        "years_jobs",
        "fan",
        "tornado_one_off",
        "map",
    ] {
        assert!(ids.contains(&id), "{id} is not in {ids:?}");
    }
    for figure in &all {
        assert!(!figure.table.rows.is_empty(), "{}", figure.id);
        assert!(figure.source.contains("2023"), "{}", figure.id);
        assert!(!figure.unit.is_empty(), "{}", figure.id);
        for row in &figure.table.rows {
            assert_eq!(row.cells.len(), figure.table.columns.len(), "{}", figure.id);
        }
    }
}

#[test]
fn a_report_of_an_open_model_or_of_nothing_is_a_report() {
    let table = AnyTable::open("kr-2022-33").unwrap();
    let model = Model::new(&table).unwrap();
    let shock = [(18, crate::Money::units(1e12))];
    let share = crate::impact::ShockShare::Domestic;
    for shocks in [&shock[..], &[]] {
        let impact = crate::impact::of_shock(&table, &model, shocks, share).unwrap();
        let brief = Brief::new(&table, &model, impact, None).unwrap();
        for lang in [Lang::En, Lang::Ko] {
            let page = render(&brief, lang).unwrap();
            assert!(page.ends_with("</html>\n"));
            assert!(!page.contains("NaN"));
            let document = brief.document(lang);
            assert!(document.sections.len() > 5);
        }
    }
}

#[test]
fn formulas_set_indices_and_letters() {
    assert_eq!(
        formula_html("L = (I − Ad)⁻¹"),
        "<var>L</var> = (<var>I</var> − <var>A</var><sub>d</sub>)⁻¹"
    );
}
