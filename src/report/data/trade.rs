//! What regions make for each other, as rows.

use super::impact::sector;
use super::multipliers::money;
use super::{Data, MoneyUnit, Row, Sink};
use crate::analysis::Trade;
use crate::analysis::trade::{ExportContent, Position, Spillover};
use crate::error::Result;
use serde::Serialize;
use std::collections::BTreeMap;

/// The figures of each region by its code.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct ByRegion {
    /// A region by its code: its measures by name.
    by_region: BTreeMap<String, BTreeMap<String, f64>>,
}

fn of_exports(content: &ExportContent) -> [(&'static str, f64); 10] {
    [
        ("exports", content.exports),
        ("domestic_value_added", content.domestic()),
        ("absorbed_abroad", content.absorbed_abroad),
        ("returned", content.returned),
        ("domestic_again", content.domestic_again),
        ("foreign_value_added", content.foreign),
        ("foreign_again", content.foreign_again),
        ("one_border", content.one_border),
        ("backward", content.backward()),
        ("forward", content.forward()),
    ]
}

fn of_spillover(spillover: &Spillover) -> [(&'static str, f64); 4] {
    [
        ("demand", spillover.demand),
        ("own", spillover.own),
        ("feedback", spillover.feedback),
        ("spillover", spillover.spillover),
    ]
}

fn of_position(position: &Position) -> [(&'static str, f64); 2] {
    [
        ("upstreamness", position.upstreamness),
        ("downstreamness", position.downstreamness),
    ]
}

impl Data for Trade {
    type Ready = ByRegion;

    fn kind(&self) -> &'static str {
        "trade"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.provenance))
    }

    fn ready(&self) -> Option<Self::Ready> {
        let mut by_region = BTreeMap::new();
        for (at, region) in self.regions.iter().enumerate() {
            let mut measures = BTreeMap::new();
            let exports = of_exports(&self.exports[at]).into_iter();
            let others = of_spillover(&self.spillovers[at]).into_iter();
            let all = exports
                .chain(others)
                .chain(of_position(&self.positions[at]));
            measures.extend(all.map(|(measure, value)| (measure.to_owned(), value)));
            by_region.insert(region.code.clone(), measures);
        }
        Some(ByRegion { by_region })
    }

    /// Footprints by where they are made (region) and for whose final demand (item), and in all; what is in exports; what
    /// demand sets off; positions of regions and of sectors.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = money(&self.provenance).label();
        let base = Row {
            table: &self.provenance.table,
            unit: &money,
            ..Row::default()
        };
        for footprint in &self.footprints {
            let unit = match footprint.account.id.as_str() {
                "value_added" => money.as_str(),
                _ => footprint.account.unit.en.as_str(),
            };
            for (o, origin) in self.regions.iter().enumerate() {
                let of = Row {
                    region: &origin.code,
                    measure: &footprint.account.id,
                    unit,
                    ..base
                };
                for (d, destination) in self.regions.iter().enumerate() {
                    sink(&Row {
                        item: &destination.code,
                        stage: "footprint",
                        value: footprint.figures[o][d],
                        ..of
                    })?;
                }
                for (stage, value) in [
                    ("production", footprint.production(o)),
                    ("consumption", footprint.consumption(o)),
                    ("exported", footprint.exported(o)),
                    ("imported", footprint.imported(o)),
                ] {
                    sink(&Row { stage, value, ..of })?;
                }
            }
        }
        for (at, region) in self.regions.iter().enumerate() {
            let of = Row {
                region: &region.code,
                ..base
            };
            let exports = of_exports(&self.exports[at]);
            let exports = exports.iter().map(|figure| ("exports", figure));
            let others = of_spillover(&self.spillovers[at]);
            let others = others.iter().map(|figure| ("spillover", figure));
            for (item, (measure, value)) in exports.chain(others) {
                sink(&Row {
                    item,
                    measure,
                    value: *value,
                    ..of
                })?;
            }
            for (measure, value) in of_position(&self.positions[at]) {
                sink(&Row {
                    item: "position",
                    measure,
                    value,
                    unit: "stages",
                    ..of
                })?;
            }
        }
        for (at, position) in self.sector_positions.iter().enumerate() {
            for (measure, value) in position.iter().flat_map(of_position) {
                sink(&Row {
                    sector: sector(&self.sectors, at),
                    item: "position",
                    measure,
                    value,
                    unit: "stages",
                    ..base
                })?;
            }
        }
        Ok(())
    }
}
