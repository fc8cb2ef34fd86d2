//! The further studies of an impact as rows: tiers of imports, provinces, policies, caps, a new
//! industry, energy, people, indicators.

use super::impact::sector;
use super::row::persons;
use super::{Row, Sink};
use crate::error::Result;
use crate::impact::constrained::Period;
use crate::impact::energy::EnergyImpact;
use crate::impact::industry::{Difference, IndustryImpact};
use crate::impact::leakage::Leakage;
use crate::impact::people::PeopleImpact;
use crate::impact::policy::{Figures, PolicyEffect};
use crate::impact::regional::RegionalImpact;
use crate::impact::taxes::TaxImpact;
use crate::impact::{Exogenous, Impact, SectorName};
use crate::model::mix::{Mix, MixEffect};
use crate::scenario::PhaseKind;

pub(super) fn rows(impact: &Impact, base: Row, money: &str, sink: &mut Sink) -> Result<()> {
    for leakage in &impact.leakage {
        tiers(leakage, base, money, sink)?;
    }
    for (kind, of) in [
        (PhaseKind::Recurring, &impact.exogenous),
        (PhaseKind::OneOff, &impact.exogenous_one_off),
    ] {
        if let Some(of) = of {
            exogenous(impact, of, kind, base, money, sink)?;
        }
    }
    for indicator in &impact.indicators {
        sink(&Row {
            item: &indicator.name.en,
            measure: "indicator",
            value: indicator.value,
            unit: &indicator.unit.en,
            ..base
        })?;
    }
    if let Some(regional) = &impact.regional {
        regions(regional, base, money, sink)?;
    }
    let financing = impact.financing.iter();
    for (by, of) in financing.flat_map(|of| of.kinds.iter().map(|kind| (of.by, kind))) {
        sink(&Row {
            kind: Some(of.kind),
            item: by.id(),
            measure: "financed",
            value: of.amount,
            unit: money,
            ..base
        })?;
        for (item, case) in [
            ("gross", of.gross),
            ("withdrawn", of.withdrawn),
            ("net", of.net()),
        ] {
            figures(item, of.kind, &case, base, money, sink)?;
        }
    }
    if let Some(effect) = &impact.policy {
        policy(effect, &impact.sectors, base, money, sink)?;
    }
    if let Some(of) = &impact.mix {
        mix(of, &impact.sectors, base, money, sink)?;
    }
    if let Some(constrained) = &impact.constrained {
        for of in &constrained.periods {
            period(of, &impact.sectors, base, money, sink)?;
        }
    }
    if let Some(study) = &impact.industry {
        industry(study, base, money, sink)?;
    }
    if let Some(of) = &impact.energy {
        energy(of, base, sink)?;
    }
    if let Some(of) = &impact.taxes {
        taxes(of, base, money, sink)?;
    }
    for profile in &impact.people {
        people(profile, base, sink)?;
    }
    Ok(())
}

/// What the sectors of given output and all others come to, Type I.
fn exogenous(
    impact: &Impact,
    of: &Exogenous,
    kind: PhaseKind,
    base: Row,
    money: &str,
    sink: &mut Sink,
) -> Result<()> {
    let accounts = || impact.effects.get(kind).iter().flat_map(|e| &e.accounts);
    for figure in &of.figures {
        let account = accounts().find(|a| a.account.id == figure.measure);
        let row = Row {
            kind: Some(kind),
            item: "exogenous",
            measure: &figure.measure,
            unit: match account {
                Some(of) if of.account.id == "jobs" => persons(kind),
                Some(of) => &of.account.unit.en,
                None => money,
            },
            ..base
        };
        for (stage, value) in [("itself", figure.itself), ("others", figure.others)] {
            sink(&Row {
                stage,
                value,
                ..row
            })?;
        }
    }
    Ok(())
}

