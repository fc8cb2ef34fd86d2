//! How an ensemble is shown.

use super::ensemble::{Driver, Ensemble, FigureSpread, Spread};
use crate::impact::Impact;
use crate::impact::document::{By, View, labour_unit};
use crate::lang::Lang;
use crate::report::document::Section;
use crate::report::{Block, Cell, Column, Row, Scale, Table, Unit};
use crate::scenario::PhaseKind;

impl Ensemble {
    /// The ensemble as sections of its impact's document: each kind of phase apart, then the years
    /// where they are asked for, then the figures of the scenario.
    pub fn sections(&self, impact: &Impact, view: &View) -> Vec<Section> {
        let lang = view.lang;
        let scale = impact.scale(lang);
        let mut sections = Vec::new();
        for kind in [PhaseKind::OneOff, PhaseKind::Recurring] {
            let figures: Vec<&FigureSpread> = self
                .figures
                .iter()
                .filter(|f| f.kind == Some(kind))
                .filter(|f| impact.receipt.household_share.is_some() || !f.id.ends_with("_type1"))
                .collect();
            if figures.is_empty() {
                continue;
            }
            let (id, of) = match kind {
                PhaseKind::OneOff => (
                    "one_off",
                    lang.pick("one-off phases, in all", "일회성 단계 합계"),
                ),
                PhaseKind::Recurring => ("recurring", lang.pick("a full year", "연간")),
            };
            let how_sure = lang.pick("How sure", "불확실성");
            let mut blocks = vec![
                Block::Text(self.band(impact.receipt.household_share.is_some(), lang)),
                Block::Table(figures_table(&figures, scale)),
            ];
            if view.by == By::Sector {
                blocks.push(Block::Table(self.sectors_table(impact, kind, view)));
            }
            sections.push(Section {
                id: format!("uncertainty_{id}"),
                title: format!("{how_sure} · {of}"),
                blocks,
            });
            let drivers: Vec<&Driver> = self.drivers.iter().filter(|d| d.kind == kind).collect();
            if !drivers.is_empty() {
                let title = lang.pick("What drives the spread", "변동 요인");
                sections.push(Section {
                    id: format!("drivers_{id}"),
                    title: format!("{title} · {of}"),
                    blocks: vec![
                        Block::Table(drivers_table(&drivers, &impact.receipt.currency, scale)),
                        Block::Text(
                            lang.pick(
                                "Rank correlation with value added over the draws (Spearman); value added with \
                                 this figure alone at its 5th and 95th percentile, all others as written.",
                                "순위상관: 추출값과 부가가치의 스피어만 상관계수. 부가가치: 해당 수치만 5·95 백분위수로 \
                                 두고 나머지는 시나리오 값으로 둔 결과.",
                            )
                            .to_owned(),
                        ),
                    ],
                });
            }
        }
        if view.by == By::Year && !self.years.is_empty() {
            sections.push(Section {
                id: "uncertainty_years".to_owned(),
                title: lang
                    .pick("How sure · year by year", "불확실성 · 연도별")
                    .to_owned(),
                blocks: vec![Block::Table(self.years_table(scale))],
            });
        }
        let others: Vec<&FigureSpread> = self.figures.iter().filter(|f| f.kind.is_none()).collect();
        if !others.is_empty() {
            sections.push(Section {
                id: "uncertainty_indicators".to_owned(),
                title: lang
                    .pick(
                        "How sure · figures of the scenario",
                        "불확실성 · 시나리오 지표",
                    )
                    .to_owned(),
                blocks: vec![Block::Table(figures_table(&others, scale))],
            });
        }
        sections
    }

    fn band(&self, induced: bool, lang: Lang) -> String {
        let count = crate::report::document::number(self.draws as f64, 0);
        let seed = self.seed;
        let coefficients = match self.coefficient_spread.filter(|s| *s > 0.0) {
            Some(spread) => {
                let sharing = self.coefficient_sharing.unwrap_or_default().title();
                lang.pick(
                    format!(", coefficients with a spread of {spread}, {}", sharing.en),
                    format!(", 계수 변동 {spread}({})", sharing.ko),
                )
            }
            None => String::new(),
        };
        let stages = match induced {
            true => lang.pick(
                " Figures are Type II unless marked.",
                " 별도 표시가 없으면 2형(소득유발 포함).",
            ),
            false => "",
        };
        lang.pick(
            format!(
                "{count} draws, seed {seed}{coefficients}. Nine in ten draws lie between 5 % and 95 %.{stages}"
            ),
            format!(
                "{count}회 추출, 시드 {seed}{coefficients}. 추출값의 90%가 5%와 95% 사이에 있음.{stages}"
            ),
        )
    }

