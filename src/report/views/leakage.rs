//! What leaves the country, by product and tier.

use crate::impact::SectorName;
use crate::impact::leakage::Leakage;
use crate::impact::ranking::by_size;
use crate::lang::Lang;
use crate::report::words::IMPORTS_NOT_TOLD;
use crate::report::{Block, Cell, Column, Row, Scale, Table};
use crate::scenario::PhaseKind;

impl Leakage {
    /// The leakage as blocks of a document: the `top` products, then the tiers.
    pub fn blocks(&self, sectors: &[SectorName], top: usize, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let money = |id: &str, title: &str| scale.column(id, title).additive();
        let columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("product", lang.pick("Imported product", "수입 품목")),
            money("imported", lang.pick("Imported at once", "직접 수입")),
            money("inputs", lang.pick("As inputs", "중간재 수입")),
            money("households", lang.pick("By households", "가계소비")),
            money("leakage", lang.pick("In all", "합계"))
                .with_bar()
                .sum_of(["imported", "inputs", "households"]),
        ];
        let n = self.direct.len();
        let order = by_size(n, |product| self.product(product));
        let (shown, others) = order.split_at(top.min(n));
        let row = |code: &str, name: String, of: &[usize]| -> Vec<Cell> {
            let sum = |v: &[f64]| Cell::Number(scale.money(of.iter().map(|p| v[*p]).sum()));
            let all: f64 = of.iter().map(|p| self.product(*p)).sum();
            vec![
                code.into(),
                name.into(),
                sum(&self.direct),
                sum(&self.inputs),
                sum(&self.households),
                scale.money(all).into(),
            ]
        };
        let mut rows: Vec<Row> = shown
            .iter()
            .map(|&p| {
                let (code, name) = match sectors.get(p) {
                    Some(product) => (product.code.as_str(), product.name.get(lang)),
                    None => ("", IMPORTS_NOT_TOLD.get(lang)),
                };
                Row::new(row(code, name.to_owned(), &[p]))
            })
            .collect();
        if !others.is_empty() {
            let name = lang.pick(
                format!("{} other products", others.len()),
                format!("기타 {}개 품목", others.len()),
            );
            rows.push(Row::new(row("", name, others)));
        }
        let all = lang.pick("All products", "전 품목").to_owned();
        rows.push(Row::total(row("", all, &order)));
        let products = Block::Table(Table { columns, rows });

        let columns = vec![
            Column::text("tier", lang.pick("Where it is imported", "수입 단계")),
            money("tier_leakage", lang.pick("Imports", "수입")),
        ];
        let tier_name = |tier: usize| match tier {
            0 => lang
                .pick("Tier 0: spending itself", "0차: 지출 자체")
                .to_owned(),
            t => lang.pick(
                format!(
                    "Tier {t}: inputs of {}",
                    if t == 1 {
                        "first producers"
                    } else {
                        "their suppliers"
                    }
                ),
                format!(
                    "{t}차: {}",
                    if t == 1 {
                        "직접 생산자의 투입"
                    } else {
                        "공급자의 투입"
                    }
                ),
            ),
        };
        let mut rows: Vec<Row> = self
            .tiers
            .iter()
            .enumerate()
            .map(|(t, value)| Row::new(vec![tier_name(t).into(), scale.money(*value).into()]))
            .collect();
        let households: f64 = self.households.iter().sum();
        for (name, value) in [
            (lang.pick("Beyond", "그 이후"), self.rest),
            (
                lang.pick("Households (induced)", "가계소비 유발"),
                households,
            ),
        ] {
            rows.push(Row::new(vec![name.into(), scale.money(value).into()]));
        }
        rows.push(Row::total(vec![
            lang.pick("All", "합계").into(),
            scale.money(self.total()).into(),
        ]));
        let mut blocks = vec![products, Block::Table(Table { columns, rows })];
        blocks.extend(self.taxes.map(|taxes| {
            let [all, treasury, abroad] =
                [self.total(), taxes.total(), self.total() - taxes.total()].map(|v| scale.amount(v));
            Block::Text(lang.pick(
                format!(
                    "Of these {all}, {treasury} are duties, VAT and other taxes on imports, which the \
                     treasury gets (at the table's rate of each product); {abroad} leave the country."
                ),
                format!(
                    "{all} 중 {treasury}은 관세·부가가치세 등 수입품세로 정부에 귀속되며(품목별 산업연관표 \
                     세율 적용), {abroad}이 해외로 유출됨."
                ),
            ))
        }));
        blocks
    }

    /// "One-off phases, in all" or "A full year".
    pub fn title(&self, lang: Lang) -> String {
        match self.kind {
            PhaseKind::OneOff => {
                lang.pick("Imports: one-off phases, in all", "수입: 일회성 단계 합계")
            }
            PhaseKind::Recurring => lang.pick("Imports: a full year", "수입: 연간"),
        }
        .to_owned()
    }
}
