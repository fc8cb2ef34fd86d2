//! Tiers of suppliers.

use super::{Figure, Maker};
use crate::impact::ranking::by_size;
use crate::report::chart::{COLORS, Columns, GREY, Series};
use crate::report::{Cell, Column, Row, Table};
use crate::scenario::PhaseKind;

/// Sectors with colours of their own in the tiers.
const COLOURED: usize = 5;

impl Maker<'_> {
    pub(super) fn tiers(&self, kind: PhaseKind) -> Option<Figure> {
        let lang = self.lang;
        let tiers = self
            .brief
            .suppliers
            .kinds
            .iter()
            .find(|(k, _)| *k == kind)
            .map(|(_, tiers)| tiers)?;
        let all: Vec<&Vec<f64>> = tiers.tiers.iter().chain([&tiers.rest]).collect();
        let order = by_size(tiers.rest.len(), |sector| tiers.total(sector));
        let (first, rest) = order.split_at(order.len().min(COLOURED));
        let sum = |tier: &[f64], of: &[usize]| self.scale.money(of.iter().map(|&i| tier[i]).sum());
        let mut series: Vec<Series> = first
            .iter()
            .zip(COLORS)
            .map(|(&i, color)| Series {
                name: self.name(i),
                color,
                values: all.iter().map(|t| sum(t, &[i])).collect(),
            })
            .collect();
        if !rest.is_empty() {
            series.push(Series {
                name: lang.pick("Other sectors", "기타 부문").to_owned(),
                color: GREY,
                values: all.iter().map(|t| sum(t, rest)).collect(),
            });
        }
        let mut categories: Vec<String> = (0..tiers.tiers.len())
            .map(|k| lang.pick(format!("Tier {k}"), format!("{k}차")))
            .collect();
        categories.push(lang.pick("Beyond", "그 이후").to_owned());
        let mut table = Table {
            columns: vec![
                Column::text("tier", lang.pick("Tier", "차수")),
                self.money_column("total", lang.pick("Output", "생산"))
                    .additive(),
            ],
            rows: Vec::new(),
        };
        for (at, s) in series.iter().enumerate() {
            let column = self.money_column(&format!("sector_{}", at + 1), &s.name);
            table.columns.push(column.additive().with_bar());
        }
        let mut total = vec![0.0; series.len() + 1];
        for (at, name) in categories.iter().enumerate() {
            let mut numbers = vec![series.iter().map(|s| s.values[at]).sum::<f64>()];
            numbers.extend(series.iter().map(|s| s.values[at]));
            total.iter_mut().zip(&numbers).for_each(|(t, v)| *t += v);
            let mut cells = vec![Cell::from(name.clone())];
            cells.extend(numbers.into_iter().map(Cell::Number));
            table.rows.push(Row::new(cells));
        }
        let mut cells = vec![Cell::from(lang.pick("Direct + indirect", "직접+간접"))];
        cells.extend(total.into_iter().map(Cell::Number));
        table.rows.push(Row::total(cells));
        Some(Figure {
            id: self.id("tiers", kind),
            chapter: "supply",
            title: self.title(
                lang.pick("Ripples through the supply chain", "공급망 차수별 생산 파급"),
                kind,
            ),
            description: lang
                .pick(
                    "Tier 0 is the demand itself, tier 1 what is bought to meet it, tier 2 what those suppliers buy. All \
                     columns add up to direct and indirect output.",
                    "0차는 수요 자체, 1차는 이를 충족하기 위한 구매, 2차는 그 공급자의 구매. 모든 차수의 합이 직접+간접 \
                     생산과 같음.",
                )
                .to_owned(),
            unit: self.scale.money_unit(),
            source: self.source(),
            table,
            lang,
            chart: Box::new(Columns {
                categories,
                series,
                stacked: true,
                decimals: self.scale.money_decimals(),
            }),
        })
    }
}
