//! What is spent: where the money of each phase goes, and line by line.

use super::impact::phase_title;
use super::recipe;
use crate::impact::{Impact, PhaseImpact, SectorName};
use crate::lang::{Lang, Text};
use crate::report::{Block, Cell, Column, Row, Scale, Table};
use crate::scenario::{Certainty, Line, ShareOrigin};

impl Impact {
    /// Spent, imported at once, taxed; and what of the rest stays as value added.
    pub(super) fn money(&self, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let number = |id: &str, title: &str| scale.column(id, title);
        let has_tax = self
            .phases
            .iter()
            .any(|p| p.effects.spending.tax.as_units() != 0.0);
        let has_capital_income = self
            .phases
            .iter()
            .any(|p| p.effects.spending.capital_income.as_units() != 0.0);
        let mut columns = vec![
            Column::text("phase", lang.pick("Phase", "단계")),
            number("spending", lang.pick("Spent", "지출")).sum_of([
                "imported",
                "product_tax",
                "capital_income",
                "domestic",
            ]),
            number("imported", lang.pick("Imported at once", "직접 수입")),
        ];
        if has_tax {
            columns.push(number(
                "product_tax",
                lang.pick("Product taxes", "생산물세"),
            ));
        }
        if has_capital_income {
            columns.push(number(
                "capital_income",
                lang.pick("Capital income", "자본소득"),
            ));
        }
        columns.push(
            number("domestic", lang.pick("Demand at home", "국내 수요"))
                .sum_of(["imported_inputs", "value_added_type1"]),
        );
        columns.push(number(
            "imported_inputs",
            lang.pick("of it: imported inputs", "중간재 수입"),
        ));
        columns.push(number(
            "value_added_type1",
            lang.pick("of it: value added", "부가가치"),
        ));
        let rows = self
            .phases
            .iter()
            .map(|phase| {
                let s = phase.effects.spending;
                let money = |m: f64| Cell::Number(scale.money(m));
                let mut cells = vec![
                    Cell::Text(phase_title(phase, lang)),
                    money(s.total.as_millions()),
                    money(s.imported.as_millions()),
                ];
                if has_tax {
                    cells.push(money(s.tax.as_millions()));
                }
                if has_capital_income {
                    cells.push(money(s.capital_income.as_millions()));
                }
                cells.push(money(s.domestic.as_millions()));
                cells.push(money(phase.effects.imports.sums().type1()));
                cells.push(money(phase.effects.value_added.sums().type1()));
                Row::new(cells)
            })
            .collect();
        vec![Block::Table(Table { columns, rows })]
    }

    /// Every line of spending: a table a phase, the sectors by code, then what the codes mean and what
    /// is said of the lines.
    pub(super) fn lines(&self, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let mut blocks = Vec::new();
        for phase in self.phases.iter().filter(|p| !p.lines.is_empty()) {
            blocks.push(Block::Text(phase_title(phase, lang)));
            blocks.push(Block::Table(lines_table(phase, &self.sectors, scale)));
            blocks.extend(recipe::blocks(phase, &self.sectors, scale));
        }
        let mut sectors: Vec<usize> = self
            .phases
            .iter()
            .flat_map(|p| p.lines.iter().map(|l| l.sector))
            .collect();
        sectors.sort_unstable();
        sectors.dedup();
        let names: Vec<String> = sectors
            .iter()
            .map(|&s| Text::from(&self.sectors[s]).get(lang).to_owned())
            .collect();
        let codes = format!("{}: {}", lang.pick("Codes", "코드"), names.join("; "));
        blocks.push(Block::Notes(vec![codes]));
        blocks.push(Block::Notes(self.line_sources(lang)));
        blocks
    }

    fn line_sources(&self, lang: Lang) -> Vec<String> {
        let lines = self.phases.iter().flat_map(|p| &p.lines);
        lines
            .filter_map(|line| {
                let said = [&line.source, &line.note].into_iter().flatten();
                let said: Vec<&str> = said.map(|text| text.get(lang)).collect();
                (!said.is_empty()).then(|| format!("{}: {}", line.item.get(lang), said.join(" · ")))
            })
            .collect()
    }
}