    fn sectors_table(&self, impact: &Impact, kind: PhaseKind, view: &View) -> Table {
        let lang = view.lang;
        let scale = impact.scale(lang);
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text(
                "sector",
                lang.pick("Output of the sectors that gain most", "생산유발 상위 부문"),
            ),
        ];
        columns.extend(spread_columns(
            lang,
            &scale.money_unit(),
            scale.money_decimals(),
        ));
        let rows = self
            .sectors
            .iter()
            .filter(|s| s.kind == kind)
            .take(view.top.unwrap_or(10))
            .map(|s| {
                let name = &impact.sectors[s.sector];
                let mut cells = vec![name.code.as_str().into(), name.name.get(lang).into()];
                cells.extend(values(&s.output).map(|v| Cell::Number(scale.money(v))));
                Row::new(cells)
            })
            .collect();
        Table { columns, rows }
    }

    fn years_table(&self, scale: Scale) -> Table {
        let lang = scale.lang();
        let mut columns = vec![Column::text("year", lang.pick("Year", "연도"))];
        let measures = [
            (
                "output",
                lang.pick("Output", "생산"),
                scale.money_unit(),
                scale.money_decimals(),
            ),
            (
                "value_added",
                lang.pick("Value added", "부가가치"),
                scale.money_unit(),
                scale.money_decimals(),
            ),
            (
                "job_years",
                lang.pick("One-off", "일회성"),
                labour_unit(PhaseKind::OneOff, lang).to_owned(),
                0,
            ),
            (
                "jobs",
                lang.pick("Recurring", "반복"),
                labour_unit(PhaseKind::Recurring, lang).to_owned(),
                0,
            ),
        ];
        for (id, title, unit, decimals) in measures {
            for (part, name) in [
                ("median", lang.pick("median", "중앙값")),
                ("p5", "5 %"),
                ("p95", "95 %"),
            ] {
                let column = Column::number(
                    &format!("{id}_{part}"),
                    &format!("{title}: {name}"),
                    &unit,
                    decimals,
                );
                columns.push(column);
            }
        }
        let rows = self
            .years
            .iter()
            .map(|year| {
                let mut cells = vec![Cell::Text(year.year.to_string())];
                for (spread, money) in [
                    (&year.output, true),
                    (&year.value_added, true),
                    (&year.job_years, false),
                    (&year.jobs, false),
                ] {
                    let shown = |v: f64| Cell::Number(if money { scale.money(v) } else { v });
                    cells.extend([spread.median, spread.p5, spread.p95].map(shown));
                }
                Row::new(cells)
            })
            .collect();
        Table { columns, rows }
    }
}

/// As written, median, 5 %, 95 %, mean, standard error.
fn values(spread: &Spread) -> [f64; 6] {
    let s = spread;
    [
        s.as_written,
        s.median,
        s.p5,
        s.p95,
        s.mean,
        s.standard_error,
    ]
}

fn spread_columns(lang: Lang, unit: &str, decimals: u8) -> Vec<Column> {
    [
        ("as_written", lang.pick("As written", "기준값")),
        ("median", lang.pick("Median", "중앙값")),
        ("p5", "5 %"),
        ("p95", "95 %"),
        ("mean", lang.pick("Mean", "평균")),
        (
            "standard_error",
            lang.pick("s.e. of mean", "평균의 표준오차"),
        ),
    ]
    .map(|(id, title)| Column::number(id, title, unit, decimals))
    .into()
}

fn figures_table(figures: &[&FigureSpread], scale: Scale) -> Table {
    let lang = scale.lang();
    let mut columns = vec![Column::text("figure", lang.pick("Figure", "지표"))];
    columns.extend(spread_columns(lang, "", 0));
    let rows = figures
        .iter()
        .map(|figure| {
            let numbers = values(&figure.spread);
            let largest = numbers[..5]
                .iter()
                .fold(0.0, |most: f64, v| most.max(v.abs()));
            let mut cells = vec![figure.title.get(lang).into()];
            cells.extend(numbers.map(|v| {
                if figure.money {
                    return scale.measure(v);
                }
                let decimals = if figure.kind.is_some() {
                    0
                } else {
                    decimals(largest)
                };
                let name = figure.unit.get(lang).to_owned();
                Cell::Measure(v, Unit { name, decimals })
            }));
            Row::new(cells)
        })
        .collect();
    Table { columns, rows }
}

fn drivers_table(drivers: &[&Driver], currency: &str, scale: Scale) -> Table {
    let lang = scale.lang();
    let money = |id: &str, title: &str| scale.column(id, title);
    let columns = vec![
        Column::text("figure", lang.pick("Uncertain figure", "불확실한 수치")),
        Column::number(
            "rank_correlation",
            lang.pick("Rank correlation", "순위상관"),
            "",
            2,
        ),
        Column::number("low", "5 %", "", 0),
        Column::number("high", "95 %", "", 0),
        money(
            "value_added_low",
            lang.pick("Value added at 5 %", "부가가치(5%)"),
        ),
        money("value_added_high", lang.pick("at 95 %", "부가가치(95%)")),
        money("swing", lang.pick("Swing", "변동폭")).with_bar(),
    ];
    let rows = drivers
        .iter()
        .map(|d| {
            let [low, high] = d.written_range();
            let largest = low.abs().max(high.abs());
            // The figure's own size decides, not that of what follows: a price is no investment.
            let own = Scale::new(lang, currency, [largest / 1e6]);
            let shown = |v: f64| {
                if d.money {
                    return own.measure(v / 1e6);
                }
                let unit = Unit {
                    name: String::new(),
                    decimals: decimals(largest),
                };
                Cell::Measure(v, unit)
            };
            Row::new(vec![
                d.label.get(lang).into(),
                d.rank_correlation.into(),
                shown(low),
                shown(high),
                scale.money(d.value_added[0]).into(),
                scale.money(d.value_added[1]).into(),
                scale
                    .money((d.value_added[1] - d.value_added[0]).abs())
                    .into(),
            ])
        })
        .collect();
    Table { columns, rows }
}

/// Decimals that show about four digits of a figure of this size.
fn decimals(largest: f64) -> u8 {
    match largest {
        v if v >= 1000.0 => 0,
        v if v >= 10.0 => 1,
        0.0 => 0,
        _ => 3,
    }
}
