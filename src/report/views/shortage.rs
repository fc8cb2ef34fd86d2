//! What all other sectors lose where the product of one is short.

use super::effects::ranked_rows;
use super::provenance::split_in_short;
use crate::analysis::Shortage;
use crate::impact::ranking::by_size;
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Document, Scale, Table};

impl Shortage {
    /// The losses as a document, the `top` largest.
    pub fn document(&self, lang: Lang, top: usize) -> Document {
        let millions = |v: f64| v * self.provenance.unit / 1e6;
        let all: f64 = self.output.iter().sum();
        let size = [millions(self.amount), millions(all)];
        let scale = Scale::new(lang, &self.provenance.currency, size);
        let short = &self.sectors[self.sector];
        let name = short.title(lang);
        let amount = scale.in_words(millions(self.amount));
        let title = lang.pick(
            format!("If {amount} of {name} is not delivered"),
            format!("공급지장: {name} {amount}"),
        );
        let mut doc = Document::new(title, self.provenance.line(lang));
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
            scale
                .column("output", lang.pick("Output lost", "생산 감소"))
                .with_bar(),
            scale.column(
                "value_added",
                lang.pick("Value added lost", "부가가치 감소"),
            ),
        ];
        for (account, lost) in &self.accounts {
            let few = lost.iter().sum::<f64>().abs() < 100.0;
            let title = match account.id.as_str() {
                "jobs" => lang.pick("Jobs", "취업"),
                _ => account.title.get(lang),
            };
            columns.push(Column::number(
                &account.id,
                title,
                account.unit.get(lang),
                if few { 2 } else { 0 },
            ));
        }
        let mut order = by_size(self.sectors.len(), |s| self.output[s]);
        order.retain(|s| *s != self.sector);
        let others = lang.pick("All other sectors", "타 부문 합계");
        let rows = ranked_rows(&self.sectors, &order, top, others, lang, |of| {
            let sum = |values: &[f64]| of.iter().map(|s| values[*s]).sum::<f64>();
            let money = |values: &[f64]| Cell::Number(scale.money(millions(sum(values))));
            let mut cells = vec![money(&self.output), money(&self.value_added)];
            let accounts = self.accounts.iter();
            cells.extend(accounts.map(|(_, values)| Cell::Number(sum(values))));
            cells
        });
        let title = lang.pick("What the other sectors lose", "타 부문의 손실");
        doc.section(
            "sectors",
            title,
            vec![Block::Table(Table { columns, rows })],
        );
        let per_unit = all / self.amount;
        let notes = [
            lang.pick(
                format!("Supply-shortage effect: others lose {per_unit:.4} of output for each unit not delivered."),
                format!("공급지장효과: 공급되지 않은 1단위당 타 부문 생산 {per_unit:.4} 감소."),
            ),
            lang.pick(
                "Supply-driven (Ghosh) model, the sector exogenous: what is missing is missing from its buyers in \
                 proportion, theirs from theirs. Nothing is imported or taken from stocks, and inputs replace each \
                 other by value: who cannot do without it loses more. Not the effect of less demand."
                    .to_owned(),
                "공급유도형(고쉬) 모형의 외생화 분석: 공급 부족이 수요처에 비례하여 전방으로 파급됨. 수입·재고 사용이 \
                 없고 투입끼리 금액 기준으로 대체된다고 보므로 대체할 수 없는 투입이면 손실이 더 큼. 수요 감소의 효과와 다름."
                    .to_owned(),
            ),
            self.provenance.attribution.get(lang).to_owned(),
        ];
        let mut notes = notes.to_vec();
        notes.extend(split_in_short([&self.provenance.split_error], lang));
        doc.section("notes", "", vec![Block::Notes(notes)]);
        doc
    }
}
