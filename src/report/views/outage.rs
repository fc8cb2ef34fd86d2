//! What an outage takes, from day to day.

use super::effects::{labour_unit, ranked_rows};
use super::provenance::split_in_short;
use crate::analysis::outage::{OutageDay, Rationing, YardstickModel};
use crate::analysis::{Outage, Provenance};
use crate::impact::ranking::by_size;
use crate::lang::Lang;
use crate::report::chart::{BLUE, Chart, Frame, GREEN, Lines, ORANGE, Series, VERMILION, Width};
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table};
use crate::scenario::PhaseKind;
use crate::table::{Account, counts_persons};
use crate::units::number;

/// Output that is lost from day to day, in per cent of a usual day of all sectors.
pub(super) struct DayChart<'a> {
    pub(super) id: &'a str,
    pub(super) title: String,
    pub(super) description: &'a str,
    /// The first is that of all sectors.
    pub(super) lines: Vec<Series>,
    /// A day with what happens on it.
    pub(super) mark: (u32, &'a str),
    pub(super) provenance: &'a Provenance,
}

/// A line of it.
pub(super) fn line(name: &str, color: &'static str, values: Vec<f64>) -> Series {
    Series {
        name: name.to_owned(),
        color,
        values,
    }
}

impl DayChart<'_> {
    /// As an SVG picture, by itself or for a page.
    pub(super) fn draw(self, lang: Lang, standalone: bool) -> String {
        let all = self.lines.first().into_iter().flat_map(|all| &all.values);
        let most = all.map(|v| v.abs()).fold(0.0, f64::max);
        let (day, what) = self.mark;
        let chart = Lines {
            series: self.lines,
            marks: vec![(day, what.to_owned())],
            axis: lang.pick("day", "일").to_owned(),
            decimals: if most < 1.0 { 3 } else { 1 },
        };
        let unit = lang.pick(
            "output lost, % of a usual day of all sectors",
            "생산 감소, 평상시 전 부문 하루 산출 대비 %",
        );
        let (table, source) = (
            self.provenance.line(lang),
            self.provenance.attribution.get(lang),
        );
        chart.draw(&Frame {
            id: self.id.to_owned(),
            lang,
            title: self.title,
            description: self.description.to_owned(),
            unit: unit.to_owned(),
            source: format!("{table} · {source}"),
            width: Width::Wide,
            standalone,
        })
    }
}

impl Outage {
    /// What is lost, beside what other models make of it; by day, and by the `top` sectors that lose most.
    pub fn document(&self, lang: Lang, top: usize) -> Document {
        let millions = |v: f64| v * self.provenance.unit / 1e6;
        let value_added: f64 = self.value_added.iter().sum();
        let scale = Scale::new(
            lang,
            &self.provenance.currency,
            [self.output_lost(), value_added].map(millions),
        );
        let mut doc = Document::new(self.title(lang), self.provenance.line(lang));
        doc.section("lost", "", vec![Block::Text(self.said(scale))]);
        doc.section(
            "yardsticks",
            lang.pick(
                "Beside static models of the same loss of capacity",
                "정태 모형과의 비교(같은 생산능력 상실 기준)",
            ),
            vec![Block::Table(self.beside(scale))],
        );
        doc.section(
            "days",
            lang.pick("From day to day", "일별 경과"),
            vec![
                Block::Table(self.milestones(scale)),
                Block::Chart(self.chart(lang, false)),
            ],
        );
        doc.section(
            "sectors",
            lang.pick("Who loses", "부문별 감소"),
            vec![Block::Table(self.by_sector(scale, top))],
        );
        doc.section("notes", "", vec![Block::Notes(self.remarks(lang))]);
        doc
    }

    /// Output lost by day as an SVG picture, by itself or for a page.
    pub fn chart(&self, lang: Lang, standalone: bool) -> String {
        let share = |of: fn(&OutageDay) -> f64| -> Vec<f64> {
            let days = self.days.iter();
            days.map(|day| 100.0 * of(day) / self.usual_output)
                .collect()
        };
        let lines = vec![
            line(
                lang.pick("All sectors", "전 부문"),
                VERMILION,
                share(OutageDay::output),
            ),
            line(
                lang.pick("Its own", "해당 부문"),
                BLUE,
                share(|day| day.own),
            ),
            line(
                lang.pick("Less ordered (upstream)", "주문 감소(후방)"),
                GREEN,
                share(|day| day.upstream),
            ),
            line(
                lang.pick("Inputs missing (downstream)", "투입 부족(전방)"),
                ORANGE,
                share(|day| day.downstream),
            ),
        ];
        let back = self.options.days + self.options.recovery;
        let chart = DayChart {
            id: "outage",
            title: self.title(lang),
            description: lang.pick(
                "Output lost on each day: all sectors, the sector's own, what others lose as less is ordered and as \
                 inputs are missing. Below 0 is made up for.",
                "일별 생산 감소: 전 부문, 해당 부문, 주문 감소(후방)와 투입 부족(전방)에 따른 타 부문. 0 아래는 만회분.",
            ),
            lines,
            mark: (back, lang.pick("capacity is back", "생산능력 복구")),
            provenance: &self.provenance,
        };
        chart.draw(lang, standalone)
    }

