//! Regions as a key of sectors: kept by the project's own format, and one of them taken out of it as out of the files.

use super::*;
use crate::table::Regrouping;
use crate::table::write::native;

/// The table in a folder of its own, read again.
fn again(table: &Table) -> AnyTable {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in native::write(table).expect("texts") {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    AnyTable::open(&folder.path().display().to_string()).expect("its own format")
}

#[test]
fn the_own_format_keeps_the_region_of_sectors_and_of_final_demand() {
    let table = again(&of(eora, None));
    let sectors = table.sectors();
    assert_eq!(sectors.regions(), ["HOM", "ABR"]);
    assert_eq!(
        (sectors.region(2), sectors.own_code(2)),
        (Some("ABR"), "farms")
    );
    let meta = table.meta();
    let demand = meta.final_demand.iter().map(|c| c.region.as_deref());
    assert_eq!(
        demand.collect::<Vec<_>>(),
        [Some("HOM"), Some("HOM"), Some("ABR"), Some("ABR")]
    );
    assert_eq!(meta.region_title("ABR").en, "Name of ABR");
}

#[test]
fn a_country_of_the_own_format_is_that_of_the_files() {
    for write in [pymrio as fn(&Path), icio] {
        let held = again(&of(write, None)).country("HOM").expect("a country");
        let held = held.flows(Text::same("flows")).expect("flows");
        let read = of(write, Some("HOM"));
        let (a, b) = (held.flows(), read.flows());
        let same = |a: &DMatrix<f64>, b: &DMatrix<f64>| assert!((a - b).amax() < 1e-9, "{a} {b}");
        same(a.domestic.dense(), b.domestic.dense());
        same(a.imported.dense(), b.imported.dense());
        same(&a.domestic_final_demand, &b.domestic_final_demand);
        same(&a.imported_final_demand, &b.imported_final_demand);
        same(&a.other_inputs, &b.other_inputs);
        same(&a.other_final_demand, &b.other_final_demand);
        let added = |flows: &crate::table::Flows| flows.primary_inputs.row_sum();
        assert!((added(a) - added(b)).amax() < 1e-9);
        let names = |table: &Table| {
            table
                .sectors()
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(names(held), names(&read));
    }
    let error = again(&of(eora, Some("HOM")))
        .country("HOM")
        .expect_err("one economy");
    assert!(error.to_string().contains("no regions"), "{error}");
}

#[test]
fn sectors_of_one_region_that_are_joined_keep_it_and_others_lose_it() {
    let table = again(&of(eora, None));
    let regroup = |groups: &str| {
        let groups = Regrouping::parse("groups.csv", groups, table.sectors()).expect("groups");
        table.regrouped(&groups).expect("regrouped")
    };
    let within = regroup(
        "code,group\nHOM_farms,HOM_all\nHOM_mills,HOM_all\nABR_farms,ABR_all\nABR_mills,ABR_all\n",
    );
    assert_eq!(within.sectors().regions(), ["HOM", "ABR"]);
    assert_eq!(within.sectors().own_code(1), "all");
    let across =
        regroup("code,group\nHOM_farms,farms\nHOM_mills,mills\nABR_farms,farms\nABR_mills,mills\n");
    assert!(across.sectors().regions().is_empty() && across.meta().regions.is_empty());
}

#[test]
fn a_region_that_only_some_sectors_have_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in native::write(&of(eora, None)).expect("texts") {
        let text = match name.as_str() {
            "sectors.csv" => text.replace(",ABR\n", ",\n"),
            _ => text,
        };
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let error = AnyTable::open(&folder.path().display().to_string()).expect_err("half");
    let error = error.to_string();
    assert!(
        error.contains("sectors.csv") && error.contains("ABR_farms"),
        "{error}"
    );
}
