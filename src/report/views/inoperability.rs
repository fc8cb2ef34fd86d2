//! How inoperability spreads and is overcome, from day to day.

use super::effects::ranked_rows;
use super::outage::{DayChart, account_column, line, recovered};
use super::provenance::split_in_short;
use crate::analysis::Inoperability;
use crate::analysis::inoperability::{InoperabilityDay, InoperabilitySide};
use crate::impact::ranking::by_size;
use crate::lang::Lang;
use crate::report::chart::{BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION};
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table};
use crate::units::number;

impl Inoperability {
    /// What is lost in all, by day, and by the `top` sectors that lose most and that stand still most.
    pub fn document(&self, lang: Lang, top: usize) -> Document {
        let value_added: f64 = self.value_added.iter().sum();
        let sizes = [self.output_lost(), value_added].map(|v| self.millions(v));
        let scale = Scale::new(lang, &self.provenance.currency, sizes);
        let mut doc = Document::new(self.title(lang), self.provenance.line(lang));
        doc.section("lost", "", vec![Block::Text(self.said(scale))]);
        doc.section(
            "days",
            lang.pick("From day to day", "일별 경과"),
            vec![
                Block::Table(self.milestones(lang)),
                Block::Chart(self.chart(lang, false)),
            ],
        );
        doc.section(
            "sectors",
            lang.pick("Who loses most", "손실 순위"),
            vec![Block::Table(self.by_loss(scale, top))],
        );
        doc.section(
            "inoperability",
            lang.pick("Who stands still most", "불능도 순위"),
            vec![Block::Table(self.by_inoperability(scale, top))],
        );
        doc.section("notes", "", vec![Block::Notes(self.notes(lang))]);
        doc
    }

    /// Output lost by day as an SVG picture, by itself or for a page.
    pub fn chart(&self, lang: Lang, standalone: bool) -> String {
        let share = |of: fn(&InoperabilityDay) -> f64| -> Vec<f64> {
            let days = self.days.iter();
            days.map(|day| 100.0 * of(day) / self.usual_output)
                .collect()
        };
        let all = share(|day| day.output);
        let mut lines = vec![line(lang.pick("All sectors", "전 부문"), VERMILION, all)];
        if !self.options.struck.is_empty() {
            let own = share(|day| day.own);
            lines.push(line(lang.pick("What is struck", "충격 부문"), BLUE, own));
            let spread = share(|day| day.output - day.own);
            lines.push(line(lang.pick("All others", "타 부문"), ORANGE, spread));
        }
        for (sector, color) in self.hardest_hit().into_iter().zip([PURPLE, SKY]) {
            lines.push(line(
                &self.sectors[sector].title(lang),
                color,
                self.lost_by(sector),
            ));
        }
        if self.has_stocks() {
            let undelivered = share(|day| day.undelivered);
            lines.push(line(
                lang.pick("Not delivered", "미공급"),
                GREEN,
                undelivered,
            ));
        }
        let chart = DayChart {
            id: "inoperability",
            title: self.title(lang),
            description: lang.pick(
                "Output that is not made on each day: by all sectors, by those that are struck, by the others, and by the \
                 two of these that lose most.",
                "일별 생산 감소: 전 부문, 충격 부문, 타 부문, 타 부문 중 손실이 가장 큰 두 부문.",
            ),
            lines,
            mark: (self.options.days, lang.pick("end of the outage", "차질 종료")),
            provenance: &self.provenance,
        };
        chart.draw(lang, standalone)
    }

    fn millions(&self, value: f64) -> f64 {
        value * self.provenance.unit / 1e6
    }

