//! The workbook of an impact: few sheets, each with a question of its own.
//!
//! Contents with links, summary, every sector with its stages, years, phases, imports and suppliers,
//! what else was asked, assumptions and sources, and the charts.

use super::brief::{Brief, Item, figures, method};
use super::data::figures::{Counted, Measured, measures};
use super::{Block, Cell, Column, Document, Row, Scale, Section, Table};
use crate::impact::{Effects, Impact};
use crate::lang::Lang;
use crate::report::views::{By, View, labour_unit};
use crate::report::words::IMPORTS_NOT_TOLD;
use crate::scenario::PhaseKind;
use crate::uncertainty::Estimate;

/// The id of the section whose first column names the sheets; the workbook links them.
pub const CONTENTS: &str = "contents";

/// The sheets of an impact.
pub fn of_impact(estimate: &Estimate, lang: Lang) -> Document {
    let mut sheets = Sheets::of(estimate, lang);
    let summary = estimate.document(&view(By::Summary, Some(15), lang));
    let mut charts = Vec::new();
    for section in summary.sections {
        match section.id.as_str() {
            "headline" => sheets.summary.extend(titled(section)),
            "sectors" => charts.extend(titled(section)),
            _ => {}
        }
    }
    charts.extend(
        sheets
            .years
            .iter()
            .filter(|b| matches!(b, Block::Table(_)))
            .cloned(),
    );
    sheets.finish(&estimate.impact, charts, lang)
}

/// The sheets of a report: also its suppliers, its pictures as native charts, its method.
pub fn of_brief(brief: &Brief, lang: Lang) -> Document {
    let estimate = &brief.estimate;
    let mut sheets = Sheets::of(estimate, lang);
    let report = brief.document(lang);
    let summary = report.sections.into_iter().find(|s| s.id == "summary");
    sheets
        .summary
        .extend(summary.into_iter().flat_map(|s| s.blocks));
    let suppliers = brief.suppliers.document(lang, usize::MAX).sections;
    let tables = suppliers
        .into_iter()
        .filter(|s| s.blocks.iter().any(|b| matches!(b, Block::Table(_))));
    sheets.imports.extend(tables.flat_map(titled));
    for part in method(brief, lang) {
        sheets.notes.push(Block::Text(part.title));
        sheets
            .notes
            .extend(part.items.into_iter().map(|item| match item {
                Item::Text(text) | Item::Formula(text) => Block::Text(text),
                Item::List(list) => Block::Notes(list),
            }));
    }
    let mut charts = Vec::new();
    for figure in figures(brief, lang) {
        charts.push(Block::Text(figure.title.clone()));
        charts.push(Block::Table(figure.table.clone()));
    }
    sheets.finish(&estimate.impact, charts, lang)
}

fn view(by: By, top: Option<usize>, lang: Lang) -> View {
    View {
        lang,
        by,
        top,
        details: by == By::Sector,
    }
}

/// The blocks of a section under its heading.
fn titled(section: Section) -> Vec<Block> {
    let heading = (!section.title.is_empty()).then_some(Block::Text(section.title));
    heading.into_iter().chain(section.blocks).collect()
}

/// What each sheet holds.
#[derive(Default)]
struct Sheets {
    title: String,
    subtitle: String,
    summary: Vec<Block>,
    years: Vec<Block>,
    phases: Vec<Block>,
    imports: Vec<Block>,
    draws: Vec<Block>,
    more: Vec<Block>,
    notes: Vec<Block>,
}

impl Sheets {
    /// Every section of every view, each on its sheet.
    fn of(estimate: &Estimate, lang: Lang) -> Self {
        let mut sheets = Sheets::default();
        let mut seen: Vec<String> = Vec::new();
        for by in [By::Sector, By::Phase, By::Year, By::Leakage] {
            if by == By::Year && estimate.impact.years.is_empty() {
                continue;
            }
            let doc = estimate.document(&view(by, Some(usize::MAX), lang));
            (sheets.title, sheets.subtitle) = (doc.title, doc.subtitle);
            for section in doc.sections {
                if seen.contains(&section.id) {
                    continue;
                }
                seen.push(section.id.clone());
                if let Some(sheet) = sheets.sheet_of(&section.id) {
                    sheet.extend(titled(section));
                }
            }
        }
        sheets
    }

