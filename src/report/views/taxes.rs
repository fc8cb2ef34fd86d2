//! Taxes by the kinds that a table tells.

use crate::impact::taxes::{Tax, TaxImpact};
use crate::lang::{Lang, Text};
use crate::report::{Block, Cell, Column, Row, Scale, Table};
use crate::scenario::PhaseKind;
use crate::table::TaxBase;

impl TaxImpact {
    /// A table a kind of phase, then what the figures are.
    pub fn blocks(&self, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let mut blocks: Vec<Block> = Vec::new();
        for of in &self.kinds {
            if self.kinds.len() > 1 {
                let kind = match of.kind {
                    PhaseKind::OneOff => lang.pick("One-off phases, in all:", "일회성 단계 합계:"),
                    PhaseKind::Recurring => {
                        lang.pick("Recurring phases, a full year:", "매년 반복 단계(연간):")
                    }
                };
                blocks.push(Block::Text(kind.to_owned()));
            }
            blocks.push(Block::Table(table(&of.taxes, scale)));
        }
        blocks.push(Block::Text(
            lang.pick(
                "Taxes less subsidies, at the table's average rates. Those on production are a part of value added; those \
                 on products and imports come on top of it in GDP at market prices. What the table does not tell apart is \
                 not split.",
                "보조금을 차감한 순액으로 표의 평균 세율을 적용함. 생산세는 부가가치의 일부이며, 생산물세와 수입품세는 \
                 부가가치에 더해져 시장가격 국내총생산(GDP)이 됨. 표에서 구분하지 않는 세목은 나누지 않음.",
            )
            .to_owned(),
        ));
        blocks
    }
}

/// What a tax is called, by the row that it is or by its name.
pub(super) fn name(id: &str, title: Option<&Text>, lang: Lang) -> String {
    let given = title.map(|title| title.get(lang).to_owned());
    given.unwrap_or_else(|| {
        match id {
            "import_taxes" => lang.pick(
                "Taxes on imports (duties, VAT and others)",
                "수입품세(관세·부가가치세 등)",
            ),
            "spending" => lang.pick("Set aside of the spending", "지출에서 제외한 생산물세"),
            _ => lang.pick(
                "On production of recipes, kinds not told",
                "레시피 생산의 순생산세(세목 미상)",
            ),
        }
        .to_owned()
    })
}

fn table(taxes: &[Tax], scale: Scale) -> Table {
    let lang = scale.lang();
    let money = |id: &str, title: &str| scale.column(id, title).additive();
    let columns = vec![
        Column::text("tax", lang.pick("Tax", "조세")),
        Column::text("on", lang.pick("On", "과세 대상")),
        money("at_once", lang.pick("At once", "지출 시")),
        money("direct", lang.pick("Direct", "직접")),
        money("indirect", lang.pick("Indirect", "간접")),
        money("type1", lang.pick("Type I", "1형"))
            .with_bar()
            .sum_of(["at_once", "direct", "indirect"]),
        money("induced", lang.pick("Induced", "소득유발")),
    ];
    let figures = |of: &[Tax]| {
        let sum =
            |figure: fn(&Tax) -> f64| -> Cell { scale.money(of.iter().map(figure).sum()).into() };
        [
            sum(|tax| tax.at_once),
            sum(|tax| tax.direct),
            sum(|tax| tax.indirect),
            sum(Tax::type1),
            sum(|tax| tax.induced),
        ]
    };
    let rows = taxes.iter().map(|tax| {
        let on = match tax.on {
            TaxBase::Production => lang.pick("production", "생산"),
            TaxBase::Products => lang.pick("products", "생산물"),
            TaxBase::Imports => lang.pick("imports", "수입"),
        };
        let mut cells = vec![
            Cell::from(name(&tax.id, tax.title.as_ref(), lang)),
            on.into(),
        ];
        cells.extend(figures(std::slice::from_ref(tax)));
        Row::new(cells)
    });
    let mut rows: Vec<Row> = rows.collect();
    let mut cells = vec![Cell::from(lang.pick("All taxes", "조세 합계")), Cell::Empty];
    cells.extend(figures(taxes));
    rows.push(Row::total(cells));
    Table { columns, rows }
}
