//! How a table was brought to the totals of another year.

use crate::analysis::Update;
use crate::analysis::update::Errors;
use crate::lang::Lang;
use crate::report::words::block_title;
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table};
use crate::table::update::Derived;

impl Update {
    /// Sums before and after, what was derived, and errors where the answer is known.
    pub fn document(&self, lang: Lang) -> Document {
        let (from, to) = (&self.from, &self.to);
        let title = lang.pick(
            format!("{} brought to {}", from.table, to.year),
            format!("{}의 {}년 갱신표", from.table, to.year),
        );
        let mut document = Document::new(title, from.line(lang));
        document.section(
            "sums",
            lang.pick("Sums of the table", "표의 합계"),
            vec![Block::Table(self.sums(lang))],
        );
        if let Some(against) = &self.against {
            let title = lang.pick(
                format!("Errors against {}, %", against.table.table),
                format!("{} 대비 오차(%)", against.table.table),
            );
            let rows = against.errors.iter().map(|of| error_row(of, lang));
            document.section(
                "errors",
                &title,
                vec![Block::Table(Table {
                    columns: error_columns(lang),
                    rows: rows.collect(),
                })],
            );
        }
        let mut notes = vec![match lang {
            Lang::En => format!(
                "Flows and final demand, domestic and imported, balanced by GRAS to the totals of {} (sweeps: {}): the \
                 structure is that of {}, and every flow of the new table is an estimate.",
                self.source, self.sweeps, from.year
            ),
            Lang::Ko => format!(
                "국산·수입 거래와 최종수요를 {}의 합계에 맞추어 GRAS로 조정함({}회 반복). 거래 구조는 {}년 것이며 \
                 갱신표의 모든 거래액은 추정치임.",
                self.source, self.sweeps, from.year
            ),
        }];
        if self.known_cells > 0 {
            let count = self.known_cells;
            notes.push(lang.pick(
                format!("Cells that were given and are kept: {count}."),
                format!("주어진 값을 그대로 둔 셀: {count}개."),
            ));
        }
        if self.bounded_cells > 0 {
            let (count, at) = (self.bounded_cells, self.at_bounds);
            notes.push(lang.pick(
                format!("Cells with bounds: {count}, of which {at} stand at one."),
                format!("상·하한이 주어진 셀: {count}개. 그중 {at}개는 상한 또는 하한에 있음."),
            ));
        }
        if self.loose_totals > 0 {
            let (count, moved) = (self.loose_totals, 100.0 * self.moved);
            notes.push(lang.pick(
                format!(
                    "Totals that need not hold exactly: {count}, moved by {moved:.2} % at most."
                ),
                format!("반드시 충족하지 않아도 되는 합계: {count}개. 조정 폭은 최대 {moved:.2}%."),
            ));
        }
        notes.extend(
            self.derived
                .iter()
                .map(|(kind, count)| derived(*kind, *count, lang)),
        );
        if self.against.is_some() {
            notes.push(
                lang.pick(
                    "WAPE: absolute errors over the sum of the true cells; SWAD: weighted by the true cell once more. In \
                     proportion: the old coefficients and shares times the new totals, not balanced.",
                    "WAPE: 실제값 합계 대비 절대오차의 비율. SWAD: 실제값으로 한 번 더 가중한 비율. 비례 연장: 기준 표의 \
                     계수와 구성비에 새 합계를 곱한 값으로, 균형을 맞추지 않은 것임.",
                )
                .to_owned(),
            );
        }
        notes.push(from.attribution.get(lang).to_owned());
        document.section("notes", "", vec![Block::Notes(notes)]);
        document
    }

    fn sums(&self, lang: Lang) -> Table {
        let millions = |v: f64| v * self.to.unit / 1e6;
        let sizes = self.sums.iter().map(|sum| millions(sum.after));
        let scale = Scale::new(lang, &self.to.currency, sizes);
        let columns = vec![
            Column::text("sum", lang.pick("Sum", "합계 항목")),
            scale.column("before", &self.from.year.to_string()),
            scale.column("after", &self.to.year.to_string()),
            Column::number("growth", lang.pick("Growth", "증가율"), "%", 1),
        ];
        let rows = self.sums.iter().map(|sum| {
            let title = match sum.measure.as_str() {
                "output" => lang.pick("Output", "총산출"),
                "value_added" => lang.pick("Value added", "부가가치"),
                "imports" => lang.pick("Imports, with taxes on them", "수입(수입품 생산물세 포함)"),
                _ => lang.pick("Final demand", "최종수요"),
            };
            Row::new(vec![
                title.into(),
                scale.money(millions(sum.before)).into(),
                scale.money(millions(sum.after)).into(),
                match sum.before == 0.0 {
                    true => Cell::Empty,
                    false => (100.0 * (sum.after / sum.before - 1.0)).into(),
                },
            ])
        });
        let rows = rows.collect();
        Table { columns, rows }
    }
}

