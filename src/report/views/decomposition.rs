//! Why a measure changed between two tables.

use super::provenance::split_in_short;
use crate::analysis::Decomposition;
use crate::analysis::decomposition::{Average, Factor, PathChanges, Prices};
use crate::impact::ranking::by_size;
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table};
use crate::units::number;

impl Decomposition {
    /// Factors in all, then the `top` sectors that changed most, and paths.
    pub fn document(&self, lang: Lang, top: usize) -> Document {
        let (from, to) = (self.from.year, self.to.year);
        let name = self.name(lang);
        let prices = match self.prices {
            Prices::Current => lang.pick("current prices".to_owned(), "경상가격".to_owned()),
            Prices::Constant => {
                lang.pick(format!("prices of {from}"), format!("{from}년 불변가격"))
            }
        };
        let title = lang.pick(
            format!("{name} {from} to {to}, {prices}: why it changed"),
            format!("{name} 변화의 요인분해({from}~{to}년, {prices})"),
        );
        let mut doc = Document::new(
            title,
            format!("{} – {}", self.from.line(lang), self.to.line(lang)),
        );
        let (before, after): (f64, f64) = (self.before.iter().sum(), self.after.iter().sum());
        let scale = Scale::new(
            lang,
            &self.from.currency,
            [self.millions(before), self.millions(after)],
        );
        doc.section(
            "factors",
            lang.pick("What each factor did", "요인별 기여"),
            vec![Block::Table(self.factors(before, after, scale))],
        );
        doc.section(
            "sectors",
            lang.pick("By sector", "부문별"),
            vec![Block::Table(self.by_sector(top, scale))],
        );
        if let Some(paths) = self.paths.as_ref().filter(|of| !of.paths.is_empty()) {
            doc.section(
                "paths",
                lang.pick(
                    "Chains of suppliers that changed most",
                    "변화가 큰 공급 경로",
                ),
                vec![Block::Table(self.path_table(paths, scale))],
            );
        }
        doc.section("notes", "", vec![Block::Notes(self.notes(lang))]);
        doc
    }

    fn name(&self, lang: Lang) -> &str {
        match (self.measure.as_str(), &self.account) {
            ("output", _) => lang.pick("Output", "총산출"),
            ("value_added", _) => lang.pick("Value added", "부가가치"),
            ("imports", _) => lang.pick("Imports", "수입"),
            ("jobs", _) => lang.pick("Jobs", "취업자"),
            (_, Some(account)) => account.title.get(lang),
            (other, None) => other,
        }
    }

    fn millions(&self, value: f64) -> f64 {
        match self.account {
            None => value * self.from.unit / 1e6,
            Some(_) => value,
        }
    }

    fn figure(&self, value: f64, scale: Scale) -> Cell {
        Cell::Number(match self.account {
            None => scale.money(self.millions(value)),
            Some(_) => value,
        })
    }

    fn column(&self, id: &str, title: &str, scale: Scale) -> Column {
        match &self.account {
            None => scale.column(id, title),
            Some(account) => Column::number(id, title, account.unit.get(scale.lang()), 0),
        }
    }

    fn factors(&self, before: f64, after: f64, scale: Scale) -> Table {
        let lang = scale.lang();
        let columns = vec![
            Column::text("factor", lang.pick("Factor", "요인")),
            self.column("change", lang.pick("Change", "기여"), scale),
            Column::number(
                "share",
                &lang.pick(
                    format!("Of {}", self.from.year),
                    format!("{}년 대비", self.from.year),
                ),
                "%",
                2,
            ),
            Column::number("ratio", lang.pick("Multiplied by", "배율"), "", 4),
        ];
        let row = |name: &str, change: f64, ratio: Option<f64>| {
            vec![
                name.into(),
                self.figure(change, scale),
                (100.0 * change / before).into(),
                ratio.map_or(Cell::Empty, Cell::Number),
            ]
        };
        let mut rows: Vec<Row> = (self.parts.iter())
            .map(|part| Row::new(row(factor(part.factor, lang), part.sum, part.ratio)))
            .collect();
        let all = lang.pick("Change in all", "전체 변화");
        let ratio = self.parts.iter().all(|part| part.ratio.is_some());
        rows.push(Row::total(row(
            all,
            after - before,
            ratio.then_some(after / before),
        )));
        Table { columns, rows }
    }

