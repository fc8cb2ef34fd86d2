//! Impacts side by side as rows: each scenario's figures, then differences from and ratios to the base.

use super::ensemble::measure_and_stage;
use super::row::persons;
use super::{Data, MoneyUnit, Nothing, Row, Sink, million};
use crate::error::Result;
use crate::impact::comparison::{Comparison, Measure};
use crate::scenario::PhaseKind;

impl Data for Comparison {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "comparison"
    }

    fn money(&self) -> Option<MoneyUnit> {
        let receipt = &self.compared.get(self.base)?.receipt;
        Some(MoneyUnit::millions(&receipt.currency))
    }

    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = self
            .money()
            .map_or_else(String::new, |m| million(&m.currency));
        for figure in self.figures.iter().chain(&self.mixes) {
            let unit = match (figure.measure, figure.kind) {
                (Measure::Money, _) => money.as_str(),
                (Measure::Persons, kind) => persons(kind.unwrap_or(PhaseKind::OneOff)),
                (Measure::Year, _) => "year",
            };
            let (measure, stage) = measure_and_stage(&figure.id);
            let row = Row {
                kind: figure.kind,
                measure,
                stage,
                ..Row::default()
            };
            let stats = [
                ("point", figure.values.clone(), unit),
                ("difference", figure.differences(self.base), unit),
                ("ratio", figure.ratios(self.base), "ratio"),
            ];
            for (stat, values, unit) in stats {
                for (at, value) in values.iter().enumerate() {
                    if stat != "point" && at == self.base {
                        continue;
                    }
                    if let Some(value) = value {
                        sink(&Row {
                            stat,
                            value: *value,
                            unit,
                            ..of_impact(self, at, row)
                        })?;
                    }
                }
            }
        }
        for year in &self.years {
            let (once, again) = (Some(PhaseKind::OneOff), Some(PhaseKind::Recurring));
            let so_far = "cumulative_value_added";
            let series = [
                (None, "output", "type1", &year.output_type1),
                (None, "value_added", "type1", &year.value_added_type1),
                (None, so_far, "type1", &year.cumulative_value_added_type1),
                (once, "jobs", "type1", &year.job_years_type1),
                (again, "jobs", "type1", &year.jobs_type1),
                (None, "output", "", &year.output),
                (None, "value_added", "", &year.value_added),
                (None, so_far, "", &year.cumulative_value_added),
                (once, "jobs", "", &year.job_years),
                (again, "jobs", "", &year.jobs),
            ];
            for (kind, measure, stage, values) in series {
                for (at, value) in values.iter().enumerate() {
                    let row = Row {
                        kind,
                        year: Some(year.year),
                        measure,
                        stage,
                        value: *value,
                        unit: match kind {
                            Some(kind) => persons(kind),
                            None => &money,
                        },
                        ..Row::default()
                    };
                    sink(&of_impact(self, at, row))?;
                }
            }
        }
        Ok(())
    }
}

/// A row of one of the impacts.
fn of_impact<'a>(comparison: &'a Comparison, at: usize, row: Row<'a>) -> Row<'a> {
    match comparison.compared.get(at) {
        Some(compared) => Row {
            scenario: &compared.id,
            table: &compared.receipt.table,
            ..row
        },
        None => row,
    }
}
