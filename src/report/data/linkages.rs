//! Linkages as rows: figures by sector, then of pairs of sectors.

use super::multipliers::{BySector, money};
use super::sheet::{by_sector, rows, unit};
use super::{Data, MoneyUnit, Row, Sink};
use crate::analysis::linkages::Pairs;
use crate::analysis::{Linkages, Provenance};
use crate::error::Result;
use std::collections::BTreeMap;

impl Data for Linkages {
    type Ready = BySector<BTreeMap<String, f64>>;

    fn kind(&self) -> &'static str {
        "linkages"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.provenance))
    }

    fn ready(&self) -> Option<Self::Ready> {
        Some(by_sector(&self.figures))
    }

    /// Every figure of a sector with the method in `item`; of a pair the using sector, with the code of the
    /// supplying one in `item`.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let base = Row {
            item: self.method.id(),
            ..Row::default()
        };
        rows(&self.figures, &self.provenance, base, sink)?;
        pairs(&self.pairs, &self.provenance, sink)
    }
}

/// Every figure of a pair, by the using sector with the code of the supplying one in `item`.
pub(super) fn pairs(pairs: &Pairs, provenance: &Provenance, sink: &mut Sink) -> Result<()> {
    for pair in &pairs.pairs {
        for ((measure, of), value) in pairs.columns.iter().zip(&pair.values) {
            sink(&Row {
                table: &provenance.table,
                sector: Some((&pair.user.code, &pair.user.name)),
                item: &pair.supplier.code,
                measure,
                value: *value,
                unit: &unit(of, provenance),
                ..Row::default()
            })?;
        }
    }
    Ok(())
}