    fn by_sector(&self, top: usize, scale: Scale) -> Table {
        let lang = scale.lang();
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
            self.column("change", lang.pick("Change", "변화"), scale),
        ];
        columns.extend(
            (self.parts.iter())
                .map(|part| self.column(part.factor.id(), factor(part.factor, lang), scale)),
        );
        let order = by_size(self.sectors.len(), |s| self.after[s] - self.before[s]);
        let rows = order.iter().take(top).map(|&s| {
            let sector = &self.sectors[s];
            let mut cells = vec![
                Cell::from(sector.code.as_str()),
                sector.name.get(lang).into(),
                self.figure(self.after[s] - self.before[s], scale),
            ];
            let parts = self.parts.iter();
            cells.extend(parts.map(|part| self.figure(part.by_sector[s], scale)));
            Row::new(cells)
        });
        let rows = rows.collect();
        Table { columns, rows }
    }

    fn path_table(&self, paths: &PathChanges, scale: Scale) -> Table {
        let lang = scale.lang();
        let mut columns = vec![
            Column::text(
                "path",
                lang.pick(
                    "Chain, from the product demanded",
                    "경로(최종수요 품목부터)",
                ),
            ),
            self.column("change", lang.pick("Change", "변화"), scale),
            self.column(
                "inputs",
                lang.pick("Inputs along it", "경로 투입계수"),
                scale,
            ),
            self.column("final_demand", lang.pick("Final demand", "최종수요"), scale),
        ];
        let intensity = self.has_intensity();
        if intensity {
            let title = factor(Factor::Intensity, lang);
            columns.insert(2, self.column("intensity", title, scale));
        }
        let rows = paths.paths.iter().map(|path| {
            let names = path.sectors.iter().map(|s| self.sectors[*s].title(lang));
            let mut cells = vec![
                names.collect::<Vec<_>>().join(" ← ").into(),
                self.figure(path.after - path.before, scale),
                self.figure(path.inputs, scale),
                self.figure(path.final_demand, scale),
            ];
            if intensity {
                cells.insert(2, self.figure(path.intensity, scale));
            }
            Row::new(cells)
        });
        let rows = rows.collect();
        Table { columns, rows }
    }

    /// Whether it is of something per output: output itself and imports are not.
    fn has_intensity(&self) -> bool {
        let mut parts = self.parts.iter();
        parts.any(|part| part.factor == Factor::Intensity)
    }

    fn notes(&self, lang: Lang) -> Vec<String> {
        let mut notes = vec![match self.average {
            Average::Shapley => lang.pick(
                "The mean over all orders in which the factors can change (Shapley): parts add up to the change and \
                 ratios multiply to its ratio, with no residual.",
                "모든 요인 변화 순서의 평균(샤플리 값): 기여의 합은 전체 변화와, 배율의 곱은 전체 배율과 일치하며 잔차가 없음.",
            ),
            Average::Polar => lang.pick(
                "The mean of one order of the factors and its reverse (polar): parts add up to the change and ratios \
                 multiply to its ratio, with no residual.",
                "요인 순서와 그 역순의 평균(극점 분해): 기여의 합은 전체 변화와, 배율의 곱은 전체 배율과 일치하며 잔차가 없음.",
            ),
        }
        .to_owned()];
        let prices = match self.prices {
            Prices::Current if !self.has_intensity() => lang.pick(
                "At current prices the level of final demand holds the rise of prices.",
                "경상가격이므로 최종수요 규모의 변화에 물가 상승이 포함됨.",
            ),
            Prices::Current => lang.pick(
                "At current prices the level of final demand holds the rise of prices, and so does the fall of jobs or \
                 tonnes per output.",
                "경상가격이므로 최종수요 수준과 산출액당 취업·배출의 감소에 물가 상승이 포함됨.",
            ),
            Prices::Constant => lang.pick(
                "At constant prices imported products are divided by the price of the domestic ones, as the tables have no \
                 prices of imports, and value added is what is left (double deflation): where imports grew dearer than \
                 products made at home, value added is too low.",
                "불변가격에서는 수입 가격 자료가 없어 수입품도 국산품 디플레이터로 환산하고, 부가가치는 산출과 투입의 차로 \
                 구함(이중 디플레이션). 수입품 가격이 국산품보다 더 오른 부문의 부가가치는 과소평가됨.",
            ),
        };
        notes.push(prices.to_owned());
        let shares = self.paths.as_ref().and_then(|paths| {
            let [covered, valued] = [paths.covered?, paths.valued?].map(|v| number(100.0 * v, 1));
            Some((paths, covered, valued))
        });
        if let Some((paths, covered, valued)) = shares {
            let depth = paths.depth;
            notes.push(lang.pick(
                format!("Chains of suppliers, steps at most: {depth}. Those listed make up {covered} % of the change, all that were valued {valued} %."),
                format!("{depth}단계까지의 경로: 표시한 경로가 전체 변화의 {covered}%, 평가한 모든 경로가 {valued}%를 설명함."),
            ));
        }
        let errors = [&self.from.split_error, &self.to.split_error];
        notes.extend(split_in_short(errors, lang));
        notes.push(self.to.attribution.get(lang).to_owned());
        notes
    }
}

fn factor(of: Factor, lang: Lang) -> &'static str {
    match of {
        Factor::Intensity => lang.pick("Per output", "산출액당 계수"),
        Factor::Technology => lang.pick("Technology", "투입기술"),
        Factor::InputSources => lang.pick("Domestic share of inputs", "투입 국산화"),
        Factor::FinalSources => lang.pick("Domestic share of final demand", "최종수요 국산화"),
        Factor::Mix => lang.pick("Products in final demand", "최종수요 품목 구성"),
        Factor::Categories => lang.pick("Categories of final demand", "최종수요 항목 구성"),
        Factor::Level => lang.pick("Level of final demand", "최종수요 규모"),
    }
}
