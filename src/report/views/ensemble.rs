//! How sure the figures of an impact are.

use super::{By, View, labour_unit};
use crate::impact::Impact;
use crate::lang::Lang;
use crate::report::document::Section;
use crate::report::{Block, Cell, Column, Row, Scale, Table, Unit};
use crate::scenario::{Entry, PhaseKind, Sharing};
use crate::uncertainty::ensemble::{Driver, Ensemble, FigureSpread, Spread, YearSpread};

/// Of fewer draws no nine in ten can be told.
pub(super) const FEWEST_FOR_A_BAND: usize = 20;

impl Ensemble {
    /// The ensemble as sections of its impact's document: each kind of phase apart, then the years
    /// where they are asked for, then the figures of the scenario.
    pub fn sections(&self, impact: &Impact, view: &View) -> Vec<Section> {
        let lang = view.lang;
        let scale = impact.scale(lang);
        let mut sections = Vec::new();
        for kind in PhaseKind::BOTH {
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
                let title = lang.pick(
                    "What drives the spread of value added (Type I)",
                    "부가가치(1형) 변동 요인",
                );
                sections.push(Section {
                    id: format!("drivers_{id}"),
                    title: format!("{title} · {of}"),
                    blocks: vec![
                        Block::Table(drivers_table(
                            &drivers,
                            impact.receipt.household_share.is_some(),
                            &impact.receipt.currency,
                            scale,
                        )),
                        Block::Text(
                            lang.pick(
                                "Rank correlation with value added (Type I) over the draws (Spearman); value added \
                                 with this figure alone at its 5th and 95th percentile, all others as written.",
                                "순위상관: 추출값과 부가가치(1형)의 스피어만 상관계수. 부가가치: 해당 수치만 5·95 \
                                 백분위수로 두고 나머지는 시나리오 값으로 둔 결과.",
                            )
                            .to_owned(),
                        ),
                    ],
                });
            }
            sections.extend(self.sobol_section(kind, of, lang));
        }
        if view.by == By::Year && !self.years.is_empty() {
            sections.push(Section {
                id: "uncertainty_years".to_owned(),
                title: lang
                    .pick("How sure · year by year", "불확실성 · 연도별")
                    .to_owned(),
                blocks: self.years_blocks(impact.receipt.household_share.is_some(), scale),
            });
        }
        let closed = impact.receipt.household_share.is_some();
        let others = self.figures.iter().filter(|f| f.kind.is_none());
        let others: Vec<&FigureSpread> = others
            .filter(|f| closed || f.id != "value_added_discounted_type1")
            .collect();
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

    fn band(&self, closed: bool, lang: Lang) -> String {
        let drawn = how_drawn(
            (self.draws, self.seed),
            self.coefficient_spread,
            self.coefficient_sharing,
            self.split_error,
            lang,
        );
        let stages = match closed {
            true => lang.pick(
                " Type II is with what households spend of their income.",
                " 2형은 소득유발 포함.",
            ),
            false => "",
        };
        // Of a handful of draws no share can be told.
        let band = match self.draws < FEWEST_FOR_A_BAND {
            true => lang.pick(
                "Too few draws for a band: read the columns as what happened to be drawn.",
                "추출 횟수가 적어 구간으로 볼 수 없음: 각 열은 추출된 값일 뿐임.",
            ),
            false => lang.pick(
                "Nine in ten draws lie between 5 % and 95 %.",
                "추출값의 90%가 5%와 95% 사이에 있음.",
            ),
        };
        format!("{drawn}. {band}{stages}")
    }

    /// What the estimated split of the table does to value added, in a sentence.
    pub(super) fn split_in_short(&self, lang: Lang) -> Option<String> {
        let of_split = self.drivers.iter();
        let of_split = of_split.filter(|d| d.key == Entry::SplitError.key());
        let said: Vec<String> = of_split
            .filter_map(|driver| {
                let written = self.figure(Some(driver.kind), "value_added_type1")?;
                let [a, b] = driver.value_added_type1;
                let percent = 50.0 * (b - a).abs() / written.spread.as_written.abs();
                percent.is_finite().then(|| match driver.kind {
                    PhaseKind::OneOff => lang.pick(
                        format!("±{percent:.1} % in all"),
                        format!("일회성 ±{percent:.1}%"),
                    ),
                    PhaseKind::Recurring => lang.pick(
                        format!("±{percent:.1} % a year"),
                        format!("연간 ±{percent:.1}%"),
                    ),
                })
            })
            .collect();
        let moves = said.join(", ");
        (!said.is_empty()).then(|| {
            lang.pick(
                format!(
                    "Drawn alone, it moves value added (Type I) by {moves} in nine draws of ten."
                ),
                format!("이 오차만 추출하면 부가가치(1형)의 90%는 {moves} 안에 있음."),
            )
        })
    }

