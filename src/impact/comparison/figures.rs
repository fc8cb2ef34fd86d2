//! The figures of impacts side by side: those of a kind of phase, and those over all years.

use super::{ComparedFigure, Measure};
use crate::impact::financing::FinancedKind;
use crate::impact::policy::Figures;
use crate::impact::{
    Effects, FigureName, FigureTitle, FigureType, Impact, Stages, Sums, Year, YearFigures,
};
use crate::model::mix::{BeforeAfter, MixEffect};
use crate::scenario::PhaseKind;
use crate::units::Measures;

/// A figure of each impact, whose title says Type I where households add to any of them.
fn figure(
    impacts: &[(String, Impact)],
    kind: Option<PhaseKind>,
    name: FigureName,
    of: FigureType,
    value: &dyn Fn(&Impact) -> Option<f64>,
) -> ComparedFigure {
    let mut receipts = impacts.iter().map(|(_, i)| &i.receipt);
    let closed = receipts.any(|r| r.household_share.is_some());
    let title_type = match of {
        _ if name.is_of_demand() => None,
        FigureType::Type1 => closed.then_some(of),
        FigureType::Type2 => Some(of),
    };
    // There is one peak year.
    let is_one = name.is_of_demand() || name == FigureName::PeakYear;
    ComparedFigure {
        kind,
        id: match of {
            FigureType::Type1 if !is_one => format!("{}_type1", name.id()),
            _ => name.id().to_owned(),
        },
        title: FigureTitle::Of(name, title_type),
        measure: name.measure(),
        values: impacts.iter().map(|(_, impact)| value(impact)).collect(),
    }
}

/// Headline figures of a kind of phase, where any impact has such phases.
pub(super) fn headline(impacts: &[(String, Impact)], kind: PhaseKind) -> Vec<ComparedFigure> {
    if impacts.iter().all(|(_, i)| i.effects.get(kind).is_none()) {
        return Vec::new();
    }
    type Spent = fn(&Effects) -> f64;
    type Produced = fn(&Effects) -> Sums;
    let spent: [(FigureName, Spent); 2] = [
        (FigureName::Spending, |e| e.spending.total.as_millions()),
        (FigureName::Imported, |e| e.spending.imported.as_millions()),
    ];
    let produced: [(FigureName, Produced); 4] = [
        (FigureName::Output, |e| e.output.sums()),
        (FigureName::ValueAdded, |e| e.value_added.sums()),
        (FigureName::Imports, |e| e.imports.sums()),
        (FigureName::Jobs, |e| {
            e.account("jobs").map(Stages::sums).unwrap_or_default()
        }),
    ];
    let figure = |name, of, value: &dyn Fn(&Effects) -> f64| {
        let value = |i: &Impact| i.effects.get(kind).as_ref().map(value);
        figure(impacts, Some(kind), name, of, &value)
    };
    let (type1, type2) = (FigureType::Type1, FigureType::Type2);
    let spent = spent.iter().map(|(name, of)| figure(*name, type1, of));
    let without_households = produced
        .iter()
        .map(|(name, of)| figure(*name, type1, &|e| of(e).type1()));
    let with_households = produced
        .iter()
        .map(|(name, of)| figure(*name, type2, &|e| of(e).total()));
    let gross = spent.chain(without_households).chain(with_households);
    gross.chain(net(impacts, kind)).collect()
}

/// Net figures of a kind of phase, where the money of any impact is taken from another use.
fn net(impacts: &[(String, Impact)], kind: PhaseKind) -> Vec<ComparedFigure> {
    let of_kind = |i: &Impact| -> Option<Figures> {
        let mut kinds = i.financing.iter().flat_map(|financing| &financing.kinds);
        kinds.find(|of| of.kind == kind).map(FinancedKind::net)
    };
    if impacts.iter().all(|(_, i)| of_kind(i).is_none()) {
        return Vec::new();
    }
    type Of = fn(&Measures<f64>) -> f64;
    let names: [(FigureName, Of); 3] = [
        (FigureName::NetOutput, |m| m.output),
        (FigureName::NetValueAdded, |m| m.value_added),
        (FigureName::NetJobs, |m| m.jobs),
    ];
    let mut figures = Vec::new();
    for type_of in [FigureType::Type1, FigureType::Type2] {
        for (name, of) in names {
            let value = |i: &Impact| {
                let net = of_kind(i)?;
                Some(of(match type_of {
                    FigureType::Type1 => &net.type1,
                    FigureType::Type2 => &net.total,
                }))
            };
            figures.push(figure(impacts, Some(kind), name, type_of, &value));
        }
    }
    figures
}

