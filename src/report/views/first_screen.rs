//! An impact on one screen: what is spent, what stays and what leaves, output, GDP, jobs, who
//! supplies, what was assumed.

use super::effects::{Measure, labour_unit, measures, sector_rows};
use crate::impact::ranking::ranked;
use crate::impact::{Effects, Impact, Indicator, people, regional};
use crate::lang::{Lang, Text};
use crate::report::document::Kind;
use crate::report::document::{number, round_to_sum};
use crate::report::{Block, Cell, Column, Row, Scale, Table, Unit};
use crate::scenario::PhaseKind;
use crate::table::counts_persons;

/// How many sectors the one screen shows where nobody asks for more.
const SECTORS: usize = 5;

impl Impact {
    /// Direct, indirect and Type I effects, and beside them what households add: a row a measure of each
    /// kind of phase, with GDP at market prices where the table knows the taxes on imports.
    pub(super) fn headline_by_kind(&self, lang: Lang) -> Vec<Block> {
        let scale = self.scale(lang);
        let kinds: Vec<_> = self.effects.present().collect();
        let induced = kinds.iter().any(|(_, e)| e.output.sums().induced != 0.0);
        let number = |id: &str, title: &str| Column::number(id, title, "", 0);
        let mut columns = vec![
            Column::text("measure", lang.pick("Effect", "효과")),
            number("direct", lang.pick("Direct", "직접")),
            number("indirect", lang.pick("Indirect", "간접")),
            number("type1", lang.pick("Type I", "1형")),
        ];
        if induced {
            let title = lang.pick("Households add", "가계소비 추가분");
            columns.push(number("induced", title));
        }
        let mut rows = Vec::new();
        for (kind, effects) in &kinds {
            for mut measure in shown(effects, *kind, scale) {
                if kinds.len() > 1 {
                    name_by_kind(&mut measure.column, *kind, lang);
                }
                let decimals = match measure.column.kind {
                    Kind::Number { decimals, .. } => decimals,
                    Kind::Text => 0,
                };
                let is_value_added = measure.column.id.ends_with("value_added");
                if measure.column.id.ends_with("employees") {
                    // Estimated where the jobs above them are not: the heading does not say it of them.
                    let blocks = &self.receipt.estimated_blocks;
                    measure.column.title = match blocks.iter().any(|b| b == "satellites.employees")
                    {
                        true => lang.pick("· Employees (estimated)", "· 고용(피용자, 추정)"),
                        false => lang.pick("· Employees", "· 고용(피용자)"),
                    }
                    .to_owned();
                }
                let unit = Unit {
                    name: measure.column.unit.clone(),
                    decimals,
                };
                let cell = |value| Cell::Measure(measure.scaled(scale, value), unit.clone());
                let sums = measure.stages.sums();
                let mut cells = vec![Cell::from(measure.column.title.as_str())];
                cells.extend([sums.direct, sums.indirect, sums.type1()].map(cell));
                if induced {
                    cells.push(cell(sums.induced));
                }
                rows.push(Row::new(cells));
                let gdp = self.gdp_at_market_prices(*kind);
                if let Some(gdp) = gdp.filter(|_| is_value_added) {
                    let title = lang.pick("· GDP at market prices", "· 시장가격 GDP");
                    let mut cells = vec![Cell::from(title), Cell::Empty, Cell::Empty];
                    cells.push(cell(gdp.type1));
                    if induced {
                        cells.push(cell(gdp.induced));
                    }
                    rows.push(Row::new(cells));
                }
            }
        }
        let mut blocks = vec![Block::Table(Table { columns, rows })];
        let others: Vec<String> = kinds
            .iter()
            .flat_map(|(kind, effects)| other_accounts(effects, *kind, lang))
            .collect();
        if !others.is_empty() {
            blocks.push(Block::Notes(others));
        }
        blocks
    }

