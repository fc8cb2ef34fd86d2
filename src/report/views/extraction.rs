//! What the economy would be without a sector.

use super::effects::ranked_rows;
use super::provenance::split_in_short;
use crate::analysis::{Extraction, ExtractionKind, ExtractionRanking};
use crate::impact::ranking::by_size;
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table};
use crate::table::Account;
use crate::units::number;

impl Extraction {
    /// What is lost, the `top` sectors that lose most.
    pub fn document(&self, lang: Lang, top: usize) -> Document {
        let millions = |v: f64| v * self.provenance.unit / 1e6;
        let (output, value_added): (f64, f64) =
            (self.output.iter().sum(), self.value_added.iter().sum());
        let scale = Scale::new(
            lang,
            &self.provenance.currency,
            [output, value_added].map(millions),
        );
        let names = self.extracted.iter().map(|s| self.sectors[*s].title(lang));
        let names = names.collect::<Vec<_>>().join(", ");
        let title = match lang {
            Lang::En => format!("{}: {names}", what(self.extracts, self.share, lang)),
            Lang::Ko => format!("{names}: {}", what(self.extracts, self.share, lang)),
        };
        let mut doc = Document::new(title, self.provenance.line(lang));
        let share_of = |lost: f64, all: f64| 100.0 * lost / all;
        let text = match lang {
            Lang::En => format!(
                "Lost: {} of output ({} % of all), {} of value added ({} %).",
                scale.in_words(millions(output)),
                number(share_of(output, self.output_before), 2),
                scale.in_words(millions(value_added)),
                number(share_of(value_added, self.value_added_before), 2),
            ),
            Lang::Ko => format!(
                "감소: 생산 {}(전체의 {}%), 부가가치 {}({}%).",
                scale.in_words(millions(output)),
                number(share_of(output, self.output_before), 2),
                scale.in_words(millions(value_added)),
                number(share_of(value_added, self.value_added_before), 2),
            ),
        };
        doc.section("lost", "", vec![Block::Text(text)]);
        let mut columns = columns(lang);
        columns.extend([
            scale
                .column("output", lang.pick("Output lost", "생산 감소"))
                .with_bar(),
            scale.column(
                "value_added",
                lang.pick("Value added lost", "부가가치 감소"),
            ),
            scale.column(
                "imports",
                lang.pick("Imported inputs saved", "수입 투입 감소"),
            ),
        ]);
        if !self.income.is_empty() {
            columns.push(scale.column("income", income_lost(lang)));
        }
        columns.extend(
            self.accounts
                .iter()
                .map(|(account, lost)| account_column(account, lost.iter().sum(), lang)),
        );
        let order = by_size(self.sectors.len(), |s| self.output[s]);
        let all = lang.pick("All sectors", "전 부문 합계");
        let rows = ranked_rows(&self.sectors, &order, top, all, lang, |of| {
            let sum = |values: &[f64]| of.iter().map(|s| values[*s]).sum::<f64>();
            let money = |values: &[f64]| Cell::Number(scale.money(millions(sum(values))));
            let mut cells = vec![
                money(&self.output),
                money(&self.value_added),
                money(&self.imports),
            ];
            if !self.income.is_empty() {
                cells.push(money(&self.income));
            }
            let accounts = self.accounts.iter();
            cells.extend(accounts.map(|(_, values)| Cell::Number(sum(values))));
            cells
        });
        doc.section(
            "sectors",
            lang.pick("Who loses", "부문별 감소"),
            vec![Block::Table(Table { columns, rows })],
        );
        let mut notes = vec![how(self.extracts, lang).to_owned()];
        if self.extracts != ExtractionKind::Forward {
            let replaced = scale.in_words(millions(self.replaced));
            notes.push(lang.pick(
                format!("Imports of {replaced} come in place of what is taken out, beside the imported inputs saved."),
                format!("추출된 부분을 대체하는 수입: {replaced}(수입 투입 감소분과 별도)."),
            ));
        }
        notes.push(self.provenance.attribution.get(lang).to_owned());
        notes.extend(split_in_short([&self.provenance.split_error], lang));
        doc.section("notes", "", vec![Block::Notes(notes)]);
        doc
    }
}

