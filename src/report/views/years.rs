//! An impact year by year.

use super::effects::labour_unit;
use crate::impact::{Impact, YearFigures};
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Row, Scale, Table};
use crate::scenario::PhaseKind;

impl Impact {
    /// Every year: Type I, then what households add; then, of the `exact` figures, peaks and present values.
    pub(super) fn years_blocks(&self, exact: &Impact, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let closed = self.receipt.household_share.is_some();
        let mut blocks = vec![Block::Table(self.years_table(scale))];
        if closed {
            blocks.push(Block::Table(self.years_of_households(scale)));
        }
        let peak = exact.peak(|y| y.of_both(|f| f.type1.output));
        if let Some(peak) = peak {
            let of = |en: &str, ko: &str, year: Option<i32>| match year {
                Some(year) => lang.pick(format!(", {en} {year}"), format!(", {ko} {year}년")),
                None => String::new(),
            };
            let one_off = exact.peak(|y| y.figures.one_off.type1.jobs);
            let recurring = exact.peak(|y| y.figures.recurring.type1.jobs);
            let peak = format!(
                "{}{}{}",
                lang.pick(format!("output {peak}"), format!("생산 {peak}년")),
                of("job-years", "인년", one_off),
                of("jobs", "상시 취업", recurring)
            );
            blocks.push(Block::Text(lang.pick(
                format!(
                    "Peak year (Type I): {peak}. Job-years of one-off phases add up over years; jobs of \
                     recurring phases are the same jobs year after year and are not summed."
                ),
                format!(
                    "정점 연도(1형): {peak}. 일회성 단계의 인년은 연도별로 합산되며, 반복 단계의 일자리는 매년 \
                     같은 일자리이므로 합산하지 않음."
                ),
            )));
        }
        if let Some((rate, base)) = self.receipt.discount {
            let value = |f: fn(&YearFigures) -> f64| -> String {
                let years = exact.years.iter();
                let sum = years.map(|y| y.of_both(f) * y.discount_factor);
                scale.amount(sum.sum())
            };
            let (spending, output, value_added) = (
                value(|f| f.spending),
                value(|f| f.type1.output),
                value(|f| f.type1.value_added),
            );
            let percent = rate * 100.0;
            let mut said = lang.pick(
                format!(
                    "Discounted to {base} at {percent:.1} % a year (Type I): spent {spending}, output {output}, \
                     value added {value_added}."
                ),
                format!(
                    "{base}년 현재가치(할인율 {percent:.1}%, 1형): 지출 {spending}, 생산 {output}, 부가가치 \
                     {value_added}."
                ),
            );
            if closed {
                let output = value(|f| f.of_households().output);
                let value_added = value(|f| f.of_households().value_added);
                said += &lang.pick(
                    format!(" Households add {output} of output and {value_added} of value added."),
                    format!(" 소득유발 추가분: 생산 {output}, 부가가치 {value_added}."),
                );
            }
            blocks.push(Block::Text(said));
        }
        blocks
    }

    fn years_table(&self, scale: Scale) -> Table {
        let lang = scale.lang();
        let money = |id: &str, title: &str| scale.column(id, title).additive();
        let columns = vec![
            Column::text("year", lang.pick("Year (Type I)", "연도(1형)")),
            money("spending", lang.pick("Spent", "지출")),
            money("output", lang.pick("Output", "생산")).with_bar(),
            money("value_added", lang.pick("Value added", "부가가치")),
            money("imports", lang.pick("Imports", "수입")),
            scale
                .column("output_cumulative", lang.pick("Output so far", "누적 생산"))
                .so_far("output"),
            scale
                .column(
                    "value_added_cumulative",
                    lang.pick("Value added so far", "누적 부가가치"),
                )
                .so_far("value_added"),
            job_years_of_year(lang),
            jobs_of_year(lang),
        ];
        let output = self.cumulative(|y| y.of_both(|f| f.type1.output));
        let value_added = self.cumulative(|y| y.of_both(|f| f.type1.value_added));
        let mut rows = Vec::new();
        let mut sums = [0.0; 5];
        for (at, y) in self.years.iter().enumerate() {
            let money = [
                y.of_both(|f| f.spending),
                y.of_both(|f| f.type1.output),
                y.of_both(|f| f.type1.value_added),
                y.of_both(|f| f.type1.imports),
            ]
            .map(|v| scale.money(v));
            let job_years = y.figures.one_off.type1.jobs;
            let figures = money.into_iter().chain([job_years]);
            sums.iter_mut().zip(figures).for_each(|(sum, f)| *sum += f);
            let mut cells = vec![Cell::Text(y.year.to_string())];
            cells.extend(money.map(Cell::Number));
            let so_far = [output[at], value_added[at]];
            cells.extend(so_far.map(|v| Cell::Number(scale.money(v))));
            cells.extend([job_years, y.figures.recurring.type1.jobs].map(Cell::Number));
            rows.push(Row::new(cells));
        }
        let mut cells = vec![Cell::from(lang.pick("Sum", "합계"))];
        let [money @ .., job_years] = sums;
        cells.extend(money.map(Cell::Number));
        cells.extend([
            Cell::Empty,
            Cell::Empty,
            Cell::Number(job_years),
            Cell::Empty,
        ]);
        rows.push(Row::total(cells));
        Table { columns, rows }
    }

    /// What households add in each year.
    fn years_of_households(&self, scale: Scale) -> Table {
        let lang = scale.lang();
        let money = |id: &str, title: &str| scale.column(id, title).additive();
        let columns = vec![
            Column::text(
                "year",
                lang.pick("Households add (Type II)", "소득유발 추가분(2형)"),
            ),
            money("output", lang.pick("Output", "생산")),
            money("value_added", lang.pick("Value added", "부가가치")),
            money("imports", lang.pick("Imports", "수입")),
            job_years_of_year(lang),
            jobs_of_year(lang),
        ];
        let mut sums = [0.0; 4];
        let mut rows: Vec<Row> = Vec::new();
        for y in &self.years {
            let (once, again) = (
                y.figures.one_off.of_households(),
                y.figures.recurring.of_households(),
            );
            let figures = [
                scale.money(once.output + again.output),
                scale.money(once.value_added + again.value_added),
                scale.money(once.imports + again.imports),
                once.jobs,
            ];
            sums.iter_mut().zip(figures).for_each(|(sum, f)| *sum += f);
            let mut cells = vec![Cell::Text(y.year.to_string())];
            cells.extend(figures.map(Cell::Number));
            cells.push(Cell::Number(again.jobs));
            rows.push(Row::new(cells));
        }
        let mut cells = vec![Cell::from(lang.pick("Sum", "합계"))];
        cells.extend(sums.map(Cell::Number));
        cells.push(Cell::Empty);
        rows.push(Row::total(cells));
        Table { columns, rows }
    }
}

/// Job-years of one-off phases in a year.
fn job_years_of_year(lang: Lang) -> Column {
    let (title, unit) = (
        lang.pick("One-off phases", "일회성 단계"),
        labour_unit(PhaseKind::OneOff, lang),
    );
    Column::number("job_years", title, unit, 0).additive()
}

/// Jobs of recurring phases in a year: no sum over years.
fn jobs_of_year(lang: Lang) -> Column {
    let (title, unit) = (
        lang.pick("Recurring phases", "반복 단계"),
        labour_unit(PhaseKind::Recurring, lang),
    );
    Column::number("jobs", title, unit, 0)
}
