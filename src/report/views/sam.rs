//! A social accounting matrix, its multipliers, and paths between its accounts.

use super::provenance::split_in_short;
use crate::analysis::sam::{SamAccount, SamEffects, SamMultipliers};
use crate::analysis::{Sam, SamPaths};
use crate::impact::ranking::by_size;
use crate::lang::Lang;
use crate::report::words::{sam_account, sam_assumed};
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table};
use crate::units::number;

impl Sam {
    /// The matrix with its sectors together, then the multipliers of the `top` sectors and of all other accounts.
    pub fn document(&self, lang: Lang, top: usize) -> Document {
        let title = lang.pick("Social accounting matrix", "사회계정행렬(SAM)");
        let mut doc = Document::new(title, self.provenance.line(lang));
        doc.section(
            "flows",
            lang.pick(
                "Who receives (rows) of whom (columns)",
                "수입(행)과 지출(열)",
            ),
            vec![Block::Table(self.flows_table(lang))],
        );
        let ratio = self.provenance.ratio_unit(lang);
        let number_of = |id: &str, title: &str| Column::number(id, title, &ratio, 4);
        let mut columns = vec![
            Column::text(
                "account",
                lang.pick("A unit paid into", "한 단위를 받는 계정"),
            ),
            number_of("output", lang.pick("Output", "생산")),
            number_of(
                "output_closed_loop",
                lang.pick("of it closed loop", "폐쇄루프"),
            ),
        ];
        let factors: &[(SamAccount, SamEffects)] =
            self.multipliers.first().map_or(&[], |of| &of.factors);
        columns.extend(
            factors
                .iter()
                .map(|(account, _)| number_of(account.id(), sam_account(*account, &[]).get(lang))),
        );
        columns.extend([
            number_of("households", lang.pick("Households", "가계")),
            number_of("to_government", lang.pick("Ends as taxes", "누출: 조세")),
            number_of("to_saving", lang.pick("as saving", "저축")),
            number_of("to_rest_of_world", lang.pick("as imports", "수입")),
        ]);
        let cells = |of: &SamMultipliers| {
            let name = sam_account(of.account, &self.sectors);
            let mut cells = vec![
                Cell::from(name.get(lang)),
                of.output.total().into(),
                of.output.closed_loop.into(),
            ];
            let factors = of.factors.iter();
            cells.extend(factors.map(|(_, effects)| Cell::from(effects.total())));
            cells.extend([
                Cell::from(of.households.total()),
                of.leaks.government.into(),
                of.leaks.saving.into(),
                of.leaks.rest_of_world.into(),
            ]);
            Row::new(cells)
        };
        let (of_sectors, others) = self.multipliers.split_at(self.sectors.len());
        let order = by_size(of_sectors.len(), |s| of_sectors[s].output.total());
        let mut rows: Vec<Row> = order
            .iter()
            .take(top)
            .map(|s| cells(&of_sectors[*s]))
            .collect();
        rows.extend(others.iter().map(cells));
        doc.section(
            "multipliers",
            lang.pick("Accounting multipliers", "회계승수"),
            vec![Block::Table(Table { columns, rows })],
        );
        let mut notes: Vec<String> = sam_assumed(&self.assumed, self.share_spent)
            .iter()
            .map(|text| text.get(lang).to_owned())
            .collect();
        let again = number(self.again, 4);
        notes.push(lang.pick(
            format!(
                "M = M3 M2 M1 (Pyatt & Round): transfers between sectors, open loops to factors and households, closed \
                 loops back to the first. Once round, {again} of a unit of income comes back to households."
            ),
            format!(
                "M = M3 M2 M1(Pyatt & Round): 부문 간 이전효과, 생산요소와 가계로의 개방루프효과, 처음으로 돌아오는 폐쇄루프효과. \
                 가계소득 한 단위 중 한 바퀴를 돌아 {again}이(가) 가계로 돌아옴."
            ),
        ));
        notes.push(
            lang.pick(
                "Government, saving and investment, and the rest of the world are exogenous: every unit ends there.",
                "정부, 저축·투자, 해외는 외생 계정으로, 모든 지출은 결국 이들 계정으로 누출됨.",
            )
            .to_owned(),
        );
        notes.push(self.provenance.attribution.get(lang).to_owned());
        notes.extend(split_in_short([&self.provenance.split_error], lang));
        doc.section("notes", "", vec![Block::Notes(notes)]);
        doc
    }

