//! The page of a sector.

mod further;
mod parts;

use super::effects::ranked_rows;
use super::inducement::item_title;
use super::linkages::figure_title;
use super::multipliers::{rests_on, title as multiplier_title};
use super::provenance::{account_title, sector_columns, split_in_short};
use super::sheet::unit_of;
use crate::analysis::sector::{PRICE_RISE, Rank, Total, Trade};
use crate::analysis::sheet::FigureUnit;
use crate::analysis::{MultiplierType, SectorStudy};
use crate::impact::ranking::by_size;
use crate::lang::Lang;
use crate::report::document::Unit;
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table};
use crate::table::{Account, FinalDemandRole};

impl SectorStudy {
    /// The page as a document, the `top` largest of each list.
    ///
    /// ```
    /// use leontief::{AnyTable, Lang, analysis::SectorStudy};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let study = SectorStudy::of(&table, table.sectors().find("전력")?)?;
    /// assert_eq!(study.document(Lang::En, 5).sections[0].id, "size");
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn document(&self, lang: Lang, top: usize) -> Document {
        Page {
            study: self,
            lang,
            top,
            scale: self.scale(lang),
        }
        .document()
    }

    fn scale(&self, lang: Lang) -> Scale<'_> {
        let sizes = self.totals.iter().filter(|t| t.measure == "output");
        let millions = sizes.map(|t| t.value * self.provenance.unit / 1e6);
        Scale::new(lang, &self.provenance.currency, millions)
    }
}

struct Page<'a> {
    study: &'a SectorStudy,
    lang: Lang,
    top: usize,
    scale: Scale<'a>,
}

