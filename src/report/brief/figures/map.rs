//! What would stay in each province.

use super::{Figure, Maker};
use crate::impact::regional::RegionalImpact;
use crate::lang::Lang;
use crate::report::chart::{Tile, TileMap};
use crate::report::{Column, Row, Table};
use crate::scenario::PhaseKind;
use crate::table::embedded;

impl Maker<'_> {
    pub(super) fn map(&self) -> Option<Figure> {
        let lang = self.lang;
        let provinces = self.brief.provinces.as_ref()?;
        let regions = embedded::regions().ok()?;
        let chosen: Vec<&str> = self
            .brief
            .estimate
            .impact
            .regional
            .iter()
            .flat_map(|r| &r.phases)
            .map(|p| p.region.ko.as_str())
            .collect();
        let share = |r: &RegionalImpact, kind: PhaseKind| {
            let of = || r.phases.iter().filter(|p| p.kind == kind);
            let inside: f64 = of().map(|p| p.value_added.inside).sum();
            let total: f64 = of().map(|p| p.value_added.total()).sum();
            (inside, if total == 0.0 { 0.0 } else { inside / total })
        };
        let kind = self.brief.estimate.impact.effects.present().next()?.0;
        let mut rows = Vec::new();
        let tiles: Vec<Tile> = regions
            .iter()
            .map(|region| {
                let able = provinces.able.iter().find(|r| {
                    let first = r.phases.first();
                    first.is_some_and(|p| p.region == region.name)
                });
                let figures = able.map(|r| share(r, kind));
                // "서울", not "서울특별시": the first of the other names.
                let name = match lang {
                    Lang::En => region.name.en.clone(),
                    Lang::Ko => region.aliases.first().unwrap_or(&region.name.ko).clone(),
                };
                if let Some((inside, share)) = figures {
                    rows.push((region.name.get(lang).to_owned(), inside, share));
                }
                Tile {
                    code: region.code.clone(),
                    name,
                    value: figures.map(|(inside, _)| self.scale.money(inside)),
                    note: figures
                        .map_or(String::new(), |(_, share)| format!("{:.0}%", share * 100.0)),
                    marked: chosen.contains(&region.name.ko.as_str()),
                }
            })
            .collect();
        rows.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        let table = Table {
            columns: vec![
                Column::text("province", lang.pick("Province", "지역")),
                self.money_column(
                    "value_added",
                    lang.pick("Value added there", "지역 내 부가가치"),
                )
                .with_bar(),
                Column::number("share", lang.pick("stays", "지역 내 비율"), "%", 1),
            ],
            rows: rows
                .into_iter()
                .map(|(name, inside, share)| {
                    Row::new(vec![
                        name.into(),
                        self.scale.money(inside).into(),
                        (share * 100.0).into(),
                    ])
                })
                .collect(),
        };
        let year = regions.meta().year;
        Some(Figure {
            id: "map".to_owned(),
            chapter: "place",
            title: self.title(
                lang.pick(
                    "What would stay in each province",
                    "입지별 지역 내 부가가치",
                ),
                kind,
            ),
            description: lang.pick(
                format!(
                    "Value added (Type I) that stays in a province if everything were placed there, and its share of \
                     the whole; the province of the scenario is framed. A dash marks provinces without an industry that \
                     is needed. In-region shares of {year}."
                ),
                format!(
                    "사업 전체를 각 지역에 둘 때 그 지역에 남는 부가가치(1형)와 전체 대비 비율. 테두리는 시나리오의 \
                     입지이며, 줄표는 필요한 산업이 없는 지역. {year}년 지역 내 비율 적용."
                ),
            ),
            unit: format!(
                "{}, %",
                self.scale.money_unit()
            ),
            source: format!(
                "{} · {}",
                self.source(),
                regions.meta().title.get(lang)
            ),
            table,
            lang,
            chart: Box::new(TileMap {
                tiles,
                none: "–".to_owned(),
                decimals: self.scale.money_decimals(),
            }),
        })
    }
}
