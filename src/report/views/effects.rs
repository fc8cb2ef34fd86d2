//! The stages of effects: a row a stage, a row a sector.

use crate::impact::ranking::{Direction, ranked};
use crate::impact::{Effects, Impact, SectorName, Stages, Sums};
use crate::lang::Lang;
use crate::report::words::IMPORTS_NOT_TOLD;
use crate::report::{Cell, Column, Row, Scale, Table};
use crate::scenario::PhaseKind;

impl Impact {
    pub(super) fn sectors_table(
        &self,
        effects: &Effects,
        kind: PhaseKind,
        top: usize,
        scale: Scale,
    ) -> Table {
        let lang = scale.lang();
        let measures = measures(effects, kind, scale);
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
        ];
        columns.extend(measures.iter().map(|m| m.column.clone()));
        self.mark_estimated(&mut columns, lang);
        columns[2].bar = true;
        let order = ranked(&effects.output);
        let mut rows = sector_rows(&measures, &self.sectors, &order, top, scale);
        // What households add stands beside what is set off without them.
        if effects.output.sums().induced != 0.0 {
            let output = &measures[0];
            let mut column = output.column.clone();
            column.id = "output_induced".to_owned();
            column.title = lang
                .pick("Output households add", "소득유발 생산")
                .to_owned();
            columns.push(column);
            let induced = |of: &[usize]| -> f64 {
                let stages = &effects.output.induced;
                output.scaled(scale, of.iter().map(|s| stages[*s]).sum())
            };
            let (first, rest) = order.split_at(top.min(order.len()));
            let mut cells: Vec<f64> = first.iter().map(|s| induced(&[*s])).collect();
            if !rest.is_empty() {
                cells.push(induced(rest));
            }
            cells.push(induced(&order));
            let cells = cells.into_iter().map(Cell::Number);
            rows.iter_mut()
                .zip(cells)
                .for_each(|(row, cell)| row.cells.push(cell));
        }
        Table { columns, rows }
    }
}

impl Impact {
    /// Says in the heading of employees where they are estimated, as the jobs beside them may not be.
    pub(super) fn mark_estimated(&self, columns: &mut [Column], lang: Lang) {
        let blocks = &self.receipt.estimated_blocks;
        if blocks.iter().any(|block| block == "satellites.employees") {
            for column in columns.iter_mut().filter(|c| c.id == "employees") {
                column.title += lang.pick(" (estimated)", "(추정)");
            }
        }
    }
}

/// A figure of the headline: its column and its stages.
pub(super) struct Measure<'a> {
    pub(super) column: Column,
    pub(super) stages: &'a Stages,
    money: bool,
}

impl Measure<'_> {
    /// A value in the unit of the column.
    pub(super) fn scaled(&self, scale: Scale, value: f64) -> f64 {
        if self.money {
            scale.money(value)
        } else {
            value
        }
    }
}

pub(super) fn measures<'a>(
    effects: &'a Effects,
    kind: PhaseKind,
    scale: Scale,
) -> Vec<Measure<'a>> {
    let lang = scale.lang();
    let money = |id: &str, title: &str, stages| Measure {
        column: scale.column(id, title).additive(),
        stages,
        money: true,
    };
    let mut all = vec![
        money("output", lang.pick("Output", "생산"), &effects.output),
        money(
            "value_added",
            lang.pick("Value added", "부가가치"),
            &effects.value_added,
        ),
        money(
            "imports",
            lang.pick("Imported inputs", "수입"),
            &effects.imports,
        ),
    ];
    for account in &effects.accounts {
        let (title, unit) = match account.account.id.as_str() {
            "jobs" => (
                lang.pick("Jobs", "취업").to_owned(),
                labour_unit(kind, lang).to_owned(),
            ),
            "employees" => (
                lang.pick("Employees", "고용").to_owned(),
                labour_unit(kind, lang).to_owned(),
            ),
            _ => {
                let a = &account.account;
                (a.title.get(lang).to_owned(), a.unit.get(lang).to_owned())
            }
        };
        all.push(Measure {
            column: Column::number(&account.account.id, &title, &unit, 0).additive(),
            stages: &account.effects,
            money: false,
        });
    }
    all
}

/// Direct, indirect, Type I, induced, total; one column a measure.
pub(super) fn headline(effects: &Effects, kind: PhaseKind, scale: Scale) -> Table {
    let lang = scale.lang();
    let measures = measures(effects, kind, scale);
    let mut columns = vec![Column::text("effect", lang.pick("Effect", "효과"))];
    columns.extend(measures.iter().map(|m| m.column.clone()));
    let rows = effect_rows(&measures, effects.output.sums().induced != 0.0, scale);
    Table { columns, rows }
}

/// The stages of each measure, a row a stage: direct, indirect, Type I; induced, Type II.
pub(super) fn effect_rows(measures: &[Measure], induced: bool, scale: Scale) -> Vec<Row> {
    let lang = scale.lang();
    let row = |name: &str, value: fn(&Sums) -> f64| {
        let cell = |m: &Measure| Cell::Number(m.scaled(scale, value(&m.stages.sums())));
        let mut cells = vec![Cell::from(name)];
        cells.extend(measures.iter().map(cell));
        cells
    };
    let mut rows = vec![
        Row::new(row(lang.pick("Direct", "직접"), |s| s.direct)),
        Row::new(row(
            lang.pick("Indirect (suppliers)", "간접(공급망)"),
            |s| s.indirect,
        )),
        Row::total(row(
            lang.pick("Type I: direct + indirect", "1형: 직접+간접"),
            |s| s.type1(),
        )),
    ];
    if induced {
        rows.push(Row::new(row(
            lang.pick("Induced (households)", "소득유발(가계소비)"),
            |s| s.induced,
        )));
        rows.push(Row::running_total(row(
            lang.pick("Type II: with induced", "2형: 소득유발 포함"),
            |s| s.total(),
        )));
    }
    rows
}

