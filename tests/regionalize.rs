//! Regional tables: what the documentation says of their errors, and figures that files are made of.
#![cfg(feature = "cli")]

mod common;

use common::open;
use leontief::analysis::regionalize::{Judged, Method, Quotient, Regionalized, TwoRegions};
use leontief::table::{RegionalSizes, embedded};
use leontief::{Lang, Text};

#[test]
fn the_documentation_shows_the_errors_of_each_method_and_the_best_is_the_default() {
    let table = open(embedded::NATIONAL_OF_REGIONS);
    let nation = table.flows(Text::same("regions")).expect("flows");
    let sizes = RegionalSizes::built_in(table.sectors()).expect("83 sectors");
    let published = embedded::regions().expect("built in");
    // A few of them: the page holds all.
    let some: Vec<Method> = Judged::methods().into_iter().filter(worth_a_test).collect();
    let judged = Judged::of(nation, &sizes, published, &some).expect("judged");
    let page = include_str!("../docs/regionalize.md");
    let written = leontief::report::markdown::render(&judged.document(Lang::En));
    let lines: Vec<&str> = written
        .lines()
        .filter(|line| line.starts_with('|'))
        .collect();
    assert_eq!(lines.len(), some.len() + 2);
    for line in lines {
        assert!(
            page.contains(line),
            "docs/regionalize.md lacks what `leontief regionalize --judged --lang en --format markdown` prints: {line}"
        );
    }
    let best = page
        .lines()
        .filter(|line| line.contains("LQ** |") || line.contains("LQ |"));
    let off = |line: &&str| {
        let cell = line.split('|').nth(3).unwrap_or_default();
        cell.trim_matches([' ', '*'])
            .parse::<f64>()
            .unwrap_or(f64::INFINITY)
    };
    let best = best.min_by(|a, b| off(a).total_cmp(&off(b))).expect("rows");
    assert!(best.contains("**AFLQ** | **0.40**"), "{best}");
    let default = Method::default();
    assert_eq!(
        (default.quotient, default.delta),
        (Quotient::Aflq, Some(0.4))
    );
    assert_eq!(judged.best().expect("methods").method, default);
    // The plain ones keep far too much at home: what the page says.
    assert!(judged.methods[0].inside_bias > 0.2);
}

fn worth_a_test(method: &Method) -> bool {
    match method.quotient {
        Quotient::Slq => true,
        Quotient::Flq => method.delta == Some(0.35),
        Quotient::Aflq => matches!(method.delta, Some(0.35 | 0.4 | 0.45)),
        _ => false,
    }
}

/// Weight times share, as tables/source/README.md says.
#[test]
fn the_sizes_of_provinces_are_those_of_their_source() {
    let source = include_str!("../tables/source/regional_value_added_2020.csv");
    let made = include_str!("../tables/kr-2020-regions/value_added.csv");
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let mut lines = source.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let weights: Vec<&str> = lines.next().expect("weights").split(',').collect();
    let mut wanted = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let mut sum = 0.0;
        for k in 2..cells.len() - 1 {
            let size = number(weights[k]) * number(cells[k]) / 100.0;
            sum += size;
            wanted.push((header[k], cells[1], size));
        }
        wanted.push(("nation", cells[1], sum));
        let nation = number(cells[cells.len() - 1]);
        assert!((sum - nation).abs() < 0.01, "{line}: {sum}");
    }
    let made: Vec<&str> = made.lines().skip(1).collect();
    assert_eq!(made.len(), wanted.len());
    for (line, (region, codes, size)) in made.into_iter().zip(wanted) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!((cells[0], cells[1]), (region, codes));
        assert!((number(cells[2]) - size).abs() < 2e-6, "{line}: {size}");
    }
}

/// All 17 provinces by their names in both languages, on the tables of 2020 and 2023; the region alone too.
#[test]
fn every_province_has_a_table_that_balances() {
    for id in ["kr-2020-83", "kr-2023-83"] {
        let table = open(id);
        let nation = table.flows(Text::same("regions")).expect("flows");
        let sizes = RegionalSizes::built_in(table.sectors()).expect("83 sectors");
        for region in embedded::regions().expect("built in").iter() {
            let share = sizes.share(&region.name.ko, nation).expect("a share");
            let place = sizes.region(&region.name.en).expect("there");
            assert_eq!(place.code, region.code);
            let both = TwoRegions::of(nation, place, share, Method::default()).expect("parted");
            both.alone().expect("balances");
            let study = Regionalized::of(&both, sizes.measure()).expect("productive");
            // Each won ends as value added or imports, here or elsewhere.
            for s in 0..study.sectors.len() {
                let ends = study.inside.value_added[s]
                    + study.outside.value_added[s]
                    + study.inside.imports[s]
                    + study.outside.imports[s];
                let made = nation.output()[s] * study.share[s] > 0.0;
                assert!(
                    !made || (ends - 1.0).abs() < 1e-9,
                    "{}: {ends}",
                    region.code
                );
            }
        }
    }
}
