//! What stays in a province: on BOK's regional tables, with phases of both kinds.
//!
//! Per unit of demand, persons by million of e'L of kr-2023-83 (worked in plain arithmetic from its
//! files), and what tables/kr-2020-regions/multipliers.csv has, in the region and elsewhere:
//!
//! ```text
//!               e'L           jobs per billion          v'L         value added
//!    37  .004702261726777     (all elsewhere)           .556486594152947
//!        6.090804304873 per billion, .65410269328066 in kr-2020-83
//!    50  .009474432654532     Ulsan 7.342765 3.560088   .806144660269629  .543812 .313470
//!    45  .002082966743607     Ulsan 1.435061 1.513184   .411781490470362  .557443 .133471
//!    62  .008453150323938     Seoul 6.946912 1.223136   .855271140319333  .785164 .104722
//!                             Ulsan 11.498804 2.034137
//! ```

use super::*;
use leontief::impact::regional::{self, Method, PhaseInRegion};

const E37: f64 = 0.004_702_261_726_777_084;
const E37_OF_2020: f64 = 6.090_804_304_873_051;
const V37_OF_2020: f64 = 0.654_102_693_280_658;
const E50: f64 = 0.009_474_432_654_531_63;
const E45: f64 = 0.002_082_966_743_607_25;
const E62: f64 = 0.008_453_150_323_937_805;

/// Half of 10 000 in Ulsan and of 4000 from elsewhere; .8 of 1000 in Ulsan and of 500 in Seoul a year.
const PLACED: &str = r#"
[scenario]
horizon = 2026
region = "울산"
productivity_growth = "25%"
[[phase]]
name = "Build"
kind = "one-off"
start = 2024
probability = 0.5
[[phase.spending]]
what = "50"
amount = "10000m"
domestic_share = 1
[[phase.spending]]
what = "37"
amount = "4000m"
domestic_share = 1
region = "elsewhere"
[[phase]]
name = "Run"
kind = "recurring"
start = 2025
probability = 0.8
[[phase.spending]]
what = "45"
amount = "1000m"
domestic_share = 1
[[phase.spending]]
what = "62"
amount = "500m"
domestic_share = 1
region = "Seoul"
"#;

fn split(method: Method) -> Vec<PhaseInRegion> {
    let table = AnyTable::open("kr-2023-83").expect("built in");
    let plan = scenario(PLACED, &table).plan().expect("a plan");
    let split = regional::of_plan(&table, &open_model(&table), &plan, method).expect("a split");
    split.expect("placed").phases
}

#[track_caller]
fn of(phases: &[PhaseInRegion], phase: &str, region: &str) -> PhaseInRegion {
    let mut found = phases
        .iter()
        .filter(|p| p.phase.en == phase && p.region.en == region);
    found.next().expect("a phase in a region").clone()
}

#[test]
fn regional_shares_split_the_national_jobs_of_each_line_where_it_is_made() {
    let phases = split(Method::Shares);
    assert_eq!(phases.len(), 3);
    let share = |inside: f64, outside: f64| inside / (inside + outside);
    let build = of(&phases, "Build", "Ulsan");
    assert_relative_eq!(build.demand, 5000.0, epsilon = 1e-9);
    assert_relative_eq!(build.elsewhere, 2000.0, epsilon = 1e-9);
    // Persons per output are 1 / 1.25 of 2023 in 2024, and 1 / 1.25^2 in 2025.
    let stays = share(7.342_765, 3.560_088);
    let (here, there) = (5000.0 * E50, 2000.0 * E37);
    assert_relative_eq!(build.jobs.inside, 0.8 * here * stays, max_relative = 1e-9);
    let outside = 0.8 * (here * (1.0 - stays) + there);
    assert_relative_eq!(build.jobs.outside, outside, max_relative = 1e-9);
    let stays = share(0.543_812, 0.313_47);
    let here = 5000.0 * 0.806_144_660_269_628_6;
    assert_relative_eq!(build.value_added.inside, here * stays, max_relative = 1e-9);
    let outside = here * (1.0 - stays) + 2000.0 * 0.556_486_594_152_946_5;
    assert_relative_eq!(build.value_added.outside, outside, max_relative = 1e-9);
    let run = of(&phases, "Run", "Ulsan");
    let stays = share(1.435_061, 1.513_184);
    assert_relative_eq!(
        run.jobs.inside,
        0.64 * 800.0 * E45 * stays,
        max_relative = 1e-9
    );
    assert_relative_eq!(run.jobs.total(), 0.64 * 800.0 * E45, max_relative = 1e-9);
    let seoul = of(&phases, "Run", "Seoul");
    let stays = share(6.946_912, 1.223_136);
    assert_relative_eq!(
        seoul.jobs.inside,
        0.64 * 400.0 * E62 * stays,
        max_relative = 1e-9
    );
    assert_eq!(seoul.elsewhere, 0.0);
}