    /// The sectors that lose most and are not struck themselves, the first two.
    fn hardest_hit(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.sectors.len()).collect();
        order.sort_by_key(|s| self.rank_by_loss[*s]);
        order.retain(|s| {
            self.output[*s] > 0.0 && self.options.struck.iter().all(|(struck, _)| struck != s)
        });
        order.truncate(2);
        order
    }

    /// What a sector loses by day, in % of the usual output of all.
    fn lost_by(&self, sector: usize) -> Vec<f64> {
        let shares = self.by_day.iter().map(|day| day[sector]);
        // Of what all days come to, each has its share.
        let in_all: f64 = shares.clone().sum();
        let per_share = 100.0 * self.output[sector] / in_all / self.usual_output;
        shares.map(|share| share * per_share).collect()
    }

    /// Whether what is not delivered is another figure than what is not made.
    fn has_stocks(&self) -> bool {
        self.options.stock > 0.0 || !self.options.stocks.is_empty()
    }

    fn title(&self, lang: Lang) -> String {
        let of = |list: &[(usize, f64)]| -> Vec<String> {
            let one = |(sector, share): &(usize, f64)| {
                let (name, share) = (self.sectors[*sector].title(lang), number(100.0 * share, 1));
                lang.pick(format!("{share} % of {name}"), format!("{name} {share}%"))
            };
            list.iter().map(one).collect()
        };
        let mut what = of(&self.options.struck);
        let less = of(&self.options.demand).into_iter();
        what.extend(
            less.map(|of| lang.pick(format!("final demand, {of}"), format!("최종수요 {of}"))),
        );
        let stopped = of(&self.options.imports).into_iter();
        what.extend(stopped.map(|of| lang.pick(format!("imports, {of}"), format!("수입 {of}"))));
        let (what, days) = (what.join(", "), self.options.days);
        let unit = if days == 1 { "day" } else { "days" };
        lang.pick(
            format!("Inoperability: {what} for {days} {unit}"),
            format!("불능도: {what}, {days}일"),
        )
    }

    fn said(&self, scale: Scale) -> String {
        let lang = scale.lang();
        let words = |v: f64| scale.in_words(self.millions(v));
        let value_added: f64 = self.value_added.iter().sum();
        let (all, own, value_added) = (
            words(self.output_lost()),
            words(self.own_lost()),
            words(value_added),
        );
        let worst = self.days.get(self.worst_day as usize - 1);
        let worst = worst.map_or(0.0, |day| 100.0 * day.output / self.usual_output);
        let (horizon, day, worst) = (self.options.horizon, self.worst_day, number(worst, 2));
        let undelivered: f64 = self.undelivered.iter().sum();
        let stocks = match self.output_lost() - undelivered {
            covered if covered > 0.0 => lang.pick(
                format!(" Stocks deliver {} of it.", words(covered)),
                format!(" 그중 {}은(는) 재고로 공급됨.", words(covered)),
            ),
            _ => String::new(),
        };
        let back = recovered(self.recovered, lang);
        let own = match self.options.struck.is_empty() {
            true => String::new(),
            false => lang.pick(
                format!(", {own} of it by what is struck"),
                format!("(충격 부문 {own})"),
            ),
        };
        lang.pick(
            format!(
                "Over {horizon} days {all} of output are lost{own}, with {value_added} of value added.{stocks} Worst is \
                 day {day}: {worst} % of all output. {back}"
            ),
            format!(
                "{horizon}일간 생산 {all}{own}, 부가가치 {value_added} 감소.{stocks} 가장 큰 날은 {day}일째로 전체 산출의 \
                 {worst}%. {back}"
            ),
        )
    }

    /// Some days.
    fn milestones(&self, lang: Lang) -> Table {
        let (end, horizon) = (self.options.days, self.options.horizon);
        let mut days = vec![1, 2, 7, 30, 90, 180, 365, end, self.worst_day, horizon];
        days.extend([1, 7, 30, 90].map(|after| end.saturating_add(after)));
        days.retain(|day| *day <= horizon);
        days.sort_unstable();
        days.dedup();
        let largest = self.days.iter().map(|day| self.millions(day.output));
        let scale = Scale::new(
            lang,
            &self.provenance.currency,
            [largest.fold(0.0, f64::max)],
        );
        let money = |v: f64| Cell::Number(scale.money(self.millions(v)));
        let struck = !self.options.struck.is_empty();
        let rows = days.into_iter().filter_map(|at| {
            let day = self.days.get(at as usize - 1)?;
            let mut cells = vec![Cell::from(at.to_string()), money(day.output)];
            if struck {
                cells.extend([money(day.own), money(day.output - day.own)]);
            }
            cells.push(money(day.value_added));
            let undelivered = self.has_stocks().then(|| money(day.undelivered));
            cells.extend(undelivered);
            Some(Row::new(cells))
        });
        let rows = rows.collect();
        let output = scale.column("output", lang.pick("Output lost", "생산 감소"));
        let mut columns = vec![
            Column::text("day", lang.pick("Day", "일")),
            output.sum_of(["own", "others"]).with_bar(),
        ];
        if struck {
            columns.push(scale.column("own", lang.pick("what is struck", "충격 부문")));
            columns.push(scale.column("others", lang.pick("all others", "타 부문")));
        }
        let value_added = lang.pick("Value added lost", "부가가치 감소");
        columns.push(scale.column("value_added", value_added));
        let undelivered = || scale.column("undelivered", lang.pick("Not delivered", "미공급"));
        columns.extend(self.has_stocks().then(undelivered));
        Table { columns, rows }
    }

    fn by_loss(&self, scale: Scale, top: usize) -> Table {
        let lang = scale.lang();
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
            scale
                .column("output", lang.pick("Output lost", "생산 감소"))
                .with_bar(),
            scale.column(
                "value_added",
                lang.pick("Value added lost", "부가가치 감소"),
            ),
        ];
        let undelivered = || scale.column("undelivered", lang.pick("Not delivered", "미공급"));
        columns.extend(self.has_stocks().then(undelivered));
        let accounts = self.accounts.iter();
        columns.extend(
            accounts.map(|(account, lost)| account_column(account, lost.iter().sum(), lang)),
        );
        let rank = lang.pick("Rank by inoperability", "불능도 순위");
        columns.push(Column::number("rank_by_inoperability", rank, "", 0));
        let order = by_size(self.sectors.len(), |s| self.output[s]);
        let all = lang.pick("All sectors", "전 부문 합계");
        let rows = ranked_rows(&self.sectors, &order, top, all, lang, |of| {
            let sum = |values: &[f64]| of.iter().map(|s| values[*s]).sum::<f64>();
            let money = |values: &[f64]| Cell::Number(scale.money(self.millions(sum(values))));
            let mut cells = vec![money(&self.output), money(&self.value_added)];
            cells.extend(self.has_stocks().then(|| money(&self.undelivered)));
            let accounts = self.accounts.iter();
            cells.extend(accounts.map(|(_, values)| Cell::Number(sum(values))));
            cells.push(match of {
                [one] => Cell::Number(self.rank_by_inoperability[*one] as f64),
                _ => Cell::Empty,
            });
            cells
        });
        Table { columns, rows }
    }

    fn by_inoperability(&self, scale: Scale, top: usize) -> Table {
        let lang = scale.lang();
        let percent = |id: &str, title: &str| Column::number(id, title, "%", 3);
        let columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
            percent("peak", lang.pick("At most", "최대 불능도")).with_bar(),
            percent("settled", lang.pick("If it never ends", "무기한 지속 시")),
            scale.column("output", lang.pick("Output lost", "생산 감소")),
            Column::number(
                "rank_by_loss",
                lang.pick("Rank by loss", "손실 순위"),
                "",
                0,
            ),
        ];
        let mut order: Vec<usize> = (0..self.sectors.len()).collect();
        order.sort_by_key(|s| self.rank_by_inoperability[*s]);
        let rows = order.into_iter().take(top).map(|s| {
            Row::new(vec![
                Cell::from(self.sectors[s].code.as_str()),
                Cell::from(self.sectors[s].name.get(lang)),
                Cell::Number(100.0 * self.peak[s]),
                Cell::Number(100.0 * self.settled[s]),
                Cell::Number(scale.money(self.millions(self.output[s]))),
                Cell::Number(self.rank_by_loss[s] as f64),
            ])
        });
        let rows = rows.collect();
        Table { columns, rows }
    }

    fn notes(&self, lang: Lang) -> Vec<String> {
        let (recovery, left) = (
            number(self.options.recovery, 0),
            number(100.0 * self.options.left, 1),
        );
        let side = match self.options.side {
            InoperabilitySide::Demand => lang.pick(
                "Demand side: who makes less orders less of its suppliers; its buyers are not held back.",
                "수요 측: 생산이 줄면 공급 부문에 대한 주문이 줄며, 수요 부문은 제약받지 않음.",
            ),
            InoperabilitySide::Supply => lang.pick(
                "Supply side: buyers lack what is not delivered in the share that it has in their costs; their other \
                 inputs make up for the rest. Suppliers lose nothing.",
                "공급 측: 수요 부문은 공급되지 않은 투입의 비용 비중만큼 생산이 줄고 나머지 투입은 그대로 생산에 쓰인다고 봄. \
                 공급 부문의 감소는 고려하지 않음.",
            ),
        };
        let mut notes = vec![
            lang.pick(
                "Dynamic inoperability input-output model (DIIM): each day a sector makes up a fixed share of what lies \
                 between its own inoperability and what that of the others makes of it.",
                "동태적 불능도 투입산출모형(DIIM): 각 부문은 매일 자체 불능도와 타 부문에 따른 불능도의 차이를 일정 비율만큼 조정함.",
            )
            .to_owned(),
            side.to_owned(),
            lang.pick(
                format!(
                    "By itself a sector is back to {left} % of its inoperability in {recovery} days after the outage, \
                     where nothing else is given for it. The same pace draws it in."
                ),
                format!(
                    "따로 지정하지 않은 부문은 차질 종료 후 {recovery}일이면 스스로 불능도의 {left}% 수준까지 회복하며, 파급도 같은 \
                     속도로 진행됨."
                ),
            ),
            lang.pick(
                "Stocks of finished goods, where given, are delivered first and not made good. No price moves and nothing \
                 is made up for later.",
                "완제품 재고는 지정한 경우 먼저 공급에 쓰이며 다시 채워지지 않음. 가격 변화와 사후 만회 생산은 고려하지 않음.",
            )
            .to_owned(),
            self.provenance.attribution.get(lang).to_owned(),
        ];
        notes.extend(split_in_short([&self.provenance.split_error], lang));
        notes
    }
}
