//! People: whose jobs they are, by a profile of each sector's jobs.
//!
//! jobs of group g = sum over sectors of share(sector, g) x jobs(sector), for each stage; job-years of
//! one-off phases and jobs of recurring ones stay apart.

use super::document::labour_unit;
use super::{Effects, Sums};
use crate::lang::{Lang, Text};
use crate::report::{Block, Cell, Column, Row, Table};
use crate::scenario::PhaseKind;
use crate::scenario::profile::Profile;
use serde::{Deserialize, Serialize};

/// Jobs by group of people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct PeopleImpact {
    /// What the groups are: "age".
    pub name: Text,
    /// Where the shares come from.
    pub source: Option<Text>,
    /// Whether the shares only illustrate the method.
    pub illustrative: bool,
    /// The groups.
    pub groups: Vec<Text>,
    /// Job-years (one-off) and jobs (recurring) by group, as far as there are such phases.
    pub kinds: Vec<(PhaseKind, Vec<Sums>)>,
}

impl PeopleImpact {
    /// Splits the jobs of effects; without jobs in the table there is nothing to split.
    pub fn of(profile: &Profile, effects: &[(PhaseKind, &Effects)]) -> Self {
        let split = |jobs: &[f64], group: usize| -> f64 {
            let shares = profile.shares.column(group);
            jobs.iter().zip(shares.iter()).map(|(j, s)| j * s).sum()
        };
        let kinds = effects
            .iter()
            .filter_map(|(kind, effects)| Some((*kind, effects.account("jobs")?)))
            .map(|(kind, jobs)| {
                let groups = (0..profile.groups.len())
                    .map(|g| Sums {
                        direct: split(&jobs.direct, g),
                        indirect: split(&jobs.indirect, g),
                        induced: split(&jobs.induced, g),
                    })
                    .collect();
                (kind, groups)
            })
            .collect();
        PeopleImpact {
            name: profile.name.clone(),
            source: profile.source.clone(),
            illustrative: profile.illustrative,
            groups: profile.groups.clone(),
            kinds,
        }
    }

    /// The groups as blocks of a document.
    pub fn blocks(&self, lang: Lang) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (kind, groups) in &self.kinds {
            let unit = labour_unit(*kind, lang);
            let number = |id: &str, title: &str| Column::number(id, title, unit, 0).additive();
            let columns = vec![
                Column::text("group", self.name.get(lang)),
                number("direct", lang.pick("Direct", "직접")),
                number("indirect", lang.pick("Indirect", "간접")),
                number("induced", lang.pick("Induced", "소득유발")),
                number("total", lang.pick("Total", "합계"))
                    .with_bar()
                    .sum_of(["direct", "indirect", "induced"]),
                Column::number("share", lang.pick("Share", "비중"), "%", 1),
            ];
            let sum = |f: fn(Sums) -> f64| groups.iter().map(|g| f(*g)).sum::<f64>();
            let all = sum(Sums::total);
            let share = |of: f64| if all == 0.0 { 0.0 } else { of / all * 100.0 };
            let mut rows: Vec<Row> = groups
                .iter()
                .zip(&self.groups)
                .map(|(g, name)| {
                    let numbers = [g.direct, g.indirect, g.induced, g.total(), share(g.total())];
                    let mut cells = vec![Cell::from(name.get(lang))];
                    cells.extend(numbers.map(Cell::Number));
                    Row::new(cells)
                })
                .collect();
            let totals = [
                sum(|g| g.direct),
                sum(|g| g.indirect),
                sum(|g| g.induced),
                all,
                share(all),
            ];
            let mut cells = vec![Cell::from(lang.pick("All", "전체"))];
            cells.extend(totals.map(Cell::Number));
            rows.push(Row::total(cells));
            blocks.push(Block::Table(Table { columns, rows }));
        }
        let source = self.source.as_ref().map_or("", |s| s.get(lang));
        let said = match (self.illustrative, source.is_empty()) {
            (true, _) => lang.pick(
                format!("Illustrative shares, not statistics. {source}"),
                format!("예시용 비율로 통계가 아님. {source}"),
            ),
            (false, false) => {
                lang.pick(format!("Shares: {source}"), format!("비율 출처: {source}"))
            }
            (false, true) => return blocks,
        };
        blocks.push(Block::Text(said.trim().to_owned()));
        blocks
    }
}
