//! Where spending goes.

use super::{Figure, Maker};
use crate::report::chart::{Link, Node, Sankey};
use crate::report::{Cell, Column, Row, Table};
use crate::scenario::PhaseKind;

impl Maker<'_> {
    pub(super) fn sankey(&self, kind: PhaseKind) -> Option<Figure> {
        let lang = self.lang;
        let (_, web) = self.brief.webs.iter().find(|(k, _)| *k == kind)?;
        if web.tiers.first()?.iter().all(|n| n.output == 0.0) {
            return None;
        }
        let rest = lang.pick("Other sectors", "기타 부문");
        let name = |sector: Option<usize>| sector.map_or(rest.to_owned(), |s| self.name(s));
        let nodes: Vec<Vec<Node>> = web
            .tiers
            .iter()
            .map(|tier| {
                tier.iter()
                    .map(|n| Node {
                        label: name(n.sector),
                        value: self.scale.money(n.output),
                        rest: n.sector.is_none(),
                    })
                    .collect()
            })
            .collect();
        let links: Vec<Link> = web
            .purchases
            .iter()
            .map(|p| Link {
                stage: p.tier,
                from: p.buyer,
                to: p.supplier,
                value: self.scale.money(p.amount),
            })
            .collect();
        let mut largest: Vec<&Link> = links.iter().filter(|l| l.value != 0.0).collect();
        largest.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
        let tier = |k: usize| lang.pick(format!("Tier {k}"), format!("{k}차"));
        let rows = largest
            .iter()
            .take(25)
            .map(|l| {
                Row::new(vec![
                    Cell::Text(format!("{} → {}", tier(l.stage), tier(l.stage + 1))),
                    nodes[l.stage][l.from].label.clone().into(),
                    nodes[l.stage + 1][l.to].label.clone().into(),
                    l.value.into(),
                ])
            })
            .collect();
        let table = Table {
            columns: vec![
                Column::text("tiers", lang.pick("Tiers", "차수")),
                Column::text("buyer", lang.pick("Buyer", "구매 부문")),
                Column::text("supplier", lang.pick("Supplier", "공급 부문")),
                self.money_column("purchases", lang.pick("Purchases", "구매액")),
            ],
            rows,
        };
        let stages = vec![
            lang.pick("Demand", "수요").to_owned(),
            lang.pick("Its suppliers", "1차 공급").to_owned(),
            lang.pick("Their suppliers", "2차 공급").to_owned(),
        ];
        Some(Figure {
            id: self.id("sankey", kind),
            chapter: "supply",
            title: self.title(
                lang.pick("Who supplies whom", "주요 공급 경로"),
                kind,
            ),
            description: lang
                .pick(
                    "From the products demanded to those that supply them and, on a wide page, to the suppliers of \
                     these. A bar that is higher than what leaves it keeps the rest as value added and imports. The \
                     table lists the largest purchases.",
                    "수요에서 1차 공급 부문, 넓은 화면에서는 2차 공급 부문까지의 구매 흐름. 막대에서 나가지 않는 부분은 \
                     부가가치와 수입으로 남음. 표는 금액이 큰 구매 순.",
                )
                .to_owned(),
            unit: self.scale.money_unit(),
            source: self.source(),
            table,
            lang,
            chart: Box::new(Sankey {
                stages,
                nodes,
                links,
                decimals: self.scale.money_decimals(),
            }),
        })
    }
}
