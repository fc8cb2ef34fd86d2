//! What is lost without sectors, as rows.

use super::impact::sector;
use super::multipliers::money;
use super::{Data, MoneyUnit, Nothing, Row, Sink};
use crate::analysis::{Extraction, ExtractionKind, ExtractionRanking};
use crate::error::Result;

/// As JSON and rows name it.
fn kind_name(kind: ExtractionKind) -> &'static str {
    match kind {
        ExtractionKind::Total => "total",
        ExtractionKind::Backward => "backward",
        ExtractionKind::Forward => "forward",
    }
}

impl Data for Extraction {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "extraction"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.provenance))
    }

    /// What each sector loses, then all of them together; what imports replace.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = money(&self.provenance).label();
        let base = Row {
            table: &self.provenance.table,
            item: kind_name(self.extracts),
            unit: &money,
            ..Row::default()
        };
        let mut measures = vec![
            ("output", money.as_str(), &self.output),
            ("value_added", money.as_str(), &self.value_added),
            ("imports", money.as_str(), &self.imports),
        ];
        if !self.income.is_empty() {
            measures.push(("income", money.as_str(), &self.income));
        }
        let accounts = self.accounts.iter();
        measures.extend(accounts.map(|(a, values)| (a.id.as_str(), a.unit.en.as_str(), values)));
        for (measure, unit, values) in measures {
            let base = Row {
                measure,
                unit,
                ..base
            };
            for (at, value) in values.iter().enumerate() {
                sink(&Row {
                    sector: sector(&self.sectors, at),
                    stage: match self.extracted.contains(&at) {
                        true => "extracted",
                        false => "others",
                    },
                    value: *value,
                    ..base
                })?;
            }
            sink(&Row {
                stage: "total",
                value: values.iter().sum(),
                ..base
            })?;
        }
        sink(&Row {
            measure: "replaced_by_imports",
            stage: "total",
            value: self.replaced,
            ..base
        })
    }
}

impl Data for ExtractionRanking {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "extraction_ranking"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.provenance))
    }

    /// By sector that is taken out: what is lost in all, and by the others.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = money(&self.provenance).label();
        for of in &self.measures {
            let unit = of
                .account
                .as_ref()
                .map_or(money.as_str(), |a| a.unit.en.as_str());
            let base = Row {
                table: &self.provenance.table,
                item: kind_name(self.extracts),
                measure: &of.measure,
                unit,
                ..Row::default()
            };
            for at in 0..self.sectors.len() {
                for (stage, value) in [("total", of.all[at]), ("others", of.others[at])] {
                    sink(&Row {
                        sector: sector(&self.sectors, at),
                        stage,
                        value,
                        ..base
                    })?;
                }
            }
        }
        Ok(())
    }
}
