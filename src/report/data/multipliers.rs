//! Questions to a table as rows: multipliers, their trend, inducement by item, prices, differences.

use super::impact::{by_sector, sector};
use super::{Data, MoneyUnit, Nothing, Row, Sink};
use crate::analysis::aggregation::Comparison;
use crate::analysis::inducement::{DemandGroup, Induced, Item};
use crate::analysis::price::PriceStudy;
use crate::analysis::provenance::Provenance;
use crate::analysis::trend::{ConstantPrices, Step};
use crate::analysis::{Inducement, MultiplierType, Multipliers, Trend};
use crate::error::Result;
use crate::report::words::IMPORTS_NOT_TOLD;
use crate::table::{Account, FinalDemandRole};
use serde::Serialize;
use std::collections::BTreeMap;

/// Figures of sectors by their codes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct BySector<T> {
    /// By code.
    pub by_sector: BTreeMap<String, T>,
}

/// What an account is counted in per billion: "persons per billion KRW".
pub(super) fn per_billion(account: &Account, provenance: &Provenance) -> String {
    format!("{} per billion {}", account.unit.en, provenance.currency)
}

/// The unit of money of the table behind an answer.
pub(super) fn money(provenance: &Provenance) -> MoneyUnit {
    MoneyUnit::of(&provenance.currency, provenance.unit)
}

/// What money per money is counted in: "KRW per KRW".
pub(super) fn ratio(provenance: &Provenance) -> String {
    format!("{0} per {0}", provenance.currency)
}

impl Data for Multipliers {
    type Ready = BySector<BTreeMap<String, f64>>;

    fn kind(&self) -> &'static str {
        "multipliers"
    }

    fn ready(&self) -> Option<Self::Ready> {
        let mut by_sector: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
        for name in self.columns() {
            for (of, value) in self
                .sectors
                .iter()
                .zip(self.column(name).unwrap_or_default())
            {
                let figures = by_sector.entry(of.sector.code.clone()).or_default();
                figures.insert(name.to_owned(), value);
            }
        }
        Some(BySector { by_sector })
    }

    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let ratio = ratio(&self.provenance);
        let base = Row {
            table: &self.provenance.table,
            stage: match self.kind {
                MultiplierType::Type1 => "type1",
                MultiplierType::Type2 => "type2",
            },
            ..Row::default()
        };
        for name in self.columns() {
            let account = self.accounts.iter().find(|a| a.id == name);
            let unit = match (account, name) {
                (Some(account), _) => per_billion(account, &self.provenance),
                (None, "influence" | "sensitivity") => "index".to_owned(),
                (None, _) => ratio.clone(),
            };
            for (of, value) in self
                .sectors
                .iter()
                .zip(self.column(name).unwrap_or_default())
            {
                sink(&Row {
                    sector: Some((&of.sector.code, &of.sector.name)),
                    measure: name,
                    value,
                    unit: &unit,
                    ..base
                })?;
            }
        }
        self.own_rows(&base, &ratio, sink)
    }
}

impl Multipliers {
    /// The coefficients of each sector's own production (stage "own"), and what is set off anywhere
    /// over them ("jobs_ratio").
    fn own_rows(&self, base: &Row, per_unit: &str, sink: &mut Sink) -> Result<()> {
        for of in &self.sectors {
            let sector = Some((of.sector.code.as_str(), &of.sector.name));
            let own = &of.own;
            let money = [
                ("value_added", Some(own.value_added)),
                ("imports", Some(own.imports)),
                ("income", own.income),
                ("production_taxes", own.production_taxes),
                ("product_taxes", own.product_taxes),
            ];
            let row = Row { sector, ..*base };
            for (measure, value) in money {
                if let Some(value) = value {
                    sink(&Row {
                        stage: "own",
                        measure,
                        value,
                        unit: per_unit,
                        ..row
                    })?;
                }
            }
            for (account, value) in self.accounts.iter().zip(&own.accounts) {
                let unit = per_billion(account, &self.provenance);
                let (measure, value) = (account.id.as_str(), *value);
                sink(&Row {
                    stage: "own",
                    measure,
                    value,
                    unit: &unit,
                    ..row
                })?;
            }
            let accounts = self.accounts.iter().zip(&of.account_ratios);
            let ratios = accounts.map(|(account, ratio)| (account.id.as_str(), *ratio));
            for (id, value) in std::iter::once(("income", of.income_ratio)).chain(ratios) {
                if let Some(value) = value {
                    let measure = format!("{id}_ratio");
                    sink(&Row {
                        measure: &measure,
                        value,
                        unit: "ratio",
                        ..row
                    })?;
                }
            }
        }
        Ok(())
    }
}

