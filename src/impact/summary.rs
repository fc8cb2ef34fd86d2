//! An impact on one screen: what is spent, what stays and what leaves, output, GDP, jobs, who
//! supplies, what was assumed.

use super::document::{Measure, effect_rows, labour_unit, measures, sector_rows};
use super::ranking::ranked;
use super::{Effects, Impact};
use crate::lang::Lang;
use crate::report::document::{number, round_to_sum};
use crate::report::{Block, Column, Scale, Table};
use crate::scenario::PhaseKind;

/// How many sectors the one screen shows where nobody asks for more.
const SECTORS: usize = 6;

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
        let rows = effect_rows(&all, induced, scale);
        let leaks: Vec<String> = kinds
            .iter()
            .filter_map(|(kind, effects)| leak(effects, *kind, kinds.len() > 1, scale))
            .collect();
        let mut blocks = vec![
            Block::Table(Table { columns, rows }),
            Block::Text(leaks.join(" ")),
        ];
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
        vec![Block::Notes(self.people.iter().filter_map(line).collect())]
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

/// What leaves the country and what stays of all that is spent.
fn leak(effects: &Effects, kind: PhaseKind, both: bool, scale: Scale) -> Option<String> {
    let lang = scale.lang();
    let spent = effects.spending.total.as_millions();
    if spent <= 0.0 {
        return None;
    }
    let leaves = effects.spending.imported.as_millions() + effects.imports.sums().type1();
    let stays = effects.value_added.sums().type1();
    let when = match (both, kind) {
        (false, _) => lang.pick("", "지출"),
        (true, PhaseKind::OneOff) => lang.pick(" in all", "일회성 지출"),
        (true, PhaseKind::Recurring) => lang.pick(" a year", "연간 지출"),
    };
    let percent = |v: f64| number(v / spent * 100.0, 0);
    Some(lang.pick(
        format!(
            "Of {} spent{when}, {} ({} %) leave as imports and {} ({} %) become value added at \
             home (Type I).",
            scale.amount(spent),
            scale.figure(leaves),
            percent(leaves),
            scale.figure(stays),
            percent(stays)
        ),
        format!(
            "{when} {} 중 {}({}%)은 수입으로 유출, {}({}%)은 국내 부가가치(1형).",
            scale.amount(spent),
            scale.amount(leaves),
            percent(leaves),
            scale.amount(stays),
            percent(stays)
        ),
    ))
}