/// What mixes change for the whole economy, where any impact has some: an impact without changes nothing.
pub(super) fn mixes(impacts: &[(String, Impact)]) -> Vec<ComparedFigure> {
    if impacts.iter().all(|(_, impact)| impact.mix.is_none()) {
        return Vec::new();
    }
    type Of = fn(&MixEffect) -> Option<&BeforeAfter>;
    let figures: [(&str, FigureName, Of); 4] = [
        ("mix_output", FigureName::Output, |mix| Some(&mix.output)),
        ("mix_value_added", FigureName::ValueAdded, |mix| {
            Some(&mix.value_added)
        }),
        ("mix_imports", FigureName::Imports, |mix| Some(&mix.imports)),
        ("mix_jobs", FigureName::Jobs, |mix| {
            let mut accounts = mix.accounts.iter();
            accounts
                .find(|(account, _)| account.id == "jobs")
                .map(|(_, of)| of)
        }),
    ];
    let change = |impact: &Impact, of: Of| {
        let of = impact.mix.as_ref().and_then(of);
        of.map_or(0.0, |of| of.sums().1 - of.sums().0)
    };
    let figure = |(id, name, of): (&str, FigureName, Of)| ComparedFigure {
        kind: Some(PhaseKind::Recurring),
        id: id.to_owned(),
        title: FigureTitle::Of(name, None),
        measure: name.measure(),
        values: impacts
            .iter()
            .map(|(_, impact)| Some(change(impact, of)))
            .collect(),
    };
    figures.into_iter().map(figure).collect()
}

/// The year that all are discounted to, where any is: the earliest of theirs, so that a delay counts.
fn present(impacts: &[(String, Impact)]) -> Option<i32> {
    let years = impacts.iter().filter_map(|(_, i)| i.receipt.discount);
    years.map(|(_, year)| year).min()
}

/// Figures over all years of each impact: sums, the peak, the present value.
pub(super) fn over_time(impacts: &[(String, Impact)]) -> Vec<ComparedFigure> {
    let figure = |name: FigureName, of: FigureType, value: &dyn Fn(&Impact) -> Option<f64>| {
        let value = |i: &Impact| if i.years.is_empty() { None } else { value(i) };
        figure(impacts, None, name, of, &value)
    };
    let sum = |i: &Impact, of: &dyn Fn(&Year) -> f64| Some(i.years.iter().map(of).sum::<f64>());
    type Of = fn(&YearFigures) -> f64;
    let sums: [(FigureName, [Of; 2]); 3] = [
        (
            FigureName::CumulativeOutput,
            [|f| f.type1.output, |f| f.total.output],
        ),
        (
            FigureName::CumulativeValueAdded,
            [|f| f.type1.value_added, |f| f.total.value_added],
        ),
        (FigureName::JobYears, [|f| f.type1.jobs, |f| f.total.jobs]),
    ];
    let of_all_years = |name: FigureName, of: Of| {
        move |y: &Year| match name.measure() {
            // Jobs of recurring phases are the same jobs year after year.
            Measure::Persons => of(&y.figures.one_off),
            _ => y.of_both(of),
        }
    };
    let present = present(impacts);
    let discounted = |to: i32, i: &Impact, of: Of| {
        let rate = i.receipt.discount.map_or(0.0, |(rate, _)| rate);
        let factor = |y: &Year| (1.0 + rate).powi(to - y.year);
        Some(i.years.iter().map(|y| y.of_both(of) * factor(y)).sum())
    };
    let peak = |i: &Impact| i.peak(|y| y.of_both(|f| f.type1.output));
    let in_peak = |i: &Impact, of: Of| {
        let at = peak(i)?;
        i.years.iter().find(|y| y.year == at).map(|y| y.of_both(of))
    };
    let (type1, type2) = (FigureType::Type1, FigureType::Type2);

    let mut figures = vec![figure(FigureName::CumulativeSpending, type1, &|i| {
        sum(i, &|y| y.of_both(|f| f.spending))
    })];
    for (name, [of, _]) in sums {
        let of = of_all_years(name, of);
        figures.push(figure(name, type1, &|i| sum(i, &of)));
    }
    figures.push(figure(FigureName::PeakYear, type1, &|i| {
        peak(i).map(f64::from)
    }));
    figures.push(figure(FigureName::PeakOutput, type1, &|i| {
        in_peak(i, |f| f.type1.output)
    }));
    if let Some(to) = present {
        figures.push(figure(FigureName::PresentValue(present), type1, &|i| {
            discounted(to, i, |f| f.type1.value_added)
        }));
    }
    for (name, [_, of]) in sums {
        let of = of_all_years(name, of);
        figures.push(figure(name, type2, &|i| sum(i, &of)));
    }
    figures.push(figure(FigureName::PeakOutput, type2, &|i| {
        in_peak(i, |f| f.total.output)
    }));
    if let Some(to) = present {
        figures.push(figure(FigureName::PresentValue(present), type2, &|i| {
            discounted(to, i, |f| f.total.value_added)
        }));
    }
    figures
}
