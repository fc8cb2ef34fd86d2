//! Jobs and value added by sector.

use super::{Figure, Maker};
use crate::impact::ranking::{Direction, ranked};
use crate::impact::{Effects, Stages};
use crate::report::chart::{BLUE, Bar, Bars, ORANGE, SKY, Series};
use crate::report::views::{labour_unit, other_sectors};
use crate::report::{Cell, Column, Row, Table};
use crate::scenario::PhaseKind;

/// Bars with names of their own.
const BARS: usize = 15;

impl Maker<'_> {
    pub(super) fn jobs(&self, kind: PhaseKind, e: &Effects) -> Option<Figure> {
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

    pub(super) fn sectors(&self, kind: PhaseKind, e: &Effects) -> Figure {
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

    /// Bars of the largest sectors and the rest, by stage.
    fn bars(&self, stages: &Stages, factor: f64, column: &Column) -> (Bars, Table) {
        let lang = self.lang;
        let order = ranked(stages);
        let first = &order[..order.len().min(BARS)];
        let rest = &order[first.len()..];
        let rest_name = other_sectors(rest.len(), lang);
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
}
