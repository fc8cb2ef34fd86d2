//! A region of a nation, and methods held against published multipliers, as rows.

use super::impact::sector;
use super::multipliers::{money, ratio};
use super::{Data, MoneyUnit, Nothing, Row, Sink};
use crate::analysis::regionalize::{Judged, Regionalized};
use crate::error::Result;

impl Data for Regionalized {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "regionalized"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.provenance))
    }

    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let (ratio, unit) = (ratio(&self.provenance), money(&self.provenance).label());
        let jobs = format!("jobs per {unit}");
        let base = Row {
            table: &self.provenance.table,
            region: &self.code,
            item: "regionalized",
            unit: "share",
            ..Row::default()
        };
        sink(&Row {
            measure: "size",
            value: self.size,
            ..base
        })?;
        for s in 0..self.sectors.len() {
            let of = Row {
                sector: sector(&self.sectors, s),
                ..base
            };
            let mut put = |measure, stage, value, unit| {
                sink(&Row {
                    measure,
                    stage,
                    value,
                    unit,
                    ..of
                })
            };
            put("share", "", self.share[s], "share")?;
            put("location_quotient", "", self.location_quotient[s], "ratio")?;
            for (stage, of) in [("inside", &self.inside), ("outside", &self.outside)] {
                put("output", stage, of.output[s], &ratio)?;
                put("value_added", stage, of.value_added[s], &ratio)?;
                put("imports", stage, of.imports[s], &ratio)?;
                put("jobs", stage, of.jobs[s], &jobs)?;
            }
        }
        for cut in &self.limited {
            sink(&Row {
                sector: Some((&cut.sector.code, &cut.sector.name)),
                measure: "sales_cut",
                stage: if cut.inside { "inside" } else { "outside" },
                value: cut.amount,
                unit: &unit,
                ..base
            })?;
        }
        Ok(())
    }
}

impl Data for Judged {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "regionalized_judged"
    }

    fn rows(&self, sink: &mut Sink) -> Result<()> {
        for error in &self.methods {
            let delta = error
                .method
                .delta
                .map(|d| d.to_string())
                .unwrap_or_default();
            let item = error.method.quotient.name();
            let base = Row {
                table: &self.provenance.table,
                item,
                tier: &delta,
                ..Row::default()
            };
            for (measure, value, unit) in [
                ("output_inside_error", error.inside, "share"),
                (
                    "output_inside_error_weighted",
                    error.inside_weighted,
                    "share",
                ),
                ("output_inside_bias", error.inside_bias, "share"),
                ("output_outside_error", error.outside, "ratio"),
                ("value_added_inside_error", error.value_added, "ratio"),
                ("jobs_inside_error", error.jobs, "share"),
            ] {
                sink(&Row {
                    measure,
                    value,
                    unit,
                    ..base
                })?;
            }
        }
        Ok(())
    }
}
