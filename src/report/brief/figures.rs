//! The pictures of a report: results turned into charts, each with the table of its figures.

use super::{Brief, kind_id, kinds};
use crate::impact::ranking::{Direction, by_size, ranked};
use crate::impact::regional::RegionalImpact;
use crate::impact::{Effects, Stages};
use crate::lang::Lang;
use crate::report::chart::{
    BLUE, Bar, Bars, COLORS, Chart, Columns, Fan, Frame, GREY, Heatmap, Link, Node, ORANGE, Panel,
    SKY, Sankey, Series, SideBySide, Step, StepKind, Swing, Tile, TileMap, Tornado, Waterfall,
    Width,
};
use crate::report::document::number;
use crate::report::views::labour_unit;
use crate::report::{Cell, Column, Row, Scale, Table};
use crate::scenario::PhaseKind;
use crate::table::embedded;
use crate::uncertainty::ensemble::{Driver, Spread};

/// A chart with what belongs to it.
pub struct Figure {
    /// A stable name: "waterfall", with "_one_off" or "_recurring" where there is one of each.
    pub id: String,
    /// The chapter it belongs to: "money", "jobs", "supply", "time", "certainty", "place", "compare".
    pub chapter: &'static str,
    /// The title.
    pub title: String,
    /// What it shows and how to read it.
    pub description: String,
    /// The units.
    pub unit: String,
    /// Table, year and source.
    pub source: String,
    /// The figures behind it.
    pub table: Table,
    lang: Lang,
    chart: Box<dyn Chart>,
}

impl Figure {
    /// The chart as an SVG element; standalone with title, unit and source in it.
    pub fn svg(&self, width: Width, standalone: bool) -> String {
        let suffix = match width {
            Width::Wide => "wide",
            Width::Narrow => "narrow",
        };
        self.chart.draw(&Frame {
            id: format!("{}-{suffix}", self.id.replace('_', "-")),
            lang: self.lang,
            title: self.title.clone(),
            description: format!("{} ({})", self.description, self.unit),
            unit: self.unit.clone(),
            source: self.source.clone(),
            width,
            standalone,
        })
    }
}

/// All pictures that a result has, in the order of reading.
pub fn figures(brief: &Brief, lang: Lang) -> Vec<Figure> {
    let brief = &brief.settled(lang);
    let maker = Maker {
        brief,
        lang,
        scale: brief.impact.scale(lang),
        both: kinds(&brief.impact).count() > 1,
    };
    let mut all = Vec::new();
    let of_kinds = |make: &dyn Fn(PhaseKind, &Effects) -> Option<Figure>| -> Vec<Figure> {
        kinds(&brief.impact)
            .filter_map(|(kind, effects)| make(kind, effects))
            .collect()
    };
    all.extend(of_kinds(&|kind, e| Some(maker.waterfall(kind, e))));
    all.extend(of_kinds(&|kind, e| maker.jobs(kind, e)));
    all.extend(of_kinds(&|kind, e| Some(maker.sectors(kind, e))));
    all.extend(maker.heatmap());
    all.extend(of_kinds(&|kind, _| maker.tiers(kind)));
    all.extend(of_kinds(&|kind, _| maker.sankey(kind)));
    all.extend(maker.years_output());
    all.extend(maker.years_jobs());
    all.extend(maker.fan());
    all.extend(of_kinds(&|kind, _| maker.tornado(kind)));
    all.extend(maker.map());
    all.extend(maker.beside());
    all
}

struct Maker<'a> {
    brief: &'a Brief,
    lang: Lang,
    scale: Scale<'a>,
    both: bool,
}

/// Bars with names of their own.
const BARS: usize = 15;
/// Sectors with colours of their own in the tiers.
const COLOURED: usize = 5;
/// Rows of the heat map.
const WARM: usize = 12;
/// Swings of the tornado.
const SWINGS: usize = 12;

