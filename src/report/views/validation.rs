//! What a table gives beside what is published of it: the page of its checks.

use crate::analysis::validation::{Check, CheckOf, Validation};
use crate::lang::Lang;
use crate::report::document::Unit;
use crate::report::words::block_title;
use crate::report::{Block, Cell, Column, Document, Row, Table};
use crate::scenario::Note;

/// All tables on one page, a section each.
pub fn document(all: &[Validation], lang: Lang) -> Document {
    let checks: usize = all.iter().map(|of| of.checks.len()).sum();
    let failed: usize = all.iter().map(|of| of.failed().count()).sum();
    let figures: usize = all
        .iter()
        .flat_map(|of| &of.checks)
        .map(|c| c.figures)
        .sum();
    let tables = all.len();
    let verdict = match failed {
        0 => lang.pick(
            format!("{tables} tables, {checks} checks of {figures} figures: all pass"),
            format!("산업연관표 {tables}개, 점검 {checks}건(수치 {figures}개): 모두 통과"),
        ),
        _ => lang.pick(
            format!("{tables} tables, {checks} checks of {figures} figures: {failed} fail"),
            format!("산업연관표 {tables}개, 점검 {checks}건(수치 {figures}개): {failed}건 불일치"),
        ),
    };
    let mut doc = Document::new(lang.pick("Validation", "검증"), verdict);
    let method = lang.pick(
        "Ours beside what is printed (tables/ID/published.csv). A figure passes within half a unit of its last \
         digit; a multiplier that is a sum of n printed figures within n halves; a few have a tolerance of their own, \
         where rounded figures were added up. Written by leontief check --all --format markdown.",
        "공표치(tables/ID/published.csv)와 산출치를 비교함. 차이가 공표된 마지막 자리의 절반 이내이면 통과하며, 공표 수치 \
         n개의 합인 승수는 그 n배까지 허용함. 반올림된 수치를 합산한 일부 항목은 허용 범위를 따로 둠. \
         leontief check --all --format markdown으로 작성됨.",
    );
    doc.section("method", "", vec![Block::Text(method.to_owned())]);
    for of in all {
        let mut blocks = of.blocks(lang);
        if let [block, ..] = &mut blocks[..]
            && of.failed().next().is_some()
        {
            let failed: Vec<&str> = of.failed().map(|check| check.code.as_str()).collect();
            let failed = failed.join(", ");
            let said = lang.pick(format!("Fails: {failed}"), format!("불일치: {failed}"));
            let table = std::mem::replace(block, Block::Text(said));
            blocks.insert(1, table);
        }
        doc.section(&of.provenance.table, &of.provenance.line(lang), blocks);
    }
    doc
}

impl Validation {
    /// The checks that do not pass.
    pub fn failed(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| !check.passes)
    }

    /// Its checks, what is estimated, and who prints the figures.
    pub fn blocks(&self, lang: Lang) -> Vec<Block> {
        let columns = vec![
            Column::text("code", lang.pick("Check", "점검")),
            Column::text("result", lang.pick("Result", "결과")),
            Column::number("published", lang.pick("Published", "공표치"), "", 0),
            Column::number("ours", lang.pick("Ours", "산출치"), "", 0),
            Column::number("difference", lang.pick("Difference", "차이"), "", 0),
            Column::text("what", lang.pick("What", "내용")),
        ];
        let rows = self.checks.iter().map(|check| self.row(check, lang));
        let table = Table {
            columns,
            rows: rows.collect(),
        };
        let mut notes: Vec<String> = self
            .estimates
            .iter()
            .map(|block| {
                let name = block_title(&block.name, lang);
                let how = block.how.get(lang);
                lang.pick(
                    format!("Estimated, {name}: {how}"),
                    format!("추정({name}): {how}"),
                )
            })
            .collect();
        if let Some(error) = self.provenance.split_error.clone() {
            let table = self.provenance.table.clone();
            let said = Note::SplitEstimated { table, error }.text();
            notes.push(said.get(lang).to_owned());
        }
        let mut sources: Vec<&str> = Vec::new();
        for check in &self.checks {
            let source = check.source.get(lang);
            if !source.is_empty() && !sources.contains(&source) {
                sources.push(source);
            }
        }
        if !sources.is_empty() {
            let sources = sources.join("; ");
            notes.push(lang.pick(
                format!("Published figures: {sources}."),
                format!("공표치 자료: {sources}."),
            ));
        }
        vec![Block::Table(table), Block::Notes(notes)]
    }

    fn row(&self, check: &Check, lang: Lang) -> Row {
        // A digit or two more than are printed show how near it is.
        let (printed, finer) = match &check.of {
            CheckOf::Figure { .. } if check.decimals == 0 => (0, 1),
            CheckOf::Figure { .. } => (check.decimals, check.decimals.saturating_add(2)),
            CheckOf::Faults => (0, 0),
            CheckOf::Identity => (0, 6),
            CheckOf::Gdp => (0, 9),
            _ => (0, 4),
        };
        let unit = check.unit(self, lang);
        let number = |value: f64, decimals: u8| {
            // No minus before zeros.
            let zero = value.abs() < 0.5 / 10f64.powi(i32::from(decimals));
            let unit = Unit {
                name: unit.clone(),
                decimals,
            };
            Cell::Measure(if zero { 0.0 } else { value }, unit)
        };
        let result = match check.passes {
            true => lang.pick("pass", "통과"),
            false => lang.pick("FAIL", "불일치"),
        };
        let mut row = Row::new(vec![
            check.code.as_str().into(),
            result.into(),
            number(check.published, printed),
            number(check.ours, finer),
            number(check.ours - check.published, finer),
            check.title(self).get(lang).into(),
        ]);
        row.strong = !check.passes;
        row
    }
}