impl Page<'_> {
    fn document(&self) -> Document {
        let (study, lang) = (self.study, self.lang);
        let of = &study.sectors[study.sector];
        let title = of.title(lang);
        let mut doc = Document::new(title, study.provenance.line(lang));
        let parts = [
            self.measured(),
            self.traded(),
            self.linked(),
            self.without_it(),
        ];
        for part in parts.into_iter().flatten() {
            let mut blocks = vec![Block::Table(part.table)];
            blocks.extend(part.said.map(Block::Text));
            blocks.extend(self.more(part.more).map(Block::Text));
            doc.section(part.id, lang.pick(part.title.0, part.title.1), blocks);
        }
        doc.section("notes", "", vec![Block::Notes(self.notes())]);
        doc
    }

    fn millions(&self, units: f64) -> f64 {
        units * self.study.provenance.unit / 1e6
    }

    fn money(&self, units: f64) -> Cell {
        Cell::Number(self.scale.money(self.millions(units)))
    }

    fn account(&self, id: &str) -> Option<&Account> {
        self.study.accounts.iter().find(|a| a.id == id)
    }

    fn size(&self) -> Table {
        let lang = self.lang;
        let share = |t: &Total| match t.all == 0.0 {
            true => Cell::Empty,
            false => Cell::Number(t.value / t.all * 100.0),
        };
        let row = |t: &Total| {
            let (name, value) = match self.account(&t.measure) {
                Some(account) => (
                    account.title.get(lang).to_owned(),
                    Cell::Measure(
                        t.value,
                        Unit {
                            name: account.unit.get(lang).to_owned(),
                            decimals: 0,
                        },
                    ),
                ),
                None => (
                    total_title(&t.measure, lang).to_owned(),
                    self.scale.measure(self.millions(t.value)),
                ),
            };
            Row::new(vec![name.into(), value, share(t)])
        };
        Table {
            columns: vec![
                Column::text("measure", ""),
                Column::number("value", lang.pick("Sector", "해당 부문"), "", 0),
                Column::number("share", lang.pick("Of all", "전체 대비"), "%", 1),
            ],
            rows: self.study.totals.iter().map(row).collect(),
        }
    }

    fn multipliers(&self) -> Table {
        self.ranked(&self.study.ranks, |id| self.of_measure(id))
    }

    /// Figures of the sector beside the mean, with its place; `named` says how one is called and counted.
    fn ranked(&self, ranks: &[Rank], named: impl Fn(&str) -> (String, String, u8)) -> Table {
        let lang = self.lang;
        let known = ranks.iter().any(|rank| rank.among.is_some());
        let rows = ranks.iter().map(|rank| {
            let (name, unit, decimals) = named(&rank.measure);
            let unit = Unit {
                name: unit,
                decimals,
            };
            let mut cells = vec![name.into(), Cell::Measure(rank.value, unit.clone())];
            if let Some(place) = rank.among {
                let (rank, of) = (place.rank, place.of);
                cells.push(Cell::Measure(place.mean, unit));
                cells.push(
                    lang.pick(format!("{rank} of {of}"), format!("{rank}위/{of}"))
                        .into(),
                );
            }
            Row::new(cells)
        });
        let mut columns = vec![
            Column::text("measure", ""),
            Column::number("value", lang.pick("Sector", "해당 부문"), "", 4),
        ];
        if known {
            let mean = lang.pick("Mean of sectors", "부문 평균");
            columns.push(Column::number("mean", mean, "", 4));
            columns.push(Column::text("rank", lang.pick("Rank", "순위")));
        }
        Table {
            columns,
            rows: rows.collect(),
        }
    }

    fn linkages(&self) -> Table {
        self.ranked(&self.study.linkages, |id| {
            let unit = match id {
                "backward_index" | "forward_index" => FigureUnit::Index,
                "backward_rounds" | "forward_rounds" => FigureUnit::Rounds,
                _ => FigureUnit::Ratio,
            };
            let (unit, decimals) = unit_of(&unit, &self.study.provenance, self.lang);
            (figure_title(id, self.lang).to_owned(), unit, decimals)
        })
    }

    /// Shares of what the economy has of each measure.
    fn extraction(&self) -> Table {
        let shares: Vec<Rank> = self.study.extraction.iter().map(times_100).collect();
        self.ranked(&shares, |id| {
            let lang = self.lang;
            let name = match (self.account(id), id) {
                (Some(account), _) => account.title.get(lang),
                (None, "imports") => lang.pick("Imported inputs", "수입 중간재"),
                (None, _) => total_title(id, lang),
            };
            (
                name.to_owned(),
                lang.pick("% of all", "전체의 %").to_owned(),
                2,
            )
        })
    }

    /// How a column of multipliers is called and counted, and its decimals.
    fn of_measure(&self, measure: &str) -> (String, String, u8) {
        let (lang, provenance) = (self.lang, &self.study.provenance);
        match (self.account(measure), measure) {
            (Some(account), _) => (
                account_title(account, lang),
                provenance.per_billion(account, lang),
                2,
            ),
            (None, "influence" | "sensitivity") => (
                multiplier_title(measure, lang).to_owned(),
                lang.pick("mean = 1", "평균 = 1").to_owned(),
                4,
            ),
            (None, _) => (
                multiplier_title(measure, lang).to_owned(),
                provenance.ratio_unit(lang),
                4,
            ),
        }
    }

    /// Domestic, imported and both.
    fn trade(&self, trade: Trade) -> [Cell; 3] {
        [trade.domestic, trade.imported, trade.total()].map(|units| self.money(units))
    }

    fn trade_columns(&self) -> Vec<Column> {
        let mut columns = sector_columns(self.lang);
        let scale = self.scale;
        columns.extend([
            scale.column("domestic", self.lang.pick("Domestic", "국산")),
            scale.column("imported", self.lang.pick("Imported", "수입")),
            scale
                .column("total", self.lang.pick("Total", "합계"))
                .with_bar(),
        ]);
        columns
    }

    /// The largest trades by sector, the rest, and all of them.
    fn trades(&self, trades: &[Trade], all: &str) -> Vec<Row> {
        let order = by_size(trades.len(), |s| trades[s].total());
        ranked_rows(
            &self.study.sectors,
            &order,
            self.top,
            all,
            self.lang,
            |of| {
                let sum = Trade {
                    domestic: of.iter().map(|s| trades[*s].domestic).sum(),
                    imported: of.iter().map(|s| trades[*s].imported).sum(),
                };
                self.trade(sum).into()
            },
        )
    }

    fn buys(&self) -> Table {
        let all = self.lang.pick("Intermediate inputs", "중간투입 계");
        Table {
            columns: self.trade_columns(),
            rows: self.trades(&self.study.buys, all),
        }
    }

    fn sells(&self) -> Table {
        let all = self.lang.pick("Intermediate demand", "중간수요 계");
        let mut rows = self.trades(&self.study.sells, all);
        let mut last = Trade::default();
        for trade in self
            .study
            .sells
            .iter()
            .chain(self.study.final_demand.iter().map(|(_, t)| t))
        {
            last.domestic += trade.domestic;
            last.imported += trade.imported;
        }
        for (role, trade) in &self.study.final_demand {
            let mut cells = vec!["".into(), item_title(Some(*role), self.lang).into()];
            cells.extend(self.trade(*trade));
            rows.push(Row::new(cells));
        }
        let mut cells = vec!["".into(), self.lang.pick("All demand", "총수요").into()];
        cells.extend(self.trade(last));
        rows.push(Row::running_total(cells));
        Table {
            columns: self.trade_columns(),
            rows,
        }
    }

    fn others(&self) -> Table {
        let (study, lang) = (self.study, self.lang);
        let others = &study.others;
        let per_unit = study.provenance.ratio_unit(lang);
        let mut columns = sector_columns(lang);
        let mut values: Vec<&[f64]> = Vec::new();
        for (id, of) in others.money() {
            let title = match id {
                "output" => lang.pick("Output", "생산"),
                "value_added" => lang.pick("Value added", "부가가치"),
                "imports" => lang.pick("Imports", "수입"),
                "income" => lang.pick("Labour income", "임금"),
                _ => lang.pick("Production taxes", "생산세"),
            };
            columns.push(Column::number(id, title, &per_unit, 4));
            values.push(of);
        }
        for (account, of) in study.accounts.iter().zip(&others.accounts) {
            let title = match account.id.as_str() {
                "jobs" => lang.pick("Jobs", "취업"),
                "employees" => lang.pick("Employees", "고용"),
                _ => account.title.get(lang),
            };
            let unit = study.provenance.per_billion(account, lang);
            columns.push(Column::number(&account.id, title, &unit, 2));
            values.push(of);
        }
        let rows = self.by_others(&others.output, &values);
        Table { columns, rows }
    }

    /// The others by the size of `by`: the largest, the rest, and all.
    fn by_others(&self, by: &[f64], values: &[&[f64]]) -> Vec<Row> {
        let (study, lang) = (self.study, self.lang);
        let mut order = by_size(by.len(), |s| by[s]);
        order.retain(|s| *s != study.sector);
        let all = lang.pick("All other sectors", "타 부문 합계");
        ranked_rows(&study.sectors, &order, self.top, all, lang, |of| {
            let sums = values
                .iter()
                .map(|values| of.iter().map(|s| values[*s]).sum::<f64>());
            sums.map(Cell::Number).collect()
        })
    }

    fn shortage(&self) -> Table {
        let lang = self.lang;
        let per_unit = self.study.provenance.ratio_unit(lang);
        let mut columns = sector_columns(lang);
        columns.extend([
            Column::number(
                "output",
                lang.pick("Output lost", "생산 감소"),
                &per_unit,
                4,
            ),
            Column::number(
                "value_added",
                lang.pick("Value added lost", "부가가치 감소"),
                &per_unit,
                4,
            ),
        ]);
        let rows = self.study.shortage.as_ref().map_or_else(Vec::new, |lost| {
            self.by_others(&lost.output, &[&lost.output, &lost.value_added])
        });
        Table { columns, rows }
    }

    fn price(&self) -> Table {
        let (study, lang) = (self.study, self.lang);
        let price = &study.price;
        let percent = |change: f64| Cell::Number(change * 100.0);
        let mut columns = sector_columns(lang);
        columns.push(Column::number(
            "change",
            lang.pick("Price", "가격 변동"),
            "%",
            3,
        ));
        let mut order = by_size(price.prices.len(), |s| price.prices[s]);
        order.retain(|s| *s != study.sector);
        order.truncate(self.top);
        let mut rows: Vec<Row> = order
            .iter()
            .map(|s| {
                let of = &study.sectors[*s];
                let name = of.name.get(lang);
                Row::new(vec![
                    of.code.as_str().into(),
                    name.into(),
                    percent(price.prices[*s]),
                ])
            })
            .collect();
        let household = price
            .baskets
            .iter()
            .find(|(role, _)| *role == FinalDemandRole::Household);
        let sums = [
            (
                price.through_others,
                lang.pick(
                    "Through other sectors, of all output",
                    "타 부문(전체 산출액 가중)",
                ),
            ),
            (price.output, lang.pick("All output", "전 부문 산출")),
            (
                household.map(|(_, change)| *change),
                lang.pick("What households buy", "민간소비"),
            ),
        ];
        for (change, name) in sums {
            if let Some(change) = change {
                let mut row = Row::new(vec!["".into(), name.into(), percent(change)]);
                row.strong = true;
                rows.push(row);
            }
        }
        Table { columns, rows }
    }

    fn years(&self) -> Table {
        let (study, lang) = (self.study, self.lang);
        let mut columns = vec![
            Column::text("year", lang.pick("Year", "연도")),
            Column::text("table", lang.pick("Table", "산업연관표")),
        ];
        for id in ["output", "value_added", "imports"] {
            let (name, unit, decimals) = self.of_measure(id);
            columns.push(Column::number(id, &name, &unit, decimals));
        }
        for account in &study.accounts {
            let (name, unit, decimals) = self.of_measure(&account.id);
            columns.push(Column::number(&account.id, &name, &unit, decimals));
        }
        for id in ["influence", "sensitivity"] {
            let (name, unit, decimals) = self.of_measure(id);
            columns.push(Column::number(id, &name, &unit, decimals));
        }
        let rows = study.years.iter().map(|year| {
            let of = &year.multipliers;
            let mut cells = vec![
                Cell::from(year.provenance.year.to_string()),
                Cell::from(year.provenance.table.as_str()),
                of.output.into(),
                of.value_added.into(),
                of.imports.into(),
            ];
            for account in &study.accounts {
                let at = year.accounts.iter().position(|a| a.id == account.id);
                cells.push(at.map_or(Cell::Empty, |at| of.accounts[at].into()));
            }
            cells.extend([of.influence.into(), of.sensitivity.into()]);
            Row::new(cells)
        });
        Table {
            rows: rows.collect(),
            columns,
        }
    }

    fn notes(&self) -> Vec<String> {
        let (study, lang) = (self.study, self.lang);
        let rise = PRICE_RISE * 100.0;
        let mut notes = vec![
            lang.pick(
                "Multipliers: Type I of the domestic inverse (I - Ad)^-1, as BOK's inducement coefficients; indices \
                 have mean 1, ranks count from the largest."
                    .to_owned(),
                "유발계수는 국산거래표 기준 (I - Ad)^-1(비경쟁수입형)이며, 영향력·감응도계수의 평균은 1, 순위는 큰 순임."
                    .to_owned(),
            ),
            lang.pick(
                "Exogenous sector: (I - Ad_rr)^-1 ad_rk, its own row and column taken out; per unit of its output, not \
                 of demand for it, and without the sector itself."
                    .to_owned(),
                "외생화: 해당 부문의 행과 열을 제외한 (I - Ad_rr)^-1 ad_rk. 최종수요가 아닌 산출 1단위 기준이며 해당 부문 \
                 자체는 제외함."
                    .to_owned(),
            ),
            lang.pick(
                format!("Shortage: supply-driven (Ghosh) model, nothing imported or taken from stocks, inputs replacing \
                 each other by value. Price: cost-push model, a rise of {rise:.0} % passed on in full."),
                format!("공급지장: 공급유도형(고쉬) 모형으로 수입·재고 사용이 없고 투입끼리 금액 기준으로 대체된다고 봄. 물가파급: 가격 {rise:.0}% \
                 상승이 전액 전가된다고 본 가격모형."),
            ),
        ];
        notes.extend(self.said_besides());
        let columns: Vec<(String, Vec<&str>)> = study
            .ranks
            .iter()
            .map(|rank| {
                let (name, ..) = self.of_measure(&rank.measure);
                (name, rests_on(&rank.measure, MultiplierType::Type1))
            })
            .collect();
        notes.extend(study.provenance.estimates(lang, &columns));
        notes.extend(split_in_short([&study.provenance.split_error], lang));
        notes.push(study.provenance.attribution.get(lang).to_owned());
        notes
    }
}

fn total_title(measure: &str, lang: Lang) -> &str {
    match measure {
        "output" => lang.pick("Output", "총산출"),
        "value_added" => lang.pick("Value added", "부가가치"),
        "income" => lang.pick("Compensation of employees", "피용자보수"),
        "exports" => lang.pick("Exports", "수출"),
        "imports" => lang.pick("Imports of its product", "수입(동종 생산물)"),
        other => other,
    }
}

/// Shares in per cent.
fn times_100(rank: &Rank) -> Rank {
    Rank {
        value: 100.0 * rank.value,
        among: rank.among.map(|mut place| {
            place.mean *= 100.0;
            place
        }),
        ..rank.clone()
    }
}