impl Maker<'_> {
    fn source(&self) -> String {
        let r = &self.brief.impact.receipt;
        format!(
            "{} · {} · {}",
            r.attribution.get(self.lang),
            r.table_heading(self.lang),
            self.brief.impact.prices(self.lang)
        )
    }

    fn id(&self, id: &str, kind: PhaseKind) -> String {
        if self.both {
            format!("{id}_{}", kind_id(kind))
        } else {
            id.to_owned()
        }
    }

    /// The title with the phases it is about.
    fn title(&self, title: &str, kind: PhaseKind) -> String {
        if !self.both {
            return title.to_owned();
        }
        let of = match kind {
            PhaseKind::OneOff => self.lang.pick("one-off phases, in all", "일회성 단계 합계"),
            PhaseKind::Recurring => self
                .lang
                .pick("a full year of operation", "연간(반복 단계)"),
        };
        match self.lang {
            Lang::En => format!("{title}: {of}"),
            Lang::Ko => format!("{title}: {of}"),
        }
    }

    fn money_column(&self, id: &str, title: &str) -> Column {
        self.scale.column(id, title)
    }

    fn stage_names(&self) -> [&'static str; 3] {
        self.lang.pick(
            ["Direct", "Indirect (suppliers)", "Induced (households)"],
            ["직접", "간접(공급망)", "소득유발(가계소비)"],
        )
    }

    fn name(&self, sector: usize) -> String {
        self.brief.impact.sectors[sector]
            .name
            .get(self.lang)
            .to_owned()
    }

    fn waterfall(&self, kind: PhaseKind, e: &Effects) -> Figure {
        let lang = self.lang;
        let s = e.spending;
        let margins: f64 = self
            .brief
            .impact
            .phases
            .iter()
            .filter(|p| p.kind == kind)
            .map(|p| {
                let of = |l: &crate::scenario::Line| {
                    let margins = l.trade.iter().chain(&l.transport);
                    margins.map(|(_, amount)| amount).sum::<f64>()
                };
                p.probability * p.lines.iter().map(of).sum::<f64>()
            })
            .sum();
        let steps = [
            (
                lang.pick("Spent", "지출"),
                s.total.as_millions(),
                StepKind::Sum,
            ),
            (
                lang.pick("Imported at once", "직접 수입"),
                s.imported.as_millions(),
                StepKind::Out,
            ),
            (
                lang.pick("Taxes on products", "생산물세"),
                s.tax.as_millions(),
                StepKind::Out,
            ),
            (
                lang.pick("Capital income (buys nothing)", "자본소득(생산 유발 없음)"),
                s.capital_income.as_millions(),
                StepKind::Out,
            ),
            (
                lang.pick("Demand at home", "국내 수요"),
                s.domestic.as_millions(),
                StepKind::Sum,
            ),
            (
                lang.pick("of it: trade and transport margins", "이 중 상업·운송마진"),
                margins,
                StepKind::OfIt,
            ),
            (
                lang.pick("Imported inputs of suppliers", "공급업체의 수입 중간재"),
                e.imports.sums().type1(),
                StepKind::Out,
            ),
            (
                lang.pick("Value added at home (Type I)", "국내 부가가치(1형)"),
                e.value_added.sums().type1(),
                StepKind::Result,
            ),
        ];
        let steps: Vec<Step> = steps
            .into_iter()
            .filter(|(_, value, kind)| {
                matches!(kind, StepKind::Sum | StepKind::Result) || *value != 0.0
            })
            .map(|(label, value, kind)| Step {
                label: label.to_owned(),
                value: self.scale.money(value),
                kind,
            })
            .collect();
        let table = Table {
            columns: vec![
                Column::text("step", lang.pick("Step", "구분")),
                self.money_column("amount", lang.pick("Amount", "금액"))
                    .with_bar(),
                Column::number("share", lang.pick("Of spending", "지출 대비"), "%", 1),
            ],
            rows: steps
                .iter()
                .map(|s| {
                    let share = if steps[0].value == 0.0 {
                        Cell::Empty
                    } else {
                        Cell::Number(s.value / steps[0].value * 100.0)
                    };
                    Row::new(vec![s.label.clone().into(), s.value.into(), share])
                })
                .collect(),
        };
        Figure {
            id: self.id("waterfall", kind),
            chapter: "money",
            title: self.title(
                lang.pick(
                    "From spending to value added at home",
                    "지출에서 국내 부가가치까지",
                ),
                kind,
            ),
            description: if s.total.as_units() < 0.0 {
                lang.pick(
                    "How much less is spent, how much of that is imports and taxes, and how much value added falls at \
                     home, direct and at suppliers. Percentages are of the fall in spending.",
                    "줄어드는 지출에서 수입·생산물세 감소분을 차례로 빼고 국내 부가가치 감소분(직접+간접)을 나타냄. \
                     괄호는 지출 감소액 대비 비율.",
                )
            } else {
                lang.pick(
                    "What is spent, what leaves as imports and taxes on the way, and what stays as value added, direct \
                     and at suppliers. Percentages are of spending.",
                    "지출액에서 수입과 생산물세로 빠져나가는 금액을 차례로 빼고 국내에 남는 부가가치(직접+간접)를 나타냄. \
                     괄호는 지출 대비 비율.",
                )
            }
            .to_owned(),
            unit: self.scale.money_unit(),
            source: self.source(),
            table,
            lang,
            chart: Box::new(Waterfall {
                steps,
                decimals: self.scale.money_decimals(),
            }),
        }
    }

    /// Bars of the largest sectors and the rest, by stage.
    fn bars(&self, stages: &Stages, factor: f64, column: &Column) -> (Bars, Table) {
        let lang = self.lang;
        let order = ranked(stages);
        let first = &order[..order.len().min(BARS)];
        let rest = &order[first.len()..];
        let rest_name = lang.pick(
            format!("{} other sectors", rest.len()),
            format!("기타 {}개 부문", rest.len()),
        );
        let three = [&stages.direct, &stages.indirect, &stages.induced];
        let used = if stages.sums().induced == 0.0 { 2 } else { 3 };
        let parts: Vec<Series> = three
            .into_iter()
            .zip(self.stage_names())
            .zip([BLUE, SKY, ORANGE])
            .take(used)
            .map(|((values, name), color)| {
                let mut of: Vec<f64> = first.iter().map(|&i| values[i] * factor).collect();
                if !rest.is_empty() {
                    of.push(rest.iter().map(|&i| values[i]).sum::<f64>() * factor);
                }
                Series {
                    name: name.to_owned(),
                    color,
                    values: of,
                }
            })
            .collect();
        let mut rows: Vec<Bar> = first
            .iter()
            .map(|&i| Bar {
                label: self.name(i),
                rest: false,
            })
            .collect();
        if !rest.is_empty() {
            rows.push(Bar {
                label: rest_name,
                rest: true,
            });
        }
        let unit = |id: &str, title: &str| {
            let crate::report::Kind::Number { decimals, .. } = column.kind else {
                return Column::text(id, title);
            };
            Column::number(id, title, &column.unit, decimals).additive()
        };
        let mut columns = vec![
            Column::text("sector", lang.pick("Sector", "부문")),
            unit(
                "type1",
                &lang.pick(
                    format!("{} (Type I)", column.title),
                    format!("{}(1형)", column.title),
                ),
            ),
        ];
        let ids = ["direct", "indirect", "induced"];
        for (part, id) in parts.iter().zip(ids) {
            columns.push(unit(id, &part.name).with_bar());
        }
        let mut table = Table {
            columns,
            rows: Vec::new(),
        };
        for (at, row) in rows.iter().enumerate() {
            let values: Vec<f64> = parts.iter().map(|p| p.values[at]).collect();
            let type1: f64 = values.iter().take(2).sum();
            let mut cells = vec![Cell::from(row.label.clone()), type1.into()];
            cells.extend(values.into_iter().map(Cell::Number));
            table.rows.push(Row::new(cells));
        }
        let sums: Vec<f64> = parts.iter().map(|p| p.values.iter().sum()).collect();
        let mut cells = vec![
            Cell::from(lang.pick("All sectors", "전 부문")),
            sums.iter().take(2).sum::<f64>().into(),
        ];
        cells.extend(sums.into_iter().map(Cell::Number));
        table.rows.push(Row::total(cells));
        let crate::report::Kind::Number { decimals, .. } = column.kind else {
            return (
                Bars {
                    rows,
                    parts,
                    counted: 2,
                    decimals: 0,
                },
                table,
            );
        };
        (
            Bars {
                rows,
                parts,
                counted: 2,
                decimals,
            },
            table,
        )
    }

    /// How bars by sector are read.
    fn bars_description(&self, stages: &Stages, of: &str) -> String {
        let lang = self.lang;
        let direction = Direction::of((0..stages.direct.len()).map(|s| stages.type1(s)));
        let mut text = lang.pick(
            format!(
                "{}: {of}, by stage. Ranked by direct and indirect effects (Type I), which the numbers count.",
                direction.sectors(lang)
            ),
            format!("{}: {of}. 순위와 수치는 직접+간접효과(1형) 기준.", direction.sectors(lang)),
        );
        if stages.sums().induced != 0.0 {
            text.push_str(lang.pick(
                " What household spending adds (induced) is drawn after them.",
                " 가계소비에 따른 소득유발은 막대에 이어서 표시.",
            ));
        }
        if direction != Direction::Rise {
            text.push_str(lang.pick(" Falls are drawn to the left.", " 감소는 왼쪽으로 표시."));
        }
        text.push_str(lang.pick(
            " The other sectors stand together at the bottom.",
            " 나머지 부문은 맨 아래에 합산.",
        ));
        text
    }

    fn jobs(&self, kind: PhaseKind, e: &Effects) -> Option<Figure> {
        let lang = self.lang;
        let unit = labour_unit(kind, lang);
        let column = Column::number("jobs", lang.pick("Jobs", "취업"), unit, 0);
        let jobs = e.account("jobs")?;
        let (bars, table) = self.bars(jobs, 1.0, &column);
        Some(Figure {
            id: self.id("jobs", kind),
            chapter: "jobs",
            title: self.title(lang.pick("Jobs by sector", "부문별 취업유발"), kind),
            description: self.bars_description(
                jobs,
                lang.pick("jobs, full-time equivalents", "취업(전업환산)"),
            ),
            unit: unit.to_owned(),
            source: self.source(),
            table,
            lang,
            chart: Box::new(bars),
        })
    }

    fn sectors(&self, kind: PhaseKind, e: &Effects) -> Figure {
        let lang = self.lang;
        let column = self.money_column("output", lang.pick("Output", "생산"));
        let (bars, table) = self.bars(&e.output, self.scale.money(1.0), &column);
        Figure {
            id: self.id("sectors", kind),
            chapter: "jobs",
            title: self.title(lang.pick("Output by sector", "부문별 생산유발"), kind),
            description: self.bars_description(&e.output, lang.pick("output", "생산")),
            unit: self.scale.money_unit(),
            source: self.source(),
            table,
            lang,
            chart: Box::new(bars),
        }
    }

    fn heatmap(&self) -> Option<Figure> {
        let lang = self.lang;
        let impact = &self.brief.impact;
        if impact.phases.len() < 2 {
            return None;
        }
        let value = |phase: usize, sector: usize| {
            self.scale
                .money(impact.phases[phase].effects.value_added.type1(sector))
        };
        let phases = 0..impact.phases.len();
        // The largest in their share of some phase come first: no phase hides another.
        let sectors = || 0..impact.sectors.len();
        let totals: Vec<f64> = phases
            .clone()
            .map(|p| sectors().map(|s| value(p, s).abs()).sum::<f64>())
            .map(|total| total.max(f64::MIN_POSITIVE))
            .collect();
        let weight = |s: usize| -> f64 {
            let shares = phases.clone().map(|p| value(p, s).abs() / totals[p]);
            shares.sum()
        };
        let mut first = by_size(impact.sectors.len(), weight);
        first.truncate(WARM);
        let rows: Vec<String> = first.iter().map(|&s| self.name(s)).collect();
        let columns: Vec<String> = impact
            .phases
            .iter()
            .map(|p| {
                let name = p.name.get(lang);
                match p.kind {
                    PhaseKind::OneOff => {
                        lang.pick(format!("{name} (in all)"), format!("{name} (합계)"))
                    }
                    PhaseKind::Recurring => {
                        lang.pick(format!("{name} (a year)"), format!("{name} (연간)"))
                    }
                }
            })
            .collect();
        let values: Vec<Vec<f64>> = first
            .iter()
            .map(|&s| phases.clone().map(|p| value(p, s)).collect())
            .collect();
        let mut table = Table {
            columns: vec![Column::text("sector", lang.pick("Sector", "부문"))],
            rows: Vec::new(),
        };
        for (at, name) in columns.iter().enumerate() {
            table
                .columns
                .push(self.money_column(&format!("phase_{}", at + 1), name));
        }
        for (name, row) in rows.iter().zip(&values) {
            let mut cells = vec![Cell::from(name.clone())];
            cells.extend(row.iter().copied().map(Cell::Number));
            table.rows.push(Row::new(cells));
        }
        Some(Figure {
            id: "heatmap".to_owned(),
            chapter: "jobs",
            title: lang
                .pick("Value added by sector and phase", "부문·단계별 부가가치")
                .to_owned(),
            description: lang
                .pick(
                    "The sectors that matter most to some phase; the darker, the larger within its phase. Direct and \
                     indirect (Type I).",
                    "단계별로 비중이 큰 부문. 색이 짙을수록 해당 단계에서 큰 값(직접+간접, 1형).",
                )
                .to_owned(),
            unit: self.scale.money_unit(),
            source: self.source(),
            table,
            lang,
            chart: Box::new(Heatmap {
                rows,
                columns,
                values,
                decimals: self.scale.money_decimals(),
            }),
        })
    }

    fn tiers(&self, kind: PhaseKind) -> Option<Figure> {
        let lang = self.lang;
        let tiers = self
            .brief
            .suppliers
            .kinds
            .iter()
            .find(|(k, _)| *k == kind)
            .map(|(_, tiers)| tiers)?;
        let all: Vec<&Vec<f64>> = tiers.tiers.iter().chain([&tiers.rest]).collect();
        let order = by_size(tiers.rest.len(), |sector| tiers.total(sector));
        let (first, rest) = order.split_at(order.len().min(COLOURED));
        let sum = |tier: &[f64], of: &[usize]| self.scale.money(of.iter().map(|&i| tier[i]).sum());
        let mut series: Vec<Series> = first
            .iter()
            .zip(COLORS)
            .map(|(&i, color)| Series {
                name: self.name(i),
                color,
                values: all.iter().map(|t| sum(t, &[i])).collect(),
            })
            .collect();
        if !rest.is_empty() {
            series.push(Series {
                name: lang.pick("Other sectors", "기타 부문").to_owned(),
                color: GREY,
                values: all.iter().map(|t| sum(t, rest)).collect(),
            });
        }
        let mut categories: Vec<String> = (0..tiers.tiers.len())
            .map(|k| lang.pick(format!("Tier {k}"), format!("{k}차")))
            .collect();
        categories.push(lang.pick("Beyond", "그 이후").to_owned());
        let mut table = Table {
            columns: vec![
                Column::text("tier", lang.pick("Tier", "차수")),
                self.money_column("total", lang.pick("Output", "생산"))
                    .additive(),
            ],
            rows: Vec::new(),
        };
        for (at, s) in series.iter().enumerate() {
            let column = self.money_column(&format!("sector_{}", at + 1), &s.name);
            table.columns.push(column.additive().with_bar());
        }
        let mut total = vec![0.0; series.len() + 1];
        for (at, name) in categories.iter().enumerate() {
            let mut numbers = vec![series.iter().map(|s| s.values[at]).sum::<f64>()];
            numbers.extend(series.iter().map(|s| s.values[at]));
            total.iter_mut().zip(&numbers).for_each(|(t, v)| *t += v);
            let mut cells = vec![Cell::from(name.clone())];
            cells.extend(numbers.into_iter().map(Cell::Number));
            table.rows.push(Row::new(cells));
        }
        let mut cells = vec![Cell::from(lang.pick("Direct + indirect", "직접+간접"))];
        cells.extend(total.into_iter().map(Cell::Number));
        table.rows.push(Row::total(cells));
        Some(Figure {
            id: self.id("tiers", kind),
            chapter: "supply",
            title: self.title(
                lang.pick("Ripples through the supply chain", "공급망 차수별 생산 파급"),
                kind,
            ),
            description: lang
                .pick(
                    "Tier 0 is the demand itself, tier 1 what is bought to meet it, tier 2 what those suppliers buy. All \
                     columns add up to direct and indirect output.",
                    "0차는 수요 자체, 1차는 이를 충족하기 위한 구매, 2차는 그 공급자의 구매. 모든 차수의 합이 직접+간접 \
                     생산과 같음.",
                )
                .to_owned(),
            unit: self.scale.money_unit(),
            source: self.source(),
            table,
            lang,
            chart: Box::new(Columns {
                categories,
                series,
                stacked: true,
                decimals: self.scale.money_decimals(),
            }),
        })
    }

    fn sankey(&self, kind: PhaseKind) -> Option<Figure> {
        let lang = self.lang;
        let (_, web) = self.brief.webs.iter().find(|(k, _)| *k == kind)?;
        if web.tiers.first()?.iter().all(|n| n.output == 0.0) {
            return None;
        }
        let rest = lang.pick("Other sectors", "기타 부문");
        let name = |sector: Option<usize>| sector.map_or(rest.to_owned(), |s| self.name(s));
        let nodes: Vec<Vec<Node>> = web
            .tiers
            .iter()
            .map(|tier| {
                tier.iter()
                    .map(|n| Node {
                        label: name(n.sector),
                        value: self.scale.money(n.output),
                        rest: n.sector.is_none(),
                    })
                    .collect()
            })
            .collect();
        let links: Vec<Link> = web
            .purchases
            .iter()
            .map(|p| Link {
                stage: p.tier,
                from: p.buyer,
                to: p.supplier,
                value: self.scale.money(p.amount),
            })
            .collect();
        let mut largest: Vec<&Link> = links.iter().filter(|l| l.value != 0.0).collect();
        largest.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
        let tier = |k: usize| lang.pick(format!("Tier {k}"), format!("{k}차"));
        let rows = largest
            .iter()
            .take(25)
            .map(|l| {
                Row::new(vec![
                    Cell::Text(format!("{} → {}", tier(l.stage), tier(l.stage + 1))),
                    nodes[l.stage][l.from].label.clone().into(),
                    nodes[l.stage + 1][l.to].label.clone().into(),
                    l.value.into(),
                ])
            })
            .collect();
        let table = Table {
            columns: vec![
                Column::text("tiers", lang.pick("Tiers", "차수")),
                Column::text("buyer", lang.pick("Buyer", "구매 부문")),
                Column::text("supplier", lang.pick("Supplier", "공급 부문")),
                self.money_column("purchases", lang.pick("Purchases", "구매액")),
            ],
            rows,
        };
        let stages = vec![
            lang.pick("Demand", "수요").to_owned(),
            lang.pick("Its suppliers", "1차 공급").to_owned(),
            lang.pick("Their suppliers", "2차 공급").to_owned(),
        ];
        Some(Figure {
            id: self.id("sankey", kind),
            chapter: "supply",
            title: self.title(
                lang.pick("Who supplies whom", "주요 공급 경로"),
                kind,
            ),
            description: lang
                .pick(
                    "From the products demanded to those that supply them and, on a wide page, to the suppliers of \
                     these. A bar that is higher than what leaves it keeps the rest as value added and imports. The \
                     table lists the largest purchases.",
                    "수요에서 1차 공급 부문, 넓은 화면에서는 2차 공급 부문까지의 구매 흐름. 막대에서 나가지 않는 부분은 \
                     부가가치와 수입으로 남음. 표는 금액이 큰 구매 순.",
                )
                .to_owned(),
            unit: self.scale.money_unit(),
            source: self.source(),
            table,
            lang,
            chart: Box::new(Sankey {
                stages,
                nodes,
                links,
                decimals: self.scale.money_decimals(),
            }),
        })
    }

    fn years_output(&self) -> Option<Figure> {
        let lang = self.lang;
        let years = &self.brief.impact.years;
        if years.is_empty() {
            return None;
        }
        let series = |name: &str, color, value: &dyn Fn(&crate::impact::Year) -> f64| Series {
            name: name.to_owned(),
            color,
            values: years.iter().map(|y| self.scale.money(value(y))).collect(),
        };
        let mut all = Vec::new();
        let has = |kind| kinds(&self.brief.impact).any(|(k, _)| k == kind);
        if has(PhaseKind::OneOff) {
            let name = lang.pick("One-off phases", "일회성 단계");
            all.push(series(name, BLUE, &|y| y.one_off.output_type1));
        }
        if has(PhaseKind::Recurring) {
            let name = lang.pick("Recurring phases", "반복 단계");
            all.push(series(name, ORANGE, &|y| y.recurring.output_type1));
        }
        let categories: Vec<String> = years.iter().map(|y| y.year.to_string()).collect();
        let mut columns = vec![
            Column::text("year", lang.pick("Year", "연도")),
            self.money_column("output", lang.pick("Output", "생산"))
                .with_bar(),
            self.money_column("value_added", lang.pick("Value added", "부가가치")),
            self.money_column("imports", lang.pick("Imports", "수입")),
        ];
        columns.insert(1, self.money_column("spending", lang.pick("Spent", "지출")));
        let closed = self.brief.impact.receipt.household_share.is_some();
        if closed {
            columns.extend([
                self.money_column(
                    "output_households",
                    lang.pick("Households add: output", "소득유발 생산"),
                ),
                self.money_column(
                    "value_added_households",
                    lang.pick("value added", "소득유발 부가가치"),
                ),
            ]);
        }
        let rows = years
            .iter()
            .map(|y| {
                let both = |f: fn(&crate::impact::YearFigures) -> f64| {
                    Cell::Number(self.scale.money(f(&y.one_off) + f(&y.recurring)))
                };
                let mut cells = vec![
                    y.year.to_string().into(),
                    both(|f| f.spending),
                    both(|f| f.output_type1),
                    both(|f| f.value_added_type1),
                    both(|f| f.imports_type1),
                ];
                if closed {
                    cells.push(both(|f| f.of_households().output));
                    cells.push(both(|f| f.of_households().value_added));
                }
                Row::new(cells)
            })
            .collect();
        Some(Figure {
            id: "years".to_owned(),
            chapter: "time",
            title: lang
                .pick("Output by year (Type I)", "연도별 생산유발(1형)")
                .to_owned(),
            description: lang
                .pick(
                    "Direct and indirect output in each calendar year, undiscounted; what households add is in \
                     the table.",
                    "연도별 직접·간접 생산유발액(할인하지 않음). 소득유발 추가분은 표에 있음.",
                )
                .to_owned(),
            unit: self.scale.money_unit(),
            source: self.source(),
            table: Table { columns, rows },
            lang,
            chart: Box::new(Columns {
                categories,
                series: all,
                stacked: true,
                decimals: self.scale.money_decimals(),
            }),
        })
    }

    fn years_jobs(&self) -> Option<Figure> {
        let lang = self.lang;
        let years = &self.brief.impact.years;
        let any = years
            .iter()
            .any(|y| y.one_off.jobs_type1 != 0.0 || y.recurring.jobs_type1 != 0.0);
        if !any {
            return None;
        }
        let mut series = Vec::new();
        let mut columns = vec![Column::text("year", lang.pick("Year", "연도"))];
        for (kind, name, color) in [
            (
                PhaseKind::OneOff,
                lang.pick("One-off phases (job-years)", "일회성 단계(인년)"),
                BLUE,
            ),
            (
                PhaseKind::Recurring,
                lang.pick("Recurring phases (jobs)", "반복 단계(명)"),
                ORANGE,
            ),
        ] {
            if !kinds(&self.brief.impact).any(|(k, _)| k == kind) {
                continue;
            }
            let values = years.iter().map(|y| match kind {
                PhaseKind::OneOff => y.one_off.jobs_type1,
                PhaseKind::Recurring => y.recurring.jobs_type1,
            });
            series.push(Series {
                name: name.to_owned(),
                color,
                values: values.collect(),
            });
            let title = match kind {
                PhaseKind::OneOff => lang.pick("One-off phases", "일회성 단계"),
                PhaseKind::Recurring => lang.pick("Recurring phases", "반복 단계"),
            };
            let id = match kind {
                PhaseKind::OneOff => "job_years",
                PhaseKind::Recurring => "jobs",
            };
            columns.push(Column::number(id, title, labour_unit(kind, lang), 0).with_bar());
        }
        let categories: Vec<String> = years.iter().map(|y| y.year.to_string()).collect();
        let rows = categories
            .iter()
            .enumerate()
            .map(|(at, year)| {
                let mut cells = vec![Cell::from(year.clone())];
                cells.extend(series.iter().map(|s| Cell::Number(s.values[at])));
                Row::new(cells)
            })
            .collect();
        Some(Figure {
            id: "years_jobs".to_owned(),
            chapter: "time",
            title: lang
                .pick("Jobs by year (Type I)", "연도별 취업유발(1형)")
                .to_owned(),
            description: lang
                .pick(
                    "Job-years worked in each year for the one-off phases beside jobs held over the year in the \
                     recurring ones; they are different things and are not added.",
                    "일회성 단계는 그해의 연인원, 반복 단계는 그해 유지되는 일자리. 성격이 달라 합산하지 않음.",
                )
                .to_owned(),
            unit: lang.pick("full-time equivalents", "전업환산 기준").to_owned(),
            source: self.source(),
            table: Table { columns, rows },
            lang,
            chart: Box::new(Columns {
                categories,
                series,
                stacked: false,
                decimals: 0,
            }),
        })
    }

    fn fan(&self) -> Option<Figure> {
        let lang = self.lang;
        let ensemble = self.brief.impact.uncertainty.as_ref()?;
        if ensemble.years.is_empty() {
            return None;
        }
        let four = |s: &Spread| [s.p5, s.median, s.p95, s.as_written].map(|v| self.scale.money(v));
        let places: Vec<String> = ensemble.years.iter().map(|y| y.year.to_string()).collect();
        let values: Vec<[f64; 4]> = ensemble
            .years
            .iter()
            .map(|y| four(&y.value_added_type1))
            .collect();
        let names = lang.pick(
            ["5–95 % of draws", "Median", "As written"],
            ["5~95% 구간", "중앙값", "기준값"],
        );
        let columns = vec![
            Column::text("year", lang.pick("Year", "연도")),
            self.money_column("p5", lang.pick("5 %", "5%")),
            self.money_column("median", names[1]).with_bar(),
            self.money_column("p95", lang.pick("95 %", "95%")),
            self.money_column("as_written", names[2]),
        ];
        let rows = places
            .iter()
            .zip(&values)
            .map(|(place, v)| {
                let mut cells = vec![Cell::from(place.clone())];
                cells.extend(v.map(Cell::Number));
                Row::new(cells)
            })
            .collect();
        Some(Figure {
            id: "fan".to_owned(),
            chapter: "certainty",
            title: lang
                .pick(
                    "Value added by year (Type I), with its uncertainty",
                    "연도별 부가가치(1형)와 불확실성",
                )
                .to_owned(),
            description: lang.pick(
                format!(
                    "Median and the range of nine draws in ten, over {} draws of the uncertain figures (seed {}).",
                    number(ensemble.draws as f64, 0),
                    ensemble.seed
                ),
                format!(
                    "불확실한 수치를 {}회 추출한 결과의 중앙값과 90% 구간(시드 {}).",
                    number(ensemble.draws as f64, 0),
                    ensemble.seed
                ),
            ),
            unit: self.scale.money_unit(),
            source: self.source(),
            table: Table { columns, rows },
            lang,
            chart: Box::new(Fan {
                places,
                values,
                names: names.map(str::to_owned),
                decimals: self.scale.money_decimals(),
            }),
        })
    }

    fn tornado(&self, kind: PhaseKind) -> Option<Figure> {
        let lang = self.lang;
        let ensemble = self.brief.impact.uncertainty.as_ref()?;
        let effects = kinds(&self.brief.impact).find(|(k, _)| *k == kind)?.1;
        let mut drivers: Vec<_> = ensemble.drivers.iter().filter(|d| d.kind == kind).collect();
        let width = |d: &Driver| (d.value_added_type1[1] - d.value_added_type1[0]).abs();
        drivers.sort_by(|a, b| width(b).total_cmp(&width(a)));
        let widest = drivers.first().map_or(0.0, |d| width(d));
        drivers.retain(|d| width(d) > widest * 1e-3);
        drivers.truncate(SWINGS);
        if drivers.is_empty() {
            return None;
        }
        let swings: Vec<Swing> = drivers
            .iter()
            .map(|d| Swing {
                label: d.label.get(lang).to_owned(),
                range: d.written_range().map(|v| self.short(v, d.money)).join("–"),
                result: d.value_added_type1.map(|v| self.scale.money(v)),
            })
            .collect();
        let columns = vec![
            Column::text("figure", lang.pick("Uncertain figure", "불확실한 수치")),
            Column::text("range", lang.pick("5–95 %", "5~95%")),
            self.money_column(
                "low",
                lang.pick("Value added at its low", "하한일 때 부가가치"),
            ),
            self.money_column(
                "high",
                lang.pick("Value added at its high", "상한일 때 부가가치"),
            ),
            Column::number(
                "rank_correlation",
                lang.pick("Rank correlation", "순위상관"),
                "",
                2,
            ),
        ];
        let rows = swings
            .iter()
            .zip(&drivers)
            .map(|(s, d)| {
                Row::new(vec![
                    s.label.clone().into(),
                    s.range.clone().into(),
                    s.result[0].into(),
                    s.result[1].into(),
                    d.rank_correlation.into(),
                ])
            })
            .collect();
        Some(Figure {
            id: self.id("tornado", kind),
            chapter: "certainty",
            title: self.title(
                lang.pick(
                    "What value added (Type I) depends on most",
                    "부가가치(1형)를 좌우하는 요인",
                ),
                kind,
            ),
            description: lang
                .pick(
                    "Value added (Type I) with one uncertain figure at its 5th and 95th percentile and all others as \
                     written; the line in the middle is the scenario as written.",
                    "불확실한 수치 하나를 5%·95% 분위수로 두고 나머지는 그대로 둘 때의 부가가치(1형). 가운데 선은 \
                     기준값(시나리오 그대로).",
                )
                .to_owned(),
            unit: self.scale.money_unit(),
            source: self.source(),
            table: Table { columns, rows },
            lang,
            chart: Box::new(Tornado {
                centre: self.scale.money(effects.value_added.sums().type1()),
                swings,
                ends: lang
                    .pick(
                        ["Figure at its low end", "Figure at its high end"],
                        ["하한(5%)일 때", "상한(95%)일 때"],
                    )
                    .map(str::to_owned),
                decimals: self.scale.money_decimals(),
            }),
        })
    }

    /// An uncertain figure in a few digits: 0.42, 7.35 trillion won.
    fn short(&self, value: f64, money: bool) -> String {
        if money {
            return self.scale.in_words(value / 1e6);
        }
        let decimals = match value.abs() {
            v if v >= 100.0 => 0,
            v if v >= 10.0 => 1,
            _ => 2,
        };
        number(value, decimals)
    }

    fn map(&self) -> Option<Figure> {
        let lang = self.lang;
        let provinces = self.brief.provinces.as_ref()?;
        let regions = embedded::regions().ok()?;
        let chosen: Vec<&str> = self
            .brief
            .impact
            .regional
            .iter()
            .flat_map(|r| &r.phases)
            .map(|p| p.region.ko.as_str())
            .collect();
        let share = |r: &RegionalImpact, kind: PhaseKind| {
            let of = || r.phases.iter().filter(|p| p.kind == kind);
            let inside: f64 = of().map(|p| p.value_added.inside).sum();
            let total: f64 = of().map(|p| p.value_added.total()).sum();
            (inside, if total == 0.0 { 0.0 } else { inside / total })
        };
        let kind = kinds(&self.brief.impact).next()?.0;
        let mut rows = Vec::new();
        let tiles: Vec<Tile> = regions
            .iter()
            .map(|region| {
                let able = provinces.able.iter().find(|r| {
                    let first = r.phases.first();
                    first.is_some_and(|p| p.region == region.name)
                });
                let figures = able.map(|r| share(r, kind));
                // "서울", not "서울특별시": the first of the other names.
                let name = match lang {
                    Lang::En => region.name.en.clone(),
                    Lang::Ko => region.aliases.first().unwrap_or(&region.name.ko).clone(),
                };
                if let Some((inside, share)) = figures {
                    rows.push((region.name.get(lang).to_owned(), inside, share));
                }
                Tile {
                    code: region.code.clone(),
                    name,
                    value: figures.map(|(inside, _)| self.scale.money(inside)),
                    note: figures
                        .map_or(String::new(), |(_, share)| format!("{:.0}%", share * 100.0)),
                    marked: chosen.contains(&region.name.ko.as_str()),
                }
            })
            .collect();
        rows.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        let table = Table {
            columns: vec![
                Column::text("province", lang.pick("Province", "지역")),
                self.money_column(
                    "value_added",
                    lang.pick("Value added there", "지역 내 부가가치"),
                )
                .with_bar(),
                Column::number("share", lang.pick("stays", "지역 내 비율"), "%", 1),
            ],
            rows: rows
                .into_iter()
                .map(|(name, inside, share)| {
                    Row::new(vec![
                        name.into(),
                        self.scale.money(inside).into(),
                        (share * 100.0).into(),
                    ])
                })
                .collect(),
        };
        let year = regions.meta().year;
        Some(Figure {
            id: "map".to_owned(),
            chapter: "place",
            title: self.title(
                lang.pick(
                    "What would stay in each province",
                    "입지별 지역 내 부가가치",
                ),
                kind,
            ),
            description: lang.pick(
                format!(
                    "Value added (Type I) that stays in a province if everything were placed there, and its share of \
                     the whole; the province of the scenario is framed. A dash marks provinces without an industry that \
                     is needed. In-region shares of {year}."
                ),
                format!(
                    "사업 전체를 각 지역에 둘 때 그 지역에 남는 부가가치(1형)와 전체 대비 비율. 테두리는 시나리오의 \
                     입지이며, 줄표는 필요한 산업이 없는 지역. {year}년 지역 내 비율 적용."
                ),
            ),
            unit: format!(
                "{}, %",
                self.scale.money_unit()
            ),
            source: format!(
                "{} · {}",
                self.source(),
                regions.meta().title.get(lang)
            ),
            table,
            lang,
            chart: Box::new(TileMap {
                tiles,
                none: "–".to_owned(),
                decimals: self.scale.money_decimals(),
            }),
        })
    }

    fn beside(&self) -> Option<Figure> {
        let lang = self.lang;
        let beside = &self.brief.beside;
        if beside.is_empty() {
            return None;
        }
        let all: Vec<&crate::impact::Impact> =
            std::iter::once(&self.brief.impact).chain(beside).collect();
        let names: Vec<String> = all.iter().map(|i| i.name.get(lang).to_owned()).collect();
        let mut panels = Vec::new();
        let mut table = Table {
            columns: vec![
                Column::text("figure", lang.pick("Figure", "항목")),
                Column::text("unit", lang.pick("Unit", "단위")),
            ],
            rows: Vec::new(),
        };
        for (at, name) in names.iter().enumerate() {
            let decimals = self.scale.money_decimals();
            let id = format!("scenario_{}", at + 1);
            table.columns.push(Column::number(&id, name, "", decimals));
        }
        for kind in [PhaseKind::OneOff, PhaseKind::Recurring] {
            let effects = |i: &'_ crate::impact::Impact| match kind {
                PhaseKind::OneOff => i.one_off.clone(),
                PhaseKind::Recurring => i.recurring.clone(),
            };
            let effects: Vec<Option<Effects>> = all.iter().map(|i| effects(i)).collect();
            if effects.iter().all(Option::is_none) {
                continue;
            }
            let of = match kind {
                PhaseKind::OneOff => lang.pick("one-off, in all", "일회성 합계"),
                PhaseKind::Recurring => lang.pick("a year", "연간"),
            };
            type Get = fn(&Effects) -> Option<f64>;
            let figures: [(&str, Option<&str>, Get); 5] = [
                (lang.pick("Spent", "지출"), None, |e| {
                    Some(e.spending.total.as_millions())
                }),
                (lang.pick("Output", "생산"), None, |e| {
                    Some(e.output.sums().type1())
                }),
                (lang.pick("Value added", "부가가치"), None, |e| {
                    Some(e.value_added.sums().type1())
                }),
                (
                    lang.pick("Jobs", "취업"),
                    Some(labour_unit(kind, lang)),
                    |e| e.account("jobs").map(|j| j.sums().type1()),
                ),
                (lang.pick("Imports", "수입"), None, |e| {
                    Some(e.leakage_type1())
                }),
            ];
            for (name, persons, get) in figures {
                let values: Vec<Option<f64>> = effects
                    .iter()
                    .map(|e| {
                        let value = get(e.as_ref()?)?;
                        Some(if persons.is_some() {
                            value
                        } else {
                            self.scale.money(value)
                        })
                    })
                    .collect();
                let unit = persons.map_or_else(|| self.scale.money_unit(), str::to_owned);
                let mut cells = vec![Cell::Text(format!("{name}, {of}")), unit.as_str().into()];
                cells.extend(values.iter().map(|v| v.map_or(Cell::Empty, Cell::Number)));
                table.rows.push(Row::new(cells));
                panels.push(Panel {
                    title: format!("{name}, {of} ({unit})"),
                    values,
                    decimals: persons.map_or(self.scale.money_decimals(), |_| 0),
                });
            }
        }
        Some(Figure {
            id: "beside".to_owned(),
            chapter: "compare",
            title: lang
                .pick("Scenarios side by side", "시나리오 비교")
                .to_owned(),
            description: lang
                .pick(
                    "Each panel has a scale of its own; direct and indirect effects (Type I).",
                    "항목별로 축척이 다르며 직접+간접효과(1형) 기준.",
                )
                .to_owned(),
            unit: lang
                .pick("as given with each figure", "항목별 표시")
                .to_owned(),
            source: self.source(),
            table,
            lang,
            chart: Box::new(SideBySide { names, panels }),
        })
    }
}
