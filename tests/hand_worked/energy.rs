//! Energy use by industry, from the figures of the balance of 2019 as they are published.

use super::*;
use leontief::Money;
use leontief::table::{EnergyUse, Regrouping};

fn open(id: &str) -> AnyTable {
    AnyTable::open(id).expect("built in")
}

/// What a shock to each sector of a table uses, open model: energy (TJ) and electricity (GWh) of Type I by
/// industry.
fn used(table: &AnyTable, shocks: &[(usize, Money)]) -> Vec<(f64, f64)> {
    let share = impact::ShockShare::Domestic;
    let mut impact = impact::of_shock(table, &open_model(table), shocks, share).expect("an impact");
    let energy = EnergyUse::korea().expect("built in");
    impact.add_energy(&energy.per_output(table).expect("its sectors"));
    let of = &impact.energy.as_ref().expect("asked").kinds[0];
    let all = of.energy.iter().zip(&of.electricity);
    all.map(|(energy, electricity)| (energy.type1(), electricity.type1()))
        .collect()
}

/// All of final demand, which sets off the table's own output.
fn all_demand(table: &AnyTable) -> Vec<(usize, Money)> {
    let flows = table.flows(Text::same("a test")).expect("flows");
    let demand = flows.domestic_final_demand_total();
    let money = demand.iter().map(|f| Money::units(f * table.meta().unit));
    money.enumerate().collect()
}

#[test]
fn all_of_final_demand_uses_what_the_balance_says() {
    let published = EnergyUse::korea().expect("built in");
    for id in ["kr-2020-83", "kr-2020-165"] {
        let table = open(id);
        let used = used(&table, &all_demand(&table));
        assert_eq!(used.len(), 14);
        for (industry, (energy, electricity)) in published.industries.iter().zip(used) {
            assert_relative_eq!(energy, industry.energy, max_relative = 1e-6);
            assert_relative_eq!(electricity, industry.electricity, max_relative = 1e-6);
        }
    }
}

/// A trillion won of basic steel (27), which with castings (29) makes 88,621,517 + 6,044,384 million:
/// 426,022 TJ over that is 4.50027 TJ a billion. Itself it is 1,000 billion; at the prices of 2023, 41.7381 %
/// above those of 2020, that much less.
#[test]
fn an_industry_uses_its_energy_over_its_output_at_prices_of_the_base_year() {
    let direct = |id: &str| {
        let table = open(id);
        let steel = table.sectors().find("27").expect("steel");
        let per = EnergyUse::korea().and_then(|energy| energy.per_output(&table));
        let per = per.expect("its sectors");
        assert_eq!((per.year, per.output_year), (2019, 2020));
        let trillion = 1e12 / table.meta().unit;
        (
            per.energy[steel] * trillion,
            per.electricity[steel] * trillion,
        )
    };
    let (energy, electricity) = direct("kr-2020-83");
    let output = 88_621_517.0 + 6_044_384.0;
    assert_relative_eq!(energy, 426_022.0 / output * 1e6, max_relative = 1e-9);
    assert_relative_eq!(electricity, 52_995.0 / output * 1e6, max_relative = 1e-9);
    assert_relative_eq!(
        direct("kr-2023-83").0,
        energy / 1.417381,
        max_relative = 1e-6
    );
}

/// Services and what the energy industries themselves use are in no industry.
#[test]
fn what_no_industry_holds_uses_nothing_that_is_known() {
    let table = open("kr-2020-83");
    let per = EnergyUse::korea().and_then(|energy| energy.per_output(&table));
    let per = per.expect("its sectors");
    for code in ["16", "23", "43", "44", "45", "53", "61", "83"] {
        let sector = table.sectors().find(code).expect(code);
        assert_eq!((per.of[sector], per.energy[sector]), (None, 0.0), "{code}");
    }
    // Every sector is in one industry at most, and every one of an industry is a sector.
    let energy = EnergyUse::korea().expect("built in");
    let named: Vec<&String> = energy.industries.iter().flat_map(|i| &i.sectors).collect();
    let mut once = named.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), named.len());
    assert!(
        named
            .iter()
            .all(|code| table.sectors().position(code).is_some())
    );
}

#[test]
fn sectors_that_are_no_industries_parts_are_refused() {
    let energy = EnergyUse::korea().expect("built in");
    let grouped = |groups: &str| {
        let table = open("kr-2020-83");
        let groups = Regrouping::named(groups, &table).expect("groups");
        table.regrouped(&groups).expect("flows")
    };
    for table in [open("kr-2023-33"), grouped("A=50+51"), economy()] {
        let error = energy.per_output(&table).expect_err("other sectors");
        assert!(error.to_string().contains("83 or 165 sectors"), "{error}");
    }
    for (text, part) in [
        ("code,sectors\n", "name_en"),
        (
            "# year: 2019\ncode,name_en,name_ko,sectors,energy_tj,electricity_gwh\na,A,A,01,x,1\n",
            "csv:3",
        ),
        (
            "# year: 20x\ncode,name_en,name_ko,sectors,energy_tj,electricity_gwh\n",
            "'20x'",
        ),
        (
            "code,name_en,name_ko,sectors,energy_tj,electricity_gwh\n",
            "# year",
        ),
    ] {
        let error = EnergyUse::parse("own.csv", text)
            .expect_err(text)
            .to_string();
        assert!(error.contains(part), "{error}");
    }
}
