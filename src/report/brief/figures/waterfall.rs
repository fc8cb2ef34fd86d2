//! From spending to value added at home.

use super::{Figure, Maker};
use crate::impact::Effects;
use crate::report::chart::{Step, StepKind, Waterfall};
use crate::report::{Cell, Column, Row, Table};
use crate::scenario::PhaseKind;

impl Maker<'_> {
    pub(super) fn waterfall(&self, kind: PhaseKind, e: &Effects) -> Figure {
        let lang = self.lang;
        let s = e.spending;
        let margins: f64 = self
            .brief
            .estimate
            .impact
            .phases
            .iter()
            .filter(|p| p.kind == kind)
            .map(|p| {
                let of = |l: &crate::scenario::Line| {
                    let margins = l.trade.iter().chain(&l.transport);
                    margins.map(|(_, amount)| amount).sum::<f64>()
                };
                p.probability * p.lines.iter().map(of).sum::<f64>()
            })
            .sum();
        let steps = [
            (
                lang.pick("Spent", "지출"),
                s.total.as_millions(),
                StepKind::Sum,
            ),
            (
                lang.pick("Imported at once", "직접 수입"),
                s.imported.as_millions(),
                StepKind::Out,
            ),
            (
                lang.pick("Taxes on products", "생산물세"),
                s.tax.as_millions(),
                StepKind::Out,
            ),
            (
                lang.pick("Capital income (buys nothing)", "자본소득(생산 유발 없음)"),
                s.capital_income.as_millions(),
                StepKind::Out,
            ),
            (
                lang.pick("Demand at home", "국내 수요"),
                s.domestic.as_millions(),
                StepKind::Sum,
            ),
            (
                lang.pick("of it: trade and transport margins", "이 중 상업·운송마진"),
                margins,
                StepKind::OfIt,
            ),
            (
                lang.pick("Imported inputs of suppliers", "공급업체의 수입 중간재"),
                e.imports.sums().type1(),
                StepKind::Out,
            ),
            (
                lang.pick("Value added at home (Type I)", "국내 부가가치(1형)"),
                e.value_added.sums().type1(),
                StepKind::Result,
            ),
        ];
        let steps: Vec<Step> = steps
            .into_iter()
            .filter(|(_, value, kind)| {
                matches!(kind, StepKind::Sum | StepKind::Result) || *value != 0.0
            })
            .map(|(label, value, kind)| Step {
                label: label.to_owned(),
                value: self.scale.money(value),
                kind,
            })
            .collect();
        let table = Table {
            columns: vec![
                Column::text("step", lang.pick("Step", "구분")),
                self.money_column("amount", lang.pick("Amount", "금액"))
                    .with_bar(),
                Column::number("share", lang.pick("Of spending", "지출 대비"), "%", 1),
            ],
            rows: steps
                .iter()
                .map(|s| {
                    let share = if steps[0].value == 0.0 {
                        Cell::Empty
                    } else {
                        Cell::Number(s.value / steps[0].value * 100.0)
                    };
                    Row::new(vec![s.label.clone().into(), s.value.into(), share])
                })
                .collect(),
        };
        Figure {
            id: self.id("waterfall", kind),
            chapter: "money",
            title: self.title(
                lang.pick(
                    "From spending to value added at home",
                    "지출에서 국내 부가가치까지",
                ),
                kind,
            ),
            description: if s.total.as_units() < 0.0 {
                lang.pick(
                    "How much less is spent, how much of that is imports and taxes, and how much value added falls at \
                     home, direct and at suppliers. Percentages are of the fall in spending.",
                    "줄어드는 지출에서 수입·생산물세 감소분을 차례로 빼고 국내 부가가치 감소분(직접+간접)을 나타냄. \
                     괄호는 지출 감소액 대비 비율.",
                )
            } else {
                lang.pick(
                    "What is spent, what leaves as imports and taxes on the way, and what stays as value added, direct \
                     and at suppliers. Percentages are of spending.",
                    "지출액에서 수입과 생산물세로 빠져나가는 금액을 차례로 빼고 국내에 남는 부가가치(직접+간접)를 나타냄. \
                     괄호는 지출 대비 비율.",
                )
            }
            .to_owned(),
            unit: self.scale.money_unit(),
            source: self.source(),
            table,
            lang,
            chart: Box::new(Waterfall {
                steps,
                decimals: self.scale.money_decimals(),
            }),
        }
    }
}
