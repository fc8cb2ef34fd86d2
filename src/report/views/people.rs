//! Whose jobs they are.

use super::effects::labour_unit;
use crate::impact::Sums;
use crate::impact::people::PeopleImpact;
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Row, Table};

impl PeopleImpact {
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
