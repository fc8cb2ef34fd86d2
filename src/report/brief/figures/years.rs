//! Output and jobs by year.

use super::{Figure, Maker};
use crate::report::chart::{BLUE, Columns, ORANGE, Series};
use crate::report::views::labour_unit;
use crate::report::{Cell, Column, Row, Table};
use crate::scenario::PhaseKind;

impl Maker<'_> {
    pub(super) fn years_output(&self) -> Option<Figure> {
        let lang = self.lang;
        let years = &self.brief.estimate.impact.years;
        if years.is_empty() {
            return None;
        }
        let series = |name: &str, color, value: &dyn Fn(&crate::impact::Year) -> f64| Series {
            name: name.to_owned(),
            color,
            values: years.iter().map(|y| self.scale.money(value(y))).collect(),
        };
        let mut all = Vec::new();
        let has = |kind| {
            self.brief
                .estimate
                .impact
                .effects
                .present()
                .any(|(k, _)| k == kind)
        };
        if has(PhaseKind::OneOff) {
            let name = lang.pick("One-off phases", "일회성 단계");
            all.push(series(name, BLUE, &|y| y.figures.one_off.type1.output));
        }
        if has(PhaseKind::Recurring) {
            let name = lang.pick("Recurring phases", "반복 단계");
            all.push(series(name, ORANGE, &|y| y.figures.recurring.type1.output));
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
        let closed = self.brief.estimate.impact.receipt.household_share.is_some();
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
                    Cell::Number(self.scale.money(y.of_both(f)))
                };
                let mut cells = vec![
                    y.year.to_string().into(),
                    both(|f| f.spending),
                    both(|f| f.type1.output),
                    both(|f| f.type1.value_added),
                    both(|f| f.type1.imports),
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

    pub(super) fn years_jobs(&self) -> Option<Figure> {
        let lang = self.lang;
        let years = &self.brief.estimate.impact.years;
        let any = years
            .iter()
            .any(|y| y.figures.one_off.type1.jobs != 0.0 || y.figures.recurring.type1.jobs != 0.0);
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
            if !self
                .brief
                .estimate
                .impact
                .effects
                .present()
                .any(|(k, _)| k == kind)
            {
                continue;
            }
            let values = years.iter().map(|y| y.figures.get(kind).type1.jobs);
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
}