    fn title(&self, lang: Lang) -> String {
        let name = self.sectors[self.sector].title(lang);
        let options = &self.options;
        let out = 100.0 * options.loss;
        let (out, days) = (number(out, u8::from(out.fract() != 0.0)), options.days);
        let unit = if days == 1 { "day" } else { "days" };
        lang.pick(
            format!("Outage: {out} % of {name} for {days} {unit}"),
            format!("생산차질: {name} {out}%, {days}일"),
        )
    }

    fn said(&self, scale: Scale) -> String {
        let lang = scale.lang();
        let words = |v: f64| scale.in_words(v * self.provenance.unit / 1e6);
        let (all, own) = (self.output_lost(), self.output[self.sector]);
        let value_added: f64 = self.value_added.iter().sum();
        let unmet: f64 = self.unmet.iter().sum();
        let worst = self.days.get(self.worst_day as usize - 1);
        let worst = worst.map_or(0.0, |day| 100.0 * day.output() / self.usual_output);
        let (all, own, value_added, unmet) =
            (words(all), words(own), words(value_added), words(unmet));
        let capacity = words(self.capacity_lost);
        let (horizon, day) = (self.options.horizon, self.worst_day);
        let worst = number(worst, 2);
        let back = recovered(self.recovered, lang);
        lang.pick(
            format!(
                "Capacity for {capacity} is out. Over {horizon} days {all} of output are lost, {own} of it its own, with \
                 {value_added} of value added; {unmet} of final demand are not met. Worst is day {day}: {worst} % of all \
                 output. {back}"
            ),
            format!(
                "{capacity} 규모의 생산능력이 상실됨. {horizon}일간 생산 {all}(해당 부문 {own}), 부가가치 {value_added} \
                 감소, 미충족 최종수요 {unmet}. 가장 큰 날은 {day}일째로 전체 산출의 {worst}%. {back}"
            ),
        )
    }

    fn beside(&self, scale: Scale) -> Table {
        let lang = scale.lang();
        let money = |v: f64| Cell::Number(scale.money(v * self.provenance.unit / 1e6));
        let all = self.output_lost();
        let row = |name: &str, output: f64, own: f64| {
            let over_own = match own > 0.0 {
                true => Cell::Number(output / own),
                false => Cell::Empty,
            };
            let per_unit = Cell::Number(output / self.capacity_lost);
            Row::new(vec![Cell::from(name), money(output), per_unit, over_own])
        };
        let mut rows: Vec<Row> = self
            .yardsticks
            .iter()
            .map(|of| row(yardstick(of.model, lang), of.output, self.capacity_lost))
            .collect();
        let name = match self.options.rationing {
            Rationing::FinalLast => lang.pick(
                "Day by day, final demand last",
                "일별 동태(최종수요 후순위)",
            ),
            Rationing::ProducersFirst => {
                lang.pick("Day by day, producers first", "일별 동태(생산자 우선)")
            }
            Rationing::Proportional => {
                lang.pick("Day by day, in proportion", "일별 동태(비례 배분)")
            }
        };
        let mut own = row(name, all, self.output[self.sector]);
        own.strong = true;
        rows.push(own);
        let ratio = scale.ratio_unit();
        Table {
            columns: vec![
                Column::text("model", lang.pick("Model", "모형")),
                scale.column("output", lang.pick("Output lost", "생산 감소")),
                Column::number(
                    "per_unit",
                    lang.pick("Per unit of capacity lost", "상실 생산능력 1단위당"),
                    &ratio,
                    2,
                ),
                Column::number(
                    "over_own",
                    lang.pick("Over its own loss", "해당 부문 감소 대비"),
                    &ratio,
                    2,
                ),
            ],
            rows,
        }
    }

