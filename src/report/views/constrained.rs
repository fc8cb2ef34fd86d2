//! What is left of a programme under caps.

use crate::impact::SectorName;
use crate::impact::constrained::{Constrained, Totals};
use crate::report::{Block, Cell, Column, Row, Scale, Table};

impl Constrained {
    /// The constraint as blocks of a document.
    pub fn blocks(&self, sectors: &[SectorName], scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let money = |id: &str, title: &str| scale.column(id, title);
        let per_unit = scale.ratio_unit();
        let number = |id: &str, title: &str| Column::number(id, title, &per_unit, 3);
        let Some(worst) = self.worst().or(self.periods.first()) else {
            return Vec::new();
        };
        let mut blocks = vec![Block::Text(match (self.worst(), worst.year) {
            (None, _) => lang.pick(
                "No cap binds.".to_owned(),
                "제약이 되는 상한이 없음.".to_owned(),
            ),
            (_, Some(year)) => lang.pick(
                format!("The tightest year, {year}:"),
                format!("부족이 가장 큰 연도: {year}년"),
            ),
            (_, None) => lang
                .pick("Phases without dates:", "일정이 없는 단계:")
                .to_owned(),
        })];
        let columns = vec![
            Column::text("sector", lang.pick("Capped sector", "상한 부문")),
            money("wished", lang.pick("Wished", "필요 추가 생산")),
            money("cap", lang.pick("Can add", "추가 가능")),
            money("short", lang.pick("Short", "부족")),
            money("short_of_inputs", lang.pick("of it: inputs", "중간재 부족")),
            number(
                "shadow_value_added",
                lang.pick("Value added per unit", "1단위당 부가가치"),
            ),
            number(
                "shadow_demand",
                lang.pick("Demand met per unit", "1단위당 충족 수요"),
            ),
            number(
                "shadow_rationed",
                lang.pick("Value added, rationed", "일괄 감축 시 부가가치"),
            ),
        ];
        let label = |sector: usize| {
            format!(
                "{} {}",
                sectors[sector].code,
                sectors[sector].name.get(lang)
            )
        };
        let rows = worst
            .sectors
            .iter()
            .map(|s| {
                let amounts = [s.wished, s.cap, s.short, s.short_of_inputs];
                let mut cells = vec![Cell::Text(label(s.sector))];
                cells.extend(amounts.map(|v| Cell::Number(scale.money(v))));
                let shadows = [s.shadow_value_added, s.shadow_demand, s.shadow_rationed];
                cells.extend(shadows.map(Cell::Number));
                Row::new(cells)
            })
            .collect();
        blocks.push(Block::Table(Table { columns, rows }));
        if self.worst().is_none() {
            return blocks;
        }
        let columns = vec![
            Column::text("case", lang.pick("Case (Type I)", "경우(1형)")),
            Column::number("demand_met", lang.pick("Demand met", "수요 충족"), "%", 1),
            Column::number("from_home", lang.pick("from home", "국내 생산"), "%", 1),
            money("output", lang.pick("Output", "생산")),
            money("value_added", lang.pick("Value added", "부가가치")),
            money("imports", lang.pick("Imports", "수입")),
            money("replacing", lang.pick("of it: in place", "대체 수입")),
            Column::number(
                "job_years",
                lang.pick("One-off", "일회성"),
                lang.pick("job-years", "인년"),
                0,
            ),
            Column::number(
                "jobs",
                lang.pick("Recurring", "반복"),
                lang.pick("jobs", "명"),
                0,
            ),
        ];
        let row = |name: &str, met: Option<[f64; 2]>, t: Totals| {
            let money = [t.output, t.value_added, t.imports, t.replacing]
                .map(|v| Cell::Number(scale.money(v)));
            let mut cells = vec![Cell::from(name)];
            cells.extend(match met {
                Some(shares) => shares.map(|share| Cell::Number(share * 100.0)),
                None => [Cell::Empty, Cell::Empty],
            });
            cells.extend(money);
            cells.extend([t.job_years, t.jobs].map(Cell::Number));
            Row::new(cells)
        };
        let lost = lang.pick("· lost against no cap", "· 상한 없음 대비 감소");
        let rows = vec![
            row(
                lang.pick("Without the cap", "상한 없음"),
                Some([1.0, 1.0]),
                worst.wished,
            ),
            row(
                lang.pick("Short: imported", "부족분 수입"),
                Some([1.0, worst.share_from_home]),
                worst.possible,
            ),
            row(lost, None, worst.wished.minus(worst.possible)),
            row(
                lang.pick("Short: all demand cut alike", "대체 불가: 수요 일괄 감축"),
                Some([worst.share_rationed; 2]),
                worst.rationed,
            ),
            row(lost, None, worst.wished.minus(worst.rationed)),
        ];
        blocks.push(Block::Table(Table { columns, rows }));
        if self.periods.len() > 1 {
            let columns = vec![
                Column::text("period", lang.pick("Year", "연도")),
                Column::text("sector", lang.pick("Capped sector", "상한 부문")),
                money("wished", lang.pick("Wished", "필요 추가 생산")),
                money("cap", lang.pick("Can add", "추가 가능")),
                money("short", lang.pick("Short", "부족")),
            ];
            let mut rows = Vec::new();
            for (first, last) in self.alike() {
                let years = match (first.year, last.year) {
                    (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
                    (Some(year), _) => year.to_string(),
                    (None, _) => lang.pick("undated", "일정 없음").to_owned(),
                };
                for s in &first.sectors {
                    let mut cells = vec![Cell::Text(years.clone()), Cell::Text(label(s.sector))];
                    cells.extend([s.wished, s.cap, s.short].map(|v| Cell::Number(scale.money(v))));
                    rows.push(Row::new(cells));
                }
            }
            blocks.push(Block::Table(Table { columns, rows }));
        }
        blocks
    }
}