impl Data for Trend {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "trend"
    }

    /// Multipliers of each year; of the account, why it changed to that year from the one in `item`.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        for multipliers in &self.years {
            let year = Some(multipliers.provenance.year);
            multipliers.rows(&mut |row| sink(&Row { year, ..*row }))?;
        }
        if let Some(last) = self.years.last() {
            self.changes(&self.steps, "", &last.provenance, sink)?;
        }
        match &self.constant {
            Some(constant) => self.constant_rows(constant, sink),
            None => Ok(()),
        }
    }
}

impl Trend {
    /// Multipliers in the prices of one year, which the item and the unit name.
    fn constant_rows(&self, constant: &ConstantPrices, sink: &mut Sink) -> Result<()> {
        let prices = format!("prices of {}", constant.base);
        for (of, at) in self.years.iter().zip(&constant.years) {
            let units = of.accounts.iter().map(|account| {
                let unit = per_billion(account, &of.provenance);
                (account.id.as_str(), format!("{unit} of {}", constant.base))
            });
            let values = std::iter::once(&at.output).chain(&at.accounts);
            let measures = std::iter::once(("output", ratio(&of.provenance))).chain(units);
            for ((measure, unit), values) in measures.zip(values) {
                for (sector, value) in of.sectors.iter().zip(values) {
                    sink(&Row {
                        table: &of.provenance.table,
                        year: Some(at.year),
                        sector: Some((&sector.sector.code, &sector.sector.name)),
                        item: &prices,
                        measure,
                        stage: "type1",
                        value: *value,
                        unit: &unit,
                        ..Row::default()
                    })?;
                }
            }
        }
        let Some(last) = self.years.last() else {
            return Ok(());
        };
        let of_base = Provenance {
            currency: format!("{} of {}", last.provenance.currency, constant.base),
            ..last.provenance.clone()
        };
        self.changes(&constant.steps, &format!(", {prices}"), &of_base, sink)
    }

    /// Why the account's multipliers changed; `prices` is what the item says after the earlier year.
    fn changes(
        &self,
        steps: &[Step],
        prices: &str,
        last: &Provenance,
        sink: &mut Sink,
    ) -> Result<()> {
        let Some(account) = &self.account else {
            return Ok(());
        };
        let unit = per_billion(account, last);
        for step in steps {
            let from = format!("since {}{prices}", step.from);
            for change in &step.changes {
                let parts = [
                    ("change", change.after - change.before),
                    ("change_labour", change.labour),
                    ("change_structure", change.structure),
                    ("change_imports", change.imports),
                ];
                for (part, value) in parts {
                    sink(&Row {
                        year: Some(step.to),
                        sector: Some((&change.sector.code, &change.sector.name)),
                        item: &from,
                        measure: &format!("{}_{part}", account.id),
                        stage: "type1",
                        value,
                        unit: &unit,
                        ..Row::default()
                    })?;
                }
            }
        }
        Ok(())
    }
}

impl Data for Inducement {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "inducement"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.provenance))
    }

    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = money(&self.provenance).label();
        let ratio = ratio(&self.provenance);
        for item in Inducement::rows(self) {
            let base = Row {
                table: &self.provenance.table,
                item: item
                    .role
                    .map(FinalDemandRole::id)
                    .or(item.group.map(DemandGroup::id))
                    .unwrap_or_default(),
                unit: &money,
                ..Row::default()
            };
            for (measure, value) in [
                ("domestic_demand", item.domestic_demand),
                ("imported_demand", item.imported_demand),
            ] {
                sink(&Row {
                    measure,
                    value,
                    ..base
                })?;
            }
            for (name, induced) in [
                ("output", &item.production),
                ("value_added", &item.value_added),
                ("imports", &item.imports),
            ] {
                self.induced(induced, name, base, &ratio, sink)?;
            }
            if let Some(taxes) = &item.product_taxes {
                self.induced(taxes, "product_taxes", base, &ratio, sink)?;
            }
            self.accounts(item, base, sink)?;
        }
        Ok(())
    }
}