    /// The sectors that change most (Type I), the kinds of phases side by side, ranked by the first.
    pub(super) fn sectors_side_by_side(&self, top: Option<usize>, lang: Lang) -> Vec<Block> {
        let scale = self.scale(lang);
        let kinds: Vec<_> = self.effects.present().collect();
        let Some((_, first)) = kinds.first() else {
            return Vec::new();
        };
        let order = ranked(&first.output);
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
        ];
        let mut all: Vec<Measure> = Vec::new();
        for (kind, effects) in &kinds {
            for mut measure in shown(effects, *kind, scale) {
                if matches!(measure.column.id.as_str(), "value_added" | "employees") {
                    continue;
                }
                measure.column.bar = measure.column.id == "output";
                if kinds.len() > 1 {
                    measure.column.bar &= *kind == PhaseKind::OneOff;
                    name_by_kind(&mut measure.column, *kind, lang);
                }
                columns.push(measure.column.clone());
                all.push(measure);
            }
        }
        let mut rows = sector_rows(&all, &self.sectors, &order, top.unwrap_or(SECTORS), scale);
        // What all come to stands in the table above.
        rows.pop();
        vec![Block::Table(Table { columns, rows })]
    }

    /// What stays in the province, in one sentence.
    pub(super) fn region_in_short(&self, lang: Lang) -> Option<String> {
        let regional = self.regional.as_ref()?;
        let first = &regional.phases.first()?.region;
        let one = regional.phases.iter().all(|p| p.region == *first);
        let percent = |s: regional::Split| number(s.share() * 100.0, 0);
        let phase = |p: &regional::PhaseInRegion| {
            let (value_added, jobs) = (percent(p.value_added), percent(p.jobs));
            let place = match one {
                true => String::new(),
                false => format!(" ({})", p.region.get(lang)),
            };
            lang.pick(
                format!("{}{place} {value_added} and {jobs} %", p.phase.en),
                format!("{}{place} {value_added}·{jobs}%", p.phase.ko),
            )
        };
        let phases: Vec<String> = regional.phases.iter().map(phase).collect();
        let phases = phases.join(", ");
        let place = match one {
            true => first.clone(),
            false => Text::new("its province", "해당 시도"),
        };
        Some(lang.pick(
            format!(
                "Stays in {}, of value added and jobs (Type I): {phases}.",
                place.en
            ),
            format!("{} 귀착분(부가가치·취업, 1형): {phases}.", place.ko),
        ))
    }

    /// The first group of each profile of people, a line a profile.
    pub(super) fn people_in_short(&self, lang: Lang) -> Vec<Block> {
        let line = |people: &people::PeopleImpact| {
            let counts: Vec<String> = people
                .kinds
                .iter()
                .filter_map(|(kind, groups)| {
                    let all: f64 = groups.iter().map(|g| g.total()).sum();
                    let first = groups.first()?.total();
                    let unit = labour_unit(*kind, lang);
                    let share = if all == 0.0 { 0.0 } else { first / all * 100.0 };
                    // As the table of all groups shows it.
                    let totals: Vec<f64> = groups.iter().map(|g| g.total()).collect();
                    let shown = round_to_sum(&totals, all, 0);
                    let (count, share) = (number(*shown.first()?, 0), number(share, 0));
                    Some(lang.pick(
                        format!("{count} {unit} ({share} %)"),
                        format!("{count}{unit}({share}%)"),
                    ))
                })
                .collect();
            let group = people.groups.first()?.get(lang);
            Some(format!("{group}: {}", counts.join(", ")))
        };
        let people = self.people.iter().filter(|p| !p.illustrative);
        vec![Block::Notes(people.filter_map(line).collect())]
    }

    /// Figures of the scenario in one paragraph.
    pub(super) fn indicators_in_short(&self, lang: Lang) -> Option<String> {
        // What is nought as shown says nothing here.
        let shown = |i: &&Indicator| number(i.value, i.decimals) != number(0.0, i.decimals);
        let figures: Vec<String> = self
            .indicators
            .iter()
            .filter(shown)
            .map(|i| {
                format!(
                    "{} {} {}",
                    i.name.get(lang),
                    number(i.value, i.decimals),
                    i.unit.get(lang)
                )
            })
            .collect();
        let title = lang.pick("Figures of the scenario", "시나리오 지표");
        (!figures.is_empty()).then(|| format!("{title}: {}.", figures.join(" · ")))
    }
}

/// Output, value added, jobs and employees.
fn shown<'a>(effects: &'a Effects, kind: PhaseKind, scale: Scale) -> Vec<Measure<'a>> {
    let mut all = measures(effects, kind, scale);
    let of_headline = |id: &str| matches!(id, "output" | "value_added") || counts_persons(id);
    all.retain(|m| of_headline(&m.column.id));
    all
}

/// Accounts beside persons, a line each.
fn other_accounts(effects: &Effects, kind: PhaseKind, lang: Lang) -> Vec<String> {
    let when = match kind {
        PhaseKind::OneOff => lang.pick("in all", "일회성 합계"),
        PhaseKind::Recurring => lang.pick("a year", "연간"),
    };
    let others = effects
        .accounts
        .iter()
        .filter(|a| !counts_persons(&a.account.id));
    others
        .map(|a| {
            let (sums, unit) = (a.effects.sums(), a.account.unit.get(lang));
            let (first, all) = (number(sums.type1(), 1), number(sums.total(), 1));
            let title = &a.account.title;
            match sums.induced == 0.0 {
                true => lang.pick(
                    format!("{}, {when}: {first} {unit} (Type I)", title.en),
                    format!("{}({when}): {first} {unit}(1형)", title.ko),
                ),
                false => lang.pick(
                    format!(
                        "{}, {when}: {first} {unit} (Type I), {all} with induced",
                        title.en
                    ),
                    format!(
                        "{}({when}): {first} {unit}(1형), 소득유발 포함 {all}",
                        title.ko
                    ),
                ),
            }
        })
        .collect()
}

/// Tells the columns of a full year from those of one-off phases in all.
fn name_by_kind(column: &mut Column, kind: PhaseKind, lang: Lang) {
    if kind == PhaseKind::OneOff {
        column.id = format!("one_off_{}", column.id);
    } else {
        column.title = if column.id == "jobs" {
            lang.pick("Jobs held", "유지 취업").to_owned()
        } else {
            lang.pick(
                format!("{} a year", column.title),
                format!("연간 {}", column.title),
            )
        };
        column.id = format!("recurring_{}", column.id);
    }
}
