//! Scenarios side by side.

use super::{Figure, Maker};
use crate::impact::Effects;
use crate::report::chart::{Panel, SideBySide};
use crate::report::views::labour_unit;
use crate::report::{Cell, Column, Row, Table};
use crate::scenario::PhaseKind;

impl Maker<'_> {
    pub(super) fn beside(&self) -> Option<Figure> {
        let lang = self.lang;
        let beside = &self.brief.beside;
        if beside.is_empty() {
            return None;
        }
        let all: Vec<&crate::impact::Impact> = std::iter::once(&self.brief.estimate.impact)
            .chain(beside)
            .collect();
        let names: Vec<String> = all.iter().map(|i| i.name.get(lang).to_owned()).collect();
        let mut panels = Vec::new();
        let mut table = Table {
            columns: vec![
                Column::text("figure", lang.pick("Figure", "항목")),
                Column::text("unit", lang.pick("Unit", "단위")),
            ],
            rows: Vec::new(),
        };
        for (at, name) in names.iter().enumerate() {
            let decimals = self.scale.money_decimals();
            let id = format!("scenario_{}", at + 1);
            table.columns.push(Column::number(&id, name, "", decimals));
        }
        for kind in PhaseKind::BOTH {
            let effects: Vec<&Option<Effects>> = all.iter().map(|i| i.effects.get(kind)).collect();
            if effects.iter().all(|of| of.is_none()) {
                continue;
            }
            let of = match kind {
                PhaseKind::OneOff => lang.pick("one-off, in all", "일회성 합계"),
                PhaseKind::Recurring => lang.pick("a year", "연간"),
            };
            type Get = fn(&Effects) -> Option<f64>;
            let figures: [(&str, Option<&str>, Get); 5] = [
                (lang.pick("Spent", "지출"), None, |e| {
                    Some(e.spending.total.as_millions())
                }),
                (lang.pick("Output", "생산"), None, |e| {
                    Some(e.output.sums().type1())
                }),
                (lang.pick("Value added", "부가가치"), None, |e| {
                    Some(e.value_added.sums().type1())
                }),
                (
                    lang.pick("Jobs", "취업"),
                    Some(labour_unit(kind, lang)),
                    |e| e.account("jobs").map(|j| j.sums().type1()),
                ),
                (lang.pick("Imports", "수입"), None, |e| {
                    Some(e.leakage_type1())
                }),
            ];
            for (name, persons, get) in figures {
                let values: Vec<Option<f64>> = effects
                    .iter()
                    .map(|e| {
                        let value = get(e.as_ref()?)?;
                        Some(if persons.is_some() {
                            value
                        } else {
                            self.scale.money(value)
                        })
                    })
                    .collect();
                let unit = persons.map_or_else(|| self.scale.money_unit(), str::to_owned);
                let mut cells = vec![Cell::Text(format!("{name}, {of}")), unit.as_str().into()];
                cells.extend(values.iter().map(|v| v.map_or(Cell::Empty, Cell::Number)));
                table.rows.push(Row::new(cells));
                panels.push(Panel {
                    title: format!("{name}, {of} ({unit})"),
                    values,
                    decimals: persons.map_or(self.scale.money_decimals(), |_| 0),
                });
            }
        }
        Some(Figure {
            id: "beside".to_owned(),
            chapter: "compare",
            title: lang
                .pick("Scenarios side by side", "시나리오 비교")
                .to_owned(),
            description: lang
                .pick(
                    "Each panel has a scale of its own; direct and indirect effects (Type I).",
                    "항목별로 축척이 다르며 직접+간접효과(1형) 기준.",
                )
                .to_owned(),
            unit: lang
                .pick("as given with each figure", "항목별 표시")
                .to_owned(),
            source: self.source(),
            table,
            lang,
            chart: Box::new(SideBySide { names, panels }),
        })
    }
}
