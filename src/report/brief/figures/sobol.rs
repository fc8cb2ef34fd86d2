//! What part of the variance of value added each source of uncertainty explains.

use super::{Figure, Maker};
use crate::report::chart::{BLUE, Bar, Bars, ORANGE, Series};
use crate::report::document::number;
use crate::report::{Column, Row, Table};
use crate::scenario::PhaseKind;

/// Bars with names of their own.
const BARS: usize = 15;

impl Maker<'_> {
    pub(super) fn sobol(&self, kind: PhaseKind) -> Option<Figure> {
        let lang = self.lang;
        let ensemble = self.brief.estimate.uncertainty.as_ref()?;
        let sobol = ensemble.sobol.as_ref()?;
        let figure = sobol.figure(Some(kind), "value_added_type1")?;
        let sources = &figure.sources[..figure.sources.len().min(BARS)];
        let names = lang.pick(
            ["By itself", "Together with others"],
            ["단독", "다른 요인과의 상호작용"],
        );
        let rows: Vec<Bar> = sources
            .iter()
            .map(|source| Bar {
                label: source.label.text().get(lang).to_owned(),
                rest: false,
            })
            .collect();
        // An estimate a little below nothing is drawn as nothing.
        let parts: Vec<[f64; 2]> = sources
            .iter()
            .map(|source| {
                let (first, total) = (source.first_order.value, source.total.value);
                let alone = first.clamp(0.0, total);
                [alone, total - alone].map(|share| 100.0 * share)
            })
            .collect();
        let columns = vec![
            Column::text("source", lang.pick("Source", "불확실성 요인")),
            Column::number("alone", names[0], "%", 1),
            Column::number("together", names[1], "%", 1),
        ];
        let table_rows = rows
            .iter()
            .zip(&parts)
            .map(|(row, of)| Row::new(vec![row.label.clone().into(), of[0].into(), of[1].into()]));
        let table = Table {
            columns,
            rows: table_rows.collect(),
        };
        let series = |at: usize, color| Series {
            name: names[at].to_owned(),
            color,
            values: parts.iter().map(|of| of[at]).collect(),
        };
        Some(Figure {
            id: self.id("sobol", kind),
            chapter: "certainty",
            title: self.title(
                lang.pick(
                    "What part of the variance of value added (Type I) each explains",
                    "부가가치(1형) 분산의 요인별 기여",
                ),
                kind,
            ),
            description: lang.pick(
                format!(
                    "Sobol indices over {} draws: the whole bar is the total index of a source, its first part what \
                     the source explains by itself. What sources do together counts with each of them.",
                    number(sobol.evaluations as f64, 0)
                ),
                format!(
                    "소볼 지수({}회 계산): 막대 전체는 총효과 지수, 앞부분은 단독 효과(1차 지수). 상호작용은 관련 요인 \
                     모두에 포함됨.",
                    number(sobol.evaluations as f64, 0)
                ),
            ),
            unit: lang.pick("% of the variance", "분산 대비 %").to_owned(),
            source: self.source(),
            table,
            lang,
            chart: Box::new(Bars {
                rows,
                parts: vec![series(0, BLUE), series(1, ORANGE)],
                counted: 2,
                decimals: 1,
            }),
        })
    }
}
