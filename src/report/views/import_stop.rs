//! What follows where imports of a product stop.

use super::effects::ranked_rows;
use super::inducement::item_title;
use super::provenance::split_in_short;
use crate::analysis::import_stop::{ImportStop, StopCase, StopChange};
use crate::impact::ranking::by_size;
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table};
use crate::units::number;

impl ImportStop {
    /// The bounds, who lacks the product, and the `top` sectors that lose most.
    pub fn document(&self, lang: Lang, top: usize) -> Document {
        let millions = |v: f64| v * self.provenance.unit / 1e6;
        let sizes = self.cases.iter().map(|of| millions(of.output.iter().sum()));
        let scale = Scale::new(
            lang,
            &self.provenance.currency,
            sizes.chain([millions(self.amount)]),
        );
        let name = self.sectors[self.sector].title(lang);
        let amount = scale.in_words(millions(self.amount));
        let share = number(100.0 * self.share, 1);
        let title = lang.pick(
            format!("If imports of {name} of {amount} stop ({share} % of them)"),
            format!("수입 중단: {name} {amount}(수입의 {share}%)"),
        );
        let mut doc = Document::new(title, self.provenance.line(lang));
        let mut blocks = vec![Block::Table(self.bounds(scale))];
        if let Some(home) = self.case(StopCase::MadeAtHome) {
            let (rise, before) = (home.output[self.sector], self.output_before[self.sector]);
            let (rise_in_words, percent) = (
                scale.in_words(millions(rise)),
                number(100.0 * rise / before, 1),
            );
            blocks.push(Block::Text(lang.pick(
                format!("To be made at home, its output would have to rise by {rise_in_words}, or {percent} %."),
                format!("국내에서 대체 생산하려면 해당 부문의 산출이 {rise_in_words}({percent}%) 늘어야 함."),
            )));
        }
        doc.section(
            "bounds",
            lang.pick("Between these bounds", "상·하한"),
            blocks,
        );
        let missing = lang.pick("Who lacks it", "사용처별 부족액");
        doc.section(
            "users",
            missing,
            vec![Block::Table(self.lacking(scale, top))],
        );
        let changes = lang.pick("Change of output by sector", "부문별 생산 변화");
        doc.section(
            "sectors",
            changes,
            vec![Block::Table(self.by_sector(scale, top))],
        );
        doc.section("notes", "", vec![Block::Notes(self.notes(lang))]);
        doc
    }

    /// A row a case.
    fn bounds(&self, scale: Scale) -> Table {
        let lang = scale.lang();
        let millions = |v: f64| v * self.provenance.unit / 1e6;
        let mut columns = vec![
            Column::text("case", lang.pick("Case", "가정")),
            scale.column("output", lang.pick("Output", "생산")),
            scale.column("value_added", lang.pick("Value added", "부가가치")),
            Column::number(
                "value_added_share",
                lang.pick("of all", "전체 대비"),
                "%",
                2,
            ),
            scale.column("imports", lang.pick("Other imports", "기타 수입")),
        ];
        let accounts = self.cases.first().map_or(&[][..], |of| &of.accounts);
        columns.extend(accounts.iter().map(|(account, _)| {
            let title = match account.id.as_str() {
                "jobs" => lang.pick("Jobs", "취업"),
                _ => account.title.get(lang),
            };
            Column::number(&account.id, title, account.unit.get(lang), 0)
        }));
        let row = |of: &StopChange| {
            let sum = |values: &[f64]| values.iter().sum::<f64>();
            let money = |values: &[f64]| Cell::Number(scale.money(millions(sum(values))));
            let share = match self.value_added_before {
                0.0 => Cell::Empty,
                all => Cell::Number(100.0 * sum(&of.value_added) / all),
            };
            let mut cells = vec![
                Cell::from(case_title(of.case, lang)),
                money(&of.output),
                money(&of.value_added),
                share,
                money(&of.imports),
            ];
            cells.extend(
                of.accounts
                    .iter()
                    .map(|(_, values)| Cell::Number(sum(values))),
            );
            Row::new(cells)
        };
        let rows = self.cases.iter().map(row).collect();
        Table { columns, rows }
    }