    /// Some days, and all of them together.
    fn milestones(&self, scale: Scale) -> Table {
        let lang = scale.lang();
        let options = &self.options;
        let end = options.days + options.recovery;
        let mut days = vec![1, 2, 7, 30, options.days, end, end + 1, end + 7, end + 30];
        days.extend([end + 90, 180, 365, self.worst_day, options.horizon]);
        days.retain(|day| *day <= options.horizon);
        days.sort_unstable();
        days.dedup();
        let largest = self.days.iter().map(|day| day.output().abs());
        let largest = largest.fold(0.0, f64::max) * self.provenance.unit / 1e6;
        let daily = Scale::new(lang, &self.provenance.currency, [largest]);
        let money = |v: f64| Cell::Number(daily.money(v * self.provenance.unit / 1e6));
        let rows = days.into_iter().filter_map(|at| {
            let day = self.days.get(at as usize - 1)?;
            Some(Row::new(vec![
                Cell::from(at.to_string()),
                money(day.output()),
                money(day.own),
                money(day.upstream),
                money(day.downstream),
                money(day.value_added),
                money(day.unmet),
            ]))
        });
        let rows = rows.collect();
        let output = daily.column("output", lang.pick("Output lost", "생산 감소"));
        Table {
            columns: vec![
                Column::text("day", lang.pick("Day", "일")),
                output.sum_of(["own", "upstream", "downstream"]).with_bar(),
                daily.column("own", lang.pick("its own", "해당 부문")),
                daily.column("upstream", lang.pick("upstream", "후방(주문 감소)")),
                daily.column("downstream", lang.pick("downstream", "전방(투입 부족)")),
                daily.column(
                    "value_added",
                    lang.pick("Value added lost", "부가가치 감소"),
                ),
                daily.column(
                    "unmet",
                    lang.pick("Final demand not met", "미충족 최종수요"),
                ),
            ],
            rows,
        }
    }

    fn by_sector(&self, scale: Scale, top: usize) -> Table {
        let lang = scale.lang();
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
            scale
                .column("output", lang.pick("Output lost", "생산 감소"))
                .with_bar(),
            scale.column("upstream", lang.pick("upstream", "후방(주문 감소)")),
            scale.column("downstream", lang.pick("downstream", "전방(투입 부족)")),
            scale.column(
                "value_added",
                lang.pick("Value added lost", "부가가치 감소"),
            ),
        ];
        columns.push(scale.column(
            "unmet",
            lang.pick("Final demand not met", "미충족 최종수요"),
        ));
        let accounts = self.accounts.iter();
        columns.extend(
            accounts.map(|(account, lost)| account_column(account, lost.iter().sum(), lang)),
        );
        let order = by_size(self.sectors.len(), |s| self.output[s]);
        let all = lang.pick("All sectors", "전 부문 합계");
        let rows = ranked_rows(&self.sectors, &order, top, all, lang, |of| {
            let sum = |values: &[f64]| of.iter().map(|s| values[*s]).sum::<f64>();
            let money = |values: &[f64]| {
                Cell::Number(scale.money(sum(values) * self.provenance.unit / 1e6))
            };
            let mut cells = vec![
                money(&self.output),
                money(&self.upstream),
                money(&self.downstream),
                money(&self.value_added),
                money(&self.unmet),
            ];
            let accounts = self.accounts.iter();
            cells.extend(accounts.map(|(_, values)| Cell::Number(sum(values))));
            cells
        });
        Table { columns, rows }
    }

    fn remarks(&self, lang: Lang) -> Vec<String> {
        let notes = self.notes.iter();
        let mut said: Vec<String> = notes.map(|note| note.text().get(lang).to_owned()).collect();
        said.push(self.assumed(lang));
        said.push(
            lang.pick(
                "Upstream: less is ordered of them; downstream: inputs are missing. What is made above usual output \
                 later makes up for losses and is taken off them; final demand that is not met stays unmet. Imported \
                 inputs are always there, and nothing is substituted.",
                "후방: 주문이 줄어 생기는 감소, 전방: 투입이 부족하여 생기는 감소. 이후 평상시를 넘는 생산은 만회분으로 \
                 감소에서 뺌. 미충족 최종수요는 나중에 충족되지 않음. 수입 투입은 항상 확보되며 대체는 없다고 봄.",
            )
            .to_owned(),
        );
        said.push(self.provenance.attribution.get(lang).to_owned());
        said.extend(split_in_short([&self.provenance.split_error], lang));
        said
    }

    /// The rules of the economy that goes on.
    fn assumed(&self, lang: Lang) -> String {
        let options = &self.options;
        let rule = rule(options.rationing, lang);
        let days = |days: f64| number(days, if days.fract() == 0.0 { 0 } else { 1 });
        let (stock, buffer) = (days(options.stock.max(2.0)), days(options.buffer.max(2.0)));
        let critical = number(100.0 * options.critical, 0);
        let restocking = days(options.restocking);
        let (most, tau) = (
            number(100.0 * (options.overcapacity - 1.0), 0),
            days(options.overcapacity_days),
        );
        let named = options.stocks.len();
        let named = match (named, lang) {
            (0, _) => String::new(),
            (1, Lang::En) => ", one product as given".to_owned(),
            (_, Lang::En) => format!(", {named} products as given"),
            (_, Lang::Ko) => format!("(직접 지정 {named}개 생산물 제외)"),
        };
        lang.pick(
            format!(
                "ARIO model (Hallegatte 2008, 2014), a step a day. {rule} Users hold {stock} days of products that are \
                 stocked and can do without others (services, electricity) for {buffer}{named}; they make less below \
                 {critical} % of a stock, or where less than a day of another is left; stocks are made good over \
                 {restocking} days or as many as they last. Capacity grows by up to {most} % where demand is not met \
                 (over {tau} days)."
            ),
            format!(
                "ARIO 모형(Hallegatte 2008, 2014), 하루 단위. {rule} 재고를 두는 생산물은 수요처가 {stock}일분을 보유하고, \
                 그 밖(서비스·전력 등)은 {buffer}일을 버틸 수 있다고 봄{named}. 재고가 그 {critical}% 아래로 줄거나 그 밖의 \
                 생산물이 하루 사용분에 못 미치면 생산이 감소함. 재고는 {restocking}일(재고일수가 더 짧으면 그 기간)에 \
                 걸쳐 보충함. 수요가 미충족되면 생산능력이 최대 {most}%까지({tau}일에 걸쳐) 늘어남."
            ),
        )
    }
}