/// All that is imported by tier; what households set off is in none.
fn tiers(leakage: &Leakage, base: Row, money: &str, sink: &mut Sink) -> Result<()> {
    let row = Row {
        kind: Some(leakage.kind),
        measure: "imports_by_tier",
        unit: money,
        ..base
    };
    for (tier, value) in leakage.tiers.iter().enumerate() {
        sink(&Row {
            tier: &tier.to_string(),
            value: *value,
            ..row
        })?;
    }
    sink(&Row {
        tier: &beyond(leakage.tiers.len()),
        value: leakage.rest,
        ..row
    })
}

/// All tiers from one on: "4+".
pub(super) fn beyond(tiers: usize) -> String {
    format!("{tiers}+")
}

/// The split of each phase: the province, and "outside" it the rest of the country.
pub(super) fn regions(
    regional: &RegionalImpact,
    base: Row,
    money: &str,
    sink: &mut Sink,
) -> Result<()> {
    for phase in &regional.phases {
        let outside = format!("outside {}", phase.region.en);
        let row = Row {
            phase: &phase.phase.en,
            kind: Some(phase.kind),
            unit: money,
            ..base
        };
        let inside = Row {
            region: &phase.region.en,
            ..row
        };
        for (region, value) in [
            (phase.region.en.as_str(), phase.demand),
            (&outside, phase.elsewhere),
        ] {
            sink(&Row {
                region,
                measure: "demand",
                value,
                ..row
            })?;
        }
        let measures = [
            ("output", phase.output, money),
            ("value_added", phase.value_added, money),
            ("jobs", phase.jobs, persons(phase.kind)),
        ];
        for (measure, split, unit) in measures {
            let of = Row {
                measure,
                stage: "type1",
                unit,
                ..inside
            };
            sink(&Row {
                value: split.inside,
                ..of
            })?;
            sink(&Row {
                region: &outside,
                value: split.outside,
                ..of
            })?;
        }
    }
    Ok(())
}

fn policy(
    effect: &PolicyEffect,
    sectors: &[SectorName],
    base: Row,
    money: &str,
    sink: &mut Sink,
) -> Result<()> {
    for raised in &effect.raised {
        let item = raised.item.text();
        let row = Row {
            sector: sector(sectors, raised.sector),
            item: &item.en,
            unit: "share",
            ..base
        };
        let shares = [
            ("policy_share_before", raised.from),
            ("policy_share_after", raised.to),
        ];
        for (measure, value) in shares {
            sink(&Row {
                measure,
                value,
                ..row
            })?;
        }
    }
    for (kind, without, with) in &effect.kinds {
        for (item, of) in [("with policy", with), ("without policy", without)] {
            figures(item, *kind, of, base, money, sink)?;
        }
    }
    Ok(())
}

/// Each mix, and the whole economy by sector before and after all of them.
fn mix(
    of: &MixEffect,
    sectors: &[SectorName],
    base: Row,
    money: &str,
    sink: &mut Sink,
) -> Result<()> {
    for (at, done) in of.mixes.iter().enumerate() {
        let (Mix::Trade { product, .. } | Mix::Supply { from: product, .. }) = &done.mix;
        let item = format!("mix {}", at + 1);
        for (measure, value, unit) in [
            ("mix_bought", done.bought, money),
            ("mix_imported_before", done.imported_before, "share"),
            ("mix_imported_after", done.imported_after, "share"),
            ("mix_saved", done.saved, money),
        ] {
            sink(&Row {
                sector: sector(sectors, *product),
                item: &item,
                measure,
                value,
                unit,
                ..base
            })?;
        }
    }
    let accounts = of.accounts.iter();
    let accounts =
        accounts.map(|(account, of)| (account.id.as_str(), of, account.unit.en.as_str()));
    let measures = [
        ("output", &of.output, money),
        ("value_added", &of.value_added, money),
        ("imports", &of.imports, money),
    ];
    for (measure, of, unit) in measures.into_iter().chain(accounts) {
        for (item, values) in [("before mixes", &of.before), ("with mixes", &of.after)] {
            for (at, value) in values.iter().enumerate() {
                sink(&Row {
                    sector: sector(sectors, at),
                    item,
                    measure,
                    value: *value,
                    unit,
                    ..base
                })?;
            }
        }
    }
    Ok(())
}

