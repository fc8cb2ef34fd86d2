//! An impact as rows: phases, sums by kind of phase, sectors, stages, years, and its further studies.

use super::figures::{Counted, ReadyImpact, measures};
use super::row::persons;
use super::{Data, MoneyUnit, Row, Sink, ensemble, million, studies};
use crate::error::Result;
use crate::impact::{Effects, Impact, PhaseImpact, Receipt, SectorName, Stages};
use crate::report::words::IMPORTS_NOT_TOLD;
use crate::scenario::PhaseKind;
use crate::uncertainty::Estimate;

impl Data for Impact {
    type Ready = ReadyImpact;

    fn kind(&self) -> &'static str {
        "impact"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(MoneyUnit::millions(&self.receipt.currency))
    }

    fn ready(&self) -> Option<ReadyImpact> {
        Some(ReadyImpact::of(self))
    }

    fn rows(&self, sink: &mut Sink) -> Result<()> {
        rows(self, &self.name.en, sink)
    }
}

impl Data for Estimate {
    type Ready = ReadyImpact;

    fn kind(&self) -> &'static str {
        self.impact.kind()
    }

    fn money(&self) -> Option<MoneyUnit> {
        self.impact.money()
    }

    fn ready(&self) -> Option<ReadyImpact> {
        self.impact.ready()
    }

    fn rows(&self, sink: &mut Sink) -> Result<()> {
        estimate_rows(self, sink)
    }
}

/// The rows of an impact under a name.
pub(super) fn rows(impact: &Impact, scenario: &str, sink: &mut Sink) -> Result<()> {
    let base = Row {
        scenario,
        table: &impact.receipt.table,
        ..Row::default()
    };
    let money = million(&impact.receipt.currency);
    let writer = Writer {
        base,
        money: &money,
        sectors: &impact.sectors,
        receipt: &impact.receipt,
    };
    for phase in &impact.phases {
        writer.phase(phase, sink)?;
    }
    for (kind, effects) in impact.effects.present() {
        let of_kind = Row {
            kind: Some(kind),
            ..base
        };
        writer.effects(of_kind, kind, effects, sink)?;
        let phases = impact.phases.iter().filter(|p| p.kind == kind);
        writer.at_once(of_kind, phases.clone(), sink)?;
        for year in &impact.years {
            let shares = phases
                .clone()
                .filter_map(|p| Some((p, share_of(p, year.year)?)));
            writer.year(of_kind, year.year, shares.collect(), sink)?;
        }
    }
    for year in &impact.years {
        sink(&Row {
            year: Some(year.year),
            measure: "discount_factor",
            value: year.discount_factor,
            unit: "factor",
            ..base
        })?;
    }
    studies::rows(impact, base, &money, sink)
}

/// The rows of an impact, then those of how sure it is.
pub(super) fn estimate_rows(estimate: &Estimate, sink: &mut Sink) -> Result<()> {
    let impact = &estimate.impact;
    rows(impact, &impact.name.en, sink)?;
    let Some(ensemble) = &estimate.uncertainty else {
        return Ok(());
    };
    let base = Row {
        scenario: &impact.name.en,
        table: &impact.receipt.table,
        ..Row::default()
    };
    let money = million(&impact.receipt.currency);
    ensemble::rows(ensemble, &impact.sectors, base, &money, sink)
}

/// The share of a phase that falls in a year.
fn share_of(phase: &PhaseImpact, year: i32) -> Option<f64> {
    let (_, share) = phase.schedule.iter().find(|(y, _)| *y == year)?;
    Some(*share)
}

/// A sector of a list as rows have it.
pub(super) fn sector(sectors: &[SectorName], at: usize) -> Option<(&str, &crate::lang::Text)> {
    sectors.get(at).map(|s| (s.code.as_str(), &s.name))
}

/// A row for each sector: `row` with its value.
pub(super) fn by_sector(
    sectors: &[SectorName],
    values: &[f64],
    row: Row,
    sink: &mut Sink,
) -> Result<()> {
    for (at, value) in values.iter().enumerate() {
        sink(&Row {
            sector: sector(sectors, at),
            value: *value,
            ..row
        })?;
    }
    Ok(())
}

/// The same, and all of them together at the stage "total".
pub(super) fn by_sector_and_total(
    sectors: &[SectorName],
    values: &[f64],
    row: Row,
    sink: &mut Sink,
) -> Result<()> {
    by_sector(sectors, values, row, sink)?;
    sink(&Row {
        stage: "total",
        value: values.iter().sum(),
        ..row
    })
}

/// The three stages of a measure.
fn stages(of: &Stages) -> [(&'static str, &[f64]); 3] {
    [
        ("direct", &of.direct),
        ("indirect", &of.indirect),
        ("induced", &of.induced),
    ]
}

struct Writer<'a> {
    base: Row<'a>,
    money: &'a str,
    sectors: &'a [SectorName],
    receipt: &'a Receipt,
}

