//! What is used of energy, by industry.

use crate::impact::Sums;
use crate::impact::energy::{EnergyImpact, EnergyOfKind};
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Row, Table};
use crate::scenario::PhaseKind;

impl EnergyImpact {
    /// A table a kind of phase, then what the figures are and are not.
    pub fn blocks(&self, lang: Lang) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        for of in &self.kinds {
            blocks.push(Block::Text(self.of_what(of, lang)));
            blocks.push(Block::Table(self.table(of, lang)));
        }
        let (year, output_year, source) = (self.year, self.output_year, self.source.get(lang));
        blocks.push(Block::Text(lang.pick(
            format!(
                "Final energy use of {year} over output of {output_year}, at prices of {output_year}; not of the \
                 table's year, and one figure for all sectors of an industry. Without services, transport, energy \
                 industries, other manufacturing, feedstock, and coke for blast furnaces: not a total, and no basis \
                 for emissions. Source: {source}."
            ),
            format!(
                "{year}년 최종에너지 사용량을 {output_year}년 산출액({output_year}년 가격)으로 나눈 원단위 적용. 표의 \
                 연도와 다르며, 한 산업에 속한 부문의 원단위는 모두 같음. 서비스업·운송업·에너지산업·기타 제조업과 원료용, \
                 고로용 코크스는 제외되므로 총량이 아니며 배출량 산정에 쓸 수 없음. 자료: {source}."
            ),
        )));
        blocks
    }

    fn of_what(&self, of: &EnergyOfKind, lang: Lang) -> String {
        let covered = 100.0 * of.covered;
        match of.kind {
            PhaseKind::OneOff => lang.pick(
                format!("One-off phases, in all: {covered:.0} % of the output set off (Type I) is of these industries."),
                format!("일회성 단계 합계: 유발 산출(1형)의 {covered:.0}%가 아래 산업에 속함."),
            ),
            PhaseKind::Recurring => lang.pick(
                format!("Recurring phases, a full year: {covered:.0} % of the output set off (Type I) is of these industries."),
                format!("매년 반복 단계(연간): 유발 산출(1형)의 {covered:.0}%가 아래 산업에 속함."),
            ),
        }
    }

    fn table(&self, of: &EnergyOfKind, lang: Lang) -> Table {
        let energy = |id: &str, title: &str| Column::number(id, title, "TJ", 0).additive();
        let columns = vec![
            Column::text("industry", lang.pick("Industry", "산업")),
            energy("direct", lang.pick("Direct", "직접")),
            energy("indirect", lang.pick("Indirect", "간접")),
            energy("type1", lang.pick("Type I", "1형"))
                .with_bar()
                .sum_of(["direct", "indirect"]),
            energy("induced", lang.pick("Induced", "소득유발")),
            Column::number(
                "electricity",
                lang.pick("Electricity, Type I", "전력(1형)"),
                "GWh",
                1,
            )
            .additive(),
        ];
        let numbers = |energy: Sums, electricity: Sums| {
            let type1 = [
                energy.direct,
                energy.indirect,
                energy.type1(),
                energy.induced,
            ];
            type1
                .into_iter()
                .chain([electricity.type1()])
                .map(Cell::Number)
        };
        let all = |figures: &[Sums]| {
            figures.iter().fold(Sums::default(), |all, of| Sums {
                direct: all.direct + of.direct,
                indirect: all.indirect + of.indirect,
                induced: all.induced + of.induced,
            })
        };
        let industries = self
            .industries
            .iter()
            .zip(of.energy.iter().zip(&of.electricity));
        let mut rows: Vec<Row> = industries
            .filter(|(_, (energy, _))| energy.total() != 0.0)
            .map(|(industry, (energy, electricity))| {
                let mut cells = vec![Cell::from(industry.name.get(lang))];
                cells.extend(numbers(*energy, *electricity));
                Row::new(cells)
            })
            .collect();
        let mut cells = vec![Cell::from(lang.pick("These industries", "합계"))];
        cells.extend(numbers(all(&of.energy), all(&of.electricity)));
        rows.push(Row::total(cells));
        Table { columns, rows }
    }
}