    fn sectors_table(&self, impact: &Impact, kind: PhaseKind, view: &View) -> Table {
        let lang = view.lang;
        let scale = impact.scale(lang);
        let title = match impact.receipt.household_share {
            Some(_) => lang.pick(
                "Output of the sectors that gain most (Type II)",
                "생산유발 상위 부문(2형)",
            ),
            None => lang.pick("Output of the sectors that gain most", "생산유발 상위 부문"),
        };
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", title),
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

    /// Every year: Type I, and with households where they add to it.
    fn years_blocks(&self, closed: bool, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let type1 = |y: &YearSpread| {
            [
                y.output_type1,
                y.value_added_type1,
                y.job_years_type1,
                y.jobs_type1,
            ]
        };
        let title = lang.pick("Year (Type I)", "연도(1형)");
        let mut blocks = vec![Block::Table(self.years_table(title, type1, scale))];
        if closed {
            let all = |y: &YearSpread| [y.output, y.value_added, y.job_years, y.jobs];
            let title = lang.pick("With households (Type II)", "소득유발 포함(2형)");
            blocks.push(Block::Table(self.years_table(title, all, scale)));
        }
        blocks
    }

    /// Output, value added, job-years and jobs of every year.
    fn years_table(
        &self,
        title: &str,
        of: impl Fn(&YearSpread) -> [Spread; 4],
        scale: Scale,
    ) -> Table {
        let lang = scale.lang();
        let mut columns = vec![Column::text("year", title)];
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
                for (spread, money) in of(year).into_iter().zip([true, true, false, false]) {
                    let shown = |v: f64| Cell::Number(if money { scale.money(v) } else { v });
                    cells.extend([spread.median, spread.p5, spread.p95].map(shown));
                }
                Row::new(cells)
            })
            .collect();
        Table { columns, rows }
    }
}

/// How often it was drawn, and what: "400 draws, seed 3, coefficients with a spread of 0.1, ...".
pub(super) fn how_drawn(
    (draws, seed): (usize, u64),
    spread: Option<f64>,
    sharing: Option<Sharing>,
    split_error: Option<f64>,
    lang: Lang,
) -> String {
    let count = crate::units::number(draws as f64, 0);
    let coefficients = match spread.filter(|s| *s > 0.0) {
        Some(spread) => {
            let sharing = sharing.unwrap_or_default().title();
            lang.pick(
                format!(", coefficients with a spread of {spread}, {}", sharing.en),
                format!(", 계수 변동 {spread}({})", sharing.ko),
            )
        }
        None => String::new(),
    };
    let split = match split_error {
        Some(share) => lang.pick(
            format!(", import shares off by {share:.4} on average"),
            format!(", 수입 비중 오차 평균 {share:.4}"),
        ),
        None => String::new(),
    };
    lang.pick(
        format!("{count} draws, seed {seed}{coefficients}{split}"),
        format!("{count}회 추출, 시드 {seed}{coefficients}{split}"),
    )
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
            let mut cells = vec![figure.title.text().get(lang).into()];
            cells.extend(numbers.map(|v| {
                if figure.money {
                    return scale.measure(v);
                }
                let decimals = if figure.kind.is_some() {
                    0
                } else {
                    decimals(largest)
                };
                let name = figure.unit.text().get(lang).to_owned();
                Cell::Measure(v, Unit { name, decimals })
            }));
            Row::new(cells)
        })
        .collect();
    Table { columns, rows }
}

fn drivers_table(drivers: &[&Driver], closed: bool, currency: &str, scale: Scale) -> Table {
    let lang = scale.lang();
    let money = |id: &str, title: &str| scale.column(id, title);
    let mut columns = vec![
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
    if closed {
        columns.push(money("swing_type2", lang.pick("Type II", "변동폭(2형)")));
    }
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
            let swing = |[low, high]: [f64; 2]| Cell::Number(scale.money((high - low).abs()));
            let mut cells = vec![
                d.label.text().get(lang).into(),
                d.rank_correlation.into(),
                shown(low),
                shown(high),
                scale.money(d.value_added_type1[0]).into(),
                scale.money(d.value_added_type1[1]).into(),
                swing(d.value_added_type1),
            ];
            if closed {
                cells.push(swing(d.value_added));
            }
            Row::new(cells)
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