impl Writer<'_> {
    fn unit<'b>(&'b self, kind: PhaseKind, counted: Counted<'b>) -> &'b str {
        match counted {
            Counted::Money => self.money,
            Counted::Persons => persons(kind),
            Counted::Unit(unit) => &unit.en,
        }
    }

    fn phase(&self, phase: &PhaseImpact, sink: &mut Sink) -> Result<()> {
        let of_phase = Row {
            phase: &phase.name.en,
            kind: Some(phase.kind),
            ..self.base
        };
        self.effects(of_phase, phase.kind, &phase.effects, sink)?;
        self.at_once(of_phase, std::iter::once(phase), sink)?;
        sink(&Row {
            measure: "probability",
            value: phase.probability,
            unit: "share",
            ..of_phase
        })?;
        for line in &phase.lines {
            let of_line = Row {
                sector: sector(self.sectors, line.sector),
                item: &line.item.en,
                measure: "spending_line",
                unit: self.money,
                ..of_phase
            };
            let margin = |of: &Option<(usize, f64)>| {
                let (at, value) = (*of)?;
                Some((sector(self.sectors, at), value))
            };
            let own = of_line.sector;
            let parts = [
                ("domestic", Some((own, line.domestic))),
                ("trade_margin", margin(&line.trade)),
                ("transport_margin", margin(&line.transport)),
                ("imported", Some((own, line.imported))),
                ("tax", Some((own, line.tax))),
                ("capital_income", Some((own, line.capital_income()))),
            ];
            for (stage, part) in parts {
                if let Some((sector, value)) = part {
                    sink(&Row {
                        sector,
                        stage,
                        value,
                        ..of_line
                    })?;
                }
            }
        }
        for (year, share) in &phase.schedule {
            self.year(of_phase, *year, vec![(phase, *share)], sink)?;
        }
        Ok(())
    }

    /// Spending, then every measure by sector and stage.
    fn effects(&self, row: Row, kind: PhaseKind, effects: &Effects, sink: &mut Sink) -> Result<()> {
        self.spending(row, &[(effects, 1.0)], sink)?;
        if let Some(taxes) = effects.product_taxes {
            let taxes = [
                ("direct", taxes.direct),
                ("indirect", taxes.indirect),
                ("induced", taxes.induced),
            ];
            for (stage, value) in taxes {
                sink(&Row {
                    measure: "product_taxes",
                    stage,
                    value,
                    unit: self.money,
                    ..row
                })?;
            }
        }
        for measure in measures(effects) {
            let unit = self.unit(kind, measure.unit);
            for (stage, values) in stages(measure.stages) {
                for (at, value) in values.iter().enumerate() {
                    sink(&Row {
                        sector: sector(self.sectors, at).or(Some(("", &IMPORTS_NOT_TOLD))),
                        measure: measure.name,
                        stage,
                        value: *value,
                        unit,
                        ..row
                    })?;
                }
            }
        }
        Ok(())
    }

    fn spending(&self, row: Row, of: &[(&Effects, f64)], sink: &mut Sink) -> Result<()> {
        let sum = |part: fn(&Effects) -> f64| of.iter().map(|(e, by)| part(e) * by).sum();
        let capital: f64 = sum(|e| e.spending.capital_income.as_millions());
        let abroad: f64 = sum(|e| e.spending.income_abroad.as_millions());
        let parts: [(&str, f64); 4] = [
            ("capital_income", capital),
            ("domestic", sum(|e| e.spending.domestic.as_millions())),
            ("imported", sum(|e| e.spending.imported.as_millions())),
            ("tax", sum(|e| e.spending.tax.as_millions())),
        ];
        for (stage, value) in parts {
            sink(&Row {
                measure: "spending",
                stage,
                value,
                unit: self.money,
                ..row
            })?;
        }
        sink(&Row {
            measure: "income_abroad",
            value: abroad,
            unit: self.money,
            ..row
        })
    }

    /// What is imported at once, by product, times the probability of its phase.
    fn at_once<'b>(
        &self,
        row: Row,
        phases: impl Iterator<Item = &'b PhaseImpact>,
        sink: &mut Sink,
    ) -> Result<()> {
        let mut imported = vec![0.0; self.sectors.len()];
        for phase in phases {
            for line in &phase.lines {
                imported[line.sector] += line.imported * phase.probability;
            }
        }
        by_sector(
            self.sectors,
            &imported,
            Row {
                measure: "imports_at_once",
                unit: self.money,
                ..row
            },
            sink,
        )?;
        Ok(())
    }

    /// The shares of phases of one kind that fall in a year, over all sectors.
    fn year(
        &self,
        row: Row,
        year: i32,
        shares: Vec<(&PhaseImpact, f64)>,
        sink: &mut Sink,
    ) -> Result<()> {
        let Some((first, _)) = shares.first() else {
            return Ok(());
        };
        let row = Row {
            year: Some(year),
            ..row
        };
        let spent: Vec<_> = shares.iter().map(|(p, by)| (&p.effects, *by)).collect();
        self.spending(row, &spent, sink)?;
        let labour = self.receipt.labour();
        let of_phases: Vec<_> = shares
            .iter()
            .map(|(phase, share)| {
                let whole = labour.of_phase(phase.kind, &phase.schedule);
                (
                    measures(&phase.effects),
                    *share,
                    share * labour.in_year(year) / whole,
                )
            })
            .collect();
        for (at, measure) in measures(&first.effects).iter().enumerate() {
            for (stage, name) in ["direct", "indirect", "induced"].into_iter().enumerate() {
                let value = of_phases.iter().map(|(measures, money, persons)| {
                    let sums = measures[at].stages.sums();
                    let by = match measure.unit {
                        Counted::Persons => persons,
                        _ => money,
                    };
                    [sums.direct, sums.indirect, sums.induced][stage] * by
                });
                sink(&Row {
                    measure: measure.name,
                    stage: name,
                    value: value.sum(),
                    unit: self.unit(first.kind, measure.unit),
                    ..row
                })?;
            }
        }
        Ok(())
    }
}
