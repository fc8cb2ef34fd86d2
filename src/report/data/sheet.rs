//! Figures by sector as rows and by code.

use super::multipliers::{BySector, money, per_billion, ratio};
use super::{Data, Row, Sink};
use crate::analysis::sheet::{FigureUnit, Sheet};
use crate::analysis::{MultiplierForm, MultiplierType, Provenance};
use crate::error::Result;
use std::collections::BTreeMap;

impl Data for MultiplierForm {
    type Ready = BySector<BTreeMap<String, f64>>;

    fn kind(&self) -> &'static str {
        "multiplier_form"
    }

    fn ready(&self) -> Option<Self::Ready> {
        Some(by_sector(&self.figures))
    }

    /// Every figure with its form in `item`; an effect, or Type I or II, in `stage`.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let base = Row {
            item: self.form.id(),
            stage: match self.kind {
                MultiplierType::Type1 => "type1",
                MultiplierType::Type2 => "type2",
            },
            ..Row::default()
        };
        rows(&self.figures, &self.provenance, base, sink)
    }
}

/// The figures of each sector by the names of their columns.
pub(super) fn by_sector(sheet: &Sheet) -> BySector<BTreeMap<String, f64>> {
    let mut by_sector: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for column in &sheet.columns {
        for (sector, value) in sheet.sectors.iter().zip(&column.values) {
            let figures = by_sector.entry(sector.code.clone()).or_default();
            figures.extend(value.map(|value| (column.id(), value)));
        }
    }
    BySector { by_sector }
}

/// Column by column, a row a sector that has a figure.
pub(super) fn rows(
    sheet: &Sheet,
    provenance: &Provenance,
    base: Row,
    sink: &mut Sink,
) -> Result<()> {
    for column in &sheet.columns {
        let unit = unit(&column.unit, provenance);
        for (sector, value) in sheet.sectors.iter().zip(&column.values) {
            let Some(value) = *value else { continue };
            sink(&Row {
                table: &provenance.table,
                sector: Some((&sector.code, &sector.name)),
                measure: &column.measure,
                stage: match column.stage.as_str() {
                    "" => base.stage,
                    stage => stage,
                },
                value,
                unit: &unit,
                ..base
            })?;
        }
    }
    Ok(())
}

/// What figures are counted in: "KRW per KRW", "index".
pub(super) fn unit(of: &FigureUnit, provenance: &Provenance) -> String {
    match of {
        FigureUnit::Ratio => ratio(provenance),
        FigureUnit::PerBillion(account) => per_billion(account, provenance),
        FigureUnit::Money => money(provenance).label(),
        FigureUnit::Amount(account) => account.unit.en.clone(),
        FigureUnit::Times => "ratio".to_owned(),
        FigureUnit::Index => "index".to_owned(),
        FigureUnit::Share => "share".to_owned(),
        FigureUnit::Rounds => "rounds".to_owned(),
        FigureUnit::Count => "count".to_owned(),
    }
}
