//! Supply and use tables, and the table that a model makes of them.

use super::update::derived;
use crate::analysis::SupplyUseStudy;
use crate::analysis::supply_use::Moved;
use crate::impact::ranking::by_size;
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table};
use crate::table::supply_use::Transformation;
use crate::table::update::UseBlock;

impl SupplyUseStudy {
    /// The study as a document, the `top` largest secondary products and negative flows; `said` is what reading
    /// the files took.
    pub fn document(&self, lang: Lang, top: usize, said: &[String]) -> Document {
        let title = lang.pick(
            format!("Supply and use: {}", self.title.en),
            format!("공급사용표: {}", self.title.ko),
        );
        let (letter, m, n) = (self.model.letter(), self.products, self.industries);
        let subtitle = lang.pick(
            format!(
                "{m} products, {n} industries; model {letter}: {}",
                model(self.model, lang)
            ),
            format!(
                "상품 {m}개, 산업 {n}개. 모형 {letter}: {}",
                model(self.model, lang)
            ),
        );
        let mut doc = Document::new(title, subtitle);
        let scale = Scale::new(
            lang,
            &self.currency,
            self.makes.iter().map(|made| made.output),
        );
        let mut secondary: Vec<_> = self.makes.iter().filter(|made| made.secondary).collect();
        secondary.sort_by(|a, b| b.output.total_cmp(&a.output));
        let rows = secondary.into_iter().take(top).map(|made| {
            Row::new(vec![
                made.industry.label(lang).into(),
                made.product.label(lang).into(),
                Cell::Number(scale.money(made.output)),
                Cell::Number(made.product_mix * 100.0),
                Cell::Number(made.market_share * 100.0),
            ])
        });
        let rows: Vec<Row> = rows.collect();
        if !rows.is_empty() {
            let columns = vec![
                Column::text("industry", lang.pick("Industry", "산업")),
                Column::text("product", lang.pick("makes also", "부차 생산물")),
                scale.column("output", lang.pick("Output", "생산")),
                Column::number(
                    "product_mix",
                    lang.pick("Of the industry", "산업 내 비중"),
                    "%",
                    1,
                ),
                Column::number(
                    "market_share",
                    lang.pick("Of the product", "상품 내 비중"),
                    "%",
                    1,
                ),
            ];
            doc.section(
                "secondary",
                lang.pick("Secondary products", "부차 생산물"),
                vec![Block::Table(Table { columns, rows })],
            );
        }
        if !self.negatives.is_empty() {
            let order = by_size(self.negatives.len(), |at| self.negatives[at].value);
            let rows = order.into_iter().take(top).map(|at| {
                let flow = &self.negatives[at];
                Row::new(vec![
                    flow.row.label(lang).into(),
                    flow.column.label(lang).into(),
                    Cell::Number(scale.money(flow.value)),
                ])
            });
            let columns = vec![
                Column::text("row", lang.pick("Supplier", "투입")),
                Column::text("column", lang.pick("User", "수요")),
                scale.column("value", lang.pick("Flow", "거래액")),
            ];
            let rows = rows.collect();
            doc.section(
                "negatives",
                lang.pick("Flows below zero", "음수 거래"),
                vec![Block::Table(Table { columns, rows })],
            );
        }
        if let Some(update) = &self.update {
            let rows = update.moved.iter().map(|of| moved(of, &scale, lang));
            let columns = vec![
                Column::text("block", lang.pick("Table", "표")),
                Column::text("product", lang.pick("Product", "상품")),
                Column::text("user", lang.pick("Industry or use", "산업·수요")),
                scale.column("before", lang.pick("Before", "갱신 전")),
                scale.column("after", &update.year.to_string()),
                Column::number("factor", lang.pick("Factor", "배율"), "", 4),
            ];
            let rows = rows.collect();
            doc.section(
                "moved",
                lang.pick("Moved by the largest factor", "변화 배율이 가장 큰 셀"),
                vec![Block::Table(Table { columns, rows })],
            );
        }
        let secondary = self.secondary_share * 100.0;
        let mut notes = vec![lang.pick(
            format!("{secondary:.1} % of output are secondary products."),
            format!("산출의 {secondary:.1}%가 부차 생산물임."),
        )];
        if !self.negatives.is_empty() {
            let count = self.negatives.len();
            let sum = -self.negatives.iter().map(|flow| flow.value).sum::<f64>();
            let percent = sum / self.output * 100.0;
            notes.push(lang.pick(
                format!("Flows below zero: {count}, {percent:.3} % of output in all. They stay in the table."),
                format!("음수 거래 {count}개(산출의 {percent:.3}%)를 표에 그대로 둠."),
            ));
        }
        if self.adjusted > 1e-6 * self.output {
            let percent = self.adjusted / self.output * 100.0;
            notes.push(lang.pick(
                format!("Inputs that do not sum to output leave {percent:.3} % of it, put to operating surplus."),
                format!("투입 합계와 산출의 차이(산출의 {percent:.3}%)를 영업잉여에 반영함."),
            ));
        }
        if self.rounding > 1e-9 * self.output {
            let percent = self.rounding / self.output * 100.0;
            notes.push(lang.pick(
                format!("Uses that do not sum to what is made leave {percent:.3} % of output, put to inventories."),
                format!("상품별 사용과 산출의 차이(산출의 {percent:.3}%)를 재고증감에 반영함."),
            ));
        }
        if self.unmade > 0.0 {
            let amount = scale.in_words(self.unmade);
            notes.push(lang.pick(
                format!("{amount} of products that no industry makes stand in a row of imports whose product is not told."),
                format!("국내 산업이 생산하지 않는 상품의 사용 {amount}은 품목 미상 수입 행에 둠."),
            ));
        }
        if let Some(update) = &self.update {
            let (source, sweeps, year) = (&update.source, update.sweeps, update.year);
            notes.push(lang.pick(
                format!(
                    "Supply and use brought together to the totals of {year} of {source} by SUT-RAS (sweeps: {sweeps}): every \
                     cell of the new tables is an estimate."
                ),
                format!(
                    "공급표와 사용표를 {source}의 {year}년 합계에 맞추어 SUT-RAS로 함께 조정함({sweeps}회 반복). 새 표의 \
                     모든 값은 추정치임."
                ),
            ));
            let derived = |(kind, count): &(_, usize)| derived(*kind, *count, lang);
            notes.extend(update.derived.iter().map(derived));
        }
        notes.extend(said.iter().cloned());
        doc.section("notes", "", vec![Block::Notes(notes)]);
        doc
    }
}