fn rule(rationing: Rationing, lang: Lang) -> &'static str {
    match rationing {
        Rationing::FinalLast => lang.pick(
            "What is short goes to producers first, for use and stocks, in proportion among them; final demand comes last.",
            "부족분은 생산자의 사용과 재고 보충에 먼저 비례 배분하고 나머지를 최종수요에 배분함.",
        ),
        Rationing::ProducersFirst => lang.pick(
            "What is short goes to what producers use first, then to final demand, then to their stocks.",
            "부족분은 생산자의 사용, 최종수요, 재고 보충의 순서로 배분함.",
        ),
        Rationing::Proportional => lang.pick(
            "What is short is shared in proportion by use, stocks and final demand (BoARIO).",
            "부족분은 생산자의 사용·재고 보충과 최종수요에 비례 배분함(BoARIO 방식).",
        ),
    }
}

pub(super) fn yardstick(model: YardstickModel, lang: Lang) -> &'static str {
    match model {
        YardstickModel::Own => lang.pick("Its own loss alone", "해당 부문 감소만"),
        YardstickModel::Mixed => lang.pick(
            "Mixed model: suppliers lose, final demand goes without",
            "혼합모형(공급 부문 파급, 최종수요가 흡수)",
        ),
        YardstickModel::SupplyDriven => lang.pick(
            "Supply-driven (Ghosh): users sell less by what is missing",
            "공급유도형(고쉬) 모형(수요 부문 파급)",
        ),
        YardstickModel::InProportion => lang.pick(
            "Every user makes less in proportion",
            "모든 수요 부문의 비례 감산",
        ),
    }
}

/// From which day on hardly anything is lost, or that there is none.
pub(super) fn recovered(day: Option<u32>, lang: Lang) -> String {
    match (day, lang) {
        (Some(day), Lang::En) => format!("From day {day} less than a hundredth of that."),
        (Some(day), Lang::Ko) => format!("{day}일째부터는 그 100분의 1 미만."),
        (None, Lang::En) => "It has not recovered by then.".to_owned(),
        (None, Lang::Ko) => "그때까지 회복되지 않음.".to_owned(),
    }
}

pub(super) fn account_column(account: &Account, sum: f64, lang: Lang) -> Column {
    let name = match account.id.as_str() {
        "jobs" => lang.pick("Jobs", "취업"),
        _ => account.title.get(lang),
    };
    let unit = match counts_persons(&account.id) {
        true => labour_unit(PhaseKind::OneOff, lang),
        false => account.unit.get(lang),
    };
    let decimals = if sum.abs() < 100.0 { 2 } else { 0 };
    Column::number(&account.id, name, unit, decimals)
}
