//! What dearer products do to all prices.

use super::inducement::item_title;
use super::provenance::split_in_short;
use crate::analysis::PriceStudy;
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Document, Row, Table};

impl PriceStudy {
    /// The changes as a document, the `top` largest.
    pub fn document(&self, lang: Lang, top: usize) -> Document {
        let named = |what: &str, given: &[(usize, f64)]| -> Vec<String> {
            given
                .iter()
                .map(|(s, change)| {
                    let name = self.sectors[*s].label(lang);
                    let percent = change * 100.0;
                    lang.pick(
                        format!("{what}{name} {percent:+.1} %"),
                        format!("{what}{name} {percent:+.1}%"),
                    )
                })
                .collect()
        };
        let mut given = named("", &self.given);
        let imports = lang.pick("imports of ", "수입 ");
        given.extend(named(imports, &self.given_imports));
        given.extend(named(lang.pick("costs of ", "비용 "), &self.given_costs));
        let mut doc = Document::new(
            lang.pick(
                format!("If prices change: {}", given.join(", ")),
                format!("가격 변화: {}", given.join(", ")),
            ),
            self.provenance.line(lang),
        );
        let percent = |id: &str, title: &str| Column::number(id, title, "%", 3);
        if !self.baskets.is_empty() {
            let mut rows: Vec<Row> = self
                .baskets
                .iter()
                .map(|(r, change)| {
                    Row::new(vec![
                        item_title(Some(*r), lang).into(),
                        (change * 100.0).into(),
                    ])
                })
                .collect();
            if let Some(output) = self.output {
                rows.push(Row::new(vec![
                    lang.pick("All gross output", "총산출 전체").into(),
                    (output * 100.0).into(),
                ]));
            }
            let others = [
                (
                    lang.pick(
                        "· of it through the other sectors",
                        "· 그중 타 부문 파급분(물가파급효과)",
                    ),
                    self.through_others,
                ),
                (
                    lang.pick("Gross output of the other sectors", "타 부문 총산출"),
                    self.others,
                ),
            ];
            rows.extend(others.into_iter().filter_map(|(name, change)| {
                Some(Row::new(vec![name.into(), (change? * 100.0).into()]))
            }));
            let columns = vec![
                Column::text("basket", lang.pick("What is bought", "구매 항목")),
                percent("change", lang.pick("Price change", "가격 변화")),
            ];
            let title = lang.pick("Baskets", "최종수요 항목별 가격 변화");
            doc.section(
                "baskets",
                title,
                vec![Block::Table(Table { columns, rows })],
            );
        }
        let mut order: Vec<usize> = (0..self.prices.len()).collect();
        order.sort_by(|&a, &b| {
            self.prices[b]
                .abs()
                .total_cmp(&self.prices[a].abs())
                .then(a.cmp(&b))
        });
        let rows = order
            .iter()
            .take(top)
            .map(|&s| {
                let name = &self.sectors[s];
                let cells: Vec<Cell> = vec![
                    name.code.as_str().into(),
                    name.name.get(lang).into(),
                    (self.prices[s] * 100.0).into(),
                ];
                let mut row = Row::new(cells);
                row.strong = self.given.iter().any(|(g, _)| *g == s);
                row
            })
            .collect();
        let columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
            percent("change", lang.pick("Price change", "가격 변화")).with_bar(),
        ];
        let title = lang.pick("Sectors whose prices change most", "가격 변화가 큰 부문");
        doc.section(
            "sectors",
            title,
            vec![Block::Table(Table { columns, rows })],
        );
        let notes = [
            lang.pick(
                "Cost-push: every cost increase is passed on in full, quantities and coefficients stay. \
                 An upper bound of what reaches the buyer; no substitution, no change of margins or wages.",
                "비용상승 가격모형: 비용 증가가 전부 전가되고 물량·투입계수는 불변이라고 가정. 대체·마진·임금 변화가 \
                 없는 상한 추정임.",
            ),
            lang.pick(
                "The price of a sector that is given comes out as asked, whatever it pays more for itself. \
                 Imported products keep their prices unless theirs are given.",
                "가격 변화를 지정한 부문은 자체 비용 변화와 관계없이 지정한 값을 따름. 수입품 가격은 지정하지 \
                 않는 한 불변.",
            ),
            self.provenance.attribution.get(lang),
        ];
        let mut notes = notes.map(str::to_owned).to_vec();
        notes.extend(split_in_short([&self.provenance.split_error], lang));
        doc.section("notes", "", vec![Block::Notes(notes)]);
        doc
    }
}