/// The lines of a phase; columns that no line needs are left out.
fn lines_table(phase: &PhaseImpact, sectors: &[SectorName], scale: Scale) -> Table {
    let lang = scale.lang();
    let money = |id: &str, title: &str| scale.column(id, title);
    let lines = &phase.lines;
    // Purchasers' prices: what is split off before the product is bought.
    let split = lines
        .iter()
        .any(|l| l.trade.is_some() || l.transport.is_some() || l.tax != 0.0);
    let income = lines.iter().any(|l| l.capital_income() != 0.0);
    let certain = lines.iter().any(|l| l.certainty.is_some());
    let mut columns = vec![
        Column::text("item", lang.pick("Item", "항목")),
        Column::text("code", lang.pick("Code", "코드")),
        money("amount", lang.pick("Amount", "금액")).additive(),
    ];
    if split {
        columns[2] = columns[2].clone().sum_of([
            "trade_margin",
            "transport_margin",
            "product_tax",
            "domestic",
            "capital_income",
            "imported",
        ]);
        columns.extend([
            money("trade_margin", lang.pick("Trade", "상업마진")).additive(),
            money("transport_margin", lang.pick("Transport", "운송마진")).additive(),
            money("product_tax", lang.pick("Tax", "생산물세")).additive(),
            money("domestic", lang.pick("Bought at home", "국산 구입")).additive(),
        ]);
    }
    if income {
        let title = lang.pick("Capital income", "자본소득");
        columns.push(money("capital_income", title).additive());
    }
    columns.extend([
        money("imported", lang.pick("Imported", "직접 수입")).additive(),
        Column::number("domestic_share", lang.pick("Domestic", "국산"), "%", 1),
        Column::text("share_origin", lang.pick("Share from", "비중 출처")),
    ]);
    if certain {
        columns.push(Column::text("certainty", lang.pick("Certainty", "신뢰도")));
    }
    let margin = |m: Option<(usize, f64)>| m.map_or(0.0, |(_, amount)| amount);
    let amounts = |l: &Line| -> Vec<f64> {
        let mut amounts = vec![l.amount];
        if split {
            amounts.extend([margin(l.trade), margin(l.transport), l.tax, l.domestic]);
        }
        if income {
            amounts.push(l.capital_income());
        }
        amounts.push(l.imported);
        amounts
    };
    let mut sums = vec![0.0; 2 + if split { 4 } else { 0 } + usize::from(income)];
    let mut rows = Vec::new();
    for line in lines {
        let amounts = amounts(line);
        for (sum, amount) in sums.iter_mut().zip(&amounts) {
            *sum += amount;
        }
        let mut cells = vec![
            line.item.get(lang).into(),
            sectors[line.sector].code.as_str().into(),
        ];
        cells.extend(amounts.iter().map(|v| Cell::Number(scale.money(*v))));
        cells.push((line.domestic_share * 100.0).into());
        cells.push(
            match line.share_origin {
                ShareOrigin::Stated => lang.pick("scenario", "시나리오"),
                ShareOrigin::Table => lang.pick("table", "산업연관표"),
                ShareOrigin::Policy => lang.pick("policy", "정책"),
                ShareOrigin::Recipe => lang.pick("recipe", "투입구조"),
            }
            .into(),
        );
        if certain {
            let name = line.certainty.map(Certainty::name);
            cells.push(name.map_or(Cell::from(""), |name| name.get(lang).into()));
        }
        rows.push(Row::new(cells));
    }
    let mut cells = vec![lang.pick("All", "합계").into(), Cell::Empty];
    cells.extend(sums.iter().map(|v| Cell::Number(scale.money(*v))));
    cells.resize(columns.len(), Cell::Empty);
    rows.push(Row::total(cells));
    Table { columns, rows }
}