#[test]
fn regional_multipliers_are_persons_per_billion_in_and_out_of_the_region() {
    let phases = split(Method::Multipliers);
    let build = of(&phases, "Build", "Ulsan");
    // 5 billion. The regional tables are of 2020: productivity grows four years to 2024, five to 2025;
    // what is made elsewhere is of the national table of 2020 as well, by the same years.
    assert_relative_eq!(
        build.jobs.inside,
        0.4096 * 5.0 * 7.342_765,
        max_relative = 1e-9
    );
    let outside = 0.4096 * (5.0 * 3.560_088 + 2.0 * E37_OF_2020);
    assert_relative_eq!(build.jobs.outside, outside, max_relative = 1e-9);
    let outside = 5000.0 * 0.313_47 + 2000.0 * V37_OF_2020;
    assert_relative_eq!(build.value_added.outside, outside, max_relative = 1e-9);
    assert_relative_eq!(
        build.value_added.inside,
        5000.0 * 0.543_812,
        max_relative = 1e-9
    );
    let seoul = of(&phases, "Run", "Seoul");
    assert_relative_eq!(
        seoul.jobs.outside,
        0.327_68 * 0.4 * 1.223_136,
        max_relative = 1e-9
    );
    assert_relative_eq!(
        seoul.value_added.outside,
        400.0 * 0.104_722,
        max_relative = 1e-9
    );
}

#[test]
fn a_plan_placed_in_each_province_takes_all_that_is_not_made_elsewhere_there() {
    let table = AnyTable::open("kr-2023-83").expect("built in");
    let plan = scenario(PLACED, &table).plan().expect("a plan");
    let model = open_model(&table);
    let comparison = regional::compare(&table, &model, &plan, Method::Multipliers).expect("able");
    let ulsan = comparison.able.iter().flat_map(|r| &r.phases);
    let ulsan: Vec<PhaseInRegion> = ulsan.filter(|p| p.region.en == "Ulsan").cloned().collect();
    let run = of(&ulsan, "Run", "Ulsan");
    assert_relative_eq!(run.demand, 1200.0, epsilon = 1e-9);
    // .8 and .4 billion.
    let inside = 0.327_68 * (0.8 * 1.435_061 + 0.4 * 11.498_804);
    assert_relative_eq!(run.jobs.inside, inside, max_relative = 1e-9);
    let outside = 0.327_68 * (0.8 * 1.513_184 + 0.4 * 2.034_137);
    assert_relative_eq!(run.jobs.outside, outside, max_relative = 1e-9);
    let build = of(&ulsan, "Build", "Ulsan");
    assert_relative_eq!(build.elsewhere, 2000.0, epsilon = 1e-9);
    let kept = |r: &regional::RegionalImpact| {
        let inside: f64 = r.phases.iter().map(|p| p.value_added.inside).sum();
        inside / r.phases.iter().map(|p| p.value_added.total()).sum::<f64>()
    };
    let kept: Vec<f64> = comparison.able.iter().map(kept).collect();
    assert!(kept.len() > 10 && kept.windows(2).all(|two| two[0] >= two[1]));
}

#[test]
fn two_spellings_of_a_province_are_one_place() {
    let line = "what = \"45\"\n";
    let own = PLACED.replace(line, &format!("{line}region = \"Ulsan\"\n"));
    let text = own.replace("Seoul", "서울");
    let table = AnyTable::open("kr-2023-83").expect("built in");
    let (model, mut splits) = (open_model(&table), Vec::new());
    for text in [PLACED, &text] {
        let plan = scenario(text, &table).plan().expect("a plan");
        let split = regional::of_plan(&table, &model, &plan, Method::Shares).expect("a split");
        splits.push(split.expect("placed").phases);
    }
    assert_eq!(splits[0], splits[1]);
}