    /// Who uses what stops, and how far that limits them.
    fn lacking(&self, scale: Scale, top: usize) -> Table {
        let lang = scale.lang();
        let millions = |v: f64| v * self.provenance.unit / 1e6;
        let columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("user", lang.pick("User", "사용처")),
            scale
                .column("missing", lang.pick("Missing", "부족액"))
                .with_bar(),
            Column::number("limit", lang.pick("Cannot make", "생산 불가"), "%", 1),
        ];
        let mut order = by_size(self.users.len(), |s| self.users[s]);
        order.retain(|s| self.users[*s] != 0.0);
        let users = lang.pick("All sectors", "전 부문 합계");
        let mut rows = ranked_rows(&self.sectors, &order, top, users, lang, |of| {
            let sum: f64 = of.iter().map(|s| self.users[*s]).sum();
            let limit = match of {
                [one] => Cell::Number(100.0 * self.limits[*one]),
                _ => Cell::Empty,
            };
            vec![Cell::Number(scale.money(millions(sum))), limit]
        });
        rows.extend(self.final_demand.iter().map(|(role, value)| {
            let item = item_title(Some(*role), lang);
            let value = Cell::Number(scale.money(millions(*value)));
            Row::new(vec![Cell::from(""), Cell::from(item), value, Cell::Empty])
        }));
        Table { columns, rows }
    }

    /// A column a case, by what changes under fixed coefficients.
    fn by_sector(&self, scale: Scale, top: usize) -> Table {
        let lang = scale.lang();
        let millions = |v: f64| v * self.provenance.unit / 1e6;
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
        ];
        let cases = self.cases.iter();
        columns.extend(cases.map(|of| scale.column(of.case.id(), case_title(of.case, lang))));
        columns.push(scale.column("unmet", lang.pick("Not delivered", "미충족 수요")));
        let fixed = self
            .case(StopCase::FixedCoefficients)
            .map_or(&[][..], |of| &of.output);
        let order = by_size(fixed.len(), |s| fixed[s]);
        let all = lang.pick("All sectors", "전 부문 합계");
        let rows = ranked_rows(&self.sectors, &order, top, all, lang, |of| {
            let sum = |values: &[f64]| of.iter().map(|s| values[*s]).sum::<f64>();
            let money = |values: &[f64]| Cell::Number(scale.money(millions(sum(values))));
            let mut cells: Vec<Cell> = self.cases.iter().map(|of| money(&of.output)).collect();
            cells.push(money(&self.unmet));
            cells
        });
        Table { columns, rows }
    }

    fn notes(&self, lang: Lang) -> Vec<String> {
        let critical = 100.0 * self.critical;
        let decimals = if critical.fract() == 0.0 { 0 } else { 2 };
        let critical = number(critical, decimals);
        let mut notes = vec![
            lang.pick(
                "What is missing is missing from all its users in proportion; imports of other products come as \
                 before. A short stop, before anyone has adapted: bounds, no forecast.",
                "중단된 수입은 모든 사용처에서 비례하여 부족하고 다른 품목의 수입은 그대로라고 가정. 적응이 이루어지기 전 \
                 단기의 상·하한이며 예측이 아님.",
            )
            .to_owned(),
            match self.case(StopCase::MadeAtHome) {
                Some(_) => lang.pick(
                    "Made at home, the lower bound: domestic producers take over what was imported, with free capacity.",
                    "국내 대체 생산(손실의 하한): 국내 생산이 수입을 전부 대체하며 생산능력 제약이 없다고 가정.",
                ),
                None => lang.pick(
                    "It cannot be made at home: nothing of it is, or making it would need more of it.",
                    "국내 대체 생산은 불가능함: 국내 생산이 없거나, 생산에 필요한 투입이 산출보다 많음.",
                ),
            }
            .to_owned(),
            lang.pick(
                format!(
                    "Fixed coefficients (Leontief), the strict case: an input that is short limits its user in full, \
                     unless it is below {critical} % of its output; final users go short first, then producers in \
                     proportion; who makes less buys less."
                ),
                format!(
                    "고정투입계수(레온티에프, 가장 엄격한 가정): 부족한 투입이 사용 부문의 생산을 전부 제약하되 산출의 \
                     {critical}% 미만인 투입은 제외. 최종수요가 먼저, 그다음 생산자가 비례하여 부족분을 부담하며, 생산이 줄면 \
                     구입도 줄어듦."
                ),
            ),
            lang.pick(
                "Supply-driven (Ghosh): users lose the value that is missing and pass it on to their buyers; inputs \
                 replace each other by value.",
                "공급유도형(고쉬): 사용 부문이 부족한 금액만큼 생산을 줄이고 이를 수요처로 전가하며, 투입끼리 금액 기준으로 \
                 대체된다고 가정.",
            )
            .to_owned(),
            self.provenance.attribution.get(lang).to_owned(),
        ];
        if self.loses_more_by_value() {
            notes.insert(
                3,
                lang.pick(
                    format!(
                        "Here the supply-driven model loses more than fixed coefficients, in which inputs below \
                         {critical} % of output hold nobody back and final users bear what they can."
                    ),
                    format!(
                        "이 경우 공급유도형의 손실이 고정투입계수보다 큼: 고정투입계수에서는 산출의 {critical}% 미만인 투입이 \
                         생산을 제약하지 않고 최종수요가 부족분을 먼저 부담함."
                    ),
                ),
            );
        }
        notes.extend(split_in_short([&self.provenance.split_error], lang));
        notes
    }

    /// Whether the supply-driven case loses more output than that of fixed coefficients.
    fn loses_more_by_value(&self) -> bool {
        let sum = |case| {
            self.case(case)
                .map_or(0.0, |of| of.output.iter().sum::<f64>())
        };
        sum(StopCase::SupplyDriven) < sum(StopCase::FixedCoefficients)
    }
}

pub(super) fn case_title(case: StopCase, lang: Lang) -> &'static str {
    match case {
        StopCase::MadeAtHome => lang.pick("Made at home", "국내 대체 생산"),
        StopCase::UsersAlone => lang.pick("Users alone", "사용 부문만"),
        StopCase::FixedCoefficients => lang.pick("Fixed coefficients", "고정투입계수"),
        StopCase::SupplyDriven => lang.pick("Supply-driven", "공급유도형"),
    }
}