impl Inducement {
    fn accounts(&self, item: &Item, base: Row, sink: &mut Sink) -> Result<()> {
        for (account, induced) in self.accounts.iter().zip(&item.accounts) {
            let row = Row {
                unit: &account.unit.en,
                ..base
            };
            let per = per_billion(account, &self.provenance);
            self.induced(induced, &account.id, row, &per, sink)?;
        }
        Ok(())
    }

    /// What is induced by sector, then its coefficient and its share of all items.
    fn induced(
        &self,
        induced: &Induced,
        name: &str,
        base: Row,
        per: &str,
        sink: &mut Sink,
    ) -> Result<()> {
        for (at, value) in induced.by_sector.iter().enumerate() {
            let sector = self.sectors.get(at);
            let sector = sector.map(|of| (of.code.as_str(), &of.name));
            sink(&Row {
                sector: sector.or(Some(("", &IMPORTS_NOT_TOLD))),
                measure: name,
                value: *value,
                ..base
            })?;
        }
        for (kind, value, unit) in [
            ("coefficient", induced.coefficient, per),
            ("dependence", induced.dependence, "share"),
        ] {
            if let Some(value) = value {
                sink(&Row {
                    measure: &format!("{name}_{kind}"),
                    value,
                    unit,
                    ..base
                })?;
            }
        }
        Ok(())
    }
}

impl Data for PriceStudy {
    type Ready = BySector<f64>;

    fn kind(&self) -> &'static str {
        "price"
    }

    fn ready(&self) -> Option<Self::Ready> {
        let by_sector = self.sectors.iter().zip(&self.prices);
        Some(BySector {
            by_sector: by_sector.map(|(s, p)| (s.code.clone(), *p)).collect(),
        })
    }

    /// Changes as shares of the price: 0.2 is 20 % dearer.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let base = Row {
            table: &self.provenance.table,
            unit: "share",
            ..Row::default()
        };
        let given = [
            ("given_price", &self.given),
            ("given_import_price", &self.given_imports),
            ("given_cost", &self.given_costs),
        ];
        for (measure, changes) in given {
            for (at, value) in changes {
                sink(&Row {
                    sector: sector(&self.sectors, *at),
                    measure,
                    value: *value,
                    ..base
                })?;
            }
        }
        by_sector(
            &self.sectors,
            &self.prices,
            Row {
                measure: "price",
                ..base
            },
            sink,
        )?;
        for (role, value) in &self.baskets {
            sink(&Row {
                item: role.id(),
                measure: "basket_price",
                value: *value,
                ..base
            })?;
        }
        match self.output {
            Some(value) => sink(&Row {
                measure: "output_price",
                value,
                ..base
            }),
            None => Ok(()),
        }
    }
}

impl Data for Comparison {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "table_comparison"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.left))
    }

    /// Each figure once for each table; a cell of Ad has its supplying sector in `item`.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = money(&self.left).label();
        let ratio = ratio(&self.left);
        let mut both = |row: Row, left: f64, right: f64| -> Result<()> {
            for (table, value) in [(&self.left.table, left), (&self.right.table, right)] {
                sink(&Row {
                    table,
                    value,
                    ..row
                })?;
            }
            Ok(())
        };
        for cell in &self.cells {
            let row = Row {
                sector: Some((&cell.column.code, &cell.column.name)),
                item: &cell.row.code,
                measure: "domestic_coefficient",
                unit: &ratio,
                ..Row::default()
            };
            both(row, cell.left, cell.right)?;
        }
        for of in &self.multipliers {
            let row = Row {
                sector: Some((&of.sector.code, &of.sector.name)),
                measure: &of.measure,
                stage: "type1",
                unit: match of.measure.as_str() {
                    "output" | "value_added" | "imports" | "income" => &ratio,
                    _ => "",
                },
                ..Row::default()
            };
            both(row, of.left, of.right)?;
        }
        for total in &self.totals {
            let row = Row {
                item: "total",
                measure: &total.measure,
                unit: match total.measure.as_str() {
                    "jobs" | "employees" => "persons",
                    _ => &money,
                },
                ..Row::default()
            };
            both(row, total.left, total.right)?;
        }
        Ok(())
    }
}
