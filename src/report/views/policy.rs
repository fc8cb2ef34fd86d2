//! What a domestic-content policy changes.

use super::effects::labour_unit;
use crate::impact::policy::PolicyEffect;
use crate::report::{Block, Cell, Column, Row, Scale, Table, Unit};
use crate::scenario::PhaseKind;

impl PolicyEffect {
    /// The comparison as blocks of a document.
    pub fn blocks(&self, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let raised: Vec<String> = self
            .raised
            .iter()
            .map(|r| {
                let (from, to) = (r.from * 100.0, r.to * 100.0);
                let item = r.item.text();
                lang.pick(
                    format!("{}: bought at home {from:.1} % → {to:.1} %", item.en),
                    format!("{}: 국산 비율 {from:.1}% → {to:.1}%", item.ko),
                )
            })
            .collect();
        let mut blocks = vec![Block::Notes(raised)];
        for (kind, base, with) in &self.kinds {
            let persons = |value: f64| {
                let unit = Unit {
                    name: labour_unit(*kind, lang).to_owned(),
                    decimals: 0,
                };
                Cell::Measure(value, unit)
            };
            let row = |name: &str, [base, with]: [f64; 2], cell: &dyn Fn(f64) -> Cell| {
                let mut cells = vec![name.into()];
                cells.extend([base, with, with - base].map(cell));
                Row::new(cells)
            };
            let money = |value: f64| scale.measure(value);
            let mut rows = vec![
                row(
                    lang.pick("Demand in Korea", "국내 수요"),
                    [base.domestic, with.domestic],
                    &money,
                ),
                row(
                    lang.pick("Output (Type I)", "생산(1형)"),
                    [base.type1.output, with.type1.output],
                    &money,
                ),
                row(
                    lang.pick("Value added (Type I)", "부가가치(1형)"),
                    [base.type1.value_added, with.type1.value_added],
                    &money,
                ),
                row(
                    lang.pick("Imports (Type I)", "수입(1형)"),
                    [base.type1.imports, with.type1.imports],
                    &money,
                ),
                row(
                    lang.pick("Jobs (Type I)", "취업(1형)"),
                    [base.type1.jobs, with.type1.jobs],
                    &persons,
                ),
            ];
            if [base, with]
                .iter()
                .any(|f| f.total.output != f.type1.output)
            {
                rows.extend([
                    row(
                        lang.pick("Output (Type II)", "생산(2형)"),
                        [base.total.output, with.total.output],
                        &money,
                    ),
                    row(
                        lang.pick("Value added (Type II)", "부가가치(2형)"),
                        [base.total.value_added, with.total.value_added],
                        &money,
                    ),
                    row(
                        lang.pick("Imports (Type II)", "수입(2형)"),
                        [base.total.imports, with.total.imports],
                        &money,
                    ),
                    row(
                        lang.pick("Jobs (Type II)", "취업(2형)"),
                        [base.total.jobs, with.total.jobs],
                        &persons,
                    ),
                ]);
            }
            let title = match kind {
                PhaseKind::OneOff => lang.pick("One-off phases, in all", "일회성 단계 합계"),
                PhaseKind::Recurring => lang.pick("Recurring, a full year", "반복 단계, 연간"),
            };
            let columns = vec![
                Column::text("figure", title),
                Column::number("without", lang.pick("Without", "정책 전"), "", 0),
                Column::number("with", lang.pick("With the policy", "정책 후"), "", 0),
                Column::number("difference", lang.pick("Difference", "차이"), "", 0),
            ];
            blocks.push(Block::Table(Table { columns, rows }));
        }
        blocks
    }
}
