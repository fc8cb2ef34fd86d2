//! A sector whose output is given, beside all others.

use super::effects::labour_unit;
use crate::impact::{Exogenous, ExogenousFigure, Impact};
use crate::lang::Lang;
use crate::report::document::round_to_sum;
use crate::report::{Block, Cell, Column, Row, Scale, Table, Unit};
use crate::scenario::PhaseKind;

impl Impact {
    /// The sectors themselves and all others, a row a figure, with what the others get per unit.
    pub(super) fn exogenous_blocks(
        &self,
        exogenous: &Exogenous,
        exact: &Exogenous,
        kind: PhaseKind,
        scale: Scale,
    ) -> Vec<Block> {
        let lang = scale.lang();
        // Per unit of the figures as they are, not as they are rounded.
        let Some(output) = exact.figures.first() else {
            return Vec::new();
        };
        let row = |(figure, exact): (&ExogenousFigure, &ExogenousFigure)| {
            let account = self.effects.get(kind).as_ref().and_then(|effects| {
                let mut accounts = effects.accounts.iter();
                accounts.find(|a| a.account.id == figure.measure)
            });
            // Amounts in the unit shown; persons and the like whole.
            let (unit, decimals, factor) = match account {
                None => (scale.money_unit(), scale.money_decimals(), scale.money(1.0)),
                Some(a) if a.account.id == "jobs" => {
                    let unit = labour_unit(kind, lang);
                    (unit.to_owned(), 0, 1.0)
                }
                Some(a) => (a.account.unit.get(lang).to_owned(), 0, 1.0),
            };
            let all = (figure.itself + figure.others) * factor;
            let parts = [figure.itself * factor, figure.others * factor];
            let parts = round_to_sum(&parts, all, decimals);
            let cell = |value: f64| {
                let name = unit.clone();
                Cell::Measure(value, Unit { name, decimals })
            };
            let name = match account {
                Some(a) => a.account.title.get(lang).to_owned(),
                None => title(&figure.measure, lang).to_owned(),
            };
            // Per unit of the output given; accounts per billion.
            let per = if account.is_some() { 1e3 } else { 1.0 };
            let ratio = exact.others / output.itself * per;
            let plain = Unit {
                name: String::new(),
                decimals: if account.is_some() { 1 } else { 4 },
            };
            let mut cells = vec![name.into()];
            cells.extend(parts.iter().map(|part| cell(*part)));
            cells.extend([cell(all), Cell::Measure(ratio, plain)]);
            Row::new(cells)
        };
        let columns = vec![
            Column::text("measure", lang.pick("Type I", "1형")),
            Column::number("itself", lang.pick("The sector itself", "해당 부문"), "", 0),
            Column::number("others", lang.pick("All others", "타 부문"), "", 0),
            Column::number("all", lang.pick("Together", "합계"), "", 0),
            Column::number(
                "per_unit",
                lang.pick("Others, per unit", "타 부문 계수"),
                "",
                4,
            ),
        ];
        let rows = exogenous.figures.iter().zip(&exact.figures);
        let rows = rows.map(row).collect();
        let currency = scale.currency();
        let said = lang.pick(
            format!(
                "The output is given, and its sector taken out of the inverse (exogenous form): what it buys \
                 sets the others off, and what they buy of it is part of the output given. Per {currency} of \
                 that output; jobs and other accounts per billion."
            ),
            format!(
                "해당 부문을 외생화함(역행렬에서 제외): 주어진 산출을 위한 투입이 타 부문을 유발하며, 타 부문이 \
                 사는 해당 생산물은 주어진 산출에 포함됨. 계수는 산출 1{currency}당, 취업 등 계정은 10억{currency}당."
            ),
        );
        vec![Block::Table(Table { columns, rows }), Block::Text(said)]
    }
}

fn title(measure: &str, lang: Lang) -> &str {
    match measure {
        "output" => lang.pick("Output", "생산"),
        "value_added" => lang.pick("Value added", "부가가치"),
        "income" => lang.pick("Labour income", "피용자보수"),
        "production_taxes" => lang.pick("Taxes on production", "생산세"),
        other => other,
    }
}