    fn flows_table(&self, lang: Lang) -> Table {
        let millions = |v: f64| v * self.provenance.unit / 1e6;
        let sums: Vec<f64> = self.flows.iter().map(|row| row.iter().sum()).collect();
        let scale = Scale::new(
            lang,
            &self.provenance.currency,
            sums.iter().map(|v| millions(*v)),
        );
        let ids = self.accounts.iter().map(|account| account.id());
        let mut columns = vec![Column::text("account", lang.pick("Account", "계정"))];
        for account in &self.accounts {
            let name = sam_account(*account, &self.sectors);
            columns.push(scale.column(account.id(), name.get(lang)).additive());
        }
        let all = lang.pick("All", "합계");
        columns.push(scale.column("all", all).sum_of(ids).additive());
        let money = |v: f64| Cell::Number(scale.money(millions(v)));
        let rows = self.accounts.iter().zip(&self.flows);
        let rows = rows.map(|(account, received)| {
            let mut cells = vec![Cell::from(sam_account(*account, &self.sectors).get(lang))];
            cells.extend(received.iter().map(|v| match *v == 0.0 {
                true => Cell::Empty,
                false => money(*v),
            }));
            cells.push(money(received.iter().sum()));
            Row::new(cells)
        });
        let mut rows: Vec<Row> = rows.collect();
        let mut total = vec![Cell::from(all)];
        let paid = |of: usize| -> f64 { self.flows.iter().map(|row| row[of]).sum() };
        total.extend((0..self.accounts.len()).map(|of| money(paid(of))));
        total.push(money(sums.iter().sum()));
        rows.push(Row::total(total));
        Table { columns, rows }
    }
}

impl SamPaths {
    /// The paths found, what all others come to, and all of them.
    pub fn document(&self, lang: Lang) -> Document {
        let name = |account| {
            let name = sam_account(account, &self.sectors);
            name.get(lang).to_owned()
        };
        let (from, to) = (name(self.from), name(self.to));
        let title = lang.pick(
            format!("Structural paths from {from} to {to}"),
            format!("구조경로: {from} → {to}"),
        );
        let mut doc = Document::new(title, self.provenance.line(lang));
        let global = number(self.global, 4);
        doc.section(
            "global",
            "",
            vec![Block::Text(lang.pick(
                format!("Of a unit paid into {from}, {to} receives {global} (global influence)."),
                format!("{from}에 한 단위가 지급되면 {to}에 {global}이(가) 돌아감(총체적 영향)."),
            ))],
        );
        let columns = vec![
            Column::text("path", lang.pick("Path", "경로")),
            Column::number("direct", lang.pick("Direct", "직접 영향"), "", 6),
            Column::number("multiplier", lang.pick("Multiplier", "경로 승수"), "", 4),
            Column::number("total", lang.pick("Total", "총 영향"), "", 6).additive(),
            Column::number("share", lang.pick("Of global", "총체적 영향 대비"), "%", 1),
        ];
        let share = |part: f64| match self.global == 0.0 {
            true => Cell::Empty,
            false => (100.0 * part / self.global).into(),
        };
        let mut rows: Vec<Row> = (self.paths.iter())
            .map(|path| {
                let names: Vec<String> = path.accounts.iter().map(|of| name(*of)).collect();
                Row::new(vec![
                    names.join(" → ").into(),
                    path.direct.into(),
                    path.multiplier.into(),
                    path.total.into(),
                    share(path.total),
                ])
            })
            .collect();
        let sum = |name: &str, part: f64| {
            vec![
                Cell::from(name),
                Cell::Empty,
                Cell::Empty,
                part.into(),
                share(part),
            ]
        };
        rows.push(Row::new(sum(
            lang.pick("All other paths", "기타 경로"),
            self.remainder,
        )));
        rows.push(Row::total(sum(
            lang.pick("Global influence", "총체적 영향"),
            self.global,
        )));
        doc.section(
            "paths",
            lang.pick("Elementary paths", "기본경로"),
            vec![Block::Table(Table { columns, rows })],
        );
        let mut notes = vec![
            lang.pick(
                "Defourny & Thorbecke: a path visits no account twice; its multiplier is what the circuits beside it \
                 add, and direct influence times the multiplier its total influence.",
                "Defourny & Thorbecke: 기본경로는 같은 계정을 두 번 거치지 않음. 경로 승수는 경로에 인접한 순환이 더하는 \
                 배수이며, 총 영향은 직접 영향에 경로 승수를 곱한 값임.",
            )
            .to_owned(),
        ];
        let assumed = sam_assumed(&self.assumed, self.share_spent);
        notes.extend(assumed.iter().map(|text| text.get(lang).to_owned()));
        notes.push(self.provenance.attribution.get(lang).to_owned());
        notes.extend(split_in_short([&self.provenance.split_error], lang));
        doc.section("notes", "", vec![Block::Notes(notes)]);
        doc
    }
}