/// "Sectors that gain most (Type I)", or lose.
pub(super) fn sectors_title(effects: &Effects, lang: Lang) -> String {
    let output = &effects.output;
    let direction = Direction::of((0..output.direct.len()).map(|s| output.type1(s)));
    let type1 = lang.pick(" (Type I)", "(1형)");
    format!("{}{type1}", direction.sectors(lang))
}

/// The first `top` sectors of an order, the others together, and all; behind the code and the name a
/// cell a measure, of direct and indirect effects.
pub(super) fn sector_rows(
    measures: &[Measure],
    sectors: &[SectorName],
    order: &[usize],
    top: usize,
    scale: Scale,
) -> Vec<Row> {
    let lang = scale.lang();
    let all = lang.pick("All sectors", "전 부문");
    let not_told = |m: &Measure| m.stages.type1_beyond(sectors.len());
    let mut rows = ranked_rows(sectors, order, top, all, lang, |of| {
        let cell = |m: &Measure| {
            let sum: f64 = of.iter().map(|s| m.stages.type1(*s)).sum();
            let in_all = of.len() == order.len();
            let beyond = not_told(m).filter(|_| in_all).unwrap_or_default();
            Cell::Number(m.scaled(scale, sum + beyond))
        };
        measures.iter().map(cell).collect()
    });
    if measures.iter().any(|m| not_told(m).is_some()) {
        let mut cells = vec![Cell::from(""), Cell::from(IMPORTS_NOT_TOLD.get(lang))];
        let cell = |m: &Measure| not_told(m).map_or(Cell::Empty, |v| m.scaled(scale, v).into());
        cells.extend(measures.iter().map(cell));
        rows.insert(rows.len() - 1, Row::new(cells));
    }
    rows
}

/// The first `top` sectors of an order, the rest of it together, and as a total all of it under the name `all`:
/// code and name, then the cells of what sectors come to.
pub(super) fn ranked_rows(
    sectors: &[SectorName],
    order: &[usize],
    top: usize,
    all: &str,
    lang: Lang,
    cells_of: impl Fn(&[usize]) -> Vec<Cell>,
) -> Vec<Row> {
    let row = |code: &str, name: &str, of: &[usize]| {
        let mut cells = vec![Cell::from(code), Cell::from(name)];
        cells.extend(cells_of(of));
        cells
    };
    let (first, rest) = order.split_at(top.min(order.len()));
    let mut rows: Vec<Row> = first
        .iter()
        .map(|&s| Row::new(row(&sectors[s].code, sectors[s].name.get(lang), &[s])))
        .collect();
    if !rest.is_empty() {
        rows.push(Row::new(row("", &other_sectors(rest.len(), lang), rest)));
    }
    rows.push(Row::total(row("", all, order)));
    rows
}

/// The name of those that are not listed one by one.
pub(crate) fn other_sectors(count: usize, lang: Lang) -> String {
    let noun = if count == 1 { "sector" } else { "sectors" };
    lang.pick(
        format!("{count} other {noun}"),
        format!("기타 {count}개 부문"),
    )
}

/// What one unit of the currency of demand at home does.
pub(super) fn per_unit(effects: &Effects, scale: Scale) -> String {
    let lang = scale.lang();
    let demand = effects.spending.domestic.as_millions();
    if demand == 0.0 {
        return lang
            .pick(
                "There is no demand for domestic products.",
                "국산품 수요가 없음.",
            )
            .to_owned();
    }
    let (output, value_added) = (effects.output.sums(), effects.value_added.sums());
    let imports = effects.imports.sums();
    let jobs = effects.account("jobs").map_or(0.0, |j| j.sums().type1()) / demand * 1e3;
    lang.pick(
        format!(
            "Each {} of demand at home (Type I): output {:.3}, value added {:.3}, imports {:.3}; {jobs:.1} \
             full-time jobs per {}.",
            scale.currency(),
            output.type1() / demand,
            value_added.type1() / demand,
            imports.type1() / demand,
            scale.billion()
        ),
        format!(
            "국내 수요 {}당(1형): 생산 {:.3}, 부가가치 {:.3}, 수입 {:.3}. {}당 취업 {jobs:.1}명(전업환산).",
            scale.units(1),
            output.type1() / demand,
            value_added.type1() / demand,
            imports.type1() / demand,
            scale.billion()
        ),
    )
}

/// What persons are in a phase: job-years of one-off work, jobs of recurring work.
pub fn labour_unit(kind: PhaseKind, lang: Lang) -> &'static str {
    match kind {
        PhaseKind::OneOff => lang.pick("job-years", "인년"),
        PhaseKind::Recurring => lang.pick("jobs", "명"),
    }
}

impl Direction {
    /// The heading of a list of sectors, those that change most first.
    pub fn sectors(self, lang: Lang) -> &'static str {
        match self {
            Direction::Rise => lang.pick("Sectors that gain most", "파급효과가 큰 부문"),
            Direction::Fall => lang.pick("Sectors that lose most", "감소 효과가 큰 부문"),
            Direction::Mixed => lang.pick("Sectors that change most", "변화가 큰 부문"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fall_is_named_a_fall() {
        let lose = Direction::of([-4.0, -1.0]).sectors(Lang::En);
        assert_eq!(lose, "Sectors that lose most");
        let both = Direction::of([-4.0, 1.0]).sectors(Lang::Ko);
        assert_eq!(both, "변화가 큰 부문");
    }
}