    /// Where a section of an impact's document goes; the sectors have sheets of their own.
    fn sheet_of(&mut self, id: &str) -> Option<&mut Vec<Block>> {
        let starts = |with: &str| id.starts_with(with);
        Some(match id {
            "about" | "money" | "one_off" | "recurring" => &mut self.summary,
            "years" => &mut self.years,
            "warnings" | "assumptions" | "source" => &mut self.notes,
            "lines" => &mut self.phases,
            _ if starts("sectors") => return None,
            _ if starts("phase_") => &mut self.phases,
            _ if starts("leakage") => &mut self.imports,
            _ if ["uncertainty", "drivers", "sobol"].into_iter().any(starts) => &mut self.draws,
            _ => &mut self.more,
        })
    }

    fn finish(self, impact: &Impact, charts: Vec<Block>, lang: Lang) -> Document {
        let mut sheets = vec![(
            lang.pick("Summary", "요약"),
            lang.pick(
                "Headline figures, where the money goes",
                "주요 결과, 지출의 흐름",
            ),
            self.summary,
        )];
        for (kind, effects) in impact.effects.present() {
            let (name, about) = match kind {
                PhaseKind::OneOff => (
                    lang.pick("Sectors, one-off", "부문별(일회성)"),
                    lang.pick(
                        "Every sector: all measures by stage, of the one-off phases",
                        "일회성 단계: 전 부문의 지표와 단계별 효과",
                    ),
                ),
                PhaseKind::Recurring => (
                    lang.pick("Sectors, recurring", "부문별(연간)"),
                    lang.pick(
                        "Every sector: all measures by stage, of a full year",
                        "연간: 전 부문의 지표와 단계별 효과",
                    ),
                ),
            };
            sheets.push((
                name,
                about,
                vec![Block::Table(sectors(impact, kind, effects, lang))],
            ));
        }
        let pick = |en, ko| lang.pick(en, ko);
        sheets.extend([
            (
                pick("Years", "연도별"),
                pick("Year by year", "연도별 결과"),
                self.years,
            ),
            (
                pick("Phases", "단계별"),
                pick(
                    "Each phase, and every line of spending",
                    "단계별 결과와 지출 항목",
                ),
                self.phases,
            ),
            (
                pick("Imports and suppliers", "수입과 공급산업"),
                pick(
                    "What leaves, and who supplies, by tier",
                    "수입 유출과 단계별 공급산업",
                ),
                self.imports,
            ),
            (
                pick("Uncertainty", "불확실성"),
                pick(
                    "Bands over the draws, and what drives them",
                    "추출 결과의 구간과 주요 요인",
                ),
                self.draws,
            ),
            (
                pick("Further results", "추가 결과"),
                pick(
                    "Province, caps, policy, people, indicators",
                    "지역, 생산 상한, 정책, 취업자 구성, 지표",
                ),
                self.more,
            ),
            (
                pick("Assumptions and sources", "가정과 출처"),
                pick(
                    "What to know, and where the figures come from",
                    "유의사항, 가정, 자료 출처",
                ),
                self.notes,
            ),
        ]);
        let mut sheets: Vec<_> = sheets
            .into_iter()
            .map(|(name, about, blocks)| (name, about, without_bars(blocks)))
            .collect();
        sheets.push((
            pick("Charts", "그림"),
            pick("The charts with the figures behind them", "그림과 그 수치"),
            charts,
        ));
        sheets.retain(|(_, _, blocks)| !blocks.is_empty());
        let mut doc = Document::new(self.title, self.subtitle);
        let columns = vec![
            Column::text("sheet", pick("Sheet", "시트")),
            Column::text("holds", pick("What it holds", "내용")),
        ];
        let rows = sheets
            .iter()
            .map(|(name, about, _)| Row::new(vec![(*name).into(), (*about).into()]))
            .collect();
        let contents = vec![
            Block::Table(Table { columns, rows }),
            Block::Text(impact.source_line(lang)),
        ];
        doc.section(CONTENTS, pick("Contents", "목차"), contents);
        for (at, (name, _, blocks)) in sheets.into_iter().enumerate() {
            doc.section(&format!("sheet_{}", at + 1), name, blocks);
        }
        doc
    }
}