impl ExtractionRanking {
    /// The `top` sectors by what the measure named loses, in all or by others alone.
    pub fn document(&self, lang: Lang, top: usize, by: &str, by_others: bool) -> Document {
        let millions = |v: f64| v * self.provenance.unit / 1e6;
        let title = lang.pick(
            format!(
                "Each sector by itself: {}",
                what(self.extracts, self.share, lang)
            ),
            format!("부문별 {}", what(self.extracts, self.share, lang)),
        );
        let mut doc = Document::new(title, self.provenance.line(lang));
        let largest = |values: &[f64]| values.iter().map(|v| v.abs()).fold(0.0, f64::max);
        let sizes = self.measures.iter().filter(|of| of.account.is_none());
        let sizes = sizes.map(|of| millions(largest(&of.all)));
        let scale = Scale::new(lang, &self.provenance.currency, sizes.take(2));
        let mut columns = columns(lang);
        for of in &self.measures {
            let name = match (of.measure.as_str(), &of.account) {
                ("output", _) => lang.pick("Output lost", "생산 감소"),
                ("value_added", _) => lang.pick("Value added lost", "부가가치 감소"),
                ("imports", _) => lang.pick("Imported inputs saved", "수입 투입 감소"),
                ("income", _) => income_lost(lang),
                (_, Some(account)) => account_name(account, lang),
                (other, None) => other,
            };
            let others = lang.pick(format!("{name}, others"), format!("{name}(타 부문)"));
            let id_of_others = format!("{}_others", of.measure);
            match &of.account {
                None => columns.extend([
                    scale.column(&of.measure, name),
                    scale.column(&id_of_others, &others),
                ]),
                Some(account) => {
                    let unit = account.unit.get(lang);
                    columns.extend([
                        Column::number(&of.measure, name, unit, 0),
                        Column::number(&id_of_others, &others, unit, 0),
                    ]);
                }
            }
        }
        columns.push(Column::number(
            "share",
            lang.pick("Of all value added", "전체 부가가치 대비"),
            "%",
            2,
        ));
        let first = self.measures.first();
        let ranked = self
            .measure(by)
            .or(first)
            .map_or(&[][..], |of| match by_others {
                true => &of.others,
                false => &of.all,
            });
        let order = by_size(ranked.len(), |s| ranked[s]);
        let rows = order.iter().take(top).map(|&s| {
            let sector = &self.sectors[s];
            let mut cells = vec![
                Cell::from(sector.code.as_str()),
                sector.name.get(lang).into(),
            ];
            for of in &self.measures {
                for value in [of.all[s], of.others[s]] {
                    cells.push(Cell::Number(match of.account {
                        None => scale.money(millions(value)),
                        Some(_) => value,
                    }));
                }
            }
            cells.push(match self.measure("value_added") {
                Some(of) if of.before != 0.0 => (100.0 * of.all[s] / of.before).into(),
                _ => Cell::Empty,
            });
            Row::new(cells)
        });
        let rows = rows.collect();
        doc.section(
            "sectors",
            lang.pick("What is lost without it", "추출 시 감소"),
            vec![Block::Table(Table { columns, rows })],
        );
        let mut notes = vec![how(self.extracts, lang).to_owned()];
        notes.push(
            lang.pick(
                "Each row stands by itself: rows do not add up, as each sector hangs on others too.",
                "각 행은 해당 부문만 추출한 결과임. 부문끼리 서로 의존하므로 행을 더할 수 없음.",
            )
            .to_owned(),
        );
        notes.push(self.provenance.attribution.get(lang).to_owned());
        notes.extend(split_in_short([&self.provenance.split_error], lang));
        doc.section("notes", "", vec![Block::Notes(notes)]);
        doc
    }
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::text("code", lang.pick("Code", "코드")),
        Column::text("sector", lang.pick("Sector", "부문")),
    ]
}

fn income_lost(lang: Lang) -> &'static str {
    lang.pick("Labour income lost", "피용자보수 감소")
}

fn account_name(account: &Account, lang: Lang) -> &str {
    match account.id.as_str() {
        "jobs" => lang.pick("Jobs", "취업"),
        _ => account.title.get(lang),
    }
}

fn account_column(account: &Account, sum: f64, lang: Lang) -> Column {
    let decimals = if sum.abs() < 100.0 { 2 } else { 0 };
    let name = account_name(account, lang);
    Column::number(&account.id, name, account.unit.get(lang), decimals)
}

/// "half of its sales are taken out".
fn what(kind: ExtractionKind, share: f64, lang: Lang) -> String {
    let share = match share == 1.0 {
        true => String::new(),
        false => match lang {
            Lang::En => format!("{} % of ", number(100.0 * share, 1)),
            Lang::Ko => format!(" {}%", number(100.0 * share, 1)),
        },
    };
    match (kind, lang) {
        (ExtractionKind::Total, Lang::En) => format!("Without {share}what is made of it"),
        (ExtractionKind::Backward, Lang::En) => format!("Without {share}its purchases at home"),
        (ExtractionKind::Forward, Lang::En) => format!("Without {share}its sales to producers"),
        (ExtractionKind::Total, Lang::Ko) => format!("가상적 추출(전체{share})"),
        (ExtractionKind::Backward, Lang::Ko) => format!("가상적 추출(국내 투입{share})"),
        (ExtractionKind::Forward, Lang::Ko) => format!("가상적 추출(중간수요 판매{share})"),
    }
}

/// The assumption of each kind.
fn how(kind: ExtractionKind, lang: Lang) -> &'static str {
    match kind {
        ExtractionKind::Total => lang.pick(
            "Hypothetical extraction, demand-driven: what industries and final demand bought of it at home they import, \
             so that they go on as they did; its suppliers lose. No prices move and nothing else is bought instead.",
            "수요유도형 가상적 추출: 산업과 최종수요가 국내에서 사던 해당 생산물을 수입으로 대체하여 수요처는 영향을 받지 \
             않고 공급처가 감소함. 가격 변화와 대체 수요는 고려하지 않음.",
        ),
        ExtractionKind::Backward => lang.pick(
            "Hypothetical extraction, demand-driven: it goes on for final demand, but imports what it bought of \
             domestic producers.",
            "수요유도형 가상적 추출: 해당 부문은 최종수요를 위해 생산을 계속하나 국내에서 사던 투입을 수입으로 대체함.",
        ),
        ExtractionKind::Forward => lang.pick(
            "Hypothetical extraction, supply-driven (Ghosh): producers do not get what it sold them, and they \
             sell less in proportion; its own sales to final demand stay. Nothing is imported instead, and inputs replace \
             each other by value: who cannot do without it loses more.",
            "공급유도형(고쉬) 가상적 추출: 다른 부문이 해당 생산물을 공급받지 못하여 비례하여 판매가 감소함. 최종수요 \
             판매는 유지됨. 수입 대체가 없고 투입끼리 금액 기준으로 대체된다고 보므로 대체할 수 없는 투입이면 손실이 더 큼.",
        ),
    }
}
