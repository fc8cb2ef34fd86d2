//! What mixes of inputs change for the whole economy.

use super::effects::ranked_rows;
use crate::impact::SectorName;
use crate::impact::ranking::by_size;
use crate::lang::Lang;
use crate::model::mix::{BeforeAfter, Mix, MixDone, MixEffect};
use crate::report::{Block, Cell, Column, Row, Scale, Table, Unit};
use crate::table::Account;

/// Users of a mix that are named; of more the others are counted.
const NAMED: usize = 3;

impl MixEffect {
    /// How its amounts are shown: by what changes, not by what the economy makes in all.
    pub(crate) fn scale<'c>(&self, lang: Lang, currency: &'c str) -> Scale<'c> {
        let change = |of: &BeforeAfter| of.sums().1 - of.sums().0;
        let main = [&self.output, &self.value_added, &self.imports].map(change);
        Scale::new(lang, currency, main)
    }

    /// What was changed, the economy before and after, the `top` sectors whose output changes most.
    pub(super) fn blocks(&self, sectors: &[SectorName], top: usize, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let done = self.mixes.iter().map(|done| said(done, sectors, scale));
        vec![
            Block::Notes(done.collect()),
            Block::Table(self.in_all(scale)),
            Block::Table(self.by_sector(sectors, top, scale)),
            Block::Text(
                lang.pick(
                    "A year at the table's final demand: x* = (I - Ad*)^-1 f against x. What the scenario spends is \
                     not in it; it is worked out elsewhere in this result, with the changed coefficients. Prices, \
                     wages, capacity and final demand do not react.",
                    "표의 최종수요에서 x* = (I - Ad*)^-1 f를 x와 비교한 연간 변화임. 시나리오의 지출은 포함하지 않으며, 지출의 \
                     효과는 바뀐 계수로 따로 계산함. 가격·임금·생산능력·최종수요의 반응은 고려하지 않음.",
                )
                .to_owned(),
            ),
        ]
    }

    fn in_all(&self, scale: Scale) -> Table {
        let lang = scale.lang();
        let money = |v: f64| scale.measure(v);
        let row = |name: &str, of: &BeforeAfter, cell: &dyn Fn(f64) -> Cell| {
            let (before, after) = of.sums();
            let mut cells = vec![Cell::from(name)];
            cells.extend([before, after, after - before].map(cell));
            cells.push(match before == 0.0 {
                true => Cell::Empty,
                false => Cell::Number(100.0 * (after - before) / before),
            });
            Row::new(cells)
        };
        let mut rows = vec![
            row(lang.pick("Output", "산출"), &self.output, &money),
            row(
                lang.pick("Value added", "부가가치"),
                &self.value_added,
                &money,
            ),
            row(
                lang.pick("Imported inputs", "수입 투입"),
                &self.imports,
                &money,
            ),
        ];
        for (account, of) in &self.accounts {
            let unit = Unit {
                name: account.unit.get(lang).to_owned(),
                decimals: decimals(of),
            };
            let cell = |v: f64| Cell::Measure(v, unit.clone());
            rows.push(row(title(account, lang), of, &cell));
        }
        let columns = vec![
            Column::text("figure", lang.pick("Whole economy", "경제 전체")),
            Column::number("before", lang.pick("Before", "변화 전"), "", 0),
            Column::number("after", lang.pick("With the mixes", "변화 후"), "", 0),
            Column::number("difference", lang.pick("Difference", "차이"), "", 0),
            Column::number("percent", lang.pick("Change", "변화율"), "%", 2),
        ];
        Table { columns, rows }
    }

    /// What changes, sector by sector.
    fn by_sector(&self, sectors: &[SectorName], top: usize, scale: Scale) -> Table {
        let lang = scale.lang();
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Change by sector", "부문별 변화")),
            scale
                .column("output", lang.pick("Output", "산출"))
                .with_bar(),
            scale.column("value_added", lang.pick("Value added", "부가가치")),
            scale.column("imports", lang.pick("Imported inputs", "수입 투입")),
        ];
        let mut figures: Vec<(Vec<f64>, bool)> = [&self.output, &self.value_added, &self.imports]
            .map(|of| (of.changes().collect(), true))
            .into();
        for (account, of) in &self.accounts {
            let (name, unit) = (title(account, lang), account.unit.get(lang));
            columns.push(Column::number(&account.id, name, unit, decimals(of)));
            figures.push((of.changes().collect(), false));
        }
        let order = by_size(sectors.len(), |at| figures[0].0[at]);
        let all = lang.pick("All sectors", "전 부문");
        let rows = ranked_rows(sectors, &order, top, all, lang, |of| {
            let cell = |(changes, money): &(Vec<f64>, bool)| {
                let sum = of.iter().map(|at| changes[*at]).sum();
                Cell::Number(if *money { scale.money(sum) } else { sum })
            };
            figures.iter().map(cell).collect()
        });
        Table { columns, rows }
    }
}

fn title(account: &Account, lang: Lang) -> &str {
    match account.id.as_str() {
        "jobs" => lang.pick("Jobs", "취업"),
        _ => account.title.get(lang),
    }
}

fn decimals(of: &BeforeAfter) -> u8 {
    if of.sums().0.abs() < 100.0 { 2 } else { 0 }
}

/// A mix in a line.
fn said(done: &MixDone, sectors: &[SectorName], scale: Scale) -> String {
    let lang = scale.lang();
    let name = |at: &usize| sectors[*at].name.get(lang);
    let (before, after) = (done.imported_before * 100.0, done.imported_after * 100.0);
    match &done.mix {
        Mix::Trade { product, users, .. } => {
            let (product, users) = (name(product), who(users.as_deref(), sectors, lang));
            lang.pick(
                format!(
                    "{product}: imported share of purchases by {users} {before:.1} % → {after:.1} %"
                ),
                format!("{product}: {users}의 구매 중 수입 비율 {before:.1}% → {after:.1}%"),
            )
        }
        Mix::Supply {
            from,
            to,
            share,
            price,
            users,
        } => {
            let (from, to, share) = (name(from), name(to), share * 100.0);
            let users = who(users.as_deref(), sectors, lang);
            let priced = match *price == 1.0 {
                true => String::new(),
                false => {
                    let taken = scale.amount(done.saved);
                    lang.pick(
                        format!("; {price} is paid for each 1 of it, and the users' value added changes by {taken}"),
                        format!(", 가격비 {price}에 따른 사용 부문의 부가가치 변화 {taken}"),
                    )
                }
            };
            lang.pick(
                format!(
                    "{from} → {to}: {share:.1} % of purchases by {users}, {after:.1} % of it imported ({before:.1} % \
                     before){priced}"
                ),
                format!(
                    "{from} → {to}: {users} 구매액의 {share:.1}% 대체, 수입 비율 {before:.1}% → {after:.1}%{priced}"
                ),
            )
        }
    }
}

/// Who buys otherwise.
fn who(users: Option<&[usize]>, sectors: &[SectorName], lang: Lang) -> String {
    let Some(users) = users else {
        return lang.pick("all producers", "전 생산 부문").to_owned();
    };
    let named = users
        .iter()
        .take(NAMED)
        .map(|at| sectors[*at].name.get(lang));
    let named = named.collect::<Vec<_>>().join(", ");
    match users.len().saturating_sub(NAMED) {
        0 => named,
        1 => lang.pick(
            format!("{named} and one more sector"),
            format!("{named} 외 1개 부문"),
        ),
        more => lang.pick(
            format!("{named} and {more} more sectors"),
            format!("{named} 외 {more}개 부문"),
        ),
    }
}