/// The figures of one of two cases that are set beside each other.
fn figures(
    item: &str,
    kind: PhaseKind,
    of: &Figures,
    base: Row,
    money: &str,
    sink: &mut Sink,
) -> Result<()> {
    for (measure, stage, value, unit) in [
        ("domestic", "", of.domestic, money),
        ("output", "type1", of.type1.output, money),
        ("value_added", "type1", of.type1.value_added, money),
        ("imports_all", "type1", of.type1.imports, money),
        ("jobs", "type1", of.type1.jobs, persons(kind)),
        ("output", "", of.total.output, money),
        ("value_added", "", of.total.value_added, money),
        ("imports_all", "", of.total.imports, money),
        ("jobs", "", of.total.jobs, persons(kind)),
    ] {
        sink(&Row {
            kind: Some(kind),
            item,
            measure,
            stage,
            value,
            unit,
            ..base
        })?;
    }
    Ok(())
}

fn period(
    period: &Period,
    sectors: &[SectorName],
    base: Row,
    money: &str,
    sink: &mut Sink,
) -> Result<()> {
    let row = Row {
        year: period.year,
        ..base
    };
    for capped in &period.sectors {
        let figures = [
            ("cap", capped.cap, money),
            ("cap_wished", capped.wished, money),
            ("cap_short", capped.short, money),
            ("cap_short_of_inputs", capped.short_of_inputs, money),
            ("cap_shadow_value_added", capped.shadow_value_added, "ratio"),
            ("cap_shadow_demand", capped.shadow_demand, "ratio"),
            ("cap_shadow_rationed", capped.shadow_rationed, "ratio"),
        ];
        for (measure, value, unit) in figures {
            sink(&Row {
                sector: sector(sectors, capped.sector),
                measure,
                value,
                unit,
                ..row
            })?;
        }
    }
    let totals = [
        ("wished", period.wished),
        ("possible", period.possible),
        ("rationed", period.rationed),
    ];
    for (item, of) in totals {
        let of_all = Row {
            item,
            stage: "type1",
            unit: money,
            ..row
        };
        for (measure, value) in [
            ("output", of.output),
            ("value_added", of.value_added),
            ("imports", of.imports),
            ("replacing_imports", of.replacing),
        ] {
            sink(&Row {
                measure,
                value,
                ..of_all
            })?;
        }
        for (kind, value) in [
            (PhaseKind::OneOff, of.job_years),
            (PhaseKind::Recurring, of.jobs),
        ] {
            sink(&Row {
                kind: Some(kind),
                measure: "jobs",
                value,
                unit: persons(kind),
                ..of_all
            })?;
        }
    }
    let shares = [
        ("possible", "share_from_home", period.share_from_home),
        ("rationed", "share_of_demand", period.share_rationed),
    ];
    for (item, measure, value) in shares {
        sink(&Row {
            item,
            measure,
            value,
            unit: "share",
            ..row
        })?;
    }
    Ok(())
}