/// Charts have a sheet of their own.
fn without_bars(mut blocks: Vec<Block>) -> Vec<Block> {
    for block in &mut blocks {
        if let Block::Table(table) = block {
            table
                .columns
                .iter_mut()
                .for_each(|column| column.bar = false);
        }
    }
    blocks
}

/// Every sector with every measure at every stage, and their sums.
fn sectors(impact: &Impact, kind: PhaseKind, effects: &Effects, lang: Lang) -> Table {
    let scale = impact.scale(lang);
    let measures = measures(effects);
    let mut columns = vec![
        Column::text("code", lang.pick("Code", "코드")),
        Column::text("sector", lang.pick("Sector", "부문")),
    ];
    for measure in &measures {
        for (id, stage) in [
            ("direct", lang.pick("direct", "직접")),
            ("indirect", lang.pick("indirect", "간접")),
            ("induced", lang.pick("induced", "유발")),
        ] {
            let id = format!("{}_{id}", measure.name);
            let title = format!("{}, {stage}", title(measure, lang));
            columns.push(match measure.unit {
                Counted::Money => scale.column(&id, &title),
                Counted::Persons => Column::number(&id, &title, labour_unit(kind, lang), 1),
                Counted::Unit(unit) => Column::number(&id, &title, unit.get(lang), 1),
            });
        }
    }
    let cells = |of: &dyn Fn(&[f64]) -> f64| {
        measures
            .iter()
            .flat_map(|m| {
                [&m.stages.direct, &m.stages.indirect, &m.stages.induced]
                    .map(|values| shown(m, of(values), scale))
            })
            .collect::<Vec<_>>()
    };
    let mut rows: Vec<Row> = impact
        .sectors
        .iter()
        .enumerate()
        .map(|(at, sector)| {
            let mut row = vec![sector.code.as_str().into(), sector.name.get(lang).into()];
            row.extend(cells(&|values| values[at]));
            Row::new(row)
        })
        .collect();
    let n = impact.sectors.len();
    if measures.iter().any(|m| m.stages.direct.len() > n) {
        let mut row = vec![Cell::Empty, IMPORTS_NOT_TOLD.get(lang).into()];
        row.extend(cells(&|values| values.get(n).copied().unwrap_or_default()));
        rows.push(Row::new(row));
    }
    let mut total = vec![Cell::Empty, lang.pick("All sectors", "전 부문").into()];
    total.extend(cells(&|values| values.iter().sum()));
    rows.push(Row::total(total));
    Table { columns, rows }
}

fn shown(measure: &Measured, value: f64, scale: Scale) -> Cell {
    match measure.unit {
        Counted::Money => scale.money(value).into(),
        Counted::Persons | Counted::Unit(_) => value.into(),
    }
}

fn title(measure: &Measured, lang: Lang) -> String {
    let (en, ko) = match measure.name {
        "output" => ("Output", "생산"),
        "value_added" => ("Value added", "부가가치"),
        "compensation" => ("Compensation of employees", "피용자보수"),
        "operating_surplus" => ("Operating surplus", "영업잉여"),
        "consumption_of_fixed_capital" => ("Consumption of fixed capital", "고정자본소모"),
        "net_production_taxes" => ("Net production taxes", "순생산세"),
        "imports" => ("Imported inputs", "수입 중간재"),
        name => match measure.title {
            Some(title) => return title.get(lang).to_owned(),
            None => (name, name),
        },
    };
    lang.pick(en, ko).to_owned()
}
