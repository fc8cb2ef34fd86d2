//! The page of a sector as rows.

use super::impact::{by_sector, sector};
use super::multipliers::{money, per_billion, ratio};
use super::sheet;
use super::shortage::by_other;
use super::{Data, MoneyUnit, Nothing, Row, Sink};
use crate::analysis::SectorStudy;
use crate::analysis::sector::{Rank, Trade};
use crate::error::Result;
use crate::table::Account;

impl Data for SectorStudy {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "sector"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.provenance))
    }

    /// The page from top to bottom; `item` is the part of it: "size", "multiplier", "effects", "linkage", "extraction", "rank",
    /// "mean", "buys", "sells", "others", "shortage", "price", "years".
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = money(&self.provenance).label();
        let own = Row {
            table: &self.provenance.table,
            sector: sector(&self.sectors, self.sector),
            unit: &money,
            ..Row::default()
        };
        for total in &self.totals {
            let unit = self.account(&total.measure).map(|a| a.unit.en.as_str());
            let row = Row {
                item: "size",
                measure: &total.measure,
                unit: unit.unwrap_or(&money),
                ..own
            };
            for (stage, value) in [("own", total.value), ("total", total.all)] {
                sink(&Row {
                    stage,
                    value,
                    ..row
                })?;
            }
        }
        for rank in &self.ranks {
            let row = Row {
                unit: &self.unit_of(rank),
                ..own
            };
            self.rank(rank, "multiplier", row, sink)?;
        }
        let effects = Row {
            item: "effects",
            ..own
        };
        sheet::rows(&self.effects, &self.provenance, effects, sink)?;
        for rank in &self.linkages {
            let row = Row {
                unit: &self.unit_of(rank),
                ..own
            };
            self.rank(rank, "linkage", row, sink)?;
        }
        for rank in &self.extraction {
            let row = Row {
                stage: "extraction",
                unit: "share",
                ..own
            };
            self.rank(rank, "extraction", row, sink)?;
        }
        for (item, trades) in [("buys", &self.buys), ("sells", &self.sells)] {
            for (at, of) in trades.iter().enumerate() {
                let row = Row {
                    item,
                    sector: sector(&self.sectors, at),
                    ..own
                };
                trade(*of, row, sink)?;
            }
        }
        for (role, of) in &self.final_demand {
            let row = Row {
                item: role.id(),
                ..own
            };
            trade(*of, row, sink)?;
        }
        self.others(own, sink)?;
        if let Some(lost) = &self.shortage {
            let values = [("output", &lost.output), ("value_added", &lost.value_added)];
            for (measure, values) in values {
                let unit = ratio(&self.provenance);
                let row = Row {
                    item: "shortage",
                    measure,
                    unit: &unit,
                    ..own
                };
                self.by_other(values, row, sink)?;
            }
        }
        let row = Row {
            item: "price",
            measure: "price",
            unit: "share",
            ..own
        };
        by_sector(&self.sectors, &self.price.prices, row, sink)?;
        for year in &self.years {
            let of = &year.multipliers;
            let unit = ratio(&year.provenance);
            let row = Row {
                table: &year.provenance.table,
                year: Some(year.provenance.year),
                item: "years",
                unit: &unit,
                ..own
            };
            let money = [
                ("output", of.output),
                ("value_added", of.value_added),
                ("imports", of.imports),
            ];
            for (measure, value) in money {
                sink(&Row {
                    measure,
                    value,
                    ..row
                })?;
            }
            for (account, value) in year.accounts.iter().zip(&of.accounts) {
                sink(&Row {
                    measure: &account.id,
                    value: *value,
                    unit: &per_billion(account, &year.provenance),
                    ..row
                })?;
            }
        }
        Ok(())
    }
}

impl SectorStudy {
    fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.iter().find(|a| a.id == id)
    }

    fn unit_of(&self, rank: &Rank) -> String {
        match (self.account(&rank.measure), rank.measure.as_str()) {
            (Some(account), _) => per_billion(account, &self.provenance),
            (None, "influence" | "sensitivity" | "backward_index" | "forward_index") => {
                "index".to_owned()
            }
            (None, "backward_rounds" | "forward_rounds") => "rounds".to_owned(),
            (None, _) => ratio(&self.provenance),
        }
    }

    /// A figure, its mean and its place.
    fn rank(&self, rank: &Rank, item: &str, row: Row, sink: &mut Sink) -> Result<()> {
        let of = [
            (item, rank.value, row.unit),
            ("mean", rank.mean, row.unit),
            ("rank", rank.rank as f64, "place"),
        ];
        for (item, value, unit) in of {
            sink(&Row {
                item,
                measure: &rank.measure,
                value,
                unit,
                ..row
            })?;
        }
        Ok(())
    }

    fn others(&self, own: Row, sink: &mut Sink) -> Result<()> {
        let others = &self.others;
        let unit = ratio(&self.provenance);
        let base = Row {
            item: "others",
            unit: &unit,
            ..own
        };
        for (measure, values) in others.money() {
            self.by_other(values, Row { measure, ..base }, sink)?;
        }
        for (account, values) in self.accounts.iter().zip(&others.accounts) {
            let row = Row {
                measure: &account.id,
                unit: &per_billion(account, &self.provenance),
                ..base
            };
            self.by_other(values, row, sink)?;
        }
        Ok(())
    }

    fn by_other(&self, values: &[f64], row: Row, sink: &mut Sink) -> Result<()> {
        by_other(&self.sectors, self.sector, values, row, sink)
    }
}

fn trade(trade: Trade, row: Row, sink: &mut Sink) -> Result<()> {
    for (measure, value) in [("domestic", trade.domestic), ("imported", trade.imported)] {
        sink(&Row {
            measure,
            value,
            ..row
        })?;
    }
    Ok(())
}