fn industry(study: &IndustryImpact, base: Row, money: &str, sink: &mut Sink) -> Result<()> {
    let row = Row {
        phase: &study.name.en,
        kind: Some(PhaseKind::Recurring),
        unit: money,
        ..base
    };
    let own = [
        ("sales", study.sales),
        ("domestic_inputs", study.domestic_inputs),
        ("imported_inputs", study.imported_inputs),
        ("product_tax", study.product_tax),
        ("own_value_added", study.own_value_added),
        ("own_compensation", study.compensation),
        ("own_surplus", study.surplus),
        ("foreign_surplus", study.foreign_surplus),
        ("exports", study.exports),
        ("final_sales", study.final_sales),
        ("intermediate_sales", study.intermediate_sales),
        ("unreplaced", study.unreplaced),
    ];
    for (measure, value) in own {
        sink(&Row {
            item: "new industry",
            measure,
            value,
            ..row
        })?;
    }
    let others = [
        ("own_staff", study.staff, persons(PhaseKind::Recurring)),
        ("most_replaced_share", study.most_replaced_share, "share"),
    ];
    for (measure, value, unit) in others {
        if let Some(value) = value {
            sink(&Row {
                item: "new industry",
                measure,
                value,
                unit,
                ..row
            })?;
        }
    }
    let mut approaches: Vec<(String, &Difference)> = vec![
        ("included".to_owned(), &study.included),
        ("as final demand".to_owned(), &study.as_final_demand),
    ];
    let shares = study.by_replaced_share.iter();
    approaches.extend(shares.filter_map(|at| {
        let included = at.included.as_ref()?;
        Some((format!("included at replaced_share {}", at.share), included))
    }));
    for (item, of) in &approaches {
        let taxes = of.product_taxes.map(|v| ("product_taxes", v, money));
        let gdp = of.gdp().map(|v| ("gdp_at_market_prices", v, money));
        let figures = [
            ("own_output", of.own_output, money),
            ("other_output", of.other_output, money),
            ("own_value_added", of.own_value_added, money),
            ("other_value_added", of.other_value_added, money),
            ("imports", of.imports, money),
            ("national_income", of.national_income, money),
            ("jobs", of.jobs, persons(PhaseKind::Recurring)),
        ];
        for (measure, value, unit) in figures.into_iter().chain(taxes).chain(gdp) {
            sink(&Row {
                item,
                measure,
                value,
                unit,
                ..row
            })?;
        }
    }
    Ok(())
}

/// The industry stands in the item: it is no sector of the table.
fn energy(of: &EnergyImpact, base: Row, sink: &mut Sink) -> Result<()> {
    for kind in &of.kinds {
        let measures = [
            ("energy_use", "TJ", &kind.energy),
            ("electricity_use", "GWh", &kind.electricity),
        ];
        for (measure, unit, figures) in measures {
            for (industry, sums) in of.industries.iter().zip(figures) {
                let stages = [
                    ("direct", sums.direct),
                    ("indirect", sums.indirect),
                    ("induced", sums.induced),
                ];
                for (stage, value) in stages {
                    sink(&Row {
                        kind: Some(kind.kind),
                        item: &industry.name.en,
                        measure,
                        stage,
                        value,
                        unit,
                        ..base
                    })?;
                }
            }
        }
    }
    Ok(())
}

/// The tax stands in the item, by the row of the table.
fn taxes(of: &TaxImpact, base: Row, money: &str, sink: &mut Sink) -> Result<()> {
    for kind in &of.kinds {
        for tax in &kind.taxes {
            for (stage, value) in [
                ("at_once", tax.at_once),
                ("direct", tax.direct),
                ("indirect", tax.indirect),
                ("induced", tax.induced),
            ] {
                sink(&Row {
                    kind: Some(kind.kind),
                    item: &tax.id,
                    measure: "taxes",
                    stage,
                    value,
                    unit: money,
                    ..base
                })?;
            }
        }
    }
    Ok(())
}

fn people(profile: &PeopleImpact, base: Row, sink: &mut Sink) -> Result<()> {
    let measure = format!("jobs_by_{}", profile.name.en);
    for (kind, groups) in &profile.kinds {
        for (group, sums) in profile.groups.iter().zip(groups) {
            let stages = [
                ("direct", sums.direct),
                ("indirect", sums.indirect),
                ("induced", sums.induced),
            ];
            for (stage, value) in stages {
                sink(&Row {
                    kind: Some(*kind),
                    item: &group.en,
                    measure: &measure,
                    stage,
                    value,
                    unit: persons(*kind),
                    ..base
                })?;
            }
        }
    }
    Ok(())
}