fn error_columns(lang: Lang) -> Vec<Column> {
    let in_proportion = |of: &str| match lang {
        Lang::En => format!("{of} in proportion"),
        Lang::Ko => format!("{of} 비례 연장"),
    };
    vec![
        Column::text("block", lang.pick("Figures", "항목")),
        Column::number("wape", "WAPE", "%", 2),
        Column::number("proportional_wape", &in_proportion("WAPE"), "%", 2),
        Column::number("swad", "SWAD", "%", 2),
        Column::number("proportional_swad", &in_proportion("SWAD"), "%", 2),
    ]
}

fn error_row(of: &Errors, lang: Lang) -> Row {
    let title = match of.block.as_str() {
        "output_multipliers" => lang.pick("Output multipliers", "생산유발계수"),
        "value_added_multipliers" => lang.pick("Value-added multipliers", "부가가치유발계수"),
        block => block_title(block, lang),
    };
    Row::new(vec![
        title.into(),
        of.wape.into(),
        of.proportional_wape.into(),
        of.swad.into(),
        of.proportional_swad.into(),
    ])
}

pub(super) fn derived(kind: Derived, count: usize, lang: Lang) -> String {
    match (kind, lang) {
        (Derived::ValueAdded, Lang::En) => {
            format!("Value added of sectors, not given: {count}. Its old share of output is taken.")
        }
        (Derived::ValueAdded, Lang::Ko) => {
            format!("부가가치가 주어지지 않은 {count}개 부문: 기준 표의 부가가치율을 적용함.")
        }
        (Derived::Imports, Lang::En) => {
            format!(
                "Imports of products, not given: {count}. They grow as the output of the sector."
            )
        }
        (Derived::Imports, Lang::Ko) => {
            format!("수입이 주어지지 않은 {count}개 생산물: 해당 부문 산출 증가율을 적용함.")
        }
        (Derived::ImportsInAll, Lang::En) => {
            format!("Imports of products, not given: {count}. Together they grow as all output.")
        }
        (Derived::ImportsInAll, Lang::Ko) => {
            format!("수입이 주어지지 않은 {count}개 상품: 합계에 전체 산출 증가율을 적용함.")
        }
        (Derived::ImportsLeft, Lang::En) => {
            "Imports in all, not given: they follow from what industries and final demand use."
                .to_owned()
        }
        (Derived::ImportsLeft, Lang::Ko) => {
            "주어지지 않은 전체 수입: 산업과 최종수요의 사용 합계에서 정해짐.".to_owned()
        }
        (Derived::ImportTaxes, Lang::En) => {
            format!(
                "Taxes on imports of products, not given: {count}. Their old share of imports is taken."
            )
        }
        (Derived::ImportTaxes, Lang::Ko) => format!(
            "수입품 생산물세가 주어지지 않은 {count}개 생산물: 기준 표의 수입액 대비 비율을 적용함."
        ),
        (Derived::FinalDemand, Lang::En) => format!(
            "Categories of final demand, not given: {count}. They have what value added and imports leave, in the old proportions."
        ),
        (Derived::FinalDemand, Lang::Ko) => format!(
            "주어지지 않은 최종수요 항목 {count}개: 부가가치와 수입에서 남는 금액을 기준 표의 구성비로 나눔."
        ),
        (Derived::Accounts, Lang::En) => {
            format!(
                "Figures of accounts, not given: {count}. Their old amount per output is taken."
            )
        }
        (Derived::Accounts, Lang::Ko) => {
            format!("주어지지 않은 계정 수치 {count}개: 기준 표의 산출액당 계수를 적용함.")
        }
    }
}
