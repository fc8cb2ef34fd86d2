//! An impact on one screen: what is spent, what stays and what leaves, output, GDP, jobs, who
//! supplies, what was assumed.

use super::document::{Measure, effect_rows, labour_unit, measures, sector_rows};
use super::ranking::ranked;
use super::{Effects, Impact};
use crate::lang::Lang;
use crate::report::document::{number, round_to_sum};
use crate::report::{Block, Cell, Column, Scale, Table};
use crate::scenario::PhaseKind;

/// How many sectors the one screen shows where nobody asks for more.
const SECTORS: usize = 5;

impl Impact {
    /// Direct, indirect and induced effects, the kinds of phases side by side.
    pub(super) fn headline_side_by_side(&self, lang: Lang) -> Vec<Block> {
        let scale = self.scale(lang);
        let kinds = self.kinds();
        let mut columns = vec![Column::text("effect", lang.pick("Effect", "효과"))];
        let mut all: Vec<Measure> = Vec::new();
        for (kind, effects) in &kinds {
            for mut measure in shown(effects, *kind, scale) {
                if kinds.len() > 1 {
                    name_by_kind(&mut measure.column, *kind, lang);
                }
                columns.push(measure.column.clone());
                all.push(measure);
            }
        }
        let induced = kinds.iter().any(|(_, e)| e.output.sums().induced != 0.0);
        let mut rows = effect_rows(&all, induced, scale);
        if induced {
            // What households add stands beside Type I; the sum is for the views that ask for it.
            rows.pop();
            if let Some(Cell::Text(name)) = rows.last_mut().and_then(|row| row.cells.first_mut()) {
                *name = lang
                    .pick("Households add (to Type II)", "가계소비 추가분(2형)")
                    .to_owned();
            }
        }
        let mut blocks = vec![Block::Table(Table { columns, rows })];
        blocks.extend(self.gdp_at_market_prices(lang).map(Block::Text));
        let others: Vec<String> = kinds
            .iter()
            .flat_map(|(kind, effects)| other_accounts(effects, *kind, lang))
            .collect();
        if !others.is_empty() {
            blocks.push(Block::Notes(others));
        }
        blocks
    }

    /// Value added and the taxes on imports make GDP at market prices, where the table knows them.
    fn gdp_at_market_prices(&self, lang: Lang) -> Option<String> {
        let scale = self.scale(lang);
        let of_kind = |(kind, effects): (PhaseKind, &Effects)| {
            let taxes = self.leakage.iter().find(|l| l.kind == kind)?.taxes?.type1();
            let value_added = effects.value_added.sums().type1();
            let when = match kind {
                PhaseKind::OneOff => lang.pick(" in all", "모두 "),
                PhaseKind::Recurring => lang.pick(" a year", "연 "),
            };
            let (all, taxes) = (scale.amount(value_added + taxes), scale.figure(taxes));
            Some(lang.pick(
                format!("{all}{when} with {taxes} of taxes on imports"),
                format!("{when}{all}(수입품세 {taxes} 포함)"),
            ))
        };
        let said: Option<Vec<String>> = self.kinds().into_iter().map(of_kind).collect();
        let said = said.filter(|s| !s.is_empty())?.join(", ");
        Some(lang.pick(
            format!("GDP at market prices (Type I): {said}."),
            format!("시장가격 GDP(1형): {said}."),
        ))
    }

    /// The sectors that change most (Type I), the kinds of phases side by side, ranked by the first.
    pub(super) fn sectors_side_by_side(&self, top: Option<usize>, lang: Lang) -> Vec<Block> {
        let scale = self.scale(lang);
        let kinds = self.kinds();
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
                if measure.column.id == "value_added" {
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
        let rows = sector_rows(&all, &self.sectors, &order, top.unwrap_or(SECTORS), scale);
        vec![Block::Table(Table { columns, rows })]
    }

    /// What stays in the province, a sentence a phase.
    pub(super) fn region_in_short(&self, lang: Lang) -> Vec<Block> {
        let Some(regional) = &self.regional else {
            return Vec::new();
        };
        let sentences: Vec<String> = regional
            .phases
            .iter()
            .map(|p| {
                let percent = |s: super::regional::Split| number(s.share() * 100.0, 0);
                lang.pick(
                    format!(
                        "{} in {}: {} % of value added and {} % of jobs stay there.",
                        p.phase.en,
                        p.region.en,
                        percent(p.value_added),
                        percent(p.jobs)
                    ),
                    format!(
                        "{}({}): 부가가치의 {}%, 취업의 {}%가 지역내에 귀착.",
                        p.phase.ko,
                        p.region.ko,
                        percent(p.value_added),
                        percent(p.jobs)
                    ),
                )
            })
            .collect();
        vec![Block::Notes(sentences)]
    }

    /// The first group of each profile of people, a line a profile.
    pub(super) fn people_in_short(&self, lang: Lang) -> Vec<Block> {
        let line = |people: &super::people::PeopleImpact| {
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
            let mark = if people.illustrative {
                lang.pick(
                    " (illustrative shares, not statistics)",
                    "(예시용 비율, 통계 아님)",
                )
            } else {
                ""
            };
            Some(format!("{group}: {}{mark}", counts.join(", ")))
        };
        let people = self.people.iter().filter(|p| !p.illustrative);
        vec![Block::Notes(people.filter_map(line).collect())]
    }

    /// Figures of the scenario in one paragraph.
    pub(super) fn indicators_in_short(&self, lang: Lang) -> Vec<Block> {
        let figures: Vec<String> = self
            .indicators
            .iter()
            .map(|i| {
                format!(
                    "{} {} {}",
                    i.name.get(lang),
                    number(i.value, i.decimals),
                    i.unit.get(lang)
                )
            })
            .collect();
        vec![Block::Text(figures.join(" · "))]
    }
}

/// Output, value added and jobs.
fn shown<'a>(effects: &'a Effects, kind: PhaseKind, scale: Scale) -> Vec<Measure<'a>> {
    let mut all = measures(effects, kind, scale);
    all.retain(|m| matches!(m.column.id.as_str(), "output" | "value_added" | "jobs"));
    all
}

/// Accounts beside jobs, a line each.
fn other_accounts(effects: &Effects, kind: PhaseKind, lang: Lang) -> Vec<String> {
    let when = match kind {
        PhaseKind::OneOff => lang.pick("in all", "일회성 합계"),
        PhaseKind::Recurring => lang.pick("a year", "연간"),
    };
    let others = effects.accounts.iter().filter(|a| a.account.id != "jobs");
    others
        .map(|a| {
            let (sums, unit) = (a.effects.sums(), a.account.unit.get(lang));
            let (first, all) = (number(sums.type1(), 1), number(sums.total(), 1));
            lang.pick(
                format!(
                    "{}, {when}: {first} {unit} (Type I), {all} with induced",
                    a.account.title.en
                ),
                format!(
                    "{}({when}): {first} {unit}(1형), 소득유발 포함 {all}",
                    a.account.title.ko
                ),
            )
        })
        .collect()
}

/// Tells the columns of a full year from those of one-off phases in all.
fn name_by_kind(column: &mut Column, kind: PhaseKind, lang: Lang) {
    if kind == PhaseKind::OneOff {
        column.id = format!("one_off_{}", column.id);
    } else {
        column.title = if column.id == "jobs" {
            lang.pick("Jobs while it runs", "운영 중 취업").to_owned()
        } else {
            lang.pick(
                format!("{} a year", column.title),
                format!("연간 {}", column.title),
            )
        };
        column.id = format!("recurring_{}", column.id);
    }
}
