//! The page of a sector as rows.

use super::impact::{by_sector, sector};
use super::multipliers::{money, per_billion, ratio};
use super::sheet;
use super::shortage::by_other;
use super::suppliers::chain;
use super::{Data, MoneyUnit, Nothing, Row, Sink, linkages, sam};
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

    /// The page from top to bottom; `item` is the part of it: "size", "multiplier", "effects", "net", "taxes", "sam",
    /// "linkage", "centrality", "extraction", "rank", "mean", "buys", "sells", "others", "shortage", "outage", "import_stop",
    /// "price", "years"; of chains of suppliers and of coefficients that matter as their own commands have them.
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
        for (item, sheet) in [("net", &self.net), ("taxes", &self.taxes)] {
            sheet::rows(sheet, &self.provenance, Row { item, ..own }, sink)?;
        }
        if let Some(sam) = &self.sam {
            let unit = ratio(&self.provenance);
            let row = Row {
                item: "sam",
                unit: &unit,
                ..own
            };
            sam::received(sam, row, sink)?;
        }
        for (item, ranks) in [
            ("linkage", &self.linkages),
            ("centrality", &self.centralities),
        ] {
            for rank in ranks {
                let row = Row {
                    unit: &self.unit_of(rank),
                    ..own
                };
                self.rank(rank, item, row, sink)?;
            }
        }
        if let Some(pairs) = &self.important {
            linkages::pairs(pairs, &self.provenance, sink)?;
        }
        let chains = [
            ("supplied_by", &self.supplied_by, ratio(&self.provenance)),
            ("works_for", &self.works_for, money.clone()),
        ];
        for (tier, chains, unit) in chains {
            let Some(chains) = chains else { continue };
            for path in &chains.paths {
                let last = path.sectors.last();
                sink(&Row {
                    sector: last.and_then(|at| sector(&self.sectors, *at)),
                    item: &chain(&self.sectors, &path.sectors),
                    measure: "output_of_path",
                    stage: tier,
                    tier: &path.sectors.len().saturating_sub(1).to_string(),
                    value: path.value,
                    unit: &unit,
                    ..own
                })?;
            }
            for (measure, value) in [
                ("output_of_other_paths", chains.remainder - chains.direct),
                ("output_of_demand_itself", chains.direct),
                ("output_of_all_paths", chains.total),
            ] {
                sink(&Row {
                    measure,
                    stage: tier,
                    value,
                    unit: &unit,
                    ..own
                })?;
            }
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
        self.lost(own, sink)?;
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
            (None, "suppliers" | "users") => "count".to_owned(),
            (None, "katz_bonacich" | "pagerank" | "eigenvector" | "betweenness") => {
                "share".to_owned()
            }
            (None, _) => ratio(&self.provenance),
        }
    }

    /// A figure, its mean and its place.
    fn rank(&self, rank: &Rank, item: &str, row: Row, sink: &mut Sink) -> Result<()> {
        let mut of = vec![(item, rank.value, row.unit)];
        if let Some(place) = rank.among {
            of.push(("mean", place.mean, row.unit));
            of.push(("rank", place.rank as f64, "place"));
        }
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

    /// What an outage takes, and what a stop of imports does: in money.
    fn lost(&self, own: Row, sink: &mut Sink) -> Result<()> {
        if let Some(of) = &self.outage {
            let row = Row {
                item: "outage",
                ..own
            };
            let mut lost = vec![("capacity_lost", "", of.capacity_lost)];
            let yardsticks = of.yardsticks.iter();
            lost.extend(yardsticks.map(|of| ("output", of.model.id(), of.output)));
            if let Some(days) = &of.by_day {
                lost.extend([
                    ("output", "by_day", days.output),
                    ("output", "by_day_own", days.own),
                    ("output", "upstream", days.upstream),
                    ("output", "downstream", days.downstream),
                    ("value_added", "by_day", days.value_added),
                    ("unmet_final_demand", "by_day", days.unmet),
                ]);
            }
            for (measure, stage, value) in lost {
                sink(&Row {
                    measure,
                    stage,
                    value,
                    ..row
                })?;
            }
        }
        if let Some(of) = &self.import_stop {
            let row = Row {
                item: "import_stop",
                ..own
            };
            let mut all = vec![
                ("imports", "", of.imports),
                ("imports_missing", "", of.amount),
            ];
            for case in &of.cases {
                all.push(("output", case.case.id(), case.output));
                all.push(("value_added", case.case.id(), case.value_added));
            }
            for (measure, stage, value) in all {
                sink(&Row {
                    measure,
                    stage,
                    value,
                    ..row
                })?;
            }
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
