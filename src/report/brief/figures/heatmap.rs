//! What sectors produce by year or stage.

use super::{Figure, Maker};
use crate::impact::ranking::by_size;
use crate::report::chart::Heatmap;
use crate::report::{Cell, Column, Row, Table};
use crate::scenario::PhaseKind;

/// Rows of the heat map.
const WARM: usize = 12;

impl Maker<'_> {
    pub(super) fn heatmap(&self) -> Option<Figure> {
        let lang = self.lang;
        let impact = &self.brief.estimate.impact;
        if impact.phases.len() < 2 {
            return None;
        }
        let value = |phase: usize, sector: usize| {
            self.scale
                .money(impact.phases[phase].effects.value_added.type1(sector))
        };
        let phases = 0..impact.phases.len();
        // The largest in their share of some phase come first: no phase hides another.
        let sectors = || 0..impact.sectors.len();
        let totals: Vec<f64> = phases
            .clone()
            .map(|p| sectors().map(|s| value(p, s).abs()).sum::<f64>())
            .map(|total| total.max(f64::MIN_POSITIVE))
            .collect();
        let weight = |s: usize| -> f64 {
            let shares = phases.clone().map(|p| value(p, s).abs() / totals[p]);
            shares.sum()
        };
        let mut first = by_size(impact.sectors.len(), weight);
        first.truncate(WARM);
        let rows: Vec<String> = first.iter().map(|&s| self.name(s)).collect();
        let columns: Vec<String> = impact
            .phases
            .iter()
            .map(|p| {
                let name = p.name.get(lang);
                match p.kind {
                    PhaseKind::OneOff => {
                        lang.pick(format!("{name} (in all)"), format!("{name} (합계)"))
                    }
                    PhaseKind::Recurring => {
                        lang.pick(format!("{name} (a year)"), format!("{name} (연간)"))
                    }
                }
            })
            .collect();
        let values: Vec<Vec<f64>> = first
            .iter()
            .map(|&s| phases.clone().map(|p| value(p, s)).collect())
            .collect();
        let mut table = Table {
            columns: vec![Column::text("sector", lang.pick("Sector", "부문"))],
            rows: Vec::new(),
        };
        for (at, name) in columns.iter().enumerate() {
            table
                .columns
                .push(self.money_column(&format!("phase_{}", at + 1), name));
        }
        for (name, row) in rows.iter().zip(&values) {
            let mut cells = vec![Cell::from(name.clone())];
            cells.extend(row.iter().copied().map(Cell::Number));
            table.rows.push(Row::new(cells));
        }
        Some(Figure {
            id: "heatmap".to_owned(),
            chapter: "jobs",
            title: lang
                .pick("Value added by sector and phase", "부문·단계별 부가가치")
                .to_owned(),
            description: lang
                .pick(
                    "The sectors that matter most to some phase; the darker, the larger within its phase. Direct and \
                     indirect (Type I).",
                    "단계별로 비중이 큰 부문. 색이 짙을수록 해당 단계에서 큰 값(직접+간접, 1형).",
                )
                .to_owned(),
            unit: self.scale.money_unit(),
            source: self.source(),
            table,
            lang,
            chart: Box::new(Heatmap {
                rows,
                columns,
                values,
                decimals: self.scale.money_decimals(),
            }),
        })
    }
}
