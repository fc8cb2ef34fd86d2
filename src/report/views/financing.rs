//! Gross and net effects beside each other.

use super::effects::labour_unit;
use crate::impact::Impact;
use crate::impact::financing::{FinancedKind, Financing};
use crate::impact::policy::Figures;
use crate::lang::Lang;
use crate::report::words::{financed_by, taken_from};
use crate::report::{Block, Cell, Column, Row, Scale, Table, Unit};
use crate::scenario::PhaseKind;

/// A row: its name, and the figure that it shows.
type Shown<'n> = (&'n str, fn(&Figures) -> f64);

impl Financing {
    /// What the spending sets off, what is set off no more, and the rest: a row a figure.
    pub fn blocks(&self, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let mut blocks = Vec::new();
        for of in &self.kinds {
            let mut shown: Vec<Shown> = vec![
                (lang.pick("Output (Type I)", "생산(1형)"), |f| {
                    f.type1.output
                }),
                (
                    lang.pick("Value added (Type I)", "부가가치(1형)"),
                    |f| f.type1.value_added,
                ),
                (lang.pick("Imports (Type I)", "수입(1형)"), |f| {
                    f.type1.imports
                }),
                (lang.pick("Jobs (Type I)", "취업(1형)"), |f| f.type1.jobs),
            ];
            let jobs_at = [3, 7];
            if of.gross.total.output != of.gross.type1.output {
                let induced: [Shown; 4] = [
                    (lang.pick("Output (Type II)", "생산(2형)"), |f| {
                        f.total.output
                    }),
                    (
                        lang.pick("Value added (Type II)", "부가가치(2형)"),
                        |f| f.total.value_added,
                    ),
                    (lang.pick("Imports (Type II)", "수입(2형)"), |f| {
                        f.total.imports
                    }),
                    (lang.pick("Jobs (Type II)", "취업(2형)"), |f| {
                        f.total.jobs
                    }),
                ];
                shown.extend(induced);
            }
            let rows = shown.iter().enumerate().map(|(at, (name, figure))| {
                let (unit, decimals, factor) = match jobs_at.contains(&at) {
                    true => (labour_unit(of.kind, lang).to_owned(), 0, 1.0),
                    false => (scale.money_unit(), scale.money_decimals(), scale.money(1.0)),
                };
                let step = 10f64.powi(i32::from(decimals));
                let round = |v: f64| (v * factor * step).round() / step;
                // The net effect is that of the figures as they are shown.
                let (gross, lost) = (round(figure(&of.gross)), round(figure(&of.withdrawn)));
                let cell = |value: f64| {
                    let name = unit.clone();
                    Cell::Measure(value, Unit { name, decimals })
                };
                let cells = [gross, -lost, gross - lost].map(cell);
                Row::new(std::iter::once((*name).into()).chain(cells).collect())
            });
            let rows = rows.collect();
            let title = match of.kind {
                PhaseKind::OneOff => lang.pick("One-off phases, in all", "일회성 단계 합계"),
                PhaseKind::Recurring => lang.pick("Recurring, a full year", "반복 단계, 연간"),
            };
            let from = financed_by(self.by, of.amount < 0.0);
            let columns = vec![
                Column::text("figure", title),
                Column::number("gross", lang.pick("Gross", "총효과"), "", 0),
                Column::number("withdrawn", from.get(lang), "", 0),
                Column::number("net", lang.pick("Net", "순효과"), "", 0),
            ];
            blocks.push(Block::Table(Table { columns, rows }));
        }
        blocks
    }
}

impl Impact {
    /// The net effect beside the gross one, where the money is taken from elsewhere.
    pub(super) fn net_words(&self, money: impl Fn(f64) -> String, lang: Lang) -> String {
        let Some(financing) = &self.financing else {
            return String::new();
        };
        let of_kind = |of: &FinancedKind| {
            let net = of.net().type1.value_added;
            let (sign, net) = (if net < 0.0 { "−" } else { "" }, money(net.abs()));
            match of.kind {
                PhaseKind::OneOff => lang.pick(
                    format!("about {sign}{net} in all"),
                    format!("모두 약 {sign}{net}"),
                ),
                PhaseKind::Recurring => lang.pick(
                    format!("about {sign}{net} a year"),
                    format!("연 약 {sign}{net}"),
                ),
            }
        };
        let said: Vec<String> = financing.kinds.iter().map(of_kind).collect();
        let said = said.join(lang.pick(" and ", ", "));
        let from = taken_from(financing.by);
        let (less, change) = match financing.kinds.iter().any(|of| of.amount < 0.0) {
            false => ("less", "감소를"),
            true => ("more or less", "증감을"),
        };
        lang.pick(
            format!("; net of as much {less} {}, {said}", from.en),
            format!(", 같은 금액의 {} {change} 감안한 순효과는 {said}", from.ko),
        )
    }
}