fn moved(moved: &Moved, scale: &Scale, lang: Lang) -> Row {
    let block = match moved.block {
        UseBlock::Supply => lang.pick("Supply", "공급"),
        UseBlock::DomesticUse => lang.pick("Domestic use", "국산 사용"),
        UseBlock::ImportedUse => lang.pick("Imported use", "수입 사용"),
    };
    Row::new(vec![
        block.into(),
        moved.product.label(lang).into(),
        match moved.is_final_demand {
            true => moved.column.name.get(lang).into(),
            false => moved.column.label(lang).into(),
        },
        Cell::Number(scale.money(moved.before)),
        Cell::Number(scale.money(moved.after)),
        moved.factor.into(),
    ])
}

fn model(model: Transformation, lang: Lang) -> &'static str {
    match model {
        Transformation::ProductTechnology => lang.pick(
            "product technology, product by product",
            "상품기술가정(상품×상품)",
        ),
        Transformation::IndustryTechnology => lang.pick(
            "industry technology, product by product",
            "산업기술가정(상품×상품)",
        ),
        Transformation::FixedIndustrySales => lang.pick(
            "fixed industry sales structure, industry by industry",
            "산업판매구조 고정가정(산업×산업)",
        ),
        Transformation::FixedProductSales => lang.pick(
            "fixed product sales structure, industry by industry",
            "상품판매구조 고정가정(산업×산업)",
        ),
    }
}
