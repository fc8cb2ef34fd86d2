//! What draws say, as rows: one for each statistic.

use super::impact::sector;
use super::row::persons;
use super::{Row, Sink};
use crate::error::Result;
use crate::impact::SectorName;
use crate::scenario::PhaseKind;
use crate::uncertainty::Ensemble;
use crate::uncertainty::ensemble::Spread;
use crate::uncertainty::sobol::{SobolFigure, SobolIndex};

pub(super) fn rows(
    ensemble: &Ensemble,
    sectors: &[SectorName],
    base: Row,
    money: &str,
    sink: &mut Sink,
) -> Result<()> {
    for figure in &ensemble.figures {
        let (measure, stage) = measure_and_stage(&figure.id);
        let indicator = figure.kind.is_none();
        let unit = figure.unit.text();
        let row = Row {
            kind: figure.kind,
            item: if indicator { &figure.id } else { "" },
            measure: if indicator { "indicator" } else { measure },
            stage: if indicator { "" } else { stage },
            unit: if figure.money { money } else { &unit.en },
            ..base
        };
        spread(&figure.spread, row, sink)?;
    }
    for of in &ensemble.sectors {
        let row = Row {
            kind: Some(of.kind),
            sector: sector(sectors, of.sector),
            measure: "output",
            unit: money,
            ..base
        };
        spread(&of.output, row, sink)?;
    }
    for year in &ensemble.years {
        let of = |kind, measure, unit| Row {
            year: Some(year.year),
            kind,
            measure,
            unit,
            ..base
        };
        let persons = |kind| of(Some(kind), "jobs", persons(kind));
        let type1 = |row| Row {
            stage: "type1",
            ..row
        };
        let output = of(None, "output", money);
        let value_added = of(None, "value_added", money);
        spread(&year.output_type1, type1(output), sink)?;
        spread(&year.value_added_type1, type1(value_added), sink)?;
        let (once, again) = (persons(PhaseKind::OneOff), persons(PhaseKind::Recurring));
        spread(&year.job_years_type1, type1(once), sink)?;
        spread(&year.jobs_type1, type1(again), sink)?;
        spread(&year.output, output, sink)?;
        spread(&year.value_added, value_added, sink)?;
        spread(&year.job_years, once, sink)?;
        spread(&year.jobs, again, sink)?;
    }
    for of in &ensemble.each {
        let (measure, stage) = measure_and_stage(&of.id);
        let unit = of.unit.text();
        let named = |name| Row {
            item: &of.id,
            measure: name,
            ..base
        };
        let row = match (of.drawn, of.kind) {
            (true, _) => named("drawn"),
            (false, None) => named("indicator"),
            (false, kind) => Row {
                kind,
                measure,
                stage,
                ..base
            },
        };
        for (draw, value) in of.values.iter().enumerate() {
            sink(&Row {
                draw: Some(draw as u64),
                value: *value,
                unit: if of.money { money } else { &unit.en },
                ..row
            })?;
        }
    }
    for driver in &ensemble.drivers {
        let row = Row {
            kind: Some(driver.kind),
            item: &driver.key,
            ..base
        };
        sink(&Row {
            measure: "driver_rank_correlation",
            stage: "type1",
            value: driver.rank_correlation,
            unit: "correlation",
            ..row
        })?;
        for (at, stat) in ["p5", "p95"].into_iter().enumerate() {
            sink(&Row {
                measure: "driver_range",
                stat,
                value: driver.range[at],
                unit: if driver.money { money } else { "" },
                ..row
            })?;
            let of = Row {
                measure: "driver_value_added",
                stat,
                unit: money,
                ..row
            };
            sink(&Row {
                stage: "type1",
                value: driver.value_added_type1[at],
                ..of
            })?;
            sink(&Row {
                value: driver.value_added[at],
                ..of
            })?;
        }
    }
    for figure in ensemble.sobol.iter().flat_map(|sobol| &sobol.figures) {
        sobol_rows(figure, base, money, sink)?;
    }
    Ok(())
}

/// The indices of a figure: of each source, which is the item, and of all of them.
fn sobol_rows(figure: &SobolFigure, base: Row, money: &str, sink: &mut Sink) -> Result<()> {
    let (measure, stage) = match figure.kind {
        Some(_) => measure_and_stage(&figure.id),
        None => (figure.id.as_str(), ""),
    };
    let unit = figure.unit.text();
    sink(&Row {
        kind: figure.kind,
        stage,
        measure: &format!("sobol_standard_deviation_{measure}"),
        value: figure.standard_deviation,
        unit: if figure.money { money } else { &unit.en },
        ..base
    })?;
    let mut index = |name: &str, item: &str, index: &SobolIndex| -> Result<()> {
        let stats = [
            ("point", index.value),
            ("low", index.low),
            ("high", index.high),
        ];
        for (stat, value) in stats {
            sink(&Row {
                kind: figure.kind,
                stage,
                item,
                measure: &format!("sobol_{name}_{measure}"),
                stat,
                value,
                unit: "share",
                ..base
            })?;
        }
        Ok(())
    };
    index("first_order", "", &figure.first_order)?;
    index("interactions", "", &figure.interactions)?;
    for source in &figure.sources {
        index("first_order", &source.key, &source.first_order)?;
        index("total", &source.key, &source.total)?;
    }
    Ok(())
}

/// The measure and stage of a headline figure: "value_added_type1" is value added at the stage "type1";
/// without an ending it is of all stages.
pub(super) fn measure_and_stage(id: &str) -> (&str, &str) {
    match id {
        "imported" => ("spending", "imported"),
        "domestic" => ("spending", "domestic"),
        id => match id.strip_suffix("_type1") {
            Some(measure) => (measure, "type1"),
            None => (id, ""),
        },
    }
}

pub(super) fn spread(spread: &Spread, row: Row, sink: &mut Sink) -> Result<()> {
    let stats = [
        ("as_written", spread.as_written),
        ("median", spread.median),
        ("p5", spread.p5),
        ("p95", spread.p95),
        ("mean", spread.mean),
        ("standard_error", spread.standard_error),
    ];
    for (stat, value) in stats {
        sink(&Row { stat, value, ..row })?;
    }
    Ok(())
}
